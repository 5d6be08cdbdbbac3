#include "render/to_smt2.h"

#include <stdlib.h>
#include "render/spell.h"

/* One script; the scratch arena lives as long as it. */
typedef struct {
    text *out;
    arena *scratch;
    const problem *p;
    str *symbol, *fact; /* quoted names */
} script;

static void say(script *s, const char *z) {
    text_puts(s->out, z);
}

static void say_str(script *s, str t) {
    text_add(s->out, t);
}

/* --- names: all in one name space, all different --- */

typedef struct {
    str name;
    int order; /* symbols first, then facts */
    str *quoted;
} entry;

static int compare_entries(const void *x, const void *y) {
    const entry *a = x, *b = y;
    int c = str_cmp(a->name, b->name);
    return c ? c : (a->order > b->order) - (a->order < b->order);
}

/* What may stand between bars; names that begin with @ or a point belong to the solvers. */
static str bare(arena *a, str name) {
    str safe = spell_text(a, name, false);
    char *z = str_z(a, safe);
    for (char *c = z; *c; c++)
        if (*c == '|' || *c == '\\') *c = '_';
    if (*z == '@' || *z == '.') *z = '_';
    return str_of(z);
}

/* A name that was changed, or is not the first of its kind, carries its number; the blank before
 * it stands in no name of the language. */
static str quoted(arena *a, str name, bool first, int order) {
    str safe = bare(a, name);
    const char *z = str_z(a, safe);
    bool plain = first && str_eq(safe, name) && !memchr(z, ' ', safe.n);
    return str_of(plain ? formatted(a, "|%s|", z) : formatted(a, "|%s #%d|", z, order + 1));
}

static str fact_name(arena *a, const fact *f) {
    if (f->label.n == 0 || f->label.s[0] != '@') return f->label;
    return str_of(formatted(a, "line-%s", str_z(a, f->label) + 1));
}

static void name_everything(script *s) {
    int n = s->p->nsymbols + s->p->nfacts;
    entry *all = NEW_ARRAY(s->scratch, entry, n);
    s->symbol = NEW_ARRAY(s->scratch, str, s->p->nsymbols);
    s->fact = NEW_ARRAY(s->scratch, str, s->p->nfacts);
    for (int i = 0; i < s->p->nsymbols; i++)
        all[i] = (entry){s->p->symbols[i].name, i, &s->symbol[i]};
    for (int i = 0; i < s->p->nfacts; i++)
        all[s->p->nsymbols + i] =
            (entry){fact_name(s->scratch, &s->p->facts[i]), s->p->nsymbols + i, &s->fact[i]};
    if (n) qsort(all, (size_t)n, sizeof *all, compare_entries);
    for (int i = 0; i < n; i++) {
        bool first = i == 0 || !str_eq(all[i].name, all[i - 1].name);
        *all[i].quoted = quoted(s->scratch, all[i].name, first, all[i].order);
    }
}

/* --- formulas --- */

/* One summand: a number times powers of parameters times a symbol, or none (-1). */
typedef struct {
    rat c;
    const field *over;
    const unsigned long *power; /* NULL: of none */
    int sym;
} product;
typedef VEC(product) products;

/* c, a polynomial, times a symbol. */
static void add_products(script *s, products *out, coef c, int sym) {
    product one = {.over = coef_field(c), .sym = sym};
    if (coef_rat(c, &one.c)) {
        if (!rat_is_zero(one.c)) vec_push(s->scratch, out, one);
        return;
    }
    polynomial p = coef_polynomial(s->scratch, c);
    for (int i = 0; i < p.n; i++) {
        one.c = p.m[i].c;
        one.power = p.m[i].power;
        vec_push(s->scratch, out, one);
    }
}

/* Its coefficients are polynomials. */
static products products_of(script *s, form f) {
    products out = {0};
    for (int i = 0; i < f.n; i++) add_products(s, &out, f.t[i].c, f.t[i].sym);
    add_products(s, &out, f.k, -1);
    return out;
}

/* |c| as a decimal or a quotient of decimals. */
static void put_magnitude(script *s, rat c) {
    char *z = rat_text(s->scratch, rat_sgn(c) < 0 ? rat_neg(s->scratch, c) : c);
    char *slash = strchr(z, '/');
    if (!slash) {
        text_addf(s->out, "%s.0", z);
        return;
    }
    *slash = '\0';
    text_addf(s->out, "(/ %s.0 %s.0)", z, slash + 1);
}

static unsigned long degree(product p) {
    unsigned long n = p.sym >= 0;
    for (int i = 0; p.power && i < field_size(p.over); i++) n += p.power[i];
    return n;
}

static void put_letters(script *s, product p, const char *before) {
    for (int i = 0; p.power && i < field_size(p.over); i++)
        for (unsigned long j = 0; j < p.power[i]; j++)
            say(s, before), say_str(s, s->symbol[field_symbol(p.over, i)]);
    if (p.sym >= 0) say(s, before), say_str(s, s->symbol[p.sym]);
}

/* Without its sign. */
static void put_product(script *s, product p) {
    bool one = rat_is_one(p.c) || rat_eq(p.c, rat_int(-1));
    unsigned long n = degree(p);
    if (n == 0) {
        put_magnitude(s, p.c);
    } else if (n == 1 && one) {
        put_letters(s, p, "");
    } else {
        say(s, "(*");
        if (!one) say(s, " "), put_magnitude(s, p.c);
        put_letters(s, p, " ");
        say(s, ")");
    }
}

