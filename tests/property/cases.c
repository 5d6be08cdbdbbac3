#include "cases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Exponents are counted in halves, in which everything is a whole number. */
enum { UNIT = 2, PIECES = 8 };

static const char *const names[] = {"w", "L", "N", "D", "C"};

/* An expression as the forms that it may be, each under the guards for which it is that one. */
typedef struct {
    claim guard;
    long form[ORACLE_VARS];
} piece;

typedef struct {
    piece p[PIECES];
    int n;
    char text[CASE_TEXT];
} expression;

typedef struct {
    uint64_t dice;
    int nvars, branches; /* how many sums, max and min may still come in this statement */
    unsigned used;
} maker;

/* --- chance (Steele, Lea and Flood's splitmix) --- */

static int below(maker *m, int n) {
    uint64_t z = (m->dice += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int)((z ^ z >> 31) % (uint64_t)n);
}

static bool chance(maker *m, int percent) {
    return below(m, 100) < percent;
}

static int some_var(maker *m) {
    int v = below(m, m->nvars);
    m->used |= 1u << v;
    return v;
}

__attribute__((format(printf, 2, 3))) static void put(char *text, const char *format, ...) {
    size_t n = strlen(text);
    va_list args;
    va_start(args, format);
    int more = vsnprintf(text + n, CASE_TEXT - n, format, args);
    va_end(args);
    if (more < 0 || (size_t)more >= CASE_TEXT - n) abort();
}

/* --- expressions --- */

static void and_claim(claim *to, const claim *c) {
    if (to->n + c->n > ORACLE_CLAIM) abort();
    memcpy(to->a + to->n, c->a, (size_t)c->n * sizeof *c->a);
    to->n += c->n;
}

static piece *next_piece(expression *e) {
    if (e->n == PIECES) abort();
    piece *p = &e->p[e->n++];
    memset(p, 0, sizeof *p);
    return p;
}

/* x·y */
static void multiply(const expression *x, const expression *y, expression *out) {
    out->n = 0;
    for (int i = 0; i < x->n; i++)
        for (int j = 0; j < y->n; j++) {
            piece *p = next_piece(out);
            and_claim(&p->guard, &x->p[i].guard);
            and_claim(&p->guard, &y->p[j].guard);
            for (int v = 0; v < ORACLE_VARS; v++) p->form[v] = x->p[i].form[v] + y->p[j].form[v];
        }
}

/* a, where a - b, times the sign, is not above zero */
static void add_extreme(expression *out, const piece *a, const piece *b, long sign) {
    piece *p = next_piece(out);
    claim c = {.n = 1};
    c.a[0].is = ATOM_AT_MOST;
    for (int v = 0; v < ORACLE_VARS; v++) c.a[0].c[v] = sign * (a->form[v] - b->form[v]);
    and_claim(&p->guard, &a->guard);
    and_claim(&p->guard, &b->guard);
    and_claim(&p->guard, &c);
    memcpy(p->form, a->form, sizeof p->form);
}

static void extreme(const expression *x, const expression *y, bool least, expression *out) {
    out->n = 0;
    for (int i = 0; i < x->n; i++)
        for (int j = 0; j < y->n; j++) {
            add_extreme(out, &x->p[i], &y->p[j], least ? 1 : -1);
            add_extreme(out, &y->p[j], &x->p[i], least ? 1 : -1);
        }
}

static void make_power(maker *m, expression *e) {
    static const char *const text[] = {"", "", "^2", "^-1", "^-2", "^(1/2)", "^(-1/2)"};
    static const long times[] = {2, 2, 4, -2, -4, 1, -1};
    int v = some_var(m), k = below(m, 7);
    put(e->text, "%s%s", names[v], text[k]);
    e->p[0].form[v] += times[k];
}

static void make_monomial(maker *m, expression *e) {
    e->n = 0;
    e->text[0] = 0;
    next_piece(e);
    if (chance(m, 8)) {
        put(e->text, "%s", chance(m, 50) ? "1" : "3");
        return;
    }
    make_power(m, e);
    if (!chance(m, 35)) return;
    put(e->text, " ");
    make_power(m, e);
}

static void make_product(maker *m, expression *e);

/* A + B, or an extreme of the two; `open` where it stands without brackets. */
static void make_branch(maker *m, expression *e, bool *open) {
    static const char *const word[] = {"", "", "max", "min"};
    expression x, y;
    int k = below(m, 4);
    m->branches--;
    make_product(m, &x);
    make_product(m, &y);
    extreme(&x, &y, k == 3, e);
    e->text[0] = 0;
    *open = k < 2;
    if (k < 2)
        put(e->text, "%s + %s", x.text, y.text);
    else
        put(e->text, "%s(%s, %s)", word[k], x.text, y.text);
}

