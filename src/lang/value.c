#include "lang/lowering.h"

/* No exponent that a person writes comes near; beyond, arithmetic is not quick any more. */
enum { MONOMIALS_MAX = 500, DEGREE_MAX = 40, NUMBERS_AT_LIMIT = 64 };

bool lower_refuse(lowerer *w, diag_code code, span at, const char *message, const char *help) {
    if (w->failed) return false;
    diag *d = diag_add(w->sink, code, at, "%s", message);
    d->help = help;
    w->failed = true;
    return false;
}

bool lower_too_many(lowerer *w, const expr *e, double n, int most, const char *message) {
    if (w->failed || n <= (double)most) return w->failed;
    return !lower_refuse(w, DIAG_E412, e->at, formatted(w->arena, message, most),
                         "give one of the sums a name of its own, and use the name");
}

/* ---- choices ---- */

void choices_start(choices *c) {
    c->list.n = c->next = 0;
}

bool choices_next(choices *c) {
    c->next = 0;
    while (c->list.n && c->list.v[c->list.n - 1].taken + 1 == c->list.v[c->list.n - 1].of)
        c->list.n--;
    if (c->list.n == 0) return false;
    c->list.v[c->list.n - 1].taken++;
    return true;
}

static int choose(lowerer *w, choices *c, int of) {
    if (c->next == c->list.n) vec_push(w->arena, &c->list, ((choice){0, of}));
    return c->list.v[c->next++].taken;
}

/* ---- how large a value is ---- */

static double digits_max(const lowerer *w) {
    return 4.0 * w->limits->max_digits * (double)NUMBERS_AT_LIMIT;
}

static bool fits(lowerer *w, const expr *e, const value *v) {
    bool small = v->above <= MONOMIALS_MAX && v->below <= MONOMIALS_MAX &&
                 v->degree <= DEGREE_MAX && v->under <= DEGREE_MAX && v->bits <= digits_max(w);
    return small || lower_refuse(w, DIAG_E408, e->at, "this exponent is too large an expression",
                                 "name its parts: parameters of their own, with comparisons that "
                                 "say what they are");
}

/* The size of x + y, as far as it can be told. */
static value size_of_sum(value x, value y) {
    double left = x.degree + y.under, right = y.degree + x.under;
    return (value){.lettered = true,
                   .above = x.above * y.below + y.above * x.below,
                   .below = x.below * y.below,
                   .degree = left > right ? left : right,
                   .under = x.under + y.under,
                   .bits = x.bits + y.bits + 1};
}

static value size_of_product(value x, value y) {
    return (value){.lettered = true,
                   .above = x.above * y.above,
                   .below = x.below * y.below,
                   .degree = x.degree + y.degree,
                   .under = x.under + y.under,
                   .bits = x.bits + y.bits};
}

/* Monomials of the nth power of a sum of m. */
static double power_of_sum(double m, unsigned long n) {
    double count = 1;
    for (unsigned long i = 1; i <= n && count <= MONOMIALS_MAX; i++)
        count *= (m + (double)i - 1) / (double)i;
    return count;
}

static value failure(void) {
    return value_number(RAT_ZERO);
}

/* A number counts as one, however it came about. */
static value settled(value v) {
    rat r;
    if (!v.slopes && coef_rat(v.k, &r)) {
        value number = value_number(r);
        number.top = v.top;
        return number;
    }
    return v;
}

/* ---- arithmetic ---- */

value value_number(rat r) {
    return (value){.k = coef_of(r),
                   .top = form_zero(),
                   .base = form_zero(),
                   .above = 1,
                   .below = 1,
                   .bits = (double)rat_bits(r)};
}

static value scaled(lowerer *w, value x, coef c) {
    x.k = coef_mul(w->arena, x.k, c);
    x.top = form_scale(w->arena, c, x.top);
    return x;
}

/* Both are numbers. */
static bool plain(const value *x, const value *y) {
    return !x->lettered && !y->lettered && !x->slopes && !y->slopes;
}

static bool slopes_refused(lowerer *w, const expr *e) {
    return lower_refuse(w, DIAG_E319, e->at, "slopes are only added, and multiplied by numbers",
                        "give each slope a name in a comparison of its own: `s = slope(ℓ, N)`");
}

