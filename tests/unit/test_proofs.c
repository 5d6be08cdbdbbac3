/* Proofs that a person writes, as the language takes them: clause 8 of docs/language.md. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/analysis.h"
#include "lang/argue.h"
#include "lang/lang.h"
#include "lang/parse.h"
#include "lang/print.h"

#define NAMES "quantity w, L, N, N_p, ℓ\n"
#define LAWS                                                                                       \
    NAMES "D1: N ∝ w L\nA1: N ∝ w\noptional A2: L ∝ w\nA3: N_p ∝ w² L\nN ≪ N_p\n1: w grows\n"

/* ---- reading ---- */

static const problem *read_text(arena *a, const char *given, diags *sink) {
    return lang_problem(a, source_of(a, "test", str_of(given)), NULL, NULL, sink);
}

static const problem *problem_of(arena *a, const char *given) {
    diags sink = {.arena = a};
    const problem *p = read_text(a, given, &sink);
    if (!p) fail_msg("%s: %s", given, sink.list.v[0].message);
    assert_true(problem_ok(p));
    return p;
}

static const problem *solved(arena *a, const char *given, const char *solution, diags *sink) {
    return lang_prove(a, source_of(a, "exercise", str_of(given)), NULL,
                      source_of(a, "solution", str_of(solution)), NULL, sink);
}

/* "1 N ∝ w² [D1 A2; 2]": what a step says, and what it rests on; [] with no `by`. */
static const char *shown(arena *a, const problem *p, const written_proof *of, int i) {
    const written_step *s = &of->steps[i];
    text t = text_new(a);
    text_addf(&t, "%s %s [", str_z(a, s->label), str_z(a, s->law));
    for (int k = 0; k < s->nfacts; k++)
        text_addf(&t, "%s%s", k ? " " : "", str_z(a, p->facts[s->facts[k]].label));
    for (int k = 0; k < s->nsteps; k++)
        text_addf(&t, "%s%s", k ? " " : "; ", str_z(a, of->steps[s->steps[k]].label));
    text_puts(&t, s->cites ? "]" : "]?");
    return t.s;
}

static void assert_steps(arena *a, const problem *p, const char *const *expected,
                         const char *what) {
    assert_int_equal(p->nproofs, 1);
    int n = 0;
    for (; expected[n]; n++) {
        if (n >= p->proofs[0].nsteps) fail_msg("%s: only %d steps", what, n);
        const char *got = shown(a, p, &p->proofs[0], n);
        if (strcmp(got, expected[n]) != 0) fail_msg("%s: `%s`, not `%s`", what, got, expected[n]);
    }
    assert_int_equal(p->proofs[0].nsteps, n);
}

/* ---- tests ---- */

static void clause_8_1_steps_and_what_they_rest_on(void **state) {
    (void)state;
    static const struct {
        const char *proof, *steps[5];
    } cases[] = {
        {"{ S: N ∝ w by A1 }", {"S N ∝ w [A1]"}},
        {"\"t\" { S: N ∝ w by A1, D1; T: w ∝ N by S }", {"S N ∝ w [A1 D1]", "T w ∝ N [; S]"}},
        {"\"t\"\n{\nS: N ∝ w\n   by A1,\n   D1\nT: L fixed by S, @6, 1\n}",
         {"S N ∝ w [A1 D1]", "T L fixed [@6 1; S]"}},
        {"{ N ∝ w by A1; L fixed; ∴ w ∝ N by 2 }",
         {"@8 N ∝ w [A1]", "2 L fixed []?", "3 w ∝ N [; 2]"}},
        {"{ S: N ∝ w by A1, A1, A1 }", {"S N ∝ w [A1]"}},
        {"{ S: N ∝ w \"note\" [cite] by A1 }", {"S N ∝ w [A1]"}},
        {"{ S: N ∝ w by A1 \"note\" }", {"S N ∝ w [A1]"}},
        {"{ S: contradiction by A1; ⊥; ∴ ⊥ by S }",
         {"S contradiction [A1]", "2 contradiction []?", "3 contradiction [; S]"}},
        {"{ S: N ∝ w or N ∝ L when w ≪ L by D1 }", {"S N ∝ w or N ∝ L when w ≪ L [D1]"}},
        {"{ S: slope(N, w) = 1 ± 0.1 by A1 }", {"S slope(N, w) = 1 ± 0.1 [A1]"}},
        {"{ }", {NULL}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, LAWS "proof %s\n", cases[i].proof));
        assert_steps(a, p, cases[i].steps, cases[i].proof);
        arena_free(a);
    }
}

