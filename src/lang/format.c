#include "lang/format.h"

#include <stdlib.h>
#include "base/utf8.h"
#include "lang/parse.h"
#include "lang/theory.h"
#include "lang/written.h"

/* Columns, and how far one may move to the right. */
enum {
    INDENT = 2,
    LABEL_MOST = 10,
    NOTE_LEAST = 21,
    NOTE_MOST = 31,
    CITATION_LEAST = 75,
    CITATION_MOST = 80,
    COMMENT_MOST = 60
};

typedef enum { ROW_COMMENT, ROW_STATEMENT, ROW_OPEN, ROW_CLOSE } row_kind;

/* A line to be: of a statement, a comment of its own, the head of a block, or its end. */
typedef struct {
    row_kind kind;
    statement *s; /* STATEMENT, OPEN, CLOSE */
    bool step;    /* of a proof */
    str comment;  /* at the end of the line, or all of it */
    int depth, line;
    bool blank_before;
    str label, body, reasons, note, cite;
    size_t start; /* in the result, once it is begun */
    int width;
} row;

typedef struct {
    arena *arena;
    const ast *tree;
    str bytes;
    VEC(span) comments, quoted;
    size_t next; /* comment that has no row yet */
    VEC(row) rows;
    size_t end; /* of what has a row */
    int depth;
    bool fresh;    /* nothing stands in this block yet */
    bool in_proof; /* the block is a proof's */
    diags *sink;
} layout;

static bool goes_on(const layout *l) {
    return diags_go_on(l->sink, (span){l->tree->src, 0, 0});
}

/* ---- the text ---- */

/* Without a byte order mark, its lines ended by a newline alone. */
static const source *with_plain_lines(arena *a, const source *src) {
    text t = text_new(a);
    size_t i = str_starts(src->bytes, "\xef\xbb\xbf") ? 3 : 0;
    for (; i < src->bytes.n; i++) {
        bool ends_line = i + 1 < src->bytes.n && src->bytes.s[i + 1] == '\n';
        if (src->bytes.s[i] != '\r' || !ends_line) text_putc(&t, src->bytes.s[i]);
    }
    source *s = NEW(a, source);
    *s = (source){src->name, text_str(&t)};
    return s;
}

static bool has_newline(const layout *l, size_t from, size_t to) {
    return from < to && memchr(l->bytes.s + from, '\n', to - from);
}

static bool has_blank_line(const layout *l, size_t from, size_t to) {
    int newlines = 0;
    for (size_t i = from; i < to; i++) newlines += l->bytes.s[i] == '\n';
    return newlines > 1;
}

/* ---- comments ---- */

static void quote(layout *l, str s) {
    if (s.n == 0) return;
    size_t start = (size_t)(s.s - l->bytes.s);
    vec_push(l->arena, &l->quoted, ((span){NULL, start, start + s.n}));
}

static void quote_all(layout *l, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        quote(l, list[i]->note);
        quote(l, list[i]->cite);
        quote(l, list[i]->path);
        quote_all(l, list[i]->body, list[i]->nbody);
    }
}

static int by_start(const void *x, const void *y) {
    const span *a = x, *b = y;
    return (a->start > b->start) - (a->start < b->start);
}

static size_t end_of_line(const layout *l, size_t i) {
    while (i < l->bytes.n && l->bytes.s[i] != '\n') i++;
    return i;
}

/* In a text without errors each `#` begins a comment, unless it is in quotes or a citation. */
static void find_comments(layout *l) {
    size_t q = 0;
    quote_all(l, l->tree->statements, l->tree->n);
    if (l->quoted.n) qsort(l->quoted.v, l->quoted.n, sizeof *l->quoted.v, by_start);
    for (size_t i = 0; i < l->bytes.n; i++) {
        if (l->bytes.s[i] != '#') continue;
        if (!goes_on(l)) return;
        while (q < l->quoted.n && l->quoted.v[q].end <= i) q++;
        if (q < l->quoted.n && l->quoted.v[q].start <= i) continue;
        span comment = {NULL, i, end_of_line(l, i)};
        vec_push(l->arena, &l->comments, comment);
        i = comment.end;
    }
}

