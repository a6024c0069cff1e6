/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TIME_H
#define TRPT_TIME_H

/**
 * @file
 * @brief Date-times of TLSRPT reports
 *
 * Converts RFC 3339 date-times, as in `start-datetime` and `end-datetime` of a report, to and from Unix seconds. The
 * functions use neither a locale nor the time zone of the machine, and allocate nothing. Any thread may call them.
 */

#include <tlsrpt/status.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * Parses a date-time of RFC 3339 s5.6, such as "2016-04-01T00:00:00Z" or "2016-04-01T02:00:00.5+02:00", into seconds
 * since 1970-01-01T00:00:00Z. A fraction is dropped, second 60 is the next second, and `t` and `z` count as `T` and
 * `Z`.
 *
 * @return TRPT_OK; TRPT_E_SYNTAX for a text that is not such a date-time (`*seconds` is then INT64_MIN);
 *          TRPT_E_ARGUMENT
 */
TRPT_API trpt_status trpt_time_parse(const char *text, size_t len, int64_t *seconds);

/**
 * Writes seconds since 1970-01-01T00:00:00Z as "2016-04-01T00:00:00Z" and a NUL to `buffer`.
 *
 * @param capacity  bytes of `buffer`; with `buffer == NULL` and 0 only `*needed` is set
 * @param needed    length of the text without the NUL: 20; may be NULL
 * @return TRPT_OK; TRPT_E_BUFFER, with `buffer` untouched, if `capacity` is not above `*needed`; TRPT_E_ARGUMENT, also
 *         for a time outside of the years 0000 to 9999, which RFC 3339 cannot express
 */
TRPT_API trpt_status trpt_time_format(int64_t seconds, char *buffer, size_t capacity, size_t *needed);

#ifdef __cplusplus
}
#endif

#endif
