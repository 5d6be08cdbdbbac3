#include "engine/symbolic.h"

typedef struct {
    arena *a;
    coef **m;
    int rows, n;
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

/* The entry is not zero, at the sample either. */
static bool stands(const gauss *g, coef c) {
    rat r;
    return coef_value(g->a, c, g->sample, &r) && !rat_is_zero(r);
}

static int standing_row(const gauss *g, int col) {
    for (int i = g->rank; i < g->rows; i++)
        if (!coef_is_zero(g->m[i][col]) && stands(g, g->m[i][col])) return i;
    return -1;
}

static void subtract(const gauss *g, int row, coef times, int pivot_row) {
    for (int j = 0; j <= g->n; j++) {
        if (coef_is_zero(g->m[pivot_row][j])) continue;
        coef less = coef_mul(g->a, times, g->m[pivot_row][j]);
        g->m[row][j] = unless_zero(g, coef_sub(g->a, g->m[row][j], less));
    }
}

static void pivot_on(gauss *g, int row, int col) {
    coef *swap = g->m[row];
    g->m[row] = g->m[g->rank];
    g->m[g->rank] = swap;
    coef scale = coef_div(g->a, coef_int(1), swap[col]);
    for (int j = 0; j <= g->n; j++)
        if (!coef_is_zero(swap[j])) swap[j] = coef_mul(g->a, scale, swap[j]);
    for (int i = 0; i < g->rows; i++)
        if (i != g->rank && !coef_is_zero(g->m[i][col])) subtract(g, i, g->m[i][col], g->rank);
    g->pivot[g->rank++] = col;
}

/* Below the pivots everything must be zero; an entry that only is at the sample is special. */
static bool rest_vanishes(const gauss *g, coef *special) {
    for (int i = g->rank; i < g->rows; i++)
        for (int j = 0; j <= g->n; j++)
            if (!coef_is_zero(g->m[i][j])) {
                *special = g->m[i][j];
                return false;
            }
    return true;
}

static void read_off(const gauss *g, const coef *start, coef *x) {
    for (int j = 0; j < g->n; j++) x[j] = start[j];
    for (int i = 0; i < g->rank; i++) {
        coef sum = g->m[i][g->n];
        for (int j = 0; j < g->n; j++)
            if (j != g->pivot[i] && !coef_is_zero(g->m[i][j]))
                sum = coef_sub(g->a, sum, coef_mul(g->a, g->m[i][j], start[j]));
        x[g->pivot[i]] = sum;
    }
}

/* Entries of pivot rows in columns without a pivot belong to free unknowns, by construction. */
bool symbolic_solve(arena *a, coef **m, int rows, int n, const coef *sample, const coef *start,
                    const coef *zero, int nzero, coef *x, coef *special) {
    gauss g = {a, m, rows, n, sample, zero, nzero, NEW_ARRAY(a, int, rows), 0};
    for (int i = 0; i < rows; i++)
        for (int j = 0; j <= n; j++) m[i][j] = unless_zero(&g, m[i][j]);
    for (int col = 0; col < n && g.rank < rows; col++) {
        int row = standing_row(&g, col);
        if (row >= 0) pivot_on(&g, row, col);
    }
    if (!rest_vanishes(&g, special)) return false;
    read_off(&g, start, x);
    return true;
}
