#include "lang/lower.h"

#include "lang/print.h"

/* The exponents of one statement may not need more room than this many numbers at their limit. */
enum { NUMBERS_AT_LIMIT = 64, REGIME_FACTS = 10 };

typedef struct {
    arena *arena;
    const lang_limits *limits;
    diags *sink;
    const symbol *symbols;
    const int *map;  /* from the symbols of the statement to `symbols` */
    double bits;     /* of the long exponents in this statement */
    VEC(term) terms; /* of the expression at hand */
} lowerer;

/* ---- expressions ---- */

/* False where the exponents are too long to go on; said once for each statement. */
static bool within_bits(lowerer *w, span at, rat r) {
    double max = 4.0 * w->limits->max_digits * (double)NUMBERS_AT_LIMIT;
    if (w->bits > max) return false;
    w->bits += rat_bits(r) < 62 ? 0 : (double)rat_bits(r);
    if (w->bits <= max) return true;
    diag *d = diag_add(w->sink, DIAG_E408, at, "the exponents of this statement are too long");
    d->help = "the limit is moved with --max-digits";
    return false;
}

static void collect(lowerer *w, const expr *e, rat scale);

static void collect_name(lowerer *w, const expr *e, rat scale) {
    int sym = w->map ? w->map[e->sym] : e->sym;
    if (w->symbols[sym].sort != SORT_QUANTITY) return;
    term t = {sym, coef_of(scale)};
    vec_push(w->arena, &w->terms, t);
}

static void collect_raised(lowerer *w, const expr *e, rat scale) {
    rat r = rat_mul(w->arena, scale, e->value);
    if (within_bits(w, e->at, r)) collect(w, e->part[0].e, r);
}

/* The exponents of a product of powers, each times `scale`. Holes count as nothing. */
static void collect(lowerer *w, const expr *e, rat scale) {
    switch (e->kind) {
    case EXPR_NAME:
        collect_name(w, e, scale);
        break;
    case EXPR_PRODUCT:
        for (int i = 0; i < e->n; i++)
            collect(w, e->part[i].e, e->part[i].flipped ? rat_neg(w->arena, scale) : scale);
        break;
    case EXPR_POWER:
        if (e->part[1].e->kind != EXPR_HOLE) collect_raised(w, e, scale);
        break;
    case EXPR_ROOT:
        collect_raised(w, e, scale);
        break;
    case EXPR_LANDAU:
        collect(w, e->part[1].e, scale);
        break;
    case EXPR_NUMBER: /* numbers multiply away, and so do logarithms */
    case EXPR_CALL:
    case EXPR_SUM:
    case EXPR_UNCERTAIN:
    case EXPR_HOLE:
        break;
    }
}

static form lower_expr(lowerer *w, const expr *e) {
    w->terms.n = 0;
    collect(w, e, RAT_ONE);
    return form_of(w->arena, w->terms.v, (int)w->terms.n, coef_int(0));
}

/* ---- laws ---- */

static relation landau_relation(landau l) {
    switch (l) {
    case LANDAU_O:
        return RELATION_ATMOST;
    case LANDAU_OMEGA:
        return RELATION_ATLEAST;
    case LANDAU_THETA:
        return RELATION_SAME;
    case LANDAU_SMALL_O:
        return RELATION_BELOW;
    case LANDAU_SMALL_OMEGA:
        return RELATION_ABOVE;
    }
    return RELATION_SAME;
}

static const formula *lower_link(lowerer *w, form left, relation is, form right) {
    switch (is) {
    case RELATION_ATMOST:
        return formula_atom(w->arena, form_sub(w->arena, left, right), REL_LE);
    case RELATION_ATLEAST:
        return formula_atom(w->arena, form_sub(w->arena, right, left), REL_LE);
    case RELATION_BELOW:
        return formula_atom(w->arena, form_sub(w->arena, left, right), REL_LT);
    case RELATION_ABOVE:
        return formula_atom(w->arena, form_sub(w->arena, right, left), REL_LT);
    default:
        return formula_atom(w->arena, form_sub(w->arena, left, right), REL_EQ);
    }
}

/* One quantity against a number. */
static bool is_growth_link(form left, form right) {
    return (form_is_zero(left) && right.n == 1) || (form_is_zero(right) && left.n == 1);
}

