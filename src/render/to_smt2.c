#include "render/to_smt2.h"

#include <stdlib.h>
#include "render/certificate.h"
#include "render/spell.h"
#include "render/summands.h"

/* One script; the scratch arena lives as long as it. */
typedef struct {
    text *out;
    arena *scratch;
    const problem *p;
    str *symbol, *fact; /* quoted names; after the symbols those of another solution */
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
    s->symbol = NEW_ARRAY(s->scratch, str, 2 * s->p->nsymbols);
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
    for (int i = 0; i < s->p->nsymbols; i++)
        s->symbol[s->p->nsymbols + i] = str_of(formatted(s->scratch, "|other #%d|", i + 1));
}

/* --- formulas --- */

/* c >= 0 as a decimal or a quotient of decimals. */
static void put_magnitude(script *s, rat c) {
    char *z = rat_text(s->scratch, c);
    char *slash = strchr(z, '/');
    if (!slash) {
        text_addf(s->out, "%s.0", z);
        return;
    }
    *slash = '\0';
    text_addf(s->out, "(/ %s.0 %s.0)", z, slash + 1);
}

/* Without its sign. */
static void put_product(script *s, product p) {
    bool one;
    rat c = product_magnitude(s->scratch, p, &one);
    unsigned long n = product_degree(p);
    bool many = n > 1 || (n == 1 && !one);
    if (many) say(s, "(*");
    if (n == 0 || !one) say(s, many ? " " : ""), put_magnitude(s, c);
    for (unsigned long i = 0; i < n; i++)
        say(s, many ? " " : ""), say_str(s, s->symbol[product_symbol(p, i)]);
    if (many) say(s, ")");
}

/* The summands with one sign, as a sum of positive ones. */
static void put_side(script *s, products p, int sign) {
    int n = products_with_sign(p, sign);
    say(s, n > 1 ? " (+" : n == 0 ? " 0.0" : "");
    for (size_t i = 0; i < p.n; i++)
        if (rat_sgn(p.v[i].c) == sign) say(s, " "), put_product(s, p.v[i]);
    say(s, n > 1 ? ")" : "");
}

/* Positive summands on the left, negative ones on the right. */
static void put_comparison(script *s, form f, rel r) {
    static const char *const sign[] = {[REL_EQ] = "(=", [REL_LE] = "(<=", [REL_LT] = "(<"};
    products p = products_of(s->scratch, f);
    say(s, sign[r]);
    put_side(s, p, 1);
    put_side(s, p, -1);
    say(s, ")");
}

static void put_atom(script *s, form f, rel r) {
    form cleared;
    coef scale, den;
    if (atom_cleared(s->scratch, f, r, &cleared, &scale, &den)) {
        put_comparison(s, cleared, r);
        return;
    }
    say(s, "(and (not ");
    put_comparison(s, form_const(den), REL_EQ);
    say(s, ") ");
    put_comparison(s, cleared, r);
    say(s, ")");
}

static void put_formula(script *s, const formula *f) {
    bool all = f->kind == FORMULA_ALL;
    if (f->kind == FORMULA_ATOM) {
        put_atom(s, f->lhs, f->rel);
        return;
    }
    form l;
    if (formula_is_nonzero(s->scratch, f, &l)) {
        say(s, "(not ");
        put_atom(s, l, REL_EQ);
        say(s, ")");
        return;
    }
    say(s, f->n > 1 ? (all ? "(and" : "(or") : f->n == 1 ? "" : all ? "true" : "false");
    for (int i = 0; i < f->n; i++) {
        if (f->n > 1) say(s, " ");
        put_formula(s, f->kid[i]);
    }
    say(s, f->n > 1 ? ")" : "");
}

/* --- the statements --- */

