#include "engine/param.h"

#include "algebra/pins.h"
#include "engine/cases.h"
#include "engine/peel.h"
#include "engine/symbolic.h"

enum {
    MOST_SAMPLES = 6,     /* points tried before the solver is asked */
    MOST_SPLITS = 24,     /* sign splits in one proof */
    MOST_SUMMANDS = 1000, /* in a sum that is continued */
    MOST_DISCHARGED = 6,
    MOST_CASES_DEEP = 2 /* distinctions between parameters, one inside the other */
};

typedef VEC(const formula *) formula_list;

struct param {
    arena *a;
    const problem *p;
    budget *b;
    nonlinear *solver;
    VEC(witness) samples; /* parameters that some sequent allowed; the last is the newest */
    /* For param_can_fail. */
    bool looked, loose;  /* was it asked, and can every equation fail? */
    witness some;        /* a solution of all facts, if one was seen */
    formula_list *about; /* by parameter: what the facts say with it, peeled */
};

param *param_open(arena *a, const problem *p, budget *b, nonlinear *solver) {
    param *s = NEW(a, param);
    *s = (param){.a = a, .p = p, .b = b, .solver = solver};
    return s;
}

bool sequent_is_parametric(const sequent *q) {
    if (!q->p->field) return false;
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f && formula_is_parametric(f)) return true;
    }
    return false;
}

static sequent with_extra(arena *a, const sequent *q, const formula *more) {
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra + 1);
    for (int i = 0; i < q->nextra; i++) extra[i] = q->extra[i];
    extra[q->nextra] = more;
    return (sequent){q->p, q->use, extra, q->nextra + 1};
}

/* --- the linear problem at a sample --- */

/* x is NULL where no parameter is left. */
static const problem *problem_at(arena *a, const sequent *q, const coef *x) {
    if (!x) return q->p;
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, q->p->nfacts);
    *p = *q->p;
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = q->p->facts[i];
        if (!q->use || q->use[i]) facts[i].claim = formula_at(a, facts[i].claim, x);
    }
    p->facts = facts;
    p->field = NULL;
    return p;
}

static const formula *const *extra_at(arena *a, const sequent *q, const coef *x) {
    if (!x) return q->extra;
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra);
    for (int i = 0; i < q->nextra; i++) extra[i] = formula_at(a, q->extra[i], x);
    return extra;
}

static witness with_parameters(arena *a, const problem *p, const witness *w, const coef *x) {
    coef *both = NEW_ARRAY(a, coef, p->nsymbols);
    for (int i = 0; i < p->nsymbols; i++)
        both[i] = p->symbols[i].sort != SORT_PARAMETER ? w->x[i] : x ? x[i] : coef_int(0);
    return (witness){both, p->nsymbols};
}

static cases_result solve_at(param *s, arena *a, const sequent *q, const coef *x) {
    const problem *p = problem_at(a, q, x);
    base *b = base_prepare_plainly(p, q->use, s->b);
    if (!b) return (cases_result){.status = CASES_STOPPED};
    cases_result r = cases_solve(b, a, extra_at(a, q, x), q->nextra, UINT64_MAX);
    base_free(b);
    if (r.status == CASES_SAT) r.w = with_parameters(a, s->p, &r.w, x);
    return r;
}

/* --- parameters that have a value --- */

/* The expressions that some formula says are zero. */
static zeros zeros_of(arena *a, const sequent *q) {
    zeros all = {0};
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f && formula_is_parametric(f)) zeros_in(a, f, &all);
    }
    return all;
}

static pins pins_in(arena *a, const sequent *q) {
    zeros all = zeros_of(a, q);
    return pins_of(a, all.v, (int)all.n);
}

/* The sequent with the pins put in: the same formulas and nodes, so its proofs are proofs of q. */
static sequent with_pins(arena *a, const sequent *q, const pins *p) {
    if (p->n == 0) return *q;
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, q->p->nfacts);
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra);
    *own = *q->p;
    for (int i = 0; i < own->nfacts; i++) {
        facts[i] = q->p->facts[i];
        if (!q->use || q->use[i]) facts[i].claim = formula_pinned(a, facts[i].claim, p);
    }
    for (int i = 0; i < q->nextra; i++) extra[i] = formula_pinned(a, q->extra[i], p);
    own->facts = facts;
    return (sequent){own, q->use, extra, q->nextra};
}

/* The witness with the pinned parameters as they must be. */
static witness pinned_values(arena *a, const problem *p, const witness *w, const pins *given) {
    if (given->n == 0) return *w;
    coef *x = NEW_ARRAY(a, coef, w->n);
    memcpy(x, w->x, sizeof *x * (size_t)w->n);
    for (size_t i = given->n; i-- > 0;) {
        rat r;
        if (coef_value(a, given->v[i].value, x, &r))
            x[field_symbol(p->field, given->v[i].i)] = coef_of(r);
    }
    return (witness){x, w->n};
}

/* --- samples --- */

static coef *values_of(arena *a, const witness *w) {
    coef *x = NEW_ARRAY(a, coef, w->n);
    memcpy(x, w->x, sizeof *x * (size_t)w->n);
    return x;
}

static witness copy_of(arena *a, const witness *w) {
    coef *x = NEW_ARRAY(a, coef, w->n);
    for (int i = 0; i < w->n; i++) x[i] = coef_copy(a, w->x[i]);
    return (witness){x, w->n};
}

static void remember(param *s, const witness *w) {
    witness kept = copy_of(s->a, w);
    vec_push(s->a, &s->samples, kept);
}

static bool is_pure(const formula *f) {
    bool pure = f->kind != FORMULA_ATOM || f->lhs.n == 0;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) pure = pure && is_pure(f->kid[i]);
    return pure;
}

/* Do those hold that speak of parameters alone? *all: there are no others. Extra formulas first:
 * they are what is asked. */
static bool pure_hold_at(arena *a, const sequent *q, const coef *x, bool *all) {
    *all = true;
    for (int i = sequent_size(q) - 1; i >= 0; i--) {
        const formula *f = sequent_formula(q, i);
        if (!f) continue;
        bool pure = is_pure(f);
        *all = *all && pure;
        if (pure && !formula_holds(a, f, x)) return false;
    }
    return true;
}

