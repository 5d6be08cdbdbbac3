#include "engine/rows.h"

#include <assert.h>
#include <flint/fmpz_vec.h>
#include <stdlib.h>

/* ---- rows ---- */

void zrow_clear(zrow *r) {
    for (int i = 0; i < r->cap; i++) fmpz_clear(&r->e[i].c);
    flint_free(r->e);
    *r = (zrow){0};
}

void zrow_swap(zrow *x, zrow *y) {
    zrow t = *x;
    *x = *y;
    *y = t;
}

static void zrow_reserve(zrow *r, int cap) {
    if (cap <= r->cap) return;
    r->e = flint_realloc(r->e, sizeof *r->e * (size_t)cap);
    for (int i = r->cap; i < cap; i++) fmpz_init(&r->e[i].c);
    r->cap = cap;
}

void zrow_push(zrow *r, int col, const fmpz_t c) {
    if (r->n == r->cap) zrow_reserve(r, r->cap ? 2 * r->cap : 4);
    r->e[r->n].col = col;
    fmpz_set(&r->e[r->n++].c, c);
}

const fmpz *zrow_at(const zrow *r, int col) {
    int low = 0, high = r->n;
    while (low < high) {
        int mid = low + (high - low) / 2;
        if (r->e[mid].col < col)
            low = mid + 1;
        else
            high = mid;
    }
    return low < r->n && r->e[low].col == col ? &r->e[low].c : NULL;
}

void zrow_primitive(zrow *r, fmpz_t content) {
    fmpz_zero(content);
    for (int i = 0; i < r->n && !fmpz_is_one(content); i++) fmpz_gcd(content, content, &r->e[i].c);
    if (r->n == 0) fmpz_one(content);
    if (fmpz_is_one(content)) return;
    for (int i = 0; i < r->n; i++) fmpz_divexact(&r->e[i].c, &r->e[i].c, content);
}

static rat number(coef c) {
    rat r = RAT_ZERO;
    bool is_number = coef_rat(c, &r);
    assert(is_number);
    (void)is_number;
    return r;
}

static void push_scaled(zrow *r, int col, coef c, const fmpz_t common) {
    rat v = number(c);
    fmpz_t x;
    fmpz_init(x);
    fmpz_divexact(x, common, fmpq_denref(&v.q));
    fmpz_mul(x, x, fmpq_numref(&v.q));
    zrow_push(r, col, x);
    fmpz_clear(x);
}

void zrow_of_form(zrow *r, form f, int const_col, fmpq_t scale) {
    rat v = number(f.k);
    fmpz *common = fmpq_numref(scale);
    fmpz_set(common, fmpq_denref(&v.q));
    for (int i = 0; i < f.n; i++) {
        v = number(f.t[i].c);
        fmpz_lcm(common, common, fmpq_denref(&v.q));
    }
    r->n = 0;
    zrow_reserve(r, f.n + 1);
    for (int i = 0; i < f.n; i++) push_scaled(r, f.t[i].sym, f.t[i].c, common);
    if (!coef_is_zero(f.k)) push_scaled(r, const_col, f.k, common);
    zrow_primitive(r, fmpq_denref(scale));
    fmpq_canonicalise(scale);
}

void multiplier_init(multiplier *m) {
    fmpz_init(&m->p);
    fmpz_init(&m->q);
    fmpz_init(&m->c);
}

void multiplier_clear(multiplier *m) {
    fmpz_clear(&m->p);
    fmpz_clear(&m->q);
    fmpz_clear(&m->c);
}

static void choose_multipliers(multiplier *m, const fmpz_t in_x, const fmpz_t in_y) {
    fmpz_gcd(&m->c, in_x, in_y);
    if (fmpz_sgn(in_y) < 0) fmpz_neg(&m->c, &m->c);
    fmpz_divexact(&m->p, in_y, &m->c);
    fmpz_divexact(&m->q, in_x, &m->c);
}

void zrow_eliminate(zrow *out, const zrow *x, const zrow *y, int col, multiplier *how) {
    choose_multipliers(how, zrow_at(x, col), zrow_at(y, col));
    zrow_reserve(out, x->n + y->n);
    entry *o = out->e;
    const entry *i = x->e, *iend = x->e + x->n, *j = y->e, *jend = y->e + y->n;
    while (i < iend || j < jend) {
        bool from_x = j == jend || (i < iend && i->col <= j->col);
        bool from_y = i == iend || (j < jend && j->col <= i->col);
        o->col = from_x ? i->col : j->col;
        if (from_x)
            fmpz_mul(&o->c, &how->p, &i++->c);
        else
            fmpz_zero(&o->c);
        if (from_y) fmpz_submul(&o->c, &how->q, &j++->c);
        if (!fmpz_is_zero(&o->c)) o++;
    }
    out->n = (int)(o - out->e);
    zrow_primitive(out, &how->c);
}

/* ---- the heap ---- */

void heap_push(arena *a, int_heap *h, int key) {
    vec_push(a, h, key);
    size_t i = h->n - 1;
    for (; i > 0 && h->v[(i - 1) / 2] > key; i = (i - 1) / 2) h->v[i] = h->v[(i - 1) / 2];
    h->v[i] = key;
}

bool heap_pop(int_heap *h, int *key) {
    if (h->n == 0) return false;
    *key = h->v[0];
    int last = h->v[--h->n];
    size_t i = 0;
    for (size_t kid = 1; kid < h->n; kid = 2 * i + 1) {
        if (kid + 1 < h->n && h->v[kid + 1] < h->v[kid]) kid++;
        if (h->v[kid] >= last) break;
        h->v[i] = h->v[kid];
        i = kid;
    }
    h->v[i] = last;
    return true;
}

