/* The kernel accepts right certificates and witnesses, and refuses them with any one thing
 * changed. Every certificate here is irreducible and its atoms are all different, so that there is
 * no change that it would survive. */
#include "algebra/cert.h"

#include <limits.h>
#include <setjmp.h>
#include <stdlib.h>
#include <cmocka.h>

enum { W, L, N, SYMBOLS, MOST = 8 };

/* A problem in the making, what is assumed beside it, and a refutation. */
typedef struct {
    arena *a;
    fact facts[MOST];
    bool use[MOST];
    const formula *extra[MOST];
    symbol symbols[SYMBOLS];
    problem p;
    sequent s;
    const proof *pf;
} example;

static const formula *atom_of(arena *a, long w, long l, long n, long k, rel r) {
    term t[] = {{W, coef_int(w)}, {L, coef_int(l)}, {N, coef_int(n)}};
    return formula_atom(a, form_of(a, t, SYMBOLS, coef_int(k)), r);
}

static example *example_new(arena *a) {
    example *x = NEW(a, example);
    x->a = a;
    x->p = (problem){.symbols = x->symbols, .nsymbols = SYMBOLS, .facts = x->facts};
    x->s = (sequent){.p = &x->p, .extra = x->extra};
    return x;
}

static void add_fact(example *x, const formula *claim) {
    x->use[x->p.nfacts] = true;
    x->facts[x->p.nfacts++].claim = claim;
}

static void add_extra(example *x, const formula *claim) {
    x->extra[x->s.nextra++] = claim;
}

/* (formula, node, numerator, denominator), ... */
typedef struct {
    int formula, node;
    long num, den;
} part;

static const proof *sum_of(arena *a, const part *parts, int n) {
    summand *m = NEW_ARRAY(a, summand, n);
    for (int i = 0; i < n; i++)
        m[i] = (summand){parts[i].formula, parts[i].node,
                         coef_of(rat_frac(a, parts[i].num, parts[i].den))};
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SUM, .sum = m, .n = n};
    return pf;
}
#define SUM(a, ...)                                                                                \
    sum_of((a), (part[]){__VA_ARGS__}, (int)(sizeof((part[]){__VA_ARGS__}) / sizeof(part)))

static const proof *split_of(arena *a, int which, int node, const proof *left, const proof *right) {
    const proof **branch = NEW_ARRAY(a, const proof *, 2);
    branch[0] = left;
    branch[1] = right;
    proof *pf = NEW(a, proof);
    *pf = (proof){.kind = PROOF_SPLIT, .branch = branch, .n = 2, .formula = which, .node = node};
    return pf;
}

static const formula *any_of(arena *a, const formula *x, const formula *y) {
    return formula_any(a, (const formula *[]){x, y}, 2);
}

static const formula *all_of(arena *a, const formula *x, const formula *y) {
    return formula_all(a, (const formula *[]){x, y}, 2);
}

/* --- the right certificates --- */

static void critical_depth(example *x) {
    arena *a = x->a;
    add_fact(x, atom_of(a, -1, -1, 1, 0, REL_EQ)); /* N ∝ w L */
    add_fact(x, atom_of(a, -1, 0, 1, 0, REL_EQ));  /* N ∝ w */
    add_fact(x, atom_of(a, -1, 1, 0, 0, REL_EQ));  /* L ∝ w */
    add_fact(x, atom_of(a, -1, 0, 0, 0, REL_LT));  /* w grows */
    x->pf = SUM(a, {0, 0, -1, 1}, {1, 0, 1, 1}, {2, 0, -1, 1}, {3, 0, 1, 1});
}

static void bounds_that_cross(example *x) {
    arena *a = x->a;
    add_fact(x, atom_of(a, 2, 0, 1, -5, REL_LE)); /* 2w + n ≤ 5 */
    add_fact(x, atom_of(a, -1, 0, 0, 2, REL_LE)); /* w ≥ 2 */
    add_fact(x, atom_of(a, 0, 0, -3, 4, REL_LE)); /* n ≥ 4/3 */
    x->pf = SUM(a, {0, 0, 3, 1}, {1, 0, 6, 1}, {2, 0, 1, 1});
}

