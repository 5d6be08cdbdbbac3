#include "engine/smt.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include "engine/smt_context.h"

enum {
    MOST_STEPS = 2000000, /* of Z3's rlimit, which qfnra-nlsat heeds up to about here */
    STEPS_ASIDE = 50000,  /* for a try to make a model rational */
    MOST_SECONDS = 10,
    TICK = 20 /* milliseconds between looks at the budget */
};
#define MOST_MEGABYTES "1000"

/* --- the child: builds the question in a context of its own and says what Z3 says --- */

typedef struct {
    Z3_context c;
    Z3_sort real;
    Z3_solver solver;
    arena *arena;
    const sequent *q;
} asker;

/* Whoever listens hears nothing, which is an answer too. */
static void fail(Z3_context c, Z3_error_code e) {
    (void)c, (void)e;
    _exit(1);
}

static Z3_ast number_term(const asker *k, rat r) {
    return Z3_mk_numeral(k->c, rat_text(k->arena, r), k->real);
}

static Z3_ast symbol_term(const asker *k, int i) {
    return Z3_mk_const(k->c, Z3_mk_int_symbol(k->c, i), k->real);
}

static Z3_ast power_term(const asker *k, int i, unsigned long power) {
    Z3_ast x = symbol_term(k, i);
    char digits[24];
    snprintf(digits, sizeof digits, "%lu", power);
    return power == 1 ? x : Z3_mk_power(k->c, x, Z3_mk_numeral(k->c, digits, k->real));
}

static Z3_ast monomial_term(const asker *k, const field *over, monomial m) {
    int size = field_size(over);
    unsigned n = 0;
    Z3_ast *t = NEW_ARRAY(k->arena, Z3_ast, size + 1);
    if (!rat_is_one(m.c)) t[n++] = number_term(k, m.c);
    for (int i = 0; i < size; i++)
        if (m.power[i]) t[n++] = power_term(k, field_symbol(over, i), m.power[i]);
    return n ? Z3_mk_mul(k->c, n, t) : number_term(k, RAT_ONE);
}

/* c without denominator. */
static Z3_ast polynomial_term(const asker *k, coef c) {
    rat r;
    if (coef_rat(c, &r)) return number_term(k, r);
    polynomial p = coef_polynomial(k->arena, c);
    Z3_ast *t = NEW_ARRAY(k->arena, Z3_ast, p.n);
    for (int i = 0; i < p.n; i++) t[i] = monomial_term(k, coef_field(c), p.m[i]);
    return Z3_mk_add(k->c, (unsigned)p.n, t);
}

/* Σ c_i x_i + k, without denominators. */
static Z3_ast form_term(const asker *k, form f) {
    unsigned n = 0;
    Z3_ast *t = NEW_ARRAY(k->arena, Z3_ast, f.n + 1);
    for (int i = 0; i < f.n; i++) {
        Z3_ast product[] = {polynomial_term(k, f.t[i].c), symbol_term(k, f.t[i].sym)};
        t[n++] = coef_is_one(f.t[i].c) ? product[1] : Z3_mk_mul(k->c, 2, product);
    }
    if (n == 0 || !coef_is_zero(f.k)) t[n++] = polynomial_term(k, f.k);
    return Z3_mk_add(k->c, n, t);
}

static Z3_ast compared_with_zero(const asker *k, Z3_ast t, rel r) {
    Z3_ast zero = number_term(k, RAT_ZERO);
    switch (r) {
    case REL_EQ:
        return Z3_mk_eq(k->c, t, zero);
    case REL_LE:
        return Z3_mk_le(k->c, t, zero);
    case REL_LT:
        return Z3_mk_lt(k->c, t, zero);
    }
    return NULL;
}

/* n/d = 0 where d ≠ 0 and n = 0; for the other relations, where d ≠ 0 and n d rel 0. */
static Z3_ast atom_term(const asker *k, const formula *f) {
    coef d = form_denominator(k->arena, f->lhs);
    Z3_ast n = form_term(k, form_scale(k->arena, d, f->lhs));
    rat positive;
    if (coef_rat(d, &positive)) return compared_with_zero(k, n, f->rel);
    Z3_ast product[] = {n, polynomial_term(k, d)};
    Z3_ast side = f->rel == REL_EQ ? n : Z3_mk_mul(k->c, 2, product);
    Z3_ast both[] = {Z3_mk_not(k->c, compared_with_zero(k, product[1], REL_EQ)),
                     compared_with_zero(k, side, f->rel)};
    return Z3_mk_and(k->c, 2, both);
}

