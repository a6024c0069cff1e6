/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include "../base/text.h"

/* TXT-DATA is one or more character-strings (RFC 1035 s3.3.14), each a length octet followed by that many octets
   (s3.3). */
trpt_status trpt_record_join(const uint8_t *rdata, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!rdata) return TRPT_E_ARGUMENT;
  if (len == 0) return TRPT_E_RECORD;
  size_t joined = 0;
  for (size_t i = 0; i < len; i += rdata[i] + (size_t)1) {
    if (len - i <= rdata[i]) return TRPT_E_RECORD;
    joined += rdata[i];
  }
  const trpt_status status = trpt_text_check_buffer(joined, buffer, capacity, needed);
  if (status != TRPT_OK) return status;
  char *to = buffer;
  for (size_t i = 0; i < len; i += rdata[i] + (size_t)1) {
    memcpy(to, rdata + i + 1, rdata[i]);
    to += rdata[i];
  }
  *to = '\0';
  return TRPT_OK;
}
