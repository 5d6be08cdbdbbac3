#include "engine/simplex.h"

#include "engine/rows.h"

/* Variables: the columns 0..ncols-1 are free; variable ncols + i is the i-th limit, the linear part
 * of a row, bounded by what the row says. Columns are solved for once and for all (frozen): as
 * they are free they never leave a basis. The tableau holds limits only. */

/* v + d·δ with an infinitesimal δ > 0 */
typedef struct {
    fmpq_t v, d;
} delta;

typedef struct {
    form f;
    rel r;
    bool live;
    delta bound; /* upper; of equations lower too */
} limit;

typedef struct {
    delta x;
    int row;   /* of the tableau where it is basic; else -1 */
    int count; /* rows of the tableau that it occurs in */
} variable;

struct simplex {
    arena *a;
    arena *work; /* everything below; renewed when too much of it is dead */
    budget *b;
    int ncols;
    int *awaited; /* occurrences of a column in limits not yet entered */
    echelon *frozen;
    VEC(solved) tab;
    VEC(limit) limits;
    VEC(int) rows;  /* the limit of each row */
    size_t entered; /* limits from here on wait */
    size_t dead;
    variable *var;
    int nvars; /* initialised */
    zrow scratch;
    int conflict, side; /* the row that cannot hold: its head is above (1), below (-1) */
};

/* ---- delta-rationals ---- */

static void delta_init(delta *x) {
    fmpq_init(x->v);
    fmpq_init(x->d);
}

static void delta_clear(delta *x) {
    fmpq_clear(x->v);
    fmpq_clear(x->d);
}

static void delta_set(delta *x, const delta *y) {
    fmpq_set(x->v, y->v);
    fmpq_set(x->d, y->d);
}

static void delta_zero(delta *x) {
    fmpq_set_si(x->v, 0, 1);
    fmpq_set_si(x->d, 0, 1);
}

static int delta_cmp(const delta *x, const delta *y) {
    int order = fmpq_cmp(x->v, y->v);
    return order ? order : fmpq_cmp(x->d, y->d);
}

static void delta_sub(delta *out, const delta *x, const delta *y) {
    fmpq_sub(out->v, x->v, y->v);
    fmpq_sub(out->d, x->d, y->d);
}

static void delta_addmul(delta *out, const fmpq_t t, const delta *x) {
    fmpq_addmul(out->v, t, x->v);
    fmpq_addmul(out->d, t, x->d);
}

static void delta_div(delta *x, const fmpq_t t) {
    fmpq_div(x->v, x->v, t);
    fmpq_div(x->d, x->d, t);
}

/* ---- memory ---- */

static void widen(simplex *s, int nvars) {
    if (nvars <= s->nvars) return;
    int cap = nvars > 2 * s->nvars ? nvars : 2 * s->nvars;
    s->var = flint_realloc(s->var, sizeof *s->var * (size_t)cap);
    for (int i = s->nvars; i < cap; i++) {
        delta_init(&s->var[i].x);
        s->var[i].row = -1;
        s->var[i].count = 0;
    }
    s->nvars = cap;
}

static void drop_limit(simplex *s) {
    delta_clear(&s->limits.v[--s->limits.n].bound);
}

static void release(simplex *s) {
    for (size_t i = 0; i < s->tab.n; i++) zrow_clear(&s->tab.v[i].row);
    while (s->limits.n) drop_limit(s);
    for (int i = 0; i < s->nvars; i++) delta_clear(&s->var[i].x);
    flint_free(s->var);
    zrow_clear(&s->scratch);
    arena_free(s->work);
}

static void release_deferred(void *what) {
    release(what);
}

static void start(simplex *s) {
    *s = (simplex){.a = s->a, .work = arena_new(), .b = s->b, .ncols = s->ncols};
    s->awaited = NEW_ARRAY(s->work, int, s->ncols);
    s->frozen = echelon_new(s->work, s->ncols);
    widen(s, s->ncols);
}

simplex *simplex_new(arena *a, int ncols, budget *b) {
    simplex *s = NEW(a, simplex);
    *s = (simplex){.a = a, .b = b, .ncols = ncols};
    start(s);
    arena_defer(a, release_deferred, s);
    return s;
}

/* ---- rows in and out ---- */

int simplex_rows(const simplex *s) {
    return (int)s->rows.n;
}

