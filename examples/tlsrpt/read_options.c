/* SPDX-License-Identifier: MIT */
#include "read_options.h"

#include <stdlib.h>

#include "../../lib/base/hostname.h"
#include "../../lib/base/text.h"
#include "allocate.h"
#include "mail_reader.h"

bool read_options_include(const read_options *options, trpt_str domain) {
  for (int i = 0; i < options->domain_count; i++)
    if (trpt_host_is_within(domain, trpt_str_of(options->domains[i]))) return true;
  return !options->domain_count;
}

void read_options_begin(read_options *options, int argc) {
  options->domains = allocate_zeros((size_t)argc + 1, sizeof *options->domains);
  options->authserv_ids = allocate_zeros((size_t)argc + 1, sizeof *options->authserv_ids);
}

void read_options_end(read_options *options) {
  free(options->domains);
  free(options->authserv_ids);
}

bool read_options_set_operands(const char *command, arguments *a, framing input) {
  static char stdin_path[] = "-";
  static char *stdin_only[] = {stdin_path};
  if (a->count == 0) {
    if (input == FRAMING_AUTO) {
      arguments_reject(command, "no PATH given", NULL);
      return false;
    }
    a->values = stdin_only;
    a->count = 1;
  }
  for (int i = 0; i < a->count; i++)
    if (input == FRAMING_AUTO || strcmp(a->values[i], "-") == 0) return true;
  arguments_reject(command, "--input applies to standard input only; add the PATH", "-");
  return false;
}

bool read_options_are_valid(const char *command, const read_options *options) {
  const bool is_trusting = options->authserv_id_count || options->trust_topmost_results;
  if (options->require_dkim && !is_trusting) {
    arguments_reject(command, "--require-dkim needs --authserv-id or --trust-topmost-results", NULL);
    return false;
  }
  for (int i = 0; i < options->authserv_id_count; i++)
    if (!*options->authserv_ids[i]) {
      arguments_reject(command, "--authserv-id needs a name", NULL);
      return false;
    }
  if (is_trusting && !mail_reader_is_available()) {
    arguments_reject(command, "DKIM results need libtrpt-mail, which this build does not have", NULL);
    return false;
  }
  return true;
}

trpt_tokenizer read_options_tokenizer(const char *command, const char *value) {
  static const char *const names[] = {"builtin", "yajl", NULL};
  static const trpt_tokenizer tokenizers[] = {TRPT_TOKENIZER_BUILTIN, TRPT_TOKENIZER_YAJL};
  const int i = arguments_choose(command, "--tokenizer", value, names);
  return i < 0 ? i : tokenizers[i];
}
