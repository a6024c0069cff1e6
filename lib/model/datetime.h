/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_DATETIME_H
#define TRPT_LIB_DATETIME_H

/* The parser of date-times, for callers that also need to know the form. The file is not called time.h because that
   would hide the header of the C library. */

#include <stdbool.h>

#include <tlsrpt/time.h>

/* The form of a date-time. */
enum {
  TRPT_DATETIME_NO_ZONE = 1,    /* has no time-offset, against RFC 3339; read as UTC */
  TRPT_DATETIME_LOWER_CASE = 2, /* has `t` or `z`, which RFC 3339 allows and RFC 7493 s4.3 advises against */
  TRPT_DATETIME_OTHER = 4,      /* is not of RFC 3339, but no other instant can be meant */
  TRPT_DATETIME_DATE = 8        /* is a date alone; also has OTHER */
};

/* Parses a date-time of RFC 3339 s5.6, whose time-offset may be absent. Also parses these other forms: one blank for the "T",
   an offset without its colon, a time without seconds, a date alone (its first second), and Unix seconds of 1 to 11 digits.
   For any other text, returns false and leaves the out-parameters unchanged. */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form);

#endif
