#include "lang/parser.h"

#include "base/utf8.h"
#include "lang/spell.h"

/* ---- tokens ---- */

void advance(parser *p) {
    p->end = p->tok.at.end;
    p->tok = lex_next(&p->lx);
}

bool at(const parser *p, token_kind kind) {
    return p->tok.kind == kind;
}

bool accept(parser *p, token_kind kind) {
    if (!at(p, kind)) return false;
    advance(p);
    return true;
}

span from_to(const parser *p, size_t start) {
    return (span){p->lx.src, start, p->end > start ? p->end : start};
}

/* A reserved word, not the sign or the command that means the same. */
static bool at_keyword(const parser *p) {
    char c = p->tok.at.start < p->lx.src->bytes.n ? p->lx.src->bytes.s[p->tok.at.start] : 0;
    return spell_keyword_text(p->tok.kind) && c >= 'a' && c <= 'z';
}

/* Whether a brace was opened. */
static bool in_block(const parser *p) {
    return p->in_regime || p->in_proof;
}

static bool ends_statement(token_kind k) {
    return k == TOK_EOF || k == TOK_NEWLINE || k == TOK_SEMICOLON;
}

static bool is_relation(token_kind k) {
    return k >= TOK_PROPTO && k <= TOK_MEMBER;
}

static const char *found(const parser *p) {
    token t = p->tok;
    if (t.kind != TOK_NAME && t.kind != TOK_NUMBER) return token_shown(t.kind);
    str s = {t.at.src->bytes.s + t.at.start, t.at.end - t.at.start};
    return lex_quote(p->arena, s);
}

static void reserved(parser *p, const char *expected) {
    diag *d = diag_add(p->sink, DIAG_E107, p->tok.at, "%s was expected here, and %s is a keyword",
                       expected, token_shown(p->tok.kind));
    d->help = "keywords are never names: choose another name, such as one with a subscript";
}

void unexpected(parser *p, const char *expected) {
    token_kind k = p->tok.kind;
    if (k == TOK_BAD) return;
    if (k == TOK_RPAREN || k == TOK_RBRACKET || (k == TOK_RBRACE && !in_block(p))) {
        diag_add(p->sink, DIAG_E103, p->tok.at, "this %s closes nothing", token_shown(k));
        return;
    }
    if (at_keyword(p)) {
        reserved(p, expected);
        return;
    }
    if (ends_statement(k) || k == TOK_RBRACE || is_relation(k)) {
        diag_add(p->sink, DIAG_E104, p->tok.at, "%s is missing before %s", expected,
                 token_shown(k));
        return;
    }
    diag_add(p->sink, DIAG_E101, p->tok.at, "%s was expected here, not %s", expected, found(p));
}

bool expect(parser *p, token_kind kind, const char *why) {
    if (accept(p, kind)) return true;
    if (!at(p, TOK_BAD))
        diag_add(p->sink, DIAG_E101, p->tok.at, "%s was expected here %s, not %s",
                 token_shown(kind), why, found(p));
    return false;
}

bool expect_close(parser *p, token_kind kind, span open) {
    if (accept(p, kind)) return true;
    p->resume = open.end;
    if (at(p, TOK_BAD)) return false;
    diag *d = diag_add(p->sink, DIAG_E102, open, "this bracket is not closed");
    d->other = p->tok.at;
    d->note = formatted(p->arena, "%s was expected here, not %s", token_shown(kind), found(p));
    return false;
}

/* ---- laws ---- */

static relation relation_of(token_kind k) {
    switch (k) {
    case TOK_EQUAL:
        return RELATION_EQUAL;
    case TOK_ATMOST:
        return RELATION_ATMOST;
    case TOK_ATLEAST:
        return RELATION_ATLEAST;
    case TOK_BELOW:
        return RELATION_BELOW;
    case TOK_ABOVE:
        return RELATION_ABOVE;
    case TOK_MEMBER:
        return RELATION_MEMBER;
    case TOK_UNEQUAL:
        return RELATION_UNEQUAL;
    case TOK_LESS:
        return RELATION_LESS;
    case TOK_LESSEQ:
        return RELATION_LESSEQ;
    case TOK_GREATER:
        return RELATION_GREATER;
    case TOK_GREATEREQ:
        return RELATION_GREATEREQ;
    default:
        return RELATION_SAME;
    }
}

bool relation_compares(relation r) {
    return r >= RELATION_UNEQUAL;
}

static bool growth_of(token_kind k, growth_kind *g) {
    switch (k) {
    case KW_GROW:
    case KW_GROWS:
        *g = GROWTH_GROWS;
        return true;
    case KW_SHRINK:
    case KW_SHRINKS:
        *g = GROWTH_SHRINKS;
        return true;
    case KW_FIXED:
        *g = GROWTH_FIXED;
        return true;
    case KW_SCALE:
    case KW_SCALES:
        *g = GROWTH_SCALES;
        return true;
    default:
        return false;
    }
}

typedef VEC(expr *) sides;
typedef VEC(law) laws;

