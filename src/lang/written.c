#include "lang/written.h"

/* ---- which laws compare exponents ---- */

static void collect_names(writer *w, const statement *s) {
    names *into = s->sort == SORT_PARAMETER ? &w->parameters : &w->quantities;
    for (int i = 0; i < s->nnames; i++) {
        names_put(into, s->names[i].name.text, 1);
        for (int j = 0; j < s->names[i].naliases; j++)
            names_put(into, s->names[i].alias[j].text, 1);
    }
}

static void collect(writer *w, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        if (list[i]->kind == STATEMENT_DECLARATION) collect_names(w, list[i]);
        collect(w, list[i]->body, list[i]->nbody);
    }
}

typedef struct {
    bool quantity, parameter, compared; /* a slope, a minus, an uncertain number */
} signs;

static void look_at(const writer *w, const expr *e, signs *seen) {
    if (e->kind == EXPR_NAME) {
        seen->parameter |= names_find(&w->parameters, e->text) >= 0;
        seen->quantity |= names_find(&w->quantities, e->text) >= 0;
    }
    bool slope = e->kind == EXPR_CALL && e->call == CALL_SLOPE;
    seen->compared |= slope || e->kind == EXPR_UNCERTAIN;
    for (int i = 0; i < e->n && !slope; i++) {
        seen->compared |= e->kind == EXPR_SUM && e->part[i].flipped;
        if (e->kind != EXPR_POWER || i == 0) look_at(w, e->part[i].e, seen);
    }
}

static bool is_number(const expr *e) {
    if (e->kind == EXPR_NAME || e->kind == EXPR_HOLE) return false;
    for (int i = 0; i < e->n; i++)
        if (!is_number(e->part[i].e)) return false;
    return true;
}

/* Of an `=`, which may stand between quantities or between exponents. */
static bool equals_exponents(const writer *w, const law *l) {
    signs seen = {0};
    bool number = false;
    for (int i = 0; i < l->nsides; i++) {
        look_at(w, l->side[i], &seen);
        number |= is_number(l->side[i]);
    }
    return !seen.quantity && (seen.parameter || seen.compared || number);
}

static void mark(const writer *w, law *l) {
    bool equal = l->kind == LAW_CHAIN && l->links != NULL;
    for (int i = 0; equal && i + 1 < l->nsides; i++) {
        l->compares |= relation_compares(l->links[i].is);
        if (l->links[i].is != RELATION_EQUAL && l->links[i].is != RELATION_MEMBER) equal = false;
    }
    if (equal) l->compares = equals_exponents(w, l);
}

static void mark_all(const writer *w, statement *const *list, int n) {
    for (int i = 0; i < n; i++) {
        const statement *s = list[i];
        for (int j = 0; j < s->neither && !statement_is_question(s); j++) mark(w, &s->either[j]);
        for (int j = 0; j < s->nwhen; j++) mark(w, &s->when[j]);
        mark_all(w, s->body, s->nbody);
    }
}

writer writer_new(arena *a, const ast *tree, bool ascii) {
    writer w = {.print = {.arena = a, .ascii = ascii}};
    w.parameters = names_new(a);
    w.quantities = names_new(a);
    collect(&w, tree->statements, tree->n);
    mark_all(&w, tree->statements, tree->n);
    return w;
}

/* ---- parts ---- */

str written_quoted(arena *a, str s) {
    bool straight = s.n == 0 || !memchr(s.s, '"', s.n);
    text t = text_new(a);
    text_puts(&t, straight ? "\"" : "“");
    text_add(&t, s);
    text_puts(&t, straight ? "\"" : "”");
    return text_str(&t);
}

static void put_ref(const writer *w, text *t, const name_ref *n) {
    text_add(t, print_name(&w->print, n->text, n->base));
}

/* A label that is named; one such as @7 may have moved. */
static void put_label_ref(const writer *w, text *t, const label_ref *l) {
    int at = w->new_lines ? names_find(&w->old_lines, l->text) : -1;
    text_add(t, at >= 0 ? w->new_lines[at] : l->text);
}

