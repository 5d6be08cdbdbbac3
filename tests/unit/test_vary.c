/* vary: numbers in exponents become parameters, and the answers closed forms of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include "analysis/analysis.h"
#include "lang/lang.h"
#include "render/law.h"
#include "render/narrate.h"
#include "render/to_json.h"
#include "render/to_text.h"
#include "render/vary.h"

enum { LABELS = 4 };

static const char NAMES[] = "quantity N, w, L, M, R\nconst K\nparam α, β\n";

static const problem *varied(arena *a, const char *theory, const char *const *label, int n,
                             const char *ranges, diags *sink) {
    lang_variation v = {label, n, ranges ? source_of(a, "<ranges>", str_of(ranges)) : NULL};
    return lang_vary(a, source_of(a, "t", str_of(theory)), NULL, &v, NULL, sink);
}

/* "s = 1": the freed exponents. */
static const char *point(arena *a, const problem *p) {
    return str_z(a, vary_point(a, p));
}

static const char *law_of(arena *a, const problem *p, int i) {
    return str_z(a, p->facts[i].law);
}

/* ---- what is freed ---- */

static void numbers_on_the_right_side_become_parameters(void **state) {
    (void)state;
    static const struct {
        const char *law, *varied, *values;
    } cases[] = {
        {"L ∝ w", "L ∝ w^s", "s = 1"},
        {"L ∝ N^-1", "L ∝ N^s", "s = -1"},
        {"L^2 ∝ w^(1/3)", "L² ∝ w^s", "s = 1/3"},
        {"N ∝ w² L", "N ∝ w^a L^b", "a = 2, b = 1"},
        {"N ∝ wL²", "N ∝ w^a L^b", "a = 1, b = 2"},
        {"N ∝ 3 w / L^0.5", "N ∝ 3 w^a / L^b", "a = 1, b = 1/2"},
        {"N ∝ 1 / w", "N ∝ 1 / w^s", "s = 1"},
        {"N ∝ (w L)^2", "N ∝ (w L)^s", "s = 2"},
        {"N ∝ √w", "N ∝ w^s", "s = 1/2"},
        {"N ∝ w (L M^2)", "N ∝ w^a L^b M^c", "a = 1, b = 1, c = 2"},
        {"N ∝ K^2 w", "N ∝ K² w^s", "s = 1"},
        {"N ∝ w^α L", "N ∝ w^α L^s", "s = 1"},
        {"N ∝ w^(2-1)", "N ∝ w^s", "s = 1"},
        {"N ∝ w log(L)", "N ∝ w^s log(L)", "s = 1"},
        {"N ∝ w^(0.5 ± 0.1) L", "N ∝ w^(0.5 ± 0.1) L^s", "s = 1"},
        {"N ≲ w ≪ L^2", "N ≲ w^a ≪ L^b", "a = 1, b = 2"},
        {"N = O(w²)", "N = O(w^s)", "s = 2"},
        {"N ∝ w^-1 + L^-2", "N ∝ w^a + L^b", "a = -1, b = -2"},
        {"N ∝ M (w + K)^2", "N ∝ M^a (w + K)^b", "a = 1, b = 2"},
        {"N ∝ min(w, L²) + 1", "N ∝ min(w^a, L^b) + 1", "a = 1, b = 2"},
        {"N ∝ w² when L ≪ M²", "N ∝ w^s when L ≪ M²", "s = 2"},
        {"N ∝ w or N ∝ L²", "N ∝ w^a or N ∝ L^b", "a = 1, b = 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *label[] = {"A"};
        const char *theory = formatted(a, "%sA: %s\nw grows\n", NAMES, cases[i].law);
        const problem *p = varied(a, theory, label, 1, NULL, &sink);
        if (!p) fail_msg("%s: %s", cases[i].law, sink.list.v[0].message);
        assert_true(problem_ok(p));
        assert_string_equal(law_of(a, p, 0), cases[i].varied);
        assert_string_equal(point(a, p), cases[i].values);
        assert_string_equal(law_of(a, p, 1), "w grows");
        arena_free(a);
    }
}

/* What is printed means what it says. */
static void a_varied_law_can_be_read_again(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    const problem *p = varied(a, "A: N ∝ √(w L) / M^2; w grows", label, 1, NULL, &sink);
    assert_non_null(p);
    const char *again = formatted(a, "A: %s; w grows", law_of(a, p, 0));
    const problem *q = lang_problem(a, source_of(a, "t", str_of(again)), NULL, NULL, &sink);
    assert_non_null(q);
    assert_string_equal(law_of(a, q, 0), law_of(a, p, 0));
    form x = p->facts[0].claim->lhs, y = q->facts[0].claim->lhs;
    assert_int_equal(x.n, y.n);
    for (int i = 0; i < x.n; i++)
        assert_string_equal(coef_text(a, x.t[i].c), coef_text(a, y.t[i].c));
    arena_free(a);
}

static void put_file(const char *path, const char *content) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(content, f);
    fclose(f);
}

