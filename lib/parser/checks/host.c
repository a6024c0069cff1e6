/* SPDX-License-Identifier: MIT */
#include "host.h"

#include "../../base/text.h"
#include "../../base/word.h"
#include "checks.h"

/* A name is `label *("." label)` with labels of letters, digits and inner hyphens (RFC 952, RFC 1123 s2.1): what can stand
   in an MX record's host or behind "@". Underscores are legal in the DNS but in no host name. A last label of digits
   alone makes it an address, RFC 1123 s2.1. */

enum { NAME_MAX_LENGTH = 253, LABEL_MAX_LENGTH = 63 }; /* RFC 1035 s2.3.4, as text */

/* label = let-dig [*(let-dig / "-") let-dig] */
static bool is_label(const char *label, size_t len) {
  if (len == 0 || len > LABEL_MAX_LENGTH || label[0] == '-' || label[len - 1] == '-') return false;
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)label[i];
    if (!trpt_is_alpha(c) && !trpt_is_digit(c) && c != '-') return false;
  }
  return true;
}

static bool is_number(const char *label, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (!trpt_is_digit((unsigned char)label[i])) return false;
  return true;
}

/* The rule to the letter. */
static bool is_name(trpt_str name) {
  if (name.len > NAME_MAX_LENGTH) return false;
  const char *label = name.ptr;
  const char *end = name.ptr + name.len;
  for (;;) {
    const char *dot = memchr(label, '.', (size_t)(end - label));
    size_t len = (size_t)((dot ? dot : end) - label);
    if (!is_label(label, len)) return false;
    if (!dot) return !is_number(label, len);
    label = dot + 1;
  }
}

/* What was seen of a name in words of eight bytes; the highest bit of each byte counts. */
typedef struct name_look {
  uint64_t legal;  /* all were letters, digits, dots or hyphens, or not ASCII */
  uint64_t any;    /* some was not ASCII */
  uint64_t joined; /* two dots or hyphens stood side by side */
} name_look;

static inline void look_at_word(name_look *look, uint64_t word) {
  uint64_t letters = trpt_word_between(word | TRPT_WORD_OF(0x20), 'a', 'z');
  uint64_t digits = trpt_word_between(word, '0', '9');
  uint64_t marks = trpt_word_between(word, '-', '.');
  look->legal &= letters | digits | marks;
  look->any |= word;
  look->joined |= marks & marks << 8;
}

/* The common case of the rule: a name no longer than one label may be, with no two marks side by side, that ends in a
   letter. A false says nothing: is_name must look. Words overlap by one byte, so that each pair of neighbours is seen
   whatever the order of the bytes in a word. */
static bool is_plain_name(trpt_str name) {
  if (name.len == 0 || name.len > LABEL_MAX_LENGTH) return false;
  unsigned char first = (unsigned char)name.ptr[0];
  if (first == '.' || first == '-' || !trpt_is_alpha((unsigned char)name.ptr[name.len - 1])) return false;
  name_look look = {TRPT_WORD_HIGH_BITS, 0, 0};
  if (name.len < TRPT_WORD_SIZE) {
    look_at_word(&look, trpt_word_load_short(name.ptr, name.len));
  } else {
    size_t last = name.len - TRPT_WORD_SIZE;
    for (size_t at = 0; at < last; at += TRPT_WORD_SIZE - 1) look_at_word(&look, trpt_word_load(name.ptr + at));
    look_at_word(&look, trpt_word_load(name.ptr + last));
  }
  return (look.legal & ~look.any & ~look.joined & TRPT_WORD_HIGH_BITS) == TRPT_WORD_HIGH_BITS;
}

bool trpt_domain_is_host(trpt_str name) { return is_plain_name(name) || is_name(name); }

bool trpt_domain_is_mx_pattern(trpt_str pattern) {
  if (pattern.len > 2 && pattern.ptr[0] == '*' && pattern.ptr[1] == '.')
    pattern = (trpt_str){pattern.ptr + 2, pattern.len - 2};
  return trpt_domain_is_host(pattern);
}

static bool is_ascii(trpt_str text) {
  for (size_t i = 0; i < text.len; i++)
    if ((unsigned char)text.ptr[i] > 0x7F) return false;
  return true;
}

/* One trailing dot, which RFC 8460 does not mention, is told and left out. */
static trpt_str without_trailing_dot(trpt_str name, trpt_codes *codes) {
  if (name.len < 2 || name.ptr[name.len - 1] != '.') return name;
  trpt_codes_add(codes, TRPT_CODE_REPORT_TRAILING_DOT);
  return (trpt_str){name.ptr, name.len - 1};
}

bool trpt_check_policy_domain(trpt_str domain, trpt_codes *codes) {
  if (is_plain_name(domain)) return true;
  domain = without_trailing_dot(domain, codes);
  if (is_name(domain)) return true;
  /* U-labels are RFC 8460's own concern (s4.4), so they are told apart from what is no name at all. */
  trpt_codes_add(codes, is_ascii(domain) ? TRPT_CODE_REPORT_BAD_DOMAIN : TRPT_CODE_REPORT_POLICY_DOMAIN_NOT_A_LABEL);
  return false;
}

bool trpt_check_host(trpt_str host, trpt_codes *codes) {
  if (is_plain_name(host) || is_name(without_trailing_dot(host, codes))) return true;
  trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}

/* "mx: *.example.com": some senders copy the whole line of the policy. */
static trpt_str without_prefix(trpt_str pattern, trpt_codes *codes) {
  static const char prefix[] = "mx:";
  size_t len = sizeof prefix - 1;
  if (pattern.len < len || memcmp(pattern.ptr, prefix, len) != 0) return pattern;
  trpt_codes_add(codes, TRPT_CODE_REPORT_MX_HOST_PREFIX);
  while (len < pattern.len && (pattern.ptr[len] == ' ' || pattern.ptr[len] == '\t')) len++;
  return (trpt_str){pattern.ptr + len, pattern.len - len};
}

bool trpt_check_mx_pattern(trpt_str pattern, trpt_codes *codes) {
  if (trpt_domain_is_mx_pattern(pattern)) return true;
  pattern = without_prefix(pattern, codes);
  pattern = without_trailing_dot(pattern, codes);
  if (!trpt_domain_is_mx_pattern(pattern)) trpt_codes_add(codes, TRPT_CODE_REPORT_BAD_DOMAIN);
  return false;
}
