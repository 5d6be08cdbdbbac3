#include "lang/lints.h"
#include "base/utf8.h"
#include "lang/lex.h"

enum { NAMED = 8 }; /* of more members the others are counted */

typedef struct {
    arena *a;
    const theory *t;
    diags *sink;
    int nsymbols;
    int *mentions; /* how many statements speak of each symbol of the theory */
    int *last;     /* the last of them, by its number */
} lints;

typedef struct {
    str name;
    span at;
} member;
typedef VEC(member) members;

/* "`Q`, `R` and `S`", "`Q`, ... and 3 more" */
static const char *listed(arena *a, const members *m) {
    text t = text_new(a);
    size_t shown = m->n > NAMED + 1 ? NAMED : m->n;
    for (size_t i = 0; i < shown; i++) {
        bool last = i + 1 == m->n;
        text_puts(&t, i == 0 ? "" : last ? " and " : ", ");
        text_puts(&t, lex_quote(a, m->v[i].name));
    }
    if (shown < m->n) text_addf(&t, " and %zu more", m->n - shown);
    return t.s;
}

/* --- what is mentioned --- */

static void mark_names(const lints *l, const expr *e, const int *map, int number) {
    if (!e) return;
    int sym = e->kind == EXPR_NAME ? e->sym : -1;
    if (sym >= 0 && map) sym = map[sym];
    if (sym >= 0 && sym < l->nsymbols && l->last[sym] != number) {
        l->last[sym] = number;
        l->mentions[sym]++;
    }
    for (int i = 0; i < e->n; i++) mark_names(l, e->part[i].e, map, number);
}

static void mark_laws(const lints *l, const law *laws, int n, const int *map, int number) {
    for (int i = 0; i < n; i++)
        for (int k = 0; k < laws[i].nsides; k++) mark_names(l, laws[i].side[k], map, number);
}

static void mark_choice(const lints *l, const allocation *c, const int *map, int number) {
    if (!c) return;
    mark_names(l, c->target, map, number);
    for (int i = 0; i < c->nchosen; i++) mark_names(l, c->chosen[i], map, number);
    for (int i = 0; i < c->nfixed; i++) mark_names(l, c->fixed[i], map, number);
}

static void count_statement(const lints *l, const statement *s, const int *map, int number) {
    if (s->kind == STATEMENT_DECLARATION) return;
    mark_laws(l, s->either, s->neither, map, number);
    mark_laws(l, s->when, s->nwhen, map, number);
    mark_choice(l, s->choice, map, number);
}

static void count_mentions(const lints *l) {
    const ast *tree = l->t->tree;
    int number = 0;
    for (int i = 0; i < tree->n; i++) {
        const statement *s = tree->statements[i];
        count_statement(l, s, NULL, ++number);
        for (int k = 0; k < s->nbody; k++) count_statement(l, s->body[k], NULL, ++number);
    }
    for (size_t i = 0; i < l->t->laws.n; i++) {
        const instance *in = &l->t->laws.v[i];
        if (in->map) count_statement(l, in->s, in->map, ++number);
    }
}

/* --- N003 --- */

static members mentioned(const lints *l, int times) {
    members found = {0};
    for (int i = 0; i < l->t->tree->n; i++) {
        const statement *s = l->t->tree->statements[i];
        if (s->kind != STATEMENT_DECLARATION || s->sort != SORT_QUANTITY) continue;
        for (int k = 0; k < s->nnames; k++) {
            int sym = scope_find(l->t->scope, s->names[k].name.text);
            member m = {s->names[k].name.text, s->names[k].name.at};
            if (sym >= 0 && sym < l->nsymbols && l->mentions[sym] == times)
                vec_push(l->a, &found, m);
        }
    }
    return found;
}

static void lint_used_once(const lints *l) {
    members never = mentioned(l, 0), once = mentioned(l, 1);
    text t = text_new(l->a);
    if (never.n + once.n == 0) return;
    if (once.n)
        text_addf(&t, "%s %s used only once", listed(l->a, &once), once.n == 1 ? "is" : "are");
    if (never.n)
        text_addf(&t, "%s%s %s never used", once.n ? "; " : "", listed(l->a, &never),
                  never.n == 1 ? "is" : "are");
    diag *d = diag_add(l->sink, DIAG_N003, once.n ? once.v[0].at : never.v[0].at, "%s", t.s);
    d->help = once.n ? "what only one statement speaks of tells nothing of the others; is a law "
                       "missing?"
                     : "is a law missing, or is the declaration not needed?";
}

