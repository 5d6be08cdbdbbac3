#include "analysis/line.h"

#include <stdlib.h>

enum { MOST_CASES = 16, MOST_ROOTS = 40, MOST_CONDITIONS = 60, MOST_FACTORS = 4 };

typedef VEC(const formula *) formulas;
typedef VEC(interval) pieces;

typedef struct {
    engine *e;
    arena *a;
    const formula *f, *domain;
    int unknown;
    formulas uncovered; /* the negation of the conditions of each case so far */
    VEC(answer_case) cases;
    const char *why;
} line;

static bool same_condition(const formula *f, const formula *g) {
    return f->kind == FORMULA_ATOM && g->kind == FORMULA_ATOM && f->rel == g->rel &&
           form_eq(f->lhs, g->lhs);
}

static outcome ask_all(line *l, const formula *const *f, int n) {
    const problem *p = engine_problem(l->e);
    bool *none = NEW_ARRAY(l->a, bool, p->nfacts);
    return engine_check(l->e, l->a, none, f, n);
}

static engine_status test_all(line *l, const formula *const *f, int n) {
    const problem *p = engine_problem(l->e);
    bool *none = NEW_ARRAY(l->a, bool, p->nfacts);
    return engine_test(l->e, l->a, none, f, n);
}

/* --- the pieces at a sample --- */

/* Where an atom changes on the line: at a closed form, whose value at the sample is `at`. */
typedef struct {
    coef end;
    rat at;
} root;

typedef struct {
    line *l;
    coef *x; /* the sample; its place for the unknown is ours */
    VEC(root) roots;
    formulas signs; /* what was found at the sample */
} cut;

static bool is_noted(const cut *c, const formula *f) {
    for (size_t i = 0; i < c->signs.n; i++)
        if (same_condition(c->signs.v[i], f)) return true;
    return false;
}

/* The signs of its factors, which are plainer than its own. */
static void note_signs(cut *c, coef k) {
    arena *a = c->l->a;
    rat r;
    if (!coef_field(k)) return;
    factors all = coef_factors(a, k);
    for (int i = 0; i < all.n; i++) {
        if (!coef_value(a, all.f[i].p, c->x, &r)) continue;
        const formula *f = condition_formula(a, all.f[i].p, sign_of_rat(r));
        if (!is_noted(c, f)) vec_push(a, &c->signs, f);
    }
}

static void add_root(cut *c, coef slope, coef rest) {
    rat s, r;
    arena *a = c->l->a;
    if (!coef_value(a, slope, c->x, &s) || rat_is_zero(s)) return;
    root next = {.end = coef_neg(a, coef_div(a, rest, slope))};
    if (!coef_value(a, rest, c->x, &r)) return;
    next.at = rat_neg(a, rat_div(a, r, s));
    for (size_t i = 0; i < c->roots.n; i++)
        if (coef_eq(c->roots.v[i].end, next.end)) return;
    vec_push(a, &c->roots, next);
}

static bool vanishes(const cut *c, coef k) {
    rat r;
    return coef_value(c->l->a, k, c->x, &r) && rat_is_zero(r);
}

static void collect(cut *c, const formula *f) {
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) collect(c, f->kid[i]);
    if (f->kind != FORMULA_ATOM) return;
    coef slope = form_coef(f->lhs, c->l->unknown);
    note_signs(c, slope);
    if (!vanishes(c, slope))
        add_root(c, slope, f->lhs.k);
    else
        note_signs(c, f->lhs.k);
}

/* The plainest of equal ends comes first. */
static int by_place(const void *p, const void *q) {
    const root *x = p, *y = q;
    int c = rat_cmp(x->at, y->at);
    return c ? c : (coef_field(x->end) != NULL) - (coef_field(y->end) != NULL);
}

static bool holds_at(cut *c, rat e) {
    c->x[c->l->unknown] = coef_of(e);
    return formula_holds(c->l->a, c->l->f, c->x);
}

