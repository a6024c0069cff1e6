/* SPDX-License-Identifier: MIT */
#include "advice.h"

#include "../../lib/base/hostname.h"

const char *advice_for(trpt_result_type type, bool is_named) {
  return is_named ? trpt_result_type_description(type)
                  : "The sender gave no result type. Look at the reason code and the additional information.";
}

void advice_text(buffer *out, trpt_result_type type, bool is_named, trpt_str domain) {
  static const char variable[] = "<domain>";
  const char *text = advice_for(type, is_named);
  const trpt_str name = trpt_host_without_dot(domain);
  /* Strangers choose the name, and it becomes part of a URL. */
  for (const char *at; trpt_host_is_valid(name) && (at = strstr(text, variable)); text = at + sizeof variable - 1) {
    buffer_add(out, text, (size_t)(at - text));
    buffer_add(out, name.ptr, name.len);
  }
  buffer_text(out, text);
}
