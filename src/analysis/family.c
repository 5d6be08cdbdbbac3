/* Families: what an answer would be if one relation more were known. By the equations the target
 * and the base span a plane; a quantity whose exponent lies in it is a candidate, and any two of
 * them that are not tied to each other determine the answer. So one elimination tells all pairs;
 * the pair that reads best is proved to do. */
#include "analysis/question.h"
#include "engine/eliminate.h"

enum { MOST_LAWS = 300, MOST_NAMES = 300 }; /* beyond that nobody asks for one relation more */

typedef VEC(int) ints;

/* An equation that always holds, of a fact or (from nfacts on) a supposition. */
typedef struct {
    int from;
    form f;
} equation;

/* What is said of a quantity's growth on its own. */
typedef enum { NOT_KNOWN, SCALES, SHRINKS, GROWS } growth;

/* x_sym = along[0]·target + along[1]·base */
typedef struct {
    int sym;
    coef along[2];
    bool asked; /* it is the target or the base */
    bool given; /* some law gives it: it stands alone on the left */
    growth known;
} candidate;

typedef struct {
    const question *q;
    const problem *p;
    arena *a;          /* for the time of the search */
    VEC(equation) all; /* by fact */
    ints *in;          /* of a symbol: the equations that it occurs in */
    VEC(form) rows;    /* those that can be reached from the question */
    ints row_from;     /* where each comes from */
    ints names;        /* the symbols reached */
    bool *is_reached, *is_given, *row_taken;
    growth *known;
    elim *e;
    VEC(candidate) found; /* in order of declaration */
} search;

/* --- what is stated --- */

/* Does its law begin with the quantity alone, "N ∝ ..."? */
static bool gives(const search *s, int from, int sym) {
    if (from >= s->p->nfacts) return false;
    str name = s->p->symbols[sym].name, law = s->p->facts[from].law;
    if (law.n <= name.n || memcmp(law.s, name.s, name.n) != 0) return false;
    return str_starts((str){law.s + name.n, law.n - name.n}, " ∝ ");
}

static void note_equation(search *s, int from, form f) {
    for (int i = 0; i < f.n; i++) {
        vec_push(s->a, &s->in[f.t[i].sym], (int)s->all.n);
        if (gives(s, from, f.t[i].sym)) s->is_given[f.t[i].sym] = true;
    }
    vec_push(s->a, &s->all, ((equation){from, f}));
}

/* "w grows" */
static void note_growth(search *s, const formula *f) {
    if (f->rel != REL_LT || f->lhs.n != 1 || !coef_is_zero(f->lhs.k)) return;
    const term *t = &f->lhs.t[0];
    s->known[t->sym] = coef_sgn(t->c) < 0 ? GROWS : SHRINKS;
}

/* "L scales" */
static void note_scaling(search *s, const formula *f) {
    if (f->n != 2 || f->kid[0]->kind != FORMULA_ATOM || f->kid[1]->kind != FORMULA_ATOM) return;
    const formula *x = f->kid[0], *y = f->kid[1];
    bool alone = x->lhs.n == 1 && x->rel == REL_LT && y->rel == REL_LT;
    if (!alone || !form_is_zero(form_add(s->a, x->lhs, y->lhs))) return;
    int sym = x->lhs.t[0].sym;
    if (s->known[sym] == NOT_KNOWN && coef_is_zero(x->lhs.k)) s->known[sym] = SCALES;
}

static void note_all(search *s, int from, const formula *f) {
    switch (f->kind) {
    case FORMULA_ATOM:
        if (f->rel == REL_EQ)
            note_equation(s, from, f->lhs);
        else
            note_growth(s, f);
        return;
    case FORMULA_ALL:
        for (int i = 0; i < f->n; i++) note_all(s, from, f->kid[i]);
        return;
    case FORMULA_ANY:
        note_scaling(s, f);
        return;
    }
}

static void note_statements(search *s) {
    for (int i = 0; i < s->p->nfacts; i++)
        if (!s->q->use || s->q->use[i]) note_all(s, i, s->p->facts[i].claim);
    for (int i = 0; i < s->q->g->nwhen; i++) note_all(s, s->p->nfacts + i, s->q->g->when[i]);
}

/* --- what the question has to do with --- */

