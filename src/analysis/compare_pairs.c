/* Who agrees with whom. */
#include "analysis/merge.h"
#include "analysis/sides.h"

/* Of one pair, or one theory. */
static const uint64_t PAIR_STEPS = 20000000;

/* --- shares of the budget --- */

share_of_budget share_begin(budget *b, uint64_t steps) {
    share_of_budget s = {b->steps_left, b->steps_left < steps ? b->steps_left : steps};
    b->steps_left = s.share;
    return s;
}

void share_end(budget *b, share_of_budget s) {
    uint64_t used = s.share - b->steps_left;
    bool only_share = b->steps_left == 0 && used < s.before;
    b->steps_left = s.before == UINT64_MAX ? UINT64_MAX : s.before - used;
    if (only_share) b->reason = NULL;
}

/* --- what rests --- */

static const formula *one_scales(arena *a, const int *q, int n) {
    const formula **way = NEW_ARRAY(a, const formula *, n);
    for (int i = 0; i < n; i++) way[i] = formula_nonzero(a, form_sym(a, q[i]));
    return n == 1 ? way[0] : formula_any(a, way, n);
}

static int still_resting(int *q, int n, const witness *w) {
    int left = 0;
    for (int i = 0; i < n; i++)
        if (coef_is_zero(w->x[q[i]])) q[left++] = q[i];
    return left;
}

/* Where a solution is irrational, nobody says which quantities scale in it. */
static int resting_one_by_one(engine *e, arena *a, int *q, int n, outcome *o) {
    int left = 0;
    for (int i = 0; i < n; i++) {
        const formula *scales = one_scales(a, &q[i], 1);
        *o = engine_check(e, a, NULL, &scales, 1);
        if (o->status == ENGINE_UNSAT)
            q[left++] = q[i];
        else if (o->status != ENGINE_SAT)
            return -1;
    }
    return left;
}

int keep_resting(engine *e, arena *a, int *q, int n, outcome *o) {
    while (n > 0) {
        const formula *scales = one_scales(a, q, n);
        *o = engine_check(e, a, NULL, &scales, 1);
        if (o->status == ENGINE_UNSAT) return n;
        if (o->status != ENGINE_SAT) return -1;
        if (o->w.n == 0) return resting_one_by_one(e, a, q, n, o);
        n = still_resting(q, n, &o->w);
    }
    return 0;
}

/* --- cores --- */

/* Shrinks the refutation o of the facts with the formula `scales` (NULL: none). */
static void find_core(const comparing *c, pair *r, const formula *scales, outcome o) {
    int n = r->p->nfacts, extras = scales != NULL;
    bool *keep = NEW_ARRAY(c->a, bool, n + 1);
    keep[n] = true;
    outcome small = engine_shrink(c->e, c->a, NULL, &scales, extras, keep);
    r->reduced = small.status == ENGINE_UNSAT;
    if (r->reduced) o = small;
    sequent s = {r->p, NULL, &scales, extras};
    r->core.facts = factset_of(c->a, o.used, n);
    r->core.needs_scale = scales != NULL;
    r->vouched = o.vouched;
    r->condition = o.condition;
    r->nconditions = o.nconditions;
    if (scales)
        r->why =
            derive_claim(c->a, &s, o.pf, formula_atom(c->a, form_sym(c->a, *r->rests), REL_EQ));
    else
        r->core.why = tell_story(c->a, &s, o.pf);
}

static void disagree(const comparing *c, pair *r, const outcome *o) {
    r->verdict = PAIR_DISAGREES;
    find_core(c, r, NULL, *o);
}

/* The first of them is why. */
static void disagree_on_scale(const comparing *c, pair *r, const int *rests, int n) {
    const formula *scales = formula_nonzero(c->a, form_sym(c->a, rests[0]));
    outcome o = engine_check(c->e, c->a, NULL, &scales, 1);
    r->verdict = o.status == ENGINE_UNSAT ? PAIR_DISAGREES : PAIR_UNKNOWN;
    r->reason = o.why;
    if (o.status != ENGINE_UNSAT) return;
    r->rests = rests;
    r->nrests = n;
    find_core(c, r, scales, o);
}

/* --- one pair --- */

