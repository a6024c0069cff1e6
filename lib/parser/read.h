/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_READ_H
#define TRPT_LIB_READ_H

/* One call that reads a chunk: begin, next until it is not TRPT_OK or the caller has enough, end. */

#include <stdbool.h>
#include <stddef.h>

#include <tlsrpt/parser.h>

/* TRPT_E_ARGUMENT or TRPT_E_STATE if a chunk, or with NULL the end of the input, cannot come now. `receives`: the caller takes
   diagnostics. */
trpt_status trpt_read_begin(trpt_parser *parser, const void *chunk, size_t len, bool receives);

/* OK: `*event` is the next one. MORE: the chunk is used up. END: the report is complete. Otherwise the error. */
trpt_status trpt_read_next(trpt_parser *parser, const trpt_event **event);

/* `status` is how the reading went. Returns how many bytes of the chunk were used. */
size_t trpt_read_end(trpt_parser *parser, trpt_status status);

#endif
