#include "algebra/audit.h"

/* --- is everything told of? --- */

static bool is_verdict(const thesis *t) {
    return t->about < 0 && (t->is == THESIS_UNKNOWN || thesis_is_verdict(t->is));
}

static bool is_of_goal(const thesis *t) {
    return t->is == THESIS_UNKNOWN ? t->about >= 0 : thesis_is_of_goal(t->is);
}

static int times_told(const frame *f, int goal_number) {
    int n = 0;
    for (int i = 0; i < f->ntheses; i++)
        n += is_of_goal(&f->theses[i]) && f->theses[i].about == goal_number;
    return n;
}

static int times_chosen(const frame *f, int which) {
    int n = 0;
    for (int i = 0; i < f->ntheses; i++)
        n += f->theses[i].is == THESIS_BEST && f->theses[i].about == which;
    return n;
}

static bool is_asked_again(const goal *g) {
    return g->kind == GOAL_EXPONENT || g->kind == GOAL_RELATION;
}

/* The verdict first, and no other. */
static bool has_verdict(const frame *f) {
    if (!f->ntheses || !is_verdict(&f->theses[0])) return false;
    for (int i = 1; i < f->ntheses; i++)
        if (is_verdict(&f->theses[i])) return false;
    return true;
}

static bool tells_goals(const frame *f, bool whole) {
    bool silent = f->equations || (!whole && f->theses[0].is == THESIS_UNKNOWN);
    for (int i = 0; i < f->p->ngoals; i++) {
        bool asked = whole || is_asked_again(&f->p->goals[i]);
        if (times_told(f, i) != (asked && !silent)) return false;
    }
    return true;
}

static bool tells_choices(arena *a, const frame *f) {
    const bool *use = frame_use(a, f);
    bool known = f->theses[0].is != THESIS_UNKNOWN;
    for (int i = 0; i < f->p->nfacts; i++)
        if (times_chosen(f, i) != (f->p->facts[i].choice && use[i] && known)) return false;
    return true;
}

/* Conflicts are with "something scales" just where the theory is trivial, and stand in the frame of
 * all facts; what no longer scales stands in the others. */
static bool in_place(const frame *f, bool whole) {
    for (int i = 0; i < f->ntheses; i++) {
        const thesis *t = &f->theses[i];
        bool set = t->is == THESIS_CORE || t->is == THESIS_REPAIR;
        if (set && t->scales != (f->theses[0].is == THESIS_TRIVIAL)) return false;
        if (!whole && (set || t->is == THESIS_REDUNDANT)) return false;
        if (whole && t->is == THESIS_FIXED) return false;
    }
    return true;
}

static bool same_set(factset x, factset y) {
    if (x.n != y.n) return false;
    for (int i = 0; i < x.n; i++)
        if (x.v[i] != y.v[i]) return false;
    return true;
}

static int times_followed(const certificate *c, factset drop) {
    int n = 0;
    for (int i = 1; i < c->nframes; i++)
        n += !c->frames[i].equations && same_set(c->frames[i].without, drop);
    return n;
}

/* One frame for each repair, and no others but that of the equations. */
static bool tells_repairs(const certificate *c) {
    int repairs = 0, frames = 0, equations = 0;
    const frame *f = &c->frames[0];
    for (int i = 0; i < f->ntheses; i++) {
        if (f->theses[i].is != THESIS_REPAIR) continue;
        repairs++;
        if (times_followed(c, f->theses[i].facts) != 1) return false;
    }
    for (int i = 1; i < c->nframes; i++) {
        frames += !c->frames[i].equations;
        equations += c->frames[i].equations;
        if (c->frames[i].equations && c->frames[i].without.n) return false;
    }
    bool growth = false;
    for (int i = 0; i < c->p->nfacts; i++) growth = growth || c->p->facts[i].growth;
    return repairs == frames && equations == growth;
}

static const char *what_is_missing(arena *a, const certificate *c) {
    if (!c->nframes || c->frames[0].equations || c->frames[0].without.n)
        return "nothing is said of the theory as a whole";
    for (int i = 0; i < c->nframes; i++) {
        const frame *f = &c->frames[i];
        if (!has_verdict(f)) return "a verdict is not told, or not first";
        if (!tells_goals(f, i == 0)) return "not every goal is told of once";
        if (!tells_choices(a, f)) return "not every choice is told of once";
        if (!in_place(f, i == 0)) return "a conflict or a repair stands where it does not belong";
    }
    return tells_repairs(c) ? NULL : "what is left after repairs is not told of";
}

/* --- is everything proved? --- */

static void trust(arena *a, audit *x, const remark *about, const char *why) {
    remark r = *about;
    r.why = why;
    vec_push(a, &x->trusted, r);
}

static bool is_before(const conditions *list, size_t n) {
    const condition *c = &list->v[n];
    for (size_t i = 0; i < n; i++)
        if (list->v[i].signs == c->signs && coef_eq(list->v[i].c, c->c)) return true;
    return false;
}

/* Each once. */
static void trust_conditions(arena *a, audit *x, const remark *about, const conditions *open) {
    for (size_t i = 0; i < open->n; i++) {
        remark r = *about;
        r.condition = open->v[i];
        if (!is_before(open, i)) vec_push(a, &x->trusted, r);
    }
}

static void check_need(arena *a, audit *x, remark about, const need *n, const evidence *e) {
    bool refutation = n->kind == NEED_REFUTATION;
    conditions open = {0};
    x->refutations += refutation;
    x->solutions += !refutation;
    if (e->vouched && !e->pf && !e->w.n && !e->nwalks && !e->nsamples) {
        trust(a, x, &about, refutation ? "a contradiction" : "that there is a solution");
    } else if (need_is_met(a, about.f, about.t, n, e, &open)) {
        trust_conditions(a, x, &about, &open);
    } else {
        about.why = refutation ? "a refutation fails" : "a solution fails";
        vec_push(a, &x->failed, about);
    }
}

/* Why the evidence is not for what the thesis needs; NULL: it is. */
static const char *misfit(const thesis *t, const needs *list) {
    if ((int)list->n != t->nby) return "there is not evidence for each need";
    for (int i = 0; t->said && i < t->nby; i++)
        if (!need_eq(&t->said[i], &list->v[i])) return "what is shown is not what is needed";
    return NULL;
}

static void check_thesis(arena *a, audit *x, const frame *f, const thesis *t) {
    remark about = {.f = f, .t = t, .need = -1};
    x->theses++;
    if (t->is == THESIS_UNKNOWN) {
        about.why = "undecided";
        vec_push(a, &x->untold, about);
        return;
    }
    needs list = thesis_needs(a, f, t);
    about.why = misfit(t, &list);
    if (about.why) {
        vec_push(a, &x->failed, about);
        return;
    }
    for (int i = 0; i < t->nby; i++) {
        about.need = i;
        check_need(a, x, about, &list.v[i], &t->by[i]);
    }
    about.need = -1;
    if (thesis_trusts(t)) trust(a, x, &about, thesis_trusts(t));
}

audit certificate_audit(arena *a, const certificate *c) {
    audit x = {.c = c, .missing = what_is_missing(a, c)};
    for (int i = 0; i < c->nframes; i++)
        for (int k = 0; k < c->frames[i].ntheses; k++)
            check_thesis(a, &x, &c->frames[i], &c->frames[i].theses[k]);
    if (field_is_spent(c->p->field))
        x.missing = "its polynomials are too large to be computed with";
    return x;
}
