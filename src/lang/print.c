#include "lang/print.h"

#include "base/utf8.h"
#include "lang/lex.h"
#include "lang/spell.h"

/* How tightly an expression holds together. */
typedef enum { LEVEL_SUM, LEVEL_PRODUCT, LEVEL_FACTOR, LEVEL_BASE } level;

static void put(const printer *p, text *t, const expr *e, level needed);

static bool is_square_root(const expr *e) {
    return rat_eq(e->value, rat_frac(NULL, 1, 2));
}

/* Several letters whose meaning is not known yet: one word, or a product. */
static bool is_run(const expr *e) {
    size_t len;
    if (e->kind != EXPR_NAME || e->sym >= 0 || e->base == 0) return false;
    utf8_next(e->text, &len);
    return len < e->base;
}

static level level_of(const expr *e) {
    switch (e->kind) {
    case EXPR_UNCERTAIN:
        return e->interval ? LEVEL_BASE : LEVEL_SUM;
    case EXPR_SUM:
    case EXPR_LIST:
        return LEVEL_SUM;
    case EXPR_PRODUCT:
        return LEVEL_PRODUCT;
    case EXPR_POWER:
        return LEVEL_FACTOR;
    case EXPR_ROOT:
        return is_square_root(e) ? LEVEL_BASE : LEVEL_FACTOR;
    case EXPR_NUMBER:
        return e->text.n || rat_is_int(e->value) ? LEVEL_BASE : LEVEL_PRODUCT;
    case EXPR_NAME:
        return e->bracketed && is_run(e) ? LEVEL_PRODUCT : LEVEL_BASE;
    case EXPR_CALL:
    case EXPR_LANDAU:
    case EXPR_HOLE:
        return LEVEL_BASE;
    }
    return LEVEL_BASE;
}

/* ---- names ---- */

/* α_β as alpha_beta, L_∞ as L_\infty; other letters stay. */
static str ascii_name(arena *a, str name, size_t base) {
    text t = text_new(a);
    size_t sub = base, end;
    while (sub < name.n && name.s[sub] == '_') sub++;
    for (end = sub; end < name.n && !strchr("_'^{", name.s[end]);) end++;
    const char *letter = spell_letter_word((str){name.s, base});
    text_add(&t, letter ? str_of(letter) : (str){name.s, base});
    text_add(&t, (str){name.s + base, sub - base});
    str below = {name.s + sub, end - sub};
    letter = str_eq(below, STR("∞")) ? "\\infty" : spell_letter_word(below);
    text_add(&t, letter ? str_of(letter) : below);
    text_add(&t, (str){name.s + end, name.n - end});
    return text_str(&t);
}

static bool reads_as(arena *a, str spelled, str name) {
    diags quiet = {.arena = a};
    lang_limits limits = lex_limits(NULL);
    limits.max_name = INT32_MAX;
    const source *src = source_of(a, "", spelled);
    lexer lx = lex_start(a, src, &limits, &quiet);
    token t = lex_next(&lx);
    return t.kind == TOK_NAME && str_eq(t.text, name) && t.at.end == spelled.n;
}

str print_name(const printer *p, str name, size_t base) {
    if (!p->ascii) return name;
    str spelled = ascii_name(p->arena, name, base);
    return str_eq(spelled, name) || reads_as(p->arena, spelled, name) ? spelled : name;
}

static str name_of(const printer *p, const expr *e) {
    if (p->symbols) return p->symbols[p->map ? p->map[e->sym] : e->sym].name;
    return print_name(p, e->text, e->base);
}

static void put_name(const printer *p, text *t, const expr *e) {
    text_add(t, name_of(p, e));
}

/* ---- numbers and products ---- */

static void put_number(const printer *p, text *t, const expr *e) {
    if (e->text.n)
        text_add(t, e->text);
    else
        text_puts(t, rat_text(p->arena, e->value));
}

/* How far a product has been printed. */
typedef struct {
    bool begun;
    const expr *last;
    bool quotient; /* after one a factor needs its sign, so that nobody takes `a / b c` wrong */
} progress;

static bool is_letter(str s) {
    size_t len;
    return s.n > 0 && (utf8_next(s, &len), len == s.n);
}

/* Whether two factors of an exponent may stand side by side, `2α²β`: `2e` would go on as a number,
 * and two ASCII letters as a word. */
