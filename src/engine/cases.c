#include "engine/cases.h"

enum {
    STALE_ROWS = 512,
    MOST_LEARNED = 20000,
    MOST_TOGETHER = 12 /* kids in what is learned */
};

/* --- spots --- */

spot spot_kid(spot parent, int kid) {
    int node = parent.node + 1;
    for (int i = 0; i < kid; i++) node += parent.f->kid[i]->nodes;
    return (spot){parent.formula, node, parent.f->kid[kid]};
}

static spot next_kid(spot kid, const formula *next) {
    return (spot){kid.formula, kid.node + kid.f->nodes, next};
}

void spot_atoms(arena *a, spot at, spots *atoms) {
    if (at.f->kind == FORMULA_ATOM) {
        vec_push(a, atoms, at);
        return;
    }
    spot kid = {at.formula, at.node + 1, NULL};
    for (int i = 0; i < at.f->n; i++) {
        kid = i ? next_kid(kid, at.f->kid[i]) : spot_kid(at, 0);
        spot_atoms(a, kid, atoms);
    }
}

/* Sorts what a formula that holds grants: atoms, by relation, and open disjunctions. */
static void grant(arena *a, spot at, spots *equations, spots *inequalities, spots *anys) {
    switch (at.f->kind) {
    case FORMULA_ATOM:
        if (at.f->rel == REL_EQ)
            vec_push(a, equations, at);
        else
            vec_push(a, inequalities, at);
        return;
    case FORMULA_ANY:
        vec_push(a, anys, at);
        return;
    case FORMULA_ALL:
        break;
    }
    spot kid = {at.formula, at.node + 1, NULL};
    for (int i = 0; i < at.f->n; i++) {
        kid = i ? next_kid(kid, at.f->kid[i]) : spot_kid(at, 0);
        grant(a, kid, equations, inequalities, anys);
    }
}

/* --- the base --- */

static const bool *copy_use(arena *a, const bool *use, int n) {
    if (!use) return NULL;
    bool *copy = NEW_ARRAY(a, bool, n);
    memcpy(copy, use, sizeof *copy * (size_t)n);
    return copy;
}

static elim *eliminate(base *b, budget *limit) {
    form *rows = NEW_ARRAY(b->a, form, b->equations.n);
    for (size_t i = 0; i < b->equations.n; i++) rows[i] = b->equations.v[i].f->lhs;
    return elim_run(b->a, rows, (int)b->equations.n, b->p->nsymbols, limit);
}

static void add_row(base *b, spot atom) {
    form reduced = elim_reduce(b->e, b->a, atom.f->lhs, NULL);
    simplex_add(b->s, reduced, atom.f->rel);
    b->added++;
}

base *base_prepare(const problem *p, const bool *use, budget *limit) {
    arena *a = arena_new();
    base *b = NEW(a, base);
    *b = (base){.a = a, .p = p, .use = copy_use(a, use, p->nfacts)};
    for (int i = 0; i < p->nfacts; i++) {
        spot root = {i, 0, p->facts[i].claim};
        if (!use || use[i]) grant(a, root, &b->equations, &b->rows, &b->anys);
    }
    b->s = simplex_new(a, p->nsymbols, limit);
    b->e = eliminate(b, limit);
    if (!b->e) {
        arena_free(a);
        return NULL;
    }
    if (!elim_contradiction(b->e, a, NULL))
        for (size_t i = 0; i < b->rows.n; i++) add_row(b, b->rows.v[i]);
    return b;
}

void base_free(base *b) {
    if (b) arena_free(b->a);
}

bool base_is_for(const base *b, const bool *use) {
    if (!b->use || !use) return !b->use && !use;
    return memcmp(b->use, use, sizeof *use * (size_t)b->p->nfacts) == 0;
}

bool base_is_stale(const base *b) {
    return b->added > 4 * b->rows.n + STALE_ROWS;
}

/* --- the search: one path of choices at a time --- */

/* Kids that cannot all be chosen: the proof rests on them and on what is granted without choice. */
typedef struct {
    const spot *kid;
    int n;
    const proof *pf;
} nogood;

