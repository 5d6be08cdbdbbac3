/* The language: docs/language.md clause by clause, docs/errors.md code by code. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include "analysis/analysis.h"
#include "lang/lang.h"
#include "render/notes.h"

/* ---- what a problem says, as text ---- */

static void put_form(text *t, const problem *p, form f) {
    for (int i = 0; i < f.n; i++) {
        str name = p->symbols[f.t[i].sym].name;
        text_addf(t, "%s%s %.*s", i ? " + " : "", coef_text(t->arena, f.t[i].c), (int)name.n,
                  name.s);
    }
    if (f.n == 0 || !coef_is_zero(f.k))
        text_addf(t, "%s%s", f.n ? " + " : "", coef_text(t->arena, f.k));
}

static void put_formula(text *t, const problem *p, const formula *f) {
    static const char *const rels[] = {" = 0", " <= 0", " < 0"};
    if (f->kind == FORMULA_ATOM) {
        put_form(t, p, f->lhs);
        text_puts(t, rels[f->rel]);
        return;
    }
    text_puts(t, f->kind == FORMULA_ALL ? "all(" : "any(");
    for (int i = 0; i < f->n; i++) {
        text_puts(t, i ? ", " : "");
        put_formula(t, p, f->kid[i]);
    }
    text_putc(t, ')');
}

/* ---- reading ---- */

static const problem *read_text(arena *a, const char *theory, diags *sink) {
    const source *src = source_of(a, "test.propto", str_of(theory));
    return lang_problem(a, src, NULL, NULL, sink);
}

static void explain(const diags *sink) {
    for (size_t i = 0; i < sink->list.n && i < 20; i++) {
        const diag *d = &sink->list.v[i];
        place p = span_place(d->at);
        print_message("%s %d:%d %s\n", diag_name(d->code), p.line, p.column, d->message);
    }
}

/* The problem of a theory that must be right. */
static const problem *problem_of(arena *a, const char *theory) {
    diags sink = {.arena = a};
    const problem *p = read_text(a, theory, &sink);
    if (!p) explain(&sink);
    if (!p) fail_msg("not read: %s", theory);
    assert_true(problem_ok(p));
    for (int i = 0; i < p->nregimes; i++) assert_true(problem_ok(p->regimes[i]));
    return p;
}

static void assert_text(str got, const char *expected, const char *theory) {
    if (!str_eq(got, str_of(expected)))
        fail_msg("%s: `%.*s`, not `%s`", theory, (int)got.n, got.s, expected);
}

static void assert_claim(arena *a, const problem *p, const formula *f, const char *expected,
                         const char *theory) {
    text t = text_new(a);
    put_formula(&t, p, f);
    assert_text(text_str(&t), expected, theory);
}

static str label_of(const problem *p, int i) {
    return p->facts[i].label;
}

/* ---- statements and their meaning ---- */

/* The names used in the tables, in an order that the forms below rely on. */
#define NAMES "quantity w, L, N, D, ℓ (loss), N_p, α, μ, N^*, x', C_0, L_∞, N_opt; const E, F\n"

typedef struct {
    const char *statement, *law, *claim;
} meaning;

static void check_meanings(const meaning *cases, size_t n, bool grows) {
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, cases[i].statement));
        assert_int_equal(p->nfacts, 1);
        assert_text(p->facts[0].law, cases[i].law, cases[i].statement);
        assert_claim(a, p, p->facts[0].claim, cases[i].claim, cases[i].statement);
        if (p->facts[0].growth != grows) fail_msg("growth: %s", cases[i].statement);
        arena_free(a);
    }
}

#define CHECK_MEANINGS(cases, grows) check_meanings((cases), sizeof(cases) / sizeof *(cases), grows)

static void clause_3_3_relations(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N ∝ w L", "N ∝ w L", "-1 w + -1 L + 1 N = 0"},
        {"N_p ∝ w² L", "N_p ∝ w² L", "-2 w + -1 L + 1 N_p = 0"},
        {"N ≲ w", "N ≲ w", "-1 w + 1 N <= 0"},
        {"N ≳ w", "N ≳ w", "1 w + -1 N <= 0"},
        {"N ≪ w", "N ≪ w", "-1 w + 1 N < 0"},
        {"N ≫ w", "N ≫ w", "1 w + -1 N < 0"},
        {"N = 64 w", "N = 64 w", "-1 w + 1 N = 0"},
        {"ℓ ∝ E N^-1", "ℓ ∝ E N^-1", "1 N + 1 ℓ = 0"},
        {"loss ∝ N", "ℓ ∝ N", "-1 N + 1 ℓ = 0"},
        {"w L ∝ w L", "w L ∝ w L", "0 = 0"},
    };
    CHECK_MEANINGS(cases, false);
}

static void clause_3_4_chains(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"w ≪ L ≲ N", "w ≪ L ≲ N", "all(1 w + -1 L < 0, 1 L + -1 N <= 0)"},
        {"w ∝ L ∝ 1 ∝ N", "w ∝ L ∝ 1 ∝ N", "all(1 w + -1 L = 0, 1 L = 0, -1 N = 0)"},
    };
    CHECK_MEANINGS(cases, false);
}

static void clause_3_5_growth(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"w grows", "w grows", "-1 w < 0"},
        {"w, N grow", "w, N grow", "all(-1 w < 0, -1 N < 0)"},
        {"w shrinks", "w shrinks", "1 w < 0"},
        {"w, L shrink", "w, L shrink", "all(1 w < 0, 1 L < 0)"},
        {"L fixed", "L fixed", "1 L = 0"},
        {"L scales", "L scales", "any(1 L < 0, -1 L < 0)"},
        {"w L grows", "w L grows", "-1 w + -1 L < 0"},
        {"w ≫ 1", "w ≫ 1", "-1 w < 0"},
        {"1 ≪ w", "1 ≪ w", "-1 w < 0"},
        {"ℓ ≪ 3", "ℓ ≪ 3", "1 ℓ < 0"},
        {"L ∝ 1", "L ∝ 1", "1 L = 0"},
        {"N ≳ E", "N ≳ E", "-1 N <= 0"},
        {"N = O(1)", "N = O(1)", "1 N <= 0"},
        {"1 ≪ w ≪ 1", "1 ≪ w ≪ 1", "all(-1 w < 0, 1 w < 0)"},
    };
    CHECK_MEANINGS(cases, true);
}

static void clause_3_6_expressions(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N ∝ (w L)^2", "N ∝ (w L)²", "-2 w + -2 L + 1 N = 0"},
        {"N ∝ w / L / D", "N ∝ w / L / D", "-1 w + 1 L + 1 N + 1 D = 0"},
        {"N ∝ w / (L D)", "N ∝ w / (L D)", "-1 w + 1 L + 1 N + 1 D = 0"},
        {"N ∝ w / L · D", "N ∝ w / L · D", "-1 w + 1 L + 1 N + -1 D = 0"},
        {"N ∝ 1 / w", "N ∝ 1 / w", "1 w + 1 N = 0"},
        {"N ∝ √w √(w L)", "N ∝ √w √(w L)", "-1 w + -1/2 L + 1 N = 0"},
        {"N ∝ sqrt(w L)^3", "N ∝ √(w L)³", "-3/2 w + -3/2 L + 1 N = 0"},
        {"N ∝ ((w^2)^(1/2))^-3", "N ∝ ((w²)^(1/2))^-3", "3 w + 1 N = 0"},
        {"N ∝ w log(w L)", "N ∝ w log(w L)", "-1 w + 1 N = 0"},
        {"N ∝ w exp(2) 2^3 (3 - 1)", "N ∝ w exp(2) 2³ 2", "-1 w + 1 N = 0"},
        {"N ∝ wL", "N ∝ w L", "-1 w + -1 L + 1 N = 0"},
        {"N ∝ wL²", "N ∝ w L²", "-1 w + -2 L + 1 N = 0"},
        {"N ∝ (wL)²", "N ∝ (w L)²", "-2 w + -2 L + 1 N = 0"},
        {"N ∝ 2wN_p", "N ∝ 2 w N_p", "-1 w + 1 N + -1 N_p = 0"},
        {"N ∝ D/wL", "N ∝ D / (w L)", "1 w + 1 L + 1 N + -1 D = 0"},
        {"N ∝ w^0", "N ∝ w^0", "1 N = 0"},
    };
    for (size_t i = 0; i + 1 < sizeof cases / sizeof *cases; i++)
        check_meanings(&cases[i], 1, false);
    check_meanings(&cases[sizeof cases / sizeof *cases - 1], 1, true);
}

