#include "engine/eliminate.h"

#include <flint/fmpz_vec.h>
#include <stdlib.h>
#include "engine/lift.h"
#include "engine/rows.h"

/* row := (p·row - q·pivot)/c */
typedef struct {
    int pivot;
    multiplier by;
} operation;

typedef struct {
    zrow z;     /* empty once it is solved or left to the core */
    fmpq scale; /* what the form was multiplied by */
    VEC(operation) log;
    int place; /* when it was done with: later rows rest on earlier ones */
} line;

struct elim {
    arena *a;
    budget *b;
    const form *form;
    line *rows;
    int n, nsyms; /* column nsyms is the constant term */
    int ndone;    /* rows with a place */
    int *done;    /* rows by place */
    echelon *pivots;
    int *pivot_row; /* by place in the echelon */
    VEC(int) zero;  /* rows that came out as 0 = 0 */
    /* What is left when elimination would only fill: */
    lift *core;
    zrow *core_rows;
    VEC(int) core_line; /* its rows */
    VEC(int) core_col;  /* its columns, the constant last */
    int *core_at;       /* the place of a column in core_col, or -1 */
    fmpq *v, *nu;       /* vectors by column and by row of the core */
    fmpq *mu;           /* by row: the combination that is being traced back */
    int_heap due;
    VEC(int) touched;
};

/* ---- memory ---- */

static void elim_clear(void *what) {
    elim *e = what;
    for (int i = 0; i < e->n; i++) {
        line *r = &e->rows[i];
        for (size_t k = 0; k < r->log.n; k++) multiplier_clear(&r->log.v[k].by);
        zrow_clear(&r->z);
        fmpq_clear(&r->scale);
    }
    for (size_t i = 0; e->core_rows && i < e->core_line.n; i++) zrow_clear(&e->core_rows[i]);
    fmpqs_free(e->v, e->v ? e->core_col.n : 0);
    fmpqs_free(e->nu, e->nu ? e->core_line.n : 0);
    fmpqs_free(e->mu, (size_t)e->n);
}

static elim *elim_new(arena *a, const form *rows, int n, int nsyms, budget *b) {
    elim *e = NEW(a, elim);
    *e = (elim){.a = a, .b = b, .form = rows, .n = n, .nsyms = nsyms};
    e->rows = NEW_ARRAY(a, line, n);
    e->done = NEW_ARRAY(a, int, n);
    e->pivot_row = NEW_ARRAY(a, int, n);
    e->mu = fmpqs_new((size_t)n);
    for (int i = 0; i < n; i++) {
        fmpq_init(&e->rows[i].scale);
        zrow_of_form(&e->rows[i].z, rows[i], nsyms, &e->rows[i].scale);
    }
    arena_defer(a, elim_clear, e);
    e->pivots = echelon_new(a, nsyms + 1);
    return e;
}

static void finish(elim *e, int row) {
    e->rows[row].place = e->ndone;
    e->done[e->ndone++] = row;
}

/* ---- things in buckets, by size ---- */

typedef struct {
    int *head, *next, *prev, *size; /* next, prev: -1 at the ends; size: -1 outside */
    int low, nsizes;
} buckets;

static buckets buckets_new(arena *a, int things, int nsizes) {
    buckets b = {NEW_ARRAY(a, int, nsizes),
                 NEW_ARRAY(a, int, things),
                 NEW_ARRAY(a, int, things),
                 NEW_ARRAY(a, int, things),
                 0,
                 nsizes};
    for (int i = 0; i < nsizes; i++) b.head[i] = -1;
    for (int i = 0; i < things; i++) b.size[i] = -1;
    return b;
}

static void buckets_remove(buckets *b, int x) {
    if (b->size[x] < 0) return;
    if (b->prev[x] >= 0)
        b->next[b->prev[x]] = b->next[x];
    else
        b->head[b->size[x]] = b->next[x];
    if (b->next[x] >= 0) b->prev[b->next[x]] = b->prev[x];
    b->size[x] = -1;
}

