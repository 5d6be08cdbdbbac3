/* What is left after a repair; and the repairs of a theory out of those of its parts. */
#include <stdlib.h>
#include "analysis/choices.h"
#include "analysis/march.h"

/* --- what is left after a repair --- */

static int drop_scaling(int *q, int n, const witness *w) {
    if (w->n == 0) return n;
    int left = 0;
    for (int i = 0; i < n; i++)
        if (coef_is_zero(w->x[q[i]])) q[left++] = q[i];
    return left;
}

/* Keeps those of q[0..n) that are zero in every solution: as long as one of the others can scale,
 * a witness names it. */
static int keep_fixed(const hunt *h, arena *scratch, const bool *use, int *q, int n) {
    while (n > 0) {
        const formula *scales = any_scales(scratch, q, n);
        outcome o = engine_check(h->e, scratch, use, &scales, 1);
        if (o.status == ENGINE_UNSAT) return n;
        n = o.status == ENGINE_SAT && o.w.n ? drop_scaling(q, n, &o.w) : 0;
    }
    return 0;
}

static void mark_symbols(const formula *f, bool *marked) {
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) marked[f->lhs.t[i].sym] = true;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) mark_symbols(f->kid[i], marked);
}

static void mark_all_symbols(const hunt *h, factset s, bool *marked) {
    for (int i = 0; i < s.n; i++) mark_symbols(h->p->facts[s.v[i]].claim, marked);
}

/* The quantities that the conflict is about. */
static int *quantities_in_conflict(const hunt *h, arena *a, factset drop, int *count) {
    bool *marked = NEW_ARRAY(a, bool, h->p->nsymbols);
    int *q = NEW_ARRAY(a, int, h->p->nsymbols);
    mark_all_symbols(h, drop, marked);
    for (size_t i = 0; i < h->cores.n; i++) mark_all_symbols(h, h->cores.v[i], marked);
    *count = 0;
    for (int i = 0; i < h->p->nsymbols; i++)
        if (marked[i] && h->p->symbols[i].sort == SORT_QUANTITY) q[(*count)++] = i;
    return q;
}

static void find_fixed(const hunt *h, arena *scratch, const bool *use, const witness *w,
                       repair *r) {
    int n;
    int *q = quantities_in_conflict(h, scratch, r->drop, &n);
    n = keep_fixed(h, scratch, use, q, drop_scaling(q, n, w));
    int *fixed = NEW_ARRAY(h->a, int, n);
    for (int i = 0; i < n; i++) fixed[i] = q[i];
    r->fixed = fixed;
    r->nfixed = n;
}

static bool is_question(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION;
}

static void answer_questions(const hunt *h, const bool *use, repair *r) {
    VEC(answer) answers = {0};
    for (int i = 0; i < h->p->ngoals; i++)
        if (is_question(&h->p->goals[i]))
            vec_push(h->a, &answers, answer_barely(h->e, h->a, &h->p->goals[i], use));
    r->answers = answers.v;
    r->nanswers = (int)answers.n;
}

static void fill_repair(const hunt *h, arena *scratch, const bool *use, repair *r) {
    outcome o;
    r->verdict = find_verdict(h->e, scratch, use, NULL, 0, &o);
    if (r->verdict == VERDICT_CONSISTENT) find_fixed(h, scratch, use, &o.w, r);
    if (r->verdict != VERDICT_CONTRADICTORY) answer_questions(h, use, r);
}

/* --- the regime that a repair is --- */

static bool drops(const problem *p, const problem *regime, factset drop) {
    if (regime->ndropped != drop.n) return false;
    for (int i = 0; i < drop.n; i++) {
        bool dropped = false;
        for (int k = 0; k < regime->ndropped; k++)
            dropped |= str_eq(regime->dropped[k], p->facts[drop.v[i]].label);
        if (!dropped) return false;
    }
    return true;
}

/* One that adds nothing is preferred. */
static void find_regime(const problem *p, repair *r) {
    for (int i = 0; i < p->nregimes; i++) {
        const problem *own = p->regimes[i];
        bool adds = own->nfacts > p->nfacts - r->drop.n;
        if (!drops(p, own, r->drop) || (r->regime && (adds || !r->regime_adds))) continue;
        r->regime = own;
        r->regime_adds = adds;
    }
}

