/* SPDX-License-Identifier: MIT */
#include "sts_lines.h"

const trpt_str trpt_sts_keys[TRPT_STS_KEYS] = {
    [TRPT_STS_MX] = TRPT_STR("mx"),
    [TRPT_STS_MODE] = TRPT_STR("mode"),
    [TRPT_STS_VERSION] = TRPT_STR("version"),
    [TRPT_STS_MAX_AGE] = TRPT_STR("max_age"),
};

/* sts-policy-field-delim = ":" *WSP: nothing is between a key and its colon. */
static inline bool has_key(trpt_str line) {
  if (!line.len || (*line.ptr != 'm' && *line.ptr != 'v')) return false;
  for (size_t i = 0; i < TRPT_STS_KEYS; i++) {
    const trpt_str key = trpt_sts_keys[i];
    if (line.len > key.len && line.ptr[key.len] == ':' && memcmp(line.ptr, key.ptr, key.len) == 0) return true;
  }
  return false;
}

/* Whether a line ends at this byte, which is not above a blank. A key without a value is not followed by another one in its line. */
static bool ends_line(trpt_str text, size_t at) {
  if (text.ptr[at] == '\n') return true;
  if (!trpt_is_wsp(text.ptr[at]) || !has_key(trpt_str_from(text, at + 1))) return false;
  const trpt_str before = trpt_trim_trailing_space((trpt_str){text.ptr, at});
  return before.len && before.ptr[before.len - 1] != ':';
}

trpt_str trpt_sts_next_line(trpt_str *rest) {
  trpt_str line = *rest;
  size_t end = 0;
  while (end < line.len && ((unsigned char)line.ptr[end] > ' ' || !ends_line(line, end))) end++;
  *rest = end < line.len ? trpt_str_from(line, end + 1) : (trpt_str){NULL, 0};
  line.len = end;
  return trpt_trim_space(line);
}

bool trpt_sts_is_joined(trpt_str text) {
  unsigned keys = 0;
  text = trpt_trim_space(text);
  if (!has_key(text)) return false;
  while (text.ptr && keys < 2) keys += has_key(trpt_sts_next_line(&text));
  return keys == 2;
}