static void a_step_without_a_label_goes_by_its_place_or_its_line(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *const places[] = {"2 a ∝ b []?", "@4 b ∝ a []?", "@4b a ∝ b [; 2 @4]", NULL};
    const problem *p = problem_of(a, "1: a ∝ b\na grows\n\nproof { 2: a ∝ b; b ∝ a; 3: a ∝ b }");
    assert_string_equal(shown(a, p, &p->proofs[0], 1), "@4 b ∝ a []?");
    p = problem_of(a, "3: a ∝ b\na grows\n\nproof { 2: a ∝ b; b ∝ a; a ∝ b by 2, @4 }");
    assert_steps(a, p, places, "places");
    /* A statement of the line of a step keeps its name. */
    p = problem_of(a, "1: a ∝ b; a grows; proof { a ∝ b by @1; b ∝ a by @1b }");
    assert_string_equal(shown(a, p, &p->proofs[0], 0), "@1b a ∝ b [@1]");
    arena_free(a);
}

static void a_claim_is_what_a_conclusion_would_be(void **state) {
    (void)state;
    static const char *const laws[] = {
        "N ∝ w² L",  "w, L grow",          "N ≪ w ≲ L",          "slope(N, w) < 2",
        "N ∝ w + L", "N ∝ w^(0.5 ± 0.1)",  "N ∝ w or N ∝ L",     "L scales",
        "L = O(w)",  "N ∝ w^[0.4, 0.6] L", "slope(N, w) = 1 ± 1"};
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        arena *a = arena_new();
        const char *given = formatted(a, NAMES "w grows\n∴ %s\nproof { %s }", laws[i], laws[i]);
        const problem *p = problem_of(a, given);
        const formula *asked = p->goals[0].claim, *claim = p->proofs[0].steps[0].claim;
        assert_int_equal(asked->nodes, claim->nodes);
        for (int k = 0; k < asked->nodes; k++) {
            const formula *x = formula_node(asked, k), *y = formula_node(claim, k);
            assert_int_equal(x->kind, y->kind);
            if (x->kind != FORMULA_ATOM) continue;
            assert_true(form_eq(x->lhs, y->lhs));
            assert_int_equal(x->rel, y->rel);
        }
        arena_free(a);
    }
}

static void a_contradiction_is_the_empty_alternative(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "w grows\nproof { ⊥ }");
    const formula *f = p->proofs[0].steps[0].claim;
    assert_int_equal(f->kind, FORMULA_ANY);
    assert_int_equal(f->n, 0);
    /* Under a supposition: that does not hold. */
    p = problem_of(a, NAMES "w grows\nproof { ⊥ when w fixed }");
    f = p->proofs[0].steps[0].claim;
    assert_int_equal(f->kind, FORMULA_ANY);
    assert_int_equal(f->n, 2);
    arena_free(a);
}

