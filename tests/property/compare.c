#include "compare.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cjson/cJSON.h>
#include "session.h"

enum { MAX_FACTS = MAX_STATEMENTS + MAX_REGIME_PARTS, BRUTE = 8, MAX_QUESTIONS = 8 };

#define SIGHT(name) [SAW_##name] = #name
const char *const sight_names[SAW_KINDS] = {
    SIGHT(CONSISTENT),
    SIGHT(CONTRADICTORY),
    SIGHT(TRIVIAL),
    SIGHT(SUBSETS),
    SIGHT(CORES),
    SIGHT(SEVERAL_CORES),
    SIGHT(REPAIRS),
    SIGHT(REPAIR_ANSWERS),
    SIGHT(EXACT),
    SIGHT(COMBINATION),
    SIGHT(RANGE),
    SIGHT(UNION),
    SIGHT(OPEN_END),
    SIGHT(CLOSED_END),
    SIGHT(UNDETERMINED),
    SIGHT(UNDEFINED),
    SIGHT(VACUOUS),
    SIGHT(RELATION),
    SIGHT(UNDETERMINED_RELATION),
    SIGHT(PROVED),
    SIGHT(REFUTED),
    SIGHT(OPEN),
    SIGHT(VACUOUS_CONCLUSION),
    SIGHT(SUPPORTS),
    SIGHT(SUPPOSITIONS),
    SIGHT(REDUNDANT),
    SIGHT(LAWS),
    SIGHT(REGIMES),
    SIGHT(HARD_CONFLICTS),
};

/* A theory or a regime: its statements as claims, a bit each in the sets below. */
typedef struct {
    const statement *s[MAX_FACTS];
    claim c[MAX_FACTS];
    int n, nvars;
    unsigned all, hard, growth, quantities;
    const goal *question[MAX_QUESTIONS], *conclusion[MAX_QUESTIONS];
    int nquestions, nconclusions;
    bool all_cores;
    const char *where;
    bool *found; /* something for exit code 1 */
    sights *seen;
    mismatch *m;
} scope;

__attribute__((format(printf, 2, 3))) static bool differ(scope *s, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = snprintf(s->m->text, sizeof s->m->text, "%s: ", s->where);
    vsnprintf(s->m->text + n, sizeof s->m->text - (size_t)n, format, args);
    va_end(args);
    return false;
}

static void saw(scope *s, sight what) {
    s->seen->n[what]++;
}

static int bits(unsigned set) {
    int n = 0;
    for (; set; set &= set - 1) n++;
    return n;
}

static premises taken(const scope *s, unsigned set) {
    premises p = {.nvars = s->nvars};
    for (int i = 0; i < s->n; i++)
        if (set >> i & 1) premises_add(&p, &s->c[i]);
    return p;
}

static premises supposed(const scope *s, unsigned set, const goal *g) {
    premises p = taken(s, set);
    for (int i = 0; i < g->nwhen; i++) {
        claim c = sentence_claim(&g->when[i]);
        premises_add(&p, &c);
    }
    return p;
}

/* --- reading the JSON --- */

static const char *text_of(const cJSON *o, const char *member) {
    const char *z = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(o, member));
    return z ? z : "(missing)";
}

static const cJSON *member_of(const cJSON *o, const char *member) {
    return cJSON_GetObjectItemCaseSensitive(o, member);
}

static bool has_text(const cJSON *o, const char *member, const char *expected) {
    return !strcmp(text_of(o, member), expected);
}

/* A set of labels as bits; false where one is unknown or stands twice. */
static bool label_set(const scope *s, const cJSON *list, unsigned *set) {
    const cJSON *item;
    *set = 0;
    if (!cJSON_IsArray(list)) return false;
    cJSON_ArrayForEach(item, list) {
        int i = 0;
        while (i < s->n && (!cJSON_IsString(item) || strcmp(s->s[i]->label, item->valuestring)))
            i++;
        if (i == s->n || *set >> i & 1) return false;
        *set |= 1u << i;
    }
    return true;
}

static const char *shown(const cJSON *o) {
    static _Thread_local char text[512];
    char *z = o ? cJSON_PrintUnformatted(o) : NULL;
    snprintf(text, sizeof text, "%s", z ? z : "nothing");
    free(z);
    return text;
}

static const char *shown_set(const scope *s, unsigned set) {
    static _Thread_local char text[256];
    size_t n = 0;
    text[0] = 0;
    for (int i = 0; i < s->n; i++)
        if (set >> i & 1)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? " " : "", s->s[i]->label);
    return text;
}

