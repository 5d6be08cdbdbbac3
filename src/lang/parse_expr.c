#include "lang/parser.h"

#include <stdlib.h>

typedef VEC(operand) operands;

static expr *expr_new(parser *p, expr_kind kind, size_t start) {
    expr *e = NEW(p->arena, expr);
    e->kind = kind;
    e->at = from_to(p, start);
    e->sym = -1;
    return e;
}

static expr *with_parts(parser *p, expr_kind kind, size_t start, expr *first, expr *second) {
    expr *e = expr_new(p, kind, start);
    e->n = second ? 2 : 1;
    e->part = NEW_ARRAY(p->arena, operand, 2);
    e->part[0].e = first;
    e->part[1].e = second;
    return e;
}

static bool add_operand(parser *p, operands *list, expr *e, bool flipped) {
    if (e == NULL) return false;
    operand o = {e, flipped};
    vec_push(p->arena, list, o);
    p->terms += list->n > 1;
    if (p->terms < p->limits->max_terms) return true;
    diag *d = diag_add(p->sink, DIAG_E403, e->at, "more than %d terms in one statement",
                       p->limits->max_terms);
    d->help = "the limit is moved with --max-terms";
    return false;
}

static expr *gathered(parser *p, expr_kind kind, size_t start, operands *list) {
    expr *e = expr_new(p, kind, start);
    e->part = list->v;
    e->n = (int)list->n;
    return e;
}

expr *listed(parser *p, expr **item, int n) {
    if (n == 1) return item[0];
    expr *e = expr_new(p, EXPR_LIST, item[0]->at.start);
    e->at.end = item[n - 1]->at.end;
    e->part = NEW_ARRAY(p->arena, operand, n);
    e->n = n;
    for (int i = 0; i < n; i++) e->part[i].e = item[i];
    return e;
}

expr *name_expr(parser *p, name_ref name) {
    expr *e = expr_new(p, EXPR_NAME, name.at.start);
    e->at = name.at;
    e->text = name.text;
    e->base = name.base;
    return e;
}

static bool enter(parser *p, span where) {
    if (++p->depth <= p->limits->max_depth) return true;
    diag *d = diag_add(p->sink, DIAG_E402, where, "more than %d brackets inside each other",
                       p->limits->max_depth);
    d->help = "the limit is moved with --max-depth";
    return false;
}

/* ---- numbers ---- */

/* digits[.digits][e±digits] as a fraction; false where it would have too many digits. */
static bool decimal(parser *p, str s, rat *out) {
    if (rat_parse(p->arena, s, out)) return true;
    text top = text_new(p->arena);
    long shift = 0;
    size_t i = 0;
    bool fraction = false;
    for (; i < s.n && s.s[i] != 'e' && s.s[i] != 'E'; i++) {
        if (s.s[i] == '.') {
            fraction = true;
            continue;
        }
        text_putc(&top, s.s[i]);
        shift -= fraction;
    }
    if (i < s.n) shift += strtol(str_z(p->arena, (str){s.s + i + 1, s.n - i - 1}), NULL, 10);
    if (shift > p->limits->max_digits || shift < -p->limits->max_digits) return false;
    for (; shift > 0; shift--) text_putc(&top, '0');
    if (shift < 0) text_puts(&top, "/1");
    for (; shift < 0; shift++) text_putc(&top, '0');
    return rat_parse(p->arena, text_str(&top), out);
}

static expr *parse_number(parser *p) {
    token t = p->tok;
    advance(p);
    expr *e = expr_new(p, EXPR_NUMBER, t.at.start);
    e->text = t.text;
    if (decimal(p, t.text, &e->value)) return e;
    diag *d = diag_add(p->sink, DIAG_E404, t.at, "a number of more than %d digits",
                       p->limits->max_digits);
    d->help = "the limit is moved with --max-digits";
    return NULL;
}

/* A superscript's "-1/3". */
static expr *parse_super(parser *p) {
    token t = p->tok;
    str s = t.text;
    advance(p);
    expr *e = expr_new(p, EXPR_NUMBER, t.at.start);
    if (s.n > 1 && s.s[0] == '+') s = (str){s.s + 1, s.n - 1};
    if (rat_parse(p->arena, s, &e->value)) return e;
    if (memchr(s.s, '/', s.n))
        diag_add(p->sink, DIAG_E303, t.at, "this exponent is no fraction, or divides by zero");
    else
        diag_add(p->sink, DIAG_E101, t.at, "a whole number was expected in the superscript");
    return NULL;
}

/* ---- names and groups ---- */

static expr *parse_name(parser *p) {
    expr *e = expr_new(p, EXPR_NAME, p->tok.at.start);
    e->at = p->tok.at;
    e->text = p->tok.text;
    e->base = p->tok.base;
    advance(p);
    e->applied = at(p, TOK_LPAREN) && !p->tok.spaced;
    return e;
}

