/* Of a step that does not hold: what would help its writer. */
#include "analysis/judging.h"
#include "analysis/question.h"
#include "analysis/slips.h"

enum { MOST_TRIES = 400 }; /* premises tried one by one */

/* --- the relation that fails --- */

static int first_failing_link(const reading *r, premises x, const written_step *w) {
    for (int i = 0; i + 1 < w->nside; i++) {
        const formula *link = step_link(r, w, i);
        if (!link) return -1;
        if (premises_test(r, x, formula_not(r->a, link), NULL) != ENGINE_UNSAT) return i;
    }
    return -1;
}

/* --- a solution in which it fails --- */

static const formula *has_exponent(arena *a, int name, int x) {
    form f = form_sym(a, name);
    f.k = coef_int(-x);
    return formula_atom(a, f, REL_EQ);
}

static const formula *at_least_one(arena *a, int name) {
    form f = form_scale(a, coef_int(-1), form_sym(a, name));
    f.k = coef_int(1);
    return formula_atom(a, f, REL_LE);
}

/* The names of f: the first one has exponent x, the others at least 1 where that is asked. */
static const formula *scaled_so(arena *a, form f, int x, bool others) {
    const formula **all = NEW_ARRAY(a, const formula *, f.n);
    int n = 0;
    all[n++] = has_exponent(a, f.t[0].sym, x);
    for (int i = 1; others && i < f.n; i++) all[n++] = at_least_one(a, f.t[i].sym);
    return formula_all(a, all, n);
}

static bool find_witness(const reading *r, premises x, const formula *denied, const formula *so,
                         witness *w) {
    outcome o = premises_check(r, x, denied, so);
    if (o.status != ENGINE_SAT || o.vouched) return false;
    *w = o.w;
    return true;
}

/* With exponents that make small numbers, if there is such a solution. */
static witness counterexample(const reading *r, premises x, const formula *denied, form names) {
    witness w = {0};
    if (names.n && (find_witness(r, x, denied, scaled_so(r->a, names, 1, true), &w) ||
                    find_witness(r, x, denied, scaled_so(r->a, names, 1, false), &w) ||
                    find_witness(r, x, denied, scaled_so(r->a, names, -1, false), &w)))
        return w;
    find_witness(r, x, denied, NULL, &w);
    return w;
}

/* --- the premise that is missing --- */

/* One fact or step: facts first, nfacts + j is step j. */
static bool *member(const reading *r, premises x, int i) {
    return i < r->p->nfacts ? &x.fact[i] : &x.step[i - r->p->nfacts];
}

static int members(const reading *r) {
    return r->p->nfacts + r->at;
}

/* Candidates in the order in which they come to mind: the latest steps, then the facts. */
static int candidate(const reading *r, int i) {
    return i < r->at ? members(r) - 1 - i : i - r->at;
}

static bool is_true_without(const reading *r, premises all, const formula *claim) {
    return premises_test(r, all, formula_not(r->a, claim), NULL) == ENGINE_UNSAT;
}

static void set_missing(const reading *r, premises found, premises given, judged_step *s) {
    premises more = premises_none(r);
    for (int i = 0; i < members(r); i++)
        *member(r, more, i) = *member(r, found, i) && !*member(r, given, i);
    s->missing = factset_of(r->a, more.fact, r->p->nfacts);
    s->missing_steps = factset_of(r->a, more.step, r->at);
    s->completes = true;
}

/* Some premise more with which the claim follows. */
static bool add_one(const reading *r, premises x, premises all, const written_step *w) {
    for (int i = 0, tries = 0; i < members(r) && tries < MOST_TRIES; i++) {
        bool *it = member(r, x, candidate(r, i));
        if (*it || !*member(r, all, candidate(r, i))) continue;
        *it = true;
        if (premises_give(r, x, w)) return true;
        *it = false;
        tries++;
    }
    return false;
}

/* Several more: as few as can be left of all that goes together with the premises. */
static bool add_several(const reading *r, premises x, premises all, const written_step *w,
                        premises *found) {
    outcome o;
    if (!is_false(w->claim)) all = premises_consistent(r, x, all, claim_scales(r, w));
    return premises_give(r, all, w) &&
           premises_shrink(r, all, &x, formula_not(r->a, w->claim), NULL, &o, found);
}

/* Of the premises written the first one that is not needed, with what is missing; or -1. */
static int not_needed(const reading *r, premises x, premises found, const formula *claim) {
    outcome o;
    premises more = premises_copy(r, found), left;
    for (int i = 0; i < members(r); i++)
        if (*member(r, x, i)) *member(r, more, i) = false;
    if (!premises_shrink(r, found, &more, formula_not(r->a, claim), NULL, &o, &left)) return -1;
    for (int i = 0; i < members(r); i++)
        if (*member(r, x, i) && !*member(r, left, i)) return i;
    return -1;
}

