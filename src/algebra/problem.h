/* problem: the one waist. All input becomes a problem; all answers start here.
 *
 * Symbols with their sorts, facts that may be blamed, goals that are asked, and
 * the regimes, each a whole problem of its own. Built once, then const; indexes
 * are stable. A fact is one Boolean combination of linear constraints on the
 * exponents (`formula`), so a relation is an atom, `w, N grow` a conjunction,
 * `L scales` a disjunction. No syntax survives here but the text to show.
 *
 * Parameters are symbols too, but stand in coefficients, never in terms: `α < 2β`
 * is the form with no terms and the constant α - 2β. A division in an exponent
 * comes with the conjunct that its divisor is not zero.
 */
#ifndef ALGEBRA_PROBLEM_H
#define ALGEBRA_PROBLEM_H

#include "algebra/form.h"
#include "base/diag.h"

typedef enum { SORT_QUANTITY, SORT_CONSTANT, SORT_PARAMETER } sort;

typedef struct {
    str name;         /* NFC, as it is printed: "N_p" */
    str note;         /* the declaration's text, may be empty */
    const str *alias; /* its other names */
    int naliases;
    sort sort;
    span at;
    bool hidden; /* a parameter that nobody named: an uncertain number, "0.34±0.02" */
} symbol;

/* form REL 0 */
typedef enum { REL_EQ, REL_LE, REL_LT } rel;

/* Negation-free. Nodes are numbered in preorder: a formula is 0, its first kid
 * 1, the next kid 1 + nodes of the first, and so on; certificates name nodes so. */
typedef enum { FORMULA_ATOM, FORMULA_ALL, FORMULA_ANY } formula_kind;
typedef struct formula formula;
struct formula {
    formula_kind kind;
    int nodes; /* itself and all below */
    form lhs;  /* ATOM: lhs rel 0 */
    rel rel;
    const formula *const *kid; /* ALL (true when empty), ANY (false when empty) */
    int n;
};

const formula *formula_atom(arena *a, form lhs, rel r);
const formula *formula_all(arena *a, const formula *const *kid, int n);
const formula *formula_any(arena *a, const formula *const *kid, int n);
/* The exact complement, again negation-free. */
const formula *formula_not(arena *a, const formula *f);
/* The same formula in an arena of its own, where it lies in one piece: evaluated many times, it is
 * read from memory in order. */
const formula *formula_copy(arena *a, const formula *f);
/* lhs ≠ 0: (lhs < 0 or -lhs < 0) */
const formula *formula_nonzero(arena *a, form lhs);
/* The node with a preorder number, 0 <= node < f->nodes. */
const formula *formula_node(const formula *f, int node);
/* At the exponents and parameters x[symbol], numbers all. An atom in which a denominator vanishes
 * does not hold. */
bool formula_holds(arena *a, const formula *f, const coef *x);
/* The same nodes with the same forms? */
bool formula_eq(const formula *f, const formula *g);
/* The same formula at fixed parameters: all coefficients numbers, true and false as empty ALL and
 * ANY where an atom has a vanishing denominator; node numbers stay. */
const formula *formula_at(arena *a, const formula *f, const coef *x);
/* Does a parameter occur in it? */
bool formula_is_parametric(const formula *f);
/* Marks used[i] for the parameters i of the field that occur in it. */
void formula_parameters(const formula *f, bool *used);
/* No ANY anywhere in it. */
bool formula_is_conjunction(const formula *f);

/* A sum, max or min of quantities in a statement: the term with the greatest exponent decides, or
 * of a min the one with the least. To be told of; the claim says it all. */
typedef struct {
    str law; /* "N^-α" */
    form exponent;
} addend;
typedef struct {
    const addend *term;
    int n;
    bool least;
    bool has_total; /* the statement says that it is ∝ total */
    addend total;
} addition;

/* `choose N, D to minimize ℓ at fixed C`: among all solutions of the other statements with the same
 * exponents of the fixed quantities and the same parameters none gives a better exponent. */
typedef struct {
    const int *chosen; /* symbols */
    int nchosen;
    form target;      /* of ℓ: to be least */
    bool maximize;    /* ... or greatest */
    const int *fixed; /* symbols; may be none */
    int nfixed;
} choice_of;

/* A product of powers as it is written: a name, or factors in brackets, to a power. With `under`
 * the power is negative, or has its sign turned, because it stands behind a stroke: the factors of
 * `w / (x y)²` are w^1 and, under, (x y)^-2. Numbers are left out. */
typedef struct written_product written_product;
struct written_product {
    form value; /* all of it, with equal names merged: power times the sum of its factors' */
    coef power;
    bool under;
    const written_product *factor;
    int n; /* 0: a name, or where value has no terms the number one */
};

