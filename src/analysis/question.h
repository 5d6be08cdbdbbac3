/* question: a question being answered, and what its kinds have in common. */
#ifndef ANALYSIS_QUESTION_H
#define ANALYSIS_QUESTION_H

#include "analysis/parts.h"

typedef struct {
    engine *e;
    arena *a;
    const goal *g;
    const bool *use;      /* NULL: all facts */
    const witness *known; /* a solution of the facts and suppositions; NULL: none is known */
    bool bare;            /* no derivation is wanted */
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
/* With parameters: can it have any value already where these are as in o, a solution in which a
 * base scales, or at another point? */
bool question_is_open(const question *q, const formula *scales, const outcome *o);
/* The facts that matter to a question, for a satisfiable theory with parameters: without laws that
 * give a quantity which occurs nowhere else, and without what is said of parameters that none of
 * the others meets. Each solution of them goes with one of all facts. */
const bool *without_bystanders(const question *q);
/* One hole, with parameters; o is a solution in which the base scales, and scales says so. */
answer answer_closed(const question *q, const formula *scales, outcome o);
/* One hole: the base scales, and the ratio is in none of the intervals, which are in order. */
const formula *question_outside(const question *q, const interval *r, int n);
/* The problem with one symbol more, a quantity: the unknown of a line (analysis/line.h). */
const problem *question_widened(arena *a, const problem *p);
/* The formula for some values of the parameters that nobody named (all: of all parameters), with
 * `unknown` kept; NULL where they are not linear in it. */
const formula *question_without_letters(arena *a, engine *wide, const formula *f, int unknown,
                                        bool all);
/* For engine_shadow: the one symbol to be kept; -1: none. */
const bool *question_keeping(arena *a, const problem *p, int sym);
/* Adds to a range of a chosen quantity: where the terms balance that depend on the choice. */
void add_balance(const question *q, answer *r);
/* GOAL_WHERE: for which parameters does the claim follow? */
answer answer_where(const question *q);
/* The values that are possible in one hole, as closed forms or intervals between closed forms, by
 * cases of the parameters: all quantities are eliminated first. Found by the solver; only a single
 * value is proved by the kernel. */
answer answer_possible(const question *q, const formula *scales);
/* The same for a question about a parameter. */
answer answer_possible_parameter(const question *q);
/* γ = ? */
answer answer_parameter(const question *q);
/* Several holes: target ∝ base[0]^? base[1]^? ... */
answer answer_holes(const question *q);

/* Adds to a range, or an answer that is undetermined, of one hole: what one relation more would
 * give. None where there are parameters, or very many statements, in all that the question has to
 * do with. */
void add_families(const question *q, answer *r);

#endif
