/* parser: what the parts of the parser share: tokens (parse_tokens.c), expressions (parse_expr.c),
 * laws, questions and choices (parse_law.c), declarations and `use` (parse_names.c), and statements
 * with their blocks (parse.c). Functions give NULL or false after an error, which is then
 * reported. */
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
/* The token here, in words: "`and`", or a name as it is written. */
const char *found_here(const parser *p);
/* The kind of the token after this one. */
token_kind next_kind(const parser *p);
bool ends_statement(token_kind k);
bool is_relation(token_kind k);
/* Whether a brace was opened. */
bool in_block(const parser *p);
/* Passes over the ends of lines before a token of this kind: a block may begin on the next one. */
void word_ahead(parser *p, token_kind kind);
span from_to(const parser *p, size_t start);
/* A label where the token starts; the parser goes on after it. */
bool label_here(parser *p, label_ref *out, const char *expected);
/* Labels between commas, after the word here; they are added to the n of the list. */
bool label_list(parser *p, const label_ref **list, int *n);

/* A sum of products; NULL after an error. */
expr *parse_expr(parser *p);
/* The one expression, or a LIST of several. */
expr *listed(parser *p, expr **item, int n);
expr *name_expr(parser *p, name_ref name);
/* Whether an expression can start here; a sign does not count. */
bool starts_expr(const parser *p);
/* The right side of a relation: an expression, or Landau's notation. */
expr *parse_side(parser *p);

typedef VEC(expr *) sides;
typedef VEC(joint) joints;

relation relation_of(token_kind k);
/* Between exponents, perhaps: then a side may be a list. */
bool may_compare(token_kind k);
/* A `?` where no hole can be, which is an error. */
bool bare_hole(parser *p, joint l);
/* The statement has this one law, no alternatives. */
void only(parser *p, statement *s, law l);
/* The error of a second question in one statement; false. */
bool two_questions(parser *p, span second);

/* The bodies of statements. */
bool parse_claim(parser *p, statement *s); /* a law or a question */
bool parse_conclusion(parser *p, statement *s);
bool parse_suppositions(parser *p, statement *s); /* when ... and ..., at fixed ... */
bool parse_choice(parser *p, statement *s);
bool parse_declaration(parser *p, statement *s);
bool parse_use(parser *p, statement *s);
/* After a note or a bound a comma begins another declaration of the same sort, of which
 * `declares_more` takes note: quantity N "neurons", w "width" */
bool declares_more(parser *p, const statement *s);
bool parse_another_declaration(parser *p, statement *s);

#endif
