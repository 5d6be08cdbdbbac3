/* smt: Z3; only engine/smt*.c see z3.h.
 *
 * Finds, never decides: what it says is confirmed by the kernel, or compared
 * with the exact algebra. Every fact stands under an assumption literal of its
 * own, in one context for a theory, so any subset can be asked again. The
 * logic is QF_LRA as long as every coefficient is a number.
 */
#ifndef ENGINE_SMT_H
#define ENGINE_SMT_H

#include "algebra/cert.h"

typedef enum { SMT_SAT, SMT_UNSAT, SMT_UNKNOWN } smt_status;

typedef struct smt smt;

/* A solver with every fact of the problem; NULL if Z3 cannot start (no memory). */
smt *smt_open(const problem *p, budget *b);
/* NULL is allowed. */
void smt_close(smt *s);

/* Forgets the problem, which may then go; the next question brings another. */
void smt_forget(smt *s);

/* Asks about the sequent. It may be of another problem, which must outlive the solver: the facts
 * of the one before are then forgotten, which is cheaper than another solver. SAT: *w is the model,
 * exact, in the arena (symbols that it leaves open are zero). UNSAT: core[i], with sequent_size
 * members, marks formulas that conflict. Either pointer may be NULL. UNKNOWN: the budget or
 * max_steps (of this call; UINT64_MAX: none; in units of Z3's rlimit) ran out, or Z3 gave up; *why
 * (if not NULL) says so. */
smt_status smt_check(smt *s, arena *a, const sequent *q, uint64_t max_steps, witness *w, bool *core,
                     const char **why);

/* A process that answers nonlinear questions, one after the other, each as if it were the first. It
 * starts at the first question, is replaced when it is gone or has grown, and ends with the arena
 * or the program; its answers are remembered until then. In a copy of the program (fork) the first
 * question starts another one. */
typedef struct server server;
server *server_new(arena *a);

/* The same for sequents with parameters, of any problem: nonlinear real arithmetic, by qfnra-nlsat,
 * in a process of its own or in one that serves others too. */
typedef struct nonlinear nonlinear;
nonlinear *nonlinear_open(arena *a);
/* From now on that one answers; it must outlive n. */
void nonlinear_use(nonlinear *n, server *s);
/* The answer depends on the question alone, under a deterministic limit of its own; but the
 * process is killed when the budget is gone, or after ten seconds. SAT: *w is the model where all
 * of it is rational, else w->n = 0. An atom holds only where its denominators do not vanish. */
smt_status nonlinear_ask(nonlinear *n, budget *b, arena *a, const sequent *q, witness *w,
                         const char **why);
/* The process that answers; 0: there is none now. */
long nonlinear_process(const nonlinear *n);
const char *smt_version(void);

/* A map of the subsets of n things, for enumeration (Liffiton et al., MARCO, Constraints 2016):
 * blocks what is explored, and gives a largest-first seed of what is not. */
typedef struct smt_map smt_map;
smt_map *smt_map_open(int n, budget *b);
void smt_map_close(smt_map *m);
/* Every later seed misses at least one of the marked things. */
void smt_map_block_up(smt_map *m, const bool *core);
/* Every later seed has at least one of the marked things. */
void smt_map_block_down(smt_map *m, const bool *correction);
/* A subset not yet blocked, to which no thing can be added without being blocked; SMT_UNSAT
 * when there is none left. */
smt_status smt_map_seed(smt_map *m, bool *seed);

#endif