static void find_missing(const reading *r, premises x, premises all, judged_step *s) {
    const formula *claim = s->step->claim;
    premises found = premises_copy(r, x);
    if (!add_one(r, found, all, s->step) && !add_several(r, x, all, s->step, &found)) return;
    for (int i = 0; i < members(r); i++) *member(r, found, i) |= *member(r, x, i);
    set_missing(r, found, x, s);
    bool one = s->missing.n + s->missing_steps.n == 1;
    int other = one && s->step->cites ? not_needed(r, x, found, claim) : -1;
    if (other < 0) return;
    s->slip = SLIP_CITATION;
    s->slip_at = other;
}

/* --- the law that was meant --- */

/* Does the claim follow with another premise in the place of one that was written? */
static bool exchange(const reading *r, premises x, premises all, int out, int *tries,
                     judged_step *s) {
    premises y = premises_copy(r, x);
    *member(r, y, out) = false;
    for (int i = 0; i < members(r) && *tries < MOST_TRIES; i++) {
        bool *in = member(r, y, candidate(r, i));
        if (*in || candidate(r, i) == out || !*member(r, all, candidate(r, i))) continue;
        *in = true;
        ++*tries;
        if (premises_give(r, y, s->step)) {
            set_missing(r, y, x, s);
            s->slip = SLIP_CITATION;
            s->slip_at = out;
            return true;
        }
        *in = false;
    }
    return false;
}

static void find_exchange(const reading *r, premises x, premises all, judged_step *s) {
    int tries = 0;
    for (int i = 0; i < members(r); i++)
        if (*member(r, x, i) && exchange(r, x, all, i, &tries, s)) return;
}

static void find_premises(const reading *r, premises x, judged_step *s) {
    premises all = premises_sound(r);
    for (int i = 0; i < members(r); i++) *member(r, all, i) |= *member(r, x, i);
    if (!is_true_without(r, all, s->step->claim)) return;
    if (s->verdict == STEP_OPEN) find_missing(r, x, all, s);
    if (!s->completes && s->step->cites && !is_false(s->step->claim)) find_exchange(r, x, all, s);
}

/* --- the slip --- */

typedef VEC(usable_law) usable_laws;

/* A statement or step, with its sides as written. */
typedef struct {
    const formula *claim;
    int at;
    const written_product *side;
    int nsides;
} premise;

/* The law of an atom of the premise's claim, turned as it is written where that is known. */
static usable_law law_of(arena *a, const premise *p, form zero) {
    form turned = form_scale(a, coef_int(-1), zero);
    for (int i = 0; i + 1 < p->nsides; i++) {
        form written = form_sub(a, p->side[i].value, p->side[i + 1].value);
        if (form_eq(written, zero) || form_eq(written, turned))
            return (usable_law){written, p->at, &p->side[i]};
    }
    return (usable_law){zero, p->at, NULL};
}

static void add_laws(arena *a, usable_laws *laws, const premise *p, const formula *f) {
    if (f->kind == FORMULA_ATOM && f->rel == REL_EQ && f->lhs.n && coef_is_zero(f->lhs.k))
        vec_push(a, laws, law_of(a, p, f->lhs));
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) add_laws(a, laws, p, f->kid[i]);
}

static premise fact_premise(const reading *r, int i) {
    const fact *f = &r->p->facts[i];
    return (premise){f->claim, i, f->side, f->nsides};
}

static premise step_premise(const reading *r, int i) {
    const written_step *s = &r->w->steps[i];
    return (premise){s->claim, r->p->nfacts + i, s->product, s->product ? s->nside : 0};
}

static named_slip slip_among(const reading *r, premises x, bool all, const proportion *claim) {
    usable_laws laws = {0};
    for (int i = 0; i < r->p->nfacts; i++) {
        premise p = fact_premise(r, i);
        if (x.fact[i]) add_laws(r->a, &laws, &p, p.claim);
    }
    for (int i = r->at - 1; i >= 0; i--) {
        premise p = step_premise(r, i);
        if (x.step[i]) add_laws(r->a, &laws, &p, p.claim);
    }
    return name_slip(r->a, engine_budget(r->e), laws.v, (int)laws.n, all, claim);
}

static premises premises_of(const reading *r, factset facts, factset steps) {
    premises x = premises_none(r);
    for (int i = 0; i < facts.n; i++) x.fact[facts.v[i]] = true;
    for (int i = 0; i < steps.n; i++) x.step[steps.v[i]] = true;
    return x;
}

