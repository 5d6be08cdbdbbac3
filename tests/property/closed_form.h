/* closed_form: exponents and conditions with letters, evaluated at a rational point.
 *
 * Reads what the program prints (`-αβ/(α+β)`, `2(1+s)²`, `α ≤ β and d ≠ 2`) and what the tests
 * write, by itself and in exact arithmetic.
 */
#ifndef PROPERTY_CLOSED_FORM_H
#define PROPERTY_CLOSED_FORM_H

#include <gmp.h>
#include <stdbool.h>

enum { POINT_NAMES = 8 };

/* Names with values; the values belong to whoever made them. */
typedef struct {
    const char *name[POINT_NAMES];
    mpq_t value[POINT_NAMES];
    int n;
} point;

typedef enum {
    CLOSED_FORM_OK,
    CLOSED_FORM_POLE,  /* a divisor is zero there */
    CLOSED_FORM_UNREAD /* this is no closed form in the names of the point */
} closed_form_status;

/* out is initialised by the caller. */
closed_form_status closed_form_value(const char *text, const point *at, mpq_t out);
/* Does the condition hold? `holds` is meaningful where the status is OK; a comparison at a pole
 * does not hold. */
closed_form_status closed_form_holds(const char *text, const point *at, bool *holds);

#endif
