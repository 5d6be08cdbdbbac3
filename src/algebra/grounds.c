#include "algebra/grounds.h"

#include "algebra/pins.h"

enum { MOST_TERMS = 400, MOST_DEPTH = 4 };

typedef VEC(known) knowns;
typedef VEC(sign_step) steps;
typedef VEC(sign_term) sign_terms;
typedef VEC(sign_factor) sign_factors;

/* A parameter minus its value is zero; which of what is known says so. */
typedef struct {
    pin is;
    int zero;
} ground_pin;

typedef struct {
    arena *a;
    knowns known; /* what is granted, then the steps, all about polynomials */
    steps steps;
    size_t granted; /* so many of what is known are there from the start */
    VEC(ground_pin) pins;
} notebook;

/* A sum that a quantity is, and the signs that it can have. */
typedef struct {
    sign_terms terms;
    int signs;
} way;
typedef VEC(way) ways;

/* --- writing down --- */

static void add_term(notebook *b, way *w, coef times, sign_factors f, int signs) {
    rat plain;
    sign_term t = {times, f.v, (int)f.n};
    signs = signs_times(signs, coef_rat(times, &plain) ? sign_of_rat(plain) : SIGN_ANY);
    w->signs = w->terms.n ? signs_plus(w->signs, signs) : signs;
    vec_push(b->a, &w->terms, t);
}

static int add_factor(notebook *b, sign_factors *f, int which, int power) {
    const known *k = &b->known.v[which];
    sign_factor x = {k->from, power};
    vec_push(b->a, f, x);
    return signs_power(k->h.signs, power);
}

/* times × known^power */
static void add_known(notebook *b, way *w, coef times, int which, int power) {
    sign_factors f = {0};
    int signs = add_factor(b, &f, which, power);
    add_term(b, w, times, f, signs);
}

static int note(notebook *b, coef c, int signs, const way *w, int n) {
    sign_sum *sum = NEW_ARRAY(b->a, sign_sum, n);
    for (int i = 0; i < n; i++) sum[i] = (sign_sum){w[i].terms.v, (int)w[i].terms.n};
    sign_step s = {c, signs, sum, n};
    known k = {hypothesis_of(c, signs), {.kind = REF_STEP, .i = (int)b->steps.n}};
    vec_push(b->a, &b->steps, s);
    vec_push(b->a, &b->known, k);
    return (int)b->known.n - 1;
}

static int together(const ways *all) {
    int signs = SIGN_ANY;
    for (size_t i = 0; i < all->n; i++) signs &= all->v[i].signs;
    return signs;
}

static int count_signs(int signs) {
    return !!(signs & SIGN_NEG) + !!(signs & SIGN_ZERO) + !!(signs & SIGN_POS);
}

/* Ways that show what all of them show, and none of which can be spared: the strongest first, those
 * that add something to the ones before, without those that the others make up for. */
static ways needed(arena *a, const ways *all) {
    ways used = {0};
    for (int most = 0; most <= 3; most++)
        for (size_t i = 0; i < all->n; i++)
            if (count_signs(all->v[i].signs) == most && (together(&used) & ~all->v[i].signs))
                vec_push(a, &used, all->v[i]);
    for (size_t i = 0; i < used.n;) {
        ways others = {0};
        for (size_t k = 0; k < used.n; k++)
            if (k != i) vec_push(a, &others, used.v[k]);
        if (together(&others) == together(&used))
            used = others;
        else
            i++;
    }
    return used;
}

/* The step that all ways together prove, by one of them if it can be. */
static int conclude(notebook *b, coef c, const ways *all) {
    int best = together(all);
    for (size_t i = 0; i < all->n && best != SIGN_ANY; i++)
        if (all->v[i].signs == best) return note(b, c, best, &all->v[i], 1);
    ways used = needed(b->a, all);
    return note(b, c, best, used.v, (int)used.n);
}

/* --- what is granted, as polynomials --- */

/* A fraction, which is known, times its denominator; where signs are not the same on both sides, a
 * second time. */
