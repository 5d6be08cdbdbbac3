#include "engine/forced.h"

#include "engine/rows.h"
#include "engine/simplex.h"

enum {
    MOST_NEAR = 40, /* rows of one statement, symbols of one disjunction */
    MOST_KIDS = 40,
    MOST_ALIKE = 6,        /* kids of which one may follow from all others */
    FIRST_LEMMA = 1 << 29, /* lemma i is formula FIRST_LEMMA + i, until a proof is closed */
    NO_LEMMA = -1,
    MANY_USERS = 8
};

typedef VEC(int) ints;
typedef VEC(form) form_list;

/* An atom that is known to hold, and why: pf refutes its negation. */
typedef struct {
    const formula *claim;
    const proof *pf;
} lemma;

/* An atom that is granted, by a fact or as a lemma. */
typedef struct {
    spot at;
    int home; /* the fact that it comes from */
    form reduced;
} row;

/* An equation between free symbols, solved = 0, which is a lemma: with coefficient 1 at its head
 * and without heads of earlier steps. */
typedef struct {
    int head, lemma, home;
    form solved;
} step;

struct forced {
    arena *a;
    const problem *p;
    elim *e;
    budget *b;
    const spots *equations; /* of e */
    VEC(lemma) lemmas;
    VEC(row *) rows;
    VEC(step) steps;
    spots anys;       /* all there are; f is NULL when they are decided */
    int *step_of;     /* of a symbol: where it is the head; -1 */
    ints *rows_of;    /* of a fact: its rows */
    ints *users;      /* of a symbol: the disjunctions that speak of it */
    ints *rows_on;    /* of a symbol: rows of two or three symbols, it among them */
    row *(*bound)[2]; /* of a symbol: its least upper and greatest lower bound */
    ints queue;
    bool *queued;
    const formula **after; /* of a fact: its claim after e; NULL: not made yet */
    bool *same;            /* of a fact: that is a copy of the claim */
    ints *facts_of;        /* of a symbol: facts that speak of it after e; made with `after` */
    ints *spoken_of;       /* of a symbol: facts whose claims name it; the same */
    ints *steps_for;       /* of a fact: its steps, in order */
};

/* --- reducing --- */

/* A multiple of the equation of a step. */
typedef struct {
    int step;
    coef times;
} part;

typedef VEC(part) parts;

/* The head that was found first, of those in f. */
static int first_step(const forced *s, form f, coef *c) {
    int first = -1;
    for (int i = 0; i < f.n; i++) {
        int k = s->step_of[f.t[i].sym];
        if (k < 0 || (first >= 0 && k > first)) continue;
        first = k;
        *c = f.t[i].c;
    }
    return first;
}

static form without_heads(const forced *s, arena *a, form f, parts *taken) {
    coef c;
    for (int k; (k = first_step(s, f, &c)) >= 0;) {
        f = form_addmul(a, f, coef_neg(a, c), s->steps.v[k].solved);
        if (taken) vec_push(a, taken, ((part){k, c}));
    }
    return f;
}

form forced_reduce(const forced *s, arena *a, form f) {
    return without_heads(s, a, elim_reduce(s->e, a, f, NULL), NULL);
}

/* --- proofs --- */

static void add_summand(arena *a, summands *sum, int which, int node, coef times) {
    vec_push(a, sum, ((summand){which, node, coef_copy(a, times)}));
}

void forced_explain(const forced *s, arena *a, form total, summands *sum) {
    parts taken = {0};
    combination lambda;
    arena *scratch = arena_new();
    without_heads(s, scratch, elim_reduce(s->e, scratch, total, &lambda), &taken);
    for (size_t i = 0; i < taken.n; i++)
        add_summand(a, sum, FIRST_LEMMA + s->steps.v[taken.v[i].step].lemma, 0,
                    coef_neg(scratch, taken.v[i].times));
    for (int i = 0; i < lambda.n; i++) {
        spot at = s->equations->v[lambda.m[i].row];
        add_summand(a, sum, at.formula, at.node, coef_neg(scratch, lambda.m[i].lambda));
    }
    arena_free(scratch);
}

/* One spot, `times` times, and another, as often as it takes. */
static const proof *both_refute(const forced *s, spot x, coef times, spot y) {
    summands sum = {0};
    add_summand(s->a, &sum, x.formula, x.node, times);
    add_summand(s->a, &sum, y.formula, y.node, coef_int(1));
    form total = form_addmul(s->a, y.f->lhs, times, x.f->lhs);
    forced_explain(s, s->a, total, &sum);
    return sum_proof(s->a, &sum);
}

