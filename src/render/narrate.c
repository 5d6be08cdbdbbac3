#include "render/narrate.h"
#include <math.h>
#include "base/utf8.h"
#include "render/figures.h"
#include "render/law.h"

/* What every sentence needs. */
typedef struct {
    doc *d;
    arena *a;
    const finding *f;
    const problem *p;
    const char *file;
    telling what;
    int indent;
    const char *letter; /* for an exponent that is not known */
} teller;

/* --- small words --- */

static const char *verdict_word(verdict v) {
    switch (v) {
    case VERDICT_CONSISTENT:
        return "consistent";
    case VERDICT_CONTRADICTORY:
        return "contradictory";
    case VERDICT_TRIVIAL:
        return "trivial";
    case VERDICT_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

static role verdict_role(const finding *f) {
    if (f->wrong) return ROLE_BAD;
    if (f->as_claimed || f->verdict == VERDICT_CONSISTENT) return ROLE_GOOD;
    return f->verdict == VERDICT_UNKNOWN ? ROLE_DOUBT : ROLE_BAD;
}

static void say_verdict(cell *c, const finding *f) {
    say(c, verdict_role(f), "%s", verdict_word(f->verdict));
    if (f->as_claimed) say(c, verdict_role(f), ", as claimed");
    if (f->verdict == VERDICT_UNKNOWN && f->reason) say(c, ROLE_PLAIN, " (%s)", f->reason);
}

static void say_labels(cell *c, const problem *p, factset s) {
    for (int i = 0; i < s.n; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LABEL, p->facts[s.v[i]].label);
    }
}

/* " from A1, A2", with the suppositions where they matter. */
static void say_support(cell *c, const teller *t, const char *from, factset s, factset when) {
    if (s.n + when.n == 0) {
        say(c, ROLE_PLAIN, "holds by itself");
        return;
    }
    say(c, ROLE_PLAIN, "%s ", from);
    say_labels(c, t->p, s);
    if (when.n) say(c, ROLE_PLAIN, s.n ? " and what is supposed" : "what is supposed");
}

/* --- the first lines --- */

static void tell_verdict(const teller *t) {
    cell *c = doc_line(t->d, 0);
    say(c, ROLE_STRONG, "%s", t->file);
    say(c, ROLE_PLAIN, ": ");
    say_verdict(c, t->f);
}

static void tell_wrong(const teller *t) {
    if (!t->f->wrong) return;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say(c, ROLE_BAD, "A result did not pass its own check");
    if (t->f->reason) say(c, ROLE_PLAIN, " (%s)", t->f->reason);
    say(c, ROLE_PLAIN,
        ". This is an error in propto, not in the theory; nothing of what it says "
        "here should be relied on. Please report it together with the theory.");
}

static const char *levels_words(verdict equations, verdict all) {
    static const char *const words[4][4] = {
        [VERDICT_CONSISTENT] =
            {[VERDICT_CONTRADICTORY] = "The equations alone are consistent; together with what is "
                                       "said of growth they conflict.",
             [VERDICT_TRIVIAL] = "The equations alone are consistent; together with what is said "
                                 "of growth they hold only if nothing scales.",
             [VERDICT_UNKNOWN] = "The equations alone are consistent."},
        [VERDICT_TRIVIAL] = {[VERDICT_CONTRADICTORY] =
                                 "The equations alone can hold only if nothing scales; "
                                 "together with what is said of growth they conflict.",
                             [VERDICT_CONSISTENT] = NULL,
                             [VERDICT_UNKNOWN] =
                                 "The equations alone can hold only if nothing scales."},
        [VERDICT_UNKNOWN] = {[VERDICT_CONTRADICTORY] = "Whether the equations alone can hold is "
                                                       "undecided."},
    };
    return equations == all ? NULL : words[equations][all];
}

static void tell_levels(const teller *t) {
    const char *words = levels_words(t->f->equations, t->f->growth);
    if (words == NULL) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN, "%s", words);
}

/* --- answers --- */

/* A letter for an exponent that no symbol of the theory has. */
static const char *free_letter(const problem *p) {
    static const char *const letters[] = {"e", "x", "y", "z", "u", "v", "k", "n", "m", "a"};
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
        bool taken = false;
        for (int j = 0; j < p->nsymbols && !taken; j++)
            taken = str_eq(p->symbols[j].name, str_of(letters[i]));
        if (!taken) return letters[i];
    }
    return "exponent";
}

static const char *low_text(arena *a, const interval *r) {
    return r->low_infinite ? "" : rat_text(a, r->low);
}

