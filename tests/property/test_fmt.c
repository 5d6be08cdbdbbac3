/* Random texts in random spellings: what `propto fmt` makes of them says the same, and formatting
 * it again changes nothing.
 *
 * Each theory is written from its seed with statements of all kinds; with Unicode, ASCII and LaTeX
 * mixed; with blanks, lines and comments wherever they may stand. Its problem as SMT-LIB must be
 * the same before and after, and, for a part of the theories, without letters in exponents, so must
 * be all that `check` finds.
 * Only what a line is called may differ. PROPTO_SEED and PROPTO_COUNT (or the first argument)
 * choose other theories, or fewer.
 */
#include "forget_lines.h"
#include "session.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum {
    DEFAULT_COUNT = 10000,
    CHECKED_EVERY = 20,
    TEXT_MAX = 1 << 16,
    LABELS_MAX = 16,
    WORKERS = 2
};

typedef struct {
    uint64_t state;
    char text[TEXT_MAX];
    size_t n;
    int comments, line;
    bool sketch;  /* nothing is declared */
    bool plain;   /* no letters in exponents: whatever is found is found in no time */
    bool returns; /* lines end with a carriage return too */
    char label[LABELS_MAX][8];
    int nlabels;
    int unlabelled_line; /* the last line on which a law of the theory without a label began */
} writing;

/* --- chance (Steele, Lea and Flood's splitmix) --- */