/* --- N004 --- */

/* Pairs of characters of which the first is easily read as the second: Greek beside Latin,
 * Cyrillic, `ℓ`, and variants of letters. A choice out of the confusables of Unicode (UTS
 * 39). */
static const char confusables[] =
    "γy ιi κk νv οo ρp υu χx ϱp ϰk "
    "ΑA ΒB ΕE ΖZ ΗH Ιl ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX "
    "аa еe оo рp сc уy хx іi ѕs јj АA ВB ЕE КK МM НH ОO РP СC ТT ХX Іl "
    "ℓl ıi ɑa ɡg ℎh "
    "ϵε ϕφ ϑθ ςσ ßβ µμ ∆Δ";

static int32_t looks_like(int32_t cp) {
    size_t first, second;
    if (cp < 0x80) return cp == 'I' || cp == '1' ? 'l' : cp == '0' ? 'o' : cp;
    for (str rest = str_of(confusables); rest.n; rest.s += first + second) {
        int32_t looks = utf8_next(rest, &first);
        int32_t like = utf8_next((str){rest.s + first, rest.n - first}, &second);
        if (looks == cp) return like;
        second += rest.s[first + second] == ' ';
        rest.n -= first + second;
    }
    return cp;
}

/* What is left of a name at a glance. Case is told in its first letter alone: N_p, N_P. */
static str glance(arena *a, str name) {
    text t = text_new(a);
    size_t len;
    for (str rest = name; rest.n; rest.s += len, rest.n -= len) {
        int32_t cp = looks_like(utf8_next(rest, &len));
        bool upper = cp >= 'A' && cp <= 'Z' && t.n > 0;
        utf8_put(&t, upper ? cp - 'A' + 'a' : cp);
    }
    return text_str(&t);
}

/* Names in pairs: what looks like a name before it, and that name. */
static void lint_look_alikes(const lints *l) {
    names seen = names_new(l->a);
    text t = text_new(l->a);
    const symbol *all = scope_symbols(l->t->scope);
    const symbol *first = NULL, *other = NULL;
    for (int i = 0; i < l->nsymbols; i++) {
        if (all[i].name.n == 0 || all[i].hidden || l->mentions[i] == 0) continue;
        str key = glance(l->a, all[i].name);
        int before = names_find(&seen, key);
        if (before < 0) names_put(&seen, key, i);
        if (before < 0 || all[i].at.src != l->t->src) continue;
        if (!first) first = &all[i], other = &all[before];
        text_addf(&t, "%s%s looks like %s", t.n ? ", " : "", lex_quote(l->a, all[i].name),
                  lex_quote(l->a, all[before].name));
    }
    if (!first) return;
    diag *d = diag_add(l->sink, DIAG_N004, first->at, "%s", t.s);
    d->other = other->at;
    d->note = "the other name";
    d->help =
        "if they are meant to be one, spell them alike; if not, a reader may take them for one";
}

/* --- N006 --- */

static int decimals(str number) {
    const char *point = number.n ? memchr(number.s, '.', number.n) : NULL;
    int n = 0;
    for (const char *c = point ? point + 1 : NULL; c && c < number.s + number.n; c++, n++)
        if (*c < '0' || *c > '9') break;
    return n;
}

/* Two decimals or more, and not a multiple of an eighth. */
static bool looks_measured(arena *a, const expr *e) {
    if (e->kind != EXPR_NUMBER || decimals(e->text) < 2) return false;
    return !rat_is_int(rat_mul(a, rat_int(8), e->value));
}

typedef struct {
    members exact, uncertain; /* numbers as written */
} numerals;

