#include "cli/files.h"

#include "cli/complain.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void keep_streams_apart(void) {
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
        bool closed = fcntl(fd, F_GETFD) < 0 && errno == EBADF;
        if (closed && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd) _exit(2);
    }
}

enum { NOT_READ = 2 };

/* --- reading --- */

static bool has_room(buffer *b, size_t most) {
    if (b->n < b->cap) return true;
    size_t cap = b->cap ? 2 * b->cap : 1 << 16;
    if (cap > most) cap = most;
    char *s = cap > b->n ? realloc(b->s, cap) : NULL;
    if (s == NULL) return false;
    b->s = s, b->cap = cap;
    return true;
}

bool read_stream(int fd, buffer *b, size_t most) {
    while (has_room(b, most)) {
        ssize_t n = read(fd, b->s + b->n, b->cap - b->n);
        if (n == 0) return true;
        if (n > 0)
            b->n += (size_t)n;
        else if (errno != EINTR)
            return false;
    }
    return b->n == most;
}

/* --- writing --- */

/* Waits for a pipe that does not wait itself. */
static bool is_ready(int fd) {
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    return poll(&p, 1, -1) >= 0 || errno == EINTR;
}

int write_all(int fd, const char *s, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, s, n);
        if (done < 0 && errno != EINTR && !(errno == EAGAIN && is_ready(fd))) return errno;
        if (done < 0) continue;
        s += done, n -= (size_t)done;
    }
    return 0;
}

int written(int code, int error) {
    if (error == 0 || error == EPIPE) return code;
    complain("cannot write the output: ", strerror(error), "");
    return NOT_READ;
}
