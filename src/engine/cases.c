#include "engine/cases.h"

enum {
    STALE_ROWS = 512,
    MOST_LEARNED = 20000,
    MOST_TOGETHER = 12, /* kids in what is learned */
    FEW_CASES = 5,      /* disjunctions that are split at once */
    MANY_KIDS = 64      /* from here on lemmas make a shorter proof than a sum for each kid */
};

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

/* With free symbols only. */
static form reduced_form(const base *b, arena *a, form f) {
    return b->f ? forced_reduce(b->f, a, f) : elim_reduce(b->e, a, f, NULL);
}

static bool complete(const base *b, arena *a, coef *x) {
    return b->f ? forced_complete(b->f, a, x) : elim_complete(b->e, a, x);
}

static void add_row(base *b, spot atom) {
    form reduced = reduced_form(b, b->a, atom.f->lhs);
    simplex_add(b->s, reduced, atom.f->rel);
    b->added++;
}

/* What is forced is found before anything is tried. */
static void decide_forced(base *b, budget *limit) {
    spots rows = b->rows, anys = b->anys;
    if (anys.n <= FEW_CASES) return;
    b->f = forced_run(b->a, b->p, b->e, &b->equations, &rows, &anys, limit);
    b->rows = b->anys = (spots){0};
    forced_left(b->f, b->a, &b->rows, &b->anys);
}

static base *prepare(const problem *p, const bool *use, bool lemmas, budget *limit) {
    arena *a = arena_new();
    base *b = NEW(a, base);
    *b = (base){.a = a, .p = p, .use = copy_use(a, use, p->nfacts), .plain = !lemmas};
    for (int i = 0; i < p->nfacts; i++) {
        spot root = {i, 0, p->facts[i].claim};
        if (!use || use[i]) spot_grant(a, root, &b->equations, &b->rows, &b->anys);
    }
    b->s = simplex_new(a, p->nsymbols, limit);
    b->e = eliminate(b, limit);
    if (!b->e) {
        arena_free(a);
        return NULL;
    }
    if (elim_contradiction(b->e, a, NULL)) return b;
    if (lemmas) decide_forced(b, limit);
    for (size_t i = 0; i < b->rows.n; i++) add_row(b, b->rows.v[i]);
    return b;
}

base *base_prepare(const problem *p, const bool *use, budget *limit) {
    return prepare(p, use, true, limit);
}

