#include "lang/sorts.h"

#include "lang/print.h"
#include "lang/resolve.h"

/* Where a letter stands; EITHER: beside an `=` that may be `∝` or a comparison. */
typedef enum { AS_QUANTITY, AS_EXPONENT, AS_EITHER } position;

typedef struct {
    str name;
    span at;
    bool known; /* a symbol already */
    bool quantity, exponent;
    int with; /* another letter beside the same `=`, or itself */
} letter;

typedef struct {
    arena *arena;
    const scope *scope;
    names table;
    VEC(letter) letters;
    int together; /* a letter of the present `=`; -1: none yet */
} sorter;

/* ---- letters that stand or fall together ---- */

static int leader(sorter *w, int i) {
    while (w->letters.v[i].with != i) {
        letter *l = &w->letters.v[i];
        l->with = w->letters.v[l->with].with;
        i = l->with;
    }
    return i;
}

static void join(sorter *w, int i) {
    if (w->together < 0) {
        w->together = i;
        return;
    }
    int from = leader(w, i), to = leader(w, w->together);
    if (from < to) {
        int swap = from;
        from = to;
        to = swap;
    }
    w->letters.v[from].with = to;
}

static int letter_of(sorter *w, str name, span at) {
    int i = names_find(&w->table, name);
    if (i >= 0) return i;
    i = (int)w->letters.n;
    letter l = {.name = name, .at = at, .with = i};
    int sym = scope_find(w->scope, name);
    if (sym >= 0) {
        l.known = true;
        l.exponent = scope_symbol(w->scope, sym)->sort == SORT_PARAMETER;
        l.quantity = !l.exponent;
    }
    vec_push(w->arena, &w->letters, l);
    names_put(&w->table, name, i);
    return i;
}

static void mark(sorter *w, str name, span at, position p) {
    int i = letter_of(w, name, at);
    w->letters.v[i].quantity |= p == AS_QUANTITY;
    w->letters.v[i].exponent |= p == AS_EXPONENT;
    if (p == AS_EITHER) join(w, i);
}

static void mark_name(sorter *w, const expr *e, position p) {
    size_t end[RUN_MAX];
    if (scope_find(w->scope, e->text) >= 0) {
        mark(w, e->text, e->at, p);
        return;
    }
    int n = run_letters(e, end);
    for (int i = 0; i < n; i++) {
        size_t from = i ? end[i - 1] : 0, to = i + 1 == n ? e->text.n : end[i];
        mark(w, (str){e->text.s + from, to - from}, e->at, p);
    }
}

static void walk(sorter *w, const expr *e, position p) {
    if (e->kind == EXPR_NAME) mark_name(w, e, p);
    bool slope = e->kind == EXPR_CALL && e->call == CALL_SLOPE;
    for (int i = 0; i < e->n; i++) {
        bool exponent = e->kind == EXPR_POWER && i == 1;
        walk(w, e->part[i].e, exponent ? AS_EXPONENT : slope ? AS_QUANTITY : p);
    }
}

/* ---- laws ---- */

static bool is_landau_shape(const expr *e) {
    landau l;
    return e->kind == EXPR_PRODUCT && e->part[0].e->kind == EXPR_NAME && e->part[0].e->applied &&
           landau_letter(e->part[0].e->text, &l);
}

static bool has_sign(const expr *e) {
    for (int i = 0; i < e->n; i++) {
        if (e->kind == EXPR_SUM && e->part[i].flipped) return true;
        if (e->kind != EXPR_POWER && has_sign(e->part[i].e)) return true;
    }
    return e->kind == EXPR_UNCERTAIN || (e->kind == EXPR_CALL && e->call == CALL_SLOPE);
}

/* Nobody writes so of quantities: a minus, a slope, a sum that equals a number. */
static bool looks_compared(const law *l) {
    bool sum = false, number = false;
    for (int i = 0; i < l->nsides; i++) {
        sum |= l->side[i]->kind == EXPR_SUM;
        number |= expr_is_closed(l->side[i]);
        if (has_sign(l->side[i])) return true;
    }
    return sum && number;
}

static position position_in(const law *l) {
    bool equal = l->kind == LAW_CHAIN;
    for (int i = 0; l->kind == LAW_CHAIN && i + 1 < l->nsides; i++) {
        const expr *right = l->side[i + 1];
        relation is = l->links[i].is;
        if (relation_compares(is)) return AS_EXPONENT;
        bool member = is == RELATION_MEMBER && right->kind == EXPR_UNCERTAIN;
        equal = equal && (is == RELATION_EQUAL || member) && !is_landau_shape(right);
    }
    return equal ? AS_EITHER : AS_QUANTITY;
}

