#include "parametric_generate.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { POLE_POINTS = 4, TRIES = 60 };

const char *const shape_names[SHAPES] = {"chains",
                                         "with poles",
                                         "with inequalities",
                                         "with max",
                                         "over-determined",
                                         "with comparisons",
                                         "in two parts",
                                         "between inequalities",
                                         "of parameters through quantities",
                                         "with measured numbers"};

static const char *const letters[] = {"α", "β", "γ", "d", "s", "κ"};
static const char *const quantities[QUANTITIES] = {"w", "L", "N", "N_p", "ℓ", "C"};

/* --- chance (Steele, Lea and Flood's splitmix) --- */

static uint64_t roll(parametric *t) {
    uint64_t z = (t->dice += 0x9e3779b97f4a7c15u);
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

static int below(parametric *t, int n) {
    return (int)(roll(t) % (uint64_t)n);
}

static bool chance(parametric *t, int percent) {
    return below(t, 100) < percent;
}

static const char *one_of(parametric *t, const char *const *words, int n) {
    return words[below(t, n)];
}
#define ONE_OF(t, ...)                                                                             \
    one_of((t), (const char *const[]){__VA_ARGS__},                                                \
           (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *)))

/* --- exponents --- */

__attribute__((format(printf, 2, 3))) static void add(char *out, const char *format, ...) {
    size_t n = strlen(out);
    va_list args;
    va_start(args, format);
    vsnprintf(out + n, LAW_TEXT - n, format, args);
    va_end(args);
}

/* form has one %s. */
static void add_formatted(char *out, const char *form, const char *word) {
    const char *at = strstr(form, "%s");
    add(out, "%.*s%s%s", (int)(at - form), form, word, at + 2);
}

static const char *letter(parametric *t) {
    return t->p[below(t, t->np)].name;
}

/* Another one, if there is one. */
static const char *other_letter(parametric *t, const char *than) {
    const char *x = letter(t);
    while (t->np > 1 && x == than) x = letter(t);
    return x;
}

static void add_number(parametric *t, char *out) {
    static const char *const numbers[] = {"1", "2", "3", "1/2", "1/3", "2/3", "3/2"};
    add(out, "%s%s", chance(t, 25) ? "-" : "", one_of(t, numbers, 7));
}

/* A divisor that the bounds, mostly, keep from zero. */
static void add_divisor(parametric *t, char *out) {
    const char *x = letter(t), *y = other_letter(t, x);
    switch (below(t, 5)) {
    case 0:
        add(out, "%s", x);
        break;
    case 1:
        add(out, "(1+%s)", x);
        break;
    case 2:
        add(out, "(2+%s)", x);
        break;
    default:
        add(out, "(%s+%s)", x, y);
    }
}

static void add_exponent(parametric *t, char *out) {
    const char *x = letter(t), *y = other_letter(t, x);
    switch (below(t, 12)) {
    case 0:
        add_number(t, out);
        break;
    case 1:
    case 2:
    case 3:
        add(out, "%s", x);
        break;
    case 4:
        add(out, "-%s", x);
        break;
    case 5:
        add(out, "%d%s%s%d", 1 + below(t, 3), x, ONE_OF(t, "+", "-"), 1 + below(t, 3));
        break;
    case 6:
        add(out, "%s%s", x, y);
        break;
    case 7:
        add(out, "%s%s%s", x, ONE_OF(t, "+", "-"), t->np > 1 ? y : "1/2");
        break;
    case 8:
        add(out, "%s%s/", ONE_OF(t, "", "-"), ONE_OF(t, "1", "2", "3"));
        add_divisor(t, out);
        break;
    default:
        add(out, "%s/", x);
        add_divisor(t, out);
    }
}

/* It vanishes, or has a pole, where the parameter has the value `pole`. */
static void add_pole_exponent(parametric *t, const parameter *p, char *out) {
    if (chance(t, 50)) add(out, "%s/", ONE_OF(t, "1", "2", "-1"));
    add(out, "(%s-%d)", p->name, p->pole);
}

static void add_extreme(parametric *t, char *out) {
    add(out, "%s(", ONE_OF(t, "max", "min"));
    if (chance(t, 50))
        add(out, "%s", letter(t));
    else
        add_exponent(t, out);
    add(out, ", %s)", ONE_OF(t, "1", "2", "2α", "-1", "1-α", "0"));
}

/* --- laws --- */

static parametric_law *new_law(parametric *t) {
    parametric_law *l = &t->law[t->nlaws++];
    *l = (parametric_law){.alive = true};
    return l;
}

