/* Answers and conclusions, and how they are derived. */
#include "render/teller.h"
#include <math.h>
#include <stdlib.h>
#include "base/utf8.h"
#include "render/families.h"
#include "render/figures.h"
#include "render/vary.h"

/* --- answers --- */

/* The first of the letters that no symbol of the theory has; the last one is a word. */
static const char *free_letter(const problem *p, const char *const *letters) {
    for (; letters[1]; letters++) {
        bool taken = false;
        for (int j = 0; j < p->nsymbols && !taken; j++)
            taken = str_eq(p->symbols[j].name, str_of(*letters));
        if (!taken) break;
    }
    return *letters;
}

const char *exponent_letter(const problem *p) {
    static const char *const letters[] = {"e", "x", "y", "z",        "u", "v",
                                          "k", "n", "m", "exponent", NULL};
    return free_letter(p, letters);
}

static bool shows_family(const finding *f) {
    for (int i = 0; i < f->nanswers; i++)
        if (f->answers[i].nfamilies) return true;
    return false;
}

/* Not s, if a family has that already. */
static const char *scale_letter(const teller *t) {
    static const char *const letters[] = {"s", "S", "λ", "Λ", "scale", NULL};
    return free_letter(t->p, letters + shows_family(t->f));
}

/* Ends are written alike: as decimals where these are exact and some fraction would be long. */
static bool reads_as_decimal(const interval *r) {
    rat low = RAT_ZERO, high = RAT_ZERO;
    if (!r->low_infinite && !coef_rat(r->low, &low)) return false;
    if (!r->high_infinite && !coef_rat(r->high, &high)) return false;
    return is_decimal(low) && is_decimal(high) && (is_long_fraction(low) || is_long_fraction(high));
}

static const char *end_text(arena *a, const interval *r, coef x, bool infinite) {
    if (infinite) return "";
    return reads_as_decimal(r) ? number_text(a, x.r) : coef_text(a, x);
}

static const char *interval_words(arena *a, const interval *r, const char *e) {
    const char *low = end_text(a, r, r->low, r->low_infinite);
    const char *high = end_text(a, r, r->high, r->high_infinite);
    const char *above = r->low_open ? "<" : "≤", *below = r->high_open ? "<" : "≤";
    if (r->low_infinite && r->high_infinite) return formatted(a, "any %s", e);
    if (r->low_infinite) return formatted(a, "%s %s %s", e, below, high);
    if (r->high_infinite) return formatted(a, "%s %s %s", e, r->low_open ? ">" : "≥", low);
    if (coef_eq(r->low, r->high)) return formatted(a, "%s = %s", e, low);
    return formatted(a, "%s %s %s %s %s", low, above, e, below, high);
}

str ranges_words(arena *a, const interval *r, int n, const char *e) {
    text t = text_new(a);
    for (int i = 0; i < n; i++) {
        if (i) text_puts(&t, " or ");
        text_puts(&t, interval_words(a, &r[i], e));
    }
    return text_str(&t);
}

/* "3/50 ≤ γ ≤ 7/20 when α = 1": the range in place of `γ = ?`. */
static void say_parameter_range(cell *c, const teller *t, const answer *w, const interval *r,
                                int n) {
    str law = w->goal->law;
    const char *hole = memchr(law.s, '?', law.n);
    size_t from = hole ? (size_t)(hole + 1 - law.s) : law.n;
    say_str(c, ROLE_LAW, ranges_words(t->a, r, n, coef_text(t->a, w->goal->target.k)));
    say_str(c, ROLE_LAW, (str){law.s + from, law.n - from});
}

static void say_ranges(cell *c, const teller *t, const answer *w, const interval *r, int n) {
    if (w->goal->kind == GOAL_PARAMETER) {
        say_parameter_range(c, t, w, r, n);
        return;
    }
    say_str(c, ROLE_LAW, law_unknown(t->a, w->goal, t->letter));
    say(c, ROLE_PLAIN, " with ");
    say_str(c, ROLE_LAW, ranges_words(t->a, r, n, t->letter));
}

