/* values: what an answer in JSON says is possible at a point, as a union of intervals. */
#ifndef PROPERTY_VALUES_H
#define PROPERTY_VALUES_H

#include <cjson/cJSON.h>

#include "closed_form.h"

enum { VALUES_PIECES = 16 };

typedef struct {
    mpq_t low, high;
    bool low_infinite, high_infinite, low_open, high_open;
} piece;

/* In order, apart: no two of them touch. */
typedef struct {
    piece v[VALUES_PIECES];
    int n;
} values;

typedef enum {
    VALUES_OK,
    VALUES_POLE,     /* a divisor is zero there */
    VALUES_UNREAD,   /* not in the names of the point */
    VALUES_NO_CASE,  /* no case holds there */
    VALUES_TWO_CASES /* two hold and differ */
} values_status;

void values_init(values *v);
void values_clear(values *v);
/* The answer is exact, cases, a range or undetermined. */
values_status values_at(const cJSON *answer, const point *at, values *out);
bool values_equal(const values *x, const values *y);
/* x is contained in y */
bool values_within(const values *x, const values *y);
void values_set(values *v, const mpq_t x);
/* Do the ranges depend on the point? */
bool values_have_letters(const cJSON *answer);

#endif
