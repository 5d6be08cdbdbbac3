#include "algebra/reason.h"

#include <stdlib.h>

enum { MOST_MONOMIALS = 100000 }; /* of a product, as far as can be told before */

typedef struct {
    arena *a;
    const sign_reason *r;
    coef c;
    granted_fn *granted;
    const void *context;
} check;

bool is_factor_of(arena *a, coef d, coef p) {
    return coef_is_polynomial(d) && !coef_is_zero(d) && coef_is_polynomial(coef_div(a, p, d));
}

/* --- sums of products --- */

static bool are_small(coef x, coef y) {
    return coef_size(x) * coef_size(y) <= MOST_MONOMIALS;
}

/* What is named in step number `at`. */
static bool look_up(const check *k, int at, const ref *r, hypothesis *out) {
    switch (r->kind) {
    case REF_STEP:
        if (r->i < 0 || r->i >= at) return false;
        *out = hypothesis_of(k->r->s[r->i].c, k->r->s[r->i].signs);
        return true;
    case REF_OWN:
        *out = hypothesis_of(r->pole, SIGN_NEG | SIGN_POS);
        return is_factor_of(k->a, r->pole, coef_denominator(k->a, k->c));
    case REF_ATOM:
    case REF_POLE:
        return k->granted(k->context, k->a, r, out);
    }
    return false;
}

static bool multiply(const check *k, const hypothesis *h, int power, hypothesis *to) {
    if (power < 0 && ((h->signs & SIGN_ZERO) || coef_is_zero(h->c))) return false;
    to->signs = signs_times(to->signs, signs_power(h->signs, power));
    for (int i = 0; i < abs(power); i++) {
        if (!are_small(to->c, h->c)) return false;
        to->c = power < 0 ? coef_div(k->a, to->c, h->c) : coef_mul(k->a, to->c, h->c);
    }
    return true;
}

static bool term_of(const check *k, int at, const sign_term *t, hypothesis *out) {
    rat plain;
    int powers = 0;
    *out = hypothesis_of(t->times, coef_rat(t->times, &plain) ? sign_of_rat(plain) : SIGN_ANY);
    if (!coef_is_polynomial(t->times)) return false;
    for (int i = 0; i < t->n; i++) {
        hypothesis h;
        int power = t->f[i].power;
        if (power == 0 || abs(power) > REASON_MOST_POWER - powers) return false;
        powers += abs(power);
        if (!look_up(k, at, &t->f[i].of, &h) || !multiply(k, &h, power, out)) return false;
    }
    return true;
}

static bool sum_of(const check *k, int at, const sign_sum *sum, hypothesis *out) {
    *out = hypothesis_of(coef_int(0), SIGN_ZERO);
    for (int i = 0; i < sum->n; i++) {
        hypothesis t;
        if (!term_of(k, at, &sum->t[i], &t) || !are_small(out->c, t.c)) return false;
        out->c = coef_add(k->a, out->c, t.c);
        out->signs = signs_plus(out->signs, t.signs);
    }
    return true;
}

/* --- steps --- */

static bool step_holds(const check *k, int at) {
    const sign_step *s = &k->r->s[at];
    int signs = SIGN_ANY;
    if (s->n == 0 && !coef_is_polynomial(s->c)) return false;
    for (int i = 0; i < s->n; i++) {
        hypothesis sum;
        if (!sum_of(k, at, &s->sum[i], &sum) || !coef_eq(sum.c, s->c)) return false;
        signs &= sum.signs;
    }
    return (signs & ~s->signs) == 0;
}

bool reason_shows(arena *a, const sign_reason *r, coef c, int signs, granted_fn *granted,
                  const void *context) {
    const check k = {a, r, c, granted, context};
    for (int i = 0; i < r->n; i++)
        if (!step_holds(&k, i)) return false;
    const sign_step *last = r->n ? &r->s[r->n - 1] : NULL;
    return last && coef_eq(last->c, c) && (last->signs & ~signs) == 0;
}

/* --- copies --- */

/* The number that each step gets; -1: nothing rests on it. */
static const int *renumbered(arena *a, const sign_reason *r, int *kept) {
    int *to = NEW_ARRAY(a, int, r->n);
    for (int i = 0; i < r->n; i++) to[i] = i == r->n - 1 ? 0 : -1;
    for (int i = r->n - 1; i >= 0; i--)
        for (int s = 0; to[i] >= 0 && s < r->s[i].n; s++)
            for (int t = 0; t < r->s[i].sum[s].n; t++)
                for (int f = 0; f < r->s[i].sum[s].t[t].n; f++) {
                    const ref *of = &r->s[i].sum[s].t[t].f[f].of;
                    if (of->kind == REF_STEP) to[of->i] = 0;
                }
    *kept = 0;
    for (int i = 0; i < r->n; i++)
        if (to[i] == 0) to[i] = (*kept)++;
    return to;
}

static sign_term term_copy(arena *a, const sign_term *t, const int *to) {
    sign_factor *f = NEW_ARRAY(a, sign_factor, t->n);
    for (int i = 0; i < t->n; i++) {
        f[i] = t->f[i];
        if (f[i].of.kind == REF_STEP) f[i].of.i = to[f[i].of.i];
        if (f[i].of.kind >= REF_POLE) f[i].of.pole = coef_copy(a, f[i].of.pole);
    }
    return (sign_term){coef_copy(a, t->times), f, t->n};
}

static sign_step step_copy(arena *a, const sign_step *s, const int *to) {
    sign_sum *sum = NEW_ARRAY(a, sign_sum, s->n);
    for (int i = 0; i < s->n; i++) {
        sign_term *t = NEW_ARRAY(a, sign_term, s->sum[i].n);
        for (int k = 0; k < s->sum[i].n; k++) t[k] = term_copy(a, &s->sum[i].t[k], to);
        sum[i] = (sign_sum){t, s->sum[i].n};
    }
    return (sign_step){coef_copy(a, s->c), s->signs, sum, s->n};
}

sign_reason reason_copy(arena *a, const sign_reason *r) {
    int kept;
    const int *to = renumbered(a, r, &kept);
    sign_step *s = NEW_ARRAY(a, sign_step, kept);
    for (int i = 0; i < r->n; i++)
        if (to[i] >= 0) s[to[i]] = step_copy(a, &r->s[i], to);
    return (sign_reason){s, kept};
}