static void await(simplex *s, form f, int step) {
    for (int i = 0; i < f.n; i++) s->awaited[f.t[i].sym] += step;
}

int simplex_add(simplex *s, form f, rel r) {
    limit l = {.f = form_copy(s->work, f), .r = r, .live = true};
    rat k = RAT_ZERO;
    coef_rat(f.k, &k);
    delta_init(&l.bound);
    fmpq_neg(l.bound.v, &k.q);
    if (r == REL_LT) fmpq_set_si(l.bound.d, -1, 1);
    await(s, f, 1);
    vec_push(s->work, &s->rows, (int)s->limits.n);
    vec_push(s->work, &s->limits, l);
    widen(s, s->ncols + (int)s->limits.n);
    echelon_widen(s->frozen, s->ncols + (int)s->limits.n);
    return (int)s->rows.n - 1;
}

static limit *limit_of(const simplex *s, int var) {
    return &s->limits.v[var - s->ncols];
}

/* ---- values ---- */

/* x[head] = Σ a·x: the factor of another variable in a row */
static void factor_in(fmpq_t a, const zrow *r, int head, const fmpz_t c) {
    fmpq_set_fmpz_frac(a, c, zrow_at(r, head));
    fmpq_neg(a, a);
}

static void compute_head(simplex *s, int row) {
    const solved *w = &s->tab.v[row];
    fmpq_t a;
    fmpq_init(a);
    delta *x = &s->var[w->head].x;
    delta_zero(x);
    for (int i = 0; i < w->row.n; i++) {
        if (w->row.e[i].col == w->head) continue;
        factor_in(a, &w->row, w->head, &w->row.e[i].c);
        delta_addmul(x, a, &s->var[w->row.e[i].col].x);
    }
    fmpq_clear(a);
}

/* Moves a variable that is not basic, and all that depend on it. */
static void move(simplex *s, int var, const delta *by) {
    fmpq_t a;
    fmpq_init(a);
    fmpq_one(a);
    delta_addmul(&s->var[var].x, a, by);
    for (size_t i = 0; i < s->tab.n; i++) {
        const solved *w = &s->tab.v[i];
        const fmpz *c = zrow_at(&w->row, var);
        if (!c) continue;
        factor_in(a, &w->row, w->head, c);
        delta_addmul(&s->var[w->head].x, a, by);
    }
    fmpq_clear(a);
}

/* Above its bounds 1, below -1, within 0. */
static int violation(const simplex *s, int var) {
    const limit *l = limit_of(s, var);
    if (!l->live) return 0;
    int order = delta_cmp(&s->var[var].x, &l->bound);
    return l->r == REL_EQ ? order : order > 0;
}

static void move_to_bound(simplex *s, int var) {
    delta by;
    delta_init(&by);
    delta_sub(&by, &limit_of(s, var)->bound, &s->var[var].x);
    move(s, var, &by);
    delta_clear(&by);
}

/* ---- pivots ---- */

static void count(simplex *s, const zrow *r, int step) {
    for (int i = 0; i < r->n; i++) s->var[r->e[i].col].count += step;
}

/* Exchanges the head of a row with another variable in it; no value changes. */
static bool exchange(simplex *s, int row, int enters) {
    solved *w = &s->tab.v[row];
    multiplier by;
    uint64_t cost = 1;
    multiplier_init(&by);
    for (int i = 0; i < (int)s->tab.n; i++) {
        zrow *r = &s->tab.v[i].row;
        if (i == row || !zrow_at(r, enters)) continue;
        cost += (uint64_t)(r->n + w->row.n);
        zrow_eliminate(&s->scratch, r, &w->row, enters, &by);
        count(s, r, -1);
        zrow_swap(r, &s->scratch);
        count(s, r, 1);
    }
    multiplier_clear(&by);
    s->var[w->head].row = -1;
    s->var[enters].row = row;
    w->head = enters;
    return budget_spend(s->b, cost);
}

/* Moves the entering variable so that the head of the row comes to its bound, and exchanges them.
 */
static bool pivot_to_bound(simplex *s, int row, int enters) {
    solved *w = &s->tab.v[row];
    fmpq_t a;
    delta by;
    fmpq_init(a);
    delta_init(&by);
    factor_in(a, &w->row, w->head, zrow_at(&w->row, enters));
    delta_sub(&by, &limit_of(s, w->head)->bound, &s->var[w->head].x);
    delta_div(&by, a);
    move(s, enters, &by);
    delta_clear(&by);
    fmpq_clear(a);
    return exchange(s, row, enters);
}

