/* propto.h: the checker for scaling assumptions, as a library.
 *
 *     propto *p = propto_new();
 *     propto_add_text(p, "demo", "N∝w; w grows; N∝w^?", n);
 *     int code = propto_run(p, &(propto_request){.command = PROPTO_CHECK, .format = PROPTO_JSON});
 *     fwrite(propto_output(p), 1, propto_output_size(p), stdout);
 *     propto_free(p);
 *
 * Promises:
 *  P1  Nothing is printed, no signal is caught, no file is written. Files are read only
 *      for propto_add_file and for the `use` statements of theories.
 *  P2  Every pointer handed out belongs to the session, and lives until the next
 *      propto_run or propto_free of it.
 *  P3  Two sessions do not share anything that changes; one session is used by one thread
 *      at a time, except for propto_interrupt.
 *  P4  The result of propto_run is the exit code that the program would have: 0 all is
 *      well, 1 a finding, 2 the input could not be read, 3 undecided, 4 the program is wrong.
 *  P5  Nothing is called contradictory, exact, proved or redundant that the kernel has not
 *      confirmed in exact arithmetic.
 *  P6  The output depends on the inputs and the request alone: no locale, clock or address; with a
 *      time limit or an interrupt, on how far the work came.
 *  P7  Without memory the process ends: with a message to standard error and exit code 3 where an
 *      allocation of propto's own fails, and as they do it where one of GMP, FLINT or Z3 does. No
 *      result is ever incomplete for want of memory. A host that must go on runs sessions in a
 *      process of their own; one that wants one end for all replaces malloc, as the program does.
 *  P8  For nonlinear arithmetic a session may start a process, which ends with the session, or when
 *      the thread that started it does. No other program is run, and nothing is fetched.
 */
#ifndef PROPTO_H
#define PROPTO_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PROPTO_API __attribute__((visibility("default")))
#else
#define PROPTO_API
#endif

#define PROPTO_VERSION "0.1.0"

typedef struct propto propto;

typedef enum {
    PROPTO_CHECK,        /* verdicts, answers, conclusions, one core, repairs */
    PROPTO_DERIVE,       /* derivations of the answers, or of `laws` */
    PROPTO_EXPLAIN,      /* every core, every repair */
    PROPTO_EXPORT,       /* the theory in another format: PROPTO_SMT2, PROPTO_COQ */
    PROPTO_EXPLAIN_CODE, /* the pages of diagnostic codes: laws[0] is "E012"; no inputs */
    PROPTO_VARY,         /* answers with the exponents of the laws labelled `laws` left free */
    PROPTO_PROVE,  /* the proofs in the one input; or the first input is an exercise, and every
              other one a solution of it, judged by itself */
    PROPTO_FORMAT, /* the inputs in their canonical spelling; see propto_formatted too */
    PROPTO_COMPARE /* which of the inputs agree; a file is "a.propto" or "a.propto:regime" */
} propto_command;

typedef enum { PROPTO_TEXT, PROPTO_JSON, PROPTO_SMT2, PROPTO_COQ } propto_format;

/* Zero means the default for every member. */
typedef struct {
    propto_command command;
    propto_format format;
    const char *const *laws; /* DERIVE: questions, "ℓ ∝ N_p^?"; VARY: labels; EXPLAIN_CODE: codes */
    int nlaws;
    const char *const *ranges; /* VARY: laws, "ℓ ≲ N_p^(-1/2)": for which exponents they follow */
    int nranges;
    const char *const *asks; /* COMPARE: questions, "N ∝ C^?", beside those of the theories */
    int nasks;
    const char *measured; /* COMPARE: a CSV file of measured exponents; NULL: none */
    int regimes;          /* COMPARE: the regimes are theories too */
    int hint;       /* PROVE: 1 to 4, how much of what is right is told: `--hint` 0 to 3; 0: all */
    int solution;   /* PROVE: the derivations of what is asked, too */
    int table;      /* DERIVE: tables of what the choices come to */
    int steps;      /* DERIVE: in elementary steps, each with the rule it follows by */
    int exponents;  /* DERIVE: beside them, the same as equations of exponents */
    int check;      /* FORMAT: the names of inputs that are not canonical, result 1 */
    int write;      /* FORMAT: no text, for the caller has propto_formatted */
    int terminal;   /* FORMAT: the text goes to one: control characters spelled out */
    int ascii;      /* symbols spelled in ASCII */
    int color;      /* escape sequences: 1 in the output, 2 in the errors, 3 in both */
    int quiet;      /* verdict lines only */
    int no_notes;   /* CHECK: nothing is said of what may be a slip */
    int width;      /* columns of text; default 80 */
    int jobs;       /* CHECK, EXPLAIN without rlimit: processes that share the inputs; default 1 */
    double timeout; /* seconds for the whole run; 0: none */
    unsigned long long rlimit;  /* deterministic work of the solvers; 0: none */
    int max_cores, max_repairs; /* defaults 64 and 64 */
    int certificate;            /* CHECK of one input: make a certificate too */
} propto_request;

