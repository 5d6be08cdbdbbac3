/* Random theories with sums, max, min, alternatives and conditions: what the library says of them
 * is held against all of their cases, one by one.
 *
 * Verdicts, answers, conclusions, cores, repairs and supports are compared. PROPTO_SEED and
 * PROPTO_COUNT (or the first argument) choose other theories, or fewer. A mismatch is printed with
 * its seed and the smallest theory that still shows it.
 */
#include "answer.h"
#include "cases.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { DEFAULT_COUNT = 2000, PATIENCE = 5, WORKERS = 2 };

typedef enum {
    SAW_CONSISTENT, /* in the order of oracle_verdict */
    SAW_CONTRADICTORY,
    SAW_TRIVIAL,
    SAW_EXACT,
    SAW_RANGE,
    SAW_UNION,
    SAW_UNDETERMINED,
    SAW_UNDEFINED,
    SAW_VACUOUS,
    SAW_RELATION,
    SAW_PROVED, /* in the order of rulings */
    SAW_REFUTED,
    SAW_OPEN,
    SAW_VACUOUS_CONCLUSION,
    SAW_SUPPORT,
    SAW_CORE,
    SAW_REPAIR,
    SAW_UNKNOWN,
    SAW_KINDS
} sight;

static const char *const sight_names[SAW_KINDS] = {
    "consistent",   "contradictory",       "trivial",  "exact",    "range",   "union",
    "undetermined", "undefined",           "vacuous",  "relation", "proved",  "refuted",
    "open",         "vacuous conclusions", "supports", "cores",    "repairs", "unknown",
};

typedef struct {
    uint64_t seed;
    long count, n[SAW_KINDS];
} campaign;

static campaign the_campaign;

typedef struct {
    campaign *c;
    case_theory t;
    unsigned all; /* the laws that are alive, a bit each */
    oracle_verdict verdict;
    char wrong[4096]; /* empty: nothing is */
} trial;

__attribute__((format(printf, 2, 3))) static bool differ(trial *x, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (!x->wrong[0]) vsnprintf(x->wrong, sizeof x->wrong, format, args);
    va_end(args);
    return false;
}

static void saw(trial *x, sight what) {
    x->c->n[what]++;
}

static const cJSON *member_of(const cJSON *o, const char *member) {
    return cJSON_GetObjectItemCaseSensitive(o, member);
}

/* --- by the oracle, over all cases --- */

/* The laws in the set, and up to two more. */
static bool walk(const trial *x, unsigned set, const cases *one, const cases *two,
                 case_visitor *visit, void *data) {
    const cases *list[CASE_LAWS + 2];
    int n = 0;
    for (int i = 0; i < x->t.nlaws; i++)
        if (set >> i & 1) list[n++] = &x->t.law[i].holds;
    if (one) list[n++] = one;
    if (two) list[n++] = two;
    return cases_walk(x->t.nvars, list, n, visit, data);
}

static bool possible(const trial *x, unsigned set, const cases *one, const cases *two) {
    return walk(x, set, one, two, NULL, NULL);
}

static bool some_scale(const premises *p, void *data) {
    return oracle_scales(p, *(const unsigned *)data);
}

static bool scales(const trial *x, unsigned set) {
    unsigned quantities = x->t.quantities;
    return walk(x, set, NULL, NULL, some_scale, &quantities);
}

static oracle_verdict judge(const trial *x) {
    if (!possible(x, x->all, NULL, NULL)) return HOLDS_CONTRADICTORY;
    return scales(x, x->all) ? HOLDS_CONSISTENT : HOLDS_TRIVIAL;
}

typedef struct {
    long target[ORACLE_VARS], base[ORACLE_VARS];
    interval v[2 * ORACLE_INTERVALS];
    int n;
    unsigned signs;
} asked;

static bool collect_ratio(const premises *p, void *data) {
    asked *a = data;
    a->n += oracle_ratio(p, a->target, a->base, a->v + a->n);
    a->n = intervals_unite(a->v, a->n);
    if (a->n > ORACLE_INTERVALS) abort();
    return false;
}

static bool collect_signs(const premises *p, void *data) {
    asked *a = data;
    a->signs |= oracle_signs(p, a->target);
    return a->signs == (ORACLE_NEGATIVE | ORACLE_ZERO | ORACLE_POSITIVE);
}

static const cases *condition(const case_goal *g) {
    return g->when.text[0] ? &g->when.holds : NULL;
}

/* --- answers --- */

static bool is_everything(const asked *a) {
    return a->n == 1 && a->v[0].low_infinite && a->v[0].high_infinite;
}

static bool is_point(const asked *a) {
    return a->n == 1 && !a->v[0].low_infinite && !a->v[0].high_infinite &&
           !fraction_cmp(a->v[0].low, a->v[0].high);
}

