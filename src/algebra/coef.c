#include "algebra/coef.h"

#include <math.h>
#include "algebra/factored.h"
#include "algebra/quotient.h"

struct field {
    fmpz_mpoly_ctx_t ctx;
    int n;
    str *name;
    int *symbol;
    uint64_t *left; /* steps for its arithmetic; NULL: no matter how many */
    factored *seen; /* factors of polynomials, for those who ask again */
};

typedef struct fraction {
    quotient q; /* no constant */
    const field *k;
    int *about; /* how many parameters occur in it, and which; NULL: nobody has asked */
} fraction;

/* --- the field --- */

static void clear_field(void *what) {
    field *k = what;
    factored_clear(k->seen);
    fmpz_mpoly_ctx_clear(k->ctx);
}

const field *field_limited(arena *a, const str *name, const int *symbol, int n, uint64_t *left) {
    field *k = NEW(a, field);
    fmpz_mpoly_ctx_init(k->ctx, n, ORD_LEX);
    k->seen = factored_new(a, k->ctx);
    arena_defer(a, clear_field, k);
    k->n = n;
    k->left = left;
    k->name = NEW_ARRAY(a, str, n);
    k->symbol = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) {
        k->name[i] = str_copy(a, name[i]);
        k->symbol[i] = symbol[i];
    }
    return k;
}

const field *field_new(arena *a, const str *name, const int *symbol, int n) {
    return field_limited(a, name, symbol, n, NULL);
}

bool field_spend(const field *k, uint64_t steps) {
    return !k || steps_spend(k->left, (double)steps);
}

bool field_is_spent(const field *k) {
    return k && k->left && *k->left == 0;
}

int field_size(const field *k) {
    return k->n;
}

int field_symbol(const field *k, int i) {
    return k->symbol[i];
}

str field_name(const field *k, int i) {
    return k->name[i];
}

/* --- numbers and fractions --- */

/* NULL: the coefficient is a number. */
static const fraction *fraction_of(coef c) {
    return c.r.q.den ? NULL : (const fraction *)(uintptr_t)c.r.q.num;
}

static coef of_fraction(const fraction *f) {
    return coef_of((rat){{.num = (fmpz)(uintptr_t)f, .den = 0}});
}

static bool are_numbers(coef x, coef y) {
    return !fraction_of(x) && !fraction_of(y);
}

const field *coef_field(coef c) {
    const fraction *f = fraction_of(c);
    return f ? f->k : NULL;
}

static void clear_fraction(void *what) {
    fraction *f = what;
    quotient_clear(&f->q, f->k->ctx);
    flint_free(f->about);
}

static rat constant(arena *a, const quotient *q, const field *k) {
    fmpq_t r;
    fmpq_init(r);
    fmpz_mpoly_get_fmpz(fmpq_numref(r), q->num, k->ctx);
    fmpz_mpoly_get_fmpz(fmpq_denref(r), q->den, k->ctx);
    rat number = rat_of_fmpq(a, r);
    fmpq_clear(r);
    return number;
}

/* Takes over q. */
static coef settled(arena *a, const field *k, quotient *q) {
    if (quotient_is_number(q, k->ctx)) {
        coef number = coef_of(constant(a, q, k));
        quotient_clear(q, k->ctx);
        return number;
    }
    fraction *f = NEW(a, fraction);
    f->q = *q;
    f->k = k;
    f->about = NULL;
    arena_defer(a, clear_fraction, f);
    return of_fraction(f);
}

static coef of_polynomial(arena *a, const field *k, const fmpz_mpoly_t p) {
    quotient q;
    quotient_init(&q, k->ctx);
    fmpz_mpoly_set(q.num, p, k->ctx);
    return settled(a, k, &q);
}

coef coef_of(rat r) {
    return (coef){.r = r};
}

coef coef_int(long n) {
    return (coef){.r = rat_int(n)};
}

