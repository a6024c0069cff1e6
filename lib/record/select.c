/* SPDX-License-Identifier: MIT */
#include <tlsrpt/record.h>

#include "../base/text.h"
#include "../catalogue/error_of_code.h"
#include "chars.h"

static const char prefix[] = TRPT_RECORD_VERSION ";";
enum { PREFIX_LEN = sizeof prefix - 1 };

static trpt_status refuse(trpt_error *error, trpt_status status, trpt_code code) {
  return trpt_error_set(error, status, code, (trpt_position){0, 0, 0}, "");
}

trpt_status trpt_record_select(const trpt_str *texts, size_t count, uint32_t flags, trpt_record *out,
                               trpt_error *error) {
  if (out) *out = (trpt_record){.text = {NULL, 0}};
  if (!texts || !out || flags & ~(uint32_t)TRPT_STRICT || !trpt_all_present(texts, count))
    return refuse(error, TRPT_E_ARGUMENT, TRPT_CODE_NONE);
  if (count == 1) return trpt_record_parse(texts[0].ptr, texts[0].len, flags, out, error);
  /* Of several records, RFC 8460 s3 discards those that do not begin with the version and ";", although its grammar
     allows whitespace between the two. A record that remains counts even if the rest of it is invalid. */
  const trpt_str *selected = NULL;
  for (size_t i = 0; i < count; i++) {
    if (!trpt_chars_begin(texts[i], 0, prefix, PREFIX_LEN)) continue;
    if (selected) return refuse(error, TRPT_E_MANY_RECORDS, TRPT_CODE_RECORD_MULTIPLE_RECORDS);
    selected = &texts[i];
  }
  if (!selected) return refuse(error, TRPT_E_NO_RECORD, TRPT_CODE_RECORD_NO_RECORD);
  return trpt_record_parse(selected->ptr, selected->len, flags, out, error);
}
