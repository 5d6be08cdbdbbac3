#include "cli/arguments.h"
#include "cli/memory.h"
#include "cli/values.h"
#include <getopt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum {
    OPT_JSON = 256,
    OPT_QUIET,
    OPT_ASCII,
    OPT_COLOR,
    OPT_TIMEOUT,
    OPT_RLIMIT,
    OPT_MAX_MEMORY,
    OPT_MAX_CORES,
    OPT_MAX_REPAIRS,
    OPT_TO,
    OPT_RANGE,
    OPT_TABLE,
    OPT_HINT,
    OPT_SOLUTION,
    OPT_STEPS,
    OPT_EXPONENTS,
    OPT_CHECK,
    OPT_WRITE,
    OPT_ASK,
    OPT_MEASURED,
    OPT_REGIMES,
    OPT_NO_NOTES,
    OPT_LIMIT,
    OPT_CERTIFICATE,
    OPT_HELP,
    OPT_VERSION
};

static const struct option options[] = {
    {"json", no_argument, NULL, OPT_JSON},
    {"quiet", no_argument, NULL, OPT_QUIET},
    {"ascii", no_argument, NULL, OPT_ASCII},
    {"color", required_argument, NULL, OPT_COLOR},
    {"timeout", required_argument, NULL, OPT_TIMEOUT},
    {"rlimit", required_argument, NULL, OPT_RLIMIT},
    {"max-memory", required_argument, NULL, OPT_MAX_MEMORY},
    {"max-cores", required_argument, NULL, OPT_MAX_CORES},
    {"max-repairs", required_argument, NULL, OPT_MAX_REPAIRS},
    {"max-bytes", required_argument, NULL, OPT_LIMIT},
    {"max-depth", required_argument, NULL, OPT_LIMIT},
    {"max-terms", required_argument, NULL, OPT_LIMIT},
    {"max-digits", required_argument, NULL, OPT_LIMIT},
    {"max-name", required_argument, NULL, OPT_LIMIT},
    {"max-statements", required_argument, NULL, OPT_LIMIT},
    {"max-files", required_argument, NULL, OPT_LIMIT},
    {"to", required_argument, NULL, OPT_TO},
    {"range", required_argument, NULL, OPT_RANGE},
    {"table", no_argument, NULL, OPT_TABLE},
    {"hint", required_argument, NULL, OPT_HINT},
    {"solution", no_argument, NULL, OPT_SOLUTION},
    {"steps", no_argument, NULL, OPT_STEPS},
    {"jobs", required_argument, NULL, 'j'},
    {"exponents", no_argument, NULL, OPT_EXPONENTS},
    {"check", no_argument, NULL, OPT_CHECK},
    {"write", no_argument, NULL, OPT_WRITE},
    {"ask", required_argument, NULL, OPT_ASK},
    {"measured", required_argument, NULL, OPT_MEASURED},
    {"regimes", no_argument, NULL, OPT_REGIMES},
    {"no-notes", no_argument, NULL, OPT_NO_NOTES},
    {"certificate", required_argument, NULL, OPT_CERTIFICATE},
    {"help", no_argument, NULL, OPT_HELP},
    {"version", no_argument, NULL, OPT_VERSION},
    {NULL, 0, NULL, 0},
};

enum { OPTIONS = sizeof options / sizeof *options, DEFAULT_MAX_BYTES = 16 << 20 };

/* --- complaints --- */

static bool suggest(const char *what, const char *argument, const char *lead, const char *name) {
    fprintf(stderr, "propto: %s `", what);
    print_shown(argument);
    if (name)
        fprintf(stderr, "`; did you mean `%s%s`?\n", lead, name);
    else
        fprintf(stderr, "`; `propto --help` lists them\n");
    return false;
}

/* The name in "--name" or "--name=value"; false where it is none, or too long for one. */
static bool long_name(const char *argument, char *name, size_t size) {
    size_t n = strcspn(argument, "=");
    if (argument[0] != '-' || argument[1] != '-' || n < 3 || n - 2 >= size) return false;
    memcpy(name, argument + 2, n - 2);
    name[n - 2] = 0;
    return true;
}

static bool unknown_option(const char *argument) {
    const char *names[OPTIONS] = {NULL};
    char name[32];
    for (int i = 0; i < OPTIONS; i++) names[i] = options[i].name;
    if (!long_name(argument, name, sizeof name))
        return suggest("unknown option", argument, "", NULL);
    for (int i = 0; names[i]; i++) {
        if (strcmp(names[i], name) != 0) continue;
        complain("the option `--", name, "` takes no value");
        return false;
    }
    return suggest("unknown option", argument, "--", nearest(name, names));
}

