#include "lang/parser.h"

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

bool declares_more(parser *p, const statement *s) {
    p->before = s->kind == STATEMENT_DECLARATION && at(p, TOK_COMMA) ? s : NULL;
    return p->before != NULL;
}

static bool declared_things(parser *p, statement *s) {
    s->kind = STATEMENT_DECLARATION;
    p->declares = true;
    return s->sort == SORT_PARAMETER ? parameters(p, s) : declared_names(p, s);
}

bool parse_declaration(parser *p, statement *s) {
    s->sort = at(p, KW_QUANTITY) ? SORT_QUANTITY : at(p, KW_CONST) ? SORT_CONSTANT : SORT_PARAMETER;
    advance(p);
    return declared_things(p, s);
}

/* After the comma: the sort is that of the one before, and a bound is as hard as its bound. */
bool parse_another_declaration(parser *p, statement *s) {
    const statement *before = p->before;
    p->before = NULL;
    s->sort = before->sort;
    if (!declared_things(p, s)) return false;
    if (s->neither && !s->given) s->given = before->given, s->prefix = before->prefix;
    return true;
}

/* ---- use ---- */

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

bool parse_use(parser *p, statement *s) {
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
