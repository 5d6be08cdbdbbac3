/* forced: disjunctions of which only one kid is left.
 *
 * A sum says that one of its terms is the largest. Often a look at the sum alone shows which: its
 * own inequalities, and what is known of the signs of the quantities in it, refute all the others
 * (unit propagation, with a small linear program for each disjunction). The kid that is left then
 * holds; with the inequality that faces it, it is an equation, and a quantity less to look for, so
 * that the next sum can be decided. What follows in this way is found once for a set of facts, in
 * time that grows with the number of disjunctions and not with that of their cases.
 *
 * The same holds where it is not clear which kid holds, but one of them does whichever it is: where
 * terms balance.
 *
 * What is found is proved as it is found, each inequality and equation as a lemma of its own, which
 * rests on a few others: a proof grows with the number of lemmas it needs.
 */
#ifndef ENGINE_FORCED_H
#define ENGINE_FORCED_H

#include "algebra/cert.h"
#include "engine/eliminate.h"
#include "engine/spots.h"

typedef struct forced forced;

/* What the granted rows (inequalities) make of the disjunctions, with coefficients that are all
 * numbers, where the equations hold, which were eliminated in e in this order. Everything belongs
 * to the arena; the equations and e must live as long. */
forced *forced_run(arena *a, const problem *p, elim *e, const spots *equations, const spots *rows,
                   const spots *anys, budget *b);
/* The inequalities that are left over, given ones and forced ones, and the open disjunctions. */
void forced_left(const forced *s, arena *a, spots *rows, spots *anys);
/* The form with only free symbols in it: neither e nor an equation found here determines them. */
form forced_reduce(const forced *s, arena *a, form f);
/* Of a sum of atoms whose reduced form is a constant: the multiples of other atoms, forced ones and
 * equations, that make it one. Added to sum. */
void forced_explain(const forced *s, arena *a, form total, summands *sum);
/* Is the atom, which stands for a form with one free symbol, against a bound of it? Adds the sum
 * that shows it. */
bool forced_absurd(const forced *s, arena *a, spot at, summands *sum);
/* Refutes where pf does so with what is forced taken for granted: pf itself, or a copy in the
 * arena, with the lemmas that it needs as formulas from number `first` on. */
const proof *forced_close(const forced *s, arena *a, const proof *pf, int first);
/* Completes values for the free symbols to all symbols; false where the budget ends before. */
bool forced_complete(const forced *s, arena *a, coef *x);

/* Changes x, a solution of the facts in use, so that it may still be one but for fact `which`: a
 * quantity that this fact forces, or speaks of, gets another value, and all that hangs on it
 * follows. False if
 * nothing comes of it; true: every fact in use (NULL: all; of
 * those that it was run for) but `which` holds at x. There are
 * FORCED_TRIALS other values to try. */
enum { FORCED_TRIALS = 4 };
bool forced_vary(forced *s, arena *a, const bool *use, int which, int trial, coef *x);

#endif
