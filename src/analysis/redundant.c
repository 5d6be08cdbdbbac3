#include "analysis/parts.h"

void find_redundant(engine *e, arena *a, finding *f) {
    const consequence *c;
    int n;
    f->redundant_complete = engine_redundant(e, a, &c, &n);
    redundancy *found = NEW_ARRAY(a, redundancy, n);
    for (int i = 0; i < n; i++) found[i] = (redundancy){c[i].fact, {c[i].from, c[i].n}};
    f->redundant = found;
    f->nredundant = n;
}
