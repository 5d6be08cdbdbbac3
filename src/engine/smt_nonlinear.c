#include "engine/smt.h"

#include "engine/memo.h"
#include "engine/smt_server.h"
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    MOST_STEPS = 2000000, /* of Z3's rlimit, which qfnra-nlsat heeds up to about here */
    TICK = 20,            /* milliseconds between looks at the budget */
    COPIES = 6,           /* processes that are tried before there is none */
    ON_THE_WALL = 8       /* times as long as on a processor, where others work too */
};

static const double FIRST_REPLY = 0.25; /* seconds; doubled for each further copy */

static const size_t MOST_REMEMBERED = 64 << 20; /* bytes of questions and answers */

struct server {
    pid_t pid;   /* 0: none */
    pid_t owner; /* who started it */
    int fd;
    memo *heard; /* its answers: proofs, searches and later theories ask the same again and again */
};

struct nonlinear {
    server *server;
    int late;       /* questions that took too long */
    memo *lateness; /* which they were, on this occasion */
};

/* Seconds for a question. Each that takes too long halves them for those that
 * follow, down to one: a theory with many such questions ends in good time too.
 */
static double patience(const nonlinear *n) {
    return n->late < 3 ? (double)SERVER_SECONDS / (1 << n->late) : 1;
}

/* --- the question, as smt_server.h has it --- */

static void put_number(text *t, rat r) {
    text_puts(t, rat_text(t->arena, r));
    text_putc(t, ' ');
}

static void put_monomial(text *t, const field *over, monomial m) {
    int n = 0;
    if (!rat_is_one(m.c)) put_number(t, m.c), n++;
    for (int i = 0; i < field_size(over); i++) {
        if (!m.power[i]) continue;
        text_addf(t, "x%d ", field_symbol(over, i));
        if (m.power[i] > 1) text_addf(t, "^%lu ", m.power[i]);
        n++;
    }
    if (n) text_addf(t, "*%d ", n);
    if (!n) put_number(t, RAT_ONE);
}

/* c without denominator. */
static void put_polynomial(text *t, coef c) {
    rat r;
    if (coef_rat(c, &r)) {
        put_number(t, r);
        return;
    }
    polynomial p = coef_polynomial(t->arena, c);
    for (int i = 0; i < p.n; i++) put_monomial(t, coef_field(c), p.m[i]);
    text_addf(t, "+%d ", p.n);
}

/* Σ c_i x_i + k, without denominators. */
static void put_form(text *t, form f) {
    int n = f.n;
    for (int i = 0; i < f.n; i++) {
        if (!coef_is_one(f.t[i].c)) put_polynomial(t, f.t[i].c);
        text_addf(t, "x%d ", f.t[i].sym);
        if (!coef_is_one(f.t[i].c)) text_puts(t, "*2 ");
    }
    if (n == 0 || !coef_is_zero(f.k)) put_polynomial(t, f.k), n++;
    text_addf(t, "+%d ", n);
}

static void put_relation(text *t, rel r) {
    switch (r) {
    case REL_EQ:
        text_puts(t, "= ");
        break;
    case REL_LE:
        text_puts(t, "<= ");
        break;
    case REL_LT:
        text_puts(t, "< ");
        break;
    }
}

/* n/d = 0 where d ≠ 0 and n = 0; for the other relations, where d ≠ 0 and n d
 * rel 0. */
static void put_atom(text *t, const formula *f) {
    coef d = form_denominator(t->arena, f->lhs);
    form n = form_scale(t->arena, d, f->lhs);
    rat positive;
    bool plain = coef_rat(d, &positive);
    if (!plain) put_polynomial(t, d), text_puts(t, "= ~ ");
    put_form(t, n);
    if (!plain && f->rel != REL_EQ) put_polynomial(t, d), text_puts(t, "*2 ");
    put_relation(t, f->rel);
    if (!plain) text_puts(t, "&2 ");
}

static void put_formula(text *t, const formula *f) {
    if (f->kind == FORMULA_ATOM) {
        put_atom(t, f);
        return;
    }
    for (int i = 0; i < f->n; i++) put_formula(t, f->kid[i]);
    text_addf(t, "%c%d ", f->kind == FORMULA_ALL ? '&' : '|', f->n);
}

static str question_text(arena *a, const sequent *q, unsigned steps) {
    text t = text_new(a);
    text_addf(&t, "%u %d\n", steps, q->p->nsymbols);
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f) put_formula(&t, f), text_puts(&t, "!\n");
    }
    text_puts(&t, ".\n");
    return text_str(&t);
}

/* --- the process --- */

