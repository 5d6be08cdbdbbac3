/* Cores and repairs by marching through the map of all subsets (Liffiton, Previti, Malik and
 * Marques-Silva, Constraints 2016): a largest subset not yet explained either holds, and what it
 * leaves out is a repair, or conflicts, and shrinks to a core. */
#include "analysis/choices.h"
#include "analysis/parts.h"
#include "engine/smt.h"

#include <stdlib.h>

enum {
    MOST_SEEDS = 2000,      /* subsets looked at, beside those that are listed */
    MOST_TRIVIAL = 1000000, /* the same for a trivial theory, times the square of its facts */
    MOST_IDLE = 200         /* in a row that give nothing but repairs too many */
};

/* Of the march, in all; some seconds. */
static const uint64_t MOST_STEPS = 400000000;

typedef VEC(factset) factsets;

typedef struct {
    engine *e;
    arena *a;
    const analysis_options *opt;
    finding *f;
    const problem *p;
    const formula *scales; /* the oracle's extra formula; NULL for a contradictory theory */
    bool *keep;            /* what is never dropped: hard facts, the extra formula */
    int *soft;             /* facts that may be dropped */
    int nsoft;
    smt_map *map;
    factsets cores, repairs; /* of soft facts, all that were found */
    VEC(core) told;          /* cores that will be listed */
} hunt;

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

static bool *no_facts(arena *a, const hunt *h) {
    return NEW_ARRAY(a, bool, h->p->nfacts);
}

static factset soft_of(hunt *h, const bool *marked) {
    VEC(int) v = {0};
    for (int k = 0; k < h->nsoft; k++)
        if (marked[h->soft[k]]) vec_push(h->a, &v, h->soft[k]);
    return (factset){v.v, (int)v.n};
}

/* A set of soft facts as the map names them. */
static bool *on_map(arena *scratch, const hunt *h, factset s) {
    bool *marked = NEW_ARRAY(scratch, bool, h->nsoft);
    for (int k = 0, i = 0; k < h->nsoft && i < s.n; k++) {
        marked[k] = h->soft[k] == s.v[i];
        i += marked[k];
    }
    return marked;
}

/* --- cores --- */

static bool lists_core(const hunt *h) {
    return h->told.n == 0 || (h->opt->all_cores && (int)h->told.n < h->opt->max_cores);
}

/* Shrinks a refutation that needs no more than the marked facts, and files the core. */
static bool file_core(hunt *h, arena *scratch, const bool *marked) {
    bool *use = no_facts(scratch, h);
    for (int i = 0; i < h->p->nfacts; i++) use[i] = marked[i] || h->p->facts[i].hard;
    outcome o = engine_shrink(h->e, scratch, use, &h->scales, extras(h), h->keep);
    if (o.status != ENGINE_UNSAT) return false;
    factset facts = soft_of(h, o.used);
    vec_push(h->a, &h->cores, facts);
    smt_map_block_up(h->map, on_map(scratch, h, facts));
    if (!lists_core(h)) return true;
    sequent s = {h->p, use, &h->scales, extras(h)};
    core c = {facts, tell_story(h->a, &s, o.pf), h->scales != NULL};
    vec_push(h->a, &h->told, c);
    return true;
}

/* --- repairs --- */

static bool subset_but(factset s, const bool *of, int but) {
    for (int i = 0; i < s.n; i++)
        if (!of[s.v[i]] && s.v[i] != but) return false;
    return true;
}

static bool completes_a_core(const hunt *h, const bool *use, int i) {
    for (size_t k = 0; k < h->cores.n; k++)
        if (subset_but(h->cores.v[k], use, i)) return true;
    return false;
}

/* All facts that the witness satisfies join. */
static void join_satisfied(const hunt *h, arena *scratch, bool *use, const witness *w) {
    if (w->n == 0) return; /* the solver's word alone */
    for (int k = 0; k < h->nsoft; k++) {
        int i = h->soft[k];
        if (!use[i]) use[i] = formula_holds(scratch, h->p->facts[i].claim, w->x);
    }
}

/* Makes a satisfiable set of facts a largest one; false if undecided. */
static bool grow(hunt *h, arena *scratch, bool *use, const witness *w) {
    join_satisfied(h, scratch, use, w);
    for (int k = 0; k < h->nsoft; k++) {
        int i = h->soft[k];
        if (use[i] || completes_a_core(h, use, i)) continue;
        use[i] = true;
        outcome o = ask_without_proof(h, scratch, use);
        if (o.status == ENGINE_UNSAT)
            use[i] = false;
        else if (o.status == ENGINE_SAT)
            join_satisfied(h, scratch, use, &o.w);
        else
            return false;
    }
    return true;
}

static bool file_repair(hunt *h, arena *scratch, bool *use, const witness *w) {
    if (!grow(h, scratch, use, w)) return false;
    bool *dropped = no_facts(scratch, h);
    for (int i = 0; i < h->p->nfacts; i++) dropped[i] = !use[i];
    factset drop = soft_of(h, dropped);
    vec_push(h->a, &h->repairs, drop);
    smt_map_block_down(h->map, on_map(scratch, h, drop));
    return true;
}