/* Does any formula speak of parameters and of quantities? */
static bool is_mixed(const sequent *q) {
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f && !is_pure(f) && formula_is_parametric(f)) return true;
    }
    return false;
}

/* Can the sequent hold where the parameters are as in *w? Then *w is a witness. */
static bool satisfied_at(param *s, arena *a, const sequent *q, witness *w) {
    arena *scratch = arena_new();
    bool all, yes = pure_hold_at(scratch, q, w->x, &all);
    if (yes && !all) {
        cases_result r = solve_at(s, scratch, q, w->x);
        yes = r.status == CASES_SAT;
        if (yes) *w = copy_of(a, &r.w);
    }
    arena_free(scratch);
    return yes;
}

/* The samples from..to-1, counted from the newest one. */
static bool satisfied_at_samples(param *s, arena *a, const sequent *q, int from, int to,
                                 witness *w) {
    for (int i = from; i < to && i < (int)s->samples.n; i++) {
        *w = s->samples.v[s->samples.n - 1 - (size_t)i];
        if (!satisfied_at(s, a, q, w)) continue;
        *w = copy_of(a, w); /* who asked may outlive the samples */
        return true;
    }
    return false;
}

/* --- what is said of the parameters alone --- */

static bool has_denominator(const formula *f) {
    for (int i = 0; i < f->lhs.n; i++)
        if (!coef_is_polynomial(f->lhs.t[i].c)) return true;
    return false;
}

static bool speaks_of_parameters(const formula *f) {
    if (f->kind == FORMULA_ATOM)
        return (f->lhs.n == 0 && !form_is_plain(f->lhs)) || has_denominator(f);
    for (int i = 0; i < f->n; i++)
        if (speaks_of_parameters(f->kid[i])) return true;
    return false;
}

static sequent pure_sequent(arena *a, const sequent *q) {
    int n = sequent_size(q), kept = 0;
    const formula **extra = NEW_ARRAY(a, const formula *, n);
    bool *none = NEW_ARRAY(a, bool, q->p->nfacts);
    for (int i = 0; i < n; i++) {
        const formula *f = sequent_formula(q, i);
        if (f && speaks_of_parameters(f)) extra[kept++] = pure_part(a, f);
    }
    return (sequent){q->p, none, extra, kept};
}

/* --- parameters that allow what is said of them --- */

static bool holds_at(arena *a, const sequent *q, const coef *x) {
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f && !formula_holds(a, f, x)) return false;
    }
    return true;
}

enum { FEW = 13 };

static const int few[FEW][2] = {{5, 3}, {3, 5},  {-5, 3}, {-3, 5}, {7, 2}, {2, 7}, {0, 1},
                                {1, 1}, {-1, 1}, {2, 1},  {-2, 1}, {1, 2}, {3, 1}};

/* The last of the parameters in it; -1: there is none. */
static int last_parameter(const formula *f, bool *used, int n) {
    int last = -1;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) {
        int other = last_parameter(f->kid[i], used, n);
        if (other > last) last = other;
    }
    if (f->kind != FORMULA_ATOM || !coef_field(f->lhs.k)) return last;
    memset(used, 0, sizeof *used * (size_t)n);
    coef_parameters(f->lhs.k, used);
    for (last = n - 1; last >= 0 && !used[last];) last--;
    return last;
}

/* A value for parameter i: of those that are tried first no two parameters share one. */
static coef value_to_try(arena *a, int i, int t, int turn) {
    int big = 5 + 2 * i + 6 * turn;
    switch (t) {
    case 0:
        return coef_of(rat_frac(a, big, 3));
    case 1:
        return coef_of(rat_frac(a, 3, big));
    case 2:
        return coef_of(rat_frac(a, -big, 3));
    case 3:
        return coef_of(rat_frac(a, -3, big));
    default:
        return coef_of(rat_frac(a, few[t - 4][0], few[t - 4][1]));
    }
}

static bool all_hold(arena *a, const formula_list *all, const coef *x) {
    for (size_t i = 0; i < all->n; i++)
        if (!formula_holds(a, all->v[i], x)) return false;
    return true;
}

/* One parameter after the other: the first value that suits what speaks of it and of those before.
 */
static bool found_one_by_one(arena *a, const sequent *pure, int turn, witness *w) {
    int n = field_size(pure->p->field);
    formula_list *by = NEW_ARRAY(a, formula_list, n);
    formula_list others = {0};
    bool *used = NEW_ARRAY(a, bool, n);
    coef *x = NEW_ARRAY(a, coef, pure->p->nsymbols);
    for (int i = 0; i < sequent_size(pure); i++) {
        const formula *f = sequent_formula(pure, i);
        int last = f ? last_parameter(f, used, n) : -1;
        if (f) vec_push(a, last >= 0 ? &by[last] : &others, f);
    }
    for (int i = 0; i < pure->p->nsymbols; i++) x[i] = coef_int(0);
    for (int i = 0; i < n; i++) {
        bool found = false;
        for (int t = 0; t < FEW + 4 && !found; t++) {
            x[field_symbol(pure->p->field, i)] = value_to_try(a, i, t, turn);
            found = all_hold(a, &by[i], x);
        }
        if (!found) return false;
    }
    *w = (witness){x, pure->p->nsymbols};
    return all_hold(a, &others, x);
}

/* A few points, none of them special at first, for a sequent that speaks of parameters alone; so
 * many that would do are passed by. */
static bool found_among_few(arena *a, const sequent *pure, int turn, witness *w) {
    const field *k = pure->p->field;
    int passed = 0;
    if (field_size(k) > FEW) return found_one_by_one(a, pure, turn, w);
    coef *x = NEW_ARRAY(a, coef, pure->p->nsymbols);
    for (int i = 0; i < pure->p->nsymbols; i++) x[i] = coef_int(0);
    for (int t = 0; t < (field_size(k) == 1 ? FEW : 3 * FEW); t++) {
        for (int i = 0; i < field_size(k); i++) {
            const int *v = few[(i == 0 ? t : i == 1 ? t / FEW + t : t * (2 * i + 1) + i) % FEW];
            x[field_symbol(k, i)] = coef_of(rat_frac(a, v[0], v[1]));
        }
        *w = (witness){x, pure->p->nsymbols};
        if (holds_at(a, pure, x) && passed++ == turn) return true;
    }
    return field_size(k) > 1 && found_one_by_one(a, pure, turn, w);
}

