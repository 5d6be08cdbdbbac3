/* bench: how long propto takes, beside Z3, cvc5 and its former self, in one run.
 *
 *     bench [--timeout SECONDS] [--runs N] [--max N] [--only TABLE] [--before PROGRAM]
 *           [--write DOCUMENT] [--picture SVG] PROPTO MINIMAL AXIOMS
 *     bench --print FAMILY:N
 *
 * Tables: small, before, axioms (library.h); chain, dag, sparse, core, core200, noisy, sums,
 * param, many (families.h, solvers.h); explain (planted.h). At the end, what of propto's promises
 * is kept (promises.h), and, where they are asked for, the document and the picture.
 *
 * Exit codes: 0, 1 a promise is broken, 2 the bench could not run.
 */
#include "library.h"
#include "picture.h"
#include "planted.h"
#include "report.h"
#include "solvers.h"

#include <stdlib.h>
#include <string.h>

/* The theory of a family at a size, as propto reads it. */
static int print_theory(const settings *o) {
    const char *colon = strchr(o->print, ':');
    int n = colon ? atoi(colon + 1) : 0, c;
    for (int i = 0; i < FAMILIES; i++) {
        const family *f = &families[i];
        size_t length = strlen(f->name);
        bool named = colon == o->print + length && strncmp(f->name, o->print, length) == 0;
        if (!named || f->files || n < (f->size[0] < 5 ? f->size[0] : 5) || n > 1000000) continue;
        write_theory(o, f, n, "t.propto");
        FILE *from = open_in(o, "t.propto", "r");
        while ((c = getc(from)) != EOF) putchar(c);
        fclose(from);
        return 0;
    }
    fprintf(stderr, "bench: --print FAMILY:N, N from 5 up (param: from 1)\n");
    return 2;
}

static bool run_whole_tables(const settings *o, results *r) {
    static const struct {
        const char *name;
        void (*run)(const settings *o, results *r);
    } tables[] = {{"small", small_theory},
                  {"before", beside_before},
                  {"axioms", time_library},
                  {"explain", explain_planted}};
    bool any = false;
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (is_wanted(o, tables[i].name)) tables[i].run(o, r), any = true;
    return any;
}

static bool run_families(const settings *o, results *r) {
    bool any = false;
    for (int i = 0; i < FAMILIES; i++) {
        if (!is_wanted(o, families[i].name)) continue;
        if (!any) start_solvers(o, r);
        race_family(o, &families[i], r);
        any = true;
    }
    return any;
}

static int run_tables(const settings *o) {
    static results r;
    prepare_races();
    bool any = run_whole_tables(o, &r);
    any |= run_families(o, &r);
    promises all = promises_of(o, &r);
    if (!any) fprintf(stderr, "bench: no such table: %s\n", o->only);
    if (!any) return 2;
    int broken = print_promises(&all);
    if (o->picture) draw_picture(o, &r, o->picture);
    if (o->document) write_document(o, &r, &all);
    return broken > 0;
}

int main(int argc, char **argv) {
    settings o = read_arguments(argc, argv);
    if (o.document) check_document(o.document);
    make_directory(&o);
    int code = o.print ? print_theory(&o) : run_tables(&o);
    remove_directory(&o);
    return code;
}
