/* settings: what a run of the bench was asked for, and the directory it writes in. */
#ifndef BENCH_SETTINGS_H
#define BENCH_SETTINGS_H

#include <stdbool.h>
#include <stdio.h>

enum { PATH_SIZE = 4096, NAME_SIZE = 64, MAX_RUNS = 101 };

typedef struct {
    double timeout;       /* seconds that a program may take */
    int runs;             /* of each program on each theory, where they are short */
    int max;              /* no larger theories */
    const char *only;     /* one table alone; NULL: all */
    const char *before;   /* a propto from before there were parameters, or NULL */
    const char *document; /* where the results are written, or NULL */
    const char *picture;  /* where the picture is written, or NULL */
    const char *print;    /* "core:300": print this theory and do nothing else */
    const char *propto, *minimal, *axioms;
    char dir[PATH_SIZE];
} settings;

/* Gives up the whole run: "bench: WHAT: ABOUT", exit code 2. */
_Noreturn void fail(const char *what, const char *about);

/* Ends the run where an argument is wrong. */
settings read_arguments(int argc, char **argv);

/* A new directory below TMPDIR, and its end with all that is in it. */
void make_directory(settings *o);
void remove_directory(const settings *o);

void path_in(const settings *o, const char *name, char path[PATH_SIZE]);
FILE *open_in(const settings *o, const char *name, const char *mode);
void close_in(const settings *o, FILE *f); /* fails where something could not be written */

bool is_wanted(const settings *o, const char *table);

/* argv of exec takes what it never changes as if it could be changed. */
char *word(const char *text);

#endif
