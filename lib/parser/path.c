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

static void add_context(path_writer *out, trpt_context context, uint32_t entry, uint32_t failure) {
  switch (context) {
  case TRPT_IN_NOTHING:
  case TRPT_IN_REPORT: return;
  case TRPT_IN_DATE_RANGE: add(out, "date-range"); return;
  case TRPT_IN_POLICIES: add(out, "policies"); return;
  default: break;
  }
  add(out, "policies");
  add_index(out, entry);
  switch (context) {
  case TRPT_IN_POLICY_OBJECT: add(out, ".policy"); return;
  case TRPT_IN_POLICY_STRING: add(out, ".policy.policy-string"); return;
  case TRPT_IN_MX_HOST: add(out, ".policy.mx-host"); return;
  case TRPT_IN_SUMMARY: add(out, ".summary"); return;
  case TRPT_IN_FAILURES: add(out, ".failure-details"); return;
  case TRPT_IN_FAILURE:
    add(out, ".failure-details");
    add_index(out, failure);
    return;
  default: return;
  }
}

void trpt_path_write(char *text, size_t capacity, trpt_path path, uint32_t entry, uint32_t failure) {
  path_writer out = {text, text + capacity - 1};
  add_context(&out, (trpt_context)path.context, entry, failure);
  if (path.member != TRPT_MEMBER_NONE) {
    if (out.at > text) add(&out, ".");
    add(&out, trpt_schemas[path.member].name);
  }
  if (path.string != TRPT_NO_INDEX) add_index(&out, path.string);
  *out.at = '\0';
}
