/* Random theories with letters in the exponents: what the library says of all parameters is held
 * against what it says where these are numbers.
 *
 * Each theory is answered once with its letters. Then ten admissible points are chosen, the
 * exponents replaced by their values there, and the theories that result, which have no letters,
 * answered too: closed forms must have the value of the answer, cases must cover every point and
 * agree with it, verdicts and ranges must contain it. Some theories are also asked with the
 * statement `α = 3/2` for each parameter. PROPTO_SEED and PROPTO_COUNT (or the first argument)
 * choose other theories, or fewer.
 */
#include "parametric_generate.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cjson/cJSON.h>
#include <cmocka.h>
#include "propto.h"
#include "values.h"

enum {
    DEFAULT_COUNT = 2000,
    POINTS = 10,
    POLES = 100, /* theories with poles at which points are chosen, of 2,000 */
    PINNED = 2,  /* points of a theory at which statements pin the parameters */
    PINNED_EVERY = 20,
    ALONE = 2, /* points at which a parameter that is asked about stays a letter */
    CHECKED_EVERY = 21,
    PATIENCE = 5,
    WORKERS = 4 /* each waits half of its time for a process of its own */
};

typedef enum {
    SAW_EXACT,
    SAW_CASES,
    SAW_RANGE,
    SAW_UNDETERMINED,
    SAW_UNDEFINED,
    SAW_VACUOUS,
    SAW_UNKNOWN,
    SAW_VALUE,      /* a closed form at a point, equal to the answer there */
    SAW_CASE_VALUE, /* one of several */
    SAW_CASE_RANGE, /* a case in which there is no one value */
    SAW_SAME_RANGE, /* a range that is that of the point */
    SAW_WIDER_RANGE,
    SAW_LETTERED,  /* ... with closed forms for ends */
    SAW_SAME_OPEN, /* any value is possible, at the point, too */
    SAW_WIDER_OPEN,
    SAW_PARAMETER, /* a parameter's closed form at a point */
    SAW_PARAMETER_RANGE,
    SAW_ALONE, /* a parameter asked about where the others have values */
    SAW_POLE,  /* a closed form at its pole, where the base does not scale */
    SAW_REST,  /* a point where the base does not scale, the closed form having a value */
    SAW_EMPTY, /* a point where the statements conflict */
    SAW_UNKNOWN_THERE,
    SAW_DIVISION, /* a division by zero, when the parameters are pinned: contradictory */
    SAW_POLES,    /* theories with points at poles, on purpose */
    SAW_POINTS,
    SAW_PINNED, /* answers with the parameters given by statements */
    SAW_CONTRADICTORY,
    SAW_KINDS
} sight;

static const char *const sight_names[SAW_KINDS] = {
    "exact",
    "cases",
    "range",
    "undetermined",
    "undefined",
    "vacuous",
    "unknown",
    "closed forms at points",
    "cases at points",
    "cases with ranges at points",
    "ranges that are those of points",
    "ranges wider than at points",
    "ranges with letters at points",
    "undetermined at points, too",
    "undetermined, but not at points",
    "parameters at points",
    "parameters in ranges or cases at points",
    "parameters alone",
    "poles",
    "points where the base rests",
    "points without solutions",
    "unknown at points",
    "divisions by zero",
    "theories with points at poles",
    "points",
    "answers with pinned parameters",
    "contradictory theories",
};

typedef struct {
    propto *session; /* of the process */
    uint64_t seed;
    long count, n[SAW_KINDS], shape_asked[SHAPES], shape_unknown[SHAPES];
} campaign;

static campaign the_campaign;

/* One theory under comparison. */
typedef struct {
    campaign *c;
    parametric t;
    const cJSON *general; /* the answers, with letters */
    point at[POINTS];
    bool defined[POINTS]; /* no exponent has a pole there */
    bool holds[POINTS];   /* the theory can hold there */
    int npoints;
    bool at_a_pole;   /* some point was at a pole of an exponent or of a closed form */
    char wrong[4096]; /* empty: nothing is */
} trial;

