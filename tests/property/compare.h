/* compare: one theory, told by the library in JSON, held against the oracle.
 *
 * Everything that output.md promises of a linear theory is compared: verdicts
 * and levels, cores and repairs (all of them, where they can be found by trying
 * every subset), answers with their values and ends, supports, conclusions,
 * redundant statements, regimes. What was compared is counted.
 */
#ifndef PROPERTY_COMPARE_H
#define PROPERTY_COMPARE_H

#include "generate.h"

typedef enum {
    SAW_CONSISTENT, /* in the order of oracle_verdict */
    SAW_CONTRADICTORY,
    SAW_TRIVIAL,
    SAW_SUBSETS, /* theories of which every subset was tried */
    SAW_CORES,
    SAW_SEVERAL_CORES, /* theories with more than one */
    SAW_REPAIRS,
    SAW_REPAIR_ANSWERS,
    SAW_EXACT,
    SAW_COMBINATION, /* exact, with two holes */
    SAW_RANGE,
    SAW_UNION, /* a range of more than one interval */
    SAW_OPEN_END,
    SAW_CLOSED_END,
    SAW_UNDETERMINED,
    SAW_UNDEFINED,
    SAW_VACUOUS,
    SAW_RELATION,
    SAW_UNDETERMINED_RELATION,
    SAW_PROVED,
    SAW_REFUTED,
    SAW_OPEN,
    SAW_VACUOUS_CONCLUSION,
    SAW_SUPPORTS,
    SAW_SUPPOSITIONS,
    SAW_REDUNDANT,
    SAW_LAWS, /* of answers, read again as conclusions */
    SAW_REGIMES,
    SAW_HARD_CONFLICTS, /* `given` statements alone conflict */
    SAW_KINDS
} sight;

typedef struct {
    long n[SAW_KINDS];
} sights;

extern const char *const sight_names[SAW_KINDS];

typedef struct {
    char text[2048]; /* what was expected and what came, where they differ */
    bool refused;    /* the text was not accepted at all */
} mismatch;

/* Runs `check`, or `explain` if all cores are wanted, and compares. False and *m on the first
 * difference. */
bool compare_theory(theory *t, bool all_cores, sights *seen, mismatch *m);

#endif
