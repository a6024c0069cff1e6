/* SPDX-License-Identifier: MIT */
#include "header_lines.h"

#include <string.h>
#include <strings.h>

bool trpt_header_begins_with(trpt_str text, const char *word) {
  const size_t len = strlen(word);
  return text.len >= len && strncasecmp(text.ptr, word, len) == 0;
}

bool trpt_header_contains(trpt_str text, const char *word) {
  for (size_t i = 0; i < text.len; i++)
    if (trpt_header_begins_with((trpt_str){text.ptr + i, text.len - i}, word)) return true;
  return false;
}

bool trpt_header_is_named(trpt_str field, const char *name) {
  size_t i = strlen(name);
  if (!trpt_header_begins_with(field, name)) return false;
  while (i < field.len && (field.ptr[i] == ' ' || field.ptr[i] == '\t')) i++;
  return i < field.len && field.ptr[i] == ':';
}

trpt_str trpt_header_take_line(trpt_str *text) {
  const char *end = text->len ? memchr(text->ptr, '\n', text->len) : NULL;
  const trpt_str line = {text->ptr, end ? (size_t)(end - text->ptr) + 1 : text->len};
  text->ptr += line.len;
  text->len -= line.len;
  return line;
}

bool trpt_header_is_empty_line(trpt_str line) {
  return line.len && (line.ptr[0] == '\n' || (line.ptr[0] == '\r' && (line.len == 1 || line.ptr[1] == '\n')));
}

trpt_str trpt_header_take_field(trpt_str *text) {
  trpt_str field = trpt_header_take_line(text);
  while (text->len && (text->ptr[0] == ' ' || text->ptr[0] == '\t')) field.len += trpt_header_take_line(text).len;
  return field;
}
