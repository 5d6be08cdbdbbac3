/* Derivations out of multipliers: an order for the steps, a place for two chains to meet, a cut
 * through a refutation. The identities are given; only their reading is chosen here. */
#include "analysis/parts.h"
#include "engine/eliminate.h"

#include <stdlib.h>

enum {
    EXACT_LAWS = 8,       /* as many laws are ordered by looking at all orders */
    WINDOW = 16,          /* beyond: unused laws looked at for each symbol in sight */
    MOST_TERMS = 100000,  /* a chain with more is read by nobody */
    MOST_MEETINGS = 24,   /* with as many laws every symbol is tried as the meeting */
    EXACT_CUT = 12,       /* as many laws are cut in two by looking at all cuts */
    START_WORK = 640,     /* starts tried for a told chain, times its laws */
    ELIMINATION = 1000000 /* steps that a search for a meeting may cost */
};

/* Laws to be multiplied into a form: each takes take[i] = lambda·atom away from it. */
typedef struct {
    const sequent *s;
    const summand *sum;
    const form *take;
    int n;
} laws;

/* What a chain asks of its reader; less is better, the first members count most. Strain and total
 * add up along a chain, and the width comes last, so the best way to a place begins with best
 * ways: the search over sets of laws finds what a search over all orders finds. */
typedef struct {
    int strain; /* steps that do not replace a symbol */
    int total;  /* of the widths of all expressions */
    int width;  /* of the longest expression */
} effort;

typedef struct {
    bool found;
    laws l;
    form start;
    int *order;
    effort cost;
} route;

/* Its terms; a quotient counts one more, for it reads worse than a product. */
static int width(form f) {
    int up = 0, down = 0;
    for (int i = 0; i < f.n; i++) {
        up |= coef_sgn(f.t[i].c) > 0;
        down |= coef_sgn(f.t[i].c) < 0;
    }
    return f.n + (up && down) + !coef_is_zero(f.k);
}

static bool easier(effort x, effort y) {
    if (x.strain != y.strain) return x.strain < y.strain;
    if (x.total != y.total) return x.total < y.total;
    return x.width < y.width;
}

static effort both(effort x, effort y) {
    return (effort){x.strain + y.strain, x.total + y.total, x.width > y.width ? x.width : y.width};
}

/* 0 for a substitution (a symbol gives way), 1 where a symbol is shared, 2 for a leap. */
static int strain(form from, form law) {
    int least = 2;
    for (int i = 0; i < law.n; i++) {
        coef c = form_coef(from, law.t[i].sym);
        if (coef_eq(c, law.t[i].c)) return 0;
        if (!coef_is_zero(c)) least = 1;
    }
    return least;
}

static effort one_more(effort cost, form from, form law, form to) {
    return both(cost, (effort){strain(from, law), width(to), width(to)});
}

static const formula *atom_of(const sequent *s, const summand *m) {
    return formula_node(sequent_formula(s, m->formula), m->node);
}

static int by_statement(const void *x, const void *y) {
    const summand *a = x, *b = y;
    int formulas = (a->formula > b->formula) - (a->formula < b->formula);
    return formulas ? formulas : (a->node > b->node) - (a->node < b->node);
}

static laws laws_of(arena *a, const sequent *s, const summand *sum, int n) {
    summand *sorted = NEW_ARRAY(a, summand, n);
    form *take = NEW_ARRAY(a, form, n);
    for (int i = 0; i < n; i++) sorted[i] = sum[i];
    qsort(sorted, (size_t)n, sizeof *sorted, by_statement);
    for (int i = 0; i < n; i++)
        take[i] = form_scale(a, sorted[i].lambda, atom_of(s, &sorted[i])->lhs);
    return (laws){s, sorted, take, n};
}

/* The same laws, each to the power c. */
static laws laws_scaled(arena *a, const laws *l, coef c) {
    summand *sum = NEW_ARRAY(a, summand, l->n);
    for (int i = 0; i < l->n; i++)
        sum[i] = (summand){l->sum[i].formula, l->sum[i].node, coef_mul(a, c, l->sum[i].lambda)};
    return laws_of(a, l->s, sum, l->n);
}

static form laws_total(arena *a, const laws *l) {
    form f = form_zero();
    for (int i = 0; i < l->n; i++) f = form_add(a, f, l->take[i]);
    return f;
}

static rel strongest(const laws *l) {
    rel r = REL_EQ;
    for (int i = 0; i < l->n; i++) {
        rel next = atom_of(l->s, &l->sum[i])->rel;
        r = next == REL_LT || r == REL_LT ? REL_LT : next == REL_LE ? REL_LE : r;
    }
    return r;
}

