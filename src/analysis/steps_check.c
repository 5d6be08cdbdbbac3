/* Does every line of a calculation follow? Knows the rules, and nothing of how lines are made. */
#include "analysis/steps.h"

/* off = left - right stands in relation r to zero. */
typedef struct {
    form off;
    rel r;
    bool geq;
} relation;

typedef struct {
    arena *a;
    const problem *p;
    const goal *g;
    VEC(relation) known; /* what the calculations so far have reached, and their lines */
} checker;

/* f = c·g, for a c that is not zero? */
static bool times(arena *a, form f, form g, coef *c) {
    coef have = g.n ? form_coef(f, g.t[0].sym) : coef_int(0);
    if (coef_is_zero(have)) return false;
    *c = coef_div(a, have, g.t[0].c);
    return form_eq(f, form_scale(a, *c, g));
}

/* x is y to the power c: with an inequality c must have a sign, which may turn it round. */
static bool is_power(relation x, relation y, coef c) {
    if (x.r != y.r) return false;
    return x.r == REL_EQ || (coef_sgn(c) != 2 && x.geq == (y.geq != (coef_sgn(c) < 0)));
}

static bool follows_from_law(const checker *k, const calc_line *x, relation now) {
    const formula *atom = atom_used(k->p, k->g, x->fact, x->node);
    coef c;
    return atom && times(k->a, now.off, atom->lhs, &c) &&
           is_power(now, (relation){atom->lhs, atom->rel, false}, c);
}

static bool has_power(const calc_line *x, coef c, coef power) {
    switch (x->rule) {
    case RULE_TURN:
        return coef_eq(c, coef_int(-1));
    case RULE_ROOT:
    case RULE_RECIPROCAL:
    case RULE_POWER:
        return coef_eq(c, power);
    case RULE_ABOVE:
    case RULE_QUOTIENT:
        return coef_is_one(c);
    case RULE_SUBSTITUTE:
        return true;
    case RULE_CITE:
    case RULE_SPLIT:
    case RULE_GROUP:
    case RULE_PRODUCT:
    case RULE_POWER_OF_POWER:
    case RULE_POWER_OF_PRODUCT:
    case RULE_DROP:
        break;
    }
    return false;
}

static bool follows_from_known(const checker *k, const calc_line *x, relation now) {
    for (size_t i = 0; i < k->known.n; i++) {
        coef c;
        if (times(k->a, now.off, k->known.v[i].off, &c) && has_power(x, c, x->power) &&
            is_power(now, k->known.v[i], c))
            return true;
    }
    return false;
}

static bool is_right_sum(arena *a, const arithmetic *x) {
    coef is = coef_int(x->multiplied);
    for (int i = 0; i < x->n; i++)
        is = x->multiplied ? coef_mul(a, is, x->x[i]) : coef_add(a, is, x->x[i]);
    return coef_eq(is, x->is);
}

static bool is_identity_rule(rule r) {
    switch (r) {
    case RULE_SPLIT:
    case RULE_GROUP:
    case RULE_PRODUCT:
    case RULE_QUOTIENT:
    case RULE_POWER_OF_POWER:
    case RULE_POWER_OF_PRODUCT:
    case RULE_DROP:
        return true;
    case RULE_CITE:
    case RULE_ABOVE:
    case RULE_TURN:
    case RULE_SUBSTITUTE:
    case RULE_ROOT:
    case RULE_RECIPROCAL:
    case RULE_POWER:
        break;
    }
    return false;
}

/* `before` is the right side that the line goes on from. */
static bool line_follows(const checker *k, const calc_line *x, form before) {
    form right = product_form(k->a, x->right);
    for (int i = 0; i < x->ndone; i++)
        if (!is_right_sum(k->a, &x->done[i])) return false;
    if (x->identity) return x->linked && is_identity_rule(x->rule) && form_eq(before, right);
    relation now = {form_sub(k->a, before, right), x->r, x->geq};
    return x->fact == FACT_NONE ? follows_from_known(k, x, now) : follows_from_law(k, x, now);
}

/* What the lines from the last one that is not linked have come to. */
static bool sums_up(const calc_line *x, const relation *so_far) {
    return x->so_far == so_far->r && (x->so_far == REL_EQ || x->so_far_geq == so_far->geq);
}

static bool go_on(relation *so_far, const calc_line *x) {
    if (x->identity || x->r == REL_EQ) return true;
    if (so_far->r != REL_EQ && so_far->geq != x->geq) return false;
    so_far->r = so_far->r == REL_LT ? REL_LT : x->r;
    so_far->geq = x->geq;
    return true;
}

static bool calc_holds(checker *k, const calc *c) {
    relation now = {form_zero(), REL_EQ, false};
    form right = form_zero();
    for (int i = 0; i < c->n; i++) {
        const calc_line *x = &c->line[i];
        form left = product_form(k->a, x->left);
        if (!x->linked || i == 0) right = left, now = (relation){left, REL_EQ, false};
        if (!line_follows(k, x, right) || !go_on(&now, x) || !sums_up(x, &now)) return false;
        right = product_form(k->a, x->right);
        now.off = form_sub(k->a, left, right);
        vec_push(k->a, &k->known, now);
    }
    return true;
}

/* A chain's calculation goes from its start to its end. */
static bool tells_chain(arena *a, const calc *c, const chain *k) {
    const calc_line *last = &c->line[c->n - 1];
    return form_eq(product_form(a, last->left), k->start) &&
           form_eq(product_form(a, last->right), k->end) && last->so_far == k->steps[k->n - 1].r;
}

static bool tells_chains(arena *a, const derivation *d, const calculation *c) {
    const chain *chains[] = {&d->target, &d->base};
    int next = 0;
    for (int i = 0; i < c->n; i++) {
        if (c->c[i].kind != CALC_CHAIN) continue;
        while (next < 2 && chains[next]->n == 0) next++;
        if (next == 2 || !tells_chain(a, &c->c[i], chains[next++])) return false;
    }
    return true;
}

bool calculation_holds(const problem *p, const goal *g, const derivation *d, const calculation *c) {
    arena *a = arena_new();
    checker k = {.a = a, .p = p, .g = g};
    bool holds = true;
    for (int i = 0; i < c->n && holds; i++) holds = c->c[i].n > 0 && calc_holds(&k, &c->c[i]);
    holds = holds && tells_chains(a, d, c);
    arena_free(a);
    return holds;
}
