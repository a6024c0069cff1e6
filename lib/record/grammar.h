/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GRAMMAR_H
#define TRPT_LIB_GRAMMAR_H

/* The grammar of RFC 8460 s3, which decides whether strict parsing accepts a record. */

#include <stdbool.h>

#include <tlsrpt/status.h>

typedef struct trpt_scanner {
  trpt_str text;
  size_t pos;
} trpt_scanner;

/* Each returns true after what it matched, or false at the first byte after which no continuation could match: at the end of the
   text if that only ends too early. */

/* tlsrpt-version = %s"v=TLSRPTv1"
   What follows must be able to begin a field-delim, so that version 10 is not taken for version 1. */
bool trpt_grammar_version(trpt_scanner *s);

/* tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim], one field of which is a tlsrpt-rua.
   The version has been matched. */
bool trpt_grammar_record(trpt_scanner *s);

#endif
