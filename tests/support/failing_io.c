/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Preloaded into the console: call number $FAIL_AT (from 1) of write, read or sync on a file whose path holds $FAIL_PATH fails with $FAIL_ERRNO; the count so far
   stands in the file $FAIL_COUNT at the end. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long count;

static int is_ours(int fd)
{
    char link[64];
    char path[4096];
    const char* part = getenv("FAIL_PATH");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const ssize_t size = part == NULL ? -1 : readlink(link, path, sizeof path - 1);
    if (size <= 0) {
        return 0;
    }
    path[size] = '\0';
    return strstr(path, part) != NULL;
}

static int fails(int fd)
{
    const int before = errno;
    const char* at = getenv("FAIL_AT");
    const char* code = getenv("FAIL_ERRNO");
    if (at == NULL || !is_ours(fd)) {
        errno = before;
        return 0;
    }
    if (atomic_fetch_add(&count, 1) + 1 != atol(at)) {
        errno = before;
        return 0;
    }
    errno = code == NULL ? EIO : atoi(code);
    return 1;
}

__attribute__((destructor)) static void tell(void)
{
    const char* path = getenv("FAIL_COUNT");
    FILE* file = path == NULL ? NULL : fopen(path, "w");
    if (file != NULL) {
        fprintf(file, "%ld\n", atomic_load(&count));
        fclose(file);
    }
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void* data, size_t size) { return fails(fd) ? -1 : NEXT(write)(fd, data, size); }
ssize_t pwrite(int fd, const void* data, size_t size, off_t at) { return fails(fd) ? -1 : NEXT(pwrite)(fd, data, size, at); }
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) { return fails(fd) ? -1 : NEXT(pwrite64)(fd, data, size, at); }
ssize_t read(int fd, void* data, size_t size) { return fails(fd) ? -1 : NEXT(read)(fd, data, size); }
ssize_t pread(int fd, void* data, size_t size, off_t at) { return fails(fd) ? -1 : NEXT(pread)(fd, data, size, at); }
ssize_t pread64(int fd, void* data, size_t size, off64_t at) { return fails(fd) ? -1 : NEXT(pread64)(fd, data, size, at); }
int fsync(int fd) { return fails(fd) ? -1 : NEXT(fsync)(fd); }
int fdatasync(int fd) { return fails(fd) ? -1 : NEXT(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { return fails(fd) ? -1 : NEXT(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return fails(fd) ? -1 : NEXT(ftruncate64)(fd, size); }
