/* march: all cores and repairs of one part of a theory, by marching through the map of its
 * subsets (Liffiton, Previti, Malik and Marques-Silva, Constraints 2016): a largest subset not yet
 * explained either holds, and what it leaves out is a repair, or conflicts, and shrinks to a core.
 *
 * The parts are the components of independence.h, each marched through by itself. Statements of
 * one series class are one thing on the map, a strand: they stand in the same cores, and to give up
 * any one of them is as good as any other.
 */
#ifndef ANALYSIS_MARCH_H
#define ANALYSIS_MARCH_H

#include "analysis/independence.h"
#include "analysis/parts.h"
#include "engine/smt.h"

typedef VEC(factset) factsets;

/* What all parts of a theory share. */
typedef struct {
    engine *e;
    arena *a;
    const analysis_options *opt;
    const problem *p;
    const formula *scales; /* the oracle's extra formula; NULL for a contradictory theory */
    bool *keep;            /* what is never dropped: hard facts, the extra formula */
    bool tells_repairs;
    factsets cores; /* of facts: all that were found */
    VEC(core) told; /* those that will be listed */
} hunt;

typedef struct {
    const int *component;    /* of each fact of the theory */
    int number;              /* facts with this component are its own, given ones too */
    VEC(factset) strands;    /* facts that may be given up */
    factsets cores, repairs; /* of strands */
    bool complete;           /* these are all */
} part;

/* Shrinks the refutation of the marked facts, files the core with the hunt and gives its facts.
 * False if undecided. */
bool march_core(hunt *h, arena *scratch, const bool *marked, factset *out);
/* The parts of the theory; those in which nothing can be given up are left out. `known` is a core
 * that was found already: often the rest has nothing to do with it, and agrees. */
part *march_parts(hunt *h, factset known, int *n);
/* Fills in a part. `known`, a core that was found already, may be one of its own. */
void march(hunt *h, part *t, factset known);

/* --- repairs.c --- */

/* What is left without these facts. */
repair solve_repair(const hunt *h, factset drop);
/* Repairs of the theory, one of each part together, smaller ones first and else in the order of the
 * text: the first of those that the repairs of the parts make. */
factsets first_repairs(arena *a, budget *b, const part *parts, int n, int most);
/* How many there are, where all parts are complete. */
rat count_repairs(arena *a, const part *parts, int n);
/* The order of cores and repairs. */
int by_size(factset x, factset y);

#endif
