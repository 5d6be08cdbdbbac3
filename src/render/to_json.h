/* to_json: a finding as one JSON object on one line, by the schema in docs/schema.json. */
#ifndef RENDER_TO_JSON_H
#define RENDER_TO_JSON_H

#include "render/narrate.h"

typedef struct {
    const char *version;  /* of propto */
    const char *file;     /* as it was given */
    bool derivations;     /* the steps of each answer and conclusion */
    bool all_cores;       /* the list of cores was meant to be complete */
    bool redundant;       /* redundant statements were looked for */
    bool tables;          /* of the choices were asked for */
    bool proofs;          /* these alone, of `prove`; with the derivations the goals too */
    const char *exercise; /* whose solution it is; NULL: of none */
    detail how;           /* derivations are told */
    bool ascii;
} json_options;

/* Appends the object and a newline. `f` is NULL where the theory could not be read; `sink` holds
 * the diagnostics, sorted. */
void to_json(text *out, const finding *f, const diags *sink, const json_options *o);
/* The page of a diagnostic code, as an object. */
void page_to_json(text *out, diag_code code, str page, const json_options *o);
/* A file in its canonical spelling, with the text itself or without; s NULL: it has none. */
void formatted_to_json(text *out, bool with_text, str spelled, bool canonical, const diags *sink,
                       const json_options *o);

#endif