static void add_power(parametric *t, char *out, int quantity, bool plain) {
    add(out, "%s", quantities[quantity]);
    if (chance(t, 20)) return;
    add(out, "^{");
    if (plain)
        add_number(t, out);
    else
        add_exponent(t, out);
    add(out, "}");
}

/* The quantity from one or two of those from..quantity-1. */
static void add_link(parametric *t, int quantity, int from, bool plain) {
    parametric_law *l = new_law(t);
    int one = from + below(t, quantity - from), two = from + below(t, quantity - from);
    bool turned = chance(t, 15);
    if (!turned) add(l->text, "%s ∝ ", quantities[quantity]);
    if (turned && chance(t, 50)) add(l->text, "%s ∝ ", quantities[one]);
    bool begun = strlen(l->text) > 0;
    if (turned) {
        add_power(t, l->text, quantity, plain);
        if (!begun) add(l->text, " ∝ ");
        if (begun) return;
    }
    add_power(t, l->text, one, plain);
    if (two != one && chance(t, 40)) {
        add(l->text, " ");
        add_power(t, l->text, two, plain);
    }
}

static void add_pole_link(parametric *t) {
    parametric_law *l = new_law(t);
    parameter *p = &t->p[0];
    p->at_pole = true;
    if (p->bound == BOUND_INSIDE) p->bound = BOUND_POSITIVE;
    p->pole = 1 + below(t, 3);
    add(l->text, "%s ∝ %s^{", quantities[1], quantities[0]);
    add_pole_exponent(t, p, l->text);
    add(l->text, "}");
}

static void add_extreme_link(parametric *t) {
    parametric_law *l = new_law(t);
    add(l->text, "%s ∝ %s^{", quantities[1], quantities[0]);
    add_extreme(t, l->text);
    add(l->text, "}");
}

/* Between two of the quantities from..nq-1. */
static void add_inequality(parametric *t, int from, bool plain) {
    parametric_law *l = new_law(t);
    int n = t->nq - from, i = below(t, n);
    int one = from + i, other = from + (i + 1 + below(t, n - 1)) % n;
    add(l->text, "%s %s ", quantities[one], ONE_OF(t, "≲", "≳", "≪", "≫"));
    add_power(t, l->text, other, plain);
}

static void add_growth(parametric *t) {
    parametric_law *l = new_law(t);
    add(l->text, "%s %s", quantities[0], ONE_OF(t, "grows", "grows", "grows", "shrinks", "scales"));
}

static void add_second_law(parametric *t) {
    parametric_law *l = new_law(t);
    add(l->text, "%s ∝ %s^{", quantities[t->nq - 1], quantities[0]);
    add_exponent(t, l->text);
    add(l->text, "}");
}

/* Two exponents between which another quantity's lies; the two may change their order. */
static void add_between(parametric *t) {
    parametric_law *above = new_law(t), *below_it = new_law(t);
    t->nq = 3 + below(t, 2);
    add(above->text, "%s %s %s^{", quantities[1], ONE_OF(t, "≲", "≲", "≪"), quantities[0]);
    add_exponent(t, above->text);
    add(above->text, "}");
    add(below_it->text, "%s %s %s^{", quantities[1], ONE_OF(t, "≳", "≳", "≫"), quantities[0]);
    add_exponent(t, below_it->text);
    add(below_it->text, "}");
    for (int i = 2; i < t->nq; i++) add_link(t, i, 0, chance(t, 40));
}

/* What quantities tell of the last parameter: an exponent with it, and what that must be. */
static void add_through(parametric *t) {
    static const char *const forms[][2] = {{"%s", "(%s)"},   {"2%s", "(%s)/2"},  {"1+%s", "(%s)-1"},
                                           {"-%s", "-(%s)"}, {"1/%s", "1/(%s)"}, {"%s/3", "3(%s)"}};
    parameter *p = &t->p[t->np - 1];
    parametric_law *l = new_law(t), *other = new_law(t);
    char value[LAW_TEXT] = "";
    const char *const *form = forms[below(t, 6)];
    bool equal = chance(t, 50);
    t->nq = 3;
    t->np--;
    add_exponent(t, value);
    t->np++;
    p->mostly = true;
    add_formatted(p->is, form[1], value);
    add(l->text, "%s %s %s^{", quantities[1], equal ? "∝" : ONE_OF(t, "≲", "≳", "≪"),
        quantities[0]);
    add_formatted(l->text, form[0], p->name);
    add(l->text, "}");
    add(other->text, "%s ∝ %s^{%s}", quantities[1], quantities[0], value);
    add_link(t, 2, 0, false);
    if (chance(t, 30)) add_inequality(t, 0, chance(t, 50));
}

