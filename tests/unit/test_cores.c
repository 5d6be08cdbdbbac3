/* cores, repairs and redundant statements, against all subsets and an oracle of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/parts.h"
#include "analysed_text.h"
#include "theory_text.h"

#define COUNT(a) ((int)(sizeof(a) / sizeof *(a)))

/* --- the oracle: Fourier and Motzkin, one leaf of the cases at a time --- */

enum { LETTERS = 4, MOST_FACTS = 7 };

typedef struct {
    long c[LETTERS];
    rel r;
} row;

typedef VEC(row) rows;

static long gcd(long x, long y) {
    return y ? gcd(y, x % y) : labs(x);
}

/* x·a + y·b without common factors. */
static row combine(const row *a, long x, const row *b, long y, rel r) {
    row sum = {.r = r};
    long common = 0;
    for (int i = 0; i < LETTERS; i++) {
        sum.c[i] = x * a->c[i] + y * b->c[i];
        common = gcd(common, sum.c[i]);
    }
    for (int i = 0; i < LETTERS && common; i++) sum.c[i] /= common;
    return sum;
}

static bool substitute(arena *a, rows *all, int v) {
    size_t e = 0;
    while (e < all->n && (all->v[e].r != REL_EQ || all->v[e].c[v] == 0)) e++;
    if (e == all->n) return false;
    row eq = all->v[e];
    rows left = {0};
    for (size_t i = 0; i < all->n; i++) {
        long s = eq.c[v] < 0 ? -1 : 1;
        const row *r = &all->v[i];
        if (i != e) vec_push(a, &left, combine(r, s * eq.c[v], &eq, -s * r->c[v], r->r));
    }
    *all = left;
    return true;
}

static void eliminate_symbol(arena *a, rows *all, int v) {
    rows left = {0};
    if (substitute(a, all, v)) return;
    for (size_t i = 0; i < all->n; i++) {
        const row *x = &all->v[i];
        if (x->c[v] == 0) vec_push(a, &left, *x);
        for (size_t j = 0; j < all->n && x->c[v] > 0; j++) {
            const row *y = &all->v[j];
            rel r = x->r == REL_LT || y->r == REL_LT ? REL_LT : REL_LE;
            if (y->c[v] < 0) vec_push(a, &left, combine(x, -y->c[v], y, x->c[v], r));
        }
    }
    *all = left;
}

static bool leaf_holds(arena *a, rows all) {
    for (int v = 0; v < LETTERS; v++) eliminate_symbol(a, &all, v);
    for (size_t i = 0; i < all.n; i++)
        if (all.v[i].r == REL_LT) return false;
    return true;
}

static row row_of(const formula *f) {
    row r = {.r = f->rel};
    for (int i = 0; i < f->lhs.n; i++) {
        rat c;
        assert_true(coef_rat(f->lhs.t[i].c, &c) && rat_is_int(c));
        r.c[f->lhs.t[i].sym] = (long)rat_double(c);
    }
    return r;
}

/* Formulas still to be granted, as a list. */
typedef struct todo todo;
struct todo {
    const formula *f;
    const todo *next;
};

static bool can_hold(arena *a, const todo *t, rows all) {
    if (!t) return leaf_holds(a, all);
    if (t->f->kind == FORMULA_ATOM) {
        rows more = {0};
        for (size_t i = 0; i < all.n; i++) vec_push(a, &more, all.v[i]);
        vec_push(a, &more, row_of(t->f));
        return can_hold(a, t->next, more);
    }
    const todo *rest = t->next;
    for (int i = 0; i < t->f->n; i++) {
        todo *kid = NEW(a, todo);
        *kid = (todo){t->f->kid[i], t->f->kind == FORMULA_ALL ? rest : t->next};
        if (t->f->kind == FORMULA_ALL)
            rest = kid;
        else if (can_hold(a, kid, all))
            return true;
    }
    return t->f->kind == FORMULA_ALL && can_hold(a, rest, all);
}

/* Can the facts in the set and one more formula (or NULL) hold? */
static bool oracle(const problem *p, unsigned set, const formula *more) {
    arena *a = arena_new();
    todo first = {more, NULL};
    const todo *t = more ? &first : NULL;
    for (int i = 0; i < p->nfacts; i++) {
        if (!(set >> i & 1)) continue;
        todo *next = NEW(a, todo);
        *next = (todo){p->facts[i].claim, t};
        t = next;
    }
    rows none = {0};
    bool holds = can_hold(a, t, none);
    arena_free(a);
    return holds;
}

