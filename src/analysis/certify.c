/* Findings as theses. The evidence for them is gathered in gather.c. */
#include "analysis/certify.h"
#include "analysis/choices.h"
#include "analysis/gather.h"
#include "analysis/parts.h"
#include "engine/eliminate.h"

typedef VEC(thesis) theses;
typedef VEC(frame) frames;

typedef struct {
    arena *a;
    engine *e; /* of the frame */
    const finding *found;
    frame f;
    theses list;
    bool claims; /* nothing of whether less would do */
} making;

/* That nothing of it can be left out takes a solution for each statement: n solutions of n numbers.
 * Of a core that is said at any length. */
enum { MOST_NUMBERS = 200000 };

static bool is_long(const making *m, const thesis *t) {
    long solutions = (long)t->facts.n + t->when.n;
    return t->is != THESIS_CORE && solutions * m->f.p->nsymbols > MOST_NUMBERS;
}

static void file(making *m, thesis t) {
    if (m->claims) t.minimal = t.walked = false;
    if (is_long(m, &t)) t.minimal = false;
    gather(m->a, m->e, m->found, &m->f, &t);
    vec_push(m->a, &m->list, t);
}

/* --- verdicts --- */

static thesis_kind verdict_kind(verdict v) {
    switch (v) {
    case VERDICT_CONSISTENT:
        return THESIS_CONSISTENT;
    case VERDICT_CONTRADICTORY:
        return THESIS_CONTRADICTORY;
    case VERDICT_TRIVIAL:
        return THESIS_TRIVIAL;
    case VERDICT_UNKNOWN:
        break;
    }
    return THESIS_UNKNOWN;
}

static void file_verdict(making *m, verdict v) {
    file(m, (thesis){.is = verdict_kind(v), .about = -1});
}

static void file_choices(making *m) {
    const bool *use = frame_use(m->a, &m->f);
    for (int i = 0; i < m->f.p->nfacts; i++)
        if (m->f.p->facts[i].choice && use[i]) file(m, (thesis){.is = THESIS_BEST, .about = i});
}

/* --- answers --- */

static const interval *everything(arena *a) {
    interval *all = NEW(a, interval);
    *all = (interval){true, true, coef_int(0), coef_int(0), true, true};
    return all;
}

static thesis_kind answer_thesis(const answer *r) {
    switch (r->kind) {
    case ANSWER_EXACT:
        if (r->goal->kind == GOAL_RELATION) return THESIS_SIGNS;
        return r->goal->kind == GOAL_WHERE ? THESIS_WHERE : THESIS_EXACT;
    case ANSWER_CASES:
        return THESIS_CASES;
    case ANSWER_RANGE:
        return THESIS_RANGE;
    case ANSWER_UNDETERMINED:
        return r->goal->nbase > 1 ? THESIS_FREE : THESIS_RANGE;
    case ANSWER_UNDEFINED:
        return THESIS_UNDEFINED;
    case ANSWER_VACUOUS:
        return THESIS_VACUOUS;
    case ANSWER_UNKNOWN:
        break;
    }
    return THESIS_UNKNOWN;
}

static const thesis_case *cases_of(arena *a, const answer *r) {
    thesis_case *c = NEW_ARRAY(a, thesis_case, r->ncases);
    for (int i = 0; i < r->ncases; i++) {
        const answer_case *x = &r->cases[i];
        c[i] = (thesis_case){x->when, x->nwhen, x->value, x->ranges, x->nranges, x->support};
    }
    return c;
}

/* Numbers, not all zero, with which the bases add up to a multiple of the dependence. */
static const coef *multipliers(arena *a, const goal *g, form dependence, int nsymbols) {
    budget free;
    coef *x = NEW_ARRAY(a, coef, g->nbase + 1);
    form *rows = NEW_ARRAY(a, form, nsymbols);
    for (int s = 0; s < nsymbols; s++) {
        rows[s] = form_scale(a, form_coef(dependence, s), form_sym(a, g->nbase));
        for (int i = 0; i < g->nbase; i++)
            rows[s] = form_addmul(a, rows[s], form_coef(g->base[i], s), form_sym(a, i));
    }
    budget_init(&free);
    elim *e = elim_run(a, rows, nsymbols, g->nbase + 1, &free);
    int one = g->nbase;
    while (one > 0 && !elim_is_free(e, one)) one--;
    for (int i = 0; i <= g->nbase; i++) x[i] = coef_int(i == one);
    elim_complete(e, a, x);
    return x;
}

