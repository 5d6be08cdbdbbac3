#include "analysis/parts.h"

factset factset_of(arena *a, const bool *used, int nfacts) {
    VEC(int) members = {0};
    for (int i = 0; i < nfacts; i++)
        if (used[i]) vec_push(a, &members, i);
    return (factset){members.v, (int)members.n};
}

bool solve_leaf(arena *a, const proof *leaf, int which, summand **sum, int *n) {
    const summand *solved = NULL;
    if (leaf->kind != PROOF_SUM) return false;
    for (int i = 0; i < leaf->n; i++)
        if (leaf->sum[i].formula == which) {
            if (solved) return false;
            solved = &leaf->sum[i];
        }
    if (!solved) return false;
    coef times = coef_div(a, coef_int(-1), solved->lambda);
    summand *rest = NEW_ARRAY(a, summand, leaf->n);
    *n = 0;
    for (int i = 0; i < leaf->n; i++) {
        if (&leaf->sum[i] == solved) continue;
        rest[*n] = leaf->sum[i];
        rest[(*n)++].lambda = coef_mul(a, times, leaf->sum[i].lambda);
    }
    *sum = rest;
    return true;
}
