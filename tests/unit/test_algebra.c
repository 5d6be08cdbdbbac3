/* The kernel's arithmetic against GMP, and the normal forms after every operation. */
#include "algebra/problem.h"

#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>
#include <gmp.h>
#include <cmocka.h>

enum { SYMBOLS = 5, ROUNDS = 4000 };

static uint64_t roll(uint64_t *s) {
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(uint64_t *s, int n) {
    return (int)(roll(s) % (uint64_t)n);
}

static rat parsed(arena *a, const char *z) {
    rat r = RAT_ZERO;
    assert_true(rat_parse(a, str_of(z), &r));
    return r;
}

/* --- rat --- */

/* A number of up to about 60 digits; small and large, zero now and then. */
static void some_number(uint64_t *s, mpq_t q) {
    static const int digits[] = {1, 2, 9, 18, 19, 20, 60};
    char z[160];
    int n = 0;
    if (below(s, 2)) z[n++] = '-';
    for (int k = 1 + below(s, digits[below(s, 7)]); k; k--) z[n++] = (char)('0' + below(s, 10));
    z[n++] = '/';
    z[n++] = (char)('1' + below(s, 9));
    for (int k = below(s, digits[below(s, 7)]); k; k--) z[n++] = (char)('0' + below(s, 10));
    z[n] = 0;
    assert_int_equal(mpq_set_str(q, z, 10), 0);
    mpq_canonicalize(q);
}

static rat rat_of(arena *a, const mpq_t q) {
    char *z = mpq_get_str(NULL, 10, q);
    rat r = parsed(a, z);
    free(z);
    return r;
}

static void assert_same(arena *a, rat r, const mpq_t q) {
    char *z = mpq_get_str(NULL, 10, q);
    assert_string_equal(rat_text(a, r), z);
    free(z);
    assert_true(fmpq_is_canonical(&r.q));
}

static void compare_pair(arena *a, const mpq_t p, const mpq_t q) {
    rat x = rat_of(a, p), y = rat_of(a, q);
    mpq_t r;
    mpq_init(r);
    mpq_add(r, p, q), assert_same(a, rat_add(a, x, y), r);
    mpq_sub(r, p, q), assert_same(a, rat_sub(a, x, y), r);
    mpq_mul(r, p, q), assert_same(a, rat_mul(a, x, y), r);
    mpq_neg(r, p), assert_same(a, rat_neg(a, x), r);
    if (mpq_sgn(q)) {
        mpq_div(r, p, q), assert_same(a, rat_div(a, x, y), r);
        mpq_inv(r, q), assert_same(a, rat_inv(a, y), r);
    }
    int c = mpq_cmp(p, q);
    assert_int_equal(rat_cmp(x, y), (c > 0) - (c < 0));
    assert_int_equal(rat_eq(x, y), c == 0);
    assert_int_equal(rat_sgn(x), mpq_sgn(p));
    assert_int_equal(rat_is_zero(x), mpq_sgn(p) == 0);
    assert_int_equal(rat_is_int(x), mpz_cmp_ui(mpq_denref(p), 1) == 0);
    assert_int_equal(rat_is_one(x), mpq_cmp_si(p, 1, 1) == 0);
    size_t bits = mpz_sizeinbase(mpq_denref(p), 2), up = mpz_sizeinbase(mpq_numref(p), 2);
    assert_int_equal(rat_bits(x), bits > up ? bits : up);
    double d = mpq_get_d(p), e = rat_double(x);
    assert_true(d == e || (e - d < 1e-14 * (d < 0 ? -d : d) && d - e < 1e-14 * (d < 0 ? -d : d)));
    mpq_clear(r);
}

static void rationals_agree_with_gmp(void **state) {
    (void)state;
    uint64_t s = 3;
    mpq_t p, q;
    mpq_inits(p, q, NULL);
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        some_number(&s, p);
        some_number(&s, q);
        if (below(&s, 20) == 0) mpq_set(q, p);
        compare_pair(a, p, q);
        arena_free(a);
    }
    mpq_clears(p, q, NULL);
}

