#include "engine/shadow.h"

#include "engine/peel.h"

enum {
    MOST_ATOMS = 200000, /* made in all */
    MOST_DEPTH = 60      /* quantities eliminated on one way, and cases on it */
};

typedef VEC(const formula *) formulas;
typedef VEC(hypothesis) hypotheses;

typedef struct {
    arena *a;
    budget *b;
    int nsymbols;
    const bool *keep;
    hypotheses known; /* on the way to where we are */
    int left;         /* atoms that may still be made */
    int depth;
} shadow;

/* --- formulas that fold --- */

static const formula *truth(shadow *s, bool yes) {
    return yes ? formula_all(s->a, NULL, 0) : formula_any(s->a, NULL, 0);
}

static bool is_true(const formula *f) {
    return f->kind == FORMULA_ALL && f->n == 0;
}

static bool is_false(const formula *f) {
    return f->kind == FORMULA_ANY && f->n == 0;
}

static bool same_atom(const formula *f, const formula *g) {
    return f->kind == FORMULA_ATOM && g->kind == FORMULA_ATOM && f->rel == g->rel &&
           form_eq(f->lhs, g->lhs);
}

static void add_once(shadow *s, formulas *list, const formula *f) {
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i] == f || same_atom(list->v[i], f)) return;
    vec_push(s->a, list, f);
}

/* A conjunction or disjunction without nesting of its own kind. */
static void join(shadow *s, formula_kind kind, formulas *list, const formula *f) {
    if (f->kind != kind) {
        add_once(s, list, f);
        return;
    }
    for (int i = 0; i < f->n; i++) join(s, kind, list, f->kid[i]);
}

static const formula *joined(shadow *s, formula_kind kind, const formulas *kids) {
    formulas list = {0};
    for (size_t i = 0; i < kids->n; i++) {
        if (kind == FORMULA_ALL ? is_false(kids->v[i]) : is_true(kids->v[i])) return kids->v[i];
        join(s, kind, &list, kids->v[i]);
    }
    if (list.n == 1) return list.v[0];
    return kind == FORMULA_ALL ? formula_all(s->a, list.v, (int)list.n)
                               : formula_any(s->a, list.v, (int)list.n);
}

static const formula *joined2(shadow *s, formula_kind kind, const formula *x, const formula *y) {
    formulas both = {0};
    vec_push(s->a, &both, x);
    vec_push(s->a, &both, y);
    return joined(s, kind, &both);
}

/* --- atoms --- */

static int signs(shadow *s, coef c) {
    return signs_of(s->a, c, s->known.v, (int)s->known.n);
}

/* A polynomial without factors that cannot change the relation to zero. */
static coef without_known_factors(shadow *s, coef k, rel r) {
    factors f = coef_factors(s->a, k);
    coef out = coef_int(rat_sgn(f.content));
    for (int i = 0; i < f.n; i++) {
        int way = signs(s, f.f[i].p);
        int times = r == REL_EQ ? 1 : 2 - f.f[i].exponent % 2;
        if (way == SIGN_POS || (r == REL_EQ && !(way & SIGN_ZERO))) continue;
        if (way == SIGN_NEG) {
            if (times == 1) out = coef_neg(s->a, out);
            continue;
        }
        for (int t = 0; t < times; t++) out = coef_mul(s->a, out, f.f[i].p);
    }
    return out;
}

static const formula *pure_atom(shadow *s, coef k, rel r) {
    int may = signs(s, k);
    if (!(may & ~signs_allowed(r))) return truth(s, true);
    if (!(may & signs_allowed(r))) return truth(s, false);
    return formula_atom(s->a, form_const(without_known_factors(s, k, r)), r);
}

static form with_leading_one(shadow *s, form f, rel r) {
    rat scale = rat_inv(s->a, f.t[0].c.r);
    if (r != REL_EQ && rat_sgn(scale) < 0) scale = rat_neg(s->a, scale);
    return form_scale(s->a, coef_of(scale), f);
}

