/* spots: where a formula stands in a sequent, and what it grants if it holds. */
#ifndef ENGINE_SPOTS_H
#define ENGINE_SPOTS_H

#include "algebra/cert.h"

/* One node of one formula of a sequent. */
typedef struct {
    int formula, node;
    const formula *f;
} spot;

typedef VEC(spot) spots;

/* The spot of the kid of a node. */
spot spot_kid(spot parent, int kid);
/* The spot of `next`, the kid after that one. */
spot spot_next_kid(spot kid, const formula *next);
/* Adds the spots of all atoms of f. */
void spot_atoms(arena *a, spot at, spots *atoms);
/* Sorts what a formula that holds grants: atoms, by relation, and open disjunctions. */
void spot_grant(arena *a, spot at, spots *equations, spots *inequalities, spots *anys);

typedef VEC(summand) summands;

/* The proof by that sum; it shares the summands. */
const proof *sum_proof(arena *a, const summands *sum);
/* The proof by the kids of an ANY, which shares the branches, one for each. */
const proof *split_proof(arena *a, spot any, const proof *const *branch);

#endif
