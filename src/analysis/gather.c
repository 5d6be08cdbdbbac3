#include "analysis/gather.h"

#include "analysis/parts.h"
#include "engine/eliminate.h"
#include "engine/param.h"

typedef struct {
    arena *a;
    engine *e;
    const finding *found;
    const frame *f;
    thesis *t;
    const sequent *refuted; /* what was refuted last; NULL: nothing yet */
    conflict *rest;
} task;

typedef VEC(approach) walks;
typedef VEC(witness) witnesses;

static const goal *goal_of(const task *k) {
    return &k->f->p->goals[k->t->about];
}

/* --- proofs and witnesses --- */

static outcome ask(const task *k, const sequent *s) {
    if (s->p == k->f->p) return engine_check(k->e, k->a, s->use, s->extra, s->nextra);
    engine *other = engine_beside(k->e, s->p);
    outcome o = engine_check(other, k->a, s->use, s->extra, s->nextra);
    engine_close(other);
    return o;
}

static outcome ask_with(const task *k, const sequent *s, const formula *more) {
    const formula **extra = NEW_ARRAY(k->a, const formula *, s->nextra + 1);
    for (int i = 0; i < s->nextra; i++) extra[i] = s->extra[i];
    extra[s->nextra] = more;
    sequent with = {s->p, s->use, extra, s->nextra + 1};
    return ask(k, &with);
}

/* Without parameters a proof needs no reasons, and the engine's was added up. */
static evidence refutation(const task *k, const sequent *s, const proof *pf) {
    if (!pf) return (evidence){.vouched = true};
    if (!sequent_is_parametric(s)) return (evidence){.pf = pf};
    return (evidence){.pf = proof_with_reasons(k->a, s, pf)};
}

/* The one fact that is in use only in the first of two sequents that are the same otherwise; -1
 * where they differ in more, or nothing. */
static int fact_left_out(const sequent *of, const sequent *s) {
    int which = -1;
    if (of->p != s->p || of->nextra != s->nextra || !of->use || !s->use) return -1;
    for (int i = 0; i < s->nextra; i++)
        if (of->extra[i] != s->extra[i]) return -1;
    for (int i = 0; i < s->p->nfacts; i++) {
        if (of->use[i] == s->use[i]) continue;
        if (which >= 0 || !of->use[i]) return -1;
        which = i;
    }
    return which;
}

static outcome ask_rest(const task *k, const sequent *s) {
    int which = k->refuted ? fact_left_out(k->refuted, s) : -1;
    return which < 0 ? ask(k, s) : engine_check_without(k->e, k->a, k->rest, which);
}

/* NULL: it was not refuted. */
static const proof *known_refutation(const task *k, const sequent *s) {
    for (int i = 0; i < k->found->nrefuted; i++) {
        const refuted_sequent *r = &k->found->refuted[i];
        if (r->s.p == s->p && sequent_eq(&r->s, s)) return r->pf;
    }
    return NULL;
}

static outcome ask_refutation(const task *k, const sequent *s) {
    const proof *known = known_refutation(k, s);
    return known ? (outcome){.status = ENGINE_UNSAT, .pf = known} : ask(k, s);
}

static void note_refuted(task *k, const sequent *s, const outcome *o) {
    if (o->status != ENGINE_UNSAT || s->p != k->f->p) return;
    k->refuted = s;
    k->rest = engine_conflict(k->e, k->a, s, o->pf);
}

static evidence proof_or_witness(task *k, const need *n, bool *opposite) {
    outcome o = n->kind == NEED_SOLUTION ? ask_rest(k, &n->s) : ask_refutation(k, &n->s);
    note_refuted(k, &n->s, &o);
    engine_status wanted = n->kind == NEED_REFUTATION ? ENGINE_UNSAT : ENGINE_SAT;
    *opposite = o.status != wanted && (o.status == ENGINE_SAT || o.status == ENGINE_UNSAT);
    if (o.status != wanted) return (evidence){0};
    if (wanted == ENGINE_UNSAT) return refutation(k, &n->s, o.pf);
    return (evidence){.w = o.w, .vouched = o.w.n == 0};
}

/* --- walks through the values of a range, at the parameters of one solution --- */

/* A question at fixed parameters, plain. */
typedef struct {
    const task *k;
    sequent s;
    form target, base;
    const witness *at; /* the parameters; NULL: there are none */
    engine *e;
    walks found;
} tour;

static witness with_parameters(const tour *r, witness w) {
    if (!r->at) return w;
    coef *x = NEW_ARRAY(r->k->a, coef, w.n);
    for (int i = 0; i < w.n; i++)
        x[i] = r->s.p->symbols[i].sort == SORT_PARAMETER ? r->at->x[i] : w.x[i];
    return (witness){x, w.n};
}

static bool add_walk(tour *r, const sequent *asked, witness near, const approach *end) {
    approach way = {with_parameters(r, near), with_parameters(r, end->limit), end->ray};
    if (!approach_holds(asked, &way)) return false;
    vec_push(r->k->a, &r->found, way);
    return true;
}

