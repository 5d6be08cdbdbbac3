#include "lang/parser.h"

#include "lang/spell.h"

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

bool in_block(const parser *p) {
    return p->in_regime || p->in_proof;
}

bool ends_statement(token_kind k) {
    return k == TOK_EOF || k == TOK_NEWLINE || k == TOK_SEMICOLON;
}

bool is_relation(token_kind k) {
    return k >= TOK_PROPTO && k <= TOK_MEMBER;
}

const char *found_here(const parser *p) {
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
    diag_add(p->sink, DIAG_E101, p->tok.at, "%s was expected here, not %s", expected,
             found_here(p));
}

bool expect(parser *p, token_kind kind, const char *why) {
    if (accept(p, kind)) return true;
    if (!at(p, TOK_BAD))
        diag_add(p->sink, DIAG_E101, p->tok.at, "%s was expected here %s, not %s",
                 token_shown(kind), why, found_here(p));
    return false;
}

bool expect_close(parser *p, token_kind kind, span open) {
    if (accept(p, kind)) return true;
    p->resume = open.end;
    if (at(p, TOK_BAD)) return false;
    diag *d = diag_add(p->sink, DIAG_E102, open, "this bracket is not closed");
    d->other = p->tok.at;
    d->note = formatted(p->arena, "%s was expected here, not %s", token_shown(kind), found_here(p));
    return false;
}

token_kind next_kind(const parser *p) {
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    return lex_next(&probe).kind;
}

void word_ahead(parser *p, token_kind kind) {
    lexer probe = p->lx;
    diags quiet = {.arena = p->arena};
    probe.sink = &quiet;
    token t = p->tok;
    while (t.kind == TOK_NEWLINE) t = lex_next(&probe);
    if (t.kind != kind) return;
    while (at(p, TOK_NEWLINE)) advance(p);
}

bool label_here(parser *p, label_ref *out, const char *expected) {
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

bool label_list(parser *p, const label_ref **out, int *n) {
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
