/* How what is chosen moves with the one quantity that is fixed. */
#include "analysis/parts.h"

static table_row row_of(engine *e, arena *a, form of, int fixed) {
    goal *g = NEW(a, goal);
    form *base = NEW(a, form);
    *base = form_sym(a, fixed);
    *g = (goal){.kind = GOAL_EXPONENT, .target = of, .base = base, .nbase = 1};
    return (table_row){of, answer_question(e, a, g, NULL)};
}

static choice_table table_of(engine *e, arena *a, int which) {
    const choice_of *c = engine_problem(e)->facts[which].choice;
    choice_table t = {.fact = which, .fixed = -1};
    if (c->nfixed != 1) return t;
    table_row *rows = NEW_ARRAY(a, table_row, c->nchosen + 1);
    t.fixed = c->fixed[0];
    for (int i = 0; i < c->nchosen; i++)
        rows[t.nrows++] = row_of(e, a, form_sym(a, c->chosen[i]), t.fixed);
    rows[t.nrows++] = row_of(e, a, c->target, t.fixed);
    t.rows = rows;
    return t;
}

void find_tables(engine *e, arena *a, finding *f) {
    VEC(choice_table) all = {0};
    for (int i = 0; i < f->p->nfacts; i++)
        if (f->p->facts[i].choice) vec_push(a, &all, table_of(e, a, i));
    f->tables = all.v;
    f->ntables = (int)all.n;
}
