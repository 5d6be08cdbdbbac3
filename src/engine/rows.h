/* rows: sparse integer rows and systems solved for their head columns.
 *
 * What eliminate, lift and simplex share. A row is a linear equation
 * Σ c_j v_j = 0 over numbered columns, with integers that have no common
 * factor, so that numbers grow slowly. Rows are mutable and own their memory:
 * whoever holds one clears it (through arena_defer).
 */
#ifndef ENGINE_ROWS_H
#define ENGINE_ROWS_H

#include <flint/fmpz.h>
#include "algebra/form.h"

typedef struct {
    int col;
    fmpz c;
} entry;

/* Sorted by column, no zeros; e[n..cap) are initialised and stay for later use. */
typedef struct {
    entry *e;
    int n, cap;
} zrow;

void zrow_clear(zrow *r);
void zrow_swap(zrow *x, zrow *y);
/* Appends an entry; columns must come in increasing order and c must not be zero. */
void zrow_push(zrow *r, int col, const fmpz_t c);
/* The coefficient at a column; NULL where it is zero. */
const fmpz *zrow_at(const zrow *r, int col);
/* Divides by the greatest common divisor of all entries (1 for the empty row). */
void zrow_primitive(zrow *r, fmpz_t content);
/* r = scale·f, primitive; the constant term becomes the entry at const_col, which must be
 * larger than every symbol. Coefficients must be numbers. */
void zrow_of_form(zrow *r, form f, int const_col, fmpq_t scale);
/* out = (p·x - q·y)/c, primitive, without an entry at col, where x and y both have one; p > 0. */
typedef struct {
    fmpz p, q, c;
} multiplier;
void zrow_eliminate(zrow *out, const zrow *x, const zrow *y, int col, multiplier *how);
void multiplier_init(multiplier *m);
void multiplier_clear(multiplier *m);

/* A heap of integers, smallest first. */
typedef VEC(int) int_heap;
void heap_push(arena *a, int_heap *h, int key);
bool heap_pop(int_heap *h, int *key);

/* Rational vectors with flint_malloc behind them. */
fmpq *fmpqs_new(size_t n);
fmpq *fmpqs_grow(fmpq *v, size_t old, size_t n);
void fmpqs_free(fmpq *v, size_t n);

/* Solved rows in order: each gives its head column through columns that are free or heads of
 * later rows. Holds one rational vector, sparse, to be reduced by them. */
typedef struct {
    zrow row;
    int head;
} solved;

typedef struct echelon echelon;
struct echelon {
    arena *a;
    VEC(solved) list;
    int ncols, cap;
    int *place;       /* of a column among the heads; -1: not a head */
    fmpq *acc;        /* the vector, by column */
    bool *seen;       /* acc may be non-zero */
    VEC(int) touched; /* the columns seen */
    int_heap due;     /* places of the heads seen */
    fmpq *times;      /* how often each row was taken off, by place */
    size_t ntimes;
    VEC(int) taken; /* the places where times is not zero */
};

echelon *echelon_new(arena *a, int ncols);
/* More columns; they are free. */
void echelon_widen(echelon *e, int ncols);
/* Takes the row (leaves an empty one behind). */
void echelon_push(echelon *e, zrow *r, int head);
/* vector += t at the column */
void echelon_add(echelon *e, int col, const fmpq_t t);
/* vector += t·row */
void echelon_addmul(echelon *e, const fmpq_t t, const zrow *row);
/* Takes solved rows off until no head is left in the vector. False where the budget ends before
 * (NULL: there is none); then some are left. */
bool echelon_reduce(echelon *e, budget *b);
/* Orders `touched` by column. */
void echelon_sort(echelon *e);
/* The vector is zero again. */
void echelon_reset(echelon *e);
/* Gives every head its value from the other columns: all rows hold at x. False where the budget
 * ends before; NULL: there is none. */
bool echelon_values(const echelon *e, fmpq *x, budget *b);

#endif
