/* Reading takes nothing for granted: who wrote the file may wish us ill. The first thing that is
 * wrong is kept; after it values are empty, and nothing is used. */
#include "render/certificate.h"
#include "algebra/doubled.h"
#include "render/seal.h"
#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>

enum {
    MOST_DIGITS = 100000,
    MOST_POWER = 1000,
    MOST_PARAMETERS = 100,
    MOST_BASES = 200,
    MOST_THEORIES = 100000
};
/* Of the arithmetic of polynomials: some ten seconds, and a hundred times what any theory of the
 * library takes. */
static const uint64_t most_steps = 4000000000;

typedef struct {
    arena *a;
    const char *wrong;           /* NULL: nothing so far */
    const problem *p;            /* being read */
    const formula *const *table; /* the formulas that needs are about */
    int ntable;
    uint64_t *steps; /* left for the polynomials of all theories, for their check too */
} reader;

static void *refuse(reader *r, const char *why) {
    if (!r->wrong) r->wrong = why;
    return NULL;
}

/* --- what JSON offers --- */

/* Every member is one of these names (separated by blanks), and none comes twice. */
static bool has_only(reader *r, const cJSON *item, const char *names) {
    if (!cJSON_IsObject(item)) return refuse(r, "an object is missing");
    for (const cJSON *m = item->child; m; m = m->next) {
        str name = str_of(m->string);
        const char *at = name.n && !strchr(m->string, ' ') ? strstr(names, m->string) : NULL;
        while (at && ((at != names && at[-1] != ' ') || (at[name.n] && at[name.n] != ' ')))
            at = strstr(at + 1, m->string);
        if (!at) return refuse(r, formatted(r->a, "a member that has no business there"));
        if (cJSON_GetObjectItemCaseSensitive(item, m->string) != m)
            return refuse(r, formatted(r->a, "`%s` comes twice", m->string));
    }
    return true;
}

static const cJSON *member(const cJSON *item, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(item, name);
}

static int count(reader *r, const cJSON *array) {
    if (!cJSON_IsArray(array)) return refuse(r, "a list is missing"), 0;
    return cJSON_GetArraySize(array);
}

static str words(reader *r, const cJSON *item) {
    if (!cJSON_IsString(item)) return refuse(r, "a text is missing"), STR("");
    return str_copy(r->a, str_of(item->valuestring));
}

static bool is_word(const cJSON *item, const char *z) {
    return cJSON_IsString(item) && strcmp(item->valuestring, z) == 0;
}

/* A whole number from 0 to most. */
static int whole(reader *r, const cJSON *item, int most) {
    double x = cJSON_IsNumber(item) ? item->valuedouble : -1;
    if (!(x >= 0) || x > most || floor(x) != x) return refuse(r, "a number is out of range"), 0;
    return (int)x;
}

static bool flag(reader *r, const cJSON *item, const char *name) {
    const cJSON *m = member(item, name);
    if (m && !cJSON_IsTrue(m)) refuse(r, formatted(r->a, "`%s` is not true", name));
    return m != NULL;
}

/* Which of the n names is it? */
static int named(reader *r, const cJSON *item, const char *(*name)(int), int n) {
    for (int i = 0; i < n; i++)
        if (is_word(item, name(i))) return i;
    return refuse(r, "a word is not known"), 0;
}

/* Numbers from 0 to most, ascending; a missing list is empty. */
static factset ascending(reader *r, const cJSON *array, int most) {
    if (!array) return (factset){0};
    int n = count(r, array), i = 0, last = -1;
    int *v = NEW_ARRAY(r->a, int, n);
    for (const cJSON *x = n ? array->child : NULL; x; x = x->next) {
        v[i] = whole(r, x, most);
        if (v[i] <= last) refuse(r, "a list of numbers does not rise");
        last = v[i++];
    }
    return (factset){v, n};
}

/* --- coefficients --- */

static rat rational(reader *r, const cJSON *item) {
    rat q = RAT_ZERO;
    str s = cJSON_IsString(item) ? str_of(item->valuestring) : STR("");
    if (s.n == 0 || s.n > MOST_DIGITS || !rat_parse(r->a, s, &q))
        return refuse(r, "an exact number is missing"), RAT_ZERO;
    return q;
}

