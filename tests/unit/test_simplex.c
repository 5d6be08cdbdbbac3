/* The promises of simplex.h, by tables and against Fourier-Motzkin elimination. */
#include "engine/simplex.h"

#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

static uint64_t roll(uint64_t *s) {
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(uint64_t *s, int n) {
    return (int)(roll(s) % (uint64_t)n);
}

typedef struct {
    form f;
    rel r;
} bound;

typedef struct {
    bound *v;
    int n, ncols;
} bounds;

static bool holds(coef value, rel r, bool closed) {
    int sign = coef_sgn(value);
    return r == REL_EQ ? sign == 0 : r == REL_LE || closed ? sign <= 0 : sign < 0;
}

/* ---- the independent word: Fourier-Motzkin ---- */

typedef struct {
    bound *v;
    size_t n, cap;
} pool;

/* x/|c| + y/|d| without the symbol, where c and d are its coefficients; for an equation x of
 * either sign. */
static bound combine(arena *a, bound x, bound y, int sym) {
    coef c = form_coef(x.f, sym), d = form_coef(y.f, sym);
    coef t = coef_neg(a, coef_div(a, d, c));
    rel r = y.r == REL_EQ ? x.r : x.r == REL_EQ || x.r == REL_LE ? y.r : REL_LT;
    return (bound){form_addmul(a, y.f, t, x.f), r};
}

static pool without(arena *a, pool rows, int sym) {
    pool out = {0};
    size_t eq = 0;
    while (eq < rows.n && (rows.v[eq].r != REL_EQ || !coef_sgn(form_coef(rows.v[eq].f, sym)))) eq++;
    for (size_t i = 0; i < rows.n; i++) {
        int sign = coef_sgn(form_coef(rows.v[i].f, sym));
        if (sign == 0)
            vec_push(a, &out, rows.v[i]);
        else if (eq < rows.n && i != eq) {
            bound b = combine(a, rows.v[eq], rows.v[i], sym);
            vec_push(a, &out, b);
        }
        for (size_t j = 0; eq == rows.n && sign > 0 && j < rows.n; j++) {
            if (coef_sgn(form_coef(rows.v[j].f, sym)) >= 0) continue;
            bound b = combine(a, rows.v[i], rows.v[j], sym);
            vec_push(a, &out, b);
        }
    }
    return out;
}

/* Columns 0..ncols-1 are eliminated; what is left speaks of symbol ncols only. */
static pool project(arena *a, pool rows, int ncols) {
    for (int sym = 0; sym < ncols; sym++) rows = without(a, rows, sym);
    return rows;
}

static pool pool_of(arena *a, const bounds *s, int but) {
    pool p = {0};
    for (int i = 0; i < s->n; i++)
        if (i != but) vec_push(a, &p, s->v[i]);
    return p;
}

static bool fm_feasible(const bounds *s, int but) {
    arena *a = arena_new();
    pool rows = project(a, pool_of(a, s, but), s->ncols);
    bool ok = true;
    for (size_t i = 0; i < rows.n; i++) ok = ok && holds(rows.v[i].f.k, rows.v[i].r, false);
    arena_free(a);
    return ok;
}

/* The supremum of a feasible system's objective. */
static optimum fm_maximum(arena *a, const bounds *s, form objective) {
    optimum o = {.unbounded = true};
    pool rows = pool_of(a, s, -1);
    bound z = {form_sub(a, form_sym(a, s->ncols), objective), REL_EQ};
    vec_push(a, &rows, z);
    rows = project(a, rows, s->ncols);
    for (size_t i = 0; i < rows.n; i++) {
        coef c = form_coef(rows.v[i].f, s->ncols);
        if (coef_sgn(c) == 0 || (rows.v[i].r != REL_EQ && coef_sgn(c) < 0)) continue;
        rat value = RAT_ZERO;
        coef_rat(coef_neg(a, coef_div(a, rows.v[i].f.k, c)), &value);
        int order = o.unbounded ? -1 : rat_cmp(value, o.value);
        if (order < 0)
            o = (optimum){.value = value, .open = rows.v[i].r == REL_LT};
        else if (order == 0)
            o.open = o.open || rows.v[i].r == REL_LT;
    }
    return o;
}

/* ---- promises ---- */

static void check_point(simplex *s, arena *a, const bounds *sys) {
    coef *x = NEW_ARRAY(a, coef, sys->ncols);
    simplex_point(s, a, x);
    for (int i = 0; i < sys->n; i++)
        assert_true(holds(form_value(a, sys->v[i].f, x), sys->v[i].r, false));
}

static combination check_farkas(simplex *s, arena *a, const bounds *sys) {
    combination c = simplex_farkas(s, a);
    form sum = form_zero();
    rel r = REL_EQ;
    for (int i = 0; i < c.n; i++) {
        assert_in_range(c.m[i].row, i ? c.m[i - 1].row + 1 : 0, sys->n - 1);
        bound b = sys->v[c.m[i].row];
        int sign = coef_sgn(c.m[i].lambda);
        assert_true(b.r == REL_EQ ? sign != 0 : sign > 0);
        if (b.r == REL_LT || (b.r == REL_LE && r == REL_EQ)) r = b.r;
        sum = form_addmul(a, sum, c.m[i].lambda, b.f);
    }
    assert_true(form_is_const(sum));
    assert_false(holds(sum.k, r, false));
    return c;
}

static void check_irreducible(arena *a, combination c, const bounds *sys) {
    bounds core = {NEW_ARRAY(a, bound, c.n), c.n, sys->ncols};
    for (int i = 0; i < c.n; i++) core.v[i] = sys->v[c.m[i].row];
    for (int i = 0; i < c.n; i++) assert_true(fm_feasible(&core, i));
}

static coef linear_part(arena *a, form f, const coef *x) {
    return coef_sub(a, form_value(a, f, x), f.k);
}

static void check_limit(arena *a, const bounds *sys, form objective, const optimum *o) {
    for (int i = 0; i < sys->n; i++) {
        form f = sys->v[i].f;
        coef v = o->unbounded ? linear_part(a, f, o->limit) : form_value(a, f, o->limit);
        assert_true(holds(v, sys->v[i].r, true));
    }
    if (o->unbounded)
        assert_true(coef_sgn(linear_part(a, objective, o->limit)) > 0);
    else
        assert_true(coef_eq(form_value(a, objective, o->limit), coef_of(o->value)));
}

static void check_maximum(simplex *s, arena *a, const bounds *sys, form objective) {
    optimum o, expected = fm_maximum(a, sys, objective);
    assert_int_equal(simplex_maximize(s, a, objective, &o), LP_FEASIBLE);
    assert_int_equal(o.unbounded, expected.unbounded);
    check_limit(a, sys, objective, &o);
    check_point(s, a, sys);
    if (o.unbounded) return;
    assert_true(rat_eq(o.value, expected.value));
    assert_int_equal(o.open, expected.open);
}

static form random_form(arena *a, uint64_t *s, int ncols, int terms) {
    form f = form_const(coef_of(rat_frac(a, below(s, 7) - 3, 1 + below(s, 2))));
    for (int k = 0; k < terms && ncols > 0; k++)
        f = form_addmul(a, f, coef_of(rat_frac(a, below(s, 7) - 3, 1 + below(s, 3))),
                        form_sym(a, below(s, ncols)));
    return f;
}

static void check_all(simplex *s, arena *a, uint64_t *seed, const bounds *sys) {
    bool feasible = fm_feasible(sys, -1);
    assert_int_equal(simplex_rows(s), sys->n);
    assert_int_equal(simplex_solve(s), feasible ? LP_FEASIBLE : LP_INFEASIBLE);
    if (!feasible) {
        check_irreducible(a, check_farkas(s, a, sys), sys);
        return;
    }
    check_point(s, a, sys);
    check_maximum(s, a, sys, random_form(a, seed, sys->ncols, 2));
    check_maximum(s, a, sys, random_form(a, seed, sys->ncols, 1));
}

/* ---- tables ---- */

typedef struct {
    const char *what;
    int n;
    struct {
        rel r;
        int c[3], k;
    } row[5];
    int objective[3];
    bool feasible, unbounded, open;
    int value;
} example;

static const example examples[] = {
    {"no rows", 0, {{0}}, {1, 0, 0}, true, true, false, 0},
    {"constant objective", 0, {{0}}, {0, 0, 0}, true, false, false, 0},
    {"true constant", 1, {{REL_LT, {0, 0, 0}, -1}}, {1, 0, 0}, true, true, false, 0},
    {"false constant", 1, {{REL_LE, {0, 0, 0}, 1}}, {1, 0, 0}, false, false, false, 0},
    {"0 < 0", 1, {{REL_LT, {0, 0, 0}, 0}}, {1, 0, 0}, false, false, false, 0},
    {"0 ≤ 0", 1, {{REL_LE, {0, 0, 0}, 0}}, {1, 0, 0}, true, true, false, 0},
    {"0 = 1", 1, {{REL_EQ, {0, 0, 0}, -1}}, {1, 0, 0}, false, false, false, 0},
    {"closed end", 1, {{REL_LE, {1, 0, 0}, -5}}, {1, 0, 0}, true, false, false, 5},
    {"open end", 1, {{REL_LT, {1, 0, 0}, -5}}, {1, 0, 0}, true, false, true, 5},
    {"equation", 1, {{REL_EQ, {1, 0, 0}, -5}}, {2, 0, 0}, true, false, false, 10},
    {"the closed end is the nearer",
     2,
     {{REL_LT, {1, 0, 0}, -5}, {REL_LE, {1, 0, 0}, -4}},
     {1, 0, 0},
     true,
     false,
     false,
     4},
    {"open and closed at one place",
     2,
     {{REL_LE, {1, 0, 0}, -5}, {REL_LT, {2, 0, 0}, -10}},
     {1, 0, 0},
     true,
     false,
     true,
     5},
    {"strict rows that meet",
     2,
     {{REL_LT, {1, 0, 0}, 0}, {REL_LE, {-1, 0, 0}, 0}},
     {1, 0, 0},
     false,
     false,
     false,
     0},
    {"a strict row elsewhere leaves the end closed",
     2,
     {{REL_LE, {1, 0, 0}, -1}, {REL_LT, {0, 1, 0}, 0}},
     {1, 0, 0},
     true,
     false,
     false,
     1},
    {"open through an equation",
     3,
     {{REL_EQ, {1, -1, 0}, 0}, {REL_LT, {0, 1, -1}, 0}, {REL_LE, {0, 0, 1}, -7}},
     {1, 0, 0},
     true,
     false,
     true,
     7},
    {"strict cycle",
     3,
     {{REL_LT, {1, -1, 0}, 0}, {REL_LE, {0, 1, -1}, 0}, {REL_LE, {-1, 0, 1}, 0}},
     {1, 0, 0},
     false,
     false,
     false,
     0},
    {"closed cycle",
     3,
     {{REL_LE, {1, -1, 0}, 0}, {REL_LE, {0, 1, -1}, 0}, {REL_LE, {-1, 0, 1}, 0}},
     {1, -1, 0},
     true,
     false,
     false,
     0},
    {"a wedge without end",
     2,
     {{REL_LE, {1, -1, 0}, 0}, {REL_LT, {-1, 0, 0}, 0}},
     {0, 1, 0},
     true,
     true,
     false,
     0},
};

static form dense(arena *a, const int *c, int k) {
    term t[3];
    for (int i = 0; i < 3; i++) t[i] = (term){i, coef_int(c[i])};
    return form_of(a, t, 3, coef_int(k));
}

static void run_example(const example *x) {
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    bounds sys = {NEW_ARRAY(a, bound, x->n), x->n, 3};
    simplex *s = simplex_new(a, 3, &b);
    for (int i = 0; i < x->n; i++) {
        sys.v[i] = (bound){dense(a, x->row[i].c, x->row[i].k), x->row[i].r};
        assert_int_equal(simplex_add(s, sys.v[i].f, sys.v[i].r), i);
    }
    if (simplex_solve(s) != (x->feasible ? LP_FEASIBLE : LP_INFEASIBLE)) fail_msg("%s", x->what);
    optimum o;
    form objective = dense(a, x->objective, 0);
    if (!x->feasible)
        check_farkas(s, a, &sys);
    else if (simplex_maximize(s, a, objective, &o) != LP_FEASIBLE || o.unbounded != x->unbounded ||
             (!o.unbounded && (o.open != x->open || !rat_eq(o.value, rat_int(x->value)))))
        fail_msg("%s: the maximum", x->what);
    if (x->feasible) check_maximum(s, a, &sys, objective);
    arena_free(a);
}

static void tables_give_status_and_optimum(void **state) {
    (void)state;
    for (size_t k = 0; k < sizeof examples / sizeof *examples; k++) run_example(&examples[k]);
}

static void points_are_simple_numbers(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    simplex *s = simplex_new(a, 1, &b);
    coef x[1];
    simplex_add(s, dense(a, (int[]){-1, 0, 0}, 0), REL_LT);
    simplex_solve(s);
    simplex_point(s, a, x);
    assert_true(coef_is_one(x[0]));
    simplex_add(s, form_add(a, form_sym(a, 0), form_const(coef_of(rat_frac(a, -2, 7)))), REL_LT);
    simplex_solve(s);
    simplex_point(s, a, x);
    rat r = RAT_ZERO;
    assert_true(coef_rat(x[0], &r));
    assert_true(rat_sgn(r) > 0 && rat_cmp(r, rat_frac(a, 2, 7)) < 0 && rat_bits(r) <= 3);
    arena_free(a);
}

/* ---- random systems ---- */

static bound random_bound(arena *a, uint64_t *seed, int ncols, int equations) {
    rel r = below(seed, 10) < equations ? REL_EQ : below(seed, 2) ? REL_LE : REL_LT;
    form f = random_form(a, seed, ncols, 1 + below(seed, 3));
    if (below(seed, 2)) f.k = coef_int(0);
    return (bound){f, r};
}

static void small_systems_agree_with_fourier_motzkin(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int round = 0; round < 4000; round++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        bounds sys = {NEW_ARRAY(a, bound, 7), below(&seed, 8), 1 + below(&seed, 4)};
        simplex *s = simplex_new(a, sys.ncols, &b);
        int equations = below(&seed, 4);
        for (int i = 0; i < sys.n; i++) {
            sys.v[i] = random_bound(a, &seed, sys.ncols, equations);
            assert_int_equal(simplex_add(s, sys.v[i].f, sys.v[i].r), i);
        }
        check_all(s, a, &seed, &sys);
        arena_free(a);
    }
}