static void note_numerator(notebook *b, int which, int pole) {
    const hypothesis h = b->known.v[which].h;
    int power = h.signs == signs_mirrored(h.signs) ? 1 : 2;
    coef c = h.c;
    sign_factors f = {0};
    way w = {0};
    int signs = add_factor(b, &f, which, 1);
    signs = signs_times(signs, add_factor(b, &f, pole, power));
    add_term(b, &w, coef_int(1), f, signs);
    for (int i = 0; i < power; i++) c = coef_mul(b->a, c, b->known.v[pole].h.c);
    note(b, c, w.signs, &w, 1);
}

static void hear(notebook *b, const known *k) {
    rat plain;
    coef den = coef_denominator(b->a, k->h.c);
    if (coef_rat(k->h.c, &plain)) return;
    vec_push(b->a, &b->known, *k);
    if (coef_rat(den, &plain)) return;
    known pole = {hypothesis_of(den, SIGN_NEG | SIGN_POS),
                  {REF_POLE, k->from.i, k->from.node, den}};
    vec_push(b->a, &b->known, pole);
    note_numerator(b, (int)b->known.n - 2, (int)b->known.n - 1);
}

/* --- multiples of what is known --- */

static void as_multiple(notebook *b, coef p, ways *out) {
    rat times;
    for (size_t i = 0; i < b->known.n; i++) {
        way w = {0};
        if (!coef_multiple(b->a, p, b->known.v[i].h.c, &times)) continue;
        add_known(b, &w, coef_of(times), (int)i, 1);
        vec_push(b->a, out, w);
    }
}

/* A step about p that says all that multiples of p say, if that is more than nothing; else -1. */
static int told(notebook *b, coef p) {
    ways all = {0};
    as_multiple(b, p, &all);
    int signs = together(&all);
    for (size_t i = 0; i < b->known.n; i++)
        if (b->known.v[i].h.signs == signs && coef_eq(b->known.v[i].h.c, p)) return (int)i;
    return signs == SIGN_ANY ? -1 : conclude(b, p, &all);
}

static bool is_zero(const notebook *b, int which) {
    return which >= 0 && b->known.v[which].h.signs == SIGN_ZERO;
}

/* --- bounds --- */

/* The best bound of a parameter on one side, and what says so. */
typedef struct {
    rat end;
    int which; /* -1: there is none */
    bool open;
} end;

/* known = slope × (p_i - end) for numbers. */
static bool is_bound(arena *a, coef c, int i, rat *slope, rat *at) {
    coef s, z;
    rat den;
    if (!coef_mentions(c, i) || !coef_linear_in(a, c, i, &s, &z)) return false;
    if (!coef_rat(s, slope) || !coef_rat(z, at) || !coef_rat(coef_denominator(a, c), &den))
        return false;
    *at = rat_neg(a, rat_div(a, *at, *slope));
    *slope = rat_div(a, *slope, den);
    return true;
}

static void bound_by(end *e, rat at, int which, bool open, int side) {
    int better = e->which < 0 ? 1 : side * rat_cmp(at, e->end);
    if (better > 0 || (better == 0 && open && !e->open)) *e = (end){at, which, open};
}

static void ends_of(notebook *b, int i, end *low, end *high) {
    *low = *high = (end){RAT_ZERO, -1, false};
    for (size_t j = 0; j < b->known.n; j++) {
        const hypothesis *h = &b->known.v[j].h;
        rat slope, at;
        if (!is_bound(b->a, h->c, i, &slope, &at)) continue;
        int signs = rat_sgn(slope) < 0 ? signs_mirrored(h->signs) : h->signs;
        bool open = !(signs & SIGN_ZERO);
        if (!(signs & SIGN_NEG)) bound_by(low, at, (int)j, open, 1);
        if (!(signs & SIGN_POS)) bound_by(high, at, (int)j, open, -1);
    }
}

/* The parameter i is nothing but this distance, with its sign, from the end. */
typedef struct {
    coef end, times; /* p_i = end + times × known */
    int which;
} distance;