/* Numbers in exponents and, in comparisons, all. */
static void find_numerals(const lints *l, const expr *e, bool exponent, bool within,
                          numerals *out) {
    if (!e) return;
    bool uncertain = within || e->kind == EXPR_UNCERTAIN;
    if (exponent && looks_measured(l->a, e))
        vec_push(l->a, within ? &out->uncertain : &out->exact, ((member){e->text, e->at}));
    for (int i = 0; i < e->n; i++)
        find_numerals(l, e->part[i].e, exponent || (e->kind == EXPR_POWER && i == 1), uncertain,
                      out);
}

/* A bound, 0.07 ≤ γ, is no claim of a value. */
static bool says_equal(const law *l) {
    for (int i = 0; i + 1 < l->nsides; i++)
        if (l->compares && l->links[i].is != RELATION_EQUAL) return false;
    return l->kind == LAW_CHAIN;
}

static void find_in_statement(const lints *l, const statement *s, numerals *out) {
    for (int i = 0; i < s->neither; i++)
        for (int k = 0; says_equal(&s->either[i]) && k < s->either[i].nsides; k++)
            find_numerals(l, s->either[i].side[k], s->either[i].compares, false, out);
}

static bool is_dropped(const lints *l, const statement *s) {
    for (int i = 0; i < l->t->tree->n; i++) {
        const statement *r = l->t->tree->statements[i];
        for (int k = 0; k < r->nwithout; k++)
            if (str_eq(r->without[k].text, s->label.text)) return true;
    }
    return false;
}

static bool has_member(const members *m, str name) {
    for (size_t i = 0; i < m->n; i++)
        if (str_eq(m->v[i].name, name)) return true;
    return false;
}

/* "0.001" */
static const char *last_place(arena *a, int places) {
    text t = text_new(a);
    text_puts(&t, "0.");
    for (int i = 1; i < places; i++) text_putc(&t, '0');
    text_putc(&t, '1');
    return t.s;
}

static void add_members(const lints *l, const members *from, members *to) {
    for (size_t i = 0; i < from->n; i++) vec_push(l->a, to, from->v[i]);
}

/* The numbers of a statement that a regime leaves out are tried, not stated. */
static void sort_numerals(const lints *l, const statement *s, numerals *stated, numerals *tried) {
    numerals own = {0};
    find_in_statement(l, s, &own);
    if (own.exact.n + own.uncertain.n == 0) return;
    numerals *to = s->label.text.n && is_dropped(l, s) ? tried : stated;
    add_members(l, &own.exact, &to->exact);
    add_members(l, &own.uncertain, &to->uncertain);
}

/* Regimes try numbers out, and so does who leaves a number out in one, or says it with ± too. */
static void lint_decimals(const lints *l) {
    const ast *tree = l->t->tree;
    numerals stated = {0}, tried = {0};
    members told = {0};
    for (int i = 0; i < tree->n; i++) {
        const statement *s = tree->statements[i];
        if (s->kind == STATEMENT_LAW) sort_numerals(l, s, &stated, &tried);
        for (int k = 0; k < s->nbody; k++) find_in_statement(l, s->body[k], &tried);
    }
    for (size_t i = 0; i < stated.exact.n; i++) {
        member m = stated.exact.v[i];
        bool both = has_member(&stated.uncertain, m.name) || has_member(&tried.uncertain, m.name);
        if (!both && !has_member(&told, m.name)) vec_push(l->a, &told, m);
    }
    if (told.n == 0) return;
    diag *d = diag_add(l->sink, DIAG_N006, told.v[0].at, "%s %s exact, but look%s measured",
                       listed(l->a, &told), told.n == 1 ? "is" : "are", told.n == 1 ? "s" : "");
    str number = told.v[0].name;
    d->help = formatted(l->a,
                        "if it was measured, say how well: `%.*s ± %s`; if it stands for a "
                        "fraction, write the fraction",
                        (int)number.n, number.s, last_place(l->a, decimals(number)));
}

/* --- the door --- */

void lint_theory(arena *a, const theory *t, diags *sink) {
    lints l = {.a = a, .t = t, .sink = sink, .nsymbols = scope_size(t->scope)};
    l.mentions = NEW_ARRAY(a, int, l.nsymbols);
    l.last = NEW_ARRAY(a, int, l.nsymbols);
    count_mentions(&l);
    if (!t->scope->sketch) lint_used_once(&l);
    lint_look_alikes(&l);
    lint_decimals(&l);
}
