#include "api/compare.h"

#include <unistd.h>
#include "analysis/comparison.h"
#include "lang/measured.h"
#include "lang/scope.h"
#include "render/agreement.h"
#include "render/diagnose.h"
#include "render/to_text.h"

enum { NOT_READ = 2, UNDECIDED = 3, WRONG = 4 };

/* One input that was read. */
typedef struct {
    const char *path; /* NULL: no file */
    str regime;       /* the one that is meant; empty: none */
    const source *src;
    const problem *p; /* the whole theory; NULL after an error */
    int first;        /* its first theory */
} side;

typedef struct {
    const compare_run *r;
    arena *a;
    diags sink;
    VEC(side) sides;
    VEC(theory_in) theories;
    int texts;               /* inputs that are no files */
    VEC(const char *) files; /* of each theory, as it was given */
    VEC(question_in) questions;
    VEC(const char *) asks; /* the text of each question */
    measurements measured;
} run_of_all;

static diag *refuse(run_of_all *s, diag_code code, const char *message) {
    return diag_add(&s->sink, code, (span){0}, "%s", message);
}

static const char *z(arena *a, str s) {
    return str_z(a, s);
}

/* --- theories --- */

static bool is_used(const run_of_all *s, str name) {
    for (size_t i = 0; i < s->theories.n; i++)
        if (str_eq(s->theories.v[i].name, name)) return true;
    return false;
}

static str own_name(run_of_all *s, str name) {
    str own = name;
    for (int k = 2; is_used(s, own); k++)
        own = str_of(formatted(s->a, "%.*s(%d)", (int)name.n, name.s, k));
    return own;
}

static void add_theory(run_of_all *s, const char *file, str name, const problem *p) {
    vec_push(s->a, &s->theories, ((theory_in){own_name(s, name), p}));
    vec_push(s->a, &s->files, file);
}

static void add_regime(run_of_all *s, const char *file, const problem *whole, const problem *p) {
    add_theory(s, file, str_of(formatted(s->a, "%s:%s", z(s->a, whole->name), z(s->a, p->name))),
               p);
}

static bool says_contradiction(const problem *p) {
    for (int i = 0; i < p->ngoals; i++)
        if (p->goals[i].kind == GOAL_CONTRADICTION && p->goals[i].nwhen == 0) return true;
    return false;
}

static void unknown_regime(run_of_all *s, const char *file, const side *x) {
    str *all = NEW_ARRAY(s->a, str, x->p->nregimes);
    for (int i = 0; i < x->p->nregimes; i++) all[i] = x->p->regimes[i]->name;
    str near = names_nearest(all, (size_t)x->p->nregimes, x->regime);
    diag *d =
        refuse(s, DIAG_E507, formatted(s->a, "%s has no regime `%s`", file, z(s->a, x->regime)));
    if (near.n) d->help = formatted(s->a, "did you mean `%s`?", z(s->a, near));
}

/* "e1", "e2": theories from the command line and other text. */
static const problem *named_text(run_of_all *s, const problem *p) {
    problem *own = NEW(s->a, problem);
    *own = *p;
    own->name = str_of(formatted(s->a, "e%d", ++s->texts));
    return own;
}

static void add_theories(run_of_all *s, const char *file, const side *x) {
    const problem *p = x->path ? x->p : named_text(s, x->p);
    bool found = x->regime.n == 0;
    if (found) add_theory(s, file, p->name, p);
    for (int i = 0; i < p->nregimes; i++) {
        const problem *one = p->regimes[i];
        bool meant = x->regime.n && str_eq(one->name, x->regime);
        bool all = x->regime.n == 0 && s->r->request->regimes && !says_contradiction(one);
        if (meant || all) add_regime(s, file, p, one);
        found = found || meant;
    }
    if (!found) unknown_regime(s, file, x);
}

/* "a.propto:regime", where no file has that name. */
static side side_of(run_of_all *s, const input *in) {
    side x = {.path = in->path, .first = (int)s->theories.n};
    const char *colon = in->path ? strrchr(in->path, ':') : NULL;
    if (colon == NULL || access(in->path, F_OK) == 0) return x;
    x.path = z(s->a, (str){in->path, (size_t)(colon - in->path)});
    x.regime = str_of(colon + 1);
    return x;
}

static void read_input(run_of_all *s, const input *in) {
    side x = side_of(s, in);
    const lang_options *o = s->r->lang;
    x.src = x.path ? source_read(s->a, x.path, &o->limits, &s->sink)
                   : source_of(s->a, in->name, in->bytes);
    if (x.src) x.p = lang_problem(s->a, x.src, x.path, o, &s->sink);
    if (x.p) add_theories(s, x.path ? x.path : in->name, &x);
    vec_push(s->a, &s->sides, x);
}

/* --- questions --- */

