/* library: the theories that come with propto, and what a small process costs. */
#ifndef BENCH_LIBRARY_H
#define BENCH_LIBRARY_H

#include "results.h"

/* Whole processes on a small theory: a C program that loads Z3 and makes one check, and propto. */
void small_theory(const settings *o, results *r);

/* Theories without parameters, by propto and by one from before there were any. */
void beside_before(const settings *o, results *r);

/* Every theory of the library by itself. */
void time_library(const settings *o, results *r);

#endif
