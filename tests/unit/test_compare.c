/* compare: two theories as one problem, distances from measured exponents, and their tables. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include "analysis/comparison.h"
#include "analysis/merge.h"
#include "lang/measured.h"
#include "render/agreement_words.h"
#include "render/figures.h"

static const problem *theory_of(arena *a, const char *name, const char *theory) {
    diags sink = {.arena = a};
    const problem *p = lang_problem(a, source_of(a, name, str_of(theory)), NULL, NULL, &sink);
    assert_non_null(p);
    return p;
}

/* ---- which quantities are the same ---- */

/* "N=N L=w": each quantity of x that is shared, and what it is called in y. */
static const char *matches(arena *a, const char *one, const char *other) {
    const problem *x = theory_of(a, "x", one), *y = theory_of(a, "y", other);
    const int *match = merge_match(a, x, y);
    text t = text_new(a);
    for (int i = 0; i < x->nsymbols; i++)
        for (int j = 0; j < y->nsymbols; j++) {
            if (match[j] != i) continue;
            if (t.n) text_putc(&t, ' ');
            text_add(&t, x->symbols[i].name);
            text_putc(&t, '=');
            text_add(&t, y->symbols[j].name);
        }
    return t.n ? t.s : "";
}

static void quantities_are_shared_by_name_then_by_alias_each_once(void **state) {
    (void)state;
    static const struct {
        const char *one, *other, *shared;
    } cases[] = {
        {"quantity N, w", "quantity w, L", "w=w"},
        {"quantity N", "quantity w", ""},
        {"quantity N (P)", "quantity P", "N=P"},
        {"quantity P", "quantity N (P)", "P=N"},
        {"quantity N (Q)", "quantity P (Q)", "N=P"},
        {"quantity N (P)", "quantity N\nquantity P", "N=N"},
        {"quantity N (P)\nquantity P_2", "quantity P (N)", "N=P"},
        {"quantity N (P)\nquantity M", "quantity P\nquantity M (N)", "N=P M=M"},
        {"quantity N (P)\nquantity M (Q)", "quantity Q (P)", "M=Q"},
        {"quantity N (a_1, b_1)", "quantity M (b_1, a_1)", "N=M"},
        {"quantity N\nparam α", "param α\nquantity N", "N=N"},
        {"quantity w\nconst c", "quantity c\nconst w", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        char one[256], other[256];
        snprintf(one, sizeof one, "%s\nquantity u_1\nu_1 grows", cases[i].one);
        snprintf(other, sizeof other, "%s\nquantity u_2\nu_2 grows", cases[i].other);
        assert_string_equal(matches(a, one, other), cases[i].shared);
        arena_free(a);
    }
}

/* ---- the merged problem ---- */

static const char *coefficient(arena *a, const problem *p, int which, const char *quantity) {
    const formula *f = p->facts[which].claim;
    for (int s = 0; s < p->nsymbols; s++)
        if (str_eq(p->symbols[s].name, str_of(quantity))) return coef_text(a, form_coef(f->lhs, s));
    return "no such symbol";
}

static void parameters_are_renamed_apart_and_coefficients_moved(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *x = theory_of(a, "one", "param α\nquantity N, w\nA1: N ∝ w^(1/(1+α))");
    const problem *y =
        theory_of(a, "two-b", "param γ, α\nquantity w, N\nB1: N ∝ w^(α/γ)\nB2: α < 1\nB3: w grows");
    merged m = merge_problems(a, x, y, STR("one"), STR("two-b"));
    assert_true(problem_ok(m.p));
    assert_int_equal(m.nfirst, 1);
    assert_int_equal(m.nshared, 2);
    assert_int_equal(field_size(m.p->field), 3);
    assert_int_equal(m.p->nfacts, 4);
    assert_true(str_eq(m.p->facts[0].label, STR("one.A1")));
    assert_true(str_eq(m.p->facts[2].label, STR("two-b.B2")));
    const formula *law = m.p->facts[0].claim;
    if (law->kind != FORMULA_ATOM) law = law->kid[0];
    assert_true(law->kind == FORMULA_ATOM);
    assert_string_equal(coefficient(a, m.p, 3, "w"), "-1");
    for (int i = 0; i < field_size(m.p->field); i++) {
        int sym = field_symbol(m.p->field, i);
        assert_int_equal(m.p->symbols[sym].sort, SORT_PARAMETER);
        assert_true(str_eq(m.p->symbols[sym].name, field_name(m.p->field, i)));
    }
    assert_true(str_eq(field_name(m.p->field, 0), STR("α_one")));
    assert_true(str_eq(field_name(m.p->field, 2), STR("α_two_b")));
    arena_free(a);
}

static void a_moved_coefficient_is_the_same_value(void **state) {
    (void)state;
    arena *a = arena_new();
    const str small[] = {STR("a"), STR("b")}, large[] = {STR("x"), STR("b"), STR("a")};
    const int two[] = {0, 1}, three[] = {0, 1, 2}, to[] = {2, 1};
    const field *k = field_new(a, small, two, 2), *l = field_new(a, large, three, 3);
    coef x = coef_parameter(a, k, 0), y = coef_parameter(a, k, 1);
    coef c = coef_div(a, coef_sub(a, y, x), coef_add(a, x, coef_int(1)));
    coef moved = coef_moved(a, c, l, to);
    const coef at[] = {coef_int(7), coef_int(5), coef_int(2)}, own[] = {coef_int(2), coef_int(5)};
    rat before = RAT_ZERO, after = RAT_ONE;
    assert_true(coef_value(a, c, own, &before) && coef_value(a, moved, at, &after));
    assert_true(rat_eq(before, after));
    assert_ptr_equal(coef_field(moved), l);
    assert_true(coef_is_one(coef_moved(a, coef_int(1), l, to)));
    arena_free(a);
}

/* ---- distances ---- */

static rat number(arena *a, const char *s) {
    rat r = RAT_ZERO;
    assert_true(rat_parse(a, str_of(s), &r));
    return r;
}

static measurement measured(arena *a, const char *exponent, const char *low, const char *high) {
    measurement m = {.exponent = number(a, exponent), .has_low = low, .has_high = high};
    if (low) m.low = number(a, low);
    if (high) m.high = number(a, high);
    return m;
}

static void distances_are_in_stated_errors_of_their_side(void **state) {
    (void)state;
    static const struct {
        const char *low, *high; /* of the answer */
        const char *exponent, *from, *to, *difference, *errors;
    } cases[] = {
        {"1/2", "1/2", "1/2", "2/5", "3/5", "0", "0"},
        {"3/5", "3/5", "1/2", "2/5", "7/10", "1/10", "1/2"},
        {"3/10", "3/10", "1/2", "2/5", "7/10", "-1/5", "-2"},
        {"3/10", "3/10", "1/2", NULL, "7/10", "-1/5", NULL},
        {"1", "1", "1/2", NULL, NULL, "1/2", NULL},
        {"1", "1", "1/2", "1/2", "1/2", "1/2", NULL},
        {"0", "1", "1/2", "2/5", "3/5", "0", "0"},
        {"1", "2", "1/2", "2/5", "3/5", "1/2", "5"},
        {"-2", "-1", "1/2", "0", "3/5", "-3/2", "-3"},
        {NULL, "-1", "1/2", "0", "3/5", "-3/2", "-3"},
        {"1", NULL, "3", "2", "4", "0", "0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        interval r = {.low_infinite = !cases[i].low, .high_infinite = !cases[i].high};
        if (cases[i].low) r.low = coef_of(number(a, cases[i].low));
        if (cases[i].high) r.high = coef_of(number(a, cases[i].high));
        answer x = {.kind = ANSWER_RANGE, .ranges = &r, .nranges = 1};
        measurement m = measured(a, cases[i].exponent, cases[i].from, cases[i].to);
        gap g;
        assert_true(gap_of_answer(a, &x, &m, &g));
        assert_string_equal(rat_text(a, g.difference), cases[i].difference);
        assert_int_equal(g.has_errors, cases[i].errors != NULL);
        if (cases[i].errors) assert_string_equal(rat_text(a, g.errors), cases[i].errors);
        arena_free(a);
    }
}

static void the_nearest_of_several_ranges_counts(void **state) {
    (void)state;
    arena *a = arena_new();
    interval r[] = {{.low = coef_int(-3), .high = coef_int(-2)},
                    {.low = coef_int(4), .high = coef_int(4)}};
    answer x = {.kind = ANSWER_RANGE, .ranges = r, .nranges = 2};
    answer open = {.kind = ANSWER_UNDETERMINED};
    measurement m = measured(a, "2", "1", "3");
    gap g;
    assert_true(gap_of_answer(a, &x, &m, &g));
    assert_string_equal(rat_text(a, g.difference), "2");
    assert_false(gap_of_answer(a, &open, &m, &g));
    arena_free(a);
}

static void answers_differ_only_where_they_exclude_each_other(void **state) {
    (void)state;
    const coef half = {.r = {.q = {1, 2}}}, one = coef_int(1);
    interval closed = {.low = coef_int(0), .high = half}, open = closed;
    open.high_open = true;
    answer at_half = {.kind = ANSWER_EXACT, .value = &half, .nvalue = 1};
    answer at_one = {.kind = ANSWER_EXACT, .value = &one, .nvalue = 1};
    answer up_to = {.kind = ANSWER_RANGE, .ranges = &closed, .nranges = 1};
    answer below = {.kind = ANSWER_RANGE, .ranges = &open, .nranges = 1};
    answer anything = {.kind = ANSWER_UNDETERMINED};
    assert_true(answers_differ(&at_half, &at_one));
    assert_false(answers_differ(&at_half, &at_half));
    assert_false(answers_differ(&at_half, &up_to));
    assert_true(answers_differ(&at_half, &below));
    assert_true(answers_differ(&up_to, &at_one));
    assert_false(answers_differ(&anything, &at_one));
}

static void three_figures_are_enough(void **state) {
    (void)state;
    static const char *const cases[][2] = {{"0", "0"},           {"-1411/307", "-4.6"},
                                           {"1/3", "0.333"},     {"610/307", "1.99"},
                                           {"123456", "123000"}, {"-1/1000", "-0.001"}};
    arena *a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(three_figures(a, number(a, cases[i][0])), cases[i][1]);
    arena_free(a);
}

/* ---- tables ---- */

/* "N in C: 73/100 [18/25, 37/50] Kaplan @2; ..." */
static const char *table(arena *a, const char *csv) {
    diags sink = {.arena = a};
    measurements m = measured_read(a, source_of(a, "t.csv", str_of(csv)), NULL, &sink);
    text t = text_new(a);
    assert_int_equal(sink.errors, 0);
    for (int i = 0; i < m.n; i++) {
        const measurement *x = &m.v[i];
        text_addf(&t, "%s%.*s in %.*s: %s [%s, %s] %.*s @%d", i ? "; " : "", (int)x->quantity.n,
                  x->quantity.s, (int)x->base.n, x->base.s, rat_text(a, x->exponent),
                  x->has_low ? rat_text(a, x->low) : "", x->has_high ? rat_text(a, x->high) : "",
                  (int)x->source.n, x->source.s, x->line);
    }
    return t.n ? t.s : "";
}

static void tables_are_read_by_their_header(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"quantity,base,exponent\n", ""},
        {"quantity,base,exponent\nN,C,0.73\n", "N in C: 73/100 [, ]  @2"},
        {"source,exponent,high,low,base,quantity\nx,.5,1,-1/2,C,N", "N in C: 1/2 [-1/2, 1] x @2"},
        {"\xEF\xBB\xBFquantity,base,exponent\r\n\r\nell,N_{p},+2\r\n", "ℓ in N_p: 2 [, ]  @3"},
        {"quantity,base,exponent,source\nN,C,1,\"a, \"\"b\"\"\nc\"\nD,C,2,\n",
         "N in C: 1 [, ] a, \"b\"\nc @2; D in C: 2 [, ]  @4"},
        {"quantity,base,exponent,low,high\nN,C,-0.2,-0.35,-0.07\n",
         "N in C: -1/5 [-7/20, -7/100]  @2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        assert_string_equal(table(a, cases[i][0]), cases[i][1]);
        arena_free(a);
    }
}

static void broken_tables_give_diagnostics_and_no_rows(void **state) {
    (void)state;
    static const char *const cases[] = {"",
                                        "\n\n",
                                        ",",
                                        "quantity",
                                        "quantity,base,exponent\nN\n",
                                        "quantity,base,exponent\n\"",
                                        "quantity,base,exponent\nN,C,1\nN,C,\"1\"x\n",
                                        "quantity,base,exponent\nN,C,1e5\n",
                                        "quantity,base,exponent\nN,C,+-1\n",
                                        "quantity,base,exponent\nN,C,1/2/3\n",
                                        "quantity,base,exponent\nN,C,-\n",
                                        "quantity,base,exponent\ngrows,C,1\n",
                                        "quantity,base,exponent\nN^2,C,1\n"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        measurements m = measured_read(a, source_of(a, "t.csv", str_of(cases[i])), NULL, &sink);
        assert_true(sink.errors > 0);
        assert_int_equal(m.n, 0);
        arena_free(a);
    }
}

static void a_measurement_reads_as_a_law(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"73/100", "N ∝ C^0.73"}, {"-1/3", "N ∝ C^(-1/3)"}, {"2", "N ∝ C^2"}};
    arena *a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        measurement m = measured(a, cases[i][0], NULL, NULL);
        m.quantity = STR("N"), m.base = STR("C");
        assert_string_equal(str_z(a, measured_law(a, &m)), cases[i][1]);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_are_shared_by_name_then_by_alias_each_once),
        cmocka_unit_test(parameters_are_renamed_apart_and_coefficients_moved),
        cmocka_unit_test(a_moved_coefficient_is_the_same_value),
        cmocka_unit_test(distances_are_in_stated_errors_of_their_side),
        cmocka_unit_test(the_nearest_of_several_ranges_counts),
        cmocka_unit_test(answers_differ_only_where_they_exclude_each_other),
        cmocka_unit_test(three_figures_are_enough),
        cmocka_unit_test(tables_are_read_by_their_header),
        cmocka_unit_test(broken_tables_give_diagnostics_and_no_rows),
        cmocka_unit_test(a_measurement_reads_as_a_law),
    };
    return cmocka_run_group_tests_name("theories side by side", tests, NULL, NULL);
}
