#include "values.h"

#include <string.h>

static const cJSON *member(const cJSON *o, const char *name) {
    return cJSON_GetObjectItemCaseSensitive(o, name);
}

static const char *text_of(const cJSON *o, const char *name) {
    const char *z = cJSON_GetStringValue(member(o, name));
    return z ? z : "";
}

/* --- unions --- */

void values_init(values *v) {
    for (int i = 0; i < VALUES_PIECES; i++) mpq_inits(v->v[i].low, v->v[i].high, NULL);
    v->n = 0;
}

void values_clear(values *v) {
    for (int i = 0; i < VALUES_PIECES; i++) mpq_clears(v->v[i].low, v->v[i].high, NULL);
}

static void copy(piece *to, const piece *from) {
    mpq_set(to->low, from->low);
    mpq_set(to->high, from->high);
    to->low_infinite = from->low_infinite;
    to->high_infinite = from->high_infinite;
    to->low_open = from->low_open;
    to->high_open = from->high_open;
}

static bool is_empty(const piece *p) {
    if (p->low_infinite || p->high_infinite) return false;
    int sign = mpq_cmp(p->low, p->high);
    return sign > 0 || (sign == 0 && (p->low_open || p->high_open));
}

/* The sign of x's low end minus y's, where a closed end is lower than an open one. */
static int compare_low(const piece *x, const piece *y) {
    if (x->low_infinite || y->low_infinite) return y->low_infinite - x->low_infinite;
    int sign = mpq_cmp(x->low, y->low);
    return sign ? sign : x->low_open - y->low_open;
}

static int compare_high(const piece *x, const piece *y) {
    if (x->high_infinite || y->high_infinite) return x->high_infinite - y->high_infinite;
    int sign = mpq_cmp(x->high, y->high);
    return sign ? sign : y->high_open - x->high_open;
}

/* x begins first; is their union an interval? */
static bool touch(const piece *x, const piece *y) {
    if (x->high_infinite || y->low_infinite) return true;
    int sign = mpq_cmp(y->low, x->high);
    return sign < 0 || (sign == 0 && !(x->high_open && y->low_open));
}

static void put_in_order(values *v) {
    for (int i = 1; i < v->n; i++)
        for (int k = i; k > 0 && compare_low(&v->v[k], &v->v[k - 1]) < 0; k--) {
            piece p = v->v[k];
            v->v[k] = v->v[k - 1];
            v->v[k - 1] = p;
        }
}

static void remove_piece(values *v, int i) {
    for (v->n--; i < v->n; i++) copy(&v->v[i], &v->v[i + 1]);
}

static void normalize(values *v) {
    for (int i = v->n; i-- > 0;)
        if (is_empty(&v->v[i])) remove_piece(v, i);
    put_in_order(v);
    for (int i = v->n - 1; i > 0; i--) {
        piece *one = &v->v[i - 1], *next = &v->v[i];
        if (!touch(one, next)) continue;
        if (compare_high(next, one) > 0) {
            mpq_set(one->high, next->high);
            one->high_infinite = next->high_infinite;
            one->high_open = next->high_open;
        }
        remove_piece(v, i);
    }
}

void values_set(values *v, const mpq_t x) {
    piece *p = &v->v[0];
    mpq_set(p->low, x);
    mpq_set(p->high, x);
    p->low_infinite = p->high_infinite = p->low_open = p->high_open = false;
    v->n = 1;
}

bool values_equal(const values *x, const values *y) {
    if (x->n != y->n) return false;
    for (int i = 0; i < x->n; i++)
        if (compare_low(&x->v[i], &y->v[i]) || compare_high(&x->v[i], &y->v[i])) return false;
    return true;
}

static bool is_inside(const piece *p, const values *v) {
    for (int i = 0; i < v->n; i++)
        if (compare_low(p, &v->v[i]) >= 0 && compare_high(p, &v->v[i]) <= 0) return true;
    return false;
}

