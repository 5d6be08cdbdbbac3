/* Why a coefficient has a sign: each rule of reasons, each way to cheat, and reasons found. */
#include "parametric_text.h"

#include "algebra/grounds.h"

enum { MOST = 12, NEG = SIGN_NEG, ZERO = SIGN_ZERO, POS = SIGN_POS, ANY = SIGN_ANY };

/* --- reasons in letters: "a b {>} :[1]F0.0 F1.0^2 [a]S3 :...; ...", steps at ';', sums at ':';
 * F formula.node, P formula.node(denominator), O(denominator), S step --- */

static int read_int(reader *r) {
    return (int)strtol(r->z, (char **)&r->z, 10);
}

static coef read_bracketed(reader *r, char open, char shut) {
    assert_true(take(r, open));
    coef c = read_sum(r).k;
    assert_true(take(r, shut));
    return c;
}

static bool read_ref(reader *r, ref *out) {
    *out = (ref){.kind = REF_STEP};
    if (take(r, 'S')) {
        out->i = read_int(r);
        return true;
    }
    out->kind = take(r, 'O') ? REF_OWN : take(r, 'P') ? REF_POLE : REF_ATOM;
    if (out->kind == REF_ATOM && !take(r, 'F')) return false;
    if (out->kind != REF_OWN) out->i = read_int(r);
    if (out->kind != REF_OWN && take(r, '.')) out->node = read_int(r);
    if (out->kind != REF_ATOM) out->pole = read_bracketed(r, '(', ')');
    return true;
}

static sign_term read_sign_term(reader *r) {
    VEC(sign_factor) f = {0};
    coef times = read_bracketed(r, '[', ']');
    sign_factor x = {.power = 1};
    while (read_ref(r, &x.of)) {
        x.power = take(r, '^') ? read_int(r) : 1;
        vec_push(r->a, &f, x);
    }
    return (sign_term){times, f.v, (int)f.n};
}

static sign_step read_step(reader *r) {
    VEC(sign_sum) sums = {0};
    sign_step s = {.c = read_sum(r).k};
    assert_true(take(r, '{'));
    if (take(r, '<')) s.signs |= NEG;
    if (take(r, '=')) s.signs |= ZERO;
    if (take(r, '>')) s.signs |= POS;
    assert_true(take(r, '}'));
    while (take(r, ':')) {
        VEC(sign_term) terms = {0};
        while (take(r, ' '), *r->z == '[') {
            sign_term t = read_sign_term(r);
            vec_push(r->a, &terms, t);
        }
        sign_sum sum = {terms.v, (int)terms.n};
        vec_push(r->a, &sums, sum);
    }
    s.sum = sums.v;
    s.n = (int)sums.n;
    return s;
}

static sign_reason read_reason(const problem *p, arena *a, const char *z) {
    reader r = {a, p->field, z};
    VEC(sign_step) steps = {0};
    while (*r.z) {
        sign_step s = read_step(&r);
        vec_push(a, &steps, s);
        assert_true(take(&r, ';') || !*r.z);
    }
    return (sign_reason){steps.v, (int)steps.n};
}

/* --- a sequent that is refuted where c has one of the signs, and not by anything else --- */

typedef struct {
    sequent s;
    const formula *extra[1];
    summand m;
    proof pf;
} question;

static const formula *absurd_where(arena *a, coef c, int signs) {
    term t = {SYMBOLS - 1, c};
    if (signs == ZERO) return formula_atom(a, form_of(a, &t, 1, coef_int(1)), REL_EQ);
    rel r = signs == POS ? REL_LE : signs == (NEG | POS) ? REL_EQ : REL_LT;
    return formula_atom(a, form_const(c), r);
}

static question *ask(arena *a, const problem *p, coef c, int signs) {
    question *q = NEW(a, question);
    q->extra[0] = absurd_where(a, c, signs);
    q->s = (sequent){p, NULL, q->extra, 1};
    q->m = (summand){p->nfacts, 0, coef_int(1)};
    q->pf = (proof){.kind = PROOF_SUM, .sum = &q->m, .n = 1};
    return q;
}

