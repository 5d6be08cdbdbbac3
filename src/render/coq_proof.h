/* coq_proof: a refutation that the kernel has checked, as a Coq script.
 *
 * Splits become `destruct`, sums the products that linear arithmetic adds up. Where multipliers
 * depend on parameters they are multiplied by what clears them of fractions, and each is shown to
 * have its sign, factor by factor, before it is used.
 */
#ifndef RENDER_COQ_PROOF_H
#define RENDER_COQ_PROOF_H

#include "algebra/cert.h"
#include "render/coq_terms.h"

/* Lemmas and tactics that every proof uses. */
extern const char coq_prelude[];

/* Closes the goal False. formula i of the sequent is the hypothesis name[i]; NULL: it is not
 * there, and the proof does not use it. proof_refutes(s, pf) holds. */
void coq_refute(coq *c, const sequent *s, const proof *pf, const char *const *name);

#endif
