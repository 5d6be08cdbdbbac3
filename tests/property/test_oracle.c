/* The oracle of the property test, against cases worked by hand and against the points of a grid
 * that is fine enough to meet every cone of a system with coefficients -1, 0, 1. */
#include "oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { X, Y, Z, GRID = 8 };

static void say(premises *p, long x, long y, long z, atom_kind is) {
    claim c = {.n = 1, .a = {{{x, y, z}, is}}};
    premises_add(p, &c);
}

static void assert_fraction(fraction x, long num, long den) {
    assert_int_equal(x.num, num);
    assert_int_equal(x.den, den);
}

static void critical_depth(void **state) {
    /* w, L, N: N = w + L, N = w, L = w, w > 0 */
    (void)state;
    premises p = {.nvars = 3};
    say(&p, 1, 1, -1, ATOM_ZERO);
    say(&p, 1, 0, -1, ATOM_ZERO);
    say(&p, 1, -1, 0, ATOM_ZERO);
    assert_int_equal(oracle_judge(&p, 7), HOLDS_TRIVIAL);
    say(&p, -1, 0, 0, ATOM_BELOW);
    assert_int_equal(oracle_judge(&p, 7), HOLDS_CONTRADICTORY);
}

static void ranges_keep_their_ends(void **state) {
    (void)state;
    const long y[ORACLE_VARS] = {0, 1}, x[ORACLE_VARS] = {1};
    interval v[ORACLE_INTERVALS];
    premises p = {.nvars = 3};
    say(&p, -1, 0, 0, ATOM_BELOW);   /* x > 0 */
    say(&p, 1, -2, 0, ATOM_AT_MOST); /* y ≥ x/2 */
    say(&p, -3, 1, 0, ATOM_BELOW);   /* y < 3x */
    assert_int_equal(oracle_ratio(&p, y, x, v), 1);
    assert_fraction(v[0].low, 1, 2);
    assert_fraction(v[0].high, 3, 1);
    assert_false(v[0].low_open);
    assert_true(v[0].high_open);
    say(&p, 1, -1, 0, ATOM_NONZERO); /* y ≠ x */
    assert_int_equal(oracle_ratio(&p, y, x, v), 2);
    assert_fraction(v[0].high, 1, 1);
    assert_true(v[0].high_open && v[1].low_open);
    say(&p, 0, 1, -1, ATOM_ZERO);
    say(&p, 1, 0, 1, ATOM_ZERO); /* y = z = -x */
    assert_int_equal(oracle_ratio(&p, y, x, v), 0);
}

static void both_sides_of_the_base_count(void **state) {
    (void)state;
    const long y[ORACLE_VARS] = {0, 1}, x[ORACLE_VARS] = {1};
    interval v[ORACLE_INTERVALS];
    premises p = {.nvars = 2};
    say(&p, 1, -1, 0, ATOM_BELOW); /* y > x: any ratio but 1, which neither side allows */
    assert_int_equal(oracle_ratio(&p, y, x, v), 2);
    assert_true(v[0].low_infinite && v[1].high_infinite);
    assert_fraction(v[0].high, 1, 1);
    say(&p, -1, 0, 0, ATOM_BELOW);
    assert_int_equal(oracle_ratio(&p, y, x, v), 1);
    assert_true(v[0].high_infinite && v[0].low_open);
}

static void combinations_exist_once_or_not(void **state) {
    (void)state;
    const long z[ORACLE_VARS] = {0, 0, 1};
    long base[2][ORACLE_VARS] = {{1}, {0, 1}};
    fraction v[2];
    premises p = {.nvars = 3};
    assert_false(oracle_combination(&p, z, base, 2, v));
    say(&p, 2, -3, -6, ATOM_ZERO); /* z = x/3 - y/2 */
    assert_true(oracle_combination(&p, z, base, 2, v));
    assert_fraction(v[0], 1, 3);
    assert_fraction(v[1], -1, 2);
    premises q = p;
    say(&q, 1, -1, 0, ATOM_ZERO);
    assert_false(oracle_combination(&q, z, base, 2, v));
    say(&p, 0, 1, 0, ATOM_AT_MOST); /* y ≤ 0 and y ≥ 0: an equation in disguise */
    assert_true(oracle_combination(&p, z, base, 2, v));
    say(&p, 0, -1, 0, ATOM_AT_MOST);
    assert_false(oracle_combination(&p, z, base, 2, v));
    say(&p, 1, 0, 0, ATOM_NONZERO);
    assert_true(oracle_combination(&p, z, base, 1, v));
    assert_fraction(v[0], 1, 3);
}