static void buckets_put(buckets *b, int x, int size) {
    if (b->size[x] == size) return;
    buckets_remove(b, x);
    b->size[x] = size;
    b->prev[x] = -1;
    b->next[x] = b->head[size];
    if (b->next[x] >= 0) b->prev[b->next[x]] = x;
    b->head[size] = x;
    if (size < b->low) b->low = size;
}

/* One of the smallest things, or -1. */
static int buckets_least(buckets *b) {
    while (b->low < b->nsizes && b->head[b->low] < 0) b->low++;
    return b->low < b->nsizes ? b->head[b->low] : -1;
}

/* ---- elimination ---- */

typedef VEC(int) ints;

typedef struct {
    elim *e;
    arena *a;      /* for the time of the search */
    buckets rows;  /* active rows by number of symbols */
    buckets cols;  /* symbols by number of active rows */
    ints *rows_of; /* of a symbol; may name rows that no longer have it */
    int *count;    /* active rows of a symbol */
    int nactive;
    zrow scratch;
} search;

static int symbols_in(const elim *e, const zrow *r) {
    return r->n - (r->n > 0 && r->e[r->n - 1].col == e->nsyms);
}

static void occurs(search *s, int col, int row) {
    if (col == s->e->nsyms) return;
    vec_push(s->a, &s->rows_of[col], row);
    buckets_put(&s->cols, col, ++s->count[col]);
}

static void vanishes(search *s, int col) {
    if (col == s->e->nsyms) return;
    if (--s->count[col] == 0)
        buckets_remove(&s->cols, col);
    else
        buckets_put(&s->cols, col, s->count[col]);
}

/* Files a row by its size; rows without symbols are done with. */
static void file_row(search *s, int row) {
    elim *e = s->e;
    int size = symbols_in(e, &e->rows[row].z);
    if (size > 0) {
        buckets_put(&s->rows, row, size);
        return;
    }
    buckets_remove(&s->rows, row);
    s->nactive--;
    if (e->rows[row].z.n == 0) {
        vec_push(e->a, &e->zero, row);
        finish(e, row);
    } else
        vec_push(e->a, &e->core_line, row);
}

static search search_new(elim *e) {
    arena *a = arena_new();
    search s = {.e = e, .a = a, .nactive = e->n};
    s.rows = buckets_new(a, e->n, e->nsyms + 1);
    s.cols = buckets_new(a, e->nsyms, e->n + 1);
    s.rows_of = NEW_ARRAY(a, ints, e->nsyms);
    s.count = NEW_ARRAY(a, int, e->nsyms);
    for (int i = 0; i < e->n; i++) {
        const zrow *r = &e->rows[i].z;
        for (int k = 0; k < r->n; k++) occurs(&s, r->e[k].col, i);
        file_row(&s, i);
    }
    return s;
}

static void search_free(search *s) {
    zrow_clear(&s->scratch);
    arena_free(s->a);
}

/* Keeps counts right where a row has become another. */
static void recount(search *s, int row, const zrow *before, const zrow *after) {
    int i = 0, j = 0;
    while (i < before->n || j < after->n) {
        int old = i < before->n ? before->e[i].col : s->e->nsyms + 1;
        int new = j < after->n ? after->e[j].col : s->e->nsyms + 1;
        if (old < new)
            vanishes(s, old);
        else if (new < old)
            occurs(s, new, row);
        i += old <= new;
        j += new <= old;
    }
}

static bool eliminate_in(search *s, int row, int pivot, int col) {
    elim *e = s->e;
    line *r = &e->rows[row];
    const zrow *with = &e->rows[pivot].z;
    operation op = {.pivot = pivot};
    multiplier_init(&op.by);
    zrow_eliminate(&s->scratch, &r->z, with, col, &op.by);
    vec_push(e->a, &r->log, op);
    recount(s, row, &r->z, &s->scratch);
    zrow_swap(&r->z, &s->scratch);
    file_row(s, row);
    return budget_spend(e->b, (uint64_t)(r->z.n + with->n));
}

