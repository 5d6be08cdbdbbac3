/* What is odd about choices, and their tables. */
#include "render/tables.h"
#include "render/teller.h"

/* --- the words --- */

static const factset nothing = {NULL, 0};

static const choice_of *choice_in(const teller *t, int which) {
    return t->p->facts[which].choice;
}

static void say_form(cell *c, const teller *t, form f) {
    say_str(c, ROLE_LAW, law_product(t->a, t->p, f));
}

/* "C", "C and B" */
static void say_fixed(cell *c, const teller *t, const choice_of *k) {
    for (int i = 0; i < k->nfixed; i++) {
        if (i) say(c, ROLE_PLAIN, i + 1 < k->nfixed ? ", " : " and ");
        say_str(c, ROLE_LAW, t->p->symbols[k->fixed[i]].name);
    }
}

static void say_at_fixed(cell *c, const teller *t, const choice_of *k) {
    if (k->nfixed) say(c, ROLE_PLAIN, " at fixed ");
    say_fixed(c, t, k);
}

/* "N ∝ C^(1/2)"; empty where it is not known. */
static str law_of_powers(const teller *t, const choice_note *n) {
    const choice_of *k = choice_in(t, n->fact);
    form f = form_zero();
    if (!n->power) return STR("");
    for (int i = 0; i < k->nfixed; i++)
        f = form_addmul(t->a, f, n->power[i], form_sym(t->a, k->fixed[i]));
    return beside(t->a, law_product(t->a, t->p, n->of), "∝", law_product(t->a, t->p, f));
}

/* " (N ∝ C^(1/2), from A, B)" */
static void say_powers(cell *c, const teller *t, const choice_note *n) {
    str law = law_of_powers(t, n);
    say(c, ROLE_PLAIN, " (");
    say_str(c, ROLE_LAW, law);
    if (is_stated(t->p, law, n->support, nothing))
        say(c, ROLE_PLAIN, ", as stated");
    else
        say_support(c, t, law.n ? ", from" : "from", n->support, nothing);
    say(c, ROLE_PLAIN, ")");
}

/* "with this choice, too, ℓ is not one power of C: ..." */
static void say_open(cell *c, const teller *t, const choice_note *n) {
    const choice_of *k = choice_in(t, n->fact);
    say(c, ROLE_DOUBT, "with this choice, too, ");
    say_form(c, t, n->of);
    say(c, ROLE_DOUBT,
        k->nfixed == 1 ? " is not one power of " : " is not one product of powers of ");
    say_fixed(c, t, k);
    if (!n->nranges) return;
    str law = law_product(t->a, t->p, n->of), base = t->p->symbols[k->fixed[0]].name;
    say(c, ROLE_PLAIN, ": ");
    say(c, ROLE_LAW, "%.*s ∝ %.*s^%s", (int)law.n, law.s, (int)base.n, base.s, t->letter);
    say(c, ROLE_PLAIN, " with ");
    say_str(c, ROLE_LAW, ranges_words(t->a, n->ranges, n->nranges, t->letter));
}

/* "ℓ can be made as small as one likes: its exponent has no least value at fixed C" */
static void say_endless(cell *c, const teller *t, const choice_note *n) {
    const choice_of *k = choice_in(t, n->fact);
    const char *least = k->maximize ? "greatest" : "least";
    if (n->kind == CHOICE_HAS_NO_BOUND) {
        say_form(c, t, n->of);
        say(c, ROLE_PLAIN, " can be made as %s as one likes: its exponent has no %s value",
            k->maximize ? "large" : "small", least);
    } else {
        say(c, ROLE_PLAIN, "the exponent of ");
        say_form(c, t, n->of);
        say(c, ROLE_PLAIN,
            n->kind == CHOICE_HAS_NO_LAST ? " has a bound that it never reaches, so no "
                                          : " has no ");
        say(c, ROLE_PLAIN, "%s value", least);
    }
    say_at_fixed(c, t, k);
}

