/* independence: components and series classes of small theories. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/independence.h"
#include "theory_text.h"

enum { MOST = 8 };

/* Of each fact the letter of its component ("." for none) and the number of its class. */
typedef struct {
    const char *const facts[MOST];
    const char *components, *series;
} example;

static const example examples[] = {
    /* two conflicts that share nothing; the last law is of no conflict */
    {{"< -a", "= b -a", "< b", "< -c", "< c", "= d -a"}, "AAABB.", "000335"},
    /* what is tied to both by a symbol of its own changes nothing */
    {{"< -a", "< a", "< -b", "< b", "= c -a -b"}, "AABB.", "00224"},
    /* two conflicts that share a statement: each has a class of its own beside it */
    {{"< -a", "= b -a", "< b", "= c -2a", "< c"}, "AAAAA", "01133"},
    /* three laws of two quantities: any two of them may conflict */
    {{"= a -b", "= a -2b", "< -b", "< -a"}, "AAAA", "0123"},
    /* alternatives are a conjunction of forms for this, and in no class */
    {{"< a | < -a", "= a", "= b"}, "AA.", "012"},
    /* a statement of two parts is no class with another */
    {{"< -a & < -b", "= a", "< b"}, "AAA", "012"},
};

static void forms_are_told_apart(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        const example *x = &examples[i];
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        int n = (int)strlen(x->components);
        const problem *p = theory_text(a, "abcd", x->facts, n);
        independence k = find_independence(a, p, NULL, false, &b);
        for (int j = 0; j < n; j++) {
            int component = k.component[j] < 0 ? '.' : 'A' + k.component[j];
            assert_int_equal(component, x->components[j]);
            assert_int_equal(k.series[j], x->series[j] - '0');
        }
        arena_free(a);
    }
}

static void without_budget_everything_is_one_part(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    b.steps_left = 1;
    const problem *p = theory_text(a, "abcd", examples[0].facts, 6);
    independence k = find_independence(a, p, NULL, false, &b);
    assert_int_equal(k.ncomponents, 1);
    for (int i = 0; i < 6; i++) {
        assert_int_equal(k.component[i], 0);
        assert_int_equal(k.series[i], i);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_told_apart),
        cmocka_unit_test(without_budget_everything_is_one_part),
    };
    return cmocka_run_group_tests_name("independence", tests, NULL, NULL);
}