static bool is_active(const search *s, int row) {
    return s->rows.size[row] > 0;
}

static bool pivot_on(search *s, int pivot, int col) {
    elim *e = s->e;
    zrow *with = &e->rows[pivot].z;
    ints rows = s->rows_of[col];
    bool ok = true;
    buckets_remove(&s->rows, pivot);
    s->nactive--;
    for (int k = 0; k < with->n; k++) vanishes(s, with->e[k].col);
    finish(e, pivot);
    for (size_t i = 0; i < rows.n && ok; i++)
        if (is_active(s, rows.v[i]) && zrow_at(&e->rows[rows.v[i]].z, col))
            ok = eliminate_in(s, rows.v[i], pivot, col);
    e->pivot_row[e->pivots->list.n] = pivot;
    echelon_push(e->pivots, with, col);
    return ok;
}

/* ---- the choice of pivots ---- */

typedef struct {
    int row, col;
    uint64_t cost; /* Markowitz: the fill it may cause */
} pivot;

static pivot better(pivot x, pivot y) {
    return y.cost < x.cost ? y : x;
}

static pivot pivot_at(const search *s, int row, int col) {
    uint64_t others = (uint64_t)s->count[col] - 1, terms = (uint64_t)s->rows.size[row] - 1;
    return (pivot){row, col, others * terms};
}

static pivot best_in_row(const search *s, int row) {
    const zrow *r = &s->e->rows[row].z;
    pivot best = {.cost = UINT64_MAX};
    for (int k = 0; k < r->n; k++)
        if (r->e[k].col < s->e->nsyms) best = better(best, pivot_at(s, row, r->e[k].col));
    return best;
}

static pivot best_in_column(const search *s, int col) {
    const ints *rows = &s->rows_of[col];
    pivot best = {.cost = UINT64_MAX};
    for (size_t i = 0; i < rows->n; i++)
        if (is_active(s, rows->v[i]) && zrow_at(&s->e->rows[rows->v[i]].z, col))
            best = better(best, pivot_at(s, rows->v[i], col));
    return best;
}

/* Looks at a few of the shortest rows and of the rarest columns. */
enum { CANDIDATES = 4 };

static bool choose(search *s, pivot *p) {
    int row = buckets_least(&s->rows), col = buckets_least(&s->cols);
    if (row < 0) return false;
    *p = best_in_column(s, col);
    for (int i = 0; i < CANDIDATES && row >= 0 && p->cost > 0; i++, row = s->rows.next[row])
        *p = better(*p, best_in_row(s, row));
    for (int i = 1; i < CANDIDATES && p->cost > 0; i++) {
        col = s->cols.next[col];
        if (col < 0) break;
        *p = better(*p, best_in_column(s, col));
    }
    return true;
}

/* From here on elimination would only fill: lifting is faster, where its tables fit. */
enum { CORE_COST = 32, CORE_ROWS = 40, CORE_ROWS_MOST = 6000 };

static bool is_core(const search *s, const pivot *p) {
    return p->cost >= CORE_COST && s->nactive >= CORE_ROWS && s->nactive <= CORE_ROWS_MOST;
}

static bool eliminate(elim *e) {
    search s = search_new(e);
    pivot p;
    bool ok = true;
    while (ok && choose(&s, &p) && !is_core(&s, &p)) ok = pivot_on(&s, p.row, p.col);
    for (int i = 0; i < e->n; i++)
        if (is_active(&s, i)) vec_push(e->a, &e->core_line, i);
    search_free(&s);
    return ok;
}

/* ---- the core ---- */

static int by_number(const void *x, const void *y) {
    int i = *(const int *)x, j = *(const int *)y;
    return (i > j) - (i < j);
}

