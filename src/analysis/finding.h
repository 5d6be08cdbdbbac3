/* finding: all that is known about a theory, as data. Words come later.
 *
 * Facts are named by their index in the problem, in ascending order. Whatever
 * stands here as exact, proved or contradictory was confirmed by the kernel;
 * what could not be decided says `unknown` and why.
 */
#ifndef ANALYSIS_FINDING_H
#define ANALYSIS_FINDING_H

#include "algebra/thesis.h"

typedef enum {
    VERDICT_CONSISTENT,
    VERDICT_CONTRADICTORY,
    VERDICT_TRIVIAL,
    VERDICT_UNKNOWN
} verdict;

/* One step of a derivation: multiply by the law of a fact, raised to a power. */
typedef struct {
    int fact;   /* the law used; nfacts + j: the j-th supposition of the goal; -1 - i: lemma i */
    int node;   /* which atom of it (preorder) */
    coef power; /* its multiplier */
    form after; /* what stands after the step: start R after */
    rel r;      /* the relation between the start and `after` so far */
    bool geq;   /* the relation is ≥ or > rather than ≤ or < */
} step;

/* start ∝ ... ∝ end: steps[i].after, the last one being `end`. */
typedef struct {
    form start, end;
    const step *steps;
    int n;
} chain;

/* Why an exponent is what it is: target ∝ ... ∝ u^p, base ∝ ... ∝ u^q, so target ∝ base^(p/q).
 * One chain (the second empty) when the target leads straight to the answer, or a power of it does:
 * target^q ∝ ... ∝ base^p. */
typedef struct {
    chain target, base;
    bool two;
} derivation;

/* One case of an answer: where all of `when` hold (on parameters alone), this closed form, or with
 * nranges > 0 these intervals. */
typedef struct {
    const formula *const *when;
    int nwhen;
    coef value;
    const interval *ranges;
    int nranges;
    factset support;
    factset when_used; /* of the suppositions of the goal */
} answer_case;

/* What an exponent would be if one relation more were known: if x_of = letter·x_in, it is value, a
 * closed form in the letter, over a field of its own. */
typedef struct {
    int of, in; /* symbols: "L", "w" */
    str letter; /* "s": no name of the theory */
    coef value;
    bool pole_at[2];  /* at letter = 0 and 1: does the base not scale there? */
    coef at[2];       /* else its value there */
    bool excluded[2]; /* no solution is there */
    factset support;  /* what it rests on, irreducible for each of its two dependences */
} family;

typedef enum {
    ANSWER_EXACT,
    ANSWER_CASES, /* closed forms under conditions that together cover all that is possible */
    ANSWER_RANGE,
    ANSWER_UNDETERMINED,
    ANSWER_UNDEFINED,
    ANSWER_VACUOUS,
    ANSWER_UNKNOWN
} answer_kind;

typedef struct {
    const goal *goal;
    answer_kind kind;
    const coef *value; /* EXACT exponents: one for each hole */
    int nvalue;
    const answer_case *cases; /* CASES */
    int ncases;
    /* With parameters: what only the nonlinear solver vouches for. */
    bool vouched;               /* the whole of it */
    const condition *condition; /* or these side conditions */
    int nconditions;
    const interval
        *ranges; /* RANGE, in order; EXACT with parameters: what the value ranges over, if known */
    int nranges;
    int signs;             /* RELATION, EXACT: the possible signs of the target */
    factset support;       /* EXACT: irreducible */
    factset when_used;     /* the suppositions it rests on (indexes into goal->when) */
    const derivation *why; /* EXACT exponent from equations; else NULL */
    bool base_may_rest;    /* solutions in which the base does not scale were left out */
    /* several holes that are not unique: dependent bases, as forms that vanish in every solution */
    const form *dependence;
    int ndependence;
    const family *families; /* one hole, not determined: what one more relation would give */
    int nfamilies;
    const coef *balance;  /* RANGE of a chosen quantity: the value at which the terms that depend on
                             the  choice balance; NULL if there is none */
    const formula *where; /* GOAL_WHERE: on parameters alone */
    const char *reason;   /* UNKNOWN */
} answer;

typedef enum {
    CONCLUSION_PROVED,
    CONCLUSION_REFUTED,
    CONCLUSION_OPEN,
    CONCLUSION_VACUOUS,
    CONCLUSION_UNKNOWN
} conclusion_verdict;

typedef struct {
    const goal *goal;
    conclusion_verdict verdict;
    factset support; /* PROVED; REFUTED: what refutes it */
    factset when_used;
    const derivation *why; /* PROVED from linear laws without cases; else NULL */
    bool vouched;          /* as in an answer */
    const condition *condition;
    int nconditions;
    witness yes, no;    /* OPEN: one solution each way (n = 0 when there is none) */
    const char *reason; /* UNKNOWN */
} conclusion;

