#include "oracle.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

__extension__ typedef __int128 wide;

enum { MAX_ROWS = 4096 };

typedef struct {
    atom *r;
    int n;
    bool contradictory;
} rows;

static void too_large(const char *what) {
    fprintf(stderr, "oracle: %s too large for this theory\n", what);
    abort();
}

static long gcd(long x, long y) {
    while (y) {
        long z = x % y;
        x = y;
        y = z;
    }
    return x < 0 ? -x : x;
}

static bool is_long(wide x) {
    return x <= LONG_MAX && x >= -LONG_MAX;
}

static long narrow(wide x) {
    if (!is_long(x)) too_large("a number is");
    return (long)x;
}

static wide wide_gcd(wide x, wide y) {
    if (is_long(x) && is_long(y)) return gcd((long)x, (long)y);
    while (y) {
        wide z = x % y;
        x = y;
        y = z;
    }
    return x < 0 ? -x : x;
}

/* --- fractions --- */

fraction fraction_of(long num, long den) {
    wide g = wide_gcd(num, den);
    wide s = den < 0 ? -1 : 1;
    return (fraction){narrow(s * num / g), narrow(s * den / g)};
}

int fraction_cmp(fraction x, fraction y) {
    wide d = (wide)x.num * y.den - (wide)y.num * x.den;
    return (d > 0) - (d < 0);
}

/* --- rows --- */

/* Divides by the common content and stores; an equation gets a positive leading coefficient. */
static bool set_row(atom *out, const wide *c, atom_kind is) {
    wide g = 0;
    for (int i = 0; i < ORACLE_VARS; i++)
        if (c[i]) g = g == 1 ? 1 : wide_gcd(g, c[i]);
    if (!g) g = 1;
    bool any = false;
    for (int i = 0; i < ORACLE_VARS; i++) {
        if (is == ATOM_ZERO && !any && c[i] < 0) g = -g;
        any = any || c[i] != 0;
        out->c[i] = narrow(g == 1 ? c[i] : c[i] / g);
    }
    out->is = is;
    return any;
}

/* Adds a row unless it says nothing or stands there already. */
static void add_row(rows *s, const wide *c, atom_kind is) {
    atom row;
    if (!set_row(&row, c, is)) {
        s->contradictory = s->contradictory || is == ATOM_BELOW;
        return;
    }
    for (int i = 0; i < s->n; i++) {
        bool order = s->r[i].is != ATOM_ZERO && is != ATOM_ZERO;
        if ((order || s->r[i].is == is) && !memcmp(s->r[i].c, row.c, sizeof row.c)) {
            if (is == ATOM_BELOW) s->r[i].is = ATOM_BELOW;
            return;
        }
    }
    if (s->n == MAX_ROWS) too_large("the elimination is");
    s->r[s->n++] = row;
}

static void add_scaled(rows *s, const long *c, long sign, atom_kind is) {
    wide w[ORACLE_VARS];
    for (int i = 0; i < ORACLE_VARS; i++) w[i] = (wide)sign * c[i];
    add_row(s, w, is);
}

/* m·x + k·y, in which variable v vanishes */
static void add_combined(rows *s, const atom *x, wide m, const atom *y, wide k, atom_kind is) {
    wide w[ORACLE_VARS];
    for (int i = 0; i < ORACLE_VARS; i++) w[i] = m * x->c[i] + k * y->c[i];
    add_row(s, w, is);
}

static int equation_with(const rows *s, int v) {
    for (int i = 0; i < s->n; i++)
        if (s->r[i].is == ATOM_ZERO && s->r[i].c[v]) return i;
    return -1;
}

static void substitute(const rows *s, int v, int pivot, rows *out) {
    const atom *e = &s->r[pivot];
    long c = e->c[v];
    for (int i = 0; i < s->n; i++) {
        const atom *x = &s->r[i];
        if (i == pivot) continue;
        wide m = c < 0 ? -(wide)c : c;
        wide k = c < 0 ? x->c[v] : -(wide)x->c[v];
        add_combined(out, x, m, e, k, x->is);
    }
}

