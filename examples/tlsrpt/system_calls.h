/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_SYSTEM_CALLS_H
#define TLSRPT_SYSTEM_CALLS_H

#include <stdbool.h>
#include <stddef.h>

/* What POSIX has, and what WASI, which runs the command in a browser, and Windows have not, or in another form. There
   system_calls_wasi.c and windows/system_calls_windows.c replace system_calls.c. */

/* Lets write() report a closed pipe and the file size limit as errors. */
void system_ignore_write_signals(void);

/* Ends the process as a closed pipe ends others. Returns if that is not possible. */
void system_end_by_closed_pipe(void);

/* Calls `interrupt` at the first SIGINT, which also ends a blocking read. A second one ends the process. */
void system_on_interrupt(void (*interrupt)(int number));

/* Blocks or unblocks SIGINT in the calling thread, and so in the threads that it starts. Returns whether it was blocked before. */
bool system_block_interrupt(bool is_blocked);

/* Whether the process may have so many descriptors. */
bool system_allows_descriptors(size_t count);

/* Columns of the terminal; 0 if they are not known. */
size_t system_terminal_columns(int fd);

/* Waits until no other process has locked the file. Returns false with errno. */
bool system_lock(int fd);
void system_unlock(int fd);

/* dup2 */
bool system_replace(int fd, int replaced);

#endif