static void clause_1_4_spellings(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N ~ w", "N ∝ w", "-1 w + 1 N = 0"},
        {"N propto w", "N ∝ w", "-1 w + 1 N = 0"},
        {"N ∼ w", "N ∝ w", "-1 w + 1 N = 0"},
        {"N ≍ w", "N ∝ w", "-1 w + 1 N = 0"},
        {"$N \\propto w$", "N ∝ w", "-1 w + 1 N = 0"},
        {"N \\sim w", "N ∝ w", "-1 w + 1 N = 0"},
        {"N \\asymp w", "N ∝ w", "-1 w + 1 N = 0"},
        {"N <~ w", "N ≲ w", "-1 w + 1 N <= 0"},
        {"N \\lesssim w", "N ≲ w", "-1 w + 1 N <= 0"},
        {"N >~ w", "N ≳ w", "1 w + -1 N <= 0"},
        {"N \\gtrsim w", "N ≳ w", "1 w + -1 N <= 0"},
        {"N << w", "N ≪ w", "-1 w + 1 N < 0"},
        {"N \\ll w", "N ≪ w", "-1 w + 1 N < 0"},
        {"N >> w", "N ≫ w", "1 w + -1 N < 0"},
        {"N \\gg w", "N ≫ w", "1 w + -1 N < 0"},
        {"N ∝ w·L⋅D", "N ∝ w L D", "-1 w + -1 L + 1 N + -1 D = 0"},
        {"N ∝ w*L×D", "N ∝ w L D", "-1 w + -1 L + 1 N + -1 D = 0"},
        {"N ∝ w \\cdot L \\times D", "N ∝ w L D", "-1 w + -1 L + 1 N + -1 D = 0"},
        {"N ∝ w ÷ L", "N ∝ w / L", "-1 w + 1 L + 1 N = 0"},
        {"N ∝ \\frac{w}{L D} D", "N ∝ w / (L D) · D", "-1 w + 1 L + 1 N = 0"},
        {"N ∝ \\sqrt{w} \\sqrt[3]{L}", "N ∝ √w L^(1/3)", "-1/2 w + -1/3 L + 1 N = 0"},
        {"N ∝ \\left( w\\,L \\right)^{2}", "N ∝ (w L)²", "-2 w + -2 L + 1 N = 0"},
        {"\\ell ∝ \\mathrm{N}", "ℓ ∝ N", "-1 N + 1 ℓ = 0"},
        {"ell ∝ \\text{loss} N", "ℓ ∝ ℓ N", "-1 N = 0"},
        {"N_{p} ∝ N_\\mathrm{p} N_{\\text{opt}}", "N_p ∝ N_p N_opt", "-1 N_opt = 0"},
        {"alpha ∝ \\alpha^2 mu", "α ∝ α² μ", "-1 α + -1 μ = 0"},
        {"\u00b5 ∝ N", "μ ∝ N", "-1 N + 1 μ = 0"},
        {"N^* ∝ N^{*} N^\\ast w", "N^* ∝ N^* N^* w", "-1 w + -1 N^* = 0"},
        {"x′ ∝ x'^2", "x' ∝ x'²", "-1 x' = 0"},
        {"C₀ ∝ C_{0}^2", "C_0 ∝ C_0²", "-1 C_0 = 0"},
        {"L_∞ ∝ L_\\infty L_{\\infty}", "L_∞ ∝ L_∞ L_∞", "-1 L_∞ = 0"},
        {"N\u00a0∝ w\t L", "N ∝ w L", "-1 w + -1 L + 1 N = 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, cases[i].statement));
        assert_int_equal(p->nfacts, 1);
        assert_text(p->facts[0].law, cases[i].law, cases[i].statement);
        assert_claim(a, p, p->facts[0].claim, cases[i].claim, cases[i].statement);
        arena_free(a);
    }
}

static void clause_1_5_and_1_6_numbers_and_exponents(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N ∝ w⁻¹", "N ∝ w^-1", "1 w + 1 N = 0"},
        {"N ∝ w⁻¹ᐟ²", "N ∝ w^(-1/2)", "1/2 w + 1 N = 0"},
        {"N ∝ w^-1", "N ∝ w^-1", "1 w + 1 N = 0"},
        {"N ∝ w^+2", "N ∝ w²", "-2 w + 1 N = 0"},
        {"N ∝ w^(-1/3)", "N ∝ w^(-1/3)", "1/3 w + 1 N = 0"},
        {"N ∝ w^{-1/3}", "N ∝ w^(-1/3)", "1/3 w + 1 N = 0"},
        {"N ∝ w^<-1>", "N ∝ w^-1", "1 w + 1 N = 0"},
        {"N ∝ w^<-1>~L", "N ∝ w^-1 ∝ L", "all(1 w + 1 N = 0, -1 w + -1 L = 0)"},
        {"N ∝ w^\\frac{1}{3}", "N ∝ w^(1/3)", "-1/3 w + 1 N = 0"},
        {"N ∝ w^0.5", "N ∝ w^0.5", "-1/2 w + 1 N = 0"},
        {"N ∝ w^-0.5243", "N ∝ w^-0.5243", "5243/10000 w + 1 N = 0"},
        {"N ∝ w^6e-3", "N ∝ w^(3/500)", "-3/500 w + 1 N = 0"},
        {"N ∝ w^1.5e2", "N ∝ w^1.5e2", "-150 w + 1 N = 0"},
        {"N ∝ w^(2*(1-1/3))", "N ∝ w^(4/3)", "-4/3 w + 1 N = 0"},
        {"N ∝ w^(2^-3 + (1/2)^2)", "N ∝ w^(3/8)", "-3/8 w + 1 N = 0"},
        {"N ∝ w^(max(1/2, 1/3) min(2, 3))", "N ∝ w^1", "-1 w + 1 N = 0"},
        {"N ∝ w^10 L^9", "N ∝ w^10 L⁹", "-10 w + -9 L + 1 N = 0"},
        {"N ∝ w^2L", "N ∝ w² L", "-2 w + -1 L + 1 N = 0"},
        {"N ∝ w^-1 / 3", "N ∝ w^-1 / 3", "1 w + 1 N = 0"},
    };
    CHECK_MEANINGS(cases, false);
}

static void clause_1_7_landau(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N = O(w L)", "N = O(w L)", "-1 w + -1 L + 1 N <= 0"},
        {"N = Ω(w)", "N = Ω(w)", "1 w + -1 N <= 0"},
        {"N = Omega(w)", "N = Ω(w)", "1 w + -1 N <= 0"},
        {"N = \\Theta(w)", "N = Θ(w)", "-1 w + 1 N = 0"},
        {"N = o(w)", "N = o(w)", "-1 w + 1 N < 0"},
        {"N = \\omega(w)", "N = ω(w)", "1 w + -1 N < 0"},
        {"N ∈ \\mathcal{O}(w)", "N ∈ O(w)", "-1 w + 1 N <= 0"},
        {"N ∼ O\\left(w\\right)", "N ∝ O(w)", "-1 w + 1 N <= 0"},
        {"N ≲ O(w)", "N ≲ O(w)", "-1 w + 1 N <= 0"},
        {"w = O(L) = O(N)", "w = O(L) = O(N)", "all(1 w + -1 L <= 0, 1 L + -1 N <= 0)"},
    };
    CHECK_MEANINGS(cases, false);
    arena *a = arena_new();
    const problem *p = problem_of(a, "quantity O, A, B\nA = O(B)\n");
    assert_claim(a, p, p->facts[0].claim, "-1 O + 1 A + -1 B = 0", "a declared O is a name");
    arena_free(a);
}

/* ---- parameters ---- */

#define PARAMETERS NAMES "param β, γ, ν, d, s, e, α_N\n"

static void check_parameters(const meaning *cases, size_t n) {
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", PARAMETERS, cases[i].statement));
        assert_int_equal(p->nfacts, 1);
        assert_text(p->facts[0].law, cases[i].law, cases[i].statement);
        assert_claim(a, p, p->facts[0].claim, cases[i].claim, cases[i].statement);
        p = problem_of(a, formatted(a, "%s%s", PARAMETERS, cases[i].law));
        assert_text(p->facts[0].law, cases[i].law, "what is printed is read again");
        assert_claim(a, p, p->facts[0].claim, cases[i].claim, cases[i].law);
        assert_false(p->facts[0].growth);
        arena_free(a);
    }
}

