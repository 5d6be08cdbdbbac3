/* The promises of engine/smt.h. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <cmocka.h>

#include "engine/smt.h"

/* --- problems from small numbers --- */

enum { SYMBOLS = 3 };

typedef struct {
    int c[SYMBOLS], k; /* Σ c x + k rel 0 */
    rel rel;
} row;

static const formula *atom_of(arena *a, row r) {
    term t[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) t[i] = (term){i, coef_int(r.c[i])};
    return formula_atom(a, form_of(a, t, SYMBOLS, coef_int(r.k)), r.rel);
}

static const problem *problem_of(arena *a, const formula *const *claim, int n, int nsymbols) {
    fact *facts = NEW_ARRAY(a, fact, n);
    for (int i = 0; i < n; i++) facts[i].claim = claim[i];
    problem *p = NEW(a, problem);
    p->symbols = NEW_ARRAY(a, symbol, nsymbols);
    p->nsymbols = nsymbols;
    p->facts = facts;
    p->nfacts = n;
    return p;
}

static const problem *rows_problem(arena *a, const row *rows, int n) {
    const formula **claim = NEW_ARRAY(a, const formula *, n);
    for (int i = 0; i < n; i++) claim[i] = atom_of(a, rows[i]);
    return problem_of(a, claim, n, SYMBOLS);
}

static smt_status check_plain(smt *s, arena *a, const sequent *q, witness *w, bool *core) {
    return smt_check(s, a, q, UINT64_MAX, w, core, NULL);
}

/* Asks once; a model must satisfy, a core must be unsatisfiable when asked alone. */
static smt_status check_confirmed(smt *s, arena *a, const sequent *q) {
    witness w;
    bool *core = NEW_ARRAY(a, bool, sequent_size(q));
    smt_status r = check_plain(s, a, q, &w, core);
    if (r == SMT_SAT) assert_true(witness_satisfies(q, &w));
    if (r == SMT_UNSAT && !q->nextra) {
        for (int i = 0; i < q->p->nfacts; i++) assert_true(!core[i] || !q->use || q->use[i]);
        sequent alone = {q->p, core, NULL, 0};
        assert_int_equal(check_plain(s, a, &alone, NULL, NULL), SMT_UNSAT);
    }
    return r;
}

/* --- the table of small cases --- */

typedef struct {
    const char *name;
    row rows[4];
    int n;
    smt_status expected;
} conjunction;

static const conjunction conjunctions[] = {
    {"nothing at all", {{{0}, 0, REL_EQ}}, 0, SMT_SAT},
    {"0 = 0", {{{0}, 0, REL_EQ}}, 1, SMT_SAT},
    {"1 = 0", {{{0}, 1, REL_EQ}}, 1, SMT_UNSAT},
    {"0 < 0", {{{0}, 0, REL_LT}}, 1, SMT_UNSAT},
    {"x = 1/3", {{{3, 0, 0}, -1, REL_EQ}}, 1, SMT_SAT},
    {"x < 0, x > 0", {{{1, 0, 0}, 0, REL_LT}, {{-1, 0, 0}, 0, REL_LT}}, 2, SMT_UNSAT},
    {"x <= 0, x >= 0", {{{1, 0, 0}, 0, REL_LE}, {{-1, 0, 0}, 0, REL_LE}}, 2, SMT_SAT},
    {"x < 0, x >= 0", {{{1, 0, 0}, 0, REL_LT}, {{-1, 0, 0}, 0, REL_LE}}, 2, SMT_UNSAT},
    {"0 < x < 1", {{{-1, 0, 0}, 0, REL_LT}, {{1, 0, 0}, -1, REL_LT}}, 2, SMT_SAT},
    {"a cycle of strict inequalities",
     {{{1, -1, 0}, 0, REL_LT}, {{0, 1, -1}, 0, REL_LT}, {{-1, 0, 1}, 0, REL_LT}},
     3,
     SMT_UNSAT},
    {"critical depth",
     {{{1, -1, -1}, 0, REL_EQ},
      {{1, -1, 0}, 0, REL_EQ},
      {{0, -1, 1}, 0, REL_EQ},
      {{0, -1, 0}, 0, REL_LT}},
     4,
     SMT_UNSAT},
};