static const char *interval_words(arena *a, const interval *r, const char *e) {
    const char *high = r->high_infinite ? "" : rat_text(a, r->high);
    if (r->low_infinite && r->high_infinite) return formatted(a, "any %s", e);
    if (r->low_infinite) return formatted(a, "%s %s %s", e, r->high_open ? "<" : "≤", high);
    if (r->high_infinite)
        return formatted(a, "%s %s %s", e, r->low_open ? ">" : "≥", low_text(a, r));
    if (rat_eq(r->low, r->high)) return formatted(a, "%s = %s", e, low_text(a, r));
    return formatted(a, "%s %s %s %s %s", low_text(a, r), r->low_open ? "<" : "≤", e,
                     r->high_open ? "<" : "≤", high);
}

/* "-1/2 ≤ e < 0", "e = -1 or e = 1" */
static str ranges_words(arena *a, const answer *w, const char *e) {
    text t = text_new(a);
    for (int i = 0; i < w->nranges; i++) {
        if (i) text_puts(&t, " or ");
        text_puts(&t, interval_words(a, &w->ranges[i], e));
    }
    return text_str(&t);
}

/* The law of an answer, or the question where there is no one law. */
static void say_law(cell *c, const teller *t, const answer *w) {
    if (law_is_known(w)) {
        say_str(c, ROLE_LAW, law_answer(t->a, w));
    } else if (w->kind == ANSWER_RANGE) {
        say_str(c, ROLE_LAW, law_unknown(t->a, w->goal, t->letter));
        say(c, ROLE_PLAIN, " with ");
        say_str(c, ROLE_LAW, ranges_words(t->a, w, t->letter));
    } else {
        say_str(c, ROLE_LAW, w->goal->law);
    }
}

static void say_bases(cell *c, const goal *g) {
    for (int i = 0; i < g->nbase; i++) {
        if (i) say(c, ROLE_PLAIN, i + 1 < g->nbase ? ", " : " and ");
        say_str(c, ROLE_LAW, g->base_name[i]);
    }
}

/* A relation of which less is known than one law says. */
static void say_relation(cell *c, const teller *t, const answer *w) {
    if (w->kind == ANSWER_EXACT && w->signs == (SIGN_NEG | SIGN_POS)) {
        say(c, ROLE_PLAIN, "≪ or ≫, but not ∝: ");
        say_support(c, t, "from", w->support, w->when_used);
    } else if (law_asks_growth(w->goal)) {
        say(c, ROLE_PLAIN, "undetermined: it may grow, shrink or stay fixed");
    } else {
        say(c, ROLE_PLAIN, "undetermined: ≪, ∝ and ≫ are all possible");
    }
}

static void say_undetermined(cell *c, const teller *t, const answer *w) {
    if (w->ndependence == 0) {
        say(c, ROLE_PLAIN, "undetermined: any exponent is possible");
        return;
    }
    say(c, ROLE_PLAIN, "not unique, since the bases depend on each other: ");
    for (int i = 0; i < w->ndependence; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LAW, law_claim(t->a, t->p, w->dependence[i], REL_EQ, false));
    }
}

static bool is_open_relation(const answer *w) {
    bool answered = w->kind == ANSWER_EXACT || w->kind == ANSWER_UNDETERMINED;
    return w->goal->kind == GOAL_RELATION && answered && !law_is_known(w);
}

/* What there is to say instead of a law, or of where it comes from. */
static void say_kind(cell *c, const teller *t, const answer *w) {
    if (is_open_relation(w)) {
        say_relation(c, t, w);
        return;
    }
    switch (w->kind) {
    case ANSWER_EXACT:
        say_support(c, t, "from", w->support, w->when_used);
        break;
    case ANSWER_RANGE:
        say(c, ROLE_PLAIN, "each of these is possible");
        break;
    case ANSWER_UNDETERMINED:
        say_undetermined(c, t, w);
        break;
    case ANSWER_UNDEFINED:
        say(c, ROLE_PLAIN, "undefined: ");
        say_bases(c, w->goal);
        say(c, ROLE_PLAIN, w->goal->nbase == 1 ? " does not scale" : " do not scale");
        break;
    case ANSWER_VACUOUS:
        say(c, ROLE_PLAIN,
            w->goal->nwhen ? "no answer: what is supposed cannot hold"
                           : "no answer: the statements conflict");
        break;
    case ANSWER_UNKNOWN:
        say(c, ROLE_DOUBT, "unknown%s%s", w->reason ? ": " : "", w->reason ? w->reason : "");
        break;
    }
}

enum { LARGEST_READING = 300 };