__attribute__((format(printf, 2, 3))) static void complain(trial *x, const char *format, ...) {
    va_list args;
    va_start(args, format);
    if (!x->wrong[0]) vsnprintf(x->wrong, sizeof x->wrong, format, args);
    va_end(args);
}

static void saw(trial *x, sight what) {
    x->c->n[what]++;
}

/* --- the library --- */

/* Deleted by the caller; NULL, with a complaint, where the text is not accepted. */
static cJSON *answered(trial *x, const char *text, propto_command command) {
    propto *p = x->c->session;
    propto_request r = {.command = command, .format = PROPTO_JSON};
    propto_clear(p);
    propto_add_text(p, "random", text, strlen(text));
    int code = propto_run(p, &r);
    cJSON *o = cJSON_Parse(propto_output(p));
    if (code == 2 || code == 4 || !cJSON_GetObjectItem(o, "verdict")) {
        complain(x, "exit code %d: %.2000s\n%s", code, propto_output(p), text);
        cJSON_Delete(o);
        o = NULL;
    }
    return o;
}

static const char *text_of(const cJSON *o, const char *member) {
    const char *z = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, member));
    return z ? z : "";
}

static const cJSON *member_of(const cJSON *o, const char *member) {
    return cJSON_GetObjectItemCaseSensitive(o, member);
}

static bool is_kind(const cJSON *answer, const char *kind) {
    return !strcmp(text_of(answer, "kind"), kind);
}

static const char *value_text(const cJSON *answer) {
    return text_of(cJSON_GetArrayItem(member_of(answer, "holes"), 0), "value");
}

static const char *shown(const cJSON *o) {
    static _Thread_local char text[2][1024];
    static _Thread_local int k;
    char *z = o ? cJSON_PrintUnformatted(o) : NULL;
    k = !k;
    snprintf(text[k], sizeof text[k], "%s", z ? z : "nothing");
    free(z);
    return text[k];
}

static const char *shown_point(const point *p) {
    static _Thread_local char text[512];
    size_t n = 0;
    text[0] = 0;
    for (int i = 0; i < p->n && n < sizeof text; i++)
        n += (size_t)gmp_snprintf(text + n, sizeof text - n, "%s = %Qd; ", p->name[i], p->value[i]);
    return text;
}

static void disagree(trial *x, const char *what, const cJSON *general, const cJSON *there,
                     const point *at) {
    complain(x, "%s, at %s\n%s\n%s", what, shown_point(at), shown(general), shown(there));
}

/* --- one answer at one point --- */

typedef struct {
    trial *x;
    const cJSON *general, *there;
    const point *at;
    bool pinned; /* the answer there may be of one value of a parameter only */
} pair;

static void differ(const pair *p, const char *what) {
    disagree(p->x, what, p->general, p->there, p->at);
}

static const char *const said[] = {
    [VALUES_POLE] = "a pole where there is an answer",
    [VALUES_UNREAD] = "an answer that cannot be read",
    [VALUES_NO_CASE] = "no case covers the point",
    [VALUES_TWO_CASES] = "two cases hold and differ",
};

/* Is what is possible told for each point, and not for all of them together? */
static bool is_pointwise(const cJSON *answer) {
    return is_kind(answer, "exact") || is_kind(answer, "cases") || values_have_letters(answer);
}

static void saw_values(const pair *p, bool equal) {
    bool one = is_kind(p->there, "exact"), cases = is_kind(p->general, "cases");
    if (is_kind(p->general, "exact")) saw(p->x, SAW_VALUE);
    if (cases) saw(p->x, one ? SAW_CASE_VALUE : SAW_CASE_RANGE);
    if (values_have_letters(p->general)) saw(p->x, SAW_LETTERED);
    if (is_kind(p->general, "range")) saw(p->x, equal ? SAW_SAME_RANGE : SAW_WIDER_RANGE);
    if (is_kind(p->general, "undetermined")) saw(p->x, equal ? SAW_SAME_OPEN : SAW_WIDER_OPEN);
}

