/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_READ_H
#define TRPT_LIB_READ_H

/* One call that reads a chunk: begin, next until it is not TRPT_OK or the caller has enough, end. */

#include <stdbool.h>
#include <stddef.h>

#include <tlsrpt/parser.h>

/* Whether trpt_report_read or trpt_report_next has begun to read this input, and whether trpt_parser_read or trpt_parser_feed
   has. After an error it does not matter which reads, except that an error is returned only after its events. */
bool trpt_read_is_for_tree(const trpt_parser *parser);
bool trpt_read_is_for_events(const trpt_parser *parser);

/* Begins to read a chunk, or with NULL the end of the input. Returns TRPT_E_ARGUMENT or TRPT_E_STATE if that is not allowed
   now. `receives`: the caller receives diagnostics. */
trpt_status trpt_read_begin(trpt_parser *parser, const void *chunk, size_t len, bool receives);

/* OK: `*event` is the next event. MORE: the chunk is consumed. END: the report is complete. Otherwise the error. */
trpt_status trpt_read_next(trpt_parser *parser, const trpt_event **event);

/* Ends the call with the status of the reading. Returns the number of consumed bytes. */
size_t trpt_read_end(trpt_parser *parser, trpt_status status);

#endif