/* Signals stay with the program: in the child they are blocked. */
static pid_t fork_blocked(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid != 0) pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid;
}

static bool launch(server *s) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return false;
    pid_t self = getpid(), pid = fork_blocked();
    if (pid == 0) smt_serve(ends[1], self);
    close(ends[1]);
    if (pid < 0) close(ends[0]);
    if (pid > 0) *s = (server){pid, self, ends[0], s->heard};
    return pid > 0;
}

/* A copy of the program has no right to a process that it did not start. */
static void finish(server *s) {
    if (!s->pid) return;
    if (s->owner == getpid()) {
        (void)kill(s->pid, SIGKILL);
        while (waitpid(s->pid, NULL, 0) < 0 && errno == EINTR) continue;
    }
    close(s->fd);
    s->pid = 0;
}

static bool is_running(server *s) {
    if (s->pid && s->owner != getpid()) finish(s);
    return s->pid;
}

static void finish_it(void *what) {
    finish(what);
}

server *server_new(arena *a) {
    server *s = NEW(a, server);
    s->heard = memo_new(a, MOST_REMEMBERED);
    arena_defer(a, finish_it, s);
    return s;
}

nonlinear *nonlinear_open(arena *a) {
    nonlinear *n = NEW(a, nonlinear);
    *n = (nonlinear){.server = server_new(a), .lateness = memo_new(a, MOST_REMEMBERED)};
    return n;
}

void nonlinear_use(nonlinear *n, server *s) {
    n->server = s;
}

long nonlinear_process(const nonlinear *n) {
    return n->server->pid;
}

/* --- the conversation --- */

typedef enum { HEARD, NOT_STARTED, ENDED, TOO_LONG } reply;

static bool is_passing(int error) {
    return error == EINTR || error == EAGAIN || error == EWOULDBLOCK;
}