/* An exact answer also tells the range of its value over all points. */
static void compare_whole_range(const pair *p, const values *there) {
    const cJSON *ranges = member_of(p->general, "ranges");
    if (!is_kind(p->general, "exact") || !ranges) return;
    cJSON *range = cJSON_CreateObject();
    values all;
    values_init(&all);
    cJSON_AddItemReferenceToObject(range, "ranges", (cJSON *)(uintptr_t)ranges);
    if (values_at(range, p->at, &all) != VALUES_OK || !values_within(there, &all))
        differ(p, "the value is out of range");
    values_clear(&all);
    cJSON_Delete(range);
}

static void compare_sets(const pair *p, values *general, values *there) {
    values_status s = values_at(p->there, p->at, there);
    if (s == VALUES_OK) s = values_at(p->general, p->at, general);
    if (s != VALUES_OK) {
        differ(p, said[s]);
        return;
    }
    bool equal = values_equal(general, there);
    bool whole = is_pointwise(p->general) && !p->pinned;
    if (!equal && (whole || !values_within(there, general)))
        differ(p, "other values are possible there");
    compare_whole_range(p, there);
    saw_values(p, equal);
}

/* The base scales at the point, in some solution. */
static void compare_possible(const pair *p) {
    values general, there;
    if (is_kind(p->general, "undefined") || is_kind(p->general, "vacuous")) {
        differ(p, "there are solutions at the point");
        return;
    }
    values_init(&general);
    values_init(&there);
    compare_sets(p, &general, &there);
    values_clear(&general);
    values_clear(&there);
}

static void saw_rest(const pair *p) {
    mpq_t v;
    mpq_init(v);
    bool pole = closed_form_value(value_text(p->general), p->at, v) == CLOSED_FORM_POLE;
    mpq_clear(v);
    saw(p->x, pole ? SAW_POLE : SAW_REST);
    p->x->at_a_pole |= pole;
}

/* The base does not scale at the point. */
static void compare_undefined(const pair *p) {
    if (is_kind(p->general, "undefined")) return;
    if (is_kind(p->general, "vacuous")) {
        differ(p, "there are solutions at the point");
        return;
    }
    if (!cJSON_IsTrue(member_of(p->general, "base_may_rest"))) differ(p, "the base may rest");
    if (is_kind(p->general, "exact")) saw_rest(p);
}

static void compare_at(const pair *p) {
    if (is_kind(p->general, "unknown") || is_kind(p->there, "unknown"))
        saw(p->x, SAW_UNKNOWN_THERE);
    else if (is_kind(p->there, "vacuous"))
        saw(p->x, SAW_EMPTY);
    else if (is_kind(p->there, "undefined"))
        compare_undefined(p);
    else
        compare_possible(p);
}

static const cJSON *answer_to(const cJSON *finding, const char *question) {
    const cJSON *a;
    cJSON_ArrayForEach(
        a, member_of(finding, "answers")) if (!strcmp(text_of(a, "question"), question)) return a;
    return NULL;
}

/* --- one theory at its points --- */

static void compare_verdicts(trial *x, const cJSON *there, const point *at) {
    const char *general = text_of(x->general, "verdict"), *v = text_of(there, "verdict");
    bool contradictory = !strcmp(v, "contradictory");
    if (!strcmp(general, "contradictory") && !contradictory)
        disagree(x, "contradictory, but not there", NULL, there, at);
    if (!strcmp(general, "trivial") && !contradictory && strcmp(v, "trivial"))
        disagree(x, "trivial, but not there", NULL, there, at);
}

static void compare_point(trial *x, const cJSON *there, const point *at, bool pinned) {
    compare_verdicts(x, there, at);
    for (int i = 0; i < x->t.nq_asked; i++) {
        const char *question = x->t.q[i].text;
        pair p = {x, answer_to(x->general, question), answer_to(there, question), at, false};
        p.pinned = x->t.q[i].parameter >= 0;
        if (p.pinned && !pinned) continue;
        if (!p.general || !p.there)
            differ(&p, "a question that is not answered");
        else
            compare_at(&p);
        if (pinned) saw(x, SAW_PINNED);
    }
}

