#include "algebra/form.h"

#include <assert.h>
#include <stdlib.h>

enum { NO_SYMBOL = -1 };

bool form_ok(form x) {
    for (int i = 0; i < x.n; i++) {
        if (coef_is_zero(x.t[i].c)) return false;
        if (i && x.t[i - 1].sym >= x.t[i].sym) return false;
    }
    return x.n >= 0;
}

form form_zero(void) {
    return form_const(coef_int(0));
}

form form_const(coef k) {
    return (form){NULL, 0, k};
}

form form_sym(arena *a, int sym) {
    term *t = NEW(a, term);
    *t = (term){sym, coef_int(1)};
    return (form){t, 1, coef_int(0)};
}

static int by_symbol(const void *x, const void *y) {
    const term *s = x, *t = y;
    return (s->sym > t->sym) - (s->sym < t->sym);
}

/* Halves first, so that large denominators meet others as large. */
static coef sum_of(arena *a, const term *t, int n) {
    if (n == 1) return t->c;
    return coef_add(a, sum_of(a, t, n / 2), sum_of(a, t + n / 2, n - n / 2));
}

/* Adds up neighbours with the same symbol and drops what vanishes. */
static int merge_equal(arena *a, term *t, int n) {
    int kept = 0;
    for (int i = 0, next = 0; i < n; i = next) {
        while (next < n && t[next].sym == t[i].sym) next++;
        term sum = {t[i].sym, sum_of(a, t + i, next - i)};
        if (!coef_is_zero(sum.c)) t[kept++] = sum;
    }
    return kept;
}

form form_of(arena *a, const term *t, int n, coef k) {
    if (n == 0) return form_const(k);
    term *sorted = NEW_ARRAY(a, term, n);
    memcpy(sorted, t, sizeof *t * (size_t)n);
    qsort(sorted, (size_t)n, sizeof *sorted, by_symbol);
    form f = {sorted, merge_equal(a, sorted, n), k};
    assert(form_ok(f));
    return f;
}

/* The next term of x + c·y, where i and j walk along x and y. */
static term next_term(arena *a, form x, coef c, form y, int *i, int *j) {
    if (*j == y.n || (*i < x.n && x.t[*i].sym < y.t[*j].sym)) return x.t[(*i)++];
    term t = {y.t[*j].sym, coef_mul(a, c, y.t[*j].c)};
    if (*i < x.n && x.t[*i].sym == t.sym) t.c = coef_add(a, x.t[(*i)++].c, t.c);
    (*j)++;
    return t;
}

form form_addmul(arena *a, form x, coef c, form y) {
    if (coef_is_zero(c)) return x;
    term *t = x.n + y.n ? NEW_ARRAY(a, term, x.n + y.n) : NULL;
    int n = 0;
    for (int i = 0, j = 0; i < x.n || j < y.n;) {
        term next = next_term(a, x, c, y, &i, &j);
        if (!coef_is_zero(next.c)) t[n++] = next;
    }
    form f = {t, n, coef_add(a, x.k, coef_mul(a, c, y.k))};
    assert(form_ok(f));
    return f;
}

form form_add(arena *a, form x, form y) {
    return form_addmul(a, x, coef_int(1), y);
}

form form_sub(arena *a, form x, form y) {
    return form_addmul(a, x, coef_int(-1), y);
}

form form_scale(arena *a, coef c, form x) {
    return form_addmul(a, form_zero(), c, x);
}

bool form_is_const(form x) {
    return x.n == 0;
}

bool form_is_zero(form x) {
    return x.n == 0 && coef_is_zero(x.k);
}

bool form_eq(form x, form y) {
    if (x.n != y.n || !coef_eq(x.k, y.k)) return false;
    for (int i = 0; i < x.n; i++)
        if (x.t[i].sym != y.t[i].sym || !coef_eq(x.t[i].c, y.t[i].c)) return false;
    return true;
}

coef form_coef(form x, int sym) {
    for (int lo = 0, hi = x.n; lo < hi;) {
        int mid = lo + (hi - lo) / 2;
        if (x.t[mid].sym == sym) return x.t[mid].c;
        if (x.t[mid].sym < sym)
            lo = mid + 1;
        else
            hi = mid;
    }
    return coef_int(0);
}

/* Its value without the term of symbol `but`. Most values are small, and most are to be zero: no
 * part of the sum is reduced. False where it does not stay small, or is no number. */
static bool value_if_small(form f, const coef *x, int but, small_sum *sum) {
    rat c, value;
    *sum = (small_sum){0, 1};
    if (!coef_rat(f.k, &c) || !small_sum_add(sum, c, RAT_ONE)) return false;
    for (int i = 0; i < f.n; i++) {
        if (f.t[i].sym == but) continue;
        if (!coef_rat(f.t[i].c, &c) || !coef_rat(x[f.t[i].sym], &value)) return false;
        if (!small_sum_add(sum, c, value)) return false;
    }
    return true;
}

static coef value_without(arena *a, form f, const coef *x, int but) {
    small_sum small;
    if (value_if_small(f, x, but, &small)) return coef_of(rat_of_small_sum(a, small));
    coef sum = f.k;
    for (int i = 0; i < f.n; i++)
        if (f.t[i].sym != but) sum = coef_add(a, sum, coef_mul(a, f.t[i].c, x[f.t[i].sym]));
    return sum;
}

coef form_value(arena *a, form f, const coef *x) {
    return value_without(a, f, x, NO_SYMBOL);
}

coef form_root(arena *a, form f, int sym, const coef *x) {
    return coef_neg(a, coef_div(a, value_without(a, f, x, sym), form_coef(f, sym)));
}

coef form_denominator(arena *a, form x) {
    coef d = coef_denominator(a, x.k);
    for (int i = 0; i < x.n; i++) d = coef_mul(a, d, coef_denominator(a, coef_mul(a, d, x.t[i].c)));
    return d;
}

form form_copy(arena *a, form x) {
    term *t = x.n ? NEW_ARRAY(a, term, x.n) : NULL;
    for (int i = 0; i < x.n; i++) t[i] = (term){x.t[i].sym, coef_copy(a, x.t[i].c)};
    return (form){t, x.n, coef_copy(a, x.k)};
}

static bool is_plain(coef c) {
    rat r;
    return coef_rat(c, &r);
}

bool form_is_plain(form f) {
    for (int i = 0; i < f.n; i++)
        if (!is_plain(f.t[i].c)) return false;
    return is_plain(f.k);
}

bool form_at(arena *a, form f, const coef *x, form *out) {
    *out = f;
    if (form_is_plain(f)) return true;
    term *t = f.n ? NEW_ARRAY(a, term, f.n) : NULL;
    rat r;
    for (int i = 0; i < f.n; i++) {
        if (!coef_value(a, f.t[i].c, x, &r)) return false;
        t[i] = (term){f.t[i].sym, coef_of(r)};
    }
    if (!coef_value(a, f.k, x, &r)) return false;
    *out = form_of(a, t, f.n, coef_of(r));
    return true;
}

coef form_value_at(arena *a, form f, const coef *x) {
    form fixed;
    return form_at(a, f, x, &fixed) ? form_value(a, fixed, x) : coef_int(0);
}

bool form_sign_at(arena *a, form f, const coef *x, int *sign) {
    small_sum sum;
    form fixed;
    if (value_if_small(f, x, NO_SYMBOL, &sum)) {
        *sign = (sum.num > 0) - (sum.num < 0);
        return true;
    }
    if (!form_at(a, f, x, &fixed)) return false;
    *sign = coef_sgn(form_value(a, fixed, x));
    return true;
}
