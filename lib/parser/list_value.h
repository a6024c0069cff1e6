/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_LIST_VALUE_H
#define TRPT_LIB_LIST_VALUE_H

/* The value of a member that is a list of strings. */

#include "decode_table.h"
#include "emit.h"

/* An array begins. */
void trpt_list_value_begin(trpt_parser *parser, const trpt_schema *schema);

/* An element of the array: a string, which is at `path`. */
void trpt_list_value_add(trpt_parser *parser, const trpt_schema *schema, trpt_path path);

/* RFC 8460 appendix B and s4: one string where s4.4 has an array of strings. */
void trpt_list_value_bare(trpt_parser *parser, const trpt_schema *schema);

#endif
