/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "../../model/datetime.h"

enum { SECONDS_PER_DAY = 86400 };

void trpt_check_time(trpt_str text, bool is_end, int64_t *seconds, trpt_codes *codes) {
  unsigned form = 0;
  *seconds = INT64_MIN;
  const bool is_time = trpt_datetime_read(text.ptr, text.len, seconds, &form);
  if (form & TRPT_DATETIME_DATE && is_end) *seconds += SECONDS_PER_DAY - 1;
  if (!codes) return;
  if (!is_time || form & TRPT_DATETIME_OTHER) trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DATETIME);
  if (form & TRPT_DATETIME_NO_ZONE) trpt_codes_add(codes, TRPT_CODE_REPORT_MISSING_TIMEZONE);
  if (form & TRPT_DATETIME_LOWER_CASE) trpt_codes_add(codes, TRPT_CODE_REPORT_LOWERCASE_DATETIME);
}

/* Seconds from one time to a later one. Never overflows. */
static uint64_t seconds_between(int64_t from, int64_t to) { return (uint64_t)to - (uint64_t)from; }

/* A full day of UTC, RFC 8460 s4.1. Senders write its end as the last second of the day, as in RFC 8460 appendix B, or as the
   first second of the next day, since RFC 3339 has no 24:00. */
static bool is_utc_day(int64_t start, uint64_t length) {
  return start % SECONDS_PER_DAY == 0 && (length == SECONDS_PER_DAY || length == SECONDS_PER_DAY - 1);
}

void trpt_check_window(int64_t start, int64_t end, int64_t now, trpt_codes *codes) {
  /* Only the most specific problem with the length is reported: a window of a week is not a day either. */
  if (end < start)
    trpt_codes_add(codes, TRPT_CODE_REPORT_END_BEFORE_START);
  else if (end == start)
    trpt_codes_add(codes, TRPT_CODE_REPORT_ZERO_WINDOW);
  else if (seconds_between(start, end) > SECONDS_PER_DAY)
    trpt_codes_add(codes, TRPT_CODE_REPORT_WINDOW_TOO_LONG);
  else if (!is_utc_day(start, seconds_between(start, end)))
    trpt_codes_add(codes, TRPT_CODE_REPORT_WINDOW_NOT_UTC_DAY);
  /* One day of tolerance for wrong clocks and for senders that write local times as UTC. */
  if (now != 0 && end > now && seconds_between(now, end) > SECONDS_PER_DAY)
    trpt_codes_add(codes, TRPT_CODE_REPORT_FUTURE_WINDOW);
}
