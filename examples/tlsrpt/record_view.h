/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_RECORD_SHOW_H
#define TLSRPT_RECORD_SHOW_H

/* What `tlsrpt record` shows of a record. `tlsrpt check` shares parts of it. */

#include <tlsrpt/record.h>

#include "diagnostic_output.h"

typedef struct record_view {
  trpt_str text;
  uint32_t flags;
  trpt_status status; /* of parsing with these flags */
  trpt_record record;
  trpt_error error;
} record_view;

/* `again`: the record is not the first one. */
typedef void record_show(buffer *out, const record_view *view, bool again);

record_show record_text;
record_show record_json;

/* The destinations, one a line, and those that are not usable. */
void record_destinations(buffer *out, const trpt_record *record);

/* One diagnostic, with the text and a caret below its offset where there is a text. */
void record_diagnostic(buffer *out, const trpt_diagnostic *d, trpt_str text);

/* `,"rua":[...],"extensions":[...]`; empty for NULL. */
void record_json_fields(buffer *out, const trpt_record *record);

#endif
