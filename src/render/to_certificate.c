#include "render/certificate.h"
#include "render/spell.h"
#include <cjson/cJSON.h>
#include <sha2.h>

/* Formulas that needs are about, each once. */
typedef struct {
    cJSON *items;
    VEC(char *) printed;
} table;

typedef struct {
    arena *a;
    const problem *p;
    bool failed; /* memory did not suffice */
    table formulas;
} writer;

/* --- members --- */

static cJSON *made(writer *w, cJSON *item) {
    w->failed = w->failed || !item;
    return item;
}

static void append(writer *w, cJSON *to, cJSON *item) {
    if (!made(w, item) || !cJSON_AddItemToArray(to, item)) w->failed = true;
}

static void put(writer *w, cJSON *to, const char *name, cJSON *item) {
    if (!made(w, item) || !cJSON_AddItemToObject(to, name, item)) w->failed = true;
}

static const char *made_text(writer *w, const char *z) {
    w->failed = w->failed || !z;
    return z ? z : "";
}

static cJSON *words(writer *w, str s) {
    return made(w, cJSON_CreateString(spell_valid(w->a, s)));
}

static cJSON *word(writer *w, const char *z) {
    return words(w, str_of(z));
}

static cJSON *number(writer *w, int n) {
    return made(w, cJSON_CreateNumber(n));
}

static cJSON *list(writer *w) {
    return made(w, cJSON_CreateArray());
}

static cJSON *object(writer *w) {
    return made(w, cJSON_CreateObject());
}

static void put_flag(writer *w, cJSON *to, const char *name, bool yes) {
    if (yes) put(w, to, name, cJSON_CreateTrue());
}

static cJSON *indexes(writer *w, factset s) {
    cJSON *all = list(w);
    for (int i = 0; i < s.n; i++) append(w, all, number(w, s.v[i]));
    return all;
}

static void put_indexes(writer *w, cJSON *to, const char *name, factset s) {
    if (s.n) put(w, to, name, indexes(w, s));
}

/* --- coefficients and formulas --- */

static cJSON *rational(writer *w, rat r) {
    return made(w, cJSON_CreateString(rat_text(w->a, r)));
}

/* [["-1/2", 2, 0, 1], ...]: the number, then the power of each parameter up to the last. */
static cJSON *polynomial_of(writer *w, coef c) {
    polynomial x = coef_polynomial(w->a, c);
    cJSON *all = list(w);
    for (int i = 0; i < x.n; i++) {
        cJSON *m = list(w);
        int n = x.m[i].power ? field_size(w->p->field) : 0;
        while (n && !x.m[i].power[n - 1]) n--;
        append(w, m, rational(w, x.m[i].c));
        for (int k = 0; k < n; k++) append(w, m, number(w, (int)x.m[i].power[k]));
        append(w, all, m);
    }
    return all;
}

static cJSON *coefficient(writer *w, coef c) {
    rat r;
    if (coef_rat(c, &r)) return rational(w, r);
    coef num = coef_numerator(w->a, c), den = coef_denominator(w->a, c);
    if (coef_is_one(den)) return polynomial_of(w, num);
    cJSON *item = object(w);
    put(w, item, "num", polynomial_of(w, num));
    put(w, item, "den", polynomial_of(w, den));
    return item;
}

/* [[[symbol, coefficient], ...], constant] */
static cJSON *form_item(writer *w, form f) {
    cJSON *all = list(w), *terms = list(w);
    for (int i = 0; i < f.n; i++) {
        cJSON *t = list(w);
        append(w, t, number(w, f.t[i].sym));
        append(w, t, coefficient(w, f.t[i].c));
        append(w, terms, t);
    }
    append(w, all, terms);
    append(w, all, coefficient(w, f.k));
    return all;
}

/* ["<=", form], ["all", ...], ["any", ...] */
static cJSON *formula_item(writer *w, const formula *f) {
    cJSON *all = list(w);
    if (f->kind == FORMULA_ATOM) {
        append(w, all, word(w, rel_name(f->rel)));
        append(w, all, form_item(w, f->lhs));
        return all;
    }
    append(w, all, word(w, f->kind == FORMULA_ALL ? "all" : "any"));
    for (int i = 0; i < f->n; i++) append(w, all, formula_item(w, f->kid[i]));
    return all;
}

