/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DATETIME_H
#define TRPT_LIB_DATETIME_H

/* The core of lib/model/time.c, for those who must also know how a date-time was written. The name is not time.h, which would
   hide the C library's from anyone who compiles with -Ilib. */

#include <stdbool.h>

#include <tlsrpt/time.h>

/* How a date-time was written. */
enum {
  TRPT_DATETIME_NO_ZONE = 1,   /* it ends without a time-offset and was read as UTC: not RFC 3339 */
  TRPT_DATETIME_LOWER_CASE = 2 /* `t` or `z`: RFC 3339 allows it, RFC 7493 s4.3 advises against it */
};

/* Reads a date-time of RFC 3339 s5.6, the time-offset of which may be absent. Any other text: false, and the
   out-parameters stay as they were. */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form);

#endif
