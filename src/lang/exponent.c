#include "lang/resolve.h"

static bool number_product(resolver *r, const expr *e, rat *out);

bool expr_is_closed(const expr *e) {
    if (e->kind == EXPR_NAME || e->kind == EXPR_HOLE || e->kind == EXPR_UNCERTAIN) return false;
    if (e->kind == EXPR_CALL && e->call != CALL_MAX && e->call != CALL_MIN) return false;
    for (int i = 0; i < e->n; i++)
        if (!expr_is_closed(e->part[i].e)) return false;
    return true;
}

static bool refuse(resolver *r, diag_code code, const expr *e, const char *message,
                   const char *help) {
    diag *d = diag_add(r->sink, code, e->at, "%s", message);
    d->help = help;
    return false;
}

/* Bits of a number with max_digits digits, and some. */
static bool within_limit(resolver *r, const expr *e, double bits) {
    if (bits <= 4.0 * r->limits->max_digits) return true;
    diag *d = diag_add(r->sink, DIAG_E408, e->at, "this number has more than %d digits",
                       r->limits->max_digits);
    d->help = "the limit is moved with --max-digits";
    return false;
}

static bool number_sum(resolver *r, const expr *e, rat *out) {
    rat sum = RAT_ZERO, x;
    for (int i = 0; i < e->n; i++) {
        if (!resolve_number(r, e->part[i].e, &x)) return false;
        sum = e->part[i].flipped ? rat_sub(r->arena, sum, x) : rat_add(r->arena, sum, x);
        if (!within_limit(r, e, (double)rat_bits(sum))) return false;
    }
    *out = sum;
    return true;
}

static bool number_product(resolver *r, const expr *e, rat *out) {
    rat product = RAT_ONE, x;
    for (int i = 0; i < e->n; i++) {
        if (!resolve_number(r, e->part[i].e, &x)) return false;
        if (e->part[i].flipped && rat_is_zero(x))
            return refuse(r, DIAG_E303, e->part[i].e, "a division by zero", NULL);
        product =
            e->part[i].flipped ? rat_div(r->arena, product, x) : rat_mul(r->arena, product, x);
        if (!within_limit(r, e, (double)rat_bits(product))) return false;
    }
    *out = product;
    return true;
}

static rat whole_power(arena *a, rat base, unsigned long n) {
    rat power = RAT_ONE;
    for (; n > 0; n >>= 1) {
        if (n & 1) power = rat_mul(a, power, base);
        if (n > 1) base = rat_mul(a, base, base);
    }
    return power;
}

/* 0, 1 and -1, whose powers stay small however large the exponent. */
static bool number_power_of_unit(resolver *r, const expr *e, rat base, rat n, rat *out) {
    if (rat_is_zero(base) && rat_sgn(n) <= 0)
        return refuse(r, DIAG_E303, e, "zero has no such power", NULL);
    bool odd = !rat_is_int(rat_div(r->arena, n, rat_int(2)));
    *out = odd ? base : rat_mul(r->arena, base, base);
    return true;
}

static bool number_power(resolver *r, const expr *e, rat *out) {
    rat base, n;
    if (!resolve_number(r, e->part[0].e, &base) || !resolve_number(r, e->part[1].e, &n))
        return false;
    if (!rat_is_int(n))
        return refuse(r, DIAG_E304, e, "this number is not rational in general",
                      "an exponent is made of numbers, `+ - * /` and whole powers");
    if (rat_bits(base) <= 1 && rat_is_int(base)) return number_power_of_unit(r, e, base, n, out);
    double times = rat_bits(n) > 40 ? 1e12 : rat_double(n);
    if (times < 0) times = -times;
    if (!within_limit(r, e, times * (double)(rat_bits(base) - 1))) return false;
    *out = whole_power(r->arena, base, (unsigned long)times);
    if (rat_sgn(n) < 0) *out = rat_inv(r->arena, *out);
    return true;
}

static bool number_extreme(resolver *r, const expr *e, rat *out) {
    for (int i = 0; i < e->n; i++) {
        rat x;
        if (!resolve_number(r, e->part[i].e, &x)) return false;
        bool better = e->call == CALL_MAX ? rat_cmp(x, *out) > 0 : rat_cmp(x, *out) < 0;
        if (i == 0 || better) *out = x;
    }
    return true;
}

