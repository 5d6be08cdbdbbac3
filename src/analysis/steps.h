/* steps: a derivation in elementary steps, for a reader who learns to calculate with powers.
 *
 * A chain multiplies by a law, raised to its multiplier, in one line. Here each line does one
 * thing: a law is cited or put in place of a power, exponents are added or multiplied, a root is
 * taken. Sides are products that are not simplified, so that the exponents to be added are still to
 * be seen. Which lines there are is decided here; that each follows from the one before it is
 * checked in exact arithmetic before anything is handed out (calculation_holds).
 */
#ifndef ANALYSIS_STEPS_H
#define ANALYSIS_STEPS_H

#include "analysis/finding.h"

/* (Π symbol^c)^power, the terms in any order; no terms: 1^power. */
typedef struct {
    const term *t;
    int n;
    coef power;
} factor;

/* A product of factors in which a symbol may occur more than once; without factors it is 1. */
typedef struct {
    const factor *f;
    int n;
} product;

typedef enum {
    RULE_CITE,           /* a law as it stands */
    RULE_ABOVE,          /* what was derived above */
    RULE_TURN,           /* ... read from right to left */
    RULE_SUBSTITUTE,     /* by a law, or by what was derived above, in place of a power */
    RULE_SPLIT,          /* x^(a+b) = x^a x^b: the product law, read from right to left */
    RULE_GROUP,          /* x^p y^p = (x y)^p: the power of a product, read from right to left */
    RULE_PRODUCT,        /* x^a x^b = x^(a+b) */
    RULE_QUOTIENT,       /* ... where some exponent is negative; both sides divided by a product */
    RULE_POWER_OF_POWER, /* (x^a)^b = x^(a b) */
    RULE_POWER_OF_PRODUCT, /* (x y)^p = x^p y^p */
    RULE_ROOT,             /* both sides to the power 1/n */
    RULE_RECIPROCAL,       /* ... to the power -1 */
    RULE_POWER,            /* ... to another power */
    RULE_DROP              /* x^0 = 1, 1^p = 1 */
} rule;

/* x[0] + x[1] + ... = is, or x[0] · x[1] · ... = is: what happens to the exponent of a symbol. */
typedef struct {
    int sym;
    const coef *x;
    int n;
    coef is;
    bool multiplied;
} arithmetic;

enum { FACT_NONE = -2147483647 };

typedef struct {
    rule rule;
    product left, right;
    bool linked;   /* it goes on from the right side of the line before; `left` is the same */
    bool identity; /* linked: both right sides are equal */
    rel r;         /* linked: of the last right side to this one; else of left to right */
    bool geq;      /* ≥ or > rather than ≤ or < */
    rel so_far;    /* of left to right */
    bool so_far_geq;
    bool turned; /* an inequality was turned round: the power is negative */
    int fact,
        node; /* CITE, SUBSTITUTE: as in a step of a chain; FACT_NONE: the calculation above */
    product from, to; /* SUBSTITUTE: the law as it is used, `from` law_r `to` */
    rel law_r;
    bool law_geq;
    bool solved;    /* ... was solved for `from` above */
    bool backwards; /* CITE, SUBSTITUTE: ... or is read from right to left */
    form divisor;   /* QUOTIENT, not linked */
    coef power;     /* ROOT, RECIPROCAL, POWER */
    const arithmetic *done;
    int ndone;
} calc_line;

typedef enum {
    CALC_LAW,   /* a law solved for what it is put in place of */
    CALC_CHAIN, /* from the target, or from the base, step by step */
    CALC_RESULT /* the answer out of the chains */
} calc_kind;

typedef struct {
    calc_kind kind;
    const calc_line *line;
    int n;
} calc;

/* Calculations in order: each law is solved before the chain that uses it. */
typedef struct {
    const calc *c;
    int n;
} calculation;

/* The exponents of a product, added up. */
form product_form(arena *a, product x);
/* A derivation of the goal in elementary steps. None (n = 0) where the chains speak of parameters
 * alone, or an inequality would be raised to a power of unknown sign. */
calculation work_out(arena *a, const problem *p, const goal *g, const derivation *d);
/* Does each line follow from the lines before it, by its rule and the laws that it names? */
bool calculation_holds(const problem *p, const goal *g, const derivation *d, const calculation *c);

#endif
