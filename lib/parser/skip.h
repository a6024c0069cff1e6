/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SKIP_H
#define TRPT_LIB_SKIP_H

/* Values that are not read. What any value can have wrong is still reported. */

#include "emit.h"

/* The token is, or begins, a value that is skipped. */
void trpt_skip_value(trpt_parser *parser, trpt_path path);

/* The same for a value that has not the type that RFC 8460 asks for. */
void trpt_skip_unfit(trpt_parser *parser, trpt_path path);

/* The next token, inside a value that is skipped. */
void trpt_skip_token(trpt_parser *parser);

#endif
