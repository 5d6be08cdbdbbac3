#include "lang/spell.h"

#include "base/utf8.h"

typedef struct {
    const char *spelling;
    token_kind kind;
} spelling;

/* Longer spellings before their own beginnings; what laws are full of first. */
static const spelling operators[] = {
    {"^", TOK_CARET},      {"(", TOK_LPAREN},        {")", TOK_RPAREN},    {"/", TOK_SLASH},
    {"-", TOK_MINUS},      {"~", TOK_PROPTO},        {"∝", TOK_PROPTO},    {":", TOK_COLON},
    {"*", TOK_TIMES},      {"=", TOK_EQUAL},         {",", TOK_COMMA},     {"<~", TOK_ATMOST},
    {"<<", TOK_BELOW},     {"<=", TOK_LESSEQ},       {"<", TOK_LESS},      {">~", TOK_ATLEAST},
    {">>", TOK_ABOVE},     {">=", TOK_GREATEREQ},    {">", TOK_GREATER},   {"!=", TOK_UNEQUAL},
    {"+-", TOK_PLUSMINUS}, {"+", TOK_PLUS},          {"[", TOK_LBRACKET},  {"]", TOK_RBRACKET},
    {"{", TOK_LBRACE},     {"}", TOK_RBRACE},        {";", TOK_SEMICOLON}, {"?", TOK_QUESTION},
    {"∼", TOK_PROPTO},     {"≍", TOK_PROPTO},        {"≲", TOK_ATMOST},    {"≳", TOK_ATLEAST},
    {"≪", TOK_BELOW},      {"≫", TOK_ABOVE},         {"·", TOK_TIMES},     {"⋅", TOK_TIMES},
    {"×", TOK_TIMES},      {"÷", TOK_SLASH},         {"√", TOK_RADICAL},   {"−", TOK_MINUS},
    {"–", TOK_MINUS},      {"±", TOK_PLUSMINUS},     {"∴", TOK_THEREFORE}, {"⊢", TOK_THEREFORE},
    {"≠", TOK_UNEQUAL},    {"≤", TOK_LESSEQ},        {"≥", TOK_GREATEREQ}, {"∈", TOK_MEMBER},
    {"∞", TOK_INFINITY},   {"⊥", TOK_CONTRADICTION},
};

static const spelling words[] = {{"propto", TOK_PROPTO},   {"therefore", TOK_THEREFORE},
                                 {"hence", TOK_THEREFORE}, {"contradiction", TOK_CONTRADICTION},
                                 {"inf", TOK_INFINITY},
#define KEYWORD(kind, spelling) {spelling, KW_##kind},
                                 KEYWORDS(KEYWORD)
#undef KEYWORD
};

static const spelling commands[] = {
    {"propto", TOK_PROPTO},
    {"sim", TOK_PROPTO},
    {"asymp", TOK_PROPTO},
    {"lesssim", TOK_ATMOST},
    {"gtrsim", TOK_ATLEAST},
    {"ll", TOK_BELOW},
    {"gg", TOK_ABOVE},
    {"cdot", TOK_TIMES},
    {"times", TOK_TIMES},
    {"div", TOK_SLASH},
    {"frac", TOK_FRACTION},
    {"dfrac", TOK_FRACTION},
    {"tfrac", TOK_FRACTION},
    {"sqrt", KW_SQRT},
    {"pm", TOK_PLUSMINUS},
    {"therefore", TOK_THEREFORE},
    {"vdash", TOK_THEREFORE},
    {"ne", TOK_UNEQUAL},
    {"neq", TOK_UNEQUAL},
    {"le", TOK_LESSEQ},
    {"leq", TOK_LESSEQ},
    {"ge", TOK_GREATEREQ},
    {"geq", TOK_GREATEREQ},
    {"lt", TOK_LESS},
    {"gt", TOK_GREATER},
    {"infty", TOK_INFINITY},
    {"bot", TOK_CONTRADICTION},
    {"in", TOK_MEMBER},
    {"log", KW_LOG},
    {"ln", KW_LN},
    {"exp", KW_EXP},
    {"max", KW_MAX},
    {"min", KW_MIN},
};

static const char *const skipped[] = {"left", "right", "big",  "Big",  "bigl",
                                      "bigr", "Bigl",  "Bigr", "quad", "qquad"};

static const char *const styles[] = {"mathrm", "text",   "mathcal",      "mathit", "mathbf",
                                     "mathsf", "textrm", "operatorname", "rm"};

