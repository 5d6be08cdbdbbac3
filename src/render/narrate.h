/* narrate: a finding in words. It alone speaks English about findings: see teller.h.
 *
 * What it says is calm and exact: what was found, the statements it rests on, and nothing that
 * the finding does not hold.
 */
#ifndef RENDER_NARRATE_H
#define RENDER_NARRATE_H

#include "analysis/finding.h"
#include "render/doc.h"

typedef enum {
    TELL_VERDICT, /* --quiet: one line */
    TELL_CHECK,
    TELL_DERIVE,  /* the derivations, step by step */
    TELL_TABLE,   /* the same, and tables of the choices */
    TELL_EXPLAIN, /* every core and every repair */
    TELL_VARY     /* which exponents are free, and what follows from each */
} telling;

/* How derivations are told. */
typedef struct {
    bool steps;     /* in elementary steps */
    bool exponents; /* beside them, the same as equations of exponents */
} detail;

/* Adds what the finding says about the theory that was read from `file`. */
void narrate(doc *d, const finding *f, const char *file, telling what);
void narrate_in_detail(doc *d, const finding *f, const char *file, telling what, detail how);

/* One line for each of several theories; `found` is NULL where the theory could not be read. */
typedef struct {
    const char *file;
    const finding *found;
} summary;
void narrate_summary(doc *d, const summary *s, int n);

#endif