/* A core told as two chains that end in opposite claims about one form:
 * claim: one side of the facts gives `claim r1 0`, the other `claim r2 0`, which cannot both be. */
typedef struct {
    form claim;
    chain one, other;
    rel one_rel, other_rel;  /* one: claim one_rel 0; other: claim other_rel 0 */
    bool one_geq, other_geq; /* read as ≥ / > instead of ≤ / < */
    bool told;               /* false: the core has cases; no two chains */
} story;

typedef struct {
    factset facts; /* irreducible; `given` facts are not listed */
    story why;
    bool needs_scale; /* a trivial theory: conflicts only with "something scales" */
} core;

typedef struct {
    factset drop;
    verdict verdict;       /* of what is left: consistent or trivial */
    const answer *answers; /* of the theory's questions, in order */
    int nanswers;
    const int *fixed; /* symbols of the dropped or conflicting facts that no longer scale */
    int nfixed;
    const problem *regime; /* the theory's, without just these facts; NULL: there is none */
    bool regime_adds;      /* ... with statements of its own besides */
} repair;

typedef struct {
    int fact;
    factset follows_from; /* irreducible */
} redundancy;

/* Which terms of a sum decide: one that is marked does in every solution; where none is, it depends
 * on the solution. */
typedef struct {
    int fact, sum;       /* facts[fact].sums[sum] */
    const bool *decides; /* of each term */
    const bool *may;     /* ... in some solution */
    bool unknown;
} decision;

/* What is odd about a choice, by its kind. Of a greatest exponent all is meant the other way
 * round. */
typedef enum {
    CHOICE_RESTS,        /* a fixed quantity does not scale in any solution */
    CHOICE_GIVEN,        /* the other statements and what is fixed give a chosen quantity already */
    CHOICE_UNTOUCHED,    /* ... and give the target */
    CHOICE_APART,        /* no statement brings the target together with what is chosen */
    CHOICE_OPEN,         /* with the choice, too, the target is no product of fixed powers */
    CHOICE_HAS_NO_BOUND, /* contradictory: there are smaller exponents than any number */
    CHOICE_HAS_NO_LAST,  /* contradictory: they come near to a number that none of them is */
    CHOICE_HAS_NO_BEST   /* contradictory: there is no least one, for one reason or the other */
} choice_note_kind;

typedef struct {
    choice_note_kind kind;
    int fact;               /* the choice */
    form of;                /* what it is about: a quantity, or the target */
    const coef *power;      /* GIVEN, UNTOUCHED: of each fixed quantity; NULL where not known */
    const interval *ranges; /* OPEN, one fixed quantity: the exponents that are possible */
    int nranges;
    factset support; /* RESTS, GIVEN, UNTOUCHED: irreducible */
    bool vouched;
} choice_note;

/* How the quantities of a choice, and last its target, move with the one that is fixed. */
typedef struct {
    form of;
    answer exponent; /* in the fixed quantity; its goal has no text */
} table_row;
typedef struct {
    int fact;
    int fixed; /* a symbol; -1, and no rows, where not just one is fixed */
    const table_row *rows;
    int nrows;
} choice_table;

/* How far measured numbers are from agreeing: with every stated error multiplied by a common
 * factor the theory can hold from `low` on at the latest at `high`; the two are equal where the
 * smallest factor is known exactly. */
typedef struct {
    rat low, high;
    bool vouched;     /* the solver's word is all there is */
    factset measured; /* the statements whose errors must grow */
} distance;

/* --- proofs that a person wrote --- */

typedef enum {
    STEP_PROVED,  /* it follows from its premises */
    STEP_REFUTED, /* it contradicts them */
    STEP_OPEN,    /* it may hold or not */
    STEP_VACUOUS, /* the premises contradict each other: anything follows */
    STEP_UNKNOWN
} step_verdict;

/* The known slips of exponent algebra. */
typedef enum {
    SLIP_NONE,
    SLIP_MULTIPLIED, /* exponents multiplied where they add: w² w³ = w⁶; or divided where they
                        subtract: w⁶/w² = w³ */
    SLIP_ADDED,      /* added where they multiply: (w²)³ = w⁵ */
    SLIP_SIGN,       /* a sign lost */
    SLIP_RECIPROCAL, /* y ∝ x^p read as x ∝ y^p */
    SLIP_INVERTED, /* a root inverted wrongly: y ∝ x^p read as x ∝ y^-p; y² ∝ x³ as y ∝ x^(2/3) */
    SLIP_FACTOR,  /* a power not applied to every factor: (w L)² = w² L; or a root to one side of
                     a law only: y² ∝ x³ read as y ∝ x³ */
    SLIP_LOST,    /* a factor lost */
    SLIP_CITATION /* the step is right, the law cited is not the one it needs */
} slip;

