/* forget_lines: what two runs say, so that only the lines of their texts may differ. */
#ifndef PROPERTY_FORGET_LINES_H
#define PROPERTY_FORGET_LINES_H

/* Takes out what tells of lines, `@12b`, `line-12b`, `line 12`, `"line":12`, and the diagnostics,
 * which quote the text. */
void forget_lines(char *s);

#endif
