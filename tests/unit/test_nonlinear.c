/* The promises of engine/smt.h about sequents with parameters. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#include "engine/smt.h"
#include "parametric_text.h"

typedef struct {
    arena *a;
    budget b;
    nonlinear *n;
} desk;

static void sit_down(desk *d) {
    d->a = arena_new();
    budget_init(&d->b);
    d->n = nonlinear_open(d->a);
}

static void stand_up(desk *d) {
    arena_free(d->a);
}

static sequent whole(const problem *p) {
    return (sequent){p, NULL, NULL, 0};
}

/* A model that is rational must satisfy. */
static smt_status ask(desk *d, const sequent *q, witness *w) {
    const char *why = NULL;
    smt_status r = nonlinear_ask(d->n, &d->b, d->a, q, w, &why);
    if (r == SMT_SAT && w && w->n) assert_true(witness_satisfies(q, w));
    if (r == SMT_UNKNOWN) assert_non_null(why);
    return r;
}

static smt_status ask_text(desk *d, const char *z, witness *w) {
    sequent q = whole(problem_of(d->a, z));
    return ask(d, &q, w);
}

/* Satisfiable, and another question for every number. */
static smt_status ask_number(desk *d, int i) {
    char z[64];
    snprintf(z, sizeof z, "a x = %d; a > 0; x > %d a", i + 1, i);
    witness w = {0};
    return ask_text(d, z, &w);
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
    desk d;
    sit_down(&d);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        witness w = {0};
        smt_status r = ask_text(&d, cases[i].text, &w);
        if (r != (cases[i].expected == UNSAT ? SMT_UNSAT : SMT_SAT)) fail_msg("%s", cases[i].name);
        if (r == SMT_SAT && (w.n == 0) != (cases[i].expected == IRRATIONAL))
            fail_msg("%s: the model", cases[i].name);
    }
    stand_up(&d);
}

static void facts_can_be_left_out_and_assumptions_added(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    const problem *p = problem_of(d.a, "a x = 1; a = 0; x > 0");
    const bool use[] = {true, false, true};
    const formula *extra[] = {problem_of(d.a, "a < 0")->facts[0].claim};
    witness w = {0};
    sequent q = {p, use, NULL, 0}, more = {p, use, extra, 1};
    assert_int_equal(ask(&d, &q, &w), SMT_SAT);
    assert_int_equal(ask(&d, &more, &w), SMT_UNSAT);
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &q, NULL, NULL), SMT_SAT);
    stand_up(&d);
}

/* a x + 77...7 = 0, with so many digits. */
static const formula *long_equation(arena *a, size_t digits) {
    rat big;
    char *z = NEW_ARRAY(a, char, digits + 1);
    memset(z, '7', digits);
    assert_true(rat_parse(a, str_of(z), &big));
    form product = problem_of(a, "a x = 0")->facts[0].claim->lhs;
    return formula_atom(a, form_add(a, product, form_const(coef_of(big))), REL_EQ);
}

static void numbers_of_any_length_come_back(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    const formula *extra[] = {long_equation(d.a, 20000)};
    sequent q = {problem_of(d.a, "a = 1"), NULL, extra, 1};
    witness w = {0};
    assert_int_equal(ask(&d, &q, &w), SMT_SAT);
    assert_int_equal(w.n, SYMBOLS);
    stand_up(&d);
}

