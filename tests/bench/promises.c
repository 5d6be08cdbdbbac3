#include "promises.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

const char *const keeping_words[] = {
    [KEPT] = "kept", [BROKEN] = "BROKEN", [NOT_MEASURED] = "not measured"};

/* --- a promise --- */

__attribute__((format(printf, 2, 3))) static promise *promised(promises *all, const char *text,
                                                               ...) {
    if (all->n == MAX_PROMISES) fail("too many promises", text);
    promise *p = &all->each[all->n++];
    va_list more;
    va_start(more, text);
    vsnprintf(p->text, PROMISE_SIZE, text, more);
    va_end(more);
    p->is = NOT_MEASURED;
    return p;
}

__attribute__((format(printf, 3, 4))) static void found(promise *p, bool kept, const char *figures,
                                                        ...) {
    va_list more;
    va_start(more, figures);
    vsnprintf(p->figures, PROMISE_SIZE, figures, more);
    va_end(more);
    p->is = kept ? KEPT : BROKEN;
}

__attribute__((format(printf, 2, 3))) static void note(promise *p, const char *figures, ...) {
    size_t used = strlen(p->figures);
    va_list more;
    va_start(more, figures);
    vsnprintf(p->figures + used, PROMISE_SIZE - used, figures, more);
    va_end(more);
}

static bool was_run(const measure *m) {
    return m->end != NOT_RUN && m->end != LEFT_OUT && m->end != ABSENT;
}

/* A measure within limits; 0 is no limit. Anything but the right answer in time breaks it. */
static void within(promise *p, const settings *o, const measure *m, double seconds,
                   long mebibytes) {
    char cell[NAME_SIZE];
    if (!was_run(m)) return;
    write_time(m, o->timeout, cell);
    bool fast = seconds <= 0 || m->seconds < seconds;
    bool small = mebibytes <= 0 || m->kilobytes < 1024 * mebibytes;
    found(p, m->end == DONE && fast && small, "%s, %ld MiB", cell, m->kilobytes / 1024);
}

/* --- beside the others --- */

/* How much slower than the faster of the others; 0 where nobody, or propto alone, is done. */
static double slowness(const row *w) {
    double other = faster_other(w);
    if (isinf(other)) return 0;
    return w->by[PROPTO].end == DONE ? w->by[PROPTO].seconds / other : INFINITY;
}

/* "n = 30: 1.20 of the faster one's time" */
static void write_worst(const row *w, char text[NAME_SIZE]) {
    double times = slowness(w);
    if (isinf(times))
        snprintf(text, NAME_SIZE, "not done at n = %d", w->n);
    else if (times > 0)
        snprintf(text, NAME_SIZE, "at worst %.2f of their time, n = %d", times, w->n);
    else
        snprintf(text, NAME_SIZE, "only propto decides");
}

static void no_slower(promises *all, const results *r, const family *f) {
    promise *p = promised(all, "%s: no slower than the faster of z3 and cvc5, every size", f->name);
    char figures[NAME_SIZE];
    int rows = 0, none = 0, slower = 0;
    const row *worst = NULL;
    for (int i = 0; i < r->rows; i++) {
        const row *w = &r->row[i];
        if (w->of != f) continue;
        rows++, none += isinf(faster_other(w)) && w->by[PROPTO].end != DONE;
        slower += slowness(w) > 1;
        if (!worst || slowness(w) > slowness(worst)) worst = w;
    }
    if (!worst || (r->start[Z3].end == ABSENT && r->start[CVC5].end == ABSENT)) return;
    write_worst(worst, figures);
    found(p, slower == 0, "%d of %d sizes; %s", rows - slower, rows, figures);
    for (int i = Z3; i <= CVC5; i++)
        if (r->start[i].end == ABSENT) note(p, "; without %s", contender_names[i]);
    if (none) note(p, "; sizes that nobody decides: %d", none);
}

