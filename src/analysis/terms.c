/* Which term of a sum decides. */
#include "analysis/parts.h"

enum {
    FEW_SUMS = 4, /* are asked about one term after the other */
    MOST_ROUNDS = 8
};

/* What no solution that is known shows yet: that a term of a sum loses, or that it does not. */
typedef struct {
    int sum; /* a decision */
    int term;
    bool loses;
    const formula *says;
} doubt;

typedef struct {
    engine *e;
    arena *a;
    const witness *seen; /* a solution */
    VEC(decision) sums;
    VEC(bool *) decides;
    VEC(bool *) may; /* those of the decisions */
    VEC(doubt) doubts;
} deciding;

/* Term i is beaten by term k. */
static const formula *beaten(arena *a, const addition *s, int i, int k) {
    form f = form_sub(a, s->term[i].exponent, s->term[k].exponent);
    return formula_atom(a, s->least ? form_scale(a, coef_int(-1), f) : f, REL_LT);
}

static const formula *beaten_by_some(arena *a, const addition *s, int i) {
    const formula **way = NEW_ARRAY(a, const formula *, s->n);
    int n = 0;
    for (int k = 0; k < s->n; k++)
        if (k != i) way[n++] = beaten(a, s, i, k);
    return formula_any(a, way, n);
}

/* The solution that is known may have it already. */
static void doubt_it(deciding *d, int sum, int i, bool loses, const formula *says) {
    if (d->seen->n && formula_holds(d->a, says, d->seen->x)) return;
    vec_push(d->a, &d->doubts, ((doubt){sum, i, loses, says}));
}

static void add_sum(deciding *d, int of, int which, const addition *s) {
    bool *decides = NEW_ARRAY(d->a, bool, s->n), *may = NEW_ARRAY(d->a, bool, s->n);
    bool unknown = false;
    for (int i = 0; i < s->n; i++) {
        may[i] = true;
        if (!budget_left(engine_budget(d->e))) {
            unknown = true;
            continue;
        }
        const formula *loses = beaten_by_some(d->a, s, i);
        doubt_it(d, (int)d->sums.n, i, false, formula_not(d->a, loses));
        doubt_it(d, (int)d->sums.n, i, true, loses);
    }
    decision x = {.fact = of, .sum = which, .decides = decides, .may = may, .unknown = unknown};
    vec_push(d->a, &d->sums, x);
    vec_push(d->a, &d->decides, decides);
    vec_push(d->a, &d->may, may);
}

/* --- many at once --- */

static const formula *some_doubt(const deciding *d) {
    VEC(const formula *) any = {0};
    for (size_t i = 0; i < d->doubts.n; i++) {
        const formula *f = d->doubts.v[i].says;
        if (f->kind != FORMULA_ANY) vec_push(d->a, &any, f);
        for (int k = 0; f->kind == FORMULA_ANY && k < f->n; k++) vec_push(d->a, &any, f->kid[k]);
    }
    return formula_any(d->a, any.v, (int)any.n);
}

static void keep_what_is_open(deciding *d, const witness *w) {
    size_t n = 0;
    for (size_t i = 0; i < d->doubts.n; i++)
        if (!formula_holds(d->a, d->doubts.v[i].says, w->x)) d->doubts.v[n++] = d->doubts.v[i];
    d->doubts.n = n;
}

/* Can any of them be? What a solution shows is taken off the list, until nothing can. False: they
 * are to be asked one by one. */
static bool settle_together(deciding *d) {
    if (d->sums.n <= FEW_SUMS || engine_problem(d->e)->field) return false;
    for (int round = 0; d->doubts.n && round < MOST_ROUNDS; round++) {
        const formula *some = some_doubt(d);
        outcome o = engine_check(d->e, d->a, NULL, &some, 1);
        if (o.status == ENGINE_UNSAT) return true;
        if (o.status != ENGINE_SAT) return false;
        keep_what_is_open(d, &o.w);
    }
    return d->doubts.n == 0;
}

/* --- all sums --- */

static void settle(deciding *d, const doubt *x, engine_status can) {
    if (x->loses) d->decides.v[x->sum][x->term] = can == ENGINE_UNSAT;
    if (!x->loses) d->may.v[x->sum][x->term] = can != ENGINE_UNSAT;
    if (can == ENGINE_UNKNOWN) d->sums.v[x->sum].unknown = true;
}

void find_decisions(engine *e, arena *a, finding *f) {
    deciding d = {.e = e, .a = a, .seen = &f->solution};
    for (int i = 0; i < f->p->nfacts; i++)
        for (int k = 0; k < f->p->facts[i].nsums; k++) add_sum(&d, i, k, &f->p->facts[i].sums[k]);
    bool none_can = settle_together(&d);
    for (size_t i = 0; i < d.doubts.n; i++) {
        const formula *says = d.doubts.v[i].says;
        settle(&d, &d.doubts.v[i], none_can ? ENGINE_UNSAT : engine_test(e, a, NULL, &says, 1));
    }
    f->decisions = d.sums.v;
    f->ndecisions = (int)d.sums.n;
}

