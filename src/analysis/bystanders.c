/* Bystanders: a law that gives a quantity which occurs nowhere else (S ∝ u^p, where S is its own
 * affair) can always be satisfied, so it does not narrow down anything else. Take it away, and
 * another may become one. */
#include "analysis/question.h"

typedef struct {
    const question *q;
    const problem *p;
    bool *rest;  /* facts that are still there */
    int *occurs; /* of each symbol: in how many facts, or in the question */
} pruning;

static void count(const formula *f, int *occurs, int by, bool *seen) {
    if (f->kind != FORMULA_ATOM) {
        for (int i = 0; i < f->n; i++) count(f->kid[i], occurs, by, seen);
        return;
    }
    for (int i = 0; i < f->lhs.n; i++) {
        if (!seen[f->lhs.t[i].sym]) occurs[f->lhs.t[i].sym] += by;
        seen[f->lhs.t[i].sym] = true;
    }
}

static void count_fact(pruning *t, const formula *f, int by) {
    bool *seen = NEW_ARRAY(t->q->a, bool, t->p->nsymbols);
    count(f, t->occurs, by, seen);
}

static void count_form(pruning *t, form f) {
    for (int i = 0; i < f.n; i++) t->occurs[f.t[i].sym] += 2;
}

static void count_all(pruning *t) {
    const goal *g = t->q->g;
    for (int i = 0; i < t->p->nfacts; i++)
        if (t->rest[i]) count_fact(t, t->p->facts[i].claim, 1);
    for (int i = 0; i < g->nwhen; i++) {
        count_fact(t, g->when[i], 1);
        count_fact(t, g->when[i], 1);
    }
    for (int i = 0; i < g->nbase; i++) count_form(t, g->base[i]);
    count_form(t, g->target);
}

/* The one atom with quantities, if the formula is a conjunction with no more than one. */
static bool one_law(const formula *f, const formula **law) {
    if (f->kind == FORMULA_ATOM) {
        if (f->lhs.n == 0) return true;
        bool first = *law == NULL;
        *law = f;
        return first;
    }
    for (int i = 0; i < f->n; i++)
        if (!one_law(f->kid[i], law)) return false;
    return true;
}

/* Does it only give a quantity that nothing else speaks of? */
static bool is_bystander(const pruning *t, const formula *f) {
    const formula *law = NULL;
    rat plain;
    if (!one_law(f, &law)) return false;
    if (!law) return true;
    if (law->rel != REL_EQ || !formula_is_conjunction(f)) return false;
    for (int i = 0; i < law->lhs.n; i++)
        if (t->occurs[law->lhs.t[i].sym] == 1 && coef_rat(law->lhs.t[i].c, &plain)) return true;
    return false;
}

static bool prune_once(pruning *t) {
    bool any = false;
    for (int i = 0; i < t->p->nfacts; i++) {
        const formula *f = t->p->facts[i].claim;
        if (!t->rest[i] || !is_bystander(t, f)) continue;
        const formula *law = NULL;
        one_law(f, &law);
        if (!law) continue; /* comparisons stay until no law contains their parameters */
        t->rest[i] = false;
        count_fact(t, f, -1);
        any = true;
    }
    return any;
}

/* The comparisons between parameters stand alone once every law is plain. */
static bool only_comparisons_left(pruning *t) {
    for (int i = 0; i < t->p->nfacts; i++) {
        const formula *f = t->p->facts[i].claim, *law = NULL;
        if (!t->rest[i] || !formula_is_parametric(f)) continue;
        if (!one_law(f, &law) || law) return false;
        t->rest[i] = false;
    }
    return true;
}

static bool asks_of_parameters(const goal *g) {
    for (int i = 0; i < g->nwhen; i++)
        if (formula_is_parametric(g->when[i])) return true;
    for (int i = 0; i < g->nbase; i++)
        if (!form_is_plain(g->base[i])) return true;
    return !form_is_plain(g->target);
}

bool without_bystanders(const question *q, bool *rest) {
    const problem *p = engine_problem(q->e);
    pruning t = {q, p, rest, NEW_ARRAY(q->a, int, p->nsymbols)};
    if (asks_of_parameters(q->g)) return false;
    for (int i = 0; i < p->nfacts; i++) rest[i] = !q->use || q->use[i];
    count_all(&t);
    while (prune_once(&t)) continue;
    return only_comparisons_left(&t);
}
