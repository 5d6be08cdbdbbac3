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

/* One summand of a certificate: lambda × the atom at (formula, node). */
typedef struct {
    int formula; /* index in the sequent */
    int node;    /* preorder number of an atom in it */
    coef lambda; /* > 0 for LE and LT; any sign for EQ */
} summand;

/* SUM: the atoms named, multiplied and added up, give k REL 0 with a constant k that
 * makes it false: 0 < 0, or k ≤ 0 (= 0) with k > 0.
 * SPLIT: the ANY node at (formula, node); branch[i] refutes its i-th kid. */
typedef enum { PROOF_SUM, PROOF_SPLIT } proof_kind;
typedef struct proof proof;
struct proof {
    proof_kind kind;
    const summand *sum;         /* SUM: n of them */
    const proof *const *branch; /* SPLIT: n of them */
    int n;
    int formula, node; /* SPLIT */
};

/* True if the proof refutes the sequent. An atom counts as granted when every
 * ANY above it was split on the way, into the kid that holds it. */
bool proof_refutes(const sequent *s, const proof *pf);
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
