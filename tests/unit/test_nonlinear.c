/* The promises of engine/smt.h about sequents with parameters. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "engine/smt.h"
#include "parametric_text.h"

static sequent whole(const problem *p) {
    return (sequent){p, NULL, NULL, 0};
}

/* A model that is rational must satisfy. */
static smt_status ask(budget *b, arena *a, const sequent *q, witness *w) {
    const char *why = NULL;
    smt_status r = smt_nonlinear(b, a, q, w, &why);
    if (r == SMT_SAT && w->n) assert_true(witness_satisfies(q, w));
    if (r == SMT_UNKNOWN) assert_non_null(why);
    return r;
}

/* --- the table --- */

typedef enum { UNSAT, SAT, IRRATIONAL } expected;

static const struct {
    const char *name, *text;
    expected expected;
} cases[] = {
    {"nothing at all", "", SAT},
    {"plain numbers", "2x = 1; y < x; y > x/3", SAT},
    {"plain numbers that conflict", "x < y; y < z; z < x", UNSAT},
    {"numbers alone", "1 < 0", UNSAT},
    {"a product", "a x = 1; x > 7", SAT},
    {"a product that cannot be", "a x = 1; a = 0", UNSAT},
    {"parameters alone", "a < b; b < a", UNSAT},
    {"a square", "a a < 0", UNSAT},
    {"an irrational model", "a a = 2", IRRATIONAL},
    {"a model that need not be irrational", "a a = b; b > 1", SAT},
    {"... nor two", "a a = b; c c c = d; b > 1; 1 < d; d < 8", SAT},
    {"... nor one of two", "a a = b; b > 1; c c = 2; x = c", IRRATIONAL},
    {"equal to a vanishing fraction", "x/a = 0; a = 0", UNSAT},
    {"at most a vanishing fraction", "x/a <= 0; a = 0", UNSAT},
    {"less than a vanishing fraction", "x/a < 1; a = 0", UNSAT},
    {"a denominator that is a difference", "x/(a - b) <= 0; a = b", UNSAT},
    {"one of two denominators", "x/a + y/b <= 1; a = 1; b b = 0", UNSAT},
    {"the denominator of a constant", "x <= 1/a; a a = a; a < 1", UNSAT},
    {"a negative denominator turns <=", "x/a <= 0; a < 0; x > 0", SAT},
    {"a negative denominator forbids", "x/a <= 0; a < 0; x < 0", UNSAT},
    {"a negative denominator turns <", "x/a < 0; a < 0; x <= 0", UNSAT},
    {"zero over something", "x/a = 0; x != 0", UNSAT},
    {"a vanishing fraction, in one case of two", "x/a = 1 | x = 2; a = 0", SAT},
    {"a case each", "x = a | x = b; x != a; x != b", UNSAT},
    {"cases inside", "x = a & y = 1 | x = b & y = 2; x < a; y < 2", UNSAT},
    {"... that leave one", "x = a & y = 1 | x = b & y = 2; x < a", SAT},
    {"a closed form: the family of the resource model",
     "n = w + a l; l = b w; m = 2w + l; k = -n; w > 0; a >= 0; b >= 0;"
     "k != -(1 + a b)/(2 + b) m",
     UNSAT},
    {"... which needs growth",
     "n = w + a l; l = b w; m = 2w + l; k = -n; w != 0;"
     "k (2 + b) + (1 + a b) m > 0",
     UNSAT},
    {"... and a positive divisor",
     "n = w + a l; l = b w; m = 2w + l; k = -n; w > 0; k != -(1 + a b)/(2 + b) m", UNSAT},
    {"... at its pole", "n = w + a l; l = b w; m = 2w + l; w > 0; b = -2; m != 0", UNSAT},
    {"mean field and Josephson at three dimensions",
     "a = 0; b = 1/2; c = 1; d = 3; e = 1/2; f = 0; g = 3;"
     "a + 2b + c = 2; c = b (d - 1); c = e (2 - f); g e = 2 - a",
     UNSAT},
    {"... at four",
     "a = 0; b = 1/2; c = 1; d = 3; e = 1/2; f = 0; g = 4;"
     "a + 2b + c = 2; c = b (d - 1); c = e (2 - f); g e = 2 - a",
     SAT},
    {"Ising",
     "a = 0; b = 1/8; c = 7/4; d = 15; e = 1; f = 1/4; g = 2;"
     "a + 2b + c = 2; c = b (d - 1); c = e (2 - f); g e = 2 - a",
     SAT},
    {"hyperscaling: d = (2 - f) (d+1)/(d-1) ...",
     "a + 2b + c = 2; c = b (d - 1); c = e (2 - f); g e = 2 - a; b > 0; d > 1; e > 0;"
     "(d - 1) g != (2 - f) (d + 1)",
     UNSAT},
    {"an optimal allocation",
     "k + a n = 0; k + b m = 0; c > 0; a > 0; b > 0; n + m = x; x > 0;"
     "n != b/(a + b) x",
     UNSAT},
    {"bottlenecks: the smaller of two exponents",
     "a > 1; b > 0; c = a - 1 & a - 1 <= 2b | c = 2b & 2b <= a - 1; x = -c n; n > 0;"
     "x < -2b n | x < (1 - a) n",
     UNSAT},
    {"Kaplan's exponents",
     "1/a = 1/b + 1/c + 1/d; b = 76/1000; c = 21/100; d = 76/100; a != 399/7675", UNSAT},
};

