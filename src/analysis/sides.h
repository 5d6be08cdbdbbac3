/* sides: what the files that compare theories share. Private to them.
 *
 * compare.c           the whole: each theory by itself, exit codes
 * compare_pairs.c     who agrees with whom
 * compare_exponents.c the rows of questions, and who answers them
 * compare_measured.c  how far the answers are from measured exponents
 */
#ifndef ANALYSIS_SIDES_H
#define ANALYSIS_SIDES_H

#include "analysis/comparison.h"
#include "analysis/parts.h"

typedef struct {
    arena *a;
    const comparison_in *in;
    engine *e; /* one for all: turned from problem to problem */
    theory_out *theories;
    const bool **scales; /* of each theory: its quantities that can scale; NULL: not found */
    comparison *out;
} comparing;

/* A part of the budget for one piece of work: what is left of it goes back. */
typedef struct {
    uint64_t before, share;
} share_of_budget;
share_of_budget share_begin(budget *b, uint64_t steps);
void share_end(budget *b, share_of_budget s);

/* Of the quantities q[0..n) of the problem of the engine: those that no solution lets scale, in
 * order, moved to the front; their number. -1 where that was not found. *o is the last outcome, a
 * refutation of "one of them scales" where some are left. */
int keep_resting(engine *e, arena *a, int *q, int n, outcome *o);

void compare_pairs(comparing *c);

/* Finds the rows that enough theories can answer; their answers are empty. */
void find_rows(comparing *c);
/* Fills in what theory k answers, whose problem the engine has. */
void answer_rows(comparing *c, int k);
/* x ∝ base^?, asked of theory p in its own symbols. */
const goal *exponent_goal(arena *a, const problem *p, int x, int base);

/* How far the last answer of a row is from the exponents that were measured; the engine has the
 * problem of that theory. */
void measure_answer(comparing *c, int row);

#endif
