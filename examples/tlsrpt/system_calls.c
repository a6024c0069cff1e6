/* SPDX-License-Identifier: MIT */
#include "system_calls.h"

#include <errno.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>

void system_ignore_write_signals(void) {
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
}

void system_end_by_closed_pipe(void) {
  signal(SIGPIPE, SIG_DFL);
  raise(SIGPIPE);
}

void system_on_interrupt(void (*interrupt)(int number)) {
  /* Without SA_RESTART, so a blocking read returns. SA_RESETHAND: a second SIGINT ends the command. */
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = (int)SA_RESETHAND};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
}

bool system_block_interrupt(bool is_blocked) {
  sigset_t interrupt;
  sigset_t before;
  sigemptyset(&interrupt);
  sigaddset(&interrupt, SIGINT);
  pthread_sigmask(is_blocked ? SIG_BLOCK : SIG_UNBLOCK, &interrupt, &before);
  return sigismember(&before, SIGINT) == 1;
}

bool system_allows_descriptors(size_t count) {
  struct rlimit limit;
  return getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur >= count;
}

size_t system_terminal_columns(int fd) {
  struct winsize size;
  return isatty(fd) && ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

bool system_lock(int fd) {
  while (flock(fd, LOCK_EX))
    if (errno != EINTR) return false;
  return true;
}

void system_unlock(int fd) { flock(fd, LOCK_UN); }

bool system_replace(int fd, int replaced) { return dup2(fd, replaced) >= 0; }
