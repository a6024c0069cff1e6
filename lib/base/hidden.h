/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HIDDEN_H
#define TRPT_LIB_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

/* True for a code point that cannot be seen, or that changes how others are seen: controls, blanks without width, controls of
   direction, variation selectors, tags and the like. Text from a stranger is shown without them, RFC 8460 s7. */
bool trpt_is_hidden(uint32_t code);

#endif
