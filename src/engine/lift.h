/* lift: exact answers about dense integer matrices, by p-adic lifting (Dixon 1982).
 *
 * Modulo a prime it finds a largest invertible square of the matrix; solutions
 * with that square are computed modulo powers of the prime and read back as
 * fractions. The prime leads, it never decides: each solution is verified by
 * multiplication, and so is the rank, or another prime is tried. Where
 * elimination lets every number swell, only the numbers of the answer count here.
 */
#ifndef ENGINE_LIFT_H
#define ENGINE_LIFT_H

#include "engine/rows.h"

typedef struct lift lift;

/* Of rows[0..m) with columns 0..ncols-1, which must stay as they are. The last column is in the
 * square only if its unit vector is a combination of the rows. NULL if the budget ran out. */
lift *lift_new(arena *a, const zrow *rows, int m, int ncols, budget *b);
int lift_rank(const lift *l);
/* Multiplications modulo the prime that lifting has taken so far. */
uint64_t lift_work(const lift *l);
/* Did the budget end while something was solved? Then there may be answers that are wrong, with
 * zeros for what was sought: whoever confirms them must know. */
bool lift_gave_up(const lift *l);
/* The columns of the square. */
bool lift_has_column(const lift *l, int col);
/* What vanishes: Σ nu·row = 0 for the i-th row outside of the square, 0 <= i < m - rank, and rows
 * of the square. All nu[0..m) are written; they are integers, so that nobody needs to reduce large
 * fractions. */
void lift_dependency(lift *l, int i, fmpz *nu);
/* v -= Σ nu·row, so that v[col] = 0 for the columns of the square; nu[0..m) is zero outside of the
 * square, and may be NULL when it is not wanted. */
void lift_reduce(lift *l, fmpq *v, fmpq *nu);
/* Writes x[col] for the columns of the square so that every row vanishes at x once they are divided
 * by d, the least number that makes integers of them: nobody has to reduce long fractions. (If the
 * last column is in the square, only where x[last] comes out as it must.) */
void lift_complete(lift *l, fmpq *x, fmpz_t d);

#endif
