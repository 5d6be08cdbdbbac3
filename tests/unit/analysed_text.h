/* Theories in the language, analysed; and their answers as short texts: "[1, α]", "-inf" and "inf"
 * at infinite ends, "2/a" for one value, "α ≥ β: [0, β]; α ≤ β: [0, α]" for cases. */
#ifndef TESTS_ANALYSED_TEXT_H
#define TESTS_ANALYSED_TEXT_H

#include "analysis/analysis.h"
#include "lang/lang.h"
#include "render/law.h"
#include "render/vary.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <cmocka.h>

static inline lang_options plain_options(void) {
    return (lang_options){
        .limits = {1 << 20, 200, 10000, 1000, 1000, 10, 256},
    };
}

static inline const finding *analysed(arena *a, const problem *p, budget *b) {
    analysis_options o = {.max_cores = 8, .max_repairs = 8};
    assert_non_null(p);
    return analyse(a, p, &o, b);
}

static inline const finding *analysed_text(arena *a, const char *theory, budget *b) {
    diags sink = {.arena = a};
    lang_options o = plain_options();
    const source *src = source_of(a, "theory", str_of(theory));
    const problem *p = lang_problem(a, src, NULL, &o, &sink);
    if (!p || sink.errors) fail_msg("cannot read: %s", theory);
    budget_init(b);
    return analysed(a, p, b);
}

static inline void add_interval(arena *a, text *t, const interval *r) {
    const char *low = r->low_infinite ? "-inf" : coef_text(a, r->low);
    const char *high = r->high_infinite ? "inf" : coef_text(a, r->high);
    if (strcmp(low, high) == 0)
        text_addf(t, "%s", low);
    else
        text_addf(t, "%c%s, %s%c", r->low_open ? '(' : '[', low, high, r->high_open ? ')' : ']');
}

static inline void add_intervals(arena *a, text *t, const interval *r, int n) {
    if (n == 0) text_puts(t, "none");
    for (int i = 0; i < n; i++) {
        if (i) text_puts(t, " or ");
        add_interval(a, t, &r[i]);
    }
}

static inline void add_cases(arena *a, text *t, const problem *p, const answer_case *c, int n) {
    for (int i = 0; i < n; i++) {
        str when = law_conditions(a, p, &c[i]);
        if (i) text_puts(t, "; ");
        text_add(t, when);
        if (when.n) text_puts(t, ": ");
        if (c[i].nranges)
            add_intervals(a, t, c[i].ranges, c[i].nranges);
        else
            text_puts(t, coef_text(a, c[i].value));
    }
}

/* "s ≤ 0", "always", "never" */
static inline void add_where(arena *a, text *t, const problem *p, const formula *f) {
    f = vary_plain(a, f);
    if (f->kind != FORMULA_ATOM && f->n == 0)
        text_puts(t, f->kind == FORMULA_ALL ? "always" : "never");
    else
        text_add(t, law_formula(a, p, f));
}

static inline const char *answer_text(arena *a, const problem *p, const answer *r) {
    static const char *const kinds[] = {"", "", "", "undetermined", "undefined", "vacuous", ""};
    text t = text_new(a);
    text_puts(&t, kinds[r->kind]);
    if (r->kind == ANSWER_UNKNOWN) text_addf(&t, "unknown: %s", r->reason);
    if (r->kind == ANSWER_EXACT && r->where) add_where(a, &t, p, r->where);
    if (r->kind == ANSWER_EXACT && r->nvalue) text_puts(&t, coef_text(a, r->value[0]));
    if (r->kind == ANSWER_RANGE) add_intervals(a, &t, r->ranges, r->nranges);
    if (r->kind == ANSWER_CASES) add_cases(a, &t, p, r->cases, r->ncases);
    return text_str(&t).s;
}

#endif
