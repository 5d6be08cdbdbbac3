#include "engine/lift.h"

#include <flint/fmpz_vec.h>
#include <flint/nmod.h>
#include <flint/nmod_vec.h>
#include <flint/ulong_extras.h>

/* An entry of the square, by position. */
typedef struct {
    int row, col;
    slong c;
} word_entry;

typedef enum { RIGHT, LEFT } side; /* square·x = b, or x·square = b */

/* num/den solves it; b is primitive. */
typedef struct {
    side from;
    fmpz *b, *num; /* NULL: nothing yet */
    fmpz_t den;
} solution;

enum { REMEMBERED = 8 };

struct lift {
    arena *a;
    budget *b;
    const zrow *rows;
    int m, ncols, rank;
    int *row; /* permutation: the first `rank` are those of the square */
    int *col; /* permutation: the same */
    int *at;  /* its inverse: the position of a column */
    nmod_t mod;
    int stride;
    mp_limb_t *lu;  /* the square's factors, L with unit diagonal */
    mp_limb_t *ut;  /* their transpose */
    mp_limb_t *inv; /* inverses of the diagonal */
    fmpz **kernel;  /* if known: for each column outside, square·num = column·den; den is last */
    word_entry *word; /* the square, if its entries are short */
    size_t nwords;
    uint64_t work;
    bool gave_up;               /* the budget ended a solution: it is zero instead */
    mp_limb_t unit;             /* the inverse of the prime modulo 2^64 */
    solution known[REMEMBERED]; /* what was asked last is often asked again */
    int next;                   /* the one to forget */
};

int lift_rank(const lift *l) {
    return l->rank;
}

uint64_t lift_work(const lift *l) {
    return l->work;
}

bool lift_gave_up(const lift *l) {
    return l->gave_up;
}

bool lift_has_column(const lift *l, int col) {
    return l->at[col] < l->rank;
}

/* ---- modulo the prime ---- */

static mp_limb_t *lu_row(const lift *l, int i) {
    return l->lu + (size_t)i * (size_t)l->stride;
}

/* w -= t·u on [from, to) */
static void subtract(const lift *l, mp_limb_t *w, const mp_limb_t *u, mp_limb_t t, int from,
                     int to) {
    mp_limb_t minus = nmod_neg(t, l->mod), pre = n_mulmod_precomp_shoup(minus, l->mod.n);
    for (int j = from; j < to; j++)
        w[j] = nmod_add(w[j], n_mulmod_shoup(minus, u[j], pre, l->mod.n), l->mod);
}

static void load(const lift *l, mp_limb_t *w, const zrow *r) {
    memset(w, 0, sizeof *w * (size_t)l->ncols);
    for (int i = 0; i < r->n; i++) w[l->at[r->e[i].col]] = fmpz_fdiv_ui(&r->e[i].c, l->mod.n);
}

static void swap_columns(lift *l, int i, int j) {
    int t = l->col[i];
    l->col[i] = l->col[j];
    l->col[j] = t;
    l->at[l->col[i]] = i;
    l->at[l->col[j]] = j;
    for (int k = 0; i != j && k <= l->rank; k++) {
        mp_limb_t *w = lu_row(l, k), x = w[i];
        w[i] = w[j];
        w[j] = x;
    }
}

/* A position with a non-zero entry, the last column's only if there is no other; -1: none. */
static int pivot_in(const lift *l, const mp_limb_t *w) {
    int last = l->at[l->ncols - 1];
    for (int j = l->rank; j < l->ncols; j++)
        if (w[j] && j != last) return j;
    return w[last] && last >= l->rank ? last : -1;
}

/* Takes a row into the square if it is independent modulo the prime. */
static bool take_in(lift *l, const zrow *r) {
    mp_limb_t *w = lu_row(l, l->rank);
    load(l, w, r);
    for (int k = 0; k < l->rank; k++) {
        if (!w[k]) continue;
        w[k] = nmod_mul(w[k], l->inv[k], l->mod);
        subtract(l, w, lu_row(l, k), w[k], k + 1, l->ncols);
    }
    int j = pivot_in(l, w);
    if (j < 0) return false;
    swap_columns(l, l->rank, j);
    l->inv[l->rank] = n_invmod(w[l->rank], l->mod.n);
    l->rank++;
    return true;
}

