/* promises: what propto claims about its speed, held against what was measured. */
#ifndef BENCH_PROMISES_H
#define BENCH_PROMISES_H

#include "results.h"

enum { MAX_PROMISES = 32, PROMISE_SIZE = 160 };

typedef enum { KEPT, BROKEN, NOT_MEASURED } keeping;

typedef struct {
    keeping is;
    char text[PROMISE_SIZE], figures[PROMISE_SIZE];
} promise;

typedef struct {
    promise each[MAX_PROMISES];
    int n;
} promises;

extern const char *const keeping_words[];

promises promises_of(const settings *o, const results *r);

#endif
