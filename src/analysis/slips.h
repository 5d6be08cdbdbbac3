/* slips: which known slip turns laws into a wrong claim.
 *
 * A learner's error is seldom random: most are right procedures with one faulty operation in them
 * ("buggy rules": Brown and Burton, Cognitive Science 2, 1978; "mal-rules" in algebra: Sleeman,
 * Cognitive Science 8, 1984). So the derivation of the claim is simulated, from one side of it to
 * the other: a name is replaced by what a law says of it, equal names are
 * merged, and exactly one operation on the way is done in one of the faulty ways below. A slip is
 * named when the writer's line comes out exactly.
 *
 * Of several explanations the one with the fewest substitutions is taken or, where it is known that
 * the derivation needs all of the laws, with the most; of these one that goes from the left side to
 * the right, if there is one; of these the first in this order, from the most particular operation
 * to the one that explains most:
 *
 *   RECIPROCAL  y ∝ x^p read as x ∝ y^p, and y^q ∝ x^p as x ∝ y^(pq)
 *   INVERTED    ... as x ∝ y^-p, where p is not 1 or -1: that is a sign; and y^q ∝ x^p, where q is
 *               not 1 or -1 either, as x ∝ y^(p/q) or with its sign turned
 *   FACTOR      a power applied to some factors of a product only; or to one side of a law only, on
 *               the way from the left: x^p ∝ y^q read as x ∝ y^q
 *   MULTIPLIED  x^a x^b made x^(ab), neither exponent 1: that is a factor lost; x^a/x^b made
 *               x^(a/b), where b is not 1
 *   ADDED       (x^a)^b made x^(a+b), neither exponent 1; where it is 0, a factor is lost
 *   SIGN        the sign of one exponent, or of all that a law gives, lost
 *   LOST        a factor left out
 *
 * Where a text leaves work to its reader, `w² w³` or `(w L)²`, that work can go wrong as well: a
 * law is then misread (misread.h), and used rightly after that. Before all else, with no
 * substitution at all, one side of the claim may be the other one, misread.
 *
 * The search is depth first to a growing depth, and stops after a fixed number of steps.
 */
#ifndef ANALYSIS_SLIPS_H
#define ANALYSIS_SLIPS_H

#include "analysis/finding.h"

/* A law that may be used: the form is zero. `at` is what a slip in it is said to be about. */
typedef struct {
    form zero;
    int at;
    const written_product *side; /* two, as written: zero is the left one less the right one; or
                                    NULL, where it is not known how it is written */
} usable_law;

typedef struct {
    slip slip; /* NONE: none was found */
    int at;    /* of the law that it is about; -1: of what the laws give together */
    misstep how;
    form zero; /* what the same derivation gives without the slip is a law: this form is zero; to
                  be proved by whoever tells it */
} named_slip;

/* What is claimed: left ∝ right. */
typedef struct {
    form left, right;
    const written_product *side; /* both as written; or NULL */
} proportion;

/* The claim does not follow from the laws: how came it about? With `all` each law is
 * known to have a part in what does follow. Everything lives in the
 * arena; the work is taken from the budget. */
named_slip name_slip(arena *a, budget *b, const usable_law *laws, int n, bool all,
                     const proportion *claim);

#endif
