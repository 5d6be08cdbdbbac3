/* coef: coefficients of linear forms and multipliers of certificates.
 *
 * The field that exponents live over. Today it is Q; a later version puts the
 * fraction field Q(parameters) behind the same names, so nothing outside this
 * file may assume that a coefficient is a plain number without asking coef_rat.
 * Normal form: canonical, so that equality of values is equality of forms.
 */
#ifndef ALGEBRA_COEF_H
#define ALGEBRA_COEF_H

#include "algebra/rat.h"

typedef struct {
    rat r;
} coef;

coef coef_of(rat r);
coef coef_int(long n);
/* True and *out = the number where the coefficient is one. */
bool coef_rat(coef c, rat *out);

coef coef_add(arena *a, coef x, coef y);
coef coef_sub(arena *a, coef x, coef y);
coef coef_mul(arena *a, coef x, coef y);
coef coef_div(arena *a, coef x, coef y); /* y not the zero of the field */
coef coef_neg(arena *a, coef x);
bool coef_is_zero(coef x);
bool coef_is_one(coef x);
bool coef_eq(coef x, coef y);
/* The sign where it is known without assumptions: -1, 0, 1. */
int coef_sgn(coef x);
/* In the language's own syntax: "-1/3". */
char *coef_text(arena *a, coef x);

#endif