static bool side_by_side(const printer *p, const expr *first, const expr *second) {
    if (second->kind == EXPR_POWER) second = second->part[0].e;
    if (second->kind == EXPR_SUM) return first->kind == EXPR_NUMBER;
    if (second->kind != EXPR_NAME) return false;
    str next = name_of(p, second);
    if (next.s[0] == 'e' || next.s[0] == 'E') return false;
    if (first->kind == EXPR_NUMBER) return true;
    if (first->kind != EXPR_NAME) return false;
    str before = name_of(p, first);
    bool ascii = (unsigned char)before.s[0] < 0x80 && (unsigned char)next.s[0] < 0x80;
    return p->symbols && !ascii && is_letter(before) && is_letter(next);
}

/* A number that a `/` binds to a bare exponent before it, `α^-2/3`: that has two readings. */
static bool ambiguous_quotient(const printer *p, const expr *last, const expr *divisor) {
    if (!last || last->kind != EXPR_POWER) return false;
    if (divisor->kind == EXPR_POWER) divisor = divisor->part[0].e;
    return divisor->kind == EXPR_NUMBER && (p->ascii || last->part[1].e->kind != EXPR_NUMBER);
}

/* After a blank its bracket would begin a citation: `a = 2 [1, 2]`. */
static bool is_interval(const expr *e) {
    if (e->kind == EXPR_POWER) e = e->part[0].e;
    return e->kind == EXPR_UNCERTAIN && e->interval;
}

static void put_between(text *t, const char *sign, bool spaced) {
    if (spaced) text_putc(t, ' ');
    text_puts(t, sign);
    if (spaced) text_putc(t, ' ');
}

/* What stands before a factor: `a b / c · d` among quantities, `2αβ/γ·δ` among exponents. */
static void put_factor_sign(const printer *p, text *t, operand f, const progress *so_far) {
    bool tight = p->where != AMONG_QUANTITIES;
    const char *times = p->ascii ? "*" : "·";
    if (f.flipped) {
        if (!so_far->begun) text_putc(t, '1');
        text_puts(t, tight && !ambiguous_quotient(p, so_far->last, f.e) ? "/" : " / ");
    } else if (so_far->quotient || (so_far->begun && is_interval(f.e))) {
        put_between(t, times, !tight);
    } else if (so_far->begun && !(tight && side_by_side(p, so_far->last, f.e))) {
        text_puts(t, tight && f.e->kind == EXPR_NUMBER ? times : " ");
    }
}

static void put_exponent(const printer *p, text *t, const expr *power);

/* L(N), where nobody can tell yet what L is: the bracket stays where it is. */
static bool put_applied(const printer *p, text *t, const expr *e, const progress *so_far) {
    const expr *name = so_far->last;
    if (p->symbols || !name || name->kind != EXPR_NAME || !name->applied) return false;
    bool power = e->kind == EXPR_POWER && !e->bracketed;
    text_putc(t, '(');
    put(p, t, power ? e->part[0].e : e, LEVEL_SUM);
    text_putc(t, ')');
    if (power) put_exponent(p, t, e);
    return true;
}

/* Products within the product are printed as if they had no brackets. */
static void put_factors(const printer *p, text *t, const expr *e, progress *so_far) {
    for (int i = 0; i < e->n; i++) {
        const operand f = e->part[i];
        bool applied = !f.flipped && put_applied(p, t, f.e, so_far);
        if (!applied && !f.flipped && f.e->kind == EXPR_PRODUCT) {
            put_factors(p, t, f.e, so_far);
            continue;
        }
        if (!applied) {
            put_factor_sign(p, t, f, so_far);
            put(p, t, f.e, LEVEL_FACTOR);
        }
        so_far->begun = true;
        so_far->last = f.e;
        so_far->quotient |= f.flipped;
    }
}

static void put_product(const printer *p, text *t, const expr *e) {
    progress so_far = {0};
    put_factors(p, t, e, &so_far);
}

static bool parts_by_a_blank(const printer *p, const expr *e, const expr **last) {
    for (int i = 0; i < e->n; i++) {
        const operand f = e->part[i];
        bool name = !f.flipped && (f.e->kind == EXPR_NAME || f.e->kind == EXPR_POWER);
        bool within = !f.flipped && f.e->kind == EXPR_PRODUCT;
        if (within && parts_by_a_blank(p, f.e, last)) return true;
        if (name && *last && !side_by_side(p, *last, f.e)) return true;
        if (!within) *last = f.e;
    }
    return false;
}

