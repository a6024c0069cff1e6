/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HIDDEN_H
#define TRPT_LIB_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a code point is invisible or changes how others appear: controls, zero-width spaces, direction controls,
   variation selectors, tags and the like. Text from strangers is displayed without them, RFC 8460 s7. */
bool trpt_is_hidden(uint32_t code);

#endif