/* Longer than what a socket holds. */
static void questions_of_any_length_are_asked(void **state) {
    (void)state;
    enum { COPIES = 500 };
    desk d;
    sit_down(&d);
    const formula *extra[COPIES];
    for (int i = 0; i < COPIES; i++) extra[i] = long_equation(d.a, 2000);
    sequent q = {problem_of(d.a, "a = 1; x > 0"), NULL, extra, COPIES};
    assert_int_equal(ask(&d, &q, NULL), SMT_UNSAT);
    stand_up(&d);
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
    desk d;
    sit_down(&d);
    for (int i = 0; i < PROBLEMS; i++) {
        budget_init(&d.b);
        d.b.deadline = clock_seconds() + 2;
        sequent q = whole(problem_of(d.a, random_text(d.a, &seed)));
        witness w = {0};
        smt_status r = ask(&d, &q, &w);
        if (r == SMT_UNSAT) refute_at_points(d.a, q.p, &seed);
        irrational += r == SMT_SAT && w.n == 0;
        count[r]++;
    }
    stand_up(&d);
    print_message("%d sat, %d unsat, %d unknown; %d irrational\n", count[SMT_SAT], count[SMT_UNSAT],
                  count[SMT_UNKNOWN], irrational);
    assert_true(count[SMT_SAT] > 100 && count[SMT_UNSAT] > 50);
    assert_true(count[SMT_UNKNOWN] < 25);
    assert_true(irrational < 5);
}

static void linear_sequents_are_decided_as_by_the_linear_solver(void **state) {
    (void)state;
    uint64_t seed = 7;
    desk d;
    sit_down(&d);
    for (int i = 0; i < 40; i++) {
        const problem *p = problem_of(d.a, random_text(d.a, &seed));
        const problem *linear = pinned(d.a, p, rat_int(2), rat_frac(d.a, -1, 3));
        sequent q = whole(linear);
        smt *s = smt_open(linear, &d.b);
        witness w = {0};
        smt_status linear_status = smt_check(s, d.a, &q, UINT64_MAX, NULL, NULL, NULL);
        assert_int_equal(ask(&d, &q, &w), linear_status);
        smt_close(s);
    }
    stand_up(&d);
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
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, hard_text(d.a)));
    double start = clock_seconds();
    d.b.deadline = start + 0.3;
    const char *why = NULL;
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &q, NULL, &why), SMT_UNKNOWN);
    assert_true(clock_seconds() - start < 1.3);
    assert_string_equal(why, "time limit");
    no_child_is_left();
    stand_up(&d);
}

static void *stop_soon(void *arg) {
    budget *b = arg;
    nanosleep(&(struct timespec){0, 200000000}, NULL);
    atomic_store(&b->stop, true);
    return NULL;
}

static void a_stop_ends_a_hard_question(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, hard_text(d.a)));
    pthread_t other;
    double start = clock_seconds();
    assert_int_equal(pthread_create(&other, NULL, stop_soon, &d.b), 0);
    const char *why = NULL;
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &q, NULL, &why), SMT_UNKNOWN);
    pthread_join(other, NULL);
    assert_true(clock_seconds() - start < 1.2);
    assert_string_equal(why, "interrupted");
    no_child_is_left();
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &q, NULL, &why), SMT_UNKNOWN);
    stand_up(&d);
}

static void after_a_question_without_answer_the_next_is_answered(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, hard_text(d.a)));
    assert_int_equal(ask_number(&d, 1), SMT_SAT);
    d.b.deadline = clock_seconds() + 0.1;
    assert_int_equal(ask(&d, &q, NULL), SMT_UNKNOWN);
    no_child_is_left();
    budget_init(&d.b);
    assert_int_equal(ask_number(&d, 2), SMT_SAT);
    stand_up(&d);
}

static void steps_are_counted_and_limit_the_work(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    d.b.steps_left = 100000;
    sequent easy = whole(problem_of(d.a, "a x = 1; x > 7")),
            hard = whole(problem_of(d.a, hard_text(d.a)));
    assert_int_equal(ask(&d, &easy, NULL), SMT_SAT);
    assert_true(d.b.steps_left < 100000 && d.b.steps_left > 50000);
    const char *why = NULL;
    d.b.steps_left = 3000;
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &hard, NULL, &why), SMT_UNKNOWN);
    assert_string_equal(why, "resource limit");
    assert_int_equal(d.b.steps_left, 0);
    stand_up(&d);
    no_child_is_left();
}

/* --- the answer is a function of the question --- */

static bool same_values(const witness *x, const witness *y) {
    if (x->n != y->n) return false;
    for (int i = 0; i < x->n; i++)
        if (!coef_eq(x->x[i], y->x[i])) return false;
    return true;
}

