/* SPDX-License-Identifier: MIT */
#include "mbox.h"

#include <string.h>

#include "content_kind.h"

/* A mail ends where a line "From " begins another: behind an empty line, or where that line has a time in it, since some
   programs leave out the empty line. "From " in a text is told from it by the header field in the next line. */

static bool is_behind_empty_line(const char *data, size_t at) {
  if (at < 2) return true;
  return data[at - 2] == '\n' || (at > 2 && data[at - 2] == '\r' && data[at - 3] == '\n');
}

/* The length of a line "From " at `at`, or 0. Of more than a window it would depend on how much was read. */
static size_t from_line(const trpt_mail_source *source, size_t at, bool *dated) {
  const size_t left = source->len - at;
  return trpt_mail_from_line(source->data + at, left < TRPT_MAIL_KIND_WINDOW ? left : TRPT_MAIL_KIND_WINDOW, dated);
}

/* Whether another mail begins at `at`, the start of a line. All of the window is there, or the input ends in it. */
static bool begins_mail(const trpt_mail_source *source, size_t at) {
  bool dated;
  return from_line(source, at, &dated) && (dated || is_behind_empty_line(source->data, at));
}

/* Reads up to where the next mail begins, or the input ends: `*end`. The mail is not kept beyond `max` bytes; `*len` counts
   them all. */
static trpt_status find_end(trpt_mail_source *source, uint64_t max, size_t *end, uint64_t *len) {
  size_t at = 0;
  uint64_t dropped = 0;
  for (;;) {
    trpt_status status = trpt_mail_source_need(source, at + 1);
    if (status != TRPT_OK) return status;
    const char *line_end = memchr(source->data + at, '\n', source->len - at);
    at = line_end ? (size_t)(line_end - source->data) + 1 : source->len;
    /* A mail that is too long goes by line, or by what was read of one; two bytes show whether the last line was empty. */
    if (at + dropped > max && at > TRPT_MAIL_KIND_WINDOW) {
      const size_t drop = at - 3;
      trpt_mail_source_drop(source, drop);
      dropped += drop;
      at -= drop;
    }
    if (!line_end) {
      if (source->ended) break;
      continue;
    }
    status = trpt_mail_source_need(source, at + TRPT_MAIL_KIND_WINDOW);
    if (status != TRPT_OK) return status;
    if (begins_mail(source, at)) break;
  }
  *end = at;
  *len = at + dropped;
  return TRPT_OK;
}

trpt_status trpt_mail_mbox_next(trpt_mail_source *source, uint64_t max_message, trpt_mail_member *out, size_t *taken) {
  bool dated;
  uint64_t len;
  trpt_status status = trpt_mail_source_need(source, TRPT_MAIL_KIND_WINDOW);
  if (status != TRPT_OK) return status;
  if (!source->len) return TRPT_END;
  trpt_mail_source_drop(source, from_line(source, 0, &dated));
  out->offset = source->offset;
  status = find_end(source, max_message, taken, &len);
  if (status != TRPT_OK) return status;
  if (len > max_message) {
    out->fault = trpt_mail_fault_limit("The mail is longer than max_message (# bytes).", max_message);
    return TRPT_OK;
  }
  out->data = source->data;
  out->len = *taken;
  out->kind = TRPT_MAIL_KIND_MESSAGE;
  return TRPT_OK;
}