static void sort_law(sorter *w, const law *l) {
    position p = position_in(l);
    w->together = -1;
    for (int i = 0; i < l->nsides; i++)
        if (l->side[i]) walk(w, l->side[i], p);
    if (p == AS_EITHER && w->together >= 0 && looks_compared(l)) {
        letter hint = {.exponent = true, .known = true, .with = (int)w->letters.n};
        vec_push(w->arena, &w->letters, hint);
        join(w, hint.with);
    }
}

static void sort_question(sorter *w, const law *l, position p) {
    for (int i = 0; i < 2; i++)
        if (l->side[i]) walk(w, l->side[i], p);
}

static void sort_choice(sorter *w, const allocation *c) {
    for (int i = 0; i < c->nchosen; i++) walk(w, c->chosen[i], AS_QUANTITY);
    for (int i = 0; i < c->nfixed; i++) walk(w, c->fixed[i], AS_QUANTITY);
    walk(w, c->target, AS_QUANTITY);
}

static void sort_statements(sorter *w, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        const statement *s = list[i];
        if (s->kind == STATEMENT_BROKEN || s->kind == STATEMENT_PROOF) continue;
        for (int j = 0; j < s->neither; j++) {
            if (statement_is_question(s))
                sort_question(w, &s->either[j],
                              s->kind == STATEMENT_PARAMETER ? AS_EXPONENT : AS_QUANTITY);
            else
                sort_law(w, &s->either[j]);
        }
        for (int j = 0; j < s->nwhen; j++) sort_law(w, &s->when[j]);
        if (s->choice) sort_choice(w, s->choice);
        sort_statements(w, s->body, s->nbody);
    }
}

/* What is known of one letter of an `=` is known of all. */
static void share(sorter *w) {
    size_t n = w->letters.n;
    bool *quantity = NEW_ARRAY(w->arena, bool, n), *exponent = NEW_ARRAY(w->arena, bool, n);
    for (size_t i = 0; i < n; i++) {
        int of = leader(w, (int)i);
        quantity[of] |= w->letters.v[i].quantity;
        exponent[of] |= w->letters.v[i].exponent;
    }
    for (size_t i = 0; i < n; i++) {
        letter *l = &w->letters.v[i];
        if (l->quantity || l->exponent) continue;
        l->exponent = exponent[leader(w, (int)i)] && !quantity[leader(w, (int)i)];
    }
}

void sorts_of_sketch(arena *a, scope *s, const ast *tree) {
    sorter w = {.arena = a, .scope = s, .table = names_new(a)};
    sort_statements(&w, tree->statements, tree->n);
    share(&w);
    for (size_t i = 0; i < w.letters.n; i++) {
        const letter *l = &w.letters.v[i];
        if (l->known || l->quantity || !l->exponent) continue;
        scope_add(s, (symbol){.name = l->name, .sort = SORT_PARAMETER, .at = l->at});
    }
}

/* ---- uncertain numbers ---- */

static void uncertain_in(expr *e, void (*found)(void *, expr *), void *data) {
    if (e->kind == EXPR_UNCERTAIN) found(data, e);
    for (int i = 0; i < e->n; i++) uncertain_in(e->part[i].e, found, data);
}

void law_uncertain(const law *l, void (*found)(void *, expr *), void *data) {
    for (int i = 0; i < l->nsides; i++)
        if (l->side[i]) uncertain_in(l->side[i], found, data);
}

typedef struct {
    arena *arena;
    scope *scope;
} hider;

static void hide(void *data, expr *e) {
    hider *h = data;
    printer p = {.arena = h->arena};
    if (!expr_is_closed(e->part[0].e) || !expr_is_closed(e->part[1].e)) return;
    str first = print_expr(&p, e->part[0].e), second = print_expr(&p, e->part[1].e);
    const char *name = formatted(h->arena, e->interval ? "[%.*s,%.*s]" : "%.*s±%.*s", (int)first.n,
                                 first.s, (int)second.n, second.s);
    symbol s = {.name = str_of(name), .sort = SORT_PARAMETER, .at = e->at, .hidden = true};
    e->sym = scope_add_unnamed(h->scope, s);
}

static void hide_in(hider *h, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        const statement *s = list[i];
        if (s->kind == STATEMENT_BROKEN) continue;
        for (int j = 0; j < s->neither && s->kind != STATEMENT_CONCLUSION; j++)
            law_uncertain(&s->either[j], hide, h);
        for (int j = 0; j < s->nwhen; j++) law_uncertain(&s->when[j], hide, h);
        hide_in(h, s->body, s->nbody);
    }
}

void sorts_of_uncertain(arena *a, scope *s, const ast *tree) {
    hider h = {a, s};
    if (tree->uncertain) hide_in(&h, tree->statements, tree->n);
}