static uint64_t draw(writing *w) {
    uint64_t z = w->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static int below(writing *w, int n) {
    return (int)(draw(w) % (uint64_t)n);
}

static bool one_in(writing *w, int n) {
    return below(w, n) == 0;
}

/* --- text --- */

static void put(writing *w, const char *s) {
    size_t n = strlen(s);
    if (w->n + n >= TEXT_MAX) abort();
    memcpy(w->text + w->n, s, n + 1);
    w->n += n;
    for (; *s; s++) w->line += *s == '\n';
}

static void put_number(writing *w, int n) {
    char s[16];
    snprintf(s, sizeof s, "%d", n);
    put(w, s);
}

/* One of the words of a list that ends in NULL. */
static void put_any(writing *w, const char *const *list) {
    int n = 0;
    while (list[n]) n++;
    put(w, list[below(w, n)]);
}
#define ANY(w, ...) put_any(w, (const char *const[]){__VA_ARGS__, NULL})

/* A comment with its number in it, to the end of the line. */
static void comment(writing *w) {
    char s[64];
    snprintf(s, sizeof s, "#<%d>%s", w->comments++, one_in(w, 3) ? " \"{ [ ∝ \\x # " : " why not");
    put(w, s);
    if (one_in(w, 4)) put(w, "  \t");
    put(w, "\n");
}

static void blank(writing *w) {
    ANY(w, " ", " ", " ", "  ", "\t", " \\, ", " \\; ", "\302\240");
}

static void maybe(writing *w) {
    if (!one_in(w, 3)) blank(w);
}

/* After an infix operator: perhaps on the next line. */
static void after_operator(writing *w) {
    maybe(w);
    if (!one_in(w, 40)) return;
    if (one_in(w, 2))
        comment(w);
    else
        put(w, "\n");
    if (one_in(w, 8)) put(w, "\n  ");
}

/* --- names and numbers --- */

static void quantity(writing *w) {
    switch (below(w, w->sketch ? 4 : 7)) {
    case 0:
        put(w, "w");
        return;
    case 1:
        put(w, "L");
        return;
    case 2:
        ANY(w, "N_p", "N_{p}", "N_{\\mathrm{p}}", "Nₚ", "N_\\text{p}");
        return;
    case 3:
        ANY(w, "ℓ", "ell", "\\ell");
        return;
    case 4:
        ANY(w, "loss", "\\mathrm{loss}");
        return;
    case 5:
        ANY(w, "ρ_0", "rho_0", "\\rho_{0}", "ρ₀");
        return;
    default:
        ANY(w, "C^*", "C^{*}", "C^\\ast", "C^\\star");
    }
}

static void parameter(writing *w) {
    switch (below(w, 3)) {
    case 0:
        ANY(w, "α", "alpha", "\\alpha");
        return;
    case 1:
        ANY(w, "β", "beta", "\\beta");
        return;
    default:
        ANY(w, "d", "d", "{d}");
    }
}

static void number(writing *w) {
    ANY(w, "2", "3", "1", "12", "0.5", "0.34", "6e-1", "1.50", "07", "4");
}

static void times(writing *w) {
    ANY(w, " ", " ", " ", "·", " · ", "*", " * ", "\\cdot ", " \\times ", " × ", "⋅");
}

/* --- exponents --- */

static void exponent_sum(writing *w, int depth);

static void exponent_factor(writing *w, int depth) {
    switch (below(w, depth > 2 ? 3 : 6)) {
    case 0:
    case 1:
        number(w);
        return;
    case 2:
        parameter(w);
        return;
    case 3:
        parameter(w);
        ANY(w, "²", "^2", "^{3}");
        return;
    case 4:
        put(w, "(");
        exponent_sum(w, depth + 1);
        put(w, ")");
        return;
    default:
        ANY(w, "max(", "min(", "\\max(");
        exponent_sum(w, depth + 1);
        put(w, ",");
        maybe(w);
        exponent_sum(w, depth + 1);
        put(w, ")");
    }
}

static void exponent_product(writing *w, int depth) {
    exponent_factor(w, depth);
    for (int n = below(w, 2); n > 0; n--) {
        times(w);
        exponent_factor(w, depth);
    }
    if (one_in(w, 4)) {
        ANY(w, "/", " / ", "÷");
        ANY(w, "2", "(1 + alpha²)", "(2+d^2)", "7");
    }
}

static void exponent_sum(writing *w, int depth) {
    if (one_in(w, 3)) ANY(w, "-", "−", "- ");
    exponent_product(w, depth);
    for (int n = one_in(w, 3); n > 0; n--) {
        ANY(w, "+", " + ", " - ", "-", "−");
        exponent_product(w, depth);
    }
}

static void plain_exponent(writing *w) {
    ANY(w, "²", "³", "⁻¹", "^2", "^3", "^-1", "^{-1}", "^(1/2)", "^{-1/3}", "^<-1>", "^(2/4)",
        "^10", "^{12}", "^\\frac{1}{3}", "^\\frac{-2}{3}", "^0.5", "^-0.34", "^(-0.076)", "⁻¹ᐟ³",
        "^(1-1/3)", "^(-(1/2))", "^+2", "^-12", "^1", "^0", "^6e-1", "¹²");
}

static void exponent(writing *w) {
    switch (below(w, w->plain ? 1 : 12) + w->plain * 11) {
    case 0:
        ANY(w, "^α", "^-α", "^{\\alpha}", "^-beta", "^d", "^{-d}", "^-\\beta");
        return;
    case 1:
        put(w, "^(");
        exponent_sum(w, 0);
        put(w, ")");
        return;
    case 2:
        put(w, "^{");
        exponent_sum(w, 1);
        put(w, "}");
        return;
    default:
        plain_exponent(w);
    }
}

/* --- expressions of quantities --- */

static void product(writing *w, int depth);

static void bracketed(writing *w, int depth) {
    static const char *const open[] = {"(", "{", "\\left("}, *const close[] = {")", "}",
                                                                               "\\right)"};
    int kind = below(w, 3);
    put(w, open[kind]);
    maybe(w);
    product(w, depth + 1);
    maybe(w);
    put(w, close[kind]);
}

static void sum(writing *w, int depth) {
    product(w, depth);
    for (int n = 1 + one_in(w, 3); n > 0; n--) {
        ANY(w, " + ", "+", "+ ");
        product(w, depth);
    }
}

static void compound(writing *w, int depth) {
    switch (below(w, 8)) {
    case 0:
    case 1:
        bracketed(w, depth);
        return;
    case 2:
        put(w, "√");
        bracketed(w, depth);
        return;
    case 3:
        ANY(w, "√w", "√ L", "\\sqrt{w}", "sqrt(L)", "sqrt(w L)", "\\sqrt[3]{w L}", "\\sqrt[3]{w}",
            "√(wL)", "√√w", "√wL");
        return;
    case 4:
        put(w, "\\frac{");
        product(w, depth + 1);
        put(w, "}{");
        product(w, depth + 1);
        put(w, "}");
        return;
    case 5:
        ANY(w, "max(", "\\max(", "min(");
        product(w, depth + 1);
        put(w, ", ");
        product(w, depth + 1);
        put(w, ")");
        return;
    case 6:
        put(w, "(");
        sum(w, depth + 1);
        put(w, ")");
        return;
    default:
        ANY(w, "wL", "(wL)", "(w)", "w(L)", "w (L)", "wL²", "(wL)^2", "w(L^2)", "w(L)^2", "L(w L)");
    }
}

static void factor(writing *w, int depth) {
    if (depth > 1 || !one_in(w, 7)) {
        quantity(w);
        if (one_in(w, 2)) exponent(w);
    } else {
        compound(w, depth);
    }
}

static void product(writing *w, int depth) {
    if (one_in(w, 12)) {
        number(w);
        times(w);
    }
    factor(w, depth);
    for (int n = one_in(w, 2) + one_in(w, 5); n > 0; n--) {
        if (one_in(w, 5))
            ANY(w, " / ", "÷");
        else
            times(w);
        factor(w, depth);
    }
}

/* --- laws --- */

static void related(writing *w) {
    maybe(w);
    ANY(w, "∝", "~", " propto ", "\\propto ", "∼", "\\asymp ", "≲", "<~", "\\lesssim ", "≳", ">~",
        "≪", "<<", "\\ll ", "≫", ">>", "\\gg ", "∝", "=");
    after_operator(w);
}

static void side(writing *w) {
    if (one_in(w, 12))
        sum(w, 1);
    else
        product(w, 0);
}

static void relation(writing *w) {
    product(w, 0);
    if (one_in(w, 12)) {
        ANY(w, " = O(", "=\\Theta(", " = \\mathcal{O}(", " = Ω\\left(");
        product(w, 2);
        put(w, ")");
        return;
    }
    for (int n = 1 + one_in(w, 6); n > 0; n--) {
        related(w);
        side(w);
    }
}

static void growth(writing *w) {
    quantity(w);
    if (one_in(w, 3)) {
        put(w, ",");
        after_operator(w);
        quantity(w);
    }
    ANY(w, " grows", " grow", " shrinks", " fixed", " scale", "\tscales");
}

static void comparison(writing *w) {
    if (w->plain) {
        ANY(w, "slope(w, L)=1/2", "slope(\\ell,N_p) >= -1", "slope(L,w)≠0.50", "slope( w,L ) < 3");
        return;
    }
    if (one_in(w, 5)) {
        put(w, "slope(");
        product(w, 2);
        put(w, ",");
        quantity(w);
        put(w, ")");
    } else {
        exponent_sum(w, 1);
    }
    maybe(w);
    ANY(w, "=", "<", "≤", "<=", "\\le ", ">", ">=", "≥", "≠", "!=", "\\neq ", "=", "=");
    after_operator(w);
    if (one_in(w, 10))
        ANY(w, "0.34 ± 0.02", "[-0.36, -0.32]", "1 +- 0.5", "-0.3 \\pm 0.02", "2 \\cdot [0.1, 0.2]",
            "[1, 2] * [0.5, 1]");
    else
        exponent_sum(w, 1);
}

static void law(writing *w) {
    switch (below(w, 8)) {
    case 0:
        comparison(w);
        return;
    case 1:
    case 2:
        growth(w);
        return;
    default:
        relation(w);
    }
}

static void conditions(writing *w) {
    if (one_in(w, 12)) {
        put(w, " when ");
        after_operator(w);
        growth(w);
        if (one_in(w, 3)) {
            put(w, " and ");
            relation(w);
        }
    } else if (one_in(w, 20)) {
        put(w, " at fixed ");
        quantity(w);
    }
}

/* --- statements --- */

static void decorations(writing *w) {
    if (one_in(w, 4)) {
        maybe(w);
        ANY(w, "\"a note\"", "\"with # and \\x and {\"", "“a \"quoted\" one”", "\"Ünï”côdé\"",
            "\"\"");
    }
    if (one_in(w, 5)) {
        maybe(w);
        ANY(w, "[Song 2024, A1]", "[a [b] #c \"]", w->returns ? "[x y]" : "[x\ny]", "[ ]");
    }
}

/* The end of a statement, and what may stand before the next one. */
static void end(writing *w) {
    maybe(w);
    if (one_in(w, 5)) {
        put(w, ";");
        if (!one_in(w, 4)) return;
    }
    if (one_in(w, 5))
        comment(w);
    else
        put(w, "\n");
    for (int n = one_in(w, 4) * (1 + below(w, 3)); n > 0; n--) {
        blank(w);
        put(w, "\n");
    }
    while (one_in(w, 6)) comment(w);
    while (one_in(w, 3)) blank(w);
}

/* A label, which those who name statements may use; or none. */
static void own_label(writing *w) {
    if (w->nlabels < LABELS_MAX && one_in(w, 2)) {
        char *s = w->label[w->nlabels];
        snprintf(s, sizeof w->label[0], "%s%u", one_in(w, 3) ? "Long" : "A",
                 (unsigned)w->nlabels % LABELS_MAX);
        w->nlabels++;
        if (one_in(w, 12)) ANY(w, "given ", "given  ");
        put(w, s);
        ANY(w, ":", ": ", " : ");
    } else if (w->unlabelled_line != w->line) {
        w->unlabelled_line = w->line;
    }
}

static void fact(writing *w) {
    own_label(w);
    law(w);
    if (one_in(w, 20)) {
        put(w, " or ");
        growth(w);
    }
    conditions(w);
    decorations(w);
}

static void question(writing *w) {
    switch (below(w, 5)) {
    case 0:
        quantity(w);
        put(w, " ? ");
        quantity(w);
        break;
    case 1:
        quantity(w);
        ANY(w, " ?", "?");
        break;
    case 2:
        if (w->plain)
            quantity(w);
        else
            parameter(w);
        put(w, w->plain ? "?" : " = ?");
        break;
    default:
        quantity(w);
        ANY(w, " ∝ ", "~", "\\propto ");
        ANY(w, "N_p", "w", "L");
        ANY(w, "^?", "^{?}", "^(?)");
    }
    conditions(w);
    decorations(w);
}

static void conclusion(writing *w) {
    ANY(w, "∴ ", "∴", "therefore ", "hence ", "\\therefore ", "⊢ ", "\\vdash ");
    if (one_in(w, 4))
        ANY(w, "contradiction", "⊥", "\\bot", "consistent", "trivial");
    else
        law(w);
    conditions(w);
    decorations(w);
}

static void choice(writing *w) {
    ANY(w, "choose w, L to minimize ℓ at fixed N_{p}", "choose w to maximize N_p at fixed L",
        "choose L to minimize \\ell", "choose w,L to  minimize ell  at  fixed N_p");
    decorations(w);
}

static void declarations(writing *w) {
    ANY(w, "quantity w (width), L \"both\"", "quantity w  \"width\"\nquantity L (depth)");
    end(w);
    ANY(w, "quantity N_{p}(n,m)", "quantity N_p");
    end(w);
    ANY(w, "quantity ell (loss) \"the loss\" [x]", "quantity \\ell(loss)");
    end(w);
    ANY(w, "quantity rho_0; const E", "const E\nquantity ρ₀");
    end(w);
    ANY(w, "quantity C^*", "quantity C^{*}");
    end(w);
    ANY(w, "param 0 < α, β<1 \"p\"", "param \\alpha, beta > 0", "param alpha,β",
        "param α; param β ≠ 0");
    end(w);
    ANY(w, "param d ≥ 1 [y]", "param d", "param 1/2 <= d");
    end(w);
}

static void named(writing *w) {
    if (w->unlabelled_line && one_in(w, 3)) {
        put(w, "@");
        put_number(w, w->unlabelled_line);
    } else {
        put(w, w->label[below(w, w->nlabels)]);
    }
}

static void steps(writing *w) {
    ANY(w, "proof {", "proof \"title # one\" {", "proof \"x\"\n{");
    if (one_in(w, 3)) put(w, "\n");
    for (int i = 1 + below(w, 3); i > 0; i--) {
        if (one_in(w, 4)) put(w, "∴ ");
        law(w);
        decorations(w);
        if (w->nlabels && one_in(w, 2)) {
            ANY(w, " by ", "\n  by ");
            named(w);
        }
        end(w);
    }
    put(w, "}");
}

static void regime(writing *w, int number_of) {
    static const char *const notes[] = {"", " \"note\"", " “a \"b\"”"};
    put(w, "regime r");
    put_number(w, number_of);
    put(w, notes[below(w, 3)]);
    if (w->nlabels && one_in(w, 2)) {
        put(w, " without ");
        named(w);
    }
    if (one_in(w, 6)) return;
    ANY(w, " {", "{", "\n{");
    if (one_in(w, 2)) end(w);
    int of_theory = w->unlabelled_line, labels = w->nlabels;
    for (int i = below(w, 4); i > 0; i--) {
        if (one_in(w, 3))
            conclusion(w);
        else if (one_in(w, 6) && w->nlabels)
            steps(w);
        else
            fact(w);
        end(w);
    }
    w->unlabelled_line = of_theory;
    w->nlabels = labels;
    put(w, "}");
}

static void statement(writing *w, int number_of) {
    switch (below(w, 14)) {
    case 0:
    case 1:
    case 2:
        question(w);
        return;
    case 3:
    case 4:
        conclusion(w);
        return;
    case 5:
        choice(w);
        return;
    case 6:
    case 7:
        regime(w, number_of);
        return;
    case 8:
        if (w->nlabels) {
            steps(w);
            return;
        }
        fact(w);
        return;
    default:
        fact(w);
    }
}

/* Lines that end as they do elsewhere. */
static void with_carriage_returns(writing *w) {
    static char from[TEXT_MAX];
    memcpy(from, w->text, w->n + 1);
    w->n = 0;
    for (const char *s = from; *s; s++) put(w, *s == '\n' ? "\r\n" : (char[]){*s, 0});
}

static void write_theory(writing *w, uint64_t seed, bool plain) {
    memset(w, 0, sizeof *w);
    w->state = seed * 0x2545f4914f6cdd1du + 1;
    w->line = 1;
    w->plain = plain;
    w->sketch = one_in(w, 4);
    w->returns = one_in(w, 10);
    if (one_in(w, 20)) put(w, "\xef\xbb\xbf");
    while (one_in(w, 4)) comment(w);
    if (!w->sketch) declarations(w);
    for (int i = 2 + below(w, 7); i > 0; i--) {
        statement(w, i);
        if (i > 1) end(w);
    }
    if (one_in(w, 2)) put(w, "\n");
    if (w->returns) with_carriage_returns(w);
}

/* --- what the library says --- */

/* The output, to be freed; NULL where the text was not read. */
static char *run(const char *text, size_t n, propto_command command, propto_format format) {
    propto *p = the_session();
    propto_add_text(p, "random", text, n);
    propto_request q = {.command = command, .format = format, .rlimit = 3000};
    int code = propto_run(p, &q);
    char *said = NULL;
    if (code != 2 || command == PROPTO_CHECK) {
        said = malloc(propto_output_size(p) + 1);
        if (said == NULL) abort();
        memcpy(said, propto_output(p), propto_output_size(p) + 1);
    }
    return said;
}

static bool same_but_for_lines(char *x, char *y) {
    if (x == NULL || y == NULL) return x == y;
    forget_lines(x);
    forget_lines(y);
    return strcmp(x, y) == 0;
}

/* The diagnostics of a text that is not read: their codes, in order. */
static void codes_of(const char *said, char *out, size_t size) {
    size_t n = 0;
    out[0] = 0;
    for (const char *s = said; (s = strstr(s, "\"code\":\"E")) != NULL && n + 5 < size; s += 8)
        n += (size_t)snprintf(out + n, size - n, "%.4s ", s + 8);
}

/* --- what is held against it --- */

typedef struct {
    uint64_t seed;
    long count;
    long formatted, read, checked, refused, proofs;
    long changed, reworded, refound, lost, rediagnosed; /* what must not be */
} campaign;

static void show(const char *what, const campaign *c, long i, const writing *w, const char *after) {
    fprintf(stderr, "%s: seed %lu\n--- before\n%s\n--- after\n%s\n---\n", what,
            (unsigned long)(c->seed + (uint64_t)i), w->text, after);
}

/* All comments are there, each once, in order, and nothing else looks like one. */
static bool comments_kept(const writing *w, const char *after) {
    char mark[16];
    for (int i = 0; i < w->comments; i++) {
        snprintf(mark, sizeof mark, "#<%d>", i);
        after = strstr(after, mark);
        if (after == NULL || strstr(after + 1, mark)) return false;
    }
    return true;
}

static bool same_diagnostics(const writing *w, const char *after) {
    char before_codes[512], after_codes[512];
    char *x = run(w->text, w->n, PROPTO_CHECK, PROPTO_JSON);
    char *y = run(after, strlen(after), PROPTO_CHECK, PROPTO_JSON);
    codes_of(x, before_codes, sizeof before_codes);
    codes_of(y, after_codes, sizeof after_codes);
    free(x);
    free(y);
    return strcmp(before_codes, after_codes) == 0;
}

static void hold_meaning(campaign *c, long i, const writing *w, const char *after) {
    size_t n = strlen(after);
    char *x = run(w->text, w->n, PROPTO_EXPORT, PROPTO_SMT2);
    char *y = run(after, n, PROPTO_EXPORT, PROPTO_SMT2);
    bool read = x != NULL;
    c->read += read;
    if (!same_but_for_lines(x, y) && c->reworded++ < 3) {
        show("another problem", c, i, w, after);
        fprintf(stderr, "%s\n%s\n", x ? x : "not read", y ? y : "not read");
    }
    free(x);
    free(y);
    if (!read && !same_diagnostics(w, after) && c->rediagnosed++ < 3)
        show("other errors", c, i, w, after);
    if (!read || i % CHECKED_EVERY) return;
    x = run(w->text, w->n, PROPTO_CHECK, PROPTO_JSON);
    y = run(after, n, PROPTO_CHECK, PROPTO_JSON);
    c->checked++;
    c->proofs += strstr(w->text, "proof") != NULL;
    if (!same_but_for_lines(x, y) && c->refound++ < 3) {
        show("other findings", c, i, w, after);
        fprintf(stderr, "%s\n%s\n", x, y);
    }
    free(x);
    free(y);
}

static void hold(campaign *c, long i) {
    static writing w;
    write_theory(&w, c->seed + (uint64_t)i, i % CHECKED_EVERY == 0);
    char *after = run(w.text, w.n, PROPTO_FORMAT, PROPTO_TEXT);
    if (after == NULL) {
        c->refused++;
        return;
    }
    c->formatted++;
    char *again = run(after, strlen(after), PROPTO_FORMAT, PROPTO_TEXT);
    if ((again == NULL || strcmp(after, again) != 0) && c->changed++ < 3) {
        show("formatted twice", c, i, &w, after);
        fprintf(stderr, "--- again\n%s\n", again ? again : "not read");
    }
    if (!comments_kept(&w, after) && c->lost++ < 3) show("comments", c, i, &w, after);
    hold_meaning(c, i, &w, after);
    free(again);
    free(after);
}

static campaign the_campaign;

static void formatting_twice_changes_nothing_the_second_time(void **state) {
    assert_int_equal(((const campaign *)*state)->changed, 0);
}

static void comments_are_kept_in_their_order(void **state) {
    assert_int_equal(((const campaign *)*state)->lost, 0);
}

static void the_problem_is_the_same(void **state) {
    assert_int_equal(((const campaign *)*state)->reworded, 0);
    assert_int_equal(((const campaign *)*state)->rediagnosed, 0);
}

static void verdicts_and_answers_are_the_same(void **state) {
    assert_int_equal(((const campaign *)*state)->refound, 0);
}

static void most_of_the_texts_can_be_read(void **state) {
    const campaign *c = *state;
    print_message("%8ld formatted\n%8ld with a meaning\n%8ld checked\n%8ld with proofs\n",
                  c->formatted, c->read, c->checked, c->proofs);
    assert_true(c->formatted >= c->count * 9 / 10);
    assert_true(c->read >= c->count / 2);
    assert_true(c->checked >= c->count / CHECKED_EVERY / 3);
    if (c->count < DEFAULT_COUNT / 10) skip(); /* few need not show every kind */
    assert_true(c->proofs > 0);
}

/* A part of the theories, in a process of its own, which sends back what it has counted. */
static int send_out(int k, pid_t *child) {
    int ends[2];
    if (pipe(ends) != 0 || (*child = fork()) < 0) abort();
    if (*child > 0) {
        close(ends[1]);
        return ends[0];
    }
    campaign part = the_campaign;
    for (long i = part.count * k / WORKERS; i < part.count * (k + 1) / WORKERS; i++) hold(&part, i);
    _exit(write(ends[1], &part, sizeof part) != sizeof part);
}

static void gather(campaign *to, const campaign *part) {
    to->formatted += part->formatted, to->read += part->read, to->checked += part->checked;
    to->refused += part->refused, to->proofs += part->proofs, to->changed += part->changed;
    to->reworded += part->reworded, to->refound += part->refound, to->lost += part->lost;
    to->rediagnosed += part->rediagnosed;
}

static int set_out(void **state) {
    int from[WORKERS], status;
    pid_t child[WORKERS];
    *state = &the_campaign;
    fflush(NULL);
    for (int k = 0; k < WORKERS; k++) from[k] = send_out(k, &child[k]);
    for (int k = 0; k < WORKERS; k++) {
        campaign part;
        if (read(from[k], &part, sizeof part) != sizeof part) return -1;
        gather(&the_campaign, &part);
        close(from[k]);
        if (waitpid(child[k], &status, 0) < 0 || status != 0) return -1;
    }
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(most_of_the_texts_can_be_read),
        cmocka_unit_test(formatting_twice_changes_nothing_the_second_time),
        cmocka_unit_test(comments_are_kept_in_their_order),
        cmocka_unit_test(the_problem_is_the_same),
        cmocka_unit_test(verdicts_and_answers_are_the_same),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT"), *seed = getenv("PROPTO_SEED");
    the_campaign.seed = seed ? strtoull(seed, NULL, 10) : 1;
    the_campaign.count = count ? strtol(count, NULL, 10) : DEFAULT_COUNT;
    return cmocka_run_group_tests_name("texts in their canonical spelling", tests, set_out, NULL);
}