static void verdicts_of_conjunctions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof conjunctions / sizeof *conjunctions; i++) {
        const conjunction *c = &conjunctions[i];
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        const problem *p = rows_problem(a, c->rows, c->n);
        smt *s = smt_open(p, &b);
        assert_non_null(s);
        sequent q = {p, NULL, NULL, 0};
        if (check_confirmed(s, a, &q) != c->expected) fail_msg("%s", c->name);
        smt_close(s);
        arena_free(a);
    }
}

/* --- one theory, many questions --- */

static const row critical[] = {
    {{1, -1, -1}, 0, REL_EQ}, /* N = w L */
    {{1, -1, 0}, 0, REL_EQ},  /* N = w */
    {{0, -1, 1}, 0, REL_EQ},  /* L = w */
    {{0, -1, 0}, 0, REL_LT},  /* w grows */
    {{0, 0, -1}, -1, REL_LE}, /* L >= -1: in no conflict */
};

typedef struct {
    arena *a;
    budget b;
    const problem *p;
    smt *s;
} session;

static int open_critical(void **state) {
    session *t = calloc(1, sizeof *t);
    t->a = arena_new();
    budget_init(&t->b);
    t->p = rows_problem(t->a, critical, 5);
    t->s = smt_open(t->p, &t->b);
    *state = t;
    return t->s ? 0 : -1;
}

static int close_session(void **state) {
    session *t = *state;
    smt_close(t->s);
    arena_free(t->a);
    free(t);
    return 0;
}

static void cores_name_only_what_conflicts(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    bool core[5];
    assert_int_equal(check_plain(t->s, t->a, &q, NULL, core), SMT_UNSAT);
    for (int i = 0; i < 4; i++) assert_true(core[i]);
    assert_false(core[4]);
}

static void every_subset_can_be_asked_again(void **state) {
    session *t = *state;
    for (int round = 0; round < 2; round++)
        for (unsigned set = 0; set < 32; set++) {
            bool use[5];
            for (int i = 0; i < 5; i++) use[i] = set >> i & 1;
            sequent q = {t->p, use, NULL, 0};
            smt_status expected = (set & 15) == 15 ? SMT_UNSAT : SMT_SAT;
            assert_int_equal(check_confirmed(t->s, t->a, &q), expected);
        }
}

static void extra_formulas_hold_for_one_question(void **state) {
    session *t = *state;
    const formula *falls = atom_of(t->a, (row){{0, 1, 0}, 0, REL_LT});
    const formula *deep = atom_of(t->a, (row){{0, 0, -1}, 5, REL_LE});
    bool no_d1[5] = {false, true, true, true, true}, core[7];
    const formula *extra[2] = {deep, falls};
    sequent with = {t->p, no_d1, extra, 2}, deep_only = {t->p, no_d1, extra, 1},
            without = {t->p, no_d1, NULL, 0};
    for (int round = 0; round < 50; round++) {
        assert_int_equal(check_plain(t->s, t->a, &with, NULL, core), SMT_UNSAT);
        assert_true(core[6]);
        assert_int_equal(check_confirmed(t->s, t->a, &deep_only), SMT_SAT);
        assert_int_equal(check_confirmed(t->s, t->a, &without), SMT_SAT);
    }
}

static void no_pointer_is_needed(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, NULL), SMT_UNSAT);
    bool use[5] = {true};
    q.use = use;
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, NULL), SMT_SAT);
}

static void a_solver_turns_to_another_problem(void **state) {
    session *t = *state;
    const row clash[] = {{{1, 0, 0}, 0, REL_LT}, {{-1, 0, 0}, 0, REL_LT}};
    const problem *other = rows_problem(t->a, clash, 2);
    bool no_d1[5] = {false, true, true, true, true}, first[2] = {true, false};
    const formula *extra[1] = {atom_of(t->a, (row){{0, 1, 0}, 0, REL_LT})};
    sequent q[] = {{t->p, no_d1, NULL, 0},
                   {other, first, NULL, 0},
                   {t->p, no_d1, extra, 1},
                   {other, NULL, NULL, 0},
                   {other, first, extra, 1}};
    const smt_status expected[] = {SMT_SAT, SMT_SAT, SMT_UNSAT, SMT_UNSAT, SMT_SAT};
    for (int round = 0; round < 10; round++)
        for (int i = 0; i < 5; i++)
            assert_int_equal(check_confirmed(t->s, t->a, &q[i]), expected[i]);
}