static void raise_power(expression *e, long k) {
    for (int i = 0; i < e->n; i++)
        for (int v = 0; v < ORACLE_VARS; v++) e->p[i].form[v] *= k;
}

/* A monomial times, perhaps, a power of a branch. */
static void make_product(maker *m, expression *e) {
    static const char *const text[] = {"", "^2", "^-1"};
    static const long times[] = {1, 2, -1};
    expression x, y;
    bool open;
    make_monomial(m, e);
    if (m->branches < 1 || !chance(m, 40)) return;
    x = *e;
    make_branch(m, &y, &open);
    int k = below(m, 3);
    raise_power(&y, times[k]);
    multiply(&x, &y, e);
    put(e->text, open ? " (%s)%s" : " %s%s", y.text, text[k]);
}

static void make_side(maker *m, expression *e) {
    bool open;
    if (m->branches > 0 && chance(m, 45))
        make_branch(m, e, &open);
    else
        make_product(m, e);
}

/* --- literals --- */

static cases *add_case(cases *to, const claim *guards[2], const atom *a) {
    claim last = {.a = {*a}, .n = 1};
    if (to->n == CASES) abort();
    claim *c = &to->c[to->n++];
    c->n = 0;
    for (int i = 0; i < 2; i++)
        if (guards[i]) and_claim(c, guards[i]);
    and_claim(c, &last);
    return to;
}

static atom opposite(const atom *a) {
    atom b = *a;
    b.is = a->is == ATOM_ZERO      ? ATOM_NONZERO
           : a->is == ATOM_NONZERO ? ATOM_ZERO
           : a->is == ATOM_BELOW   ? ATOM_AT_MOST
                                   : ATOM_BELOW;
    if (a->is == ATOM_BELOW || a->is == ATOM_AT_MOST)
        for (int v = 0; v < ORACLE_VARS; v++) b.c[v] = -a->c[v];
    return b;
}

static void add_both(case_law *l, const claim *guards[2], const atom *a) {
    atom b = opposite(a);
    add_case(&l->holds, guards, a);
    add_case(&l->fails, guards, &b);
}

static void make_growth(maker *m, case_law *l) {
    static const char *const text[] = {"grows", "grows", "shrinks", "fixed", "scales"};
    static const atom_kind is[] = {ATOM_BELOW, ATOM_BELOW, ATOM_BELOW, ATOM_ZERO, ATOM_NONZERO};
    const claim *none[2] = {NULL, NULL};
    int v = some_var(m), k = below(m, 5);
    atom a = {.is = is[k]};
    a.c[v] = k < 2 ? -1 : 1;
    put(l->text, "%s %s", names[v], text[k]);
    add_both(l, none, &a);
}

static void make_comparison(maker *m, case_law *l) {
    static const char *const text[] = {"∝", "∝", "∝", "≲", "≳", "≪", "≫"};
    static const atom_kind is[] = {ATOM_ZERO,    ATOM_ZERO,  ATOM_ZERO, ATOM_AT_MOST,
                                   ATOM_AT_MOST, ATOM_BELOW, ATOM_BELOW};
    expression x, y;
    int k = below(m, 7);
    make_side(m, &x);
    make_side(m, &y);
    put(l->text, "%s %s %s", x.text, text[k], y.text);
    for (int i = 0; i < x.n; i++)
        for (int j = 0; j < y.n; j++) {
            const claim *guards[2] = {&x.p[i].guard, &y.p[j].guard};
            long sign = k == 4 || k == 6 ? -1 : 1;
            atom a = {.is = is[k]};
            for (int v = 0; v < ORACLE_VARS; v++) a.c[v] = sign * (x.p[i].form[v] - y.p[j].form[v]);
            add_both(l, guards, &a);
        }
}

static void make_literal(maker *m, case_law *l, int branches) {
    memset(l, 0, sizeof *l);
    l->alive = true;
    m->branches = branches;
    if (chance(m, 25))
        make_growth(m, l);
    else
        make_comparison(m, l);
}

/* --- statements --- */

static void or_cases(cases *to, const cases *more) {
    if (to->n + more->n > CASES) abort();
    memcpy(to->c + to->n, more->c, (size_t)more->n * sizeof *more->c);
    to->n += more->n;
}

static void and_cases(cases *to, const cases *more) {
    cases both = {.n = 0};
    for (int i = 0; i < to->n; i++)
        for (int j = 0; j < more->n; j++) {
            if (both.n == CASES) abort();
            claim *c = &both.c[both.n++];
            *c = to->c[i];
            and_claim(c, &more->c[j]);
        }
    *to = both;
}

