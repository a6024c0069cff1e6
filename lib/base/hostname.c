/* SPDX-License-Identifier: MIT */
#include "hostname.h"

#include "scan.h"
#include "text.h"
#include "word.h"

static bool is_host_byte(unsigned char c) { return trpt_is_alpha(c) || trpt_is_digit(c) || c == '-'; }

/* label = let-dig [*(let-dig / "-") let-dig] */
static trpt_host_verdict check_label(const char *label, size_t len) {
  if (len == 0 || label[0] == '-' || label[len - 1] == '-') return TRPT_HOST_BAD_LABEL;
  if (len > TRPT_LABEL_MAX_LEN) return TRPT_HOST_LONG_LABEL;
  for (size_t i = 0; i < len; i++)
    if (!is_host_byte((unsigned char)label[i])) return TRPT_HOST_BAD_LABEL;
  return TRPT_HOST_GOOD;
}

static bool is_number(const char *label, size_t len) {
  for (size_t i = 0; i < len; i++)
    if (!trpt_is_digit((unsigned char)label[i])) return false;
  return true;
}

/* Applies the full rule, label by label. */
static trpt_host_verdict check_labels(trpt_str name) {
  if (name.len == 0) return TRPT_HOST_BAD_LABEL;
  if (name.len > TRPT_HOST_MAX_LEN) return TRPT_HOST_TOO_LONG;
  const char *label = name.ptr;
  const char *end = name.ptr + name.len;
  for (;;) {
    const char *dot = memchr(label, '.', (size_t)(end - label));
    const size_t len = (size_t)((dot ? dot : end) - label);
    const trpt_host_verdict verdict = check_label(label, len);
    if (verdict != TRPT_HOST_GOOD) return verdict;
    if (!dot) return is_number(label, len) ? TRPT_HOST_ADDRESS : TRPT_HOST_GOOD;
    label = dot + 1;
  }
}

static inline trpt_block dots(trpt_block v) { return trpt_block_is(v, '.'); }
static inline trpt_block hyphens(trpt_block v) { return trpt_block_is(v, '-'); }

/* Accepts most valid names, without a branch that depends on the text: names that are no longer than a label and end with a
   letter. false means undecided; the caller falls back to check_labels. */
static inline bool is_plain_name(trpt_str name) {
  if (name.len == 0 || name.len > TRPT_LABEL_MAX_LEN) return false;
  const uint64_t legal = trpt_scan_bits(name.ptr, name.len, trpt_block_letters_and_digits);
  const uint64_t dot = trpt_scan_bits(name.ptr, name.len, dots);
  const uint64_t mark = dot | trpt_scan_bits(name.ptr, name.len, hyphens);
  /* Nothing else, no mark at an edge of the name, and none next to a dot. */
  const uint64_t wrong =
      ((legal | mark) ^ trpt_scan_all(name.len)) | (mark & 1) | (mark & dot << 1) | (dot & mark << 1);
  return !wrong && trpt_is_alpha((unsigned char)name.ptr[name.len - 1]);
}

trpt_host_verdict trpt_host_check(trpt_str name) { return is_plain_name(name) ? TRPT_HOST_GOOD : check_labels(name); }

static bool equal_nocase(const char *a, const char *b, size_t len) {
  if (len < TRPT_WORD_SIZE) return trpt_equal_nocase(a, b, len);
  const size_t last = len - TRPT_WORD_SIZE;
  for (size_t at = 0; at < last; at += TRPT_WORD_SIZE)
    if (!trpt_word_equal_nocase(trpt_word_load(a + at), trpt_word_load(b + at))) return false;
  return trpt_word_equal_nocase(trpt_word_load(a + last), trpt_word_load(b + last));
}

bool trpt_host_equal(trpt_str a, trpt_str b) {
  a = trpt_host_without_dot(a);
  b = trpt_host_without_dot(b);
  return a.len && a.len == b.len && equal_nocase(a.ptr, b.ptr, a.len);
}

bool trpt_host_is_within(trpt_str name, trpt_str parent) {
  name = trpt_host_without_dot(name);
  parent = trpt_host_without_dot(parent);
  if (!parent.len || name.len < parent.len) return false;
  const char *tail = name.ptr + (name.len - parent.len);
  return equal_nocase(tail, parent.ptr, parent.len) && (name.len == parent.len || tail[-1] == '.');
}
