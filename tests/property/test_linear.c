/* Random linear theories: whatever the library says of them, an independent oracle says too.
 *
 * PROPTO_SEED and PROPTO_COUNT (or the first argument) choose other theories, or fewer. A mismatch
 * is printed with its seed and the smallest theory that still shows it.
 */
#include "compare.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { DEFAULT_COUNT = 10000, PATIENCE = 5 };

typedef struct {
    uint64_t seed;
    long count;
    sights seen;
} campaign;

/* --- making a mismatch smaller --- */

static bool still_differs(theory *t, bool all_cores, mismatch *m) {
    sights ignored = {{0}};
    return !compare_theory(t, all_cores, &ignored, m);
}

static bool try_without(theory *t, bool *part, bool all_cores, mismatch *m) {
    mismatch now;
    if (!*part) return false;
    *part = false;
    bool smaller = still_differs(t, all_cores, &now) && now.refused == m->refused;
    if (smaller) *m = now;
    *part = !smaller;
    return smaller;
}

static bool shrink_once(theory *t, bool all_cores, mismatch *m) {
    bool any = false;
    for (int i = 0; i < t->nr; i++) {
        any |= try_without(t, &t->r[i].alive, all_cores, m);
        for (int k = 0; k < t->r[i].ns; k++)
            any |= try_without(t, &t->r[i].s[k].alive, all_cores, m);
        for (int k = 0; k < t->r[i].ng; k++)
            any |= try_without(t, &t->r[i].g[k].alive, all_cores, m);
    }
    for (int i = 0; i < t->ng; i++) any |= try_without(t, &t->g[i].alive, all_cores, m);
    for (int i = 0; i < t->ns; i++) any |= try_without(t, &t->s[i].alive, all_cores, m);
    return any;
}

static void report(theory *t, bool all_cores, mismatch *m) {
    char text[MAX_TEXT];
    while (shrink_once(t, all_cores, m)) continue;
    theory_write(t, text);
    print_error("seed %llu, %s\n%s\n%s\n", (unsigned long long)t->seed,
                all_cores ? "explain" : "check", m->text, text);
}

/* --- the tests --- */

static void linear_theories_agree_with_the_oracle(void **state) {
    campaign *c = *state;
    int wrong = 0;
    for (long i = 0; i < c->count && wrong < PATIENCE; i++) {
        theory t;
        mismatch m;
        bool all_cores = i % 2;
        theory_make(&t, c->seed + (uint64_t)i);
        if (compare_theory(&t, all_cores, &c->seen, &m)) continue;
        wrong++;
        report(&t, all_cores, &m);
    }
    assert_int_equal(wrong, 0);
}

/* At least so many of each among 10,000 theories. */
static const long least[SAW_KINDS] = {
    [SAW_CONSISTENT] = 5000,
    [SAW_CONTRADICTORY] = 2000,
    [SAW_TRIVIAL] = 1000,
    [SAW_SUBSETS] = 2800,
    [SAW_CORES] = 8000,
    [SAW_SEVERAL_CORES] = 1000,
    [SAW_REPAIRS] = 14000,
    [SAW_REPAIR_ANSWERS] = 22000,
    [SAW_EXACT] = 8000,
    [SAW_COMBINATION] = 700,
    [SAW_RANGE] = 1600,
    [SAW_UNION] = 800,
    [SAW_OPEN_END] = 2800,
    [SAW_CLOSED_END] = 500,
    [SAW_UNDETERMINED] = 4500,
    [SAW_UNDEFINED] = 5000,
    [SAW_VACUOUS] = 6500,
    [SAW_RELATION] = 6500,
    [SAW_UNDETERMINED_RELATION] = 2400,
    [SAW_PROVED] = 2200,
    [SAW_REFUTED] = 1400,
    [SAW_OPEN] = 1800,
    [SAW_VACUOUS_CONCLUSION] = 2000,
    [SAW_SUPPORTS] = 16000,
    [SAW_SUPPOSITIONS] = 9000,
    [SAW_REDUNDANT] = 8000,
    [SAW_LAWS] = 350,
    [SAW_REGIMES] = 2000,
    [SAW_HARD_CONFLICTS] = 10,
};

static void every_kind_of_finding_was_compared(void **state) {
    const campaign *c = *state;
    int short_of = 0;
    assert_true(c->count > 0);
    for (int i = 0; i < SAW_KINDS; i++) {
        print_message("%8ld %s\n", c->seen.n[i], sight_names[i]);
        short_of += c->seen.n[i] < least[i] * c->count / DEFAULT_COUNT;
    }
    assert_int_equal(short_of, 0);
}

static uint64_t number(const char *text, uint64_t otherwise) {
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static campaign the_campaign;

static int set_out(void **state) {
    *state = &the_campaign;
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_theories_agree_with_the_oracle),
        cmocka_unit_test(every_kind_of_finding_was_compared),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_campaign.seed = number(getenv("PROPTO_SEED"), 1);
    the_campaign.count = (long)number(count, DEFAULT_COUNT);
    return cmocka_run_group_tests_name("linear theories", tests, set_out, NULL);
}
