/* picture: the times of all families as a log-log picture, SVG. */
#ifndef BENCH_PICTURE_H
#define BENCH_PICTURE_H

#include "results.h"

/* A panel for each family that was run, time over size; a time over the limit is an arrow at the
 * limit. Fails where the file cannot be written. */
void draw_picture(const settings *o, const results *r, const char *path);

#endif
