#include "render/to_text.h"
#include "render/spell.h"
#include <limits.h>

static const char *const escape[ROLE_COUNT] = {
    [ROLE_STRONG] = "1", [ROLE_GOOD] = "32", [ROLE_BAD] = "31",
    [ROLE_DOUBT] = "33", [ROLE_QUIET] = "2", [ROLE_LABEL] = "36",
};

/* A piece of text that is not broken. */
typedef struct {
    run text;
    int width;
    bool spaced; /* a space before it, where the line is not broken */
} word;

typedef VEC(word) words;

/* A cell set in lines. */
typedef struct {
    words words;
    VEC(size_t) ends; /* the line i is words ends[i-1] .. ends[i] */
    int width;
} setting;

typedef struct {
    arena *arena;
    text *out;
    const style *look;
} printer;

static void add_word(printer *pr, words *w, role as, str s, bool spaced) {
    if (s.n > 0) vec_push(pr->arena, w, ((word){{as, s}, utf8_width(s), spaced}));
}

/* Breaks a run at its spaces. */
static void split_run(printer *pr, words *w, run r, bool spaced) {
    size_t from = 0;
    for (size_t i = 0; i < r.s.n; i++) {
        if (r.s.s[i] != ' ') continue;
        add_word(pr, w, r.role, (str){r.s.s + from, i - from}, spaced);
        from = i + 1;
        spaced = true;
    }
    add_word(pr, w, r.role, (str){r.s.s + from, r.s.n - from}, spaced);
}

static bool ends_in_space(str s) {
    return s.n > 0 && s.s[s.n - 1] == ' ';
}

static words words_of(printer *pr, const cell *c, bool breakable) {
    words w = {0};
    bool spaced = false;
    for (size_t i = 0; i < c->runs.n; i++) {
        run r = c->runs.v[i];
        r.s = spell_text(pr->arena, r.s, pr->look->ascii);
        if (!breakable || r.role == ROLE_LAW || r.role == ROLE_BLANK) {
            add_word(pr, &w, r.role, r.s, spaced);
            spaced = false;
        } else {
            split_run(pr, &w, r, spaced);
            spaced = ends_in_space(r.s);
        }
    }
    return w;
}

/* The columns of word i and of those that cling to it. */
static int group_width(const words *w, size_t i) {
    int width = w->v[i].width;
    while (++i < w->n && !w->v[i].spaced) width += w->v[i].width;
    return width;
}

/* Sets words in lines of at most `width` columns; a word that is longer stands alone. */
static void set_lines(printer *pr, setting *s, int width) {
    int used = 0;
    s->ends.n = 0;
    s->width = 0;
    for (size_t i = 0; i < s->words.n; i++) {
        word w = s->words.v[i];
        int need = w.width + (w.spaced ? 1 : 0);
        if (used > 0 && w.spaced && used + 1 + group_width(&s->words, i) > width) {
            vec_push(pr->arena, &s->ends, i);
            used = 0;
        }
        used += used == 0 ? w.width : need;
        if (used > s->width) s->width = used;
    }
    vec_push(pr->arena, &s->ends, s->words.n);
}

static void put_spaces(printer *pr, int n) {
    for (int i = 0; i < n; i++) text_putc(pr->out, ' ');
}

static const char *code_of(const printer *pr, const word *w) {
    return pr->look->color ? escape[w->text.role] : NULL;
}

static void put_word(printer *pr, const word *w) {
    if (w->text.role == ROLE_BLANK)
        put_spaces(pr, w->width);
    else
        text_add(pr->out, w->text.s);
}

/* Ends one colour and begins another, where they differ; returns the new one. */
static const char *change_color(printer *pr, const char *from, const char *to) {
    if (from == to) return to;
    if (from) text_puts(pr->out, "\033[0m");
    if (to) text_addf(pr->out, "\033[%sm", to);
    return to;
}

