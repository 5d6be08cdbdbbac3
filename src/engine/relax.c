#include "engine/relax.h"

#include "engine/eliminate.h"
#include "engine/param.h"
#include "engine/spots.h"

/* The atoms that hold in one case. */
typedef struct {
    bool made;
    spots atoms;
    elim *e;            /* of their forms; NULL: they depend in no way, or in several */
    combination lambda; /* Σ lambda·atom is a number */
    rat *value;         /* what each form without its constant is to be */
    rat total;          /* Σ lambda·value; not zero */
} system_of;

struct relaxed {
    arena *a;
    const sequent *s;
    const proof *pf;
    budget *b;
    system_of *cases; /* one for each sum */
};

static int sums_of(const proof *pf) {
    return pf->kind == PROOF_SUM ? 1 : pf->n;
}

static const proof *sum_of(const proof *pf, int i) {
    return pf->kind == PROOF_SUM ? pf : pf->branch[i];
}

static bool is_flat(const proof *pf) {
    if (pf->kind != PROOF_SUM && (pf->kind != PROOF_SPLIT || pf->node != 0)) return false;
    for (int i = 0; i < sums_of(pf); i++)
        if (sum_of(pf, i)->kind != PROOF_SUM) return false;
    return true;
}

relaxed *relax_new(arena *a, const sequent *s, const proof *pf, budget *b) {
    if (!is_flat(pf) || sequent_is_parametric(s)) return NULL;
    relaxed *r = NEW(a, relaxed);
    *r = (relaxed){a, s, pf, b, NEW_ARRAY(a, system_of, sums_of(pf))};
    return r;
}

/* --- one case --- */

/* The kid of the disjunction that was split. */
static spot kid_at(spot any, int i) {
    spot kid = spot_kid(any, 0);
    for (int k = 1; k <= i; k++) kid = spot_next_kid(kid, any.f->kid[k]);
    return kid;
}

static spots atoms_in_case(const relaxed *r, int i) {
    spots atoms = {0}, anys = {0};
    for (int k = 0; k < sequent_size(r->s); k++) {
        const formula *f = sequent_formula(r->s, k);
        if (!f) continue;
        spot at = {k, 0, f};
        if (r->pf->kind == PROOF_SPLIT && k == r->pf->formula) at = kid_at(at, i);
        spot_grant(r->a, at, &atoms, &atoms, &anys);
    }
    return atoms;
}

/* The atom holds where its form without the constant is that. */
static rat value_for(arena *a, const formula *atom) {
    rat k;
    if (!coef_rat(atom->lhs.k, &k)) return RAT_ZERO;
    return rat_sub(a, atom->rel == REL_LT ? rat_int(-1) : RAT_ZERO, k);
}

static rat total_of(const relaxed *r, const system_of *c) {
    rat sum = RAT_ZERO, lambda;
    for (int i = 0; i < c->lambda.n; i++)
        if (coef_rat(c->lambda.m[i].lambda, &lambda))
            sum = rat_add(r->a, sum, rat_mul(r->a, lambda, c->value[c->lambda.m[i].row]));
    return sum;
}

static void make_case(relaxed *r, int i) {
    system_of *c = &r->cases[i];
    c->made = true;
    c->atoms = atoms_in_case(r, i);
    int n = (int)c->atoms.n;
    form *rows = NEW_ARRAY(r->a, form, n);
    c->value = NEW_ARRAY(r->a, rat, n);
    for (int k = 0; k < n; k++) {
        rows[k] = c->atoms.v[k].f->lhs;
        rows[k].k = coef_int(0);
        c->value[k] = value_for(r->a, c->atoms.v[k].f);
    }
    elim *e = elim_run(r->a, rows, n, r->s->p->nsymbols, r->b);
    if (!e || elim_dependencies(e) != 1) return;
    c->lambda = elim_dependency(e, r->a, 0);
    c->total = total_of(r, c);
    c->e = e;
}

/* --- without one fact --- */

/* The first case whose refutation rests on the fact; -1: none does. */
static int case_with(const relaxed *r, int which) {
    for (int i = 0; i < sums_of(r->pf); i++) {
        const proof *leaf = sum_of(r->pf, i);
        for (int k = 0; k < leaf->n; k++)
            if (leaf->sum[k].formula == which) return i;
    }
    return -1;
}

/* What the dependency says of an atom of the fact when all others are as they should be. */
static bool absorb(const system_of *c, arena *a, int which, rat *value) {
    rat lambda;
    for (int i = 0; i < c->lambda.n; i++) {
        int row = c->lambda.m[i].row;
        if (c->atoms.v[row].formula != which || !coef_rat(c->lambda.m[i].lambda, &lambda)) continue;
        value[row] = rat_sub(a, value[row], rat_div(a, c->total, lambda));
        return true;
    }
    return false;
}

bool relax_without(relaxed *r, arena *a, int which, witness *out) {
    int i = case_with(r, which);
    if (i < 0) return false;
    system_of *c = &r->cases[i];
    if (!c->made) make_case(r, i);
    if (!c->e) return false;
    rat *value = NEW_ARRAY(a, rat, c->atoms.n);
    memcpy(value, c->value, sizeof *value * c->atoms.n);
    coef *x = NEW_ARRAY(a, coef, r->s->p->nsymbols);
    *out = (witness){x, r->s->p->nsymbols};
    return absorb(c, a, which, value) && elim_solve(c->e, a, value, x);
}
