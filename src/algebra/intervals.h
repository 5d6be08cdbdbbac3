/* intervals: finite unions of intervals of rationals (their ends are plain numbers), in
 * order, apart.
 *
 * Two neighbours are joined when their union is an interval. What is between
 * them, before the first and after the last, are the gaps.
 */
#ifndef ALGEBRA_INTERVALS_H
#define ALGEBRA_INTERVALS_H

#include "algebra/coef.h"

/* An interval of answers: a single point has low = high, both closed. The ends are numbers or
 * closed forms in the parameters. */
typedef struct {
    bool low_infinite, high_infinite;
    coef low, high;
    bool low_open, high_open;
} interval;

typedef VEC(interval) intervals;

/* Adds one interval, not empty. */
void intervals_add(arena *a, intervals *u, interval x);
/* The complement, in order; infinite ends are open. */
intervals intervals_gaps(arena *a, const intervals *u);
bool interval_is_point(const interval *x);
/* One interval without ends. */
bool intervals_are_everything(const intervals *u);

/* What a base is held at where the ratios near a solution are sought that gives it this value: ±1,
 * or, if the value is long, the value, for then the solution is one of them as it is. */
coef ratio_level(coef value);

#endif