static void add_alternative(maker *m, case_law *l) {
    case_law other;
    make_literal(m, &other, 1);
    put(l->text, " or %s", other.text);
    or_cases(&l->holds, &other.holds);
    and_cases(&l->fails, &other.fails);
}

/* What fails is not needed of a law with conditions. */
static void add_condition(maker *m, case_law *l, const char *word) {
    case_law c;
    make_literal(m, &c, chance(m, 30));
    put(l->text, " %s %s", word, c.text);
    or_cases(&l->holds, &c.fails);
}

static void make_law(maker *m, case_law *l) {
    int kind = below(m, 10);
    make_literal(m, l, kind < 5 ? below(m, 4) : 1);
    if (kind == 5 || kind == 6 || kind == 9) add_alternative(m, l);
    if (kind == 6 && chance(m, 30)) add_alternative(m, l);
    if (kind < 7) return;
    add_condition(m, l, "when");
    if (chance(m, 30)) add_condition(m, l, "and");
}

static int used_var(maker *m) {
    int v = below(m, m->nvars);
    while (!(m->used >> v & 1)) v = (v + 1) % m->nvars;
    return v;
}

static void make_goal(maker *m, case_goal *g) {
    unsigned used = m->used;
    memset(g, 0, sizeof *g);
    g->says.alive = true;
    g->kind = (case_goal_kind)below(m, 3);
    g->target = used_var(m);
    g->base = used_var(m);
    if (g->kind == CASE_RATIO)
        put(g->says.text, "%s ∝ %s^?", names[g->target], names[g->base]);
    else if (g->kind == CASE_RELATION && g->target != g->base)
        put(g->says.text, "%s ? %s", names[g->target], names[g->base]);
    else if (g->kind == CASE_RELATION)
        put(g->says.text, "%s ?", names[g->target]);
    if (g->kind == CASE_CONCLUSION) {
        make_literal(m, &g->says, chance(m, 40) ? 1 : 0);
        if (chance(m, 20)) add_alternative(m, &g->says);
    }
    if (chance(m, 20)) make_literal(m, &g->when, chance(m, 30));
    /* what no law speaks of is no quantity of the theory */
    if (m->used != used) {
        m->used = used;
        make_goal(m, g);
    }
}

void cases_make(case_theory *t, uint64_t seed) {
    maker m = {.dice = seed * 0x2545f4914f6cdd1du + 1};
    memset(t, 0, sizeof *t);
    t->seed = seed;
    t->nvars = m.nvars = 2 + below(&m, 4);
    t->nlaws = 3 + below(&m, CASE_LAWS - 2);
    for (int i = 0; i < t->nlaws; i++) make_law(&m, &t->law[i]);
    t->quantities = m.used;
    t->ngoals = 2 + below(&m, CASE_GOALS - 1);
    for (int i = 0; i < t->ngoals; i++) make_goal(&m, &t->goal[i]);
}

/* --- text --- */

static size_t write_goal(case_goal *g, char *out, size_t n, int *line) {
    if (!g->says.alive) return n;
    n += (size_t)sprintf(out + n, "%s%s", g->kind == CASE_CONCLUSION ? "∴ " : "", g->says.text);
    if (g->when.text[0]) n += (size_t)sprintf(out + n, " when %s", g->when.text);
    n += (size_t)sprintf(out + n, "\n");
    g->says.line = (*line)++;
    return n;
}

void cases_write(case_theory *t, char out[CASE_THEORY]) {
    size_t n = (size_t)sprintf(out, "quantity ");
    int line = 2;
    for (int v = 0, first = 1; v < t->nvars; v++) {
        if (!(t->quantities >> v & 1)) continue;
        n += (size_t)sprintf(out + n, "%s%s", first ? "" : ", ", names[v]);
        first = 0;
    }
    n += (size_t)sprintf(out + n, "\n");
    for (int i = 0; i < t->nlaws; i++) {
        if (!t->law[i].alive) continue;
        n += (size_t)sprintf(out + n, "%s\n", t->law[i].text);
        t->law[i].line = line++;
    }
    for (int i = 0; i < t->ngoals; i++) n = write_goal(&t->goal[i], out, n, &line);
}

/* --- all cases --- */

static bool walk_on(const premises *p, const cases *const *list, int n, case_visitor *visit,
                    void *data) {
    if (n == 0) return !visit || visit(p, data);
    for (int i = 0; i < list[0]->n; i++) {
        premises q = *p;
        premises_add(&q, &list[0]->c[i]);
        if (oracle_sat(&q) && walk_on(&q, list + 1, n - 1, visit, data)) return true;
    }
    return false;
}

bool cases_walk(int nvars, const cases *const *list, int n, case_visitor *visit, void *data) {
    premises p = {.nvars = nvars};
    return walk_on(&p, list, n, visit, data);
}
