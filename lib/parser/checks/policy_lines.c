/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "../../model/mx_pattern.h"
#include "../../model/sts_lines.h"
#include "../../model/tlsa.h"

/* RFC 6698 s2.1.3: how many hex digits the data of a matching type has; 0: any number. */
static size_t digits_of_matching_type(uint32_t matching_type) {
  static const size_t digits[] = {0, 64, 128}; /* the whole certificate or key, SHA-256, SHA-512 */
  return matching_type < sizeof digits / sizeof digits[0] ? digits[matching_type] : 0;
}

/* Certificate usages for SMTP: DANE-TA and DANE-EE, RFC 7672 s3.1. */
static bool is_usable(uint32_t usage) { return usage == 2 || usage == 3; }

void trpt_check_tlsa(trpt_str record, trpt_codes *codes) {
  trpt_tlsa tlsa;
  size_t digits;
  switch (trpt_tlsa_read(record, &tlsa, &digits)) {
  case TRPT_TLSA_BAD_SYNTAX: trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_SYNTAX); return;
  case TRPT_TLSA_OUT_OF_RANGE: trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_FIELD_RANGE); return;
  default: break;
  }
  size_t expected = digits_of_matching_type(tlsa.matching_type);
  if (expected != 0 && digits != expected) trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_LENGTH);
  if (!is_usable(tlsa.usage)) trpt_codes_add(codes, TRPT_CODE_REPORT_TLSA_USAGE);
}

/* The functions below return what a good value adds to trpt_sts_lines, and 0 for a bad value. */

/* sts-policy-max-age-value = 1*10DIGIT, at most a year; RFC 8461 s3.2. No value is empty. */
static uint32_t read_max_age(trpt_str value) {
  enum { MAX_DIGITS = 10, MAX_SECONDS = 31557600 };
  uint64_t seconds = 0;
  if (value.len > MAX_DIGITS) return 0;
  for (size_t i = 0; i < value.len; i++) {
    if (!trpt_is_digit((unsigned char)value.ptr[i])) return 0;
    seconds = seconds * 10 + (uint64_t)(value.ptr[i] - '0');
  }
  return seconds <= MAX_SECONDS ? TRPT_STS_SAW_MAX_AGE : 0;
}

static uint32_t read_version(trpt_str value) { return trpt_str_equal(value, "STSv1", 5) ? TRPT_STS_SAW_VERSION : 0; }

/* RFC 8461 s3.2: only the mode "none" needs no mx. */
static uint32_t read_mode(trpt_str value) {
  static const uint32_t bits[] = {
      [TRPT_STS_MODE_UNKNOWN] = 0,
      [TRPT_STS_MODE_NONE] = TRPT_STS_SAW_MODE,
      [TRPT_STS_MODE_TESTING] = TRPT_STS_SAW_MODE | TRPT_STS_NEEDS_MX,
      [TRPT_STS_MODE_ENFORCE] = TRPT_STS_SAW_MODE | TRPT_STS_NEEDS_MX,
  };
  return bits[trpt_sts_mode_from_name(value.ptr, value.len)];
}

static uint32_t read_mx(trpt_str value) { return trpt_mx_pattern_is_valid(value) ? TRPT_STS_SAW_MX : 0; }

/* The fields of RFC 8461 s3.2. Keys and values are case-sensitive, unknown keys are ignored, and of a repeated key other than
   mx the first counts. */
typedef struct sts_field {
  uint32_t (*read)(trpt_str value);
  bool repeats;
  uint32_t met;     /* in trpt_sts_lines, once there was one */
  trpt_code if_bad; /* NONE: reported after the last line if no line was good */
} sts_field;

static const sts_field fields[TRPT_STS_KEYS] = {
    [TRPT_STS_MX] = {read_mx, true, TRPT_STS_SAW_MX, TRPT_CODE_REPORT_STS_LINE_SYNTAX},
    [TRPT_STS_MODE] = {read_mode, false, TRPT_STS_MET_MODE, TRPT_CODE_NONE},
    [TRPT_STS_VERSION] = {read_version, false, TRPT_STS_MET_VERSION, TRPT_CODE_NONE},
    [TRPT_STS_MAX_AGE] = {read_max_age, false, TRPT_STS_SAW_MAX_AGE, TRPT_CODE_REPORT_STS_BAD_MAX_AGE},
};

static const sts_field *field_of(trpt_str key) {
  for (size_t i = 0; i < TRPT_STS_KEYS; i++)
    if (trpt_str_equal(key, trpt_sts_keys[i].ptr, trpt_sts_keys[i].len)) return &fields[i];
  return NULL;
}

static inline bool begins_with(trpt_str line, const char *prefix, size_t len) {
  return line.len > len && memcmp(line.ptr, prefix, len) == 0;
}

/* The field of a line that begins as nearly all do, with one blank before the value; else NULL. */
static const sts_field *plain_field_of(trpt_str line) {
  if (begins_with(line, "mx: ", 4)) return &fields[TRPT_STS_MX];
  if (begins_with(line, "mode: ", 6)) return &fields[TRPT_STS_MODE];
  if (begins_with(line, "version: ", 9)) return &fields[TRPT_STS_VERSION];
  return begins_with(line, "max_age: ", 9) ? &fields[TRPT_STS_MAX_AGE] : NULL;
}

/* Reads a line whose rest after the blank is a valid value, so that no blanks or line end must be removed. */
static bool take_plain_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx) {
  const sts_field *field = plain_field_of(line);
  if (!field) return false;
  const size_t begin = trpt_sts_keys[field - fields].len + 2;
  const trpt_str value = {line.ptr + begin, line.len - begin};
  const uint32_t good = field->read(value);
  if (!good) return false;
  if (field->repeats) *mx = value;
  if (field->repeats || !(lines->seen & field->met)) lines->seen |= field->met | good;
  return true;
}

void trpt_check_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_codes *codes) {
  trpt_str key, value;
  *mx = (trpt_str){NULL, 0};
  if (take_plain_line(lines, line, mx)) return;
  if (trpt_sts_line_parse(line.ptr, line.len, &key, &value) != TRPT_OK) {
    trpt_codes_add(codes, TRPT_CODE_REPORT_STS_LINE_SYNTAX);
    return;
  }
  const sts_field *field = field_of(key);
  if (!field || (!field->repeats && lines->seen & field->met)) return;
  if (field->repeats) *mx = value;
  const uint32_t good = field->read(value);
  lines->seen |= field->met | good;
  if (!good && field->if_bad != TRPT_CODE_NONE) trpt_codes_add(codes, field->if_bad);
}

void trpt_check_sts_lines(const trpt_sts_lines *lines, trpt_codes *codes) {
  if (!(lines->seen & TRPT_STS_SAW_VERSION)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_VERSION);
  if (!(lines->seen & TRPT_STS_SAW_MODE)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_MODE);
  if ((lines->seen & (TRPT_STS_NEEDS_MX | TRPT_STS_SAW_MX)) == TRPT_STS_NEEDS_MX)
    trpt_codes_add(codes, TRPT_CODE_REPORT_STS_NO_MX);
  /* There is no code of its own for a policy without max_age, which is as invalid as one with a bad one. */
  if (!(lines->seen & TRPT_STS_SAW_MAX_AGE)) trpt_codes_add(codes, TRPT_CODE_REPORT_STS_BAD_MAX_AGE);
}
