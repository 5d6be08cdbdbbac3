/* Derivations for those who learn: one rule a line, and the same as equations of exponents. */
#include "render/compare.h"
#include "render/exponents.h"
#include "render/teller.h"

/* --- equations of exponents --- */

static bool any_derivation(const finding *f) {
    for (int i = 0; i < f->nanswers; i++)
        if (f->answers[i].why) return true;
    for (int i = 0; i < f->nconclusions; i++)
        if (f->conclusions[i].why) return true;
    return false;
}

void tell_notation(const teller *t) {
    if (!t->how.exponents || t->told->exponents || !any_derivation(t->f)) return;
    t->told->exponents = true;
    doc_gap(t->d);
    cell *c = doc_paragraph(t->d, t->indent);
    say(c, ROLE_QUIET,
        "[w] is the exponent of w where every quantity is a power of one hidden scale: a product "
        "is a sum of exponents, a power a multiple.");
}

/* "[N_p] = 2 [w] + [L]", or with `blank` "= 3 [w]" under it. */
static void say_equation(const teller *t, row *r, str left, bool blank, const char *sign,
                         str right) {
    cell *c = doc_cell(t->d, r);
    say_str(c, blank ? ROLE_BLANK : ROLE_LAW, left);
    say(c, ROLE_LAW, " %s %.*s", sign, (int)right.n, right.s);
}

void tell_exponents(const teller *t, row *r, const goal *g, const chain *k, int i) {
    if (!t->how.exponents || g == NULL) return;
    const step *s = &k->steps[i];
    const formula *atom = law_step_atom(t->p, g, s);
    say_equation(t, r, exponents_form(t->a, t->p, k->start), i > 0,
                 compare_sign(atom ? atom->rel : s->r, s->geq),
                 exponents_form(t->a, t->p, s->after));
}

void say_equation_used(cell *c, const teller *t, const goal *g, const step *s) {
    const formula *atom = law_step_atom(t->p, g, s);
    if (!t->how.exponents || atom == NULL || atom->lhs.n == 0) return;
    say(c, ROLE_LAW, ", ");
    say_str(c, ROLE_LAW, exponents_claim(t->a, t->p, atom->lhs, atom->rel, false));
}

/* What an answer, or a claim, says of exponents; empty where it is no single relation. */
static str goal_equation(const teller *t, const goal *g, const derivation *why) {
    if (g->claim && g->claim->kind == FORMULA_ATOM) {
        form f = g->claim->lhs, start = why->target.start;
        bool turn = start.n && coef_sgn(form_coef(f, start.t[0].sym)) < 0;
        return exponents_claim(t->a, t->p, turn ? form_scale(t->a, coef_int(-1), f) : f,
                               g->claim->rel, turn);
    }
    if (g->kind != GOAL_EXPONENT || g->nbase != 1) return STR("");
    const form *left = &g->target;
    coef c = coef_div(t->a, form_coef(why->target.start, left->t[0].sym), left->t[0].c);
    form right = form_scale(t->a, coef_div(t->a, coef_int(1), c), why->target.end);
    if (why->two)
        right = form_scale(t->a,
                           coef_div(t->a, why->target.end.t[0].c,
                                    form_coef(why->base.end, why->target.end.t[0].sym)),
                           why->base.start);
    return beside(t->a, exponents_form(t->a, t->p, *left), "=", exponents_form(t->a, t->p, right));
}

void say_result(cell *c, const teller *t, const goal *g, const derivation *why) {
    if (!t->how.exponents) return;
    str equation = goal_equation(t, g, why);
    if (equation.n) say(c, ROLE_LAW, ", ");
    say_str(c, ROLE_LAW, equation);
}

/* --- the reason of a line --- */

static const char *sign_of(const calc_line *x) {
    return x->identity ? "=" : law_sign(x->r, x->geq);
}

