/* measured: a table of measured exponents, in CSV.
 *
 *     quantity,base,exponent,low,high,source
 *     N,C,0.73,0.72,0.74,"Kaplan 2020, section 6.1"
 *
 * The first row names the columns, in any order; low, high and source may be missing,
 * as columns or in a row. Quantities and bases are names as in a theory, in any of
 * their spellings; numbers are decimals, 0.73, or fractions, -1/3. RFC 4180, read
 * with libcsv; blank lines are passed over.
 */
#ifndef LANG_MEASURED_H
#define LANG_MEASURED_H

#include "algebra/measured.h"
#include "lang/lang.h"

/* The rows in order, in the arena; diagnostics for all that is wrong with the table, with none
 * of its rows then. */
measurements measured_read(arena *a, const source *src, const lang_limits *limits, diags *sink);

#endif