/* "-7/3" or "7" in lowest terms */
static bool read_fraction(const char *z, fraction *out) {
    char rest;
    long num, den = 1;
    int n = sscanf(z, "%ld/%ld%c", &num, &den, &rest);
    bool whole = n == 1 && !strchr(z, '/') && strspn(z, "-0123456789") == strlen(z);
    if (!whole && (n != 2 || den <= 1)) return false;
    *out = fraction_of(num, den);
    return out->den == den;
}

static const char *shown_fraction(fraction x) {
    static _Thread_local char text[4][64];
    static _Thread_local int k;
    k = (k + 1) % 4;
    snprintf(text[k], sizeof text[k], x.den == 1 ? "%ld" : "%ld/%ld", x.num, x.den);
    return text[k];
}

/* --- supports --- */

/* What a support is for: with the suppositions of the goal (NULL: none), and in each of the cases
 * (none: at once), it shows something. */
typedef struct {
    const goal *g;
    const claim *show;
    claim in_case[MAX_BASES];
    int ncases;
} purpose;

static int suppositions(const purpose *w) {
    return w->g ? w->g->nwhen : 0;
}

/* Do the statements in the set and the suppositions in `when` suffice? */
static bool suffices(const scope *s, unsigned set, unsigned when, const purpose *w) {
    premises p = taken(s, set);
    for (int i = 0; i < suppositions(w); i++) {
        claim c = sentence_claim(&w->g->when[i]);
        if (when >> i & 1) premises_add(&p, &c);
    }
    bool shown_in_all = w->ncases > 0 || oracle_entails(&p, w->show);
    for (int i = 0; i < w->ncases; i++) {
        premises q = p;
        premises_add(&q, &w->in_case[i]);
        shown_in_all = shown_in_all && oracle_entails(&q, w->show);
    }
    return shown_in_all;
}

/* They suffice, and without any one of them the rest does not. */
static bool supports(const scope *s, unsigned set, unsigned when, const purpose *w) {
    if (!suffices(s, set, when, w)) return false;
    for (int i = 0; i < s->n; i++)
        if (set >> i & 1 && suffices(s, set & ~(1u << i), when, w)) return false;
    for (int i = 0; i < suppositions(w); i++)
        if (when >> i & 1 && suffices(s, set, when & ~(1u << i), w)) return false;
    return true;
}

/* The JSON names the statements, and says whether suppositions are used, but not which. */
static bool check_support(scope *s, unsigned within, const cJSON *item, const char *member,
                          const purpose *w) {
    unsigned set;
    if (!label_set(s, member_of(item, member), &set) || set & ~within)
        return differ(s, "a support is no list of statements: %s", shown(item));
    bool supposed_any = cJSON_IsTrue(member_of(item, "supposed"));
    for (unsigned when = 0; when < 1u << suppositions(w); when++) {
        if ((when != 0) != supposed_any || !supports(s, set, when, w)) continue;
        saw(s, SAW_SUPPORTS);
        return true;
    }
    return differ(s, "a support does not suffice, or can do with less: %s", shown(item));
}

static claim one_atom(const long *form, long sign, atom_kind is) {
    claim c = {.n = 1};
    c.a[0].is = is;
    for (int i = 0; i < ORACLE_VARS; i++) c.a[0].c[i] = sign * form[i];
    return c;
}

static claim absurd(void) {
    const long zero[ORACLE_VARS] = {0};
    return one_atom(zero, 1, ATOM_BELOW);
}

/* --- answers --- */

typedef struct {
    scope *s;
    unsigned set; /* the statements from which it is answered */
    const goal *g;
    const cJSON *json;
    bool main; /* not of a repair: has a support */
} asked;

static bool wrong_kind(asked *a, const char *expected) {
    if (has_text(a->json, "kind", expected)) return false;
    differ(a->s, "line %d should be %s, is %s (statements %s)", a->g->line, expected,
           shown(a->json), shown_set(a->s, a->set));
    return true;
}

static bool check_plain(asked *a, const char *kind, sight what) {
    if (wrong_kind(a, kind)) return false;
    saw(a->s, what);
    return true;
}

