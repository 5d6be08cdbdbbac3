#include "lang/use.h"

#include <limits.h>
#include <stdlib.h>
#include "lang/source.h"

static const char *real(arena *a, const char *path) {
    char buffer[PATH_MAX];
    return realpath(path, buffer) ? str_z(a, str_of(buffer)) : NULL;
}

/* Everything before the last slash; "." where there is none. */
static const char *directory(arena *a, const char *path) {
    const char *slash = strrchr(path, '/');
    if (!slash) return ".";
    return str_z(a, (str){path, slash == path ? 1 : (size_t)(slash - path)});
}

static void add_root(library *lib, const char *dir) {
    const char *root = real(lib->arena, dir);
    if (root) vec_push(lib->arena, &lib->roots, root);
}

library library_new(arena *a, const char *main_path, const lang_options *o, diags *sink) {
    static const lang_options none = {0};
    library lib = {.arena = a, .options = o ? o : &none, .sink = sink};
    lib.limits = lex_limits(&lib.options->limits);
    const char *path = main_path ? real(a, main_path) : NULL;
    add_root(&lib, path ? directory(a, path) : ".");
    for (int i = 0; i < lib.options->ninclude_dirs; i++)
        add_root(&lib, lib.options->include_dirs[i]);
    return lib;
}

const char *library_path(library *lib, const char *path) {
    return real(lib->arena, path);
}

static bool inside(const library *lib, const char *path) {
    for (size_t i = 0; i < lib->roots.n; i++) {
        size_t n = strlen(lib->roots.v[i]);
        if (strncmp(path, lib->roots.v[i], n) == 0 && (n == 1 || path[n] == '/')) return true;
    }
    return false;
}

/* dir/path without `.` and `..`, whether or not it exists. */
static const char *joined(arena *a, const char *dir, str path) {
    text t = text_new(a);
    text_puts(&t, strcmp(dir, "/") ? dir : "");
    for (size_t i = 0, j; i < path.n; i = j + 1) {
        for (j = i; j < path.n && path.s[j] != '/';) j++;
        str part = {path.s + i, j - i};
        if (part.n == 0 || str_eq(part, STR("."))) continue;
        if (str_eq(part, STR(".."))) {
            while (t.n && t.s[--t.n] != '/') continue;
        } else {
            text_putc(&t, '/');
            text_add(&t, part);
        }
    }
    return str_z(a, text_str(&t));
}

static const char *refuse(library *lib, const statement *use, const char *why) {
    diag *d = diag_add(lib->sink, DIAG_E009, use->path_at, "%s", why);
    d->help = "paths are relative, and stay in the directory of the main file or in one given "
              "with -I";
    return NULL;
}

/* The real path of what is used; NULL after an error. */
static const char *locate(library *lib, const char *dir, const statement *use) {
    bool left = false;
    if (use->path.n == 0) return refuse(lib, use, "an empty path");
    if (use->path.s[0] == '/') return refuse(lib, use, "an absolute path");
    for (int i = -1; i < lib->options->ninclude_dirs; i++) {
        const char *from = i < 0 ? dir : real(lib->arena, lib->options->include_dirs[i]);
        if (!from) continue;
        const char *path = joined(lib->arena, from, use->path);
        const char *there = inside(lib, path) ? real(lib->arena, path) : NULL;
        if (there && inside(lib, there)) return there;
        left |= there || !inside(lib, path);
    }
    if (left) return refuse(lib, use, "this path leaves the directory tree");
    diag_add(lib->sink, DIAG_E001, use->path_at, "cannot read %.*s: there is no such file",
             (int)use->path.n, use->path.s);
    return NULL;
}

/* a.propto → b.propto → a.propto */
static bool cycle(library *lib, const char *path, const statement *use) {
    size_t i = 0;
    while (i < lib->open.n && !(lib->open.v[i]->path && strcmp(lib->open.v[i]->path, path) == 0))
        i++;
    if (i == lib->open.n) return false;
    text t = text_new(lib->arena);
    for (size_t j = i; j < lib->open.n; j++) text_addf(&t, "%s → ", lib->open.v[j]->src->name);
    text_puts(&t, lib->open.v[i]->src->name);
    diag *d = diag_add(lib->sink, DIAG_E010, use->path_at, "a theory cannot use itself");
    d->note = formatted(lib->arena, "the circle is %s", t.s);
    d->help = "move what both need into a theory of its own, and use that in both";
    return true;
}

static bool too_many(library *lib, const statement *use) {
    if (lib->read.n + lib->failed.n + lib->open.n <= (size_t)lib->limits.max_files) return false;
    diag *d = diag_add(lib->sink, DIAG_E406, use->at, "more than %d files are used",
                       lib->limits.max_files);
    d->help = "the limit is moved with --max-files";
    return true;
}

static bool has_failed(const library *lib, const char *path) {
    for (size_t i = 0; i < lib->failed.n; i++)
        if (strcmp(lib->failed.v[i], path) == 0) return true;
    return false;
}

static theory *read_new(library *lib, const theory *user, const statement *use, const char *path) {
    const char *shown = formatted(lib->arena, "%s/%.*s", directory(lib->arena, user->src->name),
                                  (int)use->path.n, use->path.s);
    if (str_starts(str_of(shown), "./")) shown += 2;
    const source *src = source_load(lib->arena, path, shown, use->path_at, &lib->limits, lib->sink);
    theory *t = src ? theory_build(lib, src, path, NULL) : NULL;
    if (t) {
        theory_warn_names(lib->arena, t, lib->sink);
        vec_push(lib->arena, &lib->read, t);
    } else {
        vec_push(lib->arena, &lib->failed, path);
    }
    return t;
}

theory *library_use(library *lib, const theory *user, const statement *use) {
    const char *dir = user->path ? directory(lib->arena, user->path) : real(lib->arena, ".");
    const char *path = dir ? locate(lib, dir, use) : NULL;
    if (!path || cycle(lib, path, use) || has_failed(lib, path)) return NULL;
    for (size_t i = 0; i < lib->read.n; i++)
        if (strcmp(lib->read.v[i]->path, path) == 0) return lib->read.v[i];
    return too_many(lib, use) ? NULL : read_new(lib, user, use, path);
}
