/* Random pairs of theories side by side: what the library says of them is held against a picture of
 * both together, in which quantities are points and laws `a ∝ b^k` the lines between them.
 *
 * All quantities of one connected part are powers of one of them, unless two ways round a circle
 * differ: then nothing of the part scales. PROPTO_SEED and PROPTO_COUNT (or the first argument)
 * choose other theories, or fewer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <cjson/cJSON.h>
#include "session.h"

enum { NAMES = 6, LINES = 4, SIGNS = 2, DEFAULT_COUNT = 1500 };

/* a ∝ b^k */
typedef struct {
    int a, b, k;
} line;

typedef struct {
    line law[LINES];
    int nlaws;
    int grows[SIGNS], up[SIGNS];
    int ngrows;
    bool has[NAMES]; /* declared */
} sketch;

static uint64_t the_seed = 1;
static long the_count = DEFAULT_COUNT;

static unsigned pick(uint64_t *state, unsigned n) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*state >> 33) % n;
}

static sketch sketch_of(uint64_t *state) {
    static const int powers[] = {1, 1, 2, -1, 3, -2};
    sketch s = {.nlaws = 1 + (int)pick(state, LINES), .ngrows = (int)pick(state, SIGNS + 1)};
    for (int i = 0; i < s.nlaws; i++) {
        int a = (int)pick(state, NAMES), b = (a + 1 + (int)pick(state, NAMES - 1)) % NAMES;
        s.law[i] = (line){a, b, powers[pick(state, 6)]};
        s.has[a] = s.has[b] = true;
    }
    for (int i = 0; i < s.ngrows; i++) {
        s.grows[i] = (int)pick(state, NAMES);
        s.up[i] = pick(state, 3) ? 1 : -1;
        s.has[s.grows[i]] = true;
    }
    return s;
}

static void write_sketch(const sketch *s, char *out, size_t size) {
    size_t n = 0;
    for (int i = 0; i < NAMES; i++)
        if (s->has[i]) n += (size_t)snprintf(out + n, size - n, "quantity %c\n", 'p' + i);
    for (int i = 0; i < s->nlaws; i++)
        n += (size_t)snprintf(out + n, size - n, "%c ~ %c^%d\n", 'p' + s->law[i].a,
                              'p' + s->law[i].b, s->law[i].k);
    for (int i = 0; i < s->ngrows; i++)
        n += (size_t)snprintf(out + n, size - n, "%c %s\n", 'p' + s->grows[i],
                              s->up[i] > 0 ? "grows" : "shrinks");
}

/* --- the picture --- */

/* Each quantity as a power of one of its part. */
typedef struct {
    double power[NAMES]; /* products of few 2s and 3s and their inverses: far apart */
    int part[NAMES];
    bool rests[NAMES]; /* by part */
    bool holds;
} picture;

static void spread(picture *p, const line *law, int n) {
    for (int i = 0; i < NAMES; i++) p->part[i] = i, p->power[i] = 1;
    for (int i = 0; i < n; i++) {
        const line *l = &law[i];
        double over = p->power[l->b] * l->k / p->power[l->a];
        int from = p->part[l->a], to = p->part[l->b];
        if (from == to) {
            if (over < 1 - 1e-9 || over > 1 + 1e-9) p->rests[to] = true;
            continue;
        }
        p->rests[to] = p->rests[to] || p->rests[from];
        for (int j = 0; j < NAMES; j++)
            if (p->part[j] == from) p->part[j] = to, p->power[j] *= over;
    }
}

static picture picture_of(const sketch *one, const sketch *other) {
    line law[2 * LINES];
    int n = 0, sign[NAMES] = {0};
    picture p = {.holds = true};
    const sketch *both[] = {one, other};
    for (int w = 0; w < 2; w++)
        for (int i = 0; both[w] && i < both[w]->nlaws; i++) law[n++] = both[w]->law[i];
    spread(&p, law, n);
    for (int w = 0; w < 2; w++)
        for (int i = 0; both[w] && i < both[w]->ngrows; i++) {
            int q = both[w]->grows[i], part = p.part[q];
            int way = p.power[q] > 0 ? both[w]->up[i] : -both[w]->up[i];
            if (p.rests[part] || sign[part] == -way) p.holds = false;
            sign[part] = way;
        }
    return p;
}