static void a_spent_budget_is_unknown_with_its_reason(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    const char *why = NULL;
    atomic_store(&t->b.stop, true);
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, &why), SMT_UNKNOWN);
    assert_string_equal(why, "interrupted");
}

static void the_version_is_told(void **state) {
    (void)state;
    const char *v = smt_version(), *digits = strpbrk(v, "0123456789");
    assert_true(digits && strchr(digits, '.'));
}

static void big_numbers_stay_exact(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    rat big;
    assert_true(
        rat_parse(a, STR("-123456789012345678901234567890/98765432109876543210987654321"), &big));
    form f = form_addmul(a, form_sym(a, 0), coef_of(rat_neg(a, big)), form_const(coef_int(1)));
    const formula *claim[] = {formula_atom(a, f, REL_EQ)};
    const problem *p = problem_of(a, claim, 1, 1);
    smt *s = smt_open(p, &b);
    sequent q = {p, NULL, NULL, 0};
    witness w;
    assert_int_equal(check_plain(s, a, &q, &w, NULL), SMT_SAT);
    rat x;
    assert_true(coef_rat(w.x[0], &x) && rat_eq(x, big));
    smt_close(s);
    arena_free(a);
}

/* --- random problems against Fourier-Motzkin --- */

static uint64_t seed_state;

static int random_below(int n) {
    seed_state = seed_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed_state >> 33) % (unsigned)n);
}

typedef struct {
    long c[SYMBOLS], k;
    bool strict;
} inequality;

typedef struct {
    inequality *v;
    int n;
} inequalities;

static inequality combined(inequality up, inequality down, int i) {
    long p = up.c[i], q = -down.c[i];
    inequality r = {.k = q * up.k + p * down.k, .strict = up.strict || down.strict};
    for (int j = 0; j < SYMBOLS; j++) r.c[j] = q * up.c[j] + p * down.c[j];
    return r;
}

static inequalities without_symbol(arena *a, inequalities s, int i) {
    inequalities r = {NEW_ARRAY(a, inequality, s.n * s.n + s.n), 0};
    for (int j = 0; j < s.n; j++) {
        if (s.v[j].c[i] == 0) r.v[r.n++] = s.v[j];
        for (int k = 0; k < s.n; k++)
            if (s.v[j].c[i] > 0 && s.v[k].c[i] < 0) r.v[r.n++] = combined(s.v[j], s.v[k], i);
    }
    return r;
}

static bool feasible(arena *a, inequalities s) {
    for (int i = 0; i < SYMBOLS; i++) s = without_symbol(a, s, i);
    for (int j = 0; j < s.n; j++)
        if (s.v[j].strict ? s.v[j].k >= 0 : s.v[j].k > 0) return false;
    return true;
}

static void add_row(inequalities *s, row r, int sign) {
    inequality q = {.k = sign * r.k, .strict = r.rel == REL_LT};
    for (int i = 0; i < SYMBOLS; i++) q.c[i] = sign * r.c[i];
    s->v[s->n++] = q;
}

enum { FACTS = 40, ASKED = 4 };

/* Fact i says rows[i][0] or rows[i][1]; `asked` names the facts in use. */
static bool some_case_feasible(arena *a, row rows[FACTS][2], const int asked[ASKED]) {
    for (unsigned choice = 0; choice < 1u << ASKED; choice++) {
        inequalities s = {NEW_ARRAY(a, inequality, 2 * ASKED), 0};
        for (int i = 0; i < ASKED; i++) {
            row r = rows[asked[i]][choice >> i & 1];
            add_row(&s, r, 1);
            if (r.rel == REL_EQ) add_row(&s, r, -1);
        }
        if (feasible(a, s)) return true;
    }
    return false;
}

static row random_row(void) {
    row r = {.k = random_below(5) - 2, .rel = (rel)random_below(3)};
    for (int i = 0; i < SYMBOLS; i++) r.c[i] = random_below(3) ? random_below(5) - 2 : 0;
    return r;
}

