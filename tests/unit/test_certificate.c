/* Certificates: what is read, what is refused, and that the needs of a thesis are what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>
#include "../digest.h"
#include "algebra/audit.h"
#include "propto.h"
#include "render/certificate.h"

/* --- certificates of small theories --- */

static str made(arena *a, const char *theory) {
    propto *p = propto_new();
    propto_add_text(p, "t", theory, strlen(theory));
    propto_run(p, &(propto_request){.command = PROPTO_CHECK, .certificate = 1});
    str s = str_copy(a, (str){propto_certificate(p), propto_certificate_size(p)});
    propto_free(p);
    return s;
}

/* The same, where there is little work for it. */
static str made_in_haste(arena *a, const char *theory, unsigned long long rlimit) {
    propto *p = propto_new();
    propto_request q = {.command = PROPTO_CHECK, .certificate = 1, .rlimit = rlimit};
    propto_add_text(p, "t", theory, strlen(theory));
    propto_run(p, &q);
    str s = str_copy(a, (str){propto_certificate(p), propto_certificate_size(p)});
    propto_free(p);
    return s;
}

static str sealed(arena *a, const char *json) {
    char digest[DIGEST_DIGITS + 1] = {0};
    size_t n = strlen(json) - 1;
    put_digest(json, n, digest);
    return str_of(formatted(a, "%.*s,\"seal\":\"%s\"}\n", (int)n, json, digest));
}

/* The certificate with `from` replaced by `to` once, sealed anew. */
static str forged(arena *a, str s, const char *from, const char *to) {
    const char *z = str_z(a, s), *at = strstr(z, from), *seal = strstr(z, ",\"seal\"");
    assert_non_null(at);
    char *json = formatted(a, "%.*s%s%.*s}", (int)(at - z), z, to,
                           (int)(seal - at - (ptrdiff_t)strlen(from)), at + strlen(from));
    return sealed(a, json);
}

static int verified(str s, const char *theory) {
    propto_verification v = {.name = "c", .bytes = s.s, .size = s.n};
    if (theory) v.theory = "t", v.theory_text = theory, v.theory_size = strlen(theory);
    propto_report *r = propto_verify(&v);
    int code = propto_report_code(r);
    propto_report_free(r);
    return code;
}

static const char chain[] = "A: N ∝ w; B: L ∝ N^2; w grows; L ∝ w^?; ∴ L grows";

static void every_kind_of_statement_is_verified(void **state) {
    (void)state;
    static const char *const theories[] = {
        chain,
        "N ∝ w; N ∝ 1; w grows; N ∝ w^?",
        "N ∝ w; N ∝ 1; L ∝ w; L ∝ N^?",
        "w grows; L ≲ w; L ≳ 1; A ∝ w² L; A ∝ w^?; A ? w; ∴ A ≳ w^3",
        "w grows; L ≪ w; A ∝ w² L; A ∝ w^?",
        "w grows; N ∝ w; D ∝ w; A ∝ w²; A ∝ N^? D^?",
        "w grows; N ∝ w; D ∝ L; A ∝ w² L^3; A ∝ N^? D^?",
        "w grows; N ∝ w; D ∝ L; A ∝ B; A ∝ N^? D^?",
        "L scales; L ∝ w; N ∝ L^2; N ∝ 1; ∴ contradiction",
        "param α; quantity w, y; 1 ≤ α; α < 2; w grows; y ∝ w^α; y ∝ w^?; α = ?; ∴ y ≳ w",
        "ℓ ∝ N^(-1/3) + D^(-1/4); C ∝ N D; M: choose N, D to minimize ℓ at fixed C; C grows; ℓ ∝ "
        "C^?",
        "y ∝ A + B; A ∝ w; B ∝ w^2; w grows; y ∝ w^?",
    };
    for (size_t i = 0; i < sizeof theories / sizeof *theories; i++) {
        arena *a = arena_new();
        str s = made(a, theories[i]);
        if (verified(s, theories[i]) != 0) print_error("%s\n", theories[i]);
        assert_int_equal(verified(s, theories[i]), 0);
        assert_int_equal(verified(s, NULL), 0);
        arena_free(a);
    }
}

