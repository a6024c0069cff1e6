/* SPDX-License-Identifier: MIT */
#include "parser.h"

/* Paths are made of names from the schema and of numbers, never of input; the buffer holds the longest there is, so that
   nothing is ever cut: "policies[4294967295].failure-details[4294967295].receiving-mx-hostname". */
typedef struct path_writer {
  char *at;
  char *end;
} path_writer;

static void add(path_writer *path, const char *text) {
  while (*text && path->at < path->end) *path->at++ = *text++;
}

static void add_index(path_writer *path, uint32_t index) {
  char digits[10];
  size_t count = 0;
  do digits[count++] = (char)('0' + index % 10);
  while (index /= 10);
  add(path, "[");
  while (count && path->at < path->end) *path->at++ = digits[--count];
  add(path, "]");
}

static void add_context(path_writer *path, trpt_context context, uint32_t entry, uint32_t failure) {
  switch (context) {
  case TRPT_IN_NOTHING:
  case TRPT_IN_REPORT: return;
  case TRPT_IN_DATE_RANGE: add(path, "date-range"); return;
  case TRPT_IN_POLICIES: add(path, "policies"); return;
  default: break;
  }
  add(path, "policies");
  add_index(path, entry);
  switch (context) {
  case TRPT_IN_POLICY: add(path, ".policy"); return;
  case TRPT_IN_POLICY_STRING: add(path, ".policy.policy-string"); return;
  case TRPT_IN_MX_HOST: add(path, ".policy.mx-host"); return;
  case TRPT_IN_SUMMARY: add(path, ".summary"); return;
  case TRPT_IN_FAILURES: add(path, ".failure-details"); return;
  case TRPT_IN_FAILURE:
    add(path, ".failure-details");
    add_index(path, failure);
    return;
  default: return;
  }
}

void trpt_where_write(char *text, size_t capacity, trpt_where where, uint32_t entry, uint32_t failure) {
  path_writer path = {text, text + capacity - 1};
  add_context(&path, (trpt_context)where.context, entry, failure);
  if (where.member != TRPT_MEMBER_NONE) {
    if (path.at > text) add(&path, ".");
    add(&path, trpt_schemas[where.member].name);
  }
  if (where.string != TRPT_NO_INDEX) add_index(&path, where.string);
  *path.at = '\0';
}
