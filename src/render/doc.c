#include "render/doc.h"
#include <stdio.h>

doc *doc_new(arena *a) {
    doc *d = NEW(a, doc);
    d->arena = a;
    return d;
}

block *doc_table(doc *d, int indent, int flex) {
    block *b = NEW(d->arena, block);
    b->indent = indent;
    b->flex = flex;
    vec_push(d->arena, &d->blocks, b);
    return b;
}

row *doc_row(doc *d, block *table) {
    row *r = NEW(d->arena, row);
    vec_push(d->arena, &table->rows, r);
    return r;
}

cell *doc_cell(doc *d, row *r) {
    cell *c = NEW(d->arena, cell);
    c->arena = d->arena;
    vec_push(d->arena, &r->cells, c);
    return c;
}

cell *doc_paragraph(doc *d, int indent) {
    return doc_cell(d, doc_row(d, doc_table(d, indent, 0)));
}

cell *doc_line(doc *d, int indent) {
    return doc_cell(d, doc_row(d, doc_table(d, indent, -1)));
}

void doc_gap(doc *d) {
    size_t n = d->blocks.n;
    while (n > 0 && !d->blocks.v[n - 1]->gap && d->blocks.v[n - 1]->rows.n == 0) n--;
    if (n > 0 && !d->blocks.v[n - 1]->gap) doc_table(d, 0, -1)->gap = true;
}

void say_str(cell *c, role as, str s) {
    if (s.n > 0) vec_push(c->arena, &c->runs, ((run){as, s}));
}

void say(cell *c, role as, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *s = arena_alloc(c->arena, (size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, format, again);
    va_end(again);
    say_str(c, as, str_of(s));
}
