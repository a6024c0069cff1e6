/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_GRAMMAR_H
#define TRPT_LIB_GRAMMAR_H

/* The grammar of RFC 8460 s3. Strict parsing accepts exactly the records that match it. */

#include <stdbool.h>

#include <tlsrpt/status.h>

typedef struct trpt_scanner {
  trpt_str text;
  size_t pos;
} trpt_scanner;

/* Each function returns true and moves past the text that it matched. Otherwise it returns false, and `pos` is the
   first byte after which no continuation could match, or the end of the text if it is only truncated. */

/* tlsrpt-version = %s"v=TLSRPTv1"
   A character that can begin a field-delim must follow, so that version 10 is not mistaken for version 1. */
bool trpt_grammar_version(trpt_scanner *s);

/* tlsrpt-record = tlsrpt-version 1*(field-delim tlsrpt-field) [field-delim], one field of which is a tlsrpt-rua.
   The caller has matched the version. */
bool trpt_grammar_record(trpt_scanner *s);

#endif
