/* SPDX-License-Identifier: MIT */
#include "mbox.h"

#include <string.h>

#include "content_kind.h"

/* A mail ends at the "From " line of the next one. That line follows an empty line, or contains a time, since some
   programs omit the empty line. A header field in the next line distinguishes it from "From " in a text. */

/* A mail begins with a field, so at least three bytes precede. */
static bool follows_empty_line(const char *data, size_t at) {
  return data[at - 2] == '\n' || (data[at - 2] == '\r' && data[at - 3] == '\n');
}

/* The length of a "From " line at `at`, or 0. Looks at one window only, so that the result does not depend on how much
   was read. */
static size_t from_line(const trpt_mail_source *source, size_t at, bool *dated) {
  const size_t remaining = source->len - at;
  return trpt_mail_from_line(source->data + at,
                             remaining < TRPT_MAIL_KIND_WINDOW_SIZE ? remaining : TRPT_MAIL_KIND_WINDOW_SIZE, dated);
}

/* Whether a mail begins at `at`, the start of a line. The whole window is available, or the input ends inside it. */
static bool begins_mail(const trpt_mail_source *source, size_t at) {
  bool dated;
  return from_line(source, at, &dated) && (dated || follows_empty_line(source->data, at));
}

/* Reads up to the next mail or the end of the input, and sets `*end`. At most about `max` bytes of the mail are kept in
   memory; `*len` counts all. */
static trpt_status find_end(trpt_mail_source *source, uint64_t max, size_t *end, uint64_t *len) {
  size_t at = 0;
  uint64_t discarded = 0;
  for (;;) {
    trpt_status status = trpt_mail_source_need(source, at + 1);
    if (status != TRPT_OK) return status;
    const char *line_end = memchr(source->data + at, '\n', source->len - at);
    at = line_end ? (size_t)(line_end - source->data) + 1 : source->len;
    /* If the mail is too long, discards it line by line. Keeps three bytes to see whether the last line was empty. */
    if (at + discarded > max && at > TRPT_MAIL_KIND_WINDOW_SIZE) {
      const size_t discard = at - 3;
      trpt_mail_source_consume(source, discard);
      discarded += discard;
      at -= discard;
    }
    if (!line_end) {
      if (source->ended) break;
      continue;
    }
    status = trpt_mail_source_need(source, at + TRPT_MAIL_KIND_WINDOW_SIZE);
    if (status != TRPT_OK) return status;
    if (begins_mail(source, at)) break;
  }
  *end = at;
  *len = at + discarded;
  return TRPT_OK;
}

trpt_status trpt_mail_mbox_next(trpt_mail_source *source, uint64_t max_message, trpt_mail_member *out,
                                size_t *mail_size) {
  bool dated;
  uint64_t len;
  if (!source->len) return TRPT_END;
  /* Only the first mail can have something before its "From " line. */
  const size_t blank = trpt_mail_blank_len(source->data, source->len);
  trpt_mail_source_consume(source, blank + from_line(source, blank, &dated));
  out->offset = source->offset;
  const trpt_status status = find_end(source, max_message, mail_size, &len);
  if (status != TRPT_OK) return status;
  if (len > max_message) {
    out->fault = trpt_mail_fault_limit("The mail is longer than max_message (# bytes).", max_message);
    return TRPT_OK;
  }
  out->data = source->data;
  out->len = *mail_size;
  out->kind = TRPT_MAIL_KIND_MESSAGE;
  return TRPT_OK;
}
