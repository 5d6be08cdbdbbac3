/* The promises of eliminate.h, by tables and against FLINT's dense matrices. */
#include "engine/eliminate.h"

#include <setjmp.h>
#include <flint/fmpq_mat.h>
#include <flint/ulong_extras.h>
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

/* ---- systems ---- */

typedef struct {
    arena *a;
    form *rows;
    int n, nsyms;
    budget b;
    elim *e;
} fixture;

static fixture fixture_new(int n, int nsyms) {
    fixture t = {.a = arena_new(), .n = n, .nsyms = nsyms};
    t.rows = NEW_ARRAY(t.a, form, n);
    budget_init(&t.b);
    return t;
}

static void run(fixture *t) {
    t->e = elim_run(t->a, t->rows, t->n, t->nsyms, &t->b);
    assert_non_null(t->e);
}

static form random_form(arena *a, uint64_t *s, int nsyms, int terms, int constant) {
    form f = form_const(coef_int(constant));
    for (int k = 0; k < terms && nsyms > 0; k++) {
        coef c = coef_of(rat_frac(a, below(s, 9) - 4, 1 + below(s, 3)));
        f = form_addmul(a, f, c, form_sym(a, below(s, nsyms)));
    }
    return f;
}

/* A form that vanishes at x (all of it non-zero). */
static form vanishing_form(arena *a, uint64_t *s, const coef *x, int nsyms, int terms) {
    form f = random_form(a, s, nsyms, terms - 1, below(s, 4) == 0);
    int last = below(s, nsyms);
    coef c = coef_neg(a, coef_div(a, form_value(a, f, x), x[last]));
    return form_addmul(a, f, c, form_sym(a, last));
}

static coef *hidden_point(arena *a, uint64_t *s, int nsyms) {
    coef *x = NEW_ARRAY(a, coef, nsyms);
    for (int i = 0; i < nsyms; i++)
        x[i] = coef_int(below(s, 2) ? 1 + below(s, 6) : -1 - below(s, 6));
    return x;
}

static fixture planted(uint64_t *s, int n, int nsyms, int terms) {
    fixture t = fixture_new(n, nsyms);
    coef *x = hidden_point(t.a, s, nsyms);
    for (int i = 0; i < n; i++) t.rows[i] = vanishing_form(t.a, s, x, nsyms, terms);
    return t;
}

/* ---- the independent word: dense matrices ---- */

/* Columns 0..nsyms-1 and, if asked for, the constants; leaves out one row (-1: none). */
static int dense_rank(const fixture *t, bool constants, int but) {
    fmpq_mat_t m;
    rat r = RAT_ZERO;
    fmpq_mat_init(m, t->n, t->nsyms + 1);
    for (int i = 0; i < t->n; i++) {
        if (i == but) continue;
        for (int k = 0; k < t->rows[i].n; k++) {
            coef_rat(t->rows[i].t[k].c, &r);
            fmpq_set(fmpq_mat_entry(m, i, t->rows[i].t[k].sym), &r.q);
        }
        if (!constants || !coef_rat(t->rows[i].k, &r)) continue;
        fmpq_set(fmpq_mat_entry(m, i, t->nsyms), &r.q);
    }
    int rank = (int)fmpq_mat_rref(m, m);
    fmpq_mat_clear(m);
    return rank;
}

/* ---- promises ---- */

static form total(const fixture *t, combination c) {
    form sum = form_zero();
    for (int i = 0; i < c.n; i++) {
        assert_in_range(c.m[i].row, i ? c.m[i - 1].row + 1 : 0, t->n - 1);
        assert_false(coef_is_zero(c.m[i].lambda));
        sum = form_addmul(t->a, sum, c.m[i].lambda, t->rows[c.m[i].row]);
    }
    return sum;
}

static bool has_constants(const fixture *t) {
    for (int i = 0; i < t->n; i++)
        if (!coef_is_zero(t->rows[i].k)) return true;
    return false;
}