static void pair_off(const rows *s, int v, rows *out) {
    for (int i = 0; i < s->n; i++)
        if (!s->r[i].c[v]) add_scaled(out, s->r[i].c, 1, s->r[i].is);
    for (int i = 0; i < s->n; i++) {
        for (int j = 0; s->r[i].c[v] > 0 && j < s->n; j++) {
            const atom *up = &s->r[i], *down = &s->r[j];
            if (down->c[v] >= 0) continue;
            bool strict = up->is == ATOM_BELOW || down->is == ATOM_BELOW;
            add_combined(out, up, -(wide)down->c[v], down, up->c[v],
                         strict ? ATOM_BELOW : ATOM_AT_MOST);
        }
    }
}

static void eliminate(const rows *s, int v, rows *out) {
    int pivot = equation_with(s, v);
    out->n = 0;
    out->contradictory = s->contradictory;
    if (pivot >= 0)
        substitute(s, v, pivot, out);
    else
        pair_off(s, v, out);
}

/* How many rows would come of eliminating v; -1 where an equation does it. */
static int price(const rows *s, int v) {
    int up = 0, down = 0;
    for (int i = 0; i < s->n; i++) {
        if (s->r[i].is == ATOM_ZERO && s->r[i].c[v]) return -1;
        up += s->r[i].c[v] > 0;
        down += s->r[i].c[v] < 0;
    }
    return up * down;
}

static int cheapest(const rows *s, unsigned left) {
    int best = -1, least = INT_MAX;
    for (int v = 0; v < ORACLE_VARS; v++) {
        if (!(left >> v & 1)) continue;
        int p = price(s, v);
        if (p < least) {
            least = p;
            best = v;
        }
    }
    return best;
}

/* Eliminates the variables in the set. The rows swap between two stores. */
static void project(rows *s, unsigned left) {
    static _Thread_local atom store[MAX_ROWS];
    rows here = *s, there = {store, 0, false};
    while (left && !here.contradictory) {
        int v = cheapest(&here, left);
        left &= ~(1u << v);
        eliminate(&here, v, &there);
        rows swap = here;
        here = there;
        there = swap;
    }
    if (here.r != s->r) memcpy(s->r, here.r, (size_t)here.n * sizeof *here.r);
    s->n = here.n;
    s->contradictory = here.contradictory;
}

/* --- cases --- */

static int count_nonzero(const premises *p) {
    int m = 0;
    for (int i = 0; i < p->n; i++) m += p->a[i].is == ATOM_NONZERO;
    if (m > 16) too_large("the number of cases is");
    return m;
}

/* The cone in which the k-th condition ≠ means < where bit k of `which` is 0, else >. */
static void take_case(const premises *p, unsigned which, rows *out) {
    static _Thread_local atom store[MAX_ROWS];
    *out = (rows){store, 0, false};
    for (int i = 0; i < p->n; i++) {
        const atom *x = &p->a[i];
        if (x->is != ATOM_NONZERO) {
            add_scaled(out, x->c, 1, x->is);
            continue;
        }
        add_scaled(out, x->c, which & 1 ? -1 : 1, ATOM_BELOW);
        which >>= 1;
    }
}

static unsigned all_of(int nvars) {
    return (1u << nvars) - 1;
}

static bool case_sat(rows *s, int nvars) {
    project(s, all_of(nvars));
    return !s->contradictory;
}

bool oracle_sat(const premises *p) {
    int m = count_nonzero(p);
    for (unsigned w = 0; w < 1u << m; w++) {
        rows s;
        take_case(p, w, &s);
        if (case_sat(&s, p->nvars)) return true;
    }
    return false;
}

/* --- questions --- */

