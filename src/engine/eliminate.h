/* eliminate: systems of linear equations, by exact sparse elimination.
 *
 * Takes rows (form = 0), finds the rank, a contradiction or the dependencies
 * among the rows, and reduces any form to the free symbols. Every operation is
 * remembered, so whatever it says comes with the multipliers of the rows it was
 * given: replaying the log backwards turns reduced rows into combinations of
 * the original ones. Pivots are chosen by row and column counts (Markowitz
 * 1957); rows are integers without common content, so that numbers grow slowly.
 * What elimination would only fill is left to p-adic lifting (lift.h).
 */
#ifndef ENGINE_ELIMINATE_H
#define ENGINE_ELIMINATE_H

#include "algebra/form.h"

/* One row of the input and what it is multiplied by. Combinations are sorted by
 * row, without zeros. */
typedef struct {
    int row;
    coef lambda;
} multiple;

typedef struct {
    const multiple *m;
    int n;
} combination;

typedef struct elim elim;

/* Eliminates in rows[0..n), forms over symbols 0..nsyms-1 with numbers for coefficients. The rows
 * must stay valid. NULL if the budget ran out. Everything belongs to the arena; an elim is used by
 * one thread at a time. */
elim *elim_run(arena *a, const form *rows, int n, int nsyms, budget *b);

/* Is 0 = k with k ≠ 0 among the consequences? Then Σ lambda·row = 1 (the constant form). `out` may
 * be NULL when it is not wanted. */
bool elim_contradiction(elim *e, arena *a, combination *out);
/* The rank of the rows as forms: with a contradiction, the constant form is one of their
 * combinations and counts. */
int elim_rank(const elim *e);
/* No row determines it: it may take any value, whatever the other free symbols do. */
bool elim_is_free(const elim *e, int sym);
/* f = result + Σ lambda·row with only free symbols in the result; lambda may be NULL when it
 * is not wanted. Meaningful when there is no contradiction (the identity holds always). */
form elim_reduce(elim *e, arena *a, form f, combination *lambda);
/* What the rows say is zero, one thing after the other: each lemma is a combination of rows and,
 * from number n up (the number of rows), of earlier lemmas, and none is long. */
typedef struct {
    const combination *lemma;
    int n;
    const int *zero; /* of a symbol: the lemma that is a multiple of it; -1: none was found */
} zero_lemmas;
zero_lemmas elim_zeros(elim *e, arena *a);
/* A basis of the linear dependencies among the input rows, n - rank of them, scaled so that
 * numbers are short.
 * elim_dependency(e, a, i): Σ lambda·row = 0, 0 <= i < elim_dependencies(e). */
int elim_dependencies(const elim *e);
combination elim_dependency(elim *e, arena *a, int i);
/* What lifting has cost so far, in multiplications: for those who can do without more of it. The
 * same for the same questions. */
uint64_t elim_work(const elim *e);
/* Did the budget end within an answer? Then it may be wrong. */
bool elim_gave_up(const elim *e);
/* Completes values for the free symbols to a solution: x[sym] is read for free symbols and
 * written for the others, in the arena. Meaningful when there is no contradiction. False, and
 * nothing is written, where the budget ends before. */
bool elim_complete(elim *e, arena *a, coef *x);
/* The same for systems without constants, where a positive multiple is a solution too: if the
 * denominators are long, all values, those of the free symbols too, are multiplied by what they
 * have in common, for short fractions are faster to reckon with. */
bool elim_complete_scaled(elim *e, arena *a, coef *x);
/* A solution where row i without its constant is value[i] and free symbols are zero, in the arena,
 * for rows that were given without constants; of one elimination there may be many, each by two
 * substitutions. False where there is none, where elimination was left to lifting, or the budget
 * ends. */
bool elim_solve(elim *e, arena *a, const rat *value, coef *x);
/* Completes a direction: solutions stay solutions along it. Scaled in the same way. */
bool elim_complete_direction(elim *e, arena *a, coef *x);

#endif
