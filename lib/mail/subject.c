/* SPDX-License-Identifier: MIT */
#include "subject.h"

#include <string.h>

#include "mail_domain.h"

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* FWS, which is not empty here. */
static bool take_blanks(trpt_str *rest) {
  size_t n = 0;
  while (n < rest->len && is_blank(rest->ptr[n])) n++;
  rest->ptr += n;
  rest->len -= n;
  return n != 0;
}

/* The words of a label, with blanks between them and behind. */
static bool take_label(trpt_str *rest, const char *const *words) {
  for (; *words; words++) {
    const size_t len = strlen(*words);
    if (rest->len < len || memcmp(rest->ptr, *words, len) != 0) return false;
    rest->ptr += len;
    rest->len -= len;
    if (!take_blanks(rest)) return false;
  }
  return true;
}

static trpt_str take_word(trpt_str *rest) {
  trpt_str word = {rest->ptr, 0};
  while (word.len < rest->len && !is_blank(rest->ptr[word.len])) word.len++;
  rest->ptr += word.len;
  rest->len -= word.len;
  return word;
}

/* CFWS and the end: blanks and comments. */
static bool is_ended(trpt_str rest) {
  unsigned depth = 0;
  for (size_t i = 0; i < rest.len; i++) {
    const char c = rest.ptr[i];
    if (c == '\\' && depth) {
      i++;
    } else if (c == '(') {
      depth++;
    } else if (c == ')' && depth) {
      depth--;
    } else if (!depth && !is_blank(c)) {
      return false;
    }
  }
  return !depth;
}

trpt_subject trpt_subject_parse(trpt_str text) {
  static const char *const domain_label[] = {"Report", "Domain:", NULL};
  static const char *const submitter_label[] = {"Submitter:", NULL};
  static const char *const id_label[] = {"Report-ID:", NULL};
  trpt_subject subject = {0};
  trpt_str rest = text;
  if (!text.ptr) return subject;
  take_blanks(&rest);
  if (!take_label(&rest, domain_label)) return subject;
  subject.domain = take_word(&rest);
  if (!take_blanks(&rest) || !take_label(&rest, submitter_label)) return subject;
  subject.submitter = take_word(&rest);
  if (!take_blanks(&rest) || !take_label(&rest, id_label)) return subject;
  trpt_str id = take_word(&rest);
  const bool bracketed = id.len > 2 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>';
  if (bracketed) id = (trpt_str){id.ptr + 1, id.len - 2};
  subject.report_id = id;
  const char *at = memchr(id.ptr, '@', id.len);
  const bool has_sides = at && at > id.ptr && at + 1 < id.ptr + id.len;
  subject.is_valid = bracketed && has_sides && trpt_domain_is_valid(subject.domain, 2) &&
                     trpt_domain_is_valid(subject.submitter, 2) && is_ended(rest);
  return subject;
}
