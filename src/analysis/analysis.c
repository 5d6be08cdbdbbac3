#include "analysis/choices.h"
#include "analysis/parts.h"

typedef struct {
    engine *e;
    arena *a;
    const analysis_options *opt;
} task;

static bool is_question(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION || g->kind == GOAL_PARAMETER ||
           g->kind == GOAL_WHERE;
}

/* --- the two levels --- */

static bool has_growth(const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        if (p->facts[i].growth) return true;
    return false;
}

typedef VEC(refuted_sequent) refutations;

/* What find_verdict refuted, if anything; a proof with parameters would have to be given reasons.
 */
static void note_refuted(const task *t, refutations *list, const bool *use, verdict v,
                         const outcome *o) {
    const problem *p = engine_problem(t->e);
    const formula **extra = NEW_ARRAY(t->a, const formula *, 1);
    bool refuted = v == VERDICT_CONTRADICTORY || v == VERDICT_TRIVIAL;
    if (!refuted || p->field || !o->pf) return;
    extra[0] = v == VERDICT_TRIVIAL ? something_scales(t->a, p) : NULL;
    sequent s = {p, use, extra, v == VERDICT_TRIVIAL};
    vec_push(t->a, list, ((refuted_sequent){s, o->pf}));
}

static verdict equations_verdict(const task *t, const problem *p, refutations *list) {
    outcome o;
    bool *use = NEW_ARRAY(t->a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = !p->facts[i].growth;
    engine *e = choices_engine(t->e, t->a, use);
    verdict v = e ? find_verdict(e, t->a, use, NULL, 0, &o) : VERDICT_UNKNOWN;
    if (e == t->e) note_refuted(t, list, use, v, &o);
    if (e != t->e) engine_close(e);
    return v;
}

static void find_levels(const task *t, finding *f, const outcome *o) {
    refutations list = {0};
    f->growth = f->equations = f->verdict;
    f->vouched = o->vouched;
    note_refuted(t, &list, NULL, f->verdict, o);
    if (f->verdict == VERDICT_CONSISTENT) f->solution = o->w;
    if (f->verdict == VERDICT_UNKNOWN) f->reason = o->why;
    if ((f->verdict != VERDICT_CONSISTENT || choices_any(f->p)) && has_growth(f->p))
        f->equations = equations_verdict(t, f->p, &list);
    f->refuted = list.v, f->nrefuted = (int)list.n;
}

/* --- goals --- */

/* What the statements without parameters settle, found before nonlinear questions can use up a
 * limit. NULL where there are no parameters. */
typedef struct {
    const answer *answers;
    const conclusion *conclusions;
    const bool *met; /* what the goal is about is in every solution; all three by goal */
} settled;

static bool *plain_facts(arena *a, const problem *p) {
    bool *use = NEW_ARRAY(a, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = !formula_is_parametric(p->facts[i].claim);
    return use;
}

/* What the goal supposes: its suppositions, and that a base scales. */
static const formula *supposed(arena *a, const goal *g) {
    const formula **all = NEW_ARRAY(a, const formula *, g->nwhen + 1);
    for (int i = 0; i < g->nwhen; i++) all[i] = g->when[i];
    if (g->nbase) all[g->nwhen] = goal_base_scales(a, g);
    return formula_all(a, all, g->nwhen + (g->nbase > 0));
}

/* Do these statements make sure of it? */
static bool is_implied(const task *t, const formula *supposed, const bool *by) {
    const formula *not = formula_not(t->a, supposed);
    return engine_test(t->e, t->a, by, &not, 1) == ENGINE_UNSAT;
}

static bool is_settled(const goal *g, const answer *r, const conclusion *c) {
    return is_question(g) ? r->kind != ANSWER_UNKNOWN : c->verdict != CONCLUSION_UNKNOWN;
}

static settled settle_plainly(const task *t, const problem *p) {
    if (!p->field) return (settled){0};
    const bool *use = plain_facts(t->a, p);
    answer *answers = NEW_ARRAY(t->a, answer, p->ngoals);
    conclusion *conclusions = NEW_ARRAY(t->a, conclusion, p->ngoals);
    bool *met = NEW_ARRAY(t->a, bool, p->ngoals);
    for (int i = 0; i < p->ngoals; i++) {
        const goal *g = &p->goals[i];
        if (is_question(g))
            answers[i] = answer_plainly(t->e, t->a, g, use);
        else
            conclusions[i] = conclude_plainly(t->e, t->a, g, use);
        met[i] =
            is_settled(g, &answers[i], &conclusions[i]) && is_implied(t, supposed(t->a, g), use);
    }
    return (settled){answers, conclusions, met};
}

/* Is the goal about some solution of all facts, or about every one that there may be? o is what
 * was found for them. */
static bool is_met(const task *t, const goal *g, const outcome *o, bool implied) {
    const formula *f = supposed(t->a, g);
    if (implied || (o->status == ENGINE_SAT && o->w.n && formula_holds(t->a, f, o->w.x)))
        return true;
    return engine_test(t->e, t->a, NULL, &f, 1) == ENGINE_SAT;
}

static bool only_asks(const problem *p) {
    for (int i = 0; i < p->ngoals; i++)
        if (!is_question(&p->goals[i])) return false;
    return true;
}

/* The solution that was found, which spares searches for others. Where a search ends is where the
 * next begins, and so conclusions that are open have the examples that they have: with these, every
 * search is made. */
static const witness *known_solution(const task *t, const outcome *o) {
    bool known = o->status == ENGINE_SAT && o->w.n && !o->vouched;
    return known && only_asks(engine_problem(t->e)) ? &o->w : NULL;
}

/* What was settled before by some of the facts, and what they say of solutions, goes for all. */
static answer answer_one(const task *t, const goal *g, const outcome *o, const witness *known,
                         const settled *s, int i) {
    answer r = answer_knowing(t->e, t->a, g, known, t->opt->bare);
    bool better = r.kind == ANSWER_UNKNOWN && s->met && s->answers[i].kind != ANSWER_UNKNOWN;
    return better && is_met(t, g, o, s->met[i]) ? s->answers[i] : r;
}

static void answer_all(const task *t, finding *f, const outcome *o, const settled *s) {
    VEC(answer) all = {0};
    const witness *known = known_solution(t, o);
    for (int i = 0; i < f->p->ngoals; i++)
        if (is_question(&f->p->goals[i]))
            vec_push(t->a, &all, answer_one(t, &f->p->goals[i], o, known, s, i));
    f->answers = all.v;
    f->nanswers = (int)all.n;
}

static conclusion conclude_one(const task *t, int i, const finding *f, const outcome *o,
                               const settled *s) {
    const goal *g = &f->p->goals[i];
    conclusion c = conclude(t->e, t->a, g, f->verdict, o);
    bool better = c.verdict == CONCLUSION_UNKNOWN && s->met;
    better = better && s->conclusions[i].verdict != CONCLUSION_UNKNOWN;
    return better && is_met(t, g, o, s->met[i]) ? s->conclusions[i] : c;
}

static void conclude_all(const task *t, finding *f, const outcome *o, const settled *s) {
    VEC(conclusion) all = {0};
    for (int i = 0; i < f->p->ngoals; i++)
        if (!is_question(&f->p->goals[i])) vec_push(t->a, &all, conclude_one(t, i, f, o, s));
    f->conclusions = all.v;
    f->nconclusions = (int)all.n;
}

/* Contradictory or trivial, and a conclusion without suppositions says so. */
static bool said_to_be(const finding *f) {
    goal_kind kind = f->verdict == VERDICT_TRIVIAL ? GOAL_TRIVIAL : GOAL_CONTRADICTION;
    if (f->verdict != VERDICT_TRIVIAL && f->verdict != VERDICT_CONTRADICTORY) return false;
    for (int i = 0; i < f->nconclusions; i++) {
        const conclusion *c = &f->conclusions[i];
        if (c->goal->kind == kind && !c->goal->nwhen) return c->verdict == CONCLUSION_PROVED;
    }
    return false;
}

/* --- one theory, and its regimes --- */

static void find_story(const task *t, finding *f, const outcome *o) {
    if (t->opt->brief) return;
    switch (f->verdict) {
    case VERDICT_CONTRADICTORY:
        find_cores(t->e, t->a, t->opt, o, f);
        find_distance(t->e, t->a, f);
        return;
    case VERDICT_TRIVIAL:
        find_cores(t->e, t->a, t->opt, o, f);
        break;
    case VERDICT_CONSISTENT:
        find_decisions(t->e, t->a, f);
        if (!t->opt->bare) derive_by_terms(t->e, t->a, f);
        break;
    case VERDICT_UNKNOWN:
        return;
    }
    if (t->opt->redundancy) find_redundant(t->e, t->a, f);
}

static void find_all(const task *t, finding *f) {
    outcome o = {0};
    const settled plainly = settle_plainly(t, f->p);
    f->verdict = find_verdict(t->e, t->a, NULL, NULL, 0, &o);
    find_levels(t, f, &o);
    answer_all(t, f, &o, &plainly);
    conclude_all(t, f, &o, &plainly);
    f->as_claimed = said_to_be(f);
    if (t->opt->proofs) judge_proofs(t->e, t->a, f);
    find_story(t, f, &o);
    if (!t->opt->brief) find_choice_notes(t->e, t->a, f);
    if (!t->opt->brief && t->opt->tables) find_tables(t->e, t->a, f);
}

static finding find_one(arena *a, engine *e, const analysis_options *opt) {
    finding f = {.p = engine_problem(e), .verdict = VERDICT_UNKNOWN, .cores_complete = true};
    f.repairs_complete = f.redundant_complete = true;
    task t = {e, a, opt};
    find_all(&t, &f);
    f.wrong = f.wrong || engine_wrong(e);
    if (f.wrong) f.reason = engine_wrong(e);
    return f;
}

/* Where a choice was not understood, nothing is told. */
static finding undecided(arena *a, const problem *p, const analysis_options *opt, const char *why) {
    finding f = {.p = p, .verdict = VERDICT_UNKNOWN, .reason = why, .cores_complete = true};
    VEC(answer) answers = {0};
    VEC(conclusion) conclusions = {0};
    for (int i = 0; i < p->ngoals; i++) {
        const goal *g = &p->goals[i];
        answer r = {.goal = g, .kind = ANSWER_UNKNOWN, .reason = why};
        conclusion c = {.goal = g, .verdict = CONCLUSION_UNKNOWN, .reason = why};
        if (is_question(g))
            vec_push(a, &answers, r);
        else
            vec_push(a, &conclusions, c);
    }
    f.growth = f.equations = VERDICT_UNKNOWN;
    f.repairs_complete = f.redundant_complete = true;
    f.answers = answers.v, f.nanswers = (int)answers.n;
    f.conclusions = conclusions.v, f.nconclusions = (int)conclusions.n;
    if (opt->proofs) leave_proofs(a, &f, why);
    return f;
}

static finding find_chosen(arena *a, engine *e, const problem *p, const analysis_options *opt) {
    const char *why = NULL;
    engine_turn(e, p);
    const problem *own = choices_resolved(e, a, p, NULL, &why);
    if (!own) return undecided(a, p, opt, why);
    if (own != p) engine_turn(e, own);
    return find_one(a, e, opt);
}

const finding *analyse(arena *a, const problem *p, const analysis_options *opt, budget *b) {
    finding *f = NEW(a, finding), *regimes = NEW_ARRAY(a, finding, p->nregimes);
    const finding *file = p->file ? analyse(a, p->file, opt, b) : NULL;
    engine *e = engine_open(p, b);
    engine_consult(e, opt->common);
    *f = find_chosen(a, e, p, opt);
    for (int i = 0; i < p->nregimes; i++) regimes[i] = find_chosen(a, e, p->regimes[i], opt);
    engine_close(e);
    f->regimes = regimes;
    f->nregimes = p->nregimes;
    if (opt->idle && !opt->brief) find_idle(a, f);
    f->file = file;
    if (file && file->wrong) f->wrong = true, f->reason = file->reason;
    return f;
}

/* --- exit codes --- */

enum { FINE = 0, FOUND = 1, UNDECIDED = 3, WRONG = 4 };

static int worse(int x, int y) {
    return x > y ? x : y;
}

static int verdict_code(const finding *f) {
    switch (f->verdict) {
    case VERDICT_CONSISTENT:
        return FINE;
    case VERDICT_CONTRADICTORY:
    case VERDICT_TRIVIAL:
        return f->as_claimed ? FINE : FOUND;
    case VERDICT_UNKNOWN:
        break;
    }
    return UNDECIDED;
}

static int conclusion_code(const conclusion *c) {
    if (c->verdict == CONCLUSION_UNKNOWN) return UNDECIDED;
    return c->verdict == CONCLUSION_PROVED ? FINE : FOUND;
}

int finding_exit_code(const finding *f) {
    int code = worse(verdict_code(f), proofs_exit_code(f));
    for (int i = 0; i < f->nanswers; i++)
        if (f->answers[i].kind == ANSWER_UNKNOWN) code = worse(code, UNDECIDED);
    for (int i = 0; i < f->nconclusions; i++)
        code = worse(code, conclusion_code(&f->conclusions[i]));
    for (int i = 0; i < f->nregimes; i++) code = worse(code, finding_exit_code(&f->regimes[i]));
    return code;
}