static void transpose(lift *l) {
    for (int i = 0; i < l->rank; i++)
        for (int j = 0; j < l->rank; j++)
            l->ut[(size_t)j * (size_t)l->stride + (size_t)i] = lu_row(l, i)[j];
}

/* Entries below 2^SHORT_BITS and digits below 2^61, at most 2^20 in a sum: what is left to solve
 * stays far below 2^62. */
enum { SHORT_BITS = 31, MOST_IN_SUM = 1 << 20 };

/* Newton's iteration doubles the bits that are right; an odd number is its own inverse modulo 8. */
static mp_limb_t inverse_of_odd(mp_limb_t p) {
    mp_limb_t x = p;
    for (int bits = 3; bits < 64; bits *= 2) x *= 2 - p * x;
    return x;
}

static void store_words(lift *l) {
    size_t n = 0;
    bool fit = l->rank <= MOST_IN_SUM;
    l->unit = inverse_of_odd(l->mod.n);
    for (int i = 0; i < l->rank; i++) n += (size_t)l->rows[l->row[i]].n;
    l->word = NEW_ARRAY(l->a, word_entry, n);
    l->nwords = 0;
    for (int i = 0; i < l->rank && fit; i++) {
        const zrow *r = &l->rows[l->row[i]];
        for (int j = 0; j < r->n && fit; j++) {
            if (!lift_has_column(l, r->e[j].col)) continue;
            fit = fmpz_bits(&r->e[j].c) <= SHORT_BITS;
            if (fit)
                l->word[l->nwords++] = (word_entry){i, l->at[r->e[j].col], fmpz_get_si(&r->e[j].c)};
        }
    }
    if (!fit) l->word = NULL;
}

static bool factor(lift *l, mp_limb_t prime) {
    nmod_init(&l->mod, prime);
    int outside = l->m;
    l->rank = 0;
    for (int j = 0; j < l->ncols; j++) l->col[j] = l->at[j] = j;
    for (int i = 0; i < l->m; i++) {
        uint64_t cost = (uint64_t)l->rank * (uint64_t)(l->ncols - l->rank) / 16 + 1;
        if (!budget_spend(l->b, cost)) return false;
        if (l->rank < l->ncols && take_in(l, &l->rows[i]))
            l->row[l->rank - 1] = i;
        else
            l->row[--outside] = i;
    }
    transpose(l);
    store_words(l);
    return true;
}

__extension__ typedef unsigned __int128 two_limbs;

/* Primes stay below 2^61, so that 32 products fit into two limbs. */
static mp_limb_t dot(const mp_limb_t *x, const mp_limb_t *y, int n, nmod_t mod) {
    mp_limb_t sum = 0, part;
    for (int i = 0; i < n;) {
        two_limbs s = sum;
        for (int end = n - i > 32 ? i + 32 : n; i < end; i++) s += (two_limbs)x[i] * y[i];
        NMOD2_RED2(part, (mp_limb_t)(s >> 64), (mp_limb_t)s, mod);
        sum = part;
    }
    return sum;
}

/* Solves with lower times upper triangle, both in t; `unit` says which diagonal is one. */
static void solve_mod(const lift *l, const mp_limb_t *t, bool unit_lower, mp_limb_t *x) {
    for (int i = 0; i < l->rank; i++) {
        const mp_limb_t *w = t + (size_t)i * (size_t)l->stride;
        x[i] = nmod_sub(x[i], dot(w, x, i, l->mod), l->mod);
        if (!unit_lower) x[i] = nmod_mul(x[i], l->inv[i], l->mod);
    }
    for (int i = l->rank - 1; i >= 0; i--) {
        const mp_limb_t *w = t + (size_t)i * (size_t)l->stride;
        x[i] = nmod_sub(x[i], dot(w + i + 1, x + i + 1, l->rank - i - 1, l->mod), l->mod);
        if (unit_lower) x[i] = nmod_mul(x[i], l->inv[i], l->mod);
    }
}

