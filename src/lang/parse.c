#include "lang/parser.h"

#include "base/utf8.h"

/* ---- regimes ---- */

static bool parse_statement(parser *p, statement *s);
static void recover(parser *p, size_t start);
static void separators(parser *p);

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
    if (!(therefore ? parse_conclusion(p, s) : parse_claim(p, s))) return false;
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
                           "the end of the statement was expected here, not %s", found_here(p));
        d->help = s->nby          ? "references are separated by commas: `by A1, A2`"
                  : at(p, KW_AND) ? "`and` joins conditions: write `;` between two statements"
                  : at(p, KW_BY)  ? "`by` belongs to the steps of a proof: `proof { 1: ... by A1 }`"
                  : at(p, KW_OR) ? "`or` stands before `when`, and conditions are joined by `and`; "
                                   "a law that holds in two cases is two statements"
                                 : "a statement ends with its line or with `;`";
    }
    return false;
}

static bool bare_contradiction(parser *p) {
    diag *d = diag_add(p->sink, DIAG_E110, p->tok.at, "a contradiction cannot be assumed");
    d->help = "to claim that the theory is contradictory, write `∴ contradiction`";
    return false;
}

static bool body(parser *p, statement *s) {
    if (p->in_proof) return step_body(p, s);
    if (p->before) return parse_another_declaration(p, s);
    switch (p->tok.kind) {
    case KW_QUANTITY:
    case KW_CONST:
    case KW_PARAM:
        return parse_declaration(p, s);
    case KW_USE:
        return parse_use(p, s);
    case KW_REGIME:
        return regime(p, s);
    case KW_CHOOSE:
        return parse_choice(p, s);
    case KW_PROOF:
        return proof(p, s);
    case TOK_THEREFORE:
        return parse_conclusion(p, s);
    case TOK_CONTRADICTION:
        return bare_contradiction(p);
    default:
        break;
    }
    if (starts_expr(p) || at(p, TOK_MINUS)) return parse_claim(p, s);
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
    if (!block && !parse_suppositions(p, s)) return false;
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