static bool check_holes(asked *a, const fraction *value) {
    const cJSON *holes = member_of(a->json, "holes");
    if (cJSON_GetArraySize(holes) != a->g->nbase)
        return differ(a->s, "line %d: %d holes expected: %s", a->g->line, a->g->nbase,
                      shown(a->json));
    for (int i = 0; i < a->g->nbase; i++) {
        const cJSON *hole = cJSON_GetArrayItem(holes, i), *approx = member_of(hole, "approx");
        double x = (double)value[i].num / (double)value[i].den;
        fraction v;
        if (!read_fraction(text_of(hole, "value"), &v) || fraction_cmp(v, value[i]) ||
            !cJSON_IsNumber(approx) || fabs(approx->valuedouble - x) > 1e-12 * (1 + fabs(x)))
            return differ(a->s, "line %d: hole %d should be %s: %s (statements %s)", a->g->line, i,
                          shown_fraction(value[i]), shown(a->json), shown_set(a->s, a->set));
    }
    return true;
}

/* den·target - num·base, all times the other denominators */
static void law_form(const goal *g, const fraction *value, long form[ORACLE_VARS]) {
    long all = 1;
    for (int i = 0; i < g->nbase; i++) all *= value[i].den;
    long times = goal_form(g, form);
    for (int i = 0; i < ORACLE_VARS; i++) form[i] *= all;
    for (int i = 0; i < g->nbase; i++)
        form[g->base[i]] -= times * (all / value[i].den) * value[i].num;
}

static bool check_exact(asked *a, const fraction *value) {
    if (wrong_kind(a, "exact") || !check_holes(a, value)) return false;
    if (!cJSON_IsString(member_of(a->json, "law")))
        return differ(a->s, "line %d: no law: %s", a->g->line, shown(a->json));
    saw(a->s, a->g->nbase == 1 ? SAW_EXACT : SAW_COMBINATION);
    if (!a->main) return true;
    long form[ORACLE_VARS];
    law_form(a->g, value, form);
    claim law = one_atom(form, 1, ATOM_ZERO);
    purpose always = {.g = a->g, .show = &law}, scaling = always;
    for (int i = 0; i < a->g->nbase; i++) {
        long base[ORACLE_VARS] = {0};
        base[a->g->base[i]] = 1;
        scaling.in_case[scaling.ncases++] = one_atom(base, 1, ATOM_NONZERO);
    }
    bool rests = suffices(a->s, a->set, ~0u, &always);
    return check_support(a->s, a->set, a->json, "support", rests ? &always : &scaling);
}

static bool check_end(const cJSON *range, const char *end, const char *end_open, bool infinite,
                      bool open, fraction value, const char *infinity) {
    const cJSON *is_open = member_of(range, end_open);
    fraction x;
    if (!cJSON_IsBool(is_open) || cJSON_IsTrue(is_open) != open) return false;
    if (infinite) return has_text(range, end, infinity);
    return read_fraction(text_of(range, end), &x) && !fraction_cmp(x, value);
}

static bool check_range(asked *a, const interval *v, int n) {
    const cJSON *ranges = member_of(a->json, "ranges");
    if (wrong_kind(a, "range")) return false;
    bool same = cJSON_GetArraySize(ranges) == n;
    for (int i = 0; same && i < n; i++) {
        const cJSON *r = cJSON_GetArrayItem(ranges, i);
        same =
            check_end(r, "low", "low_open", v[i].low_infinite, v[i].low_open, v[i].low, "-inf") &&
            check_end(r, "high", "high_open", v[i].high_infinite, v[i].high_open, v[i].high, "inf");
        saw(a->s, v[i].low_open ? SAW_OPEN_END : SAW_CLOSED_END);
    }
    if (!same)
        return differ(a->s, "line %d: %d intervals, the first %c%s, %s%c, not %s (statements %s)",
                      a->g->line, n, v[0].low_open ? '(' : '[',
                      v[0].low_infinite ? "-inf" : shown_fraction(v[0].low),
                      v[0].high_infinite ? "inf" : shown_fraction(v[0].high),
                      v[0].high_open ? ')' : ']', shown(a->json), shown_set(a->s, a->set));
    saw(a->s, n > 1 ? SAW_UNION : SAW_RANGE);
    return true;
}

static bool is_point(const interval *v) {
    return !v->low_infinite && !v->high_infinite && !fraction_cmp(v->low, v->high);
}

static bool check_one_hole(asked *a, const premises *p) {
    long target[ORACLE_VARS], base[ORACLE_VARS] = {0};
    interval v[ORACLE_INTERVALS];
    base[a->g->base[0]] = goal_form(a->g, target);
    int n = oracle_ratio(p, target, base, v);
    if (n == 0) return check_plain(a, "undefined", SAW_UNDEFINED);
    if (n == 1 && v[0].low_infinite && v[0].high_infinite)
        return check_plain(a, "undetermined", SAW_UNDETERMINED);
    if (n == 1 && is_point(&v[0])) return check_exact(a, &v[0].low);
    return check_range(a, v, n);
}

