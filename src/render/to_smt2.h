/* to_smt2: a problem as an SMT-LIB 2.6 script, straight from the problem.
 *
 * Each quantity is a real constant, its exponent; each statement an assertion that bears its
 * label, so that any solver can be asked whether all can hold, and which conflict. A second
 * check adds "something scales". Parameters are constants too, in the logic of products, where
 * fractions are cleared: a relation of fractions holds only where no denominator vanishes.
 * Regimes follow, each a script of its own after (reset). Whatever names and notes hold, they
 * cannot leave their quotes or comments.
 */
#ifndef RENDER_TO_SMT2_H
#define RENDER_TO_SMT2_H

#include "algebra/problem.h"

void smt2_write(text *out, const problem *p);

#endif
