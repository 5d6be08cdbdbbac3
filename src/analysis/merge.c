#include "analysis/merge.h"

#include <ctype.h>
#include <stdlib.h>

/* --- which quantities are the same --- */

/* A name or alias of a quantity. */
typedef struct {
    str name;
    int sym;
    bool alias;
} spelling;

typedef struct {
    spelling *v;
    size_t n, cap;
} spellings;

static int by_spelling(const void *x, const void *y) {
    return str_cmp(((const spelling *)x)->name, ((const spelling *)y)->name);
}

/* All spellings of the quantities, sorted; in one theory no two are alike. */
static spellings spellings_of(arena *a, const problem *p) {
    spellings all = {0};
    for (int i = 0; i < p->nsymbols; i++) {
        const symbol *s = &p->symbols[i];
        if (s->sort != SORT_QUANTITY) continue;
        vec_push(a, &all, ((spelling){s->name, i, false}));
        for (int k = 0; k < s->naliases; k++) vec_push(a, &all, ((spelling){s->alias[k], i, true}));
    }
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_spelling);
    return all;
}

static int find(const spellings *all, str name, bool alias) {
    spelling key = {name, -1, alias};
    const spelling *s = all->n ? bsearch(&key, all->v, all->n, sizeof key, by_spelling) : NULL;
    return s && s->alias == alias ? s->sym : -1;
}

typedef struct {
    const problem *x;
    spellings theirs;
    int *match;
    bool *taken; /* of the quantities of x */
} matching;

static void take(matching *m, int i, int j) {
    if (j < 0 || m->match[j] >= 0 || m->taken[i]) return;
    m->match[j] = i;
    m->taken[i] = true;
}

static void match_names(matching *m, int i) {
    take(m, i, find(&m->theirs, m->x->symbols[i].name, false));
}

static void match_name_and_alias(matching *m, int i) {
    const symbol *s = &m->x->symbols[i];
    take(m, i, find(&m->theirs, s->name, true));
    for (int k = 0; k < s->naliases; k++) take(m, i, find(&m->theirs, s->alias[k], false));
}

static void match_aliases(matching *m, int i) {
    const symbol *s = &m->x->symbols[i];
    for (int k = 0; k < s->naliases; k++) take(m, i, find(&m->theirs, s->alias[k], true));
}

const int *merge_match(arena *a, const problem *x, const problem *y) {
    void (*const ways[])(matching *, int) = {match_names, match_name_and_alias, match_aliases};
    matching m = {.x = x, .theirs = spellings_of(a, y)};
    m.match = NEW_ARRAY(a, int, y->nsymbols);
    m.taken = NEW_ARRAY(a, bool, x->nsymbols);
    for (int j = 0; j < y->nsymbols; j++) m.match[j] = -1;
    for (int way = 0; way < 3; way++)
        for (int i = 0; i < x->nsymbols; i++)
            if (x->symbols[i].sort == SORT_QUANTITY) ways[way](&m, i);
    return m.match;
}

/* --- symbols --- */

typedef struct {
    arena *a;
    const problem *from[2];
    str name[2];
    int *of[2];
    VEC(symbol) symbols;
    const field *k;
    int *letter[2]; /* from the parameters of each field to those of k */
} merging;

/* Marks the symbols that are parameters in some fact. */
static bool *letters_used(arena *a, const problem *p) {
    bool *symbols = NEW_ARRAY(a, bool, p->nsymbols);
    if (!p->field) return symbols;
    bool *used = NEW_ARRAY(a, bool, field_size(p->field));
    for (int i = 0; i < p->nfacts; i++) formula_parameters(p->facts[i].claim, used);
    for (int i = 0; i < field_size(p->field); i++) symbols[field_symbol(p->field, i)] = used[i];
    return symbols;
}

static bool is_named_in(const problem *p, str name) {
    for (int i = 0; i < p->nsymbols; i++)
        if (!p->symbols[i].hidden && str_eq(p->symbols[i].name, name)) return true;
    return false;
}

static bool is_taken(const merging *m, str name) {
    for (size_t i = 0; i < m->symbols.n; i++)
        if (str_eq(m->symbols.v[i].name, name)) return true;
    return is_named_in(m->from[0], name) || is_named_in(m->from[1], name);
}

/* "α_kaplan": a name of the language, whatever the theory is called. */
static str subscripted(arena *a, str name, str theory) {
    text t = text_new(a);
    text_add(&t, name);
    text_puts(&t, memchr(name.s, '_', name.n) ? "," : "_");
    for (size_t i = 0; i < theory.n; i++) {
        unsigned char c = (unsigned char)theory.s[i];
        text_putc(&t, c >= 0x80 || isalnum(c) ? theory.s[i] : '_');
    }
    return text_str(&t);
}

/* The symbol as it is called in the merged problem. */
static symbol apart(merging *m, int which, symbol s) {
    if (s.hidden || !is_named_in(m->from[!which], s.name)) return s;
    s.name = subscripted(m->a, s.name, m->name[which]);
    while (is_taken(m, s.name)) s.name = str_of(formatted(m->a, "%.*s'", (int)s.name.n, s.name.s));
    return s;
}

