#include "answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "session.h"

cJSON *answer_check(const char *theory, char *wrong, size_t size) {
    propto *p = the_session();
    propto_request r = {.command = PROPTO_CHECK, .format = PROPTO_JSON};
    propto_add_text(p, "random", theory, strlen(theory));
    int code = propto_run(p, &r);
    cJSON *o = cJSON_Parse(propto_output(p));
    if (code == 2 || code == 4 || !cJSON_GetObjectItem(o, "verdict")) {
        snprintf(wrong, size, "exit code %d: %.3000s", code, propto_output(p));
        cJSON_Delete(o);
        o = NULL;
    }
    return o;
}

const char *answer_text(const cJSON *o, const char *member) {
    const char *z = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, member));
    return z ? z : "";
}

bool answer_has(const cJSON *o, const char *member, const char *expected) {
    return !strcmp(answer_text(o, member), expected);
}

const char *answer_shown(const cJSON *o) {
    static _Thread_local char text[1024];
    char *z = o ? cJSON_PrintUnformatted(o) : NULL;
    snprintf(text, sizeof text, "%s", z ? z : "nothing");
    free(z);
    return text;
}

/* "-7/3" or "7" */
static bool read_fraction(const char *z, fraction *out) {
    long num, den = 1;
    int end = 0;
    if (sscanf(z, "%ld%n/%ld%n", &num, &end, &den, &end) < 1 || z[end] || den <= 0) return false;
    *out = fraction_of(num, den);
    return true;
}

static bool read_end(const cJSON *range, const char *end, const char *open, const char *infinity,
                     bool *infinite, bool *is_open, fraction *value) {
    *is_open = cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(range, open));
    *infinite = answer_has(range, end, infinity);
    *value = (fraction){0, 1};
    return *infinite || read_fraction(answer_text(range, end), value);
}

static bool read_range(const cJSON *range, interval *v) {
    return read_end(range, "low", "low_open", "-inf", &v->low_infinite, &v->low_open, &v->low) &&
           read_end(range, "high", "high_open", "inf", &v->high_infinite, &v->high_open, &v->high);
}

static int read_ranges(const cJSON *ranges, interval out[ORACLE_INTERVALS]) {
    int n = 0;
    const cJSON *range;
    cJSON_ArrayForEach(range, ranges) {
        if (n == ORACLE_INTERVALS || !read_range(range, &out[n++])) return ANSWER_UNREAD;
    }
    return n;
}

int answer_values(const cJSON *answer, interval out[ORACLE_INTERVALS]) {
    const cJSON *holes = cJSON_GetObjectItemCaseSensitive(answer, "holes");
    out[0] = (interval){false, false, false, false, {0, 1}, {0, 1}};
    if (answer_has(answer, "kind", "range"))
        return read_ranges(cJSON_GetObjectItemCaseSensitive(answer, "ranges"), out);
    if (answer_has(answer, "kind", "undetermined")) {
        out[0].low_infinite = out[0].high_infinite = out[0].low_open = out[0].high_open = true;
        return 1;
    }
    if (!answer_has(answer, "kind", "exact") || cJSON_GetArraySize(holes) != 1 ||
        !read_fraction(answer_text(cJSON_GetArrayItem(holes, 0), "value"), &out[0].low))
        return ANSWER_UNREAD;
    out[0].high = out[0].low;
    return 1;
}

static bool ends_equal(bool infinite, bool open, fraction x, bool infinite_2, bool open_2,
                       fraction y) {
    if (infinite || infinite_2) return infinite && infinite_2;
    return open == open_2 && !fraction_cmp(x, y);
}

bool intervals_equal(const interval *v, int n, const interval *w, int m) {
    bool same = n == m;
    for (int i = 0; same && i < n; i++)
        same = ends_equal(v[i].low_infinite, v[i].low_open, v[i].low, w[i].low_infinite,
                          w[i].low_open, w[i].low) &&
               ends_equal(v[i].high_infinite, v[i].high_open, v[i].high, w[i].high_infinite,
                          w[i].high_open, w[i].high);
    return same;
}

const char *intervals_shown(const interval *v, int n) {
    static _Thread_local char text[1024];
    size_t k = 0;
    text[0] = 0;
    for (int i = 0; i < n && k < sizeof text - 128; i++) {
        k += (size_t)sprintf(text + k, v[i].low_open ? "(" : "[");
        k += v[i].low_infinite ? (size_t)sprintf(text + k, "-inf")
                               : (size_t)sprintf(text + k, "%ld/%ld", v[i].low.num, v[i].low.den);
        k += v[i].high_infinite
                 ? (size_t)sprintf(text + k, ", inf")
                 : (size_t)sprintf(text + k, ", %ld/%ld", v[i].high.num, v[i].high.den);
        k += (size_t)sprintf(text + k, v[i].high_open ? ") " : "] ");
    }
    return text;
}
