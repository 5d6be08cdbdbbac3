#include "engine/engine.h"

#include "engine/cases.h"
#include "engine/param.h"
#include "engine/relax.h"
#include "engine/shadow.h"
#include "engine/smt.h"

enum {
    CASES_BEFORE_Z3 = 200,   /* leaves that the search may refute before Z3 leads the way */
    MANY_CASES = 10,         /* disjunctions */
    CASES_OF_MANY = 8,       /* the same, with more disjunctions than that */
    CASES_ASKED = 10000,     /* the same, where only the question has cases */
    CROSS_CHECK_FACTS = 400, /* theories up to this size get a second opinion */
    PARTS = 3                /* subsets that stay prepared */
};

static const uint64_t CROSS_CHECK_STEPS = 60000;

struct engine {
    arena *a; /* holds this */
    const problem *p;
    budget *b;
    smt *z3;
    bool z3_failed;
    solvers *common;   /* NULL: its own */
    base *whole;       /* prepared: all facts */
    base *part[PARTS]; /* ... the subsets asked about last, the latest first */
    base *shrinking;   /* ... the subset that is being made smaller */
    nonlinear *solver; /* perhaps another engine's */
    param *param;      /* opened when a sequent has parameters */
    const char *wrong; /* a confirmation failed: stays so */
};

/* --- what engines have in common --- */

struct solvers {
    smt *z3;
    budget *b;
    bool failed;
    server *server;
};

solvers *solvers_new(arena *a, budget *b) {
    solvers *s = NEW(a, solvers);
    *s = (solvers){.b = b, .server = server_new(a)};
    return s;
}

void solvers_forget(solvers *s) {
    if (s->z3) smt_forget(s->z3);
}

void solvers_close(solvers *s) {
    if (!s) return;
    smt_close(s->z3);
    s->z3 = NULL;
}

/* --- engines --- */

engine *engine_open(const problem *p, budget *b) {
    arena *a = arena_new();
    engine *e = NEW(a, engine);
    *e = (engine){.a = a, .p = p, .b = b, .solver = nonlinear_open(a)};
    return e;
}

engine *engine_beside(const engine *e, const problem *p) {
    engine *beside = engine_open(p, e->b);
    beside->solver = e->solver;
    return beside;
}

static void free_prepared(engine *e) {
    base_free(e->whole);
    base_free(e->shrinking);
    for (int i = 0; i < PARTS; i++) base_free(e->part[i]);
}

void engine_turn(engine *e, const problem *p) {
    free_prepared(e);
    *e = (engine){.a = e->a,
                  .p = p,
                  .b = e->b,
                  .z3 = e->z3,
                  .z3_failed = e->z3_failed,
                  .common = e->common,
                  .solver = e->solver};
}

void engine_consult(engine *e, solvers *s) {
    e->common = s;
    if (s) nonlinear_use(e->solver, s->server);
}

void engine_close(engine *e) {
    if (!e) return;
    smt_close(e->z3);
    free_prepared(e);
    arena_free(e->a);
}

const problem *engine_problem(const engine *e) {
    return e->p;
}

budget *engine_budget(const engine *e) {
    return e->b;
}

const char *engine_wrong(const engine *e) {
    return e->wrong;
}

/* --- outcomes, each confirmed by the kernel --- */

static outcome unknown(const char *why) {
    return (outcome){.status = ENGINE_UNKNOWN, .why = why};
}

static outcome out_of_budget(const engine *e) {
    return unknown(e->b->reason ? e->b->reason : "the solver gave up");
}

static outcome wrong(engine *e, const char *why) {
    e->wrong = why;
    return (outcome){.status = ENGINE_WRONG, .why = why};
}

/* What fails to be confirmed is no fault where the time was over before it was reckoned out. */
static outcome not_confirmed(engine *e, const char *why) {
    bool late = e->whole && elim_gave_up(e->whole->e);
    for (int i = 0; i < PARTS; i++) late |= e->part[i] && elim_gave_up(e->part[i]->e);
    return late ? out_of_budget(e) : wrong(e, why);
}

static outcome confirmed_sat(engine *e, const sequent *q, witness w) {
    if (!witness_satisfies(q, &w)) return not_confirmed(e, "a witness does not satisfy the theory");
    return (outcome){.status = ENGINE_SAT, .w = w};
}

