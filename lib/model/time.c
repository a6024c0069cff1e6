/* SPDX-License-Identifier: MIT */
#include "../base/scan.h"
#include "../base/text.h"
#include "datetime.h"

/* One function per rule of RFC 3339 s5.6, in the order of the RFC. Years follow the proleptic Gregorian calendar. */

enum { SECONDS_PER_MINUTE = 60, SECONDS_PER_HOUR = 3600, SECONDS_PER_DAY = 86400 };

#define FIRST_SECOND INT64_C(-62167219200) /* 0000-01-01T00:00:00Z */
#define LAST_SECOND  INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

enum { DAYS_TO_1970 = 719468 }; /* from 0000-03-01 to 1970-01-01 */
enum { DAYS_PER_ERA = 146097 }; /* an era has 400 years, after which the calendar repeats */

typedef struct cursor {
  const char *at;
  const char *end;
} cursor;

/* Consumes a number of `count` digits. */
static bool take_number(cursor *c, int count, int *number) {
  if (c->end - c->at < count) return false;
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (!trpt_is_digit((unsigned char)c->at[i])) return false;
    value = value * 10 + (c->at[i] - '0');
  }
  c->at += count;
  *number = value;
  return true;
}

static bool take_byte(cursor *c, char byte) {
  if (c->at == c->end || *c->at != byte) return false;
  c->at++;
  return true;
}

/* Consumes a letter in either case, as RFC 3339 s5.6 allows. */
static bool take_letter(cursor *c, char upper, unsigned *form) {
  if (take_byte(c, upper)) return true;
  if (!take_byte(c, (char)(upper | 0x20))) return false;
  *form |= TRPT_DATETIME_LOWER_CASE;
  return true;
}

