#include "analysis/independence.h"
#include <stdlib.h>
#include "engine/eliminate.h"

enum { MOST_ENTRIES = 4000000 }; /* of all dependencies together */

/* A row of the elimination: a form of a fact. */
typedef struct {
    int fact;
    bool alone; /* the fact is this one form, and nothing else */
} origin;

/* What a dependency multiplies a row by. */
typedef struct {
    int dependency;
    rat lambda;
} entry;
typedef VEC(entry) column;

typedef struct {
    arena *a; /* scratch */
    const problem *p;
    VEC(form) rows;
    VEC(origin) origins;
    column *columns; /* of each row */
    int *parent;     /* of each fact: a forest, one tree for each component */
    bool *touched;   /* facts of which a dependency speaks */
} weave;

/* --- rows --- */

static void add_row(weave *w, int which, form f, bool alone) {
    f.k = coef_int(0);
    vec_push(w->a, &w->rows, f);
    vec_push(w->a, &w->origins, ((origin){which, alone}));
}

static void add_symbol(weave *w, int which, int sym, bool *seen) {
    if (seen[sym]) return;
    seen[sym] = true;
    add_row(w, which, form_sym(w->a, sym), false);
}

static void add_parameters(weave *w, int which, coef c, bool *seen) {
    const field *k = coef_field(c);
    if (!k) return;
    bool *used = NEW_ARRAY(w->a, bool, field_size(k));
    coef_parameters(c, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) add_symbol(w, which, field_symbol(k, i), seen);
}

static void add_symbols(weave *w, int which, const formula *f, bool *seen) {
    for (int i = 0; i < f->n; i++) add_symbols(w, which, f->kid[i], seen);
    if (f->kind != FORMULA_ATOM) return;
    add_parameters(w, which, f->lhs.k, seen);
    for (int i = 0; i < f->lhs.n; i++) {
        add_symbol(w, which, f->lhs.t[i].sym, seen);
        add_parameters(w, which, f->lhs.t[i].c, seen);
    }
}

static void add_atoms(weave *w, int which, const formula *f) {
    for (int i = 0; i < f->n; i++) add_atoms(w, which, f->kid[i]);
    if (f->kind == FORMULA_ATOM) add_row(w, which, f->lhs, false);
}

static void add_fact(weave *w, int i) {
    const formula *claim = w->p->facts[i].claim;
    size_t before = w->rows.n;
    if (formula_is_parametric(claim))
        add_symbols(w, i, claim, NEW_ARRAY(w->a, bool, w->p->nsymbols));
    else if (claim->kind == FORMULA_ATOM)
        add_row(w, i, claim->lhs, claim->lhs.n > 0);
    else
        add_atoms(w, i, claim);
    if (w->rows.n == before) w->touched[i] = true; /* true or false by itself */
}

/* --- components --- */

static int root_of(weave *w, int i) {
    while (w->parent[i] != i) i = w->parent[i] = w->parent[w->parent[i]];
    return i;
}

static void join(weave *w, int i, int k) {
    i = root_of(w, i), k = root_of(w, k);
    w->parent[i > k ? i : k] = i > k ? k : i;
}

/* Notes one dependency; false where it cannot be used. */
static bool note_dependency(weave *w, int number, combination c) {
    int first = w->origins.v[c.m[0].row].fact;
    for (int i = 0; i < c.n; i++) {
        int row = c.m[i].row;
        entry x = {.dependency = number};
        if (!coef_rat(c.m[i].lambda, &x.lambda)) return false;
        vec_push(w->a, &w->columns[row], x);
        w->touched[w->origins.v[row].fact] = true;
        join(w, first, w->origins.v[row].fact);
    }
    return true;
}

static bool note_dependencies(weave *w, budget *b) {
    elim *e = elim_run(w->a, w->rows.v, (int)w->rows.n, w->p->nsymbols, b);
    if (!e) return false;
    w->columns = NEW_ARRAY(w->a, column, w->rows.n + 1);
    long entries = 0;
    for (int i = 0; i < elim_dependencies(e); i++) {
        combination c = elim_dependency(e, w->a, i);
        entries += c.n;
        if (entries > MOST_ENTRIES || !budget_spend(b, (uint64_t)c.n)) return false;
        if (c.n > 0 && !note_dependency(w, i, c)) return false;
    }
    return true;
}

static int number_components(weave *w, int *component) {
    int n = 0, *number = NEW_ARRAY(w->a, int, w->p->nfacts);
    for (int i = 0; i < w->p->nfacts; i++) {
        int root = root_of(w, i);
        if (w->touched[i] && root == i) number[i] = n++;
        component[i] = w->touched[i] ? number[root] : -1;
    }
    return n;
}

/* --- series classes --- */

/* A row that is a fact alone. Columns that are multiples of each other have the same print. */
typedef struct {
    int fact;
    column c;
    uint64_t print;
} thread;

