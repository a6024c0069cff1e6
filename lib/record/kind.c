/* SPDX-License-Identifier: MIT */
#include "kind.h"

#include <tlsrpt/record.h>

#include "../base/text.h"

/* Quotes come from zone files, line ends from pasted files. */
static bool is_wrapping(char c) { return trpt_is_space(c) || c == '"' || c == '\''; }

trpt_str trpt_unwrap(trpt_str text) {
  while (text.len && is_wrapping(text.ptr[0])) text = trpt_str_from(text, 1);
  while (text.len && is_wrapping(text.ptr[text.len - 1])) text.len--;
  return text;
}

bool trpt_find_version(trpt_str text, trpt_str *version) {
  text = trpt_unwrap(text);
  if (!trpt_str_begins_nocase(text, "v")) return false;
  text = trpt_unwrap(trpt_str_from(text, 1));
  if (!trpt_str_begins_nocase(text, "=")) return false;
  *version = trpt_unwrap(trpt_str_from(text, 1));
  return true;
}

const char *trpt_dmarc_tag(trpt_str name) {
  static const char *const tags[] = {"ruf", "p", "sp", "np", "pct", "fo", "rf", "ri", "adkim", "aspf"};
  for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
    if (trpt_str_equal_nocase(name, tags[i])) return tags[i];
  return NULL;
}

trpt_text_kind trpt_record_kind(const char *text, size_t len) {
  trpt_str version;
  if (!text) return TRPT_TEXT_UNRELATED;
  /* Another version, such as v=spf1, rules TLSRPT out. */
  if (trpt_find_version((trpt_str){text, len}, &version))
    return trpt_str_begins_nocase(version, "TLSRPT") ? TRPT_TEXT_TLSRPT : TRPT_TEXT_UNRELATED;
  for (trpt_str rest = {text, len}; rest.len; rest = trpt_str_from(rest, 1))
    if (trpt_str_begins_nocase(rest, "TLSRPT") || trpt_str_begins_nocase(rest, "rua=")) return TRPT_TEXT_INTENDED;
  return TRPT_TEXT_UNRELATED;
}
