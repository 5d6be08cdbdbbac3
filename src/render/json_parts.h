/* json_parts: what the files that write JSON share. Private to them. */
#ifndef RENDER_JSON_PARTS_H
#define RENDER_JSON_PARTS_H

#include "render/json.h"
#include "render/to_json.h"

/* An object with the members that each has: schema, propto. */
cJSON *json_new(const json_options *o);
/* Prints the object on one line and frees it. */
void json_end(text *out, const json_options *o, cJSON *object);
/* "consistent", "contradictory", "trivial", "unknown" */
const char *json_verdict(verdict v);
/* An answer to a question of p, as in the answers of a theory. */
cJSON *json_of_answer(arena *a, const problem *p, const answer *x);
/* A story, as in the stories of a theory; an empty object where it is not told. */
cJSON *json_of_story(arena *a, const problem *p, const story *y);
/* The steps of a derivation, as in derive. */
void json_put_derivation(arena *a, const problem *p, cJSON *to, const derivation *why);
/* What only the solver vouches for. */
void json_put_vouched(arena *a, const problem *p, cJSON *to, bool vouched, const condition *list,
                      int n);
/* Adds the member `diagnostics`, each with its file where o->file is another. */
void json_put_diagnostics(arena *a, cJSON *to, const diags *sink, const json_options *o);

#endif
