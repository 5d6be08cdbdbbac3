#include "algebra/problem.h"

#include <assert.h>

const formula *formula_atom(arena *a, form lhs, rel r) {
    formula *f = NEW(a, formula);
    *f = (formula){.kind = FORMULA_ATOM, .nodes = 1, .lhs = lhs, .rel = r};
    return f;
}

static const formula *branch(arena *a, formula_kind kind, const formula *const *kid, int n) {
    const formula **kept = n ? NEW_ARRAY(a, const formula *, n) : NULL;
    formula *f = NEW(a, formula);
    *f = (formula){.kind = kind, .nodes = 1, .lhs = form_zero(), .kid = kept, .n = n};
    for (int i = 0; i < n; i++) {
        kept[i] = kid[i];
        f->nodes += kid[i]->nodes;
    }
    return f;
}

const formula *formula_all(arena *a, const formula *const *kid, int n) {
    return branch(a, FORMULA_ALL, kid, n);
}

const formula *formula_any(arena *a, const formula *const *kid, int n) {
    return branch(a, FORMULA_ANY, kid, n);
}

const formula *formula_copy(arena *a, const formula *f) {
    formula *copy = NEW(a, formula);
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    *copy = *f;
    copy->lhs = form_copy(a, f->lhs);
    copy->kid = kid;
    for (int i = 0; i < f->n; i++) kid[i] = formula_copy(a, f->kid[i]);
    return copy;
}

const formula *formula_nonzero(arena *a, form lhs) {
    form minus = form_scale(a, coef_int(-1), lhs);
    const formula *kid[] = {formula_atom(a, lhs, REL_LT), formula_atom(a, minus, REL_LT)};
    return formula_any(a, kid, 2);
}

static const formula *not_atom(arena *a, const formula *f) {
    form minus = form_scale(a, coef_int(-1), f->lhs);
    switch (f->rel) {
    case REL_EQ:
        return formula_nonzero(a, f->lhs);
    case REL_LE:
        return formula_atom(a, minus, REL_LT);
    case REL_LT:
        return formula_atom(a, minus, REL_LE);
    }
    return NULL;
}

const formula *formula_not(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return not_atom(a, f);
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = formula_not(a, f->kid[i]);
    return branch(a, f->kind == FORMULA_ALL ? FORMULA_ANY : FORMULA_ALL, kid, f->n);
}

const formula *formula_node(const formula *f, int node) {
    assert(node >= 0 && node < f->nodes);
    while (node > 0) {
        node--;
        int i = 0;
        while (node >= f->kid[i]->nodes) node -= f->kid[i++]->nodes;
        f = f->kid[i];
    }
    return f;
}

static bool atom_holds(arena *a, const formula *f, const coef *x) {
    int sign;
    if (!form_sign_at(a, f->lhs, x, &sign)) return false;
    switch (f->rel) {
    case REL_EQ:
        return sign == 0;
    case REL_LE:
        return sign <= 0;
    case REL_LT:
        return sign < 0;
    }
    return false;
}

bool formula_holds(arena *a, const formula *f, const coef *x) {
    if (f->kind == FORMULA_ATOM) return atom_holds(a, f, x);
    bool all = f->kind == FORMULA_ALL;
    for (int i = 0; i < f->n; i++)
        if (formula_holds(a, f->kid[i], x) != all) return !all;
    return all;
}

static const formula *atom_at(arena *a, const formula *f, const coef *x) {
    form at;
    if (form_is_plain(f->lhs)) return f;
    return form_at(a, f->lhs, x, &at) ? formula_atom(a, at, f->rel) : formula_any(a, NULL, 0);
}

const formula *formula_at(arena *a, const formula *f, const coef *x) {
    if (f->kind == FORMULA_ATOM) return atom_at(a, f, x);
    if (!formula_is_parametric(f)) return f;
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = formula_at(a, f->kid[i], x);
    return branch(a, f->kind, kid, f->n);
}

bool formula_is_parametric(const formula *f) {
    if (f->kind == FORMULA_ATOM) return !form_is_plain(f->lhs);
    for (int i = 0; i < f->n; i++)
        if (formula_is_parametric(f->kid[i])) return true;
    return false;
}

void formula_parameters(const formula *f, bool *used) {
    for (int i = 0; i < f->lhs.n; i++) coef_parameters(f->lhs.t[i].c, used);
    coef_parameters(f->lhs.k, used);
    for (int i = 0; i < f->n; i++) formula_parameters(f->kid[i], used);
}

