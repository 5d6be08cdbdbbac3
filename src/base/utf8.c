#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

int32_t utf8_next(str s, size_t *len) {
    unsigned char first = (unsigned char)s.s[0];
    *len = 1;
    if (first < 0x80) return first;
    utf8proc_int32_t cp;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)s.s, (utf8proc_ssize_t)s.n, &cp);
    if (n <= 0) return -1;
    *len = (size_t)n;
    return cp;
}

static bool is_ascii(str s) {
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.s[i] >= 0x80) return false;
    return true;
}

str utf8_nfc(arena *a, str s) {
    if (is_ascii(s)) return s;
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.s, (utf8proc_ssize_t)s.n, &mapped,
                                      (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    if (n == UTF8PROC_ERROR_NOMEM) out_of_memory();
    if (n < 0) return s;
    str out = str_copy(a, (str){(const char *)mapped, (size_t)n});
    free(mapped);
    return out;
}

int utf8_width(str s) {
    int width = 0;
    for (size_t i = 0, len; i < s.n; i += len) {
        int32_t cp = utf8_next((str){s.s + i, s.n - i}, &len);
        width += cp < 0 ? 1 : cp < 0x7f ? cp >= 0x20 : utf8proc_charwidth(cp);
    }
    return width;
}

/* Whether a new cluster starts between the two; a byte that is not UTF-8 is one by itself. */
static bool breaks(int32_t before, int32_t cp, utf8proc_int32_t *state) {
    if (before >= 0 && cp >= 0) return utf8proc_grapheme_break_stateful(before, cp, state);
    *state = 0;
    return true;
}

int utf8_graphemes(str s) {
    int count = 0;
    int32_t before = -1;
    utf8proc_int32_t state = 0;
    for (size_t i = 0, len; i < s.n; i += len) {
        int32_t cp = utf8_next((str){s.s + i, s.n - i}, &len);
        count += breaks(before, cp, &state);
        before = cp;
    }
    return count;
}

bool utf8_is_letter(int32_t cp) {
    if (cp < 0x80) return (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
    switch (utf8proc_category(cp)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LO:
        return true;
    default:
        return false;
    }
}

bool utf8_is_mark(int32_t cp) {
    if (cp < 0x300) return false;
    utf8proc_category_t c = utf8proc_category(cp);
    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC;
}

bool utf8_is_space(int32_t cp) {
    return cp == ' ' || (cp >= 0x80 && utf8proc_category(cp) == UTF8PROC_CATEGORY_ZS);
}

bool utf8_is_bidi_control(int32_t cp) {
    return cp == 0x061c || cp == 0x200e || cp == 0x200f || (cp >= 0x202a && cp <= 0x202e) ||
           (cp >= 0x2066 && cp <= 0x2069);
}

/* Characters without a shape (Default_Ignorable_Code_Point of the Unicode Standard, 5.21), but for
 * joiners and variation selectors, of which words and signs are made. */
static bool is_invisible(int32_t cp) {
    static const int32_t ranges[][2] = {
        {0x00ad, 0x00ad},   {0x034f, 0x034f},   {0x115f, 0x1160}, {0x17b4, 0x17b5},
        {0x180b, 0x180f},   {0x200b, 0x200b},   {0x2060, 0x206f}, {0x3164, 0x3164},
        {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb}, {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (cp >= ranges[i][0] && cp <= ranges[i][1]) return true;
    return false;
}

bool utf8_is_unsafe(int32_t cp) {
    bool control = cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
    bool separator = cp == 0x2028 || cp == 0x2029;
    return control || separator || is_invisible(cp) || utf8_is_bidi_control(cp);
}

void utf8_put(text *t, int32_t cp) {
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char(cp, bytes);
    text_add(t, (str){(const char *)bytes, (size_t)n});
}

enum { DISTANCE_MAX = 255 };

/* The first DISTANCE_MAX code points, and how many there are. */
static int code_points(str s, int32_t cp[DISTANCE_MAX]) {
    int n = 0;
    for (size_t i = 0, len; i < s.n && n < DISTANCE_MAX; i += len)
        cp[n++] = utf8_next((str){s.s + i, s.n - i}, &len);
    return n;
}

static int least(int x, int y, int z) {
    int m = x < y ? x : y;
    return m < z ? m : z;
}

int utf8_distance(str a, str b) {
    int32_t x[DISTANCE_MAX], y[DISTANCE_MAX];
    int m = code_points(a, x), n = code_points(b, y), row[DISTANCE_MAX + 1];
    for (int j = 0; j <= n; j++) row[j] = j;
    for (int i = 0; i < m; i++) {
        int diagonal = row[0];
        row[0] = i + 1;
        for (int j = 0; j < n; j++) {
            int cost = diagonal + (x[i] != y[j]);
            diagonal = row[j + 1];
            row[j + 1] = least(cost, row[j] + 1, diagonal + 1);
        }
    }
    return row[n];
}
