#include "render/to_json.h"
#include "render/json.h"
#include <math.h>
#include "analysis/membership.h"
#include "render/diagnose.h"
#include "render/exponents.h"
#include "render/families.h"
#include "render/json_steps.h"
#include "render/json_parts.h"
#include "render/law.h"
#include "render/spell.h"
#include "render/tables.h"
#include "render/to_json_proofs.h"
#include "render/vary.h"

/* What every member needs. */
typedef struct {
    arena *a;
    const problem *p;
    const json_options *o;
} writer;

/* --- members --- */

static void put(const writer *w, cJSON *to, const char *name, str s) {
    cJSON_AddStringToObject(to, name, spell_valid(w->a, s));
}

static void put_z(const writer *w, cJSON *to, const char *name, const char *z) {
    if (z) put(w, to, name, str_of(z));
}

static void put_line(cJSON *to, int line) {
    if (line > 0) cJSON_AddNumberToObject(to, "line", line);
}

/* --- what there is by the thousand is written as it comes, without a tree --- */

static bool needs_escapes(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] < 0x20 || s.s[i] == '"' || s.s[i] == '\\') return true;
    return false;
}

static void write_string(const writer *w, text *to, str s) {
    if (!needs_escapes(s)) {
        text_putc(to, '"');
        text_puts(to, spell_valid(w->a, s));
        text_putc(to, '"');
        return;
    }
    cJSON *item = cJSON_CreateString(spell_valid(w->a, s));
    char *printed = cJSON_PrintUnformatted(item);
    text_puts(to, printed);
    cJSON_free(printed);
    cJSON_Delete(item);
}

static void write_member(const writer *w, text *to, const char *name, str s) {
    text_putc(to, '"');
    text_puts(to, name);
    text_puts(to, "\":");
    write_string(w, to, s);
}

/* What was written, in brackets. */
static void put_written(const writer *w, cJSON *to, const char *name, char open, str s,
                        char close) {
    char *all = arena_alloc(w->a, s.n + 3);
    all[0] = open;
    memcpy(all + 1, s.s, s.n);
    all[s.n + 1] = close;
    cJSON_AddRawToObject(to, name, all);
}

/* The note and the citation of a question or conclusion, where it has them. */
static void put_note(const writer *w, cJSON *to, const goal *g) {
    if (g->note.n) put(w, to, "note", g->note);
    if (g->cite.n) put(w, to, "citation", g->cite);
}

static void append(const writer *w, cJSON *to, str s) {
    cJSON_AddItemToArray(to, cJSON_CreateString(spell_valid(w->a, s)));
}

static void put_strings(const writer *w, cJSON *to, const char *name, const str *list, int n) {
    cJSON *array = cJSON_AddArrayToObject(to, name);
    for (int i = 0; i < n; i++) append(w, array, list[i]);
}

static cJSON *object_in(cJSON *list) {
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    return item;
}

static void append_labels(const writer *w, cJSON *to, factset s) {
    for (int i = 0; i < s.n; i++) append(w, to, w->p->facts[s.v[i]].label);
}

static void put_labels(const writer *w, cJSON *to, const char *name, factset s) {
    append_labels(w, cJSON_AddArrayToObject(to, name), s);
}

