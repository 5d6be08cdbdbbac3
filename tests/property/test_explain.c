/* Random contradictory and trivial theories of up to twelve statements: `explain` lists exactly the
 * cores and the repairs that all subsets, put to an independent oracle, come to.
 *
 * PROPTO_SEED and PROPTO_COUNT (or the first argument) choose other theories, or fewer.
 */
#include "oracle.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include <cmocka.h>
#include "session.h"

enum { DEFAULT_COUNT = 1000, MOST = 12, MOST_VARS = 7, TEXT = 2048, PATIENCE = 3 };

/* --- random theories --- */

typedef struct {
    claim c[MOST];
    bool given[MOST];
    int n, nvars;
    char text[TEXT];
    size_t used;
} theory;

static int below(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

__attribute__((format(printf, 2, 3))) static void put(theory *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    t->used += (size_t)vsnprintf(t->text + t->used, TEXT - t->used, format, args);
    va_end(args);
    assert_true(t->used < TEXT);
}

static char letter(int var) {
    return (char)('a' + var);
}

/* left - right REL 0, or the other way round for ≳ and ≫. */
static void add_relation(theory *t, uint64_t *seed, atom *to) {
    static const struct {
        const char *sign;
        atom_kind is;
        int turn;
    } signs[] = {{"~", ATOM_ZERO, 1},   {"~", ATOM_ZERO, 1},      {"~", ATOM_ZERO, 1},
                 {"~", ATOM_ZERO, 1},   {"~", ATOM_ZERO, 1},      {"<~", ATOM_AT_MOST, 1},
                 {"<<", ATOM_BELOW, 1}, {">~", ATOM_AT_MOST, -1}, {">>", ATOM_BELOW, -1}};
    int s = below(seed, sizeof signs / sizeof *signs), left = below(seed, t->nvars);
    int factors = 1 + below(seed, 2);
    to->is = signs[s].is;
    to->c[left] += signs[s].turn;
    put(t, "%c %s", letter(left), signs[s].sign);
    for (int i = 0; i < factors; i++) {
        static const int powers[] = {1, 1, 2, -1};
        int var = below(seed, t->nvars), power = powers[below(seed, 4)];
        to->c[var] -= signs[s].turn * power;
        put(t, " %c^%d", letter(var), power);
    }
}

static void add_growth(theory *t, uint64_t *seed, claim *to) {
    static const struct {
        const char *one, *two;
        atom_kind is;
        int sign;
    } kinds[] = {{"grows", "grow", ATOM_BELOW, -1},
                 {"shrinks", "shrink", ATOM_BELOW, 1},
                 {"fixed", "fixed", ATOM_ZERO, 1},
                 {"scales", "scale", ATOM_NONZERO, 1}};
    int k = below(seed, 6), first = below(seed, t->nvars), n = 1 + (below(seed, 5) == 0);
    if (k > 3) k = 0;
    for (int i = 0; i < n; i++) {
        int var = (first + i) % t->nvars;
        put(t, "%s%c", i ? ", " : "", letter(var));
        to->a[i].is = kinds[k].is;
        to->a[i].c[var] = kinds[k].sign;
    }
    to->n = n;
    put(t, " %s", n > 1 ? kinds[k].two : kinds[k].one);
}

static void make(theory *t, uint64_t seed) {
    memset(t, 0, sizeof *t);
    t->n = 3 + below(&seed, MOST - 2);
    t->nvars = 2 + below(&seed, MOST_VARS - 1);
    bool growth = below(&seed, 2); /* without it a theory can be trivial */
    put(t, "quantity");
    for (int i = 0; i < t->nvars; i++) put(t, "%s %c", i ? "," : "", letter(i));
    for (int i = 0; i < t->n; i++) {
        t->given[i] = below(&seed, 10) == 0;
        put(t, "\nS%d: ", i);
        if (t->given[i]) t->used -= (size_t)snprintf(NULL, 0, "S%d: ", i);
        if (t->given[i]) put(t, "given S%d: ", i);
        t->c[i].n = 1;
        if (!growth || below(&seed, 4))
            add_relation(t, &seed, &t->c[i].a[0]);
        else
            add_growth(t, &seed, &t->c[i]);
    }
    put(t, "\n");
}

/* --- all subsets --- */

typedef struct {
    unsigned hard, soft;
    bool holds[1 << MOST]; /* of sets of soft statements, with the given ones */
    unsigned every, some;  /* statements in every core, in some */
    int cores, repairs;
} truth;

static premises taken(const theory *t, unsigned set) {
    premises p = {.nvars = t->nvars};
    for (int i = 0; i < t->n; i++)
        if (set >> i & 1) premises_add(&p, &t->c[i]);
    return p;
}

static unsigned all_vars(const theory *t) {
    return (1u << t->nvars) - 1;
}

/* What holds with more holds with less. */
static void try_all(const theory *t, bool trivial, truth *u) {
    for (unsigned set = u->soft + 1; set-- > 0;) {
        if (set & ~u->soft) continue;
        bool known = false;
        for (unsigned rest = u->soft & ~set; rest && !known; rest &= rest - 1)
            known = u->holds[set | (rest & -rest)];
        premises p = taken(t, set | u->hard);
        u->holds[set] = known || (trivial ? oracle_scales(&p, all_vars(t)) : oracle_sat(&p));
    }
}

static bool is_core(const truth *u, unsigned set) {
    if ((set & ~u->soft) || u->holds[set]) return false;
    for (unsigned rest = set; rest; rest &= rest - 1)
        if (!u->holds[set & ~(rest & -rest)]) return false;
    return true;
}

static bool is_repair(const truth *u, unsigned drop) {
    if ((drop & ~u->soft) || !u->holds[u->soft & ~drop]) return false;
    for (unsigned rest = drop; rest; rest &= rest - 1)
        if (u->holds[(u->soft & ~drop) | (rest & -rest)]) return false;
    return true;
}

static void find_truth(const theory *t, bool trivial, truth *u) {
    memset(u, 0, sizeof *u);
    for (int i = 0; i < t->n; i++) *(t->given[i] ? &u->hard : &u->soft) |= 1u << i;
    try_all(t, trivial, u);
    u->every = u->soft;
    for (unsigned set = 0; set <= u->soft; set++) {
        bool core = is_core(u, set);
        u->cores += core;
        u->repairs += is_repair(u, set);
        if (core) u->every &= set, u->some |= set;
    }
    u->some &= ~u->every;
}

/* --- what the program says --- */

static cJSON *explained(const theory *t) {
    propto *p = the_session();
    propto_request q = {.command = PROPTO_EXPLAIN,
                        .format = PROPTO_JSON,
                        .max_cores = 100000,
                        .max_repairs = 100000};
    propto_add_text(p, "t", t->text, t->used);
    propto_run(p, &q);
    cJSON *o = cJSON_Parse(propto_output(p));
    return o;
}

static const cJSON *member(const cJSON *o, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(o, name);
}

static unsigned set_of(const cJSON *labels) {
    const cJSON *item;
    unsigned set = 0;
    cJSON_ArrayForEach(item, labels) set |= 1u << atoi(item->valuestring + 1);
    return set;
}

static const char *compare_cores(const cJSON *o, const truth *u) {
    const cJSON *k, *cores = member(o, "cores"), *in = member(o, "in_cores");
    if (!cJSON_IsTrue(member(o, "cores_complete"))) return "cores not complete";
    if (cJSON_GetArraySize(cores) != u->cores) return "the number of cores";
    cJSON_ArrayForEach(k, cores) if (!is_core(u, set_of(k))) return "no core";
    if (set_of(member(in, "every")) != u->every) return "what is in every core";
    if (set_of(member(in, "some")) != u->some) return "what is in some cores";
    if (set_of(member(in, "none")) != (u->soft & ~u->every & ~u->some)) return "what is in none";
    return member(in, "complete") ? "cores said to be cut" : NULL;
}

static const char *compare_repairs(const cJSON *o, const truth *u) {
    const cJSON *r, *repairs = member(o, "repairs"), *total = member(o, "repairs_total");
    int n = 0, size = 0;
    if (!cJSON_IsTrue(member(o, "repairs_complete"))) return "repairs not complete";
    if (cJSON_GetArraySize(repairs) != u->repairs) return "the number of repairs";
    cJSON_ArrayForEach(r, repairs) {
        const cJSON *drop = member(r, "drop");
        if (!is_repair(u, set_of(drop))) return "no repair";
        if (cJSON_GetArraySize(drop) < size) return "the order of repairs";
        size = cJSON_GetArraySize(drop);
        n++;
    }
    if (n && (!total || (int)total->valuedouble != n)) return "the total of repairs";
    return NULL;
}

typedef struct {
    uint64_t seed;
    long wanted, explained, several_cores, several_repairs, trivial;
} campaign;

static const char *compare(campaign *c, const theory *t, const cJSON *o, bool trivial) {
    truth u;
    const char *says = member(o, "verdict") ? member(o, "verdict")->valuestring : "nothing";
    if (strcmp(says, trivial ? "trivial" : "contradictory") != 0) return "the verdict";
    find_truth(t, trivial, &u);
    c->explained++;
    c->trivial += trivial;
    c->several_cores += u.cores > 1;
    c->several_repairs += u.repairs > 1;
    const char *wrong = compare_cores(o, &u);
    return wrong ? wrong : compare_repairs(o, &u);
}

/* False where they differ. */
static bool agrees(campaign *c, uint64_t seed) {
    theory t;
    make(&t, seed);
    premises all = taken(&t, (1u << t.n) - 1);
    oracle_verdict v = oracle_judge(&all, all_vars(&t));
    if (v == HOLDS_CONSISTENT) return true;
    cJSON *o = explained(&t);
    const char *wrong = compare(c, &t, o, v == HOLDS_TRIVIAL);
    if (wrong) print_error("seed %llu: %s\n%s", (unsigned long long)seed, wrong, t.text);
    cJSON_Delete(o);
    return wrong == NULL;
}

static void all_cores_and_all_repairs_are_listed(void **state) {
    campaign *c = *state;
    int wrong = 0;
    for (uint64_t i = 0; c->explained < c->wanted && wrong < PATIENCE; i++)
        wrong += !agrees(c, c->seed + i);
    assert_int_equal(wrong, 0);
    print_message("%ld theories, %ld trivial, %ld with several cores, %ld with several repairs\n",
                  c->explained, c->trivial, c->several_cores, c->several_repairs);
    assert_true(c->wanted < 100 || 3 * c->several_cores > c->explained);
    assert_true(c->wanted < 100 || 20 * c->trivial > c->explained);
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
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_cores_and_all_repairs_are_listed)};
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_campaign.seed = number(getenv("PROPTO_SEED"), 1);
    the_campaign.wanted = (long)number(count, DEFAULT_COUNT);
    return cmocka_run_group_tests_name("explained theories", tests, set_out, NULL);
}
