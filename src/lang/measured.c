#include "lang/measured.h"

#include <csv.h>
#include "lang/lex.h"
#include "lang/parse.h"

typedef enum { QUANTITY, BASE, EXPONENT, LOW, HIGH, SOURCE, COLUMNS } column;
static const char *const column_names[COLUMNS] = {"quantity", "base", "exponent",
                                                  "low",      "high", "source"};

typedef struct {
    str text;
    span at;
    int line;
} field_text;

typedef struct {
    arena *arena;
    const source *src;
    lang_limits limits;
    diags *sink;
    int first_error;
    size_t at, start;     /* the byte at hand; where the field began */
    int line, start_line; /* of these */
    VEC(field_text) fields;
    bool has_header;
    bool broken;        /* the rest cannot be read */
    int place[COLUMNS]; /* of a column in a row; -1: none */
    size_t columns;
    VEC(measurement) rows;
} reader;

static bool stops(const reader *r) {
    return r->broken || r->sink->errors - r->first_error >= ERRORS_MAX;
}

/* --- the columns --- */

static int column_named(str name) {
    for (int i = 0; i < COLUMNS; i++)
        if (str_eq(name, str_of(column_names[i]))) return i;
    return -1;
}

static const char *const columns_help =
    "the first row names the columns: quantity,base,exponent,low,high,source";

static void read_header(reader *r) {
    r->has_header = true;
    r->columns = r->fields.n;
    for (int i = 0; i < COLUMNS; i++) r->place[i] = -1;
    for (size_t i = 0; i < r->fields.n && !stops(r); i++) {
        const field_text *f = &r->fields.v[i];
        int c = column_named(f->text);
        if (c >= 0 && r->place[c] < 0) {
            r->place[c] = (int)i;
            continue;
        }
        diag *d = diag_add(r->sink, DIAG_E503, f->at,
                           c < 0 ? "there is no column %s" : "the column %s is there twice",
                           lex_quote(r->arena, f->text));
        d->help = columns_help;
    }
    for (int i = QUANTITY; i <= EXPONENT; i++)
        if (r->place[i] < 0)
            diag_add(r->sink, DIAG_E503, r->fields.v[0].at, "the column `%s` is missing",
                     column_names[i])
                ->help = columns_help;
    r->broken = r->sink->errors > r->first_error;
}

/* --- the fields of a row --- */

static const field_text *field_in(const reader *r, column c) {
    return r->place[c] < 0 ? NULL : &r->fields.v[r->place[c]];
}

static bool is_empty(const field_text *f) {
    return f == NULL || f->text.n == 0;
}

/* "0.73" as 073/100, and "-1/3" as it is. */
static bool number_of(arena *a, str s, rat *out) {
    text t = text_new(a);
    size_t from = s.n > 1 && s.s[0] == '+' && s.s[1] != '-', places = 0;
    bool point = false;
    for (size_t i = from; i < s.n; i++) {
        if (s.s[i] == '.' && (point || i + 1 == s.n)) return false;
        if (s.s[i] == '/' && point) return false;
        if (s.s[i] == '.')
            point = true;
        else
            text_putc(&t, s.s[i]);
        places += point && s.s[i] != '.';
    }
    if (point) text_putc(&t, '/');
    if (point) text_putc(&t, '1');
    for (size_t i = 0; i < places; i++) text_putc(&t, '0');
    return rat_parse(a, text_str(&t), out);
}

static bool read_number(reader *r, column c, rat *out) {
    const field_text *f = field_in(r, c);
    if (f->text.n > (size_t)r->limits.max_digits) {
        diag_add(r->sink, DIAG_E404, f->at, "a number of more than %d digits", r->limits.max_digits)
            ->help = "the limit is moved with --max-digits";
        return false;
    }
    if (number_of(r->arena, f->text, out)) return true;
    diag *d = diag_add(r->sink, DIAG_E504, f->at, "the %s is no number: %s", column_names[c],
                       lex_quote(r->arena, f->text));
    d->help = "a number is a decimal or a fraction, 0.73 or -1/3";
    return false;
}

/* One name, in its canonical spelling. */
static bool read_name(reader *r, column c, str *out) {
    const field_text *f = field_in(r, c);
    diags quiet = {.arena = r->arena};
    const source *own = source_of(r->arena, r->src->name, f->text);
    lexer lx = lex_start(r->arena, own, &r->limits, &quiet);
    token name = lex_next(&lx), end = lex_next(&lx);
    *out = name.text;
    if (name.kind == TOK_NAME && end.kind == TOK_EOF) return true;
    diag *d = diag_add(r->sink, DIAG_E503, f->at, "the %s is no name: %s", column_names[c],
                       lex_quote(r->arena, f->text));
    d->help = "one quantity by its name in the theories: N_p";
    return false;
}

static bool is_complete(reader *r) {
    bool whole = r->fields.n == r->columns;
    if (!whole)
        diag_add(r->sink, DIAG_E503, r->fields.v[0].at, "%zu fields under %zu columns", r->fields.n,
                 r->columns)
            ->help = "a field with a comma in it stands in quotes: \"a, b\"";
    for (int i = QUANTITY; whole && i <= EXPONENT; i++) {
        if (!is_empty(field_in(r, (column)i))) continue;
        diag_add(r->sink, DIAG_E503, field_in(r, (column)i)->at, "the %s is missing",
                 column_names[i]);
        return false;
    }
    return whole;
}

