/* merge: two theories as one problem.
 *
 * Quantities are shared by name: one quantity of each theory, first where the
 * names are the same, then where a name is an alias of the other, then where two
 * aliases are; no quantity twice. Parameters are each theory's own, whatever
 * they are called, for α means another thing in every paper: where both use a
 * name, that of each gets the theory's name as a subscript. Constants scale in
 * neither and are not shared.
 */
#ifndef ANALYSIS_MERGE_H
#define ANALYSIS_MERGE_H

#include "algebra/problem.h"

/* match[j] = the quantity of x that quantity j of y is, or -1; ny members. */
const int *merge_match(arena *a, const problem *x, const problem *y);

typedef struct {
    const problem *p;  /* facts of x, then those of y, labelled name.LABEL; no goals */
    const int *of[2];  /* from the symbols of each to those of p; a parameter that occurs in no
                          fact has none: -1 */
    int nfirst;        /* facts of x */
    const int *shared; /* quantities of both, in the order of x */
    int nshared;
} merged;

/* Both with their choices made (analysis/choices.h), for a choice is made within its own theory;
 * the facts of p have none. Everything in the arena, but coefficients without letters, texts and
 * notes, which stay where x and y have them. */
merged merge_problems(arena *a, const problem *x, const problem *y, str name_x, str name_y);

#endif