/* "2 × N_p multiplies ℓ by 0.794; 10 × by 0.464" */
static void say_reading(cell *c, const teller *t, const goal *g, int hole, rat e) {
    str base = g->base_name[hole], left = g->left;
    double power = rat_double(e);
    if (rat_is_zero(e)) {
        say(c, ROLE_QUIET, "%.*s does not change %.*s", (int)base.n, base.s, (int)left.n, left.s);
        return;
    }
    if (rat_bits(e) > 4)
        say(c, ROLE_QUIET, "the exponent is about %s; ",
            formatted(t->a, "%s%s", power < 0 ? "-" : "", factor_text(t->a, log10(fabs(power)))));
    say(c, ROLE_QUIET, "2 × %.*s multiplies %.*s by %s; 10 × by %s", (int)base.n, base.s,
        (int)left.n, left.s, factor_text(t->a, power * log10(2)), factor_text(t->a, power));
}

static bool has_reading(const answer *w, int hole, rat *e) {
    return coef_rat(w->value[hole], e) && fabs(rat_double(*e)) <= LARGEST_READING &&
           (rat_is_zero(*e) || fabs(rat_double(*e)) > 1e-9);
}

static cell *note_cell(const teller *t, block *b) {
    row *r = doc_row(t->d, b);
    doc_cell(t->d, r);
    return doc_cell(t->d, r);
}

static void tell_readings(const teller *t, block *b, const answer *w) {
    rat e;
    if (w->kind == ANSWER_EXACT && w->goal->kind == GOAL_EXPONENT)
        for (int i = 0; i < w->nvalue; i++)
            if (has_reading(w, i, &e)) say_reading(note_cell(t, b), t, w->goal, i, e);
    if (!w->base_may_rest) return;
    cell *c = note_cell(t, b);
    say(c, ROLE_QUIET, "solutions in which ");
    say_bases(c, w->goal);
    say(c, ROLE_QUIET,
        w->goal->nbase == 1 ? " does not scale are left out" : " do not scale are left out");
}

enum { WIDE_LAW = 36 }; /* columns, beyond which a law has a line of its own */

static bool is_wide(const cell *c) {
    int width = 0;
    for (size_t i = 0; i < c->runs.n; i++) width += utf8_width(c->runs.v[i].s);
    return width > WIDE_LAW;
}

static void tell_answer(const teller *t, block *b, const answer *w, bool readings) {
    row *r = doc_row(t->d, b);
    cell *law = doc_cell(t->d, r);
    say_law(law, t, w);
    say_kind(is_wide(law) ? note_cell(t, b) : doc_cell(t->d, r), t, w);
    if (readings) tell_readings(t, b, w);
}

/* In a theory that conflicts the repairs hold the answers. */
static bool worth_telling(const teller *t, const answer *w) {
    return !(w->kind == ANSWER_VACUOUS && t->f->verdict == VERDICT_CONTRADICTORY &&
             t->f->nrepairs > 0);
}

static void tell_answers(const teller *t) {
    block *b = NULL;
    for (int i = 0; i < t->f->nanswers; i++) {
        if (!worth_telling(t, &t->f->answers[i])) continue;
        if (b == NULL) {
            doc_gap(t->d);
            b = doc_table(t->d, t->indent, 1);
        }
        tell_answer(t, b, &t->f->answers[i], true);
    }
}

/* --- conclusions --- */

static void say_mark(cell *c, conclusion_verdict v) {
    switch (v) {
    case CONCLUSION_PROVED:
        say(c, ROLE_GOOD, "✓ ");
        break;
    case CONCLUSION_REFUTED:
        say(c, ROLE_BAD, "✗ ");
        break;
    case CONCLUSION_OPEN:
        say(c, ROLE_DOUBT, "? ");
        break;
    case CONCLUSION_VACUOUS:
    case CONCLUSION_UNKNOWN:
        say(c, ROLE_DOUBT, "- ");
        break;
    }
}

static void say_conclusion(cell *c, const teller *t, const conclusion *k) {
    bool of_theory = k->goal->kind != GOAL_CONCLUSION;
    switch (k->verdict) {
    case CONCLUSION_PROVED:
        say(c, ROLE_GOOD, "proved");
        if (!of_theory) say_support(c, t, " from", k->support, k->when_used);
        break;
    case CONCLUSION_REFUTED:
        say(c, ROLE_BAD, "refuted");
        if (!of_theory) say_support(c, t, " by", k->support, k->when_used);
        break;
    case CONCLUSION_OPEN:
        say(c, ROLE_DOUBT, "open: it does not follow, and may hold");
        break;
    case CONCLUSION_VACUOUS:
        say(c, ROLE_DOUBT,
            k->goal->nwhen ? "vacuous: what is supposed cannot hold"
                           : "vacuous: the statements conflict");
        break;
    case CONCLUSION_UNKNOWN:
        say(c, ROLE_DOUBT, "unknown%s%s", k->reason ? ": " : "", k->reason ? k->reason : "");
        break;
    }
}

