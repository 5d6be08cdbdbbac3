#include "lang/theory.h"

#include "lang/argue.h"
#include "lang/parse.h"
#include "lang/resolve.h"
#include "lang/sorts.h"
#include "lang/use.h"

typedef struct {
    library *lib;
    arena *arena;
    diags *sink;
    theory *t;
    names regime_parameters; /* declared in some regime: a symbol of the theory itself */
} builder;

/* "kaplan2020" for "papers/kaplan2020.propto". */
static str stem(const char *path) {
    const char *slash = strrchr(path, '/');
    str name = str_of(slash ? slash + 1 : path);
    for (size_t i = name.n; i-- > 1;)
        if (name.s[i] == '.') return (str){name.s, i};
    return name;
}

/* ---- declarations ---- */

static void other_place(diag *d, span at, const char *note) {
    d->other = at;
    d->note = note;
}

static const char *sort_name(sort s) {
    return s == SORT_QUANTITY ? "quantity" : s == SORT_CONSTANT ? "constant" : "parameter";
}

/* True if the name is free in the scope. */
static bool is_free(builder *b, scope *s, const name_ref *n, sort as) {
    int sym = scope_find(s, n->text);
    if (sym < 0) return true;
    const symbol *old = scope_symbol(s, sym);
    bool same = old->sort == as;
    diag *d =
        diag_add(b->sink, DIAG_E205, n->at,
                 same ? "the name %s is declared twice" : "the name %s is declared as two sorts",
                 lex_quote(b->arena, n->text));
    other_place(d, old->at, formatted(b->arena, "it is a %s here", sort_name(old->sort)));
    return false;
}

static symbol symbol_of(const statement *decl, const declared *n) {
    return (symbol){.name = n->name.text, .note = decl->note, .sort = decl->sort, .at = n->name.at};
}

/* The parameters of a regime are symbols of the theory, for all regimes share one field; their
 * names belong to the regime. */
static int add_symbol(builder *b, scope *s, const statement *decl, const declared *n) {
    if (!s->parent || decl->sort != SORT_PARAMETER) return scope_add(s, symbol_of(decl, n));
    int sym = names_find(&b->regime_parameters, n->name.text);
    scope_alias(s, n->name.text, sym);
    return sym;
}

static void reserve_parameters(builder *b, const statement *regime) {
    for (int i = 0; i < regime->nbody; i++) {
        const statement *s = regime->body[i];
        if (s->kind != STATEMENT_DECLARATION || s->sort != SORT_PARAMETER) continue;
        for (int j = 0; j < s->nnames; j++) {
            const declared *n = &s->names[j];
            if (names_find(&b->regime_parameters, n->name.text) >= 0) continue;
            int sym = scope_add_unnamed(b->t->scope, symbol_of(s, n));
            names_put(&b->regime_parameters, n->name.text, sym);
        }
    }
}

static void declare(builder *b, scope *s, const statement *decl) {
    for (int i = 0; i < decl->nnames; i++) {
        const declared *n = &decl->names[i];
        if (!is_free(b, s, &n->name, decl->sort)) continue;
        int sym = add_symbol(b, s, decl, n);
        for (int j = 0; j < n->naliases; j++)
            if (is_free(b, s, &n->alias[j], decl->sort)) scope_alias(s, n->alias[j].text, sym);
    }
}

static void declare_all(builder *b, scope *s, statement *const *list, int n) {
    for (int i = 0; i < n; i++)
        if (list[i]->kind == STATEMENT_DECLARATION) declare(b, s, list[i]);
}

/* ---- labels ---- */

const entry *find_label(const labels *l, str label) {
    int i = names_find(&l->table, label);
    return i < 0 ? NULL : &l->entries.v[i];
}

str nearest_label(const labels *l, str label) {
    for (size_t i = 0; i < l->spelled.n; i++) {
        str s = l->spelled.v[i];
        bool prefixed = s.n > label.n && label.n > 0 && s.s[s.n - label.n - 1] == '.';
        if (prefixed && memcmp(s.s + s.n - label.n, label.s, label.n) == 0) return s;
    }
    return names_nearest(l->spelled.v, l->spelled.n, label);
}

