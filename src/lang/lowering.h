/* lowering: what the two halves of lower share: statements (lower.c), and the values of
 * exponents (value.c), which are fractions of polynomials in the parameters.
 *
 * A statement with `max` or `min` of parameters is lowered once for each case of which argument
 * is the greatest; a conclusion with uncertain numbers once for each choice of their ends. Both
 * kinds of choice are counted through like the digits of a number.
 */
#ifndef LANG_LOWERING_H
#define LANG_LOWERING_H

#include "lang/ast.h"
#include "lang/lex.h"

/* One of `of` possibilities. */
typedef struct {
    int taken, of;
} choice;

typedef struct {
    VEC(choice) list;
    size_t next; /* the one that will be asked for */
} choices;

/* An exponent: k, and where slopes are compared, top / base. */
typedef struct {
    coef k;
    form top;
    form base;
    bool slopes;
    bool lettered;                            /* k is perhaps not a number; then it has at most */
    double above, below, degree, under, bits; /* so many monomials, degrees and digits */
} value;

typedef struct {
    arena *arena;
    const lang_limits *limits;
    diags *sink;
    const symbol *symbols;
    const int *map;        /* from the symbols of the statement to `symbols` */
    const coef *parameter; /* by symbol of `symbols` */
    double bits;           /* of the long exponents in this statement */
    VEC(term) terms;       /* of the expression at hand */
    choices cases, ends;
    VEC(const formula *) conditions; /* that come with the present case: no divisor is zero, ... */
    VEC(coef) divisors;
    VEC(int) bounded; /* uncertain numbers whose bounds are among the conditions */
    value sum;        /* how large the exponents of the statement are together */
    bool concluding;  /* uncertain numbers stand for the best value, not for some value */
    bool whole;       /* here such a number would have to be a known one */
    bool impossible;  /* the present case is */
    bool single;      /* there must be one case only */
    bool failed;      /* an error of this statement was reported */
} lowerer;

/* False after an error, once for each statement. */
bool lower_refuse(lowerer *w, diag_code code, span at, const char *message, const char *help);

/* The exponents of an expression of quantities, each times `scale` (which may be NULL). */
form lower_quantity(lowerer *w, const expr *e);

value value_number(rat r);
value value_product(lowerer *w, const expr *e, value x, value y);
value value_difference(lowerer *w, const expr *e, value x, value y);
/* The value of an exponent or a side of a comparison, in the present case. */
value value_of(lowerer *w, const expr *e);
/* The value as an exponent in a statement with others. */
bool value_counts(lowerer *w, const expr *e, const value *v);
/* x rel 0, where x may have slopes. */
const formula *value_compared(lowerer *w, value x, relation is);

/* Begins with the first choice; goes on to the next: false after the last. */
void choices_start(choices *c);
bool choices_next(choices *c);

#endif