static void equations_alone(example *x) {
    arena *a = x->a;
    add_fact(x, atom_of(a, 2, 1, 0, -1, REL_EQ));
    add_fact(x, atom_of(a, 4, 2, 0, -3, REL_EQ));
    x->pf = SUM(a, {0, 0, 2, 3}, {1, 0, -1, 3});
}

static void conjunctions(example *x) {
    arena *a = x->a;
    add_fact(x, all_of(a, atom_of(a, -1, 0, 0, 0, REL_LT), atom_of(a, 0, 0, -1, 0, REL_LT)));
    add_fact(x, all_of(a, atom_of(a, 0, 1, 0, 0, REL_LE), atom_of(a, 2, 0, 1, 0, REL_EQ)));
    x->pf = SUM(a, {0, 1, 2, 1}, {0, 2, 1, 1}, {1, 2, 1, 1});
}

static void a_split(example *x) {
    arena *a = x->a;
    add_fact(x, formula_nonzero(a, form_sym(a, W))); /* w scales */
    add_fact(x, formula_nonzero(a, form_sym(a, N)));
    add_fact(x, atom_of(a, 1, -1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, 0, 1, 0, 0, REL_EQ));
    x->pf = split_of(a, 0, 0, SUM(a, {0, 1, 1, 1}, {2, 0, -1, 1}, {3, 0, -1, 1}),
                     SUM(a, {0, 2, 1, 1}, {2, 0, 1, 1}, {3, 0, 1, 1}));
}

static void nested_splits(example *x) {
    arena *a = x->a;
    const formula *inner =
        any_of(a, atom_of(a, 1, 0, 0, 1, REL_LE), atom_of(a, -1, 0, 0, 2, REL_LT));
    const formula *right = all_of(a, atom_of(a, 0, 0, 1, 0, REL_LE), inner);
    add_fact(x, any_of(a, atom_of(a, -1, 0, 0, 0, REL_LT), right));
    add_fact(x, all_of(a, atom_of(a, 0, 1, 0, -2, REL_EQ), atom_of(a, 1, 0, 0, 0, REL_EQ)));
    x->pf = split_of(
        a, 0, 0, SUM(a, {0, 1, 1, 1}, {1, 2, 1, 1}),
        split_of(a, 0, 4, SUM(a, {0, 5, 1, 1}, {1, 2, -1, 1}), SUM(a, {0, 6, 1, 1}, {1, 2, 1, 1})));
}

static void a_goal_denied(example *x) {
    arena *a = x->a;
    term sum[] = {{L, coef_int(1)}, {W, coef_int(1)}};
    add_fact(x, atom_of(a, 0, 1, 1, 0, REL_EQ)); /* ℓ ∝ N^-1 */
    add_fact(x, atom_of(a, -1, 0, 1, 0, REL_EQ));
    add_extra(x, atom_of(a, 0, 0, -1, 0, REL_LE));
    add_extra(x, formula_nonzero(a, form_of(a, sum, 2, coef_int(0))));
    x->pf = split_of(a, 3, 0, SUM(a, {3, 1, 1, 1}, {0, 0, -1, 1}, {1, 0, 1, 1}),
                     SUM(a, {3, 2, 1, 1}, {0, 0, 1, 1}, {1, 0, -1, 1}));
}

static void a_subset(example *x) {
    arena *a = x->a;
    add_fact(x, atom_of(a, 1, 0, 0, 0, REL_LE));
    add_fact(x, atom_of(a, -1, 1, 0, 0, REL_LT));
    add_fact(x, atom_of(a, 0, 1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, 0, -1, 1, 0, REL_LE));
    add_fact(x, atom_of(a, 0, 0, -1, 0, REL_LE));
    x->use[2] = false;
    x->s.use = x->use;
    x->pf = SUM(a, {0, 0, 7, 3}, {1, 0, 7, 3}, {3, 0, 7, 3}, {4, 0, 7, 3});
}

static void large_numbers(example *x) {
    arena *a = x->a;
    long big = 4000000000000000037;
    add_fact(x, atom_of(a, big, 0, 0, 0, REL_LT));
    add_fact(x, atom_of(a, -3, 0, big, 0, REL_LE));
    add_fact(x, atom_of(a, 0, 0, -7, 0, REL_LE));
    x->pf = SUM(a, {0, 0, 3, big}, {1, 0, 1, 1}, {2, 0, big, 7});
}

