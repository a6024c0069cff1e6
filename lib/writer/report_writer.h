/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_REPORT_WRITER_H
#define TRPT_LIB_REPORT_WRITER_H

/* Writes the members of a report as JSON. */

#include <tlsrpt/writer.h>

#include "json_output.h"

struct trpt_writer {
  uint32_t state;          /* the part that was written last */
  uint32_t empty_failures; /* write `failure-details` of the last policy even if no failure follows */
  trpt_json_output json;
};

void trpt_writer_begin(trpt_writer *writer, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user);

/* Writes all members of a report into the open object. */
void trpt_writer_members(trpt_writer *writer, const trpt_report *report);

#endif
