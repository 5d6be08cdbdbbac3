#include "render/to_coq.h"
#include "render/certificate.h"
#include "render/coq_proof.h"

typedef struct {
    coq c;
    const frame *f;
    VEC(str) lemmas; /* names given so far */
} writer;

/* --- names of lemmas --- */

static bool is_taken(const writer *w, str name) {
    for (size_t i = 0; i < w->lemmas.n; i++)
        if (str_eq(w->lemmas.v[i], name)) return true;
    return false;
}

/* "line_12", "line_12_2" */
static const char *lemma_name(writer *w, const char *wish) {
    const char *z = wish;
    for (int k = 2; is_taken(w, str_of(z)); k++) z = formatted(w->c.a, "%s_%d", wish, k);
    vec_push(w->c.a, &w->lemmas, str_of(z));
    return z;
}

static const char *subject(writer *w, const thesis *t) {
    if (t->is == THESIS_BEST) {
        str name = w->c.fact[t->about];
        return formatted(w->c.a, "best_%s", str_z(w->c.a, name));
    }
    if (t->about >= 0) return formatted(w->c.a, "line_%d", w->f->p->goals[t->about].line);
    return t->is == THESIS_TRIVIAL ? "nothing_scales" : "contradiction";
}

/* --- what a lemma states --- */

/* A refutation, and which of its formulas the lemma denies (-1: none, the rest is absurd). */
typedef struct {
    const sequent *s;
    const proof *pf;
    int denied;
    const char **name; /* of the hypotheses; NULL: not needed */
} lemma;

/* The number among the sequent's formulas. */
static int denied_formula(const writer *w, const thesis *t, const sequent *s) {
    const goal *g = t->about >= 0 && t->is != THESIS_BEST ? &w->f->p->goals[t->about] : NULL;
    int nfacts = s->p->nfacts, first = 0;
    switch (t->is) {
    case THESIS_EXACT:
    case THESIS_RANGE:
    case THESIS_SIGNS:
    case THESIS_UNDEFINED:
        first = t->when.n;
        break;
    case THESIS_PROVED:
    case THESIS_REFUTED:
        first = g->claim ? t->when.n : g->nwhen;
        break;
    case THESIS_CASES:
    case THESIS_FREE:
        first = g->nwhen;
        break;
    case THESIS_WHERE:
        first = g->nwhen + 1;
        break;
    case THESIS_BEST:
        first = 1;
        break;
    default:
        break;
    }
    return first < s->nextra ? nfacts + first : -1;
}

/* The facts that the proof uses, and those that bound parameters; all else that is supposed. */
static lemma lemma_of(const writer *w, const thesis *t, const sequent *s, const proof *pf) {
    arena *a = w->c.a;
    int n = sequent_size(s);
    lemma l = {s, pf, denied_formula(w, t, s), NEW_ARRAY(a, const char *, n)};
    bool *used = NEW_ARRAY(a, bool, n);
    proof_support(s, pf, used);
    for (int i = 0; i < n; i++) {
        const formula *f = sequent_formula(s, i);
        if (!f) continue;
        bool stated = i < s->p->nfacts;
        if (!stated)
            l.name[i] = i == l.denied ? "G" : formatted(a, "W%d", i - s->p->nfacts + 1);
        else if (used[i] || formula_is_parametric(f))
            l.name[i] = str_z(a, w->c.fact[i]);
    }
    return l;
}

static void mark_coef(coef c, bool *seen) {
    const field *k = coef_field(c);
    if (!k) return;
    bool used[field_size(k)];
    memset(used, 0, sizeof used);
    coef_parameters(c, used);
    for (int i = 0; i < field_size(k); i++)
        if (used[i]) seen[field_symbol(k, i)] = true;
}

static void mark_formula(const formula *f, bool *seen) {
    for (int i = 0; f->kind == FORMULA_ATOM && i < f->lhs.n; i++) {
        seen[f->lhs.t[i].sym] = true;
        mark_coef(f->lhs.t[i].c, seen);
    }
    if (f->kind == FORMULA_ATOM) mark_coef(f->lhs.k, seen);
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n; i++) mark_formula(f->kid[i], seen);
}

static void mark_proof(const proof *pf, bool *seen) {
    if (pf->kind == PROOF_SIGNS) mark_coef(pf->sign_of, seen);
    for (int i = 0; pf->kind == PROOF_LEMMAS && i < pf->n - 1; i++)
        mark_formula(pf->lemma[i], seen);
    for (int i = 0; i < pf->n; i++)
        if (pf->kind == PROOF_SUM)
            mark_coef(pf->sum[i].lambda, seen);
        else
            mark_proof(pf->branch[i], seen);
}

static void put_variables(writer *w, const lemma *l) {
    bool any = false, *seen = NEW_ARRAY(w->c.a, bool, l->s->p->nsymbols);
    mark_proof(l->pf, seen);
    for (int i = 0; i < sequent_size(l->s); i++)
        if (l->name[i]) mark_formula(sequent_formula(l->s, i), seen);
    for (int i = 0; i < l->s->p->nsymbols; i++) {
        if (!seen[i]) continue;
        coq_say(&w->c, any ? " " : " (");
        text_add(w->c.out, w->c.symbol[i]);
        any = true;
    }
    coq_say(&w->c, any ? " : R)" : "");
}

static void put_hypotheses(writer *w, const lemma *l) {
    for (int i = 0; i < sequent_size(l->s); i++) {
        if (!l->name[i] || i == l->denied) continue;
        coq_sayf(&w->c, "\n  (%s : ", l->name[i]);
        coq_formula(&w->c, sequent_formula(l->s, i));
        coq_say(&w->c, ")");
        if (i < l->s->p->nfacts) coq_comment(&w->c, " (* ", l->s->p->facts[i].law, " *)");
    }
}

