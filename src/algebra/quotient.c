#include "algebra/quotient.h"

void quotient_init(quotient *q, const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_init(q->num, ctx);
    fmpz_mpoly_init(q->den, ctx);
    fmpz_mpoly_one(q->den, ctx);
}

void quotient_clear(quotient *q, const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_clear(q->num, ctx);
    fmpz_mpoly_clear(q->den, ctx);
}

void quotient_set(quotient *z, const quotient *x, const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_set(z->num, x->num, ctx);
    fmpz_mpoly_set(z->den, x->den, ctx);
}

void quotient_set_rat(quotient *z, rat r, const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_set_fmpz(z->num, &r.q.num, ctx);
    fmpz_mpoly_set_fmpz(z->den, &r.q.den, ctx);
}

bool quotient_is_number(const quotient *q, const fmpz_mpoly_ctx_t ctx) {
    return fmpz_mpoly_is_fmpz(q->num, ctx) && fmpz_mpoly_is_fmpz(q->den, ctx);
}

bool quotient_eq(const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx) {
    return fmpz_mpoly_equal(x->num, y->num, ctx) && fmpz_mpoly_equal(x->den, y->den, ctx);
}

/* --- what it takes --- */

enum { STEPS_EACH = 500, MOST_TERMS = 1000000 };

bool steps_spend(uint64_t *left, double steps) {
    if (!left) return true;
    bool enough = steps < (double)*left;
    *left = enough ? *left - (uint64_t)steps : 0;
    return enough;
}

static double words(const fmpz_mpoly_t p) {
    slong bits = fmpz_mpoly_max_bits(p);
    return 1 + (double)(bits < 0 ? -bits : bits) / FLINT_BITS;
}

static double degree(const fmpz_mpoly_t p, const fmpz_mpoly_ctx_t ctx) {
    if (!fmpz_mpoly_total_degree_fits_si(p, ctx)) return (double)INT64_MAX;
    return 1 + (double)fmpz_mpoly_total_degree_si(p, ctx);
}

static double length(const fmpz_mpoly_t p, const fmpz_mpoly_ctx_t ctx) {
    return (double)fmpz_mpoly_length(p, ctx);
}

/* A bound for dense polynomials, by far too high for most. */
static bool spend_on_gcd(const fmpz_mpoly_t a, const fmpz_mpoly_t b, const fmpz_mpoly_ctx_t ctx,
                         uint64_t *left) {
    if (!left) return true;
    double n = length(a, ctx) + length(b, ctx), d = degree(a, ctx) + degree(b, ctx);
    double w = words(a) + words(b);
    return steps_spend(left, STEPS_EACH + n * d * d * w);
}

static bool multiply(fmpz_mpoly_t z, const fmpz_mpoly_t x, const fmpz_mpoly_t y,
                     const fmpz_mpoly_ctx_t ctx, uint64_t *left) {
    double terms = length(x, ctx) * length(y, ctx);
    bool fits = !left || terms <= MOST_TERMS;
    if (!fits) *left = 0;
    if (!fits || !steps_spend(left, STEPS_EACH + 10 * terms * words(x) * words(y))) return false;
    fmpz_mpoly_mul(z, x, y, ctx);
    return true;
}

double factoring_steps(const fmpz_mpoly_t p, const fmpz_mpoly_ctx_t ctx) {
    double n = length(p, ctx), d = degree(p, ctx);
    return STEPS_EACH + n * n * d * d * d * words(p);
}

/* --- arithmetic --- */

static bool is_small_monomial(const fmpz_mpoly_t p, const fmpz_mpoly_ctx_t ctx) {
    return fmpz_mpoly_length(p, ctx) == 1 && !fmpz_mpoly_is_fmpz(p, ctx) &&
           fmpz_mpoly_term_exp_fits_ui(p, 0, ctx);
}

/* number·Π p_i^e_i. */
static void set_monomial(fmpz_mpoly_t z, const fmpz_t number, const ulong *e,
                         const fmpz_mpoly_ctx_t ctx) {
    ulong any = 0;
    for (slong i = 0; i < fmpz_mpoly_ctx_nvars(ctx); i++) any |= e[i];
    fmpz_mpoly_set_fmpz(z, number, ctx);
    if (!any) return;
    fmpz_mpoly_zero(z, ctx);
    fmpz_mpoly_push_term_fmpz_ui(z, number, e, ctx);
}

