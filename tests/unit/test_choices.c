/* Choices: what is odd about them is told, with what it rests on; tables of them are exact. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "lang/lang.h"
#include "render/law.h"
#include "render/tables.h"

static const char NAMES[] = "quantity N, D, C, B, E, m, p, w, ℓ\n";

static const finding *found(arena *a, const char *theory, bool tables) {
    diags sink = {.arena = a};
    const char *whole = formatted(a, "%s%s", NAMES, theory);
    const problem *p = lang_problem(a, source_of(a, "t", str_of(whole)), NULL, NULL, &sink);
    if (!p) fail_msg("%s: %s", theory, sink.list.v[0].message);
    analysis_options o = {.tables = tables, .max_cores = 8, .max_repairs = 8};
    budget b;
    budget_init(&b);
    return analyse(a, p, &o, &b);
}

static const char *const kinds[] = {
    [CHOICE_RESTS] = "rests",
    [CHOICE_GIVEN] = "given",
    [CHOICE_UNTOUCHED] = "untouched",
    [CHOICE_APART] = "apart",
    [CHOICE_OPEN] = "open",
    [CHOICE_HAS_NO_BOUND] = "unbounded",
    [CHOICE_HAS_NO_LAST] = "unattained",
    [CHOICE_HAS_NO_BEST] = "no best",
};

/* "M given N (1/2) from A, K; ...": all that is odd. */
static const char *notes_of(arena *a, const finding *f) {
    text t = text_new(a);
    text_puts(&t, "");
    for (int i = 0; i < f->nnotes; i++) {
        const choice_note *n = &f->notes[i];
        const choice_of *c = f->p->facts[n->fact].choice;
        text_addf(&t, "%s%s %s %s", i ? "; " : "", str_z(a, f->p->facts[n->fact].label),
                  kinds[n->kind], str_z(a, law_product(a, f->p, n->of)));
        for (int k = 0; n->power && k < c->nfixed; k++)
            text_addf(&t, " (%s)", coef_text(a, n->power[k]));
        for (int k = 0; k < n->support.n; k++)
            text_addf(&t, "%s%s", k ? ", " : " from ",
                      str_z(a, f->p->facts[n->support.v[k]].label));
    }
    return t.n ? t.s : "";
}

typedef struct {
    const char *theory, *notes;
} noted;

static void check_notes(const noted *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        const char *notes = notes_of(a, found(a, cases[i].theory, false));
        if (strcmp(notes, cases[i].notes) != 0)
            fail_msg("%s\n  is told:  %s\n  not:      %s", cases[i].theory, notes, cases[i].notes);
        arena_free(a);
    }
}

#define HOFFMANN "L: ℓ ∝ N^-1 + D^-1; K: C ∝ N D; M: choose N, D to minimize ℓ at fixed C;"
#define PARAMETRIC                                                                                 \
    "param α, β > 0; L: ℓ ∝ N^-α + D^-β; K: C ∝ N D; M: choose N, D to minimize ℓ at fixed C;"