static void put_formulas(writer *w, cJSON *to, const char *name, const formula *const *f, int n) {
    cJSON *all = list(w);
    for (int i = 0; i < n; i++) append(w, all, formula_item(w, f[i]));
    put(w, to, name, all);
}

/* --- the problem --- */

static cJSON *symbol_item(writer *w, const symbol *s) {
    cJSON *item = object(w);
    put(w, item, "name", words(w, s->name));
    put(w, item, "sort", word(w, sort_name(s->sort)));
    put_flag(w, item, "hidden", s->hidden);
    return item;
}

static cJSON *choice_item(writer *w, const choice_of *c) {
    cJSON *item = object(w);
    put_indexes(w, item, "choose", (factset){c->chosen, c->nchosen});
    put(w, item, c->maximize ? "maximize" : "minimize", form_item(w, c->target));
    put_indexes(w, item, "fixed", (factset){c->fixed, c->nfixed});
    return item;
}

static cJSON *fact_item(writer *w, const fact *f) {
    cJSON *item = object(w);
    put(w, item, "label", words(w, f->label));
    put(w, item, "law", words(w, f->law));
    put_flag(w, item, "given", f->hard);
    put_flag(w, item, "growth", f->growth);
    if (f->choice)
        put(w, item, "choice", choice_item(w, f->choice));
    else
        put(w, item, "claim", formula_item(w, f->claim));
    return item;
}

static cJSON *goal_item(writer *w, const goal *g) {
    cJSON *item = object(w);
    put(w, item, "is", word(w, goal_name(g->kind)));
    put(w, item, "law", words(w, g->law));
    if (g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION || g->kind == GOAL_PARAMETER)
        put(w, item, "target", form_item(w, g->target));
    if (g->kind == GOAL_EXPONENT) {
        cJSON *bases = list(w);
        for (int i = 0; i < g->nbase; i++) append(w, bases, form_item(w, g->base[i]));
        put(w, item, "bases", bases);
    }
    if (g->claim) put(w, item, "claim", formula_item(w, g->claim));
    if (g->nwhen) put_formulas(w, item, "when", g->when, g->nwhen);
    return item;
}

static cJSON *parameters(writer *w) {
    cJSON *all = list(w);
    for (int i = 0; w->p->field && i < field_size(w->p->field); i++)
        append(w, all, number(w, field_symbol(w->p->field, i)));
    return all;
}

static cJSON *problem_item(writer *w) {
    const problem *p = w->p;
    cJSON *item = object(w), *symbols = list(w), *facts = list(w), *goals = list(w);
    for (int i = 0; i < p->nsymbols; i++) append(w, symbols, symbol_item(w, &p->symbols[i]));
    for (int i = 0; i < p->nfacts; i++) append(w, facts, fact_item(w, &p->facts[i]));
    for (int i = 0; i < p->ngoals; i++) append(w, goals, goal_item(w, &p->goals[i]));
    put(w, item, "name", words(w, p->name));
    put(w, item, "symbols", symbols);
    put(w, item, "parameters", parameters(w));
    put(w, item, "facts", facts);
    put(w, item, "goals", goals);
    return item;
}

/* --- evidence --- */

static cJSON *sum_item(writer *w, const proof *pf) {
    cJSON *all = list(w);
    for (int i = 0; i < pf->n; i++) {
        cJSON *m = list(w);
        append(w, m, number(w, pf->sum[i].formula));
        append(w, m, number(w, pf->sum[i].node));
        append(w, m, coefficient(w, pf->sum[i].lambda));
        append(w, all, m);
    }
    return all;
}

/* 3; [formula, node]; [formula, node, polynomial]; [polynomial] */
static cJSON *ref_item(writer *w, const ref *r) {
    if (r->kind == REF_STEP) return number(w, r->i);
    cJSON *item = list(w);
    if (r->kind != REF_OWN) append(w, item, number(w, r->i));
    if (r->kind != REF_OWN) append(w, item, number(w, r->node));
    if (r->kind != REF_ATOM) append(w, item, coefficient(w, r->pole));
    return item;
}

