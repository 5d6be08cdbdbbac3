/* What follows from a thesis: the needs. How they are met: evidence.c. */
#include "algebra/doubled.h"
#include "algebra/thesis.h"

/* --- formulas that theses are made of --- */

const formula *any_scales(arena *a, const int *sym, int n) {
    const formula **way = NEW_ARRAY(a, const formula *, 2 * n);
    for (int i = 0; i < n; i++) {
        form x = form_sym(a, sym[i]);
        way[2 * i] = formula_atom(a, x, REL_LT);
        way[2 * i + 1] = formula_atom(a, form_scale(a, coef_int(-1), x), REL_LT);
    }
    return formula_any(a, way, 2 * n);
}

const formula *something_scales(arena *a, const problem *p) {
    int *q = NEW_ARRAY(a, int, p->nsymbols), n = 0;
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].sort == SORT_QUANTITY) q[n++] = i;
    return any_scales(a, q, n);
}

bool has_quantity(const problem *p) {
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].sort == SORT_QUANTITY) return true;
    return false;
}

/* sign·base > 0 and the ratio target/base lies in the gap. */
static const formula *in_gap(arena *a, form target, form base, int sign, const interval *gap) {
    const formula *all[3];
    int n = 0;
    base = form_scale(a, coef_int(sign), base);
    target = form_scale(a, coef_int(sign), target);
    all[n++] = formula_atom(a, form_scale(a, coef_int(-1), base), REL_LT);
    if (!gap->low_infinite) {
        form f = form_sub(a, form_scale(a, gap->low, base), target);
        all[n++] = formula_atom(a, f, gap->low_open ? REL_LT : REL_LE);
    }
    if (!gap->high_infinite) {
        form f = form_addmul(a, target, coef_neg(a, gap->high), base);
        all[n++] = formula_atom(a, f, gap->high_open ? REL_LT : REL_LE);
    }
    return formula_all(a, all, n);
}

const formula *ratio_outside(arena *a, form target, form base, const interval *r, int n) {
    intervals u = {.v = (interval *)r, .n = (size_t)n, .cap = (size_t)n};
    intervals gaps = intervals_gaps(a, &u);
    VEC(const formula *) ways = {0};
    for (size_t i = 0; i < gaps.n; i++) {
        vec_push(a, &ways, in_gap(a, target, base, 1, &gaps.v[i]));
        vec_push(a, &ways, in_gap(a, target, base, -1, &gaps.v[i]));
    }
    return formula_any(a, ways.v, (int)ways.n);
}

const formula *ratio_is_not(arena *a, form target, form base, coef value, bool poles) {
    coef num = coef_numerator(a, value), den = coef_denominator(a, value);
    form f = form_addmul(a, form_scale(a, den, target), coef_neg(a, num), base);
    const formula *way[] = {formula_nonzero(a, f), formula_atom(a, form_const(den), REL_EQ)};
    return poles && coef_field(den) ? formula_any(a, way, 2) : way[0];
}

const bool *frame_use(arena *a, const frame *f) {
    bool *use = NEW_ARRAY(a, bool, f->p->nfacts);
    for (int i = 0; i < f->p->nfacts; i++) use[i] = !f->equations || !f->p->facts[i].growth;
    for (int i = 0; i < f->without.n; i++) use[f->without.v[i]] = false;
    return use;
}

/* --- needs under construction --- */

typedef VEC(const formula *) formulas;

typedef struct {
    arena *a;
    const frame *f;
    const thesis *t;
    const goal *g;    /* NULL: of none */
    const bool *play; /* the facts in play */
    needs list;
} making;

/* Facts, suppositions and up to two formulas more (NULL: none). */
static void add(making *m, need_kind kind, const bool *use, const formulas *when,
                const formula *one, const formula *two) {
    formulas all = {0};
    for (size_t i = 0; i < when->n; i++) vec_push(m->a, &all, when->v[i]);
    if (one) vec_push(m->a, &all, one);
    if (two) vec_push(m->a, &all, two);
    need n = {kind, {m->f->p, use, all.v, (int)all.n}};
    vec_push(m->a, &m->list, n);
}

static formulas all_suppositions(const making *m) {
    formulas all = {0};
    for (int i = 0; m->g && i < m->g->nwhen; i++) vec_push(m->a, &all, m->g->when[i]);
    return all;
}