/* The conditions too have the names of the theory that takes them in. */
static void a_law_that_is_taken_in_keeps_its_conditions(void **state) {
    (void)state;
    char path[] = "/tmp/propto-vary-XXXXXX";
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    const char *theory = "quantity c, x, y; use \"used.propto\" where a is x, b is y; x grows";
    assert_non_null(mkdtemp(path));
    const char *used = formatted(a, "%s/used.propto", path);
    const char *whole = formatted(a, "%s/main.propto", path);
    put_file(used, "quantity a, b, c\nA: a ∝ b² or a ∝ c when c ≪ b + a\n");
    put_file(whole, theory);
    lang_variation v = {label, 1, NULL};
    const source *src = source_of(a, "t", str_of(theory));
    const problem *p = lang_vary(a, src, whole, &v, NULL, &sink);
    remove(used);
    remove(whole);
    remove(path);
    if (!p) fail_msg("%s", sink.list.v[0].message);
    assert_string_equal(law_of(a, p, 0), "x ∝ y^a or x ∝ c^b when c ≪ y + x");
    arena_free(a);
}

static void letters_are_new_and_in_the_order_of_the_labels(void **state) {
    (void)state;
    static const struct {
        const char *theory, *label[LABELS], *values;
        int n;
    } cases[] = {
        {"A: N ∝ w; B: L ∝ w^2; w grows", {"A", "B"}, "s = 1, r = 2", 2},
        {"A: N ∝ w; B: L ∝ w^2; w grows", {"B", "A", "B", "A"}, "s = 2, r = 1", 4},
        {"A: N ∝ w; B: L ∝ w^2 N; w grows", {"B", "A"}, "a = 2, b = 1, s = 1", 2},
        {"A: N ∝ w; s ∝ w; w grows", {"A"}, "r = 1", 1},
        {"A: N ∝ w^2 L; N ∝ M^a; w grows", {"A"}, "b = 2, c = 1", 1},
        {"A: N ∝ w; quantity N, w (s); w grows", {"A"}, "r = 1", 1},
        {"A: N ∝ w; w grows; param t; quantity N, w; regime g { param s; N ∝ w^s }",
         {"A"},
         "r = 1",
         1},
        {"A: N ∝ w; w, s, r, t, u, v, q, p, z, y, x, s_1 grow", {"A"}, "s_2 = 1", 1},
        {"N ∝ w^3; w grows", {"@1"}, "s = 3", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const problem *p = varied(a, cases[i].theory, cases[i].label, cases[i].n, NULL, &sink);
        if (!p) fail_msg("%s: %s", cases[i].theory, sink.list.v[0].message);
        assert_string_equal(point(a, p), cases[i].values);
        arena_free(a);
    }
}

static void what_cannot_be_varied_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *law, *label;
        diag_code code;
        const char *help;
    } cases[] = {
        {"A: w grows", "A", DIAG_E323, "right side"},
        {"A: L ∝ 1", "A", DIAG_E323, "right side"},
        {"A: L ∝ K", "A", DIAG_E323, "right side"},
        {"A: N ∝ (w² L)^α", "A", DIAG_E323, "right side"},
        {"A: L ∝ w^(1 ± 0.1)", "A", DIAG_E323, "right side"},
        {"A: slope(L, w) = 2", "A", DIAG_E323, "right side"},
        {"A: param d ≥ 1", "A", DIAG_E323, "right side"},
        {"A: L ∝ w^?", "A", DIAG_E323, "questions"},
        {"A: ∴ L ∝ w", "A", DIAG_E323, "questions"},
        {"optional A: L ∝ w", "A", DIAG_E307, NULL},
        {"A1: L ∝ w", "A2", DIAG_E207, "`A1`"},
        {"A1: L ∝ w", "", DIAG_E207, NULL},
        {"regime r { A1: L ∝ w }", "A1", DIAG_E207, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *theory = formatted(a, "%sw grows\n%s\n", NAMES, cases[i].law);
        assert_null(varied(a, theory, &cases[i].label, 1, NULL, &sink));
        assert_int_equal(sink.errors, 1);
        const diag *d = &sink.list.v[0];
        if (d->code != cases[i].code) fail_msg("%s: %s", cases[i].law, d->message);
        if (cases[i].help) assert_non_null(strstr(d->help ? d->help : "", cases[i].help));
        arena_free(a);
    }
}

