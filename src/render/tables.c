#include "render/tables.h"
#include "render/figures.h"
#include "render/law.h"
#include <math.h>

const int table_factors[TABLE_FACTORS] = {2, 10, 100};

typedef VEC(table_entry) entries;

static void add_values(arena *a, entries *to, const answer_case *when, const coef *value,
                       const interval *r, int n) {
    for (int i = 0; i < n; i++) vec_push(a, to, ((table_entry){when, true, r[i]}));
    interval point = {.low = value ? *value : coef_int(0), .high = value ? *value : coef_int(0)};
    if (n == 0) vec_push(a, to, ((table_entry){when, value != NULL, point}));
}

const table_entry *table_entries(arena *a, const answer *x, int *n) {
    entries all = {0};
    for (int i = 0; x->kind == ANSWER_CASES && i < x->ncases; i++) {
        const answer_case *k = &x->cases[i];
        add_values(a, &all, k->nwhen ? k : NULL, &k->value, k->ranges, k->nranges);
    }
    if (x->kind == ANSWER_EXACT) {
        rat number;
        bool closed = x->nvalue && !coef_rat(x->value[0], &number);
        add_values(a, &all, NULL, x->value, NULL, 0);
        if (closed && x->nranges) add_values(a, &all, NULL, NULL, x->ranges, x->nranges);
    }
    if (x->kind != ANSWER_EXACT && x->kind != ANSWER_CASES)
        add_values(a, &all, NULL, NULL, x->ranges, x->kind == ANSWER_RANGE ? x->nranges : 0);
    *n = (int)all.n;
    return all.v;
}

bool entry_is_point(const table_entry *k) {
    const interval *r = &k->exponent;
    return !r->low_infinite && !r->high_infinite && coef_eq(r->low, r->high);
}

enum { LARGEST = 100000 };

const char *table_factor(arena *a, int times, coef exponent) {
    rat e;
    if (!coef_rat(exponent, &e))
        return str_z(a, law_power(a, str_of(formatted(a, "%d", times)), exponent));
    double power = rat_double(e);
    return fabs(power) <= LARGEST ? factor_text(a, power * log10(times)) : NULL;
}
