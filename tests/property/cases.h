/* cases: random theories with sums, max, min, alternatives and conditions, as text and as cases.
 *
 * What a statement says is written out as all the cases in which it holds, each a conjunction that
 * the oracle decides: a sum of two terms is two cases, and `A when B` are those of A and those of
 * not B.
 */
#ifndef PROPERTY_CASES_H
#define PROPERTY_CASES_H

#include <stdint.h>

#include "oracle.h"

enum { CASES = 32, CASE_LAWS = 6, CASE_GOALS = 5, CASE_TEXT = 1024, CASE_THEORY = 16384 };

/* One of its claims holds; none: never. */
typedef struct {
    claim c[CASES];
    int n;
} cases;

typedef struct {
    char text[CASE_TEXT];
    cases holds, fails;
    bool alive;
    int line; /* known after cases_write */
} case_law;

typedef enum { CASE_RATIO, CASE_RELATION, CASE_CONCLUSION } case_goal_kind;
typedef struct {
    case_goal_kind kind;
    int target, base; /* RATIO, RELATION */
    case_law says;    /* CONCLUSION; else its text alone */
    case_law when;    /* where its text is not empty */
} case_goal;

typedef struct {
    uint64_t seed;
    int nvars;
    unsigned quantities; /* those that occur in the laws */
    case_law law[CASE_LAWS];
    int nlaws;
    case_goal goal[CASE_GOALS];
    int ngoals;
} case_theory;

void cases_make(case_theory *t, uint64_t seed);
void cases_write(case_theory *t, char out[CASE_THEORY]);

/* What is seen of each consistent choice of one case from each; true ends the walk. */
typedef bool case_visitor(const premises *p, void *data);
/* True where a visitor said so; without one, where there is any. */
bool cases_walk(int nvars, const cases *const *list, int n, case_visitor *visit, void *data);

#endif