static bool side_list(parser *p, sides *list) {
    do {
        expr *e = parse_expr(p);
        if (!e) return false;
        vec_push(p->arena, list, e);
    } while (accept(p, TOK_COMMA));
    return true;
}

static bool bare_hole(parser *p, joint l) {
    if (!at(p, TOK_QUESTION)) return false;
    bool equal = l.is == RELATION_EQUAL;
    diag *d = diag_add(p->sink, DIAG_E108, p->tok.at,
                       equal ? "a question cannot stand here" : "a hole must be an exponent");
    d->help = equal ? "ask for one parameter in a statement of its own: `γ = ?`"
                    : "name the base, as in `ℓ ∝ N^?`; or ask how two quantities compare: `N ? D`";
    return true;
}

/* The right side of a link: after a comparison it may be a list, `0 < α, β`. */
static expr *linked_side(parser *p, joint l) {
    sides list = {0};
    if (!relation_compares(l.is)) return parse_expr(p);
    return side_list(p, &list) ? listed(p, list.v, (int)list.n) : NULL;
}

/* side link side ..., the first side being there. */
static bool chain(parser *p, law *out, sides *list) {
    VEC(joint) links = {0};
    while (is_relation(p->tok.kind)) {
        joint l = {relation_of(p->tok.kind), p->tok.at};
        advance(p);
        if (bare_hole(p, l)) return false;
        expr *e = linked_side(p, l);
        if (!e) return false;
        vec_push(p->arena, list, e);
        vec_push(p->arena, &links, l);
    }
    out->kind = LAW_CHAIN;
    out->links = links.v;
    return true;
}

static void no_statement(parser *p, const sides *list) {
    if (at(p, TOK_BAD)) return;
    bool tail = ends_statement(p->tok.kind) || at(p, TOK_STRING) || at(p, TOK_LBRACKET) ||
                at(p, TOK_RBRACE);
    if (list->n > 1 || tail) {
        diag *d = diag_add(p->sink, DIAG_E110, from_to(p, list->v[0]->at.start),
                           "this states nothing yet");
        d->help = list->n > 1 ? "several quantities can grow, shrink or be fixed: `w, N grow`"
                              : "a relation (`N ∝ w`), a growth (`w grows`) or a question (`w ?`) "
                                "makes a statement";
        return;
    }
    unexpected(p, "a relation such as `∝`, or `grows`");
}

/* Between exponents, perhaps: then a side may be a list. */
static bool may_compare(token_kind k) {
    return k == TOK_EQUAL || relation_compares(relation_of(k));
}

/* What follows the sides: growth, or the rest of a chain. */
static bool law_rest(parser *p, law *out, sides *list) {
    if (growth_of(p->tok.kind, &out->growth)) {
        out->kind = LAW_GROWTH;
        advance(p);
    } else if (!is_relation(p->tok.kind) || (list->n > 1 && !may_compare(p->tok.kind))) {
        no_statement(p, list);
        return false;
    } else {
        list->v[0] = listed(p, list->v, (int)list->n);
        list->n = 1;
        if (!chain(p, out, list)) return false;
    }
    out->side = list->v;
    out->nsides = (int)list->n;
    out->at = from_to(p, list->v[0]->at.start);
    return true;
}

static bool parse_law(parser *p, law *out) {
    sides list = {0};
    int holes = p->holes;
    if (!side_list(p, &list) || !law_rest(p, out, &list)) return false;
    if (p->holes == holes) return true;
    diag *d = diag_add(p->sink, DIAG_E108, out->at, "a question cannot stand here");
    d->help = "ask it in a statement of its own";
    return false;
}

/* One law, no alternatives. */
static void only(parser *p, statement *s, law l) {
    s->either = NEW(p->arena, law);
    s->either[0] = l;
    s->neither = 1;
}

/* A law and, after each `or`, another. */
static bool alternatives(parser *p, statement *s, law first) {
    laws list = {0};
    bool more = at(p, KW_OR);
    only(p, s, first);
    if (!more) return true;
    while (more) {
        vec_push(p->arena, &list, first);
        more = accept(p, KW_OR);
        first = (law){0};
        if (more && !parse_law(p, &first)) return false;
    }
    s->either = list.v;
    s->neither = (int)list.n;
    return true;
}

/* at fixed n, m */
static bool at_fixed(parser *p, law *out) {
    size_t start = p->tok.at.start;
    sides list = {0};
    advance(p);
    if (!expect(p, KW_FIXED, "after `at`") || !side_list(p, &list)) return false;
    *out = (law){.kind = LAW_GROWTH, .growth = GROWTH_FIXED, .at_fixed = true};
    out->at = from_to(p, start);
    out->side = list.v;
    out->nsides = (int)list.n;
    return true;
}

/* when ... and ..., at fixed ... */
static bool suppositions(parser *p, statement *s) {
    laws list = {0};
    while (at(p, KW_WHEN) || at(p, KW_AND) || at(p, KW_AT)) {
        law l = {0};
        if (list.n == 0 && at(p, KW_AND)) break;
        if (!at(p, KW_AT)) advance(p);
        if (!(at(p, KW_AT) ? at_fixed(p, &l) : parse_law(p, &l))) return false;
        vec_push(p->arena, &list, l);
    }
    s->when = list.v;
    s->nwhen = (int)list.n;
    return true;
}

