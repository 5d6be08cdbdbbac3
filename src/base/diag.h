/* diag: sources, spans, and diagnostics as data.
 *
 * A source is a named run of bytes. A span is a stretch of one. A diagnostic
 * says what is wrong, where, what the other place is, and what would mend it;
 * it is collected in a sink and printed, if at all, by somebody else. Every
 * code is listed once, in diag.def.
 */
#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include "base/base.h"

typedef struct {
    const char *name; /* as shown to the user: a path, "<stdin>", "<command line>" */
    str bytes;
} source;

typedef struct {
    const source *src; /* NULL: no place */
    size_t start, end; /* bytes, start <= end <= src->bytes.n */
} span;

/* 1-based; the column counts characters (grapheme clusters), not bytes. */
typedef struct {
    int line, column;
} place;
place span_place(span at);

typedef enum { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE } severity;

typedef enum {
#define DIAG(code, severity, title) DIAG_##code,
#include "base/diag.def"
#undef DIAG
    DIAG_COUNT
} diag_code;

const char *diag_name(diag_code code); /* "E012" */
const char *diag_title(diag_code code);
severity diag_severity(diag_code code);

typedef struct {
    diag_code code;
    span at;
    const char *message;
    span other;       /* a second place; src NULL when there is none */
    const char *note; /* what the second place is, or more about the first; NULL */
    const char *help; /* the fix; NULL */
} diag;

typedef struct {
    arena *arena;
    VEC(diag) list;
    int errors;
    budget *work; /* of the reading; NULL: it may take as long as it takes */
    size_t asked; /* how often whether it may go on */
    bool stopped; /* the budget was gone before all was read, which is an error in the list */
} diags;

/* Files one diagnostic and returns it, so that note, other and help can be added. */
diag *diag_add(diags *sink, diag_code code, span at, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Whether the reading may go on, asked at each statement in each pass; where the budget is gone
 * that is an error, told once. A short text is read whatever the budget, so that the verdict on it
 * can be that there was no time. Spends nothing. */
bool diags_go_on(diags *sink, span at);
/* Sorted by source and place, as they should be read. */
void diags_sort(diags *sink);

#endif
