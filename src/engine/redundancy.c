/* Which facts follow from the others? Among equations the dependencies say it, all at once: each
 * row that elimination reduced to 0 = 0 is a circuit, one row written in independent ones, so any
 * member follows from the rest and from no less. Where inequalities or cases could take part,
 * each fact is tried by itself. */
#include "engine/cases.h"
#include <stdlib.h>

typedef struct {
    engine *e;
    arena *a;
    const problem *p;
    const int **from; /* by fact; NULL: not known to follow */
    int *n;
} tracing;

static bool is_equation(const fact *f) {
    return f->claim->kind == FORMULA_ATOM && f->claim->rel == REL_EQ;
}

static void record(tracing *t, int fact_index, const bool *used) {
    VEC(int) from = {0};
    for (int i = 0; i < t->p->nfacts; i++)
        if (used[i] && i != fact_index) vec_push(t->a, &from, i);
    t->from[fact_index] = from.v ? from.v : NEW(t->a, int);
    t->n[fact_index] = (int)from.n;
}

/* --- one fact by itself --- */

/* Fact i follows if all others refute its negation; from which, is what cannot be left out. */
static bool try_fact(tracing *t, int i) {
    int n = t->p->nfacts;
    arena *scratch = arena_new();
    if (engine_can_fail(t->e, scratch, i)) {
        arena_free(scratch);
        return true;
    }
    const formula *negation = formula_not(scratch, t->p->facts[i].claim);
    bool *others = NEW_ARRAY(scratch, bool, n), *keep = NEW_ARRAY(scratch, bool, n + 1);
    for (int k = 0; k < n; k++) others[k] = k != i;
    keep[n] = true;
    if (engine_test(t->e, scratch, others, &negation, 1) == ENGINE_SAT) {
        arena_free(scratch);
        return true;
    }
    outcome o = engine_shrink(t->e, scratch, others, &negation, 1, keep);
    if (o.status == ENGINE_UNSAT) record(t, i, o.used);
    arena_free(scratch);
    return o.status == ENGINE_SAT || o.status == ENGINE_UNSAT;
}

/* --- equations --- */

/* Is there a solution with every inequality strict, and no cases or parameters? Then no inequality
 * can take part in proving an equation (its multiplier would make the sum strict). */
static bool equations_stand_alone(const tracing *t, const spots *atoms) {
    VEC(const formula *) strict = {0};
    for (int i = 0; i < t->p->nfacts; i++) {
        const formula *claim = t->p->facts[i].claim;
        if (!formula_is_conjunction(claim) || formula_is_parametric(claim)) return false;
    }
    for (size_t i = 0; i < atoms->n; i++)
        if (atoms->v[i].f->rel == REL_LE)
            vec_push(t->a, &strict, formula_atom(t->a, atoms->v[i].f->lhs, REL_LT));
    return strict.n == 0 ||
           engine_check(t->e, t->a, NULL, strict.v, (int)strict.n).status == ENGINE_SAT;
}

static const summand *summands_of(arena *a, const spots *rows, combination c) {
    summand *sum = NEW_ARRAY(a, summand, c.n);
    for (int i = 0; i < c.n; i++) {
        spot at = rows->v[c.m[i].row];
        sum[i] = (summand){at.formula, at.node, c.m[i].lambda};
    }
    return sum;
}

static int by_number(const void *x, const void *y) {
    return *(const int *)x - *(const int *)y;
}

/* The fact follows from the other members, which are in order. */
static void record_member(tracing *t, const int *members, int n, int fact_index) {
    int *from = NEW_ARRAY(t->a, int, n), k = 0;
    for (int i = 0; i < n; i++)
        if (members[i] != fact_index && (k == 0 || from[k - 1] != members[i]))
            from[k++] = members[i];
    t->from[fact_index] = from;
    t->n[fact_index] = k;
}

/* Every single equation in the circuit follows from the rest of it. */
static bool record_circuit(tracing *t, const spots *rows, combination c) {
    sequent all = {t->p, NULL, NULL, 0};
    const summand *sum = summands_of(t->a, rows, c);
    if (!sum_vanishes(&all, sum, c.n)) return false;
    int *members = NEW_ARRAY(t->a, int, c.n);
    for (int i = 0; i < c.n; i++) members[i] = sum[i].formula;
    qsort(members, (size_t)c.n, sizeof *members, by_number);
    for (int i = 0; i < c.n; i++)
        if (is_equation(&t->p->facts[members[i]]) && !t->from[members[i]])
            record_member(t, members, c.n, members[i]);
    return true;
}

/* Is every fact of the circuit one equation? A statement of several could make it reducible. */
static bool of_single_equations(const tracing *t, const spots *rows, combination c) {
    for (int i = 0; i < c.n; i++)
        if (!is_equation(&t->p->facts[rows->v[c.m[i].row].formula])) return false;
    return true;
}

static bool try_circuit(tracing *t, const spots *rows, combination c) {
    if (of_single_equations(t, rows, c)) return record_circuit(t, rows, c);
    for (int i = 0; i < c.n; i++) {
        int k = rows->v[c.m[i].row].formula;
        if (is_equation(&t->p->facts[k]) && !t->from[k] && !try_fact(t, k)) return false;
    }
    return true;
}

/* Thousands of long circuits with long numbers are not worth minutes: a second or two. */
static const uint64_t MOST_WORK = UINT64_C(1) << 31;

static bool trace_equations(tracing *t, const spots *atoms, budget *b) {
    spots rows = {0};
    for (size_t i = 0; i < atoms->n; i++)
        if (atoms->v[i].f->rel == REL_EQ) vec_push(t->a, &rows, atoms->v[i]);
    form *forms = NEW_ARRAY(t->a, form, rows.n);
    for (size_t i = 0; i < rows.n; i++) forms[i] = rows.v[i].f->lhs;
    elim *el = elim_run(t->a, forms, (int)rows.n, t->p->nsymbols, b);
    for (int d = 0; el && d < elim_dependencies(el); d++)
        if (elim_work(el) > MOST_WORK || !budget_left(b) ||
            !try_circuit(t, &rows, elim_dependency(el, t->a, d)))
            return false;
    return el != NULL;
}

/* --- all facts --- */

static bool trace(tracing *t, budget *b) {
    spots atoms = {0};
    for (int i = 0; i < t->p->nfacts; i++)
        spot_atoms(t->a, (spot){i, 0, t->p->facts[i].claim}, &atoms);
    bool alone = equations_stand_alone(t, &atoms);
    if (alone && !trace_equations(t, &atoms, b)) return false;
    for (int i = 0; i < t->p->nfacts; i++)
        if (!(alone && is_equation(&t->p->facts[i])) && !try_fact(t, i)) return false;
    return true;
}

bool engine_redundant(engine *e, arena *a, const consequence **out, int *n) {
    const problem *p = engine_problem(e);
    tracing t = {e, a, p, NEW_ARRAY(a, const int *, p->nfacts), NEW_ARRAY(a, int, p->nfacts)};
    VEC(consequence) found = {0};
    bool decided = trace(&t, engine_budget(e));
    for (int i = 0; i < p->nfacts; i++) {
        consequence c = {i, t.from[i], t.n[i]};
        if (t.from[i]) vec_push(a, &found, c);
    }
    *out = found.v;
    *n = (int)found.n;
    return decided;
}
