/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_H
#define TRPT_LIB_ERROR_H

/* Fills trpt_error; no other code does. For errors with a code, see lib/catalogue/error_of_code.h. */

#include <tlsrpt/status.h>

/* A position in the text. Line and column are 0 if unknown. */
typedef struct trpt_position {
  uint64_t offset;
  uint32_t line;
  uint32_t column;
} trpt_position;

/* Sets all members to zero. `error` may be NULL. */
void trpt_error_clear(trpt_error *error);

/* Fills `error`, which may be NULL, and returns `status`. `code` has static lifetime or is NULL. `message` is copied;
   NULL means the message of the status. Texts are truncated to fit. */
trpt_status trpt_error_fill(trpt_error *error, trpt_status status, const char *code, const char *message,
                            trpt_position position, const char *where);

/* Sets the message to `sentence`, with `value` in place of "#". Truncates it to fit. */
void trpt_error_set_limit(trpt_error *error, const char *sentence, uint64_t value);

#endif
