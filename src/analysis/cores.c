/* Cores and repairs: the parts of a theory are marched through one by one, and what was found is
 * put together. */
#include <stdlib.h>
#include "analysis/march.h"

/* Of the march, in all; some seconds. */
static const uint64_t MOST_STEPS = 400000000;
/* However many repairs are asked for. */
enum { MOST_LISTED = 10000 };

/* --- the hunt --- */

/* With parameters a regime that says that it is contradictory is taken at its word, but for
 * `explain`: every answer after a repair is dear. */
static bool tells_repairs(const problem *p, const analysis_options *opt, const finding *f) {
    bool claimed = p->field && p->line && f->as_claimed;
    return opt->repairs && (opt->all_cores || !claimed);
}

static hunt hunt_open(engine *e, arena *a, const analysis_options *opt, const finding *f) {
    const problem *p = engine_problem(e);
    hunt h = {.e = e, .a = a, .opt = opt, .p = p, .tells_repairs = tells_repairs(p, opt, f)};
    if (f->verdict == VERDICT_TRIVIAL) h.scales = something_scales(a, p);
    h.keep = NEW_ARRAY(a, bool, p->nfacts + 1);
    h.keep[p->nfacts] = true;
    for (int i = 0; i < p->nfacts; i++) h.keep[i] = p->facts[i].hard;
    return h;
}

/* The core to begin with; false if undecided. */
static bool find_first(hunt *h, const outcome *o, factset *first) {
    arena *scratch = arena_new();
    bool *marked = NEW_ARRAY(scratch, bool, h->p->nfacts);
    for (int i = 0; i < h->p->nfacts; i++) marked[i] = o->used[i] || h->p->facts[i].hard;
    bool found = march_core(h, scratch, marked, first);
    arena_free(scratch);
    return found;
}

/* Where what is given conflicts there is no other core and no repair. */
static part *march_through(hunt *h, factset first, int *n, bool *complete) {
    *n = 0, *complete = true;
    if (first.n == 0) return NULL;
    part *parts = march_parts(h, first, n);
    for (int i = 0; i < *n; i++) {
        march(h, &parts[i], first);
        *complete &= parts[i].complete;
    }
    return parts;
}

/* The same under a limit of its own where there is no other: a theory may have more cores and
 * repairs than anybody waits for. */
static part *march_for_a_while(hunt *h, factset first, int *n, bool *complete) {
    budget *b = engine_budget(h->e);
    if (b->steps_left != UINT64_MAX) return march_through(h, first, n, complete);
    b->steps_left = MOST_STEPS;
    part *parts = march_through(h, first, n, complete);
    if (b->steps_left == 0) b->reason = NULL;
    b->steps_left = UINT64_MAX;
    return parts;
}

/* --- the lists --- */

static int by_facts(const void *x, const void *y) {
    return by_size(((const core *)x)->facts, ((const core *)y)->facts);
}

static void list_cores(hunt *h, finding *f, bool complete) {
    if (h->told.n) qsort(h->told.v, h->told.n, sizeof *h->told.v, by_facts);
    f->cores = h->told.v;
    f->ncores = (int)h->told.n;
    f->cores_complete = complete && h->told.n == h->cores.n;
}

/* Where choices are made anew a repair may turn out to be none, so they are not counted. */
static void count_all(hunt *h, finding *f, const part *parts, int n, bool complete) {
    bool chooses = false;
    for (int i = 0; i < h->p->nfacts; i++) chooses |= h->p->facts[i].choice != NULL;
    if (!complete || chooses || n == 0) return;
    rat *total = NEW(h->a, rat);
    *total = count_repairs(h->a, parts, n);
    f->repairs_total = total;
}

static void list_repairs(hunt *h, finding *f, const part *parts, int n, bool complete) {
    if (!h->tells_repairs) f->repairs_complete = !h->opt->repairs;
    if (!h->tells_repairs) return;
    int most = h->opt->max_repairs < MOST_LISTED ? h->opt->max_repairs : MOST_LISTED;
    budget *b = engine_budget(h->e);
    factsets drop = n ? first_repairs(h->a, b, parts, n, most) : (factsets){0};
    rat total = n ? count_repairs(h->a, parts, n) : RAT_ZERO;
    f->repairs_complete = complete && rat_cmp(total, rat_int((long)drop.n)) == 0;
    count_all(h, f, parts, n, complete);
    repair *r = NEW_ARRAY(h->a, repair, drop.n);
    for (size_t i = 0; i < drop.n; i++) {
        if (!budget_left(engine_budget(h->e))) f->repairs_complete = false;
        if (!budget_left(engine_budget(h->e))) break;
        r[f->nrepairs] = solve_repair(h, drop.v[i]);
        if (r[f->nrepairs].verdict != VERDICT_CONTRADICTORY) f->nrepairs++;
    }
    f->repairs = r;
}

void find_cores(engine *e, arena *a, const analysis_options *opt, const outcome *o, finding *f) {
    hunt h = hunt_open(e, a, opt, f);
    factset first = {NULL, 0};
    part *parts = NULL;
    int n = 0;
    bool complete = find_first(&h, o, &first);
    if (complete) parts = march_for_a_while(&h, first, &n, &complete);
    list_cores(&h, f, complete);
    list_repairs(&h, f, parts, n, complete);
    f->wrong |= engine_wrong(e) != NULL;
}