static outcome confirmed_unsat(engine *e, arena *a, const sequent *q, const proof *pf) {
    if (!proof_refutes(q, pf)) return not_confirmed(e, "a certificate does not add up");
    bool *used = NEW_ARRAY(a, bool, sequent_size(q));
    proof_support(q, pf, used);
    return (outcome){.status = ENGINE_UNSAT, .pf = pf, .used = used};
}

/* --- preparation --- */

static base *refreshed(engine *e, base **slot, const bool *use) {
    if (*slot && base_is_for(*slot, use) && !base_is_stale(*slot)) return *slot;
    base_free(*slot);
    return *slot = base_prepare(e->p, use, e->b);
}

/* Puts the subset first; the one that was not asked about for longest makes way. */
static base **part_for(engine *e, const bool *use) {
    int i = 0;
    while (i < PARTS - 1 && !(e->part[i] && base_is_for(e->part[i], use))) i++;
    base *found = e->part[i];
    for (; i > 0; i--) e->part[i] = e->part[i - 1];
    e->part[0] = found;
    return &e->part[0];
}

static base *prepared(engine *e, const bool *use) {
    return refreshed(e, use ? part_for(e, use) : &e->whole, use);
}

/* --- Z3 as the guide through many cases --- */

static smt *solver(engine *e) {
    if (!e->z3 && !e->z3_failed) e->z3 = smt_open(e->p, e->b);
    e->z3_failed = !e->z3;
    return e->z3;
}

static outcome search(engine *e, arena *a, const sequent *q, uint64_t max_cases, bool *too_many) {
    base *b = prepared(e, q->use);
    if (!b) return out_of_budget(e);
    cases_result r = cases_solve(b, a, q->extra, q->nextra, max_cases);
    *too_many = r.status == CASES_TOO_MANY;
    switch (r.status) {
    case CASES_SAT:
        return confirmed_sat(e, q, r.w);
    case CASES_UNSAT:
        return confirmed_unsat(e, a, q, r.pf);
    case CASES_STOPPED:
    case CASES_TOO_MANY:
        break;
    }
    return out_of_budget(e);
}

static outcome guided(engine *e, arena *a, const sequent *q) {
    bool *core = NEW_ARRAY(a, bool, sequent_size(q)), too_many = false;
    sequent small = *q;
    witness w;
    if (solver(e)) switch (smt_check(e->z3, a, q, UINT64_MAX, &w, core, NULL)) {
        case SMT_SAT:
            return confirmed_sat(e, q, w);
        case SMT_UNSAT:
            small = sequent_restricted(a, q, core);
            break;
        case SMT_UNKNOWN:
            break;
        }
    return search(e, a, &small, UINT64_MAX, &too_many);
}

/* Where there are many disjunctions Z3 is asked soon. */
static uint64_t patience(engine *e, const sequent *q) {
    base *b = prepared(e, q->use);
    if (b && b->f && b->anys.n == 0) return CASES_ASKED;
    return b && b->anys.n > MANY_CASES ? CASES_OF_MANY : CASES_BEFORE_Z3;
}

static outcome check_linear(engine *e, arena *a, const sequent *q) {
    bool too_many = false;
    outcome o = search(e, a, q, patience(e, q), &too_many);
    return too_many ? guided(e, a, q) : o;
}

/* --- parameters --- */

/* The formulas without parameters by themselves: what they refute needs no nonlinear solver. */
static outcome check_plain_part(engine *e, arena *a, const sequent *q) {
    bool *plain = NEW_ARRAY(a, bool, sequent_size(q));
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        plain[i] = f && !formula_is_parametric(f);
    }
    sequent part = sequent_restricted(a, q, plain);
    return check_linear(e, a, &part);
}

static param *parametric(engine *e) {
    if (!e->param) e->param = param_open(e->a, e->p, e->b, e->solver);
    return e->param;
}

static outcome confirmed_param(engine *e, const sequent *q, outcome o) {
    if (o.status == ENGINE_SAT && !o.vouched && !witness_satisfies(q, &o.w))
        return wrong(e, "a witness does not satisfy the theory");
    return o;
}

