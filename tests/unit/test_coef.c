/* Q(parameters): a field in normal form, written as the language writes it. */
#include "algebra/coef.h"

#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

enum { ROUNDS = 400 };

/* `e` looks like an exponent of ten, `α_N` and `rate` are no single letters. */
static const char *const names[] = {"α", "β", "a", "b", "s", "d", "ν", "e", "α_N", "α_B", "rate"};
enum { PARAMETERS = sizeof names / sizeof *names, FIRST_SYMBOL = 3 };

static const field *make_field(arena *a) {
    str name[PARAMETERS];
    int symbol[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) {
        name[i] = str_of(names[i]);
        symbol[i] = FIRST_SYMBOL + i;
    }
    return field_new(a, name, symbol, PARAMETERS);
}

static uint64_t roll(uint64_t *s) {
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(uint64_t *s, int n) {
    return (int)(roll(s) % (uint64_t)n);
}

/* --- a reader of the language's exponents, independent of the writer --- */

typedef struct {
    arena *a;
    const field *k;
    const char *s;
} reader;

static coef read_sum(reader *r);

static int name_at(const reader *r) {
    int found = -1;
    size_t longest = 0;
    for (int i = 0; i < PARAMETERS; i++) {
        size_t n = strlen(names[i]);
        if (n <= longest || strncmp(r->s, names[i], n) != 0) continue;
        found = i;
        longest = n;
    }
    return found;
}

static bool is_ascii_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A run of ASCII letters must be one name: two would make a word. */
static coef read_name(reader *r) {
    int i = name_at(r);
    assert_true(i >= 0);
    r->s += strlen(names[i]);
    assert_false(is_ascii_letter(r->s[-1]) && is_ascii_letter(*r->s));
    return coef_parameter(r->a, r->k, i);
}

static coef read_number(reader *r) {
    const char *start = r->s;
    while (*r->s >= '0' && *r->s <= '9') r->s++;
    assert_true(*r->s != 'e' && *r->s != 'E');
    rat n = RAT_ZERO;
    assert_true(rat_parse(r->a, (str){start, (size_t)(r->s - start)}, &n));
    return coef_of(n);
}

static int superscript_digit(const reader *r, size_t *len) {
    static const char *const digit[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    for (int i = 0; i < 10; i++)
        if (strncmp(r->s, digit[i], *len = strlen(digit[i])) == 0) return i;
    return -1;
}

static coef read_power(reader *r) {
    coef base;
    if (*r->s == '(') {
        r->s++;
        base = read_sum(r);
        assert_int_equal(*r->s++, ')');
    } else {
        base = *r->s >= '0' && *r->s <= '9' ? read_number(r) : read_name(r);
    }
    int n = 0, d;
    bool raised = false;
    for (size_t len; (d = superscript_digit(r, &len)) >= 0; r->s += len) {
        n = 10 * n + d;
        raised = true;
    }
    coef power = base;
    for (int i = 1; raised && i < n; i++) power = coef_mul(r->a, power, base);
    return power;
}

static coef read_product(reader *r) {
    coef p = read_power(r);
    for (;;) {
        while (*r->s == ' ') r->s++;
        if (*r->s == '/') {
            r->s++;
            p = coef_div(r->a, p, read_power(r));
        } else if (*r->s == '(' || (*r->s && !strchr("+-)", *r->s))) {
            p = coef_mul(r->a, p, read_power(r));
        } else {
            return p;
        }
    }
}

static coef read_sum(reader *r) {
    coef sum = coef_int(0);
    bool minus = *r->s == '-';
    if (minus) r->s++;
    for (;;) {
        coef term = read_product(r);
        sum = minus ? coef_sub(r->a, sum, term) : coef_add(r->a, sum, term);
        minus = *r->s == '-';
        if (*r->s != '+' && *r->s != '-') return sum;
        r->s++;
    }
}

static coef parsed(arena *a, const field *k, const char *z) {
    reader r = {a, k, z};
    coef c = read_sum(&r);
    assert_int_equal(*r.s, 0);
    return c;
}

/* --- random coefficients --- */

static rat some_rat(arena *a, uint64_t *s) {
    return rat_frac(a, below(s, 13) - 6, 1 + below(s, 4));
}

static coef some_polynomial(arena *a, const field *k, uint64_t *s, int variables) {
    coef sum = coef_int(0);
    for (int terms = below(s, 4); terms >= 0; terms--) {
        coef term = coef_of(some_rat(a, s));
        for (int degree = below(s, 3); degree > 0; degree--)
            term = coef_mul(a, term, coef_parameter(a, k, below(s, variables)));
        sum = coef_add(a, sum, term);
    }
    return sum;
}

static coef some_coef(arena *a, const field *k, uint64_t *s, int variables) {
    coef top = some_polynomial(a, k, s, variables);
    if (below(s, 3) == 0) return top;
    coef bottom = some_polynomial(a, k, s, variables);
    return coef_is_zero(bottom) ? top : coef_div(a, top, bottom);
}

static void assert_same(arena *a, coef x, coef y) {
    if (!coef_eq(x, y)) fail_msg("%s is not %s", coef_text(a, x), coef_text(a, y));
    assert_string_equal(coef_text(a, x), coef_text(a, y));
}

/* --- tests --- */

static void test_text(void **state) {
    (void)state;
    static const struct {
        const char *given, *shown;
    } table[] = {
        {"0", "0"},
        {"-2/6", "-1/3"},
        {"α/α", "1"},
        {"α-α", "0"},
        {"α", "α"},
        {"-α/2", "-α/2"},
        {"-2α/4", "-α/2"},
        {"3α/6 β", "αβ/2"},
        {"β/(α+β)", "β/(α+β)"},
        {"1/(1/α+1/β)", "αβ/(α+β)"},
        {"-(αβ/(β+α))", "-αβ/(α+β)"},
        {"(s+1)/(2+s)-2(1+s)/(2+s)", "-(1+s)/(2+s)"},
        {"(a-1)/b", "(a-1)/b"},
        {"-(a-1)/(b+1)", "-(a-1)/(1+b)"},
        {"b/(b+1)", "b/(1+b)"},
        {"(a-1)/(a+2b²-1)", "(a-1)/(a-1+2b²)"},
        {"-2b(a-1)/(a+2b²-1)", "-2b(a-1)/(a-1+2b²)"},
        {"4/(-d)", "-4/d"},
        {"-α-2β+2", "2-α-2β"},
        {"dν", "dν"},
        {"-1+2α", "2α-1"},
        {"-α+β", "β-α"},
        {"(β-α)/2", "(β-α)/2"},
        {"-α-β", "-α-β"},
        {"-(α+β)/2", "-(α+β)/2"},
        {"1/(2α+2β)", "1/(2α+2β)"},
        {"1/(2α)", "1/(2α)"},
        {"1/(αβ)", "1/(αβ)"},
        {"1/α²", "1/α²"},
        {"(α²-β²)(α+β)", "(α-β)(α+β)²"},
        {"1/(α+β)²", "1/(α+β)²"},
        {"α⁴β²", "α⁴β²"},
        {"α³ a⁵ b²", "α³a⁵b²"},
        {"a b", "a b"},
        {"1+2 e", "1+2 e"},
        {"2 e-1", "2 e-1"},
        {"e²", "e²"},
        {"α_N α_B", "α_N α_B"},
        {"3α_N²/(α_N-α_B)", "3α_N²/(α_N-α_B)"},
        {"2rate α", "2α rate"},
        {"rate(α+1)/β", "rate(1+α)/β"},
        {"1+s+s²", "1+s+s²"},
        {"123456789012345678901234567890α", "123456789012345678901234567890α"},
    };
    arena *a = arena_new();
    const field *k = make_field(a);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        coef c = parsed(a, k, table[i].given);
        assert_string_equal(coef_text(a, c), table[i].shown);
        assert_same(a, parsed(a, k, table[i].shown), c);
    }
    arena_free(a);
}

static void test_text_of_measured_numbers(void **state) {
    (void)state;
    arena *a = arena_new();
    const str name[] = {STR("α"), STR("0.34±0.02"), STR("[-1,-1/2]")};
    const int symbol[] = {0, 1, 2};
    const field *k = field_new(a, name, symbol, 3);
    coef x = coef_parameter(a, k, 0), m = coef_parameter(a, k, 1), r = coef_parameter(a, k, 2);
    const struct {
        coef c;
        const char *shown;
    } table[] = {
        {m, "(0.34±0.02)"},
        {coef_mul(a, coef_int(2), m), "2(0.34±0.02)"},
        {coef_mul(a, m, m), "(0.34±0.02)²"},
        {coef_mul(a, x, r), "α ([-1,-1/2])"},
        {coef_add(a, coef_int(1), coef_neg(a, r)), "1-([-1,-1/2])"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_string_equal(coef_text(a, table[i].c), table[i].shown);
    arena_free(a);
}

static void test_text_round_trip(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 1;
    for (int i = 0; i < ROUNDS; i++) {
        coef c = some_coef(a, k, &s, PARAMETERS);
        assert_same(a, parsed(a, k, coef_text(a, c)), c);
    }
    arena_free(a);
}

/* A sum with many terms and a high power are written out, and read back. */
static void test_text_of_large(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    coef all = coef_int(1), power = coef_int(1);
    for (int i = 0; i < PARAMETERS; i++) all = coef_add(a, all, coef_parameter(a, k, i));
    for (int i = 0; i < 3; i++) power = coef_mul(a, power, all);
    assert_int_equal(coef_polynomial(a, power).n, 364); /* C(11 + 3, 3) */
    coef c = coef_div(a, coef_int(-1), power);
    assert_same(a, parsed(a, k, coef_text(a, c)), c);
    coef high = parsed(a, k, "1-α¹⁰⁰");
    assert_string_equal(coef_text(a, high), "1-α¹⁰⁰");
    arena_free(a);
}

static void check_axioms(arena *a, coef x, coef y, coef z) {
    coef zero = coef_int(0), one = coef_int(1);
    assert_same(a, coef_add(a, x, y), coef_add(a, y, x));
    assert_same(a, coef_mul(a, x, y), coef_mul(a, y, x));
    assert_same(a, coef_add(a, coef_add(a, x, y), z), coef_add(a, x, coef_add(a, y, z)));
    assert_same(a, coef_mul(a, coef_mul(a, x, y), z), coef_mul(a, x, coef_mul(a, y, z)));
    assert_same(a, coef_mul(a, x, coef_add(a, y, z)),
                coef_add(a, coef_mul(a, x, y), coef_mul(a, x, z)));
    assert_same(a, coef_add(a, x, zero), x);
    assert_same(a, coef_mul(a, x, one), x);
    assert_true(coef_is_zero(coef_mul(a, x, zero)));
    assert_true(coef_is_zero(coef_add(a, x, coef_neg(a, x))));
    assert_same(a, coef_sub(a, x, y), coef_add(a, x, coef_neg(a, y)));
    if (coef_is_zero(y)) return;
    assert_true(coef_is_one(coef_div(a, y, y)));
    assert_same(a, coef_mul(a, coef_div(a, x, y), y), x);
}

static void test_field_axioms(void **state) {
    (void)state;
    uint64_t s = 2;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        const field *k = make_field(a);
        coef x = some_coef(a, k, &s, 3), y = some_coef(a, k, &s, 3);
        check_axioms(a, x, y, i % 4 ? some_coef(a, k, &s, 3) : coef_of(some_rat(a, &s)));
        arena_free(a);
    }
}

static void test_plain_and_not(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    coef alpha = coef_parameter(a, k, 0), two = coef_int(2);
    rat r = rat_int(7);
    assert_int_equal(field_size(k), PARAMETERS);
    assert_int_equal(field_symbol(k, 2), FIRST_SYMBOL + 2);
    assert_true(str_eq(field_name(k, 8), STR("α_N")));
    assert_ptr_equal(coef_field(alpha), k);
    assert_null(coef_field(two));
    assert_false(coef_rat(alpha, &r));
    assert_true(rat_eq(r, rat_int(7)));
    assert_int_equal(coef_sgn(alpha), 2);
    assert_int_equal(coef_sgn(coef_neg(a, two)), -1);
    assert_false(coef_eq(alpha, two) || coef_eq(two, alpha));
    assert_false(coef_is_zero(alpha) || coef_is_one(alpha));
    coef back = coef_div(a, coef_mul(a, two, alpha), coef_mul(a, coef_int(-6), alpha));
    assert_null(coef_field(back));
    assert_true(coef_rat(back, &r) && rat_eq(r, rat_frac(a, -1, 3)));
    arena_free(a);
}

static void test_numerator_denominator(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 3;
    for (int i = 0; i < ROUNDS; i++) {
        coef c = some_coef(a, k, &s, 3);
        coef top = coef_numerator(a, c), bottom = coef_denominator(a, c);
        assert_same(a, coef_div(a, top, bottom), c);
        assert_true(coef_is_one(coef_denominator(a, top)));
        assert_true(coef_is_one(coef_denominator(a, bottom)));
        polynomial p = coef_polynomial(a, bottom);
        assert_true(p.n > 0 && rat_sgn(p.m[0].c) > 0);
        for (int j = 0; j < p.n; j++) assert_true(rat_is_int(p.m[j].c));
    }
    arena_free(a);
}

static void test_polynomial(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 4;
    for (int i = 0; i < ROUNDS; i++) {
        coef c = coef_numerator(a, some_coef(a, k, &s, 4)), sum = coef_int(0);
        polynomial p = coef_polynomial(a, c);
        for (int j = 0; j < p.n; j++) {
            coef term = coef_of(p.m[j].c);
            for (int v = 0; p.m[j].power && v < PARAMETERS; v++)
                for (unsigned long e = p.m[j].power[v]; e > 0; e--)
                    term = coef_mul(a, term, coef_parameter(a, k, v));
            sum = coef_add(a, sum, term);
        }
        assert_same(a, sum, c);
    }
    assert_int_equal(coef_polynomial(a, coef_int(0)).n, 0);
    arena_free(a);
}

/* The value of a sum, product or quotient is that of the values; where it has none, one of the
 * denominators vanishes. */
static void test_values(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 5;
    int defined = 0, undefined = 0;
    for (int i = 0; i < 4 * ROUNDS; i++) {
        coef at[FIRST_SYMBOL + PARAMETERS];
        for (int j = 0; j < FIRST_SYMBOL + PARAMETERS; j++) at[j] = coef_of(some_rat(a, &s));
        coef x = some_coef(a, k, &s, 3), y = some_coef(a, k, &s, 3);
        rat u = RAT_ZERO, v = RAT_ZERO, w = RAT_ZERO;
        bool both = coef_value(a, x, at, &u) && coef_value(a, y, at, &v);
        if (!both) {
            undefined++;
            continue;
        }
        defined++;
        assert_true(coef_value(a, coef_add(a, x, y), at, &w) && rat_eq(w, rat_add(a, u, v)));
        assert_true(coef_value(a, coef_mul(a, x, y), at, &w) && rat_eq(w, rat_mul(a, u, v)));
        if (rat_is_zero(v)) continue;
        assert_true(coef_value(a, coef_div(a, x, y), at, &w) && rat_eq(w, rat_div(a, u, v)));
    }
    assert_true(defined > 100 && undefined > 10);
    rat r;
    assert_true(coef_value(a, coef_parameter(a, k, 1), (coef[]){[4] = coef_int(9)}, &r));
    assert_true(rat_eq(r, rat_int(9)));
    arena_free(a);
}

/* The value after putting v for α is the value at α = the value of v. */
static void test_substitution(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 6;
    int compared = 0;
    for (int i = 0; i < 2 * ROUNDS; i++) {
        coef at[FIRST_SYMBOL + PARAMETERS];
        for (int j = 0; j < FIRST_SYMBOL + PARAMETERS; j++) at[j] = coef_of(some_rat(a, &s));
        coef c = some_coef(a, k, &s, 3), v = some_coef(a, k, &s, 3), replaced;
        rat number, left, right;
        if (!coef_substitute(a, c, 0, v, &replaced)) continue;
        if (!coef_value(a, v, at, &number) || !coef_value(a, replaced, at, &left)) continue;
        at[FIRST_SYMBOL] = coef_of(number);
        if (!coef_value(a, c, at, &right)) continue;
        assert_true(rat_eq(left, right));
        compared++;
    }
    assert_true(compared > ROUNDS);
    arena_free(a);
}

static void test_substitution_where_the_denominator_vanishes(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    coef c = parsed(a, k, "α/(α-2β)"), out = coef_int(5);
    assert_false(coef_substitute(a, c, 0, parsed(a, k, "2β"), &out));
    assert_true(coef_eq(out, coef_int(5)));
    assert_true(coef_substitute(a, c, 0, parsed(a, k, "β/s"), &out));
    assert_same(a, out, parsed(a, k, "1/(1-2s)"));
    assert_true(coef_substitute(a, coef_int(3), 0, c, &out) && coef_eq(out, coef_int(3)));
    rat r;
    assert_false(coef_value(a, c, (coef[]){[3] = coef_int(4), [4] = coef_int(2)}, &r));
    arena_free(a);
}

static void test_parameters_that_occur(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    bool used[PARAMETERS] = {[5] = true};
    coef_parameters(coef_int(2), used);
    coef_parameters(parsed(a, k, "(1+β)/(ν+e²)"), used);
    for (int i = 0; i < PARAMETERS; i++)
        assert_int_equal(used[i], i == 1 || i == 5 || i == 6 || i == 7);
    arena_free(a);
}

static void test_linear(void **state) {
    (void)state;
    static const struct {
        const char *c;
        const char *slope, *rest; /* in β; NULL where it is not linear */
    } table[] = {
        {"2αβ-3a+β", "2α+1", "-3a"}, {"β", "1", "0"},          {"(a+b β)/(β+1)", "b", "a"},
        {"β/2", "1", "0"},           {"β²+β", NULL, NULL},     {"α+1", NULL, NULL},
        {"1/β", NULL, NULL},         {"α β-αβ+7", NULL, NULL},
    };
    arena *a = arena_new();
    const field *k = make_field(a);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        coef slope, rest;
        bool linear = coef_linear_in(a, parsed(a, k, table[i].c), 1, &slope, &rest);
        assert_int_equal(linear, table[i].slope != NULL);
        if (!linear) continue;
        assert_same(a, slope, parsed(a, k, table[i].slope));
        assert_same(a, rest, parsed(a, k, table[i].rest));
    }
    arena_free(a);
}

static coef multiplied(arena *a, factors f) {
    coef c = coef_of(f.content);
    for (int i = 0; i < f.n; i++)
        for (int e = abs(f.f[i].exponent); e > 0; e--)
            c = f.f[i].exponent > 0 ? coef_mul(a, c, f.f[i].p) : coef_div(a, c, f.f[i].p);
    return c;
}

/* Integers without a common divisor, the leading one positive. */
static void check_primitive(arena *a, coef p) {
    polynomial m = coef_polynomial(a, p);
    assert_true(coef_is_one(coef_denominator(a, p)));
    assert_true(coef_field(p) && rat_sgn(m.m[0].c) > 0);
    fmpz_t g;
    fmpz_init(g);
    for (int i = 0; i < m.n; i++) fmpz_gcd(g, g, &m.m[i].c.q.num);
    assert_true(fmpz_is_one(g));
    fmpz_clear(g);
}

static void test_factors_multiply_back(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 7;
    for (int i = 0; i < ROUNDS; i++) {
        coef c = coef_mul(a, some_coef(a, k, &s, 3), some_coef(a, k, &s, 3));
        factors f = coef_factors(a, c);
        assert_same(a, multiplied(a, f), c);
        for (int j = 0; j < f.n; j++) check_primitive(a, f.f[j].p);
    }
    arena_free(a);
}

static void test_factors(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    factors f = coef_factors(a, parsed(a, k, "-3(α²-β²)(α+β)/(2α+2)"));
    assert_true(rat_eq(f.content, rat_frac(a, -3, 2)));
    assert_int_equal(f.n, 3);
    int exponents = 0;
    for (int i = 0; i < f.n; i++) {
        const char *z = coef_text(a, f.f[i].p);
        int expected = strcmp(z, "α-β") == 0 ? 1 : strcmp(z, "α+β") == 0 ? 2 : -1;
        assert_int_equal(f.f[i].exponent, expected);
        if (expected < 0) assert_string_equal(z, "1+α");
        exponents += f.f[i].exponent;
    }
    assert_int_equal(exponents, 2);
    assert_int_equal(coef_factors(a, coef_int(6)).n, 0);
    assert_true(rat_eq(coef_factors(a, coef_int(6)).content, rat_int(6)));
    arena_free(a);
}

/* What is kept of earlier factors changes none, nor do others that take their place. */
static void test_factors_are_the_same_when_asked_again(void **state) {
    (void)state;
    arena *a = arena_new();
    const field *k = make_field(a);
    uint64_t s = 17;
    coef c[ROUNDS];
    factors first[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        c[i] = coef_numerator(a, some_coef(a, k, &s, 3));
        first[i] = coef_factors(a, c[i]);
    }
    for (int i = 0; i < ROUNDS; i++) {
        factors again = coef_factors(a, c[i]);
        assert_int_equal(again.n, first[i].n);
        assert_true(rat_eq(again.content, first[i].content));
        for (int j = 0; j < again.n; j++) {
            assert_same(a, again.f[j].p, first[i].f[j].p);
            assert_int_equal(again.f[j].exponent, first[i].f[j].exponent);
        }
    }
    arena_free(a);
}

/* --- monomials --- */

enum { MOST = 200 };

/* c·Π p_i^power[i] */
static coef product_of(arena *a, const field *k, int n, int c, const int *power) {
    coef x = coef_int(c);
    for (int i = 0; i < n; i++)
        for (int e = power[i]; e > 0; e--) x = coef_mul(a, x, coef_parameter(a, k, i));
    return x;
}

static void assert_monomial(arena *a, coef x, int n, int c, const int *power) {
    polynomial p = coef_polynomial(a, x);
    assert_int_equal(p.n, 1);
    assert_true(rat_eq(p.m[0].c, rat_int(c)));
    for (int i = 0; i < n; i++)
        assert_int_equal(p.m[0].power ? p.m[0].power[i] : 0, power[i] > 0 ? power[i] : 0);
}

static int common_divisor(int x, int y) {
    return y ? common_divisor(y, x % y) : abs(x);
}

/* A quotient of monomials in n parameters: each stands above or below, with the difference of its
 * exponents. */
static void check_monomials(int n, uint64_t *s) {
    arena *a = arena_new();
    str name[MOST];
    int symbol[MOST], above[MOST], below_it[MOST], up[MOST], down[MOST];
    for (int i = 0; i < n; i++) name[i] = STR("p"), symbol[i] = i;
    const field *k = field_new(a, name, symbol, n);
    int c = 1 + below(s, 60), d = 1 + below(s, 60), g = common_divisor(c, d);
    for (int i = 0; i < n; i++) {
        bool used = below(s, n) < 4;
        above[i] = used ? below(s, 4) : 0, below_it[i] = used ? below(s, 4) : 0;
        up[i] = above[i] - below_it[i], down[i] = -up[i];
    }
    coef q = coef_div(a, product_of(a, k, n, -c, above), product_of(a, k, n, d, below_it));
    assert_monomial(a, coef_numerator(a, q), n, -c / g, up);
    assert_monomial(a, coef_denominator(a, q), n, d / g, down);
    arena_free(a);
}

static void quotients_of_monomials_are_reduced(void **state) {
    (void)state;
    uint64_t s = 23;
    for (int i = 0; i < 50; i++) {
        check_monomials(3, &s);
        check_monomials(PARAMETERS, &s);
        check_monomials(MOST, &s);
    }
}

/* Big enough that the numbers inside are FLINT's own memory. */
static coef big(arena *a, const field *k) {
    return parsed(a, k, "123456789012345678901234567890α/(98765432109876543210987654321β+s)");
}

static void test_copies_outlive_their_originals(void **state) {
    (void)state;
    static const int orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        arena *home = arena_new(), *a[3] = {arena_new(), arena_new(), arena_new()};
        const field *k = make_field(home);
        coef c[3] = {big(a[0], k)};
        c[1] = coef_copy(a[1], c[0]);
        c[2] = coef_copy(a[2], coef_add(a[1], c[1], coef_int(0)));
        for (int j = 0; j < 3; j++) {
            coef kept = c[orders[i][2]];
            assert_true(coef_eq(c[orders[i][j]], kept));
            arena_free(a[orders[i][j]]);
        }
        arena_free(home);
    }
}

