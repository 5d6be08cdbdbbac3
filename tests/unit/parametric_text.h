/* Small parametric problems for tests: "x = a y; a > 0 & b >= 1; x < 0 | y != 0". Letters a to j
 * are parameters, the others quantities. Statements end at ';', cases at '|'. */
#ifndef TESTS_PARAMETRIC_TEXT_H
#define TESTS_PARAMETRIC_TEXT_H

#include "algebra/cert.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

/* One letter each: a to j are parameters, the others quantities. */
enum { PARAMETERS = 10, SYMBOLS = 26 };

typedef struct {
    arena *a;
    const field *k;
    const char *z; /* what is left to read */
} reader;

static inline reader reader_of(arena *a, const char *z) {
    static const char letters[] = "abcdefghij";
    str name[PARAMETERS];
    int symbols[PARAMETERS];
    for (int i = 0; i < PARAMETERS; i++) name[i] = (str){letters + i, 1}, symbols[i] = i;
    return (reader){a, field_new(a, name, symbols, PARAMETERS), z};
}

static inline bool take(reader *r, char c) {
    while (*r->z == ' ') r->z++;
    if (*r->z != c) return false;
    r->z++;
    return true;
}

static inline form read_sum(reader *r);

static inline form read_primary(reader *r) {
    if (take(r, '(')) {
        form f = read_sum(r);
        assert_true(take(r, ')'));
        return f;
    }
    char c = *r->z;
    if (c >= '0' && c <= '9') return form_const(coef_int(strtol(r->z, (char **)&r->z, 10)));
    assert_true(c >= 'a' && c <= 'z');
    r->z++;
    if (c - 'a' < PARAMETERS) return form_const(coef_parameter(r->a, r->k, c - 'a'));
    return form_sym(r->a, c - 'a');
}

/* One of them is a constant. */
static inline form times(arena *a, form x, form y) {
    assert_true(form_is_const(x) || form_is_const(y));
    return form_is_const(x) ? form_scale(a, x.k, y) : form_scale(a, y.k, x);
}

static inline bool at_primary(reader *r) {
    while (*r->z == ' ') r->z++;
    return *r->z == '(' || (*r->z >= 'a' && *r->z <= 'z') || (*r->z >= '0' && *r->z <= '9');
}

static inline form read_product(reader *r) {
    bool minus = take(r, '-');
    form f = form_scale(r->a, coef_int(minus ? -1 : 1), (take(r, ' '), read_primary(r)));
    for (;;)
        if (at_primary(r))
            f = times(r->a, f, read_primary(r));
        else if (take(r, '/') && at_primary(r))
            f = form_scale(r->a, coef_div(r->a, coef_int(1), read_primary(r).k), f);
        else
            return f;
}

static inline form read_sum(reader *r) {
    form f = read_product(r);
    for (;;)
        if (take(r, '+'))
            f = form_add(r->a, f, read_product(r));
        else if (take(r, '-'))
            f = form_sub(r->a, f, read_product(r));
        else
            return f;
}

static inline const formula *read_comparison(reader *r) {
    form left = read_sum(r);
    bool not = take(r, '!'), less = take(r, '<'), more = !less && take(r, '>'),
         equal = take(r, '=');
    form right = read_sum(r);
    form f = more ? form_sub(r->a, right, left) : form_sub(r->a, left, right);
    if (not ) return formula_nonzero(r->a, f);
    return formula_atom(r->a, f, !less && !more ? REL_EQ : equal ? REL_LE : REL_LT);
}

static inline const formula *read_all(reader *r) {
    const formula *kid[9];
    int n = 0;
    do kid[n++] = read_comparison(r);
    while (take(r, '&'));
    return n == 1 ? kid[0] : formula_all(r->a, kid, n);
}

static inline const formula *read_any(reader *r) {
    const formula *kid[9];
    int n = 0;
    do kid[n++] = read_all(r);
    while (take(r, '|'));
    return n == 1 ? kid[0] : formula_any(r->a, kid, n);
}

/* Statements end at ';', cases at '|'. */
static inline const problem *problem_of(arena *a, const char *z) {
    reader r = reader_of(a, z);
    symbol *symbols = NEW_ARRAY(a, symbol, SYMBOLS);
    for (int i = 0; i < PARAMETERS; i++) symbols[i].sort = SORT_PARAMETER;
    VEC(fact) facts = {0};
    while (*r.z) {
        fact f = {.claim = read_any(&r)};
        vec_push(a, &facts, f);
        assert_true(take(&r, ';') || !*r.z);
    }
    problem *p = NEW(a, problem);
    *p = (problem){.symbols = symbols, .nsymbols = SYMBOLS, .field = r.k};
    p->facts = facts.v;
    p->nfacts = (int)facts.n;
    return p;
}

#endif