base *base_prepare_plainly(const problem *p, const bool *use, budget *limit) {
    return prepare(p, use, false, limit);
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
    const formula *absurd;   /* the last atom that equations alone refuted */
    const proof *why_absurd; /* its sum */
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
    spot_grant(s->a, at, &s->rows, &s->rows, &s->anys);
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

static void add_multiples(search *s, summands *sum, combination c, const spots *from, coef times) {
    for (int i = 0; i < c.n; i++) {
        spot at = from->v[c.m[i].row];
        summand m = {at.formula, at.node, coef_mul(s->a, times, c.m[i].lambda)};
        vec_push(s->a, sum, m);
    }
}

static const proof *contradiction_proof(search *s) {
    combination c;
    if (!elim_contradiction(s->b->e, s->a, &c)) return NULL;
    summands sum = {0};
    add_multiples(s, &sum, c, &s->b->equations, coef_int(1));
    return sum_proof(s->a, &sum);
}

/* The sum with the equations that make its total, what it adds up to, a constant. */
static const proof *explained(search *s, form total, summands *sum) {
    combination lambda;
    if (s->b->f) {
        forced_explain(s->b->f, s->a, total, sum);
    } else {
        elim_reduce(s->b->e, s->a, total, &lambda);
        add_multiples(s, sum, lambda, &s->b->equations, coef_int(-1));
    }
    return sum_proof(s->a, sum);
}

/* Σ μ·row is absurd once the equations are used: Σ μ·row - Σ λ·equation = k. */
static const proof *farkas_proof(search *s) {
    combination mu = simplex_farkas(s->b->s, s->a);
    form total = form_zero();
    for (int i = 0; i < mu.n; i++)
        total = form_addmul(s->a, total, mu.m[i].lambda, s->rows.v[mu.m[i].row].f->lhs);
    summands sum = {0};
    add_multiples(s, &sum, mu, &s->rows, coef_int(1));
    return explained(s, total, &sum);
}

static bool without_constants(const spots *atoms) {
    for (size_t i = 0; i < atoms->n; i++)
        if (!coef_is_zero(atoms->v[i].f->lhs.k)) return false;
    return true;
}

/* Nothing where the budget ends before. */
static witness point_of(search *s) {
    const base *b = s->b;
    coef *x = NEW_ARRAY(s->a, coef, b->p->nsymbols);
    bool scaled = !b->f && without_constants(&b->equations) && without_constants(&s->rows);
    simplex_point(b->s, s->a, x);
    bool done = scaled ? elim_complete_scaled(b->e, s->a, x) : complete(b, s->a, x);
    return done ? (witness){x, b->p->nsymbols} : (witness){0};
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
    if (pf->kind == PROOF_SPLIT && within(at, pf->formula, pf->node)) return true;
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
        kid = i ? spot_next_kid(kid, any.f->kid[i]) : spot_kid(any, 0);
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

/* Is it a false statement about numbers? */
static bool is_absurd(form reduced, rel r) {
    if (!form_is_const(reduced)) return false;
    int sign = coef_sgn(reduced.k);
    return r == REL_EQ ? sign != 0 : r == REL_LT ? sign >= 0 : sign > 0;
}

/* Refuted by equations alone, and they make its form zero: they refute the opposite as well. */
static const proof *mirrored(search *s, const proof *pf, spot kid) {
    summand *sum = NEW_ARRAY(s->a, summand, pf->n);
    proof *opposite = NEW(s->a, proof);
    *opposite = (proof){.kind = PROOF_SUM, .sum = sum, .n = pf->n};
    sum[0] = (summand){kid.formula, kid.node, coef_int(1)};
    for (int i = 1; i < pf->n; i++) {
        sum[i] = pf->sum[i];
        sum[i].lambda = coef_neg(s->a, sum[i].lambda);
    }
    return opposite;
}

static bool is_opposite(arena *a, const formula *f, const formula *g) {
    if (!f || f->kind != FORMULA_ATOM || f->lhs.n != g->lhs.n) return false;
    return form_eq(f->lhs, form_scale(a, coef_int(-1), g->lhs));
}

/* A branch with an atom that the equations make absurd by themselves is not worth a step of the
 * simplex. */
static const proof *absurd_at_once(search *s, spot kid) {
    spots atoms = {0}, anys = {0};
    summands sum = {0};
    if (kid.f->kind != FORMULA_ATOM && !s->b->f) return NULL;
    spot_grant(s->a, kid, &atoms, &atoms, &anys);
    for (size_t i = 0; i < atoms.n; i++) {
        spot at = atoms.v[i];
        form reduced = reduced_form(s->b, s->a, at.f->lhs);
        if (s->b->f && forced_absurd(s->b->f, s->a, at, &sum)) return sum_proof(s->a, &sum);
        if (!is_absurd(reduced, at.f->rel)) continue;
        bool zero = !s->b->f && coef_is_zero(reduced.k);
        if (zero && is_opposite(s->a, s->absurd, at.f)) return mirrored(s, s->why_absurd, at);
        vec_push(s->a, &sum, ((summand){at.formula, at.node, coef_int(1)}));
        s->absurd = at.f;
        return s->why_absurd = explained(s, at.f->lhs, &sum);
    }
    return NULL;
}

/* --- a disjunction of which the equations make every part absurd --- */

/* Every kid is "f < 0" with a form f of symbols that `is_one` says yes of. */
static bool every_kid(const search *s, const formula *any, const zero_lemmas *z,
                      bool (*is_one)(const search *s, const zero_lemmas *z, int sym)) {
    for (int i = 0; i < any->n; i++) {
        const formula *f = any->kid[i];
        if (f->kind != FORMULA_ATOM || f->rel != REL_LT || !coef_is_zero(f->lhs.k)) return false;
        for (int k = 0; k < f->lhs.n; k++)
            if (!is_one(s, z, f->lhs.t[k].sym)) return false;
    }
    return true;
}

static bool is_determined(const search *s, const zero_lemmas *z, int sym) {
    (void)z;
    return !elim_is_free(s->b->e, sym);
}

static bool is_zero(const search *s, const zero_lemmas *z, int sym) {
    (void)s;
    return z->zero[sym] >= 0;
}

/* Numbers for the lemmas that the kids rest on, in order; -1 for the others. */
static int *number_lemmas(const search *s, const formula *any, const zero_lemmas *z, int *count) {
    int *number = NEW_ARRAY(s->a, int, z->n), rows = (int)s->b->equations.n;
    for (int i = 0; i < z->n; i++) number[i] = -1;
    for (int i = 0; i < any->n; i++)
        for (int k = 0; k < any->kid[i]->lhs.n; k++) number[z->zero[any->kid[i]->lhs.t[k].sym]] = 0;
    for (int i = z->n - 1; i >= 0; i--)
        for (int k = 0; number[i] >= 0 && k < z->lemma[i].n; k++)
            if (z->lemma[i].m[k].row >= rows) number[z->lemma[i].m[k].row - rows] = 0;
    *count = 0;
    for (int i = 0; i < z->n; i++)
        if (number[i] >= 0) number[i] = (*count)++;
    return number;
}

typedef struct {
    search *s;
    const zero_lemmas *z;
    const int *number;     /* of the lemmas */
    int first;             /* of their formulas */
    const formula **lemma; /* equations */
    const proof **branch;
} stating;

/* The row, an equation or an earlier lemma. */
static spot stated(const stating *t, int row) {
    const spots *equations = &t->s->b->equations;
    int lemma = row - (int)equations->n;
    if (lemma < 0) return equations->v[row];
    int k = t->number[lemma];
    return (spot){t->first + k, 0, t->lemma[k]};
}

/* That f < 0, which is node `node` of formula `denial`, where f is the sum; or -f < 0, with 1 for
 * -1. */
static const proof *denied(const stating *t, combination c, int denial, int node, int sign) {
    summand *sum = NEW_ARRAY(t->s->a, summand, c.n + 1);
    proof *pf = NEW(t->s->a, proof);
    sum[0] = (summand){denial, node, coef_int(1)};
    for (int i = 0; i < c.n; i++) {
        spot at = stated(t, c.m[i].row);
        sum[i + 1] =
            (summand){at.formula, at.node, coef_mul(t->s->a, coef_int(sign), c.m[i].lambda)};
    }
    *pf = (proof){.kind = PROOF_SUM, .sum = sum, .n = c.n + 1};
    return pf;
}

/* The next lemma: what the rows add up to is zero, for it is neither below nor above. */
static void state(const stating *t, combination c, int k) {
    arena *a = t->s->a;
    form f = form_zero();
    for (int i = 0; i < c.n; i++)
        f = form_addmul(a, f, c.m[i].lambda, stated(t, c.m[i].row).f->lhs);
    const proof **way = NEW_ARRAY(a, const proof *, 2);
    way[0] = denied(t, c, t->first + k, 1, -1);
    way[1] = denied(t, c, t->first + k, 2, 1);
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SPLIT, .branch = way, .n = 2, .formula = t->first + k};
    t->lemma[k] = formula_atom(a, f, REL_EQ);
    t->branch[k] = pf;
}

static const proof *zero_proof(const stating *t, spot kid) {
    arena *a = t->s->a;
    form f = kid.f->lhs;
    summand *sum = NEW_ARRAY(a, summand, f.n + 1);
    proof *pf = NEW(a, proof);
    sum[0] = (summand){kid.formula, kid.node, coef_int(1)};
    for (int i = 0; i < f.n; i++)
        sum[i + 1] =
            (summand){t->first + t->number[t->z->zero[f.t[i].sym]], 0, coef_neg(a, f.t[i].c)};
    *pf = (proof){.kind = PROOF_SUM, .sum = sum, .n = f.n + 1};
    return pf;
}

static const proof *split_zeros(const stating *t, spot any) {
    const proof **branch = NEW_ARRAY(t->s->a, const proof *, any.f->n);
    spot kid = {0};
    for (int i = 0; i < any.f->n; i++) {
        kid = i ? spot_next_kid(kid, any.f->kid[i]) : spot_kid(any, 0);
        branch[i] = zero_proof(t, kid);
    }
    return split_proof(t->s->a, any, branch);
}

/* NULL where this is not the reason. */
static const proof *proof_by_lemmas(search *s, spot any) {
    int n;
    if (s->b->plain || s->b->f || !every_kid(s, any.f, NULL, is_determined)) return NULL;
    zero_lemmas z = elim_zeros(s->b->e, s->a);
    if (!every_kid(s, any.f, &z, is_zero)) return NULL;
    const int *number = number_lemmas(s, any.f, &z, &n);
    stating t = {s,
                 &z,
                 number,
                 s->b->p->nfacts + s->nextra,
                 NEW_ARRAY(s->a, const formula *, n),
                 NEW_ARRAY(s->a, const proof *, n + 1)};
    for (int i = 0; i < z.n; i++)
        if (number[i] >= 0) state(&t, z.lemma[i], number[i]);
    t.branch[n] = split_zeros(&t, any);
    proof *pf = NEW(s->a, proof);
    *pf = (proof){.kind = PROOF_LEMMAS, .branch = t.branch, .n = n + 1, .lemma = t.lemma};
    return pf;
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
    const proof *at_once = any.f->n >= MANY_KIDS ? proof_by_lemmas(s, any) : NULL;
    if (at_once) return refuted(at_once);
    const proof **branch = NEW_ARRAY(s->a, const proof *, any.f->n);
    spot kid = {0};
    for (int i = 0; i < any.f->n; i++) {
        kid = i ? spot_next_kid(kid, any.f->kid[i]) : spot_kid(any, 0);
        cases_result r = explore_kid(s, kid);
        if (r.status != CASES_UNSAT || !rests_on(r.pf, kid)) return r;
        branch[i] = r.pf;
    }
    return refuted(split_proof(s->a, any, branch));
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

static cases_result closed(const search *s, cases_result r) {
    if (r.status == CASES_UNSAT && s->b->f)
        r.pf = forced_close(s->b->f, s->a, r.pf, s->b->p->nfacts + s->nextra);
    return r;
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
    cases_result r = closed(&s, explore(&s));
    search_end(&s);
    return r;
}

/* --- bounds --- */

/* Chooses in every open disjunction the first branch that w satisfies. */
static void choose_branches(search *s, const witness *w) {
    for (size_t i = 0; i < s->anys.n; i++) {
        spot any = s->anys.v[i], kid = {0};
        for (int k = 0; k < any.f->n; k++) {
            kid = k ? spot_next_kid(kid, any.f->kid[k]) : spot_kid(any, 0);
            if (formula_holds(s->a, kid.f, w->x)) {
                push(s, kid);
                break;
            }
        }
    }
}

/* A point of the closure is completed as it is, and a direction as one; or, where more than the
 * equations completes it, as the difference of two points. */
static witness complete_limit(search *s, const optimum *top, const witness *near) {
    int n = s->b->p->nsymbols;
    coef *x = NEW_ARRAY(s->a, coef, n);
    bool ahead = top->unbounded && s->b->f;
    for (int i = 0; i < n; i++)
        x[i] = ahead ? coef_add(s->a, near->x[i], top->limit[i]) : top->limit[i];
    bool direct = top->unbounded && !ahead;
    bool done = direct ? elim_complete_direction(s->b->e, s->a, x) : complete(s->b, s->a, x);
    for (int i = 0; ahead && i < n; i++) x[i] = coef_sub(s->a, x[i], near->x[i]);
    if (!done) return (witness){0};
    return (witness){x, n};
}

static cases_top maximize(search *s, form target, const witness *near) {
    cases_top r = {.stopped = true};
    if (simplex_solve(s->b->s) != LP_FEASIBLE) return r;
    r.near = near ? *near : point_of(s);
    if (!r.near.x) return r;
    form reduced = reduced_form(s->b, s->a, target);
    if (simplex_maximize(s->b->s, s->a, reduced, &r.top) != LP_FEASIBLE) return r;
    r.limit = complete_limit(s, &r.top, &r.near);
    r.stopped = !r.limit.x;
    return r;
}

cases_top cases_maximize(base *b, arena *a, const formula *const *extra, int nextra,
                         const witness *w, const witness *near, form target) {
    search s = search_begin(b, a, extra, nextra);
    choose_branches(&s, w);
    cases_top r = maximize(&s, target, near);
    search_end(&s);
    return r;
}

/* --- a solution of all facts but one --- */

static const witness *sample_of(base *b) {
    if (b->sampled) return b->sample.n ? &b->sample : NULL;
    cases_result r = cases_solve(b, b->a, NULL, 0, FEW_CASES);
    sequent q = {b->p, b->use, NULL, 0};
    b->sampled = true;
    if (r.status != CASES_SAT || !witness_satisfies(&q, &r.w)) return NULL;
    b->sample = r.w;
    return &b->sample;
}

static bool hold_all(arena *a, const formula *const *f, int n, const coef *x) {
    for (int i = 0; i < n; i++)
        if (f[i] && !formula_holds(a, f[i], x)) return false;
    return true;
}

bool base_holds_without(base *b, arena *a, const bool *use, int which, const formula *const *extra,
                        int nextra) {
    const witness *w = b->f ? sample_of(b) : NULL;
    coef *x = NEW_ARRAY(a, coef, b->p->nsymbols);
    for (int trial = 0; w && trial < FORCED_TRIALS; trial++) {
        memcpy(x, w->x, sizeof *x * (size_t)w->n);
        if (forced_vary(b->f, a, use, which, trial, x) && hold_all(a, extra, nextra, x))
            return true;
    }
    return false;
}