static coef power(reader *r, coef x, int n) {
    coef y = coef_int(1);
    for (; n > 0; n /= 2, x = coef_mul(r->a, x, x))
        if (n % 2) y = coef_mul(r->a, y, x);
    return y;
}

static coef monomial_of(reader *r, const cJSON *item) {
    const field *k = r->p->field;
    int given = count(r, item);
    if (!k || given < 1 || given > field_size(k) + 1)
        return refuse(r, "a monomial is not well made"), coef_int(0);
    coef c = coef_of(rational(r, item->child));
    int i = 0;
    for (const cJSON *x = item->child->next; x; x = x->next, i++) {
        int n = whole(r, x, MOST_POWER);
        if (n) c = coef_mul(r->a, c, power(r, coef_parameter(r->a, k, i), n));
    }
    return c;
}

static coef polynomial_of(reader *r, const cJSON *item) {
    coef sum = coef_int(0);
    if (!count(r, item)) return sum;
    for (const cJSON *m = item->child; m && !r->wrong; m = m->next)
        sum = coef_add(r->a, sum, monomial_of(r, m));
    return sum;
}

static coef coefficient(reader *r, const cJSON *item) {
    if (cJSON_IsString(item)) return coef_of(rational(r, item));
    if (cJSON_IsArray(item)) return polynomial_of(r, item);
    if (!has_only(r, item, "num den")) return coef_int(0);
    coef num = polynomial_of(r, member(item, "num")), den = polynomial_of(r, member(item, "den"));
    if (!r->wrong && coef_is_zero(den)) refuse(r, "a denominator is zero");
    return r->wrong ? coef_int(0) : coef_div(r->a, num, den);
}

/* --- formulas --- */

static form form_item(reader *r, const cJSON *item) {
    if (count(r, item) != 2) return refuse(r, "a form is not well made"), form_zero();
    const cJSON *terms = item->child;
    int n = count(r, terms), i = 0;
    term *t = NEW_ARRAY(r->a, term, n);
    for (const cJSON *x = n ? terms->child : NULL; x && !r->wrong; x = x->next) {
        if (count(r, x) != 2) return refuse(r, "a term is not well made"), form_zero();
        t[i].sym = whole(r, x->child, r->p->nsymbols - 1);
        t[i++].c = coefficient(r, x->child->next);
    }
    return r->wrong ? form_zero() : form_of(r->a, t, n, coefficient(r, terms->next));
}

static const formula *formula_item(reader *r, const cJSON *item);

static const formula *const *formulas(reader *r, const cJSON *first, int n) {
    const formula **f = NEW_ARRAY(r->a, const formula *, n);
    for (int i = 0; i < n; i++, first = first->next) f[i] = formula_item(r, first);
    return f;
}

static const char *rel_word(int i) {
    return rel_name((rel)i);
}

static const formula *formula_item(reader *r, const cJSON *item) {
    int n = r->wrong ? 0 : count(r, item);
    if (n == 0) return refuse(r, "a formula is missing"), formula_all(r->a, NULL, 0);
    const cJSON *first = item->child->next;
    if (is_word(item->child, "all")) return formula_all(r->a, formulas(r, first, n - 1), n - 1);
    if (is_word(item->child, "any")) return formula_any(r->a, formulas(r, first, n - 1), n - 1);
    rel is = (rel)named(r, item->child, rel_word, REL_LT + 1);
    if (n != 2) refuse(r, "a formula is not well made");
    return formula_atom(r->a, n == 2 ? form_item(r, first) : form_zero(), is);
}

static const formula *const *formula_list(reader *r, const cJSON *array, int *n) {
    *n = array ? count(r, array) : 0;
    return *n ? formulas(r, array->child, *n) : NULL;
}

/* --- the problem --- */

static const char *sort_word(int i) {
    return sort_name((sort)i);
}

static void read_symbols(reader *r, const cJSON *array, problem *p) {
    int n = count(r, array), i = 0;
    symbol *s = NEW_ARRAY(r->a, symbol, n);
    for (const cJSON *x = n ? array->child : NULL; x && !r->wrong; x = x->next) {
        if (!has_only(r, x, "name sort hidden")) return;
        s[i].name = words(r, member(x, "name"));
        s[i].hidden = flag(r, x, "hidden");
        s[i++].sort = (sort)named(r, member(x, "sort"), sort_word, SORT_PARAMETER + 1);
    }
    p->symbols = s;
    p->nsymbols = n;
}

