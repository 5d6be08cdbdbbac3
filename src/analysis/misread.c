#include "analysis/misread.h"

enum { MOST_MISREADINGS = 100, MOST_FACTORS = 30 };

/* One product of the whole, whose exponents count `scale` times in it. */
typedef struct {
    arena *a;
    misreadings *out;
    const written_product *p;
    coef scale;
} spot;

static void add(const spot *x, slip kind, form wrong, bool divided) {
    form off = form_scale(x->a, x->scale, form_sub(x->a, wrong, x->p->value));
    misreading m = {kind, x->p, wrong, off, divided};
    if (off.n && x->out->list.n < MOST_MISREADINGS) vec_push(x->a, &x->out->list, m);
}

/* The product, with the name's power in the brackets greater by `more`. */
static form changed(const spot *x, form f, int name, coef more) {
    return form_addmul(x->a, f, coef_mul(x->a, x->p->power, more), form_sym(x->a, name));
}

static void add_changed(const spot *x, slip kind, int name, coef more, bool divided) {
    add(x, kind, changed(x, x->p->value, name, more), divided);
}

/* --- name^p name^q --- */

static void multiplied(const spot *x, int name, coef p, coef q, bool under) {
    coef made = coef_mul(x->a, p, q), one = coef_int(under ? -1 : 1);
    if (coef_eq(p, one) || coef_eq(q, one)) return;
    made = coef_mul(x->a, made, one);
    add_changed(x, SLIP_MULTIPLIED, name, coef_sub(x->a, made, coef_add(x->a, p, q)), false);
}

/* name^p over name^-q */
static void divided(const spot *x, int name, coef p, coef q) {
    coef by = coef_neg(x->a, q);
    if (coef_is_one(by)) return;
    coef made = coef_div(x->a, p, by);
    add_changed(x, SLIP_MULTIPLIED, name, coef_sub(x->a, made, coef_add(x->a, p, q)), true);
}

static void merged_wrongly(const spot *x, const written_product *f, const written_product *g,
                           int name) {
    coef p = form_coef(f->value, name), q = form_coef(g->value, name);
    if (f->under == g->under)
        multiplied(x, name, p, q, f->under);
    else if (g->under)
        divided(x, name, p, q);
    else
        divided(x, name, q, p);
    const coef lost[] = {coef_neg(x->a, p), coef_neg(x->a, q)};
    for (int i = 0; i < 2; i++) {
        add_changed(x, SLIP_SIGN, name, coef_mul(x->a, coef_int(2), lost[i]), false);
        add_changed(x, SLIP_LOST, name, lost[i], false);
    }
}

/* All powers of the name, where there are three or more, none of them 1. */
static void all_multiplied(const spot *x, int first, int name) {
    coef sum = coef_int(0), made = coef_int(1);
    int n = 0;
    for (int i = 0; i < x->p->n; i++) {
        coef c = form_coef(x->p->factor[i].value, name);
        if (coef_is_zero(c)) continue;
        if (i < first || coef_is_one(c) || x->p->factor[i].under) return;
        sum = coef_add(x->a, sum, c);
        made = coef_mul(x->a, made, c);
        n++;
    }
    if (n > 2) add_changed(x, SLIP_MULTIPLIED, name, coef_sub(x->a, made, sum), false);
}

static void misread_names(const spot *x, int i) {
    const written_product *f = &x->p->factor[i];
    for (int k = 0; k < f->value.n; k++) {
        int name = f->value.t[k].sym;
        for (int j = i + 1; j < x->p->n; j++)
            if (!coef_is_zero(form_coef(x->p->factor[j].value, name)))
                merged_wrongly(x, f, &x->p->factor[j], name);
        all_multiplied(x, i, name);
    }
    coef twice = coef_mul(x->a, coef_int(-2), x->p->power);
    if (f->value.n > 1 && x->p->n > 1)
        add(x, SLIP_SIGN, form_addmul(x->a, x->p->value, twice, f->value), false);
}

/* --- (...)^power --- */

/* What its factors have if the power is forgotten, but not the stroke. */
static coef unraised(const written_product *p) {
    bool turned = p->under && !coef_eq(p->power, coef_int(-1));
    return coef_int(turned ? -1 : 1);
}

static void not_to_every_factor(const spot *x) {
    const written_product *p = x->p;
    form none = form_zero();
    coef one = unraised(p), less = coef_sub(x->a, one, p->power);
    if (p->n < 2 || coef_is_zero(less)) return;
    for (int i = 0; i < p->n; i++) {
        add(x, SLIP_FACTOR, form_addmul(x->a, p->value, less, p->factor[i].value), false);
        none = form_addmul(x->a, none, one, p->factor[i].value);
    }
    for (int i = 0; p->n > 2 && i < p->n; i++)
        add(x, SLIP_FACTOR, form_addmul(x->a, none, coef_neg(x->a, less), p->factor[i].value),
            false);
}

/* (name^c)^power: the change of the exponent in the brackets that makes it c + power; false where
 * this would be another slip. */
static bool power_added(const spot *x, coef c, coef *more) {
    const written_product *p = x->p;
    coef power = p->under ? coef_neg(x->a, p->power) : p->power, sum = coef_add(x->a, c, power);
    if (coef_is_one(power) || coef_is_one(c) || coef_is_zero(sum) || coef_is_zero(power))
        return false;
    *more = coef_sub(x->a, coef_div(x->a, sum, power), c);
    return true;
}

static void powers_added(const spot *x) {
    form all = x->p->value;
    int n = 0;
    for (int i = 0; i < x->p->n; i++) {
        form f = x->p->factor[i].value;
        for (int k = 0; k < f.n; k++) {
            coef more;
            if (!power_added(x, f.t[k].c, &more)) continue;
            add_changed(x, SLIP_ADDED, f.t[k].sym, more, false);
            all = changed(x, all, f.t[k].sym, more);
            n++;
        }
    }
    if (n > 1) add(x, SLIP_ADDED, all, false);
}

/* --- all of it --- */

static void misread_at(const spot *x) {
    const written_product *p = x->p;
    if (x->out->list.n >= MOST_MISREADINGS || p->n > MOST_FACTORS) return;
    for (int i = 0; i < p->n; i++) misread_names(x, i);
    not_to_every_factor(x);
    powers_added(x);
    for (int i = 0; i < p->n; i++) {
        spot part = {x->a, x->out, &p->factor[i], coef_mul(x->a, x->scale, p->power)};
        misread_at(&part);
    }
}

misreadings misread(arena *a, const written_product *p) {
    misreadings all = {0};
    spot whole = {a, &all, p, coef_int(1)};
    misread_at(&whole);
    return all;
}
