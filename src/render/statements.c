/* What statements are called, and chains of laws. */
#include "render/teller.h"
#include "base/utf8.h"

void say_note(cell *c, role as, str note, str cite) {
    say_str(c, as, note);
    if (cite.n == 0) return;
    say(c, ROLE_QUIET, note.n ? " [" : "[");
    say_str(c, ROLE_QUIET, cite);
    say(c, ROLE_QUIET, "]");
}

/* --- names of statements --- */

static bool has_label(const fact *k) {
    return k->label.n == 0 || memchr(k->label.s, '@', k->label.n) == NULL;
}

bool goes_by_law(const fact *k) {
    return !has_label(k) && utf8_width(k->law) <= WIDE_LAW;
}

static void say_name(cell *c, const fact *k) {
    if (goes_by_law(k))
        say_str(c, ROLE_LAW, k->law);
    else
        say_str(c, ROLE_LABEL, k->label);
}

void say_statement(cell *c, const fact *k) {
    if (has_label(k)) {
        say_str(c, ROLE_LABEL, k->label);
        say(c, ROLE_LAW, " ");
    }
    say_str(c, ROLE_LAW, k->law);
}

int part_of(int n) {
    return n > LONG_LIST ? PART_OF_LIST : n;
}

void say_labels(cell *c, const problem *p, factset s) {
    int shown = part_of(s.n);
    for (int i = 0; i < shown; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LABEL, p->facts[s.v[i]].label);
    }
    if (shown < s.n) say(c, ROLE_PLAIN, " and %d more", s.n - shown);
}

static void say_names(cell *c, const problem *p, factset s) {
    int shown = part_of(s.n);
    const char *comma = ", ";
    for (int i = 0; i < shown; i++)
        if (goes_by_law(&p->facts[s.v[i]])) comma = "; ";
    for (int i = 0; i < shown; i++) {
        if (i) say(c, ROLE_PLAIN, "%s", comma);
        say_name(c, &p->facts[s.v[i]]);
    }
    if (shown < s.n) say(c, ROLE_PLAIN, " and %d more", s.n - shown);
}

bool is_stated(const problem *p, str law, factset s, factset when) {
    return s.n == 1 && when.n == 0 && goes_by_law(&p->facts[s.v[0]]) &&
           str_eq(law, p->facts[s.v[0]].law);
}

void say_support(cell *c, const teller *t, const char *from, factset s, factset when) {
    if (s.n + when.n == 0) {
        say(c, ROLE_PLAIN, "holds by itself");
        return;
    }
    say(c, ROLE_PLAIN, "%s ", from);
    say_names(c, t->p, s);
    if (when.n) say(c, ROLE_PLAIN, s.n ? " and what is supposed" : "what is supposed");
}

/* --- chains of laws --- */

static const char *step_sign(const teller *t, const goal *g, const step *s) {
    const formula *atom = law_step_atom(t->p, g, s);
    return law_sign(atom ? atom->rel : s->r, s->geq);
}

str beside(arena *a, str left, const char *sign, str right) {
    return str_of(formatted(a, "%.*s %s %.*s", (int)left.n, left.s, sign, (int)right.n, right.s));
}

void say_chain(cell *c, const teller *t, const goal *g, const chain *k, bool breakable) {
    say_str(c, ROLE_LAW, law_product(t->a, t->p, k->start));
    for (int i = 0; i < k->n; i++) {
        str after = law_product(t->a, t->p, k->steps[i].after);
        say(c, breakable && i ? ROLE_PLAIN : ROLE_LAW, " "); /* the first link stays whole */
        say(c, ROLE_LAW, "%s %.*s", step_sign(t, g, &k->steps[i]), (int)after.n, after.s);
    }
}

int chain_width(const teller *t, const chain *k, int most) {
    int width = utf8_width(law_product(t->a, t->p, k->start));
    for (int i = 0; i < k->n && width <= most; i++)
        width += 3 + utf8_width(law_product(t->a, t->p, k->steps[i].after));
    return width;
}

