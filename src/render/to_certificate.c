#include "render/certificate.h"
#include "render/seal.h"
#include "render/spell.h"
#include <cjson/cJSON.h>

/* Formulas that needs are about, each once. */
typedef struct {
    const formula *f;
    str printed;
} entry;

typedef struct {
    arena *a;
    const problem *p;
    text *out;   /* items of JSON, as they come: a tree of them all would be dear */
    bool failed; /* memory did not suffice */
    VEC(entry) formulas;
} writer;

/* --- items --- */

/* A comma, unless it is the first of what was begun. */
static void next(writer *w) {
    const text *t = w->out;
    char last = t->n ? t->s[t->n - 1] : '[';
    if (last != '[' && last != '{' && last != ':') text_putc(w->out, ',');
}

static void begin(writer *w, char bracket) {
    next(w);
    text_putc(w->out, bracket);
}

static void end(writer *w, char bracket) {
    text_putc(w->out, bracket);
}

static bool is_plain(str s) {
    for (size_t i = 0; i < s.n; i++)
        if (s.s[i] < 0x20 || s.s[i] > 0x7e || s.s[i] == '"' || s.s[i] == '\\') return false;
    return true;
}

static void quote(writer *w, str plain) {
    next(w);
    text_putc(w->out, '"');
    text_add(w->out, plain);
    text_putc(w->out, '"');
}

static void escape(writer *w, str s) {
    cJSON *item = cJSON_CreateString(spell_valid(w->a, s));
    char *json = item ? cJSON_PrintUnformatted(item) : NULL;
    w->failed = w->failed || !json;
    next(w);
    if (json) spell_json(w->out, str_of(json), false);
    cJSON_free(json);
    cJSON_Delete(item);
}

static void words(writer *w, str s) {
    if (is_plain(s))
        quote(w, s);
    else
        escape(w, s);
}

static void word(writer *w, const char *z) {
    words(w, str_of(z));
}

static void number(writer *w, int n) {
    next(w);
    text_int(w->out, n);
}

static void nothing(writer *w) {
    next(w);
    text_puts(w->out, "null");
}

static void name(writer *w, const char *z) {
    quote(w, str_of(z));
    text_putc(w->out, ':');
}

static void put_word(writer *w, const char *as, const char *z) {
    name(w, as);
    word(w, z);
}

static void put_words(writer *w, const char *as, str s) {
    name(w, as);
    words(w, s);
}

static void put_number(writer *w, const char *as, int n) {
    name(w, as);
    number(w, n);
}

static void put_flag(writer *w, const char *as, bool yes) {
    if (!yes) return;
    name(w, as);
    text_puts(w->out, "true");
}

static void indexes(writer *w, factset s) {
    begin(w, '[');
    for (int i = 0; i < s.n; i++) number(w, s.v[i]);
    end(w, ']');
}

static void put_indexes(writer *w, const char *as, factset s) {
    if (!s.n) return;
    name(w, as);
    indexes(w, s);
}

/* --- coefficients and formulas --- */

static void rational(writer *w, rat r) {
    next(w);
    text_putc(w->out, '"');
    rat_put(w->out, r);
    text_putc(w->out, '"');
}

/* [["-1/2", 2, 0, 1], ...]: the number, then the power of each parameter up to the last. */
static void polynomial_of(writer *w, coef c) {
    polynomial x = coef_polynomial(w->a, c);
    begin(w, '[');
    for (int i = 0; i < x.n; i++) {
        int n = x.m[i].power ? field_size(w->p->field) : 0;
        while (n && !x.m[i].power[n - 1]) n--;
        begin(w, '[');
        rational(w, x.m[i].c);
        for (int k = 0; k < n; k++) number(w, (int)x.m[i].power[k]);
        end(w, ']');
    }
    end(w, ']');
}

static void quotient_of(writer *w, coef num, coef den) {
    begin(w, '{');
    name(w, "num");
    polynomial_of(w, num);
    name(w, "den");
    polynomial_of(w, den);
    end(w, '}');
}

static void coefficient(writer *w, coef c) {
    rat r;
    if (coef_rat(c, &r)) {
        rational(w, r);
        return;
    }
    coef num = coef_numerator(w->a, c), den = coef_denominator(w->a, c);
    if (coef_is_one(den))
        polynomial_of(w, num);
    else
        quotient_of(w, num, den);
}

