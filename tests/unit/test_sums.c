/* Sums, conditions and choices: every statement against its meaning, point by point. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lang/lang.h"

static const problem *problem_of(arena *a, const char *theory) {
    diags sink = {.arena = a};
    const problem *p =
        lang_problem(a, source_of(a, "test.propto", str_of(theory)), NULL, NULL, &sink);
    if (!p && sink.list.n) print_message("%s\n", sink.list.v[0].message);
    if (!p) fail_msg("not read: %s", theory);
    assert_true(problem_ok(p));
    return p;
}

static diag_code code_of(arena *a, const char *theory) {
    diags sink = {.arena = a};
    assert_null(lang_problem(a, source_of(a, "test.propto", str_of(theory)), NULL, NULL, &sink));
    assert_true(sink.errors > 0);
    return sink.list.v[0].code;
}

static long max(long x, long y) {
    return x > y ? x : y;
}

static long min(long x, long y) {
    return x < y ? x : y;
}

/* LAW(name, text, what it says of the exponents y, a, b, c and the parameter p) */
#define LAWS(LAW)                                                                                  \
    LAW(sum, "y ∝ A + B", y == max(a, b))                                                          \
    LAW(sum_of_three, "y ∝ A + B + C", y == max(a, max(b, c)))                                     \
    LAW(sum_below, "y ≲ A + B", y <= max(a, b))                                                    \
    LAW(sum_above, "y ≳ A + B", y >= max(a, b))                                                    \
    LAW(sum_far_below, "y ≪ A + B", y < max(a, b))                                                 \
    LAW(sum_far_above, "y ≫ A + B", y > max(a, b))                                                 \
    LAW(on_the_left, "A + B ≲ y", max(a, b) <= y)                                                  \
    LAW(on_both_sides, "A + B ∝ C + y", max(a, b) == max(c, y))                                    \
    LAW(both_below, "A + B ≲ C + y", max(a, b) <= max(c, y))                                       \
    LAW(both_far_below, "A + B ≪ C + y", max(a, b) < max(c, y))                                    \
    LAW(landau_O, "y = O(A + B)", y <= max(a, b))                                                  \
    LAW(landau_omega, "y = ω(A + B)", y > max(a, b))                                               \
    LAW(landau_theta, "y = Θ(min(A, B))", y == min(a, b))                                          \
    LAW(chain, "A ≲ y + B ≪ C", a <= max(y, b) && max(y, b) < c)                                   \
    LAW(largest, "y ∝ max(A, B, C)", y == max(a, max(b, c)))                                       \
    LAW(least, "y ∝ min(A, B)", y == min(a, b))                                                    \
    LAW(least_below, "min(A, B) ≲ y", min(a, b) <= y)                                              \
    LAW(least_above, "y ≲ min(A, B)", y <= min(a, b))                                              \
    LAW(one_argument, "y ∝ max(A)", y == a)                                                        \
    LAW(nested, "y ∝ A + min(B, C)", y == max(a, min(b, c)))                                       \
    LAW(nested_twice, "y ≲ min(A + B, C + max(A, min(B, 1)))",                                     \
        y <= min(max(a, b), max(c, max(a, min(b, 0)))))                                            \
    LAW(brackets, "y ∝ A + (B + C)", y == max(a, max(b, c)))                                       \
    LAW(numbers, "y ∝ A + 3", y == max(a, 0))                                                      \
    LAW(constants, "y ∝ A B^-1 + E", y == max(a - b, 0))                                           \
    LAW(logarithm, "y ∝ A log(B) + log(A + C)", y == max(a, 0))                                    \
    LAW(products, "y ∝ A (B + C)", y == a + max(b, c))                                             \
    LAW(product_of_sums, "y ∝ (A + B) (B + C)", y == max(a, b) + max(b, c))                        \
    LAW(sum_and_least, "y ∝ (A + B) min(B, C)", y == max(a, b) + min(b, c))                        \
    LAW(quotient, "y ∝ A / (B + C)", y == a - max(b, c))                                           \
    LAW(quotient_of_itself, "y ∝ (A + B) / (A + B)", y == 0)                                       \
    LAW(square, "y ∝ (A + B)²", y == 2 * max(a, b))                                                \
    LAW(root_of_sum, "y ∝ √(A² + B²)", y == max(a, b))                                             \
    LAW(negative_power, "y ∝ (A + B)^-2", y == -2 * max(a, b))                                     \
    LAW(negative_twice, "y ∝ (A + (B + C)^-1)^-2", y == -2 * max(a, -max(b, c)))                   \
    LAW(power_of_least, "y ∝ min(A, B)^-1", y == -min(a, b))                                       \
    LAW(power_zero, "y ∝ (A + B)^0", y == 0)                                                       \
    LAW(letter, "y ∝ (A + B)^p", y == p * max(a, b))                                               \
    LAW(two_letters, "y ∝ (A + B)^p (B + C)^-p", y == p * max(a, b) - p * max(b, c))               \
    LAW(letter_below, "y ≲ (A + min(B, C))^p", y <= p * max(a, min(b, c)))                         \
    LAW(letter_below_a_line, "y ∝ (A + B)^(2/p)", p != 0 && p * y == 2 * max(a, b))                \
    LAW(greatest_letter, "y ∝ (A + B)^(max(p, 1))", y == max(p, 1) * max(a, b))                    \
    LAW(letter_of_letter, "y ∝ (A^p + B)^-p", y == -p * max(p * a, b))                             \
    LAW(one_term, "y ∝ (A + A)^p", y == p * a)                                                     \
    LAW(sum_of_letters, "y ∝ A^p + B^(2p)", y == max(p * a, 2 * p * b))                            \
    LAW(grows, "A + B grows", max(a, b) > 0)                                                       \
    LAW(shrinks, "A + B shrinks", max(a, b) < 0)                                                   \
    LAW(is_fixed, "min(A, B), y fixed", min(a, b) == 0 && y == 0)                                  \
    LAW(scales, "A + B scales", max(a, b) != 0)                                                    \
    LAW(above_one, "A + B ≫ 1", max(a, b) > 0)                                                     \
    LAW(condition, "y ∝ A when B ≪ C", !(b < c) || y == a)                                         \
    LAW(conditions, "y ∝ A when B ≪ C and p > 0", !(b < c && p > 0) || y == a)                     \
    LAW(condition_on_sum, "y ∝ A when A + B ≲ C", !(max(a, b) <= c) || y == a)                     \
    LAW(condition_of_growth, "y grows when A, B grow", !(a > 0 && b > 0) || y > 0)                 \
    LAW(at_fixed, "y ∝ A at fixed B, C", !(b == 0 && c == 0) || y == a)                            \
    LAW(when_at_fixed, "y ∝ A when C grows at fixed B", !(b == 0 && c > 0) || y == a)              \
    LAW(condition_range, "y ∝ A when 0 < p ≤ 1", !(p > 0 && p <= 1) || y == a)                     \
    LAW(condition_slope, "y ∝ A when slope(B, C) = 2", !(c != 0 && b == 2 * c) || y == a)          \
    LAW(condition_divides, "y ∝ A when 2/p > 1", !(p > 0 && p < 2) || y == a)                      \
    LAW(comparison_on_condition, "p > 1 when A ≪ B", !(a < b) || p > 1)                            \
    LAW(alternative, "y ∝ A or y ∝ B²", y == a || y == 2 * b)                                      \
    LAW(alternatives, "y ∝ A or B grows or C scales", y == a || b > 0 || c != 0)                   \
    LAW(alternative_of_chains, "y ≪ A ≪ B or p = 2", (y < a && a < b) || p == 2)                   \
    LAW(alternative_on_condition, "y ∝ A or y ∝ B when C grows", c <= 0 || y == a || y == b)

