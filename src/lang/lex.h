/* lex: text to tokens.
 *
 * Every symbol has a Unicode, an ASCII and a LaTeX spelling; after this file they are one
 * token. A name comes out in its canonical spelling: NFC, Greek letters as letters,
 * `N_{p}` as `N_p`, `C₀` as `C_0`, then primes and a star. The lexer knows where a newline
 * ends a statement and where it does not. Labels, citations and paths are no tokens: the
 * parser asks for them where they may stand.
 */
#ifndef LANG_LEX_H
#define LANG_LEX_H

#include "base/diag.h"
#include "lang/lang.h"

/* TOKEN(kind, as shown in messages) */
#define TOKENS(TOKEN)                                                                              \
    TOKEN(BAD, "an error")                                                                         \
    TOKEN(EOF, "the end of the file")                                                              \
    TOKEN(NEWLINE, "the end of the line")                                                          \
    TOKEN(SEMICOLON, "`;`")                                                                        \
    TOKEN(NAME, "a name")                                                                          \
    TOKEN(NUMBER, "a number")                                                                      \
    TOKEN(SUPER, "a superscript")                                                                  \
    TOKEN(STRING, "a text in quotes")                                                              \
    TOKEN(LINE, "a line such as `@7`")                                                             \
    TOKEN(LPAREN, "`(`")                                                                           \
    TOKEN(RPAREN, "`)`")                                                                           \
    TOKEN(LBRACKET, "`[`")                                                                         \
    TOKEN(RBRACKET, "`]`")                                                                         \
    TOKEN(LBRACE, "`{`")                                                                           \
    TOKEN(RBRACE, "`}`")                                                                           \
    TOKEN(COMMA, "`,`")                                                                            \
    TOKEN(COLON, "`:`")                                                                            \
    TOKEN(QUESTION, "`?`")                                                                         \
    TOKEN(CARET, "`^`")                                                                            \
    TOKEN(PLUS, "`+`")                                                                             \
    TOKEN(MINUS, "`-`")                                                                            \
    TOKEN(TIMES, "`·`")                                                                            \
    TOKEN(SLASH, "`/`")                                                                            \
    TOKEN(PLUSMINUS, "`±`")                                                                        \
    TOKEN(RADICAL, "`√`")                                                                          \
    TOKEN(FRACTION, "`\\frac`")                                                                    \
    TOKEN(PROPTO, "`∝`")                                                                           \
    TOKEN(ATMOST, "`≲`")                                                                           \
    TOKEN(ATLEAST, "`≳`")                                                                          \
    TOKEN(BELOW, "`≪`")                                                                            \
    TOKEN(ABOVE, "`≫`")                                                                            \
    TOKEN(EQUAL, "`=`")                                                                            \
    TOKEN(UNEQUAL, "`≠`")                                                                          \
    TOKEN(LESS, "`<`")                                                                             \
    TOKEN(LESSEQ, "`≤`")                                                                           \
    TOKEN(GREATER, "`>`")                                                                          \
    TOKEN(GREATEREQ, "`≥`")                                                                        \
    TOKEN(MEMBER, "`∈`")                                                                           \
    TOKEN(THEREFORE, "`∴`")                                                                        \
    TOKEN(CONTRADICTION, "`⊥`")                                                                    \
    TOKEN(INFINITY, "`∞`")

/* KEYWORD(kind, spelling): reserved, never names. */
#define KEYWORDS(KEYWORD)                                                                          \
    KEYWORD(QUANTITY, "quantity")                                                                  \
    KEYWORD(CONST, "const")                                                                        \
    KEYWORD(PARAM, "param")                                                                        \
    KEYWORD(GIVEN, "given")                                                                        \
    KEYWORD(OPTIONAL, "optional")                                                                  \
    KEYWORD(REGIME, "regime")                                                                      \
    KEYWORD(WITHOUT, "without")                                                                    \
    KEYWORD(WITH, "with")                                                                          \
    KEYWORD(USE, "use")                                                                            \
    KEYWORD(AS, "as")                                                                              \
    KEYWORD(WHERE, "where")                                                                        \
    KEYWORD(IS, "is")                                                                              \
    KEYWORD(WHEN, "when")                                                                          \
    KEYWORD(AND, "and")                                                                            \
    KEYWORD(OR, "or")                                                                              \
    KEYWORD(AT, "at")                                                                              \
    KEYWORD(FIXED, "fixed")                                                                        \
    KEYWORD(GROW, "grow")                                                                          \
    KEYWORD(GROWS, "grows")                                                                        \
    KEYWORD(SHRINK, "shrink")                                                                      \
    KEYWORD(SHRINKS, "shrinks")                                                                    \
    KEYWORD(SCALE, "scale")                                                                        \
    KEYWORD(SCALES, "scales")                                                                      \
    KEYWORD(CHOOSE, "choose")                                                                      \
    KEYWORD(TO, "to")                                                                              \
    KEYWORD(MINIMIZE, "minimize")                                                                  \
    KEYWORD(MAXIMIZE, "maximize")                                                                  \
    KEYWORD(PROOF, "proof")                                                                        \
    KEYWORD(BY, "by")                                                                              \
    KEYWORD(SQRT, "sqrt")                                                                          \
    KEYWORD(LOG, "log")                                                                            \
    KEYWORD(LN, "ln")                                                                              \
    KEYWORD(EXP, "exp")                                                                            \
    KEYWORD(MAX, "max")                                                                            \
    KEYWORD(MIN, "min")                                                                            \
    KEYWORD(SLOPE, "slope")

typedef enum {
#define TOKEN(kind, shown) TOK_##kind,
    TOKENS(TOKEN)
#undef TOKEN
#define KEYWORD(kind, spelling) KW_##kind,
        KEYWORDS(KEYWORD)
#undef KEYWORD
            TOKEN_KINDS
} token_kind;

typedef struct {
    token_kind kind;
    span at;
    bool spaced; /* a blank or a newline before it */
    str text;    /* NAME: canonical; NUMBER: as written; SUPER: in ASCII, "-1/3"; STRING: inside */
    size_t base; /* NAME: bytes of the text before subscript, primes and star */
} token;

typedef struct {
    arena *arena;
    const source *src;
    const lang_limits *limits; /* no member 0 */
    diags *sink;
    size_t at;
    int brackets;    /* open ( and [, in which newlines are blanks */
    token_kind last; /* after an infix operator a newline is a blank */
} lexer;

lexer lex_start(arena *a, const source *src, const lang_limits *limits, diags *sink);
/* The next token. Errors are reported, and come out as BAD. */
token lex_next(lexer *lx);

/* A label, or the name of a regime, at the byte `from`: letters, digits, `_ - .`, or a line
 * such as `@7`. Empty (and nothing moves) where there is none; else the lexer goes on after it. */
str lex_label(lexer *lx, size_t from);
/* The same if a colon follows, which is passed over as well. */
str lex_label_colon(lexer *lx, size_t from);
/* What stands between the `[` at the byte `from` and its `]`; s NULL where it is not closed. */
str lex_citation(lexer *lx, size_t from);
/* Goes on at a byte, as if at the start of a statement. */
void lex_restart(lexer *lx, size_t from);

const char *token_shown(token_kind kind);
/* A part of the source for a message: short, on one line. */
const char *lex_quote(arena *a, str s);
/* The limits with the default for every 0. */
lang_limits lex_limits(const lang_limits *given);

#endif
