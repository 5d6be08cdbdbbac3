/* What render promises: laws in the language's spelling, tables aligned by display width, no
 * control character to a terminal, valid JSON. Problems and findings are made by hand here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <math.h>
#include <string.h>
#include "render/diagnose.h"
#include "render/figures.h"
#include "render/law.h"
#include "render/narrate.h"
#include "render/pages.h"
#include "render/spell.h"
#include "render/to_json.h"
#include "render/to_text.h"

/* --- the critical-depth theory by hand --- */

enum { W, L, N, NP, LOSS, SYMBOLS };
enum { D1, A1, A2, A3, H1, G1, FACTS };

typedef struct {
    arena *a;
    symbol symbols[SYMBOLS];
    fact facts[FACTS];
    goal goals[2];
    form base;
    str base_name;
    problem p;
} theory;

static form linear(arena *a, int n, const int *sym_and_coef) {
    term t[8];
    for (int i = 0; i < n; i++)
        t[i] = (term){sym_and_coef[2 * i], coef_int(sym_and_coef[2 * i + 1])};
    return form_of(a, t, n, coef_int(0));
}
#define LINEAR(a, n, ...) linear(a, n, (const int[]){__VA_ARGS__})

static coef ratio(arena *a, long num, long den) {
    return coef_of(rat_frac(a, num, den));
}

static void state(theory *t, int i, const char *label, const char *law, const char *note, form f,
                  rel r) {
    t->facts[i] = (fact){.label = str_of(label),
                         .law = str_of(law),
                         .note = str_of(note),
                         .line = 8 + i,
                         .growth = i == G1,
                         .claim = formula_atom(t->a, f, r)};
}

static void fill_facts(theory *t) {
    arena *a = t->a;
    state(t, D1, "D1", "N ∝ w L", "layers of neurons", LINEAR(a, 3, N, 1, W, -1, L, -1), REL_EQ);
    state(t, A1, "A1", "N ∝ w", "along the width", LINEAR(a, 2, N, 1, W, -1), REL_EQ);
    state(t, A2, "A2", "L ∝ w", "", LINEAR(a, 2, L, 1, W, -1), REL_EQ);
    state(t, A3, "A3", "N_p ∝ w² L", "", LINEAR(a, 3, NP, 1, W, -2, L, -1), REL_EQ);
    state(t, H1, "H1", "ℓ ∝ N^-1", "", LINEAR(a, 2, LOSS, 1, N, 1), REL_EQ);
    state(t, G1, "G1", "w grows", "", LINEAR(a, 1, W, -1), REL_LT);
    t->facts[A2].cite = STR("Song 2024");
}

static void fill_goals(theory *t) {
    t->base = form_sym(t->a, NP);
    t->base_name = STR("N_p");
    t->goals[0] = (goal){.kind = GOAL_EXPONENT,
                         .law = STR("ℓ ∝ N_p^?"),
                         .line = 15,
                         .target = form_sym(t->a, LOSS),
                         .base = &t->base,
                         .nbase = 1,
                         .left = STR("ℓ"),
                         .base_name = &t->base_name};
    t->goals[1] = (goal){.kind = GOAL_CONCLUSION, .law = STR("L fixed"), .line = 16};
}

static theory *theory_new(void) {
    static const char *const names[] = {"w", "L", "N", "N_p", "ℓ"};
    arena *a = arena_new();
    theory *t = NEW(a, theory);
    t->a = a;
    for (int i = 0; i < SYMBOLS; i++) t->symbols[i] = (symbol){.name = str_of(names[i])};
    fill_facts(t);
    fill_goals(t);
    t->p = (problem){.name = STR("critical-depth"),
                     .symbols = t->symbols,
                     .nsymbols = SYMBOLS,
                     .facts = t->facts,
                     .nfacts = FACTS,
                     .goals = t->goals,
                     .ngoals = 2};
    return t;
}

static factset facts_of(arena *a, int n, const int *v) {
    int *copy = NEW_ARRAY(a, int, n);
    memcpy(copy, v, sizeof(int) * (size_t)n);
    return (factset){copy, n};
}
#define FACTS_OF(a, n, ...) facts_of(a, n, (const int[]){__VA_ARGS__})

/* ℓ ∝ N^-1 ∝ w^-1, N_p ∝ w² L ∝ w³ */
static const derivation *by_hand(theory *t) {
    arena *a = t->a;
    step *s = NEW_ARRAY(a, step, 4);
    s[0] = (step){H1, 0, coef_int(1), LINEAR(a, 1, N, -1), REL_EQ, false};
    s[1] = (step){A1, 0, coef_int(-1), LINEAR(a, 1, W, -1), REL_EQ, false};
    s[2] = (step){A3, 0, coef_int(1), LINEAR(a, 2, W, 2, L, 1), REL_EQ, false};
    s[3] = (step){A2, 0, coef_int(1), LINEAR(a, 1, W, 3), REL_EQ, false};
    derivation *d = NEW(a, derivation);
    d->target = (chain){form_sym(a, LOSS), s[1].after, s, 2};
    d->base = (chain){form_sym(a, NP), s[3].after, s + 2, 2};
    d->two = true;
    return d;
}

static answer exact(theory *t, long num, long den) {
    coef *value = NEW(t->a, coef);
    *value = ratio(t->a, num, den);
    return (answer){.goal = &t->goals[0],
                    .kind = ANSWER_EXACT,
                    .value = value,
                    .nvalue = 1,
                    .support = FACTS_OF(t->a, 4, A1, A2, A3, H1)};
}

/* w ∝ N ∝ w L, so L ∝ 1; L ∝ w ≫ 1, so L ≫ 1 */
static story story_by_hand(theory *t) {
    arena *a = t->a;
    step *s = NEW_ARRAY(a, step, 4);
    s[0] = (step){A1, 0, coef_int(-1), LINEAR(a, 1, N, 1), REL_EQ, false};
    s[1] = (step){D1, 0, coef_int(1), LINEAR(a, 2, W, 1, L, 1), REL_EQ, false};
    s[2] = (step){A2, 0, coef_int(1), LINEAR(a, 1, W, 1), REL_EQ, false};
    s[3] = (step){G1, 0, coef_int(-1), form_zero(), REL_LT, true};
    return (story){.claim = form_sym(a, L),
                   .one = {form_sym(a, W), s[1].after, s, 2},
                   .other = {form_sym(a, L), s[3].after, s + 2, 2},
                   .one_rel = REL_EQ,
                   .other_rel = REL_LT,
                   .other_geq = true,
                   .told = true};
}

static repair give_up(theory *t, int fact_index, answer left) {
    answer *answers = NEW(t->a, answer);
    *answers = left;
    return (repair){.drop = FACTS_OF(t->a, 1, fact_index),
                    .verdict = fact_index == G1 ? VERDICT_TRIVIAL : VERDICT_CONSISTENT,
                    .answers = answers,
                    .nanswers = 1};
}

static finding *conflict(theory *t) {
    arena *a = t->a;
    static const int fixed[] = {L};
    finding *f = NEW(a, finding);
    core *k = NEW(a, core);
    repair *r = NEW_ARRAY(a, repair, 4);
    *k = (core){FACTS_OF(a, 4, D1, A1, A2, G1), story_by_hand(t), false};
    r[0] = give_up(t, D1, exact(t, -1, 3));
    r[1] = give_up(t, A1, exact(t, -2, 3));
    r[2] = give_up(t, A2, exact(t, -1, 2));
    r[3] = give_up(t, G1, (answer){.goal = &t->goals[0], .kind = ANSWER_UNDEFINED});
    r[2].fixed = fixed, r[2].nfixed = 1;
    answer *vacuous = NEW(a, answer);
    *vacuous = (answer){.goal = &t->goals[0], .kind = ANSWER_VACUOUS};
    *f = (finding){.p = &t->p, .verdict = VERDICT_CONTRADICTORY, .as_claimed = true};
    f->equations = VERDICT_TRIVIAL, f->growth = VERDICT_CONTRADICTORY;
    f->answers = vacuous, f->nanswers = 1;
    f->cores = k, f->ncores = 1, f->cores_complete = true;
    f->repairs = r, f->nrepairs = 4, f->repairs_complete = f->redundant_complete = true;
    return f;
}

static finding *consistent(theory *t) {
    answer *w = NEW(t->a, answer);
    finding *f = NEW(t->a, finding);
    *w = exact(t, -1, 3);
    w->why = by_hand(t);
    *f = (finding){.p = &t->p, .verdict = VERDICT_CONSISTENT, .cores_complete = true};
    f->equations = f->growth = VERDICT_CONSISTENT;
    f->answers = w, f->nanswers = 1;
    f->repairs_complete = f->redundant_complete = true;
    return f;
}

static const char *told(theory *t, const finding *f, telling what, style look) {
    text out = text_new(t->a);
    doc *d = doc_new(t->a);
    narrate(d, f, "critical-depth.propto", what);
    to_text(&out, d, &look);
    return out.s;
}

static void assert_holds(const char *all, const char *part) {
    if (strstr(all, part) == NULL) fail_msg("no `%s` in:\n%s", part, all);
}

static void assert_lacks(const char *all, const char *part) {
    if (strstr(all, part) != NULL) fail_msg("`%s` in:\n%s", part, all);
}

static const style plain = {false, false, 80};

/* --- laws --- */