static void fractions_are_in_lowest_terms(void **state) {
    (void)state;
    arena *a = arena_new();
    assert_string_equal(rat_text(a, rat_frac(a, 6, -4)), "-3/2");
    assert_string_equal(rat_text(a, rat_frac(a, 0, -4)), "0");
    assert_string_equal(rat_text(a, rat_frac(a, LONG_MIN, LONG_MIN)), "1");
    assert_string_equal(rat_text(a, rat_frac(a, LONG_MIN, 1)), "-9223372036854775808");
    assert_string_equal(rat_text(a, rat_frac(a, 1, LONG_MIN)), "-1/9223372036854775808");
    assert_string_equal(rat_text(a, rat_int(-7)), "-7");
    assert_true(rat_eq(parsed(a, "-12/34"), rat_frac(a, -6, 17)));
    assert_true(rat_eq(parsed(a, "007"), rat_int(7)));
    arena_free(a);
}

static void what_is_no_rational_is_not_parsed(void **state) {
    (void)state;
    static const char *const wrong[] = {"",     "-",     "/",   "1/",  "/2",   "1/0", "0/0",
                                        "1/-2", "--1",   "+1",  " 1",  "1 ",   "1.5", "1e3",
                                        "1//2", "1/2/3", "0x1", "1-2", "1/00", "∞",   "-/1"};
    arena *a = arena_new();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        rat r = rat_int(42);
        assert_false(rat_parse(a, str_of(wrong[i]), &r));
        assert_true(rat_eq(r, rat_int(42)));
    }
    arena_free(a);
}

static void a_copied_rational_outlives_its_arena(void **state) {
    (void)state;
    static const char big[] = "-123456789012345678901234567890/11";
    arena *a = arena_new(), *b = arena_new();
    rat x = parsed(a, big), y = rat_of_fmpq(b, &x.q);
    arena_free(a);
    assert_string_equal(rat_text(b, y), big);
    arena_free(b);
}

/* The simplest number strictly between: least denominator, then least size. By trying. */
static rat simplest_by_trying(arena *a, rat lo, rat hi) {
    for (long den = 1;; den++) {
        for (long num = 0; num <= 40 * den; num++) {
            rat up = rat_frac(a, num, den), down = rat_frac(a, -num, den);
            if (rat_cmp(lo, up) < 0 && rat_cmp(up, hi) < 0) return up;
            if (rat_cmp(lo, down) < 0 && rat_cmp(down, hi) < 0) return down;
        }
    }
}

static void the_number_between_is_the_simplest(void **state) {
    (void)state;
    uint64_t s = 11;
    for (int i = 0; i < 300; i++) {
        arena *a = arena_new();
        rat x = rat_frac(a, below(&s, 41) - 20, 1 + below(&s, 9));
        rat y = rat_frac(a, below(&s, 41) - 20, 1 + below(&s, 9));
        if (rat_cmp(x, y) > 0) {
            rat swap = x;
            x = y;
            y = swap;
        }
        if (!rat_eq(x, y))
            assert_string_equal(rat_text(a, rat_between(a, x, y)),
                                rat_text(a, simplest_by_trying(a, x, y)));
        arena_free(a);
    }
}

static void there_is_a_number_between_very_close_ones(void **state) {
    (void)state;
    arena *a = arena_new();
    rat lo = parsed(a, "1000000000000000000000/3000000000000000000001");
    rat hi = rat_frac(a, 1, 3);
    rat x = rat_between(a, lo, hi);
    assert_true(rat_cmp(lo, x) < 0 && rat_cmp(x, hi) < 0);
    arena_free(a);
}

/* --- coef --- */

static void coefficients_are_rationals(void **state) {
    (void)state;
    uint64_t s = 5;
    arena *a = arena_new();
    for (int i = 0; i < 500; i++) {
        rat p = rat_frac(a, below(&s, 41) - 20, 1 + below(&s, 9));
        rat q = rat_frac(a, below(&s, 41) - 20, 1 + below(&s, 9)), r = RAT_ZERO;
        coef x = coef_of(p), y = coef_of(q);
        assert_true(coef_rat(coef_add(a, x, y), &r) && rat_eq(r, rat_add(a, p, q)));
        assert_true(coef_rat(coef_sub(a, x, y), &r) && rat_eq(r, rat_sub(a, p, q)));
        assert_true(coef_rat(coef_mul(a, x, y), &r) && rat_eq(r, rat_mul(a, p, q)));
        assert_true(coef_rat(coef_neg(a, x), &r) && rat_eq(r, rat_neg(a, p)));
        if (!coef_is_zero(y)) assert_true(coef_eq(coef_mul(a, coef_div(a, x, y), y), x));
        assert_int_equal(coef_sgn(x), rat_sgn(p));
        assert_int_equal(coef_is_zero(x), rat_is_zero(p));
        assert_int_equal(coef_is_one(x), rat_is_one(p));
        assert_int_equal(coef_eq(x, y), rat_eq(p, q));
        assert_string_equal(coef_text(a, x), rat_text(a, p));
    }
    assert_true(coef_eq(coef_int(-3), coef_of(rat_int(-3))));
    arena_free(a);
}

