#include "algebra/coef.h"

#if __has_include(<flint/fmpz_mpoly_q.h>)
#include <flint/fmpz_mpoly_q.h>
#else
#include <calcium/fmpz_mpoly_q.h>
#endif
#include <flint/fmpz_mpoly_factor.h>

struct field {
    fmpz_mpoly_ctx_t ctx;
    int n;
    str *name;
    int *symbol;
};

typedef struct fraction {
    fmpz_mpoly_q_t q; /* canonical, and no constant */
    const field *k;
} fraction;

/* --- the field --- */

static void clear_context(void *what) {
    fmpz_mpoly_ctx_clear(((field *)what)->ctx);
}

const field *field_new(arena *a, const str *name, const int *symbol, int n) {
    field *k = NEW(a, field);
    fmpz_mpoly_ctx_init(k->ctx, n, ORD_LEX);
    arena_defer(a, clear_context, k);
    k->n = n;
    k->name = NEW_ARRAY(a, str, n);
    k->symbol = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) {
        k->name[i] = str_copy(a, name[i]);
        k->symbol[i] = symbol[i];
    }
    return k;
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

const field *coef_field(coef c) {
    return c.f ? c.f->k : NULL;
}

/* --- numbers and fractions --- */

static void clear_fraction(void *what) {
    fraction *f = what;
    fmpz_mpoly_q_clear(f->q, f->k->ctx);
}

static rat constant(arena *a, const fmpz_mpoly_q_t q, const field *k) {
    fmpq_t r;
    fmpq_init(r);
    fmpz_mpoly_get_fmpz(fmpq_numref(r), fmpz_mpoly_q_numref(q), k->ctx);
    fmpz_mpoly_get_fmpz(fmpq_denref(r), fmpz_mpoly_q_denref(q), k->ctx);
    rat number = rat_of_fmpq(a, r);
    fmpq_clear(r);
    return number;
}

/* Takes over q, which is canonical. */
static coef settled(arena *a, const field *k, fmpz_mpoly_q_t q) {
    if (fmpz_mpoly_q_is_fmpq(q, k->ctx)) {
        coef number = coef_of(constant(a, q, k));
        fmpz_mpoly_q_clear(q, k->ctx);
        return number;
    }
    fraction *f = NEW(a, fraction);
    *f->q = *q;
    f->k = k;
    arena_defer(a, clear_fraction, f);
    return (coef){.f = f};
}

static coef of_polynomial(arena *a, const field *k, const fmpz_mpoly_t p) {
    fmpz_mpoly_q_t q;
    fmpz_mpoly_q_init(q, k->ctx);
    fmpz_mpoly_set(fmpz_mpoly_q_numref(q), p, k->ctx);
    return settled(a, k, q);
}

coef coef_of(rat r) {
    return (coef){.r = r};
}

coef coef_int(long n) {
    return (coef){.r = rat_int(n)};
}

coef coef_parameter(arena *a, const field *k, int i) {
    fmpz_mpoly_q_t q;
    fmpz_mpoly_q_init(q, k->ctx);
    fmpz_mpoly_q_gen(q, i, k->ctx);
    return settled(a, k, q);
}

bool coef_rat(coef c, rat *out) {
    if (c.f) return false;
    *out = c.r;
    return true;
}

coef coef_copy(arena *a, coef x) {
    if (!x.f) return coef_of(rat_of_fmpq(a, &x.r.q));
    fmpz_mpoly_q_t q;
    fmpz_mpoly_q_init(q, x.f->k->ctx);
    fmpz_mpoly_q_set(q, x.f->q, x.f->k->ctx);
    return settled(a, x.f->k, q);
}

/* --- arithmetic --- */

typedef void operation(fmpz_mpoly_q_t, const fmpz_mpoly_q_t, const fmpz_mpoly_q_t,
                       const fmpz_mpoly_ctx_t);

/* One of x and y at least is a fraction; a number is lifted into its field. */
static coef combined(arena *a, operation *op, coef x, coef y) {
    const field *k = x.f ? x.f->k : y.f->k;
    fmpz_mpoly_q_t z, lifted;
    fmpz_mpoly_q_init(z, k->ctx);
    fmpz_mpoly_q_init(lifted, k->ctx);
    if (!x.f) fmpz_mpoly_q_set_fmpq(lifted, &x.r.q, k->ctx);
    if (!y.f) fmpz_mpoly_q_set_fmpq(lifted, &y.r.q, k->ctx);
    op(z, x.f ? x.f->q : lifted, y.f ? y.f->q : lifted, k->ctx);
    fmpz_mpoly_q_clear(lifted, k->ctx);
    return settled(a, k, z);
}

#define OPERATION(name, number_name, fraction_name)                                                \
    coef name(arena *a, coef x, coef y) {                                                          \
        if (!x.f && !y.f) return coef_of(number_name(a, x.r, y.r));                                \
        return combined(a, fraction_name, x, y);                                                   \
    }
OPERATION(coef_add, rat_add, fmpz_mpoly_q_add)
OPERATION(coef_sub, rat_sub, fmpz_mpoly_q_sub)
OPERATION(coef_mul, rat_mul, fmpz_mpoly_q_mul)
OPERATION(coef_div, rat_div, fmpz_mpoly_q_div)