static void (*const examples[])(example *) = {
    critical_depth, bounds_that_cross, equations_alone, conjunctions,  a_split,
    nested_splits,  a_goal_denied,     a_subset,        large_numbers,
};
enum { EXAMPLES = sizeof examples / sizeof *examples };

static void right_certificates_are_accepted(void **state) {
    (void)state;
    for (int i = 0; i < EXAMPLES; i++) {
        arena *a = arena_new();
        example *x = example_new(a);
        examples[i](x);
        assert_true(problem_ok(&x->p));
        assert_true(proof_refutes(&x->s, x->pf));
        arena_free(a);
    }
}

/* --- one thing changed --- */

/* The ways to change one node of a proof: those of a split, or of one summand. */
typedef enum {
    SPLIT_FORMULA_UP,
    SPLIT_FORMULA_DOWN,
    SPLIT_FORMULA_FAR,
    SPLIT_NODE_UP,
    SPLIT_NODE_DOWN,
    SPLIT_NODE_FAR,
    SPLIT_SWAPPED,
    SPLIT_FIRST_TWICE,
    SPLIT_LAST_TWICE,
    SPLIT_LAST_MISSING,
    SPLIT_FIRST_MISSING,
    SPLIT_ONE_MORE,
    SPLIT_BRANCH_NULL,
    SPLIT_WAYS
} split_way;

typedef enum {
    SUM_LAMBDA_UP,
    SUM_LAMBDA_DOWN,
    SUM_LAMBDA_ZERO,
    SUM_LAMBDA_NEGATIVE,
    SUM_FORMULA_UP,
    SUM_FORMULA_DOWN,
    SUM_FORMULA_FAR,
    SUM_FORMULA_NEGATIVE,
    SUM_NODE_UP,
    SUM_NODE_DOWN,
    SUM_NODE_FAR,
    SUM_NODE_NEGATIVE,
    SUM_MISSING,
    SUM_DOUBLED,
    SUM_WAYS
} sum_way;

static proof change_split(arena *a, const proof *pf, split_way way) {
    proof c = *pf;
    const proof **b = NEW_ARRAY(a, const proof *, 3);
    b[0] = pf->branch[0];
    b[1] = b[2] = pf->branch[1];
    c.branch = b;
    switch (way) {
    case SPLIT_FORMULA_UP:
        c.formula++;
        break;
    case SPLIT_FORMULA_DOWN:
        c.formula--;
        break;
    case SPLIT_FORMULA_FAR:
        c.formula = INT_MAX;
        break;
    case SPLIT_NODE_UP:
        c.node++;
        break;
    case SPLIT_NODE_DOWN:
        c.node--;
        break;
    case SPLIT_NODE_FAR:
        c.node = INT_MAX;
        break;
    case SPLIT_SWAPPED:
        b[0] = pf->branch[1], b[1] = pf->branch[0];
        break;
    case SPLIT_FIRST_TWICE:
        b[1] = b[0];
        break;
    case SPLIT_LAST_TWICE:
        b[0] = b[1];
        break;
    case SPLIT_LAST_MISSING:
        c.n = 1;
        break;
    case SPLIT_FIRST_MISSING:
        b[0] = b[1], c.n = 1;
        break;
    case SPLIT_ONE_MORE:
        c.n = 3;
        break;
    case SPLIT_BRANCH_NULL:
        b[1] = NULL;
        break;
    case SPLIT_WAYS:
        break;
    }
    return c;
}

