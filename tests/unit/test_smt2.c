/* The promises of render/to_smt2.h. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "render/to_smt2.h"

static const formula *atom_of(arena *a, int x, int cx, int y, int cy, coef k, rel r) {
    const term t[] = {{x, coef_int(cx)}, {y, coef_int(cy)}};
    return formula_atom(a, form_of(a, t, 2, k), r);
}

/* Of a problem that nothing was found out about. */
static str exported(arena *a, const problem *p) {
    text t = text_new(a);
    certificate *c = NEW_ARRAY(a, certificate, 1 + p->nregimes);
    for (int i = 0; i <= p->nregimes; i++) {
        thesis *verdict = NEW(a, thesis);
        frame *all = NEW(a, frame);
        *verdict = (thesis){.is = THESIS_UNKNOWN, .about = -1};
        *all = (frame){.p = i ? p->regimes[i - 1] : p, .theses = verdict, .ntheses = 1};
        c[i] = (certificate){all->p, all, 1};
    }
    smt2_write(&t, c, 1 + p->nregimes);
    return text_str(&t);
}

/* --- what a script says --- */

static const problem *small_problem(arena *a) {
    static const symbol symbols[] = {{.name = {"ℓ", 3}, .note = {"loss", 4}}, {.name = {"N", 1}}};
    fact *f = NEW_ARRAY(a, fact, 3);
    f[0] =
        (fact){.label = STR("A"), .law = STR("ℓ ∝ N^(-2)"), .note = STR("why"), .cite = STR("X 1")};
    f[0].claim = atom_of(a, 0, 1, 1, 2, coef_int(0), REL_EQ);
    f[1] = (fact){.label = STR("@4"), .law = STR("N ≫ 1")};
    f[1].claim = atom_of(a, 0, 0, 1, -1, coef_of(rat_frac(a, 1, 3)), REL_LT);
    const formula *either[] = {atom_of(a, 0, 1, 1, -1, coef_int(0), REL_LE),
                               atom_of(a, 0, 0, 1, 3, coef_int(-1), REL_EQ)};
    f[2] = (fact){.label = STR("N"), .law = STR("or"), .claim = formula_any(a, either, 2)};
    problem *p = NEW(a, problem);
    *p =
        (problem){.name = STR("small"), .symbols = symbols, .nsymbols = 2, .facts = f, .nfacts = 3};
    return p;
}

static const char small_script[] =
    "; SMT-LIB 2.6, for any solver of real arithmetic (cvc5: --incremental).\n"
    "; The constants are exponents: a quantity q is of the order of s^|q| as s grows.\n"
    "; Each answer stands after what it should be: unsat refutes, sat is possible.\n"
    "; small\n"
    "(set-option :produce-unsat-cores true)\n"
    "(set-option :produce-models true)\n"
    "(set-logic QF_LRA)\n"
    "(declare-fun |ℓ| () Real) ; loss\n"
    "(declare-fun |N| () Real)\n"
    "; A: ℓ ∝ N^(-2)   \"why\"   [X 1]\n"
    "(assert (! (= (+ |ℓ| (* 2.0 |N|)) 0.0) :named |A|))\n"
    "; @4: N ≫ 1\n"
    "(assert (! (< (/ 1.0 3.0) |N|) :named |line-4|))\n"
    "; N: or\n"
    "(assert (! (or (<= |ℓ| |N|) (= (* 3.0 |N|) 1.0)) :named |N #5|))\n"
    "\n; Can all of it hold?\n"
    "(echo \"theory: unknown\")\n"
    "(set-info :status unknown)\n"
    "(check-sat)\n"
    "\n; Can it hold where something scales?\n"
    "(push 1)\n"
    "(assert (or (< |ℓ| 0.0) (< 0.0 |ℓ|) (< |N| 0.0) (< 0.0 |N|)))\n"
    "(echo \"something scales: unknown\")\n"
    "(set-info :status unknown)\n"
    "(check-sat)\n"
    "(pop 1)\n";

static void a_script_asserts_each_statement_under_its_label(void **state) {
    (void)state;
    arena *a = arena_new();
    assert_string_equal(exported(a, small_problem(a)).s, small_script);
    arena_free(a);
}

