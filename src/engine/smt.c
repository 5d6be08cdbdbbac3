#include "engine/smt.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "engine/smt_context.h"

/* --- a solver that obeys a budget --- */

typedef struct {
    const z3_calls *z3;
    Z3_context c;
    Z3_solver solver;
    budget *b;
    unsigned rlimit; /* as it stands in the context; 0: none */
    unsigned used;   /* Z3's own count of its work */
} prover;

/* Errors are read with Z3_get_error_code. */
static void ignore_error(Z3_context c, Z3_error_code e) {
    (void)c, (void)e;
}

static bool prover_failed(const prover *z) {
    return z->z3->get_error_code(z->c) != Z3_OK;
}

/* The owner of the program handles Ctrl-C, and the older simplex of Z3 is the faster one on
 * chains of equations and heeds interrupts sooner. A version without these settings ignores them.
 */
static void tune(const prover *z) {
    Z3_params params = z->z3->mk_params(z->c);
    if (!params) return;
    z->z3->params_inc_ref(z->c, params);
    z->z3->params_set_bool(z->c, params, z->z3->mk_string_symbol(z->c, "ctrl_c"), false);
    z->z3->solver_set_params(z->c, z->solver, params);
    z->z3->params_set_uint(z->c, params, z->z3->mk_string_symbol(z->c, "arith.solver"), 2);
    z->z3->solver_set_params(z->c, z->solver, params);
    z->z3->params_dec_ref(z->c, params);
}

static void prover_close(prover *z) {
    if (z->solver) z->z3->solver_dec_ref(z->c, z->solver);
    if (z->c) z->z3->del_context(z->c);
    *z = (prover){0};
}

static bool prover_open(prover *z, arena *a, budget *b) {
    *z = (prover){.z3 = z3_load(a), .b = b};
    if (z->z3) z->c = smt_context(z->z3, CONTEXT_COUNTED, ignore_error);
    if (!z->c) return false;
    z->solver = z->z3->mk_simple_solver(z->c);
    if (!z->solver) {
        prover_close(z);
        return false;
    }
    z->z3->solver_inc_ref(z->c, z->solver);
    tune(z);
    return true;
}

static void set_rlimit(prover *z, unsigned limit) {
    if (z->rlimit == limit) return;
    char digits[16];
    snprintf(digits, sizeof digits, "%u", limit);
    z->z3->update_param_value(z->c, "rlimit", digits);
    z->rlimit = limit;
}

/* What Z3 has done since the last time, by its own count. */
static unsigned work_done(prover *z) {
    Z3_stats stats = z->z3->solver_get_statistics(z->c, z->solver);
    if (!stats) return 1;
    z->z3->stats_inc_ref(z->c, stats);
    unsigned before = z->used, n = z->z3->stats_size(z->c, stats);
    for (unsigned i = 0; i < n; i++)
        if (strcmp(z->z3->stats_get_key(z->c, stats, i), "rlimit count") == 0)
            z->used = z->z3->stats_get_uint_value(z->c, stats, i);
    z->z3->stats_dec_ref(z->c, stats);
    return z->used - before;
}

/* A thread that interrupts Z3 when the budget is gone. */
typedef struct {
    prover *z;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool done;
    pthread_t thread;
} watch;

static struct timespec soon(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += 20000000;
    if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
    return t;
}

static void *watch_main(void *arg) {
    watch *w = arg;
    pthread_mutex_lock(&w->lock);
    while (!w->done) {
        struct timespec until = soon();
        int r = pthread_cond_timedwait(&w->wake, &w->lock, &until);
        if (r == ETIMEDOUT && !w->done && !budget_left(w->z->b)) w->z->z3->interrupt(w->z->c);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* Signals stay with the threads of the program. */
static bool watch_thread(watch *w) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    bool ok = pthread_create(&w->thread, NULL, watch_main, w) == 0;
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return ok;
}

static bool watch_start(watch *w, prover *z) {
    *w = (watch){.z = z};
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->wake, &clock);
    pthread_condattr_destroy(&clock);
    if (watch_thread(w)) return true;
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
    return false;
}