static bool number_call(resolver *r, const expr *e, rat *out) {
    switch (e->call) {
    case CALL_MAX:
    case CALL_MIN:
        return number_extreme(r, e, out);
    case CALL_SLOPE:
        return refuse(r, DIAG_E319, e, "a number does not scale: there is no slope in it",
                      "`slope(A, B)` is the exponent of A as a power of the quantity B");
    case CALL_LOG:
    case CALL_EXP:
        break;
    }
    return refuse(r, DIAG_E304, e, "this number is not rational", "write it as a fraction");
}

bool resolve_number(resolver *r, const expr *e, rat *out) {
    switch (e->kind) {
    case EXPR_NUMBER:
        *out = e->value;
        return true;
    case EXPR_SUM:
        return number_sum(r, e, out);
    case EXPR_PRODUCT:
        return number_product(r, e, out);
    case EXPR_POWER:
        return number_power(r, e, out);
    case EXPR_CALL:
        return number_call(r, e, out);
    case EXPR_ROOT:
        return refuse(r, DIAG_E304, e, "a root is not rational in general",
                      "an exponent is made of numbers, `+ - * /` and whole powers");
    case EXPR_HOLE:
        return refuse(r, DIAG_E108, e, "a hole must be a whole exponent", "write `N^?`");
    case EXPR_NAME:
    case EXPR_LANDAU:
    case EXPR_UNCERTAIN:
    case EXPR_LIST:
        break;
    }
    return refuse(r, DIAG_E101, e, "a number was expected here", NULL);
}

/* ---- exponents with letters ---- */

/* More than a number, or none. */
static bool is_open(const expr *e) {
    if (e->kind == EXPR_NAME || e->kind == EXPR_UNCERTAIN) return true;
    for (int i = 0; i < e->n; i++)
        if (is_open(e->part[i].e)) return true;
    return false;
}

static bool exponent(resolver *r, expr **slot);

static bool exponents(resolver *r, expr *e) {
    for (int i = 0; i < e->n; i++)
        if (!exponent(r, &e->part[i].e)) return false;
    return true;
}

static bool misplaced_quantity(resolver *r, const expr *e) {
    diag *d;
    if (r->comparing) {
        d = diag_add(r->sink, DIAG_E308, e->at, "%s is a quantity, and exponents are compared here",
                     lex_quote(r->arena, e->text));
        d->help = "between quantities write `∝`, `≲`, `≳`, `≪` or `≫`; the exponent of A in B is "
                  "`slope(A, B)`";
        return false;
    }
    return refuse(r, DIAG_E302, e, "a quantity in an exponent is no power law",
                  "only powers with fixed exponents scale like one: leave the statement out, or "
                  "give the whole factor a name of its own");
}

/* A parameter, or a product of parameters. */
static bool parameters(resolver *r, const expr *e) {
    if (e->kind != EXPR_NAME) {
        for (int i = 0; i < e->n; i++)
            if (!parameters(r, e->part[i].e)) return false;
        return true;
    }
    switch (scope_symbol(r->scope, e->sym)->sort) {
    case SORT_PARAMETER:
        return true;
    case SORT_QUANTITY:
        return misplaced_quantity(r, e);
    case SORT_CONSTANT:
        break;
    }
    return refuse(r, DIAG_E310, e, "a constant stands where an exponent must",
                  "a `const` is a factor that does not scale; declare a letter in exponents with "
                  "`param`");
}

static bool power_of_exponent(resolver *r, expr **slot) {
    expr *e = *slot;
    bool run = e->part[0].e->kind == EXPR_NAME && !e->part[0].e->bracketed;
    if (!exponent(r, &e->part[0].e)) return false;
    if (run && e->part[0].e->kind == EXPR_PRODUCT) resolve_raise_last(slot);
    const expr *n = e->part[1].e;
    if (is_open(n))
        return refuse(r, DIAG_E304, n, "a letter in the exponent of an exponent",
                      "parameters have whole powers only: `α²`");
    if (!resolve_number(r, n, &e->value)) return false;
    return rat_is_int(e->value) || refuse(r, DIAG_E304, n, "a parameter has whole powers only",
                                          "give the root a name: `param r; r² = α`");
}

