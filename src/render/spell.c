#include "render/spell.h"

typedef struct {
    int32_t cp;
    const char *ascii;
} spelling;

enum { ROOT_SIGN = 0x221A };

/* Sorted by code point. */
static const spelling spellings[] = {
    {0x00A0, " "},
    {0x00AB, "<<"},
    {0x00B1, "+-"},
    {0x00B5, "mu"},
    {0x00B7, "*"},
    {0x00BB, ">>"},
    {0x00D7, "x"},
    {0x00F7, "/"},
    {0x0391, "Alpha"},
    {0x0392, "Beta"},
    {0x0393, "Gamma"},
    {0x0394, "Delta"},
    {0x0395, "Epsilon"},
    {0x0396, "Zeta"},
    {0x0397, "Eta"},
    {0x0398, "Theta"},
    {0x0399, "Iota"},
    {0x039A, "Kappa"},
    {0x039B, "Lambda"},
    {0x039C, "Mu"},
    {0x039D, "Nu"},
    {0x039E, "Xi"},
    {0x039F, "Omicron"},
    {0x03A0, "Pi"},
    {0x03A1, "Rho"},
    {0x03A3, "Sigma"},
    {0x03A4, "Tau"},
    {0x03A5, "Upsilon"},
    {0x03A6, "Phi"},
    {0x03A7, "Chi"},
    {0x03A8, "Psi"},
    {0x03A9, "Omega"},
    {0x03B1, "alpha"},
    {0x03B2, "beta"},
    {0x03B3, "gamma"},
    {0x03B4, "delta"},
    {0x03B5, "epsilon"},
    {0x03B6, "zeta"},
    {0x03B7, "eta"},
    {0x03B8, "theta"},
    {0x03B9, "iota"},
    {0x03BA, "kappa"},
    {0x03BB, "lambda"},
    {0x03BC, "mu"},
    {0x03BD, "nu"},
    {0x03BE, "xi"},
    {0x03BF, "omicron"},
    {0x03C0, "pi"},
    {0x03C1, "rho"},
    {0x03C2, "sigma"},
    {0x03C3, "sigma"},
    {0x03C4, "tau"},
    {0x03C5, "upsilon"},
    {0x03C6, "phi"},
    {0x03C7, "chi"},
    {0x03C8, "psi"},
    {0x03C9, "omega"},
    {0x03D1, "theta"},
    {0x03D5, "phi"},
    {0x03F5, "epsilon"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201C, "'"},
    {0x201D, "'"},
    {0x2026, "..."},
    {0x2032, "'"},
    {0x2033, "''"},
    {0x2113, "ell"},
    {0x2192, "->"},
    {0x21D2, "=>"},
    {0x2202, "d"},
    {0x2211, "sum"},
    {0x2212, "-"},
    {ROOT_SIGN, "sqrt"},
    {0x221D, "~"},
    {0x221E, "inf"},
    {0x2234, "therefore"},
    {0x223C, "~"},
    {0x2248, "~="},
    {0x224D, "~"},
    {0x2260, "!="},
    {0x2264, "<="},
    {0x2265, ">="},
    {0x226A, "<<"},
    {0x226B, ">>"},
    {0x2272, "<~"},
    {0x2273, ">~"},
    {0x22A2, "therefore"},
    {0x22A5, "contradiction"},
    {0x22C5, "*"},
    {0x2713, "[ok]"},
    {0x2717, "[no]"},
};