static rat middle(arena *a, rat x, rat y) {
    return rat_div(a, rat_add(a, x, y), rat_int(2));
}

/* One root for each place. */
static int places(cut *c) {
    int n = 0;
    for (size_t i = 0; i < c->roots.n; i++)
        if (i == 0 || !rat_eq(c->roots.v[i].at, c->roots.v[n - 1].at))
            c->roots.v[n++] = c->roots.v[i];
    return n;
}

/* Roots in the same place at the sample are the same, and others in order, where these hold. */
static void note_order(cut *c) {
    arena *a = c->l->a;
    for (size_t i = 1; i < c->roots.n; i++) {
        const root *x = &c->roots.v[i - 1], *y = &c->roots.v[i];
        note_signs(c, coef_sub(a, x->end, y->end));
    }
}

/* The pieces on which the formula holds, joined where they meet. */
static pieces pieces_at(cut *c) {
    arena *a = c->l->a;
    pieces out = {0};
    int n = places(c);
    const root *r = c->roots.v;
    interval now = {.low_infinite = true, .low_open = true};
    rat before = n ? rat_sub(a, r[0].at, RAT_ONE) : RAT_ZERO;
    bool in = holds_at(c, before);
    for (int i = 0; i < n; i++) {
        rat after = i + 1 < n ? middle(a, r[i].at, r[i + 1].at) : rat_add(a, r[i].at, RAT_ONE);
        bool here = holds_at(c, r[i].at), next = holds_at(c, after);
        if (in && !(here && next)) {
            now.high = r[i].end, now.high_open = !here;
            vec_push(a, &out, now);
        } else if (!in && here && !next) {
            now = (interval){.low = r[i].end, .high = r[i].end};
            vec_push(a, &out, now);
        }
        if (next && !(in && here)) now = (interval){.low = r[i].end, .low_open = !here};
        in = next;
    }
    now.high_infinite = now.high_open = true;
    if (in) vec_push(a, &out, now);
    return out;
}

/* --- the claim --- */

static bool is_a_point(const interval *r) {
    return !r->low_infinite && !r->high_infinite && !r->low_open && !r->high_open &&
           coef_eq(r->low, r->high);
}

static const formula *within_one(arena *a, int unknown, const interval *r) {
    formulas all = {0};
    form e = form_sym(a, unknown), above = form_scale(a, coef_int(-1), e), below = e;
    above.k = r->low;
    below.k = coef_neg(a, r->high);
    if (is_a_point(r)) return formula_atom(a, below, REL_EQ);
    if (!r->low_infinite) vec_push(a, &all, formula_atom(a, above, r->low_open ? REL_LT : REL_LE));
    if (!r->high_infinite)
        vec_push(a, &all, formula_atom(a, below, r->high_open ? REL_LT : REL_LE));
    return formula_all(a, all.v, (int)all.n);
}

const formula *line_within(arena *a, int unknown, const interval *r, int n) {
    formulas ways = {0};
    for (int i = 0; i < n; i++) {
        const formula *way = within_one(a, unknown, &r[i]);
        vec_push(a, &ways, way);
    }
    return ways.n == 1 ? ways.v[0] : formula_any(a, ways.v, (int)ways.n);
}

/* Some end of the pieces is at a pole. */
static const formula *at_a_pole(arena *a, const pieces *u) {
    formulas ways = {0};
    for (size_t i = 0; i < u->n; i++) {
        const coef ends[] = {u->v[i].low, u->v[i].high};
        for (int k = 0; k < 2; k++) {
            coef den = coef_denominator(a, ends[k]);
            if (coef_field(den)) vec_push(a, &ways, formula_atom(a, form_const(den), REL_EQ));
        }
    }
    return formula_any(a, ways.v, (int)ways.n);
}