static proof change_sum(arena *a, const proof *pf, int i, sum_way way) {
    proof c = *pf;
    summand *m = NEW_ARRAY(a, summand, pf->n + 1);
    memcpy(m, pf->sum, sizeof *m * (size_t)pf->n);
    c.sum = m;
    switch (way) {
    case SUM_LAMBDA_UP:
        m[i].lambda = coef_add(a, m[i].lambda, coef_int(1));
        break;
    case SUM_LAMBDA_DOWN:
        m[i].lambda = coef_sub(a, m[i].lambda, coef_int(1));
        break;
    case SUM_LAMBDA_ZERO:
        m[i].lambda = coef_int(0);
        break;
    case SUM_LAMBDA_NEGATIVE:
        m[i].lambda = coef_neg(a, m[i].lambda);
        break;
    case SUM_FORMULA_UP:
        m[i].formula++;
        break;
    case SUM_FORMULA_DOWN:
        m[i].formula--;
        break;
    case SUM_FORMULA_FAR:
        m[i].formula = INT_MAX;
        break;
    case SUM_FORMULA_NEGATIVE:
        m[i].formula = INT_MIN;
        break;
    case SUM_NODE_UP:
        m[i].node++;
        break;
    case SUM_NODE_DOWN:
        m[i].node--;
        break;
    case SUM_NODE_FAR:
        m[i].node = INT_MAX;
        break;
    case SUM_NODE_NEGATIVE:
        m[i].node = INT_MIN;
        break;
    case SUM_MISSING:
        m[i] = m[--c.n];
        break;
    case SUM_DOUBLED:
        m[c.n++] = pf->sum[i];
        break;
    case SUM_WAYS:
        break;
    }
    return c;
}

/* How many changes there are at the root of a proof; each refused as part of the whole. */
static int ways_at(const proof *pf) {
    return pf->kind == PROOF_SPLIT ? SPLIT_WAYS : pf->n * SUM_WAYS;
}

static const proof *changed(arena *a, const proof *pf, int k);

/* The k-th change of a branch, in its place. */
static const proof *changed_below(arena *a, const proof *pf, int k) {
    const proof **b = NEW_ARRAY(a, const proof *, pf->n);
    memcpy(b, pf->branch, sizeof *b * (size_t)pf->n);
    proof *c = NEW(a, proof);
    *c = *pf;
    c->branch = b;
    for (int i = 0; i < pf->n; i++) {
        const proof *below = changed(a, pf->branch[i], k);
        if (below) {
            b[i] = below;
            return c;
        }
        for (int all = 0; k >= 0 && changed(a, pf->branch[i], all); all++) k--;
    }
    return NULL;
}

/* The proof with the k-th of all its possible changes; NULL where there are no more. */
static const proof *changed(arena *a, const proof *pf, int k) {
    if (k < 0) return NULL;
    if (k >= ways_at(pf))
        return pf->kind == PROOF_SPLIT ? changed_below(a, pf, k - ways_at(pf)) : NULL;
    proof *c = NEW(a, proof);
    *c = pf->kind == PROOF_SPLIT ? change_split(a, pf, (split_way)k)
                                 : change_sum(a, pf, k / SUM_WAYS, (sum_way)(k % SUM_WAYS));
    return c;
}

static void a_certificate_with_one_thing_changed_is_refused(void **state) {
    (void)state;
    int changes = 0;
    for (int i = 0; i < EXAMPLES; i++) {
        arena *a = arena_new();
        example *x = example_new(a);
        examples[i](x);
        const proof *c;
        for (int k = 0; (c = changed(a, x->pf, k)); k++, changes++)
            if (proof_refutes(&x->s, c)) fail_msg("example %d survives change %d", i, k);
        arena_free(a);
    }
    assert_true(changes > 500);
}

static void a_certificate_rests_on_every_fact_that_it_names(void **state) {
    (void)state;
    for (int i = 0; i < EXAMPLES; i++) {
        arena *a = arena_new();
        example *x = example_new(a);
        examples[i](x);
        x->s.use = x->use;
        bool used[2 * MOST] = {false};
        proof_support(&x->s, x->pf, used);
        int named = 0;
        for (int k = 0; k < x->p.nfacts; k++) {
            bool was = x->use[k];
            x->use[k] = false;
            assert_int_equal(proof_refutes(&x->s, x->pf), !used[k]);
            x->use[k] = was;
            named += used[k];
        }
        assert_true(named >= 2);
        assert_true(proof_refutes(&x->s, x->pf));
        arena_free(a);
    }
}

