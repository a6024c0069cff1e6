/* SPDX-License-Identifier: MIT */
#include "read_options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../lib/base/text.h"
#include "allocate.h"
#include "jobs.h"
#include "mail_reader.h"
#include "standard_output.h"

static void begin_domains(domain_list *list, size_t capacity) {
  list->names = allocate_zeros(capacity, sizeof *list->names);
  list->a_labels = allocate_zeros(capacity, sizeof *list->a_labels);
}

static void end_domains(domain_list *list) {
  for (int i = 0; i < list->count; i++) free(list->a_labels[i]);
  free(list->a_labels);
  free(list->names);
}

void read_options_begin(read_options *options, int argc) {
  const size_t capacity = (size_t)argc + 1;
  begin_domains(&options->filter.domains, capacity);
  begin_domains(&options->own_domains, capacity);
  options->authserv_ids = allocate_zeros(capacity, sizeof *options->authserv_ids);
}

void read_options_end(read_options *options) {
  end_domains(&options->filter.domains);
  end_domains(&options->own_domains);
  free(options->authserv_ids);
}

/* Where the value of a limit goes. */
typedef struct limit_slot {
  enum { NOWHERE, NARROW, WIDE } kind;
  size_t offset;
} limit_slot;

#define NARROW_MAX UINT32_MAX
#define WIDE_MAX   INT64_MAX
static const struct {
  const char *name;
  limit_slot slots[2];
  int64_t largest;
} limits[] = {
#define LIMIT(id, name, kind, member, other_kind, other_member, largest)                                               \
  [READ_MAX_##id] = {                                                                                                  \
      name, {{kind, offsetof(read_options, member)}, {other_kind, offsetof(read_options, other_member)}}, largest},
    READ_LIMITS(LIMIT)
#undef LIMIT
};

static bool take_limit(read_options *o, const char *command, read_option i, const char *value) {
  const int64_t number = arguments_number(command, limits[i].name, value, limits[i].largest);
  for (size_t k = 0; k < 2 && number > 0; k++) {
    const limit_slot *slot = &limits[i].slots[k];
    void *member = (char *)o + slot->offset;
    if (slot->kind == WIDE)
      *(uint64_t *)member = (uint64_t)number;
    else if (slot->kind == NARROW)
      *(uint32_t *)member = (uint32_t)number;
  }
  return number > 0;
}

static bool take_jobs(read_options *o, const char *command, const char *value) {
  const int64_t number = arguments_number(command, "--jobs", value, JOBS_MAX);
  o->jobs = number > 0 ? (unsigned)number : 1;
  return number > 0;
}

bool read_options_take(read_options *o, const char *command, read_option i, const char *value) {
  switch (i) {
  case READ_INPUT: return (o->input = framing_from_option(command, value)) >= 0;
  case READ_DOMAIN: o->filter.domains.names[o->filter.domains.count++] = value; return true;
  case READ_SINCE: return day_from_option(command, "--since", value, o->filter.since);
  case READ_UNTIL: return day_from_option(command, "--until", value, o->filter.until);
  case READ_ONLY_FAILURES: o->filter.only_failures = true; return true;
  case READ_AUTHSERV_ID: o->authserv_ids[o->authserv_id_count++] = value; return true;
  case READ_TRUST_TOPMOST_RESULTS: o->trust_topmost_results = true; return true;
  case READ_REQUIRE_DKIM: o->require_dkim = true; return true;
  case READ_QUIET: o->quiet = true; return true;
  case READ_VERBOSE: o->verbose = true; return true;
  case READ_JOBS: return take_jobs(o, command, value);
  case READ_EXIT_ZERO: output_exit_zero(); return true;
  default: return (size_t)i < sizeof limits / sizeof limits[0] && take_limit(o, command, i, value);
  }
}

bool read_options_set_operands(const char *command, arguments *a, framing input) {
  static char stdin_path[] = "-";
  static char *stdin_only[] = {stdin_path};
  if (a->count == 0) {
    if (input == FRAMING_AUTO && isatty(STDIN_FILENO)) {
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

/* A value that is no name would leave out every report, or mark it. */
static bool complete_domains(const char *command, const char *option_name, domain_list *list) {
  for (int i = 0; i < list->count; i++) {
    const char *needed = domain_list_complete(list, i);
    if (needed) {
      arguments_reject_value(command, option_name, needed, list->names[i]);
      return false;
    }
  }
  return true;
}

bool read_options_complete(const char *command, read_options *options) {
  report_filter *filter = &options->filter;
  if (!complete_domains(command, "--domain", &filter->domains) ||
      !complete_domains(command, "--mark-domain", &options->own_domains))
    return false;
  if (*filter->since && *filter->until && strcmp(filter->since, filter->until) > 0) {
    arguments_reject(command, "--since is a later day than --until", NULL);
    return false;
  }
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
