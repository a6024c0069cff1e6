/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_JSON_BUFFER_H
#define TLSRPT_JSON_BUFFER_H

/* Writes JSON text into a buffer. Commas depend on the last byte of the buffer: none follows an opening bracket or
   brace. */

#include <tlsrpt/status.h>

#include "buffer.h"

/* Adds a comma, except at the beginning of an object, an array or the buffer. */
void json_separate(buffer *out);

/* Members of an object. Each begins with json_separate. `name` must not need escapes. */
void json_name(buffer *out, const char *name); /* the caller adds the value */
void json_string(buffer *out, const char *name, trpt_str value);
void json_text(buffer *out, const char *name, const char *value); /* NULL: null */
void json_number(buffer *out, const char *name, uint64_t value);

#endif
