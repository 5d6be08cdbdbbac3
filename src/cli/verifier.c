#include "cli/verifier.h"

#include "cli/complain.h"
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

enum { NOT_READ = 2 };
static const char name[] = "propto-verify";

static void drop(char **argv, const char *word) {
    while (*argv && *argv != word) argv++;
    for (; *argv; argv++) argv[0] = argv[1];
}

/* The path of a program beside this one; false where there is no telling. */
static int find_beside(char *path, size_t size) {
    ssize_t n = readlink("/proc/self/exe", path, size - sizeof name);
    if (n <= 0 || (size_t)n >= size - sizeof name) return 0;
    path[n] = 0;
    char *slash = strrchr(path, '/');
    if (!slash) return 0;
    strcpy(slash + 1, name);
    return 1;
}

int verifier_become(char **argv, const char *command_word) {
    char path[PATH_MAX + sizeof name];
    drop(argv, command_word);
    argv[0] = (char *)name;
    errno = ENOENT;
    if (find_beside(path, sizeof path)) execv(path, argv);
    complain("cannot run `propto-verify`, which should stand beside this program: ",
             strerror(errno), "");
    return NOT_READ;
}