static const formula *conjunction(lowerer *w, const formula *const *part, int n) {
    return n == 1 ? part[0] : formula_all(w->arena, part, n);
}

static const formula *lower_chain(lowerer *w, const law *l, bool *grows) {
    const formula **part = NEW_ARRAY(w->arena, const formula *, l->nsides);
    form left = lower_expr(w, l->side[0]);
    *grows = true;
    for (int i = 1; i < l->nsides; i++) {
        const expr *e = l->side[i];
        form right = lower_expr(w, e);
        relation is = e->kind == EXPR_LANDAU ? landau_relation(e->letter) : l->links[i - 1].is;
        part[i - 1] = lower_link(w, left, is, right);
        *grows = *grows && is_growth_link(left, right);
        left = right;
    }
    return conjunction(w, part, l->nsides - 1);
}

static const formula *lower_growth(lowerer *w, growth_kind g, form x) {
    switch (g) {
    case GROWTH_GROWS:
        return lower_link(w, form_zero(), RELATION_BELOW, x);
    case GROWTH_SHRINKS:
        return lower_link(w, x, RELATION_BELOW, form_zero());
    case GROWTH_SCALES:
        return formula_nonzero(w->arena, x);
    case GROWTH_FIXED:
        break;
    }
    return lower_link(w, x, RELATION_SAME, form_zero());
}

static const formula *lower_law(lowerer *w, const law *l, bool *grows) {
    if (l->kind == LAW_CHAIN) return lower_chain(w, l, grows);
    const formula **part = NEW_ARRAY(w->arena, const formula *, l->nsides);
    for (int i = 0; i < l->nsides; i++)
        part[i] = lower_growth(w, l->growth, lower_expr(w, l->side[i]));
    *grows = true;
    return conjunction(w, part, l->nsides);
}

static printer printing(const lowerer *w) {
    return (printer){w->arena, w->symbols, w->map};
}

static fact lower_fact(lowerer *w, const instance *i) {
    const statement *s = i->s;
    w->map = i->map;
    w->bits = 0;
    printer p = printing(w);
    fact f = {.label = i->label,
              .law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line,
              .hard = s->given};
    f.claim = lower_law(w, &s->either[0], &f.growth);
    return f;
}

/* ---- goals ---- */

typedef struct {
    VEC(form) base;
    VEC(str) name;
    VEC(operand) known; /* the other factors */
} asked;

static void collect_asked(lowerer *w, const expr *e, bool flipped, asked *out) {
    printer p = printing(w);
    if (!flipped && e->kind == EXPR_PRODUCT) {
        for (int i = 0; i < e->n; i++) collect_asked(w, e->part[i].e, e->part[i].flipped, out);
    } else if (!flipped && e->kind == EXPR_POWER && e->part[1].e->kind == EXPR_HOLE) {
        vec_push(w->arena, &out->base, lower_expr(w, e->part[0].e));
        vec_push(w->arena, &out->name, print_base(&p, e->part[0].e));
    } else if (e->kind != EXPR_NUMBER) {
        operand o = {(expr *)e, !flipped};
        vec_push(w->arena, &out->known, o);
    }
}

static int take_known(const asked *q, bool flipped, operand *out) {
    int n = 0;
    for (size_t i = 0; i < q->known.n; i++)
        if (q->known.v[i].flipped == flipped) out[n++] = q->known.v[i];
    return n;
}

/* What is asked about, with the known factors brought over to it: "ℓ C / D". */
static const expr *brought_over(lowerer *w, const expr *left, const asked *q) {
    if (q->known.n == 0) return left;
    expr *e = NEW(w->arena, expr);
    *e = (expr){.kind = EXPR_PRODUCT, .at = left->at, .sym = -1};
    e->n = (int)q->known.n + 1;
    e->part = NEW_ARRAY(w->arena, operand, e->n);
    e->part[0].e = (expr *)left;
    int n = take_known(q, false, e->part + 1);
    take_known(q, true, e->part + 1 + n);
    return e;
}