static void earlier_questions_change_no_answer(void **state) {
    (void)state;
    enum { QUESTIONS = 60 };
    uint64_t seed = 7;
    const char *asked[QUESTIONS];
    uint64_t steps[QUESTIONS];
    desk d, e;
    sit_down(&d), sit_down(&e);
    witness first[QUESTIONS] = {{0}}, last[QUESTIONS] = {{0}};
    for (int i = 0; i < QUESTIONS; i++) {
        asked[i] = random_text(d.a, &seed);
        d.b.steps_left = 200000;
        ask_text(&d, asked[i], &first[i]);
        steps[i] = d.b.steps_left;
    }
    for (int i = QUESTIONS - 1; i >= 0; i--) {
        e.b.steps_left = 200000;
        ask_text(&e, asked[i], &last[i]);
        assert_int_equal(e.b.steps_left, steps[i]);
        assert_true(same_values(&first[i], &last[i]));
    }
    stand_up(&d), stand_up(&e);
}

static void what_was_asked_before_is_remembered(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    witness w = {0}, again = {0};
    const char *z = "a x = 1; x > 7; a b = x";
    d.b.steps_left = 9000000;
    assert_int_equal(ask_text(&d, z, &w), SMT_SAT);
    uint64_t steps = 9000000 - d.b.steps_left;
    for (int i = 0; i < 200; i++) ask_number(&d, i);
    d.b.steps_left = 9000000;
    assert_int_equal(kill((pid_t)nonlinear_process(d.n), SIGSTOP), 0);
    assert_int_equal(ask_text(&d, z, &again), SMT_SAT);
    assert_true(w.n == SYMBOLS && same_values(&w, &again));
    assert_int_equal(9000000 - d.b.steps_left, steps);
    stand_up(&d);
    no_child_is_left();
}

static void that_there_was_no_answer_is_remembered_too(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, hard_text(d.a)));
    d.b.steps_left = 3000;
    assert_int_equal(ask(&d, &q, NULL), SMT_UNKNOWN);
    assert_int_equal(kill((pid_t)nonlinear_process(d.n), SIGSTOP), 0);
    budget_init(&d.b);
    d.b.steps_left = 3000;
    d.b.deadline = clock_seconds() + 5;
    const char *why = NULL;
    assert_int_equal(nonlinear_ask(d.n, &d.b, d.a, &q, NULL, &why), SMT_UNKNOWN);
    assert_string_equal(why, "resource limit");
    stand_up(&d);
}

/* --- the process --- */

static void one_process_answers_many_questions(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    assert_int_equal(nonlinear_process(d.n), 0);
    assert_int_equal(ask_number(&d, 0), SMT_SAT);
    long process = nonlinear_process(d.n);
    assert_true(process > 0);
    for (int i = 1; i < 50; i++) assert_int_equal(ask_number(&d, i), SMT_SAT);
    assert_int_equal(nonlinear_process(d.n), process);
    stand_up(&d);
    no_child_is_left();
}

/* By its own clock, too. */
static void a_process_that_was_killed_is_replaced(void **state) {
    (void)state;
    static const int signals[] = {SIGKILL, SIGPROF};
    desk d;
    sit_down(&d);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ask_number(&d, 2 * i), SMT_SAT);
        long process = nonlinear_process(d.n);
        assert_int_equal(kill((pid_t)process, signals[i]), 0);
        assert_int_equal(ask_number(&d, 2 * i + 1), SMT_SAT);
        assert_int_not_equal(nonlinear_process(d.n), process);
    }
    stand_up(&d);
    no_child_is_left();
}

/* Dies while it works: so it is with too little memory. */
static void *kill_soon(void *arg) {
    const desk *d = arg;
    nanosleep(&(struct timespec){0, 200000000}, NULL);
    kill((pid_t)nonlinear_process(d->n), SIGKILL);
    return NULL;
}