/* Of one symbol: the bound that cannot be together with it, and how often it takes it. */
static const row *bound_against(const forced *s, arena *a, form f, rel r, coef *times) {
    int sign = coef_sgn(f.t[0].c);
    const row *b = r == REL_EQ ? NULL : s->bound[f.t[0].sym][sign > 0];
    if (!b || b->at.f->rel == REL_EQ || b->reduced.n != 1) return NULL;
    if (b->reduced.t[0].sym != f.t[0].sym) return NULL;
    *times = coef_neg(a, coef_div(a, f.t[0].c, b->reduced.t[0].c));
    int end = coef_sgn(coef_add(a, f.k, coef_mul(a, *times, b->reduced.k)));
    bool strict = r == REL_LT || b->at.f->rel == REL_LT;
    return end > 0 || (end == 0 && strict) ? b : NULL;
}

bool forced_absurd(const forced *s, arena *a, spot at, summands *sum) {
    coef times;
    form f = forced_reduce(s, a, at.f->lhs);
    const row *b = f.n == 1 ? bound_against(s, a, f, at.f->rel, &times) : NULL;
    if (!b) return false;
    add_summand(a, sum, at.formula, at.node, coef_int(1));
    add_summand(a, sum, b->at.formula, b->at.node, times);
    forced_explain(s, a, form_addmul(a, at.f->lhs, times, b->at.f->lhs), sum);
    return true;
}

/* What the next lemma would be if it did not hold. */
static spot denial(const forced *s, form f, rel r) {
    const formula *no = formula_not(s->a, formula_atom(s->a, f, r));
    return (spot){FIRST_LEMMA + (int)s->lemmas.n, 0, no};
}

static spot add_lemma(forced *s, form f, rel r, const proof *pf) {
    spot at = {FIRST_LEMMA + (int)s->lemmas.n, 0, formula_atom(s->a, f, r)};
    vec_push(s->a, &s->lemmas, ((lemma){at.f, pf}));
    return at;
}

/* --- closing a proof --- */

static void mark_lemmas(const proof *pf, bool *need) {
    for (int i = 0; i < pf->n && pf->kind == PROOF_SUM; i++)
        if (pf->sum[i].formula >= FIRST_LEMMA) need[pf->sum[i].formula - FIRST_LEMMA] = true;
    for (int i = 0; i < pf->n && pf->kind != PROOF_SUM; i++) mark_lemmas(pf->branch[i], need);
}

static int renumbered_formula(int which, const int *number) {
    return which < FIRST_LEMMA ? which : number[which - FIRST_LEMMA];
}

static const proof *renumbered_proof(arena *a, const proof *pf, const int *number) {
    proof *out = NEW(a, proof);
    *out = *pf;
    out->formula = renumbered_formula(pf->formula, number);
    if (pf->kind == PROOF_SUM) {
        summand *sum = NEW_ARRAY(a, summand, pf->n);
        for (int i = 0; i < pf->n; i++) {
            const summand *m = &pf->sum[i];
            int which = renumbered_formula(m->formula, number);
            sum[i] = (summand){which, m->node, coef_copy(a, m->lambda)};
        }
        out->sum = sum;
        return out;
    }
    const proof **branch = NEW_ARRAY(a, const proof *, pf->n);
    for (int i = 0; i < pf->n; i++) branch[i] = renumbered_proof(a, pf->branch[i], number);
    out->branch = branch;
    return out;
}

/* The lemmas that are needed, and what needs them; the numbers they get, from `first` on. */
static int number_lemmas(const forced *s, const bool *need, int first, int *number) {
    int n = 0;
    for (size_t i = 0; i < s->lemmas.n; i++) number[i] = need[i] ? first + n++ : NO_LEMMA;
    return n;
}

static const formula *copy_atom(arena *a, const formula *f) {
    return formula_atom(a, form_copy(a, f->lhs), f->rel);
}

const proof *forced_close(const forced *s, arena *a, const proof *pf, int first) {
    bool *need = NEW_ARRAY(a, bool, s->lemmas.n + 1);
    int *number = NEW_ARRAY(a, int, s->lemmas.n + 1);
    mark_lemmas(pf, need);
    for (size_t i = s->lemmas.n; i-- > 0;)
        if (need[i]) mark_lemmas(s->lemmas.v[i].pf, need);
    int n = number_lemmas(s, need, first, number), k = 0;
    if (n == 0) return pf;
    const formula **claim = NEW_ARRAY(a, const formula *, n);
    const proof **branch = NEW_ARRAY(a, const proof *, n + 1);
    for (size_t i = 0; i < s->lemmas.n; i++) {
        if (!need[i]) continue;
        claim[k] = copy_atom(a, s->lemmas.v[i].claim);
        branch[k++] = renumbered_proof(a, s->lemmas.v[i].pf, number);
    }
    branch[k] = renumbered_proof(a, pf, number);
    proof *out = NEW(a, proof);
    *out = (proof){.kind = PROOF_LEMMAS, .branch = branch, .n = n + 1, .lemma = claim};
    return out;
}

