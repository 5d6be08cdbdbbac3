/* Small theories for tests, each fact a line: "= N -w -L" is the law N ∝ w L, "< -w" is w ≫ 1,
 * "<= a -b" is a ≲ b; a coefficient stands before its symbol ("-1/3P"); "|" parts alternatives.
 * and "&" its parts, which bind tighter. Symbols are single letters; a number without one is a
 * constant term. A leading "!" makes a fact hard. */
#ifndef TESTS_THEORY_TEXT_H
#define TESTS_THEORY_TEXT_H

#include "algebra/cert.h"

#include <stdlib.h>

static inline int symbol_named(const problem *p, char c) {
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].name.s[0] == c) return i;
    abort();
}

/* Reads "-2/3" of "-2/3N": 1 where there is no number. */
static inline coef read_coef(arena *a, const char **s) {
    char *end = NULL;
    long num = 1, den = 1, sign = 1;
    if (**s == '-') sign = -1, ++*s;
    if (**s >= '0' && **s <= '9') num = strtol(*s, &end, 10), *s = end;
    if (**s == '/') den = strtol(*s + 1, &end, 10), *s = end;
    return coef_of(rat_frac(a, sign * num, den));
}

/* Reads one "-2/3N" or "-2/3". */
static inline form read_term(arena *a, const problem *p, const char **s) {
    coef c = read_coef(a, s);
    if (**s == ' ' || !**s) return form_const(c);
    return form_scale(a, c, form_sym(a, symbol_named(p, *(*s)++)));
}

static inline form read_form(arena *a, const problem *p, const char **s) {
    form f = form_zero();
    while (**s && **s != '|' && **s != '&') {
        if (**s == ' ')
            ++*s;
        else
            f = form_add(a, f, read_term(a, p, s));
    }
    return f;
}

static inline form form_text(arena *a, const problem *p, const char *s) {
    return read_form(a, p, &s);
}

static inline rel read_rel(const char **s) {
    rel r = **s == '=' ? REL_EQ : REL_LT;
    ++*s;
    if (**s == '=') r = REL_LE, ++*s;
    return r;
}

static inline const formula *read_way(arena *a, const problem *p, const char **s) {
    VEC(const formula *) parts = {0};
    do {
        while (**s == ' ' || **s == '&') ++*s;
        rel r = read_rel(s);
        vec_push(a, &parts, formula_atom(a, read_form(a, p, s), r));
    } while (**s == '&');
    return parts.n == 1 ? parts.v[0] : formula_all(a, parts.v, (int)parts.n);
}

static inline const formula *formula_text(arena *a, const problem *p, const char *s) {
    VEC(const formula *) ways = {0};
    while (*s) {
        while (*s == ' ' || *s == '|') s++;
        vec_push(a, &ways, read_way(a, p, &s));
    }
    return ways.n == 1 ? ways.v[0] : formula_any(a, ways.v, (int)ways.n);
}

static inline problem *theory_text(arena *a, const char *symbols, const char *const *laws, int n) {
    problem *p = NEW(a, problem);
    symbol *q = NEW_ARRAY(a, symbol, strlen(symbols));
    fact *f = NEW_ARRAY(a, fact, n);
    p->symbols = q;
    p->nsymbols = (int)strlen(symbols);
    for (int i = 0; i < p->nsymbols; i++) q[i].name = (str){symbols + i, 1};
    for (int i = 0; i < n; i++) {
        f[i].hard = laws[i][0] == '!';
        f[i].label = f[i].law = str_of(laws[i] + f[i].hard);
        f[i].claim = formula_text(a, p, laws[i] + f[i].hard);
    }
    p->facts = f;
    p->nfacts = n;
    return p;
}

/* Numbers that look random and are the same in every run. */
static inline int roll(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

#endif