/* --- the march --- */

static bool wants_cores(const hunt *h) {
    return h->opt->all_cores && (int)h->cores.n <= h->opt->max_cores;
}

/* One more than are listed tells that the list is cut. */
/* With parameters a regime that says that it is contradictory is taken at its word, but for
 * `explain`: every answer after a repair is dear. */
static bool tells_repairs(const hunt *h) {
    bool claimed = h->p->field && h->p->line && h->f->as_claimed;
    return h->opt->repairs && (h->opt->all_cores || !claimed);
}

static bool wants_repairs(const hunt *h) {
    return tells_repairs(h) && (int)h->repairs.n <= h->opt->max_repairs;
}

/* "Something scales" has cases for every quantity, and each of them a proof of its own. */
static long most_seeds(const hunt *h) {
    long most = MOST_SEEDS + (long)h->opt->max_cores + h->opt->max_repairs;
    long affordable = 1 + MOST_TRIVIAL / (1 + (long)h->nsoft * h->nsoft);
    return h->scales && affordable < most ? affordable : most;
}

static bool goes_on(const hunt *h, int seeds, int idle) {
    return (wants_cores(h) || wants_repairs(h)) && seeds < most_seeds(h) && idle < MOST_IDLE;
}

/* Explains one subset; false if undecided. */
static bool explain(hunt *h, arena *scratch, const bool *seed) {
    bool *use = no_facts(scratch, h);
    for (int i = 0; i < h->p->nfacts; i++) use[i] = h->p->facts[i].hard;
    for (int k = 0; k < h->nsoft; k++) use[h->soft[k]] = seed[k];
    outcome o = ask(h, scratch, use);
    if (o.status == ENGINE_SAT) return file_repair(h, scratch, use, &o.w);
    return o.status == ENGINE_UNSAT && file_core(h, scratch, o.used);
}

/* True if the whole map was explained. */
static bool march(hunt *h) {
    bool *seed = NEW_ARRAY(h->a, bool, h->nsoft);
    for (int seeds = 0, idle = 0; goes_on(h, seeds, idle); seeds++) {
        size_t cores = h->cores.n;
        smt_status s = smt_map_seed(h->map, seed);
        if (s != SMT_SAT) return s == SMT_UNSAT;
        arena *scratch = arena_new();
        bool done = explain(h, scratch, seed);
        arena_free(scratch);
        if (!done) return false;
        idle = h->cores.n > cores || wants_repairs(h) ? 0 : idle + 1;
    }
    return false;
}

/* The same under a limit of its own where there is no other: a theory may have more cores and
 * repairs than anybody waits for. */
static bool march_for_a_while(hunt *h) {
    budget *b = engine_budget(h->e);
    if (b->steps_left != UINT64_MAX) return march(h);
    b->steps_left = MOST_STEPS;
    bool complete = march(h);
    if (b->steps_left == 0) b->reason = NULL;
    b->steps_left = UINT64_MAX;
    return complete;
}

/* --- what is left after a repair --- */

static const formula *any_scales(arena *a, const int *q, int n) {
    const formula **way = NEW_ARRAY(a, const formula *, 2 * n);
    for (int i = 0; i < n; i++) {
        form x = form_sym(a, q[i]);
        way[2 * i] = formula_atom(a, x, REL_LT);
        way[2 * i + 1] = formula_atom(a, form_scale(a, coef_int(-1), x), REL_LT);
    }
    return formula_any(a, way, 2 * n);
}

static int drop_scaling(int *q, int n, const witness *w) {
    if (w->n == 0) return n;
    int left = 0;
    for (int i = 0; i < n; i++)
        if (coef_is_zero(w->x[q[i]])) q[left++] = q[i];
    return left;
}

/* Keeps those of q[0..n) that are zero in every solution: as long as one of the others can scale,
 * a witness names it. */
static int keep_fixed(hunt *h, arena *scratch, const bool *use, int *q, int n) {
    while (n > 0) {
        const formula *scales = any_scales(scratch, q, n);
        outcome o = engine_check(h->e, scratch, use, &scales, 1);
        if (o.status == ENGINE_UNSAT) return n;
        n = o.status == ENGINE_SAT && o.w.n ? drop_scaling(q, n, &o.w) : 0;
    }
    return 0;
}

static void mark_symbols(const formula *f, bool *marked) {
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) marked[f->lhs.t[i].sym] = true;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) mark_symbols(f->kid[i], marked);
}

static void mark_all_symbols(const hunt *h, factset s, bool *marked) {
    for (int i = 0; i < s.n; i++) mark_symbols(h->p->facts[s.v[i]].claim, marked);
}

/* The quantities that the conflict is about. */
static int *quantities_in_conflict(const hunt *h, arena *a, factset drop, int *count) {
    bool *marked = NEW_ARRAY(a, bool, h->p->nsymbols);
    int *q = NEW_ARRAY(a, int, h->p->nsymbols);
    mark_all_symbols(h, drop, marked);
    for (size_t i = 0; i < h->cores.n; i++) mark_all_symbols(h, h->cores.v[i], marked);
    *count = 0;
    for (int i = 0; i < h->p->nsymbols; i++)
        if (marked[i] && h->p->symbols[i].sort == SORT_QUANTITY) q[(*count)++] = i;
    return q;
}