/* The parameters, in order of their powers in monomials. */
static void read_field(reader *r, const cJSON *array, problem *p) {
    factset s = ascending(r, array, p->nsymbols - 1);
    if (s.n > MOST_PARAMETERS) refuse(r, "it has too many parameters");
    str *name = NEW_ARRAY(r->a, str, s.n);
    for (int i = 0; i < s.n && !r->wrong; i++) {
        const symbol *x = &p->symbols[s.v[i]];
        if (x->sort != SORT_PARAMETER) refuse(r, "a parameter is none");
        name[i] = x->name;
    }
    if (!r->wrong && s.n) p->field = field_limited(r->a, name, s.v, s.n, r->steps);
}

static const choice_of *choice_item(reader *r, const cJSON *item) {
    if (!has_only(r, item, "choose minimize maximize fixed")) return NULL;
    choice_of *c = NEW(r->a, choice_of);
    const cJSON *least = member(item, "minimize"), *most = member(item, "maximize");
    factset chosen = {0}, fixed = {0};
    for (int k = 0; k < 2; k++) {
        const cJSON *x = member(item, k ? "fixed" : "choose");
        int n = x ? count(r, x) : 0, *v = NEW_ARRAY(r->a, int, n), i = 0;
        for (x = n ? x->child : NULL; x; x = x->next) v[i++] = whole(r, x, r->p->nsymbols - 1);
        *(k ? &fixed : &chosen) = (factset){v, n};
    }
    if (!least == !most) return refuse(r, "a choice is not well made");
    *c = (choice_of){chosen.v,     chosen.n, form_item(r, least ? least : most),
                     most != NULL, fixed.v,  fixed.n};
    return c;
}

static fact fact_item(reader *r, const cJSON *item) {
    fact f = {.claim = formula_all(r->a, NULL, 0)};
    if (!has_only(r, item, "label law given growth claim choice")) return f;
    f.label = words(r, member(item, "label"));
    f.law = words(r, member(item, "law"));
    f.hard = flag(r, item, "given");
    f.growth = flag(r, item, "growth");
    if (member(item, "choice"))
        f.choice = choice_item(r, member(item, "choice"));
    else
        f.claim = formula_item(r, member(item, "claim"));
    return f;
}

static void read_facts(reader *r, const cJSON *array, problem *p) {
    int n = count(r, array), i = 0;
    fact *f = NEW_ARRAY(r->a, fact, n);
    for (const cJSON *x = n ? array->child : NULL; x && !r->wrong; x = x->next)
        f[i++] = fact_item(r, x);
    p->facts = f;
    p->nfacts = n;
}

static const char *goal_word(int i) {
    return goal_name((goal_kind)i);
}

static goal goal_item(reader *r, const cJSON *item) {
    goal g = {0};
    if (!has_only(r, item, "is law target bases claim when")) return g;
    g.kind = (goal_kind)named(r, member(item, "is"), goal_word, GOAL_TRIVIAL + 1);
    g.law = words(r, member(item, "law"));
    g.target = form_zero();
    if (member(item, "target")) g.target = form_item(r, member(item, "target"));
    if (member(item, "claim")) g.claim = formula_item(r, member(item, "claim"));
    if ((g.kind == GOAL_CONCLUSION || g.kind == GOAL_WHERE) != (g.claim != NULL))
        refuse(r, "a goal is not well made");
    g.when = formula_list(r, member(item, "when"), &g.nwhen);
    const cJSON *bases = member(item, "bases");
    g.nbase = bases ? count(r, bases) : 0;
    if (g.nbase > MOST_BASES) refuse(r, "a question has too many bases");
    form *base = NEW_ARRAY(r->a, form, g.nbase);
    int i = 0;
    for (const cJSON *x = g.nbase ? bases->child : NULL; x; x = x->next)
        base[i++] = form_item(r, x);
    g.base = base;
    if ((g.kind == GOAL_EXPONENT) != (g.nbase > 0)) refuse(r, "a goal is not well made");
    return g;
}

static void read_goals(reader *r, const cJSON *array, problem *p) {
    int n = count(r, array), i = 0;
    goal *g = NEW_ARRAY(r->a, goal, n);
    for (const cJSON *x = n ? array->child : NULL; x && !r->wrong; x = x->next)
        g[i++] = goal_item(r, x);
    p->goals = g;
    p->ngoals = n;
}

