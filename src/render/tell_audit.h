/* tell_audit: a certificate checked, in words and as JSON. */
#ifndef RENDER_TELL_AUDIT_H
#define RENDER_TELL_AUDIT_H

#include "algebra/audit.h"
#include "render/doc.h"

typedef struct {
    const char *name;       /* of the certificate, as it was given */
    const char *unreadable; /* it is no certificate: why; else NULL */
    const char *differs;    /* it is of another theory than the one given: how; else NULL */
    bool compared;          /* a theory was given */
    const audit *audits;    /* of the theory and its regimes */
    int n;
} verification;

bool is_verified(const verification *v);
/* With `quiet` the first line alone. */
void tell_verification(doc *d, const verification *v, bool quiet);
/* Appends one object and a newline. */
void verification_to_json(text *out, const verification *v, const char *version, bool ascii);

#endif
