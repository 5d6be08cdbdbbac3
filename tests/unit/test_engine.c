/* The promises of engine/engine.h. The kernel confirms each answer inside; what is tested here is
 * that an answer always comes, that it is the right one, and that small means smallest. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdlib.h>

#include "engine/engine.h"
#include "engine/relax.h"

enum { SYMBOLS = 4, FACTS = 7 };

static uint64_t seed_state;

static int pick(int n) {
    seed_state = seed_state * 6364136223846793005u + 1442695040888963407u;
    return (int)((seed_state >> 33) % (uint64_t)n);
}

static form random_form(arena *a) {
    term t[2];
    int n = 1 + pick(2);
    for (int i = 0; i < n; i++) t[i] = (term){pick(SYMBOLS), coef_int(pick(5) - 2)};
    return form_of(a, t, n, coef_int(0));
}

static const formula *random_formula(arena *a, int depth) {
    const formula *kid[3];
    int n = 1 + pick(3);
    if (depth == 0 || pick(2)) return formula_atom(a, random_form(a), (rel)pick(3));
    for (int i = 0; i < n; i++) kid[i] = random_formula(a, depth - 1);
    return pick(3) ? formula_any(a, kid, n) : formula_all(a, kid, n);
}

static const problem *problem_of(arena *a, const formula *const *claims, int n) {
    static const char *const names[SYMBOLS] = {"x", "y", "z", "u"};
    problem *p = NEW(a, problem);
    symbol *symbols = NEW_ARRAY(a, symbol, SYMBOLS);
    fact *facts = NEW_ARRAY(a, fact, n);
    for (int i = 0; i < SYMBOLS; i++) symbols[i].name = str_of(names[i]);
    for (int i = 0; i < n; i++) facts[i].claim = claims[i];
    *p = (problem){.symbols = symbols, .nsymbols = SYMBOLS, .facts = facts, .nfacts = n};
    assert_true(problem_ok(p));
    return p;
}

static const problem *random_problem(arena *a) {
    const formula *claims[FACTS];
    int n = 1 + pick(FACTS);
    for (int i = 0; i < n; i++) claims[i] = random_formula(a, 2);
    return problem_of(a, claims, n);
}

/* Mostly equations, some of them several in one statement, now and then an inequality. */
static const problem *random_equations(arena *a) {
    const formula *claims[FACTS];
    int n = 1 + pick(FACTS);
    for (int i = 0; i < n; i++) {
        const formula *two[2];
        for (int k = 0; k < 2; k++)
            two[k] = formula_atom(a, random_form(a), pick(8) ? REL_EQ : REL_LE);
        claims[i] = pick(5) ? two[0] : formula_all(a, two, 2);
    }
    return problem_of(a, claims, n);
}

/* --- the oracle: all ways to choose branches, each decided alone, without cases --- */

typedef VEC(const formula *) atoms;

static bool some_choice_holds(arena *a, const formula *const *todo, int n, atoms *chosen) {
    if (n == 0) {
        const problem *p = problem_of(a, chosen->v, (int)chosen->n);
        budget b;
        budget_init(&b);
        engine *e = engine_open(p, &b);
        engine_status s = engine_check(e, a, NULL, NULL, 0).status;
        engine_close(e);
        return s == ENGINE_SAT;
    }
    const formula *f = todo[n - 1];
    size_t before = chosen->n;
    if (f->kind == FORMULA_ATOM) {
        vec_push(a, chosen, f);
        bool yes = some_choice_holds(a, todo, n - 1, chosen);
        chosen->n = before;
        return yes;
    }
    int more = f->kind == FORMULA_ALL ? f->n : 1;
    const formula **rest = NEW_ARRAY(a, const formula *, n - 1 + more);
    for (int i = 0; i < n - 1; i++) rest[i] = todo[i];
    if (f->kind == FORMULA_ALL) {
        for (int i = 0; i < f->n; i++) rest[n - 1 + i] = f->kid[i];
        return some_choice_holds(a, rest, n - 1 + f->n, chosen);
    }
    for (int i = 0; i < f->n; i++) {
        rest[n - 1] = f->kid[i];
        if (some_choice_holds(a, rest, n, chosen)) return true;
    }
    return false;
}

static bool oracle_sat(const problem *p, const bool *use) {
    arena *a = arena_new();
    const formula **todo = NEW_ARRAY(a, const formula *, p->nfacts);
    atoms chosen = {0};
    int n = 0;
    for (int i = 0; i < p->nfacts; i++)
        if (use[i]) todo[n++] = p->facts[i].claim;
    bool yes = some_choice_holds(a, todo, n, &chosen);
    arena_free(a);
    return yes;
}

/* --- tests --- */

