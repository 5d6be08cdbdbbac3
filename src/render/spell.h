/* spell: text as an output can bear it.
 *
 * Names, notes and messages come from files. Whatever they hold, what leaves here is valid
 * UTF-8 without a control character, an escape or a change of writing direction: each
 * is spelled out, `\u{1b}`. With `ascii` the symbols of the language take their ASCII
 * spellings (`∝` is `~`, `ℓ` is `ell`, `w²` is `w^2`) and other characters are spelled out too.
 */
#ifndef RENDER_SPELL_H
#define RENDER_SPELL_H

#include "base/utf8.h"

/* For a terminal. Idempotent. */
str spell_text(arena *a, str s, bool ascii);
/* Valid UTF-8 without NUL, terminated: what may be handed to cJSON. */
const char *spell_valid(arena *a, str s);
/* Appends printed JSON: the characters that spell_text would spell out become \u escapes. */
void spell_json(text *to, str json, bool ascii);

#endif
