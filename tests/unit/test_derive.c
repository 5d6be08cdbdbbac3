/* derive: every chain is an identity step by step, and reads as a person would write it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/parts.h"
#include "theory_text.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* --- what must hold of every chain --- */

static coef multiple_of(arena *a, form f, form g) {
    assert_true(g.n > 0);
    coef c = coef_div(a, form_coef(f, g.t[0].sym), g.t[0].c);
    assert_true(form_eq(f, form_scale(a, c, g)));
    return c;
}

static void assert_relation(const step *so_far, rel r, int sign) {
    assert_int_equal(so_far->r, r);
    if (r != REL_EQ) assert_int_equal(so_far->geq, sign < 0);
}

static void assert_chain(arena *a, const sequent *s, const chain *c) {
    form at = c->start;
    rel r = REL_EQ;
    int sign = 0;
    for (int k = 0; k < c->n; k++) {
        const step *p = &c->steps[k];
        const formula *atom = formula_node(sequent_formula(s, p->fact), p->node);
        at = form_sub(a, at, form_scale(a, p->power, atom->lhs));
        assert_true(form_eq(at, p->after));
        if (atom->rel == REL_LT || (atom->rel == REL_LE && r == REL_EQ)) r = atom->rel;
        if (atom->rel != REL_EQ) sign = coef_sgn(p->power);
        assert_relation(p, r, sign);
    }
    assert_true(form_eq(at, c->end));
}

static int widest(const chain *c) {
    int most = c->start.n;
    for (int k = 0; k < c->n; k++)
        if (c->steps[k].after.n > most) most = c->steps[k].after.n;
    return most;
}

static void assert_expressions(arena *a, const problem *p, const chain *c, const char *const *want,
                               int n) {
    assert_int_equal(c->n, n - 1);
    assert_true(form_eq(c->start, form_text(a, p, want[0])));
    for (int k = 1; k < n; k++)
        assert_true(form_eq(c->steps[k - 1].after, form_text(a, p, want[k])));
}

/* --- the critical-depth theories --- */

