/* SPDX-License-Identifier: MIT */
/* Date-times: an accepted time has the year of its text, and is the same after formatting and parsing it. */

#include <tlsrpt/time.h>

#include "fuzzing.h"

#define FIRST_SECOND INT64_C(-62167219200)
#define LAST_SECOND  INT64_C(253402300799)

static void check_round_trip(int64_t seconds) {
  char text[21];
  size_t needed;
  int64_t again;
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
    CHECK(trpt_time_format(seconds, text, sizeof text, &needed) == TRPT_E_ARGUMENT && needed == 0);
    return;
  }
  CHECK(trpt_time_format(seconds, text, sizeof text, &needed) == TRPT_OK && needed == 20 && strlen(text) == 20);
  CHECK(trpt_time_parse(text, 20, &again) == TRPT_OK && again == seconds);
}

/* The first four digits are the year; the offset may change it by a day. */
static void check_year(const char *text, int64_t seconds) {
  int64_t year = (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
  int64_t earliest = (year - 1970) * 31556952 - 3 * 86400;
  CHECK(seconds >= earliest && seconds <= earliest + 372 * INT64_C(86400));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  char *text = fuzz_copy(data, size);
  int64_t seconds;
  if (trpt_time_parse(text, size, &seconds) == TRPT_OK) {
    check_year(text, seconds);
    check_round_trip(seconds);
  } else {
    CHECK(seconds == INT64_MIN);
  }
  if (size >= sizeof seconds) {
    memcpy(&seconds, data, sizeof seconds);
    check_round_trip(seconds);
    check_round_trip(seconds % LAST_SECOND);
  }
  free(text);
  return 0;
}
