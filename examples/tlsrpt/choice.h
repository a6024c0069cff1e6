/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_CHOICE_H
#define TLSRPT_CHOICE_H

/* How the user wants inputs to be read. */

#include <stdbool.h>

#include <tlsrpt/parser.h>

#include "arguments.h"
#include "framing.h"

typedef struct choice {
  trpt_options options;    /* of the parser */
  framing input;           /* of standard input */
  const char *authserv_id; /* whose Authentication-Results are trusted; NULL: nobody's */
  bool require_dkim;
  const char **domains; /* what reports should be about; none: anything */
  int domain_count;
} choice;

/* Whether a policy domain, which for DANE may be an MX host below it, is one of those that reports should be about. */
bool choice_has_domain(const choice *c, trpt_str domain);

/* Whether the choice makes sense: only a server that is named is trusted, and without libtrpt-mail there is nothing to ask it about.
   What is wrong has been told. */
bool choice_is_complete(const char *command, const choice *c);

/* Only standard input has a framing: it must be what is read, and it is where nothing else was named. False: that has been told. */
bool choice_take_input(const char *command, arguments *a, framing input);

#endif
