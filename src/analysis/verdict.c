#include "analysis/parts.h"

/* Z3 gives its opinion on theories; what is asked of their parts rests on the kernel alone. */
static outcome decide(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                      bool theory) {
    return theory ? engine_verdict(e, a, use, extra, nextra)
                  : engine_check(e, a, use, extra, nextra);
}

static verdict with_scaling(engine *e, arena *a, const bool *use, const formula *const *extra,
                            int nextra, outcome *o) {
    const formula **more = NEW_ARRAY(a, const formula *, nextra + 1);
    for (int i = 0; i < nextra; i++) more[i] = extra[i];
    more[nextra] = something_scales(a, engine_problem(e));
    *o = decide(e, a, use, more, nextra + 1, !use && !nextra);
    switch (o->status) {
    case ENGINE_SAT:
        return VERDICT_CONSISTENT;
    case ENGINE_UNSAT:
        return VERDICT_TRIVIAL;
    case ENGINE_UNKNOWN:
    case ENGINE_WRONG:
        break;
    }
    return VERDICT_UNKNOWN;
}

verdict find_verdict(engine *e, arena *a, const bool *use, const formula *const *extra, int nextra,
                     outcome *o) {
    const problem *p = engine_problem(e);
    *o = decide(e, a, use, extra, nextra, !use && !nextra);
    switch (o->status) {
    case ENGINE_UNSAT:
        return VERDICT_CONTRADICTORY;
    case ENGINE_UNKNOWN:
    case ENGINE_WRONG:
        return VERDICT_UNKNOWN;
    case ENGINE_SAT:
        break;
    }
    if (!has_quantity(p) || (o->w.n && formula_holds(a, something_scales(a, p), o->w.x)))
        return VERDICT_CONSISTENT;
    return with_scaling(e, a, use, extra, nextra, o);
}