#define CHECK_PARAMETERS(cases) check_parameters((cases), sizeof(cases) / sizeof *(cases))

static void clause_3_parameters_in_exponents(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"N ∝ w^-β", "N ∝ w^-β", "β w + 1 N = 0"},
        {"N ∝ w^(-4/d)", "N ∝ w^(-4/d)", "all(4/d w + 1 N = 0, any(d < 0, -d < 0))"},
        {"N ∝ w^(2 + s)", "N ∝ w^(2+s)", "-s-2 w + 1 N = 0"},
        {"N ∝ w^(β/(γ + β))", "N ∝ w^(β/(γ+β))",
         "all(-β/(β+γ) w + 1 N = 0, any(β+γ < 0, -β-γ < 0))"},
        {"N ∝ w^βγ", "N ∝ w^(βγ)", "-βγ w + 1 N = 0"},
        {"N ∝ w^(2 β)", "N ∝ w^(2β)", "-2β w + 1 N = 0"},
        {"N ∝ w^(2 e d)", "N ∝ w^(2 e d)", "-2d e w + 1 N = 0"},
        {"N ∝ w^(s d)", "N ∝ w^(s d)", "-d s w + 1 N = 0"},
        {"N ∝ w^(βγ²)", "N ∝ w^(βγ²)", "-βγ² w + 1 N = 0"},
        {"N ∝ w^(β^-1)", "N ∝ w^(β^-1)", "all(-1/β w + 1 N = 0, any(β < 0, -β < 0))"},
        {"N ∝ w^(1/β + 2/β)", "N ∝ w^(1/β+2/β)", "all(-3/β w + 1 N = 0, any(β < 0, -β < 0))"},
        {"N ∝ (w^β)^γ w^α_N", "N ∝ (w^β)^γ w^α_N", "-α_N-βγ w + 1 N = 0"},
        {"N ∝ w^(β - β + 1/2)", "N ∝ w^(β-β+1/2)", "-1/2 w + 1 N = 0"},
        {"N ∝ w^(2(1 + s)·3)", "N ∝ w^(2(1+s)·3)", "-6s-6 w + 1 N = 0"},
        {"N ∝ w^(-min(β, 1))", "N ∝ w^(-min(β, 1))",
         "any(all(β w + 1 N = 0, β-1 <= 0), all(1 w + 1 N = 0, 1-β <= 0))"},
        {"N ∝ w^(max(β, 1, 2))", "N ∝ w^(max(β, 1, 2))",
         "any(all(-β w + 1 N = 0, 1-β <= 0, 2-β <= 0), all(-2 w + 1 N = 0, β-2 <= 0))"},
    };
    CHECK_PARAMETERS(cases);
}

static void clause_3_comparisons(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"β + 2γ + ν = 2", "β + 2γ + ν = 2", "β+2γ+ν-2 = 0"},
        {"0 < β < 1", "0 < β < 1", "all(-β < 0, β-1 < 0)"},
        {"d = 8", "d = 8", "d-8 = 0"},
        {"β != γ", "β ≠ γ", "any(β-γ < 0, γ-β < 0)"},
        {"β >= γ", "β ≥ γ", "γ-β <= 0"},
        {"-1/2 ≤ β", "-1/2 ≤ β", "-(1+2β)/2 <= 0"},
        {"β, γ > 0", "β, γ > 0", "all(-β < 0, -γ < 0)"},
        {"0 < β, γ < 1", "0 < β, γ < 1", "all(-β < 0, -γ < 0, β-1 < 0, γ-1 < 0)"},
        {"1/β < 2", "1/β < 2", "all(-(2β-1)/β < 0, any(β < 0, -β < 0))"},
        {"slope(ℓ, N_p) ≥ -1/2", "slope(ℓ, N_p) ≥ -1/2",
         "any(all(-1 N_p < 0, -1 ℓ + -1/2 N_p <= 0), all(1 N_p < 0, 1 ℓ + 1/2 N_p <= 0))"},
        {"slope(N, D) = β + 2 slope(w L, D)", "slope(N, D) = β + 2 slope(w L, D)",
         "all(any(1 D < 0, -1 D < 0), -2 w + -2 L + 1 N + -β D = 0)"},
        {"max(β, γ) < 1", "max(β, γ) < 1", "any(all(β-1 < 0, γ-β <= 0), all(γ-1 < 0, β-γ <= 0))"},
    };
    CHECK_PARAMETERS(cases);
}

static void clause_3_uncertain_numbers(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, NAMES "ℓ ∝ N^(-0.34 +- 0.02)\nℓ ∝ N^[-1, 1]\n"
                                           "∴ ℓ ∝ N^[-1, 1] when N ∝ D^(2 ± 1)\n");
    int first = p->nsymbols - p->nfacts - 1;
    assert_true(p->symbols[first].hidden && p->symbols[first].sort == SORT_PARAMETER);
    assert_text(p->symbols[first].name, "-0.34±0.02", "a hidden parameter");
    assert_text(p->facts[0].law, "ℓ ∝ N^(-0.34 ± 0.02)", "printed");
    assert_int_equal(field_size(p->field), 3);
    coef x[32];
    for (int i = 0; i < p->nsymbols; i++) x[i] = coef_int(1);
    assert_true(formula_holds(a, p->facts[1].claim, x));
    x[first + 1] = coef_int(2);
    assert_false(formula_holds(a, p->facts[1].claim, x));
    assert_claim(
        a, p, p->goals[0].claim,
        "all(any(1 N + 1 ℓ <= 0, -1 N + 1 ℓ <= 0), any(-1 N + -1 ℓ <= 0, 1 N + -1 ℓ <= 0))",
        "some value in the interval");
    assert_int_equal(p->goals[0].nwhen, 1);
    arena_free(a);
}

static void clause_2_bounds_of_parameters_are_statements(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "quantity N, w\nB: param d (dim) ≥ 1 \"dimension\" [X]\n"
                                     "given param α, β > 0\nparam s\nparam 0 < ν < dim\n"
                                     "N ∝ w^d\nregime r without B { param q = 2; N ∝ w^q }\n"
                                     "regime t { param q < 2; quantity L; L ∝ w^q }\n");
    assert_int_equal(p->nfacts, 4);
    assert_text(p->facts[0].label, "B", "labelled");
    assert_text(p->facts[0].law, "d ≥ 1", "law");
    assert_text(p->facts[0].note, "dimension", "note");
    assert_text(p->facts[0].cite, "X", "citation");
    assert_true(p->facts[1].hard);
    assert_text(p->facts[2].label, "@5", "by its line");
    assert_claim(a, p, p->facts[2].claim, "all(-ν < 0, ν-d < 0)", "an alias");
    assert_int_equal(p->regimes[0]->nfacts, 5);
    assert_claim(a, p, p->regimes[0]->facts[4].claim, "1 N + -q w = 0", "a parameter of a regime");
    assert_ptr_equal(p->regimes[0]->field, p->field);
    assert_claim(a, p->regimes[1], p->regimes[1]->facts[5].claim, "-q w + 1 L = 0", "another");
    arena_free(a);
}

static void clause_2_letters_of_a_sketch_that_stand_only_in_exponents(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "ℓ ∝ N^-α; N ∝ D^βγ; δ = β; A = B; B grows\n"
                                     "ν = 2 - η; x = ?; p + q = 1; u² = v; L = O(D)\n"
                                     "regime r { ζ < 1; N ∝ D^ζ }");
    static const char *const parameters[] = {"α", "β", "γ", "δ", "ν", "η", "x", "p", "q", "ζ"};
    int n = (int)(sizeof parameters / sizeof *parameters);
    for (int i = 0; i < p->nsymbols; i++)
        assert_int_equal(p->symbols[i].sort, i < n ? SORT_PARAMETER : SORT_QUANTITY);
    for (int i = 0; i < n; i++) assert_text(p->symbols[i].name, parameters[i], "parameters first");
    assert_claim(a, p, p->facts[2].claim, "δ-β = 0", "`=` compares");
    assert_claim(a, p, p->facts[3].claim, "1 A + -1 B = 0", "`=` is `∝`");
    arena_free(a);
}