/* --- what is granted --- */

static void enqueue(forced *s, int any) {
    if (s->queued[any] || !s->anys.v[any].f) return;
    s->queued[any] = true;
    vec_push(s->a, &s->queue, any);
}

static void enqueue_users(forced *s, int sym) {
    for (size_t i = 0; i < s->users[sym].n; i++) enqueue(s, s->users[sym].v[i]);
}

static void renew(forced *s, row *r) {
    r->reduced = without_heads(s, s->a, r->reduced, NULL);
}

/* c·x + k ≤ 0: the end -k/c, an upper one if c > 0. */
static rat end_of(arena *a, const row *r) {
    coef end = coef_neg(a, coef_div(a, r->reduced.k, r->reduced.t[0].c));
    rat out = RAT_ZERO;
    coef_rat(end, &out);
    return out;
}

static bool is_tighter(arena *a, const row *x, const row *y, bool lower) {
    int order = rat_cmp(end_of(a, x), end_of(a, y));
    if (order == 0) return x->at.f->rel == REL_LT && y->at.f->rel == REL_LE;
    return lower ? order > 0 : order < 0;
}

static void note_row(forced *s, row *r);
static void grant_row(forced *s, spot at, int home);

/* The symbol that was declared last, if not many more disjunctions speak of it than of another:
 * what is declared first is what the others hang on. */
static term choose_head(const forced *s, form f) {
    term best = f.t[f.n - 1];
    for (int i = f.n - 1; i >= 0; i--)
        if (2 * s->users[f.t[i].sym].n + MANY_USERS < s->users[best.sym].n) best = f.t[i];
    return best;
}

static form solved_for_head(const forced *s, form f, int *head) {
    term t = choose_head(s, f);
    *head = t.sym;
    return form_scale(s->a, coef_div(s->a, coef_int(1), t.c), f);
}

static void note_bound(forced *s, row *r);

static bool is_short(const row *r) {
    return r->reduced.n == 2 || r->reduced.n == 3;
}

static void move_rows(forced *s, const step *t) {
    ints rows = s->rows_on[t->head];
    for (size_t k = 0; k < rows.n; k++) {
        row *r = s->rows.v[rows.v[k]];
        renew(s, r);
        for (int i = 0; is_short(r) && i < t->solved.n; i++)
            if (t->solved.t[i].sym != t->head)
                vec_push(s->a, &s->rows_on[t->solved.t[i].sym], rows.v[k]);
    }
    s->rows_on[t->head].n = 0;
}

/* What spoke of the head speaks of the others in its place. */
static void replace_head(forced *s, const step *t) {
    ints users = s->users[t->head];
    for (int i = 0; i < t->solved.n; i++) {
        ints *to = &s->users[t->solved.t[i].sym];
        for (size_t k = 0; t->solved.t[i].sym != t->head && k < users.n; k++)
            if (s->anys.v[users.v[k]].f) vec_push(s->a, to, users.v[k]);
    }
    enqueue_users(s, t->head);
    move_rows(s, t);
    for (int i = 0; i < 2; i++) {
        row *r = s->bound[t->head][i];
        if (!r) continue;
        renew(s, r);
        if (r->reduced.n == 1) note_bound(s, r);
    }
}

static void add_step(forced *s, step t) {
    s->step_of[t.head] = (int)s->steps.n;
    vec_push(s->a, &s->steps, t);
    replace_head(s, &t);
}

/* Two rows that face each other are an equation. */
static void add_equation(forced *s, const row *x, const row *y) {
    step t = {.lemma = (int)s->lemmas.n, .home = x->home};
    t.solved = solved_for_head(s, x->reduced, &t.head);
    spot no = denial(s, t.solved, REL_EQ);
    const proof **branch = NEW_ARRAY(s->a, const proof *, 2);
    for (int i = 0; i < 2; i++) {
        coef c = form_coef(x->reduced, t.head);
        bool is_below = (coef_sgn(c) < 0) == (i == 0); /* x says that the kid does not hold */
        const row *r = is_below ? x : y;
        coef size = form_coef(r->reduced, t.head);
        if (coef_sgn(size) < 0) size = coef_neg(s->a, size);
        branch[i] = both_refute(s, spot_kid(no, i), size, r->at);
    }
    add_lemma(s, t.solved, REL_EQ, split_proof(s->a, no, branch));
    add_step(s, t);
}

