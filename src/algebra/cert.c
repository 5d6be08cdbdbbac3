#include "algebra/cert.h"

#include "algebra/grounds.h"

/* --- sequents --- */

int sequent_size(const sequent *s) {
    return s->p->nfacts + s->nextra;
}

const formula *sequent_formula(const sequent *s, int i) {
    if (i < 0 || i >= sequent_size(s)) return NULL;
    if (i >= s->p->nfacts) return s->extra[i - s->p->nfacts];
    return !s->use || s->use[i] ? s->p->facts[i].claim : NULL;
}

sequent sequent_restricted(arena *a, const sequent *s, const bool *marked) {
    const formula **extra = NEW_ARRAY(a, const formula *, s->nextra);
    bool *use = NEW_ARRAY(a, bool, s->p->nfacts);
    for (int i = 0; i < s->p->nfacts; i++) use[i] = marked[i] && (!s->use || s->use[i]);
    for (int j = 0; j < s->nextra; j++)
        extra[j] = marked[s->p->nfacts + j] ? s->extra[j] : formula_all(a, NULL, 0);
    return (sequent){s->p, use, extra, s->nextra};
}

static bool same_facts(const sequent *x, const sequent *y) {
    if (x->p->nfacts != y->p->nfacts) return false;
    for (int i = 0; i < x->p->nfacts; i++)
        if ((!x->use || x->use[i]) != (!y->use || y->use[i])) return false;
    return true;
}

bool sequent_eq(const sequent *x, const sequent *y) {
    if (x->nextra != y->nextra || !same_facts(x, y)) return false;
    for (int i = 0; i < x->nextra; i++)
        if (!formula_eq(x->extra[i], y->extra[i])) return false;
    return true;
}

/* --- proofs --- */

/* The splits made on the way from the root of a proof: which kid of which ANY holds, or which sign
 * a polynomial has. */
typedef struct choice choice;
struct choice {
    const choice *up;
    const choice *before;   /* the last one on the way of the same formula */
    int formula, node, kid; /* of an ANY; formula -1: a sign */
    int number;             /* of the sign, as a formula */
    const formula *holds;   /* what was chosen */
};

typedef VEC(sign_reason) reasons;
typedef VEC(reasons) reason_lists;

/* How the conditions of a sum are discharged. */
typedef enum {
    BY_SIGHT,  /* as signs.h sees it */
    BY_REASON, /* by the reasons in the proof */
    BY_SEARCH  /* in any case: reasons are looked for */
} discharge;

typedef VEC(known) knowns;

/* What is said of parameters where a sum stands, heard once. */
typedef struct {
    bool done;
    knowns all;
    const hypothesis *h; /* of all */
} hearing;

/* A check under way. */
typedef struct {
    arena *a;
    arena *scratch; /* for one sum after the other */
    const sequent *s;
    arena *keep;      /* for the conditions and reasons found */
    conditions *open; /* those not discharged; NULL: none may be */
    discharge how;
    const sign_reason *why; /* BY_REASON: those that are left of the sum */
    int nwhy;
    reasons found;      /* BY_SEARCH: of this sum */
    reason_lists *sums; /* BY_SEARCH: of the sums before */
    hearing *facts;     /* what the sequent says, for all sums */
    hearing here;       /* ... and the choices on the way to this one */
    /* Formulas after those of the sequent: signs, lemmas. */
    VEC(const formula *) named;
    const choice **last; /* by formula: the last choice of its kids on the way */
    size_t nlast;
} check;

static const choice *last_choice(const check *k, int which) {
    return (size_t)which < k->nlast ? k->last[which] : NULL;
}

static int chosen_kid(const check *k, int which, int node) {
    for (const choice *c = last_choice(k, which); c; c = c->before)
        if (c->node == node) return c->kid;
    return -1;
}

static void name_formula(check *k, const formula *f) {
    vec_push(k->a, &k->named, f);
}