/* l + N = 0 and so on; the letters: P parameters, l loss. */
static void two_chains_meet_in_the_width(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -w", "= L -w", "= P -2w -L", "= l N"};
    problem *p = theory_text(a, "wLNPl", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    coef third = coef_of(rat_frac(a, 1, 3));
    summand sum[] = {{3, 0, coef_int(1)}, {0, 0, coef_int(-1)}, {2, 0, third}, {1, 0, third}};
    form l = form_text(a, p, "l"), P = form_text(a, p, "P");
    const derivation *d = derive_answer(a, &s, sum, 4, l, P, coef_of(rat_frac(a, -1, 3)));
    assert_true(d->two);
    assert_chain(a, &s, &d->target);
    assert_chain(a, &s, &d->base);
    const char *loss[] = {"l", "-N", "-w"}, *parameters[] = {"P", "2w L", "3w"};
    assert_expressions(a, p, &d->target, loss, 3);
    assert_expressions(a, p, &d->base, parameters, 3);
    arena_free(a);
}

/* A law that both chains need stands once in the sum and once in each chain. */
static void both_chains_may_use_a_law(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -w -L", "= L -w", "= P -2w -L", "= l N"};
    problem *p = theory_text(a, "wLNPl", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {{3, 0, coef_int(1)},
                     {0, 0, coef_int(-1)},
                     {2, 0, coef_of(rat_frac(a, 2, 3))},
                     {1, 0, coef_of(rat_frac(a, -1, 3))}};
    form l = form_text(a, p, "l"), P = form_text(a, p, "P");
    const derivation *d = derive_answer(a, &s, sum, 4, l, P, coef_of(rat_frac(a, -2, 3)));
    assert_true(d->two);
    const char *loss[] = {"l", "-N", "-w -L", "-2w"}, *parameters[] = {"P", "2w L", "3w"};
    assert_expressions(a, p, &d->target, loss, 4);
    assert_expressions(a, p, &d->base, parameters, 3);
    arena_free(a);
}

static void one_chain_where_the_target_leads_there(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -1/2P", "= l N"};
    problem *p = theory_text(a, "NPl", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {{0, 0, coef_int(-1)}, {1, 0, coef_int(1)}};
    form l = form_text(a, p, "l"), P = form_text(a, p, "P");
    const derivation *d = derive_answer(a, &s, sum, 2, l, P, coef_of(rat_frac(a, -1, 2)));
    assert_false(d->two);
    const char *want[] = {"l", "-N", "-1/2P"};
    assert_expressions(a, p, &d->target, want, 3);
    arena_free(a);
}

static void an_exponent_of_zero_ends_in_one(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -w", "= w", "= l N"};
    problem *p = theory_text(a, "wNPl", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {{0, 0, coef_int(-1)}, {1, 0, coef_int(-1)}, {2, 0, coef_int(1)}};
    form l = form_text(a, p, "l"), P = form_text(a, p, "P");
    const derivation *d = derive_answer(a, &s, sum, 3, l, P, coef_int(0));
    const char *want[] = {"l", "-N", "-w", ""};
    assert_false(d->two);
    assert_expressions(a, p, &d->target, want, 4);
    arena_free(a);
}

/* --- conclusions --- */

/* Refutes the claim's negation by a leaf with the facts' multipliers and that of the negation. */
static const derivation *claim_by(arena *a, const problem *p, const char *claim, const coef *lambda,
                                  coef mu) {
    const formula *f = formula_text(a, p, claim), *no = formula_not(a, f);
    sequent s = {p, NULL, &no, 1};
    summand *sum[2] = {NEW_ARRAY(a, summand, p->nfacts + 1), NEW_ARRAY(a, summand, p->nfacts + 1)};
    for (int i = 0; i < p->nfacts; i++) {
        sum[0][i] = (summand){i, 0, lambda[i]};
        sum[1][i] = (summand){i, 0, coef_neg(a, lambda[i])};
    }
    bool split = f->rel == REL_EQ;
    sum[0][p->nfacts] = (summand){p->nfacts, split, mu};
    sum[1][p->nfacts] = (summand){p->nfacts, 2, mu};
    proof leaf[2] = {{.kind = PROOF_SUM, .sum = sum[0], .n = p->nfacts + 1},
                     {.kind = PROOF_SUM, .sum = sum[1], .n = p->nfacts + 1}};
    const proof *branch[] = {&leaf[0], &leaf[1]};
    proof both = {.kind = PROOF_SPLIT, .branch = branch, .n = 2, .formula = p->nfacts};
    const proof *pf = split ? &both : &leaf[0];
    assert_true(proof_refutes(&s, pf));
    const derivation *d = derive_claim(a, &s, pf, f);
    assert_non_null(d);
    assert_chain(a, &s, &d->target);
    assert_chain(a, &s, &d->base);
    return d;
}

static void a_law_is_derived_like_an_answer(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -w", "= L -w", "= P -2w -L", "= l N"};
    problem *p = theory_text(a, "wLNPl", laws, COUNT(laws));
    coef third = coef_of(rat_frac(a, -1, 3));
    coef lambda[] = {coef_int(1), third, third, coef_int(-1)};
    const derivation *d = claim_by(a, p, "= l 1/3P", lambda, coef_int(1));
    const char *loss[] = {"l", "-N", "-w"}, *parameters[] = {"P", "2w L", "3w"};
    assert_true(d->two);
    assert_expressions(a, p, &d->target, loss, 3);
    assert_expressions(a, p, &d->base, parameters, 3);
    arena_free(a);
}

static void growth_is_derived_as_one_chain(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= L -w", "<= y -w", "< -y"};
    problem *p = theory_text(a, "wyL", laws, COUNT(laws));
    coef lambda[] = {coef_int(-1), coef_int(1), coef_int(1)};
    const derivation *d = claim_by(a, p, "< -L", lambda, coef_int(1));
    const char *want[] = {"L", "w", "y", ""};
    assert_false(d->two);
    assert_expressions(a, p, &d->target, want, 4);
    assert_true(d->target.steps[2].r == REL_LT && d->target.steps[2].geq);
    assert_true(d->target.steps[1].r == REL_LE && d->target.steps[0].r == REL_EQ);
    arena_free(a);
}

static void an_order_is_derived_from_side_to_side(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"<= x -y", "< y -z"};
    problem *p = theory_text(a, "xyz", laws, COUNT(laws));
    coef lambda[] = {coef_int(1), coef_int(1)};
    const derivation *d = claim_by(a, p, "< x -z", lambda, coef_int(1));
    const char *want[] = {"x", "y", "z"};
    assert_expressions(a, p, &d->target, want, 3);
    arena_free(a);
}

/* --- stories --- */

static story tell(arena *a, const sequent *s, const summand *sum, int n) {
    proof pf = {.kind = PROOF_SUM, .sum = sum, .n = n};
    assert_true(proof_refutes(s, &pf));
    story t = tell_story(a, s, &pf);
    assert_true(t.told);
    return t;
}

/* The chain gives what the story says of the claim. */
static void assert_side(arena *a, const sequent *s, const chain *c, form claim, rel r, bool geq) {
    assert_chain(a, s, c);
    coef by = multiple_of(a, form_sub(a, c->start, c->end), claim);
    assert_int_not_equal(coef_sgn(by), 0);
    const step *last = &c->steps[c->n - 1];
    assert_int_equal(last->r, r);
    if (r != REL_EQ) assert_int_equal(geq, last->geq ^ (coef_sgn(by) < 0));
}

static void assert_story(arena *a, const sequent *s, const story *t) {
    assert_side(a, s, &t->one, t->claim, t->one_rel, t->one_geq);
    assert_side(a, s, &t->other, t->claim, t->other_rel, t->other_geq);
    assert_true(t->one_geq != t->other_geq);
    assert_true(t->one_rel == REL_LT || t->other_rel == REL_LT);
}

static void the_depth_is_fixed_and_grows(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= N -w -L", "= N -w", "= L -w", "< -w"};
    problem *p = theory_text(a, "wLN", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {
        {0, 0, coef_int(-1)}, {1, 0, coef_int(1)}, {2, 0, coef_int(-1)}, {3, 0, coef_int(1)}};
    story t = tell(a, &s, sum, 4);
    assert_story(a, &s, &t);
    const char *one[] = {"w", "N", "w L"}, *other[] = {"L", "w", ""};
    assert_true(form_eq(t.claim, form_text(a, p, "L")));
    assert_expressions(a, p, &t.one, one, 3);
    assert_expressions(a, p, &t.other, other, 3);
    assert_int_equal(t.one_rel, REL_EQ);
    assert_true(t.other_rel == REL_LT && t.other_geq);
    arena_free(a);
}

static void a_circle_of_orders_is_told(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"< x -y", "<= y -z", "<= z -x"};
    problem *p = theory_text(a, "xyz", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {{0, 0, coef_int(1)}, {1, 0, coef_int(1)}, {2, 0, coef_int(1)}};
    story t = tell(a, &s, sum, 3);
    assert_story(a, &s, &t);
    assert_int_equal(widest(&t.one), 1);
    assert_int_equal(widest(&t.other), 1);
    arena_free(a);
}

static void a_proof_with_cases_is_not_told(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= w", "< w | < -w"};
    problem *p = theory_text(a, "w", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand up[] = {{0, 0, coef_int(-1)}, {1, 1, coef_int(1)}};
    summand down[] = {{0, 0, coef_int(1)}, {1, 2, coef_int(1)}};
    proof leaf[] = {{.kind = PROOF_SUM, .sum = up, .n = 2},
                    {.kind = PROOF_SUM, .sum = down, .n = 2}};
    const proof *branch[] = {&leaf[0], &leaf[1]};
    proof pf = {.kind = PROOF_SPLIT, .branch = branch, .n = 2, .formula = 1};
    assert_true(proof_refutes(&s, &pf));
    assert_false(tell_story(a, &s, &pf).told);
    arena_free(a);
}

/* --- at random --- */

static form random_form(arena *a, uint64_t *seed, int nsymbols) {
    term t[3];
    int n = 1 + roll(seed, 3);
    for (int i = 0; i < n; i++)
        t[i] = (term){roll(seed, nsymbols), coef_int(1 + roll(seed, 3) - 4 * roll(seed, 2))};
    return form_of(a, t, n, coef_int(0));
}

enum { LETTERS = 20 };

static problem *theory_of(arena *a, const form *f, const rel *r, int n, int nsymbols) {
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, n);
    for (int i = 0; i < n; i++) facts[i].claim = formula_atom(a, f[i], r ? r[i] : REL_EQ);
    *p = (problem){.facts = facts, .nfacts = n, .nsymbols = nsymbols};
    p->symbols = NEW_ARRAY(a, symbol, nsymbols);
    return p;
}

static void any_chain_once(uint64_t *seed) {
    arena *a = arena_new();
    int n = 1 + roll(seed, 12);
    form *f = NEW_ARRAY(a, form, n);
    summand *sum = NEW_ARRAY(a, summand, n);
    form target = random_form(a, seed, LETTERS), end = target;
    for (int i = 0; i < n; i++) {
        f[i] = random_form(a, seed, LETTERS);
        sum[i] = (summand){i, 0, coef_of(rat_frac(a, 1 + roll(seed, 4), 1 + roll(seed, 3)))};
        end = form_sub(a, end, form_scale(a, sum[i].lambda, f[i]));
    }
    sequent s = {theory_of(a, f, NULL, n, LETTERS), NULL, NULL, 0};
    chain c = derive_chain(a, &s, sum, n, target, end);
    assert_int_equal(c.n, n);
    assert_true(form_eq(c.start, target));
    assert_true(form_eq(c.end, end));
    assert_chain(a, &s, &c);
    arena_free(a);
}

/* --- the shortest order, by trying all of them --- */

/* Steps that replace no symbol, then terms (and a quotient's bar), then the longest expression. */
typedef struct {
    int leaps, terms, longest;
} length;

static int terms_of(form f) {
    int up = 0, down = 0;
    for (int i = 0; i < f.n; i++) coef_sgn(f.t[i].c) > 0 ? up++ : down++;
    return up + down + (up > 0 && down > 0);
}

static int leap(form at, form take) {
    int shared = 0;
    for (int i = 0; i < take.n; i++) {
        if (coef_eq(form_coef(at, take.t[i].sym), take.t[i].c)) return 0;
        shared |= !coef_is_zero(form_coef(at, take.t[i].sym));
    }
    return shared ? 1 : 2;
}

static length length_with(arena *a, length x, form at, form take) {
    int terms = terms_of(form_sub(a, at, take));
    x.leaps += leap(at, take);
    x.terms += terms;
    if (terms > x.longest) x.longest = terms;
    return x;
}

static bool shorter(length x, length y) {
    if (x.leaps != y.leaps) return x.leaps < y.leaps;
    return x.terms != y.terms ? x.terms < y.terms : x.longest < y.longest;
}

static length shortest(arena *a, form at, const form *take, int n, unsigned left, length so_far) {
    length best = {INT32_MAX, 0, 0};
    if (left == 0) return so_far;
    for (int i = 0; i < n; i++) {
        if (!(left >> i & 1)) continue;
        length x = length_with(a, so_far, at, take[i]);
        x = shortest(a, form_sub(a, at, take[i]), take, n, left & ~(1u << i), x);
        if (shorter(x, best)) best = x;
    }
    return best;
}

static void any_order_once(uint64_t *seed) {
    arena *a = arena_new();
    enum { FEW = 5, NAMES = 6 };
    int n = 1 + roll(seed, FEW);
    form f[FEW], take[FEW], target = random_form(a, seed, NAMES), end = target;
    summand sum[FEW];
    for (int i = 0; i < n; i++) {
        f[i] = random_form(a, seed, NAMES);
        sum[i] = (summand){i, 0, coef_of(rat_frac(a, 1 + roll(seed, 2), 1 + roll(seed, 2)))};
        take[i] = form_scale(a, sum[i].lambda, f[i]);
        end = form_sub(a, end, take[i]);
    }
    sequent s = {theory_of(a, f, NULL, n, NAMES), NULL, NULL, 0};
    chain c = derive_chain(a, &s, sum, n, target, end);
    length first = {0, terms_of(target), terms_of(target)}, found = first;
    form at = target;
    for (int k = 0; k < c.n; k++) {
        found = length_with(a, found, at, take[c.steps[k].fact]);
        at = c.steps[k].after;
    }
    length best = shortest(a, target, take, n, (1u << n) - 1, first);
    assert_int_equal(c.n, n);
    assert_false(shorter(best, found));
    arena_free(a);
}

static void no_other_order_is_shorter(void **state) {
    (void)state;
    uint64_t seed = 5;
    for (int i = 0; i < 300; i++) any_order_once(&seed);
}

/* v ∝ t g and h ∝ t v: v² ∝ v t g ∝ h g, not v ∝ v^(1/2) t^(1/2) g^(1/2) ∝ ... */
static void a_target_that_comes_back_is_raised_to_a_power(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"= v -t -g", "= h -t -v"};
    problem *p = theory_text(a, "ghtv", laws, COUNT(laws));
    coef lambda[] = {coef_of(rat_frac(a, -1, 2)), coef_of(rat_frac(a, 1, 2))};
    const derivation *d = claim_by(a, p, "= v -1/2h -1/2g", lambda, coef_int(1));
    const char *want[] = {"2v", "v t g", "h g"};
    assert_false(d->two);
    assert_expressions(a, p, &d->target, want, 3);
    arena_free(a);
}

static void every_chain_is_an_identity_step_by_step(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 300; i++) any_chain_once(&seed);
}

/* Symbol i is a product of powers of earlier ones: law i - 1. */
typedef struct {
    form *law;
    rat *exponent;
    int n;
} tower;

static tower random_tower(arena *a, uint64_t *seed, int n) {
    tower t = {NEW_ARRAY(a, form, n), NEW_ARRAY(a, rat, n), n};
    t.exponent[0] = RAT_ONE;
    for (int i = 1; i < n; i++) {
        term e[] = {{i, coef_int(1)},
                    {roll(seed, i), coef_int(-1 - roll(seed, 2))},
                    {roll(seed, i), coef_int(-roll(seed, 2))}};
        t.law[i - 1] = form_of(a, e, 3, coef_int(0));
        t.exponent[i] = RAT_ZERO;
        for (int k = 0; k < t.law[i - 1].n; k++) {
            term u = t.law[i - 1].t[k];
            rat c = RAT_ZERO;
            if (u.sym == i) continue;
            assert_true(coef_rat(coef_neg(a, u.c), &c));
            t.exponent[i] = rat_add(a, t.exponent[i], rat_mul(a, c, t.exponent[u.sym]));
        }
    }
    return t;
}

/* The multipliers of target - value·base, from the last symbol down. */
static int multipliers(arena *a, const tower *t, form f, summand *sum) {
    int n = 0;
    for (int i = t->n - 1; i > 0; i--) {
        coef c = form_coef(f, i);
        if (coef_is_zero(c)) continue;
        sum[n++] = (summand){i - 1, 0, c};
        f = form_sub(a, f, form_scale(a, c, t->law[i - 1]));
    }
    assert_true(form_is_zero(f));
    return n;
}

static void any_answer_once(uint64_t *seed, int size) {
    arena *a = arena_new();
    tower t = random_tower(a, seed, 2 + roll(seed, size));
    sequent s = {theory_of(a, t.law, NULL, t.n - 1, t.n), NULL, NULL, 0};
    int x = roll(seed, t.n), b = roll(seed, t.n);
    coef value = coef_of(rat_div(a, t.exponent[x], t.exponent[b]));
    form target = form_sym(a, x), base = form_sym(a, b), end = form_scale(a, value, base);
    summand *sum = NEW_ARRAY(a, summand, t.n);
    int n = multipliers(a, &t, form_sub(a, target, end), sum);
    const derivation *d = derive_answer(a, &s, sum, n, target, base, value);
    assert_non_null(d);
    assert_true(form_eq(d->target.start, target));
    assert_chain(a, &s, &d->target);
    assert_chain(a, &s, &d->base);
    if (d->two) {
        assert_true(form_eq(d->base.start, base));
        assert_int_equal(d->target.end.n, 1);
        assert_true(coef_eq(value, multiple_of(a, d->target.end, d->base.end)));
    } else {
        assert_true(form_eq(d->target.end, end));
    }
    arena_free(a);
}

static void every_answer_is_derived(void **state) {
    (void)state;
    uint64_t seed = 2;
    for (int i = 0; i < 200; i++) any_answer_once(&seed, 9);
    for (int i = 0; i < 30; i++) any_answer_once(&seed, 50);
}

static void any_story_once(uint64_t *seed) {
    arena *a = arena_new();
    int n = 2 + roll(seed, 14);
    form *f = NEW_ARRAY(a, form, n), rest = form_zero();
    rel *r = NEW_ARRAY(a, rel, n);
    summand *sum = NEW_ARRAY(a, summand, n);
    for (int i = 0; i < n; i++) {
        coef lambda = coef_of(rat_frac(a, 1 + roll(seed, 3), 1 + roll(seed, 3)));
        f[i] = i == n - 1 ? form_scale(a, coef_int(-1), rest) : random_form(a, seed, LETTERS);
        r[i] = i == 0 ? REL_LT : (rel)roll(seed, 3);
        rest = form_add(a, rest, f[i]);
        f[i] = form_scale(a, coef_div(a, coef_int(1), lambda), f[i]);
        sum[i] = (summand){i, 0, lambda};
    }
    sequent s = {theory_of(a, f, r, n, LETTERS), NULL, NULL, 0};
    proof pf = {.kind = PROOF_SUM, .sum = sum, .n = n};
    assert_true(proof_refutes(&s, &pf));
    story t = tell_story(a, &s, &pf);
    if (t.told) {
        assert_story(a, &s, &t);
        assert_int_equal(t.one.n + t.other.n, n);
    }
    arena_free(a);
}

static void every_story_holds(void **state) {
    (void)state;
    uint64_t seed = 3;
    for (int i = 0; i < 200; i++) any_story_once(&seed);
}

/* x0 ∝ x1, x1 ∝ x2, ...: each step replaces one symbol, and the work stays linear. */
static void a_chain_of_five_thousand_laws_stays_narrow(void **state) {
    (void)state;
    enum { LAWS = 5000 };
    arena *a = arena_new();
    form *f = NEW_ARRAY(a, form, LAWS);
    summand *sum = NEW_ARRAY(a, summand, LAWS);
    for (int i = 0; i < LAWS; i++) {
        int k = (int)((long)i * 7 % LAWS);
        f[i] = form_sub(a, form_sym(a, k), form_sym(a, k + 1));
        sum[i] = (summand){i, 0, coef_int(1)};
    }
    sequent s = {theory_of(a, f, NULL, LAWS, LAWS + 1), NULL, NULL, 0};
    form x = form_sym(a, 0), y = form_sym(a, LAWS);
    chain c = derive_chain(a, &s, sum, LAWS, x, y);
    assert_int_equal(c.n, LAWS);
    assert_int_equal(widest(&c), 1);
    assert_chain(a, &s, &c);
    const derivation *d = derive_answer(a, &s, sum, LAWS, x, y, coef_int(1));
    assert_false(d->two);
    assert_int_equal(d->target.n, LAWS);
    arena_free(a);
}

/* A chain cannot say ≲ and ≳ at once: no steps rather than a false one. */
static void a_chain_never_goes_both_ways(void **state) {
    (void)state;
    arena *a = arena_new();
    const char *laws[] = {"<= x -y", "<= z -y"};
    problem *p = theory_text(a, "xyz", laws, COUNT(laws));
    sequent s = {p, NULL, NULL, 0};
    summand sum[] = {{0, 0, coef_int(1)}, {1, 0, coef_int(-1)}};
    chain c = derive_chain(a, &s, sum, 2, form_text(a, p, "x"), form_text(a, p, "z"));
    assert_int_equal(c.n, 0);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_chains_meet_in_the_width),
        cmocka_unit_test(both_chains_may_use_a_law),
        cmocka_unit_test(one_chain_where_the_target_leads_there),
        cmocka_unit_test(an_exponent_of_zero_ends_in_one),
        cmocka_unit_test(a_law_is_derived_like_an_answer),
        cmocka_unit_test(growth_is_derived_as_one_chain),
        cmocka_unit_test(an_order_is_derived_from_side_to_side),
        cmocka_unit_test(the_depth_is_fixed_and_grows),
        cmocka_unit_test(a_circle_of_orders_is_told),
        cmocka_unit_test(a_proof_with_cases_is_not_told),
        cmocka_unit_test(no_other_order_is_shorter),
        cmocka_unit_test(a_target_that_comes_back_is_raised_to_a_power),
        cmocka_unit_test(every_chain_is_an_identity_step_by_step),
        cmocka_unit_test(every_answer_is_derived),
        cmocka_unit_test(every_story_holds),
        cmocka_unit_test(a_chain_of_five_thousand_laws_stays_narrow),
        cmocka_unit_test(a_chain_never_goes_both_ways),
    };
    return cmocka_run_group_tests_name("derive", tests, NULL, NULL);
}
