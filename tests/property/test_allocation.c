/* Random allocations: what the library finds best is held against a linear program of our own.
 *
 * A loss is a sum of terms in up to four quantities that are chosen, under a cost that is fixed.
 * Exponents of the best are linear programs: the least loss, and then the least and the greatest
 * exponent of each quantity among all that reach it. For some the real function, with coefficients,
 * is also minimised in floating point at two large scales, and the slope between them compared.
 * PROPTO_SEED and PROPTO_COUNT (or the first argument) choose other allocations, or fewer.
 */
#include "answer.h"
#include "closed_form.h"
#include "linear_program.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

enum { LETTERS = 3, LETTERED_EVERY = 20, POINTS = 10 };
enum { DEFAULT_COUNT = 500, MEASURED = 50, PATIENCE = 5, CHOICES = 4, TERMS = 5, COSTS = 2 };

/* Exponents are counted in sixths. */
enum { UNIT = 6 };

/* The exponents of the quantities chosen, and last that of C. */
typedef struct {
    long e[CHOICES + 1];
} term;

typedef struct {
    uint64_t seed, dice;
    int nchoices, nterms, ncosts;
    term loss[TERMS], cost[COSTS];
    bool bounded[CHOICES]; /* may not shrink */
    bool capped[CHOICES];  /* may not grow */
    bool maximize;         /* the inverse of the loss */
    int lettered[TERMS];   /* one more than the quantity whose exponent is minus a letter */
} allocation;

typedef enum {
    SAW_UNIQUE, /* a chosen quantity with one best exponent */
    SAW_RANGE,
    SAW_HALF_LINE,
    SAW_ANY,
    SAW_UNBOUNDED,
    SAW_INFEASIBLE,
    SAW_LOSS,
    SAW_MEASURED,
    SAW_CLOSED_FORM,
    SAW_CLOSED_CASE,
    SAW_CLOSED_RANGE,
    SAW_UNKNOWN,
    SAW_KINDS
} sight;

static const char *const sight_names[SAW_KINDS] = {"unique choices",
                                                   "ranges of choices",
                                                   "half lines",
                                                   "choices of no matter",
                                                   "unbounded",
                                                   "with no solution",
                                                   "losses",
                                                   "slopes measured",
                                                   "closed forms at points",
                                                   "cases at points",
                                                   "ranges at points",
                                                   "unknown with letters"};

typedef struct {
    uint64_t seed;
    long count, n[SAW_KINDS];
    char wrong[4096];
} campaign;

static campaign the_campaign;
static const char *const names[] = {"w", "L", "N", "D", "C"};
static const char *const letters[] = {"α", "β", "γ"};

/* --- making --- */

