/* SPDX-License-Identifier: MIT */
#include "tlsa.h"

#include "../base/scan.h"
#include "../base/text.h"

enum { FIELD_MAX = 255 }; /* each number is one octet, RFC 6698 s2.1 */

/* Consumes a decimal number and the whitespace after it. Numbers above 255 become 256. Line ends count as whitespace,
   since the sample in RFC 8460 s4.5 has hex data on several lines. */
static bool take_field(trpt_str *text, uint32_t *field) {
  if (text->len > 2 && trpt_is_digit((unsigned char)text->ptr[0]) && text->ptr[1] == ' ' && text->ptr[2] > ' ') {
    *field = (uint32_t)(text->ptr[0] - '0'); /* as nearly all are written */
    *text = trpt_str_from(*text, 2);
    return true;
  }
  size_t len = 0;
  uint32_t value = 0;
  for (; len < text->len && trpt_is_digit((unsigned char)text->ptr[len]); len++) {
    value = value * 10 + (uint32_t)(text->ptr[len] - '0');
    if (value > FIELD_MAX) value = FIELD_MAX + 1;
  }
  if (len == 0 || len == text->len || !trpt_is_space(text->ptr[len])) return false;
  *field = value;
  *text = trpt_trim_space(trpt_str_from(*text, len));
  return true;
}

static inline trpt_block hex_digits(trpt_block v) {
  return trpt_block_or(trpt_block_digits(v), trpt_block_in(trpt_block_small(v), 'a', 'f'));
}

/* Fast path: returns true if all bytes are hex digits. false means undecided; the caller falls back to a loop. */
static bool is_plain_hex(trpt_str text) {
  if (text.len < 16) return false;
  const size_t last = text.len - 16;
  trpt_block all = hex_digits(trpt_block_load(text.ptr + last));
  for (size_t at = 0; at < last; at += 16) all = trpt_block_and(all, hex_digits(trpt_block_load(text.ptr + at)));
  return trpt_block_bits(all) == 0xFFFF;
}

/* Counts hex digits and skips the whitespace that zone files allow between them, RFC 6698 s2.2. The text must be
   trimmed and not empty, so that `true` implies at least one digit. */
static bool count_hex(trpt_str text, size_t *digits) {
  if (is_plain_hex(text)) {
    *digits = text.len;
    return true;
  }
  *digits = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (trpt_is_hex((unsigned char)text.ptr[i]))
      ++*digits;
    else if (!trpt_is_space(text.ptr[i]))
      return false;
  }
  return true;
}

trpt_tlsa_verdict trpt_tlsa_read(trpt_str text, trpt_tlsa *out, size_t *digits) {
  trpt_tlsa record = {0, 0, 0, 0, {NULL, 0}};
  size_t count;
  trpt_str rest = trpt_trim_space(text);
  if (!take_field(&rest, &record.usage) || !take_field(&rest, &record.selector) ||
      !take_field(&rest, &record.matching_type))
    return TRPT_TLSA_BAD_SYNTAX;
  if (!count_hex(rest, &count) || count % 2 != 0) return TRPT_TLSA_BAD_SYNTAX;
  if (record.usage > FIELD_MAX || record.selector > FIELD_MAX || record.matching_type > FIELD_MAX)
    return TRPT_TLSA_OUT_OF_RANGE;
  record.data = rest;
  *out = record;
  *digits = count;
  return TRPT_TLSA_GOOD;
}

trpt_status trpt_tlsa_parse(const char *text, size_t len, trpt_tlsa *out) {
  if (!out) return TRPT_E_ARGUMENT;
  memset(out, 0, sizeof *out);
  if (!text) return TRPT_E_ARGUMENT;
  size_t digits;
  return trpt_tlsa_read((trpt_str){text, len}, out, &digits) == TRPT_TLSA_GOOD ? TRPT_OK : TRPT_E_SYNTAX;
}
