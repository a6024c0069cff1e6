/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_LINES_H
#define TLSRPT_LINES_H

#include <stdbool.h>

#include <tlsrpt/status.h>

/* Calls `fn` for each line of standard input without its line feed, the last one with or without. False where reading
   fails, with errno. */
bool stdin_lines_read(void (*fn)(void *user, trpt_str line, uint32_t number), void *user);

#endif
