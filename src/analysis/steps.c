#include "analysis/steps.h"

/* --- products --- */

typedef VEC(factor) factors_at;

form product_form(arena *a, product x) {
    form f = form_zero();
    for (int i = 0; i < x.n; i++)
        f = form_addmul(a, f, x.f[i].power, form_of(a, x.f[i].t, x.f[i].n, coef_int(0)));
    return f;
}

static bool is_simple(const factor *f) {
    return f->n == 1 && coef_is_one(f->power);
}

static factor power_of(arena *a, int sym, coef c) {
    term *t = NEW(a, term);
    *t = (term){sym, c};
    return (factor){t, 1, coef_int(1)};
}

/* (Π terms)^power, without brackets where they say nothing. */
static factor bracket(arena *a, const term *t, int n, coef power) {
    if (n == 1 && coef_is_one(t->c)) return power_of(a, t->sym, power);
    return (factor){t, n, power};
}

static void add_power(arena *a, factors_at *to, form f, coef power) {
    if (!coef_is_one(power) || f.n == 0) {
        vec_push(a, to, bracket(a, f.t, f.n, power));
        return;
    }
    for (int i = 0; i < f.n; i++) vec_push(a, to, power_of(a, f.t[i].sym, f.t[i].c));
}

static product product_of(arena *a, form f) {
    factors_at to = {0};
    if (f.n) add_power(a, &to, f, coef_int(1));
    return (product){to.v, (int)to.n};
}

static product snapshot(arena *a, const factors_at *at) {
    factor *f = NEW_ARRAY(a, factor, at->n);
    if (at->n) memcpy(f, at->v, at->n * sizeof *f);
    return (product){f, (int)at->n};
}

/* --- writing lines --- */

typedef struct {
    int fact, node, sym;
    coef power;
} solved_law;

typedef struct {
    arena *a;
    const problem *p;
    const goal *g;
    VEC(calc) all;
    VEC(solved_law) solved;
    bool failed; /* it cannot be told */
} worker;

/* A calculation being written: its left side, and the factors that stand on the right. */
typedef struct {
    worker *w;
    calc_kind kind;
    VEC(calc_line) lines;
    product left;
    factors_at at;
    rel so_far;
    bool so_far_geq;
} writing;

static void write_line(writing *t, calc_line x) {
    if (x.linked && !x.identity && x.r != REL_EQ) {
        t->so_far = t->so_far == REL_LT ? REL_LT : x.r;
        t->so_far_geq = x.geq;
    }
    if (!x.linked) t->so_far = x.r, t->so_far_geq = x.geq;
    x.left = t->left;
    x.right = snapshot(t->w->a, &t->at);
    x.so_far = t->so_far;
    x.so_far_geq = t->so_far_geq;
    vec_push(t->w->a, &t->lines, x);
}

static void write_identity(writing *t, rule by, const arithmetic *done, size_t n) {
    write_line(t, (calc_line){.rule = by,
                              .linked = true,
                              .identity = true,
                              .fact = FACT_NONE,
                              .done = done,
                              .ndone = (int)n});
}

static void finish(writing *t) {
    if (t->lines.n == 0) return;
    calc c = {t->kind, t->lines.v, (int)t->lines.n};
    vec_push(t->w->a, &t->w->all, c);
}

/* --- arithmetic of exponents --- */

typedef VEC(arithmetic) sums;

static arithmetic of_two(arena *a, int sym, coef x, coef y, coef is, bool multiplied) {
    coef *both = NEW_ARRAY(a, coef, 2);
    both[0] = x, both[1] = y;
    return (arithmetic){sym, both, 2, is, multiplied};
}

static bool distribute(writing *t) {
    arena *a = t->w->a;
    factors_at out = {0};
    bool any = false;
    for (size_t i = 0; i < t->at.n; i++) {
        const factor *f = &t->at.v[i];
        if (f->n < 2) vec_push(a, &out, *f);
        for (int k = 0; f->n >= 2 && k < f->n; k++)
            vec_push(a, &out, bracket(a, f->t + k, 1, f->power));
        any |= f->n >= 2;
    }
    t->at = out;
    return any;
}

static void multiply_exponents(writing *t) {
    arena *a = t->w->a;
    sums done = {0};
    for (size_t i = 0; i < t->at.n; i++) {
        factor *f = &t->at.v[i];
        if (f->n != 1 || is_simple(f)) continue;
        coef is = coef_mul(a, f->t->c, f->power);
        vec_push(a, &done, of_two(a, f->t->sym, f->t->c, f->power, is, true));
        *f = power_of(a, f->t->sym, is);
    }
    if (done.n) write_identity(t, RULE_POWER_OF_POWER, done.v, done.n);
}

