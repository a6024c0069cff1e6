/* SPDX-License-Identifier: MIT */
#include "mx_pattern.h"

#include <tlsrpt/policy.h>

#include "../base/hostname.h"

bool trpt_mx_pattern_is_valid(trpt_str pattern) {
  if (trpt_mx_pattern_is_wildcard(pattern)) pattern = trpt_str_from(pattern, 2);
  return trpt_host_is_valid(pattern);
}

/* The name without its first label. Absent if that label is empty or the only one. */
static trpt_str after_first_label(trpt_str name) {
  const char *dot = memchr(name.ptr, '.', name.len);
  if (!dot || dot == name.ptr) return (trpt_str){NULL, 0};
  return trpt_str_from(name, (size_t)(dot - name.ptr) + 1);
}

int32_t trpt_mx_match(const char *pattern, size_t pattern_len, const char *host, size_t host_len) {
  if (!pattern || !host) return 0;
  trpt_str wanted = {pattern, pattern_len};
  trpt_str name = {host, host_len};
  /* A wildcard is the whole left-most label and matches exactly one label, RFC 8461 s4.1. */
  if (trpt_mx_pattern_is_wildcard(wanted)) {
    wanted = trpt_str_from(wanted, 2);
    name = after_first_label(name);
  }
  return trpt_host_equal(wanted, name);
}
