#include "lang/lang.h"

#include "lang/argue.h"
#include "lang/lints.h"
#include "lang/lower.h"
#include "lang/parse.h"
#include "lang/resolve.h"
#include "lang/vary.h"

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
    const problem *p = lower_theory(a, t, &limits, sink);
    if (p && o && o->notes) lint_theory(a, t, sink);
    return p;
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

/* ---- solutions ---- */

static bool may_be_in_solution(const statement *s) {
    return s->kind == STATEMENT_PROOF || s->kind == STATEMENT_BROKEN;
}

/* The first statement that is no proof speaks for all: perhaps this is no solution at all. */
static void refuse_in_solution(const ast *tree, int first, diags *sink) {
    const statement *s = tree->statements[first];
    int more = 0;
    for (int i = first + 1; i < tree->n; i++) more += !may_be_in_solution(tree->statements[i]);
    diag *d = diag_add(sink, DIAG_E115, s->at, "a solution holds proofs and nothing else");
    if (more)
        d->note = formatted(sink->arena, "there are %d more statements that are no proofs", more);
    d->help = "names and laws are those of the exercise; the steps of a solution stand in "
              "`proof { 1: ... by A1 }`";
}

static void only_proofs(const ast *tree, diags *sink) {
    int first = 0;
    while (first < tree->n && may_be_in_solution(tree->statements[first])) first++;
    if (first < tree->n) refuse_in_solution(tree, first, sink);
    if (tree->n || !tree->whole) return;
    diag *d =
        diag_add(sink, DIAG_E116, (span){tree->src, 0, 0}, "there is no proof in this solution");
    d->help = "a solution is a proof, `proof { 1: ... by A1 }`, in the names of the exercise";
}

const problem *lang_proofs(arena *a, const source *theory_text, const char *path,
                           const lang_options *o, diags *sink) {
    const problem *p = lang_problem(a, theory_text, path, o, sink);
    int proofs = p ? p->nproofs : 1;
    for (int i = 0; p && i < p->nregimes; i++) proofs += p->regimes[i]->nproofs;
    if (proofs) return p;
    diag *d =
        diag_add(sink, DIAG_E116, (span){theory_text, 0, 0}, "there is no proof in this theory");
    d->help =
        "write one, `proof { 1: ... by A1 }`; or name a file with a solution after the theory: "
        "`propto prove EXERCISE SOLUTION`";
    return NULL;
}

/* The proofs of the tree in the place of the theory's own; no regimes. */
static bool take_proofs(arena *a, theory *t, const ast *tree, const lang_limits *l, diags *sink) {
    int before = sink->errors;
    arguer w = arguer_new(a, t, l, sink);
    w.names_lost = tree->names_lost;
    t->proofs.n = t->proofs.cap = t->regimes.n = 0;
    for (int i = 0; i < tree->n; i++) argue(&w, NULL, tree->statements[i]);
    return sink->errors == before;
}

/* The errors of a quiet reading. */
static void pass_errors(const diags *quiet, diags *sink) {
    for (size_t i = 0; i < quiet->list.n; i++) {
        const diag *d = &quiet->list.v[i];
        if (diag_severity(d->code) == SEVERITY_ERROR)
            *diag_add(sink, d->code, d->at, "%s", d->message) = *d;
    }
}

const problem *lang_prove(arena *a, const source *theory_text, const char *path,
                          const source *solution, const lang_options *o, diags *sink) {
    diags quiet = {.arena = a, .work = sink->work};
    lang_limits limits = limits_of(o);
    if (too_large(theory_text, &limits, sink) || too_large(solution, &limits, sink)) return NULL;
    const ast *tree = parse(a, solution, &limits, sink);
    if (tree) only_proofs(tree, sink);
    theory *t = theory_read(a, theory_text, path, tree, o, &quiet);
    bool taken = tree && t && take_proofs(a, t, tree, &limits, sink);
    problem *p = taken && !sink->errors ? lower_theory(a, t, &limits, sink) : NULL;
    if (p) p->solved = true;
    pass_errors(&quiet, sink);
    return p;
}

/* ---- vary ---- */

/* The laws, each a conclusion, whether `∴` stands before it or not; NULL after an error. */
static const ast *parse_ranges(arena *a, const source *laws, const lang_limits *l, diags *sink) {
    int before = sink->errors;
    const ast *tree = laws ? parse(a, laws, l, sink) : NULL;
    for (int i = 0; tree && i < tree->n; i++) {
        statement *s = tree->statements[i];
        if (s->kind == STATEMENT_LAW) s->kind = STATEMENT_CONCLUSION;
        if (s->kind == STATEMENT_CONCLUSION || s->kind == STATEMENT_BROKEN) continue;
        diag *d = diag_add(sink, DIAG_E101, s->at, "a law was expected here");
        d->help = "--range tells for which exponents a law follows: `ℓ ≲ N^(-1/2)`";
    }
    return sink->errors > before ? NULL : tree;
}

static theory with_questions_alone(arena *a, const theory *of) {
    theory t = *of;
    t.regimes.n = t.proofs.n = t.goals.n = t.goals.cap = 0;
    for (size_t i = 0; i < of->goals.n; i++)
        if (statement_is_question(of->goals.v[i])) vec_push(a, &t.goals, of->goals.v[i]);
    return t;
}

/* The questions of the theory, and for each law of `ranges` where it follows. */
static void ask_where(arena *a, problem *p, const goal *ranges, int n) {
    goal *goals = NEW_ARRAY(a, goal, p->ngoals + n);
    for (int i = 0; i < p->ngoals; i++) goals[i] = p->goals[i];
    for (int i = 0; i < n; i++) {
        goals[p->ngoals + i] = ranges[i];
        goals[p->ngoals + i].kind = GOAL_WHERE;
    }
    p->goals = goals;
    p->ngoals += n;
}

/* The varied theory as a problem; NULL after an error. */
static problem *varied_problem(arena *a, theory *t, const lang_variation *v, const ast *ranges,
                               const lang_limits *l, diags *sink) {
    variations varied = {0};
    const problem *file = lower_theory(a, t, l, sink);
    if (!file || !vary_laws(a, t, v->labels, v->nlabels, &varied, sink)) return NULL;
    if (v->ranges && (!ranges || !bind_laws(a, t, v->ranges, ranges, l, sink))) return NULL;
    problem *p = lower_theory(a, t, l, sink);
    if (!p) return NULL;
    p->file = file;
    p->varied = varied.v;
    p->nvaried = (int)varied.n;
    if (ranges)
        ask_where(a, p, lower_goals(a, t, p->field, ranges->statements, ranges->n, l, sink),
                  ranges->n);
    return p;
}

const problem *lang_vary(arena *a, const source *theory_text, const char *path,
                         const lang_variation *v, const lang_options *o, diags *sink) {
    int before = sink->errors;
    lang_limits limits = limits_of(o);
    if (too_large(theory_text, &limits, sink)) return NULL;
    const ast *ranges = parse_ranges(a, v->ranges, &limits, sink);
    const theory *read = theory_read(a, theory_text, path, ranges, o, sink);
    if (!read) return NULL;
    theory t = with_questions_alone(a, read);
    const problem *p = varied_problem(a, &t, v, ranges, &limits, sink);
    theory_warn_names(a, read, sink);
    return sink->errors > before ? NULL : p;
}
