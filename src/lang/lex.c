#include "lang/lex.h"

#include "base/utf8.h"
#include "lang/spell.h"

static const char *const shown[] = {
#define TOKEN(kind, text) text,
    TOKENS(TOKEN)
#undef TOKEN
#define KEYWORD(kind, spelling) "`" spelling "`",
        KEYWORDS(KEYWORD)
#undef KEYWORD
};

const char *token_shown(token_kind kind) {
    return shown[kind];
}

/* DEPTH_MOST is what the stack bears. */
enum { QUOTE_MAX = 40, CITATION_MAX = 10000, DEPTH_MOST = 1000 };

const char *lex_quote(arena *a, str s) {
    size_t n = 0;
    for (size_t len; n < s.n && n < QUOTE_MAX && s.s[n] != '\n'; n += len)
        utf8_next((str){s.s + n, s.n - n}, &len);
    return formatted(a, "`%.*s%s`", (int)n, s.s, n < s.n ? "…" : "");
}

lang_limits lex_limits(const lang_limits *given) {
    lang_limits l = given ? *given : (lang_limits){0};
    if (l.max_bytes == 0) l.max_bytes = (size_t)16 << 20;
    if (l.max_depth <= 0) l.max_depth = 200;
    if (l.max_depth > DEPTH_MOST) l.max_depth = DEPTH_MOST;
    if (l.max_terms <= 0) l.max_terms = 10000;
    if (l.max_digits <= 0) l.max_digits = 1000;
    if (l.max_statements <= 0) l.max_statements = 200000;
    if (l.max_files <= 0) l.max_files = 100;
    if (l.max_name <= 0) l.max_name = 256;
    return l;
}

void lex_restart(lexer *lx, size_t from) {
    lx->at = from;
    lx->brackets = 0;
    lx->last = TOK_NEWLINE;
}

lexer lex_start(arena *a, const source *src, const lang_limits *limits, diags *sink) {
    lexer lx = {.arena = a, .src = src, .limits = limits, .sink = sink};
    lex_restart(&lx, str_starts(src->bytes, "\xef\xbb\xbf") ? 3 : 0);
    return lx;
}

static str rest(const lexer *lx) {
    return (str){lx->src->bytes.s + lx->at, lx->src->bytes.n - lx->at};
}

/* The byte i places on; 0 behind the end. */
static char peek(const lexer *lx, size_t i) {
    return lx->at + i < lx->src->bytes.n ? lx->src->bytes.s[lx->at + i] : 0;
}

static bool take(lexer *lx, const char *z) {
    if (!str_starts(rest(lx), z)) return false;
    lx->at += strlen(z);
    return true;
}

/* The code point here, with its length; 0 at the end. */
static int32_t here(const lexer *lx, size_t *len) {
    *len = 0;
    return lx->at < lx->src->bytes.n ? utf8_next(rest(lx), len) : 0;
}

static bool is_digit(int32_t cp) {
    return cp >= '0' && cp <= '9';
}

static span since(const lexer *lx, size_t start) {
    return (span){lx->src, start, lx->at};
}

static str slice(const lexer *lx, size_t start, size_t end) {
    return (str){lx->src->bytes.s + start, end - start};
}

static str ascii_word(lexer *lx) {
    size_t start = lx->at;
    while (utf8_is_letter((unsigned char)peek(lx, 0)) && (unsigned char)peek(lx, 0) < 0x80)
        lx->at++;
    return slice(lx, start, lx->at);
}

/* ---- blanks ---- */

static bool skip_command(lexer *lx) {
    size_t start = lx->at;
    lx->at++;
    if (strchr(",;:! ", peek(lx, 0)) && peek(lx, 0)) {
        lx->at++;
        return true;
    }
    if (spell_skipped(ascii_word(lx))) return true;
    lx->at = start;
    return false;
}

/* An infix operator wants something after it, wherever that stands. */
static bool continues(token_kind k) {
    switch (k) {
    case TOK_COMMA:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_TIMES:
    case TOK_SLASH:
    case TOK_PLUSMINUS:
    case TOK_PROPTO:
    case TOK_ATMOST:
    case TOK_ATLEAST:
    case TOK_BELOW:
    case TOK_ABOVE:
    case TOK_EQUAL:
    case TOK_UNEQUAL:
    case TOK_LESS:
    case TOK_LESSEQ:
    case TOK_GREATER:
    case TOK_GREATEREQ:
    case TOK_MEMBER:
    case KW_WHEN:
    case KW_AND:
    case KW_OR:
    case KW_WHERE:
    case KW_IS:
        return true;
    default:
        return false;
    }
}