/* ---- questions ---- */

static bool two_questions(parser *p, span second) {
    diag *d = diag_add(p->sink, DIAG_E106, second, "a second question in one statement");
    d->help = "put `;` or a new line between two questions";
    return false;
}

static law two_sides(parser *p, expr *left, expr *right) {
    law l = {.kind = LAW_CHAIN, .nsides = 2, .at = from_to(p, left->at.start)};
    l.side = NEW_ARRAY(p->arena, expr *, 2);
    l.side[0] = left;
    l.side[1] = right;
    return l;
}

/* N ? D and w ?, at the `?`. */
static bool relation_question(parser *p, statement *s, sides *list) {
    int holes = p->holes;
    advance(p);
    expr *right = starts_expr(p) ? parse_expr(p) : NULL;
    if (!right && (starts_expr(p) || at(p, TOK_BAD))) return false;
    if (list->n > 1) {
        diag_add(p->sink, DIAG_E110, from_to(p, list->v[0]->at.start),
                 "a question is about one quantity, or about two: `N ? D`");
        return false;
    }
    if (holes || p->holes != holes || at(p, TOK_QUESTION) || is_relation(p->tok.kind))
        return two_questions(p, p->tok.at);
    s->kind = STATEMENT_RELATION;
    return alternatives(p, s, two_sides(p, list->v[0], right));
}

static bool has_hole(const expr *e) {
    if (e->kind == EXPR_HOLE) return true;
    for (int i = 0; i < e->n; i++)
        if (has_hole(e->part[i].e)) return true;
    return false;
}

static int sides_with_holes(const law *l) {
    int n = 0;
    for (int i = 0; i < l->nsides; i++) n += has_hole(l->side[i]);
    return n;
}

static bool wrong_relation(parser *p, const law *l) {
    joint asked = l->links[l->nsides - 2];
    if (l->nsides == 2 && asked.is == RELATION_SAME) return false;
    if (l->nsides > 2) {
        diag *d = diag_add(p->sink, DIAG_E109, l->at, "a question cannot be part of a chain");
        d->help = "ask it in a statement of its own, with one `∝`";
        return true;
    }
    diag *d = diag_add(p->sink, DIAG_E109, asked.at, "a hole is asked for with `∝`");
    d->help = "write `∝`: the answer says so if there is no single exponent";
    return true;
}

/* ℓ ∝ N^? D^? */
static bool exponent_question(parser *p, statement *s, law l) {
    if (l.kind == LAW_GROWTH) {
        diag_add(p->sink, DIAG_E108, l.at, "a hole in a growth statement");
        return false;
    }
    if (sides_with_holes(&l) > 1) return two_questions(p, l.links[l.nsides - 2].at);
    if (at(p, TOK_QUESTION)) return two_questions(p, p->tok.at);
    if (wrong_relation(p, &l)) return false;
    if (has_hole(l.side[0])) {
        diag *d = diag_add(p->sink, DIAG_E108, l.side[0]->at, "a hole on the left side");
        d->help = "what is asked about stands on the left, the hole on the right: `ℓ ∝ N^?`";
        return false;
    }
    s->kind = STATEMENT_EXPONENT;
    return alternatives(p, s, l);
}

/* The token after this one. */
static token_kind next_kind(const parser *p) {
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    return lex_next(&probe).kind;
}

/* γ = ?, at the `=`. */
static bool parameter_question(parser *p, statement *s, const sides *list) {
    law l = {.kind = LAW_CHAIN, .nsides = 1};
    advance(p);
    advance(p);
    l.at = from_to(p, list->v[0]->at.start);
    l.side = NEW_ARRAY(p->arena, expr *, 2);
    l.side[0] = list->v[0];
    if (list->n > 1 || p->holes) {
        diag *d = diag_add(p->sink, DIAG_E109, l.at, "a question is about one parameter");
        d->help = "ask for each in a statement of its own: `γ = ?`";
        return false;
    }
    s->kind = STATEMENT_PARAMETER;
    only(p, s, l);
    return true;
}

/* A law or a question. */
static bool claim(parser *p, statement *s) {
    sides list = {0};
    law l = {0};
    if (!side_list(p, &list)) return false;
    if (at(p, TOK_EQUAL) && next_kind(p) == TOK_QUESTION) return parameter_question(p, s, &list);
    if (at(p, TOK_QUESTION)) return relation_question(p, s, &list);
    if (!law_rest(p, &l, &list)) return false;
    if (p->holes) return exponent_question(p, s, l);
    if (at(p, TOK_QUESTION)) {
        diag *d = diag_add(p->sink, DIAG_E109, p->tok.at, "`?` after a relation");
        d->help = "a hole is an exponent, `ℓ ∝ N^?`; or `N ? D` asks for the relation itself";
        return false;
    }
    s->kind = STATEMENT_LAW;
    return alternatives(p, s, l);
}

