/* fuzz_measured: any bytes as a table of measured exponents, in CSV.
 *
 * What must hold: rows only where there is no error; each with names, a place in the text and an
 * exponent between its ends; and what is written of them is read as the same rows. */
#include "lang/measured.h"
#include "render/diagnose.h"
#include "render/to_text.h"
#include <stdlib.h>

static const lang_limits limits = {
    .max_bytes = 1 << 16, .max_digits = 60, .max_statements = 200, .max_name = 40};

static void demand(bool holds) {
    if (!holds) abort();
}

static measurements read_table(arena *a, const source *src, diags *sink) {
    measurements m = measured_read(a, src, &limits, sink);
    demand(sink->errors == 0 || m.n == 0);
    return m;
}

/* --- a row --- */

static void hold_place(span at, const source *src) {
    demand(at.src == src && at.start <= at.end && at.end <= src->bytes.n);
}

static void hold_row(const measurement *m, const source *src) {
    demand(m->quantity.n > 0 && m->base.n > 0 && m->line > 0);
    demand(!m->has_low || rat_cmp(m->low, m->exponent) <= 0);
    demand(!m->has_high || rat_cmp(m->exponent, m->high) <= 0);
    hold_place(m->quantity_at, src);
    hold_place(m->base_at, src);
}

/* --- written and read again --- */

static void put_quoted(text *t, str s) {
    text_putc(t, '"');
    for (size_t i = 0; i < s.n; i++) text_puts(t, s.s[i] == '"' ? "\"\"" : (char[]){s.s[i], 0});
    text_putc(t, '"');
}

static void put_row(text *t, const measurement *m) {
    put_quoted(t, m->quantity);
    text_putc(t, ',');
    put_quoted(t, m->base);
    text_addf(t, ",%s,%s,%s,", rat_text(t->arena, m->exponent),
              m->has_low ? rat_text(t->arena, m->low) : "",
              m->has_high ? rat_text(t->arena, m->high) : "");
    put_quoted(t, m->source);
    text_putc(t, '\n');
}

static bool same_row(const measurement *x, const measurement *y) {
    return str_eq(x->quantity, y->quantity) && str_eq(x->base, y->base) &&
           str_eq(x->source, y->source) && rat_eq(x->exponent, y->exponent) &&
           x->has_low == y->has_low && (!x->has_low || rat_eq(x->low, y->low)) &&
           x->has_high == y->has_high && (!x->has_high || rat_eq(x->high, y->high));
}

static void hold_again(arena *a, measurements m) {
    text t = text_new(a);
    diags sink = {.arena = a};
    text_puts(&t, "quantity,base,exponent,low,high,source\n");
    for (int i = 0; i < m.n; i++) put_row(&t, &m.v[i]);
    measurements again = read_table(a, source_of(a, "again", text_str(&t)), &sink);
    demand(again.n == m.n);
    for (int i = 0; i < m.n; i++) demand(same_row(&m.v[i], &again.v[i]));
}

static void tell(arena *a, diags *sink) {
    doc *d = doc_new(a);
    style plain = {.width = 80};
    text said = text_new(a);
    diags_sort(sink);
    diagnose(d, sink, false, &plain);
    to_text(&said, d, &plain);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
    arena *a = arena_new();
    diags sink = {.arena = a};
    const source *src = source_of(a, "fuzz", (str){(const char *)bytes, n});
    measurements m = read_table(a, src, &sink);
    for (int i = 0; i < m.n; i++) hold_row(&m.v[i], src);
    if (m.n) hold_again(a, m);
    tell(a, &sink);
    arena_free(a);
    return 0;
}