/* c·Π p_i^e_i over g. */
static void set_over(fmpz_mpoly_t z, const fmpz_t c, const ulong *e, const fmpz_t g,
                     const fmpz_mpoly_ctx_t ctx) {
    fmpz_t number;
    fmpz_init(number);
    fmpz_divexact(number, c, g);
    set_monomial(z, number, e, ctx);
    fmpz_clear(number);
}

/* Two monomials: by their exponents. FLINT takes a longer way where there are many parameters. */
static void divide_out_monomial(fmpz_mpoly_t g, fmpz_mpoly_t x, fmpz_mpoly_t y,
                                const fmpz_mpoly_t a, const fmpz_mpoly_t b,
                                const fmpz_mpoly_ctx_t ctx) {
    enum { ROOM = 384 };
    slong n = fmpz_mpoly_ctx_nvars(ctx);
    ulong few[ROOM], *e = 3 * n <= ROOM ? few : flint_malloc(3 * (size_t)n * sizeof *e);
    ulong *f = e + n, *common = f + n;
    fmpz_t number;
    fmpz_init(number);
    fmpz_gcd(number, a->coeffs, b->coeffs);
    fmpz_mpoly_get_term_exp_ui(e, a, 0, ctx);
    fmpz_mpoly_get_term_exp_ui(f, b, 0, ctx);
    for (slong i = 0; i < n; i++) {
        common[i] = e[i] < f[i] ? e[i] : f[i];
        e[i] -= common[i], f[i] -= common[i];
    }
    set_over(x, a->coeffs, e, number, ctx);
    set_over(y, b->coeffs, f, number, ctx);
    set_monomial(g, number, common, ctx);
    fmpz_clear(number);
    if (e != few) flint_free(e);
}

/* *x and *y become a/g and b/g, with g the greatest common divisor, which has a positive
 * leading coefficient; *g = g. FLINT finds it wherever exponents fit a word. */
static bool divide_out(fmpz_mpoly_t g, fmpz_mpoly_t x, fmpz_mpoly_t y, const fmpz_mpoly_t a,
                       const fmpz_mpoly_t b, const fmpz_mpoly_ctx_t ctx, uint64_t *left) {
    if (!spend_on_gcd(a, b, ctx, left)) return false;
    if (fmpz_mpoly_is_one(a, ctx) || fmpz_mpoly_is_one(b, ctx)) {
        fmpz_mpoly_set(x, a, ctx);
        fmpz_mpoly_set(y, b, ctx);
        fmpz_mpoly_one(g, ctx);
    } else if (is_small_monomial(a, ctx) && is_small_monomial(b, ctx)) {
        divide_out_monomial(g, x, y, a, b, ctx);
    } else if (!fmpz_mpoly_gcd_cofactors(g, x, y, a, b, ctx)) {
        flint_abort();
    }
    return true;
}

/* The signs of the normal form, for a quotient without common factors. */
static void settle(quotient *z, const fmpz_mpoly_ctx_t ctx) {
    if (fmpz_mpoly_is_zero(z->num, ctx)) fmpz_mpoly_one(z->den, ctx);
    if (fmpz_sgn(z->den->coeffs) > 0) return;
    fmpz_mpoly_neg(z->num, z->num, ctx);
    fmpz_mpoly_neg(z->den, z->den, ctx);
}

static bool is_polynomial(const quotient *q, const fmpz_mpoly_ctx_t ctx) {
    return fmpz_mpoly_is_one(q->den, ctx);
}

/* (a/b)(c/d): common factors lie crosswise. */
static bool product(quotient *z, const fmpz_mpoly_t a, const fmpz_mpoly_t b, const fmpz_mpoly_t c,
                    const fmpz_mpoly_t d, const fmpz_mpoly_ctx_t ctx, uint64_t *steps) {
    fmpz_mpoly_t g;
    quotient left;
    fmpz_mpoly_init(g, ctx);
    quotient_init(&left, ctx);
    bool done = divide_out(g, left.num, z->den, a, d, ctx, steps) &&
                divide_out(g, z->num, left.den, c, b, ctx, steps) &&
                multiply(z->num, left.num, z->num, ctx, steps) &&
                multiply(z->den, left.den, z->den, ctx, steps);
    if (done) settle(z, ctx);
    quotient_clear(&left, ctx);
    fmpz_mpoly_clear(g, ctx);
    return done;
}

