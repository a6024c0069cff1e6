/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_PATH_H
#define TRPT_LIB_PATH_H

/* A position in the structure of a report, from which its path can be written. */

#include "../model/schema.h"

#define TRPT_NO_INDEX UINT32_MAX

typedef struct trpt_path {
  uint8_t context;
  uint8_t member;  /* TRPT_MEMBER_NONE: the object or array itself */
  uint32_t string; /* index in `policy-string` or `mx-host`; TRPT_NO_INDEX: none */
} trpt_path;

static inline trpt_path trpt_path_of(trpt_context context, trpt_member member) {
  return (trpt_path){(uint8_t)context, (uint8_t)member, TRPT_NO_INDEX};
}

/* Writes the path with a NUL; `policy` and `failure` are indexes in the arrays of the report. The bytes after the NUL change too. */
enum { TRPT_PATH_SIZE = 128 };
void trpt_path_write(char text[TRPT_PATH_SIZE], trpt_path path, uint32_t policy, uint32_t failure);

#endif
