/* steps: every line of a calculation follows, says what it does, and the last one is the answer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysed_text.h"
#include "render/exponents.h"
#include "theory_text.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* --- lines as text --- */

static void add_line(arena *a, text *t, const problem *p, const calc_line *x) {
    const char *sign = x->identity ? "=" : law_sign(x->r, x->geq);
    if (t->n) text_puts(t, "; ");
    if (!x->linked) text_add(t, law_factors(a, p, x->left));
    if (!x->linked) text_putc(t, ' ');
    str right = law_factors(a, p, x->right);
    text_addf(t, "%s %.*s [%s", sign, (int)right.n, right.s, rule_name(x->rule));
    for (int i = 0; i < x->ndone; i++) {
        str sum = arithmetic_text(a, &x->done[i]);
        text_addf(t, ", %.*s", (int)sum.n, sum.s);
    }
    text_puts(t, x->turned ? ", turned]" : "]");
}

static const char *lines_of(arena *a, const problem *p, const calculation *c) {
    text t = text_new(a);
    for (int i = 0; i < c->n; i++) {
        if (i) text_puts(&t, " | ");
        text inner = text_new(a);
        for (int k = 0; k < c->c[i].n; k++) add_line(a, &inner, p, &c->c[i].line[k]);
        text_add(&t, text_str(&inner));
    }
    return t.n ? t.s : "";
}

/* The first answer with a derivation, or else the first conclusion. */
static const derivation *first_why(const finding *f, const goal **g) {
    for (int i = 0; i < f->nanswers; i++)
        if (f->answers[i].why) return *g = f->answers[i].goal, f->answers[i].why;
    for (int i = 0; i < f->nconclusions; i++)
        if (f->conclusions[i].why) return *g = f->conclusions[i].goal, f->conclusions[i].why;
    return NULL;
}

typedef struct {
    const char *theory, *want;
} row;

static void check(const row *x) {
    arena *a = arena_new();
    budget b;
    const finding *f = analysed_text(a, x->theory, &b);
    const goal *g = NULL;
    const derivation *why = first_why(f, &g);
    if (!why) fail_msg("no derivation: %s", x->theory);
    calculation c = work_out(a, f->p, g, why);
    assert_string_equal(lines_of(a, f->p, &c), x->want);
    arena_free(a);
}

static void check_all(const row *rows, int n) {
    for (int i = 0; i < n; i++) check(&rows[i]);
}

#define WIDE "quantity w, L, N, P, l; "

static void each_line_has_one_rule(void **state) {
    (void)state;
    static const row rows[] = {
        {WIDE "N ∝ w; L ∝ w; P ∝ w² L; w grows; P ∝ w^?",
         "∝ w² L [law]; ∝ w² w [substitution]; = w³ [product, 2 + 1 = 3]"},
        {WIDE "N ∝ w; L ∝ w; P ∝ w² L; l ∝ N^-1; w grows; l ∝ P^?",
         "∝ N^-1 [law]; ∝ w^-1 [substitution] | "
         "∝ w² L [law]; ∝ w² w [substitution]; = w³ [product, 2 + 1 = 3] | "
         "w³ ∝ P [from right to left]; w ∝ P^(1/3) [root, 3 · 1/3 = 1]; l ∝ w^-1 [from above]; "
         "∝ (P^(1/3))^-1 [substitution]; = P^(-1/3) [power of a power, 1/3 · (-1) = -1/3]"},
        {WIDE "L ∝ w; P ∝ w / L; w grows; P ∝ w^?",
         "∝ w L^-1 [law]; ∝ w w^-1 [substitution]; = w^0 [quotient, 1 - 1 = 0]; "
         "= 1 [power zero]"},
        {WIDE "N ∝ w² L; P ∝ N³; L ∝ w; w grows; P ∝ w^?",
         "∝ N³ [law]; ∝ (w² L)³ [substitution]; = (w²)³ L³ [power of a product]; "
         "= w⁶ L³ [power of a power, 2 · 3 = 6]; ∝ w⁶ w³ [substitution]; "
         "= w⁹ [product, 6 + 3 = 9]"},
    };
    check_all(rows, COUNT(rows));
}

static void a_law_is_solved_for_what_it_replaces(void **state) {
    (void)state;
    static const row rows[] = {
        {WIDE "P ∝ w²; N ∝ w; w grows; P grows; N ∝ P^?",
         "P ∝ w² [law]; w² ∝ P [from right to left]; w ∝ P^(1/2) [root, 2 · 1/2 = 1] | "
         "∝ w [law]; ∝ P^(1/2) [substitution]"},
        {WIDE "N ∝ w; P ∝ L / N; P fixed; w grows; L ∝ w^?",
         "P ∝ L N^-1 [law]; L N^-1 ∝ P [from right to left]; L ∝ N P [quotient] | "
         "∝ N P [from above]; ∝ N 1 [substitution]; = N [power zero]; "
         "∝ w [substitution]"},
    };
    check_all(rows, COUNT(rows));
}

