/* SPDX-License-Identifier: MIT */
#include "day.h"

#include <string.h>

#include <tlsrpt/time.h>

#include "arguments.h"

void day_of(int64_t seconds, char *out) {
  char text[32];
  *out = '\0';
  if (seconds == INT64_MIN || trpt_time_format(seconds, text, sizeof text, NULL) != TRPT_OK) return;
  memcpy(out, text, DAY_SIZE - 1);
  out[DAY_SIZE - 1] = '\0';
}

int64_t day_number(const char *day) {
  char text[] = "0000-00-00T00:00:00Z";
  int64_t seconds;
  memcpy(text, day, DAY_SIZE - 1);
  return trpt_time_parse(text, sizeof text - 1, &seconds) == TRPT_OK ? seconds / SECONDS_PER_DAY : 0;
}

bool day_from_option(const char *command, const char *option_name, const char *value, char *day) {
  char text[] = "0000-00-00T00:00:00Z";
  const size_t len = strlen(value);
  const bool is_day = len == DAY_SIZE - 1;
  int64_t seconds;
  if (is_day) memcpy(text, value, len);
  if ((is_day && trpt_time_parse(text, sizeof text - 1, &seconds) == TRPT_OK) ||
      trpt_time_parse(value, len, &seconds) == TRPT_OK) {
    day_of(seconds, day);
    return true;
  }
  arguments_reject_value(command, option_name, "a day such as 2026-03-31", value);
  return false;
}
