/* parametric_generate: random theories with letters in the exponents, as text and at a point.
 *
 * Exponents are kept as texts of their own, so that a theory can be spelled with its letters, or
 * with the numbers that they have at a point: then nothing of it is left for the part of the
 * program that is under test here. Points satisfy what the theory says of its parameters.
 */
#ifndef PROPERTY_PARAMETRIC_GENERATE_H
#define PROPERTY_PARAMETRIC_GENERATE_H

#include <stdint.h>

#include "closed_form.h"

enum {
    PARAMETERS = 3,
    QUANTITIES = 6,
    LAWS = 10,
    QUESTIONS = 3,
    LAW_TEXT = 256,
    PARAMETRIC_TEXT = 16384
};

typedef enum { BOUND_NONE, BOUND_POSITIVE, BOUND_NONNEGATIVE, BOUND_ONE, BOUND_INSIDE } bound_kind;

typedef struct {
    const char *name;
    bound_kind bound;
    char is[LAW_TEXT]; /* not empty: an equation says so, in terms of those before */
    bool mostly;       /* ... of most points: it depends on the quantities whether it must */
    bool at_pole;      /* some points have it at `pole` */
    int pole;
} parameter;

/* A law's exponents stand between braces: "N ∝ w^{α/2} L^{β}"; a comparison's sides, too. */
typedef struct {
    char text[LAW_TEXT];
    bool alive, compares;
} parametric_law;

typedef struct {
    char text[LAW_TEXT];
    int parameter; /* the one asked about; -1: an exponent */
} parametric_question;

typedef enum {
    SHAPE_CHAIN,      /* each quantity from earlier ones */
    SHAPE_POLE,       /* ... with poles at points that are tried */
    SHAPE_INEQUALITY, /* ... and relations such as ≲ */
    SHAPE_EXTREME,    /* ... and a maximum or minimum in an exponent */
    SHAPE_TWICE,      /* ... and one of them twice */
    SHAPE_COMPARED,   /* ... and statements between parameters */
    SHAPE_APART,      /* ... and a part without letters, which is asked about */
    SHAPE_BETWEEN,    /* inequalities with letters from both sides */
    SHAPE_THROUGH,    /* a parameter is asked about of which only quantities tell */
    SHAPE_MEASURED,   /* a chain with a measured number */
    SHAPES
} shape;

typedef struct {
    uint64_t seed, dice;
    shape shape;
    parameter p[PARAMETERS];
    int np, nq;
    parametric_law law[LAWS];
    int nlaws;
    parametric_question q[QUESTIONS];
    int nq_asked;
} parametric;

extern const char *const shape_names[SHAPES];

void parametric_make(parametric *t, uint64_t seed);
/* With its letters; with `pinned`, also a regime p{i} for each point that says what they are. */
void parametric_write(const parametric *t, const point *pinned, int n, char out[PARAMETRIC_TEXT]);
/* With the numbers of each point in a regime p{i}. A regime is left out, and defined[i] is false,
 * where a divisor is zero. */
void parametric_write_at(const parametric *t, const point *at, int n, bool *defined,
                         char out[PARAMETRIC_TEXT]);
/* The same for a question about a parameter, which stays a letter. */
void parametric_write_alone(const parametric *t, const parametric_question *q, const point *at,
                            const bool *defined, int n, char out[PARAMETRIC_TEXT]);
/* A random point that satisfies the bounds and comparisons; false if none was found. The i-th of
 * several: the first ones are at the poles that the theory has on purpose. */
bool parametric_point(parametric *t, int i, point *out);
void point_init(point *p);
void point_clear(point *p);

#endif
