#include "linear_program.h"

#include <stdlib.h>

/* Each free x is u - v; each row has a slack where it is no equation, and an artificial one. */
enum { COLUMNS = 2 * LP_VARS + 2 * LP_ROWS + 1 };

typedef struct {
    int m, n, artificial; /* rows; columns without the right-hand side; the first artificial one */
    mpq_t t[LP_ROWS][COLUMNS], cost[COLUMNS]; /* column n is the right-hand side */
    int basic[LP_ROWS];
} tableau;

void lp_init(linear_program *p, int nvars) {
    p->nvars = nvars;
    p->n = 0;
    for (int i = 0; i < LP_ROWS; i++) mpq_init(p->r[i].b);
}

void lp_clear(linear_program *p) {
    for (int i = 0; i < LP_ROWS; i++) mpq_clear(p->r[i].b);
}

void lp_add_mpq(linear_program *p, const long *a, const mpq_t b, bool equal) {
    if (p->n == LP_ROWS) abort();
    lp_row *r = &p->r[p->n++];
    for (int i = 0; i < p->nvars; i++) r->a[i] = a[i];
    mpq_set(r->b, b);
    r->equal = equal;
}

void lp_add(linear_program *p, const long *a, long b, bool equal) {
    mpq_t q;
    mpq_init(q);
    mpq_set_si(q, b, 1);
    lp_add_mpq(p, a, q, equal);
    mpq_clear(q);
}

static tableau *tableau_new(const linear_program *p) {
    tableau *t = malloc(sizeof *t);
    if (!t) abort();
    for (int j = 0; j < COLUMNS; j++) mpq_init(t->cost[j]);
    for (int i = 0; i < LP_ROWS; i++)
        for (int j = 0; j < COLUMNS; j++) mpq_init(t->t[i][j]);
    t->m = p->n;
    t->artificial = 2 * p->nvars + p->n;
    t->n = t->artificial + p->n;
    return t;
}

static void tableau_free(tableau *t) {
    for (int j = 0; j < COLUMNS; j++) mpq_clear(t->cost[j]);
    for (int i = 0; i < LP_ROWS; i++)
        for (int j = 0; j < COLUMNS; j++) mpq_clear(t->t[i][j]);
    free(t);
}

/* A row with a right-hand side that is not negative, and its artificial variable in the basis. */
static void fill_row(tableau *t, const linear_program *p, int i) {
    const lp_row *r = &p->r[i];
    long sign = mpq_sgn(r->b) < 0 ? -1 : 1;
    for (int k = 0; k < p->nvars; k++) {
        mpq_set_si(t->t[i][2 * k], sign * r->a[k], 1);
        mpq_set_si(t->t[i][2 * k + 1], -sign * r->a[k], 1);
    }
    if (!r->equal) mpq_set_si(t->t[i][2 * p->nvars + i], sign, 1);
    mpq_set_si(t->t[i][t->artificial + i], 1, 1);
    mpq_abs(t->t[i][t->n], r->b);
    t->basic[i] = t->artificial + i;
}

/* x -= k·y, over all columns */
static void subtract(const tableau *t, mpq_t *x, mpq_t *y, const mpq_t factor) {
    mpq_t k, d;
    mpq_inits(k, d, NULL);
    mpq_set(k, factor);
    for (int j = 0; j <= t->n && mpq_sgn(k); j++) {
        mpq_mul(d, k, y[j]);
        mpq_sub(x[j], x[j], d);
    }
    mpq_clears(k, d, NULL);
}

static void pivot(tableau *t, int row, int column) {
    mpq_t by;
    mpq_init(by);
    mpq_set(by, t->t[row][column]);
    for (int j = 0; j <= t->n; j++) mpq_div(t->t[row][j], t->t[row][j], by);
    for (int i = 0; i < t->m; i++)
        if (i != row) subtract(t, t->t[i], t->t[row], t->t[i][column]);
    subtract(t, t->cost, t->t[row], t->cost[column]);
    t->basic[row] = column;
    mpq_clear(by);
}

static int entering(const tableau *t, int columns) {
    for (int j = 0; j < columns; j++)
        if (mpq_sgn(t->cost[j]) < 0) return j;
    return -1;
}

/* The row with the least ratio; of several the one with the first basic variable. */
static int leaving(const tableau *t, int column) {
    int best = -1;
    mpq_t ratio, least;
    mpq_inits(ratio, least, NULL);
    for (int i = 0; i < t->m; i++) {
        if (mpq_sgn(t->t[i][column]) <= 0) continue;
        mpq_div(ratio, t->t[i][t->n], t->t[i][column]);
        int d = best < 0 ? -1 : mpq_cmp(ratio, least);
        if (d > 0 || (d == 0 && t->basic[i] > t->basic[best])) continue;
        best = i;
        mpq_set(least, ratio);
    }
    mpq_clears(ratio, least, NULL);
    return best;
}

/* False where it goes down without end. */
static bool descend(tableau *t, int columns) {
    for (int j = entering(t, columns); j >= 0; j = entering(t, columns)) {
        int i = leaving(t, j);
        if (i < 0) return false;
        pivot(t, i, j);
    }
    return true;
}

static bool feasible(tableau *t) {
    for (int j = t->artificial; j < t->n; j++) mpq_set_si(t->cost[j], 1, 1);
    mpq_t one;
    mpq_init(one);
    mpq_set_si(one, 1, 1);
    for (int i = 0; i < t->m; i++) subtract(t, t->cost, t->t[i], one);
    mpq_clear(one);
    descend(t, t->n);
    return mpq_sgn(t->cost[t->n]) == 0;
}

/* Artificial variables that stand in the basis at zero leave it, unless their row says nothing. */
static void drive_out(tableau *t) {
    for (int i = 0; i < t->m; i++) {
        int j = 0;
        if (t->basic[i] < t->artificial) continue;
        while (j < t->artificial && !mpq_sgn(t->t[i][j])) j++;
        if (j < t->artificial) pivot(t, i, j);
    }
}

static void set_cost(tableau *t, const linear_program *p, const long *c) {
    for (int j = 0; j <= t->n; j++) mpq_set_si(t->cost[j], 0, 1);
    for (int k = 0; k < p->nvars; k++) {
        mpq_set_si(t->cost[2 * k], c[k], 1);
        mpq_set_si(t->cost[2 * k + 1], -c[k], 1);
    }
    for (int i = 0; i < t->m; i++) subtract(t, t->cost, t->t[i], t->cost[t->basic[i]]);
}

lp_status lp_minimize(const linear_program *p, const long *c, mpq_t value) {
    tableau *t = tableau_new(p);
    lp_status s = LP_INFEASIBLE;
    for (int i = 0; i < t->m; i++) fill_row(t, p, i);
    if (feasible(t)) {
        drive_out(t);
        set_cost(t, p, c);
        s = descend(t, t->artificial) ? LP_OPTIMAL : LP_UNBOUNDED;
        mpq_neg(value, t->cost[t->n]);
    }
    tableau_free(t);
    return s;
}
