#include "algebra/rat.h"

#include <assert.h>
#include <flint/ulong_extras.h>
#include <stdlib.h>

static void clear_fmpz(void *what) {
    fmpz_clear((fmpz *)what);
}

/* Big numbers are freed with the arena; small ones need nothing. */
static void own(arena *a, fmpz n) {
    if (!COEFF_IS_MPZ(n)) return;
    fmpz *kept = NEW(a, fmpz);
    *kept = n;
    arena_defer(a, clear_fmpz, kept);
}

/* Takes over the value of q. */
static rat owned(arena *a, const fmpq_t q) {
    own(a, *fmpq_numref(q));
    own(a, *fmpq_denref(q));
    return (rat){*q};
}

static bool both_small(rat x) {
    return !COEFF_IS_MPZ(x.q.num) && !COEFF_IS_MPZ(x.q.den);
}

rat rat_int(long n) {
    assert(n <= COEFF_MAX && n >= COEFF_MIN);
    return (rat){{n, 1}};
}

rat rat_frac(arena *a, long num, long den) {
    assert(den != 0);
    fmpq_t q;
    fmpq_init(q);
    fmpz_set_si(fmpq_numref(q), num);
    fmpz_set_si(fmpq_denref(q), den);
    fmpq_canonicalise(q);
    return owned(a, q);
}

rat rat_of_fmpq(arena *a, const fmpq_t q) {
    if (both_small((rat){*q})) return (rat){*q};
    fmpq_t copy;
    fmpq_init(copy);
    fmpq_set(copy, q);
    return owned(a, copy);
}

static bool all_digits(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] < '0' || s.s[i] > '9') return false;
    return s.n > 0;
}

static bool is_rational(str s) {
    if (s.n && s.s[0] == '-') s = (str){s.s + 1, s.n - 1};
    const char *slash = s.n ? memchr(s.s, '/', s.n) : NULL;
    if (!slash) return all_digits(s);
    size_t head = (size_t)(slash - s.s);
    return all_digits((str){s.s, head}) && all_digits((str){slash + 1, s.n - head - 1});
}

/* Most numbers fit a word. */
static void set_digits(arena *a, fmpz_t x, str s) {
    enum { SHORT = 18 };
    bool minus = s.s[0] == '-';
    long n = 0;
    if (s.n > SHORT) {
        fmpz_set_str(x, str_z(a, s), 10);
        return;
    }
    for (size_t i = minus; i < s.n; i++) n = 10 * n + (s.s[i] - '0');
    fmpz_set_si(x, minus ? -n : n);
}

bool rat_parse(arena *a, str s, rat *out) {
    if (!is_rational(s)) return false;
    const char *slash = memchr(s.s, '/', s.n);
    size_t head = slash ? (size_t)(slash - s.s) : s.n;
    fmpq_t q;
    fmpq_init(q);
    set_digits(a, fmpq_numref(q), (str){s.s, head});
    if (slash) set_digits(a, fmpq_denref(q), (str){slash + 1, s.n - head - 1});
    if (fmpz_is_zero(fmpq_denref(q))) {
        fmpq_clear(q);
        return false;
    }
    fmpq_canonicalise(q);
    *out = owned(a, q);
    return true;
}

#define OPERATION(name, flint_name)                                                                \
    static rat name(arena *a, rat x, rat y) {                                                      \
        fmpq_t q;                                                                                  \
        fmpq_init(q);                                                                              \
        flint_name(q, &x.q, &y.q);                                                                 \
        return owned(a, q);                                                                        \
    }
OPERATION(sum, fmpq_add)
OPERATION(difference, fmpq_sub)
OPERATION(product, fmpq_mul)

static bool is_small_int(rat x) {
    return !COEFF_IS_MPZ(x.q.num) && x.q.den == 1;
}

static bool is_minus_one(rat x) {
    return x.q.num == -1 && x.q.den == 1;
}

static bool fits(long n) {
    return n >= COEFF_MIN && n <= COEFF_MAX;
}

/* Most numbers of a theory are 0, 1 and -1. A small operand needs no owner: it can be the result.
 * Small whole numbers are a word each, and their sums too. */
rat rat_add(arena *a, rat x, rat y) {
    if (rat_is_zero(x) && both_small(y)) return y;
    if (rat_is_zero(y) && both_small(x)) return x;
    if (is_small_int(x) && is_small_int(y) && fits(x.q.num + y.q.num))
        return rat_int(x.q.num + y.q.num);
    return sum(a, x, y);
}

rat rat_sub(arena *a, rat x, rat y) {
    if (rat_is_zero(y) && both_small(x)) return x;
    if (is_small_int(x) && is_small_int(y) && fits(x.q.num - y.q.num))
        return rat_int(x.q.num - y.q.num);
    return difference(a, x, y);
}

rat rat_mul(arena *a, rat x, rat y) {
    if (rat_is_zero(x) || rat_is_zero(y)) return RAT_ZERO;
    if (rat_is_one(x) && both_small(y)) return y;
    if (rat_is_one(y) && both_small(x)) return x;
    if (is_minus_one(x)) return rat_neg(a, y);
    if (is_minus_one(y)) return rat_neg(a, x);
    return product(a, x, y);
}

static bool small_sum_join(small_sum *sum, long num, long den) {
    long scaled, more;
    if (den == sum->den) return !__builtin_add_overflow(sum->num, num, &sum->num);
    if (__builtin_mul_overflow(sum->num, den, &scaled)) return false;
    if (__builtin_mul_overflow(num, sum->den, &more)) return false;
    if (__builtin_mul_overflow(sum->den, den, &sum->den)) return false;
    return !__builtin_add_overflow(scaled, more, &sum->num);
}

