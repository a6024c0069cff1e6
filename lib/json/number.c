/* SPDX-License-Identifier: MIT */
#include "number.h"

#include "../base/text.h"

/* States, named after what was read last. */
enum { START, MINUS, ZERO, INTEGER, POINT, FRACTION, E, E_SIGN, EXPONENT };

/* Larger than the number of digits in any possible input, so that no fraction can compensate it. */
#define EXPONENT_LIMIT (UINT64_C(1) << 62)

void trpt_number_begin(trpt_number_reader *reader) { *reader = (trpt_number_reader){0}; }

static bool multiply_add(uint64_t *value, uint64_t factor, uint64_t addend) {
  if (*value > (UINT64_MAX - addend) / factor) return false;
  *value = *value * factor + addend;
  return true;
}

/* Zeros wait until a digit follows, so that 1000…0e-99 stays exact. */
static void take_digit(trpt_number_reader *reader, unsigned digit) {
  if (digit == 0) {
    if (reader->digits) reader->zeros++;
    return;
  }
  for (; reader->zeros && !reader->overflow; reader->zeros--, reader->digits++)
    reader->overflow = !multiply_add(&reader->significand, 10, 0);
  reader->digits += reader->zeros + 1;
  reader->zeros = 0;
  if (!reader->overflow) reader->overflow = !multiply_add(&reader->significand, 10, digit);
}

static void take_exponent_digit(trpt_number_reader *reader, unsigned digit) {
  if (reader->exponent < EXPONENT_LIMIT / 16)
    reader->exponent = reader->exponent * 10 + digit;
  else
    reader->exponent = EXPONENT_LIMIT;
}

static void take_integer_digit(trpt_number_reader *reader, unsigned char c) {
  take_digit(reader, (unsigned)c - '0');
  if (reader->text_len < TRPT_NUMBER_DIGITS) reader->text[reader->text_len] = (char)c;
  if (reader->text_len <= TRPT_NUMBER_DIGITS) reader->text_len++;
}

/* The state after byte `c`, or -1 if the number ends before it. */
static int step(trpt_number_reader *reader, unsigned char c) {
  const bool digit = trpt_is_digit(c);
  const bool e = c == 'e' || c == 'E';
  switch (reader->state) {
  case START:
    if (c == '-') {
      reader->negative = true;
      return MINUS;
    }
    /* fall through */
  case MINUS:
    if (!digit) return -1;
    take_integer_digit(reader, c);
    return c == '0' ? ZERO : INTEGER;
  case INTEGER:
    if (digit) {
      take_integer_digit(reader, c);
      return INTEGER;
    }
    /* fall through */
  case ZERO: return c == '.' ? POINT : e ? E : -1;
  case FRACTION:
    if (e) return E;
    /* fall through */
  case POINT:
    if (!digit) return -1;
    take_digit(reader, (unsigned)c - '0');
    reader->fraction++;
    return FRACTION;
  case E:
    if (c == '+' || c == '-') {
      reader->exponent_negative = c == '-';
      return E_SIGN;
    }
    /* fall through */
  default: /* E_SIGN, EXPONENT */
    if (!digit) return -1;
    take_exponent_digit(reader, (unsigned)c - '0');
    return EXPONENT;
  }
}

bool trpt_number_is_whole(const trpt_number_reader *reader) {
  const uint8_t state = reader->state;
  return state == ZERO || state == INTEGER || state == FRACTION || state == EXPONENT;
}

bool trpt_number_read(trpt_number_reader *reader, const unsigned char **p, const unsigned char *end) {
  for (; *p < end; (*p)++) {
    const int state = step(reader, **p);
    if (state < 0) return trpt_number_is_whole(reader);
    reader->state = (uint8_t)state;
  }
  return true;
}

/* The power of ten to multiply the significand by. Both counts of digits are below 2^62, since each digit is a byte of
   input. */
static int64_t power(const trpt_number_reader *reader) {
  const int64_t exponent = reader->exponent_negative ? -(int64_t)reader->exponent : (int64_t)reader->exponent;
  return exponent - (int64_t)reader->fraction + (int64_t)reader->zeros;
}

/* RFC 7493 s2.2: more than 17 digits, an integer that has no exact double, or beyond 10^308 either way. */
static bool is_beyond_double(const trpt_number_reader *reader, const trpt_number *number) {
  if (reader->digits == 0) return false;
  if (reader->digits > 17) return true;
  if (number->class == TRPT_NUMBER_COUNT && number->value > TRPT_NUMBER_EXACT) return true;
  const int64_t magnitude = power(reader) + (int64_t)reader->digits;
  return magnitude > 308 || magnitude < -307;
}

trpt_number trpt_number_value(const trpt_number_reader *reader) {
  trpt_number number = {0, TRPT_NUMBER_COUNT, false, false};
  number.plain = !reader->negative && (reader->state == ZERO || reader->state == INTEGER);
  if (reader->digits) {
    int64_t zeros = power(reader);
    number.value = reader->significand;
    if (reader->negative)
      number.class = TRPT_NUMBER_NEGATIVE;
    else if (zeros < 0)
      number.class = TRPT_NUMBER_FRACTIONAL;
    else if (reader->overflow || zeros > 19)
      number.class = TRPT_NUMBER_HUGE;
    for (; number.class == TRPT_NUMBER_COUNT && zeros > 0; zeros--)
      if (!multiply_add(&number.value, 10, 0)) number.class = TRPT_NUMBER_HUGE;
    if (number.class != TRPT_NUMBER_COUNT) number.value = 0;
  }
  number.beyond_double = is_beyond_double(reader, &number);
  return number;
}

trpt_str trpt_number_text(const trpt_number_reader *reader) {
  if (reader->text_len > TRPT_NUMBER_DIGITS) return (trpt_str){NULL, 0};
  return (trpt_str){reader->text, reader->text_len};
}

bool trpt_number_read_digits(trpt_str text, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (!trpt_is_digit(c) || !multiply_add(value, 10, (uint64_t)c - '0')) return false;
  }
  return text.len != 0;
}