/* What stands between an opening bracket, which is the token here, and its closing one. */
static expr *parse_group(parser *p, token_kind close) {
    span open = p->tok.at;
    advance(p);
    expr *e = enter(p, open) ? parse_expr(p) : NULL;
    p->depth--;
    if (!e || !expect_close(p, close, open)) return NULL;
    e->at = from_to(p, open.start);
    e->bracketed = true;
    return e;
}

static expr *braced(parser *p, const char *why) {
    if (at(p, TOK_LBRACE)) return parse_group(p, TOK_RBRACE);
    unexpected(p, why);
    return NULL;
}

static expr *parse_fraction(parser *p) {
    size_t start = p->tok.at.start;
    advance(p);
    expr *top = braced(p, "`{` after `\\frac`: `\\frac{a}{b}`");
    expr *bottom = top ? braced(p, "the second `{` of `\\frac{a}{b}`") : NULL;
    if (!bottom) return NULL;
    expr *e = with_parts(p, EXPR_PRODUCT, start, top, bottom);
    e->part[1].flipped = true;
    return e;
}

static expr *primary(parser *p);

static expr *root_of(parser *p, size_t start, expr *radicand, rat index) {
    if (!radicand) return NULL;
    expr *e = with_parts(p, EXPR_ROOT, start, radicand, NULL);
    e->value = rat_inv(p->arena, index);
    return e;
}

/* √ and what it stands before. */
static expr *radicand(parser *p, span sign, rat index) {
    expr *e = enter(p, sign) ? primary(p) : NULL;
    p->depth--;
    return root_of(p, sign.start, e, index);
}

static expr *parse_radical(parser *p) {
    span sign = p->tok.at;
    advance(p);
    return radicand(p, sign, rat_int(2));
}

/* The [3] of \sqrt[3]{x}. */
static bool root_index(parser *p, rat *index) {
    span open = p->tok.at;
    advance(p);
    expr *e = at(p, TOK_NUMBER) ? parse_number(p) : NULL;
    if (!e || !expect_close(p, TOK_RBRACKET, open)) return false;
    *index = e->value;
    if (rat_sgn(e->value) > 0) return true;
    diag_add(p->sink, DIAG_E303, e->at, "there is no root of this order");
    return false;
}

static expr *parse_sqrt(parser *p) {
    span sign = p->tok.at;
    size_t start = sign.start;
    rat index = rat_int(2);
    advance(p);
    if (at(p, TOK_LBRACKET) && !root_index(p, &index)) return NULL;
    if (at(p, TOK_LPAREN)) return root_of(p, start, parse_group(p, TOK_RPAREN), index);
    if (at(p, TOK_NAME) || at(p, TOK_NUMBER) || at(p, KW_MAX) || at(p, KW_MIN) || at(p, KW_SQRT))
        return radicand(p, sign, index);
    return root_of(p, start, braced(p, "a bracket after `sqrt`: `sqrt(x)`"), index);
}

static call_kind call_of(token_kind k) {
    switch (k) {
    case KW_MAX:
        return CALL_MAX;
    case KW_MIN:
        return CALL_MIN;
    case KW_EXP:
        return CALL_EXP;
    case KW_SLOPE:
        return CALL_SLOPE;
    default:
        return CALL_LOG;
    }
}

static expr *parse_call(parser *p) {
    token f = p->tok;
    operands args = {0};
    advance(p);
    if (!at(p, TOK_LPAREN)) {
        unexpected(p, formatted(p->arena, "`(` after %s", token_shown(f.kind)));
        return NULL;
    }
    span open = p->tok.at;
    bool ok = enter(p, open);
    do {
        advance(p);
        ok = ok && add_operand(p, &args, parse_expr(p), false);
    } while (ok && at(p, TOK_COMMA));
    p->depth--;
    if (!ok || !expect_close(p, TOK_RPAREN, open)) return NULL;
    expr *e = expr_new(p, EXPR_CALL, f.at.start);
    e->call = call_of(f.kind);
    e->part = args.v;
    e->n = (int)args.n;
    bool one = e->call == CALL_LOG || e->call == CALL_EXP;
    if ((!one || e->n == 1) && (e->call != CALL_SLOPE || e->n == 2)) return e;
    diag_add(p->sink, DIAG_E101, e->at, "%s takes %s", token_shown(f.kind),
             one ? "one argument" : "two arguments");
    return NULL;
}

static expr *stray_hole(parser *p) {
    diag *d = diag_add(p->sink, DIAG_E108, p->tok.at, "a hole must be a whole exponent");
    d->help = "write `N^?`";
    return NULL;
}

static expr *parse_interval(parser *p);

