/* resolve: binds names, works out exponents, and refuses what has no meaning.
 *
 * After it, every NAME has its symbol; a run of letters has become the product that it
 * means; every POWER has a hole, a number or an expression of parameters as its exponent;
 * comparisons are told from laws of quantities, and Landau's letters from names.
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
    bool in_exponent;      /* what is read is an exponent, */
    bool comparing;        /* and stands in a comparison */
} resolver;

resolver resolver_new(arena *a, scope *s, const lang_limits *limits, diags *sink);
/* Laws, questions and conclusions; other statements are left alone. */
void resolve_statement(resolver *r, statement *s);
/* Each of a list, up to `most` errors in the sink. */
void resolve_list(resolver *r, statement *const *list, int n, int most);

/* ---- shared with sorts.c ---- */

/* A longer run of letters is no product that anybody wrote. */
enum { RUN_MAX = 32 };
/* Where the letters of a name end, the last before its subscript; how many, 0: it is no run. */
int run_letters(const expr *name, size_t *end);
bool landau_letter(str s, landau *out);

/* ---- shared with exponent.c ---- */

/* Binds a name, or makes it the product that it stands for; false after an error. */
bool resolve_name(resolver *r, expr **slot);
/* wL² is w L²: a power binds to the last letter of a run. */
void resolve_raise_last(expr **slot);
bool resolve_quantity(resolver *r, expr **slot);
/* Works out the exponent of a POWER of quantities; false after an error. */
bool resolve_exponent(resolver *r, expr *power);
/* The same for a side of a comparison. */
bool resolve_compared(resolver *r, expr **side);
/* The value of an expression without names; false after an error. */
bool resolve_number(resolver *r, const expr *e, rat *out);
/* No names and nothing but numbers in it. */
bool expr_is_closed(const expr *e);

#endif
