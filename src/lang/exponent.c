#include "lang/resolve.h"

static bool number_product(resolver *r, const expr *e, rat *out);

static bool has_name(const expr *e) {
    if (e->kind == EXPR_NAME) return true;
    for (int i = 0; i < e->n; i++)
        if (has_name(e->part[i].e)) return true;
    return false;
}

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
        return refuse(r, DIAG_E312, e, "`slope` is not supported yet in this version", NULL);
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
    case EXPR_UNCERTAIN:
        return refuse(r, DIAG_E313, e, "uncertain numbers are not supported yet in this version",
                      "give one number, or the two ends as relations: `≲` and `≳`");
    case EXPR_HOLE:
        return refuse(r, DIAG_E108, e, "a hole must be a whole exponent", "write `N^?`");
    case EXPR_NAME:
    case EXPR_LANDAU:
        break;
    }
    return refuse(r, DIAG_E101, e, "a number was expected here", NULL);
}

bool resolve_exponent(resolver *r, expr *power) {
    expr *e = power->part[1].e;
    if (!has_name(e)) return resolve_number(r, e, &power->value);
    vec_push(r->arena, &r->lettered, power);
    return false;
}

/* ---- letters in exponents ---- */

/* A letter of the run is a quantity, or the whole name is. */
static bool is_quantity(const scope *s, const expr *name) {
    int sym = scope_find(s, name->text);
    if (sym >= 0) return scope_symbol(s, sym)->sort == SORT_QUANTITY;
    for (size_t i = 0; i < name->base; i++) {
        sym = scope_find(s, (str){name->text.s + i, 1});
        if (sym >= 0 && scope_symbol(s, sym)->sort == SORT_QUANTITY) return true;
    }
    return false;
}

static const expr *quantity_in(const scope *s, const expr *e) {
    if (e->kind == EXPR_NAME) return is_quantity(s, e) ? e : NULL;
    const expr *found = NULL;
    for (int i = 0; i < e->n && !found; i++) found = quantity_in(s, e->part[i].e);
    return found;
}

static bool exponential_base(const expr *base) {
    return base->kind == EXPR_NUMBER ||
           (base->kind == EXPR_NAME && base->sym < 0 && str_eq(base->text, STR("e")));
}

void resolve_finish(resolver *r) {
    for (size_t i = 0; i < r->lettered.n; i++) {
        const expr *power = r->lettered.v[i], *e = power->part[1].e;
        const expr *quantity = quantity_in(r->scope, e);
        if (quantity || exponential_base(power->part[0].e))
            refuse(r, DIAG_E302, quantity ? quantity : e,
                   "a quantity in an exponent is no power law",
                   "only powers with fixed exponents scale like one: leave the statement out, or "
                   "give the whole factor a name of its own");
        else
            refuse(r, DIAG_E311, e, "letters in exponents are not supported yet in this version",
                   "put a number in the place of the letter");
    }
    r->lettered.n = 0;
}
