#include "base/base.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

/* --- arenas: blocks of growing size; what is larger than a block gets one of its own --- */

typedef struct block block;
struct block {
    block *next;
    size_t used, size;
    max_align_t data[];
};

typedef struct deferred deferred;
struct deferred {
    deferred *next;
    void (*free_fn)(void *);
    void *what;
};

struct arena {
    block *blocks; /* the first is the one being filled */
    deferred *deferred;
};

enum { FIRST_BLOCK = 4096, LARGEST_BLOCK = 1 << 20, ALIGNMENT = sizeof(max_align_t) };

void out_of_memory(void) {
    static const char message[] = "propto: out of memory\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _Exit(3);
}

static void *checked(void *p) {
    if (!p) out_of_memory();
    return p;
}

arena *arena_new(void) {
    return checked(calloc(1, sizeof(arena)));
}

static block *block_new(size_t size) {
    if (size > SIZE_MAX - sizeof(block)) out_of_memory();
    block *b = checked(calloc(1, sizeof(block) + size));
    b->size = size;
    return b;
}

static size_t next_block_size(const arena *a) {
    if (!a->blocks) return FIRST_BLOCK;
    return a->blocks->size >= LARGEST_BLOCK ? LARGEST_BLOCK : 2 * a->blocks->size;
}

static void *take(block *b, size_t size) {
    void *p = (char *)b->data + b->used;
    b->used += size;
    return p;
}

static void *alloc_large(arena *a, size_t size) {
    block *b = block_new(size);
    b->used = size;
    b->next = a->blocks->next;
    a->blocks->next = b;
    return b->data;
}

static size_t rounded(size_t size) {
    return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
}

void *arena_alloc(arena *a, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT) out_of_memory();
    size = rounded(size);
    if (a->blocks && a->blocks->size - a->blocks->used >= size) return take(a->blocks, size);
    size_t fresh = next_block_size(a);
    if (a->blocks && size > fresh / 4) return alloc_large(a, size);
    block *b = block_new(size > fresh ? size : fresh);
    b->next = a->blocks;
    a->blocks = b;
    return take(b, size);
}

/* `old_size` bytes at the end of what was handed out make room for more where they are. */
static bool grows_in_place(arena *a, const void *old, size_t old_size, size_t size) {
    block *b = a->blocks;
    if (!b || !old || size > SIZE_MAX - ALIGNMENT) return false;
    old_size = rounded(old_size), size = rounded(size);
    if (old_size > b->used || (const char *)b->data + b->used - old_size != (const char *)old)
        return false;
    if (b->size - b->used < size - old_size) return false;
    b->used += size - old_size;
    return true;
}

void *arena_grow(arena *a, void *old, size_t old_size, size_t size) {
    if (grows_in_place(a, old, old_size, size)) return old;
    void *p = arena_alloc(a, size);
    if (old_size) memcpy(p, old, old_size);
    return p;
}

void arena_defer(arena *a, void (*free_fn)(void *), void *what) {
    deferred *d = NEW(a, deferred);
    *d = (deferred){a->deferred, free_fn, what};
    a->deferred = d;
}

static void free_blocks(block *b) {
    for (block *next; b; b = next) {
        next = b->next;
        free(b);
    }
}

static void run_deferred(arena *a) {
    for (deferred *d = a->deferred; d; d = d->next) d->free_fn(d->what);
    a->deferred = NULL;
}

void arena_clear(arena *a) {
    block *kept = a->blocks;
    run_deferred(a);
    if (!kept) return;
    free_blocks(kept->next);
    memset(kept->data, 0, kept->used);
    kept->next = NULL;
    kept->used = 0;
}

void arena_free(arena *a) {
    if (!a) return;
    run_deferred(a);
    free_blocks(a->blocks);
    free(a);
}

/* --- slices --- */

str str_of(const char *z) {
    return (str){z, z ? strlen(z) : 0};
}

bool str_eq(str a, str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

int str_cmp(str a, str b) {
    size_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.s, b.s, n) : 0;
    return c ? c : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, const char *prefix) {
    size_t n = strlen(prefix);
    return s.n >= n && memcmp(s.s, prefix, n) == 0;
}

