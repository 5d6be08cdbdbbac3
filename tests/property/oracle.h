/* oracle: what a small linear theory means, decided without the program under test.
 *
 * Without parameters every constraint on the exponents is homogeneous, so the
 * solutions are a finite union of convex cones, one for each way of reading the
 * conditions ≠ as < or >. Each question is put to each cone: equations are
 * substituted, inequalities eliminated after Fourier and Motzkin, strict ones
 * kept apart. Rows are integers without common content; a product that did not
 * fit would end the test, never bend it.
 */
#ifndef PROPERTY_ORACLE_H
#define PROPERTY_ORACLE_H

#include <stdbool.h>

enum { ORACLE_VARS = 10, ORACLE_ATOMS = 96, ORACLE_CLAIM = 8, ORACLE_INTERVALS = 64 };

/* Σ c_i x_i compared with zero */
typedef enum { ATOM_ZERO, ATOM_AT_MOST, ATOM_BELOW, ATOM_NONZERO } atom_kind;
typedef struct {
    long c[ORACLE_VARS];
    atom_kind is;
} atom;

/* All of its atoms hold. */
typedef struct {
    atom a[ORACLE_CLAIM];
    int n;
} claim;

/* What is taken to hold. */
typedef struct {
    atom a[ORACLE_ATOMS];
    int n;
    int nvars; /* exponents 0..nvars-1, nvars <= ORACLE_VARS - 2 */
} premises;

typedef enum { HOLDS_CONSISTENT, HOLDS_CONTRADICTORY, HOLDS_TRIVIAL } oracle_verdict;

/* Lowest terms, den > 0. */
typedef struct {
    long num, den;
} fraction;

typedef struct {
    bool low_infinite, high_infinite;
    bool low_open, high_open; /* true where infinite */
    fraction low, high;
} interval;

enum { ORACLE_NEGATIVE = 1, ORACLE_ZERO = 2, ORACLE_POSITIVE = 4 };

void premises_add(premises *p, const claim *c);
bool oracle_sat(const premises *p);
/* Is there a solution in which one of the exponents in the set (a bit each) is not zero? */
bool oracle_scales(const premises *p, unsigned quantities);
oracle_verdict oracle_judge(const premises *p, unsigned quantities);
bool oracle_entails(const premises *p, const claim *c);
bool oracle_refutes(const premises *p, const claim *c);
/* The signs that a form takes, ORACLE_NEGATIVE | ... */
unsigned oracle_signs(const premises *p, const long *form);
/* The values of target / base where base is not zero: disjoint intervals in order, as few as
 * possible. Returns how many. */
int oracle_ratio(const premises *p, const long *target, const long *base,
                 interval out[ORACLE_INTERVALS]);
/* The one combination of the bases that equals the target in every solution in which one of them
 * is not zero; false where there is none or more than one. */
bool oracle_combination(const premises *p, const long *target, long base[][ORACLE_VARS], int nbase,
                        fraction *out);

/* Puts them in order, and those that leave no point between them together. Returns how many. */
int intervals_unite(interval *v, int n);

int fraction_cmp(fraction x, fraction y);
fraction fraction_of(long num, long den);

#endif
