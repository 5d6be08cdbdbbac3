/* propto-verify: checks a certificate. The kernel, the parser and this: no engine, no solver. */
#include "cli/complain.h"
#include "cli/files.h"
#include "cli/memory.h"
#include "cli/values.h"
#include "propto.h"
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

enum { NOT_READ = 2, NO_TIME = 3 };
enum { OPT_JSON = 256, OPT_ASCII, OPT_COLOR, OPT_TIMEOUT, OPT_MAX_MEMORY, OPT_HELP, OPT_VERSION };
static const size_t MOST_BYTES = (size_t)1 << 30;

static const struct option options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"ascii", no_argument, NULL, OPT_ASCII},
    {"color", required_argument, NULL, OPT_COLOR},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"max-memory", required_argument, NULL, OPT_MAX_MEMORY},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

static const char help[] =
    "propto-verify CERTIFICATE [THEORY]\n\n"
    "  check a certificate of `propto check --certificate` without any solver; with THEORY, also\n"
    "  that it is of this theory. `-` is standard input. `propto verify` is the same.\n\n"
    "  --json             one JSON object\n"
    "  -q, --quiet        one line\n"
    "  --ascii            symbols spelled in ASCII\n"
    "  --color WHEN       auto, always or never; NO_COLOR is respected\n"
    "  -I DIR             a directory in which `use` may look\n"
    "  --timeout SECONDS  stop after this time, without a verdict\n"
    "  --max-memory N     MiB of memory of the program (4096)\n"
    "  --help, --version\n\n"
    "Exit codes: 0 all is proved, 1 something is not, 2 the input could not be read,\n"
    "3 there was not the time or the memory to tell.\n";

typedef struct {
    propto_verification asked;
    const char **dirs;
    const char *words[2];
    int nwords;
    const char *tell; /* help or version: to be told instead */
    unsigned long long megabytes;
    double timeout; /* seconds; 0: none */
} line;

/* --- the line --- */

static int wants_color(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static bool read_color(const char *s, int *to) {
    if (strcmp(s, "always") == 0)
        *to = 1;
    else if (strcmp(s, "never") == 0)
        *to = 0;
    else if (strcmp(s, "auto") != 0)
        return complain("--color takes auto, always or never, not `", s, "`"), false;
    return true;
}

static bool add_word(line *l, const char *s) {
    if (l->nwords == 2)
        return complain("one certificate and one theory, not also `", s, "`"), false;
    l->words[l->nwords++] = s;
    return true;
}

static bool read_option(line *l, int option) {
    switch (option) {
    case 1:
        return add_word(l, optarg);
    case 'q':
        l->asked.quiet = 1;
        return true;
    case 'I':
        l->dirs[l->asked.ninclude_dirs++] = optarg;
        return true;
    case OPT_JSON:
        l->asked.json = 1;
        return true;
    case OPT_ASCII:
        l->asked.ascii = 1;
        return true;
    case OPT_COLOR:
        return read_color(optarg, &l->asked.color);
    case OPT_TIMEOUT:
        return read_seconds("timeout", optarg, &l->timeout);
    case OPT_MAX_MEMORY:
        return read_whole("max-memory", optarg, ULLONG_MAX, &l->megabytes);
    case OPT_HELP:
        l->tell = help;
        return true;
    case OPT_VERSION:
        l->tell = "propto-verify " PROPTO_VERSION " (no solver)\n";
        return true;
    default:
        return complain("propto verify has no option `", optarg, "`"), false;
    }
}

static bool read_line(line *l, int argc, char **argv) {
    opterr = 0;
    l->asked.color = wants_color();
    l->asked.include_dirs = l->dirs;
    for (;;) {
        int at = optind, option = getopt_long(argc, argv, "-:I:q", options, NULL);
        if (option == -1) break;
        if (option == ':' || option == '?') optarg = argv[optind > at ? optind - 1 : at];
        if (!read_option(l, option)) return false;
    }
    for (int i = optind; i < argc; i++)
        if (!add_word(l, argv[i])) return false;
    if (l->tell || l->nwords) return true;
    return complain("no certificate given; `propto verify --help` shows how", NULL, ""), false;
}

/* --- the time --- */

static void on_time(int number) {
    static const char message[] = "propto: time limit: nothing is said of the certificate "
                                  "(--timeout moves the limit)\n";
    (void)number;
    write_all(STDERR_FILENO, message, sizeof message - 1);
    _Exit(NO_TIME);
}

/* The program ends in so many seconds; with 0, not any more. */
static void set_time(double seconds) {
    static const double longest = 1e8;
    double s = seconds < longest ? seconds : longest;
    struct itimerval t = {.it_value = {.tv_sec = (time_t)s}};
    t.it_value.tv_usec = (suseconds_t)((s - (double)t.it_value.tv_sec) * 1e6);
    if (seconds > 0 && t.it_value.tv_sec == 0 && t.it_value.tv_usec == 0) t.it_value.tv_usec = 1;
    signal(SIGALRM, on_time);
    setitimer(ITIMER_REAL, &t, NULL);
}

/* --- the files --- */

static bool read_file(const char *path, buffer *b) {
    int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    bool read = fd >= 0 && read_stream(fd, b, MOST_BYTES);
    if (!read) complain_of_file("cannot read", path, errno);
    if (fd > STDIN_FILENO) close(fd);
    return read;
}

static int report(const propto_verification *asked) {
    propto_report *r = propto_verify(asked);
    set_time(0);
    write_all(STDERR_FILENO, propto_report_errors(r), propto_report_errors_size(r));
    int error = write_all(STDOUT_FILENO, propto_report_output(r), propto_report_output_size(r));
    int code = written(propto_report_code(r), error);
    propto_report_free(r);
    return code;
}

static int verify(line *l) {
    buffer b = {NULL, 0, 0}, theory = {NULL, 0, 0};
    bool of_stdin = l->nwords == 2 && strcmp(l->words[1], "-") == 0;
    int code = NOT_READ;
    l->asked.theory = of_stdin ? "<stdin>" : l->words[1];
    l->asked.name = strcmp(l->words[0], "-") == 0 ? "<stdin>" : l->words[0];
    if (of_stdin && strcmp(l->words[0], "-") == 0) {
        complain("standard input can be read once only", NULL, "");
    } else if (read_file(l->words[0], &b) && (!of_stdin || read_file("-", &theory))) {
        l->asked.bytes = b.s, l->asked.size = b.n;
        l->asked.theory_text = theory.s, l->asked.theory_size = theory.n;
        code = report(&l->asked);
    }
    free(b.s);
    free(theory.s);
    return code;
}

static int run(line *l) {
    if (l->tell) return written(0, write_all(STDOUT_FILENO, l->tell, strlen(l->tell)));
    limit_memory(l->megabytes);
    if (l->timeout > 0) set_time(l->timeout);
    return verify(l);
}

int main(int argc, char **argv) {
    line l = {.dirs = calloc((size_t)argc + 1, sizeof *l.dirs), .megabytes = DEFAULT_MEGABYTES};
    int code = NOT_READ;
    keep_streams_apart();
    signal(SIGPIPE, SIG_IGN);
    if (l.dirs && read_line(&l, argc, argv)) code = run(&l);
    free(l.dirs);
    return code;
}
