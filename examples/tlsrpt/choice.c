/* SPDX-License-Identifier: MIT */
#include "choice.h"

#include "../../lib/base/hostname.h"
#include "../../lib/base/text.h"
#include "mails.h"

bool choice_has_domain(const choice *c, trpt_str domain) {
  for (int i = 0; i < c->domain_count; i++)
    if (trpt_host_is_within(domain, trpt_str_of(c->domains[i]))) return true;
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