/* Shared quantities that can scale in each of the two alone. */
static int *candidates(const comparing *c, const pair *r, int *n) {
    int *q = NEW_ARRAY(c->a, int, r->nshared);
    int *alone = NEW_ARRAY(c->a, int, r->p->nsymbols);
    const int side[] = {r->a, r->b};
    for (int w = 0; w < 2; w++) {
        const theory_out *t = &c->theories[side[w]];
        const bool *scales = c->scales[side[w]];
        for (int i = 0; scales && i < t->p->nsymbols; i++)
            if (r->of[w][i] >= 0 && scales[i]) alone[r->of[w][i]]++;
    }
    *n = 0;
    for (int i = 0; i < r->nshared; i++)
        if (alone[r->shared[i]] == 2) q[(*n)++] = r->shared[i];
    return q;
}

/* Nothing of theirs scales together: do they hold at all? */
static void decide_at_rest(const comparing *c, pair *r, const int *q, int n) {
    outcome o = engine_check(c->e, c->a, NULL, NULL, 0);
    r->reason = o.why;
    if (o.status == ENGINE_UNSAT) disagree(c, r, &o);
    if (o.status == ENGINE_SAT && n > 0) disagree_on_scale(c, r, q, n);
    if (o.status == ENGINE_SAT && n == 0) {
        r->verdict = PAIR_AGREES;
        r->vouched = o.vouched;
    }
}

static void decide(const comparing *c, pair *r) {
    outcome o = {0};
    int n;
    int *q = candidates(c, r, &n), all = n;
    r->verdict = PAIR_UNKNOWN;
    n = keep_resting(c->e, c->a, q, n, &o);
    if (n < 0) {
        r->reason = o.why;
    } else if (n == all) {
        decide_at_rest(c, r, q, n);
    } else if (n > 0) {
        disagree_on_scale(c, r, q, n);
    } else {
        r->verdict = PAIR_AGREES;
        r->vouched = o.vouched;
    }
}

static void merge_pair(const comparing *c, pair *r) {
    const theory_out *x = &c->theories[r->a], *y = &c->theories[r->b];
    merged m = merge_problems(c->a, x->p, y->p, x->name, y->name);
    r->p = m.p;
    r->nfirst = m.nfirst;
    r->of[0] = m.of[0], r->of[1] = m.of[1];
    r->shared = m.shared;
    r->nshared = m.nshared;
}

static bool share_something(const theory_out *x, const theory_out *y) {
    arena *scratch = arena_new();
    const int *match = merge_match(scratch, x->p, y->p);
    bool some = false;
    for (int j = 0; j < y->p->nsymbols; j++) some = some || match[j] >= 0;
    arena_free(scratch);
    return some;
}

/* What needs no engine; false where it does. */
static bool settle_pair(const comparing *c, pair *r) {
    const theory_out *x = &c->theories[r->a], *y = &c->theories[r->b];
    const theory_out *unknown = x->verdict == VERDICT_UNKNOWN ? x : y;
    if (!share_something(x, y)) {
        r->verdict = PAIR_APART;
    } else if (x->verdict == VERDICT_CONTRADICTORY || y->verdict == VERDICT_CONTRADICTORY) {
        r->verdict = PAIR_CONTRADICTORY;
    } else if (unknown->verdict == VERDICT_UNKNOWN) {
        r->verdict = PAIR_UNKNOWN;
        r->reason = unknown->reason;
    } else {
        return false;
    }
    return true;
}

static pair compare_two(const comparing *c, int a, int b) {
    pair r = {.a = a, .b = b};
    if (settle_pair(c, &r)) return r;
    share_of_budget s = share_begin(engine_budget(c->e), PAIR_STEPS);
    merge_pair(c, &r);
    engine_turn(c->e, r.p);
    decide(c, &r);
    if (r.verdict == PAIR_AGREES && !(c->scales[a] && c->scales[b])) {
        r.verdict = PAIR_UNKNOWN;
        r.reason = "which quantities can scale was not found out";
    }
    if (engine_wrong(c->e)) c->out->wrong = engine_wrong(c->e);
    share_end(engine_budget(c->e), s);
    return r;
}

void compare_pairs(comparing *c) {
    int n = c->in->ntheories;
    pair *pairs = NEW_ARRAY(c->a, pair, n * (n - 1) / 2);
    for (int i = 0; i < n; i++)
        for (int j = i + 1; j < n; j++) pairs[c->out->npairs++] = compare_two(c, i, j);
    c->out->pairs = pairs;
}
