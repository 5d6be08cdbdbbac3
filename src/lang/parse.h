/* parse: tokens to ast.
 *
 * One error for each statement; the parser then goes on at the next one. Brackets are
 * counted before they are entered, so no input can exhaust the stack.
 */
#ifndef LANG_PARSE_H
#define LANG_PARSE_H

#include "lang/ast.h"
#include "lang/lex.h"

/* After this many errors in one file the rest is not read. */
enum { ERRORS_MAX = 200 };
void parse_too_many_errors(span where, diags *sink);

/* Is it UTF-8 without NUL and bidirectional controls? Else diagnostics. */
bool text_is_sound(const source *src, diags *sink);
/* NULL only where the text itself cannot be read (UTF-8, NUL, bidirectional controls). */
const ast *parse(arena *a, const source *src, const lang_limits *limits, diags *sink);

#endif
