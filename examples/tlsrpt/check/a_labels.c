/* SPDX-License-Identifier: MIT */
#include "../a_labels.h"

#include <idn2.h>

#include "../standard_output.h"

const char *a_labels_of(trpt_str name, buffer *out) {
  buffer unicode = {0};
  char *converted = NULL;
  buffer_add(&unicode, name.ptr, name.len);
  buffer_add(&unicode, "", 1);
  if (unicode.failed) output_no_memory();
  const int status = idn2_to_ascii_8z(unicode.data, &converted, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
  if (status == IDN2_OK) buffer_text(out, converted);
  idn2_free(converted);
  buffer_free(&unicode);
  return status == IDN2_OK ? NULL : "a valid internationalized domain name (IDNA)";
}
