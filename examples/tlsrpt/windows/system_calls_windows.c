/* SPDX-License-Identifier: MIT */
/* A closed pipe and a full disk are errors of write, without a signal. */
#include "../system_calls.h"

#include <errno.h>

#define WIN32_LEAN_AND_MEAN
#include <signal.h>
#include <windows.h>

static HANDLE handle_of(int fd) { return (HANDLE)_get_osfhandle(fd); }

void system_ignore_write_signals(void) {}

void system_end_by_closed_pipe(void) {}

/* The system forgets the function when it calls it. */
void system_on_interrupt(void (*interrupt)(int number)) { signal(SIGINT, interrupt); }

/* A thread of its own runs the function. */
bool system_block_interrupt(bool is_blocked) {
  (void)is_blocked;
  return false;
}

/* The C library has 2048, or more. */
bool system_allows_descriptors(size_t count) { return count <= 2048; }

size_t system_terminal_columns(int fd) {
  CONSOLE_SCREEN_BUFFER_INFO info;
  if (!isatty(fd) || !GetConsoleScreenBufferInfo(handle_of(fd), &info)) return 0;
  return (size_t)(info.srWindow.Right - info.srWindow.Left + 1);
}

bool system_lock(int fd) {
  OVERLAPPED range = {0};
  const BOOL locked = LockFileEx(handle_of(fd), LOCKFILE_EXCLUSIVE_LOCK, 0, MAXDWORD, MAXDWORD, &range);
  if (!locked) errno = EACCES;
  return locked;
}

void system_unlock(int fd) {
  OVERLAPPED range = {0};
  UnlockFileEx(handle_of(fd), 0, MAXDWORD, MAXDWORD, &range);
}

bool system_replace(int fd, int replaced) { return _dup2(fd, replaced) == 0; }
