/* grades: a line for each solution of an exercise, or for each file with proofs: its score, the
 * first step that does not hold, and the slip that was made there. */
#ifndef RENDER_GRADES_H
#define RENDER_GRADES_H

#include "analysis/analysis.h"
#include "render/doc.h"
#include "render/narrate.h"

/* The file, `2/3`, `step 2`, `sign`. */
void narrate_grades(doc *d, const summary *s, int n);

/* "2/3"; empty where there is nothing to count. */
str score_text(arena *a, score s);
/* The code of a slip: "multiplied"; NULL for none. */
const char *slip_code(slip s);

#endif
