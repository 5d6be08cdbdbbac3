/* smt_context: a context of Z3, for smt and smt_server; nobody else sees z3.h. */
#ifndef ENGINE_SMT_CONTEXT_H
#define ENGINE_SMT_CONTEXT_H

#include <stdbool.h>
#include <z3.h>

/* COUNTED: terms live as long as they are referred to; KEPT: as long as the context, which suits
 * a short life. */
typedef enum { CONTEXT_COUNTED, CONTEXT_KEPT } context_kind;

/* A context that uses on_error; Z3's own handler would call exit. NULL: no memory. */
Z3_context smt_context(context_kind kind, Z3_error_handler on_error);

#endif
