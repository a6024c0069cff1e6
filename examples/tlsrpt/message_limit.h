/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_MESSAGE_LIMIT_H
#define TLSRPT_MESSAGE_LIMIT_H

/* Bounds the messages about inputs: the first 20 of each code are printed, the others are only counted. */

#include <stdbool.h>
#include <stdint.h>

enum { MESSAGES_SHOWN = 20, MESSAGE_CODES_MAX = 256 };

/* Initialize with {0}, or with is_off to print all of them. */
typedef struct message_limit {
  bool is_off;
  struct {
    const char *code; /* static lifetime */
    uint64_t count;
  } codes[MESSAGE_CODES_MAX]; /* the last one is for all further codes */
  int code_count;
} message_limit;

/* Counts a message. Returns whether to print it. */
bool message_limit_allows(message_limit *m, const char *code);

/* Prints how many messages of each code were not printed. */
void message_limit_end(const message_limit *m);

#endif
