/* shadow: what a sequent says of its parameters alone.
 *
 * Quantities are eliminated from the linear constraints one after the other.
 * An equation gives its quantity away where the sign of the coefficient is
 * known, and by cases where it is not; the others go by virtual substitution of
 * test points (R. Loos and V. Weispfenning, "Applying linear quantifier
 * elimination", The Computer Journal 36, 1993). Quantities that do not meet are
 * eliminated apart.
 */
#ifndef ENGINE_SHADOW_H
#define ENGINE_SHADOW_H

#include "algebra/cert.h"

/* A formula on the parameters, and on the symbols marked in keep[] (NULL: none), that holds exactly
 * where the sequent can be satisfied by some values of all other symbols; coefficients are
 * polynomials. In the arena; NULL if the budget is gone or the formula would grow too large. */
const formula *shadow_of(arena *a, const sequent *q, const bool *keep, budget *b);

#endif
