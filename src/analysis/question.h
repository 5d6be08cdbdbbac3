/* question: a question being answered, and what its kinds have in common. */
#ifndef ANALYSIS_QUESTION_H
#define ANALYSIS_QUESTION_H

#include "analysis/parts.h"

typedef struct {
    engine *e;
    arena *a;
    const goal *g;
    const bool *use; /* NULL: all facts */
} question;

/* The suppositions of the goal, and up to two more formulas (NULL: none). */
typedef struct {
    const formula *const *f;
    int n;
} assumed;
assumed assume(const question *q, const formula *one, const formula *two);
outcome ask(const question *q, const formula *one, const formula *two);
/* Its status alone, as engine_test. */
engine_status test(const question *q, const formula *one, const formula *two);

answer answer_unknown(const question *q, const char *why);
/* An answer of that kind that rests on a refutation of the assumed formulas, shrunk while `one`
 * and `two` stay. *o, if not NULL, is the shrunk outcome. */
answer answer_resting_on(const question *q, answer_kind kind, const formula *one,
                         const formula *two, outcome *o);
/* form ≠ 0 */
const formula *nonzero(const question *q, form f);
/* target - Σ value·base */
form deviation(const question *q, const coef *value);

/* Are there parameters in the facts in use, the suppositions or the question? */
bool question_is_parametric(const question *q);
/* Facts that say nothing of the question: a law that gives a quantity which occurs nowhere else, and
 * comparisons between parameters that no other law contains. True if no parameter is left then;
 * rest[] marks the facts that stay. For a satisfiable theory. */
bool without_bystanders(const question *q, bool *rest);
/* One hole, with parameters; o is a solution in which the base scales, and scales says so. */
answer answer_closed(const question *q, const formula *scales, outcome o);
/* γ = ? */
answer answer_parameter(const question *q);
/* Several holes: target ∝ base[0]^? base[1]^? ... */
answer answer_holes(const question *q);

#endif
