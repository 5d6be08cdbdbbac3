/* The files of tests/refuse/certificates: each has a theory, certificates that the kernel accepts,
 * and changed ones that it refuses; the notation is told in the README.md there. Of those that are
 * accepted every number is then changed in turn, and each change is refused. */
#include "lang/lang.h"

#include <ctype.h>
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "theory_text.h"

static const char folder[] = "tests/refuse/certificates";

/* A line of a file, with those that go on with it. */
typedef struct {
    str keyword;
    text rest;
} entry;
typedef VEC(entry) entries;

typedef struct {
    arena *a;
    const char *path;
    entries lines;
    sequent s;
} example;

/* ---- files ---- */

static void add_line(example *x, str line) {
    bool goes_on = line.n && line.s[0] == ' ';
    const char *comment = memchr(line.s, '#', line.n);
    if (comment) line.n = (size_t)(comment - line.s);
    while (line.n && line.s[line.n - 1] == ' ') line.n--;
    if (line.n == 0) return;
    if (!goes_on) {
        const char *gap = memchr(line.s, ' ', line.n);
        if (!gap) fail_msg("%s: `%.*s` says nothing", x->path, (int)line.n, line.s);
        entry e = {{line.s, (size_t)(gap - line.s)}, text_new(x->a)};
        vec_push(x->a, &x->lines, e);
        line = (str){gap + 1, line.n - e.keyword.n - 1};
    }
    if (x->lines.n == 0) fail_msg("%s begins with a line that goes on", x->path);
    text_add(&x->lines.v[x->lines.n - 1].rest, line);
}

static void read_lines(example *x) {
    diags sink = {.arena = x->a};
    const source *src = source_read(x->a, x->path, NULL, &sink);
    assert_non_null(src);
    const char *s = src->bytes.s, *end = s + src->bytes.n;
    while (s < end) {
        const char *stop = memchr(s, '\n', (size_t)(end - s));
        if (!stop) stop = end;
        add_line(x, (str){s, (size_t)(stop - s)});
        s = stop + 1;
    }
}

static bool is_line(const entry *e, const char *keyword) {
    return str_eq(e->keyword, str_of(keyword));
}

/* The lines with this keyword; how many. */
static int lines_of(const example *x, const char *keyword, const char **found) {
    int n = 0;
    for (size_t i = 0; i < x->lines.n; i++)
        if (is_line(&x->lines.v[i], keyword)) found[n++] = x->lines.v[i].rest.s;
    return n;
}

static void refuse_other_lines(const example *x) {
    static const char *const known[] = {"symbols", "law", "also", "use", "accept", "refuse"};
    for (size_t i = 0; i < x->lines.n; i++) {
        bool found = false;
        for (size_t j = 0; j < sizeof known / sizeof *known; j++)
            found |= is_line(&x->lines.v[i], known[j]);
        str k = x->lines.v[i].keyword;
        if (!found) fail_msg("%s: no line begins with `%.*s`", x->path, (int)k.n, k.s);
    }
}

/* ---- theories ---- */

static const char *letters_of(arena *a, const char *s) {
    text t = text_new(a);
    for (; *s; s++)
        if (*s != ' ') text_putc(&t, *s);
    return t.s;
}

static const bool *read_use(const example *x, const char *s) {
    bool *use = NEW_ARRAY(x->a, bool, x->s.p->nfacts);
    for (char *end; *s; s = end) {
        long which = strtol(s, &end, 10);
        if (end == s || which < 0 || which >= x->s.p->nfacts) fail_msg("%s: use %s", x->path, s);
        use[which] = true;
    }
    return use;
}