static void gather_columns(elim *e) {
    e->core_at = NEW_ARRAY(e->a, int, e->nsyms + 1);
    memset(e->core_at, -1, sizeof *e->core_at * (size_t)(e->nsyms + 1));
    for (size_t i = 0; i < e->core_line.n; i++) {
        const zrow *r = &e->rows[e->core_line.v[i]].z;
        for (int k = 0; k < r->n; k++) {
            int col = r->e[k].col;
            if (e->core_at[col] < 0 && col < e->nsyms) vec_push(e->a, &e->core_col, col);
            e->core_at[col] = 0;
        }
    }
    if (e->core_col.n > 1) qsort(e->core_col.v, e->core_col.n, sizeof *e->core_col.v, by_number);
    vec_push(e->a, &e->core_col, e->nsyms);
    for (size_t j = 0; j < e->core_col.n; j++) e->core_at[e->core_col.v[j]] = (int)j;
}

static bool solve_core(elim *e) {
    if (e->core_line.n == 0) return true;
    gather_columns(e);
    e->core_rows = NEW_ARRAY(e->a, zrow, e->core_line.n);
    for (size_t i = 0; i < e->core_line.n; i++) {
        line *r = &e->rows[e->core_line.v[i]];
        finish(e, e->core_line.v[i]);
        zrow_swap(&e->core_rows[i], &r->z);
        for (int k = 0; k < e->core_rows[i].n; k++)
            e->core_rows[i].e[k].col = e->core_at[e->core_rows[i].e[k].col];
    }
    e->v = fmpqs_new(e->core_col.n);
    e->nu = fmpqs_new(e->core_line.n);
    e->core = lift_new(e->a, e->core_rows, (int)e->core_line.n, (int)e->core_col.n, e->b);
    return e->core != NULL;
}

elim *elim_run(arena *a, const form *rows, int n, int nsyms, budget *b) {
    elim *e = elim_new(a, rows, n, nsyms, b);
    return eliminate(e) && solve_core(e) && budget_left(b) ? e : NULL;
}

int elim_rank(const elim *e) {
    return (int)e->pivots->list.n + (e->core ? lift_rank(e->core) : 0);
}

int elim_dependencies(const elim *e) {
    return e->n - elim_rank(e);
}

uint64_t elim_work(const elim *e) {
    return e->core ? lift_work(e->core) : 0;
}

bool elim_gave_up(const elim *e) {
    return e->core && lift_gave_up(e->core);
}

static bool in_core_square(const elim *e, int col) {
    return e->core && e->core_at[col] >= 0 && lift_has_column(e->core, e->core_at[col]);
}

bool elim_is_free(const elim *e, int sym) {
    return e->pivots->place[sym] < 0 && !in_core_square(e, sym);
}

/* ---- tracing back ---- */

static void add_multiple(elim *e, int row, const fmpq_t t) {
    if (fmpq_is_zero(t)) return;
    fmpq_add(&e->mu[row], &e->mu[row], t);
    heap_push(e->a, &e->due, e->n - e->rows[row].place);
}

/* Replaces a multiple of the row as it was left by multiples of what it was made from. */
static void undo(elim *e, int row) {
    fmpq *mu = &e->mu[row];
    line *r = &e->rows[row];
    fmpq_t t;
    fmpq_init(t);
    for (size_t k = r->log.n; k-- > 0;) {
        const operation *op = &r->log.v[k];
        fmpq_div_fmpz(mu, mu, &op->by.c);
        fmpq_mul_fmpz(t, mu, &op->by.q);
        fmpq_neg(t, t);
        add_multiple(e, op->pivot, t);
        fmpq_mul_fmpz(mu, mu, &op->by.p);
    }
    fmpq_mul(mu, mu, &r->scale);
    fmpq_clear(t);
}

