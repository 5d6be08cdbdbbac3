/* linear_program: min c·x with rows a·x = b or a·x ≤ b, x free, in exact arithmetic.
 *
 * The textbook's tableau in two phases, after Bland's rule: small, slow, and sure to end.
 */
#ifndef PROPERTY_LINEAR_PROGRAM_H
#define PROPERTY_LINEAR_PROGRAM_H

#include <gmp.h>
#include <stdbool.h>

enum { LP_VARS = 8, LP_ROWS = 24 };

/* a·x + (-b) compared with zero, all over one denominator: only whole numbers are given. */
typedef struct {
    long a[LP_VARS];
    mpq_t b;
    bool equal;
} lp_row;

typedef struct {
    int nvars, n;
    lp_row r[LP_ROWS];
} linear_program;

typedef enum { LP_OPTIMAL, LP_INFEASIBLE, LP_UNBOUNDED } lp_status;

void lp_init(linear_program *p, int nvars);
void lp_clear(linear_program *p);
void lp_add(linear_program *p, const long *a, long b, bool equal);
void lp_add_mpq(linear_program *p, const long *a, const mpq_t b, bool equal);
/* The least value of c·x, in `value`, which the caller has initialised. */
lp_status lp_minimize(const linear_program *p, const long *c, mpq_t value);

#endif
