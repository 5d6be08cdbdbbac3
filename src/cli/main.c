/* propto: the program. Reads the command line, asks the library, writes what it says. */
#include "cli/arguments.h"
#include "cli/complain.h"
#include "cli/files.h"
#include "cli/memory.h"
#include "cli/replace.h"
#include "cli/verifier.h"
#include "propto.h"
#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NOT_READ = 2 };

/* --- Ctrl-C: the first asks the run to stop, the second ends the program --- */

static _Atomic(propto *) running;

static void on_interrupt(int number) {
    (void)number;
    propto *p = atomic_load(&running);
    if (p) propto_interrupt(p);
}

static int run(propto *p, const propto_request *q) {
    struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    atomic_store(&running, p);
    sigaction(SIGINT, &action, NULL);
    int code = propto_run(p, q);
    signal(SIGINT, SIG_DFL);
    atomic_store(&running, NULL);
    return code;
}

/* --- inputs --- */

/* Standard input, but no more than one byte beyond the limit: the library says what is wrong. */
static bool read_stdin(buffer *b, size_t max_bytes) {
    if (read_stream(STDIN_FILENO, b, max_bytes < SIZE_MAX ? max_bytes + 1 : max_bytes)) return true;
    complain("cannot read standard input: ", strerror(errno), "");
    return false;
}

static bool add_stdin(propto *p, size_t max_bytes) {
    buffer b = {NULL, 0, 0};
    bool read = read_stdin(&b, max_bytes);
    if (read) propto_add_text(p, "<stdin>", b.s ? b.s : "", b.n);
    free(b.s);
    return read;
}

static bool add_inputs(propto *p, const arguments *a) {
    bool seen_stdin = false;
    for (int i = 0; i < a->nwords; i++) {
        const word *w = &a->words[i];
        bool is_stdin = !w->statements && strcmp(w->s, "-") == 0;
        if (is_stdin && seen_stdin) {
            complain("standard input can be read once only", NULL, "");
            return false;
        }
        seen_stdin |= is_stdin;
        if (is_stdin && !add_stdin(p, a->max_bytes)) return false;
        if (w->statements) propto_add_text(p, "<command line>", w->s, strlen(w->s));
        if (!w->statements && !is_stdin) propto_add_file(p, w->s);
    }
    return true;
}

/* --- output --- */

static int write_certificate(const propto *p, const arguments *a, int code) {
    int error = write_file(a->certificate, propto_certificate(p), propto_certificate_size(p));
    if (error) complain_of_file("cannot write", a->certificate, error);
    return error ? NOT_READ : code;
}

/* A certificate on standard output is all there is; one in a file is there before anything is said
 * of it. */
static int write_result(const propto *p, const arguments *a, int code) {
    bool alone = a->certificate && strcmp(a->certificate, "-") == 0;
    size_t n = propto_certificate_size(p);
    write_all(STDERR_FILENO, propto_errors(p), propto_errors_size(p));
    if (a->certificate && n == 0 && code != NOT_READ) {
        complain("the certificate could not be made", NULL, "");
        return NOT_READ;
    }
    if (alone) return written(code, write_all(STDOUT_FILENO, propto_certificate(p), n));
    if (a->certificate && n) code = write_certificate(p, a, code);
    return written(code, write_all(STDOUT_FILENO, propto_output(p), propto_output_size(p)));
}

/* fmt --write: the files that are not canonical; each that cannot be written is told of. */
static int write_files(const propto *p, const arguments *a, int code) {
    for (int i = 0; i < a->nwords; i++) {
        size_t n = 0;
        int canonical = 0;
        const char *s = propto_formatted(p, i, &n, &canonical);
        int error = s && !canonical ? replace_file(a->words[i].s, s, n) : 0;
        if (error == 0) continue;
        char why[160];
        snprintf(why, sizeof why, "`: %s; it is as it was", strerror(error));
        complain("cannot write `", a->words[i].s, why);
        code = NOT_READ;
    }
    return code;
}

static int flush_stdout(int code) {
    return written(code, fflush(stdout) == 0 ? 0 : errno);
}

/* --- the program --- */

static int print_version(void) {
    printf("propto %s (Z3 %s)\n", propto_version(), propto_solver_version());
    return flush_stdout(0);
}

static int print_usage(const arguments *a) {
    print_help(stdout, a->named && a->command->usage ? a->command : NULL);
    return flush_stdout(0);
}

static int run_program(propto *p, const arguments *a, char **argv) {
    if (a->help) return print_usage(a);
    if (a->version) return print_version();
    if (a->command->words == WORDS_ARE_CERTIFICATE) return verifier_become(argv, a->command_word);
    limit_memory(a->megabytes);
    if (!add_inputs(p, a)) return NOT_READ;
    int code = run(p, &a->request);
    if (a->request.write) code = write_files(p, a, code);
    return write_result(p, a, code);
}

int main(int argc, char **argv) {
    arguments a;
    keep_streams_apart();
    propto *p = propto_new();
    signal(SIGPIPE, SIG_IGN);
    bool understood = arguments_read(&a, p, argc, argv);
    int code = understood ? run_program(p, &a, argv) : NOT_READ;
    arguments_free(&a);
    propto_free(p);
    return code;
}