static const proof *refute_linear(param *s, arena *a, const sequent *q);

/* As nonlinear_ask, for a sequent that speaks of parameters alone. */
static smt_status ask_pure(param *s, arena *a, const sequent *pure, witness *w) {
    if (found_among_few(a, pure, 0, w)) return SMT_SAT;
    if (refute_linear(s, a, pure)) return SMT_UNSAT;
    return nonlinear_ask(s->solver, s->b, a, pure, w, NULL);
}

/* --- continuing a sum --- */

/* A proof being continued under the sign hypotheses among the sequent's extra formulas. */
typedef struct {
    param *s;
    arena *a;
    const sequent *top; /* as asked: proofs name its formulas */
    int splits_left;
} lifting;

/* Quantities that occur in the atoms, numbered. */
static int number_symbols(const problem *p, const form *f, int n, int *number) {
    int count = 0;
    for (int i = 0; i < p->nsymbols; i++) number[i] = -1;
    for (int i = 0; i < n; i++)
        for (int k = 0; k < f[i].n; k++)
            if (number[f[i].t[k].sym] < 0) number[f[i].t[k].sym] = count++;
    return count;
}

typedef VEC(term) term_list;

/* Σ x_j·column_j = sum: a row for each of the quantities. */
static form *rows_of(arena *a, const form *column, int n, form sum, const int *number, int rows) {
    term_list *t = NEW_ARRAY(a, term_list, rows);
    form *row = NEW_ARRAY(a, form, rows);
    for (int j = 0; j < n; j++)
        for (int k = 0; k < column[j].n; k++)
            vec_push(a, &t[number[column[j].t[k].sym]], ((term){j, column[j].t[k].c}));
    for (int i = 0; i < rows; i++) row[i] = form_of(a, t[i].v, (int)t[i].n, coef_int(0));
    for (int k = 0; k < sum.n; k++) row[number[sum.t[k].sym]].k = sum.t[k].c;
    return row;
}

/* Solves Σ x_j·column_j = sum in the quantities, near the sample, from start[]. */
static bool combine(lifting *l, const sequent *q, const form *column, int n, form sum,
                    const coef *sample, const coef *start, coef *x, coef *special) {
    form *all = NEW_ARRAY(l->a, form, n + 1);
    int *number = NEW_ARRAY(l->a, int, l->s->p->nsymbols);
    for (int j = 0; j < n; j++) all[j] = column[j];
    all[n] = sum;
    int rows = number_symbols(l->s->p, all, n + 1, number);
    form *row = rows_of(l->a, column, n, sum, number, rows);
    zeros z = zeros_of(l->a, q);
    for (size_t i = 0; i < z.n; i++) z.v[i] = coef_numerator(l->a, z.v[i]);
    return symbolic_solve(l->a, row, rows, n, sample, start, z.v, (int)z.n, x, special);
}

static const formula *atom_in(const sequent *q, const summand *m) {
    return formula_node(sequent_formula(q, m->formula), m->node);
}

/* The summand whose multiplier stays as it is: an inequality, for then its sign is no question. */
static int fixed_summand(const sequent *q, const proof *pf) {
    for (int j = pf->n - 1; j >= 0; j--)
        if (atom_in(q, &pf->sum[j])->rel != REL_EQ) return j;
    return pf->n - 1;
}

/* One multiplier stays; the others follow it as functions of the parameters. */
static bool continue_sum(lifting *l, const sequent *q, const proof *pf, const coef *sample,
                         proof *out, coef *special) {
    int n = pf->n;
    if (n == 0 || n > MOST_SUMMANDS) return false;
    form *column = NEW_ARRAY(l->a, form, n);
    coef *start = NEW_ARRAY(l->a, coef, n), *x = NEW_ARRAY(l->a, coef, n);
    summand *sum = NEW_ARRAY(l->a, summand, n);
    memcpy(sum, pf->sum, sizeof *sum * (size_t)n);
    int fixed = fixed_summand(q, pf);
    sum[fixed] = pf->sum[n - 1];
    sum[n - 1] = pf->sum[fixed];
    for (int j = 0; j < n; j++) {
        column[j] = atom_in(q, &sum[j])->lhs;
        start[j] = sum[j].lambda;
    }
    form last = form_scale(l->a, coef_neg(l->a, start[n - 1]), column[n - 1]);
    if (!combine(l, q, column, n - 1, last, sample, start, x, special)) return false;
    for (int j = 0; j < n - 1; j++) sum[j].lambda = x[j];
    *out = (proof){.kind = PROOF_SUM, .sum = sum, .n = n};
    return true;
}

static bool is_opposite(arena *a, const formula *f, const formula *g) {
    return f->rel == g->rel && form_eq(f->lhs, form_scale(a, coef_int(-1), g->lhs));
}

/* Is y the sum x turned round, as on the other side of a ≠? */
static bool is_turned(arena *a, const sequent *q, const proof *x, const proof *y) {
    if (x->kind != PROOF_SUM || y->kind != PROOF_SUM || x->n != y->n || x->n == 0) return false;
    int fixed = fixed_summand(q, x);
    for (int j = 0; j < x->n; j++) {
        const summand *m = &x->sum[j], *k = &y->sum[j];
        bool same = m->formula == k->formula && m->node == k->node;
        if (j == fixed &&
            !(coef_eq(m->lambda, k->lambda) && is_opposite(a, atom_in(q, m), atom_in(q, k))))
            return false;
        if (j != fixed && !(same && coef_eq(m->lambda, coef_neg(a, k->lambda)))) return false;
    }
    return true;
}

/* The sum x as it was continued, turned round; its last summand is the fixed one of y. */
static const proof *turned(arena *a, const sequent *q, const proof *x, const proof *y) {
    summand *sum = NEW_ARRAY(a, summand, x->n);
    for (int j = 0; j < x->n; j++) {
        sum[j] = x->sum[j];
        sum[j].lambda = coef_neg(a, sum[j].lambda);
    }
    sum[x->n - 1] = y->sum[fixed_summand(q, y)];
    proof *out = NEW(a, proof);
    *out = (proof){.kind = PROOF_SUM, .sum = sum, .n = x->n};
    return out;
}

