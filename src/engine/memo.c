#include "engine/memo.h"

typedef struct {
    str question, answer; /* question.s NULL: free */
} entry;

struct memo {
    arena *a;
    entry *slot;
    size_t n, cap; /* cap: a power of two, more than n */
    size_t bytes_left;
};

/* FNV-1a. */
static size_t hash(str s) {
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++) h = (h ^ (unsigned char)s.s[i]) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

/* Where the question is, or would be. */
static entry *place(const memo *m, str question) {
    size_t i = hash(question) & (m->cap - 1);
    while (m->slot[i].question.s && !str_eq(m->slot[i].question, question))
        i = (i + 1) & (m->cap - 1);
    return m->slot + i;
}

static void grow(memo *m) {
    memo bigger = *m;
    bigger.cap = 2 * m->cap;
    bigger.slot = NEW_ARRAY(m->a, entry, bigger.cap);
    for (size_t i = 0; i < m->cap; i++)
        if (m->slot[i].question.s) *place(&bigger, m->slot[i].question) = m->slot[i];
    *m = bigger;
}

memo *memo_new(arena *a, size_t most) {
    enum { SLOTS = 64 };
    memo *m = NEW(a, memo);
    *m = (memo){a, NEW_ARRAY(a, entry, SLOTS), 0, SLOTS, most};
    return m;
}

const str *memo_find(const memo *m, str question) {
    const entry *e = place(m, question);
    return e->question.s ? &e->answer : NULL;
}

void memo_keep(memo *m, str question, str answer) {
    size_t bytes = question.n + answer.n + 4 * sizeof(entry);
    if (bytes > m->bytes_left) return;
    m->bytes_left -= bytes;
    if (2 * ++m->n > m->cap) grow(m);
    *place(m, question) = (entry){str_copy(m->a, question), str_copy(m->a, answer)};
}