/* --- the order of the steps --- */

/* Where one stands when a set of laws was applied, and the best way there. */
typedef struct {
    form at;
    effort cost;
    int last;
} stop;

static void best_way_into(const laws *l, stop *stops, unsigned set) {
    stop *here = &stops[set];
    here->last = -1;
    for (int i = l->n - 1; i >= 0; i--) {
        if (!(set >> i & 1)) continue;
        const stop *before = &stops[set & ~(1u << i)];
        effort cost = one_more(before->cost, before->at, l->take[i], here->at);
        if (here->last < 0 || easier(cost, here->cost)) {
            here->last = i;
            here->cost = cost;
        }
    }
}

static effort order_exactly(arena *a, const laws *l, form start, int *order) {
    unsigned all = (1u << l->n) - 1;
    stop *stops = NEW_ARRAY(a, stop, all + 1);
    stops[0] = (stop){start, {0, width(start), width(start)}, -1};
    for (unsigned set = 1; set <= all; set++) {
        int low = __builtin_ctz(set);
        stops[set].at = form_sub(a, stops[set & (set - 1)].at, l->take[low]);
        best_way_into(l, stops, set);
    }
    unsigned set = all;
    for (int k = l->n; k > 0; set &= ~(1u << order[k])) order[--k] = stops[set].last;
    return stops[all].cost;
}

/* The laws that name a symbol q: item[from[q]] up to item[from[q + 1]]. `unused` leads past those
 * that were applied. */
typedef struct {
    int *from, *unused, *item;
} occurrences;

static occurrences find_occurrences(arena *a, const laws *l) {
    int n = l->s->p->nsymbols, total = 0;
    occurrences o = {NEW_ARRAY(a, int, n + 1), NEW_ARRAY(a, int, n + 1), NULL};
    for (int i = 0; i < l->n; total += l->take[i].n, i++)
        for (int j = 0; j < l->take[i].n; j++) o.from[l->take[i].t[j].sym + 1]++;
    for (int q = 0; q < n; q++) o.from[q + 1] += o.from[q];
    memcpy(o.unused, o.from, sizeof(int) * (size_t)(n + 1));
    o.item = NEW_ARRAY(a, int, total);
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < l->take[i].n; j++) o.item[o.unused[l->take[i].t[j].sym]++] = i;
    memcpy(o.unused, o.from, sizeof(int) * (size_t)(n + 1));
    return o;
}

/* By how many terms a law lengthens an expression. */
static int growth_by(form at, form law) {
    int more = 0;
    for (int i = 0; i < law.n; i++) {
        coef c = form_coef(at, law.t[i].sym);
        more += coef_is_zero(c) - coef_eq(c, law.t[i].c);
    }
    return more;
}

typedef struct {
    int law, growth, strain;
} choice;

static bool better_choice(choice x, choice y) {
    if (y.law < 0 || x.growth != y.growth) return y.law < 0 || x.growth < y.growth;
    return x.strain != y.strain ? x.strain < y.strain : x.law < y.law;
}

/* The best unused law that names symbol q, or c if that is better. */
static choice choose_at(const laws *l, occurrences *o, const bool *done, form at, int q, choice c) {
    int *first = &o->unused[q], seen = 0;
    while (*first < o->from[q + 1] && done[o->item[*first]]) ++*first;
    for (int k = *first; k < o->from[q + 1] && seen < WINDOW; k++, seen++) {
        int i = o->item[k];
        if (done[i]) continue;
        choice next = {i, growth_by(at, l->take[i]), strain(at, l->take[i])};
        if (better_choice(next, c)) c = next;
    }
    return c;
}

static bool order_greedily(arena *a, const laws *l, form start, int *order, effort *cost) {
    occurrences o = find_occurrences(a, l);
    bool *done = NEW_ARRAY(a, bool, l->n);
    form at = start;
    *cost = (effort){0, width(start), width(start)};
    for (int k = 0, first = 0; k < l->n; k++) {
        choice c = {-1, 0, 0};
        for (int i = 0; i < at.n; i++) c = choose_at(l, &o, done, at, at.t[i].sym, c);
        while (first < l->n && done[first]) first++;
        int i = c.law < 0 ? first : c.law;
        form to = form_sub(a, at, l->take[i]);
        *cost = one_more(*cost, at, l->take[i], to);
        if (cost->total > MOST_TERMS) return false;
        done[order[k] = i] = true;
        at = to;
    }
    return true;
}

