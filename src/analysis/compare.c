#include "analysis/choices.h"
#include "analysis/sides.h"

/* --- each theory by itself --- */

static bool is_claimed(const problem *p, verdict v) {
    goal_kind kind = v == VERDICT_TRIVIAL ? GOAL_TRIVIAL : GOAL_CONTRADICTION;
    if (v != VERDICT_TRIVIAL && v != VERDICT_CONTRADICTORY) return false;
    for (int i = 0; i < p->ngoals; i++)
        if (p->goals[i].kind == kind && !p->goals[i].nwhen) return true;
    return false;
}

/* NULL where it was not found out. */
static const bool *find_scales(const comparing *c, const problem *p) {
    outcome o;
    bool *scales = NEW_ARRAY(c->a, bool, p->nsymbols);
    int *q = NEW_ARRAY(c->a, int, p->nsymbols), all = 0;
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].sort == SORT_QUANTITY) q[all++] = i;
    int *left = NEW_ARRAY(c->a, int, p->nsymbols);
    memcpy(left, q, sizeof *q * (size_t)all);
    int n = keep_resting(c->e, c->a, left, all, &o);
    if (n < 0) return NULL;
    for (int i = 0; i < all; i++) scales[q[i]] = true;
    for (int i = 0; i < n; i++) scales[left[i]] = false;
    return scales;
}

/* Its choices are made before anything else; the engine has its problem then. */
static void look_at(comparing *c, int k) {
    theory_out *t = &c->theories[k];
    const problem *p = c->in->theories[k].p;
    outcome o = {.why = NULL};
    *t = (theory_out){.name = c->in->theories[k].name, .p = p, .verdict = VERDICT_UNKNOWN};
    engine_turn(c->e, p);
    const problem *chosen = choices_resolved(c->e, c->a, p, NULL, &t->reason);
    if (!chosen) return;
    t->p = chosen;
    if (chosen != p) engine_turn(c->e, chosen);
    t->verdict = find_verdict(c->e, c->a, NULL, NULL, 0, &o);
    t->claimed = is_claimed(p, t->verdict);
    if (t->verdict == VERDICT_UNKNOWN) t->reason = o.why;
    if (t->verdict == VERDICT_CONSISTENT) c->scales[k] = find_scales(c, chosen);
    if (engine_wrong(c->e)) c->out->wrong = engine_wrong(c->e);
}

/* --- the whole --- */

static void look_at_all(comparing *c) {
    int n = c->in->ntheories;
    c->theories = NEW_ARRAY(c->a, theory_out, n);
    c->scales = NEW_ARRAY(c->a, const bool *, n);
    for (int k = 0; k < n; k++) {
        c->scales[k] = NEW_ARRAY(c->a, bool, c->in->theories[k].p->nsymbols);
        look_at(c, k);
    }
    c->out->theories = c->theories;
    c->out->ntheories = n;
}

/* After the pairs, which come first where the budget is small. */
static void answer_all(comparing *c) {
    for (int k = 0; k < c->in->ntheories && c->out->nrows > 0; k++) {
        verdict v = c->theories[k].verdict;
        if (v == VERDICT_CONTRADICTORY || v == VERDICT_UNKNOWN) continue;
        engine_turn(c->e, c->theories[k].p);
        answer_rows(c, k);
        if (engine_wrong(c->e)) c->out->wrong = engine_wrong(c->e);
    }
}

const comparison *compare_theories(arena *a, const comparison_in *in, budget *b) {
    comparison *out = NEW(a, comparison);
    comparing c = {.a = a, .in = in, .out = out};
    if (in->ntheories == 0) return out;
    c.e = engine_open(in->theories[0].p, b);
    find_rows(&c);
    look_at_all(&c);
    compare_pairs(&c);
    answer_all(&c);
    engine_close(c.e);
    return out;
}

/* --- exit codes --- */

enum { FINE = 0, FOUND = 1, UNDECIDED = 3, WRONG = 4 };

static int worse(int x, int y) {
    return x > y ? x : y;
}

static int pair_code(const pair *r) {
    if (r->verdict == PAIR_DISAGREES) return FOUND;
    return r->verdict == PAIR_UNKNOWN ? UNDECIDED : FINE;
}

static int theory_code(const theory_out *t) {
    if (t->verdict == VERDICT_UNKNOWN) return UNDECIDED;
    return t->verdict == VERDICT_CONTRADICTORY && !t->claimed ? FOUND : FINE;
}

static int row_code(const exponent_row *r) {
    for (int i = 0; i < r->nanswers; i++)
        if (r->answers[i].answer.kind == ANSWER_UNKNOWN) return UNDECIDED;
    return FINE;
}

int comparison_exit_code(const comparison *c) {
    int code = c->wrong ? WRONG : FINE;
    for (int i = 0; i < c->ntheories; i++) code = worse(code, theory_code(&c->theories[i]));
    for (int i = 0; i < c->npairs; i++) code = worse(code, pair_code(&c->pairs[i]));
    for (int i = 0; i < c->nrows; i++) code = worse(code, row_code(&c->rows[i]));
    return code;
}