/* Whatever is printed is read again as itself. */
static void laws_are_printed_in_the_language_itself(void **state) {
    (void)state;
    static const char *const laws[] = {
        "N ∝ D / (w L)", "N ∝ w / L · D",          "N ∝ (w²)^(1/2) √(w L)³",
        "w, N grow",     "N ∝ w^-0.5243",          "N = O(w L)",
        "w ≪ L ≲ N",     "N^* ∝ x' C_0 L_∞ N_opt", "N ∝ w^-1 / 3",
        "L scales",      "N ∝ log(w) w^10 L^0",
    };
    for (size_t i = 0; i < sizeof laws / sizeof *laws; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", NAMES, laws[i]));
        assert_text(p->facts[0].law, laws[i], laws[i]);
        arena_free(a);
    }
}

/* ---- statements around laws ---- */

static void clause_1_3_statements_end_at_newlines_and_semicolons(void **state) {
    (void)state;
    static const struct {
        const char *theory;
        int facts;
    } cases[] = {
        {"N∝w;L∝w;;w grows;", 3},
        {"N ∝\n  w\n\n# comment\nw grows", 2},
        {"N ∝ (w\n\n L)\nw,\nN grow", 2},
        {"N ∝ w L ·\n # a comment\n L\n", 1},
        {"N ∝ w [a citation\n on two lines]\nw grows", 2},
        {"\xef\xbb\xbfN ∝ w\r\nw grows\r\n", 2},
        {"N ∝ w \\\\ L ∝ w", 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        assert_int_equal(problem_of(a, cases[i].theory)->nfacts, cases[i].facts);
        arena_free(a);
    }
}

static void clause_3_1_label_note_citation_and_given(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "A-1.b_2: N ∝ w \"a note\" [Song 2024, [A1]]\n"
                                     "given L ∝ w [only cited] ; D ∝ w;B: given w grows “curly”\n"
                                     "7: D ∝ N; L ∝ D\n");
    assert_int_equal(p->nfacts, 6);
    const fact *f = p->facts;
    assert_text(f[0].label, "A-1.b_2", "label");
    assert_text(f[0].note, "a note", "note");
    assert_text(f[0].cite, "Song 2024, [A1]", "citation");
    assert_false(f[0].hard);
    assert_text(f[1].label, "@2", "the line");
    assert_text(f[1].cite, "only cited", "citation alone");
    assert_true(f[1].hard && f[3].hard && !f[2].hard);
    assert_text(f[2].label, "@2b", "second of the line");
    assert_text(f[3].label, "B", "label before given");
    assert_text(f[3].note, "curly", "curly quotes");
    assert_text(f[4].label, "7", "a number is a label");
    assert_text(f[5].label, "@3", "labelled statements do not count");
    assert_int_equal(f[5].line, 3);
    assert_int_equal(span_place(f[5].at).column, 11);
    arena_free(a);
}

static void unlabelled_statements_of_one_line_are_told_apart(void **state) {
    (void)state;
    arena *a = arena_new();
    text t = text_new(a);
    for (int i = 0; i < 60; i++) text_puts(&t, "N∝w;");
    const problem *p = problem_of(a, t.s);
    assert_text(label_of(p, 0), "@1", "first");
    assert_text(label_of(p, 1), "@1b", "second");
    assert_text(label_of(p, 25), "@1z", "26th");
    assert_text(label_of(p, 26), "@1aa", "27th");
    assert_text(label_of(p, 52), "@1ba", "53rd");
    arena_free(a);
}

static void clause_2_names_and_sorts(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "quantity w \"width\"\nconst E (floor) \"the floor\"\n"
                                     "quantity test_loss, Np\nw ∝ E Np floor test_loss\n");
    assert_int_equal(p->nsymbols, 4);
    assert_text(p->symbols[0].note, "width", "note");
    assert_int_equal(p->symbols[1].sort, SORT_CONSTANT);
    assert_text(p->symbols[2].name, "test_loss", "word with a subscript");
    assert_text(p->facts[0].law, "w ∝ E Np E test_loss", "aliases are printed as the name");
    assert_claim(a, p, p->facts[0].claim, "1 w + -1 test_loss + -1 Np = 0", "constants");
    arena_free(a);
}

static void clause_2_5_sketches(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "N∝w; L∝w; N_p∝w²L; ℓ∝N^-1; w grows; ℓ∝N_p^?");
    assert_int_equal(p->nsymbols, 5);
    assert_int_equal(p->nfacts, 5);
    assert_claim(a, p, p->facts[2].claim, "-2 w + -1 L + 1 N_p = 0", "w²L");
    p = problem_of(a, "N ∝ wL; w L ∝ nu pi; ν ∝ π");
    assert_int_equal(p->nsymbols, 5);
    arena_free(a);
}

/* ---- goals ---- */

static void put_goal(text *t, const problem *p, const goal *g) {
    static const char *const kinds[] = {"exponent",   "parameter",     "relation",   "where",
                                        "conclusion", "contradiction", "consistent", "trivial"};
    text_puts(t, kinds[g->kind]);
    if (g->kind == GOAL_EXPONENT || g->kind == GOAL_PARAMETER || g->kind == GOAL_RELATION) {
        text_addf(t, " %.*s: ", (int)g->left.n, g->left.s);
        put_form(t, p, g->target);
    }
    for (int i = 0; i < g->nbase; i++) {
        text_addf(t, "; %.*s: ", (int)g->base_name[i].n, g->base_name[i].s);
        put_form(t, p, g->base[i]);
    }
    if (g->kind == GOAL_RELATION)
        text_addf(t, " ? %.*s", (int)g->base_name[0].n, g->base_name[0].s);
    if (g->claim) text_putc(t, ' ');
    if (g->claim) put_formula(t, p, g->claim);
    for (int i = 0; i < g->nwhen; i++) {
        text_puts(t, " when ");
        put_formula(t, p, g->when[i]);
    }
}

static void clause_3_7_to_3_9_questions_conclusions_suppositions(void **state) {
    (void)state;
    static const meaning cases[] = {
        {"ℓ ∝ N_p^?", "ℓ ∝ N_p^?", "exponent ℓ: 1 ℓ; N_p: 1 N_p"},
        {"ℓ ∝ N_p^{?}", "ℓ ∝ N_p^?", "exponent ℓ: 1 ℓ; N_p: 1 N_p"},
        {"ℓ ∝ N^(?) D^?", "ℓ ∝ N^? D^?", "exponent ℓ: 1 ℓ; N: 1 N; D: 1 D"},
        {"ℓ ∝ (w L)^?", "ℓ ∝ (w L)^?", "exponent ℓ: 1 ℓ; (w L): 1 w + 1 L"},
        {"ℓ ∝ wL^?", "ℓ ∝ w L^?", "exponent ℓ / w: -1 w + 1 ℓ; L: 1 L"},
        {"ℓ ∝ 2 D N^? / L", "ℓ ∝ 2 D N^? / L", "exponent ℓ L / D: 1 L + -1 D + 1 ℓ; N: 1 N"},
        {"w L ∝ N^?", "w L ∝ N^?", "exponent w L: 1 w + 1 L; N: 1 N"},
        {"N ? D", "N ? D", "relation N: 1 N + -1 D ? D"},
        {"w ?", "w ?", "relation w: 1 w ? 1"},
        {"w ? 1", "w ? 1", "relation w: 1 w ? 1"},
        {"w L ? N / D", "w L ? N / D", "relation w L: 1 w + 1 L + -1 N + 1 D ? N / D"},
        {"∴ ℓ ∝ N_p^(-1/3)", "ℓ ∝ N_p^(-1/3)", "conclusion 1 ℓ + 1/3 N_p = 0"},
        {"therefore L fixed", "L fixed", "conclusion 1 L = 0"},
        {"hence w ≪ L ∝ N", "w ≪ L ∝ N", "conclusion all(1 w + -1 L < 0, 1 L + -1 N = 0)"},
        {"∴ contradiction", "contradiction", "contradiction"},
        {"\\therefore \\bot", "contradiction", "contradiction"},
        {"⊢ ⊥", "contradiction", "contradiction"},
        {"∴ consistent", "consistent", "consistent"},
        {"∴ trivial \"a note\" [cited]", "trivial", "trivial"},
        {"ℓ ∝ N^? when L fixed", "ℓ ∝ N^? when L fixed", "exponent ℓ: 1 ℓ; N: 1 N when 1 L = 0"},
        {"∴ N ∝ D when w ∝ L and D grows", "N ∝ D when w ∝ L and D grows",
         "conclusion 1 N + -1 D = 0 when 1 w + -1 L = 0 when -1 D < 0"},
        {"ℓ ∝ N^? at fixed w, L", "ℓ ∝ N^? at fixed w, L",
         "exponent ℓ: 1 ℓ; N: 1 N when all(1 w = 0, 1 L = 0)"},
        {"w ? when D grows at fixed L", "w ? when D grows at fixed L",
         "relation w: 1 w ? 1 when -1 D < 0 when 1 L = 0"},
        {"∴ contradiction when L fixed", "contradiction when L fixed",
         "contradiction when 1 L = 0"},
        {"γ = ?", "γ = ?", "parameter γ: γ"},
        {"γ = ? when β > 0", "γ = ? when β > 0", "parameter γ: γ when -β < 0"},
        {"ℓ^(1/β) ∝ N^?", "ℓ^(1/β) ∝ N^?",
         "exponent ℓ^(1/β): 1/β ℓ; N: 1 N when any(β < 0, -β < 0)"},
        {"∴ β < 2 γ", "β < 2γ", "conclusion β-2γ < 0"},
        {"∴ γ = 2 - β - 2ν", "γ = 2 - β - 2ν", "conclusion β+γ+2ν-2 = 0"},
        {"∴ 0 < ν < 1", "0 < ν < 1", "conclusion all(-ν < 0, ν-1 < 0)"},
        {"∴ N ∝ D when β > γ", "N ∝ D when β > γ", "conclusion 1 N + -1 D = 0 when γ-β < 0"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, formatted(a, "%s%s", PARAMETERS, cases[i].statement));
        assert_int_equal(p->ngoals, 1);
        assert_text(p->goals[0].law, cases[i].law, cases[i].statement);
        text t = text_new(a);
        put_goal(&t, p, &p->goals[0]);
        assert_text(text_str(&t), cases[i].claim, cases[i].statement);
        arena_free(a);
    }
}

