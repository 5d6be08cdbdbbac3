/* param: sequents with parameters in the exponents.
 *
 * The nonlinear solver decides and gives sample points; at a sample everything
 * is linear and the exact engine finds the proof; the proof is continued from
 * the sample to all parameters, its multipliers as rational functions. Where
 * the continuation needs a sign, the kernel sees it, the solver vouches for it,
 * or the proof is split by it. What cannot be continued rests on the solver's
 * word alone, and says so.
 */
#ifndef ENGINE_PARAM_H
#define ENGINE_PARAM_H

#include "engine/engine.h"
#include "engine/smt.h"

typedef struct param param;

/* The arena holds it and the samples it remembers; the solver outlives it. */
param *param_open(arena *a, const problem *p, budget *b, nonlinear *solver);

bool sequent_is_parametric(const sequent *q);
/* The kernel has added up pf, given condition[], which the solver vouches for; w is for it to
 * check.
 */
outcome param_decide(param *s, arena *a, const sequent *q);
/* Only whether it can hold: no proof is sought. */
engine_status param_test(param *s, arena *a, const sequent *q);
/* Is it seen at once that a fact can fail where all others hold? At a point of the parameters all
 * equations are independent and all else that is said of quantities is strict: a solution can be
 * moved a little against any one equation. False says nothing. */
bool param_can_fail(param *s, int which);
/* A point of the parameters at which all that is said of them alone holds and the rest is refuted:
 * the sequent there, of that rest, and why. False if none was found. */
bool param_refuted_somewhere(param *s, arena *a, const sequent *q, sequent *at, const proof **pf);
/* Near the parameters of w, which satisfies the sequent: target = value·base as a closed form. A
 * candidate, to be proved; false if there is none. */
bool param_ratio(param *s, arena *a, const sequent *q, const witness *w, form target,
                 form base_form, ratio *out);

#endif