static expr *primary(parser *p) {
    switch (p->tok.kind) {
    case TOK_NUMBER:
        return parse_number(p);
    case TOK_NAME:
        return parse_name(p);
    case TOK_LPAREN:
        return parse_group(p, TOK_RPAREN);
    case TOK_LBRACE:
        return parse_group(p, TOK_RBRACE);
    case TOK_FRACTION:
        return parse_fraction(p);
    case TOK_RADICAL:
        return parse_radical(p);
    case KW_SQRT:
        return parse_sqrt(p);
    case KW_MAX:
    case KW_MIN:
    case KW_LOG:
    case KW_LN:
    case KW_EXP:
    case KW_SLOPE:
        return parse_call(p);
    case TOK_LBRACKET:
        return parse_interval(p);
    case TOK_QUESTION:
        return stray_hole(p);
    default:
        unexpected(p, "a quantity or a number");
        return NULL;
    }
}

/* ---- powers ---- */

static expr *parse_hole(parser *p) {
    size_t start = p->tok.at.start;
    advance(p);
    p->holes++;
    return expr_new(p, EXPR_HOLE, start);
}

static expr *uncertain(parser *p, size_t start, expr *first, expr *second, bool interval) {
    expr *e = with_parts(p, EXPR_UNCERTAIN, start, first, second);
    e->interval = interval;
    p->uncertain = true;
    return e;
}

/* [low, high] */
static expr *parse_interval(parser *p) {
    span open = p->tok.at;
    advance(p);
    expr *low = enter(p, open) ? parse_expr(p) : NULL;
    expr *high =
        low && expect(p, TOK_COMMA, "between the ends of an interval") ? parse_expr(p) : NULL;
    p->depth--;
    if (!high || !expect_close(p, TOK_RBRACKET, open)) return NULL;
    return uncertain(p, open.start, low, high, true);
}

/* <-1>: the closing bracket may be glued to what follows, `N^<-1>~D`. */
static expr *parse_angle(parser *p) {
    span open = p->tok.at;
    advance(p);
    expr *e = enter(p, open) ? parse_expr(p) : NULL;
    p->depth--;
    if (!e) return NULL;
    if (p->lx.src->bytes.s[p->tok.at.start] == '>' && p->tok.at.end > p->tok.at.start + 1) {
        p->lx.at = p->tok.at.start + 1;
        p->tok.kind = TOK_GREATER;
        p->tok.at.end = p->lx.at;
    }
    if (at(p, TOK_GREATER)) p->lx.last = TOK_RPAREN; /* it joins no lines */
    return expect_close(p, TOK_GREATER, open) ? e : NULL;
}

/* A hole may be written in brackets of its own: N^{?}. */
static expr *bracketed_exponent(parser *p, token_kind close) {
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    if (lex_next(&probe).kind != TOK_QUESTION) return parse_group(p, close);
    span open = p->tok.at;
    advance(p);
    expr *e = parse_hole(p);
    return expect_close(p, close, open) ? e : NULL;
}

static str written(parser *p, size_t start, size_t end) {
    return (str){p->lx.src->bytes.s + start, end - start};
}

/* N^-1/3: a bare exponent with a number glued to it by a slash. */
static bool slash_ambiguous(parser *p, const expr *base, size_t exponent) {
    if (!at(p, TOK_SLASH) || p->tok.spaced) return false;
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    token n = lex_next(&probe);
    if (n.kind != TOK_NUMBER || n.spaced) return false;
    str b = written(p, base->at.start, base->at.end), e = written(p, exponent, p->end);
    diag *d = diag_add(p->sink, DIAG_E105, (span){p->lx.src, base->at.start, n.at.end},
                       "this power can be read in two ways");
    d->help = formatted(p->arena, "write `%.*s^(%.*s/%.*s)`, or `%.*s^%.*s / %.*s`", (int)b.n, b.s,
                        (int)e.n, e.s, (int)n.text.n, n.text.s, (int)b.n, b.s, (int)e.n, e.s,
                        (int)n.text.n, n.text.s);
    return true;
}

/* w^2^3 */
static bool power_ambiguous(parser *p, const expr *base, size_t power) {
    if (!at(p, TOK_CARET) && !at(p, TOK_SUPER)) return false;
    str b = written(p, base->at.start, power), e = written(p, power, p->end);
    diag *d = diag_add(p->sink, DIAG_E105, p->tok.at, "a second power needs brackets");
    d->other = from_to(p, base->at.start);
    d->note = "the first power";
    d->help = formatted(p->arena, "write `(%.*s%.*s)^…`, or put the whole exponent in brackets",
                        (int)b.n, b.s, (int)e.n, e.s);
    return true;
}

static expr *negative(parser *p, size_t start, expr *e) {
    if (!e) return NULL;
    expr *sum = with_parts(p, EXPR_SUM, start, e, NULL);
    sum->part[0].flipped = true;
    return sum;
}