static verdict oracle_verdict(const problem *p, unsigned set, const formula *scales) {
    if (!oracle(p, set, NULL)) return VERDICT_CONTRADICTORY;
    return oracle(p, set, scales) ? VERDICT_CONSISTENT : VERDICT_TRIVIAL;
}

/* --- cores and repairs from all subsets --- */

typedef struct {
    bool core[1 << MOST_FACTS], repair[1 << MOST_FACTS];
    int cores, repairs;
} brute;

static unsigned hard_facts(const problem *p) {
    unsigned set = 0;
    for (int i = 0; i < p->nfacts; i++) set |= (unsigned)p->facts[i].hard << i;
    return set;
}

/* No member of the set can leave it (put back: join the rest) without changing its state. */
static bool is_minimal(const bool *state, unsigned set, bool leaves) {
    for (unsigned rest = set; rest; rest &= rest - 1) {
        unsigned one = rest & -rest;
        if (state[set & ~one] == leaves) return false;
    }
    return true;
}

static brute all_subsets(const problem *p, const formula *scales) {
    brute b = {.cores = 0};
    unsigned hard = hard_facts(p), all = (1u << p->nfacts) - 1;
    bool conflicts[1 << MOST_FACTS], mends[1 << MOST_FACTS];
    for (unsigned set = 0; set <= all; set++) {
        conflicts[set] = !oracle(p, set | hard, scales);
        mends[set] = oracle(p, (all & ~set) | hard, scales);
    }
    for (unsigned set = 0; set <= all; set++) {
        if (set & hard) continue;
        b.core[set] = conflicts[set] && is_minimal(conflicts, set, true);
        b.repair[set] = mends[set] && is_minimal(mends, set, true);
        b.cores += b.core[set];
        b.repairs += b.repair[set];
    }
    return b;
}

/* --- comparison --- */

static unsigned set_of(factset s) {
    unsigned set = 0;
    for (int i = 0; i < s.n; i++) {
        assert_true(i == 0 || s.v[i - 1] < s.v[i]);
        set |= 1u << s.v[i];
    }
    return set;
}

static void assert_fixed(arena *a, const problem *p, const repair *r, unsigned left) {
    bool fixed[LETTERS] = {false};
    for (int i = 0; i < r->nfixed; i++) fixed[r->fixed[i]] = true;
    for (int q = 0; q < LETTERS; q++) {
        bool moves = oracle(p, left, formula_nonzero(a, form_sym(a, q)));
        assert_false(fixed[q] && moves);
        for (int i = 0; i < r->drop.n && !moves && r->verdict == VERDICT_CONSISTENT; i++) {
            const formula *f = p->facts[r->drop.v[i]].claim;
            bool occurs = f->kind == FORMULA_ATOM && !coef_is_zero(form_coef(f->lhs, q));
            assert_true(!occurs || fixed[q]);
        }
    }
}

static void assert_repairs(arena *a, const problem *p, const finding *f, const brute *want) {
    unsigned all = (1u << p->nfacts) - 1;
    const formula *scales = something_scales(a, p);
    assert_true(f->repairs_complete);
    assert_int_equal(f->nrepairs, want->repairs);
    for (int i = 0; i < f->nrepairs; i++) {
        const repair *r = &f->repairs[i];
        unsigned drop = set_of(r->drop);
        assert_true(want->repair[drop]);
        assert_int_equal(r->verdict, oracle_verdict(p, all & ~drop, scales));
        assert_true(i == 0 || f->repairs[i - 1].drop.n <= r->drop.n);
        assert_fixed(a, p, r, all & ~drop);
    }
}

static void assert_cores(const finding *f, const brute *want) {
    assert_true(f->cores_complete);
    assert_int_equal(f->ncores, want->cores);
    for (int i = 0; i < f->ncores; i++) {
        assert_true(want->core[set_of(f->cores[i].facts)]);
        assert_int_equal(f->cores[i].needs_scale, f->verdict == VERDICT_TRIVIAL);
    }
}

