/* doubled: two solutions of a problem that share the quantities fixed by a choice.
 *
 * The other solution has symbols of its own behind those of the problem, symbol s as nsymbols + s;
 * fixed quantities and parameters are common to both. What is the same in any two such solutions
 * is determined by the fixed quantities.
 */
#ifndef ALGEBRA_DOUBLED_H
#define ALGEBRA_DOUBLED_H

#include "algebra/problem.h"

/* The problem with more symbols, quantities without a name. */
const problem *with_symbols(arena *a, const problem *p, int more);
/* The same of the other solution. */
form form_of_other(arena *a, const problem *p, const choice_of *c, form f);
const formula *formula_of_other(arena *a, const problem *p, const choice_of *c, const formula *f);
/* Every fact says its claim of both. */
const problem *doubled(arena *a, const problem *p, const choice_of *c);

#endif