static void regimes_are_scripts_after_a_reset(void **state) {
    (void)state;
    arena *a = arena_new();
    problem regime = *small_problem(a), whole = regime;
    regime.line = 9;
    regime.name = STR("other");
    const problem *list[] = {&regime};
    whole.regimes = list;
    whole.nregimes = 1;
    const char *z = exported(a, &whole).s, *reset = strstr(z, "\n(reset)\n; regime other\n");
    assert_non_null(reset);
    assert_true(strstr(reset, "(declare-fun |N| () Real)") != NULL);
    arena_free(a);
}

static void an_empty_theory_is_a_script_too(void **state) {
    (void)state;
    arena *a = arena_new();
    problem p = {.name = STR("none")};
    const char *z = exported(a, &p).s;
    assert_non_null(strstr(z, "(check-sat)\n"));
    assert_null(strstr(z, "something scales"));
    arena_free(a);
}

static void true_and_false_are_spelled_out(void **state) {
    (void)state;
    arena *a = arena_new();
    fact f[2] = {{.label = STR("T"), .claim = formula_all(a, NULL, 0)},
                 {.label = STR("F"), .claim = formula_any(a, NULL, 0)}};
    problem p = {.facts = f, .nfacts = 2};
    const char *z = exported(a, &p).s;
    assert_non_null(strstr(z, "(assert (! true :named |T|))"));
    assert_non_null(strstr(z, "(assert (! false :named |F|))"));
    arena_free(a);
}

static void a_choice_that_was_not_made_is_not_stated(void **state) {
    (void)state;
    arena *a = arena_new();
    static const choice_of choice = {0};
    fact f[2] = {{.label = STR("K"), .law = STR("choose A"), .choice = &choice},
                 {.label = STR("L"), .law = STR("choose B"), .choice = &choice}};
    f[0].claim = formula_all(a, NULL, 0);
    f[1].claim = formula_any(a, NULL, 0);
    problem p = {.facts = f, .nfacts = 2};
    const char *z = exported(a, &p).s;
    assert_non_null(strstr(z, "; K: choose A\n; That this choice is a best one is not stated"));
    assert_null(strstr(z, ":named |K|"));
    assert_non_null(strstr(z, "; L: choose B\n; What this choice comes to:\n(assert (! false"));
    arena_free(a);
}

/* --- parameters --- */

/* x rel c, over the parameters α and β. */
static const problem *parametric_problem(arena *a, const symbol *symbols, rel r, bool fraction) {
    const str name[] = {STR("α"), STR("β")};
    const int at[] = {1, 2};
    const field *k = field_new(a, name, at, 2);
    coef alpha = coef_parameter(a, k, 0), beta = coef_parameter(a, k, 1);
    coef c = coef_mul(a, coef_mul(a, alpha, alpha), coef_of(rat_frac(a, 1, 2)));
    if (fraction) c = coef_div(a, coef_int(3), coef_sub(a, alpha, beta));
    fact *f = NEW(a, fact);
    f->label = STR("A");
    f->claim = formula_atom(a, form_sub(a, form_sym(a, 0), form_const(c)), r);
    problem *p = NEW(a, problem);
    *p = (problem){.symbols = symbols, .nsymbols = 3, .facts = f, .nfacts = 1, .field = k};
    return p;
}