static bool shows(arena *a, question *q, const sign_reason *r, int n) {
    conditions open = {0};
    q->pf.why = r;
    q->pf.nwhy = n;
    return proof_shows(a, &q->s, &q->pf, &open) && open.n == 0;
}

static coef coef_at(const problem *p, arena *a, const char *z) {
    reader r = {a, p->field, z};
    return read_sum(&r).k;
}

typedef struct {
    const char *given, *coef;
    int signs;
    const char *reason;
} example;

static bool is_shown(const example *x) {
    arena *a = arena_new();
    const problem *p = problem_of(a, x->given);
    question *q = ask(a, p, coef_at(p, a, x->coef), x->signs);
    sign_reason r = read_reason(p, a, x->reason);
    bool yes = shows(a, q, &r, 1);
    arena_free(a);
    return yes;
}

static const example right[] = {
    {"a > 0", "2a", POS, "2a {>} :[-2]F0"},
    {"a > 0; b > 0", "a b", POS, "a b {>} :[1]F0 F1"},
    {"a > 0; b >= 0", "a + b", POS, "a + b {>} :[-1]F0 [-1]F1"},
    {"a >= 1", "a", POS, "a {>} :[-1]F0 [1]"},
    {"a != 0", "a a", POS, "a a {>} :[1]F0^2"},
    {"a != b; a >= b", "a - b", POS, "a - b {>} :[1]F0 :[-1]F1"},
    {"a >= b & a <= b", "c a - c b", ZERO, "a - b {=} :[-1]F0.1 :[1]F0.2; c a - c b {=} :[c]S0"},
    {"a = 1", "a b - b", ZERO, "a b - b {=} :[b]F0"},
    {"k/a < 1", "a a", POS, "a a {>} :[1]P0(a)^2"},
    {"k/a = 1; a >= 0", "a", POS, "a {>} :[1]P0(a) :[-1]F1"},
    {"1/a != 2; a >= 0", "a", POS, "a {>} :[1]P0(a) :[-1]F1"},
    {"a > 0; b > 0", "a/b", POS, "a/b {>} :[1]F0 F1^-1"},
    {"a = 0", "a/b", ZERO, "a/b {=} :[1]F0 O(b)^-1"},
    {"a >= 0", "1/a", POS, "a {>} :[1]O(a) :[-1]F0; 1/a {>} :[1]S0^-1"},
    {"a > 0", "a a b b + 1", POS, "b {<=>}; a a b b + 1 {>} :[1]F0^2 S0^2 [1]"},
    {"a > 0; a < 0", "b", POS, "a {} :[-1]F0 :[1]F1; b {} :[b] [0]S0"},
    {"1 > a & b > 0", "b", POS, "b {>} :[-1]F0.2"},
};

static void a_right_reason_is_accepted(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++)
        if (!is_shown(&right[i])) fail_msg("%s: %s", right[i].given, right[i].reason);
}