static void skip_comment(lexer *lx) {
    while (lx->at < lx->src->bytes.n && peek(lx, 0) != '\n') lx->at++;
}

/* A line that begins with a label begins a statement, whatever the line before lacks. */
static bool label_ahead(const lexer *lx) {
    lexer probe = *lx;
    for (char c; (c = peek(&probe, 0)) != 0 && strchr(" \t\r\n#", c);)
        if (c == '#')
            skip_comment(&probe);
        else
            probe.at++;
    return lex_label_colon(&probe, probe.at).n > 0;
}

static bool skip_blank(lexer *lx) {
    size_t len;
    switch (peek(lx, 0)) {
    case 0:
        return false;
    case ' ':
    case '\t':
    case '$':
    case '&':
        lx->at++;
        return true;
    case '\r':
        if (peek(lx, 1) != '\n') return false;
        lx->at++;
        return true;
    case '\n':
        if (lx->brackets == 0 && (!continues(lx->last) || label_ahead(lx))) return false;
        lx->at++;
        return true;
    case '#':
        skip_comment(lx);
        return true;
    case '\\':
        return skip_command(lx);
    default:
        if (!utf8_is_space(here(lx, &len))) return false;
        lx->at += len;
        return true;
    }
}

/* ---- names ---- */

/* Appends letters, digits and marks as they are spelled canonically. */
static void word_into(lexer *lx, text *out) {
    size_t start = lx->at, len;
    bool micro = false;
    for (int32_t cp; (cp = here(lx, &len)) != 0; lx->at += len) {
        if (!is_digit(cp) && !utf8_is_letter(cp) && !utf8_is_mark(cp)) break;
        if (cp == 0xb5) micro = true;
    }
    str word = slice(lx, start, lx->at);
    if ((int)word.n > lx->limits->max_name) word.n = (size_t)lx->limits->max_name + 1;
    str nfc = utf8_nfc(lx->arena, word);
    if (!micro) {
        text_add(out, nfc);
        return;
    }
    for (size_t i = 0, n; i < nfc.n; i += n) {
        int32_t cp = utf8_next((str){nfc.s + i, nfc.n - i}, &n);
        utf8_put(out, cp == 0xb5 ? 0x3bc : cp);
    }
}

/* A command inside a subscript: a letter, infinity, or a style that is passed over. */
static bool subscript_command(lexer *lx, text *out) {
    size_t start = lx->at++;
    str name = ascii_word(lx);
    const char *letter = spell_letter(name);
    if (letter)
        text_puts(out, letter);
    else if (str_eq(name, STR("infty")))
        text_puts(out, "∞");
    else if (str_eq(name, STR("ast")) || str_eq(name, STR("star")))
        text_puts(out, "*");
    else if (!spell_style(name) && !(name.n == 0 && take(lx, ","))) {
        lx->at = start;
        return false;
    }
    return true;
}

/* What stands between the braces of a subscript, without blanks and inner braces. */
static bool braced_subscript(lexer *lx, text *out) {
    int depth = 1;
    lx->at++;
    while (depth > 0) {
        char c = peek(lx, 0);
        size_t len, before = lx->at;
        if (c == '\\') {
            if (!subscript_command(lx, out)) return false;
        } else if (c == '{' || c == '}') {
            depth += c == '{' ? 1 : -1;
            lx->at++;
        } else if (c == ' ') {
            lx->at++;
        } else if (c && strchr(",*+-/'", c)) {
            text_putc(out, c);
            lx->at++;
        } else if (here(lx, &len) == 0x221e) {
            text_puts(out, "∞");
            lx->at += len;
        } else {
            word_into(lx, out);
            if (lx->at == before) return false;
        }
    }
    return true;
}

static bool bare_subscript(lexer *lx, text *out) {
    size_t before = lx->at, len;
    int32_t cp = here(lx, &len);
    if (cp == '{') return braced_subscript(lx, out);
    if (cp == '\\') {
        bool ok = subscript_command(lx, out);
        return ok && (out->n > 0 || peek(lx, 0) != '{' || braced_subscript(lx, out));
    }
    if (cp == '*' || cp == 0x221e) {
        text_puts(out, cp == '*' ? "*" : "∞");
        lx->at += len;
        return true;
    }
    word_into(lx, out);
    return lx->at > before;
}