static void verdicts_of_sequents_with_parameters(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        sequent q = whole(problem_of(a, cases[i].text));
        witness w = {0};
        smt_status r = ask(&b, a, &q, &w);
        if (r != (cases[i].expected == UNSAT ? SMT_UNSAT : SMT_SAT)) fail_msg("%s", cases[i].name);
        if (r == SMT_SAT && (w.n == 0) != (cases[i].expected == IRRATIONAL))
            fail_msg("%s: the model", cases[i].name);
        arena_free(a);
    }
}

static void facts_can_be_left_out_and_assumptions_added(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    const problem *p = problem_of(a, "a x = 1; a = 0; x > 0");
    const bool use[] = {true, false, true};
    const formula *extra[] = {problem_of(a, "a < 0")->facts[0].claim};
    witness w = {0};
    sequent q = {p, use, NULL, 0};
    assert_int_equal(ask(&b, a, &q, &w), SMT_SAT);
    sequent more = {p, use, extra, 1};
    assert_int_equal(ask(&b, a, &more, &w), SMT_UNSAT);
    assert_int_equal(smt_nonlinear(&b, a, &q, NULL, NULL), SMT_SAT);
    arena_free(a);
}

static void numbers_of_any_length_come_back(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    rat big;
    char digits[20001];
    memset(digits, '7', 20000);
    digits[20000] = '\0';
    assert_true(rat_parse(a, str_of(digits), &big));
    const problem *p = problem_of(a, "a x = 1");
    const form f = form_add(a, form_sym(a, 'x' - 'a'), form_const(coef_of(big)));
    const formula *extra[] = {formula_atom(a, f, REL_EQ)};
    sequent q = {p, NULL, extra, 1};
    witness w = {0};
    assert_int_equal(ask(&b, a, &q, &w), SMT_SAT);
    assert_int_equal(w.n, SYMBOLS);
    arena_free(a);
}

/* --- random problems --- */

static uint64_t next_random(uint64_t *s) {
    *s ^= *s << 13, *s ^= *s >> 7, *s ^= *s << 17;
    return *s;
}

static int below(uint64_t *s, int n) {
    return (int)(next_random(s) % (uint64_t)n);
}

/* Small: a number, a parameter, a sum, a fraction. */
static void put_coefficient(text *t, uint64_t *s) {
    static const char *const kinds[] = {"1",       "2",         "3",       "a",   "b",
                                        "(a - 1)", "(a + b)",   "(a - b)", "1/a", "(1 - 2b)",
                                        "1/2 a",   "1/(a + b)", "(b + 2)"};
    text_puts(t, kinds[below(s, sizeof kinds / sizeof *kinds)]);
}

static void put_atom(text *t, uint64_t *s, bool equation) {
    static const char *const names[] = {" x", " y", ""};
    for (int i = 0; i < 3; i++) {
        if (i) text_puts(t, below(s, 2) ? " + " : " - ");
        put_coefficient(t, s);
        text_puts(t, names[i]);
    }
    text_puts(t, equation ? " = 0" : below(s, 2) ? " <= 0" : " < 0");
}

/* Signs, inequalities, at most one equation. */
static const char *random_text(arena *a, uint64_t *s) {
    static const char *const signs[] = {"; a > 0", "; b > 0", "; x > 0", "; y > 0", "; a > b"};
    text t = text_new(a);
    put_atom(&t, s, below(s, 2));
    for (int i = below(s, 3); i >= 0; i--) {
        text_puts(&t, "; "), put_atom(&t, s, false);
        if (below(s, 4) == 0) text_puts(&t, " | "), put_atom(&t, s, false);
    }
    for (int i = 0; i < 5; i++)
        if (below(s, 3)) text_puts(&t, signs[i]);
    return text_str(&t).s;
}

