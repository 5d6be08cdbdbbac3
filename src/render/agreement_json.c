/* Theories side by side, as one object. */
#include "render/agreement.h"
#include "render/agreement_words.h"
#include "render/figures.h"
#include "render/json_parts.h"
#include "render/law.h"
#include "render/spell.h"

typedef struct {
    arena *a;
    const comparison *c;
    const agreement_options *o;
} writer;

static void put(const writer *w, cJSON *to, const char *name, str s) {
    cJSON_AddStringToObject(to, name, spell_valid(w->a, s));
}

static void put_z(const writer *w, cJSON *to, const char *name, const char *z) {
    if (z) put(w, to, name, str_of(z));
}

static cJSON *string_of(const writer *w, str s) {
    return cJSON_CreateString(spell_valid(w->a, s));
}

static cJSON *object_in(cJSON *list) {
    cJSON *item = cJSON_CreateObject();
    cJSON_AddItemToArray(list, item);
    return item;
}

static void put_theories(const writer *w, cJSON *to) {
    cJSON *list = cJSON_AddArrayToObject(to, "theories");
    for (int i = 0; i < w->c->ntheories; i++) {
        const theory_out *t = &w->c->theories[i];
        cJSON *item = object_in(list);
        put(w, item, "name", t->name);
        put_z(w, item, "file", w->o->files[i]);
        if (t->p->line) put(w, item, "regime", t->p->name);
        put_z(w, item, "verdict", json_verdict(t->verdict));
        if (t->claimed) cJSON_AddBoolToObject(item, "as_claimed", true);
        if (t->verdict == VERDICT_UNKNOWN) put_z(w, item, "reason", t->reason);
    }
}

static void put_symbols(const writer *w, cJSON *to, const char *name, const pair *k,
                        const int *list, int n) {
    cJSON *array = cJSON_AddArrayToObject(to, name);
    for (int i = 0; i < n; i++)
        cJSON_AddItemToArray(array, string_of(w, k->p->symbols[list[i]].name));
}

/* [theory, label] of each statement: which theory it is in, and what it is called there. */
static void put_core(const writer *w, cJSON *to, const pair *k) {
    cJSON *list = cJSON_AddArrayToObject(to, "core");
    for (int i = 0; i < k->core.facts.n; i++) {
        int used = k->core.facts.v[i];
        bool first = used < k->nfirst;
        const theory_out *t = &w->c->theories[first ? k->a : k->b];
        cJSON *item = cJSON_CreateArray();
        cJSON_AddItemToArray(item, string_of(w, t->name));
        cJSON_AddItemToArray(item,
                             string_of(w, t->p->facts[first ? used : used - k->nfirst].label));
        cJSON_AddItemToArray(list, item);
    }
    if (!k->reduced) cJSON_AddBoolToObject(to, "core_complete", false);
}

static void put_disagreement(const writer *w, cJSON *to, const pair *k) {
    put_core(w, to, k);
    if (k->nrests)
        put_symbols(w, to, "rests", k, k->rests, k->nrests);
    else
        cJSON_AddItemToObject(to, "story", json_of_story(w->a, k->p, &k->core.why));
    json_put_derivation(w->a, k->p, to, k->why);
}

static void put_pairs(const writer *w, cJSON *to) {
    cJSON *list = cJSON_AddArrayToObject(to, "pairs");
    for (int i = 0; i < w->c->npairs; i++) {
        const pair *k = &w->c->pairs[i];
        cJSON *item = object_in(list);
        put(w, item, "a", w->c->theories[k->a].name);
        put(w, item, "b", w->c->theories[k->b].name);
        put_z(w, item, "verdict", pair_word(k->verdict));
        if (k->p) put_symbols(w, item, "shared", k, k->shared, k->nshared);
        if (k->verdict == PAIR_DISAGREES) put_disagreement(w, item, k);
        if (k->p) json_put_vouched(w->a, k->p, item, k->vouched, k->condition, k->nconditions);
        if (k->verdict == PAIR_UNKNOWN) put_z(w, item, "reason", k->reason);
    }
}

static void put_exponents(const writer *w, cJSON *to) {
    cJSON *list = cJSON_AddArrayToObject(to, "exponents");
    for (int i = 0; i < w->c->nrows; i++) {
        const exponent_row *e = &w->c->rows[i];
        cJSON *item = object_in(list);
        put(w, item, "question", e->goal->law);
        cJSON_AddBoolToObject(item, "differ", e->differ);
        cJSON *answers = cJSON_AddArrayToObject(item, "answers");
        for (int j = 0; j < e->nanswers; j++) {
            const theory_out *t = &w->c->theories[e->answers[j].theory];
            cJSON *one = object_in(answers);
            put(w, one, "theory", t->name);
            cJSON_AddItemToObject(one, "answer", json_of_answer(w->a, t->p, &e->answers[j].answer));
        }
    }
}

static const char *gap_name(gap_kind k) {
    switch (k) {
    case GAP_NUMBER:
        return "number";
    case GAP_REACHED:
        return "reached";
    case GAP_MISSED:
        return "missed";
    case GAP_UNKNOWN:
        break;
    }
    return "unknown";
}

static void put_gap(const writer *w, cJSON *to, const gap *g) {
    put_z(w, to, "kind", gap_name(g->kind));
    if (g->kind != GAP_NUMBER) return;
    put_z(w, to, "difference", rat_text(w->a, g->difference));
    if (!g->has_errors) return;
    put_z(w, to, "errors", rat_text(w->a, g->errors));
    put_z(w, to, "errors_approx", three_figures(w->a, g->errors));
}

static void put_measurement(const writer *w, cJSON *to, const measurement *m) {
    put(w, to, "quantity", m->quantity);
    put(w, to, "base", m->base);
    put_z(w, to, "exponent", rat_text(w->a, m->exponent));
    if (m->has_low) put_z(w, to, "low", rat_text(w->a, m->low));
    if (m->has_high) put_z(w, to, "high", rat_text(w->a, m->high));
    if (m->source.n) put(w, to, "source", m->source);
    cJSON_AddNumberToObject(to, "line", m->line);
}

static void put_measured(const writer *w, cJSON *to) {
    cJSON *list = cJSON_AddArrayToObject(to, "measured");
    for (int i = 0; i < w->c->nmeasured; i++) {
        const measured_row *m = &w->c->measured[i];
        cJSON *item = object_in(list);
        put_measurement(w, item, m->m);
        cJSON *gaps = cJSON_AddArrayToObject(item, "theories");
        for (int j = 0; m->row >= 0 && j < w->c->rows[m->row].nanswers; j++) {
            cJSON *one = object_in(gaps);
            put(w, one, "theory", w->c->theories[w->c->rows[m->row].answers[j].theory].name);
            put_gap(w, one, &m->gaps[j]);
        }
    }
}

void agreement_to_json(text *out, const comparison *c, const diags *sink,
                       const agreement_options *o) {
    const json_options base = {.version = o->version, .file = "", .ascii = o->ascii};
    writer w = {out->arena, c, o};
    cJSON *to = json_new(&base);
    if (c) {
        put_theories(&w, to);
        put_pairs(&w, to);
        put_exponents(&w, to);
        put_measured(&w, to);
        if (c->wrong) put_z(&w, to, "wrong", c->wrong);
    }
    json_put_diagnostics(w.a, to, sink, &base);
    json_end(out, &base, to);
}