static bool check_two_holes(asked *a, const premises *p) {
    long target[ORACLE_VARS], base[MAX_BASES][ORACLE_VARS] = {{0}};
    fraction value[MAX_BASES];
    long times = goal_form(a->g, target);
    for (int i = 0; i < a->g->nbase; i++) base[i][a->g->base[i]] = times;
    bool scales = false;
    for (int i = 0; i < a->g->nbase; i++)
        scales = scales || oracle_signs(p, base[i]) != ORACLE_ZERO;
    if (!scales) return check_plain(a, "undefined", SAW_UNDEFINED);
    if (!oracle_combination(p, target, base, a->g->nbase, value))
        return check_plain(a, "undetermined", SAW_UNDETERMINED);
    return check_exact(a, value);
}

/* "possible": the signs that the relation may have, one by one */
static bool same_signs(const cJSON *list, unsigned signs) {
    static const char *const sign[] = {"≪", "∝", "≫"};
    const cJSON *item = list ? list->child : NULL;
    for (int i = 0; i < 3; i++) {
        if (!(signs >> i & 1)) continue;
        if (!cJSON_IsString(item) || strcmp(item->valuestring, sign[i])) return false;
        item = item->next;
    }
    return !item;
}

static bool check_relation(asked *a, const premises *p) {
    static const char *const relation[8] = {"",  "≪",           "∝", "≲", "≫", "undetermined",
                                            "≳", "undetermined"};
    static const atom_kind kind[8] = {0,          ATOM_BELOW,   ATOM_ZERO,    ATOM_AT_MOST,
                                      ATOM_BELOW, ATOM_NONZERO, ATOM_AT_MOST, 0};
    long form[ORACLE_VARS];
    goal_form(a->g, form);
    unsigned signs = oracle_signs(p, form);
    if (wrong_kind(a, "exact")) return false;
    if (!has_text(a->json, "relation", relation[signs]) ||
        !same_signs(member_of(a->json, "possible"), signs))
        return differ(a->s, "line %d: the relation should be %s (signs %u): %s", a->g->line,
                      relation[signs], signs, shown(a->json));
    saw(a->s, signs == 5 || signs == 7 ? SAW_UNDETERMINED_RELATION : SAW_RELATION);
    claim show = one_atom(form, signs & ORACLE_POSITIVE ? -1 : 1, kind[signs]);
    if (signs == 7) show.n = 0;
    purpose w = {.g = a->g, .show = &show};
    return !a->main || check_support(a->s, a->set, a->json, "support", &w);
}

static bool check_answer(asked *a) {
    const cJSON *line = member_of(a->json, "line");
    if (!cJSON_IsNumber(line) || line->valueint != a->g->line)
        return differ(a->s, "an answer to line %d: %s", a->g->line, shown(a->json));
    if (a->g->nwhen) saw(a->s, SAW_SUPPOSITIONS);
    premises p = supposed(a->s, a->set, a->g);
    if (!oracle_sat(&p)) return check_plain(a, "vacuous", SAW_VACUOUS);
    if (a->g->kind != ASKS_EXPONENT) return check_relation(a, &p);
    return a->g->nbase == 1 ? check_one_hole(a, &p) : check_two_holes(a, &p);
}

static bool check_answers(scope *s, unsigned set, const cJSON *list, bool main) {
    if (cJSON_GetArraySize(list) != s->nquestions)
        return differ(s, "%d answers expected: %s", s->nquestions, shown(list));
    for (int i = 0; i < s->nquestions; i++) {
        asked a = {s, set, s->question[i], cJSON_GetArrayItem(list, i), main};
        if (!check_answer(&a)) return false;
        if (!main) saw(s, SAW_REPAIR_ANSWERS);
    }
    return true;
}

/* --- conclusions --- */

typedef enum { PROVED, REFUTED, OPEN, VACUOUS } ruling;

static ruling rule(const scope *s, const goal *g) {
    premises p = supposed(s, s->all, g);
    claim c = sentence_claim(&g->says);
    if (g->kind == TELLS_CONTRADICTION) return oracle_sat(&p) ? REFUTED : PROVED;
    if (g->kind == TELLS_CONSISTENT || g->kind == TELLS_TRIVIAL) {
        oracle_verdict said = g->kind == TELLS_TRIVIAL ? HOLDS_TRIVIAL : HOLDS_CONSISTENT;
        return oracle_judge(&p, s->quantities) == said ? PROVED : REFUTED;
    }
    if (!oracle_sat(&p)) return VACUOUS;
    if (oracle_entails(&p, &c)) return PROVED;
    return oracle_refutes(&p, &c) ? REFUTED : OPEN;
}

