/* Does a solution reach the goals? A goal is what the theory asks or concludes, where there is one
 * thing to say: an exponent or a relation that is known, a parameter's value, a conclusion that is
 * a law, a contradiction. It is reached by a step that alone says it. */
#include "analysis/judging.h"

/* What a step must say; NULL: nothing that a step could say. */
static const formula *exponents_found(arena *a, const goal *g, const answer *w) {
    form f = g->target;
    for (int i = 0; i < g->nbase; i++) f = form_addmul(a, f, coef_neg(a, w->value[i]), g->base[i]);
    return formula_atom(a, f, REL_EQ);
}

static const formula *sign_found(arena *a, const goal *g, int signs) {
    const formula *ways[3];
    int n = 0;
    if (signs & SIGN_NEG) ways[n++] = formula_atom(a, g->target, REL_LT);
    if (signs & SIGN_ZERO) ways[n++] = formula_atom(a, g->target, REL_EQ);
    if (signs & SIGN_POS)
        ways[n++] = formula_atom(a, form_scale(a, coef_int(-1), g->target), REL_LT);
    return n == 3 ? NULL : formula_any(a, ways, n);
}

static const formula *parameter_found(arena *a, const goal *g, const answer *w) {
    form f = form_const(coef_sub(a, g->target.k, w->value[0]));
    return formula_atom(a, f, REL_EQ);
}

static const formula *answer_to_say(arena *a, const answer *w) {
    if (w->kind != ANSWER_EXACT) return NULL;
    switch (w->goal->kind) {
    case GOAL_EXPONENT:
        return exponents_found(a, w->goal, w);
    case GOAL_RELATION:
        return sign_found(a, w->goal, w->signs);
    case GOAL_PARAMETER:
        return w->nvalue ? parameter_found(a, w->goal, w) : NULL;
    case GOAL_WHERE:
    case GOAL_CONCLUSION:
    case GOAL_CONTRADICTION:
    case GOAL_CONSISTENT:
    case GOAL_TRIVIAL:
        break;
    }
    return NULL;
}

/* Does step i alone, with what the goal supposes, say it? */
static bool says(const reading *r, int i, const goal *g, const formula *what) {
    const formula *claim = r->w->steps[i].claim;
    const formula **f = NEW_ARRAY(r->a, const formula *, g->nwhen + 2);
    bool *none = NEW_ARRAY(r->a, bool, r->p->nfacts);
    int n = 0;
    if (is_false(claim) || is_false(what)) return is_false(claim) && is_false(what);
    for (int k = 0; k < g->nwhen; k++) f[n++] = g->when[k];
    f[n++] = claim;
    if (engine_check(r->e, r->a, none, f, n).status != ENGINE_SAT) return false;
    f[n++] = formula_not(r->a, what);
    return engine_check(r->e, r->a, none, f, n).status == ENGINE_UNSAT;
}

/* The first step that says it rightly, or else the first that says it. */
static reached reach(const reading *r, const goal *g, const formula *what) {
    reached found = {.goal = g, .step = -1};
    for (int i = 0; i < r->w->nsteps; i++) {
        bool sound = step_is_sound(&r->steps[i]);
        if ((found.step >= 0 && !sound) || !says(r, i, g, what)) continue;
        found.step = i;
        found.sound = sound;
        if (sound) break;
    }
    return found;
}

void find_reached(const reading *r, const finding *f, judged_proof *p) {
    VEC(reached) all = {0};
    for (int i = 0; i < f->nanswers; i++) {
        const formula *what = answer_to_say(r->a, &f->answers[i]);
        if (what) vec_push(r->a, &all, reach(r, f->answers[i].goal, what));
    }
    for (int i = 0; i < f->nconclusions; i++) {
        const goal *g = f->conclusions[i].goal;
        const formula *what = g->kind == GOAL_CONTRADICTION ? formula_any(r->a, NULL, 0) : g->claim;
        if (g->kind != GOAL_CONTRADICTION && g->kind != GOAL_CONCLUSION) continue;
        vec_push(r->a, &all, reach(r, g, what));
    }
    p->goals = all.v;
    p->ngoals = (int)all.n;
}
