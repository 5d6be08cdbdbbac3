/* What is possible, as closed forms: ranges of exponents and of parameters, by cases where they
 * differ; and for which parameters a law follows. Values were worked out by hand; a random part
 * compares with the theory at fixed parameters. */
#include "analysed_text.h"

typedef struct {
    const char *theory, *want[3]; /* the answers, in order */
} row;

static void check(const row *x) {
    arena *a = arena_new();
    budget b;
    const finding *f = analysed_text(a, x->theory, &b);
    assert_false(f->wrong);
    for (int i = 0; i < f->nanswers; i++) {
        const char *got = answer_text(a, f->p, &f->answers[i]);
        if (!x->want[i] || strcmp(got, x->want[i]) != 0)
            fail_msg("%s\n  answer %d: %s\n  not: %s", x->theory, i + 1, got, x->want[i]);
    }
    arena_free(a);
}

static void check_all(const row *rows, size_t n) {
    for (size_t i = 0; i < n; i++) check(&rows[i]);
}
#define CHECK(rows) check_all((rows), sizeof(rows) / sizeof *(rows))

#define XYZ "quantity X, Y, Z; param a, b;"

static void ends_are_closed_forms(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "a ≥ 1; Y ≲ X^a; Y ≳ X; X grows; Y ∝ X^?", {"[1, a]"}},
        {XYZ "Y ≪ X^a; Y ≫ X; X grows; Y ∝ X^?", {"(1, a)"}},
        {XYZ "Y ≲ X^a; Y ≫ X^b; X grows; Y ∝ X^?", {"(b, a]"}},
        {XYZ "Y ≲ X^a; Y ≳ X^a; X grows; Y ∝ X^?", {"a"}},
        {XYZ "Y ≲ X^a; X grows; Y ∝ X^?", {"(-inf, a]"}},
        {XYZ "slope(Y, X) ≠ a; X grows; Y ∝ X^?", {"(-inf, a) or (a, inf)"}},
        {XYZ "a > 0; Y ∝ X^a; Z ≲ X^b; X grows; Z ∝ Y^?", {"(-inf, b/a]"}},
    };
    CHECK(rows);
}

static void ends_that_change_places_are_cases(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "Y ≲ X^a; Y ≲ X^b; Y ≳ 1; X grows; Y ∝ X^?", {"a ≥ b: [0, b]; a ≤ b: [0, a]"}},
        {XYZ "slope(Y, X) ≠ a; slope(Y, X) ≠ b; X grows; Y ∝ X^?",
         {"a ≥ b: (-inf, b) or (b, a) or (a, inf); a ≤ b: (-inf, a) or (a, b) or (b, inf)"}},
        {XYZ "slope(Y, X) ≠ a; Y ≲ X^b; X grows; Y ∝ X^?",
         {"a > b: (-inf, b]; a ≤ b: (-inf, a) or (a, b]"}},
        /* the divisor keeps its sign out of the condition at the pole */
        {XYZ "Y ∝ X^a; Z ≲ X^b; X grows; Z ∝ Y^?", {"a > 0: (-inf, b/a]; a < 0: [b/a, inf)"}},
    };
    CHECK(rows);
}

static void parameters_are_found_through_quantities(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "Y ∝ X^a; Z ∝ Y^b; Z ∝ X^2; X grows; b = ?; a = ?", {"2/a", "2/b"}},
        {XYZ "Y ∝ X^a; Y ∝ X^b; X grows; a = ?", {"b"}},
        {XYZ "Y ∝ X^a; X ∝ Y^a; X grows; a = ?", {"-1 or 1"}},
        {XYZ "Y ≲ X^a; Y ≳ X^b; X grows; a = ?; b = ?", {"[b, inf)", "(-inf, a]"}},
        {XYZ "Y ∝ X^(1/a); X ≳ Y²; X, Y grow; a = ?", {"[2, inf)"}},
        {XYZ "Y ∝ X^a; Z ∝ X^b; X grows; slope(Z, Y) > 1/2; a = ?",
         {"b ≥ 0: (0, 2b); b ≤ 0: (2b, 0)"}},
        {XYZ "a b = 1; Y ∝ X^a; X ≲ Y²; X grows; b = ?", {"1/a"}},
    };
    CHECK(rows);
}

