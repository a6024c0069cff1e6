/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READ_OPTIONS_H
#define TLSRPT_READ_OPTIONS_H

/* The options that say how inputs are read. */

#include <stdbool.h>

#include <tlsrpt/mail.h>

#include "arguments.h"
#include "framing.h"
#include "report_filter.h"

typedef struct read_options {
  trpt_options parser;
  trpt_mail_options mail;    /* only its limits */
  framing input;             /* of standard input */
  const char **authserv_ids; /* servers whose Authentication-Results are trusted */
  int authserv_id_count;
  bool trust_topmost_results; /* trust the first Authentication-Results if it has no authserv-id */
  bool require_dkim;
  domain_list own_domains; /* reports about other domains are marked */
  report_filter filter;
  bool quiet;   /* no progress display, and no count of other content */
  bool verbose; /* print all messages */
} read_options;

/* An option for each limit of trpt_options and trpt_mail_options: LIMIT(id, name, first, second, largest). The value goes into one
   or two members of read_options: NARROW(member), WIDE(member) or NOWHERE. */
/* clang-format off */
#define READ_LIMITS(LIMIT) \
  LIMIT(DEPTH, "--max-depth", NARROW(parser.max_depth), NOWHERE, NARROW_MAX) \
  LIMIT(STRING, "--max-string", NARROW(parser.max_string), NOWHERE, NARROW_MAX) \
  LIMIT(STRINGS, "--max-strings", NARROW(parser.max_strings), NOWHERE, NARROW_MAX) \
  LIMIT(ENTRY, "--max-entry", NARROW(parser.max_entry), NOWHERE, NARROW_MAX) \
  LIMIT(HELD, "--max-held", NARROW(parser.max_held), NOWHERE, NARROW_MAX) \
  LIMIT(POLICIES, "--max-policies", NARROW(parser.max_policies), NOWHERE, NARROW_MAX) \
  LIMIT(FAILURES, "--max-failures", WIDE(parser.max_failures), NOWHERE, WIDE_MAX) \
  LIMIT(DIAGNOSTICS, "--max-diagnostics", NARROW(parser.max_diagnostics), NOWHERE, NARROW_MAX) \
  LIMIT(MEMORY, "--max-memory", WIDE(parser.max_memory), NOWHERE, WIDE_MAX) \
  LIMIT(INPUT, "--max-input", WIDE(parser.max_input), NOWHERE, WIDE_MAX) \
  LIMIT(INFLATED, "--max-inflated", WIDE(parser.max_inflated), WIDE(mail.max_inflated), WIDE_MAX) \
  LIMIT(RATIO, "--max-ratio", NARROW(parser.max_ratio), NARROW(mail.max_ratio), NARROW_MAX) \
  LIMIT(MESSAGE, "--max-message", WIDE(mail.max_message), NOWHERE, WIDE_MAX) \
  LIMIT(HEADER, "--max-header", WIDE(mail.max_header), NOWHERE, WIDE_MAX) \
  LIMIT(PARTS, "--max-parts", NARROW(mail.max_parts), NOWHERE, NARROW_MAX) \
  LIMIT(NESTING, "--max-nesting", NARROW(mail.max_nesting), NOWHERE, 1000) \
  LIMIT(ENTRIES, "--max-entries", NARROW(mail.max_entries), NOWHERE, NARROW_MAX) \
  LIMIT(REPORTS, "--max-reports", NARROW(mail.max_reports), NOWHERE, NARROW_MAX)
/* clang-format on */

/* The options that report, lint and summary share. Their tables of options begin with READ_OPTIONS. */
typedef enum read_option {
#define LIMIT(id, name, first, second, largest) READ_MAX_##id,
  READ_LIMITS(LIMIT)
#undef LIMIT
      READ_INPUT,
  READ_DOMAIN,
  READ_SINCE,
  READ_UNTIL,
  READ_ONLY_FAILURES,
  READ_AUTHSERV_ID,
  READ_TRUST_TOPMOST_RESULTS,
  READ_REQUIRE_DKIM,
  READ_QUIET,
  READ_VERBOSE,
  READ_EXIT_ZERO,
  READ_OPTION_COUNT
} read_option;

#define READ_LIMIT_OPTION(id, name, first, second, largest) {name, true},
#define READ_OPTIONS                                                                                                   \
  READ_LIMITS(READ_LIMIT_OPTION){"--input", true}, {"--domain", true}, {"--since", true}, {"--until", true},           \
      {"--only-failures", false}, {"--authserv-id", true}, {"--trust-topmost-results", false},                         \
      {"--require-dkim", false}, {"--quiet", false}, {"--verbose", false}, {                                           \
    "--exit-zero", false                                                                                               \
  }

/* Stores one of these options. Returns false after printing a usage error. */
bool read_options_take(read_options *options, const char *command, read_option i, const char *value);

/* Allocates the lists, each for the values of `argc` arguments. */
void read_options_begin(read_options *options, int argc);
void read_options_end(read_options *options);

/* Whether the options fit together and this build supports them. Returns false after printing a usage error. */
bool read_options_are_valid(const char *command, const read_options *options);

/* Checks the operands. Without any, standard input is read, unless it is a terminal and --input is not given. With
   --input, standard input must be one of them. Returns false after printing a usage error. */
bool read_options_set_operands(const char *command, arguments *a, framing input);

/* Parses the value of --tokenizer. Returns -1 after printing a usage error. */
trpt_tokenizer read_options_tokenizer(const char *command, const char *value);

#endif
