/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include <stdbool.h>

#include "../base/text.h"

static const char prefix[] = "_smtp._tls.";

/* Limits of RFC 1035 s2.3.4; a name of 255 octets on the wire has 253 characters without its last dot. */
enum { PREFIX_LEN = sizeof prefix - 1, LABEL_MAX_LEN = 63, NAME_MAX_LEN = 253 };

/* A host name, RFC 1123 s2.1: labels of letters, digits and hyphens, with dots between them. */
static bool is_host_name(const char *name, size_t len) {
  size_t label = 0;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)name[i];
    if (c == '.' && label > 0) {
      label = 0;
    } else if (trpt_is_alpha(c) || trpt_is_digit(c) || c == '-') {
      if (++label > LABEL_MAX_LEN) return false;
    } else {
      return false;
    }
  }
  return label > 0;
}

trpt_status trpt_record_name(const char *domain, size_t len, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (!domain) return TRPT_E_ARGUMENT;
  if (len > 0 && domain[len - 1] == '.') len--;
  if (len > NAME_MAX_LEN - PREFIX_LEN || !is_host_name(domain, len)) return TRPT_E_ARGUMENT;
  char name[NAME_MAX_LEN];
  memcpy(name, prefix, PREFIX_LEN);
  memcpy(name + PREFIX_LEN, domain, len);
  return trpt_text_to_buffer(name, PREFIX_LEN + len, buffer, capacity, needed);
}
