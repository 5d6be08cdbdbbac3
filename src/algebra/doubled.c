#include "algebra/doubled.h"

const problem *with_symbols(arena *a, const problem *p, int more) {
    problem *own = NEW(a, problem);
    symbol *symbols = NEW_ARRAY(a, symbol, p->nsymbols + more);
    *own = *p;
    memcpy(symbols, p->symbols, sizeof *symbols * (size_t)p->nsymbols);
    own->symbols = symbols;
    own->nsymbols += more;
    return own;
}

static bool is_fixed(const choice_of *c, int sym) {
    for (int i = 0; i < c->nfixed; i++)
        if (c->fixed[i] == sym) return true;
    return false;
}

form form_of_other(arena *a, const problem *p, const choice_of *c, form f) {
    form out = form_const(f.k);
    for (int i = 0; i < f.n; i++) {
        int sym = f.t[i].sym + (is_fixed(c, f.t[i].sym) ? 0 : p->nsymbols);
        out = form_addmul(a, out, f.t[i].c, form_sym(a, sym));
    }
    return out;
}

const formula *formula_of_other(arena *a, const problem *p, const choice_of *c, const formula *f) {
    if (f->kind == FORMULA_ATOM) return formula_atom(a, form_of_other(a, p, c, f->lhs), f->rel);
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = formula_of_other(a, p, c, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

static const formula *of_both(arena *a, const problem *p, const choice_of *c, const formula *f) {
    const formula **both = NEW_ARRAY(a, const formula *, 2);
    both[0] = f;
    both[1] = formula_of_other(a, p, c, f);
    return formula_all(a, both, 2);
}

const problem *doubled(arena *a, const problem *p, const choice_of *c) {
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, p->nfacts);
    *own = *with_symbols(a, p, p->nsymbols);
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = p->facts[i];
        facts[i].claim = of_both(a, p, c, p->facts[i].claim);
    }
    own->facts = facts;
    return own;
}
