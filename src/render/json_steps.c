#include "render/json_steps.h"
#include "render/compare.h"
#include "render/exponents.h"
#include "render/law.h"
#include "render/spell.h"

typedef struct {
    arena *a;
    const problem *p;
    const goal *g;
    bool exponents;
} writer;

static void put(const writer *w, cJSON *to, const char *name, str s) {
    cJSON_AddStringToObject(to, name, spell_valid(w->a, s));
}

static cJSON *object_in(cJSON *list) {
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    return item;
}

static const char *rule_code(rule r) {
    switch (r) {
    case RULE_CITE:
        return "cite";
    case RULE_ABOVE:
        return "above";
    case RULE_TURN:
        return "turn";
    case RULE_SUBSTITUTE:
        return "substitute";
    case RULE_SPLIT:
        return "split";
    case RULE_GROUP:
        return "group";
    case RULE_PRODUCT:
        return "product";
    case RULE_QUOTIENT:
        return "quotient";
    case RULE_POWER_OF_POWER:
        return "power_of_power";
    case RULE_POWER_OF_PRODUCT:
        return "power_of_product";
    case RULE_ROOT:
        return "root";
    case RULE_RECIPROCAL:
        return "reciprocal";
    case RULE_POWER:
        return "power";
    case RULE_DROP:
        return "drop";
    }
    return "cite";
}

static const char *kind_code(calc_kind k) {
    switch (k) {
    case CALC_LAW:
        return "law";
    case CALC_CHAIN:
        return "chain";
    case CALC_RESULT:
        return "result";
    }
    return "chain";
}

static void put_arithmetic(const writer *w, cJSON *to, const calc_line *x) {
    if (x->ndone == 0) return;
    cJSON *list = cJSON_AddArrayToObject(to, "arithmetic");
    for (int i = 0; i < x->ndone; i++) {
        cJSON *item = object_in(list);
        put(w, item, "name", w->p->symbols[x->done[i].sym].name);
        put(w, item, "sum", arithmetic_text(w->a, &x->done[i]));
    }
}

static void put_law_used(const writer *w, cJSON *to, const calc_line *x) {
    step s = {.fact = x->fact, .node = x->node};
    if (x->fact != FACT_NONE) put(w, to, "by", law_step_label(w->p, w->g, &s));
    if (x->rule == RULE_SUBSTITUTE)
        put(w, to, "uses", law_between(w->a, w->p, x->from, law_sign(x->law_r, x->law_geq), x->to));
    else if (x->fact != FACT_NONE)
        put(w, to, "uses", law_step(w->a, w->p, w->g, &s));
}

static bool raises_sides(rule r) {
    return r == RULE_ROOT || r == RULE_RECIPROCAL || r == RULE_POWER;
}

static void append_line(const writer *w, cJSON *list, const calc_line *x) {
    cJSON *to = object_in(list);
    const char *sign = law_sign(x->so_far, x->so_far_geq);
    put(w, to, "law", law_between(w->a, w->p, x->left, sign, x->right));
    put(w, to, "rule", str_of(rule_code(x->rule)));
    put_law_used(w, to, x);
    if (x->identity) cJSON_AddBoolToObject(to, "identity", true);
    if (x->turned) cJSON_AddBoolToObject(to, "turned", true);
    if (raises_sides(x->rule)) put(w, to, "power", str_of(coef_text(w->a, x->power)));
    put_arithmetic(w, to, x);
    if (!w->exponents) return;
    str left = exponents_product(w->a, w->p, x->left);
    str right = exponents_product(w->a, w->p, x->right);
    put(w, to, "exponents",
        str_of(formatted(w->a, "%.*s %s %.*s", (int)left.n, left.s,
                         compare_sign(x->so_far, x->so_far_geq), (int)right.n, right.s)));
}

void put_calculation(arena *a, cJSON *to, const problem *p, const goal *g, const derivation *why,
                     bool exponents) {
    writer w = {a, p, g, exponents};
    calculation k = work_out(a, p, g, why);
    if (k.n == 0) return;
    cJSON *list = cJSON_AddArrayToObject(to, "calculations");
    for (int i = 0; i < k.n; i++) {
        cJSON *item = object_in(list);
        put(&w, item, "of", str_of(kind_code(k.c[i].kind)));
        cJSON *lines = cJSON_AddArrayToObject(item, "lines");
        for (int j = 0; j < k.c[i].n; j++) append_line(&w, lines, &k.c[i].line[j]);
    }
}
