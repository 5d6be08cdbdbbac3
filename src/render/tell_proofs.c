/* What is said of proofs that a person wrote. A report ends at the first step that does not hold
 * and helps with that one; what comes after it is told in a line each. How much help is given goes
 * by the hint that was asked for:
 *
 *   0  which step is the first that does not hold
 *   1  whether it contradicts or does not follow, with numbers
 *   2  the slip that was made, the premise that is missing
 *   3  the slip in numbers, and what does follow
 */
#include "render/tell_proofs.h"
#include "render/teller.h"
#include "render/counterexample.h"

enum { HINT_NUMBERS = 1, HINT_SLIP = 2, HINT_ALL = 3 };

/* A proof, and whether the help has been given. */
typedef struct {
    const teller *t;
    const judged_proof *p;
    int hint;
} report;

/* --- premises and steps by name --- */

static void say_step(cell *c, const report *r, int i) {
    say(c, ROLE_PLAIN, "step ");
    say_str(c, ROLE_LABEL, r->p->proof->steps[i].label);
}

/* "A2 L ∝ w"; steps by their number */
static void say_premise(cell *c, const report *r, int i) {
    const problem *p = r->t->p;
    if (i < p->nfacts) {
        say_statement(c, &p->facts[i]);
        return;
    }
    say_step(c, r, i - p->nfacts);
    say(c, ROLE_LAW, " ");
    say_str(c, ROLE_LAW, r->p->proof->steps[i - p->nfacts].law);
}

/* "A1, A2 and step 1"; false where there is nothing. */
static bool say_grounds(cell *c, const report *r, const char *lead, factset facts, factset steps) {
    if (facts.n + steps.n == 0) return false;
    say(c, ROLE_PLAIN, "%s", lead);
    say_labels(c, r->t->p, facts);
    for (int i = 0; i < part_of(steps.n); i++) {
        bool last = i + 1 == steps.n && steps.n <= part_of(steps.n);
        if (facts.n + i > 0) say(c, ROLE_PLAIN, last ? " and " : ", ");
        say_step(c, r, steps.v[i]);
    }
    if (part_of(steps.n) < steps.n) say(c, ROLE_PLAIN, " and %d more", steps.n - part_of(steps.n));
    return true;
}

static void say_missing(cell *c, const report *r, const judged_step *s) {
    int n = s->missing.n + s->missing_steps.n;
    for (int i = 0; i < s->missing.n && i < part_of(n); i++) {
        if (i) say(c, ROLE_PLAIN, i + 1 < n ? ", " : " and ");
        say_premise(c, r, s->missing.v[i]);
    }
    for (int i = 0; i < s->missing_steps.n && s->missing.n + i < part_of(n); i++) {
        if (s->missing.n + i) say(c, ROLE_PLAIN, s->missing.n + i + 1 < n ? ", " : " and ");
        say_premise(c, r, r->t->p->nfacts + s->missing_steps.v[i]);
    }
    if (part_of(n) < n) say(c, ROLE_PLAIN, " and %d more", n - part_of(n));
}

static void tell_missing(const report *r, const judged_step *s) {
    if (!s->completes || s->slip == SLIP_CITATION) return;
    bool several = s->missing.n + s->missing_steps.n > 1;
    cell *c = doc_paragraph(r->t->d, r->t->indent + 4);
    say(c, ROLE_PLAIN, several ? "missing premises: " : "missing premise: ");
    say_missing(c, r, s);
}

/* --- the slip --- */

static const char *slip_words(const judged_step *s) {
    switch (s->slip) {
    case SLIP_NONE:
        return "";
    case SLIP_MULTIPLIED:
        if (s->how && s->how->divided) return "exponents are divided where they subtract";
        return "exponents are multiplied where they add";
    case SLIP_ADDED:
        return "exponents are added where they multiply";
    case SLIP_SIGN:
        return "a sign is lost";
    case SLIP_RECIPROCAL:
        return "the reciprocal of an exponent is forgotten";
    case SLIP_INVERTED:
        return "a root is inverted wrongly";
    case SLIP_FACTOR:
        if (s->how && s->how->one_side) return "a root is taken on one side only";
        return "a power is not applied to every factor";
    case SLIP_LOST:
        return "a factor is lost";
    case SLIP_CITATION:
        return "the wrong law is cited";
    }
    return "";
}

