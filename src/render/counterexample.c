#include "render/counterexample.h"
#include <math.h>
#include "render/figures.h"

/* The names of the claim that are given a value, and how it then stands. */
typedef struct {
    const formula *link;
    form left, right;
    const int *name;
    int n;
    rat *value, on_left, on_right; /* exponents of the scale */
} numbers;

static bool at_witness(arena *a, form f, const witness *w, rat *out) {
    form plain;
    return form_at(a, f, w->x, &plain) && coef_rat(form_value(a, plain, w->x), out);
}

/* The relation that fails, whichever way its sides stand in it. */
static const formula *link_in(arena *a, const formula *f, form off) {
    if (f->kind == FORMULA_ATOM) {
        bool same = form_eq(f->lhs, off),
             turned = form_eq(form_scale(a, coef_int(-1), off), f->lhs);
        return same || turned ? f : NULL;
    }
    for (int i = 0; f->kind == FORMULA_ALL && i < f->n; i++) {
        const formula *found = link_in(a, f->kid[i], off);
        if (found) return found;
    }
    return NULL;
}

static bool find_numbers(const teller *t, const judged_step *s, numbers *x) {
    arena *a = t->a;
    if (s->link < 0 || s->against.n == 0) return false;
    x->left = s->step->side[s->link];
    x->right = s->step->side[s->link + 1];
    x->link = link_in(a, s->step->claim, form_sub(a, x->left, x->right));
    form of = x->right.n ? x->right : x->left;
    if (of.n > PART_OF_LIST) return false;
    int *name = NEW_ARRAY(a, int, of.n);
    x->value = NEW_ARRAY(a, rat, of.n);
    x->n = of.n;
    x->name = name;
    for (int i = 0; i < of.n; i++) {
        name[i] = of.t[i].sym;
        if (!coef_rat(s->against.x[name[i]], &x->value[i])) return false;
    }
    return x->link && at_witness(a, x->left, &s->against, &x->on_left) &&
           at_witness(a, x->right, &s->against, &x->on_right);
}

enum { MOST_DOUBLINGS = 12 };

static long common_multiple(long x, long y) {
    long p = x, q = y;
    while (q) {
        long rest = p % q;
        p = q, q = rest;
    }
    return x / p * y;
}

/* The power of 2 that the scale is: such that all numbers are whole or 1/whole; 0 where they would
 * be large. */
static int scale_of(const numbers *x) {
    double most = 0;
    long common = 1;
    for (int i = 0; i < x->n + 2; i++) {
        rat e = i < x->n ? x->value[i] : i == x->n ? x->on_left : x->on_right;
        if (rat_bits(e) > 2 * MOST_DOUBLINGS) return 0;
        common = common_multiple(common, (long)fmpz_get_ui(fmpq_denref(&e.q)));
        if (fabs(rat_double(e)) > most) most = fabs(rat_double(e));
        if (most * (double)common > MOST_DOUBLINGS) return 0;
    }
    return (int)common;
}

/* "8", "1/8", "0.354" */
static const char *scaled(arena *a, rat e, int scale) {
    double doublings = rat_double(e) * (scale ? scale : 1);
    if (!scale) return doublings == 0 ? "1" : factor_text(a, doublings * log10(2));
    int n = (int)lround(doublings);
    return n < 0 ? formatted(a, "1/%ld", 1L << -n) : formatted(a, "%ld", 1L << n);
}

static void say_parameters(cell *c, const teller *t, const numbers *x, const witness *w) {
    const field *k = t->p->field;
    bool *used = NEW_ARRAY(t->a, bool, k ? field_size(k) : 0);
    for (int i = 0; i < x->left.n; i++)
        if (coef_field(x->left.t[i].c)) coef_parameters(x->left.t[i].c, used);
    for (int i = 0; i < x->right.n; i++)
        if (coef_field(x->right.t[i].c)) coef_parameters(x->right.t[i].c, used);
    for (int i = 0; k && i < field_size(k); i++) {
        if (!used[i]) continue;
        say_str(c, ROLE_LAW, t->p->symbols[field_symbol(k, i)].name);
        say(c, ROLE_LAW, " = %s", coef_text(t->a, w->x[field_symbol(k, i)]));
        say(c, ROLE_PLAIN, ", ");
    }
}

/* "≲": how the sides are said to stand; empty for ∝. */
static const char *relation_said(arena *a, const numbers *x) {
    bool geq = !form_eq(x->link->lhs, form_sub(a, x->left, x->right));
    return x->link->rel == REL_EQ ? "" : law_sign(x->link->rel, geq);
}

/* "with w = 2: N_p is 8, not 4" */
void tell_counterexample(const teller *t, const judged_step *s) {
    numbers x = {.n = 0};
    if (!find_numbers(t, s, &x)) return;
    int scale = scale_of(&x);
    const char *left = scaled(t->a, x.on_left, scale), *right = scaled(t->a, x.on_right, scale);
    if (strcmp(left, right) == 0) return; /* too near to tell them apart in figures */
    const char *is = relation_said(t->a, &x);
    cell *c = doc_paragraph(t->d, t->indent + 4);
    say(c, ROLE_PLAIN, "with ");
    say_parameters(c, t, &x, &s->against);
    for (int i = 0; i < x.n; i++) {
        if (i) say(c, ROLE_PLAIN, ", ");
        say_str(c, ROLE_LAW, t->p->symbols[x.name[i]].name);
        say(c, ROLE_LAW, " = %s", scaled(t->a, x.value[i], scale));
    }
    say(c, ROLE_PLAIN, ": ");
    say_str(c, ROLE_LAW, law_product(t->a, t->p, x.left));
    bool can = s->verdict != STEP_REFUTED;
    say(c, ROLE_PLAIN, can ? " can be " : " is ");
    say(c, ROLE_STRONG, "%s", left);
    say(c, ROLE_PLAIN, "%s %s%s%s", can ? " instead of" : ", not", is, *is ? " " : "", right);
}
