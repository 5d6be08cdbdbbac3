/* The words of the format, and the comparison of what two problems say. */
#include "render/certificate.h"

const char *thesis_name(thesis_kind k) {
    static const char *const names[THESIS_KINDS] = {
        [THESIS_UNKNOWN] = "unknown",     [THESIS_CONSISTENT] = "consistent",
        [THESIS_TRIVIAL] = "trivial",     [THESIS_CONTRADICTORY] = "contradictory",
        [THESIS_EXACT] = "exact",         [THESIS_CASES] = "cases",
        [THESIS_RANGE] = "range",         [THESIS_UNDEFINED] = "undefined",
        [THESIS_VACUOUS] = "vacuous",     [THESIS_SIGNS] = "signs",
        [THESIS_WHERE] = "where",         [THESIS_PROVED] = "proved",
        [THESIS_REFUTED] = "refuted",     [THESIS_OPEN] = "open",
        [THESIS_CORE] = "core",           [THESIS_REPAIR] = "repair",
        [THESIS_REDUNDANT] = "redundant", [THESIS_BEST] = "best",
        [THESIS_FIXED] = "fixed",         [THESIS_FREE] = "free",
    };
    return names[k];
}

const char *sort_name(sort s) {
    static const char *const names[] = {
        [SORT_QUANTITY] = "quantity", [SORT_CONSTANT] = "constant", [SORT_PARAMETER] = "parameter"};
    return names[s];
}

const char *goal_name(goal_kind k) {
    static const char *const names[] = {
        [GOAL_EXPONENT] = "exponent",     [GOAL_PARAMETER] = "parameter",
        [GOAL_RELATION] = "relation",     [GOAL_WHERE] = "where",
        [GOAL_CONCLUSION] = "conclusion", [GOAL_CONTRADICTION] = "contradiction",
        [GOAL_CONSISTENT] = "consistent", [GOAL_TRIVIAL] = "trivial"};
    return names[k];
}

const char *rel_name(rel r) {
    static const char *const names[] = {[REL_EQ] = "=", [REL_LE] = "<=", [REL_LT] = "<"};
    return names[r];
}
