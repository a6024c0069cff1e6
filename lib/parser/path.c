/* SPDX-License-Identifier: MIT */
#include "../base/text.h"
#include "parser.h"

/* Paths are made of names from the schema and of numbers, never of input; the buffer holds the longest there is, so that
   nothing is ever cut: "policies[4294967295].failure-details[4294967295].receiving-mx-hostname". */
typedef struct path_writer {
  char *at;
  char *end;
} path_writer;

static void add(path_writer *out, const char *text) {
  while (*text && out->at < out->end) *out->at++ = *text++;
}

static void add_index(path_writer *out, uint32_t index) {
  char digits[TRPT_DECIMAL_SIZE];
  add(out, "[");
  add(out, trpt_decimal(index, digits).ptr);
  add(out, "]");
}

/* The member that opens a context, or the index of an element, after the path of what is around the context. */
static void add_context(path_writer *out, trpt_context context, uint32_t entry, uint32_t failure) {
  const trpt_context parent = (trpt_context)trpt_parents[context];
  const trpt_member opener = (trpt_member)trpt_openers[context];
  const char *begin = out->at;
  if (context == TRPT_IN_NOTHING || context == TRPT_IN_REPORT) return;
  add_context(out, parent, entry, failure);
  if (opener == TRPT_MEMBER_NONE) {
    add_index(out, context == TRPT_IN_POLICY ? entry : failure);
  } else {
    if (out->at > begin) add(out, ".");
    add(out, trpt_members[opener].name);
  }
}

void trpt_path_write(char *text, size_t capacity, trpt_path path, uint32_t entry, uint32_t failure) {
  path_writer out = {text, text + capacity - 1};
  add_context(&out, (trpt_context)path.context, entry, failure);
  if (path.member != TRPT_MEMBER_NONE) {
    if (out.at > text) add(&out, ".");
    add(&out, trpt_members[path.member].name);
  }
  if (path.string != TRPT_NO_INDEX) add_index(&out, path.string);
  *out.at = '\0';
}