enum { EXPONENTS_SHOWN = 12 };

/* "w 1, L 0, N 1": a solution as exponents. */
static void say_solution(cell *c, const teller *t, const char *lead, const witness *w) {
    int n = w->n < t->p->nsymbols ? w->n : t->p->nsymbols;
    say(c, ROLE_QUIET, "%s ", lead);
    for (int i = 0; i < n && i < EXPONENTS_SHOWN; i++) {
        say(c, ROLE_QUIET, "%s", i ? ", " : "");
        say_str(c, ROLE_LAW, t->p->symbols[i].name);
        say(c, ROLE_LAW, " %s", coef_text(t->a, w->x[i]));
    }
    if (n > EXPONENTS_SHOWN) say(c, ROLE_QUIET, ", and %d more", n - EXPONENTS_SHOWN);
}

static void tell_conclusion(const teller *t, block *b, const conclusion *k) {
    row *r = doc_row(t->d, b);
    cell *c = doc_cell(t->d, r);
    say_mark(c, k->verdict);
    say_str(c, ROLE_LAW, k->goal->law);
    say_conclusion(doc_cell(t->d, r), t, k);
    if (k->goal->line) say(doc_cell(t->d, r), ROLE_QUIET, "line %d", k->goal->line);
    if (k->verdict != CONCLUSION_OPEN) return;
    if (k->yes.n) say_solution(note_cell(t, b), t, "holds with exponents", &k->yes);
    if (k->no.n) say_solution(note_cell(t, b), t, "fails with exponents", &k->no);
}

/* The verdict says it already. */
static bool is_told(const conclusion *k) {
    return k->goal->kind != GOAL_CONCLUSION && k->goal->nwhen == 0 &&
           k->verdict == CONCLUSION_PROVED;
}

static void tell_conclusions(const teller *t, bool gap) {
    block *b = NULL;
    for (int i = 0; i < t->f->nconclusions; i++) {
        if (is_told(&t->f->conclusions[i])) continue;
        if (b == NULL) {
            if (gap) doc_gap(t->d);
            b = doc_table(t->d, t->indent, 1);
        }
        tell_conclusion(t, b, &t->f->conclusions[i]);
    }
}

/* --- statements --- */

static bool is_elsewhere(const teller *t, const fact *k) {
    return k->at.src && strcmp(k->at.src->name, t->file) != 0;
}

