/* tell_proofs: what proofs that a person wrote are worth, in words. */
#ifndef RENDER_TELL_PROOFS_H
#define RENDER_TELL_PROOFS_H

#include "analysis/analysis.h"
#include "render/doc.h"

/* How much of what is right is given away. */
typedef struct {
    int hint;      /* 0: which step is wrong; 1: and in which way; 2: and where to look; 3: all */
    bool solution; /* the derivations of the goals, too */
} reveal;

/* The proofs of the theory and its regimes, step by step. */
void narrate_proofs(doc *d, const finding *f, const char *file, reveal how);
/* A line for each proof of the theory alone. */
void tell_proofs_short(doc *d, const finding *f, int indent);

#endif