/* [polynomial, [ref, power], ...] */
static cJSON *sign_term_item(writer *w, const sign_term *t) {
    cJSON *item = list(w);
    append(w, item, coefficient(w, t->times));
    for (int i = 0; i < t->n; i++) {
        cJSON *f = list(w);
        append(w, f, ref_item(w, &t->f[i].of));
        append(w, f, number(w, t->f[i].power));
        append(w, item, f);
    }
    return item;
}

/* [coefficient, "<=", [term, ...], ...] */
static cJSON *step_item(writer *w, const sign_step *s) {
    char signs[] = {s->signs & SIGN_NEG ? '<' : 0, s->signs & SIGN_ZERO ? '=' : 0,
                    s->signs & SIGN_POS ? '>' : 0};
    text t = text_new(w->a);
    for (int i = 0; i < 3; i++)
        if (signs[i]) text_putc(&t, signs[i]);
    cJSON *item = list(w);
    append(w, item, coefficient(w, s->c));
    append(w, item, words(w, text_str(&t)));
    for (int i = 0; i < s->n; i++) {
        cJSON *sum = list(w);
        for (int k = 0; k < s->sum[i].n; k++) append(w, sum, sign_term_item(w, &s->sum[i].t[k]));
        append(w, item, sum);
    }
    return item;
}

static cJSON *reason_item(writer *w, const sign_reason *r) {
    if (!r->n) return made(w, cJSON_CreateNull());
    cJSON *item = list(w);
    for (int i = 0; i < r->n; i++) append(w, item, step_item(w, &r->s[i]));
    return item;
}

static cJSON *proof_item(writer *w, const proof *pf) {
    cJSON *item = object(w), *parts = list(w);
    if (pf->kind == PROOF_SUM) {
        for (int i = 0; i < pf->nwhy; i++) append(w, parts, reason_item(w, &pf->why[i]));
        put(w, item, "sum", sum_item(w, pf));
        put(w, item, "signs", parts);
        if (!pf->nwhy) cJSON_DeleteItemFromObject(item, "signs");
        return item;
    }
    if (pf->kind == PROOF_SPLIT) {
        const int at[] = {pf->formula, pf->node};
        put(w, item, "split", indexes(w, (factset){at, 2}));
    } else if (pf->kind == PROOF_LEMMAS) {
        cJSON *lemmas = list(w);
        for (int i = 0; i < pf->n - 1; i++) append(w, lemmas, formula_item(w, pf->lemma[i]));
        put(w, item, "lemmas", lemmas);
    } else {
        put(w, item, "signs", coefficient(w, pf->sign_of));
    }
    for (int i = 0; i < pf->n; i++) append(w, parts, proof_item(w, pf->branch[i]));
    put(w, item, "branches", parts);
    return item;
}

static cJSON *point_with_parameters(writer *w, const witness *x) {
    cJSON *all = list(w);
    for (int i = 0; i < x->n; i++) append(w, all, coefficient(w, x->x[i]));
    return all;
}

/* Most of what a certificate holds: one item, for an item for each number would be dear. */
static cJSON *point(writer *w, const witness *x) {
    text all = text_new(w->a);
    rat r;
    text_putc(&all, '[');
    for (int i = 0; i < x->n; i++) {
        if (!coef_rat(x->x[i], &r)) return point_with_parameters(w, x);
        bool zero = rat_is_zero(r);
        text_puts(&all, zero ? "\"0\"," : "\"");
        if (!zero) text_puts(&all, rat_text(w->a, r));
        if (!zero) text_puts(&all, "\",");
    }
    if (x->n) all.n--;
    text_putc(&all, ']');
    return made(w, cJSON_CreateRaw(str_z(w->a, text_str(&all))));
}

static cJSON *walk_item(writer *w, const approach *way) {
    cJSON *item = object(w);
    put(w, item, "from", point(w, &way->near));
    put(w, item, way->ray ? "along" : "to", point(w, &way->limit));
    return item;
}

static cJSON *signs_item(writer *w, int signs) {
    static const struct {
        int sign;
        const char *name;
    } each[] = {{SIGN_NEG, "<"}, {SIGN_ZERO, "="}, {SIGN_POS, ">"}};
    cJSON *all = list(w);
    for (int i = 0; i < 3; i++)
        if (signs & each[i].sign) append(w, all, word(w, each[i].name));
    return all;
}

