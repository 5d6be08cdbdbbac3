#include "lang/parser.h"

/* ---- laws ---- */

relation relation_of(token_kind k) {
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

typedef VEC(law) laws;

static bool side_list(parser *p, sides *list) {
    do {
        expr *e = parse_expr(p);
        if (!e) return false;
        vec_push(p->arena, list, e);
    } while (accept(p, TOK_COMMA));
    return true;
}

bool bare_hole(parser *p, joint l) {
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

bool may_compare(token_kind k) {
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

void only(parser *p, statement *s, law l) {
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

bool parse_suppositions(parser *p, statement *s) {
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

bool two_questions(parser *p, span second) {
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

bool parse_claim(parser *p, statement *s) {
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

bool parse_conclusion(parser *p, statement *s) {
    advance(p);
    if (verdict_word(p, s)) {
        advance(p);
        return true;
    }
    law l = {0};
    s->kind = STATEMENT_CONCLUSION;
    return parse_law(p, &l) && alternatives(p, s, l);
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
bool parse_choice(parser *p, statement *s) {
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