static void sides_are_kept_of_one_chain_of_products(void **state) {
    (void)state;
    static const struct {
        const char *step;
        int sides;
    } cases[] = {{"N ∝ w² L", 2},        {"N ∝ w² L ∝ w³", 3},    {"N ≲ w", 2},
                 {"N ∝ w + L", 0},       {"w grows", 0},          {"N ∝ w or N ∝ L", 0},
                 {"slope(N, w) = 1", 0}, {"N ∝ w when w ≪ L", 0}, {"N ∝ w^(1 ± 0.1)", 0},
                 {"contradiction", 0},   {"N = O(w)", 2}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const problem *p =
            problem_of(a, formatted(a, NAMES "w grows\nproof { %s }", cases[i].step));
        const written_step *s = &p->proofs[0].steps[0];
        if (s->nside != cases[i].sides) fail_msg("%s: %d sides", cases[i].step, s->nside);
        arena_free(a);
    }
}

static void clause_8_4_a_regime_sees_its_own_statements(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *regime = "regime r without A1 with A2 { B: N ≪ ℓ\n"
                         "proof \"in r\" { S: N ∝ w² by D1, A2; T: ℓ ≫ w² by S, B } }\n";
    const char *const steps[] = {"S N ∝ w² [D1 A2]", "T ℓ ≫ w² [B; S]", NULL};
    const problem *p = problem_of(a, formatted(a, LAWS "%s", regime));
    assert_int_equal(p->nproofs, 0);
    assert_steps(a, p->regimes[0], steps, regime);
    assert_true(str_eq(p->regimes[0]->proofs[0].title, STR("in r")));
    arena_free(a);
}

static void proofs_of_used_theories_stay_behind(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(
        a, "use \"axioms/resource-model/original.propto\" as R\nproof { N_p ∝ w³ by R.A3, R.A2 }");
    const char *const steps[] = {"1 N_p ∝ w³ [R.A3 R.A2]", NULL};
    assert_steps(a, p, steps, "used labels");
    arena_free(a);
}

/* A proof printed is the same proof. */
static void a_printed_proof_can_be_read_again(void **state) {
    (void)state;
    static const char *const proofs[] = {
        "proof \"t\" { S: N ∝ w³ \"note\" [cite] by A1, D1; w ∝ N^(1/3) by S; contradiction }",
        "proof { N ∝ w or N ∝ L when w ≪ L and L ≪ N by D1; w, L grow }",
        "proof “a \"word\"” { N ∝ w }",
        "proof { }",
    };
    for (size_t i = 0; i < sizeof proofs / sizeof *proofs; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        lang_limits limits = lex_limits(NULL);
        const source *src = source_of(a, "t", str_of(formatted(a, LAWS "%s", proofs[i])));
        const theory *t = theory_read(a, src, NULL, NULL, NULL, &sink);
        assert_non_null(t);
        printer p = {.arena = a, .symbols = scope_symbols(t->scope)};
        str printed = print_statement(&p, t->proofs.v[0].s);
        if (!str_eq(printed, str_of(proofs[i])))
            fail_msg("%s, not %s", str_z(a, printed), proofs[i]);
        assert_non_null(parse(a, source_of(a, "again", printed), &limits, &sink));
        assert_int_equal(sink.errors, 0);
        arena_free(a);
    }
}

static void errors_in_proofs_name_the_fix(void **state) {
    (void)state;
    static const struct {
        const char *proof, *help;
        diag_code code;
    } cases[] = {
        {"{ A1: N ∝ w by A1 }", "call the step SA1", DIAG_E210},
        {"{ 1: N ∝ w by A1 }", "call the step S1", DIAG_E210},
        {"{ S: N ∝ w by D; T: N ∝ w by A1 }", "did you mean `D1`?", DIAG_E207},
        {"{ First: N ∝ w by A1; T: N ∝ w by Frist }", "did you mean `First`?", DIAG_E207},
        {"{ S: N ∝ w by T; T: N ∝ w by A1 }", "move one of them", DIAG_E211},
        {"{ S: N ∝ w by S }", "name what it follows from", DIAG_E211},
        {"{ S: N ∝ w by A2 }", "takes it in with `with`", DIAG_E211},
        {"{ S: N ∝ w by A1 D1 }", "separated by commas", DIAG_E101},
        {"{ S: N ∝ v by A1 }", "did you mean `w`?", DIAG_E201},
        {"{ S: N ∝ Σ_opt by A1 }", "only what the theory speaks of", DIAG_E201},
        {"{ S: N ∝ w^? by A1 }", "a step states what follows", DIAG_E114},
        {"{ S: N ∝ w^? by A1 }", "ask outside the braces", DIAG_E114},
        {"{ S: N ∝ w }; N ∝ w by A1", "belongs to the steps of a proof", DIAG_E101},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        assert_null(read_text(a, formatted(a, LAWS "proof %s", cases[i].proof), &sink));
        assert_int_equal(sink.list.n, 1);
        const diag *d = &sink.list.v[0];
        if (d->code != cases[i].code || !d->help || !strstr(d->help, cases[i].help))
            fail_msg("%s: %s %s", cases[i].proof, diag_name(d->code), d->help ? d->help : "");
        arena_free(a);
    }
}