static bool check_conclusion(scope *s, const goal *g, const cJSON *json) {
    static const char *const name[] = {"proved", "refuted", "open", "vacuous"};
    static const sight what[] = {SAW_PROVED, SAW_REFUTED, SAW_OPEN, SAW_VACUOUS_CONCLUSION};
    const cJSON *line = member_of(json, "line");
    ruling r = rule(s, g);
    if (!cJSON_IsNumber(line) || line->valueint != g->line || !has_text(json, "verdict", name[r]))
        return differ(s, "the conclusion of line %d should be %s: %s", g->line, name[r],
                      shown(json));
    saw(s, what[r]);
    if (g->nwhen) saw(s, SAW_SUPPOSITIONS);
    claim c = sentence_claim(&g->says), never = absurd();
    purpose proof = {.g = g, .show = &c}, refutation = {.g = g, .show = &never};
    bool says = g->kind == TELLS_SENTENCE;
    if (!says)
        proof.show = &never;
    else
        refutation.in_case[refutation.ncases++] = c;
    if (r == PROVED && (says || g->kind == TELLS_CONTRADICTION))
        return check_support(s, s->all, json, "support", &proof);
    if (r == REFUTED && says) return check_support(s, s->all, json, "support", &refutation);
    return true;
}

/* A conclusion that is not proved is a finding; so is a verdict that no conclusion claims. */
static void note_findings(scope *s, oracle_verdict v) {
    bool claimed = v == HOLDS_CONSISTENT;
    for (int i = 0; i < s->nconclusions; i++) {
        const goal *g = s->conclusion[i];
        goal_kind claim_of_it = v == HOLDS_TRIVIAL ? TELLS_TRIVIAL : TELLS_CONTRADICTION;
        claimed = claimed || (g->kind == claim_of_it && !g->nwhen);
        *s->found = *s->found || rule(s, g) != PROVED;
    }
    *s->found = *s->found || !claimed;
}

static bool check_conclusions(scope *s, const cJSON *list) {
    if (cJSON_GetArraySize(list) != s->nconclusions)
        return differ(s, "%d conclusions expected: %s", s->nconclusions, shown(list));
    for (int i = 0; i < s->nconclusions; i++)
        if (!check_conclusion(s, s->conclusion[i], cJSON_GetArrayItem(list, i))) return false;
    return true;
}

/* --- cores and repairs --- */

/* Do the hard statements and the soft ones in the set conflict (of a trivial theory: with
 * "something scales")? */
static bool conflict(const scope *s, oracle_verdict v, unsigned set) {
    premises p = taken(s, set | s->hard);
    return v == HOLDS_TRIVIAL ? !oracle_scales(&p, s->quantities) : !oracle_sat(&p);
}

/* Every minimal conflict and every minimal correction, by trying all subsets of the soft
 * statements; the table is indexed by subsets pressed together. */
typedef struct {
    int soft[MAX_FACTS], nsoft;
    bool bad[1 << BRUTE];
} subsets;

static unsigned spread(const subsets *u, unsigned k) {
    unsigned set = 0;
    for (int i = 0; i < u->nsoft; i++)
        if (k >> i & 1) set |= 1u << u->soft[i];
    return set;
}

static void try_all(const scope *s, oracle_verdict v, subsets *u) {
    for (unsigned k = 0; k < 1u << u->nsoft; k++) {
        u->bad[k] = false;
        for (int i = 0; i < u->nsoft && !u->bad[k]; i++)
            u->bad[k] = k >> i & 1 && u->bad[k & ~(1u << i)];
        if (!u->bad[k]) u->bad[k] = conflict(s, v, spread(u, k));
    }
}

static bool is_core(const subsets *u, unsigned k) {
    bool minimal = u->bad[k];
    for (int i = 0; i < u->nsoft; i++)
        if (k >> i & 1) minimal = minimal && !u->bad[k & ~(1u << i)];
    return minimal;
}

static bool is_repair(const subsets *u, unsigned k) {
    unsigned full = (1u << u->nsoft) - 1;
    bool minimal = !u->bad[full & ~k];
    for (int i = 0; i < u->nsoft; i++)
        if (k >> i & 1) minimal = minimal && u->bad[full & ~(k & ~(1u << i))];
    return minimal;
}

