#include "render/figures.h"
#include <math.h>
#include <stdio.h>

/* Figures that a number needs: three, or enough to show two of its difference from 1. */
static int figures_of(double log10_value) {
    double from_one = fabs(expm1(log10_value * log(10)));
    if (from_one == 0 || from_one >= 0.01) return 3;
    return 1 - (int)floor(log10(from_one)) + (log10_value > 0);
}

/* The digits d1 d2 d3 ... of d1.d2d3... × 10^shift. */
static char *decimal_text(arena *a, const char *digits, int n, long shift) {
    if (shift < -4 || shift > 5)
        return formatted(a, "%c%s%s × 10^%ld", digits[0], n > 1 ? "." : "", digits + 1, shift);
    text s = text_new(a);
    if (shift < 0) text_puts(&s, "0.");
    for (long i = shift + 1; i < 0; i++) text_putc(&s, '0');
    for (int i = 0; i < n || i <= shift; i++) {
        if (i == shift + 1 && i > 0) text_putc(&s, '.');
        text_putc(&s, i < n ? digits[i] : '0');
    }
    return s.s;
}

static char *rounded(arena *a, double log10_value, int figures) {
    long shift = (long)floor(log10_value);
    long long scaled = llround(pow(10, log10_value - (double)shift + figures - 1));
    if (scaled >= llround(pow(10, figures))) scaled /= 10, shift++;
    while (scaled % 10 == 0) scaled /= 10;
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%lld", scaled);
    return decimal_text(a, digits, n, shift);
}

char *factor_text(arena *a, double log10_value) {
    return rounded(a, log10_value, figures_of(log10_value));
}

enum { LONGEST_PLAIN = 20, EXACT_PLACES = 10000, SHORT_BITS = 24 };

bool is_decimal(rat x) {
    return rat_bits(x) <= SHORT_BITS && EXACT_PLACES % fmpz_get_ui(fmpq_denref(&x.q)) == 0;
}

bool is_long_fraction(rat x) {
    return fmpz_cmp_ui(fmpq_denref(&x.q), LONGEST_PLAIN) > 0;
}

char *number_text(arena *a, rat x) {
    if (rat_is_int(x)) return rat_text(a, x);
    double value = rat_double(x), size = fabs(value);
    int places = is_decimal(x) && size >= 1 ? (int)log10(size) + 5 : 4;
    const char *minus = value < 0 ? "-" : "";
    return formatted(a, "%s%s", minus, rounded(a, log10(size), places));
}

char *three_figures(arena *a, rat x) {
    double value = rat_double(x), size = fabs(value);
    if (rat_is_zero(x) || size == 0 || !isfinite(size)) return rat_text(a, x);
    return formatted(a, "%s%s", value < 0 ? "-" : "", rounded(a, log10(size), 3));
}