/* Where the formula stands in the table; it joins it if it is new. */
static int entry(writer *w, const formula *f) {
    cJSON *item = formula_item(w, f);
    char *json = item ? cJSON_PrintUnformatted(item) : NULL;
    char *key = str_z(w->a, str_of(made_text(w, json)));
    cJSON_free(json);
    for (size_t i = 0; i < w->formulas.printed.n; i++) {
        if (strcmp(w->formulas.printed.v[i], key) != 0) continue;
        cJSON_Delete(item);
        return (int)i;
    }
    append(w, w->formulas.items, item);
    vec_push(w->a, &w->formulas.printed, key);
    return (int)w->formulas.printed.n - 1;
}

/* Those in use; or, if they are fewer, those that are not. */
static void put_facts(writer *w, cJSON *to, const sequent *s) {
    int *v[2], n[2] = {0, 0};
    for (int k = 0; k < 2; k++) v[k] = NEW_ARRAY(w->a, int, s->p->nfacts);
    for (int i = 0; i < s->p->nfacts; i++) {
        bool out = s->use && !s->use[i];
        v[out][n[out]++] = i;
    }
    bool but = n[1] < n[0];
    put(w, to, but ? "but" : "facts", indexes(w, (factset){v[but], n[but]}));
}

static cJSON *evidence_item(writer *w, const need *of, const evidence *e) {
    cJSON *item = object(w), *all = list(w), *with = list(w);
    put(w, item, "claim", word(w, of->kind == NEED_REFUTATION ? "never" : "possible"));
    put_facts(w, item, &of->s);
    for (int i = 0; i < of->s.nextra; i++) append(w, with, number(w, entry(w, of->s.extra[i])));
    put(w, item, "with", with);
    for (int i = 0; i < e->nwalks; i++) append(w, all, walk_item(w, &e->walks[i]));
    for (int i = 0; i < e->nsamples; i++) append(w, all, point(w, &e->samples[i]));
    if (e->pf) put(w, item, "proof", proof_item(w, e->pf));
    if (e->w.n) put(w, item, "solution", point(w, &e->w));
    if (e->nwalks || e->nsamples)
        put(w, item, e->nwalks ? "walks" : "samples", all);
    else
        cJSON_Delete(all);
    put_flag(w, item, "vouched", e->vouched);
    return item;
}

/* --- theses --- */

/* ["(", null, "1/2", "]"] */
static cJSON *range_item(writer *w, const interval *x) {
    cJSON *all = list(w);
    append(w, all, word(w, x->low_open ? "(" : "["));
    append(w, all, x->low_infinite ? cJSON_CreateNull() : coefficient(w, x->low));
    append(w, all, x->high_infinite ? cJSON_CreateNull() : coefficient(w, x->high));
    append(w, all, word(w, x->high_open ? ")" : "]"));
    return all;
}

static void put_ranges(writer *w, cJSON *to, const interval *x, int n) {
    cJSON *all = list(w);
    for (int i = 0; i < n; i++) append(w, all, range_item(w, &x[i]));
    put(w, to, "ranges", all);
}

static cJSON *case_item(writer *w, const thesis_case *c) {
    cJSON *item = object(w);
    put_formulas(w, item, "when", c->when, c->nwhen);
    if (c->nranges)
        put_ranges(w, item, c->ranges, c->nranges);
    else
        put(w, item, "value", coefficient(w, c->value));
    put_indexes(w, item, "facts", c->facts);
    return item;
}

static void put_value(writer *w, cJSON *to, const thesis *t) {
    cJSON *value = list(w), *cases = list(w);
    for (int i = 0; i < t->nvalue; i++) append(w, value, coefficient(w, t->value[i]));
    for (int i = 0; i < t->ncases; i++) append(w, cases, case_item(w, &t->cases[i]));
    put(w, to, "value", value);
    put(w, to, "cases", cases);
    put_ranges(w, to, t->ranges, t->nranges);
    for (const char *const *name = (const char *const[]){"value", "cases", "ranges", NULL}; *name;
         name++)
        if (!cJSON_GetArraySize(cJSON_GetObjectItem(to, *name)))
            cJSON_DeleteItemFromObject(to, *name);
}

