/* thesis: what a certificate says of a theory, and what has to be shown for it.
 *
 * A thesis is a statement as data: this verdict, this exponent, this core. From
 * the statement alone follow its needs: sequents to be refuted, sequents to be
 * satisfied, values to be reached. Who writes a certificate asks the engine for
 * evidence of each need; who reads one hands the evidence to the checker here.
 * So a certificate cannot prove one thing and say another. docs/proofs.md tells
 * the same for strangers.
 */
#ifndef ALGEBRA_THESIS_H
#define ALGEBRA_THESIS_H

#include "algebra/cert.h"
#include "algebra/intervals.h"

typedef struct {
    const int *v;
    int n;
} factset;

typedef enum {
    THESIS_UNKNOWN, /* nothing is said */
    /* of the facts in play */
    THESIS_CONSISTENT, /* they can hold, and something scales */
    THESIS_CONTRADICTORY,
    THESIS_TRIVIAL, /* they can hold, but then nothing scales */
    /* of a goal */
    THESIS_EXACT,     /* target = Σ value·base wherever the base scales */
    THESIS_CASES,     /* the same by cases of the parameters, which leave nothing out */
    THESIS_RANGE,     /* target/base lies in the ranges */
    THESIS_FREE,      /* several bases: no one combination; or Σ value·base always vanishes */
    THESIS_UNDEFINED, /* the base scales in no solution */
    THESIS_VACUOUS,   /* the facts and suppositions contradict each other */
    THESIS_SIGNS,     /* target has these signs */
    THESIS_WHERE,     /* the claim follows where the formula on the parameters holds */
    THESIS_PROVED,
    THESIS_REFUTED,
    THESIS_OPEN, /* the claim may hold or not */
    /* of sets of facts */
    THESIS_CORE,      /* these facts, and those that are `given`, conflict */
    THESIS_REPAIR,    /* without these facts the others agree */
    THESIS_REDUNDANT, /* fact `about` follows from these */
    THESIS_BEST,      /* no solution of what choice `about` comes to can be bettered */
    THESIS_FIXED      /* these symbols scale in no solution */
} thesis_kind;
enum { THESIS_KINDS = THESIS_FIXED + 1 };

/* One case of an answer: where all of `when` hold, the value, or with nranges > 0 the ranges. */
typedef struct {
    const formula *const *when;
    int nwhen;
    coef value;
    const interval *ranges;
    int nranges;
    factset facts;
} thesis_case;

typedef enum {
    NEED_REFUTATION, /* the sequent cannot hold: a proof */
    NEED_SOLUTION,   /* it can: a witness */
    NEED_WALKS,      /* walks through its solutions reach all values of the ranges, and no others */
    NEED_SAMPLES     /* solutions in which a base scales that leave the value no choice, or none */
} need_kind;
typedef struct {
    need_kind kind;
    sequent s;
} need;
typedef VEC(need) needs;

/* What is offered for one need. */
typedef struct {
    const proof *pf;       /* a refutation */
    witness w;             /* a solution; n = 0: none */
    const approach *walks; /* ways through solutions */
    int nwalks;
    const witness *samples; /* several solutions */
    int nsamples;
    bool vouched; /* nothing but the solver's word */
    bool cut;     /* vouched, for the work ended before it was shown */
} evidence;

typedef struct {
    thesis_kind is;
    int about;     /* of a goal: which; REDUNDANT, BEST: a fact; else -1 */
    factset facts; /* what it rests on; CORE, REPAIR, FIXED, REDUNDANT: what it is about */
    factset when;  /* the suppositions that it rests on, indexes into goal->when */
    bool minimal;  /* none of these facts and suppositions can be left out */
    bool scales;   /* EXACT: where a base scales; CORE, REPAIR: conflicts with "something scales" */
    bool poles;    /* EXACT: the value's denominator never vanishes */
    bool walked;   /* RANGE: every value in the ranges is possible */
    thesis_kind verdict; /* PROVED, REFUTED of a goal about the verdict: the verdict */
    const coef *value;   /* EXACT: one for each base; FREE: likewise, or none */
    int nvalue;
    const interval *ranges; /* RANGE, in order; EXACT: what the value ranges over */
    int nranges;
    const thesis_case *cases; /* CASES */
    int ncases;
    int signs;            /* SIGNS */
    const formula *where; /* WHERE */
    const evidence *by;   /* one for each need, in order */
    const need *said;     /* the needs, spelled out; NULL: they are not */
    int nby;
} thesis;

/* Facts in play, and what is said of them. */
typedef struct {
    const problem *p; /* with the choices made as these facts make them */
    bool equations;   /* growth statements are left out */
    factset without;  /* and these facts, a repair */
    const thesis *theses;
    int ntheses;
} frame;

/* A theory, or a regime of it, and all that is said of it: the frame of all its facts comes first.
 */
typedef struct {
    const problem *p;
    const frame *frames;
    int nframes;
} certificate;

/* Which facts are in play; in the arena. */
const bool *frame_use(arena *a, const frame *f);

/* What has to be shown; everything in the arena. The thesis is well made: see thesis_ok. */
needs thesis_needs(arena *a, const frame *f, const thesis *t);
/* Of the facts in play. */
bool thesis_is_verdict(thesis_kind is);
/* Is it about a goal? UNKNOWN may be. */
bool thesis_is_of_goal(thesis_kind is);
/* Are all indexes within the problem, and is everything there that the kind asks for? */
bool thesis_ok(const frame *f, const thesis *t);
/* Do both deny, or both allow, the same facts and formulas? */
bool need_eq(const need *x, const need *y);
/* Does the evidence show what is needed, if the conditions hold that proofs have no reason for?
 * These are listed, in the arena. Evidence that is vouched shows nothing. */
bool need_is_met(arena *a, const frame *f, const thesis *t, const need *n, const evidence *e,
                 conditions *open);
/* What no evidence of the thesis shows, though it says so: the solver's word; NULL: nothing. */
const char *thesis_trusts(const thesis *t);

/* "Some quantity scales": (x_q < 0 or x_q > 0) for some quantity q; false without quantities. */
const formula *something_scales(arena *a, const problem *p);
bool has_quantity(const problem *p);
/* Some of these symbols scales. */
const formula *any_scales(arena *a, const int *sym, int n);
/* The base scales, and target/base is in none of the intervals, which are in order. */
const formula *ratio_outside(arena *a, form target, form base, const interval *r, int n);
/* den·target ≠ num·base; with `poles` or den = 0, where the value is num/den. */
const formula *ratio_is_not(arena *a, form target, form base, coef value, bool poles);

#endif
