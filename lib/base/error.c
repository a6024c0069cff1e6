/* SPDX-License-Identifier: MIT */
#include "error.h"

#include "copy.h"
#include "text.h"

/* Texts of the library always fit. Texts from the system may be truncated. */
static void copy_text(char *to, size_t capacity, const char *from) {
  size_t len = 0;
  for (; len < capacity - 1 && from[len]; len++) to[len] = from[len];
  memset(to + len, 0, capacity - len);
}

void trpt_error_clear(trpt_error *error) {
  if (error) trpt_clear(error, sizeof *error);
}

trpt_status trpt_error_fill(trpt_error *error, trpt_status status, const char *code, const char *message,
                            trpt_position position, const char *where) {
  if (!error) return status;
  memset(error, 0, sizeof *error);
  error->status = status;
  error->line = position.line;
  error->column = position.column;
  error->offset = position.offset;
  error->code = code;
  copy_text(error->where, sizeof error->where, where);
  copy_text(error->message, sizeof error->message, message ? message : trpt_status_message(status));
  return status;
}

void trpt_error_set_limit(trpt_error *error, const char *sentence, uint64_t value) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str number = trpt_decimal(value, digits);
  const size_t capacity = sizeof error->message - 1;
  size_t len = 0;
  for (; *sentence && len < capacity; sentence++) {
    const trpt_str part = *sentence == '#' ? number : (trpt_str){sentence, 1};
    const size_t fits = part.len < capacity - len ? part.len : capacity - len;
    memcpy(error->message + len, part.ptr, fits);
    len += fits;
  }
  error->message[len] = '\0';
}
