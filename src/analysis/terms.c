/* Which term of a sum decides. */
#include "analysis/parts.h"

typedef struct {
    engine *e;
    arena *a;
    const addition *s;
    const witness *seen; /* a solution */
} deciding;

/* Term i is beaten by term k. */
static const formula *beaten(const deciding *d, int i, int k) {
    form f = form_sub(d->a, d->s->term[i].exponent, d->s->term[k].exponent);
    return formula_atom(d->a, d->s->least ? form_scale(d->a, coef_int(-1), f) : f, REL_LT);
}

static const formula *beaten_by_some(const deciding *d, int i) {
    const formula **way = NEW_ARRAY(d->a, const formula *, d->s->n);
    int n = 0;
    for (int k = 0; k < d->s->n; k++)
        if (k != i) way[n++] = beaten(d, i, k);
    return formula_any(d->a, way, n);
}

/* The solution that is known may have it already. */
static engine_status can(const deciding *d, const formula *f) {
    if (d->seen->n && formula_holds(d->a, f, d->seen->x)) return ENGINE_SAT;
    return engine_test(d->e, d->a, NULL, &f, 1);
}

static decision decide(engine *e, arena *a, const witness *seen, const fact *f, int which) {
    const addition *s = &f->sums[which];
    deciding d = {e, a, s, seen};
    bool *decides = NEW_ARRAY(a, bool, s->n), *may = NEW_ARRAY(a, bool, s->n);
    decision out = {.sum = which, .decides = decides, .may = may};
    for (int i = 0; i < s->n; i++) {
        may[i] = true;
        if (!budget_left(engine_budget(e))) {
            out.unknown = true;
            continue;
        }
        const formula *loses = beaten_by_some(&d, i);
        engine_status never = can(&d, formula_not(a, loses)), ever = can(&d, loses);
        decides[i] = ever == ENGINE_UNSAT;
        may[i] = never != ENGINE_UNSAT;
        out.unknown |= ever == ENGINE_UNKNOWN || never == ENGINE_UNKNOWN;
    }
    return out;
}

void find_decisions(engine *e, arena *a, finding *f) {
    VEC(decision) all = {0};
    for (int i = 0; i < f->p->nfacts; i++)
        for (int k = 0; k < f->p->facts[i].nsums; k++) {
            decision d = decide(e, a, &f->solution, &f->p->facts[i], k);
            d.fact = i;
            vec_push(a, &all, d);
        }
    f->decisions = all.v;
    f->ndecisions = (int)all.n;
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
