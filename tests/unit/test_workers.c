/* The promises of api/workers.h. */
#include "api/workers.h"

#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

enum { PIECES = 50, LONG = 300000 };

typedef struct {
    budget *b;
    int fatal; /* piece */
} job;

/* Piece i is i letters; every tenth is long. */
static size_t size_of(int i) {
    return i % 10 == 7 ? LONG + (size_t)i : (size_t)i;
}

static str letters(void *what, arena *a, int i) {
    const job *j = what;
    if (i == j->fatal) raise(SIGKILL);
    char *s = arena_alloc(a, size_of(i) + 1);
    memset(s, 'a' + i % 26, size_of(i));
    return (str){s, size_of(i)};
}

static bool is_right(str s, int i) {
    if (s.n != size_of(i)) return false;
    for (size_t k = 0; k < s.n; k++)
        if (s.s[k] != 'a' + i % 26) return false;
    return true;
}

static void pieces_come_back_each_in_its_place(void **state) {
    (void)state;
    static const int jobs[] = {1, 2, 3, PIECES + 10, 1000};
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        job j = {&b, -1};
        str said[PIECES] = {{0}};
        share_out(a, &b, jobs[k], PIECES, letters, &j, said);
        for (int i = 0; i < PIECES; i++) {
            assert_non_null(said[i].s);
            assert_true(is_right(said[i], i));
        }
        arena_free(a);
    }
}

static void what_a_worker_did_not_live_to_say_is_left_to_the_caller(void **state) {
    (void)state;
    for (int fatal = 0; fatal < PIECES; fatal += 7) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        job j = {&b, fatal};
        str said[PIECES] = {{0}};
        share_out(a, &b, 2, PIECES, letters, &j, said);
        assert_null(said[fatal].s);
        for (int i = 0; i < PIECES; i++)
            if (i != fatal) assert_true(is_right(said[i], i));
        arena_free(a);
    }
}

/* Works until it is told to stop, ten seconds at the most. */
static str wait_for_the_end(void *what, arena *a, int i) {
    const job *j = what;
    (void)i;
    double latest = clock_seconds() + 10;
    while (budget_left(j->b) && clock_seconds() < latest) usleep(1000);
    return str_copy(a, str_of(j->b->reason ? j->b->reason : "nobody said stop"));
}

static void workers_hear_that_the_run_is_to_stop(void **state) {
    (void)state;
    for (int k = 0; k < 2; k++) {
        arena *a = arena_new();
        budget b;
        budget_init(&b);
        if (k == 0) atomic_store(&b.stop, true);
        if (k == 1) b.deadline = clock_seconds() + 0.05;
        job j = {&b, -1};
        str said[4] = {{0}};
        share_out(a, &b, 2, 4, wait_for_the_end, &j, said);
        for (int i = 0; i < 4; i++)
            assert_true(str_eq(said[i], str_of(k ? "time limit" : "interrupted")));
        assert_null(b.also_stop);
        arena_free(a);
    }
}

static budget *stopped;

static void on_alarm(int number) {
    (void)number;
    atomic_store(&stopped->stop, true);
}

/* The signal is for the process that waits, and it passes on what became of it. */
static void a_stop_in_the_midst_of_work_reaches_the_workers(void **state) {
    (void)state;
    arena *a = arena_new();
    budget b;
    budget_init(&b);
    stopped = &b;
    job j = {&b, -1};
    str said[4] = {{0}};
    signal(SIGALRM, on_alarm);
    ualarm(100000, 0);
    share_out(a, &b, 2, 4, wait_for_the_end, &j, said);
    signal(SIGALRM, SIG_DFL);
    for (int i = 0; i < 4; i++) assert_true(str_eq(said[i], str_of("interrupted")));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_come_back_each_in_its_place),
        cmocka_unit_test(what_a_worker_did_not_live_to_say_is_left_to_the_caller),
        cmocka_unit_test(workers_hear_that_the_run_is_to_stop),
        cmocka_unit_test(a_stop_in_the_midst_of_work_reaches_the_workers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