static str power_of(const report *r, int name, coef c) {
    arena *a = r->t->a;
    return law_product(a, r->t->p, form_scale(a, c, form_sym(a, name)));
}

/* "w² w³": before equal names were merged */
static str merged(const report *r, const misstep *m) {
    str x = power_of(r, m->name, m->x), y = power_of(r, m->name, m->y);
    return str_of(formatted(r->t->a, "%.*s %.*s", (int)x.n, x.s, (int)y.n, y.s));
}

/* "(w²)³" */
static str raised(const report *r, const misstep *m) {
    str inner = power_of(r, m->name, m->x), outer = law_power(r->t->a, STR(""), m->y);
    return str_of(formatted(r->t->a, "(%.*s)%.*s", (int)inner.n, inner.s, (int)outer.n, outer.s));
}

/* "w² w³ is w⁵, not w⁶" */
static void say_how(cell *c, const report *r, slip kind, const misstep *m) {
    arena *a = r->t->a;
    form right = m->right, wrong = m->wrong;
    str was = m->of      ? law_written(a, r->t->p, m->of)
              : m->was.n ? law_product(a, r->t->p, m->was)
                         : merged(r, m);
    if (kind == SLIP_ADDED && !m->of) {
        was = raised(r, m);
        right = form_scale(a, coef_mul(a, m->x, m->y), form_sym(a, m->name));
        wrong = form_scale(a, coef_add(a, m->x, m->y), form_sym(a, m->name));
    }
    bool law = !m->of && m->was.n && kind != SLIP_ADDED;
    say(c, ROLE_PLAIN, ": ");
    say_str(c, ROLE_LAW, beside(a, was, law ? "∝" : "is", law_product(a, r->t->p, right)));
    say(c, ROLE_PLAIN, ", not ");
    say_str(c, ROLE_LAW, law_product(a, r->t->p, wrong));
}

static void say_wrong_citation(cell *c, const report *r, const judged_step *s) {
    say(c, ROLE_PLAIN, ": it follows with ");
    say_missing(c, r, s);
    say(c, ROLE_PLAIN, " in the place of ");
    say_premise(c, r, s->slip_at);
}

static void tell_slip(const report *r, const judged_step *s) {
    if (s->slip == SLIP_NONE) return;
    cell *c = doc_paragraph(r->t->d, r->t->indent + 4);
    say(c, ROLE_BAD, "%s", slip_words(s));
    if (s->slip == SLIP_CITATION) {
        say_wrong_citation(c, r, s);
        return;
    }
    if (s->slip_at >= 0) {
        say(c, ROLE_PLAIN, ", in the use of ");
        say_premise(c, r, s->slip_at);
    }
    if (r->hint >= HINT_ALL && s->how) say_how(c, r, s->slip, s->how);
}

static void tell_follows(const report *r, const judged_step *s) {
    if (!s->has_follows || s->completes) return;
    arena *a = r->t->a;
    cell *c = doc_paragraph(r->t->d, r->t->indent + 4);
    say(c, ROLE_PLAIN, "what does follow: ");
    say_str(c, ROLE_LAW,
            beside(a, law_product(a, r->t->p, s->follows[0]), "∝",
                   law_product(a, r->t->p, s->follows[1])));
}

/* --- one step --- */

static bool holds(const judged_step *s) {
    return s->verdict == STEP_PROVED;
}

static void say_step_mark(cell *c, const judged_step *s) {
    switch (s->verdict) {
    case STEP_PROVED:
        say(c, s->carried ? ROLE_DOUBT : ROLE_GOOD, "%s", s->carried ? "(✓) " : "✓ ");
        break;
    case STEP_REFUTED:
        say(c, ROLE_BAD, "✗ ");
        break;
    case STEP_OPEN:
        say(c, ROLE_BAD, "? ");
        break;
    case STEP_VACUOUS:
    case STEP_UNKNOWN:
        say(c, ROLE_DOUBT, "- ");
        break;
    }
}

static void say_proved(cell *c, const report *r, const judged_step *s) {
    const char *lead = s->carried ? "follows from " : "from ";
    if (!say_grounds(c, r, lead, s->support, s->on)) say(c, ROLE_PLAIN, "holds by itself");
}

static void say_refuted(cell *c, const report *r, const judged_step *s) {
    say(c, ROLE_BAD, "contradicts");
    if (!say_grounds(c, r, " ", s->support, s->on)) say(c, ROLE_PLAIN, " itself");
    if (s->at_rest) say(c, ROLE_PLAIN, " if anything in it scales");
}

