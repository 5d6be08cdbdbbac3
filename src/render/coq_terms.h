/* coq_terms: names, formulas and comments of a problem as Coq reads them.
 *
 * A formula and its atoms have fixed spellings, so that a proof can name what a hypothesis is
 * taken apart into: node 0 of hypothesis H is called H, its node 3 is H'3, and that the denominator
 * of this node does not vanish is H'3'd. A name that is not the first of its kind has two primes.
 */
#ifndef RENDER_COQ_TERMS_H
#define RENDER_COQ_TERMS_H

#include "render/summands.h"

typedef struct {
    text *out;
    arena *a;
    str *symbol, *fact; /* identifiers; a symbol past the problem's is one of another solution */
} coq;

/* Names everything in the problem. The arena must outlive the writer. */
coq coq_new(text *out, arena *a, const problem *p);
void coq_say(coq *c, const char *z);
void coq_sayf(coq *c, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* An identifier out of ASCII letters, digits and _; what else there is becomes _. */
str coq_identifier(arena *a, const char *prefix, str name);
/* Text of a file, inside a comment; nothing, nor `before` and `after`, where it is empty. */
void coq_comment(coq *c, const char *before, str t, const char *after);

/* A polynomial form; a number. */
void coq_form(coq *c, form f);
/* The summands of f with positive coefficients, a sign, and the others with theirs turned. */
void coq_relation(coq *c, form f, const char *sign);
void coq_formula(coq *c, const formula *f);
/* Can the opposite be said without a negation before it? */
bool coq_has_opposite(arena *a, const formula *f);
/* The opposite of such a formula; `~ (...)` of others. */
void coq_opposite(coq *c, const formula *f);

const char *coq_node(arena *a, const char *name, int node);
/* Is there nothing to take apart but by cases? */
bool coq_stays_whole(arena *a, const formula *f);
/* The pattern of a hypothesis about the node, taken apart as far as that goes without cases. */
void coq_pattern(coq *c, const char *name, const formula *f, int node);
/* Tactics that take a hypothesis about the node apart, as far as that goes without cases. */
void coq_take_apart(coq *c, const char *name, const formula *f, int node);

#endif