/* Takes a row out of the tableau; its head is free. */
static void freeze(simplex *s, int row) {
    solved *w = &s->tab.v[row], *last = &s->tab.v[s->tab.n - 1];
    s->var[w->head].row = -1;
    count(s, &w->row, -1);
    echelon_push(s->frozen, &w->row, w->head);
    if (w != last) {
        *w = *last;
        s->var[w->head].row = row;
    }
    s->tab.n--;
}

/* ---- taking back ---- */

static int shortest_row_with(const simplex *s, int var) {
    int best = -1;
    for (int i = 0; i < (int)s->tab.n; i++)
        if (zrow_at(&s->tab.v[i].row, var) &&
            (best < 0 || s->tab.v[i].row.n < s->tab.v[best].row.n))
            best = i;
    return best;
}

/* Frees a limit that was entered: no row of the tableau may hold it any more. */
static void set_free(simplex *s, int var) {
    limit_of(s, var)->live = false;
    s->dead++;
    int row = s->var[var].row;
    if (row < 0) {
        row = shortest_row_with(s, var);
        if (row < 0) return;
        int leaves = s->tab.v[row].head;
        exchange(s, row, var);
        if (violation(s, leaves)) move_to_bound(s, leaves);
    }
    freeze(s, row);
}

void simplex_take_back(simplex *s, int rows) {
    while ((int)s->rows.n > rows) {
        int at = s->rows.v[--s->rows.n];
        if ((size_t)at < s->entered) {
            set_free(s, s->ncols + at);
        } else {
            await(s, s->limits.v[at].f, -1);
            drop_limit(s);
        }
    }
}

/* Starts afresh with the rows that there are. */
static void renew(simplex *s) {
    simplex old = *s;
    start(s);
    for (size_t i = 0; i < old.rows.n; i++) {
        const limit *l = &old.limits.v[old.rows.v[i]];
        simplex_add(s, l->f, l->r);
    }
    release(&old);
}

/* ---- entering limits ---- */

static bool is_free(const simplex *s, int var) {
    return var < s->ncols || !limit_of(s, var)->live;
}

/* The form's linear part through free columns and limits that are not basic, in frozen->acc; false
 * where the budget ends before, with nothing there. */
static bool express(simplex *s, form f) {
    echelon *x = s->frozen;
    rat r = RAT_ZERO;
    fmpq_t t;
    fmpq_init(t);
    for (int i = 0; i < f.n; i++) {
        coef_rat(f.t[i].c, &r);
        echelon_add(x, f.t[i].sym, &r.q);
    }
    if (!echelon_reduce(x, s->b)) {
        fmpq_clear(t);
        echelon_reset(x);
        return false;
    }
    for (size_t i = 0; i < x->touched.n; i++) {
        int col = x->touched.v[i], row = s->var[col].row;
        if (row < 0 || fmpq_is_zero(&x->acc[col])) continue;
        fmpq_div_fmpz(t, &x->acc[col], zrow_at(&s->tab.v[row].row, col));
        fmpq_neg(t, t);
        echelon_addmul(x, t, &s->tab.v[row].row);
    }
    fmpq_clear(t);
    echelon_sort(x);
    return true;
}

/* The row vector - var = 0, without fractions; empties the vector. var is the last column. */
static void take_row(simplex *s, int var, zrow *out) {
    echelon *x = s->frozen;
    fmpz_t common, c;
    fmpz_init_set_ui(common, 1);
    fmpz_init(c);
    for (size_t i = 0; i < x->touched.n; i++)
        fmpz_lcm(common, common, fmpq_denref(&x->acc[x->touched.v[i]]));
    for (size_t i = 0; i < x->touched.n; i++) {
        const fmpq *q = &x->acc[x->touched.v[i]];
        if (fmpq_is_zero(q)) continue;
        fmpz_divexact(c, common, fmpq_denref(q));
        fmpz_mul(c, c, fmpq_numref(q));
        zrow_push(out, x->touched.v[i], c);
    }
    fmpz_neg(c, common);
    zrow_push(out, var, c);
    zrow_primitive(out, common);
    fmpz_clear(common);
    fmpz_clear(c);
    echelon_reset(x);
}