static void a_process_that_dies_of_its_first_question_gives_no_answer(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, hard_text(d.a)));
    pthread_t other;
    double start = clock_seconds();
    assert_int_equal(pthread_create(&other, NULL, kill_soon, &d), 0);
    assert_int_equal(ask(&d, &q, NULL), SMT_UNKNOWN);
    pthread_join(other, NULL);
    assert_true(clock_seconds() - start < 1.2);
    no_child_is_left();
    assert_int_equal(ask_number(&d, 1), SMT_SAT);
    stand_up(&d);
}

static void *ask_in_thread(void *arg) {
    desk *d = arg;
    int i = 0;
    while (i < 40 && ask_number(d, i) == SMT_SAT) i++;
    return i == 40 ? d : NULL;
}

static void threads_have_processes_of_their_own(void **state) {
    (void)state;
    desk d, e;
    sit_down(&d), sit_down(&e);
    pthread_t x, y;
    void *one, *two;
    assert_int_equal(pthread_create(&x, NULL, ask_in_thread, &d), 0);
    assert_int_equal(pthread_create(&y, NULL, ask_in_thread, &e), 0);
    pthread_join(x, &one), pthread_join(y, &two);
    assert_true(one && two);
    assert_int_not_equal(nonlinear_process(d.n), nonlinear_process(e.n));
    assert_int_equal(ask_number(&d, 99), SMT_SAT);
    stand_up(&d), stand_up(&e);
    no_child_is_left();
}

static void one_process_may_serve_many(void **state) {
    (void)state;
    static const char *const z[] = {"a x = 1; x > 7; a b = x", "a x = 1; b x > 3", "a a = 2"};
    desk d, e, alone;
    sit_down(&d), sit_down(&e), sit_down(&alone);
    server *both = server_new(d.a);
    nonlinear_use(d.n, both), nonlinear_use(e.n, both);
    for (int i = 0; i < 3; i++) {
        witness w[3] = {{0}};
        smt_status r = ask_text(&alone, z[i], &w[2]);
        assert_int_equal(ask_text(&d, z[i], &w[0]), r);
        assert_int_equal(ask_text(&e, z[i], &w[1]), r);
        assert_true(same_values(&w[0], &w[2]) && same_values(&w[1], &w[2]));
    }
    assert_true(nonlinear_process(d.n) > 0);
    assert_int_equal(nonlinear_process(d.n), nonlinear_process(e.n));
    assert_int_not_equal(nonlinear_process(d.n), nonlinear_process(alone.n));
    stand_up(&alone), stand_up(&e), stand_up(&d);
    no_child_is_left();
}

