/* Theories side by side, in words. */
#include "render/agreement.h"

#include "base/utf8.h"
#include "render/agreement_words.h"
#include "render/figures.h"
#include "render/teller.h"

/* --- words --- */

const char *pair_word(pair_verdict v) {
    switch (v) {
    case PAIR_AGREES:
        return "agree";
    case PAIR_DISAGREES:
        return "disagree";
    case PAIR_APART:
        return "nothing shared";
    case PAIR_CONTRADICTORY:
        return "contradictory";
    case PAIR_UNKNOWN:
        break;
    }
    return "unknown";
}

static void add_exponent(text *t, coef c) {
    rat r;
    text_puts(t, coef_text(t->arena, c));
    if (coef_rat(c, &r) && is_long_fraction(r)) text_addf(t, " (%s)", three_figures(t->arena, r));
}

static void add_case(text *t, const problem *p, const answer_case *k) {
    str when = law_conditions(t->arena, p, k);
    if (k->nranges)
        text_add(t, ranges_words(t->arena, k->ranges, k->nranges, "e"));
    else
        add_exponent(t, k->value);
    if (when.n == 0) return;
    text_puts(t, " if ");
    text_add(t, when);
}

static void add_vouched(text *t, const answer *x) {
    if (x->vouched)
        text_puts(t, ", on Z3's word");
    else if (x->nconditions)
        text_puts(t, ", relies on Z3");
}

str exponent_words(arena *a, const problem *p, const answer *x) {
    text t = text_new(a);
    switch (x->kind) {
    case ANSWER_EXACT:
        add_exponent(&t, x->value[0]);
        if (x->nranges) text_puts(&t, ", ");
        text_add(&t, ranges_words(a, x->ranges, x->nranges, "e"));
        break;
    case ANSWER_CASES:
        for (int i = 0; i < x->ncases; i++) {
            if (i) text_puts(&t, "; ");
            add_case(&t, p, &x->cases[i]);
        }
        break;
    case ANSWER_RANGE:
        text_add(&t, ranges_words(a, x->ranges, x->nranges, "e"));
        break;
    case ANSWER_UNDETERMINED:
        text_puts(&t, "undetermined");
        break;
    case ANSWER_UNDEFINED:
        text_add(&t, x->goal->base_name[0]);
        text_puts(&t, " does not scale");
        break;
    case ANSWER_VACUOUS:
        text_puts(&t, "contradictory");
        break;
    case ANSWER_UNKNOWN:
        text_addf(&t, "unknown%s%s%s", x->reason ? " (" : "", x->reason ? x->reason : "",
                  x->reason ? ")" : "");
        break;
    }
    add_vouched(&t, x);
    return text_str(&t);
}

str measured_law(arena *a, const measurement *m) {
    const char *e =
        is_decimal(m->exponent) ? number_text(a, m->exponent) : rat_text(a, m->exponent);
    bool bare = rat_is_int(m->exponent) || is_decimal(m->exponent);
    return str_of(formatted(a, bare ? "%.*s ∝ %.*s^%s" : "%.*s ∝ %.*s^(%s)", (int)m->quantity.n,
                            m->quantity.s, (int)m->base.n, m->base.s, e));
}

/* --- the first lines --- */

typedef struct {
    doc *d;
    arena *a;
    const comparison *c;
    int width;
} report;

static int count_pairs(const comparison *c, pair_verdict v) {
    int n = 0;
    for (int i = 0; i < c->npairs; i++) n += c->pairs[i].verdict == v;
    return n;
}

static void say_count(cell *c, role as, int n, const char *one, const char *many,
                      const char **comma) {
    if (n == 0) return;
    say(c, ROLE_PLAIN, "%s", *comma);
    say(c, as, "%d %s", n, n == 1 ? one : many);
    *comma = ", ";
}

static void tell_counts(const report *r) {
    const comparison *c = r->c;
    const char *comma = ": ";
    cell *line = doc_paragraph(r->d, 0);
    say(line, ROLE_STRONG, "%d theor%s", c->ntheories, c->ntheories == 1 ? "y" : "ies");
    if (c->npairs == 0) return;
    say(line, ROLE_PLAIN, ", %d pair%s", c->npairs, c->npairs == 1 ? "" : "s");
    say_count(line, ROLE_GOOD, count_pairs(c, PAIR_AGREES), "agrees", "agree", &comma);
    say_count(line, ROLE_BAD, count_pairs(c, PAIR_DISAGREES), "disagrees", "disagree", &comma);
    say_count(line, ROLE_PLAIN, count_pairs(c, PAIR_APART), "shares nothing", "share nothing",
              &comma);
    say_count(line, ROLE_BAD, count_pairs(c, PAIR_CONTRADICTORY), "has a contradictory theory",
              "have a contradictory theory", &comma);
    say_count(line, ROLE_DOUBT, count_pairs(c, PAIR_UNKNOWN), "is undecided", "are undecided",
              &comma);
}

