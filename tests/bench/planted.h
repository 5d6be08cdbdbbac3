/* planted: propto explain of theories in which ten conflicts are planted. */
#ifndef BENCH_PLANTED_H
#define BENCH_PLANTED_H

#include "results.h"

/* Prints a line for each; keeps the measure of ten conflicts of three statements. A theory counts
 * as done only if exactly the planted cores, the known number of repairs, and as many of them as
 * were asked for, are found. */
void explain_planted(const settings *o, results *r);

#endif
