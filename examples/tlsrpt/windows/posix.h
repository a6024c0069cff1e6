/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_POSIX_H
#define TLSRPT_POSIX_H

/* What the command uses of POSIX and mingw-w64 lacks, apart from system_calls.h. Every source of the command includes this first on
   Windows, and headers that are missing there are empty. */

#include <fcntl.h>
#include <io.h>
#include <process.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

/* sysexits.h */
enum { EX_OK = 0, EX_TEMPFAIL = 75 };

/* fcntl.h, unistd.h. Every file is binary. A folder's descriptor comes from dirfd. */
#define O_NOCTTY             0
#define O_NONBLOCK           0
#define O_CLOEXEC            _O_NOINHERIT
#define F_GETFD              1
#define AT_FDCWD             (-100)
#define AT_SYMLINK_NOFOLLOW  1
#define _SC_NPROCESSORS_ONLN 1
int posix_open(const char *path, int flags, ...);
int openat(int at, const char *name, int flags);
int fcntl(int fd, int command);
int fsync(int fd);
int posix_isatty(int fd);
int getentropy(void *data, size_t len);
long sysconf(int name);
/* The lengths of Windows are shorter, and a part may be read or written. */
enum { POSIX_LEN_MAX = 1 << 30 };
static inline ssize_t posix_read(int fd, void *data, size_t len) {
  return read(fd, data, (unsigned)(len < POSIX_LEN_MAX ? len : POSIX_LEN_MAX));
}
static inline ssize_t posix_write(int fd, const void *data, size_t len) {
  return write(fd, data, (unsigned)(len < POSIX_LEN_MAX ? len : POSIX_LEN_MAX));
}
#define read   posix_read
#define write  posix_write
#define open   posix_open
#define isatty posix_isatty

/* sys/stat.h. There are no links that a stranger could put in the way, and no numbers of files. */
#define S_ISLNK(mode)  ((void)(mode), 0)
#define S_ISSOCK(mode) ((void)(mode), 0)
struct posix_stat {
  int64_t st_size;
  unsigned short st_mode;
  unsigned st_dev;
  unsigned st_ino;
};
int posix_stat(const char *path, struct posix_stat *out);
int posix_fstat(int fd, struct posix_stat *out);
#undef stat
#undef fstat
#define stat  posix_stat /* the function and the struct */
#define lstat posix_stat
#define fstat posix_fstat
int fstatat(int at, const char *name, struct stat *out, int flags);

/* dirent.h */
enum { DT_UNKNOWN, DT_REG, DT_DIR };
#define DT_REG DT_REG
struct dirent {
  char *d_name;
  int d_type;
};
typedef struct posix_folder DIR;
DIR *opendir(const char *path);
struct dirent *readdir(DIR *folder);
int dirfd(DIR *folder);
int closedir(DIR *folder);

/* poll.h. It is unknown whether a read would wait, so it counts as one that does. */
enum { POLLIN = 1 };
struct pollfd {
  int fd;
  short events;
  short revents;
};
static inline int poll(struct pollfd *fds, unsigned count, int timeout) {
  (void)fds, (void)count, (void)timeout;
  return 0;
}

/* ftw.h. Sizes are unknown, so no remaining time is shown. */
enum { FTW_F, FTW_PHYS };
struct FTW {
  int level;
};
static inline int nftw(const char *path, int (*visit)(const char *, const struct stat *, int, struct FTW *), int depth,
                       int flags) {
  (void)path, (void)visit, (void)depth, (void)flags;
  return 0;
}

#endif
