/* cert: certificates and witnesses, and the checker of both.
 *
 * This file decides what propto may print. A proof refutes a sequent: the facts
 * in use, together with the assumptions, cannot all hold (Farkas' lemma, one
 * leaf for each case). A witness satisfies one: it is evaluated exactly. To
 * prove a goal, refute the facts with its negation. The checker trusts nobody:
 * not the solver, not our own elimination, not the arena's other tenants.
 */
#ifndef ALGEBRA_CERT_H
#define ALGEBRA_CERT_H

#include "algebra/problem.h"
#include "algebra/reason.h"

/* What is taken to hold: formula i is facts[i].claim for i < nfacts, where
 * use[i] (use NULL: all); formula nfacts + j is extra[j]. */
typedef struct {
    const problem *p;
    const bool *use;
    const formula *const *extra;
    int nextra;
} sequent;

int sequent_size(const sequent *s);
/* NULL where fact i is not in use. */
const formula *sequent_formula(const sequent *s, int i);
/* The sequent, in the arena, with all formulas left out that are not marked; marked has
 * sequent_size(s) members. */
sequent sequent_restricted(arena *a, const sequent *s, const bool *marked);
/* Do both use the same facts, by number, and have the same extra formulas? */
bool sequent_eq(const sequent *x, const sequent *y);

/* One summand of a certificate: lambda × the atom at (formula, node). */
typedef struct {
    int formula; /* index in the sequent */
    int node;    /* preorder number of an atom in it */
    coef lambda; /* > 0 for LE and LT; any sign for EQ */
} summand;

/* SUM: the atoms named, multiplied and added up, give k REL 0 with a constant k that
 * makes it false: 0 < 0, or k ≤ 0 (= 0) with k > 0.
 * SPLIT: the ANY node at (formula, node); branch[i] refutes its i-th kid.
 * SIGNS: a polynomial in the parameters is negative, zero or positive: branch[0], [1] and [2]
 * refute these. Inside, what was chosen is one more formula after those of the sequent, the
 * outermost choice first.
 * LEMMAS: atoms with plain numbers, each of which follows: branch[i] refutes its negation, with the
 * lemmas before it as formulas after those of the sequent, in order, and then the negation itself;
 * the last branch refutes all the lemmas.
 *
 * With parameters, a SUM has side conditions, each that a coefficient has one of some signs. For
 * each summand: that the denominator of its multiplier is not zero; unless it is an equation, that
 * the multiplier is positive. Then, for each term that is left, in rising order of symbols: that
 * its coefficient is zero. Then, that the constant has a sign that makes the sum absurd. A proof in
 * a certificate has a reason for each condition on what is no number, in this order. */
typedef enum { PROOF_SUM, PROOF_SPLIT, PROOF_SIGNS, PROOF_LEMMAS } proof_kind;
typedef struct proof proof;
struct proof {
    proof_kind kind;
    const summand *sum;         /* SUM: n of them */
    const proof *const *branch; /* all others: n of them */
    int n;
    int formula, node;      /* SPLIT */
    coef sign_of;           /* SIGNS */
    const sign_reason *why; /* SUM in a certificate: for each condition, nwhy of them */
    int nwhy;
    const formula *const *lemma; /* LEMMAS: n - 1 of them */
};

/* c must have one of these signs wherever the sequent and `under` (the splits made so far, as one
 * formula) hold. */
typedef struct {
    coef c;
    int signs;
    const formula *under;
} condition;
typedef VEC(condition) conditions;

/* True if the proof refutes the sequent. An atom counts as granted when every ANY above it was
 * split on the way, into the kid that holds it. Conditions that follow from the signs of factors
 * and from bounds on the parameters are discharged here; if any other is needed: false. */
bool proof_refutes(const sequent *s, const proof *pf);
/* The same, but conditions that could not be discharged are listed: then the proof holds wherever
 * they do, and somebody must vouch for them. They live in the arena. */
bool proof_refutes_given(arena *a, const sequent *s, const proof *pf, conditions *open);
/* The same proof with its reasons, as far as they are found, in the arena; NULL where it does not
 * refute the sequent, whatever the conditions. */
const proof *proof_with_reasons(arena *a, const sequent *s, const proof *pf);
/* Does the proof refute the sequent by its own reasons, whatever they are? Nothing is searched for.
 * The conditions without a reason, for which somebody must vouch, are listed, in the arena. */
bool proof_shows(arena *a, const sequent *s, const proof *pf, conditions *open);
/* Has every condition of it a reason? */
bool proof_is_reasoned(const proof *pf);
/* "c has one of these signs", as a formula. */
const formula *condition_formula(arena *a, coef c, int signs);
/* Marks used[i] for every formula i that the proof rests on; used has
 * sequent_size(s) members. */
void proof_support(const sequent *s, const proof *pf, bool *used);

/* True if the summands are equations whose multiples add up to zero identically: then each of them
 * follows from the others. */
bool sum_vanishes(const sequent *s, const summand *sum, int n);

/* A value for every symbol of the problem. */
typedef struct {
    const coef *x;
    int n;
} witness;

/* The signs that `lhs r 0` leaves to lhs. */
int signs_allowed(rel r);
/* The signs that c may have where the sequent and `under` (NULL: nothing more) hold, as far as the
 * checker sees: with them it discharges conditions. */
int signs_where(arena *a, const sequent *s, const formula *under, coef c);

/* True if every formula of the sequent holds at the witness. */
bool witness_satisfies(const sequent *s, const witness *w);

/* How a bound of a form is reached: `near` satisfies the sequent; walking from it towards
 * `limit` (or, if `ray`, along the direction `limit`) every point before the end satisfies the
 * sequent too. For a point the form tends to its value there; for a ray the form grows
 * without bound in the direction of its sign along the ray. */
typedef struct {
    witness near, limit;
    bool ray;
} approach;

/* True if the sequent holds all along the way (the end itself excepted), by convexity of
 * each atom. */
bool approach_holds(const sequent *s, const approach *w);

#endif