static outcome check_parametric(engine *e, arena *a, const sequent *q) {
    outcome plain = check_plain_part(e, a, q);
    if (plain.status != ENGINE_SAT) return plain;
    return confirmed_param(e, q, param_decide(parametric(e), a, q));
}

static outcome check(engine *e, arena *a, const sequent *q) {
    if (e->wrong) return wrong(e, e->wrong);
    if (!budget_left(e->b)) return out_of_budget(e);
    return sequent_is_parametric(q) ? check_parametric(e, a, q) : check_linear(e, a, q);
}

outcome engine_check(engine *e, arena *a, const bool *use, const formula *const *extra,
                     int nextra) {
    sequent q = {e->p, use, extra, nextra};
    return check(e, a, &q);
}

/* --- a conflict without one fact --- */

struct conflict {
    const sequent *s;
    relaxed *r;
};

conflict *engine_conflict(engine *e, arena *a, const sequent *refuted, const proof *pf) {
    conflict *c = NEW(a, conflict);
    *c = (conflict){refuted, pf ? relax_new(a, refuted, pf, e->b) : NULL};
    return c;
}

outcome engine_check_without(engine *e, arena *a, conflict *c, int which) {
    bool *use = NEW_ARRAY(a, bool, e->p->nfacts);
    for (int i = 0; i < e->p->nfacts; i++) use[i] = i != which && (!c->s->use || c->s->use[i]);
    sequent q = {e->p, use, c->s->extra, c->s->nextra};
    witness w;
    bool asks = !e->wrong && budget_left(e->b);
    if (asks && c->r && relax_without(c->r, a, which, &w) && witness_satisfies(&q, &w))
        return (outcome){.status = ENGINE_SAT, .w = w};
    return check(e, a, &q);
}

static engine_status test(engine *e, arena *a, const sequent *q) {
    if (!sequent_is_parametric(q) || e->wrong || !budget_left(e->b)) return check(e, a, q).status;
    outcome plain = check_plain_part(e, a, q);
    return plain.status == ENGINE_SAT ? param_test(parametric(e), a, q) : plain.status;
}

engine_status engine_test(engine *e, arena *a, const bool *use, const formula *const *extra,
                          int nextra) {
    sequent q = {e->p, use, extra, nextra};
    return test(e, a, &q);
}

bool engine_can_fail(engine *e, arena *a, int which) {
    if (!e->wrong && e->p->field) return param_can_fail(parametric(e), which);
    const formula *denied = formula_not(a, e->p->facts[which].claim);
    base *b = e->wrong || e->p->field ? NULL : prepared(e, NULL);
    return b && base_holds_without(b, a, NULL, which, &denied, 1);
}

/* --- the second opinion --- */

static smt *common_solver(solvers *s, const problem *p) {
    if (!s || s->b->steps_left != UINT64_MAX) return NULL;
    if (!s->z3 && !s->failed) s->z3 = smt_open(p, s->b);
    s->failed = !s->z3;
    return s->z3;
}

/* Does Z3 find a solution of what is refuted? */
static bool differs(smt *s, arena *a, const sequent *refuted) {
    return s && smt_check(s, a, refuted, CROSS_CHECK_STEPS, NULL, NULL, NULL) == SMT_SAT;
}

static bool is_disputed(engine *e, arena *a, const sequent *refuted) {
    smt *common = e->z3 ? NULL : common_solver(e->common, e->p);
    if (common && !differs(common, a, refuted)) return false;
    return differs(solver(e), a, refuted);
}

static bool is_claimed(const problem *p) {
    for (int i = 0; i < p->ngoals; i++)
        if (p->goals[i].kind == GOAL_CONTRADICTION || p->goals[i].kind == GOAL_TRIVIAL) return true;
    return false;
}

/* A solution is put into every statement, and a sum is added up: there is no more to see in them.
 * A refutation by cases is work worth a second look, and so is one that is somebody's result. */
static bool wants_second_opinion(const engine *e, const sequent *q, const outcome *o) {
    if (o->status != ENGINE_UNSAT || sequent_is_parametric(q)) return false;
    if (e->p->nfacts > CROSS_CHECK_FACTS) return false;
    return o->pf->kind != PROOF_SUM || is_claimed(e->p);
}