static const cJSON *regime_named(const cJSON *o, int i) {
    char name[16];
    const cJSON *r;
    snprintf(name, sizeof name, "p%d", i);
    cJSON_ArrayForEach(r, member_of(o, "regimes")) if (!strcmp(text_of(r, "name"), name)) return r;
    return NULL;
}

/* A parameter has a value that is possible, wherever the theory can hold. */
static void compare_parameter(const pair *p, const mpq_t value) {
    values one, all;
    values_init(&one);
    values_init(&all);
    values_set(&one, value);
    values_status s = values_at(p->general, p->at, &all);
    if (s != VALUES_OK)
        differ(p, said[s]);
    else if (!values_within(&one, &all))
        differ(p, "the parameter has another value");
    saw(p->x, is_kind(p->general, "exact") ? SAW_PARAMETER : SAW_PARAMETER_RANGE);
    values_clear(&one);
    values_clear(&all);
}

static void compare_parameters(trial *x) {
    for (int i = 0; i < x->t.nq_asked; i++) {
        const cJSON *a = answer_to(x->general, x->t.q[i].text);
        int which = x->t.q[i].parameter;
        if (which < 0 || !a || is_kind(a, "unknown")) continue;
        for (int k = 0; k < x->npoints; k++) {
            pair p = {x, a, NULL, &x->at[k], true};
            if (x->holds[k]) compare_parameter(&p, x->at[k].value[which]);
        }
    }
}

/* With numbers for all letters but the one asked about. */
static void compare_alone(trial *x, int question) {
    char text[PARAMETRIC_TEXT];
    int n = x->npoints < ALONE ? x->npoints : ALONE, first = x->npoints - n;
    const parametric_question *q = &x->t.q[question];
    parametric_write_alone(&x->t, q, x->at + first, x->defined + first, n, text);
    cJSON *o = answered(x, text, PROPTO_DERIVE);
    for (int i = 0; o && i < n; i++) {
        if (!x->defined[first + i]) continue;
        pair p = {x, answer_to(x->general, q->text), answer_to(regime_named(o, i), q->text),
                  &x->at[first + i], false};
        if (!p.general || !p.there)
            differ(&p, "a question that is not answered");
        else
            compare_at(&p);
        saw(x, SAW_ALONE);
    }
    cJSON_Delete(o);
}

static void compare_points(trial *x) {
    char text[PARAMETRIC_TEXT];
    parametric_write_at(&x->t, x->at, x->npoints, x->defined, text);
    cJSON *o = answered(x, text, PROPTO_DERIVE);
    for (int i = 0; o && i < x->npoints; i++) {
        x->at_a_pole |= !x->defined[i];
        saw(x, SAW_POINTS);
        if (!x->defined[i]) continue;
        const cJSON *there = regime_named(o, i);
        const char *verdict = text_of(there, "verdict");
        x->holds[i] = !strcmp(verdict, "consistent") || !strcmp(verdict, "trivial");
        compare_point(x, there, &x->at[i], false);
    }
    cJSON_Delete(o);
}

/* A statement that puts a parameter where another divides by zero contradicts it. */
static void compare_pinned(trial *x, const cJSON *o, int first, int n) {
    for (int i = 0; i < n; i++) {
        const cJSON *regime = regime_named(o, i);
        const point *at = &x->at[first + i];
        if (x->defined[first + i])
            compare_point(x, regime, at, true);
        else if (strcmp(text_of(regime, "verdict"), "contradictory"))
            disagree(x, "a division by zero", NULL, regime, at);
        else
            saw(x, SAW_DIVISION);
    }
}

