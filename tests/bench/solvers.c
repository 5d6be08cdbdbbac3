#include "solvers.h"

#include "judge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- the same as SMT-LIB --- */

static bool begins(const char *line, const char *with) {
    return strncmp(line, with, strlen(with)) == 0;
}

/* The question whether something scales is left out, and what only cores and models need. */
static void cut_script(const settings *o, const char *from_name, const char *to_name) {
    FILE *from = open_in(o, from_name, "r"), *to = open_in(o, to_name, "w");
    char *line = NULL;
    size_t size = 0;
    bool last = false;
    while (!last && getline(&line, &size, from) > 0) {
        last = begins(line, "(check-sat)");
        if (!begins(line, "(set-option :produce-") && !begins(line, "(echo")) fputs(line, to);
    }
    free(line);
    fclose(from);
    close_in(o, to);
    if (!last) fail("no check in the exported script", from_name);
}

/* Whether there is a script now. */
static bool export_theory(const settings *o, const char *text, const char *script) {
    char path[PATH_SIZE];
    path_in(o, text, path);
    char *argv[] = {word(o->propto), "export", "--to", "smt2", path, NULL};
    if (run_once(o, argv, "full.smt2") != 0) return false;
    cut_script(o, "full.smt2", script);
    return true;
}

/* --- command lines --- */

enum { MOST_WORDS = 10 };

typedef struct {
    char theory[PATH_SIZE], script[PATH_SIZE], certificate[PATH_SIZE];
    char *argv[CONTENDERS][MOST_WORDS];
} commands;

/* The words, and after them the file. */
static void say(char *argv[MOST_WORDS], const char *const words[], int n, char *file) {
    for (int i = 0; i < n; i++) argv[i] = word(words[i]);
    argv[n] = file;
    argv[n + 1] = NULL;
}

static void prepare_commands(const settings *o, bool certify, commands *l) {
    const char *const check[] = {o->propto, "check",         "--json",      "--max-repairs",
                                 "1",       "--certificate", l->certificate};
    path_in(o, "t.propto", l->theory);
    path_in(o, "t.smt2", l->script);
    path_in(o, "t.certificate", l->certificate);
    say(l->argv[PROPTO], check, certify ? 7 : 5, l->theory);
    say(l->argv[REPAIRS], check, 3, l->theory);
    for (int i = Z3; i <= CVC5; i++) say(l->argv[i], &contender_names[i], 1, l->script);
}

/* What propto writes must pass its own checker, which has no solver. */
static void check_certificate(const settings *o, commands *l, contender *c) {
    char *verify[] = {word(o->propto), "verify", l->certificate, l->theory, NULL};
    if (c->end == DONE && run_once(o, verify, "out") != 0) c->end = WRONG;
}

/* --- one theory --- */

/* Who does not take part in what comes. */
static outcome absence(const results *r, const family *f, int who) {
    int late = 0;
    if ((who == Z3 || who == CVC5) && !is_installed(contender_names[who])) return ABSENT;
    for (int i = 0; i < r->rows; i++)
        if (r->row[i].of == f)
            late += r->row[i].by[who].end == LATE || r->row[i].by[who].end == FAILED;
    return late >= 2 ? LEFT_OUT : NOT_RUN;
}

static void keep(results *r, row w) {
    for (int i = 0; i < CONTENDERS; i++) {
        outcome e = w.by[i].end;
        if (i == PROPTO || i == REPAIRS)
            r->verdicts += w.by[i].runs - (e == LATE), r->wrong += e == WRONG || e == FAILED;
        else
            r->wrong_others += e == WRONG;
    }
    r->wrong_others += w.whole.end == WRONG;
    if (r->rows == MAX_ROWS) fail("too many rows", w.of->name);
    r->row[r->rows++] = w;
}

static row race_row(const settings *o, const results *r, const family *f, int n, contender *c) {
    row w = {.of = f, .n = n};
    for (int i = 0; i < CONTENDERS; i++)
        if (c[i].argv) c[i].end = absence(r, f, i);
    race(o, c, CONTENDERS, o->runs);
    for (int i = 0; i < CONTENDERS; i++) w.by[i] = measured(&c[i]);
    return w;
}