typedef struct {
    base *b;
    arena *a;
    const formula *const *extra;
    int nextra;
    spots rows, anys; /* those of the base first; f is NULL while a disjunction is being split */
    spots path;       /* the kids chosen on the way */
    VEC(nogood) nogoods;
    uint64_t leaves_left;
    bool unlimited;
} search;

typedef struct {
    size_t rows, anys;
} mark;

static void copy_spots(arena *a, spots *to, const spots *from) {
    for (size_t i = 0; i < from->n; i++) vec_push(a, to, from->v[i]);
}

static void push(search *s, spot at) {
    size_t first = s->rows.n;
    grant(s->a, at, &s->rows, &s->rows, &s->anys);
    for (size_t i = first; i < s->rows.n; i++) add_row(s->b, s->rows.v[i]);
}

static mark here(const search *s) {
    return (mark){s->rows.n, s->anys.n};
}

static void back_to(search *s, mark m) {
    simplex_take_back(s->b->s, (int)m.rows);
    s->rows.n = m.rows;
    s->anys.n = m.anys;
}

static search search_begin(base *b, arena *a, const formula *const *extra, int nextra) {
    search s = {.b = b, .a = a, .extra = extra, .nextra = nextra};
    copy_spots(a, &s.rows, &b->rows);
    copy_spots(a, &s.anys, &b->anys);
    for (int i = 0; i < nextra; i++) push(&s, (spot){b->p->nfacts + i, 0, extra[i]});
    return s;
}

static void search_end(search *s) {
    back_to(s, (mark){s->b->rows.n, s->b->anys.n});
}

/* --- leaves --- */

typedef VEC(summand) summands;

static void add_multiples(search *s, summands *sum, combination c, const spots *from, coef times) {
    for (int i = 0; i < c.n; i++) {
        spot at = from->v[c.m[i].row];
        summand m = {at.formula, at.node, coef_mul(s->a, times, c.m[i].lambda)};
        vec_push(s->a, sum, m);
    }
}

static const proof *sum_proof(arena *a, const summands *sum) {
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SUM, .sum = sum->v, .n = (int)sum->n};
    return pf;
}

static const proof *contradiction_proof(search *s) {
    combination c;
    if (!elim_contradiction(s->b->e, s->a, &c)) return NULL;
    summands sum = {0};
    add_multiples(s, &sum, c, &s->b->equations, coef_int(1));
    return sum_proof(s->a, &sum);
}

/* Σ μ·row is absurd once the equations are used: Σ μ·row - Σ λ·equation = k. */
static const proof *farkas_proof(search *s) {
    combination mu = simplex_farkas(s->b->s, s->a), lambda;
    form total = form_zero();
    for (int i = 0; i < mu.n; i++)
        total = form_addmul(s->a, total, mu.m[i].lambda, s->rows.v[mu.m[i].row].f->lhs);
    elim_reduce(s->b->e, s->a, total, &lambda);
    summands sum = {0};
    add_multiples(s, &sum, mu, &s->rows, coef_int(1));
    add_multiples(s, &sum, lambda, &s->b->equations, coef_int(-1));
    return sum_proof(s->a, &sum);
}

/* Nothing where the budget ends before. */
static witness point_of(search *s) {
    coef *x = NEW_ARRAY(s->a, coef, s->b->p->nsymbols);
    simplex_point(s->b->s, s->a, x);
    bool done = elim_complete(s->b->e, s->a, x);
    return done ? (witness){x, s->b->p->nsymbols} : (witness){0};
}

/* --- what was learned --- */

static bool within(spot at, int which, int node) {
    return which == at.formula && node >= at.node && node < at.node + at.f->nodes;
}

/* Does the proof rest on something below the spot? */
static bool rests_on(const proof *pf, spot at) {
    if (pf->kind == PROOF_SUM) {
        for (int i = 0; i < pf->n; i++)
            if (within(at, pf->sum[i].formula, pf->sum[i].node)) return true;
        return false;
    }
    if (within(at, pf->formula, pf->node)) return true;
    for (int i = 0; i < pf->n; i++)
        if (rests_on(pf->branch[i], at)) return true;
    return false;
}