/* All exponents of the symbol of factor i, added to that factor; the others of it are marked. */
static arithmetic add_up(arena *a, const factors_at *at, size_t i, bool *gone) {
    int sym = at->v[i].t->sym;
    VEC(coef) x = {0};
    coef is = coef_int(0);
    for (size_t k = i; k < at->n; k++) {
        const factor *f = &at->v[k];
        if (f->n != 1 || f->t->sym != sym) continue;
        vec_push(a, &x, f->t->c);
        is = coef_add(a, is, f->t->c);
        gone[k] = k != i;
    }
    return (arithmetic){sym, x.v, (int)x.n, is, false};
}

static bool is_minus(arena *a, coef c) {
    int sign = coef_sgn(c);
    return sign == 2 ? coef_text(a, c)[0] == '-' : sign < 0;
}

/* x^a x^-b = x^(a-b), for each symbol? */
static bool all_subtract(arena *a, const sums *s) {
    for (size_t i = 0; i < s->n; i++) {
        bool any = false;
        for (int k = 1; k < s->v[i].n; k++) any |= is_minus(a, s->v[i].x[k]);
        if (!any || is_minus(a, s->v[i].x[0])) return false;
    }
    return true;
}

static void add_exponents(writing *t) {
    arena *a = t->w->a;
    factors_at out = {0};
    sums done = {0};
    bool *gone = NEW_ARRAY(a, bool, t->at.n + 1);
    for (size_t i = 0; i < t->at.n; i++) {
        if (gone[i]) continue;
        if (t->at.v[i].n != 1) {
            vec_push(a, &out, t->at.v[i]);
            continue;
        }
        arithmetic x = add_up(a, &t->at, i, gone);
        vec_push(a, &out, power_of(a, x.sym, x.is));
        if (x.n > 1) vec_push(a, &done, x);
    }
    t->at = out;
    rule by = all_subtract(a, &done) ? RULE_QUOTIENT : RULE_PRODUCT;
    if (done.n) write_identity(t, by, done.v, done.n);
}

static bool is_one(const factor *f) {
    return f->n == 0 || (f->n == 1 && coef_is_zero(f->t->c));
}

/* Powers of 1 and zeroth powers go; a 1 that stands alone needs no line. */
static void drop_ones(writing *t) {
    factors_at out = {0};
    bool lone = t->at.n == 1 && t->at.v[0].n == 0 && coef_is_one(t->at.v[0].power);
    for (size_t i = 0; i < t->at.n; i++)
        if (!is_one(&t->at.v[i])) vec_push(t->w->a, &out, t->at.v[i]);
    bool any = out.n < t->at.n;
    t->at = out;
    if (any && !lone) write_identity(t, RULE_DROP, NULL, 0);
}

/* The right side until each symbol stands once in it, with one exponent. */
static void simplify(writing *t) {
    if (distribute(t)) write_identity(t, RULE_POWER_OF_PRODUCT, NULL, 0);
    multiply_exponents(t);
    add_exponents(t);
    drop_ones(t);
}

static void stand(writing *t, form f) {
    t->at = (factors_at){0};
    if (f.n) add_power(t->w->a, &t->at, f, coef_int(1));
}

static rule rule_of_power(arena *a, coef power) {
    if (coef_eq(power, coef_int(-1))) return RULE_RECIPROCAL;
    bool root = coef_is_one(coef_numerator(a, power)) && !coef_is_one(power);
    return root ? RULE_ROOT : RULE_POWER;
}

/* left R right becomes left^power R right^power, and the right side is simplified. */
static void write_power(writing *t, form left, form right, rel r, bool geq, coef power) {
    arena *a = t->w->a;
    form to = form_scale(a, power, left);
    arithmetic *done = NEW(a, arithmetic);
    bool turned = r != REL_EQ && coef_sgn(power) < 0;
    bool one = left.n == 1 && !coef_is_one(left.t->c);
    if (one) *done = of_two(a, left.t->sym, left.t->c, power, to.t->c, true);
    t->left = product_of(a, to);
    t->at = (factors_at){0};
    add_power(a, &t->at, right, power);
    write_line(t, (calc_line){.rule = rule_of_power(a, power),
                              .r = r,
                              .geq = geq != turned,
                              .turned = turned,
                              .fact = FACT_NONE,
                              .power = power,
                              .done = done,
                              .ndone = one});
    simplify(t);
}

