/* The promises of propto.h, from outside: exit codes, outputs, limits, interruption. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include "propto.h"

static const char original[] = "N ∝ w\nL ∝ w\nN_p ∝ w² L\nℓ ∝ N^-1\nw grows\nℓ ∝ N_p^?\n";
static const char conflicting[] = "A: N ∝ w\nB: N ∝ w L\nC: L ∝ w\nw grows\n";
static const char claimed[] = "N ∝ w\nN ∝ w L\nL ∝ w\nw grows\n∴ contradiction\n";
static const char broken[] = "N ∝ ∝ w\n";

static propto *with(const char *theory) {
    propto *p = propto_new();
    propto_add_text(p, "demo", theory, strlen(theory));
    return p;
}

static int ask(propto *p, propto_command command, propto_format format) {
    return propto_run(p, &(propto_request){.command = command, .format = format});
}

static void assert_holds(const char *all, const char *part) {
    if (strstr(all, part) == NULL) fail_msg("no `%s` in:\n%s", part, all);
}

static cJSON *only_object(const propto *p) {
    const char *out = propto_output(p), *end = strchr(out, '\n');
    assert_non_null(end);
    assert_int_equal(end + 1 - out, propto_output_size(p));
    cJSON *x = cJSON_Parse(out);
    assert_non_null(x);
    return x;
}

static const char *member(const cJSON *x, const char *name) {
    const cJSON *m = cJSON_GetObjectItem(x, name);
    return cJSON_IsString(m) ? m->valuestring : "";
}

static void p4_exit_codes_are_those_of_the_program(void **state) {
    (void)state;
    const struct {
        const char *theory;
        int code;
    } cases[] = {
        {original, 0},
        {conflicting, 1},
        {claimed, 0},
        {broken, 2},
        {"", 2},
        {"N ∝ w\n∴ N ∝ w²\nw grows\n", 1},
        {"quantity N, D\nN grows\n∴ D grows\n", 1},
        {"param α, β\nα < β\n∴ β > α\n", 0},
        {"param α, β\nα < β\n∴ β < α\n", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        propto *p = with(cases[i].theory);
        int text = ask(p, PROPTO_CHECK, PROPTO_TEXT);
        int json = ask(p, PROPTO_CHECK, PROPTO_JSON);
        if (text != cases[i].code) fail_msg("code %d for:\n%s", text, cases[i].theory);
        assert_int_equal(json, text);
        propto_free(p);
    }
}

static void p4_the_worst_input_gives_the_code(void **state) {
    (void)state;
    const struct {
        const char *theories[3];
        int code;
    } cases[] = {
        {{original, claimed, original}, 0},
        {{original, conflicting, claimed}, 1},
        {{conflicting, broken, original}, 2},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        propto *p = propto_new();
        for (int k = 0; k < 3; k++)
            propto_add_text(p, "demo", cases[i].theories[k], strlen(cases[i].theories[k]));
        assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), cases[i].code);
        propto_free(p);
    }
}

static void p2_outputs_are_terminated_and_empty_before_a_run(void **state) {
    (void)state;
    propto *p = with(original);
    assert_string_equal(propto_output(p), "");
    assert_string_equal(propto_errors(p), "");
    ask(p, PROPTO_CHECK, PROPTO_TEXT);
    assert_int_equal(strlen(propto_output(p)), propto_output_size(p));
    assert_holds(propto_output(p), "ℓ ∝ N_p^(-1/3)");
    assert_string_equal(propto_errors(p), "");
    propto_free(p);
    propto_free(NULL);
}

static void p6_the_same_request_gives_the_same_output(void **state) {
    (void)state;
    static const propto_command commands[] = {PROPTO_CHECK, PROPTO_DERIVE, PROPTO_EXPLAIN};
    for (size_t i = 0; i < 3; i++) {
        propto *p = with(conflicting), *q = with(conflicting);
        ask(p, commands[i], PROPTO_TEXT);
        char *first = strdup(propto_output(p));
        ask(p, commands[i], PROPTO_TEXT);
        ask(q, commands[i], PROPTO_TEXT);
        assert_string_equal(propto_output(p), first);
        assert_string_equal(propto_output(q), first);
        free(first);
        propto_free(p);
        propto_free(q);
    }
}

static void json_has_verdict_answers_cores_and_repairs(void **state) {
    (void)state;
    propto *p = with(conflicting);
    assert_int_equal(ask(p, PROPTO_EXPLAIN, PROPTO_JSON), 1);
    cJSON *x = only_object(p);
    assert_string_equal(member(x, "file"), "demo");
    assert_string_equal(member(x, "verdict"), "contradictory");
    const cJSON *cores = cJSON_GetObjectItem(x, "cores");
    assert_int_equal(cJSON_GetArraySize(cores), 1);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetArrayItem(cores, 0)), 4);
    assert_int_equal(cJSON_GetArraySize(cJSON_GetObjectItem(x, "repairs")), 4);
    assert_string_equal(propto_errors(p), "");
    cJSON_Delete(x);
    propto_free(p);
}

static void json_answers_for_a_parameter(void **state) {
    (void)state;
    propto *p = with("param α, β, γ\nR: α + 2β + γ = 2\nγ = ?\n");
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_JSON), 0);
    cJSON *x = only_object(p);
    const cJSON *answer = cJSON_GetArrayItem(cJSON_GetObjectItem(x, "answers"), 0);
    const cJSON *hole = cJSON_GetArrayItem(cJSON_GetObjectItem(answer, "holes"), 0);
    assert_string_equal(member(answer, "kind"), "exact");
    assert_string_equal(member(answer, "law"), "γ = 2-α-2β");
    assert_string_equal(member(hole, "value"), "2-α-2β");
    assert_true(cJSON_HasObjectItem(hole, "base"));
    assert_false(cJSON_HasObjectItem(hole, "approx"));
    cJSON_Delete(x);
    propto_free(p);
}

static void json_lists_redundant_statements_where_they_were_looked_for(void **state) {
    (void)state;
    const struct {
        propto_command command;
        int redundant; /* -1: no list */
    } cases[] = {{PROPTO_CHECK, 3}, {PROPTO_EXPLAIN, 3}, {PROPTO_DERIVE, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        propto *p = with("N ∝ w\nL ∝ w\nN ∝ L\nw grows\nN ∝ w^?\n");
        assert_int_equal(ask(p, cases[i].command, PROPTO_JSON), 0);
        cJSON *x = only_object(p);
        const cJSON *list = cJSON_GetObjectItem(x, "redundant");
        assert_int_equal(list ? cJSON_GetArraySize(list) : -1, cases[i].redundant);
        cJSON_Delete(x);
        propto_free(p);
    }
}