static const example wrong[] = {
    /* what is said to be a sum is another */
    {"a > 0", "2a", POS, "2a {>} :[-1]F0"},
    {"a > 0; b > 0", "a b", POS, "a b {>} :[1]F0 F1 [1]"},
    {"a = 0", "a/b", ZERO, "a/b {=} :[1]F0"},
    /* the reason is of another coefficient, or shows another sign */
    {"a > 0", "a b", POS, "a {>} :[-1]F0"},
    {"a >= 0", "a", POS, "a {=>} :[-1]F0"},
    {"a > 0", "a", POS, "a {>} :[-1]F0; a {<=>}"},
    /* a sign is too strong */
    {"a >= 0", "a", POS, "a {>} :[-1]F0"},
    {"a > 0; b > 0", "a - b", POS, "a - b {>} :[-1]F0 [1]F1"},
    {"", "a a", POS, "a {<=>}; a a {>} :[1]S0^2"},
    {"a < 0", "a a a", POS, "a a a {>} :[1]F0^3"},
    {"", "a", POS, "a {>}"},
    {"", "a", POS, "a {>} :[a]"},
    {"a > 0", "a b", POS, "a b {>} :[-b]F0"},
    /* what is named is not granted, or not there */
    {"a > 0 | b > 0", "a", POS, "a {>} :[-1]F0.1"},
    {"a > 0", "a", POS, "a {>} :[-1]F0.1"},
    {"a > 0", "a", POS, "a {>} :[-1]F9"},
    {"k + a > 0", "a", POS, "a {>} :[-1]F0"},
    {"a > 0 & b > 0", "a", POS, "a {>} :[-1]F0"},
    {"a < 1 | 0 - a < 2", "a", NEG | POS, "a {<>} :[1]F0"},
    {"a < 0 | 0 - b < 0", "a", NEG | POS, "a {<>} :[1]F0"},
    {"a < 0 | a > 0 | a = 0", "a", NEG | POS, "a {<>} :[1]F0"},
    /* a step of itself, or of a later one */
    {"a > 0", "a", POS, "a {>} :[1]S0"},
    {"a > 0", "a", POS, "a {>} :[1]S1; a {>} :[1]S0"},
    {"a > 0", "a", POS, "a {>} :[1]S-1"},
    /* what is no denominator */
    {"k/a < 1", "b b", POS, "b b {>} :[1]P0(b)^2"},
    {"k/a < 1", "a a b b", POS, "a a b b {>} :[1]P0(a b)^2"},
    {"k/(a + b) < 1", "a a", POS, "a a {>} :[1]P0(a)^2"},
    {"k a < 1", "a a", POS, "a a {>} :[1]P0(a)^2"},
    {"k a < 1", "a a", POS, "a a {>} :[1]P0(1/a)^-2"},
    {"k < 1", "1 + a", POS, "1 + a {>} :[1]P0(a - a) [1 + a]"},
    {"", "a", NEG | POS, "a {<>} :[1]O(a)"},
    {"", "1/a", POS, "1/a {>} :[1]O(1/a)^2 O(a)"},
    /* powers: none, of what may be zero, of zero, too great */
    {"a > 0", "a", POS, "a {>} :[-1]F0 F0^0"},
    {"a >= 0", "1/a", POS, "1/a {>} :[-1]F0^-1"},
    {"a = 0", "1/a", POS, "1/a {>} :[1]F0^-1"},
    {"a - a < 0", "b", POS, "b {>} :[1]F0^-1"},
    {"a > 0", "a", POS, "a {>} :[-1]F0 F0^64 F0^-64"},
    {"a + b + c + d + e + f + g + h + i + j > 0", "a", POS, "a {>} :[-1]F0^60"},
    {"a > 0", "a", POS, "a {>} :[-1]F0 [0]F0^65"},
    /* factors and sums without a value at a pole */
    {"a = 0", "b", ZERO, "b {=} :[b/a]F0"},
    {"a = 0", "b", ZERO, "1/a {<=>}; b {=} :[b]F0 S0"},
    /* nothing at all */
    {"a > 0", "a", POS, ""},
};

static void a_wrong_reason_is_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        if (is_shown(&wrong[i])) fail_msg("%s: %s", wrong[i].given, wrong[i].reason);
}

static void each_condition_has_its_own_reason(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "a > 0; b > 0");
    question *q = ask(a, p, coef_at(p, a, "a"), POS);
    sign_reason r[] = {read_reason(p, a, "a {>} :[-1]F0"), read_reason(p, a, "b {>} :[-1]F1")};
    conditions open = {0};
    assert_true(shows(a, q, r, 1));
    assert_false(shows(a, q, r, 0));
    assert_false(shows(a, q, r, 2));
    assert_false(shows(a, q, r + 1, 1));
    q->m.lambda = coef_at(p, a, "1/b"); /* the denominator, the multiplier, the constant a/b */
    sign_reason more[] = {r[1], read_reason(p, a, "1/b {>} :[-1]F1^-1"),
                          read_reason(p, a, "a/b {>} :[1]F0 F1^-1")};
    assert_true(shows(a, q, more, 3));
    assert_false(shows(a, q, more + 1, 2));
    more[1] = (sign_reason){0}; /* somebody's word */
    assert_false(shows(a, q, more, 3));
    assert_true(proof_shows(a, &q->s, &q->pf, &open));
    assert_int_equal(open.n, 1);
    assert_true(open.v[0].signs == POS && coef_eq(open.v[0].c, q->m.lambda));
    assert_false(proof_is_reasoned(&q->pf));
    arena_free(a);
}

