/* to_json_proofs: the member `proofs` of the object that to_json prints. */
#ifndef RENDER_TO_JSON_PROOFS_H
#define RENDER_TO_JSON_PROOFS_H

#include "render/json.h"
#include "analysis/analysis.h"

/* What all proofs of a file come to: `ok` and `score`. */
void put_score(arena *a, cJSON *to, const finding *f);
/* Adds the member; an empty list only where it is `asked` for. */
void put_proofs(arena *a, cJSON *to, const finding *f, bool asked);

#endif
