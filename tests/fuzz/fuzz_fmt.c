/* fuzz_fmt: any bytes as a theory, formatted, and formatted again.
 *
 * What must hold: formatting the second time changes nothing; the formatted text has the same
 * errors, or none and then the same problem. Texts of odd length are formatted in ASCII. */
#include "../property/forget_lines.h"
#include "propto.h"
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 512 };

typedef struct {
    char *s; /* NULL: none */
    size_t n;
} bytes;

static void demand(bool holds, const char *what) {
    if (holds) return;
    fprintf(stderr, "fuzz_fmt: %s\n", what);
    abort();
}

static bytes copy_of(const char *s, size_t n) {
    bytes b = {malloc(n + 1), n};
    if (!b.s) abort();
    memcpy(b.s, s, n);
    b.s[n] = 0;
    return b;
}

static propto *session_of(bytes text) {
    propto *p = propto_new();
    propto_set_limit(p, "max-bytes", 1 << 17);
    propto_set_limit(p, "max-depth", 60);
    propto_set_limit(p, "max-terms", 200);
    propto_set_limit(p, "max-files", 1);
    propto_add_text(p, "fuzz", text.s, text.n);
    return p;
}

static bytes formatted(bytes text, int ascii) {
    propto *p = session_of(text);
    bytes b = {NULL, 0};
    size_t n = 0;
    int canonical = 0, code = propto_run(p, &(propto_request){PROPTO_FORMAT, .ascii = ascii});
    const char *s = propto_formatted(p, 0, &n, &canonical);
    demand((code != 2) == (s != NULL), "a text is formatted, or refused");
    if (s) b = copy_of(s, n);
    demand(!s || !canonical || (n == text.n && memcmp(s, text.s, n) == 0),
           "canonical is unchanged");
    propto_free(p);
    return b;
}

static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : NULL;
}

/* The problem as SMT-LIB, without lines, and without work on it; none where the text has errors,
 * and their codes then. */
static bytes meaning(bytes text, char codes[CODES]) {
    propto *p = session_of(text);
    bytes b = {NULL, 0};
    size_t n = 0;
    propto_request q = {PROPTO_EXPORT, .format = PROPTO_SMT2, .ascii = 1, .rlimit = 1};
    int code = propto_run(p, &q);
    const char *line = propto_errors(p);
    codes[0] = 0;
    for (; code == 2 && line && n + 5 < CODES; line = next_line(line))
        if (strncmp(line, "error[E", 7) == 0)
            n += (size_t)snprintf(codes + n, CODES - n, "%.4s ", line + 6);
    if (code != 2) {
        b = copy_of(propto_output(p), propto_output_size(p));
        forget_lines(b.s);
    }
    propto_free(p);
    return b;
}

static void hold_meaning(bytes text, bytes after) {
    char before_codes[CODES], after_codes[CODES];
    bytes x = meaning(text, before_codes), y = meaning(after, after_codes);
    demand(!x.s == !y.s, "what has a meaning keeps it");
    demand(!x.s || strcmp(x.s, y.s) == 0, "the problem is the same");
    demand(strcmp(before_codes, after_codes) == 0, "the errors are the same");
    free(x.s);
    free(y.s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    bytes text = copy_of((const char *)data, n), once = formatted(text, n % 2);
    if (once.s) {
        bytes twice = formatted(once, n % 2);
        demand(twice.s && twice.n == once.n && memcmp(once.s, twice.s, once.n) == 0,
               "formatting twice is formatting once");
        hold_meaning(text, once);
        free(twice.s);
    }
    free(once.s);
    free(text.s);
    return 0;
}