/* Those that the thesis rests on, but for number `but` of them. */
static formulas suppositions_used(const making *m, int but) {
    formulas all = {0};
    for (int i = 0; i < m->t->when.n; i++)
        if (i != but) vec_push(m->a, &all, m->g->when[m->t->when.v[i]]);
    return all;
}

static bool *facts_marked(const making *m, factset s, int but) {
    bool *use = NEW_ARRAY(m->a, bool, m->f->p->nfacts);
    for (int i = 0; i < s.n; i++) use[s.v[i]] = i != but;
    return use;
}

/* With everything in play and all suppositions. */
static void add_whole(making *m, need_kind kind, const formula *one, const formula *two) {
    formulas when = all_suppositions(m);
    add(m, kind, m->play, &when, one, two);
}

/* The support refutes `one` and `two`, and where it is minimal no part of it does. */
static void add_support(making *m, const formula *one, const formula *two) {
    const thesis *t = m->t;
    formulas used = suppositions_used(m, -1);
    add(m, NEED_REFUTATION, facts_marked(m, t->facts, -1), &used, one, two);
    for (int i = 0; t->minimal && i < t->facts.n; i++)
        add(m, NEED_SOLUTION, facts_marked(m, t->facts, i), &used, one, two);
    for (int i = 0; t->minimal && i < t->when.n; i++) {
        formulas less = suppositions_used(m, i);
        add(m, NEED_SOLUTION, facts_marked(m, t->facts, -1), &less, one, two);
    }
}

/* --- verdicts --- */

static void add_verdict(making *m, thesis_kind is) {
    const formula *scales = has_quantity(m->f->p) ? something_scales(m->a, m->f->p) : NULL;
    if (is == THESIS_CONTRADICTORY) add_whole(m, NEED_REFUTATION, NULL, NULL);
    if (is == THESIS_CONSISTENT) add_whole(m, NEED_SOLUTION, scales, NULL);
    if (is != THESIS_TRIVIAL) return;
    add_whole(m, NEED_SOLUTION, NULL, NULL);
    add_whole(m, NEED_REFUTATION, something_scales(m->a, m->f->p), NULL);
}

/* --- questions --- */

/* What is asked: target/base. The base of `γ = ?` is 1, whose "exponent" always scales. */
static form base_of(const goal *g, int i) {
    return g->kind == GOAL_EXPONENT ? g->base[i] : form_const(coef_int(1));
}

/* Some base scales; NULL where that is so. */
static const formula *base_scales(const making *m) {
    return m->g->kind == GOAL_EXPONENT ? goal_base_scales(m->a, m->g) : NULL;
}

/* The target differs from Σ value·base. */
static const formula *is_not(const making *m) {
    const goal *g = m->g;
    if (m->t->nvalue == 1)
        return ratio_is_not(m->a, g->target, base_of(g, 0), *m->t->value, m->t->poles);
    form off = g->target;
    for (int i = 0; i < g->nbase; i++)
        off = form_addmul(m->a, off, coef_neg(m->a, m->t->value[i]), g->base[i]);
    return formula_nonzero(m->a, off);
}

/* The value, a closed form, is outside what it ranges over. */
static const formula *value_outside(const making *m) {
    form one = form_const(coef_int(1));
    return ratio_outside(m->a, form_const(*m->t->value), one, m->t->ranges, m->t->nranges);
}

/* The ends that belong to the ranges are possible. */
static void add_ends(making *m, form target, form base) {
    const formula *scales = base_scales(m);
    for (int i = 0; i < m->t->nranges; i++) {
        const interval *r = &m->t->ranges[i];
        form low = form_addmul(m->a, target, coef_neg(m->a, r->low), base);
        form high = form_addmul(m->a, target, coef_neg(m->a, r->high), base);
        if (!r->low_open) add_whole(m, NEED_SOLUTION, formula_atom(m->a, low, REL_EQ), scales);
        if (!r->high_open && !interval_is_point(r))
            add_whole(m, NEED_SOLUTION, formula_atom(m->a, high, REL_EQ), scales);
    }
}

static void add_exact(making *m) {
    const formula *scales = base_scales(m);
    bool several = m->g->kind == GOAL_EXPONENT && m->g->nbase > 1;
    add_whole(m, several ? NEED_SAMPLES : NEED_SOLUTION, scales, NULL);
    add_support(m, is_not(m), m->t->scales ? scales : NULL);
    if (!m->t->nranges) return;
    add_whole(m, NEED_REFUTATION, value_outside(m), NULL);
    add_ends(m, form_const(*m->t->value), form_const(coef_int(1)));
}