static const problem *problem_item(reader *r, const cJSON *item) {
    problem *p = NEW(r->a, problem);
    r->p = p;
    p->name = words(r, member(item, "name"));
    read_symbols(r, member(item, "symbols"), p);
    if (!r->wrong) read_field(r, member(item, "parameters"), p);
    if (!r->wrong) read_facts(r, member(item, "facts"), p);
    if (!r->wrong) read_goals(r, member(item, "goals"), p);
    return r->wrong ? NULL : p;
}

/* --- evidence --- */

static const proof *proof_item(reader *r, const cJSON *item);

static void read_sum(reader *r, const cJSON *array, proof *pf) {
    pf->n = count(r, array);
    summand *m = NEW_ARRAY(r->a, summand, pf->n);
    int i = 0;
    for (const cJSON *x = pf->n ? array->child : NULL; x && !r->wrong; x = x->next, i++) {
        if (count(r, x) != 3) {
            refuse(r, "a summand is not well made");
            return;
        }
        const cJSON *at = x->child;
        m[i] = (summand){whole(r, at, INT32_MAX / 2), whole(r, at->next, INT32_MAX / 2),
                         coefficient(r, at->next->next)};
    }
    pf->sum = m;
}

/* 3; [formula, node]; [formula, node, polynomial]; [polynomial] */
static ref ref_item(reader *r, const cJSON *item) {
    if (cJSON_IsNumber(item)) return (ref){.kind = REF_STEP, .i = whole(r, item, INT32_MAX / 2)};
    int n = count(r, item);
    const cJSON *x = n ? item->child : NULL;
    if (n < 1 || n > 3) return refuse(r, "a factor is not well made"), (ref){0};
    if (n == 1) return (ref){.kind = REF_OWN, .pole = coefficient(r, x)};
    ref at = {.kind = n == 2 ? REF_ATOM : REF_POLE, .i = whole(r, x, INT32_MAX / 2)};
    at.node = whole(r, x->next, INT32_MAX / 2);
    if (n == 3) at.pole = coefficient(r, x->next->next);
    return at;
}

static int power_item(reader *r, const cJSON *item) {
    double x = cJSON_IsNumber(item) ? item->valuedouble : 0;
    if (floor(x) != x || x == 0 || fabs(x) > REASON_MOST_POWER)
        return refuse(r, "a power is out of range"), 1;
    return (int)x;
}

/* [polynomial, [ref, power], ...] */
static sign_term sign_term_item(reader *r, const cJSON *item) {
    sign_term t = {.times = coef_int(0)};
    int n = count(r, item);
    if (n == 0) return refuse(r, "a product is not well made"), t;
    sign_factor *f = NEW_ARRAY(r->a, sign_factor, n - 1);
    t.times = coefficient(r, item->child);
    for (const cJSON *x = item->child->next; x && !r->wrong; x = x->next) {
        if (count(r, x) != 2) return refuse(r, "a factor is not well made"), t;
        f[t.n++] = (sign_factor){ref_item(r, x->child), power_item(r, x->child->next)};
    }
    t.f = f;
    return t;
}

static sign_sum sign_sum_item(reader *r, const cJSON *item) {
    int n = count(r, item), i = 0;
    sign_term *t = NEW_ARRAY(r->a, sign_term, n);
    for (const cJSON *x = n ? item->child : NULL; x && !r->wrong; x = x->next)
        t[i++] = sign_term_item(r, x);
    return (sign_sum){t, i};
}

/* "<", "=", ">", in this order. */
static int signs_word(reader *r, const cJSON *item) {
    static const char *const each[] = {"", "<", "=", "<=", ">", "<>", "=>", "<=>"};
    for (int i = 0; i <= SIGN_ANY; i++)
        if (is_word(item, each[i])) return i;
    return refuse(r, "a sign is not known"), 0;
}

/* [coefficient, "<=", [term, ...], ...] */
static sign_step step_item(reader *r, const cJSON *item) {
    sign_step s = {.c = coef_int(0)};
    int n = count(r, item);
    if (n < 2) return refuse(r, "a step is not well made"), s;
    sign_sum *sum = NEW_ARRAY(r->a, sign_sum, n - 2);
    s.c = coefficient(r, item->child);
    s.signs = signs_word(r, item->child->next);
    for (const cJSON *x = item->child->next->next; x && !r->wrong; x = x->next)
        sum[s.n++] = sign_sum_item(r, x);
    s.sum = sum;
    return s;
}

