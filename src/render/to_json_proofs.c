#include "render/to_json_proofs.h"
#include "render/grades.h"
#include "render/law.h"
#include "render/spell.h"

/* What every member needs. */
typedef struct {
    arena *a;
    const problem *p;
    const judged_proof *of;
} writer;

static void put(const writer *w, cJSON *to, const char *name, str s) {
    cJSON_AddStringToObject(to, name, spell_valid(w->a, s));
}

static void put_z(const writer *w, cJSON *to, const char *name, const char *z) {
    if (z) put(w, to, name, str_of(z));
}

static cJSON *object_in(cJSON *list) {
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    return item;
}

static void append(const writer *w, cJSON *list, str s) {
    cJSON_AddItemToArray(list, cJSON_CreateString(spell_valid(w->a, s)));
}

static str label_of(const writer *w, int i) {
    return w->of->steps[i].step->label;
}

/* Labels of facts, then of steps: no step is called like a fact. */
static void put_labels(const writer *w, cJSON *to, const char *name, factset facts, factset steps) {
    cJSON *list = cJSON_AddArrayToObject(to, name);
    for (int i = 0; i < facts.n; i++) append(w, list, w->p->facts[facts.v[i]].label);
    for (int i = 0; i < steps.n; i++) append(w, list, label_of(w, steps.v[i]));
}

static const char *verdict_name(step_verdict v) {
    switch (v) {
    case STEP_PROVED:
        return "proved";
    case STEP_REFUTED:
        return "refuted";
    case STEP_OPEN:
        return "open";
    case STEP_VACUOUS:
        return "vacuous";
    case STEP_UNKNOWN:
        break;
    }
    return "unknown";
}

/* --- a step --- */

static void put_counterexample(const writer *w, cJSON *to, const witness *x) {
    if (x->n == 0) return;
    cJSON *item = cJSON_AddObjectToObject(to, "counterexample");
    for (int i = 0; i < x->n && i < w->p->nsymbols; i++)
        if (!w->p->symbols[i].hidden)
            put_z(w, item, spell_valid(w->a, w->p->symbols[i].name), coef_text(w->a, x->x[i]));
}

/* What happened, and what would be right. */
static void put_fault(const writer *w, cJSON *to, const judged_step *s) {
    if (s->slip != SLIP_NONE) put_z(w, to, "slip", slip_code(s->slip));
    if (s->slip != SLIP_NONE && s->slip_at >= 0) {
        int earlier = s->slip_at - w->p->nfacts;
        put(w, to, "slip_at", earlier < 0 ? w->p->facts[s->slip_at].label : label_of(w, earlier));
    }
    if (s->has_follows)
        put_z(w, to, "follows",
              formatted(w->a, "%s ∝ %s", str_z(w->a, law_product(w->a, w->p, s->follows[0])),
                        str_z(w->a, law_product(w->a, w->p, s->follows[1]))));
    if (s->missing.n || s->missing_steps.n)
        put_labels(w, to, "missing", s->missing, s->missing_steps);
    put_counterexample(w, to, &s->against);
}

static void append_step(const writer *w, cJSON *list, const judged_step *s) {
    cJSON *to = object_in(list);
    put(w, to, "label", s->step->label);
    if (s->step->line > 0) cJSON_AddNumberToObject(to, "line", s->step->line);
    put(w, to, "law", s->step->law);
    if (s->step->note.n) put(w, to, "note", s->step->note);
    put_z(w, to, "verdict", verdict_name(s->verdict));
    if (s->verdict == STEP_PROVED || s->support.n || s->on.n)
        put_labels(w, to, "support", s->support, s->on);
    if (s->carried) cJSON_AddBoolToObject(to, "carried", true);
    if (s->vouched) cJSON_AddBoolToObject(to, "vouched", true);
    if (s->at_rest) cJSON_AddBoolToObject(to, "at_rest", true);
    if (s->verdict == STEP_REFUTED || s->verdict == STEP_OPEN) put_fault(w, to, s);
    if (s->verdict == STEP_UNKNOWN) put_z(w, to, "reason", s->reason);
}

/* --- a proof --- */

static void append_goal(const writer *w, cJSON *list, const reached *g) {
    cJSON *to = object_in(list);
    put(w, to, "text", g->goal->law);
    cJSON_AddBoolToObject(to, "reached", goal_is_reached(g));
    if (g->step >= 0) put(w, to, "step", label_of(w, g->step));
}

static void put_worth(const writer *w, cJSON *to, bool ok, score s) {
    str points = score_text(w->a, s);
    cJSON_AddBoolToObject(to, "ok", ok);
    if (points.n) put(w, to, "score", points);
}

void put_score(arena *a, cJSON *to, const finding *f) {
    writer w = {a, f->p, NULL};
    put_worth(&w, to, proofs_exit_code(f) == 0, proofs_score(f));
}

static void append_proof(const writer *w, cJSON *list) {
    const judged_proof *p = w->of;
    cJSON *to = object_in(list);
    if (p->proof->title.n) put(w, to, "title", p->proof->title);
    if (p->proof->line > 0) cJSON_AddNumberToObject(to, "line", p->proof->line);
    put_worth(w, to, p->ok, proof_score(p));
    if (p->first_wrong >= 0) put(w, to, "first_wrong", label_of(w, p->first_wrong));
    cJSON *steps = cJSON_AddArrayToObject(to, "steps");
    for (int i = 0; i < p->nsteps; i++) append_step(w, steps, &p->steps[i]);
    cJSON *goals = p->ngoals ? cJSON_AddArrayToObject(to, "goals") : NULL;
    for (int i = 0; i < p->ngoals; i++) append_goal(w, goals, &p->goals[i]);
}

void put_proofs(arena *a, cJSON *to, const finding *f, bool asked) {
    cJSON *list = asked || f->nproofs ? cJSON_AddArrayToObject(to, "proofs") : NULL;
    for (int i = 0; i < f->nproofs; i++) {
        writer w = {a, f->p, &f->proofs[i]};
        append_proof(&w, list);
    }
}
