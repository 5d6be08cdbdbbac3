#include "analysis/march.h"

enum {
    MOST_SEEDS = 2000,      /* subsets looked at, beside those that are listed */
    MOST_TRIVIAL = 1000000, /* the same for a trivial theory, times the square of its facts */
    MOST_IDLE = 200         /* in a row that give nothing but repairs too many */
};

/* The march through one part. */
typedef struct {
    hunt *h;
    part *t;
    smt_map *map;
} walk;

static bool is_within(const part *t, int i) {
    return t->component[i] == t->number;
}

static int extras(const hunt *h) {
    return h->scales != NULL;
}

static outcome ask(hunt *h, arena *scratch, const bool *use) {
    return engine_check(h->e, scratch, use, &h->scales, extras(h));
}

/* Where there are parameters a proof is dear: a conflict that nobody will be told of needs none. */
static outcome ask_without_proof(hunt *h, arena *scratch, const bool *use) {
    if (h->p->field && engine_test(h->e, scratch, use, &h->scales, extras(h)) == ENGINE_UNSAT)
        return (outcome){.status = ENGINE_UNSAT};
    return ask(h, scratch, use);
}

/* --- cores --- */

static bool lists_core(const hunt *h) {
    return h->told.n == 0 || (h->opt->all_cores && (int)h->told.n < h->opt->max_cores);
}

static factset soft_of(hunt *h, const bool *marked) {
    bool *soft = NEW_ARRAY(h->a, bool, h->p->nfacts);
    for (int i = 0; i < h->p->nfacts; i++) soft[i] = marked[i] && !h->p->facts[i].hard;
    return factset_of(h->a, soft, h->p->nfacts);
}

bool march_core(hunt *h, arena *scratch, const bool *marked, factset *out) {
    outcome o = engine_shrink(h->e, scratch, marked, &h->scales, extras(h), h->keep);
    if (o.status != ENGINE_UNSAT) return false;
    *out = soft_of(h, o.used);
    vec_push(h->a, &h->cores, *out);
    if (!lists_core(h)) return true;
    sequent s = {h->p, marked, &h->scales, extras(h)};
    core c = {*out, tell_story(h->a, &s, o.pf), h->scales != NULL};
    vec_push(h->a, &h->told, c);
    return true;
}

/* The strands of a core: it has all of a strand or nothing. */
static void file_strands(walk *w, const bool *facts) {
    part *t = w->t;
    int n = (int)t->strands.n;
    bool *in = NEW_ARRAY(w->h->a, bool, n);
    for (int k = 0; k < n; k++) in[k] = facts[t->strands.v[k].v[0]];
    vec_push(w->h->a, &t->cores, factset_of(w->h->a, in, n));
    smt_map_block_up(w->map, in);
}

static bool *marks_of(const hunt *h, arena *a, factset s) {
    bool *marked = NEW_ARRAY(a, bool, h->p->nfacts);
    for (int i = 0; i < s.n; i++) marked[s.v[i]] = true;
    return marked;
}

/* What is given may make the core smaller, whether the refutation at hand uses it or not. */
static bool file_core(walk *w, arena *scratch, const bool *refuted) {
    const problem *p = w->h->p;
    bool *marked = NEW_ARRAY(scratch, bool, p->nfacts);
    factset facts;
    for (int i = 0; i < p->nfacts; i++)
        marked[i] = refuted[i] || (is_within(w->t, i) && p->facts[i].hard);
    if (!march_core(w->h, scratch, marked, &facts)) return false;
    file_strands(w, marks_of(w->h, scratch, facts));
    return true;
}

/* --- repairs --- */

/* The facts in use where these strands are. */
static bool *facts_in(const walk *w, arena *scratch, const bool *in) {
    const problem *p = w->h->p;
    bool *use = NEW_ARRAY(scratch, bool, p->nfacts);
    for (int i = 0; i < p->nfacts; i++) use[i] = is_within(w->t, i) && p->facts[i].hard;
    for (size_t k = 0; k < w->t->strands.n; k++)
        for (int i = 0; in[k] && i < w->t->strands.v[k].n; i++) use[w->t->strands.v[k].v[i]] = true;
    return use;
}

static bool subset_but(factset s, const bool *of, int but) {
    for (int i = 0; i < s.n; i++)
        if (!of[s.v[i]] && s.v[i] != but) return false;
    return true;
}

static bool completes_a_core(const part *t, const bool *in, int k) {
    for (size_t i = 0; i < t->cores.n; i++)
        if (subset_but(t->cores.v[i], in, k)) return true;
    return false;
}

static bool satisfies(const hunt *h, arena *scratch, const witness *w, factset facts) {
    for (int i = 0; i < facts.n; i++)
        if (!formula_holds(scratch, h->p->facts[facts.v[i]].claim, w->x)) return false;
    return true;
}

/* All strands that the witness satisfies join. */
static void join_satisfied(const walk *w, arena *scratch, bool *in, const witness *x) {
    if (x->n == 0) return; /* the solver's word alone */
    for (int k = 0; k < (int)w->t->strands.n; k++)
        if (!in[k]) in[k] = satisfies(w->h, scratch, x, w->t->strands.v[k]);
}

/* Makes a satisfiable set of strands a largest one; false if undecided. */
static bool grow(walk *w, arena *scratch, bool *in, const witness *x) {
    join_satisfied(w, scratch, in, x);
    for (int k = 0; k < (int)w->t->strands.n; k++) {
        if (in[k] || completes_a_core(w->t, in, k)) continue;
        in[k] = true;
        outcome o = ask_without_proof(w->h, scratch, facts_in(w, scratch, in));
        if (o.status == ENGINE_UNSAT)
            in[k] = false;
        else if (o.status == ENGINE_SAT)
            join_satisfied(w, scratch, in, &o.w);
        else
            return false;
    }
    return true;
}

