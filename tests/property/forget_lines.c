#include "forget_lines.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void forget_lines(char *s) {
    static const char *const marks[] = {"@", "line-", "line ", "\"line\":"};
    char *to = s, *quotes = strstr(s, ",\"diagnostics\":");
    if (quotes) *quotes = 0;
    while (*s) {
        size_t n = 0;
        for (int i = 0; i < 4 && !n; i++)
            if (*s == *marks[i] && strncmp(s, marks[i], strlen(marks[i])) == 0)
                n = strlen(marks[i]);
        if (n == 0 || !is_digit(s[n])) {
            *to++ = *s++;
            continue;
        }
        for (s += n; is_digit(*s) || (*s >= 'a' && *s <= 'z');) s++;
        *to++ = '@';
    }
    *to = 0;
}