/* The one operation in which a slip was made: `was` is `right` by the law of judged_step.slip_at,
 * and `wrong` is what was made of it. */
typedef struct {
    form was, right, wrong;
    int name;                  /* the symbol whose power went wrong; -1: all of them */
    coef x, y;                 /* MULTIPLIED: name^x name^y; ADDED: (name^x)^y */
    const written_product *of; /* `right` is this, as somebody wrote it; else NULL */
    bool divided;              /* MULTIPLIED: exponents were divided where they subtract */
    bool one_side;             /* FACTOR: a root was taken on one side of the law only */
} misstep;

typedef struct {
    const written_step *step;
    step_verdict verdict;
    factset support; /* PROVED, REFUTED, VACUOUS: facts that this rests on, irreducible together
                        with `on` */
    factset on;      /* ... and earlier steps of the proof */
    bool carried;    /* it rests on a step that does not hold (judged on the writer's line) */
    bool vouched;    /* the solver's word is needed */
    bool at_rest;    /* REFUTED: it can hold, but only where nothing that it names scales */
    int link;    /* REFUTED, OPEN, of relations: the first one of the chain that does not follow,
                    side[link] to side[link + 1]; else -1 */
    slip slip;   /* REFUTED, OPEN: what happened, where it is known */
    int slip_at; /* the fact (or nfacts + j: earlier step j) that the slip is about; or -1 */
    const misstep *how; /* of slips but CITATION */
    /* REFUTED, OPEN: what follows in its place: follows[0] ∝ follows[1], with the left side that
     * was written. None where nothing of the kind does. */
    const form *follows;
    bool has_follows;
    /* REFUTED, OPEN, where `link` is known: a solution of the premises in which it fails; with a
     * scale where every quantity x is scale^(its exponent). Of `contradiction`: a solution. */
    witness against;
    factset missing;       /* facts that complete the premises, the fewest found */
    factset missing_steps; /* and earlier steps */
    bool completes;        /* the step follows from the premises and what is missing; with
                              CITATION, from what is missing in the place of slip_at */
    const char *reason;    /* UNKNOWN */
} judged_step;

/* A goal of the exercise that the solution should reach. */
typedef struct {
    const goal *goal;
    int step;   /* the first step that says it; -1: none does */
    bool sound; /* and neither it nor what it rests on is wrong */
} reached;

typedef struct {
    const written_proof *proof;
    const judged_step *steps;
    int nsteps;
    int first_wrong;      /* index of the first step that does not hold; -1: all do */
    const reached *goals; /* of a solution, in order */
    int ngoals;
    bool ok; /* every step holds, and of a solution every goal is reached */
} judged_proof;

/* What the engine refuted with a proof, and the kernel confirmed: neither needs to do it again for
 * a certificate. */
typedef struct {
    sequent s;
    const proof *pf;
} refuted_sequent;

typedef struct finding finding;
struct finding {
    const problem *p;
    verdict verdict;
    const char *reason;        /* VERDICT_UNKNOWN */
    verdict equations, growth; /* the two levels */
    witness solution;          /* CONSISTENT: one in which something scales */
    const answer *answers;
    int nanswers;
    const conclusion *conclusions;
    int nconclusions;
    const core *cores;
    int ncores;
    bool cores_complete; /* all of them are listed (`explain`) */
    const repair *repairs;
    int nrepairs;
    bool repairs_complete;
    const rat *repairs_total;  /* how many there are, listed or not; NULL: not known */
    const decision *decisions; /* CONSISTENT: of each sum, in order */
    int ndecisions;
    const choice_note *notes; /* of each choice, in order */
    int nnotes;
    const choice_table *tables; /* where they are asked for: of each choice, in order */
    int ntables;
    const redundancy *redundant;
    int nredundant;
    bool redundant_complete;
    const fact *const *idle; /* of a theory, not a regime: statements that no answer and no
                                conclusion rests on, there or in a regime */
    int nidle;
    const judged_proof *proofs;
    int nproofs;
    const finding *regimes;
    int nregimes;
    const finding *file;   /* of the theory with its numbers, where some are varied; else NULL */
    const distance *apart; /* CONTRADICTORY because of measured numbers; else NULL */
    const refuted_sequent
        *refuted; /* the theory, its equations; where these are of p, linear laws */
    int nrefuted;
    bool vouched;    /* the verdict is the nonlinear solver's word */
    bool as_claimed; /* contradictory or trivial, and a conclusion says so and is proved */
    bool wrong;      /* a confirmation failed: exit code 4 */
};

#endif
