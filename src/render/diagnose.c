#include "render/diagnose.h"
#include "render/spell.h"

const char *severity_word(severity s) {
    switch (s) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_NOTE:
        return "note";
    }
    return "error";
}

static role severity_role(severity s) {
    switch (s) {
    case SEVERITY_ERROR:
        return ROLE_BAD;
    case SEVERITY_WARNING:
        return ROLE_DOUBT;
    case SEVERITY_NOTE:
        return ROLE_LABEL;
    }
    return ROLE_BAD;
}

place find_place(place_finder *f, span at) {
    if (at.src == NULL) return (place){0, 0};
    if (f->src != at.src || at.start < f->at) *f = (place_finder){at.src, 0, 1, 1};
    str bytes = at.src->bytes;
    size_t end = at.start < bytes.n ? at.start : bytes.n, from = f->at;
    for (size_t i = f->at; i < end; i++) {
        if (bytes.s[i] != '\n') continue;
        f->line++;
        f->column = 1;
        from = i + 1;
    }
    if (from < end) f->column += utf8_graphemes((str){bytes.s + from, end - from});
    f->at = end;
    return (place){f->line, f->column};
}

/* The part of a source line that is shown: [from, to), with the mark [start, end) in it. */
typedef struct {
    const char *s;
    size_t from, to, start, end;
    bool cut_before, cut_after;
} window;

