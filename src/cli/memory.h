/* memory: how much the program may have, and its end where there is no more. */
#ifndef CLI_MEMORY_H
#define CLI_MEMORY_H

/* The exit code of a program without memory. */
enum { NO_MEMORY = 3, DEFAULT_MEGABYTES = 4096 };

/* From now on the process, and those that it starts, get at most so much memory each. A stricter
 * limit of the system stays. */
void limit_memory(unsigned long long megabytes);

#endif