bool formula_eq(const formula *f, const formula *g) {
    if (f->kind != g->kind || f->n != g->n) return false;
    if (f->kind == FORMULA_ATOM) return f->rel == g->rel && form_eq(f->lhs, g->lhs);
    for (int i = 0; i < f->n; i++)
        if (!formula_eq(f->kid[i], g->kid[i])) return false;
    return true;
}

bool formula_is_conjunction(const formula *f) {
    if (f->kind == FORMULA_ANY) return false;
    for (int i = 0; i < f->n; i++)
        if (!formula_is_conjunction(f->kid[i])) return false;
    return true;
}

static bool form_in(form f, int nsymbols) {
    return form_ok(f) && (f.n == 0 || (f.t[0].sym >= 0 && f.t[f.n - 1].sym < nsymbols));
}

static bool formula_ok(const formula *f, int nsymbols) {
    if (f->kind == FORMULA_ATOM) return f->nodes == 1 && form_in(f->lhs, nsymbols);
    int nodes = 1;
    for (int i = 0; i < f->n; i++) {
        if (!formula_ok(f->kid[i], nsymbols)) return false;
        nodes += f->kid[i]->nodes;
    }
    return nodes == f->nodes;
}

static bool goal_ok(const goal *g, int nsymbols) {
    for (int i = 0; i < g->nwhen; i++)
        if (!formula_ok(g->when[i], nsymbols)) return false;
    if (g->kind == GOAL_CONCLUSION || g->kind == GOAL_WHERE)
        return g->claim && formula_ok(g->claim, nsymbols);
    if (g->kind == GOAL_EXPONENT && g->nbase < 1) return false;
    for (int i = 0; i < g->nbase; i++)
        if (!form_in(g->base[i], nsymbols)) return false;
    return form_in(g->target, nsymbols);
}

const fact *problem_fact(const problem *p, int i) {
    if (i >= 0) return i < p->nfacts ? &p->facts[i] : NULL;
    return -1 - i < p->nlemmas ? &p->lemmas[-1 - i] : NULL;
}

const formula *atom_used(const problem *p, const goal *g, int number, int node) {
    const fact *k = problem_fact(p, number);
    int j = number - p->nfacts;
    const formula *f = k ? k->claim : g && j >= 0 && j < g->nwhen ? g->when[j] : NULL;
    if (f == NULL || node >= f->nodes) return NULL;
    const formula *atom = formula_node(f, node);
    return atom->kind == FORMULA_ATOM ? atom : NULL;
}

static bool step_ok(const problem *p, const written_proof *of, int i) {
    const written_step *s = &of->steps[i];
    for (int k = 0; k < s->nfacts; k++)
        if (s->facts[k] < 0 || s->facts[k] >= p->nfacts) return false;
    for (int k = 0; k < s->nsteps; k++)
        if (s->steps[k] < 0 || s->steps[k] >= i) return false;
    for (int k = 0; k < s->nside; k++)
        if (!form_in(s->side[k], p->nsymbols)) return false;
    for (int k = 0; s->product && k < s->nside; k++)
        if (!form_eq(s->product[k].value, s->side[k])) return false;
    return s->claim && formula_ok(s->claim, p->nsymbols);
}

static bool proof_ok(const problem *p, const written_proof *of) {
    for (int i = 0; i < of->nsteps; i++)
        if (!step_ok(p, of, i)) return false;
    return true;
}

bool problem_ok(const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        if (!formula_ok(p->facts[i].claim, p->nsymbols)) return false;
    for (int i = 0; i < p->ngoals; i++)
        if (!goal_ok(&p->goals[i], p->nsymbols)) return false;
    for (int i = 0; i < p->nproofs; i++)
        if (!proof_ok(p, &p->proofs[i])) return false;
    for (int i = 0; i < p->nregimes; i++)
        if (p->regimes[i]->nregimes || !problem_ok(p->regimes[i])) return false;
    return true;
}

const formula *goal_base_scales(arena *a, const goal *g) {
    const formula **ways = NEW_ARRAY(a, const formula *, g->nbase);
    for (int i = 0; i < g->nbase; i++) ways[i] = formula_nonzero(a, g->base[i]);
    return g->nbase == 1 ? ways[0] : formula_any(a, ways, g->nbase);
}