static const formula *all_of(const making *m, const formula *const *f, int n) {
    return formula_all(m->a, f, n);
}

static const formula *case_fails(const making *m, const thesis_case *c) {
    form target = m->g->target, base = base_of(m->g, 0);
    const formula *both[2];
    both[0] = c->nranges ? ratio_outside(m->a, target, base, c->ranges, c->nranges)
                         : ratio_is_not(m->a, target, base, c->value, m->t->poles);
    both[1] = all_of(m, c->when, c->nwhen);
    return all_of(m, both, 2);
}

static void add_cases(making *m) {
    const thesis *t = m->t;
    const formula *scales = base_scales(m);
    formulas used = all_suppositions(m), none = {0};
    for (int i = 0; i < t->ncases; i++) {
        const thesis_case *c = &t->cases[i];
        const bool *use = facts_marked(m, c->facts, -1);
        add(m, NEED_REFUTATION, use, &used, case_fails(m, c), scales);
        vec_push(m->a, &none, formula_not(m->a, all_of(m, c->when, c->nwhen)));
    }
    add_whole(m, NEED_REFUTATION, all_of(m, none.v, (int)none.n), scales);
}

static bool is_everything(const thesis *t) {
    return t->nranges == 1 && t->ranges->low_infinite && t->ranges->high_infinite;
}

static void add_range(making *m) {
    const thesis *t = m->t;
    form base = base_of(m->g, 0);
    const formula *outside = ratio_outside(m->a, m->g->target, base, t->ranges, t->nranges);
    if (!is_everything(t)) add_support(m, outside, t->scales ? base_scales(m) : NULL);
    if (t->walked)
        add_whole(m, NEED_WALKS, base_scales(m), NULL);
    else
        add_ends(m, m->g->target, base);
}

/* Σ value·base does not vanish. */
static const formula *bases_differ(const making *m) {
    form f = form_zero();
    for (int i = 0; i < m->t->nvalue; i++) f = form_addmul(m->a, f, m->t->value[i], m->g->base[i]);
    return formula_nonzero(m->a, f);
}

static void add_free(making *m) {
    const formula *scales = base_scales(m);
    if (m->t->nvalue) add_whole(m, NEED_REFUTATION, bases_differ(m), scales);
    add_whole(m, m->t->nvalue ? NEED_SOLUTION : NEED_SAMPLES, scales, NULL);
}

static const formula *has_sign(const making *m, int sign) {
    form f = m->g->target;
    if (sign == SIGN_POS) f = form_scale(m->a, coef_int(-1), f);
    return formula_atom(m->a, f, sign == SIGN_ZERO ? REL_EQ : REL_LT);
}

static void add_signs(making *m) {
    static const int each[] = {SIGN_NEG, SIGN_ZERO, SIGN_POS};
    formulas excluded = {0};
    for (int i = 0; i < 3; i++) {
        const formula *f = has_sign(m, each[i]);
        if (m->t->signs & each[i])
            add_whole(m, NEED_SOLUTION, f, NULL);
        else
            vec_push(m->a, &excluded, f);
    }
    if (excluded.n) add_support(m, formula_any(m->a, excluded.v, (int)excluded.n), NULL);
}

static void add_undefined(making *m) {
    add_whole(m, NEED_SOLUTION, NULL, NULL);
    add_support(m, base_scales(m), NULL);
}

/* --- conclusions --- */

static void add_conclusion(making *m, thesis_kind is) {
    const formula *claim = m->g->claim;
    const formula *denied = claim ? formula_not(m->a, claim) : NULL;
    if (!claim) {
        add_verdict(m, m->t->verdict);
    } else if (is == THESIS_OPEN) {
        add_whole(m, NEED_SOLUTION, claim, NULL);
        add_whole(m, NEED_SOLUTION, denied, NULL);
    } else {
        add_whole(m, NEED_SOLUTION, NULL, NULL);
        add_support(m, is == THESIS_PROVED ? denied : claim, NULL);
    }
}

/* --- sets of facts --- */

static const formula *conflict_with(const making *m) {
    return m->t->scales ? something_scales(m->a, m->f->p) : NULL;
}

static bool *with_hard(const making *m, bool *use) {
    for (int i = 0; i < m->f->p->nfacts; i++) use[i] = use[i] || m->f->p->facts[i].hard;
    return use;
}

