/* The values of one unknown: intervals between closed forms, by cases of the parameters. Each
 * answer is compared with the formula itself at many points. */
#include "parametric_text.h"

#include "analysis/line.h"
#include "render/law.h"

enum { Z = 'z' - 'a' };

typedef struct {
    arena *a;
    const problem *p;
    const formula *f, *domain;
    const answer_case *cases;
    int n;
    bool ok;
} solved;

/* The unknown is z; everywhere: also where no value is possible. */
static solved solve(arena *a, const problem *p, const formula *f, bool everywhere) {
    solved s = {.a = a, .p = p, .f = f};
    const char *why;
    budget b;
    budget_init(&b);
    engine *e = engine_open(p, &b);
    s.domain = everywhere ? formula_all(a, NULL, 0) : line_domain(e, a, f);
    s.ok = s.domain && line_cases(e, a, f, s.domain, Z, &s.cases, &s.n, &why);
    engine_close(e);
    return s;
}

static solved solve_text(arena *a, const char *z, bool everywhere) {
    const problem *p = problem_of(a, z);
    const formula **all = NEW_ARRAY(a, const formula *, p->nfacts);
    problem *none = NEW(a, problem);
    for (int i = 0; i < p->nfacts; i++) all[i] = p->facts[i].claim;
    *none = *p;
    none->nfacts = 0;
    return solve(a, none, formula_all(a, all, p->nfacts), everywhere);
}

/* --- as text --- */

static void add_interval(arena *a, text *t, const interval *r) {
    bool one = !r->low_infinite && !r->high_infinite && coef_eq(r->low, r->high);
    if (one) {
        text_puts(t, coef_text(a, r->low));
        return;
    }
    text_addf(t, "%c%s, ", r->low_open ? '(' : '[', r->low_infinite ? "-" : coef_text(a, r->low));
    text_addf(t, "%s%c", r->high_infinite ? "-" : coef_text(a, r->high), r->high_open ? ')' : ']');
}

static const char *told(const solved *s) {
    text t = text_new(s->a);
    for (int i = 0; i < s->n; i++) {
        const answer_case *c = &s->cases[i];
        str when = law_conditions(s->a, s->p, c);
        if (i) text_puts(&t, "; ");
        if (when.n) text_addf(&t, "%.*s: ", (int)when.n, when.s);
        if (c->nranges == 0) text_puts(&t, "none");
        for (int k = 0; k < c->nranges; k++) {
            if (k) text_puts(&t, " ");
            add_interval(s->a, &t, &c->ranges[k]);
        }
    }
    return s->ok ? text_str(&t).s : "not found";
}

typedef struct {
    const char *formula, *want;
    bool everywhere;
} row;

static void check(const row *rows, size_t n) {
    for (size_t i = 0; i < n; i++) {
        arena *a = arena_new();
        solved s = solve_text(a, rows[i].formula, rows[i].everywhere);
        const char *got = told(&s);
        if (strcmp(got, rows[i].want) != 0) fail_msg("%s\n  %s", rows[i].formula, got);
        arena_free(a);
    }
}
#define CHECK(rows) check((rows), sizeof(rows) / sizeof *(rows))

static void ends_are_open_and_closed_as_they_are(void **state) {
    (void)state;
    static const row rows[] = {
        {"z >= a; z < b", "[a, b)", false},
        {"z > a & z <= 2b", "(a, 2b]", false},
        {"z = a", "a", false},
        {"z >= a; z <= a", "a", false},
        {"z != a", "(-, a) (a, -)", false},
        {"z >= a; z != a; z <= b", "(a, b]", false},
        {"z >= 0 & z <= 1 | z = 2", "[0, 1] 2", false},
        {"z < 0 | z >= 0", "(-, -)", false},
        {"z > 0 & z < 1 | z >= 1 & z < 2", "(0, 2)", false},
        {"z > 0; z < 0", "", false},
    };
    CHECK(rows);
}

/* --- at points --- */

static bool in_interval(arena *a, const interval *r, rat z, const coef *x) {
    rat low, high;
    if (!r->low_infinite) {
        if (!coef_value(a, r->low, x, &low)) return false;
        int c = rat_cmp(low, z);
        if (c > 0 || (c == 0 && r->low_open)) return false;
    }
    if (!r->high_infinite) {
        if (!coef_value(a, r->high, x, &high)) return false;
        int c = rat_cmp(z, high);
        if (c > 0 || (c == 0 && r->high_open)) return false;
    }
    return true;
}

static bool applies(arena *a, const answer_case *c, const coef *x) {
    for (int i = 0; i < c->nwhen; i++)
        if (!formula_holds(a, c->when[i], x)) return false;
    return true;
}

/* Every case that applies agrees with the formula at z, and one applies. */
static void assert_right_at(const solved *s, coef *x, rat z, const char *what) {
    int applied = 0;
    x[Z] = coef_of(z);
    bool holds = formula_holds(s->a, s->f, x);
    if (!formula_holds(s->a, s->domain, x)) {
        if (holds) fail_msg("outside the domain: %s", what);
        return;
    }
    for (int i = 0; i < s->n; i++) {
        bool in = false;
        if (!applies(s->a, &s->cases[i], x)) continue;
        applied++;
        for (int k = 0; k < s->cases[i].nranges; k++)
            in = in || in_interval(s->a, &s->cases[i].ranges[k], z, x);
        if (in != holds) fail_msg("%s at z = %s: %s", what, rat_text(s->a, z), told(s));
    }
    if (!applied) fail_msg("no case: %s: %s", what, told(s));
}