static void add_measured_link(parametric *t) {
    parametric_law *l = new_law(t);
    add(l->text, "%s ∝ %s^", quantities[1], quantities[0]);
    add(l->text, "%s", ONE_OF(t, "(1/2 ± 1/10)", "(-0.34 ± 0.02)", "[1, 3/2]", "(0.1 ± 0.2)"));
}

/* The last parameter from those before. */
static void add_equation(parametric *t) {
    parameter *p = &t->p[t->np - 1];
    parametric_law *l = new_law(t);
    int np = t->np;
    l->compares = true;
    t->np = np - 1;
    add_exponent(t, p->is);
    t->np = np;
    p->bound = BOUND_NONE;
    switch (below(t, 3)) {
    case 0:
        add(l->text, "{%s} = {%s}", p->name, p->is);
        break;
    case 1:
        add(l->text, "{%s} = {%s}", p->is, p->name);
        break;
    default:
        add(l->text, "{3%s-2(%s)} = {%s}", p->name, p->is, p->name);
    }
}

static void add_comparison(parametric *t) {
    parametric_law *l = new_law(t);
    l->compares = true;
    add(l->text, "{%s} %s {", letter(t), ONE_OF(t, "<", "≤", "≥", ">", "≠"));
    add(l->text, "%s}", chance(t, 50) ? letter(t) : ONE_OF(t, "1/2", "2", "3", "2α"));
}

/* --- questions --- */

static void ask_exponent(parametric *t, int from, int to) {
    parametric_question *q = &t->q[t->nq_asked++];
    int one = from + below(t, to - from),
        other = from + (one - from + 1 + below(t, to - from - 1)) % (to - from);
    *q = (parametric_question){.parameter = -1};
    add(q->text, "%s ∝ %s^?", quantities[one], quantities[other]);
}

static void ask_parameter(parametric *t) {
    parametric_question *q = &t->q[t->nq_asked++];
    *q = (parametric_question){.parameter = t->np - 1};
    add(q->text, "%s = ?", t->p[t->np - 1].name);
}

/* --- theories --- */

static shape random_shape(parametric *t) {
    static const int percent[SHAPES] = {42, 15, 7, 5, 5, 6, 4, 6, 6, 4};
    int at = below(t, 100), s = 0;
    while (at >= percent[s]) at -= percent[s++];
    return (shape)s;
}

static void add_parameters(parametric *t) {
    int first = below(t, 6);
    bool two = t->shape == SHAPE_COMPARED || t->shape == SHAPE_THROUGH;
    t->np = two ? 2 + below(t, 2) : 1 + below(t, 3);
    for (int i = 0; i < t->np; i++) {
        t->p[i].name = letters[i == 0 ? 0 : 1 + (first + i) % 5];
        t->p[i].bound = chance(t, 30)   ? BOUND_NONE
                        : chance(t, 60) ? BOUND_POSITIVE
                                        : (bound_kind)(BOUND_NONNEGATIVE + below(t, 3));
    }
}

/* w and L have letters between them, N, N_p and ℓ have none. */
static void add_two_parts(parametric *t) {
    t->nq = 5;
    add_link(t, 1, 0, false);
    add_link(t, 3, 2, true);
    if (chance(t, 50)) {
        add_link(t, 4, 2, true);
    } else {
        add_inequality(t, 2, true);
        add_inequality(t, 2, true);
    }
}

static void add_chain(parametric *t) {
    int from = 1;
    bool few = t->shape == SHAPE_EXTREME || t->shape == SHAPE_MEASURED;
    t->nq = few ? 3 : 3 + below(t, 3);
    if (t->shape == SHAPE_POLE) add_pole_link(t), from = 2;
    if (t->shape == SHAPE_EXTREME) add_extreme_link(t), from = 2;
    if (t->shape == SHAPE_MEASURED) add_measured_link(t), from = 2;
    for (int i = from; i < t->nq; i++) add_link(t, i, 0, false);
}

static void add_laws(parametric *t) {
    if (t->shape == SHAPE_APART)
        add_two_parts(t);
    else if (t->shape == SHAPE_BETWEEN)
        add_between(t);
    else if (t->shape == SHAPE_THROUGH)
        add_through(t);
    else
        add_chain(t);
    if (t->shape == SHAPE_INEQUALITY) add_inequality(t, 0, false);
    if (t->shape == SHAPE_TWICE) add_second_law(t);
    if (t->shape == SHAPE_COMPARED) add_equation(t);
    if (t->shape == SHAPE_COMPARED && chance(t, 50)) add_comparison(t);
    if (chance(t, 75)) add_growth(t);
}

