/* relax: solutions of all of a conflict but one statement.
 *
 * The rows of an irreducible infeasible system of linear relations depend on each other in one way
 * only (Motzkin; Gleeson and Ryan, ORSA Journal on Computing 1990). So all but one may be given
 * any values at once, those that make them hold, and the dependency says what the one comes to.
 * One elimination does for a whole conflict: what is left out changes constants, not rows.
 */
#ifndef ENGINE_RELAX_H
#define ENGINE_RELAX_H

#include "algebra/cert.h"

typedef struct relaxed relaxed;

/* For a sequent and a proof that refutes it, which must stay valid. NULL where the proof is neither
 * a sum nor one split into sums, or there are parameters. */
relaxed *relax_new(arena *a, const sequent *s, const proof *pf, budget *b);
/* Values for all symbols that may satisfy the sequent without fact `which`: a guess, to be
 * confirmed. False where there is none: the facts are no irreducible conflict, or elimination
 * would take lifting. */
bool relax_without(relaxed *r, arena *a, int which, witness *out);

#endif