static const problem *random_problem(arena *a, row rows[FACTS][2]) {
    const formula *claim[FACTS];
    for (int i = 0; i < FACTS; i++) {
        rows[i][0] = rows[i][1] = random_row();
        if (random_below(3) == 0) rows[i][1] = random_row();
        const formula *either[] = {atom_of(a, rows[i][0]), atom_of(a, rows[i][1])};
        claim[i] = formula_any(a, either, 2);
    }
    return problem_of(a, claim, FACTS, SYMBOLS);
}

static bool random_question(smt *s, arena *a, const problem *p, row rows[FACTS][2]) {
    bool use[FACTS] = {false};
    int asked[ASKED];
    for (int i = 0; i < ASKED; i++) use[asked[i] = random_below(FACTS)] = true;
    sequent q = {p, use, NULL, 0};
    bool sat = some_case_feasible(a, rows, asked);
    assert_int_equal(check_confirmed(s, a, &q), sat ? SMT_SAT : SMT_UNSAT);
    return sat;
}

static void random_questions_agree_with_elimination(void **state) {
    (void)state;
    int count[2] = {0};
    seed_state = 1;
    for (int round = 0; round < 20; round++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        row rows[FACTS][2];
        const problem *p = random_problem(a, rows);
        smt *s = smt_open(p, &b);
        for (int i = 0; i < 100; i++) count[random_question(s, a, p, rows)]++;
        smt_close(s);
        arena_free(a);
    }
    assert_true(count[0] > 200 && count[1] > 200);
}

/* --- hard problems and budgets --- */

/* `n` relations of three quantities around a hidden solution: a long search for Z3. */
static const problem *hard_problem(arena *a, int n, int nsymbols) {
    const formula **claim = NEW_ARRAY(a, const formula *, n);
    int *hidden = NEW_ARRAY(a, int, nsymbols);
    seed_state = 7;
    for (int i = 0; i < nsymbols; i++) hidden[i] = random_below(19) - 9;
    for (int i = 0; i < n; i++) {
        term t[3];
        long k = 0;
        for (int j = 0; j < 3; j++) {
            int sym = random_below(nsymbols), c = 1 + random_below(9);
            t[j] = (term){sym, coef_int(c)};
            k -= c * hidden[sym];
        }
        claim[i] = formula_atom(a, form_of(a, t, 3, coef_int(k)), REL_EQ);
    }
    return problem_of(a, claim, n, nsymbols);
}

static int open_hard(void **state) {
    session *t = calloc(1, sizeof *t);
    t->a = arena_new();
    budget_init(&t->b);
    t->p = hard_problem(t->a, 400, 400);
    t->s = smt_open(t->p, &t->b);
    *state = t;
    return t->s ? 0 : -1;
}

static void *stop_soon(void *b) {
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    atomic_store(&((budget *)b)->stop, true);
    return NULL;
}

static void a_stop_ends_a_long_check(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    const char *why = NULL;
    pthread_t stopper;
    assert_int_equal(pthread_create(&stopper, NULL, stop_soon, &t->b), 0);
    double start = clock_seconds();
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, &why), SMT_UNKNOWN);
    assert_true(clock_seconds() - start < 10);
    pthread_join(stopper, NULL);
    assert_string_equal(why, "interrupted");
}

static void a_deadline_ends_a_long_check(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    const char *why = NULL;
    t->b.deadline = clock_seconds() + 0.3;
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, &why), SMT_UNKNOWN);
    assert_true(clock_seconds() < t->b.deadline + 10);
    assert_string_equal(why, "time limit");
}

static void steps_end_a_long_check(void **state) {
    session *t = *state;
    sequent q = {t->p, NULL, NULL, 0};
    const char *why = NULL;
    t->b.steps_left = 300000;
    assert_int_equal(smt_check(t->s, t->a, &q, UINT64_MAX, NULL, NULL, &why), SMT_UNKNOWN);
    assert_string_equal(why, "resource limit");
}

static void steps_are_charged_and_deterministic(void **state) {
    (void)state;
    uint64_t left[2];
    for (int round = 0; round < 2; round++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        b.steps_left = 100000;
        const problem *p = hard_problem(a, 20, 40);
        smt *s = smt_open(p, &b);
        sequent q = {p, NULL, NULL, 0};
        assert_int_equal(check_confirmed(s, a, &q), SMT_SAT);
        left[round] = b.steps_left;
        smt_close(s);
        arena_free(a);
    }
    assert_true(left[0] > 0 && left[0] < 100000);
    assert_true(left[0] == left[1]);
}