static void shuffle_laws(parametric *t) {
    for (int i = t->nlaws - 1; i > 0; i--) {
        int j = below(t, i + 1);
        parametric_law l = t->law[i];
        t->law[i] = t->law[j];
        t->law[j] = l;
    }
}

void parametric_make(parametric *t, uint64_t seed) {
    *t = (parametric){.seed = seed, .dice = seed};
    t->shape = random_shape(t);
    add_parameters(t);
    add_laws(t);
    shuffle_laws(t);
    ask_exponent(t, 0, t->shape == SHAPE_APART ? 2 : t->nq);
    if (t->shape == SHAPE_APART) ask_exponent(t, 2, t->nq);
    if (t->shape == SHAPE_COMPARED || t->shape == SHAPE_THROUGH) ask_parameter(t);
    if (t->shape == SHAPE_POLE || (t->shape == SHAPE_CHAIN && chance(t, 30)))
        ask_exponent(t, 0, t->nq);
}

/* --- spelling --- */

typedef struct {
    char *s;
    size_t n;
} page;

__attribute__((format(printf, 2, 3))) static void print(page *to, const char *format, ...) {
    va_list args;
    va_start(args, format);
    to->n += (size_t)vsnprintf(to->s + to->n, PARAMETRIC_TEXT - to->n, format, args);
    va_end(args);
}

static void print_quantities(page *to, const parametric *t) {
    print(to, "quantity w");
    for (int i = 1; i < t->nq; i++) print(to, ", %s", quantities[i]);
    print(to, "\n");
}

static void print_parameter(page *to, const parameter *p) {
    static const char *const bounds[] = {"", " > 0", " ≥ 0", " ≥ 1", " > 0"};
    print(to, "param %s%s\n", p->name, bounds[p->bound]);
    if (p->bound == BOUND_INSIDE) print(to, "%s < 1\n", p->name);
}

static void print_parameters(page *to, const parametric *t) {
    for (int i = 0; i < t->np; i++) print_parameter(to, &t->p[i]);
}

static void print_lettered(page *to, const parametric_law *l) {
    for (const char *z = l->text; *z; z++) {
        if (*z == '{' || *z == '}')
            print(to, "%s", l->compares ? "" : *z == '{' ? "(" : ")");
        else
            print(to, "%c", *z);
    }
    print(to, "\n");
}

static void print_questions(page *to, const parametric *t, bool parameters) {
    for (int i = 0; i < t->nq_asked; i++)
        if (parameters || t->q[i].parameter < 0) print(to, "%s\n", t->q[i].text);
}

static void print_value(page *to, const mpq_t x) {
    char digits[512];
    gmp_snprintf(digits, sizeof digits, "%Qd", x);
    print(to, "%s", digits);
}

void parametric_write(const parametric *t, const point *pinned, int n, char out[PARAMETRIC_TEXT]) {
    page to = {out, 0};
    print_quantities(&to, t);
    print_parameters(&to, t);
    for (int i = 0; i < t->nlaws; i++)
        if (t->law[i].alive) print_lettered(&to, &t->law[i]);
    print_questions(&to, t, true);
    for (int i = 0; i < n; i++) {
        print(&to, "regime p%d {", i);
        for (int k = 0; k < pinned[i].n; k++) {
            print(&to, " %s = ", pinned[i].name[k]);
            print_value(&to, pinned[i].value[k]);
            print(&to, ";");
        }
        print(&to, " }\n");
    }
}

/* What stands between braces, as a number; false at a pole. */
static bool print_number(page *to, const char **z, const point *at) {
    char exponent[LAW_TEXT];
    mpq_t x;
    size_t n = strcspn(*z, "}");
    snprintf(exponent, sizeof exponent, "%.*s", (int)n, *z);
    *z += n;
    mpq_init(x);
    bool ok = closed_form_value(exponent, at, x) == CLOSED_FORM_OK;
    print(to, "(");
    print_value(to, x);
    print(to, ")");
    mpq_clear(x);
    return ok;
}

static bool print_at(page *to, const parametric_law *l, const point *at) {
    bool ok = true;
    for (const char *z = l->text; *z; z++) {
        if (*z == '{') {
            z++;
            ok = print_number(to, &z, at) && ok;
        } else {
            print(to, "%c", *z);
        }
    }
    print(to, "; ");
    return ok;
}

static bool print_regime(page *to, const parametric *t, int i, const point *at) {
    bool ok = true;
    print(to, "regime p%d { ", i);
    for (int k = 0; k < t->nlaws; k++)
        if (t->law[k].alive && !t->law[k].compares) ok = print_at(to, &t->law[k], at) && ok;
    print(to, "}\n");
    return ok;
}