static bool say_more(int fd, str *s) {
    ssize_t n = send(fd, s->s, s->n, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (n > 0) *s = (str){s->s + n, s->n - (size_t)n};
    return n >= 0 || is_passing(errno);
}

static bool hear_more(int fd, text *t) {
    char some[4096];
    ssize_t n = recv(fd, some, sizeof some, MSG_DONTWAIT);
    if (n > 0) text_add(t, (str){some, (size_t)n});
    return n > 0 || (n < 0 && is_passing(errno));
}

/* Seconds of a processor that the process has had; where the system does not tell, those of the
 * clock on the wall. */
static double worked(const server *s) {
    clockid_t id;
    struct timespec t;
    if (clock_getcpuclockid(s->pid, &id) != 0 || clock_gettime(id, &t) != 0) return clock_seconds();
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* What a reply may take: work of the process, and time on the wall, where others work too. */
typedef struct {
    double work, wall;
} deadline;

static deadline within(const server *s, double work, double wall) {
    return (deadline){worked(s) + work, clock_seconds() + wall};
}

static bool is_over(const server *s, deadline d) {
    return worked(s) >= d.work || clock_seconds() >= d.wall;
}

static reply converse(const server *s, budget *b, deadline end, str question, text *heard) {
    while (budget_left(b) && !is_over(s, end)) {
        struct pollfd p = {.fd = s->fd, .events = question.n ? POLLIN | POLLOUT : POLLIN};
        int ready = poll(&p, 1, TICK);
        if (ready < 0 && errno != EINTR) return ENDED;
        if (ready <= 0) continue;
        if (p.revents & POLLOUT && !say_more(s->fd, &question)) return ENDED;
        if (p.revents & ~POLLOUT && !hear_more(s->fd, heard)) return ENDED;
        if (is_message(heard)) return HEARD;
    }
    return TOO_LONG;
}

/* A lock that another thread holds while the process is copied stays locked in the copy for ever
 * (POSIX, fork), and Z3 has such locks. A copy that does not answer a small question, x^2 = 2, in
 * which it goes all its ways once, has been caught by one: another copy is made. */
static reply rehearse(const server *s, budget *b, double seconds) {
    static const char rehearsal[] = "100000 1\nx0 ^2 -2 +2 = !\n.\n";
    arena *a = arena_new();
    text heard = text_new(a);
    reply r = converse(s, b, within(s, seconds, seconds), str_of(rehearsal), &heard);
    arena_free(a);
    return r;
}

/* Linux counts the threads among the links of that folder; elsewhere there may be some. */
static bool is_only_thread(void) {
    struct stat task;
    return stat("/proc/self/task", &task) == 0 && task.st_nlink == 2 + 1;
}

static reply start(server *s, budget *b) {
    double seconds = FIRST_REPLY;
    if (is_only_thread()) return launch(s) ? HEARD : NOT_STARTED;
    for (int i = 0; i < COPIES; i++, seconds *= 2) {
        if (!launch(s)) break;
        reply r = rehearse(s, b, seconds);
        if (r == HEARD) return r;
        finish(s);
        if (r == ENDED) return r;
    }
    return NOT_STARTED;
}

/* A process that is not there any more (it ends with the thread that started
 * it) is replaced; one that the question itself has ended is not. */
static reply ask(nonlinear *n, budget *b, str question, text *heard) {
    bool was_there = is_running(n->server);
    reply ready = was_there ? HEARD : start(n->server, b);
    if (ready != HEARD) return ready;
    deadline end = within(n->server, patience(n), ON_THE_WALL * patience(n));
    reply r = converse(n->server, b, end, question, heard);
    if (r == HEARD) memo_keep(n->server->heard, question, text_str(heard));
    if (r == HEARD) return r;
    finish(n->server);
    heard->n = 0;
    return r == ENDED && was_there ? ask(n, b, question, heard) : r;
}

static bool recall(const nonlinear *n, str question, text *heard) {
    const str *answer = memo_find(n->server->heard, question);
    if (!answer) answer = memo_find(n->lateness, question);
    if (answer) text_add(heard, *answer);
    return answer;
}

/* --- what was heard --- */

static str next_line(str *s) {
    const char *end = s->n ? memchr(s->s, '\n', s->n) : NULL;
    str line = {s->s, end ? (size_t)(end - s->s) : s->n};
    size_t taken = line.n + (end != NULL);
    *s = (str){s->s + taken, s->n - taken};
    return line;
}

/* Reads n lines; nothing where one is no number. */
static witness read_values(arena *a, str *s, int n) {
    coef *x = NEW_ARRAY(a, coef, n);
    int known = 0;
    rat r;
    for (int i = 0; i < n; i++)
        if (rat_parse(a, next_line(s), &r)) x[i] = coef_of(r), known++;
    return known == n ? (witness){x, n} : (witness){0};
}

static smt_status understood(arena *a, budget *b, str s, const sequent *q, witness *w) {
    str verdict = next_line(&s);
    bool sat = str_eq(verdict, STR("1"));
    witness found = {0};
    if (sat) found = read_values(a, &s, q->p->nsymbols);
    (void)budget_spend(b, strtoull(str_z(a, next_line(&s)), NULL, 10));
    if (sat && w) *w = found;
    return sat ? SMT_SAT : str_eq(verdict, STR("-1")) ? SMT_UNSAT : SMT_UNKNOWN;
}

/* That it took too long is an answer to remember, unless the budget has ended
 * it. */
static void keep_lateness(nonlinear *n, const budget *b, str question, unsigned steps) {
    char answer[32];
    if (b->reason) return;
    snprintf(answer, sizeof answer, "0\n%u\n", steps);
    memo_keep(n->lateness, question, str_of(answer));
    n->late++;
}

static const char *shortcoming(reply r) {
    switch (r) {
    case NOT_STARTED:
        return "no process could be started for nonlinear arithmetic";
    case ENDED:
        return "the process for nonlinear arithmetic ended, perhaps for want of memory";
    case HEARD:
    case TOO_LONG:
        break;
    }
    return "nonlinear arithmetic took too long";
}

static smt_status ask_within(nonlinear *n, budget *b, arena *a, const sequent *q, witness *w,
                             const char **why) {
    unsigned steps = b->steps_left < MOST_STEPS ? (unsigned)b->steps_left : MOST_STEPS;
    arena *scratch = arena_new();
    text heard = text_new(scratch);
    str question = question_text(scratch, q, steps);
    smt_status r = SMT_UNKNOWN;
    reply got = recall(n, question, &heard) ? HEARD : ask(n, b, question, &heard);
    if (got == HEARD) r = understood(a, b, text_str(&heard), q, w);
    if (got == TOO_LONG) keep_lateness(n, b, question, steps);
    if (got == ENDED || got == TOO_LONG) (void)budget_spend(b, steps);
    *why = shortcoming(got);
    arena_free(scratch);
    return r;
}

smt_status nonlinear_ask(nonlinear *n, budget *b, arena *a, const sequent *q, witness *w,
                         const char **why) {
    const char *reason = NULL;
    smt_status r = SMT_UNKNOWN;
    if (budget_left(b)) r = ask_within(n, b, a, q, w, &reason);
    if (r == SMT_UNKNOWN && why) *why = b->reason ? b->reason : reason;
    return r;
}