static void json_of_a_file_that_cannot_be_read_has_its_diagnostics_alone(void **state) {
    (void)state;
    propto *p = propto_new();
    propto_add_file(p, "no/such/file.propto");
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_JSON), 2);
    cJSON *x = only_object(p);
    const cJSON *diagnostics = cJSON_GetObjectItem(x, "diagnostics");
    assert_string_equal(member(x, "file"), "no/such/file.propto");
    assert_int_equal(cJSON_GetArraySize(x), 4);
    assert_int_equal(cJSON_GetArraySize(diagnostics), 1);
    assert_string_equal(member(cJSON_GetArrayItem(diagnostics, 0), "severity"), "error");
    cJSON_Delete(x);
    propto_free(p);
}

static void text_of_a_file_that_cannot_be_read_goes_to_errors(void **state) {
    (void)state;
    propto *p = propto_new();
    propto_add_file(p, "no/such/\033[2Jfile.propto");
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 2);
    assert_string_equal(propto_output(p), "");
    assert_holds(propto_errors(p), "error[E001]");
    assert_null(strchr(propto_errors(p), '\033'));
    propto_free(p);
}

static void a_nul_in_the_text_is_refused(void **state) {
    (void)state;
    propto *p = propto_new();
    propto_add_text(p, "demo", "N ~ w\0 L\n", 9);
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 2);
    assert_holds(propto_errors(p), "demo:1:6");
    propto_free(p);
}

static void derive_answers_the_laws_that_are_asked(void **state) {
    (void)state;
    const char *laws[] = {"N ∝ N_p^?", "w ?"};
    propto *p = with(original);
    propto_request q = {.command = PROPTO_DERIVE, .laws = laws, .nlaws = 2};
    assert_int_equal(propto_run(p, &q), 0);
    assert_holds(propto_output(p), "so N ∝ w ∝ N_p^(1/3)");
    assert_holds(propto_output(p), "w grows");
    assert_null(strstr(propto_output(p), "so ℓ"));
    laws[0] = "Q ∝ N_p^?";
    assert_int_equal(propto_run(p, &q), 2);
    assert_string_equal(propto_output(p), "");
    assert_holds(propto_errors(p), "Q");
    propto_free(p);
}