bool values_within(const values *x, const values *y) {
    for (int i = 0; i < x->n; i++)
        if (!is_inside(&x->v[i], y)) return false;
    return true;
}

/* --- answers --- */

static values_status status_of(closed_form_status s) {
    return s == CLOSED_FORM_OK ? VALUES_OK : s == CLOSED_FORM_POLE ? VALUES_POLE : VALUES_UNREAD;
}

static values_status end_at(const char *end, const point *at, mpq_t out, bool *infinite) {
    *infinite = !strcmp(end, "inf") || !strcmp(end, "-inf");
    return *infinite ? VALUES_OK : status_of(closed_form_value(end, at, out));
}

static values_status ranges_at(const cJSON *ranges, const point *at, values *out) {
    const cJSON *r;
    cJSON_ArrayForEach(r, ranges) {
        if (out->n == VALUES_PIECES) return VALUES_UNREAD;
        piece *p = &out->v[out->n++];
        values_status low = end_at(text_of(r, "low"), at, p->low, &p->low_infinite);
        values_status high = end_at(text_of(r, "high"), at, p->high, &p->high_infinite);
        p->low_open = cJSON_IsTrue(member(r, "low_open"));
        p->high_open = cJSON_IsTrue(member(r, "high_open"));
        if (low != VALUES_OK || high != VALUES_OK) return low != VALUES_OK ? low : high;
    }
    normalize(out);
    return VALUES_OK;
}

static values_status value_at(const char *value, const point *at, values *out) {
    mpq_t x;
    mpq_init(x);
    values_status s = status_of(closed_form_value(value, at, x));
    values_set(out, x);
    mpq_clear(x);
    return s;
}

/* An answer, or one of its cases, that has a value or ranges. */
static values_status one_at(const cJSON *one, const point *at, values *out) {
    const char *value = text_of(cJSON_GetArrayItem(member(one, "holes"), 0), "value");
    out->n = 0;
    return value[0] ? value_at(value, at, out) : ranges_at(member(one, "ranges"), at, out);
}

static values_status cases_at(const cJSON *cases, const point *at, values *out) {
    const cJSON *one;
    int held = 0;
    values_status s = VALUES_NO_CASE;
    values other;
    values_init(&other);
    cJSON_ArrayForEach(one, cases) {
        const char *when = text_of(one, "when");
        bool holds = true;
        if (when[0] && closed_form_holds(when, at, &holds) != CLOSED_FORM_OK) {
            s = VALUES_UNREAD;
            break;
        }
        if (!holds) continue;
        s = one_at(one, at, held ? &other : out);
        if (held++ && s == VALUES_OK && !values_equal(&other, out)) s = VALUES_TWO_CASES;
        if (s != VALUES_OK) break;
    }
    values_clear(&other);
    return s;
}

static void set_everything(values *out) {
    piece *p = &out->v[0];
    p->low_infinite = p->high_infinite = p->low_open = p->high_open = true;
    out->n = 1;
}

values_status values_at(const cJSON *answer, const point *at, values *out) {
    const char *kind = text_of(answer, "kind");
    out->n = 0;
    if (!strcmp(kind, "cases")) return cases_at(member(answer, "cases"), at, out);
    if (strcmp(kind, "undetermined") != 0) return one_at(answer, at, out);
    set_everything(out);
    return VALUES_OK;
}

static bool end_has_letters(const char *end) {
    const point nowhere = {.n = 0};
    mpq_t x;
    bool infinite;
    mpq_init(x);
    bool has = end_at(end, &nowhere, x, &infinite) == VALUES_UNREAD;
    mpq_clear(x);
    return has;
}

bool values_have_letters(const cJSON *answer) {
    const cJSON *r;
    cJSON_ArrayForEach(r, member(answer, "ranges")) {
        if (end_has_letters(text_of(r, "low")) || end_has_letters(text_of(r, "high"))) return true;
    }
    return false;
}