/* ---- lifting ---- */

__extension__ typedef __int128 wide;

typedef struct {
    lift *l;
    side from;
    arena *a;    /* the digits' own */
    fmpz *rest;  /* (b - square·x)/p^k */
    slong *word; /* the same where it is short; else NULL */
    wide *sum;
    VEC(mp_limb_t *) digit;
    fmpz_t modulus; /* p^k */
} lifting;

static bool all_short(const fmpz *b, int n) {
    for (int i = 0; i < n; i++)
        if (COEFF_IS_MPZ(b[i])) return false;
    return true;
}

static lifting lifting_new(lift *l, side from, const fmpz *b) {
    lifting s = {.l = l, .from = from, .a = arena_new()};
    fmpz_init_set_ui(s.modulus, 1);
    if (l->word && all_short(b, l->rank)) {
        s.word = NEW_ARRAY(s.a, slong, l->rank);
        s.sum = NEW_ARRAY(s.a, wide, l->rank);
        for (int i = 0; i < l->rank; i++) s.word[i] = b[i];
    } else {
        s.rest = _fmpz_vec_init(l->rank);
        _fmpz_vec_set(s.rest, b, l->rank);
    }
    return s;
}

static void lifting_free(lifting *s) {
    fmpz_clear(s->modulus);
    if (s->rest) _fmpz_vec_clear(s->rest, s->l->rank);
    arena_free(s->a);
}

/* rest = (rest - square·x or x·square)/p, x below p */
static void take_off_words(lifting *s, const mp_limb_t *x) {
    const lift *l = s->l;
    for (int i = 0; i < l->rank; i++) s->sum[i] = s->word[i];
    for (size_t k = 0; k < l->nwords; k++) {
        const word_entry *w = &l->word[k];
        if (s->from == RIGHT)
            s->sum[w->row] -= (wide)w->c * (wide)x[w->col];
        else
            s->sum[w->col] -= (wide)w->c * (wide)x[w->row];
    }
    for (int i = 0; i < l->rank; i++) s->word[i] = (slong)((mp_limb_t)s->sum[i] * l->unit);
}

static void take_off(lifting *s, const mp_limb_t *x) {
    const lift *l = s->l;
    for (int i = 0; i < l->rank; i++) {
        const zrow *r = &l->rows[l->row[i]];
        for (int j = 0; j < r->n; j++) {
            int at = l->at[r->e[j].col];
            if (at >= l->rank) continue;
            if (s->from == RIGHT)
                fmpz_submul_ui(s->rest + i, &r->e[j].c, x[at]);
            else
                fmpz_submul_ui(s->rest + at, &r->e[j].c, x[i]);
        }
    }
    _fmpz_vec_scalar_divexact_ui(s->rest, s->rest, l->rank, l->mod.n);
}

static mp_limb_t residue(slong x, mp_limb_t p) {
    slong r = x % (slong)p;
    return (mp_limb_t)(r < 0 ? r + (slong)p : r);
}

static void next_digit(lifting *s) {
    lift *l = s->l;
    mp_limb_t p = l->mod.n, *x = NEW_ARRAY(s->a, mp_limb_t, l->rank);
    for (int i = 0; i < l->rank; i++)
        x[i] = s->word ? residue(s->word[i], p) : fmpz_fdiv_ui(s->rest + i, p);
    solve_mod(l, s->from == RIGHT ? l->lu : l->ut, s->from == RIGHT, x);
    if (s->word)
        take_off_words(s, x);
    else
        take_off(s, x);
    vec_push(s->a, &s->digit, x);
    fmpz_mul_ui(s->modulus, s->modulus, p);
}

