/* verify: certificates checked, with neither engine nor solver: nothing here calls them, and the
 * program propto-verify is linked without them. */
#include "propto.h"
#include "algebra/audit.h"
#include "lang/lang.h"
#include "render/certificate.h"
#include "render/diagnose.h"
#include "render/tell_audit.h"
#include "render/to_text.h"

enum { VERIFIED = 0, NOT_PROVED = 1, NOT_READ = 2, DEFAULT_WIDTH = 80 };

struct propto_report {
    arena *arena;
    int code;
    text out, err;
};

typedef struct {
    const propto_verification *asked;
    propto_report *to;
    arena *a;
    style look;
    const certificate *c; /* of the theory and its regimes */
    int n;
} checking;

/* --- the theory it should be of --- */

static const problem *theory_problem(checking *k, diags *sink) {
    const propto_verification *v = k->asked;
    lang_options o = {.include_dirs = v->include_dirs, .ninclude_dirs = v->ninclude_dirs};
    const source *src = v->theory_text
                            ? source_of(k->a, v->theory, (str){v->theory_text, v->theory_size})
                            : source_read(k->a, v->theory, &o.limits, sink);
    const char *path = v->theory_text ? NULL : v->theory;
    const problem *p = src ? lang_problem(k->a, src, path, &o, sink) : NULL;
    return sink->errors ? NULL : p;
}

static const problem *read_theory(checking *k) {
    diags sink = {.arena = k->a};
    const problem *p = theory_problem(k, &sink);
    doc *d = doc_new(k->a);
    diags_sort(&sink);
    if (!p) diagnose(d, &sink, true, &k->look);
    to_text(&k->to->err, d, &k->look);
    return p;
}

static const char *how_it_differs(const checking *k, const problem *p) {
    const char *why = NULL;
    if (k->n != 1 + p->nregimes) return "it has other regimes";
    for (int i = 0; i < k->n && !why; i++)
        why = certificate_differs(k->a, k->c[i].p, i ? p->regimes[i - 1] : p);
    return why;
}

/* --- the check --- */

static void tell(checking *k, const verification *v) {
    if (k->asked->json) {
        verification_to_json(&k->to->out, v, PROPTO_VERSION, k->look.ascii);
        return;
    }
    doc *d = doc_new(k->a);
    tell_verification(d, v, k->asked->quiet != 0);
    to_text(&k->to->out, d, &k->look);
}

static int verify(checking *k) {
    verification v = {.name = k->asked->name, .compared = k->asked->theory != NULL};
    const problem *theory = v.compared ? read_theory(k) : NULL;
    if (v.compared && !theory) return NOT_READ;
    str bytes = {k->asked->bytes, k->asked->size};
    v.unreadable = from_certificate(k->a, bytes, &k->c, &k->n);
    if (!v.unreadable && theory) v.differs = how_it_differs(k, theory);
    if (!v.unreadable && !v.differs) {
        audit *x = NEW_ARRAY(k->a, audit, k->n);
        for (int i = 0; i < k->n; i++) x[i] = certificate_audit(k->a, &k->c[i]);
        v.audits = x, v.n = k->n;
    }
    tell(k, &v);
    if (v.unreadable) return NOT_READ;
    return is_verified(&v) ? VERIFIED : NOT_PROVED;
}

propto_report *propto_verify(const propto_verification *asked) {
    arena *a = arena_new();
    propto_report *r = NEW(a, propto_report);
    *r = (propto_report){.arena = a, .out = text_new(a), .err = text_new(a)};
    int width = asked->width > 0 ? asked->width : DEFAULT_WIDTH;
    checking k = {asked, r, a, {asked->color != 0, asked->ascii != 0, width}, NULL, 0};
    r->code = verify(&k);
    return r;
}

/* --- the report --- */

int propto_report_code(const propto_report *r) {
    return r->code;
}

const char *propto_report_output(const propto_report *r) {
    return r->out.n ? r->out.s : "";
}

size_t propto_report_output_size(const propto_report *r) {
    return r->out.n;
}

const char *propto_report_errors(const propto_report *r) {
    return r->err.n ? r->err.s : "";
}

size_t propto_report_errors_size(const propto_report *r) {
    return r->err.n;
}

void propto_report_free(propto_report *r) {
    if (r) arena_free(r->arena);
}