/* What is left chooses anew. */
repair solve_repair(const hunt *of, factset drop) {
    hunt h = *of;
    repair r = {.drop = drop, .verdict = VERDICT_UNKNOWN};
    arena *scratch = arena_new();
    find_regime(h.p, &r);
    bool *use = NEW_ARRAY(scratch, bool, h.p->nfacts);
    memset(use, true, (size_t)h.p->nfacts);
    for (int i = 0; i < drop.n; i++) use[drop.v[i]] = false;
    h.e = choices_engine(of->e, h.a, use);
    if (h.e) fill_repair(&h, scratch, use, &r);
    if (h.e != of->e) engine_close(h.e);
    arena_free(scratch);
    return r;
}

/* --- out of those of the parts --- */

int by_size(factset x, factset y) {
    if (x.n != y.n) return x.n < y.n ? -1 : 1;
    for (int i = 0; i < x.n; i++)
        if (x.v[i] != y.v[i]) return x.v[i] < y.v[i] ? -1 : 1;
    return 0;
}

static int by_drop(const void *x, const void *y) {
    return by_size(*(const factset *)x, *(const factset *)y);
}

static int ascending(const void *x, const void *y) {
    int i = *(const int *)x, k = *(const int *)y;
    return (i > k) - (i < k);
}

/* Of two sets without a common member. */
static factset both(arena *a, factset x, factset y) {
    int *v = NEW_ARRAY(a, int, x.n + y.n);
    for (int i = 0; i < x.n; i++) v[i] = x.v[i];
    for (int i = 0; i < y.n; i++) v[x.n + i] = y.v[i];
    if (x.n + y.n) qsort(v, (size_t)(x.n + y.n), sizeof *v, ascending);
    return (factset){v, x.n + y.n};
}

/* Sorts; keeps the first `most`. */
static void keep_first(factsets *s, int most) {
    if (s->n) qsort(s->v, s->n, sizeof *s->v, by_drop);
    if (s->n > (size_t)most) s->n = (size_t)most;
}

/* Where the lists go, and what the work may cost. */
typedef struct {
    arena *a;
    budget *b;
    int most;
} listing;

/* The first of all ways to take one of x with one of y; none where the budget is gone. Both lists
 * are the first of theirs, which is enough: the smaller of two sets makes the smaller union. */
static factsets pairs(const listing *l, const factsets *x, const factsets *y) {
    factsets out = {0};
    for (size_t i = 0; i < x->n; i++)
        for (size_t k = 0; k < y->n && (i + 1) * (k + 1) <= (size_t)l->most; k++) {
            if (!budget_spend(l->b, 1)) return (factsets){0};
            vec_push(l->a, &out, both(l->a, x->v[i], y->v[k]));
        }
    keep_first(&out, l->most);
    return out;
}

static factsets nothing(arena *a) {
    factsets out = {0};
    vec_push(a, &out, ((factset){NULL, 0}));
    return out;
}

/* One fact of each strand. */
static factsets one_of_each(const listing *l, const part *t, factset strands) {
    factsets out = nothing(l->a);
    for (int i = 0; i < strands.n; i++) {
        factset s = t->strands.v[strands.v[i]];
        factsets single = {0};
        for (int k = 0; k < s.n; k++) vec_push(l->a, &single, ((factset){&s.v[k], 1}));
        out = pairs(l, &out, &single);
    }
    return out;
}

static factsets repairs_of_part(const listing *l, const part *t) {
    factsets out = {0};
    for (size_t i = 0; i < t->repairs.n; i++) {
        factsets some = one_of_each(l, t, t->repairs.v[i]);
        for (size_t k = 0; k < some.n; k++) vec_push(l->a, &out, some.v[k]);
    }
    keep_first(&out, l->most);
    return out;
}

factsets first_repairs(arena *a, budget *b, const part *parts, int n, int most) {
    const listing l = {a, b, most};
    factsets out = nothing(a);
    for (int i = 0; i < n; i++) {
        factsets own = repairs_of_part(&l, &parts[i]);
        out = pairs(&l, &out, &own);
    }
    return out;
}

static rat count_repairs_of(arena *a, const part *t) {
    rat total = RAT_ZERO;
    for (size_t i = 0; i < t->repairs.n; i++) {
        rat ways = RAT_ONE;
        for (int k = 0; k < t->repairs.v[i].n; k++)
            ways = rat_mul(a, ways, rat_int(t->strands.v[t->repairs.v[i].v[k]].n));
        total = rat_add(a, total, ways);
    }
    return total;
}

rat count_repairs(arena *a, const part *parts, int n) {
    rat total = RAT_ONE;
    for (int i = 0; i < n; i++) total = rat_mul(a, total, count_repairs_of(a, &parts[i]));
    return total;
}
