/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JUDGE_H
#define TRPT_LIB_JUDGE_H

/* Judges of single values of a report: each looks at bytes and adds what it found, in a file named after what it judges.
   They keep nothing, allocate nothing, take linear time, and an empty text is none of their business (the parser tells
   report.empty-string). They run for every value of every report: the good case must be one pass with few branches.
   Those that return true have seen that trpt_judge_text would find nothing (more). */

#include <stdbool.h>

#include "../../finding.h"

/* What a name, an address, a reason code or a URI may need at the most; far beyond all that senders write. */
enum { TRPT_LONG_STRING = 1024 };

/* text.c: any string that is kept. report.control-chars, report.markup, report.long-string. */
bool trpt_judge_text(trpt_str text, trpt_findings *findings);

/* domain.c: `policy-domain`. report.policy-domain-not-a-label, report.bad-domain, report.trailing-dot. */
bool trpt_judge_policy_domain(trpt_str domain, trpt_findings *findings);
/* domain.c: `receiving-mx-hostname`. report.bad-domain, report.trailing-dot. */
bool trpt_judge_host(trpt_str host, trpt_findings *findings);
/* domain.c: an element of `mx-host`: a host name or a pattern "*.example.com". report.mx-host-prefix ("mx: " in front, what
   is behind it is judged), report.bad-domain, report.trailing-dot. */
bool trpt_judge_mx_pattern(trpt_str pattern, trpt_findings *findings);

/* address.c: `sending-mta-ip` and `receiving-ip`. report.bad-ip, report.ip-not-canonical, report.ip-special. */
bool trpt_judge_address(trpt_str address, trpt_findings *findings);

/* contact.c: `contact-info`, an addr-spec of RFC 5322 s3.4.1. report.bad-contact-info. */
bool trpt_judge_contact(trpt_str contact, trpt_findings *findings);

/* information.c: `additional-information`. report.bad-additional-information: no URI of RFC 3986, or neither http nor
   https. */
bool trpt_judge_information(trpt_str information, trpt_findings *findings);

/* window.c: one of the two times. Sets `*seconds` (INT64_MIN where unreadable); with `findings` NULL that alone.
   report.bad-datetime, report.missing-timezone (read as UTC), report.lowercase-datetime. */
void trpt_judge_time(trpt_str text, int64_t *seconds, trpt_findings *findings);
/* window.c: both times, readable. report.end-before-start, report.zero-window, report.future-window (`now` 0: not looked
   for), report.window-too-long, report.window-not-utc-day. */
void trpt_judge_window(int64_t start, int64_t end, int64_t now, trpt_findings *findings);

/* policy_string.c: an element of `policy-string` under "tlsa". report.tlsa-syntax, report.tlsa-field-range,
   report.tlsa-length, report.tlsa-usage. */
void trpt_judge_tlsa(trpt_str record, trpt_findings *findings);

/* policy_string.c: the lines of an MTA-STS policy, one after the other. `lines` begins as zeros. */
typedef struct trpt_sts_lines {
  uint32_t seen; /* TRPT_STS_* */
} trpt_sts_lines;
enum {
  TRPT_STS_SAW_VERSION = 1, /* a good one */
  TRPT_STS_SAW_MODE = 2,    /* a good one */
  TRPT_STS_SAW_MAX_AGE = 4,
  TRPT_STS_SAW_MX = 8,
  TRPT_STS_MET_VERSION = 16, /* one, good or bad: of a repeated key the first counts */
  TRPT_STS_MET_MODE = 32
};
/* report.sts-line-syntax, report.sts-bad-max-age; also sets `*mx` to the pattern of an `mx` line, else to absent. A pattern
   that is none is report.sts-line-syntax too, and still handed out. */
void trpt_judge_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_findings *findings);
/* After the last line: report.sts-no-version, report.sts-no-mode; report.sts-bad-max-age where there was no max_age. */
void trpt_judge_sts_lines(const trpt_sts_lines *lines, trpt_findings *findings);

#endif
