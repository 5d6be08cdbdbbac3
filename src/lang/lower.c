#include "lang/lower.h"

#include "lang/lowering.h"
#include "lang/print.h"
#include "lang/sorts.h"

enum { REGIME_FACTS = 10, CASES_MAX = 64, PARAMETERS_MAX = 100 };
/* What a relation between two sums may come to. */
enum { COMPARISONS_MAX = 20000 };

/* ---- laws ---- */

static relation landau_relation(landau l) {
    switch (l) {
    case LANDAU_O:
        return RELATION_ATMOST;
    case LANDAU_OMEGA:
        return RELATION_ATLEAST;
    case LANDAU_THETA:
        return RELATION_SAME;
    case LANDAU_SMALL_O:
        return RELATION_BELOW;
    case LANDAU_SMALL_OMEGA:
        return RELATION_ABOVE;
    }
    return RELATION_SAME;
}

/* Before side i, 0 < i. */
static relation relation_before(const law *l, int i) {
    const expr *e = l->side[i];
    return e->kind == EXPR_LANDAU ? landau_relation(e->letter) : l->links[i - 1].is;
}

static relation relation_of_growth(growth_kind g) {
    switch (g) {
    case GROWTH_GROWS:
        return RELATION_ABOVE;
    case GROWTH_SHRINKS:
        return RELATION_BELOW;
    case GROWTH_SCALES:
        return RELATION_UNEQUAL;
    case GROWTH_FIXED:
        break;
    }
    return RELATION_SAME;
}

static bool is_number(order x) {
    return x.kind == ORDER_FORM && form_is_zero(x.f);
}

/* One quantity, or a sum of several and of numbers. */
static bool stands_alone(order x) {
    if (x.kind == ORDER_FORM) return x.f.n == 1;
    bool alone = true;
    for (int i = 0; i < x.n; i++) alone = alone && x.kid[i].kind == ORDER_FORM && x.kid[i].f.n <= 1;
    return alone;
}

/* Quantities against a number. */
static bool is_growth_link(order left, order right) {
    return (is_number(left) && stands_alone(right)) || (is_number(right) && stands_alone(left));
}

static const formula *all_of(lowerer *w, const formulas *f) {
    return formulas_joined(w->arena, f, FORMULA_ALL);
}

static const formula *any_of(lowerer *w, const formulas *f) {
    return formulas_joined(w->arena, f, FORMULA_ANY);
}

static void add_to_all(lowerer *w, formulas *list, const formula *f) {
    formulas_add(w->arena, list, FORMULA_ALL, f);
}

static void add_to_any(lowerer *w, formulas *list, const formula *f) {
    formulas_add(w->arena, list, FORMULA_ANY, f);
}

/* What is related: exponents, or where these are not compared, quantities. */
typedef struct {
    value v;
    order o;
} item;

/* An item of a law; NULL: the number one. */
static item item_value(lowerer *w, const law *l, const expr *e) {
    item i = {.v = value_number(RAT_ZERO), .o = order_form(form_zero())};
    if (!e) return i;
    if (l->compares)
        i.v = value_of(w, e);
    else
        i.o = lower_order(w, e);
    return i;
}

/* x rel y; e is the one on the left. */
static const formula *item_related(lowerer *w, const law *l, const expr *e, item x, item y,
                                   relation is) {
    if (l->compares) return value_compared(w, value_difference(w, e, x.v, y.v), is);
    if (lower_too_many(w, e, x.o.leaves * y.o.leaves, COMPARISONS_MAX,
                       "this relation between sums comes to more than %d comparisons"))
        return formula_all(w->arena, NULL, 0);
    return order_related(w->arena, x.o, y.o, is);
}

/* ---- uncertain numbers in conclusions ---- */

static void mark_found(void *data, expr *e) {
    bool *found = data;
    (void)e;
    *found = true;
}

static bool is_uncertain(const law *l) {
    bool found = false;
    law_uncertain(l, mark_found, &found);
    return found;
}

/* left rel right for some values in the intervals. As each of them stands but once in it, the
 * difference rises or falls with each, whatever the others: it takes its greatest and its least
 * value at ends of them. */
