/* How far answers are from measured exponents, and from each other. */
#include "analysis/sides.h"

int quantity_named(const problem *p, str name) {
    int found = -1;
    for (int i = 0; i < p->nsymbols; i++) {
        const symbol *s = &p->symbols[i];
        if (s->sort != SORT_QUANTITY) continue;
        if (str_eq(s->name, name)) return i;
        for (int k = 0; k < s->naliases; k++)
            if (str_eq(s->alias[k], name)) found = i;
    }
    return found;
}

/* --- the values of an answer, where they are numbers --- */

static bool is_plain(const interval *r) {
    rat end;
    return (r->low_infinite || coef_rat(r->low, &end)) &&
           (r->high_infinite || coef_rat(r->high, &end));
}

/* An exact answer with letters has the values that it is known to range over. */
static bool values_of(const answer *x, const interval **list, int *n, interval *room) {
    rat value;
    *list = x->ranges;
    *n = x->nranges;
    if (x->kind == ANSWER_EXACT && x->nvalue == 1 && coef_rat(x->value[0], &value)) {
        *room = (interval){.low = x->value[0], .high = x->value[0]};
        *list = room;
        *n = 1;
    } else if (x->kind != ANSWER_RANGE && x->kind != ANSWER_EXACT) {
        return false;
    }
    for (int i = 0; i < *n; i++)
        if (!is_plain(&(*list)[i])) return false;
    return *n > 0;
}

/* Is x wholly below y? */
static bool is_below(const interval *x, const interval *y) {
    rat high, low;
    if (x->high_infinite || y->low_infinite || !coef_rat(x->high, &high) || !coef_rat(y->low, &low))
        return false;
    int sign = rat_cmp(high, low);
    return sign < 0 || (sign == 0 && (x->high_open || y->low_open));
}

bool answers_differ(const answer *x, const answer *y) {
    interval room_x, room_y;
    const interval *xs, *ys;
    int nx, ny;
    if (!values_of(x, &xs, &nx, &room_x) || !values_of(y, &ys, &ny, &room_y)) return false;
    for (int i = 0; i < nx; i++)
        for (int j = 0; j < ny; j++)
            if (!is_below(&xs[i], &ys[j]) && !is_below(&ys[j], &xs[i])) return false;
    return true;
}

/* --- distances --- */

/* From the measured exponent to the nearest point of the interval; an open end counts as its
 * limit. */
static rat way_to(arena *a, const interval *r, rat from) {
    rat end;
    if (!r->low_infinite && coef_rat(r->low, &end) && rat_cmp(from, end) < 0)
        return rat_sub(a, end, from);
    if (!r->high_infinite && coef_rat(r->high, &end) && rat_cmp(end, from) < 0)
        return rat_sub(a, end, from);
    return RAT_ZERO;
}

static rat size_of(arena *a, rat x) {
    return rat_sgn(x) < 0 ? rat_neg(a, x) : x;
}

static void in_errors(arena *a, const measurement *m, gap *out) {
    int sign = rat_sgn(out->difference);
    bool known = sign > 0 ? m->has_high : sign < 0 ? m->has_low : m->has_low || m->has_high;
    rat width = sign > 0 ? rat_sub(a, m->high, m->exponent) : rat_sub(a, m->exponent, m->low);
    out->errors = RAT_ZERO;
    out->has_errors = known && (sign == 0 || !rat_is_zero(width));
    if (out->has_errors && sign != 0) out->errors = rat_div(a, out->difference, width);
}

bool gap_of_answer(arena *a, const answer *x, const measurement *m, gap *out) {
    interval room;
    const interval *list;
    int n;
    if (!values_of(x, &list, &n, &room)) return false;
    *out = (gap){.kind = GAP_NUMBER, .difference = way_to(a, &list[0], m->exponent)};
    for (int i = 1; i < n; i++) {
        rat way = way_to(a, &list[i], m->exponent);
        if (rat_cmp(size_of(a, way), size_of(a, out->difference)) < 0) out->difference = way;
    }
    in_errors(a, m, out);
    return true;
}

/* Is there a solution in which the base scales, and the target with the measured exponent of it? */
static gap_kind reach(comparing *c, const answer *x, rat exponent) {
    arena *a = c->a;
    form base = x->goal->base[0];
    form off = form_addmul(a, x->goal->target, coef_of(rat_neg(a, exponent)), base);
    const formula *both[] = {formula_nonzero(a, base), formula_atom(a, off, REL_EQ)};
    switch (engine_test(c->e, a, NULL, both, 2)) {
    case ENGINE_SAT:
        return GAP_REACHED;
    case ENGINE_UNSAT:
        return GAP_MISSED;
    case ENGINE_UNKNOWN:
    case ENGINE_WRONG:
        break;
    }
    return GAP_UNKNOWN;
}

static gap gap_to(comparing *c, const answer *x, const measurement *m) {
    gap g = {.kind = GAP_UNKNOWN};
    bool definite = x->kind == ANSWER_EXACT || x->kind == ANSWER_RANGE;
    if (gap_of_answer(c->a, x, m, &g) && !rat_is_zero(g.difference)) return g;
    if (g.kind == GAP_NUMBER && coef_field(x->nvalue ? x->value[0] : coef_int(0)) == NULL) return g;
    if (x->kind == ANSWER_UNDETERMINED) return (gap){.kind = GAP_REACHED};
    if (definite || x->kind == ANSWER_CASES) return (gap){.kind = reach(c, x, m->exponent)};
    return (gap){.kind = GAP_UNKNOWN};
}

void measure_answer(comparing *c, int row) {
    const exponent_row *r = &c->out->rows[row];
    for (int i = 0; i < c->out->nmeasured; i++) {
        const measured_row *m = &c->out->measured[i];
        if (m->row != row) continue;
        m->gaps[r->nanswers - 1] = gap_to(c, &r->answers[r->nanswers - 1].answer, m->m);
    }
}
