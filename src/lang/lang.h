/* lang: text to problem, or diagnostics.
 *
 * bytes → lex → parse → ast → resolve → ast with names bound → lower → problem.
 * The parser goes on at the next statement after an error, so that one run
 * reports them all; later passes do not run on a broken tree. Files named by
 * `use` are read through the loader, which guards the directory tree.
 */
#ifndef LANG_LANG_H
#define LANG_LANG_H

#include "algebra/problem.h"
#include "base/diag.h"

/* All limits of clause 9; each error names its flag. 0: the default. */
typedef struct {
    size_t max_bytes;   /* of one file; --max-bytes, default 16 MiB */
    int max_depth;      /* of brackets; --max-depth, default 200 */
    int max_terms;      /* in an expression; --max-terms, default 10,000 */
    int max_digits;     /* in a number; --max-digits, default 1,000 */
    int max_statements; /* in a theory; --max-statements, default 200,000 */
    int max_files;      /* used; --max-files, default 100 */
    int max_name;       /* bytes in a name; --max-name, default 256 */
} lang_limits;

typedef struct {
    const char *const *include_dirs; /* -I */
    int ninclude_dirs;
    lang_limits limits;
    bool notes; /* lang_problem: also on what may be a slip, see lints.h */
} lang_options;

/* Reads a file whole: NULL and a diagnostic when it cannot. */
const source *source_read(arena *a, const char *path, const lang_limits *l, diags *sink);
/* A source from memory; the bytes are copied. `name` is how it is shown. */
const source *source_of(arena *a, const char *name, str bytes);

/* The problem of a theory; NULL when there was any error. `path` is the file's own path, for
 * `use` (NULL: standard input or the command line, whose tree is the working directory).
 * Warnings and notes go to the sink too. */
const problem *lang_problem(arena *a, const source *src, const char *path, const lang_options *o,
                            diags *sink);

/* One question or conclusion against a problem that stands, as in `propto derive FILE 'ℓ ∝ N_p^?'`:
 * the same problem with these goals instead of its own. NULL and diagnostics on error. */
const problem *lang_ask(arena *a, const source *theory, const char *path, const source *laws,
                        const lang_options *o, diags *sink);

/* The problem of a theory with proofs in it, or in a regime; it is an error if there is none. */
const problem *lang_proofs(arena *a, const source *theory, const char *path, const lang_options *o,
                           diags *sink);

/* A theory as an exercise, and a solution of it, a text that holds only proofs: the problem of the
 * theory with the proofs of the solution instead of its own, and no regimes; `solved` says so. The
 * names and labels of a solution are those of the theory; where new ones stand, or anything but
 * proofs, or no proof, that is an error. Warnings of the theory are not repeated, for whoever
 * reads a solution has read the theory; NULL and diagnostics on error. */
const problem *lang_prove(arena *a, const source *theory, const char *path, const source *solution,
                          const lang_options *o, diags *sink);

/* Which exponents are to be free, and what is asked of them. */
typedef struct {
    const char *const *labels; /* of laws: see vary.h */
    int nlabels;
    const source *ranges; /* laws: for which values does each follow? NULL: none are asked for */
} lang_variation;

/* The theory with numbers in exponents replaced by parameters, and its questions: regimes and
 * conclusions are left out. NULL and diagnostics on error. */
const problem *lang_vary(arena *a, const source *theory, const char *path, const lang_variation *v,
                         const lang_options *o, diags *sink);

#endif
