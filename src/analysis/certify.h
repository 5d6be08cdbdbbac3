/* certify: a finding in, a certificate out.
 *
 * What a finding says is turned into theses (algebra/thesis.h), and the engine is
 * asked once more for evidence of each: a proof, a witness, a walk. What the
 * solver alone vouches for is marked so; what was not confirmed within the budget
 * has no evidence, and no reader of the certificate will accept it.
 */
#ifndef ANALYSIS_CERTIFY_H
#define ANALYSIS_CERTIFY_H

#include "analysis/analysis.h"
#include "algebra/thesis.h"

/* Of a finding and then of each of its regimes: 1 + f->nregimes of them, in the arena. The solvers
 * may be those of the analysis; NULL: others are started. */
const certificate *certify(arena *a, const finding *f, solvers *common, budget *b);
/* The same of what is said of all facts together, and no more than that: nothing of repairs and
 * levels, nothing of whether less would do. For exports, which tell other systems what to prove. */
const certificate *certify_claims(arena *a, const finding *f, solvers *common, budget *b);
/* Is there evidence, if only the solver's word, of all that n certificates say? Not where the work
 * ended before. */
bool certified_whole(const certificate *c, int n);

#endif
