/* SPDX-License-Identifier: MIT */
#include <tlsrpt/policy.h>

#include "../base/text.h"
#include "../base/word.h"

static trpt_str without_trailing_dot(const char *name, size_t len) {
  return (trpt_str){name, name[len - 1] == '.' ? len - 1 : len};
}

/* Without regard to case, RFC 8461 s4.1: host names are DNS names. */
static bool is_equal(trpt_str a, trpt_str b) {
  if (a.len != b.len) return false;
  if (a.len < TRPT_WORD_SIZE) return trpt_equal_nocase(a.ptr, b.ptr, a.len);
  const size_t last = a.len - TRPT_WORD_SIZE;
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    if (!trpt_word_equal_nocase(trpt_word_load(a.ptr + at), trpt_word_load(b.ptr + at))) return false;
  return trpt_word_equal_nocase(trpt_word_load(a.ptr + last), trpt_word_load(b.ptr + last));
}

static bool is_wildcard(trpt_str pattern) { return pattern.len > 2 && pattern.ptr[0] == '*' && pattern.ptr[1] == '.'; }

/* The name behind its first label, with the dot; absent where that label is empty or the only one. */
static trpt_str behind_first_label(trpt_str name) {
  const char *dot = memchr(name.ptr, '.', name.len);
  if (!dot || dot == name.ptr) return (trpt_str){NULL, 0};
  return (trpt_str){dot, name.len - (size_t)(dot - name.ptr)};
}

int32_t trpt_mx_match(const char *pattern, size_t pattern_len, const char *host, size_t host_len) {
  if (!pattern || !host || pattern_len == 0 || host_len == 0) return 0;
  trpt_str wanted = without_trailing_dot(pattern, pattern_len);
  trpt_str name = without_trailing_dot(host, host_len);
  if (wanted.len == 0 || name.len == 0) return 0;
  /* A wildcard is the whole left-most label and stands for exactly one label, RFC 8461 s4.1. */
  if (is_wildcard(wanted)) {
    wanted = (trpt_str){wanted.ptr + 1, wanted.len - 1};
    name = behind_first_label(name);
    if (!name.ptr) return 0;
  }
  return is_equal(wanted, name);
}
