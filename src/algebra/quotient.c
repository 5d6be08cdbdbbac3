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

/* *x and *y become a/g and b/g, with g the greatest common divisor, which has a positive
 * leading coefficient; *g = g. FLINT finds it wherever exponents fit a word. */
static void divide_out(fmpz_mpoly_t g, fmpz_mpoly_t x, fmpz_mpoly_t y, const fmpz_mpoly_t a,
                       const fmpz_mpoly_t b, const fmpz_mpoly_ctx_t ctx) {
    if (!fmpz_mpoly_gcd_cofactors(g, x, y, a, b, ctx)) flint_abort();
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
static void product(quotient *z, const fmpz_mpoly_t a, const fmpz_mpoly_t b, const fmpz_mpoly_t c,
                    const fmpz_mpoly_t d, const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_t g;
    quotient left;
    fmpz_mpoly_init(g, ctx);
    quotient_init(&left, ctx);
    divide_out(g, left.num, z->den, a, d, ctx);
    divide_out(g, z->num, left.den, c, b, ctx);
    fmpz_mpoly_mul(z->num, left.num, z->num, ctx);
    fmpz_mpoly_mul(z->den, left.den, z->den, ctx);
    settle(z, ctx);
    quotient_clear(&left, ctx);
    fmpz_mpoly_clear(g, ctx);
}

void quotient_mul(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx) {
    if (is_polynomial(x, ctx) && is_polynomial(y, ctx))
        fmpz_mpoly_mul(z->num, x->num, y->num, ctx);
    else
        product(z, x->num, x->den, y->num, y->den, ctx);
}

void quotient_div(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx) {
    product(z, x->num, x->den, y->den, y->num, ctx);
}

typedef void join(fmpz_mpoly_t, const fmpz_mpoly_t, const fmpz_mpoly_t, const fmpz_mpoly_ctx_t);

/* x/(g b) ± y/(g d) = (x d ± y b)/(g b d), where only g can have factors of the numerator. */
static void sum(quotient *z, join *with, const quotient *x, const quotient *y,
                const fmpz_mpoly_ctx_t ctx) {
    fmpz_mpoly_t g;
    quotient left, right;
    if (is_polynomial(x, ctx) && is_polynomial(y, ctx)) {
        with(z->num, x->num, y->num, ctx);
        return;
    }
    fmpz_mpoly_init(g, ctx);
    quotient_init(&left, ctx);
    quotient_init(&right, ctx);
    divide_out(g, left.den, right.den, x->den, y->den, ctx);
    fmpz_mpoly_mul(left.num, x->num, right.den, ctx);
    fmpz_mpoly_mul(right.num, y->num, left.den, ctx);
    with(left.num, left.num, right.num, ctx);
    fmpz_mpoly_mul(left.den, left.den, right.den, ctx);
    divide_out(right.num, z->num, z->den, left.num, g, ctx);
    fmpz_mpoly_mul(z->den, left.den, z->den, ctx);
    settle(z, ctx);
    quotient_clear(&right, ctx);
    quotient_clear(&left, ctx);
    fmpz_mpoly_clear(g, ctx);
}

void quotient_add(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx) {
    sum(z, fmpz_mpoly_add, x, y, ctx);
}

void quotient_sub(quotient *z, const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx) {
    sum(z, fmpz_mpoly_sub, x, y, ctx);
}