static void check_one(const problem *p, arena *a, int *sat, int *unsat) {
    budget b;
    budget_init(&b);
    engine *e = engine_open(p, &b);
    bool all[FACTS] = {true, true, true, true, true, true, true};
    outcome o = engine_verdict(e, a, NULL, NULL, 0);
    assert_true(o.status == ENGINE_SAT || o.status == ENGINE_UNSAT);
    assert_int_equal(o.status == ENGINE_SAT, oracle_sat(p, all));
    *(o.status == ENGINE_SAT ? sat : unsat) += 1;
    if (o.status == ENGINE_UNSAT) {
        outcome small = engine_shrink(e, a, NULL, NULL, 0, NULL);
        assert_int_equal(small.status, ENGINE_UNSAT);
        bool use[FACTS];
        memcpy(use, small.used, sizeof *use * (size_t)p->nfacts);
        assert_false(oracle_sat(p, use));
        for (int i = 0; i < p->nfacts; i++) {
            if (!small.used[i]) continue;
            use[i] = false;
            assert_true(oracle_sat(p, use));
            use[i] = true;
        }
    }
    engine_close(e);
}

static void cases_are_decided_and_cores_irreducible(void **state) {
    (void)state;
    int sat = 0, unsat = 0;
    for (int i = 0; i < 1500; i++) {
        seed_state = (uint64_t)i + 1;
        arena *a = arena_new();
        check_one(random_problem(a), a, &sat, &unsat);
        arena_free(a);
    }
    assert_true(sat > 100 && unsat > 100);
}

static bool all_are_atoms(const problem *p, const bool *use) {
    for (int i = 0; i < p->nfacts; i++)
        if (use[i] && p->facts[i].claim->kind != FORMULA_ATOM) return false;
    return true;
}

/* Leaves each fact out of the conflict; counts the guesses that hold. */
static int check_without_each(engine *e, arena *a, const problem *p, const bool *use) {
    outcome o = engine_check(e, a, use, NULL, 0);
    sequent all = {p, use, NULL, 0};
    conflict *c = engine_conflict(e, a, &all, o.pf);
    relaxed *r = relax_new(a, &all, o.pf, engine_budget(e));
    int held = 0;
    for (int i = 0; i < p->nfacts; i++) {
        bool less[FACTS];
        witness w;
        for (int k = 0; k < p->nfacts; k++) less[k] = use[k] && k != i;
        sequent rest = {p, less, NULL, 0};
        o = engine_check_without(e, a, c, i);
        assert_int_equal(o.status == ENGINE_SAT, oracle_sat(p, less));
        assert_true(o.status != ENGINE_SAT || witness_satisfies(&rest, &o.w));
        bool guessed = use[i] && r && relax_without(r, a, i, &w) && witness_satisfies(&rest, &w);
        assert_true(guessed || !use[i] || !all_are_atoms(p, use));
        held += guessed;
    }
    return held;
}

static void each_fact_of_a_conflict_is_left_out_of_it(void **state) {
    (void)state;
    int held = 0;
    for (int k = 0; k < 3000; k++) {
        seed_state = (uint64_t)k + 4242;
        arena *a = arena_new();
        const problem *p = k % 2 ? random_problem(a) : random_equations(a);
        budget b;
        budget_init(&b);
        engine *e = engine_open(p, &b);
        outcome o = engine_shrink(e, a, NULL, NULL, 0, NULL);
        if (o.status == ENGINE_UNSAT) held += check_without_each(e, a, p, o.used);
        engine_close(e);
        arena_free(a);
    }
    assert_true(held > 100);
}

/* Fact i follows from the facts in use. */
static bool oracle_implies(arena *a, const problem *p, const bool *use, int i) {
    const formula *claims[FACTS];
    bool with_negation[FACTS];
    for (int j = 0; j < p->nfacts; j++) {
        claims[j] = p->facts[j].claim;
        with_negation[j] = use[j] || j == i;
    }
    claims[i] = formula_not(a, claims[i]);
    return !oracle_sat(problem_of(a, claims, p->nfacts), with_negation);
}

static void check_from(arena *a, const problem *p, const consequence *c) {
    bool use[FACTS] = {false};
    for (int k = 0; k < c->n; k++) use[c->from[k]] = true;
    assert_true(!use[c->fact] && oracle_implies(a, p, use, c->fact));
    for (int k = 0; k < c->n; k++) {
        use[c->from[k]] = false;
        assert_false(oracle_implies(a, p, use, c->fact));
        use[c->from[k]] = true;
    }
}