coef coef_parameter(arena *a, const field *k, int i) {
    quotient q;
    quotient_init(&q, k->ctx);
    fmpz_mpoly_gen(q.num, i, k->ctx);
    return settled(a, k, &q);
}

bool coef_rat(coef c, rat *out) {
    if (fraction_of(c)) return false;
    *out = c.r;
    return true;
}

long coef_size(coef x) {
    const fraction *f = fraction_of(x);
    if (!f) return 1;
    return fmpz_mpoly_length(f->q.num, f->k->ctx) + fmpz_mpoly_length(f->q.den, f->k->ctx);
}

coef coef_copy(arena *a, coef x) {
    const fraction *f = fraction_of(x);
    if (!f) return coef_of(rat_of_fmpq(a, &x.r.q));
    quotient q;
    quotient_init(&q, f->k->ctx);
    quotient_set(&q, &f->q, f->k->ctx);
    return settled(a, f->k, &q);
}

/* --- arithmetic --- */

/* The coefficient in its field; a number is written to *room. */
static const quotient *lifted(quotient *room, coef c, const field *k) {
    const fraction *f = fraction_of(c);
    if (f) return &f->q;
    quotient_set_rat(room, c.r, k->ctx);
    return room;
}

/* One of x and y at least is a fraction. Without the steps: 1. */
static coef combined(arena *a, quotient_operation *op, coef x, coef y) {
    const field *k = fraction_of(x) ? coef_field(x) : coef_field(y);
    quotient z, room;
    quotient_init(&z, k->ctx);
    quotient_init(&room, k->ctx);
    bool done = op(&z, lifted(&room, x, k), lifted(&room, y, k), k->ctx, k->left);
    quotient_clear(&room, k->ctx);
    if (done) return settled(a, k, &z);
    quotient_clear(&z, k->ctx);
    return coef_int(1);
}

/* A fraction, times a number. */
static coef scaled(arena *a, coef x, rat by) {
    const fraction *f = fraction_of(x);
    quotient z;
    if (rat_is_zero(by)) return coef_int(0);
    quotient_init(&z, f->k->ctx);
    if (quotient_scale(&z, &f->q, by, f->k->ctx, f->k->left)) return settled(a, f->k, &z);
    quotient_clear(&z, f->k->ctx);
    return coef_int(1);
}

coef coef_add(arena *a, coef x, coef y) {
    if (are_numbers(x, y)) return coef_of(rat_add(a, x.r, y.r));
    if (coef_is_zero(x)) return coef_copy(a, y);
    return coef_is_zero(y) ? coef_copy(a, x) : combined(a, quotient_add, x, y);
}

coef coef_sub(arena *a, coef x, coef y) {
    if (are_numbers(x, y)) return coef_of(rat_sub(a, x.r, y.r));
    if (coef_is_zero(x)) return coef_neg(a, y);
    return coef_is_zero(y) ? coef_copy(a, x) : combined(a, quotient_sub, x, y);
}

coef coef_mul(arena *a, coef x, coef y) {
    if (are_numbers(x, y)) return coef_of(rat_mul(a, x.r, y.r));
    if (!fraction_of(x)) return scaled(a, y, x.r);
    return fraction_of(y) ? combined(a, quotient_mul, x, y) : scaled(a, x, y.r);
}

coef coef_div(arena *a, coef x, coef y) {
    if (are_numbers(x, y)) return coef_of(rat_div(a, x.r, y.r));
    if (!fraction_of(y)) return scaled(a, x, rat_inv(a, y.r));
    return coef_is_zero(x) ? x : combined(a, quotient_div, x, y);
}

coef coef_neg(arena *a, coef x) {
    return fraction_of(x) ? scaled(a, x, rat_int(-1)) : coef_of(rat_neg(a, x.r));
}

/* No address is 0, and no denominator of 0 is 1. */
bool coef_is_zero(coef x) {
    return rat_is_zero(x.r);
}

bool coef_is_polynomial(coef x) {
    const fraction *f = fraction_of(x);
    return !f || fmpz_mpoly_is_fmpz(f->q.den, f->k->ctx);
}