/* The facts where a and b have values: a linear problem. */
static const problem *pinned(arena *a, const problem *p, rat va, rat vb) {
    coef *x = NEW_ARRAY(a, coef, SYMBOLS);
    x[0] = coef_of(va), x[1] = coef_of(vb);
    fact *facts = NEW_ARRAY(a, fact, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) facts[i].claim = formula_at(a, p->facts[i].claim, x);
    problem *out = NEW(a, problem);
    *out = *p;
    out->field = NULL;
    out->facts = facts;
    return out;
}

/* No solution at some values of the parameters, by linear arithmetic. */
static void refute_at_points(arena *a, const problem *p, uint64_t *seed) {
    budget b;
    budget_init(&b);
    smt *s = smt_open(p, &b);
    for (int i = 0; i < 12; i++) {
        rat va = rat_frac(a, below(seed, 9) - 4, 1 + below(seed, 3));
        rat vb = rat_frac(a, below(seed, 9) - 4, 1 + below(seed, 3));
        sequent q = whole(pinned(a, p, va, vb));
        assert_int_equal(smt_check(s, a, &q, UINT64_MAX, NULL, NULL, NULL), SMT_UNSAT);
    }
    smt_close(s);
}

static void random_bilinear_problems_are_decided_rightly(void **state) {
    (void)state;
    enum { PROBLEMS = 500 };
    uint64_t seed = 20240229;
    int count[] = {[SMT_SAT] = 0, [SMT_UNSAT] = 0, [SMT_UNKNOWN] = 0}, irrational = 0;
    for (int i = 0; i < PROBLEMS; i++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        b.deadline = clock_seconds() + 2;
        sequent q = whole(problem_of(a, random_text(a, &seed)));
        witness w = {0};
        smt_status r = ask(&b, a, &q, &w);
        if (r == SMT_UNSAT) refute_at_points(a, q.p, &seed);
        irrational += r == SMT_SAT && w.n == 0;
        count[r]++;
        arena_free(a);
    }
    print_message("%d sat, %d unsat, %d unknown; %d irrational\n", count[SMT_SAT], count[SMT_UNSAT],
                  count[SMT_UNKNOWN], irrational);
    assert_true(count[SMT_SAT] > 100 && count[SMT_UNSAT] > 50);
    assert_true(count[SMT_UNKNOWN] < 25);
    assert_true(irrational < 5);
}

static void linear_sequents_are_decided_as_by_the_linear_solver(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 40; i++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        const problem *p = problem_of(a, random_text(a, &seed));
        const problem *linear = pinned(a, p, rat_int(2), rat_frac(a, -1, 3));
        sequent q = whole(linear);
        smt *s = smt_open(linear, &b);
        witness w = {0};
        smt_status linear_status = smt_check(s, a, &q, UINT64_MAX, NULL, NULL, NULL);
        assert_int_equal(ask(&b, a, &q, &w), linear_status);
        smt_close(s);
        arena_free(a);
    }
}

/* --- limits --- */

static void put_cubic(text *t, uint64_t *s, int letters) {
    for (int i = 0; i < 24; i++) {
        text_addf(t, "%s%d", i ? (below(s, 2) ? " + " : " - ") : "", 1 + below(s, 99));
        for (int j = 0; j < 3; j++) text_addf(t, " %c", 'a' + below(s, letters));
    }
}

/* Eight parameters, thirty statements of degree three. */
static const char *hard_text(arena *a) {
    uint64_t seed = 5;
    text t = text_new(a);
    for (int i = 0; i < 30; i++) {
        if (i) text_puts(&t, "; ");
        put_cubic(&t, &seed, 8);
        text_puts(&t, i < 5 ? " = 1" : " < 1");
    }
    return text_str(&t).s;
}

