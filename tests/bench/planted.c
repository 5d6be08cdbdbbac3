#include "planted.h"

#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>

enum { PLANTED = 10, MOST_STATEMENTS = 1000, LINE_SIZE = 64 };

/* A theory in which all cores are known: conflict k says of a chain of quantities that its first
 * grows and its last shrinks. Statement i, S<i>, belongs to the conflicts of belongs[i]. */
typedef struct {
    char line[MOST_STATEMENTS][LINE_SIZE];
    unsigned belongs[MOST_STATEMENTS];
    int n, quantities;
    int size[PLANTED]; /* of each core */
    long repairs;
    uint64_t seed;
} planted;

typedef struct {
    const char *name, *what;
    void (*plant)(planted *t);
    int statements, listed; /* listed: --max-repairs */
} planting;

static void state(planted *t, unsigned belongs, const char *format, int x, int y, int power) {
    snprintf(t->line[t->n], LINE_SIZE, format, x, y, power);
    t->belongs[t->n++] = belongs;
}

/* A chain of so many relations from a quantity on; gives its last. */
static int state_chain(planted *t, unsigned belongs, int from, int relations) {
    for (int i = 0; i < relations; i++, from = t->quantities++)
        state(t, belongs, "q_%d ~ q_%d^%d", t->quantities, from, 1 + below(&t->seed, 4));
    return from;
}

/* Conflict k, whose first `shared` statements are there already and lead to the quantity `from`. */
static void state_conflict(planted *t, int k, int size, int shared, int from) {
    unsigned own = 1u << k;
    t->size[k] = size;
    if (shared == 0) state(t, own, "q_%d grows", from = t->quantities++, 0, 0);
    from = state_chain(t, own, from, size - 1 - (shared ? shared : 1));
    state(t, own, "q_%d shrinks", from, 0, 0);
}

static void plant_disjoint(planted *t) {
    t->repairs = 1;
    for (int k = 0; k < PLANTED; k++) {
        state_conflict(t, k, 3 + k, 0, 0);
        t->repairs *= t->size[k];
    }
}

/* They have the first two statements in common, two by two. */
static void plant_pairs(planted *t) {
    t->repairs = 1;
    for (int k = 0; k < PLANTED; k += 2) {
        unsigned both = 3u << k;
        state(t, both, "q_%d grows", t->quantities++, 0, 0);
        int from = state_chain(t, both, t->quantities - 1, 1);
        state_conflict(t, k, 3 + k, 2, from);
        state_conflict(t, k + 1, 4 + k, 2, from);
        t->repairs *= 2 + (long)(t->size[k] - 2) * (t->size[k + 1] - 2);
    }
}

/* All have the first statement in common. */
static void plant_hub(planted *t) {
    long ways = 1;
    state(t, (1u << PLANTED) - 1, "q_%d grows", t->quantities++, 0, 0);
    for (int k = 0; k < PLANTED; k++) {
        state_conflict(t, k, 3 + k, 1, 0);
        ways *= t->size[k] - 1;
    }
    t->repairs = 1 + ways;
}

static void plant_threes(planted *t) {
    t->repairs = 1;
    for (int k = 0; k < PLANTED; k++) {
        state_conflict(t, k, 3, 0, 0);
        t->repairs *= 3;
    }
}

static const planting plantings[] = {
    {"disjoint", "no statement in common", plant_disjoint, 1000, 64},
    {"pairs", "two statements in common, two by two", plant_pairs, 1000, 64},
    {"hub", "one statement in common to all", plant_hub, 1000, 64},
    {"threes", "ten of three statements, and nothing else", plant_threes, 30, 100},
};

/* Other statements tie everything together, each with a quantity of its own. */
static void add_ties(planted *t, int statements) {
    while (t->n < statements) {
        int x = below(&t->seed, t->quantities), y = below(&t->seed, t->quantities);
        snprintf(t->line[t->n], LINE_SIZE, "q_%d ~ q_%d q_%d^%d", t->quantities++, x, y,
                 1 + below(&t->seed, 4));
        t->belongs[t->n++] = 0;
    }
}