static void a_negative_power_turns_an_inequality(void **state) {
    (void)state;
    static const row rows[] = {
        {WIDE "l ∝ N^-2; N ≲ w; ∴ l ≳ w^-2", "∝ N^-2 [law]; ≳ w^-2 [substitution, turned]"},
        {WIDE "l ∝ N²; N^-1 ≪ w; ∴ l ≫ w^-2",
         "w ≫ N^-1 [law]; N^-1 ≪ w [from right to left]; "
         "N ≫ w^-1 [reciprocal, -1 · (-1) = 1, turned] | ∝ N² [law]; ≫ (w^-1)² [substitution]; "
         "= w^-2 [power of a power, -1 · 2 = -2]"},
        {WIDE "L ∝ w; w grows; ∴ L grows", "∝ w [law]; ≫ 1 [substitution]"},
        {WIDE "N^2 ≲ w; P ∝ N; ∴ P ≲ w^(1/2)",
         "N² ≲ w [law]; N ≲ w^(1/2) [root, 2 · 1/2 = 1] | ∝ N [law]; ≲ w^(1/2) [substitution]"},
        {WIDE "N^-2 ≲ w; P ∝ N; ∴ P ≳ w^(-1/2)",
         "w ≳ N^-2 [law]; N^-2 ≲ w [from right to left]; "
         "N ≳ w^(-1/2) [power, -2 · (-1/2) = 1, turned] | ∝ N [law]; ≳ w^(-1/2) [substitution]"},
    };
    check_all(rows, COUNT(rows));
}

static void suppositions_and_letters_are_told(void **state) {
    (void)state;
    static const row rows[] = {
        {"quantity H, N, σ; H ∝ N σ; N grows; H ∝ N^? when σ ∝ N^-2",
         "∝ N σ [law]; ∝ N N^-2 [substitution]; = N^-1 [quotient, 1 - 2 = -1]"},
        {"quantity S, u, l; param p; S ∝ u^p; u ∝ l^(1/3); l grows; S ∝ l^?",
         "∝ u^p [law]; ∝ (l^(1/3))^p [substitution]; "
         "= l^(p/3) [power of a power, 1/3 · p = p/3]"},
        {"quantity N, D, C, ℓ; param α, β; α > 0; β > 0; ℓ ∝ N^-α + D^-β; C ∝ N D; "
         "choose N, D to minimize ℓ at fixed C; C grows; N ∝ C^?",
         "= N^β N^α [product, from right to left, β + α = α+β]; ∝ N^β D^β [substitution]; "
         "= (N D)^β [power of a product, from right to left]; ∝ C^β [substitution] | "
         "N ∝ (C^β)^(1/(α+β)) [root, (α+β) · 1/(α+β) = 1]; "
         "= C^(β/(α+β)) [power of a power, β · 1/(α+β) = β/(α+β)]"},
    };
    check_all(rows, COUNT(rows));
}

static void a_claim_about_powers_ends_in_a_power(void **state) {
    (void)state;
    static const row rows[] = {
        {"quantity v, t, g, h; v ∝ t g; h ∝ t v; ∴ v ∝ √(g h)",
         "= v v [product, from right to left, 1 + 1 = 2]; ∝ v t g [substitution]; "
         "∝ h g [substitution] | v ∝ (g h)^(1/2) [root, 2 · 1/2 = 1]; "
         "= g^(1/2) h^(1/2) [power of a product]"},
        {WIDE "N ∝ w; L ∝ N; ∴ L² ∝ w²", "∝ N [law]; ∝ w [substitution] | L² ∝ w² [power]"},
    };
    check_all(rows, COUNT(rows));
}

/* --- at random: each line holds in a solution, and no changed line passes --- */

/* The exponent of a product in a solution, added up here. */
static coef at_solution(arena *a, product x, const witness *w) {
    coef sum = coef_int(0);
    for (int i = 0; i < x.n; i++)
        for (int k = 0; k < x.f[i].n; k++) {
            coef one = coef_mul(a, x.f[i].t[k].c, w->x[x.f[i].t[k].sym]);
            sum = coef_add(a, sum, coef_mul(a, one, x.f[i].power));
        }
    return sum;
}

static void assert_lines_hold(arena *a, const calculation *c, const witness *w) {
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->c[i].n; k++) {
            const calc_line *x = &c->c[i].line[k];
            assert_true(coef_eq(at_solution(a, x->left, w), at_solution(a, x->right, w)));
            if (x->identity)
                assert_true(
                    form_eq(product_form(a, x->right), product_form(a, c->c[i].line[k - 1].right)));
        }
}