static const char *without_directory(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void say_line(cell *c, const teller *t, const fact *k) {
    if (is_elsewhere(t, k))
        say(c, ROLE_QUIET, "%s:%d", without_directory(k->at.src->name), k->line);
    else if (k->line)
        say(c, ROLE_QUIET, "line %d", k->line);
}

static void tell_statement(const teller *t, block *b, const fact *k) {
    row *r = doc_row(t->d, b);
    say_str(doc_cell(t->d, r), ROLE_LABEL, k->label);
    cell *c = doc_cell(t->d, r);
    if (k->hard) say(c, ROLE_QUIET, "given ");
    say_str(c, ROLE_LAW, k->law);
    c = doc_cell(t->d, r);
    say_str(c, ROLE_PLAIN, k->note);
    if (k->cite.n) say(c, ROLE_QUIET, k->note.n ? " [" : "[");
    say_str(c, ROLE_QUIET, k->cite);
    if (k->cite.n) say(c, ROLE_QUIET, "]");
    say_line(doc_cell(t->d, r), t, k);
}

/* Statements that are `given` are in no core, but its story may use them. */
static void mark_given(const teller *t, const chain *k, bool *marked) {
    for (int i = 0; i < k->n; i++) {
        int used = k->steps[i].fact;
        if (used < t->p->nfacts && t->p->facts[used].hard) marked[used] = true;
    }
}

static void tell_statements(const teller *t, const core *k) {
    block *b = doc_table(t->d, t->indent, 2);
    bool *marked = NEW_ARRAY(t->a, bool, t->p->nfacts);
    for (int i = 0; i < k->facts.n; i++) marked[k->facts.v[i]] = true;
    mark_given(t, &k->why.one, marked);
    mark_given(t, &k->why.other, marked);
    for (int i = 0; i < t->p->nfacts; i++)
        if (marked[i]) tell_statement(t, b, &t->p->facts[i]);
}

/* --- chains of laws --- */

static const char *step_sign(const teller *t, const goal *g, const step *s) {
    const formula *atom = law_step_atom(t->p, g, s);
    return law_sign(atom ? atom->rel : s->r, s->geq);
}

/* Powers other than 1 and -1, which read by themselves. */
static void say_power(cell *c, const teller *t, coef power) {
    if (coef_sgn(power) < 0) power = coef_neg(t->a, power);
    if (!coef_is_one(power)) say(c, ROLE_QUIET, ", to the power %s", coef_text(t->a, power));
}

static void say_reason(cell *c, const teller *t, const goal *g, const step *s, str line) {
    str law = law_step(t->a, t->p, g, s);
    say(c, ROLE_QUIET, "by ");
    say_str(c, ROLE_LABEL, law_step_label(t->p, g, s));
    if (law.n == 0 || str_eq(law, line)) return;
    say(c, ROLE_QUIET, ": ");
    say_str(c, ROLE_LAW, law);
    say_power(c, t, s->power);
}

static str beside(arena *a, str left, const char *sign, str right) {
    return str_of(formatted(a, "%.*s %s %.*s", (int)left.n, left.s, sign, (int)right.n, right.s));
}

/* One law a line, with its reason. */
static void tell_chain(const teller *t, block *b, const goal *g, const chain *k) {
    str start = law_product(t->a, t->p, k->start);
    for (int i = 0; i < k->n; i++) {
        const step *s = &k->steps[i];
        str after = law_product(t->a, t->p, s->after);
        row *r = doc_row(t->d, b);
        cell *c = doc_cell(t->d, r);
        say_str(c, i ? ROLE_BLANK : ROLE_LAW, start);
        say(c, ROLE_LAW, " %s %.*s", step_sign(t, g, s), (int)after.n, after.s);
        str line = beside(t->a, start, step_sign(t, g, s), after);
        say_reason(doc_cell(t->d, r), t, g, s, i ? STR("") : line);
    }
}

/* w ∝ N ∝ w L */
static str chain_line(const teller *t, const chain *k) {
    text s = text_new(t->a);
    text_add(&s, law_product(t->a, t->p, k->start));
    for (int i = 0; i < k->n; i++) {
        text_addf(&s, " %s ", step_sign(t, NULL, &k->steps[i]));
        text_add(&s, law_product(t->a, t->p, k->steps[i].after));
    }
    return text_str(&s);
}

static void say_chain_labels(cell *c, const teller *t, const chain *k) {
    say(c, ROLE_PLAIN, "by ");
    for (int i = 0; i < k->n; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LABEL, law_step_label(t->p, NULL, &k->steps[i]));
    }
}

/* "grows", "is fixed": what f rel 0 says of the one symbol in f. */
static const char *growth_words(coef c, rel r, bool geq) {
    bool up = (coef_sgn(c) > 0) == geq;
    switch (r) {
    case REL_EQ:
        return "is fixed";
    case REL_LT:
        return up ? "grows" : "shrinks";
    case REL_LE:
        return up ? "does not shrink" : "does not grow";
    }
    return "";
}

static void say_claim(cell *c, const teller *t, form f, rel r, bool geq) {
    say(c, ROLE_PLAIN, "so ");
    say_str(c, ROLE_LAW, law_claim(t->a, t->p, f, r, geq));
    if (f.n != 1) return;
    str name = t->p->symbols[f.t[0].sym].name;
    say(c, ROLE_PLAIN, ": ");
    say_str(c, ROLE_LAW, name);
    say(c, ROLE_PLAIN, " %s", growth_words(f.t[0].c, r, geq));
}

enum { SHORT_CHAIN = 4 };

static void tell_side(const teller *t, block *b, const chain *k, const story *y, bool other) {
    if (k->n == 0) return;
    row *r = doc_row(t->d, b);
    say_str(doc_cell(t->d, r), ROLE_LAW, chain_line(t, k));
    say_chain_labels(doc_cell(t->d, r), t, k);
    say_claim(doc_cell(t->d, r), t, y->claim, other ? y->other_rel : y->one_rel,
              other ? y->other_geq : y->one_geq);
}

/* A long side has a line for each law. */
static void tell_long_side(const teller *t, const chain *k, const story *y, bool other) {
    if (k->n == 0) return;
    block *b = doc_table(t->d, t->indent + 2, -1);
    tell_chain(t, b, NULL, k);
    say_claim(doc_line(t->d, t->indent + 2), t, y->claim, other ? y->other_rel : y->one_rel,
              other ? y->other_geq : y->one_geq);
}

