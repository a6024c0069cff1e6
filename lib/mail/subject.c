/* SPDX-License-Identifier: MIT */
#include "subject.h"

#include "../base/hostname.h"
#include "../base/text.h"
#include "header_lines.h"

/* Removes leading folding whitespace. Returns false if there is none. */
static bool take_fws(trpt_str *rest) {
  const size_t before = rest->len;
  *rest = trpt_skip_wsp(*rest);
  return rest->len < before;
}

/* Removes the tokens of a label, each followed by whitespace. */
static bool take_label(trpt_str *rest, const char *const *tokens) {
  for (; *tokens; tokens++) {
    const size_t len = strlen(*tokens);
    if (rest->len < len || memcmp(rest->ptr, *tokens, len) != 0) return false;
    *rest = trpt_str_from(*rest, len);
    if (!take_fws(rest)) return false;
  }
  return true;
}

static trpt_str take_token(trpt_str *rest) {
  trpt_str token = {rest->ptr, 0};
  while (token.len < rest->len && !trpt_is_wsp(rest->ptr[token.len])) token.len++;
  *rest = trpt_str_from(*rest, token.len);
  return token;
}

/* Whether only whitespace and comments (CFWS) remain. */
static bool is_ended(trpt_str rest) {
  bool is_closed;
  return !trpt_header_skip_cfws(rest, &is_closed).len && is_closed;
}

/* The domain-name of RFC 8460 s5.3 has at least two labels. */
static bool is_domain_name(trpt_str name) { return trpt_host_is_valid(name) && memchr(name.ptr, '.', name.len); }

trpt_subject trpt_subject_parse(trpt_str text) {
  static const char *const domain_label[] = {"Report", "Domain:", NULL};
  static const char *const submitter_label[] = {"Submitter:", NULL};
  static const char *const id_label[] = {"Report-ID:", NULL};
  trpt_subject subject = {0};
  trpt_str rest = text;
  if (!text.ptr) return subject;
  take_fws(&rest);
  if (!take_label(&rest, domain_label)) return subject;
  subject.domain = take_token(&rest);
  if (!take_fws(&rest) || !take_label(&rest, submitter_label)) return subject;
  subject.submitter = take_token(&rest);
  if (!take_fws(&rest) || !take_label(&rest, id_label)) return subject;
  trpt_str id = take_token(&rest);
  const bool is_bracketed = id.len > 2 && id.ptr[0] == '<' && id.ptr[id.len - 1] == '>';
  if (is_bracketed) id = (trpt_str){id.ptr + 1, id.len - 2};
  subject.report_id = id;
  const char *at = memchr(id.ptr, '@', id.len);
  const bool has_sides = at && at > id.ptr && at + 1 < id.ptr + id.len;
  subject.is_valid = is_bracketed && has_sides && is_domain_name(subject.domain) && is_domain_name(subject.submitter) &&
                     is_ended(rest);
  return subject;
}
