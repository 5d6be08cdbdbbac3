#include "judge.h"

#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>

static bool says(const cJSON *o, const char *member, const char *text) {
    const cJSON *m = cJSON_GetObjectItem(o, member);
    return cJSON_IsString(m) && strcmp(m->valuestring, text) == 0;
}

/* UNDECIDED where it says so, else WRONG. */
static outcome other(const cJSON *o, const char *member) {
    return says(o, member, "unknown") ? UNDECIDED : WRONG;
}

static outcome judge_answer(const cJSON *answer, const known *k, int i) {
    const cJSON *hole = cJSON_GetArrayItem(cJSON_GetObjectItem(answer, "holes"), 0);
    if (!k->consistent) return says(answer, "kind", "vacuous") ? DONE : other(answer, "kind");
    if (says(answer, "kind", "exact") && says(hole, "value", k->answer[i])) return DONE;
    return other(answer, "kind");
}

/* Every label of the core is one of the conflict, and there are as many. */
static bool is_core(const cJSON *core, const known *k) {
    const cJSON *label;
    cJSON_ArrayForEach(label, core) if (!cJSON_IsString(label) ||
                                        label->valuestring[0] != 'K') return false;
    return cJSON_GetArraySize(core) == k->core;
}

static outcome judge_object(const cJSON *o, const known *k) {
    const cJSON *answers = cJSON_GetObjectItem(o, "answers"), *cores;
    const char *verdict = k->consistent ? "consistent" : "contradictory";
    if (!cJSON_IsObject(o)) return FAILED;
    if (!says(o, "verdict", verdict)) return other(o, "verdict");
    if (cJSON_GetArraySize(answers) != 2) return WRONG;
    for (int i = 0; i < 2; i++) {
        outcome e = judge_answer(cJSON_GetArrayItem(answers, i), k, i);
        if (e != DONE) return e;
    }
    cores = cJSON_GetObjectItem(o, "cores");
    if (k->consistent) return cores ? WRONG : DONE;
    if (cJSON_GetArraySize(cores) == 0) return UNDECIDED;
    return is_core(cJSON_GetArrayItem(cores, 0), k) ? DONE : WRONG;
}

static outcome judge_lines(const settings *o, const known *each, int n) {
    char *line = NULL;
    size_t size = 0;
    outcome e = DONE;
    FILE *f = open_in(o, "out", "r");
    for (int i = 0; i < n && e == DONE; i++) {
        cJSON *said = getline(&line, &size, f) > 0 ? cJSON_Parse(line) : NULL;
        e = said ? judge_object(said, &each[i]) : FAILED;
        cJSON_Delete(said);
    }
    if (e == DONE && getline(&line, &size, f) > 0) e = WRONG;
    free(line);
    fclose(f);
    return e;
}

outcome judge_theory(const settings *o, const contender *c) {
    return judge_lines(o, c->known, 1);
}

outcome judge_files(const settings *o, const contender *c) {
    const known_files *k = c->known;
    return judge_lines(o, k->each, k->n);
}

outcome judge_words(const settings *o, const contender *c) {
    const known_files *k = c->known;
    char said[NAME_SIZE];
    int sat = 0, unsat = 0, unknown = 0;
    FILE *f = open_in(o, "out", "r");
    while (fscanf(f, "%63s", said) == 1) {
        sat += strcmp(said, "sat") == 0;
        unsat += strcmp(said, "unsat") == 0;
        unknown += strcmp(said, "unknown") == 0;
    }
    fclose(f);
    if (sat + unsat + unknown != k->n) return FAILED;
    if (unknown) return UNDECIDED;
    return sat == k->consistent ? DONE : WRONG;
}