/* The free column of a row that the fewest rows to come have; -1: none. */
static int free_column(const simplex *s, const zrow *r, int but) {
    int best = -1, fewest = 0;
    for (int i = 0; i < r->n; i++) {
        int col = r->e[i].col, n = col < s->ncols ? s->awaited[col] : 0;
        if (col == but || !is_free(s, col) || (best >= 0 && n >= fewest)) continue;
        best = col;
        fewest = n;
    }
    return best;
}

static void add_to_tableau(simplex *s, zrow *r, int head) {
    solved w = {*r, head};
    vec_push(s->work, &s->tab, w);
    count(s, r, 1);
    s->var[head].row = (int)s->tab.n - 1;
    compute_head(s, s->var[head].row);
    *r = (zrow){0};
}

static bool enter(simplex *s) {
    int var = s->ncols + (int)s->entered;
    limit *l = limit_of(s, var);
    zrow r = {0};
    if (!express(s, l->f)) return false;
    await(s, l->f, -1);
    take_row(s, var, &r);
    uint64_t cost = (uint64_t)r.n + (uint64_t)l->f.n;
    int col = free_column(s, &r, var);
    if (col >= 0) {
        echelon_push(s->frozen, &r, col);
        delta_set(&s->var[var].x, &l->bound);
    } else
        add_to_tableau(s, &r, var);
    s->entered++;
    return budget_spend(s->b, cost);
}

/* ---- feasibility ---- */

static bool can_rise(const simplex *s, int var) {
    const limit *l = limit_of(s, var);
    return l->r != REL_EQ && delta_cmp(&s->var[var].x, &l->bound) < 0;
}

static bool can_fall(const simplex *s, int var) {
    return limit_of(s, var)->r != REL_EQ;
}

/* A variable that moves the head up (1) or down (-1): the one in the fewest rows, or (Bland, which
 * ends every run) the first; -1: none. */
static int entering(const simplex *s, const solved *w, int up, bool bland) {
    int head_sign = fmpz_sgn(zrow_at(&w->row, w->head)), best = -1;
    for (int i = 0; i < w->row.n; i++) {
        int var = w->row.e[i].col;
        if (var == w->head || (best >= 0 && s->var[var].count >= s->var[best].count)) continue;
        int rises = -fmpz_sgn(&w->row.e[i].c) * head_sign * up;
        if (!(rises > 0 ? can_rise(s, var) : can_fall(s, var))) continue;
        best = var;
        if (bland) break;
    }
    return best;
}

/* Bland: the row with the first head out of its bounds; -1: none. */
static int violated(const simplex *s) {
    int best = -1;
    for (int i = 0; i < (int)s->tab.n; i++)
        if ((best < 0 || s->tab.v[i].head < s->tab.v[best].head) && violation(s, s->tab.v[i].head))
            best = i;
    return best;
}

/* Pivots chosen freely before Bland's rule takes over. */
static size_t patience(const simplex *s) {
    return 100 + 4 * s->rows.n;
}

lp_status simplex_solve(simplex *s) {
    enum { DEAD_MOST = 64 };
    size_t pivots = 0;
    if (!budget_left(s->b)) return LP_STOPPED;
    if (s->dead > s->rows.n + DEAD_MOST) renew(s);
    while (s->entered < s->limits.n)
        if (!enter(s)) return LP_STOPPED;
    for (int row; (row = violated(s)) >= 0;) {
        int side = violation(s, s->tab.v[row].head);
        int var = entering(s, &s->tab.v[row], -side, pivots++ > patience(s));
        s->conflict = row;
        s->side = side;
        if (var < 0) return LP_INFEASIBLE;
        if (!pivot_to_bound(s, row, var)) return LP_STOPPED;
    }
    return budget_left(s->b) ? LP_FEASIBLE : LP_STOPPED;
}

combination simplex_farkas(simplex *s, arena *a) {
    const solved *w = &s->tab.v[s->conflict];
    multiple *m = NEW_ARRAY(a, multiple, w->row.n);
    int sign = fmpz_sgn(zrow_at(&w->row, w->head)) * s->side, at = 0;
    fmpq_t q;
    fmpq_init(q);
    for (int i = 0; i < w->row.n; i++) {
        while (s->rows.v[at] != w->row.e[i].col - s->ncols) at++;
        fmpq_set_fmpz(q, &w->row.e[i].c);
        if (sign < 0) fmpq_neg(q, q);
        m[i] = (multiple){at, coef_of(rat_of_fmpq(a, q))};
    }
    fmpq_clear(q);
    return (combination){m, w->row.n};
}

