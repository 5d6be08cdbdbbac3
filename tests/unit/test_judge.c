/* The promises of section 8 of the language: which steps of a proof hold, on whose word, and what
 * helps where one does not. Each step is told as a short text:
 *
 *   proved A2 A3 #1, carried       the facts and earlier steps that it rests on
 *   refuted ADDED at A1            the slip and the statement it is about
 *   so N_p ∝ w³                    what does follow
 *   missing A2                     what completes it
 */
#include "analysed_text.h"
#include "analysis/parts.h"

static const char *const slip_names[] = {"",         "MULTIPLIED", "ADDED", "SIGN",    "RECIPROCAL",
                                         "INVERTED", "FACTOR",     "LOST",  "CITATION"};
static const char *const verdict_names[] = {"proved", "refuted", "open", "vacuous", "unknown"};

static void add_names(text *t, const problem *p, factset facts, factset steps) {
    for (int i = 0; i < facts.n; i++)
        text_addf(t, " %s", str_z(t->arena, p->facts[facts.v[i]].label));
    for (int i = 0; i < steps.n; i++) text_addf(t, " #%d", steps.v[i] + 1);
}

static void add_slip(text *t, const problem *p, const judged_step *s) {
    if (s->slip == SLIP_NONE) return;
    text_addf(t, " %s", slip_names[s->slip]);
    if (s->slip_at >= p->nfacts) text_addf(t, " at #%d", s->slip_at - p->nfacts + 1);
    if (s->slip_at >= 0 && s->slip_at < p->nfacts)
        text_addf(t, " at %s", str_z(t->arena, p->facts[s->slip_at].label));
}

static void add_step(text *t, const problem *p, const judged_step *s) {
    text_puts(t, verdict_names[s->verdict]);
    if (s->verdict == STEP_PROVED) add_names(t, p, s->support, s->on);
    if (s->at_rest) text_puts(t, " at rest");
    if (s->carried) text_puts(t, ", carried");
    add_slip(t, p, s);
    if (s->has_follows) {
        str left = law_product(t->arena, p, s->follows[0]);
        str right = law_product(t->arena, p, s->follows[1]);
        text_addf(t, " so %s ∝ %s", str_z(t->arena, left), str_z(t->arena, right));
    }
    if (s->completes) text_puts(t, " missing");
    if (s->completes) add_names(t, p, s->missing, s->missing_steps);
}

static const problem *read_theory(arena *a, const char *theory) {
    diags sink = {.arena = a};
    lang_options o = plain_options();
    const problem *p = lang_problem(a, source_of(a, "theory", str_of(theory)), NULL, &o, &sink);
    if (!p || sink.errors) fail_msg("cannot read: %s", theory);
    return p;
}

/* The counterexample of a step that fails must satisfy what it rests on, and not the step. */
static void check_witness(arena *a, const problem *p, const judged_step *s) {
    if (s->against.n == 0) return;
    assert_int_equal(s->against.n, p->nsymbols);
    assert_false(formula_holds(a, s->step->claim, s->against.x));
    for (int i = 0; i < s->step->nfacts; i++)
        assert_true(formula_holds(a, p->facts[s->step->facts[i]].claim, s->against.x));
}

static const judged_proof *judged(arena *a, const problem *p) {
    budget b;
    finding f = {.p = p};
    budget_init(&b);
    engine *e = engine_open(p, &b);
    judge_proofs(e, a, &f);
    assert_null(engine_wrong(e));
    engine_close(e);
    assert_int_equal(f.nproofs, p->nproofs);
    return f.proofs;
}

static const char *judged_text(arena *a, const char *theory) {
    const problem *p = read_theory(a, theory);
    const judged_proof *told = judged(a, p);
    text t = text_new(a);
    for (int i = 0; i < told->nsteps; i++) {
        if (i) text_puts(&t, "; ");
        add_step(&t, p, &told->steps[i]);
        check_witness(a, p, &told->steps[i]);
    }
    return text_str(&t).s;
}

typedef struct {
    const char *theory, *steps, *expected;
} example;