/* Line `line` of a set cell; returns its width. */
static int put_line(printer *pr, const setting *s, size_t line) {
    const char *code = NULL;
    int used = 0;
    for (size_t i = line ? s->ends.v[line - 1] : 0; i < s->ends.v[line]; i++) {
        const word *w = &s->words.v[i];
        bool space = w->spaced && used > 0;
        if (code != code_of(pr, w)) code = change_color(pr, code, NULL);
        if (space) text_putc(pr->out, ' ');
        code = change_color(pr, code, code_of(pr, w));
        put_word(pr, w);
        used += w->width + (space ? 1 : 0);
    }
    change_color(pr, code, NULL);
    return used;
}

static bool has_line(const setting *s, size_t line) {
    if (line >= s->ends.n) return false;
    return s->ends.v[line] > (line ? s->ends.v[line - 1] : 0);
}

static size_t row_height(const setting *cells, size_t n) {
    size_t height = 1;
    for (size_t i = 0; i < n; i++)
        if (cells[i].ends.n > height) height = cells[i].ends.n;
    return height;
}

static void end_line(text *out) {
    while (out->n > 0 && out->s[out->n - 1] == ' ') out->n--;
    text_putc(out, '\n');
}

static void put_row(printer *pr, const setting *cells, size_t n, const int *widths, int indent) {
    for (size_t line = 0; line < row_height(cells, n); line++) {
        int missing = indent;
        for (size_t i = 0; i < n; i++) {
            if (has_line(&cells[i], line)) {
                put_spaces(pr, missing);
                missing = -put_line(pr, &cells[i], line);
            }
            missing += widths[i] + 2;
        }
        end_line(pr->out);
    }
}

static size_t column_count(const block *b) {
    size_t n = 0;
    for (size_t i = 0; i < b->rows.n; i++)
        if (b->rows.v[i]->cells.n > n) n = b->rows.v[i]->cells.n;
    return n;
}

/* Sets every cell on one line, and finds the width of each column. A cell that is alone in its row
 * of a table may be wider. */
static setting **set_cells(printer *pr, const block *b, int *widths, size_t columns) {
    setting **rows = NEW_ARRAY(pr->arena, setting *, b->rows.n);
    for (size_t i = 0; i < b->rows.n; i++) {
        const row *r = b->rows.v[i];
        rows[i] = NEW_ARRAY(pr->arena, setting, r->cells.n);
        for (size_t j = 0; j < r->cells.n; j++) {
            rows[i][j].words = words_of(pr, r->cells.v[j], (int)j == b->flex);
            set_lines(pr, &rows[i][j], INT_MAX);
            bool alone = r->cells.n == 1 && columns > 1;
            if (!alone && rows[i][j].width > widths[j]) widths[j] = rows[i][j].width;
        }
    }
    return rows;
}

enum { NARROWEST = 20 };

/* The columns left for the flexible one. */
static int flexible_width(const printer *pr, const block *b, const int *widths, size_t n) {
    int left = pr->look->width - b->indent;
    for (size_t i = 0; i < n; i++)
        if ((int)i != b->flex) left -= widths[i] + 2;
    return left < NARROWEST ? NARROWEST : left;
}

static void narrow(printer *pr, const block *b, setting **rows, int *widths, size_t n) {
    if (b->flex < 0 || (size_t)b->flex >= n) return;
    size_t flex = (size_t)b->flex;
    int width = flexible_width(pr, b, widths, n);
    if (widths[flex] <= width) return;
    widths[flex] = 0;
    for (size_t i = 0; i < b->rows.n; i++) {
        if (b->rows.v[i]->cells.n <= flex) continue;
        set_lines(pr, &rows[i][flex], width);
        if (rows[i][flex].width > widths[flex]) widths[flex] = rows[i][flex].width;
    }
}

static void put_block(printer *pr, const block *b) {
    size_t n = column_count(b);
    int *widths = NEW_ARRAY(pr->arena, int, n + 1);
    setting **rows = set_cells(pr, b, widths, n);
    narrow(pr, b, rows, widths, n);
    if (b->gap) text_putc(pr->out, '\n');
    for (size_t i = 0; i < b->rows.n; i++)
        put_row(pr, rows[i], b->rows.v[i]->cells.n, widths, b->indent);
}

void to_text(text *out, const doc *d, const style *look) {
    printer pr = {d->arena, out, look};
    for (size_t i = 0; i < d->blocks.n; i++) put_block(&pr, d->blocks.v[i]);
}
