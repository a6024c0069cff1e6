/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_NUMBER_H
#define TRPT_LIB_NUMBER_H

/* Reads JSON numbers (RFC 8259 s6) digit by digit, in constant memory and without loss: a count of RFC 8460 s4.4 may be
   written 5, 5.0 or 50e-1. */

#include <stdbool.h>
#include <stdint.h>

#include <tlsrpt/status.h>

typedef enum trpt_number_class {
  TRPT_NUMBER_COUNT,      /* an integer from 0 to 2^64-1: `value` */
  TRPT_NUMBER_NEGATIVE,   /* below 0 */
  TRPT_NUMBER_FRACTIONAL, /* not negative, not an integer */
  TRPT_NUMBER_HUGE        /* 2^64 or above */
} trpt_number_class;

typedef struct trpt_number {
  uint64_t value;
  trpt_number_class class;
  bool plain;         /* digits alone: no sign, fraction or exponent */
  bool beyond_double; /* greater magnitude or precision than a double has, RFC 7493 s2.2 */
} trpt_number;

/* Above this not every integer is a double, RFC 7493 s2.2. */
#define TRPT_NUMBER_EXACT UINT64_C(9007199254740991)

/* How many digits of an integer are kept as they were written: those of 2^64-1. */
enum { TRPT_NUMBER_DIGITS = 20 };

typedef struct trpt_number_reader {
  uint64_t significand; /* the digits up to the last one that is not 0 */
  uint64_t digits;      /* number of those digits, from the first one that is not 0 */
  uint64_t zeros;       /* zeros after them */
  uint64_t fraction;    /* digits after the point */
  uint64_t exponent;    /* without its sign; saturates at EXPONENT_LIMIT */
  uint8_t state;
  bool negative;
  bool exponent_negative;
  bool overflow;    /* the significand does not fit */
  uint8_t text_len; /* of the integer digits, TRPT_NUMBER_DIGITS + 1 if there are more than fit */
  char text[TRPT_NUMBER_DIGITS];
} trpt_number_reader;

void trpt_number_begin(trpt_number_reader *reader);

/* Reads bytes as long as they belong to the number. If `*p` is below `end` afterwards, the number ended there; false means
   at a byte that no number can have there. */
bool trpt_number_read(trpt_number_reader *reader, const unsigned char **p, const unsigned char *end);

/* Whether the bytes so far are a complete number. "-", "1." and "1e" are not. */
bool trpt_number_is_whole(const trpt_number_reader *reader);

trpt_number trpt_number_value(const trpt_number_reader *reader);

/* The digits before the point as they were written; absent if there are more than TRPT_NUMBER_DIGITS. */
trpt_str trpt_number_text(const trpt_number_reader *reader);

/* Reads decimal digits and nothing else, at least one, up to 2^64-1; zeros may precede them. */
bool trpt_number_read_digits(trpt_str text, uint64_t *value);

#endif
