/* Statements that no answer and no conclusion rests on, in the theory or in a regime. Where it is
 * not known what a result rests on, it is taken to rest on all that its symbols lead to. */
#include "analysis/parts.h"

typedef VEC(int) symbols;

/* A theory and its regimes as one list of statements. */
typedef struct {
    arena *a;
    const finding *whole;
    VEC(const fact *) facts;
    VEC(bool) used;
    const finding *f; /* the one at hand: the theory, or a regime */
    int *index;       /* of its facts in the list */
    int *parent;      /* of its symbols; NULL: not found yet */
    int *mentions;    /* statements and goals that speak of each symbol */
    int *last;        /* the last of them, by its number */
    int spoken;       /* how many were counted */
    int settled;      /* results whose grounds are known */
    int *slot;    /* by the place of a fact, with open addressing: its number in the list, plus 1 */
    size_t slots; /* a power of two */
} ledger;

static void use(ledger *l, int i) {
    l->used.v[l->index[i]] = true;
}

static void use_all(ledger *l) {
    for (int i = 0; i < l->f->p->nfacts; i++) use(l, i);
}

static void use_set(ledger *l, factset s) {
    for (int i = 0; i < s.n; i++) use(l, s.v[i]);
}

/* --- symbols --- */

static void add_parameters(arena *a, coef c, symbols *out) {
    const field *k = coef_field(c);
    if (!k) return;
    bool *used = NEW_ARRAY(a, bool, field_size(k));
    coef_parameters(c, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) vec_push(a, out, field_symbol(k, i));
}

static void add_form(arena *a, form f, symbols *out) {
    add_parameters(a, f.k, out);
    for (int i = 0; i < f.n; i++) {
        vec_push(a, out, f.t[i].sym);
        add_parameters(a, f.t[i].c, out);
    }
}

static void add_formula(arena *a, const formula *f, symbols *out) {
    if (f->kind == FORMULA_ATOM) add_form(a, f->lhs, out);
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) add_formula(a, f->kid[i], out);
}

/* May name a symbol more than once. */
static symbols symbols_of_fact(arena *a, const fact *k) {
    symbols out = {0};
    add_formula(a, k->claim, &out);
    if (!k->choice) return out;
    add_form(a, k->choice->target, &out);
    for (int i = 0; i < k->choice->nchosen; i++) vec_push(a, &out, k->choice->chosen[i]);
    for (int i = 0; i < k->choice->nfixed; i++) vec_push(a, &out, k->choice->fixed[i]);
    return out;
}

static symbols symbols_of_goal(arena *a, const goal *g) {
    symbols out = {0};
    add_form(a, g->target, &out);
    for (int i = 0; i < g->nbase; i++) add_form(a, g->base[i], &out);
    if (g->claim) add_formula(a, g->claim, &out);
    for (int i = 0; i < g->nwhen; i++) add_formula(a, g->when[i], &out);
    return out;
}

/* --- what symbols lead to: trees of symbols that statements bring together --- */

static int root_of(ledger *l, int sym) {
    int *parent = l->parent;
    while (parent[sym] != sym) sym = parent[sym] = parent[parent[sym]];
    return sym;
}

static void join_symbols(ledger *l) {
    const problem *p = l->f->p;
    l->parent = NEW_ARRAY(l->a, int, p->nsymbols);
    for (int i = 0; i < p->nsymbols; i++) l->parent[i] = i;
    for (int i = 0; i < p->nfacts; i++) {
        symbols s = symbols_of_fact(l->a, &p->facts[i]);
        for (size_t k = 1; k < s.n; k++) l->parent[root_of(l, s.v[k])] = root_of(l, s.v[0]);
    }
}

/* Uses all statements that one of the symbols leads to. */
static void use_around(ledger *l, symbols from) {
    const problem *p = l->f->p;
    if (!l->parent) join_symbols(l);
    bool *around = NEW_ARRAY(l->a, bool, p->nsymbols);
    for (size_t i = 0; i < from.n; i++) around[root_of(l, from.v[i])] = true;
    for (int i = 0; i < p->nfacts; i++) {
        symbols s = symbols_of_fact(l->a, &p->facts[i]);
        if (s.n && around[root_of(l, s.v[0])]) use(l, i);
    }
}

static void use_around_goal(ledger *l, const goal *g) {
    use_around(l, symbols_of_goal(l->a, g));
}

/* --- results --- */

static void note_answer(ledger *l, const answer *x) {
    switch (x->kind) {
    case ANSWER_EXACT:
        use_set(l, x->support);
        l->settled++;
        return;
    case ANSWER_CASES:
        for (int i = 0; i < x->ncases; i++) use_set(l, x->cases[i].support);
        l->settled++;
        return;
    case ANSWER_VACUOUS:
        if (l->f->verdict != VERDICT_CONTRADICTORY) use_around_goal(l, x->goal);
        return;
    case ANSWER_RANGE:
    case ANSWER_UNDETERMINED:
    case ANSWER_UNDEFINED:
    case ANSWER_UNKNOWN:
        use_around_goal(l, x->goal);
    }
}

static void note_conclusion(ledger *l, const conclusion *c) {
    bool settled = c->verdict == CONCLUSION_PROVED || c->verdict == CONCLUSION_REFUTED;
    bool about_all = c->goal->kind == GOAL_CONSISTENT || c->goal->kind == GOAL_TRIVIAL;
    if (c->verdict == CONCLUSION_VACUOUS && l->f->verdict == VERDICT_CONTRADICTORY) return;
    if (about_all)
        use_all(l);
    else if (settled)
        use_set(l, c->support);
    else
        use_around_goal(l, c->goal);
    l->settled += settled;
}

