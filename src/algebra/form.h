/* form: linear forms in the exponents, c0 + Σ c_i x_i.
 *
 * Normal form: terms sorted by symbol, each symbol once, no zero coefficient.
 * Forms are values that never change; their terms belong to the arena that the
 * making function was given.
 */
#ifndef ALGEBRA_FORM_H
#define ALGEBRA_FORM_H

#include "algebra/coef.h"

typedef struct {
    int sym; /* index of a symbol in its problem */
    coef c;  /* not zero */
} term;

typedef struct {
    const term *t;
    int n;
    coef k; /* the constant term */
} form;

form form_zero(void);
form form_const(coef k);
form form_sym(arena *a, int sym);
/* From terms in any order, repeated symbols allowed. */
form form_of(arena *a, const term *t, int n, coef k);
form form_add(arena *a, form x, form y);
form form_sub(arena *a, form x, form y);
form form_scale(arena *a, coef c, form x);
/* x + c·y */
form form_addmul(arena *a, form x, coef c, form y);
bool form_is_const(form x);
bool form_is_zero(form x);
bool form_eq(form x, form y);
coef form_coef(form x, int sym); /* zero where absent */
/* Its value where symbol i has the value x[i]. */
coef form_value(arena *a, form f, const coef *x);
/* The value of a symbol that occurs, at which it is zero where the others have the values x. */
coef form_root(arena *a, form f, int sym, const coef *x);
/* The least common denominator of its coefficients: a polynomial, a positive number if it is one.
 */
coef form_denominator(arena *a, form x);
/* Is every coefficient a plain number? */
bool form_is_plain(form f);
/* The same form where parameters have the values x[symbol], numbers all; false where a
 * denominator vanishes. */
bool form_at(arena *a, form f, const coef *x, form *out);
/* Its value there, a number; zero where a denominator vanishes. */
coef form_value_at(arena *a, form f, const coef *x);
/* The sign of that value; false where a denominator vanishes. */
bool form_sign_at(arena *a, form f, const coef *x, int *sign);
/* The same form in an arena of its own. */
form form_copy(arena *a, form x);
/* Is the normal form kept? For assertions and tests. */
bool form_ok(form x);

#endif
