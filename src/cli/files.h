/* files: bytes in and out. Whole files are put in place by replace.h. */
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>

typedef struct {
    char *s;
    size_t n, cap;
} buffer;

/* Streams that the program was started without stay unusable: what is opened later, a pipe or a
 * file, does not come in their place. To be called first. */
void keep_streams_apart(void);
/* Reads to the end, or `most` bytes; false, with errno, where that fails. Free b->s. */
bool read_stream(int fd, buffer *b, size_t most);
/* 0, or the error. */
int write_all(int fd, const char *s, size_t n);
/* `code`, or 2 after a complaint where there was an error. A reader that went away (`| head`) is
 * none. */
int written(int code, int error);

#endif