static void count_answers(trial *x) {
    static const char *const kinds[] = {"exact",     "cases",   "range",  "undetermined",
                                        "undefined", "vacuous", "unknown"};
    const cJSON *a;
    cJSON_ArrayForEach(a, member_of(x->general, "answers")) {
        for (int i = 0; i < 7; i++) x->c->n[i] += is_kind(a, kinds[i]);
        x->c->shape_asked[x->t.shape]++;
        x->c->shape_unknown[x->t.shape] += is_kind(a, "unknown");
    }
    x->c->n[SAW_CONTRADICTORY] += !strcmp(text_of(x->general, "verdict"), "contradictory");
}

static void choose_points(trial *x) {
    for (int i = 0; i < POINTS; i++)
        if (parametric_point(&x->t, i, &x->at[x->npoints])) x->npoints++;
}

/* How many points are also regimes that give the parameters their values by statements. */
static int pinned_points(const trial *x, long i) {
    bool some = i % PINNED_EVERY == 0 || (x->t.shape == SHAPE_POLE && i % 4 == 1);
    return !some ? 0 : x->npoints < PINNED ? x->npoints : PINNED;
}

static void compare_everywhere(trial *x, int first_pinned, int npinned) {
    count_answers(x);
    if (x->npoints) compare_points(x);
    compare_parameters(x);
    for (int k = 0; x->npoints && k < x->t.nq_asked; k++)
        if (x->t.q[k].parameter >= 0) compare_alone(x, k);
    compare_pinned(x, x->general, first_pinned, npinned);
    x->c->n[SAW_POLES] += x->t.shape == SHAPE_POLE && x->at_a_pole;
}

/* False, with the complaint in x->wrong. */
static bool compare_theory(trial *x, long i) {
    char text[PARAMETRIC_TEXT];
    choose_points(x);
    int n = pinned_points(x, i), first = x->t.shape == SHAPE_POLE ? 0 : x->npoints - n;
    parametric_write(&x->t, x->at + first, n, text);
    cJSON *o = answered(x, text, i % CHECKED_EVERY ? PROPTO_DERIVE : PROPTO_CHECK);
    x->general = o;
    if (o) compare_everywhere(x, first, n);
    cJSON_Delete(o);
    return !x->wrong[0];
}

/* --- the campaign --- */

static bool try_theory(campaign *c, long i, const parametric *t, char *wrong, size_t size) {
    trial x = {.c = c, .t = *t};
    for (int k = 0; k < POINTS; k++) point_init(&x.at[k]);
    bool ok = compare_theory(&x, i);
    for (int k = 0; k < POINTS; k++) point_clear(&x.at[k]);
    snprintf(wrong, size, "%s", x.wrong);
    return ok;
}

/* Laws are left out as long as something is wrong without them. */
static void report(long i, parametric *t, char *wrong, size_t size) {
    char text[PARAMETRIC_TEXT], now[4096];
    campaign ignored = {.session = propto_new()};
    for (int k = 0; k < t->nlaws; k++) {
        t->law[k].alive = false;
        if (try_theory(&ignored, i, t, now, sizeof now))
            t->law[k].alive = true;
        else
            snprintf(wrong, size, "%s", now);
    }
    propto_free(ignored.session);
    parametric_write(t, NULL, 0, text);
    print_error("seed %llu\n%s\n%s\n", (unsigned long long)t->seed, wrong, text);
}

/* Every WORKERS-th theory from the first on; gives up where too many are wrong. */
static int compare_share(campaign *c, long first) {
    int wrong = 0;
    for (long i = first; i < c->count && wrong < PATIENCE; i += WORKERS) {
        parametric t;
        char what[4096];
        parametric_make(&t, c->seed + (uint64_t)i);
        if (try_theory(c, i, &t, what, sizeof what)) continue;
        wrong++;
        report(i, &t, what, sizeof what);
    }
    return wrong;
}

