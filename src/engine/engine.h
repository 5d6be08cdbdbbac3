/* engine: the door. Facts and assumptions in; sat with a witness, unsat with a
 * proof, or unknown with a reason out.
 *
 * Equations are eliminated, inequalities go to the simplex, cases are split; Z3
 * leads the way through many cases and gives a second opinion on refutations.
 * Nothing leaves here that the kernel has not confirmed: every witness was
 * evaluated, every proof added up. Where a confirmation fails, or Z3 and the
 * exact algebra differ, the outcome is ENGINE_WRONG and stays so.
 */
#ifndef ENGINE_ENGINE_H
#define ENGINE_ENGINE_H

#include "algebra/cert.h"

typedef enum { ENGINE_SAT, ENGINE_UNSAT, ENGINE_UNKNOWN, ENGINE_WRONG } engine_status;

typedef struct {
    engine_status status;
    witness w;        /* SAT */
    const proof *pf;  /* UNSAT: refutes the sequent asked about */
    const bool *used; /* UNSAT: its support, sequent_size members */
    const char *why;  /* UNKNOWN, WRONG */
    /* With parameters only: */
    bool vouched;               /* the solver's word is all there is: no w, no pf */
    const condition *condition; /* UNSAT: side conditions that only the solver vouches for */
    int nconditions;
} outcome;

typedef struct engine engine;

/* What engines that follow each other may have in common, for it costs more than a small theory: a
 * solver for second opinions, opened at the first, and the process for nonlinear questions, which
 * ends with the arena. The solver is asked for verdicts alone, never for models or cores, so that
 * no answer depends on what was asked before; where it disagrees, a fresh one decides. Under a
 * limit of work it is not used. The process answers each question as if it were the first. */
typedef struct solvers solvers;
solvers *solvers_new(arena *a, budget *b);
/* Before the problem that was asked about last is gone, unless they are closed then. */
void solvers_forget(solvers *s);
/* Closes the solver; the next question opens another. NULL is allowed. */
void solvers_close(solvers *s);

/* One engine for one problem; the budget is shared and outlives it. */
engine *engine_open(const problem *p, budget *b);
/* From now on those are asked, which must outlive the engine; NULL: the engine's own. */
void engine_consult(engine *e, solvers *s);
/* Turns to another problem, which must outlive the engine; cheaper than another engine, for the
 * solver stays open. What went wrong before is forgotten. */
void engine_turn(engine *e, const problem *p);
void engine_close(engine *e);
const problem *engine_problem(const engine *e);
budget *engine_budget(const engine *e);
/* What went wrong, where a confirmation ever failed; else NULL. */
const char *engine_wrong(const engine *e);

/* Can the facts in use (NULL: all) and the extra formulas hold together? */
outcome engine_check(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra);
/* A question that was refuted, from which facts are left out one at a time. */
typedef struct conflict conflict;
/* The proof is the engine's own. Sequent and proof must stay valid. */
conflict *engine_conflict(engine *e, arena *a, const sequent *refuted, const proof *pf);
/* As engine_check of the same question without fact `which`: where nothing of it can be left out,
 * by substitution in what was eliminated once for all facts. */
outcome engine_check_without(engine *e, arena *a, conflict *c, int which);
/* Only the status of the same question: cheaper where there are parameters, but UNSAT is not
 * certified then. For the search; what is told must be asked with engine_check. */
engine_status engine_test(engine *e, arena *a, const bool *use, const formula *const *extra,
                          int nextra);
/* Is a solution of all facts but one seen at once, in which that one fails? It was evaluated
 * exactly; false says nothing. */
bool engine_can_fail(engine *e, arena *a, int which);
/* As engine_check, for the verdict on a theory: what it refutes, unless the theory is large or has
 * parameters, Z3 must refute too, or not decide, where the proof takes cases, and where the theory
 * claims that it is contradictory or trivial. */
outcome engine_verdict(engine *e, arena *a, const bool *use, const formula *const *extra,
                       int nextra);
/* Shrinks an UNSAT outcome until no formula i with keep[i] false (keep NULL: none kept; keep has
 * sequent_size members) can be left out; gives the outcome of the smallest sequent found. Formulas
 * marked keep are tried last or not at all and never dropped. */
outcome engine_shrink(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                      const bool *keep);

/* One end of the values of a form. */
typedef struct {
    bool infinite;
    rat value;    /* if finite */
    bool open;    /* not attained; true when infinite */
    approach way; /* how it is reached: kernel-checked */
} bound;

/* The values of `target` over the case of the sequent in which w lies (a convex set: of every
 * disjunction the branches that w satisfies): an interval. False if undecided. Cheapest where w
 * satisfies the sequent itself. */
bool engine_range(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                  const witness *w, form target, bound *low, bound *high);

/* A fact that follows from others: which (ascending, irreducible). */
typedef struct {
    int fact;
    const int *from;
    int n;
} consequence;

/* The facts that follow from all other facts, in order, each proved by the kernel; for a
 * satisfiable problem. False if undecided, by the budget or because it would take very long. */
bool engine_redundant(engine *e, arena *a, const consequence **out, int *n);

/* A closed form target = value·base, continued from a sample: target - value·base = Σ sum, with
 * multipliers in Q(parameters). It can only hold where all the conditions do (formulas on the
 * parameters alone: cases chosen, denominators, signs of multipliers). */
typedef struct {
    coef value;
    const summand *sum;
    int n;
    const formula *const *when;
    int nwhen;
} ratio;

/* Near the parameters of w, which satisfies the sequent; a candidate, to be proved. False if
 * there is none. */
bool engine_ratio(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                  const witness *w, form target, form base_form, ratio *out);

/* A formula on the parameters, and on the symbols marked in keep[] as linear unknowns (NULL: none),
 * that holds exactly where some exponents of all other quantities satisfy the sequent: quantifiers
 * are eliminated by virtual substitution (Loos and Weispfenning, The Computer Journal 1993). NULL
 * where it grows too large. Not confirmed by the kernel. */
const formula *engine_shadow(engine *e, arena *a, const bool *use, const formula *const *extra,
                             int nextra, const bool *keep);
/* An engine for another problem, which shares the solver's process with e and must not outlive it.
 */
engine *engine_beside(const engine *e, const problem *p);

#endif
