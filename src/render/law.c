#include "render/law.h"

static const char *const superscript[] = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};

/* 2 to 9, where c is one of them; else 0. */
static int small_power(coef c) {
    rat r;
    if (!coef_rat(c, &r) || !rat_is_int(r)) return 0;
    for (int i = 2; i <= 9; i++)
        if (rat_eq(r, rat_int(i))) return i;
    return 0;
}

str law_exponent(arena *a, coef c) {
    rat r;
    bool bare = coef_rat(c, &r) && rat_is_int(r);
    return str_of(formatted(a, bare ? "%s" : "(%s)", coef_text(a, c)));
}

static bool is_compound(str name) {
    for (size_t i = 0; i < name.n; i++)
        if (name.s[i] == ' ' || name.s[i] == '^' || name.s[i] == '/') return true;
    return false;
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

static bool any_positive(form f) {
    for (int i = 0; i < f.n; i++)
        if (coef_sgn(f.t[i].c) >= 0) return true;
    return false;
}

static bool any_negative(form f) {
    for (int i = 0; i < f.n; i++)
        if (coef_sgn(f.t[i].c) < 0) return true;
    return false;
}

/* Terms of f for the left side; the others, negated, for the right one. */
static form side(arena *a, form f, bool left, bool mixed) {
    term *t = NEW_ARRAY(a, term, f.n);
    int n = 0, first = leader(f);
    for (int i = 0; i < f.n; i++) {
        bool is_left = mixed ? coef_sgn(f.t[i].c) >= 0 : i == first;
        if (is_left != left) continue;
        t[n].sym = f.t[i].sym;
        t[n++].c = left ? f.t[i].c : coef_neg(a, f.t[i].c);
    }
    return form_of(a, t, n, coef_int(0));
}

str law_claim(arena *a, const problem *p, form f, rel r, bool geq) {
    if (!any_positive(f)) {
        f = form_scale(a, coef_int(-1), f);
        geq = !geq;
    }
    bool mixed = any_negative(f);
    str left = law_product(a, p, side(a, f, true, mixed));
    str right = law_product(a, p, side(a, f, false, mixed));
    return str_of(
        formatted(a, "%.*s %s %.*s", (int)left.n, left.s, law_sign(r, geq), (int)right.n, right.s));
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

str law_answer(arena *a, const answer *w) {
    str law = w->goal->law;
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

static const formula *step_formula(const problem *p, const goal *g, const step *s) {
    if (s->fact < p->nfacts) return p->facts[s->fact].claim;
    int j = s->fact - p->nfacts;
    return g && j < g->nwhen ? g->when[j] : NULL;
}

const formula *law_step_atom(const problem *p, const goal *g, const step *s) {
    const formula *f = step_formula(p, g, s);
    if (f == NULL || s->node >= f->nodes) return NULL;
    const formula *atom = formula_node(f, s->node);
    return atom->kind == FORMULA_ATOM ? atom : NULL;
}

/* "w grows", "L fixed": an atom about one symbol. */
static str growth_law(arena *a, const problem *p, const formula *atom) {
    int below = coef_sgn(atom->lhs.t[0].c) > 0 ? SIGN_NEG : SIGN_POS;
    int signs = (atom->rel == REL_EQ ? 0 : below) | (atom->rel == REL_LT ? 0 : SIGN_ZERO);
    str name = p->symbols[atom->lhs.t[0].sym].name;
    return str_of(formatted(a, "%.*s %s", (int)name.n, name.s, growth_word(signs)));
}

str law_step(arena *a, const problem *p, const goal *g, const step *s) {
    const formula *atom = law_step_atom(p, g, s);
    if (s->fact < p->nfacts && p->facts[s->fact].claim->kind == FORMULA_ATOM)
        return p->facts[s->fact].law;
    if (atom == NULL) return STR("");
    if (atom->lhs.n == 1) return growth_law(a, p, atom);
    return law_claim(a, p, atom->lhs, atom->rel, false);
}

str law_step_label(const problem *p, const goal *g, const step *s) {
    if (s->fact < p->nfacts) return p->facts[s->fact].label;
    return g ? STR("when") : STR("something scales");
}
