/* The promise of engine/shadow.h: the shadow holds exactly where something can be put over it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/engine.h"
#include "engine/shadow.h"
#include "parametric_text.h"

enum { POINTS = 24 };

typedef struct {
    uint64_t state;
} dice;

static int roll(dice *d, int sides) {
    d->state = d->state * 6364136223846793005u + 1442695040888963407u;
    return (int)((d->state >> 33) % (uint64_t)sides);
}

static const problem *at(arena *a, const problem *p, const coef *x) {
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) facts[i].claim = formula_at(a, p->facts[i].claim, x);
    *own = *p;
    own->facts = facts;
    own->field = NULL;
    return own;
}

static bool can_hold(arena *a, budget *b, const problem *p) {
    engine *e = engine_open(p, b);
    outcome o = engine_check(e, a, NULL, NULL, 0);
    engine_close(e);
    assert_true(o.status == ENGINE_SAT || o.status == ENGINE_UNSAT);
    return o.status == ENGINE_SAT;
}

static bool is_pure(const formula *f, int keep) {
    bool pure = true;
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) pure &= f->lhs.t[i].sym == keep;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) pure &= is_pure(f->kid[i], keep);
    return pure;
}

/* Parameters from -2 to 2 in halves: where polynomials vanish, too. */
static void agrees_at_points(arena *a, const problem *p, dice *d) {
    budget b;
    budget_init(&b);
    sequent q = {p, NULL, NULL, 0};
    const formula *f = shadow_of(a, &q, NULL, &b);
    assert_non_null(f);
    assert_true(is_pure(f, -1));
    for (int i = 0; i < POINTS; i++) {
        coef *x = NEW_ARRAY(a, coef, p->nsymbols);
        for (int k = 0; k < p->nsymbols; k++) x[k] = coef_of(rat_frac(a, roll(d, 9) - 4, 2));
        assert_int_equal(formula_holds(a, f, x), can_hold(a, &b, at(a, p, x)));
    }
}

static const char *const theories[] = {
    "",
    "x = a y; x > 0; y > 0",
    "a x = b y; x > 0; y < 0",
    "x - y/a = 0; y > 0; x < y",
    "x <= a y; x >= y; y > 0",
    "x < a; x > b",
    "x < a; x > b; x = c y; y = x",
    "a x + b y = 1; c x + d y = 2",
    "a x + b y <= 1; c x + d y >= 2; x > 0; y > 0",
    "a x = 0; x != 0",
    "x = a y | x = b y; y > 0; x < 0",
    "a x < y & y < b | x > a & y = c; x + y = d",
    "x = y/(a - b); y > 0; x < 0",
    "a = 1; x = a y; y > 0; b x > 0",
    "a a = 1; x = a y; y > 0; x < 0",
    "a > 0; b > 0; x = -a y; z = b x; z > 0; y > 0",
    "a x > 1; x > 0; y = a x; y < b",
    "x > 0; y > 0; z > 0; a x + b y + c z = 0",
    "x/a <= 0; x > 0; y > 0; b y < 0",
};

static void shadow_holds_where_something_casts_it(void **state) {
    (void)state;
    dice d = {1};
    for (size_t i = 0; i < sizeof theories / sizeof *theories; i++) {
        arena *a = arena_new();
        agrees_at_points(a, problem_of(a, theories[i]), &d);
        arena_free(a);
    }
}

/* --- seeded random theories --- */

static void add_coefficient(text *t, dice *d) {
    static const char *const some[] = {"",  "a ",  "b ", "2",        "(a - b) ", "(a b - 1) ",
                                       "-", "-c ", "3",  "(1 + a) ", "c ",       "(2 - c c) "};
    text_puts(t, some[roll(d, 12)]);
}

static void add_side(text *t, dice *d) {
    static const char *const quantity[] = {"x", "y", "z", "u"};
    int n = 1 + roll(d, 2);
    for (int i = 0; i < n; i++) {
        if (i) text_puts(t, " + ");
        add_coefficient(t, d);
        text_puts(t, quantity[roll(d, 4)]);
        if (roll(d, 7) == 0) text_puts(t, "/(a + c)");
    }
}

static void add_atom(text *t, dice *d) {
    static const char *const how[] = {" = ", " <= ", " < ", " > ", " = ", " >= "};
    add_side(t, d);
    text_puts(t, how[roll(d, 6)]);
    if (roll(d, 3))
        add_side(t, d);
    else
        text_puts(t, roll(d, 2) ? "0" : "c");
}

static const char *random_theory(arena *a, dice *d) {
    text t = text_new(a);
    int n = 2 + roll(d, 4);
    for (int i = 0; i < n; i++) {
        if (i) text_puts(&t, "; ");
        add_atom(&t, d);
        if (roll(d, 6) == 0) text_puts(&t, " | "), add_atom(&t, d);
    }
    return t.s;
}

static void shadow_agrees_with_exact_answers_at_points(void **state) {
    (void)state;
    dice d = {20261122};
    for (int i = 0; i < 60; i++) {
        arena *a = arena_new();
        agrees_at_points(a, problem_of(a, random_theory(a, &d)), &d);
        arena_free(a);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shadow_holds_where_something_casts_it),
        cmocka_unit_test(shadow_agrees_with_exact_answers_at_points),
    };
    return cmocka_run_group_tests_name("shadow", tests, NULL, NULL);
}
