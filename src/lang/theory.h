/* theory: a file that has been read, with all that it uses, every name bound.
 *
 * The laws of used theories are instances: the same statement under a map from the symbols
 * of its own theory to those of this one. A theory is read once, however often it is used.
 */
#ifndef LANG_THEORY_H
#define LANG_THEORY_H

#include "lang/ast.h"
#include "lang/lang.h"
#include "lang/scope.h"

typedef struct theory theory;

/* How many statements of a line have no label: they are called @7, @7b, ... */
typedef struct {
    int line, count;
} line_count;

typedef struct {
    const statement *s;
    const theory *of; /* where it is written */
    const int *map;   /* from the symbols there to those here; NULL: they are the same */
    str label;
} instance;

/* What a label stands for. */
typedef struct {
    span at;
    int law;  /* index in laws; -1: none */
    int goal; /* index in goals; -1: none */
} entry;

typedef struct {
    names table; /* label to index in entries */
    VEC(entry) entries;
    VEC(str) spelled;
} labels;

/* A step of a proof, and what it is said to rest on. */
typedef struct {
    const statement *s;
    str label;       /* its own, or its place: "2", or where that is taken its line: "@9" */
    const int *laws; /* numbered as in the theory; from its laws.n on, those of the regime */
    int nlaws;
    const int *steps; /* earlier ones of the proof */
    int nsteps;
} argued_step;

/* A proof in which every reference was found. */
typedef struct {
    const statement *s;
    const argued_step *steps;
    int n;
} argument;

/* A regime. */
typedef struct {
    const statement *s;
    scope *scope;
    labels labels; /* its own */
    VEC(instance) laws;
    VEC(const statement *) goals;
    VEC(argument) proofs;
} variant;

/* The laws of one theory as they stand in another: laws[first] and so on. */
typedef struct {
    const theory *of;
    const int *map;
    int first;
} group;

struct theory {
    str name;         /* file name without directory and suffix */
    const char *path; /* real; NULL for text that is no file */
    const source *src;
    const ast *tree;
    scope *scope;
    labels labels;
    VEC(group) groups; /* of what is used */
    VEC(instance) laws;
    VEC(const statement *) goals;
    VEC(variant *) regimes;
    VEC(argument) proofs;
    VEC(line_count) unlabelled; /* by line */
};

const entry *find_label(const labels *l, str label); /* NULL: there is none */
/* p.A1 for A1, or else the label most like it; n 0 where none is. */
str nearest_label(const labels *l, str label);
/* "@7", "@7b", ..., "@7z", "@7aa": the nth statement without a label on a line, from 0. */
str line_label(arena *a, int line, int nth);

/* NULL after any error. What is to be asked of the theory, if anything, is known beforehand, for
 * it may hold uncertain numbers; its names are bound by whoever asks. */
theory *theory_read(arena *a, const source *src, const char *path, const ast *asked,
                    const lang_options *o, diags *sink);
/* Warns of the names of a sketch that are used only once; to be called when all that is asked of
 * the theory is resolved too, for that uses its names. */
void theory_warn_names(arena *a, const theory *t, diags *sink);

#endif
