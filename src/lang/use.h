/* use: the library of theories that one run has read; what `use` may open.
 *
 * A path must be relative, and what it leads to, links and all, must lie in the directory
 * tree of the main file or of a directory given with -I.
 */
#ifndef LANG_USE_H
#define LANG_USE_H

#include "lang/lex.h"
#include "lang/theory.h"

typedef struct {
    arena *arena;
    const lang_options *options;
    lang_limits limits;
    diags *sink;
    VEC(const char *) roots;  /* real directories in which files may lie */
    VEC(theory *) read;       /* every theory that was read from a file */
    VEC(theory *) open;       /* those being read: the way to the present one */
    VEC(const char *) failed; /* real paths with errors, which are reported already */
} library;

library library_new(arena *a, const char *main_path, const lang_options *o, diags *sink);
/* The real path of the main file; NULL where it is no file. */
const char *library_path(library *lib, const char *path);
/* The theory that a `use` statement names; NULL after an error. */
theory *library_use(library *lib, const theory *user, const statement *use);

/* Reads one theory, and makes room for what will be asked of it (or NULL); in theory.c. */
theory *theory_build(library *lib, const source *src, const char *path, const ast *asked);

#endif
