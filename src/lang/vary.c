#include "lang/vary.h"

#include "base/utf8.h"
#include "lang/print.h"

/* A factor whose exponent is to be freed. */
typedef struct {
    expr **slot, *base;
    rat value;
} factor;

typedef struct {
    arena *arena;
    theory *t;
    diags *sink;
    variations *out;
    const int *map; /* of the law at hand */
    VEC(factor) factors;
} varier;

/* ---- a law of this theory, with symbols of this theory ---- */

static expr *copied(varier *v, const expr *e) {
    expr *c = NEW(v->arena, expr);
    *c = *e;
    if (e->sym >= 0 && v->map) c->sym = v->map[e->sym];
    c->part = NEW_ARRAY(v->arena, operand, e->n);
    for (int i = 0; i < e->n; i++)
        c->part[i] = (operand){copied(v, e->part[i].e), e->part[i].flipped};
    return c;
}

static law *copied_laws(varier *v, const law *l, int n) {
    law *c = NEW_ARRAY(v->arena, law, n);
    for (int i = 0; i < n; i++) {
        c[i] = l[i];
        c[i].side = NEW_ARRAY(v->arena, expr *, l[i].nsides);
        for (int j = 0; j < l[i].nsides; j++) c[i].side[j] = copied(v, l[i].side[j]);
    }
    return c;
}

/* ---- what can be freed ---- */

/* Is there a quantity in it? */
static bool scales(const varier *v, const expr *e) {
    if (e->kind == EXPR_CALL && e->call != CALL_MAX && e->call != CALL_MIN) return false;
    if (e->kind == EXPR_NAME) return scope_symbol(v->t->scope, e->sym)->sort == SORT_QUANTITY;
    for (int i = 0; i < (e->kind == EXPR_POWER ? 1 : e->n); i++)
        if (scales(v, e->part[i].e)) return true;
    return false;
}

static void add_factor(varier *v, expr **slot, expr *base, rat value) {
    factor f = {slot, base, value};
    if (scales(v, base)) vec_push(v->arena, &v->factors, f);
}

static void find_factors(varier *v, expr **slot) {
    expr *e = *slot;
    switch (e->kind) {
    case EXPR_NAME:
        add_factor(v, slot, e, RAT_ONE);
        break;
    case EXPR_CALL:
        if (e->call != CALL_MAX && e->call != CALL_MIN) break;
        for (int i = 0; i < e->n; i++) find_factors(v, &e->part[i].e);
        break;
    case EXPR_PRODUCT:
    case EXPR_SUM:
        for (int i = 0; i < e->n; i++) find_factors(v, &e->part[i].e);
        break;
    case EXPR_POWER:
        if (e->closed) add_factor(v, slot, e->part[0].e, e->value);
        break;
    case EXPR_ROOT:
        add_factor(v, slot, e->part[0].e, e->value);
        break;
    case EXPR_LANDAU:
        find_factors(v, &e->part[1].e);
        break;
    case EXPR_NUMBER:
    case EXPR_UNCERTAIN:
    case EXPR_HOLE:
    case EXPR_LIST:
        break;
    }
}

/* ---- letters ---- */

static bool is_taken(const theory *t, str name) {
    if (scope_find(t->scope, name) >= 0) return true;
    for (int i = 0; i < scope_size(t->scope); i++)
        if (str_eq(scope_symbol(t->scope, i)->name, name)) return true;
    return false;
}

/* The exponent of a law with one is called s, then r, ...; those of a law with several a, b, ... */
static str fresh_letter(const varier *v, bool alone) {
    static const char *const of_one[] = {"s", "r", "t", "u", "v", "q", "p", "z", "y", "x", NULL};
    static const char *const of_many[] = {"a", "b", "c", "d", "f", "g",
                                          "h", "j", "k", "m", "n", NULL};
    const char *const *letter = alone ? of_one : of_many;
    while (*letter && is_taken(v->t, str_of(*letter))) letter++;
    if (*letter) return str_of(*letter);
    for (int i = 1;; i++) {
        str name = str_of(formatted(v->arena, "s_%d", i));
        if (!is_taken(v->t, name)) return name;
    }
}

static expr *part_of(varier *v, expr_kind kind, span at, int n) {
    expr *e = NEW(v->arena, expr);
    *e = (expr){.kind = kind, .at = at, .n = n, .sym = -1};
    e->part = NEW_ARRAY(v->arena, operand, n);
    return e;
}

static void put_letter(varier *v, const factor *f, int sym) {
    expr *power = part_of(v, EXPR_POWER, (*f->slot)->at, 2);
    expr *letter = part_of(v, EXPR_NAME, power->at, 0);
    letter->text = scope_symbol(v->t->scope, sym)->name;
    letter->sym = sym;
    power->part[0].e = f->base;
    power->part[1].e = letter;
    *f->slot = power;
}