static bool irreducible(const scope *s, oracle_verdict v, unsigned set) {
    if (set & s->hard || !conflict(s, v, set)) return false;
    for (int i = 0; i < s->n; i++)
        if (set >> i & 1 && conflict(s, v, set & ~(1u << i))) return false;
    return true;
}

static bool least_repair(const scope *s, oracle_verdict v, unsigned drop) {
    if (drop & s->hard || conflict(s, v, s->all & ~drop)) return false;
    for (int i = 0; i < s->n; i++)
        if (drop >> i & 1 && !conflict(s, v, s->all & ~(drop & ~(1u << i)))) return false;
    return true;
}

typedef bool check_set(const scope *s, oracle_verdict v, unsigned set);

/* Reads a list of sets, each of which must pass the check and be new. */
static int read_sets(scope *s, oracle_verdict v, const cJSON *list, const char *member,
                     check_set *check, unsigned *out, int most) {
    int n = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, list) {
        const cJSON *labels = member ? member_of(item, member) : item;
        if (n == most || !label_set(s, labels, &out[n]) || !check(s, v, out[n])) {
            differ(s, "no %s: %s", member ? "minimal repair" : "irreducible core", shown(labels));
            return -1;
        }
        for (int i = 0; i < n; i++)
            if (out[i] == out[n]) {
                differ(s, "listed twice: %s", shown(list));
                return -1;
            }
        n++;
    }
    return n;
}

static int count_sets(const subsets *u, bool (*wanted)(const subsets *, unsigned)) {
    int n = 0;
    for (unsigned k = 0; k < 1u << u->nsoft; k++) n += wanted(u, k);
    return n;
}

enum { MOST_SETS = 64 };

/* All sets there are, or as many as are listed at most; and it says which. */
static bool check_number(scope *s, const cJSON *json, const char *complete, int came,
                         int expected) {
    bool all = expected <= MOST_SETS;
    if (came != (all ? expected : MOST_SETS))
        return differ(s, "%d came, %d expected (%s)", came, expected, complete);
    return cJSON_IsTrue(member_of(json, complete)) == all ||
           differ(s, "%s does not tell", complete);
}

static bool check_repair_findings(scope *s, const cJSON *list, const unsigned *drop) {
    for (int i = 0; i < cJSON_GetArraySize(list); i++) {
        const cJSON *item = cJSON_GetArrayItem(list, i);
        premises p = taken(s, s->all & ~drop[i]);
        bool trivial = oracle_judge(&p, s->quantities) == HOLDS_TRIVIAL;
        if (!has_text(item, "verdict", trivial ? "trivial" : "consistent"))
            return differ(s, "a repair's rest is %s: %s", trivial ? "trivial" : "consistent",
                          shown(item));
        if (!check_answers(s, s->all & ~drop[i], member_of(item, "answers"), false)) return false;
        saw(s, SAW_REPAIRS);
    }
    return true;
}

static bool check_conflict(scope *s, oracle_verdict v, const cJSON *json) {
    unsigned core[MOST_SETS], drop[MOST_SETS];
    const cJSON *cores = member_of(json, "cores"), *repairs = member_of(json, "repairs");
    int ncores = read_sets(s, v, cores, NULL, irreducible, core, MOST_SETS);
    int nrepairs = read_sets(s, v, repairs, "drop", least_repair, drop, MOST_SETS);
    if (ncores < 0 || nrepairs < 0) return false;
    s->seen->n[SAW_CORES] += ncores;
    s->seen->n[SAW_SEVERAL_CORES] += ncores > 1;
    s->seen->n[SAW_HARD_CONFLICTS] += conflict(s, v, 0);
    if (!ncores || (!s->all_cores && ncores != 1)) return differ(s, "%d cores", ncores);
    subsets u = {.nsoft = 0};
    for (int i = 0; i < s->n; i++)
        if (!(s->hard >> i & 1) && u.nsoft < MAX_FACTS) u.soft[u.nsoft++] = i;
    if (u.nsoft <= BRUTE) {
        try_all(s, v, &u);
        saw(s, SAW_SUBSETS);
        if (s->all_cores &&
            !check_number(s, json, "cores_complete", ncores, count_sets(&u, is_core)))
            return false;
        if (!check_number(s, json, "repairs_complete", nrepairs, count_sets(&u, is_repair)))
            return false;
    }
    return check_repair_findings(s, repairs, drop);
}

/* --- redundant statements --- */

