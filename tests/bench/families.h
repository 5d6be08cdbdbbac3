/* families: theories of every size, made so that what is true of them is known.
 *
 * Quantity q_i has a hidden exponent, a small rational, and every statement is true of the hidden
 * exponents, but for the last one of a planted conflict. So a family without a conflict is
 * consistent, and the exponent of q_i as a power of q_0 is the quotient of theirs. A planted
 * conflict of k statements has the labels K1 to Kk: something grows, a chain of powers leads from
 * it, its end shrinks. The other statements can be satisfied whatever the chain is, so that there
 * is no other core. The same size gives the same theory every time.
 */
#ifndef BENCH_FAMILIES_H
#define BENCH_FAMILIES_H

#include "settings.h"

#include <stdint.h>

enum { SIZES = 8, FAMILIES = 9 };

typedef struct theory theory;

typedef struct {
    const char *name, *what;
    void (*state)(theory *t, int n);
    int size[SIZES]; /* ascending, 0 after the last */
    int core;        /* statements in conflict, at most; 0: consistent */
    bool files;      /* n theories of ten statements each, in files of their own */
    int whole;       /* the size at which z3 is asked all that propto answers; 0: none */
} family;

extern const family families[FAMILIES];

/* What is true of a theory. */
typedef struct {
    bool consistent;
    int core;                  /* statements in the only core, all with labels K... */
    char answer[2][NAME_SIZE]; /* exponents that are asked for; vacuous where contradictory */
} known;

/* Writes the theory of the family with n statements (relations, sums, parameters). */
known write_theory(const settings *o, const family *f, int n, const char *name);

/* Of a family of files: the theory of file i. */
known write_file(const settings *o, int i, const char *name);

/* How many statements are in conflict at size n. */
int core_size(const family *f, int n);

/* A number from 0 up to n, n left out; the same for the same seed everywhere. */
int below(uint64_t *seed, int n);

#endif
