/* SPDX-License-Identifier: MIT */
/* Compares the checks of single values with slow ones that are written from the rules alone: inet_pton and inet_ntop for
   addresses, and one plain loop each for texts and names. */
#include <arpa/inet.h>

#include <tlsrpt/time.h>

#include "fuzzing.h"
#include "model/sts_lines.h"
#include "parser/checks/checks.h"

static int has(const trpt_codes *codes, trpt_code code) {
  for (uint32_t i = 0; i < codes->count; i++)
    if (codes->at[i] == code) return 1;
  return 0;
}

static trpt_codes run(bool (*check)(trpt_str, trpt_codes *), trpt_str text) {
  trpt_codes codes = {0};
  const bool is_plain = check(text, &codes);
  if (is_plain && check != trpt_check_text && check != trpt_check_policy_line)
    CHECK(run(trpt_check_text, text).count == 0);
  CHECK(codes.count < TRPT_CODES_CAPACITY);
  for (uint32_t i = 0; i < codes.count; i++)
    for (uint32_t k = 0; k < i; k++) CHECK(codes.at[i] != codes.at[k]);
  return codes;
}

static void check_text(trpt_str text) {
  int control = 0, markup = 0;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char *at = (const unsigned char *)text.ptr + i;
    size_t remaining = text.len - i;
    if (*at < 0x20 || *at == 0x7f) control = 1;
    if (remaining >= 2 && at[0] == 0xC2 && at[1] >= 0x80 && at[1] <= 0x9F) control = 1;
    if (remaining >= 3 && memcmp(at, "\xe2\x80", 2) == 0 && at[2] >= 0xA8 && at[2] <= 0xAE) control = 1;
    if (remaining >= 3 && memcmp(at, "\xe2\x81", 2) == 0 && at[2] >= 0xA6 && at[2] <= 0xA9) control = 1;
    if (remaining >= 2 && *at == '<' && at[1] != 0 &&
        strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/!?", at[1]))
      markup = 1;
  }
  trpt_codes codes = run(trpt_check_text, text);
  CHECK(has(&codes, TRPT_CODE_REPORT_CONTROL_CHARS) == control);
  CHECK(has(&codes, TRPT_CODE_REPORT_MARKUP) == markup);
  CHECK(has(&codes, TRPT_CODE_REPORT_LONG_STRING) == (text.len > 1024));
  if (!text.len) return;
  codes = run(trpt_check_policy_line, text);
  CHECK(has(&codes, TRPT_CODE_REPORT_CONTROL_CHARS) <= control);
  CHECK(has(&codes, TRPT_CODE_REPORT_MARKUP) == markup);
  /* Of joined lines each has its own length. */
  CHECK(has(&codes, TRPT_CODE_REPORT_LONG_STRING) <= (text.len > 1024));
  if (!trpt_sts_is_joined(text)) CHECK(has(&codes, TRPT_CODE_REPORT_LONG_STRING) == (text.len > 1024));
}