static route find_route(arena *a, laws l, form start) {
    route r = {true, l, start, NEW_ARRAY(a, int, l.n), {0, 0, 0}};
    if (l.n <= EXACT_LAWS)
        r.cost = order_exactly(a, &l, start, r.order);
    else
        r.found = order_greedily(a, &l, start, r.order, &r.cost);
    return r;
}

/* A coefficient that the arena owns. */
static coef own(arena *a, coef c) {
    return form_copy(a, form_const(c)).k;
}

/* Adds one atom to the relation so far; false where ≤ and ≥ would meet in one chain. */
static bool relate(step *so_far, const formula *atom, coef lambda) {
    rat plain;
    if (atom->rel == REL_EQ) return true;
    if (!coef_rat(lambda, &plain)) return false;
    bool geq = rat_sgn(plain) < 0;
    if (so_far->r != REL_EQ && so_far->geq != geq) return false;
    so_far->geq = geq;
    so_far->r = so_far->r == REL_LT ? REL_LT : atom->rel;
    return true;
}

/* Writes the route down; no steps where none was found. */
static chain follow(arena *a, const route *r, form end) {
    chain none = {form_copy(a, r->start), form_copy(a, end), NULL, 0};
    step *steps = NEW_ARRAY(a, step, r->found ? r->l.n : 0);
    step now = {0, 0, coef_int(0), r->start, REL_EQ, false};
    for (int k = 0; r->found && k < r->l.n; k++) {
        const summand *m = &r->l.sum[r->order[k]];
        if (!relate(&now, atom_of(r->l.s, m), m->lambda)) return none;
        now.fact = m->formula;
        now.node = m->node;
        now.power = own(a, m->lambda);
        now.after = form_copy(a, form_sub(a, now.after, r->l.take[r->order[k]]));
        steps[k] = now;
    }
    if (!r->found || !form_eq(now.after, end)) return none;
    return (chain){none.start, none.end, steps, r->l.n};
}

chain derive_chain(arena *a, const sequent *s, const summand *sum, int n, form target, form end) {
    arena *scratch = arena_new();
    route r = find_route(scratch, laws_of(scratch, s, sum, n), target);
    chain c = follow(a, &r, end);
    arena_free(scratch);
    return c;
}

/* --- two chains that meet --- */

/* Chains meet by elimination, which knows numbers only. */
static bool laws_are_plain(const laws *l, form target, form base) {
    for (int i = 0; i < l->n; i++) {
        rat plain;
        if (!coef_rat(l->sum[i].lambda, &plain)) return false;
        if (!form_is_plain(atom_of(l->s, &l->sum[i])->lhs)) return false;
    }
    return form_is_plain(target) && form_is_plain(base);
}

/* Leads a form to a multiple of the meeting, the last row of the elimination. */
static route lead(arena *a, const laws *l, elim *e, form from, form *end) {
    combination c;
    route none = {.found = false};
    if (!form_is_zero(elim_reduce(e, a, from, &c)) || c.n < 2 || c.m[c.n - 1].row != l->n)
        return none;
    summand *sum = NEW_ARRAY(a, summand, c.n - 1);
    for (int i = 0; i < c.n - 1; i++) {
        const summand *m = &l->sum[c.m[i].row];
        sum[i] = (summand){m->formula, m->node, c.m[i].lambda};
    }
    laws used = laws_of(a, l->s, sum, c.n - 1);
    *end = form_sub(a, from, laws_total(a, &used));
    return find_route(a, used, from);
}

typedef struct {
    route target, base;
    form target_end, base_end;
    effort cost;
    bool found;
} meeting;

static elim *eliminate_laws(arena *a, const laws *l, const form *last, budget *b) {
    form *rows = NEW_ARRAY(a, form, l->n + 1);
    for (int i = 0; i < l->n; i++) rows[i] = atom_of(l->s, &l->sum[i])->lhs;
    if (last) rows[l->n] = *last;
    budget_init(b);
    b->steps_left = ELIMINATION;
    return elim_run(a, rows, l->n + (last != NULL), l->s->p->nsymbols, b);
}

static meeting meet_at(arena *a, const laws *l, int u, form target, form base) {
    meeting m = {.found = false};
    form where = form_sym(a, u);
    budget b;
    elim *e = eliminate_laws(a, l, &where, &b);
    if (!e || elim_dependencies(e) > 0) return m;
    m.target = lead(a, l, e, target, &m.target_end);
    m.base = lead(a, l, e, base, &m.base_end);
    m.found = m.target.found && m.base.found;
    m.cost = both(m.target.cost, m.base.cost);
    return m;
}

