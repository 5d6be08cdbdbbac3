/* Where the terms balance that do depend on a choice: a whole interval of choices is best where a
 * floor decides that none can touch. Without the floor the choice is told again. */
#include "analysis/choices.h"
#include "analysis/question.h"

typedef struct {
    const question *q;
    engine *free; /* of the theory without its choices */
    const choice_of *c;
    int target; /* the symbol that is made least */
    bool any;   /* was there a floor? */
} balancing;

/* The choice that the question is about: of a chosen quantity in the only fixed one. */
static const choice_of *choice_asked(const question *q) {
    const problem *p = engine_problem(q->e);
    const goal *g = q->g;
    if (g->nbase != 1 || g->base[0].n != 1 || g->target.n != 1) return NULL;
    for (int i = 0; i < p->nfacts; i++) {
        const choice_of *c = p->facts[i].choice;
        if (!c || (q->use && !q->use[i]) || c->nfixed != 1 || c->target.n != 1) continue;
        if (c->fixed[0] != g->base[0].t[0].sym) continue;
        for (int k = 0; k < c->nchosen; k++)
            if (c->chosen[k] == g->target.t[0].sym) return c;
    }
    return NULL;
}

static const problem *with_claims(arena *a, const problem *p, const formula *const *claim) {
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, p->nfacts);
    *own = *p;
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = p->facts[i];
        facts[i].claim = claim[i];
    }
    own->facts = facts;
    return own;
}

static const problem *without_choices(arena *a, const problem *p) {
    const formula **claim = NEW_ARRAY(a, const formula *, p->nfacts);
    for (int i = 0; i < p->nfacts; i++)
        claim[i] = p->facts[i].choice ? formula_all(a, NULL, 0) : p->facts[i].claim;
    return with_claims(a, p, claim);
}

/* Is the form one fixed multiple of the fixed quantity, whatever is chosen? */
static bool is_floor(const balancing *b, form f) {
    const question q = {.e = b->free, .a = b->q->a, .g = b->q->g, .use = b->q->use};
    form fixed = b->q->g->base[0];
    outcome o = ask(&q, nonzero(&q, fixed), NULL);
    if (o.status != ENGINE_SAT || o.vouched) return false;
    coef value = coef_div(q.a, form_value(q.a, f, o.w.x), form_value(q.a, fixed, o.w.x));
    form off = form_addmul(q.a, f, coef_neg(q.a, value), fixed);
    return form_is_plain(f) && test(&q, nonzero(&q, off), NULL) == ENGINE_UNSAT;
}

/* An atom that compares the target with a floor becomes what it is without: a bound from below
 * holds by itself, and one from above is none. */
static const formula *unfloored(balancing *b, const formula *f) {
    arena *a = b->q->a;
    if (f->kind == FORMULA_ATOM) {
        coef c = form_coef(f->lhs, b->target);
        if (coef_is_zero(c) || f->rel == REL_EQ || !form_is_plain(f->lhs)) return f;
        form rest = form_addmul(a, f->lhs, coef_neg(a, c), form_sym(a, b->target));
        if (!is_floor(b, rest)) return f;
        bool bounds = (coef_sgn(c) < 0) != b->c->maximize;
        b->any = true;
        return bounds ? formula_all(a, NULL, 0) : formula_any(a, NULL, 0);
    }
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = unfloored(b, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

static const coef *value_without_floor(balancing *b) {
    arena *a = b->q->a;
    const problem *p = engine_problem(b->free);
    const formula **claim = NEW_ARRAY(a, const formula *, p->nfacts);
    const char *why;
    for (int i = 0; i < p->nfacts; i++) claim[i] = unfloored(b, p->facts[i].claim);
    if (!b->any) return NULL;
    const problem *own = with_claims(a, p, claim);
    own = choices_resolved(b->free, a, own, b->q->use, &why);
    if (!own) return NULL;
    engine *e = engine_beside(b->free, own);
    answer r = answer_question(e, a, b->q->g, b->q->use);
    engine_close(e);
    return r.kind == ANSWER_EXACT && !r.vouched ? r.value : NULL;
}

void add_balance(const question *q, answer *r) {
    balancing b = {.q = q, .c = choice_asked(q)};
    if (r->kind != ANSWER_RANGE || !b.c) return;
    b.target = b.c->target.t[0].sym;
    b.free = engine_beside(q->e, without_choices(q->a, engine_problem(q->e)));
    r->balance = value_without_floor(&b);
    engine_close(b.free);
}