static void read_theory(example *x) {
    const char **found = NEW_ARRAY(x->a, const char *, x->lines.n);
    if (lines_of(x, "symbols", found) != 1) fail_msg("%s: one line of symbols", x->path);
    const char *symbols = letters_of(x->a, found[0]);
    int n = lines_of(x, "law", found);
    problem *p = theory_text(x->a, symbols, found, n);
    x->s.p = p;
    n = lines_of(x, "also", found);
    const formula **also = NEW_ARRAY(x->a, const formula *, n);
    for (int i = 0; i < n; i++) also[i] = formula_text(x->a, p, found[i]);
    x->s.extra = also, x->s.nextra = n;
    if (lines_of(x, "use", found)) x->s.use = read_use(x, found[0]);
    assert_true(problem_ok(p));
}

static example *example_read(arena *a, const char *path) {
    example *x = NEW(a, example);
    x->a = a, x->path = path;
    read_lines(x);
    refuse_other_lines(x);
    read_theory(x);
    return x;
}

/* ---- certificates ---- */

typedef struct {
    arena *a;
    const char *path, *s;
} reader;

static bool next_is(reader *r, const char *word) {
    while (*r->s == ' ') r->s++;
    if (strncmp(r->s, word, strlen(word)) != 0) return false;
    r->s += strlen(word);
    return true;
}

static void must_be(reader *r, const char *word) {
    if (!next_is(r, word)) fail_msg("%s: not `%s` but: %s", r->path, word, r->s);
}

static bool next_is_number(reader *r) {
    while (*r->s == ' ') r->s++;
    return isdigit((unsigned char)r->s[*r->s == '-']);
}

/* "2:1" */
static void read_place(reader *r, int *which, int *node) {
    char *end;
    *which = (int)strtol(r->s, &end, 10);
    r->s = end;
    must_be(r, ":");
    *node = (int)strtol(r->s, &end, 10);
    r->s = end;
}

typedef VEC(summand) summands;

static summands read_sum(reader *r) {
    summands sum = {0};
    while (next_is_number(r)) {
        summand m = {.lambda = read_coef(r->a, &r->s)};
        must_be(r, "*");
        read_place(r, &m.formula, &m.node);
        vec_push(r->a, &sum, m);
    }
    return sum;
}

static const proof *read_proof(reader *r) {
    proof *pf = NEW(r->a, proof);
    if (!next_is(r, "split")) {
        must_be(r, "sum");
        summands sum = read_sum(r);
        *pf = (proof){.kind = PROOF_SUM, .sum = sum.v, .n = (int)sum.n};
        return pf;
    }
    VEC(const proof *) ways = {0};
    pf->kind = PROOF_SPLIT;
    read_place(r, &pf->formula, &pf->node);
    must_be(r, "{");
    while (!next_is(r, "}")) vec_push(r->a, &ways, read_proof(r));
    pf->branch = ways.v, pf->n = (int)ways.n;
    return pf;
}

static witness read_point(reader *r) {
    VEC(coef) x = {0};
    while (next_is_number(r)) vec_push(r->a, &x, read_coef(r->a, &r->s));
    return (witness){x.v, (int)x.n};
}

static bool way_is_accepted(const example *x, reader *r) {
    approach w = {.near = read_point(r)};
    w.ray = next_is(r, "along");
    if (!w.ray) must_be(r, "towards");
    w.limit = read_point(r);
    return approach_holds(&x->s, &w);
}

static bool any_is_accepted(const example *x, reader *r) {
    if (next_is(r, "approach")) return way_is_accepted(x, r);
    if (next_is(r, "witness")) {
        witness w = read_point(r);
        return witness_satisfies(&x->s, &w);
    }
    if (next_is(r, "zero")) {
        summands sum = read_sum(r);
        return sum_vanishes(&x->s, sum.v, (int)sum.n);
    }
    return proof_refutes(&x->s, read_proof(r));
}

static bool is_accepted(const example *x, const char *certificate) {
    reader r = {x->a, x->path, certificate};
    bool yes = any_is_accepted(x, &r);
    if (next_is(&r, "") && *r.s) fail_msg("%s: more than a certificate: %s", x->path, r.s);
    return yes;
}

