#include "cli/commands.h"
#include <string.h>

static const command commands[] = {
    {"check", PROPTO_CHECK, WORDS_ARE_FILES, "FILE...",
     "verdicts, answers, conclusions, a conflict and its repairs; also `propto FILE`"},
    {"derive", PROPTO_DERIVE, WORDS_ARE_LAWS, "FILE [LAW...] [--steps] [--exponents] [--table]",
     "the derivations, step by step; a LAW is a question: 'ℓ ∝ N_p^?'"},
    {"explain", PROPTO_EXPLAIN, WORDS_ARE_FILES, "FILE...",
     "every conflict and every repair, each with what it implies"},
    {"prove", PROPTO_PROVE, WORDS_ARE_FILES, "FILE | EXERCISE SOLUTION... [--hint N] [--solution]",
     "the proofs written in a theory, step by step; or solutions of an exercise, graded"},
    {"vary", PROPTO_VARY, WORDS_ARE_LABELS, "FILE LABEL... [--range LAW]...",
     "the answers as closed forms, with the exponents of these laws left free"},
    {"fmt", PROPTO_FORMAT, WORDS_ARE_FILES, "FILE | --check FILE... | --write FILE...",
     "the canonical spelling; --check names the files that are not in it, --write mends them"},
    {"compare", PROPTO_COMPARE, WORDS_ARE_FILES,
     "FILE[:REGIME]... [--ask QUESTION]... [--measured CSV] [--regimes]",
     "which theories agree, why others do not, and the exponents that they give"},
    {"export", PROPTO_EXPORT, WORDS_ARE_ONE, "--to FORMAT FILE",
     "the theory and what is said of it, for other systems to check; FORMAT is smt2 or coq"},
    {"verify", PROPTO_CHECK, WORDS_ARE_CERTIFICATE, "CERTIFICATE [THEORY]",
     "check a certificate without any solver, and that it is of this theory"},
    {"explain-code", PROPTO_EXPLAIN_CODE, WORDS_ARE_CODES, "CODE...",
     "what a diagnostic means: E012"},
    {"repl", PROPTO_CHECK, WORDS_ARE_UNKNOWN, NULL, NULL},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

const command *command_find(const char *name) {
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0) return &commands[i];
    return NULL;
}

const char *command_nearest(const char *word) {
    const char *names[COMMANDS + 1] = {NULL};
    int n = 0;
    for (int i = 0; i < COMMANDS; i++)
        if (commands[i].words != WORDS_ARE_UNKNOWN) names[n++] = commands[i].name;
    return nearest(word, names);
}

enum { LONGEST_NAME = 24 };

static int least(int x, int y) {
    return x < y ? x : y;
}

/* How many letters differ (Levenshtein), for words of at most LONGEST_NAME bytes. */
static int distance(const char *x, const char *y) {
    int row[LONGEST_NAME + 1];
    int n = (int)strlen(y);
    for (int j = 0; j <= n; j++) row[j] = j;
    for (int i = 0; x[i]; i++) {
        int diagonal = row[0];
        row[0] = i + 1;
        for (int j = 0; j < n; j++) {
            int above = row[j + 1];
            int change = diagonal + (x[i] != y[j]);
            row[j + 1] = least(change, least(above, row[j]) + 1);
            diagonal = above;
        }
    }
    return row[n];
}

const char *nearest(const char *word, const char *const *list) {
    const char *best = NULL;
    int closest = 3;
    if (strlen(word) > LONGEST_NAME) return NULL;
    for (; *list; list++) {
        int d = distance(word, *list);
        if (d >= closest || d >= (int)strlen(*list) - 1) continue;
        closest = d;
        best = *list;
    }
    return best;
}

static const char options_help[] =
    "  -e STATEMENTS       a theory on the command line; `;` between statements\n"
    "  --json              one JSON object a line for each theory\n"
    "  -q, --quiet         verdicts only\n"
    "  --no-notes          check: nothing of what may be a slip in the text\n"
    "  --ascii             symbols spelled in ASCII\n"
    "  --color WHEN        auto, always or never; NO_COLOR is respected\n"
    "  -I DIR              a directory in which `use` may look\n"
    "  --timeout SECONDS   stop after this time and report what is known\n"
    "  --rlimit N          stop after this much work of the solvers\n"
    "  -j N, --jobs N      check, explain: N processes share the files; the output is the same\n"
    "  --range LAW         vary: for which exponents the law follows; may be repeated\n"
    "  --hint N            prove: 0 names the first wrong step, 1, 2 and 3 tell more (3)\n"
    "  --solution          prove: derive what the exercise asks, too\n"
    "  --table             derive: what 2, 10 and 100 × the fixed quantity of a choice do\n"
    "  --steps             derive: every exponent added, multiplied, inverted on a line of its "
    "own\n"
    "  --exponents         derive: beside the laws, the same as linear equations of exponents\n"
    "  --check             fmt: print the names of files that are not canonical, exit code 1\n"
    "  -w, --write         fmt: rewrite the files in place, each whole or not at all\n"
    "  --ask QUESTION      compare: one question more, 'N ∝ C^?'; may be repeated\n"
    "  --measured CSV      compare: measured exponents, columns quantity, base, exponent, low,\n"
    "                      high, source\n"
    "  --regimes           compare: the regimes of the files are theories too\n"
    "  --certificate OUT   check: write what proves it all to a file, `-` for standard output\n"
    "  --help, --version\n";

static const char limits_help[] = "  --max-bytes N       of a file (16 MiB)\n"
                                  "  --max-depth N       of brackets (200)\n"
                                  "  --max-terms N       in an expression (10000)\n"
                                  "  --max-digits N      in a number (1000)\n"
                                  "  --max-name N        bytes in a name (256)\n"
                                  "  --max-statements N  in a theory (200000)\n"
                                  "  --max-files N       used by a theory (100)\n"
                                  "  --max-memory N      MiB of memory of the program (4096)\n"
                                  "  --max-cores N       conflicts in a list (64)\n"
                                  "  --max-repairs N     repairs in a list (64; 10000 at most)\n";

static const char codes_help[] =
    "Exit codes: 0 all is well, 1 a finding, 2 the input could not be read, 3 undecided,\n"
    "4 the program is wrong.\n";

void print_help(FILE *to, const command *c) {
    if (c) {
        fprintf(to, "propto %s %s\n\n  %s\n", c->name, c->usage, c->purpose);
    } else {
        fprintf(to, "propto: the checker for scaling assumptions\n\n");
        for (int i = 0; i < COMMANDS; i++)
            if (commands[i].words != WORDS_ARE_UNKNOWN)
                fprintf(to, "  propto %s %s\n      %s\n", commands[i].name, commands[i].usage,
                        commands[i].purpose);
        fprintf(to, "\nFILE is a path, or - for standard input; ./check is a file of that name.\n");
    }
    fprintf(to, "\nOptions, anywhere:\n\n%s\nLimits:\n\n%s\n%s", options_help, limits_help,
            codes_help);
}
