/* Parameters in the exponents: signs of coefficients, small systems over Q(parameters), proofs with
 * multipliers in Q(parameters) and their conditions, sequents decided, closed forms found. */
#include "parametric_text.h"

#include <fcntl.h>

#include "algebra/signs.h"
#include "engine/engine.h"
#include "engine/symbolic.h"

enum { MOST = 12 };

static sequent whole(const problem *p) {
    return (sequent){p, NULL, NULL, 0};
}

/* Numbers that look random and are the same in every run. */
static int roll(uint64_t *seed, int n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int)((*seed >> 33) % (uint64_t)n);
}

static coef coef_at(const problem *p, arena *a, const char *z) {
    reader r = {a, p->field, z};
    form f = read_sum(&r);
    assert_true(form_is_const(f));
    return f.k;
}

static form form_at_text(const problem *p, arena *a, const char *z) {
    reader r = {a, p->field, z};
    return read_sum(&r);
}

/* --- signs --- */

/* Conditions such as "a > 0; b != 1" as hypotheses. */
static int hypotheses_of(const problem *p, hypothesis *h) {
    for (int i = 0; i < p->nfacts; i++) {
        static const int signs[] = {SIGN_ZERO, SIGN_NEG | SIGN_ZERO, SIGN_NEG};
        const formula *f = p->facts[i].claim;
        bool nonzero = f->kind == FORMULA_ANY;
        if (nonzero) f = f->kid[0];
        assert_true(f->kind == FORMULA_ATOM && form_is_const(f->lhs));
        h[i] = hypothesis_of(f->lhs.k, nonzero ? SIGN_NEG | SIGN_POS : signs[f->rel]);
    }
    return p->nfacts;
}

enum { NEG = SIGN_NEG, ZERO = SIGN_ZERO, POS = SIGN_POS, ANY = SIGN_ANY };

static const struct {
    const char *given, *coef;
    int signs;
} sign_cases[] = {
    {"", "3", POS},
    {"", "-1/2", NEG},
    {"", "a - a", ZERO},
    {"", "a", ANY},
    {"", "a a", ZERO | POS},
    {"", "a a + 1", POS},
    {"", "-a a - b b", NEG | ZERO},
    {"", "1/a", NEG | POS},
    {"", "1/(a a)", POS},
    {"a > 0", "a", POS},
    {"a >= 0", "a", ZERO | POS},
    {"a < 0", "a a a", NEG},
    {"a != 0", "a", NEG | POS},
    {"a != 0", "a a", POS},
    {"a = 0", "a b", ZERO},
    {"a = 0; b > 0", "a/b", ZERO},
    {"a > 0; b > 0", "a/(a + b)", POS},
    {"a > 0; b > 0", "-a b/(a + b)", NEG},
    {"a > 0; b > 0", "a - b", ANY},
    {"a > 0; b < 0", "a - b", POS},
    {"a < b", "b - a", POS},
    {"a < b", "2(a - b)(a - b)", POS},
    {"2a < 2b; c > 0", "c/(a - b)", NEG},
    {"a >= 1", "a - 1", ZERO | POS},
    {"a >= 1", "a", POS},
    {"a >= 1; b > 1", "a b - 1", POS},
    {"a > 1", "a a - 1", POS},
    {"a <= -1/2", "2a + 1", NEG | ZERO},
    {"a < 3; b <= 2", "6 - 2a + 2 - b", POS},
    {"a >= 0; a < 1/3", "1 - 3a", POS},
    {"a > 0; a >= 1", "a - 1", ZERO | POS},
    {"a >= 1; a > 1", "a - 1", POS},
    {"a > 0; 1/a > 0", "1/a", POS},
};

static void signs_follow_from_hypotheses_and_bounds(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sign_cases / sizeof *sign_cases; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, sign_cases[i].given);
        hypothesis h[MOST];
        int n = hypotheses_of(p, h);
        int signs = signs_of(a, coef_at(p, a, sign_cases[i].coef), h, n);
        if (signs != sign_cases[i].signs)
            fail_msg("%s: %s has signs %d", sign_cases[i].given, sign_cases[i].coef, signs);
        arena_free(a);
    }
}

static coef random_number(arena *a, uint64_t *seed) {
    return coef_of(rat_frac(a, roll(seed, 13) - 6, 1 + roll(seed, 3)));
}