#define FUNCTION(name, text, meaning)                                                              \
    static bool name(long y, long a, long b, long c, long p) {                                     \
        (void)y, (void)a, (void)b, (void)c, (void)p;                                               \
        return meaning;                                                                            \
    }
LAWS(FUNCTION)

typedef struct {
    const char *text;
    bool (*means)(long y, long a, long b, long c, long p);
} law;

#define ENTRY(name, text, meaning) {text, name},
static const law laws[] = {LAWS(ENTRY)};
enum { N_LAWS = sizeof laws / sizeof *laws };

#define NAMES "quantity y, A, B, C; const E; param p\n"

static void assert_means(arena *a, const problem *p, const law *l) {
    for (int i = 0; i < 5 * 5 * 5 * 5 * 5; i++) {
        long x[5];
        coef at[8] = {0};
        for (int j = 0, k = i; j < 5; j++, k /= 5) x[j] = k % 5 - 2;
        for (int j = 0; j < p->nsymbols; j++) at[j] = coef_int(0);
        for (int j = 0; j < 4; j++) at[j] = coef_int(x[j]);
        at[5] = coef_int(x[4]); /* after the constant */
        bool holds = formula_holds(a, p->facts[0].claim, at);
        if (holds != l->means(x[0], x[1], x[2], x[3], x[4]))
            fail_msg("%s at y %ld, A %ld, B %ld, C %ld, p %ld: %d", l->text, x[0], x[1], x[2], x[3],
                     x[4], holds);
    }
}

static void sums_conditions_and_alternatives_mean_what_they_say(void **state) {
    (void)state;
    for (int i = 0; i < N_LAWS; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, laws[i].text));
        assert_int_equal(p->nfacts, 1);
        assert_means(a, p, &laws[i]);
        arena_free(a);
    }
}