static bool reach_form(search *s, form f) {
    for (int i = 0; i < f.n; i++) {
        if (s->is_reached[f.t[i].sym]) continue;
        if (s->names.n == MOST_NAMES) return false;
        s->is_reached[f.t[i].sym] = true;
        vec_push(s->a, &s->names, f.t[i].sym);
    }
    return form_is_plain(f);
}

static bool reach_row(search *s, int i) {
    if (s->row_taken[i]) return true;
    s->row_taken[i] = true;
    if (s->rows.n == MOST_LAWS) return false;
    vec_push(s->a, &s->rows, s->all.v[i].f);
    vec_push(s->a, &s->row_from, s->all.v[i].from);
    return reach_form(s, s->all.v[i].f);
}

/* False if that is too much, or if there are parameters in it. */
static bool reach(search *s) {
    s->row_taken = NEW_ARRAY(s->a, bool, s->all.n);
    if (!reach_form(s, s->q->g->target) || !reach_form(s, s->q->g->base[0])) return false;
    for (size_t k = 0; k < s->names.n; k++) {
        const ints *in = &s->in[s->names.v[k]];
        for (size_t i = 0; i < in->n; i++)
            if (!reach_row(s, in->v[i])) return false;
    }
    return true;
}

/* --- the candidates --- */

/* A plane, and two symbols by which the coordinates in it are told. */
typedef struct {
    form side[2];
    int sym[2];
    coef det;
} plane;

static coef minor(arena *a, form x, form y, const int *sym) {
    coef one = coef_mul(a, form_coef(x, sym[0]), form_coef(y, sym[1]));
    return coef_sub(a, one, coef_mul(a, form_coef(x, sym[1]), form_coef(y, sym[0])));
}

/* False where the two sides are multiples of each other. */
static bool make_plane(arena *a, form x, form y, plane *out) {
    *out = (plane){.side = {x, y}};
    if (x.n == 0 || y.n == 0 || !coef_is_zero(x.k) || !coef_is_zero(y.k)) return false;
    form apart = form_addmul(a, y, coef_neg(a, coef_div(a, form_coef(y, x.t[0].sym), x.t[0].c)), x);
    if (apart.n == 0) return false;
    out->sym[0] = x.t[0].sym;
    out->sym[1] = apart.t[0].sym;
    out->det = minor(a, x, y, out->sym);
    return true;
}

/* f = along[0]·side[0] + along[1]·side[1], not zero */
static bool lies_in(arena *a, const plane *t, form f, coef *along) {
    along[0] = coef_div(a, minor(a, f, t->side[1], t->sym), t->det);
    along[1] = coef_div(a, minor(a, t->side[0], f, t->sym), t->det);
    form rest = form_addmul(a, f, coef_neg(a, along[0]), t->side[0]);
    rest = form_addmul(a, rest, coef_neg(a, along[1]), t->side[1]);
    return f.n > 0 && form_is_zero(rest);
}

static bool is_asked(const question *q, int sym) {
    form t = q->g->target, b = q->g->base[0];
    return (t.n == 1 && t.t[0].sym == sym) || (b.n == 1 && b.t[0].sym == sym);
}

static void find_candidates(search *s, const plane *t) {
    for (int i = 0; i < s->p->nsymbols; i++) {
        candidate c = {.sym = i, .given = s->is_given[i], .known = s->known[i]};
        if (!s->is_reached[i] || s->p->symbols[i].sort != SORT_QUANTITY) continue;
        if (!lies_in(s->a, t, elim_reduce(s->e, s->a, form_sym(s->a, i), NULL), c.along)) continue;
        c.asked = is_asked(s->q, i);
        vec_push(s->a, &s->found, c);
    }
}

static coef across(arena *a, const candidate *x, const candidate *y) {
    coef one = coef_mul(a, x->along[0], y->along[1]);
    return coef_sub(a, one, coef_mul(a, x->along[1], y->along[0]));
}

static bool are_tied(arena *a, const candidate *x, const candidate *y) {
    return coef_is_zero(across(a, x, y));
}

/* Of two that are tied: does one grow when the other does? */
static bool point_alike(const candidate *x, const candidate *y) {
    int i = coef_is_zero(x->along[0]);
    return coef_sgn(x->along[i]) == coef_sgn(y->along[i]);
}

static growth carried(const candidate *x, growth known, const candidate *y) {
    if (known == SCALES) return SCALES;
    return point_alike(x, y) == (known == GROWS) ? GROWS : SHRINKS;
}