char *str_z(arena *a, str s) {
    char *z = arena_alloc(a, s.n + 1);
    if (s.n) memcpy(z, s.s, s.n);
    return z;
}

str str_copy(arena *a, str s) {
    return (str){str_z(a, s), s.n};
}

/* --- growing text --- */

enum { FIRST_TEXT = 16 }; /* bytes beyond what the first addition needs */

text text_new(arena *a) {
    return (text){.arena = a};
}

static void text_reserve(text *t, size_t more) {
    if (t->cap - t->n > more) return;
    if (more > SIZE_MAX / 4 - t->n) out_of_memory();
    size_t cap = t->n ? 2 * (t->n + more) : more + FIRST_TEXT;
    t->s = arena_grow(t->arena, t->s, t->cap, cap);
    t->cap = cap;
}

void text_add(text *t, str s) {
    text_reserve(t, s.n + 1);
    if (s.n) memcpy(t->s + t->n, s.s, s.n);
    t->n += s.n;
    t->s[t->n] = '\0';
}

void text_puts(text *t, const char *z) {
    text_add(t, str_of(z));
}

void text_putc(text *t, char c) {
    text_reserve(t, 2);
    t->s[t->n++] = c;
    t->s[t->n] = '\0';
}

void text_int(text *t, long n) {
    char digits[24], *d = digits + sizeof digits;
    unsigned long rest = n < 0 ? -(unsigned long)n : (unsigned long)n;
    do *--d = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0) *--d = '-';
    text_add(t, (str){d, (size_t)(digits + sizeof digits - d)});
}

static void text_addv(text *t, const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0) return;
    text_reserve(t, (size_t)n + 1);
    vsnprintf(t->s + t->n, (size_t)n + 1, format, args);
    t->n += (size_t)n;
}

void text_addf(text *t, const char *format, ...) {
    va_list args;
    va_start(args, format);
    text_addv(t, format, args);
    va_end(args);
}

str text_str(const text *t) {
    return (str){t->n ? t->s : "", t->n};
}

char *formatted(arena *a, const char *format, ...) {
    text t = text_new(a);
    va_list args;
    va_start(args, format);
    text_addv(&t, format, args);
    va_end(args);
    return t.n ? t.s : str_z(a, (str){0});
}

/* Most arrays stay short: the first place is for a few items, for one where items are large. */
static size_t first_cap(size_t item_size) {
    enum { FEW = 8, BYTES = 64 };
    size_t fit = BYTES / item_size;
    return fit > FEW ? FEW : fit > 1 ? fit : 1;
}

void *vec_grow(arena *a, void *old, size_t *cap, size_t item_size) {
    size_t bigger = *cap ? 2 * *cap : first_cap(item_size);
    if (bigger > SIZE_MAX / 2 / item_size) out_of_memory();
    void *v = arena_grow(a, old, *cap * item_size, bigger * item_size);
    *cap = bigger;
    return v;
}

/* --- budgets --- */

enum { TICKS_PER_LOOK = 256 };

double clock_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void budget_init(budget *b) {
    memset(b, 0, sizeof *b);
    atomic_init(&b->stop, false);
    b->steps_left = UINT64_MAX;
}

static bool out_of(budget *b, const char *reason) {
    if (!b->reason) b->reason = reason;
    return false;
}

static bool is_set(const atomic_bool *flag) {
    return flag && atomic_load_explicit(flag, memory_order_relaxed);
}

bool budget_left(budget *b) {
    if (b->reason) return false;
    if (is_set(&b->stop) || is_set(b->also_stop)) return out_of(b, "interrupted");
    if (b->steps_left == 0) return out_of(b, "resource limit");
    if (b->deadline > 0 && clock_seconds() > b->deadline) return out_of(b, "time limit");
    return true;
}

bool budget_spend(budget *b, uint64_t steps) {
    if (b->reason) return false;
    if (b->steps_left != UINT64_MAX) b->steps_left -= steps < b->steps_left ? steps : b->steps_left;
    b->ticks += 1 + steps / 64;
    if (b->ticks < TICKS_PER_LOOK && b->steps_left > 0) return true;
    b->ticks = 0;
    return budget_left(b);
}