static void watch_end(watch *w) {
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->wake);
    pthread_mutex_unlock(&w->lock);
    pthread_join(w->thread, NULL);
    pthread_cond_destroy(&w->wake);
    pthread_mutex_destroy(&w->lock);
}

/* Charges Z3's work to the budget. */
static void charge(prover *z) {
    bool counted = z->b->steps_left != UINT64_MAX;
    (void)budget_spend(z->b, counted ? work_done(z) : 1);
}

static Z3_lbool check(prover *z, unsigned n, const Z3_ast *assume) {
    Z3_lbool r = z->z3->solver_check_assumptions(z->c, z->solver, n, assume);
    return prover_failed(z) ? Z3_L_UNDEF : r;
}

static Z3_lbool check_watched(prover *z, unsigned n, const Z3_ast *assume) {
    watch w;
    if (!watch_start(&w, z)) return Z3_L_UNDEF;
    Z3_lbool r = check(z, n, assume);
    watch_end(&w);
    return r;
}

/* Short work needs nobody to watch it: some hundredths of a second. What takes longer is begun
 * again under the eyes of a thread. */
typedef enum { SHORT_CHECK, LONG_CHECK } effort;
enum { SHORT_WORK = 200000 };

static smt_status prover_check(prover *z, effort e, uint64_t max_steps, unsigned n,
                               const Z3_ast *assume) {
    if (!budget_left(z->b)) return SMT_UNKNOWN;
    uint64_t limit = max_steps < z->b->steps_left ? max_steps : z->b->steps_left;
    if (e == SHORT_CHECK && limit > SHORT_WORK) limit = SHORT_WORK;
    set_rlimit(z, limit < UINT32_MAX ? (unsigned)limit : 0);
    Z3_lbool r = e == SHORT_CHECK ? check(z, n, assume) : check_watched(z, n, assume);
    charge(z);
    return r == Z3_L_TRUE ? SMT_SAT : r == Z3_L_FALSE ? SMT_UNSAT : SMT_UNKNOWN;
}

/* --- terms: whoever makes one owns it --- */

static Z3_ast own(const prover *z, Z3_ast t) {
    if (t) z->z3->inc_ref(z->c, t);
    return t;
}

static void drop_terms(const prover *z, Z3_ast *t, int n) {
    for (int i = 0; i < n; i++)
        if (t[i]) z->z3->dec_ref(z->c, t[i]);
}

static Z3_ast bool_symbol(const prover *z, int name) {
    return own(z,
               z->z3->mk_const(z->c, z->z3->mk_int_symbol(z->c, name), z->z3->mk_bool_sort(z->c)));
}

static int symbol_name(const prover *z, Z3_ast t) {
    Z3_func_decl f = z->z3->get_app_decl(z->c, z->z3->to_app(z->c, t));
    return z->z3->get_symbol_int(z->c, z->z3->get_decl_name(z->c, f));
}

/* --- the theory --- */

/* Symbol i is the real constant i; the literal of formula i of a sequent the Boolean constant i. */
struct smt {
    arena *arena;
    prover z;
    Z3_sort real;
    /* of the problem asked about last */
    arena *room;
    const problem *p;
    Z3_ast *symbol;     /* by symbol; NULL until it is needed */
    Z3_ast *literal;    /* by fact; NULL until its implication is asserted */
    VEC(Z3_ast) extras; /* literals of extra formulas */
};

/* Only "p/q" is safe to hand over. NULL where the coefficient is no number. */
static Z3_ast numeral(const smt *s, arena *a, coef c) {
    rat r;
    if (!coef_rat(c, &r)) return NULL;
    return own(&s->z, s->z.z3->mk_numeral(s->z.c, rat_text(a, r), s->real));
}

static Z3_ast symbol_term(const smt *s, int i) {
    const prover *z = &s->z;
    Z3_symbol name = z->z3->mk_int_symbol(z->c, i);
    if (!s->symbol[i]) s->symbol[i] = own(z, z->z3->mk_const(z->c, name, s->real));
    return own(z, s->symbol[i]);
}