bool coef_is_one(coef x) {
    return rat_is_one(x.r);
}

bool coef_eq(coef x, coef y) {
    const fraction *f = fraction_of(x), *g = fraction_of(y);
    if (!f && !g) return rat_eq(x.r, y.r);
    return f && g && quotient_eq(&f->q, &g->q, f->k->ctx);
}

int coef_sgn(coef x) {
    return fraction_of(x) ? 2 : rat_sgn(x.r);
}

/* --- the parameters in it --- */

typedef struct {
    const int *v;
    int n;
} parameters;

static void mark_used(int *used, const fmpz_mpoly_t p, const field *k) {
    if (!fmpz_mpoly_is_fmpz(p, k->ctx))
        mpoly_used_vars_or(used, p->exps, p->length, p->bits, k->ctx->minfo);
}

static int *list_parameters(const fraction *f) {
    enum { ROOM = 128 };
    int n = f->k->n, count = 0, few[ROOM] = {0};
    int *used = n <= ROOM ? few : flint_calloc((size_t)n, sizeof *used);
    mark_used(used, f->q.num, f->k);
    mark_used(used, f->q.den, f->k);
    for (int i = 0; i < n; i++) count += used[i] != 0;
    int *list = flint_malloc(sizeof *list * (size_t)(count + 1));
    list[0] = 0;
    for (int i = 0; i < n; i++)
        if (used[i]) list[++list[0]] = i;
    if (used != few) flint_free(used);
    return list;
}

static parameters parameters_of(const fraction *f) {
    if (!f->about) ((fraction *)(uintptr_t)f)->about = list_parameters(f);
    return (parameters){f->about + 1, f->about[0]};
}

/* --- polynomials --- */

enum { LOOK = 50 }; /* steps */

static rat whole(arena *a, const fmpz *n) {
    fmpq_t q;
    fmpq_init(q);
    fmpz_set(fmpq_numref(q), n);
    rat r = rat_of_fmpq(a, q);
    fmpq_clear(q);
    return r;
}

coef coef_numerator(arena *a, coef x) {
    const fraction *f = fraction_of(x);
    return f ? of_polynomial(a, f->k, f->q.num) : coef_of(whole(a, &x.r.q.num));
}

coef coef_denominator(arena *a, coef x) {
    const fraction *f = fraction_of(x);
    return f ? of_polynomial(a, f->k, f->q.den) : coef_of(whole(a, &x.r.q.den));
}

static polynomial terms_of(arena *a, const field *k, const fmpz_mpoly_struct *p) {
    int n = (int)fmpz_mpoly_length(p, k->ctx);
    monomial *m = n ? NEW_ARRAY(a, monomial, n) : NULL;
    for (int i = 0; i < n; i++) {
        unsigned long *power = NEW_ARRAY(a, unsigned long, k->n);
        fmpz_mpoly_get_term_exp_ui(power, p, i, k->ctx);
        m[i] = (monomial){whole(a, p->coeffs + i), power};
    }
    return (polynomial){m, n};
}

polynomial coef_polynomial(arena *a, coef c) {
    const fraction *f = fraction_of(c);
    if (f) return terms_of(a, f->k, f->q.num);
    if (rat_is_zero(c.r)) return (polynomial){0};
    monomial *m = NEW(a, monomial);
    m->c = c.r;
    return (polynomial){m, 1};
}

bool coef_mentions(coef c, int i) {
    const fraction *f = fraction_of(c);
    if (!f || !field_spend(f->k, LOOK)) return false;
    parameters of = parameters_of(f);
    for (int k = 0; k < of.n; k++)
        if (of.v[k] == i) return true;
    return false;
}

void coef_parameters(coef c, bool *used) {
    const fraction *f = fraction_of(c);
    if (!f) return;
    parameters of = parameters_of(f);
    for (int i = 0; i < of.n; i++) used[of.v[i]] = true;
}