static void trivial_is_no_keyword(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "quantity trivial, w\n∴ trivial ∝ w\nw ∝ trivial\n");
    assert_int_equal(p->goals[0].kind, GOAL_CONCLUSION);
    arena_free(a);
}

/* ---- regimes ---- */

static void put_labels(text *t, const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        text_addf(t, "%s%.*s", i ? " " : "", (int)p->facts[i].label.n, p->facts[i].label.s);
    for (int i = 0; i < p->ngoals; i++)
        text_addf(t, " | %.*s", (int)p->goals[i].law.n, p->goals[i].law.s);
}

static void assert_labels(arena *a, const problem *p, const char *expected) {
    text t = text_new(a);
    text_puts(&t, "");
    put_labels(&t, p);
    assert_text(text_str(&t), expected, "labels and goals");
}

static void clause_6_regimes(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(
        a, "quantity w, L, N, ℓ\nD1: N ∝ w L\nA1: N ∝ w\nw grows\noptional W: L fixed\n"
           "Q: ℓ ∝ N^?; L ?\n∴ contradiction\n"
           "regime one \"a note\" without A1, @4 { ∴ w grows; ℓ ∝ N }\n"
           "regime two-b with W without D1, Q\n{\n  quantity X \"only here\"\n  X ∝ w; X ?\n}\n"
           "regime three { }\n");
    assert_labels(a, p, "D1 A1 @4 | ℓ ∝ N^? | L ? | contradiction");
    assert_int_equal(p->nregimes, 3);
    const problem *one = p->regimes[0], *two = p->regimes[1];
    assert_text(one->name, "one", "name");
    assert_text(one->note, "a note", "note");
    assert_int_equal(one->line, 8);
    assert_int_equal(one->ndropped, 2);
    assert_text(one->dropped[0], "A1", "dropped");
    assert_labels(a, one, "D1 @8 | ℓ ∝ N^? | L ? | w grows");
    assert_text(two->name, "two-b", "name");
    assert_labels(a, two, "A1 @4 W @12 | L ? | X ?");
    assert_int_equal(two->nsymbols, p->nsymbols + 1);
    assert_int_equal(one->nsymbols, p->nsymbols);
    assert_labels(a, p->regimes[2], "D1 A1 @4 | ℓ ∝ N^? | L ?");
    arena_free(a);
}

static void regimes_of_a_sketch_have_names_of_their_own(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p =
        problem_of(a, "A: N∝w; w grows; regime r without A { N ∝ x; x ∝ w }; regime s { N ∝ w }");
    assert_int_equal(p->nsymbols, 2);
    assert_int_equal(p->regimes[0]->nsymbols, 3);
    assert_int_equal(p->regimes[1]->nsymbols, 2);
    assert_labels(a, p->regimes[0], "@1 @1b @1c");
    arena_free(a);
}

/* ---- use ---- */

typedef struct {
    char dir[64];
} folder;

static void put_file(const folder *f, const char *name, const char *content) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    FILE *out = fopen(path, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(content, 1, strlen(content), out), strlen(content));
    fclose(out);
}

static void put_folder(const folder *f, const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", f->dir, name);
    assert_int_equal(mkdir(path, 0700), 0);
}

static int open_folder(void **state) {
    static folder f;
    strcpy(f.dir, "/tmp/propto-lang-XXXXXX");
    *state = &f;
    return mkdtemp(f.dir) ? 0 : -1;
}

static int close_folder(void **state) {
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", ((folder *)*state)->dir);
    return system(command);
}

static const problem *read_in(arena *a, const folder *f, const char *name, const lang_options *o,
                              diags *sink) {
    const char *path = formatted(a, "%s/%s", f->dir, name);
    const source *src = source_read(a, path, NULL, sink);
    return src ? lang_problem(a, src, path, o, sink) : NULL;
}

static const problem *good_in(arena *a, const folder *f, const char *name) {
    diags sink = {.arena = a};
    const problem *p = read_in(a, f, name, NULL, &sink);
    if (!p) explain(&sink);
    assert_non_null(p);
    assert_true(problem_ok(p));
    return p;
}

static void clause_7_use_takes_in_statements_and_names(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    put_folder(f, "sub");
    put_file(f, "sub/b.propto",
             "quantity M (mass)\nquantity Q \"charge\"\nB1: M ∝ Q \"b\"\nQ ∝ M^2\nM ∝ Q^?\n"
             "∴ M grows\nregime r without B1\n");
    put_file(f, "a.propto", "use \"sub/b.propto\" as b where M is N\nquantity N\nA1: N ∝ Q\n");
    const problem *p = good_in(a, f, "a.propto");
    assert_text(p->name, "a", "the theory is called by its file");
    assert_labels(a, p, "b.B1 b.@4 A1");
    assert_text(p->facts[0].law, "N ∝ Q", "renamed");
    assert_text(p->facts[1].law, "Q ∝ N²", "renamed");
    assert_int_equal(p->nsymbols, 2);
    assert_int_equal(p->nregimes, 0);
    assert_int_equal(p->facts[1].line, 4);
    put_file(f, "plain.propto", "use \"sub/b.propto\"\nmass grows\nA: M ∝ Q\n");
    p = good_in(a, f, "plain.propto");
    assert_labels(a, p, "B1 b@4 @2 A");
    put_file(f, "swap.propto", "use \"sub/b.propto\" as p where M is Q, Q is M\nM grows\n");
    p = good_in(a, f, "swap.propto");
    assert_text(p->facts[0].law, "Q ∝ M", "swapped");
    arena_free(a);
}

static void clause_7_4_a_theory_is_taken_once_under_the_same_names(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    put_file(f, "c.propto", "quantity N, Z\nN ∝ Z²\nC1: Z grows\n");
    put_file(f, "l.propto", "use \"c.propto\" as l\nL1: N grows\n");
    put_file(f, "r.propto", "use \"c.propto\" as r where Z is Y\nR1: N grows\n");
    put_file(f, "top.propto",
             "use \"l.propto\" as a\nuse \"c.propto\"\nuse \"r.propto\"\n"
             "use \"r.propto\" as again\nregime x without c@2, a.l.C1, again.R1\n");
    const problem *p = good_in(a, f, "top.propto");
    assert_labels(a, p, "a.l.@2 a.l.C1 a.L1 r.@2 r.C1 R1");
    assert_labels(a, p->regimes[0], "a.L1 r.@2 r.C1");
    arena_free(a);
}

static diag_code first_error_in(const folder *f, const char *name, const lang_options *o) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    const problem *p = read_in(a, f, name, o, &sink);
    diag_code code = DIAG_COUNT;
    for (size_t i = sink.list.n; i-- > 0;)
        if (diag_severity(sink.list.v[i].code) == SEVERITY_ERROR) code = sink.list.v[i].code;
    if ((p == NULL) != (sink.errors > 0)) fail_msg("%s: a problem in spite of errors", name);
    arena_free(a);
    return code;
}