static bool compare_values(trial *x, const asked *a, const cJSON *json) {
    interval said[ORACLE_INTERVALS];
    const char *kind = is_everything(a) ? "undetermined" : is_point(a) ? "exact" : "range";
    int n = answer_has(json, "kind", kind) ? answer_values(json, said) : ANSWER_UNREAD;
    if (!intervals_equal(a->v, a->n, said, n))
        return differ(x, "%s %s expected: %s", kind, intervals_shown(a->v, a->n),
                      answer_shown(json));
    saw(x, is_everything(a) ? SAW_UNDETERMINED
           : is_point(a)    ? SAW_EXACT
           : a->n > 1       ? SAW_UNION
                            : SAW_RANGE);
    return true;
}

static bool compare_kind(trial *x, const cJSON *json, const char *kind, sight what) {
    if (!answer_has(json, "kind", kind))
        return differ(x, "%s expected: %s", kind, answer_shown(json));
    saw(x, what);
    return true;
}

static bool compare_ratio(trial *x, const case_goal *g, const cJSON *json) {
    asked a = {.n = 0};
    a.target[g->target] = a.base[g->base] = 1;
    walk(x, x->all, condition(g), NULL, collect_ratio, &a);
    if (a.n == 0) return compare_kind(x, json, "undefined", SAW_UNDEFINED);
    return compare_values(x, &a, json);
}

static bool compare_relation(trial *x, const case_goal *g, const cJSON *json) {
    static const char *const relation[8] = {"",  "≪",           "∝", "≲", "≫", "undetermined",
                                            "≳", "undetermined"};
    asked a = {.signs = 0};
    a.target[g->target] += 1;
    if (g->base != g->target) a.target[g->base] -= 1;
    walk(x, x->all, condition(g), NULL, collect_signs, &a);
    if (!answer_has(json, "kind", "exact") || !answer_has(json, "relation", relation[a.signs]))
        return differ(x, "the relation %s expected: %s", relation[a.signs], answer_shown(json));
    saw(x, SAW_RELATION);
    return true;
}

static bool compare_answer(trial *x, const case_goal *g, const cJSON *json) {
    if (answer_has(json, "kind", "unknown")) {
        saw(x, SAW_UNKNOWN);
        return true;
    }
    if (!possible(x, x->all, condition(g), NULL))
        return compare_kind(x, json, "vacuous", SAW_VACUOUS);
    return g->kind == CASE_RATIO ? compare_ratio(x, g, json) : compare_relation(x, g, json);
}

/* --- sets of laws --- */

static bool label_set(const trial *x, const cJSON *list, unsigned *set) {
    const cJSON *item;
    *set = 0;
    if (!cJSON_IsArray(list)) return false;
    cJSON_ArrayForEach(item, list) {
        int line = 0, i = 0;
        if (!cJSON_IsString(item) || sscanf(item->valuestring, "@%d", &line) != 1) return false;
        while (i < x->t.nlaws && (!x->t.law[i].alive || x->t.law[i].line != line)) i++;
        if (i == x->t.nlaws || *set >> i & 1) return false;
        *set |= 1u << i;
    }
    return true;
}

/* Of a trivial theory: nothing scales. */
static bool conflict(const trial *x, unsigned set) {
    return x->verdict == HOLDS_TRIVIAL ? !scales(x, set) : !possible(x, set, NULL, NULL);
}

static bool is_core(const trial *x, unsigned set) {
    if (!conflict(x, set)) return false;
    for (int i = 0; i < x->t.nlaws; i++)
        if (set >> i & 1 && conflict(x, set & ~(1u << i))) return false;
    return true;
}

static bool is_repair(const trial *x, unsigned drop) {
    if (conflict(x, x->all & ~drop)) return false;
    for (int i = 0; i < x->t.nlaws; i++)
        if (drop >> i & 1 && !conflict(x, x->all & ~(drop & ~(1u << i)))) return false;
    return true;
}

typedef bool set_check(const trial *x, unsigned set);

static int count_sets(const trial *x, set_check *check) {
    int n = 0;
    for (unsigned set = 0; set <= x->all; set++) n += !(set & ~x->all) && check(x, set);
    return n;
}

static bool compare_sets(trial *x, const cJSON *list, const char *member, set_check *check,
                         sight what) {
    const cJSON *item;
    unsigned set;
    cJSON_ArrayForEach(item, list) {
        if (!label_set(x, member ? member_of(item, member) : item, &set) || !check(x, set))
            return differ(x, "no %s: %s", sight_names[what], answer_shown(item));
        saw(x, what);
    }
    return true;
}

