/* coef: coefficients of linear forms and multipliers of certificates.
 *
 * The field that exponents live over: Q, or Q(parameters) where a theory has
 * letters in its exponents. A coefficient is a plain number wherever it can be,
 * and then costs what a rat costs; else a fraction of two polynomials in lowest
 * terms (quotient.h). Normal form: canonical, so that equality of values is
 * equality of forms. Coefficients of different fields never meet. Fractions belong
 * to the arena of the call that made them; the field, in its own arena, must outlive
 * all coefficients that are used, and these arenas may be freed in any order. Degrees
 * stay below 2^31: whoever makes powers sees to that.
 */
#ifndef ALGEBRA_COEF_H
#define ALGEBRA_COEF_H

#include "algebra/rat.h"

typedef struct {
    rat r; /* the number; with a denominator of 0 no number, but the address of a fraction */
} coef;

/* Q(p_0, ..., p_{n-1}): parameter i is called name[i] and is symbol[i] of its problem. */
typedef struct field field;
const field *field_new(arena *a, const str *name, const int *symbol, int n);
/* The same, whose fractions are computed with in bounded time and memory, whoever wrote them:
 * operations are paid for out of *left, in steps of a few nanoseconds, by what polynomials of such
 * lengths, degrees and numbers may take. Where that does not suffice the field is spent: results
 * are 1 from then on, values are undefined, and nothing that was computed counts. Polynomials that
 * would be dear to factor count as their own factors. */
const field *field_limited(arena *a, const str *name, const int *symbol, int n, uint64_t *left);
/* Takes steps for other work; false where the field is spent. NULL: there is no limit. */
bool field_spend(const field *k, uint64_t steps);
bool field_is_spent(const field *k);
int field_size(const field *k);
int field_symbol(const field *k, int i);
str field_name(const field *k, int i);
coef coef_parameter(arena *a, const field *k, int i);
/* The field of a coefficient; NULL for a plain number. */
const field *coef_field(coef c);

coef coef_of(rat r);
coef coef_int(long n);
/* True and *out = the number where the coefficient is a plain one. */
bool coef_rat(coef c, rat *out);

coef coef_add(arena *a, coef x, coef y);
coef coef_sub(arena *a, coef x, coef y);
coef coef_mul(arena *a, coef x, coef y);
coef coef_div(arena *a, coef x, coef y); /* y not the zero of the field */
coef coef_neg(arena *a, coef x);
bool coef_is_zero(coef x);
bool coef_is_one(coef x);
/* Is its denominator a number? */
bool coef_is_polynomial(coef x);
bool coef_eq(coef x, coef y);
/* The sign of a plain number: -1, 0, 1; of others 2: it depends on the parameters. */
int coef_sgn(coef x);
/* In the language's own syntax, in lowest terms: "-1/3", "β/(α+β)", "-(1+s)/(2+s)", "2α-1".
 * Letters that no word can hide stand side by side, `αβ`; other names are held apart, `α_N α_B`. */
char *coef_text(arena *a, coef x);
/* How many monomials there are in the numerator and the denominator; of a number 1. */
long coef_size(coef x);
/* The same value in an arena of its own. */
coef coef_copy(arena *a, coef x);

/* Numerator and denominator as polynomials with integer coefficients; the leading coefficient of
 * the denominator is positive. */
coef coef_numerator(arena *a, coef x);
coef coef_denominator(arena *a, coef x);
/* The value where symbol s has the value x[s], a number; false where the denominator vanishes. */
bool coef_value(arena *a, coef c, const coef *x, rat *out);
/* The same value over another field, where parameter i of its own is called parameter to[i]; the
 * parameters that occur have different ones, the others may have none (-1). */
coef coef_moved(arena *a, coef c, const field *k, const int *to);
/* c with parameter i replaced by v; false where the denominator vanishes. */
bool coef_substitute(arena *a, coef c, int i, coef v, coef *out);
/* Marks used[i] for the parameters that occur; field_size members. */
void coef_parameters(coef c, bool *used);
/* A bit for each parameter that occurs, number i mod 64: where two share no bit they share no
 * parameter. */
uint64_t coef_about(coef c);
/* Does parameter i occur in it? */
bool coef_mentions(coef c, int i);
/* Is x = times·y, for a plain number, where neither is one? */
bool coef_multiple(arena *a, coef x, coef y, rat *times);
/* Are the numerators multiples of each other by a number, where neither is one? */
bool coef_vanish_together(coef x, coef y);
/* If the numerator is a·p_i + b with a, b polynomials free of p_i and a ≠ 0: true, and *a, *b. */
bool coef_linear_in(arena *owner, coef c, int i, coef *a, coef *b);

/* c = content × Π factor^exponent, the factors irreducible over Q, primitive and with a positive
 * leading coefficient: those of the numerator, then those of the denominator with negative
 * exponents. */
typedef struct {
    coef p;
    int exponent;
} coef_factor;
typedef struct {
    rat content;
    const coef_factor *f;
    int n;
} factors;
factors coef_factors(arena *a, coef c);

/* A polynomial as a sum of monomials: lexicographic, the largest first. */
typedef struct {
    rat c;
    const unsigned long *power; /* field_size members; NULL for a plain number */
} monomial;
typedef struct {
    const monomial *m;
    int n;
} polynomial;
/* c is a polynomial: its denominator is 1, or it is a plain number. */
polynomial coef_polynomial(arena *a, coef c);

#endif
