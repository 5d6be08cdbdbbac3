#include "lang/lowering.h"

/* Terms of a product of sums. */
enum { PRODUCT_MAX = 1000 };

/* The factors of a product: powers of quantities, and sums. */
typedef struct {
    VEC(term) terms;
    VEC(order) sums;
} gathering;

static void collect(lowerer *w, gathering *out, const expr *e, const value *scale);
static order scaled_order(lowerer *w, const expr *e, const value *scale);

static void collect_name(lowerer *w, gathering *out, const expr *e, const value *scale) {
    int sym = w->map ? w->map[e->sym] : e->sym;
    if (w->symbols[sym].sort != SORT_QUANTITY) return;
    term t = {sym, scale->k};
    vec_push(w->arena, &out->terms, t);
}

static void collect_product(lowerer *w, gathering *out, const expr *e, const value *scale) {
    value inverse = *scale;
    inverse.k = coef_neg(w->arena, scale->k);
    for (int i = 0; i < e->n; i++)
        collect(w, out, e->part[i].e, e->part[i].flipped ? &inverse : scale);
}

static void collect_raised(lowerer *w, gathering *out, const expr *e, const value *scale,
                           value power) {
    value r = value_product(w, e, *scale, power);
    if (value_counts(w, e, &r)) collect(w, out, e->part[0].e, &r);
}

/* A sum, `max` or `min`; a negative power turns them round. */
static void collect_extreme(lowerer *w, gathering *out, const expr *e, const value *scale) {
    bool least = e->kind == EXPR_CALL && e->call == CALL_MIN;
    order *kid = NEW_ARRAY(w->arena, order, e->n);
    for (int i = 0; i < e->n && !w->failed; i++) kid[i] = scaled_order(w, e->part[i].e, scale);
    if (w->failed) return;
    order all = order_extreme(w->arena, ORDER_MAX, kid, e->n);
    if (all.kind != ORDER_FORM && least == (value_sign(w, e, scale->k) > 0))
        all = order_extreme(w->arena, ORDER_MIN, kid, e->n);
    vec_push(w->arena, &out->sums, all);
}

/* The exponents of a product of powers, each times `scale`. Holes count as nothing. */
static void collect(lowerer *w, gathering *out, const expr *e, const value *scale) {
    switch (e->kind) {
    case EXPR_NAME:
        collect_name(w, out, e, scale);
        break;
    case EXPR_PRODUCT:
        collect_product(w, out, e, scale);
        break;
    case EXPR_POWER:
        if (e->closed)
            collect_raised(w, out, e, scale, value_number(e->value));
        else if (e->part[1].e->kind != EXPR_HOLE)
            collect_raised(w, out, e, scale, value_of(w, e->part[1].e));
        break;
    case EXPR_ROOT:
        collect_raised(w, out, e, scale, value_number(e->value));
        break;
    case EXPR_LANDAU:
        collect(w, out, e->part[1].e, scale);
        break;
    case EXPR_SUM:
        collect_extreme(w, out, e, scale);
        break;
    case EXPR_CALL:
        if (e->call == CALL_MAX || e->call == CALL_MIN) collect_extreme(w, out, e, scale);
        break;
    case EXPR_NUMBER: /* numbers multiply away, and so do logarithms */
    case EXPR_UNCERTAIN:
    case EXPR_HOLE:
    case EXPR_LIST:
        break;
    }
}

static order scaled_order(lowerer *w, const expr *e, const value *scale) {
    gathering g = {0};
    collect(w, &g, e, scale);
    order all = order_form(form_of(w->arena, g.terms.v, (int)g.terms.n, coef_int(0)));
    for (size_t i = 0; i < g.sums.n; i++) {
        double terms = all.leaves * g.sums.v[i].leaves;
        if (i > 0 &&
            lower_too_many(w, e, terms, PRODUCT_MAX, "this product of sums has more than %d terms"))
            break;
        all = order_add(w->arena, all, g.sums.v[i]);
    }
    return all;
}

order lower_order(lowerer *w, const expr *e) {
    value one = value_number(RAT_ONE);
    return scaled_order(w, e, &one);
}

form lower_quantity(lowerer *w, const expr *e) {
    order all = lower_order(w, e);
    if (all.kind == ORDER_FORM) return all.f;
    lower_refuse(w, DIAG_E324, e->at, "a sum cannot stand here: which of its terms wins is open",
                 "give it a name and use that: `S ∝ N + D`, `S ∝ max(N, D)`");
    return form_zero();
}
