/* The canonical spelling: src/lang/format.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include "lang/format.h"

typedef struct {
    const char *text, *canonical;
} pair;

static const char *formatted_text(arena *a, const char *s, size_t n, bool ascii) {
    diags sink = {.arena = a};
    str out = {NULL, 0};
    const source *src = source_of(a, "test.propto", (str){s, n});
    bool read = format_source(a, src, NULL, ascii, &sink, &out);
    assert_int_equal(read, sink.errors == 0);
    return read ? str_z(a, out) : NULL;
}

static void same(const char *of, const char *found, const char *expected) {
    if (found && strcmp(found, expected) == 0) return;
    print_message("of:\n%s\nexpected:\n%s\nfound:\n%s\n", of, expected,
                  found ? found : "(an error)");
    fail();
}

/* Each text becomes its canonical one, and that stays as it is. */
static void expect(const pair *list, size_t n, bool ascii) {
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        const char *found = formatted_text(a, list[i].text, strlen(list[i].text), ascii);
        same(list[i].text, found, list[i].canonical);
        same(found, formatted_text(a, found, strlen(found), ascii), found);
        arena_free(a);
    }
}
#define EXPECT(list, ascii) expect(list, sizeof(list) / sizeof *(list), ascii)

static void signs_and_names_have_one_spelling(void **state) {
    (void)state;
    static const pair list[] = {
        {"N ~ w", "N ∝ w\n"},
        {"N \\propto w", "N ∝ w\n"},
        {"N∼w<~L>~M<<P>>Q", "N ∝ w ≲ L ≳ M ≪ P ≫ Q\n"},
        {"alpha<=1/2; \\beta != 0", "α ≤ 1/2\nβ ≠ 0\n"},
        {"$\\ell \\sim N_{\\mathrm{opt}}$", "ℓ ∝ N_opt\n"},
        {"C₀ ∝ N^{*}; w' ∝ L_{\\infty}", "C_0 ∝ N^*\nw' ∝ L_∞\n"},
        {"N = \\mathcal{O}(w^2)", "N = O(w²)\n"},
        {"w, N grows; L grow; L, w fixed", "w, N grow\nL grows\nL, w fixed\n"},
        {"therefore N~w; hence ⊥; \\therefore consistent",
         "∴ N ∝ w\n∴ contradiction\n∴ consistent\n"},
        {"a = 0.34 +- 0.02; b \\in [0.1,0.2]", "a = 0.34 ± 0.02\nb ∈ [0.1, 0.2]\n"},
        {"N?D; w?; gamma=?; ℓ~N^{?}D^?", "N ? D\nw ?\nγ = ?\nℓ ∝ N^? D^?\n"},
        {"choose N,D to minimize ell at fixed C", "choose N, D to minimize ℓ at fixed C\n"},
        {"N~w or N~w^2 when w grow and L~1 at fixed D,E",
         "N ∝ w or N ∝ w² when w grows and L ∝ 1 at fixed D, E\n"},
        {"param 0<alpha,β<1; quantity N_{p}(params,n),w; const E",
         "param 0 < α, β < 1\nquantity N_p (params, n), w\nconst E\n"},
        {"use \"a.propto\" as p where N_{p} is N,w is width",
         "use \"a.propto\" as p where N_p is N, w is width\n"},
    };
    EXPECT(list, false);
}

static void products_and_powers_have_one_spelling(void **state) {
    (void)state;
    static const pair list[] = {
        {"N~w^2*L \\cdot M^{-1}", "N ∝ w² L M^-1\n"},
        {"N ∝ w⁻¹ L^{12} M^<-2> P^(3) Q¹ R^+4", "N ∝ w^-1 L^12 M^-2 P³ Q^1 R⁴\n"},
        {"N ∝ w^{-1/3} L^\\frac{1}{2} M⁻¹ᐟ³", "N ∝ w^(-1/3) L^(1/2) M^(-1/3)\n"},
        {"N ∝ \\frac{w L}{M D}", "N ∝ w L / (M D)\n"},
        {"N ∝ w/L*M", "N ∝ w / L · M\n"},
        {"N ∝ (w (L D)) (M)", "N ∝ w L D M\n"},
        {"N ∝ sqrt(w) √(w L) \\sqrt[3]{w} \\sqrt{\\sqrt{w}}", "N ∝ √w √(w L) w^(1/3) √√w\n"},
        {"N ∝ (A+B)^2 + max(A,B)", "N ∝ (A + B)² + max(A, B)\n"},
        {"N ∝ w^{-\\alpha \\beta/(alpha+2*beta)}", "N ∝ w^(-α β/(α+2β))\n"},
        {"N ∝ w^(2 alpha^2*(1-b))", "N ∝ w^(2α² (1-b))\n"},
        {"N ∝ w^(a c/(a c+b))", "N ∝ w^(a c/(a c + b))\n"},
        {"slope(ell,N)>=-1/2; param b; 1/a=1/b+2*c/3",
         "slope(ℓ, N) ≥ -1/2\nparam b\n1/a = 1/b + 2c/3\n"},
        {"quantity F, m, a; F=m a/2", "quantity F, m, a\nF = m a / 2\n"},
        {"ln(w) ∝ 1", "log(w) ∝ 1\n"},
    };
    EXPECT(list, false);
}

