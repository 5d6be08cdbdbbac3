/* judging: what the files share that judge a person's proof.
 *
 * judge.c   which steps hold, and on whose word
 * amend.c   of a step that does not hold: the counterexample, the missing premise, the slip, what
 *           follows in its place
 * slips.c   the known slips, as a search
 * reach.c   whether a solution reaches the goals
 *
 * Premises are facts and earlier steps. A step that was judged wrong stays a premise of those that
 * cite it: the writer's error is carried forward, not counted again.
 */
#ifndef ANALYSIS_JUDGING_H
#define ANALYSIS_JUDGING_H

#include "analysis/parts.h"

/* A proof being read: the steps before `at` are judged, step `at` is at hand. */
typedef struct {
    engine *e;
    arena *a;
    const problem *p;
    const written_proof *w;
    judged_step *steps;
    int at;
} reading;

/* Sets of facts (nfacts members) and of steps (at members). */
typedef struct {
    bool *fact, *step;
} premises;

premises premises_none(const reading *r);
premises premises_copy(const reading *r, premises x);
/* All facts, and the earlier steps that hold. */
premises premises_sound(const reading *r);
/* Does the step before hold, on lines that hold? */
bool step_is_sound(const judged_step *s);

/* Can the premises hold together with one and two (NULL: none)? */
outcome premises_check(const reading *r, premises x, const formula *one, const formula *two);
/* Its status alone, as engine_test. */
engine_status premises_test(const reading *r, premises x, const formula *one, const formula *two);
/* Shrinks the refutation of the premises, of which those in `keep` stay (NULL: none must), with one
 * and two, which stay. Gives the premises that are left. False if undecided; *o is the outcome. */
bool premises_shrink(const reading *r, premises x, const premises *keep, const formula *one,
                     const formula *two, outcome *o, premises *left);
/* The step follows, and not because the premises conflict or nothing that it relates can scale. */
bool premises_give(const reading *r, premises x, const written_step *w);
/* A largest set that can hold together, with `scales` (NULL: none): starts from `first`, adds the
 * others in order. `first` itself is taken in order where it conflicts. */
premises premises_consistent(const reading *r, premises first, premises others,
                             const formula *scales);
/* `contradiction` */
bool is_false(const formula *f);

/* Relation i of a step, as it stands in its claim: side[i] to side[i + 1]; NULL if there is none.
 */
const formula *step_link(const reading *r, const written_step *s, int i);

/* "Something that the step relates scales", of a step that relates several quantities by ∝; else
 * NULL. */
const formula *claim_scales(const reading *r, const written_step *w);

/* Fills in of a step that is refuted or open what is of help; x are its premises. */
void amend(const reading *r, premises x, judged_step *s);
/* Fills in the goals of a solution. */
void find_reached(const reading *r, const finding *f, judged_proof *p);

#endif