static void derive_keeps_what_a_theory_claims_of_itself(void **state) {
    (void)state;
    const char *laws[] = {"N ∝ w^?"};
    const char *const theories[] = {claimed, conflicting};
    for (int i = 0; i < 2; i++) {
        propto *p = with(theories[i]);
        propto_request q = {.command = PROPTO_DERIVE, .laws = laws, .nlaws = 1};
        assert_int_equal(propto_run(p, &q), i);
        propto_free(p);
    }
}

static void vary_frees_the_exponents_of_the_laws_that_are_named(void **state) {
    (void)state;
    const char *labels[] = {"@2"}, *ranges[] = {"ℓ ≲ N_p^(-1/2)", "Q ∝ w"};
    propto *p = with(original);
    propto_request q = {.command = PROPTO_VARY, .laws = labels, .nlaws = 1};
    assert_int_equal(propto_run(p, &q), 0);
    assert_holds(propto_output(p), "L ∝ w^s  s = 1 in the file");
    assert_holds(propto_output(p), "ℓ ∝ N_p^(-1/(2+s))  at s = 1 (the file): -1/3");
    assert_null(strstr(propto_output(p), "≲"));
    q.ranges = ranges, q.nranges = 2;
    assert_int_equal(propto_run(p, &q), 2);
    assert_holds(propto_errors(p), "<ranges>:2:1");
    labels[0] = "@9", q.nranges = 0;
    assert_int_equal(propto_run(p, &q), 2);
    assert_string_equal(propto_output(p), "");
    assert_holds(propto_errors(p), "did you mean");
    propto_free(p);
}

static void export_writes_smt2(void **state) {
    (void)state;
    propto *p = with(original);
    assert_int_equal(ask(p, PROPTO_EXPORT, PROPTO_SMT2), 0);
    assert_holds(propto_output(p), "(check-sat)");
    propto_free(p);
}

static int occurrences(const char *z, const char *what) {
    int n = 0;
    for (const char *at = z; (at = strstr(at, what)); at++) n++;
    return n;
}

static void export_writes_lemmas_for_coq(void **state) {
    (void)state;
    propto *p = with("quantity w, N\nA: N ~ w^2\nw ~ N^?\n");
    assert_int_equal(ask(p, PROPTO_EXPORT, PROPTO_COQ), 0);
    assert_holds(propto_output(p), "Lemma line_3 (x_w x_N : R)");
    assert_holds(propto_output(p), "(H_A : x_N = 2 * x_w)");
    assert_holds(propto_output(p), ": 2 * x_w = x_N.\nProof.");
    propto_free(p);
}

static const char *first_of(const cJSON *x, const char *list, const char *member) {
    const cJSON *one = cJSON_GetArrayItem(cJSON_GetObjectItem(x, list), 0);
    return cJSON_GetStringValue(cJSON_GetObjectItem(one, member));
}

/* D scales in no solution, which only nonlinear arithmetic shows: before it has, nothing is said
 * of what holds where D does, though some of the statements alone would settle it. */
static void a_limit_makes_nothing_exact_or_proved(void **state) {
    (void)state;
    static const char resting[] =
        "quantity D, T, Np, w, l\nparam a\nT ~ D^a\nNp ~ D^(a/(3+a)) T^a\nw ~ Np^(a/3) D^2\n"
        "w ~ l\nl ~ T^4 w^-1\na <= 1\nD ~ D^?\n∴ w ~ l when D grows\n";
    int decided = 0;
    for (unsigned long long work = 100; work < 4000000; work = work * 7 / 3) {
        propto *p = with(resting);
        propto_request q = {.format = PROPTO_JSON, .quiet = 1, .rlimit = work};
        propto_run(p, &q);
        cJSON *x = only_object(p);
        const char *kind = first_of(x, "answers", "kind");
        const char *verdict = first_of(x, "conclusions", "verdict");
        if (!strcmp(kind, "exact") || !strcmp(verdict, "proved"))
            fail_msg("%s, %s with %llu", kind, verdict, work);
        decided += !strcmp(kind, "undefined") && !strcmp(verdict, "vacuous");
        cJSON_Delete(x);
        propto_free(p);
    }
    assert_true(decided);
}