static void tell_wrong(const report *r) {
    if (!r->c->wrong) return;
    doc_gap(r->d);
    cell *c = doc_paragraph(r->d, 2);
    say(c, ROLE_BAD, "A result did not pass its own check");
    say(c, ROLE_PLAIN,
        " (%s). This is an error in propto, not in the theories; nothing of what it says here "
        "should be relied on. Please report it together with the theories.",
        r->c->wrong);
}

/* --- the matrix --- */

static const pair *pair_of(const comparison *c, int i, int j) {
    int a = i < j ? i : j, b = i < j ? j : i;
    return a == b ? NULL : &c->pairs[a * (2 * c->ntheories - a - 1) / 2 + b - a - 1];
}

static const struct {
    pair_verdict verdict;
    bool vouched; /* of agreement: only the solver found it */
    role role;
    const char *mark, *words;
} marks[] = {
    {PAIR_AGREES, false, ROLE_GOOD, "=", "agree"},
    {PAIR_AGREES, true, ROLE_DOUBT, "~", "agree, on Z3's word"},
    {PAIR_DISAGREES, false, ROLE_BAD, "X", "disagree"},
    {PAIR_APART, false, ROLE_QUIET, ".", "share nothing"},
    {PAIR_CONTRADICTORY, false, ROLE_BAD, "!", "one of them contradicts itself"},
    {PAIR_UNKNOWN, false, ROLE_DOUBT, "?", "undecided"},
};
enum { MARKS = sizeof marks / sizeof *marks };

static bool has_mark(const pair *p, int k) {
    bool vouched = p->verdict == PAIR_AGREES && p->vouched;
    return marks[k].verdict == p->verdict && marks[k].vouched == vouched;
}

static void say_mark(cell *c, const report *r, int i, int j) {
    const pair *p = pair_of(r->c, i, j);
    for (int k = 0; p && k < MARKS; k++)
        if (has_mark(p, k)) say(c, marks[k].role, "%s", marks[k].mark);
    if (p == NULL) say(c, ROLE_QUIET, "-");
}

static int digits_of(int n) {
    return n < 10 ? 1 : n < 100 ? 2 : n < 1000 ? 3 : 4;
}

/* The digit of a number at a place from the left, of as many as the last number has. */
static char digit_at(int number, int digits, int at) {
    for (int i = digits - 1; i > at; i--) number /= 10;
    return (char)(number == 0 ? ' ' : '0' + number % 10);
}

static int widest_name(const comparison *c) {
    int widest = 0;
    for (int i = 0; i < c->ntheories; i++) {
        int width = utf8_width(c->theories[i].name);
        if (width > widest) widest = width;
    }
    return widest;
}

/* Columns of the matrix: theories from .. to, `space` columns for each. */
typedef struct {
    int from, to, space;
} band;

/* The numbers above the columns, upright: a line for each digit. */
static void tell_column_numbers(const report *r, block *b, const band *m) {
    int digits = digits_of(r->c->ntheories);
    for (int line_of = 0; line_of < digits; line_of++) {
        row *line = doc_row(r->d, b);
        say(doc_cell(r->d, line), ROLE_PLAIN, "%s", "");
        say(doc_cell(r->d, line), ROLE_PLAIN, "%s", "");
        cell *c = doc_cell(r->d, line);
        for (int j = m->from; j < m->to; j++)
            say(c, ROLE_QUIET, "%s%c", j > m->from && m->space == 2 ? " " : "",
                digit_at(j + 1, digits, line_of));
    }
}

