/* fuzz_parse: any bytes as a theory, up to the problem and the diagnostics of it.
 *
 * What must hold: no crash, no leak, no undefined behaviour; a problem only where there was no
 * error, and then one that keeps its promises; a diagnostic where there is none. */
#include "lang/lang.h"
#include "render/diagnose.h"
#include "render/to_text.h"
#include <stdlib.h>

/* Small limits, so that an input of a few kilobytes can be beyond each of them. */
static const lang_options options = {.limits = {.max_bytes = 1 << 16,
                                                .max_depth = 40,
                                                .max_terms = 200,
                                                .max_digits = 60,
                                                .max_statements = 300,
                                                .max_files = 3,
                                                .max_name = 40}};

static void demand(bool holds) {
    if (!holds) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    const source *src = source_of(a, "fuzz", (str){(const char *)bytes, n});
    const problem *p = lang_problem(a, src, NULL, &options, &sink);
    demand((p != NULL) == (sink.errors == 0));
    demand(p == NULL || problem_ok(p));
    diags_sort(&sink);
    doc *d = doc_new(a);
    style plain = {.width = 80};
    text said = text_new(a);
    diagnose(d, &sink, false, &plain);
    to_text(&said, d, &plain);
    arena_free(a);
    return 0;
}