static void tell_story(const teller *t, const core *k) {
    const story *y = &k->why;
    doc_gap(t->d);
    if (!y->told) {
        say(doc_paragraph(t->d, t->indent), ROLE_PLAIN,
            k->needs_scale ? "Together they leave no exponent but zero."
                           : "The conflict runs through cases, so it is not one chain of laws.");
    } else if (y->one.n > SHORT_CHAIN || y->other.n > SHORT_CHAIN) {
        tell_long_side(t, &y->one, y, false);
        doc_gap(t->d);
        tell_long_side(t, &y->other, y, true);
    } else {
        block *b = doc_table(t->d, t->indent + 2, 2);
        tell_side(t, b, &y->one, y, false);
        tell_side(t, b, &y->other, y, true);
    }
}

/* --- cores and repairs --- */

static bool uses_given(const teller *t, const chain *k) {
    for (int i = 0; i < k->n; i++) {
        int used = k->steps[i].fact;
        if (used < t->p->nfacts && t->p->facts[used].hard) return true;
    }
    return false;
}

static void say_core(cell *c, const teller *t, const core *k) {
    bool given = uses_given(t, &k->why.one) || uses_given(t, &k->why.other);
    if (k->facts.n == 0) {
        say(c, ROLE_PLAIN, "Statements that are `given` conflict: there is none to give up.");
        return;
    }
    say(c, ROLE_PLAIN,
        k->needs_scale ? "These can hold together only if nothing scales; "
                       : "These cannot all hold; ");
    say(c, ROLE_PLAIN, given ? "without any one that is not given " : "without any one of them ");
    say(c, ROLE_PLAIN, k->needs_scale ? "something can:" : "the others can:");
}

static void tell_core(const teller *t, const core *k, int number) {
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    if (number) say(c, ROLE_STRONG, "Conflict %d. ", number);
    say_core(c, t, k);
    doc_gap(t->d);
    tell_statements(t, k);
    tell_story(t, k);
}

/* In how many of the cores each statement is. */
static int *count_in_cores(const teller *t) {
    int *count = NEW_ARRAY(t->a, int, t->p->nfacts);
    for (int i = 0; i < t->f->ncores; i++)
        for (int j = 0; j < t->f->cores[i].facts.n; j++) count[t->f->cores[i].facts.v[j]]++;
    return count;
}

static void tell_shared(const teller *t, const int *count, bool every) {
    cell *c = NULL;
    for (int i = 0; i < t->p->nfacts; i++) {
        if (count[i] == 0 || (count[i] == t->f->ncores) != every) continue;
        bool first = c == NULL;
        if (first) c = doc_paragraph(t->d, t->indent);
        say(c, ROLE_PLAIN, !first ? ", " : every ? "In every conflict: " : "In some conflicts: ");
        say_str(c, ROLE_LABEL, t->p->facts[i].label);
    }
}

static void tell_cores(const teller *t) {
    const finding *f = t->f;
    for (int i = 0; i < f->ncores; i++) tell_core(t, &f->cores[i], f->ncores > 1 ? i + 1 : 0);
    if (f->ncores > 1) {
        doc_gap(t->d);
        int *count = count_in_cores(t);
        tell_shared(t, count, true);
        tell_shared(t, count, false);
    }
    if (t->what != TELL_EXPLAIN || f->cores_complete || f->ncores == 0) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_DOUBT,
        "There may be more conflicts than these: the search stopped at its limit.");
}

/* Does an answer say already that the symbol is fixed? */
static bool is_answered(const repair *r, int sym) {
    for (int i = 0; i < r->nanswers; i++) {
        const answer *w = &r->answers[i];
        bool fixed = w->goal->kind == GOAL_RELATION && w->signs == SIGN_ZERO;
        if (fixed && w->goal->target.n == 1 && w->goal->target.t[0].sym == sym) return true;
    }
    return false;
}

static void say_fixed(cell *c, const teller *t, const repair *r) {
    int said = 0;
    for (int i = 0; i < r->nfixed; i++) {
        if (is_answered(r, r->fixed[i])) continue;
        say(c, ROLE_PLAIN, "%s", said++ ? ", " : r->nanswers ? "; " : "");
        say_str(c, ROLE_LAW, t->p->symbols[r->fixed[i]].name);
    }
    if (said) say(c, ROLE_PLAIN, " fixed");
}