/* From each end to the other where that leads through the case; else all there is. */
static void add_walks(tour *r, const sequent *asked, const witness *w, const bound *low,
                      const bound *high) {
    if (add_walk(r, asked, low->way.near, &high->way) &&
        add_walk(r, asked, high->way.near, &low->way))
        return;
    add_walk(r, asked, low->way.near, &low->way);
    add_walk(r, asked, high->way.near, &high->way);
    add_walk(r, asked, *w, &low->way);
    add_walk(r, asked, *w, &high->way);
}

/* Walks through the case of the solution w, with the base fixed; its values join u. */
static bool visit_case(tour *r, const sequent *asked, const witness *w, intervals *u) {
    arena *a = r->k->a;
    form at = r->base;
    coef level = ratio_level(form_value(a, at, w->x));
    bound low, high;
    at.k = coef_sub(a, at.k, level);
    const formula *fixed = formula_atom(a, at, REL_EQ);
    const formula **extra = NEW_ARRAY(a, const formula *, r->s.nextra + 1);
    for (int i = 0; i < r->s.nextra; i++) extra[i] = r->s.extra[i];
    extra[r->s.nextra] = fixed;
    if (!engine_range(r->e, a, r->s.use, extra, r->s.nextra + 1, w, r->target, &low, &high))
        return false;
    outcome one = engine_check(r->e, a, r->s.use, extra, r->s.nextra + 1);
    if (one.status != ENGINE_SAT) return false;
    add_walks(r, asked, &one.w, &low, &high);
    intervals_add(a, u, ratios_between(a, &low, &high, level));
    return true;
}

static void travel(tour *r, const sequent *asked) {
    intervals u = {0};
    outcome o = engine_check(r->e, r->k->a, r->s.use, r->s.extra, r->s.nextra);
    while (o.status == ENGINE_SAT && o.w.n && !intervals_are_everything(&u)) {
        if (!visit_case(r, asked, &o.w, &u)) return;
        const formula **extra = NEW_ARRAY(r->k->a, const formula *, r->s.nextra + 1);
        for (int i = 0; i < r->s.nextra; i++) extra[i] = r->s.extra[i];
        extra[r->s.nextra] = ratio_outside(r->k->a, r->target, r->base, u.v, (int)u.n);
        o = engine_check(r->e, r->k->a, r->s.use, extra, r->s.nextra + 1);
    }
}

/* The problem and the question where parameters are as at w; false where that is undefined. */
static bool fix_parameters(tour *r, const witness *w) {
    arena *a = r->k->a;
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, r->s.p->nfacts);
    const formula **extra = NEW_ARRAY(a, const formula *, r->s.nextra);
    *p = *r->s.p;
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = p->facts[i];
        facts[i].claim = formula_at(a, facts[i].claim, w->x);
    }
    for (int i = 0; i < r->s.nextra; i++) extra[i] = formula_at(a, r->s.extra[i], w->x);
    p->facts = facts;
    p->field = NULL;
    r->s = (sequent){p, r->s.use, extra, r->s.nextra};
    r->at = w;
    return form_at(a, r->target, w->x, &r->target) && form_at(a, r->base, w->x, &r->base);
}

static evidence walk_through(const task *k, const need *n) {
    const goal *g = goal_of(k);
    outcome o = ask(k, &n->s);
    tour r = {.k = k, .s = n->s, .target = g->target, .base = g->base[0], .e = k->e};
    if (o.status != ENGINE_SAT || !o.w.n) return (evidence){0};
    bool parametric = k->f->p->field != NULL;
    if (parametric && !fix_parameters(&r, &o.w)) return (evidence){0};
    if (parametric) r.e = engine_beside(k->e, r.s.p);
    travel(&r, &n->s);
    if (parametric) engine_close(r.e);
    return (evidence){.walks = r.found.v, .nwalks = (int)r.found.n};
}

/* --- samples --- */

static form sample_row(arena *a, const goal *g, const witness *w) {
    form row = form_zero();
    for (int i = 0; i < g->nbase; i++)
        row = form_addmul(a, row, form_value_at(a, g->base[i], w->x), form_sym(a, i));
    return row;
}

/* A combination of the bases that vanishes in all samples; false where there is none. */
static bool unseen(arena *a, const goal *g, const witnesses *seen, form *out) {
    budget free;
    budget_init(&free);
    form *rows = NEW_ARRAY(a, form, seen->n);
    coef *x = NEW_ARRAY(a, coef, g->nbase);
    for (size_t i = 0; i < seen->n; i++) rows[i] = sample_row(a, g, &seen->v[i]);
    elim *e = elim_run(a, rows, (int)seen->n, g->nbase, &free);
    int one = 0;
    while (one < g->nbase && !elim_is_free(e, one)) one++;
    if (one == g->nbase) return false;
    for (int i = 0; i < g->nbase; i++) x[i] = coef_int(i == one);
    elim_complete(e, a, x);
    *out = form_zero();
    for (int i = 0; i < g->nbase; i++) *out = form_addmul(a, *out, x[i], g->base[i]);
    return true;
}