static void law_prints_products_in_the_languages_spelling(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const struct {
        int n, c[6];
        const char *law;
    } cases[] = {
        {0, {0}, "1"},
        {1, {W, 1}, "w"},
        {2, {W, 2, L, 1}, "w² L"},
        {1, {N, -1}, "N^-1"},
        {1, {W, 9}, "w⁹"},
        {1, {W, 10}, "w^10"},
        {3, {W, 3, L, -2, N, 1}, "w³ L^-2 N"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str law = law_product(t->a, &t->p, linear(t->a, cases[i].n, cases[i].c));
        assert_string_equal(str_z(t->a, law), cases[i].law);
    }
    form half = form_scale(t->a, ratio(t->a, 1, 3), form_sym(t->a, N));
    assert_string_equal(str_z(t->a, law_product(t->a, &t->p, half)), "N^(1/3)");
    arena_free(t->a);
}

static void law_puts_the_terms_of_a_claim_on_both_sides(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const struct {
        int n, c[6];
        rel r;
        bool geq;
        const char *law;
    } cases[] = {
        {2, {N, 1, W, -1}, REL_EQ, false, "N ∝ w"},
        {3, {NP, 1, W, -2, L, -1}, REL_EQ, false, "N_p ∝ w² L"},
        {1, {W, -1}, REL_LT, false, "w ≫ 1"},
        {1, {W, 1}, REL_LT, true, "w ≫ 1"},
        {1, {W, 1}, REL_LE, false, "w ≲ 1"},
        {2, {LOSS, 1, N, 1}, REL_EQ, false, "N ∝ ℓ^-1"},
        {2, {LOSS, -1, N, -1}, REL_LE, false, "N ≳ ℓ^-1"},
        {0, {0}, REL_EQ, false, "1 ∝ 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        form f = linear(t->a, cases[i].n, cases[i].c);
        str law = law_claim(t->a, &t->p, f, cases[i].r, cases[i].geq);
        assert_string_equal(str_z(t->a, law), cases[i].law);
    }
    arena_free(t->a);
}

static void law_fills_the_holes_of_a_question(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const struct {
        long num, den;
        const char *question, *law;
    } cases[] = {
        {-1, 3, "ℓ ∝ N_p^?", "ℓ ∝ N_p^(-1/3)"},
        {1, 1, "ℓ ∝ N_p^?", "ℓ ∝ N_p"},
        {0, 1, "ℓ ∝ N_p^?", "ℓ ∝ N_p^0"},
        {2, 1, "ℓ ∝ N_p^? when L fixed", "ℓ ∝ N_p² when L fixed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        t->goals[0].law = str_of(cases[i].question);
        answer w = exact(t, cases[i].num, cases[i].den);
        assert_string_equal(str_z(t->a, law_answer(t->a, &w)), cases[i].law);
    }
    arena_free(t->a);
}

static void law_answers_relations_and_growth_in_words(void **state_) {
    (void)state_;
    arena *a = arena_new();
    str other = STR("D"), one = STR("1");
    const struct {
        const char *question, *law;
        const str *base;
        int signs;
    } cases[] = {
        {"N ? D", "N ≪ D", &other, SIGN_NEG},
        {"N ? D", "N ≳ D", &other, SIGN_ZERO | SIGN_POS},
        {"w ? when L fixed", "w grows when L fixed", &one, SIGN_POS},
        {"w ?", "w fixed", &one, SIGN_ZERO},
        {"w ?", "w scales", &one, SIGN_NEG | SIGN_POS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        goal g = {.kind = GOAL_RELATION, .law = str_of(cases[i].question)};
        g.base_name = cases[i].base;
        answer w = {.goal = &g, .kind = ANSWER_EXACT, .signs = cases[i].signs};
        assert_string_equal(str_z(a, law_answer(a, &w)), cases[i].law);
    }
    arena_free(a);
}

static void law_is_unknown_where_a_relation_is_left_open(void **state_) {
    (void)state_;
    str other = STR("D"), one = STR("1");
    goal pair = {.kind = GOAL_RELATION, .law = STR("N ? D"), .base_name = &other};
    goal growth = {.kind = GOAL_RELATION, .law = STR("w ?"), .base_name = &one};
    for (int signs = 1; signs < 8; signs++) {
        answer p = {.goal = &pair, .kind = ANSWER_EXACT, .signs = signs};
        answer g = {.goal = &growth, .kind = ANSWER_EXACT, .signs = signs};
        assert_int_equal(law_is_known(&p), signs != 7 && signs != (SIGN_NEG | SIGN_POS));
        assert_int_equal(law_is_known(&g), signs != 7);
    }
}

/* --- spelling --- */

static void spell_lets_no_control_character_through(void **state_) {
    (void)state_;
    arena *a = arena_new();
    const struct {
        const char *from, *to;
    } cases[] = {
        {"plain ∝ text", "plain ∝ text"},
        {"\033[31mred", "\\u{1b}[31mred"},
        {"a\nb\tc\r", "a\\u{a}b\\u{9}c\\u{d}"},
        {"\x7f", "\\u{7f}"},
        {"\xc2\x9b", "\\u{9b}"},
        {"\xe2\x80\xae", "\\u{202e}"},
        {"\xff!", "\\x{ff}!"},
        {"\xe2\x88", "\\x{e2}\\x{88}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str once = spell_text(a, str_of(cases[i].from), false);
        assert_string_equal(str_z(a, once), cases[i].to);
        assert_true(str_eq(spell_text(a, once, false), once));
    }
    arena_free(a);
}

static void spell_folds_every_symbol_of_the_language_to_ascii(void **state_) {
    (void)state_;
    arena *a = arena_new();
    const struct {
        const char *from, *to;
    } cases[] = {
        {"ℓ ∝ N_p^(-1/3)", "ell ~ N_p^(-1/3)"},
        {"w² L", "w^2 L"},
        {"N⁻¹²", "N^-12"},
        {"C₀² ≲ α_N", "C_0^2 <~ alpha_N"},
        {"a ≪ b ≫ c ≳ d", "a << b >> c >~ d"},
        {"∴ ⊥", "therefore contradiction"},
        {"2 × x", "2 x x"},
        {"✓ −1 ≤ e", "[ok] -1 <= e"},
        {"“é”", "'\\u{e9}'"},
        {"x^2", "x^2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_z(a, spell_text(a, str_of(cases[i].from), true)), cases[i].to);
    arena_free(a);
}

static void spell_keeps_json_valid_whatever_a_note_holds(void **state_) {
    (void)state_;
    arena *a = arena_new();
    static const char nasty[] = "“\033 \xc2\x9b \xe2\x80\xae \xff \0 ℓ 𝛼 é\"\\";
    for (int ascii = 0; ascii < 2; ascii++) {
        cJSON *s = cJSON_CreateString(spell_valid(a, (str){nasty, sizeof nasty - 1}));
        char *printed = cJSON_PrintUnformatted(s);
        text t = text_new(a);
        spell_json(&t, str_of(printed), ascii);
        str safe = text_str(&t);
        for (size_t i = 0; i < safe.n; i++) {
            unsigned char c = (unsigned char)safe.s[i];
            assert_true(c >= 0x20 && c != 0x7F && (!ascii || c < 0x80));
        }
        cJSON *again = cJSON_Parse(str_z(a, safe));
        assert_non_null(again);
        if (!ascii) assert_string_equal(again->valuestring, s->valuestring);
        cJSON_Delete(again);
        cJSON_Delete(s);
        cJSON_free(printed);
    }
    arena_free(a);
}

/* --- documents --- */

static void text_aligns_columns_by_display_width(void **state_) {
    (void)state_;
    arena *a = arena_new();
    doc *d = doc_new(a);
    block *b = doc_table(d, 2, -1);
    const char *const left[] = {"w", "層", "é", "abc"};
    for (int i = 0; i < 4; i++) {
        row *r = doc_row(d, b);
        say(doc_cell(d, r), ROLE_PLAIN, "%s", left[i]);
        say(doc_cell(d, r), ROLE_PLAIN, "|");
    }
    text out = text_new(a);
    to_text(&out, d, &plain);
    assert_string_equal(out.s, "  w    |\n  層   |\n  é    |\n  abc  |\n");
    arena_free(a);
}

static void text_breaks_paragraphs_but_never_a_law(void **state_) {
    (void)state_;
    arena *a = arena_new();
    doc *d = doc_new(a);
    cell *c = doc_paragraph(d, 0);
    say(c, ROLE_PLAIN, "one two three four ");
    say(c, ROLE_LAW, "N_p ∝ w² L");
    say(c, ROLE_PLAIN, ", five");
    text out = text_new(a);
    style narrow = {false, false, 24};
    to_text(&out, d, &narrow);
    assert_string_equal(out.s, "one two three four\nN_p ∝ w² L, five\n");
    arena_free(a);
}

static void text_breaks_no_line_between_words_that_cling_together(void **state_) {
    (void)state_;
    arena *a = arena_new();
    doc *d = doc_new(a);
    cell *c = doc_paragraph(d, 0);
    say(c, ROLE_PLAIN, "conflict: ");
    say(c, ROLE_LABEL, "A1");
    say(c, ROLE_LAW, " N ∝ w");
    say(c, ROLE_PLAIN, "; ");
    say(c, ROLE_LABEL, "A2");
    say(c, ROLE_LAW, " L ∝ w");
    text out = text_new(a);
    style narrow = {false, false, 24};
    to_text(&out, d, &narrow);
    assert_string_equal(out.s, "conflict: A1 N ∝ w;\nA2 L ∝ w\n");
    arena_free(a);
}

static void text_has_escapes_only_when_colour_is_asked_for(void **state_) {
    (void)state_;
    theory *t = theory_new();
    t->facts[D1].note = STR("evil \033]0;title\007");
    const finding *f = conflict(t);
    assert_null(strchr(told(t, f, TELL_CHECK, plain), '\033'));
    const char *colored = told(t, f, TELL_CHECK, (style){true, false, 80});
    assert_non_null(strstr(colored, "\033[32mcontradictory"));
    assert_null(strstr(colored, "\033]"));
    arena_free(t->a);
}

/* --- findings in words --- */

static void check_tells_verdict_core_story_and_repairs(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const char *s = told(t, conflict(t), TELL_CHECK, plain);
    assert_ptr_equal(strstr(s, "critical-depth.propto: contradictory, as claimed\n"), s);
    assert_holds(s, "The equations alone can hold only if nothing scales");
    assert_holds(s, "  D1  N ∝ w L  layers of neurons  line 8\n");
    assert_holds(s, "[Song 2024]");
    assert_holds(s, "w ∝ N ∝ w L  by A1, D1  so L ∝ 1: L is fixed\n");
    assert_holds(s, "L ∝ w ≫ 1    by A2, G1  so L grows\n");
    assert_holds(s, "N ∝ w L  ℓ ∝ N_p^(-1/3)\n");
    assert_holds(s, "N ∝ w    ℓ ∝ N_p^(-2/3)\n");
    assert_holds(s, "L ∝ w    ℓ ∝ N_p^(-1/2); L fixed\n");
    assert_holds(s, "w grows  nothing scales\n");
    arena_free(t->a);
}

static void check_reads_an_exponent_as_a_factor(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const char *s = told(t, consistent(t), TELL_CHECK, plain);
    assert_holds(s, "ℓ ∝ N_p^(-1/3)  from A1, A2, A3, H1\n");
    assert_holds(s, "2 × N_p multiplies ℓ by 0.794; 10 × by 0.464\n");
    arena_free(t->a);
}

static void derive_tells_one_law_a_line_with_its_reason(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const char *s = told(t, consistent(t), TELL_DERIVE, plain);
    assert_holds(s, "    ℓ ∝ N^-1    by H1\n"
                    "      ∝ w^-1    by A1: N ∝ w\n"
                    "    N_p ∝ w² L  by A3\n"
                    "        ∝ w³    by A2: L ∝ w\n"
                    "    so ℓ ∝ w^-1 ∝ N_p^(-1/3)\n");
    arena_free(t->a);
}

static void ascii_output_is_ascii_and_still_aligned(void **state_) {
    (void)state_;
    theory *t = theory_new();
    const char *s = told(t, consistent(t), TELL_DERIVE, (style){false, true, 80});
    for (const char *c = s; *c; c++) assert_true((unsigned char)*c < 0x80);
    assert_holds(s, "    ell ~ N^-1   by H1\n"
                    "        ~ w^-1   by A1: N ~ w\n"
                    "    N_p ~ w^2 L  by A3\n");
    arena_free(t->a);
}

static void check_tells_ranges_with_their_ends(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    interval r[2] = {{.low = coef_int(-1), .high = coef_int(0), .high_open = true},
                     {.low = coef_int(1), .high = coef_int(1)}};
    answer w = {.goal = &t->goals[0], .kind = ANSWER_RANGE, .ranges = r, .nranges = 2};
    f->answers = &w;
    assert_holds(told(t, f, TELL_CHECK, plain), "ℓ ∝ N_p^e with -1 ≤ e < 0 or e = 1");
    r[0].low_infinite = true;
    r[1].high_infinite = true;
    assert_holds(told(t, f, TELL_CHECK, plain), "with e < 0 or e ≥ 1");
    t->symbols[L].name = STR("e");
    assert_holds(told(t, f, TELL_CHECK, plain), "ℓ ∝ N_p^x with x < 0 or x ≥ 1");
    arena_free(t->a);
}

static void check_shows_two_solutions_of_an_open_conclusion(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    coef yes[SYMBOLS], no[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) yes[i] = coef_int(i), no[i] = ratio(t->a, -i, 2);
    conclusion k = {.goal = &t->goals[1], .verdict = CONCLUSION_OPEN};
    k.yes = (witness){yes, SYMBOLS}, k.no = (witness){no, SYMBOLS};
    f->conclusions = &k, f->nconclusions = 1;
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "? L fixed");
    assert_holds(s, "holds for w fixed, L ∝ s, N ∝ s², N_p ∝ s³, ℓ ∝ s⁴\n");
    assert_holds(s, "fails for w fixed, L ∝ s^(-1/2), N ∝ s^-1, N_p ∝ s^(-3/2),\n");
    assert_holds(s, " ℓ ∝ s^-2 (s: the hidden scale)\n");
    t->goals[1].claim = formula_atom(t->a, form_sym(t->a, L), REL_EQ);
    t->symbols[W].name = STR("s");
    s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "holds for L ∝ S\n");
    assert_holds(s, "fails for L ∝ S^(-1/2) (S: the hidden scale)\n");
    arena_free(t->a);
}

static int count_of(const char *all, const char *part) {
    int n = 0;
    for (const char *s = all; (s = strstr(s, part)) != NULL; s++) n++;
    return n;
}

static void check_answers_with_the_chain_where_it_is_short(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "because ℓ ∝ N^-1 ∝ w^-1 and N_p ∝ w² L ∝ w³\n");
    step many[9];
    for (int i = 0; i < 9; i++)
        many[i] = (step){A1, 0, coef_int(1), form_sym(t->a, i % 2 ? W : N), REL_EQ, false};
    derivation lengthy = {.target = {form_sym(t->a, W), form_sym(t->a, N), many, 9}};
    answer w = f->answers[0];
    w.why = &lengthy;
    f->answers = &w;
    s = told(t, f, TELL_CHECK, plain);
    assert_lacks(s, "because");
    assert_holds(s, "`propto derive` shows the steps\n");
    arena_free(t->a);
}

static void check_shows_no_chain_that_repeats_the_law(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    step one = {H1,     0,    coef_int(1), form_scale(t->a, ratio(t->a, -1, 3), form_sym(t->a, NP)),
                REL_EQ, false};
    derivation short_one = {.target = {form_sym(t->a, LOSS), one.after, &one, 1}};
    answer w = f->answers[0];
    w.why = &short_one;
    f->answers = &w;
    assert_lacks(told(t, f, TELL_CHECK, plain), "because");
    arena_free(t->a);
}

static void statements_without_a_label_go_by_their_law(void **state_) {
    (void)state_;
    static const char *const labels[] = {"@1", "@1b", "@1c", "@1d", "@1e", "@1f"};
    theory *t = theory_new();
    for (int i = 0; i < FACTS; i++) t->facts[i].label = str_of(labels[i]);
    const char *s = told(t, consistent(t), TELL_CHECK, plain);
    assert_holds(s, "from N ∝ w; L ∝ w; N_p ∝ w² L; ℓ ∝ N^-1\n");
    assert_lacks(s, "@");
    s = told(t, consistent(t), TELL_DERIVE, plain);
    assert_holds(s, "    ℓ ∝ N^-1    as stated\n"
                    "      ∝ w^-1    by N ∝ w\n");
    assert_lacks(s, "@");
    s = told(t, conflict(t), TELL_CHECK, plain);
    assert_holds(s, "  @1   N ∝ w L  layers of neurons  line 8\n");
    assert_holds(s, "w ∝ N ∝ w L  by @1b, @1");
    t->facts[A1].law = STR("a_law that is by far too long to stand in a list of them all");
    assert_holds(told(t, consistent(t), TELL_CHECK, plain), "from @1b; L ∝ w; N_p");
    arena_free(t->a);
}

static void a_law_that_is_stated_is_not_said_twice(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    answer w = f->answers[0];
    w.support = FACTS_OF(t->a, 1, H1);
    w.why = NULL;
    f->answers = &w;
    t->facts[H1].law = STR("ℓ ∝ N_p^(-1/3)");
    assert_holds(told(t, f, TELL_CHECK, plain), "  ℓ ∝ N_p^(-1/3)  from H1\n");
    t->facts[H1].label = STR("@12");
    assert_holds(told(t, f, TELL_CHECK, plain), "  ℓ ∝ N_p^(-1/3)  as stated\n");
    arena_free(t->a);
}

static void check_says_what_a_relation_leaves_open(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    str other = STR("w");
    goal g = {.kind = GOAL_RELATION, .law = STR("N ? w"), .base_name = &other};
    answer w = {.goal = &g, .kind = ANSWER_EXACT, .signs = SIGN_NEG | SIGN_ZERO | SIGN_POS};
    f->answers = &w;
    assert_holds(told(t, f, TELL_CHECK, plain),
                 "N ? w  undetermined: each of ≪, ∝, ≫ is possible\n");
    w.kind = ANSWER_UNDETERMINED;
    assert_holds(told(t, f, TELL_CHECK, plain), "each of ≪, ∝, ≫ is possible\n");
    w.kind = ANSWER_EXACT, w.signs = SIGN_NEG | SIGN_POS, w.support = FACTS_OF(t->a, 1, A1);
    assert_holds(told(t, f, TELL_CHECK, plain), "N ? w  ≪ or ≫, but not ∝, from A1\n");
    arena_free(t->a);
}

static void regimes_tell_their_conflict_in_a_line(void **state_) {
    (void)state_;
    theory *t = theory_new();
    str dropped[] = {STR("A3"), STR("H1")}, joined[] = {STR("W1")};
    problem variant = t->p;
    variant.name = STR("clash");
    variant.dropped = dropped, variant.ndropped = 2;
    variant.joined = joined, variant.njoined = 1;
    finding inner = *conflict(t), *f = consistent(t);
    inner.p = &variant;
    f->regimes = &inner, f->nregimes = 1;
    t->facts[G1].label = STR("@13");
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "regime clash without A3, H1 with W1: contradictory, as claimed\n");
    assert_holds(s, "    conflict: D1 N ∝ w L; A1 N ∝ w; A2 L ∝ w; w grows\n");
    assert_lacks(s, "no answer");
    arena_free(t->a);
}

static void the_two_levels_are_told_where_there_are_two(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = conflict(t);
    const struct {
        verdict equations, all;
        const char *words;
    } cases[] = {
        {VERDICT_CONSISTENT, VERDICT_CONTRADICTORY,
         "alone are consistent; together with what is said of growth they\n  conflict.\n"},
        {VERDICT_CONSISTENT, VERDICT_TRIVIAL, "hold only if nothing scales.\n"},
        {VERDICT_TRIVIAL, VERDICT_CONTRADICTORY, "alone can hold only if nothing scales; together"},
        {VERDICT_TRIVIAL, VERDICT_TRIVIAL, "only if nothing scales, whatever is said of"},
        {VERDICT_CONTRADICTORY, VERDICT_CONTRADICTORY, "The equations alone conflict, whatever"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        f->equations = cases[i].equations, f->growth = cases[i].all;
        assert_holds(told(t, f, TELL_CHECK, plain), cases[i].words);
    }
    f->equations = f->growth = VERDICT_CONSISTENT;
    assert_lacks(told(t, f, TELL_CHECK, plain), "The equations");
    t->facts[G1].growth = false;
    f->equations = f->growth = VERDICT_CONTRADICTORY;
    assert_lacks(told(t, f, TELL_CHECK, plain), "The equations");
    arena_free(t->a);
}

static void a_core_of_one_is_told_in_the_singular(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = conflict(t);
    core k = {.facts = FACTS_OF(t->a, 1, G1), .needs_scale = true};
    f->cores = &k;
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "This can hold only if nothing scales; without it something can:\n");
    assert_lacks(s, "runs through cases");
    k.needs_scale = false;
    s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "This cannot hold; without it the others can:\n");
    assert_holds(s, "The conflict runs through cases");
    arena_free(t->a);
}

static void a_repair_says_once_that_a_base_does_not_scale(void **state_) {
    (void)state_;
    theory *t = theory_new();
    static const int fixed[] = {L, NP};
    finding *f = conflict(t);
    answer rest[2] = {{.goal = &t->goals[0], .kind = ANSWER_UNDEFINED},
                      {.goal = &t->goals[0], .kind = ANSWER_UNDEFINED}};
    repair r = {.drop = FACTS_OF(t->a, 1, G1), .verdict = VERDICT_CONSISTENT};
    r.answers = rest, r.nanswers = 2, r.fixed = fixed, r.nfixed = 2;
    f->repairs = &r, f->nrepairs = 1;
    assert_holds(told(t, f, TELL_EXPLAIN, plain), "  w grows  N_p no longer scales; L fixed\n");
    arena_free(t->a);
}

static void repairs_that_say_nothing_have_no_column_for_it(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = conflict(t);
    repair r[2] = {{.drop = FACTS_OF(t->a, 1, D1)}, {.drop = FACTS_OF(t->a, 1, A1)}};
    f->repairs = r, f->nrepairs = 2;
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "Without one of these the others can hold:\n\n  D1  N ∝ w L\n  A1  N ∝ w\n");
    r[1].verdict = VERDICT_TRIVIAL;
    s = told(t, f, TELL_CHECK, plain);
    assert_holds(s, "says:\n\n  D1  N ∝ w L  consistent\n  A1  N ∝ w    nothing scales\n");
    arena_free(t->a);
}

static void derive_does_not_derive_an_answer_again_as_a_conclusion(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    t->goals[1].law = STR("ℓ ∝ N_p^(-1/3)");
    conclusion k = {.goal = &t->goals[1], .verdict = CONCLUSION_PROVED, .why = by_hand(t)};
    k.support = FACTS_OF(t->a, 4, A1, A2, A3, H1);
    f->conclusions = &k, f->nconclusions = 1;
    const char *s = told(t, f, TELL_DERIVE, plain);
    assert_holds(s, "✓ ℓ ∝ N_p^(-1/3): proved, as above\n");
    assert_int_equal(count_of(s, "N_p ∝ w² L"), 1);
    f->nanswers = 0;
    s = told(t, f, TELL_DERIVE, plain);
    assert_holds(s, "proved from A1, A2, A3, H1\n");
    assert_int_equal(count_of(s, "N_p ∝ w² L"), 1);
    arena_free(t->a);
}

static void conclusions_carry_their_note_and_source(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    conclusion k = {.goal = &t->goals[1], .verdict = CONCLUSION_PROVED};
    k.support = FACTS_OF(t->a, 1, A1);
    f->conclusions = &k, f->nconclusions = 1;
    t->goals[1].note = STR("the depth stays"), t->goals[1].cite = STR("Topal 2025");
    assert_holds(told(t, f, TELL_CHECK, plain),
                 "  ✓ L fixed  proved from A1                line 16\n"
                 "             the depth stays [Topal 2025]\n");
    t->goals[1].kind = GOAL_CONTRADICTION;
    assert_holds(told(t, f, TELL_CHECK, plain), "consistent\n  the depth stays [Topal 2025]\n");
    arena_free(t->a);
}

static void long_lists_are_cut_and_counted(void **state_) {
    (void)state_;
    enum { MANY = 250 };
    theory *t = theory_new();
    finding *f = consistent(t);
    fact *facts = NEW_ARRAY(t->a, fact, MANY);
    redundancy *all = NEW_ARRAY(t->a, redundancy, MANY);
    int *others = NEW_ARRAY(t->a, int, MANY);
    for (int i = 0; i < MANY; i++) {
        facts[i] = t->facts[A1];
        others[i] = i;
        all[i] = (redundancy){i, {others, i % 2 ? MANY : 12}};
    }
    t->p.facts = facts, t->p.nfacts = MANY;
    f->redundant = all, f->nredundant = MANY, f->redundant_complete = true;
    const char *s = told(t, f, TELL_CHECK, plain);
    assert_int_equal(count_of(s, "adds nothing"), 10);
    assert_int_equal(count_of(s, "242"), 5);
    assert_holds(s, "240 more statements add nothing either.\n");
    assert_lacks(s, "tried");
    f->nredundant = 11;
    assert_holds(told(t, f, TELL_CHECK, plain), "\n  1 more statement adds nothing either.\n");
    f->redundant_complete = false;
    assert_holds(told(t, f, TELL_CHECK, plain), "Not every statement was tried");
    arena_free(t->a);
}

static void stories_do_not_repeat_the_end_of_a_chain(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = conflict(t);
    core k = f->cores[0];
    step less = {A2, 0, coef_int(1), form_sym(t->a, W), REL_LT, false};
    t->facts[A2].claim = formula_atom(t->a, LINEAR(t->a, 2, L, 1, W, -1), REL_LT);
    k.why.claim = LINEAR(t->a, 2, L, 1, W, -1);
    k.why.other = (chain){form_sym(t->a, L), less.after, &less, 1};
    k.why.other_geq = false;
    f->cores = &k;
    assert_holds(told(t, f, TELL_CHECK, plain), "    L ≪ w        by A2\n");
    assert_holds(told(t, f, TELL_CHECK, plain), "  by A1, D1  so L ∝ w\n");
    arena_free(t->a);
}

static void stories_that_are_wide_have_a_line_for_each_law(void **state_) {
    (void)state_;
    theory *t = theory_new();
    t->symbols[N].name = STR("neurons_in_all_the_hidden_layers");
    assert_holds(told(t, conflict(t), TELL_CHECK, plain),
                 "    w ∝ neurons_in_all_the_hidden_layers  by A1: N ∝ w\n"
                 "      ∝ w L                               by D1: N ∝ w L\n"
                 "    so L ∝ 1: L is fixed\n"
                 "\n"
                 "    L ∝ w  by A2\n"
                 "      ≫ 1  by G1: w grows\n"
                 "    so L grows\n");
    arena_free(t->a);
}

static void derive_says_when_a_step_is_supposed(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t);
    const formula *when[] = {formula_atom(t->a, form_sym(t->a, W), REL_EQ),
                             formula_atom(t->a, LINEAR(t->a, 2, L, 1, N, 1), REL_EQ)};
    t->goals[0].when = when, t->goals[0].nwhen = 2;
    step s[] = {{FACTS + 1, 0, coef_int(2), LINEAR(t->a, 2, W, 3, N, -2), REL_EQ, false},
                {FACTS, 0, coef_int(3), LINEAR(t->a, 1, N, -2), REL_EQ, false}};
    derivation why = {.target = {LINEAR(t->a, 2, W, 3, L, 2), s[1].after, s, 2}};
    answer w = f->answers[0];
    w.why = &why;
    f->answers = &w;
    assert_holds(told(t, f, TELL_DERIVE, plain), "    w³ L² ∝ w³ N^-2  when L ∝ N^-1, squared\n"
                                                 "          ∝ N^-2     when w fixed\n");
    arena_free(t->a);
}

