/* SPDX-License-Identifier: MIT */
#include "error_of_code.h"

trpt_status trpt_error_set(trpt_error *error, trpt_status status, trpt_code code, trpt_position position,
                           const char *where) {
  const trpt_catalogue_entry *entry = code == TRPT_CODE_NONE ? NULL : &trpt_catalogue[code];
  return trpt_error_fill(error, status, entry ? entry->code : NULL, entry ? entry->message : NULL, position, where);
}
