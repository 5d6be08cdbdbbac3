#include "lang/lower.h"

#include "lang/lowering.h"
#include "lang/print.h"
#include "lang/sorts.h"

enum { REGIME_FACTS = 10, CASES_MAX = 64, PARAMETERS_MAX = 100 };

/* ---- expressions ---- */

static void collect(lowerer *w, const expr *e, const value *scale);

static void collect_name(lowerer *w, const expr *e, const value *scale) {
    int sym = w->map ? w->map[e->sym] : e->sym;
    if (w->symbols[sym].sort != SORT_QUANTITY) return;
    term t = {sym, scale->k};
    vec_push(w->arena, &w->terms, t);
}

static void collect_product(lowerer *w, const expr *e, const value *scale) {
    value inverse = *scale;
    inverse.k = coef_neg(w->arena, scale->k);
    for (int i = 0; i < e->n; i++) collect(w, e->part[i].e, e->part[i].flipped ? &inverse : scale);
}

static void collect_raised(lowerer *w, const expr *e, const value *scale, value power) {
    value r = value_product(w, e, *scale, power);
    if (value_counts(w, e, &r)) collect(w, e->part[0].e, &r);
}

/* The exponents of a product of powers, each times `scale`. Holes count as nothing. */
static void collect(lowerer *w, const expr *e, const value *scale) {
    switch (e->kind) {
    case EXPR_NAME:
        collect_name(w, e, scale);
        break;
    case EXPR_PRODUCT:
        collect_product(w, e, scale);
        break;
    case EXPR_POWER:
        if (e->closed)
            collect_raised(w, e, scale, value_number(e->value));
        else if (e->part[1].e->kind != EXPR_HOLE)
            collect_raised(w, e, scale, value_of(w, e->part[1].e));
        break;
    case EXPR_ROOT:
        collect_raised(w, e, scale, value_number(e->value));
        break;
    case EXPR_LANDAU:
        collect(w, e->part[1].e, scale);
        break;
    case EXPR_NUMBER: /* numbers multiply away, and so do logarithms */
    case EXPR_CALL:
    case EXPR_SUM:
    case EXPR_UNCERTAIN:
    case EXPR_HOLE:
    case EXPR_LIST:
        break;
    }
}