static void add_symbols(merging *m, int which, const int *match) {
    const problem *p = m->from[which];
    const bool *used = letters_used(m->a, p);
    m->of[which] = NEW_ARRAY(m->a, int, p->nsymbols);
    for (int i = 0; i < p->nsymbols; i++) {
        symbol s = p->symbols[i];
        m->of[which][i] = -1;
        if (s.sort == SORT_PARAMETER && !used[i]) continue;
        if (match && match[i] >= 0) {
            m->of[which][i] = m->of[0][match[i]];
            continue;
        }
        m->of[which][i] = (int)m->symbols.n;
        bool own = match || s.sort != SORT_QUANTITY;
        vec_push(m->a, &m->symbols, own ? apart(m, which, s) : s);
    }
}

/* --- the field --- */

static void make_field(merging *m) {
    VEC(str) names = {0};
    VEC(int) symbols = {0};
    for (int w = 0; w < 2; w++) {
        const field *k = m->from[w]->field;
        m->letter[w] = k ? NEW_ARRAY(m->a, int, field_size(k)) : NULL;
        for (int i = 0; k && i < field_size(k); i++) {
            int sym = m->of[w][field_symbol(k, i)];
            m->letter[w][i] = sym < 0 ? -1 : (int)symbols.n;
            if (sym < 0) continue;
            vec_push(m->a, &names, m->symbols.v[sym].name);
            vec_push(m->a, &symbols, sym);
        }
    }
    m->k = symbols.n ? field_new(m->a, names.v, symbols.v, (int)symbols.n) : NULL;
}

/* --- facts --- */

static coef moved_coef(const merging *m, int which, coef c) {
    return coef_field(c) ? coef_moved(m->a, c, m->k, m->letter[which]) : c;
}

static form moved_form(const merging *m, int which, form f) {
    term *t = f.n ? NEW_ARRAY(m->a, term, f.n) : NULL;
    for (int i = 0; i < f.n; i++)
        t[i] = (term){m->of[which][f.t[i].sym], moved_coef(m, which, f.t[i].c)};
    return form_of(m->a, t, f.n, moved_coef(m, which, f.k));
}

static const formula *moved(const merging *m, int which, const formula *f) {
    if (f->kind == FORMULA_ATOM) return formula_atom(m->a, moved_form(m, which, f->lhs), f->rel);
    const formula **kid = f->n ? NEW_ARRAY(m->a, const formula *, f->n) : NULL;
    for (int i = 0; i < f->n; i++) kid[i] = moved(m, which, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(m->a, kid, f->n) : formula_any(m->a, kid, f->n);
}

static str qualified(arena *a, str theory, str label) {
    text t = text_new(a);
    text_add(&t, theory);
    text_putc(&t, '.');
    text_add(&t, label);
    return text_str(&t);
}

static fact moved_fact(const merging *m, int which, const fact *from) {
    fact f = *from;
    f.label = qualified(m->a, m->name[which], from->label);
    f.claim = moved(m, which, from->claim);
    f.choice = NULL;
    f.sums = NULL, f.nsums = 0;
    f.side = NULL, f.nsides = 0;
    return f;
}

static const fact *all_facts(const merging *m) {
    int n = m->from[0]->nfacts + m->from[1]->nfacts, k = 0;
    fact *facts = NEW_ARRAY(m->a, fact, n);
    for (int w = 0; w < 2; w++)
        for (int i = 0; i < m->from[w]->nfacts; i++)
            facts[k++] = moved_fact(m, w, &m->from[w]->facts[i]);
    return facts;
}

/* --- the whole --- */

static void find_shared(const merging *m, const int *match, merged *out) {
    bool *both = NEW_ARRAY(m->a, bool, m->symbols.n);
    VEC(int) shared = {0};
    for (int j = 0; j < m->from[1]->nsymbols; j++)
        if (match[j] >= 0) both[m->of[0][match[j]]] = true;
    for (size_t i = 0; i < m->symbols.n; i++)
        if (both[i]) vec_push(m->a, &shared, (int)i);
    out->shared = shared.v;
    out->nshared = (int)shared.n;
}

merged merge_problems(arena *a, const problem *x, const problem *y, str name_x, str name_y) {
    merging m = {.a = a, .from = {x, y}, .name = {name_x, name_y}};
    const int *match = merge_match(a, x, y);
    problem *p = NEW(a, problem);
    add_symbols(&m, 0, NULL);
    add_symbols(&m, 1, match);
    make_field(&m);
    *p = (problem){.symbols = m.symbols.v, .nsymbols = (int)m.symbols.n, .field = m.k};
    p->facts = all_facts(&m);
    p->nfacts = x->nfacts + y->nfacts;
    merged out = {.p = p, .of = {m.of[0], m.of[1]}, .nfirst = x->nfacts};
    find_shared(&m, match, &out);
    return out;
}
