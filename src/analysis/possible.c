/* What is possible, where no closed form was found near a sample: the quantities are eliminated,
 * and with them the numbers that nobody named; what is left says for each choice of the parameters
 * which values the unknown can have. */
#include "analysis/line.h"
#include "analysis/question.h"

const problem *question_widened(arena *a, const problem *p) {
    problem *own = NEW(a, problem);
    symbol *symbols = NEW_ARRAY(a, symbol, p->nsymbols + 1);
    *own = *p;
    memcpy(symbols, p->symbols, sizeof *symbols * (size_t)p->nsymbols);
    symbols[p->nsymbols] = (symbol){.sort = SORT_QUANTITY};
    own->symbols = symbols;
    own->nsymbols++;
    return own;
}

/* Every law is homogeneous in the exponents, so any solution can be scaled. */
static bool is_homogeneous(const formula *f) {
    bool all = f->kind != FORMULA_ATOM || f->lhs.n == 0 || coef_is_zero(f->lhs.k);
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) all &= is_homogeneous(f->kid[i]);
    return all;
}

static bool can_be_scaled(const question *q) {
    const problem *p = engine_problem(q->e);
    for (int i = 0; i < p->nfacts; i++)
        if ((!q->use || q->use[i]) && !is_homogeneous(p->facts[i].claim)) return false;
    for (int i = 0; i < q->g->nwhen; i++)
        if (!is_homogeneous(q->g->when[i])) return false;
    return true;
}

/* base = sign and target = sign·unknown */
static const formula *with_base(const question *q, int sign, int unknown) {
    arena *a = q->a;
    form base = q->g->base[0], target = q->g->target;
    base.k = coef_sub(a, base.k, coef_int(sign));
    target = form_addmul(a, target, coef_int(-sign), form_sym(a, unknown));
    const formula *both[] = {formula_atom(a, base, REL_EQ), formula_atom(a, target, REL_EQ)};
    return formula_all(a, both, 2);
}

const bool *question_keeping(arena *a, const problem *p, int sym) {
    bool *keep = NEW_ARRAY(a, bool, p->nsymbols);
    if (sym >= 0) keep[sym] = true;
    return keep;
}

static const formula *shadow(const question *q, engine *wide, const formula *more,
                             const bool *keep) {
    assumed x = assume(q, more, NULL);
    return engine_shadow(wide, q->a, q->use, x.f, x.n, keep);
}

/* --- numbers that nobody named --- */

typedef struct {
    arena *a;
    const problem *p;
    bool all; /* parameters with names, too */
    bool ok;
} naming;

/* A hidden parameter that occurs: its number in the field, or -1. */
static int hidden_in(const naming *n, coef c) {
    if (!coef_field(c)) return -1;
    const field *k = n->p->field;
    bool *used = NEW_ARRAY(n->a, bool, field_size(k));
    coef_parameters(c, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i] && (n->all || n->p->symbols[field_symbol(k, i)].hidden)) return i;
    return -1;
}

/* c = Σ slope·h + rest: the hidden parameters become terms. */
static form with_hidden_terms(naming *n, coef c) {
    form f = form_zero();
    coef den = coef_denominator(n->a, c);
    n->ok = n->ok && hidden_in(n, den) < 0;
    c = coef_numerator(n->a, c);
    for (int i; (i = hidden_in(n, c)) >= 0;) {
        coef slope, rest;
        n->ok = n->ok && coef_linear_in(n->a, c, i, &slope, &rest) && hidden_in(n, slope) < 0;
        if (!n->ok) return f;
        f = form_addmul(n->a, f, slope, form_sym(n->a, field_symbol(n->p->field, i)));
        c = rest;
    }
    f.k = c;
    return form_scale(n->a, coef_div(n->a, coef_int(1), den), f);
}