/* `check` shows one core, and every repair. */
static bool compare_conflict(trial *x, const cJSON *o) {
    const cJSON *repairs = member_of(o, "repairs");
    if (cJSON_GetArraySize(member_of(o, "cores")) != 1)
        return differ(x, "one core expected: %s", answer_shown(member_of(o, "cores")));
    if (cJSON_GetArraySize(repairs) != count_sets(x, is_repair))
        return differ(x, "%d repairs expected: %s", count_sets(x, is_repair),
                      answer_shown(repairs));
    return compare_sets(x, member_of(o, "cores"), NULL, is_core, SAW_CORE) &&
           compare_sets(x, repairs, "drop", is_repair, SAW_REPAIR);
}

/* --- conclusions --- */

typedef enum { PROVED, REFUTED, OPEN, VACUOUS } ruling;

static ruling rule(const trial *x, const case_goal *g) {
    if (!possible(x, x->all, condition(g), NULL)) return VACUOUS;
    if (!possible(x, x->all, condition(g), &g->says.fails)) return PROVED;
    return possible(x, x->all, condition(g), &g->says.holds) ? OPEN : REFUTED;
}

/* Nothing of the set, nor the condition if it is used, can be spared. */
static bool is_support(const trial *x, const case_goal *g, unsigned set, bool supposed,
                       const cases *excluded) {
    const cases *when = supposed ? condition(g) : NULL;
    if (supposed && !when) return false;
    if (possible(x, set, when, excluded)) return false;
    if (supposed && !possible(x, set, NULL, excluded)) return false;
    for (int i = 0; i < x->t.nlaws; i++)
        if (set >> i & 1 && !possible(x, set & ~(1u << i), when, excluded)) return false;
    return true;
}

static bool compare_support(trial *x, const case_goal *g, ruling r, const cJSON *json) {
    unsigned set;
    bool supposed = cJSON_IsTrue(member_of(json, "supposed"));
    if (!label_set(x, member_of(json, "support"), &set) ||
        !is_support(x, g, set, supposed, r == PROVED ? &g->says.fails : &g->says.holds))
        return differ(x, "no support: %s", answer_shown(json));
    saw(x, SAW_SUPPORT);
    return true;
}

static bool compare_conclusion(trial *x, const case_goal *g, const cJSON *json) {
    static const char *const name[] = {"proved", "refuted", "open", "vacuous"};
    if (answer_has(json, "verdict", "unknown")) {
        saw(x, SAW_UNKNOWN);
        return true;
    }
    ruling r = rule(x, g);
    if (!answer_has(json, "verdict", name[r]))
        return differ(x, "%s expected: %s", name[r], answer_shown(json));
    saw(x, (sight)(SAW_PROVED + (int)r));
    return r > REFUTED || compare_support(x, g, r, json);
}

/* --- one theory --- */

static const cJSON *at_line(const cJSON *list, int line) {
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        const cJSON *at = member_of(item, "line");
        if (cJSON_IsNumber(at) && at->valueint == line) return item;
    }
    return NULL;
}

static bool compare_goals(trial *x, const cJSON *o) {
    for (int i = 0; i < x->t.ngoals; i++) {
        const case_goal *g = &x->t.goal[i];
        bool told = g->kind == CASE_CONCLUSION;
        const cJSON *json = at_line(member_of(o, told ? "conclusions" : "answers"), g->says.line);
        if (!g->says.alive) continue;
        if (!json) return differ(x, "nothing about line %d", g->says.line);
        if (!(told ? compare_conclusion(x, g, json) : compare_answer(x, g, json))) return false;
    }
    return true;
}

static bool compare_finding(trial *x, const cJSON *o) {
    static const char *const name[] = {"consistent", "contradictory", "trivial"};
    if (answer_has(o, "verdict", "unknown")) {
        saw(x, SAW_UNKNOWN);
        return true;
    }
    x->verdict = judge(x);
    if (!answer_has(o, "verdict", name[x->verdict]))
        return differ(x, "%s expected: %s", name[x->verdict], answer_text(o, "verdict"));
    saw(x, (sight)(SAW_CONSISTENT + (int)x->verdict));
    return (x->verdict == HOLDS_CONSISTENT || compare_conflict(x, o)) && compare_goals(x, o);
}

static bool try_theory(campaign *c, case_theory *t, char *wrong, size_t size) {
    char text[CASE_THEORY];
    trial *x = calloc(1, sizeof *x);
    if (!x) abort();
    cases_write(t, text);
    x->c = c;
    x->t = *t;
    for (int i = 0; i < t->nlaws; i++) x->all |= t->law[i].alive ? 1u << i : 0;
    cJSON *o = answer_check(text, x->wrong, sizeof x->wrong);
    bool ok = o && compare_finding(x, o);
    cJSON_Delete(o);
    snprintf(wrong, size, "%s", x->wrong);
    free(x);
    return ok;
}

