#include "sealed.h"

#include "../digest.h"
#include "propto.h"
#include <cjson/cJSON.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char before[] = ",\"seal\":\"", after[] = "\"}\n";
enum {
    BEFORE = sizeof before - 1,
    DIGITS = DIGEST_DIGITS,
    AFTER = sizeof after - 1,
    SEAL = BEFORE + DIGITS + AFTER
};

char *sealed(const char *body, size_t *n) {
    char *s = malloc(*n + SEAL + 1);
    if (!s) abort();
    memcpy(s, body, *n);
    memcpy(s + *n, before, BEFORE);
    put_digest(body, *n, s + *n + BEFORE);
    memcpy(s + *n + BEFORE + DIGITS, after, AFTER + 1);
    *n += SEAL;
    return s;
}

size_t unsealed_size(const char *certificate, size_t n) {
    if (n < SEAL || memcmp(certificate + n - SEAL, before, BEFORE) != 0) abort();
    return n - SEAL;
}

static int count(const char *in, const char *what) {
    int n = 0;
    for (const char *s = in; (s = strstr(s, what)); s++) n++;
    return n;
}

static bool is_json(const char *s) {
    cJSON *item = cJSON_Parse(s);
    cJSON_Delete(item);
    return item != NULL;
}

static propto_report *report_of(propto_verification v, int json) {
    v.json = json;
    propto_report *r = propto_verify(&v);
    int code = propto_report_code(r);
    if (code < 0 || code > 2) abort();
    return r;
}

/* The same, told as JSON. */
static void judge_as_json(propto_verification v, int code) {
    propto_report *r = report_of(v, 1);
    const char *said = propto_report_output(r);
    if (propto_report_code(r) != code || (*said && !is_json(said))) abort();
    propto_report_free(r);
}

judgement judge(const char *bytes, size_t n, const char *theory, size_t theory_size) {
    propto_verification v = {.name = "fuzz", .bytes = bytes, .size = n};
    if (theory) v.theory = "fuzz", v.theory_text = theory, v.theory_size = theory_size;
    propto_report *r = report_of(v, 0);
    const char *said = propto_report_output(r);
    judgement j = {
        propto_report_code(r),
        {count(said, ": consistent;"), count(said, ": contradictory;"), count(said, ": trivial;")},
        count(said, "relies on the solver") + count(said, "nothing is said of")};
    propto_report_free(r);
    if (n % 4 == 0) judge_as_json(v, j.code);
    return j;
}
