/* fuzz_check: any bytes as a theory, through every command, within small limits.
 *
 * The first byte chooses the command and the form of the output. What must hold: no crash, no
 * leak, no undefined behaviour, an exit code that is promised, and never the one that says that
 * the program is wrong. */
#include "propto.h"
#include <stdint.h>
#include <stdlib.h>

static const struct {
    const char *name;
    long long value;
} limits[] = {{"max-bytes", 4096}, {"max-depth", 40},      {"max-terms", 60}, {"max-digits", 30},
              {"max-name", 40},    {"max-statements", 40}, {"max-files", 1}};

static const propto_command commands[] = {PROPTO_CHECK, PROPTO_EXPLAIN, PROPTO_DERIVE,
                                          PROPTO_EXPORT};

static propto_request request_of(unsigned choice) {
    propto_request q = {.command = commands[choice % 4], .timeout = 0.5, .rlimit = 200000};
    if (q.command == PROPTO_EXPORT)
        q.format = PROPTO_SMT2;
    else if (choice & 4)
        q.format = PROPTO_JSON;
    q.ascii = (choice & 8) != 0;
    q.table = q.command == PROPTO_DERIVE && (choice & 16);
    q.max_cores = q.max_repairs = 8;
    return q;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    if (n == 0) return 0;
    propto *p = propto_new();
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        propto_set_limit(p, limits[i].name, limits[i].value);
    propto_add_text(p, "fuzz", (const char *)bytes + 1, n - 1);
    propto_request q = request_of(bytes[0]);
    int code = propto_run(p, &q);
    if (code < 0 || code > 3) abort();
    propto_free(p);
    return 0;
}