static int free_symbols(const fixture *t) {
    int n = 0;
    for (int i = 0; i < t->nsyms; i++) n += elim_is_free(t->e, i);
    return n;
}

/* Every lemma is a combination of rows and earlier ones. One that says that a symbol is zero is a
 * multiple of it, and where all symbols must be zero each has one. */
static void check_zeros(fixture *t) {
    zero_lemmas z = elim_zeros(t->e, t->a);
    form *lemma = NEW_ARRAY(t->a, form, z.n);
    for (int i = 0; i < z.n; i++) {
        lemma[i] = form_zero();
        for (int k = 0; k < z.lemma[i].n; k++) {
            int row = z.lemma[i].m[k].row;
            assert_in_range(row, 0, t->n + i - 1);
            form f = row < t->n ? t->rows[row] : lemma[row - t->n];
            lemma[i] = form_addmul(t->a, lemma[i], z.lemma[i].m[k].lambda, f);
        }
    }
    for (int s = 0; s < t->nsyms; s++) {
        if (free_symbols(t) == 0 && !has_constants(t)) assert_true(z.zero[s] >= 0);
        if (z.zero[s] < 0) continue;
        assert_int_equal(lemma[z.zero[s]].n, 1);
        assert_int_equal(lemma[z.zero[s]].t[0].sym, s);
        assert_true(coef_is_zero(lemma[z.zero[s]].k));
    }
}

static void check_contradiction(fixture *t, bool contradictory) {
    combination c;
    assert_int_equal(elim_contradiction(t->e, t->a, NULL), contradictory);
    if (!elim_contradiction(t->e, t->a, &c)) return;
    assert_true(form_eq(total(t, c), form_const(coef_int(1))));
}

static void check_dependencies(fixture *t) {
    fixture basis = {.a = t->a, .n = elim_dependencies(t->e), .nsyms = t->n};
    basis.rows = NEW_ARRAY(t->a, form, basis.n);
    for (int i = 0; i < basis.n; i++) {
        combination c = elim_dependency(t->e, t->a, i);
        assert_true(form_is_zero(total(t, c)));
        for (int k = 0; k < c.n; k++)
            basis.rows[i] =
                form_addmul(t->a, basis.rows[i], c.m[k].lambda, form_sym(t->a, c.m[k].row));
    }
    if (basis.n) assert_int_equal(dense_rank(&basis, false, -1), basis.n);
}

static void check_reduce(fixture *t, form f, bool consistent) {
    combination c;
    form result = elim_reduce(t->e, t->a, f, &c);
    assert_true(form_ok(result));
    assert_true(form_eq(form_sub(t->a, f, result), total(t, c)));
    assert_true(form_eq(result, elim_reduce(t->e, t->a, f, NULL)));
    for (int k = 0; consistent && k < result.n; k++)
        assert_true(elim_is_free(t->e, result.t[k].sym));
}

static void check_complete(fixture *t, uint64_t *s) {
    coef *x = NEW_ARRAY(t->a, coef, t->nsyms);
    coef *given = NEW_ARRAY(t->a, coef, t->nsyms);
    for (int i = 0; i < t->nsyms; i++)
        x[i] = given[i] = coef_of(rat_frac(t->a, below(s, 9) - 4, 1 + below(s, 3)));
    elim_complete(t->e, t->a, x);
    for (int i = 0; i < t->n; i++) assert_true(coef_is_zero(form_value(t->a, t->rows[i], x)));
    for (int i = 0; i < t->nsyms; i++)
        if (elim_is_free(t->e, i)) assert_true(coef_eq(x[i], given[i]));
}

/* All but redundancy, against ranks found by FLINT. */
static void check_all(fixture *t, uint64_t *s) {
    int linear = dense_rank(t, false, -1), rank = dense_rank(t, true, -1);
    run(t);
    assert_int_equal(elim_rank(t->e), rank);
    assert_int_equal(elim_dependencies(t->e), t->n - rank);
    assert_int_equal(free_symbols(t), t->nsyms - linear);
    check_contradiction(t, rank > linear);
    check_dependencies(t);
    for (int k = 0; k < 3; k++)
        check_reduce(t, random_form(t->a, s, t->nsyms, 3, below(s, 3)), rank == linear);
    if (rank == linear) check_complete(t, s);
    if (rank == linear) check_zeros(t);
}

