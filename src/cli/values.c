#include "cli/values.h"

#include "cli/complain.h"
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

bool bad_value(const char *option, const char *value, const char *wanted) {
    fprintf(stderr, "propto: --%s takes %s, not `", option, wanted);
    print_shown(value);
    fprintf(stderr, "`\n");
    return false;
}

bool read_whole(const char *name, const char *s, unsigned long long most, unsigned long long *to) {
    char *end;
    errno = 0;
    unsigned long long value = *s >= '0' && *s <= '9' ? strtoull(s, &end, 10) : 0;
    if (value == 0 || *end || errno || value > most)
        return bad_value(name, s, "a whole number from 1 up");
    *to = value;
    return true;
}

bool read_seconds(const char *name, const char *s, double *to) {
    char *end;
    double value = strtod(s, &end);
    if (end == s || *end || !isfinite(value) || value <= 0)
        return bad_value(name, s, "a number of seconds");
    *to = value;
    return true;
}