static void put_label(arena *a, labels *l, str label, entry e) {
    names_put(&l->table, label, (int)l->entries.n);
    vec_push(a, &l->entries, e);
    vec_push(a, &l->spelled, label);
}

static void label_twice(builder *b, span at, str label, span first, const char *help) {
    diag *d =
        diag_add(b->sink, DIAG_E206, at, "the label %s is used twice", lex_quote(b->arena, label));
    other_place(d, first, "it was used first here");
    d->help = help;
}

/* Names a statement that has a label of its own; false where that is taken. */
static void own_label(builder *b, labels *l, const statement *s, entry e) {
    const entry *first = find_label(&b->t->labels, s->label.text);
    if (!first) first = find_label(l, s->label.text);
    if (first)
        label_twice(b, s->label.at, s->label.text, first->at, "give one of them another label");
    else
        put_label(b->arena, l, s->label.text, e);
}

str line_label(arena *a, int line, int nth) {
    char letters[16], *p = letters + sizeof letters - 1;
    *p = 0;
    for (int k = nth ? nth + 1 : 0; k > 0; k = (k - 1) / 26) *--p = (char)('a' + (k - 1) % 26);
    return str_of(formatted(a, "@%d%s", line, p));
}

/* How many statements of the theory itself on this line have no label. */
static int count_on_line(const theory *t, int line) {
    size_t low = 0, high = t->unlabelled.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (t->unlabelled.v[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    bool there = low < t->unlabelled.n && t->unlabelled.v[low].line == line;
    return there ? t->unlabelled.v[low].count : 0;
}

/* ---- use ---- */

static bool renamed(builder *b, const theory *used, const statement *use, str *target) {
    int before = b->sink->errors;
    for (int i = 0; i < use->nwhere; i++) {
        const renaming *r = &use->where[i];
        int sym = scope_find(used->scope, r->from.text);
        if (sym >= 0 && target[sym].s == NULL) {
            target[sym] = r->to.text;
            continue;
        }
        diag *d = diag_add(b->sink, DIAG_E208, r->from.at,
                           sym < 0 ? "the theory that is used has no name %s"
                                   : "the name %s is renamed twice",
                           lex_quote(b->arena, r->from.text));
        str near = scope_nearest(used->scope, r->from.text);
        if (sym < 0 && near.n)
            d->help = formatted(b->arena, "did you mean `%.*s`?", (int)near.n, near.s);
    }
    return b->sink->errors == before;
}

/* The names of the used theory that this one knows mean what they mean here. */
static void meet_known(const theory *t, const scope *theirs, const str *target, int *map) {
    for (int i = 0; i < scope_size(theirs); i++)
        map[i] = target[i].s ? scope_find(t->scope, target[i]) : -1;
    for (size_t i = 0; i < theirs->spelled.n; i++) {
        int sym = scope_find(theirs, theirs->spelled.v[i]);
        if (map[sym] < 0 && !target[sym].s) map[sym] = scope_find(t->scope, theirs->spelled.v[i]);
    }
}

static bool same_sorts(builder *b, const statement *use, const scope *theirs, const int *map) {
    bool same = true;
    for (int i = 0; i < scope_size(theirs); i++) {
        const symbol *x = scope_symbol(theirs, i);
        const symbol *y = map[i] < 0 ? x : scope_symbol(b->t->scope, map[i]);
        if (x->sort == y->sort) continue;
        diag *d = diag_add(b->sink, DIAG_E205, use->at, "%s is a %s in the theory that is used",
                           lex_quote(b->arena, x->name), sort_name(x->sort));
        other_place(d, y->at, formatted(b->arena, "it is a %s here", sort_name(y->sort)));
        d->help = "rename it: `use \"...\" where a is b`";
        same = false;
    }
    return same;
}

static void add_unknown(theory *t, const scope *theirs, const str *target, int *map) {
    for (int i = 0; i < scope_size(theirs); i++) {
        symbol s = *scope_symbol(theirs, i);
        if (map[i] >= 0 || scope_find(theirs, s.name) != i) continue;
        if (target[i].s) s.name = target[i];
        int known = scope_find(t->scope, s.name);
        map[i] = known >= 0 ? known : scope_add(t->scope, s);
    }
    for (size_t i = 0; i < theirs->spelled.n; i++) {
        int sym = scope_find(theirs, theirs->spelled.v[i]);
        if (!target[sym].s && scope_find(t->scope, theirs->spelled.v[i]) < 0)
            scope_alias(t->scope, theirs->spelled.v[i], map[sym]);
    }
}

/* From the symbols of the used theory to those of this one; NULL after an error. */
static const int *import_names(builder *b, const theory *used, const statement *use) {
    int n = scope_size(used->scope);
    str *target = NEW_ARRAY(b->arena, str, n);
    int *map = NEW_ARRAY(b->arena, int, n);
    if (!renamed(b, used, use, target)) return NULL;
    meet_known(b->t, used->scope, target, map);
    if (!same_sorts(b, use, used->scope, map)) return NULL;
    add_unknown(b->t, used->scope, target, map);
    return map;
}

/* Each its own, for uncertain numbers; -1 for symbols that no law speaks of. */
static int *composed(arena *a, const int *inner, const int *outer, int n) {
    int *map = NEW_ARRAY(a, int, n);
    for (int i = 0; i < n; i++) {
        int sym = inner ? inner[i] : i;
        map[i] = sym < 0 ? -1 : outer[sym];
    }
    return map;
}

/* Under the same names: each group has uncertain numbers of its own. */
static bool same_names(const scope *of, const int *x, const int *y) {
    for (int i = 0; i < scope_size(of); i++)
        if (x[i] != y[i] && !scope_symbol(of, i)->hidden) return false;
    return true;
}

/* The same theory under the same names, taken in before; -1 where it was not. */
static int taken(const theory *t, const theory *of, const int *map) {
    for (size_t i = 0; i < t->groups.n; i++) {
        const group *g = &t->groups.v[i];
        if (g->of == of && same_names(of->scope, g->map, map)) return g->first;
    }
    return -1;
}

typedef struct {
    scope *from, *to;
    int *map;
} adoption;

static void adopt(void *data, expr *e) {
    adoption *d = data;
    if (e->sym >= 0) d->map[e->sym] = scope_add_unnamed(d->to, *scope_symbol(d->from, e->sym));
}

/* The uncertain numbers of a law that is taken in. */
static void adopt_uncertain(const theory *t, const instance *one, int *map) {
    adoption d = {one->of->scope, t->scope, map};
    if (!one->of->tree->uncertain) return;
    for (int i = 0; i < one->s->neither; i++) law_uncertain(&one->s->either[i], adopt, &d);
    for (int i = 0; i < one->s->nwhen; i++) law_uncertain(&one->s->when[i], adopt, &d);
}

/* What the statement is called here, where it is called `label` in the theory that is used. */
static str label_here(builder *b, const theory *used, const statement *use, str label, int nth) {
    if (use->as.text.n)
        return str_of(formatted(b->arena, "%.*s.%.*s", (int)use->as.text.n, use->as.text.s,
                                (int)label.n, label.s));
    if (label.s[0] != '@') return label;
    const char *number = nth > 1 ? formatted(b->arena, "-%d", nth) : "";
    return str_of(formatted(b->arena, "%.*s%s%.*s", (int)used->name.n, used->name.s, number,
                            (int)label.n, label.s));
}

static bool import_label(builder *b, const theory *used, const statement *use, instance *i,
                         int index) {
    str label = i->label;
    for (int nth = 1;; nth++) {
        i->label = label_here(b, used, use, label, nth);
        const entry *first = find_label(&b->t->labels, i->label);
        if (!first) break;
        if (first->law == index) return true;
        if (label.s[0] == '@' && !use->as.text.n) continue;
        label_twice(b, use->at, i->label, first->at,
                    "give the labels of the used theory a prefix: `use \"...\" as p`");
        return false;
    }
    put_label(b->arena, &b->t->labels, i->label, (entry){use->at, index, -1});
    return true;
}

static bool too_many_laws(builder *b, const statement *use) {
    if (b->t->laws.n <= (size_t)b->lib->limits.max_statements) return false;
    diag *d = diag_add(b->sink, DIAG_E405, use->at, "more than %d statements",
                       b->lib->limits.max_statements);
    d->help = "the limit is moved with --max-statements";
    return true;
}

static bool too_many_groups(builder *b, const statement *use) {
    if (b->t->groups.n < (size_t)b->lib->limits.max_files) return false;
    diag *d = diag_add(b->sink, DIAG_E406, use->at, "more than %d theories are taken in",
                       b->lib->limits.max_files);
    d->help = "the limit is moved with --max-files";
    return true;
}

/* Takes in laws[i] and those after it that came from the same place; how many, or 0. */
static size_t import_group(builder *b, const theory *used, const statement *use, const int *map,
                           size_t i) {
    theory *t = b->t;
    const instance *first = &used->laws.v[i];
    int *whole = composed(b->arena, first->map, map, scope_size(first->of->scope));
    int old = taken(t, first->of, whole), start = old < 0 ? (int)t->laws.n : old;
    size_t n = 0;
    if (old < 0 && too_many_groups(b, use)) return 0;
    if (old < 0) vec_push(b->arena, &t->groups, ((group){first->of, whole, start}));
    for (; i + n < used->laws.n; n++) {
        instance one = used->laws.v[i + n];
        if (one.of != first->of || one.map != first->map) break;
        one.map = whole;
        if (!import_label(b, used, use, &one, start + (int)n)) return 0;
        if (old >= 0) continue;
        adopt_uncertain(t, &one, whole);
        vec_push(b->arena, &t->laws, one);
    }
    return too_many_laws(b, use) ? 0 : n;
}

static bool import(builder *b, const statement *use) {
    const theory *used = library_use(b->lib, b->t, use);
    const int *map = used ? import_names(b, used, use) : NULL;
    if (!map) return false;
    b->t->scope->sketch = b->t->scope->sketch && used->scope->sketch;
    for (size_t i = 0, n; i < used->laws.n; i += n) {
        n = import_group(b, used, use, map, i);
        if (n == 0) return false;
    }
    return true;
}

/* False where some theory could not be used. */
static bool import_all(builder *b) {
    bool ok = true;
    for (int i = 0; i < b->t->tree->n; i++) {
        const statement *s = b->t->tree->statements[i];
        if (s->kind == STATEMENT_USE) ok = import(b, s) && ok;
    }
    return ok;
}

/* ---- statements ---- */

/* A label of a broken statement still counts: whoever names it is not wrong. */
static void enrol(builder *b, labels *l, const statement *s, int nth_law, int nth_goal) {
    if (s->label.text.n) own_label(b, l, s, (entry){s->label.at, nth_law, nth_goal});
}

/* The label of the law that will be number `index`; nth counts those without one on its line. */
static str law_label(builder *b, labels *l, const statement *s, int index, int nth) {
    enrol(b, l, s, index, -1);
    if (s->label.text.n) return s->label.text;
    str label = line_label(b->arena, s->line, nth);
    put_label(b->arena, l, label, (entry){s->at, index, -1});
    return label;
}

static int count_unlabelled(builder *b, const statement *s) {
    theory *t = b->t;
    size_t n = t->unlabelled.n;
    if (s->label.text.n) return 0;
    if (n == 0 || t->unlabelled.v[n - 1].line != s->line) {
        vec_push(b->arena, &t->unlabelled, ((line_count){s->line, 0}));
        n++;
    }
    return t->unlabelled.v[n - 1].count++;
}

static void add_statements(builder *b) {
    theory *t = b->t;
    for (int i = 0; i < t->tree->n; i++) {
        const statement *s = t->tree->statements[i];
        if (!diags_go_on(b->sink, s->at)) return;
        if (statement_is_fact(s)) {
            instance one = {.s = s, .of = t};
            one.label = law_label(b, &t->labels, s, (int)t->laws.n, count_unlabelled(b, s));
            vec_push(b->arena, &t->laws, one);
        } else {
            bool asks = statement_is_goal(s);
            enrol(b, &t->labels, s, -1, asks ? (int)t->goals.n : -1);
            if (asks) vec_push(b->arena, &t->goals, s);
        }
    }
}

static void add_regime_statements(builder *b, variant *r) {
    line_count c = {0};
    for (int i = 0; i < r->s->nbody; i++) {
        const statement *s = r->s->body[i];
        if (statement_is_fact(s)) {
            if (c.line != s->line) c = (line_count){s->line, count_on_line(b->t, s->line)};
            instance one = {.s = s, .of = b->t};
            one.label = law_label(b, &r->labels, s, (int)r->laws.n, c.count);
            c.count += s->label.text.n == 0;
            vec_push(b->arena, &r->laws, one);
        } else {
            enrol(b, &r->labels, s, -1, -1);
            if (statement_is_goal(s)) vec_push(b->arena, &r->goals, s);
        }
    }
}

/* ---- regimes ---- */

static void regime_names(builder *b) {
    names seen = names_new(b->arena);
    for (size_t i = 0; i < b->t->regimes.n; i++) {
        const label_ref *name = &b->t->regimes.v[i]->s->regime;
        int first = names_find(&seen, name->text);
        if (first < 0) {
            names_put(&seen, name->text, (int)i);
            continue;
        }
        diag *d = diag_add(b->sink, DIAG_E209, name->at, "the regime %s is there already",
                           lex_quote(b->arena, name->text));
        other_place(d, b->t->regimes.v[first]->s->regime.at, "it was written first here");
        d->help = "give one of them another name";
    }
}

static void unknown_label(builder *b, const label_ref *ref) {
    const labels *l = &b->t->labels;
    diag *d = diag_add(b->sink, DIAG_E207, ref->at, "no statement of the theory is called %s",
                       lex_quote(b->arena, ref->text));
    str near = nearest_label(l, ref->text);
    if (near.n) d->help = formatted(b->arena, "did you mean `%.*s`?", (int)near.n, near.s);
}

/* Labels after `without` or, if `with`, after `with`. */
static void check_labels(builder *b, const label_ref *list, int n, bool with) {
    for (int i = 0; i < n; i++) {
        const entry *e = find_label(&b->t->labels, list[i].text);
        if (!e) unknown_label(b, &list[i]);
        if (!e || (e->law < 0 && !with)) continue;
        const statement *s = e->law < 0 ? NULL : b->t->laws.v[e->law].s;
        if (s && s->optional == with) continue;
        diag *d =
            diag_add(b->sink, DIAG_E307, list[i].at, "%s is %s", lex_quote(b->arena, list[i].text),
                     with ? "not optional: it holds already"
                          : "optional: it is left out "
                            "already");
        other_place(d, e->at, "it is stated here");
        d->help = with ? "begin the statement with `optional`" : "take it in with `with`";
    }
}

static void add_regime(builder *b, const statement *s) {
    variant *r = NEW(b->arena, variant);
    r->s = s;
    r->labels.table = names_new(b->arena);
    add_regime_statements(b, r);
    vec_push(b->arena, &b->t->regimes, r);
}

static void add_regimes(builder *b) {
    const ast *tree = b->t->tree;
    for (int i = 0; i < tree->n; i++)
        if (tree->statements[i]->kind == STATEMENT_REGIME) add_regime(b, tree->statements[i]);
    regime_names(b);
    for (size_t i = 0; i < b->t->regimes.n; i++) {
        const statement *s = b->t->regimes.v[i]->s;
        check_labels(b, s->without, s->nwithout, false);
        check_labels(b, s->with, s->nwith, true);
    }
}

/* ---- names in statements ---- */

/* All parameters, before any regime adds symbols. */
static void find_parameters(builder *b, const ast *asked) {
    const ast *tree = b->t->tree;
    if (b->t->scope->sketch) sorts_of_sketch(b->arena, b->t->scope, tree);
    sorts_of_uncertain(b->arena, b->t->scope, tree);
    if (asked) sorts_of_uncertain(b->arena, b->t->scope, asked);
    for (size_t i = 0; i < b->t->regimes.n; i++) reserve_parameters(b, b->t->regimes.v[i]->s);
}

/* The theory first: its symbols come before those of its regimes. */
static void resolve_all(builder *b, bool names_lost) {
    const ast *tree = b->t->tree;
    resolver r = resolver_new(b->arena, b->t->scope, &b->lib->limits, b->sink);
    int most = b->sink->errors + ERRORS_MAX;
    r.names_lost = names_lost;
    resolve_list(&r, tree->statements, tree->n, most);
    for (size_t i = 0; i < b->t->regimes.n; i++) {
        variant *g = b->t->regimes.v[i];
        r.scope = g->scope = scope_new(b->arena, b->t->scope);
        declare_all(b, g->scope, g->s->body, g->s->nbody);
        resolve_list(&r, g->s->body, g->s->nbody, most);
    }
}

/* The proofs, when all names are known: they bring none. */
static void argue_all(builder *b, bool names_lost) {
    theory *t = b->t;
    arguer w = arguer_new(b->arena, t, &b->lib->limits, b->sink);
    w.names_lost = names_lost;
    for (int i = 0; i < t->tree->n; i++) argue(&w, NULL, t->tree->statements[i]);
    for (size_t i = 0; i < t->regimes.n; i++) {
        variant *r = t->regimes.v[i];
        for (int j = 0; j < r->s->nbody; j++) argue(&w, r, r->s->body[j]);
    }
}

static void warn_used_once(arena *a, const theory *t, const scope *s, diags *sink) {
    for (size_t i = 0; s->sketch && i < s->symbols.n; i++) {
        const symbol *sym = &s->symbols.v[i];
        if (s->uses.v[i] != 1 || sym->at.src != t->src) continue;
        diag *d =
            diag_add(sink, DIAG_W001, sym->at, "%s is used only once", lex_quote(a, sym->name));
        d->help = "is it a slip? names of a sketch are not declared, so nothing else checks them";
    }
}

void theory_warn_names(arena *a, const theory *t, diags *sink) {
    warn_used_once(a, t, t->scope, sink);
    for (size_t i = 0; i < t->regimes.n; i++) warn_used_once(a, t, t->regimes.v[i]->scope, sink);
}

/* ---- the whole ---- */

/* Proofs alone state nothing either. */
static bool nothing_stated(builder *b) {
    const ast *tree = b->t->tree;
    for (int i = 0; i < tree->n; i++)
        if (tree->statements[i]->kind != STATEMENT_PROOF) return false;
    diag *d = diag_add(b->sink, DIAG_E008, (span){b->t->src, 0, 0}, "this theory states nothing");
    d->help = tree->n
                  ? "a text that holds only proofs is the solution of an exercise: `propto prove "
                    "EXERCISE SOLUTION`"
                  : "state a law, such as `N ∝ w`";
    return true;
}

static theory *theory_new(library *lib, const source *src, const char *path) {
    theory *t = NEW(lib->arena, theory);
    t->name = stem(src->name);
    t->path = path;
    t->src = src;
    t->scope = scope_new(lib->arena, NULL);
    t->labels.table = names_new(lib->arena);
    return t;
}

theory *theory_build(library *lib, const source *src, const char *path, const ast *asked) {
    int before = lib->sink->errors;
    theory *t = theory_new(lib, src, path);
    builder b = {lib, lib->arena, lib->sink, t, names_new(lib->arena)};
    t->tree = parse(lib->arena, src, &lib->limits, lib->sink);
    if (!t->tree || (t->tree->whole && nothing_stated(&b))) return NULL;
    vec_push(lib->arena, &lib->open, t);
    t->scope->sketch = !t->tree->declares;
    declare_all(&b, t->scope, t->tree->statements, t->tree->n);
    bool imported = import_all(&b);
    add_statements(&b);
    add_regimes(&b);
    find_parameters(&b, asked);
    resolve_all(&b, t->tree->names_lost || !imported);
    argue_all(&b, t->tree->names_lost || !imported);
    lib->open.n--;
    return lib->sink->errors > before ? NULL : t;
}

theory *theory_read(arena *a, const source *src, const char *path, const ast *asked,
                    const lang_options *o, diags *sink) {
    library lib = library_new(a, path, o, sink);
    return theory_build(&lib, src, path ? library_path(&lib, path) : NULL, asked);
}