/* A row follows from others if it is in some dependency, and so in one of a basis. */
static void mark_dependent(fixture *t, bool *dependent) {
    memset(dependent, 0, sizeof *dependent * (size_t)t->n);
    for (int i = 0; i < elim_dependencies(t->e); i++) {
        combination c = elim_dependency(t->e, t->a, i);
        for (int k = 0; k < c.n; k++) dependent[c.m[k].row] = true;
    }
}

static void check_redundant(fixture *t) {
    bool *dependent = NEW_ARRAY(t->a, bool, t->n);
    int rank = dense_rank(t, true, -1);
    mark_dependent(t, dependent);
    for (int i = 0; i < t->n; i++) assert_int_equal(dependent[i], dense_rank(t, true, i) == rank);
}

/* ---- tables ---- */

typedef struct {
    const char *what;
    int n, row[6][5]; /* coefficients of four symbols, constant */
    int rank;
    bool contradiction;
    const char *redundant;
} example;

static const example examples[] = {
    {"nothing at all", 0, {{0}}, 0, false, ""},
    {"zero row", 1, {{0, 0, 0, 0, 0}}, 0, false, "1"},
    {"constant row", 1, {{0, 0, 0, 0, 3}}, 1, true, "0"},
    {"two constant rows", 2, {{0, 0, 0, 0, 3}, {0, 0, 0, 0, -2}}, 1, true, "11"},
    {"duplicate row", 3, {{1, 2, 0, 0, 0}, {1, 2, 0, 0, 0}, {0, 0, 1, 1, 0}}, 2, false, "110"},
    {"multiple of a row", 2, {{1, 2, 0, 0, 1}, {-2, -4, 0, 0, -2}}, 1, false, "11"},
    {"parallel rows", 2, {{1, 2, 0, 0, 1}, {1, 2, 0, 0, 2}}, 2, true, "00"},
    {"chain", 3, {{1, -2, 0, 0, 0}, {0, 1, -3, 0, 0}, {0, 0, 1, -5, 0}}, 3, false, "000"},
    {"cycle",
     4,
     {{1, -2, 0, 0, 0}, {0, 1, -3, 0, 0}, {0, 0, 1, -5, 0}, {1, 0, 0, -30, 0}},
     3,
     false,
     "1111"},
    {"broken cycle",
     4,
     {{1, -2, 0, 0, 0}, {0, 1, -3, 0, 0}, {0, 0, 1, -5, 0}, {1, 0, 0, -31, 0}},
     4,
     false,
     "0000"},
    {"a row that cancels out of the dependency",
     4,
     {{1, -1, 0, 0, 0}, {1, 0, -1, 0, 0}, {1, 0, 0, -1, 0}, {0, 0, 1, -1, 0}},
     3,
     false,
     "0111"},
    {"determined",
     4,
     {{1, 0, 0, 0, -1}, {1, 1, 0, 0, -3}, {0, 1, 1, 0, -5}, {0, 0, 1, 1, -7}},
     4,
     false,
     "0000"},
};

static form dense_form(arena *a, const int *row) {
    term t[4];
    for (int i = 0; i < 4; i++) t[i] = (term){i, coef_int(row[i])};
    return form_of(a, t, 4, coef_int(row[4]));
}