static void shuffle(planted *t) {
    for (int i = t->n - 1; i > 0; i--) {
        char line[LINE_SIZE];
        int k = below(&t->seed, i + 1);
        unsigned belongs = t->belongs[i];
        memcpy(line, t->line[i], LINE_SIZE);
        memmove(t->line[i], t->line[k], LINE_SIZE);
        memcpy(t->line[k], line, LINE_SIZE);
        t->belongs[i] = t->belongs[k];
        t->belongs[k] = belongs;
    }
}

static void write_planted(const settings *o, const planting *k, planted *t) {
    *t = (planted){.seed = 1};
    k->plant(t);
    add_ties(t, k->statements);
    shuffle(t);
    FILE *to = open_in(o, "t.propto", "w");
    for (int i = 0; i < t->quantities; i++) fprintf(to, "quantity q_%d\n", i);
    for (int i = 0; i < t->n; i++) fprintf(to, "S%d: %s\n", i, t->line[i]);
    close_in(o, to);
}

static cJSON *read_output(const settings *o) {
    char *line = NULL;
    size_t size = 0;
    FILE *f = open_in(o, "out", "r");
    cJSON *read = getline(&line, &size, f) > 0 ? cJSON_Parse(line) : NULL;
    fclose(f);
    free(line);
    return read;
}

/* Which conflict a core is; -1 where it is none. */
static int planted_core(const planted *t, const cJSON *core) {
    const cJSON *label;
    unsigned common = (1u << PLANTED) - 1;
    cJSON_ArrayForEach(label, core) common &= t->belongs[atoi(label->valuestring + 1)];
    for (int k = 0; k < PLANTED; k++)
        if (common == 1u << k) return cJSON_GetArraySize(core) == t->size[k] ? k : -1;
    return -1;
}

static bool is_exact(const planted *t, const planting *k, const cJSON *o) {
    const cJSON *core, *cores = cJSON_GetObjectItem(o, "cores");
    unsigned seen = 0;
    cJSON_ArrayForEach(core, cores) {
        int which = planted_core(t, core);
        if (which < 0 || seen >> which & 1) return false;
        seen |= 1u << which;
    }
    const cJSON *total = cJSON_GetObjectItem(o, "repairs_total");
    return seen == (1u << PLANTED) - 1 && cJSON_IsTrue(cJSON_GetObjectItem(o, "cores_complete")) &&
           total && (long)total->valuedouble == t->repairs &&
           cJSON_GetArraySize(cJSON_GetObjectItem(o, "repairs")) == k->listed;
}

/* What a contender must have found. */
typedef struct {
    const planted *theory;
    const planting *planting;
} planted_known;

static outcome judge_planted(const settings *o, const contender *c) {
    const planted_known *k = c->known;
    cJSON *said = read_output(o);
    outcome e = !said ? FAILED : is_exact(k->theory, k->planting, said) ? DONE : WRONG;
    cJSON_Delete(said);
    return e;
}

static measure time_planting(const settings *o, const planted *t, const planting *k) {
    char path[PATH_SIZE], listed[NAME_SIZE];
    path_in(o, "t.propto", path);
    snprintf(listed, sizeof listed, "%d", k->listed);
    char *argv[] = {word(o->propto), "explain", "--json", "--max-repairs", listed, path, NULL};
    planted_known sought = {t, k};
    contender c = {.argv = argv, .judge = judge_planted, .known = &sought};
    race(o, &c, 1, o->runs);
    return measured(&c);
}

static void print_planting(const settings *o, const planted *t, const planting *k, measure m) {
    char cell[NAME_SIZE];
    write_time(&m, o->timeout, cell);
    printf("  %-10s  %-42s  %4d  %12s  %5ld MiB  %10ld repairs%s\n", k->name, k->what, t->n, cell,
           m.kilobytes / 1024, t->repairs, m.end == DONE ? ", exact" : "");
}

void explain_planted(const settings *o, results *r) {
    static planted t;
    printf("explain: propto explain of n statements with ten planted conflicts\n\n");
    for (size_t i = 0; i < sizeof plantings / sizeof *plantings; i++) {
        const planting *k = &plantings[i];
        write_planted(o, k, &t);
        measure m = time_planting(o, &t, k);
        print_planting(o, &t, k, m);
        if (k->plant == plant_threes) r->repairs = m;
        r->verdicts += m.runs - (m.end == LATE), r->wrong += m.end == WRONG || m.end == FAILED;
    }
    printf("\n");
}