/* --- values of options --- */

static bool read_int(const char *name, const char *s, int *to) {
    unsigned long long value;
    if (!read_whole(name, s, INT_MAX, &value)) return false;
    *to = (int)value;
    return true;
}

static bool read_limit(arguments *to, propto *session, const char *name, const char *s) {
    unsigned long long value;
    if (!read_whole(name, s, LLONG_MAX, &value)) return false;
    if (strcmp(name, "max-bytes") == 0) to->max_bytes = (size_t)value;
    return propto_set_limit(session, name, (long long)value) != 0;
}

static bool for_terminal(int fd) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(fd) && !(no && *no) && !(term && strcmp(term, "dumb") == 0);
}

static bool read_color(const char *s, int *to) {
    if (strcmp(s, "always") == 0)
        *to = 3;
    else if (strcmp(s, "never") == 0)
        *to = 0;
    else if (strcmp(s, "auto") != 0)
        return bad_value("color", s, "auto, always or never");
    return true;
}

static bool read_hint(const char *name, const char *s, int *to) {
    if (*s < '0' || *s > '3' || s[1]) return bad_value(name, s, "a number from 0 to 3");
    *to = *s - '0' + 1;
    return true;
}

static bool read_format(const char *s, propto_format *to) {
    if (strcmp(s, "smt2") != 0 && strcmp(s, "coq") != 0)
        return bad_value("to", s, "the name of a format (smt2, coq)");
    *to = strcmp(s, "coq") == 0 ? PROPTO_COQ : PROPTO_SMT2;
    return true;
}

/* --- the line --- */

static bool set_flag(arguments *to, int option) {
    switch (option) {
    case OPT_JSON:
        to->request.format = PROPTO_JSON;
        return true;
    case OPT_QUIET:
    case 'q':
        to->request.quiet = 1;
        return true;
    case OPT_ASCII:
        to->request.ascii = 1;
        return true;
    case OPT_TABLE:
        to->request.table = 1;
        return true;
    case OPT_SOLUTION:
        to->request.solution = 1;
        return true;
    case OPT_STEPS:
        to->request.steps = 1;
        return true;
    case OPT_EXPONENTS:
        to->request.exponents = 1;
        return true;
    case OPT_CHECK:
        to->request.check = 1;
        return true;
    case OPT_WRITE:
    case 'w':
        to->request.write = 1;
        return true;
    case OPT_REGIMES:
        to->request.regimes = 1;
        return true;
    case OPT_NO_NOTES:
        to->request.no_notes = 1;
        return true;
    case OPT_HELP:
        to->help = true;
        return true;
    case OPT_VERSION:
        to->version = true;
        return true;
    default:
        return false;
    }
}

static bool add_word(arguments *to, const char *s, bool statements) {
    to->words[to->nwords++] = (word){s, statements};
    return true;
}

static bool add_include(propto *session, const char *dir) {
    propto_add_include(session, dir);
    return true;
}

static bool read_option(arguments *to, propto *session, int option, int index) {
    propto_request *q = &to->request;
    const char *name = index >= 0 ? options[index].name : "";
    if (set_flag(to, option)) return true;
    switch (option) {
    case 1:
    case 'e':
        return add_word(to, optarg, option == 'e');
    case 'I':
        return add_include(session, optarg);
    case OPT_COLOR:
        return read_color(optarg, &q->color);
    case 'j':
        return read_int("jobs", optarg, &q->jobs);
    case OPT_TIMEOUT:
        return read_seconds(name, optarg, &q->timeout);
    case OPT_RLIMIT:
        return read_whole(name, optarg, ULLONG_MAX, &q->rlimit);
    case OPT_MAX_MEMORY:
        return read_whole(name, optarg, ULLONG_MAX, &to->megabytes);
    case OPT_MAX_CORES:
        return read_int(name, optarg, &q->max_cores);
    case OPT_MAX_REPAIRS:
        return read_int(name, optarg, &q->max_repairs);
    case OPT_LIMIT:
        return read_limit(to, session, name, optarg);
    case OPT_RANGE:
        to->ranges[q->nranges++] = optarg;
        return true;
    case OPT_HINT:
        return read_hint(name, optarg, &q->hint);
    case OPT_ASK:
        to->asks[q->nasks++] = optarg;
        return true;
    case OPT_MEASURED:
        q->measured = optarg;
        return true;
    case OPT_CERTIFICATE:
        to->certificate = optarg;
        q->certificate = 1;
        return true;
    case OPT_TO:
        return read_format(optarg, &q->format);
    default:
        return false;
    }
}

