#include "lang/lower.h"

#include "lang/lowering.h"

enum { REGIME_FACTS = 10, PARAMETERS_MAX = 100 };

/* ---- allocations ---- */

static bool is_among(const int *list, int n, int sym) {
    for (int i = 0; i < n; i++)
        if (list[i] == sym) return true;
    return false;
}

static bool refuse_choice(lowerer *w, const expr *e, int sym, const char *what, const char *help) {
    const char *name = lex_quote(w->arena, w->symbols[sym].name);
    return lower_refuse(w, DIAG_E325, e->at, formatted(w->arena, "%s %s", name, what), help);
}

/* The symbols of names, each of which must be new. */
static const int *lower_names(lowerer *w, expr *const *name, int n, const char *twice) {
    int *list = NEW_ARRAY(w->arena, int, n);
    for (int i = 0; i < n; i++) {
        list[i] = w->map ? w->map[name[i]->sym] : name[i]->sym;
        if (is_among(list, i, list[i])) refuse_choice(w, name[i], list[i], twice, "name it once");
    }
    return list;
}

/* What is minimised moves with the choice. */
static bool target_moves(lowerer *w, const expr *e, const choice_of *c) {
    form f = c->target;
    bool held = true;
    if (w->conditions.n)
        return lower_refuse(w, DIAG_E325, e->at,
                            "a divisor cannot stand in the exponent of what is chosen for",
                            "give what is minimised a name of its own, and use the name");
    if (f.n == 0)
        return lower_refuse(w, DIAG_E325, e->at, "this does not scale: no choice moves it",
                            "what is minimised or maximised is a quantity: the loss, the compute");
    if (f.n == 1 && is_among(c->chosen, c->nchosen, f.t[0].sym))
        return refuse_choice(w, e, f.t[0].sym, "is chosen: it cannot be what it is chosen for",
                             "choose the others: it follows from them");
    for (int i = 0; i < f.n; i++) held = held && is_among(c->fixed, c->nfixed, f.t[i].sym);
    return !held || refuse_choice(w, e, f.t[0].sym, "is fixed: no choice moves it",
                                  "what stands after `at fixed` stays as it is");
}

static const choice_of *lower_choice(lowerer *w, const statement *s) {
    const allocation *from = s->choice;
    choice_of *c = NEW(w->arena, choice_of);
    *c = (choice_of){.nchosen = from->nchosen, .nfixed = from->nfixed, .maximize = from->maximize};
    c->chosen = lower_names(w, from->chosen, from->nchosen, "is chosen twice");
    c->fixed = lower_names(w, from->fixed, from->nfixed, "is fixed twice");
    c->target = lower_quantity(w, from->target);
    for (int i = 0; i < c->nfixed; i++)
        if (is_among(c->chosen, c->nchosen, c->fixed[i]))
            refuse_choice(w, from->fixed[i], c->fixed[i], "is chosen: it cannot be fixed too",
                          "leave it out in one of the two places");
    if (!w->failed) target_moves(w, from->target, c);
    return c;
}

/* ---- which term decides ---- */

static bool is_sum(const expr *e) {
    return e->kind == EXPR_SUM || (e->kind == EXPR_CALL && e->call != CALL_SLOPE);
}

/* The terms of a sum; false where one of them is a sum itself, or differs from case to case. */
static bool lower_terms(lowerer *w, const expr *e, addition *out) {
    printer p = lower_printer(w);
    addend *list = NEW_ARRAY(w->arena, addend, e->n);
    for (int i = 0; i < e->n; i++) {
        order o = lower_order(w, e->part[i].e);
        if (w->failed || o.kind != ORDER_FORM) return false;
        list[i] = (addend){print_expr(&p, e->part[i].e), o.f};
    }
    *out = (addition){.term = list, .n = e->n};
    out->least = e->kind == EXPR_CALL && e->call == CALL_MIN;
    return e->n > 1 && w->cases.list.n == 0;
}

/* The sum is all there is on one side of `total ∝ sum`. */
static void lower_total(lowerer *w, const law *l, int side, addition *sum) {
    relation is = law_relation(l, 1);
    const expr *e = l->side[1 - side];
    printer p = lower_printer(w);
    if (l->nsides != 2 || (is != RELATION_SAME && is != RELATION_EQUAL) || e->kind == EXPR_LIST)
        return;
    order o = lower_order(w, e);
    sum->has_total = !w->failed && o.kind == ORDER_FORM && w->cases.list.n == 0;
    if (sum->has_total) sum->total = (addend){print_expr(&p, e), o.f};
}

static void lower_sums(lowerer *w, const law *l, fact *f) {
    VEC(addition) sums = {0};
    for (int i = 0; !l->compares && i < l->nsides; i++)
        for (int k = 0; k < law_items(l->side[i]); k++) {
            const expr *e = law_item(l->side[i], k);
            addition one;
            lower_start_case(w);
            choices_start(&w->cases);
            if (!is_sum(e) || !lower_terms(w, e, &one)) continue;
            if (e == l->side[i]) lower_total(w, l, i, &one);
            vec_push(w->arena, &sums, one);
        }
    f->sums = sums.v;
    f->nsums = (int)sums.n;
}

/* ---- facts ---- */

