/* SPDX-License-Identifier: MIT */
#include <tlsrpt/policy.h>

#include "../base/text.h"

enum { NAME_MAX_LEN = 32 };

/* The characters of sts-policy-ext-name in RFC 8461 s3.2, which also matches the four defined names. A name begins with
   a character of class 1 and continues with classes 1 and 2. */
static const uint8_t name_classes[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1,
    ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1,
    ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1, ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1,
    ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
    ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1, ['m'] = 1, ['n'] = 1,
    ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
    ['y'] = 1, ['z'] = 1, ['_'] = 2, ['-'] = 2, ['.'] = 2,
};

/* The length without the line end, LF or CRLF, and without whitespace before it. */
static size_t len_without_line_end(const char *line, size_t len) {
  if (len > 0 && line[len - 1] == '\n') len--;
  if (len > 0 && line[len - 1] == '\r') len--;
  while (len > 0 && trpt_is_wsp(line[len - 1])) len--;
  return len;
}

/* The length of the name at the start of the line; 0 if there is none. */
static size_t name_len_at(const char *line, size_t len) {
  if (len == 0 || name_classes[(unsigned char)line[0]] != 1) return 0;
  size_t name_len = 1;
  while (name_len < len && name_classes[(unsigned char)line[name_len]] != 0) name_len++;
  return name_len <= NAME_MAX_LEN ? name_len : 0;
}

/* sts-policy-ext-value, without validation of UTF-8: not empty, and no control characters. */
static bool is_value(const char *value, size_t len) {
  for (size_t i = 0; i < len; i++)
    if ((unsigned char)value[i] < 0x20 || value[i] == 0x7F) return false;
  return len > 0;
}

trpt_status trpt_sts_line_parse(const char *line, size_t len, trpt_str *key, trpt_str *value) {
  if (key) *key = (trpt_str){NULL, 0};
  if (value) *value = (trpt_str){NULL, 0};
  if (!line || !key || !value) return TRPT_E_ARGUMENT;
  const size_t end = len_without_line_end(line, len);
  const size_t name_len = name_len_at(line, end);
  if (name_len == 0 || name_len == end || line[name_len] != ':') return TRPT_E_SYNTAX;
  size_t begin = name_len + 1; /* sts-policy-field-delim = ":" *WSP */
  while (begin < end && trpt_is_wsp(line[begin])) begin++;
  if (!is_value(line + begin, end - begin)) return TRPT_E_SYNTAX;
  *key = (trpt_str){line, name_len};
  *value = (trpt_str){line + begin, end - begin};
  return TRPT_OK;
}

static const char *const modes[] = {
    [TRPT_STS_MODE_UNKNOWN] = NULL,
    [TRPT_STS_MODE_NONE] = "none",
    [TRPT_STS_MODE_TESTING] = "testing",
    [TRPT_STS_MODE_ENFORCE] = "enforce",
};

enum { MODES = sizeof modes / sizeof modes[0] };

trpt_sts_mode trpt_sts_mode_from_name(const char *name, size_t len) {
  if (!name) return TRPT_STS_MODE_UNKNOWN;
  for (trpt_sts_mode mode = 1; mode < MODES; mode++)
    if (trpt_str_equal((trpt_str){name, len}, modes[mode], strlen(modes[mode]))) return mode;
  return TRPT_STS_MODE_UNKNOWN;
}

/* Removes the first line, including its LF, from `*text` and returns it. */
static trpt_str take_line(trpt_str *text) {
  const char *feed = memchr(text->ptr, '\n', text->len);
  const trpt_str line = {text->ptr, feed ? (size_t)(feed - text->ptr) + 1 : text->len};
  *text = trpt_str_from(*text, line.len);
  return line;
}

/* Sets `*mode` to the mode of the first `mode` line. Returns false if there is none. */
static bool find_mode(trpt_str lines, trpt_sts_mode *mode) {
  while (lines.len) {
    trpt_str key, value;
    const trpt_str line = take_line(&lines);
    if (trpt_sts_line_parse(line.ptr, line.len, &key, &value) != TRPT_OK || !trpt_str_equal(key, "mode", 4)) continue;
    *mode = trpt_sts_mode_from_name(value.ptr, value.len);
    return true;
  }
  return false;
}

trpt_sts_mode trpt_policy_mode(const trpt_policy *policy) {
  trpt_sts_mode mode = TRPT_STS_MODE_UNKNOWN;
  if (!policy || policy->type != TRPT_POLICY_STS || !policy->strings) return mode;
  for (uint32_t i = 0; i < policy->string_count; i++)
    if (find_mode(policy->strings[i], &mode)) break;
  return mode;
}

const char *trpt_sts_mode_name(trpt_sts_mode mode) { return mode > 0 && mode < MODES ? modes[mode] : NULL; }
