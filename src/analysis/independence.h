/* independence: how far a theory's statements have to do with each other.
 *
 * The linear forms of the statements are vectors; a conflict among statements needs a linear
 * dependency among their forms. From a basis of all dependencies two things can be read (Oxley,
 * Matroid Theory, 2011, chapters 4 and 5):
 *
 * - the connected components. Forms of different components can take any values side by side, so
 *   some statements can hold together exactly where those of each component can: a core lies in
 *   one component, a repair is a repair of each.
 * - the series classes. Two statements of one form each whose multipliers are proportional in all
 *   dependencies stand in the same cores: without the one the other's form is free.
 *
 * Statements with parameters count as if each of their symbols were a form of its own.
 */
#ifndef ANALYSIS_INDEPENDENCE_H
#define ANALYSIS_INDEPENDENCE_H

#include "algebra/problem.h"

typedef struct {
    const int *component; /* of each fact; -1: no dependency speaks of it, so it is in no core */
    int ncomponents;
    const int *series; /* of each fact the first fact of its series class: often itself */
} independence;

/* Of the facts in use (NULL: all; the component of others is -1), in the arena. With `whole` all of
 * them are one component and each fact is a class of its own; so it is where the budget ran out or
 * the dependencies are too many. */
independence find_independence(arena *a, const problem *p, const bool *use, bool whole, budget *b);

typedef enum {
    SET_TIED,  /* perhaps not */
    SET_APART, /* yes */
    SET_ALONE  /* yes, and the others depend on nothing at all, so that they can hold together */
} standing;

/* Is no dependency about both facts of the set and others? Three ranks tell, which cost less than a
 * basis of all dependencies: those of the two sides add up to that of all (Oxley, proposition
 * 4.2.1). */
standing find_standing(const problem *p, const bool *set, budget *b);

#endif