/* Text of a file, on a line of its own. */
static void put_safe(script *s, const char *before, str t, const char *after) {
    if (t.n == 0) return;
    say(s, before);
    say_str(s, spell_text(s->scratch, t, false));
    say(s, after);
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

/* What a choice comes to was found by propto: without it there is nothing to say. */
static bool is_stated(const fact *f) {
    return !f->choice || f->claim->kind != FORMULA_ALL || f->claim->n > 0;
}

static void put_fact(script *s, int i) {
    const fact *f = &s->p->facts[i];
    say(s, "; ");
    put_safe(s, "", f->label, ": ");
    put_safe(s, "", f->law, "");
    put_safe(s, "   \"", f->note, "\"");
    put_safe(s, "   [", f->cite, "]");
    if (f->choice)
        say(s, is_stated(f) ? "\n; What this choice comes to:"
                            : "\n; That this choice is a best one is not stated here.");
    say(s, "\n");
    if (!is_stated(f)) return;
    say(s, "(assert (! ");
    put_formula(s, f->claim);
    say(s, " :named ");
    say_str(s, s->fact[i]);
    say(s, "))\n");
}

/* --- what solvers are asked, and what they should say --- */

static const char *status_of(const need *n, const evidence *e) {
    bool known = e && (e->pf || e->w.n || e->nwalks || e->nsamples || e->vouched);
    if (!known) return "unknown";
    return n->kind == NEED_REFUTATION ? "unsat" : "sat";
}

/* `what` holds no text of files. */
static void put_check(script *s, const char *what, const char *status) {
    text_addf(s->out, "(echo \"%s: %s\")\n(set-info :status %s)\n(check-sat)\n", what, status,
              status);
}

/* The quantities of another solution, with which a best one is compared. */
static void put_others(script *s, const problem *p) {
    for (int i = s->p->nsymbols; i < p->nsymbols; i++)
        text_addf(s->out, "(declare-fun %.*s () Real)\n", (int)s->symbol[i].n, s->symbol[i].s);
}

static void put_query(script *s, const char *what, const need *n, const evidence *e) {
    if (e && e->cut)
        say(s, "; The limit was reached before propto had proved this:\n");
    else if (e && (e->vouched || (e->pf && !proof_is_reasoned(e->pf))))
        say(s, "; By the word of Z3 alone, inside propto:\n");
    say(s, "(push 1)\n");
    put_others(s, n->s.p);
    for (int i = 0; i < n->s.nextra; i++) {
        say(s, "(assert ");
        put_formula(s, n->s.extra[i]);
        say(s, ")\n");
    }
    put_check(s, what, status_of(n, e));
    say(s, "(pop 1)\n");
}

/* What is said of the goal: "exact", "proved". */
static const char *word_of(thesis_kind is) {
    return is == THESIS_UNKNOWN ? "undecided" : thesis_name(is);
}

/* A conclusion that propto did not decide: both ways. */
static void put_undecided(script *s, const char *what, const goal *g) {
    const formula *way[2];
    if (g->kind != GOAL_CONCLUSION) return;
    way[0] = g->claim, way[1] = formula_not(s->scratch, g->claim);
    for (int k = 0; k < 2; k++) {
        const formula **extra = NEW_ARRAY(s->scratch, const formula *, g->nwhen + 1);
        for (int i = 0; i < g->nwhen; i++) extra[i] = g->when[i];
        extra[g->nwhen] = way[k];
        need n = {NEED_SOLUTION, {s->p, NULL, extra, g->nwhen + 1}};
        put_query(s, what, &n, NULL);
    }
}

static const char *subject(script *s, const thesis *t, bool of_goal) {
    int line = of_goal ? s->p->goals[t->about].line : s->p->facts[t->about].line;
    return formatted(s->scratch, "line %d", line);
}

/* Of a theory that cannot hold nothing more is asked. */
static void put_thesis(script *s, const frame *f, const thesis *t) {
    bool of_goal = t->is != THESIS_BEST;
    needs list = thesis_needs(s->scratch, f, t);
    const char *what = subject(s, t, of_goal);
    const goal *g = of_goal ? &s->p->goals[t->about] : NULL;
    say(s, "\n; ");
    put_safe(s, "", g ? g->law : s->p->facts[t->about].law, "");
    text_addf(s->out, "   %s, %s\n", what, g ? word_of(t->is) : "no other solution is better");
    if (t->is == THESIS_UNKNOWN && g) put_undecided(s, what, g);
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].s.nextra) put_query(s, what, &list.v[i], &t->by[i]);
}