static void redundant_facts_are_those_the_others_imply(void **state) {
    (void)state;
    int redundant = 0, needed = 0;
    for (int k = 0; k < 1200; k++) {
        seed_state = (uint64_t)k + 77777;
        arena *a = arena_new();
        const problem *p = k % 2 ? random_problem(a) : random_equations(a);
        bool all[FACTS] = {true, true, true, true, true, true, true};
        const consequence *c;
        int n, next = 0;
        budget b;
        budget_init(&b);
        engine *e = engine_open(p, &b);
        if (oracle_sat(p, all)) {
            assert_true(engine_redundant(e, a, &c, &n));
            for (int i = 0; i < p->nfacts; i++) {
                bool found = next < n && c[next].fact == i;
                all[i] = false;
                assert_int_equal(found, oracle_implies(a, p, all, i));
                all[i] = true;
                if (found) check_from(a, p, &c[next++]);
                *(found ? &redundant : &needed) += 1;
            }
        }
        engine_close(e);
        arena_free(a);
    }
    assert_true(redundant > 50 && needed > 50);
}

/* x between two ends, y unbounded: value, open and infinite ends as they should be. */
static void range_ends_are_exact_and_know_if_they_are_attained(void **state) {
    (void)state;
    arena *a = arena_new();
    form x = form_sym(a, 0), y = form_sym(a, 1);
    form low = form_scale(a, coef_int(-1), x), high = x;
    low.k = coef_of(rat_frac(a, -1, 3));
    high.k = coef_int(-2);
    const formula *claims[] = {
        formula_atom(a, low, REL_LT),                                           /* x > -1/3 */
        formula_atom(a, high, REL_LE),                                          /* x ≤ 2 */
        formula_atom(a, form_scale(a, coef_int(-1), y), REL_LT),                /* y > 0 */
        formula_atom(a, form_sub(a, form_sym(a, 2), form_add(a, x, y)), REL_EQ) /* z = x + y */
    };
    const problem *p = problem_of(a, claims, 4);
    budget b;
    budget_init(&b);
    engine *e = engine_open(p, &b);
    outcome o = engine_check(e, a, NULL, NULL, 0);
    bound lo, hi;
    assert_int_equal(o.status, ENGINE_SAT);
    assert_true(engine_range(e, a, NULL, NULL, 0, &o.w, x, &lo, &hi));
    assert_string_equal(rat_text(a, lo.value), "-1/3");
    assert_true(lo.open && !lo.infinite && !hi.open && !hi.infinite);
    assert_string_equal(rat_text(a, hi.value), "2");
    assert_true(engine_range(e, a, NULL, NULL, 0, &o.w, form_sym(a, 2), &lo, &hi));
    assert_string_equal(rat_text(a, lo.value), "-1/3");
    assert_true(lo.open && hi.infinite && hi.open);
    engine_close(e);
    arena_free(a);
}

static void an_exhausted_budget_is_unknown_with_its_reason(void **state) {
    (void)state;
    arena *a = arena_new();
    seed_state = 5;
    const problem *p = random_problem(a);
    budget b;
    budget_init(&b);
    atomic_store(&b.stop, true);
    engine *e = engine_open(p, &b);
    outcome o = engine_check(e, a, NULL, NULL, 0);
    assert_int_equal(o.status, ENGINE_UNKNOWN);
    assert_string_equal(o.why, "interrupted");
    engine_close(e);
    arena_free(a);
}

/* One solver for a row of problems, each of which is gone before the next. */
static void a_second_opinion_in_common_changes_no_verdict(void **state) {
    (void)state;
    seed_state = 77;
    budget b;
    budget_init(&b);
    arena *row = arena_new();
    solvers *second = solvers_new(row, &b);
    for (int round = 0; round < 300; round++) {
        arena *a = arena_new();
        const problem *p = round % 2 ? random_problem(a) : random_equations(a);
        problem claimed = *p;
        claimed.goals = &(goal){.kind = GOAL_CONTRADICTION};
        claimed.ngoals = 1;
        engine *e = engine_open(&claimed, &b), *alone = engine_open(p, &b);
        engine_consult(e, second);
        engine_status s = engine_verdict(e, a, NULL, NULL, 0).status;
        assert_true(s == ENGINE_SAT || s == ENGINE_UNSAT);
        assert_int_equal(s, engine_check(alone, a, NULL, NULL, 0).status);
        assert_null(engine_wrong(e));
        engine_close(e);
        engine_close(alone);
        solvers_forget(second);
        arena_free(a);
    }
    solvers_close(second);
    arena_free(row);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cases_are_decided_and_cores_irreducible),
        cmocka_unit_test(each_fact_of_a_conflict_is_left_out_of_it),
        cmocka_unit_test(redundant_facts_are_those_the_others_imply),
        cmocka_unit_test(range_ends_are_exact_and_know_if_they_are_attained),
        cmocka_unit_test(an_exhausted_budget_is_unknown_with_its_reason),
        cmocka_unit_test(a_second_opinion_in_common_changes_no_verdict),
    };
    return cmocka_run_group_tests_name("engine", tests, NULL, NULL);
}