/* What is said of one holds of those that are tied to it. */
static void spread_growth(search *s) {
    for (size_t i = 0; i < s->found.n; i++) {
        const candidate *x = &s->found.v[i];
        growth known = s->known[x->sym];
        for (size_t j = 0; known != NOT_KNOWN && j < s->found.n; j++) {
            candidate *y = &s->found.v[j];
            if (y->known <= SCALES && are_tied(s->a, x, y)) y->known = carried(x, known, y);
        }
    }
}

/* --- the pair that reads best --- */

/* How little one would name it. */
static int strangeness(const candidate *c, growth wanted) {
    return 4 * c->given + 2 * (c->known != wanted) + c->asked;
}

static bool is_basic(const candidate *c) {
    return !c->asked && !c->given;
}

/* Tied to the target or to the base. */
static bool is_on_a_side(const candidate *c) {
    return coef_is_zero(c->along[0]) || coef_is_zero(c->along[1]);
}

/* Would the two only say the question again, in other names? */
static bool rephrase(const candidate *x, const candidate *y) {
    return !(is_basic(x) && is_basic(y)) && is_on_a_side(x) && is_on_a_side(y);
}

/* Beside `other` (NULL: none). */
static const candidate *best(const search *s, const candidate *other, growth wanted, bool basic) {
    const candidate *b = NULL;
    for (size_t i = 0; i < s->found.n; i++) {
        const candidate *c = &s->found.v[i];
        if (basic && !is_basic(c)) continue;
        if (other && (rephrase(other, c) || are_tied(s->a, other, c))) continue;
        if (!b || strangeness(c, wanted) < strangeness(b, wanted)) b = c;
    }
    return b;
}

/* Is `x ∝ y^s` the wrong way round? */
static bool reads_backwards(const candidate *of, const candidate *in) {
    if ((of->known == GROWS) != (in->known == GROWS)) return of->known == GROWS;
    if ((of->known == NOT_KNOWN) != (in->known == NOT_KNOWN)) return in->known == NOT_KNOWN;
    return of->sym < in->sym;
}

/* The best one, and what goes best with it; if nothing does, the best basic one, which goes with
 * more. */
static bool choose(const search *s, const candidate **of, const candidate **in) {
    *of = NULL;
    for (int basic = 0; !*of && basic < 2; basic++) {
        *in = best(s, NULL, GROWS, basic);
        if (*in) *of = best(s, *in, (*in)->known == GROWS ? NOT_KNOWN : GROWS, false);
    }
    if (!*of) return false;
    if (reads_backwards(*of, *in)) {
        const candidate *c = *of;
        *of = *in;
        *in = c;
    }
    return true;
}

/* --- the proof --- */

/* The facts that the elimination used to make f zero; false if it does not. */
static bool enough_facts(const search *s, form f, bool *use) {
    combination c;
    if (!form_is_zero(elim_reduce(s->e, s->a, f, &c))) return false;
    for (int i = 0; i < c.n; i++) {
        int from = s->row_from.v[c.m[i].row];
        if (from < s->p->nfacts) use[from] = true;
    }
    return true;
}

/* f = of_power·x_of + in_power·x_in: confirmed, and its support added to used[]. */
static bool prove(const search *s, form f, const family *y, coef of_power, coef in_power,
                  bool *used) {
    arena *a = s->a;
    form base[2] = {form_sym(a, y->of), form_sym(a, y->in)};
    coef value[2] = {of_power, in_power};
    goal g = {.kind = GOAL_EXPONENT, .target = f, .base = base, .nbase = 2};
    g.when = s->q->g->when;
    g.nwhen = s->q->g->nwhen;
    bool *use = NEW_ARRAY(a, bool, s->p->nfacts);
    question q = {.e = s->q->e, .a = a, .g = &g, .use = use};
    form off = deviation(&q, value);
    if (!enough_facts(s, off, use)) return false;
    answer r = answer_resting_on(&q, ANSWER_EXACT, nonzero(&q, off), NULL, NULL);
    for (int i = 0; i < r.support.n; i++) used[r.support.v[i]] = true;
    return r.kind == ANSWER_EXACT && !r.vouched && r.nconditions == 0;
}