/* One simplex for the whole walk: rows come and go, solved or not. */
static void rows_come_and_go_as_if_they_had_never_been(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (int round = 0; round < 25; round++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        bounds sys = {NEW_ARRAY(a, bound, 6), 0, 1 + below(&seed, 4)};
        simplex *s = simplex_new(a, sys.ncols, &b);
        for (int step = 0; step < 120; step++) {
            if (sys.n == 6 || below(&seed, 5) < 2) {
                sys.n = below(&seed, sys.n + 1);
                simplex_take_back(s, sys.n);
            } else {
                bound x = sys.v[sys.n++] = random_bound(a, &seed, sys.ncols, 2);
                assert_int_equal(simplex_add(s, x.f, x.r), sys.n - 1);
            }
            if (below(&seed, 4)) check_all(s, a, &seed, &sys);
        }
        arena_free(a);
    }
}

/* ---- size and limits ---- */

enum { LONG = 1000 };

static bounds long_chain(arena *a, uint64_t *seed, rel r, bool shuffled) {
    bounds sys = {NEW_ARRAY(a, bound, LONG), LONG - 1, LONG};
    for (int i = 0; i + 1 < LONG; i++)
        sys.v[i] = (bound){form_sub(a, form_sym(a, i), form_sym(a, i + 1)), r};
    for (int i = sys.n - 1; shuffled && i > 0; i--) {
        int j = below(seed, i + 1);
        bound t = sys.v[i];
        sys.v[i] = sys.v[j];
        sys.v[j] = t;
    }
    return sys;
}

