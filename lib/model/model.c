/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "../base/text.h"
#include "types.h"

/* Short names for the traits column. */
enum {
  NONE = 0,
  LOSES_MAIL = TRPT_TRAIT_LOSES_MAIL,
  NEEDS_REASON = TRPT_TRAIT_NEEDS_REASON,
  WITHOUT_POLICY = TRPT_TRAIT_WITHOUT_POLICY,
  HIDES_POLICY = TRPT_TRAIT_HIDES_POLICY
};

const trpt_policy_type_row trpt_policy_types[] = {
    [TRPT_POLICY_UNKNOWN] = {{NULL, 0}, NULL, TRPT_GROUP_UNKNOWN},
#define POLICY_TYPE(id, name, title, group) [TRPT_POLICY_##id] = {TRPT_STR(name), title, group},
#include "policy_types.def"
#undef POLICY_TYPE
};

/* Unknown types are assumed to lose mail. */
const trpt_result_type_row trpt_result_types[] = {
    [TRPT_RESULT_UNKNOWN] = {{NULL, 0},
                             "The sender reported a result type that RFC 8460 does not define. Look at the reason "
                             "code and the additional information.",
                             TRPT_GROUP_UNKNOWN,
                             LOSES_MAIL},
#define RESULT_TYPE(id, name, group, traits, description)                                                              \
  [TRPT_RESULT_##id] = {TRPT_STR(name), description, group, traits},
#include "result_types.def"
#undef RESULT_TYPE
};

enum {
#define POLICY_TYPE(id, name, title, group)               +1
#define RESULT_TYPE(id, name, group, traits, description) +1
  POLICY_TYPE_END = 1
#include "policy_types.def"
  ,
  RESULT_TYPE_END = 1
#include "result_types.def"
#undef POLICY_TYPE
#undef RESULT_TYPE
};

/* Types are numbered from 1 without gaps. */
static_assert(sizeof trpt_policy_types / sizeof trpt_policy_types[0] == POLICY_TYPE_END, "a policy type has no row");
static_assert(sizeof trpt_result_types / sizeof trpt_result_types[0] == RESULT_TYPE_END, "a result type has no row");

trpt_policy_type trpt_policy_type_from_name(const char *name, size_t len) {
  if (!name) return TRPT_POLICY_UNKNOWN;
  for (trpt_policy_type type = 1; type < POLICY_TYPE_END; type++)
    if (trpt_str_equal(trpt_policy_types[type].name, name, len)) return type;
  return TRPT_POLICY_UNKNOWN;
}

/* The names differ so much in length that memcmp rarely runs more than once. */
trpt_result_type trpt_result_type_from_name(const char *name, size_t len) {
  if (!name) return TRPT_RESULT_UNKNOWN;
  for (trpt_result_type type = 1; type < RESULT_TYPE_END; type++)
    if (trpt_str_equal(trpt_result_types[type].name, name, len)) return type;
  return TRPT_RESULT_UNKNOWN;
}

/* Callers may pass any number. */
static const trpt_policy_type_row *policy_row(trpt_policy_type type) {
  return &trpt_policy_types[type > 0 && type < POLICY_TYPE_END ? type : TRPT_POLICY_UNKNOWN];
}

static const trpt_result_type_row *result_row(trpt_result_type type) {
  return &trpt_result_types[type > 0 && type < RESULT_TYPE_END ? type : TRPT_RESULT_UNKNOWN];
}

const char *trpt_policy_type_name(trpt_policy_type type) { return policy_row(type)->name.ptr; }

const char *trpt_policy_type_title(trpt_policy_type type) { return policy_row(type)->title; }

const char *trpt_result_type_name(trpt_result_type type) { return result_row(type)->name.ptr; }

const char *trpt_result_type_description(trpt_result_type type) { return result_row(type)->description; }

trpt_result_group trpt_result_type_group(trpt_result_type type) { return result_row(type)->group; }

int32_t trpt_result_type_loses_mail(trpt_result_type type) {
  return (result_row(type)->traits & TRPT_TRAIT_LOSES_MAIL) != 0;
}

uint32_t trpt_policy_type_count(void) { return POLICY_TYPE_END - 1; }

uint32_t trpt_result_type_count(void) { return RESULT_TYPE_END - 1; }