/* The summands with one sign, as a sum of positive ones. */
static void put_side(script *s, products p, int sign) {
    int n = 0;
    for (size_t i = 0; i < p.n; i++) n += rat_sgn(p.v[i].c) == sign;
    say(s, n > 1 ? " (+" : n == 0 ? " 0.0" : "");
    for (size_t i = 0; i < p.n; i++)
        if (rat_sgn(p.v[i].c) == sign) say(s, " "), put_product(s, p.v[i]);
    say(s, n > 1 ? ")" : "");
}

/* Positive summands on the left, negative ones on the right. */
static void put_comparison(script *s, form f, rel r) {
    static const char *const sign[] = {[REL_EQ] = "(=", [REL_LE] = "(<=", [REL_LT] = "(<"};
    products p = products_of(s, f);
    say(s, sign[r]);
    put_side(s, p, 1);
    put_side(s, p, -1);
    say(s, ")");
}

/* With a denominator d: d ≠ 0, and d f = 0, or d² f in relation to 0. */
static void put_atom(script *s, form f, rel r) {
    arena *a = s->scratch;
    rat number;
    coef d = form_is_plain(f) ? coef_int(1) : form_denominator(a, f);
    form cleared = form_scale(a, d, f);
    if (coef_rat(d, &number)) {
        put_comparison(s, cleared, r);
        return;
    }
    say(s, "(and (not ");
    put_comparison(s, form_const(d), REL_EQ);
    say(s, ") ");
    put_comparison(s, r == REL_EQ ? cleared : form_scale(a, d, cleared), r);
    say(s, ")");
}

static void put_formula(script *s, const formula *f) {
    bool all = f->kind == FORMULA_ALL;
    if (f->kind == FORMULA_ATOM) {
        put_atom(s, f->lhs, f->rel);
        return;
    }
    say(s, f->n > 1 ? (all ? "(and" : "(or") : f->n == 1 ? "" : all ? "true" : "false");
    for (int i = 0; i < f->n; i++) {
        if (f->n > 1) say(s, " ");
        put_formula(s, f->kid[i]);
    }
    say(s, f->n > 1 ? ")" : "");
}

/* --- the script --- */

/* Text of a file, on a line of its own. */
static void put_safe(script *s, const char *before, str t, const char *after) {
    if (t.n == 0) return;
    say(s, before);
    say_str(s, spell_text(s->scratch, t, false));
    say(s, after);
}

static void put_head(script *s) {
    say(s, s->p->line ? "; regime " : "; ");
    put_safe(s, "", s->p->name, "");
    put_safe(s, "   \"", s->p->note, "\"");
    say(s, "\n(set-option :produce-unsat-cores true)\n"
           "(set-option :produce-models true)\n");
    say(s, s->p->field ? "(set-logic QF_NRA)\n" : "(set-logic QF_LRA)\n");
}

static const char *sort_word(sort k) {
    switch (k) {
    case SORT_QUANTITY:
        return "";
    case SORT_CONSTANT:
        return " ; a constant";
    case SORT_PARAMETER:
        return " ; a parameter";
    }
    return "";
}

static void put_declaration(script *s, int i) {
    const symbol *y = &s->p->symbols[i];
    say(s, "(declare-fun ");
    say_str(s, s->symbol[i]);
    say(s, " () Real)");
    say(s, sort_word(y->sort));
    put_safe(s, " ; ", y->note, "");
    say(s, "\n");
}

static void put_fact(script *s, int i) {
    const fact *f = &s->p->facts[i];
    say(s, "; ");
    put_safe(s, "", f->label, ": ");
    put_safe(s, "", f->law, "");
    put_safe(s, "   \"", f->note, "\"");
    put_safe(s, "   [", f->cite, "]");
    if (f->choice) {
        say(s, "\n; That this choice is a best one is not stated here.\n");
        return;
    }
    say(s, "\n(assert (! ");
    put_formula(s, f->claim);
    say(s, " :named ");
    say_str(s, s->fact[i]);
    say(s, "))\n");
}

static bool is_quantity(const problem *p, int i) {
    return p->symbols[i].sort == SORT_QUANTITY;
}

static void put_something_scales(script *s) {
    int n = 0;
    for (int i = 0; i < s->p->nsymbols; i++) n += is_quantity(s->p, i);
    if (n == 0) return;
    say(s, "; Not all are zero? Where this is unsat and the first was sat, nothing scales.\n"
           "(push 1)\n(assert (! (not (=");
    for (int i = 0; i < s->p->nsymbols; i++)
        if (is_quantity(s->p, i)) say(s, " "), say_str(s, s->symbol[i]);
    say(s, " 0.0)) :named |something scales|))\n(check-sat)\n(pop 1)\n");
}

static void put_script(text *out, const problem *p) {
    script s = {.out = out, .scratch = arena_new(), .p = p};
    name_everything(&s);
    put_head(&s);
    for (int i = 0; i < p->nsymbols; i++) put_declaration(&s, i);
    for (int i = 0; i < p->nfacts; i++) put_fact(&s, i);
    say(&s, "(check-sat)\n");
    put_something_scales(&s);
    arena_free(s.scratch);
}

void smt2_write(text *out, const problem *p) {
    text_addf(out,
              "; SMT-LIB 2.6, for any solver of %s arithmetic (cvc5: --incremental).\n"
              "; The constants are exponents: a quantity q is of the order of s^|q| as s grows.\n"
              "; After unsat ask (get-unsat-core), after sat (get-model).\n",
              p->field ? "nonlinear real" : "linear");
    put_script(out, p);
    for (int i = 0; i < p->nregimes; i++) {
        text_puts(out, "\n(reset)\n");
        put_script(out, p->regimes[i]);
    }
}