static bool holds_exponent(reader *r, const measurement *m) {
    const char *what = NULL;
    if (m->has_low && m->has_high && rat_cmp(m->high, m->low) < 0)
        what = "low is more than high";
    else if (m->has_low && rat_cmp(m->exponent, m->low) < 0)
        what = "the exponent is less than low";
    else if (m->has_high && rat_cmp(m->high, m->exponent) < 0)
        what = "the exponent is more than high";
    if (what == NULL) return true;
    column at = m->has_low ? LOW : HIGH;
    diag_add(r->sink, DIAG_E505, field_in(r, at)->at, "%s", what)->help =
        "low and high are the ends of an interval around the exponent, not its widths";
    return false;
}

static void read_row(reader *r) {
    measurement m = {.line = r->fields.v[0].line};
    if (!is_complete(r)) return;
    m.has_low = !is_empty(field_in(r, LOW));
    m.has_high = !is_empty(field_in(r, HIGH));
    m.quantity_at = field_in(r, QUANTITY)->at;
    m.base_at = field_in(r, BASE)->at;
    if (field_in(r, SOURCE)) m.source = field_in(r, SOURCE)->text;
    bool fine = read_name(r, QUANTITY, &m.quantity);
    fine = read_name(r, BASE, &m.base) && fine;
    fine = read_number(r, EXPONENT, &m.exponent) && fine;
    if (m.has_low) fine = read_number(r, LOW, &m.low) && fine;
    if (m.has_high) fine = read_number(r, HIGH, &m.high) && fine;
    if (fine && holds_exponent(r, &m)) vec_push(r->arena, &r->rows, m);
}

/* --- what libcsv finds --- */

/* The next field begins behind the byte at hand. */
static void start_field(reader *r) {
    r->start = r->at + 1;
    r->start_line = r->line + (r->at < r->src->bytes.n && r->src->bytes.s[r->at] == '\n');
}

static void on_field(void *bytes, size_t n, void *data) {
    reader *r = data;
    field_text f = {str_copy(r->arena, (str){bytes, n}), {r->src, r->start, r->at}, r->start_line};
    vec_push(r->arena, &r->fields, f);
    start_field(r);
}

static bool too_many_rows(reader *r) {
    if (r->rows.n < (size_t)r->limits.max_statements) return false;
    diag_add(r->sink, DIAG_E405, r->fields.v[0].at, "more than %d measurements",
             r->limits.max_statements)
        ->help = "the limit is moved with --max-statements";
    return true;
}

static void on_row(int end, void *data) {
    reader *r = data;
    (void)end;
    if (!r->has_header)
        read_header(r);
    else if (!stops(r) && !(r->broken = too_many_rows(r)))
        read_row(r);
    r->fields.n = 0;
    start_field(r);
}

static bool is_line_end(char c) {
    return c == '\n' || c == '\r';
}

/* Byte by byte, so that it is known where each field stands. */
static bool parse_bytes(reader *r, struct csv_parser *p) {
    str s = r->src->bytes;
    for (; r->at < s.n && !stops(r); r->at++) {
        if (r->fields.n == 0 && r->at == r->start && is_line_end(s.s[r->at])) start_field(r);
        if (csv_parse(p, s.s + r->at, 1, on_field, on_row, r) != 1) return false;
        r->line += s.s[r->at] == '\n';
    }
    return stops(r) || csv_fini(p, on_field, on_row, r) == 0;
}

static void parse_table(reader *r) {
    struct csv_parser p;
    if (csv_init(&p, CSV_STRICT | CSV_STRICT_FINI) != 0) return;
    bool parsed = parse_bytes(r, &p);
    if (csv_error(&p) == CSV_ENOMEM) out_of_memory();
    if (!parsed) {
        size_t end = r->at < r->src->bytes.n ? r->at + 1 : r->at;
        diag *d = diag_add(r->sink, DIAG_E503, (span){r->src, r->start, end},
                           "quotes that are not closed, or stand inside a field");
        d->help = "a field in quotes has them at both ends, and \"\" for a quote inside";
    }
    csv_free(&p);
}

/* A mark of byte order at the beginning is none of the text. */
static size_t first_byte(str s) {
    return str_starts(s, "\xEF\xBB\xBF") ? 3 : 0;
}

measurements measured_read(arena *a, const source *src, const lang_limits *limits, diags *sink) {
    reader r = {.arena = a, .src = src, .limits = lex_limits(limits), .sink = sink};
    r.line = r.start_line = 1;
    int before = r.first_error = sink->errors;
    if (!text_is_sound(src, sink)) return (measurements){0};
    r.at = r.start = first_byte(src->bytes);
    parse_table(&r);
    if (!r.has_header && sink->errors == before)
        diag_add(sink, DIAG_E503, (span){src, 0, 0}, "the table is empty")->help = columns_help;
    if (sink->errors > before) return (measurements){0};
    return (measurements){r.rows.v, (int)r.rows.n};
}