static void put_coefficient(writer *w, const char *as, coef c) {
    name(w, as);
    coefficient(w, c);
}

/* [[[symbol, coefficient], ...], constant] */
static void form_item(writer *w, form f) {
    begin(w, '[');
    begin(w, '[');
    for (int i = 0; i < f.n; i++) {
        begin(w, '[');
        number(w, f.t[i].sym);
        coefficient(w, f.t[i].c);
        end(w, ']');
    }
    end(w, ']');
    coefficient(w, f.k);
    end(w, ']');
}

static void put_form(writer *w, const char *as, form f) {
    name(w, as);
    form_item(w, f);
}

/* ["<=", form], ["all", ...], ["any", ...] */
static void formula_item(writer *w, const formula *f) {
    begin(w, '[');
    if (f->kind == FORMULA_ATOM) {
        word(w, rel_name(f->rel));
        form_item(w, f->lhs);
    } else {
        word(w, f->kind == FORMULA_ALL ? "all" : "any");
        for (int i = 0; i < f->n; i++) formula_item(w, f->kid[i]);
    }
    end(w, ']');
}

static void put_formula(writer *w, const char *as, const formula *f) {
    name(w, as);
    formula_item(w, f);
}

static void put_formulas(writer *w, const char *as, const formula *const *f, int n) {
    name(w, as);
    begin(w, '[');
    for (int i = 0; i < n; i++) formula_item(w, f[i]);
    end(w, ']');
}

/* --- the problem --- */

static void symbol_item(writer *w, const symbol *s) {
    begin(w, '{');
    put_words(w, "name", s->name);
    put_word(w, "sort", sort_name(s->sort));
    put_flag(w, "hidden", s->hidden);
    end(w, '}');
}

static void choice_item(writer *w, const choice_of *c) {
    begin(w, '{');
    put_indexes(w, "choose", (factset){c->chosen, c->nchosen});
    put_form(w, c->maximize ? "maximize" : "minimize", c->target);
    put_indexes(w, "fixed", (factset){c->fixed, c->nfixed});
    end(w, '}');
}

static void fact_item(writer *w, const fact *f) {
    begin(w, '{');
    put_words(w, "label", f->label);
    put_words(w, "law", f->law);
    put_flag(w, "given", f->hard);
    put_flag(w, "growth", f->growth);
    name(w, f->choice ? "choice" : "claim");
    if (f->choice)
        choice_item(w, f->choice);
    else
        formula_item(w, f->claim);
    end(w, '}');
}

static void put_bases(writer *w, const goal *g) {
    name(w, "bases");
    begin(w, '[');
    for (int i = 0; i < g->nbase; i++) form_item(w, g->base[i]);
    end(w, ']');
}

static void goal_item(writer *w, const goal *g) {
    begin(w, '{');
    put_word(w, "is", goal_name(g->kind));
    put_words(w, "law", g->law);
    if (g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION || g->kind == GOAL_PARAMETER)
        put_form(w, "target", g->target);
    if (g->kind == GOAL_EXPONENT) put_bases(w, g);
    if (g->claim) put_formula(w, "claim", g->claim);
    if (g->nwhen) put_formulas(w, "when", g->when, g->nwhen);
    end(w, '}');
}

static void put_parameters(writer *w) {
    name(w, "parameters");
    begin(w, '[');
    for (int i = 0; w->p->field && i < field_size(w->p->field); i++)
        number(w, field_symbol(w->p->field, i));
    end(w, ']');
}

/* The members of the problem, in an object that was begun. */
static void put_problem(writer *w) {
    const problem *p = w->p;
    put_words(w, "name", p->name);
    name(w, "symbols");
    begin(w, '[');
    for (int i = 0; i < p->nsymbols; i++) symbol_item(w, &p->symbols[i]);
    end(w, ']');
    put_parameters(w);
    name(w, "facts");
    begin(w, '[');
    for (int i = 0; i < p->nfacts; i++) fact_item(w, &p->facts[i]);
    end(w, ']');
    name(w, "goals");
    begin(w, '[');
    for (int i = 0; i < p->ngoals; i++) goal_item(w, &p->goals[i]);
    end(w, ']');
}

/* --- evidence --- */

