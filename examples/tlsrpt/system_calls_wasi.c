/* SPDX-License-Identifier: MIT */
/* WASI has no signals, no size of terminals, no locks and no other processes. */
#include "system_calls.h"

#include <errno.h>

void system_ignore_write_signals(void) {}

void system_end_by_closed_pipe(void) {}

void system_on_interrupt(void (*interrupt)(int number)) { (void)interrupt; }

bool system_block_interrupt(bool is_blocked) {
  (void)is_blocked;
  return false;
}

bool system_allows_descriptors(size_t count) {
  (void)count;
  return false;
}

size_t system_terminal_columns(int fd) {
  (void)fd;
  return 0;
}

bool system_lock(int fd) {
  (void)fd;
  return true;
}

void system_unlock(int fd) { (void)fd; }

bool system_replace(int fd, int replaced) {
  (void)fd;
  (void)replaced;
  errno = ENOTSUP;
  return false;
}