/* --- form --- */

static coef some_coef(arena *a, uint64_t *s) {
    return coef_of(rat_frac(a, below(s, 9) - 4, 1 + below(s, 3)));
}

/* Terms in any order, some twice, some zero. */
static form some_form(arena *a, uint64_t *s) {
    term t[7];
    int n = below(s, 8);
    for (int i = 0; i < n; i++) t[i] = (term){below(s, SYMBOLS), some_coef(a, s)};
    form f = form_of(a, t, n, some_coef(a, s));
    assert_true(form_ok(f));
    for (int sym = 0; sym < SYMBOLS; sym++) {
        coef sum = coef_int(0);
        for (int i = 0; i < n; i++)
            if (t[i].sym == sym) sum = coef_add(a, sum, t[i].c);
        assert_true(coef_eq(form_coef(f, sym), sum));
    }
    return f;
}

static void some_point(arena *a, uint64_t *s, coef *x) {
    for (int i = 0; i < SYMBOLS; i++) x[i] = some_coef(a, s);
}

/* In normal form, and with the value it should have at x. */
static void assert_form(arena *a, form f, const coef *x, coef value) {
    assert_true(form_ok(f));
    assert_true(coef_eq(form_value(a, f, x), value));
}

static void forms_keep_their_normal_form(void **state) {
    (void)state;
    uint64_t s = 13;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        coef x[SYMBOLS], c = some_coef(a, &s);
        some_point(a, &s, x);
        form f = some_form(a, &s), g = some_form(a, &s);
        coef vf = form_value(a, f, x), vg = form_value(a, g, x);
        coef sum = f.k;
        for (int k = 0; k < SYMBOLS; k++)
            sum = coef_add(a, sum, coef_mul(a, form_coef(f, k), x[k]));
        assert_true(coef_eq(vf, sum));
        assert_form(a, form_add(a, f, g), x, coef_add(a, vf, vg));
        assert_form(a, form_sub(a, f, g), x, coef_sub(a, vf, vg));
        assert_form(a, form_scale(a, c, f), x, coef_mul(a, c, vf));
        assert_form(a, form_addmul(a, f, c, g), x, coef_add(a, vf, coef_mul(a, c, vg)));
        assert_form(a, form_copy(a, f), x, vf);
        assert_true(form_eq(form_sub(a, form_add(a, f, g), g), f));
        assert_true(form_is_zero(form_sub(a, f, f)));
        assert_true(form_eq(form_add(a, f, g), form_add(a, g, f)));
        assert_int_equal(form_eq(f, g), form_is_zero(form_sub(a, f, g)));
        assert_int_equal(form_is_const(f), f.n == 0);
        arena_free(a);
    }
}

/* x·y + y·x + ... where the words begin not to suffice, one digit less or more. */
static void a_value_is_exact_where_words_overflow(void **state) {
    (void)state;
    static const char *const numbers[] = {"1",
                                          "-1",
                                          "3/7",
                                          "-3037000499",
                                          "3037000500/3",
                                          "1/3037000501",
                                          "2305843009213693951",
                                          "-4611686018427387903",
                                          "4611686018427387903/2",
                                          "1/4611686018427387903",
                                          "-4611686018427387904",
                                          "99999999999999999999999/7"};
    enum { N = sizeof numbers / sizeof *numbers };
    arena *a = arena_new();
    for (int i = 0; i < N * N * N; i++) {
        coef c = coef_of(parsed(a, numbers[i % N])), d = coef_of(parsed(a, numbers[i / N % N]));
        coef k = coef_of(parsed(a, numbers[i / N / N])), x[] = {d, c, k};
        form f = form_of(a, (term[]){{0, c}, {1, k}, {2, c}}, 3, k);
        coef value = coef_add(a, k, coef_mul(a, c, d));
        value = coef_add(a, value, coef_mul(a, k, c));
        value = coef_add(a, value, coef_mul(a, c, k));
        assert_form(a, f, x, value);
    }
    arena_free(a);
}

