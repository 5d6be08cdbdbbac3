#include "algebra/pins.h"

pin pin_given(arena *a, coef c) {
    pin best = {.i = -1};
    rat r;
    for (int i = 0; coef_field(c) && i < field_size(coef_field(c)); i++) {
        coef slope, rest;
        if (!coef_mentions(c, i) || !coef_linear_in(a, c, i, &slope, &rest) || !coef_rat(slope, &r))
            continue;
        best = (pin){i, coef_neg(a, coef_div(a, rest, slope))};
        if (coef_rat(rest, &r)) return best;
    }
    return best;
}

static bool add_pin(arena *a, pins *p, coef c) {
    if (!coef_pinned(a, coef_numerator(a, c), p, &c)) return false;
    pin next = pin_given(a, c);
    if (next.i >= 0) vec_push(a, p, next);
    return next.i >= 0;
}

pins pins_of(arena *a, const coef *zero, int n) {
    pins p = {0};
    bool *used = NEW_ARRAY(a, bool, n);
    for (bool more = true; more;) {
        more = false;
        for (int i = 0; i < n; i++) {
            if (used[i] || !add_pin(a, &p, zero[i])) continue;
            used[i] = more = true;
        }
    }
    return p;
}

void zeros_in(arena *a, const formula *f, zeros *out) {
    if (f->kind == FORMULA_ALL)
        for (int i = 0; i < f->n; i++) zeros_in(a, f->kid[i], out);
    if (f->kind == FORMULA_ATOM && f->rel == REL_EQ && f->lhs.n == 0 && coef_field(f->lhs.k))
        vec_push(a, out, f->lhs.k);
}

bool coef_pinned(arena *a, coef c, const pins *p, coef *out) {
    for (size_t i = 0; i < p->n && coef_field(c); i++)
        if (coef_mentions(c, p->v[i].i) && !coef_substitute(a, c, p->v[i].i, p->v[i].value, &c))
            return false;
    *out = c;
    return true;
}

static bool form_pinned(arena *a, form f, const pins *p, form *out) {
    term *t = f.n ? NEW_ARRAY(a, term, f.n) : NULL;
    coef k;
    for (int i = 0; i < f.n; i++) {
        t[i].sym = f.t[i].sym;
        if (!coef_pinned(a, f.t[i].c, p, &t[i].c)) return false;
    }
    if (!coef_pinned(a, f.k, p, &k)) return false;
    *out = form_of(a, t, f.n, k);
    return true;
}

const formula *formula_pinned(arena *a, const formula *f, const pins *p) {
    form g;
    if (f->kind == FORMULA_ATOM) {
        if (form_is_plain(f->lhs)) return f;
        return form_pinned(a, f->lhs, p, &g) ? formula_atom(a, g, f->rel) : formula_any(a, NULL, 0);
    }
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = formula_pinned(a, f->kid[i], p);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}