static void too_many_exponents_are_refused(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    text t = text_new(a);
    text_puts(&t, "A: N ∝ 1");
    for (int i = 0; i < 101; i++) text_addf(&t, " w_%d", i);
    assert_null(varied(a, t.s, label, 1, NULL, &sink));
    assert_int_equal(sink.list.v[0].code, DIAG_E411);
    arena_free(a);
}

/* ---- the theory around them ---- */

static void questions_stay_and_the_file_stands_beside(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"B"};
    const problem *p = varied(a,
                              "w grows; optional A: N ∝ M; B: N ∝ w^2; Q: N ∝ w^?\n∴ N ∝ w²\n"
                              "regime r without B { N ∝ w }",
                              label, 1, "N ∝ w^2; ∴ slope(N, w) > s", &sink);
    assert_non_null(p);
    assert_true(problem_ok(p) && problem_ok(p->file));
    assert_int_equal(p->nregimes + p->file->nregimes, 0);
    assert_int_equal(p->file->nvaried, 0);
    assert_null(p->file->field);
    assert_int_equal(p->nfacts, 2);
    assert_int_equal(p->varied[0].fact, 1);
    assert_string_equal(law_of(a, p->file, 1), "N ∝ w²");
    assert_int_equal(p->file->ngoals, 1);
    assert_int_equal(p->ngoals, 3);
    assert_int_equal(p->goals[0].kind, GOAL_EXPONENT);
    assert_int_equal(p->goals[1].kind, GOAL_WHERE);
    assert_string_equal(str_z(a, p->goals[1].law), "N ∝ w²");
    assert_int_equal(p->goals[2].kind, GOAL_WHERE);
    assert_non_null(p->goals[2].claim);
    arena_free(a);
}

static void a_range_is_a_law_of_known_names(void **state) {
    (void)state;
    static const struct {
        const char *range;
        diag_code code;
    } cases[] = {{"N ∝ w^?", DIAG_E101},   {"N ∝ v", DIAG_E201},      {"", DIAG_E008},
                 {"∴ trivial", DIAG_E101}, {"quantity v", DIAG_E101}, {"N ∝", DIAG_E104},
                 {"N ∝ \xff", DIAG_E002},  {"N + w ∝ w^?", DIAG_E101}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *label[] = {"A"};
        assert_null(varied(a, "A: N ∝ w; w grows", label, 1, cases[i].range, &sink));
        assert_true(sink.errors > 0);
        assert_int_equal(sink.list.v[0].code, cases[i].code);
        arena_free(a);
    }
}

static void statements_of_other_files_are_varied_under_the_names_here(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"o.A3"}, *bare[] = {"A3"};
    const char *theory =
        "quantity D\nuse \"axioms/resource-model/original.propto\" as o where w is "
        "width\nD ∝ N_p";
    const problem *p = varied(a, theory, label, 1, NULL, &sink);
    assert_non_null(p);
    assert_string_equal(law_of(a, p, p->varied[0].fact), "N_p ∝ width^a L^b");
    assert_string_equal(point(a, p), "a = 2, b = 1");
    assert_null(varied(a, theory, bare, 1, NULL, &sink));
    assert_string_equal(sink.list.v[sink.list.n - 1].help, "did you mean `o.A3`?");
    arena_free(a);
}

/* ---- answers ---- */

static const finding *found(arena *a, const problem *p) {
    budget work;
    budget_init(&work);
    return analyse(a, p, &(analysis_options){.max_cores = 8, .max_repairs = 8}, &work);
}

/* The closed form at the numbers of the file is what the file answers. */
static int agreeing(arena *a, const problem *p, const finding *f) {
    int n = 0;
    coef *x = NEW_ARRAY(a, coef, p->nsymbols);
    for (int i = 0; i < p->nvaried; i++) x[p->varied[i].symbol] = coef_of(p->varied[i].value);
    for (int i = 0; i < f->nanswers; i++) {
        const answer *w = &f->answers[i], *file = vary_in_file(f, w);
        rat here, there;
        assert_non_null(file);
        if (w->kind != ANSWER_EXACT || file->kind != ANSWER_EXACT) continue;
        assert_true(coef_value(a, w->value[0], x, &here));
        assert_true(coef_rat(file->value[0], &there));
        assert_true(rat_eq(here, there));
        n++;
    }
    return n;
}

