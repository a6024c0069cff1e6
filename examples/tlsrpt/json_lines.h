/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_JSON_LINES_H
#define TLSRPT_JSON_LINES_H

/* Writes one line of JSON per report. The reports of an item of standard input share one line, so that each item has
   exactly one, whatever it holds. */

#include "buffer.h"
#include "input_source.h"

/* Initialize with {0}, which writes a line per report. */
typedef struct json_lines {
  bool is_item;
  trpt_str item; /* the name of the item; the names of its reports begin with it */
  buffer only;   /* the first object of the item */
  buffer list;   /* all objects of the item, each with the name of its part */
  uint64_t count;
} json_lines;

void json_lines_begin(json_lines *l, const input_source *input);

/* Takes the object about a report with this name. The objects of an item must have no `source`, because the line has it.
   Returns false without taking the object if the line would be too long. */
bool json_lines_add(json_lines *l, trpt_str name, buffer *object);

void json_lines_end(json_lines *l); /* of an input */

void json_lines_free(json_lines *l);

#endif