static const formula *tolerant(lowerer *w, const law *l, const expr *left, relation is,
                               const expr *right) {
    formulas low = {0}, high = {0};
    item x, y;
    bool equal = is == RELATION_SAME || is == RELATION_EQUAL || is == RELATION_MEMBER;
    size_t next = w->cases.next, conditions = 0;
    w->tolerant = true;
    choices_start(&w->ends);
    do {
        if (low.n >= CASES_MAX)
            lower_refuse(w, DIAG_E410, l->at, "too many uncertain numbers in one conclusion",
                         "conclude in several steps");
        w->cases.next = next;
        x = item_value(w, l, left);
        y = item_value(w, l, right);
        if (low.n == 0) conditions = w->conditions.n;
        w->conditions.n = conditions;
        vec_push(w->arena, &low, item_related(w, l, left, x, y, equal ? RELATION_ATMOST : is));
        vec_push(w->arena, &high, item_related(w, l, left, x, y, equal ? RELATION_ATLEAST : is));
    } while (!w->failed && choices_next(&w->ends));
    w->tolerant = false;
    if (!equal) return any_of(w, &low);
    if (low.n == 1) return item_related(w, l, left, x, y, is);
    const formula *both[] = {any_of(w, &low), any_of(w, &high)};
    return formula_all(w->arena, both, 2);
}

static int items_of(const expr *e) {
    return e->kind == EXPR_LIST ? e->n : 1;
}

static const expr *item_of(const expr *e, int i) {
    return e->kind == EXPR_LIST ? e->part[i].e : e;
}

static void tolerant_chain(lowerer *w, const law *l, formulas *out) {
    for (int i = 1; i < l->nsides; i++)
        for (int j = 0; j < items_of(l->side[i - 1]); j++)
            for (int k = 0; k < items_of(l->side[i]) && !w->failed; k++)
                vec_push(w->arena, out,
                         tolerant(w, l, item_of(l->side[i - 1], j), relation_before(l, i),
                                  item_of(l->side[i], k)));
}

/* A value between two links would have to be the same in both. */
static bool uncertain_between(lowerer *w, const law *l) {
    for (int i = 1; i + 1 < l->nsides; i++) {
        law middle = {.side = &l->side[i], .nsides = 1};
        if (!is_uncertain(&middle)) continue;
        return !lower_refuse(w, DIAG_E321, l->side[i]->at,
                             "a conclusion cannot have an uncertain number here",
                             "conclude each link of the chain in a statement of its own");
    }
    return false;
}

static const formula *lower_tolerant(lowerer *w, const law *l) {
    formulas parts = {0};
    if (l->kind == LAW_CHAIN && !uncertain_between(w, l)) tolerant_chain(w, l, &parts);
    for (int i = 0; l->kind == LAW_GROWTH && i < l->nsides; i++)
        vec_push(w->arena, &parts, tolerant(w, l, l->side[i], relation_of_growth(l->growth), NULL));
    return all_of(w, &parts);
}

/* ---- one case of a law ---- */

typedef struct {
    item *v;
    int n;
} items;

static items side_items(lowerer *w, const law *l, const expr *e) {
    items s = {.n = items_of(e)};
    s.v = NEW_ARRAY(w->arena, item, s.n);
    for (int i = 0; i < s.n; i++) s.v[i] = item_value(w, l, item_of(e, i));
    return s;
}

static void lower_link(lowerer *w, const law *l, int i, items left, items right, formulas *out) {
    for (int j = 0; j < left.n; j++)
        for (int k = 0; k < right.n; k++)
            add_to_all(
                w, out,
                item_related(w, l, l->side[i], left.v[j], right.v[k], relation_before(l, i)));
}

static const formula *lower_chain(lowerer *w, const law *l, bool *grows) {
    formulas parts = {0};
    items left = side_items(w, l, l->side[0]);
    *grows = !l->compares;
    for (int i = 1; i < l->nsides; i++) {
        items right = side_items(w, l, l->side[i]);
        lower_link(w, l, i, left, right, &parts);
        *grows = *grows && is_growth_link(left.v[0].o, right.v[0].o);
        left = right;
    }
    return all_of(w, &parts);
}

static const formula *lower_growth(lowerer *w, const law *l) {
    formulas parts = {0};
    item one = item_value(w, l, NULL);
    for (int i = 0; i < l->nsides; i++)
        add_to_all(w, &parts,
                   item_related(w, l, l->side[i], item_value(w, l, l->side[i]), one,
                                relation_of_growth(l->growth)));
    return all_of(w, &parts);
}