static coef random_linear(arena *a, const field *k, uint64_t *seed, int letters) {
    coef sum = random_number(a, seed);
    for (int i = 0; i < letters; i++) {
        coef c = roll(seed, 2) ? coef_int(0) : random_number(a, seed);
        sum = coef_add(a, sum, coef_mul(a, c, coef_parameter(a, k, i)));
    }
    return sum;
}

static coef random_coef(arena *a, const field *k, uint64_t *seed, int letters) {
    coef c = coef_mul(a, random_linear(a, k, seed, letters), random_linear(a, k, seed, letters));
    if (roll(seed, 2)) c = coef_add(a, c, random_linear(a, k, seed, letters));
    coef d = random_linear(a, k, seed, letters);
    return roll(seed, 3) || coef_is_zero(d) ? c : coef_div(a, c, d);
}

static void random_point(arena *a, uint64_t *seed, int letters, coef *x) {
    for (int i = 0; i < letters; i++) x[i] = random_number(a, seed);
}

/* Hypotheses are what is true at a point, or less. */
static int true_hypotheses(arena *a, const field *k, uint64_t *seed, int letters, const coef *x,
                           hypothesis *h, int most) {
    int n = 0;
    while (n < most) {
        rat v;
        coef c =
            roll(seed, 3) ? random_linear(a, k, seed, letters) : random_coef(a, k, seed, letters);
        if (!coef_value(a, c, x, &v)) continue;
        h[n++] = hypothesis_of(c, sign_of_rat(v) | (roll(seed, 3) ? 0 : 1 << roll(seed, 3)));
    }
    return n;
}

static void signs_are_never_wrong_at_a_point(void **state) {
    (void)state;
    enum { LETTERS = 2, POINTS = 4000 };
    uint64_t seed = 7;
    int told = 0;
    for (int i = 0; i < POINTS; i++) {
        arena *a = arena_new();
        const field *k = reader_of(a, "").k;
        coef x[PARAMETERS], c = random_coef(a, k, &seed, LETTERS);
        hypothesis h[4];
        rat v;
        random_point(a, &seed, LETTERS, x);
        int n = true_hypotheses(a, k, &seed, LETTERS, x, h, roll(&seed, 5));
        int signs = signs_of(a, c, h, n);
        if (coef_value(a, c, x, &v) && !(signs & sign_of_rat(v)))
            fail_msg("%s has signs %d", coef_text(a, c), signs);
        for (int some = 0; some <= SIGN_ANY; some++)
            assert_int_equal(signs_are_among(a, c, some, h, n), (signs & ~some) == 0);
        told += signs != SIGN_ANY;
        arena_free(a);
    }
    assert_true(told > POINTS / 10);
}

/* --- systems over Q(parameters), near a sample --- */

/* Rows as sums over the unknowns k, l, m; the right-hand side is the constant. "?": special. */
static const struct {
    const char *row[3];
    const char *sample; /* values of a, b, c */
    const char *x[3];
    const char *special; /* NULL: it can be solved */
    const char *zero;    /* NULL: nothing counts as zero */
} systems[] = {
    {{"2k - 1"}, "000", {"1/2"}, NULL, NULL},
    {{"a k - 1"}, "100", {"1/a"}, NULL, NULL},
    {{"a k - 1"}, "000", {0}, "a", NULL},
    {{"(a + b) k - b", "l + k - 1"}, "110", {"b/(a + b)", "a/(a + b)"}, NULL, NULL},
    {{"k + a l", "k + b l - 1"}, "120", {"a/(a - b)", "1/(b - a)"}, NULL, NULL},
    {{"k + a l", "k + b l - 1"}, "110", {0}, "b - a", NULL},
    {{"a k + l - 1", "k + a l - 1"}, "000", {"1/(1 + a)", "1/(1 + a)"}, NULL, NULL},
    {{"k - a l"}, "300", {"5a", "5"}, NULL, NULL},
    {{"k + l + m - a", "k - l - b", "m - c k"},
     "123",
     {"(a + b)/(2 + c)", "(a + b)/(2 + c) - b", "c(a + b)/(2 + c)"},
     NULL,
     NULL},
    {{"k - a", "k - a a"}, "100", {0}, "a a - a", NULL},
    {{"k - a", "k - a a"}, "100", {"a"}, NULL, "a - 1"},
    {{"k - a", "l - a k", "k + l - 2"}, "100", {"a", "a a"}, NULL, "2 - 2a"},
    {{"k - a", "k - b b"}, "100", {0}, "b b - a", "a - 1"},
};