static const formula *unhidden(naming *n, const formula *f) {
    if (f->kind == FORMULA_ATOM) {
        form g = with_hidden_terms(n, f->lhs.k);
        for (int i = 0; i < f->lhs.n; i++) {
            n->ok = n->ok && hidden_in(n, f->lhs.t[i].c) < 0;
            g = form_addmul(n->a, g, f->lhs.t[i].c, form_sym(n->a, f->lhs.t[i].sym));
        }
        return formula_atom(n->a, g, f->rel);
    }
    const formula **kid = NEW_ARRAY(n->a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = unhidden(n, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(n->a, kid, f->n) : formula_any(n->a, kid, f->n);
}

const formula *question_without_letters(arena *a, engine *wide, const formula *f, int unknown,
                                        bool all) {
    naming n = {a, engine_problem(wide), all, true};
    const formula *g = unhidden(&n, f);
    bool *none = NEW_ARRAY(a, bool, engine_problem(wide)->nfacts);
    const bool *keep = question_keeping(a, engine_problem(wide), unknown);
    return n.ok ? engine_shadow(wide, a, none, &g, 1, keep) : NULL;
}

/* --- the answer --- */

static bool is_everything(const answer_case *c) {
    return c->nranges == 1 && c->ranges->low_infinite && c->ranges->high_infinite;
}

static bool is_point(const answer_case *c) {
    const interval *r = c->ranges;
    return c->nranges == 1 && !r->low_infinite && !r->high_infinite && coef_eq(r->low, r->high);
}

static bool all_are_open(const answer_case *c, int n) {
    for (int i = 0; i < n; i++)
        if (!is_everything(&c[i])) return false;
    return true;
}

/* target = value·base, or the parameter asked about has the value, which is no pole: negated. */
static const formula *off_value(const question *q, coef value) {
    bool is_parameter = q->g->kind == GOAL_PARAMETER;
    form base = is_parameter ? form_const(coef_int(1)) : q->g->base[0];
    return ratio_is_not(q->a, q->g->target, base, value, true);
}

static answer one_value(const question *q, coef value, const formula *scales) {
    coef *kept = NEW(q->a, coef);
    *kept = value;
    answer r = answer_resting_on(q, ANSWER_EXACT, off_value(q, value), scales, NULL);
    r.value = kept;
    r.nvalue = 1;
    return r;
}

/* Not in the intervals: a claim that all cases but these are refuted by what the theory says. */
static const formula *outside(const question *q, const answer_case *c) {
    int unknown = engine_problem(q->e)->nsymbols;
    const formula *all[2] = {NULL, formula_all(q->a, c->when, c->nwhen)};
    if (q->g->kind == GOAL_PARAMETER) {
        const formula *in = line_within(q->a, unknown, c->ranges, c->nranges);
        all[0] = formula_not(q->a, line_put_back(q->a, in, q->g->target.k));
    } else {
        all[0] = question_outside(q, c->ranges, c->nranges);
    }
    return formula_all(q->a, all, 2);
}

/* Asked once more of the theory itself, with all its quantities. */
static bool rests_on(const question *q, answer_case *c, const formula *scales) {
    if (is_everything(c)) return true;
    answer r = answer_resting_on(q, ANSWER_RANGE, outside(q, c), scales, NULL);
    c->support = r.support;
    c->when_used = r.when_used;
    return r.kind == ANSWER_RANGE;
}

static answer from_cases(const question *q, const answer_case *c, int n, const formula *scales) {
    answer r = {.goal = q->g, .kind = ANSWER_CASES, .vouched = true};
    bool one = n == 1 && c->nwhen == 0;
    if (all_are_open(c, n)) return (answer){.goal = q->g, .kind = ANSWER_UNDETERMINED};
    if (one && is_point(c)) return one_value(q, c->ranges->low, scales);
    answer_case *own = NEW_ARRAY(q->a, answer_case, n);
    for (int i = 0; i < n; i++) {
        own[i] = c[i];
        if (!rests_on(q, &own[i], scales)) return answer_unknown(q, "no closed form was proved");
        if (!is_point(&c[i])) continue;
        own[i].value = c[i].ranges->low;
        own[i].nranges = 0;
    }
    r.cases = own;
    r.ncases = n;
    if (!one) return r;
    r.kind = ANSWER_RANGE;
    r.ranges = own->ranges;
    r.nranges = own->nranges;
    r.support = own->support;
    r.when_used = own->when_used;
    r.ncases = 0;
    return r;
}

static answer answer_from(const question *q, engine *wide, const formula *f, int unknown,
                          const formula *scales) {
    const char *why = NULL;
    const answer_case *cases;
    int n;
    if (!f) return answer_unknown(q, "no closed form was found");
    const formula *domain = line_domain(wide, q->a, f);
    if (!line_cases(wide, q->a, f, domain, unknown, &cases, &n, &why))
        return answer_unknown(q, why);
    return from_cases(q, cases, n, scales);
}

answer answer_possible(const question *q, const formula *scales) {
    int unknown = engine_problem(q->e)->nsymbols;
    if (!can_be_scaled(q)) return answer_unknown(q, "no closed form was found");
    engine *wide = engine_beside(q->e, question_widened(q->a, engine_problem(q->e)));
    const bool *keep = question_keeping(q->a, engine_problem(wide), unknown);
    const formula *up = shadow(q, wide, with_base(q, 1, unknown), keep);
    const formula *down = shadow(q, wide, with_base(q, -1, unknown), keep);
    const formula *both[] = {up, down};
    const formula *f = up && down ? formula_any(q->a, both, 2) : NULL;
    if (f) f = question_without_letters(q->a, wide, f, unknown, false);
    answer r = answer_from(q, wide, f, unknown, scales);
    engine_close(wide);
    return r;
}

static int parameter_number(const question *q) {
    const field *k = engine_problem(q->e)->field;
    bool *used = NEW_ARRAY(q->a, bool, field_size(k));
    coef_parameters(q->g->target.k, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) return i;
    return -1;
}

answer answer_possible_parameter(const question *q) {
    int unknown = engine_problem(q->e)->nsymbols;
    engine *wide = engine_beside(q->e, question_widened(q->a, engine_problem(q->e)));
    const formula *f = shadow(q, wide, NULL, NULL);
    if (f) f = question_without_letters(q->a, wide, f, -1, false);
    if (f) f = line_over_parameter(q->a, f, parameter_number(q), unknown);
    answer r = answer_from(q, wide, f, unknown, NULL);
    engine_close(wide);
    return r;
}
