/* SPDX-License-Identifier: MIT */
/* posix.h is included by the build. Names are UTF-8, which the manifest demands. */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIN32_LEAN_AND_MEAN
#include <windows.h>

enum { PATH_SIZE = 32 * 1024 };

static HANDLE handle_of(int fd) { return (HANDLE)_get_osfhandle(fd); }

/* Standard input and output are bytes as they are. */
__attribute__((constructor)) static void set_binary(void) {
  for (int fd = 0; fd <= 2; fd++) _setmode(fd, _O_BINARY);
}

static bool is_folder(const char *path) {
  const DWORD attributes = GetFileAttributesA(path);
  return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY);
}

/* A descriptor of a folder, which the library of C does not open. -1 with errno. */
static int open_folder(const char *path) {
  const HANDLE handle = CreateFileA(path, FILE_LIST_DIRECTORY, FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE,
                                    NULL, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS, NULL);
  if (handle != INVALID_HANDLE_VALUE) return _open_osfhandle((intptr_t)handle, _O_RDONLY);
  const DWORD error = GetLastError();
  errno = error == ERROR_ACCESS_DENIED || error == ERROR_SHARING_VIOLATION ? EACCES : ENOENT;
  return -1;
}

#undef open

int posix_open(const char *path, int flags, ...) {
  va_list list;
  va_start(list, flags);
  const int mode = flags & O_CREAT ? va_arg(list, int) & (_S_IREAD | _S_IWRITE) : 0;
  va_end(list);
  if (strcmp(path, "/dev/null") == 0) path = "NUL";
  if (is_folder(path)) {
    if (!(flags & (O_WRONLY | O_RDWR))) return open_folder(path);
    errno = EISDIR;
    return -1;
  }
  return _open(path, flags | _O_BINARY, mode);
}

/* The path of a name in an opened folder, which the caller frees. NULL with errno. */
static char *path_at(int at, const char *name) {
  char *path = malloc(PATH_SIZE + strlen(name) + 2);
  if (!path) return NULL;
  if (at == AT_FDCWD) return strcpy(path, name);
  const DWORD len = GetFinalPathNameByHandleA(handle_of(at), path, PATH_SIZE, FILE_NAME_NORMALIZED);
  if (len == 0 || len >= PATH_SIZE) {
    free(path);
    errno = EBADF;
    return NULL;
  }
  path[len] = '\\';
  strcpy(path + len + 1, name);
  /* Such a path is not parsed, so it needs the separators of Windows. */
  for (char *c = path + len; *c; c++)
    if (*c == '/') *c = '\\';
  if (strcmp(name, ".") == 0) path[len] = '\0';
  return path;
}

int openat(int at, const char *name, int flags) {
  char *path = path_at(at, name);
  if (!path) return -1;
  const int fd = posix_open(path, flags);
  free(path);
  return fd;
}

int fcntl(int fd, int command) {
  (void)command;
  return _get_osfhandle(fd) == -1 ? -1 : 0;
}

int fsync(int fd) { return _commit(fd); }

/* A terminal, which then understands colours. */
int posix_isatty(int fd) {
  DWORD mode;
  if (!GetConsoleMode(handle_of(fd), &mode)) return 0;
  return fd == STDIN_FILENO || SetConsoleMode(handle_of(fd), mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

BOOLEAN NTAPI SystemFunction036(PVOID data, ULONG len); /* RtlGenRandom */

int getentropy(void *data, size_t len) { return SystemFunction036(data, (ULONG)len) ? 0 : -1; }

long sysconf(int name) {
  SYSTEM_INFO info;
  (void)name;
  GetSystemInfo(&info);
  return (long)info.dwNumberOfProcessors;
}

/* An opened file cannot be replaced, so all files may have the same number. */
static int copy_status(int result, const struct _stat64 *found, struct stat *out) {
  if (result == 0) *out = (struct stat){.st_size = found->st_size, .st_mode = found->st_mode};
  return result;
}

int posix_fstat(int fd, struct stat *out) {
  struct _stat64 found;
  BY_HANDLE_FILE_INFORMATION info;
  const int result = copy_status(_fstat64(fd, &found), &found, out);
  if (result == 0 && GetFileInformationByHandle(handle_of(fd), &info) &&
      (info.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY))
    out->st_mode = S_IFDIR;
  return result;
}

int posix_stat(const char *path, struct stat *out) {
  struct _stat64 found;
  char *copy = _strdup(path);
  if (!copy) return -1;
  /* The library of C finds no folder with a separator at the end. */
  for (size_t len = strlen(copy); len > 1 && strchr("/\\", copy[len - 1]) && copy[len - 2] != ':'; len--)
    copy[len - 1] = '\0';
  const int result = copy_status(_stat64(copy, &found), &found, out);
  free(copy);
  return result;
}

int fstatat(int at, const char *name, struct stat *out, int flags) {
  (void)flags;
  char *path = path_at(at, name);
  const int result = path ? posix_stat(path, out) : -1;
  free(path);
  return result;
}

struct posix_folder {
  HANDLE find;
  WIN32_FIND_DATAA data;
  bool is_read; /* `data` was returned */
  int fd;
  struct dirent entry;
};

DIR *opendir(const char *path) {
  DIR *folder = calloc(1, sizeof *folder);
  char *pattern = malloc(strlen(path) + 3);
  if (!folder || !pattern) {
    free(folder);
    free(pattern);
    return NULL;
  }
  sprintf(pattern, "%s/*", path);
  folder->fd = open_folder(path);
  folder->find = folder->fd < 0 ? INVALID_HANDLE_VALUE : FindFirstFileA(pattern, &folder->data);
  free(pattern);
  if (folder->find != INVALID_HANDLE_VALUE) return folder;
  if (folder->fd >= 0) {
    _close(folder->fd);
    errno = ENOTDIR;
  }
  free(folder);
  return NULL;
}

struct dirent *readdir(DIR *folder) {
  if (folder->is_read && !FindNextFileA(folder->find, &folder->data)) {
    if (GetLastError() != ERROR_NO_MORE_FILES) errno = EIO;
    return NULL;
  }
  folder->is_read = true;
  const bool is_special = folder->data.dwFileAttributes & (FILE_ATTRIBUTE_DIRECTORY | FILE_ATTRIBUTE_REPARSE_POINT);
  folder->entry = (struct dirent){folder->data.cFileName, is_special ? DT_UNKNOWN : DT_REG};
  return &folder->entry;
}

int dirfd(DIR *folder) { return folder->fd; }

int closedir(DIR *folder) {
  FindClose(folder->find);
  _close(folder->fd);
  free(folder);
  return 0;
}