/* The unknown numbered j is the quantity 'k' + j. */
static form *system_of(arena *a, const problem *p, const char *const *line, int *rows, int *n) {
    form *row = NEW_ARRAY(a, form, 3), f[3];
    *n = 0;
    for (*rows = 0; *rows < 3 && line[*rows]; ++*rows) {
        f[*rows] = form_at_text(p, a, line[*rows]);
        for (int i = 0; i < f[*rows].n; i++) {
            int j = f[*rows].t[i].sym - ('k' - 'a');
            if (j >= *n) *n = j + 1;
        }
    }
    for (int i = 0; i < *rows; i++) {
        term *t = NEW_ARRAY(a, term, *n);
        for (int j = 0; j < *n; j++) t[j] = (term){j, form_coef(f[i], j + 'k' - 'a')};
        row[i] = form_of(a, t, *n, coef_neg(a, f[i].k));
    }
    return row;
}

/* Up to a factor that is a number. */
static bool is_multiple(arena *a, coef x, coef y) {
    rat r;
    return !coef_is_zero(y) && coef_rat(coef_div(a, x, y), &r) && !rat_is_zero(r);
}

static void small_systems_are_solved_near_a_sample(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof systems / sizeof *systems; i++) {
        arena *a = arena_new();
        const problem *p = problem_of(a, "");
        coef sample[SYMBOLS], start[] = {coef_int(5), coef_int(5), coef_int(5)};
        coef x[3], special = coef_int(0);
        int rows, n;
        for (int j = 0; j < 3; j++) sample[j] = coef_int(systems[i].sample[j] - '0');
        form *row = system_of(a, p, systems[i].row, &rows, &n);
        coef zero = systems[i].zero ? coef_at(p, a, systems[i].zero) : coef_int(0);
        int nzero = systems[i].zero != NULL;
        bool ok = symbolic_solve(a, row, rows, n, sample, start, &zero, nzero, x, &special);
        assert_int_equal(ok, systems[i].special == NULL);
        if (!ok) assert_true(is_multiple(a, special, coef_at(p, a, systems[i].special)));
        for (int j = 0; ok && j < n; j++)
            if (!coef_eq(x[j], coef_at(p, a, systems[i].x[j])))
                fail_msg("%s: %s", systems[i].row[0], coef_text(a, x[j]));
        arena_free(a);
    }
}

static coef random_entry(arena *a, const field *k, uint64_t *seed) {
    return roll(seed, 3) ? random_linear(a, k, seed, 2) : coef_int(roll(seed, 3) - 1);
}

static void fill_random(arena *a, const field *k, uint64_t *seed, form *row, int rows, int n) {
    for (int i = 0; i < rows; i++) {
        term *t = NEW_ARRAY(a, term, n);
        for (int j = 0; j < n; j++) t[j] = (term){j, random_entry(a, k, seed)};
        row[i] = form_of(a, t, n, random_entry(a, k, seed));
    }
}

static coef residue(arena *a, form row, const coef *x) {
    coef sum = coef_neg(a, row.k);
    for (int j = 0; j < row.n; j++)
        sum = coef_add(a, sum, coef_mul(a, row.t[j].c, x[row.t[j].sym]));
    return sum;
}

static void solutions_of_random_systems_solve_them_identically(void **state) {
    (void)state;
    uint64_t seed = 11;
    int solved = 0;
    for (int i = 0; i < 500; i++) {
        arena *a = arena_new();
        const field *k = reader_of(a, "").k;
        int rows = 1 + roll(&seed, 3), n = rows + roll(&seed, 2);
        form row[3], copy[3];
        coef sample[SYMBOLS], x[4], special = coef_int(0);
        coef start[] = {coef_int(1), coef_int(2), coef_int(-1), coef_int(3)};
        random_point(a, &seed, 2, sample);
        fill_random(a, k, &seed, row, rows, n);
        memcpy(copy, row, sizeof copy);
        bool ok = symbolic_solve(a, row, rows, n, sample, start, NULL, 0, x, &special);
        for (int j = 0; ok && j < rows; j++) assert_true(coef_is_zero(residue(a, copy[j], x)));
        if (!ok) assert_false(coef_is_zero(special));
        solved += ok;
        arena_free(a);
    }
    assert_true(solved > 300);
}

