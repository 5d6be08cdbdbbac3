#include "results.h"

#include <math.h>
#include <string.h>

const char *const contender_names[CONTENDERS] = {"propto", "z3", "cvc5", "+ repairs"};

const row *row_of(const results *r, const char *name, int n) {
    for (int i = 0; i < r->rows; i++)
        if (strcmp(r->row[i].of->name, name) == 0 && r->row[i].n == n) return &r->row[i];
    return NULL;
}

double faster_other(const row *w) {
    double best = INFINITY;
    for (int i = Z3; i <= CVC5; i++)
        if (w->by[i].end == DONE) best = fmin(best, w->by[i].seconds);
    return best;
}

/* --- growth --- */

typedef struct {
    double n, x, y, xx, xy;
} line_fit;

static void fit_add(line_fit *f, int n, double seconds) {
    double x = log(n), y = log(seconds);
    f->n++, f->x += x, f->y += y, f->xx += x * x, f->xy += x * y;
}

double growth(const results *r, const family *f, int who, int from, int to) {
    line_fit fit = {0};
    double start = r->start[who].end == DONE ? r->start[who].seconds : 0;
    for (int i = 0; i < r->rows; i++) {
        const row *w = &r->row[i];
        double own = w->by[who].seconds - start;
        if (w->of != f || w->by[who].end != DONE || w->n < from || w->n > to) continue;
        if (own > 0 && own >= start / 10) fit_add(&fit, w->n, own);
    }
    if (fit.n < 2) return NAN;
    return (fit.n * fit.xy - fit.x * fit.y) / (fit.n * fit.xx - fit.x * fit.x);
}

/* --- cells --- */

void write_time(const measure *m, double timeout, char cell[NAME_SIZE]) {
    static const char *const words[] = {
        [NOT_RUN] = "-",         [DONE] = "",       [LATE] = "",         [LEFT_OUT] = "left out",
        [UNDECIDED] = "unknown", [WRONG] = "WRONG", [FAILED] = "failed", [ABSENT] = "not here"};
    if (m->end == DONE && m->seconds < 1)
        snprintf(cell, NAME_SIZE, "%.1f ms", 1e3 * m->seconds);
    else if (m->end == DONE)
        snprintf(cell, NAME_SIZE, "%.2f s", m->seconds);
    else if (m->end == LATE)
        snprintf(cell, NAME_SIZE, "> %g s", timeout);
    else
        snprintf(cell, NAME_SIZE, "%s", words[m->end]);
}
