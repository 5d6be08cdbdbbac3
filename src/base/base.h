/* base: memory, slices, growing text and arrays, budgets.
 *
 * The arena you pass owns what you get; nothing else is ever freed. An arena
 * hands out zeroed memory and gives all of it back at once. Foreign objects
 * that need a call of their own to be freed are handed over with arena_defer.
 * Running out of memory ends the process with a message: see out_of_memory.
 */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct arena arena;

/* The one way out when there is no memory: nothing can be promised any more, so nothing is printed
 * but a message to standard error, and the process ends with exit code 3. */
_Noreturn void out_of_memory(void);

/* A new, empty arena; release it with arena_free. */
arena *arena_new(void);
/* `size` zeroed bytes, aligned for any type, valid until arena_free. Never NULL. */
void *arena_alloc(arena *a, size_t size);
/* The old bytes and zeros after them: where they are, if nothing was handed out since and there is
 * room, else as a copy. `old` may be NULL when old_size is 0. */
void *arena_grow(arena *a, void *old, size_t old_size, size_t size);
/* Calls free_fn(what) when the arena is freed (latest first). */
void arena_defer(arena *a, void (*free_fn)(void *), void *what);
/* What was allocated is gone, as after arena_free, and the arena is empty again. One block of
 * memory stays, which makes this cheaper than another arena. */
void arena_clear(arena *a);
/* Gives everything back. NULL is allowed. */
void arena_free(arena *a);

#define NEW(a, type)          ((type *)arena_alloc((a), sizeof(type)))
#define NEW_ARRAY(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

/* A slice of bytes, not terminated; s may be NULL when n is 0. */
typedef struct {
    const char *s;
    size_t n;
} str;

#define STR(literal) ((str){"" literal, sizeof(literal) - 1})
str str_of(const char *z);
bool str_eq(str a, str b);
int str_cmp(str a, str b);
bool str_starts(str s, const char *prefix);
/* A terminated copy in the arena. */
char *str_z(arena *a, str s);
str str_copy(arena *a, str s);

/* Text that grows in an arena; always terminated once anything was added. */
typedef struct {
    arena *arena;
    char *s;
    size_t n, cap;
} text;

text text_new(arena *a);
void text_add(text *t, str s);
void text_puts(text *t, const char *z);
void text_putc(text *t, char c);
void text_int(text *t, long n); /* in decimal digits */
void text_addf(text *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
str text_str(const text *t);
/* A formatted, terminated string in the arena. */
char *formatted(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Growing arrays: VEC(int) v = {0}; vec_push(a, &v, 7); for (i < v.n) v.v[i]. */
#define VEC(type)                                                                                  \
    struct {                                                                                       \
        type *v;                                                                                   \
        size_t n, cap;                                                                             \
    }
#define vec_push(a, vec, item)                                                                     \
    do {                                                                                           \
        if ((vec)->n == (vec)->cap)                                                                \
            (vec)->v = vec_grow((a), (vec)->v, &(vec)->cap, sizeof *(vec)->v);                     \
        (vec)->v[(vec)->n++] = (item);                                                             \
    } while (0)
void *vec_grow(arena *a, void *old, size_t *cap, size_t item_size);

/* What a piece of work may cost. One budget is shared by all the work of a
 * session; `stop` may be set from another thread or a signal handler. */
typedef struct {
    atomic_bool stop;             /* asked to stop: Ctrl-C */
    const atomic_bool *also_stop; /* the same, of another process; NULL: none */
    double deadline;              /* seconds on the monotonic clock; 0: none */
    uint64_t steps_left;          /* deterministic work left; UINT64_MAX: no limit */
    uint64_t ticks;               /* spends since the clock was last read */
    const char
        *reason; /* why it ran out: "time limit", "resource limit", "interrupted"; else NULL */
} budget;

/* A budget without limits. */
void budget_init(budget *b);
/* Takes `steps` of work; false once the budget is gone (then always false). */
bool budget_spend(budget *b, uint64_t steps);
/* False once the budget is gone, without spending. */
bool budget_left(budget *b);
double clock_seconds(void);

#endif