static int below(allocation *a, int n) {
    uint64_t z = (a->dice += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (int)((z ^ z >> 31) % (uint64_t)n);
}

static bool chance(allocation *a, int percent) {
    return below(a, 100) < percent;
}

static void make_loss(allocation *a, term *t) {
    static const long exponent[] = {-6, -3, -2, -4, -12, 6, 3};
    int v = below(a, a->nchoices);
    t->e[v] = exponent[below(a, 5)];
    if (chance(a, 30)) t->e[below(a, a->nchoices)] = exponent[below(a, 7)];
    if (chance(a, 12)) t->e[CHOICES] = -1 - below(a, 4);
}

static void make_cost(allocation *a, term *t) {
    static const long exponent[] = {6, 6, 12, 3, 0, 2, -3};
    bool any = false;
    for (int v = 0; v < a->nchoices; v++) {
        t->e[v] = exponent[below(a, chance(a, 15) ? 7 : 6)];
        any = any || t->e[v];
    }
    if (!any) t->e[below(a, a->nchoices)] = UNIT;
}

static void allocation_make(allocation *a, uint64_t seed) {
    *a = (allocation){.seed = seed, .dice = seed * 0x2545f4914f6cdd1du + 7};
    a->nchoices = 1 + below(a, CHOICES);
    a->nterms = a->nchoices - 1 + below(a, TERMS - a->nchoices + 2);
    if (a->nterms < 1) a->nterms = 1;
    a->ncosts = 1 + chance(a, 20);
    a->maximize = chance(a, 20);
    for (int i = 0; i < a->nterms; i++) make_loss(a, &a->loss[i]);
    for (int i = 0; i < a->ncosts; i++) make_cost(a, &a->cost[i]);
    for (int v = 0; v < a->nchoices; v++) a->bounded[v] = chance(a, 35);
    for (int v = 0; v < a->nchoices; v++) a->capped[v] = chance(a, 8);
}

/* --- as a theory --- */

__attribute__((format(printf, 2, 3))) static void put(char *text, const char *format, ...) {
    size_t n = strlen(text);
    va_list args;
    va_start(args, format);
    vsprintf(text + n, format, args);
    va_end(args);
}

static void put_sum(char *text, const allocation *a, const term *t, int n) {
    for (int i = 0; i < n; i++) {
        bool any = false;
        for (int v = 0; v <= CHOICES; v++) {
            if (!t[i].e[v] || (v >= a->nchoices && v < CHOICES)) continue;
            put(text, "%s%s", any ? " " : i ? " + " : "", names[v]);
            if (t == a->loss && v + 1 == a->lettered[i])
                put(text, "^-%s", letters[i]);
            else
                put(text, "^(%ld/%d)", t[i].e[v], UNIT);
            any = true;
        }
        if (!any) put(text, "%s1", i ? " + " : "");
    }
}

static void allocation_write(const allocation *a, char *text) {
    *text = 0;
    put(text, "quantity ");
    for (int v = 0; v < a->nchoices; v++) put(text, "%s, ", names[v]);
    put(text, "C, ℓ, g\n");
    for (int i = 0; i < a->nterms; i++)
        if (a->lettered[i]) put(text, "param %s > 0\n", letters[i]);
    put(text, "ℓ ∝ ");
    put_sum(text, a, a->loss, a->nterms);
    put(text, "\nC ∝ ");
    put_sum(text, a, a->cost, a->ncosts);
    put(text, "\ng ∝ ℓ^-1\nC grows\n");
    for (int v = 0; v < a->nchoices; v++)
        if (a->bounded[v]) put(text, "%s ≳ 1\n", names[v]);
    for (int v = 0; v < a->nchoices; v++)
        if (a->capped[v]) put(text, "%s ≲ 1\n", names[v]);
    put(text, "choose ");
    for (int v = 0; v < a->nchoices; v++) put(text, "%s%s", v ? ", " : "", names[v]);
    put(text, a->maximize ? " to maximize g at fixed C\n" : " to minimize ℓ at fixed C\n");
    for (int v = 0; v < a->nchoices; v++) put(text, "%s ∝ C^?\n", names[v]);
    put(text, "ℓ ∝ C^?\n");
}

/* --- as linear programs, with the exponent of C one; the loss is the last variable --- */

static void loss_row(linear_program *p, const allocation *a, const term *t) {
    long row[LP_VARS] = {0};
    for (int v = 0; v < a->nchoices; v++) row[v] = t->e[v];
    row[a->nchoices] = -UNIT;
    lp_add(p, row, -t->e[CHOICES], false);
}

/* The case in which the k-th term of the cost is the greatest. */
static void cost_rows(linear_program *p, const allocation *a, int k) {
    for (int i = 0; i < a->ncosts; i++) {
        long row[LP_VARS] = {0};
        for (int v = 0; v < a->nchoices; v++) row[v] = a->cost[i].e[v];
        lp_add(p, row, UNIT, i == k);
    }
}

static void program_of(linear_program *p, const allocation *a, int k) {
    lp_init(p, a->nchoices + 1);
    for (int i = 0; i < a->nterms; i++) loss_row(p, a, &a->loss[i]);
    cost_rows(p, a, k);
    for (int v = 0; v < a->nchoices; v++) {
        long row[LP_VARS] = {0};
        row[v] = -1;
        if (a->bounded[v]) lp_add(p, row, 0, false);
        row[v] = 1;
        if (a->capped[v]) lp_add(p, row, 0, false);
    }
}

/* The least loss in any case. */
static lp_status best_loss(const allocation *a, mpq_t best) {
    lp_status all = LP_INFEASIBLE;
    mpq_t value;
    mpq_init(value);
    for (int k = 0; k < a->ncosts; k++) {
        linear_program p;
        long loss[LP_VARS] = {0};
        loss[a->nchoices] = 1;
        program_of(&p, a, k);
        lp_status s = lp_minimize(&p, loss, value);
        if (s == LP_UNBOUNDED || all == LP_UNBOUNDED)
            all = LP_UNBOUNDED;
        else if (s == LP_OPTIMAL && (all == LP_INFEASIBLE || mpq_cmp(value, best) < 0)) {
            all = LP_OPTIMAL;
            mpq_set(best, value);
        }
        lp_clear(&p);
    }
    mpq_clear(value);
    return all;
}

static fraction fraction_from(const mpq_t q) {
    if (!mpz_fits_slong_p(mpq_numref(q)) || !mpz_fits_slong_p(mpq_denref(q))) abort();
    return fraction_of(mpz_get_si(mpq_numref(q)), mpz_get_si(mpq_denref(q)));
}

/* The least, or minus the greatest, exponent; false where there is none in this case. */
static bool end_of(const linear_program *p, int v, long sign, bool *infinite, fraction *end) {
    long c[LP_VARS] = {0};
    mpq_t value;
    mpq_init(value);
    c[v] = sign;
    lp_status s = lp_minimize(p, c, value);
    *infinite = s == LP_UNBOUNDED;
    *end = (fraction){0, 1};
    if (s == LP_OPTIMAL) *end = fraction_from(value);
    end->num *= sign;
    mpq_clear(value);
    return s != LP_INFEASIBLE;
}

static bool range_in_case(const allocation *a, int k, int v, const mpq_t best, interval *out) {
    linear_program p;
    long loss[LP_VARS] = {0};
    loss[a->nchoices] = 1;
    program_of(&p, a, k);
    lp_add_mpq(&p, loss, best, true);
    bool any = end_of(&p, v, 1, &out->low_infinite, &out->low) &&
               end_of(&p, v, -1, &out->high_infinite, &out->high);
    out->low_open = out->low_infinite;
    out->high_open = out->high_infinite;
    lp_clear(&p);
    return any;
}

static int range_of(const allocation *a, int v, const mpq_t best, interval out[COSTS]) {
    int n = 0;
    for (int k = 0; k < a->ncosts; k++) n += range_in_case(a, k, v, best, &out[n]);
    return intervals_unite(out, n);
}

/* --- the real function: log of Σ A_i exp(s (a_i·u + f_i)), where the cost says c·u = 1 --- */

typedef struct {
    int n, nterms; /* variables that are free */
    double a[TERMS][CHOICES], f[TERMS], log_a[TERMS];
} landscape;

/* One variable is put in terms of the others. */
static void landscape_of(landscape *s, const allocation *a) {
    int out = 0;
    const long *c = a->cost[0].e;
    while (!c[out]) out++;
    s->n = a->nchoices - 1;
    s->nterms = a->nterms;
    for (int i = 0; i < a->nterms; i++) {
        const long *e = a->loss[i].e;
        for (int v = 0, k = 0; v < a->nchoices; v++)
            if (v != out)
                s->a[i][k++] =
                    ((double)e[v] - (double)e[out] * (double)c[v] / (double)c[out]) / UNIT;
        s->f[i] = (double)e[CHOICES] / UNIT + (double)e[out] / (double)c[out];
        s->log_a[i] = log(1 + (double)((i * 7 + (int)a->seed) % 5));
    }
}

/* Of its value, slope and curvature at u, softened by a temperature. */
typedef struct {
    double value, slope[CHOICES], curve[CHOICES][CHOICES];
} view;

static double height(const landscape *s, double scale, int i, const double *u) {
    double h = s->log_a[i] + scale * s->f[i];
    for (int k = 0; k < s->n; k++) h += scale * s->a[i][k] * u[k];
    return h;
}

static void look(const landscape *s, double scale, double heat, const double *u, view *out) {
    double h[TERMS], top = -INFINITY, sum = 0;
    *out = (view){0};
    for (int i = 0; i < s->nterms; i++) top = fmax(top, h[i] = height(s, scale, i, u));
    for (int i = 0; i < s->nterms; i++) sum += exp((h[i] - top) / heat);
    out->value = top + heat * log(sum);
    for (int i = 0; i < s->nterms; i++) {
        double w = exp((h[i] - top) / heat) / sum;
        for (int k = 0; k < s->n; k++) {
            out->slope[k] += w * scale * s->a[i][k];
            for (int l = 0; l < s->n; l++)
                out->curve[k][l] += w * scale * scale * s->a[i][k] * s->a[i][l] / heat;
        }
    }
    for (int k = 0; k < s->n; k++)
        for (int l = 0; l < s->n; l++) out->curve[k][l] -= out->slope[k] * out->slope[l] / heat;
}

/* Gauss with a ridge: the matrix is positive but may be singular. */
static void solve(int n, double m[CHOICES][CHOICES], const double *b, double ridge, double *x) {
    for (int k = 0; k < n; k++) {
        x[k] = b[k];
        m[k][k] += ridge;
    }
    for (int k = 0; k < n; k++)
        for (int i = k + 1; i < n; i++) {
            double q = m[i][k] / m[k][k];
            for (int l = k; l < n; l++) m[i][l] -= q * m[k][l];
            x[i] -= q * x[k];
        }
    for (int k = n - 1; k >= 0; k--) {
        for (int l = k + 1; l < n; l++) x[k] -= m[k][l] * x[l];
        x[k] /= m[k][k];
    }
}

/* Newton's step, shortened until it goes down. */
static bool step(const landscape *s, double scale, double heat, double *u) {
    view here, there;
    double d[CHOICES], trial[CHOICES], trace = 0;
    look(s, scale, heat, u, &here);
    for (int k = 0; k < s->n; k++) trace += here.curve[k][k];
    solve(s->n, here.curve, here.slope, 1e-9 * trace + 1e-6, d);
    for (double t = 1; t > 1e-9; t /= 2) {
        for (int k = 0; k < s->n; k++) trial[k] = u[k] - t * d[k];
        look(s, scale, heat, trial, &there);
        if (!(there.value < here.value - 1e-10)) continue;
        memcpy(u, trial, sizeof trial);
        return true;
    }
    return false;
}

static double least(const landscape *s, double scale) {
    double u[CHOICES] = {0};
    view at;
    for (double heat = scale; heat >= 1; heat /= 2)
        for (int i = 0; i < 100 && step(s, scale, heat, u); i++) continue;
    look(s, scale, 1, u, &at);
    return at.value;
}

/* --- comparing --- */

__attribute__((format(printf, 2, 3))) static bool differ(campaign *c, const char *format, ...) {
    va_list args;
    va_start(args, format);
    vsnprintf(c->wrong, sizeof c->wrong, format, args);
    va_end(args);
    return false;
}

static sight kind_of(const interval *v, int n) {
    if (n == 1 && v->low_infinite && v->high_infinite) return SAW_ANY;
    if (v[0].low_infinite || v[n - 1].high_infinite) return SAW_HALF_LINE;
    return n == 1 && !fraction_cmp(v->low, v->high) ? SAW_UNIQUE : SAW_RANGE;
}

static bool compare_choice(campaign *c, const allocation *a, int v, const mpq_t best,
                           const cJSON *json) {
    interval expected[COSTS], said[ORACLE_INTERVALS];
    int n = range_of(a, v, best, expected), m = answer_values(json, said);
    if (!intervals_equal(expected, n, said, m))
        return differ(c, "%s: %s expected: %s", names[v], intervals_shown(expected, n),
                      answer_shown(json));
    c->n[kind_of(expected, n)]++;
    return true;
}

static bool compare_loss(campaign *c, const mpq_t best, const cJSON *json) {
    interval said[ORACLE_INTERVALS], expected = {.low = fraction_from(best)};
    expected.high = expected.low;
    if (!intervals_equal(&expected, 1, said, answer_values(json, said)))
        return differ(c, "a loss of %s expected: %s", intervals_shown(&expected, 1),
                      answer_shown(json));
    c->n[SAW_LOSS]++;
    return true;
}

/* A sum of five terms is within log 5 of its greatest, and so on: hence the tolerance. */
static bool compare_slope(campaign *c, const allocation *a, const mpq_t best) {
    const double near = 2000, far = 4000;
    landscape s;
    landscape_of(&s, a);
    double slope = (least(&s, far) - least(&s, near)) / (far - near);
    if (fabs(slope - mpq_get_d(best)) > 0.005)
        return differ(c, "a slope of %g measured, not %g", slope, mpq_get_d(best));
    c->n[SAW_MEASURED]++;
    return true;
}

static bool compare_impossible(campaign *c, lp_status s, const cJSON *o) {
    if (!answer_has(o, "verdict", "contradictory"))
        return differ(c, "no best choice expected: %s", answer_shown(o));
    c->n[s == LP_UNBOUNDED ? SAW_UNBOUNDED : SAW_INFEASIBLE]++;
    return true;
}

static bool compare_best(campaign *c, const allocation *a, const mpq_t best, const cJSON *o) {
    const cJSON *answers = cJSON_GetObjectItem(o, "answers");
    bool plain = a->ncosts == 1;
    for (int v = 0; v < a->nchoices; v++) {
        if (!compare_choice(c, a, v, best, cJSON_GetArrayItem(answers, v))) return false;
        plain = plain && !a->bounded[v] && !a->capped[v];
    }
    if (!compare_loss(c, best, cJSON_GetArrayItem(answers, a->nchoices))) return false;
    return !plain || c->n[SAW_MEASURED] >= MEASURED || compare_slope(c, a, best);
}

static bool compare_allocation(campaign *c, const allocation *a, char *text) {
    allocation_write(a, text);
    cJSON *o = answer_check(text, c->wrong, sizeof c->wrong);
    mpq_t best;
    mpq_init(best);
    lp_status s = best_loss(a, best);
    bool ok = o && (s == LP_OPTIMAL ? compare_best(c, a, best, o) : compare_impossible(c, s, o));
    mpq_clear(best);
    cJSON_Delete(o);
    return ok;
}

static void the_best_is_a_linear_program(void **state) {
    campaign *c = *state;
    int wrong = 0;
    for (long i = 0; i < c->count && wrong < PATIENCE; i++) {
        allocation a;
        char text[4096];
        allocation_make(&a, c->seed + (uint64_t)i);
        if (compare_allocation(c, &a, text)) continue;
        wrong++;
        print_error("seed %llu\n%s\n%s\n", (unsigned long long)a.seed, c->wrong, text);
    }
    assert_int_equal(wrong, 0);
}

/* --- with letters in the exponents, at points where these are numbers --- */

/* A letter for each quantity, and perhaps a floor that is a number. */
static void make_lettered(allocation *a, uint64_t seed) {
    static const long exponent[] = {6, 12, 3, 2};
    *a = (allocation){.seed = seed, .dice = seed * 0x2545f4914f6cdd1du + 11};
    a->nchoices = a->nterms = 2 + below(a, LETTERS - 1);
    a->ncosts = 1;
    a->maximize = chance(a, 20);
    for (int i = 0; i < a->nterms; i++) {
        a->loss[i].e[i] = -UNIT;
        a->lettered[i] = i + 1;
        a->cost[0].e[i] = exponent[below(a, 4)];
    }
    if (a->nchoices < LETTERS && chance(a, 50)) a->loss[a->nterms++].e[CHOICES] = -1 - below(a, 4);
}

static void at_random(allocation *a, point *at) {
    at->n = 0;
    for (int i = 0; i < a->nchoices; i++) {
        long k = 1 + below(a, 3 * UNIT);
        a->loss[i].e[a->lettered[i] - 1] = -k;
        at->name[at->n] = letters[i];
        mpq_set_si(at->value[at->n], k, UNIT);
        mpq_canonicalize(at->value[at->n++]);
    }
}

static bool has_end(const char *text, const point *at, fraction end, bool infinite) {
    mpq_t v;
    if (strstr(text, "inf")) return true;
    mpq_init(v);
    bool read = closed_form_value(text, at, v) == CLOSED_FORM_OK;
    bool same = read && !infinite && !fraction_cmp(fraction_from(v), end);
    mpq_clear(v);
    return same;
}

/* A closed form is the one value; the one range has these ends. */
static bool says(campaign *c, const cJSON *o, const point *at, const interval *v, sight what) {
    const cJSON *range = cJSON_GetArrayItem(cJSON_GetObjectItem(o, "ranges"), 0);
    const char *value =
        answer_text(cJSON_GetArrayItem(cJSON_GetObjectItem(o, "holes"), 0), "value");
    bool unique = kind_of(v, 1) == SAW_UNIQUE;
    c->n[*value ? what : SAW_CLOSED_RANGE]++;
    if (*value) return unique && has_end(value, at, v->low, false);
    return !range || (has_end(answer_text(range, "low"), at, v->low, v->low_infinite) &&
                      has_end(answer_text(range, "high"), at, v->high, v->high_infinite));
}

static bool says_in_a_case(campaign *c, const cJSON *answer, const point *at, const interval *v) {
    const cJSON *one;
    bool any = false;
    cJSON_ArrayForEach(one, cJSON_GetObjectItem(answer, "cases")) {
        bool holds;
        closed_form_status s = closed_form_holds(answer_text(one, "when"), at, &holds);
        if (s == CLOSED_FORM_UNREAD) return false;
        if (s == CLOSED_FORM_POLE || !holds) continue;
        if (!says(c, one, at, v, SAW_CLOSED_CASE)) return false;
        any = true;
    }
    return any;
}

static bool says_at(campaign *c, const cJSON *answer, const point *at, const interval *v) {
    if (answer_has(answer, "kind", "unknown")) {
        c->n[SAW_UNKNOWN]++;
        return true;
    }
    if (answer_has(answer, "kind", "undetermined")) return kind_of(v, 1) == SAW_ANY;
    if (answer_has(answer, "kind", "cases")) return says_in_a_case(c, answer, at, v);
    if (answer_has(answer, "kind", "exact")) return says(c, answer, at, v, SAW_CLOSED_FORM);
    return answer_has(answer, "kind", "range");
}

static const char *shown_point(const point *at) {
    static _Thread_local char text[256];
    size_t n = 0;
    for (int i = 0; i < at->n; i++)
        n += (size_t)gmp_snprintf(text + n, sizeof text - n, "%s = %Qd; ", at->name[i],
                                  at->value[i]);
    return text;
}

static bool compare_point(campaign *c, const allocation *a, const cJSON *o, const point *at) {
    const cJSON *answers = cJSON_GetObjectItem(o, "answers");
    bool ok = true;
    mpq_t best;
    mpq_init(best);
    if (best_loss(a, best) == LP_OPTIMAL) {
        for (int v = 0; ok && v <= a->nchoices; v++) {
            interval expected[COSTS] = {{.low = fraction_from(best), .high = fraction_from(best)}};
            int n = v < a->nchoices ? range_of(a, v, best, expected) : 1;
            const cJSON *json = cJSON_GetArrayItem(answers, v);
            ok = n > 1 || says_at(c, json, at, expected);
            if (!ok)
                differ(c, "%s expected at %s: %s", intervals_shown(expected, n), shown_point(at),
                       answer_shown(json));
        }
    }
    mpq_clear(best);
    return ok;
}

static bool compare_lettered(campaign *c, allocation *a, char *text) {
    point at;
    allocation_write(a, text);
    cJSON *o = answer_check(text, c->wrong, sizeof c->wrong);
    bool ok = o;
    for (int i = 0; i < POINT_NAMES; i++) mpq_init(at.value[i]);
    for (int i = 0; ok && i < POINTS; i++) {
        at_random(a, &at);
        ok = compare_point(c, a, o, &at);
    }
    for (int i = 0; i < POINT_NAMES; i++) mpq_clear(at.value[i]);
    cJSON_Delete(o);
    return ok;
}

static void closed_forms_are_best_at_every_point(void **state) {
    campaign *c = *state;
    int wrong = 0;
    for (long i = 0; i < c->count / LETTERED_EVERY && wrong < PATIENCE; i++) {
        allocation a;
        char text[4096];
        make_lettered(&a, c->seed + (uint64_t)i);
        if (compare_lettered(c, &a, text)) continue;
        wrong++;
        print_error("seed %llu\n%s\n%s\n", (unsigned long long)a.seed, c->wrong, text);
    }
    assert_int_equal(wrong, 0);
}

/* At least so many of each among 500. */
static const long enough[SAW_KINDS] = {
    [SAW_UNIQUE] = 400,     [SAW_RANGE] = 15,          [SAW_HALF_LINE] = 70,
    [SAW_ANY] = 10,         [SAW_UNBOUNDED] = 100,     [SAW_INFEASIBLE] = 5,
    [SAW_LOSS] = 250,       [SAW_MEASURED] = MEASURED, [SAW_CLOSED_FORM] = 400,
    [SAW_CLOSED_CASE] = 80, [SAW_CLOSED_RANGE] = 50,
};

static void every_kind_of_best_was_met(void **state) {
    const campaign *c = *state;
    int short_of = 0;
    assert_true(c->count > 0);
    for (int i = 0; i < SAW_KINDS; i++) {
        print_message("%8ld %s\n", c->n[i], sight_names[i]);
        short_of += c->n[i] < enough[i] * c->count / DEFAULT_COUNT;
    }
    assert_int_equal(c->n[SAW_UNKNOWN], 0);
    if (c->count < DEFAULT_COUNT / 4) skip(); /* few need not show every kind */
    assert_int_equal(short_of, 0);
}

static uint64_t number(const char *text, uint64_t otherwise) {
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static int set_out(void **state) {
    *state = &the_campaign;
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_is_a_linear_program),
        cmocka_unit_test(closed_forms_are_best_at_every_point),
        cmocka_unit_test(every_kind_of_best_was_met),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_campaign.seed = number(getenv("PROPTO_SEED"), 1);
    the_campaign.count = (long)number(count, DEFAULT_COUNT);
    if (the_campaign.count > DEFAULT_COUNT && argc > 1) the_campaign.count = DEFAULT_COUNT;
    return cmocka_run_group_tests_name("allocations", tests, set_out, NULL);
}