/* Of what is written with more and more work allowed: the exit code is 3 until all is there. */
static void an_export_that_a_limit_cut_ends_with_code_3(void **state) {
    (void)state;
    static const char sums[] = "quantity w, L, N, D, l\nA: N ~ w^2 L + w^3\nB: L ~ w + N^(1/2)\n"
                               "C: l ~ N^(-1/3) + D^(-1/2)\nE: D ~ N\nw grows\nl ~ N^?\n";
    static const propto_format formats[] = {PROPTO_COQ, PROPTO_SMT2};
    static const char *const missing[][2] = {{"undecided", "(* Not here: the limit was reached"},
                                             {"status unknown", "; The limit was reached before"}};
    for (int k = 0; k < 2; k++) {
        propto *whole = with(sums);
        int whole_at = 0, seen[2] = {0};
        assert_int_equal(ask(whole, PROPTO_EXPORT, formats[k]), 0);
        for (int work = 1; work < 1 << 16; work += 1 + work / 16) {
            propto *p = with(sums);
            propto_request q = {
                .command = PROPTO_EXPORT, .format = formats[k], .rlimit = (unsigned)work};
            int code = propto_run(p, &q);
            int same = strcmp(propto_output(p), propto_output(whole)) == 0;
            if (code != 3 && (code != 0 || !same)) fail_msg("code %d, %d steps", code, work);
            for (int i = 0; i < 2; i++) seen[i] += strstr(propto_output(p), missing[k][i]) != NULL;
            whole_at += code == 0;
            propto_free(p);
        }
        assert_true(whole_at && seen[0] && seen[1]);
        propto_free(whole);
    }
}

static void texts_stay_in_the_comments_of_coq(void **state) {
    (void)state;
    propto *p = with(
        "quantity w, N\nregime r \"*) Lemma bad : False. (* \x1b[2J\" { A: N ~ w\nN ~ w^? }\n");
    assert_int_equal(ask(p, PROPTO_EXPORT, PROPTO_COQ), 0);
    const char *z = propto_output(p);
    assert_int_equal(occurrences(z, "(*"), occurrences(z, "*)"));
    assert_int_equal(occurrences(z, "\nLemma bad"), 0);
    assert_null(strchr(z, '\x1b'));
    assert_null(strchr(z, '"'));
    assert_holds(z, "Lemma bad : False.");
    propto_free(p);
}

static void explain_code_prints_the_page_of_a_code(void **state) {
    (void)state;
    const char *codes[] = {"E001", "E999"};
    propto *p = propto_new();
    propto_request q = {.command = PROPTO_EXPLAIN_CODE, .laws = codes, .nlaws = 1};
    assert_int_equal(propto_run(p, &q), 0);
    assert_holds(propto_output(p), "E001");
    q.nlaws = 2;
    assert_int_equal(propto_run(p, &q), 2);
    assert_holds(propto_errors(p), "E999");
    propto_free(p);
}

static void ascii_reaches_every_output(void **state) {
    (void)state;
    static const char *const theories[] = {original, conflicting, broken};
    for (int i = 0; i < 6; i++) {
        propto *p = with(theories[i / 2]);
        propto_format format = i % 2 ? PROPTO_JSON : PROPTO_TEXT;
        propto_run(p, &(propto_request){.format = format, .ascii = 1});
        const char *both[] = {propto_output(p), propto_errors(p)};
        for (int k = 0; k < 2; k++)
            for (const char *c = both[k]; *c; c++) assert_true((unsigned char)*c < 0x80);
        propto_free(p);
    }
}

static void quiet_leaves_a_line_for_each_theory(void **state) {
    (void)state;
    propto *p = with(original);
    propto_add_text(p, "second", conflicting, strlen(conflicting));
    propto_run(p, &(propto_request){.quiet = 1});
    assert_string_equal(propto_output(p), "demo: consistent\nsecond: contradictory\n");
    propto_free(p);
}