/* --- laws --- */

/* A law as it is written: left - right = sign·atom. */
typedef struct {
    form left, right;
    int sign;
    rel r;
    bool geq;
} written;

static bool is_unit(coef c) {
    return coef_is_one(c) || coef_eq(c, coef_int(-1));
}

static bool starts_with_relation(str s) {
    static const char *const signs[] = {" ∝", " ≲", " ≪", " ≳", " ≫"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, signs[i])) return true;
    return false;
}

/* The term that stands alone on the left of the statement as it was written; -1: none. */
static int lone_left(const problem *p, int number, form f) {
    const fact *k = problem_fact(p, number);
    for (int i = 0; k && i < f.n; i++) {
        str name = p->symbols[f.t[i].sym].name, law = k->law;
        if (!is_unit(f.t[i].c) || law.n <= name.n || memcmp(law.s, name.s, name.n) != 0) continue;
        if (starts_with_relation((str){law.s + name.n, law.n - name.n})) return i;
    }
    return -1;
}

/* Where all exponents have one sign, one term stands on the left. */
static int leader(form f) {
    for (int i = 0; i < f.n; i++)
        if (is_unit(f.t[i].c)) return i;
    return 0;
}

static form terms_left(arena *a, form f) {
    term *t = NEW_ARRAY(a, term, f.n);
    int n = 0;
    for (int i = 0; i < f.n; i++)
        if (!is_minus(a, f.t[i].c)) t[n++] = f.t[i];
    if (n == f.n && n > 1) t[0] = f.t[leader(f)], n = 1;
    return form_of(a, t, n, coef_int(0));
}

static written law_written(arena *a, const problem *p, int number, const formula *atom) {
    form f = atom->lhs;
    int lone = lone_left(p, number, f), sign = 1;
    if (lone >= 0) {
        sign = coef_sgn(f.t[lone].c);
    } else if (terms_left(a, f).n == 0) {
        sign = -1;
    }
    f = form_scale(a, coef_int(sign), f);
    form left = lone >= 0 ? form_sym(a, f.t[lone].sym) : terms_left(a, f);
    return (written){left, form_sub(a, left, f), sign, atom->rel, atom->rel != REL_EQ && sign < 0};
}

/* --- how a law is put to use --- */

/* (from)^c gives way to (to)^c. `from` is a side of the law, or one power out of it. */
typedef struct {
    int fact, node;
    written law;
    bool backwards; /* the right side of the law gives way */
    form side, other;
    int pivot;  /* the term of `side` that gives way alone; -1: all of them */
    coef times; /* side^times gives way */
    coef raise; /* of a pivot: the power that the law is raised to first */
    form from, to;
    coef c;
} use_of_law;

static bool gives_way(form at, form side, coef times, arena *a) {
    for (int i = 0; i < side.n; i++)
        if (!coef_eq(form_coef(at, side.t[i].sym), coef_mul(a, times, side.t[i].c))) return false;
    return side.n > 0;
}

/* More where the term makes a better pivot. */
static int merit(arena *a, form at, form side, int i, coef times) {
    term x = side.t[i];
    coef have = form_coef(at, x.sym);
    bool all = coef_eq(have, coef_mul(a, times, x.c));
    return 8 * all + 4 * !coef_is_zero(have) + 2 * coef_is_one(x.c) + (side.n == 1);
}

/* May both sides be raised to 1/c? Where it is no number, only if the proof has it as a divisor. */
static bool may_divide(arena *a, coef c, coef power, rel r) {
    rat number;
    if (coef_rat(c, &number)) return true;
    return r == REL_EQ && coef_vanish_together(c, coef_denominator(a, power));
}

static void take_side(arena *a, use_of_law *u, bool backwards) {
    coef c = coef_int(u->law.sign);
    u->backwards = backwards;
    u->side = backwards ? u->law.right : u->law.left;
    u->other = backwards ? u->law.left : u->law.right;
    u->times = coef_mul(a, u->times, backwards ? coef_neg(a, c) : c);
    u->pivot = -1;
    u->raise = coef_int(1);
    u->from = u->side;
    u->to = u->other;
    u->c = u->times;
}

