/* generate: random linear theories, as data, as text and as claims for the oracle.
 *
 * A theory is made from one number, its seed, and is the same on every machine.
 * Its sentences are spelled in one of the three spellings of the language. Parts
 * can be switched off (`alive`), so that a mismatch can be made smaller.
 */
#ifndef PROPERTY_GENERATE_H
#define PROPERTY_GENERATE_H

#include <stddef.h>
#include <stdint.h>

#include "oracle.h"

enum {
    MAX_FACTORS = 8,
    MAX_LINKS = 2,
    MAX_STATEMENTS = 12,
    MAX_GOALS = 5,
    MAX_REGIMES = 2,
    MAX_REGIME_PARTS = 2,
    MAX_BASES = 2,
    MAX_WHEN = 2,
    MAX_NAMES = 7,
    MAX_TEXT = 16384
};

/* A power of a quantity; with den = 0 a coefficient, which means nothing: num, or, where num is
 * 0, the constant of the theory. */
typedef struct {
    int var;
    long num, den;
} power;

typedef struct {
    power f[MAX_FACTORS];
    int n;
} product;

typedef enum { LINK_SAME, LINK_AT_MOST, LINK_AT_LEAST, LINK_LOWER, LINK_HIGHER } link;
typedef enum { GROWTH_UP, GROWTH_DOWN, GROWTH_NONE, GROWTH_ANY } growth;

/* A chain of products, a growth statement about quantities, or a comparison of one with 1. */
typedef enum { SAYS_CHAIN, SAYS_GROWTH, SAYS_BESIDE_ONE } sentence_kind;
typedef struct {
    sentence_kind kind;
    product side[MAX_LINKS + 1];
    link link[MAX_LINKS];
    int nlinks;
    int var[2], nvars;
    growth growth;
    bool turned; /* 1 ≪ w instead of w ≫ 1 */
} sentence;

typedef struct {
    sentence says;
    bool alive, given, optional, labelled;
    int line;
    char label[16]; /* as it is reported */
} statement;

typedef enum {
    ASKS_EXPONENT,
    ASKS_RELATION,
    ASKS_GROWTH,
    TELLS_SENTENCE,
    TELLS_CONTRADICTION,
    TELLS_CONSISTENT,
    TELLS_TRIVIAL
} goal_kind;

typedef struct {
    goal_kind kind;
    bool alive;
    product target; /* EXPONENT, RELATION */
    product other;  /* EXPONENT: known factors beside the holes; RELATION: the other side */
    int base[MAX_BASES], nbase; /* EXPONENT: the holes */
    int var;                    /* GROWTH */
    sentence says;              /* SENTENCE */
    sentence when[MAX_WHEN];
    int nwhen;
    bool at_fixed; /* when[0] spelled `at fixed` */
    int line;
} goal;

typedef struct {
    char name[16];
    bool alive;
    unsigned with;    /* a bit for each optional statement taken in */
    unsigned without; /* a bit for each statement left out; labelled ones only */
    statement s[MAX_REGIME_PARTS];
    int ns;
    goal g[MAX_REGIME_PARTS];
    int ng;
    unsigned quantities; /* the theory's and its own; set by theory_write */
} regime;

typedef struct {
    uint64_t seed;
    int nvars;
    bool declared; /* else a sketch */
    int spelling;  /* 0 Unicode, 1 ASCII, 2 LaTeX */
    statement s[MAX_STATEMENTS];
    int ns;
    goal g[MAX_GOALS];
    int ng;
    regime r[MAX_REGIMES];
    int nr;
    unsigned quantities; /* those that occur, a bit each; set by theory_write */
} theory;

void theory_make(theory *t, uint64_t seed);
/* Spells it out; fills in lines, labels and the quantities that occur. */
void theory_write(theory *t, char text[MAX_TEXT]);
/* What a sentence says of the exponents. */
claim sentence_claim(const sentence *s);
/* A growth statement, or one in another dress: left out at the level of equations. */
bool sentence_is_growth(const sentence *s);
/* What an exponent or a relation is asked of: target / other, or the quantity that may grow; as
 * whole numbers, all times the number that is returned. */
long goal_form(const goal *g, long form[ORACLE_VARS]);
bool goal_is_question(const goal *g);

#endif