void parametric_write_at(const parametric *t, const point *at, int n, bool *defined,
                         char out[PARAMETRIC_TEXT]) {
    page to = {out, 0};
    out[0] = 0;
    print_quantities(&to, t);
    print_questions(&to, t, false);
    for (int i = 0; i < n; i++) {
        size_t start = to.n;
        defined[i] = print_regime(&to, t, i, &at[i]);
        if (!defined[i]) out[to.n = start] = 0;
    }
}

/* The exponents' letters but one as numbers, in brackets. */
static void print_alone(page *to, const parametric_law *l, const point *at, const char *kept) {
    bool inside = false;
    for (const char *z = l->text; *z;) {
        int k = 0;
        while (k < at->n && strncmp(z, at->name[k], strlen(at->name[k])) != 0) k++;
        if (*z == '{' || *z == '}') {
            inside = *z == '{';
            if (!l->compares) print(to, "%c", inside ? '(' : ')');
            z++;
        } else if (inside && k < at->n && strcmp(at->name[k], kept) != 0) {
            print(to, "(");
            print_value(to, at->value[k]);
            print(to, ")");
            z += strlen(at->name[k]);
        } else {
            print(to, "%c", *z++);
        }
    }
    print(to, "; ");
}

void parametric_write_alone(const parametric *t, const parametric_question *q, const point *at,
                            const bool *defined, int n, char out[PARAMETRIC_TEXT]) {
    page to = {out, 0};
    out[0] = 0;
    print_quantities(&to, t);
    print_parameter(&to, &t->p[q->parameter]);
    print(&to, "%s\n", q->text);
    for (int i = 0; i < n; i++) {
        if (!defined[i]) continue;
        print(&to, "regime p%d { ", i);
        for (int k = 0; k < t->nlaws; k++)
            if (t->law[k].alive) print_alone(&to, &t->law[k], &at[i], t->p[q->parameter].name);
        print(&to, "}\n");
    }
}

/* --- points --- */

void point_init(point *p) {
    for (int i = 0; i < POINT_NAMES; i++) mpq_init(p->value[i]);
    p->n = 0;
}

void point_clear(point *p) {
    for (int i = 0; i < POINT_NAMES; i++) mpq_clear(p->value[i]);
}

static void random_value(parametric *t, const parameter *p, bool pole, mpq_t out) {
    long den = 1 + below(t, 4), num = below(t, 12);
    if (p->bound == BOUND_NONE) num -= 5;
    if (p->bound == BOUND_ONE) num += den;
    if (p->bound == BOUND_INSIDE) den = num + 1 + below(t, 3);
    if (pole) num = p->pole, den = 1;
    mpq_set_si(out, num, (unsigned long)den);
    mpq_canonicalize(out);
}

static bool within(const parameter *p, const mpq_t x) {
    switch (p->bound) {
    case BOUND_NONE:
        return true;
    case BOUND_POSITIVE:
        return mpq_sgn(x) > 0;
    case BOUND_NONNEGATIVE:
        return mpq_sgn(x) >= 0;
    case BOUND_ONE:
        return mpq_cmp_si(x, 1, 1) >= 0;
    case BOUND_INSIDE:
        return mpq_sgn(x) > 0 && mpq_cmp_si(x, 1, 1) < 0;
    }
    return false;
}

static bool comparisons_hold(const parametric *t, const point *at) {
    for (int i = 0; i < t->nlaws; i++) {
        char text[LAW_TEXT] = "";
        bool holds;
        if (!t->law[i].alive || !t->law[i].compares) continue;
        for (const char *z = t->law[i].text; *z; z++)
            if (*z != '{' && *z != '}') add(text, "%c", *z);
        if (closed_form_holds(text, at, &holds) != CLOSED_FORM_OK || !holds) return false;
    }
    return true;
}

static bool try_point(parametric *t, bool pole, point *out) {
    out->n = t->np;
    for (int i = 0; i < t->np; i++) out->name[i] = t->p[i].name;
    for (int i = 0; i < t->np; i++) {
        const parameter *p = &t->p[i];
        random_value(t, p, pole && p->at_pole, out->value[i]);
        bool free = !p->is[0] || (p->mostly && chance(t, 25));
        if (!free && closed_form_value(p->is, out, out->value[i]) != CLOSED_FORM_OK) return false;
        if (!within(p, out->value[i])) return false;
    }
    return comparisons_hold(t, out);
}

bool parametric_point(parametric *t, int i, point *out) {
    for (int k = 0; k < TRIES; k++)
        if (try_point(t, i < POLE_POINTS, out)) return true;
    return false;
}
