/* figures: numbers for readers, the same in every locale. */
#ifndef RENDER_FIGURES_H
#define RENDER_FIGURES_H

#include "base/base.h"

/* 10^log10 in three figures, "0.794", "1.2 × 10^9", or as many as tell it from 1, "1.0042". */
char *factor_text(arena *a, double log10);

#endif