/* Inside the branch of a sign, and of a split, what was chosen is granted; outside it is not. */
static void a_choice_is_granted_in_its_branch(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "a = b; a < 0 | a > 0; b b <= 0");
    sequent s = {p, NULL, NULL, 0};
    summand m = {2, 0, coef_int(1)};
    sign_reason left = read_reason(p, a, "b {<} :[1]F1.1 [-1]F0; b b {>} :[1]S0^2");
    sign_reason right_one = read_reason(p, a, "b {>} :[-1]F1.2 [-1]F0; b b {>} :[1]S0^2");
    proof leaf[] = {{.kind = PROOF_SUM, .sum = &m, .n = 1, .why = &left, .nwhy = 1},
                    {.kind = PROOF_SUM, .sum = &m, .n = 1, .why = &right_one, .nwhy = 1}};
    const proof *branch[] = {&leaf[0], &leaf[1]}, *swapped[] = {&leaf[1], &leaf[0]};
    proof split = {.kind = PROOF_SPLIT, .branch = branch, .n = 2, .formula = 1};
    conditions open = {0};
    assert_true(proof_shows(a, &s, &split, &open));
    split.branch = swapped;
    assert_false(proof_shows(a, &s, &split, &open));
    assert_false(proof_shows(a, &s, &leaf[0], &open));
    arena_free(a);
}

/* --- reasons found --- */

static const struct {
    const char *given, *coef;
    int signs;
} findable[] = {
    {"", "a a + 1", POS},
    {"a > 0", "a", POS},
    {"a > 0", "1/a", POS},
    {"", "1/(a a)", POS},
    {"a != 0", "a a", POS},
    {"a = 0", "a b/c", ZERO},
    {"a > 0; b > 0", "-2a/(a + b)", NEG | POS},
    {"a > 0; b > 0", "a/(a + b)", POS},
    {"a > 0; b < 0", "a - b", POS},
    {"2a < 2b; c < 0", "c/(a - b)", POS},
    {"a >= 1; b > 1", "a b - 1", POS},
    {"a > 1; a < 2", "(a - 1)(2 - a)(b b + 1)", POS},
    {"a <= -1/2", "-a", POS},
    {"a >= 0; a < 1/3", "1 - 3a", POS},
    {"a >= 2; a <= 2", "a b - 2b", ZERO},
    {"a >= b; a <= b", "a c - c b", ZERO},
    {"a + b = 1; a < 1", "b", POS},
    {"a + b = 1; c = 2a; b > 0", "2 - c", POS},
    {"a b = 1; b = 2", "2a - 1", ZERO},
    {"a + 2b = 0", "c(a + 2b) + 1", NEG | POS},
    {"a b + 1 = c; a b > 0", "c - 1", POS},
    {"k/(a - b) < 1; a >= b", "a - b", POS},
    {"1/a > 0", "a", POS},
    {"b/a = 1", "a - b", ZERO},
    {"b/a != 0", "b", NEG | POS},
    {"(a + b)/(a c) > 0; c > 0; a < 0", "-a - b", POS},
    {"a != 0; a <= 0; a >= 0", "a", POS},
    {"a != 0; a < 0; a = 0", "a", POS},
};

static const proof *found(arena *a, const problem *p, coef c, int signs, question **q) {
    *q = ask(a, p, c, signs);
    return proof_with_reasons(a, &(*q)->s, &(*q)->pf);
}