static void check_all(const example *list, size_t n) {
    bool ok = true;
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        const char *theory = formatted(a, "%s\nproof { %s }\n", list[i].theory, list[i].steps);
        const char *got = judged_text(a, theory);
        if (strcmp(got, list[i].expected) != 0) {
            print_message("%s\n  expected: %s\n  got:      %s\n", theory, list[i].expected, got);
            ok = false;
        }
        arena_free(a);
    }
    assert_true(ok);
}

#define CHECK(list) check_all(list, sizeof(list) / sizeof *(list))

static const char model[] = "A1: N ∝ w\nA2: L ∝ w\nA3: N_p ∝ w² L\nH1: ℓ ∝ N^-1\nG1: w grows";
static const char critical[] =
    "D1: N ∝ w L\nA1: N ∝ w\nA2: L ∝ w\nA3: N_p ∝ w² L\nH1: ℓ ∝ N^-1\nG1: w grows";

static void a_step_holds_if_it_follows_from_what_is_named_after_by(void **state) {
    (void)state;
    static const example list[] = {
        {model, "1: N_p ∝ w³ by A3, A2\n2: w ∝ N_p^(1/3) by 1\n3: ℓ ∝ N_p^(-1/3) by H1, A1, 2",
         "proved A2 A3; proved #1; proved A1 H1 #2"},
        {model, "N_p ∝ w² L ∝ w³ by A3, A2, H1", "proved A2 A3"},
        {model, "N_p ∝ w³\nℓ ∝ N_p^(-1/3)", "proved A2 A3; proved A1 A2 A3 H1"},
        {model, "N_p grows by A3, A2, G1", "proved A2 A3 G1"},
        {critical, "1: w ∝ w L by A1, D1\n2: L ∝ 1 by 1\n3: contradiction by 2, A2, G1",
         "proved D1 A1; proved #1; proved A2 G1 #2"},
        {critical, "N_p ∝ w^7 by A1, D1, A2, G1", "vacuous"},
        {"A: N ∝ w^α\nB: w ∝ C^(1/β)\nC grows", "N ∝ C^(α/β) by A, B", "proved A B"},
    };
    CHECK(list);
}

static void an_error_is_carried_forward_not_counted_again(void **state) {
    (void)state;
    static const example list[] = {
        {model, "1: N_p ∝ w² by A3, A2\n2: w ∝ N_p^(1/2) by 1\n3: ℓ ∝ N_p^(-1/2) by H1, A1, 2",
         "refuted at rest LOST at A2 so N_p ∝ w³; proved #1, carried; proved A1 H1 #2, carried"},
        {model, "1: N_p ∝ w² by A3, A2\n2: w ∝ N_p^(1/2)\n3: ℓ ∝ w^-1",
         "refuted at rest LOST at A2 so N_p ∝ w³; proved #1, carried; proved A1 H1"},
        {model, "1: N_p ∝ w² by A3, A2\n2: w ∝ N_p^2 by 1",
         "refuted at rest LOST at A2 so N_p ∝ w³; refuted at rest, carried RECIPROCAL at #1 so w ∝ "
         "N_p^(1/2)"},
    };
    CHECK(list);
}

static void a_missing_premise_is_found(void **state) {
    (void)state;
    static const example list[] = {
        {model, "N_p ∝ w³ by A3", "open missing A2"},
        {model, "ℓ ∝ N_p^(-1/3) by H1", "open missing A1 A2 A3"},
        {model, "1: N_p ∝ w³ by A3, A2\n2: ℓ ∝ N_p^(-1/3) by H1, A1",
         "proved A2 A3; open missing #1"},
        {critical, "1: L ∝ 1 by A1, D1\n2: contradiction by 1, A2",
         "proved D1 A1; open missing G1"},
        {model, "N_p ∝ w⁴ by H1", "open"},
    };
    CHECK(list);
}

static void the_wrong_law_cited_is_named(void **state) {
    (void)state;
    static const example list[] = {
        {model, "N_p ∝ w³ by A3, A1", "open CITATION at A1 missing A2"},
        {critical, "ℓ ∝ w^-1 by H1, D1", "open CITATION at D1 missing A1"},
        {critical, "ℓ ∝ w^-1 by H1, D1, A2",
         "refuted at rest CITATION at D1 so ℓ ∝ w^-2 missing A1"},
    };
    CHECK(list);
}