static void every_value_of_a_range_is_possible(void **state) {
    (void)state;
    static const row rows[] = {
        /* quantities cut what is said of the parameter alone */
        {XYZ "X ≳ Y^(1+a); Y ≫ X^(1+a); a ≥ -1; X grows; a = ?", {"[-1, 0)"}},
        {XYZ "Y ≪ X^(2a) Y; a < 1; X grows; a = ?", {"(0, 1)"}},
        {XYZ "slope(Y, X) ≠ 1; 0 ≤ a ≤ 2; Y ∝ X^a; X grows; a = ?", {"[0, 1) or (1, 2]"}},
        {XYZ "a ≠ 1; Y ∝ X^b; a = ?", {"(-inf, 1) or (1, inf)"}},
        /* what is not equal is not lost beside what is not larger */
        {XYZ "Y ∝ X^b; X grows; Y ≲ X; b ≤ a; b ≠ a; b = ?",
         {"a > 1: (-inf, 1]; a ≤ 1: (-inf, a)"}},
        {XYZ "Y ∝ X^b; X grows; b ≤ a; b ≠ a; a ≠ b; a ≤ 1; b = ?", {"(-inf, a)"}},
    };
    CHECK(rows);
}

static void numbers_that_nobody_named_do_not_show(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "Y ∝ X^(0.5 ± 0.1); Z ∝ Y^2; X grows; Z ∝ X^?", {"[4/5, 6/5]"}},
        {XYZ "Y ∝ X^(0.5 ± 0.1); slope(Y, X) ≠ 0.5; X grows; Y ∝ X^?",
         {"[2/5, 1/2) or (1/2, 3/5]"}},
        {XYZ "Y ∝ X^(a (0.5 ± 0.1)); X grows; Y ∝ X^?",
         {"a ≥ 0: [2a/5, 3a/5]; a ≤ 0: [3a/5, 2a/5]"}},
        {XYZ "Y ∝ X^(a (0.5 ± 0.1)); Y ∝ X²; X grows; a = ?", {"[10/3, 5]"}},
        /* products of two */
        {XYZ "Y ∝ X^(0.5 ± 0.5); Z ∝ Y^(0.3 ± 0.2); X grows; Z ∝ X^?", {"[0, 1/2]"}},
        {XYZ "a = 0.5 ± 0.1; Y ∝ X^a; X grows; a = ?", {"[2/5, 3/5]"}},
        {XYZ "C_1: Y ∝ X^(0.37 ± 0.03); C_2: Z ∝ X^(0.62 ± 0.03); X ∝ Y Z; X grows; Y ∝ X^?",
         {"[7/20, 2/5]"}},
    };
    CHECK(rows);
}

static void a_pole_of_the_answer_is_where_the_base_rests(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "Y ∝ X^a; Z ∝ X^b; X grows; Z ∝ Y^?", {"b/a"}},
        {XYZ "Y ∝ X^a; Z ∝ X^b; X grows; a = 0; Z ∝ Y^?", {"undefined"}},
        {XYZ "Y ∝ X^a; Y grows; a = 0; Z ∝ Y^?", {"vacuous"}},
    };
    CHECK(rows);
}

static void what_is_not_rational_is_unknown(void **state) {
    (void)state;
    static const row rows[] = {
        {XYZ "a² = 2; Y ∝ X^a; X grows; Y ∝ X^?", {"unknown: the solutions found are irrational"}},
        {XYZ "a² = 2; Y ∝ X^a; X grows; a = ?", {"unknown: no closed form was found"}},
        /* what has no parameters beside it is answered */
        {XYZ "a² = 2; Y ∝ X^3; Z ∝ Y^2; X grows; Z ∝ X^?", {"6"}},
    };
    CHECK(rows);
}

