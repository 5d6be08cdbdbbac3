/* solvers: every theory of a family by propto and by the z3 and cvc5 programs.
 *
 * The other two read what `propto export --to smt2` makes of the theory, up to its first check, and
 * without the options that make them keep cores and models: they give a verdict alone. propto
 * gives the verdict, the answers to two questions and, where there is a conflict, its core, one
 * repair, and the certificate in a file where this propto knows --certificate. Where there is a
 * conflict propto is timed once more with all repairs, up to the 64 that it lists.
 */
#ifndef BENCH_SOLVERS_H
#define BENCH_SOLVERS_H

#include "results.h"

/* Finds out what this propto knows, and how long everybody takes to start. */
void start_solvers(const settings *o, results *r);

/* All sizes of the family, a line each. */
void race_family(const settings *o, const family *f, results *r);

#endif