/* What is left says: its answers, and what no longer scales. */
static void say_consequences(cell *c, const teller *t, const repair *r) {
    if (r->verdict != VERDICT_CONSISTENT || r->nanswers + r->nfixed == 0) {
        say(c, ROLE_PLAIN, "%s",
            r->verdict == VERDICT_TRIVIAL ? "nothing scales" : verdict_word(r->verdict));
        return;
    }
    for (int i = 0; i < r->nanswers; i++) {
        const answer *w = &r->answers[i];
        if (i) say(c, ROLE_PLAIN, "; ");
        say_law(c, t, w);
        if (law_is_known(w) || w->kind == ANSWER_RANGE) continue;
        say(c, ROLE_PLAIN, " ");
        say_kind(c, t, w);
    }
    say_fixed(c, t, r);
}

static void tell_repair(const teller *t, block *b, const repair *k) {
    row *r = doc_row(t->d, b);
    say_labels(doc_cell(t->d, r), t->p, k->drop);
    cell *c = doc_cell(t->d, r);
    for (int i = 0; i < k->drop.n; i++) {
        if (i) say(c, ROLE_PLAIN, "; ");
        say_str(c, ROLE_LAW, t->p->facts[k->drop.v[i]].law);
    }
    say_consequences(doc_cell(t->d, r), t, k);
}

static const char *repairs_title(const finding *f) {
    for (int i = 0; i < f->nrepairs; i++)
        if (f->repairs[i].drop.n > 1)
            return "Give up the statements of one line, and what is "
                   "left says:";
    return f->nrepairs == 1 ? "Give up this, and what is left says:"
                            : "Give up one of these, and what is left says:";
}

static void tell_repairs(const teller *t) {
    const finding *f = t->f;
    if (f->nrepairs == 0) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN, "%s", repairs_title(f));
    doc_gap(t->d);
    block *b = doc_table(t->d, t->indent, 2);
    for (int i = 0; i < f->nrepairs; i++) tell_repair(t, b, &f->repairs[i]);
    if (f->repairs_complete) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_DOUBT,
        "There may be more ways than these: the search stopped at its limit.");
}

static void tell_redundant(const teller *t) {
    if (t->f->nredundant == 0) return;
    doc_gap(t->d);
    block *b = doc_table(t->d, t->indent, 2);
    for (int i = 0; i < t->f->nredundant; i++) {
        const redundancy *k = &t->f->redundant[i];
        row *r = doc_row(t->d, b);
        say_str(doc_cell(t->d, r), ROLE_LABEL, t->p->facts[k->fact].label);
        say_str(doc_cell(t->d, r), ROLE_LAW, t->p->facts[k->fact].law);
        cell *c = doc_cell(t->d, r);
        if (k->follows_from.n == 0) {
            say(c, ROLE_PLAIN, "adds nothing: it holds by itself");
        } else {
            say(c, ROLE_PLAIN, "adds nothing: it follows from ");
            say_labels(c, t->p, k->follows_from);
        }
    }
}

/* --- derivations --- */

static void say_head(const teller *t, const answer *w) {
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say_str(c, ROLE_STRONG, w->goal->law);
    if (w->why) return;
    if (!law_is_known(w) && w->kind != ANSWER_RANGE) {
        say(c, ROLE_PLAIN, ": ");
    } else {
        say(c, ROLE_PLAIN, ": ");
        say_law(c, t, w);
        say(c, ROLE_PLAIN, ", ");
    }
    say_kind(c, t, w);
}

/* Is the law all that its one step says? */
static bool says_it_all(const teller *t, const goal *g, const chain *k, str law) {
    if (k->n != 1) return false;
    str start = law_product(t->a, t->p, k->start);
    str after = law_product(t->a, t->p, k->steps[0].after);
    return str_eq(law, beside(t->a, start, step_sign(t, g, &k->steps[0]), after));
}

static void tell_chains(const teller *t, const goal *g, const derivation *why, str law) {
    block *b = doc_table(t->d, t->indent + 2, -1);
    tell_chain(t, b, g, &why->target);
    if (why->two) tell_chain(t, b, g, &why->base);
    if (!why->two && says_it_all(t, g, &why->target, law)) return;
    cell *c = doc_line(t->d, t->indent + 2);
    say(c, ROLE_PLAIN, "so ");
    say_str(c, ROLE_LAW, law);
}

static void tell_derivation(const teller *t, const answer *w) {
    say_head(t, w);
    if (w->why) tell_chains(t, w->goal, w->why, law_answer(t->a, w));
    block *b = doc_table(t->d, t->indent, 1);
    tell_readings(t, b, w);
}

static void tell_conclusion_chains(const teller *t, const conclusion *k) {
    if (is_told(k)) return;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say_mark(c, k->verdict);
    say_str(c, ROLE_LAW, k->goal->law);
    say(c, ROLE_PLAIN, ": ");
    say_conclusion(c, t, k);
    if (k->why) tell_chains(t, k->goal, k->why, k->goal->law);
}

