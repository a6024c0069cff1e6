/* SPDX-License-Identifier: MIT */
#include "judge.h"

#include "../../policy/tlsa.h"
#include "../../text.h"
#include "domain.h"

/* RFC 6698 s2.1.3: how many hex digits the data of a matching type has; 0: any number. */
static size_t digits_of_matching_type(uint32_t matching_type) {
  static const size_t digits[] = {0, 64, 128}; /* the whole certificate or key, SHA-256, SHA-512 */
  return matching_type < sizeof digits / sizeof digits[0] ? digits[matching_type] : 0;
}

/* Certificate usages for SMTP: DANE-TA and DANE-EE, RFC 7672 s3.1. */
static bool is_usable(uint32_t usage) { return usage == 2 || usage == 3; }

void trpt_judge_tlsa(trpt_str record, trpt_findings *findings) {
  trpt_tlsa tlsa;
  size_t digits;
  switch (trpt_tlsa_read(record, &tlsa, &digits)) {
  case TRPT_TLSA_BAD_SYNTAX: trpt_findings_add(findings, TRPT_FINDING_REPORT_TLSA_SYNTAX); return;
  case TRPT_TLSA_OUT_OF_RANGE: trpt_findings_add(findings, TRPT_FINDING_REPORT_TLSA_FIELD_RANGE); return;
  case TRPT_TLSA_GOOD: break;
  }
  size_t expected = digits_of_matching_type(tlsa.matching_type);
  if (expected != 0 && digits != expected) trpt_findings_add(findings, TRPT_FINDING_REPORT_TLSA_LENGTH);
  if (!is_usable(tlsa.usage)) trpt_findings_add(findings, TRPT_FINDING_REPORT_TLSA_USAGE);
}

/* sts-policy-max-age-value = 1*10DIGIT, at most a year; RFC 8461 s3.2 */
static bool is_max_age(trpt_str value) {
  enum { MAX_DIGITS = 10, MAX_SECONDS = 31557600 };
  uint64_t seconds = 0;
  if (value.len == 0 || value.len > MAX_DIGITS) return false;
  for (size_t i = 0; i < value.len; i++) {
    if (!trpt_is_digit((unsigned char)value.ptr[i])) return false;
    seconds = seconds * 10 + (uint64_t)(value.ptr[i] - '0');
  }
  return seconds <= MAX_SECONDS;
}

/* What a line is judged by, after its key. RFC 8461 s3.2: keys and values are case-sensitive, unknown keys are ignored,
   and of a repeated key other than mx the first counts. */
static void judge_version(trpt_sts_lines *lines, trpt_str value) {
  if (lines->seen & TRPT_STS_MET_VERSION) return;
  lines->seen |= TRPT_STS_MET_VERSION;
  if (trpt_str_equal(value, "STSv1", 5)) lines->seen |= TRPT_STS_SAW_VERSION;
}

static void judge_mode(trpt_sts_lines *lines, trpt_str value) {
  if (lines->seen & TRPT_STS_MET_MODE) return;
  lines->seen |= TRPT_STS_MET_MODE;
  if (trpt_sts_mode_from_name(value.ptr, value.len) != TRPT_STS_MODE_UNKNOWN) lines->seen |= TRPT_STS_SAW_MODE;
}

static void judge_max_age(trpt_sts_lines *lines, trpt_str value, trpt_findings *findings) {
  if (lines->seen & TRPT_STS_SAW_MAX_AGE) return;
  lines->seen |= TRPT_STS_SAW_MAX_AGE;
  if (!is_max_age(value)) trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_BAD_MAX_AGE);
}

static void judge_mx(trpt_sts_lines *lines, trpt_str value, trpt_findings *findings) {
  lines->seen |= TRPT_STS_SAW_MX;
  if (!trpt_domain_is_mx_pattern(value)) trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_LINE_SYNTAX);
}

void trpt_judge_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_findings *findings) {
  trpt_str key, value;
  *mx = (trpt_str){NULL, 0};
  if (trpt_sts_line_parse(line.ptr, line.len, &key, &value) != TRPT_OK) {
    trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_LINE_SYNTAX);
  } else if (trpt_str_equal(key, "mx", 2)) {
    *mx = value;
    judge_mx(lines, value, findings);
  } else if (trpt_str_equal(key, "version", 7)) {
    judge_version(lines, value);
  } else if (trpt_str_equal(key, "mode", 4)) {
    judge_mode(lines, value);
  } else if (trpt_str_equal(key, "max_age", 7)) {
    judge_max_age(lines, value, findings);
  }
}

void trpt_judge_sts_lines(const trpt_sts_lines *lines, trpt_findings *findings) {
  if (!(lines->seen & TRPT_STS_SAW_VERSION)) trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_NO_VERSION);
  if (!(lines->seen & TRPT_STS_SAW_MODE)) trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_NO_MODE);
  /* There is no code of its own for a policy without max_age, which is as invalid as one with a bad one. */
  if (!(lines->seen & TRPT_STS_SAW_MAX_AGE)) trpt_findings_add(findings, TRPT_FINDING_REPORT_STS_BAD_MAX_AGE);
}