static void what_was_written_stays_where_it_matters(void **state) {
    (void)state;
    static const pair list[] = {
        {"N ∝ w^0.34 L^-0.340 M^6e-1", "N ∝ w^0.34 L^-0.340 M^6e-1\n"},
        {"a = 0.340; b = 2/4", "a = 0.340\nb = 2/4\n"},
        {"N ∝ w^(2/4) L^(1-1/3)", "N ∝ w^(2/4) L^(1-1/3)\n"},
        {"N ∝ wL²; N ∝ (wL)^2; N ∝ √(wL)", "N ∝ wL²\nN ∝ (wL)²\nN ∝ √(wL)\n"},
        {"N ∝ \\sqrt[3]wL", "N ∝ sqrt[3] wL\n"},
        {"N = O(w^2); N = O(w)^2; N ∝ w(L); N ∝ w (L)",
         "N = O(w²)\nN = O(w)²\nN ∝ w(L)\nN ∝ w L\n"},
        {"a^-2 / 3 < 1", "a^-2 / 3 < 1\n"},
    };
    EXPECT(list, false);
}

static void in_ascii_every_name_reads_as_before(void **state) {
    (void)state;
    static const pair list[] = {
        {"ℓ ∝ N_α^(-1/3) √w", "ell ~ N_alpha^(-1/3) sqrt(w)\n"},
        {"L_∞ ≲ αβ", "L_\\infty <~ αβ\n"},
        {"Ω_0 ∝ w² · x′", "Omega_0 ~ w^2 x'\n"},
        {"N ∝ w / L · M; ∴ α^2 / 3 ≤ 0.1 ± 0.2 # ∝",
         "N ~ w / L * M\ntherefore alpha^2 / 3 <= 0.1 +- 0.2  # ∝\n"},
        {"α ∈ [0, 1] \"ℓ\" [λ]",
         "alpha \\in [0, 1]     \"ℓ\"                                                   [λ]\n"},
        {"b ∝ 2ε", "b ~ 2 epsilon\n"},
        /* one name, or in doubt: brackets would decide it */
        {"b ∝ √ah; c ∝ √(ah); d ∝ \\sqrt[3] ah", "b ~ sqrt ah\nc ~ sqrt(ah)\nd ~ sqrt[3] ah\n"},
    };
    EXPECT(list, true);
}

static void notes_and_citations_survive_byte_for_byte(void **state) {
    (void)state;
    static const pair list[] = {
        {"w grows \"a  # b \\x { ; \"", "w grows              \"a  # b \\x { ; \"\n"},
        {"w grows “say \"no\"”", "w grows              “say \"no\"”\n"},
        {"w grows “plain”", "w grows              \"plain\"\n"},
        {"w grows [a [b] # c; \" ]", "w grows                                                      "
                                     "              [a [b] # c; \" "
                                     "]\n"},
        {"w grows [a\n  b] # c\nL grows", "w grows                                                 "
                                          "                   [a\n  b]  # c\n"
                                          "L grows\n"},
        {"w grows \"\x1b[0m\t\"", "w grows              \"\x1b[0m\t\"\n"},
    };
    EXPECT(list, false);
}

static void comments_stay_in_order(void **state) {
    (void)state;
    static const pair list[] = {
        {"#a\nw grows#b\n  #c  \t\n#d", "#a\nw grows  #b\n#c\n#d\n"},
        {"N ∝ # a\n w # b", "# a\nN ∝ w  # b\n"},
        {"regime x { # a\n # b\n w grows # c\n # d\n } # e",
         "regime x {  # a\n  # b\n  w grows  # c\n  # d\n}  # e\n"},
        {"regime x # a\n { w grows }", "# a\nregime x { w grows }\n"},
        {"regime x {\n # nothing\n}", "regime x {\n  # nothing\n}\n"},
        {"N ∝ max(w, # a\n # b\n L)", "# a\n# b\nN ∝ max(w, L)\n"},
        {"# only", "# only\n"},
        {"", ""},
        {"\n\n", ""},
    };
    EXPECT(list, false);
}

