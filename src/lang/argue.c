#include "lang/argue.h"

#include "lang/parse.h"
#include "lang/resolve.h"

/* One proof, and the regime that it stands in, or NULL. */
typedef struct {
    arguer *w;
    const variant *r;
    const statement *proof;
    argued_step *steps;
    names table; /* labels of the steps */
    int *seen;   /* by step, as in arguer */
} proof_of;

arguer arguer_new(arena *a, theory *t, const lang_limits *limits, diags *sink) {
    return (arguer){
        .arena = a, .t = t, .limits = limits, .sink = sink, .most = sink->errors + ERRORS_MAX};
}

static bool weary(const arguer *w) {
    return w->sink->errors >= w->most || !diags_go_on(w->sink, (span){0});
}

/* ---- what a step is called ---- */

static const entry *statement_called(const proof_of *p, str label) {
    const entry *e = find_label(&p->w->t->labels, label);
    return e || !p->r ? e : find_label(&p->r->labels, label);
}

static bool is_taken(const proof_of *p, str label) {
    return names_find(&p->table, label) >= 0 || statement_called(p, label);
}

static void called(proof_of *p, int i, str label) {
    p->steps[i].label = label;
    names_put(&p->table, label, i);
}

static void like_a_statement(proof_of *p, const label_ref *l, const entry *first) {
    diag *d = diag_add(p->w->sink, DIAG_E210, l->at, "a statement is called %s already",
                       lex_quote(p->w->arena, l->text));
    d->other = first->at;
    d->note = "it was used first here";
    str own = str_of(formatted(p->w->arena, "S%.*s", (int)l->text.n, l->text.s));
    if (is_taken(p, own)) own = STR("another label");
    d->help = formatted(p->w->arena, "`by %.*s` must mean one thing: call the step %.*s",
                        (int)l->text.n, l->text.s, (int)own.n, own.s);
}

static void own_label(proof_of *p, int i) {
    const label_ref *l = &p->proof->body[i]->label;
    const entry *first = statement_called(p, l->text);
    int before = names_find(&p->table, l->text);
    if (first) {
        like_a_statement(p, l, first);
    } else if (before >= 0) {
        diag *d = diag_add(p->w->sink, DIAG_E206, l->at, "the label %s is used twice",
                           lex_quote(p->w->arena, l->text));
        d->other = p->proof->body[before]->label.at;
        d->note = "it was used first here";
        d->help = "give one of the steps another label";
    } else {
        called(p, i, l->text);
    }
}

/* The place of a step in its proof, or the line and, where that is taken, a letter. */
static void place_label(proof_of *p, int i, int *nth) {
    const statement *s = p->proof->body[i];
    str label = str_of(formatted(p->w->arena, "%d", i + 1));
    while (is_taken(p, label)) label = line_label(p->w->arena, s->line, (*nth)++);
    called(p, i, label);
}

static void call_steps(proof_of *p) {
    for (int i = 0; i < p->proof->nbody && !weary(p->w); i++)
        if (p->proof->body[i]->label.text.n) own_label(p, i);
    for (int i = 0, nth = 0; i < p->proof->nbody; i++) {
        if (i && p->proof->body[i]->line != p->proof->body[i - 1]->line) nth = 0;
        if (!p->proof->body[i]->label.text.n) place_label(p, i, &nth);
    }
}

/* ---- what a step rests on ---- */

static diag *refuse(proof_of *p, const label_ref *ref, const char *why) {
    return diag_add(p->w->sink, DIAG_E211, ref->at, "%s %s", lex_quote(p->w->arena, ref->text),
                    why);
}

static str nearest_step(const proof_of *p, int before, str label) {
    str *earlier = NEW_ARRAY(p->w->arena, str, before);
    for (int i = 0; i < before; i++) earlier[i] = p->steps[i].label;
    return names_nearest(earlier, (size_t)before, label);
}

static void unknown(proof_of *p, int i, const label_ref *ref) {
    const arguer *w = p->w;
    const labels *all = &w->t->labels, *own = p->r ? &p->r->labels : NULL;
    diag *d = diag_add(w->sink, DIAG_E207, ref->at, "no statement and no earlier step is called %s",
                       lex_quote(w->arena, ref->text));
    bool number = ref->text.s[0] >= '0' && ref->text.s[0] <= '9';
    str near = number ? nearest_step(p, i, ref->text) : (str){0};
    if (!near.n && own) near = nearest_label(own, ref->text);
    if (!near.n) near = nearest_label(all, ref->text);
    if (!near.n && !number) near = nearest_step(p, i, ref->text);
    if (near.n) d->help = formatted(w->arena, "did you mean `%.*s`?", (int)near.n, near.s);
}

static void later(proof_of *p, const label_ref *ref, int i, int step) {
    diag *d = refuse(p, ref, step == i ? "is this step itself" : "is a later step");
    d->other = p->proof->body[step]->at;
    d->note = "it stands here";
    d->help = step == i ? "name what it follows from: statements and earlier steps"
                        : "a step rests on statements and on steps before it: move one of them";
}