static void put_labels(const writer *w, text *t, const char *word, const label_ref *list, int n) {
    for (int i = 0; i < n; i++) {
        text_puts(t, i ? ", " : word);
        put_label_ref(w, t, &list[i]);
    }
}

static void put_declared(const writer *w, text *t, const statement *s) {
    for (int i = 0; i < s->nnames; i++) {
        const declared *d = &s->names[i];
        if (i) text_puts(t, ", ");
        put_ref(w, t, &d->name);
        for (int j = 0; j < d->naliases; j++) {
            text_puts(t, j ? ", " : " (");
            put_ref(w, t, &d->alias[j]);
        }
        if (d->naliases) text_putc(t, ')');
    }
}

/* 0 < α (a), β < 1 */
static void put_bounded(const writer *w, text *t, const statement *s) {
    const law *l = s->either;
    printer p = w->print;
    p.where = IN_COMPARISON;
    for (int i = 0; i < l->nsides; i++) {
        if (i) text_addf(t, " %s ", print_sign(&p, l->links[i - 1].is));
        if (l->side[i]->at.start == s->names->name.at.start)
            put_declared(w, t, s);
        else
            text_add(t, print_expr(&p, l->side[i]));
    }
}

static void put_declaration(const writer *w, text *t, const statement *s) {
    static const char *const words[] = {
        [SORT_QUANTITY] = "quantity ", [SORT_CONSTANT] = "const ", [SORT_PARAMETER] = "param "};
    text_puts(t, words[s->sort]);
    if (s->neither)
        put_bounded(w, t, s);
    else
        put_declared(w, t, s);
}

static void put_use(const writer *w, text *t, const statement *s) {
    text_puts(t, "use ");
    text_add(t, written_quoted(t->arena, s->path));
    if (s->as.text.n) put_labels(w, t, " as ", &s->as, 1);
    for (int i = 0; i < s->nwhere; i++) {
        text_puts(t, i ? ", " : " where ");
        put_ref(w, t, &s->where[i].from);
        text_puts(t, " is ");
        put_ref(w, t, &s->where[i].to);
    }
}

static void put_regime(const writer *w, text *t, const statement *s) {
    put_labels(w, t, "regime ", &s->regime, 1);
    if (s->note.n) {
        text_putc(t, ' ');
        text_add(t, written_quoted(t->arena, s->note));
    }
    put_labels(w, t, " without ", s->without, s->nwithout);
    put_labels(w, t, " with ", s->with, s->nwith);
}

static void put_proof(text *t, const statement *s) {
    text_puts(t, s->note.n ? "proof " : "proof");
    if (s->note.n) text_add(t, written_quoted(t->arena, s->note));
}

static bool concludes(statement_kind k) {
    return k >= STATEMENT_CONCLUSION && k <= STATEMENT_TRIVIAL;
}

str written_statement(const writer *w, const statement *s) {
    text t = text_new(w->print.arena);
    switch (s->kind) {
    case STATEMENT_DECLARATION:
        put_declaration(w, &t, s);
        break;
    case STATEMENT_USE:
        put_use(w, &t, s);
        break;
    case STATEMENT_REGIME:
        put_regime(w, &t, s);
        return text_str(&t);
    case STATEMENT_PROOF:
        put_proof(&t, s);
        return text_str(&t);
    default:
        if (concludes(s->kind)) text_puts(&t, w->print.ascii ? "therefore " : "∴ ");
        text_add(&t, print_statement(&w->print, s));
        return text_str(&t);
    }
    text_add(&t, print_suppositions(&w->print, s));
    return text_str(&t);
}

str written_label(const writer *w, const statement *s) {
    text t = text_new(w->print.arena);
    if (s->given) text_puts(&t, "given");
    if (s->optional) text_puts(&t, t.n ? " optional" : "optional");
    if (s->label.text.n) {
        if (t.n) text_putc(&t, ' ');
        text_add(&t, s->label.text);
        text_putc(&t, ':');
    }
    return text_str(&t);
}

str written_in_proof(const writer *w, const statement *s) {
    return print_statement(&w->print, s);
}

str written_reasons(const writer *w, const statement *s) {
    text t = text_new(w->print.arena);
    put_labels(w, &t, "by ", s->by, s->nby);
    return text_str(&t);
}
