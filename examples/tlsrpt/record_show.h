/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_RECORD_SHOW_H
#define TLSRPT_RECORD_SHOW_H

/* What `tlsrpt record` shows of a record. */

#include <tlsrpt/record.h>

#include "finding.h"

typedef struct record_view {
  trpt_str text;
  uint32_t flags;
  trpt_status status; /* of parsing with these flags */
  trpt_record record;
  trpt_error error;
} record_view;

/* `again`: it is not the first one. */
typedef void record_show(buffer *out, const record_view *view, bool again);

record_show record_text;
record_show record_json;

#endif
