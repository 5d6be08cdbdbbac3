/* Closed forms: a sample of the solutions suggests one, the engine proves it for all parameters, or
 * for those where its conditions hold; then the next sample is sought outside. */
#include "algebra/intervals.h"
#include "analysis/question.h"
#include "engine/eliminate.h"

enum { MOST_CASES = 16 };

bool question_is_parametric(const question *q) {
    const problem *p = engine_problem(q->e);
    if (!p->field) return false;
    for (int i = 0; i < p->nfacts; i++)
        if ((!q->use || q->use[i]) && formula_is_parametric(p->facts[i].claim)) return true;
    for (int i = 0; i < q->g->nwhen; i++)
        if (formula_is_parametric(q->g->when[i])) return true;
    for (int i = 0; i < q->g->nbase; i++)
        if (!form_is_plain(q->g->base[i])) return true;
    return !form_is_plain(q->g->target);
}

static const formula *both(const question *q, const formula *x, const formula *y) {
    const formula *kid[] = {x, y};
    return formula_all(q->a, kid, 2);
}

/* At a pole a closed form says nothing. */
static const formula *off_value(const question *q, form target, form base, coef value) {
    return ratio_is_not(q->a, target, base, value, true);
}

typedef struct {
    const question *q;
    const formula *scales;
    VEC(answer_case) cases;
    VEC(const formula *) uncovered; /* the negation of each case's conditions */
    const derivation *why;          /* of the first case */
    bool vouched;
    VEC(condition) conditions;
} search;

static const formula *all_of(const question *q, const formula *const *f, int n) {
    return formula_all(q->a, f, n);
}

/* Does the closed form hold under these conditions? */
static engine_status holds(search *s, const ratio *r, const formula *const *when, int n) {
    const question *q = s->q;
    const formula *off = off_value(q, q->g->target, q->g->base[0], r->value);
    return test(q, both(q, off, all_of(q, when, n)), s->scales);
}

/* Leaves out the conditions without which the closed form holds just as well. */
static void drop_needless(search *s, const ratio *r, const formula **when, int *n) {
    if (*n > 1 && holds(s, r, when, 0) == ENGINE_UNSAT) *n = 0;
    for (int i = *n - 1; i >= 0; i--) {
        const formula *f = when[i];
        for (int k = i; k + 1 < *n; k++) when[k] = when[k + 1];
        if (holds(s, r, when, *n - 1) == ENGINE_UNSAT) {
            --*n;
            continue;
        }
        for (int k = *n - 1; k > i; k--) when[k] = when[k - 1];
        when[i] = f;
    }
}

static bool only_equations(const sequent *s, const ratio *r) {
    for (int i = 0; i < r->n; i++)
        if (formula_node(sequent_formula(s, r->sum[i].formula), r->sum[i].node)->rel != REL_EQ)
            return false;
    return true;
}

static const derivation *why_ratio(const question *q, const ratio *r, assumed x) {
    sequent s = {engine_problem(q->e), q->use, x.f, x.n};
    if (!only_equations(&s, r)) return NULL;
    return derive_answer(q->a, &s, r->sum, r->n, q->g->target, q->g->base[0], r->value);
}

static answer_case file_case(search *s, const ratio *r, const formula *const *when, int n) {
    const question *q = s->q;
    const formula *off = off_value(q, q->g->target, q->g->base[0], r->value);
    answer a =
        answer_resting_on(q, ANSWER_EXACT, both(q, off, all_of(q, when, n)), s->scales, NULL);
    answer_case c = {.when = when, .nwhen = n, .value = r->value};
    c.support = a.support;
    c.when_used = a.when_used;
    s->vouched |= a.vouched;
    for (int i = 0; i < a.nconditions; i++) vec_push(q->a, &s->conditions, a.condition[i]);
    vec_push(q->a, &s->cases, c);
    vec_push(q->a, &s->uncovered, formula_not(q->a, all_of(q, when, n)));
    return c;
}

/* Parameters that can have only the value they have at w have it. */
static coef with_known_values(const question *q, coef value, const witness *w) {
    const field *k = engine_problem(q->e)->field;
    bool *used = NEW_ARRAY(q->a, bool, field_size(k));
    if (!coef_field(value)) return value;
    coef_parameters(value, used);
    for (int i = 0; i < field_size(k); i++) {
        if (!used[i]) continue;
        coef known = w->x[field_symbol(k, i)], less;
        form off = form_const(coef_sub(q->a, coef_parameter(q->a, k, i), known));
        if (test(q, nonzero(q, off), NULL) != ENGINE_UNSAT) continue;
        if (coef_substitute(q->a, value, i, known, &less)) value = less;
    }
    return value;
}