static void trace_back(elim *e) {
    int last = -1;
    for (int key; heap_pop(&e->due, &key);) {
        int row = e->done[e->n - key];
        if (row == last || fmpq_is_zero(&e->mu[row])) continue;
        vec_push(e->a, &e->touched, row);
        undo(e, row);
        last = row;
    }
    if (e->touched.n > 1) qsort(e->touched.v, e->touched.n, sizeof *e->touched.v, by_number);
}

/* The combination traced back; out may be NULL. */
static combination take_combination(elim *e, arena *a) {
    trace_back(e);
    multiple *m = NEW_ARRAY(a, multiple, e->touched.n);
    for (size_t i = 0; i < e->touched.n; i++) {
        int row = e->touched.v[i];
        m[i] = (multiple){row, coef_of(rat_of_fmpq(a, &e->mu[row]))};
        fmpq_zero(&e->mu[row]);
    }
    combination c = {m, (int)e->touched.n};
    e->touched.n = 0;
    return c;
}

/* ---- answers ---- */

static void core_vector_reset(elim *e) {
    for (size_t j = 0; j < e->core_col.n; j++) fmpq_zero(&e->v[j]);
}

/* Adds t·nu to the combination. */
static void add_core_rows(elim *e, const fmpq_t t) {
    fmpq_t x;
    fmpq_init(x);
    for (size_t i = 0; i < e->core_line.n; i++) {
        if (fmpq_is_zero(&e->nu[i])) continue;
        fmpq_mul(x, t, &e->nu[i]);
        add_multiple(e, e->core_line.v[i], x);
    }
    fmpq_clear(x);
}

bool elim_contradiction(elim *e, arena *a, combination *out) {
    if (!in_core_square(e, e->nsyms)) return false;
    if (!out) return true;
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    core_vector_reset(e);
    fmpq_one(&e->v[e->core_col.n - 1]);
    lift_reduce(e->core, e->v, e->nu);
    add_core_rows(e, one);
    *out = take_combination(e, a);
    fmpq_clear(one);
    return true;
}

static void load_form(echelon *x, form f, int const_col) {
    rat r;
    for (int i = 0; i < f.n; i++)
        if (coef_rat(f.t[i].c, &r)) echelon_add(x, f.t[i].sym, &r.q);
    if (!coef_is_zero(f.k) && coef_rat(f.k, &r)) echelon_add(x, const_col, &r.q);
}

/* Moves the vector's part within the core there, reduces it, and moves it back. */
static void reduce_in_core(elim *e, bool traced) {
    echelon *x = e->pivots;
    bool any = false;
    for (size_t i = 0; e->core && i < x->touched.n; i++) {
        int col = x->touched.v[i];
        any = any || (in_core_square(e, col) && !fmpq_is_zero(&x->acc[col]));
    }
    if (!any) return;
    for (size_t j = 0; j < e->core_col.n; j++) fmpq_set(&e->v[j], &x->acc[e->core_col.v[j]]);
    lift_reduce(e->core, e->v, traced ? e->nu : NULL);
    for (size_t j = 0; j < e->core_col.n; j++) {
        int col = e->core_col.v[j];
        fmpq_sub(&e->v[j], &e->v[j], &x->acc[col]);
        if (!fmpq_is_zero(&e->v[j])) echelon_add(x, col, &e->v[j]);
    }
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    if (traced) add_core_rows(e, one);
    fmpq_clear(one);
}

static form take_form(echelon *x, arena *a, int const_col) {
    echelon_sort(x);
    term *t = NEW_ARRAY(a, term, x->touched.n);
    form f = {.t = t, .k = coef_int(0)};
    for (size_t i = 0; i < x->touched.n; i++) {
        int col = x->touched.v[i];
        if (fmpq_is_zero(&x->acc[col])) continue;
        coef c = coef_of(rat_of_fmpq(a, &x->acc[col]));
        if (col == const_col)
            f.k = c;
        else
            t[f.n++] = (term){col, c};
    }
    return f;
}