/* ---- one law ---- */

/* The number of a law among the facts of the problem. */
static int fact_of(const theory *t, int index) {
    int n = 0;
    for (int i = 0; i < index; i++) n += !t->laws.v[i].s->optional;
    return n;
}

static bool nothing_to_free(varier *v, const label_ref *ref, const char *why, const char *help) {
    diag *d = diag_add(v->sink, DIAG_E323, ref->at, "%s %s", lex_quote(v->arena, ref->text), why);
    d->help = help;
    return false;
}

static void find_right_sides(varier *v, law *l) {
    if (l->kind != LAW_CHAIN || l->compares) return;
    for (int i = 1; i < l->nsides; i++) find_factors(v, &l->side[i]);
}

static void free_factors(varier *v, span at, int number) {
    bool alone = v->factors.n == 1;
    for (size_t i = 0; i < v->factors.n; i++) {
        const factor *f = &v->factors.v[i];
        symbol letter = {.name = fresh_letter(v, alone), .sort = SORT_PARAMETER, .at = at};
        variation x = {number, scope_add(v->t->scope, letter), f->value};
        put_letter(v, f, x.symbol);
        vec_push(v->arena, v->out, x);
    }
}

static bool vary_law(varier *v, const label_ref *ref, int index) {
    instance *i = &v->t->laws.v[index];
    statement *s = NEW(v->arena, statement);
    *s = *i->s;
    v->map = i->map;
    v->factors.n = 0;
    s->either = copied_laws(v, i->s->either, s->neither);
    s->when = copied_laws(v, i->s->when, s->nwhen);
    for (int j = 0; j < s->neither; j++) find_right_sides(v, &s->either[j]);
    if (v->factors.n == 0)
        return nothing_to_free(v, ref, "has no exponent that is a number",
                               "what is varied are the exponents on the right side of a law, such "
                               "as `L ∝ w`");
    free_factors(v, ref->at, fact_of(v->t, index));
    *i = (instance){.s = s, .of = v->t, .label = i->label};
    return true;
}

/* ---- labels ---- */

static bool unknown_label(varier *v, const label_ref *ref) {
    diag *d = diag_add(v->sink, DIAG_E207, ref->at, "no statement of the theory is called %s",
                       lex_quote(v->arena, ref->text));
    str near = nearest_label(&v->t->labels, ref->text);
    if (near.n) d->help = formatted(v->arena, "did you mean `%.*s`?", (int)near.n, near.s);
    return false;
}

static bool is_optional(varier *v, const label_ref *ref, const entry *e) {
    if (!v->t->laws.v[e->law].s->optional) return false;
    diag *d = diag_add(v->sink, DIAG_E307, ref->at, "%s is optional: it is left out already",
                       lex_quote(v->arena, ref->text));
    d->other = e->at;
    d->note = "it is stated here";
    return true;
}

/* Varies the law of a label, unless that was done; false after an error. */
static bool vary_label(varier *v, const label_ref *ref, bool *done) {
    int found = names_find(&v->t->labels.table, ref->text);
    if (found < 0) return unknown_label(v, ref);
    const entry *e = &v->t->labels.entries.v[found];
    if (e->law < 0)
        return nothing_to_free(v, ref, "is no law",
                               "laws are varied, not questions or conclusions");
    if (is_optional(v, ref, e)) return false;
    if (done[e->law]) return true;
    done[e->law] = true;
    return vary_law(v, ref, e->law);
}

/* The labels as a text, one a line, in which errors have their places. */
static label_ref *read_labels(arena *a, const char *const *word, int n) {
    text t = text_new(a);
    label_ref *list = NEW_ARRAY(a, label_ref, n);
    for (int i = 0; i < n; i++) {
        size_t start = t.n;
        text_puts(&t, word[i]);
        list[i] = (label_ref){{NULL, start, t.n}, utf8_nfc(a, str_of(word[i]))};
        text_putc(&t, '\n');
    }
    const source *src = source_of(a, "<labels>", text_str(&t));
    for (int i = 0; i < n; i++) list[i].at.src = src;
    return list;
}

bool vary_laws(arena *a, theory *t, const char *const *word, int n, variations *out, diags *sink) {
    bool ok = true, *done = NEW_ARRAY(a, bool, t->laws.n);
    const label_ref *list = read_labels(a, word, n);
    varier v = {.arena = a, .t = t, .sink = sink, .out = out};
    for (int i = 0; i < n; i++) ok = vary_label(&v, &list[i], done) && ok;
    return ok;
}