static void every_known_slip_is_named(void **state) {
    (void)state;
    static const example list[] = {
        {"A: N ∝ w² L\nB: L ∝ w³", "N ∝ w⁶ by A, B", "refuted at rest MULTIPLIED at B so N ∝ w⁵"},
        {"A: N ∝ M³\nB: M ∝ w²", "N ∝ w⁵ by A, B", "refuted at rest ADDED at B so N ∝ w⁶"},
        {"A: ℓ ∝ N^-2\nB: N ∝ w", "ℓ ∝ w² by A, B", "refuted at rest SIGN at A so ℓ ∝ w^-2"},
        {"A: N ∝ w³", "w ∝ N³ by A", "refuted at rest RECIPROCAL at A so w ∝ N^(1/3)"},
        {"A: N ∝ w³", "w ∝ N^-3 by A", "refuted at rest INVERTED at A so w ∝ N^(1/3)"},
        {"A: N ∝ M²\nB: M ∝ w L", "N ∝ w² L by A, B", "open FACTOR at B so N ∝ w² L²"},
        {"A: N ∝ w² L", "N ∝ w² by A", "open LOST at A so N ∝ w² L"},
        {"A: N ∝ w² L\nB: L ∝ w", "w ∝ N³ by A, B", "refuted at rest RECIPROCAL so w ∝ N^(1/3)"},
        {"A: N ∝ w² L\nB: L ∝ w", "w ∝ N^-3 by A, B", "refuted at rest INVERTED so w ∝ N^(1/3)"},
        {"A: N ∝ w^a\nB: w ∝ C^b\nb ≠ 1\na ≠ 1\na b > a + b\nC grows",
         "N ∝ C^(a+b) by A, B, @3, @4, @5, @6", "refuted ADDED at B so N ∝ C^(a b)"},
    };
    CHECK(list);
}

static void a_product_is_merged_wrongly_where_it_is_left_as_written(void **state) {
    (void)state;
    static const char laws[] = "A: x ∝ w²\nB: y ∝ w³\nC: z ∝ x y";
    static const example list[] = {
        {laws, "1: z ∝ w² w³ by A, B, C\n2: z ∝ w⁶ by 1",
         "proved A B C; refuted at rest MULTIPLIED at #1 so z ∝ w⁵"},
        {laws, "z ∝ w² w³ ∝ w⁶ by A, B, C", "refuted at rest MULTIPLIED"},
        {"A: M ∝ w\nB: N ∝ M⁶", "1: N ∝ (w²)³ by A, B\n2: N ∝ w⁵ by 1",
         "proved A B; refuted at rest ADDED at #1 so N ∝ w⁶"},
        {"A: M ∝ w L\nB: N ∝ M²", "1: N ∝ (w L)² by A, B\n2: N ∝ w² L by 1",
         "proved A B; open FACTOR at #1 so N ∝ w² L²"},
        {"A: M ∝ (w L)²", "M ∝ w² L by A", "open FACTOR at A so M ∝ w² L²"},
        {"A: M² ∝ (w L)³", "M² ∝ w³ L by A", "open FACTOR at A so M² ∝ w³ L³"},
        {"A: M ∝ (w L)²\nB: w ∝ h", "M ∝ h² L by A, B", "open FACTOR at A so M ∝ L² h²"},
        {"A: z ∝ √(x y)", "z ∝ √x y by A", "open FACTOR at A so z ∝ x^(1/2) y^(1/2)"},
        {"A: z ∝ 1 / (x y)²", "z ∝ 1 / (x² y) by A", "open FACTOR at A so z ∝ x^-2 y^-2"},
        {"A: z ∝ w / (x y)", "z ∝ w y / x by A", "open FACTOR at A so z ∝ w x^-1 y^-1"},
        {"A: z ∝ w / (x y)", "z ∝ w x y by A", "open SIGN at A so z ∝ w x^-1 y^-1"},
        {"A: z ∝ w⁵ / w²", "z ∝ w⁷ by A", "refuted at rest SIGN at A so z ∝ w³"},
        {"A: z ∝ w⁵ / w²", "z ∝ w^(5/2) by A", "refuted at rest MULTIPLIED at A so z ∝ w³"},
        {"A: z ∝ 1 / (w²)³", "z ∝ w^-5 by A", "refuted at rest ADDED at A so z ∝ w^-6"},
        {"A: z ∝ 1 / (w² w³)", "z ∝ w^-6 by A", "refuted at rest MULTIPLIED at A so z ∝ w^-5"},
        {"A: z ∝ w² w³", "z ∝ w² by A", "refuted at rest LOST at A so z ∝ w⁵"},
        {"A: z ∝ w² w³ w⁴", "z ∝ w^24 by A", "refuted at rest MULTIPLIED at A so z ∝ w⁹"},
        {"A: z ∝ (w² w³)²", "z ∝ w^12 by A", "refuted at rest MULTIPLIED at A so z ∝ w^10"},
        {"A: z ∝ w w³", "z ∝ w⁷ by A", "refuted at rest so z ∝ w⁴"},
    };
    CHECK(list);
}