const char *json_verdict(verdict v) {
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

/* --- derivations --- */

static void put_chain(const writer *w, cJSON *to, const char *name, const goal *g, const chain *k) {
    cJSON *steps = cJSON_AddArrayToObject(to, name);
    str start = law_product(w->a, w->p, k->start);
    for (int i = 0; i < k->n; i++) {
        const step *s = &k->steps[i];
        str after = law_product(w->a, w->p, s->after);
        cJSON *item = object_in(steps);
        put_z(w, item, "law",
              formatted(w->a, "%.*s %s %.*s", (int)start.n, start.s, law_sign(s->r, s->geq),
                        (int)after.n, after.s));
        put(w, item, "by", law_step_label(w->p, g, s));
        put(w, item, "uses", law_step(w->a, w->p, g, s));
        put_z(w, item, "power", coef_text(w->a, s->power));
        if (g && w->o->how.exponents) put(w, item, "exponents", exponents_step(w->a, w->p, k, i));
    }
}

static void put_derivation(const writer *w, cJSON *to, const goal *g, const derivation *why) {
    if (why == NULL || !w->o->derivations) return;
    cJSON *item = cJSON_AddObjectToObject(to, "derivation");
    put_chain(w, item, "target", g, &why->target);
    if (why->two) put_chain(w, item, "base", g, &why->base);
    if (w->o->how.steps) put_calculation(w->a, item, w->p, g, why, w->o->how.exponents);
}

/* --- answers --- */

static const char *kind_name(answer_kind k) {
    switch (k) {
    case ANSWER_EXACT:
        return "exact";
    case ANSWER_CASES:
        return "cases";
    case ANSWER_RANGE:
        return "range";
    case ANSWER_UNDETERMINED:
        return "undetermined";
    case ANSWER_UNDEFINED:
        return "undefined";
    case ANSWER_VACUOUS:
        return "vacuous";
    case ANSWER_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

static void put_approx(cJSON *to, coef c) {
    rat r;
    if (coef_rat(c, &r) && isfinite(rat_double(r)))
        cJSON_AddNumberToObject(to, "approx", rat_double(r));
}

/* The holes of a question, filled in where there are values. That of `γ = ?` has no base. */
static void put_holes(const writer *w, cJSON *to, const goal *g, const coef *value, int n) {
    cJSON *holes = cJSON_AddArrayToObject(to, "holes");
    bool parameter = g->kind == GOAL_PARAMETER;
    for (int i = 0; i < (parameter ? 1 : g->nbase); i++) {
        cJSON *hole = object_in(holes);
        put(w, hole, "base", parameter ? STR("") : g->base_name[i]);
        if (i >= n) continue;
        put_z(w, hole, "value", coef_text(w->a, value[i]));
        put_approx(hole, value[i]);
    }
}

static void put_range(const writer *w, cJSON *to, const interval *r) {
    put_z(w, to, "low", r->low_infinite ? "-inf" : coef_text(w->a, r->low));
    cJSON_AddBoolToObject(to, "low_open", r->low_open || r->low_infinite);
    put_z(w, to, "high", r->high_infinite ? "inf" : coef_text(w->a, r->high));
    cJSON_AddBoolToObject(to, "high_open", r->high_open || r->high_infinite);
}

static void put_ranges(const writer *w, cJSON *to, const interval *list, int n) {
    if (n == 0) return;
    cJSON *ranges = cJSON_AddArrayToObject(to, "ranges");
    for (int i = 0; i < n; i++) put_range(w, object_in(ranges), &list[i]);
}

static void append_case(const writer *w, cJSON *list, const answer *x, const answer_case *k) {
    cJSON *to = object_in(list);
    put(w, to, "when", law_conditions(w->a, w->p, k));
    if (!k->nranges) put(w, to, "law", law_case(w->a, x, k));
    put_holes(w, to, x->goal, &k->value, k->nranges ? 0 : 1);
    put_ranges(w, to, k->ranges, k->nranges);
    put_labels(w, to, "support", k->support);
}

static void put_cases(const writer *w, cJSON *to, const answer *x) {
    if (x->kind != ANSWER_CASES) return;
    cJSON *list = cJSON_AddArrayToObject(to, "cases");
    for (int i = 0; i < x->ncases; i++) append_case(w, list, x, &x->cases[i]);
}

/* What only the nonlinear solver vouches for: all of it, or some conditions. */
static void put_vouched(const writer *w, cJSON *to, bool vouched, const condition *list, int n) {
    if (vouched) cJSON_AddBoolToObject(to, "vouched", true);
    if (n == 0) return;
    cJSON *names = cJSON_AddArrayToObject(to, "conditions");
    for (int i = 0; i < n; i++) append(w, names, law_vouched(w->a, w->p, &list[i]));
}

static void put_relation(const writer *w, cJSON *to, const answer *x) {
    static const struct {
        int bit;
        const char *sign;
    } signs[] = {{SIGN_NEG, "≪"}, {SIGN_ZERO, "∝"}, {SIGN_POS, "≫"}};
    bool known = x->kind == ANSWER_EXACT && law_signs(x->signs);
    if (x->kind != ANSWER_EXACT && x->kind != ANSWER_UNDETERMINED) return;
    put_z(w, to, "relation", known ? law_signs(x->signs) : "undetermined");
    cJSON *possible = cJSON_AddArrayToObject(to, "possible");
    for (int i = 0; i < 3; i++)
        if (x->kind == ANSWER_UNDETERMINED || x->signs & signs[i].bit)
            append(w, possible, str_of(signs[i].sign));
}

static void put_dependence(const writer *w, cJSON *to, const answer *x) {
    if (x->ndependence == 0) return;
    cJSON *list = cJSON_AddArrayToObject(to, "dependence");
    for (int i = 0; i < x->ndependence; i++)
        append(w, list, law_claim(w->a, w->p, x->dependence[i], REL_EQ, false));
}

static void append_family(const writer *w, cJSON *list, const answer *x, const family *y) {
    static const char *const points[] = {"0", "1"};
    cJSON *to = object_in(list);
    put(w, to, "if", law_family_if(w->a, w->p, y));
    put(w, to, "then", law_family_then(w->a, x, y));
    put_z(w, to, "value", coef_text(w->a, y->value));
    cJSON *at = cJSON_AddObjectToObject(to, "at");
    for (int i = 0; i < 2; i++) put_z(w, at, points[i], family_value(w->a, y, i));
    put_labels(w, to, "support", y->support);
}

static void put_families(const writer *w, cJSON *to, const answer *x) {
    if (x->nfamilies == 0) return;
    cJSON *list = cJSON_AddArrayToObject(to, "families");
    for (int i = 0; i < x->nfamilies; i++) append_family(w, list, x, &x->families[i]);
}

static void put_support(const writer *w, cJSON *to, factset support, factset when) {
    put_labels(w, to, "support", support);
    if (when.n) cJSON_AddBoolToObject(to, "supposed", true);
}

static void append_answer(const writer *w, cJSON *list, const answer *x) {
    cJSON *to = object_in(list);
    put(w, to, "question", x->goal->law);
    put_line(to, x->goal->line);
    put_note(w, to, x->goal);
    put_z(w, to, "kind", kind_name(x->kind));
    if (law_is_known(x)) put(w, to, "law", law_answer(w->a, x));
    if (x->goal->kind == GOAL_RELATION)
        put_relation(w, to, x);
    else
        put_holes(w, to, x->goal, x->value, x->kind == ANSWER_EXACT ? x->nvalue : 0);
    put_cases(w, to, x);
    put_ranges(w, to, x->ranges, x->nranges);
    put_dependence(w, to, x);
    put_families(w, to, x);
    if (x->balance) put_z(w, to, "balance", coef_text(w->a, *x->balance));
    if (x->kind == ANSWER_EXACT) put_support(w, to, x->support, x->when_used);
    put_vouched(w, to, x->vouched, x->condition, x->nconditions);
    if (x->base_may_rest) cJSON_AddBoolToObject(to, "base_may_rest", true);
    if (x->kind == ANSWER_UNKNOWN) put_z(w, to, "reason", x->reason);
    put_derivation(w, to, x->goal, x->why);
}

static void put_answers(const writer *w, cJSON *to, const answer *x, int n) {
    cJSON *list = cJSON_AddArrayToObject(to, "answers");
    for (int i = 0; i < n; i++)
        if (x[i].goal->kind != GOAL_WHERE) append_answer(w, list, &x[i]);
}

/* --- vary --- */

static void put_varied(const writer *w, cJSON *to) {
    cJSON *list = cJSON_AddArrayToObject(to, "varied");
    for (int i = 0; i < w->p->nvaried; i++) {
        const variation *v = &w->p->varied[i];
        cJSON *item = object_in(list);
        put(w, item, "label", w->p->facts[v->fact].label);
        put(w, item, "parameter", w->p->symbols[v->symbol].name);
        put_z(w, item, "value", rat_text(w->a, v->value));
        put(w, item, "law", w->p->facts[v->fact].law);
    }
}

/* What the file answers, beside an answer x that is there already. */
static void put_in_file(const writer *w, cJSON *to, const answer *x, const answer *file) {
    cJSON *cases = cJSON_GetObjectItem(to, "cases"), *holes = cJSON_GetObjectItem(to, "holes");
    put_z(w, to, "kind_in_file", kind_name(file->kind));
    if (law_is_known(file)) put(w, to, "law_in_file", law_answer(w->a, file));
    for (int i = 0; holes && file->kind == ANSWER_EXACT && i < file->nvalue; i++)
        put_z(w, cJSON_GetArrayItem(holes, i), "in_file", coef_text(w->a, file->value[i]));
    for (int i = 0; cases && i < x->ncases; i++) {
        int holds = vary_holds_case(w->a, w->p, &x->cases[i]);
        if (holds >= 0) cJSON_AddBoolToObject(cJSON_GetArrayItem(cases, i), "holds_in_file", holds);
    }
}

static void put_all_in_file(const writer *w, cJSON *to, const finding *f) {
    cJSON *item = cJSON_GetObjectItem(to, "answers")->child;
    put_z(w, to, "verdict_in_file", json_verdict(f->file->verdict));
    for (int i = 0; item && i < f->nanswers; item = item->next, i++) {
        const answer *file = vary_in_file(f, &f->answers[i]);
        if (file) put_in_file(w, item, &f->answers[i], file);
    }
}

static void append_where(const writer *w, cJSON *list, const answer *x) {
    cJSON *to = object_in(list);
    put(w, to, "law", x->goal->law);
    if (x->kind == ANSWER_UNKNOWN) put_z(w, to, "reason", x->reason);
    if (x->kind != ANSWER_EXACT || x->where == NULL) return;
    put(w, to, "when", law_formula(w->a, w->p, vary_plain(w->a, x->where)));
    put_vouched(w, to, x->vouched, x->condition, x->nconditions);
    int holds = vary_holds(w->a, w->p, x->where);
    if (holds >= 0) cJSON_AddBoolToObject(to, "holds_in_file", holds);
}

static void put_where(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = cJSON_AddArrayToObject(to, "where");
    for (int i = 0; i < f->nanswers; i++)
        if (f->answers[i].goal->kind == GOAL_WHERE) append_where(w, list, &f->answers[i]);
}

static void put_variation(const writer *w, cJSON *to, const finding *f) {
    if (f->file == NULL) return;
    put_varied(w, to);
    put_all_in_file(w, to, f);
    put_where(w, to, f);
}

/* --- conclusions --- */

static const char *conclusion_name(conclusion_verdict v) {
    switch (v) {
    case CONCLUSION_PROVED:
        return "proved";
    case CONCLUSION_REFUTED:
        return "refuted";
    case CONCLUSION_OPEN:
        return "open";
    case CONCLUSION_VACUOUS:
        return "vacuous";
    case CONCLUSION_UNKNOWN:
        return "unknown";
    }
    return "unknown";
}

static void put_witness(const writer *w, cJSON *to, const char *name, const witness *x) {
    if (x->n == 0) return;
    text values = text_new(w->a);
    for (int i = 0; i < x->n && i < w->p->nsymbols; i++) {
        if (w->p->symbols[i].hidden) continue;
        if (values.n) text_putc(&values, ',');
        write_string(w, &values, w->p->symbols[i].name);
        text_putc(&values, ':');
        write_string(w, &values, str_of(coef_text(w->a, x->x[i])));
    }
    put_written(w, to, name, '{', text_str(&values), '}');
}

static void append_conclusion(const writer *w, cJSON *list, const conclusion *k) {
    cJSON *to = object_in(list);
    put(w, to, "text", k->goal->law);
    put_line(to, k->goal->line);
    put_note(w, to, k->goal);
    put_z(w, to, "verdict", conclusion_name(k->verdict));
    if (k->verdict == CONCLUSION_PROVED || k->verdict == CONCLUSION_REFUTED)
        put_support(w, to, k->support, k->when_used);
    put_vouched(w, to, k->vouched, k->condition, k->nconditions);
    if (k->verdict == CONCLUSION_OPEN) {
        put_witness(w, to, "yes", &k->yes);
        put_witness(w, to, "no", &k->no);
    }
    if (k->verdict == CONCLUSION_UNKNOWN) put_z(w, to, "reason", k->reason);
    put_derivation(w, to, k->goal, k->why);
}

static void put_conclusions(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = cJSON_AddArrayToObject(to, "conclusions");
    for (int i = 0; i < f->nconclusions; i++) append_conclusion(w, list, &f->conclusions[i]);
}

/* --- conflicts --- */

static void append_story(const writer *w, cJSON *list, const story *y) {
    cJSON *to = object_in(list);
    if (!y->told || !law_is_chain(w->p, NULL, &y->one) || !law_is_chain(w->p, NULL, &y->other))
        return;
    cJSON *claims = cJSON_AddArrayToObject(to, "claims");
    append(w, claims, law_claim(w->a, w->p, y->claim, y->one_rel, y->one_geq));
    append(w, claims, law_claim(w->a, w->p, y->claim, y->other_rel, y->other_geq));
    put_chain(w, to, "one", NULL, &y->one);
    put_chain(w, to, "other", NULL, &y->other);
}

static void put_cores(const writer *w, cJSON *to, const finding *f) {
    cJSON *cores = cJSON_AddArrayToObject(to, "cores");
    cJSON *stories = cJSON_AddArrayToObject(to, "stories");
    for (int i = 0; i < f->ncores; i++) {
        cJSON *labels = cJSON_CreateArray();
        append_labels(w, labels, f->cores[i].facts);
        cJSON_AddItemToArray(cores, labels);
        append_story(w, stories, &f->cores[i].why);
    }
    cJSON_AddBoolToObject(to, "cores_complete", f->cores_complete);
}

/* Of all cores, or of those found. */
static void put_membership(const writer *w, cJSON *to, const finding *f) {
    membership m = find_membership(w->a, f);
    if (!w->o->all_cores || f->ncores == 0) return;
    cJSON *item = cJSON_AddObjectToObject(to, "in_cores");
    put_labels(w, item, "every", m.every);
    put_labels(w, item, "some", m.some);
    put_labels(w, item, "none", m.none);
    if (!f->cores_complete) cJSON_AddBoolToObject(item, "complete", false);
}

static void append_repair(const writer *w, cJSON *list, const repair *r) {
    cJSON *to = object_in(list);
    put_labels(w, to, "drop", r->drop);
    put_z(w, to, "verdict", json_verdict(r->verdict));
    put_answers(w, to, r->answers, r->nanswers);
    if (r->regime) put(w, to, "regime", r->regime->name);
    if (r->regime && r->regime_adds) cJSON_AddBoolToObject(to, "regime_adds", true);
    if (r->nfixed == 0) return;
    cJSON *fixed = cJSON_AddArrayToObject(to, "fixed");
    for (int i = 0; i < r->nfixed; i++) append(w, fixed, w->p->symbols[r->fixed[i]].name);
}

static void put_repairs(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = cJSON_AddArrayToObject(to, "repairs");
    for (int i = 0; i < f->nrepairs; i++) append_repair(w, list, &f->repairs[i]);
    cJSON_AddBoolToObject(to, "repairs_complete", f->repairs_complete);
    if (f->repairs_total)
        cJSON_AddRawToObject(to, "repairs_total", rat_text(w->a, *f->repairs_total));
}

static void put_distance(const writer *w, cJSON *to, const distance *d) {
    if (!d) return;
    cJSON *item = cJSON_AddObjectToObject(to, "apart");
    put_z(w, item, "low", rat_text(w->a, d->low));
    put_z(w, item, "high", rat_text(w->a, d->high));
    cJSON_AddNumberToObject(item, "approx", rat_double(d->high));
    put_labels(w, item, "statements", d->measured);
    if (d->vouched) cJSON_AddBoolToObject(item, "vouched", true);
}

static void put_conflicts(const writer *w, cJSON *to, const finding *f) {
    if (f->verdict != VERDICT_CONTRADICTORY && f->verdict != VERDICT_TRIVIAL) return;
    put_cores(w, to, f);
    put_membership(w, to, f);
    put_repairs(w, to, f);
    put_distance(w, to, f->apart);
    bool cut = !f->repairs_complete || (w->o->all_cores && !f->cores_complete);
    if (cut) cJSON_AddBoolToObject(to, "complete", false);
}

static const char *decision_word(const decision *d, int i) {
    return d->decides[i] ? "always" : d->may[i] ? "sometimes" : "never";
}

/* Which term of each sum decides. */
static void put_decisions(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = f->ndecisions ? cJSON_AddArrayToObject(to, "sums") : NULL;
    for (int i = 0; i < f->ndecisions; i++) {
        const decision *d = &f->decisions[i];
        const addition *s = &w->p->facts[d->fact].sums[d->sum];
        cJSON *item = object_in(list);
        put(w, item, "label", w->p->facts[d->fact].label);
        cJSON *terms = cJSON_AddArrayToObject(item, "terms");
        for (int k = 0; k < s->n; k++) {
            cJSON *one = object_in(terms);
            put(w, one, "law", s->term[k].law);
            put_z(w, one, "decides", d->unknown ? "unknown" : decision_word(d, k));
        }
    }
}

/* --- choices --- */

static const char *note_name(choice_note_kind k) {
    switch (k) {
    case CHOICE_RESTS:
        return "fixed_at_rest";
    case CHOICE_GIVEN:
        return "given";
    case CHOICE_UNTOUCHED:
        return "untouched";
    case CHOICE_APART:
        return "apart";
    case CHOICE_OPEN:
        return "open";
    case CHOICE_HAS_NO_BOUND:
        return "unbounded";
    case CHOICE_HAS_NO_LAST:
        return "unattained";
    case CHOICE_HAS_NO_BEST:
        return "no_best";
    }
    return "no_best";
}

/* {"C":"1/2"}: the exponent in each quantity that is fixed. */
static void put_powers(const writer *w, cJSON *to, const choice_note *n) {
    const choice_of *c = w->p->facts[n->fact].choice;
    if (!n->power) return;
    cJSON *item = cJSON_AddObjectToObject(to, "exponents");
    for (int i = 0; i < c->nfixed; i++)
        put_z(w, item, spell_valid(w->a, w->p->symbols[c->fixed[i]].name),
              coef_text(w->a, n->power[i]));
}

static void put_choice_notes(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = f->nnotes ? cJSON_AddArrayToObject(to, "choices") : NULL;
    for (int i = 0; i < f->nnotes; i++) {
        const choice_note *n = &f->notes[i];
        cJSON *item = object_in(list);
        put(w, item, "label", w->p->facts[n->fact].label);
        put_z(w, item, "kind", note_name(n->kind));
        put(w, item, "of", law_product(w->a, w->p, n->of));
        put_powers(w, item, n);
        put_ranges(w, item, n->ranges, n->nranges);
        if (n->support.n) put_labels(w, item, "support", n->support);
        put_vouched(w, item, n->vouched, NULL, 0);
    }
}

/* As many digits as every machine computes alike. */
static double rounded(double x) {
    double unit = pow(10, floor(log10(x)) - 9);
    return isfinite(x) && unit > 0 ? round(x / unit) * unit : x;
}

/* A factor as a number, or as the formula that it is. */
static void put_factor(const writer *w, cJSON *to, const char *name, int times, coef exponent) {
    rat e;
    double value = coef_rat(exponent, &e) ? pow(times, rat_double(e)) : NAN;
    if (isfinite(value))
        cJSON_AddNumberToObject(to, name, rounded(value));
    else
        put_z(w, to, name, table_factor(w->a, times, exponent));
}

static void append_factor(const writer *w, cJSON *list, int times, const table_entry *k) {
    const interval *r = &k->exponent;
    cJSON *to = object_in(list);
    cJSON_AddNumberToObject(to, "times", times);
    if (entry_is_point(k)) {
        put_factor(w, to, "value", times, r->low);
        return;
    }
    if (!r->low_infinite) put_factor(w, to, "low", times, r->low);
    if (!r->high_infinite) put_factor(w, to, "high", times, r->high);
}

static void append_entry(const writer *w, cJSON *list, const table_entry *k) {
    if (!k->known) return;
    cJSON *to = object_in(list);
    if (k->when) put(w, to, "when", law_conditions(w->a, w->p, k->when));
    if (entry_is_point(k)) {
        put_z(w, to, "exponent", coef_text(w->a, k->exponent.low));
        put_approx(to, k->exponent.low);
    } else {
        put_range(w, cJSON_AddObjectToObject(to, "range"), &k->exponent);
    }
    cJSON *all = cJSON_AddArrayToObject(to, "factors");
    for (int i = 0; i < TABLE_FACTORS; i++) append_factor(w, all, table_factors[i], k);
}

static void append_row(const writer *w, cJSON *list, const table_row *x) {
    int n;
    const table_entry *k = table_entries(w->a, &x->exponent, &n);
    cJSON *to = object_in(list);
    put(w, to, "of", law_product(w->a, w->p, x->of));
    put_z(w, to, "kind", kind_name(x->exponent.kind));
    cJSON *entries = cJSON_AddArrayToObject(to, "entries");
    for (int i = 0; i < n; i++) append_entry(w, entries, &k[i]);
    if (x->exponent.balance) put_z(w, to, "balance", coef_text(w->a, *x->exponent.balance));
    put_vouched(w, to, x->exponent.vouched, x->exponent.condition, x->exponent.nconditions);
    if (x->exponent.kind == ANSWER_UNKNOWN) put_z(w, to, "reason", x->exponent.reason);
}

static void put_tables(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = cJSON_AddArrayToObject(to, "table");
    for (int i = 0; i < f->ntables; i++) {
        const choice_table *k = &f->tables[i];
        cJSON *item = object_in(list);
        put(w, item, "label", w->p->facts[k->fact].label);
        if (k->fixed >= 0) put(w, item, "fixed", w->p->symbols[k->fixed].name);
        cJSON *rows = cJSON_AddArrayToObject(item, "rows");
        for (int j = 0; j < k->nrows; j++) append_row(w, rows, &k->rows[j]);
    }
}

static void put_redundant(const writer *w, cJSON *to, const finding *f) {
    cJSON *list = cJSON_AddArrayToObject(to, "redundant");
    for (int i = 0; i < f->nredundant; i++) {
        cJSON *item = object_in(list);
        put(w, item, "label", w->p->facts[f->redundant[i].fact].label);
        put_labels(w, item, "follows_from", f->redundant[i].follows_from);
    }
    if (!f->redundant_complete) cJSON_AddBoolToObject(to, "redundant_complete", false);
}

/* --- the whole --- */

static void write_statement(const writer *w, text *to, const fact *f) {
    text_puts(to, to->n ? ",{" : "{");
    write_member(w, to, "label", f->label);
    text_putc(to, ',');
    write_member(w, to, "law", f->law);
    if (f->note.n) text_putc(to, ','), write_member(w, to, "note", f->note);
    if (f->cite.n) text_putc(to, ','), write_member(w, to, "citation", f->cite);
    if (f->hard) text_puts(to, ",\"given\":true");
    if (f->line > 0) text_puts(to, ",\"line\":"), text_int(to, f->line);
    text_putc(to, '}');
}

static bool same_statement(const fact *f, const fact *g) {
    return f->at.src == g->at.src && f->at.start == g->at.start && str_eq(f->label, g->label);
}

static bool is_dropped(const problem *regime, const fact *f) {
    for (int i = 0; i < regime->ndropped; i++)
        if (str_eq(regime->dropped[i], f->label)) return true;
    return false;
}

static void put_statements(const writer *w, cJSON *to, const problem *p) {
    text list = text_new(w->a);
    for (int i = 0; i < p->nfacts; i++) write_statement(w, &list, &p->facts[i]);
    put_written(w, to, "statements", '[', text_str(&list), ']');
}

/* Those that the theory does not have; the others stand in the theory's own order. */
static void put_own_statements(const writer *w, cJSON *to, const problem *p, const problem *whole) {
    text list = text_new(w->a);
    for (int i = 0, next = 0; i < p->nfacts; i++) {
        while (next < whole->nfacts && is_dropped(p, &whole->facts[next])) next++;
        if (next < whole->nfacts && same_statement(&p->facts[i], &whole->facts[next]))
            next++;
        else
            write_statement(w, &list, &p->facts[i]);
    }
    put_written(w, to, "statements", '[', text_str(&list), ']');
}

static void put_finding(const writer *w, cJSON *to, const finding *f) {
    put_z(w, to, "verdict", json_verdict(f->verdict));
    if (f->verdict == VERDICT_UNKNOWN || f->wrong) put_z(w, to, "reason", f->reason);
    if (f->vouched) cJSON_AddBoolToObject(to, "vouched", true);
    if (f->as_claimed) cJSON_AddBoolToObject(to, "as_claimed", true);
    if (f->wrong) cJSON_AddBoolToObject(to, "wrong", true);
    cJSON *levels = cJSON_AddObjectToObject(to, "levels");
    put_z(w, levels, "equations", json_verdict(f->equations));
    put_z(w, levels, "growth", json_verdict(f->growth));
    put_proofs(w->a, to, f, w->o->proofs);
    if (w->o->proofs) {
        if (w->o->derivations) put_answers(w, to, f->answers, f->nanswers);
        if (w->o->derivations) put_conclusions(w, to, f);
        return;
    }
    if (f->verdict == VERDICT_CONSISTENT) put_witness(w, to, "solution", &f->solution);
    put_answers(w, to, f->answers, f->nanswers);
    put_variation(w, to, f);
    put_conclusions(w, to, f);
    put_decisions(w, to, f);
    put_choice_notes(w, to, f);
    if (w->o->tables) put_tables(w, to, f);
    put_conflicts(w, to, f);
    if (w->o->redundant) put_redundant(w, to, f);
}

static void append_regime(const writer *whole, cJSON *list, const finding *f) {
    writer w = {whole->a, f->p, whole->o};
    cJSON *to = object_in(list);
    put(&w, to, "name", f->p->name);
    if (f->p->note.n) put(&w, to, "note", f->p->note);
    put_line(to, f->p->line);
    put_strings(&w, to, "without", f->p->dropped, f->p->ndropped);
    if (f->p->njoined) put_strings(&w, to, "with", f->p->joined, f->p->njoined);
    put_own_statements(&w, to, f->p, whole->p);
    put_finding(&w, to, f);
}

static void append_diagnostic(const writer *w, cJSON *list, const diag *g, place_finder *finder) {
    place at = find_place(finder, g->at);
    cJSON *to = object_in(list);
    put_z(w, to, "severity", severity_word(diag_severity(g->code)));
    put_z(w, to, "code", diag_name(g->code));
    if (g->at.src && strcmp(g->at.src->name, w->o->file) != 0)
        put_z(w, to, "file", g->at.src->name);
    put_line(to, at.line);
    if (at.column > 0) cJSON_AddNumberToObject(to, "column", at.column);
    put_z(w, to, "message", g->message);
    put_z(w, to, "note", g->note);
    put_z(w, to, "help", g->help);
}

static void put_diagnostics(const writer *w, cJSON *to, const diags *sink) {
    place_finder finder = {0};
    cJSON *list = cJSON_AddArrayToObject(to, "diagnostics");
    size_t n = sink->list.n < DIAGNOSTICS_SHOWN ? sink->list.n : DIAGNOSTICS_SHOWN;
    for (size_t i = 0; i < n; i++) append_diagnostic(w, list, &sink->list.v[i], &finder);
    if (n < sink->list.n) cJSON_AddBoolToObject(to, "diagnostics_complete", false);
}

static cJSON *new_object(const writer *w) {
    cJSON *to = cJSON_CreateObject();
    cJSON_AddNumberToObject(to, "schema", 1);
    put_z(w, to, "propto", w->o->version);
    return to;
}

/* Prints the object on one line and frees it. */
static void print_object(text *out, const writer *w, cJSON *object) {
    char *printed = cJSON_PrintUnformatted(object);
    if (printed) {
        spell_json(out, str_of(printed), w->o->ascii);
        text_putc(out, '\n');
    }
    cJSON_free(printed);
    cJSON_Delete(object);
}

void to_json(text *out, const finding *f, const diags *sink, const json_options *o) {
    writer w = {out->arena, f ? f->p : NULL, o};
    cJSON *to = new_object(&w);
    put_z(&w, to, "file", o->file);
    put_z(&w, to, "exercise", o->exercise);
    if (f) {
        put(&w, to, "theory", f->p->name);
        put_statements(&w, to, f->p);
        if (o->proofs) put_score(w.a, to, f);
        put_finding(&w, to, f);
        cJSON *regimes = cJSON_AddArrayToObject(to, "regimes");
        for (int i = 0; i < f->nregimes; i++)
            if (!o->proofs || f->regimes[i].nproofs) append_regime(&w, regimes, &f->regimes[i]);
    }
    put_diagnostics(&w, to, sink);
    print_object(out, &w, to);
}

void page_to_json(text *out, diag_code code, str page, const json_options *o) {
    writer w = {out->arena, NULL, o};
    cJSON *to = new_object(&w);
    put_z(&w, to, "code", diag_name(code));
    put_z(&w, to, "severity", severity_word(diag_severity(code)));
    put_z(&w, to, "title", diag_title(code));
    put(&w, to, "page", page);
    print_object(out, &w, to);
}

void formatted_to_json(text *out, bool with_text, str spelled, bool canonical, const diags *sink,
                       const json_options *o) {
    writer w = {out->arena, NULL, o};
    cJSON *to = new_object(&w);
    put_z(&w, to, "file", o->file);
    if (spelled.s) cJSON_AddBoolToObject(to, "canonical", canonical);
    if (spelled.s && with_text) put(&w, to, "text", spelled);
    put_diagnostics(&w, to, sink);
    print_object(out, &w, to);
}

/* --- parts for others --- */

cJSON *json_new(const json_options *o) {
    arena *scratch = arena_new();
    writer w = {scratch, NULL, o};
    cJSON *to = new_object(&w);
    arena_free(scratch);
    return to;
}

void json_end(text *out, const json_options *o, cJSON *object) {
    writer w = {out->arena, NULL, o};
    print_object(out, &w, object);
}

static cJSON *taken_out(cJSON *list) {
    cJSON *item = cJSON_DetachItemFromArray(list, 0);
    cJSON_Delete(list);
    return item;
}

cJSON *json_of_answer(arena *a, const problem *p, const answer *x) {
    const json_options o = {.file = ""};
    writer w = {a, p, &o};
    cJSON *list = cJSON_CreateArray();
    append_answer(&w, list, x);
    return taken_out(list);
}

cJSON *json_of_story(arena *a, const problem *p, const story *y) {
    const json_options o = {.file = ""};
    writer w = {a, p, &o};
    cJSON *list = cJSON_CreateArray();
    append_story(&w, list, y);
    return taken_out(list);
}

void json_put_derivation(arena *a, const problem *p, cJSON *to, const derivation *why) {
    const json_options o = {.file = "", .derivations = true};
    writer w = {a, p, &o};
    put_derivation(&w, to, NULL, why);
}

void json_put_vouched(arena *a, const problem *p, cJSON *to, bool vouched, const condition *list,
                      int n) {
    const json_options o = {.file = ""};
    writer w = {a, p, &o};
    put_vouched(&w, to, vouched, list, n);
}

void json_put_diagnostics(arena *a, cJSON *to, const diags *sink, const json_options *o) {
    writer w = {a, NULL, o};
    put_diagnostics(&w, to, sink);
}