/* ---- one number changed ---- */

typedef enum { ONE_MORE, ONE_LESS, NEGATED, CHANGES } change;

/* The certificate with the digits between `from` and `to` changed; NULL where that is no number
 * or the same one. */
static const char *changed(arena *a, const char *s, const char *from, const char *to, change way) {
    long n = strtol(from, NULL, 10);
    bool minus = from > s && from[-1] == '-', below = from > s && from[-1] == '/';
    switch (way) {
    case ONE_MORE:
        return formatted(a, "%.*s%ld%s", (int)(from - s), s, n + 1, to);
    case ONE_LESS:
        if (n == 1 && below) return NULL;
        return formatted(a, "%.*s%ld%s", (int)(from - s), s, n - 1, to);
    case NEGATED:
        if (n == 0 || below) return NULL;
        return formatted(a, "%.*s%s%s", (int)(from - s - minus), s, minus ? "" : "-", from);
    case CHANGES:
        break;
    }
    return NULL;
}

/* How many changes were refused. */
static int refuse_changes_at(const example *x, const char *s, const char *from, const char *to) {
    int refused = 0;
    for (int way = 0; way < CHANGES; way++) {
        const char *c = changed(x->a, s, from, to, (change)way);
        if (c && is_accepted(x, c)) fail_msg("%s: accepted with a number changed: %s", x->path, c);
        refused += c != NULL;
    }
    return refused;
}

static int refuse_changes(const example *x, const char *s) {
    int refused = 0;
    for (const char *at = s + strcspn(s, "0123456789"); *at; at += strcspn(at, "0123456789")) {
        const char *to = at + strspn(at, "0123456789");
        refused += refuse_changes_at(x, s, at, to);
        at = to;
    }
    return refused;
}

/* ---- the folder ---- */

typedef void file_test(const example *x);

/* How many files there are. */
static int for_each_file(file_test *test) {
    int files = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *e; (e = readdir(dir)) != NULL;) {
        const char *suffix = strrchr(e->d_name, '.');
        if (!suffix || strcmp(suffix, ".cert") != 0) continue;
        arena *a = arena_new();
        test(example_read(a, formatted(a, "%s/%s", folder, e->d_name)));
        arena_free(a);
        files++;
    }
    closedir(dir);
    return files;
}

static void right_and_changed(const example *x) {
    const char **found = NEW_ARRAY(x->a, const char *, x->lines.n);
    int n = lines_of(x, "accept", found);
    if (n == 0) fail_msg("%s has no right certificate", x->path);
    for (int i = 0; i < n; i++)
        if (!is_accepted(x, found[i])) fail_msg("%s: not accepted: %s", x->path, found[i]);
    n = lines_of(x, "refuse", found);
    if (n == 0) fail_msg("%s has no changed certificate", x->path);
    for (int i = 0; i < n; i++)
        if (is_accepted(x, found[i])) fail_msg("%s: not refused: %s", x->path, found[i]);
}

static void each_number_changed(const example *x) {
    const char **found = NEW_ARRAY(x->a, const char *, x->lines.n);
    int n = lines_of(x, "accept", found);
    for (int i = 0; i < n; i++)
        if (refuse_changes(x, found[i]) < 4) fail_msg("%s: no number in %s", x->path, found[i]);
}

static void right_certificates_are_accepted_and_changed_ones_refused(void **state) {
    (void)state;
    assert_true(for_each_file(right_and_changed) > 0);
}

static void no_number_of_a_right_certificate_can_be_changed(void **state) {
    (void)state;
    assert_true(for_each_file(each_number_changed) > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(right_certificates_are_accepted_and_changed_ones_refused),
        cmocka_unit_test(no_number_of_a_right_certificate_can_be_changed),
    };
    return cmocka_run_group_tests_name("the certificates of tests/refuse", tests, NULL, NULL);
}