static Z3_ast product_term(const smt *s, arena *a, term t) {
    if (coef_is_one(t.c)) return symbol_term(s, t.sym);
    Z3_ast of[2] = {numeral(s, a, t.c), symbol_term(s, t.sym)}, product = NULL;
    if (of[0] && of[1]) product = own(&s->z, s->z.z3->mk_mul(s->z.c, 2, of));
    drop_terms(&s->z, of, 2);
    return product;
}

static bool complete(const Z3_ast *t, int n) {
    for (int i = 0; i < n; i++)
        if (!t[i]) return false;
    return true;
}

/* Σ c_i x_i, without the constant. */
static Z3_ast sum_term(const smt *s, arena *a, form f) {
    Z3_ast *t = NEW_ARRAY(a, Z3_ast, f.n), sum = NULL;
    for (int i = 0; i < f.n; i++) t[i] = product_term(s, a, f.t[i]);
    if (complete(t, f.n)) sum = own(&s->z, s->z.z3->mk_add(s->z.c, (unsigned)f.n, t));
    drop_terms(&s->z, t, f.n);
    return sum;
}

static Z3_ast comparison(const smt *s, rel r, Z3_ast left, Z3_ast right) {
    switch (r) {
    case REL_EQ:
        return own(&s->z, s->z.z3->mk_eq(s->z.c, left, right));
    case REL_LE:
        return own(&s->z, s->z.z3->mk_le(s->z.c, left, right));
    case REL_LT:
        return own(&s->z, s->z.z3->mk_lt(s->z.c, left, right));
    }
    return NULL;
}

static Z3_ast atom_term(const smt *s, arena *a, const formula *f) {
    coef k = coef_neg(a, f->lhs.k);
    Z3_ast zero_n = f->lhs.n ? sum_term(s, a, f->lhs) : numeral(s, a, coef_int(0));
    Z3_ast side[2] = {zero_n, numeral(s, a, k)}, atom = NULL;
    if (complete(side, 2)) atom = comparison(s, f->rel, side[0], side[1]);
    drop_terms(&s->z, side, 2);
    return atom;
}

/* NULL where Z3 failed or a coefficient is no number. */
static Z3_ast formula_term(const smt *s, arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return atom_term(s, a, f);
    Z3_ast *kid = NEW_ARRAY(a, Z3_ast, f->n), t = NULL;
    for (int i = 0; i < f->n; i++) kid[i] = formula_term(s, a, f->kid[i]);
    unsigned n = (unsigned)f->n;
    if (complete(kid, f->n))
        t = own(&s->z, f->kind == FORMULA_ALL ? s->z.z3->mk_and(s->z.c, n, kid)
                                              : s->z.z3->mk_or(s->z.c, n, kid));
    drop_terms(&s->z, kid, f->n);
    return t;
}

/* Asserts literal => f. */
static bool assert_under(smt *s, arena *a, Z3_ast literal, const formula *f) {
    Z3_ast t[2] = {formula_term(s, a, f), NULL};
    if (t[0] && literal) t[1] = own(&s->z, s->z.z3->mk_implies(s->z.c, literal, t[0]));
    if (t[1]) s->z.z3->solver_assert(s->z.c, s->z.solver, t[1]);
    bool ok = t[1] && !prover_failed(&s->z);
    drop_terms(&s->z, t, 2);
    return ok;
}

static void take_up(smt *s, const problem *p) {
    s->p = p;
    s->room = arena_new();
    s->symbol = NEW_ARRAY(s->room, Z3_ast, p->nsymbols);
    s->literal = NEW_ARRAY(s->room, Z3_ast, p->nfacts);
    memset(&s->extras, 0, sizeof s->extras);
}

static void let_go(smt *s) {
    if (!s->p) return;
    drop_terms(&s->z, s->symbol, s->p->nsymbols);
    drop_terms(&s->z, s->literal, s->p->nfacts);
    drop_terms(&s->z, s->extras.v, (int)s->extras.n);
    arena_free(s->room);
    s->p = NULL;
}

