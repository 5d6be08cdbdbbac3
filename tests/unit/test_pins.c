/* Parameters that equations give away: what is pinned, what becomes of formulas, and that the
 * kernel believes a proof that needs a pin where the equation is granted, and nowhere else. */
#include "parametric_text.h"

#include "algebra/pins.h"

static coef coef_in(reader *r, const char *z) {
    r->z = z;
    form f = read_sum(r);
    assert_true(form_is_const(f));
    return f.k;
}

static zeros zeros_of(arena *a, const problem *p) {
    zeros all = {0};
    for (int i = 0; i < p->nfacts; i++) zeros_in(a, p->facts[i].claim, &all);
    return all;
}

static pins pins_in(arena *a, const char *facts) {
    const problem *p = problem_of(a, facts);
    zeros all = zeros_of(a, p);
    return pins_of(a, all.v, (int)all.n);
}

/* --- what is pinned --- */

static const struct {
    const char *facts, *coef, *value;
} values[] = {
    {"a + 2b + g = 2", "g", "2 - a - 2b"},
    {"a + 2b + g = 2", "(g + a)/b", "(2 - 2b)/b"},
    {"a = 3", "a a - b", "9 - b"},
    {"a = 3; b = a + 1", "a b", "12"},
    {"b = a + 1; a = 3", "a b", "12"},
    {"a + b = 1; a - b = 0", "a/b", "1"},
    {"a = 3 & b = 1/2", "a b", "3/2"},
    {"a b = 1; b = 2", "a", "1/2"},
    {"a = 1/b; b = 2", "a", "1/2"},
    /* no equation, or none that holds by itself, or none that is linear */
    {"a < 3; a >= 3", "a", "a"},
    {"a = 3 | a = 4", "a", "a"},
    {"a a = 4", "a", "a"},
    {"a b = 1", "a", "a"},
    {"x = a y", "a", "a"},
    /* a number before others */
    {"a = 2; a + b = c", "c - b", "2"},
};

static void equations_pin_what_is_linear_in_them(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, values[i].facts);
        zeros all = zeros_of(a, p);
        pins own = pins_of(a, all.v, (int)all.n);
        reader r = {a, p->field, NULL};
        coef got;
        assert_true(coef_pinned(a, coef_in(&r, values[i].coef), &own, &got));
        if (!coef_eq(got, coef_in(&r, values[i].value)))
            fail_msg("%s: %s is %s", values[i].facts, values[i].coef, coef_text(a, got));
        arena_free(a);
    }
}

static void contradictory_equations_pin_each_parameter_once(void **state) {
    (void)state;
    static const char *const facts[] = {"a = 1; a = 2", "a = b; b = a; a = b + 1", "a = a + 1"};
    static const size_t pinned[] = {1, 1, 0};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
        arena *a = arena_new();
        assert_int_equal(pins_in(a, facts[i]).n, pinned[i]);
        arena_free(a);
    }
}

static void where_a_denominator_vanishes_nothing_holds(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "a = 1; x = y/(a - 1); x = y/(a + 1) & x < 0");
    zeros all = zeros_of(a, p);
    pins own = pins_of(a, all.v, (int)all.n);
    reader r = {a, p->field, NULL};
    coef got;
    assert_false(coef_pinned(a, coef_in(&r, "b/(a - 1)"), &own, &got));
    const formula *none = formula_pinned(a, p->facts[1].claim, &own);
    assert_true(none->kind == FORMULA_ANY && none->n == 0);
    const formula *both = formula_pinned(a, p->facts[2].claim, &own);
    assert_int_equal(both->nodes, p->facts[2].claim->nodes);
    assert_false(formula_is_parametric(both));
    arena_free(a);
}

/* --- what the kernel believes --- */

typedef struct {
    int fact, node;
    const char *lambda;
} part;

static const proof *sum_of(reader *r, const part *parts, int n) {
    summand *s = NEW_ARRAY(r->a, summand, n);
    proof *pf = NEW(r->a, proof);
    for (int i = 0; i < n; i++)
        s[i] = (summand){parts[i].fact, parts[i].node, coef_in(r, parts[i].lambda)};
    *pf = (proof){.kind = PROOF_SUM, .sum = s, .n = n};
    return pf;
}

static bool refutes(const char *facts, const part *parts, int n) {
    arena *a = arena_new();
    const problem *p = problem_of(a, facts);
    reader r = {a, p->field, NULL};
    sequent s = {p, NULL, NULL, 0};
    bool yes = proof_refutes(&s, sum_of(&r, parts, n));
    arena_free(a);
    return yes;
}

/* x - z + (z - (2-a-2b) y) - (x - g y) = (g - 2 + a + 2b) y, which is zero by the first fact. */
static const part by_scaling[] = {{1, 0, "-1"}, {2, 0, "1"}, {3, 0, "1"}};
#define LAWS "; x = g y; z = (2 - a - 2b) y; x < z"

static void a_proof_that_needs_an_equation_of_parameters_passes_with_it(void **state) {
    (void)state;
    assert_true(refutes("g = 2 - a - 2b" LAWS, by_scaling, 3));
    assert_true(refutes("a + 2b + g = 2" LAWS, by_scaling, 3));
    assert_true(refutes("a + 2b + g = 2 & a > 0" LAWS, by_scaling, 3));
}

