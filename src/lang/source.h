/* source: files to bytes, for the main theory and for `use`. */
#ifndef LANG_SOURCE_H
#define LANG_SOURCE_H

#include "lang/lang.h"

/* Reads the file at `path`, shown as `shown`. Errors are reported at `user`; where that is a place
 * (a `use` statement), only a regular file will do. */
const source *source_load(arena *a, const char *path, const char *shown, span user,
                          const lang_limits *limits, diags *sink);

#endif