/* null, or a list of steps. */
static sign_reason reason_item(reader *r, const cJSON *item) {
    if (cJSON_IsNull(item)) return (sign_reason){0};
    int n = count(r, item), i = 0;
    sign_step *s = NEW_ARRAY(r->a, sign_step, n);
    if (n == 0) refuse(r, "a reason is not well made");
    for (const cJSON *x = n ? item->child : NULL; x && !r->wrong; x = x->next)
        s[i++] = step_item(r, x);
    return (sign_reason){s, i};
}

static void read_reasons(reader *r, const cJSON *array, proof *pf) {
    int n = count(r, array);
    sign_reason *why = NEW_ARRAY(r->a, sign_reason, n);
    for (const cJSON *x = n ? array->child : NULL; x && !r->wrong; x = x->next)
        why[pf->nwhy++] = reason_item(r, x);
    pf->why = why;
}

static void read_branches(reader *r, const cJSON *array, proof *pf) {
    pf->n = count(r, array);
    const proof **branch = NEW_ARRAY(r->a, const proof *, pf->n);
    int i = 0;
    for (const cJSON *x = pf->n ? array->child : NULL; x; x = x->next)
        branch[i++] = proof_item(r, x);
    pf->branch = branch;
}

static const proof *proof_item(reader *r, const cJSON *item) {
    if (r->wrong || !has_only(r, item, "sum split signs lemmas branches")) return NULL;
    const cJSON *sum = member(item, "sum"), *split = member(item, "split");
    const cJSON *signs = member(item, "signs"), *branches = member(item, "branches");
    const cJSON *lemmas = member(item, "lemmas");
    int nlemmas;
    proof *pf = NEW(r->a, proof);
    pf->kind = sum ? PROOF_SUM : split ? PROOF_SPLIT : lemmas ? PROOF_LEMMAS : PROOF_SIGNS;
    int kinds = !!sum + !!split + !!lemmas + (signs && !sum);
    if (kinds != 1 || !sum == !branches) return refuse(r, "a proof is not well made");
    if (sum) read_sum(r, sum, pf);
    if (branches) read_branches(r, branches, pf);
    if (sum && signs) read_reasons(r, signs, pf);
    if (lemmas) pf->lemma = formula_list(r, lemmas, &nlemmas);
    if (lemmas && pf->n != nlemmas + 1) return refuse(r, "a proof is not well made");
    if (!sum && signs) pf->sign_of = coefficient(r, signs);
    if (!r->wrong && pf->kind == PROOF_SIGNS && !coef_is_polynomial(pf->sign_of))
        refuse(r, "no polynomial");
    if (split && count(r, split) != 2) return refuse(r, "a split is not well made");
    if (split) pf->formula = whole(r, split->child, INT32_MAX / 2);
    if (split) pf->node = whole(r, split->child->next, INT32_MAX / 2);
    return pf;
}

static witness point(reader *r, const cJSON *array) {
    int n = count(r, array), i = 0;
    coef *x = NEW_ARRAY(r->a, coef, n);
    for (const cJSON *v = n ? array->child : NULL; v && !r->wrong; v = v->next)
        x[i++] = coef_of(rational(r, v));
    if (n != r->p->nsymbols) refuse(r, "a solution has not one value for each symbol");
    return (witness){x, n};
}

static approach walk_item(reader *r, const cJSON *item) {
    approach way = {0};
    if (!has_only(r, item, "from to along")) return way;
    way.ray = member(item, "along") != NULL;
    if (way.ray == (member(item, "to") != NULL)) refuse(r, "a walk is not well made");
    way.near = point(r, member(item, "from"));
    way.limit = point(r, member(item, way.ray ? "along" : "to"));
    return way;
}

static int signs(reader *r, const cJSON *array) {
    int found = 0;
    if (!array || !count(r, array)) return 0;
    for (const cJSON *x = array->child; x; x = x->next) {
        int sign = is_word(x, "<")   ? SIGN_NEG
                   : is_word(x, "=") ? SIGN_ZERO
                   : is_word(x, ">") ? SIGN_POS
                                     : 0;
        if (!sign || (found & sign)) refuse(r, "a sign is not known");
        found |= sign;
    }
    return found;
}

