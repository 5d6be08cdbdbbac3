/* written: a statement of any kind as a person writes it, in its canonical spelling.
 *
 * Names are not bound and exponents not worked out, so that a text can be spelled whose names are
 * wrong. All that depends on them is kept as it was written: runs of letters (`wL`), brackets
 * around them, numbers, and the places of `L(N)`.
 */
#ifndef LANG_WRITTEN_H
#define LANG_WRITTEN_H

#include "lang/print.h"
#include "lang/scope.h"

typedef struct {
    printer print;
    names parameters, quantities; /* of the text; see written_new */
    names old_lines; /* "@7", an index in new_lines: how statements called by lines are to be */
    const str *new_lines; /* called; NULL: as they were */
} writer;

/* A writer of the statements of a tree. It marks the laws that compare exponents, as far as that
 * can be told without the files that are used: it matters for their spacing alone. */
writer writer_new(arena *a, const ast *tree, bool ascii);
/* The statement up to its note, without its label; of a regime or a proof the head up to the
 * block. A step of a proof is written without `∴`. */
str written_statement(const writer *w, const statement *s);
str written_in_proof(const writer *w, const statement *s);
/* "by A3, A2"; "" */
str written_reasons(const writer *w, const statement *s);
/* "given A1:", "" */
str written_label(const writer *w, const statement *s);
/* In quotes: straight ones, or curly ones where the text has a straight one in it. */
str written_quoted(arena *a, str s);

#endif
