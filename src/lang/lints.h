/* lints: notes on how a theory is written that read well enough and may yet be slips.
 *
 * N003  a declared quantity that only one statement mentions, or none; W001 says it of a sketch
 * N004  names that look alike: `ν` beside `v`, `ℓ` beside `l`, N_p beside N_P
 * N006  an exact decimal that looks measured: 0.076 in an exponent, without ±
 *
 * Each kind is one note, which names all that it is about, at the place of the first. Only what
 * the file itself says is spoken of, not what it uses.
 */
#ifndef LANG_LINTS_H
#define LANG_LINTS_H

#include "lang/theory.h"

/* For a theory that was read without an error. */
void lint_theory(arena *a, const theory *t, diags *sink);

#endif
