#include "lang/lowering.h"

/* Products as they are written: as quantity.c reads them, but nothing is merged. */

typedef VEC(written_product) products;

static written_product number_one(void) {
    return (written_product){.value = form_zero(), .power = coef_int(1)};
}

static bool is_one(const written_product *x) {
    return x->n == 0 && x->value.n == 0;
}

static written_product written_name(lowerer *w, const expr *e) {
    written_product x = number_one();
    int sym = w->map ? w->map[e->sym] : e->sym;
    if (w->symbols[sym].sort == SORT_QUANTITY) x.value = form_sym(w->arena, sym);
    return x;
}

static written_product product_of(lowerer *w, const products *list) {
    VEC(term) terms = {0};
    for (size_t i = 0; i < list->n; i++)
        for (int k = 0; k < list->v[i].value.n; k++)
            vec_push(w->arena, &terms, list->v[i].value.t[k]);
    return (written_product){.value = form_of(w->arena, terms.v, (int)terms.n, coef_int(0)),
                             .power = coef_int(1),
                             .factor = list->v,
                             .n = (int)list->n};
}

/* x^power; a product that is a power already becomes the one factor of a new one. */
static written_product raised(lowerer *w, written_product x, coef power) {
    products one = {0};
    if (is_one(&x)) return x;
    if (!coef_is_one(x.power)) {
        vec_push(w->arena, &one, x);
        x = product_of(w, &one);
    }
    x.value = form_scale(w->arena, power, x.value);
    x.power = power;
    return x;
}

static void put_under(lowerer *w, written_product *x) {
    x->value = form_scale(w->arena, coef_int(-1), x->value);
    x->power = coef_neg(w->arena, x->power);
    x->under = true;
}

static bool written_factors(lowerer *w, const expr *e, written_product *out) {
    products list = {0};
    for (int i = 0; i < e->n; i++) {
        written_product x;
        if (!lower_written(w, e->part[i].e, &x)) return false;
        if (is_one(&x)) continue;
        if (e->part[i].flipped) put_under(w, &x);
        vec_push(w->arena, &list, x);
    }
    if (list.n == 0)
        *out = number_one();
    else
        *out = list.n == 1 && !list.v[0].under ? list.v[0] : product_of(w, &list);
    return true;
}

static bool written_power(lowerer *w, const expr *e, written_product *out) {
    bool is_closed = e->kind == EXPR_ROOT || e->closed;
    if (!is_closed && e->part[1].e->kind == EXPR_HOLE) return false;
    if (!lower_written(w, e->part[0].e, out)) return false;
    value power = is_closed ? value_number(e->value) : value_of(w, e->part[1].e);
    if (!w->failed) *out = raised(w, *out, power.k);
    return !w->failed;
}

bool lower_written(lowerer *w, const expr *e, written_product *out) {
    switch (e->kind) {
    case EXPR_NAME:
        *out = written_name(w, e);
        return true;
    case EXPR_PRODUCT:
        return written_factors(w, e, out);
    case EXPR_POWER:
    case EXPR_ROOT:
        return written_power(w, e, out);
    case EXPR_NUMBER:
        *out = number_one();
        return true;
    case EXPR_CALL: /* logarithms multiply away */
        *out = number_one();
        return e->call == CALL_LOG;
    case EXPR_SUM:
    case EXPR_LANDAU:
    case EXPR_UNCERTAIN:
    case EXPR_HOLE:
    case EXPR_LIST:
        return false;
    }
    return false;
}