value value_product(lowerer *w, const expr *e, value x, value y) {
    if (plain(&x, &y)) {
        x.k = coef_mul(w->arena, x.k, y.k);
        x.bits = (double)rat_bits(x.k.r);
        return x;
    }
    value v = size_of_product(x, y);
    if (x.slopes && y.slopes) slopes_refused(w, e);
    if (w->failed || !fits(w, e, &v)) return failure();
    value product = x.slopes ? scaled(w, x, y.k) : scaled(w, y, x.k);
    v.k = product.k;
    v.top = product.top;
    v.base = product.base;
    v.slopes = product.slopes;
    return settled(v);
}

static bool same_base(lowerer *w, const expr *e, const value *x, const value *y) {
    if (!x->slopes || !y->slopes || form_eq(x->base, y->base)) return true;
    return lower_refuse(w, DIAG_E319, e->at, "slopes in two different quantities",
                        "give one of them a name in a comparison of its own: `s = slope(ℓ, N)`");
}

static value combined(lowerer *w, const expr *e, value x, value y, bool minus) {
    arena *a = w->arena;
    value v = plain(&x, &y) ? x : size_of_sum(x, y);
    if (w->failed || !same_base(w, e, &x, &y) || !fits(w, e, &v)) return failure();
    v.k = minus ? coef_sub(a, x.k, y.k) : coef_add(a, x.k, y.k);
    v.top = minus ? form_sub(a, x.top, y.top) : form_add(a, x.top, y.top);
    v.base = x.slopes ? x.base : y.base;
    v.slopes = x.slopes || y.slopes;
    return settled(v);
}

value value_difference(lowerer *w, const expr *e, value x, value y) {
    return combined(w, e, x, y, true);
}

static void condition(lowerer *w, const formula *f) {
    vec_push(w->arena, &w->conditions, f);
}

/* Files that a divisor is not zero, once. */
static void not_zero(lowerer *w, coef c) {
    c = coef_numerator(w->arena, c);
    for (size_t i = 0; i < w->divisors.n; i++)
        if (coef_eq(w->divisors.v[i], c)) return;
    vec_push(w->arena, &w->divisors, c);
    condition(w, formula_nonzero(w->arena, form_const(c)));
}

static value inverse(lowerer *w, const expr *e, value x) {
    if (x.slopes) slopes_refused(w, e);
    if (!w->failed && coef_is_zero(x.k))
        lower_refuse(w, DIAG_E303, e->at, "this divisor is zero, whatever the parameters", NULL);
    if (w->failed) return failure();
    if (x.lettered) not_zero(w, x.k);
    value v = x;
    v.k = coef_div(w->arena, coef_int(1), x.k);
    v.above = x.below;
    v.below = x.above;
    v.degree = x.under;
    v.under = x.degree;
    return v;
}

/* ---- expressions ---- */

/* Terms from i up to j, half by half, so that long sums are not copied over and over. */
static value value_of_sum(lowerer *w, const expr *e, int i, int j) {
    int middle = i + (j - i) / 2;
    if (w->failed) return failure();
    if (j - i == 1) {
        value x = value_of(w, e->part[i].e);
        return e->part[i].flipped ? scaled(w, x, coef_int(-1)) : x;
    }
    value left = value_of_sum(w, e, i, middle), right = value_of_sum(w, e, middle, j);
    return combined(w, e, left, right, false);
}

/* Where an uncertain number would not give an interval of exponents. */
static value value_as_whole(lowerer *w, const expr *e) {
    bool whole = w->whole;
    w->whole = true;
    value v = value_of(w, e);
    w->whole = whole;
    return v;
}

static value value_of_product(lowerer *w, const expr *e) {
    value product = value_number(RAT_ONE);
    for (int i = 0; i < e->n && !w->failed; i++) {
        const expr *f = e->part[i].e;
        value x = e->part[i].flipped ? inverse(w, f, value_as_whole(w, f)) : value_of(w, f);
        product = value_product(w, e, product, x);
    }
    return product;
}

