/* parts: what the files of this room offer each other. See analysis.h.
 *
 * In every sequent here the suppositions of a goal come first among the extra
 * formulas, so that supposition j is formula nfacts + j.
 */
#ifndef ANALYSIS_PARTS_H
#define ANALYSIS_PARTS_H

#include "analysis/analysis.h"

/* --- verdict.c --- */

/* The verdict on the facts in use (NULL: all) with extra formulas. CONTRADICTORY: *o is the
 * refutation. TRIVIAL: *o refutes them with "something scales". CONSISTENT: *o is a witness in
 * which something scales. UNKNOWN: o->why. ENGINE_WRONG is passed on in o->status. */
verdict find_verdict(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                     outcome *o);

/* --- answers.c --- */

/* The answer to a question under the facts in use (NULL: all). */
answer answer_question(engine *e, arena *a, const goal *g, const bool *use);
/* The same without a derivation, where nobody would read it: to find the order in which it reads
 * best takes longer than to answer. */
answer answer_barely(engine *e, arena *a, const goal *g, const bool *use);
/* The same under all facts, of which a solution may be known (NULL: none is) that need not be
 * looked for again; `bare`: without its derivation. */
answer answer_knowing(engine *e, arena *a, const goal *g, const witness *known, bool bare);
/* An exact answer from facts without parameters, which stands whatever satisfiable company they
 * keep; else ANSWER_UNKNOWN. No nonlinear arithmetic. */
answer answer_plainly(engine *e, arena *a, const goal *g, const bool *use);
/* The ends of a target, where its base is held at a level, as ends of their ratio. */
interval ratios_between(arena *a, const bound *low, const bound *high, coef level);

/* --- conclude.c --- */

/* Tests a conclusion of any kind; v and o are the theory's verdict and its outcome, used where
 * the goal has no suppositions. */
conclusion conclude(engine *e, arena *a, const goal *g, verdict v, const outcome *o);
/* PROVED from facts without parameters, as answer_plainly; else CONCLUSION_UNKNOWN. */
conclusion conclude_plainly(engine *e, arena *a, const goal *g, const bool *use);

/* --- derive.c --- */

/* The sum gives target - Σ lambda·atom = end, exactly. Orders the steps so that the chain from
 * target to end reads best: substitutes from the target outwards, keeps the terms few. */
chain derive_chain(arena *a, const sequent *s, const summand *sum, int n, form target, form end);
/* Why target ∝ base^value (one hole, equations only): as one chain or, where it reads better, as
 * two chains that meet in one quantity. The sum gives target - value·base = Σ lambda·atom. */
const derivation *derive_answer(arena *a, const sequent *s, const summand *sum, int n, form target,
                                form base, coef value);
/* Why a claim follows: the proof refutes the sequent, whose last formula is the claim's negation.
 * NULL where the claim is not one atom or the proof has cases of its own. */
const derivation *derive_claim(arena *a, const sequent *s, const proof *pf, const formula *claim);
/* A core's refutation, told as two chains that end in opposite claims. */
story tell_story(arena *a, const sequent *s, const proof *pf);

/* --- support.c --- */

/* A leaf says Σ λ·atom + μ·f = k for the atoms f of formula `which`: gives f = Σ -(λ/μ)·atom + k/μ
 * as summands of the other atoms. False unless exactly one atom of that formula occurs. */
bool solve_leaf(arena *a, const proof *leaf, int which, summand **sum, int *n);
/* The members of the set that used[] marks among facts 0..nfacts-1. */
factset factset_of(arena *a, const bool *used, int nfacts);

/* --- cores.c --- */

/* Fills in cores and repairs of a contradictory or trivial problem; o is its refutation. */
void find_cores(engine *e, arena *a, const analysis_options *opt, const outcome *o, finding *f);

/* --- distance.c --- */

/* For a contradictory problem with its cores: how far its measured numbers are from agreeing. */
void find_distance(engine *e, arena *a, finding *f);

/* --- terms.c --- */

/* Fills in which terms of the sums of a consistent problem decide. */
void find_decisions(engine *e, arena *a, finding *f);
/* Answers that follow from equations once it is known which terms balance, and which decide, get
 * derivations that say so; f->p is then a copy of the problem with these lemmas. */
void derive_by_terms(engine *e, arena *a, finding *f);

/* --- choice_notes.c --- */

/* Fills in what is odd about the choices, those of a problem with its choices made. */
void find_choice_notes(engine *e, arena *a, finding *f);

/* --- tables.c --- */

/* Fills in the tables of the choices. */
void find_tables(engine *e, arena *a, finding *f);

/* --- judge.c --- */

/* Judges the proofs that a person wrote, each step by the engine; answers and conclusions are known
 * already. Fills in the proofs of the finding. */
void judge_proofs(engine *e, arena *a, finding *f);

/* --- proofs.c --- */

/* Fills them in where nothing could be judged: every step is unknown. */
void leave_proofs(arena *a, finding *f, const char *why);
/* --- idle.c --- */

/* Fills in the statements that nothing rests on; f is whole, with its regimes. */
void find_idle(arena *a, finding *f);

/* --- redundant.c --- */

/* Fills in the redundant statements of a satisfiable problem. */
void find_redundant(engine *e, arena *a, finding *f);

#endif