static int ascending(const void *x, const void *y) {
    int a = *(const int *)x, b = *(const int *)y;
    return (a > b) - (a < b);
}

/* The symbols of all laws, in order. */
static int *symbols_of(arena *a, const laws *l, int *count) {
    VEC(int) all = {0};
    for (int i = 0; i < l->n; i++)
        for (int j = 0; j < l->take[i].n; j++) vec_push(a, &all, l->take[i].t[j].sym);
    if (all.n) qsort(all.v, all.n, sizeof *all.v, ascending);
    *count = 0;
    for (size_t i = 0; i < all.n; i++)
        if (i == 0 || all.v[i] != all.v[i - 1]) all.v[(*count)++] = all.v[i];
    return all.v;
}

/* Symbols worth trying as the meeting: all, or where the laws are many the one that the target
 * comes down to. */
static int *meetings_of(arena *a, const laws *l, form target, int *count) {
    budget b;
    if (l->n <= MOST_MEETINGS) return symbols_of(a, l, count);
    elim *e = eliminate_laws(a, l, NULL, &b);
    form rest = e ? elim_reduce(e, a, target, NULL) : form_zero();
    int *only = NEW_ARRAY(a, int, 1);
    *count = rest.n == 1;
    if (rest.n == 1) only[0] = rest.t[0].sym;
    return only;
}

static meeting best_meeting(arena *a, const laws *l, form target, form base) {
    int count;
    int *u = meetings_of(a, l, target, &count);
    meeting best = {.found = false};
    for (int i = 0; i < count; i++) {
        meeting m = meet_at(a, l, u[i], target, base);
        if (m.found && (!best.found || easier(m.cost, best.cost))) best = m;
    }
    return best;
}

/* Does the target come back on its own way, `N ∝ N^(1/2) D^(1/2)`? */
static bool comes_back(arena *a, const route *r) {
    form at = r->start;
    for (int k = 0; r->found && k < r->l.n; k++) {
        at = form_sub(a, at, r->l.take[r->order[k]]);
        for (int i = 0; i < r->start.n; i++)
            if (!coef_is_zero(form_coef(at, r->start.t[i].sym))) return true;
    }
    return false;
}

/* A target that comes back is raised to a power first, the denominator of the answer:
 * N² ∝ N D. The proof has that denominator too, so it is known not to vanish. */
static route route_to(arena *a, const laws *l, form target, coef value, form *end) {
    route r = find_route(a, *l, target);
    coef q = coef_denominator(a, value);
    if (coef_is_one(q) || !comes_back(a, &r)) return r;
    *end = form_scale(a, q, *end);
    return find_route(a, laws_scaled(a, l, q), form_scale(a, q, target));
}

/* NULL where both chains were too long to write down. */
static derivation *write_down(arena *a, const route *one, form end, const meeting *two) {
    derivation *d = NEW(a, derivation);
    d->two = two->found && (!one->found || easier(two->cost, one->cost));
    if (d->two) {
        d->target = follow(a, &two->target, two->target_end);
        d->base = follow(a, &two->base, two->base_end);
        return d;
    }
    d->target = follow(a, one, end);
    d->base = (chain){form_zero(), form_zero(), NULL, 0};
    return d->target.n > 0 || form_eq(d->target.start, d->target.end) ? d : NULL;
}

const derivation *derive_answer(arena *a, const sequent *s, const summand *sum, int n, form target,
                                form base, coef value) {
    arena *scratch = arena_new();
    laws l = laws_of(scratch, s, sum, n);
    form end = form_scale(scratch, value, base);
    route one = route_to(scratch, &l, target, value, &end);
    meeting two = {.found = false};
    if (!coef_is_zero(value) && laws_are_plain(&l, target, base))
        two = best_meeting(scratch, &l, target, base);
    const derivation *d = write_down(a, &one, end, &two);
    arena_free(scratch);
    return d;
}

/* --- conclusions --- */

/* The side of a claim that its chain starts from: a symbol that stands alone in it, the one
 * declared last, as results are. */
static term left_side(form f) {
    term best = f.t[f.n - 1];
    for (int i = 0, rank = 0; i < f.n; i++) {
        coef c = f.t[i].c;
        int now = coef_is_one(c) ? 2 : coef_eq(c, coef_int(-1));
        if (now < rank) continue;
        rank = now;
        best = f.t[i];
    }
    return best;
}

