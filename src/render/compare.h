/* compare: comparisons between exponents, `α < 2β`. */
#ifndef RENDER_COMPARE_H
#define RENDER_COMPARE_H

#include "algebra/problem.h"

/* "=", "≤", "<"; with geq "≥", ">" */
const char *compare_sign(rel r, bool geq);
/* k sign 0, with terms on both sides: what has a minus sign goes to the other one, and the
 * parameter that was declared first stands on the left. "α < 2β", "a-1 ≤ 2b", "d ≠ 0" */
str compare(arena *a, coef k, const char *sign);

#endif