/* The closed form near a solution, with the conditions that it needs; false if none is found. */
static bool add_case(search *s, const witness *w) {
    const question *q = s->q;
    const formula *outside = all_of(q, s->uncovered.v, (int)s->uncovered.n);
    assumed x = assume(q, s->scales, outside);
    ratio r;
    if (!engine_ratio(q->e, q->a, q->use, x.f, x.n, w, q->g->target, q->g->base[0], &r))
        return false;
    r.value = with_known_values(q, r.value, w);
    const formula **when = NEW_ARRAY(q->a, const formula *, r.nwhen);
    int n = r.nwhen;
    for (int i = 0; i < n; i++) when[i] = r.when[i];
    if (holds(s, &r, when, n) != ENGINE_UNSAT) return false;
    drop_needless(s, &r, when, &n);
    if (s->cases.n == 0 && !q->bare) s->why = why_ratio(q, &r, x);
    file_case(s, &r, when, n);
    return true;
}

/* --- what a closed form ranges over, where all that is said of the parameters is linear --- */

static bool linear_in_parameters(arena *a, const field *k, coef c, form *out) {
    rat r;
    form f = form_zero();
    if (!coef_rat(coef_denominator(a, c), &r)) return false;
    for (int i = 0; i < field_size(k); i++) {
        coef slope, rest;
        if (!coef_field(c) || !coef_linear_in(a, c, i, &slope, &rest)) continue;
        if (!coef_rat(slope, &r)) return false;
        f = form_addmul(a, f, slope, form_sym(a, field_symbol(k, i)));
        c = rest;
    }
    f.k = c;
    *out = f;
    return coef_rat(c, &r);
}

/* The formula about parameters, with these as unknowns; NULL where it is not linear. */
static const formula *as_unknowns(arena *a, const field *k, const formula *f) {
    form g;
    if (f->kind == FORMULA_ATOM) {
        rat den;
        if (f->lhs.n || !coef_rat(coef_denominator(a, f->lhs.k), &den)) return NULL;
        if (!linear_in_parameters(a, k, coef_numerator(a, f->lhs.k), &g)) return NULL;
        return formula_atom(a, form_scale(a, coef_of(rat_inv(a, den)), g), f->rel);
    }
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++)
        if (!(kid[i] = as_unknowns(a, k, f->kid[i]))) return NULL;
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

static bool speaks_of_quantities(const formula *f) {
    if (f->kind == FORMULA_ATOM) return f->lhs.n > 0;
    for (int i = 0; i < f->n; i++)
        if (speaks_of_quantities(f->kid[i])) return true;
    return false;
}

/* The statements on parameters alone, linear, as a problem by themselves; NULL if some are not
 * linear. What quantities say of the parameters is left out: the range may be too wide then. */
static const problem *parameter_problem(const question *q) {
    const problem *p = engine_problem(q->e);
    problem *own = NEW(q->a, problem);
    VEC(fact) facts = {0};
    for (int i = 0; i < p->nfacts; i++) {
        fact f = p->facts[i];
        if ((q->use && !q->use[i])) continue;
        VEC(const formula *) pure = {0};
        const formula *const *part = f.claim->kind == FORMULA_ALL ? f.claim->kid : &f.claim;
        int n = f.claim->kind == FORMULA_ALL ? f.claim->n : 1;
        for (int k = 0; k < n; k++) {
            if (speaks_of_quantities(part[k])) continue;
            const formula *g = as_unknowns(q->a, p->field, part[k]);
            if (!g) return NULL;
            vec_push(q->a, &pure, g);
        }
        f.claim = formula_all(q->a, pure.v, (int)pure.n);
        vec_push(q->a, &facts, f);
    }
    *own = *p;
    own->field = NULL;
    own->facts = facts.v;
    own->nfacts = (int)facts.n;
    return own;
}

/* The values of a linear expression of the parameters. */
static bool linear_range(const question *q, const problem *own, form target, interval *out) {
    engine *e = engine_open(own, engine_budget(q->e));
    outcome o = engine_check(e, q->a, NULL, NULL, 0);
    bound low, high;
    bool known =
        o.status == ENGINE_SAT && engine_range(e, q->a, NULL, NULL, 0, &o.w, target, &low, &high);
    if (known)
        *out = (interval){low.infinite,        high.infinite, coef_of(low.value),
                          coef_of(high.value), low.open,      high.open};
    engine_close(e);
    return known;
}