/* A problem is asserted in a scope of its own, which ends with it. */
void smt_forget(smt *s) {
    if (!s->p) return;
    s->z.z3->solver_pop(s->z.c, s->z.solver, 1);
    s->z.z3->solver_push(s->z.c, s->z.solver);
    let_go(s);
}

static void turn_to(smt *s, const problem *p) {
    smt_forget(s);
    take_up(s, p);
}

/* A solver that was stopped may have lost assertions (4.8.12). */
static void start_afresh(smt *s) {
    s->z.z3->solver_reset(s->z.c, s->z.solver);
    s->z.z3->solver_push(s->z.c, s->z.solver);
    const problem *p = s->p;
    let_go(s);
    take_up(s, p);
}

smt *smt_open(const problem *p, budget *b) {
    arena *a = arena_new();
    smt *s = NEW(a, smt);
    s->arena = a;
    if (!prover_open(&s->z, a, b)) {
        arena_free(a);
        return NULL;
    }
    s->real = s->z.z3->mk_real_sort(s->z.c);
    s->z.z3->inc_ref(s->z.c, s->z.z3->sort_to_ast(s->z.c, s->real));
    s->z.z3->solver_push(s->z.c, s->z.solver);
    take_up(s, p);
    return s;
}

void smt_close(smt *s) {
    if (!s) return;
    let_go(s);
    s->z.z3->dec_ref(s->z.c, s->z.z3->sort_to_ast(s->z.c, s->real));
    prover_close(&s->z);
    arena_free(s->arena);
}

/* --- questions --- */

/* The implications of facts stay; they cost nothing while their literal is not assumed. */
static bool assert_fact(smt *s, arena *a, int i) {
    if (s->literal[i]) return true;
    Z3_ast literal = bool_symbol(&s->z, i);
    if (!assert_under(s, a, literal, s->p->facts[i].claim)) {
        drop_terms(&s->z, &literal, 1);
        return false;
    }
    s->literal[i] = literal;
    return true;
}

static bool assert_facts(smt *s, arena *a, const sequent *q) {
    for (int i = 0; i < s->p->nfacts; i++)
        if ((!q->use || q->use[i]) && !(budget_left(s->z.b) && assert_fact(s, a, i))) return false;
    return true;
}

/* The implications of extra formulas are for one question. */
static bool assert_extras(smt *s, arena *a, const sequent *q) {
    for (int j = (int)s->extras.n; j < q->nextra; j++) {
        Z3_ast literal = bool_symbol(&s->z, s->p->nfacts + j);
        vec_push(s->room, &s->extras, literal);
    }
    for (int j = 0; j < q->nextra; j++)
        if (!assert_under(s, a, s->extras.v[j], q->extra[j])) return false;
    return true;
}

static unsigned assumptions(const smt *s, const sequent *q, Z3_ast *out) {
    unsigned n = 0;
    for (int i = 0; i < s->p->nfacts; i++)
        if (!q->use || q->use[i]) out[n++] = s->literal[i];
    for (int j = 0; j < q->nextra; j++) out[n++] = s->extras.v[j];
    return n;
}

/* Zero where the model leaves the symbol open. */
static bool model_value(const smt *s, arena *a, Z3_model m, int i, coef *out) {
    const prover *z = &s->z;
    *out = coef_int(0);
    if (!s->symbol[i]) return true;
    Z3_func_decl f = z->z3->get_app_decl(z->c, z->z3->to_app(z->c, s->symbol[i]));
    Z3_ast value = z->z3->model_get_const_interp(z->c, m, f);
    if (!value) return true;
    rat r;
    bool ok = z->z3->is_numeral_ast(z->c, value) &&
              rat_parse(a, str_of(z->z3->get_numeral_string(z->c, value)), &r);
    if (ok) *out = coef_of(r);
    return ok;
}