static cJSON *thesis_item(writer *w, const thesis *t) {
    cJSON *item = object(w), *by = list(w);
    put(w, item, "is", word(w, thesis_name(t->is)));
    if (t->about >= 0) put(w, item, "about", number(w, t->about));
    put_indexes(w, item, "facts", t->facts);
    put_indexes(w, item, "when", t->when);
    put_flag(w, item, "minimal", t->minimal);
    put_flag(w, item, "scales", t->scales);
    put_flag(w, item, "poles", t->poles);
    put_flag(w, item, "walked", t->walked);
    if (t->verdict) put(w, item, "verdict", word(w, thesis_name(t->verdict)));
    put_value(w, item, t);
    if (t->signs) put(w, item, "signs", signs_item(w, t->signs));
    if (t->where) put(w, item, "where", formula_item(w, t->where));
    for (int i = 0; i < t->nby; i++) append(w, by, evidence_item(w, &t->said[i], &t->by[i]));
    put(w, item, "by", by);
    return item;
}

static cJSON *frame_item(writer *w, const frame *f) {
    cJSON *item = object(w), *theses = list(w), *claims = list(w);
    const bool *use = frame_use(w->a, f);
    put_flag(w, item, "equations", f->equations);
    put_indexes(w, item, "without", f->without);
    for (int i = 0; i < f->p->nfacts; i++)
        if (f->p->facts[i].choice)
            append(w, claims, use[i] ? formula_item(w, f->p->facts[i].claim) : cJSON_CreateNull());
    put(w, item, "choices", claims);
    if (!cJSON_GetArraySize(claims)) cJSON_DeleteItemFromObject(item, "choices");
    for (int i = 0; i < f->ntheses; i++) append(w, theses, thesis_item(w, &f->theses[i]));
    put(w, item, "theses", theses);
    return item;
}

static cJSON *theory_item(writer *w, const certificate *c) {
    w->p = c->p;
    cJSON *item = problem_item(w), *frames = list(w);
    w->formulas = (table){.items = list(w)};
    for (int i = 0; i < c->nframes; i++) append(w, frames, frame_item(w, &c->frames[i]));
    put(w, item, "formulas", w->formulas.items);
    put(w, item, "frames", frames);
    return item;
}

/* --- the file --- */

/* The object without its last brace, its own digest, and the brace. */
static void seal(text *out, str json) {
    char digest[SHA256_DIGEST_STRING_LENGTH];
    json.n--;
    SHA256Data((const uint8_t *)json.s, json.n, digest);
    text_add(out, json);
    text_addf(out, ",\"seal\":\"%s\"}\n", digest);
}

bool to_certificate(text *out, const certificate *c, int n, const char *version) {
    writer w = {.a = arena_new()};
    cJSON *file = object(&w), *theories = list(&w);
    put(&w, file, "certificate", number(&w, CERTIFICATE_VERSION));
    put(&w, file, "propto", word(&w, version));
    for (int i = 0; i < n; i++) append(&w, theories, theory_item(&w, &c[i]));
    put(&w, file, "theories", theories);
    char *json = w.failed ? NULL : cJSON_PrintUnformatted(file);
    if (json) seal(out, spell_json(w.a, str_of(json), false));
    cJSON_free(json);
    cJSON_Delete(file);
    arena_free(w.a);
    return json != NULL;
}

/* --- comparison --- */

static char *printed(arena *a, cJSON *item) {
    char *json = cJSON_PrintUnformatted(item);
    char *kept = json ? str_z(a, str_of(json)) : NULL;
    cJSON_free(json);
    return kept;
}

static const char *differing(arena *a, const cJSON *x, const cJSON *y) {
    for (const cJSON *i = x->child, *j = y->child; i && j; i = i->next, j = j->next)
        if (!cJSON_Compare(i, j, true)) return formatted(a, "`%s` differ", i->string);
    return "they differ";
}

const char *certificate_differs(arena *a, const problem *x, const problem *y) {
    writer v = {.a = a, .p = x}, w = {.a = a, .p = y};
    cJSON *one = problem_item(&v), *other = problem_item(&w);
    const char *p = printed(a, one), *q = printed(a, other), *why = NULL;
    if (!p || !q || strcmp(p, q) != 0) why = differing(a, one, other);
    cJSON_Delete(one);
    cJSON_Delete(other);
    return why;
}
