#include "engine/peel.h"

/* --- what is said of the parameters alone --- */

typedef VEC(const formula *) formula_list;

/* An atom that holds has no vanishing denominator. */
static void add_defined(arena *a, coef c, formula_list *all) {
    if (coef_is_polynomial(c)) return;
    const formula *defined = formula_nonzero(a, form_const(coef_denominator(a, c)));
    vec_push(a, all, defined);
}

static const formula *pure_atom(arena *a, const formula *f) {
    formula_list all = {0};
    for (int i = 0; i < f->lhs.n; i++) add_defined(a, f->lhs.t[i].c, &all);
    add_defined(a, f->lhs.k, &all);
    if (f->lhs.n == 0) vec_push(a, &all, f);
    return all.n == 1 ? all.v[0] : formula_all(a, all.v, (int)all.n);
}

const formula *pure_part(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return pure_atom(a, f);
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = pure_part(a, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

/* --- what occurs where --- */

/* Formulas are counted for each symbol, and their numbers added up: of one that is left alone the
 * sum is its number. */
typedef struct {
    arena *a;
    const sequent *q;
    int *count, *sum; /* by symbol */
    int *last;        /* the formula that was counted last, and one */
    bool *gone;       /* by formula */
    VEC(int) due;     /* symbols that may be alone */
    VEC(giver) taken;
} peeling;

static void count(peeling *t, const formula *f, int which) {
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) count(t, f->kid[i], which);
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) {
        int sym = f->lhs.t[i].sym;
        if (t->last[sym] == which + 1) continue;
        t->last[sym] = which + 1;
        t->count[sym]++;
        t->sum[sym] += which;
    }
}

/* The one atom with quantities, if the formula is a conjunction with no more than one. */
static bool one_law(const formula *f, const formula **law) {
    if (f->kind == FORMULA_ATOM) {
        bool first = f->lhs.n == 0 || !*law;
        if (f->lhs.n) *law = f;
        return first;
    }
    for (int i = 0; i < f->n; i++) {
        const formula *before = *law;
        if (!one_law(f->kid[i], law) || (f->kind == FORMULA_ANY && *law != before)) return false;
    }
    return true;
}

static void take(peeling *t, int which, const formula *law, int sym) {
    vec_push(t->a, &t->taken, ((giver){law, sym}));
    t->gone[which] = true;
    for (int i = 0; i < law->lhs.n; i++) {
        int other = law->lhs.t[i].sym;
        t->sum[other] -= which;
        if (--t->count[other] == 1) vec_push(t->a, &t->due, other);
    }
}

static void try_symbol(peeling *t, int sym) {
    const formula *law = NULL;
    rat plain;
    if (t->count[sym] != 1) return;
    const formula *f = sequent_formula(t->q, t->sum[sym]);
    if (one_law(f, &law) && coef_rat(form_coef(law->lhs, sym), &plain))
        take(t, t->sum[sym], law, sym);
}

static sequent rest_of(const peeling *t) {
    const sequent *q = t->q;
    bool *use = NEW_ARRAY(t->a, bool, q->p->nfacts);
    int n = 0, size = sequent_size(q);
    const formula **extra = NEW_ARRAY(t->a, const formula *, size);
    for (int i = 0; i < size; i++) {
        const formula *f = sequent_formula(q, i);
        if (i < q->p->nfacts) use[i] = f && !t->gone[i];
        if (!f || (i < q->p->nfacts && use[i])) continue;
        if (t->gone[i]) f = pure_part(t->a, f);
        if (f->kind != FORMULA_ALL || f->n) extra[n++] = f;
    }
    return (sequent){q->p, use, extra, n};
}

peeled peel(arena *a, const sequent *q, const bool *keep) {
    int n = q->p->nsymbols, size = sequent_size(q);
    peeling t = {.a = a, .q = q};
    t.count = NEW_ARRAY(a, int, n), t.sum = NEW_ARRAY(a, int, n), t.last = NEW_ARRAY(a, int, n);
    t.gone = NEW_ARRAY(a, bool, size);
    for (int i = 0; i < size; i++) {
        const formula *f = sequent_formula(q, i);
        if (f) count(&t, f, i);
    }
    for (int i = 0; keep && i < n; i++) t.count[i] += keep[i] ? size + 2 : 0;
    for (int i = 0; i < n; i++) try_symbol(&t, i);
    for (size_t i = 0; i < t.due.n; i++) try_symbol(&t, t.due.v[i]);
    if (t.taken.n == 0) return (peeled){*q, NULL, 0};
    return (peeled){rest_of(&t), t.taken.v, (int)t.taken.n};
}

/* --- and back --- */

static void give(arena *a, const giver *g, coef *x) {
    form at;
    x[g->sym] = coef_int(0);
    if (!form_at(a, g->law->lhs, x, &at)) return;
    coef value = form_value(a, at, x);
    if (g->law->rel != REL_EQ) value = coef_add(a, value, coef_int(1));
    x[g->sym] = coef_neg(a, coef_div(a, value, form_coef(at, g->sym)));
}

witness peel_back(arena *a, const peeled *p, const witness *w) {
    if (p->n == 0 || w->n == 0) return *w;
    coef *x = NEW_ARRAY(a, coef, w->n);
    memcpy(x, w->x, sizeof *x * (size_t)w->n);
    for (int i = p->n; i-- > 0;) give(a, &p->taken[i], x);
    return (witness){x, w->n};
}
