/* to_coq: what is said of a theory, as lemmas over the reals that Coq proves.
 *
 * Each quantity is a real variable, its exponent; statements are hypotheses, and what follows
 * from them is the goal. One lemma for each refutation that an answer, a conclusion or a verdict
 * needs (algebra/thesis.h), its proof written from the certificate's: splits become cases, the
 * multipliers of a sum products, so that linear arithmetic closes each leaf, parameters or not.
 * Nothing is divided; a fraction is cleared of its denominator, which does not vanish. What the
 * solver alone vouches for is a comment that says so. Whatever names and notes hold, they cannot
 * leave their comments.
 */
#ifndef RENDER_TO_COQ_H
#define RENDER_TO_COQ_H

#include "algebra/thesis.h"

/* The first frame of each certificate: all facts; a regime is a module of its own. */
void coq_write(text *out, const certificate *c, int n);

#endif