/* The calculation with one exponent on the right of one line changed. */
static calculation changed(arena *a, const calculation *c, int i, int k) {
    calculation out = {NEW_ARRAY(a, calc, c->n), c->n};
    memcpy((calc *)out.c, c->c, sizeof *c->c * (size_t)c->n);
    calc *one = (calc *)&out.c[i];
    calc_line *lines = NEW_ARRAY(a, calc_line, one->n);
    memcpy(lines, one->line, sizeof *lines * (size_t)one->n);
    one->line = lines;
    product *right = &lines[k].right;
    factor *f = NEW_ARRAY(a, factor, right->n + 1);
    for (int j = 0; j < right->n; j++) f[j] = right->f[j];
    term *t = NEW(a, term);
    *t = (term){0, coef_int(1)};
    f[right->n] = (factor){t, 1, coef_int(1)};
    *right = (product){f, right->n + 1};
    return out;
}

static void assert_changes_are_refused(arena *a, const problem *p, const goal *g,
                                       const derivation *why, const calculation *c) {
    for (int i = 0; i < c->n; i++)
        for (int k = 0; k < c->c[i].n; k++) {
            calculation bad = changed(a, c, i, k);
            assert_false(calculation_holds(p, g, why, &bad));
        }
}

static void add_power(text *t, char name, uint64_t *seed) {
    static const char *const powers[] = {"", "²", "^-1", "^(1/2)", "^(-2/3)", "³"};
    text_addf(t, " %c%s", name, powers[roll(seed, COUNT(powers))]);
}

/* Law i gives letter i by one or two earlier ones, with powers on both sides; a third letter may
 * stand with it. */
static const char *random_theory(arena *a, uint64_t *seed, int n) {
    text t = text_new(a);
    text_puts(&t, "quantity A");
    for (int i = 1; i < n; i++) text_addf(&t, ", %c", 'A' + i);
    for (int i = 1; i < n; i++) {
        text_puts(&t, ";");
        add_power(&t, (char)('A' + i), seed);
        if (roll(seed, 3) == 0) add_power(&t, (char)('A' + roll(seed, i)), seed);
        text_puts(&t, " ∝");
        add_power(&t, (char)('A' + roll(seed, i)), seed);
        if (roll(seed, 2)) add_power(&t, (char)('A' + roll(seed, i)), seed);
    }
    text_addf(&t, "; A grows; %c ∝ %c^?", 'A' + n - 1, 'A' + roll(seed, n - 1));
    return text_str(&t).s;
}

/* 1 where there was a derivation to be worked out. */
static int any_theory_once(uint64_t *seed) {
    arena *a = arena_new();
    budget b;
    const char *theory = random_theory(a, seed, 2 + roll(seed, 6));
    const finding *f = analysed_text(a, theory, &b);
    const answer *r = &f->answers[0];
    int told = f->verdict == VERDICT_CONSISTENT && r->why != NULL;
    if (told) {
        calculation c = work_out(a, f->p, r->goal, r->why);
        if (c.n == 0 && r->why->target.n) fail_msg("not worked out: %s", theory);
        assert_lines_hold(a, &c, &f->solution);
        assert_changes_are_refused(a, f->p, r->goal, r->why, &c);
    }
    arena_free(a);
    return told;
}

static void every_line_holds_and_no_changed_line_does(void **state) {
    (void)state;
    uint64_t seed = 7;
    int told = 0;
    for (int i = 0; i < 200; i++) told += any_theory_once(&seed);
    assert_true(told > 100);
}

/* The last line of the last calculation is the answer. */
static void the_last_line_is_the_answer(void **state) {
    (void)state;
    uint64_t seed = 8;
    for (int i = 0; i < 100; i++) {
        arena *a = arena_new();
        budget b;
        const finding *f = analysed_text(a, random_theory(a, &seed, 2 + roll(&seed, 6)), &b);
        const answer *r = &f->answers[0];
        if (f->verdict == VERDICT_CONSISTENT && r->why && r->why->target.n) {
            calculation c = work_out(a, f->p, r->goal, r->why);
            const calc *last = &c.c[c.n - 1];
            const calc_line *x = &last->line[last->n - 1];
            assert_true(form_eq(product_form(a, x->left), r->goal->target));
            assert_true(
                form_eq(product_form(a, x->right), form_scale(a, r->value[0], r->goal->base[0])));
        }
        arena_free(a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_line_has_one_rule),
        cmocka_unit_test(a_law_is_solved_for_what_it_replaces),
        cmocka_unit_test(a_negative_power_turns_an_inequality),
        cmocka_unit_test(suppositions_and_letters_are_told),
        cmocka_unit_test(a_claim_about_powers_ends_in_a_power),
        cmocka_unit_test(every_line_holds_and_no_changed_line_does),
        cmocka_unit_test(the_last_line_is_the_answer),
    };
    return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