/* The laws do not cancel unless the equation is put in: there is a core, but no chain of laws. */
static void a_conflict_by_the_value_of_a_parameter_is_not_told_as_a_chain(void **state) {
    (void)state;
    static const char *const theories[] = {
        "quantity X, Y; param a; Y ≪ X^a; a = 0; Y grows",
        "quantity X, Y; param a; Y ∝ X^(-a); X ∝ Y^(1-2a); -a = 1; Y grows",
    };
    for (size_t i = 0; i < sizeof theories / sizeof *theories; i++) {
        arena *a = arena_new();
        budget b;
        const finding *f = analysed_text(a, theories[i], &b);
        assert_int_equal(f->verdict, VERDICT_CONTRADICTORY);
        assert_int_equal(f->ncores, 1);
        assert_int_equal(f->cores[0].facts.n, f->p->nfacts);
        assert_false(f->cores[0].why.told);
        arena_free(a);
    }
}

/* --- where --- */

typedef struct {
    const char *theory, *labels[3], *ranges[2], *want[2];
} where_row;

static const source *ranges_of(arena *a, const where_row *x) {
    text t = text_new(a);
    for (int i = 0; i < 2 && x->ranges[i]; i++) text_addf(&t, "%s\n", x->ranges[i]);
    return source_of(a, "ranges", text_str(&t));
}

static int count(const char *const *labels) {
    int n = 0;
    while (n < 3 && labels[n]) n++;
    return n;
}

static void check_where(const where_row *x) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    budget b;
    lang_options o = plain_options();
    lang_variation v = {x->labels, count(x->labels), ranges_of(a, x)};
    budget_init(&b);
    const source *src = source_of(a, "theory", str_of(x->theory));
    const finding *f = analysed(a, lang_vary(a, src, NULL, &v, &o, &sink), &b);
    int n = 0;
    for (int i = 0; i < f->nanswers; i++) {
        if (f->answers[i].goal->kind != GOAL_WHERE) continue;
        const char *got = answer_text(a, f->p, &f->answers[i]);
        if (strcmp(got, x->want[n++]) != 0) fail_msg("%s\n  where %s", x->theory, got);
    }
    assert_true(n == 1 + (x->ranges[1] != NULL));
    arena_free(a);
}

static const char depth[] = "quantity N, w, L; A: N ∝ w L; B: L ∝ w; w grows";
static const char closed[] = "quantity N, w, L; D: N ∝ w L; A: N ∝ w; B: L ∝ w; w grows";

static void a_law_follows_exactly_where_it_is_told(void **state) {
    (void)state;
    static const where_row rows[] = {
        {depth, {"B"}, {"N ≲ w", "N ≫ w"}, {"s ≤ 0", "s > 0"}},
        {depth, {"B"}, {"L ∝ w^2", "L fixed"}, {"s = 2", "s = 0"}},
        {depth, {"B"}, {"N ≳ w L", "w fixed"}, {"always", "never"}},
        /* the others must be such that the statements can hold at all */
        {closed, {"A", "B"}, {"L ∝ w^2"}, {"r = 2 and s = 3"}},
        {closed, {"A", "B"}, {"L ≫ w"}, {"r > 1 and s-1 = r"}},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) check_where(&rows[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_closed_forms),
        cmocka_unit_test(ends_that_change_places_are_cases),
        cmocka_unit_test(parameters_are_found_through_quantities),
        cmocka_unit_test(every_value_of_a_range_is_possible),
        cmocka_unit_test(numbers_that_nobody_named_do_not_show),
        cmocka_unit_test(a_pole_of_the_answer_is_where_the_base_rests),
        cmocka_unit_test(what_is_not_rational_is_unknown),
        cmocka_unit_test(a_conflict_by_the_value_of_a_parameter_is_not_told_as_a_chain),
        cmocka_unit_test(a_law_follows_exactly_where_it_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
