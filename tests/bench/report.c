#include "report.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int print_promises(const promises *all) {
    int broken = 0, left = 0;
    printf("Promises\n\n");
    for (int i = 0; i < all->n; i++) {
        const promise *p = &all->each[i];
        broken += p->is == BROKEN, left += p->is == NOT_MEASURED;
        if (p->is != NOT_MEASURED)
            printf("  %-6s  %-68s  %s\n", keeping_words[p->is], p->text, p->figures);
    }
    printf("  kept: %d, broken: %d, not measured: %d\n\n", all->n - broken - left, broken, left);
    return broken;
}

/* --- the machine --- */

/* The first line of a program's output, or of a file, that has the word in it. */
static void line_with(FILE *from, const char *having, char line[PROMISE_SIZE]) {
    bool got = false;
    line[0] = 0;
    while (from && !got && fgets(line, PROMISE_SIZE, from)) got = strstr(line, having) != NULL;
    if (!got) line[0] = 0;
    line[strcspn(line, "\n")] = 0;
}

static void version_of(const settings *o, const char *program, char line[PROMISE_SIZE]) {
    char *argv[] = {word(program), "--version", NULL};
    line[0] = 0;
    if (run_once(o, argv, "out") != 0) return;
    FILE *from = open_in(o, "out", "r");
    line_with(from, "ersion", line);
    if (!line[0]) rewind(from), line_with(from, " ", line);
    fclose(from);
}

static void write_machine(const settings *o, FILE *to) {
    char line[PROMISE_SIZE], date[NAME_SIZE];
    struct utsname system;
    double load[1] = {NAN};
    time_t today = time(NULL);
    FILE *cpu = fopen("/proc/cpuinfo", "r");
    line_with(cpu, "model name", line);
    if (cpu) fclose(cpu);
    const char *model = strchr(line, ':');
    strftime(date, sizeof date, "%Y-%m-%d", gmtime(&today));
    uname(&system);
    if (getloadavg(load, 1) != 1) load[0] = NAN;
    fprintf(to, "Measured on %s: %s, %ld processors, %s %s; load at the end %.1f.\n", date,
            model ? model + 2 : system.machine, sysconf(_SC_NPROCESSORS_ONLN), system.sysname,
            system.release, load[0]);
    const char *const programs[] = {o->propto, "z3", "cvc5"};
    for (int i = 0; i < 3; i++) {
        version_of(o, programs[i], line);
        if (line[0]) fprintf(to, "%s%s", i ? "; " : "Programs: ", line);
    }
    fprintf(to, ".\nTime limit %g s, up to %d runs each.\n\n", o->timeout, o->runs);
}

/* --- tables --- */

static void write_row(const settings *o, const row *w, FILE *to) {
    char cell[NAME_SIZE];
    fprintf(to, "| %d |", w->n);
    for (int i = 0; i < CONTENDERS; i++) {
        write_time(&w->by[i], o->timeout, cell);
        fprintf(to, " %s |", cell);
    }
    for (int i = 0; i < CONTENDERS; i++)
        fprintf(to, w->by[i].runs ? " %ld |" : " - |", w->by[i].kilobytes / 1024);
    fprintf(to, "\n");
}

static void write_growth(const results *r, const family *f, FILE *to) {
    fprintf(to, "| growth |");
    for (int i = 0; i < CONTENDERS; i++) {
        double e = growth(r, f, i, 2 * f->core, 1000000);
        fprintf(to, isnan(e) ? " - |" : " n^%.2f |", e);
    }
    fprintf(to, " | | | |\n");
}

static void write_whole(const settings *o, const results *r, const family *f, FILE *to) {
    char cell[NAME_SIZE];
    const row *w = f->whole ? row_of(r, f->name, f->whole) : NULL;
    if (!w || !w->whole.runs) return;
    write_time(&w->whole, o->timeout, cell);
    fprintf(to, "z3 on the whole script at %d: %s.\n\n", w->n, cell);
}

static void write_family(const settings *o, const results *r, const family *f, FILE *to) {
    bool any = false;
    for (int i = 0; i < r->rows; i++) {
        if (r->row[i].of != f) continue;
        if (!any)
            fprintf(to,
                    "**%s**: %s\n\n| n | propto | z3 | cvc5 | + repairs | MiB propto | z3 | cvc5 | "
                    "+ repairs |\n",
                    f->name, f->what),
                fprintf(to, "|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        any = true;
        write_row(o, &r->row[i], to);
    }
    if (!any) return;
    write_growth(r, f, to);
    fprintf(to, "\n");
    write_whole(o, r, f, to);
}

static void write_promises(const promises *all, FILE *to) {
    fprintf(to, "| promise | | measured |\n|---|---|---|\n");
    for (int i = 0; i < all->n; i++)
        fprintf(to, "| %s | %s | %s |\n", all->each[i].text, keeping_words[all->each[i].is],
                all->each[i].figures);
    fprintf(to, "\n");
}

static void write_results(const settings *o, const results *r, const promises *all, FILE *to) {
    const char *picture = o->picture ? strrchr(o->picture, '/') : NULL;
    fprintf(to, "\n");
    write_machine(o, to);
    if (!r->certificates)
        fprintf(to, "Without certificates in files, which this propto lacks.\n\n");
    if (!r->jobs) fprintf(to, "Many files one by one: this propto has no `-j`.\n\n");
    if (o->picture)
        fprintf(to, "![Time over size, for each family](%s)\n\n",
                picture ? picture + 1 : o->picture);
    write_promises(all, to);
    for (int i = 0; i < FAMILIES; i++) write_family(o, r, &families[i], to);
}

/* --- the document --- */

static const char begin[] = "<!-- bench -->\n", end[] = "<!-- end of bench -->";

static void read_whole(const char *path, char **text) {
    size_t size = 0;
    FILE *from = fopen(path, "r");
    if (!from) fail(strerror(errno), path);
    if (getdelim(text, &size, 0, from) < 0) fail("nothing in it", path);
    fclose(from);
}

/* Reads the document: its results stand in `text` between `from` and `to`. */
static void read_document(const char *path, char **text, char **from, char **to) {
    read_whole(path, text);
    *from = strstr(*text, begin);
    *to = *from ? strstr(*from, end) : NULL;
    if (!*to) fail("no place for the results", path);
    *from += strlen(begin);
}

void check_document(const char *path) {
    char *text = NULL, *from, *to;
    read_document(path, &text, &from, &to);
    free(text);
}

void write_document(const settings *o, const results *r, const promises *all) {
    char *text = NULL, *from, *to;
    read_document(o->document, &text, &from, &to);
    FILE *f = fopen(o->document, "w");
    if (!f) fail(strerror(errno), o->document);
    fwrite(text, 1, (size_t)(from - text), f);
    write_results(o, r, all, f);
    fputs(to, f);
    if (fclose(f)) fail(strerror(errno), o->document);
    free(text);
}
