#include "closed_form.h"

#include <ctype.h>
#include <string.h>

typedef struct {
    const char *z; /* what is left to read */
    const point *at;
    bool pole, unread;
} reader;

static void skip(reader *r) {
    while (*r->z == ' ') r->z++;
}

static bool take(reader *r, const char *word) {
    skip(r);
    size_t n = strlen(word);
    if (strncmp(r->z, word, n) != 0) return false;
    r->z += n;
    return true;
}

static bool take_any(reader *r, const char *const *words, int n, int *which) {
    for (*which = 0; *which < n; ++*which)
        if (take(r, words[*which])) return true;
    return false;
}

static void read_sum(reader *r, mpq_t out);

static void divide(reader *r, mpq_t x, const mpq_t by) {
    if (mpq_sgn(by) == 0)
        r->pole = true;
    else
        mpq_div(x, x, by);
}

/* --- atoms --- */

static void read_number(reader *r, mpq_t out) {
    mpq_set_si(out, 0, 1);
    while (isdigit((unsigned char)*r->z)) {
        mpz_mul_ui(mpq_numref(out), mpq_numref(out), 10);
        mpz_add_ui(mpq_numref(out), mpq_numref(out), (unsigned long)(*r->z++ - '0'));
    }
}

/* The longest name of the point that stands here; -1: none. */
static int name_here(const reader *r) {
    int best = -1;
    size_t longest = 0;
    for (int i = 0; i < r->at->n; i++) {
        size_t n = strlen(r->at->name[i]);
        if (n > longest && strncmp(r->z, r->at->name[i], n) == 0) best = i, longest = n;
    }
    return best;
}

/* max(x, y, ...) and min(...), after the bracket. */
static void read_extreme(reader *r, bool most, mpq_t out) {
    mpq_t next;
    mpq_init(next);
    read_sum(r, out);
    while (take(r, ",")) {
        read_sum(r, next);
        if (most ? mpq_cmp(next, out) > 0 : mpq_cmp(next, out) < 0) mpq_set(out, next);
    }
    mpq_clear(next);
    if (!take(r, ")")) r->unread = true;
}

static bool at_primary(reader *r) {
    skip(r);
    return *r->z == '(' || isdigit((unsigned char)*r->z) || name_here(r) >= 0 ||
           !strncmp(r->z, "max(", 4) || !strncmp(r->z, "min(", 4);
}

static void read_primary(reader *r, mpq_t out) {
    skip(r);
    int name = name_here(r);
    if (take(r, "max(")) {
        read_extreme(r, true, out);
    } else if (take(r, "min(")) {
        read_extreme(r, false, out);
    } else if (take(r, "(")) {
        read_sum(r, out);
        if (!take(r, ")")) r->unread = true;
    } else if (isdigit((unsigned char)*r->z)) {
        read_number(r, out);
    } else if (name >= 0) {
        r->z += strlen(r->at->name[name]);
        mpq_set(out, r->at->value[name]);
    } else {
        r->unread = true;
    }
}

/* --- powers, products, sums --- */

static unsigned long read_power(reader *r) {
    static const char *const digits[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    unsigned long n = 0;
    int digit, read = 0;
    if (*r->z == '^') {
        for (r->z++; isdigit((unsigned char)*r->z) && n < 100; read++)
            n = 10 * n + (unsigned long)(*r->z++ - '0');
        if (!read) r->unread = true;
        return n;
    }
    while (*r->z && n < 100 && take_any(r, digits, 10, &digit)) {
        n = 10 * n + (unsigned long)digit;
        read++;
    }
    return read ? n : 1;
}

static void read_factor(reader *r, mpq_t out) {
    read_primary(r, out);
    unsigned long n = read_power(r);
    mpz_pow_ui(mpq_numref(out), mpq_numref(out), n);
    mpz_pow_ui(mpq_denref(out), mpq_denref(out), n);
}

static void read_product(reader *r, mpq_t out) {
    mpq_t next;
    mpq_init(next);
    read_factor(r, out);
    while (!r->unread) {
        bool divides = take(r, "/");
        if (!divides && !take(r, "·") && !at_primary(r)) break;
        read_factor(r, next);
        if (divides)
            divide(r, out, next);
        else
            mpq_mul(out, out, next);
    }
    mpq_clear(next);
}

static void read_sum(reader *r, mpq_t out) {
    mpq_t next;
    mpq_init(next);
    bool minus = take(r, "-");
    read_product(r, out);
    if (minus) mpq_neg(out, out);
    while (!r->unread) {
        minus = take(r, "-");
        if (!minus && !take(r, "+")) break;
        read_product(r, next);
        if (minus)
            mpq_sub(out, out, next);
        else
            mpq_add(out, out, next);
    }
    mpq_clear(next);
}

static closed_form_status status_of(reader *r) {
    skip(r);
    if (r->unread || *r->z) return CLOSED_FORM_UNREAD;
    return r->pole ? CLOSED_FORM_POLE : CLOSED_FORM_OK;
}

closed_form_status closed_form_value(const char *text, const point *at, mpq_t out) {
    reader r = {text, at, false, false};
    read_sum(&r, out);
    return status_of(&r);
}

/* --- conditions --- */

enum { EQUAL, UNEQUAL, AT_MOST, AT_LEAST, BELOW, ABOVE, COMPARISONS };

static bool compare(int how, int sign) {
    switch (how) {
    case EQUAL:
        return sign == 0;
    case UNEQUAL:
        return sign != 0;
    case AT_MOST:
        return sign <= 0;
    case AT_LEAST:
        return sign >= 0;
    case BELOW:
        return sign < 0;
    default:
        return sign > 0;
    }
}

/* x < y ≤ z */
static bool read_comparison(reader *r) {
    static const char *const words[COMPARISONS] = {"=", "≠", "≤", "≥", "<", ">"};
    mpq_t left, right;
    int how, links = 0;
    bool holds = true;
    mpq_inits(left, right, NULL);
    r->pole = false;
    read_sum(r, left);
    while (!r->unread && take_any(r, words, COMPARISONS, &how)) {
        read_sum(r, right);
        holds = holds && !r->pole && compare(how, mpq_cmp(left, right));
        mpq_set(left, right);
        links++;
    }
    mpq_clears(left, right, NULL);
    r->unread = r->unread || links == 0;
    r->pole = false;
    return holds;
}

static bool read_any(reader *r);

/* A bracket holds a condition if one follows it that can be read so. */
static bool read_condition(reader *r) {
    reader inside = *r;
    if (take(&inside, "(")) {
        bool holds = read_any(&inside);
        if (!inside.unread && take(&inside, ")")) {
            *r = inside;
            return holds;
        }
    }
    return read_comparison(r);
}

static bool read_all(reader *r) {
    bool holds = read_condition(r);
    while (!r->unread && take(r, "and ")) holds = read_condition(r) && holds;
    return holds;
}

static bool read_any(reader *r) {
    bool holds = read_all(r);
    while (!r->unread && take(r, "or ")) holds = read_all(r) || holds;
    return holds;
}

closed_form_status closed_form_holds(const char *text, const point *at, bool *holds) {
    reader r = {text, at, false, false};
    *holds = read_any(&r);
    return status_of(&r);
}