static void add_core(making *m) {
    formulas none = {0};
    const formula *scales = conflict_with(m);
    for (int i = -1; i < m->t->facts.n; i++) {
        need_kind kind = i < 0 ? NEED_REFUTATION : NEED_SOLUTION;
        add(m, kind, with_hard(m, facts_marked(m, m->t->facts, i)), &none, scales, NULL);
    }
}

/* The facts in play but those of the set, and with member `again` again. */
static const bool *dropped(const making *m, factset s, int again) {
    bool *use = NEW_ARRAY(m->a, bool, m->f->p->nfacts);
    for (int i = 0; i < m->f->p->nfacts; i++) use[i] = m->play[i];
    for (int i = 0; i < s.n; i++) use[s.v[i]] = i == again;
    return use;
}

static void add_repair(making *m) {
    formulas none = {0};
    const formula *scales = conflict_with(m);
    for (int i = -1; i < m->t->facts.n; i++) {
        need_kind kind = i < 0 ? NEED_SOLUTION : NEED_REFUTATION;
        add(m, kind, dropped(m, m->t->facts, i), &none, scales, NULL);
    }
}

/* The solution of the choice, bettered by another with the same fixed quantities. */
static void add_best(making *m) {
    const problem *p = m->f->p;
    const choice_of *c = p->facts[m->t->about].choice;
    bool *seen = NEW_ARRAY(m->a, bool, p->nfacts);
    formulas extra = {0};
    form gain = form_sub(m->a, form_of_other(m->a, p, c, c->target), c->target);
    if (c->maximize) gain = form_scale(m->a, coef_int(-1), gain);
    vec_push(m->a, &extra, p->facts[m->t->about].claim);
    vec_push(m->a, &extra, formula_atom(m->a, gain, REL_LT));
    for (int i = 0; i < p->nfacts; i++) {
        seen[i] = m->play[i] && (!p->facts[i].choice || i < m->t->about);
        if (seen[i]) vec_push(m->a, &extra, formula_of_other(m->a, p, c, p->facts[i].claim));
    }
    const problem *twice = with_symbols(m->a, p, p->nsymbols);
    need n = {NEED_REFUTATION, {twice, seen, extra.v, (int)extra.n}};
    vec_push(m->a, &m->list, n);
}

/* --- the door --- */

static void add_all(making *m) {
    const thesis *t = m->t;
    switch (t->is) {
    case THESIS_UNKNOWN:
        return;
    case THESIS_CONSISTENT:
    case THESIS_CONTRADICTORY:
    case THESIS_TRIVIAL:
        add_verdict(m, t->is);
        return;
    case THESIS_EXACT:
        add_exact(m);
        return;
    case THESIS_CASES:
        add_cases(m);
        return;
    case THESIS_RANGE:
        add_range(m);
        return;
    case THESIS_FREE:
        add_free(m);
        return;
    case THESIS_UNDEFINED:
        add_undefined(m);
        return;
    case THESIS_VACUOUS:
        add_whole(m, NEED_REFUTATION, NULL, NULL);
        return;
    case THESIS_SIGNS:
        add_signs(m);
        return;
    case THESIS_WHERE:
        add_whole(m, NEED_REFUTATION, t->where, formula_not(m->a, m->g->claim));
        return;
    case THESIS_PROVED:
    case THESIS_REFUTED:
    case THESIS_OPEN:
        add_conclusion(m, t->is);
        return;
    case THESIS_CORE:
        add_core(m);
        return;
    case THESIS_REPAIR:
        add_repair(m);
        return;
    case THESIS_REDUNDANT:
        add_support(m, formula_not(m->a, m->f->p->facts[t->about].claim), NULL);
        return;
    case THESIS_BEST:
        add_best(m);
        return;
    case THESIS_FIXED:
        add_whole(m, NEED_REFUTATION, any_scales(m->a, t->facts.v, t->facts.n), NULL);
        return;
    }
}

bool thesis_is_verdict(thesis_kind is) {
    return is == THESIS_CONSISTENT || is == THESIS_CONTRADICTORY || is == THESIS_TRIVIAL;
}

bool thesis_is_of_goal(thesis_kind is) {
    return is >= THESIS_EXACT && is <= THESIS_OPEN;
}

needs thesis_needs(arena *a, const frame *f, const thesis *t) {
    making m = {.a = a, .f = f, .t = t, .play = frame_use(a, f)};
    if (thesis_is_of_goal(t->is)) m.g = &f->p->goals[t->about];
    add_all(&m);
    return m.list;
}

