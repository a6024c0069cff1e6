/* SPDX-License-Identifier: MIT */
#include "read_options.h"

#include "../../lib/base/hostname.h"
#include "../../lib/base/text.h"
#include "mail_reader.h"

bool read_options_has_domain(const read_options *options, trpt_str domain) {
  for (int i = 0; i < options->domain_count; i++)
    if (trpt_host_is_within(domain, trpt_str_of(options->domains[i]))) return true;
  return !options->domain_count;
}

bool read_options_take_input(const char *command, arguments *a, framing input) {
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

bool read_options_are_valid(const char *command, const read_options *options) {
  if (options->require_dkim && !options->authserv_id) {
    arguments_wrong(command, "--require-dkim needs --authserv-id", NULL);
    return false;
  }
  if (options->authserv_id && !mail_reader_is_available()) {
    arguments_wrong(command, "this build, which has no libtrpt-mail, cannot use --authserv-id", NULL);
    return false;
  }
  return true;
}

trpt_tokenizer read_options_tokenizer(const char *command, const char *value) {
  static const char *const names[] = {"builtin", "yajl", NULL};
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  int i = arguments_choose(command, "--tokenizer", value, names);
  return i < 0 ? i : tokenizers[i];
}
