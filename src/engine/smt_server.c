#include "engine/smt_server.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include "engine/smt_context.h"

enum {
    STEPS_ASIDE = 50000, /* for a try to make a model rational */
    MOST_GROWTH = 64     /* megabytes: what has grown more answers no other question */
};
#define MOST_MEGABYTES "1000"

typedef struct {
    const z3_calls *z3;
    Z3_context c;
    Z3_sort real;
    Z3_solver solver;
    arena *a;
    int nsymbols;
    VEC(Z3_ast) stack;
} asker;

/* --- a fresh solver --- */

/* Whoever listens hears nothing, which is an answer too. */
static void fail(Z3_context c, Z3_error_code e) {
    (void)c, (void)e;
    _exit(1);
}

/* What refers to Z3's objects goes with the context. */
static asker asker_new(const z3_calls *z3) {
    asker k = {.z3 = z3, .c = smt_context(z3, CONTEXT_KEPT, fail), .a = arena_new()};
    if (!k.c) _exit(1);
    k.real = k.z3->mk_real_sort(k.c);
    Z3_tactic nlsat = k.z3->mk_tactic(k.c, "qfnra-nlsat");
    k.z3->tactic_inc_ref(k.c, nlsat);
    k.solver = k.z3->mk_solver_from_tactic(k.c, nlsat);
    k.z3->solver_inc_ref(k.c, k.solver);
    return k;
}

static void asker_free(asker *k) {
    k->z3->del_context(k->c);
    arena_free(k->a);
}

static void set_limits(const asker *k, unsigned steps) {
    Z3_params params = k->z3->mk_params(k->c);
    k->z3->params_inc_ref(k->c, params);
    k->z3->params_set_bool(k->c, params, k->z3->mk_string_symbol(k->c, "ctrl_c"), false);
    k->z3->params_set_uint(k->c, params, k->z3->mk_string_symbol(k->c, "rlimit"), steps);
    k->z3->solver_set_params(k->c, k->solver, params);
}

/* --- the question: a machine with a stack --- */

static Z3_ast number_term(const asker *k, const char *digits) {
    return k->z3->mk_numeral(k->c, digits, k->real);
}

static Z3_ast symbol_term(const asker *k, int i) {
    return k->z3->mk_const(k->c, k->z3->mk_int_symbol(k->c, i), k->real);
}

/* The uppermost n, the first of them lowest; of an empty stack, none. */
static Z3_ast *pop(asker *k, unsigned n) {
    if (n > k->stack.n) _exit(1);
    k->stack.n -= n;
    return k->stack.v ? k->stack.v + k->stack.n : NULL;
}

static Z3_ast joined(asker *k, char how, unsigned n) {
    Z3_ast *t = pop(k, n);
    switch (how) {
    case '+':
        return k->z3->mk_add(k->c, n, t);
    case '*':
        return k->z3->mk_mul(k->c, n, t);
    case '&':
        return k->z3->mk_and(k->c, n, t);
    default:
        return k->z3->mk_or(k->c, n, t);
    }
}

static Z3_ast compared_with_zero(asker *k, const char *rel) {
    Z3_ast t = *pop(k, 1), zero = number_term(k, "0");
    if (*rel == '=') return k->z3->mk_eq(k->c, t, zero);
    return rel[1] ? k->z3->mk_le(k->c, t, zero) : k->z3->mk_lt(k->c, t, zero);
}

/* What a word other than `!` puts on the stack. */
static Z3_ast term_of(asker *k, const char *word) {
    switch (*word) {
    case 'x':
        return symbol_term(k, atoi(word + 1));
    case '^':
        return k->z3->mk_power(k->c, *pop(k, 1), number_term(k, word + 1));
    case '+':
    case '*':
    case '&':
    case '|':
        return joined(k, *word, (unsigned)atoi(word + 1));
    case '~':
        return k->z3->mk_not(k->c, *pop(k, 1));
    case '=':
    case '<':
        return compared_with_zero(k, word);
    default:
        return number_term(k, word);
    }
}

static void obey(asker *k, const char *word) {
    if (*word == '!') {
        k->z3->solver_assert(k->c, k->solver, *pop(k, 1));
        return;
    }
    Z3_ast t = term_of(k, word);
    vec_push(k->a, &k->stack, t);
}

/* All but the point. */
static void understand(asker *k, char *question) {
    char *rest, *word = strtok_r(question, " \n", &rest);
    set_limits(k, word ? (unsigned)strtoul(word, NULL, 10) : 0);
    word = strtok_r(NULL, " \n", &rest);
    k->nsymbols = word ? atoi(word) : 0;
    while ((word = strtok_r(NULL, " \n", &rest)) && strcmp(word, ".") != 0) obey(k, word);
}

/* --- the answer --- */

static unsigned work_done(const asker *k) {
    unsigned used = 0;
    Z3_stats stats = k->z3->solver_get_statistics(k->c, k->solver);
    k->z3->stats_inc_ref(k->c, stats);
    for (unsigned i = 0; i < k->z3->stats_size(k->c, stats); i++)
        if (strcmp(k->z3->stats_get_key(k->c, stats, i), "rlimit count") == 0)
            used = k->z3->stats_get_uint_value(k->c, stats, i);
    return used;
}