/* A whole number, or a polynomial in the parameters. */
static bool is_whole(arena *a, coef c) {
    rat number;
    return coef_rat(c, &number) ? rat_is_int(number) : coef_is_one(coef_denominator(a, c));
}

/* x^a out of a side: as it stands where a whole power of it gives way, else solved for x; where a
 * may be zero, the law is raised to the power that it is used to. */
static void take_pivot(arena *a, use_of_law *u, int i, coef power) {
    term x = u->side.t[i];
    form rest = form_sub(a, u->side, form_of(a, &x, 1, coef_int(0)));
    bool whole = !is_minus(a, x.c) && is_whole(a, u->times);
    bool solve = !whole && may_divide(a, x.c, power, u->law.r);
    u->pivot = i;
    u->raise = whole ? coef_int(1) : solve ? coef_div(a, coef_int(1), x.c) : u->times;
    u->from = form_scale(a, u->raise, form_of(a, &x, 1, coef_int(0)));
    u->to = form_scale(a, u->raise, form_sub(a, u->other, rest));
    u->c = coef_div(a, u->times, u->raise);
}

/* A side of one name, or of several that all give way, is replaced as it stands; else the name
 * that makes the best pivot. */
static use_of_law choose_use(arena *a, const problem *p, form at, const step *s,
                             const formula *atom) {
    use_of_law start = {.fact = s->fact, .node = s->node, .times = s->power};
    start.law = law_written(a, p, s->fact, atom);
    use_of_law best = start;
    int most = -1;
    for (int k = 0; k < 2; k++) {
        use_of_law u = start;
        take_side(a, &u, k == 1);
        bool lone = u.side.n == 1 && coef_is_one(u.side.t[0].c);
        bool whole = gives_way(at, u.side, u.times, a);
        if (whole && (lone || u.side.n > 1) && most < 16 + lone) best = u, most = 16 + lone;
        for (int i = 0; i < u.side.n; i++) {
            int now = merit(a, at, u.side, i, u.times);
            if (now <= most) continue;
            best = u, most = now;
            if (!lone) take_pivot(a, &best, i, s->power);
        }
    }
    return best;
}

/* --- solving a law --- */

static bool needs_solving(const use_of_law *u) {
    return u->pivot >= 0 && (u->side.n > 1 || !coef_is_one(u->raise));
}

static bool is_solved(worker *w, const use_of_law *u) {
    solved_law now = {u->fact, u->node, u->side.t[u->pivot].sym, u->raise};
    for (size_t i = 0; i < w->solved.n; i++) {
        const solved_law *x = &w->solved.v[i];
        if (x->fact == now.fact && x->node == now.node && x->sym == now.sym &&
            coef_eq(x->power, now.power))
            return true;
    }
    vec_push(w->a, &w->solved, now);
    return false;
}

static void write_sides(writing *t, form left, form right, calc_line x) {
    t->left = product_of(t->w->a, left);
    stand(t, right);
    write_line(t, x);
}

/* The law as it stands, turned, divided until the pivot is alone, and raised. */
static void solve_law(worker *w, const use_of_law *u) {
    if (is_solved(w, u)) return;
    arena *a = w->a;
    writing t = {.w = w, .kind = CALC_LAW};
    rel r = u->law.r;
    bool geq = u->law.geq, back = u->backwards && r != REL_EQ;
    write_sides(
        &t, u->law.left, u->law.right,
        (calc_line){.rule = RULE_CITE, .r = r, .geq = geq, .fact = u->fact, .node = u->node});
    if (back) geq = !geq;
    if (u->backwards)
        write_sides(&t, u->side, u->other,
                    (calc_line){.rule = RULE_TURN, .r = r, .geq = geq, .fact = FACT_NONE});
    form x = form_of(a, &u->side.t[u->pivot], 1, coef_int(0)), rest = form_sub(a, u->side, x);
    form right = form_sub(a, u->other, rest);
    if (rest.n)
        write_sides(
            &t, x, right,
            (calc_line){
                .rule = RULE_QUOTIENT, .r = r, .geq = geq, .fact = FACT_NONE, .divisor = rest});
    if (!coef_is_one(u->raise)) write_power(&t, x, right, r, geq, u->raise);
    finish(&t);
}

/* --- one step of a chain --- */

static size_t find_factor(const factors_at *at, int sym) {
    size_t i = 0;
    while (i < at->n && at->v[i].t->sym != sym) i++;
    return i;
}

