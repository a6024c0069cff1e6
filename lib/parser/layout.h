/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LAYOUT_H
#define TRPT_LIB_LAYOUT_H

/* Where the parts of a parser lie in its memory, which is one block. */

#include <tlsrpt/parser.h>

/* Bytes that a parser needs, from an aligned address; maybe more than any memory has. If `parser` is not NULL, its pointers are
   set to their blocks, which follow it. `options` come from trpt_options_read. */
uint64_t trpt_layout_plan(const trpt_options *options, trpt_parser *parser);

#endif
