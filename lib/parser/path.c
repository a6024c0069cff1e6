/* SPDX-License-Identifier: MIT */
#include "path.h"

#include <assert.h>
#include <string.h>

#include "../base/text.h"

/* Names after a dot. They are copied with the zeros that follow, which the next part or the final NUL overwrites: a copy of a
   constant size takes one or two instructions. */
enum { NAME_SIZE = 32 };
static const char names[TRPT_MEMBER_COUNT][NAME_SIZE] = {
#define MEMBER(tag, id, object, name, type, field, number, has, required, check) [TRPT_MEMBER_##id] = "." name,
#define ALIAS(id, member, name)                                                  [TRPT_MEMBER_##id] = "." name,
#include "../model/schema.def"
};

/* Paths are made of names from the schema and of numbers, never of input. After the longest path before a name,
   "policies[4294967295].failure-details[4294967295]", a name has room. */
static_assert(TRPT_PATH_SIZE >= 48 + NAME_SIZE, "the longest path fits");

/* The functions return the end of the path. */
static char *add_index(char *at, uint32_t index) {
  char digits[TRPT_DECIMAL_SIZE];
  *at++ = '[';
  if (index < 10) {
    *at++ = (char)('0' + index);
  } else {
    const trpt_str text = trpt_decimal(index, digits);
    memcpy(at, text.ptr, text.len);
    at += text.len;
  }
  *at++ = ']';
  return at;
}

static char *add_member(const char *begin, char *at, trpt_member member) {
  const bool is_first = at == begin; /* without a dot */
  memcpy(at, names[member] + is_first, NAME_SIZE - 1);
  return at + trpt_members[member].name_len + !is_first;
}

/* After the path of the context around it, the member that opens a context or the index of an element. */
static char *add_context(char *text, trpt_context context, uint32_t policy, uint32_t failure) {
  const trpt_context_info *info = &trpt_contexts[context];
  if (context <= TRPT_IN_REPORT) return text;
  char *at = add_context(text, (trpt_context)info->parent, policy, failure);
  if (info->opener) return add_member(text, at, (trpt_member)info->opener);
  return add_index(at, context == TRPT_IN_POLICY ? policy : failure);
}

void trpt_path_write(char text[TRPT_PATH_SIZE], trpt_path path, uint32_t policy, uint32_t failure) {
  char *at = add_context(text, (trpt_context)path.context, policy, failure);
  if (path.member != TRPT_MEMBER_NONE) at = add_member(text, at, (trpt_member)path.member);
  if (path.string != TRPT_NO_INDEX) at = add_index(at, path.string);
  *at = '\0';
}
