/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include <tlsrpt/policy.h>

#include "../../base/scan.h"
#include "../../base/text.h"
#include "../../model/sts_lines.h"

/* RFC 8460 s7: reports are untrusted, and their texts are shown to people. Most texts are printable ASCII without "<", which is
   verified sixteen bytes at a time. Any other text is checked byte by byte. */

enum { CONTROL_CHARS = 1, MARKUP = 2, ALL_FOUND = CONTROL_CHARS | MARKUP };

/* Of the characters beyond ASCII only these matter: U+0080 to U+009F (C1), U+2028 to U+202E (line and paragraph
   separator, embeddings and overrides of direction) and U+2066 to U+2069 (isolates): UTF-8 C2, E2 80 and E2 81. */
enum { LEAD_C1 = 0xC2, LEAD_GENERAL_PUNCTUATION = 0xE2 };

/* All but printable ASCII other than "<". */
static inline trpt_block unusual(trpt_block v) {
  return trpt_block_or(trpt_block_is(v, '<'), trpt_block_in(v, 0x7F, 0x1F));
}

static bool is_plain_text(trpt_str text) {
  if (text.len < 16) {
    const unsigned bits = trpt_block_bits(unusual(trpt_block_load_short(text.ptr, text.len)));
    return !(bits & ((1U << text.len) - 1));
  }
  const size_t last = text.len - 16;
  trpt_block seen = trpt_block_or(unusual(trpt_block_load(text.ptr)), unusual(trpt_block_load(text.ptr + last)));
  for (size_t at = 16; at < last; at += 16) seen = trpt_block_or(seen, unusual(trpt_block_load(text.ptr + at)));
  return !trpt_block_bits(seen);
}

static bool is_between(unsigned char c, unsigned first, unsigned last) { return c - first <= last - first; }

static bool is_control(const unsigned char *at, size_t left) {
  if (at[0] < 0x20 || at[0] == 0x7F) return true;
  if (at[0] == LEAD_C1) return left > 1 && is_between(at[1], 0x80, 0x9F);
  if (at[0] != LEAD_GENERAL_PUNCTUATION || left < 3) return false;
  return (at[1] == 0x80 && is_between(at[2], 0xA8, 0xAE)) || (at[1] == 0x81 && is_between(at[2], 0xA6, 0xA9));
}

/* The start of an HTML tag, end tag, comment, declaration or processing instruction. */
static bool is_markup(const unsigned char *at, size_t left) {
  if (at[0] != '<' || left < 2) return false;
  return trpt_is_alpha(at[1]) || at[1] == '/' || at[1] == '!' || at[1] == '?';
}

static unsigned look_at_bytes(trpt_str text) {
  unsigned found = 0;
  const unsigned char *bytes = (const unsigned char *)text.ptr;
  for (size_t i = 0; i < text.len && found != ALL_FOUND; i++) {
    if (is_between(bytes[i], '<' + 1, 0x7E)) continue; /* most bytes */
    if (is_control(bytes + i, text.len - i)) found |= CONTROL_CHARS;
    if (is_markup(bytes + i, text.len - i)) found |= MARKUP;
  }
  return found;
}

static void add_found(unsigned found, trpt_codes *codes) {
  if (found & CONTROL_CHARS) trpt_codes_add(codes, TRPT_CODE_REPORT_CONTROL_CHARS);
  if (found & MARKUP) trpt_codes_add(codes, TRPT_CODE_REPORT_MARKUP);
}

static void check_bytes(trpt_str text, trpt_codes *codes) { add_found(look_at_bytes(text), codes); }

static void check_length(trpt_str text, trpt_codes *codes) {
  if (text.len > TRPT_LONG_STRING) trpt_codes_add(codes, TRPT_CODE_REPORT_LONG_STRING);
}

void trpt_check_characters(trpt_str text, trpt_codes *codes) {
  if (!is_plain_text(text)) check_bytes(text, codes);
}

bool trpt_check_text(trpt_str text, trpt_codes *codes) {
  trpt_check_characters(text, codes);
  check_length(text, codes);
  return true;
}

/* The value of an MTA-STS line, since the key and what surrounds the value are legal, RFC 8461 s3.2; the whole text if it is not
   such a line. A line feed is not part of a line, so a text that ends in one is checked as a whole. */
static trpt_str part_to_check(trpt_str text) {
  trpt_str key, value;
  if (text.ptr[text.len - 1] == '\n') return text;
  return trpt_sts_line_parse(text.ptr, text.len, &key, &value) == TRPT_OK ? value : text;
}

/* All lines of an MTA-STS policy in one string. */
static void check_joined_lines(trpt_str text, bool is_plain, trpt_codes *codes) {
  unsigned found = 0;
  trpt_str longest = {NULL, 0};
  while (text.ptr) {
    const trpt_str line = trpt_sts_next_line(&text);
    if (!is_plain && line.len) found |= look_at_bytes(part_to_check(line));
    if (line.len > longest.len) longest = line;
  }
  add_found(found, codes);
  check_length(longest, codes);
}

bool trpt_check_policy_line(trpt_str text, trpt_codes *codes) {
  const bool is_plain = is_plain_text(text);
  if (is_plain && text.len <= TRPT_LONG_STRING) return true;
  if (trpt_sts_is_joined(text)) {
    check_joined_lines(text, is_plain, codes);
    return true;
  }
  if (!is_plain) check_bytes(part_to_check(text), codes);
  check_length(text, codes);
  return true;
}
