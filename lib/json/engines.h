/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_ENGINES_H
#define TRPT_LIB_ENGINES_H

#include "json.h"

/* The grammar of RFC 8259 as a few states; uses step.h. */
extern const trpt_json_engine trpt_json_builtin;

/* yajl, in the caller's memory. */
extern const trpt_json_engine trpt_json_yajl;

#endif
