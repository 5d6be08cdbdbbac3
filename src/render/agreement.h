/* agreement: several theories side by side, as text and as JSON. See analysis/comparison.h.
 *
 * As text: a matrix of marks with the theories down its side, one character for each pair; then
 * why those disagree that do, one pair after the other; then for each question the exponents, each
 * with the theories that give it; then the measured exponents and how far each theory is.
 */
#ifndef RENDER_AGREEMENT_H
#define RENDER_AGREEMENT_H

#include "analysis/comparison.h"
#include "render/doc.h"

typedef struct {
    const char *version;
    const char *const *files; /* of each theory, as it was given */
    int width;                /* columns */
    bool quiet;               /* the first line alone */
    bool ascii;
} agreement_options;

void narrate_agreement(doc *d, const comparison *c, const agreement_options *o);
/* Appends one object and a newline; c is NULL where something could not be read. */
void agreement_to_json(text *out, const comparison *c, const diags *sink,
                       const agreement_options *o);

#endif
