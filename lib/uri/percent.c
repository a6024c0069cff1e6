/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include "uri.h"

trpt_status trpt_uri_decode(const char *uri, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!uri) return TRPT_E_ARGUMENT;
  size_t decoded = 0;
  for (size_t i = 0; i < len; decoded++) i += trpt_is_percent_encoded(uri, len, i) ? 3 : 1;
  const trpt_status status = trpt_text_check_buffer(decoded, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  char *to = buffer;
  for (size_t i = 0; i < len;) {
    if (trpt_is_percent_encoded(uri, len, i)) {
      *to++ = (char)trpt_percent_value(uri, i);
      i += 3;
    } else {
      *to++ = uri[i++];
    }
  }
  *to = '\0';
  return TRPT_OK;
}
