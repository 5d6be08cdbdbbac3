#include "analysis/choices.h"
#include "analysis/parts.h"

/* Does it follow from the others when these choose without it? */
static bool follows_anew(engine *e, arena *a, int which) {
    const problem *p = engine_problem(e);
    bool *use = NEW_ARRAY(a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = i != which;
    engine *own = choices_engine(e, a, use);
    const formula *denied = formula_not(a, p->facts[which].claim);
    bool follows = own && engine_check(own, a, use, &denied, 1).status == ENGINE_UNSAT;
    engine_close(own);
    return follows;
}

void find_redundant(engine *e, arena *a, finding *f) {
    const consequence *c;
    int n;
    f->redundant_complete = engine_redundant(e, a, &c, &n);
    redundancy *found = NEW_ARRAY(a, redundancy, n);
    bool choices = choices_any(engine_problem(e));
    for (int i = 0; i < n; i++)
        if (!choices || follows_anew(e, a, c[i].fact))
            found[f->nredundant++] = (redundancy){c[i].fact, {c[i].from, c[i].n}};
    f->redundant = found;
}
