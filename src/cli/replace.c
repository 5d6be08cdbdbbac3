#include "cli/replace.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int write_all(int fd, const char *s, size_t n) {
    while (n > 0) {
        ssize_t done = write(fd, s, n);
        if (done < 0 && errno == EINTR) continue;
        if (done < 0) return errno;
        s += done, n -= (size_t)done;
    }
    return 0;
}

/* Who may not change the owner leaves it, and the mode then gives nobody more than before. */
static int fill(int fd, const struct stat *like, const char *bytes, size_t n) {
    int error = write_all(fd, bytes, n);
    if (error) return error;
    mode_t mode = like->st_mode & 07777;
    if (fchown(fd, like->st_uid, like->st_gid) != 0) mode &= 0777;
    return fchmod(fd, mode) != 0 || fsync(fd) != 0 ? errno : 0;
}

/* The name of the file is on the disk only when its folder is. */
static void keep_folder(char *path) {
    int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

/* `beside` is a name for mkstemp in the same folder. */
static int put_in_place(const char *real, char *beside, const char *bytes, size_t n) {
    struct stat like;
    if (stat(real, &like) != 0 || access(real, W_OK) != 0) return errno;
    if (!S_ISREG(like.st_mode)) return EINVAL;
    int fd = mkstemp(beside);
    if (fd < 0) return errno;
    int error = fill(fd, &like, bytes, n);
    if (close(fd) != 0 && !error) error = errno;
    if (!error && rename(beside, real) != 0) error = errno;
    if (error)
        unlink(beside);
    else
        keep_folder(beside);
    return error;
}

static int replace_real(const char *real, const char *bytes, size_t n) {
    static const char suffix[] = ".XXXXXX";
    size_t length = strlen(real);
    char *beside = malloc(length + sizeof suffix);
    if (beside == NULL) return ENOMEM;
    memcpy(beside, real, length);
    memcpy(beside + length, suffix, sizeof suffix);
    int error = put_in_place(real, beside, bytes, n);
    free(beside);
    return error;
}

/* Signals wait, so that none leaves the new file lying beside the old one. */
int replace_file(const char *path, const char *bytes, size_t n) {
    sigset_t all, before;
    char *real = realpath(path, NULL);
    if (real == NULL) return errno;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    int error = replace_real(real, bytes, n);
    sigprocmask(SIG_SETMASK, &before, NULL);
    free(real);
    return error;
}