static str comment_text(const layout *l, span c) {
    str s = {l->bytes.s + c.start, c.end - c.start};
    while (s.n && strchr(" \t\r", s.s[s.n - 1])) s.n--;
    return s;
}

/* ---- rows ---- */

static row *add_row(layout *l, row_kind kind, statement *s, size_t start, size_t end) {
    row r = {.kind = kind, .s = s, .depth = l->depth, .step = l->in_proof};
    r.blank_before = !l->fresh && kind != ROW_CLOSE && has_blank_line(l, l->end, start);
    vec_push(l->arena, &l->rows, r);
    l->fresh = false;
    l->end = end;
    return &l->rows.v[l->rows.n - 1];
}

static void add_comment(layout *l, span c) {
    row *last = l->rows.n ? &l->rows.v[l->rows.n - 1] : NULL;
    if (last && last->comment.n == 0 && !has_newline(l, l->end, c.start)) {
        last->comment = comment_text(l, c);
        l->end = c.end;
        return;
    }
    str s = comment_text(l, c);
    add_row(l, ROW_COMMENT, NULL, c.start, c.end)->comment = s;
}

static bool comment_before(const layout *l, size_t end) {
    return l->next < l->comments.n && l->comments.v[l->next].start < end;
}

static void comments_before(layout *l, size_t end) {
    while (comment_before(l, end) && goes_on(l)) add_comment(l, l->comments.v[l->next++]);
}

/* Comments in the midst of a statement come to stand before it. */
static void comments_within(layout *l, size_t start, size_t end) {
    while (comment_before(l, end)) {
        str s = comment_text(l, l->comments.v[l->next++]);
        add_row(l, ROW_COMMENT, NULL, start, start)->comment = s;
    }
}

static size_t least(size_t x, size_t y) {
    return x < y ? x : y;
}

static size_t start_of(const statement *s) {
    size_t start = s->at.start;
    if (s->label.text.n) start = least(start, s->label.at.start);
    return s->given || s->optional ? least(start, s->prefix.start) : start;
}

static size_t end_of(const layout *l, const statement *s) {
    size_t end = s->at.end, of = s->nby ? s->by[s->nby - 1].at.end : 0;
    if (of > end) end = of;
    const str parts[] = {s->note, s->cite};
    for (int i = 0; i < 2; i++) {
        of = parts[i].n ? (size_t)(parts[i].s - l->bytes.s) + parts[i].n : 0;
        if (of > end) end = of;
    }
    return end;
}

static void lay_out(layout *l, statement *const *list, int n);

/* A block that was written on one line stays so; one with nothing in it needs no braces. */
static bool is_spread(const layout *l, const statement *s) {
    bool holds = s->nbody > 0 || comment_before(l, s->block.end);
    return s->block.src && holds && has_newline(l, s->block.start, s->block.end);
}

static void lay_block(layout *l, statement *s) {
    bool in_proof = l->in_proof;
    comments_within(l, start_of(s), s->block.start);
    add_row(l, ROW_OPEN, s, start_of(s), s->block.start + 1);
    l->fresh = true;
    l->in_proof = s->kind == STATEMENT_PROOF;
    l->depth++;
    lay_out(l, s->body, s->nbody);
    comments_before(l, s->block.end - 1);
    l->depth--;
    l->in_proof = in_proof;
    add_row(l, ROW_CLOSE, s, s->block.end - 1, end_of(l, s));
}

static void lay_out(layout *l, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        statement *s = list[i];
        comments_before(l, start_of(s));
        if (is_spread(l, s)) {
            lay_block(l, s);
        } else {
            comments_within(l, start_of(s), end_of(l, s));
            add_row(l, ROW_STATEMENT, s, start_of(s), end_of(l, s));
        }
    }
}

