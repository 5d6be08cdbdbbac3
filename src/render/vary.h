/* vary: a finding with freed exponents beside the file that it came from. */
#ifndef RENDER_VARY_H
#define RENDER_VARY_H

#include "analysis/finding.h"

/* "s = 1", "r = 1, s = 1": what the freed exponents are in the file. */
str vary_point(arena *a, const problem *p);
/* "s", "s and r", "a, b and c": the freed exponents. */
str vary_letters(arena *a, const problem *p);
/* A formula on parameters, at the numbers of the file: 1 it holds, 0 it does not, -1 that depends
 * on other parameters. */
int vary_holds(arena *a, const problem *p, const formula *f);
/* The same of all conditions of a case. */
int vary_holds_case(arena *a, const problem *p, const answer_case *k);
/* The same formula on parameters without parts that always or never hold; where nothing else is
 * left, it is the empty ALL or the empty ANY. */
const formula *vary_plain(arena *a, const formula *f);
/* The answer of the file to the same question; NULL where there is none. */
const answer *vary_in_file(const finding *f, const answer *w);

#endif