/* ---- solutions ---- */

static void a_solution_stands_in_the_place_of_the_proofs(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *given = LAWS "N_p ∝ w^?\nproof { ⊥ }\nregime r without A1 { proof { ⊥ } }";
    const problem *p =
        solved(a, given, "proof \"x\" { S: N ∝ w by A1; T: N ∝ w^[1, 2] by S }", &sink);
    if (!p) fail_msg("%s", sink.list.v[0].message);
    assert_true(problem_ok(p));
    assert_true(p->solved);
    assert_int_equal(p->ngoals, 1);
    assert_int_equal(p->nregimes, 0);
    assert_int_equal(sink.list.n, 0);
    assert_int_equal(p->nproofs, 1);
    assert_string_equal(shown(a, p, &p->proofs[0], 0), "S N ∝ w [A1]");
    assert_string_equal(shown(a, p, &p->proofs[0], 1), "T N ∝ w^[1, 2] [; S]");
    arena_free(a);
}

static void what_is_no_solution_is_refused(void **state) {
    (void)state;
    static const struct {
        const char *solution;
        diag_code code;
    } cases[] = {
        {"", DIAG_E116},
        {"# nothing", DIAG_E116},
        {"N ∝ w", DIAG_E115},
        {"quantity q; N ∝ w; proof { N ∝ w }", DIAG_E115},
        {"proof { N ∝ w }; N ∝ w^?", DIAG_E115},
        {"use \"x.propto\"; proof { N ∝ w }", DIAG_E115},
        {"proof { N ∝ q }", DIAG_E201},
        {"proof { N ∝ w by A9 }", DIAG_E207},
        {"proof { N ∝ w", DIAG_E102},
        {"\xff", DIAG_E002},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        assert_null(solved(a, LAWS, cases[i].solution, &sink));
        if (sink.list.n != 1 || sink.list.v[0].code != cases[i].code)
            fail_msg("%s: %zu %s", cases[i].solution, sink.list.n, diag_name(sink.list.v[0].code));
        arena_free(a);
    }
}

static void a_sketch_takes_no_names_from_a_proof(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    assert_non_null(solved(a, "A: N ∝ w L; w, L grow", "proof { N/L ∝ w by A }", &sink));
    assert_null(solved(a, "A: N ∝ w L; w, L grow", "proof { N ∝ w^a by A }", &sink));
    assert_int_equal(sink.list.v[0].code, DIAG_E201);
    arena_free(a);
}

/* ---- limits ---- */

static void steps_count_as_statements(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    lang_options o = {.limits = {.max_statements = 5}};
    const source *src = source_of(a, "t", STR("N ∝ w; w grows; proof { N ∝ w; w ∝ N; N ∝ w }"));
    assert_null(lang_problem(a, src, NULL, &o, &sink));
    assert_int_equal(sink.list.v[0].code, DIAG_E405);
    arena_free(a);
}

