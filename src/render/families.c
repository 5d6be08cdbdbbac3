/* Families: what an answer would be if one relation more were known. */
#include "render/families.h"
#include "render/law.h"

str law_family_if(arena *a, const problem *p, const family *y) {
    coef letter = coef_parameter(a, coef_field(y->value), 0);
    str of = p->symbols[y->of].name, in = law_power(a, p->symbols[y->in].name, letter);
    return str_of(formatted(a, "%.*s ∝ %.*s", (int)of.n, of.s, (int)in.n, in.s));
}

str law_family_then(arena *a, const answer *w, const family *y) {
    answer_case k = {.value = y->value};
    return law_case(a, w, &k);
}

const char *family_value(arena *a, const family *y, int at) {
    if (y->excluded[at]) return NULL;
    return y->pole_at[at] ? "undefined" : coef_text(a, y->at[at]);
}

/* "-1/2 at s = 0, -1/3 at s = 1" */
static void say_values(cell *c, arena *a, const family *y) {
    const char *lead = ": ";
    for (int i = 0; i < 2; i++) {
        const char *value = family_value(a, y, i);
        if (value == NULL) continue;
        say(c, ROLE_PLAIN, "%s", lead);
        say(c, ROLE_LAW, "%s at %.*s = %d", value, (int)y->letter.n, y->letter.s, i);
        lead = ", ";
    }
}

void say_family(cell *c, arena *a, const problem *p, const answer *w, const family *y) {
    say(c, ROLE_PLAIN, "if ");
    say_str(c, ROLE_LAW, law_family_if(a, p, y));
    say(c, ROLE_PLAIN, " then ");
    say_str(c, ROLE_LAW, law_family_then(a, w, y));
    say_values(c, a, y);
}