static void long_chains_are_solved_and_their_cycles_refuted(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int round = 0; round < 4; round++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        b.steps_left = 5000000;
        bounds sys = long_chain(a, &seed, round % 2 ? REL_LT : REL_LE, round / 2);
        simplex *s = simplex_new(a, LONG, &b);
        for (int i = 0; i < sys.n; i++) simplex_add(s, sys.v[i].f, sys.v[i].r);
        assert_int_equal(simplex_solve(s), LP_FEASIBLE);
        check_point(s, a, &sys);
        form back = form_sub(a, form_sym(a, LONG - 1), form_sym(a, 0));
        sys.v[sys.n++] = (bound){back, REL_LT};
        simplex_add(s, back, REL_LT);
        assert_int_equal(simplex_solve(s), LP_INFEASIBLE);
        assert_int_equal(check_farkas(s, a, &sys).n, LONG);
        simplex_take_back(s, --sys.n);
        assert_int_equal(simplex_solve(s), LP_FEASIBLE);
        check_point(s, a, &sys);
        arena_free(a);
    }
}

static void taking_back_costs_nothing_later(void **state) {
    (void)state;
    uint64_t seed = 4;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    simplex *s = simplex_new(a, 5, &b);
    for (int i = 0; i < 6; i++) simplex_add(s, random_form(a, &seed, 5, 3), REL_LE);
    b.steps_left = 4000000;
    for (int i = 0; i < 20000; i++) {
        simplex_add(s, random_form(a, &seed, 5, 3), REL_LT);
        assert_int_not_equal(simplex_solve(s), LP_STOPPED);
        simplex_take_back(s, 6);
    }
    arena_free(a);
}

