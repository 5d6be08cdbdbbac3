/* files: what becomes of a program when the system serves it badly (LD_PRELOAD).
 *
 *   FILES_SHORT  if set, reads and writes move at most three bytes, and every other one is
 *                interrupted by a signal first.
 *   FILES_FAIL   n: the n-th call of those below fails, as on a full or broken disk, or where there
 *                are too many processes.
 *   FILES_COUNT  a file, which gets the number of calls at the end.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static unsigned long calls, failing;
static bool shortened, second;

#define BELOW(type, name) ((type)(uintptr_t)dlsym(RTLD_NEXT, name))

__attribute__((constructor)) static void begin(void) {
    const char *n = getenv("FILES_FAIL");
    failing = n ? strtoul(n, NULL, 10) : 0;
    shortened = getenv("FILES_SHORT");
}

__attribute__((destructor)) static void end(void) {
    const char *path = getenv("FILES_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f) return;
    fprintf(f, "%lu\n", calls);
    fclose(f);
}

static bool fails(int error) {
    if (__atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST) != failing) return false;
    errno = error;
    return true;
}

static bool interrupted(void) {
    if (!shortened) return false;
    second = !second;
    if (second) errno = EINTR;
    return second;
}

static size_t some(size_t n) {
    return shortened && n > 3 ? 3 : n;
}

ssize_t read(int fd, void *to, size_t n) {
    if (fails(EIO) || interrupted()) return -1;
    return BELOW(ssize_t(*)(int, void *, size_t), "read")(fd, to, some(n));
}

ssize_t write(int fd, const void *from, size_t n) {
    if (fails(ENOSPC) || interrupted()) return -1;
    return BELOW(ssize_t(*)(int, const void *, size_t), "write")(fd, from, some(n));
}

ssize_t send(int fd, const void *from, size_t n, int flags) {
    if (fails(ECONNRESET) || interrupted()) return -1;
    return BELOW(ssize_t(*)(int, const void *, size_t, int), "send")(fd, from, some(n), flags);
}

ssize_t recv(int fd, void *to, size_t n, int flags) {
    if (fails(ECONNRESET) || interrupted()) return -1;
    return BELOW(ssize_t(*)(int, void *, size_t, int), "recv")(fd, to, some(n), flags);
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = flags & O_CREAT ? (mode_t)va_arg(rest, int) : 0;
    va_end(rest);
    if (fails(EMFILE)) return -1;
    return BELOW(int (*)(const char *, int, ...), "open")(path, flags, mode);
}

int fstat(int fd, struct stat *to) {
    if (fails(EIO)) return -1;
    return BELOW(int (*)(int, struct stat *), "fstat")(fd, to);
}

int mkstemp(char *path) {
    if (fails(ENOSPC)) return -1;
    return BELOW(int (*)(char *), "mkstemp")(path);
}

int fchmod(int fd, mode_t mode) {
    if (fails(EPERM)) return -1;
    return BELOW(int (*)(int, mode_t), "fchmod")(fd, mode);
}

int fsync(int fd) {
    if (fails(EIO)) return -1;
    return BELOW(int (*)(int), "fsync")(fd);
}

int close(int fd) {
    int result = BELOW(int (*)(int), "close")(fd);
    return fails(EIO) ? -1 : result;
}

int rename(const char *from, const char *to) {
    if (fails(EXDEV)) return -1;
    return BELOW(int (*)(const char *, const char *), "rename")(from, to);
}

int socketpair(int domain, int type, int protocol, int ends[2]) {
    if (fails(EMFILE)) return -1;
    return BELOW(int (*)(int, int, int, int *), "socketpair")(domain, type, protocol, ends);
}

pid_t fork(void) {
    if (fails(EAGAIN)) return -1;
    return BELOW(pid_t(*)(void), "fork")();
}

int pthread_create(pthread_t *t, const pthread_attr_t *how, void *(*f)(void *), void *of) {
    if (fails(EAGAIN)) return EAGAIN;
    typedef int start(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    return BELOW(start *, "pthread_create")(t, how, f, of);
}
