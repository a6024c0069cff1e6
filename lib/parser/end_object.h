/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_END_OBJECT_H
#define TRPT_LIB_END_OBJECT_H

/* The end of an object: required members, checks, and what is deferred. */

#include "../model/schema.h"
#include "parser.h"

void trpt_end_object(trpt_parser *parser, trpt_context context);

#endif