/* Continues a tree; false with *special where an entry vanishes only at the sample. */
static const proof *continue_tree(lifting *l, const sequent *q, const proof *pf, const coef *sample,
                                  coef *special) {
    proof *out = NEW(l->a, proof);
    if (pf->kind == PROOF_SUM) return continue_sum(l, q, pf, sample, out, special) ? out : NULL;
    const proof **branch = NEW_ARRAY(l->a, const proof *, pf->n);
    for (int i = 0; i < pf->n; i++) {
        const proof *next = pf->branch[i];
        if (i > 0 && is_turned(l->a, q, pf->branch[i - 1], next))
            branch[i] = turned(l->a, q, branch[i - 1], next);
        else
            branch[i] = continue_tree(l, q, next, sample, special);
        if (!branch[i]) return NULL;
    }
    *out = *pf;
    out->branch = branch;
    return out;
}

/* --- a proof for all parameters --- */

static const proof *lift(lifting *l, const sequent *q);

/* Was the proof split by the sign of p on the way here? */
static bool was_split_by(const lifting *l, const sequent *q, coef p) {
    rat times;
    for (int i = l->top->nextra; i < q->nextra; i++)
        if (q->extra[i]->kind == FORMULA_ATOM && coef_multiple(l->a, q->extra[i]->lhs.k, p, &times))
            return true;
    return false;
}

/* A factor whose sign may decide that of c. */
static coef factor_to_split(const lifting *l, const sequent *q, coef c) {
    factors f = coef_factors(l->a, c);
    for (int i = 0; i < f.n; i++)
        if (!was_split_by(l, q, f.f[i].p)) return f.f[i].p;
    return coef_int(0);
}

/* Three proofs, one for each sign of a factor. */
static const proof *split_by_sign(lifting *l, const sequent *q, coef c) {
    static const int signs[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    coef number = factor_to_split(l, q, c);
    if (!coef_field(number) || l->splits_left-- <= 0) return NULL;
    const proof **branch = NEW_ARRAY(l->a, const proof *, 3);
    for (int i = 0; i < 3; i++) {
        sequent more = with_extra(l->a, q, condition_formula(l->a, number, signs[i]));
        branch[i] = lift(l, &more);
        if (!branch[i]) return NULL;
    }
    proof *pf = NEW(l->a, proof);
    *pf = (proof){.kind = PROOF_SIGNS, .branch = branch, .n = 3, .sign_of = number};
    return pf;
}

/* Parameters that contradict each other: a sum of their statements, where these are linear. */
static form as_linear(arena *a, const field *k, coef c, bool *linear) {
    form f = form_zero();
    rat r;
    *linear = coef_rat(coef_denominator(a, c), &r);
    for (int i = 0; *linear && i < field_size(k); i++) {
        coef slope, rest;
        if (!coef_field(c) || !coef_linear_in(a, c, i, &slope, &rest)) continue;
        *linear = coef_rat(slope, &r);
        f = form_addmul(a, f, slope, form_sym(a, field_symbol(k, i)));
        c = rest;
    }
    *linear = *linear && coef_rat(c, &r);
    f.k = c;
    return f;
}

/* The pure formulas with parameters as unknowns; what is not linear is taken as true. */
static const formula *linearized(arena *a, const field *k, const formula *f) {
    bool linear;
    if (f->kind == FORMULA_ATOM) {
        if (f->lhs.n) return formula_all(a, NULL, 0);
        form g = as_linear(a, k, coef_numerator(a, f->lhs.k), &linear);
        rat den;
        if (!linear || !coef_rat(coef_denominator(a, f->lhs.k), &den))
            return formula_all(a, NULL, 0);
        return formula_atom(a, form_scale(a, coef_of(rat_inv(a, den)), g), f->rel);
    }
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = linearized(a, k, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

/* As problem_at, with parameters for unknowns. */
static const proof *refute_linear(param *s, arena *a, const sequent *q) {
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, q->p->nfacts);
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra);
    *p = *q->p;
    for (int i = 0; i < p->nfacts; i++)
        if (!q->use || q->use[i]) facts[i].claim = linearized(a, p->field, q->p->facts[i].claim);
    for (int j = 0; j < q->nextra; j++) extra[j] = linearized(a, p->field, q->extra[j]);
    p->facts = facts;
    base *b = base_prepare_plainly(p, q->use, s->b);
    if (!b) return NULL;
    cases_result r = cases_solve(b, a, extra, q->nextra, UINT64_MAX);
    base_free(b);
    return r.status == CASES_UNSAT ? r.pf : NULL;
}

/* One atom that says it all: a polynomial with a sign that it cannot have. */
static const proof *refute_by_one(lifting *l, const sequent *q) {
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (!f) continue;
        spots atoms = {0};
        spot_atoms(l->a, (spot){i, 0, f}, &atoms);
        for (size_t k = 0; k < atoms.n; k++) {
            summand *m = NEW(l->a, summand);
            proof *pf = NEW(l->a, proof);
            *m = (summand){i, atoms.v[k].node, coef_int(1)};
            *pf = (proof){.kind = PROOF_SUM, .sum = m, .n = 1};
            if (proof_refutes(q, pf)) return pf;
        }
    }
    return NULL;
}

/* Is a condition true wherever the parameters are allowed? SAT gives a point where it is not. */
static smt_status test_condition(lifting *l, const sequent *q, const condition *c) {
    sequent more = with_extra(l->a, q, c->under);
    sequent pure = pure_sequent(l->a, &more);
    const formula *holds = condition_formula(l->a, c->c, c->signs);
    pure = with_extra(l->a, &pure, formula_not(l->a, holds));
    witness w;
    return ask_pure(l->s, l->a, &pure, &w);
}

/* The first condition that fails somewhere splits the proof. */
static const proof *with_conditions(lifting *l, const sequent *q, const proof *pf) {
    conditions open = {0};
    if (!proof_refutes_given(l->a, q, pf, &open)) return NULL;
    for (size_t i = 0; i < open.n; i++) {
        smt_status s = test_condition(l, q, &open.v[i]);
        if (s == SMT_UNKNOWN) return NULL;
        if (s == SMT_SAT) return split_by_sign(l, q, open.v[i].c);
    }
    return pf;
}

