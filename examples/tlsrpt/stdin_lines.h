/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_STDIN_LINES_H
#define TLSRPT_STDIN_LINES_H

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Calls `visit` for each line of standard input, without its line feed. The last line need not end in a line feed.
   Returns false with errno if reading fails. */
bool stdin_lines_read(void (*visit)(void *user, trpt_str line, uint32_t number), void *user);

#endif
