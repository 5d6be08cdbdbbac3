/* peel: laws that only give a quantity.
 *
 * S ∝ u^p, where S occurs nowhere else, can always be satisfied where p is defined; so can S ≪ u^p.
 * Without them another quantity may be left to one law alone, and so on: of a long chain of laws
 * nothing stays but what is asked of its quantities together (in systems of linear equations:
 * column singletons, J. Tomlin and J. Welch, "Formal optimization of some reduced linear
 * programming problems", Mathematical Programming 27, 1983).
 */
#ifndef ENGINE_PEEL_H
#define ENGINE_PEEL_H

#include "algebra/cert.h"

/* An atom that can be satisfied by this symbol. */
typedef struct {
    const formula *law;
    int sym;
} giver;

/* The rest can hold if and only if the whole can, by the same parameters. In place of what was
 * taken away stands what it says of parameters alone, its denominators included; nodes are counted
 * anew. */
typedef struct {
    sequent rest;
    const giver *taken; /* in order */
    int n;
} peeled;

/* In the arena; q must outlive it. The symbols marked in keep[] (NULL: none) are left to no law. */
peeled peel(arena *a, const sequent *q, const bool *keep);
/* A witness of the whole from one of the rest. */
witness peel_back(arena *a, const peeled *p, const witness *w);

/* What the formula says of parameters alone: everything about quantities is taken as true, but for
 * denominators, which do not vanish in an atom that holds. */
const formula *pure_part(arena *a, const formula *f);

#endif
