/* bench: how long propto takes, beside Z3 and beside its former self, in one run.
 *
 *     bench [--timeout SECONDS] [--runs N] [--max N] [--only TABLE] [--before PROGRAM]
 *           PROPTO MINIMAL AXIOMS
 *
 * small: whole processes on a small theory: MINIMAL, a C program that loads Z3 and makes one
 * check, against `PROPTO check` of the critical-depth theory below AXIOMS. before: theories
 * without parameters, against PROGRAM, a propto from before there were any. axioms: every
 * theory below AXIOMS. chain, dag, sparse, sums: families of generated theories, each with one
 * question: `PROPTO check` against the z3 program on the exported SMT-LIB, up to its first
 * check. explain: `PROPTO explain` of theories with planted conflicts, which it must find exactly.
 * Programs take turns; times are medians; the theories are the same every time.
 */
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <math.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cjson/cJSON.h>

/* --- options and the directory for everything that is written --- */

enum { PATH_SIZE = 4096, NAME_SIZE = 64, MAX_RUNS = 101 };

typedef struct {
    double timeout;
    int runs, max;
    const char *only, *before, *propto, *minimal, *axioms;
    char dir[PATH_SIZE];
} settings;

static void fail(const char *what, const char *about) {
    fprintf(stderr, "bench: %s: %s\n", what, about);
    exit(2);
}

static void path_in(const settings *o, const char *name, char path[PATH_SIZE]) {
    int n = snprintf(path, PATH_SIZE, "%s/%s", o->dir, name);
    if (n < 0 || n >= PATH_SIZE) fail("path too long", o->dir);
}

static FILE *open_in(const settings *o, const char *name, const char *mode) {
    char path[PATH_SIZE];
    path_in(o, name, path);
    FILE *f = fopen(path, mode);
    if (!f) fail(strerror(errno), path);
    return f;
}

static const char *const files[] = {"t.propto", "full.smt2", "cut.smt2", "out"};
enum { NFILES = sizeof files / sizeof *files };

static void make_directory(settings *o) {
    const char *tmp = getenv("TMPDIR");
    int n = snprintf(o->dir, PATH_SIZE, "%s/propto-bench-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || n >= PATH_SIZE || !mkdtemp(o->dir)) fail("no temporary directory", o->dir);
}

static void remove_directory(const settings *o) {
    char path[PATH_SIZE];
    for (int i = 0; i < NFILES; i++) {
        path_in(o, files[i], path);
        unlink(path);
    }
    rmdir(o->dir);
}

/* Nobody reads on: the end. */
static void show(const settings *o) {
    if (fflush(stdout) == 0) return;
    remove_directory(o);
    exit(2);
}

/* --- running a program --- */

typedef struct {
    double seconds;
    long kilobytes; /* peak of resident memory */
    int status;     /* exit code; -1: killed by a signal */
    bool late;      /* over the time limit */
} run;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static sigset_t waited_for(void) {
    sigset_t s;
    sigemptyset(&s);
    sigaddset(&s, SIGCHLD);
    sigaddset(&s, SIGINT);
    sigaddset(&s, SIGTERM);
    return s;
}

static void become(const settings *o, char *const *argv, const char *out) {
    char path[PATH_SIZE];
    path_in(o, out, path);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), null = open("/dev/null", O_RDWR);
    dup2(null, 0);
    dup2(to, 1);
    dup2(null, 2);
    sigset_t all = waited_for();
    sigprocmask(SIG_UNBLOCK, &all, NULL);
    signal(SIGPIPE, SIG_DFL);
    execvp(argv[0], argv);
    _exit(127);
}

/* Waits for a signal, at most until the deadline. */
static int next_signal(double deadline) {
    sigset_t all = waited_for();
    double left = fmax(0, deadline - now());
    struct timespec t = {(time_t)left, (long)((left - floor(left)) * 1e9)};
    return sigtimedwait(&all, NULL, &t);
}

static void give_up(const settings *o, pid_t child) {
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    remove_directory(o);
    exit(130);
}