static bool read_model(const smt *s, arena *a, witness *w) {
    Z3_model m = s->z.z3->solver_get_model(s->z.c, s->z.solver);
    if (!m) return false;
    s->z.z3->model_inc_ref(s->z.c, m);
    coef *x = NEW_ARRAY(a, coef, s->p->nsymbols);
    bool ok = true;
    for (int i = 0; ok && i < s->p->nsymbols; i++) ok = model_value(s, a, m, i, &x[i]);
    s->z.z3->model_dec_ref(s->z.c, m);
    *w = (witness){x, s->p->nsymbols};
    return ok;
}

static bool read_core(const smt *s, const sequent *q, bool *core) {
    Z3_ast_vector v = s->z.z3->solver_get_unsat_core(s->z.c, s->z.solver);
    if (!v) return false;
    s->z.z3->ast_vector_inc_ref(s->z.c, v);
    memset(core, 0, sizeof *core * (size_t)sequent_size(q));
    unsigned n = s->z.z3->ast_vector_size(s->z.c, v);
    for (unsigned i = 0; i < n; i++)
        core[symbol_name(&s->z, s->z.z3->ast_vector_get(s->z.c, v, i))] = true;
    s->z.z3->ast_vector_dec_ref(s->z.c, v);
    return true;
}

static smt_status solve(smt *s, arena *a, const sequent *q, effort e, uint64_t max_steps) {
    if (!assert_extras(s, a, q)) return SMT_UNKNOWN;
    Z3_ast *assume = NEW_ARRAY(a, Z3_ast, sequent_size(q));
    unsigned n = assumptions(s, q, assume);
    return prover_check(&s->z, e, max_steps, n, assume);
}

static smt_status attempt(smt *s, arena *a, const sequent *q, effort e, uint64_t max_steps,
                          witness *w, bool *core) {
    arena *scratch = arena_new();
    smt_status r = SMT_UNKNOWN;
    if (assert_facts(s, scratch, q)) {
        if (q->nextra) s->z.z3->solver_push(s->z.c, s->z.solver);
        r = solve(s, scratch, q, e, max_steps);
        if (r == SMT_SAT && w && !read_model(s, a, w)) r = SMT_UNKNOWN;
        if (r == SMT_UNSAT && core && !read_core(s, q, core)) r = SMT_UNKNOWN;
        if (q->nextra) s->z.z3->solver_pop(s->z.c, s->z.solver, 1);
    }
    if (r == SMT_UNKNOWN) start_afresh(s);
    arena_free(scratch);
    return r;
}

smt_status smt_check(smt *s, arena *a, const sequent *q, uint64_t max_steps, witness *w, bool *core,
                     const char **why) {
    smt_status r = SMT_UNKNOWN;
    if (q->p != s->p) turn_to(s, q->p);
    if (budget_left(s->z.b)) r = attempt(s, a, q, SHORT_CHECK, max_steps, w, core);
    if (r == SMT_UNKNOWN && max_steps > SHORT_WORK && budget_left(s->z.b))
        r = attempt(s, a, q, LONG_CHECK, max_steps, w, core);
    if (r == SMT_UNKNOWN && why) *why = budget_left(s->z.b) ? "Z3 gave up" : s->z.b->reason;
    return r;
}

const char *smt_version(void) {
    arena *a = arena_new();
    const z3_calls *z3 = z3_load(a);
    const char *version = z3 ? z3->get_full_version() : "not found";
    arena_free(a);
    return version;
}

/* --- maps --- */

typedef VEC(int) members;

/* The subset in hand; for every block, how far it is from being hit. A seed must lack a member
 * of every core and have a member of every correction. */
typedef struct {
    const int *v;
    int n;
    int out; /* members that are not in the subset */
} block;

struct smt_map {
    arena *arena;
    budget *b;
    int n;
    bool *in;
    int *locked; /* the search keeps the thing in: the number of the core that was tried, plus 1 */
    VEC(block) cores, corrections;
    members *cores_of, *corrections_of; /* by thing */
    prover z;                           /* opened when the search gives up */
    Z3_ast *literal;
    size_t cores_told, corrections_told;
};

