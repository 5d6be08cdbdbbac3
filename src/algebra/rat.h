/* rat: exact rationals.
 *
 * A rat is a value: copy it freely. It is an fmpq of FLINT in lowest terms with
 * a positive denominator; small ones are two words, and big ones belong to the
 * arena that the making function was given. Nothing here rounds or overflows.
 */
#ifndef ALGEBRA_RAT_H
#define ALGEBRA_RAT_H

#include <flint/fmpq.h>
#include "base/base.h"

typedef struct {
    fmpq q;
} rat;

rat rat_int(long n); /* |n| < 2^62 */
#define RAT_ZERO rat_int(0)
#define RAT_ONE  rat_int(1)
rat rat_frac(arena *a, long num, long den); /* den != 0 */
/* A copy of q that the arena owns. */
rat rat_of_fmpq(arena *a, const fmpq_t q);
/* "-12/34", "7": digits only, no spaces; false (and *out untouched) where it is not one or the
 * denominator is zero. */
bool rat_parse(arena *a, str s, rat *out);

rat rat_add(arena *a, rat x, rat y);
rat rat_sub(arena *a, rat x, rat y);
rat rat_mul(arena *a, rat x, rat y);
rat rat_div(arena *a, rat x, rat y); /* y != 0 */
rat rat_neg(arena *a, rat x);
rat rat_inv(arena *a, rat x); /* x != 0 */

/* A sum of products that fits in machine words, not reduced on the way: num/den, den > 0. Begin
 * with {0, 1}. */
typedef struct {
    long num, den;
} small_sum;
/* Adds x·y; false where that does not fit, and then the sum is worth nothing. */
bool small_sum_add(small_sum *sum, rat x, rat y);
rat rat_of_small_sum(arena *a, small_sum sum);

int rat_sgn(rat x);
int rat_cmp(rat x, rat y);
bool rat_eq(rat x, rat y);
bool rat_is_zero(rat x);
bool rat_is_one(rat x);
bool rat_is_int(rat x);
double rat_double(rat x); /* nearest, for reading lines only */
/* "p/q" or "p", terminated. */
char *rat_text(arena *a, rat x);
/* The same, at the end of a text. */
void rat_put(text *t, rat x);
/* Bits of the longer of numerator and denominator. */
long rat_bits(rat x);
/* A simple rational strictly between lo and hi, well inside (Stern-Brocot); lo < hi. */
rat rat_between(arena *a, rat lo, rat hi);
/* So many bits that nobody reads it, and that it is worth while to reckon without fractions. */
enum { LONG_BITS = 512 };
bool rat_is_long(rat r);
/* x/y modulo a prime, 0 where it has no value there: equal quotients have equal residues. Both are
 * not zero. */
uint64_t rat_ratio_residue(rat x, rat y, uint64_t prime);

#endif
