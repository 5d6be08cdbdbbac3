/* race: programs run as whole processes, in turns.
 *
 * A program is timed from fork to wait, with nothing of its output thrown away: it goes to the
 * file `out` of the directory, where the judge of the contender reads it after each run. Peak
 * memory is what the kernel says of the process and those it waited for (wait4, ru_maxrss), cpu
 * its user and system time. Over the time limit a program is killed with all its children.
 */
#ifndef BENCH_RACE_H
#define BENCH_RACE_H

#include "settings.h"

typedef enum {
    NOT_RUN,   /* nobody asked */
    DONE,      /* with what is known to be right */
    LATE,      /* over the time limit */
    LEFT_OUT,  /* late at two smaller sizes */
    UNDECIDED, /* it says that it does not know */
    WRONG,     /* it says something else than what is known */
    FAILED,    /* no answer at all */
    ABSENT     /* the program is not on this machine */
} outcome;

typedef struct {
    outcome end;
    double seconds, least, cpu; /* median and least wall time, median cpu time */
    long kilobytes;             /* the largest peak of resident memory */
    int runs;
} measure;

typedef struct contender contender;
struct contender {
    char *const *argv;                                       /* NULL: it takes no part */
    outcome (*judge)(const settings *o, const contender *c); /* of `out` and the status */
    const void *known;                                       /* to the judge */
    int status; /* exit code of the last run; -1: killed by a signal */
    outcome end;
    int n;
    double seconds[MAX_RUNS], cpu[MAX_RUNS], spent;
    long kilobytes;
};

/* Call once, before the first program is run. */
void prepare_races(void);

/* Is there a program of this name? */
bool is_installed(const char *program);

/* One run, not timed; its exit code, or -1. Standard output goes to the file `out`. */
int run_once(const settings *o, char *const *argv, const char *out);

/* Everybody takes turns, `runs` each, fewer where they are long: no first run of a contender is
 * left out, and none is repeated after a sixth of the time limit. */
void race(const settings *o, contender *c, int n, int runs);

measure measured(contender *c);

/* Judges: DONE where the exit code is 0; by the first word, the `known` one. */
outcome judge_status(const settings *o, const contender *c);
outcome judge_word(const settings *o, const contender *c);
/* After each line that ends in ": sat" or ": unsat" comes that verdict. */
outcome judge_script(const settings *o, const contender *c);

#endif