static void assemble(const lifting *s, int i, fmpz_t x) {
    fmpz_zero(x);
    for (size_t k = s->digit.n; k-- > 0;) {
        fmpz_mul_ui(x, x, s->l->mod.n);
        fmpz_add_ui(x, x, s->digit.v[k][i]);
    }
}

/* Leaves forty bits to spare, so that a number that is not yet a fraction seldom looks like one. */
static bool is_short(const fmpz_t n, const fmpz_t d, const fmpz_t modulus) {
    return fmpz_bits(n) + fmpz_bits(d) + 40 < fmpz_bits(modulus);
}

/* num/den from x modulo p^k, where den is common to all and grows; earlier ones are num[0..i). */
static bool read_fraction(const lifting *s, int i, fmpz *num, fmpz_t den) {
    fmpq_t f;
    fmpq_init(f);
    fmpz *x = num + i;
    assemble(s, i, x);
    fmpz_mul(x, x, den);
    fmpz_smod(x, x, s->modulus);
    bool ok = is_short(x, den, s->modulus);
    if (fmpz_sgn(x) < 0 && !ok) fmpz_add(x, x, s->modulus);
    if (!ok && fmpq_reconstruct_fmpz(f, x, s->modulus)) {
        ok = is_short(fmpq_numref(f), fmpq_denref(f), s->modulus);
        fmpz_set(x, fmpq_numref(f));
        _fmpz_vec_scalar_mul_fmpz(num, num, i, fmpq_denref(f));
        fmpz_mul(den, den, fmpq_denref(f));
    }
    fmpq_clear(f);
    return ok;
}

static void add_product(const lift *l, side from, fmpz *out, const fmpz *x) {
    for (int i = 0; i < l->rank; i++) {
        const zrow *r = &l->rows[l->row[i]];
        for (int j = 0; j < r->n; j++) {
            int at = l->at[r->e[j].col];
            if (at >= l->rank) continue;
            if (from == RIGHT)
                fmpz_addmul(out + i, &r->e[j].c, x + at);
            else
                fmpz_addmul(out + at, &r->e[j].c, x + i);
        }
    }
}

static bool is_solution(const lift *l, side from, const fmpz *b, const fmpz *num,
                        const fmpz_t den) {
    fmpz *out = _fmpz_vec_init(l->rank);
    add_product(l, from, out, num);
    bool ok = true;
    for (int i = 0; i < l->rank && ok; i++) {
        fmpz_submul(out + i, b + i, den);
        ok = fmpz_is_zero(out + i);
    }
    _fmpz_vec_clear(out, l->rank);
    return ok;
}

static bool may_go_on(lift *l, uint64_t cost) {
    l->gave_up = l->gave_up || !budget_spend(l->b, cost);
    return !l->gave_up;
}

static bool read_solution(const lifting *s, const fmpz *b, fmpz *num, fmpz_t den) {
    fmpz_one(den);
    for (int i = 0; i < s->l->rank; i++)
        if (!may_go_on(s->l, 0) || !read_fraction(s, i, num, den)) return false;
    return is_solution(s->l, s->from, b, num, den);
}

/* x = num/den with square·x = b or x·square = b, by position; 0 where the budget ends first. */
static void solve(lift *l, side from, const fmpz *b, fmpz *num, fmpz_t den) {
    lifting s = lifting_new(l, from, b);
    uint64_t digit_cost = (uint64_t)l->rank * (uint64_t)l->rank / 16 + 1;
    bool found = false;
    for (size_t due = 2; !found && !l->gave_up; due += due / 4 + 1) {
        while (s.digit.n < due && may_go_on(l, digit_cost)) next_digit(&s);
        found = !l->gave_up && read_solution(&s, b, num, den);
    }
    if (!found) _fmpz_vec_zero(num, l->rank);
    if (!found) fmpz_one(den);
    l->work += 16 * digit_cost * s.digit.n;
    lifting_free(&s);
}