/* The target less a combination of the bases that fits all samples; false where none does. */
static bool fitted(arena *a, const goal *g, const witnesses *seen, form *out) {
    budget free;
    budget_init(&free);
    form *rows = NEW_ARRAY(a, form, seen->n);
    coef *x = NEW_ARRAY(a, coef, g->nbase);
    for (size_t i = 0; i < seen->n; i++) {
        rows[i] = sample_row(a, g, &seen->v[i]);
        rows[i].k = coef_neg(a, form_value_at(a, g->target, seen->v[i].x));
    }
    elim *e = elim_run(a, rows, (int)seen->n, g->nbase, &free);
    if (elim_contradiction(e, a, NULL)) return false;
    for (int i = 0; i < g->nbase; i++) x[i] = coef_int(0);
    elim_complete(e, a, x);
    *out = g->target;
    for (int i = 0; i < g->nbase; i++) *out = form_addmul(a, *out, coef_neg(a, x[i]), g->base[i]);
    return true;
}

static evidence sample_all(const task *k, const need *n) {
    witnesses seen = {0};
    form other;
    outcome o = ask(k, &n->s);
    while (o.status == ENGINE_SAT && o.w.n) {
        vec_push(k->a, &seen, o.w);
        bool more = k->t->nvalue ? unseen(k->a, goal_of(k), &seen, &other)
                                 : fitted(k->a, goal_of(k), &seen, &other);
        if (!more) break;
        o = ask_with(k, &n->s, formula_nonzero(k->a, other));
    }
    return (evidence){.samples = seen.v, .nsamples = (int)seen.n};
}

/* --- all needs --- */

static evidence seek(task *k, const need *n, bool *opposite) {
    *opposite = false;
    switch (n->kind) {
    case NEED_REFUTATION:
    case NEED_SOLUTION:
        return proof_or_witness(k, n, opposite);
    case NEED_WALKS:
        return walk_through(k, n);
    case NEED_SAMPLES:
        return sample_all(k, n);
    }
    return (evidence){0};
}

/* What was found before, and would be proved if there were work left for it, rests on the engine's
 * word. */
static void vouch_if_stopped(const task *k, const need *n, evidence *e) {
    bool stopped = !budget_left(engine_budget(k->e));
    if (stopped && !need_is_met(k->a, k->f, k->t, n, e, &(conditions){0}))
        *e = (evidence){.vouched = true, .cut = true};
}

/* Said of all solutions, where the answer perhaps speaks only of those in which its base scales. */
static bool says_too_much(const thesis *t) {
    return (t->is == THESIS_EXACT || t->is == THESIS_RANGE) && !t->scales;
}

/* Whether the thesis must say less: the opposite of a need was shown, its walks do not do, or it is
 * taken on trust where the answer was found for less. */
static bool falls_short(const task *k, const need *n, const evidence *e, bool opposite) {
    if (n->kind == NEED_REFUTATION && e->cut && says_too_much(k->t)) return true;
    return opposite ||
           (n->kind == NEED_WALKS && !need_is_met(k->a, k->f, k->t, n, e, &(conditions){0}));
}

/* The first need that falls short; NULL: none. */
static const need *seek_all(task *k) {
    needs list = thesis_needs(k->a, k->f, k->t);
    evidence *by = NEW_ARRAY(k->a, evidence, list.n);
    k->t->by = by;
    k->t->said = list.v;
    k->t->nby = (int)list.n;
    for (size_t i = 0; i < list.n; i++) {
        bool opposite;
        const need *n = &list.v[i];
        by[i] = seek(k, n, &opposite);
        vouch_if_stopped(k, n, &by[i]);
        if (falls_short(k, n, &by[i], opposite)) return n;
    }
    return NULL;
}

/* Where the finding does not say what a range rests on: all facts in play. */
static bool rest_on_all(const task *k) {
    const bool *use = frame_use(k->a, k->f);
    int *all = NEW_ARRAY(k->a, int, k->f->p->nfacts), n = 0;
    if (k->t->is != THESIS_RANGE || k->t->facts.n) return false;
    for (int i = 0; i < k->f->p->nfacts; i++)
        if (use[i]) all[n++] = i;
    k->t->facts = (factset){all, n};
    k->t->minimal = false;
    return n > 0;
}

/* False where the thesis says no less already. */
static bool weaken(const task *k, need_kind failed) {
    thesis *t = k->t;
    if (failed == NEED_REFUTATION && rest_on_all(k)) return true;
    bool *says = &t->minimal;
    if (failed == NEED_WALKS) says = &t->walked;
    if (failed == NEED_REFUTATION) {
        if (says_too_much(t)) return t->scales = true;
        says = &t->poles;
    }
    bool was = *says;
    *says = false;
    return was;
}

void gather(arena *a, engine *e, const finding *found, const frame *f, thesis *t) {
    task k = {.a = a, .e = e, .found = found, .f = f, .t = t};
    const need *failed;
    if (!thesis_ok(f, t)) t->is = THESIS_UNKNOWN;
    while ((failed = seek_all(&k)) && weaken(&k, failed->kind)) continue;
}
