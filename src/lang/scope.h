/* scope: the names that are known, each a symbol; and hash tables of names.
 *
 * Several names may mean one symbol (aliases). A regime has a scope of its own inside that
 * of its theory: its symbols are numbered on from the theory's.
 */
#ifndef LANG_SCOPE_H
#define LANG_SCOPE_H

#include "algebra/problem.h"

/* str to int. */
typedef struct {
    arena *arena;
    str *key;
    int *value;
    size_t n, cap;
} names;

names names_new(arena *a);
int names_find(const names *t, str key); /* -1 where it is absent */
void names_put(names *t, str key, int value);

/* The word of a list most like this one; n 0 where none is like it. */
str names_nearest(const str *list, size_t n, str word);

typedef struct scope scope;
struct scope {
    arena *arena;
    scope *parent;
    int first;   /* the number of the first symbol of this scope itself */
    bool sketch; /* nothing is declared: names come to be by being used */
    VEC(symbol) symbols;
    VEC(int) uses;    /* how often each of them was used */
    VEC(str) spelled; /* all names and aliases of this scope, for suggestions */
    names table;
    size_t longest; /* bytes of the longest name, here or in the parents */
};

scope *scope_new(arena *a, scope *parent);
int scope_size(const scope *s); /* with the parents' symbols */
int scope_find(const scope *s, str name);
const symbol *scope_symbol(const scope *s, int sym);
int scope_add(scope *s, symbol sym);
/* A symbol that no name leads to, nor an alias; scope_alias adds aliases to what it means. */
int scope_add_unnamed(scope *s, symbol sym);
void scope_alias(scope *s, str name, int sym);
void scope_use(scope *s, int sym);
/* The name most like this one; n 0 where none is like it. */
str scope_nearest(const scope *s, str name);
/* All symbols of the scope and its parents in order; shared with the parent where nothing is new.
 */
const symbol *scope_symbols(const scope *s);

#endif
