/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_DAY_H
#define TLSRPT_DAY_H

/* Days in UTC as text, "2026-03-01". "" is an unknown day. */

#include <stdbool.h>
#include <stdint.h>

enum { DAY_SIZE = 11, SECONDS_PER_DAY = 86400 };

/* Converts a time to its day, or to "" for INT64_MIN; and a day to the number of days since 1970-01-01. */
void day_of(int64_t seconds, char *out);
int64_t day_number(const char *day);

/* Parses the value of an option as a day, or as a date-time of RFC 3339, whose day it takes. Returns false after printing
   a usage error. */
bool day_from_option(const char *command, const char *option_name, const char *value, char *day);

#endif
