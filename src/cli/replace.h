/* replace: a file gets another content, whole or not at all. */
#ifndef CLI_REPLACE_H
#define CLI_REPLACE_H

#include <stddef.h>

/* Writes the bytes to a new file beside `path` and puts it in its place, with the same mode. A
 * symbolic link stays, and the file it leads to is replaced. 0, or the error (errno), after which
 * the file is as it was; EINVAL: it is no regular file. */
int replace_file(const char *path, const char *bytes, size_t n);

/* Writes all of it; 0, or the error. */
int write_all(int fd, const char *s, size_t n);

#endif