outcome engine_verdict(engine *e, arena *a, const bool *use, const formula *const *extra,
                       int nextra) {
    sequent q = {e->p, use, extra, nextra};
    outcome o = check(e, a, &q);
    if (!wants_second_opinion(e, &q, &o)) return o;
    sequent refuted = sequent_restricted(a, &q, o.used);
    return is_disputed(e, a, &refuted) ? wrong(e, "Z3 and the exact algebra disagree") : o;
}

/* --- irreducible refutations --- */

/* All atoms of the formulas in use, but of formula `split` only the kid at `node`. */
static spots atoms_of(arena *a, const sequent *q, const bool *used, int split, int node) {
    spots atoms = {0};
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (!f || !used[i]) continue;
        spot at = {i, 0, f};
        if (i == split) at = (spot){i, node, formula_node(f, node)};
        spot_atoms(a, at, &atoms);
    }
    return atoms;
}

static int rank_of(engine *e, arena *a, const spots *atoms) {
    form *rows = NEW_ARRAY(a, form, atoms->n);
    for (size_t i = 0; i < atoms->n; i++) {
        rows[i] = atoms->v[i].f->lhs;
        rows[i].k = coef_int(0);
    }
    elim *el = elim_run(a, rows, (int)atoms->n, e->p->nsymbols, e->b);
    return el ? elim_rank(el) : -1;
}

/* A sum over all these atoms is irreducible if they depend on each other in one way only: any
 * other refutation is a multiple of it. */
static bool is_minimal_sum(engine *e, arena *a, const spots *atoms, const proof *leaf) {
    return leaf->kind == PROOF_SUM && (int)atoms->n == leaf->n &&
           rank_of(e, a, atoms) == leaf->n - 1;
}

static bool all_are_equations(const spots *atoms) {
    for (size_t i = 0; i < atoms->n; i++)
        if (atoms->v[i].f->rel != REL_EQ) return false;
    return true;
}

/* Is every branch one atom, refuted by one sum? */
static bool is_flat(const formula *any, const proof *pf) {
    for (int i = 0; i < pf->n; i++)
        if (any->kid[i]->kind != FORMULA_ATOM || pf->branch[i]->kind != PROOF_SUM) return false;
    return true;
}

/* Independent equations that refute each branch of one disjunction: each leaf is the only one, so
 * what any of them rests on cannot be left out. */
static bool is_minimal_split(engine *e, arena *a, const sequent *q, const outcome *o) {
    if (!is_flat(sequent_formula(q, o->pf->formula), o->pf)) return false;
    bool *others = NEW_ARRAY(a, bool, sequent_size(q));
    memcpy(others, o->used, sizeof *others * (size_t)sequent_size(q));
    others[o->pf->formula] = false;
    spots atoms = atoms_of(a, q, others, -1, 0);
    return all_are_equations(&atoms) && rank_of(e, a, &atoms) == (int)atoms.n;
}

/* Enough to look at one sum, or at one split: all of it, or one case that uses everything. */
static bool is_minimal(engine *e, arena *a, const sequent *q, const outcome *o) {
    const proof *pf = o->pf;
    bool split = pf->kind == PROOF_SPLIT && pf->n > 0 && pf->node == 0;
    if (split && is_minimal_split(e, a, q, o)) return true;
    spots atoms = atoms_of(a, q, o->used, split ? pf->formula : -1, 1);
    return is_minimal_sum(e, a, &atoms, split ? pf->branch[0] : pf);
}

/* Do formulas stay that the refutation does not use? They may refute with less of the others. */
static bool keeps_unused(const sequent *q, const bool *keep, const outcome *o) {
    for (int i = 0; keep && i < sequent_size(q); i++)
        if (keep[i] && !o->used[i] && sequent_formula(q, i)) return true;
    return false;
}

/* What is used or kept, but for formula i. */
static outcome without(engine *e, arena *a, const sequent *q, const bool *keep, const outcome *o,
                       int i) {
    bool *marked = NEW_ARRAY(a, bool, sequent_size(q));
    for (int k = 0; k < sequent_size(q); k++) marked[k] = o->used[k] || (keep && keep[k]);
    marked[i] = false;
    sequent less = sequent_restricted(a, q, marked);
    return check(e, a, &less);
}