smt_map *smt_map_open(int n, budget *b) {
    arena *a = arena_new();
    smt_map *m = NEW(a, smt_map);
    *m = (smt_map){.arena = a, .b = b, .n = n};
    m->in = NEW_ARRAY(a, bool, n);
    m->locked = NEW_ARRAY(a, int, n);
    m->cores_of = NEW_ARRAY(a, members, n);
    m->corrections_of = NEW_ARRAY(a, members, n);
    for (int i = 0; i < n; i++) m->in[i] = true;
    return m;
}

void smt_map_close(smt_map *m) {
    if (!m) return;
    if (m->literal) {
        drop_terms(&m->z, m->literal, m->n);
        prover_close(&m->z);
    }
    arena_free(m->arena);
}

/* The members of a new block, which becomes number `number` of its kind. */
static block new_block(smt_map *m, const bool *marked, members *of, int number) {
    members found = {0};
    block k = {0};
    for (int i = 0; i < m->n; i++) {
        if (!marked[i]) continue;
        vec_push(m->arena, &found, i);
        vec_push(m->arena, &of[i], number);
        k.out += !m->in[i];
    }
    k.v = found.v;
    k.n = (int)found.n;
    return k;
}

void smt_map_block_up(smt_map *m, const bool *core) {
    block k = new_block(m, core, m->cores_of, (int)m->cores.n);
    vec_push(m->arena, &m->cores, k);
}

void smt_map_block_down(smt_map *m, const bool *correction) {
    block k = new_block(m, correction, m->corrections_of, (int)m->corrections.n);
    vec_push(m->arena, &m->corrections, k);
}

/* Puts a thing into the subset or takes it out. */
static void map_set(smt_map *m, int i, bool in) {
    if (m->in[i] == in) return;
    int change = in ? -1 : 1;
    m->in[i] = in;
    for (size_t j = 0; j < m->cores_of[i].n; j++) m->cores.v[m->cores_of[i].v[j]].out += change;
    for (size_t j = 0; j < m->corrections_of[i].n; j++)
        m->corrections.v[m->corrections_of[i].v[j]].out += change;
}

static bool can_leave(const smt_map *m, int i) {
    for (size_t j = 0; j < m->corrections_of[i].n; j++) {
        const block *k = &m->corrections.v[m->corrections_of[i].v[j]];
        if (k->out == k->n - 1) return false;
    }
    return m->in[i] && !m->locked[i];
}

static bool can_enter(const smt_map *m, int i) {
    for (size_t j = 0; j < m->cores_of[i].n; j++)
        if (m->cores.v[m->cores_of[i].v[j]].out == 1) return false;
    return !m->in[i];
}

/* Linear in the size of all blocks. No thing can enter after this: what was refused stays so. */
static void grow(smt_map *m) {
    for (int i = 0; i < m->n; i++)
        if (can_enter(m, i)) map_set(m, i, true);
}

/* Takes something out of every core from number `at` on that lies in the subset whole, whatever
 * it takes; SMT_UNSAT where no way is left, SMT_UNKNOWN after too many tries. */
static smt_status hit_cores(smt_map *m, int at, int *tries) {
    while (at < (int)m->cores.n && m->cores.v[at].out > 0) at++;
    if (at == (int)m->cores.n) return SMT_SAT;
    if (--*tries < 0) return SMT_UNKNOWN;
    block k = m->cores.v[at];
    smt_status r = SMT_UNSAT;
    for (int j = 0; j < k.n && r == SMT_UNSAT; j++) {
        if (!can_leave(m, k.v[j])) continue;
        map_set(m, k.v[j], false);
        r = hit_cores(m, at + 1, tries);
        if (r == SMT_UNSAT) {
            map_set(m, k.v[j], true);
            m->locked[k.v[j]] = at + 1;
        }
    }
    for (int j = 0; j < k.n; j++)
        if (m->locked[k.v[j]] == at + 1) m->locked[k.v[j]] = 0;
    return r;
}

