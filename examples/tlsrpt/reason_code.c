/* SPDX-License-Identifier: MIT */
#include "reason_code.h"

#include <stdbool.h>

#include "../../lib/base/text.h"

typedef struct reason {
  const char *code, *text, *meaning;
} reason;

static const reason reasons[] = {
#define REASON(code, text, vendor, meaning, source) {code, text, meaning},
#include "reason_codes.def"
#undef REASON
};

/* Whether a value begins with a text. Case does not count, and a hyphen equals a blank. */
static bool begins_with(trpt_str value, const char *text) {
  size_t i = 0;
  for (; i < value.len && text[i]; i++) {
    const char c = value.ptr[i] == '-' ? ' ' : value.ptr[i];
    if (trpt_lower((unsigned char)c) != trpt_lower((unsigned char)text[i])) return false;
  }
  return !text[i];
}

static bool contains(trpt_str value, const char *text) {
  for (size_t i = 0; *text && i < value.len; i++)
    if (begins_with(trpt_str_from(value, i), text)) return true;
  return false;
}

const char *reason_code_meaning(trpt_str value) {
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
    if (*reasons[i].code && trpt_str_equal_nocase(value, reasons[i].code)) return reasons[i].meaning;
  for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
    if (contains(value, reasons[i].text)) return reasons[i].meaning;
  return NULL;
}