static bool check_redundancy(scope *s, const cJSON *item, unsigned *found) {
    cJSON *name = cJSON_CreateArray();
    unsigned one;
    cJSON_AddItemToArray(name, cJSON_CreateString(text_of(item, "label")));
    bool known = label_set(s, name, &one);
    cJSON_Delete(name);
    if (!known || *found & one) return differ(s, "redundant: %s", shown(item));
    *found |= one;
    for (int i = 0; i < s->n; i++) {
        purpose w = {.show = &s->c[i]};
        if (one >> i & 1) return check_support(s, s->all & ~one, item, "follows_from", &w);
    }
    return false;
}

static bool check_redundant(scope *s, const cJSON *list) {
    unsigned found = 0, expected = 0;
    const cJSON *item;
    cJSON_ArrayForEach(item, list) if (!check_redundancy(s, item, &found)) return false;
    for (int i = 0; i < s->n; i++) {
        premises rest = taken(s, s->all & ~(1u << i));
        if (oracle_entails(&rest, &s->c[i])) expected |= 1u << i;
    }
    s->seen->n[SAW_REDUNDANT] += bits(expected);
    return found == expected ||
           differ(s, "redundant should be %s: %s", shown_set(s, expected), shown(list));
}

/* --- the whole --- */

static const char *const verdict_name[] = {"consistent", "contradictory", "trivial"};

static bool check_verdict(scope *s, oracle_verdict v, const cJSON *json) {
    const cJSON *levels = member_of(json, "levels");
    premises p = taken(s, s->all & ~s->growth);
    const char *equations = verdict_name[oracle_judge(&p, s->quantities)];
    if (!has_text(json, "verdict", verdict_name[v]))
        return differ(s, "should be %s, is %s", verdict_name[v], text_of(json, "verdict"));
    if (levels && !has_text(levels, "growth", verdict_name[v]))
        return differ(s, "growth should be %s: %s", verdict_name[v], shown(levels));
    if (levels && !has_text(levels, "equations", equations))
        return differ(s, "equations should be %s: %s", equations, shown(levels));
    saw(s, (sight)(SAW_CONSISTENT + (int)v));
    return true;
}

static bool empty(const cJSON *json, const char *member) {
    return cJSON_GetArraySize(member_of(json, member)) == 0;
}

static bool check_scope(scope *s, const cJSON *json) {
    premises p = taken(s, s->all);
    oracle_verdict v = oracle_judge(&p, s->quantities);
    note_findings(s, v);
    if (!check_verdict(s, v, json)) return false;
    if (!check_answers(s, s->all, member_of(json, "answers"), true)) return false;
    if (!check_conclusions(s, member_of(json, "conclusions"))) return false;
    if (v != HOLDS_CONSISTENT && !check_conflict(s, v, json)) return false;
    if (v == HOLDS_CONSISTENT && !(empty(json, "cores") && empty(json, "repairs")))
        return differ(s, "a consistent theory has cores or repairs");
    if (v != HOLDS_CONTRADICTORY) return check_redundant(s, member_of(json, "redundant"));
    return empty(json, "redundant") || differ(s, "redundant in a contradiction");
}

static void add_statement(scope *s, const statement *x) {
    if (!x->alive) return;
    if (s->n == MAX_FACTS) abort();
    unsigned bit = 1u << s->n;
    s->all |= bit;
    if (x->given) s->hard |= bit;
    if (sentence_is_growth(&x->says)) s->growth |= bit;
    s->s[s->n] = x;
    s->c[s->n++] = sentence_claim(&x->says);
}

static void add_goal(scope *s, const goal *g, bool questions_only) {
    if (!g->alive) return;
    if (goal_is_question(g))
        s->question[s->nquestions++] = g;
    else if (!questions_only)
        s->conclusion[s->nconclusions++] = g;
}

static scope scope_of(const theory *t, bool all_cores, sights *seen, mismatch *m) {
    return (scope){.nvars = t->nvars,
                   .quantities = t->quantities,
                   .all_cores = all_cores,
                   .seen = seen,
                   .m = m};
}

static bool check_regime(scope *outer, const theory *t, const regime *r, const cJSON *json) {
    scope s = scope_of(t, outer->all_cores, outer->seen, outer->m);
    s.found = outer->found;
    s.where = r->name;
    s.quantities = r->quantities;
    for (int i = 0; i < t->ns; i++)
        if (!(r->without >> i & 1) && (!t->s[i].optional || r->with >> i & 1))
            add_statement(&s, &t->s[i]);
    for (int i = 0; i < r->ns; i++) add_statement(&s, &r->s[i]);
    for (int i = 0; i < t->ng; i++) add_goal(&s, &t->g[i], true);
    for (int i = 0; i < r->ng; i++) add_goal(&s, &r->g[i], false);
    if (!has_text(json, "name", r->name)) return differ(&s, "missing: %s", shown(json));
    saw(&s, SAW_REGIMES);
    return check_scope(&s, json);
}