static value value_of_power(lowerer *w, const expr *e) {
    value x = value_as_whole(w, e->part[0].e), v = x;
    double n = rat_double(e->value);
    if (n < 0) x = inverse(w, e->part[0].e, x);
    if (n < 0) n = -n;
    if (x.slopes) slopes_refused(w, e);
    v.degree = x.degree * n;
    v.under = x.under * n;
    v.bits = x.bits * n;
    if (w->failed || !fits(w, e, &v)) return failure();
    unsigned long times = (unsigned long)n;
    v.above = x.lettered ? power_of_sum(x.above, times) : 1;
    v.below = x.lettered ? power_of_sum(x.below, times) : 1;
    if (!fits(w, e, &v)) return failure();
    v.k = coef_int(1);
    for (coef square = x.k; times > 0; times >>= 1) {
        if (times & 1) v.k = coef_mul(w->arena, v.k, square);
        if (times > 1) square = coef_mul(w->arena, square, square);
    }
    return settled(v);
}

/* The case in which one argument is not less than another. */
static void not_less(lowerer *w, const expr *e, value great, value small) {
    value d = value_difference(w, e, small, great);
    rat r;
    if (!d.slopes && coef_rat(d.k, &r))
        w->impossible |= rat_sgn(r) > 0;
    else
        condition(w, value_compared(w, d, RELATION_LESSEQ));
}

static value value_of_extreme(lowerer *w, const expr *e) {
    value *arg = NEW_ARRAY(w->arena, value, e->n);
    for (int i = 0; i < e->n; i++) arg[i] = value_as_whole(w, e->part[i].e);
    if (w->failed || e->n == 1) return arg[0];
    if (w->single)
        lower_refuse(w, DIAG_E322, e->at, "a question cannot turn on which of these is greater",
                     "say which in a supposition: `... when α ≥ β`, and write that one");
    if (w->failed) return failure();
    int best = choose(w, &w->cases, e->n);
    for (int i = 0; i < e->n; i++) {
        if (i == best) continue;
        bool max = e->call == CALL_MAX;
        not_less(w, e, arg[max ? best : i], arg[max ? i : best]);
    }
    return arg[best];
}

static int known_sign(lowerer *w, coef k) {
    coef minus = coef_neg(w->arena, k);
    for (size_t i = 0; i < w->signs.n; i++) {
        if (coef_eq(w->signs.v[i].k, k)) return w->signs.v[i].sign;
        if (coef_eq(w->signs.v[i].k, minus)) return -w->signs.v[i].sign;
    }
    return 0;
}

int value_sign(lowerer *w, const expr *e, coef k) {
    int sign = coef_sgn(k);
    if (sign == 2) sign = known_sign(w, k);
    if (sign) return sign;
    if (coef_is_zero(k) || w->failed) return 1;
    if (w->tolerant)
        lower_refuse(w, DIAG_E321, e->at, "a conclusion cannot have an uncertain number here",
                     "a sum is raised to a power of unknown sign: give the sum a name of its own");
    if (w->failed) return 1;
    sign = choose(w, &w->cases, 2) ? -1 : 1;
    vec_push(w->arena, &w->signs, ((signed_coef){k, sign}));
    condition(w, formula_atom(w->arena, form_const(sign > 0 ? coef_neg(w->arena, k) : k), REL_LE));
    return sign;
}

static value value_of_slope(lowerer *w, const expr *e) {
    value v = value_number(RAT_ZERO);
    bool whole = w->whole;
    w->whole = true;
    v.slopes = true;
    v.top = lower_quantity(w, e->part[0].e);
    v.base = lower_quantity(w, e->part[1].e);
    w->whole = whole;
    if (form_is_zero(v.base))
        lower_refuse(w, DIAG_E319, e->part[1].e->at, "this does not scale: there is no slope in it",
                     "`slope(A, B)` is the exponent of A as a power of the quantity B");
    return v;
}

/* Among the bounds of the statement where the law at hand is a condition: such a number lies in its
 * interval, whether the condition holds or not. */