form elim_reduce(elim *e, arena *a, form f, combination *lambda) {
    echelon *x = e->pivots;
    load_form(x, f, e->nsyms);
    (void)echelon_reduce(x, NULL);
    for (size_t i = 0; lambda && i < x->taken.n; i++) {
        int k = x->taken.v[i];
        add_multiple(e, e->pivot_row[k], &x->times[k]);
    }
    reduce_in_core(e, lambda != NULL);
    form result = take_form(x, a, e->nsyms);
    echelon_reset(x);
    if (lambda) *lambda = take_combination(e, a);
    return result;
}

/* What takes part of the core's i-th dependency. */
static void add_core_dependency(elim *e, int i) {
    slong m = (slong)e->core_line.n;
    fmpz *nu = _fmpz_vec_init(m);
    fmpq_t t;
    fmpq_init(t);
    lift_dependency(e->core, i, nu);
    for (slong k = 0; k < m; k++) {
        if (fmpz_is_zero(nu + k)) continue;
        fmpq_set_fmpz(t, nu + k);
        add_multiple(e, e->core_line.v[k], t);
    }
    fmpq_clear(t);
    _fmpz_vec_clear(nu, m);
}

combination elim_dependency(elim *e, arena *a, int i) {
    fmpq_t one;
    fmpq_init(one);
    fmpq_one(one);
    if (i < (int)e->zero.n)
        add_multiple(e, e->zero.v[i], one);
    else
        add_core_dependency(e, i - (int)e->zero.n);
    fmpq_clear(one);
    return take_combination(e, a);
}

/* ---- zeros, by lemmas ---- */

typedef VEC(multiple) multiples;

typedef struct {
    elim *e;
    arena *a;
    VEC(combination) all;
    int *left; /* of a row: the lemma that says what elimination left of it; -1: the row itself */
    int *zero;
} lemmas;

static void refer(const lemmas *l, multiples *to, int row, const fmpq_t t) {
    multiple m = {row, coef_of(rat_of_fmpq(l->a, t))};
    vec_push(l->a, to, m);
}

/* t times what elimination left of the row. */
static void refer_left(const lemmas *l, multiples *to, int row, fmpq_t t) {
    if (l->left[row] >= 0) {
        refer(l, to, l->e->n + l->left[row], t);
        return;
    }
    fmpq_mul(t, t, &l->e->rows[row].scale);
    refer(l, to, row, t);
}

static int state(lemmas *l, const multiples *m) {
    combination c = {m->v, (int)m->n};
    vec_push(l->a, &l->all, c);
    return (int)l->all.n - 1;
}

/* What was done to the row, in one sum. */
static void state_left(lemmas *l, int row) {
    const line *r = &l->e->rows[row];
    multiples m = {0};
    fmpq_t times, t;
    if (r->log.n == 0) return;
    fmpq_init(t);
    fmpq_init(times);
    fmpq_one(times);
    for (size_t k = r->log.n; k-- > 0;) {
        const operation *op = &r->log.v[k];
        fmpq_div_fmpz(times, times, &op->by.c);
        fmpq_mul_fmpz(t, times, &op->by.q);
        fmpq_neg(t, t);
        refer_left(l, &m, op->pivot, t);
        fmpq_mul_fmpz(times, times, &op->by.p);
    }
    refer_left(l, &m, row, times);
    l->left[row] = state(l, &m);
    fmpq_clear(times);
    fmpq_clear(t);
}

static bool others_are_zero(const lemmas *l, const solved *s) {
    for (int i = 0; i < s->row.n; i++) {
        int col = s->row.e[i].col;
        if (col != s->head && (col == l->e->nsyms || l->zero[col] < 0)) return false;
    }
    return true;
}