static bool is_tail(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

static bool line_ends(str b, size_t i) {
    return i >= b.n || b.s[i] == '\n' || (b.s[i] == '\r' && i + 1 < b.n && b.s[i + 1] == '\n');
}

enum { MOST_BYTES = 1000 }; /* each way, whatever they are */

/* As much of the line around the mark as `columns` characters hold, half of it before the mark. */
static window window_of(span at, int columns) {
    str b = at.src->bytes;
    window w = {.s = b.n ? b.s : "", .start = at.start < b.n ? at.start : b.n};
    w.from = w.to = w.start;
    int before = columns / 2;
    size_t least = w.from > MOST_BYTES ? w.from - MOST_BYTES : 0, most = w.to + MOST_BYTES;
    while (w.from > least && b.s[w.from - 1] != '\n' && before > 0)
        if (!is_tail(b.s[--w.from])) before--;
    while (w.from < w.start && is_tail(b.s[w.from])) w.from++;
    w.cut_before = w.from > 0 && b.s[w.from - 1] != '\n';
    int after = columns / 2 + before;
    while (w.to < most && !line_ends(b, w.to) && (after > 0 || is_tail(b.s[w.to])))
        if (!is_tail(b.s[w.to++])) after--;
    w.cut_after = !line_ends(b, w.to);
    w.end = at.end < w.to ? at.end : w.to;
    if (w.end < w.start) w.end = w.start;
    return w;
}

/* Source text as it is shown: a tab is as wide as it is to an editor that starts at `column`. */
static str shown(arena *a, str s, int column, bool ascii) {
    text t = text_new(a);
    size_t from = 0;
    for (size_t i = 0; i <= s.n; i++) {
        if (i < s.n && s.s[i] != '\t') continue;
        str piece = spell_text(a, (str){s.s + from, i - from}, ascii);
        text_add(&t, piece);
        column += utf8_width(piece);
        for (int pad = 4 - column % 4; i < s.n && pad > 0; pad--, column++) text_putc(&t, ' ');
        from = i + 1;
    }
    return text_str(&t);
}

static str repeat(arena *a, char c, int n) {
    text t = text_new(a);
    for (int i = 0; i < n; i++) text_putc(&t, c);
    return text_str(&t);
}

static cell *gutter(doc *d, int digits, int line) {
    cell *c = doc_line(d, 0);
    if (line)
        say(c, ROLE_LABEL, " %*d | ", digits, line);
    else
        say(c, ROLE_LABEL, " %*s | ", digits, "");
    return c;
}

static void draw_source(doc *d, span at, place where, int digits, role mark, const style *look) {
    arena *a = d->arena;
    window w = window_of(at, look->width - digits - 12);
    str lead = str_of(w.cut_before ? "..." : "");
    str before = shown(a, (str){w.s + w.from, w.start - w.from}, (int)lead.n, look->ascii);
    int indent = (int)lead.n + utf8_width(before);
    str marked = shown(a, (str){w.s + w.start, w.end - w.start}, indent, look->ascii);
    int width = utf8_width(marked);
    str after = shown(a, (str){w.s + w.end, w.to - w.end}, indent + width, look->ascii);

    cell *c = gutter(d, digits, where.line);
    say_str(c, ROLE_QUIET, lead);
    say_str(c, ROLE_PLAIN, before);
    say_str(c, ROLE_PLAIN, marked);
    say_str(c, ROLE_PLAIN, after);
    say(c, ROLE_QUIET, "%s", w.cut_after ? "..." : "");
    c = gutter(d, digits, 0);
    say_str(c, ROLE_PLAIN, repeat(a, ' ', indent));
    say_str(c, mark, repeat(a, mark == ROLE_LABEL ? '-' : '^', width > 0 ? width : 1));
}

static int digits_of(int n) {
    int digits = 1;
    while (n >= 10) n /= 10, digits++;
    return digits;
}

static void say_place(doc *d, const char *arrow, span at, place where, int digits) {
    cell *c = doc_line(d, 0);
    say(c, ROLE_LABEL, " %*s%s ", digits, "", arrow);
    say(c, ROLE_PLAIN, "%s:%d:%d", at.src->name, where.line, where.column);
    c = doc_line(d, 0);
    say(c, ROLE_LABEL, " %*s |", digits, "");
}

static void say_aside(doc *d, const char *kind, const char *words, int digits) {
    cell *c = doc_line(d, 0);
    say(c, ROLE_LABEL, " %*s = ", digits, "");
    say(c, ROLE_STRONG, "%s: ", kind);
    say(c, ROLE_PLAIN, "%s", words);
}

static void diagnose_one(doc *d, const diag *g, place_finder f[2], const style *look) {
    severity s = diag_severity(g->code);
    doc_gap(d);
    cell *c = doc_line(d, 0);
    say(c, severity_role(s), "%s[%s]", severity_word(s), diag_name(g->code));
    say(c, ROLE_STRONG, ": %s", g->message);
    place at = find_place(&f[0], g->at), other = find_place(&f[1], g->other);
    int digits = digits_of(at.line > other.line ? at.line : other.line);
    if (g->at.src) {
        say_place(d, "-->", g->at, at, digits);
        if (g->at.src->bytes.n) draw_source(d, g->at, at, digits, severity_role(s), look);
    }
    if (g->other.src) {
        say_place(d, ":::", g->other, other, digits);
        draw_source(d, g->other, other, digits, ROLE_LABEL, look);
    }
    if (g->note) say_aside(d, "note", g->note, digits);
    if (g->help) say_aside(d, "help", g->help, digits);
}

/* Counts of errors, and of warnings and notes together. */
typedef struct {
    size_t errors, others;
} tally;

static void say_hidden(doc *d, size_t n, const char *what) {
    if (n == 0) return;
    doc_gap(d);
    say(doc_line(d, 0), ROLE_STRONG, "%zu more %s%s not shown", n, what, n == 1 ? " is" : "s are");
}

void diagnose(doc *d, const diags *sink, bool quiet, const style *look) {
    place_finder f[2] = {{0}, {0}};
    tally seen = {0, 0};
    for (size_t i = 0; i < sink->list.n; i++) {
        const diag *g = &sink->list.v[i];
        bool error = diag_severity(g->code) == SEVERITY_ERROR;
        if (quiet && !error) continue;
        size_t before = error ? seen.errors++ : seen.others++;
        if (before < (error ? DIAGNOSTICS_SHOWN : WARNINGS_SHOWN)) diagnose_one(d, g, f, look);
    }
    say_hidden(d, seen.errors > DIAGNOSTICS_SHOWN ? seen.errors - DIAGNOSTICS_SHOWN : 0, "error");
    say_hidden(d, seen.others > WARNINGS_SHOWN ? seen.others - WARNINGS_SHOWN : 0, "warning");
}