/* Both would hear what one of them asks. */
static void a_copy_of_the_program_has_a_process_of_its_own(void **state) {
    (void)state;
    desk d;
    int status;
    sit_down(&d);
    assert_int_equal(ask_number(&d, 0), SMT_SAT);
    long process = nonlinear_process(d.n);
    pid_t copy = fork();
    if (copy == 0) {
        bool ok = ask_number(&d, 1) == SMT_SAT && nonlinear_process(d.n) != process;
        stand_up(&d);
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(ask_number(&d, 2), SMT_SAT);
    assert_int_equal(waitpid(copy, &status, 0), copy);
    assert_int_equal(status, 0);
    assert_int_equal(ask_number(&d, 3), SMT_SAT);
    assert_int_equal(nonlinear_process(d.n), process);
    stand_up(&d);
    no_child_is_left();
}

/* Tells who its process is, and dies. */
static _Noreturn void ask_and_die(int fd, bool busy) {
    desk d;
    sit_down(&d);
    ask_number(&d, 0);
    long process = nonlinear_process(d.n);
    if (write(fd, &process, sizeof process) != sizeof process) _exit(1);
    if (busy) {
        struct sigaction act = {.sa_handler = SIG_DFL};
        const struct itimerval soon = {.it_value = {0, 100000}};
        sigaction(SIGALRM, &act, NULL);
        setitimer(ITIMER_REAL, &soon, NULL);
        sequent q = whole(problem_of(d.a, hard_text(d.a)));
        ask(&d, &q, NULL);
    }
    (void)raise(SIGKILL);
    _exit(1);
}

static void the_process_does_not_outlive_the_program(void **state) {
    (void)state;
#ifdef PR_SET_CHILD_SUBREAPER
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    for (int busy = 0; busy < 2; busy++) {
        int ends[2];
        long process = 0;
        assert_int_equal(pipe(ends), 0);
        pid_t program = fork();
        if (program == 0) ask_and_die(ends[1], busy);
        assert_int_equal(read(ends[0], &process, sizeof process), sizeof process);
        assert_int_equal(waitpid(program, NULL, 0), program);
        double start = clock_seconds();
        assert_int_equal(waitpid((pid_t)process, NULL, 0), process);
        assert_true(clock_seconds() - start < 1);
        close(ends[0]), close(ends[1]);
    }
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
    no_child_is_left();
#else
    skip();
#endif
}

/* Who reads from the program learns that it has closed its end. */
static void the_process_holds_no_file_of_the_program(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    int ends[2];
    char c;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(ask_number(&d, 0), SMT_SAT);
    close(ends[1]);
    struct pollfd end = {.fd = ends[0], .events = POLLIN};
    assert_int_equal(poll(&end, 1, 1000), 1);
    assert_int_equal(read(ends[0], &c, 1), 0);
    close(ends[0]);
    stand_up(&d);
}

/* Pages in use; 0 where the system does not tell. */
static long pages_of(long process) {
    char name[64];
    long size, resident = 0;
    snprintf(name, sizeof name, "/proc/%ld/statm", process);
    FILE *f = fopen(name, "r");
    if (!f) return 0;
    if (fscanf(f, "%ld %ld", &size, &resident) != 2) resident = 0;
    fclose(f);
    return resident;
}

/* Under the address sanitizer, freed memory is kept aside for a while. */
static bool frees_at_once(void) {
#if defined __SANITIZE_ADDRESS__
    return false;
#elif defined __has_feature
#if __has_feature(address_sanitizer)
    return false;
#endif
#endif
    return true;
}

static void two_thousand_questions_take_no_more_memory(void **state) {
    (void)state;
    desk d;
    if (!frees_at_once() || !pages_of(getpid())) skip();
    sit_down(&d);
    for (int i = 0; i < 200; i++) assert_int_equal(ask_number(&d, i), SMT_SAT);
    long before = pages_of(nonlinear_process(d.n));
    for (int i = 200; i < 2200; i++) assert_int_equal(ask_number(&d, i), SMT_SAT);
    long after = pages_of(nonlinear_process(d.n));
    stand_up(&d);
    assert_true(before > 0 && after < before + before / 10);
}

/* A model of so many symbols takes memory. */
static void a_process_that_has_grown_is_replaced(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    problem large = *problem_of(d.a, "a x = 1");
    large.nsymbols = 150000;
    sequent q = whole(&large);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(ask_number(&d, 3 * i), SMT_SAT);
        long process = nonlinear_process(d.n);
        assert_int_equal(ask_number(&d, 3 * i + 1), SMT_SAT);
        assert_int_equal(nonlinear_process(d.n), process);
        large.nsymbols += i;
        assert_int_equal(ask(&d, &q, NULL), SMT_SAT);
        assert_int_equal(ask_number(&d, 3 * i + 2), SMT_SAT);
        assert_int_not_equal(nonlinear_process(d.n), process);
    }
    stand_up(&d);
    no_child_is_left();
}

