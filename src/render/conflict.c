/* Cores and their stories, repairs, and what is redundant. */
#include "analysis/membership.h"
#include "render/compare.h"
#include "render/figures.h"
#include "render/teller.h"

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
    say_note(doc_cell(t->d, r), ROLE_PLAIN, k->note, k->cite);
    say_line(doc_cell(t->d, r), t, k);
}

/* Statements that are `given` are in no core, but its story may use them. */
static void mark_given(const teller *t, const chain *k, bool *marked) {
    for (int i = 0; i < k->n; i++) {
        int used = k->steps[i].fact;
        if (used >= 0 && used < t->p->nfacts && t->p->facts[used].hard) marked[used] = true;
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

/* --- stories --- */

static void say_chain_labels(cell *c, const teller *t, const chain *k) {
    say(c, ROLE_PLAIN, "by ");
    for (int i = 0; i < k->n; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LABEL, law_step_label(t->p, NULL, &k->steps[i]));
        const char *power = power_words(t, NULL, &k->steps[i]);
        if (power && !coef_field(k->steps[i].power)) say(c, ROLE_QUIET, " %s", power);
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

/* What one side of a story comes to. */
typedef struct {
    const chain *chain;
    form claim;
    rel r;
    bool geq;
} side;

/* Do the ends of the chain say it already? */
static bool is_said(const teller *t, const side *k, str law) {
    str start = law_product(t->a, t->p, k->chain->start);
    str end = law_product(t->a, t->p, k->chain->steps[k->chain->n - 1].after);
    return str_eq(law, beside(t->a, start, law_sign(k->r, k->geq), end));
}

/* ", as α ≠ β": the ends of a chain differ by a multiple of the claim, which must not vanish. */
static void say_multiple(cell *c, const teller *t, const side *k) {
    form end = k->chain->steps[k->chain->n - 1].after;
    coef first = form_coef(form_sub(t->a, k->chain->start, end), k->claim.t[0].sym);
    coef multiple = coef_div(t->a, first, k->claim.t[0].c);
    if (coef_sgn(multiple) != 2) return;
    say(c, ROLE_PLAIN, ", as ");
    say_str(c, ROLE_LAW, compare(t->a, multiple, "≠"));
}

/* "so L ∝ 1: L is fixed", "so L grows"; nothing where the chain is one law that says it all */
static void say_claim(cell *c, const teller *t, const side *k) {
    str law = law_claim(t->a, t->p, k->claim, k->r, k->geq);
    bool said = is_said(t, k, law), one = k->claim.n == 1;
    if (said && !one && k->chain->n == 1) return;
    say(c, ROLE_PLAIN, "so ");
    if (!said || !one) say_str(c, ROLE_LAW, law);
    if (one) {
        if (!said) say(c, ROLE_PLAIN, ": ");
        say_str(c, ROLE_LAW, t->p->symbols[k->claim.t[0].sym].name);
        say(c, ROLE_PLAIN, " %s", growth_words(k->claim.t[0].c, k->r, k->geq));
    }
    say_multiple(c, t, k);
}

enum { SHORT_CHAIN = 4, NARROW_CHAIN = 36 };

static bool is_long(const teller *t, const side *k) {
    return k->chain->n > SHORT_CHAIN || chain_width(t, k->chain, NARROW_CHAIN) > NARROW_CHAIN;
}

static void tell_side(const teller *t, block *b, const side *k) {
    if (k->chain->n == 0) return;
    row *r = doc_row(t->d, b);
    say_chain(doc_cell(t->d, r), t, NULL, k->chain, false);
    say_chain_labels(doc_cell(t->d, r), t, k->chain);
    say_claim(doc_cell(t->d, r), t, k);
}

/* A long side has a line for each law. */
static void tell_long_side(const teller *t, const side *k) {
    if (k->chain->n == 0) return;
    block *b = doc_table(t->d, t->indent + 2, -1);
    tell_chain(t, b, NULL, k->chain);
    say_claim(doc_cell(t->d, doc_row(t->d, b)), t, k);
}

static void tell_sides(const teller *t, const side *one, const side *other) {
    if (is_long(t, one) || is_long(t, other)) {
        tell_long_side(t, one);
        doc_gap(t->d);
        tell_long_side(t, other);
    } else {
        block *b = doc_table(t->d, t->indent + 2, 2);
        tell_side(t, b, one);
        tell_side(t, b, other);
    }
}

static bool speaks_of_parameters(const teller *t, const core *k) {
    for (int i = 0; i < k->facts.n; i++)
        if (formula_is_parametric(t->p->facts[k->facts.v[i]].claim)) return true;
    return false;
}

static bool is_told(const teller *t, const story *y) {
    return y->told && law_is_chain(t->p, NULL, &y->one) && law_is_chain(t->p, NULL, &y->other);
}

static void tell_story(const teller *t, const core *k) {
    const story *y = &k->why;
    if (!is_told(t, y) && speaks_of_parameters(t, k)) return;
    doc_gap(t->d);
    if (is_told(t, y)) {
        side one = {&y->one, y->claim, y->one_rel, y->one_geq};
        side other = {&y->other, y->claim, y->other_rel, y->other_geq};
        tell_sides(t, &one, &other);
    } else if (!k->needs_scale) {
        say(doc_paragraph(t->d, t->indent), ROLE_PLAIN,
            "The conflict runs through cases, so it is not one chain of laws.");
    }
}

/* --- cores --- */

static bool uses_given(const teller *t, const chain *k) {
    for (int i = 0; i < k->n; i++) {
        int used = k->steps[i].fact;
        if (used >= 0 && used < t->p->nfacts && t->p->facts[used].hard) return true;
    }
    return false;
}

static void say_core(cell *c, const teller *t, const core *k) {
    bool given = uses_given(t, &k->why.one) || uses_given(t, &k->why.other);
    if (k->facts.n == 0) {
        say(c, ROLE_PLAIN, "Statements that are `given` conflict: there is none to give up.");
        return;
    }
    bool alone = k->facts.n == 1;
    if (k->needs_scale)
        say(c, ROLE_PLAIN, "%s only if nothing scales; ",
            alone && !given ? "This can hold" : "These can hold together");
    else
        say(c, ROLE_PLAIN, "%s; ", alone && !given ? "This cannot hold" : "These cannot all hold");
    if (given)
        say(c, ROLE_PLAIN, "without %s that is not given ", alone ? "the one" : "any one");
    else
        say(c, ROLE_PLAIN, "without %s ", alone ? "it" : "any one of them");
    say(c, ROLE_PLAIN, k->needs_scale ? "something can:" : "the others can:");
}

static void tell_core(const teller *t, const core *k, int number) {
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    if (number) say(c, ROLE_STRONG, "Conflict %d. ", number);
    say_core(c, t, k);
    doc_gap(t->d);
    tell_statements(t, k);
    if (!tell_endless(t, k->facts)) tell_story(t, k);
}

static void tell_shared(const teller *t, const char *which, factset s) {
    if (s.n == 0) return;
    int shown = part_of(s.n);
    cell *c = doc_paragraph(t->d, t->indent);
    say(c, ROLE_PLAIN, "%s: ", which);
    for (int i = 0; i < shown; i++) {
        if (i) say(c, ROLE_PLAIN, "; ");
        say_statement(c, &t->p->facts[s.v[i]]);
    }
    if (shown < s.n) say(c, ROLE_PLAIN, "; and %d more", s.n - shown);
}

void tell_conflict(const teller *t, const core *k) {
    tell_story(t, k);
}

/* With one conflict it is plain what is in it. */
static void tell_membership(const teller *t) {
    const finding *f = t->f;
    membership m = find_membership(t->a, f);
    bool several = f->ncores > 1, explains = t->what == TELL_EXPLAIN;
    if (!several && !(explains && f->ncores == 1 && m.none.n)) return;
    doc_gap(t->d);
    bool all = f->cores_complete;
    if (several) tell_shared(t, all ? "In every conflict" : "In every conflict found", m.every);
    if (several) tell_shared(t, all ? "In some conflicts" : "In some conflicts found", m.some);
    if (!explains) return;
    tell_shared(t,
                !several ? "Not in the conflict"
                : all    ? "In no conflict"
                         : "In none of those found",
                m.none);
}

/* --- measured numbers that disagree --- */

static void say_factor(cell *c, const teller *t, const distance *d) {
    if (!rat_eq(d->low, d->high)) {
        say(c, ROLE_STRONG, "%s to %s", number_text(t->a, d->low), number_text(t->a, d->high));
        return;
    }
    say(c, ROLE_STRONG, "%s", rat_text(t->a, d->low));
    if (!is_decimal(d->low)) say(c, ROLE_QUIET, " (%s)", number_text(t->a, d->low));
}

static void tell_distance(const teller *t) {
    const distance *d = t->f->apart;
    if (!d) return;
    cell *c = doc_paragraph(t->d, t->indent);
    say(c, ROLE_PLAIN, "The measured numbers in ");
    say_labels(c, t->p, d->measured);
    say(c, ROLE_PLAIN, " agree once every stated error is ");
    say_factor(c, t, d);
    say(c, ROLE_PLAIN, " times as large%s.", d->vouched ? ", on Z3's word" : "");
}

void tell_cores(const teller *t) {
    const finding *f = t->f;
    for (int i = 0; i < f->ncores; i++) tell_core(t, &f->cores[i], f->ncores > 1 ? i + 1 : 0);
    tell_membership(t);
    if (f->apart) doc_gap(t->d);
    tell_distance(t);
    if (t->what != TELL_EXPLAIN || f->cores_complete || f->ncores == 0) return;
    doc_gap(t->d);
    say(doc_paragraph(t->d, t->indent), ROLE_DOUBT,
        "There may be more conflicts than these: the search stopped at its limit.");
}

void tell_cores_short(const teller *t) {
    for (int i = 0; i < t->f->ncores; i++) {
        const core *k = &t->f->cores[i];
        int shown = part_of(k->facts.n);
        cell *c = doc_paragraph(t->d, t->indent);
        say(c, ROLE_PLAIN, k->needs_scale ? "nothing can scale: " : "conflict: ");
        for (int j = 0; j < shown; j++) {
            if (j) say(c, ROLE_PLAIN, "; ");
            say_statement(c, &t->p->facts[k->facts.v[j]]);
        }
        if (k->facts.n == 0) say(c, ROLE_PLAIN, "among what is given");
        if (shown < k->facts.n) say(c, ROLE_PLAIN, "; and %d more", k->facts.n - shown);
    }
    tell_distance(t);
}

/* --- repairs --- */

/* An answer that says no more than that its bases do not scale. */
static bool is_at_rest(const answer *w) {
    return w->kind == ANSWER_UNDEFINED && w->goal->nwhen == 0;
}

/* The symbol of which an answer says that it does not scale; -1 where there is none. */
static int symbol_at_rest(const answer *w) {
    const goal *g = w->goal;
    form f = form_zero();
    if (is_at_rest(w) && g->nbase == 1) f = g->base[0];
    if (g->kind == GOAL_RELATION && w->kind == ANSWER_EXACT && w->signs == SIGN_ZERO && !g->nwhen)
        f = g->target;
    return f.n == 1 ? f.t[0].sym : -1;
}

static void say_answer(cell *c, const teller *t, const answer *w) {
    if (is_at_rest(w)) {
        say_bases(c, w->goal);
        say(c, ROLE_PLAIN, w->goal->nbase == 1 ? " no longer scales" : " no longer scale");
        return;
    }
    if (w->kind == ANSWER_CASES) {
        say_cases(c, t, w);
        return;
    }
    say_law(c, t, w);
    if (law_is_known(w) || w->kind == ANSWER_RANGE) return;
    say(c, ROLE_PLAIN, " ");
    say_kind(c, t, w);
}

/* What the answers did not say to be fixed. */
static void say_fixed(cell *c, const teller *t, const repair *r, const bool *said) {
    const char *comma = r->nanswers ? "; " : "";
    for (int i = 0; i < r->nfixed; i++) {
        if (said[r->fixed[i]]) continue;
        say(c, ROLE_PLAIN, "%s", comma);
        say_str(c, ROLE_LAW, t->p->symbols[r->fixed[i]].name);
        comma = ", ";
    }
    if (strcmp(comma, ", ") == 0) say(c, ROLE_PLAIN, " fixed");
}

/* Is there nothing to say of what is left, but that it can hold? */
static bool says_nothing(const repair *r) {
    return r->verdict == VERDICT_CONSISTENT && r->nanswers + r->nfixed == 0;
}

/* What is left says: its answers, and what no longer scales. */
static void say_consequences(cell *c, const teller *t, const repair *r) {
    if (r->verdict != VERDICT_CONSISTENT || says_nothing(r)) {
        say(c, ROLE_PLAIN, "%s",
            r->verdict == VERDICT_TRIVIAL ? "nothing scales" : verdict_word(r->verdict));
        return;
    }
    bool *said = NEW_ARRAY(t->a, bool, t->p->nsymbols);
    for (int i = 0; i < r->nanswers; i++) {
        int sym = symbol_at_rest(&r->answers[i]);
        if (sym >= 0 && said[sym]) continue;
        if (sym >= 0) said[sym] = true;
        if (i) say(c, ROLE_PLAIN, "; ");
        say_answer(c, t, &r->answers[i]);
    }
    say_fixed(c, t, r, said);
}

/* The columns of the table of repairs. */
typedef struct {
    bool laws;         /* of what is given up; else its labels alone */
    bool consequences; /* else there are none to be told */
} repair_columns;

/* Below a repair, the regime that it is. */
static void tell_regime_of(const teller *t, block *b, const repair *k, repair_columns has) {
    const problem *own = k->regime;
    row *r = doc_row(t->d, b);
    for (int i = 0; i < has.laws + has.consequences; i++) doc_cell(t->d, r);
    cell *c = doc_cell(t->d, r);
    say(c, ROLE_QUIET, "regime ");
    say_str(c, ROLE_QUIET, own->name);
    if (k->regime_adds) say(c, ROLE_QUIET, ", which adds statements of its own");
    if (own->note.n) say(c, ROLE_QUIET, ": ");
    say_str(c, ROLE_QUIET, own->note);
}

static void say_dropped_laws(cell *c, const teller *t, factset drop) {
    for (int i = 0; i < drop.n; i++) {
        if (i) say(c, ROLE_PLAIN, "; ");
        say_str(c, ROLE_LAW, t->p->facts[drop.v[i]].law);
    }
}

static void tell_repair(const teller *t, block *b, const repair *k, repair_columns has) {
    row *r = doc_row(t->d, b);
    say_labels(doc_cell(t->d, r), t->p, k->drop);
    if (has.laws) say_dropped_laws(doc_cell(t->d, r), t, k->drop);
    if (has.consequences) say_consequences(doc_cell(t->d, r), t, k);
    if (t->what == TELL_EXPLAIN && k->regime) tell_regime_of(t, b, k, has);
}

/* How many statements the largest repair drops. */
static int most_dropped(const finding *f) {
    int most = 0;
    for (int i = 0; i < f->nrepairs; i++)
        if (f->repairs[i].drop.n > most) most = f->repairs[i].drop.n;
    return most;
}

static bool all_say_nothing(const finding *f) {
    for (int i = 0; i < f->nrepairs; i++)
        if (!says_nothing(&f->repairs[i])) return false;
    return true;
}

static void say_repairs_title(cell *c, const finding *f, bool silent) {
    const char *which = most_dropped(f) > 1 ? "the statements of one line"
                        : f->nrepairs == 1  ? "this"
                                            : "one of these";
    if (silent)
        say(c, ROLE_PLAIN, "Without %s the others can hold:", which);
    else
        say(c, ROLE_PLAIN, "Give up %s, and what is left says:", which);
}

enum { FEW_DROPPED = 3 };

void tell_repairs(const teller *t) {
    const finding *f = t->f;
    if (f->nrepairs == 0) return;
    bool silent = all_say_nothing(f);
    doc_gap(t->d);
    say_repairs_title(doc_paragraph(t->d, t->indent), f, silent);
    doc_gap(t->d);
    /* What is long is explained by the conflicts already, where all are told. */
    bool many = most_dropped(f) > FEW_DROPPED;
    repair_columns has = {!many || t->what != TELL_EXPLAIN, !silent};
    block *b = doc_table(t->d, t->indent, has.laws && (many || silent) ? 1 : has.laws + !silent);
    for (int i = 0; i < f->nrepairs; i++) tell_repair(t, b, &f->repairs[i], has);
    if (f->repairs_complete) return;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    if (f->repairs_total)
        say(c, ROLE_DOUBT, "There are %s ways in all; the first %d are shown.",
            rat_text(t->a, *f->repairs_total), f->nrepairs);
    else
        say(c, ROLE_DOUBT, "There may be more ways than these: the search stopped at its limit.");
}

/* --- which terms decide --- */

static int count_of(const bool *marked, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) count += marked[i];
    return count;
}

static void say_terms(cell *c, const addition *s, const bool *marked, const char *between) {
    const char *comma = "";
    for (int i = 0; i < s->n; i++) {
        if (!marked[i]) continue;
        say(c, ROLE_PLAIN, "%s", comma);
        say_str(c, ROLE_LAW, s->term[i].law);
        comma = between;
    }
}

/* "N^-α ∝ D^-β: the terms balance", "E decides", "N^-α or D^-β decides" */
static void say_decision(cell *c, const addition *s, const decision *d) {
    int n = count_of(d->decides, s->n);
    if (n > 1) {
        say_terms(c, s, d->decides, " ∝ ");
        say(c, ROLE_PLAIN, n == s->n ? ": the terms balance" : ": these terms balance and decide");
    } else if (n == 1) {
        say_terms(c, s, d->decides, "");
        say(c, ROLE_PLAIN, " decides");
    } else {
        say_terms(c, s, d->may, " or ");
        say(c, ROLE_PLAIN, " decides, by the solution");
    }
}

/* Nothing is known where any term may decide. */
static bool is_worth_telling(const decision *d, const addition *s) {
    return d->unknown || count_of(d->decides, s->n) || count_of(d->may, s->n) < s->n;
}

void tell_decisions(const teller *t) {
    const finding *f = t->f;
    block *b = NULL;
    for (int i = 0; i < f->ndecisions; i++) {
        const decision *d = &f->decisions[i];
        if (!is_worth_telling(d, &t->p->facts[d->fact].sums[d->sum])) continue;
        if (!b) doc_gap(t->d);
        if (!b) b = doc_table(t->d, t->indent, 2);
        const fact *k = &t->p->facts[d->fact];
        row *r = doc_row(t->d, b);
        say_str(doc_cell(t->d, r), ROLE_LABEL, k->label);
        say_str(doc_cell(t->d, r), ROLE_LAW, k->law);
        cell *c = doc_cell(t->d, r);
        if (d->unknown)
            say(c, ROLE_DOUBT, "which term decides was not found out");
        else
            say_decision(c, &k->sums[d->sum], d);
    }
}

/* --- what is redundant --- */

enum { LONG_TABLE = 10 };

static void tell_redundancy(const teller *t, block *b, const redundancy *k) {
    row *r = doc_row(t->d, b);
    say_str(doc_cell(t->d, r), ROLE_LABEL, t->p->facts[k->fact].label);
    say_str(doc_cell(t->d, r), ROLE_LAW, t->p->facts[k->fact].law);
    cell *c = doc_cell(t->d, r);
    say(c, ROLE_PLAIN, "adds nothing: it ");
    say_support(c, t, "follows from", k->follows_from, (factset){NULL, 0});
}

void tell_redundant(const teller *t) {
    const finding *f = t->f;
    int shown = f->nredundant > LONG_TABLE ? LONG_TABLE : f->nredundant;
    if (shown || !f->redundant_complete) doc_gap(t->d);
    block *b = doc_table(t->d, t->indent, 2);
    for (int i = 0; i < shown; i++) tell_redundancy(t, b, &f->redundant[i]);
    cell *c =
        shown < f->nredundant || !f->redundant_complete ? doc_paragraph(t->d, t->indent) : NULL;
    if (shown < f->nredundant)
        say(c, ROLE_PLAIN, "%d more statement%s nothing either. ", f->nredundant - shown,
            f->nredundant - shown == 1 ? " adds" : "s add");
    if (!f->redundant_complete)
        say(c, ROLE_DOUBT, "Not every statement was tried for whether it adds something.");
}