static void put_verdict(script *s, const frame *f, const thesis *t) {
    bool no = t->is == THESIS_CONTRADICTORY, known = t->is != THESIS_UNKNOWN;
    const char *scaling = t->is == THESIS_TRIVIAL ? "unsat" : "sat";
    say(s, "\n; Can all of it hold?\n");
    put_check(s, "theory", !known ? "unknown" : no ? "unsat" : "sat");
    if (no) say(s, "(get-unsat-core)\n");
    if (no || !has_quantity(f->p)) return;
    say(s, "\n; Can it hold where something scales?\n(push 1)\n(assert ");
    put_formula(s, something_scales(s->scratch, f->p));
    say(s, ")\n");
    put_check(s, "something scales", known ? scaling : "unknown");
    say(s, "(pop 1)\n");
}

/* --- the script --- */

static bool is_asked(const thesis *t) {
    return t->about >= 0;
}

static bool sequent_is_linear(arena *a, const sequent *s) {
    for (int i = 0; i < s->nextra; i++)
        if (formula_degree(a, s->extra[i]) > 1) return false;
    return true;
}

static bool claim_is_linear(arena *a, const thesis *t, const problem *p) {
    const goal *g = &p->goals[t->about];
    if (t->is != THESIS_UNKNOWN || g->kind != GOAL_CONCLUSION) return true;
    sequent s = {p, NULL, &g->claim, 1}, when = {p, NULL, g->when, g->nwhen};
    return sequent_is_linear(a, &s) && sequent_is_linear(a, &when);
}

/* Is no symbol multiplied by another, in the statements and in what is asked? */
static bool is_linear(arena *a, const frame *f) {
    if (!f->p->field) return true;
    for (int i = 0; i < f->p->nfacts; i++)
        if (formula_degree(a, f->p->facts[i].claim) > 1) return false;
    for (int i = 0; i < f->ntheses; i++) {
        const thesis *t = &f->theses[i];
        needs list = thesis_needs(a, f, t);
        for (size_t k = 0; k < list.n; k++)
            if (!sequent_is_linear(a, &list.v[k].s)) return false;
        if (is_asked(t) && t->is != THESIS_BEST && !claim_is_linear(a, t, f->p)) return false;
    }
    return true;
}

static void put_head(script *s, const frame *f) {
    say(s, s->p->line ? "; regime " : "; ");
    put_safe(s, "", s->p->name, "");
    put_safe(s, "   \"", s->p->note, "\"");
    say(s, "\n(set-option :produce-unsat-cores true)\n"
           "(set-option :produce-models true)\n");
    say(s, is_linear(s->scratch, f) ? "(set-logic QF_LRA)\n" : "(set-logic QF_NRA)\n");
}

static void put_script(text *out, const frame *f) {
    const problem *p = f->p;
    script s = {.out = out, .scratch = arena_new(), .p = p};
    name_everything(&s);
    put_head(&s, f);
    for (int i = 0; i < p->nsymbols; i++) put_declaration(&s, i);
    for (int i = 0; i < p->nfacts; i++) put_fact(&s, i);
    for (int i = 0; i < f->ntheses; i++)
        if (!is_asked(&f->theses[i]))
            put_verdict(&s, f, &f->theses[i]);
        else if (f->theses[0].is != THESIS_CONTRADICTORY)
            put_thesis(&s, f, &f->theses[i]);
    arena_free(s.scratch);
}

void smt2_write(text *out, const certificate *c, int n) {
    text_puts(out,
              "; SMT-LIB 2.6, for any solver of real arithmetic (cvc5: --incremental).\n"
              "; The constants are exponents: a quantity q is of the order of s^|q| as s grows.\n"
              "; Each answer stands after what it should be: unsat refutes, sat is possible.\n");
    for (int i = 0; i < n; i++) {
        if (i) text_puts(out, "\n(reset)\n");
        put_script(out, &c[i].frames[0]);
    }
}
