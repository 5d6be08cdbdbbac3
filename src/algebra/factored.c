#include "algebra/factored.h"

enum {
    PLACES = 256,
    LONGEST = 256 /* monomials */
};

typedef struct {
    bool taken;
    fmpz_mpoly_t p;
    fmpz_mpoly_factor_t f;
} place;

struct factored {
    arena *a;
    const fmpz_mpoly_ctx_struct *ctx;
    place *place; /* PLACES; NULL: nothing was kept yet */
};

factored *factored_new(arena *a, const fmpz_mpoly_ctx_struct *ctx) {
    factored *m = NEW(a, factored);
    *m = (factored){a, ctx, NULL};
    return m;
}

static void leave(const factored *m, place *x) {
    if (!x->taken) return;
    fmpz_mpoly_clear(x->p, m->ctx);
    fmpz_mpoly_factor_clear(x->f, m->ctx);
    x->taken = false;
}

void factored_clear(factored *m) {
    for (int i = 0; m->place && i < PLACES; i++) leave(m, &m->place[i]);
}

static void factor(const factored *m, fmpz_mpoly_factor_t f, const fmpz_mpoly_t p) {
    if (!fmpz_mpoly_factor(f, p, m->ctx)) fmpz_mpoly_factor_content(f, p, m->ctx);
    fmpz_mpoly_factor_sort(f, m->ctx);
}

static uint64_t mixed(uint64_t hash, uint64_t with) {
    hash = (hash ^ with) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

/* Of the coefficients and exponents. */
static place *place_of(const factored *m, const fmpz_mpoly_t p) {
    uint64_t hash = p->bits;
    slong words = mpoly_words_per_exp(p->bits, m->ctx->minfo) * p->length;
    for (slong i = 0; i < p->length; i++)
        hash = mixed(hash, fmpz_get_ui(p->coeffs + i) ^ (fmpz_sgn(p->coeffs + i) < 0));
    for (slong i = 0; i < words; i++) hash = mixed(hash, p->exps[i]);
    return &m->place[hash % PLACES];
}

static void keep(const factored *m, place *x, const fmpz_mpoly_t p, const fmpz_mpoly_factor_t f) {
    leave(m, x);
    fmpz_mpoly_init(x->p, m->ctx);
    fmpz_mpoly_set(x->p, p, m->ctx);
    fmpz_mpoly_factor_init(x->f, m->ctx);
    fmpz_mpoly_factor_set(x->f, f, m->ctx);
    x->taken = true;
}

void factored_get(factored *m, fmpz_mpoly_factor_t f, const fmpz_mpoly_t p) {
    if (p->length > LONGEST) {
        factor(m, f, p);
        return;
    }
    if (!m->place) m->place = NEW_ARRAY(m->a, place, PLACES);
    place *x = place_of(m, p);
    if (x->taken && fmpz_mpoly_equal(x->p, p, m->ctx)) {
        fmpz_mpoly_factor_set(f, x->f, m->ctx);
        return;
    }
    factor(m, f, p);
    keep(m, x, p, f);
}