static void say_case(cell *c, const teller *t, const answer *w, const answer_case *k) {
    if (k->nranges)
        say_ranges(c, t, w, k->ranges, k->nranges);
    else
        say_str(c, ROLE_LAW, law_case(t->a, w, k));
}

void say_law(cell *c, const teller *t, const answer *w) {
    if (law_is_known(w)) {
        say_str(c, ROLE_LAW, law_answer(t->a, w));
    } else if (w->kind == ANSWER_RANGE) {
        say_ranges(c, t, w, w->ranges, w->nranges);
    } else {
        say_str(c, ROLE_LAW, w->goal->law);
    }
}

void say_bases(cell *c, const goal *g) {
    for (int i = 0; i < g->nbase; i++) {
        if (i) say(c, ROLE_PLAIN, i + 1 < g->nbase ? ", " : " and ");
        say_str(c, ROLE_LAW, g->base_name[i]);
    }
}

/* A relation of which less is known than one law says. */
static void say_relation(cell *c, const teller *t, const answer *w) {
    if (w->kind == ANSWER_EXACT && w->signs == (SIGN_NEG | SIGN_POS)) {
        say(c, ROLE_PLAIN, "≪ or ≫, but not ∝, ");
        say_support(c, t, "from", w->support, w->when_used);
    } else if (law_asks_growth(w->goal)) {
        say(c, ROLE_PLAIN, "undetermined: it may grow, shrink or stay fixed");
    } else {
        say(c, ROLE_PLAIN, "undetermined: each of ≪, ∝, ≫ is possible");
    }
}

static void say_undetermined(cell *c, const teller *t, const answer *w) {
    if (w->ndependence == 0) {
        say(c, ROLE_PLAIN, "undetermined: any %s is possible",
            w->goal->kind == GOAL_PARAMETER ? "value" : "exponent");
        return;
    }
    say(c, ROLE_PLAIN, "not unique, since ");
    for (int i = 0; i < w->ndependence; i++) {
        form f = w->dependence[i];
        if (i) say(c, ROLE_PLAIN, ", ");
        if (f.n == 1)
            say_str(c, ROLE_LAW, t->p->symbols[f.t[0].sym].name);
        else
            say_str(c, ROLE_LAW, law_claim(t->a, t->p, f, REL_EQ, false));
        if (f.n == 1) say(c, ROLE_PLAIN, " does not scale");
    }
}

static bool is_open_relation(const answer *w) {
    bool answered = w->kind == ANSWER_EXACT || w->kind == ANSWER_UNDETERMINED;
    return w->goal->kind == GOAL_RELATION && answered && !law_is_known(w);
}

/* --- what the nonlinear solver vouches for --- */

static bool is_said_before(const teller *t, const condition *list, int i) {
    str law = law_vouched(t->a, t->p, &list[i]);
    for (int j = 0; j < i; j++)
        if (str_eq(law, law_vouched(t->a, t->p, &list[j]))) return true;
    return false;
}

void say_vouched(cell *c, const teller *t, bool vouched, const condition *list, int n) {
    if (vouched) {
        say(c, ROLE_DOUBT, ", on Z3's word");
        return;
    }
    int shown = part_of(n);
    if (n) say(c, ROLE_DOUBT, " (relies on Z3 for: ");
    for (int i = 0; i < shown; i++) {
        if (is_said_before(t, list, i)) continue;
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LAW, law_vouched(t->a, t->p, &list[i]));
    }
    if (shown < n) say(c, ROLE_PLAIN, " and %d more", n - shown);
    if (n) say(c, ROLE_DOUBT, ")");
}

/* --- cases --- */

static bool same_set(factset x, factset y) {
    return x.n == y.n && (x.n == 0 || memcmp(x.v, y.v, sizeof *x.v * (size_t)x.n) == 0);
}

/* Do all cases rest on the same statements? */
static bool cases_agree(const answer *w) {
    for (int i = 1; i < w->ncases; i++)
        if (!same_set(w->cases[0].support, w->cases[i].support)) return false;
    return true;
}

static const factset nothing = {NULL, 0};