static void say_untouched(cell *c, const teller *t, const choice_note *n) {
    const choice_of *k = choice_in(t, n->fact);
    say(c, ROLE_DOUBT, "the choice does not touch ");
    say_form(c, t, n->of);
    if (n->kind == CHOICE_APART) {
        say(c, ROLE_PLAIN, ": no statement brings it together with ");
        for (int i = 0; i < k->nchosen; i++) {
            if (i) say(c, ROLE_PLAIN, i + 1 < k->nchosen ? ", " : " or ");
            say_str(c, ROLE_LAW, t->p->symbols[k->chosen[i]].name);
        }
        say_at_fixed(c, t, k);
        return;
    }
    say(c, ROLE_PLAIN, ": the other statements give it");
    say_powers(c, t, n);
}

static void say_choice_note(cell *c, const teller *t, const choice_note *n) {
    switch (n->kind) {
    case CHOICE_RESTS:
        say_form(c, t, n->of);
        say(c, ROLE_DOUBT, " is fixed meanwhile, and scales in no solution");
        say_support(c, t, ", from", n->support, nothing);
        break;
    case CHOICE_GIVEN:
        say_form(c, t, n->of);
        say(c, ROLE_DOUBT, " is given by the other statements");
        say_powers(c, t, n);
        say(c, ROLE_DOUBT, ": there is nothing to choose");
        break;
    case CHOICE_UNTOUCHED:
    case CHOICE_APART:
        say_untouched(c, t, n);
        break;
    case CHOICE_OPEN:
        say_open(c, t, n);
        break;
    case CHOICE_HAS_NO_BOUND:
    case CHOICE_HAS_NO_LAST:
    case CHOICE_HAS_NO_BEST:
        say_endless(c, t, n);
        break;
    }
    if (n->vouched) say(c, ROLE_DOUBT, ", on Z3's word");
}

/* --- where they stand --- */

static bool is_endless(const choice_note *n) {
    return n->kind == CHOICE_HAS_NO_BOUND || n->kind == CHOICE_HAS_NO_LAST ||
           n->kind == CHOICE_HAS_NO_BEST;
}

static const choice_note *endless_in(const teller *t, factset conflict) {
    for (int i = 0; i < t->f->nnotes; i++)
        for (int j = 0; is_endless(&t->f->notes[i]) && j < conflict.n; j++)
            if (conflict.v[j] == t->f->notes[i].fact) return &t->f->notes[i];
    return NULL;
}

bool tell_endless(const teller *t, factset conflict) {
    const choice_note *n = endless_in(t, conflict);
    if (!n) return false;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent + 2);
    say_endless(c, t, n);
    if (n->vouched) say(c, ROLE_DOUBT, ", on Z3's word");
    return true;
}

static bool is_in_a_core(const teller *t, const choice_note *n) {
    for (int i = 0; i < t->f->ncores; i++)
        if (endless_in(t, t->f->cores[i].facts) == n) return true;
    return false;
}

static bool has_same_power(const choice_note *x, const choice_note *y, int n) {
    if (!x->power || !y->power) return x->power == y->power;
    for (int i = 0; i < n; i++)
        if (!coef_eq(x->power[i], y->power[i])) return false;
    return true;
}

static bool is_same(const finding *f, const choice_note *x, const finding *g,
                    const choice_note *y) {
    const fact *k = &f->p->facts[x->fact], *l = &g->p->facts[y->fact];
    return x->kind == y->kind && form_eq(x->of, y->of) && str_eq(k->law, l->law) &&
           has_same_power(x, y, k->choice->nfixed);
}

/* Did the theory say the same before its regime? */
static bool is_said(const teller *t, const choice_note *n, const finding *whole) {
    for (int i = 0; whole && i < whole->nnotes; i++)
        if (is_same(t->f, n, whole, &whole->notes[i])) return true;
    return false;
}

void tell_choice_notes(const teller *t, const finding *whole) {
    block *b = NULL;
    for (int i = 0; i < t->f->nnotes; i++) {
        const choice_note *n = &t->f->notes[i];
        if ((!whole && is_in_a_core(t, n)) || is_said(t, n, whole)) continue;
        if (!b && !whole) doc_gap(t->d);
        if (!b) b = doc_table(t->d, t->indent, 1);
        row *r = doc_row(t->d, b);
        say_str(doc_cell(t->d, r), ROLE_LABEL, t->p->facts[n->fact].label);
        say_choice_note(doc_cell(t->d, r), t, n);
    }
}

/* --- tables --- */