static bool check_regimes(scope *s, const theory *t, const cJSON *list) {
    int n = 0;
    for (int i = 0; i < t->nr; i++)
        if (t->r[i].alive && !check_regime(s, t, &t->r[i], cJSON_GetArrayItem(list, n++)))
            return false;
    return cJSON_GetArraySize(list) == n || differ(s, "%d regimes expected", n);
}

static bool check_object(const theory *t, const cJSON *json, int code, scope *s) {
    s->where = "theory";
    for (int i = 0; i < t->ns; i++)
        if (!t->s[i].optional) add_statement(s, &t->s[i]);
    for (int i = 0; i < t->ng; i++) add_goal(s, &t->g[i], false);
    if (!json) return differ(s, "no JSON, code %d", code);
    if (code != 0 && code != 1)
        return differ(s, "exit code %d: %s", code, shown(member_of(json, "diagnostics")));
    if (!check_scope(s, json)) return false;
    return check_regimes(s, t, member_of(json, "regimes"));
}

/* --- the laws as text --- */

static cJSON *run(const char *text, propto_command command, int *code) {
    propto *p = the_session();
    propto_add_text(p, "random", text, strlen(text));
    propto_request request = {.command = command, .format = PROPTO_JSON};
    *code = propto_run(p, &request);
    cJSON *json = cJSON_Parse(propto_output(p));
    return json;
}

/* The law of an exact answer as a conclusion, where the first base scales; "" if there is none. */
static void put_law(char *line, size_t size, const goal *g, const cJSON *answer) {
    const cJSON *hole = cJSON_GetArrayItem(member_of(answer, "holes"), 0);
    line[0] = 0;
    if (!has_text(answer, "kind", "exact") || has_text(answer, "relation", "undetermined")) return;
    int n = snprintf(line, size, "∴ %s", text_of(answer, "law"));
    if (g->kind == ASKS_EXPONENT)
        n += snprintf(line + n, size - (size_t)n, " %s %s scales", g->nwhen ? "and" : "when",
                      text_of(hole, "base"));
    snprintf(line + n, size - (size_t)n, "\n");
}

static bool all_proved(scope *s, const char *text, int expected) {
    int code, n = 0;
    cJSON *json = run(text, PROPTO_CHECK, &code);
    const cJSON *item;
    cJSON_ArrayForEach(item, member_of(json, "conclusions")) {
        if (++n > s->nconclusions && !has_text(item, "verdict", "proved"))
            expected = -1, differ(s, "a law of an answer, read again: %s", shown(item));
    }
    cJSON_Delete(json);
    return expected < 0
               ? false
               : n == s->nconclusions + expected ||
                     differ(s, "the laws of the answers cannot be read again, code %d", code);
}

/* Every law that answers a question can be read again, and follows. */
static bool check_laws(scope *s, const char *text, const cJSON *json) {
    char more[2 * MAX_TEXT], line[1024];
    size_t n = (size_t)snprintf(more, sizeof more, "%s", text);
    int laws = 0;
    for (int i = 0; i < s->nquestions; i++) {
        put_law(line, sizeof line, s->question[i],
                cJSON_GetArrayItem(member_of(json, "answers"), i));
        n += (size_t)snprintf(more + n, sizeof more - n, "%s", line);
        laws += line[0] != 0;
    }
    s->seen->n[SAW_LAWS] += laws;
    return !laws || all_proved(s, more, laws);
}

bool compare_theory(theory *t, bool all_cores, sights *seen, mismatch *m) {
    char text[MAX_TEXT];
    int code;
    bool found = false;
    theory_write(t, text);
    cJSON *json = run(text, all_cores ? PROPTO_EXPLAIN : PROPTO_CHECK, &code);
    scope s = scope_of(t, all_cores, seen, m);
    s.found = &found;
    m->refused = code == 2;
    bool same = check_object(t, json, code, &s);
    if (same && code != found) same = differ(&s, "exit code %d, expected %d", code, found);
    if (same && t->seed % 8 == 0) same = check_laws(&s, text, json);
    cJSON_Delete(json);
    return same;
}