/* (or t1 t2 ...) or (or (not t1) (not t2) ...) */
static bool tell_block(smt_map *m, arena *a, const block *k, bool negated) {
    Z3_ast *t = NEW_ARRAY(a, Z3_ast, k->n), clause = NULL;
    for (int i = 0; i < k->n; i++) {
        Z3_ast thing = m->literal[k->v[i]];
        t[i] = own(&m->z, negated ? m->z.z3->mk_not(m->z.c, thing) : thing);
    }
    if (complete(t, k->n)) clause = own(&m->z, m->z.z3->mk_or(m->z.c, (unsigned)k->n, t));
    if (clause) m->z.z3->solver_assert(m->z.c, m->z.solver, clause);
    drop_terms(&m->z, t, k->n);
    drop_terms(&m->z, &clause, 1);
    return clause && !prover_failed(&m->z);
}

static bool tell_blocks(smt_map *m) {
    arena *scratch = arena_new();
    bool ok = true;
    for (; ok && m->cores_told < m->cores.n; m->cores_told++)
        ok = tell_block(m, scratch, &m->cores.v[m->cores_told], true);
    for (; ok && m->corrections_told < m->corrections.n; m->corrections_told++)
        ok = tell_block(m, scratch, &m->corrections.v[m->corrections_told], false);
    arena_free(scratch);
    return ok;
}

static bool map_prover(smt_map *m) {
    if (m->literal) return complete(m->literal, m->n);
    if (!prover_open(&m->z, m->arena, m->b)) return false;
    m->literal = NEW_ARRAY(m->arena, Z3_ast, m->n);
    for (int i = 0; i < m->n; i++) m->literal[i] = bool_symbol(&m->z, i);
    return complete(m->literal, m->n);
}

/* Makes the model the subset in hand. */
static bool take_model(smt_map *m) {
    const prover *z = &m->z;
    Z3_model model = z->z3->solver_get_model(z->c, m->z.solver);
    if (!model) return false;
    z->z3->model_inc_ref(z->c, model);
    for (int i = 0; i < m->n; i++) {
        Z3_func_decl f = z->z3->get_app_decl(z->c, z->z3->to_app(z->c, m->literal[i]));
        Z3_ast value = z->z3->model_get_const_interp(z->c, model, f);
        map_set(m, i, value && z->z3->get_bool_value(z->c, value) == Z3_L_TRUE);
    }
    z->z3->model_dec_ref(z->c, model);
    return true;
}

static smt_status map_attempt(smt_map *m, effort e) {
    if (!tell_blocks(m)) return SMT_UNKNOWN;
    smt_status r = prover_check(&m->z, e, UINT64_MAX, 0, NULL);
    if (r == SMT_SAT && !take_model(m)) r = SMT_UNKNOWN;
    if (r != SMT_UNKNOWN) return r;
    m->z.z3->solver_reset(m->z.c, m->z.solver);
    m->cores_told = m->corrections_told = 0;
    return r;
}

static smt_status ask_prover(smt_map *m) {
    if (!map_prover(m)) return SMT_UNKNOWN;
    smt_status r = map_attempt(m, SHORT_CHECK);
    return r == SMT_UNKNOWN && budget_left(m->b) ? map_attempt(m, LONG_CHECK) : r;
}

/* Most maps are searched by hand, without the cost of a solver of their own. */
smt_status smt_map_seed(smt_map *m, bool *seed) {
    enum { MAX_TRIES = 1000 };
    if (!budget_spend(m->b, 1)) return SMT_UNKNOWN;
    for (size_t i = 0; i < m->corrections.n; i++)
        if (m->corrections.v[i].n == 0) return SMT_UNSAT;
    for (int i = 0; i < m->n; i++) map_set(m, i, true);
    int tries = MAX_TRIES;
    smt_status r = hit_cores(m, 0, &tries);
    if (r == SMT_UNKNOWN) r = ask_prover(m);
    if (r != SMT_SAT) return r;
    grow(m);
    memcpy(seed, m->in, sizeof *seed * (size_t)m->n);
    return SMT_SAT;
}
