#include "picture.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum {
    COLUMNS = 3,
    PANEL_WIDTH = 290,
    PANEL_HEIGHT = 210,
    LEFT = 52,
    TOP = 34,
    GAP = 22,
    HEAD = 64
};

static const char *const colors[CONTENDERS] = {"#0b6e4f", "#b3471f", "#3d5fa3", "#7fb8a4"};

/* A panel: where it stands and what it spans, in powers of ten. */
typedef struct {
    const family *of;
    double x, y, width, height;
    double first, last, fastest, slowest;
} panel;

static double across(const panel *p, double n) {
    return p->x + p->width * (log10(n) - p->first) / (p->last - p->first);
}

static double down(const panel *p, double seconds) {
    double at = (log10(seconds) - p->fastest) / (p->slowest - p->fastest);
    return p->y + p->height * (1 - fmin(1, fmax(0, at)));
}

static bool was_run(const results *r, const family *f) {
    for (int i = 0; i < r->rows; i++)
        if (r->row[i].of == f) return true;
    return false;
}

static panel panel_at(const settings *o, const results *r, const family *f, int place) {
    int width = PANEL_WIDTH - LEFT - GAP / 2, height = PANEL_HEIGHT - TOP - GAP - 10;
    panel p = {.of = f, .width = width, .height = height, .first = INFINITY, .last = 0};
    p.x = LEFT + place % COLUMNS * PANEL_WIDTH;
    p.y = HEAD + TOP + place / COLUMNS * PANEL_HEIGHT;
    for (int i = 0; i < r->rows; i++) {
        if (r->row[i].of != f) continue;
        p.first = fmin(p.first, log10(r->row[i].n));
        p.last = fmax(p.last, log10(r->row[i].n));
    }
    p.last = fmax(p.last, p.first + 1);
    p.fastest = -3;
    p.slowest = log10(1.6 * o->timeout);
    return p;
}

/* --- frame --- */

static void draw_line(FILE *to, double x, double y, double x2, double y2, const char *color) {
    fprintf(to, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n", x, y, x2,
            y2, color);
}

static void draw_text(FILE *to, double x, double y, const char *anchor, const char *text) {
    fprintf(to, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text);
}

static void draw_times(FILE *to, const panel *p) {
    static const char *const names[] = {"1 ms", "10 ms", "0.1 s", "1 s", "10 s", "100 s"};
    for (int i = 0; i < 6 && i - 3 <= p->slowest; i++) {
        double y = down(p, pow(10, i - 3));
        draw_line(to, p->x, y, p->x + p->width, y, "#e3e3e3");
        draw_text(to, p->x - 6, y + 3.5, "end", names[i]);
    }
}

static void draw_sizes(FILE *to, const panel *p) {
    static const char *const names[] = {"1", "10", "100", "1,000", "10,000", "100,000"};
    double bottom = p->y + p->height;
    for (int i = 0; i < 6; i++) {
        if (i < p->first - 1e-9 || i > p->last + 1e-9) continue;
        double x = across(p, pow(10, i));
        draw_line(to, x, p->y, x, bottom, "#e3e3e3");
        draw_text(to, x, bottom + 15, "middle", names[i]);
    }
}

static void draw_frame(FILE *to, const settings *o, const panel *p) {
    double limit = down(p, o->timeout);
    draw_times(to, p);
    draw_sizes(to, p);
    fprintf(to, "<text x=\"%.1f\" y=\"%.1f\" class=\"title\">%s</text>\n", p->x, p->y - 8,
            p->of->name);
    fprintf(to,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"#999999\" "
            "stroke-dasharray=\"3 3\"/>\n",
            p->x, limit, p->x + p->width, limit);
}

/* --- times --- */

/* Each contender has a shape of its own, so that the colours need not be told apart. */
static void draw_point(FILE *to, int who, double x, double y) {
    const char *color = colors[who];
    if (who == PROPTO || who == REPAIRS)
        fprintf(to, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.2\" fill=\"%s\"/>\n", x, y, color);
    else if (who == Z3)
        fprintf(to, "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\" fill=\"%s\"/>\n", x - 3,
                y - 3, color);
    else
        fprintf(to, "<path d=\"M%.1f %.1fl4 4l-4 4l-4 -4z\" fill=\"%s\"/>\n", x, y - 4, color);
}

/* Side by side, where several are late at the same size. */
static void draw_late(FILE *to, int who, double x, double y) {
    x += 5 * (who - 1);
    fprintf(to, "<path d=\"M%.1f %.1fl4 7h-8z\" fill=\"none\" stroke=\"%s\"/>\n", x, y - 8,
            colors[who]);
}

static void draw_contender(FILE *to, const settings *o, const results *r, const panel *p, int who) {
    bool begun = false;
    for (int i = 0; i < r->rows; i++) {
        const measure *m = &r->row[i].by[who];
        if (r->row[i].of != p->of || m->end != DONE) continue;
        fprintf(to,
                begun ? " "
                      : "<polyline fill=\"none\" stroke-width=\"1.6\" stroke=\"%s\" points=\"",
                colors[who]);
        fprintf(to, "%.1f,%.1f", across(p, r->row[i].n), down(p, m->seconds));
        begun = true;
    }
    if (begun) fprintf(to, "\"/>\n");
    for (int i = 0; i < r->rows; i++) {
        const measure *m = &r->row[i].by[who];
        double x = across(p, r->row[i].n);
        if (r->row[i].of != p->of) continue;
        if (m->end == DONE) draw_point(to, who, x, down(p, m->seconds));
        if (m->end == LATE) draw_late(to, who, x, down(p, o->timeout));
    }
}

/* --- the whole --- */

static void draw_head(FILE *to, const settings *o, int panels) {
    int columns = panels < COLUMNS ? panels : COLUMNS;
    int width = COLUMNS * PANEL_WIDTH + GAP / 2, rows = (panels + columns - 1) / columns;
    char text[PATH_SIZE];
    fprintf(to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
            "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\" fill=\"#444444\">\n",
            width, HEAD + rows * PANEL_HEIGHT, width, HEAD + rows * PANEL_HEIGHT);
    fprintf(to, "<style>.title { font-size: 14px; font-weight: bold; fill: #222222 }</style>\n"
                "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n");
    fprintf(to, "<text x=\"%d\" y=\"24\" class=\"title\">Time over size</text>\n", LEFT);
    snprintf(text, sizeof text,
             "wall time of whole processes over n; a triangle: more than %g s; + repairs: propto "
             "with all repairs",
             o->timeout);
    draw_text(to, LEFT, 44, "start", text);
    for (int i = 0; i < CONTENDERS; i++) {
        double x = width - 290 + 72 * i;
        draw_point(to, i, x, 20);
        draw_text(to, x + 9, 24, "start", contender_names[i]);
    }
}

void draw_picture(const settings *o, const results *r, const char *path) {
    FILE *to = fopen(path, "w");
    int panels = 0, place = 0;
    if (!to) fail(strerror(errno), path);
    for (int i = 0; i < FAMILIES; i++) panels += was_run(r, &families[i]);
    draw_head(to, o, panels ? panels : 1);
    for (int i = 0; i < FAMILIES; i++) {
        if (!was_run(r, &families[i])) continue;
        panel p = panel_at(o, r, &families[i], place++);
        draw_frame(to, o, &p);
        for (int who = CONTENDERS - 1; who >= 0; who--) draw_contender(to, o, r, &p, who);
    }
    fprintf(to, "</svg>\n");
    if (fclose(to)) fail(strerror(errno), path);
}