static void without_a_process_the_answer_is_unknown(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    sequent q = whole(problem_of(d.a, "a x = 1"));
    struct rlimit before, none;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    const char *why = NULL;
    smt_status r = nonlinear_ask(d.n, &d.b, d.a, &q, NULL, &why);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(r, SMT_UNKNOWN);
    assert_string_equal(why, "no process could be started for nonlinear arithmetic");
    assert_int_equal(ask(&d, &q, NULL), SMT_SAT);
    stand_up(&d);
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
    struct sigaction act = {.sa_handler = count_signal}, before;
    const struct itimerval often = {{0, 500}, {0, 500}}, never = {{0, 0}, {0, 0}};
    sigset_t mask_before, mask_after;
    sigaction(SIGALRM, &act, &before);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_before);
    int files = open_files();
    setitimer(ITIMER_REAL, &often, NULL);
    desk d;
    sit_down(&d);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(ask_number(&d, i), SMT_SAT);
        if (i == 2) assert_int_equal(kill((pid_t)nonlinear_process(d.n), SIGKILL), 0);
    }
    assert_int_equal(open_files(), files + 1);
    stand_up(&d);
    setitimer(ITIMER_REAL, &never, NULL);
    pthread_sigmask(SIG_SETMASK, NULL, &mask_after);
    assert_int_equal(sigismember(&mask_before, SIGINT), sigismember(&mask_after, SIGINT));
    sigaction(SIGALRM, &before, NULL);
    assert_int_equal(open_files(), files);
    no_child_is_left();
}

/* Ctrl-C reaches every process of the terminal. */
static void signals_of_the_program_do_not_reach_the_process(void **state) {
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGALRM};
    desk d;
    sit_down(&d);
    assert_int_equal(ask_number(&d, 0), SMT_SAT);
    long process = nonlinear_process(d.n);
    for (int i = 0; i < 4; i++) assert_int_equal(kill((pid_t)process, signals[i]), 0);
    assert_int_equal(ask_number(&d, 1), SMT_SAT);
    assert_int_equal(nonlinear_process(d.n), process);
    stand_up(&d);
}

static void a_program_that_ignores_its_children_may_ask(void **state) {
    (void)state;
    desk d;
    sit_down(&d);
    struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
    sigaction(SIGCHLD, &ignore, &before);
    assert_int_equal(ask_number(&d, 0), SMT_SAT);
    assert_int_equal(kill((pid_t)nonlinear_process(d.n), SIGKILL), 0);
    assert_int_equal(ask_number(&d, 1), SMT_SAT);
    stand_up(&d);
    sigaction(SIGCHLD, &before, NULL);
    no_child_is_left();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(verdicts_of_sequents_with_parameters),
        cmocka_unit_test(facts_can_be_left_out_and_assumptions_added),
        cmocka_unit_test(numbers_of_any_length_come_back),
        cmocka_unit_test(questions_of_any_length_are_asked),
        cmocka_unit_test(random_bilinear_problems_are_decided_rightly),
        cmocka_unit_test(linear_sequents_are_decided_as_by_the_linear_solver),
        cmocka_unit_test(a_deadline_ends_a_hard_question),
        cmocka_unit_test(a_stop_ends_a_hard_question),
        cmocka_unit_test(after_a_question_without_answer_the_next_is_answered),
        cmocka_unit_test(steps_are_counted_and_limit_the_work),
        cmocka_unit_test(earlier_questions_change_no_answer),
        cmocka_unit_test(what_was_asked_before_is_remembered),
        cmocka_unit_test(that_there_was_no_answer_is_remembered_too),
        cmocka_unit_test(one_process_answers_many_questions),
        cmocka_unit_test(a_process_that_was_killed_is_replaced),
        cmocka_unit_test(a_process_that_dies_of_its_first_question_gives_no_answer),
        cmocka_unit_test(threads_have_processes_of_their_own),
        cmocka_unit_test(one_process_may_serve_many),
        cmocka_unit_test(a_copy_of_the_program_has_a_process_of_its_own),
        cmocka_unit_test(a_process_that_has_grown_is_replaced),
        cmocka_unit_test(the_process_does_not_outlive_the_program),
        cmocka_unit_test(the_process_holds_no_file_of_the_program),
        cmocka_unit_test(two_thousand_questions_take_no_more_memory),
        cmocka_unit_test(without_a_process_the_answer_is_unknown),
        cmocka_unit_test(signals_do_not_disturb),
        cmocka_unit_test(signals_of_the_program_do_not_reach_the_process),
        cmocka_unit_test(a_program_that_ignores_its_children_may_ask),
    };
    return cmocka_run_group_tests_name("nonlinear", tests, NULL, NULL);
}