static distance distance_of(notebook *b, const field *k, int i, bool prefer_low) {
    end low, high;
    rat slope, at;
    coef x = coef_parameter(b->a, k, i);
    ends_of(b, i, &low, &high);
    const end *e = low.which >= 0 && (prefer_low || high.which < 0) ? &low : &high;
    if (e->which < 0) return (distance){coef_int(0), coef_int(1), note(b, x, SIGN_ANY, NULL, 0)};
    int which = e->which;
    if (low.which >= 0 && high.which >= 0 && rat_eq(low.end, high.end)) {
        int zero = told(b, coef_sub(b->a, x, coef_of(e->end)));
        if (zero >= 0) which = zero;
    }
    is_bound(b->a, b->known.v[which].h.c, i, &slope, &at);
    return (distance){coef_of(at), coef_of(rat_inv(b->a, slope)), which};
}

/* times × monomial in the distances */
static void add_monomial(notebook *b, way *w, const monomial *m, const distance *d, int n) {
    sign_factors f = {0};
    coef times = coef_of(m->c);
    int signs = SIGN_POS;
    for (int i = 0; i < n; i++) {
        int power = m->power ? (int)m->power[i] : 0;
        if (!power) continue;
        for (int j = 0; j < power; j++) times = coef_mul(b->a, times, d[i].times);
        signs = signs_times(signs, add_factor(b, &f, d[i].which, power));
    }
    add_term(b, w, times, f, signs);
}

/* p expanded in the distances of its parameters from their bounds. */
static void by_bounds(notebook *b, coef p, bool from_low, ways *out) {
    const field *k = coef_field(p);
    int n = field_size(k);
    bool *occurs = NEW_ARRAY(b->a, bool, n);
    distance *d = NEW_ARRAY(b->a, distance, n);
    way w = {.signs = SIGN_ZERO};
    coef q = p;
    coef_parameters(p, occurs);
    for (int i = 0; i < n; i++) {
        if (!occurs[i]) continue;
        d[i] = distance_of(b, k, i, from_low);
        coef x = coef_add(b->a, d[i].end, coef_parameter(b->a, k, i));
        if (!coef_substitute(b->a, q, i, x, &q)) return;
    }
    rat den = RAT_ONE;
    polynomial poly = coef_polynomial(b->a, coef_numerator(b->a, q));
    coef_rat(coef_denominator(b->a, q), &den);
    if (poly.n > MOST_TERMS) return;
    for (int i = 0; i < poly.n; i++) {
        monomial m = {rat_div(b->a, poly.m[i].c, den), poly.m[i].power};
        add_monomial(b, &w, &m, d, n);
    }
    if (w.signs != SIGN_ANY) vec_push(b->a, out, w);
}

/* --- factors --- */

static int plainly(notebook *b, coef p) {
    ways all = {0};
    as_multiple(b, p, &all);
    by_bounds(b, p, true, &all);
    by_bounds(b, p, false, &all);
    return conclude(b, p, &all);
}

static void by_factors(notebook *b, coef p, ways *out) {
    factors f = coef_factors(b->a, p);
    sign_factors list = {0};
    way w = {0};
    int signs = SIGN_POS;
    if (f.n == 1 && f.f[0].exponent == 1) {
        by_bounds(b, p, true, out);
        by_bounds(b, p, false, out);
        return;
    }
    for (int i = 0; i < f.n; i++) {
        int which = told(b, f.f[i].p);
        if (which < 0 || b->known.v[which].h.signs & (b->known.v[which].h.signs - 1))
            which = plainly(b, f.f[i].p);
        signs = signs_times(signs, add_factor(b, &list, which, f.f[i].exponent));
    }
    add_term(b, &w, coef_of(f.content), list, signs);
    vec_push(b->a, out, w);
}

/* --- what equations give away --- */