/* Every repair and every core at its best, then the shorter report: one core, all repairs. */
static void assert_explained(arena *a, engine *e, const problem *p, verdict v, const outcome *o) {
    analysis_options all = {
        .all_cores = true, .repairs = true, .max_cores = 1000, .max_repairs = 1000};
    analysis_options one = {.repairs = true, .max_cores = 1, .max_repairs = 1000};
    finding f = {.p = p, .verdict = v}, g = f;
    brute want = all_subsets(p, v == VERDICT_TRIVIAL ? something_scales(a, p) : NULL);
    find_cores(e, a, &all, o, &f);
    assert_cores(&f, &want);
    assert_repairs(a, p, &f, &want);
    find_cores(e, a, &one, o, &g);
    assert_int_equal(g.ncores, 1);
    assert_true(want.core[set_of(g.cores[0].facts)]);
    assert_int_equal(g.cores_complete, want.cores == 1);
    assert_repairs(a, p, &g, &want);
    assert_false(f.wrong || g.wrong);
}

static bool follows(arena *a, const problem *p, unsigned from, int i) {
    return !oracle(p, from, formula_not(a, p->facts[i].claim));
}

static void assert_redundant(arena *a, engine *e, const problem *p) {
    finding f = {.p = p, .verdict = VERDICT_CONSISTENT};
    unsigned all = (1u << p->nfacts) - 1, found = 0;
    find_redundant(e, a, &f);
    for (int k = 0; k < f.nredundant; k++) {
        int i = f.redundant[k].fact;
        unsigned from = set_of(f.redundant[k].follows_from);
        assert_false(from >> i & 1);
        assert_true(follows(a, p, from, i));
        for (unsigned rest = from; rest; rest &= rest - 1)
            assert_false(follows(a, p, from & ~(rest & -rest), i));
        found |= 1u << i;
    }
    for (int i = 0; i < p->nfacts; i++)
        assert_int_equal(found >> i & 1, follows(a, p, all & ~(1u << i), i));
}

static void assert_analysed(arena *a, const problem *p) {
    budget b;
    budget_init(&b);
    engine *e = engine_open(p, &b);
    outcome o;
    unsigned all = (1u << p->nfacts) - 1;
    verdict v = find_verdict(e, a, NULL, NULL, 0, &o);
    assert_int_equal(v, oracle_verdict(p, all, something_scales(a, p)));
    if (v != VERDICT_CONSISTENT) assert_explained(a, e, p, v, &o);
    if (v != VERDICT_CONTRADICTORY) assert_redundant(a, e, p);
    engine_close(e);
}

/* --- random theories --- */

static const formula *random_atom(arena *a, uint64_t *seed) {
    term t[3];
    int n = 1 + roll(seed, 3);
    for (int i = 0; i < n; i++)
        t[i] = (term){roll(seed, LETTERS), coef_int(1 + roll(seed, 2) - 3 * roll(seed, 2))};
    int kind = roll(seed, 6);
    return formula_atom(a, form_of(a, t, n, coef_int(0)), kind < 4 ? REL_EQ : (rel)(kind - 3));
}

static const formula *random_claim(arena *a, uint64_t *seed, bool cases) {
    if (!cases || roll(seed, 4)) return random_atom(a, seed);
    const formula *kid[] = {random_atom(a, seed), random_atom(a, seed)};
    return roll(seed, 2) ? formula_any(a, kid, 2) : formula_all(a, kid, 2);
}

static const problem *random_theory(arena *a, uint64_t *seed) {
    int n = 1 + roll(seed, MOST_FACTS);
    bool cases = roll(seed, 2);
    problem *p = theory_text(a, "abcd", NULL, 0);
    fact *f = NEW_ARRAY(a, fact, n);
    for (int i = 0; i < n; i++) {
        f[i].claim = random_claim(a, seed, cases);
        f[i].hard = roll(seed, 6) == 0;
    }
    p->facts = f;
    p->nfacts = n;
    return p;
}

static void analyse_random_theories(uint64_t seed, int count) {
    for (int i = 0; i < count; i++) {
        arena *a = arena_new();
        assert_analysed(a, random_theory(a, &seed));
        arena_free(a);
    }
}

static void cores_and_repairs_are_those_of_all_subsets(void **state) {
    (void)state;
    analyse_random_theories(11, 400);
}

/* --- examples --- */

typedef struct {
    arena *a;
    budget b;
    engine *e;
    finding f;
} session;

static void open_session(session *s, const problem *p, const analysis_options *opt) {
    outcome o;
    budget_init(&s->b);
    s->e = engine_open(p, &s->b);
    s->f = (finding){.p = p, .verdict = find_verdict(s->e, s->a, NULL, NULL, 0, &o)};
    find_cores(s->e, s->a, opt, &o, &s->f);
}