/* Divides by a common factor of the coefficients, if its sign is known. */
static form primitive(shadow *s, form f, rel r) {
    coef first = f.t[0].c;
    if (!coef_field(first)) return with_leading_one(s, f, r);
    form ratio = form_scale(s->a, coef_div(s->a, coef_int(1), first), f);
    coef den = form_denominator(s->a, ratio), common = coef_div(s->a, first, den);
    int way = signs(s, common);
    if (way == SIGN_POS || (r == REL_EQ && !(way & SIGN_ZERO))) return form_scale(s->a, den, ratio);
    return way == SIGN_NEG ? form_scale(s->a, coef_neg(s->a, den), ratio) : f;
}

/* An atom takes one, and with long polynomials more: factoring them takes much more than reading.
 */
static bool pay(shadow *s, form f) {
    enum { LONG = 64 };
    uint64_t size = (uint64_t)coef_size(f.k) / LONG;
    for (int i = 0; i < f.n; i++) size += (uint64_t)coef_size(f.t[i].c) / LONG;
    bool enough = size < MOST_ATOMS && budget_spend(s->b, 1 + size * size);
    int64_t left = s->left - 1 - (int64_t)(enough ? size * size : 0);
    s->left = enough && left >= 0 ? (int)left : -1;
    return s->left >= 0;
}

static const formula *atom(shadow *s, form f, rel r) {
    if (!pay(s, f)) return truth(s, false);
    if (f.n == 0) return pure_atom(s, f.k, r);
    return formula_atom(s->a, primitive(s, f, r), r);
}

/* Coefficients become polynomials; where a denominator vanishes the atom does not hold. */
static const formula *cleared_atom(shadow *s, const formula *f) {
    coef den = form_denominator(s->a, f->lhs);
    form whole = form_scale(s->a, den, f->lhs);
    int way = signs(s, den);
    if (way == SIGN_NEG) whole = form_scale(s->a, coef_int(-1), whole);
    if (!(way & SIGN_ZERO) && (f->rel == REL_EQ || way != (SIGN_NEG | SIGN_POS)))
        return atom(s, whole, f->rel);
    if (f->rel != REL_EQ) whole = form_scale(s->a, den, whole);
    const formula *defined = joined2(s, FORMULA_ANY, atom(s, form_const(den), REL_LT),
                                     atom(s, form_const(coef_neg(s->a, den)), REL_LT));
    return joined2(s, FORMULA_ALL, defined, atom(s, whole, f->rel));
}

typedef const formula *(*change)(shadow *s, const formula *f, const void *how);

static const formula *changed(shadow *s, const formula *f, change at_atom, const void *how) {
    if (s->left < 0) return truth(s, false);
    if (f->kind == FORMULA_ATOM) return at_atom(s, f, how);
    formulas kids = {0};
    for (int i = 0; i < f->n; i++) {
        const formula *kid = changed(s, f->kid[i], at_atom, how);
        vec_push(s->a, &kids, kid);
    }
    return joined(s, f->kind, &kids);
}

static const formula *clear(shadow *s, const formula *f, const void *how) {
    (void)how;
    return cleared_atom(s, f);
}

static const formula *fold(shadow *s, const formula *f, const void *how) {
    (void)how;
    return atom(s, f->lhs, f->rel);
}

/* --- what is known --- */

static void learn(shadow *s, const formula *f) {
    if (f->kind != FORMULA_ATOM || f->lhs.n || !coef_field(f->lhs.k)) return;
    hypothesis h = hypothesis_of(f->lhs.k, signs_allowed(f->rel));
    vec_push(s->a, &s->known, h);
}