static void add_free(const making *m, const answer *r, thesis *t) {
    if (r->ndependence == 0) return;
    t->value = multipliers(m->a, r->goal, r->dependence[0], m->f.p->nsymbols);
    t->nvalue = r->goal->nbase;
}

static void file_answer(making *m, int which, const answer *r) {
    thesis t = {.is = answer_thesis(r), .about = which};
    bool rests = t.is == THESIS_EXACT || t.is == THESIS_RANGE || t.is == THESIS_SIGNS;
    t.minimal = rests || t.is == THESIS_UNDEFINED;
    t.poles = t.is == THESIS_EXACT || t.is == THESIS_CASES;
    t.walked = t.is == THESIS_RANGE && r->goal->kind == GOAL_EXPONENT;
    t.facts = r->support, t.when = r->when_used;
    t.value = r->value, t.nvalue = r->nvalue;
    t.ranges = r->ranges, t.nranges = r->nranges;
    t.signs = r->signs, t.where = r->where;
    if (t.is == THESIS_CASES) t.cases = cases_of(m->a, r), t.ncases = r->ncases;
    if (t.is == THESIS_FREE) add_free(m, r, &t);
    if (t.is == THESIS_RANGE && r->kind == ANSWER_UNDETERMINED)
        t.ranges = everything(m->a), t.nranges = 1;
    file(m, t);
}

/* --- conclusions --- */

static thesis_kind conclusion_kind(conclusion_verdict v) {
    switch (v) {
    case CONCLUSION_PROVED:
        return THESIS_PROVED;
    case CONCLUSION_REFUTED:
        return THESIS_REFUTED;
    case CONCLUSION_OPEN:
        return THESIS_OPEN;
    case CONCLUSION_VACUOUS:
        return THESIS_VACUOUS;
    case CONCLUSION_UNKNOWN:
        break;
    }
    return THESIS_UNKNOWN;
}

static void file_conclusion(making *m, int which, const conclusion *c) {
    thesis t = {.is = conclusion_kind(c->verdict), .about = which};
    if (c->goal->kind == GOAL_CONCLUSION) {
        t.facts = c->support, t.when = c->when_used, t.minimal = true;
    } else if (t.is != THESIS_UNKNOWN) {
        outcome o;
        const bool *use = frame_use(m->a, &m->f);
        t.verdict = verdict_kind(find_verdict(m->e, m->a, use, c->goal->when, c->goal->nwhen, &o));
    }
    file(m, t);
}

static bool is_question(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION || g->kind == GOAL_PARAMETER ||
           g->kind == GOAL_WHERE;
}

/* The goals in their order: answers and conclusions stand in it, each in a list of its own. */
static void file_goals(making *m, const finding *f) {
    int answers = 0, conclusions = 0;
    for (int i = 0; i < f->p->ngoals; i++)
        if (is_question(&f->p->goals[i]))
            file_answer(m, i, &f->answers[answers++]);
        else
            file_conclusion(m, i, &f->conclusions[conclusions++]);
}

/* --- sets of facts --- */

static void file_sets(making *m, const finding *f) {
    for (int i = 0; i < f->ncores; i++) {
        const core *c = &f->cores[i];
        file(m,
             (thesis){.is = THESIS_CORE, .about = -1, .facts = c->facts, .scales = c->needs_scale});
    }
    for (int i = 0; i < f->nrepairs; i++)
        file(m, (thesis){.is = THESIS_REPAIR,
                         .about = -1,
                         .facts = f->repairs[i].drop,
                         .scales = f->verdict == VERDICT_TRIVIAL});
    for (int i = 0; i < f->nredundant; i++) {
        const redundancy *r = &f->redundant[i];
        file(m, (thesis){.is = THESIS_REDUNDANT,
                         .about = r->fact,
                         .facts = r->follows_from,
                         .minimal = true});
    }
}

/* --- frames --- */

static frame closed(making *m) {
    m->f.theses = m->list.v;
    m->f.ntheses = (int)m->list.n;
    return m->f;
}

