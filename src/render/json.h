/* json: cJSON, which says by NULL or false that there was no memory, and would leave a member out
 * where nobody listens. Here somebody does: what is made is there, or the process ends. */
#ifndef RENDER_JSON_H
#define RENDER_JSON_H

#include <cjson/cJSON.h>
#include "base/base.h"

static inline cJSON *json_made(cJSON *item) {
    if (!item) out_of_memory();
    return item;
}

static inline char *json_printed(char *s) {
    if (!s) out_of_memory();
    return s;
}

static inline void json_done(cJSON_bool done) {
    if (!done) out_of_memory();
}

#define cJSON_CreateArray()                  json_made(cJSON_CreateArray())
#define cJSON_CreateObject()                 json_made(cJSON_CreateObject())
#define cJSON_CreateString(s)                json_made(cJSON_CreateString(s))
#define cJSON_AddArrayToObject(to, name)     json_made(cJSON_AddArrayToObject(to, name))
#define cJSON_AddObjectToObject(to, name)    json_made(cJSON_AddObjectToObject(to, name))
#define cJSON_AddBoolToObject(to, name, b)   json_made(cJSON_AddBoolToObject(to, name, b))
#define cJSON_AddNumberToObject(to, name, x) json_made(cJSON_AddNumberToObject(to, name, x))
#define cJSON_AddStringToObject(to, name, s) json_made(cJSON_AddStringToObject(to, name, s))
#define cJSON_AddRawToObject(to, name, s)    json_made(cJSON_AddRawToObject(to, name, s))
#define cJSON_AddItemToArray(to, item)       json_done(cJSON_AddItemToArray(to, item))
#define cJSON_AddItemToObject(to, name, it)  json_done(cJSON_AddItemToObject(to, name, it))
#define cJSON_PrintUnformatted(item)         json_printed(cJSON_PrintUnformatted(item))

#endif
