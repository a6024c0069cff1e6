/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DATETIME_H
#define TRPT_LIB_DATETIME_H

/* The parser of date-times, for callers that must also know how the date-time was written. The file is not called time.h, which
   would hide the header of the C library. */

#include <stdbool.h>

#include <tlsrpt/time.h>

/* How a date-time was written. */
enum {
  TRPT_DATETIME_NO_ZONE = 1,   /* it ends without a time-offset and was read as UTC: not RFC 3339 */
  TRPT_DATETIME_LOWER_CASE = 2 /* `t` or `z`: RFC 3339 allows it, RFC 7493 s4.3 advises against it */
};

/* Parses a date-time of RFC 3339 s5.6; its time-offset may be absent. Returns false for any other text and leaves the
   out-parameters as they were. */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form);

#endif