static bool verdict_word(parser *p, statement *s) {
    if (at(p, TOK_CONTRADICTION)) {
        s->kind = STATEMENT_CONTRADICTION;
        return true;
    }
    token_kind next = next_kind(p);
    bool alone = ends_statement(next) || next == TOK_RBRACE || next == TOK_STRING ||
                 next == TOK_LBRACKET || next == KW_WHEN || next == KW_AT;
    if (!at(p, TOK_NAME) || !alone) return false;
    s->kind = str_eq(p->tok.text, STR("consistent")) ? STATEMENT_CONSISTENT : STATEMENT_TRIVIAL;
    return s->kind == STATEMENT_CONSISTENT || str_eq(p->tok.text, STR("trivial"));
}

static bool conclusion(parser *p, statement *s) {
    advance(p);
    if (verdict_word(p, s)) {
        advance(p);
        return true;
    }
    law l = {0};
    s->kind = STATEMENT_CONCLUSION;
    return parse_law(p, &l) && alternatives(p, s, l);
}

/* ---- declarations ---- */

static bool declared_name(parser *p, name_ref *out) {
    if (!at(p, TOK_NAME)) {
        unexpected(p, "a name");
        return false;
    }
    *out = (name_ref){p->tok.at, p->tok.text, p->tok.base};
    advance(p);
    return true;
}

static bool aliases(parser *p, declared *d) {
    VEC(name_ref) list = {0};
    span open = p->tok.at;
    if (!at(p, TOK_LPAREN)) return true;
    do {
        name_ref n;
        advance(p);
        if (!declared_name(p, &n)) return false;
        vec_push(p->arena, &list, n);
    } while (at(p, TOK_COMMA));
    d->alias = list.v;
    d->naliases = (int)list.n;
    return expect_close(p, TOK_RPAREN, open);
}

/* NAME (ALIAS), NAME, ... */
static bool declared_names(parser *p, statement *s) {
    VEC(declared) list = {0};
    do {
        declared d = {0};
        if (!declared_name(p, &d.name) || !aliases(p, &d)) return false;
        vec_push(p->arena, &list, d);
    } while (accept(p, TOK_COMMA));
    s->names = list.v;
    s->nnames = (int)list.n;
    return true;
}

/* Whether a bound stands before the names of a `param`: `param 0 < α`. */
static bool bound_ahead(const parser *p) {
    if (at(p, TOK_MINUS) || at(p, TOK_PLUS)) return true;
    if (!at(p, TOK_NAME)) return starts_expr(p);
    token_kind next = next_kind(p);
    return next == TOK_PLUS || next == TOK_MINUS || next == TOK_TIMES || next == TOK_SLASH ||
           next == TOK_CARET || next == TOK_SUPER;
}

typedef VEC(joint) joints;

/* expr < */
static bool lower_bound(parser *p, sides *list, joints *links) {
    expr *e = parse_expr(p);
    if (!e) return false;
    if (!may_compare(p->tok.kind)) {
        unexpected(p, "a comparison such as `<`");
        return false;
    }
    joint l = {relation_of(p->tok.kind), p->tok.at};
    advance(p);
    vec_push(p->arena, list, e);
    vec_push(p->arena, links, l);
    return true;
}

/* < expr ... */
static bool upper_bounds(parser *p, sides *list, joints *links) {
    while (is_relation(p->tok.kind)) {
        joint l = {relation_of(p->tok.kind), p->tok.at};
        advance(p);
        expr *e = bare_hole(p, l) ? NULL : parse_expr(p);
        if (!e) return false;
        vec_push(p->arena, list, e);
        vec_push(p->arena, links, l);
    }
    return true;
}

static expr *declared_side(parser *p, const statement *s) {
    expr **item = NEW_ARRAY(p->arena, expr *, s->nnames);
    for (int i = 0; i < s->nnames; i++) item[i] = name_expr(p, s->names[i].name);
    return listed(p, item, s->nnames);
}

/* α, β and 0 < α, β < 1 */
static bool parameters(parser *p, statement *s) {
    sides list = {0};
    joints links = {0};
    size_t start = p->tok.at.start;
    if (bound_ahead(p) && !lower_bound(p, &list, &links)) return false;
    if (!declared_names(p, s)) return false;
    expr *names = declared_side(p, s);
    vec_push(p->arena, &list, names);
    if (!upper_bounds(p, &list, &links)) return false;
    if (list.n == 1) return true;
    law l = {.kind = LAW_CHAIN, .side = list.v, .links = links.v, .nsides = (int)list.n};
    l.at = from_to(p, start);
    only(p, s, l);
    return true;
}

/* After a note or a bound a comma begins another declaration of the same sort:
 * quantity N "neurons", w "width" */
static bool declares_more(parser *p, const statement *s) {
    p->before = s->kind == STATEMENT_DECLARATION && at(p, TOK_COMMA) ? s : NULL;
    return p->before != NULL;
}

static bool declared_things(parser *p, statement *s) {
    s->kind = STATEMENT_DECLARATION;
    p->declares = true;
    return s->sort == SORT_PARAMETER ? parameters(p, s) : declared_names(p, s);
}

static bool declaration(parser *p, statement *s) {
    s->sort = at(p, KW_QUANTITY) ? SORT_QUANTITY : at(p, KW_CONST) ? SORT_CONSTANT : SORT_PARAMETER;
    advance(p);
    return declared_things(p, s);
}

