/* exponents: elementary steps in the language's spelling, and the same as equations of exponents.
 *
 * [w] stands for the exponent of w: w ∝ s^[w], where s is the hidden scale. So a product is a sum
 * and a power a multiple: the law `N_p ∝ w² L` is the equation `[N_p] = 2 [w] + [L]`, and ≲ is ≤.
 */
#ifndef RENDER_EXPONENTS_H
#define RENDER_EXPONENTS_H

#include "analysis/steps.h"

/* "w² w", "(N_p^(1/3))^-1", "1^-2": as it stands, not simplified. */
str law_factors(arena *a, const problem *p, product x);
/* "w² w = w³", "T ∝ r v^-1" */
str law_between(arena *a, const problem *p, product left, const char *sign, product right);

/* "2 [w] + [L]", "-[w]", "0" */
str exponents_form(arena *a, const problem *p, form f);
/* The same for a product as it stands: "2 [w] + [w]", "-1 (2 [w] + [L])". */
str exponents_product(arena *a, const problem *p, product x);
/* f r 0, with terms on both sides as law_claim has them: "[N_p] = 2 [w] + [L]". */
str exponents_claim(arena *a, const problem *p, form f, rel r, bool geq);

/* "[N_p] = 3 [w]": what step i of a chain has reached. */
str exponents_step(arena *a, const problem *p, const chain *k, int i);

/* "substitution", "power of a power": the name of the law of exponents. */
const char *rule_name(rule r);
/* "2 + 1 = 3", "1/3 · (-1) = -1/3" */
str arithmetic_text(arena *a, const arithmetic *x);

#endif