/* p < 0 or -p < 0 */
static bool says_nonzero(shadow *s, const formula *f) {
    if (f->kind != FORMULA_ANY || f->n != 2) return false;
    const formula *x = f->kid[0], *y = f->kid[1];
    if (x->kind != FORMULA_ATOM || y->kind != FORMULA_ATOM) return false;
    if (x->rel != REL_LT || y->rel != REL_LT || x->lhs.n || y->lhs.n) return false;
    return coef_eq(x->lhs.k, coef_neg(s->a, y->lhs.k));
}

static void learn_nonzero(shadow *s, const formula *f) {
    if (!says_nonzero(s, f)) return;
    hypothesis h = hypothesis_of(f->kid[0]->lhs.k, SIGN_NEG | SIGN_POS);
    vec_push(s->a, &s->known, h);
}

static void learn_all(shadow *s, const formulas *list) {
    for (size_t i = 0; i < list->n; i++) {
        learn(s, list->v[i]);
        learn_nonzero(s, list->v[i]);
    }
}

/* --- quantities in formulas --- */

static bool is_quantity(const shadow *s, int sym) {
    return !s->keep || !s->keep[sym];
}

/* Calls back for each occurrence: marks the quantities of the formula. */
static bool mark(const shadow *s, const formula *f, bool *seen) {
    bool any = false;
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) {
        if (!is_quantity(s, f->lhs.t[i].sym)) continue;
        seen[f->lhs.t[i].sym] = any = true;
    }
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) any |= mark(s, f->kid[i], seen);
    return any;
}

static bool contains(const formula *f, int sym) {
    if (f->kind == FORMULA_ATOM) return !coef_is_zero(form_coef(f->lhs, sym));
    for (int i = 0; i < f->n; i++)
        if (contains(f->kid[i], sym)) return true;
    return false;
}

/* The formulas that hang together with the first one that has quantities go to `one`, those
 * without quantities to `pure`, the others to `rest`. */
static void split(shadow *s, const formulas *list, formulas *pure, formulas *one, formulas *rest) {
    bool *reached = NEW_ARRAY(s->a, bool, s->nsymbols), *taken = NEW_ARRAY(s->a, bool, list->n);
    for (bool more = true; more;) {
        more = false;
        for (size_t i = 0; i < list->n; i++) {
            bool *own = NEW_ARRAY(s->a, bool, s->nsymbols), meets = one->n == 0;
            if (taken[i] || !mark(s, list->v[i], own)) continue;
            for (int k = 0; k < s->nsymbols; k++) meets |= own[k] && reached[k];
            if (!meets) continue;
            for (int k = 0; k < s->nsymbols; k++) reached[k] |= own[k];
            taken[i] = more = true;
            vec_push(s->a, one, list->v[i]);
        }
    }
    for (size_t i = 0; i < list->n; i++) {
        bool *own = NEW_ARRAY(s->a, bool, s->nsymbols);
        if (taken[i]) continue;
        if (mark(s, list->v[i], own))
            vec_push(s->a, rest, list->v[i]);
        else
            vec_push(s->a, pure, list->v[i]);
    }
}

/* --- test points --- */

/* x = -b/c, a little more, or below everything. */
typedef struct {
    enum { AT, ABOVE, BELOW_ALL } kind;
    int x;
    coef c;
    int sign; /* of c: -1 or 1; 0: any but zero, where only equations contain x */
    form b;
} point;

static form without(shadow *s, form f, int x) {
    return form_addmul(s->a, f, coef_neg(s->a, form_coef(f, x)), form_sym(s->a, x));
}

/* |c|·(p·x + r) at x = -b/c. */
static form at_point(shadow *s, const point *t, coef p, form r) {
    form f = form_addmul(s->a, form_scale(s->a, t->c, r), coef_neg(s->a, p), t->b);
    return t->sign < 0 ? form_scale(s->a, coef_int(-1), f) : f;
}

static const formula *vanishes(shadow *s, coef p, form r) {
    return joined2(s, FORMULA_ALL, atom(s, form_const(p), REL_EQ), atom(s, r, REL_EQ));
}