/* After the comma: the sort is that of the one before, and a bound is as hard as its bound. */
static bool another_declaration(parser *p, statement *s) {
    const statement *before = p->before;
    p->before = NULL;
    s->sort = before->sort;
    if (!declared_things(p, s)) return false;
    if (s->neither && !s->given) s->given = before->given, s->prefix = before->prefix;
    return true;
}

/* ---- use ---- */

/* A label where the token starts; the parser goes on after it. */
static bool label_here(parser *p, label_ref *out, const char *expected) {
    size_t start = p->tok.at.start;
    str s = lex_label(&p->lx, start);
    if (s.n == 0) {
        unexpected(p, expected);
        return false;
    }
    *out = (label_ref){{p->lx.src, start, p->lx.at}, s};
    p->tok.at.end = p->lx.at;
    advance(p);
    return true;
}

/* A further `where` goes on with the list. */
static bool renamings(parser *p, statement *s) {
    VEC(renaming) list = {0};
    for (int i = 0; i < s->nwhere; i++) vec_push(p->arena, &list, s->where[i]);
    do {
        renaming r;
        advance(p);
        if (!declared_name(p, &r.from) || !expect(p, KW_IS, "between two names")) return false;
        if (!declared_name(p, &r.to)) return false;
        vec_push(p->arena, &list, r);
    } while (at(p, TOK_COMMA));
    s->where = list.v;
    s->nwhere = (int)list.n;
    return true;
}

static bool use(parser *p, statement *s) {
    s->kind = STATEMENT_USE;
    advance(p);
    if (!at(p, TOK_STRING)) {
        unexpected(p, "the path of a theory in quotes");
        return false;
    }
    s->path = p->tok.text;
    s->path_at = p->tok.at;
    advance(p);
    while (at(p, KW_AS) || at(p, KW_WHERE)) {
        if (at(p, KW_WHERE)) {
            if (!renamings(p, s)) return false;
            continue;
        }
        if (s->as.text.n) {
            diag_add(p->sink, DIAG_E101, p->tok.at, "a second `as`: labels have one prefix");
            return false;
        }
        advance(p);
        if (!label_here(p, &s->as, "a prefix for the labels")) return false;
    }
    return true;
}

/* ---- regimes ---- */

static bool parse_statement(parser *p, statement *s);
static void recover(parser *p, size_t start);
static void separators(parser *p);

static bool label_list(parser *p, const label_ref **out, int *n) {
    VEC(label_ref) list = {0};
    for (int i = 0; i < *n; i++) vec_push(p->arena, &list, (*out)[i]);
    do {
        label_ref l;
        advance(p);
        if (!label_here(p, &l, "a label")) return false;
        vec_push(p->arena, &list, l);
    } while (at(p, TOK_COMMA));
    *out = list.v;
    *n = (int)list.n;
    return true;
}

void parse_too_many_errors(span where, diags *sink) {
    diag_add(sink, DIAG_E409, where, "more than %d errors: the rest is not read", ERRORS_MAX);
}

/* Whether to stop reading: after too many errors or statements, or too long. */
static bool too_many(parser *p) {
    if (!p->stopped && p->statements >= p->limits->max_statements) {
        diag *d = diag_add(p->sink, DIAG_E405, p->tok.at, "more than %d statements",
                           p->limits->max_statements);
        d->help = "the limit is moved with --max-statements";
        p->stopped = true;
    } else if (!p->stopped && p->sink->errors - p->first_error >= ERRORS_MAX) {
        parse_too_many_errors(p->tok.at, p->sink);
        p->stopped = true;
    } else if (!p->stopped && !diags_go_on(p->sink, p->tok.at)) {
        p->stopped = true;
    }
    return p->stopped;
}

/* Statements begin in order, so that each newline is counted once. */
static int line_here(parser *p) {
    for (; p->line_start < p->tok.at.start; p->line_start++)
        p->line += p->lx.src->bytes.s[p->line_start] == '\n';
    return p->line;
}

static statement *next_statement(parser *p) {
    size_t start = p->tok.at.start;
    statement *s = NEW(p->arena, statement);
    s->line = line_here(p);
    p->statements++;
    if (parse_statement(p, s)) return s;
    p->names_lost |= s->kind == STATEMENT_DECLARATION || s->kind == STATEMENT_USE;
    s->kind = STATEMENT_BROKEN;
    recover(p, start);
    return s;
}

typedef VEC(statement *) statements;

/* Statements up to a `}` or the end. */
static void statement_list(parser *p, statements *out) {
    for (separators(p); !at(p, TOK_EOF) && !too_many(p); separators(p)) {
        if (at(p, TOK_RBRACE) && in_block(p)) return;
        statement *s = next_statement(p);
        vec_push(p->arena, out, s);
    }
}

static bool regime_body(parser *p, statement *s) {
    statements list = {0};
    span open = p->tok.at;
    p->in_regime = true;
    advance(p);
    statement_list(p, &list);
    p->in_regime = false;
    s->body = list.v;
    s->nbody = (int)list.n;
    bool closed = p->stopped || expect_close(p, TOK_RBRACE, open);
    s->block = from_to(p, open.start);
    p->resume = 0;
    return closed;
}

