/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DESTINATION_H
#define TRPT_LIB_DESTINATION_H

/* One URI of a rua field. */

#include <stdbool.h>

#include <tlsrpt/record.h>

#include "../catalogue/catalogue.h"
#include "../uri/uri.h"

/* Whether `uri` is a tlsrpt-uri of RFC 8460 s3, usable or not. If not, `*bad` is the first byte after which no
   continuation could make it one. An https URI whose only mistake is a raw "!" is not one, but usable: RFC 3986 allows
   the character, so forgiving senders can report to it. */
bool trpt_destination_read(trpt_str uri, trpt_rua *out, trpt_uri *parts, size_t *bad);

/* The diagnostic on a valid URI, at an offset in it. An error means that the destination cannot exist or that senders
   do not support it, so it is not usable. A warning means that it is usable but probably a mistake. */
typedef struct trpt_destination_verdict {
  trpt_code code; /* TRPT_CODE_NONE: nothing to report */
  size_t offset;
} trpt_destination_verdict;

/* Checks a URI for which trpt_destination_read returned true. Reports one diagnostic, and an error before a warning. */
trpt_destination_verdict trpt_destination_check(const trpt_rua *rua, const trpt_uri *parts);

#endif