static int roll(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

static void assert_right(const solved *s, uint64_t *seed, const char *what) {
    coef x[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) x[i] = coef_int(0);
    for (int round = 0; round < 30; round++) {
        for (int i = 0; i < 3; i++)
            x[i] = coef_of(rat_frac(s->a, roll(seed, 9) - 4, 1 + roll(seed, 2)));
        for (int at = -12; at <= 12; at++) assert_right_at(s, x, rat_frac(s->a, at, 3), what);
    }
}

static void what_depends_on_signs_is_told_by_cases(void **state) {
    (void)state;
    static const struct {
        const char *formula;
        bool everywhere;
        int cases;
    } rows[] = {
        {"z <= a; z <= b; z >= 0", false, 2},
        {"a z <= b; a != 0", false, 2},
        {"z = a | z = b", false, 2},
        {"z >= a; z <= b", false, 1},
        {"z = b; a = 1", false, 1},
        /* where all parameters are asked about, no value is a case too */
        {"z >= a; z <= b", true, 2},
        {"z = b; a = 1", true, 2},
        {"z > a | z <= a", true, 1},
    };
    uint64_t seed = 3;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena *a = arena_new();
        solved s = solve_text(a, rows[i].formula, rows[i].everywhere);
        if (!s.ok || s.n != rows[i].cases) fail_msg("%s\n  %s", rows[i].formula, told(&s));
        assert_right(&s, &seed, rows[i].formula);
        arena_free(a);
    }
}

static const char *some_atom(arena *a, uint64_t *seed) {
    static const char *const slope[] = {"z", "a z", "(a - b) z", "-z", "2z", "z", "(1 + c) z"};
    static const char *const rest[] = {"a", "b", "1", "0", "a + b", "a b", "2c", "a - 1", "b c"};
    static const char *const sign[] = {"<", "<=", "=", "!=", ">=", ">"};
    return formatted(a, "%s %s %s", slope[roll(seed, 7)], sign[roll(seed, 6)], rest[roll(seed, 9)]);
}

static const char *some_formula(arena *a, uint64_t *seed) {
    static const char *const glue[] = {" & ", " | ", "; "};
    text t = text_new(a);
    int n = 1 + roll(seed, 3);
    for (int i = 0; i < n; i++) {
        if (i) text_puts(&t, glue[roll(seed, 3)]);
        text_puts(&t, some_atom(a, seed));
    }
    if (roll(seed, 3) == 0) text_puts(&t, "; a != b");
    if (roll(seed, 3) == 0) text_puts(&t, "; a > 0");
    return text_str(&t).s;
}

static void the_cases_are_right_at_every_point(void **state) {
    (void)state;
    uint64_t seed = 11;
    int found = 0, several = 0;
    for (int round = 0; round < 40; round++) {
        arena *a = arena_new();
        const char *chosen = some_formula(a, &seed);
        solved s = solve_text(a, chosen, round % 2);
        if (s.ok) assert_right(&s, &seed, chosen);
        found += s.ok;
        several += s.n > 1;
        arena_free(a);
    }
    assert_true(found >= 35 && several >= 20);
}

/* --- a parameter as the unknown --- */

static void a_parameter_becomes_the_unknown_where_its_factors_are_linear(void **state) {
    (void)state;
    static const struct {
        const char *formula;
        bool linear;
    } rows[] = {
        {"a b <= 1 & a > 0", true},
        {"(a - 1)(a - 2) < 0", true},
        {"a a <= 0", true},
        {"a a (a - 1) > 0 | b = 1", true},
        {"a a = 2", false},
        {"a a < b", false},
        {"(a - b)(a + b)(a - 1) = 0", true},
        {"x < a", false},
    };
    uint64_t seed = 5;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, rows[i].formula);
        const formula *f = p->facts[0].claim, *g = line_over_parameter(a, f, 0, Z);
        assert_int_equal(g != NULL, rows[i].linear);
        coef x[SYMBOLS];
        for (int k = 0; k < SYMBOLS; k++) x[k] = coef_int(0);
        for (int round = 0; g && round < 200; round++) {
            coef at = coef_of(rat_frac(a, roll(&seed, 13) - 6, 2));
            x[1] = coef_int(roll(&seed, 7) - 3);
            x[0] = at;
            bool holds = formula_holds(a, f, x);
            const formula *back = line_put_back(a, g, coef_parameter(a, p->field, 0));
            assert_int_equal(formula_holds(a, back, x), holds);
            x[0] = coef_int(77);
            x[Z] = at;
            assert_int_equal(formula_holds(a, g, x), holds);
        }
        arena_free(a);
    }
}

static void a_point_is_an_equation(void **state) {
    (void)state;
    arena *a = arena_new();
    interval point = {.low = coef_int(2), .high = coef_int(2)};
    const formula *f = line_within(a, Z, &point, 1);
    assert_true(f->kind == FORMULA_ATOM && f->rel == REL_EQ);
    point.high_open = true;
    assert_int_equal(line_within(a, Z, &point, 1)->n, 2);
    assert_int_equal(line_within(a, Z, NULL, 0)->n, 0);
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ends_are_open_and_closed_as_they_are),
        cmocka_unit_test(what_depends_on_signs_is_told_by_cases),
        cmocka_unit_test(the_cases_are_right_at_every_point),
        cmocka_unit_test(a_parameter_becomes_the_unknown_where_its_factors_are_linear),
        cmocka_unit_test(a_point_is_an_equation),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