/* An end of the pieces lies before the one that it follows. */
static const formula *out_of_order(arena *a, const pieces *u) {
    formulas ways = {0};
    const coef *last = NULL;
    for (size_t i = 0; i < u->n; i++) {
        const coef *ends[] = {u->v[i].low_infinite ? NULL : &u->v[i].low,
                              u->v[i].high_infinite ? NULL : &u->v[i].high};
        for (int k = 0; k < 2; k++) {
            if (!ends[k]) continue;
            form back = form_const(last ? coef_sub(a, *ends[k], *last) : coef_int(0));
            if (coef_field(back.k)) vec_push(a, &ways, formula_atom(a, back, REL_LT));
            last = ends[k];
        }
    }
    return formula_any(a, ways.v, (int)ways.n);
}

/* Under these conditions the formula holds on the pieces, which are in order, and nowhere else. */
static bool describes(line *l, const pieces *u, const formulas *when) {
    arena *a = l->a;
    const formula *in = line_within(a, l->unknown, u->v, (int)u->n), *pole = at_a_pole(a, u);
    const formula *allowed = formula_all(a, when->v, (int)when->n);
    const formula *off[] = {formula_not(a, in), pole};
    const formula *more[] = {l->f, allowed, formula_any(a, off, pole->n ? 2 : 1)};
    if (test_all(l, more, 3) != ENGINE_UNSAT) return false;
    const formula *less[] = {l->domain, allowed, in, formula_not(a, l->f)};
    if (test_all(l, less, 4) != ENGINE_UNSAT) return false;
    const formula *mixed[] = {l->domain, allowed, out_of_order(a, u)};
    return mixed[2]->n == 0 || test_all(l, mixed, 3) == ENGINE_UNSAT;
}

static formulas without(arena *a, const formulas *all, size_t which) {
    formulas out = {0};
    for (size_t i = 0; i < all->n; i++)
        if (i != which) vec_push(a, &out, all->v[i]);
    return out;
}

/* How hard a condition is to read: what is hardest is left out first. */
static size_t weight(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM)
        return strlen(coef_text(a, f->lhs.k)) + (f->rel == REL_EQ ? 200 : 0);
    size_t w = 100;
    for (int i = 0; i < f->n; i++) w += weight(a, f->kid[i]);
    return w;
}

static void hardest_first(arena *a, formulas *all) {
    for (size_t i = 1; i < all->n; i++)
        for (size_t k = i; k > 0 && weight(a, all->v[k]) > weight(a, all->v[k - 1]); k--) {
            const formula *swap = all->v[k];
            all->v[k] = all->v[k - 1];
            all->v[k - 1] = swap;
        }
}

/* The conditions without those that are not needed. */
static formulas needed(line *l, const pieces *u, formulas when) {
    hardest_first(l->a, &when);
    for (size_t i = 0; i < when.n;) {
        formulas less = without(l->a, &when, i);
        if (describes(l, u, &less))
            when = less;
        else
            i++;
    }
    return when;
}

static bool divides_by(arena *a, coef end, coef k) {
    rat times;
    factors f = coef_factors(a, coef_denominator(a, end));
    for (int i = 0; i < f.n; i++)
        if (coef_multiple(a, f.f[i].p, k, &times)) return true;
    return false;
}

/* Does an end of the pieces divide by it? */
static bool is_a_divisor(arena *a, const pieces *u, coef k) {
    for (size_t i = 0; i < u->n; i++)
        if (divides_by(a, u->v[i].low, k) || divides_by(a, u->v[i].high, k)) return true;
    return false;
}

/* A strict condition becomes a weak one where nothing changes at its border, or says no more than
 * that something is not zero where both sides are alike. */
static void widen(line *l, const pieces *u, formulas *when) {
    for (size_t i = 0; i < when->n; i++) {
        const formula *f = when->v[i];
        if (f->kind != FORMULA_ATOM || f->rel != REL_LT) continue;
        when->v[i] = formula_atom(l->a, f->lhs, REL_LE);
        if (!is_a_divisor(l->a, u, f->lhs.k) && describes(l, u, when)) continue;
        when->v[i] = formula_nonzero(l->a, f->lhs);
        if (!describes(l, u, when)) when->v[i] = f;
    }
}

