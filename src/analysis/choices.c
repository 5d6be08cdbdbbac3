#include "analysis/choices.h"
#include "algebra/doubled.h"

bool choices_any(const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        if (p->facts[i].choice) return true;
    return false;
}

/* A choice under way: the facts it sees, and two symbols more for exponents of the target. */
typedef struct {
    engine *e;
    arena *a;
    const problem *p;
    const choice_of *c;
    const bool *use;
} choosing;

/* --- the claim --- */

/* The fixed quantities, and one symbol more (-1: none). */
static const bool *keeping(const choosing *k, int sym) {
    bool *keep = NEW_ARRAY(k->a, bool, k->p->nsymbols + 2);
    for (int i = 0; i < k->c->nfixed; i++) keep[k->c->fixed[i]] = true;
    if (sym >= 0) keep[sym] = true;
    return keep;
}

static form minus(const choosing *k, form f, int sym) {
    return form_sub(k->a, f, form_sym(k->a, sym));
}

/* sym is a better exponent than other. */
static const formula *better(const choosing *k, int sym, int other) {
    form f = minus(k, form_sym(k->a, sym), other);
    return formula_atom(k->a, k->c->maximize ? form_scale(k->a, coef_int(-1), f) : f, REL_LT);
}

/* The formula with a symbol replaced by a form. */
static const formula *replaced(arena *a, const formula *f, int sym, form by) {
    if (f->kind == FORMULA_ATOM) {
        coef c = form_coef(f->lhs, sym);
        if (coef_is_zero(c)) return f;
        form rest = form_addmul(a, f->lhs, coef_neg(a, c), form_sym(a, sym));
        return formula_atom(a, form_addmul(a, rest, c, by), f->rel);
    }
    const formula **kid = f->n ? NEW_ARRAY(a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = replaced(a, f->kid[i], sym, by);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

/* An engine for formulas on two symbols more. */
static engine *wide_engine(const choosing *k) {
    return engine_beside(k->e, with_symbols(k->a, k->p, 2));
}

/* Some exponent of the target is allowed that is better than symbol nsymbols, a formula on that and
 * the fixed quantities; NULL if that is too much. */
static const formula *beaten(const choosing *k, engine *wide) {
    int own = k->p->nsymbols, other = own + 1;
    bool *none = NEW_ARRAY(k->a, bool, k->p->nfacts);
    const formula *is_other = formula_atom(k->a, minus(k, k->c->target, other), REL_EQ);
    const formula *allowed = engine_shadow(wide, k->a, k->use, &is_other, 1, keeping(k, other));
    const formula *both[] = {allowed, better(k, other, own)};
    return allowed ? engine_shadow(wide, k->a, none, both, 2, keeping(k, own)) : NULL;
}

/* No better exponent of the target is allowed than the one it has; NULL if that is too much. */
static const formula *claim(const choosing *k) {
    engine *wide = wide_engine(k);
    const formula *f = beaten(k, wide);
    engine_close(wide);
    return f ? replaced(k->a, formula_not(k->a, f), k->p->nsymbols, k->c->target) : NULL;
}

/* --- its confirmation --- */

/* Another solution with the same fixed quantities that is better cannot be. */
static bool is_confirmed(const choosing *k, const formula *f) {
    VEC(const formula *) extra = {0};
    form gain = form_sub(k->a, form_of_other(k->a, k->p, k->c, k->c->target), k->c->target);
    if (k->c->maximize) gain = form_scale(k->a, coef_int(-1), gain);
    vec_push(k->a, &extra, f);
    vec_push(k->a, &extra, formula_atom(k->a, gain, REL_LT));
    for (int i = 0; i < k->p->nfacts; i++)
        if (k->use[i])
            vec_push(k->a, &extra, formula_of_other(k->a, k->p, k->c, k->p->facts[i].claim));
    engine *twice = engine_beside(k->e, with_symbols(k->a, k->p, k->p->nsymbols));
    engine_status s = engine_test(twice, k->a, k->use, extra.v, (int)extra.n);
    engine_close(twice);
    return s == ENGINE_UNSAT;
}

/* --- why there is none --- */

const bool *choices_before(arena *a, const problem *p, int which) {
    bool *use = NEW_ARRAY(a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = !p->facts[i].choice || i < which;
    return use;
}

static bool cannot_be(const choosing *k, engine *wide, const formula *f, bool *vouched) {
    outcome o = engine_check(wide, k->a, k->use, &f, 1);
    *vouched = o.status == ENGINE_UNSAT && (o.vouched || o.nconditions > 0);
    return o.status == ENGINE_UNSAT;
}

/* Is there a bound, symbol nsymbols, for all, some or none of the fixed quantities? */
static choice_end end_of(const choosing *k, engine *wide, bool *vouched) {
    const formula *f = beaten(k, wide);
    if (!f) return CHOICE_END_UNKNOWN;
    const formula *bounds = formula_not(k->a, f);
    bool *none = NEW_ARRAY(k->a, bool, k->p->nfacts);
    if (cannot_be(k, wide, bounds, vouched)) return CHOICE_UNBOUNDED;
    const formula *bounded = engine_shadow(wide, k->a, none, &bounds, 1, keeping(k, -1));
    if (!bounded) return CHOICE_END_UNKNOWN;
    const formula *free = formula_not(k->a, bounded);
    return cannot_be(k, wide, free, vouched) ? CHOICE_UNATTAINED : CHOICE_END_UNKNOWN;
}

choice_end choices_end(engine *e, arena *a, int which, bool *vouched) {
    const problem *p = engine_problem(e);
    choosing k = {e, a, p, p->facts[which].choice, choices_before(a, p, which)};
    *vouched = false;
    engine *wide = wide_engine(&k);
    choice_end end = end_of(&k, wide, vouched);
    engine_close(wide);
    return end;
}

/* --- all of them --- */

static bool resolve(engine *e, arena *a, problem *own, fact *facts, int which, const bool *use,
                    const char **why) {
    bool *seen = NEW_ARRAY(a, bool, own->nfacts);
    for (int i = 0; i < own->nfacts; i++)
        seen[i] = (!use || use[i]) && (!facts[i].choice || i < which);
    choosing k = {e, a, own, facts[which].choice, seen};
    const formula *f = claim(&k);
    *why = "what a choice comes to was not found within the limits";
    if (!f || !is_confirmed(&k, f)) return false;
    facts[which].claim = f;
    return true;
}

const problem *choices_resolved(engine *e, arena *a, const problem *p, const bool *use,
                                const char **why) {
    if (!choices_any(p)) return p;
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, p->nfacts);
    *own = *p;
    memcpy(facts, p->facts, sizeof *facts * (size_t)p->nfacts);
    own->facts = facts;
    for (int i = 0; i < p->nfacts; i++) {
        if (!facts[i].choice || (use && !use[i])) continue;
        if (!resolve(e, a, own, facts, i, use, why)) return NULL;
    }
    return own;
}

engine *choices_engine(engine *e, arena *a, const bool *use) {
    const problem *p = engine_problem(e);
    const char *why;
    if (!choices_any(p)) return e;
    const problem *own = choices_resolved(e, a, p, use, &why);
    return own ? engine_beside(e, own) : NULL;
}