/* --- what follows for derivations --- */

typedef VEC(fact) lemmas;

static void add_lemma(arena *a, lemmas *all, const fact *of, addend x, addend y, const char *note) {
    form f = form_sub(a, x.exponent, y.exponent);
    if (f.n == 0) return;
    fact k = *of;
    k.law = str_of(formatted(a, "%s ∝ %s", str_z(a, x.law), str_z(a, y.law)));
    k.note = str_of(note);
    k.claim = formula_atom(a, f, REL_EQ);
    vec_push(a, all, k);
}

/* Terms that balance, and the sum as the one that decides. */
static void add_lemmas(arena *a, lemmas *all, const fact *of, const decision *d) {
    const addition *s = &of->sums[d->sum];
    int first = -1;
    for (int i = 0; i < s->n; i++) {
        if (!d->decides[i]) continue;
        if (first >= 0) add_lemma(a, all, of, s->term[first], s->term[i], "for the terms balance");
        if (first < 0 && s->has_total) add_lemma(a, all, of, s->total, s->term[i], "which decides");
        if (first < 0) first = i;
    }
}

static const problem *with_lemmas(arena *a, const problem *p, const finding *f) {
    lemmas all = {0};
    problem *own = NEW(a, problem);
    for (int i = 0; i < f->ndecisions; i++)
        add_lemmas(a, &all, &p->facts[f->decisions[i].fact], &f->decisions[i]);
    *own = *p;
    own->lemmas = all.v;
    own->nlemmas = (int)all.n;
    return own;
}

/* --- derivations of answers --- */

static bool is_conjunction_of_laws(const fact *k) {
    return !k->choice && formula_is_conjunction(k->claim);
}

/* Numbers of extra formulas become those of lemmas. */
static chain by_lemmas(arena *a, chain c, int nfacts) {
    step *steps = NEW_ARRAY(a, step, c.n);
    for (int i = 0; i < c.n; i++) {
        steps[i] = c.steps[i];
        if (steps[i].fact >= nfacts) steps[i].fact = -1 - (steps[i].fact - nfacts);
    }
    c.steps = steps;
    return c;
}

static const derivation *derived(engine *e, arena *a, const problem *p, const answer *r) {
    int n = p->nlemmas, nsum;
    bool *use = NEW_ARRAY(a, bool, p->nfacts);
    const formula **extra = NEW_ARRAY(a, const formula *, n + 1);
    summand *sum;
    form off = form_addmul(a, r->goal->target, coef_neg(a, r->value[0]), r->goal->base[0]);
    for (int i = 0; i < p->nfacts; i++) use[i] = is_conjunction_of_laws(&p->facts[i]);
    for (int i = 0; i < n; i++) extra[i] = p->lemmas[i].claim;
    extra[n] = formula_nonzero(a, off);
    sequent s = {p, use, extra, n + 1};
    outcome o = engine_check(e, a, use, extra, n + 1);
    if (o.status != ENGINE_UNSAT || !o.pf || o.pf->kind != PROOF_SPLIT) return NULL;
    if (o.pf->formula != p->nfacts + n ||
        !solve_leaf(a, o.pf->branch[0], p->nfacts + n, &sum, &nsum))
        return NULL;
    for (int i = 0; i < nsum; i++)
        if (formula_node(sequent_formula(&s, sum[i].formula), sum[i].node)->rel != REL_EQ)
            return NULL;
    const derivation *d =
        derive_answer(a, &s, sum, nsum, r->goal->target, r->goal->base[0], r->value[0]);
    if (!d) return NULL;
    derivation *own = NEW(a, derivation);
    *own = *d;
    own->target = by_lemmas(a, d->target, p->nfacts);
    own->base = by_lemmas(a, d->base, p->nfacts);
    return own;
}

static bool wants_derivation(const answer *r) {
    return r->kind == ANSWER_EXACT && !r->why && r->nvalue == 1 && !r->goal->nwhen &&
           r->goal->kind == GOAL_EXPONENT && r->goal->nbase == 1;
}

void derive_by_terms(engine *e, arena *a, finding *f) {
    if (f->ndecisions == 0) return;
    const problem *p = with_lemmas(a, engine_problem(e), f);
    answer *answers = NEW_ARRAY(a, answer, f->nanswers);
    f->p = p;
    for (int i = 0; i < f->nanswers; i++) {
        answers[i] = f->answers[i];
        if (wants_derivation(&answers[i])) answers[i].why = derived(e, a, p, &answers[i]);
    }
    f->answers = answers;
}
