#include "edits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NODES = 20000, LONG = 1200 };

/* --- the nodes --- */

typedef struct {
    cJSON *item, *parent; /* the root has no parent */
} node;

typedef struct {
    node *v;
    size_t n;
} nodes;

static void gather(nodes *all, cJSON *item, cJSON *parent) {
    if (all->n == NODES) return;
    all->v[all->n++] = (node){item, parent};
    for (cJSON *x = item->child; x; x = x->next) gather(all, x, item);
}

static nodes nodes_of(cJSON *in) {
    nodes all = {malloc(NODES * sizeof(node)), 0};
    if (!all.v) abort();
    gather(&all, in, NULL);
    return all;
}

/* --- one change --- */

static void lose(node at) {
    if (at.parent) cJSON_Delete(cJSON_DetachItemViaPointer(at.parent, at.item));
}

static void put(cJSON *to, const char *name, cJSON *item) {
    if (cJSON_IsObject(to))
        cJSON_AddItemToObject(to, name ? name : "by", item);
    else if (cJSON_IsArray(to))
        cJSON_AddItemToArray(to, item);
    else
        cJSON_Delete(item);
}

static void replace(node at, cJSON *by) {
    if (!at.parent) {
        cJSON_Delete(by);
        return;
    }
    free(by->string);
    by->string = at.item->string ? strdup(at.item->string) : NULL;
    cJSON_ReplaceItemViaPointer(at.parent, at.item, by);
}

/* The values of the item and the next one change places. */
static void exchange(node at) {
    node next = {at.item->next, at.parent};
    if (!at.parent || !next.item) return;
    cJSON *one = cJSON_Duplicate(at.item, 1), *other = cJSON_Duplicate(next.item, 1);
    replace(next, one);
    replace(at, other);
}

static void rename_as(node at, const char *name) {
    if (!at.parent || !at.item->string || !name) return;
    cJSON *copy = cJSON_Duplicate(at.item, 1);
    char *own = strdup(name);
    lose(at);
    put(at.parent, own, copy);
    free(own);
}

static cJSON *another_value(uint8_t which) {
    static const char *const exact[] = {
        "0", "1",     "-1", "2",   "1/2", "-7/3", "0/5", "12345678901234567890/7", "1/0", "x", "",
        "<", "-1/-1", "=",  "all", "any", ">",    "<="};
    static const double whole[] = {0, 1, 2, 3, -1, 7, 63, 1000, 1001, 0.5, 1e9, 2147483647, 1e300};
    enum { EXACT = sizeof exact / sizeof *exact, WHOLE = sizeof whole / sizeof *whole };
    if (which < EXACT) return cJSON_CreateString(exact[which]);
    if (which < EXACT + WHOLE) return cJSON_CreateNumber(whole[which - EXACT]);
    switch (which % 5) {
    case 0:
        return cJSON_CreateTrue();
    case 1:
        return cJSON_CreateNull();
    case 2:
        return cJSON_CreateArray();
    case 3:
        return cJSON_CreateObject();
    default:
        return cJSON_CreateFalse();
    }
}

/* The same kind of value, a little off. */
static void nudge(node at, int by) {
    char text[64];
    if (cJSON_IsNumber(at.item)) cJSON_SetNumberHelper(at.item, at.item->valuedouble + by);
    if (!cJSON_IsString(at.item) || strlen(at.item->valuestring) > 20) return;
    long n = strtol(at.item->valuestring, NULL, 10);
    char *slash = strchr(at.item->valuestring, '/');
    snprintf(text, sizeof text, "%ld%s", n + by, slash ? slash : "");
    replace(at, cJSON_CreateString(text));
}

/* A text many times over: "12" becomes "121212". */
static void lengthen(node at, int times) {
    char *s;
    if (!cJSON_IsString(at.item)) return;
    size_t n = strlen(at.item->valuestring);
    if (n == 0 || n * (size_t)times > LONG || !(s = malloc(n * (size_t)times + 1))) return;
    for (int i = 0; i < times; i++) memcpy(s + (size_t)i * n, at.item->valuestring, n);
    s[n * (size_t)times] = 0;
    replace(at, cJSON_CreateString(s));
    free(s);
}

static void wrap(node at, int deep) {
    cJSON *item = cJSON_Duplicate(at.item, 1);
    for (int i = 0; i < deep; i++) {
        cJSON *outer = cJSON_CreateArray();
        cJSON_AddItemToArray(outer, item);
        item = outer;
    }
    replace(at, item);
}

static void change(node at, node other, uint8_t how, uint8_t by) {
    switch (how % 12) {
    case 0:
    case 1:
        nudge(at, (int)by % 9 - 4);
        return;
    case 2:
    case 3:
        replace(at, another_value(by % 36));
        return;
    case 4:
        lose(at);
        return;
    case 5:
        if (at.parent) put(at.parent, at.item->string, cJSON_Duplicate(at.item, 1));
        return;
    case 6:
    case 7:
        replace(at, cJSON_Duplicate(other.item, 1));
        return;
    case 8:
        exchange(at);
        return;
    case 9:
        put(at.item, other.item->string, cJSON_Duplicate(other.item, 1));
        return;
    case 10:
        rename_as(at, other.item->string);
        return;
    default:
        if (by % 2)
            lengthen(at, 1 + by / 2);
        else
            wrap(at, 1 + by / 8);
    }
}

static node chosen(const nodes *all, const uint8_t *two) {
    return all->v[(two[0] + 256u * two[1]) % all->n];
}

void edit(cJSON *in, const uint8_t *edits, size_t n) {
    for (size_t i = 0; i + EDIT <= n && i < EDIT * EDITS_MAX; i += EDIT) {
        nodes all = nodes_of(in);
        change(chosen(&all, edits + i), chosen(&all, edits + i + 2), edits[i + 4], edits[i + 5]);
        free(all.v);
    }
}