/* The goal, and the tactic that makes a hypothesis G of what it denies. */
static void put_goal(writer *w, const lemma *l) {
    arena *a = w->c.a;
    form f;
    coq_say(&w->c, "\n  : ");
    if (l->denied < 0) {
        coq_say(&w->c, "False.\nProof.");
        return;
    }
    const formula *g = sequent_formula(l->s, l->denied);
    bool atom = g->kind == FORMULA_ATOM, simple = coq_has_opposite(a, g);
    bool nonzero = formula_is_nonzero(a, g, &f);
    coq_opposite(&w->c, g);
    coq_say(&w->c, ".\nProof.\n  ");
    if (nonzero) {
        coq_say(&w->c, "apply equal; intro G.");
    } else if (!simple || (atom && g->rel == REL_EQ)) {
        coq_say(&w->c, "intro G.");
    } else if (atom) {
        coq_say(&w->c,
                g->rel == REL_LT ? "apply Rnot_lt_le; intro G." : "apply Rnot_le_lt; intro G.");
    } else {
        coq_say(&w->c, "apply NNPP; intro no. assert (G : ");
        coq_formula(&w->c, g);
        coq_say(&w->c, ") by denied no.");
    }
}

/* --- lemmas --- */

static void put_lemma(writer *w, const thesis *t, const sequent *s, const proof *pf) {
    lemma l = lemma_of(w, t, s, pf);
    coq_sayf(&w->c, "Lemma %s", lemma_name(w, subject(w, t)));
    put_variables(w, &l);
    put_hypotheses(w, &l);
    put_goal(w, &l);
    coq_refute(&w->c, s, pf, l.name);
    coq_say(&w->c, "\nQed.\n");
}

static void put_refutation(writer *w, const thesis *t, const need *n, const evidence *e) {
    if (e->pf && proof_refutes(&n->s, e->pf))
        put_lemma(w, t, &n->s, e->pf);
    else if (e->pf && proof_is_reasoned(e->pf))
        coq_say(&w->c, "(* Not here: propto's proof has side conditions that are not written for "
                       "Coq. *)\n");
    else if (e->pf)
        coq_say(&w->c,
                "(* Not here: propto's proof has side conditions that Z3 alone vouches for. *)\n");
    else if (e->cut)
        coq_say(&w->c, "(* Not here: the limit was reached before it was proved. *)\n");
    else if (e->vouched)
        coq_say(&w->c, "(* Not here: Z3 alone vouches for it. *)\n");
    else
        coq_say(&w->c, "(* Not here: no proof was found within the limits. *)\n");
}

static void put_title(writer *w, const thesis *t) {
    const problem *p = w->f->p;
    str law = t->about < 0           ? (str){NULL, 0}
              : t->is == THESIS_BEST ? p->facts[t->about].law
                                     : p->goals[t->about].law;
    coq_say(&w->c, "\n(* ");
    coq_comment(&w->c, "", law, ": ");
    coq_say(&w->c, t->is == THESIS_UNKNOWN ? "undecided" : thesis_name(t->is));
    for (int i = 0; i < t->nvalue; i++)
        coq_comment(&w->c, i ? ", " : " ", str_of(coef_text(w->c.a, t->value[i])), "");
    coq_say(&w->c, " *)\n");
}

static bool is_shown(const needs *list) {
    for (size_t i = 0; i < list->n; i++)
        if (list->v[i].kind == NEED_REFUTATION) return true;
    return false;
}

static void put_thesis(writer *w, const thesis *t) {
    needs list = thesis_needs(w->c.a, w->f, t);
    bool decided = t->is != THESIS_UNKNOWN;
    if (decided && !is_shown(&list)) return;
    put_title(w, t);
    for (size_t i = 0; i < list.n; i++)
        if (list.v[i].kind == NEED_REFUTATION) put_refutation(w, t, &list.v[i], &t->by[i]);
}

/* Where nothing can hold nothing more is said. */
static void put_theory(text *out, const frame *f) {
    arena *a = arena_new();
    writer w = {.c = coq_new(out, a, f->p), .f = f};
    for (int i = 0; i < f->ntheses; i++)
        if (i == 0 || f->theses[0].is != THESIS_CONTRADICTORY) put_thesis(&w, &f->theses[i]);
    arena_free(a);
}

static void put_regime(text *out, const frame *f, int number) {
    arena *a = arena_new();
    coq c = {.out = out, .a = a};
    const char *name = str_z(a, coq_identifier(a, formatted(a, "regime_%d_", number), f->p->name));
    coq_sayf(&c, "\nModule %s.", name);
    coq_comment(&c, " (* ", f->p->note, " *)");
    coq_say(&c, "\n");
    put_theory(out, f);
    coq_sayf(&c, "\nEnd %s.\n", name);
    arena_free(a);
}

void coq_write(text *out, const certificate *c, int n) {
    arena *a = arena_new();
    coq head = {.out = out, .a = a};
    coq_comment(&head, "(* ", c->p->name, "\n\n");
    coq_say(&head, c->p->name.n ? "" : "(* ");
    text_puts(
        out,
        "   Variables are exponents: a quantity q is of the order of s^x_q as s grows; p_ are\n"
        "   parameters. A lemma's hypotheses are statements of the theory. *)\n"
        "From Coq Require Import Reals Lra Classical.\n"
        "Open Scope R_scope.\n\n");
    text_puts(out, coq_prelude);
    put_theory(out, &c[0].frames[0]);
    for (int i = 1; i < n; i++) put_regime(out, &c[i].frames[0], i);
    arena_free(a);
}
