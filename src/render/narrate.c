#include "render/tell_proofs.h"
#include "render/teller.h"

/* --- the verdict --- */

const char *verdict_word(verdict v) {
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

static role verdict_role(headline h) {
    if (h.wrong) return ROLE_BAD;
    if (h.as_claimed || h.verdict == VERDICT_CONSISTENT) return ROLE_GOOD;
    return h.verdict == VERDICT_UNKNOWN ? ROLE_DOUBT : ROLE_BAD;
}

headline headline_of(const finding *f) {
    const char *why = f->verdict == VERDICT_UNKNOWN ? f->reason : NULL;
    return (headline){f->verdict, f->as_claimed, f->vouched, f->wrong, why};
}

static void say_headline(cell *c, headline h) {
    role r = verdict_role(h);
    say(c, r, "%s", verdict_word(h.verdict));
    if (h.as_claimed) say(c, r, ", as claimed");
    if (h.vouched) say(c, ROLE_DOUBT, ", on Z3's word");
    if (h.reason) say(c, ROLE_PLAIN, " (%s)", h.reason);
}

static void say_verdict(cell *c, const finding *f) {
    say_headline(c, headline_of(f));
}

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
                             [VERDICT_TRIVIAL] =
                                 "The equations alone can hold only if nothing scales, whatever is "
                                 "said of growth.",
                             [VERDICT_UNKNOWN] =
                                 "The equations alone can hold only if nothing scales."},
        [VERDICT_CONTRADICTORY] = {[VERDICT_CONTRADICTORY] = "The equations alone conflict, "
                                                             "whatever is said of growth.",
                                   [VERDICT_UNKNOWN] = "The equations alone conflict."},
        [VERDICT_UNKNOWN] = {[VERDICT_CONTRADICTORY] = "Whether the equations alone can hold is "
                                                       "undecided.",
                             [VERDICT_TRIVIAL] = "Whether something scales in the equations alone "
                                                 "is undecided."},
    };
    return words[equations][all];
}

static int count_growth(const problem *p) {
    int n = 0;
    for (int i = 0; i < p->nfacts; i++) n += p->facts[i].growth;
    return n;
}

/* There are two levels where some statements speak of growth and some do not. */
static void tell_levels(const teller *t) {
    const char *words = levels_words(t->f->equations, t->f->growth);
    int growth = count_growth(t->p);
    if (words == NULL || growth == 0 || growth == t->p->nfacts) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN, "%s", words);
}

/* --- regimes --- */

/* " without A1, A2" */
static void say_list(cell *c, const char *lead, const str *labels, int n) {
    for (int i = 0; i < n; i++) {
        say(c, ROLE_PLAIN, "%s", i ? ", " : lead);
        say_str(c, ROLE_LABEL, labels[i]);
    }
}

static void tell_regime(const teller *whole, const finding *f) {
    teller t = *whole;
    t.f = f, t.p = f->p, t.letter = exponent_letter(f->p), t.indent = whole->indent + 2;
    doc_gap(t.d);
    cell *c = doc_paragraph(t.d, whole->indent);
    say(c, ROLE_PLAIN, "regime ");
    say_str(c, ROLE_STRONG, f->p->name);
    say_list(c, " without ", f->p->dropped, f->p->ndropped);
    say_list(c, " with ", f->p->joined, f->p->njoined);
    say(c, ROLE_PLAIN, ": ");
    say_verdict(c, f);
    if (f->p->note.n) say_str(doc_paragraph(t.d, t.indent), ROLE_QUIET, f->p->note);
    tell_claims(&t);
    tell_wrong(&t);
    if (t.what == TELL_DERIVE || t.what == TELL_TABLE) {
        tell_cores_short(&t);
        tell_derivations(&t);
        tell_choice_notes(&t, whole->f);
        if (t.what == TELL_TABLE && f->ntables) tell_tables(&t);
    } else if (t.what == TELL_EXPLAIN) {
        tell_cores(&t);
        tell_repairs(&t);
    } else {
        tell_answers_short(&t);
        tell_conclusions(&t, false);
        tell_proofs_short(t.d, f, t.indent);
        tell_choice_notes(&t, whole->f);
        tell_cores_short(&t);
    }
}

/* --- the whole --- */

static void tell_check(const teller *t) {
    tell_claims(t);
    tell_levels(t);
    tell_answers(t);
    tell_conclusions(t, true);
    tell_proofs_short(t->d, t->f, t->indent);
    tell_decisions(t);
    tell_choice_notes(t, NULL);
    tell_cores(t);
    tell_repairs(t);
    tell_redundant(t);
}

static void tell_derive(const teller *t) {
    tell_levels(t);
    tell_derivations(t);
    if (t->what == TELL_TABLE) tell_tables(t);
    tell_decisions(t);
    tell_choice_notes(t, NULL);
    tell_cores(t);
}

static void tell_vary(const teller *t) {
    tell_varied(t);
    tell_levels(t);
    tell_answers(t);
    tell_where(t);
    tell_cores(t);
}

static bool any_regime_conflicts(const finding *f) {
    for (int i = 0; i < f->nregimes; i++)
        if (f->regimes[i].ncores) return true;
    return false;
}

static void tell_explain(const teller *t) {
    tell_levels(t);
    tell_cores(t);
    tell_repairs(t);
    if (t->f->ncores || any_regime_conflicts(t->f)) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN,
        t->f->verdict == VERDICT_CONSISTENT ? "There is no conflict to explain."
                                            : "No conflict was found before the search stopped.");
}

teller teller_of(doc *d, const finding *f, const char *file, telling what, told *said) {
    return (teller){d,    d->arena,      f, f->p, file, what, 2, exponent_letter(f->p),
                    said, {false, false}};
}

void narrate(doc *d, const finding *f, const char *file, telling what) {
    narrate_in_detail(d, f, file, what, (detail){false, false});
}

void narrate_in_detail(doc *d, const finding *f, const char *file, telling what, detail how) {
    told said = {false, false, false};
    teller t = teller_of(d, f, file, what, &said);
    t.how = how;
    tell_verdict(&t);
    tell_wrong(&t);
    switch (what) {
    case TELL_VERDICT:
        return;
    case TELL_CHECK:
        tell_check(&t);
        break;
    case TELL_DERIVE:
    case TELL_TABLE:
        tell_derive(&t);
        break;
    case TELL_EXPLAIN:
        tell_explain(&t);
        break;
    case TELL_VARY:
        tell_vary(&t);
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
        if (s[i].read)
            say_headline(doc_cell(d, r), s[i].said);
        else
            say(doc_cell(d, r), ROLE_BAD, "not read");
    }
}