static bool is_one_exponent(const goal *g) {
    return g->kind == GOAL_EXPONENT && g->nbase == 1 && g->nwhen == 0 && form_is_plain(g->target) &&
           form_is_plain(g->base[0]);
}

/* Goals of its own stay behind those that are asked. */
static bool asks_once(const problem *p, const source *law) {
    int n = 0;
    for (int i = 0; i < p->ngoals; i++) n += p->goals[i].at.src == law;
    return n == 1;
}

/* The question in the names of one input; NULL where it has not all of them. */
static const problem *asked_of(run_of_all *s, const side *x, const source *law, diags *sink) {
    if (x->p == NULL || x->first >= (int)s->theories.n) return NULL;
    return lang_ask(s->a, x->src, x->path, law, s->r->lang, sink);
}

static bool only_names_unknown(const diags *sink) {
    for (size_t i = 0; i < sink->list.n; i++) {
        diag_code code = sink->list.v[i].code;
        bool name = code >= DIAG_E201 && code <= DIAG_E204;
        if (diag_severity(code) == SEVERITY_ERROR && !name) return false;
    }
    return true;
}

static void report_question(run_of_all *s, const char *question, const diags *first) {
    if (only_names_unknown(first)) {
        refuse(s, DIAG_E502, formatted(s->a, "no theory has all the names in `%s`", question));
        return;
    }
    for (size_t i = 0; i < first->list.n; i++) {
        vec_push(s->a, &s->sink.list, first->list.v[i]);
        s->sink.errors += diag_severity(first->list.v[i].code) == SEVERITY_ERROR;
    }
}

static void add_question(run_of_all *s, const char *question) {
    const source *law = source_of(s->a, "<question>", str_of(question));
    diags first = {.arena = s->a};
    bool tried = false;
    for (size_t i = 0; i < s->sides.n; i++) {
        diags quiet = {.arena = s->a};
        const problem *p = asked_of(s, &s->sides.v[i], law, &quiet);
        if (p && asks_once(p, law) && is_one_exponent(&p->goals[0])) {
            vec_push(s->a, &s->questions, ((question_in){s->sides.v[i].first, &p->goals[0]}));
            vec_push(s->a, &s->asks, question);
            return;
        }
        if (p) {
            refuse(s, DIAG_E502, formatted(s->a, "`%s` does not ask for one exponent", question))
                ->help = "such as 'N ∝ C^?', without `when`";
            return;
        }
        if (!tried && quiet.errors) first = quiet, tried = true;
    }
    if (tried) report_question(s, question, &first);
}

/* --- measured exponents --- */

static bool is_somewhere(const run_of_all *s, str name) {
    for (size_t i = 0; i < s->theories.n; i++)
        if (quantity_named(s->theories.v[i].p, name) >= 0) return true;
    return false;
}

static str nearest_name(const run_of_all *s, str name) {
    VEC(str) all = {0};
    for (size_t i = 0; i < s->theories.n; i++) {
        const problem *p = s->theories.v[i].p;
        for (int k = 0; k < p->nsymbols; k++) {
            if (p->symbols[k].sort != SORT_QUANTITY) continue;
            vec_push(s->a, &all, p->symbols[k].name);
            for (int j = 0; j < p->symbols[k].naliases; j++)
                vec_push(s->a, &all, p->symbols[k].alias[j]);
        }
    }
    return names_nearest(all.v, all.n, name);
}

static void check_name(run_of_all *s, str name, span at) {
    if (is_somewhere(s, name)) return;
    diag *d =
        diag_add(&s->sink, DIAG_E506, at, "no theory here has a quantity `%s`", z(s->a, name));
    str near = nearest_name(s, name);
    if (near.n) d->help = formatted(s->a, "did you mean `%s`?", z(s->a, near));
}

static void read_measured(run_of_all *s) {
    const char *path = s->r->request->measured;
    if (path == NULL) return;
    const source *src = source_read(s->a, path, &s->r->lang->limits, &s->sink);
    if (src == NULL) return;
    s->measured = measured_read(s->a, src, &s->r->lang->limits, &s->sink);
    for (int i = 0; i < s->measured.n; i++) {
        check_name(s, s->measured.v[i].quantity, s->measured.v[i].quantity_at);
        check_name(s, s->measured.v[i].base, s->measured.v[i].base_at);
    }
}

/* --- what is refused --- */

/* "N (parameters)" */
static const char *quantity_words(arena *a, const problem *p, form f, str name) {
    bool one = f.n == 1 && p->symbols[f.t[0].sym].note.n > 0;
    if (!one) return z(a, name);
    return formatted(a, "%s (%s)", z(a, name), z(a, p->symbols[f.t[0].sym].note));
}

