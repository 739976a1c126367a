/* A disk that fails: preloaded into every process of a home (LD_PRELOAD), it counts their calls that put something into
 * files below FAULTS_BELOW and lets the chosen one go wrong. FAULTS_CONTROL is a file of five numbers shared by all
 * of them: calls so far, which call goes wrong (0: none), how, how many went wrong, and 1 once the disk is full. What
 * glibc writes for a stream is not seen from here, so that fwrite counts instead.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

enum { NO_SPACE = 1, IO_ERROR = 2, KILL = 3 };

struct control {
    _Atomic int64_t calls, at, how, wrong, full;
};

static struct control *control;
static char below[4096]; /* a copy: PostgreSQL writes its titles over what it was started with */
static size_t length;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
    const char *file = getenv("FAULTS_CONTROL");
    const char *folder = getenv("FAULTS_BELOW");
    if (!file || !folder || strlen(folder) >= sizeof below)
        return;
    strcpy(below, folder);
    length = strlen(below);
    int descriptor = REAL(open)(file, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return;
    void *found = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    if (found != MAP_FAILED)
        control = found;
}

/* Relative names are those of the server in its data directory, or of nobody. */
static int path_counts(const char *path)
{
    char where[4096];
    if (!control || !path)
        return 0;
    if (path[0] == '/')
        return !strncmp(path, below, length);
    return getcwd(where, sizeof where) && !strncmp(where, below, length);
}

static int descriptor_counts(int descriptor)
{
    char name[64], path[4096];
    if (!control)
        return 0;
    snprintf(name, sizeof name, "/proc/self/fd/%d", descriptor);
    ssize_t read = readlink(name, path, sizeof path - 1);
    if (read < 0)
        return 0;
    path[read] = 0;
    return !strncmp(path, below, length);
}

/* What goes wrong with this call: 0 nothing. A full disk stays full for whatever needs room. */
static int fault(int needs_room)
{
    int64_t number = atomic_fetch_add(&control->calls, 1) + 1;
    int64_t at = atomic_load(&control->at);
    if (at && needs_room && atomic_load(&control->full))
        return NO_SPACE;
    if (!at || number != at)
        return 0;
    int how = (int)atomic_load(&control->how);
    atomic_fetch_add(&control->wrong, 1);
    if (how == NO_SPACE)
        atomic_store(&control->full, 1);
    return how;
}

static int error_of(int how)
{
    if (how == KILL) {
        kill(getpid(), SIGKILL);
        pause();
    }
    return how == IO_ERROR ? EIO : ENOSPC;
}

/* Before a killed write its first half is written, as a torn page. */
ssize_t write(int descriptor, const void *bytes, size_t size)
{
    int how = descriptor_counts(descriptor) ? fault(1) : 0;
    if (how == KILL)
        REAL(write)(descriptor, bytes, size / 2);
    if (how)
        return errno = error_of(how), -1;
    return REAL(write)(descriptor, bytes, size);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t at)
{
    int how = descriptor_counts(descriptor) ? fault(1) : 0;
    if (how == KILL)
        REAL(pwrite)(descriptor, bytes, size / 2, at);
    if (how)
        return errno = error_of(how), -1;
    return REAL(pwrite)(descriptor, bytes, size, at);
}

ssize_t writev(int descriptor, const struct iovec *parts, int count)
{
    int how = descriptor_counts(descriptor) ? fault(1) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(writev)(descriptor, parts, count);
}

ssize_t pwritev(int descriptor, const struct iovec *parts, int count, off_t at)
{
    int how = descriptor_counts(descriptor) ? fault(1) : 0;
    if (how == KILL)
        REAL(pwrite)(descriptor, parts[0].iov_base, parts[0].iov_len / 2, at);
    if (how)
        return errno = error_of(how), -1;
    return REAL(pwritev)(descriptor, parts, count, at);
}

size_t fwrite(const void *bytes, size_t size, size_t count, FILE *stream)
{
    int how = descriptor_counts(fileno(stream)) ? fault(1) : 0;
    if (how)
        return errno = error_of(how), 0;
    return REAL(fwrite)(bytes, size, count, stream);
}

int fsync(int descriptor)
{
    int how = descriptor_counts(descriptor) ? fault(0) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor)
{
    int how = descriptor_counts(descriptor) ? fault(0) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t size)
{
    int how = descriptor_counts(descriptor) ? fault(0) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(ftruncate)(descriptor, size);
}

int posix_fallocate(int descriptor, off_t at, off_t size)
{
    int how = descriptor_counts(descriptor) ? fault(1) : 0;
    return how ? error_of(how) : REAL(posix_fallocate)(descriptor, at, size);
}

ssize_t copy_file_range(int from, off_t *at, int to, off_t *there, size_t size, unsigned flags)
{
    int how = descriptor_counts(to) ? fault(1) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(copy_file_range)(from, at, to, there, size, flags);
}

int rename(const char *from, const char *to)
{
    int how = path_counts(to) ? fault(1) : 0;
    if (how)
        return errno = error_of(how), -1;
    return REAL(rename)(from, to);
}

#define OPENED(name)                                                                 \
    int name(const char *path, int flags, ...)                                       \
    {                                                                                \
        va_list more;                                                                \
        va_start(more, flags);                                                       \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;      \
        va_end(more);                                                                \
        int how = (flags & O_CREAT) && path_counts(path) ? fault(1) : 0;             \
        if (how)                                                                     \
            return errno = error_of(how), -1;                                        \
        return REAL(name)(path, flags, mode);                                        \
    }

OPENED(open)
OPENED(open64)

#define STREAM(name)                                                                 \
    FILE *name(const char *path, const char *mode)                                   \
    {                                                                                \
        int how = mode[0] != 'r' && path_counts(path) ? fault(1) : 0;                \
        if (how)                                                                     \
            return errno = error_of(how), NULL;                                      \
        return REAL(name)(path, mode);                                               \
    }

STREAM(fopen)
STREAM(fopen64)

/* The names under which programs built for large files find the same. */
ssize_t pwrite64(int, const void *, size_t, off_t) __attribute__((alias("pwrite")));
ssize_t pwritev64(int, const struct iovec *, int, off_t) __attribute__((alias("pwritev")));
int ftruncate64(int, off_t) __attribute__((alias("ftruncate")));
int posix_fallocate64(int, off_t, off_t) __attribute__((alias("posix_fallocate")));
