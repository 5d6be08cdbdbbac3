#include "engine/symbolic.h"

typedef struct {
    arena *a;
    form *row; /* Σ c·x_j = k */
    int rows;
    const coef *sample;
    const coef *zero;
    int nzero;
    int *pivot; /* column of each pivot row */
    int rank;
} gauss;

static bool is_multiple(arena *a, coef c, coef of) {
    rat plain;
    return coef_rat(coef_denominator(a, coef_div(a, coef_numerator(a, c), of)), &plain);
}

static coef unless_zero(const gauss *g, coef c) {
    for (int i = 0; i < g->nzero && coef_field(c); i++)
        if (is_multiple(g->a, c, g->zero[i])) return coef_int(0);
    return c;
}

static form without_zeros(const gauss *g, form f) {
    if (g->nzero == 0) return f;
    term *t = NEW_ARRAY(g->a, term, f.n);
    for (int i = 0; i < f.n; i++) t[i] = (term){f.t[i].sym, unless_zero(g, f.t[i].c)};
    return form_of(g->a, t, f.n, unless_zero(g, f.k));
}

/* The entry is not zero, at the sample either. */
static bool stands(const gauss *g, coef c) {
    rat r;
    return coef_value(g->a, c, g->sample, &r) && !rat_is_zero(r);
}

static int standing_row(const gauss *g, int col) {
    for (int i = g->rank; i < g->rows; i++) {
        coef c = form_coef(g->row[i], col);
        if (!coef_is_zero(c) && stands(g, c)) return i;
    }
    return -1;
}

static void pivot_on(gauss *g, int row, int col) {
    form swap = g->row[row];
    g->row[row] = g->row[g->rank];
    coef scale = coef_div(g->a, coef_int(1), form_coef(swap, col));
    g->row[g->rank] = form_scale(g->a, scale, swap);
    for (int i = 0; i < g->rows; i++) {
        coef c = form_coef(g->row[i], col);
        if (i == g->rank || coef_is_zero(c)) continue;
        form less = form_addmul(g->a, g->row[i], coef_neg(g->a, c), g->row[g->rank]);
        g->row[i] = without_zeros(g, less);
    }
    g->pivot[g->rank++] = col;
}

/* Below the pivots everything must be zero; an entry that only is at the sample is special. */
static bool rest_vanishes(const gauss *g, coef *special) {
    for (int i = g->rank; i < g->rows; i++) {
        form f = g->row[i];
        if (form_is_zero(f)) continue;
        *special = f.n ? f.t[0].c : f.k;
        return false;
    }
    return true;
}

static void read_off(const gauss *g, const coef *start, int n, coef *x) {
    for (int j = 0; j < n; j++) x[j] = start[j];
    for (int i = 0; i < g->rank; i++) {
        form f = g->row[i];
        coef sum = f.k;
        for (int j = 0; j < f.n; j++)
            if (f.t[j].sym != g->pivot[i])
                sum = coef_sub(g->a, sum, coef_mul(g->a, f.t[j].c, start[f.t[j].sym]));
        x[g->pivot[i]] = sum;
    }
}

/* Entries of pivot rows in columns without a pivot belong to free unknowns, by construction. */
bool symbolic_solve(arena *a, form *row, int rows, int n, const coef *sample, const coef *start,
                    const coef *zero, int nzero, coef *x, coef *special) {
    gauss g = {a, row, rows, sample, zero, nzero, NEW_ARRAY(a, int, rows), 0};
    for (int i = 0; i < rows; i++) row[i] = without_zeros(&g, row[i]);
    for (int col = 0; col < n && g.rank < rows; col++) {
        int at = standing_row(&g, col);
        if (at >= 0) pivot_on(&g, at, col);
    }
    if (!rest_vanishes(&g, special)) return false;
    read_off(&g, start, n, x);
    return true;
}
