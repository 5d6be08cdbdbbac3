/* fuzz_verify: a theory, a zero byte, and changes of its certificate (edits.h).
 *
 * What must hold: the certificate as it is written is verified against its theory; a changed one,
 * sealed anew, has a code that is promised, in bounded time, and where it is verified, of
 * this theory, and relies on nobody's word, no other verdict. The certificate is made here, so that
 * no input here goes stale. */
#include "edits.h"
#include "propto.h"
#include "sealed.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT = 1024 };

/* A theory with its certificate, unsealed. */
typedef struct {
    char *theory, *body;
    size_t n, body_size;
    judgement first;
} proved;

static void demand(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "fuzz_verify: %s\n", what);
    abort();
}

static char *copy_of(const char *s, size_t n) {
    char *z = malloc(n + 1);
    if (!z) abort();
    memcpy(z, s, n);
    z[n] = 0;
    return z;
}

static propto *checked(const char *theory, size_t n) {
    propto *p = propto_new();
    propto_set_limit(p, "max-depth", 40);
    propto_set_limit(p, "max-terms", 60);
    propto_set_limit(p, "max-statements", 30);
    propto_set_limit(p, "max-digits", 20);
    propto_set_limit(p, "max-files", 1);
    propto_add_text(p, "fuzz", theory, n);
    propto_request q = {PROPTO_CHECK, .certificate = 1, .rlimit = 20000, .timeout = 1};
    q.max_cores = q.max_repairs = 4;
    demand(propto_run(p, &q) <= 3, "the program is not wrong");
    return p;
}

static proved prove(const char *theory, size_t n) {
    proved x = {.theory = copy_of(theory, n), .n = n};
    propto *p = checked(theory, n);
    size_t size = propto_certificate_size(p);
    if (size) {
        const char *s = propto_certificate(p);
        x.first = judge(s, size, theory, n);
        demand(x.first.code == 0, "what is written is verified");
        x.body_size = unsealed_size(s, size);
        x.body = copy_of(s, x.body_size);
    }
    propto_free(p);
    return x;
}

/* Making a certificate takes longest, and most inputs differ in their changes alone. */
static const proved *proved_of(const char *theory, size_t n) {
    static proved kept[KEPT];
    static unsigned next;
    for (int i = 0; i < KEPT; i++)
        if (kept[i].theory && kept[i].n == n && memcmp(kept[i].theory, theory, n) == 0)
            return &kept[i];
    proved *x = &kept[next++ % KEPT];
    free(x->theory);
    free(x->body);
    *x = prove(theory, n);
    return x;
}

/* The certificate with the changes made, sealed; to be freed. */
static char *changed(const proved *x, const uint8_t *edits, size_t n, size_t *size) {
    char *whole = malloc(x->body_size + 2);
    if (!whole) abort();
    memcpy(whole, x->body, x->body_size);
    memcpy(whole + x->body_size, "}", 2);
    cJSON *item = cJSON_Parse(whole);
    demand(item, "what is written is JSON");
    edit(item, edits, n);
    char *text = cJSON_PrintUnformatted(item);
    *size = strlen(text) - 1;
    char *s = sealed(text, size);
    cJSON_free(text);
    cJSON_Delete(item);
    free(whole);
    return s;
}

static void hold_changed(const proved *x, const uint8_t *edits, size_t n) {
    size_t size;
    char *s = changed(x, edits, n, &size);
    judgement j = judge(s, size, x->theory, x->n);
    for (int i = 0; i < 3 && j.code == 0; i++)
        demand(j.verdicts[i] <= x->first.verdicts[i] || j.trusts || x->first.trusts,
               "no other verdict is verified");
    free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    const uint8_t *zero = n ? memchr(bytes, 0, n) : NULL;
    size_t theory = zero ? (size_t)(zero - bytes) : n;
    const proved *x = proved_of((const char *)bytes, theory);
    if (x->body && zero && n - theory > EDIT) hold_changed(x, zero + 1, n - theory - 1);
    return 0;
}

/* --- what a fuzzer tries: mostly other changes, now and then another theory --- */

#define WEAK __attribute__((weak)) /* only there where there is a fuzzer */
WEAK size_t LLVMFuzzerMutate(uint8_t *bytes, size_t n, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t most, unsigned seed);

static size_t mutate_theory(uint8_t *bytes, size_t theory, size_t n, size_t most) {
    size_t rest = n - theory;
    uint8_t *after = malloc(rest + 1);
    if (!after) abort();
    memcpy(after, bytes + theory, rest);
    theory = LLVMFuzzerMutate(bytes, theory, most - rest);
    for (size_t i = 0; i < theory; i++)
        if (bytes[i] == 0) bytes[i] = ' ';
    memcpy(bytes + theory, after, rest);
    free(after);
    return theory + rest;
}

size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t n, size_t most, unsigned seed) {
    const uint8_t *zero = n ? memchr(bytes, 0, n) : NULL;
    size_t theory = zero ? (size_t)(zero - bytes) : n;
    if (theory && (seed % 64 == 0 || theory + 1 >= most))
        return mutate_theory(bytes, theory, n, most);
    bytes[theory] = 0;
    size_t edits = zero ? n - theory - 1 : 0;
    return theory + 1 + LLVMFuzzerMutate(bytes + theory + 1, edits, most - theory - 1);
}