static void lower_exponent(lowerer *w, const law *l, goal *g) {
    asked q = {0};
    printer p = printing(w);
    collect_asked(w, l->side[1], false, &q);
    const expr *left = brought_over(w, l->side[0], &q);
    g->kind = GOAL_EXPONENT;
    g->target = lower_expr(w, left);
    g->left = print_expr(&p, left);
    g->base = q.base.v;
    g->base_name = q.name.v;
    g->nbase = (int)q.base.n;
}

static void lower_relation(lowerer *w, const law *l, goal *g) {
    printer p = printing(w);
    str *other = NEW(w->arena, str);
    *other = l->side[1] ? print_expr(&p, l->side[1]) : STR("1");
    g->kind = GOAL_RELATION;
    g->target = lower_expr(w, l->side[0]);
    if (l->side[1]) g->target = form_sub(w->arena, g->target, lower_expr(w, l->side[1]));
    g->left = print_expr(&p, l->side[0]);
    g->base_name = other;
}

static void lower_when(lowerer *w, const statement *s, goal *g) {
    bool grows;
    const formula **when = NEW_ARRAY(w->arena, const formula *, s->nwhen);
    for (int i = 0; i < s->nwhen; i++) when[i] = lower_law(w, &s->when[i], &grows);
    g->when = when;
    g->nwhen = s->nwhen;
}

static goal lower_goal(lowerer *w, const statement *s) {
    bool grows;
    w->map = NULL;
    w->bits = 0;
    printer p = printing(w);
    goal g = {.law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line};
    switch (s->kind) {
    case STATEMENT_EXPONENT:
        lower_exponent(w, s->either, &g);
        break;
    case STATEMENT_RELATION:
        lower_relation(w, s->either, &g);
        break;
    case STATEMENT_CONTRADICTION:
        g.kind = GOAL_CONTRADICTION;
        break;
    case STATEMENT_CONSISTENT:
        g.kind = GOAL_CONSISTENT;
        break;
    case STATEMENT_TRIVIAL:
        g.kind = GOAL_TRIVIAL;
        break;
    default:
        g.kind = GOAL_CONCLUSION;
        g.claim = lower_law(w, s->either, &grows);
        break;
    }
    lower_when(w, s, &g);
    return g;
}

const goal *lower_goals(arena *a, const theory *t, statement *const *list, int n,
                        const lang_limits *limits, diags *sink) {
    lowerer w = {.arena = a, .limits = limits, .sink = sink, .symbols = scope_symbols(t->scope)};
    goal *goals = NEW_ARRAY(a, goal, n);
    for (int i = 0; i < n; i++) goals[i] = lower_goal(&w, list[i]);
    return goals;
}

/* ---- problems ---- */

typedef VEC(fact) facts;
typedef VEC(goal) goals;

static facts facts_for(arena *a, size_t n) {
    facts f = {.v = NEW_ARRAY(a, fact, n), .cap = n};
    return f;
}

static void lower_laws(lowerer *w, const instance *laws, size_t n, facts *out) {
    for (size_t i = 0; i < n; i++) {
        fact f = lower_fact(w, &laws[i]);
        vec_push(w->arena, out, f);
    }
}

/* Marks what the labels name; `laws` and `goals` of the theory are numbered in one row. */
static const bool *named(arena *a, const theory *t, const label_ref *list, int n) {
    bool *mark = NEW_ARRAY(a, bool, t->laws.n + t->goals.n);
    for (int i = 0; i < n; i++) {
        int found = names_find(&t->labels.table, list[i].text);
        if (found < 0) continue;
        const entry *e = &t->labels.entries.v[found];
        if (e->law >= 0) mark[e->law] = true;
        if (e->goal >= 0) mark[t->laws.n + (size_t)e->goal] = true;
    }
    return mark;
}

static void regime_facts(lowerer *w, const theory *t, const variant *r, const facts *all,
                         facts *out) {
    const bool *without = named(w->arena, t, r->s->without, r->s->nwithout);
    const bool *with = named(w->arena, t, r->s->with, r->s->nwith);
    for (size_t i = 0; i < all->n; i++)
        if (!without[i] && (!t->laws.v[i].s->optional || with[i]))
            vec_push(w->arena, out, all->v[i]);
    lower_laws(w, r->laws.v, r->laws.n, out);
}