/* Puts factors in place of factor i. */
static void put_in_place(arena *a, factors_at *at, size_t i, form f, coef power) {
    factors_at out = {0};
    for (size_t k = 0; k < at->n; k++) {
        if (k == i)
            add_power(a, &out, f, power);
        else
            vec_push(a, &out, at->v[k]);
    }
    *at = out;
}

/* x^(b+c) = x^b x^c; where x does not occur, 1 = x^-c x^c. Gives the place of x^c. */
static size_t split_power(writing *t, int sym, coef c) {
    arena *a = t->w->a;
    size_t i = find_factor(&t->at, sym);
    coef have = i < t->at.n ? t->at.v[i].t->c : coef_int(0), rest = coef_sub(a, have, c);
    if (coef_is_zero(rest)) return i;
    factors_at out = {0};
    for (size_t k = 0; k < i; k++) vec_push(a, &out, t->at.v[k]);
    vec_push(a, &out, power_of(a, sym, rest));
    vec_push(a, &out, power_of(a, sym, c));
    for (size_t k = i + 1; k < t->at.n; k++) vec_push(a, &out, t->at.v[k]);
    t->at = out;
    arithmetic *done = NEW(a, arithmetic);
    *done = of_two(a, sym, rest, c, have, false);
    write_identity(t, RULE_SPLIT, done, 1);
    return i + 1;
}

/* All factors of a side become one in brackets; gives its place. */
static size_t group_side(writing *t, form side, coef c) {
    factors_at out = {0};
    factor whole = {side.t, side.n, c};
    size_t at = t->at.n;
    for (size_t k = 0; k < t->at.n; k++) {
        bool inside = !coef_is_zero(form_coef(side, t->at.v[k].t->sym));
        if (inside && at < t->at.n) continue;
        if (inside) at = out.n;
        vec_push(t->w->a, &out, inside ? whole : t->at.v[k]);
    }
    t->at = out;
    if (!coef_is_one(c)) write_identity(t, RULE_GROUP, NULL, 0);
    return at;
}

static bool is_all(const writing *t, const use_of_law *u) {
    return coef_is_one(u->c) && t->at.n == 1 && u->from.n == 1 && t->at.v[0].n == 1 &&
           coef_eq(t->at.v[0].t->c, u->from.t->c);
}

static rule rule_of_use(const writing *t, const use_of_law *u) {
    if (t->lines.n || !is_all(t, u)) return RULE_SUBSTITUTE;
    return needs_solving(u) ? RULE_ABOVE : RULE_CITE;
}

static void substitute(writing *t, const use_of_law *u, const step *s) {
    arena *a = t->w->a;
    bool single = u->from.n == 1, order = u->law.r != REL_EQ;
    bool up = u->law.geq != (order && u->backwards);
    size_t at = single ? split_power(t, u->from.t->sym, coef_mul(a, u->c, u->from.t->c))
                       : group_side(t, u->from, u->c);
    rule by = rule_of_use(t, u);
    put_in_place(a, &t->at, at, u->to, u->c);
    write_line(t, (calc_line){.rule = by,
                              .linked = true,
                              .r = u->law.r,
                              .geq = order && coef_sgn(s->power) < 0,
                              .turned = order && coef_sgn(u->c) < 0,
                              .fact = u->fact,
                              .node = u->node,
                              .from = product_of(a, u->from),
                              .to = product_of(a, u->to),
                              .law_r = u->law.r,
                              .law_geq = up != (order && coef_sgn(u->raise) < 0),
                              .solved = needs_solving(u),
                              .backwards = u->backwards && !needs_solving(u)});
    simplify(t);
}

static bool can_be_told(const formula *atom, const step *s) {
    if (atom == NULL || atom->lhs.n == 0 || !coef_is_zero(atom->lhs.k)) return false;
    return atom->rel == REL_EQ || coef_sgn(s->power) != 2;
}

static void work_chain(worker *w, const chain *k) {
    writing t = {.w = w, .kind = CALC_CHAIN, .left = product_of(w->a, k->start)};
    stand(&t, k->start);
    for (int i = 0; i < k->n && !w->failed; i++) {
        const step *s = &k->steps[i];
        const formula *atom = atom_used(w->p, w->g, s->fact, s->node);
        w->failed = !can_be_told(atom, s) || !coef_is_zero(s->after.k);
        if (w->failed) return;
        form at = product_form(w->a, (product){t.at.v, (int)t.at.n});
        use_of_law u = choose_use(w->a, w->p, at, s, atom);
        if (needs_solving(&u)) solve_law(w, &u);
        substitute(&t, &u, s);
    }
    finish(&t);
}

