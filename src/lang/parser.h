/* parser: what the two halves of the parser share: statements (parse.c), expressions
 * (parse_expr.c). Functions give NULL or false after an error, which is then reported. */
#ifndef LANG_PARSER_H
#define LANG_PARSER_H

#include "lang/parse.h"

typedef struct {
    arena *arena;
    lexer lx;
    token tok;  /* the one to be looked at */
    size_t end; /* of the token before it */
    const lang_limits *limits;
    diags *sink;
    int depth; /* of brackets */
    int terms; /* in this statement */
    int holes; /* in this statement */
    int statements;
    const statement *before; /* the declaration that a comma goes on from, or NULL */
    int first_error;         /* errors in the sink before this file */
    size_t resume;           /* after an error: where a bracket was left open; else 0 */
    bool in_regime, in_proof;
    bool stopped;                         /* the rest is not to be read */
    bool declares, names_lost, uncertain; /* as in ast */
    size_t line_start;                    /* the byte up to which newlines were counted */
    int line;
} parser;

void advance(parser *p);
bool at(const parser *p, token_kind kind);
/* Passes over a token of the kind, if it is the next. */
bool accept(parser *p, token_kind kind);
/* Demands it: "`by` was expected here, ...". */
bool expect(parser *p, token_kind kind, const char *why);
/* Demands the closing bracket of the one at `open`. */
bool expect_close(parser *p, token_kind kind, span open);
/* The token here is not what was expected. */
void unexpected(parser *p, const char *expected);
span from_to(const parser *p, size_t start);

/* A sum of products; NULL after an error. */
expr *parse_expr(parser *p);
/* The one expression, or a LIST of several. */
expr *listed(parser *p, expr **item, int n);
expr *name_expr(parser *p, name_ref name);
/* Whether an expression can start here; a sign does not count. */
bool starts_expr(const parser *p);
/* The right side of a relation: an expression, or Landau's notation. */
expr *parse_side(parser *p);

#endif