/* Waits for the end of the child, which comes by force when the time is over. */
static run wait_for(const settings *o, pid_t child, double start) {
    run r = {0};
    int status;
    struct rusage use;
    while (wait4(child, &status, r.late ? 0 : WNOHANG, &use) == 0) {
        int came = next_signal(start + o->timeout);
        if (came == SIGINT || came == SIGTERM) give_up(o, child);
        r.late = now() >= start + o->timeout;
        if (r.late) kill(child, SIGKILL);
    }
    r.seconds = now() - start;
    r.kilobytes = use.ru_maxrss;
    r.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return r;
}

/* Standard output goes to the file `out` of the directory. */
static run run_program(const settings *o, char *const *argv, const char *out) {
    show(o);
    double start = now();
    pid_t child = fork();
    if (child < 0) fail("fork", strerror(errno));
    if (child == 0) become(o, argv, out);
    return wait_for(o, child, start);
}

static bool output_begins(const settings *o, const char *word) {
    char line[NAME_SIZE] = "";
    FILE *f = open_in(o, "out", "r");
    bool ok = fgets(line, sizeof line, f) && strncmp(line, word, strlen(word)) == 0;
    fclose(f);
    return ok;
}

/* --- medians --- */

typedef struct {
    const char *name;
    char *const *argv;
    const char *says; /* what its output must begin with; NULL: it must exit with 0 */
    double seconds[MAX_RUNS];
    int n;
    long kilobytes;
    int status; /* exit code of the last run */
    bool late, wrong;
} contender;

static void take_turn(const settings *o, contender *c) {
    if (c->late || c->wrong) return;
    run r = run_program(o, c->argv, "out");
    c->late = r.late;
    c->status = r.status;
    c->wrong = !r.late && (c->says ? !output_begins(o, c->says) : r.status != 0);
    c->seconds[c->n++] = r.seconds;
    if (r.kilobytes > c->kilobytes) c->kilobytes = r.kilobytes;
}

