/* lowering: what the parts of lower share: the whole, facts and choices (lower.c), laws
 * (lower_law.c), questions and conclusions (lower_goal.c), the exponents of expressions of
 * quantities (quantity.c), products as they are written (product.c), and the values of exponents
 * (value.c), which are fractions of polynomials in the parameters.
 *
 * A statement with `max` or `min` of parameters is lowered once for each case of which argument
 * is the greatest, one with a sum to the power of a letter once for each sign of the letter; a
 * conclusion with uncertain numbers once for each choice of their ends. All these choices are
 * counted through like the digits of a number.
 */
#ifndef LANG_LOWERING_H
#define LANG_LOWERING_H

#include "lang/ast.h"
#include "lang/lex.h"
#include "lang/order.h"
#include "lang/print.h"

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

/* What was taken to be positive or zero (1), or negative or zero (-1). */
typedef struct {
    coef k;
    int sign;
} signed_coef;

typedef struct {
    arena *arena;
    const lang_limits *limits;
    diags *sink;
    const symbol *symbols;
    const int *map;        /* from the symbols of the statement to `symbols` */
    const coef *parameter; /* by symbol of `symbols` */
    double bits;           /* of the long exponents in this statement */
    choices cases, ends;
    VEC(const formula *) conditions; /* that come with the present case: no divisor is zero, ... */
    VEC(coef) divisors;
    VEC(signed_coef) signs; /* of powers of sums, in the present case */
    VEC(int) bounded;       /* uncertain numbers whose bounds are among the conditions, */
    VEC(int) apart;         /* or among the bounds that hold whatever the conditions do */
    VEC(const formula *) bounds;
    bool supposing;  /* the law at hand is a condition of a statement */
    value sum;       /* how large the exponents of the statement are together */
    bool concluding; /* uncertain numbers stand for the best value, not for some value */
    bool whole;      /* here such a number would have to be a known one */
    bool impossible; /* the present case is */
    bool single;     /* there must be one case only */
    bool tolerant;   /* ends of intervals are gone through */
    bool argued;     /* there are proofs: slips are looked for in laws as they are written */
    bool failed;     /* an error of this statement was reported */
} lowerer;

/* False after an error, once for each statement. */
bool lower_refuse(lowerer *w, diag_code code, span at, const char *message, const char *help);

/* Whether sums come to more than `most` terms, which is an error that names it with a %d, or there
 * was an error before. */
bool lower_too_many(lowerer *w, const expr *e, double n, int most, const char *message);

/* Begins a statement, whose symbols go by the map (NULL: they are those of the lowerer); and a case
 * of it. */
void lower_start(lowerer *w, const int *map);
void lower_start_case(lowerer *w);

/* In the present statement: a law; any of its laws; these unless some condition fails (uncertain
 * numbers lie in their intervals all the same). *grows: it is about growth alone. */
const formula *lower_law(lowerer *w, const law *l, bool *grows);
const formula *lower_either(lowerer *w, const statement *s, bool *grows);
const formula *lower_claim(lowerer *w, const statement *s, bool *grows);

goal lower_goal(lowerer *w, const statement *s);

/* The relation before side i, 0 < i; what stands on a side, which may be a list. */
relation law_relation(const law *l, int i);
int law_items(const expr *e);
const expr *law_item(const expr *e, int i);

/* For the texts of statements. */
printer lower_printer(const lowerer *w);

/* What a law concludes, on condition of its suppositions if it has any; the statement stands in the
 * theory itself. */
const formula *lower_conclusion(lowerer *w, const statement *s);
/* Where it is one chain of relations between products of powers, their exponents, as many as it has
 * sides; else NULL. */
const form *lower_sides(lowerer *w, const statement *s);

/* Of a chain of relations between products of powers: its sides as they are written, as many as it
 * has; else NULL. The present statement has been lowered without an error. */
const written_product *lower_products(lowerer *w, const law *l);

/* The exponent of an expression of quantities. */
order lower_order(lowerer *w, const expr *e);
/* The same product as it is written; false where a sum stands in it. */
bool lower_written(lowerer *w, const expr *e, written_product *out);
/* The same where it must be that of a product of powers; an error where a sum stands in it. */
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

/* 1 or -1, the sign of k in the present case, or either of zero; e is the sum with this power. */
int value_sign(lowerer *w, const expr *e, coef k);

/* Begins with the first choice; goes on to the next: false after the last. */
void choices_start(choices *c);
bool choices_next(choices *c);

#endif