static Z3_ast formula_term(const asker *k, const formula *f) {
    if (f->kind == FORMULA_ATOM) return atom_term(k, f);
    Z3_ast *kid = NEW_ARRAY(k->arena, Z3_ast, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = formula_term(k, f->kid[i]);
    unsigned n = (unsigned)f->n;
    return f->kind == FORMULA_ALL ? Z3_mk_and(k->c, n, kid) : Z3_mk_or(k->c, n, kid);
}

static void set_limits(const asker *k, unsigned steps) {
    Z3_params params = Z3_mk_params(k->c);
    Z3_params_inc_ref(k->c, params);
    Z3_params_set_bool(k->c, params, Z3_mk_string_symbol(k->c, "ctrl_c"), false);
    Z3_params_set_uint(k->c, params, Z3_mk_string_symbol(k->c, "rlimit"), steps);
    Z3_solver_set_params(k->c, k->solver, params);
}

/* Z3's memory, too, is limited: for this process alone. */
static asker asker_new(Z3_context ready, const sequent *q, unsigned steps) {
    Z3_global_param_set("memory_max_size", MOST_MEGABYTES);
    Z3_context c = ready ? ready : smt_context(CONTEXT_KEPT, fail);
    asker k = {.c = c, .arena = arena_new(), .q = q};
    if (!k.c) _exit(1);
    k.real = Z3_mk_real_sort(k.c);
    Z3_tactic nlsat = Z3_mk_tactic(k.c, "qfnra-nlsat");
    Z3_tactic_inc_ref(k.c, nlsat);
    k.solver = Z3_mk_solver_from_tactic(k.c, nlsat);
    Z3_solver_inc_ref(k.c, k.solver);
    set_limits(&k, steps);
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f) Z3_solver_assert(k.c, k.solver, formula_term(&k, f));
    }
    return k;
}

static unsigned work_done(const asker *k) {
    unsigned used = 0;
    Z3_stats stats = Z3_solver_get_statistics(k->c, k->solver);
    Z3_stats_inc_ref(k->c, stats);
    for (unsigned i = 0; i < Z3_stats_size(k->c, stats); i++)
        if (strcmp(Z3_stats_get_key(k->c, stats, i), "rlimit count") == 0)
            used = Z3_stats_get_uint_value(k->c, stats, i);
    return used;
}

/* NULL where the model leaves the symbol open. */
static Z3_ast value_in(const asker *k, Z3_model m, int i) {
    Z3_func_decl f = Z3_get_app_decl(k->c, Z3_to_app(k->c, symbol_term(k, i)));
    return Z3_model_get_const_interp(k->c, m, f);
}

/* NULL where there is none. */
static Z3_model model_now(const asker *k) {
    if (Z3_solver_check(k->c, k->solver) != Z3_L_TRUE) return NULL;
    Z3_model m = Z3_solver_get_model(k->c, k->solver);
    Z3_model_inc_ref(k->c, m);
    return m;
}

/* A model in which the symbol has that value; the solver then stays with it. */
static Z3_model model_with(const asker *k, int i, Z3_ast value) {
    Z3_solver_push(k->c, k->solver);
    Z3_solver_assert(k->c, k->solver, Z3_mk_eq(k->c, symbol_term(k, i), value));
    Z3_model m = model_now(k);
    if (!m) Z3_solver_pop(k->c, k->solver, 1);
    return m;
}

/* Tries rationals on both sides of the irrational values, one after the other. */
static Z3_model more_rational(const asker *k, Z3_model m) {
    set_limits(k, STEPS_ASIDE);
    for (int i = 0; i < k->q->p->nsymbols; i++) {
        Z3_ast value = value_in(k, m, i);
        if (!value || !Z3_is_algebraic_number(k->c, value)) continue;
        Z3_model better = model_with(k, i, Z3_get_algebraic_number_lower(k->c, value, 1));
        if (!better) better = model_with(k, i, Z3_get_algebraic_number_upper(k->c, value, 1));
        if (better) m = better;
    }
    return m;
}

/* "p/q", or "?" where the value is irrational. */
static const char *value_text(const asker *k, Z3_model m, int i) {
    Z3_ast value = value_in(k, m, i);
    if (!value) return "0";
    bool rational = !Z3_is_algebraic_number(k->c, value) && Z3_is_numeral_ast(k->c, value);
    return rational ? Z3_get_numeral_string(k->c, value) : "?";
}

static void say_model(const asker *k, text *t, Z3_model m) {
    for (int i = 0; i < k->q->p->nsymbols; i++) text_addf(t, "%s\n", value_text(k, m, i));
}

/* A line each for the verdict, the values and the work, and a point at the end. */
static str answer(const asker *k) {
    text t = text_new(k->arena);
    Z3_lbool r = Z3_solver_check(k->c, k->solver);
    text_addf(&t, "%d\n", (int)r);
    if (r == Z3_L_TRUE) {
        Z3_model m = Z3_solver_get_model(k->c, k->solver);
        Z3_model_inc_ref(k->c, m);
        say_model(k, &t, more_rational(k, m));
    }
    text_addf(&t, "%u\n.\n", work_done(k));
    return text_str(&t);
}

