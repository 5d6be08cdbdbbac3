/* json_steps: a derivation in elementary steps, as JSON. */
#ifndef RENDER_JSON_STEPS_H
#define RENDER_JSON_STEPS_H

#include "render/json.h"
#include "analysis/steps.h"

/* Adds the member `calculations`, by the schema in docs/schema.json; with `exponents` each line has
 * its equation. Nothing where the derivation has no elementary steps. */
void put_calculation(arena *a, cJSON *to, const problem *p, const goal *g, const derivation *why,
                     bool exponents);

#endif