static void nothing_is_odd_about_a_choice_between_terms(void **state) {
    (void)state;
    static const noted cases[] = {
        {HOFFMANN "C grows", ""},
        {HOFFMANN, ""},
        {PARAMETRIC "C grows", ""},
        {"N ∝ w; w grows", ""},
        {"L: ℓ ∝ N^-1 + D^-1 + E; K: C ∝ N D; F: E ∝ C^(-1/20);"
         "M: choose N, D to minimize ℓ at fixed C; C grows",
         ""},
        {"L: ℓ ∝ N^(-0.3 ± 0.1) + D^-0.3; K: C ∝ N D; M: choose N, D to minimize ℓ at fixed C;"
         "C grows",
         ""},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

static void what_the_other_statements_give_is_not_chosen(void **state) {
    (void)state;
    static const noted cases[] = {
        {HOFFMANN "A: N ∝ D; C grows",
         "M given N (1/2) from K, A; M given D (1/2) from K, A; M untouched ℓ (-1/2) from L, K, A"},
        {"L: ℓ ∝ N^-1 + D^-1; A: N ∝ C^2; D ≲ C; M: choose N, D to minimize ℓ at fixed C; C grows",
         "M given N (2) from A"},
        {"A: N ∝ C B^2; L: ℓ ∝ N^-1 + D^-1; D ≲ C; M: choose N, D to minimize ℓ at fixed C, B;"
         "C, B grow; C ≲ B",
         "M given N (1) (2) from A"},
        {"L: ℓ ∝ N; A: N fixed; M: choose N to minimize ℓ; w grows",
         "M given N from A; M untouched ℓ from L, A"},
        {"K: N ≲ C; G: N ≳ C; L: ℓ ∝ N^-1 + D^-1; D ≲ C; M: choose N, D to minimize ℓ at fixed C;"
         "C grows",
         "M given N (1) from K, G"},
        {"param α > 0; A: N ∝ C^α; L: ℓ ∝ N^-1 + D^-1; D ≲ C; M: choose N, D to minimize ℓ at "
         "fixed C; C grows",
         "M given N (α) from A"},
        {HOFFMANN "Q: m ∝ C + D; R: choose D to minimize m at fixed N; G: C grows",
         "R given D (1) from L, K, M, G; R untouched m (2) from L, K, M, Q, G"},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

static void what_is_fixed_must_scale_somewhere(void **state) {
    (void)state;
    static const noted cases[] = {
        {HOFFMANN "A: C fixed; w grows", "M rests C from A"},
        {HOFFMANN "A: C ∝ C^2; w grows", "M rests C from A"},
        {"L: ℓ ∝ N; A: ℓ fixed or C grows; F: C ≳ 1; M: choose N to minimize ℓ at fixed C; w grows",
         "M rests C from F, M"},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

static void a_choice_touches_what_it_is_made_for(void **state) {
    (void)state;
    static const noted cases[] = {
        {"L: ℓ ∝ C^-1; K: C ∝ N D; M: choose N, D to minimize ℓ at fixed C; C grows",
         "M untouched ℓ (-1) from L"},
        {"L: ℓ ∝ m; m ≳ C^-1; K: C ∝ N D; M: choose N, D to minimize ℓ at fixed C; C grows",
         "M apart ℓ"},
        {"param α > 0; L: ℓ ≳ C^-α; K: C ∝ N D; M: choose N to minimize ℓ at fixed C; C, N grow",
         "M apart ℓ"},
        {"L: ℓ ∝ m; m ≳ C^-1 or N fixed; M: choose N to minimize ℓ at fixed C; ℓ ≳ C^-1;"
         "C grows",
         ""},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

static void what_is_minimised_is_a_power_of_what_is_fixed(void **state) {
    (void)state;
    static const noted cases[] = {
        {"L: ℓ ∝ N^(-1/3) + D^(-1/3) + E; K: C ∝ N D; F: E ∝ C^(-1/20);"
         "M: choose N, D to minimize ℓ at fixed C",
         "M open ℓ"},
        {"L: ℓ ∝ N^-1 + D^-1; N ≲ C; D ≲ B; M: choose N, D to minimize ℓ at fixed C, B; C grows",
         "M open ℓ"},
        {"L: ℓ ∝ N^-1 + D^-1; N ≲ C; D ≲ B; M: choose N, D to minimize ℓ at fixed C, B; B ≪ C;"
         "C, B grow",
         ""},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

static void why_there_is_no_best_is_told(void **state) {
    (void)state;
    static const noted cases[] = {
        {"L: ℓ ∝ N^-1 D^-1; K: C ≳ N; M: choose N, D to minimize ℓ at fixed C; C grows",
         "M unbounded ℓ"},
        {"param α > 0; L: ℓ ∝ N^α; K: N ≳ C; M: choose N to maximize ℓ at fixed C; C grows",
         "M unbounded ℓ"},
        {"L: ℓ ∝ N^-1 D^-1; K: C ≫ N D; M: choose N, D to minimize ℓ at fixed C; C grows",
         "M unattained ℓ"},
        {"param α > 0; L: ℓ ∝ N^-α; K: C ≫ N; M: choose N to minimize ℓ at fixed C; C grows",
         "M unattained ℓ"},
        {"L: ℓ ∝ N; K: C ≪ N; M: choose N to minimize ℓ at fixed C; C grows", "M unattained ℓ"},
        {"L: ℓ ∝ N^-1; K: N ≪ C when B ≲ 1; M: choose N to minimize ℓ at fixed C, B",
         "M no best ℓ"},
        {HOFFMANN "S: m ≪ D; p ∝ m; R: choose m to maximize p at fixed C; C grows",
         "R unattained p"},
        {HOFFMANN "C grows; N ∝ C; D ∝ C", ""},
    };
    check_notes(cases, sizeof cases / sizeof *cases);
}

/* ---- tables ---- */

/* "N 1/2: 1.41 3.16 10; ℓ ..." */
static const char *table_text(arena *a, const finding *f) {
    text t = text_new(a);
    for (int i = 0; i < f->ntables; i++)
        for (int j = 0; j < f->tables[i].nrows; j++) {
            const table_row *x = &f->tables[i].rows[j];
            int n;
            const table_entry *k = table_entries(a, &x->exponent, &n);
            text_addf(&t, "%s%s", t.n ? "; " : "", str_z(a, law_product(a, f->p, x->of)));
            for (int e = 0; e < n; e++) {
                const interval *r = &k[e].exponent;
                if (!k[e].known) text_puts(&t, " ?");
                if (!k[e].known) continue;
                if (k[e].when)
                    text_addf(&t, " if %s", str_z(a, law_conditions(a, f->p, k[e].when)));
                text_addf(&t, " %s", coef_text(a, r->low));
                if (!entry_is_point(&k[e])) text_addf(&t, "..%s", coef_text(a, r->high));
                text_addf(&t, " ×%s", table_factor(a, table_factors[1], r->low));
            }
        }
    return t.n ? t.s : "";
}

static void tables_hold_what_is_chosen_and_then_its_aim(void **state) {
    (void)state;
    static const noted cases[] = {
        {HOFFMANN "C grows", "N 1/2 ×3.16; D 1/2 ×3.16; ℓ -1/2 ×0.316"},
        {PARAMETRIC "C grows", "N β/(α+β) ×10^(β/(α+β)); D α/(α+β) ×10^(α/(α+β)); "
                               "ℓ -αβ/(α+β) ×10^(-αβ/(α+β))"},
        {"L: ℓ ∝ N^(-1/3) + D^(-1/3) + E; K: C ∝ N D; F: E ∝ C^(-1/20);"
         "M: choose N, D to minimize ℓ at fixed C; C grows",
         "N 3/20..17/20 ×1.41; D 3/20..17/20 ×1.41; ℓ -1/20 ×0.891"},
        {"param α > 0; N ≳ C^α; N ≳ C; L: ℓ ∝ N; M: choose N to minimize ℓ at fixed C; C grows",
         "N if α ≥ 1 α ×10^α if α ≤ 1 1 ×10; ℓ if α ≥ 1 α ×10^α if α ≤ 1 1 ×10"},
        {"L: ℓ ∝ C; M: choose N to minimize ℓ at fixed C; C grows", "N ?; ℓ 1 ×10"},
        {HOFFMANN "A: C fixed; w grows", "N ?; D ?; ℓ ?"},
        {"L: ℓ ∝ N^-1; N ≲ C B; M: choose N to minimize ℓ at fixed C, B; C grows", ""},
        {"N ∝ w; w grows", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const char *table = table_text(a, found(a, cases[i].theory, true));
        if (strcmp(table, cases[i].notes) != 0)
            fail_msg("%s\n  has:  %s\n  not:  %s", cases[i].theory, table, cases[i].notes);
        arena_free(a);
    }
}

static void there_is_no_table_where_none_is_asked_for(void **state) {
    (void)state;
    arena *a = arena_new();
    assert_int_equal(found(a, HOFFMANN "C grows", false)->ntables, 0);
    arena_free(a);
}

static void a_factor_out_of_reach_is_none(void **state) {
    (void)state;
    arena *a = arena_new();
    assert_string_equal(table_factor(a, 2, coef_int(10)), "1020");
    assert_string_equal(table_factor(a, 10, coef_int(-1)), "0.1");
    assert_null(table_factor(a, 2, coef_int(1000000000)));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_odd_about_a_choice_between_terms),
        cmocka_unit_test(what_the_other_statements_give_is_not_chosen),
        cmocka_unit_test(what_is_fixed_must_scale_somewhere),
        cmocka_unit_test(a_choice_touches_what_it_is_made_for),
        cmocka_unit_test(what_is_minimised_is_a_power_of_what_is_fixed),
        cmocka_unit_test(why_there_is_no_best_is_told),
        cmocka_unit_test(tables_hold_what_is_chosen_and_then_its_aim),
        cmocka_unit_test(there_is_no_table_where_none_is_asked_for),
        cmocka_unit_test(a_factor_out_of_reach_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
