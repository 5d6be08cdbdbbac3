#include "settings.h"

#include <errno.h>
#include <ftw.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void fail(const char *what, const char *about) {
    fprintf(stderr, "bench: %s: %s\n", what, about);
    exit(2);
}

char *word(const char *text) {
    return (char *)(uintptr_t)text;
}

/* --- the directory --- */

void make_directory(settings *o) {
    const char *tmp = getenv("TMPDIR");
    int n = snprintf(o->dir, PATH_SIZE, "%s/propto-bench-XXXXXX", tmp && *tmp ? tmp : "/tmp");
    if (n < 0 || n >= PATH_SIZE || !mkdtemp(o->dir)) fail("no temporary directory", o->dir);
}

static int remove_one(const char *path, const struct stat *s, int kind, struct FTW *place) {
    (void)s, (void)kind, (void)place;
    remove(path);
    return 0;
}

void remove_directory(const settings *o) {
    nftw(o->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void path_in(const settings *o, const char *name, char path[PATH_SIZE]) {
    int n = snprintf(path, PATH_SIZE, "%s/%s", o->dir, name);
    if (n < 0 || n >= PATH_SIZE) fail("path too long", o->dir);
}

FILE *open_in(const settings *o, const char *name, const char *mode) {
    char path[PATH_SIZE];
    path_in(o, name, path);
    FILE *f = fopen(path, mode);
    if (!f) fail(strerror(errno), path);
    return f;
}

void close_in(const settings *o, FILE *f) {
    if (fclose(f)) fail(strerror(errno), o->dir);
}

/* --- the command line --- */

bool is_wanted(const settings *o, const char *table) {
    return !o->only || strcmp(o->only, table) == 0;
}

static int whole_number(const char *name, const char *value, int most) {
    char *end;
    long n = strtol(value, &end, 10);
    if (*value == 0 || *end != 0 || n < 1 || n > most) fail("a number out of range", name);
    return (int)n;
}

static double seconds(const char *name, const char *value) {
    char *end;
    double s = strtod(value, &end);
    if (*value == 0 || *end != 0 || !(s > 0 && s < 1e6)) fail("a time out of range", name);
    return s;
}

static void read_option(settings *o, const char *name, const char *value) {
    const struct {
        const char *name, **value;
    } texts[] = {{"--only", &o->only},
                 {"--before", &o->before},
                 {"--write", &o->document},
                 {"--picture", &o->picture},
                 {"--print", &o->print}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(name, texts[i].name) == 0) {
            *texts[i].value = value;
            return;
        }
    if (strcmp(name, "--timeout") == 0)
        o->timeout = seconds(name, value);
    else if (strcmp(name, "--runs") == 0)
        o->runs = whole_number(name, value, MAX_RUNS);
    else if (strcmp(name, "--max") == 0)
        o->max = whole_number(name, value, 1000000);
    else
        fail("unknown option", name);
}

settings read_arguments(int argc, char **argv) {
    settings o = {.timeout = 60, .runs = 9, .max = 10000};
    const char **words[] = {&o.propto, &o.minimal, &o.axioms};
    int n = 0;
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-') {
            if (n == 3) fail("one word too many", argv[i]);
            *words[n++] = argv[i];
            continue;
        }
        if (i + 1 >= argc) fail("an option needs a value", argv[i]);
        read_option(&o, argv[i], argv[i + 1]);
        i++;
    }
    if (n < 3 && !o.print) fail("usage", "bench [OPTION VALUE]... PROPTO MINIMAL AXIOMS");
    return o;
}
