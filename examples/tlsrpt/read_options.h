/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READ_OPTIONS_H
#define TLSRPT_READ_OPTIONS_H

/* The options that say how inputs are read. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "arguments.h"
#include "framing.h"
#include "report_filter.h"

typedef struct read_options {
  trpt_options parser;
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

/* The options that report, lint and summary share. Their tables of options begin with READ_OPTIONS. */
typedef enum read_option {
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

#define READ_OPTIONS                                                                                                   \
  {"--input", true}, {"--domain", true}, {"--since", true}, {"--until", true}, {"--only-failures", false},             \
      {"--authserv-id", true}, {"--trust-topmost-results", false}, {"--require-dkim", false}, {"--quiet", false},      \
      {"--verbose", false}, {                                                                                          \
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
