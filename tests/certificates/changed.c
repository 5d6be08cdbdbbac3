/* changed CERTIFICATE THEORY: a certificate with changes, many times over, in one process.
 *
 * Each line of standard input is a change, `KEEP OFFSET LENGTH BYTES`: with KEEP 1 the seal is left
 * as it was, with 0 it is made anew. For each, one digit: the code of propto_verify. */
#include "../digest.h"
#include "propto.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEAL = sizeof ",\"seal\":\"" - 1, DIGITS = DIGEST_DIGITS, TAIL = 3 };

typedef struct {
    char *s;
    size_t n;
} bytes;

static bytes read_all(const char *path) {
    bytes b = {NULL, 0};
    FILE *f = fopen(path, "rb");
    size_t cap = 1 << 16, n;
    if (!f || !(b.s = malloc(cap))) exit(9);
    while ((n = fread(b.s + b.n, 1, cap - b.n, f)) > 0) {
        b.n += n;
        if (b.n == cap && !(b.s = realloc(b.s, cap *= 2))) exit(9);
    }
    fclose(f);
    return b;
}

static bytes with_change(const bytes *of, size_t at, size_t n, const char *by) {
    bytes b = {malloc(of->n + strlen(by)), of->n - n + strlen(by)};
    if (!b.s || at + n > of->n) exit(9);
    memcpy(b.s, of->s, at);
    memcpy(b.s + at, by, strlen(by));
    memcpy(b.s + at + strlen(by), of->s + at + n, of->n - at - n);
    return b;
}

static void seal_anew(bytes *b) {
    size_t sealed = b->n - SEAL - DIGITS - TAIL;
    put_digest(b->s, sealed, b->s + sealed + SEAL);
}

static int code_of(const bytes *b, const char *theory) {
    propto_report *r = propto_verify(&(propto_verification){
        .name = "changed", .bytes = b->s, .size = b->n, .theory = theory, .quiet = 1});
    int code = propto_report_code(r);
    propto_report_free(r);
    return code;
}

int main(int argc, char **argv) {
    int keep;
    size_t at, n;
    char by[64];
    if (argc != 3) return 9;
    bytes certificate = read_all(argv[1]);
    while (scanf("%d %zu %zu %63s", &keep, &at, &n, by) == 4) {
        bytes b = with_change(&certificate, at, n, by);
        if (!keep) seal_anew(&b);
        putchar('0' + code_of(&b, argv[2]));
        free(b.s);
    }
    free(certificate.s);
    return 0;
}
