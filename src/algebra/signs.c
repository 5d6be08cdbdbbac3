#include "algebra/signs.h"

#include "algebra/pins.h"

int sign_of_rat(rat r) {
    int s = rat_sgn(r);
    return s < 0 ? SIGN_NEG : s ? SIGN_POS : SIGN_ZERO;
}

int signs_mirrored(int signs) {
    return (signs & SIGN_ZERO) | (signs & SIGN_NEG ? SIGN_POS : 0) |
           (signs & SIGN_POS ? SIGN_NEG : 0);
}

/* Of each of x and each of y, which are -1, 0 and 1. */
static int of_pairs(int x, int y, int (*signs)(int, int)) {
    int out = 0;
    for (int i = -1; i <= 1; i++)
        for (int j = -1; j <= 1; j++)
            if ((x >> (i + 1) & 1) && (y >> (j + 1) & 1)) out |= signs(i, j);
    return out;
}

static int product(int x, int y) {
    return 1 << (x * y + 1);
}

static int sum(int x, int y) {
    return x * y < 0 ? SIGN_ANY : 1 << ((x ? x : y) + 1);
}

int signs_times(int x, int y) {
    return of_pairs(x, y, product);
}

int signs_plus(int x, int y) {
    return of_pairs(x, y, sum);
}

int signs_power(int signs, int power) {
    if (power % 2) return signs;
    return (signs & SIGN_ZERO) | (signs & ~SIGN_ZERO ? SIGN_POS : 0);
}

/* Denominators do not vanish. */
static int factor_power(int signs, int exponent) {
    return signs_power(exponent < 0 ? signs & ~SIGN_ZERO : signs, exponent);
}

/* --- hypotheses about a multiple --- */

hypothesis hypothesis_of(coef c, int signs) {
    return (hypothesis){c, signs, coef_about(c)};
}

static int told(arena *a, coef p, const hypothesis *h) {
    rat ratio;
    bool mirrored = h->signs == signs_mirrored(h->signs);
    if (mirrored) return coef_vanish_together(h->c, p) ? h->signs : SIGN_ANY;
    if (!coef_multiple(a, h->c, p, &ratio)) return SIGN_ANY;
    return rat_sgn(ratio) > 0 ? h->signs : signs_mirrored(h->signs);
}

/* --- bounds --- */

typedef struct {
    bool low, high; /* is there one? */
    rat lo, hi;
    bool lo_open, hi_open;
} range;

/* a·p + b with signs: p against -b/a. */
static void bound_by(arena *a, range *r, rat slope, rat at_zero, int signs) {
    rat end = rat_neg(a, rat_div(a, at_zero, slope));
    if (rat_sgn(slope) < 0) signs = signs_mirrored(signs);
    bool open = !(signs & SIGN_ZERO);
    if (!(signs & SIGN_NEG)) {
        int c = r->low ? rat_cmp(end, r->lo) : 1;
        if (c > 0 || (c == 0 && open)) *r = (range){true, r->high, end, r->hi, open, r->hi_open};
    }
    if (!(signs & SIGN_POS)) {
        int c = r->high ? rat_cmp(end, r->hi) : -1;
        if (c < 0 || (c == 0 && open)) *r = (range){r->low, true, r->lo, end, r->lo_open, open};
    }
}

static range range_of(arena *a, const field *k, int i, const hypothesis *h, int n) {
    range r = {.lo = RAT_ZERO, .hi = RAT_ZERO};
    coef slope, at_zero;
    rat s, z;
    (void)k;
    for (int j = 0; j < n; j++)
        if (coef_mentions(h[j].c, i) && coef_linear_in(a, h[j].c, i, &slope, &at_zero) &&
            coef_rat(slope, &s) && coef_rat(at_zero, &z) &&
            coef_rat(coef_denominator(a, h[j].c), &(rat){{0, 1}}))
            bound_by(a, &r, s, z, h[j].signs);
    return r;
}

/* p with its parameter i measured from its bound: p_i = lo + t or hi - t with t ≥ 0; a parameter
 * with one value has it. */
static bool shift(arena *a, const field *k, int i, const range *r, bool from_low, coef *p) {
    if (from_low && r->low && rat_is_zero(r->lo) && !(r->high && rat_is_zero(r->hi))) return true;
    coef x = coef_parameter(a, k, i);
    if (r->low && r->high && rat_eq(r->lo, r->hi))
        return coef_substitute(a, *p, i, coef_of(r->lo), p);
    if (from_low) return coef_substitute(a, *p, i, coef_add(a, coef_of(r->lo), x), p);
    return coef_substitute(a, *p, i, coef_sub(a, coef_of(r->hi), x), p);
}

typedef struct {
    bool bounded, open; /* t ≥ 0 is known; t > 0 is known */
} shifted;

/* Is the monomial known to be ≥ 0 up to its coefficient; and is it known to be > 0? */
static bool is_nonnegative(const monomial *m, const shifted *t, int n, bool *positive) {
    *positive = true;
    for (int i = 0; i < n; i++) {
        if (m->power[i] == 0) continue;
        if (!t[i].bounded && m->power[i] % 2) return false;
        if (!t[i].open) *positive = false;
    }
    return true;
}

