/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_JSON_H
#define TLSRPT_JSON_H

/* JSON text in a buffer. Commas are placed by what the buffer ends with, so nothing else may be written into it as text that
   ends in a bracket or brace. */

#include <tlsrpt/status.h>

#include "buffer.h"

/* A comma, unless what follows is the first thing in its object, array or buffer. */
void json_separate(buffer *out);

/* Members of an object, each with json_separate in front. `name` needs no escapes. */
void json_name(buffer *out, const char *name); /* the value follows */
void json_string(buffer *out, const char *name, trpt_str value);
void json_text(buffer *out, const char *name, const char *value); /* NULL: null */
void json_number(buffer *out, const char *name, uint64_t value);

#endif