/* NULL where the model leaves the symbol open. */
static Z3_ast value_in(const asker *k, Z3_model m, int i) {
    Z3_func_decl f = k->z3->get_app_decl(k->c, k->z3->to_app(k->c, symbol_term(k, i)));
    return k->z3->model_get_const_interp(k->c, m, f);
}

/* NULL where there is none. */
static Z3_model model_now(const asker *k) {
    if (k->z3->solver_check(k->c, k->solver) != Z3_L_TRUE) return NULL;
    Z3_model m = k->z3->solver_get_model(k->c, k->solver);
    k->z3->model_inc_ref(k->c, m);
    return m;
}

/* A model in which the symbol has that value; the solver then stays with it. */
static Z3_model model_with(const asker *k, int i, Z3_ast value) {
    k->z3->solver_push(k->c, k->solver);
    k->z3->solver_assert(k->c, k->solver, k->z3->mk_eq(k->c, symbol_term(k, i), value));
    Z3_model m = model_now(k);
    if (!m) k->z3->solver_pop(k->c, k->solver, 1);
    return m;
}

/* Tries rationals on both sides of the irrational values, one after the other. */
static Z3_model more_rational(const asker *k, Z3_model m) {
    set_limits(k, STEPS_ASIDE);
    for (int i = 0; i < k->nsymbols; i++) {
        Z3_ast value = value_in(k, m, i);
        if (!value || !k->z3->is_algebraic_number(k->c, value)) continue;
        Z3_model better = model_with(k, i, k->z3->get_algebraic_number_lower(k->c, value, 1));
        if (!better) better = model_with(k, i, k->z3->get_algebraic_number_upper(k->c, value, 1));
        if (better) m = better;
    }
    return m;
}

/* "p/q", or "?" where the value is irrational. */
static const char *value_text(const asker *k, Z3_model m, int i) {
    Z3_ast value = value_in(k, m, i);
    if (!value) return "0";
    bool rational = !k->z3->is_algebraic_number(k->c, value) && k->z3->is_numeral_ast(k->c, value);
    return rational ? k->z3->get_numeral_string(k->c, value) : "?";
}

static text answer(const asker *k) {
    text t = text_new(k->a);
    Z3_lbool r = k->z3->solver_check(k->c, k->solver);
    text_addf(&t, "%d\n", (int)r);
    if (r == Z3_L_TRUE) {
        Z3_model m = k->z3->solver_get_model(k->c, k->solver);
        k->z3->model_inc_ref(k->c, m);
        m = more_rational(k, m);
        for (int i = 0; i < k->nsymbols; i++) text_addf(&t, "%s\n", value_text(k, m, i));
    }
    text_addf(&t, "%u\n.\n", work_done(k));
    return t;
}

/* --- the process --- */

/* The signals of the program are none of ours; one of our own ends what takes too long. */
static void reset_signals(void) {
    sigset_t own;
    for (int s = 1; s < NSIG; s++) (void)signal(s, SIG_DFL);
    sigemptyset(&own);
    sigaddset(&own, SIGPROF);
    (void)sigprocmask(SIG_UNBLOCK, &own, NULL);
}

static void allow_time(void) {
    const struct itimerval once = {.it_value = {SERVER_SECONDS + 1, 0}};
    (void)setitimer(ITIMER_PROF, &once, NULL);
}

/* Pipes that the program closes shall be closed. */
static void close_other_files(int fd) {
#ifdef CLOSE_RANGE_CLOEXEC
    if (fd > 0) (void)close_range(0, (unsigned)fd - 1, 0);
    (void)close_range((unsigned)fd + 1, ~0U, 0);
#else
    (void)fd;
#endif
}

/* Whatever becomes of the program, this process ends: with it, or when it has worked for too long.
 * Z3's memory, too, is limited. */
static void live_within_limits(const z3_calls *z3, pid_t parent) {
    const struct rlimit none = {0, 0};
    (void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(1);
    reset_signals();
    allow_time();
    z3->global_param_set("memory_max_size", MOST_MEGABYTES);
}

static void hear(int fd, text *t) {
    char some[4096];
    while (!is_message(t)) {
        ssize_t n = read(fd, some, sizeof some);
        if (n == 0 || (n < 0 && errno != EINTR)) _exit(0);
        if (n > 0) text_add(t, (str){some, (size_t)n});
    }
}

static void say(int fd, str s) {
    while (s.n) {
        ssize_t n = send(fd, s.s, s.n, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR) _exit(0);
        if (n > 0) s = (str){s.s + n, s.n - (size_t)n};
    }
}

bool is_message(const text *t) {
    return t->n > 2 && memcmp(t->s + t->n - 3, "\n.\n", 3) == 0;
}

static long megabytes(void) {
    struct rusage used;
    (void)getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss >> 10;
}

_Noreturn void smt_serve(int fd, pid_t parent) {
    close_other_files(fd);
    const z3_calls *z3 = z3_load(arena_new());
    if (!z3) _exit(1);
    live_within_limits(z3, parent);
    for (const long first = megabytes(); megabytes() <= first + MOST_GROWTH;) {
        asker k = asker_new(z3);
        text question = text_new(k.a);
        hear(fd, &question);
        allow_time();
        understand(&k, question.s);
        text said = answer(&k);
        say(fd, text_str(&said));
        asker_free(&k);
    }
    _exit(0);
}