/* The field dies first: nothing is read of it when the coefficients go. */
static void test_field_may_be_freed_before_its_coefficients(void **state) {
    (void)state;
    arena *home = arena_new(), *a = arena_new();
    const field *k = make_field(home);
    assert_int_equal(coef_sgn(big(a, k)), 2);
    arena_free(home);
    arena_free(a);
}

/* --- limited fields --- */

/* (1 + p_0 + ... + p_{n-1})^power, over one that differs in its constant. */
static coef large_fraction(arena *a, const field *k, int constant, int power) {
    coef base = coef_int(constant), p = coef_int(1), q = coef_int(1);
    for (int i = 0; i < field_size(k); i++) base = coef_add(a, base, coef_parameter(a, k, i));
    coef other = coef_add(a, base, coef_parameter(a, k, 0));
    for (int i = 0; i < power; i++) p = coef_mul(a, p, base), q = coef_mul(a, q, other);
    return coef_div(a, p, q);
}

static void what_is_affordable_is_the_same_in_a_limited_field(void **state) {
    (void)state;
    arena *a = arena_new();
    const str name[] = {STR("α"), STR("β")};
    const int symbol[] = {0, 1};
    uint64_t left = 100000000;
    const field *k = field_new(a, name, symbol, 2), *l = field_limited(a, name, symbol, 2, &left);
    coef x = coef_add(a, large_fraction(a, k, 1, 3), large_fraction(a, k, 2, 3));
    coef y = coef_add(a, large_fraction(a, l, 1, 3), large_fraction(a, l, 2, 3));
    assert_string_equal(coef_text(a, x), coef_text(a, y));
    assert_false(field_is_spent(l));
    assert_true(left < 100000000);
    arena_free(a);
}

