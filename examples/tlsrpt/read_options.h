/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHOICE_H
#define TLSRPT_CHOICE_H

/* How the user wants inputs to be read. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "arguments.h"
#include "framing.h"

typedef struct read_options {
  trpt_options parser;     /* of the parser */
  framing input;           /* of standard input */
  const char *authserv_id; /* whose Authentication-Results are trusted; NULL: nobody's */
  bool require_dkim;
  const char **domains; /* what reports should be about; none: anything */
  int domain_count;
} read_options;

/* Whether a policy domain, which for DANE may be an MX host below it, is one of those that reports should be about. */
bool read_options_has_domain(const read_options *options, trpt_str domain);

/* Whether the choice makes sense: only a server that is named is trusted, and without libtrpt-mail there is nothing to ask it about.
   What is wrong has been told. */
bool read_options_are_valid(const char *command, const read_options *options);

/* Only standard input has a framing: it must be what is read, and it is where nothing else was named. False: that has been told. */
bool read_options_take_input(const char *command, arguments *a, framing input);

/* The value of --tokenizer; -1, which has been told, for one that is none. */
trpt_tokenizer read_options_tokenizer(const char *command, const char *value);

#endif
