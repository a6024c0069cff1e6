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
  unsigned jobs; /* inputs read at a time; 0: the default */
  bool quiet;    /* no progress display, and no count of other content */
  bool verbose;  /* print all messages */
} read_options;

/* An option for each limit of trpt_options and trpt_mail_options: ROW(id, name, kind, member, kind, member, largest). The value goes
   into one or two members of read_options, as uint32_t (NARROW) or uint64_t (WIDE); NOWHERE: there is no second one. */
/* clang-format off */
#define READ_LIMITS(ROW) \
  ROW(DEPTH, "--max-depth", NARROW, parser.max_depth, NOWHERE, parser.max_depth, NARROW_MAX) \
  ROW(STRING, "--max-string", NARROW, parser.max_string, NOWHERE, parser.max_string, NARROW_MAX) \
  ROW(STRINGS, "--max-strings", NARROW, parser.max_strings, NOWHERE, parser.max_strings, NARROW_MAX) \
  ROW(ENTRY, "--max-entry", NARROW, parser.max_entry, NOWHERE, parser.max_entry, NARROW_MAX) \
  ROW(HELD, "--max-held", NARROW, parser.max_held, NOWHERE, parser.max_held, NARROW_MAX) \
  ROW(POLICIES, "--max-policies", NARROW, parser.max_policies, NOWHERE, parser.max_policies, NARROW_MAX) \
  ROW(FAILURES, "--max-failures", WIDE, parser.max_failures, NOWHERE, parser.max_failures, WIDE_MAX) \
  ROW(DIAGNOSTICS, "--max-diagnostics", NARROW, parser.max_diagnostics, NOWHERE, parser.max_diagnostics, NARROW_MAX) \
  ROW(MEMORY, "--max-memory", WIDE, parser.max_memory, NOWHERE, parser.max_memory, WIDE_MAX) \
  ROW(INPUT, "--max-input", WIDE, parser.max_input, NOWHERE, parser.max_input, WIDE_MAX) \
  ROW(INFLATED, "--max-inflated", WIDE, parser.max_inflated, WIDE, mail.max_inflated, WIDE_MAX) \
  ROW(RATIO, "--max-ratio", NARROW, parser.max_ratio, NARROW, mail.max_ratio, NARROW_MAX) \
  ROW(MESSAGE, "--max-message", WIDE, mail.max_message, NOWHERE, mail.max_message, WIDE_MAX) \
  ROW(HEADER, "--max-header", WIDE, mail.max_header, NOWHERE, mail.max_header, WIDE_MAX) \
  ROW(PARTS, "--max-parts", NARROW, mail.max_parts, NOWHERE, mail.max_parts, NARROW_MAX) \
  ROW(NESTING, "--max-nesting", NARROW, mail.max_nesting, NOWHERE, mail.max_nesting, 1000) \
  ROW(ENTRIES, "--max-entries", NARROW, mail.max_entries, NOWHERE, mail.max_entries, NARROW_MAX) \
  ROW(REPORTS, "--max-reports", NARROW, mail.max_reports, NOWHERE, mail.max_reports, NARROW_MAX)
/* clang-format on */

/* The options that report, lint and summary share. Their tables of options begin with READ_OPTIONS. */
typedef enum read_option {
#define LIMIT(id, name, kind, member, other_kind, other_member, largest) READ_MAX_##id,
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
  READ_JOBS,
  READ_OPTION_COUNT
} read_option;

#define READ_LIMIT_OPTION(id, name, kind, member, other_kind, other_member, largest) {name, true},
#define READ_OPTIONS                                                                                                   \
  READ_LIMITS(READ_LIMIT_OPTION){"--input", true}, {"--domain", true}, {"--since", true}, {"--until", true},           \
      {"--only-failures", false}, {"--authserv-id", true}, {"--trust-topmost-results", false},                         \
      {"--require-dkim", false}, {"--quiet", false}, {"--verbose", false}, {"--exit-zero", false}, {                   \
    "--jobs", true                                                                                                     \
  }

/* Stores one of these options. Returns false after printing a usage error. */
bool read_options_take(read_options *options, const char *command, read_option i, const char *value);

/* Allocates the lists, each for the values of `argc` arguments. */
void read_options_begin(read_options *options, int argc);
void read_options_end(read_options *options);

/* Completes the options, and checks that they fit together and that this build supports them. Returns false after printing a usage
   error. */
bool read_options_complete(const char *command, read_options *options);

/* Checks the operands. Without any, standard input is read, unless it is a terminal and --input is not given. With
   --input, standard input must be one of them. Returns false after printing a usage error. */
bool read_options_set_operands(const char *command, arguments *a, framing input);

/* Parses the value of --tokenizer. Returns -1 after printing a usage error. */
trpt_tokenizer read_options_tokenizer(const char *command, const char *value);

#endif