/* Once: it takes long. */
static measure whole_script(const settings *o) {
    char path[PATH_SIZE];
    path_in(o, "full.smt2", path);
    char *argv[] = {word(contender_names[Z3]), path, NULL};
    contender c = {.argv = argv, .judge = judge_script};
    if (!is_installed(contender_names[Z3])) return (measure){.end = ABSENT};
    race(o, &c, 1, 1);
    return measured(&c);
}

static row race_theory(const settings *o, const results *r, const family *f, int n) {
    commands l;
    known k = write_theory(o, f, n, "t.propto");
    bool certify = r->certificates && !k.consistent;
    bool exported = export_theory(o, "t.propto", "t.smt2");
    prepare_commands(o, certify, &l);
    const char *verdict = k.consistent ? "sat" : "unsat";
    contender c[CONTENDERS] = {{.argv = l.argv[PROPTO], .judge = judge_theory, .known = &k}};
    for (int i = Z3; exported && i <= CVC5; i++)
        c[i] = (contender){.argv = l.argv[i], .judge = judge_word, .known = verdict};
    if (!k.consistent)
        c[REPAIRS] = (contender){.argv = l.argv[REPAIRS], .judge = judge_theory, .known = &k};
    row w = race_row(o, r, f, n, c);
    if (certify) check_certificate(o, &l, &c[PROPTO]), w.by[PROPTO].end = c[PROPTO].end;
    if (exported && n == f->whole) w.whole = whole_script(o);
    return w;
}

/* --- many files --- */

typedef struct {
    char **argv;
    int n, most;
} argument_list;

static void push(argument_list *l, const char *text) {
    char *copy = strdup(text);
    if (!copy || l->n + 1 >= l->most) fail("no memory", text);
    l->argv[l->n++] = copy;
    l->argv[l->n] = NULL;
}

static argument_list new_list(int most) {
    argument_list l = {.argv = calloc((size_t)most, sizeof(char *)), .most = most};
    if (!l.argv) fail("no memory", "many");
    return l;
}

static void free_list(argument_list *l) {
    for (int i = 0; i < l->n; i++) free(l->argv[i]);
    free(l->argv);
}

/* Writes n theories and their scripts, and appends their paths; gives what is known. */
static known *write_files(const settings *o, int n, argument_list *theories, argument_list *list) {
    known *k = malloc(sizeof *k * (size_t)n);
    if (!k) fail("no memory", "many");
    for (int i = 0; i < n; i++) {
        char name[NAME_SIZE], script[NAME_SIZE], path[PATH_SIZE];
        snprintf(name, sizeof name, "f%d.propto", i);
        snprintf(script, sizeof script, "f%d.smt2", i);
        k[i] = write_file(o, i, name);
        if (!export_theory(o, name, script)) fail("propto export failed", name);
        path_in(o, name, path);
        push(theories, path);
        path_in(o, script, path);
        push(list, path);
    }
    return k;
}

static void write_list(const settings *o, const argument_list *paths) {
    FILE *to = open_in(o, "scripts", "w");
    for (int i = 0; i < paths->n; i++) fprintf(to, "%s\n", paths->argv[i]);
    close_in(o, to);
}

/* The solvers have no -j: xargs starts two of them at a time, a process for each file. */
static row race_files(const settings *o, const results *r, const family *f, int n) {
    char scripts[PATH_SIZE];
    argument_list check = new_list(n + 8), paths = new_list(n + 1);
    const char *const words[] = {o->propto, "check", "--json", "-j", "2"};
    for (int i = 0; i < (r->jobs ? 5 : 3); i++) push(&check, words[i]);
    known *k = write_files(o, n, &check, &paths);
    known_files all = {.each = k, .n = n};
    for (int i = 0; i < n; i++) all.consistent += k[i].consistent;
    write_list(o, &paths);
    path_in(o, "scripts", scripts);
    char *each[CONTENDERS][MOST_WORDS];
    contender c[CONTENDERS] = {{.argv = check.argv, .judge = judge_files, .known = &all}};
    for (int i = Z3; i <= CVC5; i++) {
        char *argv[MOST_WORDS] = {"xargs", "-P", "2",     "-n",
                                  "1",     "-a", scripts, word(contender_names[i])};
        memcpy(each[i], argv, sizeof argv);
        c[i] = (contender){.argv = each[i], .judge = judge_words, .known = &all};
    }
    row w = race_row(o, r, f, n, c);
    free_list(&check);
    free_list(&paths);
    free(k);
    return w;
}