static void no_child_is_left(void) {
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

static void a_deadline_ends_a_hard_question(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    sequent q = whole(problem_of(a, hard_text(a)));
    double start = clock_seconds();
    b.deadline = start + 0.3;
    const char *why = NULL;
    assert_int_equal(smt_nonlinear(&b, a, &q, NULL, &why), SMT_UNKNOWN);
    assert_true(clock_seconds() - start < 1.3);
    assert_string_equal(why, "time limit");
    no_child_is_left();
    arena_free(a);
}

static void *stop_soon(void *arg) {
    budget *b = arg;
    nanosleep(&(struct timespec){0, 200000000}, NULL);
    atomic_store(&b->stop, true);
    return NULL;
}

static void a_stop_ends_a_hard_question(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    sequent q = whole(problem_of(a, hard_text(a)));
    pthread_t other;
    double start = clock_seconds();
    assert_int_equal(pthread_create(&other, NULL, stop_soon, &b), 0);
    const char *why = NULL;
    assert_int_equal(smt_nonlinear(&b, a, &q, NULL, &why), SMT_UNKNOWN);
    pthread_join(other, NULL);
    assert_true(clock_seconds() - start < 1.2);
    assert_string_equal(why, "interrupted");
    no_child_is_left();
    assert_int_equal(smt_nonlinear(&b, a, &q, NULL, &why), SMT_UNKNOWN);
    arena_free(a);
}

static void steps_are_counted_and_limit_the_work(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    b.steps_left = 100000;
    sequent easy = whole(problem_of(a, "a x = 1; x > 7")),
            hard = whole(problem_of(a, hard_text(a)));
    assert_int_equal(smt_nonlinear(&b, a, &easy, NULL, NULL), SMT_SAT);
    assert_true(b.steps_left < 100000 && b.steps_left > 50000);
    const char *why = NULL;
    b.steps_left = 3000;
    assert_int_equal(smt_nonlinear(&b, a, &hard, NULL, &why), SMT_UNKNOWN);
    assert_string_equal(why, "resource limit");
    assert_int_equal(b.steps_left, 0);
    no_child_is_left();
    arena_free(a);
}

/* --- the process --- */

static void without_a_process_the_answer_is_unknown(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    sequent q = whole(problem_of(a, "a x = 1"));
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    const char *why = NULL;
    smt_status r = smt_nonlinear(&b, a, &q, NULL, &why);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(r, SMT_UNKNOWN);
    assert_string_equal(why, "no process could be started for nonlinear arithmetic");
    assert_int_equal(smt_nonlinear(&b, a, &q, NULL, &why), SMT_SAT);
    arena_free(a);
}

static int open_files(void) {
    int n = 0;
    for (int fd = 0; fd < 64; fd++) n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void count_signal(int s) {
    (void)s;
}

/* A timer interrupts every call; children are not waited for by anybody else. */
static void signals_do_not_disturb(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    sequent q = whole(problem_of(a, "a x = 1; a > x"));
    struct sigaction act = {.sa_handler = count_signal}, before;
    const struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    sigset_t mask_before, mask_after;
    sigaction(SIGALRM, &act, &before);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
    int files = open_files();
    setitimer(ITIMER_REAL, &often, NULL);
    for (int i = 0; i < 5; i++) {
        witness w = {0};
        assert_int_equal(ask(&b, a, &q, &w), SMT_SAT);
    }
    setitimer(ITIMER_REAL, &never, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
    assert_int_equal(sigismember(&mask_before, SIGINT), sigismember(&mask_after, SIGINT));
    sigaction(SIGALRM, &before, NULL);
    assert_int_equal(open_files(), files);
    no_child_is_left();
    arena_free(a);
}

static void a_program_that_ignores_its_children_may_ask(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    sequent q = whole(problem_of(a, "a x = 1; a > x"));
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGCHLD, &ignore, &before);
    witness w = {0};
    assert_int_equal(ask(&b, a, &q, &w), SMT_SAT);
    sigaction(SIGCHLD, &before, NULL);
    no_child_is_left();
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_of_sequents_with_parameters),
        cmocka_unit_test(facts_can_be_left_out_and_assumptions_added),
        cmocka_unit_test(numbers_of_any_length_come_back),
        cmocka_unit_test(random_bilinear_problems_are_decided_rightly),
        cmocka_unit_test(linear_sequents_are_decided_as_by_the_linear_solver),
        cmocka_unit_test(a_deadline_ends_a_hard_question),
        cmocka_unit_test(a_stop_ends_a_hard_question),
        cmocka_unit_test(steps_are_counted_and_limit_the_work),
        cmocka_unit_test(without_a_process_the_answer_is_unknown),
        cmocka_unit_test(signals_do_not_disturb),
        cmocka_unit_test(a_program_that_ignores_its_children_may_ask),
    };
    return cmocka_run_group_tests_name("nonlinear", tests, NULL, NULL);
}