static void note_bound(forced *s, row *r) {
    int sym = r->reduced.t[0].sym;
    bool lower = coef_sgn(r->reduced.t[0].c) < 0;
    row **at = &s->bound[sym][lower], *other = s->bound[sym][!lower];
    if (*at) renew(s, *at);
    if (*at && !is_tighter(s->a, r, *at, lower)) return;
    *at = r;
    enqueue_users(s, sym);
    bool closed = r->at.f->rel == REL_LE && other && other->at.f->rel == REL_LE;
    if (closed && rat_eq(end_of(s->a, r), end_of(s->a, other))) add_equation(s, r, other);
}

/* x = -c·y with c > 0, both of ≤. */
static bool face_each_other(arena *a, const row *x, const row *y) {
    if (x->at.f->rel != REL_LE || y->at.f->rel != REL_LE) return false;
    if (x->reduced.n == 0 || x->reduced.n != y->reduced.n) return false;
    if (x->reduced.t[0].sym != y->reduced.t[0].sym) return false;
    coef c = coef_neg(a, coef_div(a, x->reduced.t[0].c, y->reduced.t[0].c));
    return coef_sgn(c) > 0 && form_is_zero(form_addmul(a, x->reduced, c, y->reduced));
}

static bool find_facing(forced *s, row *r) {
    const ints *near = &s->rows_of[r->home];
    for (size_t i = 0; i < near->n && i < MOST_NEAR; i++) {
        row *other = s->rows.v[near->v[i]];
        renew(s, other);
        if (!face_each_other(s->a, r, other)) continue;
        add_equation(s, r, other);
        return true;
    }
    return false;
}

static void note_row(forced *s, row *r) {
    if (r->reduced.n > 0 && !find_facing(s, r) && r->reduced.n == 1) note_bound(s, r);
}

static void grant_row(forced *s, spot at, int home) {
    row *r = NEW(s->a, row);
    *r = (row){at, home, forced_reduce(s, s->a, at.f->lhs)};
    vec_push(s->a, &s->rows_of[home], (int)s->rows.n);
    for (int i = 0; is_short(r) && i < r->reduced.n; i++)
        vec_push(s->a, &s->rows_on[r->reduced.t[i].sym], (int)s->rows.n);
    vec_push(s->a, &s->rows, r);
    note_row(s, r);
}

/* --- one disjunction --- */

/* What one kid grants, reduced. */
typedef struct {
    spots atoms;
    form *reduced;
} kid_atoms;

/* A small linear program over the symbols that occur, numbered anew. */
typedef struct {
    forced *s;
    arena *a;
    simplex *x;
    VEC(int) symbols; /* by number */
    VEC(row *) near;  /* the rows of it that stay */
    spot any;
    kid_atoms *kids;
    const proof **branch; /* of the kids that the near rows refute */
} corner;

static form renumbered(corner *c, form f) {
    term *t = NEW_ARRAY(c->a, term, f.n);
    for (int i = 0; i < f.n; i++) {
        int number = 0, n = (int)c->symbols.n;
        while (number < n && c->symbols.v[number] != f.t[i].sym) number++;
        if (number == n) vec_push(c->a, &c->symbols, f.t[i].sym);
        t[i] = (term){number, f.t[i].c};
    }
    return form_of(c->a, t, f.n, f.k);
}

static kid_atoms atoms_granted(corner *c, spot kid) {
    kid_atoms k = {0};
    spots anys = {0};
    spot_grant(c->a, kid, &k.atoms, &k.atoms, &anys);
    k.reduced = NEW_ARRAY(c->a, form, k.atoms.n);
    for (size_t i = 0; i < k.atoms.n; i++)
        k.reduced[i] = forced_reduce(c->s, c->a, k.atoms.v[i].f->lhs);
    return k;
}

static void add_near(corner *c, row *r, form_list *forms) {
    renew(c->s, r);
    if (r->reduced.n == 0) return;
    vec_push(c->a, &c->near, r);
    vec_push(c->a, forms, renumbered(c, r->reduced));
}

/* Is it about symbols of the corner alone, and not yet in it? */
static bool belongs(const corner *c, const row *r) {
    for (int i = 0; i < r->reduced.n; i++) {
        size_t k = 0;
        while (k < c->symbols.n && c->symbols.v[k] != r->reduced.t[i].sym) k++;
        if (k == c->symbols.n) return false;
    }
    for (size_t i = 0; i < c->near.n; i++)
        if (c->near.v[i] == r) return false;
    return true;
}

