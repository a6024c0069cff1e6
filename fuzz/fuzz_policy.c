/* SPDX-License-Identifier: MIT */
/* TLSA records, policy lines and MX patterns: the parts of an accepted text are in the input, and writing and parsing them
   again gives the same parts. Case does not affect a match. */
#include <ctype.h>

#include <tlsrpt/policy.h>

#include "fuzzing.h"

static int is_inside(trpt_str part, const char *text, size_t len) {
  return part.ptr >= text && part.len <= len && (size_t)(part.ptr - text) <= len - part.len;
}

static int is_same(trpt_str a, trpt_str b) { return a.len == b.len && memcmp(a.ptr, b.ptr, a.len) == 0; }

static void check_tlsa(const char *text, size_t len) {
  trpt_tlsa tlsa, again;
  if (trpt_tlsa_parse(text, len, &tlsa) != TRPT_OK) {
    CHECK(tlsa.data.ptr == NULL && tlsa.data.len == 0);
    return;
  }
  CHECK(tlsa.usage <= 255 && tlsa.selector <= 255 && tlsa.matching_type <= 255 && tlsa.reserved == 0);
  CHECK(is_inside(tlsa.data, text, len));
  size_t digits = 0;
  for (size_t i = 0; i < tlsa.data.len; i++) digits += isxdigit((unsigned char)tlsa.data.ptr[i]) != 0;
  CHECK(digits > 0 && digits % 2 == 0);

  char *written = malloc(len + 16);
  CHECK(written != NULL);
  int head = snprintf(written, 16, "%u %u %u ", tlsa.usage, tlsa.selector, tlsa.matching_type);
  memcpy(written + head, tlsa.data.ptr, tlsa.data.len);
  CHECK(trpt_tlsa_parse(written, (size_t)head + tlsa.data.len, &again) == TRPT_OK);
  CHECK(again.usage == tlsa.usage && again.selector == tlsa.selector && again.matching_type == tlsa.matching_type);
  CHECK(is_same(again.data, tlsa.data));
  free(written);
}

static void check_sts_line(const char *text, size_t len) {
  trpt_str key, value, key_again, value_again;
  if (trpt_sts_line_parse(text, len, &key, &value) != TRPT_OK) {
    CHECK(key.ptr == NULL && value.ptr == NULL && key.len == 0 && value.len == 0);
    return;
  }
  CHECK(key.ptr == text && key.len >= 1 && key.len <= 32 && is_inside(value, text, len) && value.len > 0);
  CHECK(value.ptr[0] != ' ' && value.ptr[value.len - 1] != ' ');
  char *written = malloc(len + 4);
  CHECK(written != NULL);
  memcpy(written, key.ptr, key.len);
  memcpy(written + key.len, ": ", 2);
  memcpy(written + key.len + 2, value.ptr, value.len);
  memcpy(written + key.len + 2 + value.len, "\r\n", 2);
  CHECK(trpt_sts_line_parse(written, key.len + value.len + 4, &key_again, &value_again) == TRPT_OK);
  CHECK(is_same(key, key_again) && is_same(value, value_again));
  free(written);
}

static void check_mode(const char *text, size_t len) {
  trpt_sts_mode mode = trpt_sts_mode_from_name(text, len);
  if (mode == TRPT_STS_MODE_UNKNOWN) return;
  CHECK(strlen(trpt_sts_mode_name(mode)) == len && memcmp(trpt_sts_mode_name(mode), text, len) == 0);
}

/* RFC 8461 s4.1, byte by byte. */
static int matches(const char *pattern, size_t pattern_len, const char *host, size_t host_len) {
  if (pattern_len && pattern[pattern_len - 1] == '.') pattern_len--;
  if (host_len && host[host_len - 1] == '.') host_len--;
  if (pattern_len == 0 || host_len == 0) return 0;
  if (pattern_len > 2 && pattern[0] == '*' && pattern[1] == '.') {
    size_t label = 0;
    while (label < host_len && host[label] != '.') label++;
    if (label == 0 || label == host_len) return 0;
    pattern++, pattern_len--;
    host += label, host_len -= label;
  }
  if (pattern_len != host_len) return 0;
  for (size_t i = 0; i < host_len; i++) {
    const int a = (unsigned char)pattern[i], b = (unsigned char)host[i];
    if (a != b && (a > 0x7F || b > 0x7F || tolower(a) != tolower(b))) return 0;
  }
  return 1;
}

/* Changing the case of both does not change the result. */
static void check_match(char *pattern, size_t pattern_len, char *host, size_t host_len) {
  int32_t match = trpt_mx_match(pattern, pattern_len, host, host_len);
  CHECK(match == matches(pattern, pattern_len, host, host_len));
  for (size_t i = 0; i < pattern_len; i++)
    if ((unsigned char)pattern[i] < 0x80) pattern[i] = (char)toupper((unsigned char)pattern[i]);
  CHECK(trpt_mx_match(pattern, pattern_len, host, host_len) == match);
  for (size_t i = 0; i < host_len; i++)
    if ((unsigned char)host[i] < 0x80) host[i] = (char)tolower((unsigned char)host[i]);
  CHECK(trpt_mx_match(pattern, pattern_len, host, host_len) == match);
  /* A name that is more than a dot matches itself. */
  int is_name = host_len > 1 || (host_len == 1 && host[0] != '.');
  int is_pattern = host_len > 1 && host[0] == '*';
  if (is_name && !is_pattern) CHECK(trpt_mx_match(host, host_len, host, host_len) == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = fuzz_copy(data, size);
  check_tlsa(text, size);
  check_sts_line(text, size);
  check_mode(text, size);
  free(text);

  const uint8_t *bar = size ? memchr(data, '|', size) : NULL;
  if (bar) {
    size_t pattern_len = (size_t)(bar - data), host_len = size - pattern_len - 1;
    char *pattern = fuzz_copy(data, pattern_len), *host = fuzz_copy(bar + 1, host_len);
    check_match(pattern, pattern_len, host, host_len);
    free(pattern);
    free(host);
  }
  return 0;
}