/* Makes the choice; it ends with end_choice. */
static void begin_choice(check *k, choice *c) {
    size_t which = (size_t)c->formula;
    if (which >= k->nlast) {
        size_t most = 2 * which + 16;
        const choice **more = NEW_ARRAY(k->a, const choice *, most);
        if (k->nlast) memcpy(more, k->last, sizeof *more * k->nlast);
        k->last = more;
        k->nlast = most;
    }
    c->before = k->last[which];
    k->last[which] = c;
}

static void end_choice(check *k, const choice *c) {
    k->last[c->formula] = c->before;
}

static const formula *formula_named(const check *k, int i) {
    int n = sequent_size(k->s);
    if (i < n) return sequent_formula(k->s, i);
    return (size_t)(i - n) < k->named.n ? k->named.v[i - n] : NULL;
}

/* The node, if every ANY above it was split into the kid that holds it; else NULL. */
static const formula *granted(const check *k, int i, int node) {
    const formula *f = formula_named(k, i);
    if (!f || node < 0 || node >= f->nodes) return NULL;
    int at = 0;
    while (at < node) {
        int kid = 0, below = at + 1;
        while (node >= below + f->kid[kid]->nodes) below += f->kid[kid++]->nodes;
        if (f->kind == FORMULA_ANY && chosen_kid(k, i, at) != kid) return NULL;
        f = f->kid[kid];
        at = below;
    }
    return f;
}

/* --- conditions on parameters --- */

int signs_allowed(rel r) {
    switch (r) {
    case REL_EQ:
        return SIGN_ZERO;
    case REL_LE:
        return SIGN_NEG | SIGN_ZERO;
    case REL_LT:
        return SIGN_NEG;
    }
    return 0;
}

static const formula *with_signs(arena *a, coef c, rel below, bool mirrored) {
    form f = form_const(mirrored ? coef_neg(a, c) : c);
    return formula_atom(a, f, below);
}

const formula *condition_formula(arena *a, coef c, int signs) {
    switch (signs) {
    case SIGN_NEG:
        return with_signs(a, c, REL_LT, false);
    case SIGN_ZERO:
        return with_signs(a, c, REL_EQ, false);
    case SIGN_POS:
        return with_signs(a, c, REL_LT, true);
    case SIGN_NEG | SIGN_ZERO:
        return with_signs(a, c, REL_LE, false);
    case SIGN_POS | SIGN_ZERO:
        return with_signs(a, c, REL_LE, true);
    case SIGN_NEG | SIGN_POS:
        return formula_nonzero(a, form_const(c));
    case SIGN_ANY:
        return formula_all(a, NULL, 0);
    default:
        return formula_any(a, NULL, 0);
    }
}

/* c ≠ 0, spelled as (c < 0 or -c < 0). */
static bool says_nonzero(arena *a, const formula *f, coef *c) {
    if (f->kind != FORMULA_ANY || f->n != 2) return false;
    for (int i = 0; i < 2; i++) {
        const formula *kid = f->kid[i];
        if (kid->kind != FORMULA_ATOM || kid->rel != REL_LT || kid->lhs.n) return false;
    }
    *c = f->kid[0]->lhs.k;
    return coef_eq(coef_neg(a, *c), f->kid[1]->lhs.k);
}

static void hear_defined(arena *a, coef c, int i, int node, knowns *h) {
    if (coef_is_polynomial(c)) return;
    coef den = coef_denominator(a, c);
    known x = {hypothesis_of(den, SIGN_NEG | SIGN_POS), {REF_POLE, i, node, den}};
    vec_push(a, h, x);
}

/* What the node of formula i, which holds, says of parameters alone; its denominators do not
 * vanish. */
