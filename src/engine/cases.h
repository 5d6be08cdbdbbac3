/* cases: the search behind the door. A sequent is prepared once (its equations
 * eliminated, its inequalities in the simplex), then disjunctions are split
 * where the point at hand does not satisfy them. A refuted branch that never
 * used its choice refutes all its siblings too.
 */
#ifndef ENGINE_CASES_H
#define ENGINE_CASES_H

#include "engine/eliminate.h"
#include "engine/engine.h"
#include "engine/simplex.h"

/* One node of one formula of a sequent. */
typedef struct {
    int formula, node;
    const formula *f;
} spot;

typedef VEC(spot) spots;

/* The facts in use, prepared for any number of queries. */
typedef struct {
    arena *a;
    const problem *p;
    const bool *use;             /* NULL: all; else nfacts members of its own */
    spots equations, rows, anys; /* rows[j] is row j of the simplex */
    elim *e;
    simplex *s;
    size_t added; /* rows that the simplex ever had */
} base;

/* NULL if the budget ran out. Free with base_free. */
base *base_prepare(const problem *p, const bool *use, budget *b);
void base_free(base *b);
/* Was it prepared for these facts? */
bool base_is_for(const base *b, const bool *use);
/* So many rows were added and taken back that a fresh start is cheaper. */
bool base_is_stale(const base *b);

typedef enum { CASES_SAT, CASES_UNSAT, CASES_STOPPED, CASES_TOO_MANY } cases_status;

typedef struct {
    cases_status status;
    witness w;
    const proof *pf;
} cases_result;

/* Decides the base with the extra formulas; gives up with TOO_MANY after max_cases leaves. */
cases_result cases_solve(base *b, arena *a, const formula *const *extra, int nextra,
                         uint64_t max_cases);

/* The supremum of target over the case in which w lies. */
typedef struct {
    bool stopped;
    optimum top;
    witness near, limit;
} cases_top;
cases_top cases_maximize(base *b, arena *a, const formula *const *extra, int nextra,
                         const witness *w, form target);

/* The spot of the kid of a node. */
spot spot_kid(spot parent, int kid);
/* Adds the spots of all atoms of f. */
void spot_atoms(arena *a, spot at, spots *atoms);

#endif