uint64_t coef_about(coef c) {
    enum { BITS = 64 };
    const fraction *f = fraction_of(c);
    if (!f) return 0;
    parameters of = parameters_of(f);
    uint64_t bits = 0;
    for (int i = 0; i < of.n; i++) bits |= UINT64_C(1) << of.v[i] % BITS;
    return bits;
}

/* u·y = v·x for the leading coefficients u of x and v of y? */
static bool are_multiples(const fmpz_mpoly_t x, const fmpz_mpoly_t y, const field *k) {
    slong n = fmpz_mpoly_length(x, k->ctx);
    if (n != fmpz_mpoly_length(y, k->ctx) || !field_spend(k, LOOK * (uint64_t)(n + 1)))
        return false;
    fmpz_mpoly_t one, other;
    fmpz_mpoly_init(one, k->ctx);
    fmpz_mpoly_init(other, k->ctx);
    fmpz_mpoly_scalar_mul_fmpz(one, y, x->coeffs, k->ctx);
    fmpz_mpoly_scalar_mul_fmpz(other, x, y->coeffs, k->ctx);
    bool yes = fmpz_mpoly_equal(one, other, k->ctx);
    fmpz_mpoly_clear(one, k->ctx);
    fmpz_mpoly_clear(other, k->ctx);
    return yes;
}

/* The quotient of the leading coefficients. */
static rat leading_ratio(arena *a, const fmpz_mpoly_struct *x, const fmpz_mpoly_struct *y) {
    fmpq_t q;
    fmpq_init(q);
    fmpq_set_fmpz_frac(q, x->coeffs, y->coeffs);
    rat r = rat_of_fmpq(a, q);
    fmpq_clear(q);
    return r;
}

bool coef_multiple(arena *a, coef x, coef y, rat *times) {
    const fraction *f = fraction_of(x), *g = fraction_of(y);
    if (!f || !g) return false;
    if (!are_multiples(f->q.num, g->q.num, f->k) || !are_multiples(f->q.den, g->q.den, f->k))
        return false;
    *times = rat_div(a, leading_ratio(a, f->q.num, g->q.num), leading_ratio(a, f->q.den, g->q.den));
    return true;
}

bool coef_vanish_together(coef x, coef y) {
    const fraction *f = fraction_of(x), *g = fraction_of(y);
    return f && g && are_multiples(f->q.num, g->q.num, f->k);
}

/* The polynomial that stands at p_i^power. */
static coef coefficient(arena *a, const field *k, const fmpz_mpoly_t p, int i, ulong power) {
    slong variable = i;
    fmpz_mpoly_t at;
    fmpz_mpoly_init(at, k->ctx);
    fmpz_mpoly_get_coeff_vars_ui(at, p, &variable, &power, 1, k->ctx);
    coef c = of_polynomial(a, k, at);
    fmpz_mpoly_clear(at, k->ctx);
    return c;
}

bool coef_linear_in(arena *owner, coef c, int i, coef *a, coef *b) {
    const fraction *f = fraction_of(c);
    if (!f) return false;
    const field *k = f->k;
    const fmpz_mpoly_struct *p = f->q.num;
    if (fmpz_mpoly_degree_si(p, i, k->ctx) != 1) return false;
    *a = coefficient(owner, k, p, i, 1);
    *b = coefficient(owner, k, p, i, 0);
    return true;
}

/* --- values --- */

static void multiply_by(fmpq_t v, const coef *x, ulong exponent) {
    fmpq_t power;
    if (exponent == 1) {
        fmpq_mul(v, v, &x->r.q);
        return;
    }
    fmpq_init(power);
    fmpq_pow_si(power, &x->r.q, (slong)exponent);
    fmpq_mul(v, v, power);
    fmpq_clear(power);
}