/* ---- points ---- */

/* The largest ε at which all bounds hold, if there is a largest. */
static bool largest_epsilon(const simplex *s, fmpq_t out) {
    bool any = false;
    delta room;
    delta_init(&room);
    for (size_t i = 0; i < s->rows.n; i++) {
        int var = s->ncols + s->rows.v[i];
        delta_sub(&room, &limit_of(s, var)->bound, &s->var[var].x);
        if (limit_of(s, var)->r == REL_EQ || fmpq_sgn(room.d) >= 0) continue;
        fmpq_div(room.v, room.v, room.d);
        fmpq_neg(room.v, room.v);
        if (!any || fmpq_cmp(room.v, out) < 0) fmpq_set(out, room.v);
        any = true;
    }
    delta_clear(&room);
    return any;
}

static void choose_epsilon(const simplex *s, fmpq_t epsilon) {
    bool any = largest_epsilon(s, epsilon);
    if (!any || fmpz_cmp(fmpq_numref(epsilon), fmpq_denref(epsilon)) >= 0) {
        fmpq_one(epsilon);
        return;
    }
    fmpz_cdiv_q(fmpq_denref(epsilon), fmpq_denref(epsilon), fmpq_numref(epsilon));
    fmpz_one(fmpq_numref(epsilon));
}

static int in_use(const simplex *s) {
    return s->ncols + (int)s->limits.n;
}

/* The columns that go with the limits' values; x is used up. */
static coef *columns(const simplex *s, arena *a, fmpq *x, coef *out) {
    (void)echelon_values(s->frozen, x, NULL);
    for (int i = 0; i < s->ncols; i++) out[i] = coef_of(rat_of_fmpq(a, &x[i]));
    fmpqs_free(x, (size_t)in_use(s));
    return out;
}

static fmpq *values_at(const simplex *s, const fmpq_t epsilon) {
    fmpq *x = fmpqs_new((size_t)in_use(s));
    for (int i = 0; i < in_use(s); i++) {
        fmpq_set(&x[i], s->var[i].x.v);
        fmpq_addmul(&x[i], epsilon, s->var[i].x.d);
    }
    return x;
}

void simplex_point(simplex *s, arena *a, coef *x) {
    fmpq_t epsilon;
    fmpq_init(epsilon);
    choose_epsilon(s, epsilon);
    columns(s, a, values_at(s, epsilon), x);
    fmpq_clear(epsilon);
}

/* ---- optimisation ---- */

/* Moving `var` up or down (dir), how far until the head of a row meets its bound? */
static bool room_in(const simplex *s, const solved *w, int var, int dir, delta *room) {
    const fmpz *c = zrow_at(&w->row, var);
    if (!c || !limit_of(s, w->head)->live) return false;
    int rises = -fmpz_sgn(c) * fmpz_sgn(zrow_at(&w->row, w->head)) * dir;
    if (rises < 0 && limit_of(s, w->head)->r != REL_EQ) return false;
    fmpq_t a;
    fmpq_init(a);
    factor_in(a, &w->row, w->head, c);
    fmpq_abs(a, a);
    delta_sub(room, &limit_of(s, w->head)->bound, &s->var[w->head].x);
    delta_div(room, a);
    fmpq_clear(a);
    return true;
}

enum { OWN_BOUND = -1, NO_BOUND = -2 };

/* The row that stops the variable first (Bland: the first head among equals). */
static int blocking(const simplex *s, int var, int dir, delta *least) {
    int best = NO_BOUND;
    delta room;
    delta_init(&room);
    if (dir > 0) {
        delta_sub(least, &limit_of(s, var)->bound, &s->var[var].x);
        best = OWN_BOUND;
    }
    for (int i = 0; i < (int)s->tab.n; i++) {
        if (!room_in(s, &s->tab.v[i], var, dir, &room)) continue;
        int order = best == NO_BOUND ? -1 : delta_cmp(&room, least);
        bool first = best >= 0 && s->tab.v[i].head < s->tab.v[best].head;
        if (order > 0 || (order == 0 && !first)) continue;
        best = i;
        delta_set(least, &room);
    }
    delta_clear(&room);
    return best;
}