void premises_add(premises *p, const claim *c) {
    if (p->n + c->n > ORACLE_ATOMS) too_large("the number of statements is");
    memcpy(p->a + p->n, c->a, (size_t)c->n * sizeof *c->a);
    p->n += c->n;
}

static bool sat_with(const premises *p, const long *form, long sign, atom_kind is) {
    premises q = *p;
    claim c = {.n = 1};
    c.a[0].is = is;
    for (int i = 0; i < ORACLE_VARS; i++) c.a[0].c[i] = sign * form[i];
    premises_add(&q, &c);
    return oracle_sat(&q);
}

unsigned oracle_signs(const premises *p, const long *form) {
    unsigned s = 0;
    if (sat_with(p, form, 1, ATOM_BELOW)) s |= ORACLE_NEGATIVE;
    if (sat_with(p, form, 1, ATOM_ZERO)) s |= ORACLE_ZERO;
    if (sat_with(p, form, -1, ATOM_BELOW)) s |= ORACLE_POSITIVE;
    return s;
}

bool oracle_scales(const premises *p, unsigned quantities) {
    for (int v = 0; v < p->nvars; v++) {
        long x[ORACLE_VARS] = {0};
        x[v] = 1;
        if (quantities >> v & 1 && sat_with(p, x, 1, ATOM_NONZERO)) return true;
    }
    return false;
}

oracle_verdict oracle_judge(const premises *p, unsigned quantities) {
    if (!oracle_sat(p)) return HOLDS_CONTRADICTORY;
    return !quantities || oracle_scales(p, quantities) ? HOLDS_CONSISTENT : HOLDS_TRIVIAL;
}

static bool sat_without(const premises *p, const atom *x) {
    switch (x->is) {
    case ATOM_ZERO:
        return sat_with(p, x->c, 1, ATOM_NONZERO);
    case ATOM_NONZERO:
        return sat_with(p, x->c, 1, ATOM_ZERO);
    case ATOM_AT_MOST:
        return sat_with(p, x->c, -1, ATOM_BELOW);
    case ATOM_BELOW:
        return sat_with(p, x->c, -1, ATOM_AT_MOST);
    }
    return false;
}

bool oracle_entails(const premises *p, const claim *c) {
    for (int i = 0; i < c->n; i++)
        if (sat_without(p, &c->a[i])) return false;
    return true;
}

bool oracle_refutes(const premises *p, const claim *c) {
    premises q = *p;
    premises_add(&q, c);
    return !oracle_sat(&q);
}

/* --- ranges --- */

static void raise_low(interval *v, fraction x, bool open) {
    int d = v->low_infinite ? 1 : fraction_cmp(x, v->low);
    if (d > 0) v->low_open = open;
    if (d == 0) v->low_open = v->low_open || open;
    if (d > 0) v->low = x;
    v->low_infinite = false;
}

static void lower_high(interval *v, fraction x, bool open) {
    int d = v->high_infinite ? -1 : fraction_cmp(x, v->high);
    if (d < 0) v->high_open = open;
    if (d == 0) v->high_open = v->high_open || open;
    if (d < 0) v->high = x;
    v->high_infinite = false;
}

/* p·r + q compared with zero; false where no r will do */
static bool cut(interval *v, long p, long q, atom_kind is) {
    bool open = is == ATOM_BELOW;
    if (!p) return is == ATOM_ZERO ? q == 0 : open ? q < 0 : q <= 0;
    fraction x = fraction_of(-q, p);
    if (is == ATOM_ZERO || p > 0) lower_high(v, x, open);
    if (is == ATOM_ZERO || p < 0) raise_low(v, x, open);
    return true;
}

static bool interval_empty(const interval *v) {
    if (v->low_infinite || v->high_infinite) return false;
    int d = fraction_cmp(v->low, v->high);
    return d > 0 || (d == 0 && (v->low_open || v->high_open));
}

/* The ratios in one cone on one side of the base, which is normed to ±1: after all else is
 * eliminated, rows p·T + q·B are left, and T = side·r. */