static bool same_spot(spot x, spot y) {
    return x.formula == y.formula && x.node == y.node;
}

static bool is_chosen(const search *s, spot at) {
    for (size_t i = s->path.n; i-- > 0;)
        if (same_spot(s->path.v[i], at)) return true;
    return false;
}

static void learn(search *s, const proof *pf) {
    spots kids = {0};
    if (s->nogoods.n >= MOST_LEARNED) return;
    for (size_t i = 0; i < s->path.n; i++)
        if (rests_on(pf, s->path.v[i])) vec_push(s->a, &kids, s->path.v[i]);
    nogood learned = {kids.v, (int)kids.n, pf};
    if (kids.n <= MOST_TOGETHER) vec_push(s->a, &s->nogoods, learned);
}

/* Is the kid ruled out by what was chosen, as it was before? */
static bool rules_out(const search *s, const nogood *g, spot kid) {
    bool has = false;
    for (int i = 0; i < g->n && !has; i++) has = same_spot(g->kid[i], kid);
    for (int i = 0; i < g->n && has; i++)
        has = same_spot(g->kid[i], kid) || is_chosen(s, g->kid[i]);
    return has;
}

static const proof *known_refutation(const search *s, spot kid) {
    for (size_t i = s->nogoods.n; i-- > 0;)
        if (rules_out(s, &s->nogoods.v[i], kid)) return s->nogoods.v[i].pf;
    return NULL;
}

/* --- splits --- */

/* How many kids are not ruled out yet. */
static int live_kids(const search *s, spot any) {
    int live = 0;
    spot kid = {0};
    for (int i = 0; i < any.f->n; i++) {
        kid = i ? next_kid(kid, any.f->kid[i]) : spot_kid(any, 0);
        live += !s->nogoods.n || !known_refutation(s, kid);
    }
    return live;
}

/* Of the disjunctions that do not hold at w the one with the fewest cases left. */
static spot *unsatisfied(const search *s, const witness *w) {
    spot *best = NULL;
    int fewest = 0;
    arena *scratch = arena_new();
    for (size_t i = 0; i < s->anys.n; i++) {
        spot *any = &s->anys.v[i];
        if (!any->f || formula_holds(scratch, any->f, w->x)) continue;
        int live = live_kids(s, *any);
        if (best && fewest <= live) continue;
        best = any;
        fewest = live;
    }
    arena_free(scratch);
    return best;
}

static cases_result refuted(const proof *pf) {
    return (cases_result){.status = CASES_UNSAT, .pf = pf};
}

/* A branch that is one atom and that the equations make absurd by themselves is not worth a step
 * of the simplex. */
static const proof *absurd_at_once(search *s, spot kid) {
    combination lambda;
    if (kid.f->kind != FORMULA_ATOM) return NULL;
    form reduced = elim_reduce(s->b->e, s->a, kid.f->lhs, NULL);
    if (!form_is_const(reduced)) return NULL;
    int sign = coef_sgn(reduced.k);
    if (kid.f->rel == REL_EQ ? sign == 0 : sign < 0 || (sign == 0 && kid.f->rel == REL_LE))
        return NULL;
    elim_reduce(s->b->e, s->a, kid.f->lhs, &lambda);
    summands sum = {0};
    vec_push(s->a, &sum, ((summand){kid.formula, kid.node, coef_int(1)}));
    add_multiples(s, &sum, lambda, &s->b->equations, coef_int(-1));
    return sum_proof(s->a, &sum);
}

static cases_result explore(search *s);

static cases_result explore_kid(search *s, spot kid) {
    const proof *at_once = known_refutation(s, kid);
    if (!at_once) at_once = absurd_at_once(s, kid);
    if (at_once) return refuted(at_once);
    mark m = here(s);
    vec_push(s->a, &s->path, kid);
    push(s, kid);
    cases_result r = explore(s);
    if (r.status == CASES_UNSAT) learn(s, r.pf);
    s->path.n--;
    back_to(s, m);
    return r;
}