/* --- proofs with multipliers in Q(parameters) --- */

/* Proofs as text: "0:(b - a) 3.1:1" is a sum: formula 0 times b - a, node 1 of formula 3 once (node
 * 0 unless given); "S a { P P P }" splits by the sign of a, "C 3 { P P }" (or "C 3.2 {") into the
 * cases of a formula. */
typedef struct {
    arena *a;
    const problem *p;
    const char *z;
} proof_reader;

static void skip_spaces(proof_reader *r) {
    while (*r->z == ' ') r->z++;
}

static coef read_coef(proof_reader *r) {
    reader c = {r->a, r->p->field, r->z};
    form f = read_primary(&c);
    r->z = c.z;
    return f.k;
}

static void read_place(proof_reader *r, int *formula_index, int *node) {
    *formula_index = (int)strtol(r->z, (char **)&r->z, 10);
    *node = 0;
    if (*r->z == '.') *node = (int)strtol(r->z + 1, (char **)&r->z, 10);
}

static const proof *read_proof(proof_reader *r);

static void read_branches(proof_reader *r, proof *pf) {
    VEC(const proof *) branch = {0};
    skip_spaces(r);
    assert_int_equal(*r->z++, '{');
    for (skip_spaces(r); *r->z != '}'; skip_spaces(r)) {
        vec_push(r->a, &branch, read_proof(r));
        skip_spaces(r);
        if (*r->z == ',') r->z++;
    }
    r->z++;
    pf->branch = branch.v;
    pf->n = (int)branch.n;
}

static void read_summands(proof_reader *r, proof *pf) {
    VEC(summand) sum = {0};
    for (skip_spaces(r); *r->z >= '0' && *r->z <= '9'; skip_spaces(r)) {
        summand m;
        read_place(r, &m.formula, &m.node);
        assert_int_equal(*r->z++, ':');
        m.lambda = read_coef(r);
        vec_push(r->a, &sum, m);
    }
    pf->sum = sum.v;
    pf->n = (int)sum.n;
}

static const proof *read_proof(proof_reader *r) {
    proof *pf = NEW(r->a, proof);
    skip_spaces(r);
    if (*r->z == 'S' || *r->z == 'C') {
        pf->kind = *r->z++ == 'S' ? PROOF_SIGNS : PROOF_SPLIT;
        skip_spaces(r);
        if (pf->kind == PROOF_SIGNS)
            pf->sign_of = read_coef(r);
        else
            read_place(r, &pf->formula, &pf->node);
        read_branches(r, pf);
    } else {
        read_summands(r, pf);
    }
    return pf;
}

static const proof *proof_of(arena *a, const problem *p, const char *z) {
    proof_reader r = {a, p, z};
    const proof *pf = read_proof(&r);
    skip_spaces(&r);
    assert_int_equal(*r.z, 0);
    return pf;
}

/* What may be changed so that the proof must be refused: in an irreducible one anything; where a
 * parameter is zero, multipliers are not all that matters. */
