/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_H
#define TRPT_LIB_ERROR_H

/* The one place that fills a trpt_error. lib/catalogue/error_of_code.h has the form that takes a code of the catalogue. */

#include <tlsrpt/status.h>

/* A position in the text; line and column 0: not known. */
typedef struct trpt_position {
  uint64_t offset;
  uint32_t line;
  uint32_t column;
} trpt_position;

/* All zero. `error` may be NULL. */
void trpt_error_clear(trpt_error *error);

/* Fills `error`, which may be NULL, and returns `status`. `code` has static lifetime, or is NULL. `message` is copied; if it is
   NULL, the message is that of the status. Texts are cut to fit. */
trpt_status trpt_error_fill(trpt_error *error, trpt_status status, const char *code, const char *message,
                            trpt_position position, const char *where);

/* Sets the message of an exceeded limit: `sentence` with `value` in place of its "#". Cut to fit. */
void trpt_error_set_limit(trpt_error *error, const char *sentence, uint64_t value);

#endif