/* How often propto is done in the time of another; *more: "over " where that was not done. */
static double times_of(const settings *o, const row *w, const measure *other, const char **more) {
    *more = other->end == LATE ? "over " : "";
    return (other->end == LATE ? o->timeout : other->seconds) / w->by[PROPTO].seconds;
}

static void faster_than_z3(promises *all, const settings *o, const results *r, const char *name) {
    promise *p = promised(all, "%s at 10,000: at least 50 times faster than z3", name);
    const row *w = row_of(r, name, 10000);
    const char *over;
    if (!w || (w->whole.end != DONE && w->whole.end != LATE)) return;
    double times = times_of(o, w, &w->whole, &over);
    found(p, w->by[PROPTO].end == DONE && times >= 50, "%s%.0f times, asked the same", over, times);
    if (w->by[Z3].end != DONE && w->by[Z3].end != LATE) return;
    times = times_of(o, w, &w->by[Z3], &over);
    note(p, "; %s%.0f times for its verdict alone", over, times);
}

/* --- propto by itself --- */

static void grows_slowly(promises *all, const results *r, const char *name) {
    promise *p = promised(all, "%s: time grows at most as n^1.2 from 1,000 to 10,000", name);
    const row *w = row_of(r, name, 10000);
    double e = w ? growth(r, w->of, PROPTO, 1000, 10000) : NAN;
    if (!isnan(e)) found(p, e <= 1.2, "n^%.2f", e);
}

static void stays_small(promises *all, const settings *o, const results *r, const char *name) {
    promise *p = promised(all, "%s at 10,000: under 200 MiB", name);
    const row *w = row_of(r, name, 10000);
    if (w) within(p, o, &w->by[PROPTO], 0, 200);
}

static void is_fast(promises *all, const settings *o, const results *r, const char *name,
                    double seconds) {
    promise *p = promised(all, "%s at 1,000: under %g s", name, seconds);
    const row *w = row_of(r, name, 1000);
    if (w) within(p, o, &w->by[PROPTO], seconds, 0);
}

static void small_process(promises *all, const results *r) {
    promise *p =
        promised(all, "critical-depth: no more cpu than a minimal program with one Z3 check");
    if (!was_run(&r->small)) return;
    found(p, r->small.end == DONE && r->minimal.end == DONE && r->small.cpu <= r->minimal.cpu,
          "%.2f ms and %.2f ms", 1e3 * r->small.cpu, 1e3 * r->minimal.cpu);
}

static void many_files(promises *all, const settings *o, const results *r) {
    promise *p = promised(all, "1,000 files with -j 2: under 1.5 s and 100 MiB");
    const row *w = row_of(r, "many", 1000);
    if (!w) return;
    within(p, o, &w->by[PROPTO], 1.5, 100);
    if (!r->jobs) found(p, false, "there is no -j");
}

static void right_verdicts(promises *all, const results *r) {
    promise *p = promised(all, "every verdict, answer and core is the known one");
    if (r->verdicts == 0) return;
    found(p, r->wrong == 0, "%d checked, wrong or missing: %d; wrong verdicts of the others: %d",
          r->verdicts, r->wrong, r->wrong_others);
}

promises promises_of(const settings *o, const results *r) {
    static const char *const long_ones[] = {"chain", "dag"};
    promises all = {0};
    for (int i = 0; i < FAMILIES; i++) no_slower(&all, r, &families[i]);
    for (int i = 0; i < 2; i++) {
        faster_than_z3(&all, o, r, long_ones[i]);
        grows_slowly(&all, r, long_ones[i]);
        stays_small(&all, o, r, long_ones[i]);
    }
    is_fast(&all, o, r, "sparse", 2);
    is_fast(&all, o, r, "core", 0.5);
    is_fast(&all, o, r, "core200", 0.5);
    is_fast(&all, o, r, "noisy", 0.5);
    promise *p = promised(&all, "the 3^10 repairs of ten conflicts counted, 100 listed: under 1 s");
    within(p, o, &r->repairs, 1, 0);
    small_process(&all, r);
    many_files(&all, o, r);
    right_verdicts(&all, r);
    return all;
}
