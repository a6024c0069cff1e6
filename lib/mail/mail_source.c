/* SPDX-License-Identifier: MIT */
#include "mail_source.h"

#include <stdlib.h>
#include <string.h>

void trpt_mail_source_begin(trpt_mail_source *source, trpt_mail_read_fn read, void *user, const void *data,
                            size_t len) {
  *source =
      (trpt_mail_source){.data = read ? NULL : data, .len = read ? 0 : len, .ended = !read, .read = read, .user = user};
}

void trpt_mail_source_end(trpt_mail_source *source) { free(source->memory); }

/* Makes space for `more` bytes after the available ones. Returns false if out of memory. */
static bool reserve(trpt_mail_source *source, size_t more) {
  const size_t begin = source->len ? (size_t)(source->data - source->memory) : 0;
  if (more > SIZE_MAX / 2 - source->len) return false; /* GCOVR_EXCL_BR_LINE: no memory holds so much */
  const size_t size = source->len + more;
  /* Moves the available bytes only after at least as many were consumed, so the total cost is linear. */
  if (begin >= source->len && size <= source->capacity) {
    if (source->len) memmove(source->memory, source->data, source->len);
  } else if (size > source->capacity - begin) {
    const size_t capacity = size * 2;
    char *memory = malloc(capacity);
    if (!memory) return false;
    if (source->len) memcpy(memory, source->data, source->len);
    free(source->memory);
    source->memory = memory;
    source->capacity = capacity;
  } else {
    return true;
  }
  source->data = source->memory;
  return true;
}

trpt_status trpt_mail_source_need(trpt_mail_source *source, size_t len) {
  while (source->len < len && !source->ended) {
    const void *data = NULL;
    size_t more = 0;
    const int stop = source->read(source->user, &data, &more);
    if (stop) return stop == TRPT_E_MEMORY ? TRPT_E_MEMORY : TRPT_E_CANCELED;
    if (!more) {
      source->ended = true;
      break;
    }
    if (!reserve(source, more)) return TRPT_E_MEMORY;
    memcpy(source->memory + (source->data - source->memory) + source->len, data, more);
    source->len += more;
  }
  return TRPT_OK;
}

void trpt_mail_source_consume(trpt_mail_source *source, size_t len) {
  source->data += len;
  source->len -= len;
  source->offset += len;
}