/* All monomials ≥ 0 and their coefficients of one sign. */
static int by_coefficients(arena *a, coef p, const shifted *t, int n) {
    rat plain;
    if (coef_rat(p, &plain)) return sign_of_rat(plain);
    polynomial poly = coef_polynomial(a, p);
    int signs = 0;
    bool strict = false, positive;
    for (int i = 0; i < poly.n; i++) {
        if (!is_nonnegative(&poly.m[i], t, n, &positive)) return SIGN_ANY;
        signs |= sign_of_rat(poly.m[i].c);
        strict |= positive;
    }
    if (signs == (SIGN_NEG | SIGN_POS)) return SIGN_ANY;
    return strict ? signs : signs | SIGN_ZERO;
}

/* *choice: some parameter is bounded at both ends. */
static int from_ends(arena *a, coef p, const hypothesis *h, int n, bool prefer_low, bool *choice) {
    const field *k = coef_field(p);
    int size = field_size(k);
    shifted *t = NEW_ARRAY(a, shifted, size);
    bool *occurs = NEW_ARRAY(a, bool, size);
    coef_parameters(p, occurs);
    for (int i = 0; i < size; i++) {
        if (!occurs[i]) continue;
        range r = range_of(a, k, i, h, n);
        bool low = r.low && (prefer_low || !r.high);
        if (!r.low && !r.high) continue;
        *choice |= r.low && r.high;
        if (!shift(a, k, i, &r, low, &p)) return SIGN_ANY;
        t[i] = (shifted){true, low ? r.lo_open : r.hi_open};
    }
    return by_coefficients(a, p, t, size);
}

static int by_bounds(arena *a, coef p, const hypothesis *h, int n) {
    bool choice = false;
    int signs = from_ends(a, p, h, n, true, &choice);
    return choice ? signs & from_ends(a, p, h, n, false, &choice) : signs;
}

/* --- any coefficient --- */

static int factor_signs(arena *a, coef p, const hypothesis *h, int n) {
    int signs = by_bounds(a, p, h, n);
    for (int i = 0; i < n; i++) signs &= told(a, p, &h[i]);
    return signs;
}

static int seen_at_once(arena *a, coef c, const hypothesis *h, int n) {
    rat plain;
    if (coef_rat(c, &plain)) return sign_of_rat(plain);
    int whole = SIGN_ANY;
    for (int i = 0; i < n; i++) whole &= told(a, c, &h[i]);
    factors f = coef_factors(a, c);
    int signs = sign_of_rat(f.content);
    for (int i = 0; i < f.n; i++)
        signs = signs_times(signs, factor_power(factor_signs(a, f.f[i].p, h, n), f.f[i].exponent));
    return signs & whole;
}

/* c with the parameters replaced that hypotheses give away. */
static coef replaced(arena *a, coef c, const hypothesis *h, int n) {
    zeros all = {0};
    coef out;
    for (int i = 0; i < n; i++)
        if (h[i].signs == SIGN_ZERO && coef_field(h[i].c)) vec_push(a, &all, h[i].c);
    pins p = pins_of(a, all.v, (int)all.n);
    return p.n && coef_pinned(a, c, &p, &out) ? out : c;
}

static bool is_told_zero(arena *a, coef c, const hypothesis *h, int n) {
    for (int i = 0; i < n; i++)
        if (h[i].signs == SIGN_ZERO && told(a, c, &h[i]) == SIGN_ZERO) return true;
    return false;
}

/* The numerator u·p + v without u·p, where u is zero. */
static coef shortened(arena *a, coef c, const hypothesis *h, int n) {
    coef slope, rest;
    bool any = false;
    for (int i = 0; i < n; i++) any |= h[i].signs == SIGN_ZERO;
    c = coef_numerator(a, c);
    for (int i = 0; any && coef_field(c) && i < field_size(coef_field(c)); i++)
        if (coef_linear_in(a, c, i, &slope, &rest) && is_told_zero(a, slope, h, n)) c = rest;
    return c;
}

/* By what is said of its own parameters. */
static int seen(arena *a, coef c, const hypothesis *h, int n) {
    hypothesis *own = NEW_ARRAY(a, hypothesis, n);
    uint64_t about = coef_about(c);
    int count = 0;
    for (int i = 0; i < n; i++)
        if (!h[i].about || (h[i].about & about)) own[count++] = h[i];
    return seen_at_once(a, c, own, count);
}

int signs_of(arena *a, coef c, const hypothesis *h, int n) {
    rat plain;
    if (coef_rat(c, &plain)) return sign_of_rat(plain);
    int signs = seen(a, c, h, n), end = signs;
    coef other = replaced(a, c, h, n), less = shortened(a, c, h, n);
    if (!coef_eq(other, c)) signs &= seen(a, other, h, n);
    if (!coef_eq(less, c)) end = seen(a, less, h, n); /* zero where c is */
    if (!(end & SIGN_ZERO)) signs &= ~SIGN_ZERO;
    return end == SIGN_ZERO ? signs & SIGN_ZERO : signs;
}

/* What is said of a multiple of c is heard first. */
bool signs_are_among(arena *a, coef c, int signs, const hypothesis *h, int n) {
    uint64_t about = coef_about(c);
    int left = SIGN_ANY;
    for (int i = 0; about && i < n; i++) {
        if (h[i].about && !(h[i].about & about)) continue;
        left &= told(a, c, &h[i]);
        if ((left & ~signs) == 0) return true;
    }
    return (signs_of(a, c, h, n) & ~signs) == 0;
}
