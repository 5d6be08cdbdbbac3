/* simplex: linear inequalities over few columns, exact, strict ones too.
 *
 * The general simplex of Dutertre and de Moura (CAV 2006): every row is a
 * variable with a bound; a strict bound is one less an infinitesimal, a second
 * component of every value. Columns have no bounds, so they are eliminated
 * first and the tableau holds only what relates the rows to each other. Pivots
 * are chosen to keep it sparse, and by Bland's rule when that takes long, which
 * ends every run. Rows may be taken back at any time, latest first.
 */
#ifndef ENGINE_SIMPLEX_H
#define ENGINE_SIMPLEX_H

#include "algebra/problem.h"
#include "engine/eliminate.h"

typedef enum { LP_FEASIBLE, LP_INFEASIBLE, LP_STOPPED } lp_status;

typedef struct simplex simplex;

/* Columns are symbols 0..ncols-1 of the forms; most may be absent from every row. */
simplex *simplex_new(arena *a, int ncols, budget *b);
/* Adds `f rel 0` and returns its row number (0, 1, ...); f is copied. */
int simplex_add(simplex *s, form f, rel r);
/* The number of rows; simplex_take_back removes all rows from `rows` on. */
int simplex_rows(const simplex *s);
void simplex_take_back(simplex *s, int rows);
/* Decides the rows. Warm: keeps the basis of the last call. */
lp_status simplex_solve(simplex *s);
/* Right after INFEASIBLE: the rows and multipliers (> 0 for LE and LT) whose sum is k rel 0 with k
 * false, sorted by row; irreducible (Farkas, a basic solution). */
combination simplex_farkas(simplex *s, arena *a);
/* After FEASIBLE: x[0..ncols) satisfying every row, strict ones strictly. */
void simplex_point(simplex *s, arena *a, coef *x);

/* The supremum of an objective over the feasible set. */
typedef struct {
    bool unbounded;
    rat value;         /* if bounded */
    bool open;         /* bounded, but not attained */
    const coef *limit; /* bounded: a point of the closure with that value; unbounded: a ray */
} optimum;
/* Right after FEASIBLE; LP_STOPPED if the budget ran out, else LP_FEASIBLE and *out. The rows stay
 * solved. */
lp_status simplex_maximize(simplex *s, arena *a, form objective, optimum *out);

#endif
