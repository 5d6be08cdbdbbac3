/* summands: linear forms as sums of products, for the languages of other systems.
 *
 * A coefficient is a fraction of polynomials in the parameters; other systems are spared
 * division. An atom is cleared of its denominator d, which must not vanish, and then stands as
 * a comparison of two sums with positive coefficients.
 */
#ifndef RENDER_SUMMANDS_H
#define RENDER_SUMMANDS_H

#include "algebra/problem.h"

/* A number times powers of parameters times a symbol, or none (-1). */
typedef struct {
    rat c;
    const field *over;
    const unsigned long *power; /* NULL: of none */
    int sym;
} product;
typedef VEC(product) products;

/* The coefficients of f are polynomials. */
products products_of(arena *a, form f);
/* How many symbols are multiplied. */
unsigned long product_degree(product p);
/* The i-th of them, i < degree; the parameters first. */
int product_symbol(product p, unsigned long i);
/* |c|, and whether that is 1. */
rat product_magnitude(arena *a, product p, bool *one);
/* How many have this sign. */
int products_with_sign(products p, int sign);

/* f r 0 without fractions: `cleared` r 0, where cleared = *scale·f and *scale > 0 wherever *den, a
 * polynomial, does not vanish (or, for equations, is not 0 there). True where *den is a number, so
 * that there is nothing to say of it. */
bool atom_cleared(arena *a, form f, rel r, form *cleared, coef *scale, coef *den);
/* The greatest degree of any product in the formula, once it is cleared. */
unsigned long formula_degree(arena *a, const formula *f);
/* (l < 0 or -l < 0), where l has no denominator that may vanish: l ≠ 0. */
bool formula_is_nonzero(arena *a, const formula *f, form *l);

#endif
