/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include <stdbool.h>

#include "../../base/scan.h"
#include "../../base/text.h"

/* addr-spec of RFC 5322 s3.4.1, without comments and folding, which belong in header fields, and without the obsolete forms. One
   function for each rule; each consumes what matches at the cursor. */

typedef struct cursor {
  const char *at;
  const char *end;
} cursor;

/* The text inside quotes or brackets: VCHAR and blanks. */
static bool is_text(char c) { return (c >= 0x20 && c < 0x7F) || c == '\t'; }

static bool take_byte(cursor *c, char byte) {
  if (c->at == c->end || *c->at != byte) return false;
  c->at++;
  return true;
}

/* dot-atom-text = 1*atext *("." 1*atext) */
static bool take_dot_atom(cursor *c) {
  do {
    const char *atom = c->at;
    while (c->at < c->end && trpt_is_atext(*c->at)) c->at++;
    if (c->at == atom) return false;
  } while (take_byte(c, '.'));
  return true;
}

/* quoted-string = DQUOTE *([FWS] (qtext / quoted-pair)) [FWS] DQUOTE, on one line; called after its first byte */
static bool take_quoted_string(cursor *c) {
  while (c->at < c->end && *c->at != '"') {
    if (*c->at == '\\') c->at++;
    if (c->at == c->end || !is_text(*c->at)) return false;
    c->at++;
  }
  return take_byte(c, '"');
}

/* domain-literal = "[" *([FWS] dtext) [FWS] "]", on one line; called after its first byte */
static bool take_domain_literal(cursor *c) {
  while (c->at < c->end && is_text(*c->at) && *c->at != '[' && *c->at != ']' && *c->at != '\\') c->at++;
  return take_byte(c, ']');
}

/* addr-spec = local-part "@" domain */
static bool is_addr_spec(trpt_str text) {
  cursor c = {text.ptr, text.ptr + text.len};
  if (!(take_byte(&c, '"') ? take_quoted_string(&c) : take_dot_atom(&c))) return false;
  if (!take_byte(&c, '@')) return false;
  return (take_byte(&c, '[') ? take_domain_literal(&c) : take_dot_atom(&c)) && c.at == c.end;
}

static inline trpt_block signs(trpt_block v) { return trpt_block_is(v, '@'); }
static inline trpt_block dots_and_signs(trpt_block v) { return trpt_block_or(trpt_block_is(v, '.'), signs(v)); }
static inline trpt_block letters_digits_and_hyphens(trpt_block v) {
  return trpt_block_or(trpt_block_letters_and_digits(v), trpt_block_is(v, '-'));
}

/* Accepts most valid texts, without a branch that depends on the text: two dot-atoms of letters, digits and hyphens. false means
   undecided. */
static inline bool is_plain_addr_spec(trpt_str text) {
  if (text.len - 1 >= TRPT_SCAN_MOST) return false;
  const uint64_t sign = trpt_scan_bits(text.ptr, text.len, signs);
  const uint64_t mark = trpt_scan_bits(text.ptr, text.len, dots_and_signs);
  const uint64_t other = trpt_scan_bits(text.ptr, text.len, letters_digits_and_hyphens);
  const uint64_t wrong = ((other | mark) ^ trpt_scan_all(text.len)) | (mark & (mark << 1 | 1)) |
                         mark >> (text.len - 1) | (sign & (sign - 1));
  return !wrong && sign;
}

bool trpt_check_contact(trpt_str contact, trpt_codes *codes) {
  if (is_plain_addr_spec(contact)) return true;
  if (!is_addr_spec(contact)) trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_CONTACT_INFO);
  return false; /* a quoted string or domain literal may contain "<b>" and tabs */
}
