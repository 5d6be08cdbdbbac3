#include "render/law.h"
#include "analysis/steps.h"
#include "render/compare.h"

static const char *const superscript[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* 2 to 9, where c is one of them; else 0. */
static int small_power(coef c) {
    rat r;
    if (!coef_rat(c, &r) || !rat_is_int(r)) return 0;
    for (int i = 2; i <= 9; i++)
        if (rat_eq(r, rat_int(i))) return i;
    return 0;
}

static bool is_compound(str name) {
    for (size_t i = 0; i < name.n; i++)
        if (name.s[i] == ' ' || name.s[i] == '^' || name.s[i] == '/') return true;
    return false;
}

static bool is_parameter(const field *k, str s) {
    for (int i = 0; i < field_size(k); i++)
        if (str_eq(field_name(k, i), s)) return !is_compound(s);
    return false;
}

/* Does it need no brackets behind ^? */
static bool is_bare(coef c, str written) {
    rat r;
    if (coef_rat(c, &r)) return rat_is_int(r);
    if (str_starts(written, "-")) written.s++, written.n--;
    return is_parameter(coef_field(c), written);
}

/* "(0.34±0.02)": a number that has brackets already, and nothing else. */
static bool has_brackets(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((s.s[i] == '(') != (i == 0) || (s.s[i] == ')') != (i + 1 == s.n)) return false;
    return s.n > 1;
}

str law_exponent(arena *a, coef c) {
    str written = str_of(coef_text(a, c));
    if (is_bare(c, written) || has_brackets(written)) return written;
    return str_of(formatted(a, "(%s)", written.s));
}

/* Is it written with a minus sign before it? */
static bool is_minus(arena *a, coef c) {
    int sign = coef_sgn(c);
    return sign == 2 ? coef_text(a, c)[0] == '-' : sign < 0;
}

coef law_magnitude(arena *a, coef c) {
    return is_minus(a, c) ? coef_neg(a, c) : c;
}

str law_power(arena *a, str base, coef c) {
    if (coef_is_one(c)) return base;
    text t = text_new(a);
    bool brackets = is_compound(base);
    if (brackets) text_putc(&t, '(');
    text_add(&t, base);
    if (brackets) text_putc(&t, ')');
    int small = small_power(c);
    if (small) {
        text_puts(&t, superscript[small]);
    } else {
        text_putc(&t, '^');
        text_add(&t, law_exponent(a, c));
    }
    return text_str(&t);
}

str law_product(arena *a, const problem *p, form f) {
    if (f.n == 0) return STR("1");
    text t = text_new(a);
    for (int i = 0; i < f.n; i++) {
        if (i) text_putc(&t, ' ');
        text_add(&t, law_power(a, p->symbols[f.t[i].sym].name, f.t[i].c));
    }
    return text_str(&t);
}

static str product_text(arena *a, const problem *p, const written_product *x);

/* What stands behind the stroke. */
static written_product divisor(arena *a, const written_product *x) {
    written_product d = *x;
    d.value = form_scale(a, coef_int(-1), x->value);
    d.power = coef_neg(a, x->power);
    return d;
}

/* Factors of several factors stand in brackets. */
static void add_factor(text *t, arena *a, const problem *p, const written_product *x) {
    bool bare = x->n == 0 || !coef_is_one(x->power);
    if (!bare) text_putc(t, '(');
    text_add(t, product_text(a, p, x));
    if (!bare) text_putc(t, ')');
}

static str factors_text(arena *a, const problem *p, const written_product *x) {
    text t = text_new(a);
    for (int i = 0; i < x->n; i++) {
        const written_product *f = &x->factor[i];
        if (f->under) {
            written_product d = divisor(a, f);
            text_puts(&t, i ? " / " : "1 / ");
            add_factor(&t, a, p, &d);
        } else {
            if (i) text_putc(&t, ' ');
            add_factor(&t, a, p, f);
        }
    }
    return text_str(&t);
}

static str product_text(arena *a, const problem *p, const written_product *x) {
    if (x->n == 0) return law_product(a, p, x->value);
    str inner = factors_text(a, p, x);
    if (coef_is_one(x->power)) return inner;
    str power = law_power(a, STR(""), x->power);
    return str_of(formatted(a, "(%.*s)%.*s", (int)inner.n, inner.s, (int)power.n, power.s));
}

str law_written(arena *a, const problem *p, const written_product *x) {
    written_product whole = {.power = coef_int(1), .factor = x, .n = 1};
    return x->under ? factors_text(a, p, &whole) : product_text(a, p, x);
}

const char *law_sign(rel r, bool geq) {
    switch (r) {
    case REL_EQ:
        return "∝";
    case REL_LE:
        return geq ? "≳" : "≲";
    case REL_LT:
        return geq ? "≫" : "≪";
    }
    return "∝";
}

static bool is_unit(coef c) {
    return coef_is_one(c) || coef_eq(c, coef_int(-1));
}

/* The term that stands alone on the left when all have the same sign. */
static int leader(form f) {
    for (int i = 0; i < f.n; i++)
        if (is_unit(f.t[i].c)) return i;
    return 0;
}

/* Is there a term with a minus sign, or (minus false) without? */
static bool any_term(arena *a, form f, bool minus) {
    for (int i = 0; i < f.n; i++)
        if (is_minus(a, f.t[i].c) == minus) return true;
    return false;
}

/* Terms of f for the left side; the others, negated, for the right one. */
static form side(arena *a, form f, bool left, bool mixed) {
    term *t = NEW_ARRAY(a, term, f.n);
    int n = 0, first = leader(f);
    for (int i = 0; i < f.n; i++) {
        bool is_left = mixed ? !is_minus(a, f.t[i].c) : i == first;
        if (is_left != left) continue;
        t[n].sym = f.t[i].sym;
        t[n++].c = left ? f.t[i].c : coef_neg(a, f.t[i].c);
    }
    return form_of(a, t, n, coef_int(0));
}

static str joined(arena *a, str left, const char *sign, str right) {
    return str_of(formatted(a, "%.*s %s %.*s", (int)left.n, left.s, sign, (int)right.n, right.s));
}

bool law_sides(arena *a, form f, bool geq, form *left, form *right) {
    if (!any_term(a, f, false)) {
        f = form_scale(a, coef_int(-1), f);
        geq = !geq;
    }
    bool mixed = any_term(a, f, true);
    *left = side(a, f, true, mixed);
    *right = side(a, f, false, mixed);
    return geq;
}

str law_claim(arena *a, const problem *p, form f, rel r, bool geq) {
    form left, right;
    if (f.n == 0 && !coef_is_zero(f.k)) return compare(a, f.k, compare_sign(r, geq));
    geq = law_sides(a, f, geq, &left, &right);
    return joined(a, law_product(a, p, left), law_sign(r, geq), law_product(a, p, right));
}

const char *law_signs(int signs) {
    switch (signs) {
    case SIGN_NEG:
        return "≪";
    case SIGN_ZERO:
        return "∝";
    case SIGN_POS:
        return "≫";
    case SIGN_NEG | SIGN_ZERO:
        return "≲";
    case SIGN_POS | SIGN_ZERO:
        return "≳";
    default:
        return NULL;
    }
}

/* The word that takes the place of ? in `w ?`. */
static const char *growth_word(int signs) {
    switch (signs) {
    case SIGN_NEG:
        return "shrinks";
    case SIGN_ZERO:
        return "fixed";
    case SIGN_POS:
        return "grows";
    case SIGN_NEG | SIGN_ZERO:
        return "≲ 1";
    case SIGN_POS | SIGN_ZERO:
        return "≳ 1";
    case SIGN_NEG | SIGN_POS:
        return "scales";
    default:
        return "?";
    }
}

bool law_asks_growth(const goal *g) {
    return g->base_name == NULL || str_eq(g->base_name[0], STR("1"));
}

bool law_is_known(const answer *w) {
    if (w->kind != ANSWER_EXACT || w->goal->kind != GOAL_RELATION) return w->kind == ANSWER_EXACT;
    if (w->signs == (SIGN_NEG | SIGN_POS)) return law_asks_growth(w->goal);
    return law_signs(w->signs) != NULL;
}

static str relation_word(const answer *w) {
    if (law_asks_growth(w->goal)) return str_of(growth_word(w->signs));
    const char *sign = law_signs(w->signs);
    return str_of(sign ? sign : "?");
}

/* What takes the place of `^?`: "^(-1/3)", "²", nothing for 1. */
static str hole_power(arena *a, coef c) {
    return law_power(a, STR(""), c);
}

/* The " 1" of `w ? 1`: "grows" takes its place too. */
static bool says_one(str law, size_t i) {
    return i + 2 <= law.n && law.s[i] == ' ' && law.s[i + 1] == '1' &&
           (i + 2 == law.n || law.s[i + 2] == ' ');
}

/* "γ = ?" with the value for its question mark. */
static str parameter_law(arena *a, str law, coef value) {
    text t = text_new(a);
    bool done = false;
    for (size_t i = 0; i < law.n; i++) {
        if (law.s[i] == '?' && !done)
            text_puts(&t, coef_text(a, value));
        else
            text_putc(&t, law.s[i]);
        done |= law.s[i] == '?';
    }
    return text_str(&t);
}

str law_answer(arena *a, const answer *w) {
    str law = w->goal->law;
    if (w->goal->kind == GOAL_PARAMETER && w->nvalue) return parameter_law(a, law, w->value[0]);
    text t = text_new(a);
    int hole = 0;
    for (size_t i = 0; i < law.n; i++) {
        bool power = law.s[i] == '^' && i + 1 < law.n && law.s[i + 1] == '?';
        if (power && hole < w->nvalue) {
            text_add(&t, hole_power(a, w->value[hole++]));
            i++;
        } else if (law.s[i] == '?' && w->goal->kind == GOAL_RELATION && hole++ == 0) {
            text_add(&t, relation_word(w));
            if (law_asks_growth(w->goal) && says_one(law, i + 1)) i += 2;
        } else {
            text_putc(&t, law.s[i]);
        }
    }
    return text_str(&t);
}

str law_case(arena *a, const answer *w, const answer_case *k) {
    answer one = *w;
    one.kind = ANSWER_EXACT;
    one.value = &k->value;
    one.nvalue = 1;
    return law_answer(a, &one);
}

str law_conditions(arena *a, const problem *p, const answer_case *k) {
    return k->nwhen ? law_formula(a, p, formula_all(a, k->when, k->nwhen)) : STR("");
}

str law_vouched(arena *a, const problem *p, const condition *c) {
    str law = law_formula(a, p, condition_formula(a, c->c, c->signs));
    bool partial = c->under && !(c->under->kind == FORMULA_ALL && c->under->n == 0);
    return partial ? str_of(formatted(a, "%.*s in one of the cases", (int)law.n, law.s)) : law;
}

str law_unknown(arena *a, const goal *g, const char *letter) {
    text t = text_new(a);
    bool done = false;
    for (size_t i = 0; i < g->law.n; i++) {
        if (g->law.s[i] != '?' || done) {
            text_putc(&t, g->law.s[i]);
        } else {
            text_puts(&t, letter);
            done = true;
        }
    }
    return text_str(&t);
}

const formula *law_step_atom(const problem *p, const goal *g, const step *s) {
    return atom_used(p, g, s->fact, s->node);
}

bool law_is_chain(const problem *p, const goal *g, const chain *k) {
    if (!coef_is_zero(k->start.k)) return false;
    for (int i = 0; i < k->n; i++) {
        const formula *atom = law_step_atom(p, g, &k->steps[i]);
        bool turned = coef_sgn(k->steps[i].power) == 2 && atom && atom->rel != REL_EQ;
        if (turned || !coef_is_zero(k->steps[i].after.k)) return false;
    }
    return true;
}

/* Is it "w grows", "L fixed": an atom about one symbol? */
static bool is_growth(const formula *atom) {
    return atom->lhs.n == 1 && coef_sgn(atom->lhs.t[0].c) != 2;
}

static str growth_law(arena *a, const problem *p, const formula *atom) {
    int below = coef_sgn(atom->lhs.t[0].c) > 0 ? SIGN_NEG : SIGN_POS;
    int signs = (atom->rel == REL_EQ ? 0 : below) | (atom->rel == REL_LT ? 0 : SIGN_ZERO);
    str name = p->symbols[atom->lhs.t[0].sym].name;
    return str_of(formatted(a, "%.*s %s", (int)name.n, name.s, growth_word(signs)));
}

static str atom_law(arena *a, const problem *p, const formula *atom) {
    if (is_growth(atom)) return growth_law(a, p, atom);
    return law_claim(a, p, atom->lhs, atom->rel, false);
}

static bool has_terms(const formula *f) {
    bool any = f->kind == FORMULA_ATOM && f->lhs.n > 0;
    for (int i = 0; f->kind != FORMULA_ATOM && i < f->n && !any; i++) any = has_terms(f->kid[i]);
    return any;
}

/* Is the claim this atom, but for what it says of parameters? */
static bool says_only(const formula *claim, const formula *atom) {
    if (claim == atom) return true;
    bool found = false;
    for (int i = 0; claim->kind == FORMULA_ALL && i < claim->n; i++) {
        if (claim->kid[i] != atom && has_terms(claim->kid[i])) return false;
        found |= claim->kid[i] == atom;
    }
    return found;
}

str law_step(arena *a, const problem *p, const goal *g, const step *s) {
    const formula *atom = law_step_atom(p, g, s);
    const fact *k = problem_fact(p, s->fact);
    if (k && k->claim->kind == FORMULA_ATOM) return k->law;
    if (atom == NULL) return STR("");
    return k && says_only(k->claim, atom) ? k->law : atom_law(a, p, atom);
}

/* --- formulas --- */

/* (f < 0 or -f < 0) is f ≠ 0. */
static bool is_nonzero(arena *a, const formula *f) {
    if (f->kind != FORMULA_ANY || f->n != 2) return false;
    const formula *x = f->kid[0], *y = f->kid[1];
    bool atoms = x->kind == FORMULA_ATOM && y->kind == FORMULA_ATOM;
    return atoms && x->rel == REL_LT && y->rel == REL_LT &&
           form_is_zero(form_add(a, x->lhs, y->lhs));
}

static str nonzero_law(arena *a, const problem *p, form f) {
    if (f.n == 0) return compare(a, f.k, "≠");
    if (f.n == 1) {
        str name = p->symbols[f.t[0].sym].name;
        return str_of(formatted(a, "%.*s scales", (int)name.n, name.s));
    }
    str law = law_claim(a, p, f, REL_EQ, false);
    return str_of(formatted(a, "not %.*s", (int)law.n, law.s));
}

static str kids_law(arena *a, const problem *p, const formula *f) {
    text t = text_new(a);
    for (int i = 0; i < f->n; i++) {
        bool brackets = f->kid[i]->kind == FORMULA_ALL && f->kind == FORMULA_ANY;
        if (i) text_puts(&t, f->kind == FORMULA_ALL ? " and " : " or ");
        if (brackets) text_putc(&t, '(');
        text_add(&t, law_formula(a, p, f->kid[i]));
        if (brackets) text_putc(&t, ')');
    }
    return text_str(&t);
}

str law_formula(arena *a, const problem *p, const formula *f) {
    if (f->kind == FORMULA_ATOM) return atom_law(a, p, f);
    if (f->n == 0) return f->kind == FORMULA_ALL ? STR("1 = 1") : STR("0 = 1");
    return is_nonzero(a, f) ? nonzero_law(a, p, f->kid[0]->lhs) : kids_law(a, p, f);
}

str law_step_label(const problem *p, const goal *g, const step *s) {
    const fact *k = problem_fact(p, s->fact);
    if (k) return k->label;
    return g ? STR("when") : STR("something scales");
}
