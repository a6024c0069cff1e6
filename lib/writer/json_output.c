/* SPDX-License-Identifier: MIT */
#include "json_output.h"

#include <tlsrpt/writer.h>

#include "../base/text.h"

void trpt_json_begin(trpt_json_output *json, uint32_t flags, uint16_t escapes, trpt_write_fn write, void *user) {
  json->depth = 0;
  json->pretty = (flags & TRPT_PRETTY) != 0;
  json->is_empty = 1;
  json->escapes = escapes;
  trpt_output_begin(&json->text, write, user);
}

static void new_line(trpt_json_output *json) {
  if (!json->pretty) return;
  trpt_output_put(&json->text, "\n", 1);
  for (uint32_t i = 0; i < json->depth; i++) trpt_output_put(&json->text, "  ", 2);
}

void trpt_json_open(trpt_json_output *json, char bracket) {
  trpt_output_put(&json->text, &bracket, 1);
  json->depth++;
  json->is_empty = 1;
}

void trpt_json_close(trpt_json_output *json, char bracket) {
  json->depth--;
  if (!json->is_empty) new_line(json);
  trpt_output_put(&json->text, &bracket, 1);
  json->is_empty = 0;
  if (!json->depth) new_line(json);
}

void trpt_json_element(trpt_json_output *json) {
  if (!json->is_empty) trpt_output_put(&json->text, ",", 1);
  json->is_empty = 0;
  new_line(json);
}

void trpt_json_name(trpt_json_output *json, const char *name) {
  trpt_json_element(json);
  trpt_output_put(&json->text, "\"", 1);
  trpt_output_put(&json->text, name, strlen(name));
  trpt_output_put(&json->text, "\": ", json->pretty ? 3 : 2);
}

void trpt_json_value(trpt_json_output *json, trpt_str text) {
  trpt_output_put(&json->text, "\"", 1);
  trpt_output_json(&json->text, text, json->escapes);
  trpt_output_put(&json->text, "\"", 1);
}

void trpt_json_text(trpt_json_output *json, const char *name, trpt_str text) {
  trpt_json_name(json, name);
  if (text.ptr)
    trpt_json_value(json, text);
  else
    trpt_output_str(&json->text, (trpt_str)TRPT_STR("null"));
}
