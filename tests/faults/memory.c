/* memory: what becomes of a program if its n-th allocation fails, for every n in one run.
 *
 * Loaded before the C library (LD_PRELOAD), below the program's own malloc (src/cli/memory.c),
 * which ends the program where there is no memory and never comes back. So at each call a second
 * process is started on a stack of its own in the memory of the first, which waits (clone with
 * CLONE_VM and CLONE_VFORK: nothing is copied): it makes the same call, which fails there; what
 * became of it is written down, and the first goes on with the call as if nothing had been. So
 * every library is met, GMP, FLINT, cJSON, libcsv, utf8proc and Z3 as well, at the cost of one run
 * and little more than a process for each call.
 *
 *   FAULT_LOG    a file: a line `FIRST COUNT STATUS SIZE` and what was written to standard error,
 *                quoted, for calls in a row that all ended in the same way. STATUS is that of
 *                waitpid; SIZE is that of what was written to standard output. The last line, `end
 *                CALLS 0 0`, is of the run in which nothing failed.
 *   FAULT_FIRST  the first call that fails, FAULT_STEP the distance to the next: samples.
 *   FAULT_SERVER if set, the calls of the solver's process are counted, not those of the program:
 *                call FAULT_FIRST fails there, and no process is started for it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdalign.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OFF, EACH, FAILING, SERVER_LATER, SERVER_NOW };
enum { PATIENCE = 60 /* seconds for a process */, CAME_BACK = 98, NOT_WRITTEN = 99 };

/* A call of one of the program's doors. */
typedef struct {
    enum { MALLOC, CALLOC, REALLOC, ALIGNED } door;
    size_t n, size;
    void *old;
} call;

/* How a call ended. */
typedef struct {
    int status;
    size_t size;
    char error[1200]; /* quoted */
} ending;

static atomic_int mode = OFF;
static unsigned long calls, first = 1, step = 1;
static int out_file = -1, err_file = -1, log_file = -1;
static ending last;
static unsigned long last_first, last_count;
static pthread_t program;
static pid_t owner;

static unsigned long number_in(const char *name, unsigned long otherwise) {
    const char *s = getenv(name);
    return s ? strtoul(s, NULL, 10) : otherwise;
}

static void in_fork(void) {
    int expected = SERVER_LATER;
    if (!atomic_compare_exchange_strong(&mode, &expected, SERVER_NOW)) atomic_store(&mode, OFF);
}

/* --- what is written down --- */

static void write_line(const char *what, unsigned long n, const ending *e) {
    static char line[sizeof e->error + 100];
    int size =
        snprintf(line, sizeof line, "%s %lu %d %zu %s\n", what, n, e->status, e->size, e->error);
    if (write(log_file, line, (size_t)size) != size) _exit(NOT_WRITTEN);
}

static void write_down_last(void) {
    char what[24];
    snprintf(what, sizeof what, "%lu", last_first);
    if (last_count) write_line(what, last_count, &last);
    last_count = 0;
}

static size_t size_of(int fd) {
    off_t n = lseek(fd, 0, SEEK_END);
    return n < 0 ? 0 : (size_t)n;
}

static void quote(int fd, char *line) {
    char some[550];
    ssize_t n = pread(fd, some, sizeof some, 0);
    size_t k = 0;
    for (ssize_t i = 0; i < n; i++) {
        if (some[i] == '\n') line[k++] = '\\';
        line[k++] = some[i] == '\n' ? 'n' : some[i];
    }
    line[k] = 0;
}

static void note(int status) {
    static ending now;
    now = (ending){.status = status, .size = size_of(out_file)};
    quote(err_file, now.error);
    bool same =
        now.status == last.status && now.size == last.size && !strcmp(now.error, last.error);
    if (!same || !last_count) {
        write_down_last();
        last = now, last_first = calls;
    }
    last_count++;
}

/* --- the second process --- */

/* What it writes goes to the files. */
static void redirect(void) {
    if (ftruncate(out_file, 0) || ftruncate(err_file, 0)) _exit(NOT_WRITTEN);
    lseek(out_file, 0, SEEK_SET), lseek(err_file, 0, SEEK_SET);
    dup2(out_file, STDOUT_FILENO), dup2(err_file, STDERR_FILENO);
    alarm(PATIENCE);
}

static int fail(void *what) {
    const call *c = what;
    void *volatile kept = NULL;
    redirect();
    switch (c->door) {
    case MALLOC:
        kept = malloc(c->n);
        break;
    case CALLOC:
        kept = calloc(c->n, c->size);
        break;
    case REALLOC:
        kept = realloc(c->old, c->n);
        break;
    case ALIGNED:
        kept = aligned_alloc(c->size, c->n);
    }
    (void)kept;
    _exit(CAME_BACK);
}

static void fail_aside(call c) {
    static alignas(16) char stack[1 << 16];
    int status = -1, before = errno;
    atomic_store(&mode, FAILING);
    pid_t pid = clone(fail, stack + sizeof stack, CLONE_VM | CLONE_VFORK | SIGCHLD, &c);
    while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    note(status);
    atomic_store(&mode, EACH);
    errno = before;
}

/* Does this call fail, here and now? */
static bool fails(call c) {
    int now = atomic_load(&mode);
    if (now == FAILING) return true;
    if (now == SERVER_NOW) return ++calls == first;
    if (now != EACH || !pthread_equal(program, pthread_self())) return false;
    if (++calls >= first && (calls - first) % step == 0) fail_aside(c);
    return false;
}

static void *none(void) {
    errno = ENOMEM;
    return NULL;
}

/* What lies below the program's own malloc. */
#define BELOW(type, name) ((type)(uintptr_t)dlsym(RTLD_NEXT, name))

void *__libc_malloc(size_t n) {
    static void *(*real)(size_t);
    if (!real) real = BELOW(void *(*)(size_t), "malloc");
    return fails((call){MALLOC, n, 0, NULL}) ? none() : real(n);
}

void *__libc_calloc(size_t n, size_t size) {
    static void *(*real)(size_t, size_t);
    if (!real) real = BELOW(void *(*)(size_t, size_t), "calloc");
    return fails((call){CALLOC, n, size, NULL}) ? none() : real(n, size);
}

void *__libc_realloc(void *old, size_t n) {
    static void *(*real)(void *, size_t);
    if (!real) real = BELOW(void *(*)(void *, size_t), "realloc");
    return fails((call){REALLOC, n, 0, old}) ? none() : real(old, n);
}

void *__libc_memalign(size_t alignment, size_t n) {
    static void *(*real)(size_t, size_t);
    if (!real) real = BELOW(void *(*)(size_t, size_t), "memalign");
    return fails((call){ALIGNED, n, alignment, NULL}) ? none() : real(alignment, n);
}

static void at_end(void) {
    if (getpid() != owner || atomic_load(&mode) != EACH) return;
    atomic_store(&mode, OFF);
    write_down_last();
    write_line("end", calls, &(ending){0});
}

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("FAULT_LOG");
    first = number_in("FAULT_FIRST", 1), step = number_in("FAULT_STEP", 1);
    bool server = getenv("FAULT_SERVER");
    unsetenv("LD_PRELOAD");
    owner = getpid(), program = pthread_self();
    pthread_atfork(NULL, NULL, in_fork);
    if (!server && !log) return;
    if (!server) {
        log_file = open(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        out_file = memfd_create("out", MFD_CLOEXEC), err_file = memfd_create("err", MFD_CLOEXEC);
        atexit(at_end);
    }
    atomic_store(&mode, server ? SERVER_LATER : EACH);
}
