/* memory: what becomes of a program if its n-th allocation fails, for every n in one run.
 *
 * Loaded before the C library (LD_PRELOAD), below the program's own malloc (src/cli/memory.c). At
 * each call of it and its kin the process makes a copy of itself, in which this call fails and
 * every later one works; it waits for the copy to end, writes down what became of it, and goes on.
 * So every library is met, GMP, FLINT, cJSON, libcsv, utf8proc and Z3 as well, at the cost of one
 * run and a fork for each call.
 *
 *   FAULT_LOG    a file: a line `n CODE SIZE HASH LIVE` for each copy, and what it wrote to
 * standard error, quoted, on the same line. CODE is that of waitpid, SIZE and HASH are those of its
 * output, LIVE counts the allocations that it left behind (-1: it ended by _exit). The last line,
 * `end ...`, is of the run in which nothing failed. FAULT_FIRST  the first call that fails,
 * FAULT_STEP the distance to the next: samples. FAULT_SERVER if set, the calls of the solver's
 * process are counted, not those of the program: call FAULT_FIRST fails there, without copies.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
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

enum { OFF, COPIES, SERVER_LATER, SERVER_NOW };
enum { PATIENCE = 60 /* seconds for a copy */ };

static atomic_int mode = OFF;
static atomic_long live;
static unsigned long calls, first = 1, step = 1, failing;
static int out_file = -1, err_file = -1, log_file = -1;
static long *left_behind; /* shared with the copies */
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

static uint64_t digest(int fd, size_t *size) {
    static unsigned char some[1 << 16];
    uint64_t h = 14695981039346656037u;
    ssize_t n;
    for (*size = 0; (n = pread(fd, some, sizeof some, (off_t)*size)) > 0; *size += (size_t)n)
        for (ssize_t i = 0; i < n; i++) h = (h ^ some[i]) * 1099511628211u;
    return h;
}

static void put_quoted(int fd) {
    static char some[600], line[1300];
    ssize_t n = pread(fd, some, sizeof some, 0);
    size_t k = 0;
    for (ssize_t i = 0; i < n; i++) {
        if (some[i] == '\n') line[k++] = '\\';
        line[k++] = some[i] == '\n' ? 'n' : some[i];
    }
    line[k++] = '\n';
    if (write(log_file, line, k) < 0) _exit(99);
}

static void write_down(const char *what, int status) {
    size_t size;
    char line[160];
    uint64_t h = digest(out_file, &size);
    int n = snprintf(line, sizeof line, "%s %d %zu %016llx %ld ", what, status, size,
                     (unsigned long long)h, *left_behind);
    if (write(log_file, line, (size_t)n) < 0) _exit(99);
    put_quoted(err_file);
}

/* In the copy: what it writes goes to the files. */
static void redirect(void) {
    if (ftruncate(out_file, 0) || ftruncate(err_file, 0)) _exit(99);
    lseek(out_file, 0, SEEK_SET), lseek(err_file, 0, SEEK_SET);
    dup2(out_file, STDOUT_FILENO), dup2(err_file, STDERR_FILENO);
    alarm(PATIENCE);
}

/* True in the copy. */
static bool copied(void) {
    int status, before = errno;
    char what[24];
    atomic_store(&mode, OFF);
    *left_behind = -1;
    pid_t pid = fork();
    if (pid == 0) {
        redirect();
        return true;
    }
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    snprintf(what, sizeof what, "%lu", calls);
    write_down(what, status);
    atomic_store(&mode, COPIES);
    errno = before;
    return false;
}

static bool fails(void) {
    int now = atomic_load(&mode);
    if (now == SERVER_NOW) return ++calls == first;
    if (now != COPIES || !pthread_equal(program, pthread_self())) return false;
    if (++calls < first || (calls - first) % step) return false;
    failing = calls;
    return copied();
}

static void *counted(void *p) {
    if (p)
        atomic_fetch_add(&live, 1);
    else
        errno = ENOMEM;
    return p;
}

/* What lies below the program's own malloc. */
#define BELOW(type, name) ((type)(uintptr_t)dlsym(RTLD_NEXT, name))

void *__libc_malloc(size_t n) {
    static void *(*real)(size_t);
    if (!real) real = BELOW(void *(*)(size_t), "malloc");
    return counted(fails() ? NULL : real(n));
}

void *__libc_calloc(size_t n, size_t size) {
    static void *(*real)(size_t, size_t);
    if (!real) real = BELOW(void *(*)(size_t, size_t), "calloc");
    return counted(fails() ? NULL : real(n, size));
}

void *__libc_realloc(void *old, size_t n) {
    static void *(*real)(void *, size_t);
    if (!real) real = BELOW(void *(*)(void *, size_t), "realloc");
    if (fails()) return counted(NULL);
    void *p = real(old, n);
    if (!old && p) atomic_fetch_add(&live, 1);
    return p;
}

void *__libc_memalign(size_t alignment, size_t n) {
    static void *(*real)(size_t, size_t);
    if (!real) real = BELOW(void *(*)(size_t, size_t), "memalign");
    return counted(fails() ? NULL : real(alignment, n));
}

void free(void *p) {
    static void (*real)(void *);
    if (!real) real = BELOW(void (*)(void *), "free");
    if (p) atomic_fetch_sub(&live, 1);
    real(p);
}

/* At exit; the streams are still to be flushed. */
static void at_end(void) {
    if (!left_behind) return;
    *left_behind = atomic_load(&live);
    if (getpid() != owner || atomic_load(&mode) != COPIES) return;
    atomic_store(&mode, OFF);
    char line[64];
    int n = snprintf(line, sizeof line, "end %lu 0 0 %ld \n", calls, *left_behind);
    if (write(log_file, line, (size_t)n) < 0) _exit(99);
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
        left_behind = mmap(NULL, sizeof *left_behind, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        atexit(at_end);
    }
    atomic_store(&mode, server ? SERVER_LATER : COPIES);
}
