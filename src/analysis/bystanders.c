/* Bystanders: a law that gives a quantity which occurs nowhere else (S ∝ u^p, where S is its own
 * affair) can always be satisfied where p is defined, so it does not narrow down anything else.
 * Take it away, and another may become one. What is said of parameters alone matters where it meets
 * the parameters of what is left, directly or through others. */
#include "algebra/signs.h"
#include "analysis/question.h"
#include "engine/peel.h"

typedef VEC(hypothesis) hypotheses;

typedef struct {
    const question *q;
    const problem *p;
    bool *rest;           /* facts that matter */
    const formula **open; /* the others, as long as they may come to matter */
    bool *met;            /* parameters */
    bool *own;            /* room: those of one formula */
    hypotheses granted;   /* by comparisons */
} pruning;

static void mark_symbols(const formula *f, bool *seen) {
    for (int i = 0; i < f->lhs.n; i++) seen[f->lhs.t[i].sym] = true;
    for (int i = 0; i < f->n; i++) mark_symbols(f->kid[i], seen);
}

static void mark_form(const pruning *t, form f, bool *asked) {
    const formula *at = formula_atom(t->q->a, f, REL_EQ);
    mark_symbols(at, asked);
    formula_parameters(at, t->met);
}

/* The symbols in the question; its parameters are met. */
static const bool *asked_about(const pruning *t) {
    bool *asked = NEW_ARRAY(t->q->a, bool, t->p->nsymbols);
    const goal *g = t->q->g;
    for (int i = 0; i < g->nwhen; i++) {
        mark_symbols(g->when[i], asked);
        formula_parameters(g->when[i], t->met);
    }
    for (int i = 0; i < g->nbase; i++) mark_form(t, g->base[i], asked);
    mark_form(t, g->target, asked);
    return asked;
}

static bool is_pure(const formula *f) {
    bool pure = f->lhs.n == 0;
    for (int i = 0; i < f->n; i++) pure = pure && is_pure(f->kid[i]);
    return pure;
}

/* --- what laws need to be defined, and comparisons grant --- */

static void hear(arena *a, const formula *f, hypotheses *known) {
    if (f->kind == FORMULA_ATOM && f->lhs.n == 0 && coef_field(f->lhs.k)) {
        hypothesis h = hypothesis_of(f->lhs.k, signs_allowed(f->rel));
        vec_push(a, known, h);
    }
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) hear(a, f->kid[i], known);
}

static void hear_comparisons(pruning *t) {
    sequent all = {t->p, t->q->use, NULL, 0};
    for (int i = 0; i < t->p->nfacts; i++)
        if (sequent_formula(&all, i)) hear(t->q->a, t->p->facts[i].claim, &t->granted);
}

/* Does it hold wherever they do? */
static bool is_granted(arena *a, const formula *f, const hypotheses *known) {
    bool all = true, any = false;
    if (f->kind == FORMULA_ATOM)
        return f->lhs.n == 0 &&
               signs_are_among(a, f->lhs.k, signs_allowed(f->rel), known->v, (int)known->n);
    for (int i = 0; i < f->n; i++) {
        bool kid = is_granted(a, f->kid[i], known);
        all = all && kid, any = any || kid;
    }
    return f->kind == FORMULA_ALL ? all : any;
}

/* --- what matters --- */

static void keep(pruning *t, int i, const formula *says) {
    t->rest[i] = true;
    t->open[i] = NULL;
    formula_parameters(says, t->met);
}

static void sort_facts(pruning *t) {
    sequent all = {t->p, t->q->use, NULL, 0};
    peeled left = peel(t->q->a, &all, asked_about(t));
    for (int i = 0; i < t->p->nfacts; i++) {
        const formula *f = sequent_formula(&all, i);
        if (!f) continue;
        if (is_pure(f) || (left.n && !left.rest.use[i]))
            t->open[i] = f;
        else
            keep(t, i, f);
    }
}

static bool meets(const pruning *t, const formula *f) {
    int n = field_size(t->p->field);
    memset(t->own, 0, sizeof *t->own * (size_t)n);
    formula_parameters(f, t->own);
    for (int i = 0; i < n; i++)
        if (t->own[i] && t->met[i]) return true;
    return false;
}

/* Of a law counts what it needs to be defined, unless that is granted. */
static bool comes_to_matter(pruning *t, int i) {
    const formula *f = t->open[i];
    if (!f || !meets(t, f)) return false;
    if (is_pure(f)) return true;
    f = pure_part(t->q->a, f);
    if (is_granted(t->q->a, f, &t->granted)) t->open[i] = NULL;
    return t->open[i] && meets(t, f);
}

/* One more round: did anything come to matter? */
static bool keep_what_is_met(pruning *t) {
    bool any = false;
    for (int i = 0; i < t->p->nfacts; i++) {
        if (!comes_to_matter(t, i)) continue;
        keep(t, i, is_pure(t->open[i]) ? t->open[i] : pure_part(t->q->a, t->open[i]));
        any = true;
    }
    return any;
}

const bool *without_bystanders(const question *q) {
    const problem *p = engine_problem(q->e);
    pruning t = {.q = q, .p = p};
    t.rest = NEW_ARRAY(q->a, bool, p->nfacts);
    t.open = NEW_ARRAY(q->a, const formula *, p->nfacts);
    t.met = NEW_ARRAY(q->a, bool, field_size(p->field));
    t.own = NEW_ARRAY(q->a, bool, field_size(p->field));
    hear_comparisons(&t);
    sort_facts(&t);
    while (keep_what_is_met(&t)) continue;
    return t.rest;
}
