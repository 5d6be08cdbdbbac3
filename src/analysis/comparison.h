/* comparison: several theories side by side.
 *
 * Each is analysed by itself, its choices made within it. Two of them agree if
 * they can hold together, over the quantities that they share (merge.h), and
 * every shared quantity that can scale in each of them alone can scale in both
 * together. Else they disagree, and a core says why: statements of both, none of
 * which can be left out, refuted by the kernel. Then the exponents that they give
 * to the same questions, and how far measured ones are from these.
 */
#ifndef ANALYSIS_COMPARISON_H
#define ANALYSIS_COMPARISON_H

#include "algebra/measured.h"
#include "analysis/finding.h"

/* --- what is compared --- */

typedef struct {
    str name; /* no other theory has it */
    const problem *p;
} theory_in;

/* A question beside those of the theories: a goal of theory `by`. */
typedef struct {
    int by;
    const goal *goal;
} question_in;

typedef struct {
    const theory_in *theories;
    int ntheories;
    const question_in *questions;
    int nquestions;
    measurements measured;
    bool brief; /* the pairs alone, no exponents but those that are asked for or measured */
} comparison_in;

/* --- what is found --- */

typedef struct {
    str name;
    const problem *p; /* with its choices made; as it was read where they were not found */
    verdict verdict;
    bool claimed;       /* contradictory or trivial, and its conclusions say so */
    const char *reason; /* UNKNOWN */
} theory_out;

typedef enum {
    PAIR_AGREES,
    PAIR_DISAGREES,
    PAIR_APART,         /* nothing is shared */
    PAIR_CONTRADICTORY, /* one of them contradicts itself */
    PAIR_UNKNOWN
} pair_verdict;

typedef struct {
    int a, b; /* theories, a < b */
    pair_verdict verdict;
    const problem *p;  /* of both, where something is shared; its facts are those of a, then b's */
    int nfirst;        /* facts of a */
    const int *of[2];  /* from the symbols of each to those of p */
    const int *shared; /* symbols of p */
    int nshared;
    const int *rests; /* DISAGREES: shared quantities that can scale only apart; 0: they conflict */
    int nrests;
    core core;             /* DISAGREES; with rests: of the first of them */
    bool reduced;          /* the core is irreducible: else the limit was reached */
    const derivation *why; /* with rests: why the first is fixed, where it is one chain */
    bool vouched;          /* the solver's word is all there is */
    const condition *condition;
    int nconditions;
    const char *reason; /* UNKNOWN */
} pair;

/* What one theory answers. */
typedef struct {
    int theory;
    answer answer; /* its goal is over the symbols of that theory */
} given_answer;

typedef struct {
    int by;           /* the theory that asks */
    const goal *goal; /* one hole */
    given_answer *answers;
    int nanswers;
    bool differ; /* two of the answers are known to exclude each other */
} exponent_row;

typedef enum {
    GAP_NUMBER,  /* from the nearest value that the theory allows */
    GAP_REACHED, /* letters, or what is left open, can be such that it is the measured one */
    GAP_MISSED,  /* ... they cannot */
    GAP_UNKNOWN
} gap_kind;

/* How far an answer is from a measured exponent. */
typedef struct {
    gap_kind kind;
    rat difference; /* NUMBER: the theory's value less the measured one */
    bool has_errors;
    rat errors; /* the same in stated errors of the side on which the value lies */
} gap;

typedef struct {
    const measurement *m;
    int row;   /* of rows: its answers are those that are measured; -1: no theory has both names */
    gap *gaps; /* one for each answer */
} measured_row;

typedef struct {
    const theory_out *theories;
    int ntheories;
    const pair *pairs; /* (0,1), (0,2), ..., (1,2), ... */
    int npairs;
    exponent_row *rows; /* those that two theories, or a theory and a measurement, answer */
    int nrows;
    const int *asked; /* of each question of comparison_in: its row; -1: too few answer it */
    const question_in *lonely; /* questions that nobody else can answer, one for each theory */
    int nlonely;               /* where there is no row at all */
    measured_row *measured;
    int nmeasured;
    const char *wrong; /* a confirmation failed: exit code 4 */
} comparison;

/* Everything in the arena. The budget bounds all of it, and every pair has its share: what was
 * not reached is `unknown`. */
const comparison *compare_theories(arena *a, const comparison_in *in, budget *b);
/* 0, 1, 3 or 4, as the exit codes of the program are defined. */
int comparison_exit_code(const comparison *c);

/* --- the parts, for tests --- */

/* The distance of an answer from a measured exponent, where the answer is a number or ranges of
 * numbers; false where letters are left in it, or it has none. */
bool gap_of_answer(arena *a, const answer *x, const measurement *m, gap *out);
/* Are two answers known to exclude each other? */
bool answers_differ(const answer *x, const answer *y);
/* Does the theory have a quantity of this name or alias? Its symbol, or -1. */
int quantity_named(const problem *p, str name);

#endif
