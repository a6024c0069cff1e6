/* SPDX-License-Identifier: MIT */
#ifndef TRPT_LIB_HIDDEN_H
#define TRPT_LIB_HIDDEN_H

#include <stdbool.h>
#include <stdint.h>

/* Whether a code point is invisible or changes how others appear: controls, zero-width spaces, direction controls,
   variation selectors, tags and the like. Text from strangers is displayed without them, RFC 8460 s7. */
bool trpt_is_hidden(uint32_t code);

/* Whether a terminal could execute a code point, or reorder the text around it: C0 (with TAB, CR and LF), DEL, C1 and
   the bidirectional controls. All of them are hidden. */
bool trpt_is_control(uint32_t code);

#endif
