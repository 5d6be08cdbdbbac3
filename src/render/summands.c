#include "render/summands.h"

/* c, a polynomial, times a symbol. */
static void add_products(arena *a, products *out, coef c, int sym) {
    product one = {.over = coef_field(c), .sym = sym};
    if (coef_rat(c, &one.c)) {
        if (!rat_is_zero(one.c)) vec_push(a, out, one);
        return;
    }
    polynomial p = coef_polynomial(a, c);
    for (int i = 0; i < p.n; i++) {
        one.c = p.m[i].c;
        one.power = p.m[i].power;
        vec_push(a, out, one);
    }
}

products products_of(arena *a, form f) {
    products out = {0};
    for (int i = 0; i < f.n; i++) add_products(a, &out, f.t[i].c, f.t[i].sym);
    add_products(a, &out, f.k, -1);
    return out;
}

static unsigned long parameters_in(product p) {
    unsigned long n = 0;
    for (int i = 0; p.power && i < field_size(p.over); i++) n += p.power[i];
    return n;
}

unsigned long product_degree(product p) {
    return parameters_in(p) + (p.sym >= 0);
}

int product_symbol(product p, unsigned long i) {
    for (int k = 0; p.power && k < field_size(p.over); k++) {
        if (i < p.power[k]) return field_symbol(p.over, k);
        i -= p.power[k];
    }
    return p.sym;
}

rat product_magnitude(arena *a, product p, bool *one) {
    rat c = rat_sgn(p.c) < 0 ? rat_neg(a, p.c) : p.c;
    *one = rat_is_one(c);
    return c;
}

int products_with_sign(products p, int sign) {
    int n = 0;
    for (size_t i = 0; i < p.n; i++) n += rat_sgn(p.v[i].c) == sign;
    return n;
}

bool atom_cleared(arena *a, form f, rel r, form *cleared, coef *scale, coef *den) {
    rat number;
    *den = form_is_plain(f) ? coef_int(1) : form_denominator(a, f);
    bool plain = coef_rat(*den, &number);
    *scale = plain || r == REL_EQ ? *den : coef_mul(a, *den, *den);
    *cleared = form_scale(a, *scale, f);
    return plain;
}

static unsigned long form_degree(arena *a, form f) {
    unsigned long most = 0;
    products p = products_of(a, f);
    for (size_t i = 0; i < p.n; i++)
        if (product_degree(p.v[i]) > most) most = product_degree(p.v[i]);
    return most;
}

unsigned long formula_degree(arena *a, const formula *f) {
    unsigned long most = 0;
    form cleared;
    coef scale, den;
    if (f->kind == FORMULA_ATOM) {
        bool plain = atom_cleared(a, f->lhs, f->rel, &cleared, &scale, &den);
        unsigned long below = plain ? 0 : form_degree(a, form_const(den));
        most = form_degree(a, cleared);
        return below > most ? below : most;
    }
    for (int i = 0; i < f->n; i++) {
        unsigned long n = formula_degree(a, f->kid[i]);
        if (n > most) most = n;
    }
    return most;
}

bool formula_is_nonzero(arena *a, const formula *f, form *l) {
    rat number;
    if (f->kind != FORMULA_ANY || f->n != 2) return false;
    for (int i = 0; i < 2; i++)
        if (f->kid[i]->kind != FORMULA_ATOM || f->kid[i]->rel != REL_LT) return false;
    *l = f->kid[0]->lhs;
    if (!form_is_plain(*l) && !coef_rat(form_denominator(a, *l), &number)) return false;
    return form_eq(form_scale(a, coef_int(-1), *l), f->kid[1]->lhs);
}