static void regime_goals(lowerer *w, const theory *t, const variant *r, const goals *all,
                         goals *out) {
    const bool *without = named(w->arena, t, r->s->without, r->s->nwithout);
    for (size_t i = 0; i < all->n; i++)
        if (statement_is_question(t->goals.v[i]) && !without[t->laws.n + i])
            vec_push(w->arena, out, all->v[i]);
    for (size_t i = 0; i < r->goals.n; i++) {
        goal g = lower_goal(w, r->goals.v[i]);
        vec_push(w->arena, out, g);
    }
}

static void set_lists(problem *p, const facts *f, const goals *g) {
    p->facts = f->v;
    p->nfacts = (int)f->n;
    p->goals = g->v;
    p->ngoals = (int)g->n;
}

static const str *texts_of(arena *a, const label_ref *list, int n) {
    str *texts = NEW_ARRAY(a, str, n);
    for (int i = 0; i < n; i++) texts[i] = list[i].text;
    return texts;
}

static const problem *lower_regime(lowerer *w, const theory *t, const variant *r, const facts *f,
                                   const goals *g) {
    problem *p = NEW(w->arena, problem);
    facts own_facts = facts_for(w->arena, f->n + r->laws.n);
    goals own_goals = {0};
    *p = (problem){.name = r->s->regime.text, .note = r->s->note, .line = r->s->line};
    p->dropped = texts_of(w->arena, r->s->without, r->s->nwithout);
    p->ndropped = r->s->nwithout;
    p->joined = texts_of(w->arena, r->s->with, r->s->nwith);
    p->njoined = r->s->nwith;
    p->symbols = w->symbols = scope_symbols(r->scope);
    p->nsymbols = scope_size(r->scope);
    regime_facts(w, t, r, f, &own_facts);
    regime_goals(w, t, r, g, &own_goals);
    set_lists(p, &own_facts, &own_goals);
    return p;
}

/* Each regime is a theory of its own size: their number times that size has a limit. */
static bool too_many_regimes(lowerer *w, const theory *t) {
    double all = (double)t->regimes.n * (double)(t->laws.n + t->goals.n);
    if (all <= (double)w->limits->max_statements * (double)REGIME_FACTS) return false;
    diag *d = diag_add(w->sink, DIAG_E405, t->regimes.v[0]->s->at,
                       "all regimes together have more than %d statements",
                       w->limits->max_statements * REGIME_FACTS);
    d->help = "the limit is ten times that of --max-statements";
    return true;
}

static void lower_regimes(lowerer *w, const theory *t, problem *p, const facts *f, const goals *g) {
    if (t->regimes.n == 0 || too_many_regimes(w, t)) return;
    const problem **list = NEW_ARRAY(w->arena, const problem *, t->regimes.n);
    for (size_t i = 0; i < t->regimes.n; i++) list[i] = lower_regime(w, t, t->regimes.v[i], f, g);
    p->regimes = list;
    p->nregimes = (int)t->regimes.n;
}

/* Without the optional ones; the list itself where there are none. */
static facts main_facts(arena *a, const theory *t, const facts *all) {
    facts held = {0};
    bool whole = true;
    for (size_t i = 0; i < all->n && whole; i++) whole = !t->laws.v[i].s->optional;
    if (whole) return *all;
    for (size_t i = 0; i < all->n; i++)
        if (!t->laws.v[i].s->optional) vec_push(a, &held, all->v[i]);
    return held;
}

problem *lower_theory(arena *a, const theory *t, const lang_limits *limits, diags *sink) {
    int before = sink->errors;
    lowerer w = {.arena = a, .limits = limits, .sink = sink, .symbols = scope_symbols(t->scope)};
    problem *p = NEW(a, problem);
    facts all = facts_for(a, t->laws.n);
    goals g = {0};
    p->name = t->name;
    p->symbols = w.symbols;
    p->nsymbols = scope_size(t->scope);
    lower_laws(&w, t->laws.v, t->laws.n, &all);
    facts held = main_facts(a, t, &all);
    for (size_t i = 0; i < t->goals.n; i++) {
        goal one = lower_goal(&w, t->goals.v[i]);
        vec_push(a, &g, one);
    }
    set_lists(p, &held, &g);
    lower_regimes(&w, t, p, &all, &g);
    return sink->errors > before ? NULL : p;
}