bool need_eq(const need *x, const need *y) {
    bool opposed = (x->kind == NEED_REFUTATION) != (y->kind == NEED_REFUTATION);
    return !opposed && sequent_eq(&x->s, &y->s);
}

const char *thesis_trusts(const thesis *t) {
    switch (t->is) {
    case THESIS_RANGE:
        return t->walked ? NULL : "every value in the ranges is possible";
    case THESIS_CASES:
        return "every case, and every value in its ranges, is possible";
    case THESIS_WHERE:
        return "the claim follows for no other values of the parameters";
    case THESIS_BEST:
        return "no best solution is left out";
    default:
        return NULL;
    }
}

/* --- is it well made? --- */

static bool within(factset s, int n) {
    for (int i = 0; i < s.n; i++)
        if (s.v[i] < 0 || s.v[i] >= n || (i && s.v[i] <= s.v[i - 1])) return false;
    return true;
}

static bool without_given(const problem *p, factset s) {
    for (int i = 0; i < s.n; i++)
        if (p->facts[s.v[i]].hard) return false;
    return true;
}

static bool is_question(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_PARAMETER;
}

/* Does a goal about the verdict get the right answer? */
static bool verdict_fits(const thesis *t, goal_kind kind) {
    bool said = (kind == GOAL_CONTRADICTION && t->verdict == THESIS_CONTRADICTORY) ||
                (kind == GOAL_CONSISTENT && t->verdict == THESIS_CONSISTENT) ||
                (kind == GOAL_TRIVIAL && t->verdict == THESIS_TRIVIAL);
    return thesis_is_verdict(t->verdict) && said == (t->is == THESIS_PROVED);
}

/* There are none, or one for each base, and not all are zero. */
static bool dependence_fits(const thesis *t, const goal *g) {
    bool zero = true;
    for (int i = 0; i < t->nvalue; i++) zero = zero && coef_is_zero(t->value[i]);
    return t->nvalue == 0 || (t->nvalue == g->nbase && !zero);
}

static bool goal_fits(const problem *p, const thesis *t) {
    const goal *g = &p->goals[t->about];
    if (!within(t->facts, p->nfacts) || !within(t->when, g->nwhen)) return false;
    switch (t->is) {
    case THESIS_EXACT:
        return is_question(g) && t->nvalue == (g->kind == GOAL_EXPONENT ? g->nbase : 1) &&
               (t->nranges == 0 || t->nvalue == 1);
    case THESIS_CASES:
    case THESIS_RANGE:
        return is_question(g) && (g->kind == GOAL_PARAMETER || g->nbase == 1) &&
               (t->is == THESIS_CASES ? t->ncases > 0 : t->nranges > 0);
    case THESIS_FREE:
        return g->kind == GOAL_EXPONENT && g->nbase > 1 && dependence_fits(t, g);
    case THESIS_UNDEFINED:
        return g->kind == GOAL_EXPONENT;
    case THESIS_SIGNS:
        return g->kind == GOAL_RELATION && t->signs > 0 && t->signs <= SIGN_ANY;
    case THESIS_WHERE:
        return g->kind == GOAL_WHERE && t->where;
    case THESIS_PROVED:
    case THESIS_REFUTED:
        return g->kind == GOAL_CONCLUSION || verdict_fits(t, g->kind);
    case THESIS_OPEN:
        return g->kind == GOAL_CONCLUSION;
    default:
        return t->is == THESIS_VACUOUS;
    }
}

static bool cases_fit(const thesis *t, int nfacts) {
    for (int i = 0; i < t->ncases; i++)
        if (!within(t->cases[i].facts, nfacts)) return false;
    return true;
}

bool thesis_ok(const frame *f, const thesis *t) {
    const problem *p = f->p;
    bool has_fact = t->about >= 0 && t->about < p->nfacts;
    if (!within(f->without, p->nfacts) || !cases_fit(t, p->nfacts)) return false;
    if (thesis_is_of_goal(t->is)) return t->about >= 0 && t->about < p->ngoals && goal_fits(p, t);
    if (t->is == THESIS_FIXED) return within(t->facts, p->nsymbols);
    if (!within(t->facts, p->nfacts) || t->when.n) return false;
    if (t->is == THESIS_CORE || t->is == THESIS_REPAIR) return without_given(p, t->facts);
    if (t->is == THESIS_BEST) return has_fact && p->facts[t->about].choice;
    return t->is != THESIS_REDUNDANT || has_fact;
}
