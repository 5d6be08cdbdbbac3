#include "render/vary.h"

str vary_point(arena *a, const problem *p) {
    text t = text_new(a);
    for (int i = 0; i < p->nvaried; i++) {
        if (i) text_puts(&t, ", ");
        text_add(&t, p->symbols[p->varied[i].symbol].name);
        text_addf(&t, " = %s", rat_text(a, p->varied[i].value));
    }
    return text_str(&t);
}

str vary_letters(arena *a, const problem *p) {
    text t = text_new(a);
    for (int i = 0; i < p->nvaried; i++) {
        if (i) text_puts(&t, i + 1 < p->nvaried ? ", " : " and ");
        text_add(&t, p->symbols[p->varied[i].symbol].name);
    }
    return text_str(&t);
}

/* --- at the numbers of the file --- */

/* The index of a symbol among the parameters of the field. */
static int index_in(const field *k, int sym) {
    int i = 0;
    while (field_symbol(k, i) != sym) i++;
    return i;
}

/* False where a denominator vanishes. */
static bool value_in_file(arena *a, const problem *p, coef c, coef *out) {
    *out = c;
    for (int i = 0; i < p->nvaried && coef_field(*out); i++) {
        int at = index_in(coef_field(*out), p->varied[i].symbol);
        if (!coef_substitute(a, *out, at, coef_of(p->varied[i].value), out)) return false;
    }
    return true;
}

static int atom_holds(arena *a, const problem *p, const formula *f) {
    coef k;
    if (f->lhs.n > 0) return -1;
    if (!value_in_file(a, p, f->lhs.k, &k)) return 0;
    int sign = coef_sgn(k);
    if (sign == 2) return -1;
    return f->rel == REL_EQ ? sign == 0 : f->rel == REL_LT ? sign < 0 : sign <= 0;
}

int vary_holds(arena *a, const problem *p, const formula *f) {
    if (f->kind == FORMULA_ATOM) return atom_holds(a, p, f);
    int decisive = f->kind == FORMULA_ANY, result = !decisive;
    for (int i = 0; i < f->n; i++) {
        int holds = vary_holds(a, p, f->kid[i]);
        if (holds == decisive) return decisive;
        if (holds < 0) result = -1;
    }
    return result;
}

int vary_holds_case(arena *a, const problem *p, const answer_case *k) {
    return vary_holds(a, p, formula_all(a, k->when, k->nwhen));
}

static const formula *plain_atom(arena *a, const formula *f) {
    int sign = coef_sgn(f->lhs.k);
    if (f->lhs.n > 0 || sign == 2) return f;
    bool holds = f->rel == REL_EQ ? sign == 0 : f->rel == REL_LT ? sign < 0 : sign <= 0;
    return holds ? formula_all(a, NULL, 0) : formula_any(a, NULL, 0);
}

const formula *vary_plain(arena *a, const formula *f) {
    if (f->kind == FORMULA_ATOM) return plain_atom(a, f);
    const formula **kid = NEW_ARRAY(a, const formula *, f->n);
    int n = 0;
    for (int i = 0; i < f->n; i++) {
        const formula *k = vary_plain(a, f->kid[i]);
        bool constant = k->kind != FORMULA_ATOM && k->n == 0;
        if (constant && k->kind != f->kind) return k;
        if (!constant) kid[n++] = k;
    }
    if (n == 1) return kid[0];
    return f->kind == FORMULA_ALL ? formula_all(a, kid, n) : formula_any(a, kid, n);
}

const answer *vary_in_file(const finding *f, const answer *w) {
    if (f->file == NULL) return NULL;
    long i = w->goal - f->p->goals;
    return i < f->file->nanswers ? &f->file->answers[i] : NULL;
}
