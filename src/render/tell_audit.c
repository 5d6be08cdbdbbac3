#include "render/tell_audit.h"
#include <cjson/cJSON.h>
#include "render/certificate.h"
#include "render/law.h"
#include "render/spell.h"

enum { MOST_SAID = 100 }; /* remarks of one kind on one theory */

bool is_verified(const verification *v) {
    bool yes = !v->unreadable && !v->differs;
    for (int i = 0; i < v->n; i++) yes = yes && !v->audits[i].missing && !v->audits[i].failed.n;
    return yes;
}

/* --- what a thesis is about --- */

static void add_labels(text *t, const problem *p, factset s) {
    for (int i = 0; i < s.n; i++) {
        text_puts(t, i ? ", " : "");
        text_add(t, p->facts[s.v[i]].label);
    }
}

static void add_subject(text *t, const frame *f, const thesis *of) {
    const problem *p = f->p;
    switch (of->is) {
    case THESIS_CORE:
        text_puts(t, "the conflict of ");
        add_labels(t, p, of->facts);
        return;
    case THESIS_REPAIR:
        text_puts(t, "the repair without ");
        add_labels(t, p, of->facts);
        return;
    case THESIS_REDUNDANT:
    case THESIS_BEST:
        text_add(t, p->facts[of->about].label);
        text_puts(t, of->is == THESIS_BEST ? ", the choice" : ", redundant");
        return;
    case THESIS_FIXED:
        text_puts(t, "what no longer scales");
        return;
    default:
        text_puts(t, of->about >= 0 ? "`" : "the verdict");
        if (of->about >= 0) text_add(t, p->goals[of->about].law);
        if (of->about >= 0) text_putc(t, '`');
    }
}

/* "`ℓ ∝ N_p^?` without A1" */
static str subject(arena *a, const remark *r) {
    text t = text_new(a);
    add_subject(&t, r->f, r->t);
    if (r->f->equations) text_puts(&t, " of the equations alone");
    if (r->f->without.n) text_puts(&t, " without ");
    add_labels(&t, r->f->p, r->f->without);
    return text_str(&t);
}

static str reason(arena *a, const remark *r) {
    if (r->why) return str_of(r->why);
    return law_vouched(a, r->f->p, &r->condition);
}

/* What is to be said, each thing once. */
typedef struct {
    str of, why;
    bool is_law;
} saying;
typedef struct {
    saying said[MOST_SAID];
    int n;
    bool more; /* there are others */
} sayings;

static bool is_said(const sayings *x, const saying *s) {
    for (int i = 0; i < x->n; i++)
        if (str_eq(x->said[i].of, s->of) && str_eq(x->said[i].why, s->why)) return true;
    return false;
}

static const sayings *distinct(arena *a, const remarks *list) {
    sayings *x = NEW(a, sayings);
    for (size_t i = 0; i < list->n && !x->more; i++) {
        const remark *r = &list->v[i];
        saying s = {subject(a, r), reason(a, r), !r->why};
        if (is_said(x, &s)) continue;
        x->more = x->n == MOST_SAID;
        if (!x->more) x->said[x->n++] = s;
    }
    return x;
}

/* --- words --- */

static void say_remarks(doc *d, const char *lead, role as, const remarks *list) {
    const sayings *x = distinct(d->arena, list);
    for (int i = 0; i < x->n; i++) {
        const saying *s = &x->said[i];
        cell *c = doc_paragraph(d, 4);
        say(c, as, "%s", lead);
        say(c, ROLE_PLAIN, " %.*s: ", (int)s->of.n, s->of.s);
        say_str(c, s->is_law ? ROLE_LAW : ROLE_PLAIN, s->why);
    }
    if (x->more) say(doc_paragraph(d, 4), as, "and more of the kind");
}

static void say_untold(doc *d, const remarks *list) {
    const sayings *x = distinct(d->arena, list);
    for (int i = 0; i < x->n; i++)
        say(doc_paragraph(d, 4), ROLE_DOUBT, "nothing is said of %.*s", (int)x->said[i].of.n,
            x->said[i].of.s);
    if (x->more) say(doc_paragraph(d, 4), ROLE_DOUBT, "and more of the kind");
}

