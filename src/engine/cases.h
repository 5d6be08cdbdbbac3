/* cases: the search behind the door. A sequent is prepared once (its equations
 * eliminated, its inequalities in the simplex), then disjunctions are split
 * where the point at hand does not satisfy them. A refuted branch that never
 * used its choice refutes all its siblings too.
 */
#ifndef ENGINE_CASES_H
#define ENGINE_CASES_H

#include "engine/eliminate.h"
#include "engine/engine.h"
#include "engine/forced.h"
#include "engine/simplex.h"
#include "engine/spots.h"

/* The facts in use, prepared for any number of queries. */
typedef struct {
    arena *a;
    const problem *p;
    const bool *use;             /* NULL: all; else nfacts members of its own */
    spots equations, rows, anys; /* rows[j] is row j of the simplex; anys are open */
    elim *e;
    forced *f; /* where there are many disjunctions: those that are decided; else NULL */
    simplex *s;
    size_t added;   /* rows that the simplex ever had */
    witness sample; /* a solution of the facts; n = 0: none is known */
    bool sampled;   /* it was looked for */
    bool plain;     /* no lemmas in its proofs */
} base;

/* NULL if the budget ran out. Free with base_free. */
base *base_prepare(const problem *p, const bool *use, budget *b);
/* The same; its proofs have no lemmas. */
base *base_prepare_plainly(const problem *p, const bool *use, budget *b);
void base_free(base *b);
/* Was it prepared for these facts? */
bool base_is_for(const base *b, const bool *use);
/* So many rows were added and taken back that a fresh start is cheaper. */
bool base_is_stale(const base *b);

/* Was a solution found of the extra formulas and of all facts but one that use[] marks (NULL: all),
 * some of those of the base? A quick look, where disjunctions are decided: false says nothing. The
 * facts and the extra formulas were evaluated at it, exactly. */
bool base_holds_without(base *b, arena *a, const bool *use, int which, const formula *const *extra,
                        int nextra);

typedef enum { CASES_SAT, CASES_UNSAT, CASES_STOPPED, CASES_TOO_MANY } cases_status;

typedef struct {
    cases_status status;
    witness w;
    const proof *pf;
} cases_result;

/* Decides the base with the extra formulas; gives up with TOO_MANY after max_cases leaves. */
cases_result cases_solve(base *b, arena *a, const formula *const *extra, int nextra,
                         uint64_t max_cases);

/* The supremum of target over the case in which w lies; `near`, if there is one, is a point of that
 * case. */
typedef struct {
    bool stopped;
    optimum top;
    witness near, limit;
} cases_top;
cases_top cases_maximize(base *b, arena *a, const formula *const *extra, int nextra,
                         const witness *w, const witness *near, form target);

#endif