static void a_limited_field_says_that_it_is_spent(void **state) {
    (void)state;
    arena *a = arena_new();
    str name[8];
    int symbol[8];
    uint64_t left = 100000000;
    for (int i = 0; i < 8; i++) name[i] = str_of(names[i]), symbol[i] = i;
    const field *k = field_limited(a, name, symbol, 8, &left);
    coef sum = coef_int(0), point[8];
    for (int i = 0; i < 8; i++) point[i] = coef_int(i);
    for (int i = 1; i < 40; i++) sum = coef_add(a, sum, large_fraction(a, k, i, i));
    assert_true(field_is_spent(k));
    assert_false(field_spend(k, 1));
    rat value;
    assert_true(coef_is_one(coef_add(a, coef_parameter(a, k, 0), coef_parameter(a, k, 1))));
    assert_false(coef_value(a, coef_parameter(a, k, 0), point, &value));
    arena_free(a);
}

static void a_limited_field_makes_no_large_numbers(void **state) {
    (void)state;
    arena *a = arena_new();
    const str name[] = {STR("α")};
    const int symbol[] = {0};
    uint64_t left = 100000000;
    const field *k = field_limited(a, name, symbol, 1, &left);
    coef power = coef_parameter(a, k, 0), point = coef_int(3);
    rat value;
    for (int i = 0; i < 10; i++) power = coef_mul(a, power, power);
    assert_true(coef_value(a, power, &point, &value));
    for (int i = 0; i < 19; i++) power = coef_mul(a, power, power);
    assert_false(field_is_spent(k));
    assert_false(coef_value(a, power, &point, &value));
    assert_true(field_is_spent(k));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_affordable_is_the_same_in_a_limited_field),
        cmocka_unit_test(a_limited_field_says_that_it_is_spent),
        cmocka_unit_test(a_limited_field_makes_no_large_numbers),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_text_of_measured_numbers),
        cmocka_unit_test(test_text_round_trip),
        cmocka_unit_test(test_text_of_large),
        cmocka_unit_test(test_field_axioms),
        cmocka_unit_test(test_plain_and_not),
        cmocka_unit_test(test_numerator_denominator),
        cmocka_unit_test(test_polynomial),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_substitution),
        cmocka_unit_test(test_substitution_where_the_denominator_vanishes),
        cmocka_unit_test(test_parameters_that_occur),
        cmocka_unit_test(test_linear),
        cmocka_unit_test(test_factors_multiply_back),
        cmocka_unit_test(test_factors),
        cmocka_unit_test(test_factors_are_the_same_when_asked_again),
        cmocka_unit_test(quotients_of_monomials_are_reduced),
        cmocka_unit_test(test_copies_outlive_their_originals),
        cmocka_unit_test(test_field_may_be_freed_before_its_coefficients),
    };
    int failed = cmocka_run_group_tests_name("coef", tests, NULL, NULL);
    flint_cleanup();
    return failed;
}
