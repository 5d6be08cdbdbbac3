#include "algebra/intervals.h"

#include <stdlib.h>

bool interval_is_point(const interval *x) {
    return !x->low_infinite && !x->high_infinite && coef_eq(x->low, x->high);
}

bool intervals_are_everything(const intervals *u) {
    return u->n == 1 && u->v[0].low_infinite && u->v[0].high_infinite;
}

/* Which starts first? */
static int by_low(const void *p, const void *q) {
    const interval *x = p, *y = q;
    if (x->low_infinite || y->low_infinite) return (int)y->low_infinite - (int)x->low_infinite;
    int c = rat_cmp(x->low.r, y->low.r);
    return c ? c : (int)x->low_open - (int)y->low_open;
}

/* Which ends first? */
static int by_high(const interval *x, const interval *y) {
    if (x->high_infinite || y->high_infinite) return (int)x->high_infinite - (int)y->high_infinite;
    int c = rat_cmp(x->high.r, y->high.r);
    return c ? c : (int)y->high_open - (int)x->high_open;
}

/* Is there nothing between the end of x and the start of y, where x starts first? */
static bool touch(const interval *x, const interval *y) {
    if (x->high_infinite || y->low_infinite) return true;
    int c = rat_cmp(y->low.r, x->high.r);
    return c < 0 || (c == 0 && !(x->high_open && y->low_open));
}

static void extend(interval *x, const interval *y) {
    if (by_high(x, y) >= 0) return;
    x->high_infinite = y->high_infinite;
    x->high = y->high;
    x->high_open = y->high_open;
}

void intervals_add(arena *a, intervals *u, interval x) {
    vec_push(a, u, x);
    qsort(u->v, u->n, sizeof *u->v, by_low);
    size_t kept = 0;
    for (size_t i = 1; i < u->n; i++)
        if (touch(&u->v[kept], &u->v[i]))
            extend(&u->v[kept], &u->v[i]);
        else
            u->v[++kept] = u->v[i];
    u->n = kept + 1;
}

intervals intervals_gaps(arena *a, const intervals *u) {
    intervals gaps = {0};
    interval gap = {.low_infinite = true, .low_open = true};
    for (size_t i = 0; i < u->n; i++) {
        gap.high = u->v[i].low;
        gap.high_open = !u->v[i].low_open;
        if (!u->v[i].low_infinite) vec_push(a, &gaps, gap);
        gap = (interval){.low = u->v[i].high, .low_open = !u->v[i].high_open};
        if (u->v[i].high_infinite) return gaps;
    }
    gap.high_infinite = gap.high_open = true;
    vec_push(a, &gaps, gap);
    return gaps;
}

coef ratio_level(coef value) {
    rat r;
    return coef_rat(value, &r) && rat_is_long(r) ? value : coef_int(coef_sgn(value));
}