/* The direction in which a variable that is not basic moves, with all that depend on it. */
static const coef *ray(const simplex *s, arena *a, int var, int dir) {
    fmpq *x = fmpqs_new((size_t)in_use(s));
    fmpq_set_si(&x[var], dir, 1);
    for (size_t i = 0; i < s->tab.n; i++) {
        const solved *w = &s->tab.v[i];
        const fmpz *c = zrow_at(&w->row, var);
        if (!c) continue;
        factor_in(&x[w->head], &w->row, w->head, c);
        if (dir < 0) fmpq_neg(&x[w->head], &x[w->head]);
    }
    return columns(s, a, x, NEW_ARRAY(a, coef, s->ncols));
}

static void unbounded(const simplex *s, arena *a, int var, int dir, optimum *out) {
    *out = (optimum){.unbounded = true, .value = RAT_ZERO, .limit = ray(s, a, var, dir)};
}

static void bounded(const simplex *s, arena *a, form objective, int aim, optimum *out) {
    fmpq_t none;
    fmpq_init(none);
    coef *x = columns(s, a, values_at(s, none), NEW_ARRAY(a, coef, s->ncols));
    *out = (optimum){.open = !fmpq_is_zero(s->var[aim].x.d), .limit = x};
    rat value = RAT_ZERO;
    coef_rat(form_value(a, objective, x), &value);
    out->value = value;
    fmpq_clear(none);
}

/* Lets a variable raise `aim`; where nothing stops it, that is the answer. */
static lp_status raise_aim(simplex *s, arena *a, int var, int dir, optimum *out) {
    delta room;
    delta_init(&room);
    int row = blocking(s, var, dir, &room);
    bool ok = true;
    if (row == NO_BOUND) {
        unbounded(s, a, var, dir, out);
    } else if (row == OWN_BOUND) {
        move_to_bound(s, var);
        ok = budget_spend(s->b, s->tab.n + 1);
    } else {
        ok = pivot_to_bound(s, row, var);
    }
    delta_clear(&room);
    return ok ? LP_FEASIBLE : LP_STOPPED;
}

/* Primal simplex for `aim`, the head of the last row. */
static lp_status climb(simplex *s, arena *a, form objective, int aim, optimum *out) {
    int top = (int)s->tab.n - 1;
    *out = (optimum){.unbounded = false};
    for (size_t pivots = 0; !out->unbounded; pivots++) {
        int var = entering(s, &s->tab.v[top], 1, pivots > patience(s));
        if (var < 0) {
            bounded(s, a, objective, aim, out);
            break;
        }
        const zrow *r = &s->tab.v[top].row;
        int dir = -fmpz_sgn(zrow_at(r, var)) * fmpz_sgn(zrow_at(r, aim));
        if (raise_aim(s, a, var, dir, out) == LP_STOPPED) return LP_STOPPED;
    }
    return LP_FEASIBLE;
}

/* A limit without bounds that stands for the objective while it is maximised. */
static int add_aim(simplex *s) {
    limit l = {.live = false};
    delta_init(&l.bound);
    vec_push(s->work, &s->limits, l);
    s->entered++;
    widen(s, in_use(s));
    echelon_widen(s->frozen, in_use(s));
    return in_use(s) - 1;
}

static void remove_aim(simplex *s, int aim) {
    if (s->var[aim].row >= 0) {
        zrow *r = &s->tab.v[--s->tab.n].row;
        count(s, r, -1);
        zrow_clear(r);
    }
    s->var[aim].row = -1;
    delta_zero(&s->var[aim].x);
    s->entered--;
    drop_limit(s);
}

lp_status simplex_maximize(simplex *s, arena *a, form objective, optimum *out) {
    if (!budget_left(s->b)) return LP_STOPPED;
    lp_status status = LP_FEASIBLE;
    int aim = add_aim(s);
    zrow r = {0};
    bool expressed = express(s, objective);
    if (expressed) take_row(s, aim, &r);
    int col = free_column(s, &r, aim);
    if (!expressed) {
        status = LP_STOPPED;
    } else if (col >= 0) {
        unbounded(s, a, col, fmpz_sgn(zrow_at(&r, col)), out);
        zrow_clear(&r);
    } else {
        add_to_tableau(s, &r, aim);
        status = climb(s, a, objective, aim, out);
    }
    remove_aim(s, aim);
    return status;
}