static void say_by_cases(cell *c, const teller *t, const answer *w) {
    say(c, ROLE_PLAIN, w->ncases == 1 ? "by conditions" : "by cases");
    if (w->ncases && cases_agree(w)) {
        say(c, ROLE_PLAIN, ", ");
        say_support(c, t, "from", w->cases[0].support, w->when_used);
    }
}

void say_cases(cell *c, const teller *t, const answer *w) {
    for (int i = 0; i < w->ncases; i++) {
        const answer_case *k = &w->cases[i];
        if (i) say(c, ROLE_PLAIN, ", ");
        say_case(c, t, w, k);
        if (k->nwhen) say(c, ROLE_PLAIN, " if ");
        say_str(c, ROLE_LAW, law_conditions(t->a, t->p, k));
    }
}

static cell *note_cell(const teller *t, block *b) {
    row *r = doc_row(t->d, b);
    doc_cell(t->d, r);
    return doc_cell(t->d, r);
}

/* "1. if a-1 ≤ 2b: t ∝ C^(b/(1+b))", "2. if d = 0: ..." */
static void tell_cases(const teller *t, block *b, const answer *w) {
    for (int i = 0; w->kind == ANSWER_CASES && i < w->ncases; i++) {
        const answer_case *k = &w->cases[i];
        cell *c = note_cell(t, b);
        if (w->ncases > 1) say(c, ROLE_PLAIN, "%d. ", i + 1);
        say(c, ROLE_PLAIN, k->nwhen ? "if " : "in any case");
        say_str(c, ROLE_LAW, law_conditions(t->a, t->p, k));
        say(c, ROLE_PLAIN, ": ");
        say_case(c, t, w, k);
        if (t->f->file && vary_holds_case(t->a, t->p, k) == 1) say(c, ROLE_PLAIN, " (the file)");
        if (cases_agree(w) || k->support.n == 0) continue;
        say(c, ROLE_PLAIN, ", ");
        say_support(c, t, "from", k->support, nothing);
    }
}

static void tell_families(const teller *t, block *b, const answer *w) {
    for (int i = 0; i < w->nfamilies; i++)
        say_family(note_cell(t, b), t->a, t->p, w, &w->families[i]);
}

/* "the terms that depend on the choice balance at N ∝ C^(1/2)" */
static void tell_balance(const teller *t, block *b, const answer *w) {
    if (!w->balance) return;
    answer at = *w;
    at.kind = ANSWER_EXACT;
    at.value = w->balance;
    at.nvalue = 1;
    cell *c = note_cell(t, b);
    say(c, ROLE_QUIET, "any of these is best; the terms that depend on the choice balance at ");
    say_str(c, ROLE_LAW, law_answer(t->a, &at));
}

/* --- the kinds --- */

