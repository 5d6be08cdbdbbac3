#include "cli/replace.h"

#include "cli/files.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the new file --- */

/* Who may not change the owner leaves it, and the mode then gives nobody more than before. */
static int set_mode_like(int fd, const struct stat *like) {
    mode_t mode = like->st_mode & 07777;
    if (fchown(fd, like->st_uid, like->st_gid) != 0) mode &= 0777;
    return fchmod(fd, mode) != 0 ? errno : 0;
}

/* The permissions that any new file would have. */
static int set_mode_new(int fd) {
    mode_t mask = umask(0);
    umask(mask);
    return fchmod(fd, 0666 & ~mask) != 0 ? errno : 0;
}

/* `like` is the file before, or NULL. */
static int fill(int fd, const struct stat *like, const char *bytes, size_t n) {
    int error = write_all(fd, bytes, n);
    if (!error) error = like ? set_mode_like(fd, like) : set_mode_new(fd);
    if (!error && fsync(fd) != 0) error = errno;
    return error;
}

static int closed(int fd, int error) {
    return close(fd) != 0 && !error ? errno : error;
}

/* --- in its place --- */

/* The name of the file is on the disk only when its folder is. */
static void keep_folder(char *path) {
    int fd = open(dirname(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    fsync(fd);
    close(fd);
}

/* `beside` is a name for mkstemp in the same folder. */
static int put_in_place(const char *path, char *beside, const struct stat *like, const char *bytes,
                        size_t n) {
    int fd = mkstemp(beside);
    if (fd < 0) return errno;
    int error = closed(fd, fill(fd, like, bytes, n));
    if (!error && rename(beside, path) != 0) error = errno;
    if (error)
        unlink(beside);
    else
        keep_folder(beside);
    return error;
}

static int put_beside(const char *path, const struct stat *like, const char *bytes, size_t n) {
    static const char suffix[] = ".XXXXXX";
    size_t length = strlen(path);
    char *beside = malloc(length + sizeof suffix);
    if (beside == NULL) return ENOMEM;
    memcpy(beside, path, length);
    memcpy(beside + length, suffix, sizeof suffix);
    int error = put_in_place(path, beside, like, bytes, n);
    free(beside);
    return error;
}

/* Signals wait, so that none leaves the new file lying about. */
static int put_file(const char *path, const struct stat *like, const char *bytes, size_t n) {
    sigset_t all, before;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    int error = put_beside(path, like, bytes, n);
    sigprocmask(SIG_SETMASK, &before, NULL);
    return error;
}

/* --- the doors --- */

static int replace_real(const char *real, const char *bytes, size_t n) {
    struct stat like;
    if (stat(real, &like) != 0 || access(real, W_OK) != 0) return errno;
    return S_ISREG(like.st_mode) ? put_file(real, &like, bytes, n) : EINVAL;
}

int replace_file(const char *path, const char *bytes, size_t n) {
    char *real = realpath(path, NULL);
    if (real == NULL) return errno;
    int error = replace_real(real, bytes, n);
    free(real);
    return error;
}

static int write_special(const char *path, const char *bytes, size_t n) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    return fd < 0 ? errno : closed(fd, write_all(fd, bytes, n));
}

int write_file(const char *path, const char *bytes, size_t n) {
    struct stat is;
    if (stat(path, &is) != 0) return errno == ENOENT ? put_file(path, NULL, bytes, n) : errno;
    return S_ISREG(is.st_mode) ? replace_file(path, bytes, n) : write_special(path, bytes, n);
}