static int is_host(trpt_str name) {
  size_t label = 0;
  int digits_only = 1;
  char last = '.';
  if (name.len == 0 || name.len > 253) return 0;
  for (size_t i = 0; i < name.len; i++) {
    char c = name.ptr[i];
    if (c == '.') {
      if (label == 0 || last == '-') return 0;
      label = 0;
      digits_only = 1;
    } else {
      if (c == 0 || !strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-", c)) return 0;
      if (c == '-' && label == 0) return 0;
      if (++label > 63) return 0;
      if (c < '0' || c > '9') digits_only = 0;
    }
    last = c;
  }
  return label > 0 && last != '-' && !digits_only;
}

static void check_names(trpt_str text) {
  trpt_str name = text;
  int dot = name.len > 1 && name.ptr[name.len - 1] == '.';
  if (dot) name.len--;
  int good = is_host(name), ascii = 1;
  for (size_t i = 0; i < name.len; i++) ascii = ascii && (unsigned char)name.ptr[i] < 0x80;

  trpt_codes host = run(trpt_check_host, text);
  CHECK(has(&host, TRPT_CODE_REPORT_BAD_DOMAIN) == !good);
  CHECK(has(&host, TRPT_CODE_REPORT_TRAILING_DOT) == dot);
  trpt_codes domain = run(trpt_check_policy_domain, text);
  CHECK(has(&domain, TRPT_CODE_REPORT_BAD_DOMAIN) == (!good && ascii));
  CHECK(has(&domain, TRPT_CODE_REPORT_POLICY_DOMAIN_NOT_A_LABEL) == (!good && !ascii));
  trpt_codes pattern = run(trpt_check_mx_pattern, text);
  if (good) CHECK(!has(&pattern, TRPT_CODE_REPORT_BAD_DOMAIN));
}

static void check_address(trpt_str text) {
  char name[64], canonical[64] = "";
  unsigned char binary[16];
  int good = 0;
  if (text.len < sizeof name && (text.len == 0 || !memchr(text.ptr, 0, text.len))) {
    if (text.len) memcpy(name, text.ptr, text.len);
    name[text.len] = '\0';
    int family = inet_pton(AF_INET, name, binary) == 1 ? AF_INET : AF_INET6;
    good = inet_pton(family, name, binary) == 1;
    if (good) CHECK(inet_ntop(family, binary, canonical, sizeof canonical) != NULL);
  }
  trpt_codes codes = run(trpt_check_address, text);
  CHECK(has(&codes, TRPT_CODE_REPORT_BAD_IP) == !good);
  if (good) CHECK(has(&codes, TRPT_CODE_REPORT_IP_NOT_CANONICAL) == (strcmp(name, canonical) != 0));
}

static void check_time(trpt_str text, bool is_end) {
  trpt_codes codes = {0};
  int64_t seconds, without_codes, parsed;
  trpt_check_time(text, is_end, &seconds, &codes);
  trpt_check_time(text, is_end, &without_codes, NULL);
  CHECK(seconds == without_codes);
  if (seconds == INT64_MIN) CHECK(has(&codes, TRPT_CODE_REPORT_BAD_DATETIME));
  int good = trpt_time_parse(text.ptr, text.len, &parsed) == TRPT_OK;
  CHECK(good == !(has(&codes, TRPT_CODE_REPORT_BAD_DATETIME) || has(&codes, TRPT_CODE_REPORT_MISSING_TIMEZONE)));
  if (good) CHECK(parsed == seconds);
}

static void check_window(const uint8_t *data, size_t size) {
  int64_t times[3];
  if (size < sizeof times) return;
  memcpy(times, data, sizeof times);
  trpt_codes codes = {0};
  trpt_check_window(times[0], times[1], times[2], &codes);
  CHECK(has(&codes, TRPT_CODE_REPORT_END_BEFORE_START) == (times[1] < times[0]));
  CHECK(has(&codes, TRPT_CODE_REPORT_ZERO_WINDOW) == (times[1] == times[0]));
}

static bool check_tlsa(trpt_str record, trpt_codes *codes) {
  trpt_check_tlsa(record, codes);
  return false;
}

/* A line end turns off the fast path for lines; the result must be the same. */
static void check_sts_line(trpt_sts_lines lines, trpt_str line) {
  trpt_sts_lines lines_again = lines;
  trpt_codes codes = {0}, codes_again = {0};
  trpt_str mx, mx_again;
  char *copy = malloc(line.len + 2);
  if (line.len) memcpy(copy, line.ptr, line.len);
  memcpy(copy + line.len, "\r\n", 2);
  trpt_check_sts_line(&lines, line, &mx, &codes);
  trpt_check_sts_line(&lines_again, (trpt_str){copy, line.len + 2}, &mx_again, &codes_again);
  CHECK(lines.seen == lines_again.seen && codes.count == codes_again.count);
  if (codes.count) CHECK(codes.at[0] == codes_again.at[0]);
  CHECK((mx.ptr == NULL) == (mx_again.ptr == NULL) && mx.len == mx_again.len);
  if (mx.ptr) CHECK(mx.ptr - line.ptr == mx_again.ptr - copy);
  free(copy);
}

static void check_policy_strings(trpt_str text) {
  trpt_codes tlsa = run(check_tlsa, text);
  CHECK(tlsa.count <= 2);
  trpt_sts_lines lines = {0};
  trpt_codes codes = {0};
  const char *line = text.ptr, *end = text.ptr + text.len;
  while (line < end) {
    const char *feed = memchr(line, '\n', (size_t)(end - line));
    size_t len = feed ? (size_t)(feed - line) + 1 : (size_t)(end - line);
    trpt_str mx;
    codes.count = 0;
    if (line[len - 1] != '\n' && line[len - 1] != '\r') check_sts_line(lines, (trpt_str){line, len});
    trpt_check_sts_line(&lines, (trpt_str){line, len}, &mx, &codes);
    CHECK(codes.count <= 1);
    CHECK(mx.ptr == NULL || (mx.ptr > line && mx.len > 0 && mx.len < len));
    line += len;
  }
  codes.count = 0;
  trpt_check_sts_lines(&lines, &codes);
  CHECK(has(&codes, TRPT_CODE_REPORT_STS_NO_MODE) == !(lines.seen & TRPT_STS_SAW_MODE));
  if (has(&codes, TRPT_CODE_REPORT_STS_NO_MX)) CHECK(!has(&codes, TRPT_CODE_REPORT_STS_NO_MODE));
}

/* Lines of joined text are within it, in order, and nothing but blanks is between them. */
static void check_joined(trpt_str text) {
  const char *at = text.ptr;
  size_t lines = 0;
  if (!trpt_sts_is_joined(text)) return;
  CHECK(trpt_sts_has_colons(trpt_trim_space(text)));
  for (trpt_str rest = text; rest.ptr;) {
    const trpt_str line = trpt_sts_next_line(&rest);
    CHECK(line.ptr >= at && line.ptr + line.len <= text.ptr + text.len);
    for (; at < line.ptr; at++) CHECK(trpt_is_space(*at));
    CHECK(!line.len || !memchr(line.ptr, '\n', line.len));
    at += line.len;
    lines += line.len != 0;
  }
  for (; at < text.ptr + text.len; at++) CHECK(trpt_is_space(*at));
  CHECK(lines >= 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *copy = fuzz_copy(data, size);
  trpt_str text = {copy, size};
  check_text(text);
  check_names(text);
  check_address(text);
  check_time(text, false);
  check_time(text, true);
  check_window(data, size);
  check_policy_strings(text);
  check_joined(text);
  run(trpt_check_contact, text);
  run(trpt_check_information, text);
  free(copy);
  return 0;
}