static void bound(lowerer *w, form f) {
    const formula *g = formula_atom(w->arena, f, REL_LE);
    if (w->supposing)
        vec_push(w->arena, &w->bounds, g);
    else
        condition(w, g);
}

static bool is_bounded(const lowerer *w, int sym) {
    for (size_t i = 0; i < w->bounded.n; i++)
        if (w->bounded.v[i] == sym) return true;
    for (size_t i = 0; i < w->apart.n; i++)
        if (w->apart.v[i] == sym) return true;
    return false;
}

static void bounds(lowerer *w, const expr *e, int sym, coef u) {
    if (is_bounded(w, sym)) return;
    if (w->supposing)
        vec_push(w->arena, &w->apart, sym);
    else
        vec_push(w->arena, &w->bounded, sym);
    bound(w, form_const(coef_sub(w->arena, coef_of(e->ends[0]), u)));
    bound(w, form_const(coef_sub(w->arena, u, coef_of(e->ends[1]))));
}

static value parameter(lowerer *w, int sym) {
    value v = value_number(RAT_ZERO);
    v.k = w->parameter[sym];
    v.lettered = true;
    v.degree = v.bits = 1;
    return v;
}

static value value_of_uncertain(lowerer *w, const expr *e) {
    if (w->concluding) {
        if (w->whole)
            lower_refuse(w, DIAG_E321, e->at, "a conclusion cannot have an uncertain number here",
                         "it may be a term or a factor of an exponent; state the bounds apart");
        return value_number(e->ends[choose(w, &w->ends, 2)]);
    }
    int sym = w->map ? w->map[e->sym] : e->sym;
    value u = parameter(w, sym);
    bounds(w, e, sym, u.k);
    return u;
}

value value_of(lowerer *w, const expr *e) {
    if (e->closed) return value_number(e->value);
    switch (e->kind) {
    case EXPR_NAME:
        return parameter(w, w->map ? w->map[e->sym] : e->sym);
    case EXPR_SUM:
        return value_of_sum(w, e, 0, e->n);
    case EXPR_PRODUCT:
        return value_of_product(w, e);
    case EXPR_POWER:
        return value_of_power(w, e);
    case EXPR_CALL:
        return e->call == CALL_SLOPE ? value_of_slope(w, e) : value_of_extreme(w, e);
    case EXPR_UNCERTAIN:
        return value_of_uncertain(w, e);
    case EXPR_NUMBER:
    case EXPR_ROOT:
    case EXPR_LANDAU:
    case EXPR_HOLE:
    case EXPR_LIST:
        break;
    }
    return failure();
}

/* ---- statements ---- */

bool value_counts(lowerer *w, const expr *e, const value *v) {
    if (w->failed) return false;
    if (v->lettered) {
        w->sum = size_of_sum(w->sum, *v);
        return fits(w, e, &w->sum);
    }
    w->bits += v->bits < 62 ? 0 : v->bits;
    return w->bits <= digits_max(w) ||
           lower_refuse(w, DIAG_E408, e->at, "the exponents of this statement are too long",
                        "the limit is moved with --max-digits");
}

static bool has_direction(relation is) {
    return is != RELATION_EQUAL && is != RELATION_MEMBER && is != RELATION_SAME &&
           is != RELATION_UNEQUAL;
}

const formula *value_compared(lowerer *w, value x, relation is) {
    arena *a = w->arena;
    if (!x.slopes) {
        form f = x.top;
        f.k = x.k;
        return form_related(a, f, is);
    }
    form f = form_addmul(a, x.top, x.k, x.base);
    form minus_f = form_scale(a, coef_int(-1), f), minus_base = form_scale(a, coef_int(-1), x.base);
    if (!has_direction(is)) {
        const formula *both[] = {formula_nonzero(a, x.base), form_related(a, f, is)};
        return formula_all(a, both, 2);
    }
    const formula *grows[] = {formula_atom(a, minus_base, REL_LT), form_related(a, f, is)};
    const formula *shrinks[] = {formula_atom(a, x.base, REL_LT), form_related(a, minus_f, is)};
    const formula *either[] = {formula_all(a, grows, 2), formula_all(a, shrinks, 2)};
    return formula_any(a, either, 2);
}