static void state_head(lemmas *l, int k) {
    const solved *s = &l->e->pivots->list.v[k];
    multiples m = {0};
    fmpq_t t;
    if (!others_are_zero(l, s)) return;
    fmpq_init(t);
    for (int i = 0; i < s->row.n; i++) {
        int col = s->row.e[i].col;
        if (col == s->head) continue;
        fmpq_set_fmpz(t, &s->row.e[i].c);
        fmpq_neg(t, t);
        fmpq_div_fmpz(t, t, zrow_at(&s->row, s->head));
        refer(l, &m, l->e->n + l->zero[col], t);
    }
    fmpq_one(t);
    fmpq_div_fmpz(t, t, zrow_at(&s->row, s->head));
    refer_left(l, &m, l->e->pivot_row[k], t);
    l->zero[s->head] = state(l, &m);
    fmpq_clear(t);
}

/* What lifting knows is zero is a sum of rows at once. */
static void state_core(lemmas *l) {
    for (int col = 0; l->e->core && col < l->e->nsyms; col++) {
        combination c;
        if (!in_core_square(l->e, col)) continue;
        if (!form_is_zero(elim_reduce(l->e, l->a, form_sym(l->a, col), &c))) continue;
        vec_push(l->a, &l->all, c);
        l->zero[col] = (int)l->all.n - 1;
    }
}

static int *none_yet(arena *a, int n) {
    int *v = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) v[i] = -1;
    return v;
}

zero_lemmas elim_zeros(elim *e, arena *a) {
    lemmas l = {.e = e, .a = a, .left = none_yet(a, e->n), .zero = none_yet(a, e->nsyms)};
    for (size_t k = 0; k < e->pivots->list.n; k++) state_left(&l, e->pivot_row[k]);
    state_core(&l);
    for (int k = (int)e->pivots->list.n - 1; k >= 0; k--) state_head(&l, k);
    return (zero_lemmas){l.all.v, (int)l.all.n, l.zero};
}

/* ---- solutions ---- */

/* The columns of the core's square come out multiplied by d. */
static void complete_core(elim *e, fmpq *x, fmpz_t d) {
    fmpz_one(d);
    if (!e->core) return;
    for (size_t j = 0; j < e->core_col.n; j++) fmpq_set(&e->v[j], &x[e->core_col.v[j]]);
    lift_complete(e->core, e->v, d);
    for (size_t j = 0; j < e->core_col.n; j++) fmpq_set(&x[e->core_col.v[j]], &e->v[j]);
}

/* Multiplies all by what the values of the free symbols and of the core have in common, for which
 * d stands then; by 1 where that is short. The core's square is multiplied by the old d already. */
static void multiply_all(const elim *e, fmpq *v, fmpz_t d) {
    fmpz_t all, more;
    fmpz_init_set(all, d);
    fmpz_init(more);
    for (int i = 0; i <= e->nsyms; i++)
        if (!fmpz_divisible(all, fmpq_denref(&v[i]))) fmpz_lcm(all, all, fmpq_denref(&v[i]));
    if (fmpz_bits(all) < LONG_BITS) fmpz_one(all);
    bool whole = fmpz_divisible(all, d);
    if (whole) fmpz_divexact(more, all, d);
    for (int i = 0; i <= e->nsyms; i++) {
        if (fmpq_is_zero(&v[i])) continue;
        bool in_core = in_core_square(e, i);
        if (in_core && !whole) fmpq_div_fmpz(&v[i], &v[i], d);
        if (in_core ? whole : !fmpz_is_one(all)) fmpq_mul_fmpz(&v[i], &v[i], in_core ? more : all);
    }
    fmpz_swap(d, all);
    fmpz_clear(more);
    fmpz_clear(all);
}

static void divide_all(fmpq *v, size_t n, const fmpz_t d) {
    for (size_t i = 0; i < n && !fmpz_is_one(d); i++) fmpq_div_fmpz(&v[i], &v[i], d);
}

