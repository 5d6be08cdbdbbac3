#include "library.h"

#include <glob.h>
#include <math.h>
#include <string.h>

enum { SMALL_RUNS = 41 };

/* --- the small theory --- */

static void print_small(const char *name, measure m, measure beside) {
    printf("  %-42s  cpu %6.2f ms  wall %6.2f ms  least %6.2f ms  %4ld MiB  %5.2f\n", name,
           1e3 * m.cpu, 1e3 * m.seconds, 1e3 * m.least, m.kilobytes / 1024, m.cpu / beside.cpu);
}

/* Contradictory, and it says so itself: the exit code is 0. */
void small_theory(const settings *o, results *r) {
    char path[PATH_SIZE];
    int n = snprintf(path, PATH_SIZE, "%s/resource-model/critical-depth.propto", o->axioms);
    if (n < 0 || n >= PATH_SIZE) fail("path too long", o->axioms);
    char *minimal[] = {word(o->minimal), NULL}, *check[] = {word(o->propto), "check", path, NULL};
    contender c[] = {{.argv = minimal, .judge = judge_word, .known = "sat"},
                     {.argv = check, .judge = judge_status}};
    race(o, c, 2, SMALL_RUNS);
    r->minimal = measured(&c[0]);
    r->small = measured(&c[1]);
    r->verdicts += r->small.runs, r->wrong += r->small.end != DONE;
    printf("small: whole processes, %d runs each, medians, and the ratio of cpu to the first\n\n",
           r->small.runs);
    print_small("a minimal C program with one Z3 check", r->minimal, r->minimal);
    print_small("propto check critical-depth.propto", r->small, r->minimal);
    printf("\n");
}

/* --- beside the program that knew no parameters --- */

/* The logarithms of all ratios. */
typedef struct {
    double sum;
    int n;
} ratios;

static void race_before(const settings *o, const char *name, char *path, ratios *all) {
    char *now[] = {word(o->propto), "check", path, NULL};
    char *before[] = {word(o->before), "check", path, NULL}, cell[2][NAME_SIZE];
    contender c[] = {{.argv = now, .judge = judge_status}, {.argv = before, .judge = judge_status}};
    race(o, c, 2, SMALL_RUNS);
    measure m[] = {measured(&c[0]), measured(&c[1])};
    for (int i = 0; i < 2; i++) write_time(&m[i], o->timeout, cell[i]);
    printf("  %-42s  %12s  %12s", name, cell[0], cell[1]);
    if (m[0].end == DONE && m[1].end == DONE) {
        printf("  %6.3f", m[0].seconds / m[1].seconds);
        all->sum += log(m[0].seconds / m[1].seconds), all->n++;
    }
    printf("\n");
}

static void race_generated(const settings *o, const family *f, int n, ratios *all) {
    char path[PATH_SIZE], name[NAME_SIZE];
    if (n > o->max) return;
    write_theory(o, f, n, "t.propto");
    path_in(o, "t.propto", path);
    snprintf(name, sizeof name, "%s, n = %d", f->name, n);
    race_before(o, name, path, all);
}

/* The program before parameters must exit with 0: else the theory has some. */
static bool is_plain(const settings *o, char *path) {
    char *before[] = {word(o->before), "check", path, NULL};
    return run_once(o, before, "out") == 0;
}

static glob_t theories(const settings *o) {
    char pattern[PATH_SIZE];
    glob_t all;
    int n = snprintf(pattern, PATH_SIZE, "%s/*/*.propto", o->axioms);
    if (n < 0 || n >= PATH_SIZE) fail("path too long", o->axioms);
    if (glob(pattern, 0, NULL, &all) != 0) fail("no theories", o->axioms);
    return all;
}

static const char *below_axioms(const settings *o, const char *path) {
    return path + strlen(o->axioms) + 1;
}

static void race_library(const settings *o, ratios *sum) {
    glob_t all = theories(o);
    for (size_t i = 0; i < all.gl_pathc; i++)
        if (is_plain(o, all.gl_pathv[i]))
            race_before(o, below_axioms(o, all.gl_pathv[i]), all.gl_pathv[i], sum);
    globfree(&all);
}

void beside_before(const settings *o, results *r) {
    ratios all = {0};
    (void)r;
    if (!o->before) {
        printf("before: a propto from before there were parameters is not at hand\n\n");
        return;
    }
    printf("before: theories without parameters, now and before there were any\n\n");
    printf("  %-42s  %12s  %12s  %6s\n", "", "now", "before", "ratio");
    race_library(o, &all);
    race_generated(o, &families[0], 1000, &all);
    race_generated(o, &families[0], 10000, &all);
    race_generated(o, &families[1], 1000, &all);
    printf("  %-42s  %12s  %12s  %6.3f\n\n", "geometric mean", "", "", exp(all.sum / all.n));
}

/* --- every theory of the library --- */

static outcome judge_library(const settings *o, const contender *c) {
    (void)o;
    return c->status == 0 ? DONE : c->status == 3 ? UNDECIDED : FAILED;
}

void time_library(const settings *o, results *r) {
    glob_t all = theories(o);
    (void)r;
    printf("axioms: propto check of each theory below %s\n\n", o->axioms);
    for (size_t i = 0; i < all.gl_pathc; i++) {
        char *check[] = {word(o->propto), "check", all.gl_pathv[i], NULL}, cell[NAME_SIZE];
        contender c = {.argv = check, .judge = judge_library};
        race(o, &c, 1, 3);
        measure m = measured(&c);
        write_time(&m, o->timeout, cell);
        printf("  %-42s  %12s  %6ld MiB\n", below_axioms(o, all.gl_pathv[i]), cell,
               m.kilobytes / 1024);
    }
    globfree(&all);
    printf("\n");
}