static void the_support_is_what_the_summands_and_splits_name(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    a_goal_denied(x);
    bool used[4] = {false};
    proof_support(&x->s, x->pf, used);
    assert_true(used[0] && used[1] && !used[2] && used[3]);
    example *y = example_new(a);
    proof none = {.kind = PROOF_SPLIT, .formula = 1};
    bool by_split[2] = {false};
    add_fact(y, atom_of(a, 1, 0, 0, 0, REL_EQ));
    add_fact(y, formula_any(a, NULL, 0));
    proof_support(&y->s, &none, by_split);
    assert_true(!by_split[0] && by_split[1]);
    arena_free(a);
}

static const formula *weakened(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return formula_atom(a, f->lhs, f->rel == REL_LT ? REL_LE : f->rel);
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    for (int i = 0; i < f->n; i++) kid[i] = weakened(a, f->kid[i]);
    return f->kind == FORMULA_ALL ? formula_all(a, kid, f->n) : formula_any(a, kid, f->n);
}

static void zero_at_most_zero_is_no_contradiction(void **state) {
    (void)state;
    for (int i = 0; i < EXAMPLES; i++) {
        arena *a = arena_new();
        example *x = example_new(a);
        examples[i](x);
        for (int k = 0; k < x->p.nfacts; k++) x->facts[k].claim = weakened(a, x->facts[k].claim);
        for (int k = 0; k < x->s.nextra; k++) x->extra[k] = weakened(a, x->extra[k]);
        bool without_strictness =
            examples[i] == bounds_that_cross || examples[i] == equations_alone;
        assert_int_equal(proof_refutes(&x->s, x->pf), without_strictness);
        arena_free(a);
    }
}

/* --- what must never be taken for a certificate --- */

static void inequalities_take_no_negative_multipliers(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    add_fact(x, atom_of(a, 1, 0, 0, -3, REL_LE)); /* w ≤ 3 */
    add_fact(x, atom_of(a, 1, 0, 0, -2, REL_LE)); /* w ≤ 2: both hold at 0 */
    assert_false(proof_refutes(&x->s, SUM(a, {0, 0, -1, 1}, {1, 0, 1, 1})));
    assert_false(proof_refutes(&x->s, SUM(a, {0, 0, 1, 1}, {1, 0, -1, 1})));
    arena_free(a);
}

static void a_strict_atom_times_zero_makes_nothing_strict(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    add_fact(x, atom_of(a, 1, -1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, -1, 1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, 0, 0, -1, 0, REL_LT));
    assert_false(proof_refutes(&x->s, SUM(a, {0, 0, 1, 1}, {1, 0, 1, 1}, {2, 0, 0, 1})));
    assert_false(proof_refutes(&x->s, SUM(a, {0, 0, 1, 1}, {1, 0, 1, 1})));
    arena_free(a);
}

static void atoms_below_an_unsplit_any_are_not_granted(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    a_split(x);
    assert_false(proof_refutes(&x->s, x->pf->branch[0]));
    assert_false(proof_refutes(&x->s, x->pf->branch[1]));
    example *y = example_new(a);
    nested_splits(y);
    assert_false(proof_refutes(&y->s, y->pf->branch[1])); /* the inner split alone */
    assert_false(proof_refutes(&y->s, split_of(a, 0, 4, y->pf, y->pf->branch[1])));
    arena_free(a);
}

static void a_split_of_one_formula_grants_nothing_in_another(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    add_fact(x, formula_nonzero(a, form_sym(a, W)));
    add_fact(x, formula_nonzero(a, form_sym(a, N)));
    add_fact(x, atom_of(a, 0, 0, 1, 0, REL_LE)); /* n ≤ 0: n < 0 is possible */
    const proof *up = SUM(a, {1, 2, 1, 1}, {2, 0, 1, 1});
    assert_false(proof_refutes(&x->s, split_of(a, 0, 0, up, up)));
    assert_false(proof_refutes(&x->s, split_of(a, 1, 0, up, up)));
    arena_free(a);
}

static void nothing_refutes_nothing(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    proof empty = {.kind = PROOF_SUM}, none = {.kind = PROOF_SPLIT};
    assert_false(proof_refutes(&x->s, &empty));
    assert_false(proof_refutes(&x->s, &none));
    assert_false(proof_refutes(&x->s, NULL));
    add_fact(x, formula_all(a, NULL, 0));
    assert_false(proof_refutes(&x->s, &none));
    assert_false(proof_refutes(&x->s, &empty));
    add_fact(x, formula_any(a, NULL, 0)); /* false */
    none.formula = 1;
    assert_true(proof_refutes(&x->s, &none));
    arena_free(a);
}

