/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_READ_OPTIONS_H
#define TLSRPT_READ_OPTIONS_H

/* The options that say how inputs are read. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "arguments.h"
#include "framing.h"

typedef struct read_options {
  trpt_options parser;
  framing input;             /* of standard input */
  const char **authserv_ids; /* servers whose Authentication-Results are trusted */
  int authserv_id_count;
  bool trust_topmost_results; /* trust the first Authentication-Results if it has no authserv-id */
  bool require_dkim;
  const char **domains; /* that reports should be about; none: any domain */
  int domain_count;
} read_options;

/* Whether reports should be about this policy domain. For DANE it may be an MX host below one of `domains`. */
bool read_options_include(const read_options *options, trpt_str domain);

/* Allocates the lists, each for the values of `argc` arguments. */
void read_options_begin(read_options *options, int argc);
void read_options_end(read_options *options);

/* Whether the options fit together and this build supports them. Returns false after printing a usage error. */
bool read_options_are_valid(const char *command, const read_options *options);

/* Checks the operands. With --input, standard input must be one of them, and is the default if there are none. Returns
   false after printing a usage error. */
bool read_options_set_operands(const char *command, arguments *a, framing input);

/* Parses the value of --tokenizer. Returns -1 after printing a usage error. */
trpt_tokenizer read_options_tokenizer(const char *command, const char *value);

#endif
