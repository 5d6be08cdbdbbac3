/* lower: a theory to a problem.
 *
 * Here the syntax ends: a product becomes a linear form, a relation an atom, a chain or a list
 * that grows a conjunction, and an exponent its value in Q(parameters). The text of each statement
 * goes along for people to read.
 */
#ifndef LANG_LOWER_H
#define LANG_LOWER_H

#include "lang/lex.h"
#include "lang/theory.h"

/* NULL after an error, which is a limit. */
problem *lower_theory(arena *a, const theory *t, const lang_limits *limits, diags *sink);
/* Questions and conclusions in the scope of the theory, whose parameters are those of k. */
const goal *lower_goals(arena *a, const theory *t, const field *k, statement *const *list, int n,
                        const lang_limits *limits, diags *sink);

#endif