static const struct {
    const char *name, *letter;
} letters[] = {
    {"alpha", "α"},      {"beta", "β"},    {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ε"},
    {"varepsilon", "ε"}, {"zeta", "ζ"},    {"eta", "η"},    {"theta", "θ"},  {"vartheta", "θ"},
    {"iota", "ι"},       {"kappa", "κ"},   {"lambda", "λ"}, {"mu", "μ"},     {"nu", "ν"},
    {"xi", "ξ"},         {"omicron", "ο"}, {"pi", "π"},     {"rho", "ρ"},    {"sigma", "σ"},
    {"tau", "τ"},        {"upsilon", "υ"}, {"phi", "φ"},    {"varphi", "φ"}, {"chi", "χ"},
    {"psi", "ψ"},        {"omega", "ω"},   {"Gamma", "Γ"},  {"Delta", "Δ"},  {"Theta", "Θ"},
    {"Lambda", "Λ"},     {"Xi", "Ξ"},      {"Pi", "Π"},     {"Sigma", "Σ"},  {"Upsilon", "Υ"},
    {"Phi", "Φ"},        {"Psi", "Ψ"},     {"Omega", "Ω"},  {"ell", "ℓ"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

size_t spell_operator(str s, token_kind *kind) {
    for (size_t i = 0; i < COUNT(operators); i++)
        if (s.s[0] == operators[i].spelling[0] && str_starts(s, operators[i].spelling)) {
            *kind = operators[i].kind;
            return strlen(operators[i].spelling);
        }
    return 0;
}

static bool is(str s, const char *z) {
    return s.n && s.s[0] == z[0] && strlen(z) == s.n && memcmp(s.s, z, s.n) == 0;
}

static bool find(const spelling *table, size_t n, str s, token_kind *kind) {
    for (size_t i = 0; i < n; i++)
        if (is(s, table[i].spelling)) {
            *kind = table[i].kind;
            return true;
        }
    return false;
}

static bool listed(const char *const *list, size_t n, str s) {
    for (size_t i = 0; i < n; i++)
        if (is(s, list[i])) return true;
    return false;
}

bool spell_keyword(str word, token_kind *kind) {
    return find(words, COUNT(words), word, kind);
}

const char *spell_keyword_text(token_kind kind) {
    for (size_t i = 0; i < COUNT(words); i++)
        if (words[i].kind == kind) return words[i].spelling;
    return NULL;
}

bool spell_command(str name, token_kind *kind) {
    return find(commands, COUNT(commands), name, kind);
}

bool spell_skipped(str name) {
    return listed(skipped, COUNT(skipped), name);
}

bool spell_style(str name) {
    return listed(styles, COUNT(styles), name);
}

enum { LETTER_MIN = 2, LETTER_MAX = 10 }; /* bytes of a spelled letter */

const char *spell_letter(str name) {
    if (name.n < LETTER_MIN || name.n > LETTER_MAX || name.s[0] < 'A') return NULL;
    for (size_t i = 0; i < COUNT(letters); i++)
        if (is(name, letters[i].name)) return letters[i].letter;
    return NULL;
}

const char *spell_letter_word(str letter) {
    for (size_t i = 0; i < COUNT(letters); i++)
        if (is(letter, letters[i].letter)) return letters[i].name;
    return NULL;
}

char spell_superscript(int32_t cp) {
    switch (cp) {
    case 0xb9:
        return '1';
    case 0xb2:
        return '2';
    case 0xb3:
        return '3';
    case 0x207a:
        return '+';
    case 0x207b:
        return '-';
    case 0x141f: /* ᐟ */
        return '/';
    default:
        return cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) ? (char)('0' + cp - 0x2070) : 0;
    }
}

char spell_subscript(int32_t cp) {
    static const char latin[] = "aeox\0hklmnpst"; /* U+2090 to U+209C; U+2094 is no letter here */
    if (cp >= 0x2080 && cp <= 0x2089) return (char)('0' + cp - 0x2080);
    if (cp >= 0x2090 && cp <= 0x209c) return latin[cp - 0x2090];
    if (cp >= 0x1d62 && cp <= 0x1d65) return "iruv"[cp - 0x1d62];
    return cp == 0x2c7c ? 'j' : 0;
}

static void nearer(str name, const char *candidate, int *best, const char **found) {
    int d = utf8_distance(name, str_of(candidate));
    if (d >= *best) return;
    *best = d;
    *found = candidate;
}

const char *spell_nearest_command(str name) {
    int best = name.n <= 4 ? 2 : 3;
    const char *found = NULL;
    if (name.n > 32) return NULL;
    for (size_t i = 0; i < COUNT(commands); i++) nearer(name, commands[i].spelling, &best, &found);
    for (size_t i = 0; i < COUNT(letters); i++) nearer(name, letters[i].name, &best, &found);
    return found;
}