/* --- the result --- */

/* left R right, as it stands by now. */
typedef struct {
    form left, right;
    rel r;
    bool geq;
} reached_law;

/* f = c·g? */
static bool is_multiple(arena *a, form f, form g, coef *c) {
    if (f.n == 0 || g.n == 0 || coef_is_zero(form_coef(g, f.t[0].sym))) return false;
    *c = coef_div(a, f.t[0].c, form_coef(g, f.t[0].sym));
    return form_eq(f, form_scale(a, *c, g));
}

/* base ∝ u^q from right to left, and u ∝ base^(1/q) where that is needed. */
static void turn_base(writing *t, const chain *base, coef root) {
    write_sides(t, base->end, base->start,
                (calc_line){.rule = RULE_TURN, .r = REL_EQ, .fact = FACT_NONE});
    if (!coef_is_one(root)) write_power(t, base->end, base->start, REL_EQ, false, root);
}

/* from^power in the target's end gives way to to^power. */
static void put_into_target(writing *t, const chain *target, form from, form to, coef power) {
    arena *a = t->w->a;
    if (target->n)
        write_sides(t, target->start, target->end,
                    (calc_line){.rule = RULE_ABOVE, .r = REL_EQ, .fact = FACT_NONE});
    t->left = product_of(a, target->start);
    t->at = (factors_at){0};
    add_power(a, &t->at, to, power);
    write_line(t, (calc_line){.rule = RULE_SUBSTITUTE,
                              .linked = target->n > 0,
                              .fact = FACT_NONE,
                              .from = product_of(a, from),
                              .to = product_of(a, to)});
    simplify(t);
}

/* target ∝ u^p and base ∝ u^q: u ∝ base^(1/q), target ∝ base^(p/q). */
static void join_chains(writing *t, const derivation *d, reached_law *now) {
    arena *a = t->w->a;
    const chain *x = &d->target, *y = &d->base;
    if (y->n == 0 || y->end.n != 1 || x->end.n != 1) return;
    bool same = form_eq(x->end, y->end);
    coef root = same ? coef_int(1) : coef_div(a, coef_int(1), y->end.t[0].c);
    coef power = same ? coef_int(1) : x->end.t[0].c;
    form from = form_scale(a, root, y->end), to = form_scale(a, root, y->start);
    now->right = form_scale(a, power, to);
    turn_base(t, y, root);
    if (x->n || !form_eq(x->end, from)) put_into_target(t, x, from, to, power);
}

/* The power to which what was reached is to be raised, to give what was asked; one where none. */
static coef last_power(worker *w, const reached_law *now) {
    coef c = coef_int(1);
    const goal *g = w->g;
    if (g->kind == GOAL_EXPONENT && is_multiple(w->a, g->target, now->left, &c)) return c;
    if (!g->claim || g->claim->kind != FORMULA_ATOM) return coef_int(1);
    form f = form_sub(w->a, now->left, now->right);
    if (!is_multiple(w->a, g->claim->lhs, f, &c)) return coef_int(1);
    return is_minus(w->a, c) ? coef_neg(w->a, c) : c;
}

static void work_result(worker *w, const derivation *d) {
    writing t = {.w = w, .kind = CALC_RESULT};
    const chain *k = &d->target;
    const step *last = k->n ? &k->steps[k->n - 1] : NULL;
    reached_law now = {k->start, k->end, last ? last->r : REL_EQ, last && last->geq};
    if (d->two) join_chains(&t, d, &now);
    coef c = last_power(w, &now);
    bool known = now.r == REL_EQ ? !coef_is_zero(c) : coef_sgn(c) == 1;
    if (!coef_is_one(c) && known)
        write_power(&t, now.left, now.right, now.r, now.geq && now.r != REL_EQ, c);
    finish(&t);
}

calculation work_out(arena *a, const problem *p, const goal *g, const derivation *d) {
    worker w = {.a = a, .p = p, .g = g};
    calculation none = {NULL, 0};
    if (g == NULL || !coef_is_zero(d->target.start.k) || !coef_is_zero(d->base.start.k))
        return none;
    work_chain(&w, &d->target);
    if (d->two && !w.failed) work_chain(&w, &d->base);
    if (!w.failed) work_result(&w, d);
    calculation c = {w.all.v, (int)w.all.n};
    return !w.failed && calculation_holds(p, g, d, &c) ? c : none;
}
