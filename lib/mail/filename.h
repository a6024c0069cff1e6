/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MAIL_FILENAME_H
#define TRPT_LIB_MAIL_FILENAME_H

#include <stdbool.h>

#include <tlsrpt/status.h>

typedef struct trpt_filename {
  bool is_valid; /* matches the grammar of RFC 8460 s5.1 */
  bool is_gzip;  /* ends in ".json.gz" */
  bool has_path; /* contains a slash, a backslash or a colon after the first character, or only dots */
  trpt_str sender;
  trpt_str policy_domain;
  uint64_t begin;
  uint64_t end;
} trpt_filename;

trpt_filename trpt_filename_parse(trpt_str name);

#endif