static bool slope(resolver *r, expr *e) {
    if (!r->comparing)
        return refuse(r, DIAG_E319, e, "a slope cannot stand in the exponent of a law",
                      "give it a name in a comparison: `s = slope(ℓ, N)`");
    bool ok = resolve_quantity(r, &e->part[0].e);
    ok = resolve_quantity(r, &e->part[1].e) && ok;
    if (!ok || !expr_is_closed(e->part[1].e)) return ok;
    return refuse(r, DIAG_E319, e->part[1].e, "a number does not scale: there is no slope in it",
                  "`slope(A, B)` is the exponent of A as a power of the quantity B");
}

static bool call(resolver *r, expr *e) {
    switch (e->call) {
    case CALL_MAX:
    case CALL_MIN:
        return exponents(r, e);
    case CALL_SLOPE:
        return slope(r, e);
    case CALL_LOG:
    case CALL_EXP:
        break;
    }
    return exponents(r, e) && refuse(r, DIAG_E304, e, "only `max` and `min` can stand here",
                                     "give the exponent a parameter of its own");
}

static bool uncertain(resolver *r, expr *e) {
    rat a, b, *ends = NEW_ARRAY(r->arena, rat, 2);
    for (int i = 0; i < 2; i++)
        if (is_open(e->part[i].e))
            return refuse(r, DIAG_E321, e->part[i].e, "an uncertain number is made of numbers",
                          "bound a parameter instead: `α - 0.1 ≤ β ≤ α + 0.1`");
    if (!resolve_number(r, e->part[0].e, &a) || !resolve_number(r, e->part[1].e, &b)) return false;
    ends[0] = e->interval ? a : rat_sub(r->arena, a, b);
    ends[1] = e->interval ? b : rat_add(r->arena, a, b);
    e->ends = ends;
    if (rat_cmp(ends[0], ends[1]) <= 0) return true;
    return refuse(r, DIAG_E320, e, "no number lies in this interval",
                  e->interval ? "the lower end stands first: `[low, high]`"
                              : "the error after `±` is positive");
}

static bool exponent(resolver *r, expr **slot) {
    expr *e = *slot;
    e->closed = !is_open(e);
    if (e->closed) return resolve_number(r, e, &e->value);
    switch (e->kind) {
    case EXPR_NAME:
        return resolve_name(r, slot) && parameters(r, *slot);
    case EXPR_SUM:
    case EXPR_PRODUCT:
        return exponents(r, e);
    case EXPR_POWER:
        return power_of_exponent(r, slot);
    case EXPR_CALL:
        return call(r, e);
    case EXPR_UNCERTAIN:
        return uncertain(r, e);
    case EXPR_ROOT:
        return exponents(r, e) && refuse(r, DIAG_E304, e, "a parameter has whole powers only",
                                         "give the root a name: `param r; r² = α`");
    case EXPR_NUMBER:
    case EXPR_LANDAU:
    case EXPR_HOLE:
    case EXPR_LIST:
        break;
    }
    return refuse(r, DIAG_E101, e, "an exponent was expected here", NULL);
}

/* e^α, 2^α: the exponential, or a number. Of other names, those not known were refused before. */
static bool raises_number(resolver *r, const expr *power) {
    const expr *base = power->part[0].e, *e = power->part[1].e;
    if (base->kind == EXPR_NAME && base->sym < 0 && str_eq(base->text, STR("e")))
        return !refuse(r, DIAG_E302, e, "an exponential is no power law",
                       "leave the statement out, or give the whole factor a name of its own");
    if (!expr_is_closed(base)) return false;
    return !refuse(r, DIAG_E309, e, "a power of a number is a number, whatever its exponent",
                   "constant factors do not count: leave it out");
}

bool resolve_exponent(resolver *r, expr *power) {
    expr **slot = &power->part[1].e;
    power->closed = !is_open(*slot);
    if (power->closed) return resolve_number(r, *slot, &power->value);
    r->in_exponent = true;
    bool ok = exponent(r, slot);
    r->in_exponent = false;
    return ok && !raises_number(r, power);
}

bool resolve_compared(resolver *r, expr **side) {
    r->in_exponent = true;
    bool ok = (*side)->kind == EXPR_LIST ? exponents(r, *side) : exponent(r, side);
    r->in_exponent = false;
    return ok;
}
