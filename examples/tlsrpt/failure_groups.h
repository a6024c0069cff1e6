/* SPDX-License-Identifier: MIT */
#ifndef TLSRPT_FAILURE_GROUPS_H
#define TLSRPT_FAILURE_GROUPS_H

/* The failures of one policy as text: grouped by result type, most sessions first. */

#include <tlsrpt/model.h>

#include "buffer.h"

typedef struct failure_group failure_group;

typedef struct failure_groups {
  bool shows_all; /* all failures of a group are shown, otherwise those with the most sessions */
  size_t count;
  failure_group *groups; /* by result type; 0: a type that RFC 8460 does not define; the last: no type */
} failure_groups;

void failure_groups_begin(failure_groups *g, bool shows_all);
void failure_groups_end(failure_groups *g);

void failure_groups_add(failure_groups *g, const trpt_failure *f);

/* Adds the text of all groups, and begins again with none. Without enough memory for them, `out` fails. */
void failure_groups_write(failure_groups *g, buffer *out, const trpt_policy *p);

/* Bytes of memory that the groups keep for the next policy. */
size_t failure_groups_size(const failure_groups *g);

void failure_groups_clear(failure_groups *g);

#endif
