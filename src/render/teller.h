/* teller: what the files that narrate a finding share. Private to them.
 *
 * narrate.c     the whole: verdict, levels, regimes
 * statements.c  what statements are called; chains of laws
 * goals.c       answers, conclusions, their derivations
 * conflict.c    cores, their stories, repairs, redundancy
 * tell_steps.c  derivations in elementary steps, and as equations of exponents
 * tell_vary.c   exponents that are free, beside their numbers in the file
 * tell_proofs.c  proofs that a person wrote
 * tell_choices.c  what is odd about choices, and their tables
 */
#ifndef RENDER_TELLER_H
#define RENDER_TELLER_H

#include "render/narrate.h"
#include "render/law.h"

/* What has been explained already, once for each theory. */
typedef struct {
    bool scale, steps, exponents;
} told;

/* What every sentence needs. */
typedef struct {
    doc *d;
    arena *a;
    const finding *f;
    const problem *p;
    const char *file;
    telling what;
    int indent;
    const char *letter; /* for an exponent that is not known */
    told *told;
    detail how;
} teller;

enum { WIDE_LAW = 36 };                    /* columns, beyond which a law has a line of its own */
enum { LONG_LIST = 12, PART_OF_LIST = 8 }; /* of a longer list this part is shown */

/* --- narrate.c --- */

const char *verdict_word(verdict v);
/* To tell of a whole theory. */
teller teller_of(doc *d, const finding *f, const char *file, telling what, told *said);

/* --- statements.c --- */

/* "allocated along the width [Song 2024]" */
void say_note(cell *c, role as, str note, str cite);
/* Is it called by a label? Others go by their law, unless that is long. */
bool goes_by_law(const fact *k);
/* "A1 N ∝ w" */
void say_statement(cell *c, const fact *k);
/* "A1, A2", beside a table that explains the labels. */
void say_labels(cell *c, const problem *p, factset s);
/* How many of n members of a list are shown. */
int part_of(int n);
/* "from A1, A2", with the suppositions where they matter. */
void say_support(cell *c, const teller *t, const char *from, factset s, factset when);
/* Is the one statement that a law rests on that law, without a label to be called by? */
bool is_stated(const problem *p, str law, factset s, factset when);
/* "N ∝ w" */
str beside(arena *a, str left, const char *sign, str right);
/* w ∝ N ∝ w L, broken before a sign if at all */
void say_chain(cell *c, const teller *t, const goal *g, const chain *k, bool breakable);
/* Its columns on one line; beyond `most`, some number larger than that. */
int chain_width(const teller *t, const chain *k, int most);
/* Is the law all that its one step says? */
bool says_it_all(const teller *t, const goal *g, const chain *k, str law);
/* "by A1: N ∝ w", "by N ∝ w", "when σ ∝ 1"; `same` where the law stands on the line already. */
void say_reason(cell *c, const teller *t, const goal *g, const step *s, bool same);
/* "squared", "to the power 2/3": how a step uses its law; NULL where as it stands. */
const char *power_words(const teller *t, const goal *g, const step *s);
/* One law a line, with its reason. */
void tell_chain(const teller *t, block *b, const goal *g, const chain *k);

/* --- goals.c --- */

const char *exponent_letter(const problem *p);
/* The law of an answer, or the question where there is no one law. */
void say_law(cell *c, const teller *t, const answer *w);
/* What there is to say instead of a law, or of where it comes from. */
void say_kind(cell *c, const teller *t, const answer *w);
/* "t ∝ C^(b/(1+b)) if a-1 ≤ 2b, t ∝ ..." */
void say_cases(cell *c, const teller *t, const answer *w);
/* "-1/2 ≤ e < 0", "e = -1 or e = 1" */
str ranges_words(arena *a, const interval *r, int n, const char *e);
/* "N_p and D" */
void say_bases(cell *c, const goal *g);
void tell_answers(const teller *t);
/* Answers of a regime, but for those that are among its conclusions. */
void tell_answers_short(const teller *t);
/* What stands behind `∴ contradiction` and its like. */
void tell_claims(const teller *t);
void tell_conclusions(const teller *t, bool gap);
void tell_derivations(const teller *t);

/* ", on Z3's word", " (relies on Z3 for: α+β ≠ 0)"; nothing where neither is so. */
void say_vouched(cell *c, const teller *t, bool vouched, const condition *list, int n);

/* --- tell_steps.c --- */

/* What the equations of exponents mean, where they are asked for; once for each theory. */
void tell_notation(const teller *t);
/* The equation beside one line of a chain, in a cell of its own; nothing where none is asked for.
 */
void tell_exponents(const teller *t, row *r, const goal *g, const chain *k, int i);
/* ", [N] = [w]": the law of a step, where equations are asked for. */
void say_equation_used(cell *c, const teller *t, const goal *g, const step *s);
/* ", [ℓ] = -1/3 [N_p]", beside the law that was derived. */
void say_result(cell *c, const teller *t, const goal *g, const derivation *why);
/* The derivation in elementary steps; false, and nothing, where there are none. */
bool tell_calculation(const teller *t, const goal *g, const derivation *why);

/* --- tell_vary.c --- */

/* The laws with freed exponents, and these in the file. */
void tell_varied(const teller *t);
/* "at s = 1 (the file): -1/3": the same question with the numbers of the file. False, and nothing,
 * where nothing is varied. */
bool say_in_file(cell *c, const teller *t, const answer *w);
/* For which of them the laws that were asked about follow. */
void tell_where(const teller *t);

/* --- tell_choices.c --- */

/* Of a regime, `whole` being its theory, what that did not say already. */
void tell_choice_notes(const teller *t, const finding *whole);
/* Why a core conflicts, where a choice in it has no best solution; else false, and nothing. */
bool tell_endless(const teller *t, factset conflict);
void tell_tables(const teller *t);

/* --- conflict.c --- */

void tell_cores(const teller *t);
/* Each core in a line. */
void tell_cores_short(const teller *t);
void tell_decisions(const teller *t);
/* The story of one core, or that it has none. */
void tell_conflict(const teller *t, const core *k);
void tell_repairs(const teller *t);
void tell_redundant(const teller *t);

#endif