static void send_all(int fd, str s) {
    while (s.n) {
        ssize_t n = write(fd, s.s, s.n);
        if (n < 0 && errno != EINTR) return;
        if (n > 0) s = (str){s.s + n, s.n - (size_t)n};
    }
}

/* Whatever becomes of the program, the child ends: with it, or when it has worked for too long. */
static void live_within_limits(pid_t parent) {
    const struct rlimit none = {0, 0}, seconds = {MOST_SECONDS + 1, MOST_SECONDS + 1};
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)setrlimit(RLIMIT_CPU, &seconds);
#ifdef __linux__
    (void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (getppid() != parent) _exit(1);
}

static _Noreturn void be_child(Z3_context ready, int fd, pid_t parent, const sequent *q,
                               unsigned steps) {
    live_within_limits(parent);
    asker k = asker_new(ready, q, steps);
    send_all(fd, answer(&k));
    _exit(0);
}

/* --- the parent: listens as long as the budget lasts --- */

typedef struct {
    pid_t pid;
    int fd;
} child;

/* Signals stay with the program: in the child they are blocked. */
static pid_t fork_blocked(void) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid != 0) pthread_sigmask(SIG_SETMASK, &before, NULL);
    return pid;
}

static bool child_start(child *k, Z3_context ready, const sequent *q, unsigned steps) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    pid_t self = getpid();
    *k = (child){fork_blocked(), ends[0]};
    if (k->pid == 0) be_child(ready, ends[1], self, q, steps);
    close(ends[1]);
    if (k->pid < 0) close(ends[0]);
    return k->pid > 0;
}

static void child_end(child *k) {
    (void)kill(k->pid, SIGKILL);
    while (waitpid(k->pid, NULL, 0) < 0 && errno == EINTR) continue;
    close(k->fd);
}

/* One read; false at the end. */
static bool hear_more(int fd, text *t) {
    char some[4096];
    ssize_t n = read(fd, some, sizeof some);
    if (n > 0) text_add(t, (str){some, (size_t)n});
    return n > 0 || (n < 0 && errno == EINTR);
}

static bool is_complete(const text *t) {
    return t->n > 2 && memcmp(t->s + t->n - 3, "\n.\n", 3) == 0;
}

/* Another child may hold the pipe open: the point ends the message, not its end. */
static bool child_hear(const child *k, budget *b, text *t) {
    const double end = clock_seconds() + MOST_SECONDS;
    struct pollfd ready = {.fd = k->fd, .events = POLLIN};
    while (budget_left(b) && clock_seconds() < end) {
        int n = poll(&ready, 1, TICK);
        if (n < 0 && errno != EINTR) return false;
        if (n > 0 && !hear_more(k->fd, t)) return is_complete(t);
        if (is_complete(t)) return true;
    }
    return false;
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

static smt_status ask_child(Z3_context ready, arena *a, budget *b, const sequent *q, witness *w,
                            const char **why) {
    unsigned steps = b->steps_left < MOST_STEPS ? (unsigned)b->steps_left : MOST_STEPS;
    child k;
    *why = "no process could be started for nonlinear arithmetic";
    if (!child_start(&k, ready, q, steps)) return SMT_UNKNOWN;
    text heard = text_new(a);
    bool ok = child_hear(&k, b, &heard);
    child_end(&k);
    *why = "nonlinear arithmetic took too long";
    if (ok) return understood(a, b, text_str(&heard), q, w);
    (void)budget_spend(b, steps);
    return SMT_UNKNOWN;
}

/* --- a context that is there already when a child is made --- */

struct nonlinear {
    Z3_context c;
};

static void close_context(void *what) {
    nonlinear *n = what;
    if (n->c) Z3_del_context(n->c);
}

nonlinear *nonlinear_open(arena *a) {
    nonlinear *n = NEW(a, nonlinear);
    n->c = smt_context(CONTEXT_INHERITED, fail);
    arena_defer(a, close_context, n);
    return n;
}

smt_status nonlinear_ask(const nonlinear *n, budget *b, arena *a, const sequent *q, witness *w,
                         const char **why) {
    const char *reason = NULL;
    smt_status r = SMT_UNKNOWN;
    if (budget_left(b)) r = ask_child(n ? n->c : NULL, a, b, q, w, &reason);
    if (r == SMT_UNKNOWN && why) *why = b->reason ? b->reason : reason;
    return r;
}

smt_status smt_nonlinear(budget *b, arena *a, const sequent *q, witness *w, const char **why) {
    return nonlinear_ask(NULL, b, a, q, w, why);
}
