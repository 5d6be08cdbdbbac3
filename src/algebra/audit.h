/* audit: a certificate checked, from end to end.
 *
 * Every thesis must be proved by its evidence, and every theory must be told of
 * whole: a verdict, each goal once, what each choice comes to, what is left after
 * each repair. Nobody but the kernel is asked.
 */
#ifndef ALGEBRA_AUDIT_H
#define ALGEBRA_AUDIT_H

#include "algebra/thesis.h"

/* Something to be told of one thesis. */
typedef struct {
    const frame *f;
    const thesis *t;
    int need;        /* which of its needs; -1: all of it */
    const char *why; /* NULL: `condition` says it */
    condition condition;
} remark;
typedef VEC(remark) remarks;

typedef struct {
    const certificate *c;
    const char *missing; /* what is not told of, though it should be; NULL: nothing */
    remarks failed;      /* not proved */
    remarks trusted;     /* the solver's word */
    remarks untold;      /* undecided: nothing is said of them */
    int theses, refutations, solutions;
} audit;

/* Checks one theory; everything in the arena. It is verified if nothing is missing and nothing
 * failed. Where the field of the theory is limited and was spent, that is missing. */
audit certificate_audit(arena *a, const certificate *c);

#endif