static cases_result explore_kids(search *s, spot any) {
    const proof **branch = NEW_ARRAY(s->a, const proof *, any.f->n);
    spot kid = {0};
    for (int i = 0; i < any.f->n; i++) {
        kid = i ? next_kid(kid, any.f->kid[i]) : spot_kid(any, 0);
        cases_result r = explore_kid(s, kid);
        if (r.status != CASES_UNSAT || !rests_on(r.pf, kid)) return r;
        branch[i] = r.pf;
    }
    proof *pf = NEW(s->a, proof);
    *pf = (proof){.kind = PROOF_SPLIT, .branch = branch, .n = any.f->n};
    pf->formula = any.formula;
    pf->node = any.node;
    return refuted(pf);
}

static cases_result split(search *s, spot *any) {
    size_t i = (size_t)(any - s->anys.v);
    spot whole = *any;
    any->f = NULL;
    cases_result r = explore_kids(s, whole);
    s->anys.v[i] = whole;
    return r;
}

static cases_result explore(search *s) {
    switch (simplex_solve(s->b->s)) {
    case LP_STOPPED:
        return (cases_result){.status = CASES_STOPPED};
    case LP_INFEASIBLE:
        break;
    case LP_FEASIBLE: {
        witness w = point_of(s);
        if (!w.x) return (cases_result){.status = CASES_STOPPED};
        spot *any = unsatisfied(s, &w);
        return any ? split(s, any) : (cases_result){.status = CASES_SAT, .w = w};
    }
    }
    if (!s->unlimited && s->leaves_left-- == 0) return (cases_result){.status = CASES_TOO_MANY};
    return refuted(farkas_proof(s));
}

cases_result cases_solve(base *b, arena *a, const formula *const *extra, int nextra,
                         uint64_t max_cases) {
    if (elim_contradiction(b->e, a, NULL)) {
        search s = {.b = b, .a = a};
        return refuted(contradiction_proof(&s));
    }
    search s = search_begin(b, a, extra, nextra);
    s.leaves_left = max_cases;
    s.unlimited = max_cases == UINT64_MAX;
    cases_result r = explore(&s);
    search_end(&s);
    return r;
}

/* --- bounds --- */

/* Chooses in every open disjunction the first branch that w satisfies. */
static void choose_branches(search *s, const witness *w) {
    for (size_t i = 0; i < s->anys.n; i++) {
        spot any = s->anys.v[i], kid = {0};
        for (int k = 0; k < any.f->n; k++) {
            kid = k ? next_kid(kid, any.f->kid[k]) : spot_kid(any, 0);
            if (formula_holds(s->a, kid.f, w->x)) {
                push(s, kid);
                break;
            }
        }
    }
}

/* A point of the closure is completed as it is; a direction as the difference of two points. */
static witness complete_limit(search *s, const optimum *top, const witness *near) {
    int n = s->b->p->nsymbols;
    coef *x = NEW_ARRAY(s->a, coef, n);
    for (int i = 0; i < n; i++)
        x[i] = top->unbounded ? coef_add(s->a, near->x[i], top->limit[i]) : top->limit[i];
    if (!elim_complete(s->b->e, s->a, x)) return (witness){0};
    for (int i = 0; top->unbounded && i < n; i++) x[i] = coef_sub(s->a, x[i], near->x[i]);
    return (witness){x, n};
}

static cases_top maximize(search *s, form target) {
    cases_top r = {.stopped = true};
    if (simplex_solve(s->b->s) != LP_FEASIBLE) return r;
    r.near = point_of(s);
    if (!r.near.x) return r;
    form reduced = elim_reduce(s->b->e, s->a, target, NULL);
    if (simplex_maximize(s->b->s, s->a, reduced, &r.top) != LP_FEASIBLE) return r;
    r.limit = complete_limit(s, &r.top, &r.near);
    r.stopped = !r.limit.x;
    return r;
}

cases_top cases_maximize(base *b, arena *a, const formula *const *extra, int nextra,
                         const witness *w, form target) {
    search s = search_begin(b, a, extra, nextra);
    choose_branches(&s, w);
    cases_top r = maximize(&s, target);
    search_end(&s);
    return r;
}
