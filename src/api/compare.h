/* compare: the run of `propto compare`. The inputs are read, each with its regimes where they
 * are asked for; then the measured exponents; then all are compared at once. */
#ifndef API_COMPARE_H
#define API_COMPARE_H

#include "lang/lang.h"
#include "propto.h"
#include "render/doc.h"

typedef struct {
    const char *name, *path; /* path NULL: `bytes` are the theory */
    str bytes;
} input;

typedef struct {
    arena *a;
    const propto_request *request;
    const input *inputs; /* a path that is no file, "a.propto:regime", is a regime of one */
    int ninputs;
    const lang_options *lang;
    budget *work;
    text *out, *err;
    style out_style, err_style;
} compare_run;

/* Appends what is to be printed; the exit code. */
int compare_inputs(const compare_run *r);

#endif