typedef enum { ANYTHING, BRANCHES, NOTHING } fragile;
static const struct {
    const char *name, *facts, *proof;
    const char *open; /* conditions left open, "c > 0; b != a" */
    fragile is;
} proofs[] = {
    {"multipliers are parameters", "x = a y; x = b y; a < b; y > 0", "0:1 1:(-1) 3:(b - a)", "",
     ANYTHING},
    {"multipliers are fractions", "x = y/(a + b); y = (a + b) z; x < z",
     "0:(-1) 1:(-1/(a + b)) 2:1", "", ANYTHING},
    {"a constant that cannot be", "x >= a; x <= -b; a > 0; b >= 0", "0:1 1:1", "", ANYTHING},
    {"a constant that is not zero", "x = a; x = b; a != b", "0:1 1:(-1)", "", ANYTHING},
    {"multipliers that are positive", "a x + y <= 0; b x - y <= 0; x > 0; a > 0; b >= 0",
     "0:1 1:1 2:(a + b)", "", ANYTHING},
    {"cases", "b x = a y; y > 0 | y < 0; x = 0; a != 0",
     "C 1 { 0:(-1/a) 2:(b/a) 1.1:1, 0:(1/a) 2:(-b/a) 1.2:1 }", "", ANYTHING},
    {"each sign has a proof of its own",
     "x > 0; y = a x; z >= y; z >= -y; 2z <= y | 2z <= -y; a != 0",
     "S a { C 4 { 3:2 4.1:1 1:3 0:(-3 a), 3:2 4.2:1 1:1 0:(-a) },"
     "      C 5 { 5.1:1 6:(-1), 5.2:1 6:1 },"
     "      C 4 { 2:2 4.1:1 1:(-1) 0:a, 2:2 4.2:1 1:(-3) 0:(3 a) } }",
     "", BRANCHES},
    {"a sum of squares", "a a + b b <= 0; a != 0",
     "S a { 0:1, C 1 { 1.1:1 2:(-1), 1.2:1 2:1 }, 0:1 }", "", NOTHING},
    {"the inner sign is the later formula", "a + b = 0; a - b = 0; a != 0",
     "S a { S b { 0:1, 1:1 4:1, 1:1 }, C 2 { 2.1:1 3:(-1), 2.2:1 3:1 },"
     "      S b { 1:1, 1:1 4:1, 0:1 } }",
     "", NOTHING},
    {"a term that vanishes where a parameter does", "a x + y = 0; y > 0; a = 0", "0:1 1:1", "",
     ANYTHING},
    {"a multiplier whose sign is open", "x = a y; x = b y; y > 0", "0:1 1:(-1) 2:(b - a)",
     "b - a > 0", ANYTHING},
    {"a denominator that is open", "(a - b) x = 1; x = 0", "0:(1/(a - b)) 1:(-1)", "a - b != 0",
     ANYTHING},
    {"a constant whose sign is open", "x >= a; x < b", "0:1 1:1", "a >= b", ANYTHING},
};
enum { PROOFS = sizeof proofs / sizeof *proofs };

typedef struct {
    arena *a;
    const problem *p;
    sequent s;
    const proof *pf;
} example;

static example example_of(arena *a, int i) {
    const problem *p = problem_of(a, proofs[i].facts);
    return (example){a, p, whole(p), proof_of(a, p, proofs[i].proof)};
}

static bool same_condition(arena *a, const condition *c, const hypothesis *h) {
    rat r;
    if (!coef_rat(coef_div(a, c->c, h->c), &r) || rat_is_zero(r)) return false;
    return c->signs == (rat_sgn(r) > 0 ? h->signs : signs_mirrored(h->signs));
}

/* Refuted, and just these conditions are left open. */
static bool accepted(example *x, const proof *pf, const char *expected) {
    conditions open = {0};
    hypothesis h[MOST];
    int n = hypotheses_of(problem_of(x->a, expected), h);
    if (!proof_refutes_given(x->a, &x->s, pf, &open) || (int)open.n != n) return false;
    if (proof_refutes(&x->s, pf) != (n == 0)) return false;
    for (int j = 0; j < n; j++)
        if (!same_condition(x->a, &open.v[j], &h[j])) return false;
    return true;
}

static void right_proofs_are_accepted_with_their_conditions(void **state) {
    (void)state;
    for (int i = 0; i < PROOFS; i++) {
        arena *a = arena_new();
        example x = example_of(a, i);
        if (!accepted(&x, x.pf, proofs[i].open)) fail_msg("%s", proofs[i].name);
        arena_free(a);
    }
}

/* --- one thing changed --- */

typedef enum {
    SUMMAND_DOUBLED,
    SUMMAND_MIRRORED,
    SUMMAND_SHIFTED,
    SUMMAND_OF_NEXT_FORMULA,
    SUMMAND_OF_NEXT_NODE,
    SUMMAND_TWICE,
    SUMMAND_GONE,
    SUMMAND_CHANGES
} summand_change;

static void change_summand(example *x, proof *pf, summand *sum, int j, summand_change how) {
    coef letter = coef_parameter(x->a, x->p->field, PARAMETERS - 1);
    switch (how) {
    case SUMMAND_DOUBLED:
        sum[j].lambda = coef_mul(x->a, coef_int(2), sum[j].lambda);
        break;
    case SUMMAND_MIRRORED:
        sum[j].lambda = coef_neg(x->a, sum[j].lambda);
        break;
    case SUMMAND_SHIFTED:
        sum[j].lambda = coef_add(x->a, sum[j].lambda, letter);
        break;
    case SUMMAND_OF_NEXT_FORMULA:
        sum[j].formula++;
        break;
    case SUMMAND_OF_NEXT_NODE:
        sum[j].node++;
        break;
    case SUMMAND_TWICE:
        sum[pf->n++] = sum[j];
        break;
    case SUMMAND_GONE:
        sum[j] = sum[--pf->n];
        break;
    case SUMMAND_CHANGES:
        break;
    }
}

