/* complain: a complaint to standard error. */
#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

/* The text of arguments is shown without control characters; it may be NULL. */
void complain(const char *before, const char *argument, const char *after);
/* "propto: cannot read `path`: No such file or directory", of an error number. */
void complain_of_file(const char *before, const char *path, int error);
/* The text alone, as an argument is shown. */
void print_shown(const char *argument);

#endif