/* A share in a process of its own, which sends what it counted. */
static int start_share(const campaign *c, long first, pid_t *pid) {
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    *pid = fork();
    assert_true(*pid >= 0);
    if (*pid == 0) {
        campaign own = *c;
        own.session = propto_new();
        int wrong = compare_share(&own, first);
        propto_free(own.session);
        bool sent = write(ends[1], &own, sizeof own) == (ssize_t)sizeof own;
        _exit(wrong || !sent);
    }
    close(ends[1]);
    return ends[0];
}

static void add_share(campaign *c, int from) {
    campaign own = {0};
    assert_int_equal(read(from, &own, sizeof own), sizeof own);
    close(from);
    for (int i = 0; i < SAW_KINDS; i++) c->n[i] += own.n[i];
    for (int i = 0; i < SHAPES; i++) {
        c->shape_asked[i] += own.shape_asked[i];
        c->shape_unknown[i] += own.shape_unknown[i];
    }
}

static void closed_forms_hold_at_every_point(void **state) {
    campaign *c = *state;
    pid_t pid[WORKERS];
    int from[WORKERS], status;
    for (int i = 0; i < WORKERS; i++) from[i] = start_share(c, i, &pid[i]);
    for (int i = 0; i < WORKERS; i++) add_share(c, from[i]);
    for (int i = 0; i < WORKERS; i++) {
        assert_int_equal(waitpid(pid[i], &status, 0), pid[i]);
        assert_int_equal(status, 0);
    }
}

/* At least so many of each among 2,000 theories. */
static const long least[SAW_KINDS] = {
    [SAW_EXACT] = 2000,     [SAW_CASES] = 60,       [SAW_RANGE] = 60,
    [SAW_UNDEFINED] = 8,    [SAW_VACUOUS] = 60,     [SAW_VALUE] = 15000,
    [SAW_CASE_VALUE] = 300, [SAW_CASE_RANGE] = 100, [SAW_SAME_RANGE] = 400,
    [SAW_LETTERED] = 150,   [SAW_PARAMETER] = 700,  [SAW_PARAMETER_RANGE] = 200,
    [SAW_ALONE] = 250,      [SAW_POLE] = 400,       [SAW_REST] = 250,
    [SAW_EMPTY] = 1200,     [SAW_DIVISION] = 40,    [SAW_POLES] = POLES,
    [SAW_POINTS] = 15000,   [SAW_PINNED] = 200,     [SAW_CONTRADICTORY] = 40,
};

static void every_kind_of_answer_was_compared(void **state) {
    const campaign *c = *state;
    int short_of = 0;
    assert_true(c->count > 0);
    for (int i = 0; i < SAW_KINDS; i++) {
        print_message("%8ld %s\n", c->n[i], sight_names[i]);
        short_of += c->n[i] < least[i] * c->count / DEFAULT_COUNT;
    }
    if (c->count < DEFAULT_COUNT / 4) skip(); /* few need not show every kind */
    assert_int_equal(short_of, 0);
}

static void fewer_than_a_tenth_is_unknown(void **state) {
    const campaign *c = *state;
    long asked = 0;
    for (int i = 0; i < SHAPES; i++) {
        print_message("%8ld of %ld unknown %s\n", c->shape_unknown[i], c->shape_asked[i],
                      shape_names[i]);
        asked += c->shape_asked[i];
    }
    assert_true(10 * c->n[SAW_UNKNOWN] < asked);
}

static uint64_t number(const char *text, uint64_t otherwise) {
    return text ? strtoull(text, NULL, 10) : otherwise;
}

static int set_out(void **state) {
    *state = &the_campaign;
    return 0;
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_forms_hold_at_every_point),
        cmocka_unit_test(every_kind_of_answer_was_compared),
        cmocka_unit_test(fewer_than_a_tenth_is_unknown),
    };
    const char *count = argc > 1 ? argv[1] : getenv("PROPTO_COUNT");
    the_campaign.seed = number(getenv("PROPTO_SEED"), 1);
    the_campaign.count = (long)number(count, DEFAULT_COUNT);
    return cmocka_run_group_tests_name("parametric theories", tests, set_out, NULL);
}