form lower_quantity(lowerer *w, const expr *e) {
    value one = value_number(RAT_ONE);
    w->terms.n = 0;
    collect(w, e, &one);
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

/* Before side i, 0 < i. */
static relation relation_before(const law *l, int i) {
    const expr *e = l->side[i];
    return e->kind == EXPR_LANDAU ? landau_relation(e->letter) : l->links[i - 1].is;
}

static relation relation_of_growth(growth_kind g) {
    switch (g) {
    case GROWTH_GROWS:
        return RELATION_ABOVE;
    case GROWTH_SHRINKS:
        return RELATION_BELOW;
    case GROWTH_SCALES:
        return RELATION_UNEQUAL;
    case GROWTH_FIXED:
        break;
    }
    return RELATION_SAME;
}

/* One quantity against a number. */
static bool is_growth_link(form left, form right) {
    return (form_is_zero(left) && right.n == 1) || (form_is_zero(right) && left.n == 1);
}

typedef VEC(const formula *) formulas;

static const formula *all_of(lowerer *w, const formulas *f) {
    return f->n == 1 ? f->v[0] : formula_all(w->arena, f->v, (int)f->n);
}

static const formula *any_of(lowerer *w, const formulas *f) {
    return f->n == 1 ? f->v[0] : formula_any(w->arena, f->v, (int)f->n);
}

/* An item of a law; NULL: the number one. */
static value item_value(lowerer *w, const law *l, const expr *e) {
    value v = value_number(RAT_ZERO);
    if (!e) return v;
    if (l->compares) return value_of(w, e);
    v.top = lower_quantity(w, e);
    return v;
}

/* ---- uncertain numbers in conclusions ---- */

static void mark_found(void *data, expr *e) {
    bool *found = data;
    (void)e;
    *found = true;
}

static bool is_uncertain(const law *l) {
    bool found = false;
    law_uncertain(l, mark_found, &found);
    return found;
}

/* left rel right for some values in the intervals. The difference takes its greatest and its
 * least value at ends of them, for each stands but once in it, as a term or a factor. */
static const formula *tolerant(lowerer *w, const law *l, const expr *left, relation is,
                               const expr *right) {
    formulas low = {0}, high = {0};
    bool equal = is == RELATION_SAME || is == RELATION_EQUAL || is == RELATION_MEMBER;
    size_t next = w->cases.next, conditions = 0;
    choices_start(&w->ends);
    do {
        if (low.n >= CASES_MAX)
            lower_refuse(w, DIAG_E410, l->at, "too many uncertain numbers in one conclusion",
                         "conclude in several steps");
        w->cases.next = next;
        value x = item_value(w, l, left), y = item_value(w, l, right);
        value d = value_difference(w, left, x, y);
        if (low.n == 0) conditions = w->conditions.n;
        w->conditions.n = conditions;
        vec_push(w->arena, &low, value_compared(w, d, equal ? RELATION_ATMOST : is));
        vec_push(w->arena, &high, value_compared(w, d, equal ? RELATION_ATLEAST : is));
    } while (!w->failed && choices_next(&w->ends));
    if (!equal) return any_of(w, &low);
    if (low.n == 1)
        return value_compared(
            w, value_difference(w, left, item_value(w, l, left), item_value(w, l, right)), is);
    const formula *both[] = {any_of(w, &low), any_of(w, &high)};
    return formula_all(w->arena, both, 2);
}

static int items_of(const expr *e) {
    return e->kind == EXPR_LIST ? e->n : 1;
}

static const expr *item_of(const expr *e, int i) {
    return e->kind == EXPR_LIST ? e->part[i].e : e;
}

static void tolerant_chain(lowerer *w, const law *l, formulas *out) {
    for (int i = 1; i < l->nsides; i++)
        for (int j = 0; j < items_of(l->side[i - 1]); j++)
            for (int k = 0; k < items_of(l->side[i]) && !w->failed; k++)
                vec_push(w->arena, out,
                         tolerant(w, l, item_of(l->side[i - 1], j), relation_before(l, i),
                                  item_of(l->side[i], k)));
}

/* A value between two links would have to be the same in both. */
static bool uncertain_between(lowerer *w, const law *l) {
    for (int i = 1; i + 1 < l->nsides; i++) {
        law middle = {.side = &l->side[i], .nsides = 1};
        if (!is_uncertain(&middle)) continue;
        return !lower_refuse(w, DIAG_E321, l->side[i]->at,
                             "a conclusion cannot have an uncertain number here",
                             "conclude each link of the chain in a statement of its own");
    }
    return false;
}

static const formula *lower_tolerant(lowerer *w, const law *l) {
    formulas parts = {0};
    if (l->kind == LAW_CHAIN && !uncertain_between(w, l)) tolerant_chain(w, l, &parts);
    for (int i = 0; l->kind == LAW_GROWTH && i < l->nsides; i++)
        vec_push(w->arena, &parts, tolerant(w, l, l->side[i], relation_of_growth(l->growth), NULL));
    return all_of(w, &parts);
}

/* ---- one case of a law ---- */

typedef struct {
    value *v;
    int n;
} values;

static values side_values(lowerer *w, const law *l, const expr *e) {
    values s = {.n = items_of(e)};
    s.v = NEW_ARRAY(w->arena, value, s.n);
    for (int i = 0; i < s.n; i++) s.v[i] = item_value(w, l, item_of(e, i));
    return s;
}

static void lower_link(lowerer *w, const law *l, int i, values left, values right, formulas *out) {
    for (int j = 0; j < left.n; j++)
        for (int k = 0; k < right.n; k++) {
            value d = value_difference(w, l->side[i], left.v[j], right.v[k]);
            vec_push(w->arena, out, value_compared(w, d, relation_before(l, i)));
        }
}

static const formula *lower_chain(lowerer *w, const law *l, bool *grows) {
    formulas parts = {0};
    values left = side_values(w, l, l->side[0]);
    *grows = !l->compares;
    for (int i = 1; i < l->nsides; i++) {
        values right = side_values(w, l, l->side[i]);
        lower_link(w, l, i, left, right, &parts);
        *grows = *grows && is_growth_link(left.v[0].top, right.v[0].top);
        left = right;
    }
    return all_of(w, &parts);
}

static const formula *lower_growth(lowerer *w, const law *l) {
    formulas parts = {0};
    for (int i = 0; i < l->nsides; i++)
        vec_push(w->arena, &parts,
                 value_compared(w, item_value(w, l, l->side[i]), relation_of_growth(l->growth)));
    return all_of(w, &parts);
}

static const formula *lower_case(lowerer *w, const law *l, bool *grows) {
    *grows = l->kind == LAW_GROWTH;
    if (w->concluding && is_uncertain(l)) return lower_tolerant(w, l);
    return l->kind == LAW_CHAIN ? lower_chain(w, l, grows) : lower_growth(w, l);
}

/* ---- all cases ---- */

static void start_case(lowerer *w) {
    w->conditions.n = w->divisors.n = w->bounded.n = 0;
    w->bits = 0;
    w->sum = value_number(RAT_ZERO);
    w->impossible = false;
}

/* The law, and what must hold besides. */
static const formula *with_conditions(lowerer *w, const formula *f) {
    formulas parts = {0};
    if (w->conditions.n == 0) return f;
    if (f->kind == FORMULA_ALL)
        for (int i = 0; i < f->n; i++) vec_push(w->arena, &parts, f->kid[i]);
    else
        vec_push(w->arena, &parts, f);
    for (size_t i = 0; i < w->conditions.n; i++) vec_push(w->arena, &parts, w->conditions.v[i]);
    return all_of(w, &parts);
}

static const formula *lower_law(lowerer *w, const law *l, bool *grows) {
    formulas cases = {0};
    int n = 0;
    choices_start(&w->cases);
    do {
        start_case(w);
        const formula *f = lower_case(w, l, grows);
        if (!w->impossible) vec_push(w->arena, &cases, with_conditions(w, f));
        if (++n > CASES_MAX)
            lower_refuse(w, DIAG_E410, l->at, "`max` and `min` make too many cases here",
                         "give some of them a parameter of their own: `m = max(α, β)`");
    } while (!w->failed && choices_next(&w->cases));
    return any_of(w, &cases);
}

static void start_statement(lowerer *w, const int *map) {
    w->map = map;
    w->failed = w->concluding = w->single = false;
    choices_start(&w->cases);
    start_case(w);
}

static printer printing(const lowerer *w) {
    return (printer){.arena = w->arena, .symbols = w->symbols, .map = w->map};
}

static fact lower_fact(lowerer *w, const instance *i) {
    const statement *s = i->s;
    start_statement(w, i->map);
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
        vec_push(w->arena, &out->base, lower_quantity(w, e->part[0].e));
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
    g->target = lower_quantity(w, left);
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
    g->target = lower_quantity(w, l->side[0]);
    if (l->side[1]) g->target = form_sub(w->arena, g->target, lower_quantity(w, l->side[1]));
    g->left = print_expr(&p, l->side[0]);
    g->base_name = other;
}

/* What the divisors and uncertain numbers of a question ask for is supposed with it. */
static void lower_when(lowerer *w, const statement *s, goal *g) {
    bool grows;
    int n = statement_is_question(s) ? (int)w->conditions.n : 0;
    const formula **when = NEW_ARRAY(w->arena, const formula *, s->nwhen + n);
    for (int i = 0; i < n; i++) when[s->nwhen + i] = w->conditions.v[i];
    w->single = w->concluding = false;
    for (int i = 0; i < s->nwhen; i++) when[i] = lower_law(w, &s->when[i], &grows);
    g->when = when;
    g->nwhen = s->nwhen + n;
}

static goal lower_goal(lowerer *w, const statement *s) {
    bool grows;
    start_statement(w, NULL);
    printer p = printing(w);
    goal g = {.law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line};
    w->single = statement_is_question(s);
    switch (s->kind) {
    case STATEMENT_EXPONENT:
        lower_exponent(w, s->either, &g);
        break;
    case STATEMENT_RELATION:
        lower_relation(w, s->either, &g);
        break;
    case STATEMENT_PARAMETER:
        g.kind = GOAL_PARAMETER;
        g.target = form_const(value_of(w, s->either->side[0]).k);
        g.left = print_expr(&p, s->either->side[0]);
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
        w->concluding = true;
        g.claim = lower_law(w, s->either, &grows);
        break;
    }
    lower_when(w, s, &g);
    return g;
}

/* ---- parameters ---- */

/* The field of all parameters of the symbols; NULL where there is none. */
static const field *field_of(arena *a, const symbol *symbols, int n, diags *sink) {
    VEC(str) name = {0};
    VEC(int) sym = {0};
    for (int i = 0; i < n; i++) {
        if (symbols[i].sort != SORT_PARAMETER) continue;
        vec_push(a, &name, symbols[i].name);
        vec_push(a, &sym, i);
    }
    if (sym.n == 0) return NULL;
    if (sym.n <= PARAMETERS_MAX) return field_new(a, name.v, sym.v, (int)sym.n);
    diag_add(sink, DIAG_E411, symbols[sym.v[PARAMETERS_MAX]].at,
             "more than %d parameters and uncertain numbers", PARAMETERS_MAX);
    return NULL;
}

static lowerer lowerer_new(arena *a, const theory *t, const field *k, const lang_limits *limits,
                           diags *sink) {
    lowerer w = {.arena = a, .limits = limits, .sink = sink, .symbols = scope_symbols(t->scope)};
    if (!k) return w;
    coef *parameter = NEW_ARRAY(a, coef, scope_size(t->scope));
    for (int i = 0; i < field_size(k); i++) parameter[field_symbol(k, i)] = coef_parameter(a, k, i);
    w.parameter = parameter;
    return w;
}

const goal *lower_goals(arena *a, const theory *t, const field *k, statement *const *list, int n,
                        const lang_limits *limits, diags *sink) {
    lowerer w = lowerer_new(a, t, k, limits, sink);
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
                                   const goals *g, const field *k) {
    problem *p = NEW(w->arena, problem);
    facts own_facts = facts_for(w->arena, f->n + r->laws.n);
    goals own_goals = {0};
    *p = (problem){.name = r->s->regime.text, .note = r->s->note, .line = r->s->line, .field = k};
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
    for (size_t i = 0; i < t->regimes.n; i++)
        list[i] = lower_regime(w, t, t->regimes.v[i], f, g, p->field);
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
    const field *k = field_of(a, scope_symbols(t->scope), scope_size(t->scope), sink);
    if (sink->errors > before) return NULL;
    lowerer w = lowerer_new(a, t, k, limits, sink);
    problem *p = NEW(a, problem);
    facts all = facts_for(a, t->laws.n);
    goals g = {0};
    p->name = t->name;
    p->symbols = w.symbols;
    p->nsymbols = scope_size(t->scope);
    p->field = k;
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