/* Rows of other statements that join two or three of its symbols. */
static void add_rows_on(corner *c, int sym, form_list *forms) {
    forced *s = c->s;
    ints *on = &s->rows_on[sym];
    size_t n = 0;
    for (size_t i = 0; i < on->n; i++) {
        row *r = s->rows.v[on->v[i]];
        if (on->n <= MOST_NEAR || i < MOST_NEAR) renew(s, r);
        if (r->reduced.n < 2) continue;
        on->v[n++] = on->v[i];
    }
    on->n = n;
    for (size_t i = 0; n <= MOST_NEAR && i < n; i++)
        if (belongs(c, s->rows.v[on->v[i]])) add_near(c, s->rows.v[on->v[i]], forms);
}

/* False where the rows around the disjunction conflict by themselves. */
static bool open_corner(corner *c) {
    forced *s = c->s;
    form_list forms = {0};
    spot kid = {0};
    for (int i = 0; i < c->any.f->n; i++) {
        kid = i ? spot_next_kid(kid, c->any.f->kid[i]) : spot_kid(c->any, 0);
        c->kids[i] = atoms_granted(c, kid);
        for (size_t k = 0; k < c->kids[i].atoms.n; k++) renumbered(c, c->kids[i].reduced[k]);
    }
    const ints *near = &s->rows_of[c->any.formula];
    for (size_t i = 0; i < near->n; i++) add_near(c, s->rows.v[near->v[i]], &forms);
    for (size_t i = 0; i < c->symbols.n && i < MOST_NEAR; i++)
        add_rows_on(c, c->symbols.v[i], &forms);
    for (size_t i = 0; i < c->symbols.n && i < MOST_NEAR; i++)
        for (int k = 0; k < 2; k++)
            if (s->bound[c->symbols.v[i]][k]) add_near(c, s->bound[c->symbols.v[i]][k], &forms);
    c->x = simplex_new(c->a, (int)c->symbols.n, s->b);
    for (size_t i = 0; i < forms.n; i++) simplex_add(c->x, forms.v[i], c->near.v[i]->at.f->rel);
    return simplex_solve(c->x) == LP_FEASIBLE;
}

/* The near rows refute kid i, with `no` (its f may be NULL); NULL: they do not. */
static const proof *refuted_kid(corner *c, int i, spot no, form no_reduced) {
    forced *s = c->s;
    const kid_atoms *k = &c->kids[i];
    spots all = {0};
    for (size_t j = 0; j < c->near.n; j++) vec_push(c->a, &all, c->near.v[j]->at);
    for (size_t j = 0; j < k->atoms.n; j++) {
        vec_push(c->a, &all, k->atoms.v[j]);
        simplex_add(c->x, renumbered(c, k->reduced[j]), k->atoms.v[j].f->rel);
    }
    if (no.f) vec_push(c->a, &all, no);
    if (no.f) simplex_add(c->x, renumbered(c, no_reduced), no.f->rel);
    bool refuted = simplex_solve(c->x) == LP_INFEASIBLE;
    combination mu = refuted ? simplex_farkas(c->x, c->a) : (combination){0};
    simplex_take_back(c->x, (int)c->near.n);
    if (!refuted) return NULL;
    summands sum = {0};
    form total = form_zero();
    for (int j = 0; j < mu.n; j++) {
        spot at = all.v[mu.m[j].row];
        total = form_addmul(c->a, total, mu.m[j].lambda, at.f->lhs);
        add_summand(s->a, &sum, at.formula, at.node, mu.m[j].lambda);
    }
    forced_explain(s, s->a, total, &sum);
    return sum_proof(s->a, &sum);
}

/* The kid that follows whichever holds, as branches of the proof that refutes its negation; of an
 * equation kid, `no` is one side of it. */
static bool follows(corner *c, int kid, size_t atom, spot no, const proof **branch) {
    forced *s = c->s;
    form reduced = forced_reduce(s, c->a, no.f->lhs);
    for (int i = 0; i < c->any.f->n; i++) {
        branch[i] = c->branch[i];
        if (i == kid) {
            spot at = c->kids[i].atoms.v[atom];
            bool turned = no.node == 1; /* f = 0 and f < 0 */
            branch[i] = both_refute(s, at, coef_int(turned ? -1 : 1), no);
        } else if (!branch[i]) {
            branch[i] = refuted_kid(c, i, no, reduced);
        }
        if (!branch[i]) return false;
    }
    return true;
}

static const proof *why_follows(corner *c, int kid, size_t atom, spot no) {
    const proof **branch = NEW_ARRAY(c->s->a, const proof *, c->any.f->n);
    if (!follows(c, kid, atom, no, branch)) return NULL;
    return split_proof(c->s->a, c->any, branch);
}