static bool read_line(arguments *to, propto *session, int argc, char **argv) {
    opterr = 0;
    for (;;) {
        int index = -1, at = optind;
        int option = getopt_long(argc, argv, "-:e:I:j:qw", options, &index);
        if (option == -1) break;
        if (option == ':') {
            complain("the option `", argv[optind - 1], "` needs a value");
            return false;
        }
        if (option == '?') return unknown_option(argv[optind > at ? optind - 1 : at]);
        if (!read_option(to, session, option, index)) return false;
    }
    for (int i = optind; i < argc; i++) add_word(to, argv[i], false);
    return true;
}

/* --- the command --- */

static bool looks_like_path(const char *s) {
    return strpbrk(s, "/.") != NULL || strcmp(s, "-") == 0 || access(s, F_OK) == 0;
}

static void remove_word(arguments *of, int i) {
    of->nwords--;
    memmove(&of->words[i], &of->words[i + 1], sizeof *of->words * (size_t)(of->nwords - i));
}

/* The first word that is no theory by -e names the command, if it can. */
static bool find_command(arguments *to) {
    to->command = command_find("check");
    int i = 0;
    while (i < to->nwords && to->words[i].statements) i++;
    if (i == to->nwords) return true;
    const char *s = to->words[i].s;
    const command *c = command_find(s);
    if (c) {
        to->command = c;
        to->named = true;
        to->command_word = s;
        remove_word(to, i);
    } else if (!looks_like_path(s)) {
        const char *name = command_nearest(s);
        if (name) return suggest("unknown command", s, "", name);
    }
    return true;
}

/* --hint and --solution; false after a complaint. */
static bool check_reveal(const arguments *to) {
    const propto_request *q = &to->request;
    if (q->hint && q->command != PROPTO_PROVE) {
        complain("--hint belongs to `propto prove`", NULL, "");
    } else if (q->solution && q->command != PROPTO_PROVE) {
        complain("--solution belongs to `propto prove`", NULL, "");
    } else if (q->hint && q->solution) {
        complain("--hint holds back what --solution shows: one of the two", NULL, "");
    } else if (q->hint && q->format == PROPTO_JSON) {
        complain("--hint is for a reader: --json holds everything", NULL, "");
    } else {
        return true;
    }
    return false;
}

/* The word that is no file; NULL where all are. */
static const char *no_file(const arguments *of) {
    for (int i = 0; i < of->nwords; i++) {
        if (of->words[i].statements) return "-e";
        if (strcmp(of->words[i].s, "-") == 0) return "-";
    }
    return NULL;
}

static bool check_format(const arguments *of) {
    const propto_request *q = &of->request;
    if (q->check && q->write) {
        complain("fmt takes --check or --write, not both", NULL, "");
    } else if (q->write && no_file(of)) {
        complain("--write rewrites files, and `", no_file(of), "` is none");
    } else if (!q->check && !q->write && q->format != PROPTO_JSON && of->nwords > 1) {
        complain("fmt prints one file at a time, not also `", of->words[1].s,
                 "`; --write rewrites several in place, --check names those that would change");
    } else {
        return true;
    }
    return false;
}

/* Of an option that only some commands have: was it given, to which does it belong, and how that
 * is said. */
typedef struct {
    bool given;
    unsigned commands;
    const char *what, *owner;
} belonging;

static bool belongs(const belonging *x, const command *c) {
    return !x->given || (x->commands & 1U << c->run && c->words != WORDS_ARE_CERTIFICATE);
}

/* The first that stands with another command than its own is complained of. */
static bool check_belonging(const arguments *to) {
    const propto_request *q = &to->request;
    const bool exports = q->format == PROPTO_SMT2 || q->format == PROPTO_COQ;
    const bool compares = q->nasks > 0 || q->measured || q->regimes;
    const unsigned check = 1U << PROPTO_CHECK, derive = 1U << PROPTO_DERIVE;
    const unsigned explain = 1U << PROPTO_EXPLAIN, fmt = 1U << PROPTO_FORMAT;
    const belonging all[] = {
        {exports, 1U << PROPTO_EXPORT, "--to belongs", "export`"},
        {q->nranges > 0, 1U << PROPTO_VARY, "--range belongs", "vary`"},
        {q->jobs > 0, check | explain, "-j belongs", "check` and `propto explain`"},
        {q->table, derive, "--table belongs", "derive`"},
        {q->steps, derive, "--steps belongs", "derive`"},
        {q->exponents, derive, "--exponents belongs", "derive`"},
        {q->check, fmt, "--check belongs", "fmt`"},
        {q->write, fmt, "--write belongs", "fmt`"},
        {compares, 1U << PROPTO_COMPARE, "--ask, --measured and --regimes belong", "compare`"},
        {to->certificate, check, "--certificate belongs", "check`"},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (belongs(&all[i], to->command)) continue;
        complain(all[i].what, " to `propto ", all[i].owner);
        return false;
    }
    return true;
}