static bool is_known(const lift *l, const solution *k, side from, const fmpz *b) {
    return k->b && k->from == from && _fmpz_vec_equal(k->b, b, l->rank);
}

static const solution *remember(lift *l, side from, const fmpz *b) {
    solution *k = &l->known[l->next];
    l->next = (l->next + 1) % REMEMBERED;
    if (!k->b) {
        k->b = _fmpz_vec_init(l->rank);
        k->num = _fmpz_vec_init(l->rank);
    }
    k->from = from;
    _fmpz_vec_set(k->b, b, l->rank);
    solve(l, from, b, k->num, k->den);
    return k;
}

/* The same; multiples of what was asked lately cost nothing. */
static void solve_again(lift *l, side from, const fmpz *b, fmpz *num, fmpz_t den) {
    fmpz *reduced = _fmpz_vec_init(l->rank);
    const solution *found = NULL;
    fmpz_t content;
    fmpz_init(content);
    _fmpz_vec_content(content, b, l->rank);
    int lead = 0;
    while (lead < l->rank && fmpz_is_zero(b + lead)) lead++;
    if (lead < l->rank && fmpz_sgn(b + lead) < 0) fmpz_neg(content, content);
    if (lead < l->rank) _fmpz_vec_scalar_divexact_fmpz(reduced, b, l->rank, content);
    for (int i = 0; i < REMEMBERED && !found; i++)
        if (is_known(l, &l->known[i], from, reduced)) found = &l->known[i];
    if (!found) found = remember(l, from, reduced);
    _fmpz_vec_scalar_mul_fmpz(num, found->num, l->rank, content);
    fmpz_set(den, found->den);
    fmpz_clear(content);
    _fmpz_vec_clear(reduced, l->rank);
}

static void forget(lift *l) {
    for (int i = 0; i < REMEMBERED; i++) {
        if (!l->known[i].b) continue;
        _fmpz_vec_clear(l->known[i].b, l->rank);
        _fmpz_vec_clear(l->known[i].num, l->rank);
        l->known[i].b = NULL;
    }
}

/* ---- certainty about the rank ---- */

static void clear_kernel(void *what) {
    lift *l = what;
    for (int j = 0; l->kernel && j < l->ncols - l->rank; j++)
        if (l->kernel[j]) _fmpz_vec_clear(l->kernel[j], l->rank + 1);
    l->kernel = NULL;
}

/* Does the row vanish on the kernel's vector of this column? */
static bool annihilates(const lift *l, const zrow *r, int col, const fmpz *x) {
    fmpz_t sum;
    fmpz_init(sum);
    for (int j = 0; j < r->n; j++) {
        int at = l->at[r->e[j].col];
        if (at < l->rank)
            fmpz_addmul(sum, &r->e[j].c, x + at);
        else if (r->e[j].col == col)
            fmpz_submul(sum, &r->e[j].c, x + l->rank);
    }
    bool ok = fmpz_is_zero(sum);
    fmpz_clear(sum);
    return ok;
}

static void load_column(const lift *l, int col, fmpz *b) {
    for (int i = 0; i < l->rank; i++) {
        const fmpz *c = zrow_at(&l->rows[l->row[i]], col);
        if (c)
            fmpz_set(b + i, c);
        else
            fmpz_zero(b + i);
    }
}

/* The vector of the j-th column outside. */
static const fmpz *find_kernel_vector(lift *l, int j) {
    fmpz *b = _fmpz_vec_init(l->rank), *x = l->kernel[j] = _fmpz_vec_init(l->rank + 1);
    load_column(l, l->col[l->rank + j], b);
    solve(l, RIGHT, b, x, x + l->rank);
    _fmpz_vec_clear(b, l->rank);
    return x;
}

/* The right kernel: as many vectors as there are columns outside proves that the rank is no
 * larger. */