/* `less` is q with its pins put in. */
static const proof *lift_from(lifting *l, const sequent *q, const sequent *less, const witness *w) {
    cases_result r = solve_at(l->s, l->a, less, w->x);
    coef special = coef_int(0);
    if (r.status != CASES_UNSAT) return NULL;
    const proof *pf = continue_tree(l, less, r.pf, w->x, &special);
    if (pf) return with_conditions(l, q, pf);
    return coef_is_zero(special) ? NULL : split_by_sign(l, q, special);
}

/* Without parameters at all. */
static const proof *lift_plain(lifting *l, const sequent *q, const sequent *plain) {
    cases_result r = solve_at(l->s, l->a, plain, NULL);
    return r.status == CASES_UNSAT ? with_conditions(l, q, r.pf) : NULL;
}

/* The proof with formula `from`, the last one, called what it is: the node `at` of formula `to`. */
static const proof *renamed(arena *a, const proof *pf, int from, int to, int at) {
    proof *out = NEW(a, proof);
    summand *sum = NEW_ARRAY(a, summand, pf->n);
    const proof **branch = NEW_ARRAY(a, const proof *, pf->n);
    *out = *pf;
    for (int i = 0; i < pf->n && pf->kind == PROOF_SUM; i++) {
        sum[i] = pf->sum[i];
        if (sum[i].formula == from) sum[i].formula = to, sum[i].node += at;
    }
    for (int i = 0; i < pf->n && pf->kind != PROOF_SUM; i++)
        branch[i] = renamed(a, pf->branch[i], from, to, at);
    if (pf->kind == PROOF_SUM) out->sum = sum;
    if (pf->kind != PROOF_SUM) out->branch = branch;
    if (pf->kind == PROOF_SPLIT && pf->formula == from) out->formula = to, out->node += at;
    return out;
}

/* The last case distinction between statements on parameters alone; false if there is none. */
static bool find_pure_any(spot at, spot *found) {
    bool any = false;
    if (at.f->kind == FORMULA_ANY && is_pure(at.f)) *found = at, any = true;
    for (int i = 0; at.f->kind == FORMULA_ALL && i < at.f->n; i++)
        any |= find_pure_any(spot_kid(at, i), found);
    return any;
}

static const proof *refute_pure(lifting *l, const sequent *q, const sequent *less, int depth);

/* Each case by itself. */
static const proof *refute_cases(lifting *l, const sequent *q, int depth) {
    spot at = {.f = NULL};
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f) find_pure_any((spot){i, 0, f}, &at);
    }
    if (!at.f || depth == 0) return NULL;
    const proof **branch = NEW_ARRAY(l->a, const proof *, at.f->n);
    for (int i = 0; i < at.f->n; i++) {
        spot kid = spot_kid(at, i);
        sequent more = with_extra(l->a, q, kid.f);
        const proof *pf = refute_pure(l, &more, &more, depth - 1);
        if (!pf) return NULL;
        branch[i] = renamed(l->a, pf, sequent_size(q), kid.formula, kid.node);
    }
    proof *pf = NEW(l->a, proof);
    *pf = (proof){.kind = PROOF_SPLIT, .branch = branch, .n = at.f->n, .formula = at.formula};
    pf->node = at.node;
    return pf;
}

/* Nothing satisfies what is said of the parameters alone. */
static const proof *refute_pure(lifting *l, const sequent *q, const sequent *less, int depth) {
    const proof *pf = refute_linear(l->s, l->a, less);
    if (!pf || !proof_refutes(q, pf)) pf = less == q ? NULL : refute_linear(l->s, l->a, q);
    if (!pf || !proof_refutes(q, pf)) pf = refute_by_one(l, q);
    return pf ? pf : refute_cases(l, q, depth);
}

static const proof *lift(lifting *l, const sequent *q) {
    pins given = pins_in(l->a, q);
    sequent less = with_pins(l->a, q, &given), pure = pure_sequent(l->a, &less);
    witness w;
    if (!sequent_is_parametric(&less)) {
        const proof *pf = lift_plain(l, q, &less);
        return pf ? pf : refute_pure(l, q, &less, MOST_CASES_DEEP);
    }
    switch (ask_pure(l->s, l->a, &pure, &w)) {
    case SMT_SAT:
        return w.n ? lift_from(l, q, &less, &w) : NULL;
    case SMT_UNSAT:
        return refute_pure(l, q, &less, MOST_CASES_DEEP);
    case SMT_UNKNOWN:
        break;
    }
    return NULL;
}

/* --- the whole decision --- */

/* What a proof with conditions rests on: its own formulas, and all that speak of parameters. */
static const bool *support(arena *a, const sequent *q, const proof *pf) {
    bool *used = NEW_ARRAY(a, bool, sequent_size(q));
    if (pf) proof_support(q, pf, used);
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f && (!pf || speaks_of_parameters(f))) used[i] = true;
    }
    return used;
}