/* α β, which a `+` without blanks would tear apart: α β+γ. */
static bool has_blanks(const printer *p, const expr *e) {
    const expr *last = NULL;
    return e->kind == EXPR_PRODUCT && !p->symbols && parts_by_a_blank(p, e, &last);
}

static bool is_tight(const printer *p, const expr *sum) {
    bool tight = p->where == IN_EXPONENT;
    for (int i = 0; i < sum->n && sum->n > 1; i++) tight &= !has_blanks(p, sum->part[i].e);
    return tight;
}

static void put_sum(const printer *p, text *t, const expr *e) {
    bool tight = is_tight(p, e);
    for (int i = 0; i < e->n; i++) {
        if (e->part[i].flipped)
            text_puts(t, i && !tight ? " - " : "-");
        else if (i)
            text_puts(t, tight ? "+" : " + ");
        put(p, t, e->part[i].e, LEVEL_PRODUCT);
    }
}

/* 2 to 9 are written as superscripts, other whole numbers bare, fractions in brackets. */
static void put_power_of(const printer *p, text *t, rat r) {
    static const char *const superscript[] = {"²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
    const char *s = rat_text(p->arena, r);
    bool whole = rat_is_int(r);
    if (whole && !s[1] && s[0] >= '2' && !p->ascii) {
        text_puts(t, superscript[s[0] - '2']);
        return;
    }
    text_puts(t, whole ? "^" : "^(");
    text_puts(t, s);
    if (!whole) text_putc(t, ')');
}

/* A number as it was written, with its sign: -0.34. */
static bool literal(const expr *e, bool *minus, str *digits) {
    *minus = e->kind == EXPR_SUM && e->n == 1 && e->part[0].flipped;
    if (*minus) e = e->part[0].e;
    *digits = e->text;
    return e->kind == EXPR_NUMBER && memchr(e->text.s ? e->text.s : "", '.', e->text.n);
}

/* α, -α, [-0.36, -0.32]: needs no brackets after `^`. */
static bool is_bare(const expr *e) {
    if (e->kind == EXPR_SUM && e->n == 1 && e->part[0].flipped) e = e->part[0].e;
    return e->kind == EXPR_NAME || e->kind == EXPR_NUMBER || e->kind == EXPR_HOLE ||
           (e->kind == EXPR_UNCERTAIN && e->interval);
}

static void put_open_exponent(const printer *of, text *t, const expr *e) {
    printer p = *of;
    p.where = IN_EXPONENT;
    text_puts(t, is_bare(e) ? "^" : "^(");
    put(&p, t, e, LEVEL_SUM);
    if (!is_bare(e)) text_putc(t, ')');
}

/* 2 and 007, but not 0.5 or 1e3, which stay as they were written. */
static bool is_whole(const expr *e) {
    for (size_t i = 0; i < e->text.n; i++)
        if (e->text.s[i] < '0' || e->text.s[i] > '9') return false;
    return true;
}

static void put_exponent(const printer *p, text *t, const expr *power) {
    const expr *e = power->part[1].e;
    bool minus;
    str digits;
    if (e->kind == EXPR_HOLE) {
        text_puts(t, "^?");
    } else if (e->kind == EXPR_NUMBER && p->symbols == NULL && !is_whole(e)) {
        put_open_exponent(p, t, e);
    } else if (e->kind == EXPR_NUMBER && (p->where != AMONG_QUANTITIES || p->symbols == NULL)) {
        put_power_of(p, t, e->value);
    } else if (p->where != AMONG_QUANTITIES || !power->closed) {
        put_open_exponent(p, t, e);
    } else if (literal(e, &minus, &digits)) {
        text_puts(t, minus ? "^-" : "^");
        text_add(t, digits);
    } else {
        put_power_of(p, t, power->value);
    }
}

/* √wL, which is one name or in doubt: brackets would decide it. */
static void put_root_of_run(const printer *p, text *t, const expr *e, bool square) {
    if (square)
        text_puts(t, p->ascii ? "sqrt " : "√");
    else
        text_addf(t, "sqrt[%s] ", rat_text(p->arena, rat_inv(p->arena, e->value)));
    put(p, t, e->part[0].e, LEVEL_BASE);
}

static void put_root(const printer *p, text *t, const expr *e) {
    const expr *of = e->part[0].e;
    bool square = level_of(e) == LEVEL_BASE, brackets = square && p->ascii;
    if (is_run(of) && !of->bracketed) {
        put_root_of_run(p, t, e, square);
        return;
    }
    if (square) text_puts(t, p->ascii ? "sqrt" : "√");
    if (brackets) text_putc(t, '(');
    put(p, t, of, brackets ? LEVEL_SUM : LEVEL_BASE);
    if (brackets) text_putc(t, ')');
    if (!square) put_power_of(p, t, e->value);
}

static void put_list(const printer *p, text *t, const expr *e) {
    for (int i = 0; i < e->n; i++) {
        if (i) text_puts(t, ", ");
        put(p, t, e->part[i].e, LEVEL_SUM);
    }
}

static void put_call(const printer *of, text *t, const expr *e) {
    static const char *const calls[] = {"max", "min", "log", "exp", "slope"};
    printer p = *of;
    if (e->call == CALL_SLOPE) p.where = AMONG_QUANTITIES;
    text_puts(t, calls[e->call]);
    text_putc(t, '(');
    put_list(&p, t, e);
    text_putc(t, ')');
}

static void put_uncertain(const printer *p, text *t, const expr *e) {
    if (e->interval) {
        text_putc(t, '[');
        put_list(p, t, e);
        text_putc(t, ']');
        return;
    }
    put(p, t, e->part[0].e, LEVEL_SUM);
    text_puts(t, p->ascii ? " +- " : " ± ");
    put(p, t, e->part[1].e, LEVEL_PRODUCT);
}

static void put_landau(const printer *p, text *t, const expr *e) {
    static const char *const letters[] = {"O", "Ω", "Θ", "o", "ω"};
    text_puts(t, letters[e->letter]);
    text_putc(t, '(');
    put(p, t, e->part[1].e, LEVEL_SUM);
    text_putc(t, ')');
}

static void put_bare(const printer *p, text *t, const expr *e) {
    switch (e->kind) {
    case EXPR_NUMBER:
        put_number(p, t, e);
        break;
    case EXPR_NAME:
        put_name(p, t, e);
        break;
    case EXPR_PRODUCT:
        put_product(p, t, e);
        break;
    case EXPR_SUM:
        put_sum(p, t, e);
        break;
    case EXPR_POWER:
        put(p, t, e->part[0].e, LEVEL_BASE);
        put_exponent(p, t, e);
        break;
    case EXPR_ROOT:
        put_root(p, t, e);
        break;
    case EXPR_CALL:
        put_call(p, t, e);
        break;
    case EXPR_LANDAU:
        put_landau(p, t, e);
        break;
    case EXPR_UNCERTAIN:
        put_uncertain(p, t, e);
        break;
    case EXPR_LIST:
        put_list(p, t, e);
        break;
    case EXPR_HOLE:
        text_putc(t, '?');
        break;
    }
}

static void put(const printer *p, text *t, const expr *e, level needed) {
    bool brackets = level_of(e) < needed;
    if (brackets) text_putc(t, '(');
    put_bare(p, t, e);
    if (brackets) text_putc(t, ')');
}

str print_expr(const printer *p, const expr *e) {
    text t = text_new(p->arena);
    put(p, &t, e, LEVEL_SUM);
    return text_str(&t);
}

str print_base(const printer *p, const expr *e) {
    text t = text_new(p->arena);
    put(p, &t, e, LEVEL_BASE);
    return text_str(&t);
}

/* ---- statements ---- */

const char *print_sign(const printer *p, relation r) {
    static const char *const signs[] = {"∝", "=", "≲", "≳", "≪", "≫", "∈", "≠", "<", "≤", ">", "≥"};
    static const char *const ascii[] = {"~",    "=",  "<~", ">~", "<<", ">>",
                                        "\\in", "!=", "<",  "<=", ">",  ">="};
    return p->ascii ? ascii[r] : signs[r];
}

static const char *verb(const law *l) {
    bool one = l->nsides == 1;
    switch (l->growth) {
    case GROWTH_GROWS:
        return one ? "grows" : "grow";
    case GROWTH_SHRINKS:
        return one ? "shrinks" : "shrink";
    case GROWTH_SCALES:
        return one ? "scales" : "scale";
    case GROWTH_FIXED:
        break;
    }
    return "fixed";
}

static void put_law(const printer *of, text *t, const law *l) {
    printer law_printer = *of, *p = &law_printer;
    if (l->compares) p->where = IN_COMPARISON;
    if (l->at_fixed) text_puts(t, "at fixed ");
    for (int i = 0; i < l->nsides; i++) {
        if (i && l->kind == LAW_CHAIN) put_between(t, print_sign(p, l->links[i - 1].is), true);
        if (i && l->kind == LAW_GROWTH) text_puts(t, ", ");
        put(p, t, l->side[i], LEVEL_SUM);
    }
    if (l->kind == LAW_GROWTH && !l->at_fixed) text_puts(t, formatted(p->arena, " %s", verb(l)));
}

static void put_names(const printer *p, text *t, expr *const *name, int n) {
    for (int i = 0; i < n; i++) {
        if (i) text_puts(t, ", ");
        put(p, t, name[i], LEVEL_SUM);
    }
}

static void put_choice(const printer *p, text *t, const allocation *c) {
    text_puts(t, "choose ");
    put_names(p, t, c->chosen, c->nchosen);
    text_puts(t, c->maximize ? " to maximize " : " to minimize ");
    put(p, t, c->target, LEVEL_SUM);
    if (c->nfixed) text_puts(t, " at fixed ");
    put_names(p, t, c->fixed, c->nfixed);
}

static void put_suppositions(const printer *p, text *t, const statement *s) {
    for (int i = 0; i < s->nwhen; i++) {
        const law *l = &s->when[i];
        bool first = i == 0 || s->when[i - 1].at_fixed;
        text_puts(t, l->at_fixed ? " " : first ? " when " : " and ");
        put_law(p, t, l);
    }
}

/* N ? D, and w ? without a second side. */
static void put_relation_question(const printer *p, text *t, const law *l) {
    put(p, t, l->side[0], LEVEL_SUM);
    text_puts(t, " ?");
    if (!l->side[1]) return;
    text_putc(t, ' ');
    put(p, t, l->side[1], LEVEL_SUM);
}

static void put_enclosed(text *t, const char *before, str s, const char *after) {
    text_puts(t, before);
    text_add(t, s);
    text_puts(t, after);
}

static void put_note(text *t, str note) {
    bool quotes = memchr(note.n ? note.s : "", '"', note.n);
    if (note.n) put_enclosed(t, quotes ? "“" : "\"", note, quotes ? "”" : "\"");
}

static void put_statement(const printer *p, text *t, const statement *s);

/* 1: N_p ∝ w³ "as L ∝ w" by A3, A2 */
static void put_step(const printer *p, text *t, const statement *s) {
    if (s->label.text.n) put_enclosed(t, "", s->label.text, ": ");
    put_statement(p, t, s);
    put_suppositions(p, t, s);
    if (s->note.n) text_putc(t, ' ');
    put_note(t, s->note);
    if (s->cite.n) put_enclosed(t, " [", s->cite, "]");
    for (int i = 0; i < s->nby; i++) put_enclosed(t, i ? ", " : " by ", s->by[i].text, "");
}

static void put_proof(const printer *p, text *t, const statement *s) {
    text_puts(t, "proof ");
    put_note(t, s->note);
    text_puts(t, s->note.n ? " {" : "{");
    for (int i = 0; i < s->nbody; i++) {
        text_puts(t, i ? "; " : " ");
        put_step(p, t, s->body[i]);
    }
    text_puts(t, " }");
}

static void put_statement(const printer *p, text *t, const statement *s) {
    switch (s->kind) {
    case STATEMENT_CHOICE:
        put_choice(p, t, s->choice);
        return;
    case STATEMENT_CONTRADICTION:
        text_puts(t, "contradiction");
        return;
    case STATEMENT_CONSISTENT:
        text_puts(t, "consistent");
        return;
    case STATEMENT_TRIVIAL:
        text_puts(t, "trivial");
        return;
    case STATEMENT_PROOF:
        put_proof(p, t, s);
        return;
    case STATEMENT_PARAMETER:
        put(p, t, s->either->side[0], LEVEL_SUM);
        text_puts(t, " = ?");
        return;
    default:
        break;
    }
    for (int i = 0; i < s->neither; i++) {
        if (i) text_puts(t, " or ");
        if (i == 0 && s->kind == STATEMENT_RELATION)
            put_relation_question(p, t, s->either);
        else
            put_law(p, t, &s->either[i]);
    }
}

str print_statement(const printer *p, const statement *s) {
    text t = text_new(p->arena);
    put_statement(p, &t, s);
    put_suppositions(p, &t, s);
    return text_str(&t);
}

str print_step(const printer *p, const statement *s) {
    text t = text_new(p->arena);
    put_step(p, &t, s);
    return text_str(&t);
}

str print_suppositions(const printer *p, const statement *s) {
    text t = text_new(p->arena);
    put_suppositions(p, &t, s);
    return text_str(&t);
}