enum { MOST_SIDES = 10 };

/* The parameters of a closed form, each between two ends. */
typedef struct {
    int sym[MOST_SIDES];
    interval side[MOST_SIDES];
    int n;
} box;

static bool find_box(const question *q, const problem *own, coef value, box *x) {
    const field *k = engine_problem(q->e)->field;
    bool *used = NEW_ARRAY(q->a, bool, field_size(k));
    coef_parameters(value, used);
    x->n = 0;
    for (int i = 0; i < field_size(k); i++) {
        if (!used[i]) continue;
        if (x->n == MOST_SIDES) return false;
        interval *side = &x->side[x->n];
        x->sym[x->n++] = field_symbol(k, i);
        form alone = form_sym(q->a, field_symbol(k, i));
        if (!linear_range(q, own, alone, side) || side->low_infinite || side->high_infinite)
            return false;
    }
    return true;
}

static bool value_at_corner(const question *q, coef value, const box *x, unsigned corner,
                            rat *out) {
    int n = engine_problem(q->e)->nsymbols;
    coef *at = NEW_ARRAY(q->a, coef, n);
    for (int i = 0; i < n; i++) at[i] = coef_int(0);
    for (int i = 0; i < x->n; i++)
        at[x->sym[i]] = corner >> i & 1 ? x->side[i].high : x->side[i].low;
    return coef_value(q->a, value, at, out);
}

/* Between the least and the largest value at a corner of the box: a guess, to be proved. */
static bool corner_range(const question *q, const problem *own, coef value, interval *out) {
    box x;
    rat r;
    if (!find_box(q, own, value, &x)) return false;
    for (unsigned c = 0; c < 1u << x.n; c++) {
        if (!value_at_corner(q, value, &x, c, &r)) return false;
        if (c == 0) *out = (interval){.low = coef_of(r), .high = coef_of(r)};
        if (rat_cmp(r, out->low.r) < 0) out->low = coef_of(r);
        if (rat_cmp(r, out->high.r) > 0) out->high = coef_of(r);
    }
    return true;
}

static bool find_range(const question *q, coef value, interval *out) {
    form target;
    const problem *own = parameter_problem(q);
    if (!own) return false;
    if (linear_in_parameters(q->a, engine_problem(q->e)->field, value, &target))
        return linear_range(q, own, target, out);
    return corner_range(q, own, value, out);
}

/* The ends of the range must be possible with all that is said, or approached as far as can be
 * seen by asking for the ends themselves. */
static bool end_is_possible(const question *q, coef value, coef end, const formula *scales) {
    form off = form_const(coef_sub(q->a, value, end));
    return test(q, formula_atom(q->a, off, REL_EQ), scales) == ENGINE_SAT;
}

static bool is_everything(const interval *x) {
    return x->low_infinite && x->high_infinite;
}

static const formula *beyond(const question *q, coef value, const interval *x) {
    VEC(const formula *) ways = {0};
    coef minus = coef_neg(q->a, value);
    form under = form_const(coef_sub(q->a, value, x->low));
    form over = form_const(coef_add(q->a, minus, x->high));
    if (!x->low_infinite)
        vec_push(q->a, &ways, formula_atom(q->a, under, x->low_open ? REL_LE : REL_LT));
    if (!x->high_infinite)
        vec_push(q->a, &ways, formula_atom(q->a, over, x->high_open ? REL_LE : REL_LT));
    return formula_any(q->a, ways.v, (int)ways.n);
}

static void add_range(const question *q, coef value, const formula *scales, answer *r) {
    interval x;
    if (!find_range(q, value, &x) || is_everything(&x)) return;
    if (ask(q, beyond(q, value, &x), NULL).status != ENGINE_UNSAT) return;
    if (!x.low_infinite && !x.low_open && !end_is_possible(q, value, x.low, scales)) return;
    if (!x.high_infinite && !x.high_open && !end_is_possible(q, value, x.high, scales)) return;
    interval *kept = NEW(q->a, interval);
    *kept = x;
    r->ranges = kept;
    r->nranges = 1;
    r->vouched |= r->kind == ANSWER_RANGE;
}

/* The conjuncts of the statements on parameters alone, without cases. */
static void add_pure(const formula *f, const formula **all, int *n) {
    if (f->kind == FORMULA_ATOM && f->lhs.n == 0) all[(*n)++] = f;
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) add_pure(f->kid[i], all, n);
}