static bool file_repair(walk *w, arena *scratch, bool *in, const witness *x) {
    if (!grow(w, scratch, in, x)) return false;
    int n = (int)w->t->strands.n;
    bool *out = NEW_ARRAY(scratch, bool, n);
    for (int k = 0; k < n; k++) out[k] = !in[k];
    vec_push(w->h->a, &w->t->repairs, factset_of(w->h->a, out, n));
    smt_map_block_down(w->map, out);
    return true;
}

/* --- the march --- */

static bool wants_cores(const walk *w) {
    return w->h->opt->all_cores && (int)w->t->cores.n <= w->h->opt->max_cores;
}

/* One more than are listed tells that the list is cut. */
static bool wants_repairs(const walk *w) {
    return w->h->tells_repairs && (int)w->t->repairs.n <= w->h->opt->max_repairs;
}

/* "Something scales" has cases for every quantity, and each of them a proof of its own. */
static long most_seeds(const walk *w) {
    const hunt *h = w->h;
    long most = MOST_SEEDS + (long)h->opt->max_cores + h->opt->max_repairs;
    long affordable = 1 + MOST_TRIVIAL / (1 + (long)(w->t->strands.n * w->t->strands.n));
    return h->scales && affordable < most ? affordable : most;
}

static bool goes_on(const walk *w, long seeds, int idle) {
    bool wanted = wants_cores(w) || wants_repairs(w);
    return wanted && seeds < most_seeds(w) && idle < MOST_IDLE;
}

/* Explains one subset; false if undecided. */
static bool explain(walk *w, arena *scratch, bool *in) {
    outcome o = ask(w->h, scratch, facts_in(w, scratch, in));
    if (o.status == ENGINE_SAT) return file_repair(w, scratch, in, &o.w);
    return o.status == ENGINE_UNSAT && file_core(w, scratch, o.used);
}

/* True if the whole map was explained. */
static bool walk_through(walk *w) {
    bool *seed = NEW_ARRAY(w->h->a, bool, w->t->strands.n);
    int idle = 0;
    for (long seeds = 0; goes_on(w, seeds, idle); seeds++) {
        size_t cores = w->t->cores.n;
        smt_status s = smt_map_seed(w->map, seed);
        if (s != SMT_SAT) return s == SMT_UNSAT;
        arena *scratch = arena_new();
        bool done = explain(w, scratch, seed);
        arena_free(scratch);
        if (!done) return false;
        idle = w->t->cores.n > cores || wants_repairs(w) ? 0 : idle + 1;
    }
    return false;
}

void march(hunt *h, part *t, factset known) {
    walk w = {h, t, smt_map_open((int)t->strands.n, engine_budget(h->e))};
    if (!w.map) return;
    if (known.n > 0 && is_within(t, known.v[0])) file_strands(&w, marks_of(h, h->a, known));
    t->complete = walk_through(&w);
    smt_map_close(w.map);
}

/* --- the parts --- */

typedef VEC(int) members;

/* The facts of each series class that may be given up, in the order of their first. */
static void deal_strands(hunt *h, const independence *k, part *parts) {
    members *class = NEW_ARRAY(h->a, members, h->p->nfacts);
    for (int i = 0; i < h->p->nfacts; i++)
        if (k->component[i] >= 0 && !h->p->facts[i].hard) vec_push(h->a, &class[k->series[i]], i);
    for (int i = 0; i < h->p->nfacts; i++) {
        if (class[i].n == 0) continue;
        part *t = &parts[k->component[i]];
        vec_push(h->a, &t->strands, ((factset){class[i].v, (int)class[i].n}));
    }
}

/* All but the first of the core, which a repair may give up: what is found out about them will be
 * asked again. */
static bool rest_agrees(hunt *h, arena *scratch, factset known) {
    bool *use = NEW_ARRAY(scratch, bool, h->p->nfacts);
    memset(use, true, (size_t)h->p->nfacts);
    use[known.v[0]] = false;
    return engine_check(h->e, scratch, use, NULL, 0).status == ENGINE_SAT;
}

/* The facts that are in all cores there may be: those of the one that is known and what is given,
 * where the others have nothing to do with them and can hold together. Else NULL. */
static const bool *all_in_conflict(hunt *h, arena *scratch, factset known) {
    if (h->scales || h->p->field) return NULL;
    bool *in = marks_of(h, scratch, known);
    for (int i = 0; i < h->p->nfacts; i++) in[i] |= h->p->facts[i].hard;
    standing s = find_standing(h->p, in, engine_budget(h->e));
    bool only = s == SET_ALONE || (s == SET_APART && rest_agrees(h, scratch, known));
    return only ? in : NULL;
}

static independence find_dependence(hunt *h, factset known) {
    arena *scratch = arena_new();
    const bool *use = all_in_conflict(h, scratch, known);
    independence k = find_independence(h->a, h->p, use, h->scales != NULL, engine_budget(h->e));
    arena_free(scratch);
    return k;
}

part *march_parts(hunt *h, factset known, int *n) {
    independence k = find_dependence(h, known);
    part *all = NEW_ARRAY(h->a, part, k.ncomponents);
    for (int c = 0; c < k.ncomponents; c++) all[c] = (part){.component = k.component, .number = c};
    deal_strands(h, &k, all);
    *n = 0;
    for (int c = 0; c < k.ncomponents; c++)
        if (all[c].strands.n) all[(*n)++] = all[c];
    return all;
}
