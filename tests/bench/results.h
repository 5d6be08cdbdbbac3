/* results: everything that was measured, and its growth with the size. */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include "families.h"
#include "race.h"

/* REPAIRS is propto again: with all repairs of a conflict, and what each leads to. */
enum { PROPTO, Z3, CVC5, REPAIRS, CONTENDERS, MAX_ROWS = FAMILIES * SIZES };

extern const char *const contender_names[CONTENDERS];

/* A theory of a family, by everybody. */
typedef struct {
    const family *of;
    int n;
    measure by[CONTENDERS];
    measure whole; /* z3 on the whole exported script */
} row;

typedef struct {
    row row[MAX_ROWS];
    int rows;
    measure start[CONTENDERS]; /* what a program needs to say its version */
    measure minimal, small;    /* a minimal program with Z3, and propto on a small theory */
    measure repairs;           /* of ten conflicts of three statements */
    bool certificates, jobs;   /* does propto know --certificate and -j? */
    int verdicts, wrong;       /* of propto: compared with what is known; not that, or none */
    int wrong_others;          /* verdicts of the others that are wrong */
} results;

/* The row of the family at this size; NULL where it was not run. */
const row *row_of(const results *r, const char *name, int n);

/* Of a row: the faster of z3 and cvc5, in seconds; INFINITY where neither gave a verdict. */
double faster_other(const row *w);

/* The exponent of n in the times of one contender: the slope of a least-squares line through the
 * logarithms of n and of the times less that of a theory of one relation, for the sizes in the
 * range of which that difference is at least a tenth of the latter. NAN with fewer than two. */
double growth(const results *r, const family *f, int who, int from, int to);

/* A cell of a table: "6.02 ms", "> 60 s", "failed". */
void write_time(const measure *m, double timeout, char cell[NAME_SIZE]);

#endif
