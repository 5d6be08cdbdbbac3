#include "lang/lowering.h"

typedef struct {
    VEC(form) base;
    VEC(str) name;
    VEC(operand) known; /* the other factors */
} asked;

static void collect_asked(lowerer *w, const expr *e, bool flipped, asked *out) {
    printer p = lower_printer(w);
    if (!flipped && e->kind == EXPR_PRODUCT) {
        for (int i = 0; i < e->n; i++) collect_asked(w, e->part[i].e, e->part[i].flipped, out);
    } else if (!flipped && e->kind == EXPR_POWER && e->part[1].e->kind == EXPR_HOLE) {
        vec_push(w->arena, &out->base, lower_quantity(w, e->part[0].e));
        vec_push(w->arena, &out->name, print_base(&p, e->part[0].e));
    } else if (e->kind != EXPR_NUMBER) {
        operand o = {(expr *)e, !flipped};
        vec_push(w->arena, &out->known, o);
    }
}

static int take_known(const asked *q, bool flipped, operand *out) {
    int n = 0;
    for (size_t i = 0; i < q->known.n; i++)
        if (q->known.v[i].flipped == flipped) out[n++] = q->known.v[i];
    return n;
}

/* What is asked about, with the known factors brought over to it: "ℓ C / D". */
static const expr *brought_over(lowerer *w, const expr *left, const asked *q) {
    if (q->known.n == 0) return left;
    expr *e = NEW(w->arena, expr);
    *e = (expr){.kind = EXPR_PRODUCT, .at = left->at, .sym = -1};
    e->n = (int)q->known.n + 1;
    e->part = NEW_ARRAY(w->arena, operand, e->n);
    e->part[0].e = (expr *)left;
    int n = take_known(q, false, e->part + 1);
    take_known(q, true, e->part + 1 + n);
    return e;
}

static void lower_exponent(lowerer *w, const law *l, goal *g) {
    asked q = {0};
    printer p = lower_printer(w);
    collect_asked(w, l->side[1], false, &q);
    const expr *left = brought_over(w, l->side[0], &q);
    g->kind = GOAL_EXPONENT;
    g->target = lower_quantity(w, left);
    g->left = print_expr(&p, left);
    g->base = q.base.v;
    g->base_name = q.name.v;
    g->nbase = (int)q.base.n;
}

static void lower_relation(lowerer *w, const law *l, goal *g) {
    printer p = lower_printer(w);
    str *other = NEW(w->arena, str);
    *other = l->side[1] ? print_expr(&p, l->side[1]) : STR("1");
    g->kind = GOAL_RELATION;
    g->target = lower_quantity(w, l->side[0]);
    if (l->side[1]) g->target = form_sub(w->arena, g->target, lower_quantity(w, l->side[1]));
    g->left = print_expr(&p, l->side[0]);
    g->base_name = other;
}

/* What the divisors and uncertain numbers of a question ask for is supposed with it. */
static void lower_when(lowerer *w, const statement *s, goal *g) {
    bool grows;
    int n = statement_is_question(s) ? (int)w->conditions.n : 0;
    const formula **when = NEW_ARRAY(w->arena, const formula *, s->nwhen + n);
    for (int i = 0; i < n; i++) when[s->nwhen + i] = w->conditions.v[i];
    w->single = w->concluding = false;
    for (int i = 0; i < s->nwhen; i++) when[i] = lower_law(w, &s->when[i], &grows);
    g->when = when;
    g->nwhen = s->nwhen + n;
}

goal lower_goal(lowerer *w, const statement *s) {
    bool grows;
    lower_start(w, NULL);
    printer p = lower_printer(w);
    goal g = {.law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line};
    w->single = statement_is_question(s);
    switch (s->kind) {
    case STATEMENT_EXPONENT:
        lower_exponent(w, s->either, &g);
        break;
    case STATEMENT_RELATION:
        lower_relation(w, s->either, &g);
        break;
    case STATEMENT_PARAMETER:
        g.kind = GOAL_PARAMETER;
        g.target = form_const(value_of(w, s->either->side[0]).k);
        g.left = print_expr(&p, s->either->side[0]);
        break;
    case STATEMENT_CONTRADICTION:
        g.kind = GOAL_CONTRADICTION;
        break;
    case STATEMENT_CONSISTENT:
        g.kind = GOAL_CONSISTENT;
        break;
    case STATEMENT_TRIVIAL:
        g.kind = GOAL_TRIVIAL;
        break;
    default:
        g.kind = GOAL_CONCLUSION;
        w->concluding = true;
        g.claim = lower_either(w, s, &grows);
        break;
    }
    lower_when(w, s, &g);
    return g;
}
