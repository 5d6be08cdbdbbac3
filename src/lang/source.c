#include "lang/source.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include "lang/lex.h"

static const source *unreadable(const char *shown, span user, const char *why, diags *sink) {
    diag_add(sink, DIAG_E001, user, "cannot read %s: %s", shown, why);
    return NULL;
}

static const source *too_large(const char *shown, span user, size_t max, diags *sink) {
    diag *d = diag_add(sink, DIAG_E401, user, "%s is larger than %zu bytes", shown, max);
    d->help = "the limit is moved with --max-bytes";
    return NULL;
}

/* Everything up to one byte more than allowed; -1 on an error of reading. */
static ssize_t read_all(arena *a, int fd, size_t max, char **out) {
    size_t cap = 1 << 16, n = 0;
    char *bytes = arena_alloc(a, cap);
    for (;;) {
        if (n == cap) {
            char *bigger = arena_alloc(a, cap * 2);
            memcpy(bigger, bytes, n);
            bytes = bigger;
            cap *= 2;
        }
        ssize_t got = read(fd, bytes + n, cap - n);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return -1;
        if (got > 0) n += (size_t)got;
        *out = bytes;
        if (got == 0 || n > max) return (ssize_t)n;
    }
}

static const source *read_open(arena *a, int fd, const char *shown, span user, size_t max,
                               diags *sink) {
    struct stat st;
    char *bytes, why[128];
    if (fstat(fd, &st) < 0) return unreadable(shown, user, "it cannot be examined", sink);
    if (S_ISDIR(st.st_mode)) return unreadable(shown, user, "it is a directory", sink);
    if (user.src && !S_ISREG(st.st_mode))
        return unreadable(shown, user, "it is not a regular file", sink);
    ssize_t n = read_all(a, fd, max, &bytes);
    if (n < 0) return unreadable(shown, user, strerror_r(errno, why, sizeof why), sink);
    if ((size_t)n > max) return too_large(shown, user, max, sink);
    source *s = NEW(a, source);
    s->name = str_z(a, str_of(shown));
    s->bytes = (str){bytes, (size_t)n};
    return s;
}

const source *source_load(arena *a, const char *path, const char *shown, span user,
                          const lang_limits *limits, diags *sink) {
    size_t max = lex_limits(limits).max_bytes;
    char why[128];
    int fd = open(path, O_RDONLY | O_CLOEXEC | (user.src ? O_NONBLOCK : 0));
    if (fd < 0) return unreadable(shown, user, strerror_r(errno, why, sizeof why), sink);
    const source *s = read_open(a, fd, shown, user, max, sink);
    close(fd);
    return s;
}

const source *source_read(arena *a, const char *path, const lang_limits *l, diags *sink) {
    return source_load(a, path, path, (span){0}, l, sink);
}

const source *source_of(arena *a, const char *name, str bytes) {
    source *s = NEW(a, source);
    s->name = str_z(a, str_of(name));
    s->bytes = str_copy(a, bytes);
    return s;
}
