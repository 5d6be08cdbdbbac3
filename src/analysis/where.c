/* For which parameters does a conclusion follow? Where the theory can hold, and cannot hold with
 * the conclusion denied; told as intervals of one parameter, by cases of the others. */
#include "analysis/line.h"
#include "analysis/question.h"

/* The parameters that the theory allows and its denial does not. */
static const formula *region(const question *q, engine *wide) {
    assumed some = assume(q, NULL, NULL), denied = assume(q, formula_not(q->a, q->g->claim), NULL);
    const formula *can = engine_shadow(wide, q->a, q->use, some.f, some.n, NULL);
    const formula *fails = engine_shadow(wide, q->a, q->use, denied.f, denied.n, NULL);
    if (!can || !fails) return NULL;
    const formula *both[] = {can, formula_not(q->a, fails)};
    return formula_all(q->a, both, 2);
}

static void add_conditions(arena *a, const formula *f, const formula **all, int *n) {
    if (f->kind != FORMULA_ALL) {
        all[(*n)++] = f;
        return;
    }
    for (int i = 0; i < f->n; i++) add_conditions(a, f->kid[i], all, n);
}

static const formula *case_formula(const question *q, const answer_case *c, const interval *r,
                                   int unknown, coef parameter) {
    const formula *in = line_put_back(q->a, line_within(q->a, unknown, r, 1), parameter);
    const formula **all = NEW_ARRAY(q->a, const formula *, c->nwhen + 2);
    int n = 0;
    for (int i = 0; i < c->nwhen; i++) all[n++] = c->when[i];
    add_conditions(q->a, in, all, &n);
    return n == 1 ? all[0] : formula_all(q->a, all, n);
}

static const formula *told(const question *q, const answer_case *cases, int n, int unknown,
                           coef parameter) {
    VEC(const formula *) ways = {0};
    for (int i = 0; i < n; i++)
        for (int k = 0; k < cases[i].nranges; k++) {
            const formula *f = case_formula(q, &cases[i], &cases[i].ranges[k], unknown, parameter);
            vec_push(q->a, &ways, f);
        }
    return ways.n == 1 ? ways.v[0] : formula_any(q->a, ways.v, (int)ways.n);
}

/* The region along parameter i; NULL where it is not linear in it. */
static const formula *along(const question *q, engine *wide, const formula *f, int i, int *ncases) {
    const field *k = engine_problem(wide)->field;
    int unknown = engine_problem(q->e)->nsymbols;
    const answer_case *cases;
    const char *why;
    const formula *over = line_over_parameter(q->a, f, i, unknown);
    const formula *all = formula_all(q->a, NULL, 0);
    if (!over || !line_cases(wide, q->a, over, all, unknown, &cases, ncases, &why)) return NULL;
    return told(q, cases, *ncases, unknown, coef_parameter(q->a, k, i));
}

static bool mentions(arena *a, const formula *f, const field *k, int i) {
    bool *used = NEW_ARRAY(a, bool, field_size(k)), any = false;
    if (f->kind == FORMULA_ATOM && coef_field(f->lhs.k)) coef_parameters(f->lhs.k, used);
    for (int j = 0; f->kind != FORMULA_ATOM && j < f->n; j++) any |= mentions(a, f->kid[j], k, i);
    return any || used[i];
}

/* The parameter along which it takes the fewest cases. */
static const formula *plainest(const question *q, engine *wide, const formula *f) {
    const field *k = engine_problem(wide)->field;
    const formula *best = NULL;
    int least = 0;
    for (int i = 0; k && i < field_size(k); i++) {
        int n;
        if (!mentions(q->a, f, k, i)) continue;
        const formula *way = along(q, wide, f, i, &n);
        if (!way || (best && n >= least)) continue;
        best = way;
        least = n;
    }
    return best;
}

answer answer_where(const question *q) {
    engine *wide = engine_beside(q->e, question_widened(q->a, engine_problem(q->e)));
    const formula *f = region(q, wide), *where = NULL;
    if (f && !formula_is_parametric(f)) where = f;
    if (f && !where) where = plainest(q, wide, f);
    engine_close(wide);
    if (!where) return answer_unknown(q, "the parameters could not be told apart");
    return (answer){.goal = q->g, .kind = ANSWER_EXACT, .where = where, .vouched = true};
}