static frame whole_frame(arena *a, engine *e, const finding *f, bool claims) {
    making m = {.a = a, .e = e, .found = f, .f = {.p = f->p}, .claims = claims};
    file_verdict(&m, f->verdict);
    if (f->verdict != VERDICT_UNKNOWN) file_choices(&m);
    file_goals(&m, f);
    if (!claims) file_sets(&m, f);
    return closed(&m);
}

/* Some facts only; the choices are made anew. Where that was not found nothing is said. */
static bool open_part(making *m, engine *e) {
    m->e = choices_engine(e, m->a, frame_use(m->a, &m->f));
    if (m->e)
        m->f.p = engine_problem(m->e);
    else
        vec_push(m->a, &m->list, ((thesis){.about = -1}));
    return m->e != NULL;
}

static void close_part(making *m, engine *e, frames *list) {
    frame f = closed(m);
    if (m->e && m->e != e) engine_close(m->e);
    vec_push(m->a, list, f);
}

static void add_equations(arena *a, engine *e, const finding *f, frames *list) {
    making m = {.a = a, .found = f, .f = {.p = f->p, .equations = true}};
    if (open_part(&m, e)) {
        file_verdict(&m, f->equations);
        file_choices(&m);
    }
    close_part(&m, e, list);
}

static void file_repaired(making *m, const repair *r) {
    int n = 0;
    file_verdict(m, r->verdict);
    file_choices(m);
    for (int i = 0; i < m->f.p->ngoals && n < r->nanswers; i++) {
        goal_kind kind = m->f.p->goals[i].kind;
        if (kind == GOAL_EXPONENT || kind == GOAL_RELATION) file_answer(m, i, &r->answers[n++]);
    }
    if (r->nfixed)
        file(m, (thesis){.is = THESIS_FIXED, .about = -1, .facts = {r->fixed, r->nfixed}});
}

static void add_repair(arena *a, engine *e, const finding *f, const repair *r, frames *list) {
    making m = {.a = a, .found = f, .f = {.p = f->p, .without = r->drop}};
    if (open_part(&m, e)) file_repaired(&m, r);
    close_part(&m, e, list);
}

static bool has_growth(const problem *p) {
    for (int i = 0; i < p->nfacts; i++)
        if (p->facts[i].growth) return true;
    return false;
}

static engine *opened(const finding *f, solvers *common, budget *b) {
    engine *e = engine_open(f->p, b);
    engine_consult(e, common);
    return e;
}

static certificate certify_one(arena *a, const finding *f, solvers *common, budget *b) {
    frames list = {0};
    engine *e = opened(f, common, b);
    frame whole = whole_frame(a, e, f, false);
    vec_push(a, &list, whole);
    if (has_growth(f->p)) add_equations(a, e, f, &list);
    for (int i = 0; i < f->nrepairs; i++) add_repair(a, e, f, &f->repairs[i], &list);
    engine_close(e);
    return (certificate){f->p, list.v, (int)list.n};
}

static certificate claims_of(arena *a, const finding *f, solvers *common, budget *b) {
    engine *e = opened(f, common, b);
    frame *whole = NEW(a, frame);
    *whole = whole_frame(a, e, f, true);
    engine_close(e);
    return (certificate){f->p, whole, 1};
}

const certificate *certify_claims(arena *a, const finding *f, solvers *common, budget *b) {
    certificate *all = NEW_ARRAY(a, certificate, 1 + f->nregimes);
    all[0] = claims_of(a, f, common, b);
    for (int i = 0; i < f->nregimes; i++) all[1 + i] = claims_of(a, &f->regimes[i], common, b);
    return all;
}

static bool is_shown(const evidence *e) {
    return !e->cut && (e->pf || e->w.n || e->nwalks || e->nsamples || e->vouched);
}

static bool frame_is_shown(const frame *f) {
    for (int i = 0; i < f->ntheses; i++)
        for (int k = 0; k < f->theses[i].nby; k++)
            if (!is_shown(&f->theses[i].by[k])) return false;
    return true;
}

bool certified_whole(const certificate *c, int n) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < c[i].nframes; k++)
            if (!frame_is_shown(&c[i].frames[k])) return false;
    return true;
}

const certificate *certify(arena *a, const finding *f, solvers *common, budget *b) {
    certificate *all = NEW_ARRAY(a, certificate, 1 + f->nregimes);
    all[0] = certify_one(a, f, common, b);
    for (int i = 0; i < f->nregimes; i++) all[1 + i] = certify_one(a, &f->regimes[i], common, b);
    return all;
}
