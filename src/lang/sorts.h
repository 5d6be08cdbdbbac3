/* sorts: the parameters that nobody declared.
 *
 * Before any name is bound: which letters of a sketch are parameters, since they stand only in
 * exponents and comparisons; and a hidden parameter for every uncertain number. All of them
 * become symbols of the theory itself, even where a regime speaks of them, so that a theory
 * and its regimes share one field.
 */
#ifndef LANG_SORTS_H
#define LANG_SORTS_H

#include "lang/ast.h"
#include "lang/scope.h"

/* Gives the parameters of a sketch their symbols; quantities come to be when they are bound. */
void sorts_of_sketch(arena *a, scope *s, const ast *tree);
/* Gives the uncertain numbers of a text theirs, but for those of conclusions, which need none. */
void sorts_of_uncertain(arena *a, scope *s, const ast *tree);

/* Calls `found` for each uncertain number of a law. */
void law_uncertain(const law *l, void (*found)(void *, expr *), void *data);

#endif
