/* quotient: fractions of polynomials with integer coefficients, in lowest terms.
 *
 * What FLINT calls fmpz_mpoly_q, on its polynomials alone: FLINT 2 keeps that type in a
 * library of its own (Calcium), whose loading would add a tenth to every run on a small
 * theory. Operations are paid for with steps, some nanoseconds each, that are estimated before they
 * are made: where too few are left, none is, and the work is not done. Normal form: numerator and
 * denominator have no common factor, numbers included; the leading coefficient of the denominator
 * is positive; zero is 0/1. The result of an operation must have been initialised and is none of
 * its operands. Only coef.c sees this.
 */
#ifndef ALGEBRA_QUOTIENT_H
#define ALGEBRA_QUOTIENT_H

#include <flint/fmpz_mpoly.h>
#include "algebra/rat.h"

typedef struct {
    fmpz_mpoly_t num, den;
} quotient;

void quotient_init(quotient *q, const fmpz_mpoly_ctx_t ctx); /* 0 */
void quotient_clear(quotient *q, const fmpz_mpoly_ctx_t ctx);
void quotient_set(quotient *z, const quotient *x, const fmpz_mpoly_ctx_t ctx);
void quotient_set_rat(quotient *z, rat r, const fmpz_mpoly_ctx_t ctx);
bool quotient_is_number(const quotient *q, const fmpz_mpoly_ctx_t ctx);
bool quotient_eq(const quotient *x, const quotient *y, const fmpz_mpoly_ctx_t ctx);

/* Takes the steps; false where so many are not left, and then none is. NULL: no matter how many. */
bool steps_spend(uint64_t *left, double steps);

/* False without the steps: *z may be anything then. */
typedef bool quotient_operation(quotient *z, const quotient *x, const quotient *y,
                                const fmpz_mpoly_ctx_t ctx, uint64_t *left);
quotient_operation quotient_add, quotient_sub, quotient_mul;
quotient_operation quotient_div; /* y != 0 */
/* x·r for r != 0. */
bool quotient_scale(quotient *z, const quotient *x, rat r, const fmpz_mpoly_ctx_t ctx,
                    uint64_t *left);
/* What finding the factors of p may take. */
double factoring_steps(const fmpz_mpoly_t p, const fmpz_mpoly_ctx_t ctx);

#endif
