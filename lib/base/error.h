/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ERROR_H
#define TRPT_LIB_ERROR_H

/* The one place that fills a trpt_error. */

#include "../catalogue/catalogue.h"

/* Where something stands in the text; line and column 0: not known. */
typedef struct trpt_position {
  uint64_t offset;
  uint32_t line;
  uint32_t column;
} trpt_position;

/* All zero. `error` may be NULL. */
void trpt_error_clear(trpt_error *error);

/* Fills `error`, which may be NULL, and returns `status`. The message is that of `finding`, or of the status where it is
   TRPT_CODE_NONE. `where` is cut to fit. */
trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code finding, trpt_position place,
                           const char *where);

#endif