bool small_sum_add(small_sum *sum, rat x, rat y) {
    long num, den;
    if (rat_is_zero(x) || rat_is_zero(y)) return true;
    if (!both_small(x) || !both_small(y)) return false;
    if (__builtin_mul_overflow(x.q.num, y.q.num, &num)) return false;
    if (__builtin_mul_overflow(x.q.den, y.q.den, &den)) return false;
    return small_sum_join(sum, num, den);
}

rat rat_of_small_sum(arena *a, small_sum sum) {
    return sum.num == 0 ? RAT_ZERO : rat_frac(a, sum.num, sum.den);
}

rat rat_inv(arena *a, rat x) {
    assert(!rat_is_zero(x));
    fmpq_t q;
    fmpq_init(q);
    fmpq_inv(q, &x.q);
    return owned(a, q);
}

rat rat_div(arena *a, rat x, rat y) {
    assert(!rat_is_zero(y));
    fmpq_t q;
    fmpq_init(q);
    fmpq_div(q, &x.q, &y.q);
    return owned(a, q);
}

rat rat_neg(arena *a, rat x) {
    if (both_small(x)) return (rat){{-x.q.num, x.q.den}};
    fmpq_t q;
    fmpq_init(q);
    fmpq_neg(q, &x.q);
    return owned(a, q);
}

int rat_sgn(rat x) {
    if (!COEFF_IS_MPZ(x.q.num)) return (x.q.num > 0) - (x.q.num < 0);
    return fmpq_sgn(&x.q);
}

int rat_cmp(rat x, rat y) {
    int c = fmpq_cmp(&x.q, &y.q);
    return (c > 0) - (c < 0);
}

bool rat_eq(rat x, rat y) {
    if (both_small(x)) return x.q.num == y.q.num && x.q.den == y.q.den;
    return fmpq_equal(&x.q, &y.q);
}

bool rat_is_zero(rat x) {
    return fmpq_is_zero(&x.q);
}

bool rat_is_one(rat x) {
    return fmpq_is_one(&x.q);
}

bool rat_is_int(rat x) {
    return fmpz_is_one(fmpq_denref(&x.q));
}

double rat_double(rat x) {
    return fmpq_get_d(&x.q);
}

static void put_integer(text *t, const fmpz_t n) {
    if (fmpz_fits_si(n)) {
        text_int(t, fmpz_get_si(n));
        return;
    }
    char *z = fmpz_get_str(NULL, 10, n);
    text_puts(t, z);
    flint_free(z);
}

void rat_put(text *t, rat x) {
    put_integer(t, fmpq_numref(&x.q));
    if (rat_is_int(x)) return;
    text_putc(t, '/');
    put_integer(t, fmpq_denref(&x.q));
}

char *rat_text(arena *a, rat x) {
    text t = text_new(a);
    rat_put(&t, x);
    return t.s;
}

long rat_bits(rat x) {
    flint_bitcnt_t n = fmpz_bits(fmpq_numref(&x.q)), d = fmpz_bits(fmpq_denref(&x.q));
    return (long)(n > d ? n : d);
}

static rat rat_floor(arena *a, rat x) {
    fmpq_t q;
    fmpq_init(q);
    fmpz_fdiv_q(fmpq_numref(q), fmpq_numref(&x.q), fmpq_denref(&x.q));
    return owned(a, q);
}

/* The next whole number where it fits; else the same question about the reciprocal of what is
 * left (hi NULL: no upper end). 0 <= lo < *hi. */
static rat between_positive(arena *a, rat lo, const rat *hi) {
    rat whole = rat_floor(a, lo), next = rat_add(a, whole, RAT_ONE);
    if (!hi || rat_cmp(next, *hi) < 0) return next;
    rat low = rat_sub(a, lo, whole), from = rat_inv(a, rat_sub(a, *hi, whole)), to = RAT_ZERO;
    if (!rat_is_zero(low)) to = rat_inv(a, low);
    rat rest = between_positive(a, from, rat_is_zero(low) ? NULL : &to);
    return rat_add(a, whole, rat_inv(a, rest));
}

rat rat_between(arena *a, rat lo, rat hi) {
    assert(rat_cmp(lo, hi) < 0);
    if (rat_sgn(lo) < 0 && rat_sgn(hi) > 0) return RAT_ZERO;
    if (rat_sgn(lo) >= 0) return between_positive(a, lo, &hi);
    rat below = rat_neg(a, lo);
    return rat_neg(a, between_positive(a, rat_neg(a, hi), &below));
}

static mp_limb_t cross(const fmpz_t x, const fmpz_t y, mp_limb_t prime) {
    return n_mulmod2(fmpz_fdiv_ui(x, prime), fmpz_fdiv_ui(y, prime), prime);
}

bool rat_is_long(rat r) {
    return fmpz_bits(fmpq_numref(&r.q)) >= LONG_BITS || fmpz_bits(fmpq_denref(&r.q)) >= LONG_BITS;
}

uint64_t rat_ratio_residue(rat x, rat y, uint64_t prime) {
    mp_limb_t n = cross(fmpq_numref(&x.q), fmpq_denref(&y.q), prime);
    mp_limb_t d = cross(fmpq_denref(&x.q), fmpq_numref(&y.q), prime);
    return d ? n_mulmod2(n, n_invmod(d, prime), prime) : 0;
}