static void no_law(proof_of *p, const label_ref *ref, const entry *e) {
    diag *d = refuse(p, ref, "is no law: nothing follows from it");
    d->other = e->at;
    d->note = "it stands here";
    d->help = "a step rests on laws, not on declarations, questions or conclusions; what the "
              "theory concludes must be proved again, as a step";
}

/* The labels of the laws after `without` or `with`: each law by its first label. */
static names named_laws(const arguer *w, const label_ref *list, int n) {
    names out = names_new(w->arena);
    for (int i = 0; i < n; i++) {
        const entry *e = find_label(&w->t->labels, list[i].text);
        if (e && e->law >= 0) names_put(&out, w->t->laws.v[e->law].label, i);
    }
    return out;
}

static void enter(arguer *w, const variant *r) {
    if (w->now == r) return;
    w->now = r;
    w->dropped = named_laws(w, r->s->without, r->s->nwithout);
    w->joined = named_laws(w, r->s->with, r->s->nwith);
}

static bool left_out(proof_of *p, const label_ref *ref, int number) {
    const arguer *w = p->w;
    const instance *i = &w->t->laws.v[number];
    int dropped = p->r ? names_find(&w->dropped, i->label) : -1;
    if (dropped >= 0) {
        diag *d = refuse(p, ref, "does not hold in this regime");
        d->other = p->r->s->without[dropped].at;
        d->note = "it is left out here";
        d->help = "the step needs other reasons here; or keep the statement in the regime";
        return true;
    }
    if (!i->s->optional || (p->r && names_find(&w->joined, i->label) >= 0)) return false;
    diag *d = refuse(p, ref, "is optional: it does not hold here");
    d->other = i->s->at;
    d->note = "it is stated here";
    d->help = "it holds in a regime that takes it in with `with`";
    return true;
}

/* True the first time that this step names it. */
static bool first_time(arguer *w, int *seen) {
    bool first = *seen != w->moment;
    *seen = w->moment;
    return first;
}

typedef VEC(int) numbers;

static void add_law(proof_of *p, numbers *out, int number) {
    arguer *w = p->w;
    while (w->seen.n <= (size_t)number) vec_push(w->arena, &w->seen, 0);
    if (first_time(w, &w->seen.v[number])) vec_push(w->arena, out, number);
}

static void refer(proof_of *p, int i, const label_ref *ref, numbers *laws, numbers *steps) {
    int step = names_find(&p->table, ref->text);
    const entry *e = step < 0 ? find_label(&p->w->t->labels, ref->text) : NULL;
    const entry *own = step < 0 && !e && p->r ? find_label(&p->r->labels, ref->text) : NULL;
    if (step >= i) {
        later(p, ref, i, step);
    } else if (step >= 0) {
        if (first_time(p->w, &p->seen[step])) vec_push(p->w->arena, steps, step);
    } else if (!e && !own) {
        unknown(p, i, ref);
    } else if ((e ? e : own)->law < 0) {
        no_law(p, ref, e ? e : own);
    } else if (own) {
        add_law(p, laws, (int)p->w->t->laws.n + own->law);
    } else if (!left_out(p, ref, e->law)) {
        add_law(p, laws, e->law);
    }
}

static void refer_all(proof_of *p, int i) {
    const statement *s = p->proof->body[i];
    numbers laws = {0}, steps = {0};
    p->w->moment++;
    for (int k = 0; k < s->nby && !weary(p->w); k++) refer(p, i, &s->by[k], &laws, &steps);
    p->steps[i].s = s;
    p->steps[i].laws = laws.v;
    p->steps[i].nlaws = (int)laws.n;
    p->steps[i].steps = steps.v;
    p->steps[i].nsteps = (int)steps.n;
}

/* ---- a proof ---- */

static void resolve_steps(arguer *w, const variant *r, const statement *proof) {
    resolver binder = resolver_new(w->arena, r ? r->scope : w->t->scope, w->limits, w->sink);
    binder.closed = true;
    binder.names_lost = w->names_lost;
    resolve_list(&binder, proof->body, proof->nbody, w->most);
}

static void no_steps(arguer *w, const statement *proof) {
    diag *d = diag_add(w->sink, DIAG_W005, proof->at, "this proof has no steps: it proves nothing");
    d->help = "write its steps between the braces, `1: ℓ ∝ N_p^(-1/3) by A1, A2`";
}

void argue(arguer *w, variant *r, const statement *proof) {
    int before = w->sink->errors;
    if (proof->kind != STATEMENT_PROOF || weary(w)) return;
    proof_of p = {.w = w, .r = r, .proof = proof, .table = names_new(w->arena)};
    p.steps = NEW_ARRAY(w->arena, argued_step, proof->nbody);
    p.seen = NEW_ARRAY(w->arena, int, proof->nbody);
    if (proof->nbody == 0) no_steps(w, proof);
    resolve_steps(w, r, proof);
    call_steps(&p);
    if (r) enter(w, r);
    for (int i = 0; i < proof->nbody && !weary(w); i++) refer_all(&p, i);
    if (w->sink->errors == w->most) parse_too_many_errors(proof->at, w->sink);
    if (w->sink->errors > before) return;
    argument done = {proof, p.steps, proof->nbody};
    if (r)
        vec_push(w->arena, &r->proofs, done);
    else
        vec_push(w->arena, &w->t->proofs, done);
}
