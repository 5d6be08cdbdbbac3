/* families: what an answer would be if one relation more were known, in words. */
#ifndef RENDER_FAMILIES_H
#define RENDER_FAMILIES_H

#include "analysis/finding.h"
#include "render/doc.h"

/* "L ∝ w^s" */
str law_family_if(arena *a, const problem *p, const family *y);
/* "ℓ ∝ N_p^(-1/(2+s))", with the suppositions of the question */
str law_family_then(arena *a, const answer *w, const family *y);
/* Its value where the letter is 0 or 1: "-1/2", "undefined"; NULL where no solution is there. */
const char *family_value(arena *a, const family *y, int at);
/* "if L ∝ w^s then ℓ ∝ N_p^(-1/(2+s)): -1/2 at s = 0, -1/3 at s = 1" */
void say_family(cell *c, arena *a, const problem *p, const answer *w, const family *y);

#endif
