/* How far measured numbers are from agreeing: the theory with the bounds of its uncertain numbers
 * taken out, and |u - middle| ≤ factor · (half the width) put in. */
#include "analysis/line.h"
#include "analysis/question.h"

enum {
    LARGEST_FACTOR = 1000,
    DIGITS = 100 /* a factor that is not found exactly is enclosed to one in so many */
};

typedef struct {
    bool hidden, low, high;
    rat lo, hi;
} measured;

typedef struct {
    engine *e, *wide;
    arena *a;
    const problem *p;
    measured *m; /* of each parameter of the field */
} measuring;

/* --- the bounds --- */

/* slope·u + rest in one hidden parameter u; its number, or -1. */
static int bounded_by(const measuring *d, const formula *f, rat *slope, rat *rest) {
    const field *k = d->p->field;
    int found = -1;
    coef s, r;
    if (f->kind != FORMULA_ATOM || f->lhs.n || !coef_field(f->lhs.k)) return -1;
    bool *used = NEW_ARRAY(d->a, bool, field_size(k));
    coef_parameters(f->lhs.k, used);
    for (int i = 0; i < field_size(k); i++) {
        if (!used[i]) continue;
        if (found >= 0 || !d->m[i].hidden) return -1;
        found = i;
    }
    bool linear = found >= 0 && coef_linear_in(d->a, f->lhs.k, found, &s, &r) &&
                  coef_rat(s, slope) && coef_rat(r, rest);
    return linear ? found : -1;
}

/* slope·u + rest ≤ 0 */
static void note_bound(const measuring *d, int i, rat slope, rat rest) {
    rat end = rat_neg(d->a, rat_div(d->a, rest, slope));
    if (rat_sgn(slope) > 0)
        d->m[i].high = true, d->m[i].hi = end;
    else
        d->m[i].low = true, d->m[i].lo = end;
}

/* The claim without the bounds of hidden parameters, which are noted. */
static const formula *unbounded(const measuring *d, const formula *f) {
    rat slope, rest;
    int i = bounded_by(d, f, &slope, &rest);
    if (i >= 0) {
        note_bound(d, i, slope, rest);
        if (f->rel == REL_EQ) note_bound(d, i, rat_neg(d->a, slope), rat_neg(d->a, rest));
        return formula_all(d->a, NULL, 0);
    }
    if (f->kind != FORMULA_ALL) return f;
    const formula **kid = NEW_ARRAY(d->a, const formula *, f->n);
    for (int k = 0; k < f->n; k++) kid[k] = unbounded(d, f->kid[k]);
    return formula_all(d->a, kid, f->n);
}

static const problem *without_bounds(const measuring *d) {
    problem *own = NEW(d->a, problem);
    fact *facts = NEW_ARRAY(d->a, fact, d->p->nfacts);
    *own = *question_widened(d->a, d->p);
    for (int i = 0; i < d->p->nfacts; i++) {
        facts[i] = d->p->facts[i];
        facts[i].claim = unbounded(d, facts[i].claim);
    }
    own->facts = facts;
    return own;
}

/* --- the factor --- */

/* ±(u - middle) - half·factor ≤ 0 */
static const formula *within_errors(const measuring *d, form factor) {
    VEC(const formula *) all = {0};
    const rat half = rat_frac(d->a, 1, 2);
    for (int i = 0; i < field_size(d->p->field); i++) {
        const measured *m = &d->m[i];
        if (!m->hidden || !m->low || !m->high) continue;
        rat middle = rat_mul(d->a, half, rat_add(d->a, m->lo, m->hi));
        rat error = rat_mul(d->a, half, rat_sub(d->a, m->hi, m->lo));
        coef off = coef_sub(d->a, coef_parameter(d->a, d->p->field, i), coef_of(middle));
        for (int sign = -1; sign <= 1; sign += 2) {
            form f = form_scale(d->a, coef_neg(d->a, coef_of(error)), factor);
            f.k = coef_add(d->a, f.k, coef_mul(d->a, coef_int(sign), off));
            vec_push(d->a, &all, formula_atom(d->a, f, REL_LE));
        }
    }
    return formula_all(d->a, all.v, (int)all.n);
}

static engine_status can_agree(const measuring *d, rat factor) {
    const formula *errors = within_errors(d, form_const(coef_of(factor)));
    return engine_test(d->wide, d->a, NULL, &errors, 1);
}

/* Eliminates everything but the factor, where all that is left is linear. */
static bool find_exactly(const measuring *d, distance *out) {
    int unknown = d->p->nsymbols, n;
    const answer_case *c;
    const char *why;
    const formula *errors = within_errors(d, form_sym(d->a, unknown));
    const bool *keep = question_keeping(d->a, engine_problem(d->wide), unknown);
    const formula *f = engine_shadow(d->wide, d->a, NULL, &errors, 1, keep);
    if (f) f = question_without_letters(d->a, d->wide, f, unknown, true);
    if (!f) return false;
    const formula *domain = line_domain(d->wide, d->a, f);
    if (!line_cases(d->wide, d->a, f, domain, unknown, &c, &n, &why)) return false;
    bool one = n == 1 && c->nwhen == 0 && c->nranges == 1 && !c->ranges->low_infinite;
    if (!one || !coef_rat(c->ranges->low, &out->low)) return false;
    out->high = out->low;
    return true;
}

/* Halves [low, high] until it is short, on the solver's word. */
static bool enclose(const measuring *d, distance *out) {
    long low = DIGITS, high = 2 * DIGITS;
    while (can_agree(d, rat_frac(d->a, high, DIGITS)) != ENGINE_SAT) {
        low = high;
        high *= 2;
        if (high > (long)LARGEST_FACTOR * DIGITS) return false;
    }
    while (high - low > 1) {
        long mid = low + (high - low) / 2;
        engine_status s = can_agree(d, rat_frac(d->a, mid, DIGITS));
        if (s != ENGINE_SAT && s != ENGINE_UNSAT) return false;
        *(s == ENGINE_SAT ? &high : &low) = mid;
    }
    out->low = rat_frac(d->a, low, DIGITS);
    out->high = rat_frac(d->a, high, DIGITS);
    return true;
}

/* --- the door --- */

static bool is_measured(const measuring *d, const formula *f) {
    rat slope, rest;
    bool any = bounded_by(d, f, &slope, &rest) >= 0;
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) any |= is_measured(d, f->kid[i]);
    return any;
}

/* The measured statements of the cores. */
static factset blamed(const measuring *d, const finding *f) {
    bool *marked = NEW_ARRAY(d->a, bool, d->p->nfacts);
    for (int i = 0; i < f->ncores; i++)
        for (int k = 0; k < f->cores[i].facts.n; k++) {
            int which = f->cores[i].facts.v[k];
            marked[which] = is_measured(d, d->p->facts[which].claim);
        }
    return factset_of(d->a, marked, d->p->nfacts);
}

void find_distance(engine *e, arena *a, finding *f) {
    const problem *p = engine_problem(e);
    measuring d = {.e = e, .a = a, .p = p};
    distance found = {.vouched = true};
    if (!p->field) return;
    d.m = NEW_ARRAY(a, measured, field_size(p->field));
    for (int i = 0; i < field_size(p->field); i++)
        d.m[i].hidden = p->symbols[field_symbol(p->field, i)].hidden;
    found.measured = blamed(&d, f);
    if (found.measured.n == 0) return;
    d.wide = engine_beside(e, without_bounds(&d));
    if (find_exactly(&d, &found) || enclose(&d, &found)) {
        distance *kept = NEW(a, distance);
        *kept = found;
        f->apart = kept;
    }
    engine_close(d.wide);
}
