/* sealed: certificates, unsealed, sealed anew, and judged, for the fuzzers. */
#ifndef FUZZ_SEALED_H
#define FUZZ_SEALED_H

#include <stddef.h>

/* `body` is a certificate up to its seal, n bytes of it. With its seal, terminated, to be freed; *n
 * is its size then. */
char *sealed(const char *body, size_t *n);
/* The size of a certificate without its seal. */
size_t unsealed_size(const char *certificate, size_t n);

typedef struct {
    int code;        /* of the verification */
    int verdicts[3]; /* how many theories it says are consistent, contradictory, trivial */
    int trusts;      /* how often it relies on the solver, or says nothing */
} judgement;

/* What is said of a certificate: of the theory of that text (NULL: of none). Ends the program where
 * that is no code that is promised, or the JSON of it is none. */
judgement judge(const char *bytes, size_t n, const char *theory, size_t theory_size);

#endif