static void hear(arena *a, const formula *f, int i, int node, knowns *h) {
    known x = {.from = {.kind = REF_ATOM, .i = i, .node = node}};
    if (says_nonzero(a, f, &x.h.c)) {
        x.h = hypothesis_of(x.h.c, SIGN_NEG | SIGN_POS);
        vec_push(a, h, x);
    }
    for (int k = 0, below = node + 1; f->kind == FORMULA_ALL && k < f->n; k++) {
        hear(a, f->kid[k], i, below, h);
        below += f->kid[k]->nodes;
    }
    if (f->kind != FORMULA_ATOM) return;
    for (int k = 0; k < f->lhs.n; k++) hear_defined(a, f->lhs.t[k].c, i, node, h);
    hear_defined(a, f->lhs.k, i, node, h);
    if (f->lhs.n) return;
    x.h = hypothesis_of(f->lhs.k, signs_allowed(f->rel));
    vec_push(a, h, x);
}

static void hear_choice(const check *k, const choice *c, knowns *h) {
    int i = c->formula, node = 0;
    if (i >= 0) {
        const formula *any = granted(k, i, c->node);
        node = c->node + 1;
        for (int kid = 0; kid < c->kid; kid++) node += any->kid[kid]->nodes;
    } else {
        i = c->number;
    }
    hear(k->a, c->holds, i, node, h);
}

static void hear_facts(arena *a, const sequent *s, knowns *h) {
    for (int i = 0; i < sequent_size(s); i++) {
        const formula *f = sequent_formula(s, i);
        if (f) hear(a, f, i, 0, h);
    }
}

static const hypothesis *as_hypotheses(arena *a, const knowns *k) {
    hypothesis *h = NEW_ARRAY(a, hypothesis, k->n);
    for (size_t i = 0; i < k->n; i++) h[i] = k->v[i].h;
    return h;
}

/* What the sequent says, and the choices on the way: the path of a sum is one for all of it. */
static const hearing *hear_all(check *k, const choice *path) {
    if (k->here.done) return &k->here;
    if (!k->facts->done) hear_facts(k->keep, k->s, &k->facts->all);
    k->facts->done = k->here.done = true;
    for (size_t i = 0; i < k->facts->all.n; i++) vec_push(k->a, &k->here.all, k->facts->all.v[i]);
    for (; path; path = path->up) hear_choice(k, path, &k->here.all);
    k->here.h = as_hypotheses(k->a, &k->here.all);
    return &k->here;
}

int signs_where(arena *a, const sequent *s, const formula *under, coef c) {
    knowns h = {0};
    hear_facts(a, s, &h);
    if (under) hear(a, under, sequent_size(s), 0, &h);
    return signs_of(a, c, as_hypotheses(a, &h), (int)h.n);
}

static const formula *chosen(arena *a, const choice *path) {
    VEC(const formula *) all = {0};
    for (; path; path = path->up) vec_push(a, &all, path->holds);
    return formula_all(a, all.v, (int)all.n);
}

static void leave_open(check *k, const choice *path, coef c, int signs) {
    condition open = {coef_copy(k->keep, c), signs, chosen(k->keep, path)};
    vec_push(k->keep, k->open, open);
}

static bool seen(check *k, const choice *path, coef c, int signs) {
    const hearing *heard = hear_all(k, path);
    if (signs_are_among(k->a, c, signs, heard->h, (int)heard->all.n)) return true;
    if (k->open) leave_open(k, path, c, signs);
    return k->open != NULL;
}

/* --- reasons --- */

static bool is_denominator(arena *a, const formula *f, coef pole) {
    coef c;
    if (says_nonzero(a, f, &c)) return is_factor_of(a, pole, coef_denominator(a, c));
    if (f->kind != FORMULA_ATOM) return false;
    for (int i = 0; i < f->lhs.n; i++)
        if (is_factor_of(a, pole, coef_denominator(a, f->lhs.t[i].c))) return true;
    return is_factor_of(a, pole, coef_denominator(a, f->lhs.k));
}

static bool named_here(const void *context, arena *a, const ref *r, hypothesis *out) {
    const formula *f = granted(context, r->i, r->node);
    *out = hypothesis_of(r->pole, SIGN_NEG | SIGN_POS);
    if (!f) return false;
    if (r->kind == REF_POLE) return is_denominator(a, f, r->pole);
    if (says_nonzero(a, f, &out->c)) return true;
    if (f->kind != FORMULA_ATOM || f->lhs.n) return false;
    *out = hypothesis_of(f->lhs.k, signs_allowed(f->rel));
    return true;
}