/* Is it seen at once that fact i cannot be left out? */
static bool is_needed(engine *e, const sequent *q, const bool *keep, const outcome *o, int i) {
    if (i >= q->p->nfacts) return false;
    arena *scratch = arena_new();
    bool *marked = NEW_ARRAY(scratch, bool, sequent_size(q));
    for (int k = 0; k < sequent_size(q); k++) marked[k] = o->used[k] || (keep && keep[k]);
    sequent all = sequent_restricted(scratch, q, marked);
    base *b = refreshed(e, q->use ? &e->shrinking : &e->whole, q->use);
    bool needed = b && base_holds_without(b, scratch, all.use, i, all.extra, all.nextra);
    arena_free(scratch);
    return needed;
}

/* Marks what is seen to be needed; all the rest is left out at once, if it is more than one and
 * that will do, in few cases: then nothing else is irreducible. SAT where it will not. */
static outcome without_rest(engine *e, arena *a, const sequent *q, const bool *keep,
                            const outcome *o, bool *needed) {
    int n = sequent_size(q), found = 0, rest = 0;
    bool *marked = NEW_ARRAY(a, bool, n);
    for (int i = 0; i < n; i++) {
        bool kept = keep && keep[i];
        needed[i] = o->used[i] && !kept && is_needed(e, q, keep, o, i);
        marked[i] = kept || needed[i];
        found += needed[i];
        rest += o->used[i] && !marked[i];
    }
    if (found == 0 || rest < 2) return (outcome){.status = ENGINE_SAT};
    sequent less = sequent_restricted(a, q, marked);
    bool too_many = false;
    outcome least = search(e, a, &less, patience(e, &less), &too_many);
    return too_many ? (outcome){.status = ENGINE_SAT} : least;
}

static outcome shrink_by_deletion(engine *e, arena *a, const sequent *q, const bool *keep,
                                  outcome o) {
    bool *needed = NEW_ARRAY(a, bool, sequent_size(q));
    outcome least = without_rest(e, a, q, keep, &o, needed);
    if (least.status == ENGINE_UNSAT) return least;
    for (int i = sequent_size(q) - 1; i >= 0; i--) {
        if (!o.used[i] || (keep && keep[i]) || needed[i] || is_needed(e, q, keep, &o, i)) continue;
        outcome less = without(e, a, q, keep, &o, i);
        if (less.status == ENGINE_UNSAT)
            o = less;
        else if (less.status != ENGINE_SAT)
            return less;
    }
    return o;
}

/* Leaves out what can be left out of formulas from..to-1, the last first; all of them at once where
 * that will do, for then each could be left out by itself. */
static void leave_out(engine *e, arena *a, const sequent *q, const bool *keep, bool *left, int from,
                      int to) {
    int n = 0;
    bool *less = NEW_ARRAY(a, bool, sequent_size(q));
    memcpy(less, left, sizeof *less * (size_t)sequent_size(q));
    for (int i = from; i < to; i++) {
        if (!left[i] || (keep && keep[i])) continue;
        less[i] = false;
        n++;
    }
    if (n == 0) return;
    sequent rest = sequent_restricted(a, q, less);
    if (test(e, a, &rest) == ENGINE_UNSAT) {
        memcpy(left, less, sizeof *left * (size_t)sequent_size(q));
    } else if (n > 1) {
        leave_out(e, a, q, keep, left, from + (to - from) / 2, to);
        leave_out(e, a, q, keep, left, from, from + (to - from) / 2);
    }
}

/* Is there a point of the parameters at which the refutation rests on all that is left and is
 * irreducible? Then it is so for all parameters together. */
static bool is_minimal_somewhere(engine *e, arena *a, const sequent *q, const bool *left,
                                 const bool *keep) {
    sequent all = sequent_restricted(a, q, left), at;
    outcome o = {.used = left};
    bool *used = NEW_ARRAY(a, bool, sequent_size(q));
    if (!param_refuted_somewhere(parametric(e), a, &all, &at, &o.pf)) return false;
    proof_support(&at, o.pf, used);
    for (int i = 0; i < sequent_size(q); i++)
        if (left[i] && !used[i] && !(keep && keep[i])) return false;
    o.used = used;
    return !keeps_unused(&at, keep, &o) && is_minimal(e, a, &at, &o);
}

