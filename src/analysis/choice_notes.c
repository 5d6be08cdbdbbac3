/* What is odd about a choice: there is nothing to choose, or nothing that it changes, or no best.
 */
#include "analysis/choices.h"
#include "algebra/doubled.h"
#include "analysis/parts.h"

typedef VEC(choice_note) notes;

/* A choice being looked at, on the problem with its choices made. */
typedef struct {
    engine *e;
    engine *twice; /* of any two solutions that share what is fixed */
    arena *a;
    const problem *p;
    int which;
    const choice_of *c;
    const bool *before; /* the facts that it sees */
    const bool *with;   /* and itself */
    notes *out;
} looking;

/* --- what is a function of the fixed quantities --- */

static choice_note note_of(const looking *k, choice_note_kind kind, form of) {
    return (choice_note){.kind = kind, .fact = k->which, .of = of};
}

/* Which statements refute the formula, if they do. */
static bool refuted(const looking *k, engine *e, const bool *use, const formula *f,
                    choice_note *n) {
    if (engine_test(e, k->a, use, &f, 1) != ENGINE_UNSAT) return false;
    bool *keep = NEW_ARRAY(k->a, bool, k->p->nfacts + 1);
    keep[k->p->nfacts] = true;
    outcome o = engine_shrink(e, k->a, use, &f, 1, keep);
    if (o.status != ENGINE_UNSAT) return false;
    n->support = factset_of(k->a, o.used, k->p->nfacts);
    n->vouched = o.vouched || o.nconditions > 0;
    return true;
}

static bool is_determined(const looking *k, form f, choice_note *n) {
    form apart = form_sub(k->a, f, form_of_other(k->a, k->p, k->c, f));
    return refuted(k, k->twice, k->before, formula_nonzero(k->a, apart), n);
}

/* f as powers of the fixed quantities. */
static answer powers(const looking *k, form f, const bool *use) {
    goal *g = NEW(k->a, goal);
    form *base = NEW_ARRAY(k->a, form, k->c->nfixed);
    for (int i = 0; i < k->c->nfixed; i++) base[i] = form_sym(k->a, k->c->fixed[i]);
    *g = (goal){.kind = GOAL_EXPONENT, .target = f, .base = base, .nbase = k->c->nfixed};
    return answer_question(k->e, k->a, g, use);
}

static void add_powers(const looking *k, choice_note *n) {
    n->power = k->c->nfixed ? NULL : NEW_ARRAY(k->a, coef, 0);
    if (!k->c->nfixed) return;
    answer r = powers(k, n->of, k->before);
    if (r.kind == ANSWER_EXACT && !r.vouched && !r.nconditions) n->power = r.value;
}

/* --- what is given already --- */

static void note_if_given(const looking *k, choice_note_kind kind, form f) {
    choice_note n = note_of(k, kind, f);
    if (!is_determined(k, f, &n)) return;
    add_powers(k, &n);
    vec_push(k->a, k->out, n);
}

static void note_given(const looking *k) {
    for (int i = 0; i < k->c->nchosen; i++)
        note_if_given(k, CHOICE_GIVEN, form_sym(k->a, k->c->chosen[i]));
}

/* --- what does not scale --- */

static void note_resting(const looking *k) {
    for (int i = 0; i < k->c->nfixed; i++) {
        choice_note n = note_of(k, CHOICE_RESTS, form_sym(k->a, k->c->fixed[i]));
        const formula *scales = formula_nonzero(k->a, n.of);
        if (refuted(k, k->e, k->before, scales, &n) || refuted(k, k->e, k->with, scales, &n))
            vec_push(k->a, k->out, n);
    }
}

/* --- what the choice does not touch --- */

/* Quantities that statements bring together, other than by what is fixed: sets by their members. */
static int root(int *of, int i) {
    while (of[i] != i) i = of[i] = of[of[i]];
    return i;
}

/* All quantities of one formula; *last is one of them, or -1. */
static void join(int *of, const bool *fixed, const formula *f, int *last) {
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) {
        int sym = f->lhs.t[i].sym;
        if (fixed[sym]) continue;
        if (*last >= 0) of[root(of, sym)] = root(of, *last);
        *last = sym;
    }
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) join(of, fixed, f->kid[i], last);
}

