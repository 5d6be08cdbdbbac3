/* smt_context: a context of Z3, for smt and smt_server; nobody else sees z3.h. */
#ifndef ENGINE_SMT_CONTEXT_H
#define ENGINE_SMT_CONTEXT_H

#include <stdbool.h>
#include <z3.h>
#include "base/base.h"

/* The calls that are made. Z3 is loaded where the first question is asked and not with the program:
 * that takes as long as a small theory, and most theories have no question for it. */
typedef struct {
#define Z3_CALL(name) __typeof__(Z3_##name) *name;
#include "engine/smt_calls.def"
#undef Z3_CALL
} z3_calls;

/* In the arena; the library stays loaded. NULL: it is not there, or lacks a call. */
const z3_calls *z3_load(arena *a);

/* COUNTED: terms live as long as they are referred to; KEPT: as long as the context, which suits
 * a short life. */
typedef enum { CONTEXT_COUNTED, CONTEXT_KEPT } context_kind;

/* A context that uses on_error; Z3's own handler would call exit. NULL: no memory. */
Z3_context smt_context(const z3_calls *z3, context_kind kind, Z3_error_handler on_error);

#endif