static const formula *lower_case(lowerer *w, const law *l, bool *grows) {
    *grows = l->kind == LAW_GROWTH;
    if (w->concluding && is_uncertain(l)) return lower_tolerant(w, l);
    return l->kind == LAW_CHAIN ? lower_chain(w, l, grows) : lower_growth(w, l);
}

/* ---- all cases ---- */

static void start_case(lowerer *w) {
    w->conditions.n = w->divisors.n = w->bounded.n = w->signs.n = 0;
    w->bits = 0;
    w->sum = value_number(RAT_ZERO);
    w->impossible = false;
}

/* The law, and what must hold besides. */
static const formula *with_conditions(lowerer *w, const formula *f) {
    formulas parts = {0};
    if (w->conditions.n == 0) return f;
    add_to_all(w, &parts, f);
    for (size_t i = 0; i < w->conditions.n; i++) vec_push(w->arena, &parts, w->conditions.v[i]);
    return all_of(w, &parts);
}

static const formula *lower_law(lowerer *w, const law *l, bool *grows) {
    formulas cases = {0};
    int n = 0;
    choices_start(&w->cases);
    do {
        start_case(w);
        const formula *f = lower_case(w, l, grows);
        if (!w->impossible) vec_push(w->arena, &cases, with_conditions(w, f));
        if (++n > CASES_MAX)
            lower_refuse(w, DIAG_E410, l->at, "this law falls into too many cases",
                         "`max`, `min` and powers of sums make cases: give some of them a name of "
                         "their own, such as `m = max(α, β)`");
    } while (!w->failed && choices_next(&w->cases));
    return any_of(w, &cases);
}

static void start_statement(lowerer *w, const int *map) {
    w->map = map;
    w->failed = w->concluding = w->single = w->tolerant = false;
    w->bounds.n = w->apart.n = 0;
    choices_start(&w->cases);
    start_case(w);
}

/* Any of the laws. */
static const formula *lower_either(lowerer *w, const statement *s, bool *grows) {
    formulas any = {0};
    if (s->neither == 1) return lower_law(w, &s->either[0], grows);
    *grows = true;
    for (int i = 0; i < s->neither; i++) {
        bool one;
        add_to_any(w, &any, lower_law(w, &s->either[i], &one));
        *grows = *grows && one;
    }
    return any_of(w, &any);
}

/* The laws, unless some condition fails; uncertain numbers lie in their intervals all the same. */
static const formula *lower_claim(lowerer *w, const statement *s, bool *grows) {
    formulas any = {0}, all = {0};
    if (s->nwhen == 0) return lower_either(w, s, grows);
    w->supposing = true;
    for (int i = 0; i < s->nwhen; i++)
        add_to_any(w, &any, formula_not(w->arena, lower_law(w, &s->when[i], grows)));
    w->supposing = false;
    add_to_any(w, &any, lower_either(w, s, grows));
    add_to_all(w, &all, any_of(w, &any));
    for (size_t i = 0; i < w->bounds.n; i++) add_to_all(w, &all, w->bounds.v[i]);
    return all_of(w, &all);
}

static printer printing(const lowerer *w) {
    return (printer){.arena = w->arena, .symbols = w->symbols, .map = w->map};
}

/* ---- steps of proofs ---- */

const formula *lower_conclusion(lowerer *w, const statement *s) {
    formulas any = {0};
    bool grows;
    start_statement(w, NULL);
    for (int i = 0; i < s->nwhen; i++)
        add_to_any(w, &any, formula_not(w->arena, lower_law(w, &s->when[i], &grows)));
    w->concluding = true;
    if (s->neither) add_to_any(w, &any, lower_either(w, s, &grows));
    return any_of(w, &any);
}

const form *lower_sides(lowerer *w, const statement *s) {
    const law *l = s->either;
    bool plain = s->neither == 1 && s->nwhen == 0 && l->kind == LAW_CHAIN && !l->compares;
    if (!plain || is_uncertain(l)) return NULL;
    form *side = NEW_ARRAY(w->arena, form, l->nsides);
    start_statement(w, NULL);
    for (int i = 0; i < l->nsides; i++) {
        order o = lower_order(w, l->side[i]);
        if (w->failed || o.kind != ORDER_FORM || w->cases.list.n) return NULL;
        side[i] = o.f;
    }
    return side;
}