static void a_cleared_arena_is_empty_and_gives_zeros(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 16, 100, 4000, 5000, 70000, 3000000};
    arena *a = arena_new();
    for (int round = 0; round < 4; round++) {
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
            char *p = arena_alloc(a, sizes[i]);
            for (size_t k = 0; k < sizes[i]; k++) assert_int_equal(p[k], 0);
            memset(p, 'x', sizes[i]);
            rat big = parsed(a, "99999999999999999999999/7");
            assert_string_equal(rat_text(a, big), "99999999999999999999999/7");
        }
        arena_clear(a);
    }
    arena_free(a);
}

/* As short or as long as a word, or anything between. */
static coef some_word(arena *a, uint64_t *s) {
    long num = (long)(roll(s) >> (1 + below(s, 63))), den = (long)(roll(s) >> (1 + below(s, 63)));
    return coef_of(rat_frac(a, below(s, 2) ? num : -num, den ? den : 1));
}

static coef value_by_definition(arena *a, form f, const coef *x) {
    coef sum = f.k;
    for (int i = 0; i < f.n; i++) sum = coef_add(a, sum, coef_mul(a, f.t[i].c, x[f.t[i].sym]));
    return sum;
}

static void values_signs_and_roots_are_exact_where_words_end(void **state) {
    (void)state;
    uint64_t s = 17;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        coef x[SYMBOLS];
        term t[SYMBOLS];
        int n = 1 + below(&s, SYMBOLS), sign;
        for (int k = 0; k < SYMBOLS; k++) x[k] = some_word(a, &s);
        for (int k = 0; k < n; k++) t[k] = (term){k, coef_add(a, some_word(a, &s), coef_int(1))};
        form f = form_of(a, t, n, below(&s, 2) ? some_word(a, &s) : coef_int(0));
        coef value = value_by_definition(a, f, x);
        assert_true(coef_eq(form_value(a, f, x), value));
        assert_true(form_sign_at(a, f, x, &sign));
        assert_int_equal(sign, coef_sgn(value));
        for (int k = 0; k < f.n; k++) {
            coef at[SYMBOLS];
            memcpy(at, x, sizeof at);
            at[f.t[k].sym] = form_root(a, f, f.t[k].sym, x);
            assert_true(coef_is_zero(value_by_definition(a, f, at)));
            assert_true(form_sign_at(a, f, at, &sign) && sign == 0);
        }
        arena_free(a);
    }
}

static void plain_forms(void **state) {
    (void)state;
    arena *a = arena_new();
    assert_true(form_is_zero(form_zero()) && form_is_const(form_zero()) && form_ok(form_zero()));
    assert_true(form_is_const(form_const(coef_int(2))) && !form_is_zero(form_const(coef_int(2))));
    form x = form_sym(a, 3);
    assert_true(form_ok(x) && !form_is_const(x) && coef_is_one(form_coef(x, 3)));
    assert_true(coef_is_zero(form_coef(x, 2)) && coef_is_zero(form_coef(x, 4)));
    assert_true(form_is_zero(form_scale(a, coef_int(0), x)));
    arena_free(a);
}

static void a_broken_form_is_noticed(void **state) {
    (void)state;
    term unsorted[] = {{2, coef_int(1)}, {1, coef_int(1)}},
         twice[] = {{1, coef_int(1)}, {1, coef_int(2)}};
    term zero[] = {{1, coef_int(0)}};
    assert_false(form_ok((form){unsorted, 2, coef_int(0)}));
    assert_false(form_ok((form){twice, 2, coef_int(0)}));
    assert_false(form_ok((form){zero, 1, coef_int(0)}));
    assert_true(form_ok((form){unsorted, 1, coef_int(0)}));
}

static void a_copied_form_outlives_its_arena(void **state) {
    (void)state;
    arena *a = arena_new(), *b = arena_new();
    coef big = coef_of(parsed(a, "99999999999999999999999/7"));
    form f = form_of(a, &(term){4, big}, 1, big), g = form_copy(b, f);
    arena_free(a);
    assert_string_equal(coef_text(b, form_coef(g, 4)), "99999999999999999999999/7");
    assert_string_equal(coef_text(b, g.k), "99999999999999999999999/7");
    arena_free(b);
}

