#include "algebra/coef.h"

coef coef_of(rat r) {
    return (coef){r};
}

coef coef_int(long n) {
    return (coef){rat_int(n)};
}

bool coef_rat(coef c, rat *out) {
    *out = c.r;
    return true;
}

coef coef_add(arena *a, coef x, coef y) {
    return (coef){rat_add(a, x.r, y.r)};
}

coef coef_sub(arena *a, coef x, coef y) {
    return (coef){rat_sub(a, x.r, y.r)};
}

coef coef_mul(arena *a, coef x, coef y) {
    return (coef){rat_mul(a, x.r, y.r)};
}

coef coef_div(arena *a, coef x, coef y) {
    return (coef){rat_div(a, x.r, y.r)};
}

coef coef_neg(arena *a, coef x) {
    return (coef){rat_neg(a, x.r)};
}

bool coef_is_zero(coef x) {
    return rat_is_zero(x.r);
}

bool coef_is_one(coef x) {
    return rat_is_one(x.r);
}

bool coef_eq(coef x, coef y) {
    return rat_eq(x.r, y.r);
}

int coef_sgn(coef x) {
    return rat_sgn(x.r);
}

char *coef_text(arena *a, coef x) {
    return rat_text(a, x.r);
}
