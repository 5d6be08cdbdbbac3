/* to_smt2: a theory, and what is said of it, as an SMT-LIB 2.6 script.
 *
 * Each quantity is a real constant, its exponent; each statement an assertion that bears its
 * label, so that any solver can be asked whether all can hold, and which conflict. After them
 * stands, for each answer and conclusion, what is needed for it (algebra/thesis.h): its denial
 * with `unsat` as the status expected, solutions with `sat`. Parameters are constants too; where
 * symbols are multiplied the logic is that of products, and fractions are cleared: a relation of
 * fractions holds only where no denominator vanishes. Regimes follow, each a script of its own
 * after (reset). Whatever names and notes hold, they cannot leave their quotes or comments.
 */
#ifndef RENDER_TO_SMT2_H
#define RENDER_TO_SMT2_H

#include "algebra/thesis.h"

/* The first frame of each certificate: all facts. A status that the certificate has no evidence
 * for is `unknown`. */
void smt2_write(text *out, const certificate *c, int n);

#endif
