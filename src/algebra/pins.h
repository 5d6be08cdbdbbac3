/* pins: parameters that equations give away.
 *
 * `α + 2β + γ = 2` pins γ to 2 - α - 2β; `d = 8` pins d to a number. Where the
 * equations hold, a coefficient has the value that it has with the pins put in,
 * so what is zero then is zero, and a theory whose parameters are all pinned to
 * numbers is a plain one.
 */
#ifndef ALGEBRA_PINS_H
#define ALGEBRA_PINS_H

#include "algebra/problem.h"

/* Parameter i has this value, a polynomial in which no pinned parameter occurs that came before. */
typedef struct {
    int i;
    coef value;
} pin;
typedef VEC(pin) pins;
typedef VEC(coef) zeros;

/* The parameter that c = 0 gives away, to a number before others, where c is no number; else i is
 * -1. */
pin pin_given(arena *a, coef c);
/* What the n equations c = 0 pin: each a parameter on which it depends linearly, by a number, once
 * the others are put in. */
pins pins_of(arena *a, const coef *zero, int n);
/* Adds the left sides of the top-level equations between parameters. */
void zeros_in(arena *a, const formula *f, zeros *out);
/* The coefficient with the pins put in; false where its denominator vanishes then. */
bool coef_pinned(arena *a, coef c, const pins *p, coef *out);
/* The same formula with the pins put in; an atom becomes false (an empty ANY) where a denominator
 * vanishes; node numbers stay. */
const formula *formula_pinned(arena *a, const formula *f, const pins *p);

#endif
