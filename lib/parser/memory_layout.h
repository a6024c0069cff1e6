/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_MEMORY_LAYOUT_H
#define TRPT_LIB_MEMORY_LAYOUT_H

/* The layout of a parser's memory, which is one block. */

#include <tlsrpt/parser.h>

/* The number of bytes that a parser needs, from an aligned address; it may exceed all memory. If `parser` is not NULL, its
   pointers are set to their blocks, which follow it. `options` come from trpt_options_read. */
uint64_t trpt_layout_plan(const trpt_options *options, trpt_parser *parser);

#endif
