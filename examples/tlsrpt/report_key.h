/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_KEY_H
#define TLSRPT_REPORT_KEY_H

/* The key of a report as two 64-bit numbers, for sets of keys. */

#include <stdint.h>

#include "../../lib/base/text.h"

enum { REPORT_KEY_DIGITS = 32, REPORT_KEY_HALF = REPORT_KEY_DIGITS / 2 };

/* `digits` must be REPORT_KEY_DIGITS hex digits. */
static inline void report_key_read(const char *digits, uint64_t halves[2]) {
  halves[0] = halves[1] = 0;
  for (int i = 0; i < REPORT_KEY_DIGITS; i++) {
    uint64_t *half = &halves[i / REPORT_KEY_HALF];
    *half = *half << 4 | trpt_hex_value((unsigned char)digits[i]);
  }
}

/* Writes the digits in lower case, followed by a NUL. */
static inline void report_key_write(const uint64_t halves[2], char digits[REPORT_KEY_DIGITS + 1]) {
  for (int i = 0; i < REPORT_KEY_DIGITS; i++)
    digits[i] = trpt_hex_digit((unsigned)(halves[i / REPORT_KEY_HALF] >> (60 - i % REPORT_KEY_HALF * 4) & 0xF));
  digits[REPORT_KEY_DIGITS] = '\0';
}

#endif
