/* Which exponents are free, what they are in the file, and what holds for which of them. */
#include "render/teller.h"
#include "render/vary.h"

/* --- the exponents that are free --- */

enum { FEW_LETTERS = 3 };

/* "a = 2, b = 1 in the file", for the exponents of one law: varied[from] and those after it. */
static int say_values(cell *c, const problem *p, int from) {
    int i = from;
    for (; i < p->nvaried && p->varied[i].fact == p->varied[from].fact; i++) {
        if (i > from) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LAW, p->symbols[p->varied[i].symbol].name);
        say(c, ROLE_LAW, " = %s", rat_text(c->arena, p->varied[i].value));
    }
    say(c, ROLE_PLAIN, " in the file");
    return i;
}

/* Of the file itself, where it is not consistent. */
static void tell_file_verdict(const teller *t) {
    static const char *const words[] = {
        [VERDICT_CONTRADICTORY] = "With the numbers of the file the statements conflict.",
        [VERDICT_TRIVIAL] = "With the numbers of the file they can hold only if nothing scales.",
        [VERDICT_UNKNOWN] = "Whether they can hold with the numbers of the file is undecided.",
    };
    verdict v = t->f->file->verdict;
    if (v == VERDICT_CONSISTENT || v == t->f->verdict) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_PLAIN, "%s", words[v]);
}

void tell_varied(const teller *t) {
    doc_gap(t->d);
    block *b = doc_table(t->d, t->indent, 2);
    for (int i = 0; i < t->p->nvaried;) {
        const fact *k = &t->p->facts[t->p->varied[i].fact];
        row *r = doc_row(t->d, b);
        say_str(doc_cell(t->d, r), ROLE_LABEL, k->label);
        say_str(doc_cell(t->d, r), ROLE_LAW, k->law);
        i = say_values(doc_cell(t->d, r), t->p, i);
    }
    tell_file_verdict(t);
}

/* --- what the file answers --- */

/* "at s = 1 (the file)" */
static void say_point(cell *c, const teller *t) {
    if (t->p->nvaried <= FEW_LETTERS) {
        say(c, ROLE_QUIET, "at ");
        say_str(c, ROLE_LAW, vary_point(t->a, t->p));
        say(c, ROLE_QUIET, " (the file)");
    } else {
        say(c, ROLE_QUIET, "in the file");
    }
}

static void say_answer_of_file(cell *c, const teller *t, const answer *w) {
    bool one = w->goal->kind != GOAL_RELATION && w->nvalue == 1;
    if (w->kind == ANSWER_EXACT && one) {
        say(c, ROLE_LAW, "%s", coef_text(t->a, w->value[0]));
    } else if (law_is_known(w) || w->kind == ANSWER_RANGE) {
        say_law(c, t, w);
    } else if (w->kind == ANSWER_CASES) {
        say_cases(c, t, w);
    } else {
        say_kind(c, t, w);
        return;
    }
    say_vouched(c, t, w->vouched, w->condition, w->nconditions);
}

bool say_in_file(cell *c, const teller *t, const answer *w) {
    const answer *of_file = vary_in_file(t->f, w);
    if (of_file == NULL) return false;
    teller file = *t;
    file.f = t->f->file, file.p = file.f->p, file.letter = exponent_letter(file.p);
    say_point(c, t);
    say(c, ROLE_QUIET, ": ");
    say_answer_of_file(c, &file, of_file);
    return true;
}

/* --- where a law follows --- */

/* "if and only if s ≤ 0", "whatever s is", "for no s" */
static void say_condition(cell *c, const teller *t, const formula *f) {
    bool constant = f->kind != FORMULA_ATOM && f->n == 0;
    const char *letters = str_z(t->a, vary_letters(t->a, t->p));
    if (constant && f->kind == FORMULA_ALL) {
        say(c, ROLE_PLAIN, "whatever %s %s", letters, t->p->nvaried > 1 ? "are" : "is");
    } else if (constant) {
        say(c, ROLE_PLAIN, "for no %s", letters);
    } else {
        say(c, ROLE_PLAIN, "if and only if ");
        say_str(c, ROLE_LAW, law_formula(t->a, t->p, f));
    }
}

static void say_where(cell *c, const teller *t, const answer *w) {
    if (w->kind != ANSWER_EXACT || w->where == NULL) {
        say_kind(c, t, w);
        return;
    }
    say_condition(c, t, vary_plain(t->a, w->where));
    say_vouched(c, t, w->vouched, w->condition, w->nconditions);
}

static void tell_where_in_file(const teller *t, block *b, const answer *w) {
    int holds = w->kind == ANSWER_EXACT && w->where ? vary_holds(t->a, t->p, w->where) : -1;
    if (holds < 0) return;
    row *r = doc_row(t->d, b);
    doc_cell(t->d, r);
    cell *c = doc_cell(t->d, r);
    say_point(c, t);
    say(c, ROLE_PLAIN, holds ? ": it follows" : ": it does not");
}

void tell_where(const teller *t) {
    block *b = NULL;
    for (int i = 0; i < t->f->nanswers; i++) {
        const answer *w = &t->f->answers[i];
        if (w->goal->kind != GOAL_WHERE) continue;
        if (b == NULL) {
            doc_gap(t->d);
            b = doc_table(t->d, t->indent, 1);
        }
        row *r = doc_row(t->d, b);
        say_str(doc_cell(t->d, r), ROLE_LAW, w->goal->law);
        say_where(doc_cell(t->d, r), t, w);
        tell_where_in_file(t, b, w);
    }
}