static bool regime_head(parser *p, statement *s) {
    for (;;) {
        if (at(p, KW_WITHOUT)) {
            if (!label_list(p, &s->without, &s->nwithout)) return false;
        } else if (at(p, KW_WITH)) {
            if (!label_list(p, &s->with, &s->nwith)) return false;
        } else if (at(p, TOK_STRING) && s->note.n == 0) {
            s->note = p->tok.text;
            advance(p);
        } else {
            return true;
        }
    }
}

/* Passes over the ends of lines before a token of this kind: a block may begin on the next one. */
static void word_ahead(parser *p, token_kind kind) {
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    token t = p->tok;
    while (t.kind == TOK_NEWLINE) t = lex_next(&probe);
    if (t.kind != kind) return;
    while (at(p, TOK_NEWLINE)) advance(p);
}

static bool regime(parser *p, statement *s) {
    s->kind = STATEMENT_REGIME;
    if (p->in_regime) {
        diag *d = diag_add(p->sink, DIAG_E111, p->tok.at, "regimes do not nest");
        d->help = "close the regime with `}` before the next one";
        return false;
    }
    advance(p);
    if (!label_here(p, &s->regime, "the name of the regime") || !regime_head(p, s)) return false;
    word_ahead(p, TOK_LBRACE);
    return !at(p, TOK_LBRACE) || regime_body(p, s);
}

/* ---- proofs ---- */

static bool not_in_proof(parser *p, span where, const char *what, const char *help) {
    diag *d = diag_add(p->sink, DIAG_E114, where, "%s cannot stand in a proof", what);
    d->help = help;
    return false;
}

/* A law, as a statement or as a conclusion; or a contradiction. */
static bool step(parser *p, statement *s) {
    size_t start = p->tok.at.start;
    bool therefore = at(p, TOK_THEREFORE);
    if (at(p, TOK_CONTRADICTION)) {
        s->kind = STATEMENT_CONTRADICTION;
        advance(p);
        return true;
    }
    if (!(therefore ? conclusion(p, s) : claim(p, s))) return false;
    if (statement_is_question(s))
        return not_in_proof(p, from_to(p, start), "a question",
                            "a step states what follows; ask outside the braces");
    if (s->kind == STATEMENT_CONSISTENT || s->kind == STATEMENT_TRIVIAL)
        return not_in_proof(p, from_to(p, start), "a claim about the verdict",
                            "a step is a law or `contradiction`; write the claim outside the "
                            "braces");
    s->kind = s->kind == STATEMENT_LAW ? STATEMENT_CONCLUSION : s->kind;
    return true;
}

static bool step_body(parser *p, statement *s) {
    bool claims = starts_expr(p) || at(p, TOK_MINUS) || at(p, TOK_THEREFORE);
    if (claims || at(p, TOK_CONTRADICTION)) return step(p, s);
    switch (p->tok.kind) {
    case KW_QUANTITY:
    case KW_CONST:
    case KW_PARAM:
        s->kind = STATEMENT_DECLARATION;
        return not_in_proof(p, p->tok.at, "a declaration", "declare names outside the braces");
    case KW_CHOOSE:
    case KW_USE:
    case KW_REGIME:
    case KW_PROOF:
        return not_in_proof(p, p->tok.at, token_shown(p->tok.kind),
                            "each step is a law, a growth statement or a comparison; close the "
                            "proof with `}` first");
    default:
        unexpected(p, "a step");
        return false;
    }
}

/* by A3, A2: perhaps on the next line */
static bool references(parser *p, statement *s) {
    word_ahead(p, KW_BY);
    return !at(p, KW_BY) || label_list(p, &s->by, &s->nby);
}

static bool proof_body(parser *p, statement *s) {
    statements list = {0};
    span open = p->tok.at;
    p->in_proof = true;
    advance(p);
    statement_list(p, &list);
    p->in_proof = false;
    s->body = list.v;
    s->nbody = (int)list.n;
    bool closed = p->stopped || expect_close(p, TOK_RBRACE, open);
    s->block = from_to(p, open.start);
    p->resume = closed ? 0 : p->resume;
    return closed;
}

/* proof "title" { steps } */
static bool proof(parser *p, statement *s) {
    s->kind = STATEMENT_PROOF;
    advance(p);
    if (at(p, TOK_STRING)) {
        s->note = p->tok.text;
        advance(p);
    }
    word_ahead(p, TOK_LBRACE);
    if (at(p, TOK_LBRACE)) return proof_body(p, s);
    return expect(p, TOK_LBRACE, "before the steps of the proof");
}

/* ---- statements ---- */