/* p = rest + Σ quotient × zero, with the parameters put in. */
static coef put_pins(notebook *b, coef p, way *w) {
    for (size_t j = 0; j < b->pins.n && coef_field(p); j++) {
        const pin *x = &b->pins.v[j].is;
        coef rest, zero = coef_sub(b->a, coef_parameter(b->a, coef_field(p), x->i), x->value);
        if (!coef_mentions(p, x->i) || !coef_substitute(b->a, p, x->i, x->value, &rest)) continue;
        add_known(b, w, coef_div(b->a, coef_sub(b->a, p, rest), zero), b->pins.v[j].zero, 1);
        p = rest;
    }
    return p;
}

static way scaled(notebook *b, const way *w, coef by) {
    way out = {.signs = w->signs};
    for (size_t i = 0; i < w->terms.n; i++) {
        sign_term t = w->terms.v[i];
        t.times = coef_mul(b->a, t.times, by);
        vec_push(b->a, &out.terms, t);
    }
    return out;
}

static void add_terms(notebook *b, way *w, way more) {
    for (size_t i = 0; i < more.terms.n; i++) vec_push(b->a, &w->terms, more.terms.v[i]);
    if (more.terms.n) w->signs = signs_plus(w->signs, more.signs);
}

/* The equation number `which` gives a parameter away, once the others are put in. */
static bool add_pin(notebook *b, int which) {
    way back = {0}, w = {0};
    coef c = b->known.v[which].h.c, rest = put_pins(b, c, &back);
    pin x = pin_given(b->a, rest);
    if (x.i < 0) return false;
    coef zero = coef_sub(b->a, coef_parameter(b->a, coef_field(rest), x.i), x.value);
    add_known(b, &w, coef_int(1), which, 1);
    add_terms(b, &w, scaled(b, &back, coef_int(-1)));
    w = scaled(b, &w, coef_div(b->a, zero, rest));
    ground_pin p = {x, note(b, zero, SIGN_ZERO, &w, 1)};
    vec_push(b->a, &b->pins, p);
    return true;
}

static void find_pins(notebook *b) {
    size_t n = b->known.n;
    bool *used = NEW_ARRAY(b->a, bool, n);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < n; i++) {
            if (used[i] || !is_zero(b, (int)i) || !coef_is_polynomial(b->known.v[i].h.c)) continue;
            if (add_pin(b, (int)i)) used[i] = more = true;
        }
    }
}

/* What is granted, with the pins put in. */
static void pin_all(notebook *b) {
    for (size_t i = 0, n = b->known.n; b->pins.n && i < n; i++) {
        way back = {0}, w = {0};
        hypothesis h = b->known.v[i].h;
        if (h.signs == SIGN_ZERO || !coef_is_polynomial(h.c)) continue;
        coef rest = put_pins(b, h.c, &back);
        if (!back.terms.n || !coef_field(rest)) continue;
        add_known(b, &w, coef_int(1), (int)i, 1);
        add_terms(b, &w, scaled(b, &back, coef_int(-1)));
        note(b, rest, h.signs, &w, 1);
    }
}

/* p = rest + Σ parameter × zero: what is zero is left out. */
static coef leave_out(notebook *b, coef p, way *w) {
    coef slope, rest;
    for (int i = 0; coef_field(p) && i < field_size(coef_field(p)); i++) {
        if (!coef_linear_in(b->a, p, i, &slope, &rest) || !coef_field(slope)) continue;
        int zero = told(b, slope);
        if (!is_zero(b, zero)) continue;
        coef_substitute(b->a, p, i, coef_int(0), &rest);
        add_known(b, w, coef_div(b->a, coef_sub(b->a, p, rest), b->known.v[zero].h.c), zero, 1);
        p = rest;
    }
    return p;
}

/* --- the search --- */

static int sign_step_of(notebook *b, coef p, int wanted, int depth);