/* ---- lines ---- */

static int newlines(str s) {
    int n = 0;
    for (size_t i = 0; i < s.n; i++) n += s.s[i] == '\n';
    return n;
}

static void number_lines(layout *l) {
    int line = 1;
    for (size_t i = 0; i < l->rows.n; i++) {
        row *r = &l->rows.v[i];
        line += r->blank_before;
        r->line = line++;
        if (r->kind == ROW_STATEMENT || r->kind == ROW_CLOSE) line += newlines(r->s->cite);
    }
}

typedef VEC(str) line_labels;

static bool is_called_by_line(const statement *s) {
    return statement_is_fact(s) && s->label.text.n == 0;
}

/* How many of the theory were on this line before. */
static int count_on_line(arena *a, names *counts, int line) {
    int n = names_find(counts, line_label(a, line, 0));
    return n < 0 ? 0 : n;
}

static void call_in_regime(arena *a, names *counts, const statement *regime, line_labels *out) {
    int line = 0, n = 0;
    for (int i = 0; i < regime->nbody; i++) {
        const statement *s = regime->body[i];
        if (!is_called_by_line(s)) continue;
        if (s->line != line) n = count_on_line(a, counts, s->line);
        line = s->line;
        vec_push(a, out, line_label(a, line, n++));
    }
}

/* What statements without labels are called; those of the theory first, as in theory.c. */
static line_labels called_by_line(arena *a, const ast *tree) {
    line_labels out = {0};
    names counts = names_new(a);
    for (int i = 0; i < tree->n; i++) {
        const statement *s = tree->statements[i];
        if (!is_called_by_line(s)) continue;
        int n = count_on_line(a, &counts, s->line);
        names_put(&counts, line_label(a, s->line, 0), n + 1);
        vec_push(a, &out, line_label(a, s->line, n));
    }
    for (int i = 0; i < tree->n; i++)
        if (tree->statements[i]->kind == STATEMENT_REGIME)
            call_in_regime(a, &counts, tree->statements[i], &out);
    return out;
}

static void move(statement *s, int line) {
    s->line = line;
    for (int i = 0; i < s->nbody; i++) move(s->body[i], line);
}

/* Statements get their new lines; who names one by its line says the new one. */
static void follow_lines(layout *l, writer *w) {
    line_labels before = called_by_line(l->arena, l->tree);
    for (size_t i = 0; i < l->rows.n; i++)
        if (l->rows.v[i].kind == ROW_STATEMENT) move(l->rows.v[i].s, l->rows.v[i].line);
    w->new_lines = called_by_line(l->arena, l->tree).v;
    w->old_lines = names_new(l->arena);
    for (size_t i = before.n; i-- > 0;) names_put(&w->old_lines, before.v[i], (int)i);
}

/* ---- the text of rows ---- */

static str citation(arena *a, str s) {
    return s.n ? str_of(formatted(a, "[%.*s]", (int)s.n, s.s)) : (str){0};
}

static void put_cell(text *t, str s) {
    if (s.n == 0) return;
    if (t->n) text_putc(t, ' ');
    text_add(t, s);
}

static bool has_block(const statement *s) {
    return s->kind == STATEMENT_REGIME || s->kind == STATEMENT_PROOF;
}

static str in_line(const writer *w, const statement *s, bool step);

/* { a; b } */
static str block_in_line(const writer *w, const statement *s) {
    text t = text_new(w->print.arena);
    for (int i = 0; i < s->nbody; i++) {
        text_puts(&t, i ? "; " : "{ ");
        text_add(&t, in_line(w, s->body[i], s->kind == STATEMENT_PROOF));
    }
    if (s->nbody || s->kind == STATEMENT_PROOF) text_puts(&t, s->nbody ? " }" : "{ }");
    return text_str(&t);
}

static str body_of(const writer *w, const statement *s, bool step) {
    if (!has_block(s)) return step ? written_in_proof(w, s) : written_statement(w, s);
    text t = text_new(w->print.arena);
    put_cell(&t, written_statement(w, s));
    put_cell(&t, block_in_line(w, s));
    return text_str(&t);
}