/* ---- rational vectors ---- */

fmpq *fmpqs_grow(fmpq *v, size_t old, size_t n) {
    v = flint_realloc(v, sizeof *v * (n > 0 ? n : 1));
    for (size_t i = old; i < n; i++) fmpq_init(&v[i]);
    return v;
}

fmpq *fmpqs_new(size_t n) {
    return fmpqs_grow(NULL, 0, n);
}

void fmpqs_free(fmpq *v, size_t n) {
    for (size_t i = 0; i < n; i++) fmpq_clear(&v[i]);
    flint_free(v);
}

/* ---- solved rows ---- */

static void echelon_clear(void *what) {
    echelon *e = what;
    for (size_t i = 0; i < e->list.n; i++) zrow_clear(&e->list.v[i].row);
    fmpqs_free(e->acc, (size_t)e->cap);
    fmpqs_free(e->times, e->ntimes);
    flint_free(e->place);
    flint_free(e->seen);
}

echelon *echelon_new(arena *a, int ncols) {
    echelon *e = NEW(a, echelon);
    e->a = a;
    arena_defer(a, echelon_clear, e);
    echelon_widen(e, ncols);
    return e;
}

void echelon_widen(echelon *e, int ncols) {
    if (ncols <= e->ncols) return;
    if (ncols > e->cap) {
        int cap = ncols > 2 * e->cap ? ncols : 2 * e->cap;
        e->acc = fmpqs_grow(e->acc, (size_t)e->cap, (size_t)cap);
        e->place = flint_realloc(e->place, sizeof *e->place * (size_t)cap);
        e->seen = flint_realloc(e->seen, sizeof *e->seen * (size_t)cap);
        e->cap = cap;
    }
    for (int i = e->ncols; i < ncols; i++) {
        e->place[i] = -1;
        e->seen[i] = false;
    }
    e->ncols = ncols;
}

void echelon_push(echelon *e, zrow *r, int head) {
    e->place[head] = (int)e->list.n;
    solved s = {*r, head};
    vec_push(e->a, &e->list, s);
    *r = (zrow){0};
}

static fmpq *echelon_touch(echelon *e, int col) {
    if (!e->seen[col]) {
        e->seen[col] = true;
        vec_push(e->a, &e->touched, col);
        if (e->place[col] >= 0) heap_push(e->a, &e->due, e->place[col]);
    }
    return &e->acc[col];
}

void echelon_add(echelon *e, int col, const fmpq_t t) {
    fmpq *at = echelon_touch(e, col);
    fmpq_add(at, at, t);
}

void echelon_addmul(echelon *e, const fmpq_t t, const zrow *row) {
    fmpq_t x;
    fmpq_init(x);
    for (int i = 0; i < row->n; i++) {
        fmpq_mul_fmpz(x, t, &row->e[i].c);
        echelon_add(e, row->e[i].col, x);
    }
    fmpq_clear(x);
}

static void take_off(echelon *e, int k) {
    const solved *s = &e->list.v[k];
    if (fmpq_is_zero(&e->acc[s->head])) return;
    fmpq *t = &e->times[k];
    fmpq_div_fmpz(t, &e->acc[s->head], zrow_at(&s->row, s->head));
    vec_push(e->a, &e->taken, k);
    fmpq_neg(t, t);
    echelon_addmul(e, t, &s->row);
    fmpq_neg(t, t);
}

bool echelon_reduce(echelon *e, budget *b) {
    enum { SOME = 64 };
    e->times = fmpqs_grow(e->times, e->ntimes, e->list.n > e->ntimes ? e->list.n : e->ntimes);
    if (e->list.n > e->ntimes) e->ntimes = e->list.n;
    for (int k, n = 0; heap_pop(&e->due, &k); n++) {
        if (b && n % SOME == SOME - 1 && !budget_left(b)) return false;
        take_off(e, k);
    }
    return true;
}

static int int_order(const void *x, const void *y) {
    int i = *(const int *)x, j = *(const int *)y;
    return (i > j) - (i < j);
}

void echelon_sort(echelon *e) {
    if (e->touched.n > 1) qsort(e->touched.v, e->touched.n, sizeof *e->touched.v, int_order);
}

void echelon_reset(echelon *e) {
    for (size_t i = 0; i < e->touched.n; i++) {
        e->seen[e->touched.v[i]] = false;
        fmpq_zero(&e->acc[e->touched.v[i]]);
    }
    for (size_t i = 0; i < e->taken.n; i++) fmpq_zero(&e->times[e->taken.v[i]]);
    e->touched.n = e->taken.n = e->due.n = 0;
}

static void solve_head(const solved *s, fmpq *x) {
    fmpq *h = &x[s->head];
    fmpq_t t;
    fmpq_init(t);
    fmpq_zero(h);
    for (int i = 0; i < s->row.n; i++) {
        if (s->row.e[i].col == s->head) continue;
        fmpq_mul_fmpz(t, &x[s->row.e[i].col], &s->row.e[i].c);
        fmpq_sub(h, h, t);
    }
    fmpq_div_fmpz(h, h, zrow_at(&s->row, s->head));
    fmpq_clear(t);
}

bool echelon_values(const echelon *e, fmpq *x, budget *b) {
    enum { SOME = 64 };
    for (size_t k = e->list.n; k-- > 0;) {
        if (b && k % SOME == 0 && !budget_left(b)) return false;
        solve_head(&e->list.v[k], x);
    }
    return true;
}
