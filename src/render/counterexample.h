/* counterexample: why a step of a proof fails, in numbers.
 *
 * A solution of the premises is a power of one scale for each quantity. The scale is chosen such
 * that the numbers are whole, or one by a whole number; where they would be large it is 2, and the
 * numbers are decimals.
 */
#ifndef RENDER_COUNTEREXAMPLE_H
#define RENDER_COUNTEREXAMPLE_H

#include "render/teller.h"

/* "with w = 2: N_p is 8, not 4", in a paragraph of its own. Nothing where there is no solution to
 * tell, or it would be long, or no figures show the difference. */
void tell_counterexample(const teller *t, const judged_step *s);

#endif