static void tell_derivations(const teller *t) {
    for (int i = 0; i < t->f->nanswers; i++) tell_derivation(t, &t->f->answers[i]);
    for (int i = 0; i < t->f->nconclusions; i++) tell_conclusion_chains(t, &t->f->conclusions[i]);
}

/* --- regimes --- */

static void say_dropped(cell *c, const problem *p) {
    for (int i = 0; i < p->ndropped; i++) {
        say(c, ROLE_PLAIN, i ? ", " : " without ");
        say_str(c, ROLE_LABEL, p->dropped[i]);
    }
}

static bool is_concluded(const teller *t, const answer *w) {
    if (w->kind != ANSWER_EXACT) return false;
    str law = law_answer(t->a, w);
    for (int i = 0; i < t->f->nconclusions; i++) {
        const conclusion *k = &t->f->conclusions[i];
        if (k->verdict == CONCLUSION_PROVED && str_eq(k->goal->law, law)) return true;
    }
    return false;
}

/* Answers of a regime, but for those that are among its conclusions. */
static void tell_answers_short(const teller *t) {
    block *b = doc_table(t->d, t->indent, 1);
    for (int i = 0; i < t->f->nanswers; i++)
        if (worth_telling(t, &t->f->answers[i]) && !is_concluded(t, &t->f->answers[i]))
            tell_answer(t, b, &t->f->answers[i], false);
}

/* The conflict of a regime in a line. */
static void tell_core_short(const teller *t) {
    for (int i = 0; i < t->f->ncores && !t->f->as_claimed; i++) {
        cell *c = doc_paragraph(t->d, t->indent);
        say(c, ROLE_PLAIN, "in conflict: ");
        say_labels(c, t->p, t->f->cores[i].facts);
    }
}

static void tell_regime(const teller *whole, const finding *f) {
    teller t = *whole;
    t.f = f, t.p = f->p, t.letter = free_letter(f->p), t.indent = whole->indent + 2;
    doc_gap(t.d);
    cell *c = doc_paragraph(t.d, whole->indent);
    say(c, ROLE_PLAIN, "regime ");
    say_str(c, ROLE_STRONG, f->p->name);
    say_dropped(c, f->p);
    say(c, ROLE_PLAIN, ": ");
    say_verdict(c, f);
    if (f->p->note.n)
        say(doc_paragraph(t.d, t.indent), ROLE_QUIET, "%.*s", (int)f->p->note.n, f->p->note.s);
    tell_wrong(&t);
    if (t.what == TELL_DERIVE) {
        tell_derivations(&t);
    } else if (t.what == TELL_EXPLAIN) {
        tell_cores(&t);
        tell_repairs(&t);
    } else {
        tell_answers_short(&t);
        tell_conclusions(&t, false);
        tell_core_short(&t);
    }
}

/* --- the whole --- */

static void tell_check(const teller *t) {
    tell_levels(t);
    tell_answers(t);
    tell_conclusions(t, true);
    tell_cores(t);
    tell_repairs(t);
    tell_redundant(t);
}

static void tell_derive(const teller *t) {
    tell_levels(t);
    tell_derivations(t);
    tell_cores(t);
}

static void tell_explain(const teller *t) {
    tell_levels(t);
    tell_cores(t);
    tell_repairs(t);
    if (t->f->ncores) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN,
        t->f->verdict == VERDICT_CONSISTENT ? "There is no conflict to explain."
                                            : "No conflict was found before the search stopped.");
}

void narrate(doc *d, const finding *f, const char *file, telling what) {
    teller t = {d, d->arena, f, f->p, file, what, 2, free_letter(f->p)};
    tell_verdict(&t);
    tell_wrong(&t);
    switch (what) {
    case TELL_VERDICT:
        return;
    case TELL_CHECK:
        tell_check(&t);
        break;
    case TELL_DERIVE:
        tell_derive(&t);
        break;
    case TELL_EXPLAIN:
        tell_explain(&t);
        break;
    }
    for (int i = 0; i < f->nregimes; i++) tell_regime(&t, &f->regimes[i]);
}

void narrate_summary(doc *d, const summary *s, int n) {
    doc_gap(d);
    block *b = doc_table(d, 0, -1);
    for (int i = 0; i < n; i++) {
        row *r = doc_row(d, b);
        say(doc_cell(d, r), ROLE_STRONG, "%s", s[i].file);
        if (s[i].found)
            say_verdict(doc_cell(d, r), s[i].found);
        else
            say(doc_cell(d, r), ROLE_BAD, "not read");
    }
}