static void clause_7_parameters_are_renamed_and_uncertain_numbers_kept_apart(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    put_file(f, "m.propto",
             "quantity N, M; param α > 0; param c\nN ∝ M^α; N ∝ M^[1, 2]\n"
             "regime r { param only_here; N ∝ M^[3, 4] }\n");
    put_file(f, "n.propto",
             "use \"m.propto\" as a where α is β\nuse \"m.propto\" as b where M is K, c is γ\n"
             "use \"m.propto\" as again where α is β\nparam β\nquantity K\n");
    const problem *p = good_in(a, f, "n.propto");
    assert_labels(a, p, "a.@1 a.@2 a.@2b b.@1 b.@2 b.@2b");
    assert_int_equal(field_size(p->field), 6);
    assert_text(p->facts[1].law, "N ∝ M^β", "renamed");
    assert_claim(a, p, p->facts[1].claim, "1 N + -β M = 0", "renamed");
    assert_claim(a, p, p->facts[4].claim, "-α K + 1 N = 0", "not renamed");
    int hidden = 0;
    for (int i = 0; i < p->nsymbols; i++) hidden += p->symbols[i].hidden;
    assert_int_equal(hidden, 2);
    put_file(f, "o.propto", "use \"m.propto\" where α is N_1\nquantity N_1\n");
    assert_int_equal(first_error_in(f, "o.propto", NULL), DIAG_E205);
    arena_free(a);
}

static void used_sketches_make_a_sketch(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    put_file(f, "s.propto", "N ∝ w; N ∝ w L\n");
    put_file(f, "t.propto", "use \"s.propto\"\nX ∝ L; X grows\n");
    const problem *p = good_in(a, f, "t.propto");
    assert_labels(a, p, "s@1 s@1b @2 @2b");
    assert_int_equal(p->nsymbols, 4);
    arena_free(a);
}

static void clause_7_3_paths_stay_in_the_tree(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    put_folder(f, "in");
    put_folder(f, "lib");
    put_file(f, "out.propto", "w grows\n");
    put_file(f, "lib/lib.propto", "w grows\n");
    put_file(f, "in/up.propto", "use \"../out.propto\"\nw grows\n");
    put_file(f, "in/lib.propto", "use \"lib.propto\" as l\nw grows\n");
    put_file(f, "in/linked.propto", "use \"link.propto\"\nw grows\n");
    put_file(f, "in/absolute.propto", formatted(a, "use \"%s/out.propto\"\nw grows\n", f->dir));
    assert_int_equal(symlink("../out.propto", formatted(a, "%s/in/link.propto", f->dir)), 0);
    put_file(f, "in/fifo.propto", "use \"pipe\"\nw grows\n");
    assert_int_equal(mkfifo(formatted(a, "%s/in/pipe", f->dir), 0600), 0);
    assert_int_equal(first_error_in(f, "in/up.propto", NULL), DIAG_E009);
    assert_int_equal(first_error_in(f, "in/linked.propto", NULL), DIAG_E009);
    assert_int_equal(first_error_in(f, "in/absolute.propto", NULL), DIAG_E009);
    assert_int_equal(first_error_in(f, "in/fifo.propto", NULL), DIAG_E001);
    assert_int_equal(first_error_in(f, "in/lib.propto", NULL), DIAG_E010);
    const char *dir = formatted(a, "%s/lib", f->dir), *root = f->dir;
    unlink(formatted(a, "%s/in/lib.propto", f->dir));
    put_file(f, "in/libs.propto", "use \"lib.propto\" as l\nw grows\n");
    assert_int_equal(first_error_in(f, "in/libs.propto", NULL), DIAG_E001);
    lang_options o = {.include_dirs = &dir, .ninclude_dirs = 1};
    assert_int_equal(first_error_in(f, "in/libs.propto", &o), DIAG_COUNT);
    lang_options whole = {.include_dirs = &root, .ninclude_dirs = 1};
    assert_int_equal(first_error_in(f, "in/up.propto", &whole), DIAG_COUNT);
    arena_free(a);
}

static void files_that_cannot_be_read(void **state) {
    const folder *f = *state;
    arena *a = arena_new();
    assert_int_equal(first_error_in(f, "missing.propto", NULL), DIAG_E001);
    assert_int_equal(first_error_in(f, ".", NULL), DIAG_E001);
    put_file(f, "secret.propto", "w grows\n");
    assert_int_equal(chmod(formatted(a, "%s/secret.propto", f->dir), 0), 0);
    if (geteuid() != 0) assert_int_equal(first_error_in(f, "secret.propto", NULL), DIAG_E001);
    arena_free(a);
}

/* ---- lang_ask ---- */

static void ask_puts_other_goals_to_the_same_theory(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    const source *t = source_of(a, "t", str_of("A: N∝w; N_p ∝ w L; N ?; regime r without A {w ?}"));
    const source *laws = source_of(a, "laws", str_of("N ∝ N_p^?; ∴ wL grows"));
    const problem *p = lang_ask(a, t, NULL, laws, NULL, &sink);
    assert_non_null(p);
    assert_labels(a, p, "A @1 | N ∝ N_p^? | w L grows");
    assert_labels(a, p->regimes[0], "@1 | N ∝ N_p^?");
    static const struct {
        const char *law;
        diag_code code;
    } wrong[] = {{"N ∝ w", DIAG_E101}, {"X ?", DIAG_E201},       {"", DIAG_E008},
                 {"N ∝ ?", DIAG_E108}, {"∴ N ∝ w^α", DIAG_E201}, {"quantity X", DIAG_E101}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        diags errors = {.arena = a};
        laws = source_of(a, "laws", str_of(wrong[i].law));
        assert_null(lang_ask(a, t, NULL, laws, NULL, &errors));
        assert_int_equal(errors.errors, 1);
        diags_sort(&errors);
        for (size_t j = 0; j < errors.list.n; j++)
            if (diag_severity(errors.list.v[j].code) == SEVERITY_ERROR)
                assert_int_equal(errors.list.v[j].code, wrong[i].code);
    }
    arena_free(a);
}

static void what_is_asked_uses_the_names_of_a_sketch(void **state) {
    (void)state;
    static const struct {
        const char *law;
        int warnings;
    } cases[] = {{"N ∝ l^?", 0}, {"N ∝ w^?", 1}, {"l ?; l ?", 1}, {"X ?", 2}};
    arena *a = arena_new();
    const source *t = source_of(a, "t", str_of("N ∝ w; l ∝ w"));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        diags sink = {.arena = a};
        lang_ask(a, t, NULL, source_of(a, "laws", str_of(cases[i].law)), NULL, &sink);
        int warnings = 0;
        for (size_t j = 0; j < sink.list.n; j++) warnings += sink.list.v[j].code == DIAG_W001;
        assert_int_equal(warnings, cases[i].warnings);
    }
    arena_free(a);
}

/* ---- diagnostics ---- */

static void put_codes(text *t, diags *sink) {
    diags_sort(sink);
    for (size_t i = 0; i < sink->list.n; i++) {
        place p = span_place(sink->list.v[i].at);
        text_addf(t, "%s %d:%d\n", diag_name(sink->list.v[i].code), p.line, p.column);
    }
}

static bool ends_with(const char *s, const char *end) {
    size_t n = strlen(s), m = strlen(end);
    return n >= m && strcmp(s + n - m, end) == 0;
}

/* What only the finding can tell. */
static void note_what_is_found(arena *a, const problem *p, diags *sink) {
    const analysis_options all = {
        .repairs = true, .redundancy = true, .idle = true, .max_cores = 64, .max_repairs = 64};
    budget b;
    budget_init(&b);
    if (p) note_findings(a, analyse(a, p, &all, &b), sink);
}

/* Marks the codes that the file draws; false where they are not the expected ones. */
static bool refuses(const char *path, bool *drawn) {
    arena *a = arena_new();
    diags sink = {.arena = a}, quiet = {.arena = a};
    const source *src = source_read(a, path, NULL, &sink);
    const lang_options with_notes = {.notes = true};
    const problem *p = src ? lang_problem(a, src, path, &with_notes, &sink) : NULL;
    note_what_is_found(a, p, &sink);
    text got = text_new(a);
    text_puts(&got, "");
    put_codes(&got, &sink);
    char *expect_path = formatted(a, "%.*s.expect", (int)(strlen(path) - 7), path);
    const source *expect = source_read(a, expect_path, NULL, &quiet);
    bool same = expect && str_eq(expect->bytes, text_str(&got)) && (p == NULL) == (sink.errors > 0);
    if (!same) print_message("%s says\n%s", path, got.s);
    if (p && !problem_ok(p)) same = false;
    for (size_t i = 0; i < sink.list.n; i++) drawn[sink.list.v[i].code] = true;
    arena_free(a);
    return same;
}