static void tell_band(const report *r, const band *m) {
    block *b = doc_table(r->d, 2, -1);
    tell_column_numbers(r, b, m);
    for (int i = 0; i < r->c->ntheories; i++) {
        row *line = doc_row(r->d, b);
        say(doc_cell(r->d, line), ROLE_QUIET, "%*d", digits_of(r->c->ntheories), i + 1);
        say_str(doc_cell(r->d, line), ROLE_STRONG, r->c->theories[i].name);
        cell *c = doc_cell(r->d, line);
        for (int j = m->from; j < m->to; j++) {
            if (j > m->from && m->space == 2) say(c, ROLE_PLAIN, " ");
            say_mark(c, r, i, j);
        }
    }
}

static void tell_legend(const report *r) {
    const char *comma = "";
    cell *c = doc_paragraph(r->d, 2);
    for (int k = 0; k < MARKS; k++) {
        int n = 0;
        for (int i = 0; i < r->c->npairs; i++) n += has_mark(&r->c->pairs[i], k);
        if (n == 0) continue;
        say(c, ROLE_PLAIN, "%s", comma);
        say(c, marks[k].role, "%s", marks[k].mark);
        say(c, ROLE_PLAIN, " %s", marks[k].words);
        comma = "; ";
    }
}

enum { LEAST_COLUMNS = 10 };

/* As many columns as fit beside the names, with blanks between them if all fit so. */
static void tell_matrix(const report *r) {
    int n = r->c->ntheories;
    if (n < 2) return;
    int room = r->width - 2 - digits_of(n) - 2 - widest_name(r->c) - 2;
    int space = 2 * n - 1 <= room ? 2 : 1;
    int most = room < LEAST_COLUMNS ? LEAST_COLUMNS : room;
    for (int from = 0; from < n; from += most) {
        band m = {from, n - from > most ? from + most : n, space};
        doc_gap(r->d);
        tell_band(r, &m);
    }
    doc_gap(r->d);
    tell_legend(r);
}

/* --- theories that are not as they should be --- */

static void tell_theories(const report *r) {
    bool first = true;
    for (int i = 0; i < r->c->ntheories; i++) {
        const theory_out *t = &r->c->theories[i];
        bool odd = t->verdict == VERDICT_CONTRADICTORY || t->verdict == VERDICT_UNKNOWN;
        if (!odd) continue;
        if (first) doc_gap(r->d);
        first = false;
        cell *c = doc_paragraph(r->d, 2);
        say_str(c, ROLE_STRONG, t->name);
        bool unknown = t->verdict == VERDICT_UNKNOWN;
        say(c, unknown ? ROLE_DOUBT : ROLE_BAD, unknown ? " is undecided" : " contradicts itself");
        if (t->claimed) say(c, ROLE_PLAIN, ", as claimed");
        if (unknown && t->reason) say(c, ROLE_PLAIN, " (%s)", t->reason);
    }
}

/* --- disagreements --- */

static void say_rests(cell *c, const pair *k) {
    int shown = part_of(k->nrests);
    for (int i = 0; i < shown; i++) {
        if (i) say(c, ROLE_PLAIN, i + 1 < k->nrests ? ", " : " and ");
        say_str(c, ROLE_LAW, k->p->symbols[k->rests[i]].name);
    }
    if (shown < k->nrests) say(c, ROLE_PLAIN, " and %d more", k->nrests - shown);
}

static void say_disagreement(cell *c, const report *r, const pair *k, int number) {
    say(c, ROLE_STRONG, "%d. ", number);
    say_str(c, ROLE_STRONG, r->c->theories[k->a].name);
    say(c, ROLE_PLAIN, " and ");
    say_str(c, ROLE_STRONG, r->c->theories[k->b].name);
    if (k->nrests == 0) {
        say(c, ROLE_PLAIN, " cannot both hold");
        return;
    }
    say(c, ROLE_PLAIN, " can hold together only if ");
    say_rests(c, k);
    say(c, ROLE_PLAIN, k->nrests == 1 ? " does not scale" : " do not scale");
}

/* The symbol of one side that is symbol s of both. */
static int own_symbol(const report *r, const pair *k, int which, int s) {
    const problem *p = r->c->theories[which ? k->b : k->a].p;
    for (int i = 0; i < p->nsymbols; i++)
        if (k->of[which][i] == s) return i;
    return -1;
}

static bool is_in_core(const pair *k, const formula *f, int s) {
    if (f->kind == FORMULA_ATOM) return !coef_is_zero(form_coef(f->lhs, s));
    for (int i = 0; i < f->n; i++)
        if (is_in_core(k, f->kid[i], s)) return true;
    return false;
}