/* --- the samples --- */

/* The roots apart and no coefficient zero: what is found there is found elsewhere too. */
static const formula *generic(line *l, cut *c) {
    arena *a = l->a;
    formulas all = {0};
    if (c->roots.n > 8) return formula_all(a, NULL, 0);
    for (size_t i = 0; i < c->signs.n; i++) {
        const formula *f = c->signs.v[i];
        if (f->kind == FORMULA_ATOM && f->lhs.n == 0 && coef_field(f->lhs.k))
            vec_push(a, &all, formula_nonzero(a, form_const(coef_numerator(a, f->lhs.k))));
    }
    for (size_t i = 0; i < c->roots.n; i++)
        for (size_t k = 0; k < i; k++) {
            coef off = coef_sub(a, c->roots.v[i].end, c->roots.v[k].end);
            if (coef_field(off))
                vec_push(a, &all, formula_nonzero(a, form_const(coef_numerator(a, off))));
        }
    return formula_all(a, all.v, (int)all.n);
}

static cut cut_at(line *l, const witness *w) {
    cut c = {.l = l, .x = NEW_ARRAY(l->a, coef, w->n)};
    memcpy(c.x, w->x, sizeof *c.x * (size_t)w->n);
    collect(&c, l->f);
    if (c.roots.n) qsort(c.roots.v, c.roots.n, sizeof *c.roots.v, by_place);
    return c;
}

/* A point of the parameters outside all cases, if there is one: a general one before others. */
static outcome next_sample(line *l) {
    formulas all = {0};
    vec_push(l->a, &all, l->domain);
    for (size_t i = 0; i < l->uncovered.n; i++) vec_push(l->a, &all, l->uncovered.v[i]);
    outcome o = ask_all(l, all.v, (int)all.n);
    if (o.status != ENGINE_SAT || o.vouched) return o;
    cut c = cut_at(l, &o.w);
    const formula *apart = generic(l, &c);
    vec_push(l->a, &all, apart);
    outcome better = ask_all(l, all.v, (int)all.n);
    return better.status == ENGINE_SAT && !better.vouched ? better : o;
}

static bool add_case(line *l, const witness *w) {
    cut c = cut_at(l, w);
    if (c.roots.n > MOST_ROOTS || c.signs.n > MOST_CONDITIONS) {
        l->why = "too many cases of signs";
        return false;
    }
    note_order(&c);
    pieces u = pieces_at(&c);
    if (!describes(l, &u, &c.signs)) {
        l->why = "no closed form was found";
        return false;
    }
    formulas none = {0}, when = describes(l, &u, &none) ? none : needed(l, &u, c.signs);
    widen(l, &u, &when);
    answer_case found = {.when = when.v, .nwhen = (int)when.n, .ranges = u.v, .nranges = (int)u.n};
    vec_push(l->a, &l->cases, found);
    const formula *outside = formula_not(l->a, formula_all(l->a, when.v, (int)when.n));
    vec_push(l->a, &l->uncovered, outside);
    return true;
}

const formula *line_domain(engine *e, arena *a, const formula *f) {
    bool *none = NEW_ARRAY(a, bool, engine_problem(e)->nfacts);
    return engine_shadow(e, a, none, &f, 1, NULL);
}

bool line_cases(engine *e, arena *a, const formula *f, const formula *domain, int unknown,
                const answer_case **cases, int *ncases, const char **why) {
    line l = {.e = e, .a = a, .f = f, .domain = domain, .unknown = unknown};
    l.why = "no closed form was found";
    bool ok = l.domain != NULL, done = false;
    while (ok && !done) {
        outcome o = next_sample(&l);
        done = o.status == ENGINE_UNSAT;
        if (done) break;
        if (o.status != ENGINE_SAT) l.why = o.why;
        if (o.vouched) l.why = "the solutions found are irrational";
        ok = o.status == ENGINE_SAT && !o.vouched && l.cases.n < MOST_CASES && add_case(&l, &o.w);
    }
    *cases = l.cases.v;
    *ncases = (int)l.cases.n;
    *why = l.why;
    return ok;
}