static void parameters_are_constants_in_products(void **state) {
    (void)state;
    static const symbol symbols[] = {{.name = {"x", 1}},
                                     {.name = {"α", 2}, .sort = SORT_PARAMETER},
                                     {.name = {"β", 2}, .sort = SORT_PARAMETER}};
    static const struct {
        rel r;
        bool fraction;
        const char *claim;
    } table[] = {
        {REL_LE, false, "(! (<= (* 2.0 |x|) (* |α| |α|)) :named |A|)"},
        {REL_EQ, true,
         "(! (and (not (= |α| |β|)) (= (* |α| |x|) (+ (* |β| |x|) 3.0))) :named |A|)"},
        {REL_LT, true,
         "(! (and (not (= |α| |β|)) (< (+ (* |α| |α| |x|) (* |β| |β| |x|) (* 3.0 |β|))"
         " (+ (* 2.0 |α| |β| |x|) (* 3.0 |α|)))) :named |A|)"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        arena *a = arena_new();
        str script = exported(a, parametric_problem(a, symbols, table[i].r, table[i].fraction));
        assert_non_null(strstr(script.s, "(set-logic QF_NRA)\n"));
        assert_non_null(strstr(script.s, "(declare-fun |α| () Real) ; a parameter\n"));
        if (!strstr(script.s, table[i].claim)) fail_msg("%s\nhas no\n%s", script.s, table[i].claim);
        arena_free(a);
    }
}

/* --- hostile text --- */

static const char *const hostile[] = {
    "x|) (exit) |",
    "a\\b",
    "a\nb",
    "a\rb",
    "\x1b[2J",
    "",
    "\xff\xfe",
    ")",
    ";",
    "\"",
    "|",
    "||",
    "a b",
    "\xe2\x80\xae",
    "#1",
    "something scales",
    "x",
    "x",
    "x",
    "@",
    "@3",
    ".a",
    "line-3",
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

/* Reads a script as a solver would: comments end at the newline, names at the bar. Gives the
 * depth of brackets at the end, -1 if it was ever negative, a name was left open, or there is
 * a character that must not be. */
static int depth_of(str s) {
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.s[i];
        if ((unsigned char)c < ' ' && c != '\n') return -1;
        if (c == ';')
            while (i < s.n && s.s[i] != '\n') i++;
        if (c == '|') {
            const char *end = memchr(s.s + i + 1, '|', s.n - i - 1);
            if (!end || memchr(s.s + i, '\\', (size_t)(end - s.s) - i)) return -1;
            i = (size_t)(end - s.s);
        }
        depth += (c == '(') - (c == ')');
        if (depth < 0) return -1;
    }
    return depth;
}

static int count(const char *z, const char *what) {
    int n = 0;
    for (const char *at = z; (at = strstr(at, what)); at++) n++;
    return n;
}

static const problem *hostile_problem(arena *a) {
    symbol *y = NEW_ARRAY(a, symbol, HOSTILE);
    fact *f = NEW_ARRAY(a, fact, HOSTILE);
    for (int i = 0; i < HOSTILE; i++) {
        str s = str_of(hostile[i]);
        y[i] = (symbol){.name = s, .note = s, .sort = (sort)(i % 3)};
        f[i] = (fact){.label = s, .law = s, .note = s, .cite = s};
        f[i].claim = atom_of(a, i, 1, (i + 1) % HOSTILE, -1, coef_int(0), REL_EQ);
    }
    problem *p = NEW(a, problem);
    *p = (problem){.name = str_of(hostile[0]), .note = str_of(hostile[2]), .line = 1};
    p->symbols = y;
    p->facts = f;
    p->nsymbols = p->nfacts = HOSTILE;
    return p;
}

static void names_and_notes_stay_in_their_place(void **state) {
    (void)state;
    arena *a = arena_new();
    str s = exported(a, hostile_problem(a));
    assert_int_equal(depth_of(s), 0);
    assert_int_equal(count(s.s, "\n(assert (! "), HOSTILE);
    assert_int_equal(count(s.s, "\n(declare-fun |"), HOSTILE);
    assert_int_equal(count(s.s, "\n(exit)"), 0);
    arena_free(a);
}

static void names_are_all_different(void **state) {
    (void)state;
    arena *a = arena_new();
    str s = exported(a, hostile_problem(a));
    VEC(str) names = {0};
    static const char *const before[] = {"\n(declare-fun |", " :named |"};
    for (int k = 0; k < 2; k++)
        for (const char *at = s.s; (at = strstr(at, before[k]));) {
            at += strlen(before[k]);
            str name = {at, (size_t)(strchr(at, '|') - at)};
            for (size_t i = 0; i < names.n; i++) assert_false(str_eq(names.v[i], name));
            vec_push(a, &names, name);
        }
    assert_int_equal(names.n, 2 * HOSTILE);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_script_asserts_each_statement_under_its_label),
        cmocka_unit_test(regimes_are_scripts_after_a_reset),
        cmocka_unit_test(an_empty_theory_is_a_script_too),
        cmocka_unit_test(true_and_false_are_spelled_out),
        cmocka_unit_test(a_choice_that_was_not_made_is_not_stated),
        cmocka_unit_test(parameters_are_constants_in_products),
        cmocka_unit_test(names_and_notes_stay_in_their_place),
        cmocka_unit_test(names_are_all_different),
    };
    return cmocka_run_group_tests_name("smt2", tests, NULL, NULL);
}
