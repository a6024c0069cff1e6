/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_REPORT_READER_H
#define TLSRPT_REPORT_READER_H

/* Reads the reports in an input of any kind. */

#include "mail_reader.h"
#include "report_results.h"

/* What a thread needs to read inputs. */
typedef struct report_tools {
  read_options options; /* with `allocator` */
  trpt_allocator allocator;
  size_t allocated; /* bytes of all trees so far */
  trpt_parser *parser;
  mail_reader *mails; /* NULL until the first mail or archive */
} report_tools;

trpt_status report_tools_begin(report_tools *t, const read_options *options);
void report_tools_end(report_tools *t);

/* Reads an open input, and adds results. Reads nothing once SIGINT ended the input. */
void report_reader_read(report_tools *t, results *rs, input_source *s);

/* Adds a problem in place of an input that cannot be read. */
void report_reader_fail(results *rs, const input_source *s, const problem *p);

/* Adds other content. */
void report_reader_skip(results *rs, trpt_mail_kind kind);

#endif