static void say_open(cell *c, const judged_step *s) {
    const formula *claim = s->step->claim;
    bool contradiction = claim->kind == FORMULA_ANY && claim->n == 0;
    say(c, ROLE_BAD, "does not follow");
    say(c, ROLE_PLAIN, contradiction ? ": the premises can hold together" : ", and may hold");
}

/* What is said of it beside its law. */
static void say_judgement(cell *c, const report *r, const judged_step *s) {
    switch (s->verdict) {
    case STEP_PROVED:
        say_proved(c, r, s);
        break;
    case STEP_REFUTED:
        say_refuted(c, r, s);
        break;
    case STEP_OPEN:
        say_open(c, s);
        break;
    case STEP_VACUOUS:
        say(c, ROLE_DOUBT, "vacuous");
        say(c, ROLE_PLAIN, ": its premises contradict each other");
        say_grounds(c, r, ", ", s->support, s->on);
        break;
    case STEP_UNKNOWN:
        say(c, ROLE_DOUBT, "unknown%s%s", s->reason ? ": " : "", s->reason ? s->reason : "");
        break;
    }
    if (s->vouched) say(c, ROLE_DOUBT, ", on Z3's word");
}

static void tell_step(const report *r, block *b, int i) {
    const judged_step *s = &r->p->steps[i];
    row *w = doc_row(r->t->d, b);
    cell *c = doc_cell(r->t->d, w);
    say_step_mark(c, s);
    say_str(c, ROLE_LABEL, s->step->label);
    say_str(doc_cell(r->t->d, w), ROLE_LAW, s->step->law);
    c = doc_cell(r->t->d, w);
    if (holds(s) || r->hint >= HINT_NUMBERS)
        say_judgement(c, r, s);
    else
        say(c, ROLE_BAD, "does not hold");
    if (s->step->line) say(doc_cell(r->t->d, w), ROLE_QUIET, "line %d", s->step->line);
}

static void tell_help(const report *r, const judged_step *s) {
    if (s->verdict != STEP_REFUTED && s->verdict != STEP_OPEN) return;
    if (r->hint >= HINT_NUMBERS) tell_counterexample(r->t, s);
    if (r->hint >= HINT_SLIP) tell_slip(r, s);
    if (r->hint >= HINT_SLIP) tell_missing(r, s);
    if (r->hint >= HINT_ALL) tell_follows(r, s);
}

/* --- goals of an exercise --- */

static void tell_goal_reached(const report *r, block *b, const reached *g) {
    row *w = doc_row(r->t->d, b);
    cell *c = doc_cell(r->t->d, w);
    bool well = g->step >= 0 && g->sound;
    say(c, well ? ROLE_GOOD : ROLE_BAD, well ? "✓ " : "✗ ");
    say_str(c, ROLE_LAW, g->goal->law);
    c = doc_cell(r->t->d, w);
    say(c, ROLE_PLAIN, g->step < 0 ? "not reached" : g->sound ? "reached in " : "said in ");
    if (g->step < 0) return;
    say_step(c, r, g->step);
    if (g->sound) return;
    say(c, ROLE_PLAIN,
        holds(&r->p->steps[g->step]) ? ", which rests on a wrong one" : ", which does not hold");
}

static void tell_goals_reached(const report *r) {
    if (r->p->ngoals == 0) return;
    doc_gap(r->t->d);
    say(doc_line(r->t->d, r->t->indent), ROLE_PLAIN, "what was to be shown");
    block *b = doc_table(r->t->d, r->t->indent + 2, 1);
    for (int i = 0; i < r->p->ngoals; i++) tell_goal_reached(r, b, &r->p->goals[i]);
}

/* --- one proof --- */

static void say_title(cell *c, const judged_proof *p) {
    say(c, ROLE_PLAIN, "proof");
    if (p->proof->title.n) {
        say(c, ROLE_PLAIN, " ");
        say_str(c, ROLE_STRONG, p->proof->title);
    } else if (p->proof->line) {
        say(c, ROLE_PLAIN, " in line %d", p->proof->line);
    }
}