static void tables_give_rank_contradiction_and_redundancy(void **state) {
    (void)state;
    uint64_t s = 1;
    for (size_t k = 0; k < sizeof examples / sizeof *examples; k++) {
        const example *x = &examples[k];
        fixture t = fixture_new(x->n, 4);
        for (int i = 0; i < x->n; i++) t.rows[i] = dense_form(t.a, x->row[i]);
        check_all(&t, &s);
        bool redundant[6];
        mark_dependent(&t, redundant);
        if (elim_rank(t.e) != x->rank || elim_contradiction(t.e, t.a, NULL) != x->contradiction)
            fail_msg("%s", x->what);
        for (int i = 0; i < x->n; i++)
            if (redundant[i] != (x->redundant[i] == '1')) fail_msg("%s: row %d", x->what, i);
        arena_free(t.a);
    }
}

static void reduce_gives_the_exponent_of_the_resource_model(void **state) {
    (void)state;
    /* w, N, L, N_p: N = w, L = w, N_p = 2w + L; N comes to N_p/3. */
    fixture t = fixture_new(3, 4);
    t.rows[0] = dense_form(t.a, (int[]){-1, 1, 0, 0, 0});
    t.rows[1] = dense_form(t.a, (int[]){-1, 0, 1, 0, 0});
    t.rows[2] = dense_form(t.a, (int[]){-2, 0, -1, 1, 0});
    run(&t);
    form f = form_addmul(t.a, form_sym(t.a, 1), coef_of(rat_frac(t.a, -1, 3)), form_sym(t.a, 3));
    combination c;
    assert_true(form_is_zero(elim_reduce(t.e, t.a, f, &c)));
    assert_int_equal(c.n, 3);
    assert_true(form_eq(total(&t, c), f));
    arena_free(t.a);
}

/* ---- random systems ---- */

static void small_systems_agree_with_dense_matrices(void **state) {
    (void)state;
    uint64_t s = 2;
    for (int round = 0; round < 3000; round++) {
        fixture t = fixture_new(below(&s, 9), 1 + below(&s, 7));
        int terms = 1 + below(&s, 4);
        for (int i = 0; i < t.n; i++)
            t.rows[i] = random_form(t.a, &s, t.nsyms, terms, below(&s, 3) == 0);
        check_all(&t, &s);
        check_redundant(&t);
        arena_free(t.a);
    }
}

static void consistent_systems_agree_with_dense_matrices(void **state) {
    (void)state;
    uint64_t s = 3;
    for (int round = 0; round < 1000; round++) {
        fixture t = planted(&s, 1 + below(&s, 12), 1 + below(&s, 9), 2 + below(&s, 3));
        check_all(&t, &s);
        check_redundant(&t);
        arena_free(t.a);
    }
}

/* Large enough that elimination stops and lifting takes over. */
static void filling_systems_agree_with_dense_matrices(void **state) {
    (void)state;
    static const int shape[][2] = {{90, 90}, {110, 70}, {80, 110}, {120, 120}};
    uint64_t s = 4;
    for (int round = 0; round < 12; round++) {
        const int *n = shape[round % 4];
        fixture t = planted(&s, n[0], n[1], 4 + round % 3);
        if (round >= 4) t.rows[7].k = coef_add(t.a, t.rows[7].k, coef_int(round % 3));
        check_all(&t, &s);
        arena_free(t.a);
    }
}

/* More symbols than rows, and rows that follow from others: the left kernel is the smaller one. */
static void wide_filling_systems_agree_with_dense_matrices(void **state) {
    (void)state;
    uint64_t s = 10;
    for (int round = 0; round < 4; round++) {
        fixture t = planted(&s, 120, 132, 6);
        for (int i = 0; i < 3; i++) {
            t.rows[i] = form_zero();
            for (int k = 0; k < 12; k++)
                t.rows[i] = form_addmul(t.a, t.rows[i], coef_int(1 + below(&s, 3)),
                                        t.rows[3 + below(&s, t.n - 3)]);
        }
        if (round == 3) t.rows[0].k = coef_add(t.a, t.rows[0].k, coef_int(1));
        check_all(&t, &s);
        arena_free(t.a);
    }
}

