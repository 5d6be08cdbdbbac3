/* print: statements in their canonical spelling.
 *
 * Spelling, not algebra: brackets, order and quotients stay as they were written. What is
 * printed can be read again, and then means the same.
 */
#ifndef LANG_PRINT_H
#define LANG_PRINT_H

#include "lang/ast.h"

/* How symbols are called: symbols[map ? map[sym] : sym].name. Without symbols a tree is printed
 * before its names are bound and its exponents worked out, with both as they were written. */
typedef struct {
    arena *arena;
    const symbol *symbols; /* NULL: names as they were written */
    const int *map;
    bool ascii; /* the ASCII spelling of signs and of names that have one */
    enum { AMONG_QUANTITIES, IN_COMPARISON, IN_EXPONENT } where; /* where to begin */
} printer;

str print_expr(const printer *p, const expr *e);
/* As a factor that a power may follow: in brackets where it needs them. */
str print_base(const printer *p, const expr *e);
/* A law, question or conclusion with its suppositions, without label, note and citation:
 * "ℓ ∝ N_p^? when L fixed", "contradiction". */
str print_statement(const printer *p, const statement *s);
/* A step of a proof with all that belongs to it: `1: N_p ∝ w³ "as L ∝ w" by A3, A2`. A proof as a
 * statement is its title and its steps on one line, `proof "title" { 1: ...; 2: ... }`. */
str print_step(const printer *p, const statement *s);
/* The conditions alone, each with a blank before it: " when L fixed". */
str print_suppositions(const printer *p, const statement *s);
/* "∝", "≤" */
const char *print_sign(const printer *p, relation r);
/* A name in its spelling: ASCII where that is asked for and reads as the same name. */
str print_name(const printer *p, str name, size_t base);

#endif