/* The proof with the sign of p split off at its root, where one of the signs cannot be. */
static const proof *with_sign_known(lifting *l, const sequent *q, const proof *pf, coef p) {
    static const int signs[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    const proof **branch = NEW_ARRAY(l->a, const proof *, 3);
    bool any = false;
    for (int i = 0; i < 3; i++) {
        const formula *sign = condition_formula(l->a, p, signs[i]);
        sequent more = with_extra(l->a, q, sign), pure = pure_sequent(l->a, &more);
        bool can = ask_pure(l->s, l->a, &pure, &(witness){0}) != SMT_UNSAT;
        branch[i] = can ? NULL : refute_pure(l, &more, &more, 1);
        any |= branch[i] != NULL;
        if (!branch[i]) branch[i] = pf;
    }
    proof *out = NEW(l->a, proof);
    *out = (proof){.kind = PROOF_SIGNS, .branch = branch, .n = 3, .sign_of = p};
    return any ? out : NULL;
}

/* Conditions that the solver vouches for are proved where what is said of the parameters refutes
 * the other signs. */
static const proof *discharged(lifting *l, const sequent *q, const proof *pf) {
    for (int tries = 0; pf && tries < MOST_DISCHARGED; tries++) {
        conditions open = {0};
        const proof *next = NULL;
        if (!proof_refutes_given(l->a, q, pf, &open) || open.n == 0) return pf;
        for (size_t i = 0; i < open.n && !next; i++) {
            factors f = coef_factors(l->a, open.v[i].c);
            for (int k = 0; k < f.n && !next; k++) next = with_sign_known(l, q, pf, f.f[k].p);
        }
        conditions left = {0};
        if (!next || !proof_refutes_given(l->a, q, next, &left) || left.n >= open.n) return pf;
        pf = next;
    }
    return pf;
}

static outcome refuted(param *s, arena *a, const sequent *q) {
    lifting l = {s, a, q, MOST_SPLITS};
    conditions open = {0};
    outcome o = {.status = ENGINE_UNSAT, .pf = discharged(&l, q, lift(&l, q))};
    if (o.pf && !proof_refutes_given(a, q, o.pf, &open)) o.pf = NULL;
    o.vouched = !o.pf;
    o.condition = open.v;
    o.nconditions = o.pf ? (int)open.n : 0;
    o.used = support(a, q, o.pf);
    return o;
}

/* A proof that the kernel has added up; NULL: none. */
typedef struct {
    const proof *pf;
    bool alone; /* what it uses suffices */
} refutation;

/* Does it refute what it uses by itself? The others are not needed for signs either then. */
static bool refutes_alone(arena *a, const sequent *q, const proof *pf) {
    bool *own = NEW_ARRAY(a, bool, sequent_size(q));
    proof_support(q, pf, own);
    sequent alone = sequent_restricted(a, q, own);
    return proof_refutes(&alone, pf);
}

static refutation confirmed(arena *a, const sequent *q, const proof *pf) {
    if (pf && refutes_alone(a, q, pf)) return (refutation){pf, true};
    return (refutation){pf && proof_refutes(q, pf) ? pf : NULL, false};
}

static outcome proved(arena *a, const sequent *q, refutation r) {
    bool *own = NEW_ARRAY(a, bool, sequent_size(q));
    proof_support(q, r.pf, own);
    const bool *used = r.alone ? own : support(a, q, r.pf);
    return (outcome){.status = ENGINE_UNSAT, .pf = r.pf, .used = used};
}

static bool satisfied_at_another(param *s, arena *a, const sequent *q, witness *w) {
    sequent pure = pure_sequent(a, q);
    for (int turn = 0; turn < 2; turn++)
        if (found_among_few(a, &pure, turn, w) && satisfied_at(s, a, q, w)) return true;
    return false;
}

/* A refutation at a point that what is said of the parameters allows, continued to all that it
 * allows, where the kernel sees all signs. */
static refutation refuted_at_once(param *s, arena *a, const sequent *q, const sequent *less) {
    lifting l = {s, a, q, 0};
    witness w;
    coef special;
    sequent pure = pure_sequent(a, less);
    if (!found_among_few(a, &pure, 0, &w)) {
        const proof *pf = refute_linear(s, a, less);
        return confirmed(a, q, pf);
    }
    cases_result r = solve_at(s, a, less, w.x);
    if (r.status != CASES_UNSAT) return (refutation){NULL, false};
    return confirmed(a, q, continue_tree(&l, less, r.pf, w.x, &special));
}

/* With what is said of parameters alone taken as true. */
static const formula *about_quantities(arena *a, const formula *f) {
    if (is_pure(f)) return formula_all(a, NULL, 0);
    if (f->kind != FORMULA_ALL) return f;
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = about_quantities(a, f->kid[i]);
    return formula_all(a, kid, f->n);
}

/* Equations to *rows; false where there is anything but these and strict inequalities. */
static bool add_rows(arena *a, const formula *f, form *rows, int *n) {
    if (f->kind == FORMULA_ANY || (f->kind == FORMULA_ATOM && f->rel == REL_LE)) return false;
    if (f->kind == FORMULA_ATOM && f->rel == REL_EQ) rows[(*n)++] = f->lhs;
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++)
        if (!add_rows(a, f->kid[i], rows, n)) return false;
    return true;
}

/* Are all equations independent at x, and is all else strict? */
static bool equations_are_loose(param *s, arena *a, const coef *x) {
    int nodes = 0, n = 0;
    for (int i = 0; i < s->p->nfacts; i++) nodes += s->p->facts[i].claim->nodes;
    form *rows = NEW_ARRAY(a, form, nodes);
    for (int i = 0; i < s->p->nfacts; i++) {
        const formula *f = about_quantities(a, s->p->facts[i].claim);
        if (!add_rows(a, formula_at(a, f, x), rows, &n)) return false;
    }
    elim *e = elim_run(a, rows, n, s->p->nsymbols, s->b);
    return e && elim_dependencies(e) == 0;
}

static bool has_equation(const formula *f) {
    if (f->kind == FORMULA_ATOM) return f->rel == REL_EQ && f->lhs.n;
    for (int i = 0; i < f->n; i++)
        if (has_equation(f->kid[i])) return true;
    return false;
}

/* Files what is left of the facts, without laws that only give a quantity, by the parameters in it.
 */
static void file_by_parameter(param *s) {
    int n = field_size(s->p->field);
    sequent *all = NEW(s->a, sequent);
    *all = (sequent){s->p, NULL, NULL, 0};
    peeled core = peel(s->a, all, NULL);
    bool *used = NEW_ARRAY(s->a, bool, n);
    s->about = NEW_ARRAY(s->a, formula_list, n);
    for (int i = 0; i < sequent_size(&core.rest); i++) {
        const formula *f = sequent_formula(&core.rest, i);
        if (!f || !formula_is_parametric(f)) continue;
        memset(used, 0, sizeof *used * (size_t)n);
        formula_parameters(f, used);
        for (int k = 0; k < n; k++)
            if (used[k]) vec_push(s->a, &s->about[k], f);
    }
}

static void look(param *s) {
    arena *scratch = arena_new();
    sequent q = {s->p, NULL, NULL, 0}, pure = pure_sequent(scratch, &q);
    witness w;
    s->looked = true;
    if (found_among_few(scratch, &pure, 0, &w) && satisfied_at(s, scratch, &q, &w)) {
        s->some = copy_of(s->a, &w);
        s->loose = equations_are_loose(s, scratch, w.x);
        file_by_parameter(s);
    }
    arena_free(scratch);
}

