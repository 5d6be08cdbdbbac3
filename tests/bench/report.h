/* report: what was measured, in words: the promises on the terminal, the document as a file. */
#ifndef BENCH_REPORT_H
#define BENCH_REPORT_H

#include "promises.h"

/* A line for each promise; gives how many are broken. */
int print_promises(const promises *all);

/* Fails where the document has no place for results: better before a long run than after it. */
void check_document(const char *path);

/* Writes the tables, the machine and the promises into a Markdown file, between its lines
 * "<!-- bench -->" and "<!-- end of bench -->"; all else stays. */
void write_document(const settings *o, const results *r, const promises *all);

#endif