/* The atom p·x + r rel 0 just above the point, where its value there is v. */
static const formula *above(shadow *s, coef p, form v, rel r) {
    if (r == REL_EQ) return vanishes(s, p, v);
    const formula *tied = joined2(s, FORMULA_ALL, atom(s, v, REL_EQ), atom(s, form_const(p), r));
    return joined2(s, FORMULA_ANY, atom(s, v, REL_LT), tied);
}

static const formula *below_all(shadow *s, coef p, form r, rel how) {
    if (how == REL_EQ) return vanishes(s, p, r);
    const formula *level = joined2(s, FORMULA_ALL, atom(s, form_const(p), REL_EQ), atom(s, r, how));
    return joined2(s, FORMULA_ANY, atom(s, form_const(coef_neg(s->a, p)), REL_LT), level);
}

static const formula *substitute(shadow *s, const formula *f, const void *how) {
    const point *t = how;
    coef p = form_coef(f->lhs, t->x);
    if (coef_is_zero(p)) return atom(s, f->lhs, f->rel);
    form r = without(s, f->lhs, t->x);
    switch (t->kind) {
    case AT:
        return atom(s, at_point(s, t, p, r), f->rel);
    case ABOVE:
        return above(s, p, at_point(s, t, p, r), f->rel);
    case BELOW_ALL:
        return below_all(s, p, r, f->rel);
    }
    return NULL;
}

/* --- elimination --- */

static const formula *eliminated(shadow *s, const formulas *list);

/* The rest under one more assumption on a coefficient: that it has this sign. */
static const formula *guarded(shadow *s, const formulas *list, coef c, int sign, const point *t) {
    size_t before = s->known.n;
    formulas way = {0};
    form g = form_const(sign < 0 ? c : coef_neg(s->a, c));
    const formula *guard = sign ? atom(s, g, REL_LT) : atom(s, form_const(c), REL_EQ);
    if (is_false(guard)) return guard;
    join(s, FORMULA_ALL, &way, guard);
    learn_all(s, &way);
    for (size_t i = 0; i < list->n; i++) {
        const formula *f = changed(s, list->v[i], t ? substitute : fold, t);
        join(s, FORMULA_ALL, &way, f);
    }
    const formula *out = eliminated(s, &way);
    s->known.n = before;
    return out;
}

static formulas all_but(shadow *s, const formulas *list, size_t which) {
    formulas out = {0};
    for (size_t i = 0; i < list->n; i++)
        if (i != which) vec_push(s->a, &out, list->v[i]);
    return out;
}

/* Does x occur in an inequality of these? */
static bool in_an_inequality(const formula *f, int x) {
    if (f->kind == FORMULA_ATOM) return f->rel != REL_EQ && contains(f, x);
    for (int i = 0; i < f->n; i++)
        if (in_an_inequality(f->kid[i], x)) return true;
    return false;
}

/* c·x + b = 0 is the equation at `which`. */
static const formula *by_equation(shadow *s, const formulas *list, size_t which, int x) {
    form f = list->v[which]->lhs;
    coef c = form_coef(f, x);
    point t = {AT, x, c, 0, without(s, f, x)};
    formulas others = all_but(s, list, which);
    int may = signs(s, c);
    bool signless = true;
    for (size_t i = 0; i < others.n; i++) signless &= !in_an_inequality(others.v[i], x);
    if (!(may & SIGN_ZERO) && (signless || may == SIGN_POS || may == SIGN_NEG)) {
        formulas next = {0};
        t.sign = may == SIGN_NEG ? -1 : may == SIGN_POS;
        for (size_t i = 0; i < others.n; i++) {
            const formula *g = changed(s, others.v[i], substitute, &t);
            join(s, FORMULA_ALL, &next, g);
        }
        return eliminated(s, &next);
    }
    formulas ways = {0};
    for (int sign = -1; sign <= 1; sign += 2) {
        t.sign = sign;
        const formula *way = guarded(s, &others, c, sign, &t);
        vec_push(s->a, &ways, way);
    }
    const formula *level = atom(s, t.b, REL_EQ);
    formulas flat = others;
    vec_push(s->a, &flat, level);
    const formula *way = guarded(s, &flat, c, 0, NULL);
    vec_push(s->a, &ways, way);
    return joined(s, FORMULA_ANY, &ways);
}

