/* argue: the proofs that a person wrote, their names bound and their references found.
 *
 * A step rests on statements of the theory (in a regime: on those that hold there) and on earlier
 * steps of its own proof, all by their labels. No step is called like a statement, so a label means
 * one thing. A proof brings no names: what it speaks of stands in the theory.
 */
#ifndef LANG_ARGUE_H
#define LANG_ARGUE_H

#include "lang/lex.h"
#include "lang/theory.h"

typedef struct {
    arena *arena;
    theory *t;
    const lang_limits *limits;
    diags *sink;
    int most;           /* errors in the sink, after which nothing more is looked at */
    bool names_lost;    /* say nothing about unknown names */
    const variant *now; /* the regime that `dropped` and `joined` are of */
    names dropped, joined;
    VEC(int) seen; /* by law: when a step named it last */
    int moment;
} arguer;

arguer arguer_new(arena *a, theory *t, const lang_limits *limits, diags *sink);
/* Adds the proof to those of the regime (NULL: of the theory), where it is without errors; other
 * statements are left alone. */
void argue(arguer *w, variant *r, const statement *proof);

#endif