static uint64_t roll(uint64_t *s) {
    uint64_t z = (*s += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(uint64_t *s, int n) {
    return (int)(roll(s) % (uint64_t)n);
}

static const formula *true_formula(arena *a, uint64_t *s, const coef *at, int depth) {
    const formula *x, *y;
    if (!depth || below(s, 2)) {
        do
            x = atom_of(a, below(s, 3) - 1, below(s, 3) - 1, below(s, 3) - 1, below(s, 3) - 1,
                        (rel)below(s, 3));
        while (!formula_holds(a, x, at));
        return x;
    }
    x = true_formula(a, s, at, depth - 1);
    y = atom_of(a, below(s, 3) - 1, below(s, 3) - 1, 0, 1, REL_LT);
    if (below(s, 2)) return all_of(a, x, true_formula(a, s, at, depth - 1));
    return below(s, 2) ? any_of(a, x, y) : any_of(a, y, x);
}

static const proof *random_proof(arena *a, uint64_t *s, int depth) {
    if (depth && below(s, 2))
        return split_of(a, below(s, 3), below(s, 4), random_proof(a, s, depth - 1),
                        random_proof(a, s, depth - 1));
    part parts[4];
    int n = 1 + below(s, 4);
    for (int i = 0; i < n; i++) parts[i] = (part){below(s, 3), below(s, 4), below(s, 5) - 2, 1};
    return sum_of(a, parts, n);
}

static void no_random_proof_refutes_what_holds(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int round = 0; round < 3000; round++) {
        arena *a = arena_new();
        example *x = example_new(a);
        const coef at[SYMBOLS] = {coef_int(below(&seed, 3) - 1), coef_int(below(&seed, 3) - 1),
                                  coef_int(below(&seed, 3) - 1)};
        for (int i = 0; i < 3; i++) add_fact(x, true_formula(a, &seed, at, 2));
        for (int i = 0; i < 20; i++) assert_false(proof_refutes(&x->s, random_proof(a, &seed, 2)));
        arena_free(a);
    }
}

/* --- witnesses --- */

/* w > 0, L = 2w - 1, N ≠ 0 and (N < w or N ≥ L + 5) */
static example *solvable(arena *a) {
    example *x = example_new(a);
    add_fact(x, atom_of(a, -1, 0, 0, 0, REL_LT));
    add_fact(x, atom_of(a, 2, -1, 0, -1, REL_EQ));
    add_fact(x, formula_nonzero(a, form_sym(a, N)));
    add_extra(x, any_of(a, atom_of(a, -1, 0, 1, 0, REL_LT), atom_of(a, 0, 1, -1, 5, REL_LE)));
    return x;
}

static bool satisfied_at(const example *x, long w, long l, long n) {
    const coef at[] = {coef_int(w), coef_int(l), coef_int(n)};
    witness v = {at, SYMBOLS};
    return witness_satisfies(&x->s, &v);
}

static void witnesses_are_evaluated(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = solvable(a);
    assert_true(satisfied_at(x, 1, 1, 6));
    assert_true(satisfied_at(x, 1, 1, -1));
    assert_true(satisfied_at(x, 3, 5, 2));
    const long changed_by_one[][3] = {
        {2, 1, 6},   {0, 1, 6}, {1, 2, 6}, {1, 0, 6}, {1, 1, 5}, /* N < L + 5 and not < w */
        {0, -1, -1},                                             /* w does not grow */
        {1, 1, 0},                                               /* N does not scale */
        {1, 1, 1},
    };
    for (size_t i = 0; i < sizeof changed_by_one / sizeof *changed_by_one; i++)
        assert_false(
            satisfied_at(x, changed_by_one[i][0], changed_by_one[i][1], changed_by_one[i][2]));
    arena_free(a);
}

static void a_witness_answers_for_the_facts_in_use(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = solvable(a);
    x->s.use = x->use;
    for (int i = 0; i < 3; i++) {
        const long breaks_only[3][3] = {{0, -1, -1}, {1, 2, -1}, {1, 1, 0}};
        const long *v = breaks_only[i];
        assert_false(satisfied_at(x, v[0], v[1], v[2]));
        x->use[i] = false;
        assert_true(satisfied_at(x, v[0], v[1], v[2]));
        x->use[i] = true;
    }
    arena_free(a);
}

static void a_witness_values_every_symbol(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = solvable(a);
    const coef at[] = {coef_int(1), coef_int(1), coef_int(6), coef_int(0)};
    for (int n = 0; n <= 4; n++) {
        witness w = {at, n};
        assert_int_equal(witness_satisfies(&x->s, &w), n == SYMBOLS);
    }
    arena_free(a);
}

/* --- ways to a bound --- */

static bool approached(const example *x, const long *near, const long *limit, bool ray) {
    const coef from[] = {coef_int(near[0]), coef_int(near[1]), coef_int(near[2])};
    const coef to[] = {coef_int(limit[0]), coef_int(limit[1]), coef_int(limit[2])};
    approach w = {{from, SYMBOLS}, {to, SYMBOLS}, ray};
    return approach_holds(&x->s, &w);
}

/* 0 < w < 3, L = w, N ≥ 1 */
static example *bounded(arena *a) {
    example *x = example_new(a);
    add_fact(x, all_of(a, atom_of(a, -1, 0, 0, 0, REL_LT), atom_of(a, 1, 0, 0, -3, REL_LT)));
    add_fact(x, atom_of(a, 1, -1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, 0, 0, -1, 1, REL_LE));
    return x;
}

static void the_way_to_an_open_end_holds_until_the_end(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = bounded(a);
    assert_true(approached(x, (long[]){2, 2, 1}, (long[]){3, 3, 1}, false));
    assert_true(approached(x, (long[]){2, 2, 1}, (long[]){0, 0, 1}, false));
    assert_true(approached(x, (long[]){2, 2, 1}, (long[]){1, 1, 9}, false));
    const long wrong[][6] = {
        {3, 3, 1, 2, 2, 1},                       /* the start is the end */
        {2, 2, 1, 4, 4, 1},                       /* past the end */
        {2, 2, 1, -1, -1, 1}, {2, 2, 1, 3, 2, 1}, /* off the line */
        {2, 2, 1, 3, 3, 0},                       /* below the bound of N */
        {2, 1, 1, 3, 3, 1},   {2, 2, 0, 3, 3, 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(approached(x, wrong[i], wrong[i] + 3, false));
    arena_free(a);
}

/* Of x: w ≤ 0 or l ≤ 0 (fact 0), w - l = 0 (1), 0 < w (2): lemma 3 is w ≤ 0, `last` ends it. */
static bool refuted_by_lemma(example *x, const formula *lemma, const proof *why,
                             const proof *last) {
    const formula *lemmas[] = {lemma};
    const proof *branch[] = {why, last};
    proof pf = {.kind = PROOF_LEMMAS, .branch = branch, .n = 2, .lemma = lemmas};
    return proof_refutes(&x->s, &pf);
}

static void a_lemma_has_a_proof_of_its_own_and_grants_no_more_than_itself(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    const formula *lemma = atom_of(a, 1, 0, 0, 0, REL_LE), *other = atom_of(a, 0, 0, 1, 0, REL_LE);
    add_fact(x, any_of(a, lemma, atom_of(a, 0, 1, 0, 0, REL_LE)));
    add_fact(x, atom_of(a, 1, -1, 0, 0, REL_EQ));
    add_fact(x, atom_of(a, -1, 0, 0, 0, REL_LT));
    const proof *one = SUM(a, {0, 1, 1, 1}, {3, 0, 1, 1});
    const proof *two = SUM(a, {0, 2, 1, 1}, {1, 0, 1, 1}, {3, 0, 1, 1});
    const proof *why = split_of(a, 0, 0, one, two), *last = SUM(a, {2, 0, 1, 1}, {3, 0, 1, 1});
    assert_true(refuted_by_lemma(x, lemma, why, last));
    assert_false(refuted_by_lemma(x, lemma, last, why));
    assert_false(refuted_by_lemma(x, lemma, one, last));
    assert_false(refuted_by_lemma(x, other, why, last));
    assert_false(refuted_by_lemma(x, lemma, why, SUM(a, {2, 0, 1, 1}, {4, 0, 1, 1})));
    assert_false(refuted_by_lemma(x, lemma, why, SUM(a, {2, 0, 1, 1}, {0, 1, 1, 1})));
    assert_false(refuted_by_lemma(x, lemma, SUM(a, {3, 0, 1, 1}, {4, 0, 1, 1}), last));
    assert_false(refuted_by_lemma(x, formula_all(a, NULL, 0), why, last));
    arena_free(a);
}

static void a_ray_never_leaves(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = bounded(a);
    assert_true(approached(x, (long[]){2, 2, 1}, (long[]){0, 0, 1}, true));
    assert_true(approached(x, (long[]){2, 2, 1}, (long[]){0, 0, 0}, true));
    const long wrong[][6] = {
        {2, 2, 1, 0, 0, -1}, {2, 2, 5, 0, 0, -1}, {2, 2, 1, 1, 1, 1}, {2, 2, 1, -1, -1, 1},
        {2, 2, 1, 0, 1, 1},  {2, 2, 0, 0, 0, 1},  {3, 3, 1, 0, 0, 1},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(approached(x, wrong[i], wrong[i] + 3, true));
    arena_free(a);
}

static void a_way_stays_in_one_branch(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = example_new(a);
    add_fact(x, formula_nonzero(a, form_sym(a, W)));
    assert_true(approached(x, (long[]){1, 0, 0}, (long[]){0, 0, 0}, false));
    assert_true(approached(x, (long[]){1, 0, 0}, (long[]){1, 0, 0}, true));
    assert_false(approached(x, (long[]){1, 0, 0}, (long[]){-1, 0, 0}, false)); /* through 0 */
    assert_false(approached(x, (long[]){1, 0, 0}, (long[]){-1, 0, 0}, true));
    assert_false(approached(x, (long[]){0, 0, 0}, (long[]){1, 0, 0}, false));
    arena_free(a);
}

static void a_way_values_every_symbol(void **state) {
    (void)state;
    arena *a = arena_new();
    example *x = bounded(a);
    const coef near[] = {coef_int(2), coef_int(2), coef_int(1), coef_int(0)};
    const coef limit[] = {coef_int(3), coef_int(3), coef_int(1), coef_int(0)};
    for (int n = 0; n <= 4; n++)
        for (int m = 0; m <= 4; m++) {
            approach w = {{near, n}, {limit, m}, false};
            assert_int_equal(approach_holds(&x->s, &w), n == SYMBOLS && m == SYMBOLS);
        }
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_certificates_are_accepted),
        cmocka_unit_test(a_certificate_with_one_thing_changed_is_refused),
        cmocka_unit_test(a_certificate_rests_on_every_fact_that_it_names),
        cmocka_unit_test(the_support_is_what_the_summands_and_splits_name),
        cmocka_unit_test(zero_at_most_zero_is_no_contradiction),
        cmocka_unit_test(inequalities_take_no_negative_multipliers),
        cmocka_unit_test(a_strict_atom_times_zero_makes_nothing_strict),
        cmocka_unit_test(atoms_below_an_unsplit_any_are_not_granted),
        cmocka_unit_test(a_split_of_one_formula_grants_nothing_in_another),
        cmocka_unit_test(nothing_refutes_nothing),
        cmocka_unit_test(no_random_proof_refutes_what_holds),
        cmocka_unit_test(witnesses_are_evaluated),
        cmocka_unit_test(a_witness_answers_for_the_facts_in_use),
        cmocka_unit_test(a_witness_values_every_symbol),
        cmocka_unit_test(the_way_to_an_open_end_holds_until_the_end),
        cmocka_unit_test(a_lemma_has_a_proof_of_its_own_and_grants_no_more_than_itself),
        cmocka_unit_test(a_ray_never_leaves),
        cmocka_unit_test(a_way_stays_in_one_branch),
        cmocka_unit_test(a_way_values_every_symbol),
    };
    return cmocka_run_group_tests_name("the kernel: certificates and witnesses", tests, NULL, NULL);
}