typedef enum {
    BRANCHES_SWAPPED,
    BRANCHES_ALL_FIRST,
    BRANCHES_ALL_LAST,
    BRANCH_GONE,
    CHOICE_OF_NEXT, /* the next formula; the mirrored sign */
    CHOICE_BESIDE,  /* the next node; the sign of something else */
    CHOICE_BELOW,   /* a fraction */
    BRANCH_CHANGES
} branch_change;

static void change_sign(example *x, proof *pf, branch_change how) {
    coef one = coef_int(1), c = pf->sign_of;
    pf->sign_of = how == CHOICE_OF_NEXT  ? coef_neg(x->a, c)
                  : how == CHOICE_BESIDE ? coef_add(x->a, c, one)
                                         : coef_div(x->a, one, c);
}

static void change_place(proof *pf, branch_change how) {
    if (how == CHOICE_OF_NEXT) pf->formula++;
    if (how == CHOICE_BESIDE) pf->node++;
    if (how == CHOICE_BELOW) pf->node--;
}

static void change_branches(example *x, proof *pf, const proof **branch, branch_change how) {
    const proof *first = branch[0], *last = branch[pf->n - 1];
    switch (how) {
    case BRANCHES_SWAPPED:
        branch[0] = last;
        branch[pf->n - 1] = first;
        break;
    case BRANCHES_ALL_FIRST:
    case BRANCHES_ALL_LAST:
        for (int i = 0; i < pf->n; i++) branch[i] = how == BRANCHES_ALL_FIRST ? first : last;
        break;
    case BRANCH_GONE:
        pf->n--;
        break;
    default:
        if (pf->kind == PROOF_SIGNS)
            change_sign(x, pf, how);
        else
            change_place(pf, how);
    }
}

/* Change number *left is made; *left counts down those that could have been. */
static const proof *changed(example *x, const proof *pf, fragile what, int *left) {
    proof *out = NEW(x->a, proof);
    summand *sum = NEW_ARRAY(x->a, summand, pf->n + 1);
    const proof **branch = NEW_ARRAY(x->a, const proof *, pf->n);
    *out = *pf;
    out->sum = sum;
    out->branch = branch;
    if (pf->kind == PROOF_SUM) {
        memcpy(sum, pf->sum, sizeof *sum * (size_t)pf->n);
        for (int k = 0; what == ANYTHING && k < pf->n * SUMMAND_CHANGES; k++)
            if ((*left)-- == 0)
                change_summand(x, out, sum, k / SUMMAND_CHANGES,
                               (summand_change)(k % SUMMAND_CHANGES));
        return out;
    }
    for (int i = 0; i < pf->n; i++) branch[i] = changed(x, pf->branch[i], what, left);
    for (int k = 0; k < BRANCH_CHANGES; k++)
        if ((*left)-- == 0) change_branches(x, out, branch, (branch_change)k);
    return out;
}

static void proofs_with_one_change_are_refused(void **state) {
    (void)state;
    int changes = 0;
    for (int i = 0; i < PROOFS; i++) {
        for (int k = 0; proofs[i].is != NOTHING; k++) {
            arena *a = arena_new();
            example x = example_of(a, i);
            int left = k;
            const proof *pf = changed(&x, x.pf, proofs[i].is, &left);
            bool done = left >= 0, ok = accepted(&x, pf, proofs[i].open);
            arena_free(a);
            if (done) break;
            if (ok) fail_msg("%s: change %d", proofs[i].name, k);
            changes++;
        }
    }
    assert_true(changes > 200);
}

/* Every hypothesis was needed: without any one fact the proof is refused, or leaves more open. */
static void proofs_without_one_fact_are_refused(void **state) {
    (void)state;
    for (int i = 0; i < PROOFS; i++) {
        arena *a = arena_new();
        example x = example_of(a, i);
        bool use[MOST];
        for (int j = 0; !*proofs[i].open && j < x.p->nfacts; j++) {
            for (int k = 0; k < x.p->nfacts; k++) use[k] = k != j;
            x.s.use = use;
            if (proof_refutes(&x.s, x.pf)) fail_msg("%s without fact %d", proofs[i].name, j);
        }
        arena_free(a);
    }
}

