/* agreement_words: what text and JSON say alike of theories side by side. */
#ifndef RENDER_AGREEMENT_WORDS_H
#define RENDER_AGREEMENT_WORDS_H

#include "analysis/comparison.h"

/* "agree", "disagree", "nothing shared", "contradictory", "unknown" */
const char *pair_word(pair_verdict v);
/* The exponent of an answer: "β/(α+β)", "14/31 (0.452)", "0 < e ≤ 1/2",
 * "b/(1+b) if a-1 ≤ 2b; ...", "undetermined". */
str exponent_words(arena *a, const problem *p, const answer *x);
/* "N ∝ C^0.73": what was measured, as a law. */
str measured_law(arena *a, const measurement *m);

#endif
