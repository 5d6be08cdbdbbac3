#include "analysis/membership.h"
#include "analysis/parts.h"

membership find_membership(arena *a, const finding *f) {
    int n = f->p->nfacts, *count = NEW_ARRAY(a, int, n);
    bool *every = NEW_ARRAY(a, bool, n), *some = NEW_ARRAY(a, bool, n);
    bool *none = NEW_ARRAY(a, bool, n);
    for (int i = 0; i < f->ncores; i++)
        for (int k = 0; k < f->cores[i].facts.n; k++) count[f->cores[i].facts.v[k]]++;
    for (int i = 0; i < n; i++) {
        every[i] = count[i] > 0 && count[i] == f->ncores;
        some[i] = count[i] > 0 && !every[i];
        none[i] = count[i] == 0 && !f->p->facts[i].hard;
    }
    return (membership){factset_of(a, every, n), factset_of(a, some, n), factset_of(a, none, n)};
}
