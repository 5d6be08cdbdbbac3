#include "render/compare.h"

const char *compare_sign(rel r, bool geq) {
    switch (r) {
    case REL_EQ:
        return "=";
    case REL_LE:
        return geq ? "≥" : "≤";
    case REL_LT:
        return geq ? ">" : "<";
    }
    return "=";
}

static const char *turned(const char *sign) {
    static const char *const pairs[] = {"≤", "≥", "<", ">"};
    for (int i = 0; i < 4; i++)
        if (strcmp(sign, pairs[i]) == 0) return pairs[i ^ 1];
    return sign;
}

static bool is_inequality(const char *sign) {
    return turned(sign) != sign;
}

/* What is larger stays on one side. */
enum { MOST_TERMS = 50, HIGHEST_POWER = 20 };

static bool is_small(const field *k, polynomial p) {
    for (int i = 0; i < p.n; i++)
        for (int j = 0; j < field_size(k); j++)
            if (p.m[i].power[j] > HIGHEST_POWER) return false;
    return p.n <= MOST_TERMS;
}

static bool is_constant(const field *k, const monomial *m) {
    for (int j = 0; j < field_size(k); j++)
        if (m->power[j] > 0) return false;
    return true;
}

static coef monomial_value(arena *a, const field *k, const monomial *m) {
    coef c = coef_of(m->c);
    for (int j = 0; j < field_size(k); j++)
        for (unsigned long i = 0; i < m->power[j]; i++) c = coef_mul(a, c, coef_parameter(a, k, j));
    return c;
}

/* The size of the first coefficient, if there is but one beside the constant or all are multiples
 * of it; else 1. */
static rat divisor(arena *a, const field *k, polynomial p) {
    rat first = rat_sgn(p.m[0].c) < 0 ? rat_neg(a, p.m[0].c) : p.m[0].c;
    bool alone = p.n == 1 || (p.n == 2 && is_constant(k, &p.m[1]));
    for (int i = 1; i < p.n && !alone; i++)
        if (!rat_is_int(rat_div(a, p.m[i].c, first))) return RAT_ONE;
    return first;
}

/* A multiple of the polynomial is plus - minus + constant. */
typedef struct {
    coef plus, minus, constant;
    bool turn; /* the first parameter is in minus */
} sides;

static sides sides_of(arena *a, const field *k, polynomial p) {
    coef by = coef_of(divisor(a, k, p));
    sides s = {coef_int(0), coef_int(0), coef_int(0), rat_sgn(p.m[0].c) < 0};
    for (int i = 0; i < p.n; i++) {
        coef value = coef_div(a, monomial_value(a, k, &p.m[i]), by);
        if (is_constant(k, &p.m[i]))
            s.constant = value;
        else if (rat_sgn(p.m[i].c) > 0)
            s.plus = coef_add(a, s.plus, value);
        else
            s.minus = coef_sub(a, s.minus, value);
    }
    return s;
}

static str both_sides(arena *a, coef left, const char *sign, coef right) {
    return str_of(formatted(a, "%s %s %s", coef_text(a, left), sign, coef_text(a, right)));
}

/* The constant goes where it has a minus sign, or where there is nothing else. */
static str put_sides(arena *a, sides s, const char *sign) {
    if (s.turn) {
        s = (sides){s.minus, s.plus, coef_neg(a, s.constant), false};
        sign = turned(sign);
    }
    if (coef_sgn(s.constant) < 0 && !coef_is_zero(s.minus))
        s.plus = coef_add(a, s.plus, s.constant);
    else
        s.minus = coef_sub(a, s.minus, s.constant);
    return both_sides(a, s.plus, sign, s.minus);
}

str compare(arena *a, coef k, const char *sign) {
    const field *f = coef_field(k);
    if (f == NULL) return both_sides(a, k, sign, coef_int(0));
    rat number;
    bool whole = coef_rat(coef_denominator(a, k), &number);
    coef num = coef_numerator(a, k);
    bool plain = coef_field(num) && is_small(f, coef_polynomial(a, num));
    if (!plain || (!whole && is_inequality(sign))) return both_sides(a, k, sign, coef_int(0));
    return put_sides(a, sides_of(a, f, coef_polynomial(a, num)), sign);
}
