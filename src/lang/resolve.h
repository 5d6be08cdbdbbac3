/* resolve: binds names, works out exponents, and refuses what has no meaning.
 *
 * After it, every NAME has its symbol; a run of letters has become the product that it
 * means; every POWER has a rational exponent or a hole; Landau's letters are told from names.
 */
#ifndef LANG_RESOLVE_H
#define LANG_RESOLVE_H

#include "lang/ast.h"
#include "lang/lex.h"
#include "lang/scope.h"

typedef struct {
    arena *arena;
    const lang_limits *limits;
    diags *sink;
    scope *scope;          /* the one that names are looked up in, and made in for a sketch */
    bool closed;           /* no new names, even in a sketch */
    bool names_lost;       /* say nothing about unknown names */
    names warned, unknown; /* names that were spoken of already */
    VEC(expr *) lettered;  /* powers with letters in the exponent, judged at the end */
} resolver;

resolver resolver_new(arena *a, scope *s, const lang_limits *limits, diags *sink);
/* Laws, questions and conclusions; other statements are left alone. */
void resolve_statement(resolver *r, statement *s);
/* When all names are known: what letters in exponents mean. */
void resolve_finish(resolver *r);

/* ---- shared with exponent.c ---- */

/* Works out the exponent of a POWER; false after an error or where it has letters. */
bool resolve_exponent(resolver *r, expr *power);
/* The value of an expression without names; false after an error. */
bool resolve_number(resolver *r, const expr *e, rat *out);
/* No names and nothing but numbers in it. */
bool expr_is_closed(const expr *e);

#endif