static bool decoration(parser *p, statement *s) {
    for (;;) {
        if (at(p, TOK_STRING) && s->note.n == 0) {
            s->note = p->tok.text;
            advance(p);
        } else if (at(p, TOK_LBRACKET) && s->cite.n == 0) {
            span open = p->tok.at;
            s->cite = lex_citation(&p->lx, open.start);
            p->tok.at.end = p->lx.at;
            if (s->cite.s == NULL) {
                diag *d = diag_add(p->sink, DIAG_E102, open, "this citation is not closed");
                d->help = "a citation has 10,000 bytes at most";
                p->resume = open.end;
                return false;
            }
            advance(p);
        } else {
            return true;
        }
    }
}

static bool statement_end(parser *p, const statement *s) {
    if (p->stopped || ends_statement(p->tok.kind) || (at(p, TOK_RBRACE) && in_block(p)))
        return true;
    if (declares_more(p, s)) return true;
    if (statement_is_question(s) && (at(p, TOK_QUESTION) || is_relation(p->tok.kind)))
        return two_questions(p, p->tok.at);
    if (at(p, TOK_STRING) || at(p, TOK_LBRACKET)) {
        diag_add(p->sink, DIAG_E101, p->tok.at, "a statement has one note and one citation");
        return false;
    }
    if (at(p, TOK_RBRACE) || at(p, TOK_RPAREN) || at(p, TOK_RBRACKET)) {
        unexpected(p, "");
        return false;
    }
    if (!at(p, TOK_BAD)) {
        diag *d = diag_add(p->sink, DIAG_E101, p->tok.at,
                           "the end of the statement was expected here, not %s", found(p));
        d->help = s->nby          ? "references are separated by commas: `by A1, A2`"
                  : at(p, KW_AND) ? "`and` joins conditions: write `;` between two statements"
                  : at(p, KW_BY)  ? "`by` belongs to the steps of a proof: `proof { 1: ... by A1 }`"
                  : at(p, KW_OR) ? "`or` stands before `when`, and conditions are joined by `and`; "
                                   "a law that holds in two cases is two statements"
                                 : "a statement ends with its line or with `;`";
    }
    return false;
}

/* ---- allocations ---- */

static bool chosen_for(parser *p, allocation *c) {
    int holes = p->holes;
    c->maximize = at(p, KW_MAXIMIZE);
    if (!at(p, KW_MINIMIZE) && !at(p, KW_MAXIMIZE)) {
        unexpected(p, "`minimize` or `maximize`");
        return false;
    }
    advance(p);
    c->target = parse_expr(p);
    if (!c->target || p->holes == holes) return c->target;
    diag *d = diag_add(p->sink, DIAG_E108, c->target->at, "a question cannot stand here");
    d->help = "ask it in a statement of its own: what does the choice come to? `N ∝ C^?`";
    return false;
}

/* choose N, D to minimize ℓ at fixed C */
static bool choice(parser *p, statement *s) {
    sides chosen = {0};
    law held = {0};
    allocation *c = NEW(p->arena, allocation);
    advance(p);
    if (!side_list(p, &chosen) || !expect(p, KW_TO, "after what is chosen")) return false;
    if (!chosen_for(p, c) || (at(p, KW_AT) && !at_fixed(p, &held))) return false;
    c->chosen = chosen.v;
    c->nchosen = (int)chosen.n;
    c->fixed = held.side;
    c->nfixed = held.nsides;
    s->kind = STATEMENT_CHOICE;
    s->choice = c;
    return true;
}

static bool bare_contradiction(parser *p) {
    diag *d = diag_add(p->sink, DIAG_E110, p->tok.at, "a contradiction cannot be assumed");
    d->help = "to claim that the theory is contradictory, write `∴ contradiction`";
    return false;
}

static bool body(parser *p, statement *s) {
    if (p->in_proof) return step_body(p, s);
    if (p->before) return another_declaration(p, s);
    switch (p->tok.kind) {
    case KW_QUANTITY:
    case KW_CONST:
    case KW_PARAM:
        return declaration(p, s);
    case KW_USE:
        return use(p, s);
    case KW_REGIME:
        return regime(p, s);
    case KW_CHOOSE:
        return choice(p, s);
    case KW_PROOF:
        return proof(p, s);
    case TOK_THEREFORE:
        return conclusion(p, s);
    case TOK_CONTRADICTION:
        return bare_contradiction(p);
    default:
        break;
    }
    if (starts_expr(p) || at(p, TOK_MINUS)) return claim(p, s);
    unexpected(p, "a statement");
    return false;
}

static bool prefix_allowed(parser *p, const statement *s) {
    if ((!s->given && !s->optional) || statement_is_fact(s)) return true;
    diag *d = diag_add(p->sink, DIAG_E112, s->prefix, "only a statement of the theory can be %s",
                       s->given ? "`given`" : "`optional`");
    d->help = "leave it out before declarations, questions, conclusions, regimes and `use`";
    return false;
}

static void label(parser *p, statement *s) {
    size_t start = p->tok.at.start;
    if (s->label.text.n) return;
    str found_label = lex_label_colon(&p->lx, start);
    if (found_label.n == 0) return;
    s->label = (label_ref){{p->lx.src, start, start + found_label.n}, found_label};
    p->tok.at.end = p->lx.at;
    advance(p);
}