static bool certify_by_kernel(lift *l) {
    bool ok = true;
    l->kernel = NEW_ARRAY(l->a, fmpz *, l->ncols - l->rank + 1);
    for (int j = 0; j < l->ncols - l->rank && ok; j++) {
        const fmpz *x = find_kernel_vector(l, j);
        for (int i = l->rank; i < l->m && ok; i++)
            ok = annihilates(l, &l->rows[l->row[i]], l->col[l->rank + j], x);
        ok = ok && budget_left(l->b);
    }
    if (!ok) clear_kernel(l);
    return ok;
}

/* Where few columns are outside, a vector for each of them answers everything that comes. */
enum { FEW_OUTSIDE = 4 };

static bool has_kernel(lift *l) {
    int n = l->ncols - l->rank;
    if (l->kernel || n > FEW_OUTSIDE) return l->kernel != NULL;
    l->kernel = NEW_ARRAY(l->a, fmpz *, n + 1);
    for (int j = 0; j < n && !l->gave_up; j++) find_kernel_vector(l, j);
    if (l->gave_up) clear_kernel(l);
    return !l->gave_up;
}

static void set_row(const zrow *r, fmpq *v) {
    for (int j = 0; j < r->n; j++) fmpq_set_fmpz(&v[r->e[j].col], &r->e[j].c);
}

static bool reduces_to_zero(lift *l, fmpq *v) {
    bool zero = true;
    lift_reduce(l, v, NULL);
    for (int j = 0; j < l->ncols; j++) {
        zero = zero && fmpq_is_zero(&v[j]);
        fmpq_zero(&v[j]);
    }
    return zero;
}

/* The left kernel: every row outside is a combination of those in the square. */
static bool certify_by_rows(lift *l) {
    fmpq *v = fmpqs_new((size_t)l->ncols);
    bool ok = true;
    for (int i = l->rank; i < l->m && ok; i++) {
        set_row(&l->rows[l->row[i]], v);
        ok = reduces_to_zero(l, v) && budget_left(l->b);
    }
    fmpqs_free(v, (size_t)l->ncols);
    return ok;
}

static bool certify_last(lift *l) {
    if (l->at[l->ncols - 1] >= l->rank) return true;
    fmpq *v = fmpqs_new((size_t)l->ncols);
    fmpq_one(&v[l->ncols - 1]);
    bool ok = reduces_to_zero(l, v);
    fmpqs_free(v, (size_t)l->ncols);
    return ok;
}

static bool certify(lift *l) {
    bool by_kernel = l->ncols - l->rank < l->m - l->rank;
    return (by_kernel ? certify_by_kernel(l) : certify_by_rows(l)) && certify_last(l);
}

static void lift_clear(void *what) {
    lift *l = what;
    clear_kernel(l);
    forget(l);
    for (int i = 0; i < REMEMBERED; i++) fmpz_clear(l->known[i].den);
    flint_free(l->lu);
    flint_free(l->ut);
}

lift *lift_new(arena *a, const zrow *rows, int m, int ncols, budget *b) {
    lift *l = NEW(a, lift);
    *l = (lift){.a = a, .b = b, .rows = rows, .m = m, .ncols = ncols, .stride = ncols};
    size_t depth = (size_t)(m < ncols ? m : ncols) + 1;
    l->row = NEW_ARRAY(a, int, m);
    l->col = NEW_ARRAY(a, int, ncols);
    l->at = NEW_ARRAY(a, int, ncols);
    l->inv = NEW_ARRAY(a, mp_limb_t, depth);
    l->lu = flint_malloc(sizeof *l->lu * depth * (size_t)ncols);
    l->ut = flint_malloc(sizeof *l->ut * depth * (size_t)ncols);
    for (int i = 0; i < REMEMBERED; i++) fmpz_init(l->known[i].den);
    arena_defer(a, lift_clear, l);
    mp_limb_t prime = UWORD(1) << 60;
    do {
        prime = n_nextprime(prime, 0);
        forget(l);
        clear_kernel(l);
        if (!factor(l, prime)) return NULL;
    } while (!certify(l) && budget_left(b));
    return budget_left(b) ? l : NULL;
}