static bool is_plain(str s) {
    for (size_t i = 0, len; i < s.n; i += len) {
        int32_t cp = utf8_next((str){s.s + i, s.n - i}, &len);
        if (!is_digit(cp) && !utf8_is_letter(cp) && !utf8_is_mark(cp) && cp != 0x221e) return false;
    }
    return s.n > 0;
}

static bool subscript(lexer *lx, text *out) {
    text inside = text_new(lx->arena);
    lx->at++;
    if (!bare_subscript(lx, &inside) || inside.n == 0) return false;
    str sub = text_str(&inside);
    const char *letter = spell_letter(sub);
    if (letter) sub = str_of(letter);
    text_puts(out, is_plain(sub) ? "_" : "_{");
    text_add(out, sub);
    if (!is_plain(sub)) text_putc(out, '}');
    return true;
}

/* Subscript signs: C₀, Nₚ. */
static bool subscript_signs(lexer *lx, text *out) {
    size_t len;
    bool any = false;
    for (char c; (c = spell_subscript(here(lx, &len))) != 0; lx->at += len) {
        if (!any) text_putc(out, '_');
        text_putc(out, c);
        any = true;
    }
    return any;
}

static bool prime(lexer *lx) {
    return take(lx, "'") || take(lx, "′") || take(lx, "’") || take(lx, "^\\prime") ||
           take(lx, "^{\\prime}");
}

static bool star(lexer *lx) {
    static const char *const stars[] = {"^*", "^{*}", "^\\ast", "^\\star", "^{\\ast}", "^{\\star}"};
    for (size_t i = 0; i < sizeof stars / sizeof *stars; i++)
        if (take(lx, stars[i])) return true;
    return false;
}

/* Subscript, primes and star; false where a subscript is broken. */
static bool suffix(lexer *lx, text *out) {
    for (;;) {
        if (peek(lx, 0) == '_') {
            if (!subscript(lx, out)) return false;
        } else if (prime(lx)) {
            text_putc(out, '\'');
        } else if (star(lx)) {
            text_puts(out, "^*");
        } else if (!subscript_signs(lx, out)) {
            return true;
        }
    }
}

static token made(lexer *lx, token_kind kind, size_t start) {
    return (token){.kind = kind, .at = since(lx, start)};
}

static token bad_subscript(lexer *lx, size_t start) {
    size_t len;
    here(lx, &len);
    diag *d = diag_add(lx->sink, DIAG_E101, (span){lx->src, lx->at, lx->at + len},
                       "a subscript was expected here");
    d->help = "a subscript is letters and digits: `N_p`, `N_{opt}`, `L_∞`";
    d->other = since(lx, start);
    d->note = "of this name";
    lx->at += len && peek(lx, 0) != '\n' ? len : 0;
    return made(lx, TOK_BAD, start);
}

static token long_name(lexer *lx, size_t start) {
    diag *d = diag_add(lx->sink, DIAG_E407, since(lx, start), "a name of more than %d bytes",
                       lx->limits->max_name);
    d->help = "the limit is moved with --max-name";
    return made(lx, TOK_BAD, start);
}

/* The rest of a name whose base is known. */
static token name_from(lexer *lx, size_t start, str base) {
    text out = text_new(lx->arena);
    const char *letter = spell_letter(base);
    text_add(&out, letter ? str_of(letter) : base);
    size_t base_n = out.n;
    if (!suffix(lx, &out)) return bad_subscript(lx, start);
    if ((int)out.n > lx->limits->max_name) return long_name(lx, start);
    token t = made(lx, TOK_NAME, start);
    t.text = text_str(&out);
    t.base = base_n;
    if (out.n == base_n) spell_keyword(t.text, &t.kind);
    return t;
}

/* A name of ASCII letters and digits and a simple subscript needs no copy; 0 where it is none. */
static size_t plain_name(const lexer *lx, size_t *base_n) {
    size_t n = 0, sub;
    while (utf8_is_letter(peek(lx, n)) || is_digit(peek(lx, n))) n++;
    *base_n = n;
    if (peek(lx, n) == '_') {
        for (sub = ++n; utf8_is_letter(peek(lx, n)) || is_digit(peek(lx, n));) n++;
        if (n == sub || spell_letter(slice(lx, lx->at + sub, lx->at + n))) return 0;
    }
    bool more = (peek(lx, n) & 0x80) || strchr("_'", peek(lx, n));
    bool power = peek(lx, n) == '^' && strchr("*{\\", peek(lx, n + 1));
    return power || (more && peek(lx, n)) || (int)n > lx->limits->max_name ? 0 : n;
}