bool says_it_all(const teller *t, const goal *g, const chain *k, str law) {
    if (k->n != 1) return false;
    str start = law_product(t->a, t->p, k->start);
    str after = law_product(t->a, t->p, k->steps[0].after);
    return str_eq(law, beside(t->a, start, step_sign(t, g, &k->steps[0]), after));
}

/* --- chains, one law a line --- */

/* Powers other than 1 and -1 of a law that says more than how one quantity grows. */
const char *power_words(const teller *t, const goal *g, const step *s) {
    static const struct {
        long num, den;
        const char *words;
    } named[] = {{2, 1, "squared"},
                 {3, 1, "cubed"},
                 {1, 2, "under the root"},
                 {1, 3, "under the cube root"}};
    const formula *atom = law_step_atom(t->p, g, s);
    coef power = law_magnitude(t->a, s->power);
    rat r;
    if (coef_is_one(power) || (atom && atom->lhs.n == 1)) return NULL;
    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (coef_rat(power, &r) && rat_eq(r, rat_frac(t->a, named[i].num, named[i].den)))
            return named[i].words;
    return formatted(t->a, "to the power %s", coef_text(t->a, power));
}

void say_reason(cell *c, const teller *t, const goal *g, const step *s, bool same) {
    const fact *k = problem_fact(t->p, s->fact);
    bool supposed = k == NULL, named = supposed ? g == NULL : !goes_by_law(k);
    if (same && !named) {
        say(c, ROLE_QUIET, supposed ? "as is supposed" : "as stated");
        return;
    }
    say(c, ROLE_QUIET, supposed && g ? "when " : "by ");
    if (named) say_str(c, ROLE_LABEL, law_step_label(t->p, g, s));
    if (same) return;
    if (named) say(c, ROLE_QUIET, ": ");
    say_str(c, ROLE_LAW, law_step(t->a, t->p, g, s));
    const char *power = power_words(t, g, s);
    if (power) say(c, ROLE_QUIET, ", %s", power);
    if (s->fact < 0) say(c, ROLE_QUIET, ", %s", str_z(t->a, k->note));
}

/* Does the first step say what its law says, `ε ∝ 1` for `ε fixed`? */
static bool is_law_itself(const teller *t, const goal *g, const chain *k) {
    const formula *atom = law_step_atom(t->p, g, &k->steps[0]);
    bool one = k->start.n == 1 && coef_is_one(k->start.t[0].c) && k->steps[0].after.n == 0;
    return one && atom && atom->lhs.n == 1;
}

/* Is a power of a quantity that stands there already multiplied in, w² w = w³? */
static bool adds_exponents(const teller *t, const goal *g, form before, const step *s) {
    const formula *atom = law_step_atom(t->p, g, s);
    for (int i = 0; atom && i < atom->lhs.n; i++) {
        int sym = atom->lhs.t[i].sym;
        coef was = form_coef(before, sym), is = form_coef(s->after, sym);
        if (!coef_is_zero(was) && !coef_is_zero(is) && !coef_eq(was, is)) return true;
    }
    return false;
}

void tell_chain(const teller *t, block *b, const goal *g, const chain *k) {
    str start = law_product(t->a, t->p, k->start);
    for (int i = 0; i < k->n; i++) {
        const step *s = &k->steps[i];
        str after = law_product(t->a, t->p, s->after);
        row *r = doc_row(t->d, b);
        cell *c = doc_cell(t->d, r);
        say_str(c, i ? ROLE_BLANK : ROLE_LAW, start);
        say(c, ROLE_LAW, " %s %.*s", step_sign(t, g, s), (int)after.n, after.s);
        tell_exponents(t, r, g, k, i);
        str law = law_step(t->a, t->p, g, s);
        bool same = !i && (is_law_itself(t, g, k) ||
                           str_eq(law, beside(t->a, start, step_sign(t, g, s), after)));
        c = doc_cell(t->d, r);
        say_reason(c, t, g, s, same || law.n == 0);
        bool adds = adds_exponents(t, g, i ? k->steps[i - 1].after : k->start, s);
        if (t->what == TELL_EXPLAIN && adds) say(c, ROLE_QUIET, "; exponents add");
        if (!same) say_equation_used(c, t, g, s);
    }
}
