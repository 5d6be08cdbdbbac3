#include "analysis/judging.h"

/* --- sets of premises --- */

premises premises_none(const reading *r) {
    return (premises){NEW_ARRAY(r->a, bool, r->p->nfacts), NEW_ARRAY(r->a, bool, r->at)};
}

premises premises_copy(const reading *r, premises x) {
    premises y = premises_none(r);
    for (int i = 0; i < r->p->nfacts; i++) y.fact[i] = x.fact[i];
    for (int i = 0; i < r->at; i++) y.step[i] = x.step[i];
    return y;
}

bool step_is_sound(const judged_step *s) {
    return s->verdict == STEP_PROVED && !s->carried;
}

premises premises_sound(const reading *r) {
    premises x = premises_none(r);
    for (int i = 0; i < r->p->nfacts; i++) x.fact[i] = true;
    for (int i = 0; i < r->at; i++) x.step[i] = step_is_sound(&r->steps[i]);
    return x;
}

/* What is named after `by`; else everything. */
static premises premises_written(const reading *r) {
    const written_step *s = &r->w->steps[r->at];
    premises x = premises_none(r);
    for (int i = 0; i < s->nfacts; i++) x.fact[s->facts[i]] = true;
    for (int i = 0; i < s->nsteps; i++)
        if (s->steps[i] < r->at) x.step[s->steps[i]] = true;
    for (int i = 0; !s->cites && i < r->p->nfacts; i++) x.fact[i] = true;
    for (int i = 0; !s->cites && i < r->at; i++) x.step[i] = true;
    return x;
}

/* The premises that hold; false in *all where some do not. */
static premises premises_held(const reading *r, premises x, bool *all) {
    premises y = premises_copy(r, x);
    *all = true;
    for (int i = 0; i < r->at; i++) {
        if (!x.step[i] || step_is_sound(&r->steps[i])) continue;
        y.step[i] = false;
        *all = false;
    }
    return y;
}

/* --- asking the engine --- */

/* Formula nfacts + i of the sequent is the claim of step[i], and those of step -1 are asked. */
typedef struct {
    const formula **f;
    int *step, n;
} supposed;

static supposed suppose(const reading *r, premises x, const formula *one, const formula *two) {
    supposed s = {NEW_ARRAY(r->a, const formula *, r->at + 2), NEW_ARRAY(r->a, int, r->at + 2), 0};
    for (int i = 0; i < r->at; i++) {
        if (!x.step[i]) continue;
        s.step[s.n] = i;
        s.f[s.n++] = r->w->steps[i].claim;
    }
    const formula *asked[] = {one, two};
    for (int i = 0; i < 2; i++) {
        if (!asked[i]) continue;
        s.step[s.n] = -1;
        s.f[s.n++] = asked[i];
    }
    return s;
}

outcome premises_check(const reading *r, premises x, const formula *one, const formula *two) {
    supposed s = suppose(r, x, one, two);
    return engine_check(r->e, r->a, x.fact, s.f, s.n);
}

engine_status premises_test(const reading *r, premises x, const formula *one, const formula *two) {
    supposed s = suppose(r, x, one, two);
    return engine_test(r->e, r->a, x.fact, s.f, s.n);
}

static bool *kept(const reading *r, const supposed *s, const premises *keep) {
    int nfacts = r->p->nfacts;
    bool *k = NEW_ARRAY(r->a, bool, nfacts + s->n);
    for (int i = 0; keep && i < nfacts; i++) k[i] = keep->fact[i];
    for (int i = 0; i < s->n; i++)
        k[nfacts + i] = s->step[i] < 0 || (keep && keep->step[s->step[i]]);
    return k;
}

bool premises_shrink(const reading *r, premises x, const premises *keep, const formula *one,
                     const formula *two, outcome *o, premises *left) {
    supposed s = suppose(r, x, one, two);
    int nfacts = r->p->nfacts;
    *left = premises_none(r);
    *o = engine_shrink(r->e, r->a, x.fact, s.f, s.n, kept(r, &s, keep));
    if (o->status != ENGINE_UNSAT) return false;
    for (int i = 0; i < nfacts; i++) left->fact[i] = o->used[i];
    for (int i = 0; i < s.n; i++)
        if (s.step[i] >= 0) left->step[s.step[i]] = o->used[nfacts + i];
    return true;
}

bool is_false(const formula *f) {
    return f->kind == FORMULA_ANY && f->n == 0;
}

/* --- the relations of a step --- */

static bool same_atom(arena *a, const formula *f, form difference) {
    return form_eq(f->lhs, difference) || form_eq(f->lhs, form_scale(a, coef_int(-1), difference));
}