static const proof *found_for(arena *a, size_t i, question **q) {
    const problem *p = problem_of(a, findable[i].given);
    return found(a, p, coef_at(p, a, findable[i].coef), findable[i].signs, q);
}

static void reasons_are_found_and_hold(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof findable / sizeof *findable; i++) {
        arena *a = arena_new();
        question *q;
        const proof *pf = found_for(a, i, &q);
        bool whole = pf && pf->nwhy == 1 && proof_is_reasoned(pf);
        if (!whole || !shows(a, q, pf->why, 1))
            fail_msg("%s: %s", findable[i].given, findable[i].coef);
        arena_free(a);
    }
}

/* The reason without sum k of step i. */
static sign_reason with_less(arena *a, const sign_reason *r, int i, int k) {
    sign_reason out = reason_copy(a, r);
    sign_step *s = (sign_step *)&out.s[i];
    sign_sum *sum = (sign_sum *)s->sum;
    for (s->n--; k < s->n; k++) sum[k] = sum[k + 1];
    return out;
}

static bool can_be_spared(arena *a, question *q, const sign_reason *r) {
    for (int i = 0; i < r->n; i++)
        for (int k = 0; k < r->s[i].n; k++) {
            sign_reason less = with_less(a, r, i, k);
            if (shows(a, q, &less, 1)) return true;
        }
    return false;
}

/* Where a < 0 and a ≠ 0 are both granted the stronger one is named, whichever comes first. */
static void a_reason_names_the_strongest_that_is_granted(void **state) {
    (void)state;
    static const char *const given[] = {"a != 0; a < 0; a = 0", "a = 0; a != 0; a < 0",
                                        "a < 0; a = 0; a != 0", "a = 0; a < 0; a != 0"};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, given[i]);
        question *q;
        const proof *pf = found(a, p, coef_at(p, a, "a"), POS, &q);
        const sign_step *s = &pf->why->s[pf->why->n - 1];
        assert_int_equal(s->n, 2);
        for (int k = 0; k < s->n; k++)
            assert_int_equal(p->facts[s->sum[k].t[0].f[0].of.i].claim->kind, FORMULA_ATOM);
        arena_free(a);
    }
}

static void no_sum_of_a_reason_can_be_spared(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof findable / sizeof *findable; i++) {
        arena *a = arena_new();
        question *q;
        const proof *pf = found_for(a, i, &q);
        const sign_reason *r = pf ? pf->why : NULL;
        if (r && can_be_spared(a, q, r)) fail_msg("%s: %s", findable[i].given, findable[i].coef);
        arena_free(a);
    }
}

/* --- no reason is wrong at a point --- */

