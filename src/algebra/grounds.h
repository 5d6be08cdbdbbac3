/* grounds: reasons for signs, found.
 *
 * Looks for what signs.c sees, and writes down why: multiples of what is granted, products of
 * factors, polynomials expanded in the distances of the parameters from their bounds (Handelman),
 * what is left once parameters that equations give away are put in. Not needed to believe a
 * reason: reason.h checks it.
 */
#ifndef ALGEBRA_GROUNDS_H
#define ALGEBRA_GROUNDS_H

#include "algebra/reason.h"

/* What is granted, and how a reason names it. */
typedef struct {
    hypothesis h;
    ref from;
} known;

/* Why c, which is no number, has one of these signs where all n hold; n = 0 in the reason: it is
 * not found. Everything in the arena. */
sign_reason grounds_of(arena *a, coef c, int signs, const known *k, int n);

#endif