/* Each many times, in one proof, in a line, with as many references: linear time. */
static void long_proofs_are_read_in_linear_time(void **state) {
    (void)state;
    enum { MANY = 50000 };
    arena *a = arena_new();
    text t = text_new(a), u = text_new(a);
    text_puts(&t, "A: N ∝ w; w grows; proof { N ∝ w by A");
    for (int i = 1; i < MANY; i++) text_addf(&t, "; N ∝ w by %d, A", i);
    text_puts(&t, " }");
    text_puts(&u, "A: N ∝ w; w grows; proof { N ∝ w by A");
    for (int i = 1; i < 10 * MANY; i++) text_puts(&u, ", A");
    text_puts(&u, " }");
    double start = clock_seconds();
    const problem *p = problem_of(a, t.s);
    assert_int_equal(p->proofs[0].nsteps, MANY);
    p = problem_of(a, u.s);
    assert_int_equal(p->proofs[0].steps[0].nfacts, 1);
    if (clock_seconds() - start > 20) fail_msg("%.1f s", clock_seconds() - start);
    arena_free(a);
}

static void hostile_proofs_end_in_few_errors(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "proof {",         "proof { by ", "}", "{", "by ", "proof { A: ", "proof { x ∝ y by q; } ",
        "proof { x ∝ y by"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        text t = text_new(a);
        text_puts(&t, "x ∝ y; y grows\n");
        for (int k = 0; k < 20000; k++) text_puts(&t, pieces[i]);
        assert_null(read_text(a, t.s, &sink));
        assert_in_range(sink.list.n, 1, 210);
        arena_free(a);
    }
}

/* ---- the score ---- */

static void the_score_counts_steps_and_goals_that_nobody_says(void **state) {
    (void)state;
    judged_step steps[] = {
        {.verdict = STEP_PROVED}, {.verdict = STEP_OPEN}, {.verdict = STEP_PROVED}};
    reached goals[] = {{NULL, 2, false}, {NULL, -1, false}};
    judged_proof of = {.steps = steps, .nsteps = 3, .first_wrong = 1, .goals = goals, .ngoals = 2};
    finding f = {.proofs = &of, .nproofs = 1};
    score s = proof_score(&of), all = proofs_score(&f);
    assert_int_equal(s.held, 2);
    assert_int_equal(s.of, 4);
    assert_int_equal(all.held, 2);
    assert_int_equal(all.of, 4);
    assert_ptr_equal(first_wrong_step(&f), &steps[1]);
    assert_int_equal(proofs_exit_code(&f), 1);
    steps[1].verdict = STEP_UNKNOWN;
    assert_int_equal(proofs_exit_code(&f), 3);
    steps[1].verdict = STEP_PROVED;
    assert_int_equal(proofs_exit_code(&f), 1);
    goals[0].sound = goals[1].sound = true;
    goals[1].step = 0;
    assert_int_equal(proofs_exit_code(&f), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clause_8_1_steps_and_what_they_rest_on),
        cmocka_unit_test(a_step_without_a_label_goes_by_its_place_or_its_line),
        cmocka_unit_test(a_claim_is_what_a_conclusion_would_be),
        cmocka_unit_test(a_contradiction_is_the_empty_alternative),
        cmocka_unit_test(sides_are_kept_of_one_chain_of_products),
        cmocka_unit_test(clause_8_4_a_regime_sees_its_own_statements),
        cmocka_unit_test(proofs_of_used_theories_stay_behind),
        cmocka_unit_test(a_printed_proof_can_be_read_again),
        cmocka_unit_test(errors_in_proofs_name_the_fix),
        cmocka_unit_test(a_solution_stands_in_the_place_of_the_proofs),
        cmocka_unit_test(what_is_no_solution_is_refused),
        cmocka_unit_test(a_sketch_takes_no_names_from_a_proof),
        cmocka_unit_test(steps_count_as_statements),
        cmocka_unit_test(long_proofs_are_read_in_linear_time),
        cmocka_unit_test(hostile_proofs_end_in_few_errors),
        cmocka_unit_test(the_score_counts_steps_and_goals_that_nobody_says),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
