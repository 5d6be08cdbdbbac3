/* replace: a file gets its content whole or not at all: beside it first, then put in its place. */
#ifndef CLI_REPLACE_H
#define CLI_REPLACE_H

#include <stddef.h>

/* Another content for the file at `path`, with the same mode. A symbolic link stays, and the file
 * it leads to is replaced. 0, or the error (errno), after which the file is as it was; EINVAL: it
 * is no regular file. */
int replace_file(const char *path, const char *bytes, size_t n);

/* The same where there need be no file yet. What is no regular file, /dev/stdout, is written to as
 * it is. */
int write_file(const char *path, const char *bytes, size_t n);

#endif
