/* certificate: proofs as a file, by the format in docs/proofs.md.
 *
 * One JSON object: theories, what is said of each (algebra/thesis.h), and the evidence. Numbers are
 * exact strings. A file is sealed with the SHA-256 of its own bytes, against accidents; against
 * lies there are the proofs.
 */
#ifndef RENDER_CERTIFICATE_H
#define RENDER_CERTIFICATE_H

#include "algebra/thesis.h"

enum { CERTIFICATE_VERSION = 1 };

/* Appends the certificate of a theory and its regimes, with a newline. False where memory did not
 * suffice. */
bool to_certificate(text *out, const certificate *c, int n, const char *version);
/* Reads one; *out has *n theories, in the arena. NULL, or what is wrong, in the arena. Checks that
 * everything is well made (problem_ok, thesis_ok), not that anything is proved. */
const char *from_certificate(arena *a, str bytes, const certificate **out, int *n);
/* Do two problems say the same, lines and places aside? NULL, or the first thing that differs, in
 * the arena. What choices come to is left out. */
const char *certificate_differs(arena *a, const problem *x, const problem *y);

const char *thesis_name(thesis_kind k);
const char *sort_name(sort s);
const char *goal_name(goal_kind k);
const char *rel_name(rel r);

#endif