/* --- a parameter as the unknown --- */

typedef struct {
    arena *a;
    int i, unknown;
    bool ok;
} over;

/* A factor as a form in the unknown. */
static form factor_form(over *o, coef p) {
    coef slope, rest;
    bool *used = NEW_ARRAY(o->a, bool, field_size(coef_field(p)));
    coef_parameters(p, used);
    if (!used[o->i]) return form_const(p);
    if (!coef_linear_in(o->a, p, o->i, &slope, &rest)) {
        o->ok = false;
        return form_zero();
    }
    form f = form_scale(o->a, slope, form_sym(o->a, o->unknown));
    f.k = rest;
    return f;
}

/* The product of the forms, n of them, has this sign: -1 or 1. */
static const formula *product_has(over *o, const form *f, int n, int sign) {
    if (n == 0) return sign > 0 ? formula_all(o->a, NULL, 0) : formula_any(o->a, NULL, 0);
    const formula *ways[2];
    for (int k = 0; k < 2; k++) {
        int own = k ? 1 : -1;
        const formula *both[2] = {
            formula_atom(o->a, form_scale(o->a, coef_int(-own), f[0]), REL_LT),
            product_has(o, f + 1, n - 1, own * sign)};
        ways[k] = formula_all(o->a, both, 2);
    }
    return formula_any(o->a, ways, 2);
}

static const formula *product_vanishes(over *o, const form *f, int n) {
    const formula **ways = NEW_ARRAY(o->a, const formula *, n);
    for (int i = 0; i < n; i++) ways[i] = formula_atom(o->a, f[i], REL_EQ);
    return formula_any(o->a, ways, n);
}

static const formula *atom_over(over *o, const formula *f) {
    rat plain;
    form g[2 * MOST_FACTORS];
    int n = 0, sign;
    if (f->lhs.n || !coef_rat(coef_denominator(o->a, f->lhs.k), &plain)) o->ok = false;
    if (!o->ok || !coef_field(f->lhs.k)) return f;
    factors fs = coef_factors(o->a, f->lhs.k);
    sign = -rat_sgn(fs.content);
    if (fs.n > MOST_FACTORS) o->ok = false;
    for (int i = 0; o->ok && i < fs.n; i++) {
        g[n++] = factor_form(o, fs.f[i].p);
        if (fs.f[i].exponent % 2 == 0) g[n] = g[n - 1], n++;
    }
    if (!o->ok) return f;
    if (n == 1) return formula_atom(o->a, form_scale(o->a, coef_int(-sign), g[0]), f->rel);
    const formula *ways[] = {product_vanishes(o, g, n), product_has(o, g, n, sign)};
    if (f->rel == REL_EQ) return ways[0];
    return f->rel == REL_LT ? ways[1] : formula_any(o->a, ways, 2);
}

static const formula *formula_over(over *o, const formula *f) {
    if (f->kind == FORMULA_ATOM) return atom_over(o, f);
    const formula **kid = NEW_ARRAY(o->a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = formula_over(o, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(o->a, kid, f->n) : formula_any(o->a, kid, f->n);
}

const formula *line_over_parameter(arena *a, const formula *f, int i, int unknown) {
    over o = {a, i, unknown, true};
    const formula *g = formula_over(&o, f);
    return o.ok ? g : NULL;
}

const formula *line_put_back(arena *a, const formula *f, coef what) {
    if (f->kind == FORMULA_ATOM) {
        coef slope = f->lhs.n ? f->lhs.t[0].c : coef_int(0);
        coef k = coef_add(a, f->lhs.k, coef_mul(a, slope, what));
        return formula_atom(a, form_const(k), f->rel);
    }
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = line_put_back(a, f->kid[i], what);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}