static str note_in(const writer *w, const statement *s) {
    return has_block(s) || s->note.n == 0 ? (str){0} : written_quoted(w->print.arena, s->note);
}

/* A statement on a line with others, its parts with one blank between them. */
static str in_line(const writer *w, const statement *s, bool step) {
    text t = text_new(w->print.arena);
    put_cell(&t, written_label(w, s));
    put_cell(&t, body_of(w, s, step));
    put_cell(&t, written_reasons(w, s));
    put_cell(&t, note_in(w, s));
    put_cell(&t, citation(w->print.arena, s->cite));
    return text_str(&t);
}

static str head(const writer *w, const statement *s) {
    text t = text_new(w->print.arena);
    text_add(&t, written_statement(w, s));
    text_puts(&t, " {");
    return text_str(&t);
}

static void fill(const layout *l, const writer *w, row *r) {
    if (r->kind == ROW_COMMENT) return;
    if (r->kind != ROW_CLOSE) r->label = written_label(w, r->s);
    if (r->kind != ROW_OPEN) r->cite = citation(l->arena, r->s->cite);
    if (r->kind == ROW_CLOSE) r->body = STR("}");
    if (r->kind == ROW_OPEN) r->body = head(w, r->s);
    if (r->kind != ROW_STATEMENT) return;
    r->body = body_of(w, r->s, r->step);
    r->reasons = written_reasons(w, r->s);
    r->note = note_in(w, r->s);
}

/* ---- columns ---- */

static bool is_braced(const row *r) {
    return r->kind != ROW_STATEMENT || has_block(r->s);
}

static bool same_run(const row *a, const row *b) {
    if (b->blank_before || a->depth != b->depth) return false;
    if (is_braced(a) || is_braced(b))
        return a->kind == ROW_STATEMENT && b->kind == ROW_STATEMENT && is_braced(a) == is_braced(b);
    bool declares = a->s->kind == STATEMENT_DECLARATION;
    return declares == (b->s->kind == STATEMENT_DECLARATION);
}

/* Where the next part of the lines begins, `gap` behind the widest that leaves it at most there. */
typedef struct {
    int gap, least, most;
} tab;

static int column(const tab *t, const row *r, size_t n, str (*part)(const row *)) {
    int at = t->least;
    for (size_t i = 0; i < n; i++) {
        int end = r[i].width + t->gap;
        if (part(&r[i]).n && end > at && end <= t->most) at = end;
    }
    return at;
}

/* Widths are of the last line, for a citation may have several. */
static void append(row *r, text *line, str s) {
    const char *last = s.n ? memrchr(s.s, '\n', s.n) : NULL;
    text_add(line, s);
    if (last) r->width = 0, last++;
    r->width += utf8_width(last ? (str){last, s.n - (size_t)(last - s.s)} : s);
}

static void pad(row *r, text *line, int to, int gap) {
    int n = to - r->width > gap ? to - r->width : gap;
    for (int i = 0; i < n; i++) text_putc(line, ' ');
    r->width += n;
}

static str reasons_of(const row *r) {
    return r->reasons;
}

static str note_of(const row *r) {
    return r->note;
}

static str cite_of(const row *r) {
    return r->cite;
}

static str comment_of(const row *r) {
    return r->comment;
}

/* The label of a law that is given stands as it is, beside the others. */
static str label_of(const row *r) {
    return r->s && (r->s->given || r->s->optional) ? (str){0} : r->label;
}

static void align(const tab *t, row *r, text *line, size_t n, str (*part)(const row *)) {
    int at = column(t, r, n, part);
    for (size_t i = 0; i < n; i++) {
        if (part(&r[i]).n == 0) continue;
        pad(&r[i], &line[i], at, t->gap);
        append(&r[i], &line[i], part(&r[i]));
    }
}