PROPTO_API propto *propto_new(void);
PROPTO_API void propto_free(propto *p);
PROPTO_API const char *propto_version(void);        /* "0.1.0" */
PROPTO_API const char *propto_solver_version(void); /* of Z3 */

/* A directory in which `use` may look (-I). The text is copied. */
PROPTO_API void propto_add_include(propto *p, const char *dir);
/* Limits of the language by flag name without dashes, "max-depth"; 0 if unknown. */
PROPTO_API int propto_set_limit(propto *p, const char *name, long long value);

/* Inputs, in order. A file that cannot be read becomes a diagnostic of the run. */
PROPTO_API void propto_add_file(propto *p, const char *path);
PROPTO_API void propto_add_text(propto *p, const char *name, const char *bytes, size_t n);

/* Forgets the inputs. One session for many theories, one after the other, is cheaper than as many
 * sessions: its solvers stay. No answer depends on what was asked before. */
PROPTO_API void propto_clear(propto *p);

/* Runs one command over all inputs. */
PROPTO_API int propto_run(propto *p, const propto_request *request);
/* What goes to standard output: text, JSON Lines or SMT-LIB; terminated. */
PROPTO_API const char *propto_output(const propto *p);
PROPTO_API size_t propto_output_size(const propto *p);
/* What goes to standard error: diagnostics as text; empty with PROPTO_JSON where they are
 * members of the objects. */
PROPTO_API const char *propto_errors(const propto *p);
PROPTO_API size_t propto_errors_size(const propto *p);

/* After PROPTO_FORMAT: input number i, from 0, in its canonical spelling, as it should stand in its
 * file, terminated; its size, and whether the input is that already. NULL where it could not be
 * read, or where there is no such input. */
PROPTO_API const char *propto_formatted(const propto *p, int i, size_t *size, int *canonical);
/* With `certificate`: what proves all that was said, one JSON object (docs/proofs.md), for a file;
 * empty where the input could not be read. */
PROPTO_API const char *propto_certificate(const propto *p);
PROPTO_API size_t propto_certificate_size(const propto *p);

/* Asks the run in progress, or else the next one, to stop and report what is known. Safe in a
 * signal handler and from any thread. */
PROPTO_API void propto_interrupt(propto *p);

/* A certificate to be checked. Zero means none, or the default, for every member but the first
 * three. */
typedef struct {
    const char *name; /* as it is to be called */
    const char *bytes;
    size_t size;
    const char *theory;      /* the path of the theory that it should be of */
    const char *theory_text; /* or its text, `theory` being its name then */
    size_t theory_size;
    const char *const *include_dirs; /* in which `use` may look */
    int ninclude_dirs;
    int json, ascii, color, quiet, width;
} propto_verification;

/* The exact algebra alone checks it: no solver is asked, and nothing is searched for. The report is
 * its own, and lives until it is freed. Its code: 0 all that it says is proved, and of this theory;
 * 1 something is not; 2 it could not be read. */
typedef struct propto_report propto_report;
PROPTO_API propto_report *propto_verify(const propto_verification *asked);
PROPTO_API int propto_report_code(const propto_report *r);
PROPTO_API const char *propto_report_output(const propto_report *r);
PROPTO_API size_t propto_report_output_size(const propto_report *r);
PROPTO_API const char *propto_report_errors(const propto_report *r);
PROPTO_API size_t propto_report_errors_size(const propto_report *r);
PROPTO_API void propto_report_free(propto_report *r);

#ifdef __cplusplus
}
#endif
#endif