/* The files of a folder whose names begin with an underscore are only used by others. */
static int refuse_folder(const char *folder_path, bool *drawn) {
    int wrong = 0;
    DIR *dir = opendir(folder_path);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        char path[512];
        if (e->d_name[0] == '_' || !ends_with(e->d_name, ".propto")) continue;
        snprintf(path, sizeof path, "%s/%s", folder_path, e->d_name);
        wrong += !refuses(path, drawn);
    }
    closedir(dir);
    return wrong;
}

static const char *repeated(arena *a, const char *before, const char *s, int n, const char *after) {
    text t = text_new(a);
    text_puts(&t, before);
    for (int i = 0; i < n; i++) text_puts(&t, s);
    text_puts(&t, after);
    return t.s;
}

/* Every one is refused at once, with one of a few errors, the first of which is known. */
static void check_generated(const char *what, const char *theory, diag_code code, bool *drawn) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    double start = clock_seconds();
    const problem *p = read_text(a, theory, &sink);
    double seconds = clock_seconds() - start;
    if (p || sink.list.n == 0) fail_msg("%s was not refused", what);
    diags_sort(&sink);
    bool found = false;
    for (size_t i = 0; i < sink.list.n; i++) {
        drawn[sink.list.v[i].code] = true;
        found |= sink.list.v[i].code == code;
    }
    if (!found) fail_msg("%s: %s", what, diag_name(sink.list.v[0].code));
    if (sink.list.n > 210) fail_msg("%s: %zu diagnostics", what, sink.list.n);
    if (seconds > 30) fail_msg("%s took %.1f s", what, seconds);
    arena_free(a);
}

static void clause_9_hostile_texts(bool *drawn) {
    arena *a = arena_new();
    char *deep = formatted(a, "%s w%s", repeated(a, "N ∝ ", "(", 100000, ""),
                           repeated(a, "", ")", 100000, "\n"));
    struct {
        const char *what, *theory;
        diag_code code;
    } cases[] = {
        {"10 MB of (", repeated(a, "", "(((((((((((((((((((((((((", 400000, ""), DIAG_E402},
        {"100,000 brackets", deep, DIAG_E402},
        {"100,000 braces", repeated(a, "N ∝ ", "{", 100000, ""), DIAG_E402},
        {"100,000 roots", repeated(a, "N ∝ ", "√", 100000, "w"), DIAG_E402},
        {"100,000 calls", repeated(a, "N ∝ ", "log(", 100000, "w"), DIAG_E402},
        {"100,000 exponents", repeated(a, "N ∝ w", "^(2", 100000, ""), DIAG_E402},
        {"100,000 powers", repeated(a, "N ∝ w", "^2", 100000, ""), DIAG_E105},
        {"100,000 signs", repeated(a, "N ∝ w^", "-", 100000, "1"), DIAG_E101},
        {"a name of a megabyte", repeated(a, "N ∝ ", "wwwwwwwwww", 100000, ""), DIAG_E407},
        {"a subscript of a megabyte", repeated(a, "N_", "pppppppppp", 100000, " ∝ w"), DIAG_E407},
        {"a million primes", repeated(a, "N", "'", 1000000, " ∝ w"), DIAG_E407},
        {"an exponent of 10,000 digits", repeated(a, "N ∝ w^", "7", 10000, ""), DIAG_E404},
        {"a superscript of 10,000 digits", repeated(a, "N ∝ w", "²", 10000, ""), DIAG_E404},
        {"20,000 factors", repeated(a, "N ∝ ", "w ", 20000, ""), DIAG_E403},
        {"long exponents", repeated(a, "N ∝ ", "w^(1/(10^900+7)) w^(1/(10^900+9))", 200, ""),
         DIAG_E408},
        {"200,001 statements", repeated(a, "", "N∝w;", 200001, ""), DIAG_E405},
        {"many errors", repeated(a, "", "N ∝ ∝ w\n", 1000, ""), DIAG_E409},
        {"many unknown names", repeated(a, "quantity w\n", "w ∝ v\n", 1000, "X ∝ w\n"), DIAG_E201},
        {"open citations", repeated(a, "", "N ∝ w [x\n", 20000, ""), DIAG_E102},
        {"open quotes", repeated(a, "", "N ∝ w \"x\n", 20000, ""), DIAG_E006},
        {"open brackets", repeated(a, "", "(\n", 1000000, ""), DIAG_E402},
        {"open regimes", repeated(a, "", "regime a {\n", 100000, ""), DIAG_E111},
        {"17 MB", repeated(a, "", "# 3456789012345\n", 1100000, "w grows"), DIAG_E401},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_generated(cases[i].what, cases[i].theory, cases[i].code, drawn);
    arena_free(a);
}

static void regimes_times_statements_have_a_limit(bool *drawn) {
    arena *a = arena_new();
    text t = text_new(a);
    for (int i = 0; i < 2000; i++) text_addf(&t, "N∝w\nregime r%d {}\n", i);
    check_generated("2,000 regimes of 2,000 statements", t.s, DIAG_E405, drawn);
    arena_free(a);
}

static void used_files_have_a_limit(const folder *f, bool *drawn) {
    arena *a = arena_new();
    text t = text_new(a);
    for (int i = 0; i < 5; i++) {
        put_file(f, formatted(a, "f%d.propto", i), "w grows\n");
        text_addf(&t, "use \"f%d.propto\" as f%d\n", i, i);
    }
    put_file(f, "many.propto", t.s);
    lang_options o = {.limits = {.max_files = 4}}, enough = {.limits = {.max_files = 5}};
    assert_int_equal(first_error_in(f, "many.propto", &o), DIAG_E406);
    assert_int_equal(first_error_in(f, "many.propto", &enough), DIAG_COUNT);
    drawn[DIAG_E406] = true;
    /* Each theory uses the next one twice, under other names: 2^20 ways through. */
    for (int i = 0; i < 20; i++)
        put_file(f, formatted(a, "g%d.propto", i),
                 formatted(a,
                           "use \"g%d.propto\" as a where x is y, y is x\n"
                           "use \"g%d.propto\" as b where x is x_%d\nx ∝ y; y grows\n",
                           i + 1, i + 1, i));
    put_file(f, "g20.propto", "x ∝ y; y grows\n");
    assert_int_equal(first_error_in(f, "g0.propto", NULL), DIAG_E406);
    arena_free(a);
}

static void vary_draws_its_own(bool *drawn) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    const char *label[] = {"A"};
    lang_variation v = {label, 1, NULL};
    const source *t = source_of(a, "t", str_of("A: w grows; N ∝ w"));
    assert_null(lang_vary(a, t, NULL, &v, NULL, &sink));
    for (size_t i = 0; i < sink.list.n; i++) drawn[sink.list.v[i].code] = true;
    arena_free(a);
}

static void prove_draws_its_own(bool *drawn) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    const source *t = source_of(a, "t", str_of("A: w grows; N ∝ w"));
    assert_null(lang_proofs(a, t, NULL, NULL, &sink));
    assert_null(lang_prove(a, t, NULL, t, NULL, &sink));
    for (size_t i = 0; i < sink.list.n; i++) drawn[sink.list.v[i].code] = true;
    arena_free(a);
}

/* A long text, and no time for it. */
static void late_reading_draws_its_own(bool *drawn) {
    arena *a = arena_new();
    budget gone;
    budget_init(&gone);
    gone.deadline = clock_seconds();
    diags sink = {.arena = a, .work = &gone};
    text t = text_new(a);
    for (int i = 0; i < 500; i++) text_puts(&t, "N ∝ w\n");
    assert_null(lang_problem(a, source_of(a, "t", text_str(&t)), NULL, NULL, &sink));
    assert_int_equal(sink.errors, 1);
    drawn[sink.list.v[0].code] = true;
    arena_free(a);
}

/* What compares theories is beyond this room: tests/refuse/run draws it. */
static bool is_of_comparisons(diag_code code) {
    return strncmp(diag_name(code), "E5", 2) == 0;
}

