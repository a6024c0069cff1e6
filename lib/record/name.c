/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include "../base/hostname.h"
#include "../base/text.h"

static const char prefix[] = TRPT_RECORD_LABELS ".";

enum { PREFIX_LEN = sizeof prefix - 1 };

trpt_status trpt_record_name(const char *domain, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!domain) return TRPT_E_ARGUMENT;
  const trpt_str host = trpt_host_without_dot((trpt_str){domain, len});
  if (host.len > TRPT_HOST_MAX_LEN - PREFIX_LEN || !trpt_host_is_valid(host)) return TRPT_E_ARGUMENT;
  char name[TRPT_HOST_MAX_LEN];
  memcpy(name, prefix, PREFIX_LEN);
  memcpy(name + PREFIX_LEN, host.ptr, host.len);
  return trpt_text_to_buffer(name, PREFIX_LEN + host.len, buffer, capacity, needed);
}