static void a_wrong_pin_proves_nothing(void **state) {
    (void)state;
    static const char *const wrong[] = {
        "a + 2b + g = 3" LAWS,         /* another number */
        "a + b + g = 2" LAWS,          /* another sum */
        "a + 2b + g <= 2" LAWS,        /* no equation */
        "a + 2b + g = 2 | a = 1" LAWS, /* one case of two */
        "a + 2b + g != 2" LAWS,        /* the opposite */
        "x = x" LAWS,                  /* nothing */
        "a (a + 2b + g - 2) = 0" LAWS, /* true also at a = 0 */
        "y (a + 2b + g - 2) = 0" LAWS, /* true also at y = 0 */
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (refutes(wrong[i], by_scaling, 3)) fail_msg("%s", wrong[i]);
}

static void a_sign_may_rest_on_a_pin(void **state) {
    (void)state;
    static const part by_sign[] = {{1, 0, "g"}, {2, 0, "1"}};
    /* g·(x - y) + (g y - g x) with g = 1 + b > 0 */
    assert_true(refutes("g = 1 + b & b >= 0; x - y < 0; g y - g x <= 0", by_sign, 2));
    assert_false(refutes("g = 1 + b; x - y < 0; g y - g x <= 0", by_sign, 2));
    assert_false(refutes("g = b & b >= 0; x - y < 0; g y - g x <= 0", by_sign, 2));
    assert_false(refutes("g = 1 + b & b > -2; x - y < 0; g y - g x <= 0", by_sign, 2));
}

static void a_divisor_that_a_pin_makes_zero_is_refused(void **state) {
    (void)state;
    static const part divided[] = {{1, 0, "-1/(g - 1)"}, {2, 0, "1"}};
    assert_true(refutes("g = 2; (g - 1) x = (g - 1) y; x < y", divided, 2));
    assert_false(refutes("g = 1; (g - 1) x = (g - 1) y; x < y", divided, 2));
    assert_false(refutes("g = b; (g - 1) x = (g - 1) y; x < y", divided, 2));
    assert_true(refutes("g = b & b > 1; (g - 1) x = (g - 1) y; x < y", divided, 2));
}

/* --- signs --- */

static void signs_with_pins_hold_at_every_point(void **state) {
    (void)state;
    static const char *const facts[] = {"a + b = 1; a > 0",      "a = 2b; b >= 1; c = a",
                                        "a + 2b + c = 2; b < 0", "a b = 1; b = 2",
                                        "a = b; b = 1/2; c > a", "a = 3 - b; c b = 2"};
    static const char *const coefs[] = {
        "a - 1",      "c - 2 + a + 2b", "a/b", "a b - 1",    "a - b",       "(a + b - 1) c",
        "1/(a - 2b)", "a c - b",        "c c", "(a - 2b) c", "a a - 2 a b", "(c - a)/(b + 1)"};
    int seen = 0, narrowed = 0;
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        for (size_t k = 0; k < sizeof coefs / sizeof *coefs; k++) {
            arena *a = arena_new();
            const problem *p = problem_of(a, facts[i]);
            reader r = {a, p->field, NULL};
            hypothesis h[4];
            coef x[SYMBOLS], c = coef_in(&r, coefs[k]);
            static const int granted[] = {SIGN_ZERO, SIGN_NEG | SIGN_ZERO, SIGN_NEG};
            for (int j = 0; j < p->nfacts; j++)
                h[j] = hypothesis_of(p->facts[j].claim->lhs.k, granted[p->facts[j].claim->rel]);
            int signs = signs_of(a, c, h, p->nfacts);
            narrowed += signs != SIGN_ANY;
            for (int j = 0; j < SYMBOLS; j++) x[j] = coef_int(0);
            for (int at = 0; at < 13 * 13 * 13; at++) {
                const int v[] = {at % 13, at / 13 % 13, at / 169};
                bool holds = true;
                rat value;
                for (int j = 0; j < 3; j++) x[j] = coef_of(rat_frac(a, v[j] - 6, 2));
                for (int j = 0; j < p->nfacts; j++)
                    holds = holds && formula_holds(a, p->facts[j].claim, x);
                if (!holds || !coef_value(a, c, x, &value)) continue;
                seen++;
                if (!(signs & sign_of_rat(value))) fail_msg("%s: %s", facts[i], coefs[k]);
            }
            arena_free(a);
        }
    assert_true(seen > 300 && narrowed > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equations_pin_what_is_linear_in_them),
        cmocka_unit_test(contradictory_equations_pin_each_parameter_once),
        cmocka_unit_test(where_a_denominator_vanishes_nothing_holds),
        cmocka_unit_test(a_proof_that_needs_an_equation_of_parameters_passes_with_it),
        cmocka_unit_test(a_wrong_pin_proves_nothing),
        cmocka_unit_test(a_sign_may_rest_on_a_pin),
        cmocka_unit_test(a_divisor_that_a_pin_makes_zero_is_refused),
        cmocka_unit_test(signs_with_pins_hold_at_every_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