/* ---- answers ---- */

/* b = common·v on the columns of the square. */
static bool load_rational(const lift *l, const fmpq *v, fmpz *b, fmpz_t common) {
    bool any = false;
    fmpz_one(common);
    for (int j = 0; j < l->rank; j++) {
        const fmpq *q = &v[l->col[j]];
        any = any || !fmpq_is_zero(q);
        fmpz_lcm(common, common, fmpq_denref(q));
    }
    for (int j = 0; j < l->rank; j++) {
        const fmpq *q = &v[l->col[j]];
        fmpz_divexact(b + j, common, fmpq_denref(q));
        fmpz_mul(b + j, b + j, fmpq_numref(q));
    }
    return any;
}

static void reduce_by_kernel(lift *l, fmpq *v) {
    fmpz *b = _fmpz_vec_init(l->rank);
    fmpz_t common, sum, den;
    fmpq_t t;
    fmpz_init(common);
    fmpz_init(sum);
    fmpz_init(den);
    fmpq_init(t);
    bool any = load_rational(l, v, b, common);
    for (int j = 0; j < l->ncols - l->rank && any; j++) {
        const fmpz *x = l->kernel[j];
        fmpq *out = &v[l->col[l->rank + j]];
        fmpz_zero(sum);
        for (int i = 0; i < l->rank; i++)
            if (!fmpz_is_zero(b + i)) fmpz_addmul(sum, b + i, x + i);
        fmpz_mul(den, common, x + l->rank);
        fmpq_set_fmpz_frac(t, sum, den);
        fmpq_sub(out, out, t);
    }
    for (int i = 0; i < l->rank; i++) fmpq_zero(&v[l->col[i]]);
    fmpq_clear(t);
    fmpz_clear(den);
    fmpz_clear(sum);
    fmpz_clear(common);
    _fmpz_vec_clear(b, l->rank);
}

/* v -= num/den · rows of the square */
static void subtract_rows(const lift *l, fmpq *v, const fmpz *num, const fmpz_t den) {
    fmpz *out = _fmpz_vec_init(l->ncols);
    fmpq_t t;
    fmpq_init(t);
    for (int i = 0; i < l->rank; i++) {
        const zrow *r = &l->rows[l->row[i]];
        for (int j = 0; j < r->n; j++) fmpz_addmul(out + r->e[j].col, num + i, &r->e[j].c);
    }
    for (int j = 0; j < l->ncols; j++) {
        if (fmpz_is_zero(out + j)) continue;
        fmpq_set_fmpz_frac(t, out + j, den);
        fmpq_sub(&v[j], &v[j], t);
    }
    fmpq_clear(t);
    _fmpz_vec_clear(out, l->ncols);
}

void lift_reduce(lift *l, fmpq *v, fmpq *nu) {
    for (int i = 0; nu && i < l->m; i++) fmpq_zero(&nu[i]);
    if (!nu && has_kernel(l)) {
        reduce_by_kernel(l, v);
        return;
    }
    fmpz *b = _fmpz_vec_init(l->rank), *num = _fmpz_vec_init(l->rank);
    fmpz_t common, den;
    fmpz_init(common);
    fmpz_init(den);
    if (load_rational(l, v, b, common)) {
        solve_again(l, LEFT, b, num, den);
        fmpz_mul(den, den, common);
        subtract_rows(l, v, num, den);
        for (int i = 0; nu && i < l->rank; i++) fmpq_set_fmpz_frac(&nu[l->row[i]], num + i, den);
    }
    fmpz_clear(common);
    fmpz_clear(den);
    _fmpz_vec_clear(b, l->rank);
    _fmpz_vec_clear(num, l->rank);
}