static void what_is_not_proved_is_refused_though_sealed(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        int code; /* with the theory at hand */
    } changes[] = {
        {"\"value\":[\"2\"]", "\"value\":[\"3\"]", 1},              /* another exponent */
        {"\"is\":\"proved\"", "\"is\":\"refuted\"", 1},             /* another verdict */
        {"\"is\":\"consistent\"", "\"is\":\"contradictory\"", 1},   /* and another */
        {"[[0,\"1\"],[1,\"-1\"]]", "[[0,\"1\"],[1,\"-2\"]]", 1},    /* another law */
        {"\"facts\":[0,1],", "\"facts\":[0,2],", 1},                /* another support */
        {"\"facts\":[0,1],", "\"facts\":[1,0],", 2},                /* a list that falls */
        {"\"facts\":[0,1],", "\"facts\":[0,9],", 2},                /* no such fact */
        {"\"about\":0", "\"about\":1", 2},                          /* an answer for a conclusion */
        {"\"certificate\":1", "\"certificate\":2", 2},              /* another format */
        {"\"name\":\"t\"", "\"name\":\"t\",\"name\":\"t\"", 2},     /* a member twice */
        {"\"name\":\"t\"", "\"name\":\"t\",\"more\":\"t\"", 2},     /* a member too many */
        {"\"minimal\":true", "\"minimal\":1", 2},                   /* no flag */
        {"\"value\":[\"2\"]", "\"value\":[\"2/0\"]", 2},            /* no number */
        {"\"but\":[],\"with\":[0]", "\"but\":[0],\"with\":[0]", 1}, /* a claim about less */
        {"\"but\":[],\"with\":[0]", "\"but\":[],\"with\":[]", 1},   /* and about nothing */
        {"\"but\":[],\"with\":[0]", "\"but\":[],\"with\":[99]", 2}, /* no such formula */
        {"\"claim\":\"possible\"", "\"claim\":\"never\"", 1},       /* the opposite */
        {"\"claim\":\"possible\"", "\"claim\":\"maybe\"", 2},
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[]}", 0},
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[null]}", 1}, /* needless */
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[[[\"1\",\">\"]]]}", 1},
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[[]]}", 2},
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[[[\"1\",\"\",[[]]]]]}", 2},
        {"\"-1\"]]}", "\"-1\"]],\"signs\":[[[\"1\",\">=\"]]]}", 2},
        {"{\"claim\":", "{\"given\":[],\"claim\":", 2},
        {"\"solution\":[", "\"solution\":[\"1\",", 2},
        {"\"value\":[\"2\"]", "\"value\":[\"2\",\"2\"]", 2}, /* two for one base */
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        arena *a = arena_new();
        str s = made(a, chain);
        s = forged(a, s, changes[i].from, changes[i].to);
        if (verified(s, chain) != changes[i].code) print_error("%s\n", changes[i].to);
        assert_int_equal(verified(s, chain), changes[i].code);
        arena_free(a);
    }
}

static void a_broken_seal_is_refused(void **state) {
    (void)state;
    arena *a = arena_new();
    str s = made(a, chain);
    char *z = str_z(a, s);
    for (size_t i = 0; i < s.n; i += 97) {
        z[i] ^= 1;
        assert_int_equal(verified((str){z, s.n}, NULL), 2);
        z[i] ^= 1;
    }
    for (size_t n = 0; n < s.n; n += 131) assert_int_equal(verified((str){z, n}, NULL), 2);
    arena_free(a);
}

static char *repeated(arena *a, const char *open, int n, const char *shut) {
    text t = text_new(a);
    for (int i = 0; i < n; i++) text_puts(&t, open);
    for (int i = 0; i < n; i++) text_puts(&t, shut);
    return t.s;
}

static void hostile_files_get_a_clear_answer(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *const files[] = {
        "",
        "{}",
        "[]",
        "null",
        "{\"certificate\":1}",
        "{\"certificate\":1,\"theories\":[]}",
        "{\"certificate\":1,\"theories\":[1]}",
        "{\"certificate\":1e999,\"theories\":[]}",
        repeated(a, "[", 100000, "]"),
        repeated(a, "{\"a\":", 5000, "}"),
        formatted(a, "{\"certificate\":%s}", repeated(a, "1", 1000000, "")),
        formatted(a,
                  "{\"certificate\":1,\"theories\":[{\"name\":\"t\",\"symbols\":[],"
                  "\"parameters\":[],\"facts\":[{\"label\":\"A\",\"law\":\"A\",\"claim\":"
                  "[\"=\",[[],\"%s\"]]}],\"goals\":[],\"frames\":[]}]}",
                  repeated(a, "1", 1000000, "")),
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(verified(str_of(files[i]), NULL), 2);
        if (*files[i]) assert_int_equal(verified(sealed(a, files[i]), NULL), 2);
    }
    arena_free(a);
}

static void what_there_was_no_work_to_prove_is_not_said_to_be_proved(void **state) {
    (void)state;
    static const char theory[] =
        "quantity N, C; A: N ∝ C^(0.5 ± 0.1); B: C ∝ N^(0.9 ± 0.1); C grows; ∴ contradiction";
    for (unsigned long long rlimit = 1; rlimit < 10000000; rlimit *= 7) {
        arena *a = arena_new();
        assert_int_equal(verified(made_in_haste(a, theory, rlimit), theory), 0);
        arena_free(a);
    }
}

/* n monomials in eight parameters, of all kinds. */
static const char *polynomial_of(arena *a, int n, unsigned *seed) {
    text t = text_new(a);
    for (int i = 0; i < n; i++) {
        text_addf(&t, "%s[\"%u\"", i ? "," : "[", 1 + 7919 * (unsigned)i);
        for (int j = 0; j < 8; j++)
            text_addf(&t, ",%u", (*seed = *seed * 1103515245u + 12345u) >> 16 & 31);
        text_putc(&t, ']');
    }
    text_putc(&t, ']');
    return t.s;
}

static void large_polynomials_are_refused_in_good_time(void **state) {
    (void)state;
    arena *a = arena_new();
    unsigned seed = 1;
    text t = text_new(a);
    text_puts(&t, "{\"certificate\":1,\"theories\":[{\"name\":\"t\",\"symbols\":[");
    for (int i = 0; i < 8; i++)
        text_addf(&t, "%s{\"name\":\"%c\",\"sort\":\"parameter\"}", i ? "," : "", 'a' + i);
    text_puts(&t, "],\"parameters\":[0,1,2,3,4,5,6,7],\"facts\":[");
    for (int i = 0; i < 100; i++)
        text_addf(
            &t, "%s{\"label\":\"A\",\"law\":\"A\",\"claim\":[\"=\",[[],{\"num\":%s,\"den\":%s}]]}",
            i ? "," : "", polynomial_of(a, 200, &seed), polynomial_of(a, 200, &seed));
    text_puts(&t, "],\"goals\":[],\"frames\":[]}]}");
    str s = sealed(a, t.s);
    propto_verification v = {.name = "c", .bytes = s.s, .size = s.n};
    propto_report *r = propto_verify(&v);
    assert_int_equal(propto_report_code(r), 2);
    assert_non_null(strstr(propto_report_output(r), "its polynomials are too large"));
    propto_report_free(r);
    arena_free(a);
}

static void a_theory_must_be_told_of_whole(void **state) {
    (void)state;
    arena *a = arena_new();
    const certificate *c;
    int n;
    assert_null(from_certificate(a, made(a, chain), &c, &n));
    assert_int_equal(n, 1);
    assert_null(certificate_audit(a, c).missing);
    frame less = c->frames[0];
    less.ntheses--;
    assert_non_null(certificate_audit(a, &(certificate){c->p, &less, 1}).missing);
    assert_non_null(certificate_audit(a, &(certificate){c->p, NULL, 0}).missing);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_kind_of_statement_is_verified),
        cmocka_unit_test(what_is_not_proved_is_refused_though_sealed),
        cmocka_unit_test(a_broken_seal_is_refused),
        cmocka_unit_test(hostile_files_get_a_clear_answer),
        cmocka_unit_test(what_there_was_no_work_to_prove_is_not_said_to_be_proved),
        cmocka_unit_test(large_polynomials_are_refused_in_good_time),
        cmocka_unit_test(a_theory_must_be_told_of_whole),
    };
    return cmocka_run_group_tests_name("certificates", tests, NULL, NULL);
}
