/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_JSON_OUTPUT_H
#define TRPT_LIB_JSON_OUTPUT_H

/* Writes JSON objects and arrays. */

#include "../base/json_escape.h"
#include "../base/output.h"

typedef struct trpt_json_output {
  uint32_t depth;
  uint8_t pretty;
  uint8_t is_empty; /* the innermost object or array has no element yet */
  uint16_t escapes; /* flags of json_escape.h, for strings */
  trpt_output text;
} trpt_json_output;

/* `flags` is TRPT_PRETTY or 0. `escapes` are flags of json_escape.h for strings. */
void trpt_json_begin(trpt_json_output *json, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user);
void trpt_json_open(trpt_json_output *json, char bracket);
void trpt_json_close(trpt_json_output *json, char bracket);

/* Call before each element of an array. */
void trpt_json_element(trpt_json_output *json);

/* Begins a member of an object. Its value must follow. */
void trpt_json_name(trpt_json_output *json, const char *name);

/* A member of an object. Its value is null if the text is absent. */
void trpt_json_text(trpt_json_output *json, const char *name, trpt_str text);

void trpt_json_value(trpt_json_output *json, trpt_str text);
static inline void trpt_json_number(trpt_json_output *json, uint64_t number) {
  trpt_output_number(&json->text, number);
}

/* Flushes the rest of the text. */
static inline trpt_status trpt_json_end(trpt_json_output *json) {
  trpt_output_flush(&json->text);
  return json->text.status;
}

#endif
