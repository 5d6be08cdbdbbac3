#include "analysis/parts.h"

typedef struct {
    engine *e;
    arena *a;
    const goal *g;
    const bool *use; /* NULL: all facts */
} task;

/* The suppositions of the goal, and one more formula. */
static const formula *const *with(const task *t, const formula *more) {
    const formula **f = NEW_ARRAY(t->a, const formula *, t->g->nwhen + 1);
    for (int i = 0; i < t->g->nwhen; i++) f[i] = t->g->when[i];
    f[t->g->nwhen] = more;
    return f;
}

static void set_support(const task *t, const bool *used, conclusion *c) {
    int nfacts = engine_problem(t->e)->nfacts;
    c->support = factset_of(t->a, used, nfacts);
    c->when_used = factset_of(t->a, used + nfacts, t->g->nwhen);
}

static conclusion undecided(const task *t, const char *why) {
    return (conclusion){.goal = t->g, .verdict = CONCLUSION_UNKNOWN, .reason = why};
}

/* --- conclusions about the verdict itself --- */

static bool says(goal_kind kind, verdict v) {
    switch (kind) {
    case GOAL_CONTRADICTION:
        return v == VERDICT_CONTRADICTORY;
    case GOAL_CONSISTENT:
        return v == VERDICT_CONSISTENT;
    case GOAL_TRIVIAL:
        return v == VERDICT_TRIVIAL;
    case GOAL_EXPONENT:
    case GOAL_PARAMETER:
    case GOAL_RELATION:
    case GOAL_WHERE:
    case GOAL_CONCLUSION:
        break;
    }
    return false;
}

static conclusion conclude_verdict(const task *t, verdict v, const outcome *o) {
    if (v == VERDICT_UNKNOWN) return undecided(t, o->why);
    bool said = says(t->g->kind, v);
    conclusion c = {.goal = t->g, .verdict = said ? CONCLUSION_PROVED : CONCLUSION_REFUTED};
    if (v != VERDICT_CONTRADICTORY) return c;
    outcome small = engine_shrink(t->e, t->a, t->use, t->g->when, t->g->nwhen, NULL);
    if (small.status == ENGINE_UNSAT) set_support(t, small.used, &c);
    return c;
}

/* --- conclusions that are laws --- */

/* Shrinks the refutation of the suppositions with `denied`, which stays. */
static outcome shrunk(const task *t, const formula *denied) {
    int nfacts = engine_problem(t->e)->nfacts;
    bool *keep = NEW_ARRAY(t->a, bool, nfacts + t->g->nwhen + 1);
    keep[nfacts + t->g->nwhen] = true;
    return engine_shrink(t->e, t->a, t->use, with(t, denied), t->g->nwhen + 1, keep);
}

static conclusion settled(const task *t, conclusion_verdict v, const formula *denied) {
    conclusion c = {.goal = t->g, .verdict = v};
    outcome o = shrunk(t, denied);
    if (o.status != ENGINE_UNSAT) return undecided(t, o.why);
    set_support(t, o.used, &c);
    c.vouched = o.vouched;
    c.condition = o.condition;
    c.nconditions = o.nconditions;
    if (v != CONCLUSION_PROVED || !o.pf) return c;
    sequent s = {engine_problem(t->e), t->use, with(t, denied), t->g->nwhen + 1};
    c.why = derive_claim(t->a, &s, o.pf, t->g->claim);
    return c;
}

static conclusion conclude_law(const task *t) {
    const formula *denied = formula_not(t->a, t->g->claim);
    outcome no = engine_check(t->e, t->a, t->use, with(t, denied), t->g->nwhen + 1);
    if (no.status == ENGINE_UNSAT) return settled(t, CONCLUSION_PROVED, denied);
    if (no.status != ENGINE_SAT) return undecided(t, no.why);
    outcome yes = engine_check(t->e, t->a, t->use, with(t, t->g->claim), t->g->nwhen + 1);
    if (yes.status == ENGINE_UNSAT) return settled(t, CONCLUSION_REFUTED, t->g->claim);
    if (yes.status != ENGINE_SAT) return undecided(t, yes.why);
    return (conclusion){.goal = t->g, .verdict = CONCLUSION_OPEN, .yes = yes.w, .no = no.w};
}

/* Is what was found not vacuous, for sure? */
static bool is_about_something(const task *t, const conclusion *c) {
    bool definite = c->verdict == CONCLUSION_PROVED || c->verdict == CONCLUSION_REFUTED;
    return !definite || engine_test(t->e, t->a, t->use, t->g->when, t->g->nwhen) == ENGINE_SAT;
}

conclusion conclude(engine *e, arena *a, const goal *g, verdict v, const outcome *o) {
    task t = {e, a, g, NULL};
    outcome own = *o;
    if (g->nwhen) v = find_verdict(e, a, NULL, g->when, g->nwhen, &own);
    if (g->kind != GOAL_CONCLUSION) return conclude_verdict(&t, v, &own);
    if (v == VERDICT_CONTRADICTORY) return (conclusion){.goal = g, .verdict = CONCLUSION_VACUOUS};
    conclusion c = conclude_law(&t);
    return v != VERDICT_UNKNOWN || is_about_something(&t, &c) ? c : undecided(&t, own.why);
}

static bool claims_are_plain(const goal *g) {
    for (int i = 0; i < g->nwhen; i++)
        if (formula_is_parametric(g->when[i])) return false;
    return !formula_is_parametric(g->claim);
}

conclusion conclude_plainly(engine *e, arena *a, const goal *g, const bool *use) {
    task t = {e, a, g, use};
    if (g->kind != GOAL_CONCLUSION || !claims_are_plain(g)) return undecided(&t, NULL);
    if (engine_check(e, a, use, g->when, g->nwhen).status != ENGINE_SAT) return undecided(&t, NULL);
    conclusion c = conclude_law(&t);
    return c.verdict == CONCLUSION_PROVED ? c : undecided(&t, c.reason);
}