static bool core_speaks_of(const pair *k, int s) {
    for (int i = 0; i < k->core.facts.n; i++)
        if (is_in_core(k, k->p->facts[k->core.facts.v[i]].claim, s)) return true;
    return false;
}

/* "m of liu-gore is w of width-only" */
static void tell_other_names(const report *r, const pair *k) {
    cell *c = NULL;
    for (int i = 0; i < k->nshared; i++) {
        int s = k->shared[i], x = own_symbol(r, k, 0, s), y = own_symbol(r, k, 1, s);
        const theory_out *one = &r->c->theories[k->a], *other = &r->c->theories[k->b];
        str name = one->p->symbols[x].name, theirs = other->p->symbols[y].name;
        if (str_eq(name, theirs) || !core_speaks_of(k, s)) continue;
        if (c == NULL)
            c = doc_paragraph(r->d, 4);
        else
            say(c, ROLE_PLAIN, "; ");
        say_str(c, ROLE_LAW, name);
        say(c, ROLE_PLAIN, " of ");
        say_str(c, ROLE_PLAIN, one->name);
        say(c, ROLE_PLAIN, " is ");
        say_str(c, ROLE_LAW, theirs);
        say(c, ROLE_PLAIN, " of ");
        say_str(c, ROLE_PLAIN, other->name);
    }
}

static void tell_statements(const teller *t, const core *k) {
    block *b = doc_table(t->d, t->indent, 2);
    for (int i = 0; i < k->facts.n; i++) {
        const fact *one = &t->p->facts[k->facts.v[i]];
        row *line = doc_row(t->d, b);
        say_str(doc_cell(t->d, line), ROLE_LABEL, one->label);
        say_str(doc_cell(t->d, line), ROLE_LAW, one->law);
        say_note(doc_cell(t->d, line), ROLE_PLAIN, one->note, one->cite);
    }
}

/* What a choice comes to is a statement of its theory as a whole. */
static void tell_choices(const report *r, const pair *k) {
    for (int i = 0; i < k->core.facts.n; i++) {
        int used = k->core.facts.v[i];
        bool first = used < k->nfirst;
        const theory_out *t = &r->c->theories[first ? k->a : k->b];
        if (!t->p->facts[first ? used : used - k->nfirst].choice) continue;
        cell *c = doc_paragraph(r->d, 4);
        say_str(c, ROLE_LABEL, k->p->facts[used].label);
        say(c, ROLE_PLAIN, " stands for the choice that all statements of ");
        say_str(c, ROLE_PLAIN, t->name);
        say(c, ROLE_PLAIN, " lead to");
    }
}

static const answer *answer_of(const exponent_row *e, int theory) {
    for (int i = 0; i < e->nanswers; i++)
        if (e->answers[i].theory == theory) return &e->answers[i].answer;
    return NULL;
}

/* "N ∝ C^?: 210/307 (0.684) in kaplan, 14/31 (0.452) in hoffmann-fitted" */
static void tell_exponents_apart(const report *r, const pair *k) {
    enum { MOST = 3 };
    int told_rows = 0;
    block *b = doc_table(r->d, 4, 1);
    for (int i = 0; i < r->c->nrows && told_rows < MOST; i++) {
        const exponent_row *e = &r->c->rows[i];
        const answer *x = answer_of(e, k->a), *y = answer_of(e, k->b);
        if (!x || !y || !answers_differ(x, y)) continue;
        const theory_out *one = &r->c->theories[k->a], *other = &r->c->theories[k->b];
        row *line = doc_row(r->d, b);
        say_str(doc_cell(r->d, line), ROLE_LAW, e->goal->law);
        cell *c = doc_cell(r->d, line);
        say_str(c, ROLE_LAW, exponent_words(r->a, one->p, x));
        say(c, ROLE_PLAIN, " in %s, ", str_z(r->a, one->name));
        say_str(c, ROLE_LAW, exponent_words(r->a, other->p, y));
        say(c, ROLE_PLAIN, " in %s", str_z(r->a, other->name));
        told_rows++;
    }
}

static void tell_why(const teller *t, const derivation *why) {
    if (why == NULL || !law_is_chain(t->p, NULL, &why->target)) return;
    doc_gap(t->d);
    block *b = doc_table(t->d, t->indent + 2, -1);
    tell_chain(t, b, NULL, &why->target);
    if (why->two) tell_chain(t, b, NULL, &why->base);
}

