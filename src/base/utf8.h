/* utf8: the one place that knows Unicode, on utf8proc.
 *
 * Names are compared after NFC, never NFKC (`ℓ` is not `l`). Widths are those
 * of a terminal.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/base.h"

/* The code point at s.s[0] and its length in bytes; -1 and *len = 1 where the
 * bytes are not UTF-8. s.n > 0. */
int32_t utf8_next(str s, size_t *len);
/* NFC in the arena; the bytes themselves where they are not UTF-8. */
str utf8_nfc(arena *a, str s);
/* Columns on a terminal: combining marks 0, wide characters 2. */
int utf8_width(str s);
/* Grapheme clusters, for columns in messages. */
int utf8_graphemes(str s);
bool utf8_is_letter(int32_t cp);
/* A combining mark, which belongs to the character before it. */
bool utf8_is_mark(int32_t cp);
/* A blank other than tab and newline: a space of any width. */
bool utf8_is_space(int32_t cp);
bool utf8_is_bidi_control(int32_t cp);
/* Control characters, line and paragraph separators, bidi controls, characters that cannot be seen:
 * what must never reach a terminal as it is. */
bool utf8_is_unsafe(int32_t cp);
/* Appends cp as UTF-8. */
void utf8_put(text *t, int32_t cp);
/* Levenshtein distance in code points (the first 255 of each), for "did you mean". */
int utf8_distance(str a, str b);

#endif
