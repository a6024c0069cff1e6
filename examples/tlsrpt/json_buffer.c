/* SPDX-License-Identifier: MIT */
#include "json_buffer.h"

#include "escape.h"

void json_separate(buffer *out) {
  if (out->len && out->data[out->len - 1] != '{' && out->data[out->len - 1] != '[') buffer_text(out, ",");
}

void json_name(buffer *out, const char *name) {
  json_separate(out);
  buffer_text(out, "\"");
  buffer_text(out, name);
  buffer_text(out, "\":");
}

void json_string(buffer *out, const char *name, trpt_str value) {
  json_name(out, name);
  escape_json(out, value.ptr, value.len);
}

void json_text(buffer *out, const char *name, const char *value) {
  if (value) {
    json_string(out, name, (trpt_str){value, strlen(value)});
  } else {
    json_name(out, name);
    buffer_text(out, "null");
  }
}

void json_number(buffer *out, const char *name, uint64_t value) {
  json_name(out, name);
  buffer_number(out, value);
}