typedef struct {
    str label; /* "A1", or "@7" where the statement has none */
    str law;   /* the statement in canonical spelling, without label, note, citation */
    str note;  /* the "..." after it, may be empty */
    str cite;  /* the [...] after it, may be empty */
    span at;
    int line;    /* of the file it stands in */
    bool hard;   /* `given`: never blamed, never offered for removal */
    bool growth; /* a growth statement: left out at the level of equations */
    const formula *claim;
    const choice_of *choice; /* of a `choose`, else NULL; the claim is then `true` as lowered, and
                                what the choice comes to is put in by the analysis */
    const addition *sums;
    int nsums;
    /* Where it is one chain of relations between products of powers, and there are proofs that may
     * use it: its sides; else none. */
    const written_product *side;
    int nsides;
} fact;

typedef enum {
    GOAL_EXPONENT,      /* target ∝ base[0]^? base[1]^? ...: target and bases are forms */
    GOAL_PARAMETER,     /* γ = ?: target has no terms and the constant γ */
    GOAL_RELATION,      /* target ? 0: how target compares with zero (N ? D: x_N - x_D; w ?: x_w) */
    GOAL_WHERE,         /* for which parameters does the claim follow? */
    GOAL_CONCLUSION,    /* claim must follow */
    GOAL_CONTRADICTION, /* the facts must be contradictory */
    GOAL_CONSISTENT,    /* ... consistent */
    GOAL_TRIVIAL        /* ... trivial */
} goal_kind;

typedef struct {
    goal_kind kind;
    str law; /* "ℓ ∝ N_p^?", "N ? D", "ℓ ∝ N_p^(-1/3)", "contradiction"; with its `when ...` */
    str note; /* the "..." after it, may be empty */
    str cite; /* the [...] after it, may be empty */
    span at;
    int line;
    form target;      /* EXPONENT, RELATION */
    const form *base; /* EXPONENT: one for each hole, in order */
    int nbase;
    str left;             /* EXPONENT, RELATION: what is asked about, printed: "ℓ" */
    const str *base_name; /* EXPONENT: "N_p"; RELATION: base_name[0] is the other side, or "1" */
    const formula *claim; /* CONCLUSION, WHERE */
    const formula *const *when; /* suppositions, for this goal alone */
    int nwhen;
} goal;

/* A step of a proof that a person wrote: what it claims, and what it is said to follow from. */
typedef struct {
    str label; /* "1" */
    str law;   /* "N_p ∝ w³", canonical; "contradiction" */
    str note;  /* the "..." after it, may be empty */
    span at;
    int line;
    const formula *claim; /* "contradiction": false, an ANY without kids */
    /* Where the step is one chain of relations between products of powers, `N_p ∝ w² L ∝ w³`: its
     * sides as they are written; else none. */
    const form *side;
    int nside;
    const written_product *product; /* the same sides, factor by factor; or NULL */
    bool cites;       /* `by` is written; else it follows from all facts and all earlier steps */
    const int *facts; /* `by`: facts, in the order written */
    int nfacts;
    const int *steps; /* `by`: earlier steps of this proof */
    int nsteps;
} written_step;

/* proof "why minus one third" { 1: ... } */
typedef struct {
    str title; /* may be empty */
    span at;
    int line;
    const written_step *steps;
    int nsteps;
} written_proof;

/* `propto vary`: a number that stood in an exponent of a fact, and the parameter in its place. */
typedef struct {
    int fact, symbol;
    rat value;
} variation;

typedef struct problem problem;
struct problem {
    str name; /* the theory's: file name without directory and suffix; a regime's own name */
    str note; /* a regime's "..." */
    int line; /* a regime's; else 0 */
    const symbol *symbols;
    int nsymbols;
    const field *field; /* Q(parameters), one for a theory and its regimes; NULL: Q */
    const fact *facts;
    int nfacts;
    /* Equations that were found to hold: the terms of a sum that balance. Derivations use them, as
     * facts[-1 - i]; they are no statements. */
    const fact *lemmas;
    int nlemmas;
    const goal *goals; /* questions and conclusions, in order of the text */
    int ngoals;
    const written_proof *proofs;
    int nproofs;
    bool solved; /* the proofs are a solution from another file: they ought to reach the goals */
    /* regimes of a theory; a regime has none */
    const problem *const *regimes;
    int nregimes;
    const str *dropped; /* a regime's: labels after `without` */
    int ndropped;
    const str *joined; /* ... and after `with` */
    int njoined;
    const problem *file; /* the theory with its numbers, where some are varied; else NULL */
    const variation *varied;
    int nvaried;
};

/* Fact i, or lemma -1 - i; NULL for other numbers, which are suppositions. */
const fact *problem_fact(const problem *p, int i);
/* The atom that a step of a derivation uses: a node of a fact, or, as fact nfacts + j, of the
 * supposition j of the goal (NULL: of none). NULL where there is no such atom. */
const formula *atom_used(const problem *p, const goal *g, int fact, int node);
/* All promises above, for assertions and tests. */
bool problem_ok(const problem *p);

/* Some base of the goal, which has one, scales. */
const formula *goal_base_scales(arena *a, const goal *g);

#endif
