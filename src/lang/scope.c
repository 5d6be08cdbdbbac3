#include "lang/scope.h"

#include <strings.h>
#include "base/utf8.h"

/* ---- tables ---- */

static size_t hash(str s) {
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 0x100000001b3u;
    return (size_t)(h ^ h >> 32);
}

names names_new(arena *a) {
    return (names){.arena = a};
}

/* Where the key is, or the free place where it would be. */
static size_t slot(const names *t, str key) {
    size_t i = hash(key) & (t->cap - 1);
    while (t->key[i].s && !str_eq(t->key[i], key)) i = (i + 1) & (t->cap - 1);
    return i;
}

int names_find(const names *t, str key) {
    if (t->cap == 0) return -1;
    size_t i = slot(t, key);
    return t->key[i].s ? t->value[i] : -1;
}

static void grow_table(names *t) {
    names bigger = {.arena = t->arena, .cap = t->cap ? t->cap * 2 : 16, .n = t->n};
    bigger.key = NEW_ARRAY(t->arena, str, bigger.cap);
    bigger.value = NEW_ARRAY(t->arena, int, bigger.cap);
    for (size_t i = 0; i < t->cap; i++) {
        if (!t->key[i].s) continue;
        size_t j = slot(&bigger, t->key[i]);
        bigger.key[j] = t->key[i];
        bigger.value[j] = t->value[i];
    }
    *t = bigger;
}

void names_put(names *t, str key, int value) {
    if (t->n * 2 >= t->cap) grow_table(t);
    size_t i = slot(t, key);
    t->n += t->key[i].s == NULL;
    t->key[i] = key;
    t->value[i] = value;
}

/* ---- scopes ---- */

scope *scope_new(arena *a, scope *parent) {
    scope *s = NEW(a, scope);
    s->arena = a;
    s->parent = parent;
    s->first = parent ? scope_size(parent) : 0;
    s->sketch = parent && parent->sketch;
    s->longest = parent ? parent->longest : 0;
    s->table = names_new(a);
    return s;
}

int scope_size(const scope *s) {
    return s->first + (int)s->symbols.n;
}

int scope_find(const scope *s, str name) {
    for (; s; s = s->parent) {
        int sym = names_find(&s->table, name);
        if (sym >= 0) return sym;
    }
    return -1;
}

static const scope *home(const scope *s, int sym) {
    while (sym < s->first) s = s->parent;
    return s;
}

const symbol *scope_symbol(const scope *s, int sym) {
    s = home(s, sym);
    return &s->symbols.v[sym - s->first];
}

static void note_alias(scope *s, str name, symbol *of) {
    if (str_eq(name, of->name)) return;
    str *all = NEW_ARRAY(s->arena, str, of->naliases + 1);
    for (int i = 0; i < of->naliases; i++) all[i] = of->alias[i];
    all[of->naliases++] = name;
    of->alias = all;
}

void scope_alias(scope *s, str name, int sym) {
    if (sym >= s->first) note_alias(s, name, &s->symbols.v[sym - s->first]);
    names_put(&s->table, name, sym);
    vec_push(s->arena, &s->spelled, name);
    if (name.n > s->longest) s->longest = name.n;
}

int scope_add_unnamed(scope *s, symbol sym) {
    int number = scope_size(s);
    sym.alias = NULL, sym.naliases = 0;
    vec_push(s->arena, &s->symbols, sym);
    vec_push(s->arena, &s->uses, 0);
    return number;
}

int scope_add(scope *s, symbol sym) {
    int number = scope_add_unnamed(s, sym);
    scope_alias(s, sym.name, number);
    return number;
}

void scope_use(scope *s, int sym) {
    while (sym < s->first) s = s->parent;
    s->uses.v[sym - s->first]++;
}

enum { SUGGEST_LENGTH = 32, SUGGEST_AMONG = 10000 };

/* Twice the distance; a difference of case or a missing subscript is the least. */
static int unlike(str word, str other) {
    if (word.n == other.n && strncasecmp(word.s, other.s, word.n) == 0) return 1;
    if (word.n < other.n && memcmp(word.s, other.s, word.n) == 0 && other.s[word.n] == '_')
        return 1;
    return 2 * utf8_distance(word, other);
}

static int tolerance(str word) {
    return word.n <= 3 ? 2 : word.n <= 7 ? 4 : 6;
}

/* Takes over a word of the list that is more like this one than `least` says. */
static void nearer(const str *list, size_t n, str word, int *least, str *best) {
    for (size_t i = 0; i < n && i < SUGGEST_AMONG; i++) {
        if (list[i].n > SUGGEST_LENGTH) continue;
        int d = unlike(word, list[i]);
        if (d >= *least) continue;
        *least = d;
        *best = list[i];
    }
}

str names_nearest(const str *list, size_t n, str word) {
    str best = {0};
    int least = tolerance(word) + 1;
    if (word.n <= SUGGEST_LENGTH) nearer(list, n, word, &least, &best);
    return best;
}

str scope_nearest(const scope *s, str name) {
    str best = {0};
    int least = tolerance(name) + 1;
    if (name.n > SUGGEST_LENGTH) return best;
    for (; s; s = s->parent) nearer(s->spelled.v, s->spelled.n, name, &least, &best);
    return best;
}

const symbol *scope_symbols(const scope *s) {
    if (s->first == 0) return s->symbols.v;
    if (s->symbols.n == 0) return scope_symbols(s->parent);
    symbol *all = NEW_ARRAY(s->arena, symbol, scope_size(s));
    for (int i = 0; i < scope_size(s); i++) all[i] = *scope_symbol(s, i);
    return all;
}