static void begin_lines(row *r, text *line, size_t n) {
    for (size_t i = 0; i < n; i++) {
        pad(&r[i], &line[i], r[i].depth * INDENT, 0);
        append(&r[i], &line[i], r[i].label);
    }
}

static void put_bodies(row *r, text *line, size_t n) {
    const tab tabs = {1, 0, r->depth * INDENT + LABEL_MOST};
    int at = column(&tabs, r, n, label_of);
    for (size_t i = 0; i < n; i++) {
        if (r[i].label.n) pad(&r[i], &line[i], label_of(&r[i]).n ? at : 0, 1);
        append(&r[i], &line[i], r[i].body);
    }
}

/* The lines of a run, in parallel columns. */
static void put_run(layout *l, text *out, row *r, size_t n) {
    bool declares = r->s && r->s->kind == STATEMENT_DECLARATION;
    int indent = r->depth * INDENT;
    tab reasons = {1, indent + NOTE_LEAST, indent + NOTE_MOST};
    tab notes = {1, declares ? 0 : indent + NOTE_LEAST, indent + NOTE_MOST};
    if (r->step) notes = (tab){1, indent + NOTE_MOST + 1, indent + NOTE_MOST + 10};
    tab cites = {1, is_braced(r) ? 0 : CITATION_LEAST, CITATION_MOST};
    tab comments = {r->kind == ROW_COMMENT ? 0 : 2, 0, COMMENT_MOST};
    text *line = NEW_ARRAY(l->arena, text, n);
    for (size_t i = 0; i < n; i++) line[i] = text_new(l->arena);
    if (goes_on(l)) begin_lines(r, line, n);
    if (goes_on(l)) put_bodies(r, line, n);
    if (goes_on(l)) align(&reasons, r, line, n, reasons_of);
    if (goes_on(l)) align(&notes, r, line, n, note_of);
    if (goes_on(l)) align(&cites, r, line, n, cite_of);
    if (goes_on(l)) align(&comments, r, line, n, comment_of);
    for (size_t i = 0; i < n && goes_on(l); i++) {
        if (r[i].blank_before) text_putc(out, '\n');
        text_add(out, text_str(&line[i]));
        text_putc(out, '\n');
    }
}

static void put_rows(layout *l, text *out) {
    row *r = l->rows.v;
    for (size_t i = 0, end; i < l->rows.n && goes_on(l); i = end) {
        for (end = i + 1; end < l->rows.n && same_run(&r[end - 1], &r[end]);) end++;
        put_run(l, out, &r[i], end - i);
    }
}

/* ---- the whole ---- */

static bool too_large(const source *src, const lang_limits *limits, diags *sink) {
    if (src->bytes.n <= limits->max_bytes) return false;
    diag *d = diag_add(sink, DIAG_E401, (span){src, 0, 0}, "the text is larger than %zu bytes",
                       limits->max_bytes);
    d->help = "the limit is moved with --max-bytes";
    return true;
}

bool format_source(arena *a, const source *src, const lang_limits *given, bool ascii, diags *sink,
                   str *out) {
    lang_limits limits = lex_limits(given);
    if (too_large(src, &limits, sink)) return false;
    const source *plain = with_plain_lines(a, src);
    const ast *tree = parse(a, plain, &limits, sink);
    if (!tree || !tree->whole) return false;
    layout l = {.arena = a, .tree = tree, .bytes = plain->bytes, .fresh = true, .sink = sink};
    writer w = writer_new(a, tree, ascii);
    text t = text_new(a);
    find_comments(&l);
    lay_out(&l, tree->statements, tree->n);
    comments_before(&l, plain->bytes.n + 1);
    number_lines(&l);
    follow_lines(&l, &w);
    for (size_t i = 0; i < l.rows.n && goes_on(&l); i++) fill(&l, &w, &l.rows.v[i]);
    put_rows(&l, &t);
    if (!goes_on(&l)) return false;
    *out = text_str(&t);
    return true;
}