static void say_arithmetic(cell *c, const teller *t, const calc_line *x) {
    bool named = x->ndone > 1;
    for (int i = 0; i < x->ndone; i++) {
        str name = t->p->symbols[x->done[i].sym].name, sum = arithmetic_text(t->a, &x->done[i]);
        say(c, ROLE_QUIET, i ? "; " : ", ");
        if (named) say(c, ROLE_QUIET, "%.*s: ", (int)name.n, name.s);
        say(c, ROLE_LAW, "%.*s", (int)sum.n, sum.s);
    }
}

/* "by K3", "by N ∝ w", "by A1: v ∝ r / T" where the line does not show the law as it is written. */
static void say_citation(cell *c, const teller *t, const goal *g, const calc_line *x, str shown,
                         bool brief) {
    step s = {.fact = x->fact, .node = x->node, .power = coef_int(1)};
    const fact *k = problem_fact(t->p, x->fact);
    bool same = str_eq(shown, law_step(t->a, t->p, g, &s));
    bool named = k && !goes_by_law(k);
    say_reason(c, t, g, &s, same || (brief && named));
    if (x->fact < 0 && (same || (brief && named))) say(c, ROLE_QUIET, ", %s", str_z(t->a, k->note));
}

static void say_substitution(cell *c, const teller *t, const goal *g, const calc_line *x) {
    str law = law_between(t->a, t->p, x->from, law_sign(x->law_r, x->law_geq), x->to);
    say(c, ROLE_QUIET, "substitution: ");
    say_str(c, ROLE_LAW, law);
    if (x->fact == FACT_NONE) return;
    say(c, ROLE_QUIET, ", ");
    say_citation(c, t, g, x, law, x->solved);
    if (x->solved) say(c, ROLE_QUIET, ", as solved above");
}

/* The terms with positive exponents, or with `minus` those with negative ones, turned round. */
static form one_sign(arena *a, form f, bool minus) {
    term *t = NEW_ARRAY(a, term, f.n);
    int n = 0;
    for (int i = 0; i < f.n; i++) {
        coef size = law_magnitude(a, f.t[i].c);
        if (coef_eq(size, f.t[i].c) != minus) t[n++] = (term){f.t[i].sym, size};
    }
    return (form){t, n, coef_int(0)};
}

/* "quotient: both sides multiplied by r, divided by m" */
static void say_divisor(cell *c, const teller *t, const calc_line *x) {
    if (x->linked) {
        say(c, ROLE_QUIET, "quotient: exponents subtract");
        return;
    }
    form by = one_sign(t->a, x->divisor, true), from = one_sign(t->a, x->divisor, false);
    say(c, ROLE_QUIET, from.n ? "quotient: both sides " : "product: both sides ");
    if (by.n) say(c, ROLE_QUIET, "multiplied by ");
    if (by.n) say_str(c, ROLE_LAW, law_product(t->a, t->p, by));
    if (by.n && from.n) say(c, ROLE_QUIET, ", ");
    if (from.n) say(c, ROLE_QUIET, "divided by ");
    if (from.n) say_str(c, ROLE_LAW, law_product(t->a, t->p, from));
}

static void say_dropped(cell *c, const teller *t, product before) {
    bool any = false;
    for (int i = 0; i < before.n; i++) {
        const factor *f = &before.f[i];
        if (f->n > 1 || (f->n == 1 && !coef_is_zero(f->t->c))) continue;
        if (any) say(c, ROLE_QUIET, ", ");
        any = true;
        str power = law_factors(t->a, t->p, (product){f, 1});
        if (f->n == 0 && coef_is_one(f->power))
            say(c, ROLE_QUIET, "a factor 1 changes nothing");
        else
            say(c, ROLE_LAW, "%.*s = 1", (int)power.n, power.s);
    }
}

static void say_turned(cell *c, const teller *t, const calc_line *x) {
    if (!x->turned) return;
    const char *to = law_sign(x->r, x->geq), *from = law_sign(x->r, !x->geq);
    say(c, ROLE_QUIET, "; the power is negative, so ");
    say(c, ROLE_LAW, "%s", from);
    say(c, ROLE_QUIET, " turns round, to ");
    say(c, ROLE_LAW, "%s", to);
    (void)t;
}

