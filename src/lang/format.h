/* format: a text in its canonical spelling and layout.
 *
 * What is kept: every statement in its order, every comment, one blank line where there were some;
 * notes, citations and comments byte for byte (but for blanks at the end of a comment). What is
 * made one: spelling (see written.h), indentation, columns, a statement a line. The result says
 * the same as the text, and formatting it again changes nothing. Where a statement is called by
 * its line, `without @7`, the reference follows it to its new line.
 *
 * Columns: labels, laws, notes, citations and comments at the ends of lines are aligned over runs
 * of lines with no blank line, comment or brace between them. No law is broken, so what is too
 * wide for its column is followed by one blank, and the column stays where it is.
 */
#ifndef LANG_FORMAT_H
#define LANG_FORMAT_H

#include "lang/lang.h"

/* False after an error of syntax or a limit, which is then in the sink. With `ascii`, signs and
 * names are spelled in ASCII where they have such a spelling. The text belongs to the arena. */
bool format_source(arena *a, const source *src, const lang_limits *given, bool ascii, diags *sink,
                   str *out);

#endif
