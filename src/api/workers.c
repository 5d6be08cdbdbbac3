#include "api/workers.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

enum { MOST_JOBS = 64, TICK = 20 /* milliseconds between looks at the budget */ };

/* What all processes see. */
typedef struct {
    atomic_int next; /* piece */
    atomic_bool stop;
} board;

/* What a worker says: a head, and so many bytes. There is no gap in it. */
typedef struct {
    long piece;
    size_t n;
} head;

typedef struct {
    pid_t pid;
    int from;
    text heard; /* what is not yet a whole message begins at `at` */
    size_t at;
} worker;

typedef struct {
    arena *a;
    budget *b;
    board *shared;
    int n;
    piece_of_work work;
    void *what;
    worker team[MOST_JOBS];
    int size, listening;
} gang;

/* --- a worker --- */

static void send_all(int to, const void *bytes, size_t n) {
    const char *s = bytes;
    while (n > 0) {
        ssize_t sent = send(to, s, n, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR) _exit(1);
        if (sent > 0) s += sent, n -= (size_t)sent;
    }
}

static void end_with(pid_t parent) {
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(1);
}

static _Noreturn void toil(const gang *g, int to, pid_t parent) {
    end_with(parent);
    g->b->also_stop = &g->shared->stop;
    for (int i; (i = atomic_fetch_add(&g->shared->next, 1)) < g->n;) {
        arena *a = arena_new();
        str said = g->work(g->what, a, i);
        head h = {i, said.n};
        send_all(to, &h, sizeof h);
        send_all(to, said.s, said.n);
        arena_free(a);
    }
    _exit(0);
}

/* Signals are for the process that all of them work for. */
static pid_t fork_worker(const gang *g, int to) {
    sigset_t all, before;
    pid_t parent = getpid();
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0) toil(g, to, parent);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid;
}

static bool hire(gang *g) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    pid_t pid = fork_worker(g, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    g->team[g->size++] = (worker){pid, ends[0], text_new(g->a), 0};
    g->listening++;
    return true;
}

/* --- listening --- */

/* Whole messages; their bytes stay where they are. */
static void understand(const gang *g, worker *w, str *said) {
    head h;
    while (w->heard.n - w->at >= sizeof h) {
        memcpy(&h, w->heard.s + w->at, sizeof h);
        if (h.piece < 0 || h.piece >= g->n || w->heard.n - w->at - sizeof h < h.n) return;
        said[h.piece] = (str){w->heard.s + w->at + sizeof h, h.n};
        w->at += sizeof h + h.n;
    }
}

static void listen_to(gang *g, worker *w, str *said) {
    char some[1 << 14];
    ssize_t n = read(w->from, some, sizeof some);
    if (n > 0) {
        text_add(&w->heard, (str){some, (size_t)n});
        understand(g, w, said);
    } else if (n == 0 || errno != EINTR) {
        close(w->from);
        w->from = -1;
        g->listening--;
    }
}

static void listen_to_all(gang *g, str *said) {
    struct pollfd p[MOST_JOBS];
    for (int k = 0; k < g->size; k++)
        p[k] = (struct pollfd){.fd = g->team[k].from, .events = POLLIN};
    int ready = poll(p, (nfds_t)g->size, TICK);
    if (atomic_load(&g->b->stop)) atomic_store(&g->shared->stop, true);
    for (int k = 0; ready > 0 && k < g->size; k++)
        if (p[k].revents) listen_to(g, &g->team[k], said);
}

static void dismiss(const gang *g) {
    for (int k = 0; k < g->size; k++)
        while (waitpid(g->team[k].pid, NULL, 0) < 0 && errno == EINTR) {}
}

void share_out(arena *a, budget *b, int jobs, int n, piece_of_work work, void *what, str *said) {
    board *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) return;
    atomic_init(&shared->next, 0);
    atomic_init(&shared->stop, false);
    gang g = {.a = a, .b = b, .shared = shared, .n = n, .work = work, .what = what};
    if (jobs > n) jobs = n;
    while (g.size < jobs && g.size < MOST_JOBS && hire(&g)) {}
    while (g.listening > 0) listen_to_all(&g, said);
    dismiss(&g);
    munmap(shared, sizeof *shared);
}