const written_product *lower_products(lowerer *w, const law *l) {
    if (l->kind != LAW_CHAIN || l->compares || is_uncertain(l)) return NULL;
    written_product *side = NEW_ARRAY(w->arena, written_product, l->nsides);
    start_case(w);
    choices_start(&w->cases);
    for (int i = 0; i < l->nsides; i++)
        if (!lower_written(w, l->side[i], &side[i])) return NULL;
    return w->cases.list.n ? NULL : side;
}

/* ---- allocations ---- */

static bool is_among(const int *list, int n, int sym) {
    for (int i = 0; i < n; i++)
        if (list[i] == sym) return true;
    return false;
}

static bool refuse_choice(lowerer *w, const expr *e, int sym, const char *what, const char *help) {
    const char *name = lex_quote(w->arena, w->symbols[sym].name);
    return lower_refuse(w, DIAG_E325, e->at, formatted(w->arena, "%s %s", name, what), help);
}

/* The symbols of names, each of which must be new. */
static const int *lower_names(lowerer *w, expr *const *name, int n, const char *twice) {
    int *list = NEW_ARRAY(w->arena, int, n);
    for (int i = 0; i < n; i++) {
        list[i] = w->map ? w->map[name[i]->sym] : name[i]->sym;
        if (is_among(list, i, list[i])) refuse_choice(w, name[i], list[i], twice, "name it once");
    }
    return list;
}

/* What is minimised moves with the choice. */
static bool target_moves(lowerer *w, const expr *e, const choice_of *c) {
    form f = c->target;
    bool held = true;
    if (w->conditions.n)
        return lower_refuse(w, DIAG_E325, e->at,
                            "a divisor cannot stand in the exponent of what is chosen for",
                            "give what is minimised a name of its own, and use the name");
    if (f.n == 0)
        return lower_refuse(w, DIAG_E325, e->at, "this does not scale: no choice moves it",
                            "what is minimised or maximised is a quantity: the loss, the compute");
    if (f.n == 1 && is_among(c->chosen, c->nchosen, f.t[0].sym))
        return refuse_choice(w, e, f.t[0].sym, "is chosen: it cannot be what it is chosen for",
                             "choose the others: it follows from them");
    for (int i = 0; i < f.n; i++) held = held && is_among(c->fixed, c->nfixed, f.t[i].sym);
    return !held || refuse_choice(w, e, f.t[0].sym, "is fixed: no choice moves it",
                                  "what stands after `at fixed` stays as it is");
}

static const choice_of *lower_choice(lowerer *w, const statement *s) {
    const allocation *from = s->choice;
    choice_of *c = NEW(w->arena, choice_of);
    *c = (choice_of){.nchosen = from->nchosen, .nfixed = from->nfixed, .maximize = from->maximize};
    c->chosen = lower_names(w, from->chosen, from->nchosen, "is chosen twice");
    c->fixed = lower_names(w, from->fixed, from->nfixed, "is fixed twice");
    c->target = lower_quantity(w, from->target);
    for (int i = 0; i < c->nfixed; i++)
        if (is_among(c->chosen, c->nchosen, c->fixed[i]))
            refuse_choice(w, from->fixed[i], c->fixed[i], "is chosen: it cannot be fixed too",
                          "leave it out in one of the two places");
    if (!w->failed) target_moves(w, from->target, c);
    return c;
}

/* ---- facts ---- */

/* ---- which term decides ---- */

static bool is_sum(const expr *e) {
    return e->kind == EXPR_SUM || (e->kind == EXPR_CALL && e->call != CALL_SLOPE);
}

/* The terms of a sum; false where one of them is a sum itself, or differs from case to case. */
static bool lower_terms(lowerer *w, const expr *e, addition *out) {
    printer p = printing(w);
    addend *list = NEW_ARRAY(w->arena, addend, e->n);
    for (int i = 0; i < e->n; i++) {
        order o = lower_order(w, e->part[i].e);
        if (w->failed || o.kind != ORDER_FORM) return false;
        list[i] = (addend){print_expr(&p, e->part[i].e), o.f};
    }
    *out = (addition){.term = list, .n = e->n};
    out->least = e->kind == EXPR_CALL && e->call == CALL_MIN;
    return e->n > 1 && w->cases.list.n == 0;
}

/* The sum is all there is on one side of `total ∝ sum`. */
static void lower_total(lowerer *w, const law *l, int side, addition *sum) {
    relation is = relation_before(l, 1);
    const expr *e = l->side[1 - side];
    printer p = printing(w);
    if (l->nsides != 2 || (is != RELATION_SAME && is != RELATION_EQUAL) || e->kind == EXPR_LIST)
        return;
    order o = lower_order(w, e);
    sum->has_total = !w->failed && o.kind == ORDER_FORM && w->cases.list.n == 0;
    if (sum->has_total) sum->total = (addend){print_expr(&p, e), o.f};
}