/* Every code has a page, and is drawn by a file in tests/refuse or by a text made here. */
static void every_code_is_drawn_and_documented(void **state) {
    bool drawn[DIAG_COUNT] = {false};
    arena *a = arena_new();
    diags sink = {.arena = a};
    assert_int_equal(refuse_folder("tests/refuse", drawn), 0);
    clause_9_hostile_texts(drawn);
    regimes_times_statements_have_a_limit(drawn);
    used_files_have_a_limit(*state, drawn);
    vary_draws_its_own(drawn);
    prove_draws_its_own(drawn);
    late_reading_draws_its_own(drawn);
    const source *pages = source_read(a, "docs/errors.md", NULL, &sink);
    assert_non_null(pages);
    char *text_of_pages = str_z(a, pages->bytes);
    for (int code = 0; code < DIAG_COUNT; code++) {
        if (!drawn[code] && !is_of_comparisons((diag_code)code))
            fail_msg("nothing draws %s", diag_name((diag_code)code));
        const char *heading =
            formatted(a, "\n### %s: %s\n", diag_name((diag_code)code), diag_title((diag_code)code));
        if (!strstr(text_of_pages, heading)) fail_msg("no page:%s", heading);
    }
    arena_free(a);
}

static void clause_9_each_limit_moves_with_its_option(void **state) {
    (void)state;
    static const struct {
        const char *theory;
        lang_limits below, above;
        diag_code code;
    } cases[] = {
        {"N ∝ w", {.max_bytes = 6}, {.max_bytes = 7}, DIAG_E401},
        {"N ∝ ((w))", {.max_depth = 1}, {.max_depth = 2}, DIAG_E402},
        {"N ∝ w w w", {.max_terms = 2}, {.max_terms = 3}, DIAG_E403},
        {"N ∝ w^123", {.max_digits = 2}, {.max_digits = 3}, DIAG_E404},
        {"N∝w;N∝w", {.max_statements = 1}, {.max_statements = 2}, DIAG_E405},
        {"N_ppp ∝ w", {.max_name = 4}, {.max_name = 5}, DIAG_E407},
        {"N ∝ w^(9^9)", {.max_digits = 1}, {.max_digits = 9}, DIAG_E408},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags over = {.arena = a}, under = {.arena = a};
        const source *src = source_of(a, "t", str_of(cases[i].theory));
        lang_options below = {.limits = cases[i].below}, above = {.limits = cases[i].above};
        assert_null(lang_problem(a, src, NULL, &below, &over));
        assert_int_equal(over.list.v[0].code, cases[i].code);
        assert_non_null(over.list.v[0].help);
        assert_non_null(lang_problem(a, src, NULL, &above, &under));
        arena_free(a);
    }
}

static void diagnostics_name_the_fix(void **state) {
    (void)state;
    static const struct {
        const char *theory, *help;
    } cases[] = {
        {"ℓ ∝ N^-1/3", "write `N^(-1/3)`, or `N^-1 / 3`"},
        {"quantity N, w; N ∝ w2", "write `w^2` for a power, `w_2` for an index"},
        {"quantity N_p, w; N_P ∝ w", "did you mean `N_p`?"},
        {"quantity N_p, w, L; L ∝ N_pL", "write `N_p L`"},
        {"quantity w, N, p, Np; w ∝ wNp", "write `w N p` or `w Np`"},
        {"N \\propt w", "did you mean `\\propto`?"},
        {"A1: N ∝ w; regime r without A2", "did you mean `A1`?"},
        {"quantity E, N; E - 2 ∝ N", "a name of its own"},
        {"quantity A, B, C; (A + B) ∝ C^?", "give it a name"},
        {"A ∝ B when B ≪ C or C ≪ B", "`or` stands before `when`"},
        {"proof { A ∝ B }", "solution of an exercise"},
        {"A ∝ B and B ∝ C", "write `;` between two statements"},
        {"quantity N, D, L; choose N D to minimize L", "put a comma between two quantities"},
        {"quantity N, L; choose N to minimize N at fixed L", "choose the others"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        diags sink = {.arena = a};
        assert_null(read_text(a, cases[i].theory, &sink));
        assert_non_null(sink.list.v[0].help);
        if (!strstr(sink.list.v[0].help, cases[i].help)) fail_msg("%s", sink.list.v[0].help);
        arena_free(a);
    }
}

static void second_places_are_shown(void **state) {
    (void)state;
    arena *a = arena_new();
    diags sink = {.arena = a};
    assert_null(read_text(a, "A: N ∝ w\nA: w ∝ N\nB: N ∝ (w L\nw grows\n", &sink));
    diags_sort(&sink);
    assert_int_equal(sink.list.n, 2);
    assert_int_equal(sink.list.v[0].code, DIAG_E206);
    assert_int_equal(span_place(sink.list.v[0].other).line, 1);
    assert_int_equal(sink.list.v[1].code, DIAG_E102);
    assert_int_equal(span_place(sink.list.v[1].at).column, 8);
    assert_int_equal(span_place(sink.list.v[1].other).line, 4);
    arena_free(a);
}

/* ---- size ---- */

static double seconds_for(int n) {
    arena *a = arena_new();
    text t = text_new(a);
    for (int i = 0; i < n; i++) text_addf(&t, "A%d: x_%d ∝ x_%d^(1/2) x_%d\n", i, i + 1, i, i / 2);
    double start = clock_seconds();
    const problem *p = problem_of(a, t.s);
    double seconds = clock_seconds() - start;
    assert_int_equal(p->nfacts, n);
    assert_int_equal(p->nsymbols, n + 1);
    arena_free(a);
    return seconds;
}

/* Quadratic time would be a hundred times as much. */
static void reading_takes_linear_time(void **state) {
    (void)state;
    double small = seconds_for(10000) + seconds_for(10000), large = seconds_for(100000);
    if (large > 20 * small + 1) fail_msg("%.2f s against %.2f s", large, small / 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clause_1_3_statements_end_at_newlines_and_semicolons),
        cmocka_unit_test(clause_1_4_spellings),
        cmocka_unit_test(clause_1_5_and_1_6_numbers_and_exponents),
        cmocka_unit_test(clause_1_7_landau),
        cmocka_unit_test(clause_2_names_and_sorts),
        cmocka_unit_test(clause_2_5_sketches),
        cmocka_unit_test(clause_3_1_label_note_citation_and_given),
        cmocka_unit_test(unlabelled_statements_of_one_line_are_told_apart),
        cmocka_unit_test(clause_3_3_relations),
        cmocka_unit_test(clause_3_4_chains),
        cmocka_unit_test(clause_3_5_growth),
        cmocka_unit_test(clause_3_6_expressions),
        cmocka_unit_test(clause_3_parameters_in_exponents),
        cmocka_unit_test(clause_3_comparisons),
        cmocka_unit_test(clause_3_uncertain_numbers),
        cmocka_unit_test(clause_2_bounds_of_parameters_are_statements),
        cmocka_unit_test(clause_2_letters_of_a_sketch_that_stand_only_in_exponents),
        cmocka_unit_test(laws_are_printed_in_the_language_itself),
        cmocka_unit_test(clause_3_7_to_3_9_questions_conclusions_suppositions),
        cmocka_unit_test(trivial_is_no_keyword),
        cmocka_unit_test(clause_6_regimes),
        cmocka_unit_test(regimes_of_a_sketch_have_names_of_their_own),
        cmocka_unit_test_setup_teardown(clause_7_use_takes_in_statements_and_names, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(clause_7_4_a_theory_is_taken_once_under_the_same_names,
                                        open_folder, close_folder),
        cmocka_unit_test_setup_teardown(
            clause_7_parameters_are_renamed_and_uncertain_numbers_kept_apart, open_folder,
            close_folder),
        cmocka_unit_test_setup_teardown(used_sketches_make_a_sketch, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(clause_7_3_paths_stay_in_the_tree, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(files_that_cannot_be_read, open_folder, close_folder),
        cmocka_unit_test(ask_puts_other_goals_to_the_same_theory),
        cmocka_unit_test(what_is_asked_uses_the_names_of_a_sketch),
        cmocka_unit_test_setup_teardown(every_code_is_drawn_and_documented, open_folder,
                                        close_folder),
        cmocka_unit_test(clause_9_each_limit_moves_with_its_option),
        cmocka_unit_test(diagnostics_name_the_fix),
        cmocka_unit_test(second_places_are_shown),
        cmocka_unit_test(reading_takes_linear_time),
    };
    return cmocka_run_group_tests_name("lang", tests, NULL, NULL);
}