static void put_sum(writer *w, const proof *pf) {
    name(w, "sum");
    begin(w, '[');
    for (int i = 0; i < pf->n; i++) {
        begin(w, '[');
        number(w, pf->sum[i].formula);
        number(w, pf->sum[i].node);
        coefficient(w, pf->sum[i].lambda);
        end(w, ']');
    }
    end(w, ']');
}

/* 3; [formula, node]; [formula, node, polynomial]; [polynomial] */
static void ref_item(writer *w, const ref *r) {
    if (r->kind == REF_STEP) {
        number(w, r->i);
        return;
    }
    begin(w, '[');
    if (r->kind != REF_OWN) number(w, r->i);
    if (r->kind != REF_OWN) number(w, r->node);
    if (r->kind != REF_ATOM) coefficient(w, r->pole);
    end(w, ']');
}

/* [polynomial, [ref, power], ...] */
static void sign_term_item(writer *w, const sign_term *t) {
    begin(w, '[');
    coefficient(w, t->times);
    for (int i = 0; i < t->n; i++) {
        begin(w, '[');
        ref_item(w, &t->f[i].of);
        number(w, t->f[i].power);
        end(w, ']');
    }
    end(w, ']');
}

/* [coefficient, "<=", [term, ...], ...] */
static void step_item(writer *w, const sign_step *s) {
    char signs[] = {s->signs & SIGN_NEG ? '<' : 0, s->signs & SIGN_ZERO ? '=' : 0,
                    s->signs & SIGN_POS ? '>' : 0};
    text t = text_new(w->a);
    for (int i = 0; i < 3; i++)
        if (signs[i]) text_putc(&t, signs[i]);
    begin(w, '[');
    coefficient(w, s->c);
    words(w, text_str(&t));
    for (int i = 0; i < s->n; i++) {
        begin(w, '[');
        for (int k = 0; k < s->sum[i].n; k++) sign_term_item(w, &s->sum[i].t[k]);
        end(w, ']');
    }
    end(w, ']');
}

static void reason_item(writer *w, const sign_reason *r) {
    if (!r->n) {
        nothing(w);
        return;
    }
    begin(w, '[');
    for (int i = 0; i < r->n; i++) step_item(w, &r->s[i]);
    end(w, ']');
}

static void put_reasons(writer *w, const proof *pf) {
    if (!pf->nwhy) return;
    name(w, "signs");
    begin(w, '[');
    for (int i = 0; i < pf->nwhy; i++) reason_item(w, &pf->why[i]);
    end(w, ']');
}

static void proof_item(writer *w, const proof *pf);

static void put_branches(writer *w, const proof *pf) {
    name(w, "branches");
    begin(w, '[');
    for (int i = 0; i < pf->n; i++) proof_item(w, pf->branch[i]);
    end(w, ']');
}

static void proof_item(writer *w, const proof *pf) {
    const int at[] = {pf->formula, pf->node};
    begin(w, '{');
    switch (pf->kind) {
    case PROOF_SUM:
        put_sum(w, pf);
        put_reasons(w, pf);
        break;
    case PROOF_SPLIT:
        put_indexes(w, "split", (factset){at, 2});
        break;
    case PROOF_LEMMAS:
        put_formulas(w, "lemmas", pf->lemma, pf->n - 1);
        break;
    case PROOF_SIGNS:
        put_coefficient(w, "signs", pf->sign_of);
        break;
    }
    if (pf->kind != PROOF_SUM) put_branches(w, pf);
    end(w, '}');
}

/* Most of what a certificate holds, and most of it zeros. */
static void point(writer *w, const witness *x) {
    begin(w, '[');
    for (int i = 0; i < x->n; i++)
        if (coef_is_zero(x->x[i]))
            text_add(w->out, i ? STR(",\"0\"") : STR("\"0\""));
        else
            coefficient(w, x->x[i]);
    end(w, ']');
}

static void put_point(writer *w, const char *as, const witness *x) {
    name(w, as);
    point(w, x);
}

static void walk_item(writer *w, const approach *way) {
    begin(w, '{');
    put_point(w, "from", &way->near);
    put_point(w, way->ray ? "along" : "to", &way->limit);
    end(w, '}');
}

static void put_signs(writer *w, int signs) {
    static const struct {
        int sign;
        const char *name;
    } each[] = {{SIGN_NEG, "<"}, {SIGN_ZERO, "="}, {SIGN_POS, ">"}};
    name(w, "signs");
    begin(w, '[');
    for (int i = 0; i < 3; i++)
        if (signs & each[i].sign) word(w, each[i].name);
    end(w, ']');
}