static bool reasoned(check *k, const choice *path, coef c, int signs) {
    if (k->nwhy-- <= 0) return false;
    const sign_reason *r = k->why++;
    if (r->n) return reason_shows(k->a, r, c, signs, named_here, k);
    leave_open(k, path, c, signs);
    return true;
}

static bool searched(check *k, const choice *path, coef c, int signs) {
    const knowns *h = &hear_all(k, path)->all;
    sign_reason r = grounds_of(k->a, c, signs, h->v, (int)h->n), kept = {0};
    if (r.n && reason_shows(k->a, &r, c, signs, named_here, k)) kept = reason_copy(k->keep, &r);
    vec_push(k->keep, &k->found, kept);
    return true;
}

/* --- demands --- */

enum { HEARD = 50 }; /* steps for each formula that is heard */

/* c has one of these signs, or it is a condition left open. */
static bool demand(check *k, const choice *path, coef c, int signs) {
    rat plain;
    if (coef_rat(c, &plain)) return (sign_of_rat(plain) & signs) != 0;
    if (!field_spend(coef_field(c), HEARD * (uint64_t)sequent_size(k->s))) return false;
    switch (k->how) {
    case BY_SIGHT:
        return seen(k, path, c, signs);
    case BY_REASON:
        return reasoned(k, path, c, signs);
    case BY_SEARCH:
        return searched(k, path, c, signs);
    }
    return false;
}

static bool demand_defined(check *k, const choice *path, coef lambda) {
    rat plain;
    return coef_rat(lambda, &plain) ||
           demand(k, path, coef_denominator(k->a, lambda), SIGN_NEG | SIGN_POS);
}

/* --- sums --- */

typedef struct {
    VEC(term) terms;
    VEC(term) constants; /* of symbol 0 */
    rel r;               /* of the sum so far: EQ, then LE, then LT, as stronger summands come */
} total;

static bool add_summand(check *k, const choice *path, const summand *m, total *sum) {
    const formula *f = granted(k, m->formula, m->node);
    if (!f || f->kind != FORMULA_ATOM) return false;
    if (!demand_defined(k, path, m->lambda)) return false;
    if (f->rel != REL_EQ && !demand(k, path, m->lambda, SIGN_POS)) return false;
    if (f->rel > sum->r) sum->r = f->rel;
    for (int i = 0; i < f->lhs.n; i++) {
        term t = {f->lhs.t[i].sym, coef_mul(k->a, m->lambda, f->lhs.t[i].c)};
        vec_push(k->a, &sum->terms, t);
    }
    term constant = {0, coef_mul(k->a, m->lambda, f->lhs.k)};
    vec_push(k->a, &sum->constants, constant);
    return true;
}

static bool add_up(check *k, const choice *path, const summand *m, int n, form *f, rel *r) {
    total sum = {.r = REL_EQ};
    for (int i = 0; i < n; i++)
        if (!add_summand(k, path, &m[i], &sum)) return false;
    form constant = form_of(k->a, sum.constants.v, (int)sum.constants.n, coef_int(0));
    *f = form_of(k->a, sum.terms.v, (int)sum.terms.n, form_coef(constant, 0));
    *r = sum.r;
    return true;
}

/* No term is left, or only such whose coefficients are zero because of what is said of the
 * parameters. */
static bool terms_vanish(check *k, const choice *path, form f) {
    for (int i = 0; i < f.n; i++)
        if (!demand(k, path, f.t[i].c, SIGN_ZERO)) return false;
    return true;
}

static bool sum_is_absurd(const check *k, const choice *path, const proof *pf) {
    form f;
    rel r;
    check leaf = *k;
    leaf.a = k->scratch;
    leaf.why = pf->why, leaf.nwhy = pf->nwhy;
    bool yes = add_up(&leaf, path, pf->sum, pf->n, &f, &r) && terms_vanish(&leaf, path, f) &&
               demand(&leaf, path, f.k, SIGN_ANY & ~signs_allowed(r));
    arena_clear(k->scratch);
    if (k->how == BY_SEARCH) vec_push(k->keep, k->sums, leaf.found);
    return yes && (k->how != BY_REASON || leaf.nwhy == 0);
}