static void lower_sums(lowerer *w, const law *l, fact *f) {
    VEC(addition) sums = {0};
    for (int i = 0; !l->compares && i < l->nsides; i++)
        for (int k = 0; k < items_of(l->side[i]); k++) {
            const expr *e = item_of(l->side[i], k);
            addition one;
            start_case(w);
            choices_start(&w->cases);
            if (!is_sum(e) || !lower_terms(w, e, &one)) continue;
            if (e == l->side[i]) lower_total(w, l, i, &one);
            vec_push(w->arena, &sums, one);
        }
    f->sums = sums.v;
    f->nsums = (int)sums.n;
}

static fact lower_fact(lowerer *w, const instance *i) {
    const statement *s = i->s;
    start_statement(w, i->map);
    printer p = printing(w);
    fact f = {.label = i->label,
              .law = print_statement(&p, s),
              .note = s->note,
              .cite = s->cite,
              .at = s->at,
              .line = s->line,
              .hard = s->given};
    if (s->kind == STATEMENT_CHOICE) {
        f.claim = formula_all(w->arena, NULL, 0);
        f.choice = lower_choice(w, s);
    } else {
        f.claim = lower_claim(w, s, &f.growth);
        bool plain = !w->failed && s->neither == 1 && s->nwhen == 0;
        if (plain && s->either[0].kind == LAW_CHAIN) lower_sums(w, &s->either[0], &f);
        if (plain) f.side = lower_products(w, &s->either[0]);
        f.nsides = f.side ? s->either[0].nsides : 0;
    }
    return f;
}

/* ---- goals ---- */

typedef struct {
    VEC(form) base;
    VEC(str) name;
    VEC(operand) known; /* the other factors */
} asked;

