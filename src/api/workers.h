/* workers: pieces of work, shared out among processes.
 *
 * Each worker is a copy of this process as it stands, takes one piece after the other, and sends
 * what it has to say of each: bytes. A copy shares nothing that changes, so that a piece is done as
 * it would be done here; the order in which pieces are done says nothing. Workers receive no
 * signals and end with the process that they work for. It passes on to them, within some hundredths
 * of a second, that the budget's owner wants an end; a deadline they keep by themselves.
 */
#ifndef API_WORKERS_H
#define API_WORKERS_H

#include "base/base.h"

/* Does piece i, in the worker; what it returns, in the arena, is sent. */
typedef str (*piece_of_work)(void *what, arena *a, int i);

/* Has `jobs` workers, or as many as can be started, do the pieces 0..n-1; said[i] is what was said
 * of piece i, in the arena, or has s NULL where no worker came to do it, or to the end of it: that
 * is left to the caller. */
void share_out(arena *a, budget *b, int jobs, int n, piece_of_work work, void *what, str *said);

#endif
