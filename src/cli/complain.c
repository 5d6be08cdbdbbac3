#include "cli/complain.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* The code point at s, and its length; -1 and 1 where there is no UTF-8. */
static long code_point(const unsigned char *s, size_t *length) {
    static const long least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = *s < 0x80 ? 1 : *s >= 0xF0 ? 4 : *s >= 0xE0 ? 3 : 2;
    long c = n == 1 ? *s : *s & (0x7F >> n);
    bool sound = *s < 0x80 || (*s >= 0xC2 && *s < 0xF5);
    for (size_t i = 1; sound && i < n; i++) {
        sound = (s[i] & 0xC0) == 0x80;
        c = c << 6 | (s[i] & 0x3F);
    }
    sound = sound && c >= least[n] && c <= 0x10FFFF && (c < 0xD800 || c > 0xDFFF);
    *length = sound ? n : 1;
    return sound ? c : -1;
}

/* What no terminal shall get: controls, separators, marks of direction, what cannot be seen. These
 * are the characters of utf8_is_unsafe. */
static bool is_unsafe(long c) {
    static const long ranges[][2] = {
        {-1, 0x1F},         {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},
        {0x61C, 0x61C},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
        {0x200B, 0x200B},   {0x200E, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},
        {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},
        {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
    return false;
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