static void redundancy_of_filling_systems_is_exact(void **state) {
    (void)state;
    uint64_t s = 5;
    for (int round = 0; round < 2; round++) {
        fixture t = planted(&s, round ? 90 : 64, 60, 4);
        run(&t);
        check_redundant(&t);
        arena_free(t.a);
    }
}

static void swollen_numbers_stay_exact(void **state) {
    (void)state;
    uint64_t s = 6;
    fixture t = planted(&s, 100, 80, 4);
    rat huge = RAT_ZERO;
    assert_true(rat_parse(t.a, str_of("123456789012345678901234567890/987654321098765432109876543"),
                          &huge));
    for (int i = 0; i < t.n; i += 3) t.rows[i] = form_scale(t.a, coef_of(huge), t.rows[i]);
    for (int i = 0; i < t.n; i++)
        t.rows[i] =
            form_addmul(t.a, t.rows[i], coef_mul(t.a, coef_of(huge), form_coef(t.rows[i], i % 7)),
                        form_sym(t.a, i % 7));
    check_all(&t, &s);
    arena_free(t.a);
}

/* Lifting takes words where entries have at most 31 bits, and long numbers where one has more. */
static void numbers_at_the_edge_of_a_word_stay_exact(void **state) {
    (void)state;
    static const long large[] = {(1L << 31) - 1, 1L << 31, -(1L << 31) + 1, (1L << 62) - 1};
    uint64_t s = 11;
    for (int round = 0; round < 4; round++) {
        fixture t = planted(&s, 110, 90, 4);
        coef times = coef_of(rat_int(large[round]));
        for (int i = 0; i < t.n; i++) {
            int sym = below(&s, t.nsyms);
            coef more = coef_mul(t.a, times, form_coef(t.rows[i], sym));
            t.rows[i] = form_addmul(t.a, t.rows[i], more, form_sym(t.a, sym));
        }
        check_all(&t, &s);
        arena_free(t.a);
    }
}

static void what_is_asked_again_has_the_same_answer(void **state) {
    (void)state;
    enum { ASKED = 7 };
    uint64_t s = 12;
    fixture t = planted(&s, 100, 90, 4);
    form f[ASKED];
    run(&t);
    for (int k = 0; k < ASKED; k++) f[k] = random_form(t.a, &s, t.nsyms, 3, k % 2);
    for (int k = 0; k < 6 * ASKED; k++) {
        coef times = coef_of(rat_frac(t.a, below(&s, 2) ? 1 + below(&s, 5) : -1 - below(&s, 5), 3));
        check_reduce(&t, form_scale(t.a, times, f[below(&s, 2 + k / 6)]), true);
    }
    arena_free(t.a);
}

static void the_same_questions_cost_the_same_work(void **state) {
    (void)state;
    uint64_t work[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        uint64_t s = 13;
        fixture t = planted(&s, 110, 90, 4);
        run(&t);
        uint64_t before = elim_work(t.e);
        for (int i = 0; i < elim_dependencies(t.e); i++) elim_dependency(t.e, t.a, i);
        work[k] = elim_work(t.e);
        assert_true(work[k] > before);
        arena_free(t.a);
    }
    assert_int_equal(work[0], work[1]);
}

/* A column that vanishes modulo the prime which lifting tries first. */
static void an_unlucky_prime_is_noticed(void **state) {
    (void)state;
    uint64_t s = 7;
    rat prime = rat_int((long)n_nextprime(UWORD(1) << 60, 0));
    for (int square = 0; square < 2; square++) {
        fixture t = planted(&s, square ? 100 : 110, 100, 5);
        for (int i = 0; i < t.n; i++)
            for (int sym = 0; sym < 60; sym++) {
                coef c = form_coef(t.rows[i], sym);
                coef more = coef_sub(t.a, coef_mul(t.a, coef_of(prime), c), c);
                t.rows[i] = form_addmul(t.a, t.rows[i], more, form_sym(t.a, sym));
            }
        check_all(&t, &s);
        arena_free(t.a);
    }
}

/* ---- size and limits ---- */

