/* SPDX-License-Identifier: MIT */
#ifndef TRPT_TESTS_LIMITS_H
#define TRPT_TESTS_LIMITS_H

/* The limits of an options structure, for tests of their defaults. */

#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A member of 32 or 64 bits. */
typedef struct limit_member {
  const char *name;
  size_t offset;
  size_t size;
} limit_member;

#define LIMIT_MEMBER(options, member)                                                                                  \
  { #member, offsetof(options, member), sizeof(((options *)NULL)->member) }

static inline void limit_set(void *options, const limit_member *member, uint64_t value) {
  const uint32_t narrow = (uint32_t)value;
  assert(member->size == sizeof value || (member->size == sizeof narrow && narrow == value));
  memcpy((char *)options + member->offset, member->size == sizeof value ? (const void *)&value : &narrow, member->size);
}

#endif
