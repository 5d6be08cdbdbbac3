/* vary: numbers in the exponents of chosen laws make way for parameters.
 *
 * Of a law that is named by its label, every numeric exponent of a factor on the right side of its
 * relation becomes a fresh parameter, also the exponent 1 that nobody wrote: `N_p ∝ w² L` becomes
 * `N_p ∝ w^a L^b`. The exponent of a bracket, or of a root, is one exponent. Numbers and constants
 * as factors are left alone, and so is a factor whose exponent has letters or an uncertain number.
 * What comes out is an ordinary theory: nothing after this file knows that it was varied, but for
 * the list of what was freed.
 */
#ifndef LANG_VARY_H
#define LANG_VARY_H

#include "lang/lex.h"
#include "lang/theory.h"

typedef VEC(variation) variations;

/* Varies the laws in place, each once, in the order of the labels; the parameters become symbols of
 * the theory, under names that it does not know. `optional` laws do not hold and are refused. False
 * after an error. */
bool vary_laws(arena *a, theory *t, const char *const *word, int n, variations *out, diags *sink);

#endif