/* Writes f = Σ lambda·atom, all of them equations and f in two symbols, as an answer. */
static const derivation *derive_equation(arena *a, const laws *l, form f, term left) {
    term right = f.t[f.t[0].sym == left.sym];
    coef value = coef_neg(a, coef_div(a, right.c, left.c));
    laws by_one = laws_scaled(a, l, coef_div(a, coef_int(1), left.c));
    return derive_answer(a, l->s, by_one.sum, l->n, form_sym(a, left.sym), form_sym(a, right.sym),
                         value);
}

/* Writes f = Σ lambda·atom + constant as one chain from a side of f to the other. */
static const derivation *derive_form(arena *a, const laws *l, form f) {
    term left = left_side(f);
    if (f.n == 2 && coef_is_zero(f.k) && strongest(l) == REL_EQ)
        return derive_equation(a, l, f, left);
    laws by = coef_sgn(left.c) < 0 ? laws_scaled(a, l, coef_int(-1)) : *l;
    if (coef_sgn(left.c) < 0) left.c = coef_neg(a, left.c);
    form start = form_of(a, &left, 1, coef_int(0)), end = form_sub(a, start, laws_total(a, &by));
    coef q = form_denominator(a, end);
    if (coef_sgn(q) > 0 && !coef_is_one(q)) {
        route r = find_route(a, by, start);
        if (comes_back(a, &r)) {
            by = laws_scaled(a, &by, q);
            start = form_scale(a, q, start);
            end = form_scale(a, q, end);
        }
    }
    derivation *d = NEW(a, derivation);
    d->target = derive_chain(a, l->s, by.sum, by.n, start, end);
    d->base = (chain){form_zero(), form_zero(), NULL, 0};
    return d->target.n > 0 ? d : NULL;
}

/* The leaf that refutes f < 0, or -f < 0 for a claim f ≤ 0 or f < 0; NULL where there are more
 * cases. */
static const proof *claim_leaf(const sequent *s, const proof *pf, rel r) {
    bool split = pf->kind == PROOF_SPLIT && pf->formula == sequent_size(s) - 1;
    if (r == REL_EQ && split) pf = pf->branch[0];
    return pf->kind == PROOF_SUM ? pf : NULL;
}

const derivation *derive_claim(arena *a, const sequent *s, const proof *pf, const formula *claim) {
    summand *sum;
    int n;
    if (claim->kind != FORMULA_ATOM || claim->lhs.n == 0) return NULL;
    const proof *leaf = claim_leaf(s, pf, claim->rel);
    if (!leaf || !solve_leaf(a, leaf, sequent_size(s) - 1, &sum, &n)) return NULL;
    laws l = laws_of(a, s, sum, n);
    if (claim->rel != REL_EQ) l = laws_scaled(a, &l, coef_int(-1));
    if (claim->rel == REL_EQ && strongest(&l) != REL_EQ) return NULL;
    return derive_form(a, &l, claim->lhs);
}

/* --- stories --- */

/* A cut is good when few terms cross it, then when its halves are of like size. */
typedef struct {
    int terms, larger;
} cut_size;

static bool better_cut(form crossing, int part, int n, cut_size *best) {
    cut_size c = {width(crossing), part > n - part ? part : n - part};
    bool better = crossing.n > 0 && (best->terms == 0 || c.terms < best->terms ||
                                     (c.terms == best->terms && c.larger < best->larger));
    if (better) *best = c;
    return better;
}

/* Looks at every cut; the last law is always on the other side. */
static bool cut_exactly(arena *a, const laws *l, bool *one) {
    unsigned sets = 1u << (l->n - 1), chosen = 0;
    form *sum = NEW_ARRAY(a, form, sets);
    cut_size best = {0, 0};
    sum[0] = form_zero();
    for (unsigned set = 1; set < sets; set++) {
        sum[set] = form_add(a, sum[set & (set - 1)], l->take[__builtin_ctz(set)]);
        if (better_cut(sum[set], __builtin_popcount(set), l->n, &best)) chosen = set;
    }
    for (int i = 0; i < l->n - 1; i++) one[i] = chosen >> i & 1;
    return chosen != 0;
}