static rat value_at(arena *a, const fraction *f, const fmpz_mpoly_struct *p, const coef *x) {
    const field *k = f->k;
    if (fmpz_mpoly_is_fmpz(p, k->ctx) && p->length) return whole(a, p->coeffs);
    parameters of = parameters_of(f);
    fmpq_t sum, v;
    fmpq_init(sum);
    fmpq_init(v);
    for (slong i = 0; i < p->length; i++) {
        fmpq_set_fmpz(v, p->coeffs + i);
        for (int j = 0; j < of.n; j++) {
            ulong exponent = fmpz_mpoly_get_term_var_exp_ui(p, i, of.v[j], k->ctx);
            if (exponent) multiply_by(v, &x[k->symbol[of.v[j]]], exponent);
        }
        fmpq_add(sum, sum, v);
    }
    rat r = rat_of_fmpq(a, sum);
    fmpq_clear(sum);
    fmpq_clear(v);
    return r;
}

/* Powers of so many words are made, and added up as fractions. */
static double steps_of_value(const fraction *f, const fmpz_mpoly_struct *p, const coef *x) {
    parameters of = parameters_of(f);
    double steps = 0;
    for (slong i = 0; i < p->length; i++)
        for (int j = 0; j < of.n; j++) {
            double power = (double)fmpz_mpoly_get_term_var_exp_ui(p, i, of.v[j], f->k->ctx);
            double words = power * (double)rat_bits(x[f->k->symbol[of.v[j]]].r) / FLINT_BITS;
            steps += LOOK + 10 * words * sqrt(words);
        }
    return steps;
}

static bool spend_on_value(const fraction *f, const coef *x) {
    uint64_t *left = f->k->left;
    if (!left) return true;
    return steps_spend(left, steps_of_value(f, f->q.num, x) + steps_of_value(f, f->q.den, x));
}

bool coef_value(arena *a, coef c, const coef *x, rat *out) {
    if (coef_rat(c, out)) return true;
    const fraction *f = fraction_of(c);
    if (!spend_on_value(f, x)) return false;
    rat bottom = value_at(a, f, f->q.den, x);
    if (rat_is_zero(bottom)) return false;
    *out = rat_div(a, value_at(a, f, f->q.num, x), bottom);
    return true;
}

static coef power_of(arena *a, coef base, slong n) {
    coef power = coef_int(1);
    for (; n > 0; n >>= 1) {
        if (n & 1) power = coef_mul(a, power, base);
        if (n > 1) base = coef_mul(a, base, base);
    }
    return power;
}

/* Horner's rule in p_i. */
static coef substituted(arena *a, const field *k, const fmpz_mpoly_t p, int i, coef v) {
    fmpz_mpoly_univar_t u;
    fmpz_mpoly_univar_init(u, k->ctx);
    fmpz_mpoly_to_univar(u, p, i, k->ctx);
    coef sum = coef_int(0);
    for (slong j = 0; j < u->length; j++) {
        slong here = fmpz_mpoly_univar_get_term_exp_si(u, j, k->ctx);
        slong next = j + 1 < u->length ? fmpz_mpoly_univar_get_term_exp_si(u, j + 1, k->ctx) : 0;
        sum = coef_add(a, sum, of_polynomial(a, k, u->coeffs + j));
        sum = coef_mul(a, sum, power_of(a, v, here - next));
    }
    fmpz_mpoly_univar_clear(u, k->ctx);
    return sum;
}

bool coef_substitute(arena *a, coef c, int i, coef v, coef *out) {
    const fraction *f = fraction_of(c);
    if (!coef_mentions(c, i)) {
        *out = coef_copy(a, c);
        return true;
    }
    arena *scratch = arena_new();
    coef top = substituted(scratch, f->k, f->q.num, i, v);
    coef bottom = substituted(scratch, f->k, f->q.den, i, v);
    bool defined = !coef_is_zero(bottom);
    if (defined) *out = coef_div(a, top, bottom);
    arena_free(scratch);
    return defined;
}

/* --- other fields --- */

