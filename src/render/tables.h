/* tables: what `--table` prints of a choice, for all formats.
 *
 * An answer falls into entries: one for each case and each interval of it, or one alone where it
 * has neither; a closed form is followed by what it ranges over, if that is known. The factor of a
 * quantity where the fixed one is multiplied by 10 is 10 to its exponent: a number where the
 * exponent is one, else the formula `10^(β/(α+β))`.
 */
#ifndef RENDER_TABLES_H
#define RENDER_TABLES_H

#include "analysis/finding.h"

enum { TABLE_FACTORS = 3 };
extern const int table_factors[TABLE_FACTORS]; /* 2, 10, 100 */

typedef struct {
    const answer_case *when; /* NULL: in any case */
    bool known;              /* else any exponent is possible, or there is none, as the kind says */
    interval exponent;       /* known: a point has both ends alike */
} table_entry;

const table_entry *table_entries(arena *a, const answer *x, int *n);
bool entry_is_point(const table_entry *k);
/* times^exponent for one end of the interval, or for the point: "1.41", "2^α"; NULL where the
 * number is out of reach. */
const char *table_factor(arena *a, int times, coef exponent);

#endif