static void closed_forms_give_the_answers_of_the_file(void **state) {
    (void)state;
    static const char *const label[] = {"A1", "A2", "A3", "H1"};
    for (int i = 0; i < LABELS; i++)
        for (int j = i; j < LABELS; j++) {
            arena *a = arena_new();
            diags sink = {.arena = a};
            const source *src =
                source_read(a, "axioms/resource-model/original.propto", NULL, &sink);
            const char *both[] = {label[i], label[j]};
            lang_variation v = {both, 2, NULL};
            const problem *p = lang_vary(a, src, NULL, &v, NULL, &sink);
            assert_non_null(p);
            const finding *f = found(a, p);
            assert_int_equal(f->verdict, VERDICT_CONSISTENT);
            assert_int_equal(agreeing(a, p, f), 3);
            arena_free(a);
        }
}

static void answers_are_closed_forms(void **state) {
    (void)state;
    static const struct {
        const char *label[2];
        int n;
        const char *law;
    } cases[] = {{{"A2"}, 1, "ℓ ∝ N_p^(-1/(2+s))"},
                 {{"A2", "A1"}, 2, "ℓ ∝ N_p^(-r/(2+s))"},
                 {{"A3"}, 1, "ℓ ∝ N_p^(-1/(a+b))"},
                 {{"H1"}, 1, "ℓ ∝ N_p^(s/3)"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *theory =
            "A1: N ∝ w; A2: L ∝ w; A3: N_p ∝ w² L; H1: ℓ ∝ N^-1; w grows; ℓ ∝ N_p^?";
        const finding *f = found(a, varied(a, theory, cases[i].label, cases[i].n, NULL, &sink));
        assert_string_equal(str_z(a, law_answer(a, &f->answers[0])), cases[i].law);
        arena_free(a);
    }
}

/* At s = -2 the form -1/(2+s) has a pole, for there N_p does not scale. */
static void at_a_pole_the_file_speaks_for_itself(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    const finding *f = found(
        a, varied(a, "A: L ∝ w^-2; N ∝ w² L; ℓ ∝ w^-1; w grows; ℓ ∝ N^?", label, 1, NULL, &sink));
    assert_string_equal(str_z(a, law_answer(a, &f->answers[0])), "ℓ ∝ N^(-1/(2+s))");
    assert_true(f->answers[0].base_may_rest);
    assert_int_equal(vary_in_file(f, &f->answers[0])->kind, ANSWER_UNDEFINED);
    arena_free(a);
}

static void a_file_that_conflicts_has_no_answer_of_its_own(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    const finding *f = found(
        a, varied(a, "A: L ∝ w; N ∝ w; N ∝ w L; w grows; N ∝ w^?; L ?", label, 1, NULL, &sink));
    assert_int_equal(f->verdict, VERDICT_CONSISTENT);
    assert_int_equal(f->file->verdict, VERDICT_CONTRADICTORY);
    assert_int_equal(f->answers[0].kind, ANSWER_EXACT);
    assert_int_equal(vary_in_file(f, &f->answers[0])->kind, ANSWER_VACUOUS);
    assert_int_equal(f->answers[1].signs, SIGN_ZERO);
    arena_free(a);
}

/* ---- formulas at the numbers of the file ---- */

static void formulas_hold_in_the_file_or_not_or_that_is_open(void **state) {
    (void)state;
    static const struct {
        const char *range;
        int holds;
    } cases[] = {{"s = 2", 1},       {"s > 2", 0},         {"s ≥ 2", 1},
                 {"s ≠ 2", 0},       {"α > s", -1},        {"1/(s-2) > 0", 0},
                 {"1/(s-1) = 1", 1}, {"s = 2 < α", -1},    {"s = 1 < α", 0},
                 {"s α = α + α", 1}, {"(s - 2) α > 0", 0}, {"slope(N, w) = s", -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *label[] = {"A"};
        const char *theory = formatted(a, "%sA: N ∝ w²\nw grows\n", NAMES);
        const problem *p = varied(a, theory, label, 1, cases[i].range, &sink);
        assert_non_null(p);
        int holds = vary_holds(a, p, p->goals[0].claim);
        if (holds != cases[i].holds) fail_msg("%s: %d", cases[i].range, holds);
        arena_free(a);
    }
}

/* ---- for which of them a law follows ---- */

/* The finding with one more answer: its last law follows where `where` says. */
static const finding *with_where(arena *a, const finding *f, answer_kind kind,
                                 const formula *where) {
    finding *g = NEW(a, finding);
    *g = *f;
    answer *all = NEW_ARRAY(a, answer, f->nanswers);
    for (int i = 0; i < f->nanswers; i++) all[i] = f->answers[i];
    all[f->nanswers - 1] = (answer){.goal = &f->p->goals[f->p->ngoals - 1],
                                    .kind = kind,
                                    .where = where,
                                    .reason = kind == ANSWER_UNKNOWN ? "too hard" : NULL};
    g->answers = all;
    return g;
}

static const char *as_text(arena *a, const finding *f) {
    text out = text_new(a);
    doc *d = doc_new(a);
    narrate(d, f, "t", TELL_VARY);
    to_text(&out, d, &(style){.width = 80});
    return out.s;
}

static const char *as_json(arena *a, const finding *f) {
    text out = text_new(a);
    diags none = {.arena = a};
    to_json(&out, f, &none, &(json_options){.version = "0", .file = "t"});
    return out.s;
}

static void assert_says(const char *all, const char *part) {
    if (!strstr(all, part)) fail_msg("%s\nis not in\n%s", part, all);
}

static void where_a_law_follows_is_told_in_words(void **state) {
    (void)state;
    static const struct {
        const char *range, *said, *file, *json;
    } cases[] = {
        {"s ≤ 0", "s ≤ 0  if and only if s ≤ 0\n", "at s = 1 (the file): it does not",
         "\"when\":\"s ≤ 0\",\"holds_in_file\":false"},
        {"0 < s < 2", "if and only if s > 0 and s < 2\n", "at s = 1 (the file): it follows",
         "\"when\":\"s > 0 and s < 2\",\"holds_in_file\":true"},
        {"s ≠ 2", "if and only if s ≠ 2\n", "it follows", "\"when\":\"s ≠ 2\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        const char *label[] = {"A"};
        const finding *f =
            found(a, varied(a, "A: N ∝ w; w grows; N ∝ w^?", label, 1, cases[i].range, &sink));
        assert_int_equal(f->nanswers, 2);
        const finding *g = with_where(a, f, ANSWER_EXACT, f->p->goals[1].claim);
        assert_says(as_text(a, g), cases[i].said);
        assert_says(as_text(a, g), cases[i].file);
        assert_says(as_json(a, g), cases[i].json);
        arena_free(a);
    }
}

static void always_never_and_unknown_are_told_too(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    const char *theory = "A: N ∝ w L; w, L grow; N ?";
    const finding *f = found(a, varied(a, theory, label, 1, "N grows", &sink));
    const formula *twice[] = {formula_all(a, NULL, 0), formula_atom(a, form_zero(), REL_LE)};
    const formula *always = formula_all(a, twice, 2), *never = formula_any(a, NULL, 0);
    const char *said = as_text(a, with_where(a, f, ANSWER_EXACT, always));
    assert_says(said, "N grows  whatever a and b are\n");
    assert_says(said, "at a = 1, b = 1 (the file): it follows");
    assert_says(as_text(a, with_where(a, f, ANSWER_EXACT, never)), "N grows  for no a and b\n");
    assert_says(as_text(a, with_where(a, f, ANSWER_UNKNOWN, NULL)), "N grows  unknown: too hard\n");
    assert_says(as_json(a, with_where(a, f, ANSWER_EXACT, always)), "\"when\":\"1 = 1\"");
    assert_says(as_json(a, with_where(a, f, ANSWER_UNKNOWN, NULL)),
                "\"where\":[{\"law\":\"N grows\",\"reason\":\"too hard\"}]");
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_on_the_right_side_become_parameters),
        cmocka_unit_test(a_varied_law_can_be_read_again),
        cmocka_unit_test(a_law_that_is_taken_in_keeps_its_conditions),
        cmocka_unit_test(letters_are_new_and_in_the_order_of_the_labels),
        cmocka_unit_test(what_cannot_be_varied_is_refused),
        cmocka_unit_test(too_many_exponents_are_refused),
        cmocka_unit_test(questions_stay_and_the_file_stands_beside),
        cmocka_unit_test(a_range_is_a_law_of_known_names),
        cmocka_unit_test(statements_of_other_files_are_varied_under_the_names_here),
        cmocka_unit_test(closed_forms_give_the_answers_of_the_file),
        cmocka_unit_test(answers_are_closed_forms),
        cmocka_unit_test(at_a_pole_the_file_speaks_for_itself),
        cmocka_unit_test(a_file_that_conflicts_has_no_answer_of_its_own),
        cmocka_unit_test(formulas_hold_in_the_file_or_not_or_that_is_open),
        cmocka_unit_test(where_a_law_follows_is_told_in_words),
        cmocka_unit_test(always_never_and_unknown_are_told_too),
    };
    return cmocka_run_group_tests_name("vary", tests, NULL, NULL);
}