/* --- the campaign --- */

static bool is_refused(const char *wrong) {
    return !strncmp(wrong, "exit code", 9);
}

/* Leaves a part out as long as something of the same sort is wrong without it. */
static bool try_without(case_theory *t, bool *part, char *wrong, size_t size) {
    campaign ignored = {0};
    char now[4096];
    if (!*part) return false;
    *part = false;
    bool smaller =
        !try_theory(&ignored, t, now, sizeof now) && is_refused(now) == is_refused(wrong);
    if (smaller) snprintf(wrong, size, "%s", now);
    *part = !smaller;
    return smaller;
}

static bool shrink_once(case_theory *t, char *wrong, size_t size) {
    bool any = false;
    for (int i = 0; i < t->ngoals; i++) any |= try_without(t, &t->goal[i].says.alive, wrong, size);
    for (int i = 0; i < t->nlaws; i++) any |= try_without(t, &t->law[i].alive, wrong, size);
    return any;
}

static void report(case_theory *t, char *wrong, size_t size) {
    char text[CASE_THEORY];
    while (shrink_once(t, wrong, size)) continue;
    cases_write(t, text);
    print_error("seed %llu\n%s\n%s\n", (unsigned long long)t->seed, wrong, text);
}

/* Every WORKERS-th theory from the first on; gives up where too many are wrong. */
static int compare_share(campaign *c, long first) {
    static case_theory t;
    int wrong = 0;
    for (long i = first; i < c->count && wrong < PATIENCE; i += WORKERS) {
        char what[4096];
        cases_make(&t, c->seed + (uint64_t)i);
        if (try_theory(c, &t, what, sizeof what)) continue;
        wrong++;
        report(&t, what, sizeof what);
    }
    return wrong;
}

/* A share in a process of its own, which sends what it counted. */
static int start_share(const campaign *c, long first, pid_t *pid) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *pid = fork();
    assert_true(*pid >= 0);
    if (*pid == 0) {
        campaign own = *c;
        int wrong = compare_share(&own, first);
        bool sent = write(ends[1], &own, sizeof own) == (ssize_t)sizeof own;
        _exit(wrong || !sent);
    }
    close(ends[1]);
    return ends[0];
}

static void every_case_is_covered(void **state) {
    campaign *c = *state, own = {0};
    pid_t pid[WORKERS];
    int from[WORKERS], status;
    for (int i = 0; i < WORKERS; i++) from[i] = start_share(c, i, &pid[i]);
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(read(from[i], &own, sizeof own), sizeof own);
        close(from[i]);
        for (int k = 0; k < SAW_KINDS; k++) c->n[k] += own.n[k];
    }
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
        assert_int_equal(status, 0);
    }
}

/* At least so many of each among 2,000 theories. */
static const long least[SAW_KINDS] = {
    [SAW_CONSISTENT] = 1200,  [SAW_CONTRADICTORY] = 300,
    [SAW_TRIVIAL] = 50,       [SAW_EXACT] = 450,
    [SAW_RANGE] = 150,        [SAW_UNION] = 200,
    [SAW_UNDETERMINED] = 350, [SAW_UNDEFINED] = 130,
    [SAW_VACUOUS] = 700,      [SAW_RELATION] = 1200,
    [SAW_PROVED] = 200,       [SAW_REFUTED] = 250,
    [SAW_OPEN] = 800,         [SAW_VACUOUS_CONCLUSION] = 400,
    [SAW_SUPPORT] = 450,      [SAW_CORE] = 350,
    [SAW_REPAIR] = 1000,
};

static void every_kind_of_finding_was_compared(void **state) {
    const campaign *c = *state;
    int short_of = 0;
    assert_true(c->count > 0);
    for (int i = 0; i < SAW_KINDS; i++) {
        print_message("%8ld %s\n", c->n[i], sight_names[i]);
        short_of += c->n[i] < least[i] * c->count / DEFAULT_COUNT;
    }
    if (c->count < DEFAULT_COUNT / 4) skip(); /* few need not show every kind */
    assert_int_equal(short_of, 0);
}

static void nothing_is_unknown(void **state) {
    assert_int_equal(((const campaign *)*state)->n[SAW_UNKNOWN], 0);
}

static uint64_t number(const char *text, uint64_t otherwise) {
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static int set_out(void **state) {
    *state = &the_campaign;
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_covered),
        cmocka_unit_test(every_kind_of_finding_was_compared),
        cmocka_unit_test(nothing_is_unknown),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_campaign.seed = number(getenv("PROPTO_SEED"), 1);
    the_campaign.count = (long)number(count, DEFAULT_COUNT);
    return cmocka_run_group_tests_name("theories of many cases", tests, set_out, NULL);
}
