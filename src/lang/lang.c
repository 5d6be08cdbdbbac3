#include "lang/lang.h"

#include "lang/lower.h"
#include "lang/parse.h"
#include "lang/resolve.h"

static lang_limits limits_of(const lang_options *o) {
    return lex_limits(o ? &o->limits : NULL);
}

static bool too_large(const source *src, const lang_limits *l, diags *sink) {
    if (src->bytes.n <= l->max_bytes) return false;
    diag *d = diag_add(sink, DIAG_E401, (span){src, 0, 0}, "the text is larger than %zu bytes",
                       l->max_bytes);
    d->help = "the limit is moved with --max-bytes";
    return true;
}

const problem *lang_problem(arena *a, const source *src, const char *path, const lang_options *o,
                            diags *sink) {
    lang_limits limits = limits_of(o);
    if (too_large(src, &limits, sink)) return NULL;
    const theory *t = theory_read(a, src, path, NULL, o, sink);
    if (!t) return NULL;
    theory_warn_names(a, t, sink);
    return lower_theory(a, t, &limits, sink);
}

/* Only what can be asked. */
static void refuse_others(const ast *tree, diags *sink) {
    for (int i = 0; i < tree->n; i++) {
        const statement *s = tree->statements[i];
        if (s->kind == STATEMENT_BROKEN || statement_is_goal(s)) continue;
        diag *d = diag_add(sink, DIAG_E101, s->at, "a question or a conclusion was expected here");
        d->help = "a law that is asked for has a hole, `ℓ ∝ N^?`, or begins with `∴`";
    }
}

/* Binds the names in what is asked; false after an error. */
static bool bind_laws(arena *a, const theory *t, const source *laws, const ast *tree,
                      const lang_limits *l, diags *sink) {
    int before = sink->errors;
    refuse_others(tree, sink);
    if (tree->whole && tree->n == 0)
        diag_add(sink, DIAG_E008, (span){laws, 0, 0}, "nothing is asked");
    resolver r = resolver_new(a, t->scope, l, sink);
    r.closed = true;
    for (int i = 0; i < tree->n; i++) resolve_statement(&r, tree->statements[i]);
    return sink->errors == before;
}

static bool claims_a_verdict(const goal *g) {
    return g->nwhen == 0 && (g->kind == GOAL_CONTRADICTION || g->kind == GOAL_TRIVIAL);
}

/* The goals give way to those that are asked; what the theory claims of its own verdict stays. */
static void ask_instead(arena *a, problem *p, const goal *asked, int n) {
    goal *goals = NEW_ARRAY(a, goal, n + p->ngoals);
    int count = 0;
    for (int i = 0; i < n; i++) goals[count++] = asked[i];
    for (int i = 0; i < p->ngoals; i++)
        if (claims_a_verdict(&p->goals[i])) goals[count++] = p->goals[i];
    p->goals = goals;
    p->ngoals = count;
}

/* The regimes are asked the questions, not the conclusions. */
static const problem *ask_regime(arena *a, const problem *of, const ast *tree, const goal *goals) {
    problem *p = NEW(a, problem);
    goal *asked = NEW_ARRAY(a, goal, tree->n);
    int n = 0;
    *p = *of;
    for (int i = 0; i < tree->n; i++)
        if (statement_is_question(tree->statements[i])) asked[n++] = goals[i];
    ask_instead(a, p, asked, n);
    return p;
}

const problem *lang_ask(arena *a, const source *theory_text, const char *path, const source *laws,
                        const lang_options *o, diags *sink) {
    int before = sink->errors;
    lang_limits limits = limits_of(o);
    if (too_large(theory_text, &limits, sink) || too_large(laws, &limits, sink)) return NULL;
    const ast *tree = parse(a, laws, &limits, sink);
    const theory *t = theory_read(a, theory_text, path, tree, o, sink);
    problem *p = t ? lower_theory(a, t, &limits, sink) : NULL;
    bool bound = tree && p && bind_laws(a, t, laws, tree, &limits, sink);
    if (t) theory_warn_names(a, t, sink);
    if (!bound || sink->errors > before) return NULL;
    const goal *asked = lower_goals(a, t, p->field, tree->statements, tree->n, &limits, sink);
    ask_instead(a, p, asked, tree->n);
    const problem **regimes = NEW_ARRAY(a, const problem *, p->nregimes);
    for (int i = 0; i < p->nregimes; i++) regimes[i] = ask_regime(a, p->regimes[i], tree, asked);
    p->regimes = regimes;
    return sink->errors > before ? NULL : p;
}