static void note_repair(ledger *l, const repair *r) {
    use_set(l, r->drop);
    for (int i = 0; i < r->nanswers; i++) note_answer(l, &r->answers[i]);
}

/* What is in some core is in some repair. */
static void note_verdict(ledger *l) {
    const finding *f = l->f;
    bool known = f->repairs_complete && f->redundant_complete;
    if (f->verdict == VERDICT_TRIVIAL || f->verdict == VERDICT_UNKNOWN || !known) use_all(l);
    for (int i = 0; i < f->ncores; i++) use_set(l, f->cores[i].facts);
    for (int i = 0; i < f->nrepairs; i++) note_repair(l, &f->repairs[i]);
    for (int i = 0; i < f->nredundant; i++) use(l, f->redundant[i].fact);
}

/* What a choice comes to rests on all that it sees. */
static void note_choices(ledger *l) {
    const problem *p = l->f->p;
    for (int i = 0; i < p->nfacts; i++)
        if (p->facts[i].choice) use_around(l, symbols_of_fact(l->a, &p->facts[i]));
}

static void note_results(ledger *l) {
    for (int i = 0; i < l->f->nanswers; i++) note_answer(l, &l->f->answers[i]);
    for (int i = 0; i < l->f->nconclusions; i++) note_conclusion(l, &l->f->conclusions[i]);
    note_verdict(l);
    note_choices(l);
}

/* --- the list --- */

static bool is_same(const fact *x, const fact *y) {
    return x->at.src == y->at.src && x->at.start == y->at.start && str_eq(x->label, y->label);
}

static void make_room(ledger *l) {
    size_t n = (size_t)l->whole->p->nfacts;
    for (int r = 0; r < l->whole->nregimes; r++) n += (size_t)l->whole->regimes[r].p->nfacts;
    for (l->slots = 16; l->slots < 2 * n; l->slots *= 2) {}
    l->slot = NEW_ARRAY(l->a, int, l->slots);
}

static size_t first_slot(const ledger *l, const fact *k) {
    return (size_t)((uint64_t)k->at.start * UINT64_C(0x9E3779B97F4A7C15) >> 24) & (l->slots - 1);
}

/* The first such fact from `from` on, else -1; those with the same place were put in one after the
 * other. */
static int place_in(const ledger *l, const fact *k, size_t from) {
    for (size_t i = first_slot(l, k); l->slot[i]; i = (i + 1) & (l->slots - 1)) {
        size_t at = (size_t)l->slot[i] - 1;
        if (at >= from && is_same(l->facts.v[at], k)) return (int)at;
    }
    return -1;
}

static int put_in(ledger *l, const fact *k) {
    size_t i = first_slot(l, k);
    while (l->slot[i]) i = (i + 1) & (l->slots - 1);
    vec_push(l->a, &l->facts, k);
    vec_push(l->a, &l->used, false);
    l->slot[i] = (int)l->facts.n;
    return (int)l->facts.n - 1;
}

static void enter(ledger *l, const finding *f) {
    size_t from = 0;
    l->f = f;
    l->parent = NULL;
    l->index = NEW_ARRAY(l->a, int, f->p->nfacts);
    for (int i = 0; i < f->p->nfacts; i++) {
        int at = f == l->whole ? -1 : place_in(l, &f->p->facts[i], from);
        if (at >= 0) from = (size_t)at + 1;
        l->index[i] = at >= 0 ? at : put_in(l, &f->p->facts[i]);
    }
}

static void count(ledger *l, symbols s) {
    l->spoken++;
    for (size_t i = 0; i < s.n; i++) {
        l->mentions[s.v[i]] += l->last[s.v[i]] != l->spoken;
        l->last[s.v[i]] = l->spoken;
    }
}

static void count_goals(ledger *l, const problem *p) {
    for (int i = 0; i < p->ngoals; i++) count(l, symbols_of_goal(l->a, &p->goals[i]));
}

/* The symbols of the theory come first in every regime. */
static void count_mentions(ledger *l) {
    const finding *f = l->whole;
    int most = f->p->nsymbols;
    for (int i = 0; i < f->nregimes; i++)
        if (f->regimes[i].p->nsymbols > most) most = f->regimes[i].p->nsymbols;
    l->mentions = NEW_ARRAY(l->a, int, most);
    l->last = NEW_ARRAY(l->a, int, most);
    for (size_t i = 0; i < l->facts.n; i++) count(l, symbols_of_fact(l->a, l->facts.v[i]));
    count_goals(l, f->p);
    for (int i = 0; i < f->nregimes; i++) count_goals(l, f->regimes[i].p);
}

/* Growth is a premise of all that is told; bounds of parameters belong to these; a quantity that
 * nothing else speaks of is worth a note of its own. */
static bool is_worth_telling(const ledger *l, const fact *k) {
    const problem *p = l->whole->p;
    symbols s = symbols_of_fact(l->a, k);
    bool any = false;
    if (k->growth || k->choice || k->at.src == NULL) return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.v[i] < p->nsymbols && p->symbols[s.v[i]].sort != SORT_QUANTITY) continue;
        if (l->mentions[s.v[i]] < 2) return false;
        any = true;
    }
    return any;
}

void find_idle(arena *a, finding *f) {
    ledger l = {.a = arena_new(), .whole = f};
    VEC(const fact *) idle = {0};
    make_room(&l);
    for (int r = -1; r < f->nregimes; r++) {
        enter(&l, r < 0 ? f : &f->regimes[r]);
        note_results(&l);
    }
    count_mentions(&l);
    for (size_t i = 0; i < l.facts.n && l.settled; i++)
        if (!l.used.v[i] && is_worth_telling(&l, l.facts.v[i])) vec_push(a, &idle, l.facts.v[i]);
    arena_free(l.a);
    f->idle = idle.v;
    f->nidle = (int)idle.n;
}