static int nodes_in_use(const question *q) {
    const problem *p = engine_problem(q->e);
    int n = 0;
    for (int i = 0; i < p->nfacts; i++) n += !q->use || q->use[i] ? p->facts[i].claim->nodes : 0;
    return n;
}

/* Where the statements on parameters alone are linear: quantities and cases forbid nothing of what
 * the plain ones among them allow, which is convex; so what lies between two values of a continuous
 * expression is a value too. */
static bool is_connected(const question *q, const formula *scales) {
    const problem *p = engine_problem(q->e);
    const formula **all = NEW_ARRAY(q->a, const formula *, nodes_in_use(q) + 1);
    bool *none = NEW_ARRAY(q->a, bool, p->nfacts);
    int n = 0;
    for (int i = 0; i < p->nfacts; i++)
        if (!q->use || q->use[i]) add_pure(p->facts[i].claim, all, &n);
    assumed x = assume(q, scales, NULL);
    const formula *can = engine_shadow(q->e, q->a, q->use, x.f, x.n, NULL);
    if (!can) return false;
    all[n++] = formula_not(q->a, can);
    return engine_test(q->e, q->a, none, all, n) == ENGINE_UNSAT;
}

/* --- no closed form --- */

static const formula *const *formulas_at(arena *a, const formula *const *f, int n, const coef *x) {
    const formula **at = NEW_ARRAY(a, const formula *, n);
    for (int i = 0; i < n; i++) at[i] = formula_at(a, f[i], x);
    return at;
}

/* The theory with its parameters as at w, and the same question; false where that is undefined. */
static bool theory_at(const question *q, const witness *w, problem *p, goal *g) {
    *p = *engine_problem(q->e);
    *g = *q->g;
    fact *facts = NEW_ARRAY(q->a, fact, p->nfacts);
    form *base = NEW_ARRAY(q->a, form, g->nbase);
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = p->facts[i];
        facts[i].claim = formula_at(q->a, facts[i].claim, w->x);
    }
    for (int i = 0; i < g->nbase; i++)
        if (!form_at(q->a, g->base[i], w->x, &base[i])) return false;
    p->facts = facts;
    p->field = NULL;
    g->base = base;
    g->when = formulas_at(q->a, g->when, g->nwhen, w->x);
    return form_at(q->a, g->target, w->x, &g->target);
}

/* What can have any value at one point of the parameters can have any value. */
static bool is_open_at(const question *q, const witness *w) {
    problem p;
    goal g;
    if (!theory_at(q, w, &p, &g)) return false;
    engine *e = engine_open(&p, engine_budget(q->e));
    answer r = answer_barely(e, q->a, &g, q->use);
    engine_close(e);
    return r.kind == ANSWER_UNDETERMINED;
}

/* No parameter is 0 or 1: special points have special answers. */
static const formula *generic(const question *q) {
    const field *k = engine_problem(q->e)->field;
    VEC(const formula *) all = {0};
    for (int i = 0; i < field_size(k); i++) {
        coef p = coef_parameter(q->a, k, i);
        vec_push(q->a, &all, nonzero(q, form_const(p)));
        vec_push(q->a, &all, nonzero(q, form_const(coef_sub(q->a, p, coef_int(1)))));
    }
    return formula_all(q->a, all.v, (int)all.n);
}

bool question_is_open(const question *q, const formula *scales, const outcome *o) {
    outcome other = ask(q, scales, generic(q));
    bool open = !o->vouched && is_open_at(q, &o->w);
    if (other.status == ENGINE_SAT && !other.vouched) open = open || is_open_at(q, &other.w);
    return open;
}

static answer no_form(const question *q, const formula *scales, const outcome *o) {
    answer possible = answer_possible(q, scales);
    if (possible.kind != ANSWER_UNKNOWN) return possible;
    if (question_is_open(q, scales, o)) return (answer){.goal = q->g, .kind = ANSWER_UNDETERMINED};
    return answer_unknown(q, "no closed form was found");
}

/* --- the answer --- */

static bool mentions_hidden(const question *q, coef value) {
    const problem *p = engine_problem(q->e);
    if (!coef_field(value)) return false;
    bool *used = NEW_ARRAY(q->a, bool, field_size(p->field));
    coef_parameters(value, used);
    for (int i = 0; i < field_size(p->field); i++)
        if (used[i] && p->symbols[field_symbol(p->field, i)].hidden) return true;
    return false;
}