/* With parameters every proof is dear: one is sought for what is left in the end. */
static outcome shrink_by_tests(engine *e, arena *a, const sequent *q, const bool *keep,
                               const outcome *o) {
    bool *left = NEW_ARRAY(a, bool, sequent_size(q));
    for (int k = 0; k < sequent_size(q); k++) left[k] = o->used[k] || (keep && keep[k]);
    if (is_minimal_somewhere(e, a, q, left, keep)) return *o;
    leave_out(e, a, q, keep, left, 0, sequent_size(q));
    sequent least = sequent_restricted(a, q, left);
    outcome small = check(e, a, &least);
    if (small.status == ENGINE_UNSAT) small.used = left;
    return small;
}

outcome engine_shrink(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                      const bool *keep) {
    sequent q = {e->p, use, extra, nextra};
    outcome o = check(e, a, &q);
    if (o.status != ENGINE_UNSAT) return o;
    if (sequent_is_parametric(&q)) return shrink_by_tests(e, a, &q, keep, &o);
    if (!keeps_unused(&q, keep, &o) && is_minimal(e, a, &q, &o)) return o;
    return shrink_by_deletion(e, a, &q, keep, o);
}

/* --- bounds --- */

/* Does the way lead where the bound says? */
static bool leads_there(arena *a, const sequent *q, const bound *end, form target) {
    if (!approach_holds(q, &end->way)) return false;
    if (end->infinite) target.k = coef_int(0);
    coef there = form_value(a, target, end->way.limit.x);
    rat r;
    if (end->infinite) return coef_sgn(there) > 0;
    return coef_rat(there, &r) && rat_eq(r, end->value);
}

/* A closed end is its own witness: a solution in which the target has that value. */
static bool attain(engine *e, arena *a, const sequent *q, form target, bound *end) {
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra + 1);
    for (int i = 0; i < q->nextra; i++) extra[i] = q->extra[i];
    form at_end = target;
    at_end.k = coef_sub(a, target.k, coef_of(end->value));
    extra[q->nextra] = formula_atom(a, at_end, REL_EQ);
    outcome o = engine_check(e, a, q->use, extra, q->nextra + 1);
    end->way = (approach){o.w, o.w, false};
    return o.status == ENGINE_SAT;
}

static bool find_top(engine *e, arena *a, const sequent *q, const witness *w, const witness *near,
                     form target, bound *end) {
    base *b = prepared(e, q->use);
    if (!b || e->wrong) return false;
    cases_top r = cases_maximize(b, a, q->extra, q->nextra, w, near, target);
    if (r.stopped) return false;
    *end = (bound){.infinite = r.top.unbounded, .value = r.top.value};
    end->open = r.top.unbounded || r.top.open;
    end->way = (approach){r.near, r.limit, r.top.unbounded};
    if (!end->open && !attain(e, a, q, target, end)) return false;
    if (leads_there(a, q, end, target)) return true;
    not_confirmed(e, "a bound is not approached as claimed");
    return false;
}

static bool is_long(const witness *w) {
    rat r;
    for (int i = 0; i < w->n; i++)
        if (coef_rat(w->x[i], &r) && rat_is_long(r)) return true;
    return false;
}

bool engine_range(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                  const witness *w, form target, bound *low, bound *high) {
    sequent q = {e->p, use, extra, nextra};
    const witness *near = is_long(w) && witness_satisfies(&q, w) ? w : NULL;
    if (!find_top(e, a, &q, w, near, target, high)) return false;
    if (high->open) near = &high->way.near;
    if (!find_top(e, a, &q, w, near, form_scale(a, coef_int(-1), target), low)) return false;
    low->value = rat_neg(a, low->value);
    return true;
}

/* --- closed forms --- */

bool engine_ratio(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                  const witness *w, form target, form base_form, ratio *out) {
    sequent q = {e->p, use, extra, nextra};
    return param_ratio(parametric(e), a, &q, w, target, base_form, out);
}

const formula *engine_shadow(engine *e, arena *a, const bool *use, const formula *const *extra,
                             int nextra, const bool *keep) {
    sequent q = {e->p, use, extra, nextra};
    return shadow_of(a, &q, keep, e->b);
}
