/* doc: what is to be said, before it is decided how it looks.
 *
 * A document is a list of blocks: paragraphs, lines that are not broken, tables, gaps.
 * All text is in runs, each with the role it plays; an output format gives roles colours or
 * nothing. A paragraph is a table with one cell, so a format knows one thing only.
 */
#ifndef RENDER_DOC_H
#define RENDER_DOC_H

#include "base/base.h"

typedef enum {
    ROLE_PLAIN,
    ROLE_STRONG, /* titles */
    ROLE_GOOD,
    ROLE_BAD,
    ROLE_DOUBT,
    ROLE_QUIET, /* what may be overlooked: line numbers, rules */
    ROLE_LABEL, /* names of statements */
    ROLE_LAW,   /* never broken between two lines */
    ROLE_BLANK, /* as much room as the text would take */
    ROLE_COUNT
} role;

typedef struct {
    role role;
    str s;
} run;

typedef struct {
    arena *arena;
    VEC(run) runs;
} cell;

typedef struct {
    VEC(cell *) cells;
} row;

typedef struct {
    int indent;
    int flex; /* the column that is broken where the page is too narrow; -1: none */
    bool gap; /* an empty line instead of rows */
    VEC(row *) rows;
} block;

typedef struct {
    arena *arena;
    VEC(block *) blocks;
} doc;

/* How a document is printed. */
typedef struct {
    bool color, ascii;
    int width;
} style;

doc *doc_new(arena *a);
cell *doc_paragraph(doc *d, int indent);
/* A line that is never broken. */
cell *doc_line(doc *d, int indent);
/* An empty line, unless there is nothing before it or one already. */
void doc_gap(doc *d);
block *doc_table(doc *d, int indent, int flex);
row *doc_row(doc *d, block *table);
cell *doc_cell(doc *d, row *r);
/* Adds a run to a cell. */
void say(cell *c, role as, const char *format, ...) __attribute__((format(printf, 3, 4)));
void say_str(cell *c, role as, str s);

#endif
