#include "algebra/cert.h"

/* --- sequents --- */

int sequent_size(const sequent *s) {
    return s->p->nfacts + s->nextra;
}

const formula *sequent_formula(const sequent *s, int i) {
    if (i < 0 || i >= sequent_size(s)) return NULL;
    if (i >= s->p->nfacts) return s->extra[i - s->p->nfacts];
    return !s->use || s->use[i] ? s->p->facts[i].claim : NULL;
}

/* --- proofs --- */

/* The splits made on the way from the root of a proof: which kid of which ANY holds. */
typedef struct choice choice;
struct choice {
    const choice *up;
    int formula, node, kid;
};

static int chosen_kid(const choice *c, int which, int node) {
    for (; c; c = c->up)
        if (c->formula == which && c->node == node) return c->kid;
    return -1;
}

/* The node, if every ANY above it was split into the kid that holds it; else NULL. */
static const formula *granted(const sequent *s, const choice *path, int i, int node) {
    const formula *f = sequent_formula(s, i);
    if (!f || node < 0 || node >= f->nodes) return NULL;
    int at = 0;
    while (at < node) {
        int kid = 0, below = at + 1;
        while (node >= below + f->kid[kid]->nodes) below += f->kid[kid++]->nodes;
        if (f->kind == FORMULA_ANY && chosen_kid(path, i, at) != kid) return NULL;
        f = f->kid[kid];
        at = below;
    }
    return f;
}

typedef struct {
    VEC(term) terms;
    coef k;
    rel r; /* of the sum so far: EQ, then LE, then LT, as stronger summands come */
} total;

static bool add_summand(arena *a, const sequent *s, const choice *path, const summand *m,
                        total *sum) {
    const formula *f = granted(s, path, m->formula, m->node);
    if (!f || f->kind != FORMULA_ATOM) return false;
    if (f->rel != REL_EQ && coef_sgn(m->lambda) <= 0) return false;
    if (f->rel > sum->r) sum->r = f->rel;
    for (int i = 0; i < f->lhs.n; i++) {
        term t = {f->lhs.t[i].sym, coef_mul(a, m->lambda, f->lhs.t[i].c)};
        vec_push(a, &sum->terms, t);
    }
    sum->k = coef_add(a, sum->k, coef_mul(a, m->lambda, f->lhs.k));
    return true;
}

/* Is `k rel 0` false for the constant k? */
static bool is_absurd(coef k, rel r) {
    switch (r) {
    case REL_EQ:
        return coef_sgn(k) != 0;
    case REL_LE:
        return coef_sgn(k) > 0;
    case REL_LT:
        return coef_sgn(k) >= 0;
    }
    return false;
}

static bool add_up(arena *a, const sequent *s, const choice *path, const summand *m, int n, form *f,
                   rel *r) {
    total sum = {.k = coef_int(0), .r = REL_EQ};
    for (int i = 0; i < n; i++)
        if (!add_summand(a, s, path, &m[i], &sum)) return false;
    *f = form_of(a, sum.terms.v, (int)sum.terms.n, sum.k);
    *r = sum.r;
    return true;
}

static bool sum_is_absurd(arena *a, const sequent *s, const choice *path, const proof *pf) {
    form f;
    rel r;
    return add_up(a, s, path, pf->sum, pf->n, &f, &r) && form_is_const(f) && is_absurd(f.k, r);
}

static bool refutes(const sequent *s, const choice *path, const proof *pf);

static bool split_refutes(const sequent *s, const choice *path, const proof *pf) {
    const formula *f = granted(s, path, pf->formula, pf->node);
    if (!f || f->kind != FORMULA_ANY || f->n != pf->n) return false;
    for (int i = 0; i < pf->n; i++) {
        choice c = {path, pf->formula, pf->node, i};
        if (!refutes(s, &c, pf->branch[i])) return false;
    }
    return true;
}

static bool refutes(const sequent *s, const choice *path, const proof *pf) {
    if (!pf) return false;
    if (pf->kind == PROOF_SPLIT) return split_refutes(s, path, pf);
    arena *scratch = arena_new();
    bool yes = sum_is_absurd(scratch, s, path, pf);
    arena_free(scratch);
    return yes;
}

bool proof_refutes(const sequent *s, const proof *pf) {
    return refutes(s, NULL, pf);
}

static bool any_is_zero(const summand *sum, int n) {
    for (int i = 0; i < n; i++)
        if (coef_is_zero(sum[i].lambda)) return true;
    return false;
}

bool sum_vanishes(const sequent *s, const summand *sum, int n) {
    form f;
    rel r;
    arena *scratch = arena_new();
    bool yes = add_up(scratch, s, NULL, sum, n, &f, &r) && form_is_zero(f) && r == REL_EQ;
    arena_free(scratch);
    return yes && !any_is_zero(sum, n);
}

void proof_support(const sequent *s, const proof *pf, bool *used) {
    if (pf->kind == PROOF_SUM) {
        for (int i = 0; i < pf->n; i++) used[pf->sum[i].formula] = true;
        return;
    }
    used[pf->formula] = true;
    for (int i = 0; i < pf->n; i++) proof_support(s, pf->branch[i], used);
}

/* --- witnesses --- */

/* Does `test` hold of every formula of the sequent? */
static bool every_formula(const sequent *s, bool (*test)(arena *, const formula *, const void *),
                          const void *what) {
    arena *scratch = arena_new();
    bool all = true;
    for (int i = 0; all && i < sequent_size(s); i++) {
        const formula *f = sequent_formula(s, i);
        all = !f || test(scratch, f, what);
    }
    arena_free(scratch);
    return all;
}

static bool holds_at(arena *a, const formula *f, const void *what) {
    const witness *w = what;
    return formula_holds(a, f, w->x);
}

bool witness_satisfies(const sequent *s, const witness *w) {
    return w->n == s->p->nsymbols && every_formula(s, holds_at, w);
}

/* On the way from near, where the atom holds: at the limit it holds with ≤ for <; along a ray it
 * never gets worse. */
static bool atom_holds_along(arena *a, const formula *f, const approach *w) {
    if (!formula_holds(a, f, w->near.x)) return false;
    form at_limit = f->lhs;
    if (w->ray) at_limit.k = coef_int(0);
    int sign = coef_sgn(form_value(a, at_limit, w->limit.x));
    return f->rel == REL_EQ ? sign == 0 : sign <= 0;
}

static bool holds_along(arena *a, const formula *f, const void *what) {
    if (f->kind == FORMULA_ATOM) return atom_holds_along(a, f, what);
    bool all = f->kind == FORMULA_ALL;
    for (int i = 0; i < f->n; i++)
        if (holds_along(a, f->kid[i], what) != all) return !all;
    return all;
}

bool approach_holds(const sequent *s, const approach *w) {
    return w->near.n == s->p->nsymbols && w->limit.n == s->p->nsymbols &&
           every_formula(s, holds_along, w);
}