static bool is_chosen(const problem *p, form f) {
    for (int i = 0; i < p->nfacts; i++) {
        const choice_of *c = p->facts[i].choice;
        for (int k = 0; c && k < c->nchosen; k++)
            if (f.n == 1 && f.t[0].sym == c->chosen[k]) return true;
    }
    return false;
}

/* "`N ∝ C^?` of hoffmann asks for an allocation, N (parameters) in C (compute)" */
static const char *question_words(run_of_all *s, const question_in *q) {
    const theory_in *t = &s->theories.v[q->by];
    const goal *g = q->goal;
    return formatted(s->a, "`%s` of %s asks for %s exponent of %s in %s", z(s->a, g->law),
                     z(s->a, t->name), is_chosen(t->p, g->target) ? "the allocation" : "the",
                     quantity_words(s->a, t->p, g->target, g->left),
                     quantity_words(s->a, t->p, g->base[0], g->base_name[0]));
}

static void refuse_different(run_of_all *s, const comparison *c) {
    const question_in *one = &c->lonely[0], *other = &c->lonely[1];
    diag *d =
        diag_add(&s->sink, DIAG_E501, one->goal->at,
                 "exponents of different things are not compared: %s", question_words(s, one));
    d->other = other->goal->at;
    d->note = question_words(s, other);
    d->help = "compare theories that have the quantities of one question, ask one with --ask, or "
              "say that two names mean the same: `use \"...\" where a is b`";
}

static void refuse_rows(run_of_all *s, const comparison *c) {
    for (size_t i = 0; i < s->questions.n; i++) {
        if (c->asked[i] >= 0) continue;
        refuse(s, DIAG_E502,
               formatted(s->a, "only %s has what `%s` asks about",
                         z(s->a, s->theories.v[s->questions.v[i].by].name), s->asks.v[i]));
    }
    for (int i = 0; i < c->nmeasured; i++) {
        const measurement *m = c->measured[i].m;
        if (c->measured[i].row >= 0) continue;
        diag_add(&s->sink, DIAG_E506, m->quantity_at, "no theory here has both `%s` and `%s`",
                 z(s->a, m->quantity), z(s->a, m->base));
    }
    if (s->sink.errors == 0 && c->nrows == 0 && c->nlonely >= 2) refuse_different(s, c);
}

static void check_number(run_of_all *s) {
    size_t least = s->r->request->measured ? 1 : 2;
    if (s->theories.n >= least || s->sink.errors) return;
    refuse(s, DIAG_E508,
           least == 2 ? "one theory alone cannot be compared" : "no theory to compare with")
        ->help = "give several files, regimes as FILE:REGIME or all with --regimes, or measured "
                 "exponents with --measured";
}

/* --- the whole --- */

static void write_diagnostics(run_of_all *s) {
    doc *d = doc_new(s->a);
    diags_sort(&s->sink);
    diagnose(d, &s->sink, s->r->request->quiet != 0, &s->r->err_style);
    to_text(s->r->err, d, &s->r->err_style);
}

static void write_result(run_of_all *s, const comparison *c) {
    const propto_request *q = s->r->request;
    agreement_options o = {.version = PROPTO_VERSION,
                           .files = s->files.v,
                           .width = s->r->out_style.width,
                           .quiet = q->quiet != 0,
                           .ascii = q->ascii != 0};
    if (q->format == PROPTO_JSON) {
        diags_sort(&s->sink);
        agreement_to_json(s->r->out, c, &s->sink, &o);
        return;
    }
    write_diagnostics(s);
    if (c == NULL) return;
    doc *d = doc_new(s->a);
    narrate_agreement(d, c, &o);
    to_text(s->r->out, d, &s->r->out_style);
}

static const comparison *compare_all(run_of_all *s) {
    const propto_request *q = s->r->request;
    comparison_in in = {.theories = s->theories.v,
                        .ntheories = (int)s->theories.n,
                        .questions = s->questions.v,
                        .nquestions = (int)s->questions.n,
                        .measured = s->measured,
                        .brief = q->quiet != 0 && q->format == PROPTO_TEXT};
    const comparison *c = compare_theories(s->a, &in, s->r->work);
    refuse_rows(s, c);
    return c;
}

int compare_inputs(const compare_run *r) {
    run_of_all s = {.r = r, .a = r->a, .sink = {.arena = r->a, .work = r->work}};
    for (int i = 0; i < r->ninputs; i++) read_input(&s, &r->inputs[i]);
    for (int i = 0; i < r->request->nasks; i++) add_question(&s, r->request->asks[i]);
    read_measured(&s);
    check_number(&s);
    const comparison *c = s.sink.errors ? NULL : compare_all(&s);
    write_result(&s, c);
    int code = c ? comparison_exit_code(c) : NOT_READ;
    if (s.sink.stopped && s.sink.errors == 1) return UNDECIDED;
    return s.sink.errors && code != WRONG ? NOT_READ : code;
}
