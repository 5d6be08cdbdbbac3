#include "lang/lowering.h"
#include "lang/sorts.h"

enum { CASES_MAX = 64 };
/* What a relation between two sums may come to. */
enum { COMPARISONS_MAX = 20000 };

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

relation law_relation(const law *l, int i) {
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

int law_items(const expr *e) {
    return e->kind == EXPR_LIST ? e->n : 1;
}

const expr *law_item(const expr *e, int i) {
    return e->kind == EXPR_LIST ? e->part[i].e : e;
}

static void tolerant_chain(lowerer *w, const law *l, formulas *out) {
    for (int i = 1; i < l->nsides; i++)
        for (int j = 0; j < law_items(l->side[i - 1]); j++)
            for (int k = 0; k < law_items(l->side[i]) && !w->failed; k++)
                vec_push(w->arena, out,
                         tolerant(w, l, law_item(l->side[i - 1], j), law_relation(l, i),
                                  law_item(l->side[i], k)));
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
    items s = {.n = law_items(e)};
    s.v = NEW_ARRAY(w->arena, item, s.n);
    for (int i = 0; i < s.n; i++) s.v[i] = item_value(w, l, law_item(e, i));
    return s;
}

static void lower_link(lowerer *w, const law *l, int i, items left, items right, formulas *out) {
    for (int j = 0; j < left.n; j++)
        for (int k = 0; k < right.n; k++)
            add_to_all(w, out,
                       item_related(w, l, l->side[i], left.v[j], right.v[k], law_relation(l, i)));
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

void lower_start_case(lowerer *w) {
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

const formula *lower_law(lowerer *w, const law *l, bool *grows) {
    formulas cases = {0};
    int n = 0;
    choices_start(&w->cases);
    do {
        lower_start_case(w);
        const formula *f = lower_case(w, l, grows);
        if (!w->impossible) vec_push(w->arena, &cases, with_conditions(w, f));
        if (++n > CASES_MAX)
            lower_refuse(w, DIAG_E410, l->at, "this law falls into too many cases",
                         "`max`, `min` and powers of sums make cases: give some of them a name of "
                         "their own, such as `m = max(α, β)`");
    } while (!w->failed && choices_next(&w->cases));
    return any_of(w, &cases);
}

void lower_start(lowerer *w, const int *map) {
    w->map = map;
    w->failed = w->concluding = w->single = w->tolerant = false;
    w->bounds.n = w->apart.n = 0;
    choices_start(&w->cases);
    lower_start_case(w);
}

const formula *lower_either(lowerer *w, const statement *s, bool *grows) {
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

const formula *lower_claim(lowerer *w, const statement *s, bool *grows) {
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

printer lower_printer(const lowerer *w) {
    return (printer){.arena = w->arena, .symbols = w->symbols, .map = w->map};
}

/* ---- steps of proofs ---- */

const formula *lower_conclusion(lowerer *w, const statement *s) {
    formulas any = {0};
    bool grows;
    lower_start(w, NULL);
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
    lower_start(w, NULL);
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
    lower_start_case(w);
    choices_start(&w->cases);
    for (int i = 0; i < l->nsides; i++)
        if (!lower_written(w, l->side[i], &side[i])) return NULL;
    return w->cases.list.n ? NULL : side;
}
