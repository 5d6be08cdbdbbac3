/* values: what may stand after an option. */
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include <stdbool.h>

/* False, after the complaint that --option takes what is wanted, not this value. */
bool bad_value(const char *option, const char *value, const char *wanted);
/* A whole number from 1 to `most`; else false after a complaint, and *to is as it was. */
bool read_whole(const char *name, const char *s, unsigned long long most, unsigned long long *to);
/* A finite number of seconds, above 0. */
bool read_seconds(const char *name, const char *s, double *to);

#endif