/* Label, `given` and `optional`, in any order. */
static void prefixes(parser *p, statement *s) {
    if (p->before) advance(p);
    label(p, s);
    while (at(p, KW_GIVEN) || at(p, KW_OPTIONAL)) {
        *(at(p, KW_GIVEN) ? &s->given : &s->optional) = true;
        s->prefix = p->tok.at;
        advance(p);
        label(p, s);
    }
}

static bool regime_statement(parser *p, const statement *s) {
    if (!p->in_regime || (!s->optional && s->kind != STATEMENT_USE)) return true;
    diag *d = diag_add(p->sink, DIAG_E111, s->optional ? s->prefix : s->at,
                       "%s cannot stand in a regime", s->optional ? "`optional`" : "`use`");
    d->help = "write it in the theory, outside the braces";
    return false;
}

static bool parse_statement(parser *p, statement *s) {
    p->depth = p->terms = p->holes = 0;
    p->resume = 0;
    prefixes(p, s);
    s->at = p->tok.at;
    if (!body(p, s)) return false;
    bool block = s->kind == STATEMENT_REGIME || s->kind == STATEMENT_PROOF;
    if (!block && !suppositions(p, s)) return false;
    s->at = from_to(p, s->at.start);
    if (!prefix_allowed(p, s) || !regime_statement(p, s) || !decoration(p, s)) return false;
    if (p->in_proof && (!references(p, s) || !decoration(p, s))) return false;
    return statement_end(p, s);
}

/* Passes over the rest of a broken statement, without further errors. Where a bracket was left
 * open, it ends with the line of the bracket; else braces are passed over whole. */
static void recover(parser *p, size_t start) {
    diags quiet = {.arena = p->arena}, *sink = p->sink;
    bool open = p->resume > start;
    int depth = 0;
    p->lx.sink = &quiet;
    lex_restart(&p->lx, open ? p->resume : p->tok.at.start);
    for (advance(p); !at(p, TOK_EOF); advance(p)) {
        if (depth == 0 && at(p, TOK_RBRACE) && in_block(p)) break;
        if (ends_statement(p->tok.kind) && (open || depth == 0)) break;
        depth += at(p, TOK_LBRACE) - (at(p, TOK_RBRACE) && depth > 0);
        p->lx.brackets = 0;
        p->lx.last = TOK_NAME;
    }
    p->lx.sink = sink;
}

static void separators(parser *p) {
    while (at(p, TOK_NEWLINE) || at(p, TOK_SEMICOLON)) {
        p->lx.brackets = 0;
        advance(p);
    }
}

/* ---- the whole ---- */

static bool text_error(const source *src, size_t i, size_t len, int32_t cp, diags *sink) {
    span where = {src, i, i + len};
    if (cp == 0) {
        diag_add(sink, DIAG_E003, where, "a NUL byte: this is no text");
    } else if (cp < 0) {
        diag_add(sink, DIAG_E002, where, "the byte 0x%02x is not UTF-8 here",
                 (unsigned char)src->bytes.s[i]);
    } else {
        diag *d = diag_add(sink, DIAG_E004, where,
                           "U+%04X changes the direction of the text around it", (unsigned)cp);
        d->help = "remove it: it makes a line look different from what it says";
        return false;
    }
    return true;
}

/* The text as a whole is read only if this finds nothing; bytes that are no text end the search. */
bool text_is_sound(const source *src, diags *sink) {
    int before = sink->errors;
    for (size_t i = 0, len; i < src->bytes.n; i += len) {
        unsigned char c = (unsigned char)src->bytes.s[i];
        len = 1;
        if (c && c < 0x80) continue;
        int32_t cp = utf8_next((str){src->bytes.s + i, src->bytes.n - i}, &len);
        if (cp > 0 && !utf8_is_bidi_control(cp)) continue;
        if (text_error(src, i, len, cp, sink) || sink->errors - before >= ERRORS_MAX) break;
    }
    return sink->errors == before;
}

bool statement_is_fact(const statement *s) {
    return s->kind == STATEMENT_LAW || s->kind == STATEMENT_CHOICE ||
           (s->kind == STATEMENT_DECLARATION && s->neither);
}

bool statement_is_question(const statement *s) {
    return s->kind == STATEMENT_EXPONENT || s->kind == STATEMENT_RELATION ||
           s->kind == STATEMENT_PARAMETER;
}

bool statement_is_goal(const statement *s) {
    return statement_is_question(s) ||
           (s->kind >= STATEMENT_CONCLUSION && s->kind <= STATEMENT_TRIVIAL);
}

const ast *parse(arena *a, const source *src, const lang_limits *limits, diags *sink) {
    if (!text_is_sound(src, sink)) return NULL;
    parser p = {.arena = a, .limits = limits, .sink = sink, .line = 1};
    p.first_error = sink->errors;
    p.lx = lex_start(a, src, limits, sink);
    statements list = {0};
    advance(&p);
    statement_list(&p, &list);
    ast *t = NEW(a, ast);
    t->src = src;
    t->statements = list.v;
    t->n = (int)list.n;
    t->whole = sink->errors == p.first_error;
    t->declares = p.declares;
    t->names_lost = p.names_lost;
    t->uncertain = p.uncertain;
    return t;
}