/* Whatever is printed is read again as itself. */
static void they_are_printed_in_the_language_itself(void **state) {
    (void)state;
    for (int i = 0; i < N_LAWS; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, laws[i].text));
        str once = p->facts[0].law;
        p = problem_of(a, formatted(a, "%s%.*s", NAMES, (int)once.n, once.s));
        if (!str_eq(p->facts[0].law, once)) fail_msg("%s", laws[i].text);
        assert_means(a, p, &laws[i]);
        arena_free(a);
    }
}

static void assert_law(const problem *p, const char *law_text) {
    if (!str_eq(p->facts[0].law, str_of(law_text)))
        fail_msg("`%.*s`, not `%s`", (int)p->facts[0].law.n, p->facts[0].law.s, law_text);
}

static void canonical_spelling(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"y ~ A+B", "y ∝ A + B"},
        {"y ~ (A+B)^-2 C", "y ∝ (A + B)^-2 C"},
        {"y ~ A/(B+C)", "y ∝ A / (B + C)"},
        {"y ~ max( A,B ) sqrt(A+C)", "y ∝ max(A, B) √(A + C)"},
        {"y = O(A+B)", "y = O(A + B)"},
        {"A+B grows", "A + B grows"},
        {"y ~ A when B << C and p>1", "y ∝ A when B ≪ C and p > 1"},
        {"y ~ A at fixed B,C", "y ∝ A at fixed B, C"},
        {"y ~ A or y ~ B or\nC fixed", "y ∝ A or y ∝ B or C fixed"},
        {"choose A,B to minimize y at fixed C", "choose A, B to minimize y at fixed C"},
        {"choose A to maximize y^p/B", "choose A to maximize y^p / B"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        assert_law(problem_of(a, formatted(a, "%s%s", NAMES, cases[i][0])), cases[i][1]);
        assert_law(problem_of(a, formatted(a, "%s%s", NAMES, cases[i][1])), cases[i][1]);
        arena_free(a);
    }
}

/* An interval says where its number lies whether or not the condition holds that it stands in. */
static void uncertain_numbers_of_conditions_stay_in_their_interval(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "y ∝ A when p > 1 ± 1\n");
    int u = p->nsymbols - 1;
    coef at[8];
    for (int i = 0; i < p->nsymbols; i++) at[i] = coef_int(0);
    assert_true(p->symbols[u].hidden);
    at[0] = coef_int(1);
    at[5] = coef_int(3);
    at[u] = coef_int(2);
    assert_false(formula_holds(a, p->facts[0].claim, at));
    at[u] = coef_int(4);
    assert_false(formula_holds(a, p->facts[0].claim, at));
    at[5] = coef_int(1);
    assert_false(formula_holds(a, p->facts[0].claim, at));
    at[u] = coef_int(1);
    assert_true(formula_holds(a, p->facts[0].claim, at));
    arena_free(a);
}

/* In a conclusion some value of the interval will do. */
static void uncertain_numbers_of_sums_in_conclusions(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "y ∝ A\n∴ y ∝ A^[1, 2] + B^-[1, 2]\n");
    for (long i = 0; i < 125; i++) {
        long y = i % 5 - 2, x = i / 5 % 5 - 2, b = i / 25 - 2;
        coef at[] = {coef_int(y), coef_int(x), coef_int(b), coef_int(0), coef_int(0), coef_int(0)};
        long low = max(min(x, 2 * x), min(-b, -2 * b)), high = max(max(x, 2 * x), max(-b, -2 * b));
        assert_int_equal(formula_holds(a, p->goals[0].claim, at), low <= y && y <= high);
    }
    arena_free(a);
}

/* Forty sums of four terms stay small: nothing is multiplied out that need not be. */
static void relations_to_sums_take_linear_space(void **state) {
    (void)state;
    arena *a = arena_new();
    text t = text_new(a);
    text_puts(&t, "quantity y, z\nquantity q_0");
    for (int i = 1; i < 500; i++) text_addf(&t, ", q_%d", i);
    text_puts(&t, "\ny ∝ q_0");
    for (int i = 1; i < 500; i++) text_addf(&t, " + q_%d", i);
    const problem *p = problem_of(a, t.s);
    assert_int_equal(p->facts[0].claim->nodes, 1 + 500 + 1 + 500);
    text_puts(&t, "\nq_0");
    for (int i = 1; i < 250; i++) text_addf(&t, " + q_%d", i);
    text_puts(&t, " ≲ q_250");
    for (int i = 251; i < 500; i++) text_addf(&t, " + q_%d", i);
    assert_int_equal(code_of(a, t.s), DIAG_E412);
    arena_free(a);
}