void lift_dependency(lift *l, int i, fmpz *nu) {
    int outside = l->row[l->rank + i];
    const zrow *r = &l->rows[outside];
    fmpz *b = _fmpz_vec_init(l->rank), *num = _fmpz_vec_init(l->rank);
    for (int j = 0; j < r->n; j++)
        if (lift_has_column(l, r->e[j].col)) fmpz_set(b + l->at[r->e[j].col], &r->e[j].c);
    _fmpz_vec_zero(nu, l->m);
    solve(l, LEFT, b, num, nu + outside);
    for (int k = 0; k < l->rank; k++) fmpz_neg(nu + l->row[k], num + k);
    _fmpz_vec_clear(b, l->rank);
    _fmpz_vec_clear(num, l->rank);
}

/* b = - common · Σ row·x over the columns outside, by row of the square. */
static void load_outside(const lift *l, const fmpq *x, fmpz *b, fmpz_t common) {
    fmpz_t t;
    fmpz_init(t);
    fmpz_one(common);
    for (int j = l->rank; j < l->ncols; j++) fmpz_lcm(common, common, fmpq_denref(&x[l->col[j]]));
    for (int i = 0; i < l->rank; i++) {
        const zrow *r = &l->rows[l->row[i]];
        for (int j = 0; j < r->n; j++) {
            const fmpq *q = &x[r->e[j].col];
            if (lift_has_column(l, r->e[j].col)) continue;
            fmpz_divexact(t, common, fmpq_denref(q));
            fmpz_mul(t, t, fmpq_numref(q));
            fmpz_submul(b + i, t, &r->e[j].c);
        }
    }
    fmpz_clear(t);
}

/* common·x for the columns of the square */
static void complete_by_kernel(const lift *l, const fmpq *x, fmpz *num, fmpz_t common) {
    fmpq t[FEW_OUTSIDE];
    fmpz_t times;
    fmpz_init(times);
    fmpz_one(common);
    for (int j = 0; j < l->ncols - l->rank; j++) {
        fmpq_init(&t[j]);
        fmpq_div_fmpz(&t[j], &x[l->col[l->rank + j]], l->kernel[j] + l->rank);
        fmpz_lcm(common, common, fmpq_denref(&t[j]));
    }
    for (int j = 0; j < l->ncols - l->rank; j++) {
        fmpz_divexact(times, common, fmpq_denref(&t[j]));
        fmpz_mul(times, times, fmpq_numref(&t[j]));
        fmpq_clear(&t[j]);
        if (!fmpz_is_zero(times)) _fmpz_vec_scalar_submul_fmpz(num, l->kernel[j], l->rank, times);
    }
    fmpz_clear(times);
}

static void complete_by_solving(lift *l, const fmpq *x, fmpz *num, fmpz_t common) {
    fmpz *b = _fmpz_vec_init(l->rank);
    fmpz_t den;
    fmpz_init(den);
    load_outside(l, x, b, common);
    solve_again(l, RIGHT, b, num, den);
    fmpz_mul(common, common, den);
    fmpz_clear(den);
    _fmpz_vec_clear(b, l->rank);
}

/* Divides the vector and d by what they have in common. */
static void shorten(fmpz *num, int n, fmpz_t d) {
    fmpz_t g;
    fmpz_init_set(g, d);
    for (int i = 0; i < n && !fmpz_is_one(g); i++) fmpz_gcd(g, g, num + i);
    if (fmpz_sgn(d) < 0) fmpz_neg(g, g);
    if (!fmpz_is_one(g)) _fmpz_vec_scalar_divexact_fmpz(num, num, n, g);
    fmpz_divexact(d, d, g);
    fmpz_clear(g);
}

void lift_complete(lift *l, fmpq *x, fmpz_t d) {
    fmpz *num = _fmpz_vec_init(l->rank);
    if (l->ncols - l->rank <= FEW_OUTSIDE && has_kernel(l))
        complete_by_kernel(l, x, num, d);
    else
        complete_by_solving(l, x, num, d);
    shorten(num, l->rank, d);
    for (int i = 0; i < l->rank; i++) fmpq_set_fmpz(&x[l->col[i]], num + i);
    _fmpz_vec_clear(num, l->rank);
}