static bool grant_equation(corner *c, int kid, size_t atom, form f) {
    forced *s = c->s;
    step t = {.lemma = (int)s->lemmas.n, .home = c->any.formula};
    const proof **side = NEW_ARRAY(s->a, const proof *, 2);
    spot no = denial(s, f, REL_EQ);
    for (int i = 0; i < 2; i++) {
        side[i] = why_follows(c, kid, atom, spot_kid(no, i));
        if (!side[i]) return false;
    }
    spot raw = add_lemma(s, f, REL_EQ, split_proof(s->a, no, side));
    t.solved = solved_for_head(s, f, &t.head);
    t.lemma = (int)s->lemmas.n;
    no = denial(s, t.solved, REL_EQ);
    const proof **turned = NEW_ARRAY(s->a, const proof *, 2);
    coef c_head = form_coef(f, t.head), scale = coef_div(s->a, coef_int(1), c_head);
    for (int i = 0; i < 2; i++) {
        coef times = i ? scale : coef_neg(s->a, scale);
        turned[i] = both_refute(s, raw, times, spot_kid(no, i));
    }
    add_lemma(s, t.solved, REL_EQ, split_proof(s->a, no, turned));
    add_step(s, t);
    return true;
}

/* One atom of the kid as a lemma; false if it does not follow. */
static bool grant_atom(corner *c, int kid, size_t atom) {
    forced *s = c->s;
    const formula *f = c->kids[kid].atoms.v[atom].f;
    form reduced = forced_reduce(s, s->a, f->lhs);
    if (reduced.n == 0) return true;
    if (f->rel == REL_EQ) return grant_equation(c, kid, atom, reduced);
    const proof *why = why_follows(c, kid, atom, denial(s, reduced, f->rel));
    if (!why) return false;
    grant_row(s, add_lemma(s, reduced, f->rel, why), c->any.formula);
    return true;
}

/* Of the kids that are left one that holds whichever does; -1: there is none. */
static int kid_that_follows(corner *c, const int *left, int n) {
    if (n == 1) return left[0];
    for (int i = 0; i < n && n <= MOST_ALIKE; i++) {
        const kid_atoms *k = &c->kids[left[i]];
        if (k->atoms.n != 1 || k->atoms.v[0].f->rel == REL_EQ) continue;
        spot no = denial(c->s, k->reduced[0], k->atoms.v[0].f->rel);
        if (why_follows(c, left[i], 0, no)) return left[i];
    }
    return -1;
}

/* Grants what the disjunction comes to; false if that is not clear. */
static bool decide_in(corner *c) {
    int left[MOST_KIDS], n = 0;
    if (!open_corner(c)) return false;
    for (int i = 0; i < c->any.f->n; i++) {
        c->branch[i] = refuted_kid(c, i, (spot){.f = NULL}, form_zero());
        if (!c->branch[i]) left[n++] = i;
    }
    int kid = n ? kid_that_follows(c, left, n) : -1;
    for (size_t k = 0; kid >= 0 && k < c->kids[kid].atoms.n; k++)
        if (!grant_atom(c, kid, k)) return false;
    return kid >= 0;
}

/* Kids with cases of their own stay open. */
static bool is_simple(const forced *s, spot any) {
    if (any.f->n == 0 || any.f->n > MOST_KIDS || any.f->nodes > 2 * MOST_KIDS) return false;
    for (int i = 0; i < any.f->n; i++)
        if (!formula_is_conjunction(any.f->kid[i])) return false;
    return s->rows_of[any.formula].n <= MOST_NEAR;
}

static void decide(forced *s, int which) {
    spot any = s->anys.v[which];
    if (!is_simple(s, any)) return;
    corner c = {.s = s, .a = arena_new(), .any = any};
    c.kids = NEW_ARRAY(c.a, kid_atoms, any.f->n);
    c.branch = NEW_ARRAY(c.a, const proof *, any.f->n);
    if (decide_in(&c)) s->anys.v[which].f = NULL;
    arena_free(c.a);
}

/* --- all of them --- */

static void note_users(forced *s, int which) {
    spots atoms = {0};
    arena *scratch = arena_new();
    spot_atoms(scratch, s->anys.v[which], &atoms);
    for (size_t i = 0; i < atoms.n; i++) {
        form f = elim_reduce(s->e, scratch, atoms.v[i].f->lhs, NULL);
        for (int k = 0; k < f.n; k++) {
            ints *u = &s->users[f.t[k].sym];
            if (!u->n || u->v[u->n - 1] != which) vec_push(s->a, u, which);
        }
    }
    arena_free(scratch);
}

static void set_up(forced *s, const spots *anys) {
    int n = s->p->nsymbols, nfacts = s->p->nfacts;
    s->step_of = NEW_ARRAY(s->a, int, n);
    s->users = NEW_ARRAY(s->a, ints, n);
    s->rows_on = NEW_ARRAY(s->a, ints, n);
    s->bound = arena_alloc(s->a, sizeof *s->bound * (size_t)n);
    s->rows_of = NEW_ARRAY(s->a, ints, nfacts);
    s->queued = NEW_ARRAY(s->a, bool, anys->n + 1);
    for (int i = 0; i < n; i++) s->step_of[i] = -1;
    for (size_t i = 0; i < anys->n; i++) vec_push(s->a, &s->anys, anys->v[i]);
    for (size_t i = 0; i < anys->n; i++) note_users(s, (int)i);
}