static bool check_words(const arguments *to) {
    const command *c = to->command;
    if (to->certificate && to->nwords > 1) {
        complain("a certificate is of one theory, not also of `", to->words[1].s, "`");
    } else if (to->nwords == 0 && c->words == WORDS_ARE_CERTIFICATE) {
        complain("no certificate given; `propto verify --help` shows how", NULL, "");
    } else if (to->nwords == 0) {
        complain(c->words == WORDS_ARE_CODES ? "no code given" : "no theory given", NULL,
                 "; `propto --help` shows how");
    } else if (c->words == WORDS_ARE_LABELS && to->nwords == 1) {
        complain("vary needs labels of laws whose exponents are to be free: `propto vary ",
                 to->words[0].statements ? "-e ..." : to->words[0].s, " A1`");
    } else if (c->words == WORDS_ARE_ONE && to->nwords > 1) {
        complain("one theory at a time, not also `", to->words[1].s, "`");
    } else {
        return c->run != PROPTO_FORMAT || check_format(to);
    }
    return false;
}

/* Is there such a command, and has it all that it needs? */
static bool check_command(const arguments *to) {
    const propto_format f = to->request.format;
    const command *c = to->command;
    if (c->words == WORDS_ARE_UNKNOWN) {
        complain("the command `", c->name, "` is not in this version");
    } else if (c->run == PROPTO_EXPORT && f != PROPTO_SMT2 && f != PROPTO_COQ) {
        complain("export needs a format: --to smt2 or --to coq", NULL, "");
    } else {
        return check_belonging(to) && check_words(to);
    }
    return false;
}

static bool fill_laws(arguments *to, int from) {
    for (int i = from; i < to->nwords; i++) {
        if (to->words[i].statements) {
            complain("-e does not belong here: `", to->words[i].s, "`");
            return false;
        }
        to->laws[to->request.nlaws++] = to->words[i].s;
    }
    to->request.laws = to->laws;
    if (to->nwords > from) to->nwords = from;
    return true;
}

static bool take_words(arguments *to) {
    switch (to->command->words) {
    case WORDS_ARE_CODES:
        return fill_laws(to, 0);
    case WORDS_ARE_LAWS:
    case WORDS_ARE_LABELS:
        return fill_laws(to, 1);
    case WORDS_ARE_FILES:
    case WORDS_ARE_ONE:
    case WORDS_ARE_CERTIFICATE:
    case WORDS_ARE_UNKNOWN:
        break;
    }
    return true;
}

static void look_at_terminal(propto_request *q) {
    struct winsize size;
    q->terminal = isatty(STDOUT_FILENO);
    q->color = (for_terminal(STDOUT_FILENO) ? 1 : 0) | (for_terminal(STDERR_FILENO) ? 2 : 0);
    if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40)
        q->width = size.ws_col;
}

bool arguments_read(arguments *to, propto *session, int argc, char **argv) {
    *to = (arguments){.max_bytes = DEFAULT_MAX_BYTES, .megabytes = DEFAULT_MEGABYTES};
    to->words = calloc((size_t)argc + 1, sizeof *to->words);
    to->laws = calloc((size_t)argc + 1, sizeof *to->laws);
    to->ranges = calloc((size_t)argc + 1, sizeof *to->ranges);
    to->asks = calloc((size_t)argc + 1, sizeof *to->asks);
    to->request.ranges = to->ranges;
    to->request.asks = to->asks;
    if (to->words == NULL || to->laws == NULL || to->ranges == NULL || to->asks == NULL) {
        complain("out of memory", NULL, "");
        return false;
    }
    look_at_terminal(&to->request);
    if (!read_line(to, session, argc, argv) || !find_command(to)) return false;
    to->request.command = to->command->run;
    if (to->help || to->version) return true;
    return check_command(to) && check_reveal(to) && take_words(to);
}

void arguments_free(arguments *of) {
    free(of->words);
    free(of->laws);
    free(of->ranges);
    free(of->asks);
}
