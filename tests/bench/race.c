#include "race.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* --- one run --- */

typedef struct {
    double seconds, cpu;
    long kilobytes;
    int status;
    bool late;
} run;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static double in_seconds(struct timeval t) {
    return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

static sigset_t waited_for(void) {
    sigset_t s;
    sigemptyset(&s);
    sigaddset(&s, SIGCHLD);
    sigaddset(&s, SIGINT);
    sigaddset(&s, SIGTERM);
    return s;
}

void prepare_races(void) {
    sigset_t all = waited_for();
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGPIPE, SIG_IGN);
}

/* The child: a group of its own, so that all of it can be killed. */
static _Noreturn void become(const settings *o, char *const *argv, const char *out) {
    char path[PATH_SIZE];
    path_in(o, out, path);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600), null = open("/dev/null", O_RDWR);
    setpgid(0, 0);
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

static _Noreturn void give_up(const settings *o, pid_t child) {
    kill(-child, SIGKILL);
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
        if (r.late) kill(-child, SIGKILL);
    }
    r.seconds = now() - start;
    r.cpu = in_seconds(use.ru_utime) + in_seconds(use.ru_stime);
    r.kilobytes = use.ru_maxrss;
    r.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return r;
}

/* Nobody reads on: the end. What is left of our own memory would count as the child's. */
static run run_program(const settings *o, char *const *argv, const char *out) {
    if (fflush(stdout) != 0) {
        remove_directory(o);
        exit(2);
    }
    malloc_trim(0);
    double start = now();
    pid_t child = fork();
    if (child < 0) fail("fork", strerror(errno));
    if (child == 0) become(o, argv, out);
    setpgid(child, child);
    return wait_for(o, child, start);
}

int run_once(const settings *o, char *const *argv, const char *out) {
    run r = run_program(o, argv, out);
    return r.late ? -1 : r.status;
}

bool is_installed(const char *program) {
    const char *path = getenv("PATH");
    char copy[PATH_SIZE], full[2 * PATH_SIZE], *rest = NULL;
    snprintf(copy, sizeof copy, "%s", path ? path : "/usr/bin:/bin");
    for (char *dir = strtok_r(copy, ":", &rest); dir; dir = strtok_r(NULL, ":", &rest)) {
        snprintf(full, sizeof full, "%s/%s", dir, program);
        if (access(full, X_OK) == 0) return true;
    }
    return false;
}

/* --- turns --- */

static void take_turn(const settings *o, contender *c) {
    if (!c->argv || (c->end != NOT_RUN && c->end != DONE)) return;
    if (c->n > 0 && c->spent > o->timeout / 6) return;
    run r = run_program(o, c->argv, "out");
    c->status = r.status;
    c->end = r.late ? LATE : c->judge(o, c);
    c->spent += r.seconds;
    c->seconds[c->n] = r.seconds;
    c->cpu[c->n++] = r.cpu;
    if (r.kilobytes > c->kilobytes) c->kilobytes = r.kilobytes;
}

void race(const settings *o, contender *c, int n, int runs) {
    for (int i = 0; i < runs && i < MAX_RUNS; i++)
        for (int j = 0; j < n; j++) take_turn(o, &c[j]);
}

static int ascending(const void *x, const void *y) {
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static double median(double *x, int n) {
    if (n == 0) return NAN;
    qsort(x, (size_t)n, sizeof *x, ascending);
    return (x[n / 2] + x[(n - 1) / 2]) / 2;
}

measure measured(contender *c) {
    measure m = {.end = c->end, .kilobytes = c->kilobytes, .runs = c->n};
    m.seconds = median(c->seconds, c->n);
    m.least = c->n ? c->seconds[0] : NAN;
    m.cpu = median(c->cpu, c->n);
    return m;
}

/* --- judges --- */

outcome judge_status(const settings *o, const contender *c) {
    (void)o;
    return c->status == 0 ? DONE : FAILED;
}

outcome judge_word(const settings *o, const contender *c) {
    char said[NAME_SIZE] = "";
    FILE *f = open_in(o, "out", "r");
    bool any = fscanf(f, "%63s", said) == 1;
    fclose(f);
    if (!any) return FAILED;
    if (strcmp(said, c->known) == 0) return DONE;
    if (strcmp(said, "unknown") == 0) return UNDECIDED;
    return strcmp(said, "sat") == 0 || strcmp(said, "unsat") == 0 ? WRONG : FAILED;
}

outcome judge_script(const settings *o, const contender *c) {
    char line[PATH_SIZE], verdict[NAME_SIZE] = "";
    int checks = 0;
    outcome e = c->status == 0 ? DONE : FAILED;
    FILE *f = open_in(o, "out", "r");
    while (e == DONE && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        const char *colon = strrchr(line, ':');
        if (verdict[0] && strcmp(line, verdict) != 0)
            e = strcmp(line, "unknown") == 0 ? UNDECIDED : WRONG;
        checks += verdict[0] != 0;
        snprintf(verdict, sizeof verdict, "%s", !verdict[0] && colon ? colon + 2 : "");
    }
    fclose(f);
    return e == DONE && checks == 0 ? FAILED : e;
}