static const char *ascii_of(int32_t cp) {
    size_t low = 0, high = sizeof spellings / sizeof *spellings;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (spellings[mid].cp == cp) return spellings[mid].ascii;
        if (spellings[mid].cp < cp)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* The character that a superscript raises, 0 for any other code point. */
static char raised(int32_t cp) {
    switch (cp) {
    case 0x00B9:
        return '1';
    case 0x00B2:
        return '2';
    case 0x00B3:
        return '3';
    case 0x207A:
        return '+';
    case 0x207B:
        return '-';
    default:
        return cp == 0x2070 || (cp >= 0x2074 && cp <= 0x2079) ? (char)('0' + cp - 0x2070) : 0;
    }
}

static char lowered(int32_t cp) {
    return cp >= 0x2080 && cp <= 0x2089 ? (char)('0' + cp - 0x2080) : 0;
}

/* Where the last character stood: a run of superscripts has one ^. */
typedef enum { ON_LINE, RAISED, LOWERED } height;

static void put_script(text *t, height *was, height now, char c) {
    if (*was != now) text_putc(t, now == RAISED ? '^' : '_');
    *was = now;
    text_putc(t, c);
}

/* The ASCII spelling of cp, if it has one; `next` is the byte after it. */
static bool put_ascii(text *t, int32_t cp, char next, height *was) {
    if (raised(cp)) {
        put_script(t, was, RAISED, raised(cp));
        return true;
    }
    if (lowered(cp)) {
        put_script(t, was, LOWERED, lowered(cp));
        return true;
    }
    *was = ON_LINE;
    const char *z = ascii_of(cp);
    if (z) text_puts(t, z);
    if (cp == ROOT_SIGN && next != '(') text_putc(t, ' ');
    return z != NULL;
}

str spell_text(arena *a, str s, bool ascii) {
    text t = text_new(a);
    height was = ON_LINE;
    while (s.n > 0) {
        size_t len;
        int32_t cp = utf8_next(s, &len);
        if (cp < 0)
            text_addf(&t, "\\x{%02x}", (unsigned)(unsigned char)s.s[0]);
        else if (ascii && cp >= 0x80 && put_ascii(&t, cp, s.n > len ? s.s[len] : 0, &was))
            ;
        else if (utf8_is_unsafe(cp) || (ascii && cp >= 0x80))
            text_addf(&t, "\\u{%x}", (unsigned)cp);
        else
            text_add(&t, (str){s.s, len});
        if (cp < 0x80) was = ON_LINE;
        s.s += len, s.n -= len;
    }
    return text_str(&t);
}

/* How many bytes from the start on are valid UTF-8 without NUL. */
static size_t valid_bytes(str s) {
    size_t n = 0;
    for (size_t len; n < s.n; n += len)
        if (utf8_next((str){s.s + n, s.n - n}, &len) <= 0) break;
    return n;
}

const char *spell_valid(arena *a, str s) {
    size_t n = valid_bytes(s);
    if (n == s.n) return str_z(a, s);
    text t = text_new(a);
    for (size_t len; s.n > 0; n = valid_bytes(s)) {
        text_add(&t, (str){s.s, n});
        s.s += n, s.n -= n;
        if (s.n == 0) break;
        text_puts(&t, "\xEF\xBF\xBD");
        utf8_next(s, &len);
        s.s += len, s.n -= len;
    }
    return t.s;
}

static void put_escape(text *t, int32_t cp) {
    unsigned u = (unsigned)cp;
    if (u < 0x10000) {
        text_addf(t, "\\u%04x", u);
    } else {
        u -= 0x10000;
        text_addf(t, "\\u%04x\\u%04x", 0xD800 + (u >> 10), 0xDC00 + (u & 0x3FF));
    }
}

/* How many bytes from the start on stay as they are: printable, and ASCII where that is asked. */
static size_t plain_bytes(str s, bool ascii) {
    size_t n = 0;
    for (size_t len; n < s.n; n += len) {
        int32_t cp = utf8_next((str){s.s + n, s.n - n}, &len);
        if (cp < 0x20 || cp == 0x7f || (cp > 0x7f && (ascii || utf8_is_unsafe(cp)))) break;
    }
    return n;
}

void spell_json(text *to, str json, bool ascii) {
    height was = ON_LINE;
    while (json.n > 0) {
        size_t len = plain_bytes(json, ascii);
        if (len > 0) {
            was = ON_LINE;
            text_add(to, (str){json.s, len});
            json.s += len, json.n -= len;
            continue;
        }
        int32_t cp = utf8_next(json, &len);
        if (cp < 0x80) was = ON_LINE;
        if (cp >= 0 && cp < 0x20)
            text_putc(to, (char)cp);
        else if (cp < 0)
            put_escape(to, 0xFFFD);
        else if (!(ascii && cp >= 0x80 && put_ascii(to, cp, json.n > len ? json.s[len] : 0, &was)))
            put_escape(to, cp);
        json.s += len, json.n -= len;
    }
}
