#include "generate.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[3][MAX_NAMES] = {
    {"w", "L", "N", "N_p", "ℓ", "α", "C"},
    {"w", "L", "N", "N_p", "ell", "alpha", "C"},
    {"w", "L", "N", "N_{p}", "\\ell", "\\alpha", "C"},
};
static const char constant_name[] = "E";

/* --- chance (Steele, Lea and Flood's splitmix) --- */

typedef uint64_t dice;

static uint64_t roll(dice *d) {
    uint64_t z = (*d += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(dice *d, int n) {
    return (int)(roll(d) % (uint64_t)n);
}

static int between(dice *d, int low, int high) {
    return low + below(d, high - low + 1);
}

static bool chance(dice *d, int percent) {
    return below(d, 100) < percent;
}

/* --- sentences as claims --- */

static long gcd(long x, long y) {
    while (y) {
        long z = x % y;
        x = y;
        y = z;
    }
    return x < 0 ? -x : x;
}

static long common_denominator(const product *p, long all) {
    for (int i = 0; i < p->n; i++)
        if (p->f[i].den) all = all / gcd(all, p->f[i].den) * p->f[i].den;
    return all;
}

static void add_product(const product *p, long times, long form[ORACLE_VARS]) {
    for (int i = 0; i < p->n; i++)
        if (p->f[i].den) form[p->f[i].var] += times / p->f[i].den * p->f[i].num;
}

/* left R right, as a form compared with zero */
static atom link_atom(const product *left, link l, const product *right) {
    static const atom_kind kinds[] = {ATOM_ZERO, ATOM_AT_MOST, ATOM_AT_MOST, ATOM_BELOW,
                                      ATOM_BELOW};
    atom a = {.is = kinds[l]};
    long sign = l == LINK_AT_LEAST || l == LINK_HIGHER ? -1 : 1;
    long all = common_denominator(right, common_denominator(left, 1));
    add_product(left, sign * all, a.c);
    add_product(right, -sign * all, a.c);
    return a;
}

static atom growth_atom(int var, growth g) {
    static const atom_kind kinds[] = {ATOM_BELOW, ATOM_BELOW, ATOM_ZERO, ATOM_NONZERO};
    atom a = {.is = kinds[g]};
    a.c[var] = g == GROWTH_UP ? -1 : 1;
    return a;
}

claim sentence_claim(const sentence *s) {
    claim c = {.n = 0};
    product one = {.n = 0}, quantity = {{{s->var[0], 1, 1}}, 1};
    switch (s->kind) {
    case SAYS_CHAIN:
        for (int i = 0; i < s->nlinks; i++)
            c.a[c.n++] = link_atom(&s->side[i], s->link[i], &s->side[i + 1]);
        break;
    case SAYS_GROWTH:
        for (int i = 0; i < s->nvars; i++) c.a[c.n++] = growth_atom(s->var[i], s->growth);
        break;
    case SAYS_BESIDE_ONE:
        c.a[c.n++] = link_atom(&quantity, s->link[0], &one);
        break;
    }
    return c;
}

long goal_form(const goal *g, long form[ORACLE_VARS]) {
    product quantity = {{{g->var, 1, 1}}, 1};
    const product *target = g->kind == ASKS_GROWTH ? &quantity : &g->target;
    long all = common_denominator(&g->other, common_denominator(target, 1));
    memset(form, 0, ORACLE_VARS * sizeof *form);
    add_product(target, all, form);
    add_product(&g->other, -all, form);
    return all;
}

static int quantities_in(const product *p) {
    long form[ORACLE_VARS] = {0};
    int n = 0;
    add_product(p, common_denominator(p, 1), form);
    for (int i = 0; i < ORACLE_VARS; i++) n += form[i] != 0;
    return n;
}

/* Each link compares a power of one quantity with a number. */
bool sentence_is_growth(const sentence *s) {
    bool grows = true;
    for (int i = 0; s->kind == SAYS_CHAIN && i < s->nlinks; i++) {
        int left = quantities_in(&s->side[i]), right = quantities_in(&s->side[i + 1]);
        grows = grows && left + right == 1;
    }
    return grows;
}

bool goal_is_question(const goal *g) {
    return g->kind == ASKS_EXPONENT || g->kind == ASKS_RELATION || g->kind == ASKS_GROWTH;
}

/* --- random sentences --- */

static void some_exponent(dice *d, power *f) {
    static const long choice[][2] = {{1, 1}, {1, 1}, {1, 1},  {2, 1}, {-1, 1}, {3, 1}, {-2, 1},
                                     {1, 2}, {1, 3}, {-1, 2}, {2, 3}, {-1, 3}, {3, 2}, {0, 1}};
    int i = below(d, (int)(sizeof choice / sizeof *choice));
    f->num = choice[i][0];
    f->den = choice[i][1];
}

static product some_product(dice *d, int nvars, int most) {
    product p = {.n = between(d, 1, most)};
    for (int i = 0; i < p.n; i++) {
        p.f[i].var = below(d, nvars);
        some_exponent(d, &p.f[i]);
    }
    return p;
}

static product one_quantity(int var) {
    return (product){{{var, 1, 1}}, 1};
}

static link some_link(dice *d) {
    return chance(d, 60) ? LINK_SAME : (link)between(d, LINK_AT_MOST, LINK_HIGHER);
}

static sentence some_relation(dice *d, int nvars) {
    sentence s = {.kind = SAYS_CHAIN, .nlinks = chance(d, 12) ? 2 : 1};
    s.side[0] = chance(d, 75) ? one_quantity(below(d, nvars)) : some_product(d, nvars, 2);
    for (int i = 0; i < s.nlinks; i++) {
        s.link[i] = some_link(d);
        s.side[i + 1] = some_product(d, nvars, s.nlinks == 1 ? 3 : 2);
    }
    return s;
}

static sentence growth_of(dice *d, int var, growth g) {
    static const link beside[] = {LINK_HIGHER, LINK_LOWER, LINK_SAME};
    if (g != GROWTH_ANY && chance(d, 30))
        return (sentence){.kind = SAYS_BESIDE_ONE,
                          .nlinks = 1,
                          .link = {beside[g]},
                          .var = {var},
                          .nvars = 1,
                          .turned = chance(d, 25)};
    return (sentence){.kind = SAYS_GROWTH, .var = {var}, .nvars = 1, .growth = g};
}

static sentence some_growth(dice *d, int nvars) {
    int var = below(d, nvars);
    if (chance(d, 20))
        return (sentence){.kind = SAYS_BESIDE_ONE,
                          .nlinks = 1,
                          .var = {var},
                          .nvars = 1,
                          .link = {chance(d, 50) ? LINK_AT_MOST : LINK_AT_LEAST},
                          .turned = chance(d, 25)};
    sentence s = growth_of(d, var, (growth)below(d, 4));
    if (s.kind == SAYS_GROWTH && nvars > 1 && chance(d, 20)) {
        s.nvars = 2;
        s.var[1] = (var + 1 + below(d, nvars - 1)) % nvars;
    }
    return s;
}

static sentence some_sentence(dice *d, int nvars) {
    return chance(d, 70) ? some_relation(d, nvars) : some_growth(d, nvars);
}

/* --- sentences that hold at a hidden solution --- */

static fraction plus(fraction x, long num, long den) {
    return fraction_of(x.num * den + num * x.den, x.den * den);
}

static fraction product_value(const product *p, const long *x) {
    fraction sum = {0, 1};
    for (int i = 0; i < p->n; i++)
        if (p->f[i].den) sum = plus(sum, p->f[i].num * x[p->f[i].var], p->f[i].den);
    return sum;
}

/* Gives the right side one more factor, so that both sides are of the same order at x. */
static bool balance(dice *d, const product *left, product *right, const long *x, int nvars) {
    int var = below(d, nvars);
    if (!x[var]) return false;
    fraction l = product_value(left, x), r = product_value(right, x);
    fraction gap = plus(l, -r.num, r.den);
    if (!gap.num) return true;
    fraction e = fraction_of(gap.num, gap.den * x[var]);
    right->f[right->n++] = (power){var, e.num, e.den};
    return true;
}

static link true_link(dice *d, const product *left, const product *right, const long *x) {
    int order = fraction_cmp(product_value(left, x), product_value(right, x));
    if (order < 0) return chance(d, 60) ? LINK_LOWER : LINK_AT_MOST;
    if (order > 0) return chance(d, 60) ? LINK_HIGHER : LINK_AT_LEAST;
    return chance(d, 80) ? LINK_SAME : chance(d, 50) ? LINK_AT_MOST : LINK_AT_LEAST;
}

static sentence true_relation(dice *d, int nvars, const long *x) {
    sentence s = some_relation(d, nvars);
    for (int i = 0; i < s.nlinks; i++) {
        if (chance(d, 75)) balance(d, &s.side[i], &s.side[i + 1], x, nvars);
        s.link[i] = true_link(d, &s.side[i], &s.side[i + 1], x);
    }
    return s;
}

static sentence true_growth(dice *d, int nvars, const long *x) {
    int var = below(d, nvars);
    growth g = x[var] > 0 ? GROWTH_UP : x[var] < 0 ? GROWTH_DOWN : GROWTH_NONE;
    if (x[var] && chance(d, 20)) g = GROWTH_ANY;
    return growth_of(d, var, g);
}

static sentence true_sentence(dice *d, int nvars, const long *x) {
    return chance(d, 75) ? true_relation(d, nvars, x) : true_growth(d, nvars, x);
}

/* --- planted cores and consequences --- */

/* Some combination of equations among the statements; false where it vanishes. */
static bool combine(dice *d, const theory *t, int nparts, long form[ORACLE_VARS]) {
    bool any = false;
    memset(form, 0, ORACLE_VARS * sizeof *form);
    for (int k = 0; k < nparts; k++) {
        claim c = sentence_claim(&t->s[below(d, t->ns)].says);
        long m = between(d, 1, 2) * (chance(d, 50) ? 1 : -1);
        if (!c.n || c.a[0].is != ATOM_ZERO) continue;
        for (int i = 0; i < ORACLE_VARS; i++) form[i] += m * c.a[0].c[i];
    }
    for (int i = 0; i < ORACLE_VARS; i++) any = any || form[i];
    return any;
}

/* form R 0 as a law: positive exponents to the left, negative ones to the right. */
static sentence law_of(const long *form, link l) {
    sentence s = {.kind = SAYS_CHAIN, .nlinks = 1, .link = {l}};
    long all = 0;
    for (int i = 0; i < ORACLE_VARS; i++) all = gcd(all, form[i]);
    for (int i = 0; i < ORACLE_VARS; i++) {
        product *p = &s.side[form[i] < 0];
        long e = form[i] < 0 ? -form[i] : form[i];
        if (e) p->f[p->n++] = (power){i, e / all, 1};
    }
    return s;
}

/* Of one power and 1 it is a growth statement in another dress: not what is wanted here. */
static bool is_law(const sentence *s) {
    return s->side[0].n + s->side[1].n > 1;
}

static void say(dice *d, theory *t, sentence s) {
    if (t->ns == MAX_STATEMENTS) return;
    statement *x = &t->s[t->ns++];
    *x = (statement){.says = s, .alive = true, .given = chance(d, 10), .labelled = chance(d, 80)};
}

static void plant(dice *d, theory *t) {
    long form[ORACLE_VARS];
    if (!combine(d, t, between(d, 1, 3), form)) return;
    if (chance(d, 40)) {
        sentence s = law_of(form, chance(d, 50) ? LINK_LOWER : LINK_HIGHER);
        if (is_law(&s)) say(d, t, s);
        return;
    }
    int var = below(d, t->nvars);
    form[var] += chance(d, 50) ? 1 : -1;
    sentence s = law_of(form, LINK_SAME);
    if (!is_law(&s)) return;
    say(d, t, s);
    say(d, t, growth_of(d, var, (growth[]){GROWTH_UP, GROWTH_DOWN, GROWTH_ANY}[below(d, 3)]));
}

static void shuffle(dice *d, theory *t) {
    for (int i = t->ns - 1; i > 0; i--) {
        int j = below(d, i + 1);
        statement swap = t->s[i];
        t->s[i] = t->s[j];
        t->s[j] = swap;
    }
}

/* --- goals and regimes --- */

static sentence some_conclusion(dice *d, const theory *t, const long *x) {
    long form[ORACLE_VARS];
    if (t->ns && chance(d, 40) && combine(d, t, between(d, 1, 2), form)) {
        sentence s = law_of(form, chance(d, 70) ? LINK_SAME : some_link(d));
        if (is_law(&s)) return s;
    }
    return chance(d, 40) ? true_sentence(d, t->nvars, x) : some_sentence(d, t->nvars);
}

static void suppose(dice *d, goal *g, int nvars) {
    if (chance(d, 40)) {
        g->at_fixed = true;
        g->when[g->nwhen++] = (sentence){
            .kind = SAYS_GROWTH, .growth = GROWTH_NONE, .var = {below(d, nvars)}, .nvars = 1};
        return;
    }
    for (int n = between(d, 1, MAX_WHEN); n; n--) g->when[g->nwhen++] = some_sentence(d, nvars);
}

static goal some_question(dice *d, const theory *t) {
    goal g = {.alive = true};
    int form = below(d, 10);
    g.kind = form < 7 ? ASKS_EXPONENT : form < 8 ? ASKS_RELATION : ASKS_GROWTH;
    g.var = below(d, t->nvars);
    g.target = one_quantity(below(d, t->nvars));
    if (chance(d, 20)) g.target = some_product(d, t->nvars, 2);
    if (g.kind == ASKS_RELATION) g.other = some_product(d, t->nvars, chance(d, 75) ? 1 : 2);
    if (g.kind == ASKS_EXPONENT && chance(d, 15)) g.other = some_product(d, t->nvars, 1);
    if (g.kind == ASKS_EXPONENT) g.nbase = chance(d, 25) ? 2 : 1;
    for (int i = 0; i < g.nbase; i++) g.base[i] = below(d, t->nvars);
    if (chance(d, 20)) suppose(d, &g, t->nvars);
    return g;
}

static goal some_claim(dice *d, const theory *t, const long *x) {
    goal g = {.alive = true, .kind = TELLS_SENTENCE};
    if (chance(d, 10))
        g.kind = (goal_kind)between(d, TELLS_CONTRADICTION, TELLS_TRIVIAL);
    else
        g.says = some_conclusion(d, t, x);
    if (chance(d, 20)) suppose(d, &g, t->nvars);
    return g;
}

static void add_goals(dice *d, theory *t, const long *x) {
    for (int n = between(d, 0, 3); n; n--) t->g[t->ng++] = some_question(d, t);
    for (int n = between(d, 0, 2); n; n--) t->g[t->ng++] = some_claim(d, t, x);
}

static void add_regime(dice *d, theory *t, const long *x) {
    regime *r = &t->r[t->nr++];
    *r = (regime){.alive = true};
    snprintf(r->name, sizeof r->name, "r%d", t->nr);
    for (int i = 0; i < t->ns; i++)
        if (!t->s[i].optional && t->s[i].labelled && chance(d, 25)) r->without |= 1u << i;
    for (int i = 0; i < t->ns; i++)
        if (t->s[i].optional && t->s[i].labelled && chance(d, 60)) r->with |= 1u << i;
    for (int n = between(d, 0, MAX_REGIME_PARTS); n; n--)
        r->s[r->ns++] = (statement){
            .says = some_sentence(d, t->nvars), .alive = true, .labelled = chance(d, 60)};
    for (int n = between(d, 0, MAX_REGIME_PARTS); n; n--)
        r->g[r->ng++] = chance(d, 50) ? some_question(d, t) : some_claim(d, t, x);
}

/* --- theories --- */

typedef enum { ABOUT_SOLUTION, PLANTED, SPARSE, FLAT, NOISE, LARGE, FLAVOURS } flavour;

static void add_statements(dice *d, theory *t, flavour f, const long *x) {
    int n = f == LARGE ? between(d, 9, MAX_STATEMENTS) : between(d, 3, 6);
    if (f == SPARSE) n = between(d, 0, 3);
    if (f == FLAT) n = t->nvars + between(d, 0, 2);
    for (int i = 0; i < n; i++) {
        switch (f) {
        case NOISE:
            say(d, t, some_sentence(d, t->nvars));
            break;
        case FLAT: {
            sentence s = some_relation(d, t->nvars);
            for (int k = 0; k < s.nlinks; k++)
                s.link[k] = chance(d, 85)   ? LINK_SAME
                            : chance(d, 50) ? LINK_AT_MOST
                                            : LINK_AT_LEAST;
            say(d, t, s);
            break;
        }
        default:
            say(d, t, true_sentence(d, t->nvars, x));
        }
    }
    if (f == PLANTED || (f == LARGE && chance(d, 50)))
        for (int k = between(d, 1, 2); t->ns && k; k--) plant(d, t);
}

void theory_make(theory *t, uint64_t seed) {
    dice d = seed * 0x2545f4914f6cdd1du + 1;
    long x[MAX_NAMES];
    flavour f = (flavour)below(&d, FLAVOURS);
    *t = (theory){.seed = seed, .declared = chance(&d, 50), .spelling = below(&d, 3)};
    t->nvars = f == SPARSE || f == LARGE ? between(&d, 3, MAX_NAMES) : between(&d, 2, 5);
    for (int i = 0; i < t->nvars; i++) x[i] = between(&d, -2, 3);
    add_statements(&d, t, f, x);
    shuffle(&d, t);
    if (t->ns && chance(&d, 10)) t->s[below(&d, t->ns)].optional = true;
    add_goals(&d, t, x);
    if (!t->ns && !t->ng) t->g[t->ng++] = some_question(&d, t);
    for (int n = chance(&d, 20) ? between(&d, 1, MAX_REGIMES) : 0; n; n--) add_regime(&d, t, x);
}

/* --- spelling --- */

typedef struct {
    char *s;
    size_t n;
    int line;
    int spelling;
    bool declared;
    dice d; /* for choices that mean nothing */
    unsigned *seen;
} writer;

__attribute__((format(printf, 2, 3))) static void put(writer *w, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(w->s + w->n, MAX_TEXT - w->n, format, args);
    va_end(args);
    if (n < 0 || (size_t)n >= MAX_TEXT - w->n) abort();
    w->n += (size_t)n;
}

static void end_line(writer *w) {
    put(w, "\n");
    w->line++;
}

static void put_name(writer *w, int var) {
    *w->seen |= 1u << var;
    put(w, "%s", names[w->spelling][var]);
}

static void put_superscript(writer *w, long e) {
    static const char *const digit[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    if (e < 0) put(w, "⁻");
    put(w, "%s", digit[e < 0 ? -e : e]);
}

static void put_power(writer *w, power f) {
    const char *const brackets = w->spelling == 2 ? "{}" : "()";
    bool small = f.den == 1 && f.num > -10 && f.num < 10;
    if (f.num == 1 && f.den == 2 && chance(&w->d, 40)) {
        put(w, w->spelling == 0 ? "√" : w->spelling == 1 ? "sqrt(" : "\\sqrt{");
        put_name(w, f.var);
        put(w, "%s", w->spelling == 0 ? "" : w->spelling == 1 ? ")" : "}");
        return;
    }
    put_name(w, f.var);
    if (f.num == 1 && f.den == 1) return;
    if (small && w->spelling == 0)
        put_superscript(w, f.num);
    else if (small && chance(&w->d, 50))
        put(w, "^%ld", f.num);
    else if (f.den == 1)
        put(w, "^%c%ld%c", brackets[0], f.num, brackets[1]);
    else
        put(w, "^%c%ld/%ld%c", brackets[0], f.num, f.den, brackets[1]);
}

static void put_factors(writer *w, const product *p, int n) {
    static const char *const dots[] = {" · ", " * ", " \\cdot "};
    const char *between_factors = chance(&w->d, 60) ? " " : dots[w->spelling];
    if (chance(&w->d, 8)) put(w, "%d%s", between(&w->d, 2, 9), between_factors);
    if (w->declared && chance(&w->d, 8)) put(w, "%s%s", constant_name, between_factors);
    for (int i = 0; i < n; i++) {
        if (i) put(w, "%s", between_factors);
        put_power(w, p->f[i]);
    }
}

static void put_product(writer *w, const product *p) {
    if (!p->n) {
        put(w, "1");
        return;
    }
    power last = p->f[p->n - 1];
    if (p->n == 1 || last.num >= 0 || chance(&w->d, 50)) {
        put_factors(w, p, p->n);
        return;
    }
    last.num = -last.num;
    put(w, w->spelling == 2 ? "\\frac{" : "");
    put_factors(w, p, p->n - 1);
    put(w, w->spelling == 2 ? "}{" : " / ");
    put_power(w, last);
    put(w, w->spelling == 2 ? "}" : "");
}

static void put_link(writer *w, link l) {
    static const char *const spelled[3][5] = {
        {"∝", "≲", "≳", "≪", "≫"},
        {"~", "<~", ">~", "<<", ">>"},
        {"\\propto", "\\lesssim", "\\gtrsim", "\\ll", "\\gg"},
    };
    static const char *const same[3] = {"≍", "propto", "\\asymp"};
    bool other = l == LINK_SAME && chance(&w->d, 20);
    put(w, " %s ", other ? same[w->spelling] : spelled[w->spelling][l]);
}

static void put_landau(writer *w, const sentence *s) {
    static const char *const spelled[3][5] = {
        {"Θ", "O", "Ω", "o", "ω"},
        {"Theta", "O", "Omega", "o", "omega"},
        {"\\Theta", "\\mathcal{O}", "\\Omega", "o", "\\omega"},
    };
    put_product(w, &s->side[0]);
    put(w, " = %s(", spelled[w->spelling][s->link[0]]);
    put_product(w, &s->side[1]);
    put(w, ")");
}

static void put_chain(writer *w, const sentence *s) {
    put_product(w, &s->side[0]);
    for (int i = 0; i < s->nlinks; i++) {
        put_link(w, s->link[i]);
        put_product(w, &s->side[i + 1]);
    }
}

static void put_growth(writer *w, const sentence *s) {
    static const char *const verb[2][4] = {{"grows", "shrinks", "fixed", "scales"},
                                           {"grow", "shrink", "fixed", "scale"}};
    for (int i = 0; i < s->nvars; i++) {
        put(w, i ? ", " : "");
        put_name(w, s->var[i]);
    }
    put(w, " %s", verb[s->nvars > 1][s->growth]);
}

static void put_beside_one(writer *w, const sentence *s) {
    static const link mirror[] = {LINK_SAME, LINK_AT_LEAST, LINK_AT_MOST, LINK_HIGHER, LINK_LOWER};
    if (s->turned)
        put(w, "1");
    else
        put_name(w, s->var[0]);
    put_link(w, s->turned ? mirror[s->link[0]] : s->link[0]);
    if (s->turned)
        put_name(w, s->var[0]);
    else
        put(w, "1");
}

static void put_sentence(writer *w, const sentence *s) {
    switch (s->kind) {
    case SAYS_GROWTH:
        put_growth(w, s);
        return;
    case SAYS_BESIDE_ONE:
        put_beside_one(w, s);
        return;
    case SAYS_CHAIN:
        break;
    }
    if (s->nlinks == 1 && s->side[1].n && chance(&w->d, 10))
        put_landau(w, s);
    else
        put_chain(w, s);
}

static void put_statement(writer *w, statement *s, const char *prefix, int i) {
    if (!s->alive) return;
    s->line = w->line;
    snprintf(s->label, sizeof s->label, s->labelled ? "%s%d" : "@%.0s%d", prefix,
             s->labelled ? i + 1 : w->line);
    if (s->given) put(w, "given ");
    if (s->optional) put(w, "optional ");
    if (s->labelled) put(w, "%s: ", s->label);
    put_sentence(w, &s->says);
    if (chance(&w->d, 10)) put(w, " \"a note\"");
    if (chance(&w->d, 10)) put(w, " [Author 2020, eq. %d]", i);
    end_line(w);
}

static void put_suppositions(writer *w, const goal *g) {
    if (g->at_fixed) {
        put(w, " at fixed ");
        put_name(w, g->when[0].var[0]);
        return;
    }
    for (int i = 0; i < g->nwhen; i++) {
        put(w, i ? " and " : " when ");
        put_sentence(w, &g->when[i]);
    }
}

static void put_exponent_question(writer *w, const goal *g) {
    put_factors(w, &g->target, g->target.n);
    put_link(w, LINK_SAME);
    for (int i = 0; i < g->nbase; i++) {
        put(w, i ? " " : "");
        put_name(w, g->base[i]);
        put(w, "^?");
    }
    if (!g->other.n) return;
    put(w, " ");
    put_factors(w, &g->other, g->other.n);
}

static void put_goal_text(writer *w, const goal *g) {
    static const char *const therefore[] = {"∴", "therefore", "\\therefore"};
    switch (g->kind) {
    case ASKS_EXPONENT:
        put_exponent_question(w, g);
        return;
    case ASKS_RELATION:
        put_product(w, &g->target);
        put(w, " ? ");
        put_product(w, &g->other);
        return;
    case ASKS_GROWTH:
        put_name(w, g->var);
        put(w, " ?%s", chance(&w->d, 30) ? " 1" : "");
        return;
    case TELLS_SENTENCE:
        put(w, "%s ", therefore[w->spelling]);
        put_sentence(w, &g->says);
        return;
    case TELLS_CONTRADICTION:
        put(w, "%s contradiction", therefore[w->spelling]);
        return;
    case TELLS_CONSISTENT:
        put(w, "%s consistent", therefore[w->spelling]);
        return;
    case TELLS_TRIVIAL:
        put(w, "%s trivial", therefore[w->spelling]);
        return;
    }
}

static void put_goal(writer *w, goal *g) {
    if (!g->alive) return;
    g->line = w->line;
    put_goal_text(w, g);
    put_suppositions(w, g);
    end_line(w);
}

static void put_labels(writer *w, const theory *t, const char *keyword, unsigned set) {
    bool first = true;
    for (int i = 0; i < t->ns; i++) {
        if (!(set >> i & 1) || !t->s[i].alive) continue;
        put(w, first ? " %s %s" : ",%.0s %s", keyword, t->s[i].label);
        first = false;
    }
}

static void put_regime(writer *w, const theory *t, regime *r) {
    if (!r->alive) return;
    put(w, "regime %s", r->name);
    put_labels(w, t, "without", r->without);
    put_labels(w, t, "with", r->with);
    put(w, " {");
    end_line(w);
    for (int i = 0; i < r->ns; i++) put_statement(w, &r->s[i], r->name, i);
    for (int i = 0; i < r->ng; i++) put_goal(w, &r->g[i]);
    put(w, "}");
    end_line(w);
}

static void put_declarations(writer *w, const theory *t) {
    if (!t->declared) return;
    for (int i = 0; i < t->nvars; i++) {
        put(w, "quantity ");
        put_name(w, i);
        put(w, "%s", chance(&w->d, 30) ? " \"some quantity\"" : "");
        end_line(w);
    }
    put(w, "const %s \"does not scale\"", constant_name);
    end_line(w);
}

void theory_write(theory *t, char text[MAX_TEXT]) {
    writer w = {text, 0, 1, t->spelling, t->declared, 0, &t->quantities};
    t->quantities = 0;
    text[0] = 0;
    put_declarations(&w, t);
    for (int i = 0; i < t->ns; i++) {
        w.d = t->seed + 7u * (unsigned)i;
        put_statement(&w, &t->s[i], "S", i);
    }
    for (int i = 0; i < t->ng; i++) {
        w.d = t->seed + 1000u + 7u * (unsigned)i;
        put_goal(&w, &t->g[i]);
    }
    for (int i = 0; i < t->nr; i++) {
        t->r[i].quantities = t->quantities;
        w.seen = &t->r[i].quantities;
        put_regime(&w, t, &t->r[i]);
    }
}