static fact lower_fact(lowerer *w, const instance *i) {
    const statement *s = i->s;
    lower_start(w, i->map);
    printer p = lower_printer(w);
    fact f = {.label = i->label,
              .law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line,
              .hard = s->given};
    if (s->kind == STATEMENT_CHOICE) {
        f.claim = formula_all(w->arena, NULL, 0);
        f.choice = lower_choice(w, s);
    } else {
        f.claim = lower_claim(w, s, &f.growth);
        bool plain = !w->failed && s->neither == 1 && s->nwhen == 0;
        if (plain && s->either[0].kind == LAW_CHAIN) lower_sums(w, &s->either[0], &f);
        if (plain && w->argued) f.side = lower_products(w, &s->either[0]);
        f.nsides = f.side ? s->either[0].nsides : 0;
    }
    return f;
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

static bool has_proofs(const theory *t) {
    bool any = t->proofs.n > 0;
    for (size_t i = 0; i < t->regimes.n && !any; i++) any = t->regimes.v[i]->proofs.n > 0;
    return any;
}

static lowerer lowerer_new(arena *a, const theory *t, const field *k, const lang_limits *limits,
                           diags *sink) {
    lowerer w = {.arena = a, .limits = limits, .sink = sink, .symbols = scope_symbols(t->scope)};
    w.argued = has_proofs(t);
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
    for (int i = 0; i < n && diags_go_on(sink, list[i]->at); i++)
        goals[i] = lower_goal(&w, list[i]);
    return goals;
}

/* ---- proofs ---- */

/* number[]: from a law to its fact. */
static const int *numbered(arena *a, const int *list, int n, const int *number) {
    int *out = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) out[i] = number[list[i]];
    return out;
}

static written_step lower_step(lowerer *w, const argued_step *of, const int *number) {
    const statement *s = of->s;
    written_step step = {.label = of->label, .note = s->note, .at = s->at, .line = s->line};
    step.claim = lower_conclusion(w, s);
    printer p = lower_printer(w);
    step.law = print_statement(&p, s);
    step.side = w->failed ? NULL : lower_sides(w, s);
    step.nside = step.side ? s->either->nsides : 0;
    step.product = step.side ? lower_products(w, s->either) : NULL;
    step.cites = s->nby > 0;
    step.facts = numbered(w->arena, of->laws, of->nlaws, number);
    step.nfacts = of->nlaws;
    step.steps = of->steps;
    step.nsteps = of->nsteps;
    return step;
}

static written_proof lower_proof(lowerer *w, const argument *of, const int *number) {
    written_step *steps = NEW_ARRAY(w->arena, written_step, of->n);
    for (int i = 0; i < of->n && diags_go_on(w->sink, of->steps[i].s->at); i++)
        steps[i] = lower_step(w, &of->steps[i], number);
    return (written_proof){of->s->note, of->s->at, of->s->line, steps, of->n};
}

static void put_proofs(lowerer *w, problem *p, const argument *list, size_t n, const int *number) {
    written_proof *proofs = NEW_ARRAY(w->arena, written_proof, n);
    for (size_t i = 0; i < n; i++) proofs[i] = lower_proof(w, &list[i], number);
    p->proofs = proofs;
    p->nproofs = (int)n;
}

/* Those of a theory; laws that are optional have no fact. */
static void theory_proofs(lowerer *w, problem *p, const theory *t) {
    if (t->proofs.n == 0) return;
    int *number = NEW_ARRAY(w->arena, int, t->laws.n);
    for (size_t i = 0, n = 0; i < t->laws.n; i++)
        number[i] = t->laws.v[i].s->optional ? -1 : (int)n++;
    put_proofs(w, p, t->proofs.v, t->proofs.n, number);
}

/* ---- problems ---- */

typedef VEC(fact) facts;
typedef VEC(goal) goals;

static facts facts_for(arena *a, size_t n) {
    facts f = {.v = NEW_ARRAY(a, fact, n), .cap = n};
    return f;
}

static void lower_laws(lowerer *w, const instance *laws, size_t n, facts *out) {
    for (size_t i = 0; i < n && diags_go_on(w->sink, laws[i].s->at); i++) {
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

/* number[]: from the laws of the theory, and then of the regime, to the facts; -1: it does not hold
 * here. */
static void regime_facts(lowerer *w, const theory *t, const variant *r, const facts *all,
                         facts *out, int *number) {
    const bool *without = named(w->arena, t, r->s->without, r->s->nwithout);
    const bool *with = named(w->arena, t, r->s->with, r->s->nwith);
    for (size_t i = 0; i < all->n; i++) {
        bool holds = !without[i] && (!t->laws.v[i].s->optional || with[i]);
        number[i] = holds ? (int)out->n : -1;
        if (holds) vec_push(w->arena, out, all->v[i]);
    }
    for (size_t i = 0; i < r->laws.n; i++) number[all->n + i] = (int)(out->n + i);
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
    int *number = NEW_ARRAY(w->arena, int, f->n + r->laws.n);
    regime_facts(w, t, r, f, &own_facts, number);
    regime_goals(w, t, r, g, &own_goals);
    put_proofs(w, p, r->proofs.v, r->proofs.n, number);
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
    theory_proofs(&w, p, t);
    lower_regimes(&w, t, p, &all, &g);
    return sink->errors > before ? NULL : p;
}