/* Z3 4.8.12 loses assertions when a limit stops it while it takes them in. */
static void a_check_cut_short_spoils_no_later_one(void **state) {
    session *t = *state;
    bool *use = NEW_ARRAY(t->a, bool, t->p->nfacts);
    for (int i = 0; i < 60; i++) use[i] = true;
    sequent all = {t->p, NULL, NULL, 0}, few = {t->p, use, NULL, 0};
    for (uint64_t steps = 1; steps < 200000; steps *= 3) {
        assert_int_equal(smt_check(t->s, t->a, &all, steps, NULL, NULL, NULL), SMT_UNKNOWN);
        assert_int_equal(check_confirmed(t->s, t->a, &few), SMT_SAT);
    }
    assert_true(budget_left(&t->b));
}

/* --- maps --- */

enum { THINGS = 6, SUBSETS = 1 << THINGS };

static unsigned bits(const bool *set, int n) {
    unsigned r = 0;
    for (int i = 0; i < n; i++) r |= (unsigned)set[i] << i;
    return r;
}

static void unpack(unsigned set, bool *out, int n) {
    for (int i = 0; i < n; i++) out[i] = set >> i & 1;
}

static bool covers(unsigned set, const unsigned *part, int n) {
    for (int i = 0; i < n; i++)
        if ((set & part[i]) == part[i]) return true;
    return false;
}

static unsigned shrunk(unsigned set, const unsigned *part, int n) {
    for (int i = 0; i < THINGS; i++)
        if (covers(set & ~(1u << i), part, n)) set &= ~(1u << i);
    return set;
}

/* Enumerates as an analysis would; counts how often each subset is told as a core or as the
 * complement of a correction, and checks that seeds are fresh and maximal. */
static void enumerate(const unsigned *part, int n, int cores[SUBSETS], int corrections[SUBSETS]) {
    budget b;
    budget_init(&b);
    smt_map *m = smt_map_open(THINGS, &b);
    bool blocked[SUBSETS] = {false}, seed[THINGS], told[THINGS];
    while (smt_map_seed(m, seed) == SMT_SAT) {
        unsigned s = bits(seed, THINGS);
        assert_false(blocked[s]);
        for (int i = 0; i < THINGS; i++) assert_true(seed[i] || blocked[s | 1u << i]);
        bool bad = covers(s, part, n);
        unsigned core = bad ? shrunk(s, part, n) : 0;
        for (unsigned t = 0; t < SUBSETS; t++)
            blocked[t] |= bad ? (t & core) == core : (t | s) == s;
        unpack(bad ? core : ~s, told, THINGS);
        if (bad)
            smt_map_block_up(m, told), cores[core]++;
        else
            smt_map_block_down(m, told), corrections[s]++;
    }
    for (unsigned t = 0; t < SUBSETS; t++) assert_true(blocked[t]);
    smt_map_close(m);
}

static bool minimal_bad(unsigned s, const unsigned *part, int n) {
    return covers(s, part, n) && shrunk(s, part, n) == s;
}

static bool maximal_good(unsigned s, const unsigned *part, int n) {
    if (covers(s, part, n)) return false;
    for (int i = 0; i < THINGS; i++)
        if (!(s >> i & 1) && !covers(s | 1u << i, part, n)) return false;
    return true;
}

static void maps_tell_every_core_and_correction_once(void **state) {
    (void)state;
    seed_state = 3;
    for (int round = 0; round < 300; round++) {
        unsigned part[5];
        int n = random_below(6), cores[SUBSETS] = {0}, corrections[SUBSETS] = {0};
        for (int i = 0; i < n; i++) part[i] = (unsigned)random_below(SUBSETS);
        enumerate(part, n, cores, corrections);
        for (unsigned s = 0; s < SUBSETS; s++) {
            assert_int_equal(cores[s], minimal_bad(s, part, n));
            assert_int_equal(corrections[s], maximal_good(s, part, n));
        }
    }
}

enum { MAX_THINGS = 102 };

static void tell_pair(smt_map *m, int i, int j) {
    bool told[MAX_THINGS] = {false};
    told[i] = told[j] = true;
    smt_map_block_up(m, told);
}

