/* memory: the program's malloc, which does not come back without memory.
 *
 * GMP and FLINT abort where memory runs out, cJSON leaves members out without a word, and Z3 may
 * do anything. So in the program (not in the library, which is a guest of its process) all of
 * them get the C library's memory through these doors, as the GNU C library's manual provides for
 * in "Replacing malloc": where there is none the program ends with a message and exit code 3, and
 * has written nothing. Under the sanitizers, which have doors of their own, and with another C
 * library, this file is empty.
 */
#include "cli/memory.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#elif defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

/* The libraries shall find them. */
#define DOOR __attribute__((visibility("default")))

static void *found(void *p) {
    static const char message[] = "propto: out of memory (--max-memory moves the limit)\n";
    if (p) return p;
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _Exit(NO_MEMORY);
}

DOOR void *malloc(size_t size) {
    return found(__libc_malloc(size));
}

DOOR void *calloc(size_t n, size_t size) {
    return found(__libc_calloc(n, size));
}

/* Of size 0 it frees. */
DOOR void *realloc(void *old, size_t size) {
    void *p = __libc_realloc(old, size);
    return old && size == 0 ? p : found(p);
}

DOOR void *aligned_alloc(size_t alignment, size_t size) {
    return found(__libc_memalign(alignment, size));
}

DOOR int posix_memalign(void **p, size_t alignment, size_t size) {
    if (alignment % sizeof(void *) || alignment == 0 || alignment & (alignment - 1)) return EINVAL;
    *p = found(__libc_memalign(alignment, size));
    return 0;
}

#endif

/* What counts is what is written to: not libraries, nor address space that is only reserved. */
void limit_memory(unsigned long long megabytes) {
#ifndef SANITIZED
    struct rlimit now;
    rlim_t most = megabytes < RLIM_INFINITY >> 20 ? (rlim_t)megabytes << 20 : RLIM_INFINITY;
    if (getrlimit(RLIMIT_DATA, &now) != 0 || now.rlim_cur <= most) return;
    now.rlim_cur = most;
    (void)setrlimit(RLIMIT_DATA, &now);
#else
    (void)megabytes;
#endif
}