static void long_chains_and_trees_take_a_moment(void **state) {
    (void)state;
    enum { LONG = 20000 };
    for (int tree = 0; tree < 2; tree++) {
        uint64_t s = 8;
        fixture t = fixture_new(LONG - 1, LONG);
        budget_init(&t.b);
        t.b.steps_left = 40 * LONG;
        for (int i = 1; i < LONG; i++) {
            form f = form_sym(t.a, i);
            for (int k = 0; k <= (tree ? below(&s, 3) : 0); k++)
                f = form_addmul(t.a, f, coef_int(-1), form_sym(t.a, tree ? below(&s, i) : i - 1));
            t.rows[i - 1] = f;
        }
        run(&t);
        assert_int_equal(elim_rank(t.e), LONG - 1);
        if (!tree) check_reduce(&t, form_sym(t.a, LONG / 2), true);
        arena_free(t.a);
    }
}

/* What the rows come to at the point. */
static rat *values_at(const fixture *t, const coef *x) {
    rat *value = NEW_ARRAY(t->a, rat, t->n);
    for (int i = 0; i < t->n; i++)
        assert_true(coef_rat(form_value(t->a, t->rows[i], x), &value[i]));
    return value;
}

static void one_elimination_solves_for_other_constants(void **state) {
    (void)state;
    uint64_t s = 11;
    int refused = 0;
    for (int k = 0; k < 300; k++) {
        fixture t = fixture_new(1 + below(&s, 12), 1 + below(&s, 10));
        for (int i = 0; i < t.n; i++) {
            t.rows[i] = random_form(t.a, &s, t.nsyms, 3, 0);
            t.rows[i].k = coef_int(0);
        }
        run(&t);
        rat *value = values_at(&t, hidden_point(t.a, &s, t.nsyms));
        coef *x = NEW_ARRAY(t.a, coef, t.nsyms);
        assert_true(elim_solve(t.e, t.a, value, x));
        const rat *found = values_at(&t, x);
        for (int i = 0; i < t.n; i++) assert_true(rat_eq(found[i], value[i]));
        if (elim_dependencies(t.e) > 0) {
            int row = elim_dependency(t.e, t.a, 0).m[0].row;
            value[row] = rat_add(t.a, value[row], RAT_ONE);
            assert_false(elim_solve(t.e, t.a, value, x));
            refused++;
        }
        arena_free(t.a);
    }
    assert_true(refused > 50);
}

static void a_spent_budget_ends_the_run(void **state) {
    (void)state;
    uint64_t s = 9;
    for (uint64_t steps = 0; steps < 3000; steps = 3 * steps + 1) {
        fixture t = planted(&s, 200, 200, 5);
        t.b.steps_left = steps;
        assert_null(elim_run(t.a, t.rows, t.n, t.nsyms, &t.b));
        arena_free(t.a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_give_rank_contradiction_and_redundancy),
        cmocka_unit_test(reduce_gives_the_exponent_of_the_resource_model),
        cmocka_unit_test(small_systems_agree_with_dense_matrices),
        cmocka_unit_test(consistent_systems_agree_with_dense_matrices),
        cmocka_unit_test(filling_systems_agree_with_dense_matrices),
        cmocka_unit_test(wide_filling_systems_agree_with_dense_matrices),
        cmocka_unit_test(redundancy_of_filling_systems_is_exact),
        cmocka_unit_test(swollen_numbers_stay_exact),
        cmocka_unit_test(numbers_at_the_edge_of_a_word_stay_exact),
        cmocka_unit_test(what_is_asked_again_has_the_same_answer),
        cmocka_unit_test(the_same_questions_cost_the_same_work),
        cmocka_unit_test(an_unlucky_prime_is_noticed),
        cmocka_unit_test(long_chains_and_trees_take_a_moment),
        cmocka_unit_test(one_elimination_solves_for_other_constants),
        cmocka_unit_test(a_spent_budget_ends_the_run),
    };
    return cmocka_run_group_tests_name("eliminate", tests, NULL, NULL);
}