forced *forced_run(arena *a, const problem *p, elim *e, const spots *equations, const spots *rows,
                   const spots *anys, budget *b) {
    forced *s = NEW(a, forced);
    *s = (forced){.a = a, .p = p, .e = e, .b = b, .equations = equations};
    set_up(s, anys);
    for (size_t i = 0; i < anys->n; i++) enqueue(s, (int)i);
    for (size_t i = 0; i < rows->n; i++) grant_row(s, rows->v[i], rows->v[i].formula);
    for (size_t i = 0; i < s->queue.n && budget_left(b); i++) {
        int which = s->queue.v[i];
        s->queued[which] = false;
        if (s->anys.v[which].f) decide(s, which);
    }
    return s;
}

/* A statement about numbers that is true says nothing. */
static bool says_nothing(form f, rel r) {
    int sign = f.n ? 2 : coef_sgn(f.k);
    return r == REL_EQ ? sign == 0 : r == REL_LT ? sign < 0 : sign <= 0;
}

void forced_left(const forced *s, arena *a, spots *rows, spots *anys) {
    for (size_t i = 0; i < s->rows.n; i++) {
        const row *r = s->rows.v[i];
        if (!says_nothing(without_heads(s, a, r->reduced, NULL), r->at.f->rel))
            vec_push(a, rows, r->at);
    }
    for (size_t i = 0; i < s->anys.n; i++)
        if (s->anys.v[i].f) vec_push(a, anys, s->anys.v[i]);
}

bool forced_complete(const forced *s, arena *a, coef *x) {
    for (size_t k = s->steps.n; k-- > 0;) {
        const step *t = &s->steps.v[k];
        x[t->head] = form_root(a, t->solved, t->head, x);
    }
    return elim_complete(s->e, a, x);
}

/* --- other points --- */

static bool is_left_alone(const forced *s, const formula *f) {
    bool alone = true;
    for (int i = 0; i < f->lhs.n && alone; i++) alone = elim_is_free(s->e, f->lhs.t[i].sym);
    for (int i = 0; i < f->n && alone; i++) alone = is_left_alone(s, f->kid[i]);
    return alone;
}

static const formula *claim_after(forced *s, const formula *f) {
    if (f->kind == FORMULA_ATOM)
        return formula_atom(s->a, elim_reduce(s->e, s->a, f->lhs, NULL), f->rel);
    const formula **kid = NEW_ARRAY(s->a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = claim_after(s, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(s->a, kid, f->n) : formula_any(s->a, kid, f->n);
}

static void note_symbols(arena *a, const formula *f, int which, ints *of) {
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) note_symbols(a, f->kid[i], which, of);
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) {
        ints *at = &of[f->lhs.t[i].sym];
        if (!at->n || at->v[at->n - 1] != which) vec_push(a, at, which);
    }
}

static void prepare_to_vary(forced *s) {
    int n = s->p->nfacts;
    s->after = NEW_ARRAY(s->a, const formula *, n);
    s->same = NEW_ARRAY(s->a, bool, n);
    s->facts_of = NEW_ARRAY(s->a, ints, s->p->nsymbols);
    s->spoken_of = NEW_ARRAY(s->a, ints, s->p->nsymbols);
    s->steps_for = NEW_ARRAY(s->a, ints, n);
    for (int i = 0; i < n; i++) {
        const formula *claim = s->p->facts[i].claim;
        if (formula_is_parametric(claim)) continue;
        s->same[i] = is_left_alone(s, claim);
        s->after[i] = s->same[i] ? formula_copy(s->a, claim) : claim_after(s, claim);
    }
    for (int i = 0; i < n; i++) {
        if (!s->after[i]) continue;
        note_symbols(s->a, s->after[i], i, s->facts_of);
        note_symbols(s->a, s->p->facts[i].claim, i, s->spoken_of);
    }
    for (size_t k = 0; k < s->steps.n; k++)
        vec_push(s->a, &s->steps_for[s->steps.v[k].home], (int)k);
}

/* A point on the move: stale facts have lost a value that they speak of. */
typedef struct {
    forced *s;
    arena *a;
    const bool *use;
    int which; /* the fact that need not hold */
    coef *x;
    bool *stale;
    int_heap due; /* steps of stale facts */
} variant;