static coef polynomial_moved(arena *a, const fmpz_mpoly_t p, const field *from, const field *k,
                             const int *to) {
    slong *gen = flint_malloc(sizeof(slong) * (size_t)(from->n + 1));
    fmpz_mpoly_t moved;
    fmpz_mpoly_init(moved, k->ctx);
    for (int i = 0; i < from->n; i++) gen[i] = to[i];
    fmpz_mpoly_compose_fmpz_mpoly_gen(moved, p, gen, from->ctx, k->ctx);
    coef c = of_polynomial(a, k, moved);
    fmpz_mpoly_clear(moved, k->ctx);
    flint_free(gen);
    return c;
}

coef coef_moved(arena *a, coef c, const field *k, const int *to) {
    const fraction *f = fraction_of(c);
    if (!f) return coef_copy(a, c);
    coef top = polynomial_moved(a, f->q.num, f->k, k, to);
    return coef_div(a, top, polynomial_moved(a, f->q.den, f->k, k, to));
}

/* --- factors --- */

typedef VEC(coef_factor) factor_list;

/* The number in front of p that leaves it primitive, with a positive leading coefficient. */
static void content_of(fmpz_t out, const fmpz_mpoly_t p) {
    fmpz_zero(out);
    for (slong i = 0; i < p->length; i++) fmpz_gcd(out, out, p->coeffs + i);
    if (fmpz_sgn(p->coeffs) < 0) fmpz_neg(out, out);
}

/* What is of degree one has no other factor. */
static rat factor_line(arena *a, const field *k, const fmpz_mpoly_t p, int sign,
                       factor_list *list) {
    fmpz_t n;
    fmpz_mpoly_t rest;
    fmpz_init(n);
    fmpz_mpoly_init(rest, k->ctx);
    content_of(n, p);
    fmpz_mpoly_scalar_divexact_fmpz(rest, p, n, k->ctx);
    coef_factor one = {of_polynomial(a, k, rest), sign};
    vec_push(a, list, one);
    rat content = whole(a, n);
    fmpz_mpoly_clear(rest, k->ctx);
    fmpz_clear(n);
    return content;
}

/* In a limited field large polynomials are left as they are. */
static bool is_worth_factoring(const field *k, const fmpz_mpoly_t p) {
    if (!k->left) return true;
    double steps = factoring_steps(p, k->ctx);
    return steps < (double)*k->left && steps_spend(k->left, steps);
}

/* Appends the factors of p with their exponents times sign; the constant that remains. */
static rat factor_into(arena *a, const field *k, const fmpz_mpoly_t p, int sign,
                       factor_list *list) {
    if (fmpz_mpoly_is_fmpz(p, k->ctx)) return whole(a, p->coeffs);
    if (fmpz_mpoly_total_degree_si(p, k->ctx) == 1) return factor_line(a, k, p, sign, list);
    if (!is_worth_factoring(k, p)) {
        vec_push(a, list, ((coef_factor){of_polynomial(a, k, p), sign}));
        return RAT_ONE;
    }
    fmpz_mpoly_factor_t f;
    fmpz_mpoly_factor_init(f, k->ctx);
    factored_get(k->seen, f, p);
    for (slong i = 0; i < f->num; i++) {
        int exponent = sign * (int)fmpz_mpoly_factor_get_exp_si(f, i, k->ctx);
        coef_factor one = {of_polynomial(a, k, f->poly + i), exponent};
        vec_push(a, list, one);
    }
    rat content = whole(a, f->constant);
    fmpz_mpoly_factor_clear(f, k->ctx);
    return content;
}

factors coef_factors(arena *a, coef c) {
    const fraction *f = fraction_of(c);
    if (!f) return (factors){.content = rat_of_fmpq(a, &c.r.q)};
    factor_list list = {0};
    rat top = factor_into(a, f->k, f->q.num, 1, &list);
    rat bottom = factor_into(a, f->k, f->q.den, -1, &list);
    return (factors){rat_div(a, top, bottom), list.v, (int)list.n};
}