static void a_root_of_two_powers_goes_wrong_in_three_ways(void **state) {
    (void)state;
    static const char kepler[] = "A: T² ∝ a³\nB: a ∝ h⁵";
    static const example list[] = {
        {kepler, "T ∝ a^(2/3) by A", "refuted at rest INVERTED at A so T ∝ a^(3/2)"},
        {kepler, "T ∝ a^(-2/3) by A", "refuted at rest INVERTED at A so T ∝ a^(3/2)"},
        {kepler, "a ∝ T^(3/2) by A", "refuted at rest INVERTED at A so a ∝ T^(2/3)"},
        {kepler, "T ∝ h^(10/3) by A, B", "refuted at rest INVERTED at A so T ∝ h^(15/2)"},
        {kepler, "T ∝ a⁶ by A", "refuted at rest RECIPROCAL at A so T ∝ a^(3/2)"},
        {kepler, "T ∝ a³ by A", "refuted at rest FACTOR at A so T ∝ a^(3/2)"},
        {kepler, "T ∝ h^15 by A, B", "refuted at rest FACTOR at A so T ∝ h^(15/2)"},
        {"A: T² ∝ a³ / M", "T ∝ a³ / M by A", "open FACTOR at A so T ∝ a^(3/2) M^(-1/2)"},
        {"A: N ∝ w³", "N ∝ w by A", "refuted at rest so N ∝ w³"},
    };
    CHECK(list);
}

/* --- goals --- */

/* "N ∝ w^?: 2; contradiction: none; w grows: 3, unsound" */
static const char *goals_text(arena *a, const char *theory) {
    problem p = *read_theory(a, theory);
    analysis_options o = {.proofs = true, .brief = true};
    budget b;
    text t = text_new(a);
    p.solved = true;
    budget_init(&b);
    const finding *f = analyse(a, &p, &o, &b);
    for (int i = 0; i < f->proofs[0].ngoals; i++) {
        const reached *g = &f->proofs[0].goals[i];
        text_addf(&t, "%s%s: ", i ? "; " : "", str_z(a, g->goal->law));
        text_puts(&t, g->step < 0 ? "none" : formatted(a, "%d", g->step + 1));
        if (g->step >= 0 && !g->sound) text_puts(&t, ", unsound");
    }
    assert_int_equal(f->proofs[0].ok, strstr(text_str(&t).s, "none") == NULL &&
                                          strstr(text_str(&t).s, "unsound") == NULL &&
                                          f->proofs[0].first_wrong < 0);
    return text_str(&t).s;
}

