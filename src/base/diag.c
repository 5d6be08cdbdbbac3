#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include "base/utf8.h"

static const struct {
    const char *name, *title;
    severity severity;
} codes[] = {
#define DIAG(code, severity, title) {#code, title, severity},
#include "base/diag.def"
#undef DIAG
};

const char *diag_name(diag_code code) {
    return codes[code].name;
}

const char *diag_title(diag_code code) {
    return codes[code].title;
}

severity diag_severity(diag_code code) {
    return codes[code].severity;
}

place span_place(span at) {
    if (!at.src) return (place){0, 0};
    str bytes = at.src->bytes;
    size_t end = at.start < bytes.n ? at.start : bytes.n, line_start = 0;
    int line = 1;
    for (size_t i = 0; i < end; i++)
        if (bytes.s[i] == '\n') {
            line++;
            line_start = i + 1;
        }
    str before = {bytes.n ? bytes.s + line_start : "", end - line_start};
    return (place){line, 1 + utf8_graphemes(before)};
}

diag *diag_add(diags *sink, diag_code code, span at, const char *format, ...) {
    char small[1];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(small, sizeof small, format, again);
    va_end(again);
    char *message = arena_alloc(sink->arena, (size_t)(n < 0 ? 0 : n) + 1);
    if (n > 0) vsnprintf(message, (size_t)n + 1, format, args);
    va_end(args);
    diag d = {.code = code, .at = at, .message = message};
    vec_push(sink->arena, &sink->list, d);
    if (diag_severity(code) == SEVERITY_ERROR) sink->errors++;
    return &sink->list.v[sink->list.n - 1];
}

bool diags_go_on(diags *sink, span at) {
    enum { SHORT_TEXT = 256 };
    if (!sink->work || ++sink->asked < SHORT_TEXT || budget_left(sink->work)) return true;
    if (sink->stopped) return false;
    sink->stopped = true;
    diag *d = diag_add(sink, DIAG_E413, at, "%s: the rest was not read", sink->work->reason);
    if (strcmp(sink->work->reason, "time limit") == 0)
        d->help = "the limit is moved with --timeout";
    return false;
}

static int compare(const void *x, const void *y) {
    const diag *a = x, *b = y;
    const char *an = a->at.src ? a->at.src->name : "", *bn = b->at.src ? b->at.src->name : "";
    int c = strcmp(an, bn);
    if (c) return c;
    if (a->at.start != b->at.start) return a->at.start < b->at.start ? -1 : 1;
    return (a->code > b->code) - (a->code < b->code);
}

void diags_sort(diags *sink) {
    if (sink->list.n > 1) qsort(sink->list.v, sink->list.n, sizeof *sink->list.v, compare);
}