static void close_session(session *s) {
    engine_close(s->e);
    arena_free(s->a);
}

static const char *const critical_depth[] = {"= N -w -L", "= N -w", "= L -w", "= P -2w -L",
                                             "= l N",     "< -w",   "< -L"};

static goal loss_in_parameters(arena *a, const problem *p) {
    form *base = NEW(a, form);
    *base = form_text(a, p, "P");
    return (goal){.kind = GOAL_EXPONENT, .target = form_text(a, p, "l"), .base = base, .nbase = 1};
}

static void the_critical_depth_has_four_repairs(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    problem *p = theory_text(s.a, "wLNPl", critical_depth, 6);
    goal g = loss_in_parameters(s.a, p);
    p->goals = &g;
    p->ngoals = 1;
    analysis_options opt = {.repairs = true, .max_cores = 1, .max_repairs = 100};
    open_session(&s, p, &opt);
    assert_int_equal(s.f.verdict, VERDICT_CONTRADICTORY);
    assert_int_equal(s.f.ncores, 1);
    assert_true(s.f.cores_complete && s.f.repairs_complete);
    assert_int_equal(set_of(s.f.cores[0].facts), 1 | 2 | 4 | 32);
    assert_true(s.f.cores[0].why.told);
    assert_int_equal(s.f.nrepairs, 4);
    static const int num[] = {-1, -2, -1}, den[] = {3, 3, 2};
    for (int i = 0; i < 3; i++) {
        const repair *r = &s.f.repairs[i];
        assert_int_equal(set_of(r->drop), 1u << i);
        assert_int_equal(r->verdict, VERDICT_CONSISTENT);
        assert_int_equal(r->nfixed, i == 2);
        assert_int_equal(r->answers[0].kind, ANSWER_EXACT);
        assert_true(coef_eq(r->answers[0].value[0], coef_of(rat_frac(s.a, num[i], den[i]))));
    }
    assert_int_equal(s.f.repairs[2].fixed[0], symbol_named(p, 'L'));
    assert_int_equal(s.f.repairs[3].verdict, VERDICT_TRIVIAL);
    close_session(&s);
}

static void with_growing_depth_there_are_two_cores(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    problem *p = theory_text(s.a, "wLNPl", critical_depth, 7);
    analysis_options opt = {
        .all_cores = true, .repairs = true, .max_cores = 100, .max_repairs = 100};
    open_session(&s, p, &opt);
    assert_true(s.f.cores_complete);
    assert_int_equal(s.f.ncores, 2);
    assert_int_equal(set_of(s.f.cores[0].facts), 1 | 2 | 64);
    assert_int_equal(set_of(s.f.cores[1].facts), 1 | 2 | 4 | 32);
    close_session(&s);
}

static void given_facts_that_conflict_leave_an_empty_core(void **state) {
    (void)state;
    const char *laws[] = {"!= w", "!< -w", "= N -w"};
    session s = {.a = arena_new()};
    analysis_options opt = {
        .all_cores = true, .repairs = true, .max_cores = 100, .max_repairs = 100};
    open_session(&s, theory_text(s.a, "wN", laws, 3), &opt);
    assert_int_equal(s.f.ncores, 1);
    assert_int_equal(s.f.cores[0].facts.n, 0);
    assert_int_equal(s.f.nrepairs, 0);
    assert_true(s.f.cores_complete && s.f.repairs_complete);
    close_session(&s);
}

/* Two facts that conflict, `pairs` times over: 2^pairs repairs. */
static problem *many_conflicts(arena *a, int pairs, int others) {
    int n = 2 * pairs + others, k = 0, nsymbols = pairs + others + 1;
    problem *p = theory_text(a, "", NULL, 0);
    fact *f = NEW_ARRAY(a, fact, n);
    symbol *q = NEW_ARRAY(a, symbol, nsymbols);
    for (int i = 0; i < others; i++, k++)
        f[k].claim = formula_atom(
            a, form_sub(a, form_sym(a, pairs + i), form_sym(a, pairs + i + 1)), REL_EQ);
    for (int i = 0; i < pairs; i++) {
        f[k++].claim = formula_atom(a, form_sym(a, i), REL_LT);
        f[k++].claim = formula_atom(a, form_scale(a, coef_int(-1), form_sym(a, i)), REL_LT);
    }
    *p = (problem){.symbols = q, .nsymbols = nsymbols, .facts = f, .nfacts = n};
    return p;
}

