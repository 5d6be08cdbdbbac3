#include "render/exponents.h"
#include "render/compare.h"
#include "render/law.h"

/* --- laws --- */

static void add_factor(text *t, arena *a, const problem *p, const factor *f) {
    form inside = {f->t, f->n, coef_int(0)};
    bool bare = f->n == 0 || coef_is_one(f->power);
    if (!bare) text_putc(t, '(');
    text_add(t, law_product(a, p, inside));
    if (!bare) text_putc(t, ')');
    text_add(t, law_power(a, STR(""), f->power));
}

str law_factors(arena *a, const problem *p, product x) {
    if (x.n == 0) return STR("1");
    text t = text_new(a);
    for (int i = 0; i < x.n; i++) {
        if (i) text_putc(&t, ' ');
        add_factor(&t, a, p, &x.f[i]);
    }
    return text_str(&t);
}

static str between(arena *a, str left, const char *sign, str right) {
    return str_of(formatted(a, "%.*s %s %.*s", (int)left.n, left.s, sign, (int)right.n, right.s));
}

str law_between(arena *a, const problem *p, product left, const char *sign, product right) {
    return between(a, law_factors(a, p, left), sign, law_factors(a, p, right));
}

/* --- exponents --- */

/* Is it a sum, outside of all brackets? */
static bool is_sum(str s) {
    int depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        depth += (s.s[i] == '(') - (s.s[i] == ')');
        if (i && depth == 0 && (s.s[i] == '+' || s.s[i] == '-')) return true;
    }
    return false;
}

/* " + 2 ", " - ", "-1/3 ": what stands before an exponent, or before a bracket. */
static void add_multiple(text *t, arena *a, coef c, bool plain) {
    coef size = law_magnitude(a, c);
    bool minus = !coef_eq(size, c);
    if (t->n)
        text_puts(t, minus ? " - " : " + ");
    else if (minus)
        text_putc(t, '-');
    str s = str_of(coef_text(a, size));
    if (coef_is_one(size) && plain) return;
    if (is_sum(s)) s = law_exponent(a, size);
    text_add(t, s);
    text_putc(t, ' ');
}

static void add_exponent(text *t, arena *a, const problem *p, term x) {
    str name = p->symbols[x.sym].name;
    add_multiple(t, a, x.c, true);
    text_putc(t, '[');
    text_add(t, name);
    text_putc(t, ']');
}

str exponents_form(arena *a, const problem *p, form f) {
    text t = text_new(a);
    for (int i = 0; i < f.n; i++) add_exponent(&t, a, p, f.t[i]);
    return f.n ? text_str(&t) : STR("0");
}

str exponents_product(arena *a, const problem *p, product x) {
    text t = text_new(a);
    for (int i = 0; i < x.n; i++) {
        const factor *f = &x.f[i];
        form inside = {f->t, f->n, coef_int(0)};
        if (f->n && coef_is_one(f->power)) {
            for (int k = 0; k < f->n; k++) add_exponent(&t, a, p, f->t[k]);
            continue;
        }
        str sum = exponents_form(a, p, inside);
        bool bare = f->n == 0;
        add_multiple(&t, a, f->power, false);
        text_puts(&t, bare ? "· " : "(");
        text_add(&t, sum);
        if (!bare) text_putc(&t, ')');
    }
    return x.n ? text_str(&t) : STR("0");
}

str exponents_claim(arena *a, const problem *p, form f, rel r, bool geq) {
    form left, right;
    geq = law_sides(a, f, geq, &left, &right);
    return between(a, exponents_form(a, p, left), compare_sign(r, geq),
                   exponents_form(a, p, right));
}

str exponents_step(arena *a, const problem *p, const chain *k, int i) {
    const step *s = &k->steps[i];
    return between(a, exponents_form(a, p, k->start), compare_sign(s->r, s->geq),
                   exponents_form(a, p, s->after));
}

/* --- rules --- */

const char *rule_name(rule r) {
    switch (r) {
    case RULE_CITE:
        return "law";
    case RULE_ABOVE:
        return "from above";
    case RULE_TURN:
        return "from right to left";
    case RULE_SUBSTITUTE:
        return "substitution";
    case RULE_SPLIT:
        return "product, from right to left";
    case RULE_GROUP:
        return "power of a product, from right to left";
    case RULE_PRODUCT:
        return "product";
    case RULE_QUOTIENT:
        return "quotient";
    case RULE_POWER_OF_POWER:
        return "power of a power";
    case RULE_POWER_OF_PRODUCT:
        return "power of a product";
    case RULE_ROOT:
        return "root";
    case RULE_RECIPROCAL:
        return "reciprocal";
    case RULE_POWER:
        return "power";
    case RULE_DROP:
        return "power zero";
    }
    return "";
}

/* "2", "(-1)", "(2+d)", "6/(2+d)": a number in a sum or product of exponents. */
static void add_operand(text *t, arena *a, const arithmetic *x, int i) {
    coef c = x->x[i], size = i && !x->multiplied ? law_magnitude(a, c) : c;
    bool minus = !coef_eq(size, c);
    if (i) text_puts(t, x->multiplied ? " · " : minus ? " - " : " + ");
    str s = str_of(coef_text(a, size));
    bool bracket = is_sum(s) || (x->multiplied && i && s.s[0] == '-');
    if (bracket) text_putc(t, '(');
    text_add(t, s);
    if (bracket) text_putc(t, ')');
}

str arithmetic_text(arena *a, const arithmetic *x) {
    text t = text_new(a);
    for (int i = 0; i < x->n; i++) add_operand(&t, a, x, i);
    text_puts(&t, " = ");
    text_puts(&t, coef_text(a, x->is));
    return text_str(&t);
}