/* The best equation and quantity: a plain coefficient, or one of known sign, before others. */
static bool choose_equation(shadow *s, const formulas *list, size_t *which, int *x) {
    int best = INT32_MAX;
    for (size_t i = 0; i < list->n; i++) {
        const formula *f = list->v[i];
        if (f->kind != FORMULA_ATOM || f->rel != REL_EQ) continue;
        for (int k = 0; k < f->lhs.n; k++) {
            coef c = f->lhs.t[k].c;
            int may = coef_field(c) ? signs(s, c) : SIGN_POS;
            int cost = f->lhs.n + (may & SIGN_ZERO ? 2000 : coef_field(c) ? 1000 : 0);
            if (!is_quantity(s, f->lhs.t[k].sym) || cost >= best) continue;
            best = cost;
            *which = i;
            *x = f->lhs.t[k].sym;
        }
    }
    return best < INT32_MAX;
}

typedef VEC(point) points;

static bool same_point(const point *t, const point *u) {
    return t->kind == u->kind && t->sign == u->sign && coef_eq(t->c, u->c) && form_eq(t->b, u->b);
}

/* Zero is a point whatever the sign of the coefficient. */
static void add_point(shadow *s, points *all, point t) {
    if (form_is_zero(t.b)) t.c = coef_int(t.sign = 1);
    for (size_t i = 0; i < all->n; i++)
        if (same_point(&all->v[i], &t)) return;
    vec_push(s->a, all, t);
}

/* The lower ends of what an atom allows to x: c·x + b rel 0 with c < 0, or = 0. */
static void collect(shadow *s, const formula *f, int x, points *all) {
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) collect(s, f->kid[i], x, all);
    if (f->kind != FORMULA_ATOM || !contains(f, x)) return;
    coef c = form_coef(f->lhs, x);
    int may = signs(s, c);
    point t = {f->rel == REL_LT ? ABOVE : AT, x, c, -1, without(s, f->lhs, x)};
    if (may & SIGN_NEG) add_point(s, all, t);
    t.sign = 1;
    if (f->rel == REL_EQ && may & SIGN_POS) add_point(s, all, t);
}

static points points_of(shadow *s, const formulas *list, int x) {
    points all = {0};
    for (size_t i = 0; i < list->n; i++) collect(s, list->v[i], x, &all);
    return all;
}

static int easiest(shadow *s, const formulas *list, points *best) {
    bool *seen = NEW_ARRAY(s->a, bool, s->nsymbols);
    int x = -1;
    for (size_t i = 0; i < list->n; i++) mark(s, list->v[i], seen);
    for (int k = 0; k < s->nsymbols; k++) {
        if (!seen[k]) continue;
        points p = points_of(s, list, k);
        if (x >= 0 && p.n >= best->n) continue;
        x = k;
        *best = p;
    }
    return x;
}

static const formula *by_points(shadow *s, const formulas *list) {
    points all = {0};
    formulas ways = {0};
    point below = {.kind = BELOW_ALL, .c = coef_int(1), .sign = 1, .b = form_zero()};
    below.x = easiest(s, list, &all);
    const formula *way = guarded(s, list, coef_int(1), 1, &below);
    vec_push(s->a, &ways, way);
    for (size_t i = 0; i < all.n; i++) {
        way = guarded(s, list, all.v[i].c, all.v[i].sign, &all.v[i]);
        vec_push(s->a, &ways, way);
    }
    return joined(s, FORMULA_ANY, &ways);
}

static const formula *one_component(shadow *s, const formulas *list) {
    size_t which;
    int x;
    if (choose_equation(s, list, &which, &x)) return by_equation(s, list, which, x);
    return by_points(s, list);
}

