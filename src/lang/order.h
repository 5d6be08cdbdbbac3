/* order: the exponent of an expression of quantities.
 *
 * That of a product of powers is a linear form. That of a sum is the greatest of its terms', that
 * of `min` the least; sums in sums, in powers and in products give trees of the three. A tree is
 * compared as it stands: `y ≲ A + B` is a disjunction and `y ≳ A + B` a conjunction, so that no
 * comparison has more atoms than twice the product of the leaves on its two sides, and no new
 * symbol is needed. Orders are values that never change.
 */
#ifndef LANG_ORDER_H
#define LANG_ORDER_H

#include "algebra/problem.h"
#include "lang/ast.h"

typedef enum { ORDER_FORM, ORDER_MAX, ORDER_MIN } order_kind;

typedef struct order order;
struct order {
    order_kind kind;
    form f;           /* FORM */
    const order *kid; /* MAX, MIN: n of them, at least two, none of the same kind */
    int n;
    double leaves;
};

order order_form(form f);
/* The greatest or the least of several, at least one. */
order order_extreme(arena *a, order_kind kind, const order *list, int n);
/* Of the product of two: sums are multiplied out, into x.leaves · y.leaves terms. */
order order_add(arena *a, order x, order y);

typedef VEC(const formula *) formulas;
/* Files f, or what it is made of where it is of the kind. */
void formulas_add(arena *a, formulas *list, formula_kind kind, const formula *f);
/* All of them, or any. */
const formula *formulas_joined(arena *a, const formulas *list, formula_kind kind);

/* f rel 0 */
const formula *form_related(arena *a, form f, relation is);
/* x rel y */
const formula *order_related(arena *a, order x, order y, relation is);

#endif