static void find_fixed(hunt *h, arena *scratch, const bool *use, const witness *w, repair *r) {
    int n;
    int *q = quantities_in_conflict(h, scratch, r->drop, &n);
    n = keep_fixed(h, scratch, use, q, drop_scaling(q, n, w));
    int *fixed = NEW_ARRAY(h->a, int, n);
    for (int i = 0; i < n; i++) fixed[i] = q[i];
    r->fixed = fixed;
    r->nfixed = n;
}

static bool is_question(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION;
}

static void answer_questions(hunt *h, const bool *use, repair *r) {
    VEC(answer) answers = {0};
    for (int i = 0; i < h->p->ngoals; i++)
        if (is_question(&h->p->goals[i]))
            vec_push(h->a, &answers, answer_question(h->e, h->a, &h->p->goals[i], use));
    r->answers = answers.v;
    r->nanswers = (int)answers.n;
}

static void fill_repair(hunt *h, arena *scratch, const bool *use, repair *r) {
    outcome o;
    r->verdict = find_verdict(h->e, scratch, use, NULL, 0, &o);
    if (r->verdict == VERDICT_CONSISTENT) find_fixed(h, scratch, use, &o.w, r);
    if (r->verdict != VERDICT_CONTRADICTORY) answer_questions(h, use, r);
}

/* What is left chooses anew. */
static repair solve_repair(const hunt *of, factset drop) {
    hunt h = *of;
    repair r = {.drop = drop, .verdict = VERDICT_UNKNOWN};
    arena *scratch = arena_new();
    bool *use = no_facts(scratch, &h);
    memset(use, true, (size_t)h.p->nfacts);
    for (int i = 0; i < drop.n; i++) use[drop.v[i]] = false;
    h.e = choices_engine(of->e, h.a, use);
    if (h.e) fill_repair(&h, scratch, use, &r);
    if (h.e != of->e) engine_close(h.e);
    arena_free(scratch);
    return r;
}

/* --- the lists --- */

static int by_size(factset x, factset y) {
    if (x.n != y.n) return x.n < y.n ? -1 : 1;
    for (int i = 0; i < x.n; i++)
        if (x.v[i] != y.v[i]) return x.v[i] < y.v[i] ? -1 : 1;
    return 0;
}

static int by_drop(const void *x, const void *y) {
    return by_size(*(const factset *)x, *(const factset *)y);
}

static int by_facts(const void *x, const void *y) {
    return by_size(((const core *)x)->facts, ((const core *)y)->facts);
}

static void list_repairs(hunt *h, bool complete) {
    finding *f = h->f;
    int found = (int)h->repairs.n, most = h->opt->max_repairs;
    if (!tells_repairs(h)) f->repairs_complete = !h->opt->repairs;
    if (!tells_repairs(h)) return;
    if (found) qsort(h->repairs.v, h->repairs.n, sizeof *h->repairs.v, by_drop);
    f->repairs_complete = complete && found <= most;
    repair *r = NEW_ARRAY(h->a, repair, found);
    for (int i = 0; i < found && i < most; i++) {
        r[f->nrepairs] = solve_repair(h, h->repairs.v[i]);
        if (r[f->nrepairs].verdict != VERDICT_CONTRADICTORY) f->nrepairs++;
    }
    f->repairs = r;
}

static void list_cores(hunt *h, bool complete) {
    finding *f = h->f;
    if (h->told.n) qsort(h->told.v, h->told.n, sizeof *h->told.v, by_facts);
    f->cores = h->told.v;
    f->ncores = (int)h->told.n;
    f->cores_complete = complete && h->told.n == h->cores.n;
}

static hunt hunt_open(engine *e, arena *a, const analysis_options *opt, finding *f) {
    const problem *p = engine_problem(e);
    hunt h = {.e = e, .a = a, .opt = opt, .f = f, .p = p};
    if (f->verdict == VERDICT_TRIVIAL) h.scales = something_scales(a, p);
    h.keep = NEW_ARRAY(a, bool, p->nfacts + 1);
    h.soft = NEW_ARRAY(a, int, p->nfacts);
    h.keep[p->nfacts] = true;
    for (int i = 0; i < p->nfacts; i++) {
        h.keep[i] = p->facts[i].hard;
        if (!h.keep[i]) h.soft[h.nsoft++] = i;
    }
    return h;
}

void find_cores(engine *e, arena *a, const analysis_options *opt, const outcome *o, finding *f) {
    hunt h = hunt_open(e, a, opt, f);
    arena *scratch = arena_new();
    h.map = smt_map_open(h.nsoft, engine_budget(e));
    bool complete = h.map && file_core(&h, scratch, o->used);
    arena_free(scratch);
    complete = complete && march_for_a_while(&h);
    smt_map_close(h.map);
    list_cores(&h, complete);
    list_repairs(&h, complete);
    f->wrong |= engine_wrong(e) != NULL;
}