/* All of the list, without quantities. */
static const formula *eliminated(shadow *s, const formulas *list) {
    size_t before = s->known.n;
    formulas left = {0}, out = {0};
    for (size_t i = 0; i < list->n; i++) join(s, FORMULA_ALL, &left, list->v[i]);
    for (size_t i = 0; i < left.n; i++)
        if (is_false(left.v[i])) return left.v[i];
    if (s->left < 0 || s->depth > MOST_DEPTH || !budget_spend(s->b, 1)) {
        s->left = -1;
        return truth(s, false);
    }
    s->depth++;
    learn_all(s, &left);
    while (left.n) {
        formulas one = {0}, rest = {0};
        split(s, &left, &out, &one, &rest);
        if (one.n) {
            const formula *f = one_component(s, &one);
            join(s, FORMULA_ALL, &out, f);
        }
        left = rest;
    }
    s->depth--;
    s->known.n = before;
    return joined(s, FORMULA_ALL, &out);
}

/* --- parameters that have a value --- */

typedef struct {
    int i;
    coef value;
} pin;

static const formula *pinned(shadow *s, const formula *f, const void *how) {
    const pin *p = how;
    form g = form_zero();
    for (int i = 0; i < f->lhs.n; i++) {
        coef c = f->lhs.t[i].c;
        if (coef_field(c)) (void)coef_substitute(s->a, c, p->i, p->value, &c);
        g = form_addmul(s->a, g, c, form_sym(s->a, f->lhs.t[i].sym));
    }
    g.k = f->lhs.k;
    if (coef_field(g.k)) (void)coef_substitute(s->a, g.k, p->i, p->value, &g.k);
    return atom(s, g, f->rel);
}

/* The atom says p_i = number. */
static bool is_pin(shadow *s, const formula *f, pin *p) {
    coef slope, rest;
    rat r;
    if (f->kind != FORMULA_ATOM || f->rel != REL_EQ || f->lhs.n || !coef_field(f->lhs.k))
        return false;
    for (int i = 0; i < field_size(coef_field(f->lhs.k)); i++) {
        if (!coef_linear_in(s->a, f->lhs.k, i, &slope, &rest)) continue;
        if (!coef_rat(slope, &r) || !coef_rat(rest, &r)) continue;
        *p = (pin){i, coef_neg(s->a, coef_div(s->a, rest, slope))};
        return true;
    }
    return false;
}

static void substitute_pins(shadow *s, formulas *all) {
    pin p;
    for (size_t i = 0; i < all->n; i++) {
        if (!is_pin(s, all->v[i], &p)) continue;
        for (size_t k = 0; k < all->n; k++)
            if (k != i) all->v[k] = changed(s, all->v[k], pinned, &p);
    }
}

/* --- the door --- */

const formula *shadow_of(arena *a, const sequent *whole, const bool *keep, budget *b) {
    peeled core = peel(a, whole, keep);
    const sequent *q = &core.rest;
    shadow s = {.a = a, .b = b, .nsymbols = q->p->nsymbols, .keep = keep, .left = MOST_ATOMS};
    formulas all = {0}, start = {0};
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (!f) continue;
        f = changed(&s, f, clear, NULL);
        join(&s, FORMULA_ALL, &all, f);
    }
    substitute_pins(&s, &all);
    learn_all(&s, &all);
    for (size_t i = 0; i < all.n; i++) {
        const formula *f = all.v[i];
        bool teaches = says_nonzero(&s, f) || (f->kind == FORMULA_ATOM && f->lhs.n == 0);
        if (!teaches) f = changed(&s, f, fold, NULL); /* what taught us something stays as it is */
        join(&s, FORMULA_ALL, &start, f);
    }
    s.known.n = 0;
    const formula *f = eliminated(&s, &start);
    return s.left < 0 ? NULL : f;
}
