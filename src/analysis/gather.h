/* gather: evidence for a thesis, asked of the engine. */
#ifndef ANALYSIS_GATHER_H
#define ANALYSIS_GATHER_H

#include "algebra/thesis.h"
#include "analysis/finding.h"
#include "engine/engine.h"

/* Fills in t->by. What a thesis says is made weaker where it proves to be stronger than what can be
 * shown: `scales`, `poles`, `minimal` and `walked`. The engine is one for the frame's problem. What
 * the finding says was refuted is not asked again. */
void gather(arena *a, engine *e, const finding *found, const frame *f, thesis *t);

#endif