static void several_theories_end_in_a_summary(void **state) {
    (void)state;
    propto *p = with(original);
    propto_add_text(p, "second", broken, strlen(broken));
    ask(p, PROPTO_CHECK, PROPTO_TEXT);
    assert_holds(propto_output(p), "\n\ndemo    consistent\nsecond  not read\n");
    propto_free(p);
}

static void limits_are_known_by_the_names_of_their_flags(void **state) {
    (void)state;
    static const char *const names[] = {"max-bytes",      "max-depth", "max-terms", "max-digits",
                                        "max-statements", "max-files", "max-name"};
    propto *p = with(original);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(propto_set_limit(p, names[i], 1000), 1);
    assert_int_equal(propto_set_limit(p, "max-nothing", 1), 0);
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 0);
    propto_set_limit(p, "max-statements", 2);
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 2);
    assert_holds(propto_errors(p), "max-statements");
    propto_free(p);
}

static void max_bytes_holds_for_text_too(void **state) {
    (void)state;
    propto *p = with(original);
    propto_set_limit(p, "max-bytes", 10);
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 2);
    assert_holds(propto_errors(p), "max-bytes");
    propto_free(p);
}

static void a_limit_on_the_solvers_leaves_the_verdict_unknown(void **state) {
    (void)state;
    propto *p = with(conflicting);
    propto_request q = {.format = PROPTO_JSON, .rlimit = 1};
    assert_int_equal(propto_run(p, &q), 3);
    cJSON *x = only_object(p);
    assert_string_equal(member(x, "verdict"), "unknown");
    assert_string_equal(member(x, "reason"), "resource limit");
    cJSON_Delete(x);
    propto_free(p);
}

static void an_interrupt_stops_the_next_run_and_no_other(void **state) {
    (void)state;
    propto *p = with(conflicting);
    propto_interrupt(p);
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 3);
    assert_holds(propto_output(p), "unknown (interrupted)");
    assert_int_equal(ask(p, PROPTO_CHECK, PROPTO_TEXT), 1);
    propto_free(p);
}

static void *check_often(void *theory) {
    char *all = NULL;
    for (int i = 0; i < 5; i++) {
        propto *p = with(theory);
        ask(p, PROPTO_CHECK, PROPTO_TEXT);
        free(all);
        all = strdup(propto_output(p));
        propto_free(p);
    }
    return all;
}

static void p3_sessions_in_two_threads_do_not_meet(void **state) {
    (void)state;
    static char theories[2][sizeof original + sizeof conflicting];
    strcpy(theories[0], original);
    strcpy(theories[1], conflicting);
    char *alone[2] = {check_often(theories[0]), check_often(theories[1])};
    pthread_t threads[2];
    for (int i = 0; i < 2; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, check_often, theories[i]), 0);
    for (int i = 0; i < 2; i++) {
        void *together;
        pthread_join(threads[i], &together);
        assert_string_equal(together, alone[i]);
        free(together);
        free(alone[i]);
    }
}

static void format_gives_each_input_its_canonical_text(void **state) {
    (void)state;
    propto *p = propto_new();
    size_t size = 0;
    int canonical = -1;
    assert_null(propto_formatted(p, 0, &size, &canonical));
    propto_add_text(p, "a", "N ~ w", 5);
    propto_add_text(p, "b", "N ~", 3);
    propto_add_text(p, "c", "w grows\n", 8);
    propto_request q = {.command = PROPTO_FORMAT, .check = 1};
    assert_int_equal(propto_run(p, &q), 2);
    assert_string_equal(propto_output(p), "a\n");
    assert_holds(propto_errors(p), "E104");
    assert_string_equal(propto_formatted(p, 0, &size, &canonical), "N ∝ w\n");
    assert_int_equal(size, strlen("N ∝ w\n"));
    assert_false(canonical);
    assert_null(propto_formatted(p, 1, &size, &canonical));
    assert_string_equal(propto_formatted(p, 2, &size, &canonical), "w grows\n");
    assert_true(canonical);
    assert_null(propto_formatted(p, 3, &size, &canonical));
    assert_null(propto_formatted(p, -1, &size, &canonical));
    q = (propto_request){.command = PROPTO_FORMAT, .write = 1};
    assert_int_equal(propto_run(p, &q), 2);
    assert_string_equal(propto_output(p), "");
    propto_free(p);
}