static bool must_hold(const variant *v, int which) {
    return which != v->which && (!v->use || v->use[which]);
}

/* After step `last` those of facts that speak of the symbol may have to follow. */
static void set_value(variant *v, int sym, coef value, int last) {
    const ints *of = &v->s->facts_of[sym];
    v->x[sym] = value;
    for (size_t i = 0; i < of->n; i++) {
        int k = of->v[i];
        if (v->stale[k] || !must_hold(v, k)) continue;
        v->stale[k] = true;
        for (size_t j = 0; j < v->s->steps_for[k].n; j++)
            if (v->s->steps_for[k].v[j] > last) heap_push(v->a, &v->due, v->s->steps_for[k].v[j]);
    }
}

/* The value of a symbol at which an atom of f, one that holds now or one that does not, is an
 * equation, so that the claim holds. */
static bool repaired(variant *v, const formula *claim, const formula *f, int sym, bool now) {
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++)
        if (repaired(v, claim, f->kid[i], sym, now)) return true;
    if (f->kind != FORMULA_ATOM) return false;
    coef before = v->x[sym];
    if (coef_is_zero(form_coef(f->lhs, sym)) || formula_holds(v->a, f, v->x) != now) return false;
    v->x[sym] = form_root(v->a, f->lhs, sym, v->x);
    if (formula_holds(v->a, claim, v->x)) return true;
    v->x[sym] = before;
    return false;
}

/* A claim that fails mostly wants one more of its atoms. */
static bool follow(variant *v, int k) {
    const step *t = &v->s->steps.v[k];
    const formula *claim = v->s->after[t->home];
    if (!v->stale[t->home]) return true;
    v->stale[t->home] = false;
    if (formula_holds(v->a, claim, v->x)) return true;
    if (!repaired(v, claim, claim, t->head, false) && !repaired(v, claim, claim, t->head, true))
        return false;
    set_value(v, t->head, v->x[t->head], k);
    v->stale[t->home] = false;
    return true;
}

/* Smaller ones first: where terms balance, a sum does not follow one that gets smaller. */
static coef other_value(arena *a, coef x, int trial) {
    rat r = RAT_ZERO;
    coef_rat(x, &r);
    rat size = rat_add(a, rat_sgn(r) < 0 ? rat_neg(a, r) : r, RAT_ONE);
    rat by = rat_mul(a, size, trial < 2 ? rat_frac(a, 1, 64) : rat_int(1024));
    return coef_of(trial % 2 ? rat_add(a, r, by) : rat_sub(a, r, by));
}

/* Was it evaluated as it stands, with the values that its symbols have now? */
static bool is_seen(const variant *v, int which) {
    return !v->stale[which] && v->s->same[which];
}

/* Facts that name a symbol whose value is another than it was. */
static bool others_hold(const variant *v, const coef *was) {
    const forced *s = v->s;
    bool *tried = NEW_ARRAY(v->a, bool, s->p->nfacts);
    for (int sym = 0; sym < s->p->nsymbols; sym++) {
        const ints *of = &s->spoken_of[sym];
        if (memcmp(&was[sym], &v->x[sym], sizeof *was) == 0) continue;
        for (size_t i = 0; i < of->n; i++) {
            int k = of->v[i];
            if (tried[k] || !must_hold(v, k) || is_seen(v, k)) continue;
            tried[k] = true;
            if (!formula_holds(v->a, s->p->facts[k].claim, v->x)) return false;
        }
    }
    return true;
}

/* What a fact that forces nothing speaks of; -1: nothing that could be varied. */
static int free_symbol(const forced *s, const formula *f) {
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++)
        if (s->step_of[f->lhs.t[i].sym] < 0) return f->lhs.t[i].sym;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) {
        int sym = free_symbol(s, f->kid[i]);
        if (sym >= 0) return sym;
    }
    return -1;
}

bool forced_vary(forced *s, arena *a, const bool *use, int which, int trial, coef *x) {
    if (!s->after) prepare_to_vary(s);
    if (!s->after[which]) return false;
    const ints *own = &s->steps_for[which];
    int first = own->n ? own->v[0] : -1;
    int sym = own->n ? s->steps.v[first].head : free_symbol(s, s->after[which]);
    if (sym < 0) return false;
    variant v = {s, a, use, which, x, NEW_ARRAY(a, bool, s->p->nfacts), {0}};
    coef *was = NEW_ARRAY(a, coef, s->p->nsymbols);
    memcpy(was, x, sizeof *was * (size_t)s->p->nsymbols);
    set_value(&v, sym, other_value(a, x[sym], trial), first);
    for (int k; heap_pop(&v.due, &k);)
        if (!follow(&v, k)) return false;
    return elim_complete(s->e, a, x) && others_hold(&v, was);
}