/* Where the formula stands in the table; it joins it if it is new. */
static int numbered(writer *w, const formula *f) {
    text printed = text_new(w->a), *out = w->out;
    for (size_t i = 0; i < w->formulas.n; i++)
        if (w->formulas.v[i].f == f) return (int)i;
    w->out = &printed;
    formula_item(w, f);
    w->out = out;
    for (size_t i = 0; i < w->formulas.n; i++)
        if (str_eq(w->formulas.v[i].printed, text_str(&printed))) return (int)i;
    vec_push(w->a, &w->formulas, ((entry){f, text_str(&printed)}));
    return (int)w->formulas.n - 1;
}

static void put_table(writer *w) {
    name(w, "formulas");
    begin(w, '[');
    for (size_t i = 0; i < w->formulas.n; i++) {
        next(w);
        text_add(w->out, w->formulas.v[i].printed);
    }
    end(w, ']');
}

/* Those in use; or, if they are fewer, those that are not. */
static void put_facts(writer *w, const sequent *s) {
    int *v[2], n[2] = {0, 0};
    for (int k = 0; k < 2; k++) v[k] = NEW_ARRAY(w->a, int, s->p->nfacts);
    for (int i = 0; i < s->p->nfacts; i++) {
        bool out = s->use && !s->use[i];
        v[out][n[out]++] = i;
    }
    bool but = n[1] < n[0];
    name(w, but ? "but" : "facts");
    indexes(w, (factset){v[but], n[but]});
}

static void put_extra(writer *w, const sequent *s) {
    name(w, "with");
    begin(w, '[');
    for (int i = 0; i < s->nextra; i++) number(w, numbered(w, s->extra[i]));
    end(w, ']');
}

static void put_walks(writer *w, const evidence *e) {
    if (!e->nwalks && !e->nsamples) return;
    name(w, e->nwalks ? "walks" : "samples");
    begin(w, '[');
    for (int i = 0; i < e->nwalks; i++) walk_item(w, &e->walks[i]);
    for (int i = 0; i < e->nsamples; i++) point(w, &e->samples[i]);
    end(w, ']');
}

static void evidence_item(writer *w, const need *of, const evidence *e) {
    begin(w, '{');
    put_word(w, "claim", of->kind == NEED_REFUTATION ? "never" : "possible");
    put_facts(w, &of->s);
    put_extra(w, &of->s);
    if (e->pf) {
        name(w, "proof");
        proof_item(w, e->pf);
    }
    if (e->w.n) put_point(w, "solution", &e->w);
    put_walks(w, e);
    put_flag(w, "vouched", e->vouched);
    end(w, '}');
}

/* --- theses --- */

static void end_of_range(writer *w, bool infinite, coef c) {
    if (infinite)
        nothing(w);
    else
        coefficient(w, c);
}

/* ["(", null, "1/2", "]"] */
static void range_item(writer *w, const interval *x) {
    begin(w, '[');
    word(w, x->low_open ? "(" : "[");
    end_of_range(w, x->low_infinite, x->low);
    end_of_range(w, x->high_infinite, x->high);
    word(w, x->high_open ? ")" : "]");
    end(w, ']');
}

static void put_ranges(writer *w, const interval *x, int n) {
    if (!n) return;
    name(w, "ranges");
    begin(w, '[');
    for (int i = 0; i < n; i++) range_item(w, &x[i]);
    end(w, ']');
}

static void case_item(writer *w, const thesis_case *c) {
    begin(w, '{');
    put_formulas(w, "when", c->when, c->nwhen);
    put_ranges(w, c->ranges, c->nranges);
    if (!c->nranges) put_coefficient(w, "value", c->value);
    put_indexes(w, "facts", c->facts);
    end(w, '}');
}

static void put_value(writer *w, const thesis *t) {
    if (!t->nvalue) return;
    name(w, "value");
    begin(w, '[');
    for (int i = 0; i < t->nvalue; i++) coefficient(w, t->value[i]);
    end(w, ']');
}

static void put_cases(writer *w, const thesis *t) {
    if (!t->ncases) return;
    name(w, "cases");
    begin(w, '[');
    for (int i = 0; i < t->ncases; i++) case_item(w, &t->cases[i]);
    end(w, ']');
}

