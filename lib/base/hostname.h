/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HOSTNAME_H
#define TRPT_LIB_HOSTNAME_H

/* The one rule for host names: labels of letters, digits and inner hyphens, separated by dots (RFC 952, RFC 1123 s2.1).
   Underscores are legal in the DNS but not in a host name, and a U-label must be converted to an A-label first. The
   rule does not allow a final dot; callers that do remove it with trpt_host_without_dot. */

#include <stdbool.h>

#include <tlsrpt/status.h>

/* RFC 1035 s2.3.4. A name of 255 octets on the wire has 253 bytes as text. */
enum { TRPT_HOST_MAX_LEN = 253, TRPT_LABEL_MAX_LEN = 63 };

/* The labels in front of a domain where its record is, RFC 8460 s3. */
#define TRPT_RECORD_LABELS "_smtp._tls"

/* What is wrong with a name. TOO_LONG takes precedence, then the first fault in the text. */
typedef enum trpt_host_verdict {
  TRPT_HOST_GOOD,
  TRPT_HOST_TOO_LONG,   /* more than TRPT_HOST_MAX_LEN bytes */
  TRPT_HOST_LONG_LABEL, /* a label has more than TRPT_LABEL_MAX_LEN bytes */
  TRPT_HOST_BAD_LABEL,  /* a label is empty, or has an invalid byte or a hyphen at an edge */
  TRPT_HOST_ADDRESS     /* the last label is a number, as in an IPv4 address, RFC 1123 s2.1 */
} trpt_host_verdict;

trpt_host_verdict trpt_host_check(trpt_str name);

static inline bool trpt_host_is_valid(trpt_str name) { return trpt_host_check(name) == TRPT_HOST_GOOD; }

/* The name without one final dot. */
static inline trpt_str trpt_host_without_dot(trpt_str name) {
  if (name.len && name.ptr[name.len - 1] == '.') name.len--;
  return name;
}

/* Whether two names are equal, ignoring ASCII case and one final dot. Empty names are never equal. The names need not
   be valid. */
bool trpt_host_equal(trpt_str a, trpt_str b);

/* Whether `name` equals `parent` or is below it, compared in the same way. */
bool trpt_host_is_within(trpt_str name, trpt_str parent);

#endif