static void say_power_of_sides(cell *c, const teller *t, const calc_line *x) {
    const char *power = coef_text(t->a, x->power);
    const char *name = x->rule == RULE_POWER ? "power" : rule_name(x->rule);
    say(c, ROLE_QUIET, "%s: both sides to the power %s", name, power);
}

static void say_rule(cell *c, const teller *t, const goal *g, const calc_line *x) {
    str law = law_between(t->a, t->p, x->left, sign_of(x), x->right);
    switch (x->rule) {
    case RULE_CITE:
        say_citation(c, t, g, x, law, false);
        if (x->backwards) say(c, ROLE_QUIET, ", from right to left");
        return;
    case RULE_ABOVE:
        say(c, ROLE_QUIET, "from above");
        if (x->fact != FACT_NONE) say(c, ROLE_QUIET, ", ");
        if (x->fact != FACT_NONE) say_citation(c, t, g, x, law, true);
        return;
    case RULE_SUBSTITUTE:
        say_substitution(c, t, g, x);
        return;
    case RULE_QUOTIENT:
        say_divisor(c, t, x);
        return;
    case RULE_ROOT:
    case RULE_RECIPROCAL:
    case RULE_POWER:
        say_power_of_sides(c, t, x);
        return;
    case RULE_PRODUCT:
        say(c, ROLE_QUIET, "product: exponents add");
        return;
    case RULE_POWER_OF_POWER:
        say(c, ROLE_QUIET, "power of a power: exponents multiply");
        return;
    case RULE_POWER_OF_PRODUCT:
        say(c, ROLE_QUIET, "power of a product: each factor to that power");
        return;
    case RULE_TURN:
    case RULE_SPLIT:
    case RULE_GROUP:
    case RULE_DROP:
        break;
    }
    if (x->rule != RULE_DROP) say(c, ROLE_QUIET, "%s", rule_name(x->rule));
}

/* --- calculations --- */

static void tell_line(const teller *t, block *b, const goal *g, const calc *k, int i) {
    const calc_line *x = &k->line[i];
    row *r = doc_row(t->d, b);
    cell *c = doc_cell(t->d, r);
    bool blank = x->linked && i > 0;
    str left = law_factors(t->a, t->p, x->left), right = law_factors(t->a, t->p, x->right);
    say_str(c, blank ? ROLE_BLANK : ROLE_LAW, left);
    say(c, ROLE_LAW, " %s %.*s", sign_of(x), (int)right.n, right.s);
    if (t->how.exponents)
        say_equation(t, r, exponents_product(t->a, t->p, x->left), blank,
                     compare_sign(x->identity ? REL_EQ : x->r, x->geq),
                     exponents_product(t->a, t->p, x->right));
    c = doc_cell(t->d, r);
    say_rule(c, t, g, x);
    if (x->rule == RULE_DROP) say_dropped(c, t, i ? k->line[i - 1].right : x->left);
    say_arithmetic(c, t, x);
    say_turned(c, t, x);
}

/* A chain that is a law which was solved just above, and no more. */
static bool adds_nothing(const calculation *k, int i) {
    const calc *c = &k->c[i];
    return c->kind == CALC_CHAIN && c->n == 1 && c->line[0].rule == RULE_ABOVE;
}

bool tell_calculation(const teller *t, const goal *g, const derivation *why) {
    calculation k = work_out(t->a, t->p, g, why);
    bool any = false;
    for (int i = 0; i < k.n; i++) {
        if (adds_nothing(&k, i)) continue;
        if (any) doc_gap(t->d);
        any = true;
        block *b = doc_table(t->d, t->indent + 2, t->how.exponents ? 2 : 1);
        for (int j = 0; j < k.c[i].n; j++) tell_line(t, b, g, &k.c[i], j);
    }
    return k.n > 0;
}
