/* notes: what a finding has to say about how its theory is written, as diagnostics.
 *
 * N002  statements that no answer and no conclusion rests on
 * N005  conclusions whose suppositions contradict a theory that can hold
 */
#ifndef RENDER_NOTES_H
#define RENDER_NOTES_H

#include "analysis/finding.h"
#include "base/diag.h"

/* Adds one note of each kind at most, in the order of the text. */
void note_findings(arena *a, const finding *f, diags *sink);

#endif
