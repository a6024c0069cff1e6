/* SPDX-License-Identifier: MIT */
#include "path.h"

#include "../base/copy.h"
#include "../base/text.h"

/* Paths are made of names from the schema and of numbers, never of input. The buffer holds the longest there is, so nothing is
   ever cut: "policies[4294967295].failure-details[4294967295].receiving-mx-hostname". */
typedef struct path_writer {
  char *begin;
  char *at;
  char *end;
} path_writer;

static void add(path_writer *out, const char *text, size_t len) {
  const size_t room = (size_t)(out->end - out->at);
  if (len > room) len = room; /* GCOVR_EXCL_BR_LINE: never */
  trpt_copy_short(out->at, text, len);
  out->at += len;
}

static void add_index(path_writer *out, uint32_t index) {
  char digits[TRPT_DECIMAL_SIZE];
  const trpt_str text = trpt_decimal(index, digits);
  add(out, "[", 1);
  add(out, text.ptr, text.len);
  add(out, "]", 1);
}

static void add_member(path_writer *out, trpt_member member) {
  const trpt_member_info *info = &trpt_members[member];
  if (out->at > out->begin) add(out, ".", 1);
  add(out, info->name, info->name_len);
}

/* After the path of the context around it, the member that opens a context or the index of an element. */
static void add_context(path_writer *out, trpt_context context, uint32_t policy, uint32_t failure) {
  const trpt_context_info *info = &trpt_contexts[context];
  if (context <= TRPT_IN_REPORT) return;
  add_context(out, (trpt_context)info->parent, policy, failure);
  if (info->opener)
    add_member(out, (trpt_member)info->opener);
  else
    add_index(out, context == TRPT_IN_POLICY ? policy : failure);
}

void trpt_path_write(char *text, size_t capacity, trpt_path path, uint32_t policy, uint32_t failure) {
  path_writer out = {text, text, text + capacity - 1};
  add_context(&out, (trpt_context)path.context, policy, failure);
  if (path.member != TRPT_MEMBER_NONE) add_member(&out, (trpt_member)path.member);
  if (path.string != TRPT_NO_INDEX) add_index(&out, path.string);
  *out.at = '\0';
}
