/* The rows of questions, and who answers them. */
#include "analysis/merge.h"
#include "analysis/sides.h"

/* --- a question from one theory to another --- */

/* From the quantities of theory i to those of theory k; -1 for those that it does not have. */
static const int *names_into(const comparing *c, arena *a, int i, int k) {
    const problem *x = c->in->theories[i].p, *y = c->in->theories[k].p;
    int *to = NEW_ARRAY(a, int, x->nsymbols);
    for (int s = 0; s < x->nsymbols; s++) to[s] = i == k ? s : -1;
    if (i == k) return to;
    const int *match = merge_match(a, x, y);
    for (int s = 0; s < y->nsymbols; s++)
        if (match[s] >= 0) to[match[s]] = s;
    return to;
}

static bool carried(arena *a, form f, const int *to, form *out) {
    term *t = NEW_ARRAY(a, term, f.n);
    for (int i = 0; i < f.n; i++) {
        t[i] = (term){to[f.t[i].sym], f.t[i].c};
        if (t[i].sym < 0) return false;
    }
    *out = form_of(a, t, f.n, f.k);
    return true;
}

static bool can_answer(arena *a, const goal *g, const int *to) {
    form f;
    return carried(a, g->target, to, &f) && carried(a, g->base[0], to, &f);
}

static bool same_question(arena *a, const goal *g, const int *to, const goal *other) {
    form target, base;
    return carried(a, g->target, to, &target) && carried(a, g->base[0], to, &base) &&
           form_eq(target, other->target) && form_eq(base, other->base[0]);
}

static str name_of(const problem *p, form f, str otherwise) {
    bool one = f.n == 1 && coef_is_one(f.t[0].c);
    return one ? p->symbols[f.t[0].sym].name : otherwise;
}

static str question_law(arena *a, str left, str base) {
    return str_of(formatted(a, "%.*s ∝ %.*s^?", (int)left.n, left.s, (int)base.n, base.s));
}

/* The same question in the symbols and names of theory p. */
static const goal *carried_goal(arena *a, const goal *g, const int *to, const problem *p) {
    goal *own = NEW(a, goal);
    form *base = NEW(a, form);
    str *name = NEW(a, str);
    *own = *g;
    if (!carried(a, g->target, to, &own->target) || !carried(a, g->base[0], to, base)) return NULL;
    *name = name_of(p, *base, g->base_name[0]);
    own->left = name_of(p, own->target, g->left);
    own->law = question_law(a, own->left, *name);
    own->base = base;
    own->base_name = name;
    return own;
}

const goal *exponent_goal(arena *a, const problem *p, int x, int base) {
    goal *g = NEW(a, goal);
    form *f = NEW(a, form);
    str *name = NEW(a, str);
    *f = form_sym(a, base);
    *name = p->symbols[base].name;
    *g = (goal){.kind = GOAL_EXPONENT, .target = form_sym(a, x), .base = f, .nbase = 1};
    g->left = p->symbols[x].name;
    g->base_name = name;
    g->law = question_law(a, g->left, *name);
    return g;
}

/* --- the rows --- */

typedef struct {
    comparing *c;
    arena *a;          /* for the time of the search */
    const int ***into; /* into[i][k], made when it is needed */
    VEC(exponent_row) rows;
    VEC(int) needed; /* of each row: how many theories must be able to answer */
} gathering;

static const int *names_between(gathering *s, int i, int k) {
    if (!s->into[i]) s->into[i] = NEW_ARRAY(s->a, const int *, s->c->in->ntheories);
    if (!s->into[i][k]) s->into[i][k] = names_into(s->c, s->a, i, k);
    return s->into[i][k];
}

/* One hole in what is asked without suppositions or letters. */
static bool is_comparable(const goal *g) {
    bool one = g->kind == GOAL_EXPONENT && g->nbase == 1 && g->nwhen == 0;
    return one && form_is_plain(g->target) && form_is_plain(g->base[0]);
}

static int find_row(gathering *s, int by, const goal *g) {
    for (size_t r = 0; r < s->rows.n; r++) {
        const exponent_row *row = &s->rows.v[r];
        if (same_question(s->a, row->goal, names_between(s, row->by, by), g)) return (int)r;
    }
    return -1;
}

static int add_row(gathering *s, int by, const goal *g, int needed) {
    int r = find_row(s, by, g);
    if (r < 0) {
        r = (int)s->rows.n;
        vec_push(s->c->a, &s->rows, ((exponent_row){.by = by, .goal = g}));
        vec_push(s->a, &s->needed, needed);
    }
    if (needed < s->needed.v[r]) s->needed.v[r] = needed;
    return r;
}

