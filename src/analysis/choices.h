/* choices: what `choose N, D to minimize ℓ at fixed C` comes to.
 *
 * The other statements allow, at fixed exponents of C and fixed parameters, a
 * set of exponents to ℓ; all other quantities are eliminated to find it. Of
 * these the solution has the least: the claim of the choice is that no smaller
 * one is allowed, a formula on ℓ and C. That it admits nothing but best
 * solutions is confirmed by the engine: a solution of the claim and a better
 * one with the same C cannot be (linear programming duality, one leaf of
 * multipliers for each case). A choice sees the choices before it.
 */
#ifndef ANALYSIS_CHOICES_H
#define ANALYSIS_CHOICES_H

#include "engine/engine.h"

bool choices_any(const problem *p);
/* The problem with the claims of its choices put in, over the facts in use (NULL: all); p itself
 * where there are none. NULL where a claim was not found or not confirmed, with the reason in *why.
 * In the arena. */
const problem *choices_resolved(engine *e, arena *a, const problem *p, const bool *use,
                                const char **why);

/* An engine for the problem of e with its choices made over the facts in use: e itself where there
 * are none, else one to be closed; NULL where that was not found. */
engine *choices_engine(engine *e, arena *a, const bool *use);

/* The facts that a choice sees: all but itself and the choices behind it. */
const bool *choices_before(arena *a, const problem *p, int which);

/* Why a choice, fact `which`, has no best solution, where it has none. Of a greatest exponent the
 * same the other way round. */
typedef enum {
    CHOICE_UNBOUNDED,  /* there are smaller exponents than any number */
    CHOICE_UNATTAINED, /* they come near to a number that none of them is */
    CHOICE_END_UNKNOWN /* now this, now that, or not found out */
} choice_end;
/* The engine is one for a problem with its choices made; *vouched says that it is the solver's word
 * alone. */
choice_end choices_end(engine *e, arena *a, int which, bool *vouched);

#endif