static void a_terminal_gets_no_control_characters_of_a_formatted_text(void **state) {
    (void)state;
    propto *p = propto_new();
    propto_add_text(p, "a", "w grows # \x1b[2J\n", 15);
    propto_run(p, &(propto_request){.command = PROPTO_FORMAT});
    assert_string_equal(propto_output(p), "w grows  # \x1b[2J\n");
    propto_run(p, &(propto_request){.command = PROPTO_FORMAT, .terminal = 1});
    assert_string_equal(propto_output(p), "w grows  # \\u{1b}[2J\n");
    propto_free(p);
}

/* A theory with parameters, so that both solvers have been asked before. */
static void a_session_may_have_one_theory_after_the_other(void **state) {
    (void)state;
    static const char *const theories[] = {
        "parameter a\nN ∝ w^a\nN_p ∝ N^2 w\nw grows\nw ∝ N_p^?\n", claimed,  "N ∝", conflicting,
        "parameter a\nN ∝ w^a\nN_p ∝ N^2 w\nw grows\nw ∝ N_p^?\n", original,
    };
    propto *many = propto_new();
    for (int i = 0; i < 6; i++) {
        propto *one = with(theories[i]);
        propto_clear(many);
        propto_add_text(many, "demo", theories[i], strlen(theories[i]));
        assert_int_equal(ask(many, PROPTO_CHECK, PROPTO_JSON), ask(one, PROPTO_CHECK, PROPTO_JSON));
        assert_string_equal(propto_output(many), propto_output(one));
        propto_free(one);
    }
    propto_clear(many);
    propto_clear(many);
    assert_int_equal(ask(many, PROPTO_CHECK, PROPTO_JSON), 0);
    assert_string_equal(propto_output(many), "");
    propto_free(many);
}

static void versions_are_told(void **state) {
    (void)state;
    assert_string_equal(propto_version(), PROPTO_VERSION);
    assert_true(atoi(propto_solver_version()) >= 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(p4_exit_codes_are_those_of_the_program),
        cmocka_unit_test(p4_the_worst_input_gives_the_code),
        cmocka_unit_test(p2_outputs_are_terminated_and_empty_before_a_run),
        cmocka_unit_test(p6_the_same_request_gives_the_same_output),
        cmocka_unit_test(json_has_verdict_answers_cores_and_repairs),
        cmocka_unit_test(json_answers_for_a_parameter),
        cmocka_unit_test(json_lists_redundant_statements_where_they_were_looked_for),
        cmocka_unit_test(json_of_a_file_that_cannot_be_read_has_its_diagnostics_alone),
        cmocka_unit_test(text_of_a_file_that_cannot_be_read_goes_to_errors),
        cmocka_unit_test(a_nul_in_the_text_is_refused),
        cmocka_unit_test(derive_answers_the_laws_that_are_asked),
        cmocka_unit_test(derive_keeps_what_a_theory_claims_of_itself),
        cmocka_unit_test(vary_frees_the_exponents_of_the_laws_that_are_named),
        cmocka_unit_test(export_writes_smt2),
        cmocka_unit_test(export_writes_lemmas_for_coq),
        cmocka_unit_test(a_limit_makes_nothing_exact_or_proved),
        cmocka_unit_test(an_export_that_a_limit_cut_ends_with_code_3),
        cmocka_unit_test(texts_stay_in_the_comments_of_coq),
        cmocka_unit_test(explain_code_prints_the_page_of_a_code),
        cmocka_unit_test(ascii_reaches_every_output),
        cmocka_unit_test(quiet_leaves_a_line_for_each_theory),
        cmocka_unit_test(several_theories_end_in_a_summary),
        cmocka_unit_test(limits_are_known_by_the_names_of_their_flags),
        cmocka_unit_test(max_bytes_holds_for_text_too),
        cmocka_unit_test(a_limit_on_the_solvers_leaves_the_verdict_unknown),
        cmocka_unit_test(an_interrupt_stops_the_next_run_and_no_other),
        cmocka_unit_test(p3_sessions_in_two_threads_do_not_meet),
        cmocka_unit_test(format_gives_each_input_its_canonical_text),
        cmocka_unit_test(a_terminal_gets_no_control_characters_of_a_formatted_text),
        cmocka_unit_test(a_session_may_have_one_theory_after_the_other),
        cmocka_unit_test(versions_are_told),
    };
    return cmocka_run_group_tests_name("api", tests, NULL, NULL);
}