static token name(lexer *lx) {
    size_t start = lx->at, base_n, n = plain_name(lx, &base_n);
    str base = slice(lx, start, start + base_n);
    if (n > 0 && !spell_letter(base)) {
        lx->at += n;
        token t = made(lx, TOK_NAME, start);
        t.text = slice(lx, start, start + n);
        t.base = base_n;
        if (n == base_n) spell_keyword(t.text, &t.kind);
        return t;
    }
    text out = text_new(lx->arena);
    word_into(lx, &out);
    return name_from(lx, start, text_str(&out));
}

/* ---- LaTeX ---- */

static token unknown_command(lexer *lx, size_t start, str name) {
    diag *d = diag_add(lx->sink, DIAG_E007, since(lx, start), "unknown LaTeX command %s",
                       lex_quote(lx->arena, slice(lx, start, lx->at)));
    const char *near = name.n ? spell_nearest_command(name) : NULL;
    if (near) d->help = formatted(lx->arena, "did you mean `\\%s`?", near);
    return made(lx, TOK_BAD, start);
}

/* \mathrm{loss}: what the braces hold where that is one word; else only the command is skipped. */
static token styled(lexer *lx, size_t start) {
    size_t inner = lx->at;
    if (peek(lx, 0) == '{') {
        text out = text_new(lx->arena);
        lx->at++;
        while (peek(lx, 0) == ' ') lx->at++;
        size_t len;
        if (utf8_is_letter(here(lx, &len))) word_into(lx, &out);
        while (peek(lx, 0) == ' ') lx->at++;
        if (out.n && take(lx, "}")) return name_from(lx, start, text_str(&out));
    }
    lx->at = inner;
    return lex_next(lx);
}

static token command(lexer *lx) {
    size_t start = lx->at++;
    str word = ascii_word(lx);
    token_kind kind;
    if (word.n == 0 && take(lx, "\\")) return made(lx, TOK_SEMICOLON, start);
    if (spell_command(word, &kind)) return made(lx, kind, start);
    if (spell_letter(word)) return name_from(lx, start, word);
    if (spell_style(word)) return styled(lx, start);
    if (word.n == 0 && lx->at < lx->src->bytes.n && peek(lx, 0) != '\n') {
        size_t len;
        here(lx, &len);
        lx->at += len;
    }
    return unknown_command(lx, start, word);
}

/* ---- the other tokens ---- */

static void digits(lexer *lx) {
    while (is_digit(peek(lx, 0))) lx->at++;
}

static bool exponent_follows(const lexer *lx) {
    if (peek(lx, 0) != 'e' && peek(lx, 0) != 'E') return false;
    size_t sign = peek(lx, 1) == '-' || peek(lx, 1) == '+';
    return is_digit(peek(lx, 1 + sign));
}

static token long_number(lexer *lx, size_t start) {
    diag *d = diag_add(lx->sink, DIAG_E404, since(lx, start), "a number of more than %d digits",
                       lx->limits->max_digits);
    d->help = "the limit is moved with --max-digits";
    return made(lx, TOK_BAD, start);
}

static token number(lexer *lx) {
    size_t start = lx->at;
    digits(lx);
    if (peek(lx, 0) == '.' && is_digit(peek(lx, 1))) {
        lx->at++;
        digits(lx);
    }
    if (exponent_follows(lx)) {
        lx->at += 2;
        digits(lx);
    }
    token t = made(lx, TOK_NUMBER, start);
    t.text = slice(lx, start, lx->at);
    return t.text.n > (size_t)lx->limits->max_digits ? long_number(lx, start) : t;
}

static token superscript(lexer *lx) {
    size_t start = lx->at, len;
    text out = text_new(lx->arena);
    for (char c; (c = spell_superscript(here(lx, &len))) != 0; lx->at += len)
        if (out.n <= (size_t)lx->limits->max_digits) text_putc(&out, c);
    if (out.n > (size_t)lx->limits->max_digits) return long_number(lx, start);
    token t = made(lx, TOK_SUPER, start);
    t.text = text_str(&out);
    return t;
}

static token quoted(lexer *lx, const char *close) {
    size_t start = lx->at, len;
    here(lx, &len);
    lx->at += len;
    size_t inside = lx->at;
    while (lx->at < lx->src->bytes.n && peek(lx, 0) != '\n' && !str_starts(rest(lx), close))
        lx->at++;
    token t = made(lx, TOK_STRING, start);
    t.text = slice(lx, inside, lx->at);
    if (take(lx, close)) {
        t.at.end = lx->at;
        return t;
    }
    diag *d = diag_add(lx->sink, DIAG_E006, (span){lx->src, start, inside},
                       "this quote is not closed on its line");
    d->help = formatted(lx->arena, "add a closing %s before the end of the line", close);
    t.kind = TOK_BAD;
    return t;
}

