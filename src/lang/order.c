#include "lang/order.h"

/* Of longer lists nobody drops what stands in them twice. */
enum { LIST_MAX = 100 };

typedef VEC(order) orders;

/* ---- trees ---- */

order order_form(form f) {
    return (order){.kind = ORDER_FORM, .f = f, .leaves = 1};
}

static bool is_there(const orders *list, const order *x) {
    if (x->kind != ORDER_FORM || list->n > LIST_MAX) return false;
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].kind == ORDER_FORM && form_eq(list->v[i].f, x->f)) return true;
    return false;
}

static void add_kid(arena *a, orders *list, order_kind kind, const order *x) {
    if (x->kind == kind) {
        for (int i = 0; i < x->n; i++) add_kid(a, list, kind, &x->kid[i]);
    } else if (!is_there(list, x)) {
        vec_push(a, list, *x);
    }
}

order order_extreme(arena *a, order_kind kind, const order *list, int n) {
    orders kids = {0};
    order all = {.kind = kind, .f = form_zero()};
    for (int i = 0; i < n; i++) add_kid(a, &kids, kind, &list[i]);
    if (kids.n == 1) return kids.v[0];
    for (size_t i = 0; i < kids.n; i++) all.leaves += kids.v[i].leaves;
    all.kid = kids.v;
    all.n = (int)kids.n;
    return all;
}

order order_add(arena *a, order x, order y) {
    if (x.kind == ORDER_FORM && y.kind == ORDER_FORM) return order_form(form_add(a, x.f, y.f));
    order of = x.kind == ORDER_FORM ? y : x, other = x.kind == ORDER_FORM ? x : y;
    order *kid = NEW_ARRAY(a, order, of.n);
    for (int i = 0; i < of.n; i++) kid[i] = order_add(a, of.kid[i], other);
    return order_extreme(a, of.kind, kid, of.n);
}

/* ---- comparisons ---- */

const formula *form_related(arena *a, form f, relation is) {
    form minus = form_scale(a, coef_int(-1), f);
    switch (is) {
    case RELATION_UNEQUAL:
        return formula_nonzero(a, f);
    case RELATION_ATMOST:
    case RELATION_LESSEQ:
        return formula_atom(a, f, REL_LE);
    case RELATION_ATLEAST:
    case RELATION_GREATEREQ:
        return formula_atom(a, minus, REL_LE);
    case RELATION_BELOW:
    case RELATION_LESS:
        return formula_atom(a, f, REL_LT);
    case RELATION_ABOVE:
    case RELATION_GREATER:
        return formula_atom(a, minus, REL_LT);
    case RELATION_SAME:
    case RELATION_EQUAL:
    case RELATION_MEMBER:
        break;
    }
    return formula_atom(a, f, REL_EQ);
}

void formulas_add(arena *a, formulas *list, formula_kind kind, const formula *f) {
    if (f->kind != kind) {
        vec_push(a, list, f);
        return;
    }
    for (int i = 0; i < f->n; i++) vec_push(a, list, f->kid[i]);
}

const formula *formulas_joined(arena *a, const formulas *list, formula_kind kind) {
    if (list->n == 1) return list->v[0];
    return kind == FORMULA_ALL ? formula_all(a, list->v, (int)list->n)
                               : formula_any(a, list->v, (int)list->n);
}

/* x ≤ y or x < y. A greatest on the left or a least on the right must hold for all, and goes first:
 * then conjunctions stand outside. */
static const formula *below(arena *a, order x, order y, rel r) {
    formulas list = {0};
    if (x.kind == ORDER_FORM && y.kind == ORDER_FORM)
        return formula_atom(a, form_sub(a, x.f, y.f), r);
    bool left_all = x.kind == ORDER_MAX, all = left_all || y.kind == ORDER_MIN;
    bool left = left_all || (!all && x.kind == ORDER_MIN);
    formula_kind kind = all ? FORMULA_ALL : FORMULA_ANY;
    for (int i = 0; i < (left ? x.n : y.n); i++)
        formulas_add(a, &list, kind, left ? below(a, x.kid[i], y, r) : below(a, x, y.kid[i], r));
    return formulas_joined(a, &list, kind);
}

static const formula *both(arena *a, formula_kind kind, const formula *f, const formula *g) {
    formulas list = {0};
    formulas_add(a, &list, kind, f);
    formulas_add(a, &list, kind, g);
    return formulas_joined(a, &list, kind);
}

const formula *order_related(arena *a, order x, order y, relation is) {
    if (x.kind == ORDER_FORM && y.kind == ORDER_FORM)
        return form_related(a, form_sub(a, x.f, y.f), is);
    switch (is) {
    case RELATION_UNEQUAL:
        return both(a, FORMULA_ANY, below(a, x, y, REL_LT), below(a, y, x, REL_LT));
    case RELATION_ATMOST:
    case RELATION_LESSEQ:
        return below(a, x, y, REL_LE);
    case RELATION_ATLEAST:
    case RELATION_GREATEREQ:
        return below(a, y, x, REL_LE);
    case RELATION_BELOW:
    case RELATION_LESS:
        return below(a, x, y, REL_LT);
    case RELATION_ABOVE:
    case RELATION_GREATER:
        return below(a, y, x, REL_LT);
    case RELATION_SAME:
    case RELATION_EQUAL:
    case RELATION_MEMBER:
        break;
    }
    return both(a, FORMULA_ALL, below(a, y, x, REL_LE), below(a, x, y, REL_LE));
}