/* Looks at the cuts along one chain from nothing to nothing. */
static bool cut_along_chain(arena *a, const laws *l, bool *one) {
    route r = find_route(a, *l, form_zero());
    cut_size best = {0, 0};
    form crossing = form_zero();
    int chosen = 0;
    for (int k = 1; r.found && k < l->n; k++) {
        crossing = form_sub(a, crossing, l->take[r.order[k - 1]]);
        if (better_cut(crossing, k, l->n, &best)) chosen = k;
    }
    for (int k = 0; k < chosen; k++) one[r.order[k]] = true;
    return chosen > 0;
}

static laws laws_in(arena *a, const laws *l, const bool *in, bool side) {
    summand *sum = NEW_ARRAY(a, summand, l->n);
    int n = 0;
    for (int i = 0; i < l->n; i++)
        if (in[i] == side) sum[n++] = l->sum[i];
    return laws_of(a, l->s, sum, n);
}

/* Keeps r if it reads better than what was found before. */
static void offer(route *best, route r) {
    if (!r.found || (best->found && easier(best->cost, r.cost))) return;
    if (!best->found || easier(r.cost, best->cost) || width(r.start) < width(best->start))
        *best = r;
}

/* Tries the two chains that go through symbol x by law j: from x, and from the law's other side. */
static void offer_through(arena *a, const laws *l, int j, term x, route *best) {
    form sym = form_sym(a, x.sym);
    laws from = laws_scaled(a, l, coef_div(a, coef_int(1), x.c));
    laws onto = laws_scaled(a, l, coef_div(a, coef_int(-1), x.c));
    offer(best, find_route(a, from, sym));
    offer(best, find_route(a, onto, form_add(a, sym, onto.take[j])));
}

/* The best chain by which the laws give `claim`: its start and its end differ by a multiple. */
static route tell(arena *a, const laws *l, form claim) {
    form total = laws_total(a, l);
    coef c = coef_div(a, claim.t[0].c, form_coef(total, claim.t[0].sym));
    route best = find_route(a, laws_scaled(a, l, c), claim);
    int starts = START_WORK / l->n;
    for (int j = 0; j < l->n; j++)
        for (int k = 0; k < l->take[j].n && starts > 0; k++, starts--)
            offer_through(a, l, j, l->take[j].t[k], &best);
    return best;
}

static chain told_chain(arena *a, const route *r) {
    form end = r->found ? form_sub(a, r->start, laws_total(a, &r->l)) : r->start;
    return follow(a, r, end);
}

static story swap_sides(story t) {
    story u = t;
    u.one = t.other, u.one_rel = t.other_rel, u.one_geq = t.other_geq;
    u.other = t.one, u.other_rel = t.one_rel, u.other_geq = t.one_geq;
    return u;
}

/* Both sides of a cut: x sums up to c·claim, y to k - c·claim with k >= 0. */
static story tell_sides(arena *a, arena *scratch, const laws *x, const laws *y) {
    form crossing = laws_total(scratch, x), rest = laws_total(scratch, y);
    coef c = crossing.t[0].c;
    form claim = form_scale(scratch, coef_div(scratch, coef_int(1), c), crossing);
    bool apart = coef_sgn(coef_add(scratch, crossing.k, rest.k)) > 0;
    route one = tell(scratch, x, claim), other = tell(scratch, y, claim);
    story t = {.claim = form_copy(a, claim), .told = true};
    t.one = told_chain(a, &one);
    t.other = told_chain(a, &other);
    t.one_rel = strongest(x);
    t.other_rel = apart ? REL_LT : strongest(y);
    t.one_geq = coef_sgn(c) < 0;
    t.other_geq = !t.one_geq;
    t.told = t.one.n > 0 && t.other.n > 0;
    return t.one_rel == REL_LT && t.other_rel != REL_LT ? swap_sides(t) : t;
}

story tell_story(arena *a, const sequent *s, const proof *pf) {
    story t = {.claim = form_zero(), .told = false};
    if (!pf || pf->kind != PROOF_SUM || pf->n < 2) return t;
    arena *scratch = arena_new();
    laws l = laws_of(scratch, s, pf->sum, pf->n);
    bool *one = NEW_ARRAY(scratch, bool, l.n);
    /* What vanishes only where parameters have the values that equations give them is not told. */
    bool vanishes = laws_total(scratch, &l).n == 0;
    if (!vanishes) {
        arena_free(scratch);
        return t;
    }
    if (l.n <= EXACT_CUT ? cut_exactly(scratch, &l, one) : cut_along_chain(scratch, &l, one)) {
        laws x = laws_in(scratch, &l, one, true), y = laws_in(scratch, &l, one, false);
        t = tell_sides(a, scratch, &x, &y);
    }
    arena_free(scratch);
    return t;
}