static void gather_goals(gathering *s, int k) {
    const problem *p = s->c->in->theories[k].p;
    for (int i = 0; i < p->ngoals; i++)
        if (is_comparable(&p->goals[i])) add_row(s, k, &p->goals[i], 2);
}

static void gather_measured(gathering *s, measured_row *out) {
    comparing *c = s->c;
    for (int i = 0; i < c->in->measured.n; i++) {
        const measurement *m = &c->in->measured.v[i];
        out[i] = (measured_row){.m = m, .row = -1};
        for (int k = 0; k < c->in->ntheories && out[i].row < 0; k++) {
            const problem *p = c->in->theories[k].p;
            int x = quantity_named(p, m->quantity), base = quantity_named(p, m->base);
            if (x >= 0 && base >= 0) out[i].row = add_row(s, k, exponent_goal(c->a, p, x, base), 1);
        }
    }
}

static int count_answers(gathering *s, const exponent_row *r) {
    int n = 0;
    for (int k = 0; k < s->c->in->ntheories; k++)
        n += can_answer(s->a, r->goal, names_between(s, r->by, k));
    return n;
}

/* The first question of each theory, where there is no row for all of them. */
static void list_lonely(gathering *s) {
    int n = s->c->in->ntheories, last = -1;
    question_in *lonely = NEW_ARRAY(s->c->a, question_in, n);
    for (size_t r = 0; r < s->rows.n && s->c->out->nlonely < n; r++) {
        const exponent_row *row = &s->rows.v[r];
        if (row->by == last) continue;
        last = row->by;
        lonely[s->c->out->nlonely++] = (question_in){row->by, row->goal};
    }
    s->c->out->lonely = lonely;
}

static void keep_rows(gathering *s, int *asked, measured_row *measured) {
    comparison *out = s->c->out;
    int n = (int)s->rows.n;
    exponent_row *rows = NEW_ARRAY(s->c->a, exponent_row, n);
    int *number = NEW_ARRAY(s->a, int, n);
    for (int r = 0; r < n; r++) {
        exponent_row *row = &s->rows.v[r];
        int answers = count_answers(s, row);
        number[r] = -1;
        if (answers < s->needed.v[r]) continue;
        row->answers = NEW_ARRAY(s->c->a, given_answer, answers);
        number[r] = out->nrows;
        rows[out->nrows++] = *row;
    }
    for (int i = 0; i < s->c->in->nquestions; i++)
        if (asked[i] >= 0) asked[i] = number[asked[i]];
    for (int i = 0; i < s->c->in->measured.n; i++)
        if (measured[i].row >= 0) measured[i].row = number[measured[i].row];
    out->rows = rows;
    if (out->nrows == 0) list_lonely(s);
}

void find_rows(comparing *c) {
    const comparison_in *in = c->in;
    gathering s = {.c = c, .a = arena_new()};
    s.into = NEW_ARRAY(s.a, const int **, in->ntheories);
    measured_row *measured = NEW_ARRAY(c->a, measured_row, in->measured.n);
    int *asked = NEW_ARRAY(c->a, int, in->nquestions);
    for (int i = 0; i < in->nquestions; i++) {
        const question_in *q = &in->questions[i];
        asked[i] = is_comparable(q->goal) ? add_row(&s, q->by, q->goal, 2) : -1;
    }
    for (int k = 0; k < in->ntheories && !in->brief; k++) gather_goals(&s, k);
    gather_measured(&s, measured);
    keep_rows(&s, asked, measured);
    c->out->asked = asked;
    c->out->measured = measured;
    c->out->nmeasured = in->measured.n;
    for (int i = 0; i < in->measured.n; i++)
        if (measured[i].row >= 0) measured[i].gaps = NEW_ARRAY(c->a, gap, in->ntheories);
    arena_free(s.a);
}

/* --- the answers --- */

static void mark_difference(exponent_row *r) {
    const answer *last = &r->answers[r->nanswers - 1].answer;
    for (int i = 0; i + 1 < r->nanswers; i++)
        r->differ = r->differ || answers_differ(&r->answers[i].answer, last);
}

void answer_rows(comparing *c, int k) {
    arena *scratch = arena_new();
    const int **into = NEW_ARRAY(scratch, const int *, c->in->ntheories);
    exponent_row *rows = c->out->rows;
    for (int i = 0; i < c->out->nrows; i++) {
        exponent_row *r = &rows[i];
        if (!into[r->by]) into[r->by] = names_into(c, scratch, r->by, k);
        const goal *g = carried_goal(c->a, r->goal, into[r->by], c->theories[k].p);
        if (!g) continue;
        answer x = answer_question(c->e, c->a, r->by == k ? r->goal : g, NULL);
        r->answers[r->nanswers++] = (given_answer){k, x};
        mark_difference(r);
        measure_answer(c, i);
    }
    arena_free(scratch);
}