/* With x, does all that is said with parameter i hold, but for one formula, which does not? */
static bool fails_alone(param *s, arena *a, const formula *one, int i, const coef *x) {
    if (!formula_holds(a, formula_not(a, one), x)) return false;
    for (size_t k = 0; k < s->about[i].n; k++)
        if (s->about[i].v[k] != one && !formula_holds(a, s->about[i].v[k], x)) return false;
    return true;
}

/* One parameter moves; what was peeled off can follow. */
static bool fails_elsewhere(param *s, arena *a, const formula *one) {
    int n = field_size(s->p->field);
    bool *used = NEW_ARRAY(a, bool, n);
    coef *x = values_of(a, &s->some);
    formula_parameters(one, used);
    for (int i = 0; i < n; i++) {
        int sym = field_symbol(s->p->field, i);
        for (int t = 0; used[i] && t < FEW + 4; t++) {
            x[sym] = value_to_try(a, i, t, 0);
            if (fails_alone(s, a, one, i, x)) return true;
        }
        x[sym] = s->some.x[sym];
    }
    return false;
}

bool param_can_fail(param *s, int which) {
    const formula *f = s->p->facts[which].claim;
    if (!s->looked) look(s);
    if (!s->about) return false;
    if (!is_pure(f)) return s->loose && has_equation(f);
    arena *scratch = arena_new();
    bool can = fails_elsewhere(s, scratch, f);
    arena_free(scratch);
    return can;
}

bool param_refuted_somewhere(param *s, arena *a, const sequent *q, sequent *at, const proof **pf) {
    witness w;
    sequent pure = pure_sequent(a, q);
    if (!found_among_few(a, &pure, 0, &w)) return false;
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, q->p->nfacts);
    const formula **extra = NEW_ARRAY(a, const formula *, q->nextra);
    *p = *q->p;
    for (int i = 0; i < p->nfacts; i++)
        if (!q->use || q->use[i])
            facts[i].claim = formula_at(a, about_quantities(a, q->p->facts[i].claim), w.x);
    for (int i = 0; i < q->nextra; i++)
        extra[i] = formula_at(a, about_quantities(a, q->extra[i]), w.x);
    p->facts = facts;
    p->field = NULL;
    *at = (sequent){p, q->use, extra, q->nextra};
    cases_result r = solve_at(s, a, at, NULL);
    *pf = r.pf;
    return r.status == CASES_UNSAT;
}

/* What is left of q with its pins put in and without laws that only give a quantity; a witness is
 * one of q. UNSAT: perhaps with a proof. */
static smt_status search(param *s, arena *a, const sequent *q, witness *w, refutation *pf,
                         const char **why) {
    pins given = pins_in(a, q);
    sequent less = with_pins(a, q, &given);
    peeled core = peel(a, &less, NULL);
    smt_status found = SMT_SAT;
    if (!sequent_is_parametric(&core.rest)) {
        bool any = sequent_is_parametric(&less) && found_among_few(a, &core.rest, 0, w);
        cases_result r = solve_at(s, a, &core.rest, any ? w->x : NULL);
        if (r.status != CASES_SAT) found = r.status == CASES_STOPPED ? SMT_UNKNOWN : SMT_UNSAT;
        *w = r.w;
    } else if (satisfied_at_samples(s, a, &core.rest, 0, 1, w)) {
        found = SMT_SAT;
    } else if ((*pf = refuted_at_once(s, a, q, &less)).pf) {
        found = SMT_UNSAT;
    } else if (!satisfied_at_samples(s, a, &core.rest, 1, MOST_SAMPLES, w)) {
        bool first = s->samples.n == 0 && is_mixed(&core.rest);
        if (first || !satisfied_at_another(s, a, &core.rest, w))
            found = nonlinear_ask(s->solver, s->b, a, &core.rest, w, why);
        if (found == SMT_SAT && w->n) remember(s, w);
    }
    if (found == SMT_SAT) *w = peel_back(a, &core, w);
    if (found == SMT_SAT && w->n) *w = pinned_values(a, s->p, w, &given);
    return found;
}

outcome param_decide(param *s, arena *a, const sequent *q) {
    witness w = {0};
    const char *why = NULL;
    refutation pf = {NULL, false};
    switch (search(s, a, q, &w, &pf, &why)) {
    case SMT_SAT:
        return (outcome){.status = ENGINE_SAT, .w = w, .vouched = w.n == 0};
    case SMT_UNSAT:
        return pf.pf ? proved(a, q, pf) : refuted(s, a, q);
    case SMT_UNKNOWN:
        break;
    }
    return (outcome){.status = ENGINE_UNKNOWN, .why = why ? why : "the nonlinear solver gave up"};
}

engine_status param_test(param *s, arena *a, const sequent *q) {
    witness w = {0};
    refutation pf = {NULL, false};
    switch (search(s, a, q, &w, &pf, NULL)) {
    case SMT_SAT:
        return ENGINE_SAT;
    case SMT_UNSAT:
        return ENGINE_UNSAT;
    case SMT_UNKNOWN:
        break;
    }
    return ENGINE_UNKNOWN;
}

/* --- closed forms --- */

/* The case of a sequent in which a witness lies. */
typedef struct {
    spots atoms;                 /* granted or chosen */
    VEC(const formula *) chosen; /* those on parameters alone that a choice granted */
} chosen_case;

static void choose(arena *a, spot at, const coef *x, bool by_choice, chosen_case *c) {
    if (at.f->kind == FORMULA_ATOM) {
        vec_push(a, &c->atoms, at);
        if (by_choice && at.f->lhs.n == 0) vec_push(a, &c->chosen, at.f);
        return;
    }
    for (int i = 0; i < at.f->n; i++) {
        spot kid = spot_kid(at, i);
        if (at.f->kind == FORMULA_ALL) {
            choose(a, kid, x, by_choice, c);
        } else if (formula_holds(a, kid.f, x)) {
            choose(a, kid, x, true, c);
            return;
        }
    }
}

static chosen_case case_of(arena *a, const sequent *q, const coef *x) {
    chosen_case c = {0};
    for (int i = 0; i < sequent_size(q); i++) {
        const formula *f = sequent_formula(q, i);
        if (f) choose(a, (spot){i, 0, f}, x, false, &c);
    }
    return c;
}