/* Thing p * holes + h: pigeon p sits in hole h. The last pigeon may also leave, which is the last
 * thing but one; the last thing forbids it. */
static smt_map *pigeons(int npigeons, int holes, bool may_leave, budget *b) {
    int n = npigeons * holes + 2;
    smt_map *m = smt_map_open(n, b);
    tell_pair(m, n - 2, n - 1);
    for (int p = 0; p < npigeons; p++) {
        bool told[MAX_THINGS] = {false};
        for (int h = 0; h < holes; h++) told[p * holes + h] = true;
        told[n - 2] = may_leave && p == npigeons - 1;
        smt_map_block_down(m, told);
        for (int q = 0; q < p; q++)
            for (int h = 0; h < holes; h++) tell_pair(m, p * holes + h, q * holes + h);
    }
    return m;
}

static void hard_maps_are_decided(void **state) {
    (void)state;
    budget b;
    budget_init(&b);
    bool seed[MAX_THINGS];
    smt_map *m = pigeons(7, 6, false, &b);
    for (int round = 0; round < 2; round++) assert_int_equal(smt_map_seed(m, seed), SMT_UNSAT);
    smt_map_close(m);
    m = pigeons(7, 6, true, &b);
    assert_int_equal(smt_map_seed(m, seed), SMT_SAT);
    assert_true(seed[42] && !seed[43]);
    for (int h = 0; h < 6; h++) {
        int seated = 0;
        for (int p = 0; p < 7; p++) seated += seed[p * 6 + h];
        assert_int_equal(seated, 1);
    }
    smt_map_close(m);
}

static void maps_obey_the_budget(void **state) {
    (void)state;
    budget b;
    budget_init(&b);
    bool seed[MAX_THINGS];
    smt_map *m = pigeons(10, 9, false, &b);
    b.deadline = clock_seconds() + 0.3;
    assert_int_equal(smt_map_seed(m, seed), SMT_UNKNOWN);
    assert_true(clock_seconds() < b.deadline + 10);
    assert_int_equal(smt_map_seed(m, seed), SMT_UNKNOWN);
    smt_map_close(m);
}

static void maps_of_nothing_have_one_seed(void **state) {
    (void)state;
    budget b;
    budget_init(&b);
    smt_map *m = smt_map_open(0, &b);
    bool none[1] = {false};
    assert_int_equal(smt_map_seed(m, none), SMT_SAT);
    smt_map_block_down(m, none);
    assert_int_equal(smt_map_seed(m, none), SMT_UNSAT);
    smt_map_close(m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_of_conjunctions),
        cmocka_unit_test_setup_teardown(cores_name_only_what_conflicts, open_critical,
                                        close_session),
        cmocka_unit_test_setup_teardown(every_subset_can_be_asked_again, open_critical,
                                        close_session),
        cmocka_unit_test_setup_teardown(extra_formulas_hold_for_one_question, open_critical,
                                        close_session),
        cmocka_unit_test_setup_teardown(no_pointer_is_needed, open_critical, close_session),
        cmocka_unit_test_setup_teardown(a_solver_turns_to_another_problem, open_critical,
                                        close_session),
        cmocka_unit_test_setup_teardown(a_spent_budget_is_unknown_with_its_reason, open_critical,
                                        close_session),
        cmocka_unit_test(the_version_is_told),
        cmocka_unit_test(big_numbers_stay_exact),
        cmocka_unit_test(random_questions_agree_with_elimination),
        cmocka_unit_test_setup_teardown(a_stop_ends_a_long_check, open_hard, close_session),
        cmocka_unit_test_setup_teardown(a_deadline_ends_a_long_check, open_hard, close_session),
        cmocka_unit_test_setup_teardown(steps_end_a_long_check, open_hard, close_session),
        cmocka_unit_test(steps_are_charged_and_deterministic),
        cmocka_unit_test_setup_teardown(a_check_cut_short_spoils_no_later_one, open_hard,
                                        close_session),
        cmocka_unit_test(maps_tell_every_core_and_correction_once),
        cmocka_unit_test(hard_maps_are_decided),
        cmocka_unit_test(maps_obey_the_budget),
        cmocka_unit_test(maps_of_nothing_have_one_seed),
    };
    return cmocka_run_group_tests_name("smt", tests, NULL, NULL);
}
