#include "algebra/intervals.h"
#include "analysis/question.h"

/* --- what the kinds have in common --- */

assumed assume(const question *q, const formula *one, const formula *two) {
    const formula **f = NEW_ARRAY(q->a, const formula *, q->g->nwhen + 2);
    int n = 0;
    while (n < q->g->nwhen) {
        f[n] = q->g->when[n];
        n++;
    }
    if (one) f[n++] = one;
    if (two) f[n++] = two;
    return (assumed){f, n};
}

outcome ask(const question *q, const formula *one, const formula *two) {
    assumed x = assume(q, one, two);
    return engine_check(q->e, q->a, q->use, x.f, x.n);
}

engine_status test(const question *q, const formula *one, const formula *two) {
    assumed x = assume(q, one, two);
    return engine_test(q->e, q->a, q->use, x.f, x.n);
}

answer answer_unknown(const question *q, const char *why) {
    return (answer){.goal = q->g, .kind = ANSWER_UNKNOWN, .reason = why};
}

answer answer_resting_on(const question *q, answer_kind kind, const formula *one,
                         const formula *two, outcome *o) {
    assumed x = assume(q, one, two);
    int nfacts = engine_problem(q->e)->nfacts;
    bool *keep = NEW_ARRAY(q->a, bool, nfacts + x.n);
    for (int i = q->g->nwhen; i < x.n; i++) keep[nfacts + i] = true;
    outcome small = engine_shrink(q->e, q->a, q->use, x.f, x.n, keep);
    if (small.status != ENGINE_UNSAT) return answer_unknown(q, small.why);
    if (o) *o = small;
    answer r = {.goal = q->g, .kind = kind};
    r.support = factset_of(q->a, small.used, nfacts);
    r.when_used = factset_of(q->a, small.used + nfacts, q->g->nwhen);
    r.vouched = small.vouched;
    r.condition = small.condition;
    r.nconditions = small.nconditions;
    return r;
}

const formula *nonzero(const question *q, form f) {
    return formula_nonzero(q->a, f);
}

form deviation(const question *q, const coef *value) {
    form f = q->g->target;
    for (int i = 0; i < q->g->nbase; i++)
        f = form_addmul(q->a, f, coef_neg(q->a, value[i]), q->g->base[i]);
    return f;
}

/* --- one hole, one value --- */

static bool only_equations(const sequent *s, const summand *sum, int n) {
    for (int i = 0; i < n; i++)
        if (formula_node(sequent_formula(s, sum[i].formula), sum[i].node)->rel != REL_EQ)
            return false;
    return true;
}

/* The leaf that refutes deviation < 0 holds the multipliers of the law. */
static const derivation *why_exact(const question *q, const formula *off, const outcome *o,
                                   coef value) {
    assumed x = assume(q, off, NULL);
    sequent s = {engine_problem(q->e), q->use, x.f, x.n};
    int last = sequent_size(&s) - 1, n;
    summand *sum;
    if (!o->pf || o->pf->kind != PROOF_SPLIT || o->pf->formula != last) return NULL;
    if (!solve_leaf(q->a, o->pf->branch[0], last, &sum, &n)) return NULL;
    if (!only_equations(&s, sum, n)) return NULL;
    return derive_answer(q->a, &s, sum, n, q->g->target, q->g->base[0], value);
}

static answer exact(const question *q, const formula *off, const formula *scales, coef value) {
    outcome o;
    coef *kept = NEW(q->a, coef);
    *kept = value;
    answer r = answer_resting_on(q, ANSWER_EXACT, off, scales, &o);
    if (r.kind != ANSWER_EXACT) return r;
    r.value = kept;
    r.nvalue = 1;
    if (!scales && !q->bare) r.why = why_exact(q, off, &o, value);
    return r;
}

/* --- one hole, many values --- */

const formula *question_outside(const question *q, const interval *r, int n) {
    return ratio_outside(q->a, q->g->target, q->g->base[0], r, n);
}

interval ratios_between(arena *a, const bound *low, const bound *high, coef level) {
    const bound *lo = coef_sgn(level) < 0 ? high : low, *hi = coef_sgn(level) < 0 ? low : high;
    coef x = coef_div(a, coef_of(lo->value), level), y = coef_div(a, coef_of(hi->value), level);
    return (interval){lo->infinite, hi->infinite, x, y, lo->open, hi->open};
}

/* The ratios in the case of w: with all exponents scaled so that the base has a fixed exponent. */
static bool add_case(const question *q, const witness *w, intervals *u) {
    form at = q->g->base[0];
    coef level = ratio_level(form_value(q->a, at, w->x));
    at.k = coef_sub(q->a, at.k, level);
    assumed x = assume(q, formula_atom(q->a, at, REL_EQ), NULL);
    bound low, high;
    if (!engine_range(q->e, q->a, q->use, x.f, x.n, w, q->g->target, &low, &high)) return false;
    intervals_add(q->a, u, ratios_between(q->a, &low, &high, level));
    return true;
}

static answer many_values(const question *q, outcome o) {
    intervals u = {0};
    while (o.status == ENGINE_SAT && !intervals_are_everything(&u)) {
        if (!add_case(q, &o.w, &u)) return answer_unknown(q, "the limit was reached");
        if (!intervals_are_everything(&u)) o = ask(q, question_outside(q, u.v, (int)u.n), NULL);
    }
    if (intervals_are_everything(&u)) return (answer){.goal = q->g, .kind = ANSWER_UNDETERMINED};
    if (o.status != ENGINE_UNSAT) return answer_unknown(q, o.why);
    answer r = answer_resting_on(q, ANSWER_RANGE, question_outside(q, u.v, (int)u.n), NULL, NULL);
    r.ranges = u.v;
    r.nranges = (int)u.n;
    return r;
}

