/* memo: answers by their questions, both texts, up to a size. */
#ifndef ENGINE_MEMO_H
#define ENGINE_MEMO_H

#include "base/base.h"

typedef struct memo memo;

/* The arena holds it and what it keeps; beyond `most` bytes it keeps nothing new. */
memo *memo_new(arena *a, size_t most);
/* NULL: not known. */
const str *memo_find(const memo *m, str question);
/* For a question not known yet; copies both. */
void memo_keep(memo *m, str question, str answer);

#endif
