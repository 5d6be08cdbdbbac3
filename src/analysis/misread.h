/* misread: what a product of powers is taken for by one who merges it with one slip.
 *
 * A text may leave work to its reader: `w² w³`, `(w²)³`, `(w L)²`, `w⁵/w²`. Each of these can be
 * merged wrongly: exponents multiplied where they add or divided where they subtract, added where
 * they multiply, a power applied to one factor only, a sign or a factor lost. The slips, and where
 * they are taken from, are those of slips.h.
 */
#ifndef ANALYSIS_MISREAD_H
#define ANALYSIS_MISREAD_H

#include "analysis/finding.h"

/* One slip in the merging of one product, which may be part of a larger one. */
typedef struct {
    slip slip;
    const written_product *of; /* what was merged wrongly */
    form wrong;                /* what became of it */
    form off;                  /* by how much all of the product is wrong then */
    bool divided;              /* see misstep */
} misreading;

typedef struct {
    VEC(misreading) list;
} misreadings;

/* The misreadings of a product, its parts after itself; the first ones, where there are very many.
 * Everything lives in the arena. */
misreadings misread(arena *a, const written_product *p);

#endif
