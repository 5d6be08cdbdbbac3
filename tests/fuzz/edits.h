/* edits: small changes of a JSON text, chosen by bytes, for the fuzzers: numbers changed, members
 * lost, doubled, exchanged, put elsewhere, called otherwise. What comes out is JSON still. */
#ifndef FUZZ_EDITS_H
#define FUZZ_EDITS_H

#include <cjson/cJSON.h>
#include <stddef.h>
#include <stdint.h>

enum { EDIT = 6, EDITS_MAX = 16 }; /* bytes of an edit; more edits than these are left out */

void edit(cJSON *in, const uint8_t *edits, size_t n);

#endif
