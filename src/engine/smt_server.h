/* smt_server: a process that answers questions in nonlinear real arithmetic, one after the other.
 *
 * A question is text: a line `steps symbols`, then words in postfix order, and a point on a line
 * of its own. A word is a number `-2/3`, a symbol `x7`, a power `^3` of what is on top of the
 * stack, `+n`, `*n`, `&n`, `|n` for the uppermost n, `~` (not), `=`, `<`, `<=` (compared with
 * zero), or `!`: what is on top is a fact. The answer: a line for the verdict (1: sat, -1: unsat,
 * 0: unknown); where it is sat, one for the value of each symbol (`?`: irrational); one for the
 * steps taken; and the point.
 *
 * Each question meets a context of Z3 without history, made while nobody waits: the answer depends
 * on the question alone.
 */
#ifndef ENGINE_SMT_SERVER_H
#define ENGINE_SMT_SERVER_H

#include <sys/types.h>
#include "base/base.h"

/* A question is worth this much processor time and no more. */
enum { SERVER_SECONDS = 10 };

/* A text that ends with the point. */
bool is_message(const text *t);
/* In a new process, a child of `parent` with all signals blocked: answers on the socket until the
 * other side closes it; ends when the parent does. Every other open file is closed. */
_Noreturn void smt_serve(int fd, pid_t parent);

#endif