/* With x = the target's or the base's coordinate of each, Cramer's rule. */
static bool prove_both(const search *s, const candidate *of, const candidate *in, family *y) {
    arena *a = s->a;
    const goal *g = s->q->g;
    coef det = across(a, of, in);
    bool *used = NEW_ARRAY(a, bool, s->p->nfacts);
    coef t_of = coef_div(a, in->along[1], det), t_in = coef_div(a, of->along[1], det);
    coef b_of = coef_div(a, in->along[0], det), b_in = coef_div(a, of->along[0], det);
    if (!prove(s, g->target, y, t_of, coef_neg(a, t_in), used)) return false;
    if (!prove(s, g->base[0], y, coef_neg(a, b_of), b_in, used)) return false;
    y->support = factset_of(s->q->a, used, s->p->nfacts);
    return true;
}

/* --- the closed form --- */

static str free_letter(const problem *p) {
    static const char *const letters[] = {"s", "r", "t", "σ", "ρ", "τ", "power"};
    enum { LETTERS = sizeof letters / sizeof *letters };
    for (int k = 0; k < LETTERS; k++) {
        bool taken = false;
        for (int i = 0; i < p->nsymbols && !taken; i++)
            taken = str_eq(p->symbols[i].name, str_of(letters[k]));
        if (!taken) return str_of(letters[k]);
    }
    return (str){NULL, 0};
}

/* Does the answer leave room for it? */
static bool is_possible(const answer *r, coef c) {
    rat value, end;
    if (r->kind != ANSWER_RANGE || !coef_rat(c, &value)) return true;
    for (int i = 0; i < r->nranges; i++) {
        const interval *x = &r->ranges[i];
        int low = 1, high = 1;
        if (!x->low_infinite && coef_rat(x->low, &end)) low = rat_cmp(value, end);
        if (!x->high_infinite && coef_rat(x->high, &end)) high = rat_cmp(end, value);
        if (low >= x->low_open && high >= x->high_open) return true;
    }
    return false;
}

/* (t_of·letter + t_in)/(b_of·letter + b_in); the determinant cancels. */
static void close_form(const search *s, const candidate *of, const candidate *in, const answer *r,
                       family *y) {
    arena *a = s->q->a;
    int outside = s->p->nsymbols;
    const field *k = field_new(a, &y->letter, &outside, 1);
    coef x = coef_parameter(a, k, 0);
    coef above = coef_sub(a, coef_mul(a, in->along[1], x), of->along[1]);
    coef below = coef_sub(a, of->along[0], coef_mul(a, in->along[0], x));
    y->value = coef_copy(a, coef_div(a, above, below));
    for (int i = 0; i < 2; i++) {
        y->pole_at[i] = !coef_substitute(a, y->value, 0, coef_int(i), &y->at[i]);
        y->excluded[i] = y->pole_at[i] ? !r->base_may_rest : !is_possible(r, y->at[i]);
    }
}

/* --- the door --- */

static bool open_search(search *s) {
    plane t;
    s->in = NEW_ARRAY(s->a, ints, s->p->nsymbols);
    s->is_reached = NEW_ARRAY(s->a, bool, s->p->nsymbols);
    s->is_given = NEW_ARRAY(s->a, bool, s->p->nsymbols);
    s->known = NEW_ARRAY(s->a, growth, s->p->nsymbols);
    note_statements(s);
    if (!reach(s)) return false;
    s->e = elim_run(s->a, s->rows.v, (int)s->rows.n, s->p->nsymbols, engine_budget(s->q->e));
    if (!s->e) return false;
    form target = elim_reduce(s->e, s->a, s->q->g->target, NULL);
    form base = elim_reduce(s->e, s->a, s->q->g->base[0], NULL);
    if (!make_plane(s->a, target, base, &t)) return false;
    find_candidates(s, &t);
    spread_growth(s);
    return true;
}

static bool find_family(search *s, const answer *r, family *y) {
    const candidate *of, *in;
    if (!open_search(s) || !choose(s, &of, &in)) return false;
    *y = (family){.of = of->sym, .in = in->sym, .letter = free_letter(s->p)};
    if (y->letter.n == 0 || !prove_both(s, of, in, y)) return false;
    close_form(s, of, in, r, y);
    return true;
}

void add_families(const question *q, answer *r) {
    if (r->kind != ANSWER_RANGE && r->kind != ANSWER_UNDETERMINED) return;
    search s = {.q = q, .p = engine_problem(q->e), .a = arena_new()};
    family *y = NEW(q->a, family);
    if (find_family(&s, r, y)) {
        r->families = y;
        r->nfamilies = 1;
    }
    arena_free(s.a);
}