static void explain_finds_the_conflict_of_a_regime(void **state_) {
    (void)state_;
    theory *t = theory_new();
    finding *f = consistent(t), *inner = conflict(t);
    assert_holds(told(t, f, TELL_EXPLAIN, plain), "There is no conflict to explain.\n");
    f->regimes = inner, f->nregimes = 1;
    const char *s = told(t, f, TELL_EXPLAIN, plain);
    assert_lacks(s, "no conflict");
    assert_holds(s, "    These cannot all hold");
    arena_free(t->a);
}

static void quiet_tells_one_line(void **state_) {
    (void)state_;
    theory *t = theory_new();
    assert_string_equal(told(t, conflict(t), TELL_VERDICT, plain),
                        "critical-depth.propto: contradictory, as claimed\n");
    arena_free(t->a);
}

static void factors_have_as_many_figures_as_say_something(void **state_) {
    (void)state_;
    arena *a = arena_new();
    const struct {
        double value;
        const char *text;
    } cases[] = {
        {0.7937, "0.794"},   {2, "2"},
        {10, "10"},          {0.999999, "0.999999"},
        {1000, "1000"},      {0.0123, "0.0123"},
        {1.5, "1.5"},        {123456, "123000"},
        {1e9, "1 × 10^9"},   {2.34e-7, "2.34 × 10^-7"},
        {0.1, "0.1"},        {1, "1"},
        {1.00417, "1.0042"}, {0.99583, "0.9958"},
        {1.02, "1.02"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(factor_text(a, log10(cases[i].value)), cases[i].text);
    arena_free(a);
}

/* --- parameters --- */

enum { ALPHA, BETA, DIM, MEASURED, PARAMETERS };

typedef struct {
    theory *t;
    arena *a;
    coef p[PARAMETERS];
    finding *f;
    answer w;
} letters;

static coef sum_of(arena *a, coef x, coef y) {
    return coef_add(a, x, y);
}

static coef times(arena *a, long n, coef x) {
    return coef_mul(a, coef_int(n), x);
}

/* The theory with the parameters α, β, d and a measured number in its exponents. */
static letters letters_new(void) {
    static const char *const names[] = {"α", "β", "d", "0.34±0.02"};
    letters x = {.t = theory_new()};
    x.a = x.t->a;
    str name[PARAMETERS];
    int symbol_of[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) name[i] = str_of(names[i]), symbol_of[i] = SYMBOLS + i;
    const field *k = field_new(x.a, name, symbol_of, PARAMETERS);
    for (int i = 0; i < PARAMETERS; i++) x.p[i] = coef_parameter(x.a, k, i);
    symbol *all = NEW_ARRAY(x.a, symbol, SYMBOLS + PARAMETERS);
    memcpy(all, x.t->symbols, sizeof x.t->symbols);
    for (int i = 0; i < PARAMETERS; i++)
        all[SYMBOLS + i] =
            (symbol){.name = name[i], .sort = SORT_PARAMETER, .hidden = i == MEASURED};
    x.t->p.symbols = all;
    x.t->p.nsymbols = SYMBOLS + PARAMETERS;
    x.t->p.field = k;
    x.f = consistent(x.t);
    x.w = (answer){.goal = &x.t->goals[0], .kind = ANSWER_EXACT, .nvalue = 1};
    x.w.support = FACTS_OF(x.a, 1, H1);
    return x;
}

static const char *answered(letters *x, coef value, telling what) {
    coef *kept = NEW(x->a, coef);
    *kept = value;
    x->w.value = kept;
    x->f->answers = &x->w, x->f->nanswers = 1;
    return told(x->t, x->f, what, plain);
}

static void law_writes_closed_forms_behind_a_power(void **state_) {
    (void)state_;
    letters x = letters_new();
    arena *a = x.a;
    const struct {
        coef c;
        const char *law;
    } cases[] = {
        {x.p[ALPHA], "N^α"},
        {coef_neg(a, x.p[ALPHA]), "N^-α"},
        {times(a, 2, x.p[ALPHA]), "N^(2α)"},
        {coef_div(a, coef_int(-4), x.p[DIM]), "N^(-4/d)"},
        {coef_div(a, x.p[BETA], sum_of(a, x.p[ALPHA], x.p[BETA])), "N^(β/(α+β))"},
        {x.p[MEASURED], "N^(0.34±0.02)"},
        {coef_neg(a, x.p[MEASURED]), "N^(-(0.34±0.02))"},
        {times(a, 2, x.p[MEASURED]), "N^(2(0.34±0.02))"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_z(a, law_power(a, STR("N"), cases[i].c)), cases[i].law);
    arena_free(a);
}

static void law_puts_what_has_a_minus_sign_on_the_other_side(void **state_) {
    (void)state_;
    letters x = letters_new();
    arena *a = x.a;
    term t[] = {{N, coef_int(1)}, {W, coef_neg(a, x.p[ALPHA])}};
    str law = law_claim(a, &x.t->p, form_of(a, t, 2, coef_int(0)), REL_EQ, false);
    assert_string_equal(str_z(a, law), "N ∝ w^α");
    t[0].c = x.p[BETA], t[1].c = coef_int(-1);
    law = law_claim(a, &x.t->p, form_of(a, t, 2, coef_int(0)), REL_LE, false);
    assert_string_equal(str_z(a, law), "N^β ≲ w");
    arena_free(a);
}

static void law_compares_exponents(void **state_) {
    (void)state_;
    letters x = letters_new();
    arena *a = x.a;
    coef al = x.p[ALPHA], be = x.p[BETA], d = x.p[DIM];
    coef apart = coef_sub(a, al, times(a, 2, be));
    const struct {
        coef k;
        rel r;
        bool geq;
        const char *law;
    } cases[] = {
        {apart, REL_LT, false, "α < 2β"},
        {coef_neg(a, apart), REL_LT, false, "α > 2β"},
        {coef_sub(a, apart, coef_int(1)), REL_LE, false, "α-1 ≤ 2β"},
        {coef_neg(a, coef_sub(a, apart, coef_int(1))), REL_LE, false, "α-1 ≥ 2β"},
        {sum_of(a, coef_int(-2), sum_of(a, al, be)), REL_EQ, false, "α+β = 2"},
        {coef_neg(a, d), REL_LT, false, "d > 0"},
        {coef_sub(a, coef_int(1), d), REL_LE, false, "d ≥ 1"},
        {coef_sub(a, times(a, 3, d), coef_int(1)), REL_LE, true, "d ≥ 1/3"},
        {coef_sub(a, times(a, 2, al), times(a, 2, be)), REL_EQ, false, "α = β"},
        {coef_div(a, al, be), REL_LT, false, "α/β < 0"},
        {coef_sub(a, coef_div(a, al, be), coef_int(1)), REL_EQ, false, "α = β"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str law = law_claim(a, &x.t->p, form_const(cases[i].k), cases[i].r, cases[i].geq);
        assert_string_equal(str_z(a, law), cases[i].law);
    }
    arena_free(a);
}

static void law_writes_formulas(void **state_) {
    (void)state_;
    letters x = letters_new();
    arena *a = x.a;
    const formula *pole = formula_nonzero(a, form_const(x.p[DIM]));
    const formula *kid[] = {pole, x.t->facts[G1].claim};
    const formula *both = formula_all(a, kid, 2), *either[] = {both, x.t->facts[A1].claim};
    const struct {
        const formula *f;
        const char *law;
    } cases[] = {
        {pole, "d ≠ 0"},
        {formula_nonzero(a, form_sym(a, W)), "w scales"},
        {both, "d ≠ 0 and w grows"},
        {formula_any(a, either, 2), "(d ≠ 0 and w grows) or N ∝ w"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(str_z(a, law_formula(a, &x.t->p, cases[i].f)), cases[i].law);
    arena_free(a);
}

/* ℓ ∝ N_p^(-4/d) if α ≤ 2β, ℓ ∝ N_p^0 if d = 0 */
static void make_cases(letters *x) {
    arena *a = x->a;
    const formula **when = NEW_ARRAY(a, const formula *, 2);
    answer_case *k = NEW_ARRAY(a, answer_case, 2);
    coef apart = coef_sub(a, x->p[ALPHA], times(a, 2, x->p[BETA]));
    when[0] = formula_atom(a, form_const(apart), REL_LE);
    when[1] = formula_atom(a, form_const(x->p[DIM]), REL_EQ);
    k[0] = (answer_case){.when = when,
                         .nwhen = 1,
                         .value = coef_div(a, coef_int(-4), x->p[DIM]),
                         .support = FACTS_OF(a, 1, H1)};
    k[1] = (answer_case){
        .when = when + 1, .nwhen = 1, .value = coef_int(0), .support = FACTS_OF(a, 1, H1)};
    x->w.kind = ANSWER_CASES, x->w.cases = k, x->w.ncases = 2, x->w.nvalue = 0;
    x->f->answers = &x->w, x->f->nanswers = 1;
}

static void check_tells_each_case_with_its_conditions(void **state_) {
    (void)state_;
    letters x = letters_new();
    make_cases(&x);
    const char *s = told(x.t, x.f, TELL_CHECK, plain);
    assert_holds(s, "  ℓ ∝ N_p^?  by cases, from H1\n"
                    "             1. if α ≤ 2β: ℓ ∝ N_p^(-4/d)\n"
                    "             2. if d = 0: ℓ ∝ N_p^0\n");
    ((answer_case *)x.w.cases)[1].support = FACTS_OF(x.a, 1, A1);
    s = told(x.t, x.f, TELL_DERIVE, plain);
    assert_holds(s, "1. if α ≤ 2β: ℓ ∝ N_p^(-4/d), from H1\n");
    assert_holds(s, "2. if d = 0: ℓ ∝ N_p^0, from A1\n");
    arena_free(x.a);
}

static void repairs_tell_cases_in_a_line(void **state_) {
    (void)state_;
    letters x = letters_new();
    make_cases(&x);
    finding *f = conflict(x.t);
    repair r = give_up(x.t, D1, x.w);
    f->repairs = &r, f->nrepairs = 1;
    assert_holds(told(x.t, f, TELL_CHECK, plain), "ℓ ∝ N_p^(-4/d) if α ≤ 2β, ℓ ∝ N_p^0 if d = 0\n");
    arena_free(x.a);
}

static void check_says_what_only_the_solver_vouches_for(void **state_) {
    (void)state_;
    letters x = letters_new();
    condition list[2] = {
        {sum_of(x.a, x.p[ALPHA], x.p[BETA]), SIGN_NEG | SIGN_POS, NULL},
        {sum_of(x.a, x.p[ALPHA], x.p[BETA]), SIGN_NEG | SIGN_POS, NULL},
    };
    x.w.condition = list, x.w.nconditions = 2;
    const char *s = answered(&x, x.p[ALPHA], TELL_CHECK);
    assert_holds(s, "ℓ ∝ N_p^α  from H1 (relies on Z3 for: α+β ≠ 0)\n");
    list[1].under = x.t->facts[G1].claim;
    assert_holds(answered(&x, x.p[ALPHA], TELL_CHECK), "α+β ≠ 0, α+β ≠ 0 in one of the cases)");
    x.w.vouched = true;
    assert_holds(answered(&x, x.p[ALPHA], TELL_CHECK), "from H1, on Z3's word\n");
    conclusion k = {.goal = &x.t->goals[1], .verdict = CONCLUSION_REFUTED, .vouched = true};
    k.support = FACTS_OF(x.a, 1, A1);
    x.f->conclusions = &k, x.f->nconclusions = 1;
    assert_holds(told(x.t, x.f, TELL_CHECK, plain), "refuted by A1, on Z3's word");
    x.f->vouched = true;
    assert_holds(told(x.t, x.f, TELL_VERDICT, plain), ": consistent, on Z3's word\n");
    arena_free(x.a);
}

static goal parameter_goal(letters *x, const char *law) {
    goal g = {.kind = GOAL_PARAMETER, .law = str_of(law), .left = STR("α")};
    g.target = form_const(x->p[ALPHA]);
    return g;
}

static void check_answers_for_a_parameter(void **state_) {
    (void)state_;
    letters x = letters_new();
    goal g = parameter_goal(&x, "α = ? when w grows");
    x.w.goal = &g;
    coef value = coef_sub(x.a, coef_int(2), times(x.a, 2, x.p[BETA]));
    assert_holds(answered(&x, value, TELL_CHECK), "α = 2-2β when w grows  from H1\n");
    assert_holds(answered(&x, ratio(x.a, 7, 4), TELL_CHECK), "α = 7/4 when w grows  from H1\n");
    const char *s = answered(&x, ratio(x.a, 399, 7675), TELL_CHECK);
    assert_holds(s, "the value is about 0.05199\n");
    interval r = {.low = ratio(x.a, 3, 50), .high = ratio(x.a, 7, 20), .high_open = true};
    x.w.kind = ANSWER_RANGE, x.w.ranges = &r, x.w.nranges = 1;
    s = told(x.t, x.f, TELL_CHECK, plain);
    assert_holds(s, "0.06 ≤ α < 0.35 when w grows  each of these is possible\n");
    x.w.kind = ANSWER_UNDETERMINED, x.w.nranges = 0;
    s = told(x.t, x.f, TELL_CHECK, plain);
    assert_holds(s, "α = ? when w grows  undetermined: any value is possible\n");
    arena_free(x.a);
}

static void check_tells_what_a_closed_form_ranges_over(void **state_) {
    (void)state_;
    letters x = letters_new();
    interval r = {.low = ratio(x.a, -7, 20), .high = ratio(x.a, -7, 100)};
    x.w.ranges = &r, x.w.nranges = 1;
    const char *s = answered(&x, coef_neg(x.a, x.p[ALPHA]), TELL_CHECK);
    assert_holds(s, "ℓ ∝ N_p^-α  from H1\n"
                    "              the exponent goes from -0.35 to -0.07\n");
    r = (interval){.low_infinite = true, .high = coef_int(0), .high_open = true};
    s = answered(&x, coef_neg(x.a, x.p[ALPHA]), TELL_CHECK);
    assert_holds(s, "where -α < 0\n");
    arena_free(x.a);
}

static void check_gives_long_fractions_as_decimals(void **state_) {
    (void)state_;
    letters x = letters_new();
    const char *s = answered(&x, ratio(x.a, 14, 31), TELL_CHECK);
    assert_holds(s, "the exponent is about 0.4516; 2 × N_p multiplies ℓ by 1.37;\n");
    s = answered(&x, ratio(x.a, -5243, 10000), TELL_CHECK);
    assert_holds(s, "the exponent is -0.5243; 2 × N_p");
    assert_lacks(answered(&x, ratio(x.a, 7, 20), TELL_CHECK), "the exponent is");
    arena_free(x.a);
}

static void open_conclusions_show_the_parameters_that_matter(void **state_) {
    (void)state_;
    letters x = letters_new();
    enum { ALL = SYMBOLS + PARAMETERS };
    coef yes[ALL], no[ALL];
    for (int i = 0; i < ALL; i++) yes[i] = coef_int(2), no[i] = ratio(x.a, 7, 20);
    coef k = coef_sub(x.a, x.p[ALPHA], x.p[MEASURED]);
    x.t->goals[1].claim = formula_atom(x.a, form_const(k), REL_LE);
    conclusion open = {.goal = &x.t->goals[1], .verdict = CONCLUSION_OPEN};
    open.yes = (witness){yes, ALL}, open.no = (witness){no, ALL};
    x.f->conclusions = &open, x.f->nconclusions = 1;
    const char *s = told(x.t, x.f, TELL_CHECK, plain);
    assert_holds(s, "holds for α = 2, 0.34±0.02 = 2\n");
    assert_holds(s, "fails for α = 7/20, 0.34±0.02 = 7/20\n");
    assert_lacks(s, "hidden scale");
    arena_free(x.a);
}

static void stories_say_which_multiple_must_not_vanish(void **state_) {
    (void)state_;
    letters x = letters_new();
    finding *f = conflict(x.t);
    core k = f->cores[0];
    step s[2];
    form end = form_scale(x.a, coef_div(x.a, x.p[BETA], x.p[ALPHA]), form_sym(x.a, W));
    s[0] = (step){A1, 0, coef_div(x.a, coef_int(-1), x.p[ALPHA]), form_sym(x.a, N), REL_EQ, false};
    s[1] = (step){D1, 0, coef_int(1), end, REL_EQ, false};
    k.why.claim = form_sym(x.a, W);
    k.why.one = (chain){form_sym(x.a, W), end, s, 2};
    f->cores = &k;
    const char *all = told(x.t, f, TELL_CHECK, plain);
    assert_holds(all, "w ∝ N ∝ w^(β/α)  by A1, D1  so w ∝ 1: w is fixed, as α ≠ β\n");
    s[0].fact = G1; /* an inequality, to a power of unknown sign */
    assert_lacks(told(x.t, f, TELL_CHECK, plain), "so w ∝ 1");
    arena_free(x.a);
}

static void derive_raises_a_law_to_a_closed_form(void **state_) {
    (void)state_;
    letters x = letters_new();
    step s = {A1, 0, coef_div(x.a, coef_int(-1), x.p[BETA]), form_zero(), REL_EQ, false};
    s.after = form_scale(x.a, coef_div(x.a, coef_int(-1), x.p[BETA]), form_sym(x.a, NP));
    derivation why = {.target = {form_sym(x.a, LOSS), s.after, &s, 1}};
    x.w.why = &why;
    const char *all = answered(&x, coef_neg(x.a, x.p[ALPHA]), TELL_DERIVE);
    assert_holds(all, "ℓ ∝ N_p^(-1/β)  by A1: N ∝ w, to the power 1/β\n");
    arena_free(x.a);
}

static void steps_go_by_the_statement_beside_conditions_on_parameters(void **state_) {
    (void)state_;
    letters x = letters_new();
    const formula *kid[] = {x.t->facts[A1].claim, formula_nonzero(x.a, form_const(x.p[DIM]))};
    x.t->facts[A1].claim = formula_all(x.a, kid, 2);
    x.t->facts[A1].law = STR("N ∝ 1 · w");
    step s = {A1, 1, coef_int(1), form_sym(x.a, W), REL_EQ, false};
    assert_string_equal(str_z(x.a, law_step(x.a, &x.t->p, NULL, &s)), "N ∝ 1 · w");
    kid[1] = x.t->facts[A2].claim;
    x.t->facts[A1].claim = formula_all(x.a, kid, 2);
    assert_string_equal(str_z(x.a, law_step(x.a, &x.t->p, NULL, &s)), "N ∝ w");
    arena_free(x.a);
}

/* --- JSON --- */

static cJSON *as_json(theory *t, const finding *f, const diags *sink, json_options o) {
    text out = text_new(t->a);
    to_json(&out, f, sink, &o);
    assert_int_equal(out.s[out.n - 1], '\n');
    assert_ptr_equal(strchr(out.s, '\n'), out.s + out.n - 1);
    cJSON *all = cJSON_Parse(out.s);
    assert_non_null(all);
    return all;
}

static const cJSON *at(const cJSON *x, const char *path) {
    char part[32];
    while (x && *path) {
        size_t n = strcspn(path, ".");
        memcpy(part, path, n), part[n] = 0;
        bool index = part[0] >= '0' && part[0] <= '9';
        x = index ? cJSON_GetArrayItem(x, part[0] - '0') : cJSON_GetObjectItem(x, part);
        path += n + (path[n] == '.');
    }
    return x;
}

static void assert_member(const cJSON *x, const char *path, const char *value) {
    const cJSON *member = at(x, path);
    if (member == NULL || !cJSON_IsString(member))
        fail_msg("no string at %s", path);
    else
        assert_string_equal(member->valuestring, value);
}

static const json_options checking = {
    .version = "0.1.0", .file = "critical-depth.propto", .redundant = true};

static void json_holds_the_core_and_the_repairs(void **state_) {
    (void)state_;
    theory *t = theory_new();
    diags none = {.arena = t->a};
    cJSON *x = as_json(t, conflict(t), &none, checking);
    assert_member(x, "verdict", "contradictory");
    assert_member(x, "levels.equations", "trivial");
    assert_member(x, "theory", "critical-depth");
    assert_member(x, "answers.0.kind", "vacuous");
    assert_null(at(x, "answers.0.law"));
    assert_int_equal(cJSON_GetArraySize(at(x, "cores.0")), 4);
    assert_member(x, "cores.0.3", "G1");
    assert_int_equal(cJSON_GetArraySize(at(x, "repairs")), 4);
    assert_member(x, "repairs.2.answers.0.law", "ℓ ∝ N_p^(-1/2)");
    assert_member(x, "repairs.2.fixed.0", "L");
    assert_member(x, "repairs.3.verdict", "trivial");
    assert_null(at(x, "complete"));
    cJSON_Delete(x);
    arena_free(t->a);
}

static void json_says_when_a_list_was_cut(void **state_) {
    (void)state_;
    theory *t = theory_new();
    diags none = {.arena = t->a};
    finding *f = conflict(t);
    f->cores_complete = false;
    cJSON *check = as_json(t, f, &none, checking);
    json_options all = checking;
    all.all_cores = true;
    cJSON *explain = as_json(t, f, &none, all);
    assert_null(at(check, "complete"));
    assert_true(cJSON_IsFalse(at(check, "cores_complete")));
    assert_true(cJSON_IsFalse(at(explain, "complete")));
    cJSON_Delete(check);
    cJSON_Delete(explain);
    arena_free(t->a);
}

static void json_writes_exponents_as_strings_beside_a_number(void **state_) {
    (void)state_;
    theory *t = theory_new();
    diags none = {.arena = t->a};
    json_options o = checking;
    o.derivations = true, o.redundant = false;
    cJSON *x = as_json(t, consistent(t), &none, o);
    assert_null(at(x, "redundant"));
    assert_member(x, "answers.0.holes.0.value", "-1/3");
    assert_true(fabs(at(x, "answers.0.holes.0.approx")->valuedouble + 1.0 / 3) < 1e-15);
    assert_member(x, "answers.0.support.3", "H1");
    assert_member(x, "answers.0.derivation.target.1.law", "ℓ ∝ w^-1");
    assert_member(x, "answers.0.derivation.base.0.by", "A3");
    assert_null(at(x, "cores"));
    cJSON_Delete(x);
    arena_free(t->a);
}

static void json_carries_notes_sources_and_what_was_cut(void **state_) {
    (void)state_;
    theory *t = theory_new();
    diags none = {.arena = t->a};
    finding *f = consistent(t), inner = *f;
    problem variant = t->p;
    str joined[] = {STR("W1")};
    variant.joined = joined, variant.njoined = 1;
    inner.p = &variant;
    f->regimes = &inner, f->nregimes = 1;
    conclusion k = {.goal = &t->goals[1], .verdict = CONCLUSION_PROVED};
    f->conclusions = &k, f->nconclusions = 1;
    t->goals[0].note = STR("asked"), t->goals[1].cite = STR("Topal 2025");
    f->redundant_complete = false;
    cJSON *x = as_json(t, f, &none, checking);
    assert_member(x, "answers.0.note", "asked");
    assert_null(at(x, "answers.0.citation"));
    assert_member(x, "conclusions.0.citation", "Topal 2025");
    assert_member(x, "regimes.0.with.0", "W1");
    assert_true(cJSON_IsFalse(at(x, "redundant_complete")));
    cJSON_Delete(x);
    f->redundant_complete = true;
    x = as_json(t, f, &none, checking);
    assert_non_null(at(x, "redundant"));
    assert_null(at(x, "redundant_complete"));
    cJSON_Delete(x);
    arena_free(t->a);
}

static void json_spells_infinite_ends(void **state_) {
    (void)state_;
    theory *t = theory_new();
    diags none = {.arena = t->a};
    finding *f = consistent(t);
    interval r = {.low = ratio(t->a, -1, 2), .high_infinite = true, .high_open = true};
    answer w = {.goal = &t->goals[0], .kind = ANSWER_RANGE, .ranges = &r, .nranges = 1};
    f->answers = &w;
    cJSON *x = as_json(t, f, &none, checking);
    assert_member(x, "answers.0.ranges.0.low", "-1/2");
    assert_member(x, "answers.0.ranges.0.high", "inf");
    assert_member(x, "answers.0.holes.0.base", "N_p");
    assert_null(at(x, "answers.0.holes.0.value"));
    cJSON_Delete(x);
    arena_free(t->a);
}

static void json_holds_closed_forms_and_cases(void **state_) {
    (void)state_;
    letters x = letters_new();
    diags none = {.arena = x.a};
    make_cases(&x);
    condition c = {x.p[DIM], SIGN_NEG | SIGN_POS, NULL};
    x.w.condition = &c, x.w.nconditions = 1;
    x.f->vouched = true;
    cJSON *j = as_json(x.t, x.f, &none, checking);
    assert_member(j, "answers.0.kind", "cases");
    assert_member(j, "answers.0.cases.0.when", "α ≤ 2β");
    assert_member(j, "answers.0.cases.0.law", "ℓ ∝ N_p^(-4/d)");
    assert_member(j, "answers.0.cases.0.holes.0.value", "-4/d");
    assert_null(at(j, "answers.0.cases.0.holes.0.approx"));
    assert_non_null(at(j, "answers.0.cases.1.holes.0.approx"));
    assert_null(at(j, "answers.0.law"));
    assert_member(j, "answers.0.conditions.0", "d ≠ 0");
    assert_null(at(j, "answers.0.vouched"));
    assert_true(cJSON_IsTrue(at(j, "vouched")));
    cJSON_Delete(j);
    arena_free(x.a);
}

static void json_answers_for_a_parameter_without_a_base(void **state_) {
    (void)state_;
    letters x = letters_new();
    diags none = {.arena = x.a};
    goal g = parameter_goal(&x, "α = ?");
    coef value = ratio(x.a, 7, 4), point[SYMBOLS + PARAMETERS];
    for (int i = 0; i < SYMBOLS + PARAMETERS; i++) point[i] = coef_int(1);
    x.w.goal = &g, x.w.value = &value, x.w.vouched = true;
    x.f->answers = &x.w;
    x.f->solution = (witness){point, SYMBOLS + PARAMETERS};
    cJSON *j = as_json(x.t, x.f, &none, checking);
    assert_member(j, "answers.0.law", "α = 7/4");
    assert_member(j, "answers.0.holes.0.base", "");
    assert_member(j, "answers.0.holes.0.value", "7/4");
    assert_true(cJSON_IsTrue(at(j, "answers.0.vouched")));
    assert_null(at(j, "answers.0.relation"));
    assert_member(j, "solution.α", "1");
    assert_int_equal(cJSON_GetArraySize(at(j, "solution")), SYMBOLS + PARAMETERS - 1);
    cJSON_Delete(j);
    arena_free(x.a);
}

/* --- diagnostics --- */

static const char *shown(arena *a, const char *bytes, size_t start, size_t end, style look) {
    source *src = NEW(a, source);
    *src = (source){"x.propto", str_of(bytes)};
    diags sink = {.arena = a};
    diag *g = diag_add(&sink, DIAG_E001, (span){src, start, end}, "what is wrong");
    g->help = "what mends it";
    text out = text_new(a);
    doc *d = doc_new(a);
    diagnose(d, &sink, false, &look);
    to_text(&out, d, &look);
    return out.s;
}

static void diagnose_marks_the_place_under_wide_and_tabbed_text(void **state_) {
    (void)state_;
    arena *a = arena_new();
    assert_string_equal(shown(a, "one\nA1: Q ∝ w\n", 8, 9, plain), "error[E001]: what is wrong\n"
                                                                   "  --> x.propto:2:5\n"
                                                                   "   |\n"
                                                                   " 2 | A1: Q ∝ w\n"
                                                                   "   |     ^\n"
                                                                   "   = help: what mends it\n");
    assert_holds(shown(a, "層 Q", 4, 5, plain), " 1 | 層 Q\n   |    ^\n");
    assert_holds(shown(a, "\tQQ", 1, 3, plain), " 1 |     QQ\n   |     ^^\n");
    assert_holds(shown(a, "\033Q", 1, 2, plain), " 1 | \\u{1b}Q\n   |       ^\n");
    assert_holds(shown(a, "ℓ Q", 4, 5, (style){false, true, 80}), " 1 | ell Q\n   |     ^\n");
    arena_free(a);
}

static void diagnose_points_at_the_end_of_an_empty_file(void **state_) {
    (void)state_;
    arena *a = arena_new();
    assert_holds(shown(a, "", 0, 0, plain), "--> x.propto:1:1\n");
    assert_holds(shown(a, "abc", 3, 3, plain), " 1 | abc\n   |    ^\n");
    assert_holds(shown(a, "abc\n", 4, 4, plain), " 2 |\n   | ^\n");
    arena_free(a);
}

static void diagnose_cuts_long_lines_around_the_mark(void **state_) {
    (void)state_;
    arena *a = arena_new();
    enum { LONG = 100000 };
    char *line = arena_alloc(a, LONG + 1);
    memset(line, 'x', LONG);
    line[LONG / 2] = 'Q';
    const char *s = shown(a, line, LONG / 2, LONG / 2 + 1, plain);
    assert_true(strlen(s) < 600);
    const char *mark = strchr(s, '^'), *q = strchr(s, 'Q');
    assert_non_null(mark);
    assert_non_null(q);
    const char *mark_line = mark, *q_line = q;
    while (mark_line[-1] != '\n') mark_line--;
    while (q_line[-1] != '\n') q_line--;
    assert_int_equal(mark - mark_line, q - q_line);
    assert_holds(s, "...xx");
    arena_free(a);
}

static void diagnose_cuts_lines_of_bytes_that_are_no_text(void **state_) {
    (void)state_;
    arena *a = arena_new();
    enum { LONG = 100000 };
    char *line = arena_alloc(a, LONG + 1);
    memset(line, 0x80, LONG);
    assert_true(strlen(shown(a, line, LONG / 2, LONG, plain)) < 30000);
    arena_free(a);
}

static void places_found_in_order_are_those_found_alone(void **state_) {
    (void)state_;
    source src = {"x.propto", STR("aé\n∝∝ ∝\n\nlast")};
    place_finder f = {0};
    for (size_t i = 0; i < 2 * src.bytes.n; i++) {
        span at = {&src, i % src.bytes.n, i % src.bytes.n};
        if (((unsigned char)src.bytes.s[at.start] & 0xC0) == 0x80) continue;
        place alone = span_place(at), found = find_place(&f, at);
        assert_int_equal(found.line, alone.line);
        assert_int_equal(found.column, alone.column);
    }
}

static void diagnose_shows_ten_warnings_and_counts_the_rest(void **state_) {
    (void)state_;
    arena *a = arena_new();
    source src = {"x.propto", STR("abc\n")};
    diags sink = {.arena = a};
    for (int i = 0; i < 35; i++)
        diag_add(&sink, i % 3 ? DIAG_W001 : DIAG_E001, (span){&src, 0, 1}, "%d", i);
    text out = text_new(a), none = text_new(a);
    doc *d = doc_new(a), *q = doc_new(a);
    diagnose(d, &sink, false, &plain);
    to_text(&out, d, &plain);
    assert_int_equal(count_of(out.s, "error[E001]"), 12);
    assert_int_equal(count_of(out.s, "warning[W001]"), WARNINGS_SHOWN);
    assert_holds(out.s, "\n13 more warnings are not shown\n");
    diagnose(q, &sink, true, &plain);
    to_text(&none, q, &plain);
    assert_int_equal(count_of(none.s, "error[E001]"), 12);
    assert_lacks(none.s, "warning");
    arena_free(a);
}

static void diagnose_shows_the_other_place(void **state_) {
    (void)state_;
    arena *a = arena_new();
    source src = {"x.propto", STR("A: w ∝ L\nA: w ∝ N\n")};
    diags sink = {.arena = a};
    diag *g = diag_add(&sink, DIAG_E001, (span){&src, 11, 12}, "used twice");
    g->other = (span){&src, 0, 1};
    g->note = "first used here";
    text out = text_new(a);
    doc *d = doc_new(a);
    diagnose(d, &sink, false, &plain);
    to_text(&out, d, &plain);
    assert_holds(out.s, "  --> x.propto:2:1\n");
    assert_holds(out.s, "  ::: x.propto:1:1\n");
    assert_holds(out.s, " 1 | A: w ∝ L\n   | -\n");
    assert_holds(out.s, "   = note: first used here\n");
    arena_free(a);
}

static void json_repairs_what_is_not_utf8_in_a_message(void **state_) {
    (void)state_;
    theory *t = theory_new();
    source src = {"other.propto", STR("\xff\nxx")};
    diags sink = {.arena = t->a};
    diag_add(&sink, DIAG_E001, (span){&src, 3, 4}, "bad \xff\033 byte");
    cJSON *x = as_json(t, NULL, &sink, checking);
    assert_member(x, "diagnostics.0.message", "bad \xEF\xBF\xBD\033 byte");
    assert_member(x, "diagnostics.0.code", "E001");
    assert_member(x, "diagnostics.0.file", "other.propto");
    assert_int_equal(at(x, "diagnostics.0.line")->valueint, 2);
    assert_int_equal(at(x, "diagnostics.0.column")->valueint, 2);
    assert_null(at(x, "verdict"));
    cJSON_Delete(x);
    arena_free(t->a);
}

static void pages_hold_every_code(void **state_) {
    (void)state_;
    arena *a = arena_new();
    assert_int_equal(page_code(STR("e001")), DIAG_E001);
    assert_int_equal(page_code(STR("E001x")), DIAG_COUNT);
    assert_int_equal(page_code(STR("")), DIAG_COUNT);
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *page = str_z(a, page_of(a, (diag_code)i));
        assert_holds(page, diag_name((diag_code)i));
        assert_lacks(page, "\n\n\n\n");
        assert_true(strlen(page) > 60);
    }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(law_prints_products_in_the_languages_spelling),
        cmocka_unit_test(law_puts_the_terms_of_a_claim_on_both_sides),
        cmocka_unit_test(law_fills_the_holes_of_a_question),
        cmocka_unit_test(law_answers_relations_and_growth_in_words),
        cmocka_unit_test(law_is_unknown_where_a_relation_is_left_open),
        cmocka_unit_test(spell_lets_no_control_character_through),
        cmocka_unit_test(spell_folds_every_symbol_of_the_language_to_ascii),
        cmocka_unit_test(spell_keeps_json_valid_whatever_a_note_holds),
        cmocka_unit_test(text_aligns_columns_by_display_width),
        cmocka_unit_test(text_breaks_paragraphs_but_never_a_law),
        cmocka_unit_test(text_breaks_no_line_between_words_that_cling_together),
        cmocka_unit_test(text_has_escapes_only_when_colour_is_asked_for),
        cmocka_unit_test(check_tells_verdict_core_story_and_repairs),
        cmocka_unit_test(check_reads_an_exponent_as_a_factor),
        cmocka_unit_test(derive_tells_one_law_a_line_with_its_reason),
        cmocka_unit_test(ascii_output_is_ascii_and_still_aligned),
        cmocka_unit_test(check_tells_ranges_with_their_ends),
        cmocka_unit_test(check_shows_two_solutions_of_an_open_conclusion),
        cmocka_unit_test(check_answers_with_the_chain_where_it_is_short),
        cmocka_unit_test(check_shows_no_chain_that_repeats_the_law),
        cmocka_unit_test(statements_without_a_label_go_by_their_law),
        cmocka_unit_test(a_law_that_is_stated_is_not_said_twice),
        cmocka_unit_test(check_says_what_a_relation_leaves_open),
        cmocka_unit_test(regimes_tell_their_conflict_in_a_line),
        cmocka_unit_test(the_two_levels_are_told_where_there_are_two),
        cmocka_unit_test(a_core_of_one_is_told_in_the_singular),
        cmocka_unit_test(a_repair_says_once_that_a_base_does_not_scale),
        cmocka_unit_test(repairs_that_say_nothing_have_no_column_for_it),
        cmocka_unit_test(derive_does_not_derive_an_answer_again_as_a_conclusion),
        cmocka_unit_test(conclusions_carry_their_note_and_source),
        cmocka_unit_test(long_lists_are_cut_and_counted),
        cmocka_unit_test(stories_do_not_repeat_the_end_of_a_chain),
        cmocka_unit_test(stories_that_are_wide_have_a_line_for_each_law),
        cmocka_unit_test(derive_says_when_a_step_is_supposed),
        cmocka_unit_test(explain_finds_the_conflict_of_a_regime),
        cmocka_unit_test(quiet_tells_one_line),
        cmocka_unit_test(factors_have_as_many_figures_as_say_something),
        cmocka_unit_test(json_holds_the_core_and_the_repairs),
        cmocka_unit_test(json_says_when_a_list_was_cut),
        cmocka_unit_test(json_writes_exponents_as_strings_beside_a_number),
        cmocka_unit_test(json_carries_notes_sources_and_what_was_cut),
        cmocka_unit_test(json_spells_infinite_ends),
        cmocka_unit_test(diagnose_marks_the_place_under_wide_and_tabbed_text),
        cmocka_unit_test(diagnose_points_at_the_end_of_an_empty_file),
        cmocka_unit_test(diagnose_cuts_long_lines_around_the_mark),
        cmocka_unit_test(diagnose_cuts_lines_of_bytes_that_are_no_text),
        cmocka_unit_test(places_found_in_order_are_those_found_alone),
        cmocka_unit_test(diagnose_shows_ten_warnings_and_counts_the_rest),
        cmocka_unit_test(diagnose_shows_the_other_place),
        cmocka_unit_test(json_repairs_what_is_not_utf8_in_a_message),
        cmocka_unit_test(pages_hold_every_code),
        cmocka_unit_test(law_writes_closed_forms_behind_a_power),
        cmocka_unit_test(law_puts_what_has_a_minus_sign_on_the_other_side),
        cmocka_unit_test(law_compares_exponents),
        cmocka_unit_test(law_writes_formulas),
        cmocka_unit_test(check_tells_each_case_with_its_conditions),
        cmocka_unit_test(repairs_tell_cases_in_a_line),
        cmocka_unit_test(check_says_what_only_the_solver_vouches_for),
        cmocka_unit_test(check_answers_for_a_parameter),
        cmocka_unit_test(check_tells_what_a_closed_form_ranges_over),
        cmocka_unit_test(check_gives_long_fractions_as_decimals),
        cmocka_unit_test(open_conclusions_show_the_parameters_that_matter),
        cmocka_unit_test(stories_say_which_multiple_must_not_vanish),
        cmocka_unit_test(derive_raises_a_law_to_a_closed_form),
        cmocka_unit_test(steps_go_by_the_statement_beside_conditions_on_parameters),
        cmocka_unit_test(json_holds_closed_forms_and_cases),
        cmocka_unit_test(json_answers_for_a_parameter_without_a_base),
    };
    return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