static void say_title(const teller *t, block *b, const choice_table *k) {
    str base = t->p->symbols[k->fixed].name;
    row *r = doc_row(t->d, b);
    doc_cell(t->d, r);
    say(doc_cell(t->d, r), ROLE_QUIET, "exponent in %.*s", (int)base.n, base.s);
    for (int i = 0; i < TABLE_FACTORS; i++)
        say(doc_cell(t->d, r), ROLE_QUIET, "%d × %.*s", table_factors[i], (int)base.n, base.s);
}

/* "1.41", "1.1 to 2", "at least 2" */
static void say_factors(cell *c, const teller *t, const table_entry *k, int times) {
    const interval *r = &k->exponent;
    const char *low = r->low_infinite ? NULL : table_factor(t->a, times, r->low);
    const char *high = r->high_infinite ? NULL : table_factor(t->a, times, r->high);
    if (entry_is_point(k))
        say(c, ROLE_PLAIN, "%s", low ? low : "out of reach");
    else if (low && high)
        say(c, ROLE_PLAIN, "%s to %s", low, high);
    else if (low)
        say(c, ROLE_PLAIN, r->low_open ? "more than %s" : "%s or more", low);
    else
        say(c, ROLE_PLAIN, r->high_open ? "less than %s" : "%s or less", high ? high : "any");
}

/* In a cell that may hold something already. */
static void say_word(cell *c, const teller *t, const answer *x) {
    if (x->vouched)
        say(c, ROLE_DOUBT, c->runs.n ? ", on Z3's word" : "on Z3's word");
    else
        say_vouched(c, t, false, x->condition, x->nconditions);
}

static void tell_entry(const teller *t, block *b, const table_row *x, const table_entry *k,
                       bool first) {
    row *r = doc_row(t->d, b);
    cell *c = doc_cell(t->d, r);
    if (first) say_form(c, t, x->of);
    c = doc_cell(t->d, r);
    if (!k->known) {
        say_kind(c, t, &x->exponent);
        return;
    }
    bool point = entry_is_point(k);
    say(c, ROLE_LAW, "%s",
        point ? coef_text(t->a, k->exponent.low)
              : str_z(t->a, ranges_words(t->a, &k->exponent, 1, t->letter)));
    for (int i = 0; i < TABLE_FACTORS; i++) say_factors(doc_cell(t->d, r), t, k, table_factors[i]);
    c = doc_cell(t->d, r);
    if (k->when) say(c, ROLE_PLAIN, "if ");
    if (k->when) say_str(c, ROLE_LAW, law_conditions(t->a, t->p, k->when));
    if (x->exponent.balance) say(c, ROLE_QUIET, "balance at ");
    if (x->exponent.balance) say(c, ROLE_LAW, "%s", coef_text(t->a, *x->exponent.balance));
    if (first) say_word(c, t, &x->exponent);
}

static void tell_row(const teller *t, block *b, const table_row *x) {
    int n;
    const table_entry *k = table_entries(t->a, &x->exponent, &n);
    for (int i = 0; i < n; i++) tell_entry(t, b, x, &k[i], i == 0);
}

static void tell_table(const teller *t, const choice_table *k) {
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say_statement(c, &t->p->facts[k->fact]);
    if (k->fixed < 0) {
        say(c, ROLE_DOUBT,
            ": a table shows what moves with one quantity; name just one after "
            "`at fixed`");
        return;
    }
    block *b = doc_table(t->d, t->indent + 2, 5);
    say_title(t, b, k);
    for (int i = 0; i < k->nrows; i++) tell_row(t, b, &k->rows[i]);
}

void tell_tables(const teller *t) {
    const finding *f = t->f;
    if (f->ntables == 0) {
        doc_gap(t->d);
        say(doc_paragraph(t->d, t->indent), ROLE_DOUBT,
            "There is no choice to make a table of. State what is chosen, for what, and what is "
            "fixed meanwhile: `choose N, D to minimize ℓ at fixed C`.");
    } else if (f->verdict == VERDICT_CONTRADICTORY) {
        doc_gap(t->d);
        say(doc_paragraph(t->d, t->indent), ROLE_DOUBT,
            "There is no table: the statements conflict.");
    } else {
        for (int i = 0; i < f->ntables; i++) tell_table(t, &f->tables[i]);
    }
}
