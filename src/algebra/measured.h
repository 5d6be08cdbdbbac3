/* measured: an exponent that somebody measured, as data. */
#ifndef ALGEBRA_MEASURED_H
#define ALGEBRA_MEASURED_H

#include "algebra/rat.h"
#include "base/diag.h"

/* quantity ∝ base^exponent; the stated error reaches from low to high, each of which may be
 * unknown: low ≤ exponent where has_low, exponent ≤ high where has_high. */
typedef struct {
    str quantity, base; /* canonical names */
    rat exponent, low, high;
    bool has_low, has_high;
    str source; /* may be empty */
    int line;
    span quantity_at, base_at;
} measurement;

typedef struct {
    const measurement *v;
    int n;
} measurements;

#endif