static bool is_leap_year(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int days_of_month(int year, int month) {
  static const uint8_t days[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap_year(year) ? 29 : days[month];
}

/* Days since 1970-01-01. Years begin in March here. The leap day is then the last day of a year, and every five months
   have 153 days. */
static int32_t days_from_date(int year, int month, int day) {
  const int from_march = month > 2 ? month - 3 : month + 9;
  const int shifted = month > 2 ? year : year - 1;
  int era = (shifted + 400) / 400 - 1; /* rounds down, even for year -1 */
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * from_march + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * DAYS_PER_ERA + day_of_era - DAYS_TO_1970;
}

/* Returns false if there is no such date. */
static bool day_of_date(int year, int month, int day, int32_t *days) {
  if (month < 1 || month > 12 || day < 1 || day > days_of_month(year, month)) return false;
  *days = days_from_date(year, month, day);
  return true;
}

/* Returns false if there is no such time. Second 60 is valid in any minute, because future leap seconds (s5.7) are unknown. */
static bool second_of_clock(int hour, int minute, int second, int32_t *seconds) {
  if (hour > 23 || minute > 59 || second > 60) return false;
  *seconds = hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE + second;
  return true;
}

/* full-date = date-fullyear "-" date-month "-" date-mday */
static bool take_full_date(cursor *c, int32_t *days) {
  int year, month, day;
  return take_number(c, 4, &year) && take_byte(c, '-') && take_number(c, 2, &month) && take_byte(c, '-') &&
         take_number(c, 2, &day) && day_of_date(year, month, day, days);
}

/* time-secfrac = "." 1*DIGIT. The fraction is ignored. */
static bool take_secfrac(cursor *c) {
  if (!take_byte(c, '.')) return true;
  const char *digits = c->at;
  while (c->at < c->end && trpt_is_digit((unsigned char)*c->at)) c->at++;
  return c->at > digits;
}

/* What another form has in place of what RFC 3339 requires. */
static bool take_other(bool is_there, unsigned *form) {
  if (is_there) *form |= TRPT_DATETIME_OTHER;
  return is_there;
}

/* partial-time = time-hour ":" time-minute ":" time-second [time-secfrac]. Another form has no seconds. */
static bool take_partial_time(cursor *c, int32_t *seconds, unsigned *form) {
  int hour, minute, second = 0;
  if (!take_number(c, 2, &hour) || !take_byte(c, ':') || !take_number(c, 2, &minute)) return false;
  const bool has_seconds = take_byte(c, ':');
  if (has_seconds && (!take_number(c, 2, &second) || !take_secfrac(c))) return false;
  take_other(!has_seconds, form);
  return second_of_clock(hour, minute, second, seconds);
}

/* time-offset = "Z" / ("+" / "-") time-hour ":" time-minute. "-00:00" means UTC with an unknown local offset (s4.3). */
static bool take_offset(cursor *c, int32_t *offset, unsigned *form) {
  *offset = 0;
  if (c->at == c->end) {
    *form |= TRPT_DATETIME_NO_ZONE;
    return true;
  }
  if (take_letter(c, 'Z', form)) return true;
  const bool is_west = take_byte(c, '-');
  if (!is_west && !take_byte(c, '+')) return false;
  int hour, minute;
  if (!take_number(c, 2, &hour)) return false;
  if (!take_byte(c, ':')) take_other(true, form);
  if (!take_number(c, 2, &minute) || !second_of_clock(hour, minute, 0, offset)) return false;
  if (is_west) *offset = -*offset;
  return true;
}

/* Another form: seconds since 1970. More digits would be milliseconds. */
static bool read_unix_seconds(const char *text, size_t len, int64_t *seconds, unsigned *form) {
  enum { MAX_DIGITS = 11 };
  int64_t value = 0;
  if (len == 0 || len > MAX_DIGITS) return false;
  for (size_t i = 0; i < len; i++) {
    if (!trpt_is_digit((unsigned char)text[i])) return false;
    value = value * 10 + (text[i] - '0');
  }
  *seconds = value;
  return take_other(true, form);
}

static bool take_separator(cursor *c, unsigned *form) {
  return take_letter(c, 'T', form) || take_other(take_byte(c, ' '), form);
}

static int two_digits(const char *text) { return (text[0] - '0') * 10 + (text[1] - '0'); }

/* "YYYY-MM-DDTHH:MM:SSZ", as nearly all senders write it. Returns false for anything else. */
static bool read_usual(const char *text, size_t len, int64_t *seconds) {
  static const char usual[] = "0000-00-00T00:00:00Z";
  enum { DIGITS = 0x6DB6F }; /* bit i: byte i is a digit */
  int32_t days, second;
  if (len != sizeof usual - 1 || trpt_scan_bits(text, len, trpt_block_digits) != DIGITS) return false;
  for (size_t i = 4; i < sizeof usual; i += 3)
    if (text[i] != usual[i]) return false;
  if (!day_of_date(two_digits(text) * 100 + two_digits(text + 2), two_digits(text + 5), two_digits(text + 8), &days) ||
      !second_of_clock(two_digits(text + 11), two_digits(text + 14), two_digits(text + 17), &second))
    return false;
  *seconds = (int64_t)days * SECONDS_PER_DAY + second;
  return true;
}

/* date-time = full-date "T" full-time */
bool trpt_datetime_read(const char *text, size_t len, int64_t *seconds, unsigned *form) {
  cursor c = {text, text + len};
  unsigned seen = 0;
  int32_t days, second = 0, offset = 0;
  if (read_usual(text, len, seconds)) {
    *form = 0;
    return true;
  }
  if (!take_full_date(&c, &days)) return read_unix_seconds(text, len, seconds, form);
  if (c.at == c.end)
    seen = TRPT_DATETIME_OTHER | TRPT_DATETIME_DATE;
  else if (!take_separator(&c, &seen) || !take_partial_time(&c, &second, &seen) || !take_offset(&c, &offset, &seen))
    return false;
  if (c.at != c.end) return false;
  *seconds = (int64_t)days * SECONDS_PER_DAY + second - offset;
  *form = seen;
  return true;
}

trpt_status trpt_time_parse(const char *text, size_t len, int64_t *seconds) {
  if (!seconds) return TRPT_E_ARGUMENT;
  *seconds = INT64_MIN;
  if (!text) return TRPT_E_ARGUMENT;
  int64_t value = 0;
  unsigned form = 0;
  if (!trpt_datetime_read(text, len, &value, &form)) return TRPT_E_SYNTAX;
  if (form & (TRPT_DATETIME_NO_ZONE | TRPT_DATETIME_OTHER)) return TRPT_E_SYNTAX;
  *seconds = value;
  return TRPT_OK;
}

/* The inverse of days_from_date, for days from 0000-01-01 on. */
static void date_from_days(int32_t days, unsigned *year, unsigned *month, unsigned *day) {
  /* Adds an era, since January and February of year 0 precede 0000-03-01. */
  const unsigned shifted = (unsigned)(days + DAYS_TO_1970 + DAYS_PER_ERA);
  const unsigned era = shifted / DAYS_PER_ERA;
  const unsigned day_of_era = shifted % DAYS_PER_ERA;
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned from_march = (5 * day_of_year + 2) / 153;
  *day = day_of_year - (153 * from_march + 2) / 5 + 1;
  *month = from_march < 10 ? from_march + 3 : from_march - 9;
  *year = era * 400 + year_of_era + (*month <= 2) - 400;
}

static void put_number(char *to, int count, unsigned number) {
  for (int i = count - 1; i >= 0; i--, number /= 10) to[i] = (char)('0' + number % 10);
}

trpt_status trpt_time_format(int64_t seconds, char *buffer, size_t capacity, size_t *needed) {
  if (needed) *needed = 0;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return TRPT_E_ARGUMENT;
  const uint64_t since_first = (uint64_t)(seconds - FIRST_SECOND);
  const int32_t days = (int32_t)(since_first / SECONDS_PER_DAY) + (int32_t)(FIRST_SECOND / SECONDS_PER_DAY);
  const unsigned second_of_day = (unsigned)(since_first % SECONDS_PER_DAY);
  unsigned year, month, day;
  date_from_days(days, &year, &month, &day);
  char text[] = "0000-00-00T00:00:00Z";
  put_number(text, 4, year);
  put_number(text + 5, 2, month);
  put_number(text + 8, 2, day);
  put_number(text + 11, 2, second_of_day / SECONDS_PER_HOUR);
  put_number(text + 14, 2, second_of_day % SECONDS_PER_HOUR / SECONDS_PER_MINUTE);
  put_number(text + 17, 2, second_of_day % SECONDS_PER_MINUTE);
  return trpt_text_to_buffer(text, sizeof text - 1, buffer, capacity, needed);
}