/* Parameter i moved a little, as no other is. */
static void nudge(param *s, arena *a, coef *x, int i, int direction) {
    int sym = field_symbol(s->p->field, i);
    x[sym] = coef_add(a, x[sym], coef_of(rat_frac(a, direction, 97 + 14 * i)));
}

static bool all_moved(param *s, arena *a, const sequent *q, witness *w) {
    coef *x = values_of(a, w);
    for (int i = 0; i < field_size(s->p->field); i++) nudge(s, a, x, i, 1);
    cases_result r = solve_at(s, a, q, x);
    if (r.status == CASES_SAT) *w = r.w;
    return r.status == CASES_SAT;
}

/* Moves each parameter a little, where the sequent lets it: special points make special forms. All
 * at once, or one after the other. */
static witness perturbed(param *s, arena *a, const sequent *q, const witness *w) {
    witness best = *w;
    if (all_moved(s, a, q, &best)) return best;
    for (int i = 0; i < field_size(s->p->field); i++) {
        for (int k = 0; k < 2; k++) {
            coef *x = values_of(a, &best);
            nudge(s, a, x, i, k ? -1 : 1);
            cases_result r = solve_at(s, a, q, x);
            if (r.status != CASES_SAT) continue;
            best = r.w;
            break;
        }
    }
    return best;
}

/* The chosen atoms as facts of a problem of their own, at the sample. */
static const problem *case_problem(arena *a, const problem *p, const chosen_case *c,
                                   const coef *x) {
    problem *own = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, c->atoms.n);
    for (size_t i = 0; i < c->atoms.n; i++) facts[i].claim = formula_at(a, c->atoms.v[i].f, x);
    *own = *p;
    own->field = NULL;
    own->facts = facts;
    own->nfacts = (int)c->atoms.n;
    return own;
}

/* Why target - value·base = 0 in the case: the leaf that refutes that it is less. */
static const proof *why_ratio(param *s, arena *a, const chosen_case *c, const coef *x, form off) {
    const problem *p = case_problem(a, s->p, c, x);
    const formula *denied = formula_nonzero(a, off);
    base *b = base_prepare_plainly(p, NULL, s->b);
    if (!b) return NULL;
    cases_result r = cases_solve(b, a, &denied, 1, UINT64_MAX);
    base_free(b);
    bool flat = r.status == CASES_UNSAT && r.pf->kind == PROOF_SPLIT &&
                r.pf->formula == p->nfacts && r.pf->branch[0]->kind == PROOF_SUM;
    return flat && r.pf->branch[0]->n <= MOST_SUMMANDS ? r.pf->branch[0] : NULL;
}

static void need(arena *a, ratio *out, const formula *f) {
    const formula **more = NEW_ARRAY(a, const formula *, out->nwhen + 1);
    for (int i = 0; i < out->nwhen; i++) more[i] = out->when[i];
    more[out->nwhen++] = f;
    out->when = more;
}

/* Positive, negative or not zero. Of a quotient that is said without one, as p·q for p/q: the
 * complement is then all there is besides, where q is zero too. */
static void need_signs(arena *a, ratio *out, coef c, int signs) {
    rat plain;
    coef q = coef_denominator(a, c);
    if (!coef_rat(q, &plain)) c = coef_mul(a, coef_mul(a, c, q), q);
    if (!coef_rat(c, &plain)) need(a, out, condition_formula(a, c, signs));
}

/* Σ x·atom + value·base = target, with what it takes for that to be a proof. */
static void write_ratio(arena *a, const chosen_case *c, const proof *leaf, const coef *x,
                        ratio *out) {
    summand *sum = NEW_ARRAY(a, summand, leaf->n);
    out->n = 0;
    for (size_t i = 0; i < c->chosen.n; i++) need(a, out, c->chosen.v[i]);
    for (int i = 0, j = 0; i < leaf->n; i++) {
        if (leaf->sum[i].formula >= (int)c->atoms.n) continue;
        spot at = c->atoms.v[leaf->sum[i].formula];
        if (at.f->rel != REL_EQ)
            need_signs(a, out, x[j], coef_sgn(leaf->sum[i].lambda) < 0 ? SIGN_POS : SIGN_NEG);
        need_signs(a, out, coef_denominator(a, x[j]), SIGN_NEG | SIGN_POS);
        sum[out->n++] = (summand){at.formula, at.node, x[j++]};
    }
    out->sum = sum;
    need_signs(a, out, coef_denominator(a, out->value), SIGN_NEG | SIGN_POS);
}

static bool ratio_at(param *s, arena *a, const sequent *q, const witness *w, form target,
                     form base_form, ratio *out) {
    lifting l = {s, a, q, 0};
    form t, b, *column = NEW_ARRAY(a, form, MOST_SUMMANDS + 1);
    coef *start = NEW_ARRAY(a, coef, MOST_SUMMANDS + 1);
    coef *x = NEW_ARRAY(a, coef, MOST_SUMMANDS + 1), special;
    int n = 0;
    if (!form_at(a, target, w->x, &t) || !form_at(a, base_form, w->x, &b)) return false;
    coef value = coef_div(a, form_value(a, t, w->x), form_value(a, b, w->x));
    chosen_case c = case_of(a, q, w->x);
    form off = form_addmul(a, t, coef_neg(a, value), b);
    const proof *leaf = why_ratio(s, a, &c, w->x, off);
    if (!leaf) return false;
    for (int i = 0; i < leaf->n; i++) {
        if (leaf->sum[i].formula >= (int)c.atoms.n) continue;
        column[n] = c.atoms.v[leaf->sum[i].formula].f->lhs;
        start[n++] = leaf->sum[i].lambda;
    }
    column[n] = base_form;
    start[n] = value;
    if (!combine(&l, q, column, n + 1, target, w->x, start, x, &special)) return false;
    *out = (ratio){.value = x[n]};
    write_ratio(a, &c, leaf, x, out);
    return true;
}

bool param_ratio(param *s, arena *a, const sequent *q, const witness *w, form target,
                 form base_form, ratio *out) {
    witness near = perturbed(s, a, q, w);
    return ratio_at(s, a, q, &near, target, base_form, out) ||
           ratio_at(s, a, q, w, target, base_form, out);
}