static void growth_of_sums_is_growth(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool growth;
    } cases[] = {
        {"A + B grows", true},         {"A + B ≫ 1", true},    {"A grows or B shrinks", true},
        {"A grows when B ∝ C", true},  {"A B + C ≫ 1", false}, {"A grows or B ∝ C", false},
        {"A ∝ B when C grows", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, cases[i].text));
        if (p->facts[0].growth != cases[i].growth) fail_msg("%s", cases[i].text);
        arena_free(a);
    }
}

static void conclusions_and_suppositions_have_sums_and_alternatives(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "y ∝ A\n∴ y ∝ B or y ∝ A + C when A + B ≪ C and p > 0\n"
                                           "y ∝ A^? when A ∝ B + C\n");
    const goal *g = &p->goals[0];
    assert_true(str_eq(g->law, STR("y ∝ B or y ∝ A + C when A + B ≪ C and p > 0")));
    assert_int_equal(g->nwhen, 2);
    for (int i = 0; i < 625; i++) {
        long y = i % 5 - 2, x = i / 5 % 5 - 2, b = i / 25 % 5 - 2, c = i / 125 - 2;
        coef at[] = {coef_int(y), coef_int(x), coef_int(b), coef_int(c), coef_int(0), coef_int(0)};
        assert_int_equal(formula_holds(a, g->claim, at), y == b || y == max(x, c));
        assert_int_equal(formula_holds(a, g->when[0], at), max(x, b) < c);
        assert_int_equal(formula_holds(a, p->goals[1].when[0], at), x == max(b, c));
    }
    arena_free(a);
}

/* Nothing is supposed of a letter whose sign does not matter. */
static void a_sum_of_one_term_is_that_term(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "y ∝ A\n(y + y)^p ∝ A^?\n");
    assert_int_equal(p->goals[0].nwhen, 0);
    assert_string_equal(coef_text(a, form_coef(p->goals[0].target, 0)), "p");
    arena_free(a);
}

/* ---- choices ---- */

static void a_choice_says_what_is_chosen_and_fixed(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "given K: choose A, B to maximize y^p / B^2 at fixed C"
                                           " \"budget\" [X]\nchoose A to minimize y");
    const choice_of *c = p->facts[0].choice;
    assert_non_null(c);
    assert_true(p->facts[0].hard && !p->facts[0].growth);
    assert_int_equal(p->facts[0].claim->kind, FORMULA_ALL);
    assert_int_equal(p->facts[0].claim->n, 0);
    assert_int_equal(c->nchosen, 2);
    assert_int_equal(c->chosen[0], 1);
    assert_int_equal(c->chosen[1], 2);
    assert_true(c->maximize);
    assert_int_equal(c->nfixed, 1);
    assert_int_equal(c->fixed[0], 3);
    assert_int_equal(c->target.n, 2);
    assert_true(coef_eq(form_coef(c->target, 2), coef_int(-2)));
    assert_string_equal(coef_text(a, form_coef(c->target, 0)), "p");
    c = p->facts[1].choice;
    assert_true(c && !c->maximize && c->nfixed == 0 && c->nchosen == 1);
    arena_free(a);
}

static void a_sketch_has_choices_of_quantities(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "ℓ = N^-α + D^-β; C = N D; C grows; α, β > 0\n"
                                     "choose N, D to minimize ℓ at fixed C\n"
                                     "regime r { choose N to minimize C at fixed ℓ }\n"
                                     "regime s without @2 {}\n");
    assert_int_equal(p->nfacts, 5);
    assert_non_null(p->facts[4].choice);
    assert_int_equal(p->symbols[p->facts[4].choice->chosen[0]].sort, SORT_QUANTITY);
    assert_int_equal(p->regimes[0]->nfacts, 6);
    assert_non_null(p->regimes[0]->facts[5].choice);
    assert_int_equal(p->regimes[1]->nfacts, 4);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sums_conditions_and_alternatives_mean_what_they_say),
        cmocka_unit_test(they_are_printed_in_the_language_itself),
        cmocka_unit_test(canonical_spelling),
        cmocka_unit_test(uncertain_numbers_of_conditions_stay_in_their_interval),
        cmocka_unit_test(uncertain_numbers_of_sums_in_conclusions),
        cmocka_unit_test(relations_to_sums_take_linear_space),
        cmocka_unit_test(growth_of_sums_is_growth),
        cmocka_unit_test(conclusions_and_suppositions_have_sums_and_alternatives),
        cmocka_unit_test(a_sum_of_one_term_is_that_term),
        cmocka_unit_test(a_choice_says_what_is_chosen_and_fixed),
        cmocka_unit_test(a_sketch_has_choices_of_quantities),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