/* Numbers that look random and are the same in every run. */
static int roll(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

static coef random_coef(arena *a, const field *k, uint64_t *seed) {
    coef c[2];
    for (int j = 0; j < 2; j++) {
        c[j] = coef_int(roll(seed, 5) - 2);
        for (int i = 0; i < 2; i++)
            c[j] = coef_add(a, c[j],
                            coef_mul(a, coef_int(roll(seed, 5) - 2), coef_parameter(a, k, i)));
    }
    if (roll(seed, 3) == 0) return coef_mul(a, c[0], c[1]);
    return roll(seed, 3) || coef_is_zero(c[1]) ? c[0] : coef_div(a, c[0], c[1]);
}

/* Facts that hold at x. */
static const problem *random_problem(arena *a, uint64_t *seed, const coef *x) {
    problem *p = NEW(a, problem);
    fact *facts = NEW_ARRAY(a, fact, 4);
    *p = *problem_of(a, "");
    p->facts = facts;
    for (int tries = roll(seed, 12); tries > 0 && p->nfacts < 4; tries--) {
        static const int some[] = {NEG, ZERO, POS, NEG | ZERO, ZERO | POS, NEG | POS};
        coef c = random_coef(a, p->field, seed);
        const formula *f = condition_formula(a, c, some[roll(seed, 6)]);
        if (formula_holds(a, f, x)) facts[p->nfacts++].claim = f;
    }
    return p;
}

static int other_number(uint64_t *seed, int n) {
    return n + (roll(seed, 2) ? 1 : -1) * (1 + roll(seed, 2));
}

/* The reason with one thing changed. */
static sign_reason changed(arena *a, const sign_reason *r, uint64_t *seed) {
    sign_reason out = reason_copy(a, r);
    sign_step *s = (sign_step *)&out.s[roll(seed, out.n)];
    sign_sum *sum = s->n ? (sign_sum *)&s->sum[roll(seed, s->n)] : NULL;
    sign_term *t = sum && sum->n ? (sign_term *)&sum->t[roll(seed, sum->n)] : NULL;
    sign_factor *f = t && t->n ? (sign_factor *)&t->f[roll(seed, t->n)] : NULL;
    int what = roll(seed, 8);
    if (what == 0) s->signs &= roll(seed, 8);
    if (what == 1 && s->n) s->n--;
    if (what == 2 && sum && sum->n) sum->n--;
    if (what == 3 && t) t->times = coef_int(other_number(seed, 0));
    if (what == 4 && f) f->power = other_number(seed, f->power);
    if (what == 5 && f) f->of.i = other_number(seed, f->of.i);
    if (what == 6 && f) f->of.kind = (ref_kind)roll(seed, 3);
    if (what == 7 && f) f->of.node = other_number(seed, f->of.node);
    return out;
}

static void no_reason_is_wrong_at_a_point(void **state) {
    (void)state;
    enum { ROUNDS = 3000, CHANGES = 12 };
    static const int wanted[] = {POS, ZERO, NEG | POS, ZERO | POS};
    uint64_t seed = 11;
    int told = 0, refused = 0;
    for (int i = 0; i < ROUNDS; i++) {
        arena *a = arena_new();
        coef x[SYMBOLS];
        for (int j = 0; j < SYMBOLS; j++) x[j] = coef_of(rat_frac(a, roll(&seed, 9) - 4, 2));
        const problem *p = random_problem(a, &seed, x);
        coef c = random_coef(a, p->field, &seed);
        for (int j = 0; j < p->nfacts; j++)
            if (roll(&seed, 2) && p->facts[j].claim->kind == FORMULA_ATOM)
                c = coef_mul(a, roll(&seed, 2) ? c : coef_int(1), p->facts[j].claim->lhs.k);
        int signs = wanted[i % 4];
        rat v;
        question *q;
        const proof *pf = found(a, p, c, signs, &q);
        if (pf && pf->nwhy == 1 && pf->why[0].n && coef_value(a, c, x, &v)) {
            bool fits = sign_of_rat(v) & signs;
            told++;
            if (!fits) fail_msg("round %d: %s", i, coef_text(a, c));
        }
        for (int k = 0; pf && pf->nwhy == 1 && pf->why[0].n && k < CHANGES; k++) {
            sign_reason r = changed(a, &pf->why[0], &seed);
            question *other = ask(a, p, c, wanted[roll(&seed, 4)]);
            bool yes = shows(a, other, &r, 1);
            refused += !yes;
            other->pf.why = NULL, other->pf.nwhy = 0;
            if (yes && formula_holds(a, other->extra[0], x)) fail_msg("round %d, changed", i);
        }
        arena_free(a);
    }
    assert_true(told > 100 && refused > 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_right_reason_is_accepted),
        cmocka_unit_test(a_wrong_reason_is_refused),
        cmocka_unit_test(each_condition_has_its_own_reason),
        cmocka_unit_test(a_choice_is_granted_in_its_branch),
        cmocka_unit_test(reasons_are_found_and_hold),
        cmocka_unit_test(a_reason_names_the_strongest_that_is_granted),
        cmocka_unit_test(no_sum_of_a_reason_can_be_spared),
        cmocka_unit_test(no_reason_is_wrong_at_a_point),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
