#include "render/grades.h"

str score_text(arena *a, score s) {
    return s.of ? str_of(formatted(a, "%d/%d", s.held, s.of)) : (str){0};
}

const char *slip_code(slip s) {
    switch (s) {
    case SLIP_NONE:
        return NULL;
    case SLIP_MULTIPLIED:
        return "multiplied";
    case SLIP_ADDED:
        return "added";
    case SLIP_SIGN:
        return "sign";
    case SLIP_RECIPROCAL:
        return "reciprocal";
    case SLIP_INVERTED:
        return "inverted";
    case SLIP_FACTOR:
        return "factor";
    case SLIP_LOST:
        return "lost";
    case SLIP_CITATION:
        return "citation";
    }
    return NULL;
}

/* "step 2", "a goal is missing", "right" */
static void say_fault(cell *c, const finding *f) {
    const judged_step *s = first_wrong_step(f);
    if (f->wrong) {
        say(c, ROLE_BAD, "not judged: a result did not pass its own check");
    } else if (s) {
        say(c, s->verdict == STEP_UNKNOWN ? ROLE_DOUBT : ROLE_BAD,
            s->verdict == STEP_UNKNOWN ? "undecided from step " : "step ");
        say_str(c, ROLE_LABEL, s->step->label);
        say(c, ROLE_PLAIN, " (line %d)", s->step->line);
    } else {
        bool right = proofs_exit_code(f) == 0;
        say(c, right ? ROLE_GOOD : ROLE_BAD, right ? "right" : "a goal is not reached");
    }
}

static void add_grade(doc *d, block *b, const summary *s) {
    row *r = doc_row(d, b);
    say(doc_cell(d, r), ROLE_STRONG, "%s", s->file);
    if (s->found == NULL) {
        say(doc_cell(d, r), ROLE_PLAIN, "-");
        say(doc_cell(d, r), ROLE_BAD, "not read");
        return;
    }
    const judged_step *wrong = first_wrong_step(s->found);
    const char *slipped = wrong ? slip_code(wrong->slip) : NULL;
    say_str(doc_cell(d, r), ROLE_PLAIN, score_text(d->arena, proofs_score(s->found)));
    say_fault(doc_cell(d, r), s->found);
    if (slipped) say(doc_cell(d, r), ROLE_PLAIN, "%s", slipped);
}

void narrate_grades(doc *d, const summary *s, int n) {
    doc_gap(d);
    block *b = doc_table(d, 0, -1);
    for (int i = 0; i < n; i++) add_grade(d, b, &s[i]);
}