static bool case_ratio(rows *s, int nvars, const long *target, const long *base, long side,
                       interval *out) {
    atom t = {.is = ATOM_ZERO}, b = {.is = ATOM_ZERO}, norm = {.is = ATOM_BELOW};
    memcpy(t.c, target, sizeof t.c);
    memcpy(b.c, base, sizeof b.c);
    t.c[nvars] = -1;
    b.c[nvars + 1] = -1;
    norm.c[nvars + 1] = -side;
    add_scaled(s, t.c, 1, t.is);
    add_scaled(s, b.c, 1, b.is);
    add_scaled(s, norm.c, 1, norm.is);
    project(s, all_of(nvars));
    if (s->contradictory) return false;
    *out = (interval){true, true, true, true, {0, 1}, {0, 1}};
    for (int i = 0; i < s->n; i++)
        if (!cut(out, side * s->r[i].c[nvars], side * s->r[i].c[nvars + 1], s->r[i].is))
            return false;
    return !interval_empty(out);
}

static int by_low(const void *x, const void *y) {
    const interval *a = x, *b = y;
    if (a->low_infinite || b->low_infinite) return b->low_infinite - a->low_infinite;
    int d = fraction_cmp(a->low, b->low);
    return d ? d : a->low_open - b->low_open;
}

/* Do two intervals, in order, leave no point between them? */
static bool meet(const interval *a, const interval *b) {
    if (a->high_infinite || b->low_infinite) return true;
    int d = fraction_cmp(a->high, b->low);
    return d > 0 || (d == 0 && !(a->high_open && b->low_open));
}

static void extend(interval *a, const interval *b) {
    if (a->high_infinite) return;
    int d = b->high_infinite ? 1 : fraction_cmp(b->high, a->high);
    if (d == 0) a->high_open = a->high_open && b->high_open;
    if (d <= 0) return;
    a->high = b->high;
    a->high_open = b->high_open;
    a->high_infinite = b->high_infinite;
}

int intervals_unite(interval *v, int n) {
    if (!n) return 0;
    qsort(v, (size_t)n, sizeof *v, by_low);
    int k = 0;
    for (int i = 1; i < n; i++) {
        if (meet(&v[k], &v[i]))
            extend(&v[k], &v[i]);
        else
            v[++k] = v[i];
    }
    return k + 1;
}

int oracle_ratio(const premises *p, const long *target, const long *base,
                 interval out[ORACLE_INTERVALS]) {
    int m = count_nonzero(p), n = 0;
    for (unsigned w = 0; w < 1u << m; w++) {
        for (long side = -1; side <= 1; side += 2) {
            rows s;
            take_case(p, w, &s);
            if (n == ORACLE_INTERVALS) n = intervals_unite(out, n);
            if (n == ORACLE_INTERVALS) too_large("a range is");
            n += case_ratio(&s, p->nvars, target, base, side, &out[n]);
        }
    }
    return intervals_unite(out, n);
}

/* --- combinations --- */

/* Gauss and Jordan in place; pivot[i] is the column of row i. Returns the rank. */
static int reduce(rows *s, int ncols, int *pivot) {
    int rank = 0;
    for (int v = 0; v < ncols && rank < s->n; v++) {
        int e = rank;
        while (e < s->n && !s->r[e].c[v]) e++;
        if (e == s->n) continue;
        atom swap = s->r[e];
        s->r[e] = s->r[rank];
        s->r[rank] = swap;
        for (int i = 0; i < s->n; i++) {
            wide w[ORACLE_VARS];
            for (int k = 0; k < ORACLE_VARS; k++)
                w[k] = (wide)s->r[rank].c[v] * s->r[i].c[k] - (wide)s->r[i].c[v] * s->r[rank].c[k];
            if (i != rank) set_row(&s->r[i], w, ATOM_ZERO);
        }
        pivot[rank++] = v;
    }
    return rank;
}