static evidence evidence_item(reader *r, const cJSON *item) {
    evidence e = {0};
    if (!has_only(r, item, "claim facts but with proof solution walks samples vouched")) return e;
    const cJSON *walks = member(item, "walks"), *samples = member(item, "samples");
    e.vouched = flag(r, item, "vouched");
    if (member(item, "proof")) e.pf = proof_item(r, member(item, "proof"));
    if (member(item, "solution")) e.w = point(r, member(item, "solution"));
    e.nwalks = walks ? count(r, walks) : 0;
    e.nsamples = samples ? count(r, samples) : 0;
    approach *way = NEW_ARRAY(r->a, approach, e.nwalks);
    witness *sample = NEW_ARRAY(r->a, witness, e.nsamples);
    int i = 0, k = 0;
    for (const cJSON *x = e.nwalks ? walks->child : NULL; x; x = x->next)
        way[i++] = walk_item(r, x);
    for (const cJSON *x = e.nsamples ? samples->child : NULL; x; x = x->next)
        sample[k++] = point(r, x);
    e.walks = way, e.samples = sample;
    return e;
}

/* --- theses --- */

static interval range_item(reader *r, const cJSON *item) {
    interval x = {.low = coef_int(0), .high = coef_int(0)};
    if (count(r, item) != 4) return refuse(r, "a range is not well made"), x;
    const cJSON *open = item->child, *low = open->next, *high = low->next, *close = high->next;
    x.low_open = is_word(open, "("), x.high_open = is_word(close, ")");
    if ((!x.low_open && !is_word(open, "[")) || (!x.high_open && !is_word(close, "]")))
        refuse(r, "a range is not well made");
    x.low_infinite = cJSON_IsNull(low), x.high_infinite = cJSON_IsNull(high);
    if (!x.low_infinite) x.low = coefficient(r, low);
    if (!x.high_infinite) x.high = coefficient(r, high);
    if ((x.low_infinite && !x.low_open) || (x.high_infinite && !x.high_open))
        refuse(r, "a range is not well made");
    return x;
}

/* In order and apart, as far as the ends are numbers. */
static bool in_order(const interval *x, int n) {
    rat end, start;
    for (int i = 0; i < n; i++) {
        bool ends = !x[i].low_infinite && !x[i].high_infinite;
        if (ends && coef_rat(x[i].low, &start) && coef_rat(x[i].high, &end) &&
            rat_cmp(start, end) > 0)
            return false;
        if (i == 0) continue;
        if (x[i - 1].high_infinite || x[i].low_infinite) return false;
        if (coef_rat(x[i - 1].high, &end) && coef_rat(x[i].low, &start) && rat_cmp(end, start) > 0)
            return false;
    }
    return true;
}

static const interval *ranges(reader *r, const cJSON *array, int *n) {
    *n = array ? count(r, array) : 0;
    interval *x = NEW_ARRAY(r->a, interval, *n);
    int i = 0;
    for (const cJSON *m = *n ? array->child : NULL; m; m = m->next) x[i++] = range_item(r, m);
    if (!r->wrong && !in_order(x, *n)) refuse(r, "ranges are not in order");
    return x;
}

static thesis_case case_item(reader *r, const cJSON *item) {
    thesis_case c = {.value = coef_int(0)};
    if (!has_only(r, item, "when value ranges facts")) return c;
    c.when = formula_list(r, member(item, "when"), &c.nwhen);
    c.ranges = ranges(r, member(item, "ranges"), &c.nranges);
    c.facts = ascending(r, member(item, "facts"), r->p->nfacts - 1);
    if ((c.nranges == 0) != (member(item, "value") != NULL)) refuse(r, "a case is not well made");
    if (!c.nranges) c.value = coefficient(r, member(item, "value"));
    return c;
}

static void read_value(reader *r, const cJSON *item, thesis *t) {
    const cJSON *values = member(item, "value"), *cases = member(item, "cases");
    t->nvalue = values ? count(r, values) : 0;
    t->ncases = cases ? count(r, cases) : 0;
    coef *value = NEW_ARRAY(r->a, coef, t->nvalue);
    thesis_case *c = NEW_ARRAY(r->a, thesis_case, t->ncases);
    int i = 0, k = 0;
    for (const cJSON *x = t->nvalue ? values->child : NULL; x; x = x->next)
        value[i++] = coefficient(r, x);
    for (const cJSON *x = t->ncases ? cases->child : NULL; x; x = x->next) c[k++] = case_item(r, x);
    t->value = value, t->cases = c;
    t->ranges = ranges(r, member(item, "ranges"), &t->nranges);
}

