/* signs: what is known of the sign of a coefficient, from what is known of others.
 *
 * Sound, not complete: a polynomial is split into factors; a factor's sign comes
 * from a hypothesis about a multiple of it, or from bounds on the parameters (p
 * shifted to its bound has coefficients of one sign: Descartes). Parameters that
 * equations give away are replaced by what they are. What this does not see,
 * nobody here believes.
 */
#ifndef ALGEBRA_SIGNS_H
#define ALGEBRA_SIGNS_H

#include "algebra/coef.h"

enum { SIGN_NEG = 1, SIGN_ZERO = 2, SIGN_POS = 4, SIGN_ANY = 7 };

/* c has one of these signs. */
typedef struct {
    coef c;
    int signs;
    uint64_t about; /* coef_about(c); 0: nobody has looked */
} hypothesis;

/* The same with what is about c looked up, for those who ask often. */
hypothesis hypothesis_of(coef c, int signs);
/* The signs that c may have where all hypotheses hold and its denominator does not vanish. */
int signs_of(arena *a, coef c, const hypothesis *h, int n);
/* Is each of them one of these? Goes no further than it takes to see that. */
bool signs_are_among(arena *a, coef c, int signs, const hypothesis *h, int n);
/* The sign of a number: one of the three. */
int sign_of_rat(rat r);
/* The signs of -c, for those of c. */
int signs_mirrored(int signs);
/* The signs that a product, a sum, a power (not 0; none below 0 of what may be zero) can have. */
int signs_times(int x, int y);
int signs_plus(int x, int y);
int signs_power(int signs, int power);

#endif
