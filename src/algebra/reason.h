/* reason: why a coefficient has a sign, written out so that arithmetic alone checks it.
 *
 * A reason is a list of steps, the last of which is about the coefficient. A step says that a
 * quantity has one of some signs, because it is identically a sum of products of quantities whose
 * signs are known: granted atoms, denominators that do not vanish, steps before it (a Handelman
 * certificate, where the factors are bounds). Everything that is named has a value wherever what
 * is granted holds, so identities between quotients of polynomials are identities of values.
 */
#ifndef ALGEBRA_REASON_H
#define ALGEBRA_REASON_H

#include "algebra/signs.h"

typedef enum {
    REF_STEP, /* step i of the same reason */
    REF_ATOM, /* the granted atom without terms at (i, node), or a granted c ≠ 0 */
    REF_POLE, /* a factor of the denominator of some coefficient of it: not zero */
    REF_OWN   /* a factor of the denominator of the coefficient in question: not zero */
} ref_kind;
typedef struct {
    ref_kind kind;
    int i, node;
    coef pole; /* POLE, OWN: the factor, a polynomial */
} ref;

/* times × Π of^power; no power is 0. */
typedef struct {
    ref of;
    int power;
} sign_factor;
typedef struct {
    coef times; /* a polynomial */
    const sign_factor *f;
    int n;
} sign_term;
typedef struct {
    const sign_term *t;
    int n;
} sign_sum;

/* c is each of these sums, and so has one of `signs`. Without a sum c is a polynomial. */
typedef struct {
    coef c;
    int signs;
    const sign_sum *sum;
    int n;
} sign_step;
typedef struct {
    const sign_step *s; /* n = 0: no reason but the solver's word */
    int n;
} sign_reason;

/* The powers of a term add up to no more, with their signs left out. */
enum { REASON_MOST_POWER = 64 };

/* What an ATOM or POLE stands for; false where it is not granted. */
typedef bool granted_fn(const void *context, arena *a, const ref *r, hypothesis *out);

/* Does the reason show that c has one of these signs, wherever all that is granted holds and the
 * denominator of c is not zero? Work is bounded by the size of the reason. */
bool reason_shows(arena *a, const sign_reason *r, coef c, int signs, granted_fn *granted,
                  const void *context);

/* The same reason in an arena of its own, without steps that the last one does not rest on. */
sign_reason reason_copy(arena *a, const sign_reason *r);

/* Is d, a polynomial, a factor of the polynomial p, which is not zero? */
bool is_factor_of(arena *a, coef d, coef p);

#endif