static const char *thesis_word(int i) {
    return thesis_name((thesis_kind)i);
}

static need_kind need_kind_of(reader *r, const cJSON *item) {
    const cJSON *claim = member(item, "claim");
    if (is_word(claim, "never")) return NEED_REFUTATION;
    if (!is_word(claim, "possible")) refuse(r, "a claim is not known");
    return member(item, "walks")     ? NEED_WALKS
           : member(item, "samples") ? NEED_SAMPLES
                                     : NEED_SOLUTION;
}

static const bool *facts_in_use(reader *r, const cJSON *item) {
    const cJSON *in = member(item, "facts"), *out = member(item, "but");
    if (!in == !out) refuse(r, "a claim is about facts or about all but some");
    factset s = ascending(r, in ? in : out, r->p->nfacts - 1);
    bool *use = NEW_ARRAY(r->a, bool, r->p->nfacts);
    for (int i = 0; i < r->p->nfacts; i++) use[i] = !in;
    for (int i = 0; !r->wrong && i < s.n; i++) use[s.v[i]] = in;
    return use;
}

static need need_item(reader *r, const cJSON *item) {
    const cJSON *with = member(item, "with");
    int n = count(r, with), i = 0;
    const formula **extra = NEW_ARRAY(r->a, const formula *, n);
    for (const cJSON *x = n ? with->child : NULL; x && !r->wrong; x = x->next) {
        int k = whole(r, x, r->ntable - 1);
        if (!r->wrong) extra[i++] = r->table[k];
    }
    return (need){need_kind_of(r, item), {r->p, facts_in_use(r, item), extra, i}};
}

static void read_evidence(reader *r, const cJSON *array, thesis *t) {
    t->nby = count(r, array);
    evidence *by = NEW_ARRAY(r->a, evidence, t->nby);
    need *said = NEW_ARRAY(r->a, need, t->nby);
    int i = 0;
    for (const cJSON *x = t->nby ? array->child : NULL; x && !r->wrong; x = x->next, i++) {
        by[i] = evidence_item(r, x);
        if (!r->wrong) said[i] = need_item(r, x);
    }
    t->by = by, t->said = said;
}

static thesis thesis_item(reader *r, const cJSON *item) {
    thesis t = {.about = -1};
    const char *names =
        "is about facts when minimal scales poles walked verdict value cases ranges "
        "signs where by";
    int most = r->p->nfacts > r->p->nsymbols ? r->p->nfacts : r->p->nsymbols;
    if (!has_only(r, item, names)) return t;
    t.is = (thesis_kind)named(r, member(item, "is"), thesis_word, THESIS_KINDS);
    if (member(item, "about")) t.about = whole(r, member(item, "about"), INT32_MAX / 2);
    t.facts = ascending(r, member(item, "facts"), most);
    t.when = ascending(r, member(item, "when"), INT32_MAX / 2);
    t.minimal = flag(r, item, "minimal"), t.scales = flag(r, item, "scales");
    t.poles = flag(r, item, "poles"), t.walked = flag(r, item, "walked");
    if (member(item, "verdict"))
        t.verdict = (thesis_kind)named(r, member(item, "verdict"), thesis_word, THESIS_KINDS);
    read_value(r, item, &t);
    t.signs = signs(r, member(item, "signs"));
    if (member(item, "where")) t.where = formula_item(r, member(item, "where"));
    read_evidence(r, member(item, "by"), &t);
    return t;
}

/* --- frames --- */

/* The problem with what its choices come to; null where one is not in play. */
static const problem *chosen(reader *r, const problem *p, const cJSON *claims) {
    problem *own = NEW(r->a, problem);
    fact *facts = NEW_ARRAY(r->a, fact, p->nfacts);
    const cJSON *x = claims && count(r, claims) ? claims->child : NULL;
    *own = *p;
    for (int i = 0; i < p->nfacts; i++) {
        facts[i] = p->facts[i];
        if (!facts[i].choice) continue;
        if (!x) return refuse(r, "what a choice comes to is missing");
        if (!cJSON_IsNull(x)) facts[i].claim = formula_item(r, x);
        x = x->next;
    }
    if (x) refuse(r, "there are not so many choices");
    own->facts = facts;
    return own;
}