/* --- formula --- */

static const formula *some_formula(arena *a, uint64_t *s, int depth) {
    const formula *kid[3];
    int n = below(s, 4);
    if (!depth || below(s, 3) == 0) return formula_atom(a, some_form(a, s), (rel)below(s, 3));
    for (int i = 0; i < n; i++) kid[i] = some_formula(a, s, depth - 1);
    return below(s, 2) ? formula_all(a, kid, n) : formula_any(a, kid, n);
}

static bool holds_by_definition(arena *a, const formula *f, const coef *x) {
    bool all = true, any = false;
    if (f->kind == FORMULA_ATOM) {
        int sign = coef_sgn(form_value(a, f->lhs, x));
        return f->rel == REL_EQ ? sign == 0 : f->rel == REL_LE ? sign <= 0 : sign < 0;
    }
    for (int i = 0; i < f->n; i++) {
        bool one = holds_by_definition(a, f->kid[i], x);
        all = all && one;
        any = any || one;
    }
    return f->kind == FORMULA_ALL ? all : any;
}

static void a_negation_is_the_exact_complement(void **state) {
    (void)state;
    uint64_t s = 17;
    int held = 0;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        coef x[SYMBOLS];
        some_point(a, &s, x);
        const formula *f = some_formula(a, &s, 3), *g = formula_not(a, f);
        bool yes = holds_by_definition(a, f, x);
        assert_int_equal(formula_holds(a, f, x), yes);
        assert_int_equal(formula_holds(a, g, x), !yes);
        assert_int_equal(formula_holds(a, formula_not(a, g), x), yes);
        held += yes;
        arena_free(a);
    }
    assert_true(held > ROUNDS / 10 && held < ROUNDS - ROUNDS / 10);
}

static void a_copied_formula_outlives_its_arena(void **state) {
    (void)state;
    uint64_t s = 23;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new(), *b = arena_new(), *c = arena_new();
        const formula *copy = formula_copy(b, some_formula(a, &s, 3)),
                      *again = formula_copy(c, copy);
        arena_free(a);
        assert_true(formula_eq(copy, again));
        assert_int_equal(copy->nodes, again->nodes);
        arena_free(b);
        arena_free(c);
    }
}

static void a_copied_formula_says_the_same(void **state) {
    (void)state;
    uint64_t s = 29;
    arena *a = arena_new();
    for (int i = 0; i < ROUNDS; i++) {
        const formula *f = some_formula(a, &s, 3), *copy = formula_copy(a, f);
        assert_true(formula_eq(f, copy));
        assert_int_equal(f->nodes, copy->nodes);
        assert_true(f->n == 0 || f->kid[0] != copy->kid[0]);
    }
    arena_free(a);
}

static void an_equation_is_denied_by_two_sides(void **state) {
    (void)state;
    arena *a = arena_new();
    form x = form_sym(a, 0);
    const formula *f = formula_nonzero(a, x);
    assert_int_equal(f->kind, FORMULA_ANY);
    for (int v = -1; v <= 1; v++) {
        const coef at[] = {coef_int(v)};
        assert_int_equal(formula_holds(a, f, at), v != 0);
        assert_int_equal(formula_holds(a, formula_not(a, formula_atom(a, x, REL_EQ)), at), v != 0);
        assert_int_equal(formula_holds(a, formula_not(a, formula_atom(a, x, REL_LE)), at), v > 0);
        assert_int_equal(formula_holds(a, formula_not(a, formula_atom(a, x, REL_LT)), at), v >= 0);
    }
    arena_free(a);
}

static void number_in_preorder(const formula *f, const formula **list, int *n) {
    list[(*n)++] = f;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++)
        number_in_preorder(f->kid[i], list, n);
}

static bool has_any(const formula *f) {
    bool any = f->kind == FORMULA_ANY;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) any = any || has_any(f->kid[i]);
    return any;
}