/* The solution in which free column f is 1 and the other free ones 0, times a whole number. */
static void basic_solution(const rows *s, const int *pivot, int rank, int f, atom *out) {
    wide w[ORACLE_VARS] = {0}, all = 1;
    for (int i = 0; i < rank; i++)
        all = all / wide_gcd(all, s->r[i].c[pivot[i]]) * s->r[i].c[pivot[i]];
    for (int i = 0; i < rank; i++) w[pivot[i]] = -all / s->r[i].c[pivot[i]] * s->r[i].c[f];
    w[f] = all;
    set_row(out, w, ATOM_ZERO);
}

/* A basis of what all rows vanish on. Returns how many. */
static int null_space(rows *s, int ncols, atom out[ORACLE_VARS]) {
    int pivot[ORACLE_VARS], n = 0;
    int rank = reduce(s, ncols, pivot);
    for (int f = 0; f < ncols; f++) {
        bool bound = false;
        for (int i = 0; i < rank; i++) bound = bound || pivot[i] == f;
        if (!bound) basic_solution(s, pivot, rank, f, &out[n++]);
    }
    return n;
}

/* What vanishes in one cone: its equations, and those inequalities that are never strict in it.
 * They span all forms that vanish there. */
static void vanishing(const premises *cone, rows *out) {
    for (int i = 0; i < cone->n; i++) {
        const atom *x = &cone->a[i];
        bool zero =
            x->is == ATOM_ZERO || (x->is == ATOM_AT_MOST && !sat_with(cone, x->c, 1, ATOM_BELOW));
        if (zero) add_scaled(out, x->c, 1, ATOM_ZERO);
    }
}

static premises case_of(const premises *p, unsigned which) {
    premises q = *p;
    for (int i = 0; i < q.n; i++) {
        if (q.a[i].is != ATOM_NONZERO) continue;
        q.a[i].is = ATOM_BELOW;
        for (int k = 0; which & 1 && k < ORACLE_VARS; k++) q.a[i].c[k] = -q.a[i].c[k];
        which >>= 1;
    }
    return q;
}

static wide dot(const long *x, const long *y) {
    wide d = 0;
    for (int i = 0; i < ORACLE_VARS; i++) d += (wide)x[i] * y[i];
    return d;
}

/* The values that target and bases take along each direction of the solutions. */
static void add_directions(const premises *cone, const long *target, long base[][ORACLE_VARS],
                           int nbase, rows *values) {
    atom store[ORACLE_ATOMS], basis[ORACLE_VARS];
    rows zero = {store, 0, false};
    vanishing(cone, &zero);
    int n = null_space(&zero, cone->nvars, basis);
    for (int i = 0; i < n; i++) {
        wide w[ORACLE_VARS] = {dot(target, basis[i].c)};
        for (int b = 0; b < nbase; b++) w[1 + b] = dot(base[b], basis[i].c);
        add_row(values, w, ATOM_ZERO);
    }
}

bool oracle_combination(const premises *p, const long *target, long base[][ORACLE_VARS], int nbase,
                        fraction *out) {
    static _Thread_local atom store[MAX_ROWS];
    rows values = {store, 0, false};
    atom fits[ORACLE_VARS];
    int m = count_nonzero(p);
    for (unsigned w = 0; w < 1u << m; w++) {
        premises cone = case_of(p, w);
        bool scales = false;
        for (int b = 0; b < nbase; b++)
            scales = scales || sat_with(&cone, base[b], 1, ATOM_NONZERO);
        if (scales) add_directions(&cone, target, base, nbase, &values);
    }
    /* (1, -v_1, -v_2, ..) must vanish on all values, and be the only one that does */
    if (null_space(&values, 1 + nbase, fits) != 1 || !fits[0].c[0]) return false;
    for (int b = 0; b < nbase; b++) out[b] = fraction_of(-fits[0].c[1 + b], fits[0].c[0]);
    return true;
}
