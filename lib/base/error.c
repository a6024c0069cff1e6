/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <string.h>

/* Every text of the library fits; one that did not would be cut. */
static void copy_text(char *to, size_t capacity, const char *from) {
  strncpy(to, from, capacity - 1);
  to[capacity - 1] = '\0';
}

void trpt_error_clear(trpt_error *error) {
  if (error) memset(error, 0, sizeof *error);
}

trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code finding, trpt_position place,
                           const char *where) {
  if (!error) return status;
  memset(error, 0, sizeof *error);
  error->status = status;
  error->line = place.line;
  error->column = place.column;
  error->offset = place.offset;
  copy_text(error->where, sizeof error->where, where);
  if (finding == TRPT_CODE_NONE) {
    copy_text(error->message, sizeof error->message, trpt_status_message(status));
  } else {
    error->code = trpt_catalogue[finding].code;
    copy_text(error->message, sizeof error->message, trpt_catalogue[finding].message);
  }
  return status;
}