static void a_condition_knows_the_signs_it_stands_under(void **state) {
    (void)state;
    arena *a = arena_new();
    const problem *p = problem_of(a, "x = a y; x = b y; y > 0; c != 0");
    const proof *pf = proof_of(a, p,
                               "S c { 0:1 1:(-1) 2:(b - a), C 3 { 3.1:1 4:(-1), 3.2:1 4:1 },"
                               "      0:(-1) 1:1 2:(a - b) }");
    conditions open = {0};
    sequent s = whole(p);
    coef at[SYMBOLS];
    for (int i = 0; i < SYMBOLS; i++) at[i] = coef_int(0);
    assert_true(proof_refutes_given(a, &s, pf, &open));
    assert_int_equal(open.n, 2);
    for (int c = -1; c <= 1; c++) {
        at['c' - 'a'] = coef_int(c);
        assert_int_equal(formula_holds(a, open.v[0].under, at), c < 0);
        assert_int_equal(formula_holds(a, open.v[1].under, at), c > 0);
    }
    arena_free(a);
}

/* --- the engine --- */

typedef struct {
    arena *a;
    budget b;
    const problem *p;
    engine *e;
} bench;

static void open_bench(bench *t, const char *facts) {
    t->a = arena_new();
    budget_init(&t->b);
    t->p = problem_of(t->a, facts);
    t->e = engine_open(t->p, &t->b);
}

static void close_bench(bench *t) {
    assert_null(engine_wrong(t->e));
    engine_close(t->e);
    arena_free(t->a);
}

typedef enum { SATISFIED, REFUTED, REFUTED_GIVEN, VOUCHED } decision;

static const struct {
    const char *name, *facts;
    decision is;
} decisions[] = {
    {"a solution", "x = a y; y > 0; a > 1", SATISFIED},
    {"a solution at one point only", "a x = 1; b x = 2; 2a = b; x = 1/3", SATISFIED},
    {"a plain part that conflicts", "x > 0; x < 0; y = a z", REFUTED},
    {"two laws", "x = a y; x = b y; a < b; y > 0", REFUTED},
    {"two laws, either way", "x = a y; x = b y; a != b; y > 0", REFUTED},
    {"the family",
     "n = w + a l; l = b w; m = 2w + l; k = -n; w > 0; a >= 0; b >= 0;"
     "(2 + b) k != -(1 + a b) m",
     REFUTED},
    {"growth of a parametric power", "x = a y; y > 0; a > 0; x <= 0", REFUTED},
    {"a fraction", "x = b/(a + b) y; a > 0; b > 0; y > 0; x >= y", REFUTED},
    {"parameters alone, linear", "a < b; b < c; c < a; x = a y", REFUTED},
    {"parameters alone, one square", "a a + 1 <= 0; x = a y", REFUTED},
    {"cases", "x = a y | x = b y; y > 0; a > 0; b > 0; x < 0", REFUTED},
    {"the sign of a multiplier from factors", "x = a y; y > 0; a a > 4; a > -1; x <= 0", REFUTED},
    {"the sign of a multiplier is the solver's word", "x = a y; y > 0; a a a > 8; x <= 0",
     REFUTED_GIVEN},
    {"no rational point to start from", "x = a y; y > 0; a a a = 2; x <= 0", VOUCHED},
};

static decision decide(bench *t) {
    sequent q = whole(t->p);
    outcome o = engine_check(t->e, t->a, NULL, NULL, 0);
    if (o.status == ENGINE_SAT) assert_true(witness_satisfies(&q, &o.w));
    if (o.status == ENGINE_SAT) return SATISFIED;
    assert_int_equal(o.status, ENGINE_UNSAT);
    if (o.vouched) return VOUCHED;
    conditions open = {0};
    assert_true(proof_refutes_given(t->a, &q, o.pf, &open));
    assert_int_equal(open.n, o.nconditions);
    return o.nconditions ? REFUTED_GIVEN : REFUTED;
}

static void parametric_sequents_are_decided_with_proofs(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof decisions / sizeof *decisions; i++) {
        bench t;
        open_bench(&t, decisions[i].facts);
        decision d = decide(&t);
        if (d != decisions[i].is) fail_msg("%s: %d", decisions[i].name, d);
        close_bench(&t);
    }
}

