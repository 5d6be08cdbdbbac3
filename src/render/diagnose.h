/* diagnose: diagnostics as they are read: what, where, the line with a mark, the way out.
 *
 *     error[E201]: `Q` is not declared
 *       --> critical.propto:3:5
 *        |
 *      3 | A1: Q ∝ w
 *        |     ^
 *        = help: did you mean `N`?
 */
#ifndef RENDER_DIAGNOSE_H
#define RENDER_DIAGNOSE_H

#include "base/diag.h"
#include "render/doc.h"

/* At most this many errors of one input are shown, and of warnings and notes; the rest are
 * counted. */
enum { DIAGNOSTICS_SHOWN = 400, WARNINGS_SHOWN = 10 };

/* Adds the diagnostics of a sorted sink, in order; with `quiet` only the errors. */
void diagnose(doc *d, const diags *sink, bool quiet, const style *look);
const char *severity_word(severity s);

/* Places of many spans of one source in rising order, in one pass. */
typedef struct {
    const source *src;
    size_t at; /* where the last place was */
    int line, column;
} place_finder;
place find_place(place_finder *f, span at);

#endif
