/* factored: the factors of polynomials, kept for those who ask again.
 *
 * Signs are looked at from many sides, and each looks at the factors of the same few polynomials.
 * A polynomial has one place, by a hash, where the last one that belongs there is kept; long ones
 * are not kept, so that the memory has an end. Whether something was kept changes no answer. Only
 * coef.c sees this.
 */
#ifndef ALGEBRA_FACTORED_H
#define ALGEBRA_FACTORED_H

#include <flint/fmpz_mpoly_factor.h>
#include "base/base.h"

typedef struct factored factored;

/* Nothing yet. It lives in the arena; factored_clear comes before the end of both. */
factored *factored_new(arena *a, const fmpz_mpoly_ctx_struct *ctx);
void factored_clear(factored *m);
/* Sets f, initialised, to the factors of p, which is no constant, over the integers, sorted; where
 * FLINT does not find all of them, to those that it sees at once. */
void factored_get(factored *m, fmpz_mpoly_factor_t f, const fmpz_mpoly_t p);

#endif
