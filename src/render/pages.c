#include "render/pages.h"
#include <ctype.h>
#include "errors_page.h"
#include "render/spell.h"

diag_code page_code(str name) {
    for (int i = 0; i < DIAG_COUNT; i++) {
        const char *code = diag_name((diag_code)i);
        size_t n = strlen(code), k = 0;
        while (k < n && k < name.n && toupper((unsigned char)name.s[k]) == code[k]) k++;
        if (k == n && n == name.n) return (diag_code)i;
    }
    return DIAG_COUNT;
}

static str next_line(str *rest) {
    const char *end = rest->n ? memchr(rest->s, '\n', rest->n) : NULL;
    str line = {rest->s, end ? (size_t)(end - rest->s) : rest->n};
    size_t used = line.n + (end ? 1 : 0);
    rest->s += used, rest->n -= used;
    return line;
}

/* "### E012 ..." is a heading of depth 3; 0 for other lines. */
static int heading_depth(str line) {
    int depth = 0;
    while ((size_t)depth < line.n && line.s[depth] == '#') depth++;
    return depth;
}

static bool names_code(str line, const char *code) {
    size_t n = strlen(code);
    for (size_t i = 0; i + n <= line.n; i++) {
        bool ends = i + n == line.n || !isalnum((unsigned char)line.s[i + n]);
        if (memcmp(line.s + i, code, n) == 0 && ends) return true;
    }
    return false;
}

/* A heading inside a fence of code is no heading. */
static bool is_fence(str line) {
    return str_starts(line, "```");
}

str page_of(arena *a, diag_code code) {
    str rest = {(const char *)errors_page, errors_page_size};
    const char *name = diag_name(code), *start = NULL, *end = rest.s + rest.n;
    int depth = 0;
    bool fenced = false;
    while (rest.n > 0) {
        str line = next_line(&rest);
        int d = fenced ? 0 : heading_depth(line);
        if (start && d > 0 && d <= depth) {
            end = line.s;
            break;
        }
        if (!start && d > 0 && names_code(line, name)) start = line.s, depth = d;
        fenced = fenced != is_fence(line);
    }
    if (start == NULL) return str_of(formatted(a, "%s: %s\n", name, diag_title(code)));
    while (end > start && (end[-1] == '\n' || end[-1] == ' ')) end--;
    return str_of(formatted(a, "%.*s\n", (int)(end - start), start));
}

void page_to_text(text *out, str page, bool ascii) {
    while (page.n > 0) {
        text_add(out, spell_text(out->arena, next_line(&page), ascii));
        text_putc(out, '\n');
    }
}
