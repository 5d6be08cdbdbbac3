/* law: forms as laws, in the language's own spelling.
 *
 * A form Σ c_i x_i is the product Π q_i^c_i: `w² L`, `N^-1`, `N_p^(1/3)`, `w^α`, and 1 where it
 * is empty. A relation between two forms is a law: `N ∝ w L`, `w ≫ 1`; between exponents it is a
 * comparison: `α < 2β`. What is printed here can be pasted into a theory.
 */
#ifndef RENDER_LAW_H
#define RENDER_LAW_H

#include "analysis/finding.h"

/* "w² L" */
str law_product(arena *a, const problem *p, form f);
/* "(w² L)³", "w⁵ / w²": a product as it was written */
str law_written(arena *a, const problem *p, const written_product *x);
/* "∝", "≲", "≪"; with geq "≳", "≫" */
const char *law_sign(rel r, bool geq);
/* f r 0 (with geq: f ≥ 0 or f > 0) as a law with terms on both sides: "N ∝ w L", "w ≫ 1", or,
 * where there are parameters alone, as a comparison: "a-1 ≤ 2b". */
str law_claim(arena *a, const problem *p, form f, rel r, bool geq);
/* The sides that the law of f r 0 is printed with; gives geq, which is turned where they are. */
bool law_sides(arena *a, form f, bool geq, form *left, form *right);
/* "N_p^(1/3)": the power of something already printed; its name alone where c is one. */
str law_power(arena *a, str base, coef c);
/* "-1", "α", "-α", "(1/2)", "(α+β)": a coefficient as it stands behind ^ */
str law_exponent(arena *a, coef c);
/* Any formula: "α < 2β", "d ≠ 0", "w grows and a-1 ≤ 2b". */
str law_formula(arena *a, const problem *p, const formula *f);
/* c without the minus sign that it is written with. */
coef law_magnitude(arena *a, coef c);

/* Is there one law to print? Of an EXACT answer, yes, unless a relation is left open. */
bool law_is_known(const answer *w);
/* The law of an answer that has one: the question with its holes filled in,
 * `ℓ ∝ N_p^(-1/3)`, `N ≪ D`, `w grows`. */
str law_answer(arena *a, const answer *w);
/* The law of one case of an answer. */
str law_case(arena *a, const answer *w, const answer_case *k);
/* "a-1 ≤ 2b": where the case applies; empty where it always does. */
str law_conditions(arena *a, const problem *p, const answer_case *k);
/* What the solver vouches for: "α+β ≠ 0". */
str law_vouched(arena *a, const problem *p, const condition *c);
/* The question with `^letter` in its first hole: `ℓ ∝ N_p^e`. */
str law_unknown(arena *a, const goal *g, const char *letter);
/* Is it a question about growth, `w ?`, rather than about two quantities? */
bool law_asks_growth(const goal *g);
/* "≪", "≲", ... for a set of SIGN_ bits; NULL where all or none or only ∝ is excluded. */
const char *law_signs(int signs);

/* Can the chain be told, as laws whose direction is known? Not where exponents are compared on the
 * way, or an inequality is raised to a power that may be negative. */
bool law_is_chain(const problem *p, const goal *g, const chain *k);
/* The atom that a step of a chain uses; supposition j of the goal is fact nfacts + j. NULL where
 * there is no such atom. */
const formula *law_step_atom(const problem *p, const goal *g, const step *s);
/* Its law: the statement's own text where the statement is a single atom. */
str law_step(arena *a, const problem *p, const goal *g, const step *s);
/* The name of the statement: its label, "when" for a supposition. */
str law_step_label(const problem *p, const goal *g, const step *s);

#endif
