/* How far measured numbers are from agreeing: the smallest common factor of their errors, exact
 * where it can be, else enclosed. */
#include "analysed_text.h"

#define CND "quantity C, N, D; C ∝ N D; C grows;"

/* "13/6", "[141/100, 142/100]"; "" where there is none; then the statements. */
static const char *distance_text(arena *a, const finding *f) {
    text t = text_new(a);
    const distance *d = f->apart;
    if (!d) return "";
    text_puts(&t, rat_text(a, d->low));
    if (!rat_eq(d->low, d->high)) text_addf(&t, " to %s", rat_text(a, d->high));
    for (int i = 0; i < d->measured.n; i++) {
        text_putc(&t, ' ');
        text_add(&t, f->p->facts[d->measured.v[i]].label);
    }
    return text_str(&t).s;
}

static const struct {
    const char *theory, *want;
} cases[] = {
    {CND "A: N ∝ C^(0.37 ± 0.03); B: D ∝ C^(0.50 ± 0.03)", "13/6 A B"},
    {CND "A: N ∝ C^(0.40 ± 0.03); B: D ∝ C^(0.50 ± 0.02)", "2 A B"},
    {CND "A: N ∝ C^[0.1, 0.3]; B: D ∝ C^[0.4, 0.6]", "3/2 A B"},
    {CND "A: N ∝ C^(0.3 ± 0.1); B: D ∝ C^0.5", "2 A"},
    /* a parameter that was measured; one of two that conflict alone */
    {"quantity C, N; param a; A: a = 0.5 ± 0.1; B: N ∝ C^a; E: N ∝ C; C grows", "5 A"},
    {"quantity C, N; A: N ∝ C^(0.3 ± 0.1); B: N ∝ C^(0.7 ± 0.1); C grows", "2 A B"},
    {"quantity C, N; A: N ∝ C^(0.3 ± 0.1); B: N ∝ C^(0.6 ± 0.2); C grows", ""},
    /* products of measured numbers: (1/2 + f/10)² = 1, and (1/2 + f/10)(1 + f/10) = 1 */
    {"quantity C, N; A: N ∝ C^(0.5 ± 0.1); B: C ∝ N^(0.5 ± 0.1); C grows", "499/100 to 5 A B"},
    {"quantity C, N; A: N ∝ C^(0.5 ± 0.1); B: C ∝ N^(1 ± 0.1); C grows", "14/5 to 281/100 A B"},
    /* no error is large enough, or none is to blame */
    {"quantity C, N; A: N ∝ C^(0.5 ± 0.1); B: N ∝ C; E: N ∝ C²; C grows", ""},
    {"quantity C, N; B: N ∝ C; E: N ∝ C²; C grows", ""},
};

static void errors_grow_until_the_laws_can_agree(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        budget b;
        const finding *f = analysed_text(a, cases[i].theory, &b);
        const char *got = distance_text(a, f);
        if (strcmp(got, cases[i].want) != 0) fail_msg("%s\n  %s", cases[i].theory, got);
        arena_free(a);
    }
}

/* With the errors so much larger the theory can hold, and with a little less it cannot. */
static void the_factor_is_where_the_conflict_ends(void **state) {
    (void)state;
    static const struct {
        long middle[2], error[2], factor[2]; /* in hundredths; the factor as a fraction */
    } rows[] = {
        {{37, 50}, {3, 3}, {13, 6}}, {{40, 50}, {3, 2}, {2, 1}}, {{20, 30}, {1, 4}, {10, 1}}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int less = 0; less < 2; less++) {
            arena *a = arena_new();
            budget b;
            rat by = rat_frac(a, rows[i].factor[0], rows[i].factor[1]);
            if (less) by = rat_sub(a, by, rat_frac(a, 1, 1000));
            text t = text_new(a);
            text_puts(&t, CND);
            for (int k = 0; k < 2; k++) {
                rat middle = rat_frac(a, rows[i].middle[k], 100);
                rat error = rat_mul(a, by, rat_frac(a, rows[i].error[k], 100));
                text_addf(&t, "%s ∝ C^[%s, %s];", k ? "D" : "N",
                          rat_text(a, rat_sub(a, middle, error)),
                          rat_text(a, rat_add(a, middle, error)));
            }
            const finding *f = analysed_text(a, text_str(&t).s, &b);
            assert_int_equal(f->verdict, less ? VERDICT_CONTRADICTORY : VERDICT_CONSISTENT);
            arena_free(a);
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(errors_grow_until_the_laws_can_agree),
        cmocka_unit_test(the_factor_is_where_the_conflict_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
