/* symbolic: small linear systems over Q(parameters), solved near a sample point.
 *
 * A solution that is known at one point of the parameters is continued to a
 * closed form: Gauss's elimination with pivots that do not vanish at the point.
 * What comes out is a candidate for all other points; somebody else proves it.
 */
#ifndef ENGINE_SYMBOLIC_H
#define ENGINE_SYMBOLIC_H

#include "algebra/form.h"

/* Σ c·x_j = k for each row, a form with terms c·j, 0 <= j < n, and the constant k; the rows are
 * worked on. Unknowns that are free at the sample are set to start[j]
 * (numbers). False where no solution is a rational function near the sample: some entry vanishes at
 * the sample and not around it; then *special is such an entry. Multiples of zero[0..nzero) count
 * as zero. */
bool symbolic_solve(arena *a, form *row, int rows, int n, const coef *sample, const coef *start,
                    const coef *zero, int nzero, coef *x, coef *special);

#endif