static void say_count(cell *c, int n, const char *what, const char *then) {
    say(c, ROLE_QUIET, "%d %s%s%s", n, what, n == 1 ? "" : "s", then);
}

static void say_audit(doc *d, const audit *x) {
    const frame *whole = x->c->nframes ? x->c->frames : NULL;
    cell *c = doc_line(d, 2);
    say_str(c, ROLE_STRONG, x->c->p->name);
    if (whole && whole->ntheses) say(c, ROLE_PLAIN, ": %s", thesis_name(whole->theses[0].is));
    say(c, ROLE_QUIET, "; ");
    say_count(c, x->theses, "statement", ", ");
    say_count(c, x->refutations, "refutation", " and ");
    say_count(c, x->solutions, "solution", " checked");
    if (x->missing) say(doc_paragraph(d, 4), ROLE_BAD, "not whole: %s", x->missing);
    say_remarks(d, "not proved:", ROLE_BAD, &x->failed);
    say_remarks(d, "relies on the solver for", ROLE_DOUBT, &x->trusted);
    say_untold(d, &x->untold);
}

static bool leaves_open(const verification *v) {
    for (int i = 0; i < v->n; i++)
        if (v->audits[i].untold.n) return true;
    return false;
}

void tell_verification(doc *d, const verification *v, bool quiet) {
    bool yes = is_verified(v);
    cell *c = doc_line(d, 0);
    say(c, ROLE_STRONG, "%s", v->name);
    say(c, yes ? ROLE_GOOD : ROLE_BAD, ": %s", yes ? "verified" : "not verified");
    if (yes && v->compared) say(c, ROLE_PLAIN, ", and of this theory");
    if (yes && leaves_open(v)) say(c, ROLE_DOUBT, "; something is left undecided");
    if (v->unreadable) say(c, ROLE_PLAIN, ": %s", v->unreadable);
    if (v->differs) say(c, ROLE_PLAIN, ": it is of another theory: %s", v->differs);
    for (int i = 0; i < v->n && !quiet; i++) say_audit(d, &v->audits[i]);
}

/* --- JSON --- */

static void put(arena *a, cJSON *to, const char *name, str s) {
    cJSON_AddStringToObject(to, name, spell_valid(a, s));
}

static void put_remarks(arena *a, cJSON *to, const char *name, const remarks *list, bool why) {
    const sayings *x = distinct(a, list);
    cJSON *all = cJSON_AddArrayToObject(to, name);
    for (int i = 0; i < x->n; i++) {
        cJSON *item = cJSON_CreateObject();
        put(a, item, "of", x->said[i].of);
        if (why) put(a, item, "what", x->said[i].why);
        cJSON_AddItemToArray(all, item);
    }
}

static cJSON *audit_item(arena *a, const audit *x) {
    cJSON *item = cJSON_CreateObject();
    put(a, item, "theory", x->c->p->name);
    cJSON_AddNumberToObject(item, "statements", x->theses);
    cJSON_AddNumberToObject(item, "refutations", x->refutations);
    cJSON_AddNumberToObject(item, "solutions", x->solutions);
    if (x->missing) put(a, item, "missing", str_of(x->missing));
    put_remarks(a, item, "failed", &x->failed, true);
    put_remarks(a, item, "relies_on_solver", &x->trusted, true);
    put_remarks(a, item, "untold", &x->untold, false);
    return item;
}

void verification_to_json(text *out, const verification *v, const char *version, bool ascii) {
    arena *a = arena_new();
    cJSON *item = cJSON_CreateObject();
    put(a, item, "propto", str_of(version));
    put(a, item, "certificate", str_of(v->name));
    cJSON_AddBoolToObject(item, "verified", is_verified(v));
    cJSON_AddBoolToObject(item, "compared", v->compared);
    if (v->unreadable) put(a, item, "unreadable", str_of(v->unreadable));
    if (v->differs) put(a, item, "differs", str_of(v->differs));
    cJSON *all = cJSON_AddArrayToObject(item, "theories");
    for (int i = 0; i < v->n; i++) cJSON_AddItemToArray(all, audit_item(a, &v->audits[i]));
    char *json = cJSON_PrintUnformatted(item);
    if (json) spell_json(out, str_of(json), ascii);
    text_putc(out, '\n');
    cJSON_free(json);
    cJSON_Delete(item);
    arena_free(a);
}