static int ascending(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(contender *c) {
    if (c->n == 0) return NAN;
    qsort(c->seconds, (size_t)c->n, sizeof *c->seconds, ascending);
    return (c->seconds[c->n / 2] + c->seconds[(c->n - 1) / 2]) / 2;
}

/* Takes turns until everybody has had `runs`, or the time limit is spent on repetitions. */
static void race(const settings *o, contender *c, int n, int runs) {
    double start = now();
    for (int i = 0; i < runs && (i < 3 || now() - start < o->timeout / 4); i++)
        for (int j = 0; j < n; j++) take_turn(o, &c[j]);
}

static void print_time(const settings *o, contender *c) {
    if (c->wrong)
        printf("  %12s", "failed");
    else if (c->late)
        printf("  %8s%g s", ">", o->timeout);
    else
        printf("  %9.2f ms", 1e3 * median(c));
}

static double finished(contender *c) {
    return c->late || c->wrong ? NAN : median(c);
}

/* --- the small theory --- */

static void print_small(const settings *o, contender *c, double beside) {
    printf("  %-42s", c->name);
    print_time(o, c);
    printf("  min %6.2f ms  %4ld MB", c->n ? 1e3 * c->seconds[0] : NAN, c->kilobytes / 1024);
    printf("  %5.2f\n", median(c) / beside);
}

static void small_theory(const settings *o) {
    char theory[PATH_SIZE];
    int n = snprintf(theory, PATH_SIZE, "%s/resource-model/critical-depth.propto", o->axioms);
    if (n < 0 || n >= PATH_SIZE) fail("path too long", o->axioms);
    char *minimal[] = {(char *)(uintptr_t)o->minimal, NULL};
    char *check[] = {(char *)(uintptr_t)o->propto, "check", theory, NULL};
    contender c[] = {
        {.name = "a minimal C program with one Z3 check", .argv = minimal, .says = "sat"},
        {.name = "propto check critical-depth.propto", .argv = check}};
    race(o, c, 2, 41);
    printf("Whole processes, %d runs each, median and ratio to the first\n\n", c[0].n);
    double beside = median(&c[0]);
    for (int i = 0; i < 2; i++) print_small(o, &c[i], beside);
    printf("\n");
}

/* --- families of theories --- */

static uint64_t next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

static int below(uint64_t *seed, int n) {
    return (int)(next_random(seed) % (uint64_t)n);
}

typedef struct {
    long num, den; /* den > 0 */
} ratio;

static ratio reduced(long num, long den) {
    long a = labs(num), b = labs(den);
    while (b) {
        long c = a % b;
        a = b;
        b = c;
    }
    if (a == 0) return (ratio){0, 1};
    return den < 0 ? (ratio){-num / a, -den / a} : (ratio){num / a, den / a};
}

static ratio random_ratio(uint64_t *seed) {
    long num = 1 + below(seed, 6), den = 1 + below(seed, 4);
    return reduced(below(seed, 2) ? num : -num, den);
}

static ratio minus_product(ratio x, ratio y, ratio z) {
    return reduced(x.num * y.den * z.den - y.num * z.num * x.den, x.den * y.den * z.den);
}

static ratio quotient(ratio x, ratio y) {
    return reduced(x.num * y.den, x.den * y.num);
}

/* A theory in the making: quantity i has the exponent hidden[i]. */
typedef struct {
    FILE *to;
    uint64_t seed;
    int n; /* quantities */
    ratio *hidden;
} theory;

static void put_power(theory *t, int i, ratio e) {
    if (e.num) fprintf(t->to, " q_%d^(%ld/%ld)", i, e.num, e.den);
}

/* q_i ∝ product of powers of the others, true of the hidden exponents: all powers but the last
 * are random. */
static void put_relation(theory *t, int i, const int *other, int n) {
    ratio rest = t->hidden[i];
    fprintf(t->to, "R%d: q_%d ~ 1", i, i);
    for (int j = 0; j + 1 < n; j++) {
        ratio e = {below(&t->seed, 2) ? 1 : -1, 1 + below(&t->seed, 2)};
        put_power(t, other[j], e);
        rest = minus_product(rest, e, t->hidden[other[j]]);
    }
    put_power(t, other[n - 1], quotient(rest, t->hidden[other[n - 1]]));
    fprintf(t->to, "\n");
}

static void chain(theory *t, int n) {
    for (int i = 1; i <= n; i++) put_relation(t, i, (int[]){i - 1}, 1);
}

/* Each quantity by two different ones of the twenty before it. */
static void dag(theory *t, int n) {
    for (int i = 1; i <= n; i++) {
        int window = i < 20 ? i : 20, other[2] = {i - 1 - below(&t->seed, window), 0};
        other[1] = i - 1 - below(&t->seed, window);
        put_relation(t, i, other, other[0] == other[1] ? 1 : 2);
    }
}

/* Each relation between three or four quantities anywhere. */
static void sparse(theory *t, int n) {
    for (int i = 1; i <= n; i++) {
        int other[3], count = 0, wanted = 2 + below(&t->seed, 2);
        while (count < wanted) {
            int q = below(&t->seed, t->n);
            bool fresh = q != i;
            for (int j = 0; j < count; j++) fresh &= other[j] != q;
            if (fresh) other[count++] = q;
        }
        put_relation(t, i, other, count);
    }
}

/* Each quantity the sum of four powers of ones among the six before it. */
static void sums(theory *t, int n) {
    static const char *const powers[] = {"1", "2", "(1/2)", "-1", "(3/2)", "(-1/3)"};
    for (int i = 1; i <= n; i++) {
        int window = i < 6 ? i : 6;
        fprintf(t->to, "S%d: q_%d ~ ", i, i);
        for (int k = 0; k < 4; k++)
            fprintf(t->to, "%sq_%d^%s", k ? " + " : "", i - 1 - below(&t->seed, window),
                    powers[below(&t->seed, 6)]);
        fprintf(t->to, "\n");
    }
}

typedef struct {
    const char *name, *what;
    void (*write)(theory *t, int n);
    int size[4];
    bool fitted;  /* its growth is fitted */
    bool decided; /* without its question, by `check --quiet`: the verdict alone */
} family;

static const family families[] = {
    {"chain",
     "n relations, each quantity a power of the one before",
     chain,
     {1, 100, 1000, 10000},
     true,
     false},
    {"dag",
     "n relations, each quantity by two of the twenty before",
     dag,
     {1, 100, 1000, 10000},
     true,
     false},
    {"sparse",
     "n relations of three or four of n + 1 quantities",
     sparse,
     {1, 100, 1000, 10000},
     false,
     false},
    {"sums", "n sums of four terms, the verdict alone", sums, {1, 10, 40, 80}, false, true},
};
enum { NFAMILIES = sizeof families / sizeof *families };

static void write_theory(const settings *o, const family *f, int n) {
    theory t = {.to = open_in(o, "t.propto", "w"), .seed = (uint64_t)n, .n = n < 4 ? 5 : n + 1};
    t.hidden = malloc(sizeof *t.hidden * (size_t)t.n);
    if (!t.hidden) fail("no memory", f->name);
    for (int i = 0; i < t.n; i++) {
        t.hidden[i] = random_ratio(&t.seed);
        fprintf(t.to, "quantity q_%d\n", i);
    }
    f->write(&t, n);
    fprintf(t.to, "G: q_0 grows\n");
    if (!f->decided) fprintf(t.to, "q_%d ~ q_0^?\n", n);
    free(t.hidden);
    if (fclose(t.to)) fail(strerror(errno), "t.propto");
}

/* --- the same as SMT-LIB --- */

/* The question whether something scales is left out. */
static void cut_script(const settings *o) {
    FILE *from = open_in(o, "full.smt2", "r"), *cut = open_in(o, "cut.smt2", "w");
    char *line = NULL;
    size_t size = 0;
    bool last = false;
    while (!last && getline(&line, &size, from) > 0) {
        last = strncmp(line, "(check-sat)", 11) == 0;
        fputs(line, cut);
    }
    free(line);
    fclose(from);
    if (fclose(cut)) fail("cannot write", o->dir);
}

static void export_theory(const settings *o) {
    char path[PATH_SIZE];
    path_in(o, "t.propto", path);
    char *argv[] = {(char *)(uintptr_t)o->propto, "export", "--to", "smt2", path, NULL};
    run r = run_program(o, argv, "full.smt2");
    if (r.late || r.status != 0) fail("propto export failed", o->propto);
    cut_script(o);
}

/* --- the table --- */

enum { PROPTO, Z3, CONTENDERS };

/* The command lines of the contenders. */
typedef struct {
    char text[PATH_SIZE], script[PATH_SIZE];
    char *check[5], *z3[3];
} commands;

static void prepare_commands(const settings *o, const family *f, commands *l) {
    path_in(o, "t.propto", l->text);
    path_in(o, "cut.smt2", l->script);
    memcpy(l->check,
           (char *[]){(char *)(uintptr_t)o->propto, "check", l->text, f->decided ? "--quiet" : NULL,
                      NULL},
           sizeof l->check);
    memcpy(l->z3, (char *[]){"z3", l->script, NULL}, sizeof l->z3);
}

static void race_theory(const settings *o, const commands *l, contender c[CONTENDERS]) {
    c[PROPTO] = (contender){.name = "propto check", .argv = l->check};
    c[Z3] = (contender){.name = "z3", .argv = l->z3, .says = "sat"};
    race(o, c, CONTENDERS, o->runs);
}

/* How many times as long as propto, or at least that. */
static void print_ratio(const settings *o, contender *c, double beside) {
    double t = c->late ? o->timeout : finished(c);
    if (isnan(t) || isnan(beside))
        printf("  %8s", "-");
    else
        printf("  %s%7.1f", c->late ? ">" : " ", t / beside);
}

static void print_row(const settings *o, int n, contender c[CONTENDERS]) {
    printf("  %6d", n);
    for (int i = 0; i < CONTENDERS; i++) print_time(o, &c[i]);
    print_ratio(o, &c[Z3], finished(&c[PROPTO]));
    for (int i = 0; i < CONTENDERS; i++) printf("  %8ld MB", c[i].kilobytes / 1024);
    printf("\n");
    show(o);
}

/* The slope of log time over log n. */
typedef struct {
    double n, x, y, xx, xy;
} fit;

static void fit_add(fit *f, int n, double seconds) {
    if (!(seconds > 0)) return;
    double x = log(n), y = log(seconds);
    f->n++, f->x += x, f->y += y, f->xx += x * x, f->xy += x * y;
}

static double fit_slope(const fit *f) {
    return f->n < 2 ? NAN : (f->n * f->xy - f->x * f->y) / (f->n * f->xx - f->x * f->x);
}

static void print_growth(const fit f[CONTENDERS]) {
    printf("  growth");
    for (int i = 0; i < CONTENDERS; i++)
        if (f[i].n < 2)
            printf("  %12s", "-");
        else
            printf("  %10.2f  ", fit_slope(&f[i]));
    printf("  exponents of n: log-log regression of the times less that of n = 1\n");
}

static void print_head(const family *f) {
    printf("%s: %s\n\n", f->name, f->what);
    printf("  %6s  %12s  %12s  %8s  %11s  %11s\n", "n", "propto check", "z3", "ratio",
           "peak propto", "peak z3");
}

static void race_family(const settings *o, const family *f) {
    fit fits[CONTENDERS] = {{0}};
    double start[CONTENDERS] = {0};
    contender c[CONTENDERS];
    commands lines;
    prepare_commands(o, f, &lines);
    print_head(f);
    for (int k = 0; k < 4 && f->size[k] <= o->max; k++) {
        write_theory(o, f, f->size[k]);
        export_theory(o);
        race_theory(o, &lines, c);
        print_row(o, f->size[k], c);
        for (int i = 0; i < CONTENDERS; i++) {
            if (k == 0) start[i] = finished(&c[i]);
            if (k > 0) fit_add(&fits[i], f->size[k], finished(&c[i]) - start[i]);
        }
    }
    if (f->fitted) print_growth(fits);
    printf("\n");
}

/* --- theories without parameters, beside the program that knew none --- */

/* A theory for the program and its former self. */
typedef struct {
    char *now[4], *before[4];
} checks;

static checks checks_of(const settings *o, char *path) {
    return (checks){{(char *)(uintptr_t)o->propto, "check", path, NULL},
                    {(char *)(uintptr_t)o->before, "check", path, NULL}};
}

/* The logarithms of all ratios. */
typedef struct {
    double sum;
    int n;
} ratios;

static void print_beside(const settings *o, const char *name, contender c[2], ratios *all) {
    double now = finished(&c[0]), before = finished(&c[1]);
    printf("  %-42s", name);
    for (int i = 0; i < 2; i++) print_time(o, &c[i]);
    if (!isnan(now) && !isnan(before)) {
        printf("  %6.3f", now / before);
        all->sum += log(now / before), all->n++;
    }
    printf("\n");
    show(o);
}

static void race_before(const settings *o, const char *name, char *path, ratios *all) {
    checks l = checks_of(o, path);
    contender c[] = {{.argv = l.now}, {.argv = l.before}};
    race(o, c, 2, 41);
    print_beside(o, name, c, all);
}

static void race_generated(const settings *o, const family *f, int n, ratios *all) {
    char path[PATH_SIZE], name[NAME_SIZE];
    if (n > o->max) return;
    write_theory(o, f, n);
    path_in(o, "t.propto", path);
    snprintf(name, sizeof name, "%s, n = %d", f->name, n);
    race_before(o, name, path, all);
}

/* The program before parameters must exit with 0: else the theory has some. */
static bool is_plain(const settings *o, char *path) {
    run r = run_program(o, checks_of(o, path).before, "out");
    return !r.late && r.status == 0;
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

static void beside_before(const settings *o) {
    ratios all = {0};
    if (!o->before) {
        printf("The program from before there were parameters is not at hand: not compared\n\n");
        return;
    }
    printf("Theories without parameters, now and before there were any\n\n");
    printf("  %-42s  %12s  %12s  %6s\n", "", "now", "before", "ratio");
    race_library(o, &all);
    race_generated(o, &families[0], 1000, &all);
    race_generated(o, &families[0], 10000, &all);
    race_generated(o, &families[1], 1000, &all);
    printf("  %-42s  %12s  %12s  %6.3f\n\n", "geometric mean", "", "", exp(all.sum / all.n));
}

/* --- every theory of the library --- */

static void print_theory(const settings *o, const char *name, contender *c) {
    printf("  %-42s", name);
    bool undecided = c->status == 3 && !c->late;
    c->wrong &= !undecided;
    print_time(o, c);
    printf("  %8ld MB%s\n", c->kilobytes / 1024, undecided ? "  (undecided)" : "");
    show(o);
}

static void time_library(const settings *o) {
    glob_t all = theories(o);
    printf("propto check of each theory below %s, at most %g s\n\n", o->axioms, o->timeout);
    for (size_t i = 0; i < all.gl_pathc; i++) {
        checks l = checks_of(o, all.gl_pathv[i]);
        contender c = {.argv = l.now};
        race(o, &c, 1, 3);
        print_theory(o, below_axioms(o, all.gl_pathv[i]), &c);
    }
    globfree(&all);
    printf("\n");
}

/* --- planted conflicts --- */

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
    if (fclose(to)) fail(strerror(errno), "t.propto");
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

static void time_planting(const settings *o, const planting *k) {
    static planted t;
    char path[PATH_SIZE], listed[NAME_SIZE];
    write_planted(o, k, &t);
    path_in(o, "t.propto", path);
    snprintf(listed, sizeof listed, "%d", k->listed);
    char *argv[] = {
        (char *)(uintptr_t)o->propto, "explain", "--json", "--max-repairs", listed, path, NULL};
    contender c = {.argv = argv, .says = "{"};
    race(o, &c, 1, o->runs);
    cJSON *said = c.late || c.wrong ? NULL : read_output(o);
    printf("  %-10s  %-42s  %4d", k->name, k->what, t.n);
    print_time(o, &c);
    printf("  %5ld MB  %10ld repairs  %s\n", c.kilobytes / 1024, t.repairs,
           said && is_exact(&t, k, said) ? "exact" : "NOT EXACT");
    cJSON_Delete(said);
    show(o);
}

static void explain_planted(const settings *o) {
    printf("propto explain of n statements with ten planted conflicts\n\n");
    for (size_t i = 0; i < sizeof plantings / sizeof *plantings; i++)
        time_planting(o, &plantings[i]);
    printf("\n");
}

/* --- the command line --- */

static const char *option_value(int argc, char **argv, int *i) {
    if (*i + 1 >= argc) fail("an option needs a value", argv[*i]);
    return argv[++*i];
}

static void read_option(settings *o, int argc, char **argv, int *i) {
    const char *name = argv[*i], *value = option_value(argc, argv, i);
    if (strcmp(name, "--timeout") == 0)
        o->timeout = atof(value);
    else if (strcmp(name, "--runs") == 0)
        o->runs = atoi(value);
    else if (strcmp(name, "--max") == 0)
        o->max = atoi(value);
    else if (strcmp(name, "--only") == 0)
        o->only = value;
    else if (strcmp(name, "--before") == 0)
        o->before = value;
    else
        fail("unknown option", name);
}

static settings read_arguments(int argc, char **argv) {
    settings o = {.timeout = 60, .runs = 5, .max = 10000};
    const char **words[] = {&o.propto, &o.minimal, &o.axioms};
    int n = 0;
    for (int i = 1; i < argc; i++)
        if (argv[i][0] == '-')
            read_option(&o, argc, argv, &i);
        else if (n < 3)
            *words[n++] = argv[i];
    if (n < 3) fail("usage", "bench [OPTION VALUE]... PROPTO MINIMAL AXIOMS");
    if (!(o.timeout > 0) || o.runs < 1 || o.runs > MAX_RUNS) fail("usage", "a value out of range");
    return o;
}

static bool is_wanted(const settings *o, const char *table) {
    return !o->only || strcmp(o->only, table) == 0;
}

/* How many tables there were. */
static int tables(const settings *o) {
    static const struct {
        const char *name;
        void (*print)(const settings *o);
    } whole[] = {{"small", small_theory},
                 {"before", beside_before},
                 {"axioms", time_library},
                 {"explain", explain_planted}};
    int n = 0;
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (is_wanted(o, whole[i].name)) whole[i].print(o), n++;
    for (int i = 0; i < NFAMILIES; i++)
        if (is_wanted(o, families[i].name)) race_family(o, &families[i]), n++;
    return n;
}

int main(int argc, char **argv) {
    settings o = read_arguments(argc, argv);
    sigset_t all = waited_for();
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGPIPE, SIG_IGN);
    make_directory(&o);
    int n = tables(&o);
    remove_directory(&o);
    if (n == 0) fail("no such table", o.only);
    return 0;
}
