/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_CHECKS_H
#define TRPT_LIB_CHECKS_H

/* Checks of single values of a report. Each adds the codes that apply, and is in a file named after its subject. The checks
   are pure and take linear time. They are not called for empty texts, which the parser reports as report.empty-string. They
   run for every value of every report, so the good case must be one pass with few branches. A check that returns true has
   added all codes that apply; trpt_check_text has nothing to add. */

#include <stdbool.h>

#include "../../catalogue/catalogue.h"

/* More than any name, address, reason code or URI needs, and far more than senders write. */
enum { TRPT_LONG_STRING = 1024 };

/* plain_text.c: any stored string. report.control-chars, report.markup, report.long-string. */
bool trpt_check_text(trpt_str text, trpt_codes *codes);
/* plain_text.c: a part of a string that was too long. report.control-chars, report.markup. */
void trpt_check_characters(trpt_str text, trpt_codes *codes);
/* plain_text.c: an element of `policy-string`. The same, except that an MTA-STS line may have tabs after its colon, and tabs
   and a carriage return at its end. The lines of an MTA-STS policy in one string are checked each. */
bool trpt_check_policy_line(trpt_str text, trpt_codes *codes);

/* host.c: `policy-domain`. report.policy-domain-not-a-label, report.bad-domain, report.trailing-dot. */
bool trpt_check_policy_domain(trpt_str domain, trpt_codes *codes);
/* host.c: `receiving-mx-hostname`. report.bad-domain, report.trailing-dot. */
bool trpt_check_host(trpt_str host, trpt_codes *codes);
/* host.c: an element of `mx-host`, a host name or a pattern "*.example.com". report.mx-host-prefix ("mx: " in either case;
   the text after it is checked), report.bad-domain, report.trailing-dot. */
bool trpt_check_mx_pattern(trpt_str pattern, trpt_codes *codes);

/* address.c: `sending-mta-ip` and `receiving-ip`. report.bad-ip, report.ip-not-canonical, report.ip-special. */
bool trpt_check_address(trpt_str address, trpt_codes *codes);

/* contact.c: `contact-info`, an addr-spec of RFC 5322 s3.4.1. report.bad-contact-info. */
bool trpt_check_contact(trpt_str contact, trpt_codes *codes);

/* information.c: `additional-information`. report.bad-additional-information: not a URI of RFC 3986, or neither http nor
   https. */
bool trpt_check_information(trpt_str information, trpt_codes *codes);

/* window.c: one of the two times. Sets `*seconds`, INT64_MIN if unreadable. A date alone is its first second, as the end its last.
   With `codes` NULL it does nothing else. report.bad-datetime (also for the other forms of datetime.h, which are read),
   report.missing-timezone (read as UTC), report.lowercase-datetime. */
void trpt_check_time(trpt_str text, bool is_end, int64_t *seconds, trpt_codes *codes);
/* window.c: both times, which are readable. report.end-before-start, report.zero-window, report.future-window (unless `now`
   is 0), report.window-too-long, report.window-not-utc-day. */
void trpt_check_window(int64_t start, int64_t end, int64_t now, trpt_codes *codes);

/* policy_lines.c: an element of `policy-string` of type "tlsa". report.tlsa-syntax, report.tlsa-field-range,
   report.tlsa-length, report.tlsa-usage. */
void trpt_check_tlsa(trpt_str record, trpt_codes *codes);

/* policy_lines.c: the lines of an MTA-STS policy, one after another. Begin with zeros in `lines`. */
typedef struct trpt_sts_lines {
  uint32_t seen; /* TRPT_STS_* */
} trpt_sts_lines;
enum {
  TRPT_STS_SAW_VERSION = 1, /* a good one */
  TRPT_STS_SAW_MODE = 2,    /* a good one */
  TRPT_STS_SAW_MAX_AGE = 4,
  TRPT_STS_SAW_MX = 8,
  TRPT_STS_MET_VERSION = 16, /* any value: only the first line with a key counts */
  TRPT_STS_MET_MODE = 32,
  TRPT_STS_NEEDS_MX = 64 /* the mode is enforce or testing */
};
/* report.sts-line-syntax, report.sts-bad-max-age. Sets `*mx` to the pattern of an `mx` line, even an invalid one, which is
   report.sts-line-syntax; otherwise to absent. */
void trpt_check_sts_line(trpt_sts_lines *lines, trpt_str line, trpt_str *mx, trpt_codes *codes);
/* After the last line: report.sts-no-version, report.sts-no-mode, report.sts-no-mx, and report.sts-bad-max-age if there was no
   max_age. */
void trpt_check_sts_lines(const trpt_sts_lines *lines, trpt_codes *codes);

#endif
