/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_SKIP_H
#define TRPT_LIB_SKIP_H

/* Skips values that are not read. Problems that any value can have are still reported. */

#include "emit.h"

/* The token is, or begins, a value that is skipped. */
void trpt_skip_value(trpt_parser *parser, trpt_path path);

/* The same for a value that does not have the type of RFC 8460. */
void trpt_skip_unfit(trpt_parser *parser, trpt_path path);

/* The next token, inside a value that is skipped. */
void trpt_skip_token(trpt_parser *parser);

#endif