static const formula *find_atom(arena *a, const formula *f, form difference) {
    if (f->kind == FORMULA_ATOM) return same_atom(a, f, difference) ? f : NULL;
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) {
        const formula *found = find_atom(a, f->kid[i], difference);
        if (found) return found;
    }
    return NULL;
}

const formula *step_link(const reading *r, const written_step *s, int i) {
    if (i < 0 || i + 1 >= s->nside) return NULL;
    return find_atom(r->a, s->claim, form_sub(r->a, s->side[i], s->side[i + 1]));
}

/* For each name that the step relates by ∝: it scales; n is 0 where it does not relate several. */
static const formula **names_scale(const reading *r, const written_step *w, int *n) {
    VEC(const formula *) each = {0};
    bool several = false;
    *n = 0;
    for (int i = 0; i + 1 < w->nside; i++) {
        const formula *link = step_link(r, w, i);
        if (!link || link->rel != REL_EQ) return NULL;
        several |= link->lhs.n > 1;
        for (int k = 0; k < link->lhs.n; k++)
            vec_push(r->a, &each, formula_nonzero(r->a, form_sym(r->a, link->lhs.t[k].sym)));
    }
    *n = several ? (int)each.n : 0;
    return each.v;
}

const formula *claim_scales(const reading *r, const written_step *w) {
    int n;
    const formula **each = names_scale(r, w, &n);
    return n ? formula_any(r->a, each, n) : NULL;
}

static const formula *all_of_claim_scales(const reading *r, const written_step *w) {
    int n;
    const formula **each = names_scale(r, w, &n);
    return n ? formula_all(r->a, each, n) : NULL;
}

/* --- premises that go together --- */

bool premises_give(const reading *r, premises x, const written_step *w) {
    const formula *denied = formula_not(r->a, w->claim);
    if (premises_test(r, x, denied, NULL) != ENGINE_UNSAT) return false;
    if (!is_false(w->claim) && premises_check(r, x, claim_scales(r, w), NULL).status != ENGINE_SAT)
        return false;
    return premises_check(r, x, denied, NULL).status == ENGINE_UNSAT;
}

static bool can_hold(const reading *r, premises x, const formula *scales) {
    return premises_test(r, x, scales, NULL) == ENGINE_SAT;
}

static void add_while_consistent(const reading *r, premises *x, premises more,
                                 const formula *scales) {
    for (int i = r->at - 1; i >= 0; i--) {
        if (!more.step[i] || x->step[i]) continue;
        x->step[i] = true;
        x->step[i] = can_hold(r, *x, scales);
    }
    for (int i = 0; i < r->p->nfacts; i++) {
        if (!more.fact[i] || x->fact[i]) continue;
        x->fact[i] = true;
        x->fact[i] = can_hold(r, *x, scales);
    }
}

premises premises_consistent(const reading *r, premises first, premises others,
                             const formula *scales) {
    premises x = premises_none(r);
    if (can_hold(r, first, scales))
        x = premises_copy(r, first);
    else
        add_while_consistent(r, &x, first, scales);
    add_while_consistent(r, &x, others, scales);
    return x;
}

/* --- one step --- */

static void rest_on(const reading *r, judged_step *s, premises left, const outcome *o) {
    s->support = factset_of(r->a, left.fact, r->p->nfacts);
    s->on = factset_of(r->a, left.step, r->at);
    s->vouched = o->vouched || o->nconditions > 0;
    for (int i = 0; i < r->at; i++) s->carried |= left.step[i] && !step_is_sound(&r->steps[i]);
}

static void decide_resting_on(const reading *r, premises x, const formula *one, const formula *two,
                              step_verdict v, judged_step *s) {
    outcome o;
    premises left;
    s->verdict = v;
    if (premises_shrink(r, x, NULL, one, two, &o, &left)) {
        rest_on(r, s, left, &o);
    } else {
        s->verdict = STEP_UNKNOWN;
        s->reason = o.why;
    }
}

static bool undecided(judged_step *s, const outcome *o) {
    if (o->status == ENGINE_SAT || o->status == ENGINE_UNSAT) return false;
    s->verdict = STEP_UNKNOWN;
    s->reason = o->why;
    return true;
}

/* Not proved: can it hold? Where nothing that it names may scale it contradicts, to a reader, what
 * the premises say of things that do. */
