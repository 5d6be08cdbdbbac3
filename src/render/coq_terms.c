#include "render/coq_terms.h"

#include <stdio.h>
#include <stdlib.h>
#include "render/spell.h"

void coq_say(coq *c, const char *z) {
    text_puts(c->out, z);
}

void coq_sayf(coq *c, const char *format, ...) {
    char *z;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&z, format, args);
    va_end(args);
    if (n < 0) return;
    text_puts(c->out, z);
    free(z);
}

/* --- names --- */

static bool is_plain_letter(char ch) {
    return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || (ch >= '0' && ch <= '9') ||
           ch == '_';
}

str coq_identifier(arena *a, const char *prefix, str name) {
    text t = text_new(a);
    str safe = spell_text(a, name, true);
    text_puts(&t, prefix);
    for (size_t i = 0; i < safe.n; i++) text_putc(&t, is_plain_letter(safe.s[i]) ? safe.s[i] : '_');
    return text_str(&t);
}

typedef struct {
    str *id;
    int order;
} named;

static int compare_names(const void *x, const void *y) {
    const named *a = x, *b = y;
    int c = str_cmp(*a->id, *b->id);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

/* Those that are not the first with their name get a number. */
static void tell_apart(arena *a, str *id, int n) {
    named *all = NEW_ARRAY(a, named, n);
    for (int i = 0; i < n; i++) all[i] = (named){&id[i], i};
    if (n) qsort(all, (size_t)n, sizeof *all, compare_names);
    str last = {NULL, 0};
    for (int i = 0; i < n; i++) {
        bool again = i > 0 && str_eq(*all[i].id, last);
        last = *all[i].id;
        if (again) *all[i].id = str_of(formatted(a, "%s''%d", str_z(a, last), all[i].order + 1));
    }
}

coq coq_new(text *out, arena *a, const problem *p) {
    coq c = {out, a, NEW_ARRAY(a, str, 2 * p->nsymbols), NEW_ARRAY(a, str, p->nfacts)};
    for (int i = 0; i < p->nsymbols; i++) {
        const symbol *s = &p->symbols[i];
        c.symbol[i] = coq_identifier(a, s->sort == SORT_PARAMETER ? "p_" : "x_", s->name);
        c.symbol[p->nsymbols + i] = coq_identifier(a, "other_", s->name);
    }
    for (int i = 0; i < p->nfacts; i++) {
        str label = p->facts[i].label;
        bool line = label.n && label.s[0] == '@';
        if (line) label.s++, label.n--;
        c.fact[i] = coq_identifier(a, line ? "H_line_" : "H_", label);
    }
    tell_apart(a, c.symbol, 2 * p->nsymbols);
    tell_apart(a, c.fact, p->nfacts);
    return c;
}

/* Comments nest, and strings in them must end. */
void coq_comment(coq *c, const char *before, str t, const char *after) {
    if (t.n == 0) return;
    str safe = spell_text(c->a, t, false);
    coq_say(c, before);
    for (size_t i = 0; i < safe.n; i++)
        if (safe.s[i] == '*')
            coq_say(c, " * ");
        else
            text_putc(c->out, safe.s[i] == '"' ? '\'' : safe.s[i]);
    coq_say(c, after);
}

/* --- sums --- */

static void put_product(coq *c, product p) {
    bool one;
    rat r = product_magnitude(c->a, p, &one);
    unsigned long n = product_degree(p);
    const char *z = rat_text(c->a, r);
    if (n == 0 || !one) coq_sayf(c, strchr(z, '/') ? "(%s)" : "%s", z);
    for (unsigned long i = 0; i < n; i++) {
        str name = c->symbol[product_symbol(p, i)];
        coq_say(c, i || !one ? " * " : "");
        text_add(c->out, name);
    }
}

static void put_side(coq *c, products p, int sign) {
    bool first = true;
    if (products_with_sign(p, sign) == 0) coq_say(c, "0");
    for (size_t i = 0; i < p.n; i++) {
        if (rat_sgn(p.v[i].c) != sign) continue;
        coq_say(c, first ? "" : " + ");
        put_product(c, p.v[i]);
        first = false;
    }
}

void coq_form(coq *c, form f) {
    products p = products_of(c->a, f);
    if (p.n == 0) coq_say(c, "0");
    for (size_t i = 0; i < p.n; i++) {
        bool minus = rat_sgn(p.v[i].c) < 0;
        coq_say(c, i ? minus ? " - " : " + " : minus ? "- " : "");
        put_product(c, p.v[i]);
    }
}

void coq_relation(coq *c, form f, const char *sign) {
    products p = products_of(c->a, f);
    put_side(c, p, 1);
    coq_sayf(c, " %s ", sign);
    put_side(c, p, -1);
}

/* --- formulas --- */

static const char *const signs[] = {[REL_EQ] = "=", [REL_LE] = "<=", [REL_LT] = "<"};

static void put_atom(coq *c, const formula *f) {
    form cleared;
    coef scale, den;
    if (atom_cleared(c->a, f->lhs, f->rel, &cleared, &scale, &den)) {
        coq_relation(c, cleared, signs[f->rel]);
        return;
    }
    coq_say(c, "(");
    coq_relation(c, form_const(den), "<>");
    coq_say(c, " /\\ ");
    coq_relation(c, cleared, signs[f->rel]);
    coq_say(c, ")");
}

static void put_kids(coq *c, const formula *f, void (*put)(coq *, const formula *), bool all) {
    if (f->n == 0) coq_say(c, all ? "True" : "False");
    if (f->n > 1) coq_say(c, "(");
    for (int i = 0; i < f->n; i++) {
        if (i) coq_say(c, all ? " /\\ " : " \\/ ");
        put(c, f->kid[i]);
    }
    if (f->n > 1) coq_say(c, ")");
}

/* As in the atoms of l ≠ 0. */
static form without_fractions(arena *a, form l) {
    form cleared;
    coef scale, den;
    atom_cleared(a, l, REL_LT, &cleared, &scale, &den);
    return cleared;
}

void coq_formula(coq *c, const formula *f) {
    form l;
    if (f->kind == FORMULA_ATOM)
        put_atom(c, f);
    else if (formula_is_nonzero(c->a, f, &l))
        coq_relation(c, without_fractions(c->a, l), "<>");
    else
        put_kids(c, f, coq_formula, f->kind == FORMULA_ALL);
}

static bool is_cleared(arena *a, const formula *f) {
    form cleared;
    coef scale, den;
    return atom_cleared(a, f->lhs, f->rel, &cleared, &scale, &den);
}

bool coq_has_opposite(arena *a, const formula *f) {
    form l;
    if (f->kind == FORMULA_ATOM) return is_cleared(a, f);
    if (formula_is_nonzero(a, f, &l)) return true;
    bool simple = f->kind == FORMULA_ANY || f->n == 1;
    for (int i = 0; simple && i < f->n; i++) simple = coq_has_opposite(a, f->kid[i]);
    return simple;
}

static void put_opposite_atom(coq *c, const formula *f) {
    form cleared;
    coef scale, den;
    atom_cleared(c->a, f->lhs, f->rel, &cleared, &scale, &den);
    if (f->rel == REL_EQ)
        coq_relation(c, cleared, "<>");
    else
        coq_relation(c, form_scale(c->a, coef_int(-1), cleared), f->rel == REL_LT ? "<=" : "<");
}

static void put_opposite(coq *c, const formula *f) {
    form l;
    if (f->kind == FORMULA_ATOM)
        put_opposite_atom(c, f);
    else if (formula_is_nonzero(c->a, f, &l))
        coq_relation(c, without_fractions(c->a, l), "=");
    else
        put_kids(c, f, put_opposite, true);
}

void coq_opposite(coq *c, const formula *f) {
    if (coq_has_opposite(c->a, f)) {
        put_opposite(c, f);
        return;
    }
    coq_say(c, "~ (");
    coq_formula(c, f);
    coq_say(c, ")");
}

/* --- hypotheses taken apart --- */

const char *coq_node(arena *a, const char *name, int node) {
    return node ? formatted(a, "%s'%d", name, node) : name;
}

bool coq_stays_whole(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return is_cleared(a, f);
    return f->kind == FORMULA_ANY || f->n == 0;
}

static void put_kid_patterns(coq *c, const char *name, const formula *f, int node) {
    int at = node + 1;
    for (int i = 0; i < f->n; i++) {
        bool opens = i < f->n - 1;
        if (opens) coq_say(c, "[");
        coq_pattern(c, name, f->kid[i], at);
        if (opens) coq_say(c, " ");
        at += f->kid[i]->nodes;
    }
    for (int i = 1; i < f->n; i++) coq_say(c, "]");
}

/* Conjunctions nest to the right: [x [y z]]. */
void coq_pattern(coq *c, const char *name, const formula *f, int node) {
    const char *own = coq_node(c->a, name, node);
    if (coq_stays_whole(c->a, f))
        coq_say(c, own);
    else if (f->kind == FORMULA_ATOM)
        coq_sayf(c, "[%s'd %s]", own, own);
    else
        put_kid_patterns(c, name, f, node);
}

void coq_take_apart(coq *c, const char *name, const formula *f, int node) {
    for (; f->kind == FORMULA_ALL && f->n == 1; f = f->kid[0], node++) {
        coq_sayf(c, "rename %s into ", coq_node(c->a, name, node));
        coq_sayf(c, "%s. ", coq_node(c->a, name, node + 1));
    }
    if (coq_stays_whole(c->a, f)) return;
    coq_sayf(c, "destruct %s as ", coq_node(c->a, name, node));
    coq_pattern(c, name, f, node);
    coq_say(c, ". ");
}