/* p is the rest and zeros. */
static void by_rest(notebook *b, coef rest, way w, int wanted, int depth, ways *out) {
    rat plain;
    if (!w.terms.n) return;
    if (coef_rat(rest, &plain))
        add_term(b, &w, rest, (sign_factors){0}, SIGN_POS);
    else
        add_known(b, &w, coef_int(1), sign_step_of(b, rest, wanted, depth + 1), 1);
    vec_push(b->a, out, w);
}

/* p is something granted, times or over something else. */
static void by_parts(notebook *b, coef p, ways *out) {
    for (size_t i = 0, n = b->granted; i < n; i++) {
        coef h = b->known.v[i].h.c, q = coef_div(b->a, p, h);
        bool over = !coef_is_polynomial(q);
        if (over) q = coef_div(b->a, h, p);
        if (!coef_is_polynomial(h) || !coef_is_polynomial(q) || !coef_field(q)) continue;
        int which = sign_step_of(b, q, 0, MOST_DEPTH);
        if (over && (b->known.v[which].h.signs & SIGN_ZERO)) continue;
        way w = {0};
        sign_factors f = {0};
        int signs = add_factor(b, &f, (int)i, 1);
        signs = signs_times(signs, add_factor(b, &f, which, over ? -1 : 1));
        add_term(b, &w, coef_int(1), f, signs);
        vec_push(b->a, out, w);
    }
}

/* A step about the polynomial p, as strong as is found. */
static int sign_step_of(notebook *b, coef p, int wanted, int depth) {
    ways all = {0};
    as_multiple(b, p, &all);
    if (together(&all) & ~wanted) by_factors(b, p, &all);
    if (depth < MOST_DEPTH && (together(&all) & ~wanted)) {
        way w = {0};
        coef rest = put_pins(b, p, &w);
        by_rest(b, rest, w, wanted, depth, &all);
    }
    if (depth < MOST_DEPTH && (together(&all) & ~wanted)) {
        way w = {0};
        coef rest = leave_out(b, p, &w);
        by_rest(b, rest, w, wanted, depth, &all);
    }
    if (depth < MOST_DEPTH && (together(&all) & ~wanted)) by_parts(b, p, &all);
    return conclude(b, p, &all);
}

/* --- the door --- */

/* c = times × p × den^power */
static void from_polynomial(notebook *b, coef c, coef p, int which, coef den, int power) {
    rat plain;
    way w = {0};
    sign_factors f = {0};
    int signs = add_factor(b, &f, which, 1);
    if (!coef_rat(den, &plain)) {
        sign_factor own = {{REF_OWN, 0, 0, den}, power};
        vec_push(b->a, &f, own);
        signs = signs_times(signs, signs_power(SIGN_NEG | SIGN_POS, power));
    }
    coef unit = coef_div(b->a, c, p);
    for (int i = 0; i < -power; i++) unit = coef_mul(b->a, unit, den);
    add_term(b, &w, coef_rat(den, &plain) ? coef_div(b->a, c, p) : unit, f, signs);
    note(b, c, w.signs, &w, 1);
}

sign_reason grounds_of(arena *a, coef c, int signs, const known *k, int n) {
    notebook b = {.a = a};
    for (int i = 0; i < n; i++) hear(&b, &k[i]);
    find_pins(&b);
    pin_all(&b);
    b.granted = b.known.n;
    coef num = coef_numerator(a, c), den = coef_denominator(a, c);
    bool mirrored = signs == signs_mirrored(signs);
    coef p = mirrored ? num : coef_mul(a, num, den);
    if (!coef_is_polynomial(c)) {
        known own = {hypothesis_of(den, SIGN_NEG | SIGN_POS), {REF_OWN, 0, 0, den}};
        vec_push(a, &b.known, own);
    }
    int which = sign_step_of(&b, p, signs, 0);
    if (!coef_eq(p, c)) from_polynomial(&b, c, p, which, den, mirrored ? -1 : -2);
    sign_reason all = {b.steps.v, (int)b.steps.n};
    bool found = b.steps.n && (b.steps.v[b.steps.n - 1].signs & ~signs) == 0;
    return found ? reason_copy(a, &all) : (sign_reason){0};
}
