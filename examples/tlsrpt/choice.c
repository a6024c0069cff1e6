/* SPDX-License-Identifier: MIT */
#include "choice.h"

#include <string.h>
#include <strings.h>

#include "mails.h"

static size_t length_without_dot(const char *domain, size_t len) {
  return len && domain[len - 1] == '.' ? len - 1 : len;
}

bool choice_has_domain(const choice *c, trpt_str domain) {
  const size_t len = length_without_dot(domain.ptr, domain.len);
  for (int i = 0; i < c->domain_count; i++) {
    const size_t asked = length_without_dot(c->domains[i], strlen(c->domains[i]));
    if (asked > len || strncasecmp(domain.ptr + len - asked, c->domains[i], asked) != 0) continue;
    if (asked == len || domain.ptr[len - asked - 1] == '.') return true;
  }
  return !c->domain_count;
}

bool choice_take_input(const char *command, arguments *a, framing input) {
  static char standard_input[] = "-";
  static char *only_it[] = {standard_input};
  if (a->count == 0) {
    if (input == FRAMING_AUTO) {
      arguments_wrong(command, "no report was named", NULL);
      return false;
    }
    a->values = only_it;
    a->count = 1;
  }
  for (int i = 0; i < a->count; i++)
    if (input == FRAMING_AUTO || strcmp(a->values[i], "-") == 0) return true;
  arguments_wrong(command, "--input is for standard input: name it as", "-");
  return false;
}

bool choice_is_complete(const char *command, const choice *c) {
  if (c->require_dkim && !c->authserv_id) {
    arguments_wrong(command, "--require-dkim needs --authserv-id", NULL);
    return false;
  }
  if (c->authserv_id && !mails_are_read()) {
    arguments_wrong(command, "this build, which has no libtrpt-mail, cannot use --authserv-id", NULL);
    return false;
  }
  return true;
}