static token stray(lexer *lx, int32_t cp, size_t len) {
    size_t start = lx->at;
    lx->at += len;
    token t = made(lx, TOK_BAD, start);
    const char *what = utf8_is_unsafe(cp) || utf8_width(slice(lx, start, lx->at)) < 1
                           ? formatted(lx->arena, "U+%04X", (unsigned)cp)
                           : lex_quote(lx->arena, slice(lx, start, lx->at));
    diag *d = diag_add(lx->sink, DIAG_E005, t.at, "the character %s has no meaning here", what);
    if (cp == 0x2248 || cp == 0x2243 || cp == 0x2245)
        d->help = "for quantities of the same order write `∝` or `~`";
    return t;
}

static token sign(lexer *lx) {
    size_t start = lx->at, len;
    token_kind kind;
    size_t n = spell_operator(rest(lx), &kind);
    if (n == 0) {
        int32_t cp = here(lx, &len);
        return stray(lx, cp, len);
    }
    lx->at += n;
    if (kind == TOK_LPAREN || kind == TOK_LBRACKET) lx->brackets++;
    if ((kind == TOK_RPAREN || kind == TOK_RBRACKET) && lx->brackets > 0) lx->brackets--;
    return made(lx, kind, start);
}

/* @7: the statement of a line, where a label may stand. */
static token line_label(lexer *lx) {
    size_t start = lx->at++;
    digits(lx);
    return made(lx, TOK_LINE, start);
}

static token scan(lexer *lx) {
    size_t len;
    int32_t cp = here(lx, &len);
    if (len == 0) return made(lx, TOK_EOF, lx->at);
    if (cp == '\n') {
        size_t start = lx->at++;
        return (token){.kind = TOK_NEWLINE, .at = {lx->src, start, start}};
    }
    if (cp == '\\') return command(lx);
    if (cp == '"') return quoted(lx, "\"");
    if (cp == 0x201c) return quoted(lx, "”");
    if (is_digit(cp)) return number(lx);
    if (cp == '@' && is_digit(peek(lx, 1))) return line_label(lx);
    if (spell_superscript(cp)) return superscript(lx);
    if (utf8_is_letter(cp)) return name(lx);
    return sign(lx);
}

token lex_next(lexer *lx) {
    bool spaced = false;
    for (char c = peek(lx, 0); skip_blank(lx); c = peek(lx, 0))
        spaced |= c != '\\' && c != '$' && c != '&';
    token t = scan(lx);
    t.spaced = t.spaced || spaced;
    lx->last = t.kind;
    return t;
}

/* ---- labels and citations ---- */

static bool label_char(int32_t cp, bool first) {
    if (is_digit(cp) || utf8_is_letter(cp)) return true;
    if (cp == '@') return true;
    return !first && (cp == '_' || cp == '-' || cp == '.' || utf8_is_mark(cp));
}

str lex_label(lexer *lx, size_t from) {
    lexer probe = *lx;
    size_t len;
    probe.at = from;
    while (label_char(here(&probe, &len), probe.at == from)) probe.at += len;
    str label = slice(&probe, from, probe.at);
    if (label.n == 0 || (int)label.n > lx->limits->max_name) return (str){0};
    lx->at = probe.at;
    lx->last = TOK_NAME;
    return utf8_nfc(lx->arena, label);
}

str lex_label_colon(lexer *lx, size_t from) {
    lexer probe = *lx;
    str label = lex_label(&probe, from);
    while (peek(&probe, 0) == ' ' || peek(&probe, 0) == '\t') probe.at++;
    if (label.n == 0 || peek(&probe, 0) != ':' || memchr(label.s, '@', label.n)) return (str){0};
    lex_restart(lx, probe.at + 1);
    return label;
}

str lex_citation(lexer *lx, size_t from) {
    size_t end = lx->src->bytes.n;
    int depth = 0;
    if (end - from > CITATION_MAX + 2) end = from + CITATION_MAX + 2;
    for (size_t i = from; i < end; i++) {
        depth += (lx->src->bytes.s[i] == '[') - (lx->src->bytes.s[i] == ']');
        if (depth > 0) continue;
        lx->at = i + 1;
        lx->brackets = 0;
        lx->last = TOK_STRING;
        return slice(lx, from + 1, i);
    }
    return (str){0};
}
