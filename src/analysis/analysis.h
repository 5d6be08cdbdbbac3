/* analysis: a problem in, a finding out. One question a file, no words.
 *
 * verdict.c  verdict and levels        answers.c  questions
 * conclude.c conclusions               derive.c   chains from multipliers
 * cores.c    cores and repairs         redundant.c
 * steps.c    chains in elementary steps, steps_check.c: do they follow?
 * idle.c     statements that nothing rests on
 * family.c   what one relation more would give
 * judge.c    proofs that a person wrote; proofs.c: their score
 * choices.c  what choices come to      choice_notes.c, tables.c: what to say of them
 */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include "analysis/finding.h"
#include "engine/engine.h"

typedef struct {
    bool all_cores;  /* `explain`: every core; else one */
    bool repairs;    /* enumerate repairs */
    bool redundancy; /* look for redundant statements */
    bool tables;     /* of choices */
    bool proofs;     /* judge them */
    bool idle;       /* look for statements that nothing rests on */
    bool brief;      /* verdicts, answers and conclusions alone: no cores, nothing else */
    bool bare;       /* answers without their derivations */
    solvers *common; /* with other theories; or NULL */
    int max_cores, max_repairs;
} analysis_options;

/* Everything about the problem and its regimes; lives in the arena. The budget bounds all of
 * it; what was not reached in time is `unknown`. */
const finding *analyse(arena *a, const problem *p, const analysis_options *o, budget *b);

/* 0, 1, 3 or 4, as the exit codes of the program are defined. */
int finding_exit_code(const finding *f);

/* --- what proofs are worth --- */

/* So many steps hold, of so many. A goal of an exercise that no step says counts as a step that is
 * missing. */
typedef struct {
    int held, of;
} score;

score proof_score(const judged_proof *p);
/* Of all proofs of the theory and its regimes; a goal is reached where one of them reaches it. */
score proofs_score(const finding *f);
/* On lines that hold. */
bool goal_is_reached(const reached *g);
/* The first step, in order, that does not hold; NULL where there is none. */
const judged_step *first_wrong_step(const finding *f);
/* The exit code as far as proofs go: 1 where a step does not hold or a goal is not reached. */
int proofs_exit_code(const finding *f);

#endif