static void put_evidence(writer *w, const thesis *t) {
    name(w, "by");
    begin(w, '[');
    for (int i = 0; i < t->nby; i++) evidence_item(w, &t->said[i], &t->by[i]);
    end(w, ']');
}

static void thesis_item(writer *w, const thesis *t) {
    begin(w, '{');
    put_word(w, "is", thesis_name(t->is));
    if (t->about >= 0) put_number(w, "about", t->about);
    put_indexes(w, "facts", t->facts);
    put_indexes(w, "when", t->when);
    put_flag(w, "minimal", t->minimal);
    put_flag(w, "scales", t->scales);
    put_flag(w, "poles", t->poles);
    put_flag(w, "walked", t->walked);
    if (t->verdict) put_word(w, "verdict", thesis_name(t->verdict));
    put_value(w, t);
    put_cases(w, t);
    put_ranges(w, t->ranges, t->nranges);
    if (t->signs) put_signs(w, t->signs);
    if (t->where) put_formula(w, "where", t->where);
    put_evidence(w, t);
    end(w, '}');
}

static bool has_choices(const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        if (p->facts[i].choice) return true;
    return false;
}

static void put_choices(writer *w, const frame *f) {
    const bool *use = frame_use(w->a, f);
    if (!has_choices(f->p)) return;
    name(w, "choices");
    begin(w, '[');
    for (int i = 0; i < f->p->nfacts; i++) {
        if (!f->p->facts[i].choice) continue;
        if (use[i])
            formula_item(w, f->p->facts[i].claim);
        else
            nothing(w);
    }
    end(w, ']');
}

static void frame_item(writer *w, const frame *f) {
    begin(w, '{');
    put_flag(w, "equations", f->equations);
    put_indexes(w, "without", f->without);
    put_choices(w, f);
    name(w, "theses");
    begin(w, '[');
    for (int i = 0; i < f->ntheses; i++) thesis_item(w, &f->theses[i]);
    end(w, ']');
    end(w, '}');
}

/* The formulas last: the frames fill their table. */
static void theory_item(writer *w, const certificate *c) {
    w->p = c->p;
    w->formulas.n = 0;
    begin(w, '{');
    put_problem(w);
    name(w, "frames");
    begin(w, '[');
    for (int i = 0; i < c->nframes; i++) frame_item(w, &c->frames[i]);
    end(w, ']');
    put_table(w);
    end(w, '}');
}

/* --- the file --- */

/* Ends the object that began there: its digest, and the last brace. */
static void seal(text *out, size_t start) {
    char digest[SEAL_DIGITS + 1];
    seal_of((str){out->s + start, out->n - start}, digest);
    text_addf(out, ",\"seal\":\"%s\"}\n", digest);
}

bool to_certificate(text *out, const certificate *c, int n, const char *version) {
    arena *a = arena_new();
    writer w = {.a = a, .out = out};
    size_t start = out->n;
    text_putc(out, '{');
    put_number(&w, "certificate", CERTIFICATE_VERSION);
    put_word(&w, "propto", version);
    name(&w, "theories");
    begin(&w, '[');
    for (int i = 0; i < n; i++) theory_item(&w, &c[i]);
    end(&w, ']');
    if (w.failed)
        out->n = start;
    else
        seal(out, start);
    arena_free(a);
    return !w.failed;
}

/* --- comparison --- */

static str printed_problem(writer *w) {
    text t = text_new(w->a);
    w->out = &t;
    begin(w, '{');
    put_problem(w);
    end(w, '}');
    return text_str(&t);
}

static const char *differing(arena *a, const cJSON *x, const cJSON *y) {
    if (x && y)
        for (const cJSON *i = x->child, *j = y->child; i && j; i = i->next, j = j->next)
            if (!cJSON_Compare(i, j, true)) return formatted(a, "`%s` differ", i->string);
    return "they differ";
}

const char *certificate_differs(arena *a, const problem *x, const problem *y) {
    writer v = {.a = a, .p = x}, w = {.a = a, .p = y};
    str p = printed_problem(&v), q = printed_problem(&w);
    if (!v.failed && !w.failed && str_eq(p, q)) return NULL;
    cJSON *one = cJSON_ParseWithLength(p.s, p.n), *other = cJSON_ParseWithLength(q.s, q.n);
    const char *why = differing(a, one, other);
    cJSON_Delete(one);
    cJSON_Delete(other);
    return why;
}