static void lines_and_blanks_have_one_layout(void **state) {
    (void)state;
    static const pair list[] = {
        {"\n\nw grows\n\n\n\nL grows\n\n", "w grows\n\nL grows\n"},
        {"w grows; L grows;;", "w grows\nL grows\n"},
        {"\xef\xbb\xbfw grows\r\nL grows\r\n", "w grows\nL grows\n"},
        {"w grows # a\r\n", "w grows  # a\n"},
        {"regime x{w grows;L grows}", "regime x { w grows; L grows }\n"},
        {"regime x\n{w grows\n\nL grows\n\n}", "regime x {\n  w grows\n\n  L grows\n}\n"},
        {"regime x with B \"n\" without A [c]", "regime x \"n\" without A with B [c]\n"},
        {"regime x without A { }", "regime x without A\n"},
        {"regime x {\n w grows } \"late\" [c]", "regime x \"late\" {\n  w grows\n} [c]\n"},
        {"A:given w grows; given B : L grows; optional C:N grows",
         "given A: w grows\ngiven B: L grows\noptional C: N grows\n"},
        {"proof \"t\" { 1: N~w by A1,\n A2 \"n\"; L~w\n by 1 }",
         "proof \"t\" {\n  1: N ∝ w             by A1, A2  \"n\"\n  L ∝ w                by "
         "1\n}\n"},
        {"proof { ∴ N~w by A; contradiction }", "proof { N ∝ w by A; contradiction }\n"},
    };
    EXPECT(list, false);
}

static void runs_are_aligned_and_wide_laws_stand_out(void **state) {
    (void)state;
    static const pair list[] = {
        {"quantity w \"a\"\nquantity N_p (n) \"b\"\n\nquantity L \"c\"",
         "quantity w       \"a\"\nquantity N_p (n) \"b\"\n\nquantity L \"c\"\n"},
        {"A: w ∝ L \"a\"\nB: w ∝ L M N P Q R S T \"b\"",
         "A: w ∝ L               \"a\"\nB: w ∝ L M N P Q R S T \"b\"\n"},
        {"A: w ∝ L \"a\"\nB: choose N, D to minimize ℓ at fixed C \"b\"",
         "A: w ∝ L             \"a\"\nB: choose N, D to minimize ℓ at fixed C \"b\"\n"},
        {"A: w ∝ L\nlong: L ∝ D\nfar-too-long: D ∝ E\nw grows",
         "A:    w ∝ L\nlong: L ∝ D\nfar-too-long: D ∝ E\nw grows\n"},
        {"w grows # a\nN ∝ w L # b\n\nL grows # c", "w grows  # a\nN ∝ w L  # b\n\nL grows  # c\n"},
        {"w grows [x]\n# c\nL grows \"n\" [y]",
         "w grows                                                                    [x]\n# c\n"
         "L grows              \"n\"                                                   [y]\n"},
    };
    EXPECT(list, false);
}

static void who_names_a_statement_by_its_line_follows_it(void **state) {
    (void)state;
    static const pair list[] = {
        {"w grows; L grows\n\n\nN ∝ w\nregime x without @1b, @4, @9",
         "w grows\nL grows\n\nN ∝ w\nregime x without @2, @4, @9\n"},
        {"# c\nw grows # d\n\n\nL ∝\n# e\nw\nregime x without @5 { N ∝ w; N ∝ L\n proof { N ∝ w by "
         "@8, @8b } }",
         "# c\nw grows  # d\n\n# e\nL ∝ w\nregime x without @5 {\n  N ∝ w\n  N ∝ L\n  proof { N ∝ "
         "w "
         "by @7, @8 }\n}\n"},
        {"w grows [a\nb]; L grows\nproof { w grows by @1; L grows by @2 }",
         "w grows                                                                    [a\nb]\n"
         "L grows\nproof { w grows by @1; L grows by @3 }\n"},
    };
    EXPECT(list, false);
}

static void a_text_with_errors_is_not_formatted(void **state) {
    (void)state;
    static const char *const list[] = {"N ∝",    "N ∝ w^2^3", "w grows \"", "regime x {",
                                       "w ∝ L)", "\xff",      "quantity"};
    for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
        arena *a = arena_new();
        assert_null(formatted_text(a, list[i], strlen(list[i]), false));
        arena_free(a);
    }
}

static void names_that_are_wrong_do_not_matter(void **state) {
    (void)state;
    static const pair list[] = {
        {"quantity w; unknown ~ w", "quantity w\nunknown ∝ w\n"},
        {"regime x without nothing", "regime x without nothing\n"},
        {"use \"missing.propto\"", "use \"missing.propto\"\n"},
        {"w ∝ L - M", "w ∝ L - M\n"},
    };
    EXPECT(list, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_and_names_have_one_spelling),
        cmocka_unit_test(products_and_powers_have_one_spelling),
        cmocka_unit_test(what_was_written_stays_where_it_matters),
        cmocka_unit_test(in_ascii_every_name_reads_as_before),
        cmocka_unit_test(notes_and_citations_survive_byte_for_byte),
        cmocka_unit_test(comments_stay_in_order),
        cmocka_unit_test(lines_and_blanks_have_one_layout),
        cmocka_unit_test(runs_are_aligned_and_wide_laws_stand_out),
        cmocka_unit_test(who_names_a_statement_by_its_line_follows_it),
        cmocka_unit_test(a_text_with_errors_is_not_formatted),
        cmocka_unit_test(names_that_are_wrong_do_not_matter),
    };
    return cmocka_run_group_tests_name("the canonical spelling", tests, NULL, NULL);
}