static void lists_that_are_cut_say_so(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    analysis_options opt = {.all_cores = true, .repairs = true, .max_cores = 4, .max_repairs = 6};
    open_session(&s, many_conflicts(s.a, 5, 0), &opt);
    assert_int_equal(s.f.ncores, 4);
    assert_false(s.f.cores_complete);
    assert_int_equal(s.f.nrepairs, 6);
    assert_false(s.f.repairs_complete);
    close_session(&s);
}

static void lists_that_fit_exactly_are_complete(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    analysis_options opt = {.all_cores = true, .repairs = true, .max_cores = 3, .max_repairs = 8};
    open_session(&s, many_conflicts(s.a, 3, 0), &opt);
    assert_int_equal(s.f.ncores, 3);
    assert_true(s.f.cores_complete);
    assert_int_equal(s.f.nrepairs, 8);
    assert_true(s.f.repairs_complete);
    close_session(&s);
}

static void ten_conflicts_among_a_thousand_statements(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    analysis_options opt = {
        .all_cores = true, .repairs = true, .max_cores = 100, .max_repairs = 20};
    open_session(&s, many_conflicts(s.a, 10, 980), &opt);
    assert_int_equal(s.f.ncores, 10);
    assert_int_equal(s.f.nrepairs, 20);
    assert_int_equal(s.f.repairs[0].drop.n, 10);
    assert_false(s.f.repairs_complete);
    close_session(&s);
}

static void without_budget_nothing_is_called_complete(void **state) {
    (void)state;
    session s = {.a = arena_new()};
    analysis_options opt = {
        .all_cores = true, .repairs = true, .max_cores = 100, .max_repairs = 100};
    outcome o;
    budget_init(&s.b);
    problem *p = theory_text(s.a, "wLNPl", critical_depth, 7);
    s.e = engine_open(p, &s.b);
    s.f = (finding){.p = p, .verdict = find_verdict(s.e, s.a, NULL, NULL, 0, &o)};
    atomic_store(&s.b.stop, true);
    find_cores(s.e, s.a, &opt, &o, &s.f);
    assert_false(s.f.cores_complete || s.f.repairs_complete);
    close_session(&s);
}

/* The certificate takes these proofs as they are. */
static void what_a_finding_says_was_refuted_is_refuted(void **state) {
    (void)state;
    static const struct {
        const char *theory;
        int refuted;
    } each[] = {
        {"A: y ~ x\nB: x grows\ny ~ x^?\n", 0},
        {"A: y ~ x\nB: y ~ x^2\nC: x grows\nD: z ~ x\n", 2},
        {"A: y ~ x\nB: y ~ x^2\nC: x grows\nD: z ~ y w\n", 1},
        {"A: y ~ x\nB: y ~ x^2\n", 1},
        {"C: x grows\nD: x shrinks\n", 1},
        {"parameter a > 1\nA: y ~ x\nB: y ~ x^a\nC: x grows\n", 0},
    };
    for (int i = 0; i < COUNT(each); i++) {
        arena *a = arena_new();
        budget b;
        const finding *f = analysed_text(a, each[i].theory, &b);
        assert_int_equal(f->nrefuted, each[i].refuted);
        for (int k = 0; k < f->nrefuted; k++) {
            assert_ptr_equal(f->refuted[k].s.p, f->p);
            assert_true(proof_refutes(&f->refuted[k].s, f->refuted[k].pf));
        }
        arena_free(a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_finding_says_was_refuted_is_refuted),
        cmocka_unit_test(cores_and_repairs_are_those_of_all_subsets),
        cmocka_unit_test(the_critical_depth_has_four_repairs),
        cmocka_unit_test(with_growing_depth_there_are_two_cores),
        cmocka_unit_test(given_facts_that_conflict_leave_an_empty_core),
        cmocka_unit_test(lists_that_are_cut_say_so),
        cmocka_unit_test(lists_that_fit_exactly_are_complete),
        cmocka_unit_test(ten_conflicts_among_a_thousand_statements),
        cmocka_unit_test(without_budget_nothing_is_called_complete),
    };
    return cmocka_run_group_tests_name("cores", tests, NULL, NULL);
}
