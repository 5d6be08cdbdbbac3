/* figures: numbers for readers, the same in every locale. */
#ifndef RENDER_FIGURES_H
#define RENDER_FIGURES_H

#include "algebra/rat.h"

/* 10^log10 in three figures, "0.794", "1.2 × 10^9", or as many as tell it from 1, "1.0042". */
char *factor_text(arena *a, double log10);

/* Is it a short decimal, of at most four places? */
bool is_decimal(rat x);
/* Is it hard to read as a fraction? */
bool is_long_fraction(rat x);
/* "0.4516", "-0.35": four figures, or all of a short decimal. |x| is 0 or in reach of a
 * double. */
char *number_text(arena *a, rat x);

/* "0.0459", "-4.59", "12": three figures, trailing zeros left out. */
char *three_figures(arena *a, rat x);

#endif
