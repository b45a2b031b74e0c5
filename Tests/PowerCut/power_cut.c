#define _GNU_SOURCE
#include "power_cut.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void power_cut_link(void) {
}

#if defined(__linux__)
#include <sys/syscall.h>

/* A rename that no fsync of its directory has confirmed yet: one at a time is enough here. */
static char renamed_from[4096], renamed_to[4096];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static const char *last_part(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void image_path(char *path, size_t size, const char *name, const char *suffix) {
    snprintf(path, size, "%s/%s%s", getenv("POWER_CUT_IMAGE"), name, suffix);
}

/* Copies a file into the image, so that it is there whole or not at all. */
static void copy_file(int file, const char *name) {
    char part[4200], whole[4200], buffer[1 << 16];
    image_path(part, sizeof part, name, ".part");
    image_path(whole, sizeof whole, name, "");
    int copy = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    off_t offset = 0;
    ssize_t count;
    while (copy >= 0 && (count = pread(file, buffer, sizeof buffer, offset)) > 0) {
        if (write(copy, buffer, (size_t)count) != count) abort();
        offset += count;
    }
    if (copy < 0 || close(copy) || syscall(SYS_renameat, AT_FDCWD, part, AT_FDCWD, whole)) abort();
}

static void confirm_rename(void) {
    char from[4200], to[4200];
    if (!renamed_to[0]) return;
    image_path(from, sizeof from, last_part(renamed_from), "");
    image_path(to, sizeof to, last_part(renamed_to), "");
    syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
    renamed_to[0] = 0;
}

/* Takes out of the image what is no longer in the directory that it is of. */
static void confirm_removals(const char *directory) {
    char path[8200], image[4200];
    DIR *entries = opendir(getenv("POWER_CUT_IMAGE"));
    struct dirent *entry;
    while (entries && (entry = readdir(entries))) {
        if (entry->d_type != DT_REG) continue;
        snprintf(path, sizeof path, "%s/%s", directory, entry->d_name);
        image_path(image, sizeof image, entry->d_name, "");
        if (access(path, F_OK)) unlink(image);
    }
    if (entries) closedir(entries);
}

static void make_durable(int file) {
    char link[64], path[4096];
    struct stat status;
    if (!getenv("POWER_CUT_IMAGE") || fstat(file, &status)) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t count = readlink(link, path, sizeof path - 1);
    if (count < 0) return;
    path[count] = 0;
    pthread_mutex_lock(&lock);
    if (S_ISDIR(status.st_mode)) {
        confirm_rename();
        confirm_removals(path);
    }
    /* SQLite has opened its files for reading as well. */
    if (S_ISREG(status.st_mode)) copy_file(file, last_part(path));
    pthread_mutex_unlock(&lock);
}

int fsync(int file) {
    int result = (int)syscall(SYS_fsync, file);
    if (result == 0) make_durable(file);
    return result;
}

int fdatasync(int file) {
    int result = (int)syscall(SYS_fdatasync, file);
    if (result == 0) make_durable(file);
    return result;
}

int rename(const char *from, const char *to) {
    int result = (int)syscall(SYS_renameat, AT_FDCWD, from, AT_FDCWD, to);
    if (result == 0 && getenv("POWER_CUT_IMAGE")) {
        pthread_mutex_lock(&lock);
        snprintf(renamed_from, sizeof renamed_from, "%s", from);
        snprintf(renamed_to, sizeof renamed_to, "%s", to);
        pthread_mutex_unlock(&lock);
    }
    return result;
}
#endif
