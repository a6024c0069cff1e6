/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_RECORD_VIEW_H
#define TLSRPT_RECORD_VIEW_H

/* What `tlsrpt record` shows. `tlsrpt check` shares parts of it. */

#include <tlsrpt/record.h>

#include "diagnostic_output.h"

typedef struct record_view {
  trpt_str text;
  uint32_t notation;  /* TRPT_NOTATION_*: what surrounded the text; 0: nothing */
  trpt_str domain;    /* the domain name that the text is, or absent */
  trpt_status status; /* result of parsing */
  trpt_error error;
  trpt_conclusion conclusion;
} record_view;

/* `again`: another record was shown before. */
void record_text(buffer *out, const record_view *view, bool again);

/* Lists the destinations, one per line, first the usable ones. */
void record_destinations(buffer *out, const trpt_record *record);

/* Shows a diagnostic. If `text` is present, it is shown with a caret below the offset. */
void record_diagnostic(buffer *out, const trpt_diagnostic *d, trpt_str text);

#endif