static void say_plain_kind(cell *c, const teller *t, const answer *w) {
    if (is_open_relation(w)) {
        say_relation(c, t, w);
        return;
    }
    switch (w->kind) {
    case ANSWER_EXACT:
        if (is_stated(t->p, law_answer(t->a, w), w->support, w->when_used))
            say(c, ROLE_PLAIN, "as stated");
        else
            say_support(c, t, "from", w->support, w->when_used);
        break;
    case ANSWER_CASES:
        say_by_cases(c, t, w);
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

void say_kind(cell *c, const teller *t, const answer *w) {
    say_plain_kind(c, t, w);
    say_vouched(c, t, w->vouched, w->condition, w->nconditions);
}

/* --- readings --- */

enum { LARGEST_READING = 300 };

/* "2 × N_p multiplies ℓ by 0.794; 10 × by 0.464" */
static void say_reading(cell *c, const goal *g, int hole, rat e) {
    str base = g->base_name[hole], left = g->left;
    double power = rat_double(e);
    if (rat_is_zero(e)) {
        say(c, ROLE_QUIET, "%.*s does not change %.*s", (int)base.n, base.s, (int)left.n, left.s);
        return;
    }
    say(c, ROLE_QUIET, "2 × %.*s multiplies %.*s by %s; 10 × by %s", (int)base.n, base.s,
        (int)left.n, left.s, factor_text(c->arena, power * log10(2)), factor_text(c->arena, power));
}

static bool is_readable(coef value, rat *e) {
    return coef_rat(value, e) && fabs(rat_double(*e)) <= (double)LARGEST_READING &&
           (rat_is_zero(*e) || fabs(rat_double(*e)) > 1e-9);
}

/* "the exponent is about 0.4516", where the fraction is long */
static bool say_decimal(cell *c, const answer *w, rat e) {
    if (!is_long_fraction(e)) return false;
    const char *what = w->goal->kind == GOAL_PARAMETER ? "the value" : "the exponent";
    say(c, ROLE_QUIET, "%s is %s%s", what, is_decimal(e) ? "" : "about ", number_text(c->arena, e));
    return true;
}

static void tell_reading(const teller *t, block *b, const answer *w, int hole, bool full) {
    rat e;
    if (!is_readable(w->value[hole], &e)) return;
    bool as_factor = full && w->goal->kind == GOAL_EXPONENT;
    if (!as_factor && !is_long_fraction(e)) return;
    cell *c = note_cell(t, b);
    if (say_decimal(c, w, e) && as_factor) say(c, ROLE_QUIET, "; ");
    if (as_factor) say_reading(c, w->goal, hole, e);
}

/* "the exponent goes from -0.35 to -0.07": what a closed form ranges over */
static void tell_range(const teller *t, block *b, const answer *w) {
    rat number;
    const interval *r = w->ranges;
    if (w->kind != ANSWER_EXACT || !w->nranges || coef_rat(w->value[0], &number)) return;
    cell *c = note_cell(t, b);
    const char *what = w->goal->kind == GOAL_PARAMETER ? "value" : "exponent";
    if (w->nranges == 1 && !r->low_infinite && !r->high_infinite && !r->low_open && !r->high_open)
        say(c, ROLE_QUIET, "the %s goes from %s to %s", what, end_text(t->a, r, r->low, false),
            end_text(t->a, r, r->high, false));
    else
        say(c, ROLE_QUIET, "where %s",
            str_z(t->a, ranges_words(t->a, w->ranges, w->nranges, coef_text(t->a, w->value[0]))));
}

static void tell_readings(const teller *t, block *b, const answer *w, bool full) {
    if (w->kind == ANSWER_EXACT && w->goal->kind != GOAL_RELATION)
        for (int i = 0; i < w->nvalue; i++) tell_reading(t, b, w, i, full);
    if (full) tell_range(t, b, w);
    if (!w->base_may_rest || !full) return;
    cell *c = note_cell(t, b);
    say(c, ROLE_QUIET, "solutions in which ");
    say_bases(c, w->goal);
    say(c, ROLE_QUIET,
        w->goal->nbase == 1 ? " does not scale are left out" : " do not scale are left out");
}

static bool is_wide(const cell *c) {
    int width = 0;
    for (size_t i = 0; i < c->runs.n; i++) width += utf8_width(c->runs.v[i].s);
    return width > WIDE_LAW;
}

static void tell_goal_note(const teller *t, block *b, const goal *g) {
    if (g->note.n + g->cite.n) say_note(note_cell(t, b), ROLE_QUIET, g->note, g->cite);
}

enum { FEW_STEPS = 7, FEW_COLUMNS = 130 };

static bool is_short(const teller *t, const derivation *why) {
    if (why->target.n + (why->two ? why->base.n : 0) > FEW_STEPS) return false;
    int width = chain_width(t, &why->target, FEW_COLUMNS);
    return width + (why->two ? chain_width(t, &why->base, FEW_COLUMNS) : 0) <= FEW_COLUMNS;
}

/* "because ℓ ∝ N^-1 ∝ w^-1 and N_p ∝ w² L ∝ w³" */
static void say_because(cell *c, const teller *t, const goal *g, const derivation *why) {
    bool both = why->two && why->target.n && why->base.n;
    say(c, ROLE_PLAIN, "because ");
    if (why->target.n) say_chain(c, t, g, &why->target, true);
    if (both) say(c, ROLE_PLAIN, " and ");
    if (why->two && why->base.n) say_chain(c, t, g, &why->base, true);
}

static void tell_because(const teller *t, block *b, const answer *w) {
    const derivation *why = w->why;
    if (why == NULL || why->target.n + (why->two ? why->base.n : 0) == 0) return;
    if (!why->two && says_it_all(t, w->goal, &why->target, law_answer(t->a, w))) return;
    if (is_short(t, why)) {
        say_because(note_cell(t, b), t, w->goal, why);
    } else if (!t->told->steps) {
        t->told->steps = true;
        say(note_cell(t, b), ROLE_QUIET, "`propto derive` shows the steps");
    }
}

/* In full: with its chain, its note, and how it reads in numbers. */
static void tell_answer(const teller *t, block *b, const answer *w, bool full) {
    row *r = doc_row(t->d, b);
    cell *law = doc_cell(t->d, r);
    say_law(law, t, w);
    cell *c = is_wide(law) ? note_cell(t, b) : doc_cell(t->d, r);
    if (say_in_file(c, t, w)) c = note_cell(t, b);
    say_kind(c, t, w);
    tell_cases(t, b, w);
    tell_families(t, b, w);
    tell_balance(t, b, w);
    if (full) tell_because(t, b, w);
    tell_readings(t, b, w, full);
    tell_goal_note(t, b, w->goal);
}

/* In a theory that conflicts there are no answers but those of the repairs. */
static bool worth_telling(const teller *t, const answer *w) {
    return w->goal->kind != GOAL_WHERE &&
           !(w->kind == ANSWER_VACUOUS && t->f->verdict == VERDICT_CONTRADICTORY &&
             t->f->ncores > 0);
}

void tell_answers(const teller *t) {
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

static void say_plain_conclusion(cell *c, const teller *t, const conclusion *k) {
    bool of_theory = k->goal->kind != GOAL_CONCLUSION;
    switch (k->verdict) {
    case CONCLUSION_PROVED:
        say(c, ROLE_GOOD, "proved");
        if (is_stated(t->p, k->goal->law, k->support, k->when_used))
            say(c, ROLE_PLAIN, ", as stated");
        else if (!of_theory)
            say_support(c, t, " from", k->support, k->when_used);
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

static void say_conclusion(cell *c, const teller *t, const conclusion *k) {
    say_plain_conclusion(c, t, k);
    say_vouched(c, t, k->vouched, k->condition, k->nconditions);
}

static void mark_parameters(arena *a, coef c, bool *marked) {
    const field *k = coef_field(c);
    if (k == NULL) return;
    bool *used = NEW_ARRAY(a, bool, field_size(k));
    coef_parameters(c, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) marked[field_symbol(k, i)] = true;
}

static void mark_form(arena *a, form f, bool *marked) {
    mark_parameters(a, f.k, marked);
    for (int i = 0; i < f.n; i++) {
        marked[f.t[i].sym] = true;
        mark_parameters(a, f.t[i].c, marked);
    }
}

static void mark_symbols(arena *a, const formula *f, bool *marked) {
    if (f->kind == FORMULA_ATOM) mark_form(a, f->lhs, marked);
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) mark_symbols(a, f->kid[i], marked);
}

/* The names that a conclusion and its suppositions speak of; all, where that is none. */
static bool *symbols_of_goal(const teller *t, const goal *g) {
    bool *marked = NEW_ARRAY(t->a, bool, t->p->nsymbols), any = false;
    if (g->claim) mark_symbols(t->a, g->claim, marked);
    for (int i = 0; i < g->nwhen; i++) mark_symbols(t->a, g->when[i], marked);
    for (int i = 0; i < t->p->nsymbols; i++) any |= marked[i];
    if (!any) memset(marked, true, (size_t)t->p->nsymbols);
    return marked;
}

/* "N ∝ s²", "L fixed" */
static void say_exponent(cell *c, const teller *t, const symbol *q, coef x) {
    say_str(c, ROLE_LAW, q->name);
    if (q->sort == SORT_PARAMETER) {
        say(c, ROLE_LAW, " = %s", coef_text(t->a, x));
    } else if (coef_is_zero(x)) {
        say(c, ROLE_LAW, " fixed");
    } else {
        say(c, ROLE_LAW, " ∝ ");
        say_str(c, ROLE_LAW, law_power(t->a, str_of(scale_letter(t)), x));
    }
}

/* "holds for w ∝ s, L fixed" */
static void say_solution(cell *c, const teller *t, const char *lead, const witness *w,
                         const bool *marked) {
    int n = 0;
    say(c, ROLE_QUIET, "%s ", lead);
    for (int i = 0; i < w->n && i < t->p->nsymbols; i++) {
        if (!marked[i] || t->p->symbols[i].sort == SORT_CONSTANT || n++ >= LONG_LIST) continue;
        if (n > 1) say(c, ROLE_QUIET, ", ");
        say_exponent(c, t, &t->p->symbols[i], w->x[i]);
    }
    if (n > LONG_LIST) say(c, ROLE_QUIET, ", and %d more", n - LONG_LIST);
}

/* Does some exponent other than zero stand in it? */
static bool shows_scale(const teller *t, const witness *w, const bool *marked) {
    for (int i = 0; i < w->n && i < t->p->nsymbols; i++)
        if (marked[i] && t->p->symbols[i].sort == SORT_QUANTITY && !coef_is_zero(w->x[i]))
            return true;
    return false;
}

static void tell_solutions(const teller *t, block *b, const conclusion *k) {
    if (k->verdict != CONCLUSION_OPEN) return;
    const bool *marked = symbols_of_goal(t, k->goal);
    bool scales = shows_scale(t, &k->yes, marked) || shows_scale(t, &k->no, marked);
    cell *c = NULL;
    if (k->yes.n) say_solution(c = note_cell(t, b), t, "holds for", &k->yes, marked);
    if (k->no.n) say_solution(c = note_cell(t, b), t, "fails for", &k->no, marked);
    if (c == NULL || !scales || t->told->scale) return;
    t->told->scale = true;
    say(c, ROLE_QUIET, " (%s: the hidden scale)", scale_letter(t));
}

static void tell_conclusion(const teller *t, block *b, const conclusion *k) {
    row *r = doc_row(t->d, b);
    cell *c = doc_cell(t->d, r);
    say_mark(c, k->verdict);
    say_str(c, ROLE_LAW, k->goal->law);
    if (is_wide(c)) r = doc_row(t->d, b), doc_cell(t->d, r);
    say_conclusion(doc_cell(t->d, r), t, k);
    if (k->goal->line) say(doc_cell(t->d, r), ROLE_QUIET, "line %d", k->goal->line);
    tell_goal_note(t, b, k->goal);
    tell_solutions(t, b, k);
}

/* The verdict says it already. */
static bool is_told(const conclusion *k) {
    return k->goal->kind != GOAL_CONCLUSION && k->goal->nwhen == 0 &&
           k->verdict == CONCLUSION_PROVED;
}

void tell_claims(const teller *t) {
    for (int i = 0; i < t->f->nconclusions; i++) {
        const goal *g = t->f->conclusions[i].goal;
        if (is_told(&t->f->conclusions[i]) && g->note.n + g->cite.n)
            say_note(doc_paragraph(t->d, t->indent), ROLE_QUIET, g->note, g->cite);
    }
}

void tell_conclusions(const teller *t, bool gap) {
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

/* "ℓ ∝ w^-1 ∝ N_p^(-1/3)": the law, by way of where the two chains meet. */
static str law_by_meeting(const teller *t, const derivation *why, str law) {
    str start = law_product(t->a, t->p, why->target.start);
    str meeting = law_product(t->a, t->p, why->target.end);
    bool apart = why->two && why->target.n > 0 && why->base.n > 0;
    if (!apart || law.n <= start.n || !str_eq((str){law.s, start.n}, start)) return law;
    str rest = {law.s + start.n, law.n - start.n};
    if (!str_starts(rest, " ∝ ")) return law;
    str lead = beside(t->a, start, "∝", meeting);
    return str_of(formatted(t->a, "%.*s%.*s", (int)lead.n, lead.s, (int)rest.n, rest.s));
}

static void tell_chains(const teller *t, const goal *g, const derivation *why, str law) {
    bool in_steps = t->how.steps && tell_calculation(t, g, why);
    if (!in_steps) {
        block *b = doc_table(t->d, t->indent + 2, -1);
        tell_chain(t, b, g, &why->target);
        if (why->two) tell_chain(t, b, g, &why->base);
    }
    if (!why->two && says_it_all(t, g, &why->target, law)) return;
    cell *c = doc_line(t->d, t->indent + 2);
    say(c, ROLE_PLAIN, "so ");
    say_str(c, ROLE_LAW, in_steps ? law : law_by_meeting(t, why, law));
    say_result(c, t, g, why);
}

static void tell_derivation(const teller *t, const answer *w) {
    say_head(t, w);
    if (w->why) tell_chains(t, w->goal, w->why, law_answer(t->a, w));
    block *b = doc_table(t->d, t->indent, 1);
    tell_cases(t, b, w);
    tell_families(t, b, w);
    tell_balance(t, b, w);
    tell_readings(t, b, w, true);
}

/* Laws in order, to look others up in. */
typedef struct {
    VEC(str) list;
} lawbook;

static int by_text(const void *x, const void *y) {
    return str_cmp(*(const str *)x, *(const str *)y);
}

static void lawbook_sort(lawbook *b) {
    if (b->list.n) qsort(b->list.v, b->list.n, sizeof *b->list.v, by_text);
}

static bool lawbook_has(const lawbook *b, str law) {
    return b->list.n && bsearch(&law, b->list.v, b->list.n, sizeof law, by_text);
}

static lawbook derived_laws(const teller *t) {
    lawbook b = {{NULL, 0, 0}};
    for (int i = 0; i < t->f->nanswers; i++)
        if (t->f->answers[i].why) vec_push(t->a, &b.list, law_answer(t->a, &t->f->answers[i]));
    lawbook_sort(&b);
    return b;
}

static lawbook proved_laws(const teller *t) {
    lawbook b = {{NULL, 0, 0}};
    for (int i = 0; i < t->f->nconclusions; i++)
        if (t->f->conclusions[i].verdict == CONCLUSION_PROVED)
            vec_push(t->a, &b.list, t->f->conclusions[i].goal->law);
    lawbook_sort(&b);
    return b;
}

static void tell_conclusion_chains(const teller *t, const conclusion *k, const lawbook *derived) {
    if (is_told(k)) return;
    bool above = k->why && lawbook_has(derived, k->goal->law);
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say_mark(c, k->verdict);
    say_str(c, ROLE_LAW, k->goal->law);
    say(c, ROLE_PLAIN, ": ");
    if (above)
        say(c, ROLE_GOOD, "proved, as above");
    else
        say_conclusion(c, t, k);
    if (k->why && !above) tell_chains(t, k->goal, k->why, k->goal->law);
    tell_solutions(t, doc_table(t->d, t->indent, 1), k);
}

void tell_derivations(const teller *t) {
    tell_notation(t);
    for (int i = 0; i < t->f->nanswers; i++)
        if (worth_telling(t, &t->f->answers[i])) tell_derivation(t, &t->f->answers[i]);
    lawbook derived = derived_laws(t);
    for (int i = 0; i < t->f->nconclusions; i++)
        tell_conclusion_chains(t, &t->f->conclusions[i], &derived);
}

void tell_answers_short(const teller *t) {
    block *b = doc_table(t->d, t->indent, 1);
    lawbook proved = proved_laws(t);
    for (int i = 0; i < t->f->nanswers; i++) {
        const answer *w = &t->f->answers[i];
        bool concluded = w->kind == ANSWER_EXACT && lawbook_has(&proved, law_answer(t->a, w));
        if (worth_telling(t, w) && !concluded) tell_answer(t, b, w, false);
    }
}