static void tell_disagreement(const report *r, const pair *k, int number) {
    told said = {false, false, false};
    finding f = {.p = k->p};
    teller t = teller_of(r->d, &f, "", TELL_CHECK, &said);
    t.indent = 4;
    doc_gap(r->d);
    cell *c = doc_paragraph(r->d, 2);
    say_disagreement(c, r, k, number);
    say_vouched(c, &t, k->vouched, k->condition, k->nconditions);
    say(c, ROLE_PLAIN, k->reduced ? ":" : "; perhaps fewer statements than these conflict:");
    tell_exponents_apart(r, k);
    doc_gap(r->d);
    tell_statements(&t, &k->core);
    tell_choices(r, k);
    tell_other_names(r, k);
    tell_conflict(&t, &k->core);
    tell_why(&t, k->why);
}

static void tell_disagreements(const report *r) {
    int number = 0;
    for (int i = 0; i < r->c->npairs; i++)
        if (r->c->pairs[i].verdict == PAIR_DISAGREES)
            tell_disagreement(r, &r->c->pairs[i], ++number);
}

static void tell_undecided(const report *r) {
    bool first = true;
    for (int i = 0; i < r->c->npairs; i++) {
        const pair *k = &r->c->pairs[i];
        if (k->verdict != PAIR_UNKNOWN) continue;
        if (first) doc_gap(r->d);
        first = false;
        cell *c = doc_paragraph(r->d, 2);
        say_str(c, ROLE_STRONG, r->c->theories[k->a].name);
        say(c, ROLE_PLAIN, " and ");
        say_str(c, ROLE_STRONG, r->c->theories[k->b].name);
        say(c, ROLE_DOUBT, ": undecided");
        if (k->reason) say(c, ROLE_PLAIN, " (%s)", k->reason);
    }
}

/* --- exponents --- */

static bool has_letters(const answer *x) {
    bool some = x->kind == ANSWER_CASES || (x->nvalue && coef_field(x->value[0]));
    for (int i = 0; i < x->nranges; i++)
        some = some || coef_field(x->ranges[i].low) || coef_field(x->ranges[i].high);
    return some;
}

/* The same words mean the same where no letters are in them. */
static bool is_same(const exponent_row *e, const str *words, int i, int j) {
    return i == j || (str_eq(words[i], words[j]) && !has_letters(&e->answers[i].answer));
}

/* What stands before "; ", which parts cases; the rest comes after it. */
static str first_case(str *rest) {
    for (size_t i = 0; i + 1 < rest->n; i++) {
        if (rest->s[i] != ';' || rest->s[i + 1] != ' ') continue;
        str first = {rest->s, i};
        *rest = (str){rest->s + i + 2, rest->n - i - 2};
        return first;
    }
    str all = *rest;
    *rest = (str){NULL, 0};
    return all;
}

static void say_theories(cell *c, const report *r, const exponent_row *e, const str *words,
                         bool *done, int first) {
    const char *comma = "";
    for (int i = first; i < e->nanswers; i++) {
        if (!is_same(e, words, first, i)) continue;
        done[i] = true;
        say(c, ROLE_PLAIN, "%s", comma);
        say_str(c, ROLE_PLAIN, r->c->theories[e->answers[i].theory].name);
        comma = ", ";
    }
}

/* The answer of theory `first`, and all that give it; a line for each case. */
static void tell_answer(const report *r, block *b, const exponent_row *e, const str *words,
                        bool *done, int first) {
    str rest = words[first];
    row *line = doc_row(r->d, b);
    say_str(doc_cell(r->d, line), ROLE_LAW, first_case(&rest));
    say_theories(doc_cell(r->d, line), r, e, words, done, first);
    while (rest.n) {
        line = doc_row(r->d, b);
        say_str(doc_cell(r->d, line), ROLE_LAW, first_case(&rest));
        say(doc_cell(r->d, line), ROLE_PLAIN, "%s", "");
    }
}

static void tell_row(const report *r, const exponent_row *e) {
    str *words = NEW_ARRAY(r->a, str, e->nanswers);
    bool *done = NEW_ARRAY(r->a, bool, e->nanswers);
    for (int i = 0; i < e->nanswers; i++)
        words[i] =
            exponent_words(r->a, r->c->theories[e->answers[i].theory].p, &e->answers[i].answer);
    doc_gap(r->d);
    cell *c = doc_paragraph(r->d, 2);
    say_str(c, ROLE_LAW, e->goal->law);
    if (e->differ) say(c, ROLE_BAD, "  they differ");
    block *b = doc_table(r->d, 4, 1);
    for (int i = 0; i < e->nanswers; i++)
        if (!done[i]) tell_answer(r, b, e, words, done, i);
}