/* "3 steps, all hold", "step 2 of 3 does not hold" */
static void say_outcome(cell *c, const report *r) {
    const judged_proof *p = r->p;
    if (p->first_wrong < 0) {
        say(c, ROLE_GOOD, p->nsteps == 1 ? "its step holds" : "%d steps, all hold", p->nsteps);
        if (!p->ok) say(c, ROLE_BAD, "; not all that was to be shown is reached");
        return;
    }
    const judged_step *s = &p->steps[p->first_wrong];
    bool known = s->verdict != STEP_UNKNOWN;
    say_step(c, r, p->first_wrong);
    say(c, ROLE_PLAIN, " of %d ", p->nsteps);
    say(c, known ? ROLE_BAD : ROLE_DOUBT, known ? "does not hold" : "is undecided");
}

static void tell_later(const report *r) {
    int from = r->p->first_wrong + 1;
    if (from >= r->p->nsteps || r->hint < HINT_NUMBERS) return;
    say(doc_line(r->t->d, r->t->indent + 2), ROLE_QUIET,
        "from there on, judged by what is written");
    block *b = doc_table(r->t->d, r->t->indent + 2, 2);
    for (int i = from; i < r->p->nsteps; i++) tell_step(r, b, i);
}

static void tell_proof(const teller *t, const judged_proof *p, int hint) {
    report r = {t, p, hint};
    int upto = p->first_wrong < 0 ? p->nsteps : p->first_wrong + 1;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say_title(c, p);
    say(c, ROLE_PLAIN, ": ");
    say_outcome(c, &r);
    block *b = doc_table(t->d, t->indent + 2, 2);
    for (int i = 0; i < upto; i++) tell_step(&r, b, i);
    if (p->first_wrong >= 0) {
        tell_help(&r, &p->steps[p->first_wrong]);
        tell_later(&r);
    }
    tell_goals_reached(&r);
}

/* --- all proofs --- */

static void tell_solution(const teller *t) {
    doc_gap(t->d);
    say(doc_line(t->d, t->indent), ROLE_STRONG, "solution");
    tell_derivations(t);
    tell_cores(t);
}

static void tell_proofs(const teller *t, reveal how) {
    for (int i = 0; i < t->f->nproofs; i++) tell_proof(t, &t->f->proofs[i], how.hint);
    if (how.solution) tell_solution(t);
}

static void tell_regime(const teller *whole, const finding *f, reveal how) {
    if (f->nproofs == 0) return;
    teller t = *whole;
    t.f = f, t.p = f->p, t.letter = exponent_letter(f->p), t.indent = whole->indent + 2;
    doc_gap(t.d);
    cell *c = doc_paragraph(t.d, whole->indent);
    say(c, ROLE_PLAIN, "regime ");
    say_str(c, ROLE_STRONG, f->p->name);
    tell_proofs(&t, how);
}

static void say_proofs_result(cell *c, const finding *f) {
    const judged_step *wrong = first_wrong_step(f);
    int code = proofs_exit_code(f);
    if (code == 0)
        say(c, ROLE_GOOD, "every step holds");
    else if (code != 1)
        say(c, ROLE_DOUBT, f->wrong ? "a result did not pass its own check" : "undecided");
    else
        say(c, ROLE_BAD,
            wrong ? "a step does not hold"
                  : "every step holds, but not all that was to be shown is reached");
}

void narrate_proofs(doc *d, const finding *f, const char *file, reveal how) {
    told said = {false, false, false};
    teller t = teller_of(d, f, file, TELL_DERIVE, &said);
    cell *c = doc_line(d, 0);
    say(c, ROLE_STRONG, "%s", file);
    say(c, ROLE_PLAIN, ": ");
    say_proofs_result(c, f);
    tell_proofs(&t, how);
    for (int i = 0; i < f->nregimes; i++) tell_regime(&t, &f->regimes[i], how);
}

void tell_proofs_short(doc *d, const finding *f, int indent) {
    told said = {false, false, false};
    teller t = teller_of(d, f, "", TELL_CHECK, &said);
    bool all = true;
    if (f->nproofs) doc_gap(d);
    for (int i = 0; i < f->nproofs; i++) {
        report r = {&t, &f->proofs[i], 0};
        cell *c = doc_paragraph(d, indent);
        say_title(c, r.p);
        say(c, ROLE_PLAIN, ": ");
        say_outcome(c, &r);
        all &= r.p->ok;
    }
    if (!all) say(doc_paragraph(d, indent), ROLE_QUIET, "`propto prove` says what is wrong");
}