/* `one`: what the constants are multiplied by. */
static bool complete(elim *e, arena *a, coef *x, int one, bool scaled) {
    size_t n = (size_t)e->nsyms + 1;
    fmpq *v = fmpqs_new(n);
    fmpz_t d;
    rat r;
    fmpz_init(d);
    for (int i = 0; i < e->nsyms; i++)
        if (elim_is_free(e, i) && coef_rat(x[i], &r)) fmpq_set(&v[i], &r.q);
    fmpq_set_si(&v[e->nsyms], one, 1);
    complete_core(e, v, d);
    multiply_all(e, v, d);
    bool done = echelon_values(e->pivots, v, e->b);
    scaled = scaled && !fmpz_is_one(d);
    if (!scaled) divide_all(v, n, d);
    for (int i = 0; done && i < e->nsyms; i++)
        if (scaled || !elim_is_free(e, i)) x[i] = coef_of(rat_of_fmpq(a, &v[i]));
    fmpz_clear(d);
    fmpqs_free(v, n);
    return done;
}

bool elim_complete(elim *e, arena *a, coef *x) {
    if (e->pivots->list.n == 0 && !e->core) return true;
    return complete(e, a, x, 1, false);
}

bool elim_complete_scaled(elim *e, arena *a, coef *x) {
    return complete(e, a, x, 1, true);
}

bool elim_complete_direction(elim *e, arena *a, coef *x) {
    return complete(e, a, x, 0, true);
}

/* ---- other constants ---- */

/* What was done to the row, done to its value; the pivots have theirs. */
static void forward(const elim *e, int row, fmpq *v) {
    const line *r = &e->rows[row];
    fmpq *x = &v[row];
    fmpq_t t;
    fmpq_init(t);
    if (!fmpq_is_zero(x)) fmpq_mul(x, x, &r->scale);
    for (size_t k = 0; k < r->log.n; k++) {
        const operation *op = &r->log.v[k];
        const fmpq *with = &v[op->pivot];
        if (fmpq_is_zero(x) && fmpq_is_zero(with)) continue;
        fmpq_mul_fmpz(x, x, &op->by.p);
        fmpq_mul_fmpz(t, with, &op->by.q);
        fmpq_sub(x, x, t);
        fmpq_div_fmpz(x, x, &op->by.c);
    }
    fmpq_clear(t);
}

/* The value of the head, where the row comes to v. */
static void substitute(const solved *s, const fmpq_t v, fmpq *x) {
    fmpq *h = &x[s->head];
    fmpq_t t;
    fmpq_init(t);
    fmpq_set(h, v);
    for (int i = 0; i < s->row.n; i++) {
        int col = s->row.e[i].col;
        if (col == s->head || fmpq_is_zero(&x[col])) continue;
        fmpq_mul_fmpz(t, &x[col], &s->row.e[i].c);
        fmpq_sub(h, h, t);
    }
    if (!fmpq_is_zero(h)) fmpq_div_fmpz(h, h, zrow_at(&s->row, s->head));
    fmpq_clear(t);
}

static bool zeros_stay(const elim *e, const fmpq *v) {
    for (size_t i = 0; i < e->zero.n; i++)
        if (!fmpq_is_zero(&v[e->zero.v[i]])) return false;
    return true;
}

bool elim_solve(elim *e, arena *a, const rat *value, coef *x) {
    if (e->core || !budget_left(e->b)) return false;
    fmpq *v = fmpqs_new((size_t)e->n), *y = fmpqs_new((size_t)e->nsyms + 1);
    for (int i = 0; i < e->n; i++) fmpq_set(&v[i], &value[i].q);
    for (int i = 0; i < e->ndone; i++) forward(e, e->done[i], v);
    bool done = zeros_stay(e, v);
    for (size_t k = e->pivots->list.n; done && k-- > 0;)
        substitute(&e->pivots->list.v[k], &v[e->pivot_row[k]], y);
    for (int i = 0; done && i < e->nsyms; i++)
        x[i] = fmpq_is_zero(&y[i]) ? coef_int(0) : coef_of(rat_of_fmpq(a, &y[i]));
    fmpqs_free(y, (size_t)e->nsyms + 1);
    fmpqs_free(v, (size_t)e->n);
    return done;
}