static uint64_t next(uint64_t *s) {
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static bool atom_holds(const atom *a, long x, long y, long z) {
    long s = a->c[0] * x + a->c[1] * y + a->c[2] * z;
    switch (a->is) {
    case ATOM_ZERO:
        return s == 0;
    case ATOM_AT_MOST:
        return s <= 0;
    case ATOM_BELOW:
        return s < 0;
    case ATOM_NONZERO:
        return s != 0;
    }
    return false;
}

static bool premises_hold(const premises *p, long x, long y, long z) {
    for (int i = 0; i < p->n; i++)
        if (!atom_holds(&p->a[i], x, y, z)) return false;
    return true;
}

typedef struct {
    bool sat, scales;
    unsigned signs; /* of x */
    int n;
    fraction ratio[4913]; /* y / x */
} grid;

static void walk(const premises *p, grid *g) {
    for (long x = -GRID; x <= GRID; x++)
        for (long y = -GRID; y <= GRID; y++)
            for (long z = -GRID; z <= GRID; z++) {
                if (!premises_hold(p, x, y, z)) continue;
                g->sat = true;
                g->scales = g->scales || x || y || z;
                g->signs |= x < 0 ? ORACLE_NEGATIVE : x ? ORACLE_POSITIVE : ORACLE_ZERO;
                if (x) g->ratio[g->n++] = fraction_of(y, x);
            }
}

static bool inside(const interval *v, fraction x) {
    int lo = v->low_infinite ? 1 : fraction_cmp(x, v->low);
    int hi = v->high_infinite ? -1 : fraction_cmp(x, v->high);
    return (lo > 0 || (lo == 0 && !v->low_open)) && (hi < 0 || (hi == 0 && !v->high_open));
}

static bool attained(const grid *g, fraction x) {
    for (int i = 0; i < g->n; i++)
        if (!fraction_cmp(g->ratio[i], x)) return true;
    return false;
}

/* The points of the grid lie in the intervals; closed ends, and a point inside each, are met. */
static void assert_covers(const grid *g, const interval *v, int n) {
    for (int i = 0; i < g->n; i++) {
        int in = 0;
        for (int k = 0; k < n; k++) in += inside(&v[k], g->ratio[i]);
        assert_int_equal(in, 1);
    }
    for (int k = 0; k < n; k++) {
        bool met = false;
        for (int i = 0; i < g->n && !met; i++) met = inside(&v[k], g->ratio[i]);
        assert_true(met);
        if (!v[k].low_open) assert_true(attained(g, v[k].low));
        if (!v[k].high_open) assert_true(attained(g, v[k].high));
    }
}

static void oracle_agrees_with_a_grid(void **state) {
    (void)state;
    const long x[ORACLE_VARS] = {1}, y[ORACLE_VARS] = {0, 1};
    int verdicts[3] = {0}, several = 0;
    uint64_t seed = 1;
    static grid g;
    for (int round = 0; round < 2000; round++) {
        premises p = {.nvars = 3};
        interval v[ORACLE_INTERVALS];
        for (int i = (int)(next(&seed) % 7); i >= 0; i--)
            say(&p, (long)(next(&seed) % 3) - 1, (long)(next(&seed) % 3) - 1,
                (long)(next(&seed) % 3) - 1, (atom_kind)(next(&seed) % 4));
        g.n = 0;
        g.sat = g.scales = false;
        g.signs = 0;
        walk(&p, &g);
        oracle_verdict verdict = oracle_judge(&p, 7);
        assert_int_equal(verdict, !g.sat     ? HOLDS_CONTRADICTORY
                                  : g.scales ? HOLDS_CONSISTENT
                                             : HOLDS_TRIVIAL);
        assert_int_equal(oracle_signs(&p, x), g.signs);
        int n = oracle_ratio(&p, y, x, v);
        assert_covers(&g, v, n);
        verdicts[verdict]++;
        several += n > 1;
    }
    print_message("%d %d %d %d\n", verdicts[0], verdicts[1], verdicts[2], several);
    for (int i = 0; i < 3; i++) assert_true(verdicts[i] > 20);
    assert_true(several > 40);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(critical_depth),
        cmocka_unit_test(ranges_keep_their_ends),
        cmocka_unit_test(both_sides_of_the_base_count),
        cmocka_unit_test(combinations_exist_once_or_not),
        cmocka_unit_test(oracle_agrees_with_a_grid),
    };
    return cmocka_run_group_tests_name("the oracle of the property test", tests, NULL, NULL);
}