static frame frame_item(reader *r, const cJSON *item, const problem *p) {
    frame f = {.p = p};
    if (!has_only(r, item, "equations without choices theses")) return f;
    f.equations = flag(r, item, "equations");
    f.without = ascending(r, member(item, "without"), p->nfacts - 1);
    const problem *own = chosen(r, p, member(item, "choices"));
    if (own) f.p = own;
    const cJSON *array = member(item, "theses");
    int n = r->wrong ? 0 : count(r, array), i = 0;
    thesis *t = NEW_ARRAY(r->a, thesis, n);
    for (const cJSON *x = n ? array->child : NULL; x && !r->wrong; x = x->next, i++) {
        t[i] = thesis_item(r, x);
        if (!r->wrong && !thesis_ok(&f, &t[i])) refuse(r, "a thesis is not well made");
    }
    f.theses = t;
    f.ntheses = n;
    return f;
}

/* They may speak of two solutions at once, the second one's symbols after the first's. */
static void read_table(reader *r, const cJSON *array) {
    const problem *p = r->p;
    r->p = with_symbols(r->a, p, p->nsymbols);
    r->table = formula_list(r, array, &r->ntable);
    r->p = p;
}

static certificate theory_item(reader *r, const cJSON *item) {
    certificate c = {0};
    if (!has_only(r, item, "name symbols parameters facts goals formulas frames")) return c;
    c.p = problem_item(r, item);
    if (!r->wrong) read_table(r, member(item, "formulas"));
    if (r->wrong) return c;
    const cJSON *array = member(item, "frames");
    c.nframes = count(r, array);
    frame *f = NEW_ARRAY(r->a, frame, c.nframes);
    int i = 0;
    for (const cJSON *x = c.nframes ? array->child : NULL; x && !r->wrong; x = x->next)
        f[i++] = frame_item(r, x, c.p);
    if (field_is_spent(c.p->field)) refuse(r, "its polynomials are too large to be computed with");
    c.frames = f;
    return c;
}

/* --- the file --- */

static bool seal_holds(str bytes) {
    static const char mark[] = ",\"seal\":\"";
    enum { MARK = sizeof mark - 1, DIGITS = SEAL_DIGITS, TAIL = 3 };
    char digest[SEAL_DIGITS + 1];
    if (bytes.n < MARK + DIGITS + TAIL) return false;
    size_t sealed = bytes.n - MARK - DIGITS - TAIL;
    const char *at = bytes.s + sealed;
    seal_of((str){bytes.s, sealed}, digest);
    return memcmp(at, mark, MARK) == 0 && memcmp(at + MARK, digest, DIGITS) == 0 &&
           memcmp(at + MARK + DIGITS, "\"}\n", TAIL) == 0;
}

static const certificate *file_item(reader *r, const cJSON *file, int *n) {
    if (!has_only(r, file, "certificate propto theories seal")) return NULL;
    const cJSON *version = member(file, "certificate"), *array = member(file, "theories");
    if (!cJSON_IsNumber(version)) return refuse(r, "it is no certificate");
    if (version->valuedouble != CERTIFICATE_VERSION)
        return refuse(r, "it is in another version of the format");
    *n = count(r, array);
    if (*n == 0 || *n > MOST_THEORIES) return refuse(r, "it has no theory");
    certificate *c = NEW_ARRAY(r->a, certificate, *n);
    int i = 0;
    for (const cJSON *x = array->child; x && !r->wrong; x = x->next) c[i++] = theory_item(r, x);
    return c;
}

const char *from_certificate(arena *a, str bytes, const certificate **out, int *n) {
    reader r = {.a = a, .steps = NEW(a, uint64_t)};
    const char *end = NULL;
    *n = 0;
    *r.steps = most_steps;
    if (!seal_holds(bytes)) return "it is no certificate, or a byte of it was changed";
    if (memchr(bytes.s, 0, bytes.n)) return "it holds a NUL byte";
    cJSON *file = cJSON_ParseWithLengthOpts(bytes.s, bytes.n, &end, false);
    if (!file || end != bytes.s + bytes.n - 1) {
        cJSON_Delete(file);
        return "it is no JSON, or nested more than 1000 deep";
    }
    *out = file_item(&r, file, n);
    cJSON_Delete(file);
    return r.wrong;
}
