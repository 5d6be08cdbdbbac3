/* Several holes: is there one combination of the bases that the target always follows? Solutions
 * are collected one by one; each is a linear equation for the unknown exponents, and each
 * refuted guess gives the next solution, so there are never more than one for each base and one
 * for the target. */
#include "analysis/question.h"
#include "engine/eliminate.h"

typedef struct {
    const question *q;
    const formula *scales; /* some base scales */
    VEC(form) samples;     /* Σ base_i(x)·e_i - target(x), over the unknowns e_i */
    budget free;
} fit;

static form sample(const question *q, const witness *w) {
    term *t = NEW_ARRAY(q->a, term, q->g->nbase);
    int n = 0;
    for (int i = 0; i < q->g->nbase; i++) {
        coef c = form_value_at(q->a, q->g->base[i], w->x);
        if (!coef_is_zero(c)) t[n++] = (term){i, c};
    }
    return form_of(q->a, t, n, coef_neg(q->a, form_value_at(q->a, q->g->target, w->x)));
}

static const formula *some_base_scales(const question *q) {
    const formula **ways = NEW_ARRAY(q->a, const formula *, q->g->nbase);
    for (int i = 0; i < q->g->nbase; i++) ways[i] = nonzero(q, q->g->base[i]);
    return formula_any(q->a, ways, q->g->nbase);
}

static elim *solve(fit *f, bool homogeneous) {
    form *rows = NEW_ARRAY(f->q->a, form, f->samples.n);
    for (size_t i = 0; i < f->samples.n; i++) {
        rows[i] = f->samples.v[i];
        if (homogeneous) rows[i].k = coef_int(0);
    }
    return elim_run(f->q->a, rows, (int)f->samples.n, f->q->g->nbase, &f->free);
}

/* Values that all samples allow, with the free unknown `one` at 1 (-1: none) and others at 0. */
static coef *solution(fit *f, elim *e, int one) {
    int n = f->q->g->nbase;
    coef *x = NEW_ARRAY(f->q->a, coef, n);
    for (int i = 0; i < n; i++) x[i] = coef_int(i == one);
    elim_complete(e, f->q->a, x);
    return x;
}

/* Refuted: the form vanishes wherever a base scales. Else a sample that shows otherwise is
 * added. */
static engine_status vanishes(fit *f, form g) {
    outcome o = ask(f->q, nonzero(f->q, g), f->scales);
    if (o.status == ENGINE_SAT && o.vouched) return ENGINE_UNKNOWN;
    if (o.status == ENGINE_SAT) vec_push(f->q->a, &f->samples, sample(f->q, &o.w));
    return o.status;
}

static form combination_of_bases(const question *q, const coef *x) {
    form f = form_zero();
    for (int i = 0; i < q->g->nbase; i++) f = form_addmul(q->a, f, x[i], q->g->base[i]);
    return f;
}

/* A combination of the bases that vanishes in all samples but not in all solutions gives a new
 * sample; the rest are the dependences. */
static engine_status find_dependences(fit *f, answer *r) {
    for (;;) {
        elim *e = solve(f, true);
        VEC(form) found = {0};
        engine_status s = ENGINE_UNSAT;
        for (int i = 0; i < f->q->g->nbase && s == ENGINE_UNSAT; i++) {
            if (!elim_is_free(e, i)) continue;
            form g = combination_of_bases(f->q, solution(f, e, i));
            s = vanishes(f, g);
            vec_push(f->q->a, &found, g);
        }
        r->dependence = found.v;
        r->ndependence = (int)found.n;
        if (s != ENGINE_SAT) return s;
    }
}

static answer with_value(fit *f, const coef *value) {
    answer r = {.goal = f->q->g, .kind = ANSWER_UNDETERMINED};
    engine_status s = find_dependences(f, &r);
    if (s != ENGINE_UNSAT) return answer_unknown(f->q, "the limit was reached");
    if (r.ndependence) return r;
    const formula *off = nonzero(f->q, deviation(f->q, value));
    bool always = ask(f->q, off, NULL).status == ENGINE_UNSAT;
    r = answer_resting_on(f->q, ANSWER_EXACT, off, always ? NULL : f->scales, NULL);
    r.value = value;
    r.nvalue = f->q->g->nbase;
    return r;
}

/* No numbers fit; closed forms in the parameters might. */
static answer no_numbers(const question *q, const formula *scales, const outcome *o) {
    if (question_is_parametric(q) && !question_is_open(q, scales, o))
        return answer_unknown(q, "closed forms are not looked for in several holes");
    return (answer){.goal = q->g, .kind = ANSWER_UNDETERMINED};
}

answer answer_holes(const question *q) {
    fit f = {.q = q, .scales = some_base_scales(q)};
    budget_init(&f.free);
    outcome o = ask(q, f.scales, NULL);
    if (o.status == ENGINE_UNSAT)
        return answer_resting_on(q, ANSWER_UNDEFINED, f.scales, NULL, NULL);
    if (o.status != ENGINE_SAT) return answer_unknown(q, o.why);
    if (o.vouched) return answer_unknown(q, "the solutions found are irrational");
    vec_push(q->a, &f.samples, sample(q, &o.w));
    for (;;) {
        elim *e = solve(&f, false);
        if (elim_contradiction(e, q->a, NULL)) return no_numbers(q, f.scales, &o);
        coef *value = solution(&f, e, -1);
        engine_status s = vanishes(&f, deviation(q, value));
        if (s == ENGINE_UNSAT) return with_value(&f, value);
        if (s != ENGINE_SAT) return answer_unknown(q, "the limit was reached");
    }
}