/* A process for nonlinear questions has one. */
static int open_files(void) {
    int n = 0;
    for (int fd = 0; fd < 64; fd++) n += fcntl(fd, F_GETFD) >= 0;
    return n;
}

static void engines_beside_each_other_share_the_process(void **state) {
    (void)state;
    bench t;
    int files = open_files();
    open_bench(&t, "x = a y; y > 0; a > 1");
    bench other = {.a = t.a, .p = problem_of(t.a, "x = a y; y > 0; a a + b b < 0")};
    other.e = engine_beside(t.e, other.p);
    assert_ptr_equal(engine_problem(other.e), other.p);
    assert_ptr_equal(engine_budget(other.e), &t.b);
    assert_int_equal(decide(&other), REFUTED);
    assert_int_equal(decide(&t), SATISFIED);
    assert_int_equal(open_files(), files + 1);
    engine_close(other.e);
    engine_turn(t.e, other.p);
    t.p = other.p;
    assert_int_equal(decide(&t), REFUTED);
    assert_int_equal(open_files(), files + 1);
    close_bench(&t);
    assert_int_equal(open_files(), files);
}

/* --- closed forms --- */

static const struct {
    const char *facts, *target, *base, *value;
} ratios[] = {
    {"x = a y", "x", "y", "a"},
    {"a x = y", "x", "y", "1/a"},
    {"x = a y; z = b y; a > 0; b > 0", "x", "z", "a/b"},
    {"n = w + a l; l = b w; m = 2w + l; k = -n; a > 0; b > 0", "k", "m", "-(1 + a b)/(2 + b)"},
    {"a n = b m; n + m = x; a > 0; b > 0", "n", "x", "b/(a + b)"},
    {"k + a n = 0; k + b m = 0; x = n + m; a > 0; b > 0", "k", "x", "-a b/(a + b)"},
    {"x = a y; z = a y", "x", "z", "1"},
    {"x = a y & a >= 1 | x = y & a <= 1; a = 2", "x", "y", "2"},
};

static bool is_identity(arena *a, const problem *p, const ratio *r, form target, form base) {
    form f = form_addmul(a, target, coef_neg(a, r->value), base);
    for (int i = 0; i < r->n; i++) {
        const formula *atom = formula_node(p->facts[r->sum[i].formula].claim, r->sum[i].node);
        f = form_addmul(a, f, coef_neg(a, r->sum[i].lambda), atom->lhs);
    }
    return form_is_zero(f);
}

static coef at_witness(arena *a, coef c, const witness *w) {
    rat r;
    assert_true(coef_value(a, c, w->x, &r));
    return coef_of(r);
}

static void closed_forms_are_identities(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        bench t;
        ratio r;
        open_bench(&t, ratios[i].facts);
        form target = form_at_text(t.p, t.a, ratios[i].target),
             base = form_at_text(t.p, t.a, ratios[i].base);
        const formula *scales = formula_nonzero(t.a, base);
        outcome o = engine_check(t.e, t.a, NULL, &scales, 1);
        assert_int_equal(o.status, ENGINE_SAT);
        assert_true(engine_ratio(t.e, t.a, NULL, &scales, 1, &o.w, target, base, &r));
        coef value = coef_at(t.p, t.a, ratios[i].value);
        if (!coef_eq(at_witness(t.a, value, &o.w), at_witness(t.a, r.value, &o.w)))
            fail_msg("%s: %s", ratios[i].facts, coef_text(t.a, r.value));
        assert_true(is_identity(t.a, t.p, &r, target, base));
        close_bench(&t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_follow_from_hypotheses_and_bounds),
        cmocka_unit_test(signs_are_never_wrong_at_a_point),
        cmocka_unit_test(small_systems_are_solved_near_a_sample),
        cmocka_unit_test(solutions_of_random_systems_solve_them_identically),
        cmocka_unit_test(right_proofs_are_accepted_with_their_conditions),
        cmocka_unit_test(proofs_with_one_change_are_refused),
        cmocka_unit_test(proofs_without_one_fact_are_refused),
        cmocka_unit_test(a_condition_knows_the_signs_it_stands_under),
        cmocka_unit_test(parametric_sequents_are_decided_with_proofs),
        cmocka_unit_test(engines_beside_each_other_share_the_process),
        cmocka_unit_test(closed_forms_are_identities),
    };
    return cmocka_run_group_tests_name("parameters", tests, NULL, NULL);
}