/* --- what a row looks like --- */

static void write_ratio(const row *w, double timeout, char cell[NAME_SIZE]) {
    double other = faster_other(w), own = w->by[PROPTO].seconds;
    bool late = w->by[Z3].end == LATE || w->by[CVC5].end == LATE;
    if (w->by[PROPTO].end != DONE)
        snprintf(cell, NAME_SIZE, "-");
    else if (!isinf(other))
        snprintf(cell, NAME_SIZE, "%.1f", other / own);
    else
        snprintf(cell, NAME_SIZE, late ? ">%.1f" : "-", timeout / own);
}

static void print_head(const family *f) {
    printf("%s: %s\n\n  %6s", f->name, f->what, "n");
    for (int i = 0; i < CONTENDERS; i++) printf("  %10s", contender_names[i]);
    printf("  %8s  peak MiB:", "ratio");
    for (int i = 0; i < CONTENDERS; i++) printf(" %9s", contender_names[i]);
    printf("\n");
}

static void print_row(const settings *o, const row *w) {
    char cell[NAME_SIZE];
    printf("  %6d", w->n);
    for (int i = 0; i < CONTENDERS; i++) {
        write_time(&w->by[i], o->timeout, cell);
        printf("  %10s", cell);
    }
    write_ratio(w, o->timeout, cell);
    printf("  %8s           ", cell);
    for (int i = 0; i < CONTENDERS; i++) printf(" %9ld", w->by[i].kilobytes / 1024);
    printf("\n");
    write_time(&w->whole, o->timeout, cell);
    if (w->whole.runs) printf("          z3 on the whole script, with both questions: %s\n", cell);
}

static void print_growth(const results *r, const family *f) {
    printf("  growth");
    for (int i = 0; i < CONTENDERS; i++) {
        double e = growth(r, f, i, 2 * f->core, 1000000);
        if (isnan(e))
            printf("  %10s", "-");
        else
            printf("  %10.2f", e);
    }
    printf("  exponent of n\n\n");
}

void race_family(const settings *o, const family *f, results *r) {
    print_head(f);
    for (int i = 0; i < SIZES && f->size[i] && f->size[i] <= o->max; i++) {
        row w = (f->files ? race_files : race_theory)(o, r, f, f->size[i]);
        print_row(o, &w);
        keep(r, w);
    }
    print_growth(r, f);
}

/* --- the start --- */

/* An option that propto does not know is a usage error, exit code 2. */
static bool knows(const settings *o, const char *option, const char *value) {
    char *argv[] = {word(o->propto), "check", word(option), word(value), "-e", "w grows", NULL};
    return run_once(o, argv, "out") == 0;
}

void start_solvers(const settings *o, results *r) {
    char path[PATH_SIZE];
    path_in(o, "t.certificate", path);
    r->certificates = knows(o, "--certificate", path);
    r->jobs = knows(o, "-j", "2");
    const char *const programs[] = {[PROPTO] = o->propto, [Z3] = "z3", [CVC5] = "cvc5"};
    for (int i = PROPTO; i <= CVC5; i++) {
        char *argv[] = {word(programs[i]), word("--version"), NULL};
        contender c = {.argv = argv, .judge = judge_status};
        c.end = i == PROPTO || is_installed(programs[i]) ? NOT_RUN : ABSENT;
        race(o, &c, 1, o->runs);
        r->start[i] = measured(&c);
    }
    r->start[REPAIRS] = r->start[PROPTO];
    if (!r->certificates) printf("This propto writes no certificates: without them.\n");
    if (!r->jobs) printf("This propto has no -j: many files in one process, one by one.\n");
    for (int i = Z3; i <= CVC5; i++)
        if (r->start[i].end == ABSENT) printf("No %s here: without it.\n", contender_names[i]);
    printf("\n");
}