static expr *parse_exponent(parser *p);

static expr *signed_exponent(parser *p) {
    size_t start = p->tok.at.start;
    bool minus = at(p, TOK_MINUS);
    advance(p);
    if (at(p, TOK_PLUS) || at(p, TOK_MINUS)) {
        unexpected(p, "a number or a name in the exponent");
        return NULL;
    }
    expr *e = parse_exponent(p);
    return minus ? negative(p, start, e) : e;
}

static expr *parse_exponent(parser *p) {
    switch (p->tok.kind) {
    case TOK_PLUS:
    case TOK_MINUS:
        return signed_exponent(p);
    case TOK_NUMBER:
        return parse_number(p);
    case TOK_NAME:
        return parse_name(p);
    case TOK_FRACTION:
        return parse_fraction(p);
    case TOK_LPAREN:
        return bracketed_exponent(p, TOK_RPAREN);
    case TOK_LBRACE:
        return bracketed_exponent(p, TOK_RBRACE);
    case TOK_LESS:
        return parse_angle(p);
    case TOK_LBRACKET:
        return parse_interval(p);
    case TOK_QUESTION:
        return parse_hole(p);
    default:
        unexpected(p, "an exponent");
        return NULL;
    }
}

static expr *caret(parser *p, const expr *base) {
    advance(p);
    size_t start = p->tok.at.start;
    expr *e = parse_exponent(p);
    bool bare = e && p->lx.src->bytes.s[p->end - 1] != ')' && !e->bracketed;
    return bare && slash_ambiguous(p, base, start) ? NULL : e;
}

static expr *factor(parser *p) {
    size_t start = p->tok.at.start;
    expr *e = primary(p);
    if (!e || (!at(p, TOK_CARET) && !at(p, TOK_SUPER))) return e;
    size_t power = p->tok.at.start;
    expr *exponent = at(p, TOK_SUPER) ? parse_super(p) : caret(p, e);
    if (!exponent || power_ambiguous(p, e, power)) return NULL;
    return with_parts(p, EXPR_POWER, start, e, exponent);
}

/* ---- products and sums ---- */

bool starts_expr(const parser *p) {
    switch (p->tok.kind) {
    case TOK_NUMBER:
    case TOK_NAME:
    case TOK_LPAREN:
    case TOK_LBRACE:
    case TOK_FRACTION:
    case TOK_RADICAL:
    case KW_SQRT:
    case KW_MAX:
    case KW_MIN:
    case KW_LOG:
    case KW_LN:
    case KW_EXP:
    case KW_SLOPE:
        return true;
    default:
        return false;
    }
}

static void warn_after_slash(parser *p, const operands *list) {
    if (!list->v[list->n - 1].flipped) return;
    diag *d = diag_add(p->sink, DIAG_W002, p->tok.at,
                       "this factor multiplies the whole quotient before it");
    d->help = "write `a / (b c)` or `a / b · c` to say which is meant";
}

/* Whether a further factor follows; passes over the sign before it. */
static bool next_factor(parser *p, bool *flipped) {
    *flipped = at(p, TOK_SLASH);
    return accept(p, TOK_SLASH) || accept(p, TOK_TIMES) || starts_expr(p);
}

static expr *product(parser *p) {
    size_t start = p->tok.at.start;
    operands list = {0};
    bool flipped = false, sign;
    expr *e = factor(p);
    if (!e || (!at(p, TOK_SLASH) && !at(p, TOK_TIMES) && !starts_expr(p))) return e;
    while (add_operand(p, &list, e, flipped)) {
        sign = at(p, TOK_SLASH) || at(p, TOK_TIMES);
        if (!sign && starts_expr(p)) warn_after_slash(p, &list);
        if (!next_factor(p, &flipped)) return gathered(p, EXPR_PRODUCT, start, &list);
        e = factor(p);
    }
    return NULL;
}

static expr *sum(parser *p) {
    size_t start = p->tok.at.start;
    operands list = {0};
    bool minus = at(p, TOK_MINUS);
    if (minus || at(p, TOK_PLUS)) advance(p);
    expr *e = product(p);
    if (e && !minus && !at(p, TOK_PLUS) && !at(p, TOK_MINUS)) return e;
    while (add_operand(p, &list, e, minus)) {
        minus = at(p, TOK_MINUS);
        if (!minus && !at(p, TOK_PLUS)) return gathered(p, EXPR_SUM, start, &list);
        advance(p);
        e = product(p);
    }
    return NULL;
}

expr *parse_expr(parser *p) {
    size_t start = p->tok.at.start;
    expr *e = sum(p);
    if (!e || !at(p, TOK_PLUSMINUS)) return e;
    advance(p);
    expr *error = sum(p);
    return error ? uncertain(p, start, e, error, false) : NULL;
}