/* The parts of a conjunction need not have to do with each other. */
static void join_parts(int *of, const bool *fixed, const formula *f) {
    int last = -1;
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) join_parts(of, fixed, f->kid[i]);
    if (f->kind != FORMULA_ALL) join(of, fixed, f, &last);
}

static bool is_apart(const looking *k) {
    int *of = NEW_ARRAY(k->a, int, k->p->nsymbols);
    bool *fixed = NEW_ARRAY(k->a, bool, k->p->nsymbols), apart = true;
    for (int i = 0; i < k->p->nsymbols; i++) of[i] = i;
    for (int i = 0; i < k->c->nfixed; i++) fixed[k->c->fixed[i]] = true;
    for (int i = 0; i < k->p->nfacts; i++)
        if (k->before[i]) join_parts(of, fixed, k->p->facts[i].claim);
    for (int i = 0; i < k->c->target.n; i++)
        for (int j = 0; j < k->c->nchosen; j++)
            apart &= root(of, k->c->target.t[i].sym) != root(of, k->c->chosen[j]);
    return apart;
}

static void note_untouched(const looking *k) {
    size_t n = k->out->n;
    note_if_given(k, CHOICE_UNTOUCHED, k->c->target);
    if (k->out->n == n && is_apart(k))
        vec_push(k->a, k->out, note_of(k, CHOICE_APART, k->c->target));
}

/* --- what the choice leaves open --- */

/* The exponents of measured numbers are no choice. */
static bool has_hidden_parameters(const problem *p) {
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].hidden) return true;
    return false;
}

static void note_open(const looking *k) {
    if (k->c->nfixed == 0 || has_hidden_parameters(k->p)) return;
    answer r = powers(k, k->c->target, k->with);
    if (r.kind != ANSWER_RANGE && (r.kind != ANSWER_UNDETERMINED || r.ndependence)) return;
    choice_note n = note_of(k, CHOICE_OPEN, k->c->target);
    n.ranges = r.ranges, n.nranges = r.nranges;
    n.vouched = r.vouched || r.nconditions > 0;
    vec_push(k->a, k->out, n);
}

/* --- why there is no best --- */

static void note_endless(const looking *k) {
    static const choice_note_kind kind[] = {[CHOICE_UNBOUNDED] = CHOICE_HAS_NO_BOUND,
                                            [CHOICE_UNATTAINED] = CHOICE_HAS_NO_LAST,
                                            [CHOICE_END_UNKNOWN] = CHOICE_HAS_NO_BEST};
    bool vouched;
    choice_note n = note_of(k, kind[choices_end(k->e, k->a, k->which, &vouched)], k->c->target);
    n.vouched = vouched;
    vec_push(k->a, k->out, n);
}

/* --- one choice, and all of them --- */

static const bool *and_itself(arena *a, const problem *p, const bool *before, int which) {
    bool *use = NEW_ARRAY(a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = before[i] || i == which;
    return use;
}

/* False where no other choice need be looked at: nothing is left to be chosen. */
static bool look_at(const looking *k, bool contradictory) {
    if (engine_test(k->e, k->a, k->before, NULL, 0) != ENGINE_SAT) return false;
    engine_status s = engine_test(k->e, k->a, k->with, NULL, 0);
    if (s == ENGINE_UNSAT && contradictory) note_endless(k);
    if (s != ENGINE_SAT) return false;
    note_resting(k);
    note_given(k);
    note_untouched(k);
    note_open(k);
    return true;
}

static bool look(engine *e, arena *a, const finding *f, int which, notes *out) {
    const problem *p = f->p;
    const choice_of *c = p->facts[which].choice;
    const bool *before = choices_before(a, p, which);
    engine *twice = engine_beside(e, doubled(a, p, c));
    looking k = {e, twice, a, p, which, c, before, and_itself(a, p, before, which), out};
    bool more = look_at(&k, f->verdict == VERDICT_CONTRADICTORY);
    engine_close(twice);
    return more;
}

void find_choice_notes(engine *e, arena *a, finding *f) {
    notes all = {0};
    bool more = true;
    for (int i = 0; more && i < f->p->nfacts; i++)
        if (f->p->facts[i].choice) more = look(e, a, f, i, &all);
    f->notes = all.v;
    f->nnotes = (int)all.n;
}
