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

/* What the first line says of a theory. */
typedef struct {
    verdict verdict;
    bool as_claimed, vouched, wrong;
    const char *reason; /* why it is unknown; or NULL */
} headline;
headline headline_of(const finding *f);

/* One line for each of several theories. */
typedef struct {
    const char *file;
    bool read; /* else the theory could not be read, and nothing is said of it */
    headline said;
    const finding *found; /* NULL where it was not read, or by another process */
} summary;
void narrate_summary(doc *d, const summary *s, int n);

#endif
