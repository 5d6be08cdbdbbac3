/* How the needs of a thesis are met: proofs and witnesses by cert.c, and ways through solutions. */
#include "algebra/thesis.h"

/* --- walks --- */

static bool same_parameters(const problem *p, const approach *way) {
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].sort == SORT_PARAMETER && !way->ray &&
            !coef_eq(way->near.x[i], way->limit.x[i]))
            return false;
    return true;
}

/* The form at the start of the walk and at its end, or along it. */
static bool both_ends(arena *a, form f, const approach *way, rat *from, rat *to) {
    form fixed;
    if (!form_at(a, f, way->near.x, &fixed)) return false;
    if (!coef_rat(form_value(a, fixed, way->near.x), from)) return false;
    if (way->ray) fixed.k = coef_int(0);
    return coef_rat(form_value(a, fixed, way->limit.x), to);
}

/* The values of target/base on a walk on which the base stays what it is; false where it does
 * not. */
static bool values_on(arena *a, const sequent *s, form target, form base, const approach *way,
                      interval *out) {
    rat at, to, b, b_to;
    if (!both_ends(a, target, way, &at, &to) || !both_ends(a, base, way, &b, &b_to)) return false;
    if (rat_is_zero(b) || !rat_eq(b_to, way->ray ? RAT_ZERO : b)) return false;
    rat from = rat_div(a, at, b), end = rat_div(a, to, b);
    int up = way->ray ? rat_sgn(end) : rat_cmp(end, from);
    bool open = up != 0 && (way->ray || !witness_satisfies(s, &way->limit));
    *out = (interval){.low = coef_of(from), .high = coef_of(from)};
    if (up > 0) out->high = coef_of(end), out->high_open = open, out->high_infinite = way->ray;
    if (up < 0) out->low = coef_of(end), out->low_open = open, out->low_infinite = way->ray;
    return true;
}

static bool is_same_end(bool infinite, bool open, coef end, bool other_infinite, bool other_open,
                        coef other) {
    if (infinite || other_infinite) return infinite == other_infinite;
    return open == other_open && coef_eq(end, other);
}

static bool is_same(const interval *x, const interval *y) {
    return is_same_end(x->low_infinite, x->low_open, x->low, y->low_infinite, y->low_open,
                       y->low) &&
           is_same_end(x->high_infinite, x->high_open, x->high, y->high_infinite, y->high_open,
                       y->high);
}

static bool walks_reach(arena *a, const thesis *t, const goal *g, const sequent *s,
                        const evidence *e) {
    intervals u = {0};
    form base = g->kind == GOAL_EXPONENT ? g->base[0] : form_const(coef_int(1));
    for (int i = 0; i < e->nwalks; i++) {
        interval x;
        const approach *way = &e->walks[i];
        if (!approach_holds(s, way) || !same_parameters(s->p, way)) return false;
        if (!values_on(a, s, g->target, base, way, &x)) return false;
        intervals_add(a, &u, x);
    }
    if ((int)u.n != t->nranges) return false;
    for (int i = 0; i < t->nranges; i++)
        if (!is_same(&u.v[i], &t->ranges[i])) return false;
    return true;
}

/* --- samples --- */

/* Σ base_i(x)·e_i - target(x), over the unknowns e_i, with the leading unknowns of other rows
 * eliminated. */
static form sample_row(arena *a, const goal *g, const witness *w, const form *others, int n) {
    form row = form_const(coef_neg(a, form_value_at(a, g->target, w->x)));
    for (int i = 0; i < g->nbase; i++)
        row = form_addmul(a, row, form_value_at(a, g->base[i], w->x), form_sym(a, i));
    for (int i = 0; i < n; i++) {
        coef c = form_coef(row, others[i].t[0].sym);
        if (coef_is_zero(c)) continue;
        row = form_addmul(a, row, coef_neg(a, coef_div(a, c, others[i].t[0].c)), others[i]);
    }
    return row;
}

/* With the values: as many independent equations as unknowns, and all hold. Without: two that
 * cannot both. */
static bool samples_decide(arena *a, const thesis *t, const goal *g, const sequent *s,
                           const evidence *e) {
    form *rows = NEW_ARRAY(a, form, g->nbase);
    int n = 0;
    bool agree = true;
    for (int i = 0; i < e->nsamples; i++) {
        if (!witness_satisfies(s, &e->samples[i])) return false;
        form row = sample_row(a, g, &e->samples[i], rows, n);
        agree = agree && (row.n || form_is_zero(row));
        if (row.n) rows[n++] = row;
    }
    if (!t->nvalue) return !agree;
    for (int i = 0; i < n; i++) agree = agree && coef_is_zero(form_value(a, rows[i], t->value));
    return agree && n == g->nbase;
}

/* --- the door --- */

bool need_is_met(arena *a, const frame *f, const thesis *t, const need *n, const evidence *e,
                 conditions *open) {
    const goal *g = t->about >= 0 && t->about < f->p->ngoals ? &f->p->goals[t->about] : NULL;
    switch (n->kind) {
    case NEED_REFUTATION:
        return e->pf && proof_shows(a, &n->s, e->pf, open);
    case NEED_SOLUTION:
        return e->w.n && witness_satisfies(&n->s, &e->w);
    case NEED_WALKS:
        return g && e->nwalks && walks_reach(a, t, g, &n->s, e);
    case NEED_SAMPLES:
        return g && e->nsamples && samples_decide(a, t, g, &n->s, e);
    }
    return false;
}