/* --- one hole --- */

static bool base_may_rest(const question *q) {
    return test(q, formula_atom(q->a, q->g->base[0], REL_EQ), NULL) == ENGINE_SAT;
}

static coef ratio_at(const question *q, const witness *w) {
    coef base = form_value(q->a, q->g->base[0], w->x);
    return coef_div(q->a, form_value(q->a, q->g->target, w->x), base);
}

/* Is the value that a known solution has the only one? */
static bool exact_as_known(const question *q, const formula *scales, answer *r) {
    if (!q->known || question_is_parametric(q)) return false;
    if (!formula_holds(q->a, scales, q->known->x)) return false;
    coef value = ratio_at(q, q->known);
    const formula *off = nonzero(q, deviation(q, &value));
    if (test(q, off, NULL) != ENGINE_UNSAT) return false;
    *r = exact(q, off, NULL, value);
    return true;
}

/* w is a solution in which the base scales. */
static answer with_scaling_base(const question *q, const formula *scales, const outcome *o) {
    if (o->vouched) return answer_unknown(q, "the solutions found are irrational");
    coef value = ratio_at(q, &o->w);
    const formula *off = nonzero(q, deviation(q, &value));
    answer always = exact(q, off, NULL, value);
    if (always.kind == ANSWER_EXACT) return always;
    if (question_is_parametric(q) && test(q, off, scales) == ENGINE_SAT)
        return answer_closed(q, scales, *o);
    outcome other = ask(q, off, scales);
    if (other.status == ENGINE_UNSAT) return exact(q, off, scales, value);
    if (other.status != ENGINE_SAT) return answer_unknown(q, other.why);
    return many_values(q, *o);
}

static answer answer_hole(const question *asked) {
    question plain = *asked;
    if (question_is_parametric(asked)) plain.use = without_bystanders(asked);
    const question *q = &plain;
    const formula *scales = nonzero(q, q->g->base[0]);
    answer r;
    if (!exact_as_known(q, scales, &r)) {
        outcome o = ask(q, scales, NULL);
        if (o.status == ENGINE_UNSAT)
            return answer_resting_on(q, ANSWER_UNDEFINED, scales, NULL, NULL);
        if (o.status != ENGINE_SAT) return answer_unknown(q, o.why);
        r = with_scaling_base(q, scales, &o);
    }
    r.base_may_rest = base_may_rest(q);
    add_families(q, &r);
    add_balance(q, &r);
    return r;
}

/* --- how a form compares with zero --- */

static const formula *has_sign(const question *q, int sign) {
    form f = q->g->target;
    switch (sign) {
    case SIGN_NEG:
        return formula_atom(q->a, f, REL_LT);
    case SIGN_ZERO:
        return formula_atom(q->a, f, REL_EQ);
    default:
        return formula_atom(q->a, form_scale(q->a, coef_int(-1), f), REL_LT);
    }
}

static answer answer_relation(const question *q) {
    const int each[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    const formula *excluded[3];
    int signs = 0, n = 0;
    for (int i = 0; i < 3; i++) {
        const formula *f = has_sign(q, each[i]);
        outcome o = ask(q, f, NULL);
        if (o.status == ENGINE_SAT)
            signs |= each[i];
        else if (o.status == ENGINE_UNSAT)
            excluded[n++] = f;
        else
            return answer_unknown(q, o.why);
    }
    answer r = {.goal = q->g, .kind = ANSWER_EXACT};
    if (n) r = answer_resting_on(q, ANSWER_EXACT, formula_any(q->a, excluded, n), NULL, NULL);
    r.signs = signs;
    return r;
}

/* --- any question --- */

/* There are solutions. */
static answer answer_kind_of(const question *q) {
    if (q->g->kind == GOAL_RELATION) return answer_relation(q);
    if (q->g->kind == GOAL_PARAMETER) return answer_parameter(q);
    if (q->g->kind == GOAL_WHERE) return answer_where(q);
    return q->g->nbase == 1 ? answer_hole(q) : answer_holes(q);
}

static answer answered(const question *q) {
    outcome o = {.status = ENGINE_SAT};
    if (!q->known) o = ask(q, NULL, NULL);
    if (o.status == ENGINE_UNSAT) return (answer){.goal = q->g, .kind = ANSWER_VACUOUS};
    return o.status == ENGINE_SAT ? answer_kind_of(q) : answer_unknown(q, o.why);
}

answer answer_question(engine *e, arena *a, const goal *g, const bool *use) {
    const question q = {.e = e, .a = a, .g = g, .use = use};
    return answered(&q);
}

answer answer_knowing(engine *e, arena *a, const goal *g, const witness *known, bool bare) {
    const question q = {.e = e, .a = a, .g = g, .known = g->nwhen ? NULL : known, .bare = bare};
    return answered(&q);
}

answer answer_barely(engine *e, arena *a, const goal *g, const bool *use) {
    const question q = {.e = e, .a = a, .g = g, .use = use, .bare = true};
    return answered(&q);
}

static bool one_sign(int signs) {
    return signs == SIGN_NEG || signs == SIGN_ZERO || signs == SIGN_POS;
}

answer answer_plainly(engine *e, arena *a, const goal *g, const bool *use) {
    const question q = {.e = e, .a = a, .g = g, .use = use};
    if (question_is_parametric(&q)) return answer_unknown(&q, NULL);
    answer r = answer_question(e, a, g, use);
    bool definite = g->kind == GOAL_RELATION ? one_sign(r.signs) : true;
    return r.kind == ANSWER_EXACT && definite ? r : answer_unknown(&q, r.reason);
}