/* The laws that refute the step are few, and those that its derivation ought to use. */
static named_slip find_slip(const reading *r, premises x, const judged_step *s) {
    const form *side = &s->step->side[s->link];
    proportion claim = {side[0], side[1], s->step->product ? &s->step->product[s->link] : NULL};
    named_slip found = {.slip = SLIP_NONE};
    if (s->verdict == STEP_REFUTED)
        found = slip_among(r, premises_of(r, s->support, s->on), true, &claim);
    return found.slip == SLIP_NONE ? slip_among(r, x, false, &claim) : found;
}

/* --- what follows in its place --- */

static bool proved(const reading *r, premises x, form left, form right) {
    form off = form_sub(r->a, left, right);
    outcome o = premises_check(r, x, formula_nonzero(r->a, off), NULL);
    return o.status == ENGINE_UNSAT && o.pf && !o.nconditions;
}

static bool set_follows(const reading *r, premises x, form left, form right, judged_step *s) {
    if (!proved(r, x, left, right)) return false;
    form *both = NEW_ARRAY(r->a, form, 2);
    both[0] = left;
    both[1] = right;
    s->follows = both;
    return s->has_follows = true;
}

static form filled_in(arena *a, const goal *g, const answer *w) {
    form f = form_zero();
    for (int i = 0; i < g->nbase; i++) f = form_addmul(a, f, w->value[i], g->base[i]);
    return f;
}

/* left ∝ (the names of `bases`)^?: answered from the premises. */
static bool follows_in(const reading *r, premises x, form left, const form *bases, int n,
                       judged_step *s) {
    VEC(const formula *) steps = {0};
    for (int i = 0; i < r->at; i++)
        if (x.step[i]) vec_push(r->a, &steps, r->w->steps[i].claim);
    goal g = {.kind = GOAL_EXPONENT, .target = left, .base = bases, .nbase = n};
    g.when = steps.v;
    g.nwhen = (int)steps.n;
    question q = {.e = r->e, .a = r->a, .g = &g, .use = x.fact};
    answer w = n == 1 && question_is_parametric(&q) ? answer_question(r->e, r->a, &g, x.fact)
                                                    : answer_holes(&q);
    return w.kind == ANSWER_EXACT && set_follows(r, x, left, filled_in(r->a, &g, &w), s);
}

static bool follows_in_some(const reading *r, premises x, form left, form right, judged_step *s) {
    form *bases = NEW_ARRAY(r->a, form, right.n);
    for (int i = 0; i < right.n; i++) bases[i] = form_sym(r->a, right.t[i].sym);
    if (right.n && follows_in(r, x, left, bases, right.n, s)) return true;
    for (int i = 0; right.n > 1 && i < right.n; i++)
        if (follows_in(r, x, left, &bases[i], 1, s)) return true;
    return false;
}

/* What the derivation gives without the slip, with the side on the left that was written there. */
static void follows_without_slip(const reading *r, premises x, form left, form zero,
                                 judged_step *s) {
    if (left.n != 1 || coef_is_zero(form_coef(zero, left.t[0].sym))) {
        set_follows(r, x, left, form_sub(r->a, left, zero), s);
        return;
    }
    coef c = coef_div(r->a, left.t[0].c, form_coef(zero, left.t[0].sym));
    set_follows(r, x, left, form_sub(r->a, left, form_scale(r->a, c, zero)), s);
}

/* --- all of it --- */

static void amend_link(const reading *r, premises x, judged_step *s) {
    const formula *link = step_link(r, s->step, s->link);
    form left = s->step->side[s->link], right = s->step->side[s->link + 1];
    s->against = counterexample(r, x, formula_not(r->a, link), right.n ? right : left);
    if (link->rel != REL_EQ) return;
    named_slip found = {.slip = SLIP_NONE};
    if (!s->completes) found = find_slip(r, x, s);
    if (found.slip != SLIP_NONE) {
        misstep *how = NEW(r->a, misstep);
        *how = found.how;
        s->slip = found.slip;
        s->slip_at = found.at;
        s->how = how;
    }
    bool by_itself = found.slip != SLIP_NONE && form_is_zero(found.zero);
    if (by_itself) return; /* then nothing more follows than the slip says */
    if (!follows_in_some(r, x, left, right, s) && found.slip != SLIP_NONE)
        follows_without_slip(r, x, left, found.zero, s);
}

void amend(const reading *r, premises x, judged_step *s) {
    s->link = first_failing_link(r, x, s->step);
    find_premises(r, x, s);
    if (s->link >= 0)
        amend_link(r, x, s);
    else if (is_false(s->step->claim))
        s->against = counterexample(r, x, NULL, form_zero());
}