static void a_spent_budget_stops_and_more_goes_on(void **state) {
    (void)state;
    uint64_t seed = 5;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    bounds sys = long_chain(a, &seed, REL_LT, true);
    simplex *s = simplex_new(a, LONG, &b);
    for (int i = 0; i < sys.n; i++) simplex_add(s, sys.v[i].f, sys.v[i].r);
    b.steps_left = 500;
    assert_int_equal(simplex_solve(s), LP_STOPPED);
    budget_init(&b);
    assert_int_equal(simplex_solve(s), LP_FEASIBLE);
    check_point(s, a, &sys);
    optimum o;
    atomic_store(&b.stop, true);
    assert_int_equal(simplex_solve(s), LP_STOPPED);
    assert_int_equal(simplex_maximize(s, a, sys.v[0].f, &o), LP_STOPPED);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_give_status_and_optimum),
        cmocka_unit_test(points_are_simple_numbers),
        cmocka_unit_test(small_systems_agree_with_fourier_motzkin),
        cmocka_unit_test(rows_come_and_go_as_if_they_had_never_been),
        cmocka_unit_test(long_chains_are_solved_and_their_cycles_refuted),
        cmocka_unit_test(taking_back_costs_nothing_later),
        cmocka_unit_test(a_spent_budget_stops_and_more_goes_on),
    };
    return cmocka_run_group_tests_name("simplex", tests, NULL, NULL);
}
