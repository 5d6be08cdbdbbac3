/* line: which values one unknown can have, as closed forms in the parameters.
 *
 * A formula that is linear in the unknown cuts the line, at fixed parameters,
 * into points and open intervals on each of which it is true or false. At a
 * sample of the parameters the pieces are computed; their ends are continued as
 * rational functions; and that the same pieces describe the formula for all
 * parameters, or for those where some of the signs found at the sample hold, is
 * asked of the nonlinear solver, both ways. The next sample is sought outside.
 */
#ifndef ANALYSIS_LINE_H
#define ANALYSIS_LINE_H

#include "analysis/finding.h"
#include "engine/engine.h"

/* For which parameters does the formula hold for some value of the unknown? NULL where that was not
 * found. */
const formula *line_domain(engine *e, arena *a, const formula *f);
/* The symbol is the unknown of the formula, the only one in its terms. The cases together cover the
 * parameters of the domain, a formula without the unknown (NULL: it was not found); each has its
 * intervals, in order: none where the formula holds for no value. What holds in all of the domain
 * is no condition of a case. The engine is only asked about f, so it may be of any problem of the
 * same symbols. False, with the reason, where that was not found; everything in the arena. */
bool line_cases(engine *e, arena *a, const formula *f, const formula *domain, int unknown,
                const answer_case **cases, int *ncases, const char **why);
/* The formula with parameter i of its field as the linear unknown `unknown`; NULL where it is of
 * another kind. */
const formula *line_over_parameter(arena *a, const formula *f, int i, int unknown);
/* The unknown lies in one of the intervals. An atom does not hold at a pole of its end. */
const formula *line_within(arena *a, int unknown, const interval *r, int n);

/* The formula with the unknown put back as what it stands for. */
const formula *line_put_back(arena *a, const formula *f, coef what);

#endif
