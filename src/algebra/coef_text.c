/* Coefficients as the language writes them.
 *
 * A numerator or denominator is shown as a sum or as a product of its factors, whichever is
 * shorter. The terms of a sum go by rising degree, parameters as declared; a term with a plus
 * sign comes first, and a constant with a minus sign follows what is linear: 2-α-2β, a-1+2b².
 */
#include "algebra/coef.h"
#include "base/utf8.h"

#include <stdlib.h>

/* What is larger is not factored. */
enum { FACTOR_TERMS = 50, FACTOR_DEGREE = 50 };

/* --- terms --- */

static void put_superscript(text *t, unsigned long n) {
    static const char *const digit[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (n >= 10) put_superscript(t, n / 10);
    text_puts(t, digit[n % 10]);
}

static bool is_letter(str s) {
    size_t len;
    return s.n > 0 && (utf8_next(s, &len), len == s.n);
}

/* Whether a blank must stand between a name and what is before it, the name `before` if that is
 * not empty: `2e` could begin a number, and two ASCII letters a word. */
static bool stands_apart(str before, str name) {
    if (str_starts(name, "e") || str_starts(name, "E")) return true;
    if (before.n == 0) return false;
    bool ascii = (unsigned char)before.s[0] < 0x80 && (unsigned char)name.s[0] < 0x80;
    return ascii || !is_letter(before) || !is_letter(name);
}

/* A measured number that stands for itself, `0.34±0.02`, is held together by brackets. */
static void put_name(text *t, str name) {
    bool number = name.n > 0 && strchr("0123456789+-.[", name.s[0]);
    if (number) text_putc(t, '(');
    text_add(t, name);
    if (number) text_putc(t, ')');
}

/* |c| and the powers of the parameters; a factor 1 is left out unless it stands alone. */
static void put_monomial(text *t, const field *k, const monomial *m, bool alone) {
    size_t start = t->n;
    str before = {0};
    const char *number = rat_text(t->arena, m->c);
    if (number[0] == '-') number++;
    if (strcmp(number, "1") != 0) text_puts(t, number);
    for (int i = 0; m->power && i < field_size(k); i++) {
        str name = field_name(k, i);
        if (m->power[i] == 0) continue;
        if (t->n > start && stands_apart(before, name)) text_putc(t, ' ');
        put_name(t, name);
        before = m->power[i] == 1 ? name : (str){0};
        if (m->power[i] > 1) put_superscript(t, m->power[i]);
    }
    if (t->n == start && alone) text_putc(t, '1');
}

/* --- sums --- */

typedef struct {
    unsigned long rank;
    int at;
    monomial m;
} ranked;

static unsigned long degree(const field *k, const monomial *m) {
    unsigned long sum = 0;
    for (int i = 0; m->power && i < field_size(k); i++) sum += m->power[i];
    return sum;
}

static int by_rank(const void *x, const void *y) {
    const ranked *p = x, *q = y;
    if (p->rank != q->rank) return p->rank < q->rank ? -1 : 1;
    return p->at < q->at ? -1 : p->at > q->at;
}

static ranked *in_order(arena *a, const field *k, polynomial p) {
    ranked *r = NEW_ARRAY(a, ranked, p.n);
    for (int i = 0; i < p.n; i++) {
        unsigned long d = degree(k, &p.m[i]);
        r[i] = (ranked){d == 0 && rat_sgn(p.m[i].c) < 0 ? 3 : 2 * d, i, p.m[i]};
    }
    qsort(r, (size_t)p.n, sizeof *r, by_rank);
    int lead = 0;
    while (lead < p.n && rat_sgn(r[lead].m.c) < 0) lead++;
    if (lead == p.n) return r;
    ranked first = r[lead];
    memmove(r + 1, r, sizeof *r * (size_t)lead);
    r[0] = first;
    return r;
}

static void put_sum(text *t, const field *k, coef c) {
    polynomial p = coef_polynomial(t->arena, c);
    ranked *r = in_order(t->arena, k, p);
    for (int i = 0; i < p.n; i++) {
        if (rat_sgn(r[i].m.c) < 0)
            text_putc(t, '-');
        else if (i > 0)
            text_putc(t, '+');
        put_monomial(t, k, &r[i].m, true);
    }
}

/* --- products --- */

typedef struct {
    monomial m;
    coef_factor *sum; /* factors with more than one term */
    int n;
} product;

/* The parameter that a factor is; -1 where it is a sum. */
static int parameter_of(arena *a, const field *k, coef c) {
    polynomial p = coef_polynomial(a, c);
    for (int i = 0; p.n == 1 && i < field_size(k); i++)
        if (p.m[0].power[i] > 0) return i;
    return -1;
}

static product in_factors(arena *a, const field *k, coef c) {
    factors all = coef_factors(a, c);
    unsigned long *power = NEW_ARRAY(a, unsigned long, field_size(k));
    product p = {{all.content, power}, NEW_ARRAY(a, coef_factor, all.n), 0};
    for (int i = 0; i < all.n; i++) {
        int parameter = parameter_of(a, k, all.f[i].p);
        if (parameter >= 0)
            power[parameter] = (unsigned long)all.f[i].exponent;
        else
            p.sum[p.n++] = all.f[i];
    }
    return p;
}

/* The polynomial as the only factor. */
static product in_one(arena *a, coef c) {
    product p = {{RAT_ONE, NULL}, NEW(a, coef_factor), 1};
    bool minus = rat_sgn(coef_polynomial(a, c).m[0].c) < 0;
    p.sum[0] = (coef_factor){minus ? coef_neg(a, c) : c, 1};
    if (minus) p.m.c = rat_int(-1);
    return p;
}

static bool subtracts_parameters(arena *a, const field *k, coef c) {
    polynomial p = coef_polynomial(a, c);
    for (int i = 0; i < p.n; i++)
        if (rat_sgn(p.m[i].c) < 0 && degree(k, &p.m[i]) > 0) return true;
    return false;
}

/* Turns -(α-β) into (β-α), but leaves -(a-1) as it is. */
static void absorb_sign(arena *a, const field *k, product *p) {
    if (rat_sgn(p->m.c) > 0) return;
    for (int i = 0; i < p->n; i++) {
        coef_factor *f = &p->sum[i];
        if (f->exponent % 2 == 0 || !subtracts_parameters(a, k, f->p)) continue;
        f->p = coef_neg(a, f->p);
        p->m.c = rat_neg(a, p->m.c);
        return;
    }
}

/* How many factors will be seen. */
static int pieces(const field *k, const product *p) {
    int n = p->n + !rat_is_one(p->m.c);
    for (int i = 0; p->m.power && i < field_size(k); i++) n += p->m.power[i] > 0;
    return n;
}

static void put_product(text *t, const field *k, const product *p) {
    if (rat_sgn(p->m.c) < 0) text_putc(t, '-');
    put_monomial(t, k, &p->m, p->n == 0);
    for (int i = 0; i < p->n; i++) {
        text_putc(t, '(');
        put_sum(t, k, p->sum[i].p);
        text_putc(t, ')');
        if (p->sum[i].exponent > 1) put_superscript(t, (unsigned long)p->sum[i].exponent);
    }
}

/* --- fractions --- */

typedef enum { ALONE, ABOVE, BELOW } place;

static str product_text(arena *a, const field *k, product p, place where) {
    text t = text_new(a);
    absorb_sign(a, k, &p);
    bool bracketed = where == BELOW && pieces(k, &p) > 1;
    if (bracketed) text_putc(&t, '(');
    put_product(&t, k, &p);
    if (bracketed) text_putc(&t, ')');
    return text_str(&t);
}

static str sum_text(arena *a, const field *k, coef c, place where) {
    if (where != ALONE) return product_text(a, k, in_one(a, c), where);
    text t = text_new(a);
    put_sum(&t, k, c);
    return text_str(&t);
}

static bool is_large(const field *k, polynomial p) {
    if (p.n > FACTOR_TERMS) return true;
    for (int i = 0; i < p.n; i++)
        if (degree(k, &p.m[i]) > FACTOR_DEGREE) return true;
    return false;
}

static str shorter(arena *a, const field *k, coef c, place where) {
    polynomial p = coef_polynomial(a, c);
    if (p.n > 1 && is_large(k, p)) return sum_text(a, k, c, where);
    str factored = product_text(a, k, in_factors(a, k, c), where);
    if (p.n == 1) return factored;
    str sum = sum_text(a, k, c, where);
    return utf8_width(factored) <= utf8_width(sum) ? factored : sum;
}

char *coef_text(arena *a, coef x) {
    rat r;
    if (coef_rat(x, &r)) return rat_text(a, r);
    const field *k = coef_field(x);
    coef bottom = coef_denominator(a, x);
    bool whole = coef_is_one(bottom);
    text t = text_new(a);
    text_add(&t, shorter(a, k, coef_numerator(a, x), whole ? ALONE : ABOVE));
    if (whole) return t.s;
    text_putc(&t, '/');
    text_add(&t, shorter(a, k, bottom, BELOW));
    return t.s;
}
