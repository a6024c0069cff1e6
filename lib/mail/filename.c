/* SPDX-License-Identifier: MIT */
#include "filename.h"

#include "../base/entry_name.h"
#include "../base/hostname.h"
#include "../base/text.h"

enum { FIELDS_MAX = 5 };

static bool read_timestamp(trpt_str text, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (!trpt_is_digit((unsigned char)text.ptr[i]) || *value > (UINT64_MAX - 9) / 10) return false;
    *value = *value * 10 + (uint64_t)(text.ptr[i] - '0');
  }
  return text.len != 0;
}

static bool is_unique_id(trpt_str text) {
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (!trpt_is_alpha(c) && !trpt_is_digit(c)) return false;
  }
  return text.len != 0;
}

static bool has_path(trpt_str name) {
  if (memchr(name.ptr, '/', name.len) || memchr(name.ptr, '\\', name.len)) return true;
  if (name.len > 1 && name.ptr[1] == ':') return true;
  size_t dots = 0;
  while (dots < name.len && name.ptr[dots] == '.') dots++;
  return dots && dots == name.len;
}

trpt_filename trpt_filename_parse(trpt_str name) {
  trpt_filename filename = {.has_path = has_path(name), .is_gzip = trpt_entry_ends_in(name, ".json.gz")};
  if (filename.is_gzip) {
    name.len -= strlen(".json.gz");
  } else if (trpt_entry_ends_in(name, ".json")) {
    name.len -= strlen(".json");
  } else {
    return filename;
  }
  trpt_str fields[FIELDS_MAX] = {{name.ptr, 0}};
  size_t count = 1;
  for (size_t i = 0; i < name.len; i++)
    if (name.ptr[i] != '!')
      fields[count - 1].len++;
    else if (count == FIELDS_MAX)
      return filename;
    else
      fields[count++] = (trpt_str){name.ptr + i + 1, 0};
  filename.is_valid = count >= 4 && trpt_host_is_valid(fields[0]) && trpt_host_is_valid(fields[1]) &&
                      read_timestamp(fields[2], &filename.begin) && read_timestamp(fields[3], &filename.end) &&
                      (count == 4 || is_unique_id(fields[4]));
  filename.sender = fields[0];
  filename.policy_domain = fields[1];
  return filename;
}