/* One closed form for all: exact; but a measured number has no name, so its range is the answer. */
static answer one_form(search *s) {
    const answer_case *c = &s->cases.v[0];
    coef *value = NEW(s->q->a, coef);
    *value = c->value;
    answer r = {.goal = s->q->g, .kind = ANSWER_EXACT, .value = value, .nvalue = 1};
    r.support = c->support;
    r.when_used = c->when_used;
    r.why = s->why;
    add_range(s->q, c->value, s->scales, &r);
    if (r.nranges && !is_connected(s->q, s->scales)) r.nranges = 0;
    if (mentions_hidden(s->q, c->value)) {
        if (!r.nranges) return answer_possible(s->q, s->scales);
        r.kind = ANSWER_RANGE;
        r.nvalue = 0;
        r.vouched = true;
    }
    return r;
}

answer answer_closed(const question *q, const formula *scales, outcome o) {
    search s = {.q = q, .scales = scales};
    while (o.status == ENGINE_SAT) {
        if (o.vouched || s.cases.n == MOST_CASES || !add_case(&s, &o.w))
            return no_form(q, scales, &o);
        o = ask(q, scales, all_of(q, s.uncovered.v, (int)s.uncovered.n));
    }
    if (o.status != ENGINE_UNSAT) return answer_unknown(q, o.why);
    bool one = s.cases.n == 1 && s.cases.v[0].nwhen == 0;
    answer r = one ? one_form(&s) : (answer){.goal = q->g, .kind = ANSWER_CASES};
    if (!one) {
        r.cases = s.cases.v;
        r.ncases = (int)s.cases.n;
    }
    r.vouched |= s.vouched || o.vouched;
    r.condition = s.conditions.v;
    r.nconditions = (int)s.conditions.n;
    return r;
}

/* --- questions about a parameter --- */

static answer parameter_is(const question *q, coef asked, coef value) {
    coef *kept = NEW(q->a, coef);
    *kept = value;
    const formula *off = off_value(q, form_const(asked), form_const(coef_int(1)), value);
    answer r = answer_resting_on(q, ANSWER_EXACT, off, NULL, NULL);
    r.value = kept;
    r.nvalue = 1;
    return r;
}

static int parameter_asked(const question *q, coef asked) {
    const field *k = engine_problem(q->e)->field;
    bool *used = NEW_ARRAY(q->a, bool, field_size(k));
    coef_parameters(asked, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) return i;
    return -1;
}

/* Equations on parameters that hold, solved for the one asked about. */
static bool solved_by(const question *q, const formula *f, coef asked, answer *out) {
    coef slope, rest;
    if (f->kind == FORMULA_ALL) {
        for (int i = 0; i < f->n; i++)
            if (solved_by(q, f->kid[i], asked, out)) return true;
        return false;
    }
    if (f->kind != FORMULA_ATOM || f->rel != REL_EQ || f->lhs.n) return false;
    if (!coef_linear_in(q->a, f->lhs.k, parameter_asked(q, asked), &slope, &rest)) return false;
    coef value = coef_neg(q->a, coef_div(q->a, rest, slope));
    outcome o = ask(q, NULL, NULL);
    if (o.status == ENGINE_SAT && !o.vouched) value = with_known_values(q, value, &o.w);
    if (mentions_hidden(q, value)) return false;
    *out = parameter_is(q, asked, value);
    return out->kind == ANSWER_EXACT;
}

static bool closed_parameter(const question *q, coef asked, answer *out) {
    const problem *p = engine_problem(q->e);
    for (int i = 0; i < p->nfacts; i++)
        if ((!q->use || q->use[i]) && solved_by(q, p->facts[i].claim, asked, out)) return true;
    return false;
}

answer answer_parameter(const question *q) {
    coef asked = q->g->target.k;
    outcome o = ask(q, NULL, NULL);
    rat r;
    answer found;
    if (!o.w.n || !coef_value(q->a, asked, o.w.x, &r)) return answer_possible_parameter(q);
    const formula *other = nonzero(q, form_const(coef_sub(q->a, asked, coef_of(r))));
    if (test(q, other, NULL) == ENGINE_UNSAT) return parameter_is(q, asked, coef_of(r));
    if (closed_parameter(q, asked, &found)) return found;
    found = answer_possible_parameter(q);
    if (found.kind == ANSWER_EXACT) return found;
    interval x;
    if (!find_range(q, asked, &x) || !is_connected(q, NULL)) return found;
    if (is_everything(&x)) return (answer){.goal = q->g, .kind = ANSWER_UNDETERMINED};
    answer range = {.goal = q->g, .kind = ANSWER_RANGE};
    add_range(q, asked, NULL, &range);
    return range.nranges ? range : found;
}