static void collect_asked(lowerer *w, const expr *e, bool flipped, asked *out) {
    printer p = printing(w);
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
    printer p = printing(w);
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
    printer p = printing(w);
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

static goal lower_goal(lowerer *w, const statement *s) {
    bool grows;
    start_statement(w, NULL);
    printer p = printing(w);
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

/* ---- parameters ---- */

/* The field of all parameters of the symbols; NULL where there is none. */
static const field *field_of(arena *a, const symbol *symbols, int n, diags *sink) {
    VEC(str) name = {0};
    VEC(int) sym = {0};
    for (int i = 0; i < n; i++) {
        if (symbols[i].sort != SORT_PARAMETER) continue;
        vec_push(a, &name, symbols[i].name);
        vec_push(a, &sym, i);
    }
    if (sym.n == 0) return NULL;
    if (sym.n <= PARAMETERS_MAX) return field_new(a, name.v, sym.v, (int)sym.n);
    diag_add(sink, DIAG_E411, symbols[sym.v[PARAMETERS_MAX]].at,
             "more than %d parameters and uncertain numbers", PARAMETERS_MAX);
    return NULL;
}

static lowerer lowerer_new(arena *a, const theory *t, const field *k, const lang_limits *limits,
                           diags *sink) {
    lowerer w = {.arena = a, .limits = limits, .sink = sink, .symbols = scope_symbols(t->scope)};
    if (!k) return w;
    coef *parameter = NEW_ARRAY(a, coef, scope_size(t->scope));
    for (int i = 0; i < field_size(k); i++) parameter[field_symbol(k, i)] = coef_parameter(a, k, i);
    w.parameter = parameter;
    return w;
}

const goal *lower_goals(arena *a, const theory *t, const field *k, statement *const *list, int n,
                        const lang_limits *limits, diags *sink) {
    lowerer w = lowerer_new(a, t, k, limits, sink);
    goal *goals = NEW_ARRAY(a, goal, n);
    for (int i = 0; i < n && diags_go_on(sink, list[i]->at); i++)
        goals[i] = lower_goal(&w, list[i]);
    return goals;
}

/* ---- proofs ---- */

/* number[]: from a law to its fact. */
static const int *numbered(arena *a, const int *list, int n, const int *number) {
    int *out = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) out[i] = number[list[i]];
    return out;
}

static written_step lower_step(lowerer *w, const argued_step *of, const int *number) {
    const statement *s = of->s;
    written_step step = {.label = of->label, .note = s->note, .at = s->at, .line = s->line};
    step.claim = lower_conclusion(w, s);
    printer p = printing(w);
    step.law = print_statement(&p, s);
    step.side = w->failed ? NULL : lower_sides(w, s);
    step.nside = step.side ? s->either->nsides : 0;
    step.product = step.side ? lower_products(w, s->either) : NULL;
    step.cites = s->nby > 0;
    step.facts = numbered(w->arena, of->laws, of->nlaws, number);
    step.nfacts = of->nlaws;
    step.steps = of->steps;
    step.nsteps = of->nsteps;
    return step;
}

static written_proof lower_proof(lowerer *w, const argument *of, const int *number) {
    written_step *steps = NEW_ARRAY(w->arena, written_step, of->n);
    for (int i = 0; i < of->n && diags_go_on(w->sink, of->steps[i].s->at); i++)
        steps[i] = lower_step(w, &of->steps[i], number);
    return (written_proof){of->s->note, of->s->at, of->s->line, steps, of->n};
}

static void put_proofs(lowerer *w, problem *p, const argument *list, size_t n, const int *number) {
    written_proof *proofs = NEW_ARRAY(w->arena, written_proof, n);
    for (size_t i = 0; i < n; i++) proofs[i] = lower_proof(w, &list[i], number);
    p->proofs = proofs;
    p->nproofs = (int)n;
}

/* Those of a theory; laws that are optional have no fact. */
static void theory_proofs(lowerer *w, problem *p, const theory *t) {
    if (t->proofs.n == 0) return;
    int *number = NEW_ARRAY(w->arena, int, t->laws.n);
    for (size_t i = 0, n = 0; i < t->laws.n; i++)
        number[i] = t->laws.v[i].s->optional ? -1 : (int)n++;
    put_proofs(w, p, t->proofs.v, t->proofs.n, number);
}

void lower_proofs(arena *a, problem *p, const theory *t, const lang_limits *limits, diags *sink) {
    lowerer w = lowerer_new(a, t, p->field, limits, sink);
    theory_proofs(&w, p, t);
}

/* ---- problems ---- */

typedef VEC(fact) facts;
typedef VEC(goal) goals;

static facts facts_for(arena *a, size_t n) {
    facts f = {.v = NEW_ARRAY(a, fact, n), .cap = n};
    return f;
}

static void lower_laws(lowerer *w, const instance *laws, size_t n, facts *out) {
    for (size_t i = 0; i < n && diags_go_on(w->sink, laws[i].s->at); i++) {
        fact f = lower_fact(w, &laws[i]);
        vec_push(w->arena, out, f);
    }
}

/* Marks what the labels name; `laws` and `goals` of the theory are numbered in one row. */
static const bool *named(arena *a, const theory *t, const label_ref *list, int n) {
    bool *mark = NEW_ARRAY(a, bool, t->laws.n + t->goals.n);
    for (int i = 0; i < n; i++) {
        int found = names_find(&t->labels.table, list[i].text);
        if (found < 0) continue;
        const entry *e = &t->labels.entries.v[found];
        if (e->law >= 0) mark[e->law] = true;
        if (e->goal >= 0) mark[t->laws.n + (size_t)e->goal] = true;
    }
    return mark;
}

/* number[]: from the laws of the theory, and then of the regime, to the facts; -1: it does not hold
 * here. */
static void regime_facts(lowerer *w, const theory *t, const variant *r, const facts *all,
                         facts *out, int *number) {
    const bool *without = named(w->arena, t, r->s->without, r->s->nwithout);
    const bool *with = named(w->arena, t, r->s->with, r->s->nwith);
    for (size_t i = 0; i < all->n; i++) {
        bool holds = !without[i] && (!t->laws.v[i].s->optional || with[i]);
        number[i] = holds ? (int)out->n : -1;
        if (holds) vec_push(w->arena, out, all->v[i]);
    }
    for (size_t i = 0; i < r->laws.n; i++) number[all->n + i] = (int)(out->n + i);
    lower_laws(w, r->laws.v, r->laws.n, out);
}

static void regime_goals(lowerer *w, const theory *t, const variant *r, const goals *all,
                         goals *out) {
    const bool *without = named(w->arena, t, r->s->without, r->s->nwithout);
    for (size_t i = 0; i < all->n; i++)
        if (statement_is_question(t->goals.v[i]) && !without[t->laws.n + i])
            vec_push(w->arena, out, all->v[i]);
    for (size_t i = 0; i < r->goals.n; i++) {
        goal g = lower_goal(w, r->goals.v[i]);
        vec_push(w->arena, out, g);
    }
}

static void set_lists(problem *p, const facts *f, const goals *g) {
    p->facts = f->v;
    p->nfacts = (int)f->n;
    p->goals = g->v;
    p->ngoals = (int)g->n;
}

static const str *texts_of(arena *a, const label_ref *list, int n) {
    str *texts = NEW_ARRAY(a, str, n);
    for (int i = 0; i < n; i++) texts[i] = list[i].text;
    return texts;
}

static const problem *lower_regime(lowerer *w, const theory *t, const variant *r, const facts *f,
                                   const goals *g, const field *k) {
    problem *p = NEW(w->arena, problem);
    facts own_facts = facts_for(w->arena, f->n + r->laws.n);
    goals own_goals = {0};
    *p = (problem){.name = r->s->regime.text, .note = r->s->note, .line = r->s->line, .field = k};
    p->dropped = texts_of(w->arena, r->s->without, r->s->nwithout);
    p->ndropped = r->s->nwithout;
    p->joined = texts_of(w->arena, r->s->with, r->s->nwith);
    p->njoined = r->s->nwith;
    p->symbols = w->symbols = scope_symbols(r->scope);
    p->nsymbols = scope_size(r->scope);
    int *number = NEW_ARRAY(w->arena, int, f->n + r->laws.n);
    regime_facts(w, t, r, f, &own_facts, number);
    regime_goals(w, t, r, g, &own_goals);
    put_proofs(w, p, r->proofs.v, r->proofs.n, number);
    set_lists(p, &own_facts, &own_goals);
    return p;
}

/* Each regime is a theory of its own size: their number times that size has a limit. */
static bool too_many_regimes(lowerer *w, const theory *t) {
    double all = (double)t->regimes.n * (double)(t->laws.n + t->goals.n);
    if (all <= (double)w->limits->max_statements * (double)REGIME_FACTS) return false;
    diag *d = diag_add(w->sink, DIAG_E405, t->regimes.v[0]->s->at,
                       "all regimes together have more than %d statements",
                       w->limits->max_statements * REGIME_FACTS);
    d->help = "the limit is ten times that of --max-statements";
    return true;
}

static void lower_regimes(lowerer *w, const theory *t, problem *p, const facts *f, const goals *g) {
    if (t->regimes.n == 0 || too_many_regimes(w, t)) return;
    const problem **list = NEW_ARRAY(w->arena, const problem *, t->regimes.n);
    for (size_t i = 0; i < t->regimes.n; i++)
        list[i] = lower_regime(w, t, t->regimes.v[i], f, g, p->field);
    p->regimes = list;
    p->nregimes = (int)t->regimes.n;
}

/* Without the optional ones; the list itself where there are none. */
static facts main_facts(arena *a, const theory *t, const facts *all) {
    facts held = {0};
    bool whole = true;
    for (size_t i = 0; i < all->n && whole; i++) whole = !t->laws.v[i].s->optional;
    if (whole) return *all;
    for (size_t i = 0; i < all->n; i++)
        if (!t->laws.v[i].s->optional) vec_push(a, &held, all->v[i]);
    return held;
}

problem *lower_theory(arena *a, const theory *t, const lang_limits *limits, diags *sink) {
    int before = sink->errors;
    const field *k = field_of(a, scope_symbols(t->scope), scope_size(t->scope), sink);
    if (sink->errors > before) return NULL;
    lowerer w = lowerer_new(a, t, k, limits, sink);
    problem *p = NEW(a, problem);
    facts all = facts_for(a, t->laws.n);
    goals g = {0};
    p->name = t->name;
    p->symbols = w.symbols;
    p->nsymbols = scope_size(t->scope);
    p->field = k;
    lower_laws(&w, t->laws.v, t->laws.n, &all);
    facts held = main_facts(a, t, &all);
    for (size_t i = 0; i < t->goals.n; i++) {
        goal one = lower_goal(&w, t->goals.v[i]);
        vec_push(a, &g, one);
    }
    set_lists(p, &held, &g);
    theory_proofs(&w, p, t);
    lower_regimes(&w, t, p, &all, &g);
    return sink->errors > before ? NULL : p;
}