static void refute_or_leave(const reading *r, premises x, judged_step *s) {
    const formula *claim = s->step->claim, *scales = claim_scales(r, s->step);
    outcome yes = premises_check(r, x, claim, NULL);
    s->verdict = STEP_OPEN;
    if (is_false(claim) || undecided(s, &yes)) return;
    if (yes.status == ENGINE_UNSAT) {
        decide_resting_on(r, x, claim, NULL, STEP_REFUTED, s);
    } else if (scales && premises_check(r, x, claim, scales).status == ENGINE_UNSAT &&
               premises_check(r, x, scales, NULL).status == ENGINE_SAT) {
        decide_resting_on(r, x, claim, scales, STEP_REFUTED, s);
        s->at_rest = s->verdict == STEP_REFUTED;
    }
}

static void judge_on(const reading *r, premises x, judged_step *s) {
    const formula *denied = formula_not(r->a, s->step->claim);
    outcome no = premises_check(r, x, denied, NULL);
    if (undecided(s, &no)) return;
    if (no.status == ENGINE_SAT) {
        refute_or_leave(r, x, s);
        return;
    }
    bool empty =
        !is_false(s->step->claim) && premises_check(r, x, NULL, NULL).status == ENGINE_UNSAT;
    decide_resting_on(r, x, empty ? NULL : denied, NULL, empty ? STEP_VACUOUS : STEP_PROVED, s);
}

enum { MOST_OWN = 16 }; /* wrong lines that are carried forward without being cited, the latest */

/* What is said of growth among the premises, and the writer's own lines that do not hold. */
static premises own_lines(const reading *r, premises written) {
    premises x = premises_none(r);
    int own = 0;
    for (int i = 0; i < r->p->nfacts; i++) x.fact[i] = written.fact[i] && r->p->facts[i].growth;
    for (int i = r->at - 1; i >= 0 && own < MOST_OWN; i--) {
        x.step[i] = written.step[i] && !step_is_sound(&r->steps[i]);
        own += x.step[i];
    }
    return x;
}

/* The premises on which the step is judged: the lines that hold, where these suffice or no others
 * are used; what was written, where it goes together and is not all at rest; else the writer's own
 * lines with what goes together with them, if these give the step. */
static premises premises_of_step(const reading *r, const written_step *w) {
    bool all;
    premises written = premises_written(r), held = premises_held(r, written, &all);
    if (all || premises_give(r, held, w)) return held;
    if (is_false(w->claim)) return written;
    const formula *scales[] = {all_of_claim_scales(r, w), claim_scales(r, w)};
    if (w->cites && can_hold(r, written, scales[1])) return written;
    for (int i = 0; i < 2; i++) {
        premises x = premises_consistent(r, own_lines(r, written), held, scales[i]);
        if (premises_give(r, x, w)) return x;
    }
    return held;
}

static judged_step judge_step(const reading *r) {
    judged_step s = {.step = &r->w->steps[r->at], .link = -1, .slip_at = -1};
    budget *b = engine_budget(r->e);
    if (!budget_left(b)) {
        s.verdict = STEP_UNKNOWN;
        s.reason = b->reason;
        return s;
    }
    premises x = premises_of_step(r, s.step);
    judge_on(r, x, &s);
    if (s.verdict == STEP_REFUTED || s.verdict == STEP_OPEN) amend(r, x, &s);
    return s;
}

/* --- one proof, all proofs --- */

static bool all_reached(const judged_proof *p) {
    for (int i = 0; i < p->ngoals; i++)
        if (p->goals[i].step < 0 || !p->goals[i].sound) return false;
    return true;
}

static judged_proof judge_proof(engine *e, arena *a, const finding *f, const written_proof *w) {
    judged_proof p = {.proof = w, .nsteps = w->nsteps, .first_wrong = -1};
    reading r = {e, a, engine_problem(e), w, NEW_ARRAY(a, judged_step, w->nsteps), 0};
    for (; r.at < w->nsteps; r.at++) {
        r.steps[r.at] = judge_step(&r);
        if (p.first_wrong < 0 && r.steps[r.at].verdict != STEP_PROVED) p.first_wrong = r.at;
    }
    p.steps = r.steps;
    if (r.p->solved) find_reached(&r, f, &p);
    p.ok = p.first_wrong < 0 && all_reached(&p);
    return p;
}

void judge_proofs(engine *e, arena *a, finding *f) {
    const problem *p = engine_problem(e);
    judged_proof *all = NEW_ARRAY(a, judged_proof, p->nproofs);
    for (int i = 0; i < p->nproofs; i++) all[i] = judge_proof(e, a, f, &p->proofs[i]);
    f->proofs = all;
    f->nproofs = p->nproofs;
}