/* --- trees --- */

static bool refutes(check *k, const choice *path, const proof *pf);

static bool split_refutes(check *k, const choice *path, const proof *pf) {
    const formula *f = granted(k, pf->formula, pf->node);
    if (!f || f->kind != FORMULA_ANY || f->n != pf->n) return false;
    for (int i = 0; i < pf->n; i++) {
        choice c = {
            .up = path, .formula = pf->formula, .node = pf->node, .kid = i, .holds = f->kid[i]};
        begin_choice(k, &c);
        bool refuted = refutes(k, &c, pf->branch[i]);
        end_choice(k, &c);
        if (!refuted) return false;
    }
    return true;
}

static bool signs_refute(check *k, const choice *path, const proof *pf) {
    static const int signs[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    rat plain;
    if (pf->n != 3 || !coef_rat(coef_denominator(k->a, pf->sign_of), &plain)) return false;
    for (int i = 0; i < 3; i++) {
        choice c = {.up = path, .formula = -1, .node = -1};
        c.number = sequent_size(k->s) + (int)k->named.n;
        c.holds = condition_formula(k->a, pf->sign_of, signs[i]);
        name_formula(k, c.holds);
        bool refuted = refutes(k, &c, pf->branch[i]);
        k->named.n--;
        if (!refuted) return false;
    }
    return true;
}

/* Every formula without parameters, or its negation, holds. */
static bool lemmas_refute(check *k, const choice *path, const proof *pf) {
    size_t before = k->named.n;
    bool ok = pf->n > 0;
    for (int i = 0; ok && i < pf->n - 1; i++) {
        const formula *f = pf->lemma[i];
        ok = f->kind == FORMULA_ATOM && form_is_plain(f->lhs);
        if (!ok) break;
        name_formula(k, formula_not(k->a, f));
        ok = refutes(k, path, pf->branch[i]);
        k->named.v[k->named.n - 1] = f;
    }
    ok = ok && refutes(k, path, pf->branch[pf->n - 1]);
    k->named.n = before;
    return ok;
}

static bool refutes(check *k, const choice *path, const proof *pf) {
    if (!pf) return false;
    switch (pf->kind) {
    case PROOF_SUM:
        return sum_is_absurd(k, path, pf);
    case PROOF_SPLIT:
        return split_refutes(k, path, pf);
    case PROOF_SIGNS:
        return signs_refute(k, path, pf);
    case PROOF_LEMMAS:
        return lemmas_refute(k, path, pf);
    }
    return false;
}

static bool refutes_all(check *k, const proof *pf) {
    k->scratch = arena_new();
    bool yes = refutes(k, NULL, pf);
    arena_free(k->scratch);
    return yes;
}

bool proof_refutes_given(arena *a, const sequent *s, const proof *pf, conditions *open) {
    hearing facts = {0};
    check k = {.a = a, .s = s, .keep = a, .open = open, .facts = &facts};
    return refutes_all(&k, pf);
}

bool proof_shows(arena *a, const sequent *s, const proof *pf, conditions *open) {
    hearing facts = {0};
    check k = {.a = a, .s = s, .keep = a, .open = open, .how = BY_REASON, .facts = &facts};
    return refutes_all(&k, pf);
}

/* The reasons of the sums come in order. */
static const proof *with_reasons(arena *a, const proof *pf, const reasons **next) {
    proof *out = NEW(a, proof);
    *out = *pf;
    if (pf->kind == PROOF_SUM) {
        out->why = (*next)->v;
        out->nwhy = (int)(*next)++->n;
        return out;
    }
    const proof **branch = NEW_ARRAY(a, const proof *, pf->n);
    for (int i = 0; i < pf->n; i++) branch[i] = with_reasons(a, pf->branch[i], next);
    out->branch = branch;
    return out;
}

const proof *proof_with_reasons(arena *a, const sequent *s, const proof *pf) {
    reason_lists sums = {0};
    hearing facts = {0};
    check k = {.a = a, .s = s, .keep = a, .how = BY_SEARCH, .sums = &sums, .facts = &facts};
    if (!refutes_all(&k, pf)) return NULL;
    const reasons *next = sums.v;
    return with_reasons(a, pf, &next);
}

bool proof_is_reasoned(const proof *pf) {
    bool all = true;
    for (int i = 0; i < pf->nwhy; i++) all = all && pf->why[i].n;
    for (int i = 0; pf->kind != PROOF_SUM && i < pf->n; i++)
        all = all && proof_is_reasoned(pf->branch[i]);
    return all;
}

bool proof_refutes(const sequent *s, const proof *pf) {
    arena *scratch = arena_new();
    bool yes = proof_refutes_given(scratch, s, pf, NULL);
    arena_free(scratch);
    return yes;
}

static bool any_is_zero(const summand *sum, int n) {
    for (int i = 0; i < n; i++)
        if (coef_is_zero(sum[i].lambda)) return true;
    return false;
}

bool sum_vanishes(const sequent *s, const summand *sum, int n) {
    form f;
    rel r;
    arena *scratch = arena_new();
    hearing facts = {0};
    check k = {.a = scratch, .s = s, .keep = scratch, .facts = &facts};
    bool yes = add_up(&k, NULL, sum, n, &f, &r) && form_is_zero(f) && r == REL_EQ;
    arena_free(scratch);
    return yes && !any_is_zero(sum, n);
}

void proof_support(const sequent *s, const proof *pf, bool *used) {
    if (pf->kind == PROOF_SUM) {
        for (int i = 0; i < pf->n; i++)
            if (pf->sum[i].formula < sequent_size(s)) used[pf->sum[i].formula] = true;
        return;
    }
    if (pf->kind == PROOF_SPLIT && pf->formula < sequent_size(s)) used[pf->formula] = true;
    for (int i = 0; i < pf->n; i++) proof_support(s, pf->branch[i], used);
}

/* --- witnesses --- */

/* Does `test` hold of every formula of the sequent? */
static bool every_formula(const sequent *s, bool (*test)(arena *, const formula *, const void *),
                          const void *what) {
    arena *scratch = arena_new();
    bool all = true;
    for (int i = 0; all && i < sequent_size(s); i++) {
        const formula *f = sequent_formula(s, i);
        all = !f || test(scratch, f, what);
    }
    arena_free(scratch);
    return all;
}

static bool holds_at(arena *a, const formula *f, const void *what) {
    const witness *w = what;
    return formula_holds(a, f, w->x);
}

bool witness_satisfies(const sequent *s, const witness *w) {
    return w->n == s->p->nsymbols && every_formula(s, holds_at, w);
}

/* On the way from near, where the atom holds: at the limit it holds with ≤ for <; along a ray it
 * never gets worse. */
static bool atom_holds_along(arena *a, const formula *f, const approach *w) {
    form at_limit;
    if (!formula_holds(a, f, w->near.x) || !form_at(a, f->lhs, w->near.x, &at_limit)) return false;
    if (w->ray) at_limit.k = coef_int(0);
    int sign = coef_sgn(form_value(a, at_limit, w->limit.x));
    return f->rel == REL_EQ ? sign == 0 : sign <= 0;
}

static bool holds_along(arena *a, const formula *f, const void *what) {
    if (f->kind == FORMULA_ATOM) return atom_holds_along(a, f, what);
    bool all = f->kind == FORMULA_ALL;
    for (int i = 0; i < f->n; i++)
        if (holds_along(a, f->kid[i], what) != all) return !all;
    return all;
}

bool approach_holds(const sequent *s, const approach *w) {
    return w->near.n == s->p->nsymbols && w->limit.n == s->p->nsymbols &&
           every_formula(s, holds_along, w);
}