static void a_goal_is_reached_by_a_step_that_alone_says_it(void **state) {
    static const struct {
        const char *goals, *steps, *expected;
    } list[] = {
        {"ℓ ∝ N_p^?", "N_p ∝ w³\nℓ ∝ N_p^(-1/3)", "ℓ ∝ N_p^?: 2"},
        {"ℓ ∝ N_p^?", "N_p ∝ ℓ^-3", "ℓ ∝ N_p^?: 1"},
        {"ℓ ∝ N_p^?", "N_p ∝ w³\nℓ ∝ w^-1", "ℓ ∝ N_p^?: none"},
        {"ℓ ∝ N_p^?", "1: N_p ∝ w by A1\n2: ℓ ∝ N_p^(-1/3)", "ℓ ∝ N_p^?: 2"},
        {"ℓ ∝ N_p^?", "ℓ ∝ N_p^(-1/3) by H1", "ℓ ∝ N_p^?: 1, unsound"},
        {"ℓ ∝ N_p^?", "ℓ ∝ N_p^(-1/3) by H1\nℓ ∝ N_p^(-1/3)", "ℓ ∝ N_p^?: 2"},
        {"w ? N_p\nL ?", "w ≪ N_p\nL grows", "w ? N_p: 1; L ?: 2"},
        {"∴ L grows\n∴ N_p ∝ w³", "N_p ∝ w² L ∝ w³\nL ∝ w", "L grows: none; N_p ∝ w³: 1"},
        {"N ∝ D\n∴ consistent\nℓ ∝ D^?", "ℓ ∝ D^-1", "ℓ ∝ D^?: 1"},
        {"D1: N ∝ w L\n∴ contradiction", "L ∝ 1 by D1, A1\n⊥ by A2, G1, 1", "contradiction: 2"},
        {"D1: N ∝ w L\n∴ contradiction", "L ∝ 1 by D1, A1\n⊥ by A2, 1",
         "contradiction: 2, unsound"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        arena *a = arena_new();
        const char *theory =
            formatted(a, "%s\n%s\nproof { %s }\n", model, list[i].goals, list[i].steps);
        assert_string_equal(goals_text(a, theory), list[i].expected);
        arena_free(a);
    }
}

static void wrong_lines_give_way_to_nothing_but_themselves(void **state) {
    (void)state;
    static const example list[] = {
        /* the wrong line and what it conflicts with */
        {model, "1: L ∝ w² by A2\n2: N_p ∝ w⁴ by 1, A3, A2\n3: N_p ∝ w³ by 1, A3, A2",
         "refuted at rest so L ∝ w; proved A3 #1, carried; proved A2 A3"},
        /* without `by` what holds anyway does not rest on it */
        {model, "1: L ∝ w² by A2\n2: L ∝ N\n3: N_p ∝ w⁴\n4: N_p ∝ w^9",
         "refuted at rest so L ∝ w; proved A1 A2; proved A3 #1, carried; "
         "refuted so N_p ∝ w³"},
    };
    CHECK(list);
}

/* The limit is met where it is: what is not decided says so. */
static void without_work_left_a_step_is_unknown(void **state) {
    arena *a = arena_new();
    const problem *p = read_theory(a, formatted(a, "%s\nproof { N_p ∝ w³ }\n", model));
    finding f = {.p = p};
    budget b;
    (void)state;
    budget_init(&b);
    b.steps_left = 1;
    engine *e = engine_open(p, &b);
    judge_proofs(e, a, &f);
    engine_close(e);
    assert_int_equal(f.proofs[0].steps[0].verdict, STEP_UNKNOWN);
    assert_non_null(f.proofs[0].steps[0].reason);
    assert_false(f.proofs[0].ok);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_holds_if_it_follows_from_what_is_named_after_by),
        cmocka_unit_test(an_error_is_carried_forward_not_counted_again),
        cmocka_unit_test(a_missing_premise_is_found),
        cmocka_unit_test(the_wrong_law_cited_is_named),
        cmocka_unit_test(every_known_slip_is_named),
        cmocka_unit_test(a_product_is_merged_wrongly_where_it_is_left_as_written),
        cmocka_unit_test(a_root_of_two_powers_goes_wrong_in_three_ways),
        cmocka_unit_test(a_goal_is_reached_by_a_step_that_alone_says_it),
        cmocka_unit_test(wrong_lines_give_way_to_nothing_but_themselves),
        cmocka_unit_test(without_work_left_a_step_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