bool quotient_mul(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx,
                  uint64_t *left) {
    if (is_polynomial(x, ctx) && is_polynomial(y, ctx))
        return multiply(z->num, x->num, y->num, ctx, left);
    return product(z, x->num, x->den, y->num, y->den, ctx, left);
}

bool quotient_div(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx,
                  uint64_t *left) {
    return product(z, x->num, x->den, y->den, y->num, ctx, left);
}

/* *z = x/g and *d = d/g for the greatest number g > 0 that divides both. */
static void divide_out_number(fmpz_mpoly_t z, const fmpz_mpoly_t x, fmpz_t d,
                              const fmpz_mpoly_ctx_t ctx) {
    fmpz_t g;
    fmpz_init_set(g, d);
    for (slong i = 0; i < x->length && !fmpz_is_one(g); i++) fmpz_gcd(g, g, x->coeffs + i);
    if (fmpz_is_one(g))
        fmpz_mpoly_set(z, x, ctx);
    else
        fmpz_mpoly_scalar_divexact_fmpz(z, x, g, ctx);
    fmpz_divexact(d, d, g);
    fmpz_clear(g);
}

/* (a/b)(n/d): numbers are divided out crosswise. */
bool quotient_scale(quotient *z, const quotient *x, rat r, const fmpz_mpoly_ctx_t ctx,
                    uint64_t *left) {
    double terms = length(x->num, ctx) + length(x->den, ctx), w = words(x->num) + words(x->den);
    if (!steps_spend(left, STEPS_EACH + 10 * terms * w * (1 + (double)rat_bits(r) / FLINT_BITS)))
        return false;
    fmpz_t n, d;
    fmpz_init_set(n, &r.q.num);
    fmpz_init_set(d, &r.q.den);
    divide_out_number(z->num, x->num, d, ctx);
    divide_out_number(z->den, x->den, n, ctx);
    if (!fmpz_is_one(n)) fmpz_mpoly_scalar_mul_fmpz(z->num, z->num, n, ctx);
    if (!fmpz_is_one(d)) fmpz_mpoly_scalar_mul_fmpz(z->den, z->den, d, ctx);
    fmpz_clear(n);
    fmpz_clear(d);
    return true;
}

typedef void join(fmpz_mpoly_t, const fmpz_mpoly_t, const fmpz_mpoly_t, const fmpz_mpoly_ctx_t);

static bool joined(fmpz_mpoly_t z, join *with, const fmpz_mpoly_t x, const fmpz_mpoly_t y,
                   const fmpz_mpoly_ctx_t ctx, uint64_t *left) {
    if (!steps_spend(left, STEPS_EACH + 10 * (length(x, ctx) + length(y, ctx)))) return false;
    with(z, x, y, ctx);
    return true;
}

/* x/(g b) ± y/(g d) = (x d ± y b)/(g b d), where only g can have factors of the numerator. */
static bool sum(quotient *z, join *with, const quotient *x, const quotient *y,
                const fmpz_mpoly_ctx_t ctx, uint64_t *steps) {
    if (is_polynomial(x, ctx) && is_polynomial(y, ctx))
        return joined(z->num, with, x->num, y->num, ctx, steps);
    fmpz_mpoly_t g;
    quotient left, right;
    fmpz_mpoly_init(g, ctx);
    quotient_init(&left, ctx);
    quotient_init(&right, ctx);
    bool done = divide_out(g, left.den, right.den, x->den, y->den, ctx, steps) &&
                multiply(left.num, x->num, right.den, ctx, steps) &&
                multiply(right.num, y->num, left.den, ctx, steps) &&
                joined(left.num, with, left.num, right.num, ctx, steps) &&
                multiply(left.den, left.den, right.den, ctx, steps) &&
                divide_out(right.num, z->num, z->den, left.num, g, ctx, steps) &&
                multiply(z->den, left.den, z->den, ctx, steps);
    if (done) settle(z, ctx);
    quotient_clear(&right, ctx);
    quotient_clear(&left, ctx);
    fmpz_mpoly_clear(g, ctx);
    return done;
}

bool quotient_add(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx,
                  uint64_t *left) {
    return sum(z, fmpz_mpoly_add, x, y, ctx, left);
}

bool quotient_sub(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx,
                  uint64_t *left) {
    return sum(z, fmpz_mpoly_sub, x, y, ctx, left);
}