coef coef_neg(arena *a, coef x) {
    if (!x.f) return coef_of(rat_neg(a, x.r));
    return combined(a, fmpz_mpoly_q_sub, coef_int(0), x);
}

bool coef_is_zero(coef x) {
    return !x.f && rat_is_zero(x.r);
}

bool coef_is_one(coef x) {
    return !x.f && rat_is_one(x.r);
}

bool coef_eq(coef x, coef y) {
    if (!x.f && !y.f) return rat_eq(x.r, y.r);
    return x.f && y.f && fmpz_mpoly_q_equal(x.f->q, y.f->q, x.f->k->ctx);
}

int coef_sgn(coef x) {
    return x.f ? 2 : rat_sgn(x.r);
}

/* --- polynomials --- */

static rat whole(arena *a, const fmpz *n) {
    fmpq_t q;
    fmpq_init(q);
    fmpz_set(fmpq_numref(q), n);
    rat r = rat_of_fmpq(a, q);
    fmpq_clear(q);
    return r;
}

coef coef_numerator(arena *a, coef x) {
    if (!x.f) return coef_of(whole(a, &x.r.q.num));
    return of_polynomial(a, x.f->k, fmpz_mpoly_q_numref(x.f->q));
}

coef coef_denominator(arena *a, coef x) {
    if (!x.f) return coef_of(whole(a, &x.r.q.den));
    return of_polynomial(a, x.f->k, fmpz_mpoly_q_denref(x.f->q));
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
    if (c.f) return terms_of(a, c.f->k, fmpz_mpoly_q_numref(c.f->q));
    if (rat_is_zero(c.r)) return (polynomial){0};
    monomial *m = NEW(a, monomial);
    m->c = c.r;
    return (polynomial){m, 1};
}

void coef_parameters(coef c, bool *used) {
    if (!c.f) return;
    int n = c.f->k->n, *found = flint_calloc((size_t)n, sizeof(int));
    fmpz_mpoly_q_used_vars(found, c.f->q, c.f->k->ctx);
    for (int i = 0; i < n; i++)
        if (found[i]) used[i] = true;
    flint_free(found);
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
    if (!c.f) return false;
    const field *k = c.f->k;
    const fmpz_mpoly_struct *p = fmpz_mpoly_q_numref(c.f->q);
    if (fmpz_mpoly_degree_si(p, i, k->ctx) != 1) return false;
    *a = coefficient(owner, k, p, i, 1);
    *b = coefficient(owner, k, p, i, 0);
    return true;
}

/* --- values --- */

static void term_at(fmpq_t v, const field *k, const monomial *m, const coef *x) {
    fmpq_t power;
    fmpq_init(power);
    fmpq_set(v, &m->c.q);
    for (int i = 0; i < k->n; i++) {
        if (m->power[i] == 0) continue;
        fmpq_pow_si(power, &x[k->symbol[i]].r.q, (slong)m->power[i]);
        fmpq_mul(v, v, power);
    }
    fmpq_clear(power);
}

static rat value_at(arena *a, const field *k, const fmpz_mpoly_struct *p, const coef *x) {
    polynomial terms = terms_of(a, k, p);
    fmpq_t sum, v;
    fmpq_init(sum);
    fmpq_init(v);
    for (int i = 0; i < terms.n; i++) {
        term_at(v, k, &terms.m[i], x);
        fmpq_add(sum, sum, v);
    }
    rat r = rat_of_fmpq(a, sum);
    fmpq_clear(sum);
    fmpq_clear(v);
    return r;
}

bool coef_value(arena *a, coef c, const coef *x, rat *out) {
    if (coef_rat(c, out)) return true;
    rat bottom = value_at(a, c.f->k, fmpz_mpoly_q_denref(c.f->q), x);
    if (rat_is_zero(bottom)) return false;
    *out = rat_div(a, value_at(a, c.f->k, fmpz_mpoly_q_numref(c.f->q), x), bottom);
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
    if (!c.f) {
        *out = coef_copy(a, c);
        return true;
    }
    arena *scratch = arena_new();
    coef top = substituted(scratch, c.f->k, fmpz_mpoly_q_numref(c.f->q), i, v);
    coef bottom = substituted(scratch, c.f->k, fmpz_mpoly_q_denref(c.f->q), i, v);
    bool defined = !coef_is_zero(bottom);
    if (defined) *out = coef_div(a, top, bottom);
    arena_free(scratch);
    return defined;
}

/* --- factors --- */

typedef VEC(coef_factor) factor_list;

/* Appends the factors of p with their exponents times sign; the constant that remains. */
static rat factor_into(arena *a, const field *k, const fmpz_mpoly_t p, int sign,
                       factor_list *list) {
    fmpz_mpoly_factor_t f;
    fmpz_mpoly_factor_init(f, k->ctx);
    if (!fmpz_mpoly_factor(f, p, k->ctx)) fmpz_mpoly_factor_content(f, p, k->ctx);
    fmpz_mpoly_factor_sort(f, k->ctx);
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
    if (!c.f) return (factors){.content = rat_of_fmpq(a, &c.r.q)};
    factor_list list = {0};
    rat top = factor_into(a, c.f->k, fmpz_mpoly_q_numref(c.f->q), 1, &list);
    rat bottom = factor_into(a, c.f->k, fmpz_mpoly_q_denref(c.f->q), -1, &list);
    return (factors){rat_div(a, top, bottom), list.v, (int)list.n};
}
