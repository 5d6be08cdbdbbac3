#include "engine/spots.h"

spot spot_kid(spot parent, int kid) {
    int node = parent.node + 1;
    for (int i = 0; i < kid; i++) node += parent.f->kid[i]->nodes;
    return (spot){parent.formula, node, parent.f->kid[kid]};
}

spot spot_next_kid(spot kid, const formula *next) {
    return (spot){kid.formula, kid.node + kid.f->nodes, next};
}

void spot_atoms(arena *a, spot at, spots *atoms) {
    if (at.f->kind == FORMULA_ATOM) {
        vec_push(a, atoms, at);
        return;
    }
    spot kid = {at.formula, at.node + 1, NULL};
    for (int i = 0; i < at.f->n; i++) {
        kid = i ? spot_next_kid(kid, at.f->kid[i]) : spot_kid(at, 0);
        spot_atoms(a, kid, atoms);
    }
}

void spot_grant(arena *a, spot at, spots *equations, spots *inequalities, spots *anys) {
    switch (at.f->kind) {
    case FORMULA_ATOM:
        if (at.f->rel == REL_EQ)
            vec_push(a, equations, at);
        else
            vec_push(a, inequalities, at);
        return;
    case FORMULA_ANY:
        vec_push(a, anys, at);
        return;
    case FORMULA_ALL:
        break;
    }
    spot kid = {at.formula, at.node + 1, NULL};
    for (int i = 0; i < at.f->n; i++) {
        kid = i ? spot_next_kid(kid, at.f->kid[i]) : spot_kid(at, 0);
        spot_grant(a, kid, equations, inequalities, anys);
    }
}

const proof *sum_proof(arena *a, const summands *sum) {
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SUM, .sum = sum->v, .n = (int)sum->n};
    return pf;
}

const proof *split_proof(arena *a, spot any, const proof *const *branch) {
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SPLIT, .branch = branch, .n = any.f->n};
    pf->formula = any.formula;
    pf->node = any.node;
    return pf;
}
