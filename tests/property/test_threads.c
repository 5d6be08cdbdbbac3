/* test_threads: sessions in several threads do not disturb each other (promise P3).
 *
 * Every session says in company, byte for byte, what it says alone; one that another thread
 * interrupts ends, and disturbs nobody. Under ThreadSanitizer (make threads) no access races. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdbool.h>
#include <cmocka.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "propto.h"

typedef struct {
    propto_command command;
    propto_format format;
    const char *theory, *other; /* other: NULL, or one more input */
} job;

static const job jobs[] = {
    {PROPTO_CHECK, PROPTO_JSON, "N ∝ w L; N ∝ w; L ∝ w; w grows; N ∝ w^?", NULL},
    {PROPTO_EXPLAIN, PROPTO_TEXT, "A: Q grows; B: Q shrinks; C: R grows; D: R fixed; Q ∝ R^?",
     NULL},
    {PROPTO_CHECK, PROPTO_TEXT,
     "param a; quantity N, w, L; A: N ∝ w^a; B: L ∝ w^(a^2 - 1); w, N, L grow; N ∝ L^?", NULL},
    {PROPTO_DERIVE, PROPTO_TEXT, "N ∝ w^(7/3); L ∝ N^(-5/11); w grows; L ∝ w^?", NULL},
    {PROPTO_CHECK, PROPTO_JSON,
     "ℓ ∝ N^-1 + D^(-1/2); C ∝ N D; M: choose N, D to minimize ℓ at fixed C; C grows; ℓ ∝ C^?",
     NULL},
    {PROPTO_PROVE, PROPTO_TEXT, "A: N ∝ w^2; w grows; proof { 1: w ∝ N^(1/2) by A; w ∝ N by 1 }",
     NULL},
    {PROPTO_COMPARE, PROPTO_JSON, "N ∝ w^2; w grows; N ∝ w^?", "N ∝ w^3; w grows; N ∝ w^?"},
    {PROPTO_FORMAT, PROPTO_TEXT, "N∝w^2;w grows # so", NULL},
    {PROPTO_EXPORT, PROPTO_SMT2, "N ∝ w^2; L ∝ N + w; w grows; L ∝ w^?", NULL},
    {PROPTO_EXPORT, PROPTO_COQ, "N ∝ w^2; L ∝ N + w; w grows; L ∝ w^?", NULL},
    {PROPTO_CHECK, PROPTO_TEXT, "N ∝ ∝ w; w gorws", NULL},
};

enum { JOBS = sizeof jobs / sizeof *jobs, THREADS = 3, ROUNDS = 2 };

static void add(propto *p, const char *name, const char *theory) {
    if (theory) propto_add_text(p, name, theory, strlen(theory));
}

static propto *done(const job *j) {
    propto *p = propto_new();
    add(p, "one", j->theory);
    add(p, "two", j->other);
    bool checks = j->command == PROPTO_CHECK && !j->other;
    (void)propto_run(
        p, &(propto_request){.command = j->command, .format = j->format, .certificate = checks});
    return p;
}

static bool says(const job *j, const propto *alone) {
    propto *p = done(j);
    bool same = strcmp(propto_output(p), propto_output(alone)) == 0 &&
                strcmp(propto_errors(p), propto_errors(alone)) == 0 &&
                strcmp(propto_certificate(p), propto_certificate(alone)) == 0;
    propto_free(p);
    return same;
}

typedef struct {
    propto *const *alone;
    int first;
    int different; /* sessions that said something else */
} company;

static void *work(void *of) {
    company *c = of;
    for (int i = 0; i < ROUNDS * JOBS; i++) {
        int at = (c->first + i) % JOBS;
        c->different += !says(&jobs[at], c->alone[at]);
    }
    return NULL;
}

static void keep_company(void *(*work_of)(void *)) {
    propto *alone[JOBS];
    pthread_t thread[THREADS];
    company c[THREADS];
    for (int i = 0; i < JOBS; i++) alone[i] = done(&jobs[i]);
    for (int i = 0; i < THREADS; i++) {
        c[i] = (company){alone, i * 4, 0};
        assert_int_equal(pthread_create(&thread[i], NULL, work_of, &c[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(thread[i], NULL);
        assert_int_equal(c[i].different, 0);
    }
    for (int i = 0; i < JOBS; i++) {
        assert_true(strlen(propto_output(alone[i])) + strlen(propto_errors(alone[i])) > 0);
        propto_free(alone[i]);
    }
}

enum { PARAMETRIC = 2, QUESTIONS = 50 };

static void *ask_again_and_again(void *of) {
    company *c = of;
    for (int i = 0; i < QUESTIONS; i++) {
        int at = c->first ? (c->first + i) % JOBS : PARAMETRIC;
        c->different += !says(&jobs[at], c->alone[at]);
    }
    return NULL;
}

static void what_a_session_says_alone_it_says_in_company(void **state) {
    (void)state;
    keep_company(work);
}

/* A process that is copied while another thread holds a lock of Z3 would wait for it for ever. */
static void a_process_started_in_company_answers(void **state) {
    (void)state;
    keep_company(ask_again_and_again);
}

/* Far more repairs than anybody waits for. */
static void add_endless(propto *p) {
    char law[64];
    char *text = calloc(26, 2 * sizeof law);
    for (int i = 0; i < 26; i++) {
        snprintf(law, sizeof law, "A%d: Q_%d grows; B%d: Q_%d shrinks;", i, i, i, i);
        strcat(text, law);
    }
    propto_add_text(p, "endless", text, strlen(text));
    free(text);
}

static void *run_endless(void *of) {
    propto_request q = {.command = PROPTO_EXPLAIN, .max_repairs = 100000000, .timeout = 60};
    return (void *)(intptr_t)propto_run(of, &q);
}

static void an_interrupt_from_another_thread_ends_that_session_alone(void **state) {
    void *code;
    pthread_t thread;
    propto *p = propto_new(), *calm = done(&jobs[2]);
    (void)state;
    add_endless(p);
    assert_int_equal(pthread_create(&thread, NULL, run_endless, p), 0);
    assert_true(says(&jobs[2], calm));
    propto_interrupt(p);
    pthread_join(thread, &code);
    assert_true((intptr_t)code == 1 || (intptr_t)code == 3);
    assert_true(says(&jobs[2], calm));
    propto_free(p);
    propto_free(calm);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_session_says_alone_it_says_in_company),
        cmocka_unit_test(a_process_started_in_company_answers),
        cmocka_unit_test(an_interrupt_from_another_thread_ends_that_session_alone),
    };
    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