static const char *expected(const sketch *x, const sketch *y, bool rests[NAMES]) {
    picture a = picture_of(x, NULL), b = picture_of(y, NULL), both = picture_of(x, y);
    bool shared = false, resting = false;
    for (int i = 0; i < NAMES; i++) {
        bool apart = x->has[i] && y->has[i] && !a.rests[a.part[i]] && !b.rests[b.part[i]];
        rests[i] = apart && both.rests[both.part[i]];
        resting = resting || rests[i];
        shared = shared || (x->has[i] && y->has[i]);
    }
    if (!a.holds || !b.holds || !both.holds) memset(rests, 0, NAMES * sizeof *rests);
    if (!shared) return "nothing shared";
    if (!a.holds || !b.holds) return "contradictory";
    return both.holds && !resting ? "agree" : "disagree";
}

/* --- what the library says --- */

static cJSON *compare(const char *const *text, int n) {
    propto *p = the_session();
    propto_request q = {.command = PROPTO_COMPARE, .format = PROPTO_JSON};
    for (int i = 0; i < n; i++) propto_add_text(p, "t", text[i], strlen(text[i]));
    propto_run(p, &q);
    cJSON *o = cJSON_Parse(propto_output(p));
    return o;
}

static cJSON *pair_in(const cJSON *o) {
    return cJSON_GetArrayItem(cJSON_GetObjectItem(o, "pairs"), 0);
}

static const char *word(const cJSON *o, const char *member) {
    const char *s = cJSON_GetStringValue(cJSON_GetObjectItem(o, member));
    return s ? s : "";
}

static bool same_rests(const cJSON *pair, const bool rests[NAMES]) {
    const cJSON *list = cJSON_GetObjectItem(pair, "rests"), *name;
    int n = 0, found = 0;
    for (int i = 0; i < NAMES; i++) n += rests[i];
    cJSON_ArrayForEach(name, list) {
        int i = cJSON_GetStringValue(name)[0] - 'p';
        found += i >= 0 && i < NAMES && rests[i];
    }
    return cJSON_GetArraySize(list) == n && found == n;
}

/* The lines of one text that the core names by their numbers, "@3", and its declarations. */
static void keep_lines(const char *text, const cJSON *core, const char *theory, int without,
                       char *out) {
    int number = 0;
    *out = 0;
    for (const char *s = text; *s; s = strchr(s, '\n') + 1) {
        size_t n = (size_t)(strchr(s, '\n') - s) + 1;
        char label[16];
        bool keep = strncmp(s, "quantity", 8) == 0;
        snprintf(label, sizeof label, "@%d", ++number);
        for (int i = 0; i < cJSON_GetArraySize(core); i++) {
            const cJSON *one = cJSON_GetArrayItem(core, i);
            bool here = strcmp(cJSON_GetArrayItem(one, 0)->valuestring, theory) == 0 &&
                        strcmp(cJSON_GetArrayItem(one, 1)->valuestring, label) == 0;
            keep = keep || (here && i != without);
        }
        if (keep) strncat(out, s, n);
    }
}