static void tell_table(const report *r) {
    int answers = 0;
    for (int i = 0; i < r->c->nrows; i++) answers += r->c->rows[i].nanswers;
    if (answers == 0) return;
    doc_gap(r->d);
    say(doc_paragraph(r->d, 2), ROLE_PLAIN,
        "The exponents that they give; letters are each theory's own:");
    for (int i = 0; i < r->c->nrows; i++)
        if (r->c->rows[i].nanswers) tell_row(r, &r->c->rows[i]);
}

/* --- measured exponents --- */

static void say_number_gap(cell *c, const report *r, const gap *g) {
    int sign = rat_sgn(g->difference);
    if (sign == 0) {
        say(c, ROLE_GOOD, "as measured");
        return;
    }
    rat size = g->has_errors ? g->errors : g->difference;
    if (rat_sgn(size) < 0) size = rat_neg(r->a, size);
    bool far = g->has_errors && rat_cmp(RAT_ONE, size) < 0;
    const char *side = sign > 0 ? "more" : "less";
    if (g->has_errors)
        say(c, far ? ROLE_BAD : ROLE_GOOD, "%s stated error%s %s", three_figures(r->a, size),
            rat_is_one(size) ? "" : "s", side);
    else
        say(c, ROLE_PLAIN, "%s %s", three_figures(r->a, size), side);
}

static void say_gap(cell *c, const report *r, const gap *g) {
    switch (g->kind) {
    case GAP_NUMBER:
        say_number_gap(c, r, g);
        return;
    case GAP_REACHED:
        say(c, ROLE_GOOD, "can be as measured");
        return;
    case GAP_MISSED:
        say(c, ROLE_BAD, "cannot be as measured");
        return;
    case GAP_UNKNOWN:
        say(c, ROLE_DOUBT, "not comparable");
        return;
    }
}

static const char *end_text(const report *r, rat x) {
    return is_decimal(x) ? number_text(r->a, x) : rat_text(r->a, x);
}

static void say_measurement(cell *c, const report *r, const measurement *m) {
    say_str(c, ROLE_LAW, measured_law(r->a, m));
    say(c, ROLE_PLAIN, " measured");
    if (m->has_low && m->has_high)
        say(c, ROLE_PLAIN, ", %s to %s", end_text(r, m->low), end_text(r, m->high));
    else if (m->has_low)
        say(c, ROLE_PLAIN, ", %s or more", end_text(r, m->low));
    else if (m->has_high)
        say(c, ROLE_PLAIN, ", %s or less", end_text(r, m->high));
    if (m->source.n == 0) return;
    say(c, ROLE_QUIET, " [");
    say_str(c, ROLE_QUIET, m->source);
    say(c, ROLE_QUIET, "]");
}

static void tell_measurement(const report *r, const measured_row *m) {
    const exponent_row *e = &r->c->rows[m->row];
    doc_gap(r->d);
    say_measurement(doc_paragraph(r->d, 2), r, m->m);
    block *b = doc_table(r->d, 4, 1);
    for (int i = 0; i < e->nanswers; i++) {
        const theory_out *t = &r->c->theories[e->answers[i].theory];
        row *line = doc_row(r->d, b);
        say_str(doc_cell(r->d, line), ROLE_PLAIN, t->name);
        say_str(doc_cell(r->d, line), ROLE_LAW, exponent_words(r->a, t->p, &e->answers[i].answer));
        say_gap(doc_cell(r->d, line), r, &m->gaps[i]);
    }
}

/* --- the whole --- */

void narrate_agreement(doc *d, const comparison *c, const agreement_options *o) {
    report r = {d, d->arena, c, o->width};
    tell_counts(&r);
    tell_wrong(&r);
    if (o->quiet) return;
    tell_matrix(&r);
    tell_theories(&r);
    tell_disagreements(&r);
    tell_undecided(&r);
    tell_table(&r);
    for (int i = 0; i < c->nmeasured; i++)
        if (c->measured[i].row >= 0) tell_measurement(&r, &c->measured[i]);
}