static void nodes_are_numbered_in_preorder(void **state) {
    (void)state;
    uint64_t s = 19;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        const formula *list[128], *f = some_formula(a, &s, 4);
        int n = 0;
        number_in_preorder(f, list, &n);
        assert_int_equal(f->nodes, n);
        for (int k = 0; k < n; k++) assert_ptr_equal(formula_node(f, k), list[k]);
        assert_int_equal(formula_is_conjunction(f), !has_any(f));
        arena_free(a);
    }
}

static void a_formula_keeps_its_own_list_of_kids(void **state) {
    (void)state;
    arena *a = arena_new();
    const formula *x = formula_atom(a, form_sym(a, 0), REL_EQ), *kid[] = {x, x};
    const formula *f = formula_all(a, kid, 2);
    kid[0] = kid[1] = NULL;
    assert_ptr_equal(f->kid[0], x);
    assert_ptr_equal(f->kid[1], x);
    arena_free(a);
}

/* --- problem --- */

static void a_broken_problem_is_noticed(void **state) {
    (void)state;
    arena *a = arena_new();
    symbol symbols[2] = {{.sort = SORT_QUANTITY}, {.sort = SORT_QUANTITY}};
    formula short_of_nodes = *formula_all(a, NULL, 0);
    short_of_nodes.nodes = 2;
    fact f = {.claim = formula_atom(a, form_sym(a, 1), REL_LT)};
    form base = form_sym(a, 0), outside = form_sym(a, 2);
    goal g = {.kind = GOAL_EXPONENT, .target = form_sym(a, 1), .base = &base, .nbase = 1};
    problem regime = {.symbols = symbols, .nsymbols = 2};
    const problem *regimes[] = {&regime};
    problem p = {.symbols = symbols,
                 .nsymbols = 2,
                 .facts = &f,
                 .nfacts = 1,
                 .goals = &g,
                 .ngoals = 1,
                 .regimes = regimes,
                 .nregimes = 1};
    assert_true(problem_ok(&p));
    f.claim = formula_atom(a, outside, REL_LT), assert_false(problem_ok(&p));
    f.claim = &short_of_nodes, assert_false(problem_ok(&p));
    f.claim = formula_all(a, NULL, 0), assert_true(problem_ok(&p));
    g.nbase = 0, assert_false(problem_ok(&p));
    g.nbase = 1, g.base = &outside, assert_false(problem_ok(&p));
    g.base = &base, g.target = outside, assert_false(problem_ok(&p));
    g = (goal){.kind = GOAL_CONCLUSION, .target = form_zero()}, assert_false(problem_ok(&p));
    g.claim = formula_nonzero(a, base), assert_true(problem_ok(&p));
    g.when = &f.claim, g.nwhen = 1, assert_true(problem_ok(&p));
    g.when = (const formula *[]){formula_atom(a, outside, REL_EQ)}, assert_false(problem_ok(&p));
    g.nwhen = 0, regime.nregimes = 1, assert_false(problem_ok(&p));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rationals_agree_with_gmp),
        cmocka_unit_test(fractions_are_in_lowest_terms),
        cmocka_unit_test(what_is_no_rational_is_not_parsed),
        cmocka_unit_test(a_copied_rational_outlives_its_arena),
        cmocka_unit_test(the_number_between_is_the_simplest),
        cmocka_unit_test(there_is_a_number_between_very_close_ones),
        cmocka_unit_test(coefficients_are_rationals),
        cmocka_unit_test(forms_keep_their_normal_form),
        cmocka_unit_test(a_value_is_exact_where_words_overflow),
        cmocka_unit_test(a_cleared_arena_is_empty_and_gives_zeros),
        cmocka_unit_test(values_signs_and_roots_are_exact_where_words_end),
        cmocka_unit_test(plain_forms),
        cmocka_unit_test(a_broken_form_is_noticed),
        cmocka_unit_test(a_copied_form_outlives_its_arena),
        cmocka_unit_test(a_negation_is_the_exact_complement),
        cmocka_unit_test(a_copied_formula_outlives_its_arena),
        cmocka_unit_test(a_copied_formula_says_the_same),
        cmocka_unit_test(an_equation_is_denied_by_two_sides),
        cmocka_unit_test(nodes_are_numbered_in_preorder),
        cmocka_unit_test(a_formula_keeps_its_own_list_of_kids),
        cmocka_unit_test(a_broken_problem_is_noticed),
    };
    return cmocka_run_group_tests_name("the kernel: numbers, forms, formulas", tests, NULL, NULL);
}
