/* The promises of engine/peel.h: what is left, and the way back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/peel.h"
#include "parametric_text.h"

typedef struct {
    const char *text;
    int taken;
} row;

/* Every parameter is 3/2 and every quantity that was not taken 1. */
static witness at_three_halves(arena *a, const problem *p) {
    coef *x = NEW_ARRAY(a, coef, p->nsymbols);
    for (int i = 0; i < p->nsymbols; i++)
        x[i] = i < PARAMETERS ? coef_of(rat_frac(a, 3, 2)) : coef_int(1);
    return (witness){x, p->nsymbols};
}

static void laws_that_only_give_a_quantity_are_taken_and_given_back(void **state) {
    (void)state;
    static const row rows[] = {
        {"x = a y; y = b z; z > 0", 3},        /* a chain from its end */
        {"x = a y; x = b y; y > 0", 0},        /* a quantity that two laws speak of */
        {"x = a y; y > 0; x < 0 | y != 0", 0}, /* cases */
        {"a x = y; y = z; z > 0", 0},          /* a may be zero */
        {"z = x + a y; x > 0; y >= 1; a > 1", 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, rows[i].text);
        sequent q = {p, NULL, NULL, 0};
        peeled left = peel(a, &q, NULL);
        witness w = at_three_halves(a, p);
        if (left.n != rows[i].taken) fail_msg("%s: %d", rows[i].text, left.n);
        if (left.n > 0) {
            assert_true(witness_satisfies(&left.rest, &w));
            w = peel_back(a, &left, &w);
            assert_true(witness_satisfies(&q, &w));
        }
        arena_free(a);
    }
}

static void what_is_kept_is_left_to_no_law(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "x = a y; y > 0");
    sequent q = {p, NULL, NULL, 0};
    bool *keep = NEW_ARRAY(a, bool, p->nsymbols);
    for (int i = 0; i < p->nsymbols; i++) keep[i] = true;
    assert_int_equal(peel(a, &q, keep).n, 0);
    assert_int_equal(peel(a, &q, NULL).n, 2);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(laws_that_only_give_a_quantity_are_taken_and_given_back),
        cmocka_unit_test(what_is_kept_is_left_to_no_law),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