/* Can what is left of the core, but for statement `without` (-1: all of it), hold? One theory. */
static bool core_holds(const char *const text[2], const cJSON *core, int without,
                       const char *scale) {
    char left[2048] = "", part[1024];
    for (int w = 0; w < 2; w++) {
        keep_lines(text[w], core, w ? "e2" : "e1", without, part);
        for (char *s = part; *s; s = strchr(s, '\n') + 1) {
            size_t n = (size_t)(strchr(s, '\n') - s) + 1;
            bool known = strncmp(s, "quantity", 8) == 0 && strstr(left, (char[]){s[9], '\n', 0}) &&
                         strstr(left, (char[]){'y', ' ', s[9], '\n', 0});
            if (!known) strncat(left, s, n);
        }
    }
    if (scale) strcat(strncat(left, scale, 1), " scales\n");
    propto *p = the_session();
    propto_request q = {.command = PROPTO_CHECK, .format = PROPTO_JSON};
    propto_add_text(p, "t", left, strlen(left));
    propto_run(p, &q);
    cJSON *o = cJSON_Parse(propto_output(p));
    const char *verdict = word(o, "verdict");
    bool holds = strcmp(verdict, "contradictory") != 0;
    assert_true(*verdict);
    cJSON_Delete(o);
    return holds;
}

/* The core conflicts, and without any one of its statements it does not. */
static void check_core(const char *const text[2], const cJSON *pair) {
    const cJSON *core = cJSON_GetObjectItem(pair, "core");
    const cJSON *rests = cJSON_GetObjectItem(pair, "rests");
    const char *scale = rests ? cJSON_GetArrayItem(rests, 0)->valuestring : NULL;
    assert_true(cJSON_GetArraySize(core) > 1);
    assert_false(core_holds(text, core, -1, scale));
    for (int i = 0; i < cJSON_GetArraySize(core); i++)
        assert_true(core_holds(text, core, i, scale));
}

/* --- the tests --- */

enum { SAW_AGREE, SAW_CONFLICT, SAW_REST, SAW_APART, SAW_CONTRADICTORY, SAW_KINDS };
static long seen[SAW_KINDS];

static void note(const char *verdict, const cJSON *pair) {
    bool rests = cJSON_GetObjectItem(pair, "rests") != NULL;
    seen[SAW_AGREE] += strcmp(verdict, "agree") == 0;
    seen[SAW_APART] += strcmp(verdict, "nothing shared") == 0;
    seen[SAW_CONTRADICTORY] += strcmp(verdict, "contradictory") == 0;
    seen[SAW_CONFLICT] += strcmp(verdict, "disagree") == 0 && !rests;
    seen[SAW_REST] += strcmp(verdict, "disagree") == 0 && rests;
}

static void check_pair(uint64_t seed) {
    uint64_t state = seed;
    sketch x = sketch_of(&state), y = sketch_of(&state);
    char one[1024], other[1024];
    bool rests[NAMES];
    write_sketch(&x, one, sizeof one);
    write_sketch(&y, other, sizeof other);
    const char *const text[] = {one, other};
    const char *verdict = expected(&x, &y, rests);
    cJSON *o = compare(text, 2), *pair = pair_in(o);
    bool right = strcmp(word(pair, "verdict"), verdict) == 0 && same_rests(pair, rests);
    if (!right)
        print_error("seed %llu: expected %s\n%s---\n%s%s\n", (unsigned long long)seed, verdict, one,
                    other, word(pair, "verdict"));
    assert_true(right);
    if (strcmp(verdict, "disagree") == 0) check_core(text, pair);
    note(verdict, pair);
    cJSON_Delete(o);
}

static void pairs_agree_exactly_where_both_hold_and_nothing_new_rests(void **state) {
    (void)state;
    for (long i = 0; i < the_count; i++) check_pair(the_seed * 1000003u + (uint64_t)i);
}

static void every_kind_of_pair_was_seen(void **state) {
    (void)state;
    for (int i = 0; i < SAW_KINDS && the_count >= DEFAULT_COUNT; i++) assert_true(seen[i] > 0);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_agree_exactly_where_both_hold_and_nothing_new_rests),
        cmocka_unit_test(every_kind_of_pair_was_seen),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT"), *seed = getenv("PROPTO_SEED");
    if (count) the_count = strtol(count, NULL, 10);
    if (seed) the_seed = strtoull(seed, NULL, 10);
    return cmocka_run_group_tests_name("theories side by side", tests, NULL, NULL);
}
