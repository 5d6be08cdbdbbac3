#include "cli/complain.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The code point at s, and its length; -1 and 1 where there is no UTF-8. */
static long code_point(const unsigned char *s, size_t *length) {
    size_t n = *s < 0x80 ? 1 : *s >= 0xF0 ? 4 : *s >= 0xE0 ? 3 : 2;
    long c = n == 1 ? *s : *s & (0x7F >> n);
    bool sound = *s < 0x80 || (*s >= 0xC2 && *s < 0xF5);
    for (size_t i = 1; sound && i < n; i++) {
        sound = (s[i] & 0xC0) == 0x80;
        c = c << 6 | (s[i] & 0x3F);
    }
    *length = sound ? n : 1;
    return sound ? c : -1;
}

/* What no terminal shall get: controls, separators, marks of direction, what cannot be seen. */
static bool is_unsafe(long c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x61C || c == 0x200E || c == 0x200F ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF ||
           (c >= 0xE0000 && c < 0xE0080);
}

void print_shown(const char *argument) {
    size_t n;
    for (const unsigned char *s = (const unsigned char *)argument; *s; s += n) {
        if (is_unsafe(code_point(s, &n)))
            fputc('?', stderr);
        else
            fwrite(s, 1, n, stderr);
    }
}

void complain(const char *before, const char *argument, const char *after) {
    fprintf(stderr, "propto: %s", before);
    if (argument) print_shown(argument);
    fprintf(stderr, "%s\n", after);
}

void complain_of_file(const char *before, const char *path, int error) {
    fprintf(stderr, "propto: %s `", before);
    print_shown(path);
    fprintf(stderr, "`: %s\n", strerror(error));
}
