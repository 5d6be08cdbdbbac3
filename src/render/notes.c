#include "render/notes.h"
#include <stdlib.h>

enum { NAMED = 8 };

/* --- N002 --- */

/* "A4 and N ∝ w" */
static const char *names_of(arena *a, const fact *const *list, int n) {
    text t = text_new(a);
    int shown = n > NAMED + 1 ? NAMED : n;
    for (int i = 0; i < shown; i++) {
        str name = memchr(list[i]->label.s, '@', list[i]->label.n) ? list[i]->law : list[i]->label;
        text_puts(&t, i == 0 ? "" : i + 1 == n ? " and " : ", ");
        text_addf(&t, "`%.*s`", (int)name.n, name.s);
    }
    if (shown < n) text_addf(&t, " and %d more", n - shown);
    return t.s;
}

static void note_idle(arena *a, const finding *f, diags *sink) {
    if (f->nidle == 0) return;
    diag *d = diag_add(sink, DIAG_N002, f->idle[0]->at, "no answer and no conclusion rests on %s",
                       names_of(a, f->idle, f->nidle));
    d->help = "is a question missing, or is the statement not needed?";
}

/* --- N005 --- */

typedef VEC(const goal *) goals;

/* Of a theory that conflicts by itself this is told already. */
static void add_vacuous(arena *a, const finding *f, goals *out) {
    if (f->verdict == VERDICT_CONTRADICTORY) return;
    for (int i = 0; i < f->nconclusions; i++)
        if (f->conclusions[i].verdict == CONCLUSION_VACUOUS)
            vec_push(a, out, f->conclusions[i].goal);
}

static bool is_among(const goals *list, const goal *g) {
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i]->at.start == g->at.start && list->v[i]->at.src == g->at.src) return true;
    return false;
}

static int by_place(const void *x, const void *y) {
    const goal *g = *(const goal *const *)x, *h = *(const goal *const *)y;
    return (g->at.start > h->at.start) - (g->at.start < h->at.start);
}

/* A goal of the theory may be asked of a regime too. */
static goals vacuous_goals(arena *a, const finding *f) {
    goals all = {0}, own = {0};
    add_vacuous(a, f, &all);
    for (int i = 0; i < f->nregimes; i++) add_vacuous(a, &f->regimes[i], &all);
    for (size_t i = 0; i < all.n; i++)
        if (!is_among(&own, all.v[i])) vec_push(a, &own, all.v[i]);
    if (own.n) qsort(own.v, own.n, sizeof *own.v, by_place);
    return own;
}

static void note_vacuous(arena *a, const finding *f, diags *sink) {
    goals g = vacuous_goals(a, f);
    text t = text_new(a);
    if (g.n == 0) return;
    size_t shown = g.n > NAMED + 1 ? NAMED : g.n;
    for (size_t i = 0; i < shown; i++)
        text_addf(&t, "%s`%.*s`",
                  i == 0         ? ""
                  : i + 1 == g.n ? " and "
                                 : ", ",
                  (int)g.v[i]->law.n, g.v[i]->law.s);
    if (shown < g.n) text_addf(&t, " and %zu more", g.n - shown);
    diag *d = diag_add(sink, DIAG_N005, g.v[0]->at,
                       "what is supposed in %s contradicts the theory, so anything follows", t.s);
    d->help = "to say that it cannot be, conclude `∴ contradiction when ...`";
}

/* --- the door --- */

void note_findings(arena *a, const finding *f, diags *sink) {
    note_idle(a, f, sink);
    note_vacuous(a, f, sink);
    diags_sort(sink);
}
