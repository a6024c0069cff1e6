/* SPDX-License-Identifier: MIT */
#include "header_lines.h"

#include "../base/text.h"

bool trpt_header_contains(trpt_str text, const char *needle) {
  for (size_t i = 0; i < text.len; i++)
    if (trpt_str_begins_nocase(trpt_str_from(text, i), needle)) return true;
  return false;
}

bool trpt_header_is_named(trpt_str field, const char *name) {
  if (!trpt_str_begins_nocase(field, name)) return false;
  const trpt_str rest = trpt_skip_wsp(trpt_str_from(field, strlen(name)));
  return rest.len && *rest.ptr == ':';
}

trpt_str trpt_header_skip_cfws(trpt_str text, bool *is_closed) {
  size_t depth = 0;
  size_t i = 0;
  for (; i < text.len; i++) {
    const char c = text.ptr[i];
    if (c == '\\' && depth && i + 1 < text.len)
      i++;
    else if (c == '(')
      depth++;
    else if (c == ')' && depth)
      depth--;
    else if (!depth && !trpt_is_wsp(c))
      break;
  }
  *is_closed = !depth;
  return trpt_str_from(text, i);
}

trpt_str trpt_header_take_line(trpt_str *text) {
  const char *end = memchr(text->ptr, '\n', text->len);
  const trpt_str line = {text->ptr, end ? (size_t)(end - text->ptr) + 1 : text->len};
  *text = trpt_str_from(*text, line.len);
  return line;
}

bool trpt_header_is_empty_line(trpt_str line) {
  return (line.ptr[0] == '\n' || (line.ptr[0] == '\r' && (line.len == 1 || line.ptr[1] == '\n')));
}

trpt_str trpt_header_take_field(trpt_str *text) {
  trpt_str field = trpt_header_take_line(text);
  while (text->len && trpt_is_wsp(*text->ptr)) field.len += trpt_header_take_line(text).len;
  return field;
}
