/* Small theories for tests, each fact a line: "= N -w -L" is the law N ∝ w L, "< -w" is w ≫ 1,
 * "<= a -b" is a ≲ b; a coefficient stands before its symbol ("-1/3P"); "|" parts alternatives.
 * Symbols are single letters. A leading "!" makes a fact hard. */
#ifndef TESTS_THEORY_TEXT_H
#define TESTS_THEORY_TEXT_H

#include "algebra/cert.h"

#include <stdlib.h>

static inline int symbol_named(const problem *p, char c) {
    for (int i = 0; i < p->nsymbols; i++)
        if (p->symbols[i].name.s[0] == c) return i;
    abort();
}

/* Reads one "-2/3N". */
static inline term read_term(arena *a, const problem *p, const char **s) {
    char *end = NULL;
    long num = 1, den = 1, sign = 1;
    if (**s == '-') sign = -1, ++*s;
    if (**s >= '0' && **s <= '9') num = strtol(*s, &end, 10), *s = end;
    if (**s == '/') den = strtol(*s + 1, &end, 10), *s = end;
    term t = {symbol_named(p, **s), coef_of(rat_frac(a, sign * num, den))};
    ++*s;
    return t;
}

static inline form read_form(arena *a, const problem *p, const char **s) {
    VEC(term) t = {0};
    while (**s && **s != '|') {
        if (**s == ' ')
            ++*s;
        else
            vec_push(a, &t, read_term(a, p, s));
    }
    return form_of(a, t.v, (int)t.n, coef_int(0));
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

static inline const formula *formula_text(arena *a, const problem *p, const char *s) {
    VEC(const formula *) ways = {0};
    while (*s) {
        while (*s == ' ' || *s == '|') s++;
        rel r = read_rel(&s);
        vec_push(a, &ways, formula_atom(a, read_form(a, p, &s), r));
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