static const uint64_t PRIME = (UINT64_C(1) << 61) - 1;

/* Of the multipliers divided by the first, modulo a prime: exact quotients would be dear. */
static uint64_t print_of(const column *c) {
    uint64_t print = 0;
    for (size_t i = 1; i < c->n; i++)
        print = print * 31 + rat_ratio_residue(c->v[i].lambda, c->v[0].lambda, PRIME);
    return print;
}

static bool are_multiples(arena *a, const column *x, const column *y) {
    if (x->n != y->n) return false;
    for (size_t i = 0; i < x->n; i++) {
        if (x->v[i].dependency != y->v[i].dependency) return false;
        if (i > 0 && !rat_eq(rat_mul(a, x->v[i].lambda, y->v[0].lambda),
                             rat_mul(a, y->v[i].lambda, x->v[0].lambda)))
            return false;
    }
    return true;
}

/* Multiples stand together. */
static int by_column(const thread *x, const thread *y) {
    if (x->c.n != y->c.n) return x->c.n < y->c.n ? -1 : 1;
    for (size_t i = 0; i < x->c.n; i++) {
        int u = x->c.v[i].dependency, v = y->c.v[i].dependency;
        if (u != v) return u < v ? -1 : 1;
    }
    return (x->print > y->print) - (x->print < y->print);
}

static int by_thread(const void *x, const void *y) {
    const thread *s = x, *t = y;
    int order = by_column(s, t);
    return order ? order : (s->fact > t->fact) - (s->fact < t->fact);
}

static void find_series(weave *w, int *series) {
    VEC(thread) all = {0};
    for (size_t i = 0; i < w->rows.n; i++) {
        column c = w->columns[i];
        if (!w->origins.v[i].alone || c.n == 0) continue;
        vec_push(w->a, &all, ((thread){w->origins.v[i].fact, c, print_of(&c)}));
    }
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_thread);
    for (size_t i = 1; i < all.n; i++)
        if (are_multiples(w->a, &all.v[i - 1].c, &all.v[i].c))
            series[all.v[i].fact] = series[all.v[i - 1].fact];
}

/* --- the door --- */

static weave weave_new(const problem *p) {
    weave w = {.a = arena_new(), .p = p};
    w.parent = NEW_ARRAY(w.a, int, p->nfacts);
    w.touched = NEW_ARRAY(w.a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) w.parent[i] = i;
    return w;
}

static bool find_parts(weave *w, const bool *use, independence *out, int *component, int *series,
                       budget *b) {
    for (int i = 0; i < w->p->nfacts; i++)
        if (!use || use[i]) add_fact(w, i);
    if (!note_dependencies(w, b)) return false;
    out->ncomponents = number_components(w, component);
    find_series(w, series);
    return true;
}

independence find_independence(arena *a, const problem *p, const bool *use, bool whole, budget *b) {
    int *component = NEW_ARRAY(a, int, p->nfacts), *series = NEW_ARRAY(a, int, p->nfacts);
    independence out = {.component = component, .ncomponents = 1, .series = series};
    weave w = weave_new(p);
    for (int i = 0; i < p->nfacts; i++) series[i] = i;
    bool found = !whole && find_parts(&w, use, &out, component, series, b);
    for (int i = 0; i < p->nfacts && !found; i++)
        component[i] = !use || use[i] ? 0 : -1, series[i] = i;
    arena_free(w.a);
    return out;
}

/* --- sets that stand apart --- */

/* The forms of some facts. */
typedef struct {
    int rank, spare; /* spare: the rows that the others make superfluous; -1: undecided */
    bool plain;      /* each fact is one form, and nothing else */
} extent;

/* Of the facts of which set[] is `member`; NULL: of all. */
static extent extent_of(const problem *p, const bool *set, bool member, budget *b) {
    weave w = weave_new(p);
    extent x = {.spare = -1, .plain = true};
    for (int i = 0; i < p->nfacts; i++) {
        if (set && set[i] != member) continue;
        add_fact(&w, i);
        x.plain &=
            w.rows.n > 0 && w.origins.v[w.rows.n - 1].fact == i && w.origins.v[w.rows.n - 1].alone;
    }
    elim *e = elim_run(w.a, w.rows.v, (int)w.rows.n, p->nsymbols, b);
    if (e) x.rank = elim_rank(e), x.spare = elim_dependencies(e);
    arena_free(w.a);
    return x;
}

standing find_standing(const problem *p, const bool *set, budget *b) {
    extent all = extent_of(p, NULL, true, b), inside = extent_of(p, set, true, b);
    if (all.spare < 0 || inside.spare < 0) return SET_TIED;
    if (all.plain && all.spare == inside.spare) return SET_ALONE;
    extent outside = extent_of(p, set, false, b);
    bool apart = outside.spare >= 0 && inside.rank + outside.rank == all.rank;
    return apart ? SET_APART : SET_TIED;
}
